/* Import of areas in two parts: a plan, made beside the database on a held snapshot (this is where the seconds go), and its short
 * application inside a write. */
#ifndef LINLI_UNIT_IMPORT_H
#define LINLI_UNIT_IMPORT_H

#include "unit_geo.h"
#include "unit_inside.h"

enum item_fate { ITEM_REFUSED, ITEM_NEW, ITEM_CHANGED, ITEM_SAME };

/* A feature of the file, or (number 0) an area that is there already and is only compared with. */
struct item {
    size_t         number;           /* place in the file, from 1 */
    struct str     name, code;
    struct shape  *shape;            /* valid; NULL when refused */
    struct str     wkb, repaired;    /* repaired: why it had to be; STR_NONE: it had not */
    enum item_fate fate;
    enum err_code  problem;
    struct str     why;              /* a sentence on the problem, may be none */
    int64_t        id;               /* the area it becomes or changes */
    int64_t        parent;           /* new ones; 0: the root this import makes, or none */
    bool           reshaped;
};

struct import_plan {
    struct app                 *app;
    struct arena               *arena;
    const struct unit_snapshot *s;          /* held by the caller while the plan is made */
    uint64_t                    mark;       /* of that snapshot: the plan is void when it is no longer the present one */
    struct unit_import_options  o;
    enum crs                    crs;
    struct str                  kind;
    struct area_kinds           kinds;
    const struct code_form     *form;       /* of that kind's codes; NULL: any */
    struct geos                 geo;
    struct item                *items;      /* features, then the present areas of that kind that stay as they are */
    size_t                      features, count;
    size_t                      fates[4];
    bool                        makes_root;    /* there is none: the import makes one */
    bool                        draws_root;    /* there is one without a polygon: it gets what the import covers */
    int64_t                     root_id;
    struct str                  root_name, root_kind, root_wkb;
    struct str                  report;
};

/* ERR_GEOJSON, ERR_CRS_UNKNOWN (crs), ERR_NOT_A_CHOICE (kind), ERR_UNKNOWN_REFERENCE (parent), ERR_REQUIRED (name_property). What is wrong
 * with single features stands in the report instead. */
MUST err import_plan(struct app *app, const struct unit_snapshot *s, struct arena *a, struct str geojson, const struct unit_import_options *o,
                     struct import_plan **out);
/* Gives back what the plan holds outside the arena. */
void     import_close(struct import_plan *p);
/* Writes it. Nothing for a dry run or when a feature was refused. ERR_CONFLICT when areas changed since the plan was made. */
MUST err import_apply(struct db_conn *c, struct import_plan *p, ms now, int64_t by);

/* unit_import_read.c: fills p->items from the file. */
MUST err import_read(struct import_plan *p, struct str geojson);
/* unit_import_check.c: compares the shapes and prints what was found into an open report object. */
void     import_compare(struct import_plan *p, struct jsonw *j);

#endif
