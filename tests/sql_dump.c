/* For tools/sql-check and tools/parts/postgres. sql-dump prints every migration and statement of the program; sql-dump --prepare reads lines "name TAB statement"
 * from standard input and prepares each on an empty SQLite database with all migrations applied: one line of JSON for each, with its error, if
 * any, and its plan. sql-dump --migrate ADDRESS makes the schema in an empty database. */
#include <sqlite3.h>
#include <stdlib.h>

#include "../server/base/jsonw.h"
#include "../server/db/db.h"

static sqlite3 *migrated(struct arena *a)
{
    sqlite3 *handle;
    size_t   count;
    const struct db_migration *all = db_migrations(&count);
    if (sqlite3_open(":memory:", &handle) != SQLITE_OK)
        exit(1);
    for (size_t i = 0; i < count; i++)
        if (sqlite3_exec(handle, db_migration_for(a, &all[i], false).ptr, NULL, NULL, NULL) != SQLITE_OK) {
            fprintf(stderr, "%s: %s\n", all[i].name, sqlite3_errmsg(handle));
            exit(1);
        }
    return handle;
}

static void plan(struct jsonw *j, sqlite3 *handle, struct arena *a, struct str text)
{
    sqlite3_stmt *s;
    struct str    explain = str_fmt(a, "EXPLAIN QUERY PLAN %.*s", STR_ARG(text));
    jsonw_key(j, "plan");
    jsonw_list(j);
    if (sqlite3_prepare_v2(handle, explain.ptr, (int)explain.len, &s, NULL) == SQLITE_OK) {
        while (sqlite3_step(s) == SQLITE_ROW)
            jsonw_z(j, (const char *)sqlite3_column_text(s, 3));
        sqlite3_finalize(s);
    }
    jsonw_list_end(j);
}

static void prepare(sqlite3 *handle, struct arena *a, struct str line)
{
    sqlite3_stmt *s = NULL;
    const char   *rest = "";
    struct str    name = str_cut(&line, '\t');
    struct buf    out = buf_new(a, 0);
    struct jsonw  j = jsonw_on(&out);
    int code = sqlite3_prepare_v2(handle, line.ptr, (int)line.len, &s, &rest);
    const char *error = code != SQLITE_OK ? sqlite3_errmsg(handle) : *rest && rest < line.ptr + line.len ? "more than one statement" : NULL;

    jsonw_open(&j);
    jsonw_kv_str(&j, "name", name);
    jsonw_kv_z(&j, "error", error);
    if (!error && !sqlite3_stmt_isexplain(s))
        plan(&j, handle, a, line);
    sqlite3_finalize(s);
    jsonw_close(&j);
    printf("%.*s\n", STR_ARG(buf_view(&out)));
}

static int migrate(const char *address)
{
    struct db *db;
    int        applied;
    if (failed(db_open(&(struct db_options){ .path = address, .readers = 1 }, &db)))
        return 1;
    err e = db_migrate(db, &applied);
    db_close(db);
    return failed(e);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--migrate") == 0)
        return migrate(argv[2]);
    if (argc < 2 || strcmp(argv[1], "--prepare") != 0) {
        db_dump_sql(stdout);
        return 0;
    }
    struct arena *a = arena_new(1 << 20);
    sqlite3      *handle = migrated(a);
    char         *line = NULL;
    size_t        room = 0;
    ssize_t       n;
    while ((n = getline(&line, &room, stdin)) > 0) {
        arena_reset(a);
        prepare(handle, a, (struct str){ line, (size_t)n - (line[n - 1] == '\n') });
    }
    free(line);
    sqlite3_close(handle);
    arena_free(a);
    return 0;
}
