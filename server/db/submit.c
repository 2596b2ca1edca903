/* Whoever writes: puts a request into a lane's queue and waits for its answer. A caller with somebody waiting behind it does not wait for ever, such
 * as for a database that hangs instead of dying: it leaves, and what the writer still needs is the writer's from then on. */
#include "inside.h"

#include <errno.h>
#include <stdlib.h>

#include "../base/log.h"

#define LOOK_AGAIN   (20 * (ms)1)
#define HESITATES    (2 * MS_SECOND)   /* a lane that works at one group for so long lets only a few more wait: threads are finite */
#define WAITING_THEN 128

/* Districts are numbered one after the other, so each lane has as many of them. */
struct writer *writer_of(struct db *db, int64_t tenant)
{
    return &db->writers[tenant % db->engine->lanes];
}

ms writer_since(const struct writer *w_)
{
    struct writer *w = (struct writer *)w_;
    ms             works = atomic_load(&w->since), flushes = atomic_load(&w->flusher.since);
    return !works || (flushes && flushes < works) ? flushes : works;
}

ms writer_busy(const struct writer *w)
{
    ms since = writer_since(w);
    return since ? clock_monotonic() - since : 0;
}

/* ---- the queue ---- */

static bool has_room(const struct writer *w, const struct write_request *r)
{
    if (w->waiting >= w->db->queue_most || w->stopping)
        return false;
    if (!r->may_leave)
        return true;
    ms busy = writer_busy(w);
    return busy < w->db->write_wait_most && (busy < HESITATES || w->waiting < WAITING_THEN);
}

static bool queue_put(struct writer *w, struct write_request *r)
{
    pthread_mutex_lock(&w->mutex);
    bool taken = has_room(w, r), wake = taken && w->idle;
    if (taken) {
        *w->end = r;
        w->end = &r->next;
        w->waiting++;
        if (w->waiting > w->peak)
            w->peak = w->waiting;
        w->idle = false;
    }
    pthread_mutex_unlock(&w->mutex);
    if (wake)
        pthread_cond_signal(&w->work);
    return taken;
}

/* False: the writer has it. */
static bool queue_drop(struct writer *w, struct write_request *r)
{
    pthread_mutex_lock(&w->mutex);
    struct write_request **at = &w->first;
    while (*at && *at != r)
        at = &(*at)->next;
    bool found = *at != NULL;
    if (found) {
        *at = r->next;
        if (w->end == &r->next)
            w->end = at;
        w->waiting--;
    }
    pthread_mutex_unlock(&w->mutex);
    return found;
}

/* ---- waiting ---- */

void request_free(struct write_request *r)
{
    sem_destroy(&r->done);
    if (r->may_leave)
        free(r);
}

/* The writer alone has it now; and db_wait_for_left waits for it. */
static bool leave(struct db *db, struct write_request *r)
{
    int waits = STAGE_WAITS;
    atomic_fetch_add(&db->left, 1);
    if (atomic_compare_exchange_strong(&r->stage, &waits, STAGE_LEFT))
        return true;
    atomic_fetch_sub(&db->left, 1);
    return false;
}

static bool woken(struct write_request *r, ms until)
{
    struct timespec end = { .tv_sec = until / MS_SECOND, .tv_nsec = until % MS_SECOND * 1000000 };
    int             problem;
    do
        problem = r->may_leave ? sem_clockwait(&r->done, CLOCK_MONOTONIC, &end) : sem_wait(&r->done);
    while (problem && errno == EINTR);
    return !problem;
}

/* Who is just being worked for stays, and once that is over waits for the commit as long as anybody. */
static bool is_worked_for(struct write_request *r, bool *before, ms *until, ms most)
{
    bool runs = atomic_load(&r->stage) == STAGE_RUNS, just_ended = *before && !runs;
    *before = runs;
    if (runs || just_ended)
        *until = clock_monotonic() + (runs ? LOOK_AGAIN : most);
    return runs || just_ended;
}

/* False: the request is not the caller's any more. */
static bool wait_for_answer(struct writer *w, struct write_request *r)
{
    ms   most = w->db->write_wait_most, until = clock_monotonic() + most;
    bool worked_for = false;
    while (!woken(r, until)) {
        if (is_worked_for(r, &worked_for, &until, most))
            continue;
        if (queue_drop(w, r))
            return true;
        if (leave(w->db, r))
            return false;
        until = clock_monotonic() + LOOK_AGAIN;   /* its turn has come, or the answer is on its way */
    }
    return true;
}

static err take_answer(struct write_request *r)
{
    err e = atomic_load(&r->stage) == STAGE_WOKEN ? r->result : FAIL(ERR_UNAVAILABLE);
    for (size_t k = 0; k < WAKES && r->wakes[k]; k++)
        request_wake(r->wakes[k]);
    request_free(r);
    return e;
}

static err submit(struct db *db, struct write_request *r)
{
    if (writer_is_here() || reader_is_busy_here()) {
        /* It would wait for itself, or hold a reader that the writer's callbacks may wait for. */
        log_event(LOG_ERROR, "database_misuse", "what", "a write inside a read or a write", NULL);
        abort();
    }
    struct writer *w = writer_of(db, r->tenant);
    sem_init(&r->done, 0, 0);
    if (queue_put(w, r))
        return wait_for_answer(w, r) ? take_answer(r) : FAIL(ERR_UNAVAILABLE);
    request_free(r);
    return FAIL(ERR_UNAVAILABLE);
}

err db_write(struct db *db, int64_t tenant, db_work work, void *arg)
{
    return submit(db, &(struct write_request){ .tenant = tenant, .work = work, .arg = arg, .result = OK });
}

err db_write_freely(struct db *db, int64_t tenant, db_work work, void *arg)
{
    return submit(db, &(struct write_request){ .tenant = tenant, .work = work, .arg = arg, .result = OK, .freely = true });
}

err db_write_in_time(struct db *db, int64_t tenant, bool freely, db_work work, void *arg)
{
    struct write_request *r = memory(calloc(1, sizeof *r));
    *r = (struct write_request){ .tenant = tenant, .work = work, .arg = arg, .result = OK, .freely = freely, .may_leave = true };
    return submit(db, r);
}

void db_wait_for_left(const struct db *db)
{
    while (atomic_load(&((struct db *)db)->left) > 0)
        nanosleep(&(struct timespec){ .tv_nsec = LOOK_AGAIN * 1000000 }, NULL);
}
