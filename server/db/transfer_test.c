/* The tables as the migrations' text has them are those of the engine; rows go out in pages and in again, references and all. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "test_db.h"
#include "transfer.h"

#define assert_ok(call) assert_int_equal((call).code, ERR_NONE)
#define MANY 2500   /* more than two pages */

static struct test_db db;
static struct arena  *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    test_db_open(&db);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    test_db_close(&db);
    arena_free(arena);
    return 0;
}

static const struct db_table *table(const char *name)
{
    struct list all;
    db_tables(arena, &all);
    for (size_t i = 0; i < all.len; i++)
        if (str_is(((const struct db_table *)all.at)[i].name, name))
            return &((const struct db_table *)all.at)[i];
    return NULL;
}

/* ---- the tables ---- */

DB_SQL2(transfer_test_columns,
        "SELECT m.name, c.name, CASE c.type WHEN 'INTEGER' THEN 1 WHEN 'REAL' THEN 2 WHEN 'TEXT' THEN 3 ELSE 4 END, c.pk FROM sqlite_schema m JOIN "
        "pragma_table_info(m.name) c ON 1 = 1 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'search_case%' ORDER BY m.name, c.cid",
        "SELECT t.relname, a.attname, CASE CAST(format_type(a.atttypid, NULL) AS TEXT) WHEN 'bigint' THEN 1 WHEN 'integer' THEN 1 WHEN 'smallint' THEN 1 "
        "WHEN 'double precision' THEN 2 WHEN 'text' THEN 3 ELSE 4 END, COALESCE((SELECT array_position(k.conkey, a.attnum) FROM pg_constraint k WHERE k.conrelid = t.oid AND k.contype = 'p'), 0) FROM pg_class t JOIN "
        "pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped WHERE t.relkind = 'r' AND t.relnamespace = "
        "CAST(current_schema() AS regnamespace) AND t.relname <> 'search_case' ORDER BY t.relname, a.attnum")

static const struct db_table *found;
static size_t                 place;   /* columns of it met so far */

static size_t place_of(const char *column)
{
    size_t i = 0;
    while (i < found->column_count && !str_is(found->columns[i].name, column))
        i++;
    return i;
}

/* Each column of the engine, in whatever order it keeps them, is one of the table that we read from the text. */
static void compare_column(struct str name, struct str column, enum db_kind kind, size_t key)
{
    const char *z = str_z(arena, name);
    if (!found || !str_eq(found->name, name)) {
        assert_true(!found || place == found->column_count);
        found = table(z);
        place = 0;
    }
    if (!found || str_is(column, "tenant_id"))
        return;
    size_t at = place_of(str_z(arena, column));
    assert_true(at < found->column_count);
    assert_int_equal(found->columns[at].kind, kind);
    if (key)
        assert_int_equal(found->keys[key - 2], at);
    place++;
}

static err compare_all(struct db_conn *c, void *arg)
{
    static const enum db_kind kinds[] = { DB_END, DB_I64, DB_REAL, DB_TEXT, DB_BLOB };
    int                      *n = arg;
    struct db_rows            rows;
    TRY(db_query(c, &transfer_test_columns, DB_NO_ARGS, &rows));
    for (; db_next(&rows); ++*n)
        compare_column(db_text(&rows, 0), db_text(&rows, 1), kinds[db_i64(&rows, 2)], (size_t)db_i64(&rows, 3));
    return db_done(&rows);
}

static void tables_are_those_of_the_engine(void **state)
{
    (void)state;
    int         columns = 0;
    struct list all;
    found = NULL;
    assert_ok(db_read(db.db, compare_all, &columns));
    db_tables(arena, &all);
    assert_true(columns > 400 && all.len > 50);
    assert_non_null(table("cases"));
    assert_null(table("host"));        /* no district's own */
    assert_null(table("catalogue"));
    assert_int_equal(table("audit_head")->key_count, 0);
    assert_true(table("area") < table("org") || table("cases"));
}

/* ---- out and in ---- */

DB_SQL(transfer_test_area, "INSERT INTO area (tenant_id, id, parent_id, kind, name, name_fold, valid_from, created_at, updated_at, version) VALUES ($1, $2, $3, 'grid', $4, '', 1, 1, 1, 1)")
DB_SQL(transfer_test_file,
       "INSERT INTO file (tenant_id, id, hash, media_type, bytes, width, created_at) VALUES ($1, $2, $3, $4, 7, NULL, 1)")
DB_SQL(transfer_test_count, "SELECT COUNT(*) FROM area WHERE tenant_id = $1")

static err fill(struct db_conn *c, void *arg)
{
    (void)arg;
    /* A row may refer to a later one: 1 lies in the last. */
    for (int64_t i = MANY; i >= 1; i--)
        TRY(db_exec(c, &transfer_test_area, DB_ARGS(I64(1), I64(i), REF(i == MANY ? 0 : i == 1 ? MANY : 0), TEXT(str_fmt(arena, "网格\\%lld\t\n'", (long long)i))), NULL));
    return db_exec(c, &transfer_test_file, DB_ARGS(I64(1), I64(5), BLOB(STR("\0\\\n\xFF")), TEXT(STR(""))), NULL);
}

struct copying {
    struct db_load        *to;
    const struct db_table *table;
    int64_t                rows, last;
};

static err copy_row(void *arg, struct db_rows *row)
{
    struct copying *k = arg;
    struct db_arg   v[DB_COLUMNS_MOST];
    for (size_t i = 0; i < k->table->column_count; i++) {
        enum db_kind kind = k->table->columns[i].kind;
        v[i] = (struct db_arg){ .kind = db_is_null(row, (int)i) ? DB_NULL : kind };
        if (v[i].kind == DB_I64)
            v[i].i64 = db_i64(row, (int)i);
        else if (v[i].kind == DB_REAL)
            v[i].real = db_real(row, (int)i);
        else if (v[i].kind != DB_NULL)
            v[i].bytes = kind == DB_TEXT ? db_text(row, (int)i) : db_blob(row, (int)i);
    }
    assert_true(v[0].i64 > k->last);   /* in the order of the key */
    k->last = v[0].i64;
    k->rows++;
    return k->to ? db_load_row(k->to, v) : OK;
}

static int64_t copy_table(struct db_cut *cut, struct db_load *to, const char *name, int64_t from, int64_t tenant)
{
    struct copying k = { .to = to, .table = table(name) };
    if (to)
        assert_ok(db_load_table(to, k.table, tenant));
    assert_ok(db_cut_rows(cut, k.table, from, copy_row, &k));
    if (to)
        assert_ok(db_load_end(to));
    return k.rows;
}

static err count(struct db_conn *c, void *arg)
{
    return db_number(c, &transfer_test_count, DB_ARGS(I64(2)), arg);
}

static int64_t areas_of_two(void)
{
    int64_t n = -1;
    assert_ok(db_read(db.db, count, &n));
    return n;
}

static err same_bytes(void *arg, struct db_rows *row)
{
    int       *n = arg;
    struct str hash = db_blob(row, 1), type = db_text(row, 2);
    assert_int_equal(hash.len, 4);
    assert_memory_equal(hash.ptr, "\0\\\n\xFF", 4);
    assert_true(type.ptr && type.len == 0);
    assert_true(db_is_null(row, 4));
    ++*n;
    return OK;
}

static void rows_go_out_in_pages_and_in_again(void **state)
{
    (void)state;
    struct db_cut  *cut;
    struct db_load *load;
    int             files = 0;
    assert_ok(db_write(db.db, 0, fill, NULL));
    assert_ok(db_cut_open(db.db, &cut));
    assert_ok(db_load_open(db.db, &load));
    assert_int_equal(copy_table(cut, load, "area", 1, 2), MANY);
    assert_int_equal(copy_table(cut, load, "file", 1, 2), 1);
    assert_int_equal(copy_table(cut, load, "org", 1, 2), 0);
    db_cut_close(cut);
    assert_ok(db_load_commit(load));
    db_load_close(load);
    assert_ok(db_cut_open(db.db, &cut));
    assert_int_equal(copy_table(cut, NULL, "area", 2, 0), MANY);
    assert_ok(db_cut_rows(cut, table("file"), 2, same_bytes, &files));
    assert_int_equal(files, 1);
    db_cut_close(cut);
    assert_int_equal(areas_of_two(), MANY);
}

static void what_was_not_committed_is_not_there(void **state)
{
    (void)state;
    struct db_cut  *cut;
    struct db_load *load;
    assert_ok(db_write(db.db, 0, fill, NULL));
    assert_ok(db_cut_open(db.db, &cut));
    assert_ok(db_load_open(db.db, &load));
    assert_int_equal(copy_table(cut, load, "area", 1, 2), MANY);
    assert_ok(db_load_table(load, table("org"), 2));   /* given up in the middle of a table */
    db_load_close(load);
    assert_int_equal(areas_of_two(), 0);
    db_cut_close(cut);
}

static void a_reference_to_nothing_is_refused(void **state)
{
    (void)state;
    struct db_load *load;
    struct db_arg   v[DB_COLUMNS_MOST] = { 0 };
    const struct db_table *t = table("area");
    for (size_t i = 0; i < t->column_count; i++) {
        v[i] = (struct db_arg){ .kind = t->columns[i].kind, .i64 = 1, .bytes = STR("x") };
        if (str_is(t->columns[i].name, "parent_id"))
            v[i].i64 = 99;
    }
    assert_ok(db_load_open(db.db, &load));
    assert_ok(db_load_table(load, t, 2));
    assert_ok(db_load_row(load, v));
    err e = db_load_end(load);
    if (!failed(e))
        e = db_load_commit(load);
    assert_int_equal(e.code, ERR_UNKNOWN_REFERENCE);
    db_load_close(load);
    assert_int_equal(areas_of_two(), 0);
}

static void a_cut_is_one_moment(void **state)
{
    (void)state;
    struct db_cut *cut;
    assert_ok(db_cut_open(db.db, &cut));
    int64_t before = copy_table(cut, NULL, "area", 1, 0);
    assert_ok(db_write(db.db, 0, fill, NULL));
    assert_int_equal(copy_table(cut, NULL, "area", 1, 0), before);
    db_cut_close(cut);
}

/* ---- time ---- */

DB_SQL2(transfer_test_limits, "SELECT '0', '0'", "SELECT current_setting('idle_in_transaction_session_timeout'), current_setting('statement_timeout')")
DB_SQL2(transfer_test_takes_time, "SELECT 1", "SELECT 1 FROM pg_sleep(0.3)")

static err limits(struct db_conn *c, void *arg)
{
    struct str    *idle = arg;
    struct db_rows rows;
    TRY(db_query(c, &transfer_test_limits, DB_NO_ARGS, &rows));
    assert_true(db_next(&rows));
    *idle = str_fmt(arena, "%.*s, %.*s", STR_ARG(db_text(&rows, 0)), STR_ARG(db_text(&rows, 1)));
    return db_done(&rows);
}

/* Between two statements of theirs lie a district's photos. Everybody else's transactions are ended when they stand still for a minute. */
static void a_cut_and_a_load_have_time(void **state)
{
    (void)state;
    struct str      said[4];
    struct db_cut  *cut;
    struct db_load *load;
    int64_t         one;
    if (test_db_postgres())
        test_db_server("ALTER DATABASE %s SET statement_timeout = '150ms'", db.name);
    assert_ok(db_cut_open(db.db, &cut));
    assert_ok(db_load_open(db.db, &load));
    assert_ok(limits(db_cut_conn(cut), &said[0]));
    assert_ok(limits(db_load_conn(load), &said[1]));
    assert_ok(db_number(db_cut_conn(cut), &transfer_test_takes_time, DB_NO_ARGS, &one));
    assert_ok(db_number(db_load_conn(load), &transfer_test_takes_time, DB_NO_ARGS, &one));
    db_cut_close(cut);
    db_load_close(load);
    assert_ok(db_read(db.db, limits, &said[2]));
    assert_ok(db_write(db.db, 0, limits, &said[3]));
    if (test_db_postgres())
        test_db_server("ALTER DATABASE %s RESET statement_timeout", db.name);
    for (int i = 0; i < 2; i++)
        assert_true(str_is(said[i], "0, 0"));
    for (int i = 2; i < 4; i++)
        assert_true(str_starts(said[i], test_db_postgres() ? "1min, " : "0, "));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(tables_are_those_of_the_engine), T(rows_go_out_in_pages_and_in_again), T(what_was_not_committed_is_not_there),
        T(a_reference_to_nothing_is_refused), T(a_cut_is_one_moment), T(a_cut_and_a_load_have_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
