/* feed_ical.c: deadlines as iCalendar, written by libical. Pure. */
#include <libical/ical.h>

#include "feed_parts.h"

/* What stands in an event is read by whatever service the calendar is kept with: the number, what is to be done, the kind of matter and the
 * community; no words of the report, no address, no names. */

static void add(icalcomponent *to, icalproperty *property)
{
    if (property)
        icalcomponent_add_property(to, property);
}

static void add_x(icalcomponent *to, const char *name, const char *value)
{
    icalproperty *p = icalproperty_new_x(value);
    icalproperty_set_x_name(p, name);
    add(to, p);
}

static struct icaltimetype utc(ms at)
{
    return icaltime_from_timet_with_zone((time_t)(at / MS_SECOND), 0, icaltimezone_get_utc_timezone());
}

static void add_alarm(icalcomponent *event, const char *what, int seconds_before)
{
    icalcomponent *alarm = icalcomponent_new(ICAL_VALARM_COMPONENT);
    add(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
    add(alarm, icalproperty_new_description(what));
    add(alarm, icalproperty_new_trigger((struct icaltriggertype){ .time = icaltime_null_time(), .duration = icaldurationtype_from_int(-seconds_before) }));
    icalcomponent_add_component(event, alarm);
}

/* Stable, and its own in the world: a keyed hash tells nothing of the id behind it. */
static const char *uid_of(struct arena *a, const struct feed_words *w, const struct case_deadline *d)
{
    struct str hash = crypto_keyed(a, w->key, str_fmt(a, "calendar %s %lld", d->called ? "call" : "case", (long long)d->id));
    return str_fmt(a, "%s@linli", str_hex(a, hash.ptr, 16).ptr).ptr;
}

static const char *summary_of(struct arena *a, const struct feed_words *w, const struct case_deadline *d)
{
    bool        zh = w->lang == LANG_ZH;
    const char *what = d->called ? (zh ? "吹哨待答复" : "Call to answer") : case_state_name((enum case_state)d->state, zh);
    struct str  category = zh ? d->category_zh : d->category_en;
    return str_fmt(a, "%s · %.*s%s%.*s", what, STR_ARG(d->code), category.len ? " · " : "", STR_ARG(category)).ptr;
}

static icalcomponent *event_of(struct arena *a, const struct feed_words *w, const struct case_deadline *d)
{
    icalcomponent *e = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    const char    *summary = summary_of(a, w, d), *link = str_fmt(a, "%.*s/desk/cases/%lld", STR_ARG(w->site), (long long)d->case_id).ptr;
    add(e, icalproperty_new_uid(uid_of(a, w, d)));
    add(e, icalproperty_new_dtstamp(utc(d->updated_at)));
    add(e, icalproperty_new_lastmodified(utc(d->updated_at)));
    add(e, icalproperty_new_sequence((int)(d->version % INT32_MAX)));
    add(e, icalproperty_new_dtstart(utc(d->due_at)));
    add(e, icalproperty_new_summary(summary));
    add(e, icalproperty_new_description(str_fmt(a, "%s\n%s", summary, link).ptr));
    add(e, icalproperty_new_url(link));
    if (d->area_name.len)
        add(e, icalproperty_new_location(str_z(a, d->area_name)));
    add(e, icalproperty_new_status(ICAL_STATUS_CONFIRMED));
    add(e, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
    add_alarm(e, summary, 24 * 60 * 60);
    add_alarm(e, summary, 60 * 60);
    return e;
}

static icalcomponent *calendar_of(struct arena *a, const struct feed_words *w)
{
    icalcomponent *c = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
    add(c, icalproperty_new_version("2.0"));
    add(c, icalproperty_new_prodid("-//Linli//Deadlines " LINLI_VERSION "//EN"));
    add(c, icalproperty_new_calscale("GREGORIAN"));
    add_x(c, "X-WR-CALNAME", str_fmt(a, "%.*s · %s", STR_ARG(w->district), w->lang == LANG_ZH ? "我的时限" : "My deadlines").ptr);
    add_x(c, "X-WR-TIMEZONE", str_z(a, w->zone));
    /* No METHOD: PUBLISH would ask for an organiser of each event (RFC 5546), and nobody invites here. */
    add_x(c, "X-PUBLISHED-TTL", "PT1H");
    return c;
}

struct str feed_calendar(struct arena *a, const struct feed_words *w, const struct list *deadlines)
{
    const struct case_deadline *at = deadlines->at;
    icalcomponent              *c = calendar_of(a, w);
    for (size_t i = 0; i < deadlines->len; i++)
        icalcomponent_add_component(c, event_of(a, w, &at[i]));
    char      *text = icalcomponent_as_ical_string_r(c);
    struct str out = text ? str_copy(a, str_of(text)) : STR_NONE;
    icalmemory_free_buffer(text);
    icalcomponent_free(c);
    return out;
}
