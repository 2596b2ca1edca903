/* Redraws that wait for their day: a row keeps what was asked for, and on the day it is planned anew and applied if the areas are still those. */
#include "unit_redraw.h"

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../../base/log.h"
#include "../audit/audit.h"

#define LISTED_MOST 200

#define ROW_COLUMNS "id, area_id, COALESCE(created_by, 0), body, basis, outcome, reason, effective_at, created_at, done_at"

DB_SQL(redraw_row_add, "INSERT INTO area_redraw (tenant_id, id, area_id, body, basis, effective_at, created_at, created_by) "
                       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
DB_SQL(redraw_row_by_id, "SELECT " ROW_COLUMNS " FROM area_redraw WHERE tenant_id = $1 AND id = $2")
DB_SQL(redraw_rows, "SELECT " ROW_COLUMNS " FROM area_redraw WHERE tenant_id = $1 ORDER BY id DESC LIMIT 200")
DB_SQL(redraw_rows_waiting, "SELECT " ROW_COLUMNS " FROM area_redraw WHERE tenant_id = $1 AND done_at IS NULL ORDER BY effective_at, id LIMIT 200")
DB_SQL(redraw_rows_due, "SELECT COUNT(*) FROM area_redraw WHERE tenant_id = $1 AND done_at IS NULL AND effective_at <= $2")
DB_SQL(redraw_row_settle, "UPDATE area_redraw SET done_at = $3, outcome = $4, reason = $5 WHERE tenant_id = $1 AND id = $2 AND done_at IS NULL")

static const struct field row_map[] = {
    FIELD_ID(struct redraw_row, id, 0, ""),           FIELD_ID(struct redraw_row, area_id, 0, ""),
    FIELD_ID(struct redraw_row, created_by, 0, ""),   FIELD_JSON(struct redraw_row, body, 0, ""),
    FIELD_STR(struct redraw_row, basis, 0, 0, 0, ""), FIELD_STR(struct redraw_row, outcome, 0, 0, 0, ""),
    FIELD_STR(struct redraw_row, reason, 0, 0, 0, ""), FIELD_TIME(struct redraw_row, effective, 0, ""),
    FIELD_TIME(struct redraw_row, created_at, 0, ""), FIELD_TIME(struct redraw_row, done_at, 0, ""),
    FIELD_END,
};

err redraw_read_ask(struct arena *a, struct str body, struct redraw_ask *out)
{
    struct faults faults = { .arena = a };
    struct given  given;
    *out = (struct redraw_ask){ 0 };
    return field_read_json(a, redraw_ask_fields, body, out, &given, &faults);
}

static bool shares_area(const struct ids *a, const struct ids *b)
{
    for (size_t i = 0; i < a->len; i++)
        for (size_t k = 0; k < b->len; k++)
            if (a->at[i] == b->at[k])
                return true;
    return false;
}

/* One at a time: a second would be planned on a border that is about to move. */
static err nobody_waits(struct db_conn *c, struct arena *a, int64_t tenant, const struct ids *areas)
{
    struct list rows;
    TRY(db_all(c, a, &redraw_rows_waiting, DB_ARGS(I64(tenant)), row_map, sizeof(struct redraw_row), LISTED_MOST, &rows));
    for (size_t i = 0; i < rows.len; i++) {
        struct redraw_ask ask;
        TRY(redraw_read_ask(a, ((const struct redraw_row *)rows.at)[i].body, &ask));
        if (shares_area(areas, &ask.areas))
            return FAIL_AT(ERR_REDRAW_WAITS, "areas");
    }
    return OK;
}

err redraw_wait(struct db_conn *c, struct arena *a, int64_t tenant, const struct redraw *p, ms now, int64_t by, int64_t *id)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    int64_t      area = p->ask->areas.len ? p->ask->areas.at[0] : p->ask->parent_id;
    TRY(nobody_waits(c, a, tenant, &p->ask->areas));
    field_write(&j, redraw_ask_fields, p->ask);
    *id = id_new();
    TRY(db_exec(c, &redraw_row_add,
                DB_ARGS(I64(tenant), I64(*id), I64(area), TEXT(buf_view(&b)), TEXT(p->basis), TIME(p->ask->effective), TIME(now), REF(by)), NULL));
    return audit_write(c, a, tenant, now, by, "area.redraw_wait", "area", area, str_fmt(a, "{\"redraw\":\"%lld\"}", (long long)*id));
}

err redraw_waiting(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct redraw_row *out)
{
    return db_one(c, a, &redraw_row_by_id, DB_ARGS(I64(tenant), I64(id)), row_map, out);
}

err redraw_list(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out)
{
    return db_all(c, a, &redraw_rows, DB_ARGS(I64(tenant)), row_map, sizeof(struct redraw_row), LISTED_MOST, out);
}

err redraw_settle(struct db_conn *c, int64_t tenant, int64_t id, const char *outcome, struct str reason, ms now)
{
    int64_t changed;
    TRY(db_exec(c, &redraw_row_settle, DB_ARGS(I64(tenant), I64(id), TIME(now), TEXT(str_of(outcome)), TEXT(reason)), &changed));
    return changed ? OK : FAIL(ERR_WRONG_STATE);
}

/* ---- the day ---- */

struct due { struct app *app; struct arena *arena; struct list rows; int64_t count; struct redraw_row row; struct redraw *plan; struct str reason; };

static err due_count(struct db_conn *c, void *arg)
{
    struct due *d = arg;
    return db_number(c, &redraw_rows_due, DB_ARGS(I64(d->app->tenant), TIME(clock_now())), &d->count);
}

static err due_rows(struct db_conn *c, void *arg)
{
    struct due *d = arg;
    return db_all(c, d->arena, &redraw_rows_waiting, DB_ARGS(I64(d->app->tenant)), row_map, sizeof(struct redraw_row), LISTED_MOST, &d->rows);
}

static err due_look(struct db_conn *c, void *arg)
{
    return redraw_look(c, ((struct due *)arg)->plan);
}

/* Settled first: of several processes one gets past this. */
static err due_apply(struct db_conn *c, void *arg)
{
    struct due *d = arg;
    ms          now = clock_now();
    TRY(redraw_settle(c, d->app->tenant, d->row.id, "applied", STR_NONE, now));
    return redraw_apply(c, d->plan, now, d->row.created_by);
}

static err due_fail(struct db_conn *c, void *arg)
{
    struct due *d = arg;
    ms          now = clock_now();
    TRY(redraw_settle(c, d->app->tenant, d->row.id, "failed", d->reason, now));
    if (d->app->unit->redraw_failed)
        TRY(d->app->unit->redraw_failed(c, d->arena, d->app, d->row.area_id, now));
    return audit_write(c, d->arena, d->app->tenant, now, d->row.created_by, "area.redraw_fail", "area", d->row.area_id,
                       str_fmt(d->arena, "{\"redraw\":\"%lld\",\"reason\":\"%.*s\"}", (long long)d->row.id, STR_ARG(d->reason)));
}

static err due_one(struct due *d, const struct unit_snapshot *s)
{
    struct redraw_ask ask;
    TRY(redraw_read_ask(d->arena, d->row.body, &ask));
    ask.basis = d->row.basis;
    TRY(redraw_plan(d->app, s, d->arena, &ask, d->row.effective, &d->plan));
    err e = db_read(d->app->db, due_look, d);
    if (!failed(e))
        e = db_write(d->app->db, d->app->tenant, due_apply, d);
    redraw_close(d->plan);
    return e;
}

/* What another process did first, and what may go better in a second, is no failure. */
static bool for_good(err e)
{
    return failed(e) && e.code != ERR_WRONG_STATE && e.code != ERR_UNAVAILABLE && e.code != ERR_STORAGE_FULL && e.code != ERR_INTERNAL;
}

static void due_each(struct due *d)
{
    for (size_t i = 0; i < d->rows.len; i++) {
        d->row = ((const struct redraw_row *)d->rows.at)[i];
        if (d->row.effective > clock_now())
            continue;
        const struct unit_snapshot *s = unit_hold(d->app);
        err                         e = s ? due_one(d, s) : FAIL(ERR_UNAVAILABLE);
        unit_release(s);
        d->reason = str_of(err_slug(e.code));
        if (failed(e))
            log_event(LOG_WARN, "area_redraw", "problem", err_slug(e.code), NULL);
        if (for_good(e) && failed(db_write(d->app->db, d->app->tenant, due_fail, d)))
            log_event(LOG_ERROR, "area_redraw", "problem", "a redraw that failed could not be marked as such", NULL);
    }
}

void redraw_due(struct app *app)
{
    struct due d = { .app = app };
    if (failed(db_read(app->db, due_count, &d)) || !d.count)
        return;
    d.arena = arena_new(0);
    if (!failed(db_read(app->db, due_rows, &d)))
        due_each(&d);
    arena_free(d.arena);
}
