/* The job feature's own parts. Not for other features. */
#ifndef LINLI_JOB_PARTS_H
#define LINLI_JOB_PARTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "job.h"

#define JOB_WORKERS     2
#define JOB_KINDS_MOST  32
#define JOB_TRIES_MOST  5                    /* a job that takes the process down with it is given up in the end */
#define JOB_LOOK_EVERY  (5 * MS_SECOND)      /* a worker looks for work without being woken */
#define JOB_BEAT_EVERY  (2 * MS_SECOND)
#define JOB_STALE       (10 * MS_SECOND)     /* watched for so long without a new beat, its worker is dead */
#define JOB_LOOKS_APART (JOB_STALE / 2)      /* looks further apart do not belong together: watching begins anew */
#define JOB_WATCHED     64
#define JOB_KEPT        (30 * MS_DAY)

enum job_state_number { JOB_NONE, JOB_WAITING, JOB_RUNNING, JOB_DONE, JOB_FAILED, JOB_CANCELLED, JOB_STATE_COUNT };
extern const char *const job_state_words[];

struct job_entry {
    const struct job_kind *kind;
    ms                     period;           /* 0: begun by people */
};

/* A job that a worker of this process runs. id 0: the worker is idle. */
struct job_held {
    int64_t id;
    ms      taken_at;
};

/* A running job as the keeper sees it. `since` is of this process's own steady clock, `beat` of its owner's: only whether it changes is looked at. */
struct job_watched {
    int64_t id;
    ms      beat, since;
    bool    dead;
};

struct job_state {
    struct arena    *arena;
    struct app      *app;
    pthread_mutex_t  lock;
    pthread_cond_t   work, beat;             /* wakes the workers; the keeper */
    struct job_entry entries[JOB_KINDS_MOST];
    size_t           entry_count;
    unsigned         wakes;                  /* grows with each call to job_wake */
    bool             started;
    atomic_bool      stopping;
    pthread_t        workers[JOB_WORKERS], keeper;
    struct job_held  running[JOB_WORKERS];
    struct job_watched watched[JOB_WATCHED];
    size_t           watched_count;
    ms               watched_at;             /* last look */
};

/* Made at the first registration: features that start earlier register before the workers run. */
struct job_state       *job_state_of(struct app *app);
const struct job_kind  *job_kind_named(struct job_state *s, struct str name);
void                    job_wake(void *state);

/* ---- rows ---- */

struct job_row {
    int64_t    id;
    struct str kind, params;
    int64_t    state, progress, total;
    struct str result, problem;
    int64_t    owner_id, cancel, tries;
    ms         created_at, started_at, beat_at, finished_at;
};
extern const struct field job_row_fields[];

MUST err job_find(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct job_row *out);
/* owner 0: everybody's. Newest first, ids below `before` (0: from the newest). */
MUST err job_list(struct db_conn *c, struct arena *a, int64_t tenant, int64_t owner, int64_t before, size_t most, struct list *out);
MUST err job_insert(struct db_conn *c, int64_t tenant, int64_t id, const char *kind, struct str params, int64_t owner, ms now);
/* A waiting job is cancelled at once, a running one asked to stop; else ERR_JOB_STATE. */
MUST err job_ask_cancel(struct db_conn *c, int64_t tenant, int64_t id, ms now);

/* Takes the oldest job that waits, or whose worker job_watch has found dead, of a kind registered here. out->id 0: there is none. */
MUST err job_take(struct app *app, struct arena *a, struct job_row *out);
/* Ends it; *ours false: another worker has taken it over, and nothing was changed. JOB_WAITING puts it back. */
MUST err job_end(struct app *app, const struct job_row *row, enum job_state_number state, struct str result, const char *problem, bool *ours);
/* A sign of life for the jobs of this process. */
MUST err job_beat(struct app *app, const struct job_held held[JOB_WORKERS]);

/* ---- whose worker is dead; job_watch.c ---- */

/* The keeper's look at what runs; now: clock_monotonic. *dead: how many are known as dead since this look. */
MUST err job_watch(struct app *app, ms now, int *dead);
/* Whether its worker was found dead, and neither has it given a sign of life since nor does a worker of this process run it. */
bool     job_is_dead(struct job_state *s, const struct job_row *row);

/* Begins the periodic jobs that are due. */
MUST err job_begin_due(struct app *app, const struct job_entry *entries, size_t n, int *begun);

/* Clean-ups of this feature: old jobs and their folders. */
extern const struct job_kind job_sweep_kind;

extern const struct route job_routes[];

#endif
