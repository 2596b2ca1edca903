/* exchange_pool.c: for the nightly pass, all that is offered and all that holds it, read once into memory: candidates of a hundred thousand needs without a
 * question to the database for each. It finds the very rows that the statements of exchange_match.c find, in their order. */
#include "exchange_inside.h"

#include <stdlib.h>

#include "../setting/setting.h"

/* Where a resource is looked for: its category and the square or area; of one such place the newest first. */
struct spot { struct str category; int64_t key; const struct giver *giver; };
struct held_claim { int64_t resource; struct claim claim; };
struct exchange_pool {
    struct spot  *cells, *areas;
    size_t        cell_count, area_count;
    struct list   givers, holding;    /* struct giver; struct held_claim in order of resources */
    struct list   categories;
    uint32_t     *found, turn;        /* by giver: the turn in which it was found last */
};

DB_SQL(pool_givers, "SELECT " RESOURCE_COLUMNS ", COALESCE(x.kept, 0), COALESCE(x.failed, 0) FROM resource n "
                    "LEFT JOIN exchange_record x ON x.tenant_id = n.tenant_id AND x.org_id = n.org_id WHERE n.tenant_id = $1 AND n.state = 1 ORDER BY n.id")
DB_SQL(pool_holding, "SELECT resource_id, quantity, begins_at, ends_at FROM need_claim WHERE tenant_id = $1 AND state IN (1, 2) AND resource_id IS NOT NULL "
                     "ORDER BY resource_id, begins_at, id")

static int by_spot(const void *x, const void *y)
{
    const struct spot *a = x, *b = y;
    int                order = str_cmp(a->category, b->category);
    if (order || a->key != b->key)
        return order ? order : a->key < b->key ? -1 : 1;
    if (!a->giver || !b->giver || a->giver->s.id == b->giver->s.id)
        return 0;
    return a->giver->s.id < b->giver->s.id ? 1 : -1;
}

static err read_givers(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out)
{
    struct db_rows      rows;
    const struct field *map = giver_map(a);
    size_t              n = 0, room = 4096;
    struct giver       *at = ARENA_ARRAY(a, room, struct giver);
    TRY(db_query(c, &pool_givers, DB_ARGS(I64(tenant)), &rows));
    while (db_next(&rows)) {
        if (n == room) {
            struct giver *more = ARENA_ARRAY(a, 2 * room, struct giver);
            memcpy(more, at, n * sizeof *at);
            at = more;
            room *= 2;
        }
        db_map(&rows, a, map, &at[n++]);
    }
    *out = (struct list){ at, n };
    return db_done(&rows);
}

static err read_holding(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out)
{
    static const struct field map[] = { FIELD_ID(struct held_claim, resource, 0, ""), FIELD_I64(struct held_claim, claim.quantity, 0, 0, 0, ""),
                                        FIELD_TIME(struct held_claim, claim.begins_at, 0, ""), FIELD_TIME(struct held_claim, claim.ends_at, 0, ""), FIELD_END };
    struct db_rows rows;
    size_t         n = 0, room = 1024;
    struct held_claim   *at = ARENA_ARRAY(a, room, struct held_claim);
    TRY(db_query(c, &pool_holding, DB_ARGS(I64(tenant)), &rows));
    while (db_next(&rows)) {
        if (n == room) {
            struct held_claim *more = ARENA_ARRAY(a, 2 * room, struct held_claim);
            memcpy(more, at, n * sizeof *at);
            at = more;
            room *= 2;
        }
        db_map(&rows, a, map, &at[n++]);
    }
    *out = (struct list){ at, n };
    return db_done(&rows);
}

err exchange_pool_read(struct req *r, struct arena *a, struct exchange_pool **out)
{
    struct exchange_pool *p = *out = ARENA_NEW(a, struct exchange_pool);
    TRY(read_givers(r->db, a, r->tenant, &p->givers));
    TRY(read_holding(r->db, a, r->tenant, &p->holding));
    p->categories = categories_read(a, setting_text(r->app, a, "exchange.categories", r->now));
    const struct giver *g = p->givers.at;
    p->cells = ARENA_ARRAY(a, p->givers.len + 1, struct spot);
    p->areas = ARENA_ARRAY(a, p->givers.len + 1, struct spot);
    p->found = ARENA_ARRAY(a, p->givers.len + 1, uint32_t);
    for (size_t i = 0; i < p->givers.len; i++) {
        int64_t cell = exchange_cell(g[i].s.lon, g[i].s.lat);
        if (cell)
            p->cells[p->cell_count++] = (struct spot){ g[i].s.category, cell, &g[i] };
        p->areas[p->area_count++] = (struct spot){ g[i].s.category, g[i].s.area_id, &g[i] };
    }
    qsort(p->cells, p->cell_count, sizeof *p->cells, by_spot);
    qsort(p->areas, p->area_count, sizeof *p->areas, by_spot);
    return OK;
}

/* The first of that place. */
static size_t first_of(const struct spot *at, size_t n, const struct spot *sought)
{
    size_t low = 0;
    while (low < n) {
        size_t middle = (low + n) / 2;
        if (by_spot(&at[middle], sought) < 0)
            low = middle + 1;
        else
            n = middle;
    }
    return low;
}

struct list exchange_pool_begin(struct exchange_pool *p)
{
    p->turn++;
    return p->categories;
}

size_t exchange_pool_at(struct exchange_pool *p, bool cell, struct str category, int64_t key, size_t each, const struct giver **out, size_t most)
{
    const struct spot *at = cell ? p->cells : p->areas, sought = { category, key, NULL };
    size_t             count = cell ? p->cell_count : p->area_count, n = 0, from = first_of(at, count, &sought);
    for (size_t i = from; i < count && i < from + each && n < most && at[i].key == key && str_eq(at[i].category, category); i++) {
        uint32_t *found = &p->found[at[i].giver - (const struct giver *)p->givers.at];
        if (*found != p->turn)
            out[n++] = at[i].giver;
        *found = p->turn;
    }
    return n;
}

void exchange_pool_holding(const struct exchange_pool *p, struct arena *a, int64_t resource, ms from, ms to, struct list *out)
{
    const struct held_claim *at = p->holding.at;
    size_t             low = 0, high = p->holding.len, n = 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (at[middle].resource < resource)
            low = middle + 1;
        else
            high = middle;
    }
    while (low + n < p->holding.len && at[low + n].resource == resource)
        n++;
    struct claim *claims = ARENA_ARRAY(a, n + 1, struct claim);
    size_t        kept = 0;
    for (size_t i = low; i < low + n; i++)
        if (at[i].claim.ends_at > from && (!to || at[i].claim.begins_at < to))
            claims[kept++] = at[i].claim;
    *out = (struct list){ claims, kept };
}
