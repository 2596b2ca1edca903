#include "local_time.h"

#include <time.h>

#include <unicode/ucal.h>
#include <unicode/ustring.h>

#define NAME_MOST 64
#define TEXT_MOST 64

struct zone {
    UCalendar *calendar;
    ms         day;          /* local midnight for which offset holds the whole day long */
    int32_t    offset;       /* ms east of UTC */
    bool       known;
};

bool zone_open(struct arena *a, struct str name, struct zone **out)
{
    UChar      id[NAME_MOST], canonical[NAME_MOST];
    UErrorCode code = U_ZERO_ERROR;
    UBool      system = false;
    if (name.len == 0 || name.len >= NAME_MOST)
        return false;
    u_charsToUChars(name.ptr, id, (int32_t)name.len);
    ucal_getCanonicalTimeZoneID(id, (int32_t)name.len, canonical, NAME_MOST, &system, &code);
    if (U_FAILURE(code) || !system)
        return false;
    UCalendar *c = ucal_open(id, (int32_t)name.len, "en", UCAL_GREGORIAN, &code);
    if (U_FAILURE(code))
        return false;
    *out = ARENA_NEW(a, struct zone);
    (*out)->calendar = c;
    return true;
}

void zone_close(struct zone *z)
{
    ucal_close(z->calendar);
}

/* Offset that holds at a local time, given as if it were UTC. */
static int32_t offset_at(struct zone *z, ms local)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t    raw = 0, summer = 0;
    ucal_setMillis(z->calendar, (UDate)local, &code);
    ucal_getTimeZoneOffsetFromLocal(z->calendar, UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, &raw, &summer, &code);
    return U_FAILURE(code) ? 0 : raw + summer;
}

/* Rows come in order of time, thousands a day: a day without a change of clocks is asked for once. */
ms zone_moment(struct zone *z, struct clock_civil c)
{
    ms local = clock_from_civil(c, 0), day = local - (((local % MS_DAY) + MS_DAY) % MS_DAY);
    if (z->known && z->day == day)
        return local - z->offset;
    int32_t begin = offset_at(z, day), end = offset_at(z, day + MS_DAY);
    if (begin != end)
        return local - offset_at(z, local);
    z->known = true;
    z->day = day;
    z->offset = begin;
    return local - begin;
}

bool local_time_read(struct str text, const char *format, struct clock_civil *out)
{
    char      z[TEXT_MOST];
    struct tm t = { .tm_mday = 1 };
    if (text.len == 0 || text.len >= sizeof z)
        return false;
    memcpy(z, text.ptr, text.len);
    z[text.len] = 0;
    const char *end = strptime(z, format, &t);
    if (!end || *end || t.tm_sec > 59)
        return false;
    *out = (struct clock_civil){ t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, 0 };
    struct clock_civil back = clock_civil_at(clock_from_civil(*out, 0), 0);
    return back.month == out->month && back.day == out->day;
}
