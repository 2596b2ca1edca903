/* exchange_match.c: who could help whom. Candidates are taken from the squares around the place, ring by ring, and from the areas at and above it, a
 * bounded number from each, so that it does not matter how long the lists are; then they are weighed (fit_score), and each says why. */
#include "exchange_inside.h"

#include <stdlib.h>

enum { RINGS = 3, EACH = 40, WEIGHED = 400, REFINED = 30, SHOWN = 10, NEAR = 12, DAYS_LOOKED_AT = 31 };

/* From the newest. */
#define RECORD   ", COALESCE(x.kept, 0), COALESCE(x.failed, 0)"
#define GIVER    " LEFT JOIN exchange_record x ON x.tenant_id = n.tenant_id AND x.org_id = n.org_id"
DB_SQL(match_resource_cell, "SELECT " RESOURCE_COLUMNS RECORD " FROM resource n" GIVER
                            " WHERE n.tenant_id = $1 AND n.category = $2 AND n.cell = $3 AND n.state = 1 ORDER BY n.id DESC LIMIT 40")
DB_SQL(match_resource_area, "SELECT " RESOURCE_COLUMNS RECORD " FROM resource n" GIVER
                            " WHERE n.tenant_id = $1 AND n.category = $2 AND n.area_id = $3 AND n.state = 1 ORDER BY n.id DESC LIMIT 40")
DB_SQL(match_need_cell, "SELECT " NEED_COLUMNS " FROM need n WHERE n.tenant_id = $1 AND n.category = $2 AND n.cell = $3 AND n.state IN (2, 3) "
                        "ORDER BY n.id DESC LIMIT 40")
DB_SQL(match_need_area, "SELECT " NEED_COLUMNS " FROM need n WHERE n.tenant_id = $1 AND n.category = $2 AND n.area_id = $3 AND n.state IN (2, 3) "
                        "ORDER BY n.id DESC LIMIT 40")

struct match { const struct giver *g; const struct need *n; struct fit fit; int score; };

/* ---- where to look ---- */

struct look { struct ids cells, areas; struct str category[NEAR]; size_t categories; };

/* Squares from the nearest ring outwards; none without a place. */
static struct ids cells_around(struct arena *a, double lon, double lat)
{
    int64_t cell = exchange_cell(lon, lat), *at = ARENA_ARRAY(a, (2 * RINGS - 1) * (2 * RINGS - 1), int64_t);
    size_t  n = 0;
    for (int ring = 0; cell && ring < RINGS; ring++)
        for (int dy = -ring; dy <= ring; dy++)
            for (int dx = -ring; dx <= ring; dx++)
                if (abs(dx) == ring || abs(dy) == ring)
                    at[n++] = exchange_cell_beside(cell, dx, dy);
    return (struct ids){ at, n };
}

/* The area and those above it; with `below` those directly below as well. */
static struct ids areas_around(struct req *r, const struct unit_snapshot *s, int64_t area, bool below)
{
    struct ids sub = unit_subtree(s, r->arena, (struct unit_ref){ UNIT_AREA, area });
    int64_t   *at = ARENA_ARRAY(r->arena, sub.len + 32, int64_t);
    size_t     n = 0;
    for (int64_t up = area; up && n < 16; up = unit_parent(s, (struct unit_ref){ UNIT_AREA, up }))
        at[n++] = up;
    for (size_t i = 0; below && i < sub.len && n < 64; i++)
        if (unit_parent(s, (struct unit_ref){ UNIT_AREA, sub.at[i] }) == area)
            at[n++] = sub.at[i];
    return (struct ids){ at, n };
}

static struct look look_from(struct req *r, const struct unit_snapshot *s, const struct list *categories, struct str category, int64_t area, double lon, double lat, bool below)
{
    struct look l = { .areas = areas_around(r, s, area, below) };
    struct geo  at = { lon != 0 || lat != 0, lon, lat };
    if (!at.set && unit_point_inside(s, area, &at.lon, &at.lat))
        at.set = true;
    l.cells = cells_around(r->arena, at.lon, at.lat);
    l.categories = categories_near(categories, category, l.category, NEAR);
    return l;
}

/* ---- candidates ---- */

static const struct field giver_tail[] = { FIELD_I64(struct giver, kept, 0, 0, 0, ""), FIELD_I64(struct giver, failed, 0, 0, 0, ""), FIELD_END };

/* The columns of a resource and then those of its giver's record. */
const struct field *giver_map(struct arena *a)
{
    size_t n = 0;
    while (resource_map[n].kind != KIND_END)
        n++;
    struct field *map = ARENA_ARRAY(a, n + 3, struct field);
    memcpy(map, resource_map, n * sizeof *map);
    memcpy(map + n, giver_tail, sizeof giver_tail);
    return map;
}

struct gather {
    struct req           *r;
    struct exchange_pool *pool;            /* of the nightly pass: instead of the database */
    const struct field   *map;
    size_t                size, id_at;     /* of a row */
    const void          **rows;            /* those found, each once */
    size_t                count;
};

/* An id among those found already. */
static bool found_already(const struct gather *g, int64_t id)
{
    for (size_t i = 0; i < g->count; i++)
        if (*(const int64_t *)(const void *)((const char *)g->rows[i] + g->id_at) == id)
            return true;
    return false;
}

static err gather_one(struct gather *g, const struct db_sql *sql, struct str category, int64_t key)
{
    struct list rows;
    TRY(db_all(g->r->db, g->r->arena, sql, DB_ARGS(I64(g->r->tenant), TEXT(category), I64(key)), g->map, g->size, EACH, &rows));
    const char *from = rows.at;
    for (size_t i = 0; i < rows.len && g->count < WEIGHED; i++)
        if (!found_already(g, *(const int64_t *)(const void *)(from + i * g->size + g->id_at)))
            g->rows[g->count++] = from + i * g->size;
    return OK;
}

static err gather_at(struct gather *g, const struct db_sql *sql, bool cell, struct str category, int64_t key)
{
    if (!g->pool)
        return gather_one(g, sql, category, key);
    g->count += exchange_pool_at(g->pool, cell, category, key, EACH, (const struct giver **)(void *)(g->rows + g->count), WEIGHED - g->count);
    return OK;
}

/* The nearest squares of every category first, then the areas; until enough are found. */
static err gather_all(struct gather *g, const struct look *l, const struct db_sql *by_cell, const struct db_sql *by_area)
{
    g->rows = arena_array(g->r->arena, WEIGHED, sizeof *g->rows);
    for (size_t i = 0; i < l->areas.len; i++)
        for (size_t c = 0; c < l->categories && g->count < WEIGHED / 2; c++)
            TRY(gather_at(g, by_area, false, l->category[c], l->areas.at[i]));
    for (size_t i = 0; i < l->cells.len; i++)
        for (size_t c = 0; c < l->categories && g->count < WEIGHED; c++)
            TRY(gather_at(g, by_cell, true, l->category[c], l->cells.at[i]));
    return OK;
}

/* ---- weighing ---- */

/* Does the giver serve where the need is: its area holds the need's, or lies within it. */
static bool serves(const struct unit_snapshot *s, int64_t giver, int64_t need)
{
    struct unit_ref g = { UNIT_AREA, giver }, n = { UNIT_AREA, need };
    return unit_within(s, n, g) || unit_within(s, g, n);
}

/* On that day (counted from 1970, on the district's clock), within [from, to). */
static bool free_on(const struct resource *s, ms day, ms from, ms to, int zone_minutes)
{
    ms midnight = day * MS_DAY - (ms)zone_minutes * MS_MINUTE, opens = midnight + s->opens * MS_MINUTE, closes = midnight + (s->closes ? s->closes * MS_MINUTE : MS_DAY);
    ms begins = opens > from ? opens : from, ends = closes < to ? closes : to;
    return begins < ends && resource_admits(s, begins, ends, zone_minutes);
}

/* The resource could be had at some time while it is needed. */
static bool in_time(const struct resource *s, const struct need *n, ms now, int zone_minutes)
{
    ms from = n->begins_at > now ? n->begins_at : now, to = n->ends_at ? n->ends_at : from + DAYS_LOOKED_AT * MS_DAY;
    ms first = (from + (ms)zone_minutes * MS_MINUTE) / MS_DAY;
    if ((s->ends_at && s->ends_at <= from) || (s->begins_at && s->begins_at >= to))
        return false;
    for (ms day = first; s->again && day < first + DAYS_LOOKED_AT; day++)
        if (free_on(s, day, from, to, zone_minutes))
            return true;
    return !s->again;
}

static void weigh(struct req *r, struct match *m, int64_t free)
{
    const struct need     *n = m->n;
    const struct resource *s = &m->g->s;
    bool                   placed = (n->lon != 0 || n->lat != 0) && (s->lon != 0 || s->lat != 0);
    m->fit = (struct fit){ .same_category = str_eq(n->category, s->category), .in_time = in_time(s, n, r->now, r->app->zone_minutes), .placed = placed,
                           .wanted = n->quantity - n->claimed, .free = free, .kept = m->g->kept, .failed = m->g->failed, .urgency = (int)n->urgency,
                           .metres = placed ? unit_metres((struct geo){ true, n->lon, n->lat }, (struct geo){ true, s->lon, s->lat }) : 0 };
    m->score = free > 0 ? fit_score(&m->fit) : 0;
}

static int better(const void *a, const void *b)
{
    const struct match *x = a, *y = b;
    if (x->score != y->score)
        return y->score - x->score;
    return x->g->s.id + x->n->id < y->g->s.id + y->n->id ? 1 : -1;
}

/* What is free again is counted for the best only: in the need's window, else now. */
static err refine(struct req *r, struct exchange_pool *pool, struct match *m)
{
    const struct resource *s = &m->g->s;
    ms          from = m->n->begins_at > r->now ? m->n->begins_at : r->now, to = m->n->ends_at > from ? m->n->ends_at : from + MS_HOUR;
    struct list claims = { NULL, 0 };
    if (s->again && pool)
        exchange_pool_holding(pool, r->arena, s->id, from, to, &claims);
    else if (s->again)
        TRY(claims_holding(r->db, r->arena, r->tenant, s->id, from, to, &claims));
    weigh(r, m, resource_free(s, &claims, from, to));
    return OK;
}

static err best(struct req *r, struct exchange_pool *pool, struct match *at, size_t *n)
{
    size_t kept = 0;
    qsort(at, *n, sizeof *at, better);
    *n = *n < REFINED ? *n : REFINED;
    for (size_t i = 0; i < *n; i++)
        TRY(refine(r, pool, &at[i]));
    qsort(at, *n, sizeof *at, better);
    while (kept < *n && kept < SHOWN && at[kept].score > 0)
        kept++;
    *n = kept;
    return OK;
}

/* ---- views ---- */

static const struct field fit_fields[] = {
    FIELD_BOOL(struct fit, same_category, REQUIRED, "Exactly the category asked for, not the one above or below"),
    FIELD_BOOL(struct fit, in_time, REQUIRED, "It can be had when it is needed"),
    FIELD_I64(struct fit, wanted, 0, 0, REQUIRED, "How much is still to be taken on"),
    FIELD_I64(struct fit, free, 0, 0, REQUIRED, "How much is free"),
    FIELD_BOOL(struct fit, placed, REQUIRED, "Both have a place, so that metres counts"),
    FIELD_REAL(struct fit, metres, REQUIRED, "How far it is"),
    FIELD_I64(struct fit, kept, 0, 0, REQUIRED, "What the organisation took on and kept"),
    FIELD_I64(struct fit, failed, 0, 0, REQUIRED, "What it did not keep"),
    FIELD_END
};

struct resource_match { struct resource_item *resource; struct fit *why; int64_t score; };
static const struct field resource_match_fields[] = {
    FIELD_OBJECT(struct resource_match, resource, resource_item_fields, struct resource_item, REQUIRED, "What could answer it"),
    FIELD_I64(struct resource_match, score, 0, 0, REQUIRED, "0 to 100"),
    FIELD_OBJECT(struct resource_match, why, fit_fields, struct fit, REQUIRED, "Why"),
    FIELD_END
};
struct need_match { struct need_item *need; struct fit *why; int64_t score; };
static const struct field need_match_fields[] = {
    FIELD_OBJECT(struct need_match, need, need_item_fields, struct need_item, REQUIRED, "What it could answer"),
    FIELD_I64(struct need_match, score, 0, 0, REQUIRED, "0 to 100; the more urgent comes first among equals"),
    FIELD_OBJECT(struct need_match, why, fit_fields, struct fit, REQUIRED, "Why"),
    FIELD_END
};

/* ---- for a need ---- */

static err givers_for(struct req *r, const struct unit_snapshot *s, struct exchange_pool *pool, const struct need *n, struct match **out, size_t *count)
{
    struct list   categories = pool ? exchange_pool_begin(pool) : exchange_categories(r);
    struct look   l = look_from(r, s, &categories, n->category, n->area_id, n->lon, n->lat, true);
    struct gather g = { .r = r, .pool = pool, .map = pool ? NULL : giver_map(r->arena), .size = sizeof(struct giver), .id_at = offsetof(struct giver, s.id) };
    TRY(gather_all(&g, &l, &match_resource_cell, &match_resource_area));
    struct match *m = ARENA_ARRAY(r->arena, g.count + 1, struct match);
    size_t        k = 0;
    for (size_t i = 0; i < g.count; i++) {
        const struct giver *giver = g.rows[i];
        if (!serves(s, giver->s.area_id, n->area_id) || (n->unit_kind == UNIT_ORG && n->unit_id == giver->s.org_id))
            continue;
        m[k] = (struct match){ .g = giver, .n = n };
        weigh(r, &m[k], giver->s.again ? giver->s.quantity : resource_free(&giver->s, NULL, 0, 0));
        k++;
    }
    *out = m;
    *count = k;
    return best(r, pool, m, count);
}

static err matches_of_need(struct req *r)
{
    struct need   n;
    struct match *m = NULL;
    size_t        count = 0;
    TRY(need_get(r->db, r->arena, r->tenant, r->path[0], &n));
    if (n.state == NEED_DRAFT)
        TRY(req_allow(r, PERM_NEED_MANAGE, NEED_UNIT(&n)));
    if (need_seeks(n.state) || n.state == NEED_DRAFT) {
        const struct unit_snapshot *s = unit_hold(r->app);
        err                         e = givers_for(r, s, NULL, &n, &m, &count);
        unit_release(s);
        TRY(e);
    }
    struct resource_match *v = ARENA_ARRAY(r->arena, count + 1, struct resource_match);
    for (size_t i = 0; i < count; i++) {
        v[i] = (struct resource_match){ ARENA_NEW(r->arena, struct resource_item), &m[i].fit, m[i].score };
        *v[i].resource = resource_item_of(r, &m[i].g->s);
    }
    return reply_list(r, resource_match_fields, sizeof *v, (struct list){ v, count }, STR_NONE);
}

/* ---- for a resource ---- */

static err needs_for(struct req *r, const struct unit_snapshot *s, const struct giver *giver, struct match **out, size_t *count)
{
    struct list   categories = exchange_categories(r);
    struct look   l = look_from(r, s, &categories, giver->s.category, giver->s.area_id, giver->s.lon, giver->s.lat, true);
    struct gather g = { .r = r, .map = need_map, .size = sizeof(struct need), .id_at = offsetof(struct need, id) };
    TRY(gather_all(&g, &l, &match_need_cell, &match_need_area));
    struct match *m = ARENA_ARRAY(r->arena, g.count + 1, struct match);
    size_t        k = 0;
    for (size_t i = 0; i < g.count; i++) {
        const struct need *n = g.rows[i];
        if (!serves(s, giver->s.area_id, n->area_id) || (n->unit_kind == UNIT_ORG && n->unit_id == giver->s.org_id))
            continue;
        m[k] = (struct match){ .g = giver, .n = n };
        weigh(r, &m[k], giver->s.again ? giver->s.quantity : resource_free(&giver->s, NULL, 0, 0));
        k++;
    }
    *out = m;
    *count = k;
    return best(r, NULL, m, count);
}

static int more_urgent(const void *a, const void *b)
{
    const struct match *x = a, *y = b;
    return x->n->urgency != y->n->urgency ? (int)(y->n->urgency - x->n->urgency) : better(a, b);
}

static err matches_of_resource(struct req *r)
{
    struct giver  g;
    struct record record;
    struct match *m = NULL;
    size_t        count = 0;
    TRY(resource_get(r->db, r->arena, r->tenant, r->path[0], &g.s));
    TRY(record_of(r->db, r->arena, r->tenant, g.s.org_id, &record));
    g.kept = record.kept;
    g.failed = record.failed;
    if (g.s.state == RESOURCE_OFFERED) {
        const struct unit_snapshot *s = unit_hold(r->app);
        err                         e = needs_for(r, s, &g, &m, &count);
        unit_release(s);
        TRY(e);
        qsort(m, count, sizeof *m, more_urgent);
    }
    struct need_match *v = ARENA_ARRAY(r->arena, count + 1, struct need_match);
    for (size_t i = 0; i < count; i++) {
        v[i] = (struct need_match){ ARENA_NEW(r->arena, struct need_item), &m[i].fit, m[i].score };
        *v[i].need = need_item_of(r, m[i].n);
    }
    return reply_list(r, need_match_fields, sizeof *v, (struct list){ v, count }, STR_NONE);
}

/* ---- for an organisation: what it could do this month ---- */

enum { RESOURCES_LOOKED_AT = 60, CHANCES = 20 };
DB_SQL(match_resources_of, "SELECT " RESOURCE_COLUMNS " FROM resource n WHERE n.tenant_id = $1 AND n.org_id = $2 AND n.state = 1 ORDER BY n.id DESC LIMIT 60")

struct chance { struct need_item *need; struct fit *why; int64_t score, resource_id; struct str resource_title; };
static const struct field chance_fields[] = {
    FIELD_OBJECT(struct chance, need, need_item_fields, struct need_item, REQUIRED, "What it could answer"),
    FIELD_ID(struct chance, resource_id, REQUIRED, "With which of its resources, best"),
    FIELD_STR(struct chance, resource_title, 0, 0, REQUIRED, "That one, in a line"),
    FIELD_I64(struct chance, score, 0, 0, REQUIRED, "0 to 100; the more urgent comes first"),
    FIELD_OBJECT(struct chance, why, fit_fields, struct fit, REQUIRED, "Why"),
    FIELD_END
};

/* Each need once, with the resource that answers it best. */
static size_t keep_best(struct match *all, size_t n, const struct match *more, size_t count, ms until)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        if (!more[i].fit.in_time || more[i].n->begins_at > until)
            continue;
        while (at < n && all[at].n->id != more[i].n->id)
            at++;
        if (at == n || more[i].score > all[at].score)
            all[at] = more[i];
        n += at == n;
    }
    return n;
}

static err gather_chances(struct req *r, const struct unit_snapshot *s, int64_t org, struct match *all, size_t *n)
{
    struct list   rows;
    struct record record;
    TRY(record_of(r->db, r->arena, r->tenant, org, &record));
    TRY(db_all(r->db, r->arena, &match_resources_of, DB_ARGS(I64(r->tenant), I64(org)), resource_map, sizeof(struct resource), RESOURCES_LOOKED_AT, &rows));
    const struct resource *at = rows.at;
    for (size_t i = 0; i < rows.len; i++) {
        struct giver *g = ARENA_NEW(r->arena, struct giver);
        struct match *found;
        size_t        count;
        *g = (struct giver){ at[i], record.kept, record.failed };
        TRY(needs_for(r, s, g, &found, &count));
        *n = keep_best(all, *n, found, count, r->now + DAYS_LOOKED_AT * MS_DAY);
    }
    return OK;
}

struct chance_query { int64_t org; };
static const struct field chance_query_fields[] = { FIELD_ID(struct chance_query, org, REQUIRED, "Whose resources are looked at"), FIELD_END };

static err could_do(struct req *r)
{
    int64_t                     org = ((const struct chance_query *)r->query)->org;
    struct match               *all = ARENA_ARRAY(r->arena, RESOURCES_LOOKED_AT * SHOWN + 1, struct match);
    const struct unit_snapshot *s = unit_hold(r->app);
    size_t                      n = 0;
    err                         e = unit_in_use(s, ORG_UNIT(org)) ? gather_chances(r, s, org, all, &n) : FAIL_AT(ERR_UNKNOWN_REFERENCE, "org");
    unit_release(s);
    TRY(e);
    qsort(all, n, sizeof *all, more_urgent);
    n = n < CHANCES ? n : CHANCES;
    struct chance *v = ARENA_ARRAY(r->arena, n + 1, struct chance);
    for (size_t i = 0; i < n; i++) {
        v[i] = (struct chance){ ARENA_NEW(r->arena, struct need_item), &all[i].fit, all[i].score, all[i].g->s.id, all[i].g->s.title };
        *v[i].need = need_item_of(r, all[i].n);
    }
    return reply_list(r, chance_fields, sizeof *v, (struct list){ v, n }, STR_NONE);
}

/* ---- for the nightly pass ---- */

err match_best(struct req *r, const struct unit_snapshot *s, struct exchange_pool *pool, const struct need *n, int least, struct match_pair *out, size_t most,
               size_t *count)
{
    struct match *m;
    size_t        found;
    *count = 0;
    TRY(givers_for(r, s, pool, n, &m, &found));
    for (size_t i = 0; i < found && *count < most && m[i].score >= least; i++) {
        const struct resource *own = &m[i].g->s;
        size_t                 at = 0;
        while (at < *count && out[at].org != own->org_id)
            at++;
        if (at == *count)
            out[(*count)++] = (struct match_pair){ n->id, own->org_id, own->id, m[i].score, n->title };
    }
    return OK;
}

#define READ .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "exchange"

const struct route match_routes[] = {
    { GET, "/api/v1/needs/:id/matches", matches_of_need, READ, .reply_kind = REPLY_LIST, .reply = resource_match_fields,
      .summary = "What could answer a need: at most ten, the best first, each with the reasons" },
    { GET, "/api/v1/resources/:id/matches", matches_of_resource, READ, .reply_kind = REPLY_LIST, .reply = need_match_fields,
      .summary = "What a resource could answer: at most ten, the most urgent first" },
    { GET, "/api/v1/exchange/could-do", could_do, READ, ROUTE_QUERY(struct chance_query, chance_query_fields), .reply_kind = REPLY_LIST, .reply = chance_fields,
      ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE), .summary = "What an organisation could do within a month with what it offers: at most twenty needs, the most urgent first" },
    ROUTE_END
};
