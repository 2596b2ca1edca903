/* Tests of importing areas and of what is written: known squares with known overlaps and gaps, refusals, versions, codes, the one root. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../base/id.h"
#include "../../db/test_db.h"
#include "../search/search.h"
#include "unit_cover.h"
#include "unit_import.h"

#define TENANT 1
#define NOW    ((ms)1790000000000)

#define assert_err(call, want) assert_int_equal((call).code, (want))
#define assert_ok(call)        assert_err(call, ERR_NONE)

static struct arena  *arena;
static struct test_db t;
static struct app     app;
static ms             now;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    now = NOW;
    test_db_open(&t);
    app = (struct app){ .db = t.db, .tenant = TENANT, .tenant_name = "示范区" };
    assert_ok(unit_feature.start(&app));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unit_feature.stop(&app);
    search_feature.stop(&app);   /* units answer searches */
    test_db_close(&t);
    arena_free(arena);
    return 0;
}

/* ---- files made of rectangles ---- */

struct part { const char *name; int code; double west, south, east, north; };

static struct str file_of(const struct part *parts, size_t n)
{
    struct buf b = buf_new(arena, 0);
    buf_z(&b, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (size_t i = 0; i < n; i++) {
        const struct part *p = &parts[i];
        buf_fmt(&b, "%s{\"type\":\"Feature\",\"properties\":{\"name\":\"%s\",\"code\":%d},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                    "[[[%.7f,%.7f],[%.7f,%.7f],[%.7f,%.7f],[%.7f,%.7f],[%.7f,%.7f]]]}}",
                i ? "," : "", p->name, p->code, p->west, p->south, p->east, p->south, p->east, p->north, p->west, p->north, p->west, p->south);
    }
    buf_z(&b, "]}");
    return buf_view(&b);
}

struct work { struct str text, report; struct unit_import_options o; };

static err work_import(struct db_conn *c, void *arg)
{
    struct work *w = arg;
    return unit_import(c, arena, &app, w->text, &w->o, now++, 0, &w->report);
}

static err import_text(struct str text, struct unit_import_options o, json_t **report)
{
    struct work w = { .text = text, .o = o };
    o.code_property = o.code_property ? o.code_property : "code";
    w.o = o;
    err e = db_write(t.db, 0, work_import, &w);
    *report = failed(e) ? NULL : json_loadb(w.report.ptr, w.report.len, JSON_REJECT_DUPLICATES, NULL);
    return e;
}

#define IMPORT(parts, ...)                                                                                                     \
    ({                                                                                                                         \
        json_t *report_;                                                                                                       \
        assert_ok(import_text(file_of((parts), sizeof(parts) / sizeof *(parts)), (struct unit_import_options){ __VA_ARGS__ }, &report_)); \
        report_;                                                                                                               \
    })

static long long number(const json_t *report, const char *key)
{
    return json_integer_value(json_object_get(report, key));
}

static const json_t *first_of(const json_t *report, const char *list)
{
    return json_array_get(json_object_get(report, list), 0);
}

static double m2_of(double west, double south, double east, double north)
{
    double ring[] = { west, south, east, south, east, north, west, north, west, south };
    return ring_m2(ring, 5);
}

static int64_t at(double lon, double lat)
{
    const struct unit_snapshot *s = unit_hold(&app);
    struct unit_place           p;
    unit_find(s, lon, lat, 0, &p);
    unit_release(s);
    return p.area;
}

static int32_t area_count(void)
{
    const struct unit_snapshot *s = unit_hold(&app);
    int32_t                     n = s->areas;
    unit_release(s);
    return n;
}

/* ---- overlaps, gaps, outside ---- */

static void known_overlaps_are_measured(void **state)
{
    static const struct part parts[] = { { "甲", 1, 120, 23, 120.02, 23.01 }, { "乙", 2, 120.015, 23, 120.03, 23.01 }, { "丙", 3, 120.03, 23, 120.04, 23.01 } };
    json_t                  *r = IMPORT(parts, .kind = "street", .dry_run = true);
    const json_t            *o = first_of(r, "overlaps");
    (void)state;
    assert_int_equal(number(r, "overlap_count"), 1);
    assert_string_equal(json_string_value(json_object_get(o, "a")), "甲");
    assert_string_equal(json_string_value(json_object_get(o, "b")), "乙");
    assert_true(fabs((double)number(o, "m2") - m2_of(120.015, 23, 120.02, 23.01)) <= 1);
    assert_int_equal(number(r, "gap_count"), 0);
    json_decref(r);
}

/* 甲 covers two that fit each other: how many lie over the place is the same on both sides of their border, who they are is not. */
static void an_overlap_with_two_neighbours_is_shared_out(void **state)
{
    static const struct part parts[] = { { "乙", 2, 120, 23, 120.01, 23.01 }, { "丙", 3, 120.01, 23, 120.02, 23.01 }, { "甲", 1, 120.008, 23.002, 120.018, 23.004 } };
    json_t                  *r = IMPORT(parts, .kind = "street", .dry_run = true);
    const json_t            *list = json_object_get(r, "overlaps");
    (void)state;
    assert_int_equal(number(r, "overlap_count"), 2);
    assert_true(fabs((double)number(json_array_get(list, 0), "m2") - m2_of(120.01, 23.002, 120.018, 23.004)) <= 1);
    assert_true(fabs((double)number(json_array_get(list, 1), "m2") - m2_of(120.008, 23.002, 120.01, 23.004)) <= 1);
    json_decref(r);
}

static void a_hole_between_areas_is_a_gap(void **state)
{
    struct part parts[8];
    size_t      n = 0;
    (void)state;
    for (int i = 0; i < 9; i++)
        if (i != 4) {
            double west = 120 + i % 3 * 0.01, south = 23 + i / 3 * 0.01;
            parts[n] = (struct part){ "格", (int)n + 1, west, south, west + 0.01, south + 0.01 };
            n++;
        }
    json_t       *r = IMPORT(parts, .kind = "street", .dry_run = true);
    const json_t *gap = first_of(r, "gaps");
    assert_int_equal(number(r, "gap_count"), 1);
    assert_true(fabs((double)number(gap, "m2") - m2_of(120.01, 23.01, 120.02, 23.02)) <= 2);
    double lon = json_real_value(json_object_get(json_object_get(gap, "at"), "lon"));
    assert_true(lon > 120.01 && lon < 120.02);
    assert_int_equal(number(r, "overlap_count"), 0);
    json_decref(r);
}

static void below_a_parent_gaps_and_what_lies_outside_are_told(void **state)
{
    static const struct part street[] = { { "街", 1, 120, 23, 120.02, 23.02 } };
    static const struct part parts[] = { { "内", 11, 120, 23, 120.02, 23.01 }, { "外", 12, 120, 23.01, 120.025, 23.018 } };
    (void)state;
    json_decref(IMPORT(street, .kind = "street"));
    json_t *r = IMPORT(parts, .kind = "community", .dry_run = true);
    assert_int_equal(number(r, "gap_count"), 1);
    assert_string_equal(json_string_value(json_object_get(first_of(r, "gaps"), "parent")), "街");
    assert_true(fabs((double)number(first_of(r, "gaps"), "m2") - m2_of(120, 23.018, 120.02, 23.02)) <= 1);
    assert_int_equal(number(r, "outside_count"), 1);
    assert_string_equal(json_string_value(json_object_get(first_of(r, "outside"), "name")), "外");
    assert_true(fabs((double)number(first_of(r, "outside"), "m2") - m2_of(120.02, 23.01, 120.025, 23.018)) <= 1);
    json_decref(r);
}

static void areas_there_already_are_compared_with(void **state)
{
    static const struct part first[] = { { "旧", 1, 120, 23, 120.02, 23.01 }, { "旧二", 2, 120.019, 23, 120.03, 23.01 } };
    static const struct part more[] = { { "新", 3, 120.025, 23, 120.04, 23.01 } };
    (void)state;
    json_decref(IMPORT(first, .kind = "street"));
    json_t *r = IMPORT(more, .kind = "street", .dry_run = true);
    assert_int_equal(number(r, "overlap_count"), 1);   /* that the two old ones overlap is no news */
    assert_true(fabs((double)number(first_of(r, "overlaps"), "m2") - m2_of(120.025, 23, 120.03, 23.01)) <= 1);
    json_decref(r);
}

/* Slivers that rounding leaves are not told. */
static void slivers_are_not_told(void **state)
{
    static const struct part parts[] = { { "甲", 1, 120, 23, 120.0100003, 23.01 }, { "乙", 2, 120.01, 23, 120.02, 23.01 } };
    json_t                  *r = IMPORT(parts, .kind = "street", .dry_run = true);
    (void)state;
    assert_int_equal(number(r, "overlap_count"), 0);
    json_decref(r);
}

/* ---- where they go ---- */

static void a_district_without_a_root_gets_one(void **state)
{
    static const struct part parts[] = { { "甲", 1, 120, 23, 120.01, 23.01 }, { "乙", 2, 120.01, 23, 120.02, 23.01 } };
    json_t                  *r = IMPORT(parts, .kind = "street", .dry_run = true);
    (void)state;
    assert_string_equal(json_string_value(json_object_get(r, "root_made")), "示范区");
    assert_int_equal(area_count(), 0);
    json_decref(r);
    json_decref(IMPORT(parts, .kind = "street"));
    const struct unit_snapshot *s = unit_hold(&app);
    assert_int_equal(s->areas, 3);
    assert_true(str_is(s->nodes[0].name, "示范区") && str_is(s->nodes[0].kind, "district"));
    assert_true(fabs(shape_m2(s->nodes[0].shape) - m2_of(120, 23, 120.02, 23.01)) < 2);
    assert_int_equal(s->nodes[1].parent, 0);
    unit_release(s);
    assert_true(at(120.005, 23.005) && at(120.005, 23.005) != at(120.015, 23.005));
}

static err add_bare_root(struct db_conn *c, void *arg)
{
    struct unit_area_new n = { .kind = "district", .name = STR("区") };
    return unit_area_add(c, arena, TENANT, &n, now, arg);
}

static void a_root_without_a_polygon_gets_it_from_the_first_import(void **state)
{
    static const struct part parts[] = { { "甲", 1, 120, 23, 120.01, 23.01 } };
    int64_t                  root;
    (void)state;
    assert_ok(db_write(t.db, 0, add_bare_root, &root));
    assert_ok(unit_reload(&app));
    json_decref(IMPORT(parts, .kind = "street"));
    const struct unit_snapshot *s = unit_hold(&app);
    assert_int_equal(unit_root(s), root);
    assert_true(s->nodes[0].shape != NULL);
    unit_release(s);
    assert_err(db_write(t.db, 0, add_bare_root, &root), ERR_TAKEN);
}

static void parents_are_found_by_polygon(void **state)
{
    static const struct part streets[] = { { "东", 1, 120, 23, 120.01, 23.02 }, { "西", 2, 120.01, 23, 120.02, 23.02 } };
    static const struct part communities[] = { { "一", 11, 120, 23, 120.011, 23.01 }, { "二", 12, 120.012, 23, 120.02, 23.01 }, { "三", 13, 121, 23, 121.01, 23.01 } };
    (void)state;
    json_decref(IMPORT(streets, .kind = "street"));
    json_t *r = IMPORT(communities, .kind = "community");
    assert_true(json_is_true(json_object_get(r, "applied")));
    json_decref(r);
    const struct unit_snapshot *s = unit_hold(&app);
    static const char *const    above[][2] = { { "一", "东" }, { "二", "西" }, { "三", "示范区" } };
    for (int32_t i = 0; i < s->areas; i++)
        for (int k = 0; k < 3; k++)
            if (str_is(s->nodes[i].name, above[k][0]))
                assert_true(str_is(s->nodes[s->nodes[i].parent].name, above[k][1]));
    unit_release(s);
}

static void namesakes_without_codes_are_told_apart_by_their_place(void **state)
{
    struct part parts[] = { { "中心", 0, 120, 23, 120.01, 23.01 }, { "中心", 0, 120.05, 23, 120.06, 23.01 } };
    json_t     *r;
    (void)state;
    struct str text = file_of(parts, 2);
    struct work w = { .text = text, .o = { .kind = "street", .name_property = "name" } };
    assert_ok(db_write(t.db, 0, work_import, &w));
    assert_int_equal(area_count(), 3);
    int64_t first = at(120.005, 23.005), second = at(120.055, 23.005);
    parts[1].north = 23.02;
    w.text = file_of((struct part[]){ parts[1], parts[0] }, 2);
    assert_ok(db_write(t.db, 0, work_import, &w));
    r = json_loadb(w.report.ptr, w.report.len, 0, NULL);
    assert_int_equal(number(r, "updated"), 1);
    assert_int_equal(number(r, "same"), 1);
    json_decref(r);
    assert_int_equal(at(120.005, 23.005), first);
    assert_int_equal(at(120.055, 23.015), second);
}

/* ---- refusals ---- */

static void bad_options_name_their_field(void **state)
{
    static const struct part parts[] = { { "甲", 1, 120, 23, 120.01, 23.01 } };
    static const struct { struct unit_import_options o; enum err_code code; const char *field; } bad[] = {
        { { .crs = "utm", .kind = "street" }, ERR_CRS_UNKNOWN, "crs" },
        { { .kind = "planet" }, ERR_NOT_A_CHOICE, "kind" },
        { { .kind = "grid" }, ERR_PARENT_KIND, "kind" },
        { { .kind = "street", .parent = 5 }, ERR_UNKNOWN_REFERENCE, "parent" },
    };
    json_t *r;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        err e = import_text(file_of(parts, 1), bad[i].o, &r);
        assert_int_equal(e.code, bad[i].code);
        assert_string_equal(e.field, bad[i].field);
    }
    assert_err(import_text(STR("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}]}"),
                           (struct unit_import_options){ .kind = "street" }, &r), ERR_REQUIRED);
    assert_err(import_text(STR("[1"), (struct unit_import_options){ .kind = "street" }, &r), ERR_GEOJSON);
    assert_int_equal(area_count(), 0);
}

static void one_refused_feature_keeps_all_out(void **state)
{
    static const struct part parts[] = { { "甲", 1, 120, 23, 120.01, 23.01 }, { "", 2, 120.01, 23, 120.02, 23.01 }, { "丙", 1, 120.02, 23, 120.03, 23.01 } };
    json_t                  *r = IMPORT(parts, .kind = "street");
    (void)state;
    assert_false(json_is_true(json_object_get(r, "applied")));
    assert_int_equal(number(r, "refused_count"), 2);
    assert_string_equal(json_string_value(json_object_get(first_of(r, "refused"), "code")), "required");
    assert_int_equal(number(first_of(r, "refused"), "feature"), 2);
    assert_int_equal(area_count(), 0);
    json_decref(r);
}

static err work_apply(struct db_conn *c, void *arg)
{
    return import_apply(c, arg, now++, 0);
}

static void a_plan_is_void_when_the_map_changed(void **state)
{
    static const struct part     parts[] = { { "甲", 1, 120, 23, 120.01, 23.01 } }, others[] = { { "乙", 2, 121, 23, 121.01, 23.01 } };
    const struct unit_snapshot  *s = unit_hold(&app);
    struct unit_import_options   o = { .kind = "street", .code_property = "code" };
    struct import_plan          *p;
    (void)state;
    assert_ok(import_plan(&app, s, arena, file_of(parts, 1), &o, &p));
    json_decref(IMPORT(others, .kind = "street"));
    assert_err(db_write(t.db, 0, work_apply, p), ERR_CONFLICT);
    assert_int_equal(area_count(), 2);
    import_close(p);
    unit_release(s);
}

/* ---- what is written ---- */

DB_SQL(test_shape_versions, "SELECT COUNT(*) FROM area_shape WHERE tenant_id = $1 AND valid_to IS NOT NULL")
DB_SQL(test_audit_rows, "SELECT COUNT(*) FROM audit WHERE tenant_id = $1 AND action = 'area.import'")

struct count { const struct db_sql *sql; int64_t n; };

static err work_count(struct db_conn *c, void *arg)
{
    struct count *k = arg;
    return db_number(c, k->sql, DB_ARGS(I64(TENANT)), &k->n);
}

static int64_t count(const struct db_sql *sql)
{
    struct count k = { .sql = sql };
    assert_ok(db_read(t.db, work_count, &k));
    return k.n;
}

static void a_new_shape_is_a_version_and_each_import_is_audited(void **state)
{
    struct part parts[] = { { "甲", 1, 120, 23, 120.01, 23.01 }, { "乙", 2, 120.01, 23, 120.02, 23.01 } };
    (void)state;
    json_decref(IMPORT(parts, .kind = "street"));
    assert_int_equal(count(&test_shape_versions), 0);
    parts[0].north = 23.02;
    json_decref(IMPORT(parts, .kind = "street"));
    assert_int_equal(count(&test_shape_versions), 1);
    json_decref(IMPORT(parts, .kind = "street"));
    assert_int_equal(count(&test_shape_versions), 1);
    assert_int_equal(count(&test_audit_rows), 3);
}

static err work_rows(struct db_conn *c, void *arg)
{
    struct area_row a = { .id = 1, .kind = STR("district"), .name = STR("区"), .code = STR("44"), .class_ = STR_NONE, .valid_from = 1000,
                          .valid_to = 2000, .created_at = 1, .updated_at = 1 };
    struct area_row b = { .id = 2, .parent_id = 1, .kind = STR("street"), .name = STR("街"), .code = STR_NONE, .class_ = STR_NONE,
                          .valid_from = 1000, .created_at = 1, .updated_at = 1 };
    (void)arg;
    TRY(area_insert(c, arena, TENANT, &a));
    TRY(area_insert(c, arena, TENANT, &b));
    assert_err(area_code_free(c, TENANT, STR("44"), 0, 1999, 0), ERR_CODE_TAKEN);
    assert_err(area_code_free(c, TENANT, STR("44"), 0, 0, 1001), ERR_CODE_TAKEN);
    assert_ok(area_code_free(c, TENANT, STR("44"), 0, 2000, 0));
    assert_ok(area_code_free(c, TENANT, STR("44"), 0, 0, 1000));
    assert_ok(area_code_free(c, TENANT, STR("44"), 1, 1500, 0));
    assert_err(area_no_cycle(c, TENANT, 1, 2), ERR_CYCLE);
    assert_err(area_no_cycle(c, TENANT, 1, 1), ERR_CYCLE);
    assert_ok(area_no_cycle(c, TENANT, 2, 1));
    assert_err(area_no_cycle(c, TENANT, 2, 99), ERR_UNKNOWN_REFERENCE);
    return OK;
}

static void codes_are_used_once_in_their_period_and_trees_have_no_loops(void **state)
{
    (void)state;
    assert_ok(db_write(t.db, 0, work_rows, NULL));
}

/* ---- many ---- */

/* A grid of 5,000 areas, some of which do not fit. */
static void five_thousand_areas_take_seconds(void **state)
{
    struct part *parts = ARENA_ARRAY(arena, 5000, struct part);
    (void)state;
    for (int i = 0; i < 5000; i++) {
        double west = 120 + i % 100 * 0.002, south = 23 + i / 100 * 0.002;
        parts[i] = (struct part){ "区域", i + 1, west, south, west + 0.002 + (i % 50 == 7 ? 0.0005 : 0), south + 0.002 };
    }
    json_t *r;
    ms      began = clock_monotonic();
    assert_ok(import_text(file_of(parts, 5000), (struct unit_import_options){ .kind = "street" }, &r));
    ms took = clock_monotonic() - began;
    print_message("5,000 areas in %lld ms\n", (long long)took);
    assert_int_equal(number(r, "created"), 5000);
    assert_int_equal(number(r, "overlap_count"), 100);
    assert_true(took < 60000);
    json_decref(r);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(known_overlaps_are_measured),
        TEST(an_overlap_with_two_neighbours_is_shared_out),
        TEST(a_hole_between_areas_is_a_gap),
        TEST(below_a_parent_gaps_and_what_lies_outside_are_told),
        TEST(areas_there_already_are_compared_with),
        TEST(slivers_are_not_told),
        TEST(a_district_without_a_root_gets_one),
        TEST(a_root_without_a_polygon_gets_it_from_the_first_import),
        TEST(parents_are_found_by_polygon),
        TEST(namesakes_without_codes_are_told_apart_by_their_place),
        TEST(bad_options_name_their_field),
        TEST(one_refused_feature_keeps_all_out),
        TEST(a_plan_is_void_when_the_map_changed),
        TEST(a_new_shape_is_a_version_and_each_import_is_audited),
        TEST(codes_are_used_once_in_their_period_and_trees_have_no_loops),
        TEST(five_thousand_areas_take_seconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
