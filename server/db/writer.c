/* The writers: a thread for each lane, group commit. It takes what is queued, runs each request in a savepoint of its own, commits once and only
 * then answers. A disk's flush is the dear part of a durable write; so it is paid once for all who wait. Where an engine can write to several
 * districts at once there are several lanes, and a district is always in the same. */
#include "inside.h"

#include <stdlib.h>

#include "../base/log.h"

#define TURNS_MOST     5   /* of one request, when it meets conflicts */
#define CAREFUL_GROUPS 8   /* after one that ran ahead in vain */

/* Set on a writer's thread: a write inside a write would wait for itself. */
static _Thread_local bool writing;

bool writer_is_here(void)
{
    return writing;
}

/* ---- one request ---- */

static err run_work(struct db_conn *c, struct write_request *r)
{
    c->request = r;
    err e = r->work(c, r->arg);
    c->request = NULL;
    conn_end_statements(c);
    return e;
}

static void forget(struct db_conn *c, struct write_request *r)
{
    r->after = NULL;
    r->before = NULL;
    counters_undo(c);
}

/* Work that went on after a failed statement as if nothing had been: only some engines mind, so it is an error of the program. */
static err sound(struct db_conn *c, err e)
{
    switch (c->engine->state(c)) {
    case STATE_GONE: return failed(e) ? e : FAIL(ERR_UNAVAILABLE);   /* the engine gave it up: disk full, I/O error, server gone */
    case STATE_FAILED: return failed(e) ? e : FAIL(ERR_INTERNAL);
    default: return e;
    }
}

/* Waits for what the work has sent without waiting. */
static err settle(struct db_conn *c)
{
    return c->engine->settle ? sound(c, c->engine->settle(c)) : OK;
}

static err run_and_settle(struct db_conn *c, struct write_request *r)
{
    err e = sound(c, run_work(c, r));
    return failed(e) || c->ahead ? e : settle(c);
}

/* Something sent by this request, or by one before it, has failed: those after it ran ahead in vain. */
static bool in_vain(const struct db_conn *c)
{
    return c->ahead && c->engine->adrift(c) && c->engine->state(c) != STATE_GONE;
}

static err run_in_savepoint(struct db_conn *c, struct write_request *r)
{
    TRY(c->engine->step(c, STEP_SAVEPOINT));
    err e = run_and_settle(c, r);
    if (c->engine->state(c) == STATE_GONE || in_vain(c))
        return e;
    if (!failed(e))
        return c->engine->step(c, STEP_RELEASE);
    err undone = c->engine->step(c, STEP_UNDO);
    err released = c->engine->step(c, STEP_RELEASE);
    return failed(undone) ? undone : failed(released) ? released : e;
}

/* ---- a group ---- */

/* Nobody may write beside it. */
static bool is_whole(const struct write_request *r)
{
    return r->tenant == 0;
}

static struct write_request *queue_take(struct writer *w)
{
    pthread_mutex_lock(&w->mutex);
    while (!w->first && !w->stopping) {
        w->idle = true;
        pthread_cond_wait(&w->work, &w->mutex);
        w->idle = false;
    }
    struct write_request *group = w->first, **end = &w->first;
    for (int n = 0; n < w->db->group_most && *end && is_whole(*end) == is_whole(group); n++) {
        end = &(*end)->next;
        w->waiting--;
    }
    if (group) {
        w->first = *end;
        if (!w->first)
            w->end = &w->first;
        *end = NULL;
    }
    pthread_mutex_unlock(&w->mutex);
    return group;
}

static void fail_those_done(struct write_request *from, const struct write_request *until, err e)
{
    for (; from != until; from = from->next)
        if (!failed(from->result)) {
            from->result = e;
            from->after = NULL;
        }
}

static void roll_back(struct db_conn *c)
{
    if (c->engine->state(c) != STATE_GONE && failed(c->engine->step(c, STEP_ROLLBACK)))
        log_event(LOG_ERROR, "rollback_failed", NULL);
}

static err begin(struct db_conn *c)
{
    c->counters = NULL;
    c->values = NULL;
    return c->engine->step(c, STEP_BEGIN);
}

static size_t count_of(const struct write_request *r)
{
    size_t n = 0;
    for (; r; r = r->next)
        n++;
    return n;
}

/* What a request alone would ask for, it asks for itself. Whatever fails leaves nothing open: the lane's lock would be held until the next write. */
static err begin_group(struct db_conn *c, const struct write_request *first)
{
    size_t n = count_of(first);
    TRY(begin(c));
    err e = counters_ask(c, n > 1 ? n : 0);
    if (failed(e))
        roll_back(c);
    return e;
}

/* Nobody else is waiting: the transaction itself is all the savepoint that is needed, and a quarter cheaper. */
static err run_alone(struct db_conn *c, struct write_request *r)
{
    err e = run_and_settle(c, r);
    if (failed(e))
        roll_back(c);
    return e;
}

/* Somebody who is not this program may have been in the way. */
static err run_turns(struct db_conn *c, struct write_request *r, bool alone)
{
    err e;
    for (int turn = 1;; turn++) {
        e = alone ? run_alone(c, r) : run_in_savepoint(c, r);
        if (failed(e))
            forget(c, r);
        else
            counters_keep(c);
        if (!failed(e) || in_vain(c) || !c->engine->conflict(c) || turn == TURNS_MOST)
            return e;
        if (alone)
            TRY(begin(c));
        else if (c->engine->state(c) == STATE_GONE)
            return e;
    }
}

static bool moves_on(struct write_request *r, int from, int to)
{
    return atomic_compare_exchange_strong(&r->stage, &from, to);
}

/* While the work runs, on what is the caller's, the caller stays; whoever has left before is not worked for. */
static err run_request(struct db_conn *c, struct write_request *r, bool alone)
{
    if (!moves_on(r, STAGE_WAITS, STAGE_RUNS)) {
        if (alone)
            roll_back(c);
        return FAIL(ERR_UNAVAILABLE);
    }
    err e = run_turns(c, r, alone);
    atomic_store(&r->stage, STAGE_WAITS);
    return e;
}

static int by_order(const void *x, const void *y)
{
    const struct before *a = *(const struct before *const *)x, *b = *(const struct before *const *)y;
    if (a->order != b->order)
        return a->order > b->order ? 1 : -1;
    return (a->place > b->place) - (a->place < b->place);
}

/* All that the group's requests left for the end, in order. */
static struct before **sorted(struct arena *a, const struct write_request *first, size_t *n)
{
    size_t count = 0;
    *n = 0;
    for (const struct write_request *r = first; r; r = r->next)
        for (const struct before *b = r->before; b; b = b->next)
            count++;
    struct before **all = ARENA_ARRAY(a, count + 1, struct before *);
    for (const struct write_request *r = first; r; r = r->next)
        for (struct before *b = r->before; b; b = b->next) {
            b->place = *n;
            all[(*n)++] = b;
        }
    qsort(all, *n, sizeof *all, by_order);
    return all;
}

/* No savepoint stands around these: to a full-text index each would be a reason to write out what it gathers. Nor is it waited for what the requests
 * have sent: whoever asks something here learns of its failure. */
static err run_before(struct db_conn *c, const struct write_request *first)
{
    size_t          n;
    struct before **all = sorted(c->arena, first, &n);
    for (size_t i = 0; i < n; i++) {
        err e = all[i]->fn(c, all[i]->arg);
        conn_end_statements(c);
        TRY(e);
    }
    TRY(counters_store(c));
    return settle(c);
}

/* All of them once more, each in a savepoint and waiting for its own failures. */
static struct write_request *run_again(struct db_conn *c, struct write_request *first)
{
    roll_back(c);
    for (struct write_request *r = first; r; r = r->next) {
        r->result = OK;
        forget(c, r);
    }
    c->ahead = false;
    c->careful = CAREFUL_GROUPS;
    return first;
}

/* Runs requests from r on in one transaction; returns where the next transaction must begin: NULL, or the first one not run because
 * the engine gave this transaction up. */
static struct write_request *run_transaction(struct db_conn *c, struct write_request *r)
{
    struct write_request *first = r;
    atomic_store(&c->writer->doing, "begin");
    err e = begin_group(c, r);
    if (failed(e)) {
        fail_those_done(r, NULL, e);
        return NULL;
    }
    bool alone = !r->next;
    c->ahead = c->ahead && !alone;
    atomic_store(&c->writer->doing, "work");
    for (; r; r = r->next) {
        r->result = run_request(c, r, alone);
        if (c->engine->state(c) == STATE_GONE) {
            fail_those_done(first, r, r->result);
            return r->next;
        }
        if (in_vain(c))
            return run_again(c, first);
    }
    e = run_before(c, first);
    if (in_vain(c))
        return run_again(c, first);
    if (failed(e)) {
        log_event(LOG_ERROR, "before_commit_failed", "problem", err_slug(e.code), NULL);
        roll_back(c);
        fail_those_done(first, NULL, e);
        return NULL;
    }
    atomic_store(&c->db->committing, true);
    atomic_store(&c->writer->doing, "commit");
    e = c->engine->step(c, STEP_COMMIT);
    if (failed(e)) {
        log_event(LOG_ERROR, "commit_failed", "problem", err_slug(e.code), NULL);
        roll_back(c);
        fail_those_done(first, NULL, e.code == ERR_STORAGE_FULL ? e : FAIL(ERR_UNAVAILABLE));
    }
    return NULL;
}

/* The answers of a group go from one caller to the next: waking forty threads would cost the writer a twentieth of its time, and those who
 * write next wait for it. The first wakes the few behind it, each of them the next few, and so on. */
static void plant(struct write_request **r, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < WAKES; k++) {
            size_t to = i * WAKES + k + 1;
            r[i]->wakes[k] = to < n ? r[to] : NULL;
        }
}

void request_wake(struct write_request *r)
{
    atomic_store(&r->stage, STAGE_WOKEN);
    sem_post(&r->done);
}

static void wake(struct write_request **r, size_t n)
{
    if (n == 0)
        return;
    plant(r, n);
    request_wake(r[0]);
}

static void run_after(const struct write_request *r, bool left)
{
    for (const struct after *after = r->after; after; after = after->next)
        if (!left || !after->callers)
            after->fn(after->arg);
}

/* Of one whose caller has left. */
static void bury(struct db *db, struct write_request *r)
{
    request_free(r);
    atomic_fetch_sub(&db->left, 1);
}

/* What was asked for after the commit is done before anybody is answered, and before the writer goes on: who changed an area finds the map in memory
 * changed when the answer arrives, and so does the next group. While it is done on what is the caller's the caller stays. */
static void run_all_after(struct write_request *group)
{
    for (struct write_request *r = group; r; r = r->next) {
        if (!r->after)
            continue;
        bool here = moves_on(r, STAGE_WAITS, STAGE_RUNS);
        run_after(r, !here);
        r->after = NULL;
        if (here)
            atomic_store(&r->stage, STAGE_WAITS);
    }
}

/* From here on nobody leaves any more. A request is gone as soon as its caller is woken. */
void writer_answer(struct writer *w, struct arena *a, struct write_request *group)
{
    size_t n = count_of(group), stay = 0, left = 0;
    struct write_request **at = ARENA_ARRAY(a, 2 * n, struct write_request *), **gone = at + n;
    for (struct write_request *r = group; r; r = r->next)
        if (moves_on(r, STAGE_WAITS, STAGE_ANSWERED))
            at[stay++] = r;
        else
            gone[left++] = r;
    wake(at, stay);
    for (size_t i = 0; i < left; i++)
        bury(w->db, gone[i]);
}

static bool others_wait(struct writer *w)
{
    pthread_mutex_lock(&w->mutex);
    bool wait = w->first != NULL;
    pthread_mutex_unlock(&w->mutex);
    return wait;
}

static void count(struct db *db, const struct write_request *group)
{
    uint64_t failures = 0, all = 0;
    for (const struct write_request *r = group; r; r = r->next, all++)
        failures += failed(r->result);
    atomic_fetch_add_explicit(&db->writes, all, memory_order_relaxed);
    atomic_fetch_add_explicit(&db->write_failures, failures, memory_order_relaxed);
    if (failures < all)
        atomic_fetch_add(&db->commits, 1);
    atomic_fetch_add(&db->fresh, 1);   /* always: a commit that failed may be there all the same */
    atomic_store(&db->committing, false);
}

static bool all_freely(const struct write_request *group)
{
    while (group && group->freely)
        group = group->next;
    return !group;
}

static void run_group(struct writer *w, struct write_request *group)
{
    atomic_store(&w->since, clock_monotonic());
    arena_reset(w->conn.arena);
    w->conn.whole = is_whole(group);
    w->conn.ahead = !w->conn.careful && all_freely(group);
    if (w->conn.careful)
        w->conn.careful--;
    if (w->db->engine->flush)
        flusher_begins(w);
    pthread_mutex_lock(&w->gate);
    for (struct write_request *r = group; r;)
        r = run_transaction(&w->conn, r);
    pthread_mutex_unlock(&w->gate);
    count(w->db, group);
    run_all_after(group);
    bool taken = w->db->engine->flush && flusher_takes(w, group, others_wait(w));
    atomic_store(&w->since, 0);
    if (!taken)
        writer_answer(w, w->conn.arena, group);
}

static void *writer_main(void *arg)
{
    struct writer        *w = arg;
    struct write_request *group;
    writing = true;
    while ((group = queue_take(w)))
        run_group(w, group);
    return NULL;
}

/* ---- what a write asks for ---- */

static void ask_after(struct db_conn *c, const char *what, struct after as)
{
    if (!c->request)
        misuse(what, "outside a write");
    struct after *a = ARENA_NEW(c->arena, struct after), **end = &c->request->after;
    *a = as;
    while (*end)
        end = &(*end)->next;
    *end = a;
}

void db_after_commit(struct db_conn *c, void (*fn)(void *arg), void *arg)
{
    ask_after(c, "db_after_commit", (struct after){ .fn = fn, .arg = arg });
}

void db_before_answer(struct db_conn *c, void (*fn)(void *arg), void *arg)
{
    ask_after(c, "db_before_answer", (struct after){ .fn = fn, .arg = arg, .callers = true });
}

struct arena *db_group_arena(struct db_conn *c)
{
    if (!c->request) {
        log_event(LOG_ERROR, "database_misuse", "what", "db_group_arena outside a write", NULL);
        abort();
    }
    return c->arena;
}

struct group_value {
    const void         *key;
    void               *value;
    struct group_value *next;
};

void *db_group_value(struct db_conn *c, const void *key, size_t size)
{
    for (struct group_value *v = c->values; v; v = v->next)
        if (v->key == key)
            return v->value;
    struct group_value *v = ARENA_NEW(c->arena, struct group_value);
    *v = (struct group_value){ key, arena_alloc(c->arena, size), c->values };
    c->values = v;
    return v->value;
}

void db_before_commit(struct db_conn *c, int64_t order, db_work fn, void *arg)
{
    struct write_request *r = c->request;
    if (!r) {
        log_event(LOG_ERROR, "database_misuse", "what", "db_before_commit outside a write", NULL);
        abort();
    }
    struct before *b = ARENA_NEW(c->arena, struct before);
    *b = (struct before){ .order = order, .fn = fn, .arg = arg };
    if (r->before)
        r->before_last->next = b;
    else
        r->before = b;
    r->before_last = b;
}

/* ---- start, stop ---- */

err writers_open(struct db *db)
{
    for (int i = 0; i < db->engine->lanes; i++) {
        struct writer *w = &db->writers[i];
        *w = (struct writer){ .db = db, .lane = i };
        w->end = &w->first;
        pthread_mutex_init(&w->mutex, NULL);
        pthread_mutex_init(&w->gate, NULL);
        pthread_cond_init(&w->work, NULL);
    }
    for (int i = 0; i < db->engine->lanes; i++) {
        TRY(conn_open(db, &db->writers[i].conn, true));
        db->writers[i].conn.writer = &db->writers[i];
    }
    return OK;
}

void writers_close(struct db *db)
{
    for (struct writer *w = db->writers; w < db->writers + db->engine->lanes && w->db; w++) {
        conn_close(&w->conn);
        pthread_mutex_destroy(&w->mutex);
        pthread_mutex_destroy(&w->gate);
        pthread_cond_destroy(&w->work);
    }
}

static err start(struct writer *w)
{
    TRY(flusher_start(w));
    w->conn.arena = arena_new(0);
    if (pthread_create(&w->thread, NULL, writer_main, w) == 0)
        return OK;
    flusher_stop(w);
    arena_free(w->conn.arena);
    w->conn.arena = NULL;
    return FAIL(ERR_INTERNAL);
}

static void end(struct writer *w)
{
    pthread_mutex_lock(&w->mutex);
    w->stopping = true;
    pthread_mutex_unlock(&w->mutex);
    pthread_cond_signal(&w->work);
    pthread_join(w->thread, NULL);
    flusher_stop(w);
    arena_free(w->conn.arena);
    w->conn.arena = NULL;
}

err writers_start(struct db *db)
{
    for (int i = 0; i < db->engine->lanes; i++) {
        err e = start(&db->writers[i]);
        if (!failed(e))
            continue;
        while (i-- > 0)
            end(&db->writers[i]);
        return e;
    }
    return OK;
}

void writers_stop(struct db *db)
{
    for (int i = 0; i < db->engine->lanes; i++)
        end(&db->writers[i]);
}
