/* unit: start, reload, and what the command line and the demonstration call. */
#include "unit_inside.h"

#include "../../base/id.h"
#include "../../base/log.h"
#include "../setting/setting.h"
#include "unit_find.h"
#include "unit_geo.h"
#include "unit_org.h"
#include "unit_redraw.h"

#define LOOK_EVERY MS_SECOND

/* ---- the snapshot of the process ---- */

const struct unit_snapshot *unit_hold(struct app *app)
{
    return app->unit ? state_hold(app->unit) : NULL;
}

struct reload {
    struct app                 *app;
    struct arena               *arena;
    const struct unit_snapshot *before;
    struct unit_snapshot       *made;
};

static err reload_work(struct db_conn *c, void *arg)
{
    struct reload    *w = arg;
    struct area_kinds kinds = area_kinds_read(w->arena, setting_text(w->app, w->arena, "unit.area_kinds", clock_now()));
    return snapshot_read(c, w->app->tenant, &kinds, w->before, &w->made);
}

/* Nothing to do when the present snapshot was read at `moment` or after it. */
static err reload_since(struct app *app, uint64_t moment)
{
    struct unit_state *st = app->unit;
    err                e = OK;
    pthread_mutex_lock(&st->loading);
    const struct unit_snapshot *before = state_hold(st);
    if (!before || !moment || before->moment < moment) {
        struct reload w = { .app = app, .arena = arena_new(0), .before = before };
        e = db_read(app->db, reload_work, &w);
        if (!failed(e))
            state_publish(st, w.made);
        arena_free(w.arena);
    }
    unit_release(before);
    pthread_mutex_unlock(&st->loading);
    return e;
}

err unit_reload(struct app *app)
{
    return reload_since(app, 0);
}

static void after_change(void *arg)
{
    struct app *app = arg;
    if (failed(reload_since(app, db_moment(app->db))))
        log_event(LOG_ERROR, "unit_reload", "problem", "the map in memory could not be renewed", NULL);
}

void unit_changed(struct db_conn *c, struct app *app)
{
    if (app->unit)
        db_after_commit(c, after_change, app);
}

/* ---- what another process changed ---- */

DB_SQL(unit_stamp, "SELECT (SELECT COALESCE(SUM(version), 0) + COUNT(*) FROM area WHERE tenant_id = $1) + "
                   "(SELECT COALESCE(SUM(version), 0) + COUNT(*) FROM org WHERE tenant_id = $1)")

struct look { struct app *app; int64_t stamp; };

static err look_work(struct db_conn *c, void *arg)
{
    struct look *l = arg;
    return db_number(c, &unit_stamp, DB_ARGS(I64(l->app->tenant)), &l->stamp);
}

/* The command line may import areas beside a running server. Rows are never removed and versions only grow, so their sum tells. */
static void look_for_changes(struct app *app)
{
    struct look                 l = { .app = app };
    const struct unit_snapshot *s = state_hold(app->unit);
    bool                        changed = !failed(db_read(app->db, look_work, &l)) && s && l.stamp != s->stamp;
    unit_release(s);
    if (changed && failed(unit_reload(app)))
        log_event(LOG_ERROR, "unit_reload", "problem", "the map in memory could not be renewed", NULL);
}

static void *watch(void *arg)
{
    struct app        *app = arg;
    struct unit_state *st = app->unit;
    pthread_mutex_lock(&st->watch_mutex);
    while (!st->stopping) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += LOOK_EVERY / MS_SECOND;
        if (pthread_cond_timedwait(&st->stop, &st->watch_mutex, &until) == 0 || st->stopping)
            continue;
        pthread_mutex_unlock(&st->watch_mutex);
        if (st->serving)
            redraw_due(app);
        look_for_changes(app);
        pthread_mutex_lock(&st->watch_mutex);
    }
    pthread_mutex_unlock(&st->watch_mutex);
    return NULL;
}

/* ---- start and stop ---- */

static err unit_start(struct app *app)
{
    app->unit = state_new(app);
    unit_held_add(app, &unit_services_held);
    unit_held_add(app, &unit_posts_held);
    search_group_add(app, &area_search_group);
    search_group_add(app, &org_search_group);
    setting_check_add(app, "unit.org_kinds", org_kinds_check);
    setting_check_add(app, "unit.chains", org_chains_check);
    TRY(unit_reload(app));
    app->unit->watching = pthread_create(&app->unit->watcher, NULL, watch, app) == 0;
    return app->unit->watching ? OK : FAIL(ERR_INTERNAL);
}

static err unit_work(struct app *app)
{
    app->unit->serving = true;
    return OK;
}

void unit_held_add(struct app *app, const struct unit_held_kind *kind)
{
    size_t n = 0;
    while (app->unit && n < HELD_MOST - 1 && app->unit->held[n])
        n++;
    if (app->unit && n < HELD_MOST - 1)
        app->unit->held[n] = kind;
}

void unit_open_cases_set(struct app *app, unit_open_cases cases)
{
    if (app->unit)
        app->unit->open_cases = cases;
}

void unit_redraw_failed_set(struct app *app, unit_redraw_failed tell)
{
    if (app->unit)
        app->unit->redraw_failed = tell;
}

static void unit_stop(struct app *app)
{
    struct unit_state *st = app->unit;
    if (!st)
        return;
    pthread_mutex_lock(&st->watch_mutex);
    st->stopping = true;
    pthread_cond_signal(&st->stop);
    pthread_mutex_unlock(&st->watch_mutex);
    if (st->watching)
        pthread_join(st->watcher, NULL);
    state_free(st);
    app->unit = NULL;
}

const struct feature unit_feature = { .name = "unit", .routes = unit_routes, .more_routes = { unit_redraw_routes }, .start = unit_start,
                                      .work = unit_work, .stop = unit_stop };

/* ---- for the command line and the demonstration ---- */

DB_SQL(root_bare, "SELECT r.id FROM area r WHERE r.tenant_id = $1 AND r.parent_id IS NULL AND r.valid_to IS NULL "
                  "AND r.shape_id IS NULL AND NOT EXISTS (SELECT 1 FROM area k WHERE k.tenant_id = $1 AND k.parent_id = r.id)")
DB_SQL(root_count, "SELECT COUNT(*) FROM area WHERE tenant_id = $1 AND parent_id IS NULL AND valid_to IS NULL")

/* There is one root. The bare one that a new district begins with becomes this one. */
static err put_root(struct db_conn *c, struct arena *a, int64_t tenant, struct area_row *row)
{
    int64_t         bare, roots;
    struct area_row before;
    err             e = db_number(c, &root_bare, DB_ARGS(I64(tenant)), &bare);
    if (e.code == ERR_NOT_FOUND) {
        TRY(db_number(c, &root_count, DB_ARGS(I64(tenant)), &roots));
        return roots ? FAIL_AT(ERR_TAKEN, "parent_id") : area_insert(c, a, tenant, row);
    }
    TRY(e);
    TRY(area_get(c, a, tenant, bare, &before));
    row->id = bare;
    row->valid_from = before.valid_from < row->valid_from ? before.valid_from : row->valid_from;
    return area_update(c, a, tenant, row);
}

static err read_stored(struct arena *a, struct str geojson, struct geo_stored *out)
{
    struct geos g;
    *out = (struct geo_stored){ .wkb = STR_NONE };
    if (!geojson.ptr)
        return OK;
    geo_open(&g, a);
    err e = geo_store(&g, geojson, CRS_WGS84, false, out);
    if (failed(e))
        log_event(LOG_WARN, "area_shape", "problem", g.problem, NULL);
    geo_close(&g);
    return e;
}

err unit_area_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct unit_area_new *n, ms now, int64_t *id)
{
    struct area_row   row = { .id = id_new(), .parent_id = n->parent, .kind = str_of(n->kind), .code = n->code, .name = n->name,
                              .class_ = n->class_, .valid_from = now, .created_at = now, .updated_at = now };
    struct geo_stored shape;
    int64_t           shape_id;
    TRY(read_stored(a, n->geojson, &shape));
    TRY(area_code_free(c, tenant, n->code, 0, now, 0));
    TRY(area_no_cycle(c, tenant, row.id, row.parent_id));
    TRY(n->parent ? area_insert(c, a, tenant, &row) : put_root(c, a, tenant, &row));
    *id = row.id;
    return shape.wkb.ptr ? area_shape_put(c, tenant, row.id, shape.wkb, "wgs84", false, now, 0, &shape_id) : OK;
}

err unit_org_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct unit_org_new *n, ms now, int64_t *id)
{
    struct org_row row = { .id = id_new(), .parent_id = n->parent, .area_id = n->area, .kind = str_of(n->kind), .code = n->code,
                           .name = n->name, .is_public = n->is_public, .valid_from = now, .created_at = now, .updated_at = now };
    TRY(org_no_cycle(c, tenant, row.id, row.parent_id));
    *id = row.id;
    return org_insert(c, a, tenant, &row);
}

DB_SQL(org_serves, "SELECT COUNT(*) FROM org_area WHERE tenant_id = $1 AND org_id = $2 AND area_id = $3 AND valid_to IS NULL")
DB_SQL(org_serve, "INSERT INTO org_area (tenant_id, org_id, area_id, valid_from) VALUES ($1, $2, $3, $4) "
                  "ON CONFLICT (tenant_id, org_id, area_id, valid_from) DO UPDATE SET valid_to = NULL")

err unit_serve(struct db_conn *c, int64_t tenant, int64_t org, int64_t area, ms now)
{
    int64_t already;
    TRY(db_number(c, &org_serves, DB_ARGS(I64(tenant), I64(org), I64(area)), &already));
    return already ? OK : db_exec(c, &org_serve, DB_ARGS(I64(tenant), I64(org), I64(area), TIME(now)), NULL);
}
