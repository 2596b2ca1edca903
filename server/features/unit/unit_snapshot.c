/* The trees in memory: rows into depth-first order, a table by id, and the questions other features ask. */
#include "unit_inside.h"

#include "../../base/log.h"

/* ---- making ---- */

struct links { int32_t child, last, sibling; };   /* first child, last child, next sibling; -1 none */

static uint64_t spread(int64_t id)
{
    uint64_t h = (uint64_t)id * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 32;
}

static int32_t *table_slot(const struct unit_snapshot *s, int64_t id, const struct unode *nodes)
{
    uint32_t i = (uint32_t)spread(id) & s->table_mask;
    while (s->table[i] >= 0 && nodes[s->table[i]].id != id)
        i = (i + 1) & s->table_mask;
    return &s->table[i];
}

static void table_fill(struct unit_snapshot *s, const struct unode *nodes, int32_t count)
{
    if (!s->table) {
        uint32_t size = 16;
        while (size < (uint32_t)count * 2)
            size *= 2;
        s->table_mask = size - 1;
        s->table = ARENA_ARRAY(s->arena, size, int32_t);
    }
    memset(s->table, 0xFF, ((size_t)s->table_mask + 1) * sizeof *s->table);
    for (int32_t i = 0; i < count; i++)
        *table_slot(s, nodes[i].id, nodes) = i;
}

static int32_t parent_of(const struct unit_snapshot *s, const struct unode *rows, const struct unode *n)
{
    if (!n->parent_id)
        return -1;
    int32_t p = *table_slot(s, n->parent_id, rows);
    return p >= 0 && rows[p].unit == n->unit ? p : -1;
}

static void link_rows(const struct unit_snapshot *s, const struct unode *rows, int32_t count, struct links *l, struct links *roots)
{
    for (int32_t i = 0; i < count; i++)
        l[i] = (struct links){ -1, -1, -1 };
    for (int32_t i = 0; i < count; i++) {
        int32_t       p = parent_of(s, rows, &rows[i]);
        struct links *up = p >= 0 ? &l[p] : &roots[rows[i].unit];
        if (up->last >= 0)
            l[up->last].sibling = i;
        else
            up->child = i;
        up->last = i;
    }
}

/* Moves a root's subtree to the end of the nodes, parents before children, without recursion: the polygons are the nodes' then. */
static void place_subtree(struct unit_snapshot *s, struct unode *rows, const struct links *l, int32_t row, int32_t *stack)
{
    int32_t top = -1, parent = -1;   /* stack: rows of the path down to the present one */
    while (row >= 0) {
        int32_t       at = s->count++;
        struct unode *n = &s->nodes[at];
        *n = rows[row];
        rows[row].shape = NULL;
        n->parent = parent;
        n->depth = parent < 0 ? 0 : s->nodes[parent].depth + 1;
        n->last = at;
        if (parent >= 0)
            s->nodes[parent].children++;
        if (l[row].child >= 0) {
            stack[++top] = row;
            parent = at;
            row = l[row].child;
            continue;
        }
        while (row >= 0 && top >= 0 && l[row].sibling < 0) {
            row = stack[top--];
            s->nodes[parent].last = s->count - 1;
            parent = s->nodes[parent].parent;
        }
        row = top >= 0 ? l[row].sibling : -1;
    }
}

static void leave_out(const struct unode *rows, int32_t count)
{
    log_event(LOG_ERROR, "unit_tree", "problem", "areas or organisations that hang under themselves are left out", NULL);
    for (int32_t i = 0; i < count; i++)
        shape_drop(rows[i].shape);
}

void snapshot_arrange(struct unit_snapshot *s, struct unode *rows, int32_t count)
{
    struct links roots[3] = { { -1, -1, -1 }, { -1, -1, -1 }, { -1, -1, -1 } };
    struct links *l = ARENA_ARRAY(s->arena, (size_t)count + 1, struct links);
    int32_t      *stack = ARENA_ARRAY(s->arena, (size_t)count + 1, int32_t);
    s->nodes = ARENA_ARRAY(s->arena, (size_t)count + 1, struct unode);
    table_fill(s, rows, count);
    link_rows(s, rows, count, l, roots);
    s->root = -1;
    for (enum unit_kind k = UNIT_AREA; k <= UNIT_ORG; k++) {
        for (int32_t r = roots[k].child; r >= 0; r = l[r].sibling) {
            if (k == UNIT_AREA && (s->root < 0 || s->nodes[s->root].valid_to) && !rows[r].valid_to)
                s->root = s->count;
            place_subtree(s, rows, l, r, stack);
        }
        if (k == UNIT_AREA)
            s->areas = s->count;
    }
    if (s->count != count)
        leave_out(rows, count);
    if (s->root < 0 && s->areas)
        s->root = 0;
    table_fill(s, s->nodes, s->count);
    locator_build(&s->locator, s, s->arena);
}

void snapshot_free(struct unit_snapshot *s)
{
    for (int32_t i = 0; i < s->count; i++)
        shape_drop(s->nodes[i].shape);
    arena_free(s->arena);
}

/* ---- questions ---- */

const struct unode *snapshot_node(const struct unit_snapshot *s, struct unit_ref u)
{
    if (!s || !s->count || !u.id)
        return NULL;
    int32_t i = *table_slot(s, u.id, s->nodes);
    return i >= 0 && s->nodes[i].unit == u.kind ? &s->nodes[i] : NULL;
}

static int32_t place(const struct unit_snapshot *s, const struct unode *n)
{
    return (int32_t)(n - s->nodes);
}

int64_t unit_parent(const struct unit_snapshot *s, struct unit_ref u)
{
    const struct unode *n = snapshot_node(s, u);
    return n && n->parent >= 0 ? s->nodes[n->parent].id : 0;
}

bool unit_within(const struct unit_snapshot *s, struct unit_ref inner, struct unit_ref outer)
{
    const struct unode *in = snapshot_node(s, inner), *out = snapshot_node(s, outer);
    return in && out && in >= out && place(s, in) <= out->last;
}

int unit_depth(const struct unit_snapshot *s, struct unit_ref u)
{
    const struct unode *n = snapshot_node(s, u);
    return n ? n->depth : -1;
}

struct str unit_name(const struct unit_snapshot *s, struct unit_ref u)
{
    const struct unode *n = snapshot_node(s, u);
    return n ? n->name : STR_NONE;
}

struct str unit_name_copy(struct arena *a, const struct unit_snapshot *s, enum unit_kind kind, int64_t id)
{
    return id ? str_copy(a, unit_name(s, (struct unit_ref){ kind, id })) : STR_NONE;
}

struct str unit_name_of(struct req *r, enum unit_kind kind, int64_t id)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    struct str                  name = unit_name_copy(r->arena, s, kind, id);
    unit_release(s);
    return name;
}

struct str unit_kind_of(const struct unit_snapshot *s, struct unit_ref u)
{
    const struct unode *n = snapshot_node(s, u);
    return n ? n->kind : STR_NONE;
}

int64_t unit_area_of(const struct unit_snapshot *s, struct unit_ref u)
{
    const struct unode *n = snapshot_node(s, u);
    return !n ? 0 : n->unit == UNIT_AREA ? n->id : n->area_id;
}

bool unit_in_use(const struct unit_snapshot *s, struct unit_ref u)
{
    const struct unode *n = snapshot_node(s, u);
    return n && (!n->valid_to || n->valid_to > clock_now());
}

bool unit_is_public(const struct unit_snapshot *s, struct unit_ref u)
{
    const struct unode *n = snapshot_node(s, u);
    return n && n->is_public;
}

int64_t unit_root(const struct unit_snapshot *s)
{
    return s && s->root >= 0 ? s->nodes[s->root].id : 0;
}

struct ids unit_subtree(const struct unit_snapshot *s, struct arena *a, struct unit_ref u)
{
    const struct unode *n = snapshot_node(s, u);
    if (!n)
        return (struct ids){ NULL, 0 };
    size_t   count = (size_t)(n->last - place(s, n)) + 1;
    int64_t *ids = ARENA_ARRAY(a, count, int64_t);
    for (size_t i = 0; i < count; i++)
        ids[i] = n[i].id;
    return (struct ids){ ids, count };
}

struct ids unit_orgs_in(const struct unit_snapshot *s, struct arena *a, int64_t area)
{
    int64_t *ids = ARENA_ARRAY(a, (size_t)(s->count - s->areas) + 1, int64_t);
    size_t   count = 0;
    for (int32_t i = s->areas; i < s->count; i++)
        if (unit_within(s, (struct unit_ref){ UNIT_AREA, s->nodes[i].area_id }, (struct unit_ref){ UNIT_AREA, area }))
            ids[count++] = s->nodes[i].id;
    return (struct ids){ ids, count };
}

int64_t unit_above_of_kind(const struct unit_snapshot *s, int64_t area, const char *kind)
{
    const struct unode *n = snapshot_node(s, (struct unit_ref){ UNIT_AREA, area });
    while (n && !str_is(n->kind, kind))
        n = n->parent >= 0 ? &s->nodes[n->parent] : NULL;
    return n ? n->id : 0;
}

void unit_range(const struct unit_snapshot *s, struct unit_ref u, int32_t *first, int32_t *last)
{
    const struct unode *n = snapshot_node(s, u);
    *first = n ? place(s, n) : -1;
    *last = n ? n->last : -1;
}

bool unit_point_inside(const struct unit_snapshot *s, int64_t area, double *lon, double *lat)
{
    const struct unode *n = snapshot_node(s, (struct unit_ref){ UNIT_AREA, area });
    if (!n || !n->shape)
        return false;
    shape_inner(n->shape, lon, lat);
    return true;
}
