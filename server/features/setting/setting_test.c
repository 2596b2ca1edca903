/* Tests of settings: what a value must be, which one is in force, and the file they go out and come in by. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "../../db/test_db.h"
#include "setting_rules.h"

#define TENANT 5
#define assert_err(call, want) assert_int_equal((call).code, (want))

static struct arena  *arena;
static struct test_db t;
static struct app     app;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    test_db_open(&t);
    app = (struct app){ .db = t.db, .tenant = TENANT };
    return failed(setting_start(&app));
}

static int teardown(void **state)
{
    (void)state;
    setting_stop(&app);
    test_db_close(&t);
    arena_free(arena);
    return 0;
}

static err read_as(enum setting_kind kind, const char *json, int64_t *bound)
{
    struct setting_row   row = { "x", kind, "", 2, 5, "", "" };
    struct setting_value v = { 0 };
    *bound = 0;
    return setting_read(arena, &row, str_of(json), &v, bound);
}

/* ---- rules ---- */

static void values_are_checked(void **state)
{
    static const struct { enum setting_kind kind; const char *json; enum err_code want; int64_t bound; } cases[] = {
        { NUMBER, "2", ERR_NONE, 0 }, { NUMBER, "5", ERR_NONE, 0 }, { NUMBER, "1", ERR_TOO_SMALL, 2 }, { NUMBER, "6", ERR_TOO_BIG, 5 },
        { NUMBER, "2.5", ERR_WRONG_TYPE, 0 }, { NUMBER, "\"3\"", ERR_WRONG_TYPE, 0 }, { NUMBER, "", ERR_WRONG_TYPE, 0 },
        { NUMBER, "99999999999999999999", ERR_WRONG_TYPE, 0 }, { SWITCH, "true", ERR_NONE, 0 }, { SWITCH, "1", ERR_WRONG_TYPE, 0 },
        { LINE, "\"天地人\"", ERR_NONE, 0 }, { LINE, "\" a \"", ERR_TOO_SHORT, 2 }, { LINE, "\"abcdef\"", ERR_TOO_LONG, 5 },
        { LINE, "\"a\\u0007b\"", ERR_CONTROL_CHARACTER, 0 }, { LINE, "[]", ERR_WRONG_TYPE, 0 }, { LIST, "[1,2]", ERR_NONE, 0 },
        { LIST, "[1]", ERR_TOO_SHORT, 2 }, { LIST, "[1,2", ERR_WRONG_TYPE, 0 }, { LIST, "{}", ERR_WRONG_TYPE, 0 },
        { TABLE, "{\"a\":1,\"b\":2}", ERR_NONE, 0 }, { TABLE, "{\"a\":1,\"a\":2}", ERR_WRONG_TYPE, 0 }, { TABLE, "[]", ERR_WRONG_TYPE, 0 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t bound;
        err     e = read_as(cases[i].kind, cases[i].json, &bound);
        if (e.code != cases[i].want || bound != cases[i].bound)
            fail_msg("%s: %s, bound %lld", cases[i].json, err_slug(e.code), (long long)bound);
    }
}

static void every_default_is_within_its_own_bounds(void **state)
{
    (void)state;
    for (size_t i = 0; i < setting_rows_count; i++) {
        struct setting_value v = { 0 };
        int64_t              bound;
        if (failed(setting_read(arena, &setting_rows[i], str_of(setting_rows[i].standard), &v, &bound)))
            fail_msg("%s", setting_rows[i].key);
        assert_int_equal(setting_index(str_of(setting_rows[i].key)), (int)i);   /* no key twice */
        assert_true(*setting_rows[i].en && *setting_rows[i].zh);
    }
}

static void the_newest_that_has_begun_is_in_force(void **state)
{
    const struct setting_value values[] = { { .from = INT64_MIN, .number = 1 }, { .from = 100, .number = 2 }, { .from = 200, .number = 3 } };
    (void)state;
    assert_int_equal(setting_in_force(values, 3, 99)->number, 1);
    assert_int_equal(setting_in_force(values, 3, 100)->number, 2);
    assert_int_equal(setting_in_force(values, 3, 199)->number, 2);
    assert_int_equal(setting_in_force(values, 3, 200)->number, 3);
    assert_null(setting_in_force(values + 1, 2, 99));
}

/* ---- stored ---- */

struct put { const char *key, *value; ms from; };

static err put_work(struct db_conn *c, void *arg)
{
    const struct put *p = arg;
    return setting_put(c, arena, TENANT, str_of(p->key), str_of(p->value), p->from, 1, 0);
}

static err put(const char *key, const char *value, ms from)
{
    struct put p = { key, value, from };
    err        e = db_write(t.db, 0, put_work, &p);
    assert_false(failed(setting_reload(&app)));
    return e;
}

static void stored_values_have_their_dates(void **state)
{
    (void)state;
    assert_int_equal(setting_i64(&app, "unit.border_metres", 50), 15);
    assert_err(put("unit.border_metres", "20", 100), ERR_NONE);
    assert_err(put("unit.border_metres", "30", 200), ERR_NONE);
    assert_int_equal(setting_i64(&app, "unit.border_metres", 99), 15);
    assert_int_equal(setting_i64(&app, "unit.border_metres", 150), 20);
    assert_int_equal(setting_i64(&app, "unit.border_metres", 200), 30);
    assert_err(put("unit.border_metres", "25", 200), ERR_NONE);                 /* the same date: replaced */
    assert_int_equal(setting_i64(&app, "unit.border_metres", 500), 25);
    assert_err(put("map.tiles", "\"https://tiles.example/{z}/{x}/{y}.png\"", 100), ERR_NONE);
    assert_string_equal(str_z(arena, setting_text(&app, arena, "map.tiles", 100)), "https://tiles.example/{z}/{x}/{y}.png");
}

static void wrong_values_are_not_stored(void **state)
{
    (void)state;
    assert_err(put("no.such.key", "1", 100), ERR_NOT_FOUND);
    assert_err(put("case.reopen_days", "366", 100), ERR_TOO_BIG);
    assert_err(put("case.reopen_days", "\"x\"", 100), ERR_WRONG_TYPE);
    assert_int_equal(setting_i64(&app, "case.reopen_days", 100), 15);
}

static void without_the_feature_there_are_defaults(void **state)
{
    struct app bare = { 0 };
    (void)state;
    assert_int_equal(setting_i64(&bare, "account.idle_minutes", 1), 60);
    assert_true(setting_text(&bare, arena, "unit.area_kinds", 1).len > 100);
}

/* ---- the file ---- */

struct exchange { struct str text; struct faults faults; int64_t count; ms now; };

static err export_work(struct db_conn *c, void *arg)
{
    return setting_export(c, arena, TENANT, &((struct exchange *)arg)->text);
}

static err import_work(struct db_conn *c, void *arg)
{
    struct exchange *x = arg;
    return setting_import(c, arena, &(struct app){ .tenant = TENANT }, x->text, x->now, 0, &x->faults, &x->count);
}

static err take_in(const char *text, ms now, struct exchange *x)
{
    *x = (struct exchange){ .text = str_of(text), .faults = { .arena = arena }, .now = now };
    err e = db_write(t.db, 0, import_work, x);
    assert_false(failed(setting_reload(&app)));
    return e;
}

static void a_file_comes_in_without_rewriting_the_past(void **state)
{
    struct exchange x;
    (void)state;
    assert_err(put("case.reopen_days", "10", 100), ERR_NONE);
    assert_err(take_in("{\"values\":[{\"key\":\"case.reopen_days\",\"value\":20,\"valid_from\":50},"
                       "{\"key\":\"case.reopen_days\",\"value\":30,\"valid_from\":150},"
                       "{\"key\":\"case.reopen_days\",\"value\":40,\"valid_from\":2000}]}", 1000, &x), ERR_NONE);
    assert_int_equal(x.count, 2);
    assert_int_equal(setting_i64(&app, "case.reopen_days", 999), 10);
    assert_int_equal(setting_i64(&app, "case.reopen_days", 1000), 30);
    assert_int_equal(setting_i64(&app, "case.reopen_days", 2000), 40);
}

static void what_goes_out_comes_in_unchanged(void **state)
{
    struct exchange x = { 0 };
    (void)state;
    assert_err(put("case.reopen_days", "10", 100), ERR_NONE);
    assert_err(put("map.tiles", "\"x\\\"y\"", 100), ERR_NONE);
    assert_err(db_read(t.db, export_work, &x), ERR_NONE);
    assert_err(take_in(str_z(arena, x.text), 1000, &x), ERR_NONE);
    assert_int_equal(x.count, 0);
}

static void a_wrong_file_changes_nothing(void **state)
{
    struct exchange x;
    (void)state;
    assert_err(take_in("{\"values\":[{\"key\":\"case.reopen_days\",\"value\":20},{\"key\":\"nonsense\",\"value\":1},"
                       "{\"key\":\"case.secret_days\",\"value\":0},{\"key\":\"map.tiles\"}]}", 1000, &x), ERR_INVALID);
    assert_int_equal(x.faults.len, 3);
    assert_string_equal(str_z(arena, x.faults.at[0].path), "values[1].key");
    assert_int_equal(x.faults.at[1].code, ERR_TOO_SMALL);
    assert_int_equal(x.faults.at[2].code, ERR_REQUIRED);
    assert_int_equal(setting_i64(&app, "case.reopen_days", 1000), 15);
    assert_err(take_in("{\"values\":[", 1000, &x), ERR_BAD_JSON);
    assert_err(take_in("{}", 1000, &x), ERR_REQUIRED);
}

#define WITH_STORE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static void things_to_choose_from_are_read_by_a_table(void **state)
{
    struct list all = setting_list_read(arena, STR("[{\"code\":\"a\",\"zh\":\"甲\",\"en\":\"A\"},{\"code\":\"b\",\"zh\":\"乙\",\"en\":5}]"), choice_fields,
                                        sizeof(struct choice));
    (void)state;
    assert_int_equal(all.len, 2);
    assert_true(str_is(choice_find(&all, STR("b"))->zh, "乙"));
    assert_null(choice_find(&all, STR("b"))->en.ptr);
    assert_null(choice_find(&all, STR("c")));
    assert_null(choice_find(&all, STR("乙")));
    assert_null(choice_find(&all, STR("")));
    assert_null(choice_find(&all, STR_NONE));
    assert_int_equal(setting_list_read(arena, STR("no list"), choice_fields, sizeof(struct choice)).len, 0);
    assert_int_equal(setting_list_read(arena, STR_NONE, choice_fields, sizeof(struct choice)).len, 0);
    struct list kinds = setting_choices(&app, arena, "alliance.kinds", 0);
    assert_non_null(choice_find(&kinds, STR("complex")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(values_are_checked),
        WITH_STORE(every_default_is_within_its_own_bounds),
        WITH_STORE(the_newest_that_has_begun_is_in_force),
        WITH_STORE(stored_values_have_their_dates),
        WITH_STORE(wrong_values_are_not_stored),
        WITH_STORE(without_the_feature_there_are_defaults),
        WITH_STORE(a_file_comes_in_without_rewriting_the_past),
        WITH_STORE(what_goes_out_comes_in_unchanged),
        WITH_STORE(a_wrong_file_changes_nothing),
        WITH_STORE(things_to_choose_from_are_read_by_a_table),
    };
    return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
