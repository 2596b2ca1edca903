/* alliance: what its files share among themselves. Other features include alliance.h alone. */
#ifndef LINLI_ALLIANCE_INSIDE_H
#define LINLI_ALLIANCE_INSIDE_H

#include "alliance.h"
#include "../case/case.h"
#include "../setting/setting.h"
#include "../unit/unit.h"

#define ALLIANCE_LEAD   "lead"     /* the role of whoever leads; the others are a setting */
#define ALLIANCE_MEMBER "member"   /* the role without another word */

/* ---- rules (alliance.c): pure ---- */

/* A level is the depth of the area: 0 district, 1 street, deeper: community. */
enum alliance_level { LEVEL_NONE, LEVEL_DISTRICT, LEVEL_STREET, LEVEL_COMMUNITY };
extern const char *const alliance_level_words[];
enum alliance_level alliance_level_of(int depth);   /* depth as unit_depth gives it; LEVEL_NONE below 0 */

/* The choice somebody wrote in a sheet: its code or its name in either language; NULL: none. */
const struct choice *choice_named(struct arena *a, const struct list *choices, struct str word);

/* How a stretch of membership ended. Stored: append only. */
enum member_end { ENDED_NOT, ENDED_ROLE, ENDED_LEFT, ENDED_ALLIANCE };
extern const char *const alliance_end_words[];

struct member_row {
    int64_t    alliance_id, id, org_id;
    struct str role;
    ms         joined_at, left_at;   /* left_at 0: now */
    int64_t    ended;
    struct str reason;
};
/* Two stretches share a moment; until 0 is open. */
bool periods_overlap(ms from, ms until, ms other_from, ms other_until);
/* Was this organisation in at that moment? rows: list of struct member_row. */
bool member_at(const struct list *rows, int64_t org, ms at);
/* Whoever leads now; NULL: nobody. */
const struct member_row *member_lead(const struct list *rows);
const struct member_row *member_by_id(const struct list *rows, int64_t id);

/* ---- the network (alliance_network.c): pure ---- */

/* Which organisations count. With members: both, while they were in. With orgs: at least one of two. Neither: all. */
struct network_filter {
    const struct list *members;   /* struct member_row of one alliance, NULL: no matter */
    struct ids         orgs;      /* in order of ids */
    bool               by_orgs;
};

struct network_node { int64_t org, cases; };   /* cases on which it worked with another */
/* a < b: positions of nodes. */
struct network_edge { int64_t a, b, calls, answered, cases, alliances, agreements, pledges, kept, late; };
struct network {
    struct list nodes;                        /* struct network_node, in order of ids */
    struct list edges;                        /* struct network_edge, in order of a and b */
    int64_t     cases, calls, answered, open; /* cases on which at least two worked; calls between two; of these answered, still open */
    int64_t     agreements;                   /* that tie two */
};
/* calls: struct case_whistle in order of cases; memberships: struct member_row of all alliances within the same period, in order of alliances. Two organisations are joined
 * by a call of one to the other's case, by a case on which both worked (whoever has it and handled it, whoever was called and answered), and
 * by an alliance both were in at the same time, and by an agreement of both (ties: struct alliance_tie). */
void network_build(struct arena *a, const struct list *calls, const struct list *memberships, const struct list *ties, const struct network_filter *f,
                   struct network *out);
/* What all sources tell of ties within a period. alliance_plan.c */
MUST err alliance_ties(struct req *r, ms from, ms to, struct list *out);

struct network_ask {
    int64_t org, other;   /* 0: any */
    bool    open;         /* only where a call of one to the other is open */
    bool    shared;       /* only those on which both worked */
};
/* The cases behind the figures: each once. */
struct ids network_cases(struct arena *a, const struct list *calls, const struct network_filter *f, const struct network_ask *ask);

/* ---- the database (alliance_db.c) ---- */

struct alliance_row {
    int64_t    id;
    struct str kind, name, brand;
    int64_t    area_id, parent_id;
    bool       is_public;
    ms         valid_from, valid_to;
    struct str end_reason;
    int64_t    version;
    int64_t    members, lead_id;   /* now; read only */
    struct str fold;
};
MUST err alliance_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct alliance_row *out);   /* ERR_NOT_FOUND */
MUST err alliance_all(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out);                       /* struct alliance_row, by id */
MUST err alliance_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct alliance_row *row, ms now);
MUST err alliance_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct alliance_row *row, ms now);   /* version + 1 */
MUST err alliance_touch(struct db_conn *c, int64_t tenant, int64_t id, ms now);                                         /* version + 1 */

MUST err member_insert(struct db_conn *c, int64_t tenant, const struct member_row *m, ms now, int64_t by);
MUST err member_end(struct db_conn *c, int64_t tenant, const struct member_row *m, ms at, enum member_end how, struct str reason);
MUST err members_end(struct db_conn *c, int64_t tenant, int64_t alliance, ms at);     /* all that are in, with their alliance */
MUST err members_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t alliance, struct list *out);   /* struct member_row, as they joined */
/* All memberships that share a moment with [from, to), in order of alliances. */
MUST err members_between(struct db_conn *c, struct arena *a, int64_t tenant, ms from, ms to, struct list *out);
/* Alliances this organisation is in now. */
MUST err alliances_with(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, struct list *out);    /* struct member_row */

struct charter_row { ms from; struct str text; ms created_at; };
MUST err charter_insert(struct db_conn *c, int64_t tenant, int64_t alliance, ms from, struct str text, ms now, int64_t by);
MUST err charters_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t alliance, struct list *out);  /* struct charter_row, newest first */

/* ---- what others registered (alliance_feature.c) ---- */

#define SOURCES_MOST 8
struct alliance_state {
    struct arena                 *arena;          /* this struct's own */
    const struct alliance_source *sources[SOURCES_MOST];
    size_t                        source_count;
};

/* ---- over HTTP ---- */

/* The alliance of the path, at work, which the caller manages: at its area or at the organisation that leads. members: its struct member_row. */
MUST err alliance_own(struct req *r, struct alliance_row *row, struct list *members);
/* Answers with the alliance as it is now. */
MUST err alliance_answer(struct req *r, int64_t id, bool created);
/* req_fault, unless the code is ERR_NONE. */
void     fault_unless_none(struct req *r, const char *field, enum err_code code);
/* The organisation exists and is in use: ERR_REQUIRED, ERR_UNKNOWN_REFERENCE, ERR_ORG_CLOSED. */
enum err_code org_fault(struct req *r, int64_t org);
/* What a member's row may be: role, dates, no second time. Faults are collected. */
void          member_check(struct req *r, const struct alliance_row *of, const struct list *members, const struct member_row *m);
struct list   alliance_choices(struct req *r, const char *setting);

extern const struct field alliance_view_fields[];   /* alliance_http.c */

err alliance_join_one(struct req *r);       /* alliance_member.c */
err alliance_change_role(struct req *r);
err alliance_leave(struct req *r);
extern const struct field join_fields[], role_fields[], leave_fields[];
struct join_body { int64_t org_id; struct str role; ms joined_at; };
struct role_body { struct str role, former; ms at; };
struct leave_body { struct str reason; ms at; };

err alliance_import(struct req *r);         /* alliance_import.c */
struct sheet_query { bool dry_run; };
extern const struct field sheet_query_fields[], sheet_view_fields[];

extern const struct unit_held_kind alliances_held;   /* alliance_succeed.c */
extern const struct route alliance_routes[], alliance_work_routes[], alliance_public_routes[], alliance_plan_routes[];

#endif
