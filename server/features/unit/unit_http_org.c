/* Organisations over HTTP. */
#include "unit_http.h"
#include "unit_org.h"

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../../base/contact.h"
#include "../audit/audit.h"
#include "../setting/setting.h"

#define CONTACT   "org.contact"   /* what sealed contact data is bound to */

/* ---- views ---- */

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

static const struct field org_value_fields[] = {
    FIELD_STR(struct org_value, code, 1, 40, REQUIRED, "Code of the field"),
    FIELD_STR(struct org_value, value, 0, 2000, MULTILINE, "Value: 12.5, 2026-03-01, yes or no, the code of a choice, text; empty: none"),
    FIELD_END
};

const struct field org_view_fields[] = {
    ORG_ITEM_FIELDS(offsetof(struct org_view, o)),
    FIELD_LIST(struct org_view, path, place_fields, struct place_view, 0, 0, REQUIRED, "Organisations above it, topmost first, and itself"),
    FIELD_STR(struct org_view, contact_masked, 0, 0, 0, "Telephone, masked"),
    FIELD_LIST(struct org_view, contacts, org_person_fields, struct person_view, 0, 0, REQUIRED, "Whom to ask for there"),
    FIELD_LIST(struct org_view, services, org_service_fields, struct service_view, 0, 0, REQUIRED, "Areas it serves, served or will serve; newest first"),
    FIELD_LIST(struct org_view, values, org_value_fields, struct org_value, 0, 0, REQUIRED,
               "What it holds in the fields of its kind (GET /orgs/kinds), and in earlier ones: a value stays when its field goes"),
    FIELD_LIST(struct org_view, same_code, place_fields, struct place_view, 0, 0, REQUIRED, "Others in use with the same credit code"),
    FIELD_OBJECT(struct org_view, merged_into, place_fields, struct place_view, 0, "What it became part of"),
    FIELD_BOOL(struct org_view, may_manage, REQUIRED, "The caller may change it"),
    FIELD_END,
};

#define ORG_BODY_FIELDS(needed)                                                                                                   \
    FIELD_STR(struct org_body, kind, 1, 40, (needed), "Kind; see GET /orgs/kinds"),                                               \
    FIELD_STR(struct org_body, name, 1, 200, (needed), "Name"),                                                                   \
    FIELD_STR(struct org_body, code, 1, 32, 0, "Unified social credit code; one that does not check is kept, and marked"),        \
    FIELD_STR(struct org_body, contact, 1, 100, SECRET, "Telephone; stored encrypted"),                                           \
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct org_body, is_public), .doc = "Shown in the public directory" }, \
    FIELD_LIST(struct org_body, values, org_value_fields, struct org_value, 0, 60, 0, "Fields of its kind: those given change")

const struct field org_create_fields[] = {
    ORG_BODY_FIELDS(REQUIRED),
    FIELD_ID(struct org_body, parent_id, 0, "Organisation above"),
    FIELD_ID(struct org_body, area_id, 0, "Area it belongs to, such as the street of a street office"),
    FIELD_END
};
/* Where it stands is changed by moving it. */
const struct field org_change_fields[] = { ORG_BODY_FIELDS(0), FIELD_END };

const struct field org_contact_fields[] = { FIELD_STR(struct contact_view, contact, 0, 0, 0, "Telephone in full"), FIELD_END };

const struct field org_contact_body_fields[] = {
    FIELD_STR(struct contact_body, why, 1, 200, 0, "What it is needed for; stands in the audit record"),
    FIELD_END,
};

/* ---- one ---- */

DB_SQL(org_same_code, "SELECT id, name, kind FROM org WHERE tenant_id = $1 AND code = $2 AND id <> $3 AND valid_to IS NULL ORDER BY name, id")
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
                              .area_name = area.name, .code_ok = org_credit_word(row.code), .is_public = row.is_public,
                              .valid_from = row.valid_from, .valid_to = row.valid_to, .version = row.version };
    TRY(db_number(r->db, &org_child_count, DB_ARGS(I64(r->tenant), I64(id)), &v->o.child_count));
    TRY(org_services_now(r, id, &v->o.serves));
    TRY(org_services_all(r, id, &v->services));
    TRY(org_values(r->db, r->arena, r->tenant, id, &v->values));
    TRY(org_people_view(r, id, &v->contacts));
    TRY(db_all(r->db, r->arena, &org_same_code, DB_ARGS(I64(r->tenant), TEXT(row.code), I64(id)), place_fields, sizeof(struct place_view), 50, &v->same_code));
    TRY(read_path(r, id, &v->path));
    v->may_manage = !row.valid_to && req_may(r, PERM_UNIT_MANAGE, (struct unit_ref){ UNIT_ORG, id });
    if (row.merged_into) {
        struct org_row heir;
        TRY(org_get(r->db, r->arena, r->tenant, row.merged_into, &heir));
        v->merged_into = ARENA_NEW(r->arena, struct place_view);
        *v->merged_into = (struct place_view){ heir.id, heir.name, heir.kind };
    }
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

err org_answer(struct req *r, int64_t id)
{
    struct org_view v;
    TRY(read_view(r, id, &v));
    return reply_view(r, org_view_fields, &v, v.o.version);
}

/* ---- rules of a change ---- */

static err check_parent(struct req *r, const struct org_row *row, struct org_row *parent)
{
    if (!row->parent_id)
        return OK;
    TRY(org_no_cycle(r->db, r->tenant, row->id, row->parent_id));
    TRY(org_get(r->db, r->arena, r->tenant, row->parent_id, parent));
    return parent->valid_to ? FAIL_AT(ERR_WRONG_STATE, "parent_id") : OK;
}

err org_check_area(struct req *r, int64_t id, const char *field)
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

/* anew: its kind is another than before; what has long been there may stay. */
static err check_row(struct req *r, const struct org_row *row, bool anew, const struct list *sent, struct list *values)
{
    struct list            kinds = org_kinds_read(r->arena, setting_text(r->app, r->arena, "unit.org_kinds", r->now)), held;
    const struct org_kind *k = org_kind_find(&kinds, row->kind);
    struct org_row         parent = { .kind = STR_NONE };
    *values = (struct list){ 0 };
    if (!k && (anew || sent->len))
        return FAIL_AT(ERR_NOT_A_CHOICE, "kind");
    TRY(check_parent(r, row, &parent));
    TRY(org_check_area(r, row->area_id, "area_id"));
    if (anew && !org_kind_fits(k, parent.kind))
        return FAIL_AT(ERR_PARENT_KIND, "parent_id");
    TRY(org_values(r->db, r->arena, r->tenant, row->id, &held));
    if (k)
        org_values_take(r, k, &held, sent, anew || sent->len, values);
    return req_faults(r);
}

static err put_values(struct req *r, int64_t org, const struct list *values)
{
    const struct org_value *v = values->at;
    for (size_t i = 0; i < values->len; i++)
        TRY(org_value_put(r->db, r->tenant, org, v[i].code, v[i].value, r->now, r->caller.account));
    return OK;
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
    if (GIVEN(kind))
        row->kind = in->kind;
    if (GIVEN(name))
        row->name = in->name;
    if (GIVEN(code))
        row->code = credit_tidy(r->arena, in->code);
    if (GIVEN(contact))
        row->contact_enc = crypto_seal(r->arena, r->app->keys.seal, CONTACT, in->contact);
    if (GIVEN(is_public))
        row->is_public = in->is_public;
    row->updated_at = r->now;
}

err org_create(struct req *r)
{
    const struct org_body *in = r->body;
    struct list            values;
    struct org_row         row = { .id = id_new(), .parent_id = in->parent_id, .area_id = in->area_id, .is_public = in->is_public, .kind = in->kind,
                                   .name = in->name, .valid_from = r->now, .created_at = r->now, .updated_at = r->now };
    struct org_view        v;
    row.code = credit_tidy(r->arena, in->code);
    row.contact_enc = crypto_seal(r->arena, r->app->keys.seal, CONTACT, in->contact);
    TRY(allow_at(r, row.parent_id, row.area_id));
    TRY(check_row(r, &row, true, &in->values, &values));
    TRY(org_insert(r->db, r->arena, r->tenant, &row));
    TRY(put_values(r, row.id, &values));
    TRY(audit_record(r, "org.create", "org", row.id, row_json(r->arena, &row)));
    unit_changed(r->db, r->app);
    TRY(read_view(r, row.id, &v));
    return reply_created(r, str_fmt(r->arena, "/api/v1/orgs/%lld", (long long)row.id), org_view_fields, &v, v.o.version);
}

/* The organisation of the path, open, with the right to change it. */
err org_own(struct req *r, struct org_row *row)
{
    TRY(org_get(r->db, r->arena, r->tenant, r->path[0], row));
    TRY(req_allow(r, PERM_UNIT_MANAGE, (struct unit_ref){ UNIT_ORG, row->id }));
    return OK;
}

err org_alter(struct req *r)
{
    const struct org_body *in = r->body;
    struct org_row         before, row;
    struct list            values;
    TRY(org_own(r, &before));
    TRY(req_version_needed(r, before.version));
    if (before.valid_to)
        return FAIL(ERR_WRONG_STATE);
    if ((GIVEN(name) && !in->name.ptr) || (GIVEN(kind) && !in->kind.ptr))
        return FAIL_AT(ERR_REQUIRED, GIVEN(name) && !in->name.ptr ? "name" : "kind");
    row = before;
    merge(r, in, &row);
    TRY(check_row(r, &row, !str_eq(row.kind, before.kind), &in->values, &values));
    TRY(org_update(r->db, r->arena, r->tenant, &row));
    TRY(put_values(r, row.id, &values));
    TRY(audit_record(r, "org.change", "org", row.id,
                     str_fmt(r->arena, "{\"before\":%.*s,\"after\":%.*s}", STR_ARG(row_json(r->arena, &before)),
                             STR_ARG(row_json(r->arena, &row)))));
    unit_changed(r->db, r->app);
    return org_answer(r, row.id);
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
