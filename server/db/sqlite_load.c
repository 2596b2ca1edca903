/* SQLite takes a table by one statement, run for each row. */
#include "load.h"
#include "sqlite.h"

#include "../base/buf.h"

/* References are looked at when all is in: a row may refer to one of its own table that comes later. */
err sqlite_load_begin(struct db_load *l)
{
    TRY(conn_script(&l->conn, "load", "BEGIN IMMEDIATE"));
    return conn_script(&l->conn, "load", "PRAGMA defer_foreign_keys = ON");
}

err sqlite_load_table(struct db_load *l)
{
    struct buf    b = buf_new(l->arena, 0);
    sqlite3_stmt *s;
    buf_fmt(&b, "INSERT INTO %.*s (tenant_id", STR_ARG(l->table->name));
    for (size_t i = 0; i < l->table->column_count; i++)
        buf_fmt(&b, ", %.*s", STR_ARG(l->table->columns[i].name));
    buf_z(&b, ") VALUES (?");
    for (size_t i = 0; i < l->table->column_count; i++)
        buf_z(&b, ", ?");
    buf_byte(&b, ')');
    int code = sqlite3_prepare_v2(sqlite_of(&l->conn), b.ptr, (int)b.len, &s, NULL);
    if (code != SQLITE_OK)
        return sqlite_err(sqlite_of(&l->conn), code, "load");
    sqlite3_bind_int64(s, 1, l->tenant);
    l->own = s;
    return OK;
}

static int bind(sqlite3_stmt *s, int i, const struct db_arg *v)
{
    switch (v->kind) {
    case DB_I64:  return sqlite3_bind_int64(s, i, v->i64);
    case DB_REAL: return sqlite3_bind_double(s, i, v->real);
    case DB_TEXT: return sqlite3_bind_text64(s, i, v->bytes.ptr, v->bytes.len, SQLITE_STATIC, SQLITE_UTF8);
    case DB_BLOB: return sqlite3_bind_blob64(s, i, v->bytes.ptr, v->bytes.len, SQLITE_STATIC);
    default:      return sqlite3_bind_null(s, i);
    }
}

err sqlite_load_row(struct db_load *l, const struct db_arg *values)
{
    int code = SQLITE_OK;
    for (size_t i = 0; i < l->table->column_count && code == SQLITE_OK; i++)
        code = bind(l->own, (int)i + 2, &values[i]);
    if (code == SQLITE_OK)
        code = sqlite3_step(l->own);
    sqlite3_reset(l->own);
    return code == SQLITE_DONE ? OK : sqlite_err(sqlite_of(&l->conn), code, "load");
}

err sqlite_load_end(struct db_load *l)
{
    sqlite3_finalize(l->own);
    l->own = NULL;
    return OK;
}
