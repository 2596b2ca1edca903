/* clock_state.c: what is in force, in memory: one immutable book, swapped after a commit that changed it. */
#include <pthread.h>

#include "clock_rules.h"
#include "../../base/log.h"

struct clock_state {
    pthread_mutex_t    lock;
    struct clock_book *now;
    struct arena      *arena;
};

/* ---- reading ---- */

static err read_calendar(struct db_conn *c, struct arena *a, int64_t tenant, struct clock_calendar *out)
{
    struct calendar_row row;
    struct faults       faults = { .arena = a };
    err                 e = calendar_latest(c, a, tenant, &row);
    *out = calendar_none();
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    TRY(calendar_read(a, row.days, STR_NONE, &faults, out, NULL));
    out->version = row.version;
    return OK;
}

static err read_levels(struct db_conn *c, struct arena *a, int64_t tenant, int zone_minutes, ms now, struct clock_book *out)
{
    struct list list;
    TRY(hours_list(c, a, tenant, now, &list));
    const struct hours_row *rows = list.at;
    struct clock_level     *levels = ARENA_ARRAY(a, list.len + 1, struct clock_level);
    for (size_t i = 0; i < list.len; i++) {
        struct clock_level *l = &levels[i];
        *l = (struct clock_level){ .id = rows[i].id, .kind = rows[i].kind, .valid_from = rows[i].valid_from, .valid_to = rows[i].valid_to,
                                   .version = rows[i].version };
        TRY(week_read(a, rows[i].week, &l->week));
        plan_make(a, &out->calendar, &l->week, zone_minutes, &l->plan);
    }
    /* One more at the end for a district without hours: those that ship. */
    struct clock_level *last = &levels[list.len];
    last->kind = STR("");
    TRY(week_read(a, str_of(clock_week_shipped), &last->week));
    plan_make(a, &out->calendar, &last->week, zone_minutes, &last->plan);
    out->levels = levels;
    out->level_count = list.len + 1;
    return OK;
}

static err read_policies(struct db_conn *c, struct arena *a, int64_t tenant, ms now, struct clock_book *out)
{
    struct list list;
    TRY(policy_list(c, a, tenant, now, &list));
    const struct policy_row *rows = list.at;
    struct clock_policy     *all = ARENA_ARRAY(a, list.len + 1, struct clock_policy);
    for (size_t i = 0; i < list.len; i++) {
        all[i] = (struct clock_policy){ .id = rows[i].id, .category = rows[i].category, .severity = rows[i].severity,
                                        .valid_from = rows[i].valid_from, .valid_to = rows[i].valid_to, .version = rows[i].version };
        TRY(limits_read(a, rows[i].limits, &all[i]));
    }
    book_sort(all, list.len);
    out->policies = all;
    out->policy_count = list.len;
    return OK;
}

err book_read(struct db_conn *c, struct arena *a, int64_t tenant, int zone_minutes, ms now, struct clock_book *out)
{
    out->arena = a;
    TRY(read_calendar(c, a, tenant, &out->calendar));
    TRY(read_levels(c, a, tenant, zone_minutes, now, out));
    return read_policies(c, a, tenant, now, out);
}

struct reading { struct app *app; struct clock_book *out; };

static err read_book(struct db_conn *c, void *arg)
{
    struct reading    *in = arg;
    struct arena      *a = arena_new(64 * 1024);
    struct clock_book *b = ARENA_NEW(a, struct clock_book);
    err                e = book_read(c, a, in->app->tenant, in->app->zone_minutes, clock_now(), b);
    if (failed(e))
        arena_free(a);
    else
        in->out = b;
    return e;
}

/* ---- holding ---- */

const struct clock_book *clock_hold(struct app *app)
{
    pthread_mutex_lock(&app->clock->lock);
    struct clock_book *b = app->clock->now;
    b->users++;
    pthread_mutex_unlock(&app->clock->lock);
    return b;
}

void clock_release(struct app *app, const struct clock_book *b)
{
    struct clock_book *mine = (struct clock_book *)b;
    pthread_mutex_lock(&app->clock->lock);
    bool last = --mine->users == 0;
    pthread_mutex_unlock(&app->clock->lock);
    if (last)
        arena_free(mine->arena);
}

err clock_reload(struct app *app)
{
    struct reading in = { app, NULL };
    TRY(db_read(app->db, read_book, &in));
    in.out->users = 1;
    pthread_mutex_lock(&app->clock->lock);
    struct clock_book *before = app->clock->now;
    app->clock->now = in.out;
    pthread_mutex_unlock(&app->clock->lock);
    if (before)
        clock_release(app, before);
    return OK;
}

static void reload(void *arg)
{
    err e = clock_reload(arg);
    if (failed(e))
        log_event(LOG_ERROR, "clock_reload", "problem", err_slug(e.code), NULL);
}

void clock_reload_after(struct req *r)
{
    db_tell(r->db, r->tenant, "clock", reload, r->app);
}

/* ---- asking ---- */

int64_t clock_calendar_version(const struct clock_book *b)
{
    return b->calendar.version;
}

static const struct clock_plan *plan_of_kind(const struct clock_book *b, struct str kind, ms at)
{
    for (size_t i = 0; i < b->level_count; i++) {
        const struct clock_level *l = &b->levels[i];
        if (str_eq(l->kind, kind) && l->valid_from <= at && (!l->valid_to || l->valid_to > at))
            return &l->plan;
    }
    return NULL;
}

const struct clock_plan *clock_plan_of(const struct clock_book *b, const struct unit_snapshot *u, struct unit_ref unit, ms at)
{
    int64_t                  area = u && unit.id ? unit_area_of(u, unit) : 0;
    const struct clock_plan *found = NULL;
    for (int depth = 0; area && !found && depth < 16; depth++) {
        struct unit_ref here = { UNIT_AREA, area };
        found = plan_of_kind(b, unit_kind_of(u, here), at);
        area = unit_parent(u, here);
    }
    /* Before the first row holds (an old import), and for a district without any: the hours that ship, which stand last. */
    found = found ? found : plan_of_kind(b, STR(""), at);
    return found ? found : &b->levels[b->level_count - 1].plan;
}

bool clock_holiday(struct app *app, ms at)
{
    if (!app->clock)
        return false;
    const struct clock_book     *b = clock_hold(app);
    const struct clock_calendar *c = &b->calendar;
    int64_t                      day = (at + (ms)app->zone_minutes * MS_MINUTE) / MS_DAY - c->first;
    bool                         holiday = day >= 0 && day < c->count && c->kind[day] == DAY_HOLIDAY;
    clock_release(app, b);
    return holiday;
}

struct clock_due clock_deadline(struct app *app, struct unit_ref unit, ms from, struct clock_limit limit)
{
    if (!app->clock)
        return limit.unit ? (struct clock_due){ from + limit.amount * (limit.unit == CLOCK_WORKING_DAYS ? MS_DAY : MS_MINUTE), 0, true }
                          : (struct clock_due){ 0 };
    const struct clock_book    *b = clock_hold(app);
    const struct unit_snapshot *u = unit_hold(app);
    struct clock_due            due = clock_due_at(clock_plan_of(b, u, unit, from), from, limit);
    unit_release(u);
    clock_release(app, b);
    return due;
}

/* ---- start and stop ---- */

struct installing { struct app *app; struct arena *arena; bool missing; };

static err look(struct db_conn *c, void *arg)
{
    struct installing  *in = arg;
    struct calendar_row row;
    err                 e = calendar_latest(c, in->arena, in->app->tenant, &row);
    in->missing = e.code == ERR_NOT_FOUND;
    return in->missing ? OK : e;
}

static err install(struct db_conn *c, void *arg)
{
    struct installing *in = arg;
    return clock_install(c, in->arena, in->app->tenant, clock_now());
}

/* A district made by an earlier program gets what ships. */
static err install_missing(struct app *app)
{
    struct installing in = { .app = app, .arena = arena_new(0) };
    err               e = db_read(app->db, look, &in);
    if (!failed(e) && in.missing)
        e = db_write(app->db, app->tenant, install, &in);
    arena_free(in.arena);
    return e;
}

static err start(struct app *app)
{
    struct arena       *a = arena_new(0);
    struct clock_state *s = ARENA_NEW(a, struct clock_state);
    s->arena = a;
    pthread_mutex_init(&s->lock, NULL);
    app->clock = s;
    TRY(install_missing(app));
    return clock_reload(app);
}

static void stop(struct app *app)
{
    struct clock_state *s = app->clock;
    if (!s)
        return;
    if (s->now)
        clock_release(app, s->now);
    app->clock = NULL;
    pthread_mutex_destroy(&s->lock);
    arena_free(s->arena);
}

const struct feature clock_feature = { .name = "clock", .routes = clock_routes, .start = start, .stop = stop, .reload = reload };
