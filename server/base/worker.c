#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "worker.h"

struct worker {
    struct worker_plan plan;
    pthread_mutex_t    lock;
    pthread_cond_t     work;
    bool               woken, started;
    atomic_bool        stopping;
    pthread_t          thread;
};

struct worker *worker_new(struct arena *a, const struct worker_plan *plan)
{
    struct worker *w = ARENA_NEW(a, struct worker);
    w->plan = *plan;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->work, NULL);
    return w;
}

void worker_wake(void *worker)
{
    struct worker *w = worker;
    pthread_mutex_lock(&w->lock);
    if (!w->woken)
        pthread_cond_signal(&w->work);
    w->woken = true;
    pthread_mutex_unlock(&w->lock);
}

const atomic_bool *worker_stopping(const struct worker *w)
{
    return &w->stopping;
}

/* For so long, or until it is woken and heeds that, or is to end. */
static void rest(struct worker *w, ms time, bool heeds)
{
    ms              at = clock_now() + time;
    struct timespec until = { at / 1000, (at % 1000) * 1000000 };
    int             why = 0;
    while (!(heeds && w->woken) && !w->stopping && why != ETIMEDOUT)
        why = pthread_cond_timedwait(&w->work, &w->lock, &until);
}

static bool wait_for_work(struct worker *w)
{
    pthread_mutex_lock(&w->lock);
    rest(w, w->plan.look_every, true);
    for (int i = 0; i < GATHERS_MOST && w->woken && w->plan.gather; i++) {
        w->woken = false;
        rest(w, w->plan.gather, false);
    }
    w->woken = false;
    pthread_mutex_unlock(&w->lock);
    return !w->stopping;
}

static void *work(void *arg)
{
    struct worker *w = arg;
    struct arena  *a = arena_new(0);
    while (wait_for_work(w)) {
        int  done = w->plan.batch;
        bool good = true;
        while (good && !w->stopping && done == w->plan.batch) {
            good = !failed(w->plan.round(w->plan.arg, a, &done));   /* when it is not, the rows stay and the next look tries again */
            arena_reset(a);
        }
    }
    arena_free(a);
    return NULL;
}

err worker_begin(struct worker *w)
{
    if (pthread_create(&w->thread, NULL, work, w) != 0)
        return FAIL(ERR_INTERNAL);
    w->started = true;
    return OK;
}

void worker_end(struct worker *w)
{
    pthread_mutex_lock(&w->lock);
    atomic_store(&w->stopping, true);
    pthread_cond_signal(&w->work);
    pthread_mutex_unlock(&w->lock);
    if (w->started)
        pthread_join(w->thread, NULL);
    pthread_cond_destroy(&w->work);
    pthread_mutex_destroy(&w->lock);
}
