/* unit: what its files share among themselves. Other features include unit.h alone. */
#ifndef LINLI_UNIT_INSIDE_H
#define LINLI_UNIT_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>

#include "unit.h"
#include "unit_shape.h"

/* ---- the snapshot ---- */

/* An area or organisation. Its place in the array is its place in depth-first order: areas first, then organisations. */
struct unode {
    int64_t        id, parent_id, area_id;    /* area_id: organisations only */
    int64_t        shape_id, version;
    ms             valid_from, valid_to;
    struct str     name, kind, code, class_, fold;   /* fold: name folded for matching */
    struct shape  *shape;                     /* NULL: no polygon */
    int32_t        parent, last, depth;       /* parent -1: a root; last: of its subtree, inclusive */
    int32_t        children;
    enum unit_kind unit;
    int8_t         kind_order;                /* place of its kind in the list of kinds */
    bool           is_public;
};

/* Areas with a polygon that are in use, deepest first, under a grid over all their boxes: a cell lists those whose box touches it. */
struct locator {
    const struct unit_snapshot *of;
    struct box                  box;
    struct located { const struct shape *shape; struct box box; int32_t node; } *areas;
    int32_t                     count, across, down;
    double                      per_lon, per_lat;     /* cells in a degree */
    uint32_t                   *cell_from;            /* cells + 1 positions in cell_areas */
    int32_t                    *cell_areas;
};

struct unit_snapshot {
    struct unit_state *state;
    int                slot;
    struct arena      *arena;
    uint64_t           moment;                /* db_snapshot it was read at */
    uint64_t           mark;                  /* changes with whatever was read; for ETags */
    int64_t            stamp;                 /* grows with every row and version; see unit.c */
    ms                 now;                   /* when it was read */
    struct unode      *nodes;
    int32_t            count, areas;          /* nodes[0 … areas) are areas */
    int32_t           *table;                 /* id → node, open addressing, -1 empty */
    uint32_t           table_mask;
    int32_t            root;                  /* -1: none */
    struct locator     locator;
};

/* Raw rows → tree, table, locator. rows is an array of count nodes in the arena, parents by id; it is reordered into depth-first order. */
void snapshot_arrange(struct unit_snapshot *s, struct unode *rows, int32_t count);
/* Node of an id, NULL when unknown. */
const struct unode *snapshot_node(const struct unit_snapshot *s, struct unit_ref u);
void locator_build(struct locator *l, const struct unit_snapshot *s, struct arena *a);
/* The first area, deepest first, that holds the point; -1: none. */
int32_t locator_at(const struct locator *l, double lon, double lat);
/* Gives back shapes and memory. */
void snapshot_free(struct unit_snapshot *s);

/* ---- the state: slots that hold snapshots ---- */

#define HELD_MOST 8   /* kinds of things that hang on areas, one place left empty */

#define SLOTS 64   /* snapshots alive at once: the present one and those still held */

struct unit_state {
    struct arena    *arena;
    struct app      *app;
    _Atomic(int)     present;           /* slot of the present snapshot, -1 before the first */
    struct slot {
        _Atomic(int64_t)      held;
        struct unit_snapshot *snapshot;
    }                slots[SLOTS];
    pthread_mutex_t  mutex;             /* publishing, and freeing what is no longer held; never taken by a reader of the present one */
    pthread_cond_t   freed;
    pthread_mutex_t  loading;           /* one reads the database at a time */
    pthread_t        watcher;           /* sees what another process changed */
    pthread_mutex_t  watch_mutex;
    pthread_cond_t   stop;
    bool             watching, stopping;
    pthread_mutex_t  outline_mutex;
    struct arena    *outlines;          /* outlines printed for the present snapshot, see unit_http_map.c */
    struct outline  *outline_first;
    int              outline_count;
    unit_redraw_failed redraw_failed;   /* NULL: nobody is told */
    const struct unit_held_kind *held[HELD_MOST];   /* what hangs on areas; NULL behind the last */
    unit_open_cases  open_cases;        /* NULL: nobody knows of any */
    _Atomic(bool)    serving;           /* this process applies redraws that become due */
};

struct unit_state          *state_new(struct app *app);
void                        state_free(struct unit_state *st);
const struct unit_snapshot *state_hold(struct unit_state *st);
/* Makes s the present snapshot; the one before is freed when its last holder lets go. */
void                        state_publish(struct unit_state *st, struct unit_snapshot *s);

extern const struct route unit_routes[];   /* unit_http.c */

/* ---- rules (unit_rules.c): no SQL, no clock ---- */

/* Kinds of areas, in order of precedence, and what each may lie under; from the setting unit.area_kinds. */
struct area_kind { struct str code, zh, en; struct strs under; };
struct area_kinds { const struct area_kind *at; size_t len; };
struct area_kinds area_kinds_read(struct arena *a, struct str setting);
int               area_kind_find(const struct area_kinds *k, struct str code);   /* -1: none */
/* ERR_NOT_A_CHOICE (kind), ERR_PARENT_KIND, ERR_REQUIRED (parent). parent_kind STR_NONE: no parent. */
MUST err area_kind_fits(const struct area_kinds *k, struct str kind, struct str parent_kind);
/* A list setting of {code,…}: is the code among them? */
bool kind_listed(struct arena *a, struct str setting, struct str code);

/* Codes of areas (unit_codes.c), by the setting unit.code_forms: the first `above` digits of the code above, `serial` digits of its own between
 * `first` and `last`, then zeros up to one of the lengths. New ones go up to `new_last`, in the first length. */
struct code_form { struct str kind; struct ids lengths; int64_t above, serial, first, last, new_last; };
struct code_forms { const struct code_form *at; size_t len; };
struct code_forms       code_forms_read(struct arena *a, struct str setting);
const struct code_form *code_form_find(const struct code_forms *f, struct str kind);   /* NULL: any code is good for that kind */
/* ERR_CODE_FORM, ERR_CODE_PARENT (code). above: code of the area above; STR_NONE: none, or not to be compared with. No code is good. */
MUST err code_check(const struct code_form *form, struct str code, struct str above);
/* The number of its own in a code; -1: it is not of this form. */
int64_t    code_number(const struct code_form *form, struct str code);
/* The same below `above`; -1: not of this form, or another's. */
int64_t    code_serial(const struct code_form *form, struct str code, struct str above);
/* Can there be codes of this form below that code? */
bool       code_has_room(const struct code_form *form, struct str above);
struct str code_make(struct arena *a, const struct code_form *form, struct str above, int64_t serial);
/* The number behind the last one taken, so that none is given twice; the lowest free one when that is beyond new_last. 0: none is left. taken has
 * last + 1 places. */
int64_t    code_next(const struct code_form *form, const bool *taken);
/* As one reads a page: rows from north to south, each from west to east. A row is as high as the places usually are. */
struct code_place { double lon, lat, height; size_t item; };
void code_order(struct code_place *places, size_t n);

/* GB 32100-2015: 18 characters and a check character. Some genuine codes fail it, so a mismatch only warns. */
enum credit { CREDIT_NONE, CREDIT_OK, CREDIT_FORM, CREDIT_CHECK };
enum credit credit_check(struct str code);

/* Names folded for matching: ASCII lower case, full-width forms made half-width, blanks taken out. */
struct str unit_fold(struct arena *a, struct str name);

/* ---- the database (unit_db.c) ---- */

struct area_row {
    int64_t    id, parent_id, shape_id, version;
    struct str kind, code, name, class_;
    ms         valid_from, valid_to, created_at, updated_at;
};
struct org_row {
    int64_t    id, parent_id, area_id, version;
    struct str kind, code, name, contact_enc;
    bool       is_public;
    ms         valid_from, valid_to, created_at, updated_at;
    int64_t    merged_into;   /* read only */
};

/* Reads everything into a new snapshot; polygons already in memory (in `before`, may be NULL) are shared, not read again. */
MUST err snapshot_read(struct db_conn *c, int64_t tenant, const struct area_kinds *kinds, const struct unit_snapshot *before,
                       struct unit_snapshot **out);

MUST err area_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct area_row *out);   /* ERR_NOT_FOUND */
MUST err area_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct area_row *row);
MUST err area_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct area_row *row);      /* version + 1 */
/* The version of the polygon in force ends; the new one begins. wkb as geo_wkb made it. *shape: its id. */
MUST err area_shape_put(struct db_conn *c, int64_t tenant, int64_t area, struct str wkb, const char *crs, bool repaired, ms now, int64_t by,
                        int64_t *shape);
/* ERR_CODE_TAKEN (code) when another area has it in a period that overlaps from–to (0: open). */
MUST err area_code_free(struct db_conn *c, int64_t tenant, struct str code, int64_t except, ms from, ms to);
/* ERR_CYCLE (parent) when `parent` is `id` or below it. */
MUST err area_no_cycle(struct db_conn *c, int64_t tenant, int64_t id, int64_t parent);
MUST err org_no_cycle(struct db_conn *c, int64_t tenant, int64_t id, int64_t parent);
MUST err org_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct org_row *out);
MUST err org_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct org_row *row);
MUST err org_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct org_row *row);

/* Asks for unit_reload after the commit of this write. */
void unit_changed(struct db_conn *c, struct app *app);

#endif
