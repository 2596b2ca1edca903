/* Facts of stories, the arithmetic of figures with the worked examples of the standard, counters on a real database, the document. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../../db/test_db.h"
#include "../account/account.h"
#include "../setting/setting.h"
#include "columns.h"
#include "read.h"

#define TENANT 1
#define ZONE   480
#define DAY(n) (20000 + (n))

static struct arena  *arena;
static struct test_db t;
static struct app     app;
static int64_t        district, street, other, grid, bureau, team, office;

DB_SQL(insight_test_tenant, "INSERT INTO tenant (tenant_id, code, name, time_zone, demo, created_at) VALUES ($1, 'd', 'D', 'Asia/Shanghai', 0, 1)")
DB_SQL(insight_test_case,
       "INSERT INTO cases (tenant_id, id, code, source, state, severity, reported_at, updated_at, version, text) "
       "VALUES ($1, $2, $3, 1, 1, 2, 1, 1, 1, '')")
DB_SQL(insight_test_kept,
       "SELECT f.holder_id, f.first_org_id, f.first_bits, (SELECT COUNT(*) FROM insight_turn t WHERE t.tenant_id = $1 AND t.case_id = $2) "
       "FROM insight_fact f WHERE f.tenant_id = $1 AND f.case_id = $2")
DB_SQL(insight_test_spoil_first, "UPDATE insight_fact SET first_org_id = $3, first_bits = $4 WHERE tenant_id = $1 AND case_id = $2")
DB_SQL(insight_test_parts, "SELECT count(*) FROM insight_sum WHERE tenant_id = $1 AND part > 0")
DB_SQL(insight_test_spoil, "UPDATE insight_sum SET closed = closed + 1 WHERE tenant_id = $1 AND unit_id = $2 AND grain = 1")
DB_SQL(insight_test_move, "UPDATE area SET parent_id = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2")

static err add_area(struct db_conn *c, int64_t parent, const char *kind, int64_t *id)
{
    return unit_area_add(c, arena, TENANT, &(struct unit_area_new){ .parent = parent, .kind = kind, .name = STR("区") }, 1, id);
}

static err add_org(struct db_conn *c, int64_t parent, int64_t *id)
{
    return unit_org_add(c, arena, TENANT, &(struct unit_org_new){ .parent = parent, .area = district, .kind = "department", .name = STR("局") }, 1, id);
}

static err make_district(struct db_conn *c, void *arg)
{
    (void)arg;
    TRY(db_exec(c, &insight_test_tenant, DB_ARGS(I64(TENANT)), NULL));
    TRY(account_roles_install(c, TENANT));
    TRY(add_area(c, 0, "district", &district));
    TRY(add_area(c, district, "street", &street));
    TRY(add_area(c, district, "street", &other));
    TRY(add_area(c, street, "community", &grid));
    TRY(add_org(c, 0, &bureau));
    TRY(add_org(c, bureau, &team));
    TRY(add_org(c, 0, &office));
    for (int64_t id = 1; id <= 40; id++)
        TRY(db_exec(c, &insight_test_case, DB_ARGS(I64(TENANT), I64(id), TEXT(str_fmt(arena, "%d", (int)id))), NULL));
    return OK;
}

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    test_db_open(&t);
    app = (struct app){ .db = t.db, .tenant = TENANT, .zone_minutes = ZONE };
    static struct insight_state keeps;
    keeps = (struct insight_state){ .arena = arena_new(0), .groups_a_part = 4 };
    app.insight = &keeps;
    return failed(db_write(t.db, 0, make_district, NULL)) || failed(setting_feature.start(&app)) || failed(unit_feature.start(&app)) ? -1 : 0;
}

static int teardown(void **state)
{
    (void)state;
    unit_feature.stop(&app);
    setting_feature.stop(&app);
    arena_free(app.insight->arena);
    test_db_close(&t);
    arena_free(arena);
    return 0;
}

/* ---- a story, day by day ---- */

struct tale { struct facts f; struct case_kept now; };

static ms noon(int day)
{
    return day_begin(DAY(day), ZONE) + 12 * MS_HOUR;
}

static struct tale tale_of(int64_t id, int64_t area)
{
    return (struct tale){ .f.case_id = id, .now = { .id = id, .area_id = area, .category_id = 7, .reported_at = noon(1) } };
}

/* due: day on which what it ended was due, then the limit that runs from now on; 0: none. */
static void tell(struct tale *x, enum case_action a, enum case_state to, int day, int was_due, int due, int64_t org)
{
    struct case_kept_step s = { noon(day), a, x->now.state, to, org, was_due ? noon(was_due) : 0 };
    x->now.state = to;
    x->now.due_at = due ? noon(due) : 0;
    facts_step(&x->f, &s, ZONE);
    facts_now(&x->f, &x->now, ZONE);
}

static int of_area(const struct tale *x, enum counter c, int64_t day)
{
    struct share all[SHARES_MOST];
    size_t       n = facts_shares(&x->f, 1, all, 0);
    int          sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += all[i].org == 0 && all[i].counter == (int)c && (!day || all[i].day == day) ? all[i].n : 0;
    return sum;
}

static int of_org(const struct tale *x, int64_t org, enum counter c)
{
    struct share all[SHARES_MOST];
    size_t       n = facts_shares(&x->f, 1, all, 0);
    int          sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += all[i].org == org && all[i].counter == (int)c ? all[i].n : 0;
    return sum;
}

static void to_handling(struct tale *x, int64_t org)
{
    tell(x, ACT_REPORT, CASE_REPORTED, 1, 0, 1, 0);
    tell(x, ACT_ACCEPT, CASE_ACCEPTED, 1, 1, 2, 0);
    tell(x, ACT_DISPATCH, CASE_DISPATCHED, 2, 2, 3, org);
    tell(x, ACT_SIGN, CASE_HANDLING, 2, 3, 9, org);
}

static void closed_on_time(void **state)
{
    (void)state;
    struct tale x = tale_of(1, grid);
    to_handling(&x, 50);
    assert_int_equal(of_area(&x, COUNT_reported, DAY(1)), 1);
    assert_int_equal(of_area(&x, COUNT_filed, DAY(1)), 1);
    assert_int_equal(of_area(&x, COUNT_due, DAY(9)), 1);
    assert_int_equal(of_area(&x, COUNT_due_closed, 0), 0);
    assert_int_equal(of_area(&x, COUNT_open_due, DAY(9)), 1);
    assert_int_equal(of_area(&x, COUNT_in_handling, DAY(1)), 1);
    tell(&x, ACT_HANDLED, CASE_HANDLED, 8, 9, 10, 50);
    tell(&x, ACT_PASS, CASE_CLOSED, 12, 10, 0, 50);   /* verified late: not the handler's */
    assert_int_equal(of_area(&x, COUNT_closed_on_time, DAY(9)), 1);
    assert_int_equal(of_area(&x, COUNT_closed, DAY(12)), 1);
    assert_int_equal(of_area(&x, COUNT_checked, DAY(12)), 1);
    assert_int_equal(of_area(&x, COUNT_open_reported, 0) + of_area(&x, COUNT_open_due, 0) + of_area(&x, COUNT_in_handled, 0), 0);
    assert_int_equal(of_org(&x, 50, COUNT_closed_on_time), 1);
    tell(&x, ACT_REOPEN, CASE_ACCEPTED, 13, 0, 14, 0);   /* leaves what it had been counted as */
    assert_int_equal(of_area(&x, COUNT_closed, 0) + of_area(&x, COUNT_due, 0) + of_area(&x, COUNT_closed_on_time, 0), 0);
    assert_int_equal(of_area(&x, COUNT_in_accepted, DAY(1)), 1);
    assert_int_equal(of_org(&x, 50, COUNT_dispatched), 1);
}

static void late_stays_late_through_rework(void **state)
{
    (void)state;
    struct tale x = tale_of(1, grid);
    to_handling(&x, 50);
    tell(&x, ACT_HANDLED, CASE_HANDLED, 10, 9, 11, 50);
    tell(&x, ACT_FAIL, CASE_HANDLING, 10, 11, 20, 50);
    assert_int_equal(of_area(&x, COUNT_due, DAY(20)), 1);
    tell(&x, ACT_HANDLED, CASE_HANDLED, 11, 20, 12, 50);
    tell(&x, ACT_PASS, CASE_CLOSED, 12, 12, 0, 50);
    assert_int_equal(of_area(&x, COUNT_due_closed, DAY(20)), 1);
    assert_int_equal(of_area(&x, COUNT_closed_on_time, 0), 0);
    assert_int_equal(of_area(&x, COUNT_reworked, DAY(10)), 1);
}

static void suspended_is_not_due(void **state)
{
    (void)state;
    struct tale x = tale_of(1, grid);
    to_handling(&x, 50);
    tell(&x, ACT_GRANT_SUSPENSION, CASE_SUSPENDED, 4, 9, 30, 50);
    assert_int_equal(of_area(&x, COUNT_due, 0), 0);
    tell(&x, ACT_RESUME, CASE_HANDLING, 30, 30, 35, 50);
    tell(&x, ACT_GRANT_EXTENSION, CASE_HANDLING, 31, 35, 40, 50);
    assert_int_equal(of_area(&x, COUNT_due, DAY(40)), 1);
    assert_int_equal(of_area(&x, COUNT_extended, DAY(40)), 1);
}

static void beyond_powers_is_counted_and_not_scored(void **state)
{
    (void)state;
    struct tale x = tale_of(1, grid);
    to_handling(&x, 50);
    tell(&x, ACT_HANDLED, CASE_HANDLED, 8, 9, 10, 50);
    x.now.outcome = OUTCOME_BEYOND_POWERS;
    tell(&x, ACT_PASS, CASE_CLOSED, 9, 10, 0, 50);
    x.now.solved = 3;
    x.now.stars = 1;
    x.now.rated_at = noon(10);
    tell(&x, ACT_RATE, CASE_CLOSED, 10, 0, 0, 50);
    const enum counter left_out[] = { COUNT_due, COUNT_closed_on_time, COUNT_checked, COUNT_valid, COUNT_starred };
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        assert_int_equal(of_area(&x, left_out[i], 0), 0);
    assert_int_equal(of_area(&x, COUNT_closed, DAY(9)), 1);
    assert_int_equal(of_area(&x, COUNT_beyond_powers, DAY(9)), 1);
}

static void a_call_back_and_an_appeal(void **state)
{
    (void)state;
    struct tale x = tale_of(1, grid);
    to_handling(&x, 50);
    tell(&x, ACT_HANDLED, CASE_HANDLED, 8, 9, 10, 50);
    tell(&x, ACT_PASS, CASE_CLOSED, 9, 10, 0, 50);
    struct tale away = x;
    x.now.solved = 1;
    x.now.contacted = CONTACTED_YES;
    x.now.rated_at = noon(11);
    x.now.call_back = CALL_ANSWERED;
    tell(&x, ACT_CALL_BACK, CASE_CLOSED, 11, 0, 0, 50);
    assert_int_equal(of_area(&x, COUNT_resolved, DAY(11)), 1);
    assert_int_equal(of_area(&x, COUNT_contacted, DAY(11)), 1);
    assert_int_equal(of_org(&x, 50, COUNT_asked), 1);
    assert_int_equal(of_area(&x, COUNT_starred, 0), 0);   /* nothing was said of stars */
    x.now.appeal = APPEAL_UPHELD;
    tell(&x, ACT_UPHOLD_APPEAL, CASE_CLOSED, 13, 0, 0, 50);
    assert_int_equal(of_area(&x, COUNT_upheld, DAY(13)), 1);
    assert_int_equal(of_area(&x, COUNT_valid, 0) + of_area(&x, COUNT_due, 0) + of_area(&x, COUNT_contacted, 0), 0);
    assert_int_equal(of_area(&x, COUNT_closed, DAY(9)), 1);
    away.now.call_back = CALL_UNREACHABLE;
    tell(&away, ACT_CALL_BACK, CASE_CLOSED, 11, 0, 0, 50);
    assert_int_equal(of_area(&away, COUNT_unreachable, DAY(11)), 1);
    assert_int_equal(of_area(&away, COUNT_valid, 0), 0);
    assert_int_equal(of_area(&away, COUNT_closed_on_time, DAY(9)), 1);   /* out of reach is no reason to leave that out */
}

static void each_organisation_has_its_own_dispatches(void **state)
{
    (void)state;
    struct tale x = tale_of(1, grid);
    tell(&x, ACT_REPORT, CASE_REPORTED, 1, 0, 1, 0);
    tell(&x, ACT_ACCEPT, CASE_ACCEPTED, 1, 1, 2, 0);
    tell(&x, ACT_DISPATCH, CASE_DISPATCHED, 2, 2, 3, 50);
    assert_int_equal(of_area(&x, COUNT_first_right, DAY(2)), 1);
    tell(&x, ACT_RETURN, CASE_ACCEPTED, 3, 3, 4, 0);
    tell(&x, ACT_DISPATCH, CASE_DISPATCHED, 4, 4, 5, 60);
    tell(&x, ACT_REDISPATCH, CASE_DISPATCHED, 5, 5, 6, 70);
    assert_int_equal(of_area(&x, COUNT_dispatched, 0), 1);
    assert_int_equal(of_area(&x, COUNT_first, 0), 1);
    assert_int_equal(of_area(&x, COUNT_first_right, 0), 0);
    assert_int_equal(of_area(&x, COUNT_returned, DAY(2)), 1);
    assert_int_equal(of_org(&x, 50, COUNT_returned), 1);
    assert_int_equal(of_org(&x, 50, COUNT_first), 1);
    assert_int_equal(of_org(&x, 60, COUNT_dispatched), 1);
    assert_int_equal(of_org(&x, 60, COUNT_returned) + of_org(&x, 60, COUNT_first) + of_org(&x, 60, COUNT_due), 0);
    assert_int_equal(of_org(&x, 70, COUNT_due), 1);
}

static void calls_answered_in_time(void **state)
{
    (void)state;
    struct tale x = tale_of(1, grid);
    to_handling(&x, 50);
    x.now.tasks = 2;
    tell(&x, ACT_WHISTLE, CASE_HANDLING, 3, 9, 9, 50);
    tell(&x, ACT_TASK_ANSWER, CASE_HANDLING, 4, 5, 9, 60);
    assert_int_equal(of_area(&x, COUNT_whistled, DAY(3)), 1);
    assert_int_equal(of_area(&x, COUNT_whistle_answered, 0), 0);
    struct tale late = x;
    tell(&x, ACT_TASK_ANSWER, CASE_HANDLING, 4, 4, 9, 70);
    assert_int_equal(of_area(&x, COUNT_whistle_answered, DAY(3)), 1);
    tell(&late, ACT_TASK_ANSWER, CASE_HANDLING, 6, 5, 9, 70);
    assert_int_equal(of_area(&late, COUNT_whistle_answered, 0), 0);
}

/* ---- arithmetic ---- */

static void rates_and_scores(void **state)
{
    (void)state;
    assert_int_equal(figure_rate(911, 972), 9372);   /* the standard's examples */
    assert_int_equal(figure_rate(737, 972), 7582);
    assert_int_equal(figure_rate(0, 5), 0);
    assert_int_equal(figure_rate(5, 5), 10000);
    assert_int_equal(figure_rate(0, 0), -1);
    assert_int_equal(figure_rate(1, 3), 3333);
    assert_int_equal(figure_rate(2, 3), 6667);
    int64_t rates[FIGURES], weights[FIGURES] = { 0 };
    for (int i = 0; i < FIGURES; i++)
        rates[i] = -1;
    rates[FIGURE_resolution] = 8000;
    rates[FIGURE_rework] = 1000;
    weights[FIGURE_resolution] = 3;
    weights[FIGURE_response] = 5;   /* has no rate: takes no part */
    assert_int_equal(figure_score(rates, weights), 8000);
    weights[FIGURE_rework] = 1;     /* better when low */
    assert_int_equal(figure_score(rates, weights), 8250);
    rates[FIGURE_resolution] = rates[FIGURE_rework] = -1;
    assert_int_equal(figure_score(rates, weights), -1);
}

static void days_of_the_zone(void **state)
{
    (void)state;
    int64_t day;
    assert_true(day_parse(STR("2026-02-28"), &day));
    assert_true(str_is(day_text(arena, day), "2026-02-28"));
    assert_int_equal(day_at(day_begin(day, ZONE), ZONE), day);
    assert_int_equal(day_at(day_begin(day, ZONE) - 1, ZONE), day - 1);
    assert_int_equal(hour_at(day_begin(day, ZONE), ZONE), day * DAY_HOURS);
    assert_int_equal(hour_at(day_begin(day, 345) - 1, 345), day * DAY_HOURS - 1);   /* a zone that begins at a quarter to */
    assert_int_equal(hour_begin(day * DAY_HOURS + 9, ZONE), day_begin(day, ZONE) + 9 * MS_HOUR);
    assert_true(str_is(day_text(arena, day_month(day)), "2026-02-01"));
    assert_true(str_is(day_text(arena, day_next_month(day_month(day))), "2026-03-01"));
    assert_true(str_is(day_text(arena, day_next_month(day_month(day + 320))), "2027-02-01"));
    const char *const wrong[] = { "2026-02-29", "2026-13-01", "2026-1-01", "20260101", "", "2026-00-10", "2026-01-00", "2026-01-1x" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(day_parse(str_of(wrong[i]), &day));
}

static void columns_are_the_table(void **state)
{
    (void)state;
    struct str rest = STR(COLUMN_LIST), sums = STR(MEASURE_SUMS);
    for (int i = 0; i < MEASURES; i++) {
        assert_true(str_is(str_trim(str_cut(&rest, ',')), insight_measures[i].word));
        assert_true(str_is(str_trim(str_cut(&sums, ',')), str_z(arena, str_fmt(arena, "SUM(%s)", insight_measures[i].word))));
        assert_non_null(strstr(MEASURE_CASE, str_z(arena, str_fmt(arena, "WHEN %d THEN %s ", i, insight_measures[i].word))));
    }
    /* A row begins with $10 and three keys. */
    assert_non_null(strstr(COUNT_ROW(1, 2, 3, 4), str_z(arena, str_fmt(arena, "$%d, $2)", 10 + 3 + COUNTERS - 1))));
    for (int i = 0; i < FIGURES; i++) {
        const struct measure *part = &insight_measures[insight_figures[i].part], *whole = &insight_measures[insight_figures[i].whole];
        assert_int_equal(part->kind, whole->kind);                             /* both on the same day */
        assert_int_equal(part->mask & whole->mask, whole->mask);               /* whoever is in the part is in the whole */
        assert_int_equal(part->want & whole->mask, whole->want);
    }
}

/* ---- counters on a database ---- */

struct writing { struct tale *tales; size_t n; bool late; };

static err store_tales(struct db_conn *c, void *arg)
{
    struct writing *w = arg;
    for (size_t i = 0; i < w->n; i++) {
        struct facts was;
        TRY(facts_load(c, TENANT, w->tales[i].now.id, &was));
        TRY(facts_store(c, &app, &was, &w->tales[i].f, w->late));
    }
    return OK;
}

static err count_again(struct db_conn *c, void *arg)
{
    return insight_check(&app, c, false, arg);
}

static int64_t differing(void)
{
    struct insight_checked k;
    assert_false(failed(db_read(t.db, count_again, &k)));
    return k.counters;
}

struct looking { int64_t unit, day; enum counter counter; int64_t found; };

static err look(void *arg, const struct count_row *row)
{
    struct looking *l = arg;
    if (row->unit == l->unit && row->grain == GRAIN_DAY && row->day == l->day && !row->category)
        l->found += row->n[l->counter];
    return OK;
}

static err look_up(struct db_conn *c, void *arg)
{
    return counters_each(c, TENANT, look, arg);
}

static int64_t counted(int64_t unit, enum counter counter, int day)
{
    struct looking l = { unit, DAY(day), counter, 0 };
    assert_false(failed(db_read(t.db, look_up, &l)));
    return l.found;
}

static unsigned dice_state = 4711;
static unsigned dice(unsigned n)
{
    dice_state = dice_state * 1103515245u + 12345u;
    return (dice_state >> 16) % n;
}

/* Any action from its own state, at random days and organisations. */
static void random_step(struct tale *x, int day)
{
    static const struct { enum case_action a; enum case_state from, to; } steps[] = {
        { ACT_ACCEPT, CASE_REPORTED, CASE_ACCEPTED },   { ACT_REJECT, CASE_REPORTED, CASE_REJECTED },  { ACT_MERGE, CASE_REPORTED, CASE_MERGED },
        { ACT_UNMERGE, CASE_MERGED, CASE_REPORTED },    { ACT_DISPATCH, CASE_ACCEPTED, CASE_DISPATCHED }, { ACT_HANDLE_SELF, CASE_ACCEPTED, CASE_HANDLING },
        { ACT_SIGN, CASE_DISPATCHED, CASE_HANDLING },   { ACT_REDISPATCH, CASE_DISPATCHED, CASE_DISPATCHED }, { ACT_RETURN, CASE_HANDLING, CASE_ACCEPTED },
        { ACT_HANDLED, CASE_HANDLING, CASE_HANDLED },   { ACT_GRANT_SUSPENSION, CASE_HANDLING, CASE_SUSPENDED }, { ACT_RESUME, CASE_SUSPENDED, CASE_HANDLING },
        { ACT_PASS, CASE_HANDLED, CASE_CLOSED },        { ACT_FAIL, CASE_HANDLED, CASE_HANDLING },     { ACT_RATE, CASE_CLOSED, CASE_CLOSED },
        { ACT_REOPEN, CASE_CLOSED, CASE_ACCEPTED },     { ACT_WITHDRAW, CASE_ACCEPTED, CASE_CLOSED },  { ACT_GRANT_EXTENSION, CASE_HANDLING, CASE_HANDLING },
        { ACT_WHISTLE, CASE_HANDLING, CASE_HANDLING },  { ACT_CALL_BACK, CASE_CLOSED, CASE_CLOSED },  { ACT_UPHOLD_APPEAL, CASE_CLOSED, CASE_CLOSED },
    };
    unsigned at = dice(sizeof steps / sizeof *steps);
    if (steps[at].from != x->now.state)
        return;
    x->now.outcome = steps[at].to == CASE_CLOSED ? (enum case_outcome)(1 + dice(4)) : OUTCOME_NONE;
    x->now.solved = steps[at].to == CASE_CLOSED ? (int64_t)dice(4) : 0;
    x->now.stars = x->now.solved ? (int64_t)dice(6) : 0;
    x->now.rated_at = x->now.solved ? noon(day) : 0;
    x->now.call_back = steps[at].to == CASE_CLOSED ? (int64_t)dice(CALL_COUNT) : CALL_NONE;
    x->now.contacted = x->now.solved ? (int64_t)dice(3) : 0;
    x->now.appeal = steps[at].to == CASE_CLOSED ? (int64_t)dice(APPEAL_COUNT) : APPEAL_NONE;
    x->now.area_id = dice(9) ? x->now.area_id : dice(2) ? grid : other;
    tell(x, steps[at].a, steps[at].to, day, (int)dice(40), (int)dice(40), 100 + dice(5));
}

struct reading { const struct tale *tales; size_t n, differ; };

static err read_again(struct db_conn *c, void *arg)
{
    struct reading *r = arg;
    for (size_t i = 0; i < r->n; i++) {
        struct facts stored;
        TRY(facts_load(c, TENANT, r->tales[i].now.id, &stored));
        r->differ += !facts_same(&stored, &r->tales[i].f);
    }
    return OK;
}

/* How many cases are not stored as they were told. */
static size_t stored_otherwise(const struct tale *tales, size_t n)
{
    struct reading r = { tales, n, 0 };
    assert_false(failed(db_read(t.db, read_again, &r)));
    return r.differ;
}

static void random_stories_count_as_a_recount_does(void **state)
{
    (void)state;
    struct tale tales[40];
    for (int64_t i = 0; i < 40; i++) {
        tales[i] = tale_of(i + 1, i % 2 ? grid : other);
        tell(&tales[i], ACT_REPORT, CASE_REPORTED, 1, 0, 2, 0);
    }
    for (int round = 0; round < 60; round++) {
        struct writing w = { tales, 40, false };
        for (int i = 0; i < 40; i++)
            random_step(&tales[i], 2 + round / 2);
        assert_false(failed(db_write(t.db, 0, store_tales, &w)));
        assert_int_equal(stored_otherwise(tales, 40), 0);
        if (round % 10 == 9)
            assert_int_equal(differing(), 0);
    }
    assert_int_equal(counted(district, COUNT_reported, 1), 40);
    assert_int_equal(counted(street, COUNT_reported, 1) + counted(other, COUNT_reported, 1), 40);
    assert_int_equal(counted(grid, COUNT_reported, 1), counted(street, COUNT_reported, 1));
}

static err count_parts(struct db_conn *c, void *arg)
{
    return db_number(c, &insight_test_parts, DB_ARGS(I64(TENANT)), arg);
}

static int64_t rows_in_parts(void)
{
    int64_t n;
    assert_false(failed(db_read(t.db, count_parts, &n)));
    return n;
}

struct listing { struct behind q; struct found_case found[16]; size_t n; };

static err list(struct db_conn *c, void *arg)
{
    struct listing             *l = arg;
    const struct unit_snapshot *u = unit_hold(&app);
    err                         e = insight_behind(c, arena, TENANT, u, &l->q, l->found, &l->n);
    unit_release(u);
    return e;
}

/* The cases due in the district, in pages of so many. */
static size_t due_in_pages(size_t most, struct found_case all[100])
{
    struct listing l = { .q = { { UNIT_AREA, district }, DAY(1), DAY(60), COUNT_due, -1, 0, 0, most } };
    size_t         n = 0;
    do {
        assert_false(failed(db_read(t.db, list, &l)));
        for (size_t i = 0; i < l.n && n < 100; i++)
            all[n++] = l.found[i];
        if (l.n) {
            l.q.after_day = l.found[l.n - 1].day;
            l.q.after = l.found[l.n - 1].id;
        }
    } while (l.n == most);
    return n;
}

/* A day is listed once, in however many parts it is counted. */
static void parts_hide_no_case(void **state)
{
    (void)state;
    struct found_case ones[100], all[100];
    int64_t           due = 0;
    for (int day = 1; day <= 60; day++)
        due += counted(district, COUNT_due, day);
    assert_true(rows_in_parts() > 14);
    assert_true(due > 5);
    size_t n = due_in_pages(2, ones);
    assert_int_equal(n, due);
    assert_int_equal(due_in_pages(16, all), n);
    for (size_t i = 0; i < n; i++)
        assert_true(ones[i].id == all[i].id && ones[i].day == all[i].day);
}

static err join_parts(struct db_conn *c, void *arg)
{
    (void)arg;
    return counters_join(c, TENANT);
}

/* The sixty writes before lie in fifteen parts. */
static void parts_are_one_sum(void **state)
{
    (void)state;
    int64_t reported = counted(district, COUNT_reported, 1);
    assert_int_equal(reported, 40);
    for (int i = 0; i < 2; i++) {
        assert_false(failed(db_write(t.db, TENANT, join_parts, NULL)));
        assert_int_equal(rows_in_parts(), 0);
        assert_int_equal(counted(district, COUNT_reported, 1), reported);
        assert_int_equal(differing(), 0);
    }
}

/* Behind the sixty writes a part would be due; what is counted late goes to the rows that stay, a step of today does not. */
static void what_is_counted_late_begins_no_part(void **state)
{
    (void)state;
    struct tale    x = tale_of(45, grid);
    struct writing w = { &x, 1, true };
    x.now.reported_at = noon(90);
    tell(&x, ACT_REPORT, CASE_REPORTED, 90, 0, 0, 0);
    assert_false(failed(db_write(t.db, 0, store_tales, &w)));
    assert_int_equal(rows_in_parts(), 0);
    assert_int_equal(counted(district, COUNT_reported, 90), 1);
    w.late = false;
    tell(&x, ACT_ACCEPT, CASE_ACCEPTED, 91, 0, 0, 0);
    assert_false(failed(db_write(t.db, 0, store_tales, &w)));
    assert_true(rows_in_parts() > 0);
    assert_int_equal(counted(district, COUNT_reported, 90), 1);
    assert_int_equal(differing(), 0);
}

struct overdue { int64_t hour; struct standing found; };

static err overdue_at(struct db_conn *c, void *arg)
{
    struct overdue *o = arg;
    return insight_standing_of(c, TENANT, (struct ids){ &other, 1 }, o->hour, false, &o->found);
}

static int64_t overdue_before(int64_t hour)
{
    struct overdue o = { .hour = hour };
    assert_false(failed(db_read(t.db, overdue_at, &o)));
    return o.found.overdue;
}

static err forget_all(struct db_conn *c, void *arg)
{
    return counters_forget(c, TENANT, *(int64_t *)arg);
}

/* Of today and later the hour in which a limit ends is counted; of days that are over the day says enough. */
static void limits_are_counted_by_the_hour(void **state)
{
    (void)state;
    const int64_t tomorrow = day_at(clock_now(), ZONE) + 1, noon_hour = tomorrow * DAY_HOURS + 12;
    const int     day = (int)(tomorrow - DAY(0));
    struct tale   all[] = { tale_of(1, other), tale_of(2, other), tale_of(3, other) };
    struct writing w = { all, 3, false };
    for (int i = 0; i < 3; i++)
        tell(&all[i], ACT_REPORT, CASE_REPORTED, 1, 0, i == 2 ? 2 : day, 0);
    all[1].now.due_at += MS_HOUR;
    facts_now(&all[1].f, &all[1].now, ZONE);
    assert_false(failed(db_write(t.db, 0, store_tales, &w)));
    const int64_t past = overdue_before(noon_hour);
    assert_true(past >= 1);                                      /* the third one */
    assert_int_equal(overdue_before(noon_hour + 1), past + 1);
    assert_int_equal(overdue_before(noon_hour + 2), past + 2);
    tell(&all[0], ACT_ACCEPT, CASE_ACCEPTED, 1, day, day + 1, 0);
    assert_false(failed(db_write(t.db, 0, store_tales, &w)));
    assert_int_equal(overdue_before(noon_hour + 2), past + 1);   /* taken back */
    assert_int_equal(differing(), 0);
    assert_false(failed(db_write(t.db, 0, forget_all, (void *)&noon_hour)));
    assert_int_equal(overdue_before(noon_hour + 2), past + 1);
    int64_t all_hours = noon_hour + 2 * DAY_HOURS;
    assert_false(failed(db_write(t.db, 0, forget_all, &all_hours)));
    assert_int_equal(overdue_before(noon_hour + 2), past);
}

static err spoil(struct db_conn *c, void *arg)
{
    (void)arg;
    return db_exec(c, &insight_test_spoil, DB_ARGS(I64(TENANT), I64(district)), NULL);
}

static err move_area(struct db_conn *c, void *arg)
{
    (void)arg;
    return db_exec(c, &insight_test_move, DB_ARGS(I64(TENANT), I64(grid), I64(other)), NULL);
}

static void what_differs_is_found_and_made_right(void **state)
{
    (void)state;
    assert_int_equal(differing(), 0);
    assert_false(failed(insight_mind_tree(&app)));            /* notes the tree */
    assert_false(failed(db_write(t.db, 0, spoil, NULL)));
    assert_true(differing() > 0);
    int64_t before = counted(street, COUNT_reported, 1);
    assert_true(before > 0);
    assert_false(failed(insight_mind_tree(&app)));            /* nothing has moved: nothing is done */
    assert_true(differing() > 0);
    assert_false(failed(db_write(t.db, 0, move_area, NULL)));
    assert_false(failed(unit_reload(&app)));
    assert_false(failed(insight_mind_tree(&app)));
    assert_int_equal(differing(), 0);
    assert_int_equal(counted(street, COUNT_reported, 1), 0);
    assert_int_equal(counted(other, COUNT_reported, 1), 40);
}

/* ---- dispatches, stored with the case and beside it ---- */

struct kept_turns { int64_t id, holder, first, bits, further; };

static err look_at_turns(struct db_conn *c, void *arg)
{
    struct kept_turns *k = arg;
    struct db_rows     rows;
    TRY(db_query(c, &insight_test_kept, DB_ARGS(I64(TENANT), I64(k->id)), &rows));
    if (db_next(&rows))
        *k = (struct kept_turns){ k->id, db_i64(&rows, 0), db_i64(&rows, 1), db_i64(&rows, 2), db_i64(&rows, 3) };
    return db_done(&rows);
}

static void assert_kept(int64_t id, int64_t holder, int64_t first, int64_t bits, int64_t further)
{
    struct kept_turns k = { .id = id };
    assert_false(failed(db_read(t.db, look_at_turns, &k)));
    assert_int_equal(k.holder, holder);
    assert_int_equal(k.first, first);
    assert_int_equal(k.bits, bits);
    assert_int_equal(k.further, further);
}

static void store(struct tale *x)
{
    struct writing w = { x, 1, false };
    assert_false(failed(db_write(t.db, 0, store_tales, &w)));
    assert_int_equal(stored_otherwise(x, 1), 0);
}

static void told(struct tale *x, enum case_action a, enum case_state to, int day, int64_t org)
{
    tell(x, a, to, day, 0, 0, org);
    store(x);
}

/* The cases behind a number of an organisation from day 101 on, the last behind the others: 43, 42 is 4342. */
static int64_t behind(int64_t org, enum counter counter, int64_t after_day, int64_t after)
{
    struct listing l = { .q = { { UNIT_ORG, org }, DAY(101), DAY(200), counter, -1, after_day, after, 16 } };
    int64_t        ids = 0;
    assert_false(failed(db_read(t.db, list, &l)));
    for (size_t i = 0; i < l.n; i++)
        ids = ids * 100 + l.found[i].id;
    return ids;
}

static struct tale dispatched_to(int64_t id, int64_t org)
{
    struct tale x = tale_of(id, grid);
    x.now.reported_at = noon(100);
    told(&x, ACT_REPORT, CASE_REPORTED, 100, 0);
    told(&x, ACT_ACCEPT, CASE_ACCEPTED, 100, 0);
    assert_kept(id, 0, 0, 0, 0);
    told(&x, ACT_DISPATCH, CASE_DISPATCHED, 101, org);
    assert_kept(id, org, 0, 0, 0);   /* all of it told by the case */
    return x;
}

static void a_case_goes_round_and_comes_back(void **state)
{
    (void)state;
    struct tale x = dispatched_to(41, bureau);
    told(&x, ACT_RETURN, CASE_ACCEPTED, 101, 0);
    assert_kept(41, 0, bureau, 0, 0);
    told(&x, ACT_DISPATCH, CASE_DISPATCHED, 101, office);
    assert_kept(41, office, bureau, 0, 1);
    told(&x, ACT_REDISPATCH, CASE_DISPATCHED, 102, team);
    assert_kept(41, team, bureau, 0, 2);
    told(&x, ACT_RETURN, CASE_ACCEPTED, 103, 0);
    told(&x, ACT_DISPATCH, CASE_DISPATCHED, 104, bureau);   /* the first again: no dispatch of its own */
    assert_kept(41, bureau, 0, 0, 2);
    assert_int_equal(differing(), 0);
    assert_int_equal(counted(bureau, COUNT_dispatched, 101), 1);
    assert_int_equal(counted(bureau, COUNT_returned, 101), 1);
    assert_int_equal(counted(bureau, COUNT_first_right, 101), 0);
    assert_int_equal(counted(bureau, COUNT_dispatched, 104), 0);
    assert_int_equal(counted(office, COUNT_dispatched, 101), 1);
    assert_int_equal(counted(office, COUNT_returned, 101), 0);
    assert_int_equal(counted(team, COUNT_returned, 102), 1);
}

/* What holds of the first dispatch does not always hold of the case. */
static void a_holder_is_taken_away(void **state)
{
    (void)state;
    struct tale x = dispatched_to(42, bureau), y = dispatched_to(43, office);
    told(&x, ACT_SIGN, CASE_HANDLING, 102, bureau);
    told(&x, ACT_HANDLED, CASE_HANDLED, 103, bureau);
    told(&x, ACT_PASS, CASE_CLOSED, 104, bureau);
    assert_kept(42, bureau, 0, 0, 0);
    told(&x, ACT_REOPEN, CASE_ACCEPTED, 105, 0);
    assert_kept(42, 0, bureau, 0, 0);
    told(&x, ACT_HANDLE_SELF, CASE_HANDLING, 106, 0);
    told(&x, ACT_RETURN, CASE_ACCEPTED, 107, 0);            /* by nobody it was dispatched to */
    assert_kept(42, 0, bureau, FACT_FIRST | FACT_RIGHT, 0);
    assert_int_equal(counted(bureau, COUNT_first_right, 101), 1);
    told(&y, ACT_REDISPATCH, CASE_DISPATCHED, 102, bureau);
    told(&y, ACT_RETURN, CASE_ACCEPTED, 103, 0);
    assert_kept(43, 0, office, FACT_FIRST, 1);              /* another returned it */
    assert_int_equal(counted(office, COUNT_returned, 101), 0);
    assert_int_equal(counted(bureau, COUNT_returned, 102), 1);
    assert_int_equal(differing(), 0);
}

/* From both, newest first; a page goes on behind a case. */
static void dispatches_are_listed_from_both(void **state)
{
    (void)state;
    assert_int_equal(behind(bureau, COUNT_dispatched, 0, 0), 43414241);   /* 43 and 41, by its team, on day 102; 42 and 41 the day before */
    assert_int_equal(behind(bureau, COUNT_returned, 0, 0), 434141);
    assert_int_equal(behind(bureau, COUNT_first, 0, 0), 4241);
    assert_int_equal(behind(bureau, COUNT_first_right, 0, 0), 42);
    assert_int_equal(behind(bureau, COUNT_dispatched, DAY(102), 43), 414241);
    assert_int_equal(behind(bureau, COUNT_dispatched, DAY(101), 42), 41);
    assert_int_equal(behind(team, COUNT_dispatched, 0, 0), 41);
    assert_int_equal(behind(office, COUNT_dispatched, 0, 0), 4341);
    assert_int_equal(behind(office, COUNT_first, 0, 0), 43);
}

/* Whom the facts of case 41 name as the first; 0: its holder, which is true. */
static err spoil_first(struct db_conn *c, void *arg)
{
    int64_t org = *(int64_t *)arg, bits = org ? TURN_BITS : 0;
    return db_exec(c, &insight_test_spoil_first, DB_ARGS(I64(TENANT), I64(41), REF(org), REF(bits)), NULL);
}

/* A recount that finds another first one puts that into the case, the one that was taken for it beside it, and cuts what never was. */
static void a_recount_finds_another_first(void **state)
{
    (void)state;
    struct tale x = dispatched_to(44, bureau), y = x;
    told(&x, ACT_REDISPATCH, CASE_DISPATCHED, 102, office);
    y.f.turns[0].org = team;
    y.f.turns[y.f.turn_count++] = (struct turn){ bureau, DAY(103), 0 };
    store(&y);
    assert_kept(44, bureau, team, 0, 1);
    assert_int_equal(differing(), 0);
    store(&x);
    assert_kept(44, office, bureau, 0, 1);
    assert_int_equal(differing(), 0);
    assert_false(failed(db_write(t.db, 0, spoil_first, &office)));
    assert_true(differing() > 0);
    assert_false(failed(db_write(t.db, 0, spoil_first, &(int64_t){ 0 })));
    assert_int_equal(differing(), 0);
}

/* ---- the document ---- */

static void the_document_is_current(void **state)
{
    (void)state;
    const char *root = getenv("LINLI_SOURCE");
    struct buf  b = buf_new(arena, 0);
    char        path[4096];
    figures_document(&b);
    if (!root)
        skip();
    snprintf(path, sizeof path, "%s/docs/figures.md", root);
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
        fail_msg("docs/figures.md is stale: LINLI_UPDATE=1 meson test -C build insight_test writes it");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_on_time), cmocka_unit_test(late_stays_late_through_rework), cmocka_unit_test(suspended_is_not_due),
        cmocka_unit_test(beyond_powers_is_counted_and_not_scored), cmocka_unit_test(a_call_back_and_an_appeal), cmocka_unit_test(each_organisation_has_its_own_dispatches),
        cmocka_unit_test(calls_answered_in_time), cmocka_unit_test(rates_and_scores), cmocka_unit_test(days_of_the_zone),
        cmocka_unit_test(columns_are_the_table), cmocka_unit_test(random_stories_count_as_a_recount_does), cmocka_unit_test(parts_hide_no_case),
        cmocka_unit_test(parts_are_one_sum), cmocka_unit_test(what_is_counted_late_begins_no_part),
        cmocka_unit_test(what_differs_is_found_and_made_right),
        cmocka_unit_test(a_case_goes_round_and_comes_back), cmocka_unit_test(a_holder_is_taken_away), cmocka_unit_test(dispatches_are_listed_from_both),
        cmocka_unit_test(a_recount_finds_another_first), cmocka_unit_test(limits_are_counted_by_the_hour), cmocka_unit_test(the_document_is_current),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
