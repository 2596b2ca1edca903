/* clock_install.c: what a district starts with: the shipped calendar, usual office hours, limits of national practice; and what an earlier
 * program's settings said. */
#include "clock_rules.h"
#include "../../base/embed.h"
#include "../../base/jsonw.h"

extern const struct embedded clock_calendars[];

#define CALENDAR_FILE "cn-holidays.json"
#define CALENDAR_NAME "chinese-days 1.5.7"
#define OFFICE        "\"09:00-12:00 13:30-17:30\""

const char *const clock_week_shipped = "[" OFFICE "," OFFICE "," OFFICE "," OFFICE "," OFFICE ",\"\",\"\"," OFFICE "]";

/* Defaults, each a dated row that a district changes. Dispatch: Beijing DB11/T 2021-2022, within an hour where life and safety are at stake,
 * else within a day. Handling and checking back: Shanghai's practice of 1, 3, 5 and 15 working days. The rest, and the day for what is urgent,
 * are ours. */
static const struct limit_row shipped[4][6] = {
    [1] = { { CLOCK_ACCEPT, CLOCK_URGENT_MINUTES, 30 }, { CLOCK_ANSWER, CLOCK_WORKING_DAYS, 1 }, { CLOCK_DISPATCH, CLOCK_URGENT_MINUTES, 60 },
            { CLOCK_SIGN, CLOCK_URGENT_MINUTES, 60 }, { CLOCK_HANDLE, CLOCK_URGENT_MINUTES, 1440 }, { CLOCK_VERIFY, CLOCK_WORKING_MINUTES, 240 } },
    [2] = { { CLOCK_ACCEPT, CLOCK_WORKING_MINUTES, 240 }, { CLOCK_ANSWER, CLOCK_WORKING_DAYS, 3 }, { CLOCK_DISPATCH, CLOCK_WORKING_DAYS, 1 },
            { CLOCK_SIGN, CLOCK_WORKING_DAYS, 1 }, { CLOCK_HANDLE, CLOCK_WORKING_DAYS, 5 }, { CLOCK_VERIFY, CLOCK_WORKING_DAYS, 3 } },
    [3] = { { CLOCK_ACCEPT, CLOCK_WORKING_DAYS, 1 }, { CLOCK_ANSWER, CLOCK_WORKING_DAYS, 3 }, { CLOCK_DISPATCH, CLOCK_WORKING_DAYS, 1 },
            { CLOCK_SIGN, CLOCK_WORKING_DAYS, 1 }, { CLOCK_HANDLE, CLOCK_WORKING_DAYS, 15 }, { CLOCK_VERIFY, CLOCK_WORKING_DAYS, 3 } },
};

/* ---- the settings of before ---- */

DB_SQL(due_settings, "SELECT key, value FROM setting WHERE tenant_id = $1 AND key LIKE 'case.due_hours.%' AND valid_from <= $2 ORDER BY key, valid_from")
DB_SQL(due_settings_forget, "DELETE FROM setting WHERE tenant_id = $1 AND key LIKE 'case.due_hours.%'")

static int index_of(struct str word, const char *const *words)
{
    for (int i = 1; words[i]; i++)
        if (str_is(word, words[i]))
            return i;
    return 0;
}

/* case.due_hours.STATE.SEVERITY: hours that ran around the clock. The last one in force of each stands. */
static err take_over(struct db_conn *c, int64_t tenant, ms now, struct limit_row limits[4][6])
{
    static const char *const states[] = { NULL, "reported", "waiting", "accepted", "dispatched", "handling", "handled", NULL };
    static const char *const severities[] = { NULL, "urgent", "ordinary", "minor", NULL };
    struct db_rows           rows;
    TRY(db_query(c, &due_settings, DB_ARGS(I64(tenant), I64(now)), &rows));
    while (db_next(&rows)) {
        struct str key = db_text(&rows, 0);
        int64_t    hours;
        str_cut(&key, '.');
        str_cut(&key, '.');
        int step = index_of(str_cut(&key, '.'), states), severity = index_of(key, severities);
        if (step && severity && str_to_i64(db_text(&rows, 1), &hours))
            limits[severity][step - 1] = (struct limit_row){ step, CLOCK_URGENT_MINUTES, hours * 60 };
    }
    TRY(db_done(&rows));
    return db_exec(c, &due_settings_forget, DB_ARGS(I64(tenant)), NULL);
}

/* From the beginning of time, so that a story told later (the demonstration) finds its limits too. */
#define ALWAYS ((ms)1)

err clock_install(struct db_conn *c, struct arena *a, int64_t tenant, ms now)
{
    struct limit_row      limits[4][6];
    struct faults         faults = { .arena = a };
    struct clock_imported made;
    int64_t               id;
    memcpy(limits, shipped, sizeof limits);
    TRY(take_over(c, tenant, now, limits));
    TRY(clock_calendar_import(c, a, tenant, STR(CALENDAR_NAME), embedded_find(clock_calendars, CALENDAR_FILE), now, 0, &faults, &made));
    TRY(hours_insert(c, tenant, STR(""), str_of(clock_week_shipped), ALWAYS, 0, &id));
    for (int severity = 1; severity <= 3; severity++)
        TRY(policy_insert(c, tenant, 0, severity, limits_write(a, limits[severity], 6), ALWAYS, 0, &id));
    return OK;
}
