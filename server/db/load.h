/* Inside of the database layer: how an engine takes whole tables. */
#ifndef LINLI_DB_LOAD_H
#define LINLI_DB_LOAD_H

#include "inside.h"
#include "transfer.h"

struct db_load {
    struct db_conn         conn;
    struct arena          *arena;   /* of the table under way */
    const struct db_table *table;
    int64_t                tenant;
    void                  *own;     /* the engine's, of that table */
};

/* sqlite_load.c */
MUST err sqlite_load_begin(struct db_load *l);
MUST err sqlite_load_table(struct db_load *l);
MUST err sqlite_load_row(struct db_load *l, const struct db_arg *values);
MUST err sqlite_load_end(struct db_load *l);

/* postgres_load.c */
MUST err pg_load_begin(struct db_load *l);
MUST err pg_load_table(struct db_load *l);
MUST err pg_load_row(struct db_load *l, const struct db_arg *values);
MUST err pg_load_end(struct db_load *l);

#endif
