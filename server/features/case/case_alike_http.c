/* case_alike_http.c: reports that may be of the same matter: asked before sending, and beside a case at accepting and dispatching.
 *
 * Whoever may not read a case learns of it what everybody may know, and no more by asking: its place counts as the cell of the public map that
 * holds it, so that asking here and there does not find the spot. */
#include <stdlib.h>

#include "case_alike.h"
#include "case_matter.h"
#include "../setting/setting.h"
#include "../../base/id.h"

#define CELL_ROWS  100   /* newest of a cell that are looked at */
#define CELLS_MOST 100
#define READ_MOST  32    /* likeliest of them, by all but their words, that are read */
#define SHOWN_MOST 5

DB_SQL(alike_words_of, "SELECT text, address FROM cases WHERE tenant_id = $1 AND id = $2")
/* These columns are in the index cases_cell. */
DB_SQL(alike_in_cell,
       "SELECT id, lon_e7, lat_e7, category_id FROM cases WHERE tenant_id = $1 AND lon_e7 IS NOT NULL "
       "AND " CASE_CELL_SQL " = $2 AND id > $3 AND id < $4 ORDER BY id DESC LIMIT $5")

/* ---- what is compared ---- */

struct asked {
    int64_t            lon_e7, lat_e7, category, parent, self;
    const struct case_snapshot *categories;
    ms                 at;
    struct alike_words words;
    double             metres;   /* the setting */
    ms                 days;
};

struct found {
    struct case_row row;
    int             score, words;   /* percent */
    double          metres;
    bool            staff;
};

struct finds { struct found at[SHOWN_MOST]; size_t n; };

/* A case as the index of cells knows it, with the score it would have if its words were those asked with. */
struct candidate { int64_t id, category; double metres; int score; };
struct candidates { struct candidate at[READ_MOST]; size_t n; };

static int64_t parent_of(const struct case_snapshot *s, int64_t category)
{
    const struct case_category *c = case_category_by_id(s, category);
    return c ? c->parent_id : 0;
}

static struct str words_text(struct arena *a, struct str text, struct str address)
{
    return case_fold(a, str_fmt(a, "%.*s %.*s", STR_ARG(text), STR_ARG(address)));
}

/* To the nearest point of the cell: what a stranger may know of the distance. */
static double metres_to_cell(const struct asked *q, int64_t lon, int64_t lat)
{
    case_cell_middle(case_cell_at(lon, lat), &lon, &lat);
    int64_t half = CASE_CELL_E7 / 2;
    int64_t x = q->lon_e7 < lon - half ? lon - half : q->lon_e7 > lon + half ? lon + half : q->lon_e7;
    int64_t y = q->lat_e7 < lat - half ? lat - half : q->lat_e7 > lat + half ? lat + half : q->lat_e7;
    return alike_metres(q->lon_e7, q->lat_e7, x, y);
}

static bool comes_before(const struct found *x, const struct found *y)
{
    bool x_open = !x->row.closed_at, y_open = !y->row.closed_at;
    return x_open != y_open ? x_open : x->score > y->score;
}

static void keep(struct finds *f, const struct found *one)
{
    size_t at = f->n < SHOWN_MOST ? f->n++ : SHOWN_MOST - 1;
    if (at == SHOWN_MOST - 1 && f->n == SHOWN_MOST && f->at[at].score && !comes_before(one, &f->at[at]))
        return;
    for (; at > 0 && comes_before(one, &f->at[at - 1]); at--)
        f->at[at] = f->at[at - 1];
    f->at[at] = *one;
}

/* Merged cases stand behind their survivor; what was refused or taken back is not known to be anything. */
static bool counts(const struct case_row *c, const struct asked *q)
{
    return c->id != q->self && c->merged_into == 0 && c->state != CASE_REJECTED && c->outcome != OUTCOME_WITHDRAWN;
}

static int score_of(const struct asked *q, const struct candidate *c, double words)
{
    int64_t           parent = c->category == q->category ? q->parent : parent_of(q->categories, c->category);
    struct alike_near near = { c->metres, q->metres, llabs(q->at - id_time(c->id)), q->days,
                               alike_family(q->category, q->parent, c->category, parent), words };
    return alike_score(&near);
}

static void compare(struct req *r, const struct asked *q, const struct case_row *c, double words, bool staff_only, struct finds *f)
{
    struct found one = { .row = *c, .staff = r->caller.account && case_staff_reads(r, c) };
    if (!counts(c, q) || (staff_only && !one.staff))
        return;
    one.metres = one.staff ? alike_metres(q->lon_e7, q->lat_e7, c->lon_e7, c->lat_e7) : metres_to_cell(q, c->lon_e7, c->lat_e7);
    if (one.metres > q->metres)
        return;
    one.score = score_of(q, &(struct candidate){ .id = c->id, .category = c->category_id, .metres = one.metres }, words);
    one.words = (int)(words * 100 + 0.5);
    if (one.score >= ALIKE_LIKELY)
        keep(f, &one);
}

/* ---- the cells around the place ---- */

/* Keeps the likeliest; of equals the newest. */
static void consider(struct candidates *f, struct candidate one)
{
    size_t at = f->n;
    while (at > 0 && (f->at[at - 1].score < one.score || (f->at[at - 1].score == one.score && f->at[at - 1].id < one.id)))
        at--;
    if (at == READ_MOST)
        return;
    f->n += f->n < READ_MOST;
    memmove(f->at + at + 1, f->at + at, (f->n - at - 1) * sizeof one);
    f->at[at] = one;
}

/* From the index alone: a thousand rows cost less than the texts of fifty. Whoever may turn out to be staff is taken for a stranger, to whom a
 * case is never further than to them. */
static err look_in_cell(struct req *r, const struct asked *q, int64_t cell, bool staff_only, struct candidates *f)
{
    struct db_rows rows;
    TRY(db_query(r->db, &alike_in_cell,
                 DB_ARGS(I64(r->tenant), I64(cell), I64(id_at(q->at - q->days)), I64(id_at(q->at + q->days)), I64(CELL_ROWS)), &rows));
    while (db_next(&rows)) {
        int64_t          lon = db_i64(&rows, 1), lat = db_i64(&rows, 2);
        struct candidate c = { .id = db_i64(&rows, 0), .category = db_i64(&rows, 3) };
        c.metres = staff_only ? alike_metres(q->lon_e7, q->lat_e7, lon, lat) : metres_to_cell(q, lon, lat);
        c.score = score_of(q, &c, 1);
        if (c.score >= ALIKE_LIKELY)
            consider(f, c);
    }
    return db_done(&rows);
}

static err look_around(struct req *r, const struct asked *q, bool staff_only, struct candidates *f)
{
    int64_t          high = (int64_t)(q->metres / 111195 * 1e7) + 1;
    double           shrink = alike_metres(q->lon_e7, q->lat_e7, q->lon_e7 + 10000, q->lat_e7) / alike_metres(0, 0, 10000, 0);
    int64_t          wide = (int64_t)((double)high / (shrink > 0.05 ? shrink : 0.05)) + 1;
    struct case_cell from = case_cell_at(q->lon_e7 - wide, q->lat_e7 - high), to = case_cell_at(q->lon_e7 + wide, q->lat_e7 + high);
    int              looked = 0;
    for (int64_t y = from.y; y <= to.y; y++)
        for (int64_t x = from.x; x <= to.x && looked < CELLS_MOST; x++, looked++)
            TRY(look_in_cell(r, q, case_cell_number((struct case_cell){ x, y }), staff_only, f));
    return OK;
}

static err words_in_common(struct req *r, const struct asked *q, int64_t id, double *out)
{
    struct arena_mark mark = arena_mark(r->arena);
    struct db_rows    rows;
    *out = 0;
    TRY(db_query(r->db, &alike_words_of, DB_ARGS(I64(r->tenant), I64(id)), &rows));
    if (db_next(&rows))
        *out = alike_words_score(q->words, alike_words(r->arena, words_text(r->arena, db_text(&rows, 0), db_text(&rows, 1))));
    arena_rewind(r->arena, mark);
    return db_done(&rows);
}

static err read_likeliest(struct req *r, const struct asked *q, const struct candidates *all, bool staff_only, struct finds *f)
{
    for (size_t i = 0; i < all->n; i++) {
        struct case_row c;
        double          words;
        TRY(words_in_common(r, q, all->at[i].id, &words));
        if (score_of(q, &all->at[i], words) < ALIKE_LIKELY)
            continue;
        TRY(case_get(r->db, r->arena, r->tenant, all->at[i].id, &c));
        compare(r, q, &c, words, staff_only, f);
    }
    return OK;
}

static err look(struct req *r, struct asked *q, bool staff_only, struct finds *f)
{
    struct candidates all = { .n = 0 };
    q->metres = (double)setting_i64(r->app, "case.alike_metres", r->now);
    q->days = setting_i64(r->app, "case.alike_days", r->now) * MS_DAY;
    q->categories = case_hold(r->app);
    q->parent = parent_of(q->categories, q->category);
    err e = look_around(r, q, staff_only, &all);
    if (!failed(e))
        e = read_likeliest(r, q, &all, staff_only, f);
    case_release(r->app, q->categories);
    return e;
}

/* ---- before sending ---- */

struct alike_in { struct str text, address; int64_t category; struct geo at; };
static const struct field alike_in_fields[] = {
    FIELD_STR(struct alike_in, text, 1, 4000, MULTILINE, "What happened, as far as it is written"),
    FIELD_STR(struct alike_in, address, 1, 200, 0, "Where, in words"),
    FIELD_ID(struct alike_in, category, 0, "Category, when chosen"),
    FIELD_GEO(struct alike_in, at, REQUIRED, "Where, WGS 84"),
    FIELD_END
};

struct alike_view { struct case_brief brief, *about; int64_t metres, score; };
static const struct field alike_fields[] = {
    { .name = "about", .kind = KIND_OBJECT, .offset = offsetof(struct alike_view, about), .sub = case_brief_fields,
      .size = sizeof(struct case_brief), .flags = REQUIRED, .doc = "The case, as everybody may know it; with title and id for whoever reads it" },
    FIELD_I64(struct alike_view, metres, 0, 0, REQUIRED, "How far; to the cell of the public map for whoever does not read the case"),
    FIELD_I64(struct alike_view, score, 0, 100, REQUIRED, "How alike, in tens; all shown are likely enough"),
    FIELD_END
};

static int64_t e7(double degrees)
{
    return (int64_t)(degrees * 1e7 + (degrees < 0 ? -0.5 : 0.5));
}

static err find_alike(struct req *r)
{
    const struct alike_in *in = r->body;
    struct finds           f = { 0 };
    struct asked           q = { .category = in->category, .at = r->now };
    if (!r->caller.account)
        TRY(case_rate(r, RATE_TRACK));
    if (!(in->at.lon >= -180 && in->at.lon <= 180 && in->at.lat >= -90 && in->at.lat <= 90))
        req_fault(r, "at", ERR_PLACE);
    TRY(req_faults(r));
    q.lon_e7 = e7(in->at.lon);
    q.lat_e7 = e7(in->at.lat);
    q.words = alike_words(r->arena, words_text(r->arena, in->text, in->address));
    TRY(look(r, &q, false, &f));
    struct alike_view *v = ARENA_ARRAY(r->arena, SHOWN_MOST, struct alike_view);
    for (size_t i = 0; i < f.n; i++) {
        const struct found *one = &f.at[i];
        case_brief_now(r, &one->row, one->staff, &v[i].brief);
        v[i].about = &v[i].brief;
        v[i].metres = (int64_t)(one->metres + 0.5);
        v[i].score = one->score / 10 * 10;
    }
    return reply_list(r, alike_fields, sizeof *v, (struct list){ v, f.n }, STR_NONE);
}

/* ---- beside a case ---- */

struct beside_view {
    struct case_brief brief, *about;
    struct str        text, address;
    struct geo        at;
    struct ids        photos;
    int64_t           metres, words, score;
    ms                apart;
    bool              open;
};
static const struct field beside_fields[] = {
    { .name = "about", .kind = KIND_OBJECT, .offset = offsetof(struct beside_view, about), .sub = case_brief_fields,
      .size = sizeof(struct case_brief), .flags = REQUIRED, .doc = "The case" },
    FIELD_STR(struct beside_view, text, 0, 0, MULTILINE, "Reporter's words"),
    FIELD_STR(struct beside_view, address, 0, 0, 0, "Place in words"),
    FIELD_GEO(struct beside_view, at, 0, "Place, WGS 84"),
    FIELD_IDS(struct beside_view, photos, 0, 0, 0, "Its first photos, at most four"),
    FIELD_I64(struct beside_view, metres, 0, 0, REQUIRED, "How far apart"),
    FIELD_I64(struct beside_view, apart, 0, 0, REQUIRED, "Milliseconds between the reports"),
    FIELD_I64(struct beside_view, words, 0, 100, REQUIRED, "Words in common, percent"),
    FIELD_I64(struct beside_view, score, 0, 100, REQUIRED, "How alike"),
    FIELD_BOOL(struct beside_view, open, REQUIRED, "Open, so that another can be merged into it"),
    FIELD_END
};

#define PHOTOS_SHOWN 4

static err beside(struct req *r, const struct asked *q, const struct found *one, struct beside_view *v)
{
    const struct case_row *c = &one->row;
    struct list            photos;
    TRY(case_photos(r->db, r->arena, r->tenant, c->id, &photos));
    const struct case_photo *all = photos.at;
    size_t                   n = photos.len < PHOTOS_SHOWN ? photos.len : PHOTOS_SHOWN;
    int64_t                 *ids = ARENA_ARRAY(r->arena, PHOTOS_SHOWN, int64_t);
    for (size_t i = 0; i < n; i++)
        ids[i] = all[i].id;
    *v = (struct beside_view){ .text = c->text, .address = c->address, .at = { true, (double)c->lon_e7 / 1e7, (double)c->lat_e7 / 1e7 },
                               .photos = { ids, n }, .metres = (int64_t)(one->metres + 0.5), .words = one->words, .score = one->score,
                               .apart = llabs(q->at - c->reported_at), .open = case_state_info((enum case_state)c->state)->open };
    case_brief_now(r, c, true, &v->brief);
    v->about = &v->brief;
    return OK;
}

/* Staff alone: the reporter's own page shows no other people's words. */
static err list_beside(struct req *r)
{
    struct case_row c;
    struct finds    f = { 0 };
    TRY(case_open(r, r->path[0], &c));
    if (!case_staff_reads(r, &c))
        return FAIL(ERR_NOT_ALLOWED);
    struct asked        q = { .lon_e7 = c.lon_e7, .lat_e7 = c.lat_e7, .category = c.category_id, .self = c.id, .at = c.reported_at,
                              .words = alike_words(r->arena, words_text(r->arena, c.text, c.address)) };
    struct beside_view *v = ARENA_ARRAY(r->arena, SHOWN_MOST, struct beside_view);
    if (c.lon_e7 || c.lat_e7)
        TRY(look(r, &q, true, &f));
    for (size_t i = 0; i < f.n; i++)
        TRY(beside(r, &q, &f.at[i], &v[i]));
    return reply_list(r, beside_fields, sizeof *v, (struct list){ v, f.n }, STR_NONE);
}

const struct route case_alike_routes[] = {
    { .method = POST, .path = "/api/v1/cases/alike", .handler = find_alike, .perm = PERM_PUBLIC, .tx = TX_READ,
      ROUTE_BODY(struct alike_in, alike_in_fields), .reply_kind = REPLY_LIST, .reply = alike_fields, .flags = ROUTE_NO_STORE,
      ROUTE_ERRORS(ERR_PLACE, ERR_TOO_MANY), .summary = "Cases already known that a report not sent yet may be about; at most five", .tag = "case" },
    { .method = GET, .path = "/api/v1/cases/:id/alike", .handler = list_beside, .perm = PERM_CASE_READ, .scope = SCOPE_ANY, .tx = TX_READ,
      .reply_kind = REPLY_LIST, .reply = beside_fields, ROUTE_ERRORS(ERR_NOT_FOUND),
      .summary = "Cases that may be of the same matter as this one, for merging; at most five", .tag = "case" },
    ROUTE_END
};
