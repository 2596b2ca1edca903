/* case_box.c: what lies in a box on the map, by the index of cells: the cells it touches, and its cases when they are few. */
#include "case_matter.h"
#include "case_pick.h"

#define CELLS_MOST 256    /* asked one by one: a box of some 3 km each way */
#define ROWS_MOST  256    /* rows of cells a box may touch for its cases to be gathered: 56 km */
#define FEW        2000   /* cases gathered */

/* A row of cells is one range of the index, which holds all that is asked. */
DB_SQL(case_in_row,
       "SELECT id FROM cases WHERE tenant_id = $1 AND lon_e7 IS NOT NULL AND " CASE_CELL_SQL " BETWEEN $2 AND $3 "
       "AND lon_e7 BETWEEN $4 AND $5 AND lat_e7 BETWEEN $6 AND $7 LIMIT $8")

struct corners { struct case_cell from, to; };

static struct corners corners_of(const int64_t box[4])
{
    return (struct corners){ case_cell_at(box[0], box[2]), case_cell_at(box[1], box[3]) };
}

struct ids case_box_cells(struct arena *a, const int64_t box[4])
{
    struct corners c = corners_of(box);
    int64_t        many = (c.to.x - c.from.x + 1) * (c.to.y - c.from.y + 1);
    struct ids     out = { NULL, 0 };
    if (many > CELLS_MOST)
        return out;
    int64_t *at = ARENA_ARRAY(a, (size_t)many, int64_t);
    for (int64_t y = c.from.y; y <= c.to.y; y++)
        for (int64_t x = c.from.x; x <= c.to.x; x++)
            at[out.len++] = case_cell_number((struct case_cell){ x, y });
    out.at = at;
    return out;
}

static err gather_row(struct req *r, const int64_t box[4], int64_t from, int64_t to, int64_t *at, size_t *n)
{
    struct db_rows rows;
    TRY(db_query(r->db, &case_in_row,
                 DB_ARGS(I64(r->tenant), I64(from), I64(to), I64(box[0]), I64(box[1]), I64(box[2]), I64(box[3]), I64((int64_t)(FEW + 1 - *n))), &rows));
    while (*n <= FEW && db_next(&rows))
        at[(*n)++] = db_i64(&rows, 0);
    return db_done(&rows);
}

err case_box_few(struct req *r, const int64_t box[4], struct ids *out, bool *few)
{
    struct corners c = corners_of(box);
    int64_t       *at = ARENA_ARRAY(r->arena, FEW + 1, int64_t);
    size_t         n = 0;
    *few = c.to.y - c.from.y < ROWS_MOST;
    for (int64_t y = c.from.y; *few && y <= c.to.y; y++) {
        TRY(gather_row(r, box, case_cell_number((struct case_cell){ c.from.x, y }), case_cell_number((struct case_cell){ c.to.x, y }), at, &n));
        *few = n <= FEW;
    }
    *out = (struct ids){ at, n };
    return OK;
}
