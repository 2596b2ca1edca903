/* days.c: days of the district's calendar, as numbers since 1970-01-01. Pure. */
#include <stdio.h>

#include "facts.h"

int64_t day_at(ms t, int zone_minutes)
{
    ms local = t + zone_minutes * MS_MINUTE;
    return local >= 0 ? local / MS_DAY : -((-local + MS_DAY - 1) / MS_DAY);
}

int64_t hour_at(ms t, int zone_minutes)
{
    int64_t day = day_at(t, zone_minutes);
    return day * DAY_HOURS + (t - day_begin(day, zone_minutes)) / MS_HOUR;
}

ms hour_begin(int64_t hour, int zone_minutes)
{
    return hour * MS_HOUR - zone_minutes * MS_MINUTE;
}

ms day_begin(int64_t day, int zone_minutes)
{
    return day * MS_DAY - zone_minutes * MS_MINUTE;
}

static int64_t first_of(int year, int month)
{
    return day_at(clock_from_civil((struct clock_civil){ .year = year, .month = month, .day = 1 }, 0), 0);
}

int64_t day_month(int64_t day)
{
    struct clock_civil c = clock_civil_at(day * MS_DAY, 0);
    return first_of(c.year, c.month);
}

int64_t day_next_month(int64_t month)
{
    struct clock_civil c = clock_civil_at(month * MS_DAY, 0);
    return c.month == 12 ? first_of(c.year + 1, 1) : first_of(c.year, c.month + 1);
}

bool day_parse(struct str text, int64_t *day)
{
    char buf[16];
    int  y, m, d, end = 0;
    if (text.len != 10)
        return false;
    snprintf(buf, sizeof buf, "%.*s", STR_ARG(text));
    if (sscanf(buf, "%4d-%2d-%2d%n", &y, &m, &d, &end) != 3 || end != 10 || y < 1970 || m < 1 || m > 12 || d < 1)
        return false;
    *day = first_of(y, m) + d - 1;
    return *day < day_next_month(first_of(y, m));
}

struct str day_text(struct arena *a, int64_t day)
{
    struct clock_civil c = clock_civil_at(day * MS_DAY, 0);
    return str_fmt(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}
