/* Several arms of the same areas are walked through once: what comes of it is what each of them would give. */
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

#define TENANT 1
#define CASES  60

static struct test_db db;
static struct arena  *arena;
static int64_t        grids[2];

struct one { int64_t id, area, state, due, closed; bool held, open; };
static struct one all[CASES];

DB_SQL(pick_test_case,
       "INSERT INTO cases (tenant_id, id, code, source, state, severity, reported_at, updated_at, version, text, area_id, due_at, "
       "held_area_id, closed_at) VALUES ($1, $2, $3, 1, $4, 2, 1, 1, 1, 'x', $5, $6, $7, $8)")

/* Every fourth has no limit, every third is held by a level, every fifth is closed; three of them are due at one time. */
static err make(struct db_conn *c, void *arg)
{
    int64_t root;
    (void)arg;
    TRY(unit_area_add(c, arena, TENANT, &(struct unit_area_new){ 0, "district", STR_NONE, STR("区"), STR_NONE, STR_NONE }, 1, &root));
    for (int i = 0; i < 2; i++)
        TRY(unit_area_add(c, arena, TENANT, &(struct unit_area_new){ root, "street", STR_NONE, str_fmt(arena, "街%d", i), STR_NONE, STR_NONE }, 1, &grids[i]));
    for (int i = 0; i < CASES; i++) {
        struct one *o = &all[i];
        *o = (struct one){ 1000 + i, grids[i % 2], CASE_REPORTED + i / 2 % 5, i % 4 ? 5000 + (i * 7 % CASES) / 3 : 0, i % 5 ? 0 : 9, i % 3 == 0, i % 5 != 0 };
        TRY(db_exec(c, &pick_test_case,
                    DB_ARGS(I64(TENANT), I64(o->id), TEXT(str_fmt(arena, "c%d", i)), I64(o->state), I64(o->area), REF(o->due), REF(o->held ? o->area : 0),
                            REF(o->closed)),
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

#define ANY ((struct pick_set){ .any = true })
static const int64_t early[] = { CASE_REPORTED, CASE_WAITING }, late[] = { CASE_DISPATCHED, CASE_ACCEPTED };

static bool has(const struct pick_set *s, int64_t id)
{
    for (size_t i = 0; i < s->ids.len; i++)
        if (s->ids.at[i] == id)
            return true;
    return s->any;
}

static bool fits(const struct one *o, const struct pick_arm *arms, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (o->open && has(&arms[i].areas, o->area) && has(&arms[i].states, o->state) && !(arms[i].unheld && o->held) && !arms[i].has_org)
            return true;
    return false;
}

static int first_due(const void *x, const void *y)
{
    const struct one *a = *(const struct one *const *)x, *b = *(const struct one *const *)y;
    int64_t           due = a->due ? a->due : INT64_MAX, other = b->due ? b->due : INT64_MAX;
    return due != other ? (due > other) - (due < other) : (a->id > b->id) - (a->id < b->id);
}

struct asking { const struct pick_arm *arms; size_t n, most, walk_most, got, met; bool cut, whole; struct picked *out; };

static err ask(struct db_conn *c, void *arg)
{
    struct asking   *a = arg;
    struct pick_walk walk = { 0 };
    struct req       r = { .arena = arena, .db = c, .tenant = TENANT };
    struct pick      p = { .arms = a->arms, .arm_count = a->n, .order = PICK_DUE, .most = a->most, .walk = &walk, .walk_most = a->walk_most };
    TRY(case_pick(&r, &p, a->out, &a->got));
    a->met = walk.met.len;
    a->whole = walk.whole;
    a->cut = walk.cut;
    return OK;
}

static void check(const struct pick_arm *arms, size_t n, size_t most, size_t met)
{
    const struct one *want[CASES];
    struct picked     out[CASES];
    size_t            count = 0;
    struct asking     a = { .arms = arms, .n = n, .most = most, .out = out };
    for (int i = 0; i < CASES; i++)
        if (fits(&all[i], arms, n))
            want[count++] = &all[i];
    qsort(want, count, sizeof *want, first_due);
    assert_false(failed(db_read(db.db, ask, &a)));
    assert_int_equal(a.got, count < most ? count : most);
    for (size_t i = 0; i < a.got; i++) {
        assert_int_equal(out[i].id, want[i]->id);
        assert_int_equal(out[i].state, want[i]->state);
        assert_true(out[i].due_at == (want[i]->due ? want[i]->due : PICK_NO_DUE));
    }
    if (most == CASES)
        assert_int_equal(a.met, met);
    assert_true(!a.whole || a.met == met);
}

static void one_walk_for_all(void **state)
{
    const struct pick_set both = { false, { grids, 2 } }, first = { false, { grids, 1 } };
    const struct pick_arm arms[] = {
        { { false, { early, 2 } }, both, ANY, ANY, .open = true, .unheld = true, .no_org = true },
        { { false, { late, 2 } }, first, ANY, ANY, .open = true },
        { { false, { late, 1 } }, both, ANY, ANY, .open = true, .has_org = true },   /* none has an organisation */
    };
    size_t open = 0;
    (void)state;
    for (int i = 0; i < CASES; i++)
        open += all[i].open;
    for (size_t most = 1; most < CASES; most += 3)
        check(arms, 3, most, open);
    check(arms, 3, CASES, open);
    check(arms, 1, CASES, 0);   /* alone it goes its own way */
    check(arms + 2, 1, CASES, 0);
}

static size_t open_of(struct pick_set areas)
{
    size_t n = 0;
    for (int i = 0; i < CASES; i++)
        n += all[i].open && has(&areas, all[i].area);
    return n;
}

/* Where looking stops early what is given is what comes first, and it is said that there is more. */
static void a_walk_that_ends_early(void **state)
{
    const struct pick_set both = { false, { grids, 2 } };
    const struct pick_arm arms[] = { { { false, { early, 1 } }, both, ANY, ANY, .open = true, .no_org = true }, { { false, { late, 1 } }, both, ANY, ANY, .open = true } };
    bool                  cut = false, whole = false;
    (void)state;
    for (size_t walk_most = 1; walk_most <= CASES; walk_most++)
        for (size_t most = 1; most <= CASES; most++) {
            struct picked want[CASES], out[CASES];
            struct asking to_the_end = { .arms = arms, .n = 2, .most = most, .out = want }, a = { .arms = arms, .n = 2, .most = most, .walk_most = walk_most, .out = out };
            assert_false(failed(db_read(db.db, ask, &to_the_end)));
            assert_false(failed(db_read(db.db, ask, &a)));
            assert_true(a.got == to_the_end.got || (a.cut && a.got < to_the_end.got));
            for (size_t i = 0; i < a.got; i++)
                assert_int_equal(out[i].id, want[i].id);
            assert_true(a.whole ? !a.cut && a.met == open_of(both) : a.cut || a.got == most);
            cut = cut || (a.cut && a.got > 1 && a.got < to_the_end.got);
            whole = whole || (!a.cut && a.got == to_the_end.got);
        }
    assert_true(cut && whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(one_walk_for_all), cmocka_unit_test(a_walk_that_ends_early) };
    return cmocka_run_group_tests_name("case_pick", tests, setup, teardown);
}
