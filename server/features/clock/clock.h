/* clock: working time 时限. Calendars, weekly hours and time limits, and the arithmetic over them. The one header for other features.
 *
 * A limit is an amount of one of three units:
 *   urgent minutes   run around the clock, on every day.
 *   working minutes  run inside the weekly hours of the responsible level on the days its calendar says are worked.
 *   working days     the day on which the clock starts is not counted; counting begins with the next day; the limit ends when business
 *                    ends on the last of so many working days. (Civil Code of the PRC, articles 201 and 203: 开始的当日不计入；有业务时间的，
 *                    停止业务活动的时间为截止时间.) A day is a working day when the calendar lists it as a make-up day, or it is Monday to
 *                    Friday and not listed as a holiday (the State Council's yearly notice).
 * Beyond the years a calendar covers, Monday to Friday are taken to be worked and the due time is provisional: it is computed again when
 * the year's calendar is imported. That is why a due time is stored with the calendar's version.
 *
 * Base time is base/clock.h; this folder adds what a district's working time is. Words, tables and pages: README.md. */
#ifndef LINLI_CLOCK_FEATURE_H
#define LINLI_CLOCK_FEATURE_H

#include "../unit/unit.h"

extern const struct feature clock_feature;

/* Stored: append only. */
enum clock_unit { CLOCK_NONE, CLOCK_URGENT_MINUTES, CLOCK_WORKING_MINUTES, CLOCK_WORKING_DAYS, CLOCK_UNIT_COUNT };
extern const char *const clock_unit_words[];   /* NULL "urgent_minutes" "working_minutes" "working_days" NULL */

/* How long something may take. unit CLOCK_NONE: there is no limit. As what is left of one: amount -1 means that it was late already. */
struct clock_limit { int64_t amount; enum clock_unit unit; };

/* When it is due. at 0: there is no limit. provisional: reaches beyond the years the calendar covers. */
struct clock_due { ms at; int64_t calendar; bool provisional; };

/* What a limit is for; the steps of a case. Stored as words. */
enum clock_step { CLOCK_STEP_NONE, CLOCK_ACCEPT, CLOCK_ANSWER, CLOCK_DISPATCH, CLOCK_SIGN, CLOCK_HANDLE, CLOCK_VERIFY, CLOCK_STEP_COUNT };
extern const char *const clock_step_words[];   /* NULL "accept" "answer" "dispatch" "sign" "handle" "verify" NULL */

/* ---- the short way, for a feature with a deadline of its own ---- */

/* When a limit that starts at `from` ends for this unit (an area, or an organisation: then the area it belongs to), by the hours of its
 * level and the calendar in force. From memory, without SQL; about a microsecond. Before the feature was started: around the clock, provisional. */
struct clock_due clock_deadline(struct app *app, struct unit_ref unit, ms from, struct clock_limit limit);

/* Whether the calendar in force lists the day of `at` as a holiday. False beyond the years it covers. */
bool clock_holiday(struct app *app, ms at);

/* ---- many at a time: the book of what is in force, held while it is asked ---- */

struct clock_book;   /* immutable */
struct clock_plan;   /* one level's hours over the calendar, made for quick arithmetic; lives as long as its book */

const struct clock_book *clock_hold(struct app *app);
void                     clock_release(struct app *app, const struct clock_book *b);
int64_t                  clock_calendar_version(const struct clock_book *b);

/* The plan of a unit's level at a time: of the nearest area at or above it whose kind has hours of its own, else the district's. */
const struct clock_plan *clock_plan_of(const struct clock_book *b, const struct unit_snapshot *u, struct unit_ref unit, ms at);

/* The limit of a step for a chain of categories (deepest first) and a severity (1 to 3), among the policies in force at `at`: the deepest
 * category that says something about the step wins, then the policy for exactly this severity. */
struct clock_limit clock_limit_of(const struct clock_book *b, enum clock_step step, const int64_t *categories, size_t n, int64_t severity,
                                  ms at);

/* ---- arithmetic; pure ---- */

/* The earliest moment at which the limit is used up. An amount of 0: minutes end at once; days with the business of the day of `from`, or of
 * the next working day when that is over. An amount below 0: at once. */
struct clock_due clock_due_at(const struct clock_plan *p, ms from, struct clock_limit limit);

/* What a due time leaves at `at`, in a unit: minutes rounded up, or working days after the day of `at`. Late: amount -1. CLOCK_NONE when
 * due is 0. */
struct clock_limit clock_left(const struct clock_plan *p, ms at, ms due, enum clock_unit unit);

/* Working milliseconds between two moments; negative when `to` is earlier. */
ms clock_elapsed(const struct clock_plan *p, ms from, ms to);

/* The moment at which so many percent of the time from `from` to `due` are over, counted in the unit's own time. */
ms clock_part(const struct clock_plan *p, ms from, ms due, enum clock_unit unit, int percent);

/* The end of the business of the day of `at` (24:00 when no hours are kept that day). */
ms clock_day_end(const struct clock_plan *p, ms at);

/* ---- for the program ---- */

/* Installs the calendar, the hours and the limits that the program ships where a district has none; takes over the older settings
 * case.due_hours.* where a district had set its own. Inside a write. */
MUST err clock_install(struct db_conn *c, struct arena *a, int64_t tenant, ms now);

/* Reads calendar, hours and limits into memory again. */
MUST err clock_reload(struct app *app);

/* The job that computes the open due times again; registered by whoever has some. It gets {"calendar":version}. */
#define CLOCK_RECOMPUTE_JOB "case.recompute_due"

/* Takes a calendar in (see README.md for the forms) as the next version: with the audit row, the job that computes the open due times again
 * and, after the commit, this process's memory. For the API and, with a request made up of app, arena, db, tenant and now, the command
 * line. ERR_TAKEN: it says what the calendar in force says already. ERR_INVALID: with faults in r->faults. ERR_BAD_JSON. */
struct clock_imported { int64_t id, version, first_year, last_year, years, holidays, workdays, job; };
MUST err clock_import(struct req *r, struct str name, struct str text, struct clock_imported *out);

#endif
