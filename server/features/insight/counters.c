/* counters.c: the SQL of the counters. */
#include "columns.h"
#include "count.h"

DB_SQL(insight_count_add,
       "INSERT INTO insight_count (tenant_id, unit_id, grain, day, " COLUMN_LIST ") VALUES ($1, $2, $3, $4, " COLUMN_VALUES ") "
       "ON CONFLICT (tenant_id, unit_id, grain, day) DO UPDATE SET " COLUMN_ADDS)
DB_SQL(insight_category_add,
       "INSERT INTO insight_category (tenant_id, unit_id, grain, day, category_id, reported, due, closed_on_time, closed) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (tenant_id, unit_id, grain, day, category_id) DO UPDATE SET "
       "reported = insight_category.reported + excluded.reported, due = insight_category.due + excluded.due, "
       "closed_on_time = insight_category.closed_on_time + excluded.closed_on_time, closed = insight_category.closed + excluded.closed")
DB_SQL(insight_count_forget,
       "DELETE FROM insight_count WHERE tenant_id = $1 AND unit_id IN (SELECT CAST(key AS BIGINT) FROM json_each($2)) AND grain = 3 AND day < $3")
DB_SQL(insight_count_clear, "DELETE FROM insight_count WHERE tenant_id = $1")
DB_SQL(insight_category_clear, "DELETE FROM insight_category WHERE tenant_id = $1")
DB_SQL(insight_count_all, "SELECT unit_id, grain, day, " COLUMN_LIST " FROM insight_count WHERE tenant_id = $1")
DB_SQL(insight_category_all, "SELECT unit_id, grain, day, category_id, reported, due, closed_on_time, closed FROM insight_category "
                             "WHERE tenant_id = $1")

#define KEYS 4

err counters_add(struct db_conn *c, int64_t tenant, const struct count_row *r)
{
    struct db_arg args[KEYS + COUNTERS + 1] = { I64(tenant), I64(r->unit), I64(r->grain), I64(r->day) };
    if (r->category)
        return db_send(c, &insight_category_add,
                       DB_ARGS(I64(tenant), I64(r->unit), I64(r->grain), I64(r->day), I64(r->category), I64(r->n[CATEGORY_reported]),
                               I64(r->n[CATEGORY_due]), I64(r->n[CATEGORY_closed_on_time]), I64(r->n[CATEGORY_closed])));
    for (int i = 0; i < COUNTERS; i++)
        args[KEYS + i] = (struct db_arg)I64(r->n[i]);
    args[KEYS + COUNTERS] = (struct db_arg){ .kind = DB_END };
    return db_send(c, &insight_count_add, args);
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
