/* Nobody is answered before his commit is on the disk, and meanwhile the writer goes on; a disk that does not take it ends the program. On SQLite; an
 * engine that flushes by itself has nothing of this. Meant for -Db_sanitize=thread too. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "test_db.h"

#define TENANT 3

DB_SQL(flush_value, "SELECT COALESCE(SUM(value), 0) FROM counter WHERE tenant_id = $1 AND name = 'n'")

static struct test_db t;
static struct db     *db;

/* ---- the disk ---- */

static atomic_bool holds, fails;
static atomic_int  flushes, by_writer, held;
static sem_t       go;
static _Thread_local bool writers;   /* the writer's own thread, on which a write alone is flushed; checkpoints have another */

/* Stands before the C library's, for SQLite too. */
int fdatasync(int fd)
{
    atomic_fetch_add(&flushes, 1);
    atomic_fetch_add(&by_writer, writers);
    if (atomic_load(&fails)) {
        errno = EIO;
        return -1;
    }
    if (atomic_load(&holds)) {
        atomic_fetch_add(&held, 1);
        sem_wait(&go);
    }
    return (int)syscall(SYS_fdatasync, fd);
}

static void hold(void)
{
    atomic_store(&held, 0);
    atomic_store(&holds, true);
}

static void let_go(void)
{
    atomic_store(&holds, false);
    for (int n = atomic_load(&held); n > 0; n--)
        sem_post(&go);
}

static void wait_until(const atomic_int *n, int value)
{
    for (int i = 0; i < 5000 && atomic_load(n) < value; i++)
        usleep(1000);
    assert_true(atomic_load(n) >= value);
}

/* ---- writes by threads of their own ---- */

struct one {
    pthread_t  thread;
    bool       waits;      /* in its work, for `go` */
    bool       patient;
    sem_t      go;
    atomic_int ran, after, done;
    int64_t    n;
    err        result;
};

static void tell(void *arg)
{
    atomic_fetch_add((atomic_int *)arg, 1);
}

static err work(struct db_conn *c, void *arg)
{
    struct one *o = arg;
    writers = true;
    TRY(db_counter(c, TENANT, STR("n"), &o->n));
    db_before_answer(c, tell, &o->after);
    atomic_fetch_add(&o->ran, 1);
    if (o->waits)
        sem_wait(&o->go);
    return OK;
}

static void *writes(void *arg)
{
    struct one *o = arg;
    o->result = o->patient ? db_write(db, TENANT, work, o) : db_write_in_time(db, TENANT, true, work, o);
    atomic_fetch_add(&o->done, 1);
    return NULL;
}

static void begin(struct one *o, bool waits, bool patient)
{
    *o = (struct one){ .waits = waits, .patient = patient };
    sem_init(&o->go, 0, 0);
    pthread_create(&o->thread, NULL, writes, o);
}

static void end(struct one *o, enum err_code expected)
{
    pthread_join(o->thread, NULL);
    assert_int_equal(o->result.code, expected);
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
    return db_number(c, &flush_value, DB_ARGS(I64(TENANT)), arg);
}

static int64_t seen(void)
{
    int64_t n = -1;
    assert_int_equal(db_read(db, value, &n).code, ERR_NONE);
    return n;
}

/* The first commit of a log has a flush of its own, of the log's head: it is made here. */
static void open_with(ms patience)
{
    struct one first;
    test_db_open(&t);
    assert_int_equal(db_open(&(struct db_options){ .path = t.path, .write_wait_most = patience }, &db).code, ERR_NONE);
    begin(&first, false, true);
    end(&first, ERR_NONE);
}

static void close_all(void)
{
    db_wait_for_left(db);
    db_close(db);
    test_db_close(&t);
}

/* ---- tests ---- */

static void *waits_for_disk(void *arg)
{
    db_wait_for_disk(db);
    atomic_fetch_add((atomic_int *)arg, 1);
    return NULL;
}

/* Three groups: one at its flush, one behind it, one whose writer waits. */
static void the_writer_goes_on_and_nobody_is_answered_before_the_flush(void **state)
{
    (void)state;
    struct one a, b, c;
    pthread_t  thread;
    atomic_int on_disk = 0;
    open_with(0);
    begin(&a, true, true);
    wait_until(&a.ran, 1);
    begin(&b, true, true);
    wait_for_queue(1);
    hold();
    sem_post(&a.go);
    wait_until(&held, 1);
    wait_until(&b.ran, 1);           /* while the disk is at the first */
    assert_int_equal(a.after, 1);
    begin(&c, false, true);
    wait_for_queue(1);
    assert_int_equal(seen(), 2);     /* who reads is ahead of the disk, */
    pthread_create(&thread, NULL, waits_for_disk, &on_disk);
    sem_post(&b.go);
    wait_until(&c.after, 1);
    usleep(20000);
    assert_int_equal(held, 1);       /* one flush at a time */
    assert_int_equal(seen(), 4);
    assert_int_equal(a.done + b.done + c.done, 0);
    assert_int_equal(on_disk, 0);    /* and who wants to send it somewhere can wait for it */
    assert_true(db_held_up(db) > 0);
    let_go();
    end(&a, ERR_NONE);
    end(&b, ERR_NONE);
    end(&c, ERR_NONE);
    pthread_join(thread, NULL);
    assert_int_equal(on_disk, 1);
    assert_int_equal(db_held_up(db), 0);
    close_all();
}

/* Alone it waits on the writer's own thread, and those behind it are one group. */
static void who_does_not_wait_for_ever_leaves_a_disk_that_hangs(void **state)
{
    (void)state;
    struct one a, b;
    open_with(200);
    hold();
    begin(&a, false, false);
    wait_until(&held, 1);
    begin(&b, false, false);
    end(&a, ERR_UNAVAILABLE);
    end(&b, ERR_UNAVAILABLE);
    assert_int_equal(b.ran, 0);
    let_go();
    db_wait_for_left(db);
    assert_int_equal(seen(), 2);   /* what had run is committed all the same */
    close_all();
}

static err count_one(struct db_conn *c, void *arg)
{
    return db_counter(c, TENANT, STR("n"), arg);
}

static void *many(void *arg)
{
    for (int64_t i = 0, n; i < 300; i++)
        if (failed(db_write(db, TENANT, count_one, &n)))
            return "a write failed";
    return arg;
}

static void who_is_answered_finds_the_lane_free(void **state)
{
    (void)state;
    open_with(0);
    for (int64_t i = 0, n; i < 300; i++) {
        assert_int_equal(db_write(db, TENANT, count_one, &n).code, ERR_NONE);
        assert_int_equal(db_held_up(db), 0);
    }
    pthread_t other;
    void     *problem;
    pthread_create(&other, NULL, many, NULL);
    many(NULL);
    pthread_join(other, &problem);
    assert_null(problem);
    usleep(50000);
    assert_int_equal(db_held_up(db), 0);
    close_all();
}

static err nothing(struct db_conn *c, void *arg)
{
    return value(c, arg);
}

static void what_changes_nothing_needs_no_flush(void **state)
{
    (void)state;
    struct one one;
    int64_t    n;
    open_with(0);
    int before = by_writer;
    assert_int_equal(db_write(db, TENANT, nothing, &n).code, ERR_NONE);
    assert_int_equal(by_writer, before);
    begin(&one, false, true);
    end(&one, ERR_NONE);
    assert_true(by_writer > before);
    close_all();
}

/* Runs in a process of its own: writes, then is gone as if killed. What it returns with is its status. */
static int in_a_process(void (*body)(void))
{
    int   status;
    pid_t child = fork();
    if (child == 0) {
        if (db_open(&(struct db_options){ .path = t.path }, &db).code == ERR_NONE)
            body();
        _exit(9);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void write_once(void)
{
    struct one one;
    begin(&one, false, true);
    pthread_join(one.thread, NULL);
}

static void fail_then_write(void)
{
    write_once();
    atomic_store(&fails, true);
    write_once();
    _exit(0);   /* it was answered */
}

static void write_and_die(void)
{
    write_once();
    write_once();
    _exit(0);
}

static off_t log_size(void)
{
    char        name[300];
    struct stat s;
    snprintf(name, sizeof name, "%s-wal", t.path);
    return stat(name, &s) == 0 ? s.st_size : -1;
}

static void a_flush_that_fails_ends_the_program_and_answers_nobody(void **state)
{
    (void)state;
    test_db_open(&t);
    db_close(t.db);
    t.db = NULL;
    assert_int_equal(in_a_process(fail_then_write), 1);
    assert_true(log_size() > 0);
    assert_int_equal(db_open(&(struct db_options){ .path = t.path }, &t.db).code, ERR_NONE);
    db = t.db;
    int64_t n = seen();
    assert_true(n == 1 || n == 2);   /* the second is in the log, and nobody was told */
    test_db_close(&t);
}

/* Its pages may never have reached the disk, whatever the system says of a later flush. */
static void a_log_that_was_left_behind_is_in_the_file_before_anything_is_written(void **state)
{
    (void)state;
    test_db_open(&t);
    db_close(t.db);
    t.db = NULL;
    assert_int_equal(in_a_process(write_and_die), 0);
    assert_true(log_size() > 0);
    int before = flushes;
    assert_int_equal(db_open(&(struct db_options){ .path = t.path }, &t.db).code, ERR_NONE);
    assert_int_equal(log_size(), 0);
    assert_true(flushes > before);
    db = t.db;
    assert_int_equal(seen(), 2);
    test_db_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_writer_goes_on_and_nobody_is_answered_before_the_flush),
        cmocka_unit_test(who_does_not_wait_for_ever_leaves_a_disk_that_hangs),
        cmocka_unit_test(who_is_answered_finds_the_lane_free),
        cmocka_unit_test(what_changes_nothing_needs_no_flush),
        cmocka_unit_test(a_flush_that_fails_ends_the_program_and_answers_nobody),
        cmocka_unit_test(a_log_that_was_left_behind_is_in_the_file_before_anything_is_written),
    };
    sem_init(&go, 0, 0);
    return test_db_postgres() ? 0 : cmocka_run_group_tests(tests, NULL, NULL);
}
