/* Tests of the database layer: queries, errors, the group of writes, what readers see. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "inside.h"
#include "sqlite.h"
#include "test_db.h"

#define TENANT 7

DB_SQL(role_put, "INSERT INTO role (id, tenant_id, code, name_zh, name_en, permissions, built_in, version) "
                 "VALUES ($2, $1, $3, $4, $4, $5, $6, 1)")
DB_SQL(role_ids, "SELECT id FROM role WHERE tenant_id = $1 ORDER BY id")
DB_SQL(role_count, "SELECT count(*) FROM role WHERE tenant_id = $1")
DB_SQL(role_full, "SELECT id, code, permissions, built_in, built_in, name_en, version FROM role WHERE tenant_id = $1 ORDER BY id")
DB_SQL(role_rename, "UPDATE role SET name_zh = $2 WHERE tenant_id = $1")
DB_SQL(case_event_put, "INSERT INTO case_event (tenant_id, case_id, seq, at, action, from_state, to_state, internal, text) "
                       "VALUES ($1, $2, 1, 1, 1, 0, 1, 0, $3)")
DB_SQL(file_put, "INSERT INTO file (tenant_id, id, hash, media_type, bytes, created_at) VALUES ($1, $2, $3, '', 0, 0)")
DB_SQL(file_hash, "SELECT hash, claim_hash FROM file WHERE tenant_id = $1 AND id = $2")

static const char *const role_fragments[] = { " AND code = $2", " AND built_in = $4", " AND id > $3", " AND version = $5", " AND id < $6",
                                              " AND built_in >= 0", " AND name_zh <> ''", " AND name_en <> ''", NULL };
static const char *const role_tails[] = { " ORDER BY id", " ORDER BY id DESC LIMIT $7", NULL };
DB_FAMILY(role_some, "SELECT id FROM role WHERE tenant_id = $1", role_fragments, role_tails)

static struct test_db t;
static struct arena  *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    test_db_open(&t);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    test_db_close(&t);
    arena_free(arena);
    return 0;
}

#define assert_err(call, want) assert_int_equal((call).code, (want))
#define assert_ok(call)        assert_err(call, ERR_NONE)

/* ---- work used below ---- */

struct role {
    int64_t    id;
    struct str code;
};

static err put_role(struct db_conn *c, void *arg)
{
    const struct role *r = arg;
    return db_exec(c, &role_put, DB_ARGS(I64(TENANT), I64(r->id), TEXT(r->code), TEXT(STR("名")), TEXT(STR("a,b")), BOOL(r->id % 2)), NULL);
}

static err count_roles(struct db_conn *c, void *arg)
{
    return db_number(c, &role_count, DB_ARGS(I64(TENANT)), arg);
}

static void put(int64_t id, const char *code)
{
    struct role r = { id, str_of(code) };
    assert_ok(db_write(t.db, 0, put_role, &r));
}

static int64_t counted(void)
{
    int64_t n = -1;
    assert_ok(db_read(t.db, count_roles, &n));
    return n;
}

/* ---- queries ---- */

static err bind_by_number(struct db_conn *c, void *arg)
{
    int64_t        changed;
    struct db_rows rows;
    (void)arg;
    TRY(db_exec(c, &file_put, DB_ARGS(I64(TENANT), I64(1), BLOB(((struct str){ "a\0b", 3 }))), &changed));
    assert_int_equal(changed, 1);
    TRY(db_exec(c, &role_rename, DB_ARGS(I64(TENANT), TEXT(STR("x")), NUL, NUL), &changed));
    assert_int_equal(changed, 0);
    TRY(db_query(c, &file_hash, DB_ARGS(I64(TENANT), I64(1)), &rows));
    assert_true(db_next(&rows));
    assert_int_equal(db_blob(&rows, 0).len, 3);
    assert_memory_equal(db_blob(&rows, 0).ptr, "a\0b", 3);
    assert_null(db_blob(&rows, 1).ptr);
    assert_true(db_is_null(&rows, 1));
    assert_false(db_next(&rows));
    return db_done(&rows);
}

static void arguments_are_bound_by_number(void **state)
{
    (void)state;
    assert_ok(db_write(t.db, 0, bind_by_number, NULL));
}

struct mapped {
    int64_t    id;
    struct str code, json;
    bool       built_in;
    double     real;
    int        word;
    ms         at;
};
static const char *const mapped_words[] = { NULL, "词", "名", NULL };
static const struct field mapped_columns[] = {
    FIELD_ID(struct mapped, id, 0, ""),
    FIELD_STR(struct mapped, code, 0, 0, 0, ""),
    FIELD_JSON(struct mapped, json, 0, ""),
    FIELD_BOOL(struct mapped, built_in, 0, ""),
    FIELD_REAL(struct mapped, real, 0, ""),
    FIELD_WORD(struct mapped, word, mapped_words, 0, ""),
    FIELD_TIME(struct mapped, at, 0, ""),
    FIELD_END
};

static err map_rows(struct db_conn *c, void *arg)
{
    struct mapped one;
    struct list   all;
    (void)arg;
    TRY(db_one(c, arena, &role_full, DB_ARGS(I64(TENANT)), mapped_columns, &one));
    assert_int_equal(one.id, 1);
    assert_true(str_is(one.code, "r1"));
    assert_true(str_is(one.json, "a,b"));
    assert_true(one.built_in && one.real == 1.0 && one.word == 2 && one.at == 1);

    TRY(db_all(c, arena, &role_full, DB_ARGS(I64(TENANT)), mapped_columns, sizeof one, 0, &all));
    assert_int_equal(all.len, 100);
    for (size_t i = 0; i < all.len; i++)
        assert_int_equal(((struct mapped *)all.at)[i].id, i + 1);
    TRY(db_all(c, arena, &role_full, DB_ARGS(I64(TENANT)), mapped_columns, sizeof one, 17, &all));
    assert_int_equal(all.len, 17);
    assert_err(db_one(c, arena, &role_full, DB_ARGS(I64(TENANT + 1)), mapped_columns, &one), ERR_NOT_FOUND);
    return OK;
}

static void rows_become_structs(void **state)
{
    (void)state;
    char code[16];
    for (int i = 1; i <= 100; i++) {
        snprintf(code, sizeof code, "r%d", i);
        put(i, code);
    }
    assert_ok(db_read(t.db, map_rows, NULL));
}

static err loop_in_loop(struct db_conn *c, void *arg)
{
    struct db_rows outer, inner;
    int64_t       *turns = arg;
    TRY(db_query(c, &role_ids, DB_ARGS(I64(TENANT)), &outer));
    while (db_next(&outer)) {
        TRY(db_query(c, &role_ids, DB_ARGS(I64(TENANT)), &inner));
        while (db_next(&inner))
            ++*turns;
        TRY(db_done(&inner));
    }
    return db_done(&outer);
}

static err leave_open(struct db_conn *c, void *arg)
{
    struct db_rows rows;
    (void)arg;
    TRY(db_query(c, &role_ids, DB_ARGS(I64(TENANT)), &rows));
    assert_true(db_next(&rows));
    return FAIL(ERR_WRONG_STATE);
}

static void queries_nest_and_may_be_left_open(void **state)
{
    (void)state;
    put(1, "a"), put(2, "b"), put(3, "c");
    for (int i = 0; i < 20; i++) {
        int64_t turns = 0;
        assert_ok(db_read(t.db, loop_in_loop, &turns));
        assert_int_equal(turns, 9);
        assert_err(db_read(t.db, leave_open, NULL), ERR_WRONG_STATE);
        assert_err(db_write(t.db, 0, leave_open, NULL), ERR_WRONG_STATE);
    }
    put(4, "d");
    assert_int_equal(counted(), 4);
}

static int64_t family_count(struct db_conn *c, uint32_t mask, int tail, int64_t *first)
{
    struct db_rows rows;
    int64_t        n = 0;
    assert_ok(db_query_family(c, &role_some, mask, tail,
                              DB_ARGS(I64(TENANT), TEXT(STR("r5")), I64(3), I64(1), I64(1), I64(9), I64(2)), &rows));
    while (db_next(&rows))
        if (n++ == 0 && first)
            *first = db_i64(&rows, 0);
    assert_ok(db_done(&rows));
    return n;
}

static err family_masks(struct db_conn *c, void *arg)
{
    int64_t first;
    (void)arg;
    assert_int_equal(family_count(c, 0, 0, NULL), 10);
    assert_int_equal(family_count(c, 1, 0, &first), 1);
    assert_int_equal(first, 5);
    assert_int_equal(family_count(c, 2, 0, NULL), 5);
    assert_int_equal(family_count(c, 2 | 4, 0, NULL), 4);        /* 5 7 9 and … odd, above 3 */
    assert_int_equal(family_count(c, 4, 1, &first), 2);
    assert_int_equal(first, 11);
    /* Every mask, twice: more texts than are kept, so they replace each other. */
    for (int turn = 0; turn < 2; turn++)
        for (uint32_t mask = 0; mask < 256; mask++) {
            int64_t want = (mask & 1) ? 1 : 0;
            for (int64_t id = 2; !(mask & 1) && id <= 11; id++)
                want += (!(mask & 2) || id % 2) && (!(mask & 4) || id > 3) && (!(mask & 16) || id < 9);
            assert_int_equal(family_count(c, mask, 0, NULL), want);
        }
    return OK;
}

static void families_compose(void **state)
{
    (void)state;
    char code[16];
    for (int i = 2; i <= 11; i++) {
        snprintf(code, sizeof code, "r%d", i);
        put(i, code);
    }
    assert_ok(db_read(t.db, family_masks, NULL));
    struct str text = db_family_text(arena, &role_some, 1 | 4, 1);
    assert_true(str_is(text, "SELECT id FROM role WHERE tenant_id = $1 AND code = $2 AND id > $3 ORDER BY id DESC LIMIT $7"));
}

/* As many texts as pages have are each prepared once, whatever their hashes. */
static err texts_in_turn(struct db_conn *c, void *arg)
{
    const struct statement *first[COMPOSED_SLOTS];
    int                     n = 0;
    (void)arg;
    for (int turn = 0; turn < 2; turn++) {
        for (uint32_t mask = 0; mask < 48; mask++)
            family_count(c, mask, 0, NULL);
        for (int i = 0; i < COMPOSED_SLOTS; i++) {
            assert_true(turn == 0 || c->composed[i].statement == first[i]);
            first[i] = c->composed[i].statement;
            n += c->composed[i].family == &role_some;
        }
    }
    assert_int_equal(n, 2 * 48);
    return OK;
}

static void families_stay_prepared(void **state)
{
    (void)state;
    assert_ok(db_read(t.db, texts_in_turn, NULL));
}

static err count_twice(struct db_conn *c, void *arg)
{
    int64_t *n = arg;
    TRY(db_counter(c, TENANT, STR("a"), &n[0]));
    TRY(db_counter(c, TENANT, STR("a"), &n[1]));
    TRY(db_counter(c, TENANT, STR("b"), &n[2]));
    return db_counter(c, TENANT + 1, STR("a"), &n[3]);
}

static void counters_count(void **state)
{
    (void)state;
    int64_t n[4];
    assert_ok(db_write(t.db, 0, count_twice, n));
    assert_int_equal(n[0], 1);
    assert_int_equal(n[1], 2);
    assert_int_equal(n[2], 1);
    assert_int_equal(n[3], 1);
    assert_ok(db_write(t.db, 0, count_twice, n));
    assert_int_equal(n[1], 4);
}

/* ---- errors ---- */

static err put_orphan(struct db_conn *c, void *arg)
{
    (void)arg;
    return db_exec(c, &case_event_put, DB_ARGS(I64(TENANT), I64(404), NUL), NULL);
}

static err put_wrong_type(struct db_conn *c, void *arg)
{
    (void)arg;
    return db_exec(c, &role_put, DB_ARGS(I64(TENANT), TEXT(STR("no number")), TEXT(STR("c")), TEXT(STR("n")), TEXT(STR("")), I64(0)), NULL);
}

static err write_on_reader(struct db_conn *c, void *arg)
{
    assert_false(db_is_write(c));
    return put_role(c, arg);
}

static void constraints_have_meanings(void **state)
{
    (void)state;
    struct role same_code = { 2, STR("a") }, same_id = { 1, STR("b") };
    put(1, "a");
    assert_err(db_write(t.db, 0, put_role, &same_code), ERR_TAKEN);
    assert_err(db_write(t.db, 0, put_role, &same_id), ERR_TAKEN);
    assert_err(db_write(t.db, 0, put_orphan, NULL), ERR_UNKNOWN_REFERENCE);
    assert_err(db_write(t.db, 0, put_wrong_type, NULL), ERR_INTERNAL);
    assert_err(db_read(t.db, write_on_reader, &same_code), ERR_INTERNAL);
    assert_int_equal(counted(), 1);
}

struct quota {
    int pages_more;
    int size;
    int64_t id;
};

static err limit_pages(struct db_conn *c, void *arg)
{
    const struct quota *q = arg;
    char text[96];
    snprintf(text, sizeof text, "PRAGMA max_page_count = %d", q->pages_more);
    return conn_script(c, "limit", text);
}

static err put_blob(struct db_conn *c, void *arg)
{
    const struct quota *q = arg;
    char *bytes = arena_alloc(arena, (size_t)q->size);
    return db_exec(c, &file_put, DB_ARGS(I64(TENANT), I64(q->id), BLOB(((struct str){ bytes, (size_t)q->size }))), NULL);
}

static void a_full_disk_is_said_and_survived(void **state)
{
    (void)state;
    if (test_db_postgres())
        skip();   /* its disk is its own: tests/fault/full.test.mjs fills it */
    struct quota small = { .pages_more = 1 }, big = { .size = 1 << 20, .id = 1 }, none = { .pages_more = 1 << 30 };
    put(1, "before");
    assert_ok(db_write(t.db, 0, limit_pages, &small));
    assert_err(db_write(t.db, 0, put_blob, &big), ERR_STORAGE_FULL);
    assert_err(db_write(t.db, 0, put_blob, &big), ERR_STORAGE_FULL);
    assert_int_equal(counted(), 1);
    assert_ok(db_write(t.db, 0, limit_pages, &none));
    assert_ok(db_write(t.db, 0, put_blob, &big));
    put(2, "after");
    assert_int_equal(counted(), 2);
}

/* ---- the group ---- */

struct held {
    sem_t started, go;
};

static err hold_writer(struct db_conn *c, void *arg)
{
    struct held *h = arg;
    (void)c;
    sem_post(&h->started);
    sem_wait(&h->go);
    return OK;
}

struct member {
    pthread_t thread;
    db_work   work;
    void     *arg;
    err       result;
};

static void *submit(void *arg)
{
    struct member *m = arg;
    m->result = db_write(t.db, 0, m->work, m->arg);
    return NULL;
}

/* Keeps the writer busy until all members are queued, so that they make one group, in order. */
static void run_as_group(struct member *members, size_t count)
{
    struct held     h;
    struct member   holder = { .work = hold_writer, .arg = &h };
    struct db_stats s;
    sem_init(&h.started, 0, 0);
    sem_init(&h.go, 0, 0);
    pthread_create(&holder.thread, NULL, submit, &holder);
    sem_wait(&h.started);
    for (size_t i = 0; i < count; i++) {
        pthread_create(&members[i].thread, NULL, submit, &members[i]);
        do {
            usleep(200);
            db_stats(t.db, &s);
        } while (s.queue_now < i + 1);
    }
    sem_post(&h.go);
    pthread_join(holder.thread, NULL);
    for (size_t i = 0; i < count; i++)
        pthread_join(members[i].thread, NULL);
    assert_ok(holder.result);
}

static err put_then_fail(struct db_conn *c, void *arg)
{
    TRY(put_role(c, arg));
    return FAIL_AT(ERR_WRONG_STATE, "state");
}

static err put_and_see_others(struct db_conn *c, void *arg)
{
    int64_t n;
    TRY(count_roles(c, &n));
    assert_int_equal(n, 1);   /* the first member's; not the failed second's */
    return put_role(c, arg);
}

static void one_failure_leaves_the_others(void **state)
{
    (void)state;
    struct role a = { 1, STR("a") }, b = { 2, STR("b") }, d = { 3, STR("c") }, again = { 4, STR("a") };
    struct member members[] = {
        { .work = put_role, .arg = &a },
        { .work = put_then_fail, .arg = &b },
        { .work = put_and_see_others, .arg = &d },
        { .work = put_role, .arg = &again },
        { .work = put_orphan },
    };
    uint64_t before = db_commits(t.db);
    run_as_group(members, 5);
    assert_err(members[0].result, ERR_NONE);
    assert_err(members[1].result, ERR_WRONG_STATE);
    assert_string_equal(members[1].result.field, "state");
    assert_err(members[2].result, ERR_NONE);
    assert_err(members[3].result, ERR_TAKEN);
    assert_err(members[4].result, ERR_UNKNOWN_REFERENCE);
    assert_int_equal(db_commits(t.db) - before, 2);   /* the holder's and the group's */
    assert_int_equal(counted(), 2);
}

static err defer_and_orphan(struct db_conn *c, void *arg)
{
    (void)arg;
    if (test_db_postgres())
        return conn_script(c, "defer", "CREATE TABLE late (a BIGINT PRIMARY KEY, b BIGINT REFERENCES late (a) DEFERRABLE INITIALLY DEFERRED);"
                                       "INSERT INTO late VALUES (1, 2)");
    TRY(conn_script(c, "defer", "PRAGMA defer_foreign_keys = ON"));
    return put_orphan(c, NULL);
}

static void count_call(void *arg)
{
    ++*(int *)arg;
}

struct with_callback {
    struct role role;
    int        *called;
    err         result;
};

static err put_and_ask(struct db_conn *c, void *arg)
{
    struct with_callback *w = arg;
    TRY(put_role(c, &w->role));
    db_after_commit(c, count_call, w->called);
    db_after_commit(c, count_call, w->called);
    return w->result;
}

static void a_failed_commit_answers_all(void **state)
{
    (void)state;
    int called = 0;
    struct with_callback a = { { 1, STR("a") }, &called, OK };
    struct member members[] = { { .work = put_and_ask, .arg = &a }, { .work = defer_and_orphan } };
    run_as_group(members, 2);
    assert_err(members[0].result, ERR_UNAVAILABLE);
    assert_err(members[1].result, ERR_UNAVAILABLE);
    assert_int_equal(called, 0);
    assert_int_equal(counted(), 0);
    put(1, "a");
    assert_int_equal(counted(), 1);
}

static err lose_server(struct db_conn *c, void *arg)
{
    (void)arg;
    return conn_script(c, "lose", "SELECT pg_terminate_backend(pg_backend_pid())");
}

static err lose_all(struct db_conn *c, void *arg)
{
    (void)arg;
    return conn_script(c, "lose", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
}

static void a_lost_server_is_found_again(void **state)
{
    (void)state;
    if (!test_db_postgres())
        skip();
    struct role a = { 1, STR("a") }, b = { 2, STR("b") };
    struct member members[] = { { .work = put_role, .arg = &a }, { .work = lose_server }, { .work = put_role, .arg = &b } };
    put(3, "before");
    run_as_group(members, 3);
    assert_err(members[0].result, ERR_UNAVAILABLE);
    assert_err(members[1].result, ERR_UNAVAILABLE);
    assert_err(members[2].result, ERR_NONE);
    assert_err(db_read(t.db, lose_server, NULL), ERR_UNAVAILABLE);
    assert_int_equal(counted(), 2);

    /* All sessions at once, also those whose snapshot is kept: each of them may say so once. */
    assert_err(db_write(t.db, 0, lose_all, NULL), ERR_NONE);
    for (int turn = 0; turn < 40; turn++)
        (void)!failed(db_read(t.db, count_roles, &(int64_t){ 0 }));
    assert_int_equal(counted(), 2);
    put(4, "after");
    assert_int_equal(counted(), 3);
}

static void a_lost_transaction_answers_those_in_it(void **state)
{
    (void)state;
    if (test_db_postgres())
        skip();   /* a full disk: tests/fault/full.test.mjs; see also a_lost_server_is_found_again */
    struct quota small = { .pages_more = 1 }, big = { .size = 4 << 20, .id = 1 }, none = { .pages_more = 1 << 30 };
    struct role a = { 1, STR("a") };
    struct member members[] = {
        { .work = limit_pages, .arg = &small }, { .work = put_blob, .arg = &big },
        { .work = limit_pages, .arg = &none }, { .work = put_role, .arg = &a },
    };
    run_as_group(members, 4);
    assert_err(members[1].result, ERR_STORAGE_FULL);
    assert_err(members[3].result, ERR_NONE);
    assert_int_equal(counted(), 1);
}

static void callbacks_run_after_commit_only(void **state)
{
    (void)state;
    int good = 0, bad = 0;
    struct with_callback a = { { 1, STR("a") }, &good, OK }, b = { { 2, STR("b") }, &bad, FAIL(ERR_CONFLICT) };
    struct member members[] = { { .work = put_and_ask, .arg = &a }, { .work = put_and_ask, .arg = &b } };
    run_as_group(members, 2);
    assert_int_equal(good, 2);
    assert_int_equal(bad, 0);
    assert_err(members[1].result, ERR_CONFLICT);
}

struct look {
    int64_t  seen;
    uint64_t moment;
};

static void look_inside(void *arg)
{
    struct look *l = arg;
    l->moment = db_moment(t.db);
    assert_ok(db_read(t.db, count_roles, &l->seen));
}

static err put_and_look(struct db_conn *c, void *arg)
{
    struct role r = { 1, STR("a") };
    TRY(put_role(c, &r));
    db_after_commit(c, look_inside, arg);
    return OK;
}

static err snapshot_of(struct db_conn *c, void *arg)
{
    *(uint64_t *)arg = db_snapshot(c);
    return OK;
}

static void a_callback_sees_what_was_committed(void **state)
{
    (void)state;
    struct look l = { .seen = -1 };
    uint64_t    before, after;
    assert_ok(db_read(t.db, snapshot_of, &before));
    assert_ok(db_write(t.db, 0, put_and_look, &l));
    assert_int_equal(l.seen, 1);
    assert_ok(db_read(t.db, snapshot_of, &after));
    assert_true(before < l.moment && after >= l.moment);
}

static void a_full_queue_says_so(void **state)
{
    (void)state;
    struct test_db  small;
    struct held     h;
    struct db_stats s;
    struct role     a = { 1, STR("a") }, b = { 2, STR("b") };
    test_db_close(&t);
    test_db_open_bare(&small, (struct db_options){ .queue_most = 1, .readers = 1, .group_most = 1 });
    t = small;
    assert_ok(db_migrate(t.db, &(int){ 0 }));
    sem_init(&h.started, 0, 0);
    sem_init(&h.go, 0, 0);
    struct member holder = { .work = hold_writer, .arg = &h }, waits = { .work = put_role, .arg = &a };
    pthread_create(&holder.thread, NULL, submit, &holder);
    sem_wait(&h.started);
    pthread_create(&waits.thread, NULL, submit, &waits);
    do {
        usleep(200);
        db_stats(t.db, &s);
    } while (s.queue_now < 1);
    assert_err(db_write(t.db, 0, put_role, &b), ERR_UNAVAILABLE);
    sem_post(&h.go);
    pthread_join(holder.thread, NULL);
    pthread_join(waits.thread, NULL);
    assert_ok(waits.result);
    assert_int_equal(counted(), 1);
    db_stats(t.db, &s);
    assert_int_equal(s.queue_now, 0);
    assert_int_equal(s.queue_peak, 1);
}

/* ---- readers ---- */

static err slow_read(struct db_conn *c, void *arg)
{
    struct held *h = arg;
    int64_t      before, after;
    TRY(count_roles(c, &before));
    sem_post(&h->started);
    sem_wait(&h->go);
    TRY(count_roles(c, &after));
    assert_int_equal(before, after);   /* one snapshot */
    return OK;
}

static void *read_slowly(void *arg)
{
    struct member *m = arg;
    m->result = db_read(t.db, m->work, m->arg);
    return NULL;
}

static void a_slow_reader_stops_nobody(void **state)
{
    (void)state;
    char        code[16];
    struct held h;
    sem_init(&h.started, 0, 0);
    sem_init(&h.go, 0, 0);
    struct member slow = { .work = slow_read, .arg = &h };
    put(1, "first");
    pthread_create(&slow.thread, NULL, read_slowly, &slow);
    sem_wait(&h.started);
    ms start = clock_monotonic();
    for (int i = 2; i <= 200; i++) {
        snprintf(code, sizeof code, "r%d", i);
        put(i, code);
        assert_int_equal(counted(), i);   /* and everybody else sees his own write at once */
    }
    assert_true(clock_monotonic() - start < 8000);
    sem_post(&h.go);
    pthread_join(slow.thread, NULL);
    assert_ok(slow.result);
}

static err read_inside(struct db_conn *c, void *arg)
{
    int64_t own, inner;
    (void)arg;
    TRY(count_roles(c, &own));
    TRY(db_read(t.db, count_roles, &inner));   /* with one reader in all, a second would never come */
    assert_int_equal(own, inner);
    return OK;
}

static void a_read_inside_a_read_shares_its_reader(void **state)
{
    (void)state;
    test_db_close(&t);
    test_db_open_bare(&t, (struct db_options){ .readers = 1 });
    assert_ok(db_migrate(t.db, &(int){ 0 }));
    put(1, "a");
    for (int i = 0; i < 3; i++)
        assert_ok(db_read(t.db, read_inside, NULL));
    put(2, "b");
    assert_int_equal(counted(), 2);
}

static void put_elsewhere(const char *text)
{
    sqlite3 *other;
    if (test_db_postgres()) {
        test_db_run(t.name, text);
        return;
    }
    assert_ok(handle_open(t.path, true, &other));
    assert_int_equal(sqlite3_exec(other, text, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
}

struct reading {
    struct db *db;
    struct held held;
    err        result;
};

static err hold_reader(struct db_conn *c, void *arg)
{
    return hold_writer(c, arg);
}

static void *keep_reader(void *arg)
{
    struct reading *r = arg;
    r->result = db_read(r->db, hold_reader, &r->held);
    return NULL;
}

static err look_nowhere(struct db_conn *c, void *arg)
{
    (void)c, (void)arg;
    return OK;
}

static void a_read_does_not_wait_for_ever(void **state)
{
    (void)state;
    struct reading    r = { 0 };
    struct db_options one = { .path = t.path, .readers = 1, .read_wait_most = 30 };
    pthread_t         thread;
    sem_init(&r.held.started, 0, 0);
    sem_init(&r.held.go, 0, 0);
    assert_ok(db_open(&one, &r.db));
    pthread_create(&thread, NULL, keep_reader, &r);
    sem_wait(&r.held.started);
    assert_err(db_read(r.db, look_nowhere, NULL), ERR_UNAVAILABLE);
    sem_post(&r.held.go);
    pthread_join(thread, NULL);
    assert_ok(r.result);
    assert_ok(db_read(r.db, look_nowhere, NULL));
    db_close(r.db);
}

static void another_process_is_seen_within_a_second(void **state)
{
    (void)state;
    put(1, "ours");
    assert_int_equal(counted(), 1);
    put_elsewhere("INSERT INTO role (tenant_id, id, code, name_zh, name_en, permissions, built_in, version) VALUES (7, 2, 'theirs', '', '', '', 0, 1)");
    ms start = clock_monotonic();
    while (counted() != 2 && clock_monotonic() - start < 5000)
        usleep(10000);
    assert_int_equal(counted(), 2);
    assert_true(clock_monotonic() - start < 2500);
}

static void what_was_written_is_there_after_reopening(void **state)
{
    (void)state;
    struct db_options o = { .path = t.path };
    put(1, "kept");
    db_close(t.db);
    assert_ok(db_open(&o, &t.db));
    assert_ok(db_schema_check(t.db));
    assert_int_equal(counted(), 1);
}

static void opening_nonsense_fails(void **state)
{
    (void)state;
    struct db *db;
    struct db_options none = { .path = "/nowhere/at/all.db" };
    assert_err(db_open(&none, &db), ERR_UNAVAILABLE);
    assert_null(db);

    char name[128];
    struct db_options away = { .path = "postgresql:///x?host=/nowhere/at/all" };
    assert_err(db_open(&away, &db), ERR_UNAVAILABLE);
    assert_null(db);

    snprintf(name, sizeof name, "%s/text", t.folder);
    FILE *f = fopen(name, "w");
    for (int i = 0; i < 4096; i++)
        fputs("not a database. ", f);
    fclose(f);
    struct db_options text = { .path = name };
    assert_true(failed(db_open(&text, &db)));
    unlink(name);
}

static void every_statement_is_listed(void **state)
{
    (void)state;
    size_t count, found = 0;
    const struct db_sql *all = db_sql_all(&count);
    for (size_t i = 0; i < count; i++) {
        assert_non_null(all[i].name);
        assert_non_null(all[i].sqlite);
        found += strcmp(all[i].name, "role_put") == 0;
    }
    assert_int_equal(found, 1);
    const struct db_family *families = db_family_all(&count);
    assert_true(count >= 1);
    for (size_t i = found = 0; i < count; i++)
        found += strcmp(families[i].name, "role_some") == 0;
    assert_int_equal(found, 1);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(arguments_are_bound_by_number),
        T(rows_become_structs),
        T(queries_nest_and_may_be_left_open),
        T(families_compose),
        T(families_stay_prepared),
        T(counters_count),
        T(constraints_have_meanings),
        T(a_full_disk_is_said_and_survived),
        T(one_failure_leaves_the_others),
        T(a_failed_commit_answers_all),
        T(a_lost_transaction_answers_those_in_it),
        T(a_lost_server_is_found_again),
        T(callbacks_run_after_commit_only),
        T(a_callback_sees_what_was_committed),
        T(a_full_queue_says_so),
        T(a_slow_reader_stops_nobody),
        T(a_read_inside_a_read_shares_its_reader),
        T(a_read_does_not_wait_for_ever),
        T(another_process_is_seen_within_a_second),
        T(what_was_written_is_there_after_reopening),
        T(opening_nonsense_fails),
        T(every_statement_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
