/* case_follow.c: who wants to be told of a case beside its reporter. Anybody may follow what everybody may know of it: signed in, or with a
 * secret of their own that stays on their device. Reporters of merged cases follow the survivor without asking. */
#include "case_matter.h"
#include "../notify/notify.h"
#include "../../base/id.h"
#include "../../base/jsonw.h"

#define AUDIENCE     "case_followers"
#define MOVED        "case_followers_moved"   /* those who came to the survivor with this case */
#define TOLD_MOST    20000   /* persons told of one step */
#define FOLLOWS_MOST 200     /* shown on one page */

DB_SQL(follow_insert,
       "INSERT INTO case_follow (tenant_id, id, case_id, person_id, secret_hash, via_case, is_reporter, since) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
DB_SQL(follow_of_person, "SELECT id, since FROM case_follow WHERE tenant_id = $1 AND person_id = $2 AND case_id = $3")
DB_SQL(follow_of_secret, "SELECT id, since, case_id FROM case_follow WHERE tenant_id = $1 AND secret_hash = $2")
DB_SQL(follow_delete, "DELETE FROM case_follow WHERE tenant_id = $1 AND id = $2")
DB_SQL(follow_any, "SELECT count(*) FROM (SELECT id FROM case_follow WHERE tenant_id = $1 AND case_id = $2 LIMIT 1) f")
DB_SQL(follow_persons, "SELECT person_id FROM case_follow WHERE tenant_id = $1 AND case_id = $2 AND person_id IS NOT NULL LIMIT $3")
DB_SQL(follow_persons_via,
       "SELECT person_id FROM case_follow WHERE tenant_id = $1 AND via_case = $2 AND is_reporter = 0 AND person_id IS NOT NULL LIMIT $3")
/* Who follows both keeps the row at the merged case, in case the merging is undone. */
DB_SQL(follow_move,
       "UPDATE case_follow SET case_id = $3, via_case = $2 WHERE tenant_id = $1 AND case_id = $2 AND (person_id IS NULL OR NOT EXISTS "
       "(SELECT 1 FROM case_follow o WHERE o.tenant_id = $1 AND o.person_id = case_follow.person_id AND o.case_id = $3))")
DB_SQL(follow_drop_reporter, "DELETE FROM case_follow WHERE tenant_id = $1 AND via_case = $2 AND is_reporter = 1")
DB_SQL(follow_move_back, "UPDATE case_follow SET case_id = $2, via_case = NULL WHERE tenant_id = $1 AND via_case = $2")
DB_SQL(follow_list,
       "SELECT f.case_id, f.since, f.is_reporter, v.code FROM case_follow f LEFT JOIN cases v ON v.tenant_id = f.tenant_id AND v.id = f.via_case "
       "WHERE f.tenant_id = $1 AND f.person_id = $2 ORDER BY f.since DESC, f.id DESC LIMIT $3")
/* Steps that everybody may know of: report, accept, reject, dispatch, handled, pass, reopen, withdraw, on the spot, closed at import. */
DB_SQL(follow_last,
       "SELECT action, at FROM case_event WHERE tenant_id = $1 AND case_id = $2 AND internal = 0 "
       "AND action IN (1, 4, 5, 6, 11, 12, 15, 16, 20, 21) ORDER BY seq DESC LIMIT 1")

/* ---- views ---- */

struct follow_view {
    struct case_brief brief, *about;
    ms                since;
    int               last_action;
    ms                last_at;
    struct str        via, secret;
    bool              reporter;
};
static const struct field follow_fields[] = {
    { .name = "about", .kind = KIND_OBJECT, .offset = offsetof(struct follow_view, about), .sub = case_brief_fields,
      .size = sizeof(struct case_brief), .flags = REQUIRED, .doc = "The case, as everybody may know it" },
    FIELD_TIME(struct follow_view, since, REQUIRED, "From when"),
    FIELD_WORD(struct follow_view, last_action, case_action_words, 0, "The last step that everybody may know of"),
    FIELD_TIME(struct follow_view, last_at, 0, "When it was done"),
    FIELD_STR(struct follow_view, via, 0, 0, 0, "Number of the case that was merged into this one, by which the caller came to follow it"),
    FIELD_BOOL(struct follow_view, reporter, 0, "The caller reported that one"),
    FIELD_STR(struct follow_view, secret, 0, 0, SECRET, "For X-Case-Secret; only in the answer to following without an account"),
    FIELD_END
};

static err last_step(struct req *r, int64_t id, struct follow_view *v)
{
    struct db_rows rows;
    TRY(db_query(r->db, &follow_last, DB_ARGS(I64(r->tenant), I64(id)), &rows));
    if (db_next(&rows)) {
        v->last_action = (int)db_i64(&rows, 0);
        v->last_at = db_i64(&rows, 1);
    }
    return db_done(&rows);
}

/* Followers see what everybody sees, whoever they are. */
static err look(struct req *r, const struct case_row *c, struct follow_view *v)
{
    case_brief_now(r, c, false, &v->brief);
    v->about = &v->brief;
    return last_step(r, c->id, v);
}

/* ---- follow ---- */

struct held { int64_t id, case_id; ms since; };

static err held_by_person(struct req *r, int64_t id, struct held *out)
{
    struct db_rows rows;
    *out = (struct held){ .case_id = id };
    TRY(db_query(r->db, &follow_of_person, DB_ARGS(I64(r->tenant), I64(r->caller.person), I64(id)), &rows));
    if (db_next(&rows)) {
        out->id = db_i64(&rows, 0);
        out->since = db_i64(&rows, 1);
    }
    return db_done(&rows);
}

static err held_by_secret(struct req *r, struct held *out)
{
    struct db_rows rows;
    *out = (struct held){ 0 };
    if (!r->case_secret.len)
        return OK;
    TRY(db_query(r->db, &follow_of_secret, DB_ARGS(I64(r->tenant), BLOB(crypto_digest(r->arena, r->case_secret))), &rows));
    if (db_next(&rows))
        *out = (struct held){ db_i64(&rows, 0), db_i64(&rows, 2), db_i64(&rows, 1) };
    return db_done(&rows);
}

/* What the caller holds of the case of this code; a merged one stands for its survivor. out->id 0: they do not follow it. */
static err held_of(struct req *r, struct case_row *c, struct held *out)
{
    struct str code = r->path_text[0];
    if (!r->caller.account)
        TRY(case_rate(r, RATE_FOLLOW));
    TRY(case_get_code(r->db, r->arena, r->tenant, code, c));
    if (c->merged_into)
        TRY(case_get(r->db, r->arena, r->tenant, c->merged_into, c));
    if (r->caller.account)
        return held_by_person(r, c->id, out);
    TRY(held_by_secret(r, out));
    if (out->case_id != c->id)
        *out = (struct held){ 0 };
    return OK;
}

static err put(struct req *r, const struct case_row *c, int64_t person, struct str secret_hash)
{
    return db_exec(r->db, &follow_insert,
                   DB_ARGS(I64(r->tenant), I64(id_new()), I64(c->id), REF(person), BLOB(secret_hash), NUL, I64(0), TIME(r->now)), NULL);
}

static err may_follow(struct req *r, const struct case_row *c)
{
    if (case_is_reporter(r, c))
        return FAIL(ERR_OWN_CASE);
    if (c->closed_at)
        return req_fail(r, ERR_WRONG_STATE, str_of(req_text(r, "这件事已经结束，不会再有进展；问题还在就请重新上报",
                                                            "It has ended and will not move on; if the problem is still there, report it")));
    return OK;
}

static err follow(struct req *r)
{
    struct case_row    c;
    struct held        held;
    struct follow_view v = { 0 };
    TRY(held_of(r, &c, &held));
    v.since = held.id ? held.since : r->now;
    if (!held.id) {
        TRY(may_follow(r, &c));
        struct str secret = r->caller.account ? STR_NONE : crypto_token(r->arena, 16);
        v.secret = secret;
        TRY(put(r, &c, r->caller.account ? r->caller.person : 0, secret.ptr ? crypto_digest(r->arena, secret) : STR_NONE));
    }
    TRY(look(r, &c, &v));
    return reply_created(r, str_fmt(r->arena, "/api/v1/follows/%.*s", STR_ARG(c.code)), follow_fields, &v, 0);
}

static err unfollow(struct req *r)
{
    struct case_row c;
    struct held     held;
    TRY(held_of(r, &c, &held));
    if (!held.id)
        return FAIL(ERR_NOT_FOLLOWED);
    TRY(db_exec(r->db, &follow_delete, DB_ARGS(I64(r->tenant), I64(held.id)), NULL));
    return reply_none(r);
}

static err get_follow(struct req *r)
{
    struct case_row    c;
    struct held        held;
    struct follow_view v = { 0 };
    TRY(held_of(r, &c, &held));
    if (!held.id)
        return FAIL(ERR_NOT_FOLLOWED);
    v.since = held.since;
    TRY(look(r, &c, &v));
    return reply_view(r, follow_fields, &v, 0);
}

struct followed { int64_t case_id; ms since; int64_t reporter; struct str via; };
static const struct field followed_fields[] = {
    FIELD_ID(struct followed, case_id, 0, ""), FIELD_TIME(struct followed, since, 0, ""), FIELD_I64(struct followed, reporter, 0, 0, 0, ""),
    FIELD_STR(struct followed, via, 0, 0, 0, ""), FIELD_END
};

static err list_follows(struct req *r)
{
    struct list rows;
    TRY(db_all(r->db, r->arena, &follow_list, DB_ARGS(I64(r->tenant), I64(r->caller.person), I64(FOLLOWS_MOST)), followed_fields,
               sizeof(struct followed), FOLLOWS_MOST, &rows));
    const struct followed *all = rows.at;
    struct follow_view    *v = ARENA_ARRAY(r->arena, rows.len + 1, struct follow_view);
    for (size_t i = 0; i < rows.len; i++) {
        struct case_row c;
        v[i].since = all[i].since;
        v[i].via = all[i].via;
        v[i].reporter = all[i].reporter;
        TRY(case_get(r->db, r->arena, r->tenant, all[i].case_id, &c));
        TRY(look(r, &c, &v[i]));
    }
    return reply_list(r, follow_fields, sizeof *v, (struct list){ v, rows.len }, STR_NONE);
}

/* ---- telling ---- */

static err persons_of(struct db_conn *c, struct arena *a, struct app *app, const struct db_sql *sql, int64_t id, struct ids *out)
{
    struct db_rows rows;
    int64_t       *at = ARENA_ARRAY(a, TOLD_MOST, int64_t);
    size_t         n = 0;
    TRY(db_query(c, sql, DB_ARGS(I64(app->tenant), I64(id), I64(TOLD_MOST)), &rows));
    while (db_next(&rows))
        at[n++] = db_i64(&rows, 0);
    *out = (struct ids){ at, n };
    return db_done(&rows);
}

static err followers(struct db_conn *c, struct arena *a, struct app *app, int64_t id, struct ids *out)
{
    return persons_of(c, a, app, &follow_persons, id, out);
}

static err moved_followers(struct db_conn *c, struct arena *a, struct app *app, int64_t id, struct ids *out)
{
    return persons_of(c, a, app, &follow_persons_via, id, out);
}

void case_follow_start(struct app *app)
{
    notify_audience_for(app, AUDIENCE, followers);
    notify_audience_for(app, MOVED, moved_followers);
}

/* The code alone: a title is not public before it is released. */
static struct str words(struct req *r, struct str code, struct str into)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "code", code);
    if (into.ptr)
        jsonw_kv_str(&j, "into", into);
    jsonw_close(&j);
    return buf_view(&b);
}

static err tell(struct req *r, const struct case_row *c, const char *audience, const char *kind, struct str into)
{
    int64_t any = 0;
    TRY(db_number(r->db, &follow_any, DB_ARGS(I64(r->tenant), I64(c->id)), &any));
    return any ? notify_all(r, audience, c->reporter_id, kind, "case", c->id, words(r, c->code, into)) : OK;
}

err case_follow_tell(struct req *r, const struct case_row *c, const struct case_event *e)
{
    static const char *const kinds[ACT_COUNT] = {
        [ACT_ACCEPT] = "case.follow_accepted", [ACT_REJECT] = "case.follow_rejected", [ACT_DISPATCH] = "case.follow_dispatched",
        [ACT_HANDLED] = "case.follow_handled", [ACT_PASS] = "case.follow_closed", [ACT_PROJECT] = "case.follow_closed",     [ACT_WITHDRAW] = "case.follow_closed",
        [ACT_REOPEN] = "case.follow_reopened", [ACT_TIMEOUT] = "case.follow_rejected",
    };
    bool        again = e->from_state == CASE_REJECTED && e->to_state == CASE_REPORTED;   /* by an appeal, or an answer after all */
    const char *kind = again ? "case.follow_reopened" : kinds[e->action];
    return kind ? tell(r, c, AUDIENCE, kind, STR_NONE) : OK;
}

/* ---- merging ---- */

static err reporter_follows(struct req *r, const struct case_row *c, const struct case_row *into)
{
    int64_t     person = c->reporter_id;
    struct held held = { 0 };
    if (person && person == into->reporter_id)
        return OK;   /* told of it anyway */
    if (person) {
        struct db_rows rows;
        TRY(db_query(r->db, &follow_of_person, DB_ARGS(I64(r->tenant), I64(person), I64(into->id)), &rows));
        held.id = db_next(&rows) ? db_i64(&rows, 0) : 0;
        TRY(db_done(&rows));
    }
    if (held.id)
        return OK;
    return db_exec(r->db, &follow_insert,
                   DB_ARGS(I64(r->tenant), I64(id_new()), I64(into->id), REF(person), NUL, I64(c->id), I64(1), TIME(r->now)), NULL);
}

err case_follow_merge(struct req *r, const struct case_row *c, const struct case_row *into)
{
    TRY(tell(r, c, MOVED, "case.follow_merged", into->code));
    TRY(db_exec(r->db, &follow_move, DB_ARGS(I64(r->tenant), I64(c->id), I64(into->id)), NULL));
    return reporter_follows(r, c, into);
}

err case_follow_part(struct req *r, int64_t id)
{
    TRY(db_exec(r->db, &follow_drop_reporter, DB_ARGS(I64(r->tenant), I64(id)), NULL));
    return db_exec(r->db, &follow_move_back, DB_ARGS(I64(r->tenant), I64(id)), NULL);
}

/* ---- routes ---- */

const struct route case_follow_routes[] = {
    { .method = GET, .path = "/api/v1/follows", .handler = list_follows, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ,
      .reply_kind = REPLY_LIST, .reply = follow_fields, .summary = "What the caller follows, the latest first; at most 200", .tag = "case" },
    { .method = POST, .path = "/api/v1/follows/*code", .handler = follow, .perm = PERM_PUBLIC, .tx = TX_WRITE, .reply_kind = REPLY_CREATED,
      .reply = follow_fields, .flags = ROUTE_IDEMPOTENT | ROUTE_NO_STORE, ROUTE_ERRORS(ERR_NOT_FOUND, ERR_WRONG_STATE, ERR_OWN_CASE, ERR_TOO_MANY),
      .summary = "Follow a case; without an account the answer holds a secret. A merged one stands for the case it was merged into",
      .tag = "case" },
    { .method = GET, .path = "/api/v1/follows/*code", .handler = get_follow, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_VIEW,
      .reply = follow_fields, .flags = ROUTE_NO_STORE, ROUTE_ERRORS(ERR_NOT_FOUND, ERR_NOT_FOLLOWED, ERR_TOO_MANY),
      .summary = "How a case that the caller follows stands (signed in, or by X-Case-Secret)", .tag = "case" },
    { .method = DELETE, .path = "/api/v1/follows/*code", .handler = unfollow, .perm = PERM_PUBLIC, .tx = TX_WRITE, .reply_kind = REPLY_NONE,
      ROUTE_ERRORS(ERR_NOT_FOUND, ERR_NOT_FOLLOWED, ERR_TOO_MANY), .summary = "Follow a case no longer", .tag = "case" },
    ROUTE_END
};
