/* case_box.c: what lies in a box on the map, by the indexes of cells. */
#include <stdlib.h>

#include "case_matter.h"
#include "case_pick.h"

#define SPOTS_MOST 100    /* small cells asked one by one: a box of some 500 m each way; */
#define CELLS_MOST 256    /* the others: some 3 km */
#define SPOT_ROWS  32     /* rows of small cells a box may touch for its cases to be gathered by them: 1.7 km; */
#define CELL_ROWS  256    /* of the others: 56 km */
#define FEW        600    /* cases gathered; a row of cells with four times its part of that is enough to see that there are more */

/* Both indexes have all of this. A row of cells is one range of theirs. */
#define IN_BOX \
    "SELECT id, lon_e7, lat_e7, state, due_at, category_id, area_id, org_id FROM cases WHERE tenant_id = $1 " \
    "AND lon_e7 BETWEEN $2 AND $3 AND lat_e7 BETWEEN $4 AND $5 AND lon_e7 IS NOT NULL AND "
#define IN_ROW " BETWEEN $6 AND $7 LIMIT $8"
#define NEWEST " = $6 AND id > $7 AND id < $8 ORDER BY id DESC LIMIT $9"
#define OLDEST " = $6 AND id > $7 AND id < $8 ORDER BY id LIMIT $9"
DB_SQL(case_in_cells, IN_BOX CASE_CELL_SQL IN_ROW)
DB_SQL(case_in_spots, IN_BOX CASE_SPOT_SQL IN_ROW)
DB_SQL(case_cell_newest, IN_BOX CASE_CELL_SQL NEWEST)
DB_SQL(case_cell_oldest, IN_BOX CASE_CELL_SQL OLDEST)
DB_SQL(case_spot_newest, IN_BOX CASE_SPOT_SQL NEWEST)
DB_SQL(case_spot_oldest, IN_BOX CASE_SPOT_SQL OLDEST)
#define COUNTED "SELECT count(*) FROM (SELECT id FROM cases WHERE tenant_id = $1 AND lon_e7 IS NOT NULL AND "
DB_SQL(case_cell_count, COUNTED CASE_CELL_SQL " = $2 LIMIT $3) c")
DB_SQL(case_spot_count, COUNTED CASE_SPOT_SQL " = $2 LIMIT $3) c")

/* Cells of one size, numbered row by row as their index has them, and its statements. */
struct case_grid { int64_t e7, wide; const struct db_sql *row, *newest, *oldest, *count; };
static const struct case_grid cells = { CASE_CELL_E7, CASE_CELLS_WIDE, &case_in_cells, &case_cell_newest, &case_cell_oldest, &case_cell_count };
static const struct case_grid spots = { CASE_SPOT_E7, CASE_SPOTS_WIDE, &case_in_spots, &case_spot_newest, &case_spot_oldest, &case_spot_count };

/* The columns and rows of cells that a box touches. */
struct touched { int64_t west, south, east, north; };

static struct touched touched(const struct case_grid *g, const int64_t box[4])
{
    return (struct touched){ (box[0] + CASE_WEST) / g->e7, (box[2] + CASE_SOUTH) / g->e7, (box[1] + CASE_WEST) / g->e7, (box[3] + CASE_SOUTH) / g->e7 };
}

static int64_t how_many(const struct case_grid *g, const int64_t box[4])
{
    struct touched t = touched(g, box);
    return (t.east - t.west + 1) * (t.north - t.south + 1);
}

struct case_cells case_box_cells(struct arena *a, const int64_t box[4])
{
    const struct case_grid *g = how_many(&spots, box) <= SPOTS_MOST ? &spots : &cells;
    struct touched          t = touched(g, box);
    struct case_cells       out = { g, box, { NULL, 0 } };
    if (how_many(g, box) > CELLS_MOST)
        return out;
    int64_t *at = ARENA_ARRAY(a, (size_t)how_many(g, box), int64_t);
    for (int64_t y = t.south; y <= t.north; y++)
        for (int64_t x = t.west; x <= t.east; x++)
            at[out.numbers.len++] = y * g->wide + x;
    out.numbers.at = at;
    return out;
}

static err take_rows(struct db_rows *rows, size_t most, struct case_in_box *out, size_t *n)
{
    for (*n = 0; *n < most && db_next(rows); ++*n)
        out[*n] = (struct case_in_box){ .id = db_i64(rows, 0), .lon_e7 = (int32_t)db_i64(rows, 1), .lat_e7 = (int32_t)db_i64(rows, 2),
                                        .state = (int32_t)db_i64(rows, 3), .due_at = db_i64(rows, 4), .category = db_i64(rows, 5),
                                        .area = db_i64(rows, 6), .org = db_i64(rows, 7) };
    return db_done(rows);
}

err case_cell_rows(struct req *r, const struct case_cells *c, const struct case_stretch *s, struct case_in_box *out, size_t *n)
{
    struct db_rows rows;
    TRY(db_query(r->db, s->oldest ? c->grid->oldest : c->grid->newest,
                 DB_ARGS(I64(r->tenant), I64(c->box[0]), I64(c->box[1]), I64(c->box[2]), I64(c->box[3]), I64(s->cell), I64(s->above), I64(s->below),
                         I64((int64_t)s->most)),
                 &rows));
    return take_rows(&rows, s->most, out, n);
}

err case_cells_count(struct req *r, const struct case_cells *c, int64_t most, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; *out < most && i < c->numbers.len; i++) {
        int64_t in_cell;
        TRY(db_number(r->db, c->grid->count, DB_ARGS(I64(r->tenant), I64(c->numbers.at[i]), I64(most - *out)), &in_cell));
        *out += in_cell;
    }
    return OK;
}

static int by_id(const void *x, const void *y)
{
    const struct case_in_box *a = x, *b = y;
    return (a->id > b->id) - (a->id < b->id);
}

err case_box_few(struct req *r, const int64_t box[4], struct case_boxed *out)
{
    const struct case_grid *g = &spots;
    struct touched          t = touched(g, box);
    if (t.north - t.south >= SPOT_ROWS)
        t = touched(g = &cells, box);
    size_t share = (size_t)(FEW * 4 / (t.north - t.south + 1)) + 50;
    *out = (struct case_boxed){ ARENA_ARRAY(r->arena, FEW, struct case_in_box), 0, t.north - t.south < CELL_ROWS };
    for (int64_t y = t.south; out->few && y <= t.north; y++) {
        struct db_rows rows;
        size_t         n, most = FEW - out->len < share ? FEW - out->len : share;
        TRY(db_query(r->db, g->row,
                     DB_ARGS(I64(r->tenant), I64(box[0]), I64(box[1]), I64(box[2]), I64(box[3]), I64(y * g->wide + t.west), I64(y * g->wide + t.east),
                             I64((int64_t)most)),
                     &rows));
        TRY(take_rows(&rows, most, out->at + out->len, &n));
        out->len += n;
        out->few = n < most;
    }
    qsort(out->at, out->len, sizeof *out->at, by_id);
    return OK;
}
