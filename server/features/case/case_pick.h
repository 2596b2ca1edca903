/* Picking cases for lists: which rows, in which order, quickly at any size. Private to this folder.
 *
 * A list is a union of arms (what the caller may see by area, by organisation, as reporter). Each arm is a set of conditions. For each the
 * cheapest way is taken: first the newest rows as they come, which fills a page when many rows fit; else the condition that fits the fewest
 * rows drives, one index range per value, each cut off at the page's last row so far. */
#ifndef LINLI_CASE_PICK_H
#define LINLI_CASE_PICK_H

#include "case_parts.h"

enum pick_order { PICK_NEW, PICK_OLD, PICK_DUE };

/* A set of ids: any, or exactly these (possibly none). */
struct pick_set { bool any; struct ids ids; };

struct pick_arm {
    struct pick_set states, areas, orgs, categories;
    struct ids      called;                      /* an organisation of these was called by whistle and did not return the call */
    struct pick_set call_back, appeal;           /* how its call-back, its appeal stands; no ids: any */
    struct pick_set held;                        /* level that holds it since it was passed up or down; no ids: any */
    int64_t         source, reporter, handler, assignee;   /* 0: any */
    ms              due_before, due_from;        /* 0: any */
    bool            open;                        /* not closed or rejected */
    bool            by_area;                     /* case_arms: narrowed by the areas where the right is held */
    bool            no_org, has_org;             /* no organisation has it; one has */
    bool            unheld;                      /* it was passed neither up nor down */
    bool            supervised;
    bool            bbox;
    int64_t         box[4];                      /* lon min, lon max, lat min, lat max; degrees × 10,000,000. The arms of a pick have one */
};

/* PICK_DUE: the areas whose open cases were walked through once for several arms, and the cases that were met, of anybody's, each once and in
 * no order. cut: there are more of the caller's, behind the rows given. whole: all there are were met. */
struct pick_walk { struct ids areas, met; bool cut, whole; };

struct pick {
    const struct pick_arm *arms;
    size_t                 arm_count;
    enum pick_order        order;
    int64_t                after;       /* id of the last row before the page; 0: from the beginning */
    ms                     after_due;   /* PICK_DUE: its due time */
    size_t                 most;        /* rows wanted */
    bool                   any;         /* when there are as many, any of them will do */
    struct ids             among;       /* PICK_NEW, PICK_OLD: only of these rows; len 0: of all */
    struct pick_walk      *walk;        /* told what was walked through; NULL: nobody asks */
    size_t                 walk_most;   /* no more is walked through when so many were met, and only what comes first is given; 0: to the end */
};

/* By PICK_DUE with due_at, state and supervised; due_at PICK_NO_DUE: no limit; such rows come last. Else, of what the indexes of cells gave, with the
 * place, state and due_at, 0: no limit; of others with none of these. */
struct picked { int64_t id, due_at; int32_t lon_e7, lat_e7, state; bool supervised; };
#define PICK_NO_DUE INT64_MAX

/* Their ids as SQL takes a set of them (db_keys). */
struct str picked_keys(struct arena *a, const struct picked *rows, size_t n);

/* The first `most` rows in order, each once. Fewer: there are no more. */
MUST err case_pick(struct req *r, const struct pick *p, struct picked *out, size_t *n);

/* How many of those rows there are, `most` at most. */
MUST err case_pick_count(struct req *r, const struct pick *p, size_t *n);

/* ---- what lies in a box on the map: case_box.c ---- */

/* A case as the indexes of cells have it. org 0: none; due_at 0: no limit. */
struct case_in_box { int64_t id, due_at, category, area, org; int32_t lon_e7, lat_e7, state; };

/* The cells that a box touches: small ones where these are not too many to be asked one by one; no numbers where the others are too. */
struct case_cells { const struct case_grid *grid; const int64_t *box; struct ids numbers; };
struct case_cells case_box_cells(struct arena *a, const int64_t box[4]);
/* The newest or oldest cases of one cell that lie in the box, in order; of ids between these two. */
struct case_stretch { int64_t cell, above, below; bool oldest; size_t most; };
MUST err case_cell_rows(struct req *r, const struct case_cells *c, const struct case_stretch *s, struct case_in_box *out, size_t *n);
/* How many cases all the cells have, `most` at most. */
MUST err case_cells_count(struct req *r, const struct case_cells *c, int64_t most, int64_t *out);

/* The cases in a box, by id. Not few: only some of them were gathered. */
struct case_boxed { struct case_in_box *at; size_t len; bool few; };
MUST err case_box_few(struct req *r, const int64_t box[4], struct case_boxed *out);

/* ---- sets ---- */

/* The ids of both, sorted, each once. */
struct ids pick_joined(struct arena *a, struct ids x, struct ids y);
/* The ids of sorted x that are in sorted y too. */
struct ids pick_common(struct arena *a, struct ids x, struct ids y);
/* Whether an id is in a sorted set. */
bool       pick_has(struct ids sorted, int64_t id);

/* Ids of the cases under supervision, sorted; at most 5,000. */
MUST err case_supervised_all_ids(struct req *r, struct ids *out);

/* Adds, to rows in order of their due time, the cases of which the caller may approve what was asked; keeps the order. */
MUST err case_requests(struct req *r, struct picked *rows, size_t *n, size_t most);

/* Arms for what the caller may see with perm; PERM_CASE_READ adds what the caller reported. None: they may see nothing. `with` is copied
 * into each and its areas and orgs narrowed. */
struct pick_arm *case_arms(struct req *r, enum perm perm, const struct pick_arm *with, size_t *n);
/* Arms for the cases of which `who` says that they wait for the caller: exactly those with which case_access.c lets them go on. who: BY_HOLDER,
 * BY_UPWARDS, BY_AREA or BY_ORG, as in the table of states. At most three. */
struct pick_arm *case_waiting_arms(struct req *r, enum perm perm, enum case_who who, const struct pick_arm *with, size_t *n);

#endif
