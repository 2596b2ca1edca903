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

enum habit { FINE, TWICE, GIVES_UP, READS_AFTER_TWICE, TWICE_AND_WAITS, FAILS_FIRST, ASKS, ASKS_AFTER_TWICE, HABITS, TWICE_AT_THE_END = HABITS };

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

static err twice_before(struct db_conn *c, void *arg)
{
    return put(c, ((struct one *)arg)->number);
}

static err ask(struct db_conn *c, const char *name, struct db_asked **out)
{
    return db_ask(c, &note_count, DB_ARGS(I64(TENANT), TEXT(str_of(name))), out);
}

static err answered(struct db_conn *c, const struct db_asked *asked, int64_t *out)
{
    struct db_rows rows;
    TRY(db_answer(c, asked, &rows));
    assert_true(db_next(&rows));
    *out = db_i64(&rows, 0);
    return db_done(&rows);
}

/* Three questions of one text, of which one is left without an answer; both answers are read at once, the last first. */
static err ask_about(struct db_conn *c, int64_t *notes, int64_t *none)
{
    struct db_asked *all[3];
    struct db_rows   rows;
    TRY(ask(c, "n", &all[0]));
    TRY(ask(c, "n", &all[1]));
    TRY(ask(c, "nothing of that name", &all[2]));
    TRY(db_answer(c, all[2], &rows));
    assert_true(db_next(&rows));
    TRY(answered(c, all[1], notes));
    *none = db_i64(&rows, 0);
    return db_done(&rows);
}

static err work(struct db_conn *c, void *arg)
{
    struct one *o = arg;
    int64_t     n, before = 0, none = -1;
    atomic_fetch_add(&runs, 1);
    if (o->habit == FAILS_FIRST)
        return FAIL(ERR_CONFLICT);
    if (o->habit == ASKS)
        TRY(ask_about(c, &before, &none));
    TRY(db_counter(c, TENANT, STR("n"), &n));
    TRY(put(c, o->number));
    db_after_commit(c, tell, NULL);
    db_before_commit(c, 0, count_before, (void *)(intptr_t)o->number);
    if (o->habit == TWICE || o->habit == READS_AFTER_TWICE || o->habit == TWICE_AND_WAITS || o->habit == ASKS_AFTER_TWICE)
        TRY(put(c, o->number));   /* the same key again */
    if (o->habit == TWICE_AT_THE_END)
        db_before_commit(c, 1, twice_before, o);
    if (o->habit == ASKS || o->habit == ASKS_AFTER_TWICE) {
        TRY(ask_about(c, &o->seen, &none));
        assert_int_equal(none, 0);
        assert_int_equal(o->seen, before + 1);   /* with the note just put */
    }
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
    return failed(db_write_freely(t.db, 0, hold, arg)) ? "the first write failed" : NULL;
}

static void *writes(void *arg)
{
    struct one *o = arg;
    o->result = (o->once ? db_write : db_write_freely)(t.db, 0, work, o);
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
    case FINE:
    case ASKS: return ERR_NONE;
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
        good += expected(all[i].habit) == ERR_NONE;
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
        o.result = db_write_freely(t.db, 0, work, &o);
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

/* What is done before the commit is done for all: when that fails, so have all; those who come after are served. */
static void a_failure_before_the_commit_is_everybodys(void **state)
{
    (void)state;
    struct one     all[WRITES] = { 0 }, after = { .number = WRITES + 1 };
    struct counted have = { 0 };
    for (int i = 0; i < WRITES; i++)
        all[i] = (struct one){ .number = i + 1, .habit = i == 7 ? TWICE_AT_THE_END : FINE };
    group(all, WRITES);
    for (int i = 0; i < WRITES; i++)
        assert_int_equal(all[i].result.code, ERR_TAKEN);
    assert_int_equal(told, 0);
    assert_int_equal(db_write_freely(t.db, 0, work, &after).code, ERR_NONE);
    assert_int_equal(db_read(t.db, count, &have).code, ERR_NONE);
    assert_int_equal(have.notes, 1);
    assert_int_equal(have.counter, 1);
    test_db_close(&t);
}

/* ---- several programs ---- */

#define PROGRAMS 2
#define THREADS  16
#define TURNS    12

struct taker { struct db *db; int64_t tenant; bool good; };

/* The number is a key: nobody has it twice. */
static err take_number(struct db_conn *c, void *arg)
{
    const struct taker *k = arg;
    int64_t             n;
    TRY(db_counter(c, k->tenant, STR("n"), &n));
    return db_send(c, &note_put, DB_ARGS(I64(k->tenant), TEXT(STR("n")), I64(n)));
}

static void *takes(void *arg)
{
    struct taker *k = arg;
    k->good = true;
    for (int i = 0; i < TURNS; i++)
        k->good = !failed(db_write_freely(k->db, 0, take_number, k)) && k->good;
    return NULL;
}

static err highest(struct db_conn *c, void *arg)
{
    struct taker *k = arg;
    int64_t       value, notes;
    TRY(db_number(c, &counter_of, DB_ARGS(I64(k->tenant), TEXT(STR("n"))), &value));
    TRY(db_number(c, &note_count, DB_ARGS(I64(k->tenant), TEXT(STR("n"))), &notes));
    k->good = value == notes && notes == THREADS / 4 * PROGRAMS * TURNS;
    return OK;
}

/* A counter that was asked for ahead is that of now, whoever wrote before. */
static void programs_take_numbers_in_turn(void **state)
{
    (void)state;
    struct db   *db[PROGRAMS];
    struct taker all[PROGRAMS][THREADS];
    pthread_t    threads[PROGRAMS][THREADS];
    int          programs = test_db_postgres() ? PROGRAMS : 1;
    test_db_open(&t);
    db[0] = t.db;
    if (programs > 1)
        assert_int_equal(db_open(&(struct db_options){ .path = t.path }, &db[1]).code, ERR_NONE);
    for (int p = 0; p < PROGRAMS; p++)
        for (int i = 0; i < THREADS; i++) {
            all[p][i] = (struct taker){ .db = db[p % programs], .tenant = TENANT + i % 4 };
            pthread_create(&threads[p][i], NULL, takes, &all[p][i]);
        }
    for (int p = 0; p < PROGRAMS; p++)
        for (int i = 0; i < THREADS; i++) {
            pthread_join(threads[p][i], NULL);
            assert_true(all[p][i].good);
        }
    for (int i = 0; i < 4; i++) {
        assert_int_equal(db_read(t.db, highest, &all[0][i]).code, ERR_NONE);
        assert_true(all[0][i].good);
    }
    if (programs > 1)
        db_close(db[1]);
    test_db_close(&t);
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
    assert_int_equal(db_write(t.db, 0, put_many, &twice).code, ERR_TAKEN);
    assert_int_equal(db_write(t.db, 0, put_many, &last).code, ERR_NONE);
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
        cmocka_unit_test(a_failure_before_the_commit_is_everybodys),
        cmocka_unit_test(programs_take_numbers_in_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
