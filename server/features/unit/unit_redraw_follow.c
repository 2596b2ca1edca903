/* Redrawing areas, second part: what lies below follows, and what does not fit afterwards is told. */
#include "unit_redraw.h"

#include <math.h>

#define SPILL_M2 10.0   /* less than this outside a parent or over a neighbour is rounding: not told */
#define TOUCH    1e-8   /* degrees: a millimetre */
#define NONE_M2  0.01   /* and less than this is nothing */

static bool boxes_meet(struct box a, struct box b)
{
    return a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
}

static bool is_child(const struct redraw *p, const struct unode *n, const struct unode *up)
{
    return n->parent_id == up->id && redraw_stands(p, n);
}

/* Worth a sentence: more than rounding, and more than so much of the whole. */
static bool much(const struct redraw *p, double m2, double whole)
{
    return m2 >= SPILL_M2 && m2 * 100 > p->outside_percent * whole;
}

/* ---- a border that moved: the children's borders on it move along ---- */

/* How near a child lies to the part: by the border they share; else, since a corner that was cut into a border is rounded, by touching it. */
static double nearness(struct redraw *p, const struct unode *n, const GEOSGeometry *part)
{
    const struct redrawn *known = redraw_of(p, n->id);
    GEOSGeometry         *shape = known ? shape_same(&p->geo, known->after) : geo_from_wkb(&p->geo, shape_wkb(n->shape));
    double                apart = 1, length = shape ? shared_length(&p->geo, shape, part) : 0;
    if (shape && length <= 0 && GEOSDistance_r(p->geo.h, shape, part, &apart) == 1 && apart < TOUCH)
        length = TOUCH - apart;
    geo_drop(&p->geo, shape);
    return length;
}

/* The child of `to` of that kind which lies nearest to the part. */
static const struct unode *neighbour_for(struct redraw *p, const struct redrawn *to, struct str kind, const GEOSGeometry *part)
{
    const struct unode *best = NULL;
    double              most = 0;
    for (const struct unode *n = to->node + 1; n <= &p->s->nodes[to->node->last]; n++) {
        double near = n->shape && is_child(p, n, to->node) && str_eq(n->kind, kind) ? nearness(p, n, part) : 0;
        if (near > most) {
            most = near;
            best = n;
        }
    }
    return best;
}

static void give_part(struct redraw *p, struct redrawn *child, const struct redrawn *to, const GEOSGeometry *part)
{
    const struct unode *taker = to->node ? neighbour_for(p, to, child->kind, part) : NULL;
    redraw_replace(p, &child->after, shape_less(&p->geo, child->after, part));
    struct redraw_finding f = { taker ? STR("child_cut") : STR("child_unheld"), child->name, taker ? taker->name : to->name, child->id,
                                taker ? taker->id : to->id, llround(geo_m2(&p->geo, part)), 0 };
    if (f.m2 >= SPILL_M2)
        redraw_find(p, f);
    if (!taker)
        return;
    struct redrawn *grown = redraw_touch(p, taker);
    redraw_replace(p, &grown->after, shape_plus(&p->geo, grown->after, part));
    redraw_shift(p, child, grown, part);
}

static void move_child(struct redraw *p, struct redrawn *child, const struct redrawn *to)
{
    child->parent = to->id;
    redraw_find(p, (struct redraw_finding){ STR("child_moved"), child->name, to->name, child->id, to->id, 0, 0 });
}

/* All but nothing of the child lies in the region: it changes hands as a whole. Else its part goes to the neighbour across. */
static void shift_child(struct redraw *p, const struct unode *n, const struct redrawn *to, const GEOSGeometry *region)
{
    GEOSGeometry *whole = geo_from_wkb(&p->geo, shape_wkb(n->shape)), *part = shape_both(&p->geo, whole, region);
    double        all = geo_m2(&p->geo, whole), in = geo_m2(&p->geo, part);
    if (in >= NONE_M2 && !much(p, all - in, all))
        move_child(p, redraw_touch(p, n), to);
    else if (in >= NONE_M2)
        for (int i = 0, count = GEOSGetNumGeometries_r(p->geo.h, part); i < count; i++)
            give_part(p, redraw_touch(p, n), to, GEOSGetGeometryN_r(p->geo.h, part, i));
    geo_drop(&p->geo, part);
    geo_drop(&p->geo, whole);
}

static struct box box_of(struct redraw *p, const GEOSGeometry *shape)
{
    struct box b = { 0, 0, 0, 0 };
    (void)GEOSGeom_getExtent_r(p->geo.h, shape, &b.west, &b.south, &b.east, &b.north);
    return b;
}

void redraw_shift(struct redraw *p, const struct redrawn *from, const struct redrawn *to, const GEOSGeometry *region)
{
    struct box box = box_of(p, region);
    for (const struct unode *n = from->node + 1; n <= &p->s->nodes[from->node->last]; n++)
        if (n->shape && is_child(p, n, from->node) && boxes_meet(shape_box(n->shape), box))
            shift_child(p, n, to, region);
}

/* ---- a split: each child goes to the piece that holds most of it ---- */

static void settle_child(struct redraw *p, const struct redrawn *whole, const struct unode *n)
{
    struct redrawn *best = NULL;
    GEOSGeometry   *shape = geo_from_wkb(&p->geo, shape_wkb(n->shape));
    double          most = 0;
    for (size_t i = 0; i < p->count; i++) {
        GEOSGeometry *both = p->areas[i].asked ? shape_both(&p->geo, shape, p->areas[i].after) : NULL;
        double        m2 = geo_m2(&p->geo, both);
        geo_drop(&p->geo, both);
        if (m2 > most) {
            most = m2;
            best = &p->areas[i];
        }
    }
    geo_drop(&p->geo, shape);
    if (best && best->id != whole->id)
        move_child(p, redraw_touch(p, n), best);
}

void redraw_share_out(struct redraw *p, const struct redrawn *whole)
{
    int64_t unplaced = 0;
    for (const struct unode *n = whole->node + 1; n <= &p->s->nodes[whole->node->last]; n++) {
        if (!is_child(p, n, whole->node))
            continue;
        unplaced += !n->shape;
        if (n->shape)
            settle_child(p, whole, n);
    }
    if (unplaced)
        redraw_find(p, (struct redraw_finding){ STR("children_unplaced"), whole->name, STR_NONE, whole->id, 0, 0, unplaced });
}

/* ---- what does not fit afterwards ---- */

/* The shape an area will have; the caller drops it. */
static GEOSGeometry *shape_then(struct redraw *p, int64_t area, struct str *name)
{
    const struct redrawn *r = redraw_of(p, area);
    const struct unode   *n = snapshot_node(p->s, (struct unit_ref){ UNIT_AREA, area });
    *name = r ? r->name : n ? n->name : STR_NONE;
    return r ? shape_same(&p->geo, r->after) : n && n->shape ? geo_from_wkb(&p->geo, shape_wkb(n->shape)) : NULL;
}

static double outside(struct redraw *p, const GEOSGeometry *inner, const GEOSGeometry *outer)
{
    GEOSGeometry *odd = shape_less(&p->geo, inner, outer);
    double        m2 = geo_m2(&p->geo, odd);
    geo_drop(&p->geo, odd);
    return m2;
}

/* Outside its parent by more than it was before. */
static void tell_outside(struct redraw *p, int64_t area, struct str name, const GEOSGeometry *before, const GEOSGeometry *after, int64_t parent,
                         const char *code)
{
    struct str    above;
    GEOSGeometry *outer = shape_then(p, parent, &above);
    if (after && outer) {
        double m2 = outside(p, after, outer), was = before && m2 >= SPILL_M2 ? outside(p, before, outer) : 0;
        if (much(p, m2, geo_m2(&p->geo, after)) && m2 > was + SPILL_M2)
            redraw_find(p, (struct redraw_finding){ str_of(code), name, above, area, parent, llround(m2), 0 });
    }
    geo_drop(&p->geo, outer);
}

static bool reshaped(struct redraw *p, const struct redrawn *r)
{
    return !r->before || !r->after || GEOSEquals_r(p->geo.h, r->before, r->after) != 1;
}

/* Children that are left as they are, under a border that moved. */
static void tell_children(struct redraw *p, const struct redrawn *r)
{
    for (const struct unode *n = r->node + 1; r->node && n <= &p->s->nodes[r->node->last]; n++) {
        const struct redrawn *known = redraw_of(p, n->id);
        if (!n->shape || !is_child(p, n, r->node) || (known && known->asked))
            continue;
        GEOSGeometry *shape = known ? shape_same(&p->geo, known->after) : geo_from_wkb(&p->geo, shape_wkb(n->shape));
        tell_outside(p, n->id, n->name, NULL, shape, known ? known->parent : r->id, "child_outside");
        geo_drop(&p->geo, shape);
    }
}

/* What a drawn area takes from neighbours, and what it leaves to nobody. */
static void tell_neighbours(struct redraw *p, const struct redrawn *r)
{
    const struct unode *up = snapshot_node(p->s, (struct unit_ref){ UNIT_AREA, r->parent });
    GEOSGeometry       *left = shape_less(&p->geo, r->before, r->after);
    for (const struct unode *n = up ? up + 1 : NULL; n && n <= &p->s->nodes[up->last]; n++) {
        if (!n->shape || n->id == r->id || !is_child(p, n, up) || !str_eq(n->kind, r->kind))
            continue;
        GEOSGeometry *theirs = geo_from_wkb(&p->geo, shape_wkb(n->shape)), *both = shape_both(&p->geo, r->after, theirs);
        double        m2 = geo_m2(&p->geo, both);
        if (m2 >= SPILL_M2)
            redraw_find(p, (struct redraw_finding){ STR("overlap"), r->name, n->name, r->id, n->id, llround(m2), 0 });
        if (r->before)
            redraw_replace(p, &left, left ? shape_less(&p->geo, left, theirs) : NULL);
        geo_drop(&p->geo, both);
        geo_drop(&p->geo, theirs);
    }
    double m2 = r->before ? geo_m2(&p->geo, left) : 0;
    if (m2 >= p->fill_m2)
        redraw_find(p, (struct redraw_finding){ STR("gap"), r->name, up ? up->name : STR_NONE, r->id, up ? up->id : 0, llround(m2), 0 });
    geo_drop(&p->geo, left);
}

static int parts_of(const struct redraw *p, const GEOSGeometry *shape)
{
    return shape ? GEOSGetNumGeometries_r(p->geo.h, shape) : 0;
}

void redraw_misfits(struct redraw *p)
{
    for (size_t i = 0; i < p->count; i++) {
        const struct redrawn *r = &p->areas[i];
        if (r->closes || !reshaped(p, r))
            continue;
        if (parts_of(p, r->after) > 1 && parts_of(p, r->after) > parts_of(p, r->before))
            redraw_find(p, (struct redraw_finding){ STR("apart"), r->name, STR_NONE, r->id, 0, 0, parts_of(p, r->after) });
        tell_outside(p, r->id, r->name, r->before, r->after, r->parent, "outside_parent");
        if (r->node)
            tell_children(p, r);
        if (p->ask->op == REDRAW_DRAW)
            tell_neighbours(p, r);
    }
}
