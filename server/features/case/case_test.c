/* The rules of a case: what is allowed where, what a move changes, who gets it, what is due. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "case_call.h"
#include "case_task.h"

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

#define T0 ((ms)1800000000000)

/* ---- every action in every state ---- */

/* What the design says, written down a second time: action, and for each state the state it leads to ("." stays, "" is not allowed).
 * States: reported waiting accepted dispatched handling handled closed rejected suspended merged. */
static const struct {
    enum case_action action;
    const char      *to[10];
} expected[] = {
    { ACT_ASK,         { "waiting", "", "", "", "", "", "", "", "", "" } },
    { ACT_REPLY,       { "", "reported", "", "", "", "", "", "reported", "", "" } },
    { ACT_ACCEPT,      { "accepted", "", "", "", "", "", "", "", "", "" } },
    { ACT_REJECT,      { "rejected", "rejected", "", "", "", "", "", "", "", "" } },
    { ACT_DISPATCH,    { "", "", "dispatched", "", "", "", "", "", "", "" } },
    { ACT_REDISPATCH,  { "", "", "", "dispatched", "", "", "", "", "", "" } },
    { ACT_HANDLE_SELF, { "", "", "handling", "", "", "", "", "", "", "" } },
    { ACT_SIGN,        { "", "", "", "handling", "", "", "", "", "", "" } },
    { ACT_RETURN,      { "", "", "", "accepted", "accepted", "", "", "", "", "" } },
    { ACT_HANDLED,     { "", "", "", "", "handled", "", "", "", "", "" } },
    { ACT_PASS,        { "", "", "", "", "", "closed", "", "", "", "" } },
    { ACT_FAIL,        { "", "", "", "", "", "handling", "", "", "", "" } },
    { ACT_RATE,        { "", "", "", "", "", "", ".", "", "", "" } },
    { ACT_REOPEN,      { "", "", "", "", "", "", "accepted", "", "", "" } },
    { ACT_WITHDRAW,    { "closed", "closed", "closed", "", "", "", "", "", "", "" } },
    { ACT_COMMENT,     { ".", ".", ".", ".", ".", ".", ".", ".", ".", "." } },
    { ACT_ROUTE,       { ".", ".", ".", ".", "", "", "", "", "", "" } },
    { ACT_RELEASE,     { ".", ".", ".", ".", ".", ".", ".", ".", ".", "." } },
    { ACT_CONTACT,     { ".", ".", ".", ".", ".", ".", ".", ".", ".", "." } },
    { ACT_ON_THE_SPOT, { "closed", "", "", "", "", "", "", "", "", "" } },
    { ACT_IMPORT_CLOSED, { "closed", "", "", "", "", "", "", "", "", "" } },
    { ACT_WHISTLE,     { "", "", ".", "", ".", "", "", "", "", "" } },
    { ACT_TASK_RECEIVE, { "", "", ".", ".", ".", "", "", "", ".", "" } },
    { ACT_TASK_ANSWER, { "", "", ".", ".", ".", "", "", "", ".", "" } },
    { ACT_TASK_RETURN, { "", "", ".", ".", ".", "", "", "", ".", "" } },
    { ACT_TASK_OVERRULE, { "", "", ".", ".", ".", "", "", "", ".", "" } },
    { ACT_EXTEND, { "", "", "", "", ".", "", "", "", "", "" } },
    { ACT_GRANT_EXTENSION, { "", "", "", "", ".", "", "", "", "", "" } },
    { ACT_SUSPEND, { "", "", "", "", ".", "", "", "", "", "" } },
    { ACT_GRANT_SUSPENSION, { "", "", "", "", "suspended", "", "", "", "", "" } },
    { ACT_REFUSE, { "", "", "", "", ".", "", "", "", "", "" } },
    { ACT_RESUME, { "", "", "", "", "", "", "", "", "handling", "" } },
    { ACT_REVIEW, { "", "", "", "", "", "", "", "", ".", "" } },
    { ACT_MERGE, { "merged", "merged", "merged", "merged", "", "", "", "", "", "" } },
    { ACT_UNMERGE, { "", "", "", "", "", "", "", "", "", "reported" } },
    { ACT_ABSORB, { ".", ".", ".", ".", ".", ".", "", "", ".", "" } },
    { ACT_PART, { ".", ".", ".", ".", ".", ".", ".", ".", ".", "." } },
    { ACT_CALL_BACK, { "", "", "", "", "", "", ".", "", "", "" } },
    { ACT_APPEAL, { "", "", "", "", "", "", "", "reported", "", "" } },
    { ACT_APPEAL_SCORE, { "", "", "", "", "", "", ".", "", "", "" } },
    { ACT_UPHOLD_APPEAL, { "", "", "", "", "", "", ".", "", "", "" } },
    { ACT_REFUSE_APPEAL, { "", "", "", "", "", "", ".", "", "", "" } },
    { ACT_ESCALATE, { "", "", "accepted", "accepted", "accepted", "", "", "", "", "" } },
    { ACT_DELEGATE, { "", "", "accepted", "", "", "", "", "", "", "" } },
    { ACT_SUPERVISE, { ".", ".", ".", ".", ".", ".", "", "", ".", "" } },
    { ACT_SUPERVISE_ANSWER, { ".", ".", ".", ".", ".", ".", "", "", ".", "" } },
    { ACT_LIFT, { ".", ".", ".", ".", ".", ".", "", "", ".", "" } },
    { ACT_HAND, { "", "", "", ".", ".", "", "", "", "", "" } },
    { ACT_TIMEOUT, { "", "rejected", "", "", "", "", "", "", "", "" } },
    { ACT_SUCCEED, { ".", ".", ".", ".", ".", ".", "", "", ".", "" } },
    { ACT_TASK_SUCCEED, { ".", ".", ".", ".", ".", ".", "", "", ".", "" } },
    { ACT_PROJECT, { "", "", "closed", "closed", "closed", "closed", "", "", "closed", "" } },
};

static void one_move(enum case_action action, int state, const char *to)
{
    struct case_row   c = { .id = 1, .state = state, .severity = SEVERITY_ORDINARY, .version = 7, .closed_at = case_state_info((enum case_state)state)->open ? 0 : T0,
                            .has_contact = 1, .due_at = T0 };
    c.asked = action == ACT_GRANT_EXTENSION ? ASKED_EXTENSION : action == ACT_GRANT_SUSPENSION || action == ACT_REFUSE ? ASKED_SUSPENSION : 0;
    c.call_back = action == ACT_CALL_BACK ? CALL_WAITING : CALL_NONE;
    c.appeal = action == ACT_UPHOLD_APPEAL || action == ACT_REFUSE_APPEAL ? APPEAL_WAITING : APPEAL_NONE;
    c.handler_id = 4;
    c.supervised_at = action == ACT_SUPERVISE_ANSWER || action == ACT_LIFT ? T0 : 0;
    c.org_id = action == ACT_HAND ? 9 : 0;
    struct case_row   before = c;
    struct case_move  m = { .action = action, .at = T0 + MS_HOUR, .account = 3, .org = 9, .outcome = OUTCOME_RESOLVED };
    struct case_asker who = { .account = 3, .person = 3, .now = m.at, .reopen_days = 15, .appeal_days = 15, .timed_out = action == ACT_REPLY };
    struct case_event e;
    enum err_code     allowed = case_check(&c, &who, action);
    err               moved = case_move(&c, &m, &e);
    if (!*to) {
        assert_int_equal(allowed, ERR_WRONG_STATE);
        assert_int_equal(moved.code, ERR_WRONG_STATE);
        assert_memory_equal(&c, &before, sizeof c);
        return;
    }
    assert_int_equal(allowed, ERR_NONE);
    assert_false(failed(moved));
    assert_string_equal(case_state_words[c.state], strcmp(to, ".") == 0 ? case_state_words[state] : to);
    assert_int_equal(c.version, 8);
    assert_int_equal(e.seq, 8);
    assert_int_equal(e.from_state, state);
    assert_int_equal(e.to_state, c.state);
}

static void every_action_in_every_state(void **state)
{
    (void)state;
    size_t n = sizeof expected / sizeof *expected;
    assert_int_equal(n, ACT_COUNT - 2);   /* all but none and report */
    for (size_t i = 0; i < n; i++)
        for (int s = CASE_REPORTED; s < CASE_STATE_COUNT; s++)
            one_move(expected[i].action, s, expected[i].to[s - 1]);
}

/* Whoever a state waits for has something to do in it, and nobody is asked for what they may not do. */
static void states_and_actions_fit(void **state)
{
    (void)state;
    for (int s = CASE_REPORTED; s < CASE_STATE_COUNT; s++) {
        const struct case_state_info *info = case_state_info((enum case_state)s);
        bool                          found = !info->open;
        for (int a = ACT_REPORT; a < ACT_COUNT; a++) {
            const struct case_act *act = case_act((enum case_action)a);
            found = found || (act->primary && case_act_from((enum case_action)a, (enum case_state)s) &&
                              ((info->who & BY_REPORTER) ? (act->who & BY_REPORTER) != 0 : act->perm == info->perm));
        }
        if (!found)
            print_message("nothing to do in %s\n", info->word);
        assert_true(found);
    }
}

static void words_are_whole(void **state)
{
    (void)state;
    for (int a = ACT_REPORT; a < ACT_COUNT; a++) {
        assert_string_equal(case_action_words[a], case_act((enum case_action)a)->word);
        assert_true(*case_action_name((enum case_action)a, true) && *case_action_name((enum case_action)a, false));
    }
    for (int s = CASE_REPORTED; s < CASE_STATE_COUNT; s++)
        assert_string_equal(case_state_words[s], case_state_info((enum case_state)s)->word);
    assert_null(case_action_words[ACT_COUNT]);
    assert_null(case_state_words[CASE_STATE_COUNT]);
    assert_null(case_outcome_words[OUTCOME_COUNT]);
    assert_null(case_source_words[SOURCE_COUNT]);
}

/* ---- what a move changes ---- */

static void go(struct case_row *c, struct case_move m)
{
    struct case_event e;
    assert_false(failed(case_move(c, &m, &e)));
}

static void a_long_story(void **state)
{
    (void)state;
    struct case_row c = { .severity = SEVERITY_ORDINARY };
    go(&c, (struct case_move){ .action = ACT_REPORT, .at = T0 });
    go(&c, (struct case_move){ .action = ACT_ACCEPT, .at = T0 + 1, .account = 1 });
    go(&c, (struct case_move){ .action = ACT_DISPATCH, .at = T0 + 2, .account = 1, .org = 50, .rule = 5 });
    assert_int_equal(c.org_id, 50);
    assert_int_equal(c.rule_id, 5);
    go(&c, (struct case_move){ .action = ACT_RETURN, .at = T0 + 3, .account = 2 });
    assert_int_equal(c.org_id, 0);
    assert_int_equal(c.returns, 1);
    go(&c, (struct case_move){ .action = ACT_DISPATCH, .at = T0 + 4, .account = 1, .org = 60 });
    go(&c, (struct case_move){ .action = ACT_SIGN, .at = T0 + 5, .account = 2 });
    go(&c, (struct case_move){ .action = ACT_HANDLED, .at = T0 + 6, .account = 2 });
    assert_int_equal(c.handler_id, 2);
    go(&c, (struct case_move){ .action = ACT_FAIL, .at = T0 + 7, .account = 3 });
    assert_int_equal(c.reworks, 1);
    assert_int_equal(c.org_id, 60);
    go(&c, (struct case_move){ .action = ACT_COMMENT, .at = T0 + 8, .account = 3 });
    go(&c, (struct case_move){ .action = ACT_HANDLED, .at = T0 + 9, .account = 2 });
    go(&c, (struct case_move){ .action = ACT_PASS, .at = T0 + 10, .account = 3, .outcome = OUTCOME_PARTLY });
    assert_int_equal(c.outcome, OUTCOME_PARTLY);
    assert_int_equal(c.closed_at, T0 + 10);
    go(&c, (struct case_move){ .action = ACT_RATE, .at = T0 + 11, .solved = 3, .stars = 1 });
    go(&c, (struct case_move){ .action = ACT_REOPEN, .at = T0 + 12 });
    assert_int_equal(c.reopens, 1);
    assert_int_equal(c.outcome, OUTCOME_NONE);
    assert_int_equal(c.closed_at, 0);
    assert_int_equal(c.solved, 0);
    assert_int_equal(c.org_id, 0);
    assert_int_equal(c.version, 13);
}

static void levels_and_supervision(void **state)
{
    (void)state;
    struct case_row   c = { .state = CASE_HANDLING, .severity = SEVERITY_ORDINARY, .org_id = 50 };
    struct case_asker who = { .account = 3, .now = T0 };
    go(&c, (struct case_move){ .action = ACT_HAND, .at = T0, .to_person = 77 });
    assert_int_equal(c.assignee_id, 77);
    go(&c, (struct case_move){ .action = ACT_ESCALATE, .at = T0, .area = 2 });
    assert_int_equal(c.state, CASE_ACCEPTED);
    assert_int_equal(c.held_area_id, 2);
    assert_int_equal(c.org_id, 0);
    assert_int_equal(c.assignee_id, 0);   /* the person went with the organisation */
    assert_int_equal(case_check(&c, &who, ACT_HAND), ERR_WRONG_STATE);
    go(&c, (struct case_move){ .action = ACT_DELEGATE, .at = T0, .area = 4, .to = CASE_HANDLING });
    assert_int_equal(c.state, CASE_HANDLING);
    assert_int_equal(c.held_area_id, 4);
    assert_int_equal(case_check(&c, &who, ACT_HAND), ERR_NO_ORG);
    assert_int_equal(case_check(&c, &who, ACT_LIFT), ERR_NOT_SUPERVISED);
    assert_int_equal(case_check(&c, &who, ACT_SUPERVISE_ANSWER), ERR_NOT_SUPERVISED);
    go(&c, (struct case_move){ .action = ACT_SUPERVISE, .at = T0 + 1, .area = 1, .value = T0 + MS_DAY });
    assert_int_equal(c.supervised_due, T0 + MS_DAY);
    assert_int_equal(c.supervised_area_id, 1);
    assert_int_equal(case_check(&c, &who, ACT_SUPERVISE), ERR_SUPERVISED);
    go(&c, (struct case_move){ .action = ACT_SUPERVISE_ANSWER, .at = T0 + 2 });
    assert_int_equal(c.supervised_answered, T0 + 2);
    go(&c, (struct case_move){ .action = ACT_LIFT, .at = T0 + 3 });
    assert_int_equal(c.supervised_at, 0);
    assert_int_equal(c.supervised_answered, 0);
    go(&c, (struct case_move){ .action = ACT_SUPERVISE, .at = T0 + 4, .area = 1, .value = T0 + MS_DAY });
    go(&c, (struct case_move){ .action = ACT_HANDLED, .at = T0 + 5, .account = 2 });
    assert_int_equal(c.supervised_at, T0 + 4);   /* handled is not closed */
    go(&c, (struct case_move){ .action = ACT_PASS, .at = T0 + 6, .outcome = OUTCOME_RESOLVED });
    assert_int_equal(c.supervised_at, 0);
    assert_int_equal(c.held_area_id, 4);         /* who held it last is where it comes back to */
}

static void a_rejected_case_has_no_outcome(void **state)
{
    (void)state;
    struct case_row c = { .state = CASE_REPORTED, .severity = SEVERITY_ORDINARY };
    go(&c, (struct case_move){ .action = ACT_REJECT, .at = T0, .outcome = OUTCOME_RESOLVED });
    assert_int_equal(c.outcome, OUTCOME_NONE);
    assert_int_equal(c.closed_at, T0);
}

/* ---- what stands in the way ---- */

static void rules_beside_the_state(void **state)
{
    (void)state;
    struct case_row   c = { .state = CASE_HANDLED };
    struct case_asker who = { .account = 3, .now = T0 + 15 * MS_DAY, .reopen_days = 15, .handled_before = true };
    assert_int_equal(case_check(&c, &who, ACT_PASS), ERR_SAME_PERSON);
    assert_int_equal(case_check(&c, &who, ACT_FAIL), ERR_SAME_PERSON);
    assert_int_equal(case_check(&c, &who, ACT_COMMENT), ERR_NONE);
    who.handled_before = false;
    assert_int_equal(case_check(&c, &who, ACT_PASS), ERR_NONE);
    c = (struct case_row){ .state = CASE_CLOSED, .closed_at = T0 };
    assert_int_equal(case_check(&c, &who, ACT_REOPEN), ERR_NONE);
    who.now++;
    assert_int_equal(case_check(&c, &who, ACT_REOPEN), ERR_REOPEN_LATE);
    assert_int_equal(case_check(&c, &who, ACT_RATE), ERR_NONE);
    c.solved = 1;
    assert_int_equal(case_check(&c, &who, ACT_RATE), ERR_CONFLICT);
    assert_int_equal(case_check(&c, &who, ACT_CONTACT), ERR_NOT_FOUND);
    assert_true(strlen(case_block_text(ERR_SAME_PERSON, true)) > 6 && strlen(case_block_text(ERR_REOPEN_LATE, false)) > 6);
}

/* ---- after closing ---- */

static struct case_row closed_case(ms call_back_at)
{
    struct case_row c = { .state = CASE_HANDLED, .severity = SEVERITY_ORDINARY, .org_id = 50, .handler_id = 2, .solved = 1, .appeal = APPEAL_REFUSED };
    go(&c, (struct case_move){ .action = ACT_PASS, .at = T0, .account = 3, .outcome = OUTCOME_RESOLVED, .call_back_at = call_back_at });
    return c;
}

static void called_back(void **state)
{
    (void)state;
    struct case_row   c = closed_case(T0 + MS_DAY);
    struct case_asker who = { .account = 4, .person = 4, .now = T0 + MS_DAY };
    struct case_event e;
    assert_int_equal(c.call_back, CALL_WAITING);
    assert_int_equal(c.solved, 0);   /* what was said of an earlier closing is not said of this one */
    assert_int_equal(c.appeal, APPEAL_NONE);
    assert_int_equal(case_check(&c, &who, ACT_CALL_BACK), ERR_NONE);
    for (int i = 0; i < 3; i++) {
        struct case_asker not_them = who;
        not_them.handled_before = i == 0;
        not_them.verified_before = i == 1;
        not_them.reporter = i == 2;
        assert_int_equal(case_check(&c, &not_them, ACT_CALL_BACK), ERR_OWN_PART);
    }
    struct case_move missed = { .action = ACT_CALL_BACK, .at = T0 + MS_DAY, .account = 4, .reached = REACHED_NOT, .call_back_at = T0 + 2 * MS_DAY };
    assert_false(failed(case_move(&c, &missed, &e)));
    assert_int_equal(e.internal, 1);   /* a try in vain is no step for the reporter */
    assert_int_equal(c.call_back, CALL_WAITING);
    assert_int_equal(c.call_back_at, T0 + 2 * MS_DAY);
    assert_int_equal(c.call_tries, 1);
    struct case_row last = c;
    missed.call_back_at = 0;
    go(&last, missed);
    assert_int_equal(last.call_back, CALL_UNREACHABLE);
    assert_int_equal(last.solved, 0);
    last = c;
    go(&last, (struct case_move){ .action = ACT_CALL_BACK, .at = T0, .account = 4, .reached = REACHED_REFUSED });
    assert_int_equal(last.call_back, CALL_REFUSED);
    go(&c, (struct case_move){ .action = ACT_CALL_BACK, .at = T0 + 2 * MS_DAY, .account = 4, .reached = REACHED_ANSWERED, .solved = 3, .stars = 2,
                               .contacted = CONTACTED_NO });
    assert_int_equal(c.call_back, CALL_ANSWERED);
    assert_int_equal(c.call_back_at, 0);
    assert_int_equal(c.solved, 3);
    assert_int_equal(c.contacted, CONTACTED_NO);
    assert_int_equal(c.rated_by, RATED_IN_CALL);
    assert_int_equal(case_check(&c, &who, ACT_CALL_BACK), ERR_NO_CALL_BACK);
}

/* The reporter's own word replaces what was told in a call-back, once; what they leave out stays as told. */
static void own_word_counts(void **state)
{
    (void)state;
    struct case_row   c = closed_case(T0 + MS_DAY);
    struct case_asker who = { .reporter = true, .now = T0 + 3 * MS_DAY };
    go(&c, (struct case_move){ .action = ACT_CALL_BACK, .at = T0 + MS_DAY, .account = 4, .reached = REACHED_ANSWERED, .solved = 1, .stars = 5,
                               .contacted = CONTACTED_YES });
    assert_int_equal(case_check(&c, &who, ACT_RATE), ERR_NONE);
    go(&c, (struct case_move){ .action = ACT_RATE, .at = T0 + 2 * MS_DAY, .solved = 3, .stars = 1 });
    assert_int_equal(c.solved, 3);
    assert_int_equal(c.stars, 1);
    assert_int_equal(c.contacted, CONTACTED_YES);
    assert_int_equal(c.rated_by, RATED_BY_REPORTER);
    assert_int_equal(case_check(&c, &who, ACT_RATE), ERR_CONFLICT);
    c = closed_case(T0 + MS_DAY);
    go(&c, (struct case_move){ .action = ACT_RATE, .at = T0 + 1, .solved = 1 });
    assert_int_equal(c.call_back, CALL_ANSWERED);   /* nobody calls whoever has said it */
    assert_int_equal(c.call_back_at, 0);
    go(&c, (struct case_move){ .action = ACT_REOPEN, .at = T0 + 2 });
    assert_int_equal(c.call_back, CALL_NONE);
    assert_int_equal(c.rated_by, RATED_NOT);
    c = closed_case(0);
    assert_int_equal(c.call_back, CALL_NONE);
}

/* Every n-th, whatever the ids have in common; the same whenever it is asked. */
static void a_share_is_called(void **state)
{
    (void)state;
    int chosen = 0;
    for (int64_t i = 0; i < 9000; i++) {
        int64_t id = (int64_t)((uint64_t)(T0 + i * 1000) << 22);   /* of quiet seconds: their last bits are alike */
        assert_true(case_call_chosen(id, 1));
        assert_false(case_call_chosen(id, 0));
        assert_int_equal(case_call_chosen(id, 3), case_call_chosen(id, 3));
        chosen += case_call_chosen(id, 3);
    }
    assert_in_range(chosen, 2800, 3200);
}

static void scores_are_appealed(void **state)
{
    (void)state;
    struct case_row   c = closed_case(0);
    struct case_asker who = { .account = 5, .person = 5, .now = T0 + 15 * MS_DAY, .appeal_days = 15 };
    assert_int_equal(case_check(&c, &who, ACT_APPEAL_SCORE), ERR_NONE);
    who.now++;
    assert_int_equal(case_check(&c, &who, ACT_APPEAL_SCORE), ERR_APPEAL_LATE);
    go(&c, (struct case_move){ .action = ACT_RATE, .at = T0 + MS_DAY, .solved = 3 });
    assert_int_equal(case_check(&c, &who, ACT_APPEAL_SCORE), ERR_NONE);   /* the time runs from the rating */
    assert_int_equal(case_check(&c, &who, ACT_UPHOLD_APPEAL), ERR_NO_APPEAL);
    go(&c, (struct case_move){ .action = ACT_APPEAL_SCORE, .at = T0 + 2 * MS_DAY, .person = 5, .ground = GROUND_NOT_THEIRS });
    assert_int_equal(c.appeal, APPEAL_WAITING);
    assert_int_equal(c.appeal_ground, GROUND_NOT_THEIRS);
    assert_int_equal(case_check(&c, &who, ACT_APPEAL_SCORE), ERR_APPEALED);
    assert_int_equal(case_check(&c, &who, ACT_UPHOLD_APPEAL), ERR_OWN_PART);
    who.person = 6;
    assert_int_equal(case_check(&c, &who, ACT_REFUSE_APPEAL), ERR_NONE);
    who.handled_before = true;
    assert_int_equal(case_check(&c, &who, ACT_REFUSE_APPEAL), ERR_OWN_PART);
    struct case_row other = c;
    go(&other, (struct case_move){ .action = ACT_REFUSE_APPEAL, .at = T0 + 3 * MS_DAY });
    assert_int_equal(other.appeal, APPEAL_REFUSED);
    go(&c, (struct case_move){ .action = ACT_UPHOLD_APPEAL, .at = T0 + 3 * MS_DAY });
    assert_int_equal(c.appeal, APPEAL_UPHELD);
    assert_int_equal(c.solved, 3);   /* left out of scores, and still what was said */
    who = (struct case_asker){ .account = 5, .person = 5, .now = T0, .appeal_days = 15 };
    c = (struct case_row){ .state = CASE_CLOSED, .closed_at = T0, .outcome = OUTCOME_WITHDRAWN };
    assert_int_equal(case_check(&c, &who, ACT_APPEAL_SCORE), ERR_NO_APPEAL);   /* nobody had it */
}

static void rejections_are_appealed_once(void **state)
{
    (void)state;
    struct case_row   c = { .state = CASE_REPORTED, .severity = SEVERITY_ORDINARY };
    struct case_asker who = { .reporter = true, .now = T0 + 15 * MS_DAY, .appeal_days = 15 }, staff = { .account = 3, .person = 3, .now = T0 };
    go(&c, (struct case_move){ .action = ACT_REJECT, .at = T0, .account = 3 });
    assert_int_equal(case_check(&c, &who, ACT_APPEAL), ERR_NONE);
    who.now++;
    assert_int_equal(case_check(&c, &who, ACT_APPEAL), ERR_APPEAL_LATE);
    go(&c, (struct case_move){ .action = ACT_APPEAL, .at = T0 + MS_DAY });
    assert_int_equal(c.state, CASE_REPORTED);
    assert_int_equal(c.closed_at, 0);
    assert_int_equal(c.reopens, 0);
    assert_int_equal(c.appeals, 1);
    staff.rejected_before = true;
    assert_int_equal(case_check(&c, &staff, ACT_REJECT), ERR_OWN_PART);
    assert_int_equal(case_check(&c, &staff, ACT_ACCEPT), ERR_NONE);   /* one may change one's mind */
    staff.rejected_before = false;
    assert_int_equal(case_check(&c, &staff, ACT_REJECT), ERR_NONE);
    go(&c, (struct case_move){ .action = ACT_REJECT, .at = T0 + 2 * MS_DAY, .account = 4 });
    who.now = T0 + 2 * MS_DAY;
    assert_int_equal(case_check(&c, &who, ACT_APPEAL), ERR_APPEALED);
}

/* ---- whistle ---- */

static void not_handled_before_all_are_settled(void **state)
{
    (void)state;
    struct case_row   c = { .state = CASE_HANDLING, .severity = SEVERITY_ORDINARY, .org_id = 50 };
    struct case_asker who = { .account = 3, .now = T0 };
    struct case_event e;
    go(&c, (struct case_move){ .action = ACT_WHISTLE, .at = T0, .tasks = 2, .tasks_open = 2 });
    assert_int_equal(c.tasks, 2);
    assert_int_equal(case_check(&c, &who, ACT_HANDLED), ERR_TASKS_OPEN);
    assert_int_equal(case_check(&c, &who, ACT_COMMENT), ERR_NONE);
    struct case_move answer = { .action = ACT_TASK_ANSWER, .at = T0, .org = 60, .tasks_open = -1 };
    assert_false(failed(case_move(&c, &answer, &e)));
    assert_int_equal(e.org_id, 60);   /* the organisation that acts, not the one that has the case */
    assert_int_equal(e.internal, 1);
    assert_int_equal(c.org_id, 50);
    assert_int_equal(case_check(&c, &who, ACT_HANDLED), ERR_TASKS_OPEN);
    go(&c, (struct case_move){ .action = ACT_TASK_OVERRULE, .at = T0, .org = 70, .tasks_open = -1 });
    assert_int_equal(case_check(&c, &who, ACT_HANDLED), ERR_NONE);
    c = (struct case_row){ .state = CASE_ACCEPTED, .severity = SEVERITY_ORDINARY, .tasks = 2, .tasks_open = 2 };
    go(&c, (struct case_move){ .action = ACT_WITHDRAW, .at = T0 });
    assert_int_equal(c.tasks_open, 0);   /* what ends, waits for nobody */
    assert_int_equal(c.tasks, 2);
}

/* Every step on a task in every state of the task: the state it leads to, "" where it is not allowed.
 * States: called received answered returned overruled stopped. */
static void every_step_of_a_task_in_every_state(void **state)
{
    (void)state;
    static const struct { enum case_action action; const char *to[6]; } steps[] = {
        { ACT_TASK_RECEIVE,  { "received", "", "", "", "", "" } },
        { ACT_TASK_ANSWER,   { "", "answered", "", "", "", "" } },
        { ACT_TASK_RETURN,   { "returned", "returned", "", "", "", "" } },
        { ACT_TASK_OVERRULE, { "overruled", "overruled", "", "overruled", "", "" } },
        { ACT_COMMENT,       { "", "", "", "", "", "" } },
    };
    static const bool unsettled[] = { true, true, false, true, false, false };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        for (int s = TASK_CALLED; s < TASK_STATE_COUNT; s++) {
            const char *to = steps[i].to[s - 1];
            assert_int_equal(case_task_from(steps[i].action, (enum task_state)s), *to != 0);
            if (*to)
                assert_string_equal(case_task_words[case_task_to(steps[i].action)], to);
        }
    for (int s = TASK_CALLED; s < TASK_STATE_COUNT; s++)
        assert_int_equal(case_task_unsettled((enum task_state)s), unsettled[s - 1]);
    assert_null(case_task_words[TASK_STATE_COUNT]);
}

static void requests_and_their_approval(void **state)
{
    (void)state;
    struct case_row   c = { .state = CASE_HANDLING };
    struct case_asker who = { .account = 3, .person = 30, .now = T0 };
    assert_int_equal(case_check(&c, &who, ACT_EXTEND), ERR_NO_LIMIT);
    c.due_at = T0;
    assert_int_equal(case_check(&c, &who, ACT_EXTEND), ERR_NONE);
    assert_int_equal(case_check(&c, &who, ACT_GRANT_EXTENSION), ERR_NO_REQUEST);
    assert_int_equal(case_check(&c, &who, ACT_GRANT_SUSPENSION), ERR_NO_REQUEST);
    assert_int_equal(case_check(&c, &who, ACT_REFUSE), ERR_NO_REQUEST);
    c.asked = ASKED_EXTENSION;
    c.asked_by = 30;
    assert_int_equal(case_check(&c, &who, ACT_EXTEND), ERR_REQUEST_WAITS);
    assert_int_equal(case_check(&c, &who, ACT_SUSPEND), ERR_REQUEST_WAITS);
    assert_int_equal(case_check(&c, &who, ACT_GRANT_EXTENSION), ERR_SELF);
    assert_int_equal(case_check(&c, &who, ACT_REFUSE), ERR_NONE);   /* one may take back one's own */
    who.person = 31;
    assert_int_equal(case_check(&c, &who, ACT_GRANT_EXTENSION), ERR_NONE);
    assert_int_equal(case_check(&c, &who, ACT_GRANT_SUSPENSION), ERR_NO_REQUEST);
    assert_int_equal(case_check(&c, &who, ACT_HANDLED), ERR_NONE);   /* a request holds nothing up */
}

/* ---- the path ---- */

static void check_path(const struct case_row *c, const struct case_event *events, size_t n, const char *want)
{
    static const char sign[] = { '?', 'd', 'n', '-' };
    struct case_step  path[STEP_COUNT];
    char              got[STEP_COUNT + 1] = { 0 };
    case_path(c, events, n, path);
    for (int i = 0; i < STEP_COUNT; i++)
        got[i] = sign[path[i].state];
    assert_string_equal(got, want);
}

static void the_path_follows_the_story(void **state)
{
    (void)state;
    struct case_row   c = { .severity = SEVERITY_ORDINARY };
    struct case_event e[16];
    size_t            n = 0;
    static const struct { enum case_action action; const char *path; } story[] = {
        { ACT_REPORT, "dn-----" }, { ACT_ASK, "dn-----" },      { ACT_REPLY, "dn-----" },   { ACT_ACCEPT, "ddn----" },
        { ACT_DISPATCH, "dddn---" }, { ACT_RETURN, "ddn----" }, { ACT_DISPATCH, "dddn---" }, { ACT_SIGN, "dddn---" },
        { ACT_HANDLED, "ddddn--" }, { ACT_FAIL, "dddn---" },    { ACT_HANDLED, "ddddn--" },  { ACT_PASS, "ddddddn" },
        { ACT_RATE, "ddddddd" },    { ACT_REOPEN, "ddn----" },
    };
    for (size_t i = 0; i < sizeof story / sizeof *story; i++) {
        struct case_move m = { .action = story[i].action, .at = T0 + (ms)i, .org = 5, .solved = 1, .outcome = OUTCOME_RESOLVED };
        assert_false(failed(case_move(&c, &m, &e[n])));
        n++;
        check_path(&c, e, n, story[i].path);
    }
}

/* What was rejected for the missing answer alone is opened by it; what somebody rejected is not. */
static void an_answer_opens_what_timed_out(void **state)
{
    (void)state;
    struct case_row   c = { .state = CASE_REPORTED, .severity = SEVERITY_ORDINARY };
    struct case_asker who = { .reporter = true, .now = T0 + 15 * MS_DAY, .reopen_days = 15, .appeal_days = 15 };
    struct case_event e[4];
    go(&c, (struct case_move){ .action = ACT_ASK, .at = T0 });
    go(&c, (struct case_move){ .action = ACT_TIMEOUT, .at = T0 });
    assert_int_equal(c.state, CASE_REJECTED);
    assert_int_equal(c.closed_at, T0);
    assert_int_equal(case_check(&c, &who, ACT_REPLY), ERR_WRONG_STATE);
    who.timed_out = true;
    assert_int_equal(case_check(&c, &who, ACT_REPLY), ERR_NONE);
    who.now++;
    assert_int_equal(case_check(&c, &who, ACT_REPLY), ERR_REOPEN_LATE);
    go(&c, (struct case_move){ .action = ACT_REPLY, .at = T0 + MS_DAY });
    assert_int_equal(c.state, CASE_REPORTED);
    assert_int_equal(c.closed_at, 0);
    assert_int_equal(c.appeals, 0);   /* the right to appeal is not used up */
    c = (struct case_row){ .severity = SEVERITY_ORDINARY };
    static const enum case_action story[] = { ACT_REPORT, ACT_ASK, ACT_TIMEOUT, ACT_REPLY };
    static const char *const      paths[] = { "dn-----", "dn-----", "dd-----", "dn-----" };
    for (size_t i = 0; i < 4; i++) {
        assert_false(failed(case_move(&c, &(struct case_move){ .action = story[i], .at = T0 + (ms)i }, &e[i])));
        check_path(&c, e, i + 1, paths[i]);
    }
}

/* ---- routing ---- */

enum { AREAS = 8, CATEGORIES = 6 };
/* area i's parent is i / 2, category i's is i / 2; 1 is the root. */
static struct chain up(int64_t id)
{
    int64_t     *at = ARENA_ARRAY(arena, 8, int64_t);
    struct chain c = { at, 0 };
    for (; id; id /= 2)
        at[c.len++] = id;
    return c;
}

static int depth(int64_t id)
{
    int d = -1;
    for (; id; id /= 2)
        d++;
    return d;
}

static bool below(int64_t id, int64_t above)
{
    for (; id; id /= 2)
        if (id == above)
            return true;
    return above == 0;
}

/* The definition, by looking at every rule: deeper area first, then deeper category. */
static const struct routing_rule *plain(const struct routing_rule *rules, size_t n, int64_t area, int64_t category)
{
    const struct routing_rule *best = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct routing_rule *r = &rules[i];
        if (!below(area, r->area) || !below(category, r->category))
            continue;
        if (!best || depth(r->area) > depth(best->area) ||
            (depth(r->area) == depth(best->area) && depth(r->category) > depth(best->category)))
            best = r;
    }
    return best;
}

static void the_most_specific_rule_wins(void **state)
{
    (void)state;
    srand(7);
    for (int round = 0; round < 300; round++) {
        struct routing_rule rules[20];
        size_t              n = 0;
        for (int i = 0; i < 20; i++) {
            struct routing_rule r = { i + 1, i + 1, rand() % AREAS, rand() % CATEGORIES, 100 + i, false };
            routing_sort(rules, n);
            if (!routing_tie(rules, n, &r))
                rules[n++] = r;
        }
        routing_sort(rules, n);
        for (int64_t area = 1; area < AREAS; area++)
            for (int64_t category = 0; category < CATEGORIES; category++)
                assert_ptr_equal(routing_find(rules, n, up(area), up(category), NULL, NULL), plain(rules, n, area, category));
    }
}

static bool not_org_7(const void *arg, int64_t org)
{
    (void)arg;
    return org != 7;
}

static void ties_and_closed_organisations(void **state)
{
    (void)state;
    struct routing_rule rules[] = { { 1, 11, 4, 2, 7, false }, { 2, 12, 2, 0, 8, true }, { 3, 13, 0, 0, 9, false } };
    routing_sort(rules, 3);
    assert_int_equal(routing_find(rules, 3, up(4), up(2), NULL, NULL)->number, 11);
    assert_int_equal(routing_find(rules, 3, up(4), up(2), not_org_7, NULL)->number, 12);
    assert_int_equal(routing_find(rules, 3, up(3), up(2), NULL, NULL)->number, 13);
    struct routing_rule same = { 9, 14, 2, 0, 1, false };
    assert_int_equal(routing_tie(rules, 3, &same)->number, 12);
    same.id = 2;
    assert_null(routing_tie(rules, 3, &same));
    assert_null(routing_find(rules, 0, up(4), up(2), NULL, NULL));
}

/* ---- text ---- */

static void titles(void **state)
{
    (void)state;
    assert_true(str_is(case_title(arena, STR("路灯不亮\n第二行")), "路灯不亮"));
    assert_true(str_is(case_title(arena, STR("\n\n  路灯不亮")), "路灯不亮"));
    assert_true(str_is(case_title(arena, STR("路灯不亮。晚上很黑。")), "路灯不亮。晚上很黑"));
    assert_true(str_is(case_title(arena, STR("A lamp is out. \n")), "A lamp is out"));
    assert_true(str_is(case_title(arena, STR("。")), "。"));
    struct buf b = buf_new(arena, 0);
    for (int i = 0; i < 41; i++)
        buf_z(&b, "灯");
    struct str t = case_title(arena, buf_view(&b));
    assert_int_equal(utf8_len(t), 41);
    assert_true(str_ends(t, "灯…"));
    b.len = 40 * strlen("灯");
    assert_int_equal(utf8_len(case_title(arena, buf_view(&b))), 40);
    assert_null(case_title(arena, STR_NONE).ptr);
}

static void folding(void **state)
{
    (void)state;
    assert_true(str_is(case_fold(arena, STR("Ａ１　Lamp\t\n 坏了 ")), "a1 lamp 坏了"));
    assert_true(str_is(case_fold(arena, STR("！～")), "!~"));
    assert_true(str_is(case_fold(arena, STR("")), ""));
    assert_true(str_is(case_find_text(arena, STR("260512-0001"), STR("井盖 A"), STR_NONE), "260512-0001 井盖 a"));
    for (unsigned char last = 0x80; last <= 0xBF; last++) {   /* no three bytes break it */
        char bytes[] = { (char)0xEF, (char)0xBD, (char)last };
        struct str s = case_fold(arena, (struct str){ bytes, 3 });
        assert_true(utf8_valid(s));
    }
}

static void codes(void **state)
{
    (void)state;
    assert_true(str_is(case_code(arena, 1778544000000, 480, 387), "260512-0387"));
    assert_true(str_is(case_code(arena, 1778544000000, 480, 12345), "260512-12345"));
    assert_true(case_is_code(STR("260512-0387")) && case_is_code(STR("260512-12345")));
    assert_false(case_is_code(STR("260512_0387")) || case_is_code(STR("260512-038")) || case_is_code(STR("26051x-0387")) ||
                 case_is_code(STR("")));
}

/* ---- the document ---- */

static void the_document_is_current(void **state)
{
    (void)state;
    const char *root = getenv("LINLI_SOURCE");
    struct buf  b = buf_new(arena, 0);
    char        path[4096];
    case_states_document(&b);
    if (!root) {
        print_message("LINLI_SOURCE is not set: docs/case-states.md is compared by meson test\n");
        skip();
    }
    snprintf(path, sizeof path, "%s/docs/case-states.md", root);
    if (getenv("LINLI_UPDATE")) {
        FILE *out = fopen(path, "w");
        assert_non_null(out);
        assert_int_equal(fwrite(b.ptr, 1, b.len, out), b.len);
        assert_int_equal(fclose(out), 0);
    }
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    char  *text = arena_alloc(arena, b.len + 2);
    size_t n = fread(text, 1, b.len + 1, f);
    fclose(f);
    if (n != b.len || memcmp(text, b.ptr, n) != 0)
        fail_msg("docs/case-states.md is stale: LINLI_UPDATE=1 meson test -C build case_test writes it");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_action_in_every_state), cmocka_unit_test(states_and_actions_fit), cmocka_unit_test(words_are_whole),
        cmocka_unit_test(a_long_story), cmocka_unit_test(levels_and_supervision), cmocka_unit_test(a_rejected_case_has_no_outcome), cmocka_unit_test(requests_and_their_approval),
        cmocka_unit_test(called_back),
        cmocka_unit_test(own_word_counts),
        cmocka_unit_test(a_share_is_called),
        cmocka_unit_test(scores_are_appealed),
        cmocka_unit_test(rejections_are_appealed_once), cmocka_unit_test(an_answer_opens_what_timed_out),
        cmocka_unit_test(not_handled_before_all_are_settled), cmocka_unit_test(every_step_of_a_task_in_every_state),
        cmocka_unit_test(rules_beside_the_state), cmocka_unit_test(the_path_follows_the_story),
        cmocka_unit_test(the_most_specific_rule_wins), cmocka_unit_test(ties_and_closed_organisations), cmocka_unit_test(titles),
        cmocka_unit_test(folding), cmocka_unit_test(codes), cmocka_unit_test(the_document_is_current),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
