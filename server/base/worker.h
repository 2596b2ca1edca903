/* worker: a thread that sleeps until it is woken or it is time to look again, and then works in rounds until a round finds less than a full
 * batch. What a round does is its argument; the rows it works on are elsewhere, so that nothing is lost when it fails. */
#ifndef LINLI_BASE_WORKER_H
#define LINLI_BASE_WORKER_H

#include <stdatomic.h>

#include "clock.h"
#include "err.h"

struct worker;

#define GATHERS_MOST 10

struct worker_plan {
    /* One look. *done: how much was there; a full batch says that more may be. A failure ends the rounds until the next look. The arena is
     * emptied after each round. */
    err (*round)(void *arg, struct arena *a, int *done);
    void *arg;
    int   batch;
    ms    look_every;   /* also without being woken: what is due later, rows of other processes */
    ms    gather;       /* between being woken and working, so that under load much goes in one round: again while more comes, at most GATHERS_MOST
                           times; 0: none */
};

/* Lives in the arena; no thread yet: it may be woken, which then waits for worker_begin. */
struct worker *worker_new(struct arena *a, const struct worker_plan *plan);
MUST err       worker_begin(struct worker *w);
/* May be called from any thread; takes a void pointer to suit db_after_commit. */
void           worker_wake(void *worker);
/* True once worker_end was called: long rounds look at it. */
const atomic_bool *worker_stopping(const struct worker *w);
/* Waits for the round under way. To be called once, also for a worker that never began. */
void           worker_end(struct worker *w);

#endif
