/* Who waits for whom: writes of one district follow one another, also from two processes; those of districts in different lanes go on beside each
 * other, and what is of more than one district waits for all and is waited for. Meant for -Db_sanitize=thread too. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "inside.h"
#include "test_db.h"

DB_SQL(lanes_value, "SELECT value FROM counter WHERE tenant_id = $1 AND name = 'n'")
DB_SQL(lanes_put, "INSERT INTO counter (tenant_id, name, value) VALUES ($1, 'n', $2) ON CONFLICT (tenant_id, name) DO UPDATE SET value = excluded.value")

static struct test_db t;
static struct db     *other;   /* as another process has it; on SQLite there is none */
static int64_t        here, same, there;   /* districts: two of one lane, one of another */

static int set_up(void **state)
{
    (void)state;
    test_db_open(&t);
    other = NULL;
    if (test_db_postgres())
        assert_false(failed(db_open(&(struct db_options){ .path = t.path }, &other)));
    here = 1;
    for (same = here + 1; writer_of(t.db, same) != writer_of(t.db, here); same++)
        ;
    for (there = here + 1; writer_of(t.db, there) == writer_of(t.db, here) && there < 1000; there++)
        ;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    db_close(other);
    test_db_close(&t);
    return 0;
}

/* ---- who waits ---- */

struct turn {
    struct db   *db;
    int64_t      tenant;
    pthread_t    thread;
    sem_t        started, go;
    bool         holds;
    _Atomic bool over;
};

static err take_turn(struct db_conn *c, void *arg)
{
    struct turn *turn = arg;
    (void)c;
    sem_post(&turn->started);
    if (turn->holds)
        sem_wait(&turn->go);
    return OK;
}

static void *have_turn(void *arg)
{
    struct turn *turn = arg;
    err          e = db_write(turn->db, turn->tenant, take_turn, turn);
    atomic_store(&turn->over, true);
    return failed(e) ? "a write failed" : NULL;
}

static void begin_turn(struct turn *turn, struct db *db, int64_t tenant, bool holds)
{
    *turn = (struct turn){ .db = db, .tenant = tenant, .holds = holds };
    sem_init(&turn->started, 0, 0);
    sem_init(&turn->go, 0, 0);
    pthread_create(&turn->thread, NULL, have_turn, turn);
}

static void end_turn(struct turn *turn)
{
    void *problem;
    sem_post(&turn->go);
    pthread_join(turn->thread, &problem);
    assert_null(problem);
}

/* Whether a write waits for another that is under way: long enough to be seen where it should, and where it should not for as long as a busy machine may take. */
static bool waits(struct db *db, int64_t tenant, struct db *for_db, int64_t for_tenant, bool should)
{
    struct turn first, second;
    begin_turn(&first, for_db, for_tenant, true);
    sem_wait(&first.started);
    begin_turn(&second, db, tenant, false);
    for (int i = 0; i < (should ? 100 : 5000) && !atomic_load(&second.over); i++)
        usleep(2000);
    bool waited = !atomic_load(&second.over);
    end_turn(&first);
    end_turn(&second);
    return waited;
}

#define WAITS(db, tenant, for_db, for_tenant)  assert_true(waits(db, tenant, for_db, for_tenant, true))
#define BESIDE(db, tenant, for_db, for_tenant) assert_false(waits(db, tenant, for_db, for_tenant, false))

static void a_district_is_one_after_another(void **state)
{
    (void)state;
    WAITS(t.db, here, t.db, here);
    if (other)
        WAITS(other, here, t.db, here);
}

static void lanes_go_beside_each_other(void **state)
{
    (void)state;
    if (!other)
        skip();   /* one file, one writer */
    WAITS(t.db, same, t.db, here);
    BESIDE(t.db, there, t.db, here);
    WAITS(other, same, t.db, here);
    BESIDE(other, there, t.db, here);
}

static void what_is_not_one_districts_is_alone(void **state)
{
    (void)state;
    struct db *second = other ? other : t.db;
    WAITS(t.db, 0, t.db, there);
    WAITS(t.db, there, t.db, 0);
    WAITS(second, 0, t.db, there);
    WAITS(second, there, t.db, 0);
    WAITS(second, 0, t.db, 0);
}

/* ---- what is read is still so ---- */

#define DISTRICTS 6
#define THREADS   (2 * DISTRICTS)
#define TURNS     60

static err add_one(struct db_conn *c, int64_t tenant)
{
    int64_t n = 0;
    err     e = db_number(c, &lanes_value, DB_ARGS(I64(tenant)), &n);
    if (failed(e) && e.code != ERR_NOT_FOUND)
        return e;
    return db_exec(c, &lanes_put, DB_ARGS(I64(tenant), I64(n + 1)), NULL);
}

static err add_here(struct db_conn *c, void *arg)
{
    return add_one(c, *(int64_t *)arg);
}

static err add_everywhere(struct db_conn *c, void *arg)
{
    (void)arg;
    for (int64_t tenant = DISTRICTS; tenant > 0; tenant--)
        TRY(add_one(c, tenant));
    return OK;
}

static void *keep_adding(void *arg)
{
    int        of = (int)(intptr_t)arg;
    int64_t    tenant = of % DISTRICTS + 1;
    struct db *db = of < DISTRICTS || !other ? t.db : other;
    for (int i = 0; i < TURNS; i++)
        if (failed(i % 10 == 9 ? db_write(db, 0, add_everywhere, NULL) : db_write_freely(db, tenant, add_here, &tenant)))
            return "a write failed";
    return NULL;
}

static err read_value(struct db_conn *c, void *arg)
{
    int64_t *n = arg;
    return db_number(c, &lanes_value, DB_ARGS(I64(*n)), n);
}

static void nothing_is_overwritten(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    void     *problem;
    for (intptr_t i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, keep_adding, (void *)i);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], &problem);
        assert_null(problem);
    }
    for (int64_t tenant = 1; tenant <= DISTRICTS; tenant++) {
        int64_t n = tenant;
        assert_false(failed(db_read(t.db, read_value, &n)));
        assert_int_equal(n, 2 * TURNS * 9 / 10 + THREADS * TURNS / 10);
    }
}

/* ---- what is not allowed ---- */

static err add_there(struct db_conn *c, void *arg)
{
    (void)arg;
    return add_one(c, there);
}

static void reach(bool into_another)
{
    struct db *db;
    if (!failed(db_open(&(struct db_options){ .path = t.path }, &db)))
        _exit(failed(db_write(db, into_another ? here : there, add_there, NULL)) ? 1 : 0);
    _exit(2);
}

static int end_of_one_that_reaches(bool into_another)
{
    int   status;
    pid_t child = fork();
    if (!child)
        reach(into_another);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

/* It would meet those of the other lane. A mistake of the program: it ends before anything is written. */
static void a_write_keeps_to_its_district(void **state)
{
    (void)state;
    db_close(t.db);   /* a child has no use of its parent's threads */
    db_close(other);
    other = NULL;
    int status = end_of_one_that_reaches(false);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    status = end_of_one_that_reaches(true);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    assert_false(failed(db_open(&(struct db_options){ .path = t.path }, &t.db)));
    int64_t n = there;
    assert_false(failed(db_read(t.db, read_value, &n)));
    assert_int_equal(n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_district_is_one_after_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lanes_go_beside_each_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_one_districts_is_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_overwritten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_write_keeps_to_its_district, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
