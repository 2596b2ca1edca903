/* Tests of what the planner is told: plans take the index that selects, on a database without a row. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sqlite3.h>
#include <string.h>

#include "test_db.h"

static struct test_db t;
static sqlite3       *handle;

static int setup(void **state)
{
    (void)state;
    test_db_open(&t);
    return sqlite3_open(t.path, &handle) != SQLITE_OK;
}

static int teardown(void **state)
{
    (void)state;
    sqlite3_close(handle);
    test_db_close(&t);
    return 0;
}

/* The detail of a query's first step. */
static void plan_of(const char *sql, char out[200])
{
    sqlite3_stmt *s;
    char          explain[400];
    snprintf(explain, sizeof explain, "EXPLAIN QUERY PLAN %s", sql);
    assert_int_equal(sqlite3_prepare_v2(handle, explain, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    snprintf(out, 200, "%s", (const char *)sqlite3_column_text(s, 3));
    sqlite3_finalize(s);
}

static void the_selective_index_is_taken(void **state)
{
    static const struct { const char *sql, *index; } wanted[] = {
        { "SELECT * FROM notice WHERE tenant_id = 1 AND person_id = 2 ORDER BY id DESC", "notice_person (tenant_id=? AND person_id=?)" },
        { "SELECT * FROM session WHERE tenant_id = 1 AND account_id = 2", "session_account (tenant_id=? AND account_id=?)" },
        { "SELECT * FROM assignment WHERE tenant_id = 1 AND person_id = 2", "assignment_person (tenant_id=? AND person_id=?)" },
        { "SELECT * FROM area_shape WHERE tenant_id = 1 AND area_id = 2", "area_shape_area (tenant_id=? AND area_id=?)" },
        { "SELECT * FROM area WHERE tenant_id = 1 AND parent_id = 2", "area_parent (tenant_id=? AND parent_id=?)" },
        { "SELECT * FROM area WHERE tenant_id = 1 AND id = 2", "PRIMARY KEY (tenant_id=? AND id=?)" },
    };
    char plan[200];
    (void)state;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        plan_of(wanted[i].sql, plan);
        if (!strstr(plan, wanted[i].index))
            fail_msg("%s: %s", wanted[i].sql, plan);
    }
}

static long number(const char *sql)
{
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    long n = (long)sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return n;
}

static void every_index_but_those_of_cases_has_figures(void **state)
{
    (void)state;
    long indexes = number("SELECT count(*) FROM sqlite_schema t JOIN pragma_index_list(t.name) i WHERE t.type = 'table' AND t.name <> 'cases' "
                          "AND t.name NOT LIKE 'sqlite%'");
    assert_true(indexes > 40);
    assert_int_equal(number("SELECT count(*) FROM sqlite_stat1"), indexes);
    assert_int_equal(number("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'cases'"), 0);
}

static void migrating_again_changes_nothing(void **state)
{
    int applied;
    (void)state;
    long before = number("SELECT count(*) FROM sqlite_stat1");
    assert_int_equal(db_migrate(t.db, &applied).code, ERR_NONE);
    assert_int_equal(applied, 0);
    assert_int_equal(number("SELECT count(*) FROM sqlite_stat1"), before);
}

int main(void)
{
    if (test_db_postgres())
        return 77;   /* meson: skipped; PostgreSQL counts for itself */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_selective_index_is_taken),
        cmocka_unit_test(every_index_but_those_of_cases_has_figures),
        cmocka_unit_test(migrating_again_changes_nothing),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
