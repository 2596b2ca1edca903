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

struct alliance_present {
    struct str name;
    bool       is_public, ended;   /* is_public: shown to residents, and at work */
    int64_t    area, lead;         /* lead 0: nobody, of one that has ended */
    ms         from;               /* founded */
    struct ids orgs;               /* in order of ids */
};
MUST err alliance_present(struct db_conn *c, struct arena *a, int64_t tenant, int64_t alliance, struct alliance_present *out);   /* ERR_NOT_FOUND */

/* Whoever holds alliance.manage at its area, or at the organisation that leads, manages it. */
bool alliance_may(struct req *r, int64_t area, int64_t lead);

/* ---- what is planned, read off the work of other features, which this one does not know: alliance_plan.c ---- */

enum alliance_planned_kind { PLANNED_NONE, PLANNED_RESOLUTION, PLANNED_MILESTONE, PLANNED_PLEDGE, PLANNED_CLAIM, PLANNED_NEED };
struct alliance_planned {
    enum alliance_planned_kind kind;
    int64_t                    id, of_id;         /* of_id: whose page shows it: a milestone's project, a pledge's agreement, a claim's need */
    struct str                 title, of_title;
    struct ids                 orgs;              /* who does it */
    ms                         at;                /* by when */
};
/* until: things due before; those that are late too. is_public: only what residents may see. SQL of a source may ask table alliance_member who is in
 * now: alliance_id, left_at IS NULL. */
/* What ties two organisations beside calls and alliances: an agreement that was in force within the period; its pledges that one of the two gave. */
struct alliance_tie { int64_t agreement, a, b, pledges, kept, late; ms at; };   /* at: the last moment within the period */
struct alliance_asks { int64_t alliance; bool is_public; ms until; size_t most; };
struct alliance_source {
    const char *word;                                                                          /* what may be linked to: project, agreement, need */
    err       (*planned)(struct req *r, const struct alliance_asks *q, struct list *out);      /* struct alliance_planned not done yet, the earliest first */
    err       (*named)(struct req *r, int64_t id, struct str *title);                          /* ERR_NOT_FOUND: none that the caller may see. NULL: no links */
    err       (*ties)(struct req *r, ms from, ms to, struct list *out);                        /* struct alliance_tie, in order of agreements. NULL: none */
};
void     alliance_source_add(struct app *app, const struct alliance_source *source);           /* at start; at most eight */
/* What an object of a source is called. ERR_NOT_A_CHOICE: no such word; ERR_NOT_FOUND. */
MUST err alliance_named(struct req *r, struct str word, int64_t id, struct str *title);
/* One id as a list. */
struct ids alliance_one_org(struct arena *a, int64_t org);

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
