/* The map: a fine lattice of shifted points; every area is a block of its squares, so that neighbours share every corner and the
 * polygons tile without gaps. It lies out at sea: it is no real place. */
#include <math.h>

#include "demo_inside.h"

enum {
    ACROSS = 4, DOWN = 3,          /* communities */
    BLOCK_X = 6, BLOCK_Y = 4,      /* squares of a community */
    POINTS_X = ACROSS * BLOCK_X + 1, POINTS_Y = DOWN * BLOCK_Y + 1
};

#define WEST   123.5000
#define NORTH  30.0500
#define STEP_X 0.00125   /* about 120 m */
#define STEP_Y 0.00118   /* about 131 m */

struct block { int x, y, w, h; };   /* in squares, y to the south */

/* Three grids above, two compounds below. */
static const struct block cells[DEMO_CELLS_EACH] = { { 0, 0, 2, 2 }, { 2, 0, 2, 2 }, { 4, 0, 2, 2 }, { 0, 2, 3, 2 }, { 3, 2, 3, 2 } };

static double shift(int x, int y, int axis)
{
    /* A hash of the corner: the same corner moves the same way for each of its areas. */
    uint64_t h = (uint64_t)(x * 73856093) ^ (uint64_t)(y * 19349663) ^ (uint64_t)(axis * 83492791);
    h = (h ^ (h >> 13)) * 0x9E3779B97F4A7C15u;
    return ((double)(h >> 40) / (double)(1 << 24) - 0.5) * 0.34;
}

static void corner(struct buf *b, int x, int y)
{
    /* The outline bends too: only whole-number corners exist, and all of them are shared. */
    buf_fmt(b, "%s[%.7f,%.7f]", b->ptr[b->len - 1] == '[' ? "" : ",", WEST + (x + shift(x, y, 0)) * STEP_X,
            NORTH - (y + shift(x, y, 1)) * STEP_Y);
}

static struct str ring(struct arena *a, struct block k)
{
    struct buf b = buf_new(a, 0);
    buf_z(&b, "{\"type\":\"Polygon\",\"coordinates\":[[");
    for (int y = 0; y < k.h; y++)
        corner(&b, k.x, k.y + y);
    for (int x = 0; x < k.w; x++)
        corner(&b, k.x + x, k.y + k.h);
    for (int y = k.h; y > 0; y--)
        corner(&b, k.x + k.w, k.y + y);
    for (int x = k.w; x >= 0; x--)
        corner(&b, k.x + x, k.y);
    buf_z(&b, "]]}");
    return buf_view(&b);
}

static struct block community_block(int i)
{
    return (struct block){ i % ACROSS * BLOCK_X, i / ACROSS * BLOCK_Y, BLOCK_X, BLOCK_Y };
}

static struct block cell_block(int cell)
{
    struct block out = cells[cell % DEMO_CELLS_EACH], in = community_block(cell / DEMO_CELLS_EACH);
    out.x += in.x;
    out.y += in.y;
    return out;
}

static err add(struct demo *d, int64_t parent, const char *kind, struct str code, struct str name, struct block k, int64_t *id)
{
    struct unit_area_new n = { .parent = parent, .kind = kind, .code = code, .name = name, .geojson = ring(d->arena, k) };
    return unit_area_add(d->db, d->arena, d->app->tenant, &n, d->since, id);
}

static err add_cells(struct demo *d, int community)
{
    static const char *const grid_names[] = { "第一网格", "第二网格", "第三网格" };
    for (int k = 0; k < DEMO_CELLS_EACH; k++) {
        int        cell = community * DEMO_CELLS_EACH + k;
        bool       grid = k < 3;
        struct str name = str_of(grid ? grid_names[k] : demo_compound_names[community * 2 + k - 3]);
        /* 15 digits: 6 administrative, 3 street, 3 community, 3 serial; 990100 is no real district. */
        struct str code = str_fmt(d->arena, "990100%03d%03d%03d", community / ACROSS + 1, community + 1, k + 1);
        TRY(add(d, d->community[community], grid ? "grid" : "compound", code, name, cell_block(cell), &d->cell[cell]));
    }
    return OK;
}

struct str demo_cell_shape(struct arena *a, int cell)
{
    return ring(a, cell_block(cell));
}

struct str demo_district_shape(struct arena *a)
{
    return ring(a, (struct block){ 0, 0, POINTS_X - 1, POINTS_Y - 1 });
}

err demo_map(struct demo *d)
{
    TRY(add(d, 0, "district", STR("990100000000"), STR("示范区"), (struct block){ 0, 0, POINTS_X - 1, POINTS_Y - 1 }, &d->district));
    for (int s = 0; s < DEMO_STREETS; s++) {
        struct str code = str_fmt(d->arena, "990100%03d000", s + 1);
        TRY(add(d, d->district, "street", code, str_of(demo_street_names[s]),
                (struct block){ 0, s * BLOCK_Y, POINTS_X - 1, BLOCK_Y }, &d->street[s]));
    }
    for (int c = 0; c < DEMO_COMMUNITIES; c++) {
        struct str code = str_fmt(d->arena, "990100%03d%03d", c / ACROSS + 1, c + 1);
        TRY(add(d, d->street[c / ACROSS], "community", code, str_of(demo_community_names[c]), community_block(c), &d->community[c]));
        TRY(add_cells(d, c));
    }
    return OK;
}

struct geo demo_point(struct demo *d, int cell)
{
    struct block k = cell_block(cell);
    double       u = 0.25 + demo_below(&d->random, 1000) / 1000.0 * (k.w - 0.5), v = 0.25 + demo_below(&d->random, 1000) / 1000.0 * (k.h - 0.5);
    return (struct geo){ true, WEST + (k.x + u) * STEP_X, NORTH - (k.y + v) * STEP_Y };
}
