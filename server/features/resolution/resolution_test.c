/* When a resolution is late and when somebody is told, what a correction changed: the routes are in tests/api/resolution.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "resolution_inside.h"

#define D MS_DAY
static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void it_is_late_once_its_day_is_over(void **state)
{
    (void)state;
    struct resolution n = { .state = RESOLUTION_OPEN, .v.due_at = 10 * D };
    assert_false(resolution_overdue(&n, 10 * D - 1));
    assert_true(resolution_overdue(&n, 10 * D));
    n.state = RESOLUTION_DONE;
    assert_false(resolution_overdue(&n, 11 * D));
    n = (struct resolution){ .state = RESOLUTION_OPEN };
    assert_false(resolution_overdue(&n, 11 * D));
}

static void somebody_is_told_before_on_and_after_its_day(void **state)
{
    (void)state;
    struct resolution n = { .state = RESOLUTION_OPEN, .v.due_at = 100 * D };
    static const struct { ms after, notice, again, want; } rows[] = {
        { 0, 7 * D, 7 * D, 93 * D },       { 92 * D, 7 * D, 7 * D, 93 * D },       { 93 * D, 7 * D, 7 * D, 100 * D },
        { 100 * D - 1, 7 * D, 7 * D, 100 * D }, { 100 * D, 7 * D, 7 * D, 107 * D }, { 106 * D, 7 * D, 7 * D, 107 * D },
        { 107 * D, 7 * D, 7 * D, 114 * D }, { 150 * D, 7 * D, 7 * D, 156 * D },    { 100 * D, 7 * D, 0, 0 },
        { 99 * D, 7 * D, 0, 100 * D },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(resolution_next(&n, rows[i].after, rows[i].notice, rows[i].again), rows[i].want);
    n.state = RESOLUTION_DROPPED;
    assert_int_equal(resolution_next(&n, 0, 7 * D, 7 * D), 0);
    n = (struct resolution){ .state = RESOLUTION_OPEN };
    assert_int_equal(resolution_next(&n, 0, 7 * D, 7 * D), 0);
}

static void being_told_never_stands_still(void **state)
{
    (void)state;
    struct resolution n = { .state = RESOLUTION_OPEN, .v.due_at = 37 * D };
    ms                at = 0, last;
    for (int i = 0; i < 100; i++) {
        last = at;
        at = resolution_next(&n, at, 5 * D, 3 * D);
        assert_true(at > last);
    }
}

static void a_correction_says_what_it_was(void **state)
{
    (void)state;
    static const struct field table[] = { FIELD_STR(struct resolved, title, 0, 0, 0, ""), FIELD_WORD(struct resolved, way, resolution_way_words, 0, ""),
                                          FIELD_IDS(struct resolved, org_ids, 0, 0, 0, ""), FIELD_TIME(struct resolved, due_at, 0, ""), FIELD_END };
    static const int64_t one[] = { 5 }, two[] = { 5, 6 };
    struct resolved      before = { .title = STR("修路"), .way = WAY_MEETING, .org_ids = { one, 1 }, .due_at = 7 }, after = before;
    assert_null(resolution_changed(arena, table, &before, &after).ptr);
    after.title = STR("修两条路");
    after.org_ids = (struct ids){ two, 2 };
    assert_true(str_is(resolution_changed(arena, table, &before, &after), "{\"title\":\"修路\",\"org_ids\":[\"5\"]}"));
    after = before;
    after.way = WAY_CIRCULATION;
    after.due_at = 0;
    assert_true(str_is(resolution_changed(arena, table, &before, &after), "{\"way\":\"meeting\",\"due_at\":7}"));
}

int main(void)
{
#define RULE(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)
    const struct CMUnitTest tests[] = {
        RULE(it_is_late_once_its_day_is_over), RULE(somebody_is_told_before_on_and_after_its_day), RULE(being_told_never_stands_still), RULE(a_correction_says_what_it_was),
    };
    return cmocka_run_group_tests_name("resolution", tests, NULL, NULL);
}
