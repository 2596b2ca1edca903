/* rule_http.c: routing rules over HTTP, and the preview of where a case would go. */
#include "category.h"
#include "../audit/audit.h"
#include "../../base/jsonw.h"

DB_SQL(rule_now, "SELECT id, number, area_id, category_id, org_id, automatic, note, valid_from, valid_to, version FROM routing_rule "
                 "WHERE tenant_id = $1 AND id = $2")
DB_SQL(rule_twin,
       "SELECT number FROM routing_rule WHERE tenant_id = $1 AND area_id IS NOT DISTINCT FROM $2 AND category_id IS NOT DISTINCT FROM $3 "
       "AND valid_to IS NULL AND id <> $4")
DB_SQL(rule_change,
       "UPDATE routing_rule SET area_id = $4, category_id = $5, org_id = $6, automatic = $7, note = $8, version = version + 1 "
       "WHERE tenant_id = $1 AND id = $2 AND version = $3")
DB_SQL(rule_close, "UPDATE routing_rule SET valid_to = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = $3")

static const struct field row_fields[] = {
    FIELD_ID(struct case_rule, id, 0, ""),           FIELD_I64(struct case_rule, number, 0, 0, 0, ""),
    FIELD_ID(struct case_rule, area_id, 0, ""),      FIELD_ID(struct case_rule, category_id, 0, ""),
    FIELD_ID(struct case_rule, org_id, 0, ""),       FIELD_I64(struct case_rule, automatic, 0, 0, 0, ""),
    FIELD_STR(struct case_rule, note, 0, 0, 0, ""),  FIELD_TIME(struct case_rule, valid_from, 0, ""),
    FIELD_TIME(struct case_rule, valid_to, 0, ""),   FIELD_I64(struct case_rule, version, 0, 0, 0, ""),
    FIELD_END
};

struct rule_view {
    int64_t                   id, number;
    struct case_named        *area, *org;
    struct case_category_ref *category;
    bool                      automatic, closed;
    struct str                note, why_zh, why_en;
    int64_t                   version;
};
static const struct field rule_fields[] = {
    FIELD_ID(struct rule_view, id, REQUIRED, "Id"),
    FIELD_I64(struct rule_view, number, 0, 0, 0, "Short number shown with the reason"),
    FIELD_OBJECT(struct rule_view, area, case_named_fields, struct case_named, 0, "Area and everything below it; null: everywhere"),
    FIELD_OBJECT(struct rule_view, category, case_category_ref_fields, struct case_category_ref, 0, "Category and everything below it; null: everything"),
    FIELD_OBJECT(struct rule_view, org, case_named_fields, struct case_named, 0, "Who gets it"),
    FIELD_BOOL(struct rule_view, automatic, 0, "Dispatches without a dispatcher, except close to a border"),
    FIELD_STR(struct rule_view, note, 0, 0, 0, "Note"),
    FIELD_STR(struct rule_view, why_zh, 0, 0, 0, "The reason it gives, in Chinese"),
    FIELD_STR(struct rule_view, why_en, 0, 0, 0, "The reason it gives, in English"),
    FIELD_BOOL(struct rule_view, closed, 0, "No longer in force"),
    FIELD_I64(struct rule_view, version, 0, 0, 0, "Version, for If-Match"),
    FIELD_END
};

struct rule_in { int64_t area, category, org; bool automatic; struct str note; };
static const struct field new_fields[] = {
    FIELD_ID(struct rule_in, area, 0, "Area and everything below it; null: everywhere"),
    FIELD_ID(struct rule_in, category, 0, "Category and everything below it; null: everything"),
    FIELD_ID(struct rule_in, org, REQUIRED, "Who gets it"),
    FIELD_BOOL(struct rule_in, automatic, 0, "Dispatch without a dispatcher"),
    FIELD_STR(struct rule_in, note, 1, 200, 0, "Note"),
    FIELD_END
};
/* A change states the whole rule: leaving the area out means everywhere. */

static struct case_named *named(struct req *r, const struct unit_snapshot *u, enum unit_kind kind, int64_t id)
{
    if (!id)
        return NULL;
    struct case_named *n = ARENA_NEW(r->arena, struct case_named);
    *n = (struct case_named){ id, str_copy(r->arena, unit_name(u, (struct unit_ref){ kind, id })) };
    return n;
}

static struct rule_view view_of(struct req *r, const struct case_snapshot *s, const struct unit_snapshot *u, const struct case_rule *rule)
{
    const struct case_category *c = case_category_by_id(s, rule->category_id);
    struct rule_view            v = { .id = rule->id, .number = rule->number, .area = named(r, u, UNIT_AREA, rule->area_id),
                                      .org = named(r, u, UNIT_ORG, rule->org_id), .automatic = rule->automatic, .note = rule->note,
                                      .closed = rule->valid_to != 0, .version = rule->version };
    if (c) {
        v.category = ARENA_NEW(r->arena, struct case_category_ref);
        *v.category = (struct case_category_ref){ c->id, str_copy(r->arena, c->name_zh), str_copy(r->arena, c->name_en) };
    }
    case_rule_why(s, u, r->arena, rule, &v.why_zh, &v.why_en);
    return v;
}

struct rule_query { int64_t org, category; bool closed; };
static const struct field rule_query_fields[] = {
    FIELD_ID(struct rule_query, org, 0, "Rules that send to this organisation"),
    FIELD_ID(struct rule_query, category, 0, "Rules for this category itself"),
    FIELD_BOOL(struct rule_query, closed, 0, "Closed ones too"),
    FIELD_END
};

static err list_rules(struct req *r)
{
    const struct rule_query    *q = r->query;
    const struct unit_snapshot *u = unit_hold(r->app);
    const struct case_snapshot *s = case_hold(r->app);
    struct rule_view           *at = ARENA_ARRAY(r->arena, s->rule_count + 1, struct rule_view);
    size_t                      n = 0;
    for (size_t i = 0; i < s->rule_count; i++) {
        const struct case_rule *rule = &s->rules[i];
        if ((q->closed || !rule->valid_to) && (!q->org || rule->org_id == q->org) && (!q->category || rule->category_id == q->category))
            at[n++] = view_of(r, s, u, rule);
    }
    err e = reply_list(r, rule_fields, sizeof *at, (struct list){ at, n }, STR_NONE);
    case_release(r->app, s);
    unit_release(u);
    return e;
}

/* ---- changing ---- */

static void check_references(struct req *r, const struct rule_in *in)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    const struct case_snapshot *s = case_hold(r->app);
    const struct case_category *c = case_category_by_id(s, in->category);
    if (in->area && unit_depth(u, (struct unit_ref){ UNIT_AREA, in->area }) < 0)
        req_fault(r, "area", ERR_UNKNOWN_REFERENCE);
    else if (in->area && !unit_in_use(u, (struct unit_ref){ UNIT_AREA, in->area }))
        req_fault(r, "area", ERR_AREA_CLOSED);
    if (in->category && (!c || c->valid_to))
        req_fault(r, "category", ERR_CATEGORY_UNKNOWN);
    if (!unit_in_use(u, (struct unit_ref){ UNIT_ORG, in->org }))
        req_fault(r, "org", ERR_UNKNOWN_REFERENCE);
    case_release(r->app, s);
    unit_release(u);
}

/* Two rules for the same area and category would leave the choice to chance. */
static err check_tie(struct req *r, const struct rule_in *in, int64_t self)
{
    int64_t number;
    err     e = db_number(r->db, &rule_twin, DB_ARGS(I64(r->tenant), REF(in->area), REF(in->category), I64(self)), &number);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    return req_fail(r, ERR_RULE_TIE,
                    str_fmt(r->arena, req_text(r, "与规则 %lld 同样具体", "Rule %lld is exactly as specific"), (long long)number));
}

static struct str detail(struct req *r, const struct rule_in *in, int64_t number)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_i64(&j, "number", number);
    if (in) {
        jsonw_kv_id(&j, "area", in->area);
        jsonw_kv_id(&j, "category", in->category);
        jsonw_kv_id(&j, "org", in->org);
        jsonw_kv_bool(&j, "automatic", in->automatic);
    }
    jsonw_close(&j);
    return buf_view(&b);
}

static err rule_of(struct req *r, int64_t id, struct case_rule *out)
{
    return db_one(r->db, r->arena, &rule_now, DB_ARGS(I64(r->tenant), I64(id)), row_fields, out);
}

static err say_rule(struct req *r, int64_t id, const char *action, const struct rule_in *in, bool created)
{
    struct case_rule rule;
    TRY(rule_of(r, id, &rule));
    TRY(audit_record(r, action, "routing_rule", id, detail(r, in, rule.number)));
    case_reload_after(r);
    const struct unit_snapshot *u = unit_hold(r->app);
    const struct case_snapshot *s = case_hold(r->app);
    struct rule_view            v = view_of(r, s, u, &rule);
    case_release(r->app, s);
    unit_release(u);
    return created ? reply_created(r, STR("/api/v1/rules"), rule_fields, &v, rule.version) : reply_view(r, rule_fields, &v, rule.version);
}

static err add_rule(struct req *r)
{
    const struct rule_in *in = r->body;
    struct case_rule_new  n = { in->area, in->category, in->org, in->automatic, in->note };
    int64_t               id, number;
    check_references(r, in);
    TRY(req_faults(r));
    TRY(check_tie(r, in, 0));
    TRY(rule_add(r->db, r->tenant, &n, r->now, &id, &number));
    return say_rule(r, id, "rule.add", in, true);
}

static err change_rule(struct req *r)
{
    const struct rule_in *in = r->body;
    struct case_rule      rule;
    int64_t               changed;
    TRY(rule_of(r, r->path[0], &rule));
    TRY(req_version_needed(r, rule.version));
    if (rule.valid_to)
        return FAIL(ERR_WRONG_STATE);
    check_references(r, in);
    TRY(req_faults(r));
    TRY(check_tie(r, in, rule.id));
    TRY(db_exec(r->db, &rule_change,
                DB_ARGS(I64(r->tenant), I64(rule.id), I64(rule.version), REF(in->area), REF(in->category), I64(in->org),
                        BOOL(in->automatic), TEXT(in->note)),
                &changed));
    return changed ? say_rule(r, rule.id, "rule.change", in, false) : FAIL(ERR_STALE_VERSION);
}

static err close_rule(struct req *r)
{
    struct case_rule rule;
    int64_t          changed;
    TRY(rule_of(r, r->path[0], &rule));
    TRY(req_version_needed(r, rule.version));
    if (rule.valid_to)
        return FAIL(ERR_WRONG_STATE);
    TRY(db_exec(r->db, &rule_close, DB_ARGS(I64(r->tenant), I64(rule.id), I64(rule.version), I64(r->now)), &changed));
    return changed ? say_rule(r, rule.id, "rule.close", NULL, false) : FAIL(ERR_STALE_VERSION);
}

/* ---- preview ---- */

struct near_view { int64_t id; struct str name; double metres; };
static const struct field near_fields[] = {
    FIELD_ID(struct near_view, id, REQUIRED, "Area"),
    FIELD_STR(struct near_view, name, 0, 0, 0, "Its name"),
    FIELD_REAL(struct near_view, metres, 0, "How far its border is"),
    FIELD_END
};

struct preview_view {
    struct case_named *area, *org;
    struct list        path, near;
    struct str         why, why_zh, why_en;
    int64_t            rule, number;
    bool               automatic;
};
static const struct field preview_fields[] = {
    FIELD_OBJECT(struct preview_view, area, case_named_fields, struct case_named, 0, "Deepest area that holds the point"),
    FIELD_LIST(struct preview_view, path, case_named_fields, struct case_named, 0, 0, 0, "Areas from the root to the deepest"),
    FIELD_LIST(struct preview_view, near, near_fields, struct near_view, 0, 0, 0, "Areas across a border that is close: a dispatcher chooses"),
    FIELD_OBJECT(struct preview_view, org, case_named_fields, struct case_named, 0, "Organisation proposed; for staff"),
    FIELD_STR(struct preview_view, why, 0, 0, 0, "The reason in the reader's language; for staff"),
    FIELD_STR(struct preview_view, why_zh, 0, 0, 0, "The reason in Chinese; for staff"),
    FIELD_STR(struct preview_view, why_en, 0, 0, 0, "The reason in English; for staff"),
    FIELD_ID(struct preview_view, rule, 0, "Rule; for staff"),
    FIELD_I64(struct preview_view, number, 0, 0, 0, "Its number; for staff"),
    FIELD_BOOL(struct preview_view, automatic, 0, "It would be dispatched at once; for staff"),
    FIELD_END
};

struct preview_query { double lon, lat; int64_t category; };
static const struct field preview_query_fields[] = {
    FIELD_REAL(struct preview_query, lon, REQUIRED, "Longitude, WGS 84"),
    FIELD_REAL(struct preview_query, lat, REQUIRED, "Latitude, WGS 84"),
    FIELD_ID(struct preview_query, category, 0, "Category"),
    FIELD_END
};

static void fill_preview(struct req *r, const struct unit_snapshot *u, const struct case_way *way, struct preview_view *v)
{
    struct chain       up = case_area_chain(u, r->arena, way->area);
    struct case_named *path = ARENA_ARRAY(r->arena, up.len + 1, struct case_named);
    struct near_view  *near = ARENA_ARRAY(r->arena, way->border_count + 1, struct near_view);
    for (size_t i = 0; i < up.len; i++)
        path[up.len - 1 - i] = (struct case_named){ up.at[i], str_copy(r->arena, unit_name(u, (struct unit_ref){ UNIT_AREA, up.at[i] })) };
    for (size_t i = 0; i < way->border_count; i++)
        near[i] = (struct near_view){ way->borders[i].area,
                                      str_copy(r->arena, unit_name(u, (struct unit_ref){ UNIT_AREA, way->borders[i].area })),
                                      way->borders[i].metres };
    v->area = named(r, u, UNIT_AREA, way->area);
    v->path = (struct list){ path, up.len };
    v->near = (struct list){ near, way->border_count };
    if (!(r->caller.anywhere & PERM_BIT(PERM_CASE_READ)))
        return;
    v->org = named(r, u, UNIT_ORG, way->org);
    v->why_zh = way->why_zh;
    v->why_en = way->why_en;
    v->why = r->lang == LANG_ZH ? way->why_zh : way->why_en;
    v->rule = way->rule;
    v->number = way->number;
    v->automatic = way->automatic;
}

static err preview(struct req *r)
{
    const struct preview_query *q = r->query;
    struct case_asked_place     place = { { true, q->lon, q->lat }, 0, q->category, false };
    struct case_way             way;
    struct preview_view         v = { 0 };
    err                         e = case_way_find(r->app, r->arena, &place, r->now, &way);
    if (failed(e) && e.field) {
        req_fault(r, "lon", e.code);
        return req_faults(r);
    }
    TRY(e);
    const struct unit_snapshot *u = unit_hold(r->app);
    fill_preview(r, u, &way, &v);
    unit_release(u);
    return reply_view(r, preview_fields, &v, 0);
}

static const struct route rule_routes[] = {
    { .method = GET, .path = "/api/v1/rules", .handler = list_rules, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_NONE,
      ROUTE_QUERY(struct rule_query, rule_query_fields), .reply_kind = REPLY_LIST, .reply = rule_fields, .summary = "Routing rules",
      .tag = "category" },
    { .method = POST, .path = "/api/v1/rules", .handler = add_rule, .perm = PERM_CATEGORY_MANAGE, .scope = SCOPE_TENANT, .tx = TX_WRITE,
      ROUTE_BODY(struct rule_in, new_fields), .reply_kind = REPLY_CREATED, .reply = rule_fields, .flags = ROUTE_IDEMPOTENT,
      ROUTE_ERRORS(ERR_RULE_TIE, ERR_AREA_CLOSED, ERR_CATEGORY_UNKNOWN), .summary = "Add a routing rule", .tag = "category" },
    { .method = PATCH, .path = "/api/v1/rules/:id", .handler = change_rule, .perm = PERM_CATEGORY_MANAGE, .scope = SCOPE_TENANT,
      .tx = TX_WRITE, ROUTE_BODY(struct rule_in, new_fields), .reply_kind = REPLY_VIEW, .reply = rule_fields,
      ROUTE_ERRORS(ERR_RULE_TIE, ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_VERSION_NEEDED, ERR_AREA_CLOSED, ERR_CATEGORY_UNKNOWN),
      .summary = "Change a routing rule; states the whole rule", .tag = "category" },
    { .method = POST, .path = "/api/v1/rules/:id/close", .handler = close_rule, .perm = PERM_CATEGORY_MANAGE, .scope = SCOPE_TENANT,
      .tx = TX_WRITE, .reply_kind = REPLY_VIEW, .reply = rule_fields, .flags = ROUTE_IDEMPOTENT,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_VERSION_NEEDED), .summary = "End a routing rule", .tag = "category" },
    { .method = GET, .path = "/api/v1/route-preview", .handler = preview, .perm = PERM_PUBLIC, .tx = TX_NONE,
      ROUTE_QUERY(struct preview_query, preview_query_fields), .reply_kind = REPLY_VIEW, .reply = preview_fields,
      ROUTE_ERRORS(ERR_OUTSIDE_AREA, ERR_PLACE), .summary = "Where a case at this place would go, and why", .tag = "category" },
    ROUTE_END
};

const struct feature rule_feature = { .name = "rule", .routes = rule_routes };
