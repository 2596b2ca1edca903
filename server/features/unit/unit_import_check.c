/* Import, second part: how the shapes lie to each other. Overlaps between areas of one kind; what a parent's polygon holds that no child covers
 * (gaps); what children reach beyond it. Everything is measured in square metres on the ellipsoid; slivers below the settings' bounds
 * are what rounding of coordinates leaves between neighbours, and are not told. */
#include "unit_import.h"

#include <math.h>
#include <stdlib.h>

#include "../../base/jsonw.h"
#include "../setting/setting.h"
#include "unit_cover.h"

#define TOLD_MOST  500     /* findings of a kind told one by one; the count is always whole */
#define SLIVER     0.1     /* faces below this part of a bound are not even added up */
#define PAIRS_MOST 100000

struct finding { struct str a, b; double m2, lon, lat; };
struct findings { struct finding *at; size_t len, total; };

/* Square metres that two items have in common, at a face. */
struct pair { uint32_t a, b; double m2, lon, lat; };

struct check {
    struct import_plan  *p;
    struct findings      overlaps, gaps, outside;
    double               overlap_m2, gap_m2, outside_percent;
    struct pair         *pairs;
    size_t               pair_count;
    double              *beyond;       /* by item: square metres outside its parent */
    const struct shape **shapes;       /* those compared at present … */
    size_t              *items;        /* … and which items they are */
    size_t               count;
    struct str           above_name;
    bool                 tell_overlaps, tell_gaps, has_above;
};

static void found(struct check *c, struct findings *f, struct finding one)
{
    if (!f->at)
        f->at = ARENA_ARRAY(c->p->arena, TOLD_MOST, struct finding);
    f->total++;
    if (f->len < TOLD_MOST)
        f->at[f->len++] = one;
}

/* ---- face by face ---- */

/* Within a face it is certain how many areas lie over each place, but not that they are the same everywhere: where one of two neighbours that
 * fit each other ends and the other begins, the number stays. So each area's share of the face is cut out. */
struct share { size_t item; GEOSGeometry *part; };

static bool boxes_meet(const GEOSGeometry *face, struct geos *g, struct box b)
{
    double west, south, east, north;
    return GEOSGeom_getExtent_r(g->h, face, &west, &south, &east, &north) == 1 && b.west <= east && west <= b.east && b.south <= north &&
           south <= b.north;
}

static size_t cut_shares(struct check *c, const struct cover_face *f, struct share *shares)
{
    struct geos *g = &c->p->geo;
    size_t       n = 0;
    for (size_t i = 0; i < c->count; i++) {
        if (!boxes_meet(f->polygon, g, shape_box(c->shapes[i])))
            continue;
        GEOSGeometry *whole = geo_from_wkb(g, shape_wkb(c->shapes[i])), *part = GEOSIntersection_r(g->h, f->polygon, whole);
        geo_drop(g, whole);
        if ((part = geo_polygons(g, part)))
            shares[n++] = (struct share){ c->items[i], part };
    }
    return n;
}

/* Each pair once; two that are there already are not news. */
static void add_pair(struct check *c, const struct cover_face *f, const struct share *a, const struct share *b)
{
    struct geos *g = &c->p->geo;
    if (c->pair_count == PAIRS_MOST || (!c->p->items[a->item].number && !c->p->items[b->item].number))
        return;
    GEOSGeometry *common = GEOSIntersection_r(g->h, a->part, b->part);
    double        m2 = geo_m2(g, common);
    if (m2 > 0)
        c->pairs[c->pair_count++] = (struct pair){ (uint32_t)a->item, (uint32_t)b->item, m2, f->lon, f->lat };
    geo_drop(g, common);
}

static void share_face(struct check *c, const struct cover_face *f, bool beyond)
{
    struct arena_mark mark = arena_mark(c->p->arena);
    struct share     *shares = ARENA_ARRAY(c->p->arena, c->count + 1, struct share);
    size_t            n = cut_shares(c, f, shares);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; c->tell_overlaps && f->over_count > 1 && k < n; k++)
            add_pair(c, f, &shares[i], &shares[k]);
        if (beyond)
            c->beyond[shares[i].item] += geo_m2(&c->p->geo, shares[i].part);
    }
    for (size_t i = 0; i < n; i++)
        geo_drop(&c->p->geo, shares[i].part);
    arena_rewind(c->p->arena, mark);
}

static void on_face(void *arg, const struct cover_face *f)
{
    struct check *c = arg;
    bool          beyond = c->tell_gaps && c->has_above && !f->above && f->over_count;
    if (c->tell_gaps && !f->over_count && f->m2 >= c->gap_m2 && (f->above || !c->has_above))
        found(c, &c->gaps, (struct finding){ c->above_name, STR_NONE, f->m2, f->lon, f->lat });
    if (beyond || (c->tell_overlaps && f->over_count > 1))
        share_face(c, f, beyond);
}

static void select_items(struct check *c, bool all, int64_t parent)
{
    c->count = 0;
    for (size_t i = 0; i < c->p->count; i++)
        if (c->p->items[i].shape && c->p->items[i].fate != ITEM_REFUSED && (all || c->p->items[i].parent == parent)) {
            c->shapes[c->count] = c->p->items[i].shape;
            c->items[c->count++] = i;
        }
}

/* Walks one selection. The outline becomes the polygon of a root that the import makes. */
static void walk(struct check *c, const struct unode *above, bool outline)
{
    GEOSGeometry *all = NULL;
    c->has_above = above && above->shape;
    c->above_name = above ? above->name : STR_NONE;
    cover_walk(&c->p->geo, c->shapes, c->count, c->has_above ? above->shape : NULL, fmin(c->overlap_m2, c->gap_m2) * SLIVER, on_face, c, c->gap_m2, outline ? &all : NULL);
    if (all)
        c->p->root_wkb = geo_wkb(&c->p->geo, all);
    geo_drop(&c->p->geo, all);
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static size_t list_parents(struct check *c, int64_t *parents)
{
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < c->p->features; i++)
        if (c->p->items[i].fate != ITEM_REFUSED)
            parents[n++] = c->p->items[i].parent;
    qsort(parents, n, sizeof *parents, by_id);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || parents[i] != parents[i - 1])
            parents[kept++] = parents[i];
    return kept;
}

/* One parent for all: a single walk tells everything. Else overlaps over all of the kind, then each parent with its own. */
static void walk_everything(struct check *c)
{
    int64_t *parents = ARENA_ARRAY(c->p->arena, c->p->features + 1, int64_t);
    size_t   n = list_parents(c, parents), whole;
    select_items(c, true, 0);
    whole = c->count;
    if (n == 1)
        select_items(c, false, parents[0]);
    c->tell_overlaps = true;
    c->tell_gaps = n == 1 && c->count == whole;
    if (c->tell_gaps) {
        walk(c, snapshot_node(c->p->s, (struct unit_ref){ UNIT_AREA, parents[0] }), c->p->makes_root || c->p->draws_root);
        return;
    }
    select_items(c, true, 0);
    walk(c, NULL, false);
    c->tell_overlaps = false;
    c->tell_gaps = true;
    for (size_t i = 0; i < n; i++) {
        select_items(c, false, parents[i]);
        walk(c, snapshot_node(c->p->s, (struct unit_ref){ UNIT_AREA, parents[i] }), false);
    }
}

/* ---- adding up ---- */

static int by_pair(const void *x, const void *y)
{
    const struct pair *a = x, *b = y;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    if (a->b != b->b)
        return a->b < b->b ? -1 : 1;
    return (a->m2 < b->m2) - (a->m2 > b->m2);   /* the largest face first: it gives the place */
}

static void add_up_overlaps(struct check *c)
{
    qsort(c->pairs, c->pair_count, sizeof *c->pairs, by_pair);
    for (size_t i = 0, end; i < c->pair_count; i = end) {
        double m2 = 0;
        for (end = i; end < c->pair_count && c->pairs[end].a == c->pairs[i].a && c->pairs[end].b == c->pairs[i].b; end++)
            m2 += c->pairs[end].m2;
        if (m2 >= c->overlap_m2)
            found(c, &c->overlaps, (struct finding){ c->p->items[c->pairs[i].a].name, c->p->items[c->pairs[i].b].name, m2, c->pairs[i].lon,
                                                     c->pairs[i].lat });
    }
}

static void add_up_outside(struct check *c)
{
    for (size_t i = 0; i < c->p->features; i++) {
        const struct item *it = &c->p->items[i];
        if (c->beyond[i] >= c->gap_m2 && c->beyond[i] * 100 > c->outside_percent * shape_m2(it->shape))
            found(c, &c->outside, (struct finding){ it->name, STR_NONE, c->beyond[i], 0, 0 });
    }
}

/* ---- telling ---- */

static int larger_first(const void *a, const void *b)
{
    double x = ((const struct finding *)a)->m2, y = ((const struct finding *)b)->m2;
    return (x < y) - (x > y);
}

static void tell_place(struct jsonw *j, const struct finding *f)
{
    jsonw_key(j, "at");
    jsonw_open(j);
    jsonw_key(j, "lon");
    jsonw_real(j, f->lon, 6);
    jsonw_key(j, "lat");
    jsonw_real(j, f->lat, 6);
    jsonw_close(j);
}

struct telling { const char *name, *count, *first, *second; bool place; };

static void tell(struct jsonw *j, struct findings *f, const struct telling *how)
{
    if (f->len)
        qsort(f->at, f->len, sizeof *f->at, larger_first);
    jsonw_kv_i64(j, how->count, (int64_t)f->total);
    jsonw_key(j, how->name);
    jsonw_list(j);
    for (size_t i = 0; i < f->len; i++) {
        jsonw_open(j);
        jsonw_kv_str(j, how->first, f->at[i].a);
        if (how->second)
            jsonw_kv_str(j, how->second, f->at[i].b);
        jsonw_kv_i64(j, "m2", llround(f->at[i].m2));
        if (how->place)
            tell_place(j, &f->at[i]);
        jsonw_close(j);
    }
    jsonw_list_end(j);
}

void import_compare(struct import_plan *p, struct jsonw *j)
{
    ms           now = clock_now();
    struct check c = { .p = p,
                       .overlap_m2 = (double)setting_i64(p->app, "unit.overlap_m2", now),
                       .gap_m2 = (double)setting_i64(p->app, "unit.gap_m2", now),
                       .outside_percent = (double)setting_i64(p->app, "unit.outside_percent", now) };
    c.pairs = ARENA_ARRAY(p->arena, PAIRS_MOST, struct pair);
    c.beyond = ARENA_ARRAY(p->arena, p->count + 1, double);
    c.shapes = ARENA_ARRAY(p->arena, p->count + 1, const struct shape *);
    c.items = ARENA_ARRAY(p->arena, p->count + 1, size_t);
    walk_everything(&c);
    add_up_overlaps(&c);
    add_up_outside(&c);
    tell(j, &c.overlaps, &(struct telling){ "overlaps", "overlap_count", "a", "b", true });
    tell(j, &c.gaps, &(struct telling){ "gaps", "gap_count", "parent", NULL, true });
    tell(j, &c.outside, &(struct telling){ "outside", "outside_count", "name", NULL, false });
}
