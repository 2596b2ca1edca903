/* counters.c: the SQL of the counters. */
#include "columns.h"
#include "count.h"

/* Several rows at once, six, three, two or one: of a row by itself an engine elsewhere spends two fifths on its statement
 * (docs/decisions/postgresql.md). */
#define COUNT_VALUES  COUNT_INTO "VALUES "
#define COUNT_ADDS    " ON CONFLICT (" COUNT_KEY ") DO UPDATE SET " COLUMN_ADDS
#define CATEGORY_INTO "INSERT INTO insight_category (tenant_id, unit_id, grain, day, category_id, reported, due, closed_on_time, closed) VALUES "
#define CATEGORY_ROW(t) \
    "($1, $" #t "0, $" #t "1, $" #t "2, $" #t "3, $" #t "4, $" #t "5, $" #t "6, $" #t "7)"
#define CATEGORY_ADDS                                                                                                                        \
    " ON CONFLICT (tenant_id, unit_id, grain, day, category_id) DO UPDATE SET "                                                              \
    "reported = insight_category.reported + excluded.reported, due = insight_category.due + excluded.due, "                                  \
    "closed_on_time = insight_category.closed_on_time + excluded.closed_on_time, closed = insight_category.closed + excluded.closed"
#define HOUR_INTO     "INSERT INTO insight_hour (tenant_id, unit_id, hour, open_due) VALUES "
#define HOUR_ROW(t)   "($1, $" #t "0, $" #t "1, $" #t "2)"
#define HOUR_ADDS     " ON CONFLICT (tenant_id, unit_id, hour) DO UPDATE SET open_due = insight_hour.open_due + excluded.open_due"
#define COUNT_TWO      COUNT_ROW(1, 2, 3, 4) ", " COUNT_ROW(5, 6, 7, 8)
#define COUNT_THREE    COUNT_TWO ", " COUNT_ROW(9, 10, 11, 12)
#define COUNT_SIX      COUNT_THREE ", " COUNT_ROW(13, 14, 15, 16) ", " COUNT_ROW(17, 18, 19, 20) ", " COUNT_ROW(21, 22, 23, 24)
#define CATEGORY_TWO   CATEGORY_ROW(1) ", " CATEGORY_ROW(2)
#define CATEGORY_THREE CATEGORY_TWO ", " CATEGORY_ROW(3)
#define CATEGORY_SIX   CATEGORY_THREE ", " CATEGORY_ROW(4) ", " CATEGORY_ROW(5) ", " CATEGORY_ROW(6)
#define HOUR_TWO       HOUR_ROW(1) ", " HOUR_ROW(2)
#define HOUR_THREE     HOUR_TWO ", " HOUR_ROW(3)
#define HOUR_SIX       HOUR_THREE ", " HOUR_ROW(4) ", " HOUR_ROW(5) ", " HOUR_ROW(6)
DB_SQL(insight_count_add, COUNT_VALUES COUNT_ROW(1, 2, 3, 4) COUNT_ADDS)
DB_SQL(insight_count_add_two, COUNT_VALUES COUNT_TWO COUNT_ADDS)
DB_SQL(insight_count_add_three, COUNT_VALUES COUNT_THREE COUNT_ADDS)
DB_SQL(insight_count_add_six, COUNT_VALUES COUNT_SIX COUNT_ADDS)
DB_SQL(insight_category_add, CATEGORY_INTO CATEGORY_ROW(1) CATEGORY_ADDS)
DB_SQL(insight_category_add_two, CATEGORY_INTO CATEGORY_TWO CATEGORY_ADDS)
DB_SQL(insight_category_add_three, CATEGORY_INTO CATEGORY_THREE CATEGORY_ADDS)
DB_SQL(insight_category_add_six, CATEGORY_INTO CATEGORY_SIX CATEGORY_ADDS)
DB_SQL(insight_hour_add, HOUR_INTO HOUR_ROW(1) HOUR_ADDS)
DB_SQL(insight_hour_add_two, HOUR_INTO HOUR_TWO HOUR_ADDS)
DB_SQL(insight_hour_add_three, HOUR_INTO HOUR_THREE HOUR_ADDS)
DB_SQL(insight_hour_add_six, HOUR_INTO HOUR_SIX HOUR_ADDS)
/* What lies in parts comes to the rows of part 0. */
DB_SQL(insight_count_join,
       COUNT_INTO "SELECT tenant_id, unit_id, grain, day, " COLUMN_SUMS ", 0 FROM insight_sum WHERE tenant_id = $1 AND part > 0 "
       "GROUP BY tenant_id, unit_id, grain, day" COUNT_ADDS)
DB_SQL(insight_count_joined, "DELETE FROM insight_sum WHERE tenant_id = $1 AND part > 0")
DB_SQL(insight_hour_forget, "DELETE FROM insight_hour WHERE tenant_id = $1 AND hour < $2")
DB_SQL(insight_hour_clear, "DELETE FROM insight_hour WHERE tenant_id = $1")
DB_SQL(insight_count_clear, "DELETE FROM insight_sum WHERE tenant_id = $1")
DB_SQL(insight_category_clear, "DELETE FROM insight_category WHERE tenant_id = $1")
DB_SQL(insight_count_all, "SELECT unit_id, grain, day, " COLUMN_LIST " FROM insight_sum WHERE tenant_id = $1")
DB_SQL(insight_hour_all, "SELECT unit_id, hour, open_due FROM insight_hour WHERE tenant_id = $1")
DB_SQL(insight_category_all, "SELECT unit_id, grain, day, category_id, reported, due, closed_on_time, closed FROM insight_category "
                             "WHERE tenant_id = $1")

#define MANY          6    /* most rows of a statement */
#define FIRST         9    /* argument of the first row's first parameter, which is $10 */
#define WIDE_MOST     40   /* parameters from one row to the next */

static const struct {
    size_t               wide;
    const struct db_sql *six, *three, *two, *one;
} statements[] = {
    [OF_UNIT] = { WIDE_MOST, &insight_count_add_six, &insight_count_add_three, &insight_count_add_two, &insight_count_add },
    [OF_HOUR] = { 10, &insight_hour_add_six, &insight_hour_add_three, &insight_hour_add_two, &insight_hour_add },
    [OF_CATEGORY] = { 10, &insight_category_add_six, &insight_category_add_three, &insight_category_add_two, &insight_category_add },
};

/* What a row is known by and what it counts, as its statement has them. */
static void put_row(struct db_arg *to, const struct count_row *r)
{
    const int64_t keys[] = { r->unit, r->grain, r->day, r->category }, hour[] = { r->unit, r->day, r->n[COUNT_HOUR] };
    size_t        n = r->of == OF_HOUR ? sizeof hour / sizeof *hour : r->of == OF_CATEGORY ? 4 : 3;
    for (size_t i = 0; i < n; i++)
        to[i] = (struct db_arg)I64(r->of == OF_HOUR ? hour[i] : keys[i]);
    for (int i = 0; r->of != OF_HOUR && i < counters_in(r->of); i++)
        to[n + (size_t)i] = (struct db_arg)I64(r->n[i]);
}

/* The statement that takes most of n rows, and how many those are. */
static const struct db_sql *statement_for(enum count_of of, size_t *n)
{
    *n = *n >= MANY ? MANY : *n >= 3 ? 3 : *n;
    return *n == MANY ? statements[of].six : *n == 3 ? statements[of].three : *n == 2 ? statements[of].two : statements[of].one;
}

/* The first of rows of one kind, as many as one statement takes; *left: how many there are, and then are left. */
static err add(struct db_conn *c, int64_t tenant, int64_t part, struct count_row *const *rows, size_t *left)
{
    size_t               wide = statements[rows[0]->of].wide, n = *left;
    const struct db_sql *sql = statement_for(rows[0]->of, &n);
    struct db_arg        args[FIRST + MANY * WIDE_MOST + 1];
    for (size_t i = 0; i < FIRST + n * wide; i++)   /* those between the rows are in no statement */
        args[i] = (struct db_arg){ .kind = DB_NULL };
    args[0] = (struct db_arg)I64(tenant);
    args[1] = (struct db_arg)I64(part);
    for (size_t i = 0; i < n; i++)
        put_row(&args[FIRST + i * wide], rows[i]);
    args[FIRST + n * wide] = (struct db_arg){ .kind = DB_END };
    *left -= n;
    return db_send(c, sql, args);
}

err counters_add(struct db_conn *c, int64_t tenant, int64_t part, struct count_row *const *rows, size_t n)
{
    for (size_t from = 0, end = 0; from < n; from = end) {
        while (end < n && rows[end]->of == rows[from]->of)
            end++;
        for (size_t left = end - from; left;)
            TRY(add(c, tenant, part, rows + end - left, &left));
    }
    return OK;
}

err counters_join(struct db_conn *c, int64_t tenant)
{
    TRY(db_exec(c, &insight_count_join, DB_ARGS(I64(tenant)), NULL));
    return db_exec(c, &insight_count_joined, DB_ARGS(I64(tenant)), NULL);
}

err counters_forget(struct db_conn *c, int64_t tenant, int64_t before_hour)
{
    return db_exec(c, &insight_hour_forget, DB_ARGS(I64(tenant), I64(before_hour)), NULL);
}

err counters_clear(struct db_conn *c, int64_t tenant)
{
    TRY(db_exec(c, &insight_count_clear, DB_ARGS(I64(tenant)), NULL));
    TRY(db_exec(c, &insight_hour_clear, DB_ARGS(I64(tenant)), NULL));
    return db_exec(c, &insight_category_clear, DB_ARGS(I64(tenant)), NULL);
}

typedef err (*each_row)(void *arg, const struct count_row *row);

static void read_row(struct db_rows *rows, enum count_of of, struct count_row *r)
{
    *r = (struct count_row){ .of = of, .unit = db_i64(rows, 0), .grain = of == OF_HOUR ? GRAIN_HOUR : db_i64(rows, 1),
                             .day = db_i64(rows, of == OF_HOUR ? 1 : 2), .category = of == OF_CATEGORY ? db_i64(rows, 3) : 0 };
    if (of == OF_HOUR)
        r->n[COUNT_HOUR] = db_i64(rows, 2);
    for (int i = 0; of != OF_HOUR && i < counters_in(of); i++)
        r->n[i] = db_i64(rows, (of == OF_CATEGORY ? 4 : 3) + i);
}

err counters_each(struct db_conn *c, int64_t tenant, each_row fn, void *arg)
{
    static const struct db_sql *const all[] = { [OF_UNIT] = &insight_count_all, [OF_HOUR] = &insight_hour_all, [OF_CATEGORY] = &insight_category_all };
    for (enum count_of of = OF_UNIT; of <= OF_CATEGORY; of++) {
        struct db_rows   rows;
        struct count_row r;
        err              e = OK;
        TRY(db_query(c, all[of], DB_ARGS(I64(tenant)), &rows));
        while (!failed(e) && db_next(&rows)) {
            read_row(&rows, of, &r);
            e = fn(arg, &r);
        }
        err ended = db_done(&rows);
        TRY(failed(ended) ? ended : e);
    }
    return OK;
}
