/* case_public_map.c: the map that everybody may see: category, state, dates and an approximate place; words only where staff released them.
 *
 * A place is shown somewhere in its cell of the grid (0.002 degrees each way, some 220 m by 200 m at Shanghai). Where in the cell follows from
 * the case's number alone and not from its place, so that a hundred cases of one cell do not lie on one spot and no spot tells anything.
 *
 * The newest cases, at most POINTS_MOST of them and at most case.public_days old, are kept in memory and read anew when something was committed,
 * not more often than every READ_EVERY. A question costs a walk over them, however many cases there are behind: over the little of each that a
 * question asks for, side by side, as the whole rows do not stay in the processor's cache. The whole district, which most ask for, is a walk over
 * the heaps in its cells. */
#include <pthread.h>
#include <stdlib.h>

#include "case_matter.h"
#include "../setting/setting.h"
#include "../../base/id.h"

#define POINTS_MOST 20000
#define READ_EVERY  (20 * MS_SECOND)
#define PINS_MOST   300    /* beyond this they are drawn as clusters */
#define LIST_MOST   50
#define COLUMNS     24     /* clusters across the box, at most */
#define ROWS        48

/* Neither refused, nor merged (its survivor stands for it), nor taken back. The plus keeps the planner from the index of cells. */
DB_SQL(public_points,
       "SELECT id, code, state, outcome, category_id, lon_e7, lat_e7, area_id, released, reported_at, closed_at, "
       "CASE WHEN released = 1 THEN " CASE_OPENING("text") " END "
       "FROM cases WHERE tenant_id = $1 AND id > $2 AND +lon_e7 IS NOT NULL AND +state NOT IN (8, 10) AND outcome <> 5 "
       "ORDER BY id DESC LIMIT $3")

/* ---- the points in memory ---- */

/* column and row: cells from 180° W and 90° S, of CASE_CELL_E7 each. count 1: a case; else those of one cell and one standing, at their mean. */
struct dot { double lon, lat; int64_t category; int32_t column, row, count; bool open, released; };
struct dots { const struct dot *at; size_t n; };

struct points {
    struct arena          *arena;
    const struct case_row *at;        /* newest first; lon_e7 and lat_e7 are those shown */
    struct dots            dots;      /* of each, as many */
    struct dots            heaps;
    size_t                 n;
    ms                     read_at;   /* clock_monotonic */
    uint64_t               snapshot;  /* db_snapshot of what was read */
    int                    users;     /* guarded by the lock */
};

struct case_public {
    struct arena   *arena;
    pthread_mutex_t lock, reading;
    struct points  *now;
};

static const struct field point_fields[] = {
    FIELD_ID(struct case_row, id, 0, ""),          FIELD_STR(struct case_row, code, 0, 0, 0, ""),
    FIELD_I64(struct case_row, state, 0, 0, 0, ""), FIELD_I64(struct case_row, outcome, 0, 0, 0, ""),
    FIELD_ID(struct case_row, category_id, 0, ""), FIELD_I64(struct case_row, lon_e7, 0, 0, 0, ""),
    FIELD_I64(struct case_row, lat_e7, 0, 0, 0, ""), FIELD_ID(struct case_row, area_id, 0, ""),
    FIELD_I64(struct case_row, released, 0, 0, 0, ""), FIELD_TIME(struct case_row, reported_at, 0, ""),
    FIELD_TIME(struct case_row, closed_at, 0, ""), FIELD_STR(struct case_row, text, 0, 0, 0, ""), FIELD_END
};

/* The middle eight tenths of the cell, spread by the number. */
static void blur(struct case_row *c)
{
    uint64_t h = (uint64_t)c->id * 0x9E3779B97F4A7C15u;
    int64_t  lon, lat, most = CASE_CELL_E7 * 8 / 10;
    case_cell_middle(case_cell_at(c->lon_e7, c->lat_e7), &lon, &lat);
    c->lon_e7 = lon - most / 2 + (int64_t)((h >> 40) % (uint64_t)most);
    c->lat_e7 = lat - most / 2 + (int64_t)((h >> 16 & 0xFFFFFF) % (uint64_t)most);
}

static int32_t cell_of(double degrees_east_or_north)
{
    return (int32_t)(degrees_east_or_north / (CASE_CELL_E7 / 1e7));
}

static struct dots dots_of(struct arena *a, const struct case_row *rows, size_t n)
{
    struct dot *out = ARENA_ARRAY(a, n + 1, struct dot);
    for (size_t i = 0; i < n; i++) {
        double lon = (double)rows[i].lon_e7 / 1e7, lat = (double)rows[i].lat_e7 / 1e7;
        out[i] = (struct dot){ lon, lat, rows[i].category_id, cell_of(lon + 180), cell_of(lat + 90), 1, !rows[i].closed_at, rows[i].released != 0 };
    }
    return (struct dots){ out, n };
}

static int by_cell(const void *x, const void *y)
{
    const struct dot *a = x, *b = y;
    if (a->open != b->open)
        return a->open - b->open;
    return a->row != b->row ? (a->row > b->row) - (a->row < b->row) : (a->column > b->column) - (a->column < b->column);
}

static struct dots heaps_of(struct arena *a, struct dots dots)
{
    struct dot *out = ARENA_ARRAY(a, dots.n + 1, struct dot);
    size_t      n = 0;
    memcpy(out, dots.at, dots.n * sizeof *out);
    qsort(out, dots.n, sizeof *out, by_cell);
    for (size_t i = 0; i < dots.n; i++) {
        if (!n || by_cell(&out[n - 1], &out[i]) != 0) {
            out[n++] = out[i];
            continue;
        }
        struct dot *h = &out[n - 1];
        h->count++;
        h->lon += (out[i].lon - h->lon) / h->count;
        h->lat += (out[i].lat - h->lat) / h->count;
    }
    return (struct dots){ out, n };
}

static err read_points(struct req *r, struct points **out)
{
    struct arena  *a = arena_new(256 * 1024);
    struct points *p = ARENA_NEW(a, struct points);
    struct list    rows = { 0 };
    ms             from = r->now - setting_i64(r->app, "case.public_days", r->now) * MS_DAY;
    *p = (struct points){ .arena = a, .read_at = clock_monotonic(), .snapshot = db_snapshot(r->db), .users = 1 };
    err e = db_all(r->db, a, &public_points, DB_ARGS(I64(r->tenant), I64(id_at(from)), I64(POINTS_MOST)), point_fields, sizeof(struct case_row),
                   POINTS_MOST, &rows);
    if (failed(e)) {
        arena_free(a);
        return e;
    }
    struct case_row *all = rows.at;
    for (size_t i = 0; i < rows.len; i++)
        blur(&all[i]);
    p->at = all;
    p->dots = dots_of(a, all, rows.len);
    p->heaps = heaps_of(a, p->dots);
    p->n = rows.len;
    *out = p;
    return OK;
}

static void let_go(struct case_public *m, struct points *p)
{
    pthread_mutex_lock(&m->lock);
    bool last = p && --p->users == 0;
    pthread_mutex_unlock(&m->lock);
    if (last)
        arena_free(p->arena);
}

static struct points *hold(struct case_public *m)
{
    pthread_mutex_lock(&m->lock);
    struct points *p = m->now;
    if (p)
        p->users++;
    pthread_mutex_unlock(&m->lock);
    return p;
}

static bool fresh(const struct req *r, const struct points *p)
{
    return p && (p->snapshot >= db_moment(r->app->db) || clock_monotonic() < p->read_at + READ_EVERY);
}

/* One reads anew while the others are answered from what there is. */
static err renew(struct req *r, struct case_public *m)
{
    struct points *p = NULL, *before;
    TRY(read_points(r, &p));
    pthread_mutex_lock(&m->lock);
    before = m->now;
    m->now = p;
    pthread_mutex_unlock(&m->lock);
    let_go(m, before);
    return OK;
}

static err points_now(struct req *r, struct points **out)
{
    struct case_public *m = r->app->public_map;
    err                 e = OK;
    *out = hold(m);
    if (fresh(r, *out) || (*out && pthread_mutex_trylock(&m->reading) != 0))
        return OK;
    if (!*out)
        pthread_mutex_lock(&m->reading);
    let_go(m, *out);
    *out = hold(m);
    if (!fresh(r, *out)) {
        let_go(m, *out);
        e = renew(r, m);
        *out = failed(e) ? NULL : hold(m);
    }
    pthread_mutex_unlock(&m->reading);
    return e;
}

void case_public_start(struct app *app)
{
    struct arena       *a = arena_new(0);
    struct case_public *m = ARENA_NEW(a, struct case_public);
    m->arena = a;
    pthread_mutex_init(&m->lock, NULL);
    pthread_mutex_init(&m->reading, NULL);
    app->public_map = m;
}

void case_public_stop(struct app *app)
{
    struct case_public *m = app->public_map;
    if (!m)
        return;
    let_go(m, m->now);
    pthread_mutex_destroy(&m->lock);
    pthread_mutex_destroy(&m->reading);
    app->public_map = NULL;
    arena_free(m->arena);
}

/* ---- the question ---- */

static const char *const standing_words[] = { NULL, "open", "closed", NULL };
enum { STANDS_ANY, STANDS_OPEN, STANDS_CLOSED };

struct map_query { int standing; int64_t category, columns; bool released; struct str bbox; };
static const struct field map_query_fields[] = {
    FIELD_WORD(struct map_query, standing, standing_words, 0, "Open or closed; both when not said"),
    FIELD_ID(struct map_query, category, 0, "Category and everything below it"),
    FIELD_BOOL(struct map_query, released, 0, "Only those with public text and photos"),
    FIELD_STR(struct map_query, bbox, 1, 100, 0, "Box on the map: west,south,east,north"),
    FIELD_I64(struct map_query, columns, 3, COLUMNS, 0, "How many clusters the map has room for side by side, 24 when not said"),
    FIELD_END
};

struct pin { struct str code; double lon, lat; int state, outcome; int64_t category; ms reported_at; int64_t count; };
static const struct field pin_fields[] = {
    FIELD_STR(struct pin, code, 0, 0, 0, "Number of the case; null: a cluster"),
    FIELD_REAL(struct pin, lon, REQUIRED, "Longitude, approximate"),
    FIELD_REAL(struct pin, lat, REQUIRED, "Latitude, approximate"),
    FIELD_WORD(struct pin, state, case_state_words, 0, "State; null: a cluster"),
    FIELD_WORD(struct pin, outcome, case_outcome_words, 0, "Outcome of a closed case"),
    FIELD_ID(struct pin, category, 0, "Category"),
    FIELD_TIME(struct pin, reported_at, 0, "When it was reported"),
    FIELD_I64(struct pin, count, 0, 0, REQUIRED, "Cases it stands for"),
    FIELD_END
};
struct map_view { struct list pins, list; bool clustered, capped; int64_t count; ms since; };
static const struct field map_fields[] = {
    FIELD_LIST(struct map_view, pins, pin_fields, struct pin, 0, 0, REQUIRED, "Single cases, or clusters when there are more than 300"),
    FIELD_LIST(struct map_view, list, case_brief_fields, struct case_brief, 0, 0, REQUIRED, "The newest of them in words, at most 50"),
    FIELD_BOOL(struct map_view, clustered, REQUIRED, "Clusters, not single cases"),
    FIELD_I64(struct map_view, count, 0, 0, REQUIRED, "Cases that fit"),
    FIELD_BOOL(struct map_view, capped, REQUIRED, "There are older ones within the period that are not shown"),
    FIELD_TIME(struct map_view, since, REQUIRED, "Reports from then on are shown"),
    FIELD_END
};

struct wanted {
    int        standing;
    bool       released, box_set, any_category;
    struct ids categories;
    double     box[4];   /* west, south, east, north */
    int64_t    columns;
};

static void read_box(struct req *r, struct str text, struct wanted *w)
{
    bool fits = true;
    for (int i = 0; i < 4; i++)
        fits = str_to_real(str_cut(&text, ','), &w->box[i]) && fits;
    w->box_set = fits && !text.ptr && w->box[0] >= -180 && w->box[2] <= 180 && w->box[1] >= -90 && w->box[3] <= 90 && w->box[0] < w->box[2] &&
                 w->box[1] < w->box[3];
    if (!w->box_set)
        req_fault(r, "bbox", ERR_PLACE);
}

static bool has(struct ids ids, int64_t id)
{
    for (size_t i = 0; i < ids.len; i++)
        if (ids.at[i] == id)
            return true;
    return false;
}

static bool fits(const struct wanted *w, const struct dot *d)
{
    return (w->standing == STANDS_ANY || (w->standing == STANDS_OPEN) == d->open) && (!w->released || d->released) &&
           (!w->box_set || (d->lon >= w->box[0] && d->lon <= w->box[2] && d->lat >= w->box[1] && d->lat <= w->box[3])) &&
           (w->any_category || has(w->categories, d->category));
}

struct hits { const struct dot **at; size_t n; int64_t cases; };

static struct hits hits_of(struct arena *a, const struct wanted *w, struct dots among, size_t most)
{
    struct hits h = { ARENA_ARRAY(a, among.n + 1, const struct dot *), 0, 0 };
    for (size_t i = 0; i < among.n && h.n < most; i++)
        if (fits(w, &among.at[i])) {
            h.at[h.n++] = &among.at[i];
            h.cases += among.at[i].count;
        }
    return h;
}

/* ---- clusters ---- */

/* A grid that lies still while the map is moved: its step is the cell's, doubled until the box holds few enough. */
struct net { int doubled; int32_t west, south; };
/* Sums of what lies in it. */
struct cell { double lon, lat; int64_t count; };

static void around(const struct dot *const *dots, size_t n, double box[4])
{
    for (size_t i = 0; i < n; i++) {
        double lon = dots[i]->lon, lat = dots[i]->lat;
        box[0] = i && box[0] < lon ? box[0] : lon;
        box[1] = i && box[1] < lat ? box[1] : lat;
        box[2] = i && box[2] > lon ? box[2] : lon;
        box[3] = i && box[3] > lat ? box[3] : lat;
    }
}

static struct net net_over(const double box[4], int64_t columns)
{
    struct net n = { 0 };
    double     step = CASE_CELL_E7 / 1e7;
    for (; (box[2] - box[0]) / step > (double)columns - 1 || (box[3] - box[1]) / step > ROWS - 2; step *= 2)
        n.doubled++;
    n.west = cell_of(box[0] + 180) >> n.doubled;
    n.south = cell_of(box[1] + 90) >> n.doubled;
    return n;
}

static struct list clusters(struct arena *a, const struct dot *const *dots, size_t n, const struct wanted *w)
{
    struct net   net = net_over(w->box, w->columns);
    struct cell *cells = ARENA_ARRAY(a, COLUMNS * ROWS, struct cell);
    struct pin  *out = ARENA_ARRAY(a, COLUMNS * ROWS, struct pin);
    size_t       count = 0;
    for (size_t i = 0; i < n; i++) {
        int32_t x = (dots[i]->column >> net.doubled) - net.west, y = (dots[i]->row >> net.doubled) - net.south;
        if (x < 0 || x >= COLUMNS || y < 0 || y >= ROWS)
            continue;
        struct cell *c = &cells[y * COLUMNS + x];
        c->lon += dots[i]->lon * dots[i]->count;
        c->lat += dots[i]->lat * dots[i]->count;
        c->count += dots[i]->count;
    }
    for (int i = 0; i < COLUMNS * ROWS; i++)
        if (cells[i].count)
            out[count++] = (struct pin){ .lon = cells[i].lon / (double)cells[i].count, .lat = cells[i].lat / (double)cells[i].count,
                                         .count = cells[i].count };
    return (struct list){ out, count };
}

static const struct case_row *row_of(const struct points *p, const struct dot *d)
{
    return &p->at[d - p->dots.at];
}

static struct list single(struct arena *a, const struct points *p, const struct dot *const *dots, size_t n)
{
    struct pin *out = ARENA_ARRAY(a, n + 1, struct pin);
    for (size_t i = 0; i < n; i++) {
        const struct case_row *c = row_of(p, dots[i]);
        out[i] = (struct pin){ c->code, dots[i]->lon, dots[i]->lat, (int)c->state, (int)c->outcome, c->category_id, c->reported_at, 1 };
    }
    return (struct list){ out, n };
}

/* ---- the answer ---- */

static struct list briefs(struct req *r, const struct points *p, const struct dot *const *dots, size_t n)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    const struct case_snapshot *s = case_hold(r->app);
    size_t                      shown = n < LIST_MOST ? n : LIST_MOST;
    struct case_brief          *out = ARENA_ARRAY(r->arena, shown + 1, struct case_brief);
    for (size_t i = 0; i < shown; i++)
        case_brief(r, u, s, row_of(p, dots[i]), false, &out[i]);
    case_release(r->app, s);
    unit_release(u);
    return (struct list){ out, shown };
}

static err answer(struct req *r, struct wanted *w, const struct points *p)
{
    bool            whole = !w->box_set && w->any_category && !w->released;
    struct hits     all = hits_of(r->arena, w, whole ? p->heaps : p->dots, SIZE_MAX);
    struct map_view v = { .count = all.cases, .capped = p->n == POINTS_MOST, .clustered = all.cases > PINS_MOST };
    struct hits     newest = whole ? hits_of(r->arena, w, p->dots, v.clustered ? LIST_MOST : PINS_MOST) : all;
    v.since = v.capped ? p->at[p->n - 1].reported_at : r->now - r->now % MS_DAY - setting_i64(r->app, "case.public_days", r->now) * MS_DAY;
    if (v.clustered && !w->box_set)
        around(all.at, all.n, w->box);
    v.pins = v.clustered ? clusters(r->arena, all.at, all.n, w) : single(r->arena, p, newest.at, newest.n);
    v.list = briefs(r, p, newest.at, newest.n);
    return reply_view(r, map_fields, &v, 0);
}

static err public_map(struct req *r)
{
    const struct map_query *q = r->query;
    struct wanted           w = { .standing = q->standing, .released = q->released, .any_category = !q->category,
                                      .columns = q->columns ? q->columns : COLUMNS };
    struct points          *p = NULL;
    if (q->bbox.ptr)
        read_box(r, q->bbox, &w);
    if (q->category) {
        const struct case_snapshot *s = case_hold(r->app);
        w.categories = case_category_subtree(s, r->arena, q->category);
        case_release(r->app, s);
        if (!w.categories.len)
            req_fault(r, "category", ERR_CATEGORY_UNKNOWN);
    }
    TRY(req_faults(r));
    TRY(points_now(r, &p));
    err e = answer(r, &w, p);
    let_go(r->app->public_map, p);
    return e;
}

const struct route case_public_routes[] = {
    { .method = GET, .path = "/api/v1/public/map", .handler = public_map, .perm = PERM_PUBLIC, .tx = TX_READ,
      ROUTE_QUERY(struct map_query, map_query_fields), .reply_kind = REPLY_VIEW, .reply = map_fields, ROUTE_ERRORS(ERR_PLACE, ERR_CATEGORY_UNKNOWN),
      .summary = "Reports as everybody may see them: category, state, dates, approximate place; at most the newest 20,000", .tag = "case" },
    ROUTE_END
};
