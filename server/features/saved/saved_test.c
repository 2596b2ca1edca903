/* What may be kept, and whose shared things somebody sees. The routes: tests/api/saved.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "../../base/log.h"
#include "../../db/test_db.h"
#include "../setting/setting.h"
#include "saved_rules.h"

#define TENANT 1

static struct test_db db;
static struct app     app;
static struct arena  *arena;
static int64_t        root, street, community, other, department, office;

static err make(struct db_conn *c, void *arg)
{
    (void)arg;
    TRY(unit_area_add(c, arena, TENANT, &(struct unit_area_new){ 0, "district", STR_NONE, STR("区"), STR_NONE, STR_NONE }, 1, &root));
    TRY(unit_area_add(c, arena, TENANT, &(struct unit_area_new){ root, "street", STR_NONE, STR("东街"), STR_NONE, STR_NONE }, 1, &street));
    TRY(unit_area_add(c, arena, TENANT, &(struct unit_area_new){ street, "community", STR_NONE, STR("甲"), STR_NONE, STR_NONE }, 1, &community));
    TRY(unit_area_add(c, arena, TENANT, &(struct unit_area_new){ street, "community", STR_NONE, STR("乙"), STR_NONE, STR_NONE }, 1, &other));
    TRY(unit_org_add(c, arena, TENANT, &(struct unit_org_new){ .area = street, .kind = "department", .name = STR("城管办") }, 1, &department));
    return unit_org_add(c, arena, TENANT, &(struct unit_org_new){ .parent = department, .area = community, .kind = "department", .name = STR("中队") },
                        1, &office);
}

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    log_setup(LOG_ERROR + 1, false);
    test_db_open(&db);
    app = (struct app){ .db = db.db, .tenant = TENANT, .data_dir = db.folder };
    assert_false(failed(setting_feature.start(&app)));
    assert_false(failed(db_write(db.db, 0, make, NULL)));
    assert_false(failed(unit_feature.start(&app)));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unit_feature.stop(&app);
    setting_feature.stop(&app);
    test_db_close(&db);
    arena_free(arena);
    return 0;
}

static void a_view_is_the_query_of_an_address(void **state)
{
    (void)state;
    static const struct { const char *json; enum err_code want; } rows[] = {
        { "{}", ERR_NONE },
        { "{\"state\":[\"reported\",\"accepted\"],\"due\":\"overdue\",\"sort\":\"due\"}", ERR_NONE },
        { "{\"q\":\"井盖 & 路灯\"}", ERR_NONE },
        { "[]", ERR_WRONG_TYPE },
        { "\"state=reported\"", ERR_WRONG_TYPE },
        { "{\"state\":3}", ERR_WRONG_TYPE },
        { "{\"state\":{\"a\":\"b\"}}", ERR_WRONG_TYPE },
        { "{\"state\":[\"reported\",3]}", ERR_WRONG_TYPE },
        { "{\"state\":[[\"reported\"]]}", ERR_WRONG_TYPE },
        { "{\"after\":\"x\"}", ERR_INVALID },
        { "{\"\":\"x\"}", ERR_INVALID },
        { "{\"State\":\"x\"}", ERR_INVALID },
        { "{\"a.b\":\"x\"}", ERR_INVALID },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (saved_query_fault(str_of(rows[i].json)) != rows[i].want)
            fail_msg("%s: %d", rows[i].json, saved_query_fault(str_of(rows[i].json)));
}

static void a_view_has_bounds(void **state)
{
    (void)state;
    struct buf b = buf_new(arena, 0);
    buf_z(&b, "{\"q\":\"");
    for (int i = 0; i < 200; i++)
        buf_byte(&b, 'x');
    buf_z(&b, "\"}");
    assert_int_equal(saved_query_fault(buf_view(&b)), ERR_NONE);
    struct buf more = buf_new(arena, 0);
    buf_str(&more, (struct str){ b.ptr, b.len - 2 });
    buf_z(&more, "x\"}");
    assert_int_equal(saved_query_fault(buf_view(&more)), ERR_TOO_LONG);

    struct buf many = buf_new(arena, 0);
    buf_z(&many, "{\"a\":\"\"");
    for (int i = 0; i < 20; i++)
        buf_fmt(&many, ",\"%c%c\":\"\"", 'a' + i, 'z');
    buf_z(&many, "}");
    assert_int_equal(saved_query_fault(buf_view(&many)), ERR_TOO_LONG);
}

static void braces_stand_for_what_a_case_has(void **state)
{
    (void)state;
    static const struct { const char *text; enum err_code want; } rows[] = {
        { "", ERR_NONE },
        { "已收到，谢谢。", ERR_NONE },
        { "您反映的 {code}（{address}）已转{org}。", ERR_NONE },
        { "{code}{title}{address}{area}{category}{org}", ERR_NONE },
        { "{name}", ERR_PLACEHOLDER },
        { "{}", ERR_PLACEHOLDER },
        { "{code", ERR_PLACEHOLDER },
        { "code}", ERR_PLACEHOLDER },
        { "{{code}}", ERR_PLACEHOLDER },
        { "{code} {", ERR_PLACEHOLDER },
        { "{ code }", ERR_PLACEHOLDER },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (saved_text_fault(str_of(rows[i].text)) != rows[i].want)
            fail_msg("%s: %d", rows[i].text, saved_text_fault(str_of(rows[i].text)));
}

static struct ids seen(const struct grant *grants, size_t n)
{
    const struct unit_snapshot *u = unit_hold(&app);
    struct ids                  ids = saved_units(u, arena, grants, n);
    unit_release(u);
    return ids;
}

static void what_is_shared_above_is_seen_below(void **state)
{
    (void)state;
    struct ids ids = seen(&(struct grant){ .unit = { UNIT_AREA, community } }, 1);
    assert_int_equal(ids.len, 3);
    assert_true(ids_has(ids, community) && ids_has(ids, street) && ids_has(ids, root));
    ids = seen(&(struct grant){ .unit = { UNIT_AREA, street } }, 1);
    assert_false(ids_has(ids, community));
    assert_int_equal(seen(NULL, 0).len, 0);
    assert_int_equal(seen(&(struct grant){ .unit = { UNIT_AREA, 999 } }, 1).len, 0);
}

static void an_organisation_sees_its_areas_things_too(void **state)
{
    (void)state;
    struct grant two[] = { { .unit = { UNIT_ORG, office } }, { .unit = { UNIT_AREA, other } } };
    struct ids   ids = seen(two, 1);
    assert_int_equal(ids.len, 5);
    assert_true(ids_has(ids, office) && ids_has(ids, department) && ids_has(ids, community) && ids_has(ids, street) && ids_has(ids, root));
    ids = seen(two, 2);
    assert_int_equal(ids.len, 6);   /* none twice */
    assert_true(ids_has(ids, other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_view_is_the_query_of_an_address),   cmocka_unit_test(a_view_has_bounds),
        cmocka_unit_test(braces_stand_for_what_a_case_has),    cmocka_unit_test(what_is_shared_above_is_seen_below),
        cmocka_unit_test(an_organisation_sees_its_areas_things_too),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
