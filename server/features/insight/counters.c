/* counters.c: the SQL of the counters. */
#include "columns.h"
#include "count.h"

/* Several rows at once, six, three, two or one: of a row by itself an engine elsewhere spends two fifths on its statement
 * (docs/decisions/postgresql.md). */
#define COUNT_INTO    "INSERT INTO insight_count (tenant_id, unit_id, grain, day, " COLUMN_LIST ") VALUES "
#define COUNT_ADDS    " ON CONFLICT (tenant_id, unit_id, grain, day) DO UPDATE SET " COLUMN_ADDS
#define CATEGORY_INTO "INSERT INTO insight_category (tenant_id, unit_id, grain, day, category_id, reported, due, closed_on_time, closed) VALUES "
#define CATEGORY_ROW(t) \
    "($1, $" #t "0, $" #t "1, $" #t "2, $" #t "3, $" #t "4, $" #t "5, $" #t "6, $" #t "7)"
#define CATEGORY_ADDS                                                                                                                        \
    " ON CONFLICT (tenant_id, unit_id, grain, day, category_id) DO UPDATE SET "                                                              \
    "reported = insight_category.reported + excluded.reported, due = insight_category.due + excluded.due, "                                  \
    "closed_on_time = insight_category.closed_on_time + excluded.closed_on_time, closed = insight_category.closed + excluded.closed"
#define COUNT_TWO      COUNT_ROW(1, 2, 3, 4) ", " COUNT_ROW(5, 6, 7, 8)
#define COUNT_THREE    COUNT_TWO ", " COUNT_ROW(9, 10, 11, 12)
#define COUNT_SIX      COUNT_THREE ", " COUNT_ROW(13, 14, 15, 16) ", " COUNT_ROW(17, 18, 19, 20) ", " COUNT_ROW(21, 22, 23, 24)
#define CATEGORY_TWO   CATEGORY_ROW(1) ", " CATEGORY_ROW(2)
#define CATEGORY_THREE CATEGORY_TWO ", " CATEGORY_ROW(3)
#define CATEGORY_SIX   CATEGORY_THREE ", " CATEGORY_ROW(4) ", " CATEGORY_ROW(5) ", " CATEGORY_ROW(6)
DB_SQL(insight_count_add, COUNT_INTO COUNT_ROW(1, 2, 3, 4) COUNT_ADDS)
DB_SQL(insight_count_add_two, COUNT_INTO COUNT_TWO COUNT_ADDS)
DB_SQL(insight_count_add_three, COUNT_INTO COUNT_THREE COUNT_ADDS)
DB_SQL(insight_count_add_six, COUNT_INTO COUNT_SIX COUNT_ADDS)
DB_SQL(insight_category_add, CATEGORY_INTO CATEGORY_ROW(1) CATEGORY_ADDS)
DB_SQL(insight_category_add_two, CATEGORY_INTO CATEGORY_TWO CATEGORY_ADDS)
DB_SQL(insight_category_add_three, CATEGORY_INTO CATEGORY_THREE CATEGORY_ADDS)
DB_SQL(insight_category_add_six, CATEGORY_INTO CATEGORY_SIX CATEGORY_ADDS)
DB_SQL(insight_count_forget,
       "DELETE FROM insight_count WHERE tenant_id = $1 AND unit_id IN (SELECT CAST(key AS BIGINT) FROM json_each($2)) AND grain = 3 AND day < $3")
DB_SQL(insight_count_clear, "DELETE FROM insight_count WHERE tenant_id = $1")
DB_SQL(insight_category_clear, "DELETE FROM insight_category WHERE tenant_id = $1")
DB_SQL(insight_count_all, "SELECT unit_id, grain, day, " COLUMN_LIST " FROM insight_count WHERE tenant_id = $1")
DB_SQL(insight_category_all, "SELECT unit_id, grain, day, category_id, reported, due, closed_on_time, closed FROM insight_category "
                             "WHERE tenant_id = $1")

#define MANY          6    /* most rows of a statement */
#define FIRST         9    /* argument of the first row's first parameter, which is $10 */
#define COUNT_WIDE    40   /* parameters from one row to the next */
#define CATEGORY_WIDE 10
#define COUNT_KEYS    3    /* and the category */

static void put_row(struct db_arg *to, const struct count_row *r)
{
    const int64_t keys[] = { r->unit, r->grain, r->day, r->category };
    int           n = r->category ? COUNT_KEYS + 1 : COUNT_KEYS, counters = r->category ? CATEGORY_COUNTERS : COUNTERS;
    for (int i = 0; i < n; i++)
        to[i] = (struct db_arg)I64(keys[i]);
    for (int i = 0; i < counters; i++)
        to[n + i] = (struct db_arg)I64(r->n[i]);
}

/* The statement that takes most of n rows, and how many those are. */
static const struct db_sql *statement_for(bool category, size_t *n)
{
    static const struct { size_t rows; const struct db_sql *of[2]; } all[] = {
        { MANY, { &insight_count_add_six, &insight_category_add_six } },
        { 3, { &insight_count_add_three, &insight_category_add_three } },
        { 2, { &insight_count_add_two, &insight_category_add_two } },
        { 1, { &insight_count_add, &insight_category_add } },
    };
    size_t i = 0;
    while (all[i].rows > *n)
        i++;
    *n = all[i].rows;
    return all[i].of[category];
}

/* The first of rows of one kind, as many as one statement takes; *left: how many there are, and then are left. */
static err add(struct db_conn *c, int64_t tenant, struct count_row *const *rows, size_t *left)
{
    bool                 category = rows[0]->category != 0;
    size_t               wide = category ? CATEGORY_WIDE : COUNT_WIDE, n = *left;
    const struct db_sql *sql = statement_for(category, &n);
    struct db_arg        args[FIRST + MANY * COUNT_WIDE + 1];
    for (size_t i = 0; i < FIRST + n * wide; i++)   /* those between the rows are in no statement */
        args[i] = (struct db_arg){ .kind = DB_NULL };
    args[0] = (struct db_arg)I64(tenant);
    for (size_t i = 0; i < n; i++)
        put_row(&args[FIRST + i * wide], rows[i]);
    args[FIRST + n * wide] = (struct db_arg){ .kind = DB_END };
    *left -= n;
    return db_send(c, sql, args);
}

static err add_kind(struct db_conn *c, int64_t tenant, struct count_row *const *rows, size_t n)
{
    for (size_t left = n; left;)
        TRY(add(c, tenant, rows + n - left, &left));
    return OK;
}

err counters_add(struct db_conn *c, int64_t tenant, struct count_row *const *rows, size_t n)
{
    size_t plain = 0;
    while (plain < n && !rows[plain]->category)
        plain++;
    TRY(add_kind(c, tenant, rows, plain));
    return add_kind(c, tenant, rows + plain, n - plain);
}

err counters_forget(struct db_conn *c, int64_t tenant, struct str units, int64_t before_hour)
{
    return db_exec(c, &insight_count_forget, DB_ARGS(I64(tenant), TEXT(units), I64(before_hour)), NULL);
}

err counters_clear(struct db_conn *c, int64_t tenant)
{
    TRY(db_exec(c, &insight_count_clear, DB_ARGS(I64(tenant)), NULL));
    return db_exec(c, &insight_category_clear, DB_ARGS(I64(tenant)), NULL);
}

typedef err (*each_row)(void *arg, const struct count_row *row);

static err each(struct db_rows *rows, bool by_category, each_row fn, void *arg)
{
    int n = by_category ? CATEGORY_COUNTERS : COUNTERS, from = by_category ? 4 : 3;
    while (db_next(rows)) {
        struct count_row r = { .unit = db_i64(rows, 0), .grain = db_i64(rows, 1), .day = db_i64(rows, 2) };
        r.category = by_category ? db_i64(rows, 3) : 0;
        for (int i = 0; i < n; i++)
            r.n[i] = db_i64(rows, from + i);
        err e = fn(arg, &r);
        if (failed(e)) {
            err ended = db_done(rows);
            return failed(ended) ? ended : e;
        }
    }
    return db_done(rows);
}

err counters_each(struct db_conn *c, int64_t tenant, each_row fn, void *arg)
{
    struct db_rows rows;
    TRY(db_query(c, &insight_count_all, DB_ARGS(I64(tenant)), &rows));
    TRY(each(&rows, false, fn, arg));
    TRY(db_query(c, &insight_category_all, DB_ARGS(I64(tenant)), &rows));
    return each(&rows, true, fn, arg);
}
