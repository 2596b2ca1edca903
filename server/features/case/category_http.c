/* category_http.c: the category tree and its packs over HTTP. */
#include "case_suggest.h"
#include "category.h"
#include "../audit/audit.h"

DB_SQL(category_change,
       "UPDATE category SET name_zh = $4, name_en = $5, severity = $6, common = $7, version = version + 1 "
       "WHERE tenant_id = $1 AND id = $2 AND version = $3")
DB_SQL(category_close_at, "UPDATE category SET valid_to = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = $3")
DB_SQL(category_children, "SELECT count(*) FROM category WHERE tenant_id = $1 AND parent_id = $2 AND valid_to IS NULL")
DB_SQL(category_rules, "SELECT count(*) FROM routing_rule WHERE tenant_id = $1 AND category_id = $2 AND valid_to IS NULL")
DB_SQL(category_now, "SELECT id, parent_id, kind, leaf, name_zh, name_en, severity, common, valid_to, version FROM category "
                     "WHERE tenant_id = $1 AND id = $2")
DB_SQL(pack_all,
       "SELECT p.id, p.code, p.version, p.source, p.imported_at, count(c.id) FROM category_pack p LEFT JOIN category c "
       "ON c.tenant_id = p.tenant_id AND c.pack_id = p.id AND c.valid_to IS NULL WHERE p.tenant_id = $1 "
       "GROUP BY p.id, p.code, p.version, p.source, p.imported_at ORDER BY p.id")

static const char *const kind_words[] = { NULL, "object", "matter", "service", NULL };

struct category_view {
    int64_t    id, parent_id;
    struct str pack, kind, code, name_zh, name_en;
    bool       leaf, closed;
    int64_t    common, severity, version;
};
static const struct field category_fields[] = {
    FIELD_ID(struct category_view, id, REQUIRED, "Id"),
    FIELD_ID(struct category_view, parent_id, 0, "Category above"),
    FIELD_STR(struct category_view, pack, 0, 0, 0, "Code of the pack it came with"),
    FIELD_STR(struct category_view, kind, 0, 0, 0, "object, matter or service"),
    FIELD_STR(struct category_view, code, 0, 0, 0, "Code within the kind"),
    FIELD_STR(struct category_view, name_zh, 0, 0, 0, "Chinese name"),
    FIELD_STR(struct category_view, name_en, 0, 0, 0, "English name"),
    FIELD_BOOL(struct category_view, leaf, 0, "A case may name it"),
    FIELD_I64(struct category_view, common, 0, 0, 0, "Order among those offered first; 0: not offered first"),
    FIELD_I64(struct category_view, severity, 1, 3, 0, "1 urgent, 2 ordinary, 3 minor: as proposed"),
    FIELD_BOOL(struct category_view, closed, 0, "No longer for new cases"),
    FIELD_I64(struct category_view, version, 0, 0, 0, "Version, for If-Match"),
    FIELD_END
};

struct category_query { int kind; bool closed; };
static const struct field category_query_fields[] = {
    FIELD_WORD(struct category_query, kind, kind_words, 0, "One kind only"),
    FIELD_BOOL(struct category_query, closed, 0, "Closed ones too"),
    FIELD_END
};

static struct category_view view_of(const struct case_category *c)
{
    return (struct category_view){ c->id, c->parent_id, c->pack, c->kind, c->code, c->name_zh, c->name_en, c->leaf, c->valid_to != 0,
                                   c->common, c->severity, c->version };
}

static err list_categories(struct req *r)
{
    const struct category_query *q = r->query;
    const struct case_snapshot  *s = case_hold(r->app);
    struct category_view        *at = ARENA_ARRAY(r->arena, s->category_count + 1, struct category_view);
    size_t                       n = 0;
    for (size_t i = 0; i < s->category_count; i++) {
        const struct case_category *c = &s->categories[i];
        if ((q->closed || !c->valid_to) && (!q->kind || str_is(c->kind, kind_words[q->kind])))
            at[n++] = view_of(c);
    }
    err e = reply_list(r, category_fields, sizeof *at, (struct list){ at, n }, STR_NONE);
    case_release(r->app, s);
    return e;
}

/* ---- changing ---- */

struct category_in { struct str name_zh, name_en, code; int kind; int64_t parent, severity, common; bool leaf; };
static const struct field new_fields[] = {
    FIELD_WORD(struct category_in, kind, kind_words, REQUIRED, "object, matter or service"),
    FIELD_ID(struct category_in, parent, 0, "Category above; empty: top level"),
    FIELD_STR(struct category_in, code, 1, 40, 0, "Code within the kind; empty: made from the id"),
    FIELD_STR(struct category_in, name_zh, 1, 60, REQUIRED, "Chinese name"),
    FIELD_STR(struct category_in, name_en, 1, 120, REQUIRED, "English name"),
    FIELD_I64(struct category_in, severity, 1, 3, 0, "1 urgent, 2 ordinary (when not given), 3 minor"),
    FIELD_I64(struct category_in, common, 0, 1000, 0, "Order among those offered first"),
    FIELD_BOOL(struct category_in, leaf, 0, "A case may name it"),
    FIELD_END
};
static const struct field change_fields[] = {
    FIELD_STR(struct category_in, name_zh, 1, 60, 0, "Chinese name"),
    FIELD_STR(struct category_in, name_en, 1, 120, 0, "English name"),
    FIELD_I64(struct category_in, severity, 1, 3, 0, "1 urgent, 2 ordinary, 3 minor"),
    FIELD_I64(struct category_in, common, 0, 1000, 0, "Order among those offered first; 0: not"),
    FIELD_END
};

/* The row as it is in the database, which may be ahead of the snapshot. */
struct category_row { int64_t id, parent_id; struct str kind; int64_t leaf; struct str name_zh, name_en; int64_t severity, common; ms valid_to; int64_t version; };
static const struct field row_fields[] = {
    FIELD_ID(struct category_row, id, 0, ""),              FIELD_ID(struct category_row, parent_id, 0, ""),
    FIELD_STR(struct category_row, kind, 0, 0, 0, ""),     FIELD_I64(struct category_row, leaf, 0, 0, 0, ""),
    FIELD_STR(struct category_row, name_zh, 0, 0, 0, ""),  FIELD_STR(struct category_row, name_en, 0, 0, 0, ""),
    FIELD_I64(struct category_row, severity, 0, 0, 0, ""), FIELD_I64(struct category_row, common, 0, 0, 0, ""),
    FIELD_TIME(struct category_row, valid_to, 0, ""),      FIELD_I64(struct category_row, version, 0, 0, 0, ""),
    FIELD_END
};

static err row_of(struct req *r, int64_t id, struct category_row *out)
{
    return db_one(r->db, r->arena, &category_now, DB_ARGS(I64(r->tenant), I64(id)), row_fields, out);
}

static err check_parent(struct req *r, const struct category_in *in)
{
    struct category_row p;
    if (!in->parent)
        return OK;
    err e = row_of(r, in->parent, &p);
    if (e.code == ERR_NOT_FOUND || (!failed(e) && p.valid_to))
        req_fault(r, "parent", ERR_UNKNOWN_REFERENCE);
    else if (failed(e))
        return e;
    else if (p.leaf || !str_is(p.kind, kind_words[in->kind]))
        req_fault(r, "parent", ERR_PARENT_KIND);
    return req_faults(r);
}

static err say_category(struct req *r, int64_t id, const char *action, bool created)
{
    struct category_row c;
    TRY(row_of(r, id, &c));
    case_reload_after(r);
    TRY(audit_record(r, action, "category", id, STR_NONE));
    struct category_view v = { .id = c.id, .parent_id = c.parent_id, .kind = c.kind, .name_zh = c.name_zh, .name_en = c.name_en,
                               .leaf = c.leaf, .closed = c.valid_to != 0, .common = c.common, .severity = c.severity,
                               .version = c.version };
    if (created)
        return reply_created(r, STR("/api/v1/categories"), category_fields, &v, c.version);
    return reply_view(r, category_fields, &v, c.version);
}

static err add_category(struct req *r)
{
    const struct category_in *in = r->body;
    struct category_new       n = { .pack = STR("own"), .kind = str_of(kind_words[in->kind]), .code = in->code, .name_zh = in->name_zh,
                                    .name_en = in->name_en, .parent = in->parent, .common = in->common, .leaf = in->leaf,
                                    .severity = in->severity ? in->severity : SEVERITY_ORDINARY };
    int64_t                   id;
    TRY(check_parent(r, in));
    if (!n.code.ptr) {
        int64_t number;
        TRY(db_counter(r->db, r->tenant, STR("category"), &number));
        n.code = str_fmt(r->arena, "own-%lld", (long long)number);
    }
    err e = category_add(r->db, r->tenant, &n, r->now, &id);
    if (e.code == ERR_TAKEN) {
        req_fault(r, "code", ERR_TAKEN);
        return req_faults(r);
    }
    TRY(e);
    return say_category(r, id, "category.add", true);
}

static err change_category(struct req *r)
{
    const struct category_in *in = r->body;
    struct category_row       c;
    int64_t                   changed;
    TRY(row_of(r, r->path[0], &c));
    TRY(req_version_needed(r, c.version));
    if (c.valid_to)
        return FAIL(ERR_WRONG_STATE);
    TRY(db_exec(r->db, &category_change,
                DB_ARGS(I64(r->tenant), I64(c.id), I64(c.version), TEXT(in->name_zh.ptr ? in->name_zh : c.name_zh),
                        TEXT(in->name_en.ptr ? in->name_en : c.name_en), I64(in->severity ? in->severity : c.severity),
                        I64(field_given(change_fields, &r->given, offsetof(struct category_in, common)) ? in->common : c.common)),
                &changed));
    return changed ? say_category(r, c.id, "category.change", false) : FAIL(ERR_STALE_VERSION);
}

/* A category with open ones below it, or with rules of its own, is still needed. */
static err close_category(struct req *r)
{
    struct category_row c;
    int64_t             children, rules, changed;
    TRY(row_of(r, r->path[0], &c));
    TRY(req_version_needed(r, c.version));
    TRY(db_number(r->db, &category_children, DB_ARGS(I64(r->tenant), I64(c.id)), &children));
    TRY(db_number(r->db, &category_rules, DB_ARGS(I64(r->tenant), I64(c.id)), &rules));
    if (c.valid_to)
        return FAIL(ERR_WRONG_STATE);
    if (children || rules)
        return req_fail(r, ERR_STILL_IN_USE,
                        str_fmt(r->arena, req_text(r, "还有 %lld 个下级类别、%lld 条派单规则", "%lld categories below it, %lld routing rules"),
                                (long long)children, (long long)rules));
    TRY(db_exec(r->db, &category_close_at, DB_ARGS(I64(r->tenant), I64(c.id), I64(c.version), I64(r->now)), &changed));
    return changed ? say_category(r, c.id, "category.close", false) : FAIL(ERR_STALE_VERSION);
}

/* ---- packs ---- */

struct pack_view { int64_t id; struct str code, version, source; ms imported_at; int64_t categories; bool shipped; };
static const struct field pack_fields[] = {
    FIELD_ID(struct pack_view, id, 0, "Id; null: not installed"),
    FIELD_STR(struct pack_view, code, 0, 0, REQUIRED, "Code"),
    FIELD_STR(struct pack_view, version, 0, 0, REQUIRED, "Version"),
    FIELD_STR(struct pack_view, source, 0, 0, 0, "Where it comes from"),
    FIELD_TIME(struct pack_view, imported_at, 0, "When it was taken in"),
    FIELD_I64(struct pack_view, categories, 0, 0, 0, "Categories in use"),
    FIELD_BOOL(struct pack_view, shipped, 0, "Ships with the program"),
    FIELD_END
};

static err list_packs(struct req *r)
{
    struct list       rows;
    struct pack_view *at;
    TRY(db_all(r->db, r->arena, &pack_all, DB_ARGS(I64(r->tenant)), pack_fields, sizeof(struct pack_view), 1000, &rows));
    size_t shipped = 0;
    while (category_packs_shipped[shipped].code)
        shipped++;
    at = ARENA_ARRAY(r->arena, rows.len + shipped, struct pack_view);
    if (rows.len)
        memcpy(at, rows.at, rows.len * sizeof *at);
    size_t n = rows.len;
    for (size_t i = 0; i < shipped; i++) {
        const struct category_pack_shipped *p = &category_packs_shipped[i];
        bool                                found = false;
        for (size_t k = 0; k < rows.len; k++)
            if (str_is(at[k].code, p->code) && str_is(at[k].version, p->version))
                found = at[k].shipped = true;
        if (!found)
            at[n++] = (struct pack_view){ .code = str_of(p->code), .version = str_of(p->version), .source = str_of(p->source), .shipped = true };
    }
    return reply_list(r, pack_fields, sizeof *at, (struct list){ at, n }, STR_NONE);
}

struct pack_in { struct str code; };
static const struct field pack_in_fields[] = { FIELD_STR(struct pack_in, code, 1, 60, REQUIRED, "Code of a pack that ships with the program"),
                                               FIELD_END };

static err install_pack(struct req *r)
{
    const struct pack_in *in = r->body;
    for (const struct category_pack_shipped *p = category_packs_shipped; p->code; p++)
        if (str_is(in->code, p->code)) {
            TRY(category_pack_install_shipped(r->db, r->arena, r->tenant, p, r->now));
            TRY(audit_record(r, "category.install", "category_pack", 0, str_fmt(r->arena, "{\"code\":\"%s\",\"version\":\"%s\"}", p->code, p->version)));
            case_reload_after(r);
            return list_packs(r);
        }
    req_fault(r, "code", ERR_NOT_A_CHOICE);
    return req_faults(r);
}

static const struct route category_routes[] = {
    { .method = GET, .path = "/api/v1/categories", .handler = list_categories, .perm = PERM_PUBLIC, .tx = TX_NONE,
      ROUTE_QUERY(struct category_query, category_query_fields), .reply_kind = REPLY_LIST, .reply = category_fields,
      .summary = "The category tree", .tag = "category" },
    { .method = POST, .path = "/api/v1/categories/suggest", .handler = case_suggest, .perm = PERM_PUBLIC, .tx = TX_NONE,
      ROUTE_BODY(struct case_suggest_in, case_suggest_fields), .reply_kind = REPLY_VIEW, .reply = case_suggest_view_fields,
      .flags = ROUTE_NO_STORE, .summary = "Up to three categories a text most likely belongs to, with the words that speak for them", .tag = "category" },
    { .method = POST, .path = "/api/v1/categories", .handler = add_category, .perm = PERM_CATEGORY_MANAGE, .scope = SCOPE_TENANT,
      .tx = TX_WRITE, ROUTE_BODY(struct category_in, new_fields), .reply_kind = REPLY_CREATED, .reply = category_fields,
      .flags = ROUTE_IDEMPOTENT, ROUTE_ERRORS(ERR_PARENT_KIND, ERR_TAKEN), .summary = "Add a category of one's own", .tag = "category" },
    { .method = PATCH, .path = "/api/v1/categories/:id", .handler = change_category, .perm = PERM_CATEGORY_MANAGE, .scope = SCOPE_TENANT,
      .tx = TX_WRITE, ROUTE_BODY(struct category_in, change_fields), .reply_kind = REPLY_VIEW, .reply = category_fields,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_VERSION_NEEDED), .summary = "Change a category's names, severity or order",
      .tag = "category" },
    { .method = POST, .path = "/api/v1/categories/:id/close", .handler = close_category, .perm = PERM_CATEGORY_MANAGE,
      .scope = SCOPE_TENANT, .tx = TX_WRITE, .reply_kind = REPLY_VIEW, .reply = category_fields, .flags = ROUTE_IDEMPOTENT,
      ROUTE_ERRORS(ERR_STILL_IN_USE, ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_VERSION_NEEDED), .summary = "Close a category for new cases",
      .tag = "category" },
    { .method = GET, .path = "/api/v1/category-packs", .handler = list_packs, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ,
      .reply_kind = REPLY_LIST, .reply = pack_fields, .summary = "Packs of categories: installed, and shipped with the program",
      .tag = "category" },
    { .method = POST, .path = "/api/v1/category-packs", .handler = install_pack, .perm = PERM_CATEGORY_MANAGE, .scope = SCOPE_TENANT,
      .tx = TX_WRITE, ROUTE_BODY(struct pack_in, pack_in_fields), .reply_kind = REPLY_LIST, .reply = pack_fields,
      .flags = ROUTE_IDEMPOTENT, .summary = "Install a shipped pack, or bring it up to date", .tag = "category" },
    ROUTE_END
};

const struct feature category_feature = { .name = "category", .routes = category_routes };
