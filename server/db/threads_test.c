/* Many threads at once: nothing is lost, nobody reads something older than what he was told is done, the log stays short. Meant for
 * -Db_sanitize=thread too. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>

#include "test_db.h"

#define WRITERS 12
#define READERS 6
#define TURNS   150
#define TENANT  3

DB_SQL(sum_get, "SELECT value FROM counter WHERE tenant_id = $1 AND name = $2")
DB_SQL(sum_all, "SELECT sum(value) FROM counter WHERE tenant_id = $1")
DB_SQL(note_put, "INSERT INTO setting (tenant_id, key, valid_from, value, set_at) VALUES ($1, $2, $3, $4, 0)")
DB_SQL(note_count, "SELECT count(*) FROM setting WHERE tenant_id = $1")
DB_SQL(note_bytes, "SELECT sum(length(value)) FROM setting WHERE tenant_id = $1")

static struct test_db    t;
static _Atomic(int64_t)  committed, told;
static _Atomic(bool)     stop;

struct turn {
    struct str name;
    int64_t    value;
    bool       fail;
};

static void told_committed(void *arg)
{
    (void)arg;
    atomic_fetch_add(&told, 1);
}

static err step(struct db_conn *c, void *arg)
{
    struct turn *turn = arg;
    TRY(db_counter(c, TENANT, STR("all"), &(int64_t){ 0 }));
    TRY(db_counter(c, TENANT, turn->name, &turn->value));
    db_after_commit(c, told_committed, NULL);
    return turn->fail ? FAIL(ERR_CONFLICT) : OK;
}

static err look(struct db_conn *c, void *arg)
{
    struct turn *turn = arg;
    int64_t all, own, sum;
    TRY(db_number(c, &sum_get, DB_ARGS(I64(TENANT), TEXT(turn->name)), &own));
    TRY(db_number(c, &sum_get, DB_ARGS(I64(TENANT), TEXT(STR("all"))), &all));
    TRY(db_number(c, &sum_all, DB_ARGS(I64(TENANT)), &sum));
    if (own != turn->value || sum != 2 * all)   /* each step adds one to its own counter and one to all */
        return FAIL(ERR_INTERNAL);
    return OK;
}

static void *write_and_look(void *arg)
{
    char        name[16];
    struct turn turn = { 0 };
    snprintf(name, sizeof name, "own%d", (int)(intptr_t)arg);
    turn.name = str_of(name);
    for (int i = 1; i <= TURNS; i++) {
        turn.fail = true;
        if (i % 5 == 0 && db_write(t.db, 0, step, &turn).code != ERR_CONFLICT)
            return "a failing write did not fail";
        turn.fail = false;
        if (failed(db_write(t.db, 0, step, &turn)) || turn.value != i)
            return "a write failed or lost count";
        atomic_fetch_add(&committed, 1);
        if (failed(db_read(t.db, look, &turn)))
            return "what was acknowledged was not seen, or half of it";
    }
    return NULL;
}

static err sums_agree(struct db_conn *c, void *arg)
{
    int64_t *last = arg, all, sum;
    err e = db_number(c, &sum_get, DB_ARGS(I64(TENANT), TEXT(STR("all"))), &all);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    TRY(db_number(c, &sum_all, DB_ARGS(I64(TENANT)), &sum));
    if (sum != 2 * all || all < *last)
        return FAIL(ERR_INTERNAL);
    *last = all;
    return OK;
}

static void *keep_reading(void *arg)
{
    int64_t last = 0;
    (void)arg;
    while (!atomic_load(&stop))
        if (failed(db_read(t.db, sums_agree, &last)))
            return "a snapshot was torn or went back";
    return NULL;
}

static void join(pthread_t thread)
{
    void *problem;
    pthread_join(thread, &problem);
    if (problem)
        fail_msg("%s", (char *)problem);
}

static void nothing_is_lost(void **state)
{
    (void)state;
    pthread_t writers[WRITERS], readers[READERS];
    struct db_stats s;
    test_db_open(&t);
    for (int i = 0; i < READERS; i++)
        pthread_create(&readers[i], NULL, keep_reading, NULL);
    for (intptr_t i = 0; i < WRITERS; i++)
        pthread_create(&writers[i], NULL, write_and_look, (void *)i);
    for (int i = 0; i < WRITERS; i++)
        join(writers[i]);
    atomic_store(&stop, true);
    for (int i = 0; i < READERS; i++)
        join(readers[i]);
    assert_int_equal(committed, WRITERS * TURNS);
    assert_int_equal(told, WRITERS * TURNS);
    db_stats(t.db, &s);
    assert_true(s.commits <= s.writes - s.write_failures + 10);
    assert_int_equal(s.write_failures, WRITERS * (TURNS / 5));
    test_db_close(&t);
}

/* ---- the log ---- */

static err put_kilobytes(struct db_conn *c, void *arg)
{
    static char bytes[40000];
    int64_t n;
    (void)arg;
    memset(bytes, 'x', sizeof bytes);
    TRY(db_counter(c, TENANT, STR("n"), &n));
    return db_exec(c, &note_put, DB_ARGS(I64(TENANT), TEXT(STR("k")), I64(n), TEXT(((struct str){ bytes, sizeof bytes }))), NULL);
}

static void *put_many(void *arg)
{
    for (int i = 0; i < 600; i++)
        if (failed(db_write(t.db, 0, put_kilobytes, NULL)))
            return "a write failed";
    return arg;
}

static err count_notes(struct db_conn *c, void *arg)
{
    return db_number(c, &note_count, DB_ARGS(I64(TENANT)), arg);
}

static void the_log_stays_short_under_load(void **state)
{
    (void)state;
    if (test_db_postgres())
        skip();   /* nothing of the kind there */
    pthread_t   writers[4];
    struct stat log, file;
    char        name[128];
    int64_t     n;
    test_db_open(&t);
    for (int i = 0; i < 4; i++)
        pthread_create(&writers[i], NULL, put_many, NULL);
    for (int i = 0; i < 4; i++)
        join(writers[i]);
    assert_false(failed(db_read(t.db, count_notes, &n)));
    assert_int_equal(n, 2400);
    snprintf(name, sizeof name, "%s-wal", t.path);
    assert_int_equal(stat(name, &log), 0);
    assert_true(log.st_size < 80 << 20);   /* 96 MB were written */
    ms start = clock_monotonic();
    do {
        usleep(20000);
        stat(t.path, &file);
    } while (file.st_size < 92 << 20 && clock_monotonic() - start < 5000);
    assert_true(file.st_size >= 92 << 20);   /* and all of it soon lies in the database file */
    test_db_close(&t);
}

/* ---- at once ---- */

static err note_that_it_ran(struct db_conn *c, void *arg)
{
    (void)c;
    *(bool *)arg = true;
    return OK;
}

struct rendezvous { pthread_barrier_t all, over; };

static err hold_a_reader(struct db_conn *c, void *arg)
{
    struct rendezvous *r = arg;
    (void)c;
    pthread_barrier_wait(&r->all);
    pthread_barrier_wait(&r->over);
    return OK;
}

static void *hold(void *arg)
{
    return failed(db_read(t.db, hold_a_reader, arg)) ? "no reader" : NULL;
}

static void a_read_at_once_never_waits(void **state)
{
    (void)state;
    struct rendezvous r;
    pthread_t         held[2];
    bool              ran = false;
    test_db_place(&t);
    if (test_db_postgres())
        skip();   /* every read there waits for the server: db_test */
    assert_false(failed(db_open(&(struct db_options){ .path = t.path, .readers = 2 }, &t.db)));
    test_db_migrated(t.db);
    assert_false(failed(db_read_at_once(t.db, note_that_it_ran, &ran)));
    assert_true(ran);
    pthread_barrier_init(&r.all, NULL, 3);
    pthread_barrier_init(&r.over, NULL, 3);
    for (int i = 0; i < 2; i++)
        pthread_create(&held[i], NULL, hold, &r);
    pthread_barrier_wait(&r.all);
    ran = false;
    assert_int_equal(db_read_at_once(t.db, note_that_it_ran, &ran).code, ERR_UNAVAILABLE);
    assert_false(ran);
    pthread_barrier_wait(&r.over);
    for (int i = 0; i < 2; i++)
        join(held[i]);
    assert_false(failed(db_read_at_once(t.db, note_that_it_ran, &ran)));
    assert_true(ran);
    test_db_close(&t);
}

/* ---- memory ---- */

/* Kilobytes of files mapped and present. */
static long mapped(void)
{
    char  line[128];
    long  kib = -1;
    FILE *f = fopen("/proc/self/status", "r");
    while (f && fgets(line, sizeof line, f))
        sscanf(line, "RssFile: %ld", &kib);
    fclose(f);
    return kib;
}

static err read_all(struct db_conn *c, void *arg)
{
    return db_number(c, &note_bytes, DB_ARGS(I64(TENANT)), arg);
}

static err put_megabytes(struct db_conn *c, void *arg)
{
    for (int i = 0; i < 1000; i++)
        TRY(put_kilobytes(c, arg));
    return OK;
}

static void idle_readers_give_memory_back(void **state)
{
    (void)state;
    if (test_db_postgres())
        skip();   /* nothing of the kind there */
    int64_t bytes;
    test_db_open(&t);
    assert_false(failed(db_write(t.db, 0, put_megabytes, NULL)));
    usleep(1500000);   /* into the file */
    long before = mapped();
    assert_false(failed(db_read(t.db, read_all, &bytes)));
    assert_int_equal(bytes, 40000 * 1000);
    assert_true(mapped() - before > 20000);
    for (int i = 0; i < 80 && mapped() - before > 5000; i++)
        usleep(100000);
    assert_true(mapped() - before < 5000);
    assert_false(failed(db_read(t.db, read_all, &bytes)));
    assert_int_equal(bytes, 40000 * 1000);
    assert_true(mapped() - before > 20000);
    test_db_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_lost),
        cmocka_unit_test(the_log_stays_short_under_load),
        cmocka_unit_test(a_read_at_once_never_waits),
        cmocka_unit_test(idle_readers_give_memory_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
