/* Counters in the database. Private to this folder. */
#ifndef LINLI_INSIGHT_COUNT_H
#define LINLI_INSIGHT_COUNT_H

#include "facts.h"
#include "../job/job.h"
#include "../unit/unit.h"

/* The first two are stored. */
enum grain { GRAIN_DAY = 1, GRAIN_MONTH, GRAIN_HOUR };
/* Areas down to this depth (root 0) have counters by category: further down they are as many as the cases. */
#define CATEGORY_DEPTH 0

enum category_counter { CATEGORY_reported, CATEGORY_due, CATEGORY_closed_on_time, CATEGORY_closed, CATEGORY_COUNTERS };

/* Order of what is done before a commit: behind everything of other features. A rebuild reads what all steps of the group have stored, so it
 * replaces the counters after their last change. */
#define ORDER_GATHER  (INT64_MAX - 2)
#define ORDER_FLUSH   (INT64_MAX - 1)
#define ORDER_REBUILD INT64_MAX

struct insight_state {
    struct arena *own;     /* what this lies in */
    struct arena *arena;   /* of what is summed up; the writer's thread alone uses it */
    int64_t       groups;          /* whose counters were written; the same */
    int64_t       groups_a_part;   /* 0: as the engine needs it */
};

/* ---- facts ---- */

/* What is counted of a case now; all zero when nothing is. */
MUST err facts_load(struct db_conn *c, int64_t tenant, int64_t case_id, struct facts *out);
/* Stores the difference in facts, and leaves that of the counters for the end of the group. Inside a write. late: of a case that is counted after
 * it happened; its counters begin no part. */
MUST err facts_store(struct db_conn *c, struct app *app, const struct facts *was, const struct facts *is, bool late);
/* Those of the cases from first to last, in order of their ids. out: list of struct facts; cases of which nothing is counted are left out. */
MUST err facts_between(struct db_conn *c, struct arena *a, int64_t tenant, int64_t first, int64_t last, struct list *out);
/* Each case's facts, in order of their ids. */
MUST err facts_each(struct db_conn *c, int64_t tenant, err (*fn)(void *arg, const struct facts *f), void *arg);

/* The keeper of the case feature. */
err insight_on_case(struct db_conn *c, struct app *app, const struct case_kept *now, const struct case_kept_step *steps, size_t n);

/* ---- rows of counters, summed up in memory: sums.c ---- */

enum count_of { OF_UNIT, OF_HOUR, OF_CATEGORY };   /* rows of insight_sum, of insight_hour, of insight_category */
#define COUNT_HOUR 0                               /* of a row by the hour: its one counter, open_due */
struct count_row { enum count_of of; int64_t unit, category, grain, day; int64_t n[COUNTERS]; };   /* day: of an hour its number; n: counters_in(of) of them */
int counters_in(enum count_of of);
struct sums;
/* Hours before from_hour are not kept. */
struct sums *sums_new(struct arena *a, int64_t from_hour);
/* Adds a share to its unit, the areas above it, by day and by month, some by the hour, and by category. */
void         sums_add(struct sums *s, const struct unit_snapshot *u, const struct share *x);
/* Takes a stored row off: what is left is what differs. */
void         sums_subtract(struct sums *s, const struct count_row *row);
/* Rows with anything in them, in order of what they are and of their keys. */
size_t       sums_rows(struct sums *s, struct count_row ***out);

/* ---- SQL: counters.c ---- */

/* Adds rows as sums_rows has them to what is stored. part: of a unit's sums (docs/decisions/figures.md); 0 is the one that stays. */
MUST err counters_add(struct db_conn *c, int64_t tenant, int64_t part, struct count_row *const *rows, size_t n);
/* All parts become part 0. */
MUST err counters_join(struct db_conn *c, int64_t tenant);
/* The counters of hours before this one are of no more use. */
MUST err counters_forget(struct db_conn *c, int64_t tenant, int64_t before_hour);
MUST err counters_clear(struct db_conn *c, int64_t tenant);
/* Every stored row. */
MUST err counters_each(struct db_conn *c, int64_t tenant, err (*fn)(void *arg, const struct count_row *row), void *arg);

/* ---- recount.c ---- */

/* The first hour of today: of what fell due before, the days tell. */
int64_t insight_hours_from(const struct app *app);
extern const struct job_kind insight_keep_kind, insight_recount_kind;
/* Rolls the counters up anew when an area has moved since they were. */
MUST err insight_mind_tree(struct app *app);
/* Cases from before the counters that have been counted, of how many; equal when all have. */
MUST err insight_progress(struct db_conn *c, int64_t tenant, int64_t *done, int64_t *total);

extern const struct route insight_routes[];

#endif
