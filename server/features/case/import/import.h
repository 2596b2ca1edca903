/* import: cases from a city's own CSV. A row is wholly in or wholly named, with its reason; a second import changes nothing.
 * How it holds when it is killed: docs/decisions/import-in-batches.md. */
#ifndef LINLI_CASE_IMPORT_H
#define LINLI_CASE_IMPORT_H

#include "../../job/job.h"
#include "mapping.h"

extern const struct feature case_import_feature;

#define IMPORT_BATCH 2000

struct import_counts {
    int64_t rows;        /* read */
    int64_t imported;    /* new cases */
    int64_t same;        /* were here already, and are the same in the source */
    int64_t changed;     /* were here already, and have changed in the source: left alone */
    int64_t updated;     /* … and brought up to date, when that was asked for */
    int64_t refused;     /* named in the errors */
    int64_t shortened;   /* their text was cut to what a case takes */
    int64_t reasons[ERR_COUNT];
};

struct import_order {
    const char           *path;       /* the file, plain or gzip */
    const struct mapping *mapping;
    const char           *errors;     /* file for the rows that were refused, removed when there are none; NULL: none */
    bool                  dry_run;    /* do it all, keep nothing */
    bool                  update;
    int64_t               account;    /* 0: the terminal */
    struct job           *job;        /* goes on from its checkpoint; NULL: from the command line */
    err                 (*progress)(void *arg, const struct import_counts *counts, int64_t bytes, int64_t size);
    void                 *arg;
};

/* Runs an import. ERR_NOT_FOUND, ERR_NOT_UTF8, ERR_CSV: the file cannot be read (from some row on; the counts tell); ERR_MAPPING: it
 * does not fit, *missing names the columns. What was committed before stays. */
MUST err import_run(struct app *app, struct arena *a, const struct import_order *o, struct import_counts *counts, struct faults *faults,
                    struct strs *missing);

/* {"rows":…,"imported":…,…,"reasons":{"outside_area":3}}; extra: more members, or STR_NONE. */
struct str import_report(struct arena *a, const struct import_order *o, const struct import_counts *counts, int64_t errors_bytes);

/* Brings a case up to date with its changed row: closes it when the source has and nobody has worked on it here. *done false: it was told
 * by an internal comment instead, for staff to decide. */
MUST err import_update(struct db_conn *c, struct arena *a, struct app *app, int64_t id, const struct mapped *m, int64_t account, ms now,
                       bool *done);

extern const struct route import_routes[];

#endif
