#include "unit_shape.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#define RADIANS     (M_PI / 180.0)
#define WGS84_A     6378137.0
#define WGS84_E     0.08181919084262149   /* first eccentricity */
#define SLABS_MOST  65536
#define LISTED_MOST 16   /* slabs an edge is listed in, on average */
#define INNER_LINES 9

/* From the southern to the northern end, so that neighbours compute the very same numbers for a shared edge. */
struct edge { double x0, y0, x1, y1; };

/* The polygon's height is cut into slabs; each lists the edges that reach into it. */
struct shape {
    _Atomic(int)  count;
    struct arena *arena;
    int64_t       id;
    struct str    wkb;
    struct box    box;
    double        m2, inner_lon, inner_lat;
    struct edge  *edges;
    uint32_t      edge_count, slabs;
    double        slab_scale;
    uint32_t     *slab_from;   /* slabs + 1 positions in slab_edges */
    uint32_t     *slab_edges;
};

/* ---- well-known binary ---- */

struct wkb { const unsigned char *at, *end; bool swap, bad; };

static void wkb_take(struct wkb *w, void *out, size_t n)
{
    if ((size_t)(w->end - w->at) < n) {
        w->bad = true;
        memset(out, 0, n);
        return;
    }
    unsigned char *to = out;
    for (size_t i = 0; i < n; i++)
        to[i] = w->at[w->swap ? n - 1 - i : i];
    w->at += n;
}

static uint32_t wkb_u32(struct wkb *w)
{
    uint32_t v;
    wkb_take(w, &v, sizeof v);
    return v;
}

static uint32_t wkb_head(struct wkb *w)
{
    const uint16_t one = 1;
    unsigned char  order, little;
    w->swap = false;
    memcpy(&little, &one, 1);
    wkb_take(w, &order, 1);
    w->swap = order != little;
    return wkb_u32(w);
}

static bool wkb_polygon(struct arena *scratch, struct wkb *w, size_t number, shape_ring ring, void *arg)
{
    uint32_t rings = wkb_u32(w);
    for (uint32_t i = 0; i < rings && !w->bad; i++) {
        uint32_t n = wkb_u32(w);
        if (w->bad || (size_t)(w->end - w->at) / 16 < n)
            return false;
        struct arena_mark mark = arena_mark(scratch);
        double           *points = ARENA_ARRAY(scratch, (size_t)n * 2, double);
        for (size_t k = 0; k < (size_t)n * 2; k++)
            wkb_take(w, &points[k], sizeof(double));
        ring(arg, number, i, points, n);
        arena_rewind(scratch, mark);
    }
    return !w->bad;
}

bool shape_walk(struct arena *scratch, struct str wkb, shape_ring ring, void *arg)
{
    struct wkb w = { (const unsigned char *)wkb.ptr, (const unsigned char *)wkb.ptr + wkb.len, false, false };
    uint32_t   type = wkb_head(&w), n = 1;
    if (type == 3)
        return wkb_polygon(scratch, &w, 0, ring, arg) && w.at == w.end;
    if (type != 6)
        return false;
    n = wkb_u32(&w);
    for (uint32_t i = 0; i < n; i++)
        if (wkb_head(&w) != 3 || !wkb_polygon(scratch, &w, i, ring, arg))
            return false;
    return !w.bad && w.at == w.end;
}

/* ---- measures ---- */

/* The northing of the equal-area projection over the ellipsoid's axis: half of the authalic q. */
static double authalic(double lat)
{
    double s = sin(lat * RADIANS), es = WGS84_E * s;
    return 0.5 * (1 - WGS84_E * WGS84_E) * (s / (1 - es * es) + atanh(es) / WGS84_E);
}

double ring_m2(const double *points, size_t count)
{
    if (count < 4)
        return 0;
    double sum = 0, x0 = points[0], y0 = authalic(points[1]), px = 0, py = 0;
    for (size_t i = 1; i < count; i++) {
        double x = (points[2 * i] - x0) * RADIANS, y = authalic(points[2 * i + 1]) - y0;
        sum += px * y - x * py;
        px = x;
        py = y;
    }
    return fabs(sum) / 2 * WGS84_A * WGS84_A;
}

struct scale scale_at(double lat)
{
    double c = cos(lat * RADIANS), c2 = c * c;
    return (struct scale){
        .lon = 111412.84 * c - 93.5 * (4 * c2 - 3) * c + 0.118 * ((16 * c2 - 20) * c2 + 5) * c,
        .lat = 111132.92 - 559.82 * (2 * c2 - 1) + 1.175 * ((8 * c2 - 8) * c2 + 1),
    };
}

/* ---- making ---- */

static void count_edges(void *arg, size_t polygon, size_t ring, const double *points, size_t count)
{
    (void)polygon, (void)ring, (void)points;
    *(size_t *)arg += count ? count - 1 : 0;
}

static void widen(struct box *b, double x, double y)
{
    b->west = fmin(b->west, x);
    b->east = fmax(b->east, x);
    b->south = fmin(b->south, y);
    b->north = fmax(b->north, y);
}

static void add_ring(void *arg, size_t polygon, size_t ring, const double *p, size_t count)
{
    struct shape *s = arg;
    (void)polygon;
    s->m2 += ring ? -ring_m2(p, count) : ring_m2(p, count);
    for (size_t i = 0; i + 1 < count; i++, p += 2) {
        bool up = p[1] < p[3] || (p[1] == p[3] && p[0] <= p[2]);
        s->edges[s->edge_count++] = up ? (struct edge){ p[0], p[1], p[2], p[3] } : (struct edge){ p[2], p[3], p[0], p[1] };
        widen(&s->box, p[0], p[1]);
    }
}

static uint32_t slab_of(const struct shape *s, double y)
{
    /* Of a shape next to no height the scale is infinite, and its own lower edge gives no number: that belongs to the first slab. */
    double k = (y - s->box.south) * s->slab_scale;
    return !(k > 0) ? 0 : k >= s->slabs - 1 ? s->slabs - 1 : (uint32_t)k;
}

/* Edges of one slab lie beside each other in memory: a lookup waits for memory more than for anything else. */
static int by_south(const void *a, const void *b)
{
    double x = ((const struct edge *)a)->y0, y = ((const struct edge *)b)->y0;
    return (x > y) - (x < y);
}

static void cut_into(struct shape *s, uint32_t slabs)
{
    double height = s->box.north - s->box.south;
    s->slabs = slabs;
    s->slab_scale = height > 0 ? slabs / height : 0;
}

/* As many slabs as half the edges, fewer when long edges would be listed in too many of them. */
static void choose_slabs(struct shape *s)
{
    uint32_t n = s->edge_count / 2;
    size_t   listed;
    n = n < 1 ? 1 : n > SLABS_MOST ? SLABS_MOST : n;
    do {
        cut_into(s, n);
        listed = 0;
        for (uint32_t e = 0; e < s->edge_count; e++)
            listed += slab_of(s, s->edges[e].y1) - slab_of(s, s->edges[e].y0) + 1;
        n /= 2;
    } while (n > 1 && listed > (size_t)s->edge_count * LISTED_MOST);
}

/* Counts per slab, then places: two passes over the same edges. */
static void make_slabs(struct shape *s, struct arena *a)
{
    qsort(s->edges, s->edge_count, sizeof *s->edges, by_south);
    choose_slabs(s);
    s->slab_from = ARENA_ARRAY(a, s->slabs + 2, uint32_t);
    for (uint32_t e = 0; e < s->edge_count; e++)
        for (uint32_t k = slab_of(s, s->edges[e].y0), last = slab_of(s, s->edges[e].y1); k <= last; k++)
            s->slab_from[k + 2]++;
    for (uint32_t k = 2; k < s->slabs + 2; k++)
        s->slab_from[k] += s->slab_from[k - 1];
    s->slab_edges = ARENA_ARRAY(a, s->slab_from[s->slabs + 1], uint32_t);
    for (uint32_t e = 0; e < s->edge_count; e++)
        for (uint32_t k = slab_of(s, s->edges[e].y0), last = slab_of(s, s->edges[e].y1); k <= last; k++)
            s->slab_edges[s->slab_from[k + 1]++] = e;
}

static double crossing(const struct edge *e, double y)
{
    return e->x0 + (y - e->y0) * (e->x1 - e->x0) / (e->y1 - e->y0);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void find_inner(struct shape *s, struct arena *scratch)
{
    double best = -1;
    for (int line = 0; line < INNER_LINES; line++) {
        double            y = s->box.south + (s->box.north - s->box.south) * (2 * line + 1) / (2.0 * INNER_LINES);
        struct arena_mark mark = arena_mark(scratch);
        double           *x = ARENA_ARRAY(scratch, s->edge_count, double);
        size_t            n = 0;
        for (uint32_t i = s->slab_from[slab_of(s, y)]; i < s->slab_from[slab_of(s, y) + 1]; i++) {
            const struct edge *e = &s->edges[s->slab_edges[i]];
            if (e->y0 <= y && y < e->y1)
                x[n++] = crossing(e, y);
        }
        qsort(x, n, sizeof *x, by_value);
        for (size_t i = 0; i + 1 < n; i += 2)
            if (x[i + 1] - x[i] > best) {
                best = x[i + 1] - x[i];
                s->inner_lon = (x[i] + x[i + 1]) / 2;
                s->inner_lat = y;
            }
        arena_rewind(scratch, mark);
    }
}

err shape_make(int64_t id, struct str wkb, struct shape **out)
{
    struct arena *scratch = arena_new(0), *a;
    size_t        edges = 0;
    if (!shape_walk(scratch, wkb, count_edges, &edges) || edges < 3 || edges > UINT32_MAX / 8) {
        arena_free(scratch);
        return FAIL(ERR_SHAPE);
    }
    a = arena_new(edges * 48 + wkb.len + 1024);
    struct shape *s = ARENA_NEW(a, struct shape);
    atomic_init(&s->count, 1);
    s->arena = a;
    s->id = id;
    s->wkb = str_copy(a, wkb);
    s->box = (struct box){ 400, 400, -400, -400 };
    s->edges = ARENA_ARRAY(a, edges, struct edge);
    (void)shape_walk(scratch, wkb, add_ring, s);
    make_slabs(s, a);
    find_inner(s, scratch);
    arena_free(scratch);
    *out = s;
    return OK;
}

void shape_keep(struct shape *s)
{
    atomic_fetch_add(&s->count, 1);
}

void shape_drop(struct shape *s)
{
    if (s && atomic_fetch_sub(&s->count, 1) == 1)
        arena_free(s->arena);
}

/* ---- questions ---- */

int64_t shape_id(const struct shape *s)
{
    return s->id;
}

struct str shape_wkb(const struct shape *s)
{
    return s->wkb;
}

struct box shape_box(const struct shape *s)
{
    return s->box;
}

double shape_m2(const struct shape *s)
{
    return s->m2;
}

size_t shape_edges(const struct shape *s)
{
    return s->edge_count;
}

void shape_inner(const struct shape *s, double *lon, double *lat)
{
    *lon = s->inner_lon;
    *lat = s->inner_lat;
}

bool shape_holds(const struct shape *s, double lon, double lat)
{
    if (!(lon >= s->box.west && lon <= s->box.east && lat >= s->box.south && lat <= s->box.north))
        return false;
    uint32_t k = slab_of(s, lat);
    bool     inside = false;
    for (uint32_t i = s->slab_from[k], end = s->slab_from[k + 1]; i < end; i++) {
        const struct edge *e = &s->edges[s->slab_edges[i]];
        if (e->y0 <= lat && lat < e->y1 && crossing(e, lat) <= lon)
            inside = !inside;
    }
    return inside;
}

/* Squared metres from the point (the origin) to an edge; (*x, *y): the nearest point of it, in metres from the origin. */
static double edge_distance2(const struct edge *e, double lon, double lat, struct scale m, double *x, double *y)
{
    double ax = (e->x0 - lon) * m.lon, ay = (e->y0 - lat) * m.lat, dx = (e->x1 - e->x0) * m.lon, dy = (e->y1 - e->y0) * m.lat;
    double len2 = dx * dx + dy * dy, t = len2 > 0 ? -(ax * dx + ay * dy) / len2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    *x = ax + t * dx;
    *y = ay + t * dy;
    return *x * *x + *y * *y;
}

double shape_border(const struct shape *s, double lon, double lat, struct scale m, double most, double *qlon, double *qlat)
{
    double dlon = most / m.lon, dlat = most / m.lat, best = most * most, x, y;
    bool   found = false;
    if (!(lon >= s->box.west - dlon && lon <= s->box.east + dlon && lat >= s->box.south - dlat && lat <= s->box.north + dlat))
        return -1;
    uint32_t first = slab_of(s, lat - dlat), last = slab_of(s, lat + dlat);
    for (uint32_t i = s->slab_from[first], end = s->slab_from[last + 1]; i < end; i++) {
        const struct edge *e = &s->edges[s->slab_edges[i]];
        if (fmax(e->x0, e->x1) < lon - dlon || fmin(e->x0, e->x1) > lon + dlon)
            continue;
        double d2 = edge_distance2(e, lon, lat, m, &x, &y);
        if (d2 <= best) {
            best = d2;
            *qlon = lon + x / m.lon;
            *qlat = lat + y / m.lat;
            found = true;
        }
    }
    return found ? sqrt(best) : -1;
}
