/* Pages by area, category and state together, by state, by how the call-back and by how the appeal stands, and how many there are, beside what each case by itself
 * says. 520 newer cases of no area or category stand before them, so that a page is not filled by the newest of the district. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../base/log.h"
#include "../../db/test_db.h"
#include "../unit/unit.h"
#include "case_pick.h"

#define TENANT     1
#define CASES      400
#define NEWER      520
#define AREAS      9
#define CATEGORIES 4

static struct test_db db;
static struct arena  *arena;
static int64_t        areas[AREAS];
static const int64_t  categories[CATEGORIES] = { 11, 12, 13, 14 };
static const int64_t  states[] = { CASE_CLOSED, CASE_REPORTED, CASE_HANDLING };

struct one { int64_t id, area, category, state, call, appeal; };
static struct one all[CASES];

DB_SQL(pages_test_pack, "INSERT INTO category_pack (tenant_id, id, code, version, imported_at) VALUES ($1, 1, 'p', '1', 1)")
DB_SQL(pages_test_category,
       "INSERT INTO category (tenant_id, id, pack_id, kind, code, name_zh, name_en, leaf, valid_from, version) VALUES ($1, $2, 1, 'matter', $3, 'x', 'x', 1, 1, 1)")
DB_SQL(pages_test_case,
       "INSERT INTO cases (tenant_id, id, code, source, state, severity, reported_at, updated_at, version, text, area_id, category_id, call_back, appeal) "
       "VALUES ($1, $2, $3, 1, $4, 2, 1, 1, 1, 'x', $5, $6, $7, $8)")

static err put(struct db_conn *c, const struct one *o)
{
    return db_exec(c, &pages_test_case,
                   DB_ARGS(I64(TENANT), I64(o->id), TEXT(str_fmt(arena, "c%lld", (long long)o->id)), I64(o->state), REF(o->area), REF(o->category), I64(o->call),
                           I64(o->appeal)), NULL);
}

/* Ids of a dozen hours, the first of which have hundreds. The last category is in the first area alone, and the first area has no case of the first one. */
static struct one made(int i)
{
    struct one o = { i < 300 ? 1000 + i : (int64_t)i << 41, areas[i * 7 % AREAS], categories[i * 5 % (CATEGORIES - 1)], states[i * 11 / 3 % 3], i % 4, i / 3 % 4 };
    if (o.area == areas[0] && o.category == categories[0])
        o.category = categories[CATEGORIES - 1];
    return o;
}

static err make(struct db_conn *c, void *arg)
{
    int64_t root;
    (void)arg;
    TRY(unit_area_add(c, arena, TENANT, &(struct unit_area_new){ 0, "district", STR_NONE, STR("区"), STR_NONE, STR_NONE }, 1, &root));
    for (int i = 0; i < AREAS; i++)
        TRY(unit_area_add(c, arena, TENANT, &(struct unit_area_new){ root, "street", STR_NONE, str_fmt(arena, "街%d", i), STR_NONE, STR_NONE }, 1, &areas[i]));
    TRY(db_exec(c, &pages_test_pack, DB_ARGS(I64(TENANT)), NULL));
    for (int i = 0; i < CATEGORIES; i++)
        TRY(db_exec(c, &pages_test_category, DB_ARGS(I64(TENANT), I64(categories[i]), TEXT(str_fmt(arena, "k%d", i))), NULL));
    for (int i = 0; i < CASES; i++)
        all[i] = made(i);
    for (int i = 0; i < CASES; i++)
        TRY(put(c, &all[i * 7 % CASES]));   /* in another order than their ids */
    for (int i = 0; i < NEWER; i++)
        TRY(put(c, &(struct one){ .id = ((int64_t)CASES << 41) + i, .state = CASE_WAITING }));
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

struct asking { struct pick p; size_t got, count; struct picked out[CASES]; };

static err ask(struct db_conn *c, void *arg)
{
    struct asking *a = arg;
    struct req     r = { .arena = arena, .db = c, .tenant = TENANT };
    TRY(case_pick(&r, &a->p, a->out, &a->got));
    return a->p.after ? OK : case_pick_count(&r, &a->p, &a->count);
}

static bool has(const struct pick_set *s, int64_t id)
{
    for (size_t i = 0; i < s->ids.len; i++)
        if (s->ids.at[i] == id)
            return true;
    return s->any;
}

static bool fits(const struct one *o, const struct pick_arm *a)
{
    return has(&a->areas, o->area) && has(&a->categories, o->category) && has(&a->states, o->state) && (!a->call_back.ids.len || has(&a->call_back, o->call)) &&
        (!a->appeal.ids.len || has(&a->appeal, o->appeal));
}

/* Page after page, and how many there are up to a page. */
static void check(const struct pick_arm *arm, enum pick_order order, size_t most)
{
    int64_t want[CASES];
    size_t  n = 0;
    struct asking *a = ARENA_ARRAY(arena, 1, struct asking);
    *a = (struct asking){ .p = { .arms = arm, .arm_count = 1, .order = order, .most = most } };
    for (int i = 0; i < CASES; i++) {
        const struct one *o = &all[order == PICK_NEW ? CASES - 1 - i : i];
        if (fits(o, arm))
            want[n++] = o->id;
    }
    for (size_t at = 0; at <= n; at += most) {
        assert_false(failed(db_read(db.db, ask, a)));
        assert_int_equal(a->got, n - at < most ? n - at : most);
        for (size_t i = 0; i < a->got; i++)
            assert_int_equal(a->out[i].id, want[at + i]);
        if (a->got < most)
            break;
        a->p.after = a->out[most - 1].id;
    }
    assert_int_equal(a->count, n < most ? n : most);
}

static struct pick_set some(const int64_t *of, size_t from, size_t n)
{
    return (struct pick_set){ .ids = { of + from, n } };
}

/* Each with each: of the sets nothing, one, several and more than go into ranges of both together. */
static void areas_and_categories(void **state)
{
    const size_t of_areas[][2] = { { 0, 1 }, { 3, 1 }, { 0, 4 }, { 0, AREAS } }, of_categories[][2] = { { 0, 1 }, { 3, 1 }, { 1, 2 }, { 0, CATEGORIES } };
    const size_t of_states[][2] = { { 0, 3 }, { 0, 1 }, { 1, 2 } };
    size_t       empty = 0, filled = 0;
    (void)state;
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 4; k++)
            for (size_t s = 0; s < 3; s++) {
                struct arena_mark     mark = arena_mark(arena);
                const struct pick_arm arm = { .states = some(states, of_states[s][0], of_states[s][1]), .areas = some(areas, of_areas[i][0], of_areas[i][1]),
                                              .orgs = { .any = true }, .categories = some(categories, of_categories[k][0], of_categories[k][1]) };
                size_t                n = 0;
                for (int c = 0; c < CASES; c++)
                    n += fits(&all[c], &arm);
                empty += n == 0;
                filled += n > 0;
                check(&arm, PICK_NEW, 7);
                check(&arm, PICK_OLD, 50);
                check(&arm, PICK_NEW, CASES);
                arena_rewind(arena, mark);
            }
    assert_true(empty && filled);
}

/* Of the whole district, by indexes that hold the hour of an id (of appeals, which are few: the id). */
static void whole_district(void **state)
{
    static const int64_t stands[] = { 1, 2, 3 };
    const struct pick_set any = { .any = true };
    (void)state;
    for (size_t n = 1; n <= 3; n++)
        for (int order = PICK_NEW; order <= PICK_OLD; order++) {
            struct arena_mark     mark = arena_mark(arena);
            const struct pick_arm of_state = { .states = some(states, 0, n), .areas = any, .orgs = any, .categories = any };
            const struct pick_arm of_call = { .states = any, .areas = any, .orgs = any, .categories = any, .call_back = some(stands, 0, n) };
            const struct pick_arm of_both = { .states = some(states, 0, n), .areas = any, .orgs = any, .categories = any, .call_back = some(stands, 1, 1) };
            const struct pick_arm of_appeal = { .states = any, .areas = any, .orgs = any, .categories = any, .appeal = some(stands, 0, n) };
            const struct pick_arm *const arms[] = { &of_state, &of_call, &of_both, &of_appeal };
            for (int i = 0; i < 4; i++) {
                check(arms[i], (enum pick_order)order, 9);
                check(arms[i], (enum pick_order)order, CASES);
            }
            arena_rewind(arena, mark);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(areas_and_categories), cmocka_unit_test(whole_district) };
    return cmocka_run_group_tests_name("case_pick_pages", tests, setup, teardown);
}
