/* After closing: calling reporters back 回访, and appeals 申诉. What these files share with the rest of the folder. Private. */
#ifndef LINLI_CASE_CALL_H
#define LINLI_CASE_CALL_H

#include "case_parts.h"

/* ---- call-backs: case_call.c ---- */

/* From when the reporter of a case that closes now with this outcome is called back; 0: not at all. */
MUST err case_call_plan(struct req *r, const struct case_row *c, enum case_outcome outcome, ms *from);
/* Whether the id is among those called when every n-th is: pure, the same at any time. every 0: nobody. */
bool case_call_chosen(int64_t id, int64_t every);

/* One try, stored beside its step. */
struct case_try {
    int64_t    seq;
    ms         at;
    int64_t    reached, contacted, solved, stars;
    struct str word, actor;   /* actor: read only */
};
/* The same for the story, as JSON. */
struct str case_call_data(struct arena *a, const struct case_try *t);
MUST err case_try_put(struct db_conn *c, int64_t tenant, int64_t case_id, const struct case_try *t, int64_t account);

/* How many wait for the caller now; capped: `most`, to which they are counted, or more. */
struct case_calls { int64_t waiting; bool capped; };
MUST err case_calls_count(struct req *r, int64_t most, struct case_calls *out);

/* For the view of a case, for staff. NULL: there is nothing to tell. */
struct case_call_view { int state; ms from; int64_t tries, most; struct list items; };
extern const struct field case_call_view_fields[];
MUST err case_call_view_of(struct req *r, const struct case_row *c, struct case_call_view **out);

extern const struct route case_call_routes[];

/* ---- appeals: case_appeal.c ---- */

extern const struct route case_appeal_routes[];
struct case_appeal_view { int state, ground; ms at; struct str by, reason; ms decided_at; struct str decided_by, answer; };
extern const struct field case_appeal_view_fields[];
/* From the row and the story; NULL: there was none since the last closing. */
struct case_appeal_view *case_appeal_view_of(struct arena *a, const struct case_row *c, const struct case_event *events, size_t n);
/* Adds, to rows in order of their due time, the cases of which the caller may decide the appeal; keeps the order. */
struct picked;
MUST err case_appeals(struct req *r, struct picked *rows, size_t *n, size_t most);

#endif
