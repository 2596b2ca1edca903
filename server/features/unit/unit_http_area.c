/* Areas over HTTP. Reads come from the snapshot; rules of a change are checked on the rows, inside its write. */
#include "unit_http.h"

#include <math.h>

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../setting/setting.h"
#include "unit_geo.h"

#define PAGE         200
#define PAGE_MOST    1000
#define SPILL_M2     10.0   /* less than this outside a parent or over a neighbour is rounding */

/* ---- views ---- */

const struct field area_query_fields[] = {
    FIELD_ID(struct area_query, parent, 0, "Only what lies directly under this area"),
    FIELD_STR(struct area_query, text, 1, 100, 0, "Part of the name, or beginning of the code"),
    FIELD_STR(struct area_query, kind, 1, 40, 0, "Only of this kind"),
    { .name = "class", .kind = KIND_STR, .offset = offsetof(struct area_query, class_), .min = 1, .max = 40, .doc = "Only of this class" },
    FIELD_BOOL(struct area_query, closed, 0, "Those no longer in use as well"),
    FIELD_STR(struct area_query, after, 1, 200, 0, "Cursor of the page before"),
    FIELD_I64(struct area_query, limit, 1, PAGE_MOST, 0, "At most so many; 200 when not given"),
    FIELD_END,
};

const struct field tree_query_fields[] = {
    FIELD_I64(struct tree_query, levels, 1, 32, 0, "Only so many levels from the top; child_count says what lies below"),
    FIELD_END,
};

#define AREA_ITEM_FIELDS(type, base)                                                                                                    \
    { .name = "id", .kind = KIND_ID, .offset = (base) + offsetof(type, id), .flags = REQUIRED, .doc = "Id" },                            \
    { .name = "parent_id", .kind = KIND_ID, .offset = (base) + offsetof(type, parent_id), .doc = "Area above; null: the root" },         \
    { .name = "kind", .kind = KIND_STR, .offset = (base) + offsetof(type, kind), .flags = REQUIRED, .doc = "Kind; see setting unit.area_kinds" }, \
    { .name = "code", .kind = KIND_STR, .offset = (base) + offsetof(type, code), .doc = "Statistical or grid code" },                    \
    { .name = "name", .kind = KIND_STR, .offset = (base) + offsetof(type, name), .flags = REQUIRED, .doc = "Name" },                     \
    { .name = "class", .kind = KIND_STR, .offset = (base) + offsetof(type, class_), .doc = "Class; see setting unit.area_classes" },     \
    { .name = "depth", .kind = KIND_I64, .offset = (base) + offsetof(type, depth), .flags = REQUIRED, .doc = "0: the root" },            \
    { .name = "child_count", .kind = KIND_I64, .offset = (base) + offsetof(type, child_count), .flags = REQUIRED, .doc = "Areas directly below" }, \
    { .name = "has_shape", .kind = KIND_BOOL, .offset = (base) + offsetof(type, has_shape), .flags = REQUIRED, .doc = "Has a polygon" }, \
    { .name = "valid_from", .kind = KIND_TIME, .offset = (base) + offsetof(type, valid_from), .flags = REQUIRED, .doc = "In use since" }, \
    { .name = "valid_to", .kind = KIND_TIME, .offset = (base) + offsetof(type, valid_to), .doc = "In use until; null: still" },          \
    { .name = "version", .kind = KIND_I64, .offset = (base) + offsetof(type, version), .flags = REQUIRED, .doc = "Grows with each change" }

const struct field area_item_fields[] = { AREA_ITEM_FIELDS(struct area_item, 0), FIELD_END };

static const struct field warning_fields[] = {
    FIELD_STR(struct area_warning, code, 0, 0, REQUIRED, "outside_parent or overlap"),
    FIELD_ID(struct area_warning, area_id, REQUIRED, "The other area"),
    FIELD_STR(struct area_warning, name, 0, 0, REQUIRED, "Its name"),
    FIELD_I64(struct area_warning, m2, 0, 0, REQUIRED, "Square metres"),
    FIELD_END,
};

const struct field area_view_fields[] = {
    AREA_ITEM_FIELDS(struct area_item, offsetof(struct area_view, a)),
    FIELD_REAL(struct area_view, m2, 0, "Square metres, 0 without a polygon"),
    FIELD_GEO(struct area_view, at, 0, "A point inside"),
    FIELD_LIST(struct area_view, path, place_fields, struct place_view, 0, 0, 0, "Root first"),
    FIELD_LIST(struct area_view, served_by, place_fields, struct place_view, 0, 0, 0, "Organisations that serve it"),
    FIELD_LIST(struct area_view, warnings, warning_fields, struct area_warning, 0, 0, 0, "After a change of shape: what does not fit"),
    FIELD_END,
};

#define AREA_BODY_FIELDS(needed)                                                                                                     \
    FIELD_ID(struct area_body, parent_id, 0, "Area above; only a root has none"),                                                    \
    FIELD_STR(struct area_body, kind, 1, 40, (needed), "Kind; see setting unit.area_kinds"),                                         \
    FIELD_STR(struct area_body, code, 1, 32, 0, "Statistical or grid code"),                                                         \
    FIELD_STR(struct area_body, name, 1, 200, (needed), "Name"),                                                                     \
    { .name = "class", .kind = KIND_STR, .offset = offsetof(struct area_body, class_), .min = 1, .max = 40,                          \
      .doc = "Class; see setting unit.area_classes" }

const struct field area_create_fields[] = {
    AREA_BODY_FIELDS(REQUIRED),
    FIELD_JSON(struct area_body, geometry, 0, "GeoJSON Polygon or MultiPolygon"),
    FIELD_STR(struct area_body, crs, 1, 20, 0, "wgs84 (default), cgcs2000, gcj02 or bd09"),
    FIELD_BOOL(struct area_body, repair, 0, "Store the repaired shape when it is not valid"),
    FIELD_END,
};

const struct field area_change_fields[] = { AREA_BODY_FIELDS(0), FIELD_END };

const struct field shape_body_fields[] = {
    FIELD_JSON(struct shape_body, geometry, REQUIRED, "GeoJSON Polygon or MultiPolygon"),
    FIELD_STR(struct shape_body, crs, 1, 20, 0, "wgs84 (default), cgcs2000, gcj02 or bd09"),
    FIELD_BOOL(struct shape_body, repair, 0, "Store the repaired shape when it is not valid"),
    FIELD_END,
};

const struct field shape_check_fields[] = {
    FIELD_BOOL(struct shape_check, valid, REQUIRED, "Can be stored as it is"),
    FIELD_STR(struct shape_check, reason, 0, 0, 0, "Why not"),
    FIELD_GEO(struct shape_check, at, 0, "Where not"),
    FIELD_JSON(struct shape_check, geometry, REQUIRED, "The shape in WGS 84, repaired when it had to be"),
    FIELD_REAL(struct shape_check, m2, REQUIRED, "Square metres of it"),
    FIELD_END,
};

const struct field shape_row_fields[] = {
    FIELD_ID(struct shape_row, id, REQUIRED, "Version"),
    FIELD_STR(struct shape_row, source_crs, 0, 0, REQUIRED, "Coordinate system in which it was given"),
    FIELD_BOOL(struct shape_row, repaired, REQUIRED, "It was made valid when stored"),
    FIELD_TIME(struct shape_row, valid_from, REQUIRED, "In force since"),
    FIELD_TIME(struct shape_row, valid_to, 0, "In force until"),
    FIELD_END,
};

const struct field shape_query_fields[] = { FIELD_ID(struct shape_query, version, 0, "A version; else the one in force"), FIELD_END };

static struct area_item item_of(const struct unode *n)
{
    return (struct area_item){ .id = n->id, .parent_id = n->parent_id, .kind = n->kind, .code = n->code, .name = n->name, .class_ = n->class_,
                               .depth = n->depth, .child_count = n->children, .has_shape = n->shape_id != 0, .valid_from = n->valid_from,
                               .valid_to = n->valid_to, .version = n->version };
}

/* ---- reading ---- */

static bool wanted(struct req *r, const struct unode *n, const struct area_query *q)
{
    return (q->closed || !n->valid_to || n->valid_to > r->now) && (!q->parent || n->parent_id == q->parent) &&
           (!q->kind.ptr || str_eq(n->kind, q->kind)) && (!q->class_.ptr || str_eq(n->class_, q->class_)) && node_matches(r->arena, n, q->text);
}

/* The node after the one a cursor names; -1: not a cursor of ours, or that area is gone. */
static int32_t start_after(struct req *r, const struct unit_snapshot *s, struct str cursor)
{
    int64_t id, none;
    if (!cursor.ptr)
        return 0;
    if (!req_cursor_read(r, cursor, &id, &none))
        return -1;
    const struct unode *n = snapshot_node(s, (struct unit_ref){ UNIT_AREA, id });
    return n ? (int32_t)(n - s->nodes) + 1 : -1;
}

static err list_work(struct req *r, const struct unit_snapshot *s)
{
    const struct area_query *q = r->query;
    size_t                   most = q->limit ? (size_t)q->limit : PAGE, n = 0;
    struct area_item        *items = ARENA_ARRAY(r->arena, most, struct area_item);
    int32_t                  i = start_after(r, s, q->after);
    if (i < 0)
        return FAIL_AT(ERR_INVALID, "after");
    for (; i < s->areas && n < most; i++)
        if (wanted(r, &s->nodes[i], q))
            items[n++] = item_of(&s->nodes[i]);
    while (i < s->areas && !wanted(r, &s->nodes[i], q))
        i++;
    return reply_list(r, area_item_fields, sizeof *items, (struct list){ items, n },
                      i < s->areas ? req_cursor(r, items[n - 1].id, 0) : STR_NONE);
}

err area_list(struct req *r)
{
    return on_snapshot(r, list_work);
}

static err tree_work(struct req *r, const struct unit_snapshot *s)
{
    const struct tree_query *q = r->query;
    struct area_item        *items = ARENA_ARRAY(r->arena, (size_t)s->areas + 1, struct area_item);
    size_t                   n = 0;
    for (int32_t i = 0; i < s->areas; i++)
        if ((!s->nodes[i].valid_to || s->nodes[i].valid_to > r->now) && (!q->levels || s->nodes[i].depth < q->levels))
            items[n++] = item_of(&s->nodes[i]);
    return reply_list(r, area_item_fields, sizeof *items, (struct list){ items, n }, STR_NONE);
}

err area_tree(struct req *r)
{
    return on_snapshot(r, tree_work);
}

DB_SQL(area_item_by_id,
       "SELECT a.id, a.parent_id, (SELECT COUNT(*) FROM area k WHERE k.tenant_id = $1 AND k.parent_id = a.id), a.version, a.kind, a.code, a.name, "
       "a.class, a.shape_id, a.valid_from, a.valid_to FROM area a WHERE a.tenant_id = $1 AND a.id = $2")
DB_SQL(area_served_by, "SELECT o.id, o.name, o.kind FROM org_area x JOIN org o ON o.tenant_id = x.tenant_id AND o.id = x.org_id "
                       "WHERE x.tenant_id = $1 AND x.area_id = $2 AND x.valid_from <= $3 AND (x.valid_to IS NULL OR x.valid_to > $3) ORDER BY o.name, o.id")
DB_SQL(area_wkb, "SELECT wkb FROM area_shape WHERE tenant_id = $1 AND area_id = $2 AND id = $3")
DB_SQL(area_shapes, "SELECT id, source_crs, repaired, valid_from, valid_to FROM area_shape WHERE tenant_id = $1 AND area_id = $2 ORDER BY id DESC")

static err read_item(struct req *r, int64_t id, struct area_item *out, int64_t *shape)
{
    struct db_rows rows;
    TRY(db_query(r->db, &area_item_by_id, DB_ARGS(I64(r->tenant), I64(id)), &rows));
    bool found = db_next(&rows);
    if (found) {
        *out = (struct area_item){ .id = id, .parent_id = db_i64(&rows, 1), .child_count = db_i64(&rows, 2), .version = db_i64(&rows, 3),
                                   .kind = str_copy(r->arena, db_text(&rows, 4)), .code = str_copy(r->arena, db_text(&rows, 5)),
                                   .name = str_copy(r->arena, db_text(&rows, 6)), .class_ = str_copy(r->arena, db_text(&rows, 7)),
                                   .valid_from = db_i64(&rows, 9), .valid_to = db_i64(&rows, 10) };
        *shape = db_i64(&rows, 8);
        out->has_shape = *shape != 0;
    }
    TRY(db_done(&rows));
    return found ? OK : FAIL(ERR_NOT_FOUND);
}

/* From the rows, so that a change answers what it wrote. */
static err read_path(struct req *r, int64_t id, struct list *out)
{
    struct place_view *path = ARENA_ARRAY(r->arena, 33, struct place_view);
    size_t             n = 0;
    struct area_row    row = { .parent_id = id };
    while (row.parent_id && n < 32) {
        TRY(area_get(r->db, r->arena, r->tenant, row.parent_id, &row));
        memmove(path + 1, path, n++ * sizeof *path);
        path[0] = (struct place_view){ row.id, row.name, row.kind };
    }
    *out = (struct list){ path, n };
    return OK;
}

static err read_wkb(struct req *r, int64_t area, int64_t shape, struct str *wkb)
{
    struct db_rows rows;
    TRY(db_query(r->db, &area_wkb, DB_ARGS(I64(r->tenant), I64(area), I64(shape)), &rows));
    if (db_next(&rows))
        *wkb = str_copy(r->arena, db_blob(&rows, 0));
    return db_done(&rows);
}

static err read_view(struct req *r, int64_t id, struct area_view *v)
{
    struct str    wkb = STR_NONE;
    struct shape *shape;
    int64_t       shape_row;
    *v = (struct area_view){ 0 };
    TRY(read_item(r, id, &v->a, &shape_row));
    TRY(read_path(r, id, &v->path));
    v->a.depth = (int64_t)v->path.len - 1;
    TRY(db_all(r->db, r->arena, &area_served_by, DB_ARGS(I64(r->tenant), I64(id), I64(r->now)), place_fields, sizeof(struct place_view), 1000, &v->served_by));
    if (shape_row)
        TRY(read_wkb(r, id, shape_row, &wkb));
    if (wkb.ptr && !failed(shape_make(shape_row, wkb, &shape))) {
        v->m2 = shape_m2(shape);
        v->at.set = true;
        shape_inner(shape, &v->at.lon, &v->at.lat);
        shape_drop(shape);
    }
    return OK;
}

err area_one(struct req *r)
{
    struct area_view v;
    TRY(read_view(r, r->path[0], &v));
    return reply_view(r, area_view_fields, &v, v.a.version);
}

err area_shape_get(struct req *r)
{
    const struct shape_query *q = r->query;
    struct area_row           row;
    struct str                wkb = STR_NONE;
    TRY(area_get(r->db, r->arena, r->tenant, r->path[0], &row));
    int64_t version = q->version ? q->version : row.shape_id;
    if (version)
        TRY(read_wkb(r, row.id, version, &wkb));
    struct str text = geo_text(r->arena, wkb);
    return text.ptr ? reply_bytes(r, "application/geo+json", text, STR_NONE) : FAIL(ERR_NOT_FOUND);
}

err area_shape_versions(struct req *r)
{
    struct area_row row;
    struct list     list;
    TRY(area_get(r->db, r->arena, r->tenant, r->path[0], &row));
    TRY(db_all(r->db, r->arena, &area_shapes, DB_ARGS(I64(r->tenant), I64(row.id)), shape_row_fields, sizeof(struct shape_row), 1000, &list));
    return reply_list(r, shape_row_fields, sizeof(struct shape_row), list, STR_NONE);
}

/* ---- shapes on their way in ---- */

/* A shape read and found storable, before the write begins. */
struct shape_in { struct geo_stored stored; const char *crs; struct list warnings; };

static err shape_problem(struct req *r, struct geos *g)
{
    req_fault(r, "geometry", ERR_SHAPE);
    return req_fail(r, ERR_SHAPE, str_of(g->problem));
}

static err read_shape(struct req *r, struct str geometry, struct str crs_text, bool repair, struct shape_in *out)
{
    enum crs    crs = crs_find(crs_text);
    struct geos g;
    *out = (struct shape_in){ .crs = crs_name(crs) };
    if (crs == CRS_UNKNOWN)
        return FAIL_AT(ERR_CRS_UNKNOWN, "crs");
    geo_open(&g, r->arena);
    err e = geo_store(&g, geometry, crs, repair, &out->stored);
    if (failed(e))
        e = shape_problem(r, &g);
    geo_close(&g);
    return e;
}

static void warn(struct shape_in *in, struct arena *a, const char *code, const struct unode *other, double m2)
{
    struct area_warning *all = ARENA_ARRAY(a, in->warnings.len + 1, struct area_warning);
    if (in->warnings.len)
        memcpy(all, in->warnings.at, in->warnings.len * sizeof *all);
    all[in->warnings.len++] = (struct area_warning){ str_of(code), str_copy(a, other->name), other->id, llround(m2) };
    in->warnings.at = all;
}

static void compare_with(struct geos *g, struct shape_in *in, const GEOSGeometry *mine, const struct unode *other, bool parent, double percent)
{
    GEOSGeometry *theirs = geo_from_wkb(g, shape_wkb(other->shape));
    GEOSGeometry *odd = parent ? GEOSDifference_r(g->h, mine, theirs) : GEOSIntersection_r(g->h, mine, theirs);
    double        m2 = geo_m2(g, odd);
    if (m2 >= SPILL_M2 && (!parent || m2 * 100 > percent * geo_m2(g, mine)))
        warn(in, g->arena, parent ? "outside_parent" : "overlap", other, m2);
    geo_drop(g, odd);
    geo_drop(g, theirs);
}

static bool meets(struct box a, struct box b)
{
    return a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
}

/* What of the new shape lies outside the parent's polygon or over siblings of its kind: told, not refused. */
static void look_for_misfits(struct req *r, struct shape_in *in, int64_t self, int64_t parent, struct str kind)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    const struct unode         *up = snapshot_node(s, (struct unit_ref){ UNIT_AREA, parent });
    struct shape               *mine;
    struct geos                 g;
    if (up && !failed(shape_make(0, in->stored.wkb, &mine))) {
        double        percent = (double)setting_i64(r->app, "unit.outside_percent", r->now);
        geo_open(&g, r->arena);
        GEOSGeometry *shape = geo_from_wkb(&g, in->stored.wkb);
        if (up->shape)
            compare_with(&g, in, shape, up, true, percent);
        for (const struct unode *n = up + 1; n <= &s->nodes[up->last]; n++)
            if (n->parent_id == parent && n->id != self && n->shape && !n->valid_to && str_eq(n->kind, kind) &&
                meets(shape_box(n->shape), shape_box(mine)))
                compare_with(&g, in, shape, n, false, percent);
        geo_drop(&g, shape);
        geo_close(&g);
        shape_drop(mine);
    }
    unit_release(s);
}

err area_shape_try(struct req *r)
{
    const struct shape_body *in = r->body;
    struct shape_in          shape;
    struct shape            *made;
    TRY(read_shape(r, in->geometry, in->crs, true, &shape));
    TRY(shape_make(0, shape.stored.wkb, &made));
    struct shape_check v = { .valid = !shape.stored.repaired, .reason = shape.stored.reason, .geometry = geo_text(r->arena, shape.stored.wkb), .m2 = shape_m2(made),
                             .at = { shape.stored.repaired, shape.stored.lon, shape.stored.lat } };
    shape_drop(made);
    return reply_view(r, shape_check_fields, &v, 0);
}

/* ---- rules of a change ---- */

static err check_class(struct req *r, struct str class_)
{
    if (class_.ptr && !kind_listed(r->arena, setting_text(r->app, r->arena, "unit.area_classes", r->now), class_))
        return FAIL_AT(ERR_NOT_A_CHOICE, "class");
    return OK;
}

/* An area that moves keeps its code until it is given another: only a new one must fit. */
static err check_code(struct req *r, const struct area_row *row, struct str parent_code, struct str before)
{
    struct code_forms forms = code_forms_read(r->arena, setting_text(r->app, r->arena, "unit.code_forms", r->now));
    return str_eq(row->code, before) ? OK : code_check(code_form_find(&forms, row->kind), row->code, parent_code);
}

static err check_place(struct req *r, const struct area_row *row, struct str code_before)
{
    struct area_kinds kinds = area_kinds_read(r->arena, setting_text(r->app, r->arena, "unit.area_kinds", r->now));
    struct area_row   parent = { .kind = STR_NONE, .code = STR_NONE };
    if (row->parent_id) {
        err e = area_get(r->db, r->arena, r->tenant, row->parent_id, &parent);
        if (e.code == ERR_NOT_FOUND)
            return FAIL_AT(ERR_UNKNOWN_REFERENCE, "parent_id");
        TRY(e);
        if (parent.valid_to)
            return FAIL_AT(ERR_AREA_CLOSED, "parent_id");
    }
    TRY(area_no_cycle(r->db, r->tenant, row->id, row->parent_id));
    TRY(area_kind_fits(&kinds, row->kind, parent.kind));
    return check_code(r, row, parent.code, code_before);
}

DB_SQL(area_other_root, "SELECT COUNT(*) FROM area WHERE tenant_id = $1 AND parent_id IS NULL AND valid_to IS NULL AND id <> $2")

static err check_row(struct req *r, const struct area_row *row, struct str code_before)
{
    int64_t roots;
    TRY(check_place(r, row, code_before));
    TRY(check_class(r, row->class_));
    if (!row->parent_id) {
        TRY(db_number(r->db, &area_other_root, DB_ARGS(I64(r->tenant), I64(row->id)), &roots));
        if (roots)
            return FAIL_AT(ERR_TAKEN, "parent_id");
    }
    return area_code_free(r->db, r->tenant, row->code, row->id, row->valid_from, row->valid_to);
}

static err allow_under(struct req *r, int64_t parent)
{
    return req_allow(r, PERM_UNIT_MANAGE, (struct unit_ref){ parent ? UNIT_AREA : UNIT_NONE, parent });
}

static struct str row_json(struct arena *a, const struct area_row *row)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "name", row->name);
    jsonw_kv_str(&j, "kind", row->kind);
    jsonw_kv_str(&j, "code", row->code);
    jsonw_kv_str(&j, "class", row->class_);
    jsonw_kv_id(&j, "parent_id", row->parent_id);
    jsonw_close(&j);
    return buf_view(&b);
}

static struct str before_after(struct arena *a, const struct area_row *before, const struct area_row *after)
{
    return str_fmt(a, "{\"before\":%.*s,\"after\":%.*s}", STR_ARG(row_json(a, before)), STR_ARG(row_json(a, after)));
}

/* ---- adding ---- */

struct adding { const struct area_body *in; struct shape_in shape; int64_t id; struct area_view view; };

static err add_work(struct req *r, void *arg)
{
    struct adding          *w = arg;
    const struct area_body *in = w->in;
    int64_t                 shape;
    struct area_row         row = { .id = w->id, .parent_id = in->parent_id, .kind = in->kind, .code = in->code, .name = in->name,
                                    .class_ = in->class_, .valid_from = r->now, .created_at = r->now, .updated_at = r->now };
    TRY(check_row(r, &row, STR_NONE));
    TRY(allow_under(r, in->parent_id));
    TRY(area_insert(r->db, r->arena, r->tenant, &row));
    if (w->shape.stored.wkb.ptr)
        TRY(area_shape_put(r->db, r->tenant, row.id, w->shape.stored.wkb, w->shape.crs, w->shape.stored.repaired, r->now, r->caller.account, &shape));
    TRY(audit_record(r, "area.create", "area", row.id, row_json(r->arena, &row)));
    unit_changed(r->db, r->app);
    return read_view(r, row.id, &w->view);
}

err area_create(struct req *r)
{
    struct adding w = { .in = r->body, .id = id_new() };
    TRY(allow_under(r, w.in->parent_id));
    if (w.in->geometry.ptr) {
        TRY(read_shape(r, w.in->geometry, w.in->crs, w.in->repair, &w.shape));
        look_for_misfits(r, &w.shape, 0, w.in->parent_id, w.in->kind);
    }
    TRY(req_in_write(r, add_work, &w));
    w.view.warnings = w.shape.warnings;
    return reply_created(r, str_fmt(r->arena, "/api/v1/areas/%lld", (long long)w.id), area_view_fields, &w.view, w.view.a.version);
}

/* ---- changing ---- */

#define GIVEN(member) field_given(area_change_fields, &r->given, offsetof(struct area_body, member))

static void merge(struct req *r, const struct area_body *in, struct area_row *row)
{
    if (GIVEN(parent_id))
        row->parent_id = in->parent_id;
    if (GIVEN(kind))
        row->kind = in->kind;
    if (GIVEN(code))
        row->code = in->code;
    if (GIVEN(name))
        row->name = in->name;
    if (GIVEN(class_))
        row->class_ = in->class_;
    row->updated_at = r->now;
}

DB_SQL(area_child_kinds, "SELECT DISTINCT kind FROM area WHERE tenant_id = $1 AND parent_id = $2 AND valid_to IS NULL")

/* What hangs below must still be allowed there. */
static err check_children(struct req *r, const struct area_row *row)
{
    struct area_kinds kinds = area_kinds_read(r->arena, setting_text(r->app, r->arena, "unit.area_kinds", r->now));
    struct db_rows    rows;
    bool              fits = true;
    TRY(db_query(r->db, &area_child_kinds, DB_ARGS(I64(r->tenant), I64(row->id)), &rows));
    while (db_next(&rows))
        fits = fits && !failed(area_kind_fits(&kinds, db_text(&rows, 0), row->kind));
    TRY(db_done(&rows));
    return fits ? OK : FAIL_AT(ERR_PARENT_KIND, "kind");
}

err area_change(struct req *r)
{
    const struct area_body *in = r->body;
    struct area_row         before, row;
    struct area_view        v;
    TRY(area_get(r->db, r->arena, r->tenant, r->path[0], &before));
    TRY(req_allow(r, PERM_UNIT_MANAGE, (struct unit_ref){ UNIT_AREA, before.id }));
    TRY(req_version_needed(r, before.version));
    if (before.valid_to)
        return FAIL(ERR_AREA_CLOSED);
    if ((GIVEN(name) && !in->name.ptr) || (GIVEN(kind) && !in->kind.ptr))
        return FAIL_AT(ERR_REQUIRED, GIVEN(name) && !in->name.ptr ? "name" : "kind");
    row = before;
    merge(r, in, &row);
    TRY(check_row(r, &row, before.code));
    TRY(check_children(r, &row));
    if (row.parent_id != before.parent_id)
        TRY(allow_under(r, row.parent_id));
    TRY(area_update(r->db, r->arena, r->tenant, &row));
    TRY(audit_record(r, "area.change", "area", row.id, before_after(r->arena, &before, &row)));
    unit_changed(r->db, r->app);
    TRY(read_view(r, row.id, &v));
    return reply_view(r, area_view_fields, &v, v.a.version);
}

/* ---- closing ---- */

DB_SQL(area_open_children, "SELECT COUNT(*) FROM area WHERE tenant_id = $1 AND parent_id = $2 "
       "AND (valid_to IS NULL OR valid_to > $3)")
DB_SQL(area_open_orgs, "SELECT COUNT(*) FROM org WHERE tenant_id = $1 AND area_id = $2 "
       "AND (valid_to IS NULL OR valid_to > $3)")
DB_SQL(area_open_services, "SELECT COUNT(*) FROM org_area WHERE tenant_id = $1 AND area_id = $2 "
       "AND (valid_to IS NULL OR valid_to > $3)")
DB_SQL(area_open_posts, "SELECT COUNT(*) FROM appointment WHERE tenant_id = $1 AND unit_kind = 1 AND unit_id = $2 "
                        "AND (valid_to IS NULL OR valid_to > $3)")
DB_SQL(area_close_row, "UPDATE area SET valid_to = $3, updated_at = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2")

static err check_unused(struct req *r, int64_t id)
{
    static const struct { const struct db_sql *count; const char *zh, *en; } uses[] = {
        { &area_open_children, "还有 %lld 个下级区域在用", "%lld areas below it are in use" },
        { &area_open_orgs, "还有 %lld 个组织属于该区域", "%lld organisations belong to it" },
        { &area_open_services, "还有 %lld 个组织服务该区域", "%lld organisations serve it" },
        { &area_open_posts, "还有 %lld 人在该区域任职", "%lld appointments at it hold" },
    };
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        int64_t n;
        TRY(db_number(r->db, uses[i].count, DB_ARGS(I64(r->tenant), I64(id), I64(r->now)), &n));
        if (n) {
            struct buf b = buf_new(r->arena, 0);
            /* The formats stand in the table above. */
            struct str form = str_of(req_text(r, uses[i].zh, uses[i].en)), head = form;
            size_t     at = (size_t)(strstr(form.ptr, "%lld") - form.ptr);
            head.len = at;
            buf_str(&b, head);
            buf_i64(&b, n);
            buf_z(&b, form.ptr + at + 4);
            return req_fail(r, ERR_STILL_IN_USE, buf_view(&b));
        }
    }
    return OK;
}

err area_close(struct req *r)
{
    struct area_row  row;
    struct area_view v;
    TRY(area_get(r->db, r->arena, r->tenant, r->path[0], &row));
    TRY(req_allow(r, PERM_UNIT_MANAGE, (struct unit_ref){ UNIT_AREA, row.id }));
    TRY(req_version(r, row.version));
    if (row.valid_to)
        return FAIL(ERR_AREA_CLOSED);
    TRY(check_unused(r, row.id));
    TRY(db_exec(r->db, &area_close_row, DB_ARGS(I64(r->tenant), I64(row.id), TIME(r->now)), NULL));
    TRY(audit_record(r, "area.close", "area", row.id, row_json(r->arena, &row)));
    unit_changed(r->db, r->app);
    TRY(read_view(r, row.id, &v));
    return reply_view(r, area_view_fields, &v, v.a.version);
}

/* ---- drawing anew ---- */

struct drawing { struct shape_in shape; struct area_view view; };

static err look_up(struct req *r, void *arg)
{
    return area_get(r->db, r->arena, r->tenant, r->path[0], arg);
}

static err draw_work(struct req *r, void *arg)
{
    struct drawing *w = arg;
    struct area_row row;
    int64_t         shape;
    TRY(area_get(r->db, r->arena, r->tenant, r->path[0], &row));
    TRY(req_version_needed(r, row.version));
    if (row.valid_to)
        return FAIL(ERR_AREA_CLOSED);
    TRY(area_shape_put(r->db, r->tenant, row.id, w->shape.stored.wkb, w->shape.crs, w->shape.stored.repaired, r->now, r->caller.account, &shape));
    TRY(audit_record(r, "area.shape", "area", row.id,
                     str_fmt(r->arena, "{\"before\":\"%lld\",\"after\":\"%lld\"}", (long long)row.shape_id, (long long)shape)));
    unit_changed(r->db, r->app);
    return read_view(r, row.id, &w->view);
}

err area_shape_set(struct req *r)
{
    const struct shape_body *in = r->body;
    struct drawing           w = { 0 };
    struct area_row          row;
    TRY(req_in_read(r, look_up, &row));
    TRY(req_allow(r, PERM_UNIT_MANAGE, (struct unit_ref){ UNIT_AREA, row.id }));
    TRY(req_version_needed(r, row.version));
    TRY(read_shape(r, in->geometry, in->crs, in->repair, &w.shape));
    look_for_misfits(r, &w.shape, row.id, row.parent_id, row.kind);
    TRY(req_in_write(r, draw_work, &w));
    w.view.warnings = w.shape.warnings;
    return reply_view(r, area_view_fields, &w.view, w.view.a.version);
}
