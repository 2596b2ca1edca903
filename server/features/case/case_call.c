/* case_call.c: reporters are called back after closing 回访: who is, the queue, a call and its answers. What a call changes of the case: case.c. */
#include "case_call.h"
#include "case_pick.h"
#include "../setting/setting.h"
#include "../../base/contact.h"
#include "../../base/jsonw.h"

#define QUEUE_MOST 50     /* shown */
#define COUNT_MOST 1000   /* counted */
#define SKIP_MOST  50     /* passed over for now, in one request */
#define HOLD_TIME  (15 * MS_MINUTE)   /* whoever took a case has it before them for so long, unless they say what came of it */

/* ---- who is called ---- */

/* The bits of an id follow the clock, and its last ones the load: mixed, any n-th is as good as another. */
bool case_call_chosen(int64_t id, int64_t every)
{
    uint64_t x = (uint64_t)id;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    x ^= x >> 31;
    return every > 0 && x % (uint64_t)every == 0;
}

static err left_telephone(struct req *r, const struct case_row *c, bool *out)
{
    struct case_sealed sealed;
    struct str         plain, tidy;
    *out = false;
    if (!c->has_contact)
        return OK;
    TRY(case_get_sealed(r->db, r->arena, r->tenant, c->id, &sealed));
    if (crypto_open(r->arena, r->app->keys.seal, "case.contact", sealed.contact_enc, &plain) && str_find(plain, '@') < 0)
        *out = !failed(contact_tidy(r->arena, plain, &tidy));
    return OK;
}

err case_call_plan(struct req *r, const struct case_row *c, enum case_outcome outcome, ms *from)
{
    bool telephone = false, staff = c->source == SOURCE_GRID_WORKER || c->source == SOURCE_ON_THE_SPOT || c->source == SOURCE_IMPORT;
    *from = 0;
    if (staff || outcome == OUTCOME_WITHDRAWN || outcome == OUTCOME_DUPLICATE ||
        !case_call_chosen(c->id, setting_i64(r->app, "case.call_back_every", r->now)))
        return OK;
    TRY(left_telephone(r, c, &telephone));
    if (telephone)
        *from = r->now + setting_i64(r->app, "case.call_back_days", r->now) * MS_DAY;
    return OK;
}

/* ---- tries ---- */

DB_SQL(case_try_insert,
       "INSERT INTO case_call_back (tenant_id, case_id, seq, at, account_id, reached, contacted, solved, stars, word) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
DB_SQL(case_tries,
       "SELECT k.seq, k.at, k.reached, k.contacted, k.solved, k.stars, k.word, p.name FROM case_call_back k "
       "LEFT JOIN account a ON a.tenant_id = k.tenant_id AND a.id = k.account_id "
       "LEFT JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id "
       "WHERE k.tenant_id = $1 AND k.case_id = $2 AND k.at >= $3 ORDER BY k.seq")

static const struct field try_fields[] = {
    FIELD_I64(struct case_try, seq, 0, 0, 0, ""),     FIELD_TIME(struct case_try, at, 0, ""),
    FIELD_I64(struct case_try, reached, 0, 0, 0, ""), FIELD_I64(struct case_try, contacted, 0, 0, 0, ""),
    FIELD_I64(struct case_try, solved, 0, 0, 0, ""),  FIELD_I64(struct case_try, stars, 0, 0, 0, ""),
    FIELD_STR(struct case_try, word, 0, 0, 0, ""),    FIELD_STR(struct case_try, actor, 0, 0, 0, ""),
    FIELD_END
};

err case_try_put(struct db_conn *c, int64_t tenant, int64_t case_id, const struct case_try *t, int64_t account)
{
    return db_exec(c, &case_try_insert,
                   DB_ARGS(I64(tenant), I64(case_id), I64(t->seq), I64(t->at), REF(account), I64(t->reached), I64(t->contacted),
                           I64(t->solved), I64(t->stars), TEXT(t->word)),
                   NULL);
}

/* ---- a call and what was said ---- */

struct call_in { int reached, contacted, solved; int64_t stars; struct str word; };
static const struct field call_fields[] = {
    FIELD_WORD(struct call_in, reached, case_reached_words, REQUIRED, "Answered; not reached: tried again later; refused: does not want to answer"),
    FIELD_WORD(struct call_in, contacted, case_contacted_words, 0, "Were they contacted within the limit? Left open: they do not know"),
    FIELD_WORD(struct call_in, solved, case_solved_words, 0, "Is the problem solved? Needed when they answered"),
    FIELD_I64(struct call_in, stars, 1, 5, 0, "How satisfied they are, 1 to 5"),
    FIELD_STR(struct call_in, word, 1, 2000, MULTILINE, "What they said, or a note for the next try"),
    FIELD_END
};

/* Who was not reached has said nothing. */
static err check_call(struct req *r, const struct call_in *in)
{
    bool answered = in->reached == REACHED_ANSWERED;
    if (answered && !in->solved)
        req_fault(r, "solved", ERR_REQUIRED);
    if (!answered && in->solved)
        req_fault(r, "solved", ERR_NOT_A_CHOICE);
    if (!answered && in->contacted)
        req_fault(r, "contacted", ERR_NOT_A_CHOICE);
    if (!answered && in->stars)
        req_fault(r, "stars", ERR_NOT_A_CHOICE);
    return req_faults(r);
}

struct str case_call_data(struct arena *a, const struct case_try *t)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_z(&j, "reached", case_reached_words[t->reached]);
    if (t->contacted)
        jsonw_kv_z(&j, "contacted", case_contacted_words[t->contacted]);
    if (t->solved)
        jsonw_kv_z(&j, "solved", case_solved_words[t->solved]);
    if (t->stars)
        jsonw_kv_i64(&j, "stars", t->stars);
    jsonw_close(&j);
    return buf_view(&b);
}

/* When it is tried again; 0: it was tried often enough. */
static ms next_try(struct req *r, const struct case_row *c)
{
    if (c->call_tries + 1 >= setting_i64(r->app, "case.call_back_tries", r->now))
        return 0;
    return r->now + setting_i64(r->app, "case.call_back_pause_hours", r->now) * MS_HOUR;
}

static err do_call(struct req *r)
{
    const struct call_in *in = r->body;
    struct case_row       c;
    TRY(case_open(r, r->path[0], &c));
    if (!case_permitted(r, &c, ACT_CALL_BACK, false))
        return FAIL(ERR_NOT_ALLOWED);
    TRY(check_call(r, in));
    TRY(case_ready(r, &c, ACT_CALL_BACK, case_is_reporter(r, &c)));
    struct case_try  t = { c.version + 1, r->now, in->reached, in->contacted, in->solved, in->stars, in->word, STR_NONE };
    struct case_move m = { .action = ACT_CALL_BACK, .text = in->word, .data = case_call_data(r->arena, &t), .solved = in->solved,
                           .stars = (int)in->stars, .contacted = (enum case_contacted)in->contacted,
                           .reached = (enum case_reached)in->reached, .call_back_at = in->reached == REACHED_NOT ? next_try(r, &c) : 0 };
    TRY(case_do(r, &c, &m));
    TRY(case_try_put(r->db, r->tenant, c.id, &t, r->caller.account));
    return case_reply(r, &c);
}

/* ---- the queue: what waits for this caller ---- */

/* The person's accounts come first: SQLite's index of what accounts had a part in answers then, and no story is read. PostgreSQL has none and reads the steps
 * of each case that waits.
 * $1 tenant, $2 the caller's person, $3 now, $4 rows, $5 areas as the keys of a JSON object. Not what they had a part in, reported, or what
 * somebody else has before them. */
#define WAITING                                                                                                                          \
    " FROM cases c WHERE c.tenant_id = $1 AND c.call_back = 1 AND c.call_back_at <= $3 "                                                 \
    "AND (c.caller_id IS NULL OR c.caller_id = $2 OR c.caller_until <= $3) AND (c.reporter_id IS NULL OR c.reporter_id <> $2) "           \
    "AND NOT EXISTS (SELECT 1 FROM account a CROSS JOIN case_event e WHERE a.tenant_id = c.tenant_id AND a.person_id = $2 "               \
    "AND e.tenant_id = a.tenant_id AND e.account_id = a.id AND e.case_id = c.id AND e.action IN (11, 12, 13, 20, 25))"
#define IN_AREAS " AND c.area_id IN (SELECT CAST(key AS BIGINT) FROM json_each($5))"
#define IN_ORDER " ORDER BY c.call_back_at, c.id LIMIT $4"
/* A sum is in no index: the areas drive, which is right when few wait in them. */
#define SORTED   " ORDER BY c.call_back_at + 0, c.id LIMIT $4"
#define QUEUED                                                                                                                           \
    "SELECT c.id, c.code, " CASE_OPENING("c.text") ", c.area_id, c.org_id, c.category_id, c.outcome, c.closed_at, c.call_back_at, c.call_tries, "           \
    "CASE WHEN c.caller_id = $2 AND c.caller_until > $3 THEN 1 ELSE 0 END"
DB_SQL(case_calls_all, QUEUED WAITING IN_ORDER)
DB_SQL(case_calls_many_in, QUEUED WAITING IN_AREAS IN_ORDER)
DB_SQL(case_calls_few_in, QUEUED WAITING IN_AREAS SORTED)
DB_SQL(case_calls_count_all, "SELECT count(*) FROM (SELECT c.id" WAITING " LIMIT $4) w")
DB_SQL(case_calls_count_in, "SELECT count(*) FROM (SELECT c.id" WAITING IN_AREAS " LIMIT $4) w")
DB_SQL(case_call_hold, "UPDATE cases SET caller_id = $3, caller_until = $4 WHERE tenant_id = $1 AND id = $2")

/* Where the caller calls: everywhere, nowhere, or in these areas. */
struct where { bool all, some; struct str areas; };

static struct where where_of(struct req *r)
{
    struct pick_set  any = { .any = true };
    struct pick_arm  with = { any, any, any, any, .open = false };
    struct where     w = { 0 };
    size_t           n;
    struct pick_arm *arms = case_arms(r, PERM_CASE_CALL_BACK, &with, &n);
    for (size_t i = 0; i < n; i++)
        if (arms[i].by_area) {
            w.some = true;
            w.areas = db_keys(r->arena, arms[i].areas.ids);
        } else if (arms[i].orgs.any) {
            w.some = w.all = true;
        }
    return w;
}

err case_calls_count(struct req *r, int64_t most, struct case_calls *out)
{
    struct where w = where_of(r);
    *out = (struct case_calls){ 0 };
    if (!w.some)
        return OK;
    TRY(db_number(r->db, w.all ? &case_calls_count_all : &case_calls_count_in,
                  DB_ARGS(I64(r->tenant), I64(r->caller.person), TIME(r->now), I64(most), TEXT(w.areas)), &out->waiting));
    out->capped = out->waiting == most;
    return OK;
}

struct queued {
    int64_t    id;
    struct str code, opening;
    int64_t    area_id, org_id, category_id, outcome;
    ms         closed_at, from;
    int64_t    tries, mine;
};
static const struct field queued_columns[] = {
    FIELD_ID(struct queued, id, 0, ""),             FIELD_STR(struct queued, code, 0, 0, 0, ""),
    FIELD_STR(struct queued, opening, 0, 0, 0, ""), FIELD_ID(struct queued, area_id, 0, ""),
    FIELD_ID(struct queued, org_id, 0, ""),         FIELD_ID(struct queued, category_id, 0, ""),
    FIELD_I64(struct queued, outcome, 0, 0, 0, ""), FIELD_TIME(struct queued, closed_at, 0, ""),
    FIELD_TIME(struct queued, from, 0, ""),         FIELD_I64(struct queued, tries, 0, 0, 0, ""),
    FIELD_I64(struct queued, mine, 0, 0, 0, ""),    FIELD_END
};

struct queued_view {
    int64_t                   id;
    struct str                code, title, area_name, org_name;
    struct case_category_ref *category;
    int                       outcome;
    ms                        closed_at, from;
    int64_t                   tries;
    bool                      mine;
};
static const struct field queued_fields[] = {
    FIELD_ID(struct queued_view, id, REQUIRED, "Case"),
    FIELD_STR(struct queued_view, code, 0, 0, REQUIRED, "Number people say"),
    FIELD_STR(struct queued_view, title, 0, 0, 0, "First words"),
    FIELD_STR(struct queued_view, area_name, 0, 0, 0, "Area"),
    FIELD_STR(struct queued_view, org_name, 0, 0, 0, "Organisation that had it"),
    FIELD_OBJECT(struct queued_view, category, case_category_ref_fields, struct case_category_ref, 0, "Category"),
    FIELD_WORD(struct queued_view, outcome, case_outcome_words, 0, "How it ended"),
    FIELD_TIME(struct queued_view, closed_at, 0, "When it was closed"),
    FIELD_TIME(struct queued_view, from, REQUIRED, "From when it may be tried"),
    FIELD_I64(struct queued_view, tries, 0, 0, REQUIRED, "Tries so far"),
    FIELD_BOOL(struct queued_view, mine, REQUIRED, "The caller has it before them: others leave it to them for a quarter of an hour"),
    FIELD_END
};

struct queue_view { struct list items; int64_t waiting; bool capped; int64_t pause_hours; };
static const struct field queue_fields[] = {
    FIELD_LIST(struct queue_view, items, queued_fields, struct queued_view, 0, 0, REQUIRED, "The longest waiting first; at most 50"),
    FIELD_I64(struct queue_view, waiting, 0, 0, REQUIRED, "How many wait, counted up to 1,000"),
    FIELD_BOOL(struct queue_view, capped, REQUIRED, "There are more than were counted"),
    FIELD_I64(struct queue_view, pause_hours, 0, 0, REQUIRED, "After a try in vain the next one waits so many hours"),
    FIELD_END
};

/* The longest waiting first. Where many wait in the caller's areas the order of time soon finds them; where few do, they are sorted. */
static err queue_rows(struct req *r, const struct case_calls *n, size_t most, struct list *out)
{
    struct where w = where_of(r);
    *out = (struct list){ NULL, 0 };
    if (!n->waiting)
        return OK;
    return db_all(r->db, r->arena, w.all ? &case_calls_all : n->capped ? &case_calls_many_in : &case_calls_few_in,
                  DB_ARGS(I64(r->tenant), I64(r->caller.person), TIME(r->now), I64((int64_t)most), TEXT(w.areas)), queued_columns,
                  sizeof(struct queued), most, out);
}

static struct queued_view queued_view(struct req *r, const struct unit_snapshot *u, const struct case_snapshot *s, const struct queued *q)
{
    const struct case_category *category = case_category_by_id(s, q->category_id);
    struct queued_view          v = { .id = q->id, .code = q->code, .title = case_title(r->arena, q->opening), .area_name = unit_name_copy(r->arena, u, UNIT_AREA, q->area_id),
                                      .org_name = unit_name_copy(r->arena, u, UNIT_ORG, q->org_id), .outcome = (int)q->outcome, .closed_at = q->closed_at,
                                      .from = q->from, .tries = q->tries, .mine = q->mine };
    if (category) {
        v.category = ARENA_NEW(r->arena, struct case_category_ref);
        *v.category = (struct case_category_ref){ category->id, str_copy(r->arena, category->name_zh), str_copy(r->arena, category->name_en) };
    }
    return v;
}

static err get_queue(struct req *r)
{
    struct queue_view v = { 0 };
    struct case_calls all;
    struct list       rows;
    TRY(case_calls_count(r, COUNT_MOST, &all));
    TRY(queue_rows(r, &all, QUEUE_MOST, &rows));
    const struct queued        *q = rows.at;
    const struct unit_snapshot *u = unit_hold(r->app);
    const struct case_snapshot *s = case_hold(r->app);
    struct queued_view         *at = ARENA_ARRAY(r->arena, rows.len + 1, struct queued_view);
    for (size_t i = 0; i < rows.len; i++)
        at[i] = queued_view(r, u, s, &q[i]);
    case_release(r->app, s);
    unit_release(u);
    v = (struct queue_view){ { at, rows.len }, all.waiting, all.capped, setting_i64(r->app, "case.call_back_pause_hours", r->now) };
    return reply_view(r, queue_fields, &v, 0);
}

/* ---- the next one: before one caller at a time ---- */

struct next_in { struct ids skip; };
static const struct field next_fields[] = {
    FIELD_IDS(struct next_in, skip, 0, SKIP_MOST, 0, "Cases to pass over for now"),
    FIELD_END
};
struct next_view { int64_t id; ms until; };
static const struct field next_view_fields[] = {
    FIELD_ID(struct next_view, id, 0, "The case; null: none waits"),
    FIELD_TIME(struct next_view, until, 0, "Until when others leave it to the caller"),
    FIELD_END
};

static bool skipped(const struct next_in *in, int64_t id)
{
    for (size_t i = 0; i < in->skip.len; i++)
        if (in->skip.at[i] == id)
            return true;
    return false;
}

/* The one they have before them already, else the longest waiting. */
static int64_t choose(const struct next_in *in, const struct list *rows)
{
    const struct queued *q = rows->at;
    int64_t              first = 0;
    for (size_t i = 0; i < rows->len; i++) {
        if (skipped(in, q[i].id))
            continue;
        if (q[i].mine)
            return q[i].id;
        first = first ? first : q[i].id;
    }
    return first;
}

static err hold(struct req *r, int64_t id, int64_t person, ms until)
{
    return db_exec(r->db, &case_call_hold, DB_ARGS(I64(r->tenant), I64(id), REF(person), TIME(until)), NULL);
}

/* What they had before them and pass over is free for others at once; what lies too far behind to be seen here, when its time is over. */
static err let_go(struct req *r, const struct list *rows, int64_t but)
{
    const struct queued *q = rows->at;
    for (size_t i = 0; i < rows->len; i++)
        if (q[i].mine && q[i].id != but)
            TRY(hold(r, q[i].id, 0, 0));
    return OK;
}

static err next(struct req *r)
{
    const struct next_in *in = r->body;
    struct next_view      v = { 0 };
    struct case_calls     all;
    struct list           rows;
    TRY(case_calls_count(r, COUNT_MOST, &all));
    TRY(queue_rows(r, &all, QUEUE_MOST + SKIP_MOST, &rows));
    v.id = choose(in, &rows);
    v.until = v.id ? r->now + HOLD_TIME : 0;
    TRY(let_go(r, &rows, v.id));
    if (v.id)
        TRY(hold(r, v.id, r->caller.person, v.until));
    return reply_view(r, next_view_fields, &v, 0);
}

/* ---- in the view of a case ---- */

struct try_view { ms at; struct str by; int reached, contacted, solved; int64_t stars; struct str word; };
static const struct field try_view_fields[] = {
    FIELD_TIME(struct try_view, at, REQUIRED, "When"),
    FIELD_STR(struct try_view, by, 0, 0, 0, "Who called"),
    FIELD_WORD(struct try_view, reached, case_reached_words, REQUIRED, "Whether they answered"),
    FIELD_WORD(struct try_view, contacted, case_contacted_words, 0, "Were they contacted within the limit"),
    FIELD_WORD(struct try_view, solved, case_solved_words, 0, "Is the problem solved"),
    FIELD_I64(struct try_view, stars, 0, 0, 0, "How satisfied, 1 to 5; 0: not said"),
    FIELD_STR(struct try_view, word, 0, 0, MULTILINE, "What they said, or a note"),
    FIELD_END
};

const struct field case_call_view_fields[] = {
    FIELD_WORD(struct case_call_view, state, case_call_words, REQUIRED, "Waiting, answered (or rated by the reporter), unreachable, refused"),
    FIELD_TIME(struct case_call_view, from, 0, "While it waits: from when it may be tried"),
    FIELD_I64(struct case_call_view, tries, 0, 0, REQUIRED, "Tries since it was closed"),
    FIELD_I64(struct case_call_view, most, 0, 0, REQUIRED, "After so many the reporter counts as unreachable"),
    FIELD_LIST(struct case_call_view, items, try_view_fields, struct try_view, 0, 0, REQUIRED, "The tries since it was closed, oldest first"),
    FIELD_END
};

err case_call_view_of(struct req *r, const struct case_row *c, struct case_call_view **out)
{
    struct list tries = { 0 };
    *out = NULL;
    if (!c->call_back)
        return OK;
    if (c->call_tries)
        TRY(db_all(r->db, r->arena, &case_tries, DB_ARGS(I64(r->tenant), I64(c->id), TIME(c->closed_at)), try_fields, sizeof(struct case_try), 0,
                   &tries));
    const struct case_try *t = tries.at;
    struct try_view       *at = ARENA_ARRAY(r->arena, tries.len + 1, struct try_view);
    for (size_t i = 0; i < tries.len; i++)
        at[i] = (struct try_view){ t[i].at, t[i].actor, (int)t[i].reached, (int)t[i].contacted, (int)t[i].solved, t[i].stars, t[i].word };
    *out = ARENA_NEW(r->arena, struct case_call_view);
    **out = (struct case_call_view){ (int)c->call_back, c->call_back_at, c->call_tries, setting_i64(r->app, "case.call_back_tries", r->now),
                                     { at, tries.len } };
    return OK;
}

/* ---- routes ---- */

const struct route case_call_routes[] = {
    { .method = GET, .path = "/api/v1/call-backs", .handler = get_queue, .perm = PERM_CASE_CALL_BACK, .scope = SCOPE_ANY, .tx = TX_READ,
      .reply_kind = REPLY_VIEW, .reply = queue_fields, .summary = "Closed cases whose reporters the caller may call back now", .tag = "case" },
    { .method = POST, .path = "/api/v1/call-backs/next", .handler = next, .perm = PERM_CASE_CALL_BACK, .scope = SCOPE_ANY, .tx = TX_WRITE,
      ROUTE_BODY(struct next_in, next_fields), .reply_kind = REPLY_VIEW, .reply = next_view_fields, .flags = ROUTE_NO_STORE,
      .summary = "Take the next call-back: others leave it to the caller for a quarter of an hour", .tag = "case" },
    { .method = POST, .path = "/api/v1/cases/:id/call_back", .handler = do_call, .perm = PERM_CASE_CALL_BACK, .scope = SCOPE_ANY,
      .tx = TX_WRITE, ROUTE_BODY(struct call_in, call_fields), .reply_kind = REPLY_VIEW, .reply = case_view_fields,
      .flags = ROUTE_IDEMPOTENT, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_VERSION_NEEDED, ERR_NO_CALL_BACK, ERR_OWN_PART),
      .summary = "A call to the reporter of a closed case, and what they said", .tag = "case" },
    ROUTE_END
};
