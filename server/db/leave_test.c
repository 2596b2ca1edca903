/* Whoever does not wait for ever: leaves the queue, a group it is not run in yet, a group that has run it and is not committed; and what it leaves
 * behind is done once or not at all. Meant for -Db_sanitize=thread too. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "test_db.h"

#define TENANT   3
#define PATIENCE (1500 * (ms)1)

DB_SQL(leave_value, "SELECT COALESCE(SUM(value), 0) FROM counter WHERE tenant_id = $1 AND name = 'n'")

static struct test_db t;
static struct db     *db;   /* impatient */
static atomic_int     told, answered;

static void open_impatient(ms patience)
{
    test_db_open(&t);
    assert_int_equal(db_open(&(struct db_options){ .path = t.path, .write_wait_most = patience }, &db).code, ERR_NONE);
    atomic_store(&told, 0);
    atomic_store(&answered, 0);
}

static void close_impatient(void)
{
    db_wait_for_left(db);
    db_close(db);
    test_db_close(&t);
}

static void tell(void *arg)
{
    (void)arg;
    atomic_fetch_add(&told, 1);
}

static void answer(void *arg)
{
    atomic_fetch_add((atomic_int *)arg, 1);
}

/* A write by a thread of its own. What its work looks at is gone as soon as it is answered. */
struct one {
    pthread_t  thread;
    bool       patient, holds;
    sem_t      started, go;
    atomic_int runs;
    err        result;
};

struct loan { struct one *one; int64_t n; };

static err work(struct db_conn *c, void *arg)
{
    struct loan *l = arg;
    atomic_fetch_add(&l->one->runs, 1);
    TRY(db_counter(c, TENANT, STR("n"), &l->n));
    db_after_commit(c, tell, NULL);
    db_before_answer(c, answer, &answered);
    sem_post(&l->one->started);
    if (l->one->holds)
        sem_wait(&l->one->go);
    return OK;
}

static void *writes(void *arg)
{
    struct one  *o = arg;
    struct loan *l = malloc(sizeof *l);   /* so that the sanitizers see who looks at it too late */
    *l = (struct loan){ o, 0 };
    o->result = o->patient ? db_write(db, TENANT, work, l) : db_write_in_time(db, TENANT, true, work, l);
    free(l);
    return NULL;
}

static void begin(struct one *o, bool patient, bool holds)
{
    *o = (struct one){ .patient = patient, .holds = holds };
    sem_init(&o->started, 0, 0);
    sem_init(&o->go, 0, 0);
    pthread_create(&o->thread, NULL, writes, o);
}

static void wait_for_queue(uint64_t n)
{
    struct db_stats s;
    do {
        usleep(1000);
        db_stats(db, &s);
    } while (s.queue_now != n);
}

static err value(struct db_conn *c, void *arg)
{
    return db_number(c, &leave_value, DB_ARGS(I64(TENANT)), arg);
}

static int64_t committed(void)
{
    int64_t n = -1;
    assert_int_equal(db_read(db, value, &n).code, ERR_NONE);
    return n;
}

static void who_still_waits_in_the_queue_was_never_there(void **state)
{
    (void)state;
    struct one holder, late, refused;
    open_impatient(PATIENCE);
    begin(&holder, true, true);
    sem_wait(&holder.started);
    begin(&late, false, false);
    pthread_join(late.thread, NULL);
    assert_int_equal(late.result.code, ERR_UNAVAILABLE);
    wait_for_queue(0);
    ms from = clock_monotonic();
    assert_true(db_held_up(db) >= PATIENCE);
    begin(&refused, false, false);   /* at once: the lane has been held up for as long already */
    pthread_join(refused.thread, NULL);
    assert_int_equal(refused.result.code, ERR_UNAVAILABLE);
    assert_true(clock_monotonic() - from < PATIENCE - 10);
    sem_post(&holder.go);
    pthread_join(holder.thread, NULL);
    assert_int_equal(holder.result.code, ERR_NONE);
    assert_int_equal(late.runs + refused.runs, 0);
    assert_int_equal(committed(), 1);
    assert_true(db_held_up(db) < PATIENCE);
    close_impatient();
}

/* done, held and late are one group: one has run when its caller leaves, the other has not. */
static void who_leaves_a_group_leaves_the_rest_to_the_writer(void **state)
{
    (void)state;
    struct one first, done, held, late;
    open_impatient(PATIENCE);
    begin(&first, true, true);
    sem_wait(&first.started);
    begin(&done, false, false);
    wait_for_queue(1);
    begin(&held, true, true);
    wait_for_queue(2);
    begin(&late, false, false);
    wait_for_queue(3);
    sem_post(&first.go);
    sem_wait(&done.started);
    sem_wait(&held.started);
    pthread_join(done.thread, NULL);
    pthread_join(late.thread, NULL);
    assert_int_equal(done.result.code, ERR_UNAVAILABLE);
    assert_int_equal(late.result.code, ERR_UNAVAILABLE);
    struct db_stats s;
    db_stats(db, &s);
    assert_int_equal(s.left, 2);
    sem_post(&held.go);
    pthread_join(held.thread, NULL);
    pthread_join(first.thread, NULL);
    db_wait_for_left(db);
    assert_int_equal(done.runs, 1);
    assert_int_equal(late.runs, 0);
    assert_int_equal(committed(), 3);
    assert_int_equal(told, 3);       /* what was done is told of, */
    assert_int_equal(answered, 2);   /* but not to who has left */
    close_impatient();
}

/* Its work looks at what is his. */
static void who_is_being_worked_for_stays(void **state)
{
    (void)state;
    struct one o;
    open_impatient(500);
    begin(&o, false, true);
    sem_wait(&o.started);
    usleep(1000000);
    sem_post(&o.go);
    pthread_join(o.thread, NULL);
    assert_int_equal(o.result.code, ERR_NONE);
    assert_int_equal(committed(), 1);
    close_impatient();
}

/* ---- many ---- */

#define THREADS 12
#define TURNS   150

static atomic_int good, unsure;

static err count_one(struct db_conn *c, void *arg)
{
    TRY(db_counter(c, TENANT, STR("n"), arg));
    db_after_commit(c, tell, NULL);
    if (*(int64_t *)arg % 8 == 0)
        usleep(3000);
    return OK;
}

static void *write_many(void *arg)
{
    for (int i = 0; i < TURNS; i++) {
        int64_t *n = malloc(sizeof *n);
        err      e = db_write_in_time(db, TENANT, i % 3 != 0, count_one, n);
        free(n);
        if (failed(e) && e.code != ERR_UNAVAILABLE)
            return "a write failed";
        atomic_fetch_add(failed(e) ? &unsure : &good, 1);
    }
    return arg;
}

static void in_a_crowd_each_is_done_once_or_not_at_all(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    open_impatient(4);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, write_many, NULL);
    for (int i = 0; i < THREADS; i++) {
        void *problem;
        pthread_join(threads[i], &problem);
        assert_null(problem);
    }
    db_wait_for_left(db);
    int64_t n = committed();
    assert_int_equal(good + unsure, THREADS * TURNS);
    assert_true(n >= good && n <= THREADS * TURNS);
    assert_int_equal(told, n);
    close_impatient();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_still_waits_in_the_queue_was_never_there),
        cmocka_unit_test(who_leaves_a_group_leaves_the_rest_to_the_writer),
        cmocka_unit_test(who_is_being_worked_for_stays),
        cmocka_unit_test(in_a_crowd_each_is_done_once_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
