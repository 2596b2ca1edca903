/* demo: a fictional district 示范区 that says it is one. The same seed gives the same district. */
#ifndef LINLI_DEMO_H
#define LINLI_DEMO_H

#include "../../http/app.h"

/* Fills a fresh tenant (made with demo = true, features started): map, organisations, people, rules, cases of the 90 days before now. */
MUST err demo_fill(struct app *app, uint64_t seed, ms now, int cases);

#endif
