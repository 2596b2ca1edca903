/* Writing messages into the outbox, and the worker that takes them out. */
#include <errno.h>
#include <time.h>

#include "../../base/id.h"
#include "../../base/log.h"
#include "../job/job.h"
#include "../setting/setting.h"
#include "notify_parts.h"

DB_SQL(outbox_insert,
       "INSERT INTO outbox (tenant_id, id, channel, kind, object_kind, object_id, params, created_at, next_at) "
       "VALUES ($1, $2, 'in_app', $3, $4, $5, $6, $7, $7)")
DB_SQL(notice_old_delete, "DELETE FROM notice WHERE tenant_id = $1 AND id < $2")

static void wake(void *state)
{
    struct notify_state *s = state;
    pthread_mutex_lock(&s->lock);
    s->woken = true;
    pthread_cond_signal(&s->work);
    pthread_mutex_unlock(&s->lock);
}

static err put(struct req *r, const struct address *to, const char *kind, const char *object_kind, int64_t object_id)
{
    if (!notify_kind_named(str_of(kind))) {
        log_event(LOG_ERROR, "notice_kind_unknown", "kind", kind, NULL);
        return FAIL(ERR_INTERNAL);
    }
    TRY(db_exec(r->db, &outbox_insert,
                DB_ARGS(I64(r->tenant), I64(id_new()), TEXT(str_of(kind)), TEXT(str_of(object_kind)), I64(object_id),
                        TEXT(notify_address_write(r->arena, to)), TIME(r->now)),
                NULL));
    if (r->app->notify)
        db_after_commit(r->db, wake, r->app->notify);
    return OK;
}

err notify_unit(struct req *r, struct unit_ref unit, enum perm perm, const char *kind, const char *object_kind, int64_t object_id,
                struct str params)
{
    return put(r, &(struct address){ .unit = unit, .perm = perm, .by = r->caller.person, .words = params }, kind, object_kind, object_id);
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

/* ---- the worker ---- */

static struct timespec in(ms wait)
{
    ms at = clock_now() + wait;
    return (struct timespec){ at / 1000, (at % 1000) * 1000000 };
}

static bool wait_for_work(struct notify_state *s)
{
    struct timespec until = in(NOTIFY_LOOK_EVERY);
    int             why = 0;
    pthread_mutex_lock(&s->lock);
    while (!s->woken && !s->stopping && why != ETIMEDOUT)
        why = pthread_cond_timedwait(&s->work, &s->lock, &until);
    bool gather = s->woken && !s->stopping;
    s->woken = false;
    pthread_mutex_unlock(&s->lock);
    if (gather)
        nanosleep(&(struct timespec){ 0, NOTIFY_GATHER * 1000000L }, NULL);
    return !s->stopping;
}

static void *work(void *arg)
{
    struct notify_state *s = arg;
    struct arena        *a = arena_new(0);
    while (wait_for_work(s)) {
        int done = NOTIFY_BATCH;
        while (!s->stopping && done == NOTIFY_BATCH) {
            if (failed(notify_round(s->app, a, &done)))
                break;   /* the database is in trouble: the rows stay, the next look tries again */
            arena_reset(a);
        }
    }
    arena_free(a);
    return NULL;
}

/* ---- clean-up ---- */

struct sweep { struct app *app; int64_t removed; };

static err delete_old(struct db_conn *c, void *arg)
{
    struct sweep *s = arg;
    ms            now = clock_now(), before = now - setting_i64(s->app, "retention.notice_days", now) * MS_DAY;
    return db_exec(c, &notice_old_delete, DB_ARGS(I64(s->app->tenant), I64(id_at(before))), &s->removed);
}

static err sweep(struct job *j, struct str *result)
{
    struct sweep s = { .app = j->app };
    TRY(db_write(j->app->db, delete_old, &s));
    *result = str_fmt(j->arena, "{\"notices\":%lld}", (long long)s.removed);
    return OK;
}

static const struct job_kind sweep_kind = { "notify.sweep", sweep };

/* ---- life ---- */

static err start(struct app *app)
{
    struct arena        *a = arena_new(0);
    struct notify_state *s = ARENA_NEW(a, struct notify_state);
    s->arena = a;
    s->app = app;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->work, NULL);
    app->notify = s;
    job_every(app, &sweep_kind, MS_DAY);
    return OK;
}

static err begin_work(struct app *app)
{
    struct notify_state *s = app->notify;
    if (pthread_create(&s->worker, NULL, work, s) != 0)
        return FAIL(ERR_INTERNAL);
    s->started = true;
    return OK;
}

static void stop(struct app *app)
{
    struct notify_state *s = app->notify;
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    s->stopping = true;
    pthread_cond_signal(&s->work);
    pthread_mutex_unlock(&s->lock);
    if (s->started)
        pthread_join(s->worker, NULL);
    app->notify = NULL;
    pthread_cond_destroy(&s->work);
    pthread_mutex_destroy(&s->lock);
    arena_free(s->arena);
}

const struct feature notify_feature = {
    .name = "notify", .routes = notify_routes, .start = start, .work = begin_work, .stop = stop
};
