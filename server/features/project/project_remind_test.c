/* Whom the program tells of milestones and ends, when, and that it is once; at a set time on a real database. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "../test_district.h"
#include "project_inside.h"

static int64_t people[4];

DB_SQL(remind_test_told, "SELECT kind, params FROM outbox WHERE tenant_id = $1 ORDER BY id")

static err make_district(struct db_conn *c, void *arg)
{
    (void)arg;
    TRY(test_district_add(c, "业委会"));
    for (size_t i = 0; i < 4; i++)
        TRY(test_district_person_add(c, &people[i]));
    return OK;
}

static int setup(void **state)
{
    (void)state;
    return test_district_open(make_district) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    test_district_close();
    return 0;
}

/* ---- making ---- */

struct making { struct project_made in; int64_t id; };

static err put_project(struct db_conn *c, void *arg)
{
    struct making *m = arg;
    return project_add(c, arena, TENANT, &m->in, at("2026-11-01 09:00"), &m->id);
}

/* Under way, with two milestones on the 3rd and one on the 20th of December, and the end of the year as its end. lead, captain, liaison: people 0 to 2. */
static int64_t project(bool with_team)
{
    static struct project_made_step   steps[3];
    static struct project_made_member team[4];
    struct making                     m = { .in = { .unit = { UNIT_AREA, area }, .area = area, .kind = STR("livelihood"), .title = STR("充电桩"), .under_way = true,
                                                    .steps = steps, .step_count = 3, .team = team, .members = with_team ? 4 : 0, .due_at = at("2026-12-31 23:59") } };
    steps[0] = (struct project_made_step){ .title = STR("选址"), .due = at("2026-12-03 23:59") };
    steps[1] = (struct project_made_step){ .title = STR("报批"), .due = at("2026-12-03 23:59") };
    steps[2] = (struct project_made_step){ .title = STR("通电"), .due = at("2026-12-20 23:59") };
    for (int i = 0; i < 4; i++)
        team[i] = (struct project_made_member){ .role = i + 1, .person = people[i] };
    assert_false(failed(db_write(t.db, 0, put_project, &m)));
    return m.id;
}

struct changing { int64_t project; size_t which; ms due, done; int64_t person, org; enum project_state state; };

static err change(struct db_conn *c, void *arg)
{
    const struct changing *x = arg;
    struct list            rows;
    struct project         p;
    TRY(steps_of(c, arena, TENANT, x->project, &rows));
    struct step *s = (struct step *)rows.at + x->which;
    s->due_at = x->due ? x->due : s->due_at;
    s->done_at = x->done;
    s->person_id = x->person;
    s->org_id = x->org;
    TRY(step_update(c, TENANT, s));
    TRY(project_get(c, arena, TENANT, x->project, &p));
    p.state = x->state ? x->state : p.state;
    return project_settle(c, arena, TENANT, &p, 1);
}
#define CHANGE(...) assert_false(failed(db_write(t.db, 0, change, &(struct changing){ __VA_ARGS__ })))

/* ---- what was told ---- */

struct heard { struct str kind, params; };
struct hearing { struct list rows; };

static err hear(struct db_conn *c, void *arg)
{
    static const struct field map[] = { FIELD_STR(struct heard, kind, 0, 0, 0, ""), FIELD_STR(struct heard, params, 0, 0, 0, ""), FIELD_END };
    return db_all(c, arena, &remind_test_told, DB_ARGS(I64(TENANT)), map, sizeof(struct heard), 0, &((struct hearing *)arg)->rows);
}

static struct list messages(void)
{
    struct hearing h = { { NULL, 0 } };
    assert_false(failed(db_read(t.db, hear, &h)));
    return h.rows;
}

static int64_t round_at(const char *when)
{
    int64_t told;
    assert_false(failed(project_remind_round(&app, at(when), &told)));
    return told;
}

/* How many messages of a kind that hold all of these words. */
static int heard(const char *kind, const char *word)
{
    struct list         rows = messages();
    const struct heard *h = rows.at;
    int                 n = 0;
    for (size_t i = 0; i < rows.len; i++)
        n += str_is(h[i].kind, kind) && memmem(h[i].params.ptr, h[i].params.len, word, strlen(word)) != NULL;
    return n;
}

static const char *person_text(size_t i)
{
    return str_fmt(arena, "\"%lld\"", (long long)people[i]).ptr;
}

static void each_is_told_once_in_each_state(void **state)
{
    (void)state;
    project(true);
    assert_int_equal(round_at("2026-11-26 23:59"), 0);                 /* seven days, to the minute */
    assert_int_equal(round_at("2026-11-27 00:00"), 2);
    assert_int_equal(messages().len, 3);                               /* lead, captain, liaison; one message for both */
    assert_int_equal(heard("project.due", "选址（12月3日）、报批（12月3日）"), 3);
    assert_int_equal(heard("project.due", "选址 (3 Dec), 报批 (3 Dec)"), 3);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(heard("project.due", person_text(i)), i < 3);
    for (const char *const *day = (const char *const[]){ "2026-11-27 01:00", "2026-11-28 00:00", "2026-12-03 23:58", "2026-12-03 23:59", NULL }; *day; day++)
        assert_int_equal(round_at(*day), 0);
    assert_int_equal(round_at("2026-12-04 00:00"), 2);
    assert_true(heard("project.late", "选址") == 3 && messages().len == 6);
    assert_int_equal(round_at("2026-12-12 09:00"), 0);
    assert_int_equal(round_at("2026-12-14 09:00"), 1);                 /* the third falls due */
    assert_int_equal(round_at("2026-12-25 09:00"), 2);                 /* it is late, and the end comes */
    assert_true(heard("project.end_due", "12月31日") == 3);
    assert_int_equal(round_at("2027-01-01 00:00"), 1);
    assert_true(heard("project.end_late", "31 Dec") == 3 && messages().len == 18);
    assert_int_equal(round_at("2027-06-01 09:00"), 0);
}

static void what_is_late_at_once_is_told_as_late_alone(void **state)
{
    (void)state;
    project(true);
    assert_int_equal(round_at("2026-12-31 23:58"), 4);
    assert_true(heard("project.due", "") == 0 && heard("project.late", "通电") == 3 && heard("project.end_due", "") == 3);
}

static void a_new_day_is_told_of_anew_and_what_is_done_is_not(void **state)
{
    (void)state;
    int64_t id = project(true);
    assert_int_equal(round_at("2026-12-05 09:00"), 2);
    CHANGE(.project = id, .which = 0, .due = at("2026-12-10 23:59"));
    CHANGE(.project = id, .which = 0, .done = at("2026-12-05 10:00"));   /* the other: they stand in order of their days */
    assert_int_equal(round_at("2026-12-05 11:00"), 1);                 /* the first, due on the 10th now */
    assert_int_equal(heard("project.due", "12月10日"), 3);
    assert_int_equal(round_at("2026-12-11 09:00"), 1);
}

static void only_of_what_is_at_work(void **state)
{
    (void)state;
    static const enum project_state quiet[] = { PROJECT_DRAFT, PROJECT_FOR_ACCEPTANCE, PROJECT_ACCEPTED, PROJECT_ABANDONED };
    int64_t                         id = project(true);
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++) {
        CHANGE(.project = id, .state = quiet[i]);
        assert_int_equal(round_at("2027-02-01 09:00"), 0);
    }
    CHANGE(.project = id, .state = PROJECT_PLANNED);
    assert_int_equal(round_at("2027-02-01 09:00"), 4);
}

static void whoever_answers_for_it_is_told_and_without_a_team_who_runs_it(void **state)
{
    (void)state;
    int64_t with = project(true), without = project(false);
    CHANGE(.project = with, .which = 0, .person = people[3]);
    CHANGE(.project = with, .which = 1, .org = org);
    CHANGE(.project = without, .which = 0, .done = 1);
    assert_int_equal(round_at("2026-12-01 09:00"), 3);
    assert_int_equal(messages().len, 6);                               /* three of the team, the fourth, the organisation; the area of the other */
    assert_true(heard("project.due", person_text(3)) == 1 && heard("project.due", "project.manage") == 2);
    assert_int_equal(heard("project.due", str_fmt(arena, "\"unit\":\"%lld\"", (long long)org).ptr), 1);
    assert_int_equal(heard("project.due", str_fmt(arena, "\"unit\":\"%lld\"", (long long)area).ptr), 1);
}

static void more_than_one_batch_holds(void **state)
{
    (void)state;
    for (int i = 0; i < 70; i++)
        project(i % 2);
    assert_int_equal(round_at("2026-12-01 09:00"), 140);
    assert_int_equal(round_at("2026-12-01 09:00"), 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_is_told_once_in_each_state), T(what_is_late_at_once_is_told_as_late_alone), T(a_new_day_is_told_of_anew_and_what_is_done_is_not),
        T(only_of_what_is_at_work), T(whoever_answers_for_it_is_told_and_without_a_team_who_runs_it), T(more_than_one_batch_holds),
    };
    return cmocka_run_group_tests_name("remind", tests, NULL, NULL);
}
