/* Inside of the setting feature: the table of known settings, and what a value must be. */
#ifndef LINLI_SETTING_RULES_H
#define LINLI_SETTING_RULES_H

#include "setting.h"

enum setting_kind { SETTING_NONE, NUMBER, SWITCH, LINE, LIST, TABLE };
extern const char *const setting_kind_words[];

struct setting_row {
    const char       *key;
    enum setting_kind kind;
    const char       *standard;     /* default, as JSON */
    int64_t           least, most;
    const char       *en, *zh;
};

extern const struct setting_row setting_rows[];
extern const size_t             setting_rows_count;

/* A value read: number for NUMBER and SWITCH, text for the rest (JSON text for LIST and TABLE). json: the value in one spelling. */
struct setting_value {
    ms         from;
    int64_t    number;
    struct str text, json;
};

/* All stored values as one JSON document. */
MUST err setting_export(struct db_conn *c, struct arena *a, int64_t tenant, struct str *out);
/* Takes such a document in, inside a write; *count: values changed. ERR_INVALID with faults when anything in it is not right. */
MUST err setting_import(struct db_conn *c, struct arena *a, const struct app *app, struct str text, ms now, int64_t by, struct faults *faults,
                        int64_t *count);

/* What the feature whose setting it is says of a value (setting_check_add). */
void setting_look(const struct app *app, struct arena *a, const char *key, struct str json, struct str at, struct faults *faults);

/* The feature's start and stop. */
MUST err setting_start(struct app *app);
void     setting_stop(struct app *app);

/* Index of the key in setting_rows, or -1. */
int setting_index(struct str key);

/* Reads and checks a JSON text against its row. *bound: the bound that was passed. */
MUST err setting_read(struct arena *a, const struct setting_row *row, struct str json, struct setting_value *out, int64_t *bound);

/* The value in force at `at` among n values in order of .from: the last one that has begun; NULL: none has. */
const struct setting_value *setting_in_force(const struct setting_value *values, size_t n, ms at);

#endif
