/* Tests of what a change of the tree does to rights: against a plain count of every (person, right, organisation), on random trees. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "sight.h"

#define ORGS   12
#define GRANTS 14
#define PEOPLE 4
#define NOW    ((ms)1000)

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

static struct tree tree_of(const int64_t *parents, size_t n)
{
    struct unit_org_spot *at = ARENA_ARRAY(arena, n, struct unit_org_spot);
    for (size_t i = 0; i < n; i++)
        at[i] = (struct unit_org_spot){ .id = (int64_t)i + 1, .parent = parents[i] };
    return (struct tree){ NULL, { at, n } };
}

static struct ids all_of(const struct tree *t)
{
    int64_t *ids = ARENA_ARRAY(arena, t->orgs.len, int64_t);
    for (size_t i = 0; i < t->orgs.len; i++)
        ids[i] = (int64_t)i + 1;
    return (struct ids){ ids, t->orgs.len };
}

static struct account_grant grant(int64_t person, perm_set perms, int64_t org, ms from, ms to)
{
    return (struct account_grant){ person, STR("某人"), perms, { UNIT_ORG, org }, from, to };
}

static void what_comes_from_above_is_gained_and_what_is_left_behind_lost(void **state)
{
    (void)state;
    const int64_t        parents[] = { 0, 0, 1, 3 };   /* 1 ← 3 ← 4; 2 */
    struct tree          before = tree_of(parents, 4), after = tree_copy(arena, &before);
    struct account_grant grants[] = { grant(7, 6, 1, 0, 0), grant(8, 2, 2, 0, 0), grant(9, 4, 3, 0, 0) };
    struct list          all = { grants, 3 };
    struct ids           moved = tree_below(arena, &before, 3);
    tree_find(&after, 3)->parent = 2;
    assert_int_equal(moved.len, 2);
    struct list         changes = sight_changes(arena, &before, &after, &all, moved, NOW);
    const struct sight *s = changes.at;
    assert_int_equal(changes.len, 2);   /* who holds it at what moves keeps it */
    assert_true(s[0].person == 7 && s[0].loses == 6 && !s[0].gains && s[0].lose_count == 2 && s[0].lose_org == 3);
    assert_true(s[1].person == 8 && s[1].gains == 2 && !s[1].loses && s[1].gain_count == 2);
    assert_true(sight_widens(&changes));
    assert_int_equal(tree_find(&before, 3)->parent, 1);
    assert_null(tree_find(&before, 99));
    changes = sight_between(arena, &before, &all, 4, 2, PERM_SIGNED_IN);
    assert_true(changes.len == 2 && !sight_widens(&changes));   /* whoever holds it above 4 alone */
}

static void a_right_counts_as_held_only_as_long_as_it_lasts(void **state)
{
    (void)state;
    const int64_t parents[] = { 0, 0 };
    struct tree   before = tree_of(parents, 2), after = tree_copy(arena, &before);
    tree_find(&after, 2)->parent = 1;
    static const struct { ms from, to, held_from, held_to; bool widens; } cases[] = {
        { 0, 0, 0, 0, false },         { 0, 0, 0, 2000, true },       { 0, 2000, 0, 2000, false }, { 0, 2000, 0, 0, false },
        { 0, 2000, 0, 1999, true },    { 500, 0, 900, 0, false },     { 500, 0, 1500, 0, true },   { 1500, 0, 1500, 0, false },
        { 1500, 0, 1501, 0, true },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct account_grant grants[] = { grant(7, 2, 1, cases[i].from, cases[i].to), grant(7, 2, 2, cases[i].held_from, cases[i].held_to) };
        struct list          all = { grants, 2 }, changes = sight_changes(arena, &before, &after, &all, all_of(&before), NOW);
        assert_int_equal(sight_widens(&changes), cases[i].widens);
    }
}

static uint32_t seed = 20261126;

static int64_t random_below(int64_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (int64_t)(seed >> 8) % n;
}

static perm_set held(const struct tree *t, const struct account_grant *grants, int64_t person, int64_t org)
{
    perm_set set = 0;
    for (size_t i = 0; i < GRANTS; i++)
        if (grants[i].person == person && tree_covers(t, grants[i].unit, org))
            set |= grants[i].perms;
    return set;
}

static bool any_more(const struct tree *before, const struct tree *after, const struct account_grant *grants)
{
    for (int64_t person = 1; person <= PEOPLE; person++)
        for (int64_t org = 1; org <= ORGS; org++)
            if (held(after, grants, person, org) & ~held(before, grants, person, org))
                return true;
    return false;
}

/* What is said to widen does, and nothing else. */
static void it_agrees_with_a_plain_count(void **state)
{
    int widened = 0, same = 0;
    (void)state;
    for (int round = 0; round < 2000; round++) {
        int64_t              parents[ORGS];
        struct account_grant grants[GRANTS];
        struct arena_mark    mark = arena_mark(arena);
        for (int64_t i = 0; i < ORGS; i++)
            parents[i] = i && random_below(4) ? random_below(i) + 1 : 0;
        for (size_t i = 0; i < GRANTS; i++)   /* in order of persons */
            grants[i] = grant((int64_t)(i * PEOPLE / GRANTS) + 1, (perm_set)random_below(15) + 1, random_below(ORGS) + 1, 0, 0);
        struct tree before = tree_of(parents, ORGS), after = tree_copy(arena, &before);
        int64_t     org = random_below(ORGS) + 1, to = random_below(ORGS + 1);
        struct ids  below = tree_below(arena, &before, org);
        bool        circle = false;
        for (size_t i = 0; i < below.len; i++)
            circle = circle || below.at[i] == to;
        if (circle)
            continue;
        tree_find(&after, org)->parent = to;
        struct list all = { grants, GRANTS }, changes = sight_changes(arena, &before, &after, &all, below, NOW);
        assert_int_equal(sight_widens(&changes), any_more(&before, &after, grants));
        widened += sight_widens(&changes);
        same += !sight_widens(&changes);
        arena_rewind(arena, mark);
    }
    assert_true(widened > 200 && same > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_comes_from_above_is_gained_and_what_is_left_behind_lost, setup, teardown),
        cmocka_unit_test_setup_teardown(a_right_counts_as_held_only_as_long_as_it_lasts, setup, teardown),
        cmocka_unit_test_setup_teardown(it_agrees_with_a_plain_count, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
