/* Tests on real files beside the project, when they are there: four sets of districts import with a report, and the area found for a
 * request's point is the one plain point-in-polygon gives. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include <csv.h>

#include "../../db/test_db.h"
#include "../search/search.h"
#include "unit_geo.h"
#include "unit_import.h"
#include "unit_inside.h"

#define TENANT 1
#define NOW    ((ms)1790000000000)

static struct arena  *arena;
static struct test_db t;
static struct app     app;

static const char *shared(void)
{
    static char folder[512];
    const char *set = getenv("LINLI_SHARED"), *source = getenv("LINLI_SOURCE");
    if (set && *set)
        return set;
    snprintf(folder, sizeof folder, "%s/../shared/data", source && *source ? source : "..");
    return folder;
}

/* A whole .gz file; STR_NONE when there is none. */
static struct str unzip(const char *name)
{
    char   path[1024];
    struct buf b = buf_new(arena, (size_t)256 << 20);
    snprintf(path, sizeof path, "%s/%s", shared(), name);
    gzFile f = gzopen(path, "rb");
    if (!f)
        return STR_NONE;
    for (int n = 1; n > 0;) {
        char *room = buf_room(&b, 1 << 20);
        n = gzread(f, room, 1 << 20);
        b.len += n > 0 ? (size_t)n : 0;
    }
    gzclose(f);
    return buf_view(&b);
}

static int setup(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    test_db_open(&t);
    app = (struct app){ .db = t.db, .tenant = TENANT, .tenant_name = "示范区" };
    assert_int_equal(unit_feature.start(&app).code, ERR_NONE);
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

struct work { struct str text, report; struct unit_import_options o; ms now; };

static err import_work(struct db_conn *c, void *arg)
{
    struct work *w = arg;
    return unit_import(c, arena, &app, w->text, &w->o, w->now, 0, &w->report);
}

/* Plain: every polygon asked, unprepared. -1: none; -2: on a border. */
static int plain(struct geos *g, GEOSGeometry **polygons, size_t n, double lon, double lat)
{
    GEOSGeometry *p = GEOSGeom_createPointFromXY_r(g->h, lon, lat);
    int           in = -1;
    for (size_t i = 0; i < n && in == -1; i++)
        if (GEOSContains_r(g->h, polygons[i], p) == 1)
            in = (int)i;
        else if (GEOSIntersects_r(g->h, polygons[i], p) == 1)
            in = -2;
    geo_drop(g, p);
    return in;
}

struct points { double *at; size_t len, most; int lon, lat; int column; double x, y; bool header, has_x, has_y; };

static void csv_cell(void *text, size_t n, void *arg)
{
    struct points *p = arg;
    struct str     s = str_trim((struct str){ text, n });
    if (p->header) {
        struct str name = unit_fold(arena, s);
        if (str_is(name, "latitude") || str_is(name, "lat"))
            p->lat = p->column;
        if (str_is(name, "longitude") || str_is(name, "long"))
            p->lon = p->column;
    } else if (p->column == p->lon) {
        p->has_x = str_to_real(s, &p->x);
    } else if (p->column == p->lat) {
        p->has_y = str_to_real(s, &p->y);
    }
    p->column++;
}

static void csv_line(int c, void *arg)
{
    struct points *p = arg;
    (void)c;
    if (!p->header && p->has_x && p->has_y && p->len < p->most) {
        p->at[2 * p->len] = p->x;
        p->at[2 * p->len++ + 1] = p->y;
    }
    p->header = p->has_x = p->has_y = false;
    p->column = 0;
}

static struct points read_points(const char *name)
{
    struct str        text = unzip(name);
    struct points     p = { .most = 40000, .header = true, .lon = -1, .lat = -1 };
    struct csv_parser parser;
    p.at = ARENA_ARRAY(arena, p.most * 2, double);
    assert_int_equal(csv_init(&parser, 0), 0);
    assert_int_equal(csv_parse(&parser, text.ptr, text.len, csv_cell, csv_line, &p), text.len);
    (void)csv_fini(&parser, csv_cell, csv_line, &p);
    csv_free(&parser);
    return p;
}

struct file {
    const char *geojson, *points, *name, *code;
    size_t      areas;
    size_t      stride;   /* every so manieth point is compared: the plain way is slow */
};

/* Each point's area by unit_find beside the plain answer over the same polygons. */
static void compare(const struct file *f, const struct points *pts)
{
    const struct unit_snapshot *s = unit_hold(&app);
    struct geos                 g;
    size_t                      n = 0, asked = 0, inside = 0, edge = 0;
    geo_open(&g, arena);
    GEOSGeometry **polygons = ARENA_ARRAY(arena, (size_t)s->areas, GEOSGeometry *);
    int64_t       *ids = ARENA_ARRAY(arena, (size_t)s->areas, int64_t);
    for (int32_t i = 0; i < s->areas; i++)
        if (s->nodes[i].depth == 1 && s->nodes[i].shape) {
            ids[n] = s->nodes[i].id;
            polygons[n++] = geo_from_wkb(&g, shape_wkb(s->nodes[i].shape));
        }
    for (size_t i = 0; i < pts->len; i += f->stride, asked++) {
        struct unit_place p;
        unit_find(s, pts->at[2 * i], pts->at[2 * i + 1], 15, &p);
        int want = plain(&g, polygons, n, pts->at[2 * i], pts->at[2 * i + 1]);
        int64_t mine = unit_depth(s, (struct unit_ref){ UNIT_AREA, p.area }) == 1 ? p.area : 0;
        /* Where two polygons overlap both answers are right: the other one is then near at no distance. */
        bool also = false;
        for (size_t k = 0; k < p.near_count; k++)
            also |= p.near[k].metres == 0 && want >= 0 && p.near[k].area == ids[want];
        if (want == -2)
            edge++;
        else if (mine != (want < 0 ? 0 : ids[want]) && !also)
            fail_msg("%s: %.9f %.9f: found %lld, plain %d", f->geojson, pts->at[2 * i], pts->at[2 * i + 1], (long long)mine, want);
        inside += want >= 0;
    }
    for (size_t i = 0; i < n; i++)
        geo_drop(&g, polygons[i]);
    geo_close(&g);
    unit_release(s);
    print_message("%s: %zu points, %zu inside, %zu on a border: all as plain point-in-polygon\n", f->geojson, asked, inside, edge);
    assert_true(asked > 500 && inside * 10 > asked * 7);
}

static size_t number_in(struct str report, const char *key)
{
    char *at = strstr(str_z(arena, report), key);
    assert_non_null(at);
    return strtoul(at + strlen(key), NULL, 10);
}

static void import_file(const struct file *f)
{
    struct work w = { .text = unzip(f->geojson), .now = NOW,
                      .o = { .crs = "wgs84", .kind = "community", .name_property = f->name, .code_property = f->code, .dry_run = true } };
    if (!w.text.len) {
        print_message("%s/%s is absent: skipped\n", shared(), f->geojson);
        skip();
    }
    ms began = clock_monotonic();
    assert_int_equal(db_write(t.db, 0, import_work, &w).code, ERR_NONE);
    print_message("%s: planned in %lld ms\n%.700s…\n", f->geojson, (long long)(clock_monotonic() - began), str_z(arena, w.report));
    const struct unit_snapshot *s = unit_hold(&app);
    assert_int_equal(s->areas, 0);
    unit_release(s);
    w.o.dry_run = false;
    assert_int_equal(db_write(t.db, 0, import_work, &w).code, ERR_NONE);
    assert_int_equal(number_in(w.report, "\"created\":"), f->areas);
    s = unit_hold(&app);
    assert_int_equal(s->areas, f->areas + 1);
    unit_release(s);
    /* The same again changes nothing. */
    w.now++;
    assert_int_equal(db_write(t.db, 0, import_work, &w).code, ERR_NONE);
    assert_int_equal(number_in(w.report, "\"same\":"), f->areas);
    struct points p = read_points(f->points);
    compare(f, &p);
}

static void los_angeles_councils(void **state)
{
    (void)state;
    import_file(&(struct file){ "la-311/council-districts-2012.geojson.gz", "la-311/requests-2020.csv.gz", "name", "external_id", 15, 5 });
}

static void los_angeles_neighbourhoods(void **state)
{
    (void)state;
    import_file(&(struct file){ "la-311/neighborhood-councils.geojson.gz", "la-311/requests-2020.csv.gz", "name", "nc_id", 99, 5 });
}

static void new_york(void **state)
{
    (void)state;
    import_file(&(struct file){ "nyc-311/community-districts.geojson.gz", "nyc-311/requests-2018.csv.gz", "name", "boro_cd", 59, 5 });
}

static void tainan(void **state)
{
    (void)state;
    import_file(&(struct file){ "zh-tainan-1999/villages.geojson.gz", "zh-tainan-1999/requests-2017.csv.gz", "VILLNAME", "VILLCODE", 752, 20 });
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(los_angeles_councils), TEST(los_angeles_neighbourhoods), TEST(new_york), TEST(tainan) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
