/* Time: UTC milliseconds since 1970-01-01 everywhere; a tenant's time zone is used only where people read or write dates. */
#ifndef LINLI_BASE_CLOCK_H
#define LINLI_BASE_CLOCK_H

#include "str.h"

typedef int64_t ms;

#define MS_SECOND ((ms)1000)
#define MS_MINUTE (60 * MS_SECOND)
#define MS_HOUR   (60 * MS_MINUTE)
#define MS_DAY    (24 * MS_HOUR)

ms clock_now(void);          /* wall clock */
ms clock_monotonic(void);    /* for durations */

/* A date and time of day in a zone, as people write it. month 1–12, day 1–31. */
struct clock_civil {
    int year, month, day, hour, minute, second, milli;
};

/* Proleptic Gregorian calendar, offset in minutes east of UTC. */
struct clock_civil clock_civil_at(ms t, int offset_minutes);
ms                 clock_from_civil(struct clock_civil c, int offset_minutes);
/* So many months later at the beginning of that day, by the calendar: from the 31st to the last day where a month has fewer. months may be below 0. */
ms                 clock_months_later(ms t, int64_t months, int offset_minutes);

/* As people say it: 12月3日, 3 Dec; and with the time, 12月3日 周四 09:00, Thu 3 Dec, 09:00. */
struct str clock_day_said(struct arena *a, ms t, int offset_minutes, bool zh);
struct str clock_time_said(struct arena *a, ms t, int offset_minutes, bool zh);

/* ISO 8601 in UTC, "2026-05-14T01:42:00.000Z". */
struct str clock_iso(struct arena *a, ms t);
/* Reads RFC 3339 ("2026-05-14T09:42:00+08:00", fractions allowed); false on anything else. */
bool clock_parse_iso(struct str s, ms *out);

/* A day as people write it in sheets: 2024-03-01, 2024/3/1, 2024.3.1, 2024年3月1日. The beginning of that day in the zone; 0: it is none. */
ms clock_day(struct str text, int offset_minutes);

#endif
