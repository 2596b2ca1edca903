/* alliance: organisations of different trees that work together: complexes, district committees, joint conferences. Who is in, who leads, under
 * which charter, and what they did together. Being a member gives nobody any right. */
#ifndef LINLI_ALLIANCE_H
#define LINLI_ALLIANCE_H

#include "../../http/app.h"

extern const struct feature alliance_feature;

/* ---- for the demonstration: inside a write ---- */

struct alliance_new {
    const char *kind;                 /* of the setting alliance.kinds */
    struct str  name, brand, charter; /* brand, charter may be STR_NONE */
    int64_t     area, parent;         /* parent 0: none */
    int64_t     lead;                 /* organisation that leads, a member from the beginning */
    bool        is_public;
    ms          from;
};
MUST err alliance_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct alliance_new *n, ms now, int64_t *id);
/* An organisation joins. left 0: it is in now. */
MUST err alliance_join(struct db_conn *c, int64_t tenant, int64_t alliance, int64_t org, const char *role, ms joined, ms left, struct str reason,
                       ms now);

#endif
