/* What the answers about a unit and about a city have in common. Private to this folder. */
#ifndef LINLI_INSIGHT_VIEW_H
#define LINLI_INSIGHT_VIEW_H

#include "read.h"

#define PERIOD_FIELDS(type)                                                                                                                   \
    FIELD_STR(type, from, 10, 10, 0, "First day, YYYY-MM-DD in the district's time zone; not given: 30 days up to the last"),               \
    FIELD_STR(type, to, 10, 10, 0, "Last day, included; not given: today")
enum { STEP_NOT_SAID, BY_DAY, BY_WEEK, BY_MONTH };
extern const char *const insight_step_words[];

struct period { int64_t from, to, today, hour; };
/* As asked for, else 30 days up to today. */
MUST err insight_period(struct req *r, struct str from, struct str to, struct period *out);

struct figure_view { struct str word; int64_t part, whole, rate, part_before, whole_before, rate_before; };
struct count_view { struct str word; int64_t count, before; };
extern const struct field insight_figure_fields[], insight_count_fields[];
/* Lists of the two, every figure and every measure. */
void insight_put(struct arena *a, const struct totals *now, const struct totals *before, struct list *figures, struct list *counts);

struct step_view { struct str from; struct totals t; };
extern const struct field insight_step_fields[];
/* days: one for each day of the period. */
struct list insight_steps(struct arena *a, const struct totals *days, const struct period *p, int step);

#endif
