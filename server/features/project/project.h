/* project: what is done about several cases or needs at once: a team, milestones, money, evidence, acceptance by those it was for. */
#ifndef LINLI_PROJECT_H
#define LINLI_PROJECT_H

#include "../../http/app.h"

extern const struct feature project_feature;

/* ---- an organisation closes, or becomes part of another: project_succeed.c ---- */

/* Open projects that it runs, or to which it promised money that has not come in. */
MUST err project_held_by(struct db_conn *c, int64_t tenant, int64_t org, int64_t *out);
/* Another runs them from then on, and takes its place in teams and among those who pay. */
MUST err project_take_over(struct req *r, int64_t from, int64_t to);

/* ---- for the demonstration; inside a write ---- */

struct project_made_step   { struct str title; ms due, done; struct str evidence; };     /* done 0: not yet */
struct project_made_source { int64_t org, pledge, promised, paid; struct str who, note; };   /* pledge: of an agreement, which this money keeps; 0: none */
struct project_made_member { int role; int64_t person, org; struct str duty; };         /* role: 1 lead, 2 captain, 3 liaison, 4 member */
struct project_made {
    struct unit_ref                   unit;
    int64_t                           area, account;      /* account: who wrote it */
    struct str                        kind, title, text;
    ms                                begins_at, due_at;
    bool                              under_way;
    const struct project_made_member *team;
    const struct project_made_step   *steps;
    const struct project_made_source *sources;
    size_t                            members, step_count, source_count;
    int64_t                           spent;
    struct ids                        cases;
    struct str                        spent_on, progress;  /* progress: its last word, public */
};
MUST err project_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct project_made *in, ms now, int64_t *id);

#endif
