/* Who meets somebody else's transaction on PostgreSQL: a deadlock is tried again and done once; and a group that cannot even begin leaves no lock. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "inside.h"
#include "test_db.h"

#define TENANT 3

DB_SQL(conflict_put, "INSERT INTO counter (tenant_id, name, value) VALUES ($1, $2, 1) ON CONFLICT (tenant_id, name) DO UPDATE SET value = counter.value + 1")
DB_SQL(conflict_get, "SELECT value FROM counter WHERE tenant_id = $1 AND name = $2")

static struct test_db t;
static PGconn        *other;

static void ask_other(const char *text)
{
    PGresult *r = PQexec(other, text);
    if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK)
        fail_msg("%s: %s", text, PQerrorMessage(other));
    PQclear(r);
}

static int number_of_other(const char *text)
{
    PGresult *r = PQexec(other, text);
    assert_int_equal(PQresultStatus(r), PGRES_TUPLES_OK);
    int n = atoi(PQgetvalue(r, 0, 0));
    PQclear(r);
    return n;
}

static int set_up(void **state)
{
    (void)state;
    test_db_open(&t);
    if (test_db_postgres())
        other = PQconnectdb(t.path);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    PQfinish(other);
    other = NULL;
    test_db_close(&t);
    return 0;
}

/* ---- a deadlock ---- */

struct meeting {
    sem_t      has_first;
    atomic_int runs;
    err        result;
};

static err first_then_second(struct db_conn *c, void *arg)
{
    struct meeting *m = arg;
    atomic_fetch_add(&m->runs, 1);
    TRY(db_exec(c, &conflict_put, DB_ARGS(I64(TENANT), TEXT(STR("first"))), NULL));
    sem_post(&m->has_first);
    return db_exec(c, &conflict_put, DB_ARGS(I64(TENANT), TEXT(STR("second"))), NULL);
}

static void *meet(void *arg)
{
    struct meeting *m = arg;
    m->result = db_write(t.db, TENANT, first_then_second, m);
    return NULL;
}

static err read_both(struct db_conn *c, void *arg)
{
    int64_t *n = arg;
    TRY(db_number(c, &conflict_get, DB_ARGS(I64(TENANT), TEXT(STR("first"))), &n[0]));
    return db_number(c, &conflict_get, DB_ARGS(I64(TENANT), TEXT(STR("second"))), &n[1]);
}

static void a_deadlock_is_tried_again(void **state)
{
    (void)state;
    if (!test_db_postgres())
        skip();   /* one writer, no locks of rows */
    struct meeting m = { 0 };
    pthread_t      thread;
    int64_t        n[2];
    sem_init(&m.has_first, 0, 0);
    ask_other("SET deadlock_timeout = '60s'");   /* so that it is the program whom the server tells */
    ask_other("INSERT INTO counter (tenant_id, name, value) VALUES (3, 'first', 10), (3, 'second', 20)");
    ask_other("BEGIN");
    ask_other("UPDATE counter SET value = value + 100 WHERE tenant_id = 3 AND name = 'second'");
    pthread_create(&thread, NULL, meet, &m);
    sem_wait(&m.has_first);
    ask_other("UPDATE counter SET value = value + 100 WHERE tenant_id = 3 AND name = 'first'");   /* once the program has let go */
    ask_other("COMMIT");
    pthread_join(thread, NULL);
    assert_int_equal(m.result.code, ERR_NONE);
    assert_in_range(m.runs, 2, 5);   /* it may be as quick as to be in the way once more */
    assert_int_equal(db_read(t.db, read_both, n).code, ERR_NONE);
    assert_int_equal(n[0], 111);
    assert_int_equal(n[1], 121);
}

/* ---- a conflict that stays ---- */

#define RAISES                                                                                                                            \
    "CREATE SEQUENCE conflict_turns; CREATE FUNCTION conflict_raise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "                          \
    "IF nextval('conflict_turns') <= %d THEN RAISE EXCEPTION 'in the way' USING ERRCODE = '40001'; END IF; RETURN NEW; END $$; "              \
    "CREATE TRIGGER conflict_raise BEFORE INSERT ON counter FOR EACH ROW WHEN (NEW.name = 'first') EXECUTE FUNCTION conflict_raise()"
#define RAISES_NO_MORE "DROP TRIGGER conflict_raise ON counter; DROP FUNCTION conflict_raise; DROP SEQUENCE conflict_turns"

static void conflicts_are_tried_five_times(void **state)
{
    (void)state;
    if (!test_db_postgres())
        skip();
    static const int in_the_way[] = { 4, 5 };
    char text[600];
    for (size_t i = 0; i < 2; i++) {
        struct meeting m = { 0 };
        int64_t        n[2];
        sem_init(&m.has_first, 0, 0);
        snprintf(text, sizeof text, RAISES, in_the_way[i]);
        ask_other(text);
        meet(&m);
        ask_other(RAISES_NO_MORE);
        assert_int_equal(m.result.code, i ? ERR_UNAVAILABLE : ERR_NONE);
        assert_int_equal(m.runs, 5);
        assert_int_equal(db_read(t.db, read_both, n).code, ERR_NONE);
        assert_int_equal(n[0], 1);   /* of the first time; the second has left nothing */
        assert_int_equal(n[1], 1);
    }
}

/* ---- a group that cannot begin ---- */

struct one {
    pthread_t thread;
    sem_t    *go;       /* NULL: does not wait */
    sem_t     started;
    err       result;
};

static err take_number(struct db_conn *c, void *arg)
{
    struct one *o = arg;
    int64_t     n;
    sem_post(&o->started);
    if (o->go)
        sem_wait(o->go);
    return db_counter(c, TENANT, STR("n"), &n);
}

static void *takes(void *arg)
{
    struct one *o = arg;
    o->result = db_write(t.db, TENANT, take_number, o);
    return NULL;
}

#define GROUP 3

/* One that holds the writer until the others wait behind it, so that those are a group. What is done meanwhile: between. */
static void group(struct one all[GROUP + 1], void (*between)(void))
{
    struct db_stats s;
    sem_t           go;
    sem_init(&go, 0, 0);
    for (int i = 0; i <= GROUP; i++) {
        all[i] = (struct one){ .go = i ? NULL : &go };
        sem_init(&all[i].started, 0, 0);
        pthread_create(&all[i].thread, NULL, takes, &all[i]);
        if (!i)
            sem_wait(&all[i].started);
    }
    do {
        usleep(1000);
        db_stats(t.db, &s);
    } while (s.queue_now < GROUP);
    if (between)
        between();
    sem_post(&go);
    for (int i = 0; i <= GROUP; i++)
        pthread_join(all[i].thread, NULL);
}

/* The lane's session is gone; on the next one the table that it asks first is not to be had. */
static void break_it(void)
{
    ask_other("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
    ask_other("ALTER TABLE counter RENAME TO counter_away");
}

static void a_group_that_cannot_begin_holds_no_lock(void **state)
{
    (void)state;
    if (!test_db_postgres())
        skip();
    struct one all[GROUP + 1];
    group(all, NULL);   /* from now on it asks for that counter when a group begins */
    for (int i = 0; i <= GROUP; i++)
        assert_int_equal(all[i].result.code, ERR_NONE);
    group(all, break_it);
    for (int i = 0; i <= GROUP; i++)
        assert_true(failed(all[i].result));
    int locks = 1;
    for (int i = 0; locks && i < 500; i++) {   /* a session that was ended says so before it lets go of its locks */
        usleep(10000);
        locks = number_of_other("SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
                                "WHERE l.locktype = 'advisory' AND d.datname = current_database()");
    }
    ask_other("ALTER TABLE counter_away RENAME TO counter");
    assert_int_equal(locks, 0);
    group(all, NULL);
    for (int i = 0; i <= GROUP; i++)
        assert_int_equal(all[i].result.code, ERR_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_deadlock_is_tried_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conflicts_are_tried_five_times, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_group_that_cannot_begin_holds_no_lock, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
