/* SQL of the job feature. A job belongs to the worker whose started_at stands in its row: whoever takes it over changes that. */
#include "../../base/id.h"
#include "job_parts.h"

#define COLUMNS \
    "id, kind, params, state, progress, total, result, problem, owner_id, cancel, tries, created_at, started_at, beat_at, finished_at"

DB_SQL(job_by_id, "SELECT " COLUMNS " FROM job WHERE tenant_id = $1 AND id = $2")
DB_SQL(job_list_all, "SELECT " COLUMNS " FROM job WHERE tenant_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3")
DB_SQL(job_list_own, "SELECT " COLUMNS " FROM job WHERE tenant_id = $1 AND id < $2 AND owner_id = $3 ORDER BY id DESC LIMIT $4")
DB_SQL(job_add_row,
       "INSERT INTO job (tenant_id, id, kind, params, state, owner_id, created_at) VALUES ($1, $2, $3, $4, 1, $5, $6)")
DB_SQL(job_cancel_waiting,
       "UPDATE job SET state = 5, cancel = 1, finished_at = $3 WHERE tenant_id = $1 AND id = $2 AND state = 1")
DB_SQL(job_cancel_running, "UPDATE job SET cancel = 1 WHERE tenant_id = $1 AND id = $2 AND state = 2")
DB_SQL(job_ready,
       "SELECT " COLUMNS " FROM job WHERE tenant_id = $1 AND state IN (1, 2) ORDER BY id LIMIT 100")
DB_SQL(job_take_row,
       "UPDATE job SET state = 2, started_at = $3, beat_at = $3, tries = tries + 1 "
       "WHERE tenant_id = $1 AND id = $2 AND (state = 1 OR (state = 2 AND beat_at = $4))")
DB_SQL(job_end_row,
       "UPDATE job SET state = $4, result = COALESCE($5, result), problem = $6, finished_at = $7, "
       "progress = CASE WHEN CAST($4 AS BIGINT) = 3 AND total > 0 THEN total ELSE progress END "
       "WHERE tenant_id = $1 AND id = $2 AND state = 2 AND started_at = $3")
DB_SQL(job_put_back,
       "UPDATE job SET state = 1, tries = tries - 1 WHERE tenant_id = $1 AND id = $2 AND state = 2 AND started_at = $3")
DB_SQL(job_tell,
       "UPDATE job SET progress = $4, total = $5, beat_at = $6 "
       "WHERE tenant_id = $1 AND id = $2 AND state = 2 AND started_at = $3 RETURNING cancel")
DB_SQL(job_keep,
       "UPDATE job SET progress = $4, total = $5, beat_at = $6, result = $7 "
       "WHERE tenant_id = $1 AND id = $2 AND state = 2 AND started_at = $3")
DB_SQL(job_beat_row, "UPDATE job SET beat_at = $4 WHERE tenant_id = $1 AND id = $2 AND state = 2 AND started_at = $3")
DB_SQL(job_last_of_kind,
       "SELECT created_at FROM job WHERE tenant_id = $1 AND kind = $2 AND owner_id IS NULL ORDER BY id DESC LIMIT 1")

const char *const job_state_words[] = { NULL, "waiting", "running", "done", "failed", "cancelled", NULL };

const struct field job_row_fields[] = {
    FIELD_ID(struct job_row, id, 0, ""),
    FIELD_STR(struct job_row, kind, 0, 0, 0, ""),
    FIELD_STR(struct job_row, params, 0, 0, 0, ""),
    FIELD_I64(struct job_row, state, 0, 0, 0, ""),
    FIELD_I64(struct job_row, progress, 0, 0, 0, ""),
    FIELD_I64(struct job_row, total, 0, 0, 0, ""),
    FIELD_STR(struct job_row, result, 0, 0, 0, ""),
    FIELD_STR(struct job_row, problem, 0, 0, 0, ""),
    FIELD_ID(struct job_row, owner_id, 0, ""),
    FIELD_I64(struct job_row, cancel, 0, 0, 0, ""),
    FIELD_I64(struct job_row, tries, 0, 0, 0, ""),
    FIELD_TIME(struct job_row, created_at, 0, ""),
    FIELD_TIME(struct job_row, started_at, 0, ""),
    FIELD_TIME(struct job_row, beat_at, 0, ""),
    FIELD_TIME(struct job_row, finished_at, 0, ""),
    FIELD_END
};

err job_find(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct job_row *out)
{
    return db_one(c, a, &job_by_id, DB_ARGS(I64(tenant), I64(id)), job_row_fields, out);
}

err job_list(struct db_conn *c, struct arena *a, int64_t tenant, int64_t owner, int64_t before, size_t most, struct list *out)
{
    int64_t below = before ? before : INT64_MAX;
    if (owner)
        return db_all(c, a, &job_list_own, DB_ARGS(I64(tenant), I64(below), I64(owner), I64((int64_t)most)), job_row_fields,
                      sizeof(struct job_row), most, out);
    return db_all(c, a, &job_list_all, DB_ARGS(I64(tenant), I64(below), I64((int64_t)most)), job_row_fields, sizeof(struct job_row),
                  most, out);
}

err job_insert(struct db_conn *c, int64_t tenant, int64_t id, const char *kind, struct str params, int64_t owner, ms now)
{
    return db_exec(c, &job_add_row,
                   DB_ARGS(I64(tenant), I64(id), TEXT(str_of(kind)), TEXT(params), REF(owner), TIME(now)), NULL);
}

err job_ask_cancel(struct db_conn *c, int64_t tenant, int64_t id, ms now)
{
    int64_t changed = 0;
    TRY(db_exec(c, &job_cancel_waiting, DB_ARGS(I64(tenant), I64(id), TIME(now)), &changed));
    if (changed == 0)
        TRY(db_exec(c, &job_cancel_running, DB_ARGS(I64(tenant), I64(id)), &changed));
    return changed ? OK : FAIL(ERR_JOB_STATE);
}

/* ---- taking ---- */

struct taking {
    struct app     *app;
    struct arena   *arena;
    struct job_row *out;
    struct list     ready;
    ms              now;
};

static err look(struct db_conn *c, void *arg)
{
    struct taking *t = arg;
    return db_all(c, t->arena, &job_ready, DB_ARGS(I64(t->app->tenant)), job_row_fields, sizeof(struct job_row), 100, &t->ready);
}

/* A sign of life may have come between the look and this write: then it is left to its worker. */
static err take(struct db_conn *c, void *arg)
{
    struct taking *t = arg;
    int64_t        changed = 0;
    TRY(db_exec(c, &job_take_row, DB_ARGS(I64(t->app->tenant), I64(t->out->id), TIME(t->now), TIME(t->out->beat_at)), &changed));
    if (changed == 0)
        t->out->id = 0;
    t->out->started_at = t->out->beat_at = t->now;
    t->out->tries++;
    return OK;
}

/* Looks on a reader first, so that an idle server writes nothing. */
err job_take(struct app *app, struct arena *a, struct job_row *out)
{
    struct taking         t = { .app = app, .arena = a, .out = out, .now = clock_now() };
    const struct job_row *rows;
    *out = (struct job_row){ 0 };
    TRY(db_read(app->db, look, &t));
    rows = t.ready.at;
    for (size_t i = 0; i < t.ready.len; i++) {
        if (!job_kind_named(app->job, rows[i].kind) || (rows[i].state == JOB_RUNNING && !job_is_dead(app->job, &rows[i])))
            continue;
        *out = rows[i];
        TRY(db_write(app->db, app->tenant, take, &t));
        if (out->id)
            return OK;
    }
    *out = (struct job_row){ 0 };
    return OK;
}

/* ---- while it runs ---- */

struct telling {
    struct job *job;
    int64_t     done, total, cancel;
    bool        ours;
};

static err tell(struct db_conn *c, void *arg)
{
    struct telling *t = arg;
    struct db_rows  rows;
    TRY(db_query(c, &job_tell,
                 DB_ARGS(I64(t->job->app->tenant), I64(t->job->id), TIME(t->job->taken_at), I64(t->done), I64(t->total),
                         TIME(clock_now())),
                 &rows));
    t->ours = db_next(&rows);
    t->cancel = t->ours ? db_i64(&rows, 0) : 0;
    return db_done(&rows);
}

err job_progress(struct job *j, int64_t done, int64_t total)
{
    ms             now = clock_monotonic();
    struct telling t = { .job = j, .done = done, .total = total };
    if (j->app->job->stopping)
        return FAIL(ERR_JOB_STATE);
    if (j->told_at && now - j->told_at < MS_SECOND)
        return OK;
    j->told_at = now;
    TRY(db_write(j->app->db, j->app->tenant, tell, &t));
    return t.ours && !t.cancel ? OK : FAIL(ERR_JOB_STATE);
}

err job_checkpoint(struct db_conn *c, struct job *j, struct str checkpoint, int64_t done, int64_t total)
{
    int64_t changed = 0;
    TRY(db_exec(c, &job_keep,
                DB_ARGS(I64(j->app->tenant), I64(j->id), TIME(j->taken_at), I64(done), I64(total), TIME(clock_now()),
                        TEXT(checkpoint)),
                &changed));
    return changed ? OK : FAIL(ERR_JOB_STATE);
}

struct beating { struct app *app; const struct job_held *held; };

static err beat(struct db_conn *c, void *arg)
{
    struct beating *b = arg;
    for (int i = 0; i < JOB_WORKERS; i++)
        if (b->held[i].id)
            TRY(db_exec(c, &job_beat_row, DB_ARGS(I64(b->app->tenant), I64(b->held[i].id), TIME(b->held[i].taken_at), TIME(clock_now())), NULL));
    return OK;
}

err job_beat(struct app *app, const struct job_held held[JOB_WORKERS])
{
    struct beating b = { app, held };
    return db_write(app->db, app->tenant, beat, &b);
}

/* ---- the end ---- */

struct ending {
    struct app            *app;
    const struct job_row  *row;
    enum job_state_number  state;
    struct str             result, problem;
    int64_t                changed;
};

static err end(struct db_conn *c, void *arg)
{
    struct ending        *e = arg;
    const struct job_row *row = e->row;
    if (e->state == JOB_WAITING)
        return db_exec(c, &job_put_back, DB_ARGS(I64(e->app->tenant), I64(row->id), TIME(row->started_at)), &e->changed);
    return db_exec(c, &job_end_row,
                   DB_ARGS(I64(e->app->tenant), I64(row->id), TIME(row->started_at), I64(e->state), TEXT(e->result), TEXT(e->problem),
                           TIME(clock_now())),
                   &e->changed);
}

err job_end(struct app *app, const struct job_row *row, enum job_state_number state, struct str result, const char *problem, bool *ours)
{
    struct ending e = { app, row, state, result, str_of(problem), 0 };
    err           why = db_write(app->db, app->tenant, end, &e);
    *ours = !failed(why) && e.changed == 1;
    return why;
}

/* ---- periodic ---- */

struct due {
    struct app             *app;
    const struct job_entry *entries;
    size_t                  n;
    int                     begun;
    ms                      now;
    bool                    write;
};

static err begin_due(struct db_conn *c, void *arg)
{
    struct due *d = arg;
    d->begun = 0;
    for (size_t i = 0; i < d->n; i++) {
        int64_t    last = 0;
        struct str name = str_of(d->entries[i].kind->name);
        if (!d->entries[i].period)
            continue;
        err e = db_number(c, &job_last_of_kind, DB_ARGS(I64(d->app->tenant), TEXT(name)), &last);
        if (failed(e) && e.code != ERR_NOT_FOUND)
            return e;
        if (last > d->now - d->entries[i].period)
            continue;
        d->begun++;
        if (d->write)
            TRY(job_insert(c, d->app->tenant, id_new(), d->entries[i].kind->name, STR_NONE, 0, d->now));
    }
    return OK;
}

err job_begin_due(struct app *app, const struct job_entry *entries, size_t n, int *begun)
{
    struct due d = { .app = app, .entries = entries, .n = n, .now = clock_now() };
    TRY(db_read(app->db, begin_due, &d));
    d.write = d.begun > 0;
    if (d.write)
        TRY(db_write(app->db, app->tenant, begin_due, &d));
    *begun = d.begun;
    return OK;
}
