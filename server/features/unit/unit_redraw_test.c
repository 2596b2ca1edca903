/* Tests of redrawing areas: nothing is lost or doubled however a line runs, children follow, rights are not widened, days ahead. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>

#include "../../base/id.h"
#include "../../db/test_db.h"
#include "../search/search.h"
#include "unit_redraw.h"

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

/* ---- a town with a ragged border down its middle: a street on each side, two communities in each ---- */

#define STEPS 40

/* East of 120.02 by a few metres, some west; the same for whoever asks. */
static double ragged(int i)
{
    return 120.02 + 0.0004 * sin(i * 2.1) + 0.0002 * cos(i * 5.3);
}

static double height(int i)
{
    return 23 + 0.02 * i / STEPS;
}

/* The ragged border from step a to step b, as positions, each followed by a comma. */
static void add_border(struct buf *b, int from, int to)
{
    for (int i = from; from <= to ? i <= to : i >= to; i += from <= to ? 1 : -1)
        buf_fmt(b, "[%.12f,%.12f],", ragged(i), height(i));
}

static struct str west_of(int from, int to)
{
    struct buf b = buf_new(arena, 0);
    buf_fmt(&b, "{\"type\":\"Polygon\",\"coordinates\":[[[120,%.12f],", height(from));
    add_border(&b, from, to);
    buf_fmt(&b, "[120,%.12f],[120,%.12f]]]}", height(to), height(from));
    return buf_view(&b);
}

static struct str east_of(int from, int to)
{
    struct buf b = buf_new(arena, 0);
    buf_fmt(&b, "{\"type\":\"Polygon\",\"coordinates\":[[[120.04,%.12f],", height(from));
    buf_fmt(&b, "[120.04,%.12f],", height(to));
    add_border(&b, to, from);
    buf_fmt(&b, "[120.04,%.12f]]]}", height(from));
    return buf_view(&b);
}

static struct { int64_t root, west, east, west_south, west_north, east_south, east_north; } town;

static err add(struct db_conn *c, int64_t parent, const char *kind, const char *name, struct str shape, int64_t *id)
{
    struct unit_area_new n = { .parent = parent, .kind = kind, .name = str_of(name), .code = STR_NONE, .class_ = STR_NONE, .geojson = shape };
    return unit_area_add(c, arena, TENANT, &n, now, id);
}

static err add_town(struct db_conn *c, void *arg)
{
    (void)arg;
    struct str whole = STR("{\"type\":\"Polygon\",\"coordinates\":[[[120,23],[120.04,23],[120.04,23.02],[120,23.02],[120,23]]]}");
    TRY(add(c, 0, "district", "示范区", whole, &town.root));
    TRY(add(c, town.root, "street", "西街", west_of(0, STEPS), &town.west));
    TRY(add(c, town.root, "street", "东街", east_of(0, STEPS), &town.east));
    TRY(add(c, town.west, "community", "西南", west_of(0, STEPS / 2), &town.west_south));
    TRY(add(c, town.west, "community", "西北", west_of(STEPS / 2, STEPS), &town.west_north));
    TRY(add(c, town.east, "community", "东南", east_of(0, STEPS / 2), &town.east_south));
    return add(c, town.east, "community", "东北", east_of(STEPS / 2, STEPS), &town.east_north);
}

static void make_town(void)
{
    assert_ok(db_write(t.db, 0, add_town, NULL));
    assert_ok(unit_reload(&app));
}

/* ---- planning and applying ---- */

#define AREAS(...)      { (const int64_t[]){ __VA_ARGS__ }, sizeof((const int64_t[]){ __VA_ARGS__ }) / sizeof(int64_t) }
#define LINE(positions) STR("{\"type\":\"LineString\",\"coordinates\":[" positions "]}")

static err plan(const struct redraw_ask *ask, const struct unit_snapshot **s, struct redraw **p)
{
    *s = unit_hold(&app);
    err e = redraw_plan(&app, *s, arena, ask, ask->effective ? ask->effective : now, p);
    if (failed(e))
        unit_release(*s);
    return e;
}

static void end_plan(const struct unit_snapshot *s, struct redraw *p)
{
    redraw_close(p);
    unit_release(s);
}

static err refused(struct redraw_ask ask)
{
    const struct unit_snapshot *s;
    struct redraw              *p;
    err                         e = plan(&ask, &s, &p);
    if (!failed(e))
        end_plan(s, p);
    return e;
}

static err look_work(struct db_conn *c, void *arg)
{
    return redraw_look(c, arg);
}

static err apply_work(struct db_conn *c, void *arg)
{
    return redraw_apply(c, arg, now, 0);
}

static err done(struct redraw_ask ask)
{
    const struct unit_snapshot *s;
    struct redraw              *p;
    now += 1000;
    TRY(plan(&ask, &s, &p));
    err e = db_read(t.db, look_work, p);
    if (!failed(e))
        e = db_write(t.db, 0, apply_work, p);
    end_plan(s, p);
    return e;
}

/* The share of the whole that lies in one union and not in the other, and how much the parts overlap. */
static double unlike(struct redraw *p)
{
    struct geos  *g = &p->geo;
    GEOSGeometry *before = NULL, *after = NULL;
    double        sum = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (!p->areas[i].asked)
            continue;
        redraw_replace(p, &before, shape_plus(g, before, p->areas[i].before));
        redraw_replace(p, &after, shape_plus(g, after, p->areas[i].after));
        sum += geo_m2(g, p->areas[i].after);
    }
    GEOSGeometry *odd = geo_polygons(g, GEOSSymDifference_r(g->h, before, after));
    double        whole = geo_m2(g, before), off = geo_m2(g, odd) + fabs(sum - whole);
    geo_drop(g, odd);
    geo_drop(g, before);
    geo_drop(g, after);
    return off / whole;
}

static const struct redraw_finding *told(const struct redraw *p, const char *code)
{
    for (size_t i = 0; i < p->finding_count; i++)
        if (str_is(p->findings[i].code, code))
            return &p->findings[i];
    return NULL;
}

static double m2_of_area(int64_t id)
{
    const struct unit_snapshot *s = unit_hold(&app);
    const struct unode         *n = snapshot_node(s, (struct unit_ref){ UNIT_AREA, id });
    double                      m2 = n && n->shape ? shape_m2(n->shape) : 0;
    unit_release(s);
    return m2;
}

static int64_t parent_of(int64_t id)
{
    const struct unit_snapshot *s = unit_hold(&app);
    int64_t                     up = unit_parent(s, (struct unit_ref){ UNIT_AREA, id });
    unit_release(s);
    return up;
}

static int64_t at(double lon, double lat)
{
    const struct unit_snapshot *s = unit_hold(&app);
    struct unit_place           p;
    unit_find(s, lon, lat, 0, &p);
    unit_release(s);
    return p.area;
}

/* ---- splitting ---- */

static void a_split_loses_nothing(void **state)
{
    struct redraw_ask           ask = { .op = REDRAW_SPLIT, .areas = AREAS(town.west), .dry_run = true,
                                        .line = LINE("[119.99,23.009],[120.01,23.0123],[120.03,23.0101]") };
    const struct unit_snapshot *s;
    struct redraw              *p;
    (void)state;
    make_town();
    ask.areas = (struct ids)AREAS(town.west);
    assert_ok(plan(&ask, &s, &p));
    assert_int_equal(p->count, 3);   /* itself, a new one, and a community that changes hands */
    assert_true(unlike(p) < 1e-8);
    assert_false(p->areas[1].name.ptr);
    assert_non_null(told(p, "child_moved"));
    assert_non_null(told(p, "child_outside"));
    end_plan(s, p);
}

/* Lines that wind, cross themselves, run along the border and leave and enter many times. */
static void however_the_line_runs_nothing_is_lost(void **state)
{
    uint64_t seed = 42;
    int      cut = 0;
    (void)state;
    make_town();
    for (int round = 0; round < 60; round++) {
        struct buf b = buf_new(arena, 0);
        buf_z(&b, "{\"type\":\"LineString\",\"coordinates\":[[119.999,23.01]");
        for (int i = 0; i < 3 + round % 9; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            double x = 119.995 + 0.03 * (double)(seed >> 40) / (1 << 24);
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            double y = 22.999 + 0.022 * (double)(seed >> 40) / (1 << 24);
            if (round % 5 == 0)
                x = ragged(i * 3), y = height(i * 3);
            buf_fmt(&b, ",[%.9f,%.9f]", x, y);
        }
        buf_z(&b, ",[120.0215,23.0107]]}");
        struct redraw_ask           ask = { .op = REDRAW_SPLIT, .areas = AREAS(town.west), .dry_run = true, .line = buf_view(&b) };
        const struct unit_snapshot *s;
        struct redraw              *p;
        if (failed(plan(&ask, &s, &p)))
            continue;
        cut++;
        assert_true(unlike(p) < 1e-8);
        end_plan(s, p);
    }
    assert_true(cut > 40);
}

static void a_split_is_written_and_its_children_are_shared_out(void **state)
{
    struct redraw_piece piece = { STR("新街"), STR("440305077") };
    (void)state;
    make_town();
    double before = m2_of_area(town.west);
    assert_ok(done((struct redraw_ask){ .op = REDRAW_SPLIT, .areas = AREAS(town.west), .line = LINE("[119.99,23.0101],[120.03,23.0101]"),
                                        .pieces = { &piece, 1 } }));
    int64_t fresh = parent_of(town.west_north) == town.west ? parent_of(town.west_south) : parent_of(town.west_north);
    assert_true(fresh != town.west && fresh != 0);
    assert_true(parent_of(town.west_north) != parent_of(town.west_south));
    assert_int_equal(parent_of(fresh), town.root);
    assert_true(fabs(m2_of_area(town.west) + m2_of_area(fresh) - before) < 1e-6 * before);
    const struct unit_snapshot *s = unit_hold(&app);
    assert_true(str_is(unit_name(s, (struct unit_ref){ UNIT_AREA, fresh }), "新街"));
    unit_release(s);
}

static void an_end_just_short_of_the_border_is_carried_across(void **state)
{
    (void)state;
    make_town();
    /* 2 m inside on one side, on a border vertex at the other. */
    struct buf b = buf_new(arena, 0);
    buf_fmt(&b, "{\"type\":\"LineString\",\"coordinates\":[[120.00002,23.0123],[%.6f,%.6f]]}", ragged(20), height(20));
    assert_ok(refused((struct redraw_ask){ .op = REDRAW_SPLIT, .areas = AREAS(town.west), .dry_run = true, .line = buf_view(&b) }));
    /* 20 m inside is no cut. */
    assert_err(refused((struct redraw_ask){ .op = REDRAW_SPLIT, .areas = AREAS(town.west), .dry_run = true, .line = LINE("[120.0002,23.0123],[120.03,23.0123]") }),
               ERR_LINE_MISSES);
}

/* ---- the border between two ---- */

static double sum_of(int64_t a, int64_t b)
{
    return m2_of_area(a) + m2_of_area(b);
}

static void a_border_moves_and_the_children_s_borders_move_along(void **state)
{
    (void)state;
    make_town();
    double whole = sum_of(town.west, town.east), south = sum_of(town.west_south, town.east_south);
    assert_ok(done((struct redraw_ask){ .op = REDRAW_BORDER, .areas = AREAS(town.west, town.east), .line = LINE("[120.021,22.999],[120.0225,23.008],[120.019,23.021]") }));
    assert_true(fabs(sum_of(town.west, town.east) - whole) < 1e-6 * whole);
    assert_true(fabs(sum_of(town.west_south, town.east_south) - south) < 1e-6 * whole);
    assert_true(fabs(sum_of(town.west_south, town.west_north) - m2_of_area(town.west)) < 1e-6 * whole);
    assert_true(fabs(sum_of(town.east_south, town.east_north) - m2_of_area(town.east)) < 1e-6 * whole);
    assert_int_equal(at(120.0215, 23.006), town.west_south);
    assert_int_equal(at(120.0197, 23.0195), town.east_north);
}

static void the_present_border_sent_back_moves_nothing(void **state)
{
    struct redraw_ask           ask = { .op = REDRAW_BORDER, .areas = AREAS(town.west, town.east), .dry_run = true };
    const struct unit_snapshot *s;
    struct redraw              *p;
    (void)state;
    make_town();
    ask.areas = (struct ids)AREAS(town.west, town.east);
    assert_ok(plan(&ask, &s, &p));
    assert_non_null(p->border);
    struct buf   b = buf_new(arena, 0);
    struct jsonw j = jsonw_on(&b);
    geo_print_line(&p->geo, &j, p->border);
    end_plan(s, p);
    ask.line = buf_view(&b);
    assert_ok(plan(&ask, &s, &p));
    for (int i = 0; i < 2; i++) {
        GEOSGeometry *odd = geo_polygons(&p->geo, GEOSSymDifference_r(p->geo.h, p->areas[i].before, p->areas[i].after));
        assert_true(geo_m2(&p->geo, odd) < 1);
        geo_drop(&p->geo, odd);
    }
    assert_null(told(p, "child_cut"));
    end_plan(s, p);
}

static void a_community_that_lies_in_what_moves_changes_hands(void **state)
{
    (void)state;
    make_town();
    assert_ok(done((struct redraw_ask){ .op = REDRAW_BORDER, .areas = AREAS(town.west, town.east), .line = LINE("[120.02,22.999],[120.02,23.01],[119.999,23.01]") }));
    assert_int_equal(parent_of(town.west_north), town.east);
    assert_int_equal(parent_of(town.west_south), town.west);
}

/* ---- merging ---- */

static void a_merge_is_the_union_and_closes_the_others(void **state)
{
    (void)state;
    make_town();
    double whole = sum_of(town.west, town.east);
    assert_ok(done((struct redraw_ask){ .op = REDRAW_MERGE, .areas = AREAS(town.east, town.west) }));
    assert_true(fabs(m2_of_area(town.east) - whole) < 1e-6 * whole);
    assert_int_equal(parent_of(town.west_south), town.east);
    const struct unit_snapshot *s = unit_hold(&app);
    assert_true(snapshot_node(s, (struct unit_ref){ UNIT_AREA, town.west })->valid_to != 0);
    assert_true(unit_within(s, (struct unit_ref){ UNIT_AREA, town.west }, (struct unit_ref){ UNIT_AREA, town.east }));
    unit_release(s);
    assert_int_equal(at(120.01, 23.005), town.west_south);
}

/* A stand-in for roles: Li has it on both sides, Wang in the west alone, Zhao in the east until next week and in the west for good. */
static int ended;

static err list_roles(struct db_conn *c, struct arena *a, int64_t tenant, int64_t area, ms when, struct list *out)
{
    struct unit_held *h = ARENA_ARRAY(a, 3, struct unit_held);
    (void)c, (void)tenant;
    *out = (struct list){ h, 0 };
    if (area != town.west && area != town.east)
        return OK;
    h[out->len++] = (struct unit_held){ .id = area + 1, .holder = 1, .role = 9, .who = STR("李"), .from = NOW };
    if (area == town.west)
        h[out->len++] = (struct unit_held){ .id = 2, .holder = 2, .role = 9, .who = STR("王"), .from = NOW };
    h[out->len++] = (struct unit_held){ .id = area + 3, .holder = 3, .role = 9, .who = STR("赵"), .from = NOW, .to = area == town.east ? when + 7 : 0 };
    return OK;
}

static err end_role(struct db_conn *c, struct app *a, int64_t id, ms when, int64_t by, ms moment)
{
    (void)c, (void)a, (void)id, (void)when, (void)by, (void)moment;
    ended++;
    return OK;
}

static void a_right_on_a_part_is_none_on_the_whole(void **state)
{
    static const struct unit_held_kind kind = { .word = "role", .right = true, .list = list_roles, .end = end_role };
    struct redraw_ask                  ask = { .op = REDRAW_MERGE, .areas = AREAS(town.west, town.east), .dry_run = true };
    const struct unit_snapshot        *s;
    struct redraw                     *p;
    (void)state;
    make_town();
    unit_held_add(&app, &kind);
    ask.areas = (struct ids)AREAS(town.west, town.east);
    assert_ok(plan(&ask, &s, &p));
    assert_ok(db_read(t.db, look_work, p));
    int lost[4] = { 0 };
    for (size_t i = 0; i < p->end_count; i++)
        if (p->ends[i].told)
            lost[str_eq(p->ends[i].who, STR("李")) ? 1 : str_eq(p->ends[i].who, STR("王")) ? 2 : 3]++;
    assert_int_equal(lost[1], 0);   /* Li had it at both: it holds for the whole */
    assert_int_equal(lost[2], 1);
    assert_int_equal(lost[3], 2);   /* Zhao had the one for a week: neither holds for the whole */
    end_plan(s, p);
    ended = 0;
    ask.dry_run = false;
    assert_ok(done(ask));
    assert_int_equal(ended, 4);     /* Li's and Zhao's at the part that closes, Wang's and Zhao's at the one that stays */
}

/* ---- drawing ---- */

static void what_neighbours_hold_is_taken_away_when_asked(void **state)
{
    struct str        drawn = STR("{\"type\":\"Polygon\",\"coordinates\":[[[120,23],[120.025,23],[120.025,23.02],[120,23.02],[120,23]]]}");
    struct redraw_ask ask = { .op = REDRAW_DRAW, .geometry = drawn, .dry_run = true };
    const struct unit_snapshot *s;
    struct redraw              *p;
    (void)state;
    make_town();
    ask.areas = (struct ids)AREAS(town.west);
    assert_ok(plan(&ask, &s, &p));
    assert_int_equal(told(p, "overlap")->other_id, town.east);
    end_plan(s, p);
    ask.clip = true;
    assert_ok(plan(&ask, &s, &p));
    assert_null(told(p, "overlap"));
    GEOSGeometry *odd = geo_polygons(&p->geo, GEOSSymDifference_r(p->geo.h, p->areas[0].before, p->areas[0].after));
    assert_true(geo_m2(&p->geo, odd) < 1);
    geo_drop(&p->geo, odd);
    end_plan(s, p);
    ask.geometry = STR("{\"type\":\"Polygon\",\"coordinates\":[[[120,23],[120.01,23],[120.01,23.02],[120,23.02],[120,23]]]}");
    assert_ok(plan(&ask, &s, &p));
    assert_non_null(told(p, "gap"));
    assert_non_null(told(p, "child_outside"));
    end_plan(s, p);
}

/* ---- what is refused ---- */

static void what_cannot_be_is_refused_with_its_field(void **state)
{
    (void)state;
    make_town();
    const struct { struct redraw_ask ask; enum err_code code; const char *field; } cases[] = {
        { { .op = REDRAW_SPLIT, .areas = AREAS(town.west), .line = LINE("[120.001,23.001],[120.002,23.002]") }, ERR_LINE_MISSES, "line" },
        { { .op = REDRAW_SPLIT, .areas = AREAS(town.west) }, ERR_REQUIRED, "line" },
        { { .op = REDRAW_SPLIT, .areas = AREAS(town.west), .line = STR("{\"type\":\"Point\",\"coordinates\":[1,2]}") }, ERR_SHAPE, "line" },
        { { .op = REDRAW_SPLIT, .areas = AREAS(town.west), .line = LINE("[119.99,23.01],[120.03,23.01]") }, ERR_REQUIRED, "pieces" },
        { { .op = REDRAW_SPLIT, .areas = AREAS(town.west), .keeps = 5, .line = LINE("[119.99,23.01],[120.03,23.01]") }, ERR_NOT_A_CHOICE, "keeps" },
        { { .op = REDRAW_SPLIT, .areas = AREAS(99), .line = LINE("[119.99,23.01],[120.03,23.01]") }, ERR_UNKNOWN_REFERENCE, "areas" },
        { { .op = REDRAW_SPLIT, .areas = AREAS(town.west), .crs = STR("mars"), .line = LINE("[119.99,23.01],[120.03,23.01]") }, ERR_CRS_UNKNOWN, "crs" },
        { { .op = REDRAW_SPLIT, .areas = AREAS(town.root), .line = LINE("[119.99,23.01],[120.05,23.01]") }, ERR_NOT_SIBLINGS, "areas" },
        { { .op = REDRAW_MERGE, .areas = AREAS(town.west) }, ERR_REQUIRED, "areas" },
        { { .op = REDRAW_MERGE, .areas = AREAS(town.west, town.west) }, ERR_TAKEN, "areas" },
        { { .op = REDRAW_MERGE, .areas = AREAS(town.west, town.east_north) }, ERR_NOT_SIBLINGS, "areas" },
        { { .op = REDRAW_MERGE, .areas = AREAS(town.west_north, town.east_north) }, ERR_NOT_SIBLINGS, "areas" },
        { { .op = REDRAW_BORDER, .areas = AREAS(town.west, town.east), .line = LINE("[119.9,23.001],[119.91,23.002]") }, ERR_LINE_MISSES, "line" },
        { { .op = REDRAW_DRAW, .areas = AREAS(town.west) }, ERR_REQUIRED, "geometry" },
        { { .op = REDRAW_DRAW, .kind = STR("street"), .geometry = west_of(0, 4) }, ERR_REQUIRED, "parent_id" },
        { { .op = REDRAW_DRAW, .kind = STR("grid"), .parent_id = town.root, .geometry = west_of(0, 4) }, ERR_PARENT_KIND, "parent_id" },
        { { .op = REDRAW_DRAW, .areas = AREAS(town.west), .clip = true, .geometry = east_of(2, 4) }, ERR_NOTHING_LEFT, "geometry" },
        { { .op = REDRAW_MERGE, .areas = AREAS(town.west, town.east), .basis = STR("old") }, ERR_CONFLICT, NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        err e = refused(cases[i].ask);
        if (e.code != cases[i].code)
            print_message("case %zu: %s\n", i, err_slug(e.code));
        assert_int_equal(e.code, cases[i].code);
        if (cases[i].field)
            assert_string_equal(e.field, cases[i].field);
    }
}

static void areas_that_changed_since_the_plan_are_a_conflict(void **state)
{
    struct redraw_ask           ask = { .op = REDRAW_MERGE };
    const struct unit_snapshot *s;
    struct redraw              *p;
    (void)state;
    make_town();
    ask.areas = (struct ids)AREAS(town.west, town.east);
    assert_ok(plan(&ask, &s, &p));
    assert_ok(done((struct redraw_ask){ .op = REDRAW_DRAW, .areas = AREAS(town.west), .geometry = west_of(0, 30) }));
    assert_err(db_write(t.db, 0, apply_work, p), ERR_CONFLICT);
    end_plan(s, p);
}

/* ---- days ahead ---- */

struct waiting { struct redraw *p; int64_t id; struct redraw_row row; };

static err wait_work(struct db_conn *c, void *arg)
{
    struct waiting *w = arg;
    return redraw_wait(c, arena, TENANT, w->p, now, 0, &w->id);
}

static err row_work(struct db_conn *c, void *arg)
{
    struct waiting *w = arg;
    return redraw_waiting(c, arena, TENANT, w->id, &w->row);
}

static err withdraw_work(struct db_conn *c, void *arg)
{
    return redraw_settle(c, TENANT, ((struct waiting *)arg)->id, "withdrawn", STR_NONE, now);
}

static err put_off(struct redraw_ask ask, struct waiting *w)
{
    const struct unit_snapshot *s;
    TRY(plan(&ask, &s, &w->p));
    err e = db_write(t.db, 0, wait_work, w);
    end_plan(s, w->p);
    return e;
}

static struct str outcome(struct waiting *w)
{
    assert_ok(db_read(t.db, row_work, w));
    return w->row.outcome;
}

static void what_waits_is_applied_on_its_day_and_once(void **state)
{
    struct waiting w = { 0 }, second = { 0 };
    (void)state;
    make_town();
    struct redraw_ask ask = { .op = REDRAW_BORDER, .areas = AREAS(town.west, town.east), .effective = clock_now() + 3000, .line = LINE("[120.021,22.999],[120.021,23.021]") };
    assert_ok(put_off(ask, &w));
    assert_err(put_off(ask, &second), ERR_REDRAW_WAITS);
    redraw_due(&app);
    assert_int_equal(at(120.0209, 23.01), town.east_north);
    assert_false(outcome(&w).ptr);
    while (clock_now() < ask.effective)
        ;
    redraw_due(&app);
    redraw_due(&app);
    assert_true(str_is(outcome(&w), "applied"));
    assert_int_equal(at(120.0209, 23.012), town.west_north);
    assert_err(db_write(t.db, 0, withdraw_work, &w), ERR_WRONG_STATE);
}

static void what_waits_and_no_longer_fits_fails_and_changes_nothing(void **state)
{
    struct waiting w = { 0 };
    (void)state;
    make_town();
    struct redraw_ask ask = { .op = REDRAW_BORDER, .areas = AREAS(town.west, town.east), .effective = clock_now() + 100, .line = LINE("[120.021,22.999],[120.021,23.021]") };
    assert_ok(put_off(ask, &w));
    assert_ok(done((struct redraw_ask){ .op = REDRAW_DRAW, .areas = AREAS(town.west), .geometry = west_of(0, 30) }));
    while (clock_now() < ask.effective)
        ;
    redraw_due(&app);
    assert_true(str_is(outcome(&w), "failed"));
    assert_true(str_is(w.row.reason, "conflict"));
    assert_int_equal(at(120.0209, 23.012), town.east_north);
}

static void what_was_withdrawn_is_not_applied(void **state)
{
    struct waiting w = { 0 };
    (void)state;
    make_town();
    struct redraw_ask ask = { .op = REDRAW_MERGE, .areas = AREAS(town.west, town.east), .effective = clock_now() + 50 };
    assert_ok(put_off(ask, &w));
    assert_ok(db_write(t.db, 0, withdraw_work, &w));
    while (clock_now() < ask.effective)
        ;
    redraw_due(&app);
    assert_true(str_is(outcome(&w), "withdrawn"));
    assert_int_equal(parent_of(town.east_north), town.east);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_split_loses_nothing), TEST(however_the_line_runs_nothing_is_lost), TEST(a_split_is_written_and_its_children_are_shared_out),
        TEST(an_end_just_short_of_the_border_is_carried_across), TEST(a_border_moves_and_the_children_s_borders_move_along),
        TEST(the_present_border_sent_back_moves_nothing), TEST(a_community_that_lies_in_what_moves_changes_hands),
        TEST(a_merge_is_the_union_and_closes_the_others), TEST(a_right_on_a_part_is_none_on_the_whole),
        TEST(what_neighbours_hold_is_taken_away_when_asked), TEST(what_cannot_be_is_refused_with_its_field),
        TEST(areas_that_changed_since_the_plan_are_a_conflict), TEST(what_waits_is_applied_on_its_day_and_once),
        TEST(what_waits_and_no_longer_fits_fails_and_changes_nothing), TEST(what_was_withdrawn_is_not_applied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
