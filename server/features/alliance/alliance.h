/* alliance: organisations of different trees that work together: complexes, district committees, joint conferences. Who is in, who leads, under
 * which charter, and what they did together. Being a member gives nobody any right. */
#ifndef LINLI_ALLIANCE_H
#define LINLI_ALLIANCE_H

#include "../../http/app.h"

extern const struct feature alliance_feature;

/* ---- an organisation closes, or becomes part of another: alliance_succeed.c ---- */

/* Where an organisation is in now, and in which role. */
struct alliance_seat { int64_t id; struct str name, role; };
extern const struct field alliance_seat_fields[];
MUST err alliance_seats(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, struct list *out);   /* struct alliance_seat, by name */
bool     alliance_leads(const struct alliance_seat *seat);
/* It leaves all of them. ERR_LEAD_NEEDED, and nothing changed, when it leads one. */
MUST err alliance_leave_all(struct req *r, int64_t org, struct str reason);
/* Another takes its seats, the lead too; where that one is a member already it keeps its own role, unless it takes the lead. */
MUST err alliance_take_over(struct req *r, int64_t from, int64_t to, struct str reason);

/* Its name, its area and who is in now (arena array), for what is made within it. ERR_NOT_FOUND: none, or it has ended. */
MUST err alliance_now(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct str *name, int64_t *area, struct ids *orgs);

/* ---- who is in now ---- */

struct alliance_present { struct str name; bool is_public; struct ids orgs; };   /* is_public: shown to residents, and at work; orgs in order of ids */
MUST err alliance_present(struct db_conn *c, struct arena *a, int64_t tenant, int64_t alliance, struct alliance_present *out);   /* ERR_NOT_FOUND */

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
