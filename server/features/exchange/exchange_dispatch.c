/* exchange_dispatch.c: the dispatch page: needs that seek something, the most urgent first; resources that nothing holds, those offered longest
 * first; what falls due within a week. Of an area and all below it. Few rows are read of lists of any length: of a small area those of each of its
 * areas, of a large one those of the whole district until enough lie in it. */
#include "exchange_inside.h"

#include <stdlib.h>

enum { SHOWN = SIFTED_MOST, EACH_AREA_MOST = 200, LOOKED_AT = 4000, DAYS_AHEAD = 7 };

#define IDLE                                                                                                                            \
    "n.state = 1 AND (n.again = 1 OR n.used + n.reserved < n.quantity) AND (n.ends_at IS NULL OR n.ends_at > $3) AND NOT EXISTS (SELECT 1 FROM need_claim k "   \
    "WHERE k.tenant_id = n.tenant_id AND k.resource_id = n.id AND k.state IN (1, 2) AND k.ends_at > $3) ORDER BY n.id LIMIT "
DB_SQL(dispatch_needs_all, "SELECT " NEED_COLUMNS " FROM need n WHERE n.tenant_id = $1 AND n.state IN (2, 3)" NEED_URGENT "$2")
DB_SQL(dispatch_needs_area, "SELECT " NEED_COLUMNS " FROM need n WHERE n.tenant_id = $1 AND n.area_id = $2 AND n.state IN (2, 3)" NEED_URGENT "60")
DB_SQL(dispatch_idle_all, "SELECT " RESOURCE_COLUMNS " FROM resource n WHERE n.tenant_id = $1 AND " IDLE "$2")
DB_SQL(dispatch_idle_area, "SELECT " RESOURCE_COLUMNS " FROM resource n WHERE n.tenant_id = $1 AND n.area_id = $2 AND " IDLE "60")
DB_SQL(dispatch_counts, "SELECT n.area_id, n.urgency, COUNT(*) FROM need n WHERE n.tenant_id = $1 AND n.state IN (2, 3) GROUP BY n.area_id, n.urgency")
DB_SQL(dispatch_due, "SELECT k.id, k.need_id, k.org_id, k.quantity, k.due_at, k.state, n.title, n.unit, n.area_id FROM need_claim k "
                     "JOIN need n ON n.tenant_id = k.tenant_id AND n.id = k.need_id "
                     "WHERE k.tenant_id = $1 AND k.state IN (1, 2) AND k.due_at < $2 ORDER BY k.due_at, k.id LIMIT $3")

/* ---- the area in question ---- */

struct exchange_place exchange_place_of(struct req *r, int64_t asked)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    struct exchange_place       p = { .area = asked ? asked : unit_root(s), .root = unit_root(s) };
    p.below = unit_subtree(s, r->arena, (struct unit_ref){ UNIT_AREA, p.area });
    int64_t *at = ARENA_ARRAY(r->arena, p.below.len + 32, int64_t);
    size_t   n = p.below.len;
    if (n)
        memcpy(at, p.below.at, n * sizeof *at);
    for (int64_t up = unit_parent(s, (struct unit_ref){ UNIT_AREA, p.area }); up && n < p.below.len + 32; up = unit_parent(s, (struct unit_ref){ UNIT_AREA, up }))
        at[n++] = up;
    p.around = (struct ids){ at, n };
    unit_release(s);
    return p;
}

/* ---- rows of a long list that lie in the place, in its order ---- */

static int64_t area_in(const struct sift *f, const char *row)
{
    return *(const int64_t *)(const void *)(row + f->area_at);
}

static err sift_all(struct req *r, const struct sift *f, const struct exchange_place *p, const struct ids *areas, struct list *out)
{
    struct db_rows rows;
    char          *at = arena_array(r->arena, SHOWN + 1, f->size);
    size_t         n = 0;
    TRY(db_query(r->db, f->all, DB_ARGS(I64(r->tenant), I64(p->area == p->root ? SHOWN : LOOKED_AT), TIME(r->now)), &rows));
    while (n < SHOWN && db_next(&rows)) {
        db_map(&rows, r->arena, f->map, at + n * f->size);
        n += p->area == p->root || ids_has(*areas, area_in(f, at + n * f->size));
    }
    *out = (struct list){ at, n };
    return db_done(&rows);
}

/* The first SHOWN of what every area of the place has. */
err exchange_sift_each(struct req *r, const struct sift *f, const struct ids *areas, struct list *out)
{
    char  *at = arena_array(r->arena, 2 * SHOWN + 1, f->size);
    size_t n = 0;
    for (size_t i = 0; i < areas->len; i++) {
        struct list rows;
        TRY(db_all(r->db, r->arena, f->area, DB_ARGS(I64(r->tenant), I64(areas->at[i]), TIME(r->now)), f->map, f->size, SHOWN, &rows));
        if (rows.len)
            memcpy(at + n * f->size, rows.at, rows.len * f->size);
        n += rows.len;
        qsort(at, n, f->size, f->order);
        n = n < SHOWN ? n : SHOWN;
    }
    *out = (struct list){ at, n };
    return OK;
}

err exchange_sift(struct req *r, const struct sift *f, const struct exchange_place *p, const struct ids *areas, struct list *out)
{
    return p->area != p->root && areas->len <= EACH_AREA_MOST ? exchange_sift_each(r, f, areas, out) : sift_all(r, f, p, areas, out);
}

int need_by_urgency(const void *x, const void *y)
{
    const struct need *a = x, *b = y;
    ms                 a_ends = a->ends_at ? a->ends_at : INT64_MAX, b_ends = b->ends_at ? b->ends_at : INT64_MAX;
    if (a->urgency != b->urgency)
        return a->urgency < b->urgency ? 1 : -1;
    if (a_ends != b_ends)
        return a_ends < b_ends ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

int resource_by_age(const void *x, const void *y)
{
    const struct resource *a = x, *b = y;
    return (a->id > b->id) - (a->id < b->id);
}

static const struct sift needs_sift = { &dispatch_needs_all, &dispatch_needs_area, need_map, sizeof(struct need), offsetof(struct need, area_id), need_by_urgency };
static const struct sift idle_sift = { &dispatch_idle_all, &dispatch_idle_area, resource_map, sizeof(struct resource), offsetof(struct resource, area_id), resource_by_age };

/* ---- what is answered ---- */

struct due_item { int64_t id, need_id, org_id, quantity, area_id; struct str need_title, unit, org_name; ms due_at; int64_t stored; int state; bool late; };
static const struct field due_map[] = {
    FIELD_ID(struct due_item, id, 0, ""), FIELD_ID(struct due_item, need_id, 0, ""), FIELD_ID(struct due_item, org_id, 0, ""),
    FIELD_I64(struct due_item, quantity, 0, 0, 0, ""), FIELD_TIME(struct due_item, due_at, 0, ""), FIELD_I64(struct due_item, stored, 0, 0, 0, ""),
    FIELD_STR(struct due_item, need_title, 0, 0, 0, ""), FIELD_STR(struct due_item, unit, 0, 0, 0, ""), FIELD_ID(struct due_item, area_id, 0, ""), FIELD_END
};
static const struct field due_fields[] = {
    FIELD_ID(struct due_item, id, REQUIRED, "Claim"), FIELD_ID(struct due_item, need_id, REQUIRED, "The need"),
    FIELD_STR(struct due_item, need_title, 0, 0, REQUIRED, "The need, in a line"), FIELD_ID(struct due_item, org_id, REQUIRED, "Who took it on"),
    FIELD_STR(struct due_item, org_name, 0, 0, REQUIRED, "Its name"), FIELD_I64(struct due_item, quantity, 0, 0, REQUIRED, "How much of the need"),
    FIELD_STR(struct due_item, unit, 0, 0, 0, "Of what, in words"), FIELD_TIME(struct due_item, due_at, REQUIRED, "To be done by"),
    FIELD_WORD(struct due_item, state, claim_state_words, REQUIRED, "taken, or done and to be confirmed"),
    FIELD_BOOL(struct due_item, late, REQUIRED, "Not done, and the day is over"), FIELD_END
};

struct board { int64_t area_id, urgent, soon, ordinary; struct str area_name; struct list needs, idle, due; };
static const struct field board_fields[] = {
    FIELD_ID(struct board, area_id, REQUIRED, "Of this area and all below it"), FIELD_STR(struct board, area_name, 0, 0, REQUIRED, "Its name"),
    FIELD_I64(struct board, urgent, 0, 0, REQUIRED, "Urgent needs that seek something"), FIELD_I64(struct board, soon, 0, 0, REQUIRED, "Those wanted soon"),
    FIELD_I64(struct board, ordinary, 0, 0, REQUIRED, "Ordinary ones"),
    FIELD_LIST(struct board, needs, need_item_fields, struct need_item, 0, 0, REQUIRED, "Needs that seek something: the most urgent, then what ends soonest; at most 60"),
    FIELD_LIST(struct board, idle, resource_item_fields, struct resource_item, 0, 0, REQUIRED, "Resources that serve there and that nothing holds, offered longest first; at most 60"),
    FIELD_LIST(struct board, due, due_fields, struct due_item, 0, 0, REQUIRED, "What was taken on and is late or falls due within seven days, the soonest first; at most 60"),
    FIELD_END
};

struct count { int64_t area, urgency, n; };

static err read_counts(struct req *r, const struct exchange_place *p, struct board *b)
{
    static const struct field map[] = { FIELD_ID(struct count, area, 0, ""), FIELD_I64(struct count, urgency, 0, 0, 0, ""), FIELD_I64(struct count, n, 0, 0, 0, ""), FIELD_END };
    struct list               rows;
    int64_t                  *of[] = { NULL, &b->ordinary, &b->soon, &b->urgent };
    TRY(db_all(r->db, r->arena, &dispatch_counts, DB_ARGS(I64(r->tenant)), map, sizeof(struct count), 0, &rows));
    const struct count *c = rows.at;
    for (size_t i = 0; i < rows.len; i++)
        if (c[i].urgency >= 1 && c[i].urgency <= 3 && (p->area == p->root || ids_has(p->below, c[i].area)))
            *of[c[i].urgency] += c[i].n;
    return OK;
}

static err read_due(struct req *r, const struct exchange_place *p, struct board *b)
{
    struct db_rows   rows;
    struct due_item *at = ARENA_ARRAY(r->arena, SHOWN + 1, struct due_item);
    size_t           n = 0;
    TRY(db_query(r->db, &dispatch_due, DB_ARGS(I64(r->tenant), TIME(r->now + DAYS_AHEAD * MS_DAY), I64(p->area == p->root ? SHOWN : LOOKED_AT)), &rows));
    while (n < SHOWN && db_next(&rows)) {
        db_map(&rows, r->arena, due_map, &at[n]);
        n += p->area == p->root || ids_has(p->below, at[n].area_id);
    }
    TRY(db_done(&rows));
    for (size_t i = 0; i < n; i++) {
        at[i].state = (int)at[i].stored;
        at[i].late = at[i].stored == CLAIM_TAKEN && at[i].due_at < r->now;
        at[i].org_name = unit_name_of(r, UNIT_ORG, at[i].org_id);
    }
    b->due = (struct list){ at, n };
    return OK;
}

static err read_needs(struct req *r, const struct exchange_place *p, struct board *b)
{
    struct list rows;
    TRY(exchange_sift(r, &needs_sift, p, &p->below, &rows));
    struct need_item *items = ARENA_ARRAY(r->arena, rows.len + 1, struct need_item);
    for (size_t i = 0; i < rows.len; i++)
        items[i] = need_item_of(r, (const struct need *)rows.at + i);
    b->needs = (struct list){ items, rows.len };
    return OK;
}

static err read_idle(struct req *r, const struct exchange_place *p, struct board *b)
{
    struct list rows;
    TRY(exchange_sift(r, &idle_sift, p, &p->around, &rows));
    struct resource_item *items = ARENA_ARRAY(r->arena, rows.len + 1, struct resource_item);
    for (size_t i = 0; i < rows.len; i++)
        items[i] = resource_item_of(r, (const struct resource *)rows.at + i);
    b->idle = (struct list){ items, rows.len };
    return OK;
}

struct board_query { int64_t area; };
static const struct field query_fields[] = { FIELD_ID(struct board_query, area, 0, "Of this area and all below it; the district when not given"), FIELD_END };

static err read_board(struct req *r)
{
    const struct board_query *q = r->query;
    struct exchange_place     p = exchange_place_of(r, q->area);
    struct board              b = { .area_id = p.area, .area_name = unit_name_of(r, UNIT_AREA, p.area) };
    if (!p.below.len)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "area");
    TRY(read_counts(r, &p, &b));
    TRY(read_needs(r, &p, &b));
    TRY(read_idle(r, &p, &b));
    TRY(read_due(r, &p, &b));
    return reply_view(r, board_fields, &b, 0);
}

const struct route dispatch_routes[] = {
    { GET, "/api/v1/exchange/dispatch", read_board, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "exchange",
      ROUTE_QUERY(struct board_query, query_fields), .reply_kind = REPLY_VIEW, .reply = board_fields, ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE),
      .summary = "Dispatch: needs by urgency, resources that nothing holds, what falls due within a week" },
    ROUTE_END
};
