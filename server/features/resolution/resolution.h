/* resolution: what those who sit together decided, who takes it on and by when, and what became of it. Of alliances now; whoever decides otherwise one
 * day writes into the same record. */
#ifndef LINLI_RESOLUTION_H
#define LINLI_RESOLUTION_H

#include "../../http/app.h"

extern const struct feature resolution_feature;

/* ---- an organisation closes, or becomes part of another ---- */

/* Open ones that it takes on. */
MUST err resolution_held_by(struct db_conn *c, int64_t tenant, int64_t org, int64_t *count);
/* Another takes on the open ones. */
MUST err resolution_take_over(struct req *r, int64_t from, int64_t to);

/* ---- for the demonstration; inside a write ---- */

struct resolution_made {
    int64_t    alliance;
    struct str title, text, meeting;   /* meeting STR_NONE: by circulation */
    ms         decided_at, due_at;     /* due_at 0: no day */
    struct ids orgs;
    bool       is_public;
    struct str done;                   /* STR_NONE: open; else what was said when it was done, at ended_at */
    ms         ended_at;
};
MUST err resolution_add(struct app *app, struct db_conn *c, struct arena *a, const struct resolution_made *in, ms now);

#endif
