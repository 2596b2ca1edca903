/* insight 研判: figures of cases by area and organisation, counted as the work is done. What each figure is: docs/figures.md; how they are kept:
 * README.md in this folder. */
#ifndef LINLI_INSIGHT_H
#define LINLI_INSIGHT_H

#include "../../http/app.h"

extern const struct feature insight_feature;

/* For `linli doctor`: counters against what they count (all), and that against the stories of cases across all time (thorough: of all).
 * *counters and *cases: how many differ; *looked: stories looked at; *complete: older cases have all been counted. */
MUST err insight_check(struct app *app, struct db_conn *c, bool thorough, int64_t *counters, int64_t *cases, int64_t *looked, bool *complete);

#endif
