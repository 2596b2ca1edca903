/* PostgreSQL takes a table by COPY: one statement, whose references are looked at when all its rows are there. */
#include "load.h"
#include "postgres.h"

#include "../base/buf.h"

#define SEND_AT ((size_t)64 * 1024)

/* Rows to be sent. */
struct copy {
    struct arena *arena;
    struct buf    rows;
};

/* No lock between processes: rows of a district that nobody knows yet are in nobody's way. */
err pg_load_begin(struct db_load *l)
{
    return conn_script(&l->conn, "load", "BEGIN ISOLATION LEVEL READ COMMITTED");
}

static PGconn *session_of(const struct db_load *l)
{
    return pg_own(&l->conn)->session;
}

err pg_load_table(struct db_load *l)
{
    struct buf b = buf_new(l->arena, 0);
    buf_fmt(&b, "COPY %.*s (tenant_id", STR_ARG(l->table->name));
    for (size_t i = 0; i < l->table->column_count; i++)
        buf_fmt(&b, ", %.*s", STR_ARG(l->table->columns[i].name));
    buf_add(&b, ") FROM STDIN", sizeof ") FROM STDIN");
    PGresult *r = PQexec(session_of(l), b.ptr);
    if (PQresultStatus(r) != PGRES_COPY_IN)
        return postgres_err(&l->conn, r, "load");
    PQclear(r);
    struct copy *c = ARENA_NEW(l->arena, struct copy);
    c->arena = arena_new(4 * SEND_AT);
    c->rows = buf_new(c->arena, (size_t)1 << 30);
    l->own = c;
    return OK;
}

static void add_text(struct buf *b, struct str s)
{
    static const char from[] = "\\\n\r\t", to[] = "\\nrt";
    for (size_t i = 0; i < s.len; i++) {
        const char *special = memchr(from, s.ptr[i], sizeof from - 1);
        if (special)
            buf_byte(b, '\\');
        buf_byte(b, special ? to[special - from] : s.ptr[i]);
    }
}

static void add_value(struct buf *b, const struct db_arg *v)
{
    static const char digits[] = "0123456789abcdef";
    buf_byte(b, '\t');
    switch (v->kind) {
    case DB_I64:  buf_i64(b, v->i64); break;
    case DB_REAL: buf_fmt(b, "%.17g", v->real); break;
    case DB_TEXT: add_text(b, v->bytes); break;
    case DB_BLOB:
        buf_z(b, "\\\\x");
        for (size_t i = 0; i < v->bytes.len; i++) {
            buf_byte(b, digits[(unsigned char)v->bytes.ptr[i] >> 4]);
            buf_byte(b, digits[(unsigned char)v->bytes.ptr[i] & 15]);
        }
        break;
    default: buf_z(b, "\\N");
    }
}

static err send(struct db_load *l)
{
    struct copy *c = l->own;
    bool         sent = !c->rows.full && PQputCopyData(session_of(l), c->rows.ptr, (int)c->rows.len) == 1;
    arena_reset(c->arena);
    c->rows = buf_new(c->arena, (size_t)1 << 30);
    return sent ? OK : FAIL(ERR_UNAVAILABLE);
}

err pg_load_row(struct db_load *l, const struct db_arg *values)
{
    struct copy *c = l->own;
    buf_i64(&c->rows, l->tenant);
    for (size_t i = 0; i < l->table->column_count; i++)
        add_value(&c->rows, &values[i]);
    buf_byte(&c->rows, '\n');
    return c->rows.len >= SEND_AT ? send(l) : OK;
}

err pg_load_end(struct db_load *l)
{
    struct copy *c = l->own;
    if (!c)
        return OK;
    err e = c->rows.len ? send(l) : OK;
    arena_free(c->arena);
    l->own = NULL;
    PQputCopyEnd(session_of(l), failed(e) ? "given up" : NULL);
    for (PGresult *r; (r = PQgetResult(session_of(l)));) {
        if (PQresultStatus(r) == PGRES_COMMAND_OK || failed(e))
            PQclear(r);
        else
            e = postgres_err(&l->conn, r, "load");
    }
    return e;
}
