/* service_package.c: services that are ordered together. A package may hold packages, never itself. */
#include "service_inside.h"

#include "../../base/id.h"
#include "../audit/audit.h"

enum { DEPTH_MOST = 8, SERVICES_MOST = 60, PAGE = 200 };

/* ---- what a package comes to ---- */

struct walk { struct req *r; struct service *at; size_t len; int64_t looked_for; bool found; };

static err add_service(struct walk *w, int64_t id)
{
    for (size_t i = 0; i < w->len; i++)
        if (w->at[i].id == id)
            return OK;
    return w->len < SERVICES_MOST ? service_get(w->r->db, w->r->arena, w->r->tenant, id, &w->at[w->len++]) : OK;
}

/* Everything below a package; looked_for: a package that must not be there. */
static err walk_package(struct walk *w, int64_t package, int depth)
{
    struct list items;
    w->found = w->found || package == w->looked_for || depth > DEPTH_MOST;
    if (w->found)
        return OK;
    TRY(package_items(w->r->db, w->r->arena, w->r->tenant, package, &items));
    const struct package_item *at = items.at;
    for (size_t i = 0; i < items.len; i++)
        TRY(at[i].service_id ? add_service(w, at[i].service_id) : walk_package(w, at[i].inner_id, depth + 1));
    return OK;
}

err package_services(struct req *r, int64_t package, struct list *out)
{
    struct walk w = { .r = r, .at = ARENA_ARRAY(r->arena, SERVICES_MOST, struct service) };
    TRY(walk_package(&w, package, 0));
    *out = (struct list){ w.at, w.len };
    return OK;
}

/* ---- views ---- */

struct item_view { int64_t service_id, package_id; struct str title; };
static const struct field item_fields[] = {
    FIELD_ID(struct item_view, service_id, 0, "A service"), FIELD_ID(struct item_view, package_id, 0, "Or a package"),
    FIELD_STR(struct item_view, title, 0, 0, REQUIRED, "In a line"), FIELD_END
};
struct package_view { int64_t id, org_id, version; struct str title, text, org_name; int state; bool is_public, may_manage; struct list items, services; };
static const struct field package_fields[] = {
    FIELD_ID(struct package_view, id, REQUIRED, "Package"), FIELD_ID(struct package_view, org_id, REQUIRED, "Who puts it together"),
    FIELD_STR(struct package_view, org_name, 0, 0, REQUIRED, "Its name"), FIELD_STR(struct package_view, title, 0, 0, REQUIRED, "In a line"),
    FIELD_STR(struct package_view, text, 0, 0, 0, "What it is"),
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct package_view, is_public), .flags = REQUIRED, .doc = "On the residents' menu" },
    FIELD_WORD(struct package_view, state, service_state_words, REQUIRED, "offered or withdrawn"),
    FIELD_LIST(struct package_view, items, item_fields, struct item_view, 0, 0, REQUIRED, "What it holds"),
    FIELD_LIST(struct package_view, services, service_item_fields, struct service_item, 0, 0, REQUIRED, "All services in it, each once"),
    FIELD_BOOL(struct package_view, may_manage, REQUIRED, "The caller may change it"),
    FIELD_I64(struct package_view, version, 0, 0, REQUIRED, "Grows with each change"), FIELD_END
};

static err title_of(struct req *r, const struct package_item *i, struct str *title)
{
    struct service s;
    struct package p;
    if (i->service_id) {
        TRY(service_get(r->db, r->arena, r->tenant, i->service_id, &s));
        *title = s.title;
        return OK;
    }
    TRY(package_get(r->db, r->arena, r->tenant, i->inner_id, &p));
    *title = p.title;
    return OK;
}

static err view_of(struct req *r, const struct package *p, bool in_public, struct package_view *v)
{
    struct list categories = exchange_categories(r), items, services;
    TRY(package_items(r->db, r->arena, r->tenant, p->id, &items));
    TRY(package_services(r, p->id, &services));
    const struct package_item *i = items.at;
    const struct service      *s = services.at;
    struct item_view          *iv = ARENA_ARRAY(r->arena, items.len + 1, struct item_view);
    struct service_item       *sv = ARENA_ARRAY(r->arena, services.len + 1, struct service_item);
    for (size_t k = 0; k < items.len; k++) {
        iv[k] = (struct item_view){ .service_id = i[k].service_id, .package_id = i[k].inner_id };
        TRY(title_of(r, &i[k], &iv[k].title));
    }
    for (size_t k = 0; k < services.len; k++)
        TRY(service_item_of(r, &categories, &s[k], &sv[k]));
    struct service_item own = { .org_id = p->org_id, .org_name = unit_name_of(r, UNIT_ORG, p->org_id) };
    if (in_public) {
        service_name_publicly(r, sv, services.len);
        service_name_publicly(r, &own, 1);
    }
    *v = (struct package_view){ .id = p->id, .org_id = p->org_id, .version = p->version, .title = p->title, .text = p->text, .state = (int)p->state,
                                .org_name = own.org_name, .is_public = p->is_public, .items = { iv, items.len },
                                .services = { sv, services.len }, .may_manage = req_may(r, PERM_OFFER_MANAGE, ORG_UNIT(p->org_id)) };
    return OK;
}

static err answer(struct req *r, int64_t id, bool created)
{
    struct package      p;
    struct package_view v;
    TRY(package_get(r->db, r->arena, r->tenant, id, &p));
    TRY(view_of(r, &p, false, &v));
    return created ? reply_created(r, str_fmt(r->arena, "/api/v1/packages/%lld", (long long)id), package_fields, &v, p.version)
                   : reply_view(r, package_fields, &v, p.version);
}

static err get_package(struct req *r)
{
    return answer(r, r->path[0], false);
}

/* For residents: what is on the menu alone. */
static err get_public_package(struct req *r)
{
    struct package      p;
    struct package_view v;
    TRY(package_get(r->db, r->arena, r->tenant, r->path[0], &p));
    if (!p.is_public || p.state != SERVICE_OFFERED)
        return FAIL(ERR_NOT_FOUND);
    TRY(view_of(r, &p, true, &v));
    return reply_view(r, package_fields, &v, p.version);
}

DB_SQL(package_list, "SELECT " PACKAGE_COLUMNS " FROM service_package p WHERE p.tenant_id = $1 AND p.state = 1 ORDER BY p.id DESC LIMIT 200")
DB_SQL(package_list_public, "SELECT " PACKAGE_COLUMNS " FROM service_package p WHERE p.tenant_id = $1 AND p.state = 1 AND p.public = 1 ORDER BY p.id DESC LIMIT 200")

struct query { int64_t area, org, alliance; };
static const struct field query_fields[] = { EXCHANGE_WHOSE_FIELDS(struct query), FIELD_END };

static bool any_serves(struct req *r, const struct package_view *v, int64_t area)
{
    const struct service_item *s = v->services.at;
    for (size_t i = 0; i < v->services.len; i++)
        if (exchange_serves(r, s[i].area_id, area))
            return true;
    return !area;
}

/* For residents, of whom they ask for; NULL: for who works here, of anybody, anywhere. */
static err list_with(struct req *r, const struct db_sql *sql, const struct exchange_whose *whose)
{
    struct list rows;
    size_t      n = 0;
    TRY(db_all(r->db, r->arena, sql, DB_ARGS(I64(r->tenant)), package_map, sizeof(struct package), PAGE, &rows));
    const struct package *p = rows.at;
    struct package_view  *v = ARENA_ARRAY(r->arena, rows.len + 1, struct package_view);
    for (size_t i = 0; i < rows.len; i++) {
        if (whose && whose->by_org && !ids_has(whose->orgs, p[i].org_id))
            continue;
        TRY(view_of(r, &p[i], whose != NULL, &v[n]));
        n += !whose || any_serves(r, &v[n], whose->area);
    }
    return reply_list(r, package_fields, sizeof *v, (struct list){ v, n }, STR_NONE);
}

static err list_packages(struct req *r)
{
    return list_with(r, &package_list, NULL);
}

static err list_public_packages(struct req *r)
{
    const struct query   *q = r->query;
    struct exchange_whose whose = { .by_org = false };
    if (q->area || q->org || q->alliance)
        TRY(exchange_whose(r, q->area, q->org, q->alliance, &whose));
    return list_with(r, &package_list_public, &whose);
}

/* ---- entering and changing ---- */

struct item_body { int64_t service_id, package_id; };
static const struct field item_body_fields[] = {
    FIELD_ID(struct item_body, service_id, 0, "A service"), FIELD_ID(struct item_body, package_id, 0, "Or a package"), FIELD_END
};
struct body { int64_t org_id; struct str title, text; bool is_public; struct list items; };
#define BODY(needed)                                                                                                                      \
    FIELD_STR(struct body, title, 1, 100, (needed), "In a line"), FIELD_STR(struct body, text, 1, 2000, MULTILINE, "What it is"),         \
    FIELD_LIST(struct body, items, item_body_fields, struct item_body, 1, 30, (needed), "What it holds"),                                 \
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct body, is_public), .doc = "On the residents' menu" }
static const struct field create_fields[] = { BODY(REQUIRED), FIELD_ID(struct body, org_id, REQUIRED, "Who puts it together"), FIELD_END };
static const struct field change_fields[] = { BODY(0), FIELD_END };
#define GIVEN(m) field_given(change_fields, &r->given, offsetof(struct body, m))

static err check_item(struct req *r, int64_t package, const struct item_body *in, size_t i)
{
    struct service s;
    struct package p;
    struct walk    w = { .r = r, .at = ARENA_ARRAY(r->arena, SERVICES_MOST, struct service), .looked_for = package };
    const char    *field = str_fmt(r->arena, in->package_id ? "items[%zu].package_id" : "items[%zu].service_id", i).ptr;
    if (!in->service_id == !in->package_id) {
        req_fault(r, field, in->service_id ? ERR_NOT_A_CHOICE : ERR_REQUIRED);
        return OK;
    }
    err e = in->service_id ? service_get(r->db, r->arena, r->tenant, in->service_id, &s) : package_get(r->db, r->arena, r->tenant, in->package_id, &p);
    if (e.code == ERR_NOT_FOUND) {
        req_fault(r, field, ERR_UNKNOWN_REFERENCE);
        return OK;
    }
    TRY(e);
    if (in->service_id ? s.state == SERVICE_WITHDRAWN : p.state == SERVICE_WITHDRAWN)
        req_fault(r, field, ERR_NOT_OFFERED);
    if (in->service_id)
        return OK;
    TRY(walk_package(&w, in->package_id, 1));
    if (w.found)
        req_fault(r, field, ERR_CIRCLE);
    return OK;
}

static err check_items(struct req *r, int64_t package, const struct list *in, struct list *out)
{
    const struct item_body *at = in->at;
    struct package_item    *to = ARENA_ARRAY(r->arena, in->len + 1, struct package_item);
    for (size_t i = 0; i < in->len; i++) {
        TRY(check_item(r, package, &at[i], i));
        to[i] = (struct package_item){ at[i].service_id, at[i].package_id };
    }
    *out = (struct list){ to, in->len };
    return req_faults(r);
}

DB_SQL(package_add, "INSERT INTO service_package (tenant_id, id, org_id, title, text, public, state, created_at, created_by, updated_at, version) "
                    "VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $7, 1)")
DB_SQL(package_set, "UPDATE service_package SET title = $3, text = $4, public = $5, state = $6, updated_at = $7, version = version + 1 "
                    "WHERE tenant_id = $1 AND id = $2")

static err create_package(struct req *r)
{
    const struct body *in = r->body;
    int64_t            id = id_new();
    struct list        items;
    const struct unit_snapshot *u = unit_hold(r->app);
    bool               there = unit_in_use(u, ORG_UNIT(in->org_id));
    unit_release(u);
    if (!there)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "org_id");
    TRY(req_allow(r, PERM_OFFER_MANAGE, ORG_UNIT(in->org_id)));
    TRY(check_items(r, id, &in->items, &items));
    TRY(db_exec(r->db, &package_add, DB_ARGS(I64(r->tenant), I64(id), I64(in->org_id), TEXT(in->title), TEXT(in->text), BOOL(in->is_public), TIME(r->now),
                                             REF(r->caller.account)), NULL));
    TRY(package_items_put(r->db, r->tenant, id, &items));
    TRY(audit_record(r, "package.create", "package", id, STR_NONE));
    return answer(r, id, true);
}

static err own(struct req *r, struct package *p)
{
    TRY(package_get(r->db, r->arena, r->tenant, r->path[0], p));
    TRY(req_allow(r, PERM_OFFER_MANAGE, ORG_UNIT(p->org_id)));
    return p->state == SERVICE_WITHDRAWN ? FAIL(ERR_WRONG_STATE) : OK;
}

static err save(struct req *r, const struct package *p, const char *action)
{
    TRY(db_exec(r->db, &package_set, DB_ARGS(I64(r->tenant), I64(p->id), TEXT(p->title), TEXT(p->text), BOOL(p->is_public), I64(p->state), TIME(r->now)), NULL));
    TRY(audit_record(r, action, "package", p->id, STR_NONE));
    return answer(r, p->id, false);
}

static err change_package(struct req *r)
{
    const struct body *in = r->body;
    struct package     p;
    struct list        items;
    TRY(own(r, &p));
    TRY(req_version_needed(r, p.version));
    if (GIVEN(title))
        p.title = in->title;
    if (GIVEN(text))
        p.text = in->text;
    if (GIVEN(is_public))
        p.is_public = in->is_public;
    if (!p.title.len)
        req_fault(r, "title", ERR_REQUIRED);
    if (GIVEN(items)) {
        TRY(check_items(r, p.id, &in->items, &items));
        TRY(package_items_put(r->db, r->tenant, p.id, &items));
    }
    TRY(req_faults(r));
    return save(r, &p, "package.change");
}

static err withdraw_package(struct req *r)
{
    struct package p;
    TRY(own(r, &p));
    TRY(req_version(r, p.version));
    p.state = SERVICE_WITHDRAWN;
    return save(r, &p, "package.withdraw");
}

#define READ   .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "service"
#define ANY    .perm = PERM_PUBLIC, .tx = TX_READ, .tag = "service"
#define MANAGE .perm = PERM_OFFER_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "service"
#define VIEW   .reply_kind = REPLY_VIEW, .reply = package_fields
#define LIST   .reply_kind = REPLY_LIST, .reply = package_fields

const struct route service_package_routes[] = {
    { GET, "/api/v1/packages", list_packages, READ, LIST, .summary = "Packages on the menu, the newest first; at most 200" },
    { POST, "/api/v1/packages", create_package, MANAGE, ROUTE_BODY(struct body, create_fields), .flags = ROUTE_IDEMPOTENT, .reply_kind = REPLY_CREATED,
      .reply = package_fields, ROUTE_ERRORS(ERR_CIRCLE, ERR_UNKNOWN_REFERENCE, ERR_NOT_OFFERED), .summary = "Put services together" },
    { GET, "/api/v1/packages/:id", get_package, READ, VIEW, .summary = "One package, with all services in it" },
    { PATCH, "/api/v1/packages/:id", change_package, MANAGE, ROUTE_BODY(struct body, change_fields), VIEW, ROUTE_ERRORS(ERR_CIRCLE, ERR_WRONG_STATE),
      .summary = "Change a package (If-Match)" },
    { POST, "/api/v1/packages/:id/withdraw", withdraw_package, MANAGE, VIEW, ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "Withdraw it; orders stand" },
    { GET, "/api/v1/public/packages", list_public_packages, ANY, LIST, ROUTE_QUERY(struct query, query_fields), ROUTE_ERRORS(ERR_NOT_FOUND), .summary = "Packages that residents can order" },
    { GET, "/api/v1/public/packages/:id", get_public_package, ANY, VIEW, .summary = "One package that residents can order" },
    ROUTE_END
};
