/* What is known already: cases alike, merging, followers, the public map. What these files share with the rest of the folder. Private. */
#ifndef LINLI_CASE_MATTER_H
#define LINLI_CASE_MATTER_H

#include "case_parts.h"

/* ---- what everybody may know of a case, in a line: case_brief.c ---- */

struct case_brief {
    int64_t                   id;             /* 0, shown as null, for whoever may not read the case */
    struct str                code, title;    /* title: when released, or for staff */
    int                       state, outcome;
    struct case_category_ref *category;
    struct str                area_name;      /* never closer than the grid, or for staff the area itself */
    bool                      released;
    ms                        reported_at, closed_at;
};
extern const struct field case_brief_fields[];
/* staff: the caller reads the case. Copies what it takes from the snapshots. */
void case_brief(struct req *r, const struct unit_snapshot *u, const struct case_snapshot *s, const struct case_row *c, bool staff,
                struct case_brief *out);
/* The same with snapshots of its own. */
void case_brief_now(struct req *r, const struct case_row *c, bool staff, struct case_brief *out);
/* The area a stranger is told: the grid, else the community, else the area itself. */
int64_t case_approximate(const struct unit_snapshot *u, int64_t area);

/* ---- the grid that the index of near cases and the public map share: case_brief.c ---- */

/* Cells of 0.002 degrees each way: some 220 m from south to north, numbered row by row from 180° W and 90° S. The index cases_cell computes the same. */
#define CASE_CELL_E7    20000
#define CASE_CELLS_WIDE 200000       /* more than there are in a row */
#define CASE_WEST       1800000000   /* shifts that make both coordinates positive, so that division rounds one way */
#define CASE_SOUTH      900000000
/* As the index has it: written alike, or it is not used. 3,000,000,000 is more than four bytes hold, so that PostgreSQL, where degrees have no more, reckons in
 * eight; what it is too much by goes again as whole cells. */
#define CASE_CELL_SQL "(((lat_e7 + 3000000000) / 20000 - 105000) * 200000 + (lon_e7 + 3000000000) / 20000 - 60000)"
/* Sixteen to each of them, some 55 m high, for boxes of a few houses: the index cases_spot. */
#define CASE_SPOT_E7    5000
#define CASE_SPOTS_WIDE 800000
#define CASE_SPOT_SQL "(((lat_e7 + 3000000000) / 5000 - 420000) * 800000 + (lon_e7 + 3000000000) / 5000 - 240000)"
struct case_cell { int64_t x, y; };
struct case_cell case_cell_at(int64_t lon_e7, int64_t lat_e7);
int64_t          case_cell_number(struct case_cell c);
/* Its middle. */
void case_cell_middle(struct case_cell c, int64_t *lon_e7, int64_t *lat_e7);

/* ---- followers: case_follow.c ---- */

extern const struct route case_follow_routes[];
/* Registers the followers as an audience of messages. */
void     case_follow_start(struct app *app);
/* Tells the followers of a step that concerns the reporter too. */
MUST err case_follow_tell(struct req *r, const struct case_row *c, const struct case_event *e);
/* A case was merged: its followers are told and follow the survivor, and so does its reporter. */
MUST err case_follow_merge(struct req *r, const struct case_row *c, const struct case_row *into);
/* That is undone: those who came with it go back. */
MUST err case_follow_part(struct req *r, int64_t id);

/* ---- merging: case_merge.c ---- */

/* Cases merged into this one, at most 50, as rows. list of struct case_row. */
MUST err case_merged_rows(struct req *r, int64_t id, struct list *out);

/* ---- cases alike: case_alike_http.c ---- */

extern const struct route case_alike_routes[];

/* ---- the public map: case_public_map.c ---- */

extern const struct route case_public_routes[];
void case_public_start(struct app *app);
void case_public_stop(struct app *app);

#endif
