/* The inside of the clock feature: calendars, hours, policies and the book they make. Private to this folder. */
#ifndef LINLI_CLOCK_RULES_H
#define LINLI_CLOCK_RULES_H

#include "clock.h"

/* ---- days: a day is counted from 1970-01-01 in the district's zone ---- */

int32_t clock_day_of(int year, int month, int day);
/* "2026-02-14"; false when it is no date. */
bool    clock_day_read(struct str s, int32_t *day);
int     clock_weekday(int32_t day);            /* Monday 0 … Sunday 6 */

/* ---- calendars: clock_calendar.c ---- */

enum day_kind { DAY_MAKE_UP = 7, DAY_HOLIDAY = 8, DAY_KINDS = 9 };   /* 0 to 6: an ordinary Monday … Sunday */

struct clock_calendar {
    int64_t        version;
    int            first_year, last_year;
    int32_t        first, count;               /* days covered */
    const uint8_t *kind;                       /* of each: a weekday, DAY_MAKE_UP or DAY_HOLIDAY */
    int64_t        holidays, workdays;
};

/* Reads a calendar: {"2026": {"holidays": {"2026-01-01": "name", …}, "workdays": {…}}, …}; a list of dates does instead of an object, other
 * members of a year are passed over. over (STR_NONE: none): a calendar of which the years that text does not name are kept. *merged: the
 * whole as stored. Faults: ERR_BAD_JSON; per path ERR_WRONG_TYPE, ERR_NOT_A_CHOICE (no date), ERR_PERIOD (a date of another year; a year
 * missing between the first and the last), ERR_CONFLICT (holiday and working day, a holiday twice; a make-up day on Monday to Friday). */
MUST err calendar_read(struct arena *a, struct str text, struct str over, struct faults *faults, struct clock_calendar *out,
                       struct str *merged);
/* Monday to Friday, no years covered. */
struct clock_calendar calendar_none(void);

/* ---- hours ---- */

#define SPANS_MOST 4
struct clock_span { int64_t from, to; };       /* minutes of the day; from < to <= 1440 */
struct clock_spans { struct clock_span at[SPANS_MOST]; int n; };
struct clock_week { struct clock_spans day[8]; };   /* Monday … Sunday, make-up day */

/* "09:00-12:00 13:30-17:30", "" for a day without hours; false when it is not that, or not in order. */
bool       spans_read(struct str s, struct clock_spans *out);
struct str spans_write(struct arena *a, const struct clock_spans *s);
/* Eight such texts as one JSON list. ERR_INVALID: one is wrong, or the week has no hours at all. */
MUST err   week_read(struct arena *a, struct str json, struct clock_week *out);
struct str week_write(struct arena *a, const struct clock_week *w);
bool       week_empty(const struct clock_week *w);

/* ---- a plan: clock_time.c ---- */

struct clock_plan {
    int            zone_minutes;
    int64_t        calendar;
    int32_t        first, count;
    const uint8_t *kind;
    const int32_t *minutes;        /* worked before day first + i; count + 1 entries */
    const int32_t *days;           /* working days before it */
    struct clock_week week;
    int32_t        day_minutes[DAY_KINDS];
    int32_t        week_minutes;   /* of a week without holidays */
};
void plan_make(struct arena *a, const struct clock_calendar *cal, const struct clock_week *week, int zone_minutes, struct clock_plan *out);

/* ---- policies: clock_policy.c ---- */

struct clock_policy {
    int64_t            id, category, severity;   /* 0: every one */
    struct clock_limit limit[CLOCK_STEP_COUNT];
    bool               says[CLOCK_STEP_COUNT];   /* else what is less specific holds */
    ms                 valid_from, valid_to;     /* 0: open */
    int64_t            version;
};

/* One limit as the API and the table have it. */
struct limit_row { int step, unit; int64_t amount; };
extern const struct field limit_fields[];
MUST err   limits_read(struct arena *a, struct str json, struct clock_policy *out);
struct str limits_write(struct arena *a, const struct limit_row *rows, size_t n);
struct list limits_list(struct arena *a, const struct clock_policy *p);
/* The most a limit may be: five years of minutes, or 1,000 working days. */
bool       limit_fits(const struct clock_limit *l);

/* ---- the book: clock_state.c ---- */

struct clock_level {
    int64_t           id;
    struct str        kind;        /* area kind; "" everywhere */
    struct clock_week week;
    ms                valid_from, valid_to;
    int64_t           version;
    struct clock_plan plan;
};

struct clock_book {
    struct arena              *arena;
    int                        users;          /* guarded by the state's lock */
    struct clock_calendar      calendar;
    const struct clock_level  *levels;         /* in force or to come */
    size_t                     level_count;
    const struct clock_policy *policies;       /* by category, severity, valid_from */
    size_t                     policy_count;
};
MUST err book_read(struct db_conn *c, struct arena *a, int64_t tenant, int zone_minutes, ms now, struct clock_book *out);
void     book_sort(struct clock_policy *p, size_t n);
/* Swaps in what the surrounding write made, once it has committed. */
void     clock_reload_after(struct req *r);

/* ---- rows: clock_db.c ---- */

struct calendar_row {
    int64_t    id, version;
    struct str name;
    int64_t    first_year, last_year, holidays, workdays;
    ms         imported_at;
    struct str by, days;
};
MUST err calendar_latest(struct db_conn *c, struct arena *a, int64_t tenant, struct calendar_row *out);   /* ERR_NOT_FOUND */
MUST err calendar_list(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out);
MUST err calendar_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct calendar_row *out);

struct hours_row { int64_t id; struct str kind, week; ms valid_from, valid_to; int64_t version; };
/* since 0: all; else those that end later. */
MUST err hours_list(struct db_conn *c, struct arena *a, int64_t tenant, ms since, struct list *out);
MUST err hours_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct hours_row *out);
MUST err hours_insert(struct db_conn *c, int64_t tenant, struct str kind, struct str week, ms from, int64_t by, int64_t *id);

struct policy_row { int64_t id, category, severity; struct str limits; ms valid_from, valid_to; int64_t version; struct str name_zh, name_en; };
MUST err policy_list(struct db_conn *c, struct arena *a, int64_t tenant, ms since, struct list *out);
MUST err policy_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct policy_row *out);
MUST err policy_insert(struct db_conn *c, int64_t tenant, int64_t category, int64_t severity, struct str limits, ms from, int64_t by,
                       int64_t *id);
/* Ends a row at `at`; ERR_STALE_VERSION when it was not at version `was`. */
MUST err hours_end(struct db_conn *c, int64_t tenant, int64_t id, int64_t was, ms at);
MUST err policy_end(struct db_conn *c, int64_t tenant, int64_t id, int64_t was, ms at);
/* How many rows stand, or will, for the same level, or category and severity, after `at`, other than `self`. */
MUST err hours_rivals(struct db_conn *c, int64_t tenant, struct str kind, ms at, int64_t self, int64_t *n);
MUST err policy_rivals(struct db_conn *c, int64_t tenant, int64_t category, int64_t severity, ms at, int64_t self, int64_t *n);

MUST err policy_category_there(struct db_conn *c, int64_t tenant, int64_t category, bool *there);
MUST err clock_calendar_import(struct db_conn *c, struct arena *a, int64_t tenant, struct str name, struct str text, ms now, int64_t by,
                               struct faults *faults, struct clock_imported *out);

/* What ships: clock_install.c. */
extern const char *const clock_week_shipped;   /* JSON, as week_read takes it */

extern const struct route clock_routes[];

#endif
