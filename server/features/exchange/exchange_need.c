/* exchange_need.c: needs over HTTP. Whoever holds unit.read sees what is published; drafts are their own unit's. */
#include "exchange_inside.h"

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../alliance/alliance.h"
#include "../audit/audit.h"
#include "../case/case.h"
#include "../file/file.h"
#include "../list/list.h"
#include "../notify/notify.h"
#include "../search/search.h"
#include "../setting/setting.h"

/* ---- what needs and resources share ---- */

struct list exchange_categories(struct req *r)
{
    return categories_read(r->arena, setting_text(r->app, r->arena, "exchange.categories", r->now));
}

void exchange_check(struct req *r, struct str category, int64_t area, ms begins, ms ends, bool category_needed)
{
    struct list                 categories = exchange_categories(r);
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        there = unit_in_use(s, (struct unit_ref){ UNIT_AREA, area });
    unit_release(s);
    if (category_needed && !category_of(&categories, category))
        req_fault(r, "category", ERR_NOT_A_CHOICE);
    if (!there)
        req_fault(r, "area_id", ERR_UNKNOWN_REFERENCE);
    if (begins && ends && ends <= begins)
        req_fault(r, "ends_at", ERR_PERIOD);
}

/* ---- views ---- */

#define ITEM(base, kind_, m, ...) { .name = #m, .kind = KIND_##kind_, .offset = (base) + offsetof(struct need_item, m), __VA_ARGS__ }
#define NEED_ITEM_FIELDS(base)                                                                                                          \
    ITEM(base, ID, id, .flags = REQUIRED, .doc = "Need"),                                                                               \
    ITEM(base, WORD, unit_kind, .words = unit_kind_words, .flags = REQUIRED, .doc = "area or org: who asks"),                           \
    ITEM(base, ID, unit_id, .flags = REQUIRED, .doc = "Who asks"),                                                                      \
    ITEM(base, STR, unit_name, .flags = REQUIRED, .doc = "Its name"),                                                                   \
    ITEM(base, STR, title, .flags = REQUIRED, .doc = "In a line"),                                                                      \
    ITEM(base, STR, category, .flags = REQUIRED, .doc = "Code of its category; see GET /exchange/categories"),                          \
    ITEM(base, I64, quantity, .flags = REQUIRED, .doc = "How much"),                                                                    \
    ITEM(base, STR, unit, .doc = "Of what, in words"),                                                                                  \
    ITEM(base, I64, claimed, .flags = REQUIRED, .doc = "How much of it is taken on, done or confirmed"),                                \
    ITEM(base, TIME, begins_at, .doc = "Wanted from"),                                                                                  \
    ITEM(base, TIME, ends_at, .doc = "Wanted until"),                                                                                   \
    ITEM(base, ID, area_id, .flags = REQUIRED, .doc = "Where"),                                                                         \
    ITEM(base, STR, area_name, .flags = REQUIRED, .doc = "Its name"),                                                                   \
    ITEM(base, GEO, at, .doc = "Place, WGS 84"),                                                                                        \
    ITEM(base, WORD, urgency, .words = urgency_words, .flags = REQUIRED, .doc = "How urgent"),                                          \
    ITEM(base, I64, helps, .flags = REQUIRED, .doc = "How many it helps; 0: not said"),                                                 \
    ITEM(base, WORD, state, .words = need_state_words, .flags = REQUIRED, .doc = "Where it stands"),                                    \
    { .name = "public", .kind = KIND_BOOL, .offset = (base) + offsetof(struct need_item, is_public), .flags = REQUIRED, .doc = "Shown to residents" }, \
    ITEM(base, BOOL, may_manage, .flags = REQUIRED, .doc = "The caller may change it"),                                                 \
    ITEM(base, BOOL, from_a_case, .flags = REQUIRED, .doc = "It grew out of a case"),                                                   \
    ITEM(base, TIME, published_at, .doc = "Published"),                                                                                 \
    ITEM(base, TIME, created_at, .flags = REQUIRED, .doc = "Entered"),                                                                  \
    ITEM(base, I64, series_no, .flags = REQUIRED, .doc = "Which of a row of needs that recur, the first being 1; 0: it stands alone"),     \
    ITEM(base, I64, version, .flags = REQUIRED, .doc = "Grows with each change")
const struct field need_item_fields[] = { NEED_ITEM_FIELDS(0), FIELD_END };

/* One of those that recur together. */
struct turn { int64_t id, no; int state; ms begins_at; };
static const struct field turn_fields[] = {
    FIELD_ID(struct turn, id, REQUIRED, "Need"), FIELD_I64(struct turn, no, 0, 0, REQUIRED, "Which"), FIELD_TIME(struct turn, begins_at, 0, "Wanted from"),
    FIELD_WORD(struct turn, state, need_state_words, REQUIRED, "Where it stands"), FIELD_END
};

struct need_view {
    struct need_item i;
    struct str       text, met_when, reason;
    struct list      claims, from_case, series;
    ms               matched_at, ended_at;
};
const struct field need_view_fields[] = {
    NEED_ITEM_FIELDS(offsetof(struct need_view, i)),
    FIELD_STR(struct need_view, text, 0, 0, 0, "In the asker's words"),
    FIELD_STR(struct need_view, met_when, 0, 0, 0, "What would count as met"),
    FIELD_STR(struct need_view, reason, 0, 0, 0, "Why it was not met, or withdrawn"),
    FIELD_LIST(struct need_view, claims, claim_view_fields, struct claim_view, 0, 0, REQUIRED, "Who took on how much, and what became of it"),
    FIELD_LIST(struct need_view, from_case, case_line_fields, struct case_line, 0, 0, REQUIRED, "The case it grew out of, as far as the caller may see it"),
    FIELD_LIST(struct need_view, series, turn_fields, struct turn, 0, 0, REQUIRED, "All of those that recur together; empty: it stands alone"),
    FIELD_TIME(struct need_view, matched_at, 0, "First taken on in full"),
    FIELD_TIME(struct need_view, ended_at, 0, "Ended"),
    FIELD_END
};

struct need_item need_item_of(struct req *r, const struct need *n)
{
    return (struct need_item){
        .id = n->id, .unit_kind = (int)n->unit_kind, .unit_id = n->unit_id, .unit_name = unit_name_of(r, (enum unit_kind)n->unit_kind, n->unit_id),
        .title = n->title, .category = n->category, .quantity = n->quantity, .unit = n->unit, .claimed = n->claimed, .begins_at = n->begins_at,
        .ends_at = n->ends_at, .area_id = n->area_id, .area_name = unit_name_of(r, UNIT_AREA, n->area_id),
        .at = { n->lon != 0 || n->lat != 0, n->lon, n->lat }, .urgency = (int)n->urgency, .helps = n->helps, .state = (int)n->state,
        .is_public = n->is_public, .may_manage = req_may(r, PERM_NEED_MANAGE, NEED_UNIT(n)), .published_at = n->published_at,
        .created_at = n->created_at, .version = n->version, .series_no = n->series_no, .from_a_case = n->case_id != 0,
    };
}

static err read_series(struct req *r, const struct need *n, struct list *out)
{
    struct list rows = { NULL, 0 };
    if (n->series_id)
        TRY(needs_of_series(r->db, r->arena, r->tenant, n->series_id, &rows));
    const struct need *at = rows.at;
    struct turn       *t = ARENA_ARRAY(r->arena, rows.len + 1, struct turn);
    for (size_t i = 0; i < rows.len; i++)
        t[i] = (struct turn){ at[i].id, at[i].series_no, (int)at[i].state, at[i].begins_at };
    *out = (struct list){ t, rows.len };
    return OK;
}

static err read_view(struct req *r, const struct need *n, struct need_view *v)
{
    struct list claims;
    TRY(claims_of_need(r->db, r->arena, r->tenant, n->id, &claims));
    struct claim_view *at = ARENA_ARRAY(r->arena, claims.len + 1, struct claim_view);
    for (size_t i = 0; i < claims.len; i++)
        TRY(claim_view_of(r, (const struct claim *)claims.at + i, n, &at[i]));
    *v = (struct need_view){ .i = need_item_of(r, n), .text = n->text, .met_when = n->met_when, .reason = n->reason,
                             .claims = { at, claims.len }, .matched_at = n->matched_at, .ended_at = n->ended_at };
    TRY(read_series(r, n, &v->series));
    if (n->case_id && req_may(r, PERM_CASE_READ, (struct unit_ref){ UNIT_AREA, n->area_id }))
        TRY(case_lines(r, (struct ids){ &n->case_id, 1 }, &v->from_case));
    return OK;
}

err need_answer(struct req *r, int64_t id, bool created)
{
    struct need      n;
    struct need_view v;
    TRY(need_get(r->db, r->arena, r->tenant, id, &n));
    TRY(read_view(r, &n, &v));
    return created ? reply_created(r, str_fmt(r->arena, "/api/v1/needs/%lld", (long long)id), need_view_fields, &v, n.version)
                   : reply_view(r, need_view_fields, &v, n.version);
}

static err get_need(struct req *r)
{
    struct need      n;
    struct need_view v;
    TRY(need_get(r->db, r->arena, r->tenant, r->path[0], &n));
    if (n.state == NEED_DRAFT)
        TRY(req_allow(r, PERM_NEED_MANAGE, NEED_UNIT(&n)));
    TRY(read_view(r, &n, &v));
    return reply_view(r, need_view_fields, &v, n.version);
}

err exchange_wanted_of(struct req *r, int64_t id, struct exchange_wanted *out)
{
    struct need n;
    TRY(need_get(r->db, r->arena, r->tenant, id, &n));
    if (n.state == NEED_DRAFT)
        TRY(req_allow(r, PERM_NEED_MANAGE, NEED_UNIT(&n)));
    bool seeks = need_seeks(n.state) || n.state == NEED_DRAFT;
    *out = (struct exchange_wanted){ .id = n.id, .area = n.area_id, .quantity = seeks ? n.quantity - n.claimed : 0, .unit = NEED_UNIT(&n), .title = n.title,
                                     .category = n.category, .at = { n.lon != 0 || n.lat != 0, n.lon, n.lat }, .begins_at = n.begins_at,
                                     .ends_at = n.ends_at };
    return OK;
}

/* ---- list ---- */

struct need_query { struct str text, category, after; int64_t area, unit, from_case, limit; int state, format; bool seeking; };
#define QUERY                                                                                                                             \
    FIELD_STR(struct need_query, text, 1, 100, 0, "Part of the line"),                                                                    \
    FIELD_STR(struct need_query, category, 1, 40, 0, "Only of this category, or one below it"),                                           \
    FIELD_ID(struct need_query, area, 0, "Only in this area or below it"),                                                                \
    FIELD_ID(struct need_query, unit, 0, "Only asked by this unit"),                                                                      \
    { .name = "case", .kind = KIND_ID, .offset = offsetof(struct need_query, from_case), .doc = "Only those that grew out of this case" },  \
    FIELD_WORD(struct need_query, state, need_state_words, 0, "Only in this state"),                                                      \
    FIELD_BOOL(struct need_query, seeking, 0, "Only those of which something is still to be taken on")
static const struct field query_fields[] = {
    QUERY, FIELD_STR(struct need_query, after, 1, 200, 0, "The page before's next"), FIELD_I64(struct need_query, limit, 1, 200, 0, "At most so many (50)"), FIELD_END
};
static const struct field file_query_fields[] = { QUERY, LIST_FORMAT_FIELD(struct need_query), FIELD_END };

enum { BY_CASE = 1, BY_UNIT = 2, BY_STATE = 4, SEEKING = 8, BY_TEXT = 16 };
static const char *const fragments[] = { " AND n.case_id = $3", " AND n.unit_id = $4", " AND n.state = $5", " AND n.state IN (2, 3)",
                                        " AND n.title_fold LIKE $6 ESCAPE '\\'", NULL };
static const char *const tails[] = { " ORDER BY n.id DESC LIMIT 200", NULL };
DB_FAMILY(need_page, "SELECT " NEED_COLUMNS " FROM need n WHERE n.tenant_id = $1 AND n.id < $2", fragments, tails)

static bool area_wanted(struct req *r, int64_t wanted, int64_t area)
{
    if (!wanted)
        return true;
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        in = unit_within(s, (struct unit_ref){ UNIT_AREA, area }, (struct unit_ref){ UNIT_AREA, wanted });
    unit_release(s);
    return in;
}

static uint32_t narrowed(const struct need_query *q)
{
    return (q->from_case ? BY_CASE : 0) | (q->unit ? BY_UNIT : 0) | (q->state ? BY_STATE : 0) | (q->seeking ? SEEKING : 0) | (q->text.ptr ? BY_TEXT : 0);
}

static err next_needs(struct req *r, struct list_place from, struct db_rows *rows)
{
    const struct need_query *q = r->query;
    struct str               text = search_like(r->arena, search_fold(r->arena, q->text));
    return db_query_family(r->db, &need_page, narrowed(q), 0,
                           DB_ARGS(I64(r->tenant), I64(from.id), I64(q->from_case), I64(q->unit), I64(q->state), TEXT(text)), rows);
}

static err look_at_need(struct req *r, const void *row, void *categories, void *item, bool *wanted)
{
    const struct need_query *q = r->query;
    const struct need       *n = row;
    *wanted = exchange_category_wanted(categories, q->category, n->category) && area_wanted(r, q->area, n->area_id) &&
              (n->state != NEED_DRAFT || req_may(r, PERM_NEED_MANAGE, NEED_UNIT(n)));
    if (*wanted)
        *(struct need_item *)item = need_item_of(r, n);
    return OK;
}

static struct list_walk need_walk(struct list *categories)
{
    return (struct list_walk){ next_needs, look_at_need, categories, LIST_NEWEST, need_map, sizeof(struct need), -1, need_item_fields, sizeof(struct need_item) };
}

static err list_needs(struct req *r)
{
    const struct need_query *q = r->query;
    struct list              categories = exchange_categories(r);
    struct list_walk         w = need_walk(&categories);
    return list_page(r, &w, q->after, q->limit);
}

static const char *const state_said[][2] = { { "", "" }, { "草稿", "draft" }, { "已发布", "published" }, { "部分认领", "partly taken on" }, { "已认领", "taken on" },
                                             { "办理中", "under way" }, { "已满足", "met" }, { "未满足", "not met" }, { "已撤回", "withdrawn" } };
static const char *const urgency_said[][2] = { { "", "" }, { "一般", "ordinary" }, { "较急", "soon" }, { "紧急", "urgent" } };
static const struct list_column columns[] = {
    { "需求", "Need", 40, .member = "title" }, { "提出单位", "Asked by", 22, .member = "unit_name" }, { "类别", "Category", 16, .member = "category", .name = exchange_category_said },
    { "数量", "Quantity", 9, .member = "quantity" }, { "已认领", "Taken on", 9, .member = "claimed" }, { "计量单位", "Unit", 9, .member = "unit" },
    { "紧急程度", "Urgency", 10, .member = "urgency", .words = urgency_said }, { "状态", "State", 12, .member = "state", .words = state_said },
    { "区域", "Area", 16, .member = "area_name" }, { "从", "From", 17, .member = "begins_at" }, { "到", "Until", 17, .member = "ends_at" },
    { "惠及人数", "Helps", 9, .member = "helps", .or_empty = true }, { "向居民公开", "Public", 10, .member = "public" }, { "发布时间", "Published", 17, .member = "published_at" },
};
static const struct list_file need_file = { "needs", "need", columns, sizeof columns / sizeof *columns, NULL };

static err export_needs(struct req *r)
{
    struct list      categories = exchange_categories(r);
    struct list_walk w = need_walk(&categories);
    return list_export(r, &w, &need_file, ((const struct need_query *)r->query)->format);
}

/* ---- entering and changing ---- */

struct need_body {
    int64_t    unit_id, area_id, quantity, helps, case_id, every_weeks, times;
    int        unit_kind, urgency;
    struct str title, text, category, unit, met_when;
    struct geo at;
    bool       is_public, publish;
    ms         begins_at, ends_at;
};
#define BODY(needed)                                                                                                                    \
    FIELD_STR(struct need_body, title, 1, 100, (needed), "In a line"),                                                                  \
    FIELD_STR(struct need_body, text, 1, 4000, MULTILINE, "In the asker's words; no names of people helped"),                           \
    FIELD_STR(struct need_body, category, 1, 40, (needed), "Code of its category"),                                                     \
    FIELD_I64(struct need_body, quantity, 1, 1000000000, (needed), "How much"),                                                         \
    FIELD_STR(struct need_body, unit, 1, 20, 0, "Of what, in words"),                                                                   \
    FIELD_TIME(struct need_body, begins_at, 0, "Wanted from"),                                                                          \
    FIELD_TIME(struct need_body, ends_at, 0, "Wanted until"),                                                                           \
    FIELD_ID(struct need_body, area_id, 0, "Where; the asker's own area when not given"),                                               \
    FIELD_GEO(struct need_body, at, 0, "Place, WGS 84"),                                                                                \
    FIELD_WORD(struct need_body, urgency, urgency_words, 0, "How urgent; ordinary when not given"),                                     \
    FIELD_I64(struct need_body, helps, 0, 10000000, 0, "How many it helps: a number, never names"),                                     \
    FIELD_STR(struct need_body, met_when, 1, 500, 0, "What would count as met"),                                                        \
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct need_body, is_public), .doc = "Shown to residents" }
static const struct field create_fields[] = {
    BODY(REQUIRED),
    FIELD_WORD(struct need_body, unit_kind, unit_kind_words, REQUIRED, "area or org: who asks"),
    FIELD_ID(struct need_body, unit_id, REQUIRED, "Who asks"),
    FIELD_ID(struct need_body, case_id, 0, "Case it grew out of, which the caller sees"),
    FIELD_BOOL(struct need_body, publish, 0, "At once, not as a draft"),
    FIELD_I64(struct need_body, every_weeks, 1, 12, 0, "It recurs after so many weeks, with the same window; begins_at and ends_at are needed"),
    FIELD_I64(struct need_body, times, 2, SERIES_MOST, 0, "So many times in all, each a need of its own"),
    FIELD_END
};
static const struct field change_fields[] = { BODY(0), FIELD_END };
#define GIVEN(m) field_given(change_fields, &r->given, offsetof(struct need_body, m))

static struct str need_json(struct arena *a, const struct need *n)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "title", n->title);
    jsonw_kv_str(&j, "category", n->category);
    jsonw_kv_i64(&j, "quantity", n->quantity);
    jsonw_kv_z(&j, "state", need_state_words[n->state]);
    jsonw_kv_i64(&j, "claimed", n->claimed);
    jsonw_kv_bool(&j, "public", n->is_public);
    jsonw_kv_str(&j, "reason", n->reason);
    jsonw_close(&j);
    return buf_view(&b);
}

/* The unit's own area, and whether it is there. */
static int64_t area_of_unit(struct req *r, struct unit_ref u, bool *there)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    int64_t                     area = unit_area_of(s, u);
    *there = u.id && unit_in_use(s, u);
    area = *there && !area ? unit_root(s) : area;
    unit_release(s);
    return area;
}

static err check_case(struct req *r, int64_t id)
{
    struct list lines;
    if (!id)
        return OK;
    TRY(case_lines(r, (struct ids){ &id, 1 }, &lines));
    const struct case_line *line = lines.at;
    if (!lines.len || !line->title.ptr)
        req_fault(r, "case_id", ERR_UNKNOWN_REFERENCE);
    return OK;
}

static err enter_need(struct req *r, struct need *n, bool publish)
{
    TRY(need_insert(r->db, r->arena, r->tenant, n));
    if (publish) {
        n->state = NEED_PUBLISHED;
        n->published_at = r->now;
        TRY(need_update(r->db, r->arena, r->tenant, n, r->now));
    }
    return audit_record(r, "need.create", "need", n->id, need_json(r->arena, n));
}

/* What recurs has a window, and says how often; it is over before it comes again. */
static void check_recurrence(struct req *r, const struct need_body *in)
{
    if (!in->every_weeks && !in->times)
        return;
    if (!in->every_weeks || !in->times)
        req_fault(r, in->times ? "every_weeks" : "times", ERR_REQUIRED);
    if (!in->begins_at)
        req_fault(r, "begins_at", ERR_REQUIRED);
    if (!in->ends_at)
        req_fault(r, "ends_at", ERR_REQUIRED);
    else if (in->begins_at && in->every_weeks && in->ends_at - in->begins_at > in->every_weeks * 7 * MS_DAY)
        req_fault(r, "ends_at", ERR_PERIOD);
}

/* One, or a row of them: each a need of its own, taken on and met by itself. */
static err enter_needs(struct req *r, const struct need_body *in, struct need *n)
{
    int64_t times = in->times ? in->times : 1;
    n->series_id = in->times ? n->id : 0;
    for (int64_t i = 0; i < times; i++) {
        struct need one = *n;
        ms          later = i * in->every_weeks * 7 * MS_DAY;
        one.id = i ? id_new() : n->id;
        one.series_no = in->times ? i + 1 : 0;
        one.begins_at = n->begins_at ? n->begins_at + later : 0;
        one.ends_at = n->ends_at ? n->ends_at + later : 0;
        TRY(enter_need(r, &one, in->publish));
    }
    return OK;
}

static err create_need(struct req *r)
{
    const struct need_body *in = r->body;
    struct unit_ref         unit = { (enum unit_kind)in->unit_kind, in->unit_id };
    bool                    there;
    int64_t                 home = area_of_unit(r, unit, &there);
    struct need n = { .id = id_new(), .unit_kind = in->unit_kind, .unit_id = in->unit_id, .title = in->title, .text = in->text, .category = in->category,
                      .quantity = in->quantity, .unit = in->unit, .begins_at = in->begins_at, .ends_at = in->ends_at,
                      .area_id = in->area_id ? in->area_id : home, .lon = in->at.set ? in->at.lon : 0, .lat = in->at.set ? in->at.lat : 0,
                      .urgency = in->urgency ? in->urgency : 1, .helps = in->helps, .met_when = in->met_when, .case_id = in->case_id,
                      .is_public = in->is_public, .state = NEED_DRAFT, .created_at = r->now, .created_by = r->caller.account, .reason = STR_NONE };
    if (!there)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "unit_id");
    TRY(req_allow(r, PERM_NEED_MANAGE, unit));
    exchange_check(r, n.category, n.area_id, n.begins_at, n.ends_at, true);
    if (n.ends_at && n.ends_at <= r->now)
        req_fault(r, "ends_at", ERR_TIME_IN_PAST);
    check_recurrence(r, in);
    TRY(check_case(r, in->case_id));
    TRY(req_faults(r));
    TRY(enter_needs(r, in, &n));
    return need_answer(r, n.id, true);
}

/* The need of the path, with the right to change it. */
static err own(struct req *r, struct need *n)
{
    TRY(need_get(r->db, r->arena, r->tenant, r->path[0], n));
    return req_allow(r, PERM_NEED_MANAGE, NEED_UNIT(n));
}

static void take_over(struct req *r, const struct need_body *in, struct need *n)
{
    if (GIVEN(title))
        n->title = in->title;
    if (GIVEN(text))
        n->text = in->text;
    if (GIVEN(category))
        n->category = in->category;
    if (GIVEN(quantity))
        n->quantity = in->quantity;
    if (GIVEN(unit))
        n->unit = in->unit;
    if (GIVEN(met_when))
        n->met_when = in->met_when;
    if (GIVEN(helps))
        n->helps = in->helps;
    if (GIVEN(urgency) && in->urgency)
        n->urgency = in->urgency;
    if (GIVEN(is_public))
        n->is_public = in->is_public;
}

static void take_over_where(struct req *r, const struct need_body *in, struct need *n)
{
    if (GIVEN(area_id) && in->area_id)
        n->area_id = in->area_id;
    if (GIVEN(at)) {
        n->lon = in->at.set ? in->at.lon : 0;
        n->lat = in->at.set ? in->at.lat : 0;
    }
    if (GIVEN(begins_at))
        n->begins_at = in->begins_at;
    if (GIVEN(ends_at))
        n->ends_at = in->ends_at;
}

static err change_need(struct req *r)
{
    struct need before, n;
    TRY(own(r, &before));
    TRY(req_version_needed(r, before.version));
    if (before.state != NEED_DRAFT && !need_open(before.state))
        return FAIL(ERR_WRONG_STATE);
    n = before;
    take_over(r, r->body, &n);
    take_over_where(r, r->body, &n);
    exchange_check(r, n.category, n.area_id, n.begins_at, n.ends_at, !str_eq(n.category, before.category));
    if (!n.title.ptr)
        req_fault(r, "title", ERR_REQUIRED);
    if (!n.quantity || n.quantity < n.claimed)
        req_fault(r, "quantity", n.quantity ? ERR_RESERVED : ERR_REQUIRED);
    TRY(req_faults(r));
    TRY(need_update(r->db, r->arena, r->tenant, &n, r->now));
    TRY(audit_record(r, "need.change", "need", n.id, str_fmt(r->arena, "{\"before\":%.*s,\"after\":%.*s}", STR_ARG(need_json(r->arena, &before)),
                                                              STR_ARG(need_json(r->arena, &n)))));
    n.version++;
    if (need_open(n.state))
        TRY(need_settle(r, &n));
    return need_answer(r, n.id, false);
}

/* ---- what becomes of it ---- */

err need_settle(struct req *r, struct need *n)
{
    struct list claims;
    int64_t     claimed = 0;
    bool        some_done = false;
    TRY(claims_of_need(r->db, r->arena, r->tenant, n->id, &claims));
    const struct claim *k = claims.at;
    for (size_t i = 0; i < claims.len; i++) {
        claimed += k[i].state <= CLAIM_CONFIRMED ? k[i].quantity : 0;
        some_done = some_done || k[i].state == CLAIM_DONE || k[i].state == CLAIM_CONFIRMED;
    }
    n->claimed = claimed;
    if (need_open(n->state))
        n->state = need_stands(n->quantity, claimed, some_done);
    if (!need_seeks(n->state) && !n->matched_at)
        n->matched_at = r->now;
    return need_update(r->db, r->arena, r->tenant, n, r->now);
}

static err publish_need(struct req *r)
{
    struct need n;
    TRY(own(r, &n));
    TRY(req_version(r, n.version));
    if (n.state != NEED_DRAFT)
        return FAIL(ERR_WRONG_STATE);
    if (n.ends_at && n.ends_at <= r->now)
        return FAIL_AT(ERR_TIME_IN_PAST, "ends_at");
    n.state = NEED_PUBLISHED;
    n.published_at = r->now;
    TRY(need_update(r->db, r->arena, r->tenant, &n, r->now));
    TRY(audit_record(r, "need.publish", "need", n.id, STR_NONE));
    return need_answer(r, n.id, false);
}

bool claims_open(const struct list *claims)
{
    const struct claim *k = claims->at;
    for (size_t i = 0; i < claims->len; i++)
        if (k[i].state == CLAIM_TAKEN || k[i].state == CLAIM_DONE)
            return true;
    return false;
}

/* An end that the asker states: nothing may still be on its way. */
static err end_need(struct req *r, enum need_state to, const char *action, struct str reason)
{
    struct need n;
    struct list claims;
    TRY(own(r, &n));
    TRY(req_version(r, n.version));
    if (!need_open(n.state))
        return FAIL(ERR_WRONG_STATE);
    TRY(claims_of_need(r->db, r->arena, r->tenant, n.id, &claims));
    if (claims_open(&claims))
        return FAIL(ERR_CLAIMS_OPEN);
    n.state = to;
    n.reason = reason;
    n.ended_at = r->now;
    TRY(need_update(r->db, r->arena, r->tenant, &n, r->now));
    TRY(audit_record(r, action, "need", n.id, need_json(r->arena, &n)));
    return need_answer(r, n.id, false);
}

static err need_is_met(struct req *r)
{
    struct need n;
    TRY(own(r, &n));
    if (!n.claimed)
        return FAIL(ERR_NOTHING_KEPT);
    return end_need(r, NEED_MET, "need.met", STR_NONE);
}

struct reason_body { struct str reason; };
static const struct field reason_fields[] = { FIELD_STR(struct reason_body, reason, 1, 500, REQUIRED, "Why"), FIELD_END };

static err need_is_unmet(struct req *r)
{
    return end_need(r, NEED_UNMET, "need.unmet", ((const struct reason_body *)r->body)->reason);
}

struct withdraw_body { struct str reason; bool following; };
static const struct field withdraw_fields[] = {
    FIELD_STR(struct withdraw_body, reason, 1, 500, REQUIRED, "Why"),
    FIELD_BOOL(struct withdraw_body, following, 0, "Of a row that recurs those that come after it as well, but for those on which somebody works"), FIELD_END
};

static err withdraw_one(struct req *r, struct need *n, struct str reason)
{
    n->state = NEED_WITHDRAWN;
    n->reason = reason;
    n->ended_at = r->now;
    TRY(need_update(r->db, r->arena, r->tenant, n, r->now));
    return audit_record(r, "need.withdraw", "need", n->id, need_json(r->arena, n));
}

static err withdraw_following(struct req *r, const struct need *first, struct str reason)
{
    struct list rows, claims;
    TRY(needs_of_series(r->db, r->arena, r->tenant, first->series_id, &rows));
    struct need *n = rows.at;
    for (size_t i = 0; i < rows.len; i++) {
        if (n[i].series_no <= first->series_no || (n[i].state != NEED_DRAFT && !need_open(n[i].state)))
            continue;
        TRY(claims_of_need(r->db, r->arena, r->tenant, n[i].id, &claims));
        if (!claims_open(&claims))
            TRY(withdraw_one(r, &n[i], reason));
    }
    return OK;
}

static err need_is_withdrawn(struct req *r)
{
    const struct withdraw_body *in = r->body;
    struct need                 n;
    struct list                 claims;
    TRY(own(r, &n));
    TRY(req_version(r, n.version));
    if (n.state != NEED_DRAFT && !need_open(n.state))
        return FAIL(ERR_WRONG_STATE);
    TRY(claims_of_need(r->db, r->arena, r->tenant, n.id, &claims));
    if (claims_open(&claims))
        return FAIL(ERR_CLAIMS_OPEN);
    TRY(withdraw_one(r, &n, in->reason));
    if (in->following && n.series_id)
        TRY(withdraw_following(r, &n, in->reason));
    return need_answer(r, n.id, false);
}

/* ---- categories ---- */

static err list_categories(struct req *r)
{
    return reply_list(r, exchange_category_fields, sizeof(struct category), exchange_categories(r), STR_NONE);
}

/* ---- routes ---- */

#define READ   .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "exchange"
#define MANAGE .perm = PERM_NEED_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "exchange"
#define VIEW   .reply_kind = REPLY_VIEW, .reply = need_view_fields

const struct route need_routes[] = {
    { GET, "/api/v1/exchange/categories", list_categories, READ, .reply_kind = REPLY_LIST, .reply = exchange_category_fields,
      .summary = "Kinds of things that are asked for and offered" },
    { GET, "/api/v1/needs", list_needs, READ, ROUTE_QUERY(struct need_query, query_fields), .reply_kind = REPLY_LIST, .reply = need_item_fields,
      .summary = "Needs, the newest first; drafts only of units whose needs the caller manages" },
    { GET, "/api/v1/needs/export", export_needs, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_NONE, .tag = "exchange", ROUTE_QUERY(struct need_query, file_query_fields),
      .reply_kind = REPLY_BYTES, .reply_type = "text/csv", .flags = ROUTE_SLOW | ROUTE_NO_STORE, ROUTE_ERRORS(ERR_TOO_LARGE), .summary = "The rows of the list as a CSV file or an Excel workbook; at most 10,000" },
    { POST, "/api/v1/needs", create_need, MANAGE, ROUTE_BODY(struct need_body, create_fields), .flags = ROUTE_IDEMPOTENT, .reply_kind = REPLY_CREATED,
      .reply = need_view_fields, ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE, ERR_TIME_IN_PAST), .summary = "Enter a need, as a draft or published at once" },
    { GET, "/api/v1/needs/:id", get_need, READ, VIEW, .summary = "One need, with who took it on" },
    { PATCH, "/api/v1/needs/:id", change_need, MANAGE, ROUTE_BODY(struct need_body, change_fields), VIEW, ROUTE_ERRORS(ERR_RESERVED, ERR_WRONG_STATE),
      .summary = "Change a need that has not ended (If-Match)" },
    { POST, "/api/v1/needs/:id/publish", publish_need, MANAGE, VIEW, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_TIME_IN_PAST), .summary = "Publish a draft" },
    { POST, "/api/v1/needs/:id/met", need_is_met, MANAGE, VIEW, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_CLAIMS_OPEN, ERR_NOTHING_KEPT),
      .summary = "The asker says that it is met" },
    { POST, "/api/v1/needs/:id/unmet", need_is_unmet, MANAGE, ROUTE_BODY(struct reason_body, reason_fields), VIEW,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_CLAIMS_OPEN), .summary = "It ends without being met, and why" },
    { POST, "/api/v1/needs/:id/withdraw", need_is_withdrawn, MANAGE, ROUTE_BODY(struct withdraw_body, withdraw_fields), VIEW,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_CLAIMS_OPEN), .summary = "Withdraw a need; not while somebody works on it" },
    ROUTE_END
};

/* ---- the feature ---- */

/* What was done for a need is seen by whoever sees needs. */
static err may_see_claim(struct req *r, int64_t claim)
{
    (void)claim;
    return r->caller.anywhere & PERM_BIT(PERM_UNIT_READ) ? OK : FAIL(ERR_NOT_FOUND);
}

static err start(struct app *app)
{
    file_guard_for(app, "need_claim", may_see_claim);
    exchange_pass_start(app);
    alliance_source_add(app, &exchange_source);
    return OK;
}

const struct feature exchange_feature = { .name = "exchange", .routes = need_routes, .more_routes = { resource_routes, claim_routes, match_routes, sheet_routes, dispatch_routes, pass_routes, figure_routes, exchange_public_routes },
                                          .start = start };
