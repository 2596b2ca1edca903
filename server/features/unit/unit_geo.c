#include "unit_geo.h"

#include <math.h>
#include <stdio.h>

#include "../../base/jsonw.h"
#include "unit_shape.h"

#define POINTS_MOST 4000000   /* positions in one shape */
#define TILE        256       /* pixels across a web-map tile */

static void remember(const char *message, void *arg)
{
    struct geos *g = arg;
    snprintf(g->problem, sizeof g->problem, "%s", message);
}

void geo_open(struct geos *g, struct arena *a)
{
    *g = (struct geos){ .h = GEOS_init_r(), .arena = a };
    GEOSContext_setErrorMessageHandler_r(g->h, remember, g);
}

void geo_close(struct geos *g)
{
    GEOS_finish_r(g->h);
}

void geo_drop(struct geos *g, GEOSGeometry *shape)
{
    if (shape)
        GEOSGeom_destroy_r(g->h, shape);
}

/* ---- reading ---- */

#define SHAPE_PROBLEM(g, ...) (snprintf((g)->problem, sizeof(g)->problem, __VA_ARGS__), FAIL(ERR_SHAPE))

static err read_position(struct geos *g, const json_t *p, enum crs crs, double *xy)
{
    if (!json_is_array(p) || json_array_size(p) < 2 || json_array_size(p) > 4)
        return SHAPE_PROBLEM(g, "a position must be [longitude, latitude]");
    const json_t *x = json_array_get(p, 0), *y = json_array_get(p, 1);
    if (!json_is_number(x) || !json_is_number(y))
        return SHAPE_PROBLEM(g, "a coordinate is not a number");
    xy[0] = json_number_value(x);
    xy[1] = json_number_value(y);
    if (!isfinite(xy[0]) || !isfinite(xy[1]) || fabs(xy[0]) > 180 || fabs(xy[1]) > 90)
        return SHAPE_PROBLEM(g, "the coordinates %.6f, %.6f lie outside the globe: longitude first, in degrees", xy[0], xy[1]);
    crs_to_wgs84(crs, &xy[0], &xy[1]);
    return OK;
}

static err read_positions(struct geos *g, const json_t *ring, enum crs crs, double *xy, size_t n)
{
    for (size_t i = 0; i < n; i++)
        TRY(read_position(g, json_array_get(ring, i), crs, xy + 2 * i));
    return OK;
}

static err ring_closed(struct geos *g, const double *xy, size_t n)
{
    if (xy[0] != xy[2 * n - 2] || xy[1] != xy[2 * n - 1])
        return SHAPE_PROBLEM(g, "a ring is not closed: its last position must equal its first");
    return OK;
}

static err read_ring(struct geos *g, const json_t *ring, enum crs crs, GEOSGeometry **out)
{
    size_t n = json_array_size(ring);
    if (!json_is_array(ring) || n < 4 || n > POINTS_MOST)
        return SHAPE_PROBLEM(g, "a ring needs at least four positions");
    struct arena_mark mark = arena_mark(g->arena);
    double           *xy = ARENA_ARRAY(g->arena, n * 2, double);
    err               e = read_positions(g, ring, crs, xy, n);
    if (!failed(e))
        e = ring_closed(g, xy, n);
    if (!failed(e)) {
        GEOSCoordSequence *seq = GEOSCoordSeq_copyFromBuffer_r(g->h, xy, (unsigned)n, 0, 0);
        *out = seq ? GEOSGeom_createLinearRing_r(g->h, seq) : NULL;
        e = *out ? OK : FAIL(ERR_SHAPE);
    }
    arena_rewind(g->arena, mark);
    return e;
}

static void drop_all(struct geos *g, GEOSGeometry **all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        GEOSGeom_destroy_r(g->h, all[i]);
}

static err read_polygon(struct geos *g, const json_t *rings, enum crs crs, GEOSGeometry **out)
{
    size_t n = json_array_size(rings);
    if (!json_is_array(rings) || n < 1)
        return SHAPE_PROBLEM(g, "a polygon needs an outer ring");
    GEOSGeometry **made = ARENA_ARRAY(g->arena, n, GEOSGeometry *);
    for (size_t i = 0; i < n; i++) {
        err e = read_ring(g, json_array_get(rings, i), crs, &made[i]);
        if (failed(e)) {
            drop_all(g, made, i);
            return e;
        }
    }
    *out = GEOSGeom_createPolygon_r(g->h, made[0], made + 1, (unsigned)n - 1);
    return *out ? OK : FAIL(ERR_SHAPE);
}

static err read_multipolygon(struct geos *g, const json_t *polygons, enum crs crs, GEOSGeometry **out)
{
    size_t n = json_array_size(polygons);
    if (!json_is_array(polygons) || n < 1)
        return SHAPE_PROBLEM(g, "a multipolygon needs a polygon");
    GEOSGeometry **made = ARENA_ARRAY(g->arena, n, GEOSGeometry *);
    for (size_t i = 0; i < n; i++) {
        err e = read_polygon(g, json_array_get(polygons, i), crs, &made[i]);
        if (failed(e)) {
            drop_all(g, made, i);
            return e;
        }
    }
    *out = GEOSGeom_createCollection_r(g->h, GEOS_MULTIPOLYGON, made, (unsigned)n);
    return *out ? OK : FAIL(ERR_SHAPE);
}

err geo_read(struct geos *g, const json_t *geometry, enum crs crs, GEOSGeometry **out)
{
    const char   *type = json_string_value(json_object_get(geometry, "type"));
    const json_t *coordinates = json_object_get(geometry, "coordinates");
    *out = NULL;
    g->problem[0] = 0;
    if (type && strcmp(type, "Polygon") == 0)
        return read_polygon(g, coordinates, crs, out);
    if (type && strcmp(type, "MultiPolygon") == 0)
        return read_multipolygon(g, coordinates, crs, out);
    return SHAPE_PROBLEM(g, "not a Polygon or MultiPolygon");
}

err geo_read_text(struct geos *g, struct str geojson, enum crs crs, GEOSGeometry **out)
{
    json_error_t at;
    json_t      *root = json_loadb(geojson.ptr, geojson.len, JSON_REJECT_DUPLICATES, &at);
    *out = NULL;
    if (!root)
        return SHAPE_PROBLEM(g, "not valid JSON: %s", at.text);
    err e = geo_read(g, root, crs, out);
    json_decref(root);
    return e;
}

/* ---- lines ---- */

static err read_line(struct geos *g, const json_t *positions, enum crs crs, GEOSGeometry **out)
{
    size_t n = json_array_size(positions);
    if (!json_is_array(positions) || n < 2 || n > POINTS_MOST)
        return SHAPE_PROBLEM(g, "a line needs at least two positions");
    double *xy = ARENA_ARRAY(g->arena, n * 2, double);
    TRY(read_positions(g, positions, crs, xy, n));
    GEOSCoordSequence *seq = GEOSCoordSeq_copyFromBuffer_r(g->h, xy, (unsigned)n, 0, 0);
    *out = seq ? GEOSGeom_createLineString_r(g->h, seq) : NULL;
    return *out ? OK : FAIL(ERR_SHAPE);
}

static err read_lines(struct geos *g, const json_t *geometry, enum crs crs, GEOSGeometry **out)
{
    const char    *type = json_string_value(json_object_get(geometry, "type"));
    const json_t  *coordinates = json_object_get(geometry, "coordinates");
    bool           one = type && strcmp(type, "LineString") == 0;
    size_t         n = one ? 1 : json_array_size(coordinates);
    GEOSGeometry **made = ARENA_ARRAY(g->arena, n + 1, GEOSGeometry *);
    if (!one && !(type && strcmp(type, "MultiLineString") == 0 && n))
        return SHAPE_PROBLEM(g, "not a LineString or MultiLineString");
    for (size_t i = 0; i < n; i++) {
        err e = read_line(g, one ? coordinates : json_array_get(coordinates, i), crs, &made[i]);
        if (failed(e)) {
            drop_all(g, made, i);
            return e;
        }
    }
    *out = GEOSGeom_createCollection_r(g->h, GEOS_MULTILINESTRING, made, (unsigned)n);
    return *out ? OK : FAIL(ERR_SHAPE);
}

err geo_read_line(struct geos *g, struct str geojson, enum crs crs, GEOSGeometry **out)
{
    json_t *root = json_loadb(geojson.ptr, geojson.len, JSON_REJECT_DUPLICATES, NULL);
    *out = NULL;
    g->problem[0] = 0;
    err e = root ? read_lines(g, root, crs, out) : SHAPE_PROBLEM(g, "not valid JSON");
    json_decref(root);
    return e;
}

void geo_print_line(struct geos *g, struct jsonw *j, const GEOSGeometry *lines)
{
    jsonw_open(j);
    jsonw_kv_z(j, "type", "MultiLineString");
    jsonw_key(j, "coordinates");
    jsonw_list(j);
    for (int i = 0, n = GEOSGetNumGeometries_r(g->h, lines); i < n; i++) {
        const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(g->h, GEOSGetGeometryN_r(g->h, lines, i));
        unsigned                 count = 0;
        (void)GEOSCoordSeq_getSize_r(g->h, seq, &count);
        jsonw_list(j);
        for (unsigned k = 0; k < count; k++) {
            double x, y;
            (void)GEOSCoordSeq_getXY_r(g->h, seq, k, &x, &y);
            jsonw_list(j);
            jsonw_real(j, x, 9);
            jsonw_real(j, y, 9);
            jsonw_list_end(j);
        }
        jsonw_list_end(j);
    }
    jsonw_list_end(j);
    jsonw_close(j);
}

/* ---- validity ---- */

bool geo_valid(struct geos *g, const GEOSGeometry *shape, struct str *reason, double *lon, double *lat)
{
    char         *text = NULL;
    GEOSGeometry *at = NULL;
    bool          valid = GEOSisValidDetail_r(g->h, shape, 0, &text, &at) == 1;
    *reason = valid || !text ? STR_NONE : str_copy(g->arena, str_of(text));
    *lon = *lat = 0;
    if (at && !valid) {
        (void)GEOSGeomGetX_r(g->h, at, lon);
        (void)GEOSGeomGetY_r(g->h, at, lat);
    }
    geo_drop(g, at);
    if (text)
        GEOSFree_r(g->h, text);
    return valid;
}

static size_t collect(struct geos *g, const GEOSGeometry *any, GEOSGeometry **into, size_t n)
{
    for (int i = 0, count = GEOSGetNumGeometries_r(g->h, any); i < count; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(g->h, any, i);
        int                 type = GEOSGeomTypeId_r(g->h, part);
        if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION)
            n = collect(g, part, into, n);
        else if (type == GEOS_POLYGON && GEOSisEmpty_r(g->h, part) == 0) {
            if (into)
                into[n] = GEOSGeom_clone_r(g->h, part);
            n++;
        }
    }
    return n;
}

GEOSGeometry *geo_polygons(struct geos *g, GEOSGeometry *any)
{
    if (!any)
        return NULL;
    GEOSGeometry *out = NULL;
    size_t        n = collect(g, any, NULL, 0);
    if (n) {
        GEOSGeometry **parts = ARENA_ARRAY(g->arena, n, GEOSGeometry *);
        (void)collect(g, any, parts, 0);
        out = GEOSGeom_createCollection_r(g->h, GEOS_MULTIPOLYGON, parts, (unsigned)n);
    }
    GEOSGeom_destroy_r(g->h, any);
    return out;
}

GEOSGeometry *geo_repair(struct geos *g, const GEOSGeometry *shape)
{
    GEOSMakeValidParams *p = GEOSMakeValidParams_create_r(g->h);
    GEOSMakeValidParams_setMethod_r(g->h, p, GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(g->h, p, 0);
    GEOSGeometry *made = GEOSMakeValidWithParams_r(g->h, shape, p);
    GEOSMakeValidParams_destroy_r(g->h, p);
    return geo_polygons(g, made);
}

/* ---- WKB ---- */

struct str geo_wkb(struct geos *g, const GEOSGeometry *shape)
{
    GEOSGeometry  *normal = geo_polygons(g, GEOSGeom_clone_r(g->h, shape));
    struct str     out = STR_NONE;
    size_t         n = 0;
    if (!normal)
        return out;
    (void)GEOSNormalize_r(g->h, normal);
    GEOSWKBWriter *w = GEOSWKBWriter_create_r(g->h);
    GEOSWKBWriter_setByteOrder_r(g->h, w, GEOS_WKB_NDR);
    unsigned char *bytes = GEOSWKBWriter_write_r(g->h, w, normal, &n);
    if (bytes) {
        out = (struct str){ arena_copy(g->arena, bytes, n), n };
        GEOSFree_r(g->h, bytes);
    }
    GEOSWKBWriter_destroy_r(g->h, w);
    GEOSGeom_destroy_r(g->h, normal);
    return out;
}

GEOSGeometry *geo_from_wkb(struct geos *g, struct str wkb)
{
    GEOSWKBReader *r = GEOSWKBReader_create_r(g->h);
    GEOSGeometry  *out = GEOSWKBReader_read_r(g->h, r, (const unsigned char *)wkb.ptr, wkb.len);
    GEOSWKBReader_destroy_r(g->h, r);
    return out;
}

/* ---- measures ---- */

static double seq_m2(struct geos *g, const GEOSGeometry *ring)
{
    const GEOSCoordSequence *seq = ring ? GEOSGeom_getCoordSeq_r(g->h, ring) : NULL;
    unsigned                 n = 0;
    if (!seq || !GEOSCoordSeq_getSize_r(g->h, seq, &n) || n < 4)
        return 0;
    struct arena_mark mark = arena_mark(g->arena);
    double           *xy = ARENA_ARRAY(g->arena, (size_t)n * 2, double);
    double            m2 = GEOSCoordSeq_copyToBuffer_r(g->h, seq, xy, 0, 0) ? ring_m2(xy, n) : 0;
    arena_rewind(g->arena, mark);
    return m2;
}

double geo_m2(struct geos *g, const GEOSGeometry *shape)
{
    double sum = 0;
    if (!shape)
        return 0;
    if (GEOSGeomTypeId_r(g->h, shape) == GEOS_POLYGON) {
        sum = seq_m2(g, GEOSGetExteriorRing_r(g->h, shape));
        for (int i = 0, n = GEOSGetNumInteriorRings_r(g->h, shape); i < n; i++)
            sum -= seq_m2(g, GEOSGetInteriorRingN_r(g->h, shape, i));
        return sum;
    }
    if (GEOSGeomTypeId_r(g->h, shape) == GEOS_MULTIPOLYGON || GEOSGeomTypeId_r(g->h, shape) == GEOS_GEOMETRYCOLLECTION)
        for (int i = 0, n = GEOSGetNumGeometries_r(g->h, shape); i < n; i++)
            sum += geo_m2(g, GEOSGetGeometryN_r(g->h, shape, i));
    return sum;
}

bool geo_inner(struct geos *g, const GEOSGeometry *shape, double *lon, double *lat)
{
    GEOSGeometry *p = GEOSPointOnSurface_r(g->h, shape);
    bool          ok = p && GEOSGeomGetX_r(g->h, p, lon) == 1 && GEOSGeomGetY_r(g->h, p, lat) == 1;
    geo_drop(g, p);
    return ok;
}

/* ---- for storing ---- */

static err store_valid(struct geos *g, GEOSGeometry **shape, bool repair, struct geo_stored *out)
{
    if (geo_valid(g, *shape, &out->reason, &out->lon, &out->lat))
        return OK;
    if (!repair)
        return SHAPE_PROBLEM(g, "%.*s at %.6f, %.6f", STR_ARG(out->reason), out->lon, out->lat);
    GEOSGeometry *better = geo_repair(g, *shape);
    if (!better)
        return SHAPE_PROBLEM(g, "%.*s; nothing with an area is left after repair", STR_ARG(out->reason));
    geo_drop(g, *shape);
    *shape = better;
    out->repaired = true;
    return OK;
}

err geo_store(struct geos *g, struct str geojson, enum crs crs, bool repair, struct geo_stored *out)
{
    GEOSGeometry *shape = NULL;
    *out = (struct geo_stored){ .wkb = STR_NONE };
    TRY(geo_read_text(g, geojson, crs, &shape));
    err e = store_valid(g, &shape, repair, out);
    if (!failed(e)) {
        out->wkb = geo_wkb(g, shape);
        e = out->wkb.ptr ? OK : SHAPE_PROBLEM(g, "the shape has no area");
    }
    geo_drop(g, shape);
    return e;
}

/* ---- printing ---- */

struct printer {
    struct jsonw *j;
    double        grid;       /* degrees; 0: none */
    int           decimals;
    struct arena *scratch;
    size_t        polygons;   /* opened so far */
    bool          open, skip; /* a polygon is open; its outer ring vanished */
};

static double onto(double v, double grid)
{
    return grid > 0 ? round(v / grid) : v;
}

/* b lies on the way from a straight on to c. Leaving it out changes no shape, so neighbours may differ in it. */
static bool on_the_way(const double *a, const double *b, const double *c)
{
    double x = b[0] - a[0], y = b[1] - a[1], u = c[0] - b[0], v = c[1] - b[1];
    return x * v == y * u && x * u + y * v > 0;
}

/* In units of the grid. */
static size_t keep_points(const struct printer *p, const double *points, size_t count, double *kept)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        const double next[2] = { onto(points[2 * i], p->grid), onto(points[2 * i + 1], p->grid) };
        if (n && kept[2 * n - 2] == next[0] && kept[2 * n - 1] == next[1])
            continue;
        if (p->grid > 0 && n > 1 && on_the_way(&kept[2 * n - 4], &kept[2 * n - 2], next))
            n--;
        memcpy(&kept[2 * n++], next, sizeof next);
    }
    return n;
}

/* Stored rings run clockwise outside, as GEOS likes them; GeoJSON wants the other way round. */
static void print_points(const struct printer *p, const double *kept, size_t n)
{
    struct jsonw *j = p->j;
    double        unit = p->grid > 0 ? p->grid : 1;
    jsonw_list(j);
    for (size_t i = n; i-- > 0;) {
        jsonw_list(j);
        jsonw_real(j, kept[2 * i] * unit, p->decimals);
        jsonw_real(j, kept[2 * i + 1] * unit, p->decimals);
        jsonw_list_end(j);
    }
    jsonw_list_end(j);
}

static void print_ring(void *arg, size_t polygon, size_t ring, const double *points, size_t count)
{
    struct printer   *p = arg;
    struct arena_mark mark = arena_mark(p->scratch);
    double           *kept = ARENA_ARRAY(p->scratch, count * 2, double);
    size_t            n = keep_points(p, points, count, kept);
    (void)polygon;
    if (ring == 0) {
        if (p->open)
            jsonw_list_end(p->j);
        p->open = false;
        p->skip = n < 4;
    }
    if (!p->skip && n >= 4) {
        if (!p->open)
            jsonw_list(p->j);
        p->open = true;
        p->polygons += ring == 0;
        print_points(p, kept, n);
    }
    arena_rewind(p->scratch, mark);
}

bool geo_print(struct jsonw *j, struct arena *scratch, struct str wkb, int zoom)
{
    struct printer p = { .j = j, .scratch = scratch, .decimals = 6 };
    if (zoom > 0) {
        p.grid = 360.0 / TILE / exp2(zoom);
        p.decimals = (int)fmin(6, ceil(-log10(p.grid)) + 1);
    }
    jsonw_open(j);
    jsonw_kv_z(j, "type", "MultiPolygon");
    jsonw_key(j, "coordinates");
    jsonw_list(j);
    (void)shape_walk(scratch, wkb, print_ring, &p);
    if (p.open)
        jsonw_list_end(j);
    jsonw_list_end(j);
    jsonw_close(j);
    return p.polygons > 0;
}

struct str geo_text(struct arena *a, struct str wkb)
{
    struct arena *scratch = arena_new(0);
    struct buf    b = buf_new(a, 0);
    struct jsonw  j = jsonw_on(&b);
    bool          some = wkb.ptr && geo_print(&j, scratch, wkb, 0);
    arena_free(scratch);
    return some ? buf_view(&b) : STR_NONE;
}
