/* Organisations over HTTP. */
#include "unit_http.h"

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../../base/contact.h"
#include "../audit/audit.h"
#include "../setting/setting.h"

#define PAGE      200
#define PAGE_MOST 1000
#define CONTACT   "org.contact"   /* what sealed contact data is bound to */

/* ---- views ---- */

const struct field org_query_fields[] = {
    FIELD_ID(struct org_query, parent, 0, "Only what lies directly under this organisation"),
    FIELD_STR(struct org_query, text, 1, 100, 0, "Part of the name, or beginning of the code"),
    FIELD_STR(struct org_query, kind, 1, 40, 0, "Only of this kind"),
    FIELD_ID(struct org_query, serves, 0, "Only those that serve this area"),
    FIELD_ID(struct org_query, area, 0, "Only those that belong to this area or one below it"),
    FIELD_BOOL(struct org_query, closed, 0, "Those no longer in use as well"),
    FIELD_STR(struct org_query, after, 1, 200, 0, "Cursor of the page before"),
    FIELD_I64(struct org_query, limit, 1, PAGE_MOST, 0, "At most so many; 200 when not given"),
    FIELD_END,
};

#define ORG_ITEM_FIELDS(base)                                                                                                             \
    { .name = "id", .kind = KIND_ID, .offset = (base) + offsetof(struct org_item, id), .flags = REQUIRED, .doc = "Id" },                  \
    { .name = "parent_id", .kind = KIND_ID, .offset = (base) + offsetof(struct org_item, parent_id), .doc = "Organisation above" },       \
    { .name = "kind", .kind = KIND_STR, .offset = (base) + offsetof(struct org_item, kind), .flags = REQUIRED,                            \
      .doc = "Kind; see setting unit.org_kinds" },                                                                                        \
    { .name = "name", .kind = KIND_STR, .offset = (base) + offsetof(struct org_item, name), .flags = REQUIRED, .doc = "Name" },           \
    { .name = "code", .kind = KIND_STR, .offset = (base) + offsetof(struct org_item, code), .doc = "Unified social credit code" },        \
    { .name = "code_ok", .kind = KIND_STR, .offset = (base) + offsetof(struct org_item, code_ok),                                         \
      .doc = "ok, form (not 18 characters of the alphabet) or check (the check character differs); null without a code" },                \
    { .name = "area_id", .kind = KIND_ID, .offset = (base) + offsetof(struct org_item, area_id), .doc = "Area it belongs to" },           \
    { .name = "area_name", .kind = KIND_STR, .offset = (base) + offsetof(struct org_item, area_name), .doc = "Its name" },                \
    { .name = "public", .kind = KIND_BOOL, .offset = (base) + offsetof(struct org_item, is_public), .flags = REQUIRED,                    \
      .doc = "Shown in the public directory" },                                                                                           \
    { .name = "serves", .kind = KIND_LIST, .offset = (base) + offsetof(struct org_item, serves), .sub = place_fields,                     \
      .size = sizeof(struct place_view), .flags = REQUIRED, .doc = "Areas it serves" },                                                   \
    { .name = "child_count", .kind = KIND_I64, .offset = (base) + offsetof(struct org_item, child_count), .flags = REQUIRED,              \
      .doc = "Organisations directly below" },                                                                                            \
    { .name = "valid_from", .kind = KIND_TIME, .offset = (base) + offsetof(struct org_item, valid_from), .flags = REQUIRED,               \
      .doc = "In use since" },                                                                                                            \
    { .name = "valid_to", .kind = KIND_TIME, .offset = (base) + offsetof(struct org_item, valid_to), .doc = "In use until; null: still" }, \
    { .name = "version", .kind = KIND_I64, .offset = (base) + offsetof(struct org_item, version), .flags = REQUIRED,                      \
      .doc = "Grows with each change" }

const struct field org_item_fields[] = { ORG_ITEM_FIELDS(0), FIELD_END };

const struct field org_view_fields[] = {
    ORG_ITEM_FIELDS(offsetof(struct org_view, o)),
    FIELD_LIST(struct org_view, path, place_fields, struct place_view, 0, 0, REQUIRED, "Organisations above it, topmost first, and itself"),
    FIELD_STR(struct org_view, contact_masked, 0, 0, 0, "Telephone, masked"),
    FIELD_END,
};

#define ORG_BODY_FIELDS(needed)                                                                                                   \
    FIELD_ID(struct org_body, parent_id, 0, "Organisation above"),                                                                \
    FIELD_STR(struct org_body, kind, 1, 40, (needed), "Kind; see setting unit.org_kinds"),                                        \
    FIELD_STR(struct org_body, name, 1, 200, (needed), "Name"),                                                                   \
    FIELD_STR(struct org_body, code, 1, 32, 0, "Unified social credit code; one that does not check is kept, and marked"),        \
    FIELD_ID(struct org_body, area_id, 0, "Area it belongs to, such as the street of a street office"),                           \
    FIELD_STR(struct org_body, contact, 1, 100, SECRET, "Telephone; stored encrypted"),                                           \
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct org_body, is_public), .doc = "Shown in the public directory" }, \
    FIELD_END

const struct field org_create_fields[] = { ORG_BODY_FIELDS(REQUIRED) };
const struct field org_change_fields[] = { ORG_BODY_FIELDS(0) };

const struct field org_areas_fields[] = {
    FIELD_IDS(struct org_areas, areas, 0, 1000, REQUIRED, "All areas it serves from now on"),
    FIELD_END,
};

const struct field org_contact_fields[] = { FIELD_STR(struct contact_view, contact, 0, 0, 0, "Telephone in full"), FIELD_END };

const struct field org_contact_body_fields[] = {
    FIELD_STR(struct contact_body, why, 1, 200, 0, "What it is needed for; stands in the audit record"),
    FIELD_END,
};

static struct str credit_word(struct str code)
{
    static const char *const words[] = { [CREDIT_NONE] = NULL, [CREDIT_OK] = "ok", [CREDIT_FORM] = "form", [CREDIT_CHECK] = "check" };
    return str_of(words[credit_check(code)]);
}

/* ---- reading ---- */

DB_SQL(org_services, "SELECT x.org_id, a.id, a.name, a.kind FROM org_area x JOIN area a ON a.tenant_id = x.tenant_id AND a.id = x.area_id "
                     "WHERE x.tenant_id = $1 AND x.valid_to IS NULL ORDER BY x.org_id, a.name, a.id")
DB_SQL(org_services_of, "SELECT a.id, a.name, a.kind FROM org_area x JOIN area a ON a.tenant_id = x.tenant_id AND a.id = x.area_id "
                        "WHERE x.tenant_id = $1 AND x.org_id = $2 AND x.valid_to IS NULL ORDER BY a.name, a.id")

struct service { int64_t org; struct place_view area; };
static const struct field service_map[] = {
    FIELD_ID(struct service, org, 0, ""),        FIELD_ID(struct service, area.id, 0, ""), FIELD_STR(struct service, area.name, 0, 0, 0, ""),
    FIELD_STR(struct service, area.kind, 0, 0, 0, ""), FIELD_END,
};

/* The services of one organisation out of all, which are in order of organisations. */
static struct list services_of(struct arena *a, const struct list *all, int64_t org)
{
    const struct service *at = all->at;
    size_t                low = 0, high = all->len, end;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (at[middle].org < org)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < all->len && at[end].org == org; end++)
        ;
    struct place_view *out = ARENA_ARRAY(a, end - low + 1, struct place_view);
    for (size_t i = low; i < end; i++)
        out[i - low] = at[i].area;
    return (struct list){ out, end - low };
}

static bool serves(const struct list *list, int64_t area)
{
    const struct place_view *at = list->at;
    for (size_t i = 0; i < list->len; i++)
        if (at[i].id == area)
            return true;
    return false;
}

static struct org_item item_of(const struct unit_snapshot *s, const struct unode *n)
{
    return (struct org_item){ .id = n->id, .parent_id = n->parent_id, .area_id = n->area_id, .kind = n->kind, .name = n->name, .code = n->code,
                              .area_name = unit_name(s, (struct unit_ref){ UNIT_AREA, n->area_id }), .code_ok = credit_word(n->code),
                              .is_public = n->is_public, .child_count = n->children, .valid_from = n->valid_from, .valid_to = n->valid_to,
                              .version = n->version };
}

static bool wanted(struct req *r, const struct unit_snapshot *s, const struct unode *n, const struct org_query *q)
{
    struct unit_ref mine = { UNIT_AREA, n->area_id }, asked = { UNIT_AREA, q->area };
    return (q->closed || !n->valid_to || n->valid_to > r->now) && (!q->parent || n->parent_id == q->parent) &&
           (!q->kind.ptr || str_eq(n->kind, q->kind)) && (!q->area || unit_within(s, mine, asked)) && node_matches(r->arena, n, q->text);
}

/* Items from place *i on that are wanted; *i ends at the first one beyond the page. */
static size_t gather(struct req *r, const struct unit_snapshot *s, const struct org_query *q, const struct list *services, struct org_item *items,
                     size_t most, int32_t *i)
{
    size_t n = 0;
    for (; *i < s->count; ++*i) {
        if (!wanted(r, s, &s->nodes[*i], q))
            continue;
        struct list areas = services_of(r->arena, services, s->nodes[*i].id);
        if (q->serves && !serves(&areas, q->serves))
            continue;
        if (n == most)
            break;
        items[n] = item_of(s, &s->nodes[*i]);
        items[n++].serves = areas;
    }
    return n;
}

static err list_from(struct req *r, const struct unit_snapshot *s, const struct org_query *q, size_t most)
{
    struct org_item *items = ARENA_ARRAY(r->arena, most + 1, struct org_item);
    struct list      services;
    int32_t          i = s->areas;
    int64_t          id, none;
    TRY(db_all(r->db, r->arena, &org_services, DB_ARGS(I64(r->tenant)), service_map, sizeof(struct service), 0, &services));
    if (q->after.ptr) {
        const struct unode *n = req_cursor_read(r, q->after, &id, &none) ? snapshot_node(s, (struct unit_ref){ UNIT_ORG, id }) : NULL;
        if (!n)
            return FAIL_AT(ERR_INVALID, "after");
        i = (int32_t)(n - s->nodes) + 1;
    }
    size_t n = gather(r, s, q, &services, items, most, &i);
    return reply_list(r, org_item_fields, sizeof *items, (struct list){ items, n }, i < s->count && n ? req_cursor(r, items[n - 1].id, 0) : STR_NONE);
}

static err list_work(struct req *r, const struct unit_snapshot *s)
{
    const struct org_query *q = r->query;
    return list_from(r, s, q, q->limit ? (size_t)q->limit : PAGE);
}

err org_list(struct req *r)
{
    return on_snapshot(r, list_work);
}

static err tree_work(struct req *r, const struct unit_snapshot *s)
{
    return list_from(r, s, &(struct org_query){ 0 }, (size_t)s->count);
}

err org_tree(struct req *r)
{
    return on_snapshot(r, tree_work);
}

DB_SQL(org_child_count, "SELECT COUNT(*) FROM org WHERE tenant_id = $1 AND parent_id = $2")

static err read_path(struct req *r, int64_t id, struct list *out)
{
    struct place_view *path = ARENA_ARRAY(r->arena, 33, struct place_view);
    size_t             n = 0;
    struct org_row     row = { .parent_id = id };
    while (row.parent_id && n < 32) {
        TRY(org_get(r->db, r->arena, r->tenant, row.parent_id, &row));
        memmove(path + 1, path, n++ * sizeof *path);
        path[0] = (struct place_view){ row.id, row.name, row.kind };
    }
    *out = (struct list){ path, n };
    return OK;
}

static struct str contact_of(struct req *r, const struct org_row *row)
{
    struct str plain = STR_NONE;
    if (row->contact_enc.ptr && !crypto_open(r->arena, r->app->keys.seal, CONTACT, row->contact_enc, &plain))
        return STR_NONE;
    return plain;
}

static err read_view(struct req *r, int64_t id, struct org_view *v)
{
    struct org_row  row;
    struct area_row area = { .name = STR_NONE };
    *v = (struct org_view){ 0 };
    TRY(org_get(r->db, r->arena, r->tenant, id, &row));
    if (row.area_id)
        TRY(area_get(r->db, r->arena, r->tenant, row.area_id, &area));
    v->o = (struct org_item){ .id = id, .parent_id = row.parent_id, .area_id = row.area_id, .kind = row.kind, .name = row.name, .code = row.code,
                              .area_name = area.name, .code_ok = credit_word(row.code), .is_public = row.is_public,
                              .valid_from = row.valid_from, .valid_to = row.valid_to, .version = row.version };
    TRY(db_number(r->db, &org_child_count, DB_ARGS(I64(r->tenant), I64(id)), &v->o.child_count));
    TRY(db_all(r->db, r->arena, &org_services_of, DB_ARGS(I64(r->tenant), I64(id)), place_fields, sizeof(struct place_view), 1000, &v->o.serves));
    TRY(read_path(r, id, &v->path));
    struct str contact = contact_of(r, &row);
    if (contact.ptr)
        v->contact_masked = contact_mask(r->arena, contact);
    return OK;
}

err org_one(struct req *r)
{
    struct org_view v;
    TRY(read_view(r, r->path[0], &v));
    return reply_view(r, org_view_fields, &v, v.o.version);
}

static err answer(struct req *r, int64_t id)
{
    struct org_view v;
    TRY(read_view(r, id, &v));
    return reply_view(r, org_view_fields, &v, v.o.version);
}

/* ---- rules of a change ---- */

DB_SQL(org_code_used, "SELECT COUNT(*) FROM org WHERE tenant_id = $1 AND code = $2 AND id <> $3 AND valid_to IS NULL")

static err check_parent(struct req *r, const struct org_row *row)
{
    struct org_row parent;
    if (!row->parent_id)
        return OK;
    TRY(org_no_cycle(r->db, r->tenant, row->id, row->parent_id));
    TRY(org_get(r->db, r->arena, r->tenant, row->parent_id, &parent));
    return parent.valid_to ? FAIL_AT(ERR_WRONG_STATE, "parent_id") : OK;
}

static err check_area(struct req *r, int64_t id, const char *field)
{
    struct area_row area;
    if (!id)
        return OK;
    err e = area_get(r->db, r->arena, r->tenant, id, &area);
    if (e.code == ERR_NOT_FOUND)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, field);
    TRY(e);
    return area.valid_to ? FAIL_AT(ERR_AREA_CLOSED, field) : OK;
}

static err check_row(struct req *r, const struct org_row *row)
{
    int64_t used;
    if (!kind_listed(r->arena, setting_text(r->app, r->arena, "unit.org_kinds", r->now), row->kind))
        return FAIL_AT(ERR_NOT_A_CHOICE, "kind");
    TRY(check_parent(r, row));
    TRY(check_area(r, row->area_id, "area_id"));
    if (!row->code.ptr)
        return OK;
    TRY(db_number(r->db, &org_code_used, DB_ARGS(I64(r->tenant), TEXT(row->code), I64(row->id)), &used));
    return used ? FAIL_AT(ERR_CODE_TAKEN, "code") : OK;
}

/* Where an organisation stands: under another, in an area, or for the whole district. */
static err allow_at(struct req *r, int64_t parent, int64_t area)
{
    if (parent && req_may(r, PERM_UNIT_MANAGE, (struct unit_ref){ UNIT_ORG, parent }))
        return OK;
    return req_allow(r, PERM_UNIT_MANAGE, (struct unit_ref){ area ? UNIT_AREA : UNIT_NONE, area });
}

static struct str row_json(struct arena *a, const struct org_row *row)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "name", row->name);
    jsonw_kv_str(&j, "kind", row->kind);
    jsonw_kv_str(&j, "code", row->code);
    jsonw_kv_id(&j, "parent_id", row->parent_id);
    jsonw_kv_id(&j, "area_id", row->area_id);
    jsonw_kv_bool(&j, "public", row->is_public);
    jsonw_kv_bool(&j, "contact", row->contact_enc.ptr != NULL);
    jsonw_close(&j);
    return buf_view(&b);
}

/* ---- changing ---- */

#define GIVEN(member) field_given(org_change_fields, &r->given, offsetof(struct org_body, member))

static void merge(struct req *r, const struct org_body *in, struct org_row *row)
{
    if (GIVEN(parent_id))
        row->parent_id = in->parent_id;
    if (GIVEN(kind))
        row->kind = in->kind;
    if (GIVEN(name))
        row->name = in->name;
    if (GIVEN(code))
        row->code = in->code;
    if (GIVEN(area_id))
        row->area_id = in->area_id;
    if (GIVEN(contact))
        row->contact_enc = crypto_seal(r->arena, r->app->keys.seal, CONTACT, in->contact);
    if (GIVEN(is_public))
        row->is_public = in->is_public;
    row->updated_at = r->now;
}

err org_create(struct req *r)
{
    struct org_row  row = { .id = id_new(), .kind = STR_NONE, .valid_from = r->now, .created_at = r->now };
    struct org_view v;
    merge(r, r->body, &row);
    TRY(allow_at(r, row.parent_id, row.area_id));
    TRY(check_row(r, &row));
    TRY(org_insert(r->db, r->arena, r->tenant, &row));
    TRY(audit_record(r, "org.create", "org", row.id, row_json(r->arena, &row)));
    unit_changed(r->db, r->app);
    TRY(read_view(r, row.id, &v));
    return reply_created(r, str_fmt(r->arena, "/api/v1/orgs/%lld", (long long)row.id), org_view_fields, &v, v.o.version);
}

/* The organisation of the path, open, with the right to change it. */
static err own_org(struct req *r, struct org_row *row)
{
    TRY(org_get(r->db, r->arena, r->tenant, r->path[0], row));
    TRY(req_allow(r, PERM_UNIT_MANAGE, (struct unit_ref){ UNIT_ORG, row->id }));
    return OK;
}

err org_alter(struct req *r)
{
    const struct org_body *in = r->body;
    struct org_row         before, row;
    TRY(own_org(r, &before));
    TRY(req_version_needed(r, before.version));
    if (before.valid_to)
        return FAIL(ERR_WRONG_STATE);
    if ((GIVEN(name) && !in->name.ptr) || (GIVEN(kind) && !in->kind.ptr))
        return FAIL_AT(ERR_REQUIRED, GIVEN(name) && !in->name.ptr ? "name" : "kind");
    row = before;
    merge(r, in, &row);
    if (row.parent_id != before.parent_id || row.area_id != before.area_id)
        TRY(allow_at(r, row.parent_id, row.area_id));
    TRY(check_row(r, &row));
    TRY(org_update(r->db, r->arena, r->tenant, &row));
    TRY(audit_record(r, "org.change", "org", row.id,
                     str_fmt(r->arena, "{\"before\":%.*s,\"after\":%.*s}", STR_ARG(row_json(r->arena, &before)),
                             STR_ARG(row_json(r->arena, &row)))));
    unit_changed(r->db, r->app);
    return answer(r, row.id);
}

DB_SQL(org_open_children, "SELECT COUNT(*) FROM org WHERE tenant_id = $1 AND parent_id = $2 AND (valid_to IS NULL OR valid_to > $3)")
DB_SQL(org_open_posts, "SELECT COUNT(*) FROM appointment WHERE tenant_id = $1 AND unit_kind = 2 AND unit_id = $2 "
                       "AND (valid_to IS NULL OR valid_to > $3)")
DB_SQL(org_close_row, "UPDATE org SET valid_to = $3, updated_at = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2")
DB_SQL(org_services_end, "UPDATE org_area SET valid_to = $3 WHERE tenant_id = $1 AND org_id = $2 AND valid_to IS NULL")

err org_close(struct req *r)
{
    struct org_row row;
    int64_t        children, held;
    TRY(own_org(r, &row));
    TRY(req_version(r, row.version));
    if (row.valid_to)
        return FAIL(ERR_WRONG_STATE);
    TRY(db_number(r->db, &org_open_children, DB_ARGS(I64(r->tenant), I64(row.id), I64(r->now)), &children));
    TRY(db_number(r->db, &org_open_posts, DB_ARGS(I64(r->tenant), I64(row.id), I64(r->now)), &held));
    if (children || held)
        return req_fail(r, ERR_STILL_IN_USE,
                        str_of(children ? req_text(r, "还有下级组织在用", "Organisations below it are in use")
                                        : req_text(r, "还有人在该组织任职", "Appointments at it hold")));
    TRY(db_exec(r->db, &org_close_row, DB_ARGS(I64(r->tenant), I64(row.id), TIME(r->now)), NULL));
    TRY(db_exec(r->db, &org_services_end, DB_ARGS(I64(r->tenant), I64(row.id), TIME(r->now)), NULL));
    TRY(audit_record(r, "org.close", "org", row.id, row_json(r->arena, &row)));
    unit_changed(r->db, r->app);
    return answer(r, row.id);
}

/* ---- serving areas ---- */

DB_SQL(org_service_end, "UPDATE org_area SET valid_to = $4 WHERE tenant_id = $1 AND org_id = $2 AND area_id = $3 AND valid_to IS NULL")
DB_SQL(org_touch, "UPDATE org SET updated_at = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2")

static bool among(const struct ids *ids, int64_t id)
{
    for (size_t i = 0; i < ids->len; i++)
        if (ids->at[i] == id)
            return true;
    return false;
}

static err end_others(struct req *r, int64_t org, const struct ids *kept)
{
    struct list now;
    TRY(db_all(r->db, r->arena, &org_services_of, DB_ARGS(I64(r->tenant), I64(org)), place_fields, sizeof(struct place_view), 0, &now));
    for (size_t i = 0; i < now.len; i++) {
        int64_t area = ((const struct place_view *)now.at)[i].id;
        if (!among(kept, area))
            TRY(db_exec(r->db, &org_service_end, DB_ARGS(I64(r->tenant), I64(org), I64(area), TIME(r->now)), NULL));
    }
    return OK;
}

static struct str ids_json(struct arena *a, const struct ids *ids)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_key(&j, "areas");
    jsonw_list(&j);
    for (size_t i = 0; i < ids->len; i++)
        jsonw_id(&j, ids->at[i]);
    jsonw_list_end(&j);
    jsonw_close(&j);
    return buf_view(&b);
}

err org_serve_areas(struct req *r)
{
    const struct org_areas *in = r->body;
    struct org_row          row;
    TRY(own_org(r, &row));
    TRY(req_version(r, row.version));
    if (row.valid_to)
        return FAIL(ERR_WRONG_STATE);
    for (size_t i = 0; i < in->areas.len; i++)
        TRY(check_area(r, in->areas.at[i], "areas"));
    TRY(end_others(r, row.id, &in->areas));
    for (size_t i = 0; i < in->areas.len; i++)
        TRY(unit_serve(r->db, r->tenant, row.id, in->areas.at[i], r->now));
    TRY(db_exec(r->db, &org_touch, DB_ARGS(I64(r->tenant), I64(row.id), TIME(r->now)), NULL));
    TRY(audit_record(r, "org.serve", "org", row.id, ids_json(r->arena, &in->areas)));
    unit_changed(r->db, r->app);
    return answer(r, row.id);
}

/* ---- contact ---- */

err org_contact(struct req *r)
{
    const struct contact_body *in = r->body;
    struct org_row             row;
    TRY(org_get(r->db, r->arena, r->tenant, r->path[0], &row));
    TRY(req_allow(r, PERM_UNIT_READ, (struct unit_ref){ UNIT_ORG, row.id }));
    struct contact_view v = { contact_of(r, &row) };
    struct buf          b = buf_new(r->arena, 0);
    struct jsonw        j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "why", in->why);
    jsonw_close(&j);
    TRY(audit_record(r, "org.contact", "org", row.id, buf_view(&b)));
    return reply_view(r, org_contact_fields, &v, 0);
}
