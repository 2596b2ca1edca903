/* Reading counters and what stands behind them. Private to this folder. */
#ifndef LINLI_INSIGHT_READ_H
#define LINLI_INSIGHT_READ_H

#include "count.h"

struct totals { int64_t n[MEASURES]; };

/* Units whose counters make up a unit's: an area's own, as they hold what lies below; those of an organisation and its branches. */
struct ids unit_parts(const struct unit_snapshot *u, struct arena *a, struct unit_ref unit);

/* Sums over the days from … to, both included. */
MUST err insight_total(struct db_conn *c, int64_t tenant, struct ids parts, int64_t from, int64_t to, struct totals *out);
/* One for each day. */
MUST err insight_series(struct db_conn *c, struct arena *a, int64_t tenant, struct ids parts, int64_t from, int64_t to, struct totals **out);

#define OPEN_STATES 7
#define AGES        5   /* reported today; within 3 days; within 7; within 30; before */
struct standing { int64_t open, overdue, states[OPEN_STATES], ages[AGES]; };
/* What is open, and overdue since before this hour. */
MUST err insight_standing_of(struct db_conn *c, int64_t tenant, struct ids parts, int64_t hour, bool ages, struct standing *out);
/* Which of these have counters at all. */
MUST err insight_counted(struct db_conn *c, struct arena *a, int64_t tenant, struct ids units, struct ids *out);

/* The cases a number consists of, newest day first, then newest case. */
struct behind {
    struct unit_ref unit;
    int64_t         from, to;
    enum counter    measure;
    int             without;               /* another measure of the same kind: those not in it alone; -1: none */
    int64_t         after_day, after;      /* last row of the page before; after 0: from the beginning */
    size_t          most;
};
struct found_case { int64_t id, day; };
MUST err insight_behind(struct db_conn *c, struct arena *a, int64_t tenant, const struct unit_snapshot *u, const struct behind *q,
                        struct found_case *out, size_t *n);

#define CATEGORIES_MOST 2000
#define MARKS_LOOKED_AT 60000
struct category_total { int64_t category, n[CATEGORY_COUNTERS]; };
/* from: the first day that was looked at, later than asked for when there are very many cases. */
struct category_totals { struct category_total *at; size_t len; int64_t from; size_t looked; };
MUST err insight_categories_of(struct db_conn *c, struct arena *a, int64_t tenant, const struct unit_snapshot *u, struct unit_ref unit, int64_t from,
                               int64_t to, struct category_totals *out);

#endif
