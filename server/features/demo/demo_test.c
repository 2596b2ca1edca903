/* Tests of the demonstration's map and words. That a whole district comes out the same twice is a journey over HTTP. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <jansson.h>
#include <math.h>

#include "demo_inside.h"

struct ring { double at[200][2]; size_t n; };

static struct ring read_ring(struct str geojson)
{
    struct ring r = { .n = 0 };
    json_t     *doc = json_loadb(geojson.ptr, geojson.len, 0, NULL), *points = json_array_get(json_object_get(doc, "coordinates"), 0), *p;
    assert_non_null(doc);
    size_t i;
    json_array_foreach(points, i, p)
    {
        assert_true(i < 200);
        r.at[i][0] = json_real_value(json_array_get(p, 0));
        r.at[i][1] = json_real_value(json_array_get(p, 1));
        r.n++;
    }
    json_decref(doc);
    return r;
}

static double area(const struct ring *r)
{
    double sum = 0;
    for (size_t i = 0; i + 1 < r->n; i++)
        sum += (r->at[i][0] - 123.5) * (r->at[i + 1][1] - 30) - (r->at[i + 1][0] - 123.5) * (r->at[i][1] - 30);
    return fabs(sum / 2);
}

static bool same(const double *a, const double *b)
{
    return a[0] == b[0] && a[1] == b[1];
}

/* Is the edge i of a also an edge of b, the other way round? */
static bool shared(const struct ring *a, size_t i, const struct ring *b)
{
    for (size_t k = 0; k + 1 < b->n; k++)
        if (same(a->at[i], b->at[k + 1]) && same(a->at[i + 1], b->at[k]))
            return true;
    return false;
}

static void every_edge_has_two_sides(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    static struct ring cells[DEMO_CELLS];
    struct ring        district = read_ring(demo_district_shape(a));
    for (int i = 0; i < DEMO_CELLS; i++)
        cells[i] = read_ring(demo_cell_shape(a, i));
    double sum = 0;
    size_t outer = 0;
    for (int i = 0; i < DEMO_CELLS; i++) {
        sum += area(&cells[i]);
        for (size_t e = 0; e + 1 < cells[i].n; e++) {
            int sides = 0;
            for (int k = 0; k < DEMO_CELLS; k++)
                sides += k != i && shared(&cells[i], e, &cells[k]);
            assert_true(sides <= 1);
            outer += sides == 0;
        }
    }
    assert_int_equal(outer, district.n - 1);
    assert_true(fabs(sum - area(&district)) < 1e-12);
    arena_free(a);
}

static void words_are_whole(void **state)
{
    (void)state;
    assert_true(demo_matter_count >= 20);
    for (size_t i = 0; i < demo_matter_count; i++) {
        const struct demo_matter *m = &demo_matters[i];
        for (int k = 0; k < 4; k++) {
            assert_true(m->places[k] && m->texts[k]);
            assert_true(str_starts(str_of(m->texts[k]), "%s"));   /* demo_cases.c puts the place there */
            assert_null(strchr(m->texts[k] + 2, '%'));
        }
        for (int k = 0; k < 3; k++)
            assert_non_null(m->results[k]);
    }
}

static void dice_repeat(void **state)
{
    (void)state;
    struct demo_random a = { 7 }, b = { 7 }, c = { 8 };
    uint64_t           first = demo_random(&a);
    assert_true(first == demo_random(&b));
    assert_true(first != demo_random(&c));
    for (int i = 0; i < 1000; i++) {
        int v = demo_below(&a, 10);
        assert_true(v >= 0 && v < 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_edge_has_two_sides),
        cmocka_unit_test(words_are_whole),
        cmocka_unit_test(dice_repeat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
