/* What lies in a box on the map, whichever way it is found: against all cases looked at one by one. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../base/log.h"
#include "../../db/test_db.h"
#include "case_matter.h"
#include "case_pick.h"

#define TENANT 1
#define CASES  6000
#define MOST   3000

static struct test_db db;
static struct arena  *arena;

struct one { int64_t id, lon, lat, state, due, area, org, category, source, reporter; };
static struct one all[CASES];

DB_SQL(box_test_case,
       "INSERT INTO cases (tenant_id, id, code, source, state, severity, reported_at, updated_at, version, text, lon_e7, lat_e7, due_at, area_id, "
       "org_id, category_id, reporter_id, closed_at) VALUES ($1, $2, $3, $4, $5, 2, 1, 1, 1, 'x', $6, $7, $8, $9, $10, $11, $12, $13)")

static uint64_t seed = 20240229;

static int64_t any_below(int64_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((seed >> 33) % (uint64_t)n);
}

/* Around the corner of four cells, half of them where the equator meets the meridian of Greenwich. */
static const int64_t middles[][2] = { { 1200040000, 230060000 }, { 0, 0 } };

/* One in six without a place, one in six at one spot, one in six on the lines between cells, the others anywhere within 1 km or so. */
static struct one case_of(int i)
{
    struct one     o = { .id = 5000 + i * 3, .state = CASE_REPORTED + any_below(CASE_STATE_COUNT - CASE_REPORTED), .due = any_below(4) ? 100 + any_below(50) : 0,
                         .area = 1 + any_below(5), .org = any_below(3) ? 0 : 1 + any_below(3), .category = 1 + any_below(3), .source = 1 + any_below(40) / 39,
                         .reporter = any_below(300) ? 0 : 7 };
    const int64_t *middle = middles[any_below(2)];
    int            kind = (int)any_below(6);
    o.lon = middle[0] + any_below(100000) - 50000;
    o.lat = middle[1] + any_below(100000) - 50000;
    if (kind == 1) {
        o.lon = middle[0] + 1234;
        o.lat = middle[1] + 4321;
    } else if (kind == 2) {
        o.lon = middle[0] + any_below(20) * CASE_SPOT_E7 - 50000 + any_below(3) - 1;
        o.lat = middle[1] + any_below(5) * CASE_CELL_E7 - 40000 + any_below(3) - 1;
    }
    if (kind == 0)
        o.lon = o.lat = INT64_MIN;
    return o;
}

static bool is_open(const struct one *o)
{
    return case_state_info((enum case_state)o->state)->open;
}

static struct db_arg place(int64_t e7)
{
    return e7 == INT64_MIN ? (struct db_arg)NUL : (struct db_arg)I64(e7);
}

static err make(struct db_conn *c, void *arg)
{
    (void)arg;
    for (int i = 0; i < CASES; i++) {
        struct one *o = &all[i];
        *o = case_of(i);
        int64_t closed = is_open(o) ? 0 : 9;
        TRY(db_exec(c, &box_test_case,
                    DB_ARGS(I64(TENANT), I64(o->id), TEXT(str_fmt(arena, "c%d", i)), I64(o->source), I64(o->state), place(o->lon), place(o->lat), REF(o->due),
                            I64(o->area), REF(o->org), I64(o->category), REF(o->reporter), REF(closed)),
                    NULL));
    }
    return OK;
}

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    log_setup(LOG_ERROR + 1, false);
    test_db_open(&db);
    assert_false(failed(db_write(db.db, 0, make, NULL)));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    test_db_close(&db);
    arena_free(arena);
    return 0;
}

/* ---- one by one ---- */

static bool has(const struct pick_set *s, int64_t id)
{
    for (size_t i = 0; i < s->ids.len; i++)
        if (s->ids.at[i] == id)
            return true;
    return s->any;
}

static bool inside(const struct one *o, const int64_t box[4])
{
    return o->lon != INT64_MIN && o->lon >= box[0] && o->lon <= box[1] && o->lat >= box[2] && o->lat <= box[3];
}

static bool fits(const struct one *o, const struct pick_arm *a)
{
    bool more = (!a->source || a->source == o->source) && (!a->reporter || a->reporter == o->reporter) && (!a->open || is_open(o)) && (!a->has_org || o->org);
    return more && inside(o, a->box) && has(&a->states, o->state) && has(&a->areas, o->area) && has(&a->orgs, o->org) && has(&a->categories, o->category);
}

static bool behind(const struct pick *p, const struct one *o)
{
    return p->order == PICK_DUE || !p->after || (p->order == PICK_NEW ? o->id < p->after : o->id > p->after);
}

static int first_due(const void *x, const void *y)
{
    const struct one *a = *(const struct one *const *)x, *b = *(const struct one *const *)y;
    int64_t           due = a->due ? a->due : INT64_MAX, other = b->due ? b->due : INT64_MAX;
    return due != other ? (due > other) - (due < other) : (a->id > b->id) - (a->id < b->id);
}

static size_t wanted(const struct pick *p, const struct one **out)
{
    size_t n = 0;
    for (int i = 0; i < CASES; i++) {
        const struct one *o = &all[p->order == PICK_NEW ? CASES - 1 - i : i];
        bool              any = false;
        for (size_t k = 0; k < p->arm_count; k++)
            any = any || fits(o, &p->arms[k]);
        if (any && behind(p, o) && (p->order != PICK_DUE || is_open(o)))
            out[n++] = o;
    }
    if (p->order == PICK_DUE)
        qsort(out, n, sizeof *out, first_due);
    return n < p->most ? n : p->most;
}

/* ---- and as it is asked ---- */

struct asking { struct pick p; struct picked *out; size_t got, counted; };

static err ask(struct db_conn *c, void *arg)
{
    struct asking *a = arg;
    struct req     r = { .arena = arena, .db = c, .tenant = TENANT };
    TRY(case_pick(&r, &a->p, a->out, &a->got));
    return case_pick_count(&r, &a->p, &a->counted);
}

static void check(const struct pick *p)
{
    const struct one *want[CASES];
    struct arena_mark mark = arena_mark(arena);
    struct asking     a = { .p = *p, .out = ARENA_ARRAY(arena, MOST, struct picked) };
    size_t            n = wanted(p, want);
    assert_false(failed(db_read(db.db, ask, &a)));
    assert_int_equal(a.got, n);
    assert_int_equal(a.counted, n);
    for (size_t i = 0; i < n; i++) {
        const struct picked *got = &a.out[i];
        assert_int_equal(got->id, want[i]->id);
        if (p->order == PICK_DUE || (!got->lon_e7 && !got->lat_e7))
            continue;
        assert_true(got->lon_e7 == want[i]->lon && got->lat_e7 == want[i]->lat && got->state == want[i]->state && got->due_at == want[i]->due);
    }
    arena_rewind(arena, mark);
}

#define ANY ((struct pick_set){ .any = true })
static const int64_t some_areas[] = { 4, 2 }, some_orgs[] = { 3, 1 }, one_org[] = { 2 }, some_states[] = { CASE_CLOSED, CASE_REPORTED }, one_category[] = { 2 };
#define OF(set) ((struct pick_set){ false, { set, sizeof set / sizeof *set } })

#define ARM(s, a, o, c, ...) { .states = s, .areas = a, .orgs = o, .categories = c, __VA_ARGS__ }
/* Everything; what the indexes of cells know; what they do not; what several may see together, as somebody of an area, an organisation and their own. */
static const struct { size_t n; struct pick_arm arms[3]; } askers[] = {
    { 1, { ARM(ANY, ANY, ANY, ANY, ) } },
    { 1, { ARM(OF(some_states), ANY, ANY, OF(one_category), ) } },
    { 1, { ARM(ANY, OF(some_areas), ANY, ANY, ) } },
    { 1, { ARM(ANY, ANY, OF(one_org), ANY, .source = 2) } },
    { 1, { ARM(ANY, ANY, ANY, ANY, .source = 2) } },
    { 1, { ARM(OF(some_states), ANY, ANY, ANY, .open = true, .has_org = true) } },
    { 3, { ARM(ANY, OF(some_areas), ANY, ANY, .by_area = true), ARM(ANY, ANY, OF(some_orgs), ANY, ), ARM(ANY, ANY, ANY, ANY, .reporter = 7) } },
};

static void check_box(const int64_t box[4])
{
    static const size_t sizes[] = { 1, 51, 501, MOST };
    struct pick_arm     arms[3];
    for (size_t i = 0; i < sizeof askers / sizeof *askers; i++) {
        for (size_t k = 0; k < askers[i].n; k++) {
            arms[k] = askers[i].arms[k];
            arms[k].bbox = true;
            memcpy(arms[k].box, box, sizeof arms[k].box);
        }
        struct pick p = { .arms = arms, .arm_count = askers[i].n, .order = (enum pick_order)any_below(3), .most = sizes[any_below(4)] };
        p.after = p.order != PICK_DUE && any_below(2) ? all[any_below(CASES)].id : 0;
        check(&p);
    }
}

static void boxes_of_every_size(void **state)
{
    static const int64_t sizes[] = { 1, 300, 2500, 5000, 12000, 26000, 40000, 80000, 120000, 3000000, 30000000 };
    (void)state;
    for (int i = 0; i < 180; i++) {
        int64_t wide = sizes[any_below(11)], high = any_below(4) ? wide : sizes[any_below(11)];
        int64_t west = middles[i % 2][0] + any_below(110000) - 55000 - wide / 2, south = middles[i % 2][1] + any_below(110000) - 55000 - high / 2;
        check_box((int64_t[4]){ west, west + wide, south, south + high });
    }
}

/* Sides on the very lines between cells, one step before and one behind them. */
static void sides_between_cells(void **state)
{
    (void)state;
    for (int i = 0; i < 60; i++) {
        int64_t west = middles[i % 2][0] + (any_below(6) - 3) * CASE_CELL_E7 + any_below(3) - 1, south = middles[i % 2][1] + (any_below(12) - 6) * CASE_SPOT_E7 + any_below(3) - 1;
        check_box((int64_t[4]){ west, west + any_below(5) * CASE_SPOT_E7, south, south + any_below(3) * CASE_CELL_E7 });
    }
}

static void the_whole_world(void **state)
{
    (void)state;
    check_box((int64_t[4]){ -1800000000, 1800000000, -900000000, 900000000 });
    check_box((int64_t[4]){ -1800000000, -1799000000, -900000000, -899000000 });
    check_box((int64_t[4]){ 1799000000, 1800000000, 899000000, 900000000 });
}

/* Words that differ from the index's find the same, in a thousand times as long. */
#define PLAN(name, cell) \
    DB_SQL2(name, "EXPLAIN QUERY PLAN SELECT id FROM cases WHERE tenant_id = $1 AND lon_e7 IS NOT NULL AND " cell " = $2", \
            "EXPLAIN SELECT id FROM cases WHERE tenant_id = $1 AND lon_e7 IS NOT NULL AND " cell " = $2")
PLAN(box_test_cell_plan, CASE_CELL_SQL)
PLAN(box_test_spot_plan, CASE_SPOT_SQL)

struct plan { const struct db_sql *sql; const char *index; bool used; };

static err read_plan(struct db_conn *c, void *arg)
{
    struct plan   *p = arg;
    struct db_rows rows;
    TRY(db_query(c, p->sql, DB_ARGS(I64(TENANT), I64(1)), &rows));
    while (db_next(&rows))
        p->used |= strstr(str_z(arena, db_text(&rows, test_db_postgres() ? 0 : 3)), p->index) != NULL;
    return db_done(&rows);
}

static void cells_are_found_by_their_indexes(void **state)
{
    (void)state;
    struct plan plans[] = { { &box_test_cell_plan, "cases_cell", false }, { &box_test_spot_plan, "cases_spot", false } };
    for (size_t i = 0; i < 2; i++) {
        assert_false(failed(db_read(db.db, read_plan, &plans[i])));
        assert_true(plans[i].used);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(boxes_of_every_size), cmocka_unit_test(sides_between_cells), cmocka_unit_test(the_whole_world),
                                       cmocka_unit_test(cells_are_found_by_their_indexes) };
    return cmocka_run_group_tests_name("case_box", tests, setup, teardown);
}
