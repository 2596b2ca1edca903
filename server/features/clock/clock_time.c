/* clock_time.c: arithmetic of working time. Pure. Days and minutes before each covered day are summed once, when a plan is made; a question is
 * then a search among days, and plain division beyond them. */
#include "clock_rules.h"

const char *const clock_unit_words[] = { NULL, "urgent_minutes", "working_minutes", "working_days", NULL };
const char *const clock_step_words[] = { NULL, "accept", "answer", "dispatch", "sign", "handle", "verify", NULL };

/* ---- days ---- */

int32_t clock_day_of(int year, int month, int day)
{
    struct clock_civil c = { .year = year, .month = month, .day = day };
    return (int32_t)(clock_from_civil(c, 0) / MS_DAY);
}

static bool digits(struct str s, int64_t least, int64_t most, int64_t *out)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return str_to_i64(s, out) && *out >= least && *out <= most;
}

bool clock_day_read(struct str s, int32_t *day)
{
    int64_t y, m, d;
    if (s.len != 10 || s.ptr[4] != '-' || s.ptr[7] != '-' || !digits((struct str){ s.ptr, 4 }, 1970, 9999, &y) ||
        !digits((struct str){ s.ptr + 5, 2 }, 1, 12, &m) || !digits((struct str){ s.ptr + 8, 2 }, 1, 31, &d))
        return false;
    *day = clock_day_of((int)y, (int)m, (int)d);
    struct clock_civil c = clock_civil_at(*day * MS_DAY, 0);
    return c.month == m && c.day == d;   /* 2026-02-30 would be another day */
}

int clock_weekday(int32_t day)
{
    int w = (int)((day + 3) % 7);   /* 1970-01-01 was a Thursday */
    return w < 0 ? w + 7 : w;
}

/* ---- hours ---- */

static bool minute_read(struct str s, int64_t *out)
{
    int64_t h, m;
    if (s.len != 5 || s.ptr[2] != ':' || !digits((struct str){ s.ptr, 2 }, 0, 24, &h) || !digits((struct str){ s.ptr + 3, 2 }, 0, 59, &m))
        return false;
    *out = h * 60 + m;
    return *out <= 1440;
}

bool spans_read(struct str s, struct clock_spans *out)
{
    int64_t after = -1;
    *out = (struct clock_spans){ 0 };
    s = str_trim(s);
    while (s.len) {
        struct str         one = str_cut(&s, ' '), from = str_cut(&one, '-');
        struct clock_span *span = &out->at[out->n];
        if (out->n == SPANS_MOST || !minute_read(from, &span->from) || !minute_read(one, &span->to) || span->from >= span->to ||
            span->from <= after)
            return false;
        after = span->to;
        out->n++;
        s = str_trim(s);
    }
    return true;
}

struct str spans_write(struct arena *a, const struct clock_spans *s)
{
    struct buf b = buf_new(a, 0);
    for (int i = 0; i < s->n; i++)
        buf_fmt(&b, "%s%02d:%02d-%02d:%02d", i ? " " : "", (int)s->at[i].from / 60, (int)s->at[i].from % 60, (int)s->at[i].to / 60,
                (int)s->at[i].to % 60);
    return b.len ? buf_view(&b) : STR("");
}

bool week_empty(const struct clock_week *w)
{
    int spans = 0;
    for (int d = 0; d < 7; d++)
        spans += w->day[d].n;
    return spans == 0;
}

/* ---- making a plan ---- */

static bool is_working_day(int kind)
{
    return kind < 5 || kind == DAY_MAKE_UP;
}

static const struct clock_spans *spans_of(const struct clock_plan *p, int kind)
{
    static const struct clock_spans none;
    return kind == DAY_HOLIDAY ? &none : &p->week.day[kind];
}

static void sum_kinds(struct clock_plan *p)
{
    for (int k = 0; k < DAY_KINDS; k++) {
        const struct clock_spans *s = spans_of(p, k);
        p->day_minutes[k] = 0;
        for (int i = 0; i < s->n; i++)
            p->day_minutes[k] += (int32_t)(s->at[i].to - s->at[i].from);
    }
    p->week_minutes = 0;
    for (int d = 0; d < 7; d++)
        p->week_minutes += p->day_minutes[d];
}

void plan_make(struct arena *a, const struct clock_calendar *cal, const struct clock_week *week, int zone_minutes, struct clock_plan *out)
{
    int32_t *minutes = ARENA_ARRAY(a, (size_t)cal->count + 1, int32_t), *days = ARENA_ARRAY(a, (size_t)cal->count + 1, int32_t);
    *out = (struct clock_plan){ .zone_minutes = zone_minutes, .calendar = cal->version, .first = cal->first, .count = cal->count,
                                .kind = cal->kind, .minutes = minutes, .days = days, .week = *week };
    sum_kinds(out);
    for (int32_t i = 0; i < cal->count; i++) {
        minutes[i + 1] = minutes[i] + out->day_minutes[cal->kind[i]];
        days[i + 1] = days[i] + is_working_day(cal->kind[i]);
    }
}

/* ---- sums before a day ---- */

static int kind_of(const struct clock_plan *p, int32_t day)
{
    int32_t i = day - p->first;
    return i >= 0 && i < p->count ? p->kind[i] : clock_weekday(day);
}

/* Of n days from `day` on without a calendar; n may be negative: then what lies before counts as negative. */
static int64_t plain_minutes(const struct clock_plan *p, int32_t day, int64_t n)
{
    int64_t weeks = n / 7, sum = weeks * p->week_minutes;
    int32_t at = (int32_t)(day + weeks * 7);
    for (int64_t left = n - weeks * 7; left > 0; left--)
        sum += p->day_minutes[clock_weekday(at++)];
    for (int64_t left = n - weeks * 7; left < 0; left++)
        sum -= p->day_minutes[clock_weekday(--at)];
    return sum;
}

static int64_t plain_days(int32_t day, int64_t n)
{
    int64_t weeks = n / 7, sum = weeks * 5;
    int32_t at = (int32_t)(day + weeks * 7);
    for (int64_t left = n - weeks * 7; left > 0; left--)
        sum += clock_weekday(at++) < 5;
    for (int64_t left = n - weeks * 7; left < 0; left++)
        sum -= clock_weekday(--at) < 5;
    return sum;
}

/* Worked minutes, and working days, before a day, counted from the first covered one. */
static int64_t minutes_before(const struct clock_plan *p, int32_t day)
{
    int32_t i = day - p->first;
    if (i < 0)
        return plain_minutes(p, p->first, i);
    return i <= p->count ? p->minutes[i] : p->minutes[p->count] + plain_minutes(p, p->first + p->count, i - p->count);
}

static int64_t days_before(const struct clock_plan *p, int32_t day)
{
    int32_t i = day - p->first;
    if (i < 0)
        return plain_days(p->first, i);
    return i <= p->count ? p->days[i] : p->days[p->count] + plain_days(p->first + p->count, i - p->count);
}

typedef int64_t (*sum_before)(const struct clock_plan *p, int32_t day);

/* The first day at whose end the sum has reached the target; `from`: a day before whose end it has not. per_week: what a week without
 * holidays adds. */
static int32_t day_reaching(const struct clock_plan *p, sum_before sum, int64_t target, int32_t from, int64_t per_week)
{
    int32_t low = from, high = p->first + p->count - 1;   /* the answer is in [low, high], or beyond */
    if (high < low || sum(p, high + 1) < target) {
        low = high + 1 > low ? high + 1 : low;
        int64_t weeks = (target - sum(p, low)) / per_week;   /* so many have passed at the least, bar the one that reaches it */
        low = (int32_t)(low + (weeks > 0 ? (weeks - 1) * 7 : 0));
        while (sum(p, low + 1) < target)
            low++;
        return low;
    }
    while (low < high) {
        int32_t mid = low + (high - low) / 2;
        if (sum(p, mid + 1) >= target)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

/* ---- moments ---- */

static int32_t local_day(const struct clock_plan *p, ms t)
{
    ms local = t + p->zone_minutes * MS_MINUTE, day = local / MS_DAY;
    return (int32_t)(local % MS_DAY < 0 ? day - 1 : day);
}

static ms midnight(const struct clock_plan *p, int32_t day)
{
    return day * MS_DAY - p->zone_minutes * MS_MINUTE;
}

/* Working milliseconds before a moment, counted from the first covered day. */
static ms worked(const struct clock_plan *p, ms t)
{
    int32_t                   day = local_day(p, t);
    ms                        in_day = t - midnight(p, day), sum = minutes_before(p, day) * MS_MINUTE;
    const struct clock_spans *s = spans_of(p, kind_of(p, day));
    for (int i = 0; i < s->n && s->at[i].from * MS_MINUTE < in_day; i++)
        sum += (s->at[i].to * MS_MINUTE < in_day ? s->at[i].to * MS_MINUTE : in_day) - s->at[i].from * MS_MINUTE;
    return sum;
}

ms clock_elapsed(const struct clock_plan *p, ms from, ms to)
{
    return worked(p, to) - worked(p, from);
}

/* The earliest moment at which so much has been worked since `from`. */
static ms when_worked(const struct clock_plan *p, ms from, ms amount)
{
    if (amount <= 0 || !p->week_minutes)
        return from;
    ms      target = worked(p, from) + amount;
    int64_t whole = (target + MS_MINUTE - 1) / MS_MINUTE;
    if (target < 0)
        whole = target / MS_MINUTE;   /* before the covered years the sums are negative; division rounds up there */
    int32_t                   day = day_reaching(p, minutes_before, whole, local_day(p, from), p->week_minutes);
    ms                        rest = target - minutes_before(p, day) * MS_MINUTE;
    const struct clock_spans *s = spans_of(p, kind_of(p, day));
    for (int i = 0; i < s->n; i++) {
        ms length = (s->at[i].to - s->at[i].from) * MS_MINUTE;
        if (rest <= length)
            return midnight(p, day) + s->at[i].from * MS_MINUTE + rest;
        rest -= length;
    }
    return midnight(p, day + 1);
}

static ms close_of(const struct clock_plan *p, int32_t day)
{
    const struct clock_spans *s = spans_of(p, kind_of(p, day));
    return midnight(p, day) + (s->n ? s->at[s->n - 1].to * MS_MINUTE : MS_DAY);
}

ms clock_day_end(const struct clock_plan *p, ms at)
{
    return close_of(p, local_day(p, at));
}

/* Civil Code, articles 201 and 203: the day itself is not counted; the last one ends when business ends. */
static ms after_days(const struct clock_plan *p, ms from, int64_t n)
{
    int32_t day = local_day(p, from);
    if (n > 0)
        return close_of(p, day_reaching(p, days_before, days_before(p, day + 1) + n, day + 1, 5));
    while (!is_working_day(kind_of(p, day)) || close_of(p, day) < from)
        day++;
    return close_of(p, day);
}

struct clock_due clock_due_at(const struct clock_plan *p, ms from, struct clock_limit limit)
{
    struct clock_due due = { from, p->calendar, false };
    if (limit.unit == CLOCK_NONE)
        return (struct clock_due){ 0 };
    if (limit.unit == CLOCK_URGENT_MINUTES)
        due.at = from + (limit.amount > 0 ? limit.amount * MS_MINUTE : 0);
    else if (limit.unit == CLOCK_WORKING_MINUTES)
        due.at = when_worked(p, from, limit.amount * MS_MINUTE);
    else if (limit.amount >= 0)
        due.at = after_days(p, from, limit.amount);
    due.provisional = limit.unit != CLOCK_URGENT_MINUTES &&
                      (local_day(p, due.at) >= p->first + p->count || local_day(p, from) < p->first);
    return due;
}

struct clock_limit clock_left(const struct clock_plan *p, ms at, ms due, enum clock_unit unit)
{
    struct clock_limit left = { -1, unit == CLOCK_NONE ? CLOCK_URGENT_MINUTES : unit };
    if (!due)
        return (struct clock_limit){ 0, CLOCK_NONE };
    if (due < at)
        return left;
    if (left.unit == CLOCK_WORKING_DAYS) {
        left.amount = days_before(p, local_day(p, due) + 1) - days_before(p, local_day(p, at) + 1);
        return left;
    }
    ms rest = left.unit == CLOCK_URGENT_MINUTES ? due - at : clock_elapsed(p, at, due);
    left.amount = (rest + MS_MINUTE - 1) / MS_MINUTE;
    return left;
}

ms clock_part(const struct clock_plan *p, ms from, ms due, enum clock_unit unit, int percent)
{
    ms whole = unit == CLOCK_WORKING_MINUTES || unit == CLOCK_WORKING_DAYS ? clock_elapsed(p, from, due) : 0;
    if (due <= from)
        return due;
    if (whole <= 0)
        return from + (due - from) / 100 * percent;
    ms at = when_worked(p, from, whole / 100 * percent);
    return at < due ? at : due;
}
