#include "unit_cover.h"

/* An edge without direction, from its southern end, and how often it is walked northward less southward: by the shapes, and by the one above.
 * The two are told apart: where a shape ends at the border of the one above, both its number and "above" change. */
struct side { double x0, y0, x1, y1; int32_t net[2]; bool used, taken; };

struct cover {
    struct geos   *g;
    struct side   *table;
    uint64_t       mask;
    int            layer;       /* 0 the shapes, 1 the one above */
    GEOSGeometry **lines;       /* runs of edges that remain */
    size_t         line_count, line_room;
};

static uint64_t mix(uint64_t h, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    h = (h ^ bits) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 29;
}

/* Finds or makes the edge's row; *up: it is walked northward. */
static struct side *side_of(struct cover *c, const double *p, bool *up)
{
    *up = p[1] < p[3] || (p[1] == p[3] && p[0] <= p[2]);
    struct side s = *up ? (struct side){ p[0], p[1], p[2], p[3], { 0, 0 }, true, false } : (struct side){ p[2], p[3], p[0], p[1], { 0, 0 }, true, false };
    uint64_t    at = mix(mix(mix(mix(0, s.x0), s.y0), s.x1), s.y1);
    for (at ^= at >> 32;; at++) {
        struct side *have = &c->table[at & c->mask];
        if (!have->used)
            *have = s;
        if (have->x0 == s.x0 && have->y0 == s.y0 && have->x1 == s.x1 && have->y1 == s.y1)
            return have;
    }
}

static void count_ring(void *arg, size_t polygon, size_t ring, const double *p, size_t count)
{
    struct cover *c = arg;
    bool          up;
    (void)polygon, (void)ring;
    for (size_t i = 0; i + 1 < count; i++, p += 2) {
        struct side *s = side_of(c, p, &up);
        s->net[c->layer] += up ? 1 : -1;
    }
}

static void end_run(struct cover *c, const double *from, size_t points)
{
    if (points < 2 || c->line_count == c->line_room)
        return;
    GEOSCoordSequence *seq = GEOSCoordSeq_copyFromBuffer_r(c->g->h, from, (unsigned)points, 0, 0);
    GEOSGeometry      *line = seq ? GEOSGeom_createLineString_r(c->g->h, seq) : NULL;
    if (line)
        c->lines[c->line_count++] = line;
}

/* The runs of remaining edges along a ring, each edge once. */
static void keep_ring(void *arg, size_t polygon, size_t ring, const double *p, size_t count)
{
    struct cover *c = arg;
    const double *from = p;
    bool          up;
    (void)polygon, (void)ring;
    for (size_t i = 0; i + 1 < count; i++, p += 2) {
        struct side *s = side_of(c, p, &up);
        if ((s->net[0] || s->net[1]) && !s->taken) {
            s->taken = true;
            continue;
        }
        end_run(c, from, (size_t)(p - from) / 2 + 1);
        from = p + 2;
    }
    end_run(c, from, (size_t)(p - from) / 2 + 1);
}

static void walk_all(struct cover *c, const struct shape *const *shapes, size_t n, const struct shape *above, shape_ring each)
{
    c->layer = 0;
    for (size_t i = 0; i < n; i++)
        (void)shape_walk(c->g->arena, shape_wkb(shapes[i]), each, c);
    c->layer = 1;
    if (above)
        (void)shape_walk(c->g->arena, shape_wkb(above), each, c);
}

/* The remaining edges as one geometry, noded; NULL when all cancel. */
static GEOSGeometry *remaining(struct cover *c, const struct shape *const *shapes, size_t n, const struct shape *above)
{
    size_t edges = above ? shape_edges(above) : 0, size = 16;
    for (size_t i = 0; i < n; i++)
        edges += shape_edges(shapes[i]);
    while (size < edges * 2)
        size *= 2;
    c->mask = size - 1;
    struct arena *a = arena_new(size * sizeof(struct side) + edges * sizeof(GEOSGeometry *) + 256);
    c->table = ARENA_ARRAY(a, size, struct side);
    c->lines = ARENA_ARRAY(a, edges + 1, GEOSGeometry *);
    c->line_room = edges;
    walk_all(c, shapes, n, above, count_ring);
    walk_all(c, shapes, n, above, keep_ring);
    GEOSGeometry *all = c->line_count ? GEOSGeom_createCollection_r(c->g->h, GEOS_MULTILINESTRING, c->lines, (unsigned)c->line_count) : NULL;
    GEOSGeometry *noded = all ? GEOSUnaryUnion_r(c->g->h, all) : NULL;
    geo_drop(c->g, all);
    arena_free(a);
    return noded;
}

static bool over(const struct shape *s, double lon, double lat)
{
    struct box b = shape_box(s);
    return lon >= b.west && lon <= b.east && lat >= b.south && lat <= b.north && shape_holds(s, lon, lat);
}

/* What lies over the face; false when it has no point inside to ask for. */
static bool ask_face(struct geos *g, const struct shape *const *shapes, size_t n, const struct shape *above, size_t *over_list,
                     struct cover_face *f)
{
    if (!geo_inner(g, f->polygon, &f->lon, &f->lat))
        return false;
    f->over = over_list;
    f->over_count = 0;
    for (size_t i = 0; i < n; i++)
        if (over(shapes[i], f->lon, f->lat))
            over_list[f->over_count++] = i;
    f->above = above && over(above, f->lon, f->lat);
    return true;
}

static GEOSGeometry *unite(struct geos *g, GEOSGeometry **parts, size_t n)
{
    GEOSGeometry *all = GEOSGeom_createCollection_r(g->h, GEOS_GEOMETRYCOLLECTION, parts, (unsigned)n);
    GEOSGeometry *one = GEOSCoverageUnion_r(g->h, all);
    if (!one || GEOSisValid_r(g->h, one) != 1) {
        geo_drop(g, one);
        one = GEOSUnaryUnion_r(g->h, all);
    }
    geo_drop(g, all);
    return geo_polygons(g, one);
}

void cover_walk(struct geos *g, const struct shape *const *shapes, size_t n, const struct shape *above, double least, cover_tell tell, void *arg,
                double fill, GEOSGeometry **outline)
{
    struct cover        c = { .g = g };
    GEOSGeometry       *noded = remaining(&c, shapes, n, above);
    const GEOSGeometry *in[1] = { noded };
    GEOSGeometry       *faces = noded ? GEOSPolygonize_r(g->h, in, 1) : NULL;
    int                 count = faces ? GEOSGetNumGeometries_r(g->h, faces) : 0;
    GEOSGeometry      **parts = ARENA_ARRAY(g->arena, (size_t)count + 1, GEOSGeometry *);
    size_t             *over_list = ARENA_ARRAY(g->arena, n + 1, size_t), kept = 0;
    for (int i = 0; i < count; i++) {
        struct cover_face f = { .polygon = GEOSGetGeometryN_r(g->h, faces, i) };
        f.m2 = geo_m2(g, f.polygon);
        bool small = f.m2 < fill;
        if (f.m2 < least && (!outline || small)) {
            if (outline)
                parts[kept++] = GEOSGeom_clone_r(g->h, f.polygon);
            continue;
        }
        if (!ask_face(g, shapes, n, above, over_list, &f))
            continue;
        if (outline && (small || f.over_count))
            parts[kept++] = GEOSGeom_clone_r(g->h, f.polygon);
        if (f.m2 >= least)
            tell(arg, &f);
    }
    if (outline)
        *outline = kept ? unite(g, parts, kept) : NULL;
    geo_drop(g, faces);
    geo_drop(g, noded);
}
