/* Redrawing areas: split, merge, move a border, draw. In two parts like the import: a plan, made beside the database on a held snapshot,
 * and its short application inside a write. A redraw may wait for a day ahead; then it is planned anew on that day. */
#ifndef LINLI_UNIT_REDRAW_H
#define LINLI_UNIT_REDRAW_H

#include "unit_geo.h"
#include "unit_inside.h"

enum redraw_op { REDRAW_NONE, REDRAW_SPLIT, REDRAW_MERGE, REDRAW_BORDER, REDRAW_DRAW };
extern const char *const redraw_op_words[];

struct redraw_piece { struct str name, code; };
/* What is asked for: the body of the request, and what a redraw that waits keeps. */
struct redraw_ask {
    int         op;
    struct ids  areas;
    int64_t     parent_id, keeps;      /* keeps: split: which piece stays the area, 0 the largest */
    struct str  kind, line, geometry, crs, basis;
    struct list pieces;                /* names of new areas: struct redraw_piece */
    bool        clip, repair, dry_run;
    ms          effective;
};
extern const struct field redraw_ask_fields[];

/* An area that is touched, as it is and as it will be. */
struct redrawn {
    const struct unode *node;          /* NULL: a new one */
    int64_t             id, parent;
    struct str          name, code, kind;
    GEOSGeometry       *before, *after;   /* NULL: no polygon */
    bool                asked;         /* named in the request, or new; else a child that follows */
    bool                closes;
};

/* One thing worth a sentence. code: see redraw_finding_fields. */
struct redraw_finding { struct str code, name, other; int64_t area_id, other_id, m2, count; };

/* What hangs on an area that closes or grows: a role, a post, a service. */
struct redraw_end { struct str what, who, title_zh, title_en, area; int64_t area_id, id; ms at; const struct unit_held_kind *kind; bool told; };

struct redraw {
    struct app                 *app;
    struct arena               *arena;
    const struct unit_snapshot *s;          /* held by the caller while the plan lives */
    const struct redraw_ask    *ask;
    ms                          at;         /* from when it holds */
    enum crs                    crs;
    struct area_kinds           kinds;
    double                      fill_m2, outside_percent;
    struct geos                 geo;
    struct redrawn             *areas;      /* those asked for first */
    size_t                      count, room;
    struct redraw_finding      *findings;
    size_t                      finding_count, finding_room;
    struct redraw_end          *ends;
    size_t                      end_count;
    GEOSGeometry               *border;     /* REDRAW_BORDER: the present one between the two, NULL when they share none */
    struct str                  basis;      /* changes with the areas asked for; a plan for another basis is void */
    struct str                  repaired;   /* why a drawn shape had to be */
};

/* Plans. A dry run may leave names of pieces out, and of a border its line: then nothing moves and the present border is told. Errors name
 * areas, line, geometry, pieces, parent_id or crs. On error nothing is held. */
MUST err redraw_plan(struct app *app, const struct unit_snapshot *s, struct arena *a, const struct redraw_ask *ask, ms at, struct redraw **out);
/* Gives back what the plan holds outside the arena. */
void     redraw_close(struct redraw *p);
/* Reads what hangs on the areas: open cases, roles, posts, services. Inside a read. */
MUST err redraw_look(struct db_conn *c, struct redraw *p);
/* Writes it. ERR_CONFLICT when areas changed since the plan was made. Inside a write. */
MUST err redraw_apply(struct db_conn *c, struct redraw *p, ms now, int64_t by);

/* ---- geometry (unit_redraw_geo.c) ---- */

/* The line made ready to cut `whole`: its vertices snapped to those of the border, ends that all but reach the border carried across it. */
GEOSGeometry *cut_line(struct geos *g, const GEOSGeometry *line, const GEOSGeometry *whole);
/* The parts into which the line cuts a shape, largest first; those below fill m² belong to the neighbour they share most border with.
 * Together they are the shape: no gap, no overlap. The caller drops them. */
size_t        cut_shape(struct geos *g, const GEOSGeometry *whole, const GEOSGeometry *line, double fill, GEOSGeometry ***parts);
/* Lines that two shapes share, joined; NULL: none. */
GEOSGeometry *shared_border(struct geos *g, const GEOSGeometry *a, const GEOSGeometry *b);
/* Length in degrees of what they share. */
double        shared_length(struct geos *g, const GEOSGeometry *a, const GEOSGeometry *b);
/* Union, difference and intersection, polygons only; NULL when nothing is left. NULL is an empty shape. */
GEOSGeometry *shape_plus(struct geos *g, const GEOSGeometry *a, const GEOSGeometry *b);
GEOSGeometry *shape_less(struct geos *g, const GEOSGeometry *a, const GEOSGeometry *b);
GEOSGeometry *shape_both(struct geos *g, const GEOSGeometry *a, const GEOSGeometry *b);
GEOSGeometry *shape_same(struct geos *g, const GEOSGeometry *a);

/* ---- inside ---- */

bool            redraw_stands(const struct redraw *p, const struct unode *n);
struct redrawn *redraw_touch(struct redraw *p, const struct unode *n);
struct redrawn *redraw_of(const struct redraw *p, int64_t area);           /* NULL: not touched */
void            redraw_find(struct redraw *p, struct redraw_finding f);    /* tells it */
void            redraw_replace(struct redraw *p, GEOSGeometry **at, GEOSGeometry *with);
/* unit_redraw_follow.c: children follow what their area gave away; who looks after the pieces; what does not fit afterwards. */
void            redraw_shift(struct redraw *p, const struct redrawn *from, const struct redrawn *to, const GEOSGeometry *region);
void            redraw_share_out(struct redraw *p, const struct redrawn *whole);
void            redraw_misfits(struct redraw *p);

/* ---- redraws that wait (unit_redraw_wait.c) ---- */

struct redraw_row { int64_t id, area_id, created_by; struct str body, basis, outcome, reason; ms effective, created_at, done_at; };
MUST err redraw_wait(struct db_conn *c, struct arena *a, int64_t tenant, const struct redraw *p, ms now, int64_t by, int64_t *id);
MUST err redraw_waiting(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct redraw_row *out);   /* ERR_NOT_FOUND */
/* Newest first, at most 200: struct redraw_row. */
MUST err redraw_list(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out);
/* Settles one that waits; ERR_WRONG_STATE when it no longer does. */
MUST err redraw_settle(struct db_conn *c, int64_t tenant, int64_t id, const char *outcome, struct str reason, ms now);
MUST err redraw_read_ask(struct arena *a, struct str body, struct redraw_ask *out);
/* Applies what has become due; called every second by the process that serves. */
void     redraw_due(struct app *app);

extern const struct unit_held_kind unit_services_held, unit_posts_held;
extern const struct route unit_redraw_routes[];

#endif
