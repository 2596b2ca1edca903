/* Threads for what may have to wait: a commit, a lock, another server, a disk, much arithmetic. There are as many as there is such work at
 * once; one that was used last is used first, and one that has had nothing to do for a while ends. */
#include <pthread.h>
#include <stdlib.h>

#include "exchange.h"

#define IDLE_MOST (10 * MS_SECOND)

struct job {
    void      (*work)(void *);
    void       *arg;
    struct job *next;
};

struct hand {
    pthread_cond_t wake;
    struct job     job;    /* work NULL: none yet */
    struct hand   *next;   /* of those that rest */
};

struct crew {
    pthread_mutex_t    lock;
    pthread_cond_t     gone;            /* a thread has ended */
    pthread_attr_t     how;
    pthread_condattr_t clock;
    struct hand       *resting;         /* last used first */
    struct job        *first, **last;   /* for the next who has nothing to do, mostly one who is just beginning */
    int                count;
    bool               stop;
};

static void forget(struct crew *c, struct hand *h)
{
    struct hand **at = &c->resting;
    while (*at != h)
        at = &(*at)->next;
    *at = h->next;
}

/* The next thing to do; false: nothing came. Called with the lock held. */
static bool next_job(struct crew *c, struct hand *h)
{
    h->job.work = NULL;
    if (c->first) {
        struct job *queued = c->first;
        h->job = *queued;
        c->first = queued->next;
        if (!c->first)
            c->last = &c->first;
        free(queued);
        return true;
    }
    int64_t         until = clock_monotonic() + IDLE_MOST;
    struct timespec end = { .tv_sec = until / MS_SECOND, .tv_nsec = until % MS_SECOND * 1000000 };
    int             late = 0;
    h->next = c->resting;
    c->resting = h;
    while (!h->job.work && !c->stop && !late)
        late = pthread_cond_timedwait(&h->wake, &c->lock, &end);
    if (h->job.work)
        return true;   /* whoever gave it has taken this one out of those that rest */
    forget(c, h);
    return false;
}

static void *hand_run(void *arg)
{
    struct crew *c = arg;
    struct hand  h = { 0 };
    pthread_setname_np(pthread_self(), "crew");
    pthread_cond_init(&h.wake, &c->clock);
    pthread_mutex_lock(&c->lock);
    while (next_job(c, &h)) {
        pthread_mutex_unlock(&c->lock);
        h.job.work(h.job.arg);
        pthread_mutex_lock(&c->lock);
    }
    c->count--;
    pthread_cond_signal(&c->gone);
    pthread_mutex_unlock(&c->lock);
    pthread_cond_destroy(&h.wake);
    return NULL;
}

/* Called with the lock held. */
static bool hand_new(struct crew *c)
{
    pthread_t thread;
    if (pthread_create(&thread, &c->how, hand_run, c) != 0)
        return false;
    c->count++;
    return true;
}

static bool put(struct crew *c, void (*work)(void *), void *arg)
{
    struct hand *h = c->resting;
    if (h) {
        c->resting = h->next;
        h->job = (struct job){ work, arg, NULL };
        pthread_cond_signal(&h->wake);
        return true;
    }
    if (!hand_new(c) && c->count == 0)
        return false;
    struct job *queued = malloc(sizeof *queued);
    if (!queued)
        abort();
    *queued = (struct job){ work, arg, NULL };
    *c->last = queued;
    c->last = &queued->next;
    return true;
}

bool crew_give(struct crew *c, void (*work)(void *), void *arg)
{
    pthread_mutex_lock(&c->lock);
    bool taken = !c->stop && put(c, work, arg);
    pthread_mutex_unlock(&c->lock);
    return taken;
}

struct crew *crew_new(struct arena *a)
{
    struct crew *c = ARENA_NEW(a, struct crew);
    c->last = &c->first;
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->gone, NULL);
    pthread_condattr_init(&c->clock);
    pthread_condattr_setclock(&c->clock, CLOCK_MONOTONIC);
    pthread_attr_init(&c->how);
    pthread_attr_setstacksize(&c->how, THREAD_STACK);
    pthread_attr_setdetachstate(&c->how, PTHREAD_CREATE_DETACHED);
    return c;
}

void crew_end(struct crew *c)
{
    pthread_mutex_lock(&c->lock);
    c->stop = true;
    for (struct hand *h = c->resting; h; h = h->next)
        pthread_cond_signal(&h->wake);
    while (c->count)
        pthread_cond_wait(&c->gone, &c->lock);
    pthread_mutex_unlock(&c->lock);
    pthread_attr_destroy(&c->how);
    pthread_condattr_destroy(&c->clock);
    pthread_cond_destroy(&c->gone);
    pthread_mutex_destroy(&c->lock);
}
