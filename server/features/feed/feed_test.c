/* Tests of the calendar: what is written is read back by libical and says the same. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <libical/ical.h>

#include "feed_parts.h"

static struct arena *arena;
static const unsigned char key[32] = { 7 };

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    return failed(crypto_start());
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static ms at(const char *iso)
{
    ms t;
    assert_true(clock_parse_iso(str_of(iso), &t));
    return t;
}

static struct str calendar(enum lang lang, struct case_deadline *d, size_t n)
{
    struct feed_words w = { STR("枫桥区"), STR("https://linli.example.org"), STR("Asia/Shanghai"), lang, key };
    struct list       all = { d, n };
    struct str        text = feed_calendar(arena, &w, &all);
    assert_non_null(text.ptr);
    return text;
}

static struct case_deadline lamp(void)
{
    return (struct case_deadline){ .id = 7, .case_id = 7, .code = STR("260512-0001"), .state = CASE_DISPATCHED, .category_zh = STR("路灯异常"),
                                   .category_en = STR("Street light; broken, or dim"), .area_name = STR("甲社区, 一\\二"), .version = 3,
                                   .due_at = at("2026-05-12T17:30:00+08:00"), .updated_at = at("2026-05-12T09:00:00+08:00") };
}

static void is_read_back(void **state)
{
    struct case_deadline d = lamp();
    (void)state;
    icalcomponent *c = icalcomponent_new_from_string(calendar(LANG_EN, &d, 1).ptr);
    assert_non_null(c);
    icalrestriction_check(c);
    assert_int_equal(icalcomponent_count_errors(c), 0);
    icalcomponent *e = icalcomponent_get_first_component(c, ICAL_VEVENT_COMPONENT);
    assert_string_equal(icalcomponent_get_summary(e), "To be signed for · 260512-0001 · Street light; broken, or dim");
    assert_string_equal(icalcomponent_get_location(e), "甲社区, 一\\二");
    struct icaltimetype start = icalcomponent_get_dtstart(e);
    assert_true(icaltime_is_utc(start));
    assert_int_equal(icaltime_as_timet_with_zone(start, icaltimezone_get_utc_timezone()) * (time_t)1000, d.due_at);
    assert_int_equal(icalcomponent_get_sequence(e), 3);
    int            alarms[2], n = 0;
    for (icalcomponent *al = icalcomponent_get_first_component(e, ICAL_VALARM_COMPONENT); al;
         al = icalcomponent_get_next_component(e, ICAL_VALARM_COMPONENT))
        alarms[n++] = icaldurationtype_as_int(icalproperty_get_trigger(icalcomponent_get_first_property(al, ICAL_TRIGGER_PROPERTY)).duration);
    assert_int_equal(n, 2);
    assert_int_equal(alarms[0], -86400);
    assert_int_equal(alarms[1], -3600);
    icalcomponent_free(c);
}

static struct str uid(struct str text)
{
    const char *from = strstr(text.ptr, "UID:");
    assert_non_null(from);
    return (struct str){ from, strcspn(from, "\r") };
}

/* A changed deadline is the same event, another case or a call of the same number another. */
static void names_are_stable(void **state)
{
    struct case_deadline d = lamp(), moved = lamp(), other = lamp(), call = lamp();
    (void)state;
    moved.due_at += MS_DAY;
    moved.version++;
    other.id = other.case_id = 8;
    call.called = true;
    struct str first = uid(calendar(LANG_ZH, &d, 1));
    assert_true(str_eq(first, uid(calendar(LANG_EN, &moved, 1))));
    assert_false(str_eq(first, uid(calendar(LANG_ZH, &other, 1))));
    assert_false(str_eq(first, uid(calendar(LANG_ZH, &call, 1))));
    assert_true(str_eq(calendar(LANG_ZH, &d, 1), calendar(LANG_ZH, &d, 1)));   /* the same bytes: its ETag holds */
}

/* Lines end in CR LF, are at most 75 bytes, and are cut between characters. */
static void lines_are_short(void **state)
{
    struct case_deadline d = lamp();
    (void)state;
    d.area_name = STR("很长的社区名字很长的社区名字很长的社区名字很长的社区名字很长的社区名字很长的社区名字很长的社区名字");
    struct str rest = calendar(LANG_ZH, &d, 1);
    while (rest.len) {
        struct str line = str_cut(&rest, '\n');
        if (!line.len && !rest.ptr)
            break;
        assert_true(line.len && line.ptr[line.len - 1] == '\r');
        assert_true(line.len <= 76);
        assert_true(utf8_valid(line));
    }
}

static void nothing_due_is_a_calendar(void **state)
{
    (void)state;
    icalcomponent *c = icalcomponent_new_from_string(calendar(LANG_ZH, NULL, 0).ptr);
    assert_non_null(c);
    assert_int_equal(icalcomponent_count_components(c, ICAL_VEVENT_COMPONENT), 0);
    icalcomponent_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_read_back), cmocka_unit_test(names_are_stable), cmocka_unit_test(lines_are_short), cmocka_unit_test(nothing_due_is_a_calendar),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
