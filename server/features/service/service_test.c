/* Who gets a place, which act in which state, days and who is shown a home: pure. The routes: tests/api/service.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "service_inside.h"

enum { EAST = 8 * 60 };
#define NOON ((ms)1764129600000)     /* 2025-11-26 12:00 at eight hours east */

static void a_place_then_a_turn_then_full(void **state)
{
    (void)state;
    static const struct { int64_t capacity, taken, waiting, waits; enum room want; } rows[] = {
        { 2, 0, 0, 0, ROOM_PLACE }, { 2, 1, 0, 5, ROOM_PLACE }, { 2, 2, 0, 0, ROOM_FULL }, { 2, 2, 0, 1, ROOM_WAIT }, { 2, 2, 1, 1, ROOM_FULL },
        { 2, 1, 1, 5, ROOM_WAIT },     /* a place that is about to go to who waits is nobody else's */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(slot_room(&(struct slot){ .capacity = rows[i].capacity, .taken = rows[i].taken, .waiting = rows[i].waiting }, rows[i].waits), rows[i].want);
}

/* What may be done in each state, written out: r review, x refused, p placed, w waiting, a assigned, u under way, d done, c cancelled, n no-show. */
static void acts_belong_to_states(void **state)
{
    (void)state;
    static const char letters[] = " rxpwaudcn";
    static const struct { enum order_act act; const char *in; } rows[] = {
        { ACT_APPROVE, "r" }, { ACT_REFUSE, "r" }, { ACT_ASSIGN, "pa" }, { ACT_GRAB, "p" }, { ACT_GIVE_BACK, "a" }, { ACT_START, "a" }, { ACT_DONE, "pau" },
        { ACT_NO_SHOW, "pau" }, { ACT_CANCEL, "rpwa" }, { ACT_RATE, "d" }, { ACT_REVEAL, "au" },
    };
    assert_int_equal(sizeof rows / sizeof *rows, ORDER_ACTS);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int s = ORDER_NONE; s <= ORDER_STATES; s++)
            assert_int_equal(order_can(s, rows[i].act), s > ORDER_NONE && s < ORDER_STATES && strchr(rows[i].in, letters[s]) != NULL);
    for (int s = ORDER_NONE; s < ORDER_STATES; s++)
        assert_int_equal(order_live(s), s > ORDER_NONE && strchr("rpwau", letters[s]) != NULL);
}

static void a_day_is_the_districts_own(void **state)
{
    (void)state;
    ms midnight = NOON - 12 * MS_HOUR;
    assert_true(service_day(NOON, EAST) == midnight);
    assert_true(service_day(midnight, EAST) == midnight);
    assert_true(service_day(midnight - 1, EAST) == midnight - MS_DAY);
    assert_true(service_day(midnight + 12 * MS_HOUR, -EAST) == midnight - MS_DAY + 16 * MS_HOUR);     /* elsewhere it is still the day before */
    /* An hour at noon: from midnight to midnight, and not a moment before or after. */
    assert_false(on_the_day(NOON, NOON + MS_HOUR, midnight - 1, EAST));
    assert_true(on_the_day(NOON, NOON + MS_HOUR, midnight, EAST));
    assert_true(on_the_day(NOON, NOON + MS_HOUR, midnight + MS_DAY - 1, EAST));
    assert_false(on_the_day(NOON, NOON + MS_HOUR, midnight + MS_DAY, EAST));
    /* Until midnight is this day alone; past midnight is both. */
    assert_false(on_the_day(NOON, midnight + MS_DAY, midnight + MS_DAY, EAST));
    assert_true(on_the_day(NOON, midnight + MS_DAY + 1, midnight + MS_DAY, EAST));
    assert_false(day_has_come(NOON, midnight - 1, EAST));
    assert_true(day_has_come(NOON, midnight, EAST));
}

static void a_home_is_shown_to_who_goes_there_that_day(void **state)
{
    (void)state;
    struct order o = { .helper_id = 7, .state = ORDER_ASSIGNED, .begins_at = NOON, .ends_at = NOON + MS_HOUR };
    assert_int_equal(reveal_home(&o, 7, NOON, EAST), REVEAL_OK);
    assert_int_equal(reveal_home(&o, 7, NOON - MS_DAY, EAST), REVEAL_NOT_THAT_DAY);
    assert_int_equal(reveal_home(&o, 7, NOON + MS_DAY, EAST), REVEAL_NOT_THAT_DAY);
    assert_int_equal(reveal_home(&o, 8, NOON, EAST), REVEAL_NOT_THEIRS);
    assert_int_equal(reveal_home(&o, 0, NOON, EAST), REVEAL_NOT_THEIRS);
    o.helper_id = 0;
    assert_int_equal(reveal_home(&o, 0, NOON, EAST), REVEAL_NOT_THEIRS);
    o.helper_id = 7;
    for (int s = ORDER_NONE; s < ORDER_STATES; s++) {
        o.state = s;
        assert_int_equal(reveal_home(&o, 7, NOON, EAST), s == ORDER_ASSIGNED || s == ORDER_UNDER_WAY ? REVEAL_OK : REVEAL_NOT_NOW);
    }
}

static void whoever_was_served_says_how_it_was(void **state)
{
    (void)state;
    struct order own = { .way = WAY_SELF, .person_id = 5 }, unknown = { .way = WAY_SELF }, neighbour = { .way = WAY_NEIGHBOUR, .person_id = 5 };
    assert_true(rated_by_served(&own, 5, false));
    assert_false(rated_by_served(&own, 6, true));
    assert_false(rated_by_served(&own, 0, false));
    assert_true(rated_by_served(&unknown, 0, true));
    assert_false(rated_by_served(&unknown, 0, false));
    assert_false(rated_by_served(&neighbour, 5, true));     /* ordered it, was not served */
}

static void a_rhythm_falls_on_its_days(void **state)
{
    (void)state;
    struct rhythm y = { .days = STR("3"), .opens = 9 * 60, .closes = 11 * 60 };
    int64_t       wednesday = (NOON + EAST * MS_MINUTE) / MS_DAY;
    ms            from, to;
    assert_true(rhythm_on(&y, wednesday, EAST, &from, &to));
    assert_true(from == NOON - 3 * MS_HOUR && to == NOON - MS_HOUR);
    for (int64_t day = wednesday - 10; day < wednesday + 10; day++)
        assert_int_equal(rhythm_on(&y, day, EAST, &from, &to), (day - wednesday) % 7 == 0);
    y.ends_at = NOON - 3 * MS_HOUR;
    assert_false(rhythm_on(&y, wednesday, EAST, &from, &to));
    assert_true(rhythm_on(&y, wednesday - 7, EAST, &from, &to));
    assert_true(days_fit(STR("1")) && days_fit(STR("1234567")));
    assert_false(days_fit(STR("")) || days_fit(STR("8")) || days_fit(STR("21")) || days_fit(STR("11")) || days_fit(STR_NONE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_then_a_turn_then_full), cmocka_unit_test(acts_belong_to_states), cmocka_unit_test(a_day_is_the_districts_own),
        cmocka_unit_test(a_home_is_shown_to_who_goes_there_that_day), cmocka_unit_test(whoever_was_served_says_how_it_was),
        cmocka_unit_test(a_rhythm_falls_on_its_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
