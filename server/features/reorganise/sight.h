/* What a change of the tree of organisations does to rights: who would hold which permission where that they do not hold there now, and the
 * other way round. Pure. */
#ifndef LINLI_REORGANISE_SIGHT_H
#define LINLI_REORGANISE_SIGHT_H

#include "../account/account.h"
#include "../unit/unit.h"

/* The organisations (struct unit_org_spot, in order of ids) over the tree of areas, which stays as it is. */
struct tree { const struct unit_snapshot *areas; struct list orgs; };

struct unit_org_spot *tree_find(const struct tree *t, int64_t org);   /* NULL: unknown */
struct tree           tree_copy(struct arena *a, const struct tree *t);
/* The organisation and all below it. */
struct ids            tree_below(struct arena *a, const struct tree *t, int64_t org);
/* Does a grant reach the organisation? The same rule as account_covers, on this tree. */
bool                  tree_covers(const struct tree *t, struct unit_ref grant, int64_t org);

/* One person: what they gain and lose at how many of the organisations looked at, and the first of those. */
struct sight { int64_t person; struct str name; perm_set gains, loses; int64_t gain_count, lose_count, gain_org, lose_org; };
/* grants: struct account_grant in order of persons. A right counts as held before only when it lasts as long as what would come. Only those for whom
 * something changes. list of struct sight. */
struct list sight_changes(struct arena *a, const struct tree *before, const struct tree *after, const struct list *grants, struct ids orgs, ms now);
/* Whoever holds the permission at one of the two but not at the other: at `to` (gains) or at `from` (loses). For what is handed from one to the other. */
struct list sight_between(struct arena *a, const struct tree *t, const struct list *grants, int64_t from, int64_t to, enum perm perm);
/* Does anybody gain? */
bool        sight_widens(const struct list *changes);

#endif
