/* exchange_resource.c: what organisations can lend or give, over HTTP. */
#include "exchange_inside.h"

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../list/list.h"
#include "../search/search.h"

/* ---- views ---- */

#define ITEM(base, kind_, m, ...) { .name = #m, .kind = KIND_##kind_, .offset = (base) + offsetof(struct resource_item, m), __VA_ARGS__ }
#define RESOURCE_ITEM_FIELDS(base)                                                                                                      \
    ITEM(base, ID, id, .flags = REQUIRED, .doc = "Resource"),                                                                           \
    ITEM(base, ID, org_id, .flags = REQUIRED, .doc = "Whose"),                                                                          \
    ITEM(base, STR, org_name, .flags = REQUIRED, .doc = "Its name"),                                                                    \
    ITEM(base, STR, title, .flags = REQUIRED, .doc = "In a line"),                                                                      \
    ITEM(base, STR, category, .flags = REQUIRED, .doc = "Code of its category"),                                                        \
    ITEM(base, I64, quantity, .flags = REQUIRED, .doc = "How much"),                                                                    \
    ITEM(base, STR, unit, .doc = "Of what, in words"),                                                                                  \
    ITEM(base, I64, free, .flags = REQUIRED, .doc = "How much is free: what is left, or of what is free again the whole"),              \
    ITEM(base, BOOL, again, .flags = REQUIRED, .doc = "Free again after each use"),                                                     \
    ITEM(base, STR, days, .doc = "Days of the week, 1 Monday to 7 Sunday, such as 12345; null: any"),                                   \
    ITEM(base, I64, opens, .flags = REQUIRED, .doc = "Minute of the day from which it is free"),                                        \
    ITEM(base, I64, closes, .flags = REQUIRED, .doc = "Minute of the day until which it is free; 0: midnight"),                         \
    ITEM(base, TIME, begins_at, .doc = "Offered from"),                                                                                 \
    ITEM(base, TIME, ends_at, .doc = "Offered until"),                                                                                  \
    ITEM(base, ID, area_id, .flags = REQUIRED, .doc = "Area it serves"),                                                                \
    ITEM(base, STR, area_name, .flags = REQUIRED, .doc = "Its name"),                                                                   \
    ITEM(base, GEO, at, .doc = "Place, WGS 84"),                                                                                        \
    ITEM(base, WORD, state, .words = resource_state_words, .flags = REQUIRED, .doc = "Where it stands"),                                \
    { .name = "public", .kind = KIND_BOOL, .offset = (base) + offsetof(struct resource_item, is_public), .flags = REQUIRED, .doc = "Shown to residents" }, \
    ITEM(base, BOOL, may_manage, .flags = REQUIRED, .doc = "The caller may change it and take on needs with it"),                       \
    ITEM(base, TIME, created_at, .flags = REQUIRED, .doc = "Entered"),                                                                  \
    ITEM(base, I64, version, .flags = REQUIRED, .doc = "Grows with each change")
const struct field resource_item_fields[] = { RESOURCE_ITEM_FIELDS(0), FIELD_END };

struct held_view { int64_t need_id, quantity; struct str title; ms begins_at, ends_at; };
static const struct field held_fields[] = {
    FIELD_ID(struct held_view, need_id, REQUIRED, "For this need"), FIELD_STR(struct held_view, title, 0, 0, REQUIRED, "The need, in a line"),
    FIELD_I64(struct held_view, quantity, 0, 0, REQUIRED, "How much of the need"), FIELD_TIME(struct held_view, begins_at, REQUIRED, "From"),
    FIELD_TIME(struct held_view, ends_at, REQUIRED, "Until, exclusive"), FIELD_END
};
struct hold_view { int64_t id, quantity, left; struct str title; };
static const struct field hold_fields[] = {
    FIELD_ID(struct hold_view, id, REQUIRED, "Held-back part, to draw on when a need is taken on"),
    FIELD_STR(struct hold_view, title, 0, 0, REQUIRED, "For what"), FIELD_I64(struct hold_view, quantity, 0, 0, REQUIRED, "How much is held back"),
    FIELD_I64(struct hold_view, left, 0, 0, REQUIRED, "Of it not yet taken up"), FIELD_END
};
struct resource_view {
    struct resource_item i;
    struct str           text, conditions;
    int64_t              kept, failed;
    struct list          held, holds;
};
static const struct field view_fields[] = {
    RESOURCE_ITEM_FIELDS(offsetof(struct resource_view, i)),
    FIELD_STR(struct resource_view, text, 0, 0, 0, "What it is"),
    FIELD_STR(struct resource_view, conditions, 0, 0, 0, "On what conditions"),
    FIELD_I64(struct resource_view, kept, 0, 0, REQUIRED, "What the organisation took on and kept"),
    FIELD_I64(struct resource_view, failed, 0, 0, REQUIRED, "What it took on and did not keep"),
    FIELD_LIST(struct resource_view, held, held_fields, struct held_view, 0, 0, REQUIRED, "What holds it now and later"),
    FIELD_LIST(struct resource_view, holds, hold_fields, struct hold_view, 0, 0, REQUIRED, "What is held back of it for agreements"),
    FIELD_END
};

struct resource_item resource_item_of(struct req *r, const struct resource *s)
{
    static const struct list nothing = { NULL, 0 };
    return (struct resource_item){
        .id = s->id, .org_id = s->org_id, .org_name = unit_name_of(r, UNIT_ORG, s->org_id), .title = s->title, .category = s->category,
        .quantity = s->quantity, .unit = s->unit, .free = resource_free(s, &nothing, r->now, r->now + 1), .again = s->again, .days = s->days,
        .opens = s->opens, .closes = s->closes, .begins_at = s->begins_at, .ends_at = s->ends_at, .area_id = s->area_id,
        .area_name = unit_name_of(r, UNIT_AREA, s->area_id), .at = { s->lon != 0 || s->lat != 0, s->lon, s->lat }, .state = (int)s->state,
        .is_public = s->is_public, .may_manage = req_may(r, PERM_OFFER_MANAGE, ORG_UNIT(s->org_id)), .created_at = s->created_at, .version = s->version,
    };
}

static err read_held(struct req *r, const struct resource *s, struct list *out)
{
    struct list claims;
    TRY(claims_holding(r->db, r->arena, r->tenant, s->id, r->now, 0, &claims));
    const struct claim *k = claims.at;
    struct held_view   *at = ARENA_ARRAY(r->arena, claims.len + 1, struct held_view);
    for (size_t i = 0; i < claims.len; i++) {
        struct need n;
        TRY(need_get(r->db, r->arena, r->tenant, k[i].need_id, &n));
        at[i] = (struct held_view){ n.id, k[i].quantity, n.title, k[i].begins_at, k[i].ends_at };
    }
    *out = (struct list){ at, claims.len };
    return OK;
}

static err read_holds(struct req *r, int64_t resource, struct list *out)
{
    struct list rows;
    TRY(holds_of(r->db, r->arena, r->tenant, resource, &rows));
    const struct hold *h = rows.at;
    struct hold_view  *at = ARENA_ARRAY(r->arena, rows.len + 1, struct hold_view);
    for (size_t i = 0; i < rows.len; i++)
        at[i] = (struct hold_view){ h[i].id, h[i].quantity, h[i].quantity - h[i].drawn, h[i].title };
    *out = (struct list){ at, rows.len };
    return OK;
}

static err answer(struct req *r, int64_t id, bool created)
{
    struct resource      s;
    struct record        record;
    struct resource_view v = { .kept = 0 };
    TRY(resource_get(r->db, r->arena, r->tenant, id, &s));
    TRY(record_of(r->db, r->arena, r->tenant, s.org_id, &record));
    v.i = resource_item_of(r, &s);
    v.text = s.text;
    v.conditions = s.conditions;
    v.kept = record.kept;
    v.failed = record.failed;
    TRY(read_held(r, &s, &v.held));
    TRY(read_holds(r, s.id, &v.holds));
    return created ? reply_created(r, str_fmt(r->arena, "/api/v1/resources/%lld", (long long)id), view_fields, &v, s.version)
                   : reply_view(r, view_fields, &v, s.version);
}

static err get_resource(struct req *r)
{
    return answer(r, r->path[0], false);
}

/* ---- list ---- */

struct resource_query { struct str text, category, after; int64_t area, org, limit; int state, format; };
#define QUERY                                                                                                                             \
    FIELD_STR(struct resource_query, text, 1, 100, 0, "Part of the line, or of the organisation's name"),                                 \
    FIELD_STR(struct resource_query, category, 1, 40, 0, "Only of this category, or one below it"),                                       \
    FIELD_ID(struct resource_query, area, 0, "Only those that serve this area, one below it or one above it"),                            \
    FIELD_ID(struct resource_query, org, 0, "Only of this organisation"),                                                                 \
    FIELD_WORD(struct resource_query, state, resource_state_words, 0, "Only in this state")
static const struct field query_fields[] = {
    QUERY, FIELD_STR(struct resource_query, after, 1, 200, 0, "The page before's next"), FIELD_I64(struct resource_query, limit, 1, 200, 0, "At most so many (50)"),
    FIELD_END
};
static const struct field file_query_fields[] = { QUERY, LIST_FORMAT_FIELD(struct resource_query), FIELD_END };
enum { BY_ORG = 1, BY_STATE = 2, BY_TEXT = 4 };
static const char *const fragments[] = { " AND n.org_id = $3", " AND n.state = $4",
                                        " AND (n.title_fold LIKE $5 ESCAPE '\\' OR EXISTS (SELECT 1 FROM org o WHERE o.tenant_id = n.tenant_id AND o.id = n.org_id "
                                        "AND o.name LIKE $6 ESCAPE '\\'))", NULL };
static const char *const tails[] = { " ORDER BY n.id DESC LIMIT 200", NULL };
DB_FAMILY(resource_page, "SELECT " RESOURCE_COLUMNS " FROM resource n WHERE n.tenant_id = $1 AND n.id < $2", fragments, tails)

static err next_resources(struct req *r, struct list_place from, struct db_rows *rows)
{
    const struct resource_query *q = r->query;
    uint32_t                     mask = (q->org ? BY_ORG : 0) | (q->state ? BY_STATE : 0) | (q->text.ptr ? BY_TEXT : 0);
    struct str                   text = search_like(r->arena, search_fold(r->arena, q->text));
    return db_query_family(r->db, &resource_page, mask, 0,
                           DB_ARGS(I64(r->tenant), I64(from.id), I64(q->org), I64(q->state), TEXT(text), TEXT(search_like(r->arena, q->text))), rows);
}

static err look_at_resource(struct req *r, const void *row, void *categories, void *item, bool *wanted)
{
    const struct resource_query *q = r->query;
    const struct resource       *s = row;
    *wanted = exchange_category_wanted(categories, q->category, s->category) && (!q->area || exchange_serves(r, s->area_id, q->area));
    if (*wanted)
        *(struct resource_item *)item = resource_item_of(r, s);
    return OK;
}

static struct list_walk resource_walk(struct list *categories)
{
    return (struct list_walk){ next_resources, look_at_resource, categories, LIST_NEWEST, resource_map, sizeof(struct resource), -1, resource_item_fields,
                               sizeof(struct resource_item) };
}

static err list_resources(struct req *r)
{
    const struct resource_query *q = r->query;
    struct list                  categories = exchange_categories(r);
    struct list_walk             w = resource_walk(&categories);
    return list_page(r, &w, q->after, q->limit);
}

/* 9:00–17:30; empty: at any time. */
static struct str say_hours(struct req *r, const void *item, void *categories)
{
    const struct resource_item *s = item;
    int64_t                     closes = s->closes ? s->closes : 1440;
    (void)categories;
    if (!s->opens && !s->closes)
        return STR_NONE;
    return str_fmt(r->arena, "%lld:%02lld–%lld:%02lld", (long long)s->opens / 60, (long long)s->opens % 60, (long long)closes / 60, (long long)closes % 60);
}

static const char *const state_said[][2] = { { "", "" }, { "可用", "offered" }, { "暂停", "paused" }, { "用完", "used up" }, { "已撤回", "withdrawn" } };
static const struct list_column columns[] = {
    { "资源", "Resource", 40, .member = "title" }, { "单位", "Organisation", 22, .member = "org_name" }, { "类别", "Category", 16, .member = "category", .name = exchange_category_said },
    { "数量", "Quantity", 9, .member = "quantity" }, { "可用", "Free", 9, .member = "free" }, { "计量单位", "Unit", 9, .member = "unit" },
    { "用完还在", "Free again", 10, .member = "again" }, { "星期", "Days", 9, .member = "days" }, { "时间", "Hours", 13, .say = say_hours },
    { "服务区域", "Serves", 16, .member = "area_name" }, { "从", "From", 17, .member = "begins_at" }, { "到", "Until", 17, .member = "ends_at" },
    { "状态", "State", 10, .member = "state", .words = state_said }, { "向居民公开", "Public", 10, .member = "public" }, { "登记时间", "Entered", 17, .member = "created_at" },
};
static const struct list_file resource_file = { "resources", "resource", columns, sizeof columns / sizeof *columns, NULL };

static err export_resources(struct req *r)
{
    struct list      categories = exchange_categories(r);
    struct list_walk w = resource_walk(&categories);
    return list_export(r, &w, &resource_file, ((const struct resource_query *)r->query)->format);
}

/* ---- entering and changing ---- */

struct resource_body {
    int64_t    org_id, area_id, quantity, opens, closes;
    struct str title, text, conditions, category, unit, days;
    struct geo at;
    bool       again, is_public;
    ms         begins_at, ends_at;
};
#define BODY(needed)                                                                                                                    \
    FIELD_STR(struct resource_body, title, 1, 100, (needed), "In a line"),                                                              \
    FIELD_STR(struct resource_body, text, 1, 4000, MULTILINE, "What it is"),                                                            \
    FIELD_STR(struct resource_body, conditions, 1, 1000, MULTILINE, "On what conditions"),                                              \
    FIELD_STR(struct resource_body, category, 1, 40, (needed), "Code of its category"),                                                 \
    FIELD_I64(struct resource_body, quantity, 1, 1000000000, (needed), "How much"),                                                     \
    FIELD_STR(struct resource_body, unit, 1, 20, 0, "Of what, in words"),                                                               \
    FIELD_BOOL(struct resource_body, again, 0, "Free again after each use; the category's way when not given"),                         \
    FIELD_STR(struct resource_body, days, 1, 7, 0, "Days of the week, 1 Monday to 7 Sunday, such as 12345"),                            \
    FIELD_I64(struct resource_body, opens, 0, 1439, 0, "Minute of the day from which it is free"),                                      \
    FIELD_I64(struct resource_body, closes, 0, 1440, 0, "Minute of the day until which it is free"),                                    \
    FIELD_TIME(struct resource_body, begins_at, 0, "Offered from"),                                                                     \
    FIELD_TIME(struct resource_body, ends_at, 0, "Offered until"),                                                                      \
    FIELD_ID(struct resource_body, area_id, 0, "Area it serves; the organisation's own when not given"),                                \
    FIELD_GEO(struct resource_body, at, 0, "Place, WGS 84"),                                                                            \
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct resource_body, is_public), .doc = "Shown to residents" }
static const struct field create_fields[] = { BODY(REQUIRED), FIELD_ID(struct resource_body, org_id, REQUIRED, "Whose"), FIELD_END };
static const struct field change_fields[] = { BODY(0), FIELD_END };
#define GIVEN(m) field_given(change_fields, &r->given, offsetof(struct resource_body, m))

static struct str resource_json(struct arena *a, const struct resource *s)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "title", s->title);
    jsonw_kv_str(&j, "category", s->category);
    jsonw_kv_i64(&j, "quantity", s->quantity);
    jsonw_kv_z(&j, "state", resource_state_words[s->state]);
    jsonw_kv_bool(&j, "public", s->is_public);
    jsonw_close(&j);
    return buf_view(&b);
}

/* Each digit from 1 to 7 once, in order. */
static bool days_fit(struct str days)
{
    for (size_t i = 0; i < days.len; i++)
        if (days.ptr[i] < '1' || days.ptr[i] > '7' || (i && days.ptr[i] <= days.ptr[i - 1]))
            return false;
    return true;
}

void resource_check(struct req *r, const struct resource *s, const struct resource *before)
{
    exchange_check(r, s->category, s->area_id, s->begins_at, s->ends_at, !before || !str_eq(s->category, before->category));
    if (!s->title.ptr)
        req_fault(r, "title", ERR_REQUIRED);
    if (!days_fit(s->days))
        req_fault(r, "days", ERR_NOT_A_CHOICE);
    if (s->closes && s->closes <= s->opens)
        req_fault(r, "closes", ERR_PERIOD);
    if (!s->quantity || s->quantity < s->reserved + s->used)
        req_fault(r, "quantity", s->quantity ? ERR_RESERVED : ERR_REQUIRED);
    if (!before && s->ends_at && s->ends_at <= r->now)
        req_fault(r, "ends_at", ERR_TIME_IN_PAST);
}

int64_t resource_home(struct req *r, int64_t org, bool *there)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    int64_t                     area = unit_area_of(s, ORG_UNIT(org));
    *there = unit_in_use(s, ORG_UNIT(org));
    area = area ? area : unit_root(s);
    unit_release(s);
    return area;
}

err resource_enter(struct req *r, const struct resource *s)
{
    TRY(resource_insert(r->db, r->arena, r->tenant, s, r->caller.account));
    return audit_record(r, "resource.create", "resource", s->id, resource_json(r->arena, s));
}

static err create_resource(struct req *r)
{
    const struct resource_body *in = r->body;
    struct list                 categories = exchange_categories(r);
    const struct category      *category = category_of(&categories, in->category);
    bool                        there, said = field_given(create_fields, &r->given, offsetof(struct resource_body, again));
    int64_t                     home = resource_home(r, in->org_id, &there);
    struct resource s = { .id = id_new(), .org_id = in->org_id, .title = in->title, .text = in->text, .conditions = in->conditions,
                          .category = in->category, .quantity = in->quantity, .unit = in->unit, .again = said ? in->again : category && category->again,
                          .days = in->days, .opens = in->opens, .closes = in->closes, .begins_at = in->begins_at, .ends_at = in->ends_at,
                          .area_id = in->area_id ? in->area_id : home, .lon = in->at.set ? in->at.lon : 0, .lat = in->at.set ? in->at.lat : 0,
                          .is_public = in->is_public, .state = RESOURCE_OFFERED, .created_at = r->now };
    if (!there)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "org_id");
    TRY(req_allow(r, PERM_OFFER_MANAGE, ORG_UNIT(in->org_id)));
    resource_check(r, &s, NULL);
    TRY(req_faults(r));
    TRY(resource_enter(r, &s));
    return answer(r, s.id, true);
}

static err own(struct req *r, struct resource *s)
{
    TRY(resource_get(r->db, r->arena, r->tenant, r->path[0], s));
    return req_allow(r, PERM_OFFER_MANAGE, ORG_UNIT(s->org_id));
}

static void take_over(struct req *r, const struct resource_body *in, struct resource *s)
{
    if (GIVEN(title))
        s->title = in->title;
    if (GIVEN(text))
        s->text = in->text;
    if (GIVEN(conditions))
        s->conditions = in->conditions;
    if (GIVEN(category))
        s->category = in->category;
    if (GIVEN(quantity))
        s->quantity = in->quantity;
    if (GIVEN(unit))
        s->unit = in->unit;
    if (GIVEN(again))
        s->again = in->again;
    if (GIVEN(is_public))
        s->is_public = in->is_public;
}

static void take_over_when(struct req *r, const struct resource_body *in, struct resource *s)
{
    if (GIVEN(days))
        s->days = in->days;
    if (GIVEN(opens))
        s->opens = in->opens;
    if (GIVEN(closes))
        s->closes = in->closes;
    if (GIVEN(begins_at))
        s->begins_at = in->begins_at;
    if (GIVEN(ends_at))
        s->ends_at = in->ends_at;
    if (GIVEN(area_id) && in->area_id)
        s->area_id = in->area_id;
    if (GIVEN(at)) {
        s->lon = in->at.set ? in->at.lon : 0;
        s->lat = in->at.set ? in->at.lat : 0;
    }
}

/* What is promised already must still be possible afterwards. */
static err promises_stand(struct req *r, const struct resource *s, const struct resource *before)
{
    struct list claims;
    TRY(claims_holding(r->db, r->arena, r->tenant, s->id, r->now, 0, &claims));
    const struct claim *k = claims.at;
    if (claims.len && s->again != before->again)
        return FAIL_AT(ERR_RESERVED, "again");
    for (size_t i = 0; s->again && i < claims.len; i++) {
        if (s->quantity < held_most(&claims, k[i].begins_at, k[i].ends_at))
            return FAIL_AT(ERR_RESERVED, "quantity");
        if (!resource_admits(s, k[i].begins_at, k[i].ends_at, r->app->zone_minutes))
            return FAIL_AT(ERR_RESERVED, "ends_at");
    }
    return OK;
}

static err change_resource(struct req *r)
{
    struct resource before, s;
    TRY(own(r, &before));
    TRY(req_version_needed(r, before.version));
    if (before.state == RESOURCE_WITHDRAWN)
        return FAIL(ERR_WRONG_STATE);
    s = before;
    take_over(r, r->body, &s);
    take_over_when(r, r->body, &s);
    resource_check(r, &s, &before);
    TRY(req_faults(r));
    TRY(promises_stand(r, &s, &before));
    if (s.state == RESOURCE_USED_UP && s.quantity > s.used)
        s.state = RESOURCE_OFFERED;
    TRY(resource_update(r->db, r->arena, r->tenant, &s, r->now));
    TRY(audit_record(r, "resource.change", "resource", s.id,
                     str_fmt(r->arena, "{\"before\":%.*s,\"after\":%.*s}", STR_ARG(resource_json(r->arena, &before)), STR_ARG(resource_json(r->arena, &s)))));
    return answer(r, s.id, false);
}

static err turn(struct req *r, enum resource_state from, enum resource_state to, const char *action)
{
    struct resource s;
    TRY(own(r, &s));
    TRY(req_version(r, s.version));
    if (s.state != (int64_t)from)
        return FAIL(ERR_WRONG_STATE);
    s.state = to;
    TRY(resource_update(r->db, r->arena, r->tenant, &s, r->now));
    TRY(audit_record(r, action, "resource", s.id, resource_json(r->arena, &s)));
    return answer(r, s.id, false);
}

static err pause_resource(struct req *r)
{
    return turn(r, RESOURCE_OFFERED, RESOURCE_PAUSED, "resource.pause");
}

static err offer_resource(struct req *r)
{
    return turn(r, RESOURCE_PAUSED, RESOURCE_OFFERED, "resource.offer");
}

static err withdraw_resource(struct req *r)
{
    struct resource s;
    struct list     claims;
    TRY(own(r, &s));
    TRY(req_version(r, s.version));
    if (s.state == RESOURCE_WITHDRAWN)
        return FAIL(ERR_WRONG_STATE);
    TRY(claims_holding(r->db, r->arena, r->tenant, s.id, 0, 0, &claims));
    if (claims.len || s.reserved)
        return FAIL(ERR_RESERVED);
    s.state = RESOURCE_WITHDRAWN;
    TRY(resource_update(r->db, r->arena, r->tenant, &s, r->now));
    TRY(audit_record(r, "resource.withdraw", "resource", s.id, resource_json(r->arena, &s)));
    return answer(r, s.id, false);
}

#define READ   .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "exchange"
#define MANAGE .perm = PERM_OFFER_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "exchange"
#define VIEW   .reply_kind = REPLY_VIEW, .reply = view_fields

const struct route resource_routes[] = {
    { GET, "/api/v1/resources", list_resources, READ, ROUTE_QUERY(struct resource_query, query_fields), .reply_kind = REPLY_LIST,
      .reply = resource_item_fields, .summary = "What organisations can lend or give, the newest first" },
    { GET, "/api/v1/resources/export", export_resources, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_NONE, .tag = "exchange", ROUTE_QUERY(struct resource_query, file_query_fields),
      .reply_kind = REPLY_BYTES, .reply_type = "text/csv", .flags = ROUTE_SLOW | ROUTE_NO_STORE, ROUTE_ERRORS(ERR_TOO_LARGE), .summary = "The rows of the list as a CSV file or an Excel workbook; at most 10,000" },
    { POST, "/api/v1/resources", create_resource, MANAGE, ROUTE_BODY(struct resource_body, create_fields), .flags = ROUTE_IDEMPOTENT,
      .reply_kind = REPLY_CREATED, .reply = view_fields, ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE, ERR_TIME_IN_PAST), .summary = "Offer a resource" },
    { GET, "/api/v1/resources/:id", get_resource, READ, VIEW, .summary = "One resource, with what holds it" },
    { PATCH, "/api/v1/resources/:id", change_resource, MANAGE, ROUTE_BODY(struct resource_body, change_fields), VIEW,
      ROUTE_ERRORS(ERR_RESERVED, ERR_WRONG_STATE), .summary = "Change a resource, as far as what is promised stays possible (If-Match)" },
    { POST, "/api/v1/resources/:id/pause", pause_resource, MANAGE, VIEW, ROUTE_ERRORS(ERR_WRONG_STATE),
      .summary = "Take it off the list for a time; what is promised stands" },
    { POST, "/api/v1/resources/:id/offer", offer_resource, MANAGE, VIEW, ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "Offer a paused resource again" },
    { POST, "/api/v1/resources/:id/withdraw", withdraw_resource, MANAGE, VIEW, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_RESERVED),
      .summary = "Withdraw it; not while it is promised" },
    ROUTE_END
};
