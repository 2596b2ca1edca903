/* Levels, choices, memberships and the network: pure. The routes: tests/api/alliance.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "alliance_inside.h"

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

static void a_level_is_the_depth_of_the_area(void **state)
{
    (void)state;
    static const enum alliance_level want[] = { LEVEL_DISTRICT, LEVEL_STREET, LEVEL_COMMUNITY, LEVEL_COMMUNITY };
    for (int depth = 0; depth < 4; depth++)
        assert_int_equal(alliance_level_of(depth), want[depth]);
    assert_int_equal(alliance_level_of(-1), LEVEL_NONE);
}

static void choices_are_found_by_name(void **state)
{
    (void)state;
    struct list roles = setting_list_read(arena, STR("[{\"code\":\"lead\",\"zh\":\"牵头\",\"en\":\"Lead\"},{\"code\":\"adviser\",\"zh\":\"顾问\",\"en\":\"Adviser\"}]"),
                                          choice_fields, sizeof(struct choice));
    static const char *const words[] = { "adviser", "顾问", "ADVISER", "Adviser" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_true(str_is(choice_named(arena, &roles, str_of(words[i]))->code, "adviser"));
    assert_null(choice_named(arena, &roles, STR("会员")));
}

static void stretches_share_a_moment_or_not(void **state)
{
    (void)state;
    static const struct { ms from, until, other, other_until; bool want; } rows[] = {
        { 10, 20, 20, 30, false }, { 10, 21, 20, 30, true }, { 10, 0, 20, 30, true }, { 30, 0, 20, 30, false },
        { 10, 0, 99, 0, true },    { 25, 26, 20, 0, true },  { 10, 20, 30, 0, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(periods_overlap(rows[i].from, rows[i].until, rows[i].other, rows[i].other_until), rows[i].want);
        assert_int_equal(periods_overlap(rows[i].other, rows[i].other_until, rows[i].from, rows[i].until), rows[i].want);
    }
}

/* ---- the network ---- */

/* Case 100: of 1, handled; 2 and 3 were called, 2 answered, 3 is open. Case 101: of nobody; 2 and 3 answered. Case 102: of 1, not handled; 2 answered. */
static struct case_whistle calls[] = {
    { 100, 2, 1, 50, true, false, true },  { 100, 3, 1, 51, false, true, true }, { 101, 2, 0, 60, true, false, false },
    { 101, 3, 0, 61, true, false, false }, { 102, 2, 1, 70, true, false, false },
};
static const struct list all_calls = { calls, 5 }, no_ties = { NULL, 0 };

static const struct network_edge *edge(const struct network *n, int64_t x, int64_t y)
{
    const struct network_edge *e = n->edges.at;
    const struct network_node *node = n->nodes.at;
    for (size_t i = 0; i < n->edges.len; i++)
        if (node[e[i].a].org == x && node[e[i].b].org == y)
            return &e[i];
    return NULL;
}

static void assert_edge(const struct network *n, int64_t x, int64_t y, int64_t count, int64_t answered, int64_t cases, int64_t alliances)
{
    const struct network_edge *e = edge(n, x, y);
    assert_non_null(e);
    assert_int_equal(e->calls, count);
    assert_int_equal(e->answered, answered);
    assert_int_equal(e->cases, cases);
    assert_int_equal(e->alliances, alliances);
}

static void calls_and_shared_cases_join_two(void **state)
{
    (void)state;
    struct network        n;
    struct network_filter every = { 0 };
    struct list           none = { 0 };
    network_build(arena, &all_calls, &none, &no_ties, &every, &n);
    assert_int_equal(n.nodes.len, 3);
    assert_int_equal(n.edges.len, 3);
    assert_edge(&n, 1, 2, 2, 2, 1, 0);
    assert_edge(&n, 1, 3, 1, 0, 0, 0);
    assert_edge(&n, 2, 3, 0, 0, 1, 0);
    const struct network_node *node = n.nodes.at;
    assert_int_equal(node[0].cases, 1);
    assert_int_equal(node[1].cases, 2);
    assert_int_equal(node[2].cases, 1);
    assert_int_equal(n.cases, 2);
    assert_int_equal(n.calls, 3);
    assert_int_equal(n.answered, 2);
    assert_int_equal(n.open, 1);
}

static void of_an_alliance_only_while_both_were_in(void **state)
{
    (void)state;
    struct member_row     rows[] = { { 7, 1, 1, STR("lead"), 0, 0, 0, STR_NONE }, { 7, 2, 2, STR("member"), 0, 60, 2, STR_NONE },
                                     { 7, 3, 2, STR("member"), 65, 0, 0, STR_NONE }, { 7, 4, 4, STR("member"), 0, 0, 0, STR_NONE } };
    struct list           members = { rows, 4 };
    struct network_filter f = { .members = &members };
    struct network        n;
    network_build(arena, &all_calls, &members, &no_ties, &f, &n);
    assert_int_equal(n.nodes.len, 3);   /* 4 too, though it worked with nobody */
    assert_edge(&n, 1, 2, 2, 2, 1, 1);  /* in twice is one alliance */
    assert_edge(&n, 1, 4, 0, 0, 0, 1);
    assert_null(edge(&n, 1, 3));
    rows[2].joined_at = 71;             /* out when it answered in case 102 */
    network_build(arena, &all_calls, &members, &no_ties, &f, &n);
    assert_edge(&n, 1, 2, 1, 1, 1, 1);
}

static void of_an_area_its_own_and_whom_they_worked_with(void **state)
{
    (void)state;
    static const int64_t  own[] = { 3 };
    struct network_filter f = { .orgs = { own, 1 }, .by_orgs = true };
    struct network        n;
    struct list           none = { 0 };
    network_build(arena, &all_calls, &none, &no_ties, &f, &n);
    assert_int_equal(n.edges.len, 2);
    assert_non_null(edge(&n, 1, 3));
    assert_non_null(edge(&n, 2, 3));
    f.orgs.len = 0;
    network_build(arena, &all_calls, &none, &no_ties, &f, &n);
    assert_int_equal(n.nodes.len, 0);
    assert_int_equal(n.calls, 0);
}

static void agreements_join_two(void **state)
{
    (void)state;
    struct alliance_tie   rows[] = { { 50, 4, 2, 2, 1, 0, 90 }, { 50, 2, 5, 1, 1, 0, 90 }, { 51, 2, 4, 3, 0, 2, 20 }, { 52, 4, 4, 1, 1, 0, 90 } };
    struct list           ties = { rows, 4 }, none = { 0 };
    struct member_row     in[] = { { 7, 1, 2, STR("lead"), 0, 0, 0, STR_NONE }, { 7, 2, 4, STR("member"), 30, 0, 0, STR_NONE } };
    struct list           members = { in, 2 };
    struct network_filter every = { 0 }, of = { .members = &members };
    struct network        n;
    network_build(arena, &all_calls, &none, &ties, &every, &n);
    assert_edge(&n, 1, 2, 2, 2, 1, 0);   /* as before */
    const struct network_edge *e = edge(&n, 2, 4);
    assert_non_null(e);
    assert_int_equal(e->agreements, 2);
    assert_int_equal(e->pledges, 5);
    assert_int_equal(e->kept, 1);
    assert_int_equal(e->late, 2);
    assert_int_equal(e->calls + e->cases + e->alliances, 0);
    assert_int_equal(edge(&n, 2, 5)->agreements, 1);
    assert_int_equal(n.agreements, 2);
    network_build(arena, &none, &none, &ties, &of, &n);   /* the second was over when 4 came in */
    assert_int_equal(n.edges.len, 1);
    assert_int_equal(edge(&n, 2, 4)->agreements, 1);
    assert_int_equal(n.agreements, 1);
}

static void a_figure_opens_its_cases(void **state)
{
    (void)state;
    static const struct { struct network_ask ask; int64_t want[3]; size_t n; } rows[] = {
        { { 0, 0, false, false }, { 100, 101, 102 }, 3 }, { { 1, 2, false, false }, { 100, 102 }, 2 },     { { 2, 1, false, true }, { 100 }, 1 },
        { { 2, 3, false, false }, { 101 }, 1 },           { { 0, 0, true, false }, { 100 }, 1 },           { { 1, 3, false, true }, { 0 }, 0 },
        { { 9, 0, false, false }, { 0 }, 0 },             { { 0, 0, false, true }, { 100, 101 }, 2 },
    };
    struct network_filter every = { 0 };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ids ids = network_cases(arena, &all_calls, &every, &rows[i].ask);
        assert_int_equal(ids.len, rows[i].n);
        for (size_t k = 0; k < ids.len; k++)
            assert_int_equal(ids.at[k], rows[i].want[k]);
    }
}

/* Many pairs: the table grows and every count arrives. */
static void a_large_network_loses_nothing(void **state)
{
    (void)state;
    enum { ORGS = 300, CALLS = 20000 };
    struct case_whistle *many = ARENA_ARRAY(arena, CALLS, struct case_whistle);
    for (int i = 0; i < CALLS; i++)
        many[i] = (struct case_whistle){ i / 2 + 1, 1000 + i * 7 % ORGS, 1000 + i / 2 * 11 % ORGS, i, true, false, true };
    struct list           list = { many, CALLS }, none = { 0 };
    struct network_filter every = { 0 };
    struct network        n;
    int64_t               own = 0, sum = 0;
    for (int i = 0; i < CALLS; i++)
        own += many[i].org_id == many[i].holder;
    network_build(arena, &list, &none, &no_ties, &every, &n);
    const struct network_edge *e = n.edges.at;
    for (size_t i = 0; i < n.edges.len; i++) {
        sum += e[i].calls;
        assert_true(e[i].a < e[i].b);
        assert_true(!i || e[i - 1].a < e[i].a || (e[i - 1].a == e[i].a && e[i - 1].b < e[i].b));
    }
    assert_int_equal(n.nodes.len, ORGS);
    assert_int_equal(n.calls, CALLS - own);
    assert_int_equal(sum, n.calls);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_level_is_the_depth_of_the_area),      cmocka_unit_test(choices_are_found_by_name),
        cmocka_unit_test(stretches_share_a_moment_or_not),
        cmocka_unit_test(calls_and_shared_cases_join_two),       cmocka_unit_test(of_an_alliance_only_while_both_were_in),
        cmocka_unit_test(of_an_area_its_own_and_whom_they_worked_with), cmocka_unit_test(a_figure_opens_its_cases),
        cmocka_unit_test(agreements_join_two),
        cmocka_unit_test(a_large_network_loses_nothing),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
