/* Routes of areas, organisations and posts. */
#include "unit_http.h"

#include "../../base/sheet_reader.h"

const struct field place_fields[] = {
    FIELD_ID(struct place_view, id, REQUIRED, "Id"),
    FIELD_STR(struct place_view, name, 0, 0, REQUIRED, "Name"),
    FIELD_STR(struct place_view, kind, 0, 0, REQUIRED, "Kind"),
    FIELD_END,
};

err on_snapshot(struct req *r, err (*work)(struct req *r, const struct unit_snapshot *s))
{
    const struct unit_snapshot *s = unit_hold(r->app);
    err                         e = s ? work(r, s) : FAIL(ERR_UNAVAILABLE);
    unit_release(s);
    return e;
}

struct list area_path(struct arena *a, const struct unit_snapshot *s, int64_t area)
{
    const struct unode *n = snapshot_node(s, (struct unit_ref){ UNIT_AREA, area });
    size_t              len = n ? (size_t)n->depth + 1 : 0;
    struct place_view  *path = ARENA_ARRAY(a, len + 1, struct place_view);
    for (size_t i = len; n && i-- > 0; n = n->parent >= 0 ? &s->nodes[n->parent] : NULL)
        path[i] = (struct place_view){ n->id, n->name, n->kind };
    return (struct list){ path, len };
}

bool node_matches(struct arena *a, const struct unode *n, struct str text)
{
    if (!text.len)
        return true;
    if (n->code.len >= text.len && memcmp(n->code.ptr, text.ptr, text.len) == 0)
        return true;
    struct str folded = unit_fold(a, text);
    return folded.len && n->fold.len && memmem(n->fold.ptr, n->fold.len, folded.ptr, folded.len);
}

#define MANAGE .perm = PERM_UNIT_MANAGE, .scope = SCOPE_ANY, .tag = "unit"
#define READ   .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "unit"
#define OPEN   .perm = PERM_PUBLIC, .tx = TX_NONE, .tag = "unit"
#define AREA   .reply_kind = REPLY_VIEW, .reply = area_view_fields
#define ORG    .reply_kind = REPLY_VIEW, .reply = org_view_fields

const struct route unit_routes[] = {
    { GET, "/api/v1/areas", area_list, READ, ROUTE_QUERY(struct area_query, area_query_fields), .reply_kind = REPLY_LIST,
      .reply = area_item_fields, .summary = "Areas: those of a parent, or found by name or code" },
    { GET, "/api/v1/areas/tree", area_tree, READ, ROUTE_QUERY(struct tree_query, tree_query_fields), .reply_kind = REPLY_LIST,
      .reply = area_item_fields,
      .summary = "The whole tree of areas in use, parents before their children" },
    { GET, "/api/v1/areas/choices", area_choices, READ, .reply_kind = REPLY_VIEW, .reply = area_choices_fields,
      .summary = "Kinds and classes of areas, in both languages" },
    { GET, "/api/v1/areas/next-code", area_code_next, READ, ROUTE_QUERY(struct code_query, code_query_fields), .reply_kind = REPLY_VIEW,
      .reply = code_view_fields, ROUTE_ERRORS(ERR_CODE_NONE, ERR_PARENT_KIND, ERR_UNKNOWN_REFERENCE),
      .summary = "The next free code for an area of a kind below another" },
    { POST, "/api/v1/areas/:id/codes", area_codes, MANAGE, .tx = TX_NONE, ROUTE_QUERY(struct level_query, level_query_fields),
      ROUTE_BODY(struct level_body, level_body_fields), .reply_kind = REPLY_VIEW, .reply = level_view_fields,
      ROUTE_ERRORS(ERR_CODE_NONE, ERR_PARENT_KIND, ERR_AREA_CLOSED, ERR_CONFLICT),
      .summary = "Number the areas of a kind below one, from west to east and north to south; with dry_run only say how" },
    { GET, "/api/v1/areas/at", area_at, OPEN, ROUTE_QUERY(struct at_query, at_query_fields), .reply_kind = REPLY_VIEW, .reply = at_view_fields,
      .summary = "The deepest area at a point, the way down to it, and neighbours whose border is near" },
    { GET, "/api/v1/areas.geojson", area_outline, OPEN, ROUTE_QUERY(struct outline_query, outline_query_fields), .reply_kind = REPLY_BYTES,
      .reply_type = "application/geo+json", .summary = "Outlines of areas" },
    { POST, "/api/v1/areas/import", area_import, .perm = PERM_UNIT_MANAGE, .scope = SCOPE_TENANT, .tx = TX_NONE, .tag = "unit",
      ROUTE_QUERY(struct import_query, import_query_fields), .body_kind = BODY_RAW, .body_max = (size_t)64 << 20, .flags = ROUTE_SLOW,
      .reply_kind = REPLY_BYTES, .reply_type = "application/json", ROUTE_ERRORS(ERR_GEOJSON, ERR_CRS_UNKNOWN, ERR_CONFLICT),
      .summary = "Import areas from GeoJSON; answers the report, with dry_run without changing anything" },
    { GET, "/api/v1/areas/divisions", division_list, MANAGE, .reply_kind = REPLY_LIST, .reply = division_fields,
      .summary = "Districts and counties of the national list of divisions, to choose from for /areas/sheet" },
    { POST, "/api/v1/areas/sheet", area_sheet, .perm = PERM_UNIT_MANAGE, .scope = SCOPE_ANY, .tx = TX_NONE, .tag = "unit", .body_kind = BODY_UPLOAD,
      .body_max = SHEET_FILE_MOST, ROUTE_QUERY(struct structure_query, structure_query_fields), .flags = ROUTE_SLOW, .reply_kind = REPLY_VIEW,
      .reply = structure_view_fields,
      ROUTE_ERRORS(ERR_CSV, ERR_NOT_UTF8, ERR_TOO_LARGE, ERR_CRS_UNKNOWN, ERR_UNKNOWN_REFERENCE, ERR_CONFLICT),
      .summary = "Areas and organisations from a sheet (CSV or XLSX), or a district out of a list of divisions: all of it or, when a row is not right, nothing" },
    { POST, "/api/v1/areas/shape-check", area_shape_try, READ, ROUTE_BODY(struct shape_body, shape_body_fields), .body_max = 4 << 20,
      .reply_kind = REPLY_VIEW, .reply = shape_check_fields, ROUTE_ERRORS(ERR_SHAPE, ERR_CRS_UNKNOWN),
      .summary = "Is this a usable shape? Where not, a repaired one is offered" },
    { GET, "/api/v1/areas/:id", area_one, READ, AREA, .summary = "One area" },
    { POST, "/api/v1/areas", area_create, MANAGE, .tx = TX_NONE, ROUTE_BODY(struct area_body, area_create_fields), .body_max = 4 << 20,
      .reply_kind = REPLY_CREATED, .reply = area_view_fields,
      ROUTE_ERRORS(ERR_PARENT_KIND, ERR_CODE_TAKEN, ERR_CODE_FORM, ERR_CODE_PARENT, ERR_SHAPE, ERR_CRS_UNKNOWN, ERR_UNKNOWN_REFERENCE), .summary = "Add an area" },
    { PATCH, "/api/v1/areas/:id", area_change, MANAGE, .tx = TX_WRITE, ROUTE_BODY(struct area_body, area_change_fields), AREA,
      ROUTE_ERRORS(ERR_CYCLE, ERR_PARENT_KIND, ERR_CODE_TAKEN, ERR_CODE_FORM, ERR_CODE_PARENT, ERR_UNKNOWN_REFERENCE),
      .summary = "Rename, move or reclass an area (If-Match)" },
    { POST, "/api/v1/areas/:id/close", area_close, MANAGE, .tx = TX_WRITE, AREA, ROUTE_ERRORS(ERR_STILL_IN_USE, ERR_AREA_CLOSED),
      .summary = "End the use of an area; its history stays" },
    { PUT, "/api/v1/areas/:id/shape", area_shape_set, MANAGE, .tx = TX_NONE, ROUTE_BODY(struct shape_body, shape_body_fields), .body_max = 4 << 20,
      AREA, ROUTE_ERRORS(ERR_SHAPE, ERR_CRS_UNKNOWN, ERR_AREA_CLOSED), .summary = "Draw an area anew: a new version, the old one is kept (If-Match)" },
    { GET, "/api/v1/areas/:id/shape", area_shape_get, READ, ROUTE_QUERY(struct shape_query, shape_query_fields), .reply_kind = REPLY_BYTES,
      .reply_type = "application/geo+json", .summary = "An area's polygon in force, or a version of it" },
    { GET, "/api/v1/areas/:id/shapes", area_shape_versions, READ, .reply_kind = REPLY_LIST, .reply = shape_row_fields,
      .summary = "Versions of an area's polygon" },
    { GET, "/api/v1/orgs", org_list, READ, ROUTE_QUERY(struct org_query, org_query_fields), .reply_kind = REPLY_LIST, .reply = org_item_fields,
      .summary = "Organisations: those of a parent, of a kind, found by name or code, or serving an area" },
    { GET, "/api/v1/orgs/tree", org_tree, READ, ROUTE_QUERY(struct tree_query, tree_query_fields), .reply_kind = REPLY_LIST, .reply = org_item_fields,
      .summary = "All organisations in use, parents before their children" },
    { GET, "/api/v1/orgs/kinds", org_kind_list, READ, .reply_kind = REPLY_LIST, .reply = org_kind_fields,
      .summary = "Kinds of organisations: what each may lie under, and its fields" },
    { GET, "/api/v1/orgs/chains", org_chain_list, READ, .reply_kind = REPLY_LIST, .reply = org_chain_fields,
      .summary = "Templates that make a community's organisations in one step" },
    { POST, "/api/v1/areas/:id/chain", org_chain, MANAGE, .tx = TX_WRITE, ROUTE_BODY(struct chain_body, org_chain_body_fields), .flags = ROUTE_IDEMPOTENT,
      .reply_kind = REPLY_VIEW, .reply = org_chain_view_fields,
      ROUTE_ERRORS(ERR_NOT_A_CHOICE, ERR_CHAIN_AREA, ERR_PARENT_KIND, ERR_UNKNOWN_REFERENCE, ERR_ORG_CLOSED, ERR_AREA_CLOSED, ERR_TOO_LARGE),
      .summary = "Make what is missing of a template's organisations in an area; with dry_run only tell" },
    { GET, "/api/v1/orgs.csv", org_sheet, READ, ROUTE_QUERY(struct org_query, org_query_fields), .reply_kind = REPLY_BYTES,
      .reply_type = "text/csv; charset=utf-8", .flags = ROUTE_NO_STORE, .summary = "Organisations as a sheet, with the fields of their kinds" },
    { GET, "/api/v1/orgs/:id", org_one, READ, ORG, .summary = "One organisation" },
    { POST, "/api/v1/orgs", org_create, MANAGE, .tx = TX_WRITE, ROUTE_BODY(struct org_body, org_create_fields), .flags = ROUTE_IDEMPOTENT,
      .reply_kind = REPLY_CREATED, .reply = org_view_fields, ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE, ERR_PARENT_KIND),
      .summary = "Add an organisation" },
    { PATCH, "/api/v1/orgs/:id", org_alter, MANAGE, .tx = TX_WRITE, ROUTE_BODY(struct org_body, org_change_fields), ORG,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_PARENT_KIND), .summary = "Change an organisation (If-Match)" },
    { PUT, "/api/v1/orgs/:id/areas", org_serve_areas, MANAGE, .tx = TX_WRITE, ROUTE_BODY(struct org_areas, org_areas_fields), ORG,
      ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE), .summary = "State which areas an organisation serves" },
    { POST, "/api/v1/orgs/:id/services", org_serve_one, MANAGE, .tx = TX_WRITE, ROUTE_BODY(struct serve_body, org_serve_fields), .flags = ROUTE_IDEMPOTENT,
      ORG, ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE, ERR_AREA_CLOSED, ERR_PERIOD, ERR_SERVES_ALREADY, ERR_WRONG_STATE),
      .summary = "An organisation serves an area, from–to" },
    { POST, "/api/v1/orgs/:id/services/end", org_serve_end, MANAGE, .tx = TX_WRITE, ROUTE_BODY(struct serve_body, org_serve_end_fields), ORG,
      ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE, ERR_WRONG_STATE), .summary = "It serves it no longer; that it did stays" },
    { GET, "/api/v1/areas/:id/services", area_services, READ, .reply_kind = REPLY_LIST, .reply = org_service_fields,
      .summary = "Who serves an area, served it or will; newest first" },
    { POST, "/api/v1/orgs/:id/contacts", org_person_add, MANAGE, .tx = TX_WRITE, ROUTE_BODY(struct person_body, org_person_body_fields),
      .flags = ROUTE_IDEMPOTENT, ORG, ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "Whom to ask for at an organisation" },
    { PATCH, "/api/v1/orgs/:id/contacts/:contact", org_person_change, MANAGE, .tx = TX_WRITE, ROUTE_BODY(struct person_body, org_person_change_fields),
      ORG, ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "Change whom to ask for" },
    { DELETE, "/api/v1/orgs/:id/contacts/:contact", org_person_remove, MANAGE, .tx = TX_WRITE, ORG, ROUTE_ERRORS(ERR_WRONG_STATE),
      .summary = "Remove whom to ask for, telephone and all" },
    { POST, "/api/v1/orgs/:id/contacts/:contact/phone", org_person_phone, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "unit",
      ROUTE_BODY(struct contact_body, org_contact_body_fields), .flags = ROUTE_NO_STORE, .reply_kind = REPLY_VIEW, .reply = org_contact_fields,
      .summary = "A contact's telephone in full (audited)" },
    { POST, "/api/v1/orgs/:id/contact", org_contact, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "unit",
      ROUTE_BODY(struct contact_body, org_contact_body_fields), .flags = ROUTE_NO_STORE, .reply_kind = REPLY_VIEW, .reply = org_contact_fields,
      .summary = "An organisation's contact in full (audited)" },
    { GET, "/api/v1/posts", post_list, .perm = PERM_PERSON_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "unit", .reply_kind = REPLY_LIST,
      .reply = post_fields, .summary = "Kinds of posts" },
    { POST, "/api/v1/posts", post_create, .perm = PERM_PERSON_MANAGE, .scope = SCOPE_TENANT, .tx = TX_WRITE, .tag = "unit",
      ROUTE_BODY(struct post_view, post_create_fields), .reply_kind = REPLY_CREATED, .reply = post_fields, ROUTE_ERRORS(ERR_TAKEN),
      .summary = "Add a kind of post" },
    { PATCH, "/api/v1/posts/:id", post_change, .perm = PERM_PERSON_MANAGE, .scope = SCOPE_TENANT, .tx = TX_WRITE, .tag = "unit",
      ROUTE_BODY(struct post_view, post_change_fields), .reply_kind = REPLY_VIEW, .reply = post_fields,
      .summary = "Change a kind of post, or close it: nobody is appointed to it any more (If-Match)" },
    ROUTE_END
};
