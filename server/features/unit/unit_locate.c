/* Point to area. The areas' boxes lie under a grid; a cell lists the areas that may hold a point in it, deepest first, so the first one
 * that holds it is the answer. Nothing is locked or allocated on the way. */
#include "unit_inside.h"

#include <math.h>
#include <stdlib.h>

#define CELLS_ACROSS_MOST 512
#define ON_THE_EDGE       0.001   /* metres: a point this close to the outermost border counts as inside */
#define BEYOND            0.05    /* metres past a border at which the other side is asked for */

/* ---- building ---- */

/* Deeper first; on one level the kind listed first (a grid before a compound), then the smaller. */
static int by_precedence(const void *a, const void *b, void *nodes)
{
    const struct located *x = a, *y = b;
    const struct unode   *n = (const struct unode *)nodes + x->node, *m = (const struct unode *)nodes + y->node;
    if (n->depth != m->depth)
        return m->depth - n->depth;
    if (n->kind_order != m->kind_order)
        return n->kind_order - m->kind_order;
    double p = shape_m2(x->shape), q = shape_m2(y->shape);
    if (p != q)
        return p < q ? -1 : 1;
    return n->id < m->id ? -1 : n->id > m->id;
}

static void gather(struct locator *l, const struct unit_snapshot *s, struct arena *a)
{
    l->areas = ARENA_ARRAY(a, (size_t)s->areas + 1, struct located);
    l->box = (struct box){ 400, 400, -400, -400 };
    for (int32_t i = 0; i < s->areas; i++) {
        const struct unode *n = &s->nodes[i];
        if (!n->shape || (n->valid_to && n->valid_to <= s->now))
            continue;
        struct box b = shape_box(n->shape);
        l->areas[l->count++] = (struct located){ n->shape, b, i };
        l->box.west = fmin(l->box.west, b.west);
        l->box.south = fmin(l->box.south, b.south);
        l->box.east = fmax(l->box.east, b.east);
        l->box.north = fmax(l->box.north, b.north);
    }
    qsort_r(l->areas, (size_t)l->count, sizeof *l->areas, by_precedence, s->nodes);
}

static int32_t cell_of(double v, double low, double per, int32_t cells)
{
    double k = (v - low) * per;
    return k <= 0 ? 0 : k >= cells - 1 ? cells - 1 : (int32_t)k;
}

struct cells { int32_t x0, x1, y0, y1; };

static struct cells cells_of(const struct locator *l, const struct box *b)
{
    return (struct cells){
        cell_of(b->west, l->box.west, l->per_lon, l->across), cell_of(b->east, l->box.west, l->per_lon, l->across),
        cell_of(b->south, l->box.south, l->per_lat, l->down), cell_of(b->north, l->box.south, l->per_lat, l->down),
    };
}

static size_t cut_into(struct locator *l, int32_t cells)
{
    double width = l->box.east - l->box.west, height = l->box.north - l->box.south;
    size_t listed = 0;
    l->across = l->down = cells;
    l->per_lon = width > 0 ? cells / width : 0;
    l->per_lat = height > 0 ? cells / height : 0;
    for (int32_t i = 0; i < l->count; i++) {
        struct cells c = cells_of(l, &l->areas[i].box);
        listed += (size_t)(c.x1 - c.x0 + 1) * (size_t)(c.y1 - c.y0 + 1);
    }
    return listed;
}

/* Calls visit for each cell of each area, in order of precedence. */
static void each_cell(struct locator *l, void (*visit)(struct locator *l, size_t cell, int32_t area))
{
    for (int32_t i = 0; i < l->count; i++) {
        struct cells c = cells_of(l, &l->areas[i].box);
        for (int32_t y = c.y0; y <= c.y1; y++)
            for (int32_t x = c.x0; x <= c.x1; x++)
                visit(l, (size_t)y * (size_t)l->across + (size_t)x, i);
    }
}

static void count_one(struct locator *l, size_t cell, int32_t area)
{
    (void)area;
    l->cell_from[cell + 2]++;
}

static void list_one(struct locator *l, size_t cell, int32_t area)
{
    l->cell_areas[l->cell_from[cell + 1]++] = area;
}

void locator_build(struct locator *l, const struct unit_snapshot *s, struct arena *a)
{
    *l = (struct locator){ .of = s };
    gather(l, s, a);
    int32_t cells = (int32_t)ceil(4 * sqrt(l->count + 1.0));
    cells = cells > CELLS_ACROSS_MOST ? CELLS_ACROSS_MOST : cells;
    while (cut_into(l, cells) > (size_t)l->count * 64 + (size_t)CELLS_ACROSS_MOST * CELLS_ACROSS_MOST * 8 && cells > 1)
        cells /= 2;
    size_t all = (size_t)l->across * (size_t)l->down;
    l->cell_from = ARENA_ARRAY(a, all + 2, uint32_t);
    each_cell(l, count_one);
    for (size_t k = 2; k < all + 2; k++)
        l->cell_from[k] += l->cell_from[k - 1];
    l->cell_areas = ARENA_ARRAY(a, (size_t)l->cell_from[all + 1] + 1, int32_t);
    each_cell(l, list_one);
}

/* ---- asking ---- */

static bool in_box(const struct box *b, double lon, double lat)
{
    return lon >= b->west && lon <= b->east && lat >= b->south && lat <= b->north;
}

int32_t locator_at(const struct locator *l, double lon, double lat)
{
    if (!l->count || !in_box(&l->box, lon, lat))
        return -1;
    size_t cell = (size_t)cell_of(lat, l->box.south, l->per_lat, l->down) * (size_t)l->across +
                  (size_t)cell_of(lon, l->box.west, l->per_lon, l->across);
    for (uint32_t i = l->cell_from[cell], end = l->cell_from[cell + 1]; i < end; i++) {
        const struct located *at = &l->areas[l->cell_areas[i]];
        if (in_box(&at->box, lon, lat) && shape_holds(at->shape, lon, lat))
            return l->cell_areas[i];
    }
    return -1;
}

/* One question about the surroundings of a point. */
struct around {
    const struct locator *l;
    double                lon, lat, metres;
    struct scale          m;
    int32_t               here;        /* area found, -1 none */
    struct unit_place    *out;
    int32_t               on_edge;     /* when nothing was found: the first area whose border the point lies on */
};

static bool related(const struct unit_snapshot *s, int32_t a, int32_t b)
{
    return (b >= a && b <= s->nodes[a].last) || (a >= b && a <= s->nodes[b].last);
}

static void add_near(struct unit_place *out, int64_t area, double metres)
{
    size_t most = sizeof out->near / sizeof *out->near, at = out->near_count < most ? out->near_count : most;
    while (at > 0 && out->near[at - 1].metres > metres)
        at--;
    if (at == most)
        return;
    size_t moved = (out->near_count < most ? out->near_count : most - 1) - at;
    memmove(&out->near[at + 1], &out->near[at], moved * sizeof *out->near);
    out->near[at] = (struct unit_near){ area, metres };
    out->near_count += out->near_count < most;
}

/* What is found just beyond the border's nearest point, going straight on. */
static int32_t beyond(const struct around *q, double metres, double qlon, double qlat)
{
    if (metres <= 0)
        return -1;
    double by = (metres + BEYOND) / metres;
    return locator_at(q->l, q->lon + (qlon - q->lon) * by, q->lat + (qlat - q->lat) * by);
}

static bool seen(const struct unit_place *out, int64_t area)
{
    for (size_t i = 0; i < out->near_count; i++)
        if (out->near[i].area == area)
            return true;
    return false;
}

/* The found area itself, its ancestors and what lies in it are no neighbours. */
static bool no_neighbour(const struct around *q, int32_t k)
{
    const struct located *here = q->here >= 0 ? &q->l->areas[q->here] : NULL;
    return k == q->here || (here && related(q->l->of, here->node, q->l->areas[k].node)) || seen(q->out, q->l->of->nodes[q->l->areas[k].node].id);
}

static bool of_same_kind(const struct around *q, int32_t k)
{
    const struct unode *nodes = q->l->of->nodes;
    return q->here >= 0 && str_eq(nodes[q->l->areas[q->here].node].kind, nodes[q->l->areas[k].node].kind);
}

/* An area of the found one's kind counts as soon as its border is near (or when it holds the point as well: an overlap). One of another
 * kind only when it is what would be found on the other side of its border: not the street around a community, nor a compound laid over grids. */
static void consider(struct around *q, int32_t k)
{
    const struct located *c = &q->l->areas[k];
    double                qlon = 0, qlat = 0;
    if (no_neighbour(q, k))
        return;
    double d = shape_border(c->shape, q->lon, q->lat, q->m, q->metres, &qlon, &qlat);
    bool   same_kind = of_same_kind(q, k), near = d >= 0;
    if (near && d <= ON_THE_EDGE && (q->on_edge < 0 || k < q->on_edge))
        q->on_edge = k;
    if (same_kind && shape_holds(c->shape, q->lon, q->lat))
        add_near(q->out, q->l->of->nodes[c->node].id, 0);
    else if (near && (same_kind || beyond(q, d, qlon, qlat) == k))
        add_near(q->out, q->l->of->nodes[c->node].id, d);
}

static void look_around(struct around *q)
{
    const struct locator *l = q->l;
    double                dlon = q->metres / q->m.lon, dlat = q->metres / q->m.lat;
    struct box            b = { q->lon - dlon, q->lat - dlat, q->lon + dlon, q->lat + dlat };
    if (b.east < l->box.west || b.west > l->box.east || b.north < l->box.south || b.south > l->box.north)
        return;
    struct cells c = cells_of(l, &b);
    for (int32_t y = c.y0; y <= c.y1; y++)
        for (int32_t x = c.x0; x <= c.x1; x++) {
            size_t cell = (size_t)y * (size_t)l->across + (size_t)x;
            for (uint32_t i = l->cell_from[cell], end = l->cell_from[cell + 1]; i < end; i++)
                consider(q, l->cell_areas[i]);
        }
}

static void set_found(struct around *q, int32_t k)
{
    const struct unode *n = &q->l->of->nodes[q->l->areas[k].node];
    q->here = k;
    q->out->area = n->id;
    q->out->shape = n->shape_id;
}

static bool on_the_globe(double lon, double lat)
{
    return isfinite(lon) && isfinite(lat) && fabs(lat) <= 90 && fabs(lon) <= 180;
}

/* A point on the outermost border itself is inside after all; look around again from there. */
static void find_on_edge(struct around *q)
{
    look_around(q);
    if (q->on_edge < 0)
        return;
    q->out->near_count = 0;
    set_found(q, q->on_edge);
    look_around(q);
}

void unit_find(const struct unit_snapshot *s, double lon, double lat, double border_metres, struct unit_place *out)
{
    *out = (struct unit_place){ 0 };
    if (!s || !s->locator.count || !on_the_globe(lon, lat))
        return;
    struct around q = { .l = &s->locator, .lon = lon, .lat = lat, .m = scale_at(lat), .here = -1, .out = out, .on_edge = -1 };
    int32_t       found = locator_at(q.l, lon, lat);
    q.metres = fmax(border_metres, ON_THE_EDGE);
    if (found >= 0)
        set_found(&q, found);
    if (found < 0)
        find_on_edge(&q);
    else if (border_metres > 0)
        look_around(&q);
    if (border_metres <= 0)
        out->near_count = 0;
}

double unit_metres(struct geo a, struct geo b)
{
    const double degree = M_PI / 180, radius = 6371008.8;
    double       dlat = (b.lat - a.lat) * degree, dlon = (b.lon - a.lon) * degree;
    double       h = pow(sin(dlat / 2), 2) + cos(a.lat * degree) * cos(b.lat * degree) * pow(sin(dlon / 2), 2);
    return 2 * radius * asin(fmin(1, sqrt(h)));
}
