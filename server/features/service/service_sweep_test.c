/* What the program does by itself each day, at a set time: slots ahead, orders whose time is over, personal data that goes; on a real database. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "../clock/clock.h"
#include "../test_district.h"
#include "service_inside.h"

static int64_t person;
static ms      now;

DB_SQL(sweep_test_told, "SELECT COUNT(*) FROM outbox WHERE tenant_id = $1 AND kind = $2")
DB_SQL(sweep_test_audit, "SELECT COUNT(*) FROM audit WHERE tenant_id = $1 AND action = $2")
DB_SQL(sweep_test_known, "SELECT COUNT(*) FROM service_order WHERE tenant_id = $1 AND (name IS NOT NULL OR contact_enc IS NOT NULL OR contact_hash IS NOT NULL "
                         "OR address_enc IS NOT NULL OR note IS NOT NULL OR secret_hash IS NOT NULL OR person_id IS NOT NULL)")
DB_SQL(sweep_test_rest, "UPDATE service_rhythm SET rests = 1 WHERE tenant_id = $1 AND service_id = $2")
DB_SQL(sweep_test_rhythm, "INSERT INTO service_rhythm (tenant_id, id, service_id, days, opens, closes, capacity, made_until, ends_at, created_at, rests) "
                          "VALUES ($1, $2, $3, $4, 540, 660, 6, $5, $6, 1, $7)")

static err make_district(struct db_conn *c, void *arg)
{
    (void)arg;
    TRY(test_district_add(c, "义工队"));
    TRY(clock_install(c, arena, TENANT, 1));
    return test_district_person_add(c, &person);
}

static int setup(void **state)
{
    (void)state;
    return test_district_open(make_district) && !failed(clock_feature.start(&app)) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    clock_feature.stop(&app);
    test_district_close();
    return 0;
}

/* ---- asking and making, each in a transaction of its own ---- */

struct number { const struct db_sql *sql; struct str word; int64_t out; };

static err read_number(struct db_conn *c, void *arg)
{
    struct number *n = arg;
    return n->word.ptr ? db_number(c, n->sql, DB_ARGS(I64(TENANT), TEXT(n->word)), &n->out) : db_number(c, n->sql, DB_ARGS(I64(TENANT)), &n->out);
}

static int64_t count(const struct db_sql *sql, const char *word)
{
    struct number n = { .sql = sql, .word = str_of(word) };
    assert_false(failed(db_read(t.db, read_number, &n)));
    return n.out;
}
#define told(kind)    count(&sweep_test_told, (kind))
#define audited(what) count(&sweep_test_audit, (what))

struct made { struct service_new service; ms begins_at; int64_t capacity, id, slot_id, seen; struct service_order_new order; struct order as; struct slot slot; };

static err put_service(struct db_conn *c, void *arg)
{
    struct made *m = arg;
    m->service.org_id = org;
    m->service.area_id = area;
    m->service.category = STR("haircut");
    TRY(service_put(c, arena, TENANT, &m->service, 1, &m->id));
    return m->begins_at ? service_slot_put(c, TENANT, m->id, m->begins_at, m->begins_at + MS_HOUR, m->capacity, 1, &m->slot_id) : OK;
}

static struct made service_at(const char *when, int64_t capacity)
{
    struct made m = { .service = { .title = STR("理发"), .slotted = true, .waits = 5 }, .begins_at = when ? at(when) : 0, .capacity = capacity };
    assert_false(failed(db_write(t.db, 0, put_service, &m)));
    return m;
}

static err put_order(struct db_conn *c, void *arg)
{
    struct made *m = arg;
    return service_order_put(c, arena, &app, &m->order, 1, &m->seen);
}

static int64_t order_in(struct made *m, enum service_order_state state, const char *name)
{
    m->order = (struct service_order_new){ .service = m->id, .slot = m->slot_id, .area = area, .way = WAY_SELF, .state = state, .name = str_of(name),
                                           .contact = STR("13812345678"), .address = STR("3 号楼"), .note = STR("耳背"), .minutes = 30 };
    assert_false(failed(db_write(t.db, 0, put_order, m)));
    return m->seen;
}

static err look(struct db_conn *c, void *arg)
{
    struct made *m = arg;
    TRY(order_get(c, arena, TENANT, m->seen, &m->as));
    return slot_get(c, arena, TENANT, m->slot_id, &m->slot);
}

static const struct order *see(struct made *m, int64_t order)
{
    m->seen = order;
    assert_false(failed(db_read(t.db, look, m)));
    return &m->as;
}

static struct service_swept sweep(const char *when)
{
    struct service_swept out;
    now = at(when);
    assert_false(failed(service_sweep_round(&app, now, &out)));
    return out;
}

static void assert_swept(struct service_swept got, int64_t asked, int64_t ended, int64_t forgotten)
{
    assert_int_equal(got.asked, asked);
    assert_int_equal(got.ended, ended);
    assert_int_equal(got.forgotten, forgotten);
}

/* ---- orders whose time is over ---- */

static void why_it_ended_is_said_in_the_readers_language(void **state)
{
    (void)state;
    static const struct { int state; const char *zh, *en; } rows[] = { { ORDER_REVIEW, "没有来得及审核", "Not looked at in time" },
                                                                       { ORDER_WAITING, "没有空出名额", "No place became free" },
                                                                       { ORDER_PLACED, "没有登记结果", "No result was entered" } };
    struct req zh = { .lang = LANG_ZH }, en = { .lang = LANG_EN };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str kept = order_ended_because(rows[i].state);
        assert_true(str_is(order_reason_said(&zh, kept), rows[i].zh) && str_is(order_reason_said(&en, kept), rows[i].en));
        assert_true(str_is(order_reason_said(&en, str_of(rows[i].zh)), rows[i].en));   /* kept before there were codes */
    }
    assert_true(str_is(order_reason_said(&en, STR("师傅生病")), "师傅生病"));          /* somebody's words stay */
}

static void what_nobody_answered_ends_and_counts_no_longer(void **state)
{
    (void)state;
    struct made m = service_at("2026-12-31 23:30", 2);
    int64_t     looked_at = order_in(&m, ORDER_REVIEW, "甲"), placed = order_in(&m, ORDER_PLACED, "乙"), waits = order_in(&m, ORDER_WAITING, "丙");
    see(&m, waits);
    assert_true(m.slot.taken == 2 && m.slot.waiting == 1);
    assert_swept(sweep("2027-01-01 00:29"), 0, 0, 0);              /* it is under way */
    assert_swept(sweep("2027-01-02 00:30"), 0, 0, 0);              /* a day after, to the minute */
    assert_swept(sweep("2027-01-02 00:31"), 1, 2, 0);
    assert_int_equal(see(&m, looked_at)->state, ORDER_CANCELLED);
    assert_true(m.as.ended_at == now && str_is(m.as.reason, "@not_looked_at") && !m.as.placed && m.as.to_tell);
    assert_int_equal(see(&m, waits)->state, ORDER_CANCELLED);
    assert_true(str_is(m.as.reason, "@no_place") && !m.as.to_tell);                 /* who waited knows that the day has passed */
    assert_int_equal(see(&m, placed)->state, ORDER_PLACED);
    assert_true(m.slot.taken == 1 && m.slot.waiting == 0);         /* nobody moved up into a time that is over */
    assert_int_equal(told("order.tell"), 1);
    assert_int_equal(told("order.result"), 1);
    assert_int_equal(audited("order.over"), 2);
    assert_swept(sweep("2027-01-02 00:31"), 0, 0, 0);              /* again finds nothing to do */
    assert_swept(sweep("2027-01-09 09:00"), 0, 0, 0);
    assert_true(told("order.tell") == 1 && told("order.result") == 1 && audited("order.over") == 2);
}

static void a_result_is_asked_for_once_and_not_for_ever(void **state)
{
    (void)state;
    struct made m = service_at("2026-12-01 09:00", 9);
    int64_t     placed = order_in(&m, ORDER_PLACED, "甲"), assigned = order_in(&m, ORDER_ASSIGNED, "乙"), done = order_in(&m, ORDER_DONE, "丙");
    assert_swept(sweep("2026-12-02 10:01"), 2, 0, 0);
    assert_swept(sweep("2026-12-30 10:00"), 0, 0, 0);
    assert_int_equal(see(&m, placed)->state, ORDER_PLACED);
    assert_swept(sweep("2026-12-31 10:01"), 0, 2, 0);              /* service.result_days: 30 */
    assert_int_equal(see(&m, placed)->state, ORDER_CANCELLED);
    assert_int_equal(see(&m, assigned)->state, ORDER_CANCELLED);
    assert_int_equal(see(&m, done)->state, ORDER_DONE);
    assert_int_equal(m.slot.taken, 1);                             /* who was served had the place */
    assert_true(told("order.yours_off") == 0 && told("order.tell") == 0 && told("order.dropped") == 0);
}

static void an_account_that_waited_or_was_not_answered_is_told(void **state)
{
    (void)state;
    struct made m = service_at("2026-12-01 09:00", 1);
    for (int i = 0; i < 2; i++) {
        m.order = (struct service_order_new){ .service = m.id, .slot = m.slot_id, .area = area, .way = WAY_SELF, .person = person, .name = STR("张三"),
                                              .state = i ? ORDER_WAITING : ORDER_REVIEW };
        assert_false(failed(db_write(t.db, 0, put_order, &m)));
    }
    assert_swept(sweep("2026-12-03 09:00"), 0, 2, 0);
    assert_true(told("order.yours_refused") == 1 && told("order.yours_off") == 1 && told("order.tell") == 0);
}

/* More than one batch holds: each is settled, once. */
static void many_at_once(void **state)
{
    (void)state;
    struct made m = service_at("2026-12-01 09:00", 400);
    for (int i = 0; i < 230; i++)
        order_in(&m, i % 2 ? ORDER_REVIEW : ORDER_PLACED, "甲");
    assert_swept(sweep("2026-12-03 09:00"), 115, 115, 0);
    see(&m, m.seen);
    assert_int_equal(m.slot.taken, 115);
    assert_swept(sweep("2026-12-03 09:00"), 0, 0, 0);
}

static void what_was_personal_goes_in_time(void **state)
{
    (void)state;
    struct made m = service_at("2026-06-01 09:00", 9);
    order_in(&m, ORDER_DONE, "甲");
    order_in(&m, ORDER_DONE, NULL);                                /* nobody's name: the telephone goes all the same */
    int64_t never = order_in(&m, ORDER_REVIEW, "丙");
    assert_swept(sweep("2026-11-28 10:00"), 0, 1, 0);              /* 180 days to the hour after the end */
    assert_true(see(&m, never)->to_tell && count(&sweep_test_known, NULL) == 3);
    assert_swept(sweep("2026-11-28 10:01"), 0, 0, 2);
    assert_int_equal(count(&sweep_test_known, NULL), 1);
    assert_swept(sweep("2027-05-27 10:01"), 0, 0, 1);              /* of what ended by itself, counted from then */
    assert_false(see(&m, never)->to_tell);                         /* nobody can be called any more */
    assert_int_equal(count(&sweep_test_known, NULL), 0);
    assert_swept(sweep("2027-05-28 09:00"), 0, 0, 0);
}

/* ---- slots ahead ---- */

struct rhythm_new { int64_t service; const char *days; ms ends_at; bool rests; };

static err put_rhythm(struct db_conn *c, void *arg)
{
    struct rhythm_new *y = arg;
    int64_t            today = (now + EAST * MS_MINUTE) / MS_DAY;
    return db_exec(c, &sweep_test_rhythm, DB_ARGS(I64(TENANT), I64(id_new()), I64(y->service), TEXT(str_of(y->days)), I64(today - 1), TIME(y->ends_at),
                                                  BOOL(y->rests)), NULL);
}

static void rhythm(const struct made *m, const char *days, const char *ends, bool rests)
{
    assert_false(failed(db_write(t.db, 0, put_rhythm, &(struct rhythm_new){ m->id, days, ends ? at(ends) : 0, rests })));
}

struct slots { int64_t service; struct list out; };

static err read_slots(struct db_conn *c, void *arg)
{
    struct slots *s = arg;
    return slots_of(c, arena, TENANT, s->service, 0, false, &s->out);
}

/* The days of its slots, one after the other: "12-1 12-8". */
static const char *days_of(const struct made *m)
{
    struct slots s = { .service = m->id };
    struct buf   b = buf_new(arena, 0);
    assert_false(failed(db_read(t.db, read_slots, &s)));
    const struct slot *at_ = s.out.at;
    for (size_t i = 0; i < s.out.len; i++) {
        struct clock_civil c = clock_civil_at(at_[i].begins_at, EAST);
        assert_true(c.hour == 9 && c.minute == 0 && at_[i].ends_at - at_[i].begins_at == 2 * MS_HOUR && at_[i].capacity == 6);
        buf_fmt(&b, "%s%d-%d", i ? " " : "", c.month, c.day);
    }
    return str_z(arena, buf_view(&b));
}

static int64_t ahead(const char *when)
{
    int64_t services;
    now = at(when);
    assert_false(failed(service_ahead_round(&app, arena, now, &services)));
    return services;
}

static void slots_go_on_over_the_year(void **state)
{
    (void)state;
    struct made m = service_at(NULL, 0);
    now = at("2026-12-08 08:00");
    rhythm(&m, "24", NULL, false);                                 /* Tuesdays and Thursdays, 28 days ahead */
    assert_int_equal(ahead("2026-12-08 08:00"), 1);
    assert_string_equal(days_of(&m), "12-8 12-10 12-15 12-17 12-22 12-24 12-29 12-31 1-5");
    assert_int_equal(ahead("2026-12-08 08:00"), 1);                /* again: none twice */
    assert_string_equal(days_of(&m), "12-8 12-10 12-15 12-17 12-22 12-24 12-29 12-31 1-5");
    ahead("2026-12-09 23:59");
    assert_string_equal(days_of(&m), "12-8 12-10 12-15 12-17 12-22 12-24 12-29 12-31 1-5");
    ahead("2026-12-10 00:01");                                     /* the district's midnight, not that of UTC */
    assert_string_equal(days_of(&m), "12-8 12-10 12-15 12-17 12-22 12-24 12-29 12-31 1-5 1-7");
    ahead("2027-02-20 08:00");                                     /* after a long stop: from today, nothing in the past */
    assert_string_equal(days_of(&m), "12-8 12-10 12-15 12-17 12-22 12-24 12-29 12-31 1-5 1-7 2-23 2-25 3-2 3-4 3-9 3-11 3-16 3-18");
}

static void a_day_that_has_begun_makes_no_slot(void **state)
{
    (void)state;
    struct made m = service_at(NULL, 0);
    now = at("2026-12-01 09:00");
    rhythm(&m, "2", "2026-12-15 00:00", false);
    ahead("2026-12-01 09:00");
    assert_string_equal(days_of(&m), "12-8");                      /* today's has begun; the rhythm ends before the 15th */
}

static err close_first(struct db_conn *c, void *arg)
{
    struct slots *s = arg;
    TRY(slots_of(c, arena, TENANT, s->service, 0, false, &s->out));
    struct slot one = *(struct slot *)s->out.at;
    one.state = SLOT_CLOSED;
    return slot_update(c, TENANT, &one);
}

/* Closed is closed: it is not made anew; where another stands none is made. */
static void nothing_is_made_where_it_was_closed_or_another_stands(void **state)
{
    (void)state;
    struct made m = service_at("2026-12-08 10:00", 6);
    now = at("2026-12-01 08:00");
    rhythm(&m, "2", "2026-12-20 00:00", false);
    ahead("2026-12-01 08:00");
    assert_false(failed(db_write(t.db, 0, close_first, &(struct slots){ .service = m.id })));
    ahead("2026-12-01 08:00");
    struct slots s = { .service = m.id };
    assert_false(failed(db_read(t.db, read_slots, &s)));
    assert_int_equal(s.out.len, 3);                                /* the 1st (closed), the 8th by hand, the 15th */
}

static void public_holidays_rest_where_the_rhythm_says_so(void **state)
{
    (void)state;
    struct made works = service_at(NULL, 0), rests = service_at(NULL, 0);
    now = at("2026-09-22 08:00");
    rhythm(&works, "4", NULL, false);
    rhythm(&rests, "467", NULL, true);
    assert_int_equal(ahead("2026-09-22 08:00"), 2);
    assert_string_equal(days_of(&works), "9-24 10-1 10-8 10-15");
    /* National Day, from the 1st to the 7th; a make-up Sunday before it and an ordinary weekend are days like any other. Mid-Autumn is the 25th to the 27th. */
    assert_string_equal(days_of(&rests), "9-24 10-8 10-10 10-11 10-15 10-17 10-18");
    assert_true(clock_holiday(&app, at("2026-10-01 00:00")) && clock_holiday(&app, at("2026-10-07 23:59")));
    assert_false(clock_holiday(&app, at("2026-10-08 00:00")) || clock_holiday(&app, at("2026-09-30 23:59")));
    assert_false(clock_holiday(&app, at("2040-10-01 12:00")) || clock_holiday(&app, at("1990-10-01 12:00")));   /* beyond the calendar */
}

static err read_first(struct db_conn *c, void *arg)
{
    struct made *m = arg;
    struct list  all;
    TRY(slots_of(c, arena, TENANT, m->id, 0, false, &all));
    m->slot_id = ((const struct slot *)all.at)[0].id;
    return OK;
}

static err rest(struct db_conn *c, void *arg)
{
    const struct made *m = arg;
    return db_exec(c, &sweep_test_rest, DB_ARGS(I64(TENANT), I64(m->id)), NULL);
}

/* As when the calendar comes after its first slots were made. */
static void slots_on_a_holiday_go_when_nobody_is_in_them(void **state)
{
    (void)state;
    struct made m = service_at(NULL, 0);
    now = at("2026-09-30 08:00");
    rhythm(&m, "456", "2026-10-11 00:00", false);
    ahead("2026-09-30 08:00");
    assert_string_equal(days_of(&m), "10-1 10-2 10-3 10-8 10-9 10-10");
    assert_false(failed(db_read(t.db, read_first, &m)));
    order_in(&m, ORDER_PLACED, "甲");
    assert_false(failed(db_write(t.db, 0, rest, &m)));
    ahead("2026-09-30 09:00");
    assert_string_equal(days_of(&m), "10-1 10-8 10-9 10-10");      /* somebody is in the first: the provider tells them */
    ahead("2026-10-01 09:30");
    assert_string_equal(days_of(&m), "10-1 10-8 10-9 10-10");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_nobody_answered_ends_and_counts_no_longer), T(a_result_is_asked_for_once_and_not_for_ever), T(an_account_that_waited_or_was_not_answered_is_told),
        T(many_at_once), T(what_was_personal_goes_in_time), T(slots_go_on_over_the_year), T(a_day_that_has_begun_makes_no_slot),
        T(nothing_is_made_where_it_was_closed_or_another_stands), T(public_holidays_rest_where_the_rhythm_says_so),
        T(slots_on_a_holiday_go_when_nobody_is_in_them),
        cmocka_unit_test(why_it_ended_is_said_in_the_readers_language),
    };
    return cmocka_run_group_tests_name("sweep", tests, NULL, NULL);
}
