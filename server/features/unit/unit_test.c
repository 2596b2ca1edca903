/* Tests of areas: coordinates, polygons, the tree in memory, lookups. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../db/test_db.h"
#include "../setting/setting.h"
#include "unit_geo.h"
#include "unit_inside.h"
#include "unit_org.h"

#define TENANT 7
#define NOW    ((ms)1790000000000)

#define assert_err(call, want) assert_int_equal((call).code, (want))
#define assert_ok(call)        assert_err(call, ERR_NONE)

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

/* ---- coordinates ---- */

/* Metres between two near points. */
static double apart(double lon0, double lat0, double lon1, double lat1)
{
    struct scale m = scale_at(lat0);
    return hypot((lon1 - lon0) * m.lon, (lat1 - lat0) * m.lat);
}

/* There and back, from either side. */
static double lost(enum crs c, double lon, double lat)
{
    double x = lon, y = lat, u = lon, v = lat;
    crs_from_wgs84(c, &x, &y);
    crs_to_wgs84(c, &x, &y);
    crs_to_wgs84(c, &u, &v);
    crs_from_wgs84(c, &u, &v);
    return fmax(apart(lon, lat, x, y), apart(lon, lat, u, v));
}

/* All of China, on a grid and at random. */
static void crs_round_trip_stays_below_a_centimetre(void **state)
{
    (void)state;
    srand48(1);
    for (enum crs c = CRS_WGS84; c <= CRS_BD09; c++) {
        double worst = 0;
        int    points = 0;
        for (double lat = 18; lat <= 54; lat += 0.25)
            for (double lon = 73; lon <= 135; lon += 0.25, points++)
                worst = fmax(worst, lost(c, lon, lat));
        for (int i = 0; i < 50000; i++, points++)
            worst = fmax(worst, lost(c, 73 + 62 * drand48(), 18 + 36 * drand48()));
        print_message("%s: %d points there and back, at most %.2g m off\n", crs_name(c), points, worst);
        assert_true(worst < 0.01);
    }
}

/* The meridian and the parallel at which the shift's root terms have their kinks. */
static void crs_round_trip_holds_at_the_kinks(void **state)
{
    (void)state;
    for (int i = -50; i <= 50; i++) {
        double x = 105 + i * 1e-7, y = 35 + i * 1e-7, lon = x, lat = y;
        crs_from_wgs84(CRS_GCJ02, &x, &y);
        crs_to_wgs84(CRS_GCJ02, &x, &y);
        assert_true(apart(lon, lat, x, y) < 0.01);
    }
}

static void crs_shift_at_shanghai_is_as_published(void **state)
{
    double x = 121.4737, y = 31.2304, u = 121.4737, v = 31.2304;
    (void)state;
    crs_from_wgs84(CRS_GCJ02, &x, &y);
    assert_true(fabs(apart(121.4737, 31.2304, x, y) - 482) < 15);
    crs_from_wgs84(CRS_BD09, &u, &v);
    assert_true(apart(x, y, u, v) > 500 && apart(x, y, u, v) < 1100);
}

static void crs_outside_china_does_not_shift(void **state)
{
    double x = -118.25, y = 34.05;
    (void)state;
    crs_to_wgs84(CRS_GCJ02, &x, &y);
    assert_true(x == -118.25 && y == 34.05);
}

static void crs_names(void **state)
{
    (void)state;
    assert_int_equal(crs_find(STR("gcj02")), CRS_GCJ02);
    assert_int_equal(crs_find(STR("cgcs2000")), CRS_WGS84);
    assert_int_equal(crs_find(STR_NONE), CRS_WGS84);
    assert_int_equal(crs_find(STR("epsg:3857")), CRS_UNKNOWN);
}

/* ---- reading shapes ---- */

static struct str rectangle(double west, double south, double east, double north)
{
    return str_fmt(arena, "{\"type\":\"Polygon\",\"coordinates\":[[[%.9f,%.9f],[%.9f,%.9f],[%.9f,%.9f],[%.9f,%.9f],[%.9f,%.9f]]]}", west, south,
                   east, south, east, north, west, north, west, south);
}

static err store(struct str text, bool repair, struct geo_stored *out)
{
    struct geos g;
    geo_open(&g, arena);
    err e = geo_store(&g, text, CRS_WGS84, repair, out);
    geo_close(&g);
    return e;
}

static struct shape *shape_of(struct str text)
{
    struct geo_stored s;
    struct shape     *made = NULL;
    assert_ok(store(text, false, &s));
    assert_ok(shape_make(1, s.wkb, &made));
    return made;
}

static void bad_shapes_are_refused(void **state)
{
    static const char *const bad[] = {
        "", "[]", "null", "{\"type\":\"Point\",\"coordinates\":[1,2]}", "{\"type\":\"Polygon\"}",
        "{\"type\":\"Polygon\",\"coordinates\":[]}", "{\"type\":\"Polygon\",\"coordinates\":[[]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[0,0]]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,1]]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,\"1\"],[0,0]]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[181,0],[1,1],[0,0]]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,91],[1,1],[0,0]]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1e999,0],[1,1],[0,0]]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]],\"type\":\"Polygon\"}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[2,0],[0,0]]]}",
        "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[1,0],[1,1],[0,0]]],[[[0,0]]]]}",
    };
    struct geo_stored s;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_err(store(str_of(bad[i]), true, &s), ERR_SHAPE);
}

static void a_bow_tie_is_refused_or_repaired(void **state)
{
    struct str        tie = STR("{\"type\":\"Polygon\",\"coordinates\":[[[120,23],[120.01,23.01],[120.01,23],[120,23.01],[120,23]]]}");
    struct geo_stored s;
    struct shape     *made;
    (void)state;
    assert_err(store(tie, false, &s), ERR_SHAPE);
    assert_ok(store(tie, true, &s));
    assert_true(s.repaired);
    assert_true(str_starts(s.reason, "Self-intersection"));
    assert_true(apart(s.lon, s.lat, 120.005, 23.005) < 1);
    assert_ok(shape_make(1, s.wkb, &made));
    assert_true(shape_holds(made, 120.002, 23.005));
    assert_false(shape_holds(made, 120.005, 23.002));
    shape_drop(made);
}

static void equal_shapes_store_equal_bytes(void **state)
{
    struct geo_stored a, b;
    (void)state;
    assert_ok(store(STR("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}"), false, &a));
    assert_ok(store(STR("{\"type\":\"MultiPolygon\",\"coordinates\":[[[[1,1,9],[1,0,9],[0,0,9],[0,1,9],[1,1,9]]]]}"), false, &b));
    assert_true(str_eq(a.wkb, b.wkb));
}

/* A degree square at the equator: 12,308,463,894 m² by integrating the ellipsoid numerically; a tenth of a degree at 60°: about half as much. */
static void areas_are_those_of_the_ellipsoid(void **state)
{
    struct shape *one = shape_of(rectangle(0, 0, 1, 1)), *north = shape_of(rectangle(10, 60, 10.1, 60.1));
    (void)state;
    assert_true(fabs(shape_m2(one) / 12308463893.98 - 1) < 1e-6);
    struct scale m = scale_at(60.05);
    assert_true(fabs(shape_m2(north) / (m.lon * m.lat * 0.01) - 1) < 1e-4);
    shape_drop(one);
    shape_drop(north);
}

static void a_hole_is_not_inside(void **state)
{
    struct shape *s = shape_of(STR("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[1,3],[3,3],[3,1],[1,1]]]}"));
    double        lon, lat, x, y;
    (void)state;
    assert_true(shape_holds(s, 0.5, 2));
    assert_false(shape_holds(s, 2, 2));
    assert_false(shape_holds(s, 5, 2));
    assert_false(shape_holds(s, NAN, 2));
    shape_inner(s, &lon, &lat);
    assert_true(shape_holds(s, lon, lat));
    /* 0.0001° west of the hole's western border. */
    double d = shape_border(s, 0.9999, 2, scale_at(2), 50, &x, &y);
    assert_true(fabs(d - 0.0001 * scale_at(2).lon) < 1e-6);
    assert_true(fabs(x - 1) < 1e-9 && fabs(y - 2) < 1e-9);
    assert_true(shape_border(s, 0.99, 2, scale_at(2), 50, &x, &y) < 0);
    shape_drop(s);
}

/* Whatever a point's place on a border two squares share, exactly one of them holds it. */
static void a_shared_border_belongs_to_exactly_one(void **state)
{
    struct shape *cells[3][3];
    (void)state;
    for (int i = 0; i < 9; i++)
        cells[i / 3][i % 3] = shape_of(rectangle(120 + i % 3 * 0.1, 23 + i / 3 * 0.1, 120.1 + i % 3 * 0.1, 23.1 + i / 3 * 0.1));
    for (int i = 1; i < 30; i++)
        for (int k = 1; k < 30; k++) {
            int held = 0;
            for (int n = 0; n < 9; n++)
                held += shape_holds(cells[n / 3][n % 3], strtod(str_z(arena, str_fmt(arena, "%.9f", 120 + i * 0.01)), NULL),
                                    strtod(str_z(arena, str_fmt(arena, "%.9f", 23 + k * 0.01)), NULL));
            assert_int_equal(held, 1);
        }
    for (int n = 0; n < 9; n++)
        shape_drop(cells[n / 3][n % 3]);
}

static void damaged_wkb_is_refused(void **state)
{
    struct geo_stored s;
    struct shape     *made;
    (void)state;
    assert_ok(store(rectangle(0, 0, 1, 1), false, &s));
    for (size_t n = 0; n < s.wkb.len; n++)
        assert_err(shape_make(1, (struct str){ s.wkb.ptr, n }, &made), ERR_SHAPE);
    char *huge = arena_copy(arena, s.wkb.ptr, s.wkb.len);
    memset(huge + 5, 0xFF, 4);
    assert_err(shape_make(1, (struct str){ huge, s.wkb.len }, &made), ERR_SHAPE);
}

/* ---- the tree ---- */

static const char kinds_text[] =
    "[{\"code\":\"district\",\"under\":[]},{\"code\":\"street\",\"under\":[\"district\"]},"
    "{\"code\":\"community\",\"under\":[\"street\",\"district\"]},{\"code\":\"grid\",\"under\":[\"community\"]},"
    "{\"code\":\"compound\",\"under\":[\"community\",\"grid\"]}]";

struct sketch { int64_t id, parent; const char *kind; double west, south, east, north; };

/* A district of two streets; street 2 has communities 4 and 5, community 4 grids 6 and 7 and over both of them compound 8. */
static const struct sketch district[] = {
    { 1, 0, "district", 120.00, 23.00, 120.04, 23.02 }, { 2, 1, "street", 120.00, 23.00, 120.02, 23.02 },
    { 3, 1, "street", 120.02, 23.00, 120.04, 23.02 },   { 4, 2, "community", 120.00, 23.00, 120.02, 23.01 },
    { 5, 2, "community", 120.00, 23.01, 120.02, 23.02 }, { 6, 4, "grid", 120.00, 23.00, 120.01, 23.01 },
    { 7, 4, "grid", 120.01, 23.00, 120.02, 23.01 },      { 8, 4, "compound", 120.008, 23.004, 120.012, 23.006 },
};

static struct unit_snapshot *snapshot_of(const struct sketch *sketch, size_t n, double lift)
{
    struct arena         *a = arena_new(0);
    struct unit_snapshot *s = ARENA_NEW(a, struct unit_snapshot);
    struct unode         *rows = ARENA_ARRAY(a, n + 3, struct unode);
    struct area_kinds     kinds = area_kinds_read(a, str_of(kinds_text));
    s->arena = a;
    for (size_t i = 0; i < n; i++) {
        const struct sketch *k = &sketch[i];
        struct geo_stored    g;
        rows[i] = (struct unode){ .id = k->id, .parent_id = k->parent, .unit = UNIT_AREA, .kind = str_of(k->kind), .shape_id = k->id + 100,
                                  .name = str_fmt(a, "area %d", (int)k->id), .valid_from = 1,
                                  .kind_order = (int8_t)area_kind_find(&kinds, str_of(k->kind)) };
        assert_ok(store(rectangle(k->west, k->south + lift, k->east, k->north + lift), false, &g));
        assert_ok(shape_make(rows[i].shape_id, g.wkb, &rows[i].shape));
    }
    rows[n] = (struct unode){ .id = 50, .unit = UNIT_ORG, .kind = STR("office"), .area_id = 2, .valid_from = 1 };
    rows[n + 1] = (struct unode){ .id = 51, .parent_id = 50, .unit = UNIT_ORG, .kind = STR("office"), .valid_from = 1, .valid_to = 2 };
    rows[n + 2] = (struct unode){ .id = 52, .unit = UNIT_ORG, .kind = STR("bank"), .valid_from = 1 };
    snapshot_arrange(s, rows, (int32_t)n + 3);
    return s;
}

#define AREA(id_) ((struct unit_ref){ UNIT_AREA, (id_) })
#define ORG(id_)  ((struct unit_ref){ UNIT_ORG, (id_) })
#define DISTRICT  snapshot_of(district, sizeof district / sizeof *district, 0)

static void the_tree_answers(void **state)
{
    struct unit_snapshot *s = DISTRICT;
    int32_t               first, last, first7, last7;
    (void)state;
    assert_int_equal(unit_root(s), 1);
    assert_int_equal(unit_parent(s, AREA(6)), 4);
    assert_int_equal(unit_parent(s, AREA(1)), 0);
    assert_int_equal(unit_depth(s, AREA(6)), 3);
    assert_int_equal(unit_depth(s, AREA(99)), -1);
    assert_int_equal(unit_depth(s, ORG(6)), -1);
    assert_int_equal(unit_depth(s, ORG(51)), 1);
    assert_true(unit_within(s, AREA(6), AREA(1)) && unit_within(s, AREA(6), AREA(6)) && unit_within(s, AREA(7), AREA(2)));
    assert_false(unit_within(s, AREA(4), AREA(6)) || unit_within(s, AREA(5), AREA(4)) || unit_within(s, AREA(6), AREA(3)));
    assert_false(unit_within(s, AREA(99), AREA(1)) || unit_within(s, AREA(1), AREA(99)) || unit_within(s, AREA(0), AREA(0)));
    assert_true(unit_within(s, ORG(51), ORG(50)));
    assert_false(unit_within(s, ORG(50), AREA(1)) || unit_within(s, ORG(52), ORG(50)));
    assert_int_equal(unit_area_of(s, ORG(50)), 2);
    assert_int_equal(unit_area_of(s, ORG(52)), 0);
    assert_int_equal(unit_area_of(s, AREA(5)), 5);
    assert_true(unit_in_use(s, ORG(50)) && !unit_in_use(s, ORG(51)) && !unit_in_use(s, ORG(99)));
    assert_int_equal(unit_above_of_kind(s, 8, "street"), 2);
    assert_int_equal(unit_above_of_kind(s, 8, "grid"), 0);
    assert_int_equal(unit_subtree(s, arena, AREA(4)).len, 4);
    assert_int_equal(unit_subtree(s, arena, AREA(1)).len, 8);
    assert_int_equal(unit_subtree(s, arena, AREA(77)).len, 0);
    unit_range(s, AREA(4), &first, &last);
    unit_range(s, AREA(7), &first7, &last7);
    assert_true(first <= first7 && last7 <= last && first7 == last7);
    assert_true(str_is(unit_name(s, AREA(3)), "area 3"));
    snapshot_free(s);
}

static void a_loop_in_the_rows_is_left_out(void **state)
{
    static const struct sketch loop[] = { { 1, 0, "district", 0, 0, 1, 1 }, { 2, 3, "street", 0, 0, 1, 1 }, { 3, 2, "street", 0, 0, 1, 1 } };
    struct unit_snapshot      *s = snapshot_of(loop, 3, 0);
    (void)state;
    assert_int_equal(unit_depth(s, AREA(1)), 0);
    assert_int_equal(unit_depth(s, AREA(2)), -1);
    assert_int_equal(s->count, 4);
    snapshot_free(s);
}

/* ---- lookups ---- */

static struct unit_place find(const struct unit_snapshot *s, double lon, double lat, double metres)
{
    struct unit_place p;
    unit_find(s, lon, lat, metres, &p);
    return p;
}

static void the_deepest_area_is_found(void **state)
{
    struct unit_snapshot *s = DISTRICT;
    (void)state;
    assert_int_equal(find(s, 120.005, 23.005, 15).area, 6);
    assert_int_equal(find(s, 120.005, 23.005, 15).shape, 106);
    assert_int_equal(find(s, 120.015, 23.005, 15).area, 7);
    assert_int_equal(find(s, 120.005, 23.015, 15).area, 5);
    assert_int_equal(find(s, 120.03, 23.015, 15).area, 3);
    assert_int_equal(find(s, 120.0095, 23.005, 0).area, 6);   /* the grid comes before the compound laid over it */
    assert_int_equal(find(s, 120.05, 23.005, 15).area, 0);
    assert_int_equal(find(s, 120.05, 23.005, 15).near_count, 0);
    assert_int_equal(find(s, NAN, 23.005, 15).area, 0);
    assert_int_equal(find(s, 1e300, 23.005, 15).area, 0);
    assert_int_equal(find(NULL, 120, 23, 15).area, 0);
    snapshot_free(s);
}

static void edges_of_the_district_count_as_inside(void **state)
{
    struct unit_snapshot *s = DISTRICT;
    (void)state;
    assert_int_equal(find(s, 120.00, 23.005, 15).area, 6);
    assert_int_equal(find(s, 120.04, 23.005, 0).area, 3);
    assert_int_equal(find(s, 120.03, 23.02, 15).area, 3);
    assert_int_equal(find(s, 120.00, 23.00, 0).area, 6);
    assert_int_equal(find(s, 120.04, 23.02, 0).area, 3);
    assert_int_equal(find(s, 120.04001, 23.005, 0).area, 0);
    assert_int_not_equal(find(s, 120.01, 23.005, 0).area, 0);
    snapshot_free(s);
}

static void neighbours_are_named_with_their_distance(void **state)
{
    struct unit_snapshot *s = DISTRICT;
    struct scale          m = scale_at(23.005);
    (void)state;
    /* Ten metres west of grid 7, far from all else. */
    struct unit_place p = find(s, 120.01 - 10 / m.lon, 23.0025, 15);
    assert_int_equal(p.area, 6);
    assert_int_equal(p.near_count, 1);
    assert_int_equal(p.near[0].area, 7);
    assert_true(fabs(p.near[0].metres - 10) < 0.001);
    assert_int_equal(find(s, 120.01 - 10 / m.lon, 23.0025, 9.9).near_count, 0);
    /* Grid 6 under community 5: across the border nothing is deeper than the community. */
    p = find(s, 120.005, 23.01 - 5 / m.lat, 15);
    assert_int_equal(p.area, 6);
    assert_int_equal(p.near_count, 1);
    assert_int_equal(p.near[0].area, 5);
    assert_true(fabs(p.near[0].metres - 5) < 0.001);
    /* Where four meet: nearest first, the streets around not named beside what lies in them. */
    p = find(s, 120.02 - 3 / m.lon, 23.01 - 8 / m.lat, 15);
    assert_int_equal(p.area, 7);
    assert_int_equal(p.near_count, 2);
    assert_int_equal(p.near[0].area, 3);
    assert_int_equal(p.near[1].area, 5);
    /* Just outside the district: nothing found, its edge is near. */
    p = find(s, 120.04 + 6 / m.lon, 23.005, 15);
    assert_int_equal(p.area, 0);
    assert_int_equal(p.near_count, 1);
    assert_int_equal(p.near[0].area, 3);
    snapshot_free(s);
}

static void an_overlap_of_two_of_a_kind_is_near_at_no_distance(void **state)
{
    static const struct sketch twice[] = { { 1, 0, "district", 120, 23, 120.04, 23.02 }, { 2, 1, "street", 120, 23, 120.03, 23.02 },
                                           { 3, 1, "street", 120.02, 23, 120.04, 23.02 } };
    struct unit_snapshot      *s = snapshot_of(twice, 3, 0);
    struct unit_place          p = find(s, 120.025, 23.01, 15);
    (void)state;
    assert_int_equal(p.area, 3);   /* the smaller */
    assert_int_equal(p.near_count, 1);
    assert_int_equal(p.near[0].area, 2);
    assert_true(p.near[0].metres == 0);
    snapshot_free(s);
}

/* ---- swapping under readers ---- */

struct race { struct unit_state *st; _Atomic(bool) stop; _Atomic(long) wrong, asked; };

/* In every snapshot the point lies in grid 6 or, when the district is lifted, outside; a mixture would be seen. */
static void *ask(void *arg)
{
    struct race *r = arg;
    long         wrong = 0, asked = 0;
    while (!atomic_load(&r->stop)) {
        const struct unit_snapshot *s = state_hold(r->st);
        int64_t                     want = s->mark ? 0 : 6;
        wrong += find(s, 120.005, 23.005, 15).area != want || unit_depth(s, AREA(8)) != 3;
        asked++;
        unit_release(s);
    }
    atomic_fetch_add(&r->wrong, wrong);
    atomic_fetch_add(&r->asked, asked);
    return NULL;
}

static void snapshots_are_swapped_under_readers(void **state)
{
    struct race r = { .st = state_new(NULL) };
    pthread_t   readers[4];
    (void)state;
    state_publish(r.st, DISTRICT);
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&readers[i], NULL, ask, &r), 0);
    for (int i = 1; i <= 400; i++) {
        struct unit_snapshot *s = snapshot_of(district, sizeof district / sizeof *district, i % 2 ? 1 : 0);
        s->mark = (uint64_t)(i % 2);
        state_publish(r.st, s);
    }
    atomic_store(&r.stop, true);
    for (int i = 0; i < 4; i++)
        pthread_join(readers[i], NULL);
    assert_int_equal(atomic_load(&r.wrong), 0);
    assert_true(atomic_load(&r.asked) > 0);
    int alive = 0;
    for (int i = 0; i < SLOTS; i++)
        alive += r.st->slots[i].snapshot != NULL;
    assert_int_equal(alive, 1);
    state_free(r.st);
}

static void a_held_snapshot_outlives_the_swap(void **state)
{
    struct unit_state *st = state_new(NULL);
    (void)state;
    state_publish(st, DISTRICT);
    const struct unit_snapshot *old = state_hold(st), *again = state_hold(st);
    state_publish(st, snapshot_of(district, sizeof district / sizeof *district, 1));
    unit_release(again);
    assert_int_equal(find(old, 120.005, 23.005, 0).area, 6);
    const struct unit_snapshot *young = state_hold(st);
    assert_ptr_not_equal(old, young);
    assert_int_equal(find(young, 120.005, 23.005, 0).area, 0);
    unit_release(old);
    unit_release(young);
    state_free(st);
}

/* ---- rules ---- */

static void kinds_know_what_they_lie_under(void **state)
{
    struct area_kinds k = area_kinds_read(arena, str_of(kinds_text));
    (void)state;
    assert_ok(area_kind_fits(&k, STR("street"), STR("district")));
    assert_ok(area_kind_fits(&k, STR("district"), STR_NONE));
    assert_err(area_kind_fits(&k, STR("street"), STR_NONE), ERR_REQUIRED);
    assert_err(area_kind_fits(&k, STR("district"), STR("district")), ERR_PARENT_KIND);
    assert_err(area_kind_fits(&k, STR("grid"), STR("street")), ERR_PARENT_KIND);
    assert_err(area_kind_fits(&k, STR("planet"), STR("district")), ERR_NOT_A_CHOICE);
    assert_int_equal(area_kinds_read(arena, STR("nonsense")).len, 0);
}

static void credit_codes(void **state)
{
    (void)state;
    assert_int_equal(credit_check(STR("91350100M000100Y43")), CREDIT_OK);
    assert_int_equal(credit_check(STR("91110000100000002B")), CREDIT_CHECK);
    assert_int_equal(credit_check(STR("91350100M000100Y44")), CREDIT_CHECK);
    assert_int_equal(credit_check(STR("91350100M000100Y4")), CREDIT_FORM);
    assert_int_equal(credit_check(STR("91350100I000100Y43")), CREDIT_FORM);
    assert_int_equal(credit_check(STR("91350100m000100y43")), CREDIT_FORM);
    assert_int_equal(credit_check(STR_NONE), CREDIT_NONE);
}

static void credit_codes_are_tidied(void **state)
{
    (void)state;
    assert_true(str_is(credit_tidy(arena, STR(" 9135 0100\tm000100y43")), "91350100M000100Y43"));
    assert_true(str_is(credit_tidy(arena, STR("９１Ｙ４３")), "91Y43"));
    assert_ptr_equal(credit_tidy(arena, STR_NONE).ptr, NULL);
}

static enum err_code value_of(const struct org_field *f, const char *text, const char *kept)
{
    struct str    out;
    enum err_code why = org_value_check(arena, f, str_of(text), &out);
    if (kept)
        assert_true(str_is(out, kept));
    return why;
}

static void values_fit_their_field(void **state)
{
    (void)state;
    struct list kinds = org_kinds_read(arena, STR("[{\"code\":\"shop\",\"zh\":\"店\",\"en\":\"Shop\",\"under\":[\"mall\"],\"fields\":["
        "{\"code\":\"n\",\"type\":\"number\"},{\"code\":\"d\",\"type\":\"date\"},{\"code\":\"y\",\"type\":\"yes_no\"},"
        "{\"code\":\"c\",\"type\":\"choice\",\"choices\":[{\"code\":\"red\"}]},{\"code\":\"t\",\"type\":\"text\"},"
        "{\"code\":\"l\",\"type\":\"long_text\"},{\"code\":\"odd\",\"type\":\"colour\"},{\"type\":\"text\"}]},{\"zh\":\"无码\"}]"));
    const struct org_kind *shop = org_kind_find(&kinds, STR("shop"));
    assert_int_equal(kinds.len, 1);
    assert_int_equal(shop->fields.len, 6);
    assert_true(org_kind_fits(shop, STR_NONE) && org_kind_fits(shop, STR("mall")) && !org_kind_fits(shop, STR("shop")));
    static const struct { const char *field, *value, *kept; enum err_code why; } cases[] = {
        { "n", " -12.5 ", "-12.5", ERR_NONE },     { "n", "0", "0", ERR_NONE },               { "n", "0.0625", "0.0625", ERR_NONE },
        { "n", "007", NULL, ERR_WRONG_TYPE },      { "n", "1.", NULL, ERR_WRONG_TYPE },       { "n", "--1", NULL, ERR_WRONG_TYPE },
        { "n", "1 2", NULL, ERR_WRONG_TYPE },      { "n", "1234567890123", NULL, ERR_TOO_LONG }, { "n", "", NULL, ERR_WRONG_TYPE },
        { "d", "2024-02-29", "2024-02-29", ERR_NONE }, { "d", "2023-02-29", NULL, ERR_WRONG_TYPE }, { "d", "1900-02-29", NULL, ERR_WRONG_TYPE },
        { "d", "2000-02-29", NULL, ERR_NONE },     { "d", "2024-04-31", NULL, ERR_WRONG_TYPE }, { "d", "2024-4-3", NULL, ERR_WRONG_TYPE },
        { "d", "2024/04/03", NULL, ERR_WRONG_TYPE }, { "d", "0000-01-01", NULL, ERR_WRONG_TYPE },
        { "y", "yes", "yes", ERR_NONE },           { "y", "no", "no", ERR_NONE },             { "y", "true", NULL, ERR_NOT_A_CHOICE },
        { "c", "red", "red", ERR_NONE },           { "c", "Red", NULL, ERR_NOT_A_CHOICE },    { "t", "a\nb", NULL, ERR_CONTROL_CHARACTER },
        { "l", "a\nb", "a\nb", ERR_NONE },         { "l", "a\x01", NULL, ERR_CONTROL_CHARACTER },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(value_of(org_field_find(shop, str_of(cases[i].field)), cases[i].value, cases[i].kept), cases[i].why);
    assert_true(org_value_matches(arena, org_field_find(shop, STR("t")), STR("银杏路 7 号"), STR("路7")));
    assert_false(org_value_matches(arena, org_field_find(shop, STR("n")), STR("17"), STR("7")));
    assert_int_equal(org_kinds_read(arena, STR("nonsense")).len, 0);
}

/* ---- codes ---- */

static struct code_forms forms(void)
{
    return code_forms_read(arena, setting_text(&(struct app){ .tenant = TENANT }, arena, "unit.code_forms", NOW));
}

static void codes_have_the_form_of_their_kind(void **state)
{
    static const struct { const char *kind, *code, *above; enum err_code want; } tries[] = {
        { "street", "440305001000", "440305000000", ERR_NONE },      { "street", "440305001", "440305", ERR_NONE },
        { "street", "440305001000", "", ERR_NONE },                  { "street", "440305001000", "440306000000", ERR_CODE_PARENT },
        { "street", "440305601000", "", ERR_CODE_FORM },             { "street", "440305000000", "", ERR_CODE_FORM },
        { "street", "440305001001", "", ERR_CODE_FORM },             { "street", "44030500100", "", ERR_CODE_FORM },
        { "street", "44030500100a", "", ERR_CODE_FORM },             { "community", "440305001051", "440305001000", ERR_NONE },
        { "community", "440305001051", "440305001", ERR_NONE },      { "community", "440305002051", "440305001000", ERR_CODE_PARENT },
        { "community", "440305001000", "440305001000", ERR_CODE_FORM }, { "grid", "440305001051001", "440305001051", ERR_NONE },
        { "grid", "440305001051", "440305001051", ERR_CODE_FORM },   { "micro_grid", "44030500105100101", "440305001051001", ERR_NONE },
        { "district", "440305000000", "", ERR_NONE },                { "district", "440305", "", ERR_NONE },
        { "district", "090101000000", "", ERR_CODE_FORM },           { "compound", "anything", "440305001051", ERR_NONE },
    };
    struct code_forms f = forms();
    (void)state;
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        struct str above = tries[i].above[0] ? str_of(tries[i].above) : STR_NONE;
        err        e = code_check(code_form_find(&f, str_of(tries[i].kind)), str_of(tries[i].code), above);
        if (e.code != tries[i].want)
            fail_msg("%s %s below %s: %s", tries[i].kind, tries[i].code, tries[i].above, err_slug(e.code));
        if (failed(e))
            assert_string_equal(e.field, "code");
    }
    assert_ok(code_check(code_form_find(&f, STR("street")), STR_NONE, STR("440305")));
    assert_int_equal(code_forms_read(arena, STR("nonsense")).len, 0);
}

static void the_next_code_is_behind_the_last_one(void **state)
{
    struct code_forms       f = forms();
    const struct code_form *form = code_form_find(&f, STR("community"));
    bool                   *taken = ARENA_ARRAY(arena, (size_t)form->last + 1, bool);
    (void)state;
    assert_int_equal(code_next(form, taken), 1);
    taken[1] = taken[51] = true;
    assert_int_equal(code_next(form, taken), 52);
    taken[250] = true;                           /* a village: new communities stay below 200 */
    assert_int_equal(code_next(form, taken), 52);
    taken[199] = true;                           /* the last one: what was left free is used */
    assert_int_equal(code_next(form, taken), 2);
    for (int i = 1; i < 200; i++)
        taken[i] = true;
    assert_int_equal(code_next(form, taken), 0);
    assert_true(str_is(code_make(arena, form, STR("440305001000"), 52), "440305001052"));
    assert_true(str_is(code_make(arena, code_form_find(&f, STR("street")), STR("440305"), 7), "440305007000"));
    assert_true(code_has_room(form, STR("440305001")));
    assert_false(code_has_room(form, STR("440305")));
    assert_false(code_has_room(form, STR_NONE));
    assert_false(code_has_room(form, STR("4403o5001")));
    assert_int_equal(code_serial(form, STR("440305001052"), STR("440305001000")), 52);
    assert_int_equal(code_serial(form, STR("440305002052"), STR("440305001000")), -1);
}

static void a_level_is_numbered_as_one_reads(void **state)
{
    /* Two rows of three, not quite straight, and one of odd height. */
    struct code_place p[] = {
        { 120.02, 23.000, 0.01, 5 }, { 120.00, 23.011, 0.01, 1 }, { 120.01, 23.009, 0.01, 2 }, { 120.02, 23.012, 0.01, 3 },
        { 120.01, 23.001, 0.03, 4 }, { 120.00, 22.999, 0.01, 0 },
    };
    static const size_t want[] = { 1, 2, 3, 0, 4, 5 };
    (void)state;
    code_order(p, 6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(p[i].item, want[i]);
    code_order(NULL, 0);
}

static void names_fold(void **state)
{
    (void)state;
    assert_true(str_is(unit_fold(arena, STR("示范 Ａ区　Ｎｏ．1 ABC")), "示范a区no.1abc"));
    assert_ptr_equal(unit_fold(arena, STR_NONE).ptr, NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(crs_round_trip_stays_below_a_centimetre),
        TEST(crs_round_trip_holds_at_the_kinks),
        TEST(crs_shift_at_shanghai_is_as_published),
        TEST(crs_outside_china_does_not_shift),
        TEST(crs_names),
        TEST(bad_shapes_are_refused),
        TEST(a_bow_tie_is_refused_or_repaired),
        TEST(equal_shapes_store_equal_bytes),
        TEST(areas_are_those_of_the_ellipsoid),
        TEST(a_hole_is_not_inside),
        TEST(a_shared_border_belongs_to_exactly_one),
        TEST(damaged_wkb_is_refused),
        TEST(the_tree_answers),
        TEST(a_loop_in_the_rows_is_left_out),
        TEST(the_deepest_area_is_found),
        TEST(edges_of_the_district_count_as_inside),
        TEST(neighbours_are_named_with_their_distance),
        TEST(an_overlap_of_two_of_a_kind_is_near_at_no_distance),
        TEST(snapshots_are_swapped_under_readers),
        TEST(a_held_snapshot_outlives_the_swap),
        TEST(kinds_know_what_they_lie_under),
        TEST(credit_codes),
        TEST(credit_codes_are_tidied),
        TEST(values_fit_their_field),
        TEST(codes_have_the_form_of_their_kind),
        TEST(the_next_code_is_behind_the_last_one),
        TEST(a_level_is_numbered_as_one_reads),
        TEST(names_fold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
