/* Patience with the slow. The server library's timeout begins anew with every byte, so a client that sends one now and then would hold
 * its thread for ever; here the clock runs from the beginning of a phase. */
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>

#include "exchange.h"

#define BYTES_A_MS 8   /* a body or an answer slower than 8 KiB a second uses up patience */

/* Connections in a list, for the thread that ends those which take too long. Locked at connect, at close and once a turn, never by
 * a request. */
struct patience {
    pthread_mutex_t lock;
    pthread_cond_t  wake;
    pthread_t       thread;
    struct conn     head;
    bool            stop;
    ms              most;
};

/* Some milliseconds old, for a tenth of the price. */
static ms clock_coarse(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    return (ms)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void phase_set(struct conn *c, enum phase phase, size_t bytes)
{
    atomic_store_explicit(&c->since, clock_coarse() + (ms)(bytes / BYTES_A_MS), memory_order_relaxed);
    atomic_store_explicit(&c->phase, phase, memory_order_relaxed);
}

void phase_extend(struct conn *c, size_t bytes)
{
    atomic_fetch_add_explicit(&c->since, (ms)(bytes / BYTES_A_MS), memory_order_relaxed);
}

static bool too_slow(const struct conn *c, ms now, ms most)
{
    return atomic_load_explicit(&c->phase, memory_order_relaxed) != PHASE_WORK &&
           now - atomic_load_explicit(&c->since, memory_order_relaxed) > most;
}

static void *watch_run(void *arg)
{
    struct patience  *r = arg;
    struct timespec until;
    ms              turn = r->most / 4 < MS_SECOND ? r->most / 4 : MS_SECOND;
    pthread_mutex_lock(&r->lock);
    while (!r->stop) {
        ms now = clock_monotonic();
        for (struct conn *c = r->head.after; c != &r->head; c = c->after)
            if (too_slow(c, now, r->most))
                shutdown(c->fd, SHUT_RDWR);
        until.tv_sec = (now + turn) / 1000;
        until.tv_nsec = (now + turn) % 1000 * 1000000;
        pthread_cond_timedwait(&r->wake, &r->lock, &until);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

err patience_start(struct http *h)
{
    struct patience     *r = ARENA_NEW(h->arena, struct patience);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    r->head.before = r->head.after = &r->head;
    r->most = h->o.patience;
    h->patience = r;
    return pthread_create(&r->thread, NULL, watch_run, r) == 0 ? OK : FAIL(ERR_INTERNAL);
}

void patience_stop(struct patience *r)
{
    pthread_mutex_lock(&r->lock);
    r->stop = true;
    pthread_cond_signal(&r->wake);
    pthread_mutex_unlock(&r->lock);
    pthread_join(r->thread, NULL);
    pthread_cond_destroy(&r->wake);
    pthread_mutex_destroy(&r->lock);
}

void patience_watch(struct patience *r, struct conn *c)
{
    pthread_mutex_lock(&r->lock);
    c->before = &r->head;
    c->after = r->head.after;
    c->after->before = c;
    r->head.after = c;
    pthread_mutex_unlock(&r->lock);
}

void patience_forget(struct patience *r, struct conn *c)
{
    pthread_mutex_lock(&r->lock);
    c->before->after = c->after;
    c->after->before = c->before;
    pthread_mutex_unlock(&r->lock);
}
