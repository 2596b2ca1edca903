#include "clock.h"

#include <stdio.h>
#include <time.h>

static ms read_clock(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (ms)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

ms clock_now(void)
{
    return read_clock(CLOCK_REALTIME);
}

ms clock_monotonic(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

static ms floor_div(ms a, ms b)
{
    return a / b - (a % b < 0);
}

/* Days since 1970-01-01; years begin in March so that the leap day comes last. */
static ms days_from_civil(int y, int m, int d)
{
    ms year = y - (m <= 2), era = floor_div(year, 400), of_era = year - era * 400;
    ms day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719468;
}

static void civil_from_days(ms days, struct clock_civil *c)
{
    days += 719468;
    ms era = floor_div(days, 146097), of_era = days - era * 146097;
    ms year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    ms day_of_year = of_era - (365 * year + year / 4 - year / 100);
    ms month = (5 * day_of_year + 2) / 153;
    c->day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    c->month = (int)(month < 10 ? month + 3 : month - 9);
    c->year = (int)(year + era * 400 + (c->month <= 2));
}

struct clock_civil clock_civil_at(ms t, int offset_minutes)
{
    struct clock_civil c;
    ms                 local = t + offset_minutes * MS_MINUTE, days = floor_div(local, MS_DAY), rest = local - days * MS_DAY;
    civil_from_days(days, &c);
    c.hour = (int)(rest / MS_HOUR);
    c.minute = (int)(rest / MS_MINUTE % 60);
    c.second = (int)(rest / MS_SECOND % 60);
    c.milli = (int)(rest % 1000);
    return c;
}

ms clock_from_civil(struct clock_civil c, int offset_minutes)
{
    return days_from_civil(c.year, c.month, c.day) * MS_DAY + c.hour * MS_HOUR + c.minute * MS_MINUTE +
           c.second * MS_SECOND + c.milli - offset_minutes * MS_MINUTE;
}

static int days_of(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool             leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

ms clock_months_later(ms t, int64_t months, int offset_minutes)
{
    struct clock_civil c = clock_civil_at(t, offset_minutes);
    int64_t            count = (int64_t)c.year * 12 + c.month - 1 + months;
    struct clock_civil then = { .year = (int)(count / 12), .month = (int)(count % 12) + 1, .day = c.day };
    int                last = days_of(then.year, then.month);
    then.day = then.day > last ? last : then.day;
    return clock_from_civil(then, offset_minutes);
}

struct str clock_day_said(struct arena *a, ms t, int offset_minutes, bool zh)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec" };
    struct clock_civil       c = clock_civil_at(t, offset_minutes);
    return zh ? str_fmt(a, "%d月%d日", c.month, c.day) : str_fmt(a, "%d %s", c.day, months[c.month - 1]);
}

struct str clock_time_said(struct arena *a, ms t, int offset_minutes, bool zh)
{
    /* 1970 began on a Thursday. */
    static const char *const days[][2] = { { "四", "Thu" }, { "五", "Fri" }, { "六", "Sat" }, { "日", "Sun" }, { "一", "Mon" }, { "二", "Tue" }, { "三", "Wed" } };
    struct clock_civil       c = clock_civil_at(t, offset_minutes);
    struct str               date = clock_day_said(a, t, offset_minutes, zh);
    const char              *day = days[(t + (ms)offset_minutes * MS_MINUTE) / MS_DAY % 7][!zh];
    return zh ? str_fmt(a, "%.*s 周%s %02d:%02d", STR_ARG(date), day, c.hour, c.minute) : str_fmt(a, "%s %.*s, %02d:%02d", day, STR_ARG(date), c.hour, c.minute);
}

struct str clock_iso(struct arena *a, ms t)
{
    struct clock_civil c = clock_civil_at(t, 0);
    return str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day, c.hour, c.minute, c.second, c.milli);
}

/* Reads exactly n digits at *at. */
static bool digits(struct str s, size_t *at, int n, int *out)
{
    int v = 0;
    for (int i = 0; i < n; i++, (*at)++) {
        if (*at >= s.len || s.ptr[*at] < '0' || s.ptr[*at] > '9')
            return false;
        v = v * 10 + (s.ptr[*at] - '0');
    }
    *out = v;
    return true;
}

static bool byte_at(struct str s, size_t *at, const char *any)
{
    return *at < s.len && s.ptr[*at] && strchr(any, s.ptr[*at]) && ++*at;
}

static bool fraction(struct str s, size_t *at, int *milli)
{
    int scale = 100, v = 0;
    *milli = 0;
    if (!byte_at(s, at, "."))
        return true;
    size_t from = *at;
    while (*at < s.len && digits(s, at, 1, &v)) {
        *milli += v * scale;
        scale /= 10;
        if (*at < s.len && (s.ptr[*at] < '0' || s.ptr[*at] > '9'))
            break;
    }
    return *at > from;
}

static bool zone(struct str s, size_t *at, int *offset)
{
    int hour, minute;
    *offset = 0;
    if (byte_at(s, at, "Zz"))
        return true;
    if (*at >= s.len || (s.ptr[*at] != '+' && s.ptr[*at] != '-'))
        return false;
    int sign = s.ptr[(*at)++] == '-' ? -1 : 1;
    if (!digits(s, at, 2, &hour) || !byte_at(s, at, ":") || !digits(s, at, 2, &minute) || hour > 23 || minute > 59)
        return false;
    *offset = sign * (hour * 60 + minute);
    return true;
}

static bool possible(const struct clock_civil *c)
{
    struct clock_civil back = clock_civil_at(clock_from_civil(*c, 0), 0);
    return back.year == c->year && back.month == c->month && back.day == c->day && c->hour < 24 && c->minute < 60 &&
           c->second < 60;
}

static bool date_part(struct str s, size_t *at, struct clock_civil *c)
{
    return digits(s, at, 4, &c->year) && byte_at(s, at, "-") && digits(s, at, 2, &c->month) && byte_at(s, at, "-") &&
           digits(s, at, 2, &c->day);
}

static bool time_part(struct str s, size_t *at, struct clock_civil *c)
{
    return digits(s, at, 2, &c->hour) && byte_at(s, at, ":") && digits(s, at, 2, &c->minute) && byte_at(s, at, ":") &&
           digits(s, at, 2, &c->second) && fraction(s, at, &c->milli);
}

bool clock_parse_iso(struct str s, ms *out)
{
    struct clock_civil c;
    size_t             at = 0;
    int                offset;
    if (!date_part(s, &at, &c) || !byte_at(s, &at, "Tt ") || !time_part(s, &at, &c) || !zone(s, &at, &offset) ||
        at != s.len || !possible(&c))
        return false;
    *out = clock_from_civil(c, offset);
    return true;
}

/* ---- days as people write them ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A number at *i, and past whatever stands between it and the next. */
static int number_at(struct str s, size_t *i)
{
    int n = 0, seen = 0;
    for (; *i < s.len && is_digit(s.ptr[*i]) && seen < 4; ++*i, seen++)
        n = n * 10 + (s.ptr[*i] - '0');
    while (*i < s.len && !is_digit(s.ptr[*i]))
        ++*i;
    return seen ? n : -1;
}

ms clock_day(struct str text, int zone_minutes)
{
    size_t             i = 0;
    int                year = number_at(text, &i), month = number_at(text, &i), day = number_at(text, &i);
    struct clock_civil c = { .year = year, .month = month, .day = day };
    if (i != text.len || year < 1900 || month < 1 || month > 12 || day < 1 || day > 31)
        return 0;
    ms                 t = clock_from_civil(c, zone_minutes);
    struct clock_civil back = clock_civil_at(t, zone_minutes);
    return back.month == month && back.day == day ? t : 0;   /* 31 April is none */
}
