/* Workers and their keeper. Two workers run jobs; the keeper gives signs of life for them and begins the periodic ones. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../../base/log.h"
#include "job_parts.h"

/* ---- kinds ---- */

struct job_state *job_state_of(struct app *app)
{
    if (!app->job) {
        struct arena     *a = arena_new(0);
        struct job_state *s = ARENA_NEW(a, struct job_state);
        s->arena = a;
        s->app = app;
        pthread_mutex_init(&s->lock, NULL);
        pthread_cond_init(&s->work, NULL);
        pthread_cond_init(&s->beat, NULL);
        app->job = s;
    }
    return app->job;
}

const struct job_kind *job_kind_named(struct job_state *s, struct str name)
{
    for (size_t i = 0; i < s->entry_count; i++)
        if (str_is(name, s->entries[i].kind->name))
            return s->entries[i].kind;
    return NULL;
}

void job_every(struct app *app, const struct job_kind *kind, ms period)
{
    struct job_state *s = job_state_of(app);
    if (s->entry_count == JOB_KINDS_MOST) {
        log_event(LOG_ERROR, "job_kinds_full", "kind", kind->name, NULL);
        return;
    }
    s->entries[s->entry_count++] = (struct job_entry){ kind, period };
}

void job_register(struct app *app, const struct job_kind *kind)
{
    job_every(app, kind, 0);
}

void job_wake(void *state)
{
    struct job_state *s = state;
    pthread_mutex_lock(&s->lock);
    s->wakes++;
    pthread_cond_broadcast(&s->work);
    pthread_mutex_unlock(&s->lock);
}

err job_add(struct req *r, const char *kind, int64_t id, struct str params)
{
    if (!job_kind_named(job_state_of(r->app), str_of(kind))) {
        log_event(LOG_ERROR, "job_kind_unknown", "kind", kind, NULL);
        return FAIL(ERR_INTERNAL);
    }
    TRY(job_insert(r->db, r->tenant, id, kind, params, r->caller.account, r->now));
    db_after_commit(r->db, job_wake, r->app->job);
    return OK;
}

struct str job_folder(struct app *app, struct arena *a, int64_t id)
{
    struct str path = str_fmt(a, "%s/jobs/%lld", app->data_dir, (long long)id);
    if (mkdir(path.ptr, 0700) != 0 && errno != EEXIST)
        log_event(LOG_ERROR, "job_folder", "path", path.ptr, "problem", strerror(errno), NULL);
    return path;
}

/* ---- waiting ---- */

static struct timespec in(ms wait)
{
    ms at = clock_now() + wait;
    return (struct timespec){ at / 1000, (at % 1000) * 1000000 };
}

/* Sleeps until woken since *seen, or for `wait`. False when it is time to end. */
static bool sleep_for(struct job_state *s, pthread_cond_t *on, ms wait, unsigned *seen)
{
    struct timespec until = in(wait);
    int             why = 0;
    pthread_mutex_lock(&s->lock);
    while (!s->stopping && *seen == s->wakes && why != ETIMEDOUT)
        why = pthread_cond_timedwait(on, &s->lock, &until);
    *seen = s->wakes;
    bool go_on = !s->stopping;
    pthread_mutex_unlock(&s->lock);
    return go_on;
}

/* ---- a job ---- */

static void mark_running(struct job_state *s, int worker, int64_t id, ms taken_at)
{
    pthread_mutex_lock(&s->lock);
    s->running[worker] = (struct job_held){ id, taken_at };
    pthread_mutex_unlock(&s->lock);
}

static bool was_cancelled(struct app *app, struct arena *a, int64_t id);

/* What an end means: done, failed, stopped by a person, or interrupted by the end of the process (then it waits for the next one). */
static enum job_state_number verdict(struct job_state *s, struct arena *a, int64_t id, err e)
{
    if (!failed(e))
        return JOB_DONE;
    if (e.code != ERR_JOB_STATE)
        return JOB_FAILED;
    return was_cancelled(s->app, a, id) ? JOB_CANCELLED : s->stopping ? JOB_WAITING : JOB_FAILED;
}

static err run(struct job_state *s, struct arena *a, const struct job_row *row, struct str *result)
{
    struct job j = { .app = s->app, .arena = a, .id = row->id, .owner = row->owner_id, .params = row->params,
                     .folder = job_folder(s->app, a, row->id), .checkpoint = row->result, .taken_at = row->started_at };
    if (row->cancel)
        return FAIL(ERR_JOB_STATE);
    if (row->tries > JOB_TRIES_MOST)
        return FAIL(ERR_INTERNAL);
    return job_kind_named(s, row->kind)->run(&j, result);
}

static void run_job(struct job_state *s, struct arena *a, int worker, const struct job_row *row)
{
    struct str result = STR_NONE;
    char       id[24];
    snprintf(id, sizeof id, "%lld", (long long)row->id);
    const char *kind = str_z(a, row->kind);
    mark_running(s, worker, row->id, row->started_at);
    log_event(LOG_INFO, "job_begun", "id", id, "kind", kind, NULL);
    err                   e = run(s, a, row, &result);
    enum job_state_number state = verdict(s, a, row->id, e);
    mark_running(s, worker, 0, 0);
    bool ours = false;
    err  ended = job_end(s->app, row, state, result, state == JOB_FAILED ? err_slug(e.code) : NULL, &ours);
    if (ours && state != JOB_WAITING)
        unlink(str_fmt(a, "%s/input", job_folder(s->app, a, row->id).ptr).ptr);
    log_event(state == JOB_FAILED || failed(ended) ? LOG_WARN : LOG_INFO, "job_ended", "id", id, "kind", kind, "state",
              job_state_words[state], "problem", failed(e) ? err_slug(e.code) : "", NULL);
}

struct asking { struct app *app; struct arena *arena; int64_t id; struct job_row row; };

static err ask(struct db_conn *c, void *arg)
{
    struct asking *q = arg;
    return job_find(c, q->arena, q->app->tenant, q->id, &q->row);
}

static bool was_cancelled(struct app *app, struct arena *a, int64_t id)
{
    struct asking q = { .app = app, .arena = a, .id = id };
    return !failed(db_read(app->db, ask, &q)) && q.row.cancel;
}

/* ---- threads ---- */

struct worker { struct job_state *state; int number; };

static void *work(void *arg)
{
    struct worker    *w = arg;
    struct job_state *s = w->state;
    struct arena     *a = arena_new(0);
    unsigned          seen = 0;
    do {
        struct job_row row;
        while (!s->stopping && !failed(job_take(s->app, a, &row)) && row.id) {
            run_job(s, a, w->number, &row);
            arena_reset(a);
        }
        arena_reset(a);
    } while (sleep_for(s, &s->work, JOB_LOOK_EVERY, &seen));
    arena_free(a);
    return NULL;
}

static void keep(struct job_state *s)
{
    struct job_held held[JOB_WORKERS];
    int             begun = 0, dead = 0;
    pthread_mutex_lock(&s->lock);
    memcpy(held, s->running, sizeof held);
    pthread_mutex_unlock(&s->lock);
    bool any = false;
    for (int i = 0; i < JOB_WORKERS; i++)
        any = any || held[i].id;
    if ((any && failed(job_beat(s->app, held))) || failed(job_watch(s->app, clock_monotonic(), &dead)) ||
        failed(job_begin_due(s->app, s->entries, s->entry_count, &begun)))
        log_event(LOG_WARN, "job_keeper", NULL);
    if (begun || dead)
        job_wake(s);
}

static void *keeper(void *arg)
{
    struct job_state *s = arg;
    unsigned          seen;
    do {
        keep(s);
        pthread_mutex_lock(&s->lock);
        seen = s->wakes;
        pthread_mutex_unlock(&s->lock);
    } while (sleep_for(s, &s->beat, JOB_BEAT_EVERY, &seen));
    return NULL;
}

static err start(struct app *app)
{
    job_every(app, &job_sweep_kind, MS_DAY);
    return OK;
}

static err begin_work(struct app *app)
{
    struct job_state *s = job_state_of(app);
    for (int i = 0; i < JOB_WORKERS; i++) {
        struct worker *w = ARENA_NEW(s->arena, struct worker);
        *w = (struct worker){ s, i };
        if (pthread_create(&s->workers[i], NULL, work, w) != 0)
            return FAIL(ERR_INTERNAL);
    }
    if (pthread_create(&s->keeper, NULL, keeper, s) != 0)
        return FAIL(ERR_INTERNAL);
    s->started = true;
    return OK;
}

static void stop(struct app *app)
{
    struct job_state *s = app->job;
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    s->stopping = true;
    pthread_cond_broadcast(&s->work);
    pthread_cond_broadcast(&s->beat);
    pthread_mutex_unlock(&s->lock);
    for (int i = 0; s->started && i < JOB_WORKERS; i++)
        pthread_join(s->workers[i], NULL);
    if (s->started)
        pthread_join(s->keeper, NULL);
    app->job = NULL;
    pthread_cond_destroy(&s->beat);
    pthread_cond_destroy(&s->work);
    pthread_mutex_destroy(&s->lock);
    arena_free(s->arena);
}

const struct feature job_feature = { .name = "job", .routes = job_routes, .start = start, .work = begin_work, .stop = stop };
