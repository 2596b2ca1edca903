/* Requests that run ahead of the answers to what they have sent: whoever breaks a constraint fails, alone, and nobody else notices. On SQLite,
 * where nothing runs ahead, the same must hold. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>

#include "test_db.h"

#define TENANT 3
#define WRITES 40

DB_SQL(note_put, "INSERT INTO setting (tenant_id, key, valid_from, value, set_at) VALUES ($1, $2, $3, 'x', 0)")
DB_SQL(note_count, "SELECT count(*) FROM setting WHERE tenant_id = $1 AND key = $2")
DB_SQL(counter_of, "SELECT value FROM counter WHERE tenant_id = $1 AND name = $2")

static struct test_db   t;
static _Atomic(int64_t) told, runs;
static _Atomic(bool)    holding, open_gate;

enum habit { FINE, TWICE, GIVES_UP, READS_AFTER_TWICE, TWICE_AND_WAITS, FAILS_FIRST, HABITS };

struct one {
    int         number;
    enum habit  habit;
    bool        once;
    err         result;
    int64_t     seen;
};

static void tell(void *arg)
{
    (void)arg;
    atomic_fetch_add(&told, 1);
}

static err put(struct db_conn *c, int64_t at)
{
    return db_send(c, &note_put, DB_ARGS(I64(TENANT), TEXT(STR("n")), I64(at)));
}

static err count_before(struct db_conn *c, void *arg)
{
    return db_send(c, &note_put, DB_ARGS(I64(TENANT), TEXT(STR("before")), I64((int64_t)(intptr_t)arg)));
}

static err work(struct db_conn *c, void *arg)
{
    struct one *o = arg;
    int64_t     n;
    atomic_fetch_add(&runs, 1);
    if (o->habit == FAILS_FIRST)
        return FAIL(ERR_CONFLICT);
    TRY(db_counter(c, TENANT, STR("n"), &n));
    TRY(put(c, o->number));
    db_after_commit(c, tell, NULL);
    db_before_commit(c, 0, count_before, (void *)(intptr_t)o->number);
    if (o->habit == TWICE || o->habit == READS_AFTER_TWICE || o->habit == TWICE_AND_WAITS)
        TRY(put(c, o->number));   /* the same key again */
    if (o->habit == TWICE_AND_WAITS)
        TRY(db_exec(c, &note_put, DB_ARGS(I64(TENANT), TEXT(STR("other")), I64(o->number)), NULL));
    if (o->habit == READS_AFTER_TWICE)
        TRY(db_number(c, &note_count, DB_ARGS(I64(TENANT), TEXT(STR("n"))), &o->seen));
    return o->habit == GIVES_UP ? FAIL(ERR_STALE_VERSION) : OK;
}

static err hold(struct db_conn *c, void *arg)
{
    (void)c, (void)arg;
    atomic_store(&holding, true);
    while (!atomic_load(&open_gate))
        usleep(1000);
    return OK;
}

static void *holds(void *arg)
{
    return failed(db_write_freely(t.db, hold, arg)) ? "the first write failed" : NULL;
}

static void *writes(void *arg)
{
    struct one *o = arg;
    o->result = (o->once ? db_write : db_write_freely)(t.db, work, o);
    return NULL;
}

static err number(struct db_conn *c, const struct db_sql *sql, const char *name, int64_t *out)
{
    return db_number(c, sql, DB_ARGS(I64(TENANT), TEXT(str_of(name))), out);
}

struct counted { int64_t notes, before, other, counter; };

static err count(struct db_conn *c, void *arg)
{
    struct counted *n = arg;
    TRY(number(c, &note_count, "n", &n->notes));
    TRY(number(c, &note_count, "before", &n->before));
    TRY(number(c, &note_count, "other", &n->other));
    return number(c, &counter_of, "n", &n->counter);
}

static enum err_code expected(enum habit h)
{
    switch (h) {
    case FINE: return ERR_NONE;
    case GIVES_UP: return ERR_STALE_VERSION;
    case FAILS_FIRST: return ERR_CONFLICT;
    default: return ERR_TAKEN;
    }
}

/* A first write holds the writer up until all the others wait, so that they are one group. */
static void group(struct one *all, int n)
{
    pthread_t       first, threads[WRITES];
    struct db_stats s;
    test_db_open(&t);
    atomic_store(&told, 0);
    atomic_store(&runs, 0);
    atomic_store(&open_gate, false);
    atomic_store(&holding, false);
    pthread_create(&first, NULL, holds, NULL);
    while (!atomic_load(&holding))
        usleep(1000);
    for (int i = 0; i < n; i++)
        pthread_create(&threads[i], NULL, writes, &all[i]);
    do {
        usleep(1000);
        db_stats(t.db, &s);
    } while (s.queue_now < (uint64_t)n);
    atomic_store(&open_gate, true);
    void *problem;
    pthread_join(first, &problem);
    assert_null(problem);
    for (int i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
}

static void check(const struct one *all, int n)
{
    struct counted have = { 0 };
    int64_t        good = 0;
    for (int i = 0; i < n; i++) {
        assert_int_equal(all[i].result.code, expected(all[i].habit));
        good += all[i].habit == FINE;
    }
    assert_int_equal(db_read(t.db, count, &have).code, good ? ERR_NONE : ERR_NOT_FOUND);
    assert_int_equal(have.notes, good);
    assert_int_equal(have.before, good);
    assert_int_equal(have.other, 0);
    assert_int_equal(have.counter, good);
    assert_int_equal(told, good);
    test_db_close(&t);
}

static void each_habit_among_others(void **state)
{
    (void)state;
    for (enum habit h = FINE; h < HABITS; h++) {
        struct one all[WRITES] = { 0 };
        for (int i = 0; i < WRITES; i++)
            all[i] = (struct one){ .number = i + 1, .habit = i % 8 == 3 ? h : FINE };
        group(all, WRITES);
        check(all, WRITES);
    }
}

static void all_habits_together(void **state)
{
    (void)state;
    struct one all[WRITES] = { 0 };
    for (int i = 0; i < WRITES; i++)
        all[i] = (struct one){ .number = i + 1, .habit = (enum habit)(i % HABITS) };
    group(all, WRITES);
    check(all, WRITES);
}

static void alone(void **state)
{
    (void)state;
    for (enum habit h = FINE; h < HABITS; h++) {
        struct one o = { .number = 1, .habit = h };
        test_db_open(&t);
        atomic_store(&told, 0);
        o.result = db_write_freely(t.db, work, &o);
        check(&o, 1);
    }
}

/* Who fails before he has written anything costs the others nothing: the group runs once. */
static void refusals_do_not_run_a_group_again(void **state)
{
    (void)state;
    struct one all[WRITES] = { 0 };
    for (int i = 0; i < WRITES; i++)
        all[i] = (struct one){ .number = i + 1, .habit = i % 2 ? FAILS_FIRST : FINE };
    group(all, WRITES);
    assert_int_equal(runs, WRITES);
    check(all, WRITES);
}

/* Nor does one run twice that does not say it may, nor others with it. */
static void some_run_once_only(void **state)
{
    (void)state;
    struct one all[WRITES] = { 0 };
    for (int i = 0; i < WRITES; i++)
        all[i] = (struct one){ .number = i + 1, .habit = i % 4 ? FINE : TWICE, .once = i == 20 };
    group(all, WRITES);
    assert_int_equal(runs, WRITES);
    check(all, WRITES);
}

/* More than are let run without waiting. */
static err put_many(struct db_conn *c, void *arg)
{
    for (int i = 0; i < 3000; i++)
        TRY(put(c, i));
    return put(c, *(int *)arg);
}

static void many_in_one(void **state)
{
    (void)state;
    struct counted have = { 0 };
    int            last = 3000, twice = 17;
    test_db_open(&t);
    assert_int_equal(db_write(t.db, put_many, &twice).code, ERR_TAKEN);
    assert_int_equal(db_write(t.db, put_many, &last).code, ERR_NONE);
    assert_int_equal(db_read(t.db, count, &have).code, ERR_NOT_FOUND);   /* there is no counter */
    assert_int_equal(have.notes, 3001);
    test_db_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_habit_among_others),
        cmocka_unit_test(all_habits_together),
        cmocka_unit_test(alone),
        cmocka_unit_test(some_run_once_only),
        cmocka_unit_test(refusals_do_not_run_a_group_again),
        cmocka_unit_test(many_in_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
