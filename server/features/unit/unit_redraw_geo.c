/* Cutting and joining shapes so that what belongs together stays edge to edge. */
#include "unit_redraw.h"

#include <math.h>
#include <stdlib.h>

#define SNAP_DEGREES  2e-6   /* about 0.2 m: a vertex meant to be on the border is put there */
#define REACH_METRES  5.0    /* an end this near to the border is carried across it */
#define BEYOND        5e-6   /* degrees by which it goes past, so that the two cross for certain */

GEOSGeometry *shape_same(struct geos *g, const GEOSGeometry *a)
{
    return a ? GEOSGeom_clone_r(g->h, a) : NULL;
}

GEOSGeometry *shape_plus(struct geos *g, const GEOSGeometry *a, const GEOSGeometry *b)
{
    return !a || !b ? shape_same(g, a ? a : b) : geo_polygons(g, GEOSUnion_r(g->h, a, b));
}

GEOSGeometry *shape_less(struct geos *g, const GEOSGeometry *a, const GEOSGeometry *b)
{
    return !a || !b ? shape_same(g, a) : geo_polygons(g, GEOSDifference_r(g->h, a, b));
}

GEOSGeometry *shape_both(struct geos *g, const GEOSGeometry *a, const GEOSGeometry *b)
{
    return !a || !b ? NULL : geo_polygons(g, GEOSIntersection_r(g->h, a, b));
}

/* ---- borders ---- */

static size_t pick_lines(struct geos *g, const GEOSGeometry *any, GEOSGeometry **into, size_t n)
{
    int type = GEOSGeomTypeId_r(g->h, any);
    if (type == GEOS_LINESTRING || type == GEOS_LINEARRING) {
        if (into)
            into[n] = GEOSGeom_clone_r(g->h, any);
        return n + 1;
    }
    if (type == GEOS_MULTILINESTRING || type == GEOS_GEOMETRYCOLLECTION)
        for (int i = 0, count = GEOSGetNumGeometries_r(g->h, any); i < count; i++)
            n = pick_lines(g, GEOSGetGeometryN_r(g->h, any, i), into, n);
    return n;
}

GEOSGeometry *shared_border(struct geos *g, const GEOSGeometry *a, const GEOSGeometry *b)
{
    GEOSGeometry *x = GEOSBoundary_r(g->h, a), *y = GEOSBoundary_r(g->h, b), *both = GEOSIntersection_r(g->h, x, y), *joined = NULL;
    size_t        n = both ? pick_lines(g, both, NULL, 0) : 0;
    if (n) {
        GEOSGeometry **lines = ARENA_ARRAY(g->arena, n, GEOSGeometry *);
        (void)pick_lines(g, both, lines, 0);
        GEOSGeometry *all = GEOSGeom_createCollection_r(g->h, GEOS_MULTILINESTRING, lines, (unsigned)n);
        joined = GEOSLineMerge_r(g->h, all);
        geo_drop(g, all);
    }
    geo_drop(g, both);
    geo_drop(g, x);
    geo_drop(g, y);
    return joined;
}

double shared_length(struct geos *g, const GEOSGeometry *a, const GEOSGeometry *b)
{
    GEOSGeometry *x = GEOSBoundary_r(g->h, a), *y = GEOSBoundary_r(g->h, b), *both = GEOSIntersection_r(g->h, x, y);
    double        length = 0;
    if (both)
        (void)GEOSLength_r(g->h, both, &length);
    geo_drop(g, both);
    geo_drop(g, x);
    geo_drop(g, y);
    return length;
}

/* ---- the line ---- */

static GEOSGeometry *point_of(struct geos *g, const double *xy)
{
    return GEOSGeom_createPointFromXY_r(g->h, xy[0], xy[1]);
}

/* Where an end is carried to: past the border when it stops just short of it or on it; itself when it lies outside or well inside. */
static bool carry(struct geos *g, const double *end, const double *before, const GEOSGeometry *whole, const GEOSGeometry *border, double *to)
{
    struct scale       m = scale_at(end[1]);
    GEOSGeometry      *p = point_of(g, end);
    GEOSCoordSequence *near = GEOSNearestPoints_r(g->h, p, border);
    double             q[2] = { end[0], end[1] }, d[2], length;
    bool               in = GEOSIntersects_r(g->h, whole, p) == 1;
    if (near) {
        (void)GEOSCoordSeq_getXY_r(g->h, near, 1, &q[0], &q[1]);
        GEOSCoordSeq_destroy_r(g->h, near);
    }
    geo_drop(g, p);
    if (!in || hypot((q[0] - end[0]) * m.lon, (q[1] - end[1]) * m.lat) > REACH_METRES)
        return false;
    d[0] = q[0] - end[0], d[1] = q[1] - end[1];
    length = hypot(d[0], d[1]);
    if (length < 1e-9) {
        d[0] = end[0] - before[0], d[1] = end[1] - before[1];
        length = hypot(d[0], d[1]);
    }
    to[0] = q[0] + d[0] / length * BEYOND;
    to[1] = q[1] + d[1] / length * BEYOND;
    return length > 0;
}

static GEOSGeometry *carry_ends(struct geos *g, const GEOSGeometry *line, const GEOSGeometry *whole, const GEOSGeometry *border)
{
    const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(g->h, line);
    unsigned                 n = 0;
    (void)GEOSCoordSeq_getSize_r(g->h, seq, &n);
    double *xy = ARENA_ARRAY(g->arena, ((size_t)n + 2) * 2, double), *from = xy + 2;
    size_t  count = n;
    (void)GEOSCoordSeq_copyToBuffer_r(g->h, seq, from, 0, 0);
    if (carry(g, &from[2 * n - 2], &from[2 * n - 4], whole, border, &from[2 * n]))
        count++;
    if (carry(g, from, from + 2, whole, border, xy)) {
        count++;
        from = xy;
    }
    return GEOSGeom_createLineString_r(g->h, GEOSCoordSeq_copyFromBuffer_r(g->h, from, (unsigned)count, 0, 0));
}

GEOSGeometry *cut_line(struct geos *g, const GEOSGeometry *line, const GEOSGeometry *whole)
{
    GEOSGeometry  *border = GEOSBoundary_r(g->h, whole), *snapped = GEOSSnap_r(g->h, line, border, SNAP_DEGREES);
    size_t         n = snapped ? pick_lines(g, snapped, NULL, 0) : 0, kept = 0;
    GEOSGeometry **lines = ARENA_ARRAY(g->arena, n + 1, GEOSGeometry *);
    if (n)
        (void)pick_lines(g, snapped, lines, 0);
    for (size_t i = 0; i < n; i++) {
        GEOSGeometry *one = GEOSGeomGetNumPoints_r(g->h, lines[i]) > 1 ? carry_ends(g, lines[i], whole, border) : NULL;
        geo_drop(g, lines[i]);
        if (one)
            lines[kept++] = one;
    }
    geo_drop(g, snapped);
    geo_drop(g, border);
    return GEOSGeom_createCollection_r(g->h, GEOS_MULTILINESTRING, lines, (unsigned)kept);
}

/* ---- cutting ---- */

/* Polygons between the lines that lie in the shape. */
static size_t faces_in(struct geos *g, const GEOSGeometry *whole, const GEOSGeometry *line, GEOSGeometry ***out)
{
    GEOSGeometry       *border = GEOSBoundary_r(g->h, whole), *ready = cut_line(g, line, whole), *noded = GEOSUnion_r(g->h, border, ready);
    const GEOSGeometry *in[1] = { noded };
    GEOSGeometry       *faces = noded ? GEOSPolygonize_r(g->h, in, 1) : NULL;
    int                 count = faces ? GEOSGetNumGeometries_r(g->h, faces) : 0;
    GEOSGeometry      **kept = ARENA_ARRAY(g->arena, (size_t)count + 1, GEOSGeometry *);
    size_t              n = 0;
    for (int i = 0; i < count; i++) {
        const GEOSGeometry *f = GEOSGetGeometryN_r(g->h, faces, i);
        GEOSGeometry       *p = GEOSPointOnSurface_r(g->h, f);
        if (p && GEOSIntersects_r(g->h, whole, p) == 1)
            kept[n++] = GEOSGeom_clone_r(g->h, f);
        geo_drop(g, p);
    }
    geo_drop(g, faces);
    geo_drop(g, noded);
    geo_drop(g, ready);
    geo_drop(g, border);
    *out = kept;
    return n;
}

struct sized { GEOSGeometry *shape; double m2; };

static int larger_first(const void *a, const void *b)
{
    double x = ((const struct sized *)a)->m2, y = ((const struct sized *)b)->m2;
    return (x < y) - (x > y);
}

/* Gives a sliver to the face it shares most border with; false: it touches none. */
static bool give_away(struct geos *g, struct sized *all, size_t n, size_t sliver)
{
    size_t best = n;
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        double length = i == sliver ? 0 : shared_length(g, all[i].shape, all[sliver].shape);
        if (length > most) {
            most = length;
            best = i;
        }
    }
    if (best == n)
        return false;
    GEOSGeometry *both = shape_plus(g, all[best].shape, all[sliver].shape);
    geo_drop(g, all[best].shape);
    geo_drop(g, all[sliver].shape);
    all[best] = (struct sized){ both, geo_m2(g, both) };
    return true;
}

size_t cut_shape(struct geos *g, const GEOSGeometry *whole, const GEOSGeometry *line, double fill, GEOSGeometry ***parts)
{
    size_t        n = faces_in(g, whole, line, parts);
    struct sized *all = ARENA_ARRAY(g->arena, n + 1, struct sized);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct sized){ (*parts)[i], geo_m2(g, (*parts)[i]) };
    if (n)
        qsort(all, n, sizeof *all, larger_first);
    for (size_t i = n; i-- > 1;)
        if (all[i].m2 < fill && give_away(g, all, n, i)) {
            memmove(&all[i], &all[i + 1], (n - i - 1) * sizeof *all);
            n--;
        }
    for (size_t i = 0; i < n; i++)
        (*parts)[i] = all[i].shape;
    return n;
}
