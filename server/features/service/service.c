/* service.c: who gets a place, what may be done in which state, days: pure. No I/O, no clock, no SQL. */
#include "service_inside.h"

const char *const service_price_words[] = { NULL, "free", "at_cost", NULL };
const char *const service_place_words[] = { NULL, "there", "home", NULL };
const char *const service_state_words[] = { NULL, "offered", "paused", "withdrawn", NULL };
const char *const slot_state_words[] = { NULL, "open", "closed", NULL };
const char *const service_way_words[] = { NULL, "self", "neighbour", "social_worker", "phone", NULL };
const char *const service_order_words[] = { NULL, "review", "refused", "placed", "waiting", "assigned", "under_way", "done", "cancelled", "no_show", NULL };
const char *const rated_way_words[] = { NULL, "self", "call_back", NULL };

/* ---- places ---- */

enum room slot_room(const struct slot *s, int64_t waits)
{
    if (s->taken < s->capacity && !s->waiting)
        return ROOM_PLACE;
    return s->waiting < waits ? ROOM_WAIT : ROOM_FULL;
}

/* ---- states ---- */

#define IN(state) (1u << (state))
bool order_can(int64_t state, enum order_act act)
{
    static const unsigned from[ORDER_ACTS] = {
        [ACT_APPROVE] = IN(ORDER_REVIEW),
        [ACT_REFUSE] = IN(ORDER_REVIEW),
        [ACT_ASSIGN] = IN(ORDER_PLACED) | IN(ORDER_ASSIGNED),
        [ACT_GRAB] = IN(ORDER_PLACED),
        [ACT_GIVE_BACK] = IN(ORDER_ASSIGNED),
        [ACT_START] = IN(ORDER_ASSIGNED),
        [ACT_DONE] = IN(ORDER_PLACED) | IN(ORDER_ASSIGNED) | IN(ORDER_UNDER_WAY),
        [ACT_NO_SHOW] = IN(ORDER_PLACED) | IN(ORDER_ASSIGNED) | IN(ORDER_UNDER_WAY),
        [ACT_CANCEL] = IN(ORDER_REVIEW) | IN(ORDER_PLACED) | IN(ORDER_WAITING) | IN(ORDER_ASSIGNED),
        [ACT_RATE] = IN(ORDER_DONE),
        [ACT_REVEAL] = IN(ORDER_ASSIGNED) | IN(ORDER_UNDER_WAY),
    };
    return state > ORDER_NONE && state < ORDER_STATES && (from[act] & IN(state));
}

bool order_live(int64_t state)
{
    return state == ORDER_REVIEW || (state >= ORDER_PLACED && state <= ORDER_UNDER_WAY);
}

/* ---- days ---- */

ms service_day(ms t, int zone_minutes)
{
    ms local = t + (ms)zone_minutes * MS_MINUTE;
    return local - local % MS_DAY - (ms)zone_minutes * MS_MINUTE;
}

bool day_has_come(ms begins_at, ms now, int zone_minutes)
{
    return now >= service_day(begins_at, zone_minutes);
}

bool on_the_day(ms begins_at, ms ends_at, ms now, int zone_minutes)
{
    ms last = ends_at > begins_at ? ends_at - 1 : begins_at;
    return day_has_come(begins_at, now, zone_minutes) && now < service_day(last, zone_minutes) + MS_DAY;
}

bool rhythm_on(const struct rhythm *y, int64_t day, int zone_minutes, ms *begins_at, ms *ends_at)
{
    ms midnight = day * MS_DAY - (ms)zone_minutes * MS_MINUTE;
    int weekday = (int)((day + 3) % 7) + 1;    /* 1970-01-01 was a Thursday, ISO 4 */
    *begins_at = midnight + y->opens * MS_MINUTE;
    *ends_at = midnight + y->closes * MS_MINUTE;
    return y->days.len && memchr(y->days.ptr, '0' + weekday, y->days.len) && (!y->ends_at || *begins_at < y->ends_at);
}

bool days_fit(struct str days)
{
    for (size_t i = 0; i < days.len; i++)
        if (days.ptr[i] < '1' || days.ptr[i] > '7' || (i && days.ptr[i] <= days.ptr[i - 1]))
            return false;
    return days.len > 0;
}

/* ---- who sees a home, who says how it was ---- */

enum reveal reveal_home(const struct order *o, int64_t person, ms now, int zone_minutes)
{
    if (!person || o->helper_id != person)
        return REVEAL_NOT_THEIRS;
    if (!order_can(o->state, ACT_REVEAL))
        return REVEAL_NOT_NOW;
    return on_the_day(o->begins_at, o->ends_at, now, zone_minutes) ? REVEAL_OK : REVEAL_NOT_THAT_DAY;
}

bool rated_by_served(const struct order *o, int64_t person, bool secret)
{
    return o->way == WAY_SELF && (o->person_id ? o->person_id == person : secret);
}
