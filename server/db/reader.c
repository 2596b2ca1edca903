/* Readers: few connections with warm caches. On SQLite each keeps its snapshot until something was committed or a second has passed: taking
 * a new one drops the page cache and asks the log's index again, which costs more than a small read itself. Where other processes write
 * too, each read takes a new one. */
#include "inside.h"

#include <stdlib.h>
#include <unistd.h>

#include "../base/log.h"

err readers_open(struct db *db, int count)
{
    struct reader_pool *p = &db->readers;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (count <= 0)
        count = cores * 2 < db->engine->readers_least ? db->engine->readers_least : (int)cores * 2;
    p->all = calloc((size_t)count, sizeof *p->all);
    if (!p->all)
        return FAIL(ERR_INTERNAL);
    for (; p->count < count; p->count++) {
        struct db_conn *c = &p->all[p->count];
        err e = conn_open(db, c, false);
        if (failed(e)) {
            conn_close(c);
            return e;
        }
        c->next_free = p->free;
        p->free = c;
    }
    return OK;
}

void readers_close(struct db *db)
{
    struct reader_pool *p = &db->readers;
    for (int i = 0; i < p->count; i++)
        conn_close(&p->all[i]);
    free(p->all);
    p->all = p->free = NULL;
    p->count = 0;
}

/* NULL: all were busy for too long, such as behind a server that does not answer. */
static struct db_conn *take(struct reader_pool *p)
{
    int64_t         until = clock_monotonic() + p->wait_most;
    struct timespec end = { .tv_sec = until / MS_SECOND, .tv_nsec = until % MS_SECOND * 1000000 };
    int             late = 0;
    pthread_mutex_lock(&p->mutex);
    p->waiting++;
    while (!p->free && !late)
        late = pthread_cond_timedwait(&p->freed, &p->mutex, &end);
    p->waiting--;
    struct db_conn *c = p->free;
    if (c)
        p->free = c->next_free;
    pthread_mutex_unlock(&p->mutex);
    return c;
}

static struct db_conn *take_free(struct reader_pool *p)
{
    pthread_mutex_lock(&p->mutex);
    struct db_conn *c = p->free;
    if (c)
        p->free = c->next_free;
    pthread_mutex_unlock(&p->mutex);
    return c;
}

static void give_back(struct reader_pool *p, struct db_conn *c)
{
    pthread_mutex_lock(&p->mutex);
    c->next_free = p->free;
    p->free = c;
    bool wanted = p->waiting > 0;
    pthread_mutex_unlock(&p->mutex);
    if (wanted)
        pthread_cond_signal(&p->freed);
}

static err let_go(struct db_conn *c)
{
    if (!c->in_snapshot)
        return OK;
    c->in_snapshot = false;
    if (!failed(c->engine->step(c, STEP_COMMIT)))
        return OK;
    return c->engine->state(c) == STATE_GONE ? OK : c->engine->step(c, STEP_ROLLBACK);
}

static void let_go_of(struct db_conn *c)
{
    if (failed(let_go(c)))
        c->in_snapshot = false;
}

/* The counter is read before the snapshot is taken: it may then be newer than we think, never older. While a commit is under way another
 * reader may have seen it although the counter stands still: a kept snapshot would go back behind what was seen, so none is kept then. */
static err renew(struct db *db, struct db_conn *c)
{
    bool     committing = atomic_load(&db->committing);
    uint64_t fresh = atomic_load(&db->fresh);
    if (c->in_snapshot && c->seen == fresh && !committing && !c->engine->shared)
        return OK;
    if (!c->engine->shared)
        TRY(let_go(c));
    c->in_snapshot = false;
    TRY(c->engine->step(c, STEP_BEGIN));
    c->in_snapshot = true;
    c->seen = fresh;
    return OK;
}

/* What this thread is reading from. */
static _Thread_local struct db_conn *reading;

bool reader_is_busy_here(void)
{
    return reading != NULL;
}

static err read_on(struct db *db, struct db_conn *c, db_work work, void *arg)
{
    TRY(renew(db, c));
    reading = c;
    err e = work(c, arg);
    reading = NULL;
    if (c->engine->state(c) != STATE_SOUND)
        let_go_of(c);
    return e;
}

static err read_and_give_back(struct db *db, struct db_conn *c, db_work work, void *arg)
{
    err e = read_on(db, c, work, arg);
    conn_end_statements(c);
    give_back(&db->readers, c);
    atomic_fetch_add_explicit(&db->reads, 1, memory_order_relaxed);
    return e;
}

err db_read(struct db *db, db_work work, void *arg)
{
    /* A second reader for the same thread could wait for ever: all of them may be held by threads that want a second one. */
    if (reading && reading->db == db)
        return work(reading, arg);
    struct db_conn *c = take(&db->readers);
    if (!c) {
        log_event(LOG_WARN, "readers_busy", NULL);
        return FAIL(ERR_UNAVAILABLE);
    }
    return read_and_give_back(db, c, work, arg);
}

err db_read_at_once(struct db *db, db_work work, void *arg)
{
    struct db_conn *c = db->engine->shared ? NULL : take_free(&db->readers);
    return c ? read_and_give_back(db, c, work, arg) : FAIL(ERR_UNAVAILABLE);
}

/* Takes those that rest out of the pool, so that nobody waits behind a server that does not answer, and puts them back behind the others. */
static void each_idle(struct db *db, bool (*wanted)(const struct db_conn *c), void (*work)(struct db_conn *c))
{
    struct reader_pool *p = &db->readers;
    struct db_conn     *taken = NULL, *next;
    pthread_mutex_lock(&p->mutex);
    for (struct db_conn **at = &p->free, *c; (c = *at);)
        if (wanted(c)) {
            *at = c->next_free;
            c->next_free = taken;
            taken = c;
        } else {
            at = &c->next_free;
        }
    pthread_mutex_unlock(&p->mutex);
    for (; taken; taken = next) {
        next = taken->next_free;
        work(taken);
        give_back(p, taken);
    }
}

static bool is_behind(const struct db_conn *c)
{
    return c->in_snapshot && c->seen != atomic_load(&c->db->fresh);
}

void readers_let_go(struct db *db)
{
    each_idle(db, is_behind, let_go_of);
}

static bool any(const struct db_conn *c)
{
    (void)c;
    return true;
}

static void give_memory_back(struct db_conn *c)
{
    if (!failed(let_go(c)))
        c->engine->rest(c);
}

void readers_rest(struct db *db)
{
    each_idle(db, any, give_memory_back);
}
