/* Levels: which one holds a case (escalate 升级, delegate 下沉), which one supervises it (督办), and to which person of an organisation it was
 * handed (交办). Private to this folder. */
#ifndef LINLI_CASE_LEVEL_H
#define LINLI_CASE_LEVEL_H

#include "case_pick.h"

/* The caller holds perm by a grant at exactly this area. */
bool    case_granted_at(struct req *r, enum perm perm, int64_t area);
/* The lowest area at or above `area` at which the caller holds perm by a grant; 0: none. */
int64_t case_granted_from(struct req *r, enum perm perm, int64_t area);
/* At or above which a level supervises the case: above the level that holds it, or at it when an organisation has the case. */
int64_t case_superior_area(struct req *r, const struct case_row *c);

/* Where the caller may pass a case: the next level above at which somebody dispatches, and the areas below on its chain, the nearest first. */
struct level_choice { int64_t id; struct str name; int state; };   /* state: it is dispatched there, or handled there where nobody dispatches */
struct level_choices { struct level_choice *up; struct list down; };
extern const struct field case_levels_fields[];     /* struct level_choices */
MUST err case_levels(struct req *r, const struct case_row *c, struct level_choices *out);

/* JSON for the story: from which level to which, by id and by the names they have now; who supervises it and until when; an answer's other parts. */
struct str case_passed(struct app *app, struct arena *a, int64_t from, int64_t to);
struct str case_supervised(struct app *app, struct arena *a, int64_t area, ms due);
struct str case_answered(struct arena *a, struct str why_late, ms done_by);

/* Supervision, for the view. */
struct supervision_view { ms since, due_at, answered_at; int64_t area_id; struct str area_name; };
extern const struct field case_supervision_fields[];

/* What the caller's levels supervise: at most `most` cases, the first expected first; *n how many there are, counted to 1,000. */
MUST err case_supervising(struct req *r, struct picked *rows, size_t most, size_t *len, int64_t *n);

extern const struct route case_level_routes[];

#endif
