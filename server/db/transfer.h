/* transfer: a district's rows, whole: read from one snapshot on a connection of its own, and loaded in one transaction of its own. Neither goes
 * through the readers and the writer that serve. The tables and their columns come from the migrations' own text, so that both engines say the same. */
#ifndef LINLI_DB_TRANSFER_H
#define LINLI_DB_TRANSFER_H

#include "db.h"

#define DB_COLUMNS_MOST 128
#define DB_KEYS_MOST    8

struct db_column {
    struct str   name;
    enum db_kind kind;      /* DB_I64, DB_REAL, DB_TEXT, DB_BLOB */
};

/* A table of districts' rows; tenant_id is not among its columns. */
struct db_table {
    struct str       name;
    struct db_column columns[DB_COLUMNS_MOST];
    size_t           column_count;
    size_t           keys[DB_KEYS_MOST];   /* the primary key behind tenant_id: indexes of columns; none: one row for each district */
    size_t           key_count;
    bool             tree;                 /* its rows refer to rows of it */
    bool             tenant;               /* has a tenant_id; the others are not in the list */
};

/* All of them in the order in which they were made: what is referred to comes before what refers to it. Arena array of struct db_table. */
void db_tables(struct arena *a, struct list *out);

/* The digest, in hex, of all migrations that this program knows: two programs with the same have the same tables. *last: number of the last. */
struct str db_schema_digest(struct arena *a, int *last);

/* ---- out ---- */

struct db_cut;

/* A snapshot. The connection serves statements of all kinds that read. It may stand idle for as long as it takes to read photos. */
MUST err        db_cut_open(struct db *db, struct db_cut **out);
struct db_conn *db_cut_conn(struct db_cut *cut);
/* Each row of a district in the order of the key; columns as the table lists them. Reads in pages, so memory does not grow. */
typedef err (*db_take_row)(void *arg, struct db_rows *row);
MUST err        db_cut_rows(struct db_cut *cut, const struct db_table *t, int64_t tenant, db_take_row take, void *arg);
void            db_cut_close(struct db_cut *cut);

/* ---- away ---- */

/* Inside a write: erases rows of a district in the order of the key, at most so many; a tree's all at once, since none of it may go before another.
 * *rows: how many. */
MUST err db_erase(struct db_conn *c, struct arena *a, const struct db_table *t, int64_t tenant, int64_t most, int64_t *rows);
/* How many there are. */
MUST err db_count(struct db_conn *c, struct arena *a, const struct db_table *t, int64_t tenant, int64_t *rows);

/* ---- in ---- */

struct db_load;

/* A transaction, which likewise may stand idle. On SQLite nobody else writes meanwhile; on PostgreSQL others do. */
MUST err        db_load_open(struct db *db, struct db_load **out);
struct db_conn *db_load_conn(struct db_load *l);
/* Rows of one table, then the end of it. A reference to a row that has not come yet is fine within a table. */
MUST err        db_load_table(struct db_load *l, const struct db_table *t, int64_t tenant);
MUST err        db_load_row(struct db_load *l, const struct db_arg *values);
MUST err        db_load_end(struct db_load *l);
MUST err        db_load_commit(struct db_load *l);
/* Undoes what was not committed. */
void            db_load_close(struct db_load *l);

#endif
