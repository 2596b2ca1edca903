/* insight 研判: figures of cases by area and organisation, counted as the work is done. What each figure is: docs/figures.md; how they are kept:
 * README.md in this folder. */
#ifndef LINLI_INSIGHT_H
#define LINLI_INSIGHT_H

#include "../../http/app.h"

extern const struct feature insight_feature;

/* What `linli doctor` is told: how many counters differ from what they count, and cases from their story; how many stories were looked at, and in how many
 * of them a step is missing or there twice; whether older cases have all been counted. */
struct insight_checked { int64_t counters, cases, looked, torn; bool complete; };

/* Counters against what they count (all), and that against the stories of cases across all time (thorough: of all). */
MUST err insight_check(struct app *app, struct db_conn *c, bool thorough, struct insight_checked *out);

#endif
