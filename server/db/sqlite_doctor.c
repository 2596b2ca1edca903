/* What is wrong with a file of SQLite: its pages, references to rows that are not there, a schema changed by hand. */
#include "sqlite.h"

/* FULL reads every page and index; QUICK leaves out the comparison of indexes with their tables. */
#define CHECK_FULL  "PRAGMA integrity_check(100)"
#define CHECK_QUICK "PRAGMA quick_check(100)"

static struct str column(struct arena *a, sqlite3_stmt *s, int i)
{
    return str_copy(a, str_of((const char *)sqlite3_column_text(s, i)));
}

/* Runs a text and gives each row to `each`; its own errors are findings too. */
static void each_row(struct examination *x, sqlite3 *handle, const char *check, const char *text,
                     void (*each)(struct examination *x, const char *check, sqlite3_stmt *row))
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(handle, text, -1, &s, NULL);
    while (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
        each(x, check, s);
        code = SQLITE_OK;
    }
    if (code != SQLITE_DONE)
        finding(x, check, str_fmt(x->arena, "%s", sqlite3_errmsg(handle)));
    sqlite3_finalize(s);
}

static void integrity_row(struct examination *x, const char *check, sqlite3_stmt *row)
{
    struct str text = column(x->arena, row, 0);
    if (!str_is(text, "ok"))
        finding(x, check, text);
}

static void reference_row(struct examination *x, const char *check, sqlite3_stmt *row)
{
    struct str table = column(x->arena, row, 0), parent = column(x->arena, row, 2);
    finding(x, check, str_fmt(x->arena, "a row of %.*s refers to a row of %.*s that is not there", STR_ARG(table), STR_ARG(parent)));
}

/* ---- schema ---- */

#define OBJECTS "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name"

static struct list objects_of(struct arena *a, sqlite3 *handle)
{
    struct list   all = { 0 };
    size_t        cap = 1024;
    sqlite3_stmt *s = NULL;
    all.at = ARENA_ARRAY(a, cap, struct object);
    if (sqlite3_prepare_v2(handle, OBJECTS, -1, &s, NULL) == SQLITE_OK)
        while (sqlite3_step(s) == SQLITE_ROW && all.len < cap)
            ((struct object *)all.at)[all.len++] = (struct object){ column(a, s, 0), column(a, s, 1) };
    sqlite3_finalize(s);
    return all;
}

/* The schema as the migrations make it, from an empty database in memory. */
static err expected_objects(struct arena *a, struct list *out)
{
    struct migration_set all = migrations_embedded();
    sqlite3 *handle;
    TRY(handle_open(":memory:", true, &handle));
    int code = SQLITE_OK;
    for (size_t i = 0; i < all.count && code == SQLITE_OK; i++)
        code = sqlite3_exec(handle, db_migration_for(a, &all.at[i], false).ptr, NULL, NULL, NULL);
    *out = objects_of(a, handle);
    err e = code == SQLITE_OK ? OK : sqlite_err(handle, code, "migrations");
    sqlite3_close(handle);
    return e;
}

err sqlite_examine(struct db_conn *c, struct examination *x)
{
    struct list want;
    each_row(x, sqlite_of(c), "integrity", x->thorough ? CHECK_FULL : CHECK_QUICK, integrity_row);
    each_row(x, sqlite_of(c), "references", "PRAGMA foreign_key_check", reference_row);
    TRY(expected_objects(x->arena, &want));
    compare_schema(x, want, objects_of(x->arena, sqlite_of(c)));
    return OK;
}
