/* mapping: how a city's own CSV becomes cases. A JSON file says which column is what; those of known layouts are in the program. */
#ifndef LINLI_CASE_IMPORT_MAPPING_H
#define LINLI_CASE_IMPORT_MAPPING_H

#include "../case.h"
#include "../../../base/csv_reader.h"
#include "local_time.h"

enum mapping_elsewhere { ELSEWHERE_NONE, ELSEWHERE_REFUSE, ELSEWHERE_ROOT };
enum mapping_state { MAPPED_NONE, MAPPED_REPORTED, MAPPED_CLOSED, MAPPED_REJECTED };

/* The source's word for a state. */
struct mapping_status { struct str word; int state, outcome; };
/* The source's words for a kind of matter, and the category that is the same. */
struct mapping_category { struct str words, pack, kind, code; };

struct mapping {
    struct str  name, source, title_zh, title_en;
    struct str  id;
    struct strs text;
    struct str  text_join;
    struct strs category;
    struct list categories;            /* struct mapping_category */
    struct str  status;
    struct list states;                /* struct mapping_status */
    int         other_status;          /* enum mapping_state: of words not listed, and without a status column */
    struct str  result;
    struct strs created, closed, time_formats;
    struct str  zone;
    struct str  lon, lat;
    struct strs address;
    struct str  reporter_name, contact;
    struct strs labels;
    int         no_point, outside;     /* enum mapping_elsewhere */
};
extern const struct field mapping_fields[];

/* The mappings in the program, by name, and their number. */
size_t      mapping_count(void);
const char *mapping_name(size_t i);
/* Reads one of them. ERR_NOT_FOUND. */
MUST err mapping_shipped(struct arena *a, struct str name, const struct mapping **out);
/* Reads a mapping's text. ERR_BAD_JSON, ERR_INVALID with faults (may be NULL). */
MUST err mapping_read(struct arena *a, struct str text, struct faults *faults, const struct mapping **out);
/* name: of one in the program, else a file. */
MUST err mapping_load(struct arena *a, const char *name, struct faults *faults, const struct mapping **out);
/* All columns it names, each once. */
struct strs mapping_columns(struct arena *a, const struct mapping *m);

/* ---- a mapping bound to a file ---- */

struct columns { const int *at; size_t len; };

struct binding {
    struct app                    *app;
    const struct mapping          *mapping;
    struct csv_row                 header;
    struct zone                   *zone;
    int                            id, status, result, lon, lat, reporter_name, contact;   /* column, -1: none */
    struct columns                 text, category, created, closed, address, labels;
    const char *const             *formats;
    const struct mapping_category *categories;   /* sorted by words */
    const int64_t                 *category_ids;
    int64_t                        root;
};

/* Finds the columns. ERR_MAPPING: some are missing; each is a fault at its place in the mapping, the missing name in *missing. */
MUST err mapping_bind(struct arena *a, struct app *app, const struct mapping *m, struct csv_row header, struct faults *faults,
                      struct strs *missing, struct binding *out);
void     mapping_unbind(struct binding *b);

/* ---- a row ---- */

#define MAPPED_FAULTS_MOST 8

struct row_fault { const char *field; enum err_code code; };

struct mapped {
    struct case_import in;
    struct str         id, words, status;   /* as the source has them */
    struct str         digest;              /* of everything mapped: tells a row that has changed in the source */
    struct row_fault   faults[MAPPED_FAULTS_MOST];
    size_t             fault_count;
    bool               shortened;           /* its text was longer than a case takes */
};

/* One row; everything lives in the arena. */
void mapping_row(const struct binding *b, struct arena *a, const struct csv_row *row, struct mapped *out);

#endif
