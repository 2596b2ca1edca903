/* The map: outlines, the area at a point, import. Public outlines are printed once per snapshot and kept. */
#include "unit_http.h"

#include <math.h>

#include "../../base/jsonw.h"
#include "../setting/setting.h"
#include "unit_geo.h"
#include "unit_import.h"

#define OUTLINES_MOST 16                    /* kept at once */
#define OUTLINE_BYTES ((size_t)8 << 20)     /* larger ones are printed anew each time */

const struct field outline_query_fields[] = {
    FIELD_STR(struct outline_query, kind, 1, 40, 0, "Only of this kind"),
    FIELD_ID(struct outline_query, under, 0, "Only this area and what lies below it"),
    FIELD_I64(struct outline_query, zoom, 1, 22, 0, "Web-map level: coordinates are set on its pixels, and what vanishes there is left out"),
    FIELD_END,
};

const struct field at_query_fields[] = {
    FIELD_REAL(struct at_query, lon, REQUIRED, "Longitude in degrees"),
    FIELD_REAL(struct at_query, lat, REQUIRED, "Latitude in degrees"),
    FIELD_STR(struct at_query, crs, 1, 20, 0, "wgs84 (default), cgcs2000, gcj02 or bd09"),
    FIELD_END,
};

static const struct field near_fields[] = {
    FIELD_ID(struct near_view, id, REQUIRED, "Id"),
    FIELD_STR(struct near_view, name, 0, 0, REQUIRED, "Name"),
    FIELD_STR(struct near_view, kind, 0, 0, REQUIRED, "Kind"),
    FIELD_REAL(struct near_view, metres, REQUIRED, "Metres to its border; 0: the point lies in it as well"),
    FIELD_END,
};

const struct field at_view_fields[] = {
    FIELD_OBJECT(struct at_view, area, place_fields, struct place_view, 0, "Deepest area that holds the point; null: none does"),
    FIELD_LIST(struct at_view, path, place_fields, struct place_view, 0, 0, REQUIRED, "From the root down to it"),
    FIELD_LIST(struct at_view, near, near_fields, struct near_view, 0, 0, REQUIRED, "Neighbours whose border is near, nearest first"),
    FIELD_END,
};

const struct field import_query_fields[] = {
    FIELD_BOOL(struct import_query, dry_run, 0, "Report only, change nothing"),
    FIELD_STR(struct import_query, crs, 1, 20, 0, "wgs84 (default), cgcs2000, gcj02 or bd09"),
    FIELD_STR(struct import_query, kind, 1, 40, 0, "Kind of the areas in the file; community when not given"),
    FIELD_ID(struct import_query, parent, 0, "Area above them all; else found by polygon"),
    FIELD_STR(struct import_query, name_property, 1, 100, 0, "Property with the name; else a usual one"),
    FIELD_STR(struct import_query, code_property, 1, 100, 0, "Property with the code; with it, a second import finds what it changes by code"),
    FIELD_END,
};

/* ---- at a point ---- */

static struct list near_list(struct arena *a, const struct unit_snapshot *s, const struct unit_place *p)
{
    struct near_view *near = ARENA_ARRAY(a, p->near_count + 1, struct near_view);
    for (size_t i = 0; i < p->near_count; i++) {
        struct unit_ref u = { UNIT_AREA, p->near[i].area };
        near[i] = (struct near_view){ u.id, unit_name(s, u), unit_kind_of(s, u), round(p->near[i].metres * 10) / 10 };
    }
    return (struct list){ near, p->near_count };
}

static err at_work(struct req *r, const struct unit_snapshot *s)
{
    const struct at_query *q = r->query;
    struct unit_place      p;
    double                 lon = q->lon, lat = q->lat;
    crs_to_wgs84(crs_find(q->crs), &lon, &lat);
    unit_find(s, lon, lat, (double)setting_i64(r->app, "unit.border_metres", r->now), &p);
    struct list    path = area_path(r->arena, s, p.area);
    struct at_view v = { path.len ? (struct place_view *)path.at + path.len - 1 : NULL, path, near_list(r->arena, s, &p) };
    return reply_view(r, at_view_fields, &v, 0);
}

err area_at(struct req *r)
{
    const struct at_query *q = r->query;
    if (!(fabs(q->lon) <= 180))
        req_fault(r, "lon", ERR_PLACE);
    if (!(fabs(q->lat) <= 90))
        req_fault(r, "lat", ERR_PLACE);
    if (crs_find(q->crs) == CRS_UNKNOWN)
        req_fault(r, "crs", ERR_CRS_UNKNOWN);
    TRY(req_faults(r));
    return on_snapshot(r, at_work);
}

/* ---- outlines ---- */

struct outline {
    struct outline *next;
    uint64_t        mark;
    struct str      kind, text;
    int64_t         under, zoom;
};

static struct outline *outline_kept(struct unit_state *st, uint64_t mark, const struct outline_query *q)
{
    for (struct outline *o = st->outline_first; o; o = o->next)
        if (o->mark == mark && o->under == q->under && o->zoom == q->zoom && str_eq(o->kind, q->kind))
            return o;
    return NULL;
}

static struct str outline_find(struct req *r, uint64_t mark)
{
    struct unit_state *st = r->app->unit;
    pthread_mutex_lock(&st->outline_mutex);
    const struct outline *o = outline_kept(st, mark, r->query);
    struct str            text = o ? str_copy(r->arena, o->text) : STR_NONE;
    pthread_mutex_unlock(&st->outline_mutex);
    return text;
}

/* What belongs to a snapshot that has passed goes when the first outline of the next is kept. */
static void outline_keep(struct req *r, uint64_t mark, struct str text)
{
    const struct outline_query *q = r->query;
    struct unit_state          *st = r->app->unit;
    if (text.len > OUTLINE_BYTES)
        return;
    pthread_mutex_lock(&st->outline_mutex);
    if (st->outline_first && (st->outline_first->mark != mark || st->outline_count == OUTLINES_MOST)) {
        arena_free(st->outlines);
        st->outlines = NULL;
        st->outline_first = NULL;
        st->outline_count = 0;
    }
    if (!outline_kept(st, mark, q)) {
        if (!st->outlines)
            st->outlines = arena_new(1 << 12);
        struct outline *o = ARENA_NEW(st->outlines, struct outline);
        *o = (struct outline){ st->outline_first, mark, str_copy(st->outlines, q->kind), str_copy(st->outlines, text), q->under, q->zoom };
        st->outline_first = o;
        st->outline_count++;
    }
    pthread_mutex_unlock(&st->outline_mutex);
}

static void print_feature(struct jsonw *j, struct arena *scratch, const struct unode *n, int zoom)
{
    jsonw_open(j);
    jsonw_kv_z(j, "type", "Feature");
    jsonw_kv_id(j, "id", n->id);
    jsonw_key(j, "properties");
    jsonw_open(j);
    jsonw_kv_id(j, "id", n->id);
    jsonw_kv_str(j, "name", n->name);
    jsonw_kv_str(j, "kind", n->kind);
    jsonw_kv_str(j, "code", n->code);
    jsonw_kv_str(j, "class", n->class_);
    jsonw_kv_id(j, "parent_id", n->parent_id);
    jsonw_close(j);
    jsonw_key(j, "geometry");
    (void)geo_print(j, scratch, shape_wkb(n->shape), zoom);
    jsonw_close(j);
}

static struct str print_outlines(struct req *r, const struct unit_snapshot *s)
{
    const struct outline_query *q = r->query;
    const struct unode         *top = snapshot_node(s, (struct unit_ref){ UNIT_AREA, q->under });
    struct arena               *scratch = arena_new(0);
    struct buf                  b = buf_new(r->arena, 0);
    struct jsonw                j = jsonw_on(&b);
    int32_t                     last = !q->under ? s->areas - 1 : top ? top->last : -1;
    jsonw_open(&j);
    jsonw_kv_z(&j, "type", "FeatureCollection");
    jsonw_key(&j, "features");
    jsonw_list(&j);
    for (int32_t i = top ? (int32_t)(top - s->nodes) : 0; i <= last; i++) {
        const struct unode *n = &s->nodes[i];
        if (n->shape && !n->valid_to && (!q->kind.ptr || str_eq(q->kind, n->kind)))
            print_feature(&j, scratch, n, (int)q->zoom);
    }
    jsonw_list_end(&j);
    jsonw_close(&j);
    arena_free(scratch);
    return b.full ? STR_NONE : buf_view(&b);
}

static err outline_work(struct req *r, const struct unit_snapshot *s)
{
    const struct outline_query *q = r->query;
    struct str                  text = outline_find(r, s->mark);
    if (!text.ptr) {
        text = print_outlines(r, s);
        if (!text.ptr)
            return FAIL(ERR_TOO_LARGE);
        outline_keep(r, s->mark, text);
    }
    unsigned char hash[HASH_SIZE];
    struct str    key = str_fmt(r->arena, "%llx/%.*s/%lld/%lld", (unsigned long long)s->mark, STR_ARG(q->kind), (long long)q->under,
                                (long long)q->zoom);
    crypto_sha256(key.ptr, key.len, hash);
    return reply_bytes(r, "application/geo+json", text, str_fmt(r->arena, "\"%s\"", str_hex(r->arena, hash, 12).ptr));
}

err area_outline(struct req *r)
{
    return on_snapshot(r, outline_work);
}

/* ---- import ---- */

static err apply_work(struct req *r, void *arg)
{
    return import_apply(r->db, arg, r->now, r->caller.account);
}

static err import_work(struct req *r, const struct unit_snapshot *s)
{
    const struct import_query *q = r->query;
    struct import_plan        *p;
    struct unit_import_options o = {
        .crs = q->crs.ptr ? str_z(r->arena, q->crs) : NULL,
        .kind = q->kind.ptr ? str_z(r->arena, q->kind) : NULL,
        .parent = q->parent,
        .name_property = q->name_property.ptr ? str_z(r->arena, q->name_property) : NULL,
        .code_property = q->code_property.ptr ? str_z(r->arena, q->code_property) : NULL,
        .dry_run = q->dry_run,
    };
    TRY(import_plan(r->app, s, r->arena, r->raw_body, &o, &p));
    err        e = q->dry_run ? OK : req_in_write(r, apply_work, p);
    struct str report = p->report;
    import_close(p);
    return failed(e) ? e : reply_json(r, 200, report);
}

err area_import(struct req *r)
{
    return on_snapshot(r, import_work);
}
