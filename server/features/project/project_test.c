/* States, lateness, money, team, voices: pure. The routes: tests/api/project.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "project_inside.h"

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

static void every_act_in_every_state(void **state)
{
    (void)state;
    /* draft planned under_way for_acceptance accepted abandoned */
    static const char *const want[PROJECT_ACTS][6] = {
        [ACT_PLAN] = { "planned", "", "", "", "", "" },
        [ACT_START] = { "", "under_way", "", "", "", "" },
        [ACT_SUBMIT] = { "", "", "for_acceptance", "", "", "" },
        [ACT_ACCEPT_PROJECT] = { "", "", "", "accepted", "", "" },
        [ACT_REFUSE_PROJECT] = { "", "", "", "under_way", "", "" },
        [ACT_ABANDON] = { "abandoned", "abandoned", "abandoned", "abandoned", "", "" },
    };
    for (int act = 0; act < PROJECT_ACTS; act++) {
        assert_int_equal(project_next(PROJECT_NONE, (enum project_act)act), PROJECT_NONE);
        assert_int_equal(project_next(PROJECT_STATES, (enum project_act)act), PROJECT_NONE);
        for (int s = PROJECT_DRAFT; s < PROJECT_STATES; s++) {
            enum project_state to = project_next(s, (enum project_act)act);
            assert_string_equal(to ? project_state_words[to] : "", want[act][s - 1]);
        }
    }
}

static void what_may_change_and_what_has_ended(void **state)
{
    (void)state;
    for (int s = PROJECT_DRAFT; s < PROJECT_STATES; s++) {
        assert_int_equal(project_ended(s), s >= PROJECT_ACCEPTED);
        assert_int_equal(project_at_work(s), s <= PROJECT_UNDER_WAY);
    }
}

static void late_is_a_milestone_or_the_end_while_somebody_can_still_do_it(void **state)
{
    (void)state;
    static const struct { enum project_state state; ms next, end; bool want; } rows[] = {
        { PROJECT_UNDER_WAY, 50, 200, true },   { PROJECT_UNDER_WAY, 150, 200, false }, { PROJECT_UNDER_WAY, 0, 99, true }, { PROJECT_UNDER_WAY, 0, 0, false },
        { PROJECT_UNDER_WAY, 100, 0, false },   { PROJECT_PLANNED, 50, 0, true },       { PROJECT_DRAFT, 50, 50, false },   { PROJECT_FOR_ACCEPTANCE, 50, 50, false },
        { PROJECT_ACCEPTED, 50, 50, false },    { PROJECT_ABANDONED, 50, 50, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(project_late(&(struct project){ .state = rows[i].state, .next_due = rows[i].next, .due_at = rows[i].end }, 100), rows[i].want);
}

static void what_is_left_is_what_came_in_less_what_was_spent(void **state)
{
    (void)state;
    assert_int_equal(project_left(&(struct project){ .promised = 900, .paid = 500, .spent = 200 }), 300);
    assert_int_equal(project_left(&(struct project){ .promised = 900 }), 0);
    assert_int_equal(project_left(&(struct project){ .paid = 200, .spent = 300 }), 0);
}

static void a_team_has_one_of_each_and_nobody_twice(void **state)
{
    (void)state;
    static const struct { struct member m[3]; size_t n; enum err_code want; size_t at; } rows[] = {
        { { { .role = TEAM_LEAD, .person_id = 1 }, { .role = TEAM_CAPTAIN, .person_id = 2 }, { .role = TEAM_MEMBER, .org_id = 3 } }, 3, ERR_NONE, 0 },
        { { { .role = TEAM_MEMBER, .person_id = 1 }, { .role = TEAM_MEMBER, .person_id = 2 } }, 2, ERR_NONE, 0 },
        { { { .role = TEAM_LEAD, .person_id = 1 }, { .role = TEAM_LEAD, .person_id = 2 } }, 2, ERR_TEAM_ROLE, 1 },
        { { { .role = TEAM_LIAISON, .org_id = 1 } }, 1, ERR_TEAM_ROLE, 0 },
        { { { .role = TEAM_LEAD, .person_id = 1 }, { .role = TEAM_MEMBER, .person_id = 1 } }, 2, ERR_TAKEN, 1 },
        { { { .role = TEAM_MEMBER, .org_id = 5 }, { .role = TEAM_MEMBER, .person_id = 5 }, { .role = TEAM_MEMBER, .org_id = 5 } }, 3, ERR_TAKEN, 2 },
        { { { .role = TEAM_MEMBER } }, 1, ERR_REQUIRED, 0 },
        { { { .role = TEAM_MEMBER, .person_id = 1, .org_id = 2 } }, 1, ERR_REQUIRED, 0 },
        { { { 0 } }, 0, ERR_NONE, 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct member m[3];
        size_t        at = 0;
        memcpy(m, rows[i].m, sizeof m);
        assert_int_equal(team_check(&(struct list){ m, rows[i].n }, &at), rows[i].want);
        if (rows[i].want != ERR_NONE)
            assert_int_equal(at, rows[i].at);
    }
}

static void heard_are_all_or_the_time_is_over(void **state)
{
    (void)state;
    struct voice v[2] = { { .answer = VOICE_YES }, { .answer = VOICE_NOT_YET } };
    struct list  both = { v, 2 }, none = { v, 0 };
    assert_true(voices_heard(&none, 1000, 7, 1000));
    assert_false(voices_heard(&both, 1000, 7, 1000));
    assert_false(voices_heard(&both, 1000, 7, 1000 + 7 * MS_DAY - 1));
    assert_true(voices_heard(&both, 1000, 7, 1000 + 7 * MS_DAY));
    assert_true(voices_heard(&both, 1000, 0, 1000));
    v[1].answer = VOICE_NO;
    assert_true(voices_heard(&both, 1000, 7, 1001));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_act_in_every_state),
        cmocka_unit_test(what_may_change_and_what_has_ended),
        cmocka_unit_test(late_is_a_milestone_or_the_end_while_somebody_can_still_do_it),
        cmocka_unit_test(what_is_left_is_what_came_in_less_what_was_spent),
        cmocka_unit_test(a_team_has_one_of_each_and_nobody_twice),
        cmocka_unit_test(heard_are_all_or_the_time_is_over),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
