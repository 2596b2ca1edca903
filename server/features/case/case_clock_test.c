/* The clock of a case over its whole story: limits, pauses, extension, suspension, reminders; on a real database with what ships. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "../../db/test_db.h"
#include "../account/account.h"
#include "../setting/setting.h"
#include "case_clock.h"

#define TENANT 1

static struct arena     *arena;
static struct test_db    t;
static struct app        app;
static struct case_times times;

DB_SQL(clock_test_tenant, "INSERT INTO tenant (tenant_id, code, name, time_zone, demo, created_at) VALUES ($1, 'd', 'D', 'Asia/Shanghai', 0, 1)")
DB_SQL(clock_test_outbox, "SELECT count(*) FROM outbox WHERE tenant_id = $1 AND kind = $2")

static err make_district(struct db_conn *c, void *arg)
{
    struct unit_area_new root = { .kind = "district", .name = STR("区") };
    int64_t              id;
    (void)arg;
    TRY(db_exec(c, &clock_test_tenant, DB_ARGS(I64(TENANT)), NULL));
    TRY(account_roles_install(c, TENANT));
    return unit_area_add(c, arena, TENANT, &root, 1, &id);
}

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    test_db_open(&t);
    app = (struct app){ .db = t.db, .tenant = TENANT, .zone_minutes = 480 };
    if (failed(db_write(t.db, 0, make_district, NULL)) || failed(setting_feature.start(&app)) || failed(unit_feature.start(&app)) ||
        failed(clock_feature.start(&app)))
        return -1;
    times = (struct case_times){ .book = clock_hold(&app) };
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    clock_release(&app, times.book);
    clock_feature.stop(&app);
    unit_feature.stop(&app);
    setting_feature.stop(&app);
    test_db_close(&t);
    arena_free(arena);
    return 0;
}

static ms at(const char *text)
{
    struct clock_civil c = { 0 };
    assert_true(sscanf(text, "%d-%d-%d %d:%d", &c.year, &c.month, &c.day, &c.hour, &c.minute) == 5);
    return clock_from_civil(c, 480);
}

static void step_with(struct case_row *c, struct case_move m)
{
    struct case_event e;
    enum case_state   from = (enum case_state)c->state;
    assert_false(failed(case_move(c, &m, &e)));
    case_clock_turn(c, from, &m, &times);
}

static void step(struct case_row *c, enum case_action a, const char *when)
{
    step_with(c, (struct case_move){ .action = a, .at = at(when), .person = 5 });
}

static void ask(struct case_row *c, enum case_action a, const char *when, int64_t value)
{
    step_with(c, (struct case_move){ .action = a, .at = at(when), .person = 5, .value = value });
}

static struct case_row handling(const char *when)
{
    struct case_row c = { .id = 1, .severity = SEVERITY_ORDINARY, .state = CASE_DISPATCHED };
    step(&c, ACT_SIGN, when);
    return c;
}

#define assert_time(got, want) assert_int_equal((got), at(want))

static void each_step_has_its_own_limit(void **state)
{
    (void)state;
    struct case_row c = { .severity = SEVERITY_ORDINARY };
    step(&c, ACT_REPORT, "2026-03-02 10:00");
    assert_time(c.due_at, "2026-03-02 15:30");           /* 240 working minutes, over noon */
    assert_true(c.calendar == 1 && !c.provisional && c.clock_unit == CLOCK_WORKING_MINUTES && c.clock_amount == 240);
    assert_time(c.remind_at, "2026-03-02 14:30");        /* three quarters of them */
    step(&c, ACT_ACCEPT, "2026-03-02 11:00");
    assert_time(c.due_at, "2026-03-03 17:30");
    step(&c, ACT_COMMENT, "2026-03-02 11:30");
    assert_time(c.due_at, "2026-03-03 17:30");
    step(&c, ACT_DISPATCH, "2026-03-02 12:00");
    step(&c, ACT_SIGN, "2026-03-06 09:00");
    assert_time(c.due_at, "2026-03-13 17:30");           /* five working days, the first not counted */
    step(&c, ACT_HANDLED, "2026-12-30 09:00");
    assert_true(c.provisional);                          /* three working days, into a year nobody has published */
    step(&c, ACT_FAIL, "2026-03-16 09:00");
    assert_time(c.due_at, "2026-03-23 17:30");
    step(&c, ACT_HANDLED, "2026-03-16 10:00");
    step(&c, ACT_PASS, "2026-03-16 11:00");
    assert_true(c.due_at == 0 && c.remind_at == 0 && c.clock_unit == 0 && !c.provisional);
}

static void waiting_stops_the_clock(void **state)
{
    (void)state;
    struct case_row c = { .severity = SEVERITY_ORDINARY };
    step(&c, ACT_REPORT, "2026-03-02 10:00");
    step(&c, ACT_ASK, "2026-03-02 11:30");               /* 90 of 240 working minutes are over */
    assert_true(case_clock_stopped(&c) && c.left_amount == 150 && c.left_unit == CLOCK_WORKING_MINUTES);
    assert_time(c.due_at, "2026-03-05 17:30");           /* the reporter's own limit */
    step(&c, ACT_REPLY, "2026-03-04 09:00");
    assert_false(case_clock_stopped(&c));
    assert_time(c.due_at, "2026-03-04 11:30");
    step(&c, ACT_ASK, "2026-03-04 11:31");               /* late when it was asked: late when it goes on */
    assert_int_equal(c.left_amount, -1);
    step(&c, ACT_REPLY, "2026-03-04 14:00");
    assert_time(c.due_at, "2026-03-04 14:00");
    step(&c, ACT_ASK, "2026-03-04 15:00");
    step(&c, ACT_WITHDRAW, "2026-03-04 16:00");
    assert_true(c.due_at == 0 && !case_clock_stopped(&c));
}

static void an_extension(void **state)
{
    (void)state;
    struct case_row c = handling("2026-03-02 09:00");
    assert_time(c.due_at, "2026-03-09 17:30");
    ask(&c, ACT_EXTEND, "2026-03-06 09:00", 3);
    assert_true(c.asked == ASKED_EXTENSION && c.asked_by == 5 && c.asked_value == 3 && c.extensions == 0);
    assert_time(c.due_at, "2026-03-09 17:30");           /* the clock runs on until it is approved */
    step(&c, ACT_GRANT_EXTENSION, "2026-03-06 15:00");
    assert_time(c.due_at, "2026-03-12 17:30");           /* three working days after the day it was due */
    assert_true(c.extensions == 1 && c.asked == 0 && c.asked_at == 0);
    ask(&c, ACT_EXTEND, "2026-03-11 09:00", 5);
    step(&c, ACT_REFUSE, "2026-03-11 10:00");
    assert_time(c.due_at, "2026-03-12 17:30");
    assert_true(c.extensions == 1 && c.asked == 0);
    ask(&c, ACT_EXTEND, "2026-03-20 09:00", 1);          /* long after: what was late stays late */
    step(&c, ACT_GRANT_EXTENSION, "2026-03-20 10:00");
    assert_time(c.due_at, "2026-03-13 17:30");
    ask(&c, ACT_EXTEND, "2026-03-20 11:00", 1);
    step(&c, ACT_RETURN, "2026-03-20 12:00");            /* whoever is next has asked nothing */
    assert_int_equal(c.asked, 0);
}

static void a_suspension(void **state)
{
    (void)state;
    struct case_row c = handling("2026-03-02 09:00");
    ask(&c, ACT_SUSPEND, "2026-03-04 09:00", at("2026-06-01 17:30"));
    step(&c, ACT_GRANT_SUSPENSION, "2026-03-05 10:00");
    assert_int_equal(c.state, CASE_SUSPENDED);
    assert_true(c.left_unit == CLOCK_WORKING_DAYS && c.left_amount == 2);   /* the 6th and the 9th */
    assert_time(c.due_at, "2026-06-01 17:30");           /* the date of review */
    assert_time(c.remind_at, "2026-06-01 17:30");
    ask(&c, ACT_REVIEW, "2026-05-20 10:00", at("2026-07-01 17:30"));
    assert_time(c.due_at, "2026-07-01 17:30");
    assert_int_equal(c.state, CASE_SUSPENDED);
    step(&c, ACT_RESUME, "2026-06-12 10:00");            /* a Friday */
    assert_time(c.due_at, "2026-06-16 17:30");
    assert_true(!case_clock_stopped(&c) && c.asked == 0 && c.state == CASE_HANDLING);
    /* Due on the very day: until business ends on the day it goes on. */
    ask(&c, ACT_SUSPEND, "2026-06-16 09:00", at("2026-08-03 17:30"));
    step(&c, ACT_GRANT_SUSPENSION, "2026-06-16 10:00");
    assert_int_equal(c.left_amount, 0);
    step(&c, ACT_RESUME, "2026-07-06 11:00");
    assert_time(c.due_at, "2026-07-06 17:30");
}

static void what_was_due_before_limits_had_units(void **state)
{
    (void)state;
    struct case_row c = { .state = CASE_HANDLING, .severity = SEVERITY_ORDINARY, .due_at = at("2026-03-02 20:00") };
    ask(&c, ACT_SUSPEND, "2026-03-02 09:00", at("2026-06-01 17:30"));
    step(&c, ACT_GRANT_SUSPENSION, "2026-03-02 10:00");
    assert_true(c.left_unit == CLOCK_URGENT_MINUTES && c.left_amount == 600);
    step(&c, ACT_RESUME, "2026-04-01 10:00");
    assert_time(c.due_at, "2026-04-01 20:00");
    assert_false(case_clock_again(&c, &times));          /* runs around the clock: no calendar changes it */
}

static void no_limit_no_clock(void **state)
{
    (void)state;
    struct case_row   c = { .severity = SEVERITY_ORDINARY };
    struct case_times none = { 0 };
    struct case_move  m = { .action = ACT_REPORT, .at = at("2026-03-02 10:00") };
    struct case_event e;
    assert_false(failed(case_move(&c, &m, &e)));
    case_clock_turn(&c, CASE_NONE, &m, &none);
    assert_true(c.due_at == 0 && c.remind_at == 0);
}

/* ---- reminders ---- */


struct asking { const char *kind; int64_t id, a, b, c; };

static err count_outbox(struct db_conn *c, void *arg)
{
    struct asking *q = arg;
    return db_number(c, &clock_test_outbox, DB_ARGS(I64(TENANT), TEXT(str_of(q->kind))), &q->a);
}

static int64_t outbox(const char *kind)
{
    struct asking q = { .kind = kind };
    assert_false(failed(db_read(t.db, count_outbox, &q)));
    return q.a;
}

static err put_case(struct db_conn *c, void *arg)
{
    struct case_row   *row = arg;
    struct case_sealed none = { .source_key = STR_NONE };
    row->code = STR("260302-0001");
    row->text = STR("灯");
    row->version = 1;
    row->reported_at = row->updated_at = 1;
    row->area_id = 1;
    return case_put(c, TENANT, row, &none);
}

static size_t round_at(const char *when)
{
    size_t sent;
    assert_false(failed(case_remind_round(&app, at(when), 100, &sent)));
    return sent;
}

static void reminders_go_out_once_each(void **state)
{
    (void)state;
    struct case_row c = handling("2026-03-02 09:00");    /* due on the 9th, three quarters over on the 6th */
    assert_time(c.remind_at, "2026-03-06 14:00");
    assert_false(failed(db_write(t.db, 0, put_case, &c)));
    assert_int_equal(round_at("2026-03-06 13:59"), 0);
    assert_int_equal(round_at("2026-03-06 14:00"), 1);
    assert_int_equal(outbox("case.due_soon"), 1);
    assert_int_equal(round_at("2026-03-06 14:05"), 0);   /* nor again after a restart: the row says it was sent */
    assert_int_equal(round_at("2026-03-09 17:30"), 1);
    assert_int_equal(outbox("case.overdue"), 1);
    assert_int_equal(round_at("2026-03-10 17:29"), 0);
    assert_int_equal(round_at("2026-03-10 17:30"), 1);   /* then daily */
    assert_int_equal(round_at("2026-03-14 12:00"), 1);   /* asleep for days: one, not four */
    assert_int_equal(round_at("2026-03-14 17:30"), 1);
    assert_int_equal(outbox("case.overdue"), 4);
    assert_int_equal(outbox("case.due_soon"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_has_its_own_limit), cmocka_unit_test(waiting_stops_the_clock), cmocka_unit_test(an_extension),
        cmocka_unit_test(a_suspension), cmocka_unit_test(what_was_due_before_limits_had_units), cmocka_unit_test(no_limit_no_clock),
        cmocka_unit_test(reminders_go_out_once_each),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
