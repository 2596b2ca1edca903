/* deliver.c: the outbox to other systems and the worker that empties it. */
#include <curl/curl.h>

#include "deliver_parts.h"
#include "../job/job.h"
#include "../setting/setting.h"
#include "../../base/id.h"
#include "../../base/log.h"

#define COLUMNS "id, channel, target_id, kind, object_id, body, state, tries, created_at, next_at, ended_at, answer, problem"
DB_SQL(delivery_insert,
       "INSERT INTO delivery (tenant_id, id, channel, target_id, kind, object_id, body, state, created_at, next_at) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8)")
DB_SQL(delivery_due_now,
       "SELECT " COLUMNS " FROM delivery WHERE tenant_id = $1 AND channel = $2 AND state = 1 AND next_at <= $3 "
       "ORDER BY next_at, id LIMIT $4")
DB_SQL(delivery_result,
       "UPDATE delivery SET state = $3, tries = $4, next_at = $5, ended_at = $6, answer = $7, problem = $8 WHERE tenant_id = $1 AND id = $2 AND state = 1")
DB_SQL(delivery_old, "DELETE FROM delivery WHERE tenant_id = $1 AND id < $2 AND state <> 1")

const struct field delivery_fields[] = {
    FIELD_ID(struct delivery, id, 0, ""),           FIELD_STR(struct delivery, channel, 0, 0, 0, ""),
    FIELD_ID(struct delivery, target_id, 0, ""),    FIELD_STR(struct delivery, kind, 0, 0, 0, ""),
    FIELD_ID(struct delivery, object_id, 0, ""),    FIELD_STR(struct delivery, body, 0, 0, 0, ""),
    FIELD_I64(struct delivery, state, 0, 0, 0, ""), FIELD_I64(struct delivery, tries, 0, 0, 0, ""),
    FIELD_TIME(struct delivery, created_at, 0, ""), FIELD_TIME(struct delivery, next_at, 0, ""),
    FIELD_TIME(struct delivery, ended_at, 0, ""),   FIELD_I64(struct delivery, answer, 0, 0, 0, ""),
    FIELD_STR(struct delivery, problem, 0, 0, 0, ""), FIELD_END
};

/* ---- writing ---- */

static struct deliver_line *line_of(const struct app *app, const char *channel)
{
    for (size_t i = 0; app->deliver && i < DELIVER_CHANNELS; i++)
        if (app->deliver->lines[i].channel && strcmp(app->deliver->lines[i].channel->name, channel) == 0)
            return &app->deliver->lines[i];
    return NULL;
}

err deliver_put(struct db_conn *c, struct app *app, const char *channel, int64_t target, struct str kind, int64_t object, struct str body,
                ms now, int64_t *id)
{
    int64_t              new_id = id_new();
    TRY(db_exec(c, &delivery_insert,
                DB_ARGS(I64(app->tenant), I64(new_id), TEXT(str_of(channel)), I64(target), TEXT(kind), REF(object), TEXT(body), TIME(now)), NULL));
    struct deliver_line *line = line_of(app, channel);
    if (line)
        db_after_commit(c, worker_wake, line->worker);
    if (id)
        *id = new_id;
    return OK;
}

static err round_of(void *arg, struct arena *a, int *done)
{
    const struct deliver_line *line = arg;
    *done = 0;
    return db_turn(line->app->db, line->app->tenant, line->channel->name) ? deliver_round(arg, a, done) : OK;
}

void deliver_channel_add(struct app *app, const struct deliver_channel *channel)
{
    for (size_t i = 0; i < DELIVER_CHANNELS; i++) {
        struct deliver_line *line = &app->deliver->lines[i];
        if (line->channel)
            continue;
        *line = (struct deliver_line){ app, channel, NULL };
        line->worker = worker_new(app->deliver->arena, &(struct worker_plan){ .round = round_of, .arg = line, .batch = DELIVER_BATCH,
                                                                              .look_every = DELIVER_LOOK_EVERY });
        return;
    }
    log_event(LOG_ERROR, "deliver_channels", "problem", "there is no room for another", NULL);
}

ms deliver_next(const struct app *app, int64_t tries, ms now)
{
    ms wait = setting_i64(app, "deliver.first_wait_seconds", now) * MS_SECOND;
    if (tries >= setting_i64(app, "deliver.tries_most", now))
        return 0;
    for (int64_t i = 1; i < tries && wait < DELIVER_WAIT_MOST; i++)
        wait *= 2;
    return now + (wait < DELIVER_WAIT_MOST ? wait : DELIVER_WAIT_MOST);
}

/* ---- a round ---- */

struct round {
    struct app                 *app;
    const struct deliver_line  *line;
    struct arena               *arena;
    ms                          now;
    struct list                 rows;
    struct parcel               parcels[DELIVER_BATCH];
    bool                        nobody[DELIVER_BATCH];
};

static err prepare(struct db_conn *c, void *arg)
{
    struct round *r = arg;
    TRY(db_all(c, r->arena, &delivery_due_now, DB_ARGS(I64(r->app->tenant), TEXT(str_of(r->line->channel->name)), TIME(r->now), I64(DELIVER_BATCH)),
               delivery_fields, sizeof(struct delivery), DELIVER_BATCH, &r->rows));
    const struct delivery *all = r->rows.at;
    for (size_t i = 0; i < r->rows.len; i++) {
        err e = r->line->channel->prepare(c, r->arena, r->app, &all[i], r->now, &r->parcels[i]);
        r->nobody[i] = e.code == ERR_NOT_FOUND;
        if (r->nobody[i])
            r->parcels[i].problem = "there is nobody to send it to any more";
        else
            TRY(e);
    }
    return OK;
}

static void send_all(struct round *r)
{
    struct parcel         *some[DELIVER_BATCH];
    const struct delivery *all = r->rows.at;
    size_t                 n = 0;
    for (size_t i = 0; i < r->rows.len; i++)
        if (!r->parcels[i].problem)
            some[n++] = &r->parcels[i];
    parcels_send(some, n, r->arena, worker_stopping(r->line->worker));
    for (size_t i = 0; i < r->rows.len; i++)
        if (!r->nobody[i] && !r->parcels[i].problem && r->line->channel->judge)
            r->line->channel->judge(r->arena, &all[i], &r->parcels[i]);
}

static err note(struct db_conn *c, const struct round *r, const struct delivery *d, const struct parcel *p, bool nobody)
{
    ms  now = clock_now(), next = nobody || p->final ? 0 : deliver_next(r->app, d->tries + 1, now);
    int state = !p->problem ? DELIVERY_DONE : next ? DELIVERY_WAITING : DELIVERY_DEAD;
    if (state == DELIVERY_DEAD)
        log_event(LOG_WARN, "delivery_given_up", "channel", str_z(r->arena, d->channel), "kind", str_z(r->arena, d->kind), "problem", p->problem, NULL);
    return db_exec(c, &delivery_result,
                   DB_ARGS(I64(r->app->tenant), I64(d->id), I64(state), I64(d->tries + 1), TIME(next ? next : d->next_at),
                           TIME(state == DELIVERY_WAITING ? 0 : now), REF(p->answer), TEXT(str_of(p->problem))),
                   NULL);
}

static err note_all(struct db_conn *c, void *arg)
{
    struct round          *r = arg;
    const struct delivery *all = r->rows.at;
    for (size_t i = 0; i < r->rows.len; i++)
        TRY(note(c, r, &all[i], &r->parcels[i], r->nobody[i]));
    return OK;
}

err deliver_round(const struct deliver_line *line, struct arena *a, int *done)
{
    struct round *r = ARENA_NEW(a, struct round);
    *r = (struct round){ .app = line->app, .line = line, .arena = a, .now = clock_now() };
    *done = 0;
    TRY(db_read(r->app->db, prepare, r));
    if (!r->rows.len)
        return OK;
    db_wait_for_disk(r->app->db);
    send_all(r);
    /* What was under way when the program stops is sent again at the next start: receivers tell a repetition by its id. */
    if (atomic_load(worker_stopping(line->worker)))
        return OK;
    *done = (int)r->rows.len;
    return db_write(r->app->db, r->app->tenant, note_all, r);
}

/* ---- clean-up ---- */

static err sweep(struct job *j, struct str *result)
{
    ms now = clock_now();
    return job_delete_old(j, &delivery_old, now - setting_i64(j->app, "retention.delivery_days", now) * MS_DAY, "deliveries", result);
}

static const struct job_kind sweep_kind = { "deliver.sweep", sweep };

/* ---- life ---- */

static err start(struct app *app)
{
    struct arena         *a = arena_new(0);
    struct deliver_state *s = ARENA_NEW(a, struct deliver_state);
    s->arena = a;
    app->deliver = s;
    job_every(app, &sweep_kind, MS_DAY);
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? OK : FAIL(ERR_INTERNAL);
}

static err begin_work(struct app *app)
{
    for (size_t i = 0; i < DELIVER_CHANNELS; i++)
        if (app->deliver->lines[i].channel)
            TRY(worker_begin(app->deliver->lines[i].worker));
    return OK;
}

static void stop(struct app *app)
{
    struct deliver_state *s = app->deliver;
    if (!s)
        return;
    for (size_t i = 0; i < DELIVER_CHANNELS; i++)
        if (s->lines[i].channel)
            worker_end(s->lines[i].worker);
    app->deliver = NULL;
    curl_global_cleanup();
    arena_free(s->arena);
}

const struct feature deliver_feature = { .name = "deliver", .routes = deliver_routes, .start = start, .work = begin_work, .stop = stop };
