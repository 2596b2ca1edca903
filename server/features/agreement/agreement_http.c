/* agreement_http.c: agreements over HTTP: the list, one, drafting and changing, what the parties say about a draft, on paper. */
#include "agreement_inside.h"

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../account/account.h"
#include "../alliance/alliance.h"
#include "../audit/audit.h"
#include "../list/list.h"
#include "../notify/notify.h"
#include "../search/search.h"
#include "../setting/setting.h"

enum { PARTIES_MOST = 50, PLEDGES_MOST = 100 };

/* ---- who may ---- */

bool agreement_may_manage(struct req *r, const struct whole *w)
{
    const struct party *p = w->parties.at;
    for (size_t i = 0; i < w->parties.len; i++)
        if (req_may(r, PERM_AGREEMENT_MANAGE, PARTY(p[i].org_id)) || agreement_may_sign(r, p[i].org_id))
            return true;
    return false;
}

bool agreement_may_sign(struct req *r, int64_t org)
{
    struct unit_refs            held = req_where(r, PERM_AGREEMENT_SIGN);
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        may = false;
    for (size_t i = 0; i < held.len && !may; i++)
        may = held.at[i].kind == UNIT_ORG && unit_within(s, PARTY(org), held.at[i]);
    unit_release(s);
    return may;
}

err agreement_seen(struct req *r, struct whole *w)
{
    TRY(whole_read(r, r->path[0], w));
    return w->g.signed_at || agreement_may_manage(r, w) ? OK : FAIL(ERR_NOT_FOUND);
}

/* ---- views ---- */

struct party_view { int64_t org_id, scan_id; struct str org_name, signer; ms signed_at; bool may_sign; };
static const struct field party_fields[] = {
    FIELD_ID(struct party_view, org_id, REQUIRED, "Organisation"), FIELD_STR(struct party_view, org_name, 0, 0, REQUIRED, "Its name"),
    FIELD_STR(struct party_view, signer, 0, 0, 0, "Who signed for it; for who drafts and signs"), FIELD_TIME(struct party_view, signed_at, 0, "When; null: not yet"),
    FIELD_ID(struct party_view, scan_id, 0, "Photograph of the signed paper; null: signed here"),
    FIELD_BOOL(struct party_view, may_sign, REQUIRED, "The caller may sign for it now"), FIELD_END
};
struct pledge_view {
    int64_t    id, org_id, resource_id, quantity, given, times, over, kept, now_given;
    int        rhythm, state;
    struct str org_name, title, category, unit;
    bool       held, money;
    ms         due_at, now_from, now_to;
};
static const struct field pledge_fields[] = {
    FIELD_ID(struct pledge_view, id, REQUIRED, "Pledge"), FIELD_ID(struct pledge_view, org_id, REQUIRED, "Who promises"),
    FIELD_STR(struct pledge_view, org_name, 0, 0, REQUIRED, "Its name"), FIELD_STR(struct pledge_view, title, 0, 0, REQUIRED, "What, in a line"),
    FIELD_STR(struct pledge_view, category, 0, 0, REQUIRED, "Work of this category counts; see GET /exchange/categories"),
    FIELD_ID(struct pledge_view, resource_id, 0, "Only work with this resource counts"),
    FIELD_I64(struct pledge_view, quantity, 0, 0, REQUIRED, "How much, once or each time"), FIELD_STR(struct pledge_view, unit, 0, 0, 0, "Of what, in words"),
    FIELD_WORD(struct pledge_view, rhythm, rhythm_words, REQUIRED, "How often"), FIELD_TIME(struct pledge_view, due_at, 0, "Once: by when"),
    FIELD_BOOL(struct pledge_view, held, REQUIRED, "So much of the resource is held back for it"),
    FIELD_BOOL(struct pledge_view, money, REQUIRED, "Money keeps it: a source of a project may name it"),
    FIELD_WORD(struct pledge_view, state, pledge_state_words, REQUIRED, "Where it stands"),
    FIELD_I64(struct pledge_view, given, 0, 0, REQUIRED, "Given so far; read off confirmed claims"),
    FIELD_I64(struct pledge_view, times, 0, 0, REQUIRED, "Times in the term"), FIELD_I64(struct pledge_view, over, 0, 0, REQUIRED, "Of these over"),
    FIELD_I64(struct pledge_view, kept, 0, 0, REQUIRED, "Times kept"), FIELD_I64(struct pledge_view, now_given, 0, 0, REQUIRED, "Given in the time that runs"),
    FIELD_TIME(struct pledge_view, now_from, 0, "The time that runs, from"), FIELD_TIME(struct pledge_view, now_to, 0, "Until, exclusive"), FIELD_END
};
struct comment_view { int64_t id; struct str org_name, who, text; ms created_at; };
static const struct field comment_fields[] = {
    FIELD_ID(struct comment_view, id, REQUIRED, "Comment"), FIELD_STR(struct comment_view, org_name, 0, 0, REQUIRED, "For which party"),
    FIELD_STR(struct comment_view, who, 0, 0, 0, "Who"), FIELD_STR(struct comment_view, text, 0, 0, REQUIRED, "What"),
    FIELD_TIME(struct comment_view, created_at, REQUIRED, "When"), FIELD_END
};
struct review_view { int64_t id; struct str figures, text, who; ms begins_at, ends_at, created_at; };
static const struct field review_fields[] = {
    FIELD_ID(struct review_view, id, REQUIRED, "Review"), FIELD_TIME(struct review_view, begins_at, REQUIRED, "What it looks at, from"),
    FIELD_TIME(struct review_view, ends_at, REQUIRED, "Until"), FIELD_JSON(struct review_view, figures, REQUIRED, "What each pledge stood at then"),
    FIELD_STR(struct review_view, text, 0, 0, REQUIRED, "What was said"), FIELD_STR(struct review_view, who, 0, 0, 0, "By whom"),
    FIELD_TIME(struct review_view, created_at, REQUIRED, "When"), FIELD_END
};

struct item {
    int64_t    id, keeper_id, alliance_id, pledges, late, signed_count, version;
    int        state;
    struct str kind, title, no, keeper_name, alliance_name;
    struct strs parties;
    bool       review_due;
    ms         begins_at, ends_at, signed_at, ended_at, created_at;
};
#define ITEM(base, kind_, m, ...) { .name = #m, .kind = KIND_##kind_, .offset = (base) + offsetof(struct item, m), __VA_ARGS__ }
#define ITEM_FIELDS(base)                                                                                                               \
    ITEM(base, ID, id, .flags = REQUIRED, .doc = "Agreement"),                                                                          \
    ITEM(base, STR, kind, .flags = REQUIRED, .doc = "Code of the setting agreement.kinds"),                                             \
    ITEM(base, STR, title, .flags = REQUIRED, .doc = "In a line"),                                                                      \
    ITEM(base, STR, no, .doc = "Number; null: not signed by all"),                                                                      \
    ITEM(base, WORD, state, .words = agreement_state_words, .flags = REQUIRED, .doc = "Where it stands"),                               \
    ITEM(base, ID, keeper_id, .flags = REQUIRED, .doc = "Who keeps it"),                                                                \
    ITEM(base, STR, keeper_name, .flags = REQUIRED, .doc = "Its name"),                                                                 \
    ITEM(base, STRS, parties, .flags = REQUIRED, .doc = "Names of the parties"),                                                        \
    ITEM(base, I64, signed_count, .flags = REQUIRED, .doc = "How many of them have signed"),                                            \
    ITEM(base, ID, alliance_id, .doc = "Alliance within which it is made"),                                                             \
    ITEM(base, STR, alliance_name, .doc = "Its name"),                                                                                  \
    ITEM(base, I64, pledges, .flags = REQUIRED, .doc = "How many pledges"),                                                             \
    ITEM(base, I64, late, .flags = REQUIRED, .doc = "Of these late"),                                                                   \
    ITEM(base, BOOL, review_due, .flags = REQUIRED, .doc = "A review is due and was not made"),                                         \
    ITEM(base, TIME, begins_at, .flags = REQUIRED, .doc = "Term from"),                                                                 \
    ITEM(base, TIME, ends_at, .flags = REQUIRED, .doc = "Until, exclusive"),                                                            \
    ITEM(base, TIME, signed_at, .doc = "Signed by all"),                                                                                \
    ITEM(base, TIME, ended_at, .doc = "Ended or withdrawn"),                                                                            \
    ITEM(base, TIME, created_at, .flags = REQUIRED, .doc = "Drafted"),                                                                  \
    ITEM(base, I64, version, .flags = REQUIRED, .doc = "Grows with each change")
static const struct field item_fields[] = { ITEM_FIELDS(0), FIELD_END };

struct view {
    struct item i;
    struct str  text, words, end_reason, verify;
    struct list sides, pledged, comments, reviews;
    int64_t     review_months, renews_id;
    bool        may_change, may_keep, may_end;
    ms          offered_at;
};
const struct field agreement_view_fields[] = {
    ITEM_FIELDS(offsetof(struct view, i)),
    FIELD_STR(struct view, text, 0, 0, REQUIRED, "Its words, braces unfilled"),
    FIELD_STR(struct view, words, 0, 0, REQUIRED, "Its words as they read; a paragraph a line"),
    FIELD_LIST(struct view, sides, party_fields, struct party_view, 0, 0, REQUIRED, "The parties, and who has signed"),
    FIELD_LIST(struct view, pledged, pledge_fields, struct pledge_view, 0, 0, REQUIRED, "What is promised, and what of it was kept"),
    FIELD_LIST(struct view, comments, comment_fields, struct comment_view, 0, 0, REQUIRED, "What the parties say about the draft; for them alone"),
    FIELD_LIST(struct view, reviews, review_fields, struct review_view, 0, 0, REQUIRED, "Reviews, the newest first"),
    FIELD_I64(struct view, review_months, 0, 0, REQUIRED, "Months between reviews; 0: none"),
    FIELD_ID(struct view, renews_id, 0, "Agreement it continues"),
    FIELD_STR(struct view, end_reason, 0, 0, 0, "Why it ended before its term"),
    FIELD_STR(struct view, verify, 0, 0, 0, "Address at which anybody verifies it"),
    FIELD_TIME(struct view, offered_at, 0, "Offered for signing"),
    FIELD_BOOL(struct view, may_change, REQUIRED, "The caller drafts, comments and reviews it"),
    FIELD_BOOL(struct view, may_keep, REQUIRED, "The caller offers, takes back, withdraws and renews it"),
    FIELD_BOOL(struct view, may_end, REQUIRED, "The caller may end it before its term"), FIELD_END
};

static bool keeps(struct req *r, const struct whole *w)
{
    return req_may(r, PERM_AGREEMENT_MANAGE, PARTY(w->g.keeper_id));
}

/* A review day has come, and none was made since. */
static err review_missing(struct req *r, const struct agreement *g, bool *missing)
{
    struct list          rows;
    ms                   due = g->state == AGREEMENT_IN_FORCE ? review_due(g, r->now, r->app->zone_minutes) : 0;
    *missing = due != 0;
    if (!due)
        return OK;
    TRY(reviews_of(r->db, r->arena, r->tenant, g->id, &rows));
    const struct review *v = rows.at;
    *missing = !rows.len || v->created_at < due;
    return OK;
}

static err item_of(struct req *r, const struct whole *w, struct item *out)
{
    const struct agreement *g = &w->g;
    const struct party     *p = w->parties.at;
    struct str             *names = ARENA_ARRAY(r->arena, w->parties.len + 1, struct str);
    *out = (struct item){ .id = g->id, .kind = g->kind, .title = g->title, .no = g->no, .state = (int)g->state, .keeper_id = g->keeper_id,
                          .keeper_name = unit_name_of(r, UNIT_ORG, g->keeper_id), .alliance_id = g->alliance_id, .alliance_name = w->alliance_name,
                          .pledges = (int64_t)w->pledges.len, .begins_at = g->begins_at, .ends_at = g->ends_at, .signed_at = g->signed_at,
                          .ended_at = g->ended_at, .created_at = g->created_at, .version = g->version };
    for (size_t i = 0; i < w->parties.len; i++) {
        names[i] = unit_name_of(r, UNIT_ORG, p[i].org_id);
        out->signed_count += p[i].signed_at != 0;
    }
    out->parties = (struct strs){ names, w->parties.len };
    for (size_t i = 0; w->standings && i < w->pledges.len; i++)
        out->late += w->standings[i].state == PLEDGE_LATE;
    return review_missing(r, g, &out->review_due);
}

static struct list sides_of(struct req *r, const struct whole *w, bool inside)
{
    const struct party *p = w->parties.at;
    struct party_view  *at = ARENA_ARRAY(r->arena, w->parties.len + 1, struct party_view);
    for (size_t i = 0; i < w->parties.len; i++)
        at[i] = (struct party_view){ .org_id = p[i].org_id, .org_name = unit_name_of(r, UNIT_ORG, p[i].org_id), .signer = inside ? p[i].signer : STR_NONE,
                                     .signed_at = p[i].signed_at, .scan_id = inside ? p[i].scan_id : 0,
                                     .may_sign = w->g.state == AGREEMENT_OFFERED && !p[i].signed_at && agreement_may_sign(r, p[i].org_id) };
    return (struct list){ at, w->parties.len };
}

static struct list pledged_of(struct req *r, const struct whole *w)
{
    const struct pledge *p = w->pledges.at;
    struct pledge_view  *at = ARENA_ARRAY(r->arena, w->pledges.len + 1, struct pledge_view);
    struct list          categories = exchange_category_list(r);
    for (size_t i = 0; i < w->pledges.len; i++) {
        const struct standing *s = &w->standings[i];
        at[i] = (struct pledge_view){ .id = p[i].id, .org_id = p[i].org_id, .org_name = unit_name_of(r, UNIT_ORG, p[i].org_id), .title = p[i].title,
                                      .category = p[i].category, .resource_id = p[i].resource_id, .quantity = p[i].quantity, .unit = p[i].unit,
                                      .rhythm = (int)p[i].rhythm, .due_at = p[i].due_at, .held = p[i].hold_id && w->g.state == AGREEMENT_IN_FORCE,
                                      .state = s->state, .given = s->given, .times = s->times, .over = s->over, .kept = s->kept,
                                      .now_given = s->now_given, .now_from = s->now_from, .now_to = s->now_to,
                                      .money = pledge_of_money(p[i].category, p[i].unit, &categories) };
    }
    return (struct list){ at, w->pledges.len };
}

DB_SQL(agreement_who, "SELECT p.name FROM account c JOIN person p ON p.tenant_id = c.tenant_id AND p.id = c.person_id WHERE c.tenant_id = $1 AND c.id = $2")

static struct str who(struct req *r, int64_t account)
{
    static const struct field map[] = { { .name = "name", .kind = KIND_STR, .offset = 0 }, FIELD_END };
    struct str                name = STR_NONE;
    err                       e = account ? db_one(r->db, r->arena, &agreement_who, DB_ARGS(I64(r->tenant), I64(account)), map, &name) : OK;
    return failed(e) ? STR_NONE : name;
}

static err comments_view(struct req *r, int64_t id, struct list *out)
{
    struct list rows;
    TRY(comments_of(r->db, r->arena, r->tenant, id, &rows));
    const struct comment *k = rows.at;
    struct comment_view  *at = ARENA_ARRAY(r->arena, rows.len + 1, struct comment_view);
    for (size_t i = 0; i < rows.len; i++)
        at[i] = (struct comment_view){ k[i].id, unit_name_of(r, UNIT_ORG, k[i].org_id), who(r, k[i].created_by), k[i].text, k[i].created_at };
    *out = (struct list){ at, rows.len };
    return OK;
}

static err reviews_view(struct req *r, int64_t id, struct list *out)
{
    struct list rows;
    TRY(reviews_of(r->db, r->arena, r->tenant, id, &rows));
    const struct review *v = rows.at;
    struct review_view  *at = ARENA_ARRAY(r->arena, rows.len + 1, struct review_view);
    for (size_t i = 0; i < rows.len; i++)
        at[i] = (struct review_view){ v[i].id, v[i].figures, v[i].text, who(r, v[i].created_by), v[i].begins_at, v[i].ends_at, v[i].created_at };
    *out = (struct list){ at, rows.len };
    return OK;
}

static bool may_end(struct req *r, const struct whole *w)
{
    const struct party *p = w->parties.at;
    for (size_t i = 0; w->g.state == AGREEMENT_IN_FORCE && i < w->parties.len; i++)
        if (agreement_may_sign(r, p[i].org_id))
            return true;
    return false;
}

static err view_of(struct req *r, struct whole *w, struct view *v)
{
    bool inside = agreement_may_manage(r, w);
    TRY(whole_read_off(r, w));
    *v = (struct view){ .text = w->g.text, .end_reason = w->g.end_reason, .verify = STR_NONE, .sides = sides_of(r, w, inside), .pledged = pledged_of(r, w),
                        .review_months = w->g.review_months, .renews_id = w->g.renews_id, .may_change = inside, .may_keep = keeps(r, w),
                        .may_end = may_end(r, w), .offered_at = w->g.offered_at };
    TRY(item_of(r, w, &v->i));
    v->words = w->g.words;
    if (!v->words.ptr)
        TRY(agreement_words(r->app, r->arena, &w->g, &w->parties, w->alliance_name, &v->words));
    if (inside)
        TRY(comments_view(r, w->g.id, &v->comments));
    if (w->g.no.ptr)
        v->verify = str_fmt(r->arena, "%.*s/v/%.*s", STR_ARG(setting_site(r)), STR_ARG(letter_code(r->arena, &r->app->keys, r->tenant, w->g.id)));
    return reviews_view(r, w->g.id, &v->reviews);
}

err agreement_answer(struct req *r, int64_t id, bool created)
{
    struct whole w;
    struct view  v;
    TRY(whole_read(r, id, &w));
    TRY(view_of(r, &w, &v));
    return created ? reply_created(r, str_fmt(r->arena, "/api/v1/agreements/%lld", (long long)id), agreement_view_fields, &v, w.g.version)
                   : reply_view(r, agreement_view_fields, &v, w.g.version);
}

static err get_agreement(struct req *r)
{
    struct whole w;
    struct view  v;
    TRY(agreement_seen(r, &w));
    TRY(view_of(r, &w, &v));
    return reply_view(r, agreement_view_fields, &v, w.g.version);
}

/* ---- list ---- */

/* What of it waits for somebody. */
enum wants { WANTS_REVIEW = 1, WANTS_PLEDGES };
static const char *const wants_words[] = { NULL, "review", "pledges", NULL };

struct list_query { struct str text, after; int64_t org, other, alliance, limit; int state, wants, format; };
#define QUERY                                                                                                                           \
    FIELD_STR(struct list_query, text, 1, 100, 0, "Part of the line or of a party's name, or the number"),                              \
    FIELD_ID(struct list_query, org, 0, "Only those this organisation is a party of"),                                                  \
    FIELD_ID(struct list_query, other, 0, "And this one too"),                                                                          \
    FIELD_ID(struct list_query, alliance, 0, "Only those made within this alliance"),                                                   \
    FIELD_WORD(struct list_query, state, agreement_state_words, 0, "Only in this state"),                                               \
    FIELD_WORD(struct list_query, wants, wants_words, 0, "Only those whose review is due, or of which a pledge is late")
static const struct field query_fields[] = {
    QUERY, FIELD_STR(struct list_query, after, 1, 200, 0, "The page before's next"), FIELD_I64(struct list_query, limit, 1, 200, 0, "At most so many (50)"), FIELD_END
};
static const struct field file_query_fields[] = { QUERY, LIST_FORMAT_FIELD(struct list_query), FIELD_END };
enum { BY_ORG = 1, BY_ALLIANCE = 2, BY_STATE = 4, BY_TEXT = 8, BY_OTHER = 16 };
#define PARTY_IS(n) " AND EXISTS (SELECT 1 FROM agreement_party p WHERE p.tenant_id = g.tenant_id AND p.tenant_id = $1 AND p.agreement_id = g.id AND p.org_id = " n ")"
#define NAMED                                                                                                                           \
    " AND (g.title_fold LIKE $6 ESCAPE '\\' OR g.no = $7 OR EXISTS (SELECT 1 FROM agreement_party p JOIN org o ON o.tenant_id = p.tenant_id AND "       \
    "o.id = p.org_id WHERE p.tenant_id = g.tenant_id AND p.tenant_id = $1 AND o.tenant_id = $1 AND p.agreement_id = g.id AND o.name_fold LIKE $6 ESCAPE '\\'))"
static const char *const fragments[] = {
    PARTY_IS("$3"), " AND g.alliance_id = $4", " AND g.state = $5", NAMED, PARTY_IS("$8"), NULL
};
static const char *const tails[] = { " ORDER BY g.id DESC LIMIT 200", NULL };
DB_FAMILY(agreement_page, "SELECT g.id FROM agreement g WHERE g.tenant_id = $1 AND g.id < $2", fragments, tails)

static uint32_t narrowed(const struct list_query *q)
{
    return (q->org ? BY_ORG : 0) | (q->alliance ? BY_ALLIANCE : 0) | (q->state ? BY_STATE : 0) | (q->text.ptr ? BY_TEXT : 0) |
           (q->other ? BY_OTHER : 0);
}

static const struct field id_map[] = { { .name = "id", .kind = KIND_ID, .offset = 0 }, FIELD_END };

static err next_ids(struct req *r, struct list_place from, struct db_rows *rows)
{
    const struct list_query *q = r->query;
    struct str               like = q->text.ptr ? search_like(r->arena, search_fold(r->arena, q->text)) : STR_NONE;
    return db_query_family(r->db, &agreement_page, narrowed(q), 0,
                           DB_ARGS(I64(r->tenant), I64(from.id), I64(q->org), I64(q->alliance), I64(q->state), TEXT(like), TEXT(q->text), I64(q->other)), rows);
}

static err look_at_agreement(struct req *r, const void *row, void *arg, void *item, bool *wanted)
{
    const struct list_query *q = r->query;
    struct item             *it = item;
    struct whole             w;
    (void)arg;
    TRY(whole_read(r, *(const int64_t *)row, &w));
    *wanted = w.g.signed_at || agreement_may_manage(r, &w);
    if (*wanted && q->wants == WANTS_REVIEW)
        TRY(review_missing(r, &w.g, wanted));
    if (!*wanted)
        return OK;
    TRY(whole_read_off(r, &w));
    TRY(item_of(r, &w, it));
    *wanted = q->wants != WANTS_PLEDGES || (w.g.state == AGREEMENT_IN_FORCE && it->late);
    return OK;
}

static struct list_walk agreement_walk(struct list *kinds)
{
    return (struct list_walk){ next_ids, look_at_agreement, kinds, LIST_NEWEST, id_map, sizeof(int64_t), -1, item_fields, sizeof(struct item) };
}

static err list_agreements(struct req *r)
{
    const struct list_query *q = r->query;
    struct list_walk         w = agreement_walk(NULL);
    return list_page(r, &w, q->after, q->limit);
}

static struct str say_kind(struct req *r, const void *item, void *kinds)
{
    const struct item   *g = item;
    const struct choice *c = choice_find(kinds, g->kind);
    return !c ? g->kind : r->lang == LANG_ZH ? c->zh : c->en;
}

static const char *const state_said[][2] = { { "", "" }, { "草稿", "draft" }, { "待签署", "to be signed" }, { "生效", "in force" }, { "已终止", "ended" }, { "已撤回", "withdrawn" } };
static const struct list_column columns[] = {
    { "编号", "Number", 18, .member = "no" }, { "协议", "Agreement", 40, .member = "title" }, { "种类", "Kind", 14, .say = say_kind }, { "牵头单位", "Kept by", 22, .member = "keeper_name" },
    { "各方", "Parties", 40, .member = "parties" }, { "联盟", "Alliance", 22, .member = "alliance_name" }, { "状态", "State", 12, .member = "state", .words = state_said },
    { "承诺事项", "Pledges", 9, .member = "pledges" }, { "逾期", "Late", 7, .member = "late" }, { "待评估", "Review due", 10, .member = "review_due" },
    { "从", "From", 17, .member = "begins_at" }, { "到", "Until", 17, .member = "ends_at" }, { "签署时间", "Signed", 17, .member = "signed_at" }, { "结束时间", "Ended", 17, .member = "ended_at" },
};
static const struct list_file agreement_file = { "agreements", "agreement", columns, sizeof columns / sizeof *columns, NULL };

static err export_agreements(struct req *r)
{
    struct list      kinds = setting_choices(r->app, r->arena, "agreement.kinds", r->now);
    struct list_walk w = agreement_walk(&kinds);
    return list_export(r, &w, &agreement_file, ((const struct list_query *)r->query)->format);
}

/* ---- drafting and changing ---- */

struct pledge_body { int64_t org_id, resource_id, quantity; int rhythm; struct str title, category, unit; ms due_at; };
static const struct field pledge_body_fields[] = {
    FIELD_ID(struct pledge_body, org_id, REQUIRED, "Who promises: a party"),
    FIELD_STR(struct pledge_body, title, 1, 100, REQUIRED, "What, in a line"),
    FIELD_STR(struct pledge_body, category, 1, 40, 0, "Work of this category counts; the resource's own when one is named"),
    FIELD_ID(struct pledge_body, resource_id, 0, "Only work with this resource counts; what is used up is held back"),
    FIELD_I64(struct pledge_body, quantity, 1, 1000000000, REQUIRED, "How much, once or each time"),
    FIELD_STR(struct pledge_body, unit, 1, 20, 0, "Of what, in words"),
    FIELD_WORD(struct pledge_body, rhythm, rhythm_words, 0, "How often; once when not given"),
    FIELD_TIME(struct pledge_body, due_at, 0, "Once: by when; the end of the term when not given"), FIELD_END
};
struct draft_body {
    int64_t     keeper_id, alliance_id, review_months;
    struct str  kind, title, text;
    struct ids  parties;
    struct list pledges;
    ms          begins_at, ends_at;
};
#define BODY(needed)                                                                                                                    \
    FIELD_STR(struct draft_body, kind, 1, 40, (needed), "Code of the setting agreement.kinds"),                                         \
    FIELD_STR(struct draft_body, title, 1, 100, (needed), "In a line"),                                                                 \
    FIELD_STR(struct draft_body, text, 1, 20000, (needed) | MULTILINE, "Its words: {parties} {first} {from} {to} {alliance}; ** around what is bold"), \
    FIELD_ID(struct draft_body, alliance_id, 0, "Alliance within which it is made; all parties are in it"),                             \
    FIELD_IDS(struct draft_body, parties, 1, PARTIES_MOST, (needed), "The parties, in order; the keeper among them"),                   \
    FIELD_LIST(struct draft_body, pledges, pledge_body_fields, struct pledge_body, 0, PLEDGES_MOST, 0, "What is promised"),             \
    FIELD_TIME(struct draft_body, begins_at, (needed), "Term from"),                                                                    \
    FIELD_TIME(struct draft_body, ends_at, (needed), "Until, exclusive"),                                                               \
    FIELD_I64(struct draft_body, review_months, 0, 60, 0, "Months between reviews, such as 6 or 12; 0: none")
static const struct field create_fields[] = { BODY(REQUIRED), FIELD_ID(struct draft_body, keeper_id, REQUIRED, "Who keeps it: a party"), FIELD_END };
static const struct field change_fields[] = { BODY(0), FIELD_END };
#define GIVEN(m) field_given(change_fields, &r->given, offsetof(struct draft_body, m))

struct str agreement_json(struct arena *a, const struct agreement *g)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "title", g->title);
    jsonw_kv_z(&j, "state", agreement_state_words[g->state]);
    jsonw_kv_str(&j, "no", g->no);
    jsonw_kv_id(&j, "keeper", g->keeper_id);
    jsonw_kv_str(&j, "reason", g->end_reason);
    jsonw_close(&j);
    return buf_view(&b);
}

static void fault_at(struct req *r, const char *list, size_t i, const char *member, enum err_code code)
{
    struct str path = str_fmt(r->arena, "%s[%zu]%s%s", list, i, *member ? "." : "", member);
    faults_add(&r->faults, path, code, 0);
}

static void check_parties(struct req *r, const struct agreement *g, struct ids parties, struct ids members)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        keeper = false;
    for (size_t i = 0; i < parties.len; i++) {
        keeper |= parties.at[i] == g->keeper_id;
        if (!unit_in_use(s, PARTY(parties.at[i])))
            fault_at(r, "parties", i, "", ERR_UNKNOWN_REFERENCE);
        for (size_t k = 0; k < i; k++)
            if (parties.at[k] == parties.at[i])
                fault_at(r, "parties", i, "", ERR_TWICE);
        if (g->alliance_id && !ids_has(members, parties.at[i]))
            fault_at(r, "parties", i, "", ERR_NOT_MEMBER);
    }
    unit_release(s);
    if (!keeper)
        req_fault(r, "parties", ERR_NOT_PARTY);
}

static bool category_known(const struct list *categories, struct str code)
{
    const struct exchange_category *at = categories->at;
    for (size_t i = 0; i < categories->len; i++)
        if (str_eq(at[i].code, code))
            return true;
    return false;
}

/* With which resource: its category, unless another is said; what is used up is promised once, as a whole. */
static err check_resource(struct req *r, size_t i, struct pledge *p)
{
    struct str category;
    bool       again;
    err        e = exchange_resource_of(r, p->resource_id, p->org_id, &category, &again);
    if (e.code == ERR_UNKNOWN_REFERENCE) {
        fault_at(r, "pledges", i, "resource_id", ERR_UNKNOWN_REFERENCE);
        p->category = STR("");
        return OK;
    }
    TRY(e);
    p->category = p->category.ptr ? p->category : category;
    if (!again && p->rhythm != ONCE)
        fault_at(r, "pledges", i, "rhythm", ERR_NOT_A_CHOICE);
    return OK;
}

static err check_pledge(struct req *r, const struct agreement *g, struct ids parties, const struct list *categories, size_t i, const struct pledge_body *in,
                        struct pledge *out)
{
    *out = (struct pledge){ .id = id_new(), .org_id = in->org_id, .title = in->title, .category = in->category, .resource_id = in->resource_id,
                            .quantity = in->quantity, .unit = in->unit, .rhythm = in->rhythm ? in->rhythm : ONCE, .due_at = in->due_at };
    if (!ids_has(parties, in->org_id))
        fault_at(r, "pledges", i, "org_id", ERR_NOT_PARTY);
    if (in->resource_id)
        TRY(check_resource(r, i, out));
    else if (!in->category.ptr || !category_known(categories, in->category))
        fault_at(r, "pledges", i, "category", in->category.ptr ? ERR_NOT_A_CHOICE : ERR_REQUIRED);
    if (in->due_at && (out->rhythm != ONCE || in->due_at <= g->begins_at || in->due_at > g->ends_at))
        fault_at(r, "pledges", i, "due_at", ERR_PERIOD);
    return OK;
}

/* Everything that makes a draft: faults are collected. */
static err check(struct req *r, const struct agreement *g, struct ids parties, const struct list *pledges, struct list *out)
{
    struct list categories = exchange_category_list(r), kinds = setting_choices(r->app, r->arena, "agreement.kinds", r->now);
    struct ids  members = { 0 };
    struct str  name, words;
    int64_t     area;
    if (!choice_find(&kinds, g->kind))
        req_fault(r, "kind", ERR_NOT_A_CHOICE);
    if (g->ends_at <= g->begins_at)
        req_fault(r, "ends_at", ERR_PERIOD);
    if (g->alliance_id) {
        err e = alliance_now(r->db, r->arena, r->tenant, g->alliance_id, &name, &area, &members);
        if (e.code == ERR_NOT_FOUND)
            req_fault(r, "alliance_id", ERR_UNKNOWN_REFERENCE);
        else
            TRY(e);
    }
    check_parties(r, g, parties, members);
    struct party *sides = ARENA_ARRAY(r->arena, parties.len + 1, struct party);
    for (size_t i = 0; i < parties.len; i++)
        sides[i] = (struct party){ .org_id = parties.at[i] };
    err e = agreement_words(r->app, r->arena, g, &(struct list){ sides, parties.len }, STR_NONE, &words);
    if (e.code == ERR_LETTER_TEXT)
        req_fault(r, "text", ERR_LETTER_TEXT);
    else
        TRY(e);
    const struct pledge_body *in = pledges->at;
    struct pledge            *at = ARENA_ARRAY(r->arena, pledges->len + 1, struct pledge);
    for (size_t i = 0; i < pledges->len; i++)
        TRY(check_pledge(r, g, parties, &categories, i, &in[i], &at[i]));
    *out = (struct list){ at, pledges->len };
    return req_faults(r);
}

static err create_agreement(struct req *r)
{
    const struct draft_body *in = r->body;
    struct list              pledges;
    struct agreement g = { .id = id_new(), .kind = in->kind, .title = in->title, .text = in->text, .keeper_id = in->keeper_id,
                           .alliance_id = in->alliance_id, .begins_at = in->begins_at, .ends_at = in->ends_at, .review_months = in->review_months,
                           .state = AGREEMENT_DRAFT, .created_at = r->now, .created_by = r->caller.account, .no = STR_NONE, .end_reason = STR_NONE };
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        there = unit_in_use(s, PARTY(in->keeper_id));
    unit_release(s);
    if (!there)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "keeper_id");
    TRY(req_allow(r, PERM_AGREEMENT_MANAGE, PARTY(in->keeper_id)));
    if (in->ends_at <= r->now)
        req_fault(r, "ends_at", ERR_TIME_IN_PAST);
    TRY(check(r, &g, in->parties, &in->pledges, &pledges));
    TRY(agreement_insert(r->db, r->arena, r->tenant, &g));
    TRY(parties_put(r->db, r->tenant, g.id, in->parties));
    TRY(pledges_put(r->db, r->tenant, g.id, &pledges));
    TRY(audit_record(r, "agreement.create", "agreement", g.id, agreement_json(r->arena, &g)));
    return agreement_answer(r, g.id, true);
}

static void take_over(struct req *r, const struct draft_body *in, struct agreement *g)
{
    if (GIVEN(kind))
        g->kind = in->kind;
    if (GIVEN(title))
        g->title = in->title;
    if (GIVEN(text))
        g->text = in->text;
    if (GIVEN(alliance_id))
        g->alliance_id = in->alliance_id;
    if (GIVEN(begins_at))
        g->begins_at = in->begins_at;
    if (GIVEN(ends_at))
        g->ends_at = in->ends_at;
    if (GIVEN(review_months))
        g->review_months = in->review_months;
}

/* As a body would have it, of what stands in the rows. */
static struct list pledges_again(struct arena *a, const struct list *pledges)
{
    const struct pledge *p = pledges->at;
    struct pledge_body  *at = ARENA_ARRAY(a, pledges->len + 1, struct pledge_body);
    for (size_t i = 0; i < pledges->len; i++)
        at[i] = (struct pledge_body){ p[i].org_id, p[i].resource_id, p[i].quantity, (int)p[i].rhythm, p[i].title, p[i].category, p[i].unit, p[i].due_at };
    return (struct list){ at, pledges->len };
}

static struct ids orgs_of(struct arena *a, const struct list *parties)
{
    const struct party *p = parties->at;
    int64_t            *at = ARENA_ARRAY(a, parties->len + 1, int64_t);
    for (size_t i = 0; i < parties->len; i++)
        at[i] = p[i].org_id;
    return (struct ids){ at, parties->len };
}

/* Any party's side may change a draft; whoever reads an older one is told so. */
static err change_agreement(struct req *r)
{
    const struct draft_body *in = r->body;
    struct whole             w;
    struct list              pledges;
    TRY(agreement_seen(r, &w));
    if (!agreement_may_manage(r, &w))
        return FAIL(ERR_NOT_ALLOWED);
    TRY(req_version_needed(r, w.g.version));
    if (w.g.state != AGREEMENT_DRAFT)
        return FAIL(ERR_WRONG_STATE);
    struct str before = agreement_json(r->arena, &w.g);
    struct ids parties = GIVEN(parties) ? in->parties : orgs_of(r->arena, &w.parties);
    struct list asked = GIVEN(pledges) ? in->pledges : pledges_again(r->arena, &w.pledges);
    take_over(r, in, &w.g);
    TRY(check(r, &w.g, parties, &asked, &pledges));
    TRY(agreement_update(r->db, r->arena, r->tenant, &w.g, r->now));
    TRY(parties_put(r->db, r->tenant, w.g.id, parties));
    TRY(pledges_put(r->db, r->tenant, w.g.id, &pledges));
    TRY(audit_record(r, "agreement.change", "agreement", w.g.id,
                     str_fmt(r->arena, "{\"before\":%.*s,\"after\":%.*s}", STR_ARG(before), STR_ARG(agreement_json(r->arena, &w.g)))));
    return agreement_answer(r, w.g.id, false);
}

/* ---- comments ---- */

struct comment_body { struct str text; };
static const struct field comment_body_fields[] = { FIELD_STR(struct comment_body, text, 1, 2000, REQUIRED | MULTILINE, "What"), FIELD_END };

/* The party for which the caller speaks: the first at which they may. */
static int64_t side_of(struct req *r, const struct whole *w)
{
    const struct party *p = w->parties.at;
    for (size_t i = 0; i < w->parties.len; i++)
        if (agreement_may_sign(r, p[i].org_id))
            return p[i].org_id;
    for (size_t i = 0; i < w->parties.len; i++)
        if (req_may(r, PERM_AGREEMENT_MANAGE, PARTY(p[i].org_id)))
            return p[i].org_id;
    return 0;
}

err agreement_tell(struct req *r, const struct whole *w, enum perm perm, const char *kind)
{
    const struct party *p = w->parties.at;
    int64_t             own = side_of(r, w);
    struct buf          b = buf_new(r->arena, 0);
    struct jsonw        j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "title", w->g.title);
    jsonw_kv_str(&j, "org", own ? unit_name_of(r, UNIT_ORG, own) : STR(""));
    jsonw_close(&j);
    for (size_t i = 0; i < w->parties.len; i++)
        if (p[i].org_id != own)
            TRY(notify_unit(r, PARTY(p[i].org_id), perm, kind, "agreement", w->g.id, buf_view(&b)));
    return OK;
}

static err comment_agreement(struct req *r)
{
    const struct comment_body *in = r->body;
    struct whole               w;
    TRY(agreement_seen(r, &w));
    struct comment k = { .id = id_new(), .org_id = side_of(r, &w), .text = in->text, .created_by = r->caller.account, .created_at = r->now };
    if (!k.org_id)
        return FAIL(ERR_NOT_ALLOWED);
    if (w.g.state >= AGREEMENT_ENDED)
        return FAIL(ERR_WRONG_STATE);
    TRY(comment_add(r->db, r->tenant, w.g.id, &k));
    TRY(audit_record(r, "agreement.comment", "agreement", w.g.id, agreement_json(r->arena, &w.g)));
    TRY(agreement_tell(r, &w, PERM_AGREEMENT_MANAGE, "agreement.comment"));
    return agreement_answer(r, w.g.id, true);
}

/* ---- templates ---- */

static err list_templates(struct req *r)
{
    return reply_list(r, agreement_template_fields, sizeof(struct agreement_template), agreement_templates(r->app, r->arena, r->now), STR_NONE);
}

static err list_kinds(struct req *r)
{
    return reply_list(r, choice_fields, sizeof(struct choice), setting_choices(r->app, r->arena, "agreement.kinds", r->now), STR_NONE);
}

/* ---- on paper ---- */

static err read_whole(struct req *r, void *arg)
{
    struct whole *w = arg;
    TRY(agreement_seen(r, w));
    if (!w->g.words.ptr)
        TRY(agreement_words(r->app, r->arena, &w->g, &w->parties, w->alliance_name, &w->g.words));
    return OK;
}

static err get_pdf(struct req *r)
{
    struct whole           w;
    struct str             bytes;
    struct agreement_sheet sheet = { .of = &w, .zone_minutes = r->app->zone_minutes };
    TRY(req_in_read(r, read_whole, &w));
    const struct party *p = w.parties.at;
    struct str         *names = ARENA_ARRAY(r->arena, w.parties.len + 1, struct str);
    for (size_t i = 0; i < w.parties.len; i++)
        names[i] = unit_name_of(r, UNIT_ORG, p[i].org_id);
    sheet.words = w.g.words;
    sheet.party_names = names;
    sheet.categories = exchange_category_list(r);
    if (w.g.no.ptr) {
        sheet.code = letter_code(r->arena, &r->app->keys, r->tenant, w.g.id);
        sheet.url = str_fmt(r->arena, "%.*s/v/%.*s", STR_ARG(setting_site(r)), STR_ARG(sheet.code));
    }
    TRY(agreement_pdf(r->arena, &sheet, w.g.title, names[0], &bytes));
    reply_header(r, "Content-Disposition", str_fmt(r->arena, "inline; filename=\"agreement-%lld.pdf\"", (long long)r->path[0]));
    return reply_bytes(r, "application/pdf", bytes, STR_NONE);
}

#define READ  .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "agreement"
#define DRAFT .perm = PERM_AGREEMENT_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "agreement"
#define VIEW  .reply_kind = REPLY_VIEW, .reply = agreement_view_fields

const struct route agreement_routes[] = {
    { GET, "/api/v1/agreements", list_agreements, READ, ROUTE_QUERY(struct list_query, query_fields), .reply_kind = REPLY_LIST, .reply = item_fields,
      .summary = "Agreements, the newest first; drafts only for the parties' own people" },
    { POST, "/api/v1/agreements", create_agreement, DRAFT, ROUTE_BODY(struct draft_body, create_fields), .flags = ROUTE_IDEMPOTENT, .body_max = 256 * 1024,
      .reply_kind = REPLY_CREATED, .reply = agreement_view_fields,
      ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE, ERR_NOT_PARTY, ERR_NOT_MEMBER, ERR_TWICE, ERR_LETTER_TEXT, ERR_TIME_IN_PAST), .summary = "Draft an agreement" },
    { GET, "/api/v1/agreements/templates", list_templates, READ, .reply_kind = REPLY_LIST, .reply = agreement_template_fields, .summary = "Templates to draft from" },
    { GET, "/api/v1/agreements/kinds", list_kinds, READ, .reply_kind = REPLY_LIST, .reply = choice_fields, .summary = "Kinds of agreements (the setting)" },
    { GET, "/api/v1/agreements/export", export_agreements, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_NONE, .tag = "agreement", ROUTE_QUERY(struct list_query, file_query_fields),
      .reply_kind = REPLY_BYTES, .reply_type = "text/csv", .flags = ROUTE_SLOW | ROUTE_NO_STORE, ROUTE_ERRORS(ERR_TOO_LARGE), .summary = "The rows of the list as a CSV file or an Excel workbook; at most 10,000" },
    { GET, "/api/v1/agreements/:id", get_agreement, READ, VIEW, .summary = "One agreement, with what of its pledges was kept" },
    { PATCH, "/api/v1/agreements/:id", change_agreement, DRAFT, ROUTE_BODY(struct draft_body, change_fields), .body_max = 256 * 1024, VIEW,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_NOT_PARTY, ERR_NOT_MEMBER, ERR_TWICE, ERR_LETTER_TEXT), .summary = "Change a draft (If-Match)" },
    { POST, "/api/v1/agreements/:id/comments", comment_agreement, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "agreement",
      ROUTE_BODY(struct comment_body, comment_body_fields), .flags = ROUTE_IDEMPOTENT, .reply_kind = REPLY_CREATED, .reply = agreement_view_fields,
      ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "Comment on it, for a party" },
    { GET, "/api/v1/agreements/:id/pdf", get_pdf, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_NONE, .tag = "agreement", .reply_kind = REPLY_BYTES,
      .reply_type = "application/pdf", .flags = ROUTE_SLOW, ROUTE_ERRORS(ERR_LETTER_FONT), .summary = "For printing: A4, with a QR that verifies it once it is signed" },
    ROUTE_END
};
