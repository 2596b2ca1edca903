/* unit: areas with versioned polygons, organisations that serve them, posts and appointments. */
#ifndef LINLI_UNIT_H
#define LINLI_UNIT_H

#include "../../http/app.h"

extern const struct feature unit_feature;

/* ---- the trees and polygons in memory: one immutable snapshot, swapped after a commit that changed them ---- */

struct unit_snapshot;

/* The present snapshot, held until unit_release. Cheap (a counter). */
const struct unit_snapshot *unit_hold(struct app *app);
void                        unit_release(const struct unit_snapshot *s);

/* What a point lies in. near: areas of the same level as the deepest one whose border is within the distance. */
struct unit_near { int64_t area; double metres; };
struct unit_place {
    int64_t          area;        /* deepest area that holds it; 0: outside every area */
    int64_t          shape;       /* version of its polygon */
    struct unit_near near[8];     /* neighbours across a border, nearest first */
    size_t           near_count;
};
void unit_find(const struct unit_snapshot *s, double lon, double lat, double border_metres, struct unit_place *out);

/* Tree questions; 0 or false for ids that are unknown. */
int64_t     unit_parent(const struct unit_snapshot *s, struct unit_ref u);
/* inner is outer or below it in the same tree; an area and an organisation are never within each other: ask with unit_area_of. */
bool        unit_within(const struct unit_snapshot *s, struct unit_ref inner, struct unit_ref outer);
int         unit_depth(const struct unit_snapshot *s, struct unit_ref u);                               /* root 0; -1 unknown */
struct str  unit_name(const struct unit_snapshot *s, struct unit_ref u);                                /* lives as long as the snapshot */
/* The name, copied; STR_NONE for 0 and for a unit that is unknown. */
struct str  unit_name_copy(struct arena *a, const struct unit_snapshot *s, enum unit_kind kind, int64_t id);
struct str  unit_name_of(struct req *r, enum unit_kind kind, int64_t id);                               /* of the present snapshot */
struct str  unit_kind_of(const struct unit_snapshot *s, struct unit_ref u);
/* The area itself, or the area an organisation belongs to (0: none). */
int64_t     unit_area_of(const struct unit_snapshot *s, struct unit_ref u);
bool        unit_in_use(const struct unit_snapshot *s, struct unit_ref u);
/* An organisation that is shown in the public directory. */
bool        unit_is_public(const struct unit_snapshot *s, struct unit_ref u);
int64_t     unit_root(const struct unit_snapshot *s);                                                   /* root area, 0 when there is none */
/* Ids of the area and all areas below it, as an arena array. */
struct ids  unit_subtree(const struct unit_snapshot *s, struct arena *a, struct unit_ref u);
/* Ids of the organisations that belong to the area or to one below it (unit_area_of), as an arena array. */
struct ids  unit_orgs_in(const struct unit_snapshot *s, struct arena *a, int64_t area);
/* The nearest area at or above `area` of this kind; 0: none. */
int64_t     unit_above_of_kind(const struct unit_snapshot *s, int64_t area, const char *kind);
/* Position of an area in the tree's depth-first order, and of the last area below it: "below" is a range test. */
void        unit_range(const struct unit_snapshot *s, struct unit_ref u, int32_t *first, int32_t *last);
/* A point inside the area's polygon (for demonstration data and labels). */
bool        unit_point_inside(const struct unit_snapshot *s, int64_t area, double *lon, double *lat);

/* Metres on the sphere between two places (mean radius of the IUGG, 6,371,008.8 m). */
double unit_metres(struct geo a, struct geo b);

/* ---- for the command line, the demonstration ---- */

struct unit_area_new { int64_t parent; const char *kind; struct str code, name, class_; struct str geojson; /* geometry or STR_NONE */ };
MUST err unit_area_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct unit_area_new *n, ms now, int64_t *id);
struct unit_org_new { int64_t parent, area; const char *kind; struct str name, code; bool is_public; };
MUST err unit_org_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct unit_org_new *n, ms now, int64_t *id);
MUST err unit_serve(struct db_conn *c, int64_t tenant, int64_t org, int64_t area, ms now);
/* Reads the database into a new snapshot and swaps it in. Called at start, and after commit by whatever changes areas or organisations. */
MUST err unit_reload(struct app *app);

/* ---- posts and appointments: who holds which post where, and until when. It grants no rights: roles do that. ---- */

struct unit_post {
    int64_t    id;
    struct str code, name_zh, name_en, duty_zh, duty_en;
    struct str unit_kinds;        /* kinds of units it may be held at, separated by blanks; empty: any */
    int64_t    term_months;       /* usual term; 0: open */
    bool       is_public;
    ms         closed_at;         /* 0: in use */
    int64_t    version;
};
MUST err unit_posts_install(struct db_conn *c, int64_t tenant);
/* All posts, in the order in which they were made: struct unit_post. */
MUST err unit_posts(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out);
/* One in use by its code or, as sheets have it, either of its names. ERR_UNKNOWN_REFERENCE (post). */
MUST err unit_post_find(struct db_conn *c, struct arena *a, int64_t tenant, struct str text, struct unit_post *out);
MUST err unit_post_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct unit_post *out);      /* ERR_NOT_FOUND */
/* May it be held at a unit of this kind? */
bool     unit_post_fits(const struct unit_post *p, struct str kind);
/* Midnight at which an appointment that begins at `from` ends by the post's usual term; 0: it stays open. */
ms       unit_post_until(const struct unit_post *p, ms from, int zone_minutes);

struct unit_appointment {
    int64_t         id, person_id, post_id, renews_id, letter_id, version;
    struct str      person, post, post_name_zh, post_name_en, letter_no, end_reason;
    struct unit_ref unit;
    ms              from, to;     /* to: exclusive; 0: open */
    ms              ended_at;     /* when it was ended before its term; 0: it was not */
};
struct unit_appoint {
    int64_t         person;
    struct str      post;         /* code or name */
    struct unit_ref unit;
    struct str      letter_no;    /* of a letter on paper; STR_NONE */
    ms              from, to;
    int64_t         renews, by;
};
/* Appoints. ERR_UNKNOWN_REFERENCE (post, unit_id), ERR_POST_KIND (unit_id), ERR_PERIOD (to), ERR_TAKEN (letter_no: another letter has it),
 * ERR_APPOINTED: the same person holds the same post there at that time. Inside a write. */
MUST err unit_appoint(struct db_conn *c, struct arena *a, int64_t tenant, const struct unit_appoint *n, ms now, int64_t *id);
MUST err unit_appointment_find(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct unit_appointment *out);   /* ERR_NOT_FOUND */
/* Ends one at `at`, which lies within its term. */
MUST err unit_appointment_end(struct db_conn *c, int64_t tenant, int64_t id, ms at, struct str reason, int64_t by, ms now);
/* Its letter in force. */
MUST err unit_appointment_letter(struct db_conn *c, int64_t tenant, int64_t id, int64_t letter, struct str no);
/* Uses up a number: ERR_TAKEN when a letter has it. */
MUST err unit_letter_number(struct db_conn *c, int64_t tenant, struct str no, ms now);

enum unit_appointments_state { APPOINTMENT_ANY, APPOINTMENT_CURRENT, APPOINTMENT_AHEAD, APPOINTMENT_ENDED, APPOINTMENT_ENDING };
struct unit_appointments_query {
    int64_t                      person, post;       /* 0: any */
    enum unit_appointments_state state;
    ms                           now, until;         /* until: APPOINTMENT_ENDING are those that end by then, soonest first; others newest first */
    int64_t                      after_id;           /* behind this one (0: from the beginning); with after_to its end, for ENDING */
    ms                           after_to;
};
#define UNIT_APPOINTMENTS_MOST 200
/* The next UNIT_APPOINTMENTS_MOST, whoever may see them: struct unit_appointment. */
MUST err unit_appointments(struct db_conn *c, struct arena *a, int64_t tenant, const struct unit_appointments_query *q, struct list *out);

/* Names from the district down to the unit, together, such as 示范区银杏街道梧桐里社区; an organisation below another one has its own alone. */
struct str unit_full_name(const struct unit_snapshot *s, struct arena *a, struct unit_ref u, const char *between);
/* In use and of this kind (UNIT_NONE: either), by exactly this name or code; {UNIT_NONE} when none or several fit (*several). */
struct unit_ref unit_by_name(const struct unit_snapshot *s, struct arena *a, enum unit_kind kind, struct str text, bool *several);

/* ---- what other features hang on areas: told before a redraw, and ended with an area that closes. They register at their start. ---- */

struct unit_held {
    int64_t    id, holder, role;      /* the same holder with the same role elsewhere holds the same thing */
    struct str who, title_zh, title_en;
    ms         from, to;
};
extern const struct field unit_held_map[];   /* for db_all, in the order of the members */
struct unit_held_kind {
    const char *word;
    bool        right;                /* gives rights: where an area takes others in it stays only for those who had it at each of them */
    err       (*list)(struct db_conn *c, struct arena *a, int64_t tenant, int64_t area, ms at, struct list *out);    /* struct unit_held, in force or ahead */
    err       (*end)(struct db_conn *c, struct app *app, int64_t id, ms at, int64_t by, ms now);
    /* Given, nothing of it ends: one by one it goes over to the area that takes the closing one in. Told as a finding, `moves`. */
    err       (*move)(struct db_conn *c, struct arena *a, struct app *app, int64_t id, int64_t to, int64_t by, ms now);
    const char *moves;
};
void unit_held_add(struct app *app, const struct unit_held_kind *kind);
/* Tells where the open cases of exactly this area lie that have a place between these degrees × 10,000,000: struct geo. */
struct unit_window { int64_t west, south, east, north; };
typedef err (*unit_open_cases)(struct db_conn *c, struct arena *a, int64_t tenant, int64_t area, struct unit_window w, struct list *out);
void unit_open_cases_set(struct app *app, unit_open_cases cases);
/* Tells people that a change of borders did not take effect on its day, inside the write that says so. */
typedef err (*unit_redraw_failed)(struct db_conn *c, struct arena *a, struct app *app, int64_t area, ms now);
void unit_redraw_failed_set(struct app *app, unit_redraw_failed tell);

/* What an organisation says in those fields of its kind that residents see: struct unit_fact, in the order of the fields. For a public one: ask first. */
struct unit_fact { struct str label_zh, label_en, value_zh, value_en; };
MUST err unit_org_facts(struct app *app, struct db_conn *c, struct arena *a, int64_t org, struct str kind, ms now, struct list *out);

/* ---- organisations change hands: unit_org_hand.c. Whether somebody may, and what it does to the rights of others, is for whoever calls. ---- */

struct unit_org { int64_t id, parent, area, version; struct str kind, name; ms valid_to; };
MUST err unit_org_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct unit_org *out);   /* ERR_NOT_FOUND */
/* Those in use directly below. */
MUST err unit_org_below(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, ms now, struct ids *out);
/* Where each organisation stands, those closed too, in order of ids: as it is in this transaction. */
struct unit_org_spot { int64_t id, parent, area; };
MUST err unit_org_spots(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out);
struct unit_org_held { int64_t children, posts, services, contacts; };
MUST err unit_org_holds(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, ms now, struct unit_org_held *out);
/* May it stand there? ERR_CYCLE, ERR_UNKNOWN_REFERENCE, ERR_ORG_CLOSED, ERR_PARENT_KIND (parent_id); ERR_UNKNOWN_REFERENCE, ERR_AREA_CLOSED (area_id). */
MUST err unit_org_fits(struct req *r, const struct unit_org *o, int64_t parent, int64_t area);
MUST err unit_org_place(struct req *r, int64_t org, int64_t parent, int64_t area);
/* Its use ends, and what it serves with it. into: what it became part of; 0: nothing. */
MUST err unit_org_end(struct req *r, int64_t org, int64_t into);
/* Posts, areas served, contacts, and values where the heir has none go over. A post that the heir cannot have, or that the person holds there
 * already, ends with the old one. */
MUST err unit_org_hand_over(struct req *r, int64_t from, int64_t to, struct str reason);

struct unit_import_options {
    const char *crs;              /* wgs84, gcj02, bd09 */
    const char *kind;             /* kind of the areas read */
    int64_t     parent;           /* 0: found by polygon (the deepest area of a higher kind that holds most of it), else the root */
    const char *name_property, *code_property;
    bool        dry_run;
};
/* Imports a FeatureCollection; *report is JSON (see docs/api.md). Nothing is changed on error or dry run. Inside a write. */
MUST err unit_import(struct db_conn *c, struct arena *a, struct app *app, struct str geojson, const struct unit_import_options *o, ms now,
                     int64_t by, struct str *report);

#endif
