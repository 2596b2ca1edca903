/* Tests of the chain: what is written fits; any change, gap, cut or swap shows, and where. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "../../db/test_db.h"
#include "chain.h"

#define TENANT 3
#define ROWS   40

DB_SQL(test_change, "UPDATE audit SET detail = '{\"x\":2}' WHERE tenant_id = $1 AND seq = $2")
DB_SQL(test_change_who, "UPDATE audit SET account_id = 99 WHERE tenant_id = $1 AND seq = $2")
DB_SQL(test_change_hash, "UPDATE audit SET hash = $3 WHERE tenant_id = $1 AND seq = $2")
DB_SQL(test_remove, "DELETE FROM audit WHERE tenant_id = $1 AND seq = $2")
DB_SQL(test_cut, "DELETE FROM audit WHERE tenant_id = $1 AND seq > $2")
DB_SQL(test_move, "UPDATE audit SET seq = $3 WHERE tenant_id = $1 AND seq = $2")
DB_SQL(test_head, "UPDATE audit_head SET seq = $2 WHERE tenant_id = $1")
DB_SQL(test_head_hash, "UPDATE audit_head SET hash = $2 WHERE tenant_id = $1")
DB_SQL(test_hash_of, "SELECT hash FROM audit WHERE tenant_id = $1 AND seq = $2")

struct fixture {
    struct test_db t;
    struct arena  *arena;
};
static struct fixture f;

static err write_rows(struct db_conn *c, void *arg)
{
    for (int i = 1; i <= ROWS; i++)
        TRY(audit_write(c, f.arena, TENANT, i * 1000, i % 3, "case.accept", "case", i, i % 2 ? STR("{\"x\":1}") : STR_NONE));
    (void)arg;
    return OK;
}

static int setup(void **state)
{
    (void)state;
    f.arena = arena_new(0);
    test_db_open(&f.t);
    return failed(db_write(f.t.db, 0, write_rows, NULL));
}

static int teardown(void **state)
{
    (void)state;
    test_db_close(&f.t);
    arena_free(f.arena);
    return 0;
}

/* ---- what a walk finds ---- */

struct found {
    int64_t                  tenant, rows, bad;
    const char              *problem;
    const struct audit_head *expected;
    struct audit_head        head;
};

static err walk(struct db_conn *c, void *arg)
{
    struct found *w = arg;
    TRY(audit_head_read(c, w->tenant, &w->head));
    return audit_walk(c, w->tenant, w->expected, &w->rows, &w->bad, &w->problem);
}

static struct found look(const struct audit_head *expected)
{
    struct found w = { .tenant = TENANT, .expected = expected };
    assert_int_equal(db_read(f.t.db, walk, &w).code, ERR_NONE);
    return w;
}

static void assert_whole(void)
{
    struct found w = look(NULL);
    assert_null(w.problem);
    assert_int_equal(w.bad, 0);
    assert_int_equal(w.rows, ROWS);
}

static void assert_bad(int64_t seq, const char *problem)
{
    struct found w = look(NULL);
    assert_non_null(w.problem);
    assert_non_null(strstr(w.problem, problem));
    assert_int_equal(w.bad, seq);
}

/* ---- tampering ---- */

struct tamper { const struct db_sql *sql; int64_t seq; struct db_arg third; };

static err tamper_work(struct db_conn *c, void *arg)
{
    const struct tamper *t = arg;
    int64_t              changed;
    TRY(db_exec(c, t->sql, DB_ARGS(I64(TENANT), I64(t->seq), t->third), &changed));
    return changed ? OK : FAIL(ERR_NOT_FOUND);
}

static void tamper(const struct db_sql *sql, int64_t seq, struct db_arg third)
{
    struct tamper t = { sql, seq, third };
    assert_int_equal(db_write(f.t.db, 0, tamper_work, &t).code, ERR_NONE);
}

#define NOTHING ((struct db_arg)NUL)

static void an_untouched_chain_is_whole(void **state)
{
    (void)state;
    assert_whole();
    struct found none = { .tenant = TENANT + 1 };
    assert_int_equal(db_read(f.t.db, walk, &none).code, ERR_NONE);
    assert_null(none.problem);
    assert_int_equal(none.rows, 0);
}

static void a_changed_row_shows(void **state)
{
    (void)state;
    tamper(&test_change, 17, NOTHING);
    assert_bad(17, "changed");
}

static void a_row_laid_on_somebody_else_shows(void **state)
{
    (void)state;
    tamper(&test_change_who, 1, NOTHING);
    assert_bad(1, "changed");
}

static void a_changed_hash_shows(void **state)
{
    unsigned char zero[HASH_SIZE] = { 0 };
    (void)state;
    tamper(&test_change_hash, 20, (struct db_arg)BLOB(((struct str){ (char *)zero, HASH_SIZE })));
    assert_bad(20, "changed");
}

static void a_missing_row_shows(void **state)
{
    (void)state;
    tamper(&test_remove, 23, NOTHING);
    assert_bad(23, "missing");
}

static void a_missing_first_row_shows(void **state)
{
    (void)state;
    tamper(&test_remove, 1, NOTHING);
    assert_bad(1, "missing");
}

static void a_cut_at_the_end_shows(void **state)
{
    (void)state;
    tamper(&test_cut, 30, NOTHING);
    assert_bad(31, "cut");
}

static void swapped_rows_show(void **state)
{
    (void)state;
    tamper(&test_move, 10, (struct db_arg)I64(1000));
    tamper(&test_move, 11, (struct db_arg)I64(10));
    tamper(&test_move, 1000, (struct db_arg)I64(11));
    assert_bad(10, "changed");
}

static void a_gap_closed_by_renumbering_shows(void **state)
{
    (void)state;
    tamper(&test_remove, ROWS - 1, NOTHING);
    tamper(&test_move, ROWS, (struct db_arg)I64(ROWS - 1));
    tamper(&test_head, ROWS - 1, NOTHING);
    assert_bad(ROWS - 1, "changed");
}

static void a_head_set_back_shows(void **state)
{
    (void)state;
    tamper(&test_head, ROWS - 5, NOTHING);
    assert_bad(ROWS + 1, "set back");
}

/* ---- a chain cut and its head put in order: only a head kept elsewhere tells ---- */

static err cut_and_mend(struct db_conn *c, void *arg)
{
    struct db_rows rows;
    struct str     hash;
    (void)arg;
    TRY(db_query(c, &test_hash_of, DB_ARGS(I64(TENANT), I64(30)), &rows));
    db_next(&rows);
    hash = str_copy(f.arena, db_blob(&rows, 0));
    TRY(db_done(&rows));
    TRY(db_exec(c, &test_cut, DB_ARGS(I64(TENANT), I64(30)), NULL));
    TRY(db_exec(c, &test_head, DB_ARGS(I64(TENANT), I64(30)), NULL));
    return db_exec(c, &test_head_hash, DB_ARGS(I64(TENANT), BLOB(hash)), NULL);
}

static void a_head_kept_elsewhere_shows_a_well_made_cut(void **state)
{
    (void)state;
    struct audit_head kept = look(NULL).head;
    struct found      w = look(&kept);
    assert_null(w.problem);
    assert_int_equal(db_write(f.t.db, 0, cut_and_mend, NULL).code, ERR_NONE);
    assert_null(look(NULL).problem);
    w = look(&kept);
    assert_non_null(w.problem);
    assert_int_equal(w.bad, ROWS);
}

/* ---- the bytes ---- */

static void no_two_rows_have_the_same_bytes(void **state)
{
    unsigned char    before[HASH_SIZE] = { 0 }, one[HASH_SIZE], two[HASH_SIZE];
    struct audit_row a = { .chain = 1, .seq = 1, .action = STR("ab"), .object_kind = STR("c") };
    struct audit_row b = { .chain = 1, .seq = 1, .action = STR("a"), .object_kind = STR("bc") };
    (void)state;
    audit_hash(f.arena, &a, before, one);
    audit_hash(f.arena, &b, before, two);
    assert_memory_not_equal(one, two, HASH_SIZE);
    b = a;
    b.detail = STR("");                        /* the empty text is not the absent one */
    audit_hash(f.arena, &b, before, two);
    assert_memory_not_equal(one, two, HASH_SIZE);
    before[0] = 1;
    audit_hash(f.arena, &a, before, two);
    assert_memory_not_equal(one, two, HASH_SIZE);
}

/* Worked out by hand from audit.h: the format is a promise to whoever checks a chain without this program. */
static void the_format_is_as_documented(void **state)
{
    unsigned char    before[HASH_SIZE] = { 0 }, got[HASH_SIZE], want[HASH_SIZE], bytes[32 + 40 + 4 + 4 + 4 + 1 + 4 + 1 + 4];
    struct audit_row row = { .chain = 1, .seq = 2, .at = 3, .account = 4, .object = 5, .action = STR("a"), .object_kind = STR("k") };
    unsigned char   *p = bytes + 32;
    (void)state;
    memset(bytes, 0, sizeof bytes);
    for (int i = 1; i <= 5; i++, p += 8)
        p[7] = (unsigned char)i;
    memset(p, 0xFF, 8);                        /* remote and request_id: none */
    memcpy(p + 8, "\0\0\0\1a\0\0\0\1k\xFF\xFF\xFF\xFF", 14);
    crypto_sha256(bytes, sizeof bytes, want);
    audit_hash(f.arena, &row, before, got);
    assert_memory_equal(got, want, HASH_SIZE);
}

#define WITH_CHAIN(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_CHAIN(an_untouched_chain_is_whole),
        WITH_CHAIN(a_changed_row_shows),
        WITH_CHAIN(a_row_laid_on_somebody_else_shows),
        WITH_CHAIN(a_changed_hash_shows),
        WITH_CHAIN(a_missing_row_shows),
        WITH_CHAIN(a_missing_first_row_shows),
        WITH_CHAIN(a_cut_at_the_end_shows),
        WITH_CHAIN(swapped_rows_show),
        WITH_CHAIN(a_gap_closed_by_renumbering_shows),
        WITH_CHAIN(a_head_set_back_shows),
        WITH_CHAIN(a_head_kept_elsewhere_shows_a_well_made_cut),
        WITH_CHAIN(no_two_rows_have_the_same_bytes),
        WITH_CHAIN(the_format_is_as_documented),
    };
    return cmocka_run_group_tests_name("chain", tests, NULL, NULL);
}
