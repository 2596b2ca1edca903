/* Writing messages into the outbox, and the worker that takes them out. */
#include "../../base/id.h"
#include "../../base/log.h"
#include "../job/job.h"
#include "../setting/setting.h"
#include "notify_parts.h"

DB_SQL(outbox_insert,
       "INSERT INTO outbox (tenant_id, id, channel, kind, object_kind, object_id, params, created_at, next_at) "
       "VALUES ($1, $2, 'in_app', $3, $4, $5, $6, $7, $7)")
DB_SQL(notice_old_delete, "DELETE FROM notice WHERE tenant_id = $1 AND id < $2")

static err put(struct req *r, const struct address *to, const char *kind, const char *object_kind, int64_t object_id)
{
    if (!notify_kind_named(str_of(kind))) {
        log_event(LOG_ERROR, "notice_kind_unknown", "kind", kind, NULL);
        return FAIL(ERR_INTERNAL);
    }
    TRY(db_send(r->db, &outbox_insert,
                DB_ARGS(I64(r->tenant), I64(id_new()), TEXT(str_of(kind)), TEXT(str_of(object_kind)), I64(object_id),
                        TEXT(notify_address_write(r->arena, to)), TIME(r->now))));
    if (r->app->notify && r->app->notify->worker)
        db_after_commit(r->db, worker_wake, r->app->notify->worker);
    return OK;
}

err notify_unit(struct req *r, struct unit_ref unit, enum perm perm, const char *kind, const char *object_kind, int64_t object_id,
                struct str params)
{
    return notify_units(r, &(struct notify_place){ unit, perm }, 1, kind, object_kind, object_id, params);
}

err notify_units(struct req *r, const struct notify_place *places, size_t n, const char *kind, const char *object_kind, int64_t object_id,
                 struct str params)
{
    struct list all = { ARENA_ARRAY(r->arena, n + 1, struct notify_place), n };
    if (!n)
        return OK;
    memcpy(all.at, places, n * sizeof *places);
    return put(r, &(struct address){ .places = all, .by = r->caller.person, .words = params }, kind, object_kind, object_id);
}

err notify_person(struct req *r, int64_t person, const char *kind, const char *object_kind, int64_t object_id, struct str params)
{
    return put(r, &(struct address){ .person = person, .by = r->caller.person, .words = params }, kind, object_kind, object_id);
}

/* ---- audiences ---- */

void notify_audience_for(struct app *app, const char *name, notify_audience persons)
{
    struct notify_state *s = app->notify;
    for (size_t i = 0; s && i < sizeof s->audiences / sizeof *s->audiences; i++)
        if (!s->audiences[i].name) {
            s->audiences[i].name = name;
            s->audiences[i].persons = persons;
            return;
        }
}

notify_audience notify_audience_named(const struct app *app, struct str name)
{
    const struct notify_state *s = app->notify;
    for (size_t i = 0; s && i < sizeof s->audiences / sizeof *s->audiences; i++)
        if (s->audiences[i].name && str_is(name, s->audiences[i].name))
            return s->audiences[i].persons;
    return NULL;
}

err notify_all(struct req *r, const char *audience, int64_t except, const char *kind, const char *object_kind, int64_t object_id,
               struct str params)
{
    return put(r, &(struct address){ .audience = str_of(audience), .except = except, .by = r->caller.person, .words = params }, kind,
               object_kind, object_id);
}

void notify_beside_for(struct app *app, const struct notify_channel *channel)
{
    if (app->notify)
        app->notify->channel = channel;
}

/* ---- the worker ---- */

static err round_of(void *arg, struct arena *a, int *done)
{
    struct app *app = arg;
    *done = 0;
    return db_turn(app->db, app->tenant, "notify") ? notify_round(app, a, done) : OK;
}

/* ---- clean-up ---- */

static err sweep(struct job *j, struct str *result)
{
    ms now = clock_now();
    return job_delete_old(j, &notice_old_delete, now - setting_i64(j->app, "retention.notice_days", now) * MS_DAY, "notices", result);
}

static const struct job_kind sweep_kind = { "notify.sweep", sweep };

/* ---- life ---- */

static err start(struct app *app)
{
    struct arena        *a = arena_new(0);
    struct notify_state *s = ARENA_NEW(a, struct notify_state);
    s->arena = a;
    s->worker = worker_new(a, &(struct worker_plan){ .round = round_of, .arg = app, .batch = NOTIFY_BATCH, .look_every = NOTIFY_LOOK_EVERY,
                                                     .gather = NOTIFY_GATHER });
    app->notify = s;
    job_every(app, &sweep_kind, MS_DAY);
    return OK;
}

static err begin_work(struct app *app)
{
    return worker_begin(app->notify->worker);
}

void notify_halt(struct app *app)
{
    if (app->notify && app->notify->worker)
        worker_end(app->notify->worker);
    if (app->notify)
        app->notify->worker = NULL;
}

static void stop(struct app *app)
{
    struct notify_state *s = app->notify;
    if (!s)
        return;
    notify_halt(app);
    app->notify = NULL;
    arena_free(s->arena);
}

const struct feature notify_feature = {
    .name = "notify", .routes = notify_routes, .start = start, .work = begin_work, .stop = stop
};
