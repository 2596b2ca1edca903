/* case_clock.h: the clock of a case: what a move does to its due time, and what is asked of whoever approves. Private to this folder. */
#ifndef LINLI_CASE_CLOCK_H
#define LINLI_CASE_CLOCK_H

#include "case_parts.h"
#include "../clock/clock.h"

/* What a move has to know of working time. book NULL: no limits (what another system's were). */
struct case_times {
    const struct clock_book    *book;
    const struct unit_snapshot *units;
    struct chain                categories;   /* of the case, deepest first */
};

/* ---- rules: pure ---- */

/* The clock after a move from `from`: a new step starts a new limit; waiting and suspended stop the clock and carry what was left; an extension
 * adds working days to the day on which it was due; a closed case has none. */
void case_clock_turn(struct case_row *c, enum case_state from, const struct case_move *m, const struct case_times *t);

/* Computes the due time again with the calendar of now. False: nothing changed. */
bool case_clock_again(struct case_row *c, const struct case_times *t);

/* Who answers for the present step: the organisation that has the case, the level that holds it, or, for what is done on the spot, its place. */
struct unit_ref case_responsible(const struct case_row *c);
/* When the next reminder is due after one was sent at `now`, and its number. Past the due time there is one a day. */
void case_clock_reminded(struct case_row *c, ms now);
/* The reminder after one sent at `now`, of anything due at `due`: when it is due, then daily. */
ms   case_clock_next(ms due, ms now);
/* The clock does not run: what was left waits. */
static inline bool case_clock_stopped(const struct case_row *c) { return c->left_unit != CLOCK_NONE; }

/* ---- with what is in force ---- */

struct case_times case_times_hold(struct app *app, struct arena *a, const struct case_row *c);
void              case_times_release(struct app *app, const struct case_times *t);

/* The end of business on the day of `t` where the case is answered for. */
ms case_day_end(struct app *app, const struct case_row *c, ms t);

/* When most of the working time from `from` to `due` is over where the unit works: the first reminder. due 0: 0. */
ms case_clock_early(struct app *app, struct unit_ref unit, ms from, ms due);

/* case_move, and then the clock. */
MUST err case_step(struct app *app, struct arena *a, struct case_row *c, const struct case_move *m, struct case_event *e);

/* Reminders and the recomputing of due times: case_remind.c. Registers their jobs. */
void case_remind_start(struct app *app);
/* Sends the reminders that are due at `now`, at most so many; *sent: how many. For the job and the test. */
MUST err case_remind_round(struct app *app, ms now, size_t most, size_t *sent);

#endif
