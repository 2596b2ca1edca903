/* A structure from a sheet: areas and organisations, one a row, its kind decides. First a plan on a snapshot, which says what each row means; then a
 * short write of all of it, or of nothing when a row has a fault. */
#ifndef LINLI_UNIT_SHEET_H
#define LINLI_UNIT_SHEET_H

#include "../../base/sheet_reader.h"
#include "unit_crs.h"
#include "unit_inside.h"
#include "unit_org.h"

#define STRUCTURE_ROWS_MOST 5000

enum sheet_column {
    SHEET_KIND, SHEET_NAME, SHEET_CODE, SHEET_PARENT, SHEET_CLASS, SHEET_AREA, SHEET_LON, SHEET_LAT, SHEET_SHAPE, SHEET_PUBLIC, SHEET_COLUMNS
};
/* How a column is headed, in Chinese and in English. */
const char *sheet_column_name(enum sheet_column c, bool zh);
/* Where each column stands in a header; -1: nowhere. */
void        sheet_columns_find(struct arena *a, struct csv_row header, ptrdiff_t at[SHEET_COLUMNS]);

/* What the words of a sheet are looked up in. */
struct sheet_words { struct area_kinds kinds, classes; struct list org_kinds; struct code_forms forms; };

enum sheet_fate { ROW_NEW, ROW_CHANGED, ROW_SAME, ROW_BAD, ROW_FATES };
#define ROW_FAULTS_MOST 4
struct row_fault { enum sheet_column column; enum err_code code; };

struct unit_row {
    int64_t             number;
    struct str          cell[SHEET_COLUMNS];
    enum unit_kind      unit;                 /* UNIT_NONE: its kind is not known */
    struct str          kind, name, code, class_;
    bool                is_public;
    int64_t             parent, area;         /* ids of what is there already … */
    struct unit_row    *parent_row, *area_row; /* … or what this sheet makes or changes */
    const struct unode *was;                  /* what it changes, or is; NULL: nothing yet */
    int64_t             id;                   /* of a new one, once it is written */
    struct str          wkb;                  /* STR_NONE: no polygon was given */
    bool                repaired, reshaped, written;
    enum sheet_fate     fate;
    struct row_fault    faults[ROW_FAULTS_MOST];
    size_t              fault_count;
    enum { ROW_AHEAD, ROW_UNDER_WAY, ROW_LOOKED } looked;
};

struct sheet_plan {
    struct arena               *arena;
    const struct unit_snapshot *s;            /* held by the caller while the plan is made */
    uint64_t                    mark;         /* of that snapshot: the plan is void when it is no longer the present one */
    struct sheet_words          words;
    int64_t                     parent;       /* area under which rows lie that do not say where; 0: the root */
    enum crs                    crs;
    struct unit_row            *rows;
    size_t                      count, fates[ROW_FATES];
    struct list                 missing;      /* struct unode: beside the rows, of their kind and below the same area, but not in the sheet */
    bool                       *taken;        /* by node: a row means it */
};

/* p->arena, s, words, parent, crs, rows and count are set, each row with its number and cells. */
void sheet_plan(struct sheet_plan *p, bool compare);
/* unit_division.c: the rows of a district of the national list, itself first, under this name when it has one. ERR_UNKNOWN_REFERENCE (division). */
MUST err division_rows(struct arena *a, struct str district, struct str name, struct sheet_plan *p);
void sheet_row_fault(struct unit_row *row, enum sheet_column c, enum err_code code);
/* The unit under which a row lies that is there already: its own parent, or that of the rows above it. */
struct unit_ref sheet_row_place(const struct unit_row *row);
/* Writes it, inside a write: only what is new or changes. ERR_CONFLICT when areas or organisations changed since the plan was made. */
MUST err sheet_apply(struct req *r, struct sheet_plan *p);

#endif
