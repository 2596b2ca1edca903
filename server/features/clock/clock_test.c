/* Working time against a slow implementation of its own, minute by minute; calendars, hours and limits as text; what is installed. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

#include "../../base/embed.h"
#include "../../db/test_db.h"
#include "clock_rules.h"

#define TENANT 3
#define ZONE   480
#define assert_err(call, want) assert_int_equal((call).code, (want))

extern const struct embedded clock_calendars[];

static struct arena         *arena;
static struct clock_calendar shipped;
static struct clock_plan     office;

static struct clock_week week_of(const char *weekday, const char *saturday, const char *sunday, const char *make_up)
{
    struct clock_week w = { 0 };
    for (int d = 0; d < 5; d++)
        assert_true(spans_read(str_of(weekday), &w.day[d]));
    assert_true(spans_read(str_of(saturday), &w.day[5]) && spans_read(str_of(sunday), &w.day[6]) && spans_read(str_of(make_up), &w.day[7]));
    return w;
}

static int setup(void **state)
{
    struct faults     faults = { .arena = arena = arena_new(0) };
    struct clock_week week = week_of("09:00-12:00 13:30-17:30", "", "", "09:00-12:00 13:30-17:30");
    (void)state;
    if (failed(calendar_read(arena, embedded_find(clock_calendars, "cn-holidays.json"), STR_NONE, &faults, &shipped, NULL)))
        return -1;
    shipped.version = 1;
    plan_make(arena, &shipped, &week, ZONE, &office);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* Local time in China: "2026-02-14 09:30". */
static ms at(const char *text)
{
    struct clock_civil c = { 0 };
    assert_true(sscanf(text, "%d-%d-%d %d:%d:%d", &c.year, &c.month, &c.day, &c.hour, &c.minute, &c.second) >= 5);
    return clock_from_civil(c, ZONE);
}

/* ---- the slow implementation: nothing of the other is used. Holidays as the State Council's notices for the two years say. ---- */

static const char *const free_days[] = {
    "2025-01-01 2025-01-01", "2025-01-28 2025-02-04", "2025-04-04 2025-04-06", "2025-05-01 2025-05-05", "2025-05-31 2025-06-02",
    "2025-10-01 2025-10-08", "2026-01-01 2026-01-03", "2026-02-15 2026-02-23", "2026-04-04 2026-04-06", "2026-05-01 2026-05-05",
    "2026-06-19 2026-06-21", "2026-09-25 2026-09-27", "2026-10-01 2026-10-07",
};
static const char *const make_up_days[] = {
    "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09",
    "2026-09-20", "2026-10-10",
};
#define MAKE_UPS (sizeof make_up_days / sizeof *make_up_days)

enum { SLOW_DAYS = 365 + 365 + 365 };           /* 2025 to 2027 */
static struct { bool works; int weekday; bool make_up, holiday; } slow_day[SLOW_DAYS];
static uint8_t *slow_minute;                    /* 1: worked, of every minute of them */
static int32_t *slow_sum;                       /* minutes worked before it */

static void slow_days(void)
{
    for (int i = 0; i < SLOW_DAYS; i++) {
        time_t    t = (time_t)1735689600 + (time_t)i * 86400;   /* 2025-01-01, as a date without a zone */
        struct tm tm;
        char      date[16];
        gmtime_r(&t, &tm);
        strftime(date, sizeof date, "%Y-%m-%d", &tm);
        for (size_t k = 0; k < sizeof free_days / sizeof *free_days; k++)
            slow_day[i].holiday = slow_day[i].holiday || (strncmp(date, free_days[k], 10) >= 0 && strncmp(date, free_days[k] + 11, 10) <= 0);
        for (size_t k = 0; k < MAKE_UPS; k++)
            slow_day[i].make_up = slow_day[i].make_up || strcmp(date, make_up_days[k]) == 0;
        slow_day[i].weekday = tm.tm_wday;
        slow_day[i].works = slow_day[i].make_up || (tm.tm_wday >= 1 && tm.tm_wday <= 5 && !slow_day[i].holiday);
    }
}

static bool within(int minute, const int (*spans)[2], int n)
{
    for (int i = 0; i < n; i++)
        if (minute >= spans[i][0] && minute < spans[i][1])
            return true;
    return false;
}

/* weekend: hours of Saturdays and Sundays that are neither freed nor made up. */
static void slow_minutes(const int (*spans)[2], int n, const int (*weekend)[2], int weekend_n)
{
    int32_t sum = 0;
    for (int i = 0; i < SLOW_DAYS * 1440; i++) {
        int day = i / 1440;
        slow_sum[i] = sum;
        slow_minute[i] = slow_day[day].works ? within(i % 1440, spans, n)
                                             : !slow_day[day].holiday && within(i % 1440, weekend, weekend_n);
        sum += slow_minute[i];
    }
}

static ms slow_time(int64_t minute)
{
    return (ms)1735689600000 + minute * MS_MINUTE - ZONE * MS_MINUTE;
}

/* Each week, Monday to Sunday, that holds a make-up day; *first: the minute it begins with. */
static int make_up_weeks(int first[MAKE_UPS])
{
    int n = 0;
    for (int i = 0; i < SLOW_DAYS; i++)
        if (slow_day[i].make_up) {
            int monday = i - (slow_day[i].weekday + 6) % 7;
            if (!n || first[n - 1] != monday * 1440)
                first[n++] = monday * 1440;
        }
    return n;
}

/* ---- every minute of the make-up weeks ---- */

static void walk_minutes(const struct clock_plan *p, int first, int64_t amount)
{
    int end = first;
    for (int from = first; from < first + 7 * 1440; from++) {
        while (end < from || slow_sum[end] - slow_sum[from] < amount)
            end++;
        struct clock_due due = clock_due_at(p, slow_time(from), (struct clock_limit){ amount, CLOCK_WORKING_MINUTES });
        if (due.at != slow_time(end) || due.provisional)
            fail_msg("%lld working minutes from minute %d: %lld, not %lld", (long long)amount, from, (long long)due.at, (long long)slow_time(end));
        if (clock_elapsed(p, slow_time(from), slow_time(end)) != amount * MS_MINUTE)
            fail_msg("elapsed from minute %d", from);
        struct clock_limit left = clock_left(p, slow_time(from), due.at, CLOCK_WORKING_MINUTES);
        if (left.amount != amount)
            fail_msg("left at minute %d: %lld", from, (long long)left.amount);
    }
}

static void all_weeks(const struct clock_plan *p)
{
    static const int64_t amounts[] = { 1, 29, 180, 181, 420, 421, 2100, 4200 };
    int                  weeks[MAKE_UPS], n = make_up_weeks(weeks);
    assert_int_equal(n, 11);
    for (int w = 0; w < n; w++)
        for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
            walk_minutes(p, weeks[w], amounts[i]);
}

static void working_minutes_of_office_hours(void **state)
{
    static const int spans[][2] = { { 540, 720 }, { 810, 1050 } };
    (void)state;
    slow_minutes(spans, 2, NULL, 0);
    all_weeks(&office);
}

static void working_minutes_around_the_week(void **state)
{
    static const int  spans[][2] = { { 0, 360 }, { 480, 1080 }, { 1200, 1440 } }, weekend[][2] = { { 600, 660 } };
    struct clock_week week = week_of("00:00-06:00 08:00-18:00 20:00-24:00", "10:00-11:00", "10:00-11:00", "00:00-06:00 08:00-18:00 20:00-24:00");
    struct clock_plan p;
    (void)state;
    plan_make(arena, &shipped, &week, ZONE, &p);
    slow_minutes(spans, 3, weekend, 1);
    all_weeks(&p);
}

/* Day by day: the day of the start is not counted. */
static int64_t slow_day_end(int from, int n)
{
    int day = from / 1440;
    for (int counted = 0; counted < n; counted += slow_day[day].works)
        day++;
    return (int64_t)day * 1440 + 1050;
}

static void working_days(void **state)
{
    int weeks[MAKE_UPS], n = make_up_weeks(weeks);
    (void)state;
    for (int w = 0; w < n; w++)
        for (int from = weeks[w]; from < weeks[w] + 7 * 1440; from++)
            for (int days = 1; days <= 16; days += 5) {
                struct clock_due due = clock_due_at(&office, slow_time(from), (struct clock_limit){ days, CLOCK_WORKING_DAYS });
                if (due.at != slow_time(slow_day_end(from, days)) || due.provisional)
                    fail_msg("%d working days from minute %d: %lld", days, from, (long long)due.at);
                struct clock_limit left = clock_left(&office, slow_time(from), due.at, CLOCK_WORKING_DAYS);
                if (left.amount != days)
                    fail_msg("%d working days left at minute %d, not %d", (int)left.amount, from, days);
            }
}

/* What lies between minutes: any moment, both ways. */
static void moments_between_minutes(void **state)
{
    (void)state;
    srand(11);
    for (int i = 0; i < 20000; i++) {
        ms from = at("2025-01-20 00:00") + (ms)(rand() % (600 * 1440)) * MS_MINUTE + rand() % 60000, amount = (ms)(rand() % 5000);
        ms due = clock_due_at(&office, from, (struct clock_limit){ amount, CLOCK_WORKING_MINUTES }).at;
        assert_int_equal(clock_elapsed(&office, from, due), amount * MS_MINUTE);
        assert_true(due >= from);
        if (amount)   /* no earlier moment would do */
            assert_true(clock_elapsed(&office, from, due - 1) == amount * MS_MINUTE - 1);
        assert_int_equal(clock_elapsed(&office, due, from), -amount * MS_MINUTE);
        ms part = clock_part(&office, from, due, CLOCK_WORKING_MINUTES, 75), done = clock_elapsed(&office, from, part);
        assert_true(part <= due && done <= amount * MS_MINUTE * 3 / 4 && done >= amount * MS_MINUTE * 3 / 4 - 100);
    }
}

/* ---- boundaries ---- */

#define MINUTES(n) ((struct clock_limit){ (n), CLOCK_WORKING_MINUTES })
#define DAYS(n)    ((struct clock_limit){ (n), CLOCK_WORKING_DAYS })
#define URGENT(n)  ((struct clock_limit){ (n), CLOCK_URGENT_MINUTES })

static void boundaries(void **state)
{
    static const struct { const char *from; struct clock_limit limit; const char *due; bool provisional; } rows[] = {
        /* around midnight, noon, the end of business */
        { "2026-03-02 00:00", MINUTES(1), "2026-03-02 09:01", false },
        { "2026-03-02 11:59", MINUTES(1), "2026-03-02 12:00", false },
        { "2026-03-02 12:00", MINUTES(1), "2026-03-02 13:31", false },
        { "2026-03-02 11:45:20", MINUTES(30), "2026-03-02 13:45:20", false },
        { "2026-03-02 17:30", MINUTES(420), "2026-03-03 17:30", false },
        { "2026-03-02 17:30:01", MINUTES(1), "2026-03-03 09:01", false },
        { "2026-03-06 23:59", MINUTES(1), "2026-03-09 09:01", false },
        { "2026-03-02 10:00", MINUTES(0), "2026-03-02 10:00", false },
        { "2026-03-07 23:59:59", URGENT(1), "2026-03-08 00:00:59", false },
        { "2026-12-31 23:30", URGENT(60), "2027-01-01 00:30", false },
        /* days: from any hour of a Monday the same; from a Saturday counting begins on Monday */
        { "2026-03-02 00:00", DAYS(1), "2026-03-03 17:30", false },
        { "2026-03-02 23:59", DAYS(1), "2026-03-03 17:30", false },
        { "2026-03-07 12:00", DAYS(1), "2026-03-09 17:30", false },
        { "2026-03-02 10:00", DAYS(0), "2026-03-02 17:30", false },
        { "2026-03-02 17:30", DAYS(0), "2026-03-02 17:30", false },
        { "2026-03-02 17:31", DAYS(0), "2026-03-03 17:30", false },
        { "2026-03-07 10:00", DAYS(0), "2026-03-09 17:30", false },
        /* over the Spring Festival, with its make-up Saturday before */
        { "2026-02-13 17:00", DAYS(1), "2026-02-14 17:30", false },
        { "2026-02-14 17:00", MINUTES(31), "2026-02-24 09:01", false },
        { "2026-02-13 09:00", DAYS(3), "2026-02-25 17:30", false },
        { "2025-09-30 17:29", MINUTES(2), "2025-10-09 09:01", false },
        /* the end of a year that is covered, and of the last one */
        { "2025-12-31 17:00", MINUTES(31), "2026-01-04 09:01", false },
        { "2025-12-31 12:00", DAYS(1), "2026-01-04 17:30", false },
        { "2026-12-31 17:00", MINUTES(30), "2026-12-31 17:30", false },
        { "2026-12-31 17:00", MINUTES(31), "2027-01-01 09:01", true },   /* nobody knows yet that New Year is free */
        { "2026-12-30 12:00", DAYS(1), "2026-12-31 17:30", false },
        { "2026-12-31 12:00", DAYS(1), "2027-01-01 17:30", true },
        { "2027-03-01 12:00", DAYS(5), "2027-03-08 17:30", true },
        { "2031-01-01 12:00", MINUTES(2100), "2031-01-08 12:00", true },
        { "2003-12-31 12:00", DAYS(1), "2004-01-02 17:30", true },
        { "2003-12-31 10:00", MINUTES(60), "2003-12-31 11:00", true },
        /* late already */
        { "2026-03-02 10:00", DAYS(-1), "2026-03-02 10:00", false },
        { "2026-03-02 10:00", MINUTES(-1), "2026-03-02 10:00", false },
        { "2026-03-02 10:00", URGENT(-1), "2026-03-02 10:00", false },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct clock_due due = clock_due_at(&office, at(rows[i].from), rows[i].limit);
        if (due.at != at(rows[i].due) || due.provisional != rows[i].provisional || due.calendar != 1)
            fail_msg("%s + %lld %s: %s, not %s", rows[i].from, (long long)rows[i].limit.amount, clock_unit_words[rows[i].limit.unit],
                     str_z(arena, clock_iso(arena, due.at + ZONE * MS_MINUTE)), rows[i].due);
    }
    assert_int_equal(clock_due_at(&office, at("2026-03-02 10:00"), (struct clock_limit){ 5, CLOCK_NONE }).at, 0);
    assert_int_equal(clock_day_end(&office, at("2026-03-02 20:00")), at("2026-03-02 17:30"));
    assert_int_equal(clock_day_end(&office, at("2026-03-07 20:00")), at("2026-03-08 00:00"));
}

static void what_is_left(void **state)
{
    (void)state;
    assert_int_equal(clock_left(&office, at("2026-03-02 10:00"), 0, CLOCK_WORKING_DAYS).unit, CLOCK_NONE);
    assert_int_equal(clock_left(&office, at("2026-03-02 10:00"), at("2026-03-02 09:59"), CLOCK_WORKING_DAYS).amount, -1);
    assert_int_equal(clock_left(&office, at("2026-03-02 10:00"), at("2026-03-02 17:30"), CLOCK_WORKING_DAYS).amount, 0);
    assert_int_equal(clock_left(&office, at("2026-03-07 10:00"), at("2026-03-10 17:30"), CLOCK_WORKING_DAYS).amount, 2);
    assert_int_equal(clock_left(&office, at("2026-03-02 11:59:30"), at("2026-03-02 12:00"), CLOCK_WORKING_MINUTES).amount, 1);
    assert_int_equal(clock_left(&office, at("2026-03-02 12:30"), at("2026-03-02 12:00"), CLOCK_WORKING_MINUTES).amount, -1);
    assert_int_equal(clock_left(&office, at("2026-03-02 10:00"), at("2026-03-03 10:00"), CLOCK_URGENT_MINUTES).amount, 1440);
    /* A due time from before limits had units ran around the clock. */
    struct clock_limit left = clock_left(&office, at("2026-03-02 10:00"), at("2026-03-02 11:00"), CLOCK_NONE);
    assert_true(left.unit == CLOCK_URGENT_MINUTES && left.amount == 60);
}

/* Zones without summer time, east and west, with odd minutes; the same plan moved. */
static void other_zones(void **state)
{
    static const int zones[] = { -300, 0, 345, 840 };
    (void)state;
    for (size_t z = 0; z < sizeof zones / sizeof *zones; z++) {
        struct clock_plan p;
        plan_make(arena, &shipped, &office.week, zones[z], &p);
        ms shift = (ZONE - zones[z]) * MS_MINUTE;
        for (int i = 0; i < 3000; i++) {
            ms from = at("2026-02-10 00:00") + i * 7 * MS_MINUTE;
            assert_int_equal(clock_due_at(&p, from + shift, MINUTES(777)).at, clock_due_at(&office, from, MINUTES(777)).at + shift);
            assert_int_equal(clock_due_at(&p, from + shift, DAYS(4)).at, clock_due_at(&office, from, DAYS(4)).at + shift);
        }
    }
}

/* Without any calendar every Monday to Friday counts and everything is provisional. */
static void without_a_calendar(void **state)
{
    struct clock_calendar none = calendar_none();
    struct clock_plan     p;
    (void)state;
    plan_make(arena, &none, &office.week, ZONE, &p);
    struct clock_due due = clock_due_at(&p, at("2026-02-13 17:00"), DAYS(3));
    assert_true(due.provisional && due.at == at("2026-02-18 17:30"));
    due = clock_due_at(&p, at("2026-02-13 17:00"), MINUTES(31));
    assert_true(due.provisional && due.at == at("2026-02-16 09:01"));
}

static void quick_enough(void **state)
{
    ms      start = clock_monotonic(), sum = 0;
    int64_t n = 400000;
    (void)state;
    for (int64_t i = 0; i < n; i++)
        sum += clock_due_at(&office, at("2026-01-05 10:00") + i * 100 * MS_SECOND, i & 1 ? DAYS(5) : MINUTES(2100)).at & 1;
    ms took = clock_monotonic() - start;
    print_message("%lld due times in %lld ms (%lld)\n", (long long)n, (long long)took, (long long)sum);
    assert_true(took < 4000);   /* 10 microseconds each, with sanitizers on a busy machine */
}

/* ---- calendars as text ---- */

static void the_shipped_calendar(void **state)
{
    (void)state;
    assert_int_equal(shipped.first_year, 2004);
    assert_int_equal(shipped.last_year, 2026);
    for (int i = 0; i < 730; i++) {   /* as the notices say, written down a second time above */
        int kind = shipped.kind[clock_day_of(2025, 1, 1) + i - shipped.first];
        assert_int_equal(kind == DAY_HOLIDAY, slow_day[i].holiday);
        assert_int_equal(kind == DAY_MAKE_UP, slow_day[i].make_up);
    }
}

static void check_calendar(const char *text, enum err_code want, const char *path, enum err_code why)
{
    struct faults         faults = { .arena = arena };
    struct clock_calendar c;
    err                   e = calendar_read(arena, str_of(text), STR_NONE, &faults, &c, NULL);
    if (e.code != want)
        fail_msg("%s: %s", text, err_slug(e.code));
    if (path && (faults.len != 1 || !str_is(faults.at[0].path, path) || faults.at[0].code != why))
        fail_msg("%s: %zu faults, %s %s", text, faults.len, faults.len ? str_z(arena, faults.at[0].path) : "",
                 faults.len ? err_slug(faults.at[0].code) : "");
}

static void calendars_are_checked(void **state)
{
    (void)state;
    check_calendar("{\"2027\":{\"holidays\":[\"2027-01-01\"],\"workdays\":{}}}", ERR_NONE, NULL, ERR_NONE);
    check_calendar("{\"2027\":{\"holidays\":{\"2027-01-01\":\"元旦\"},\"workdays\":[\"2027-01-03\"],\"inLieuDays\":7}}", ERR_NONE, NULL, ERR_NONE);
    check_calendar("", ERR_BAD_JSON, NULL, ERR_NONE);
    check_calendar("[]", ERR_BAD_JSON, NULL, ERR_NONE);
    check_calendar("{\"2027\":{},\"2027\":{}}", ERR_BAD_JSON, NULL, ERR_NONE);
    check_calendar("{}", ERR_INVALID, "years", ERR_REQUIRED);
    check_calendar("{\"next\":{\"holidays\":[],\"workdays\":[]}}", ERR_INVALID, "next", ERR_NOT_A_CHOICE);
    check_calendar("{\"2027\":[]}", ERR_INVALID, "2027", ERR_WRONG_TYPE);
    check_calendar("{\"2027\":{\"workdays\":[]}}", ERR_INVALID, "2027.holidays", ERR_REQUIRED);
    check_calendar("{\"2027\":{\"holidays\":3,\"workdays\":[]}}", ERR_INVALID, "2027.holidays", ERR_WRONG_TYPE);
    check_calendar("{\"2027\":{\"holidays\":[\"2027-02-30\"],\"workdays\":[]}}", ERR_INVALID, "2027.holidays.2027-02-30", ERR_NOT_A_CHOICE);
    check_calendar("{\"2027\":{\"holidays\":[1],\"workdays\":[]}}", ERR_INVALID, "2027.holidays.?", ERR_NOT_A_CHOICE);
    check_calendar("{\"2027\":{\"holidays\":[\"2028-01-01\"],\"workdays\":[]}}", ERR_INVALID, "2027.holidays.2028-01-01", ERR_PERIOD);
    check_calendar("{\"2027\":{\"holidays\":[\"2027-01-02\"],\"workdays\":[\"2027-01-02\"]}}", ERR_INVALID, "2027.workdays.2027-01-02", ERR_CONFLICT);
    check_calendar("{\"2027\":{\"holidays\":[],\"workdays\":[\"2027-01-04\"]}}", ERR_INVALID, "2027.workdays.2027-01-04", ERR_CONFLICT);
    check_calendar("{\"2027\":{\"holidays\":[],\"workdays\":[]},\"2029\":{\"holidays\":[],\"workdays\":[]}}", ERR_INVALID, "years", ERR_PERIOD);
}

/* ---- hours and limits as text ---- */

static void hours_are_checked(void **state)
{
    static const char *const good[] = { "", "09:00-12:00", "09:00-12:00 13:30-17:30", "00:00-24:00", "00:00-01:00 02:00-03:00 04:00-05:00 06:00-07:00" };
    static const char *const bad[] = { "9:00-12:00", "09:00", "12:00-09:00", "09:00-09:00", "09:00-12:00 11:00-13:00", "09:00-12:00 12:00-13:00",
                                       "09:00-24:01", "09:60-10:00", "09:00-12:00,13:00-14:00", "ab:cd-ef:gh", "-1:00-02:00",
                                       "00:00-01:00 02:00-03:00 04:00-05:00 06:00-07:00 08:00-09:00" };
    struct clock_spans s;
    struct clock_week  w;
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(spans_read(str_of(good[i]), &s) && str_is(spans_write(arena, &s), good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (spans_read(str_of(bad[i]), &s))
            fail_msg("%s was taken", bad[i]);
    assert_err(week_read(arena, str_of(clock_week_shipped), &w), ERR_NONE);
    assert_true(str_is(week_write(arena, &w), clock_week_shipped));
    assert_err(week_read(arena, STR("[\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"09:00-12:00\"]"), &w), ERR_INVALID);
    assert_err(week_read(arena, STR("[\"09:00-12:00\"]"), &w), ERR_INVALID);
    assert_err(week_read(arena, STR("nothing"), &w), ERR_INVALID);
}

static struct clock_policy policy(int64_t category, int64_t severity, ms from, ms to, const char *limits)
{
    struct clock_policy p = { .category = category, .severity = severity, .valid_from = from, .valid_to = to };
    assert_err(limits_read(arena, str_of(limits), &p), ERR_NONE);
    return p;
}

static void the_most_specific_limit_holds(void **state)
{
#define L(step, n) "{\"step\":\"" step "\",\"amount\":" n ",\"unit\":\"working_days\"}"
    struct clock_policy rows[] = {
        policy(0, 2, 1, 0, "[" L("accept", "1") "," L("handle", "5") "]"), policy(0, 1, 1, 0, "[" L("handle", "2") "]"),
        policy(7, 0, 1, 0, "[" L("handle", "9") "]"),                      policy(7, 2, 1, 100, "[" L("handle", "8") "]"),
        policy(7, 2, 100, 0, "[" L("handle", "6") "]"),                    policy(70, 0, 1, 0, "[" L("accept", "0") "]"),
    };
    struct clock_book b = { .policies = rows, .policy_count = sizeof rows / sizeof *rows };
    const int64_t     deep[] = { 70, 7 }, other[] = { 80, 8 };
    (void)state;
    book_sort(rows, b.policy_count);
    assert_int_equal(clock_limit_of(&b, CLOCK_HANDLE, deep, 2, 2, 50).amount, 8);
    assert_int_equal(clock_limit_of(&b, CLOCK_HANDLE, deep, 2, 2, 100).amount, 6);   /* a change holds from its date on */
    assert_int_equal(clock_limit_of(&b, CLOCK_HANDLE, deep, 2, 1, 50).amount, 9);    /* the deeper category wins over the exact severity */
    assert_int_equal(clock_limit_of(&b, CLOCK_HANDLE, other, 2, 1, 50).amount, 2);
    assert_int_equal(clock_limit_of(&b, CLOCK_HANDLE, NULL, 0, 2, 50).amount, 5);
    assert_int_equal(clock_limit_of(&b, CLOCK_ACCEPT, other, 2, 2, 50).amount, 1);
    assert_int_equal(clock_limit_of(&b, CLOCK_ACCEPT, deep, 2, 2, 50).unit, CLOCK_NONE);   /* said: no limit */
    assert_int_equal(clock_limit_of(&b, CLOCK_VERIFY, deep, 2, 2, 50).unit, CLOCK_NONE);   /* nobody says anything */
    assert_int_equal(clock_limit_of(&b, CLOCK_HANDLE, deep, 2, 2, 0).unit, CLOCK_NONE);    /* before all of them */
#undef L
}

/* ---- rows ---- */

DB_SQL(test_tenant_insert, "INSERT INTO tenant (tenant_id, code, name, time_zone, demo, created_at) VALUES ($1, 'd', 'D', 'Asia/Shanghai', 0, 1)")
DB_SQL(test_setting_insert, "INSERT INTO setting (tenant_id, key, valid_from, value, set_at) VALUES ($1, $2, $3, $4, 1)")
DB_SQL(test_setting_count, "SELECT count(*) FROM setting WHERE tenant_id = $1")

static err old_settings(struct db_conn *c)
{
    static const struct { const char *key, *value; ms from; } rows[] = {
        { "case.due_hours.handling.ordinary", "48", 10 }, { "case.due_hours.handling.ordinary", "36", 20 },
        { "case.due_hours.handling.ordinary", "12", (ms)1 << 60 }, { "case.due_hours.reported.minor", "0", 10 }, { "case.reopen_days", "9", 10 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        TRY(db_exec(c, &test_setting_insert,
                    DB_ARGS(I64(TENANT), TEXT(str_of(rows[i].key)), I64(rows[i].from), TEXT(str_of(rows[i].value))), NULL));
    return OK;
}

static err installed(struct db_conn *c, void *arg)
{
    struct clock_book     b = { 0 };
    struct faults         faults = { .arena = arena };
    struct clock_imported m;
    int64_t               settings;
    (void)arg;
    TRY(db_exec(c, &test_tenant_insert, DB_ARGS(I64(TENANT)), NULL));
    TRY(old_settings(c));
    TRY(clock_install(c, arena, TENANT, 1000));
    TRY(book_read(c, arena, TENANT, ZONE, 1000, &b));
    assert_int_equal(b.calendar.version, 1);
    assert_int_equal(b.calendar.last_year, 2026);
    assert_int_equal(b.policy_count, 3);
    /* What a district had set in hours stands, around the clock; what it had not follows the new defaults. */
    struct clock_limit l = clock_limit_of(&b, CLOCK_HANDLE, NULL, 0, 2, 1000);
    assert_true(l.unit == CLOCK_URGENT_MINUTES && l.amount == 36 * 60);
    assert_int_equal(clock_limit_of(&b, CLOCK_ACCEPT, NULL, 0, 3, 1000).unit, CLOCK_NONE);
    l = clock_limit_of(&b, CLOCK_HANDLE, NULL, 0, 3, 1000);
    assert_true(l.unit == CLOCK_WORKING_DAYS && l.amount == 15);
    TRY(db_number(c, &test_setting_count, DB_ARGS(I64(TENANT)), &settings));
    assert_int_equal(settings, 1);
    /* The same again changes nothing; another year is a new version that keeps the others. */
    assert_err(clock_calendar_import(c, arena, TENANT, STR("x"), embedded_find(clock_calendars, "cn-holidays.json"), 2000, 0, &faults, &m), ERR_TAKEN);
    TRY(clock_calendar_import(c, arena, TENANT, STR("2027"), STR("{\"2027\":{\"holidays\":[\"2027-01-01\"],\"workdays\":[]}}"), 2000, 0, &faults, &m));
    assert_true(m.version == 2 && m.first_year == 2004 && m.last_year == 2027 && m.years == 1);
    assert_err(clock_calendar_import(c, arena, TENANT, STR("2029"), STR("{\"2029\":{\"holidays\":[],\"workdays\":[]}}"), 2000, 0, &faults, &m), ERR_INVALID);
    TRY(book_read(c, arena, TENANT, ZONE, 2000, &b));
    struct clock_due due = clock_due_at(clock_plan_of(&b, NULL, (struct unit_ref){ 0 }, 2000), at("2026-12-31 12:00"), DAYS(1));
    assert_true(!due.provisional && due.calendar == 2 && due.at == at("2027-01-04 17:30"));
    return OK;
}

static void what_a_district_starts_with(void **state)
{
    struct test_db t;
    (void)state;
    test_db_open(&t);
    assert_err(db_write(t.db, 0, installed, NULL), ERR_NONE);
    test_db_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_calendar), cmocka_unit_test(working_minutes_of_office_hours),
        cmocka_unit_test(working_minutes_around_the_week), cmocka_unit_test(working_days), cmocka_unit_test(moments_between_minutes),
        cmocka_unit_test(boundaries), cmocka_unit_test(what_is_left), cmocka_unit_test(other_zones), cmocka_unit_test(without_a_calendar),
        cmocka_unit_test(quick_enough), cmocka_unit_test(calendars_are_checked), cmocka_unit_test(hours_are_checked),
        cmocka_unit_test(the_most_specific_limit_holds), cmocka_unit_test(what_a_district_starts_with),
    };
    slow_minute = calloc(SLOW_DAYS * 1440, sizeof *slow_minute);
    slow_sum = calloc(SLOW_DAYS * 1440, sizeof *slow_sum);
    slow_days();
    int code = cmocka_run_group_tests(tests, setup, teardown);
    free(slow_minute);
    free(slow_sum);
    return code;
}
