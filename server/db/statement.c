/* Statements of a connection, for every engine: prepared once and kept by their index in the linker section, composed from families, read to
 * the end. */
#include "inside.h"

#include <stdlib.h>

#include "../base/buf.h"
#include "../base/log.h"

/* Made by the linker when at least one DB_SQL or DB_FAMILY is linked in. */
extern const struct db_sql    __start_linli_sql[] __attribute__((weak)), __stop_linli_sql[] __attribute__((weak));
extern const struct db_family __start_linli_family[] __attribute__((weak)), __stop_linli_family[] __attribute__((weak));

_Static_assert(sizeof(struct db_sql) == 32, "the linker section is read as an array");
_Static_assert(sizeof(struct db_family) == 64, "the linker section is read as an array");

const struct db_sql *db_sql_all(size_t *count)
{
    *count = (size_t)(__stop_linli_sql - __start_linli_sql);
    return __start_linli_sql;
}

const struct db_family *db_family_all(size_t *count)
{
    *count = (size_t)(__stop_linli_family - __start_linli_family);
    return __start_linli_family;
}

/* ---- misuse ---- */

void *memory(void *p)
{
    if (!p) {
        log_event(LOG_ERROR, "out_of_memory", NULL);
        abort();
    }
    return p;
}

_Noreturn void misuse(const char *what, const char *name)
{
    log_event(LOG_ERROR, "database_misuse", "what", what, "statement", name, NULL);
    abort();
}

/* ---- statements ---- */

struct statement *statement_new(const char *name, void *handle, int count)
{
    if (count > ARGUMENT_MOST)
        misuse("too many parameters", name);
    struct statement *s = memory(calloc(1, sizeof *s + (size_t)count));
    s->handle = handle;
    s->name = name;
    s->count = (uint8_t)count;
    return s;
}

uint8_t argument_of(struct str parameter, const char *statement)
{
    int64_t number = 0;
    if (!parameter.len || parameter.ptr[0] != '$' || !str_to_i64((struct str){ parameter.ptr + 1, parameter.len - 1 }, &number) ||
        number < 1 || number > ARGUMENT_MOST)
        misuse("parameters are $1 to $255", statement);
    return (uint8_t)(number - 1);
}

static void statement_free(struct db_conn *c, struct statement *s)
{
    if (!s)
        return;
    c->engine->unprepare(s);
    free(s);
}

/* ---- queries ---- */

static void statement_end(struct db_conn *c, struct statement *s)
{
    struct statement **at = &c->open;
    while (*at != s)
        at = &(*at)->next_open;
    *at = s->next_open;
    c->engine->reset(s);
    s->open = false;
    if (s->passing)
        statement_free(c, s);
}

void conn_end_statements(struct db_conn *c)
{
    while (c->open)
        statement_end(c, c->open);
}

/* The district is $1 of every statement (tools/sql-check): that of the request, and before the commit one of those in this lane. */
static bool strays(const struct db_conn *c, const struct db_arg *args)
{
    if (!c->writer || c->whole || !args || args[0].kind != DB_I64)
        return false;
    int64_t tenant = args[0].i64;
    return c->request ? tenant != c->request->tenant : writer_of(c->db, tenant) != c->writer;
}

static void check_arguments(const struct db_conn *c, const struct statement *s, const struct db_arg *args)
{
    int given = 0;
    while (args && args[given].kind != DB_END)
        given++;
    if (strays(c, args))
        misuse("a write of one district reaches into another", s->name);
    for (int i = 0; i < s->count; i++)
        if (s->argument[i] >= given)
            misuse("too few arguments", s->name);
}

static void statement_begin(struct db_conn *c, struct statement *s)
{
    s->open = true;
    s->next_open = c->open;
    c->open = s;
}

static err begun(struct db_conn *c, struct statement *s, err e, struct db_rows *rows)
{
    if (failed(e)) {
        statement_end(c, s);
        return e;
    }
    *rows = (struct db_rows){ .conn = c, .stmt = s, .open = true };
    return OK;
}

err conn_start(struct db_conn *c, struct statement *s, const struct db_arg *args, struct db_rows *rows)
{
    check_arguments(c, s, args);
    statement_begin(c, s);
    return begun(c, s, c->engine->bind(c, s, args), rows);
}

/* A statement that is being read already (recursion, a loop inside a loop) gets a passing twin. */
static err twin(struct db_conn *c, const struct statement *of, struct statement **out)
{
    TRY(c->engine->twin(c, of, out));
    (*out)->passing = true;
    return OK;
}

static err cached(struct db_conn *c, const struct db_sql *sql, struct statement **out)
{
    struct statement **kept = &c->cached[sql - __start_linli_sql];
    if (!*kept)
        TRY(c->engine->prepare(c, sql->name, str_of(c->engine->postgres && sql->postgres ? sql->postgres : sql->sqlite), kept));
    *out = *kept;
    return OK;
}

/* One that is not being read. */
static err idle(struct db_conn *c, const struct db_sql *sql, struct statement **out)
{
    TRY(cached(c, sql, out));
    return (*out)->open ? twin(c, *out, out) : OK;
}

err db_query(struct db_conn *c, const struct db_sql *sql, const struct db_arg *args, struct db_rows *rows)
{
    struct statement *s;
    *rows = (struct db_rows){ .conn = c };
    TRY(idle(c, sql, &s));
    return conn_start(c, s, args, rows);
}

static bool is_text(const struct composed *slot, const struct db_family *family, uint32_t mask, int tail)
{
    return slot->statement && slot->family == family && slot->mask == mask && slot->tail == tail;
}

/* Where a text is, or goes: from its hash on, the first slot that is free, else the one not used for longest. NULL: all are being read. Two texts
 * of one page that share a hash are so not prepared anew by turns. */
static struct composed *composed_slot(struct db_conn *c, const struct db_family *family, uint32_t mask, int tail)
{
    uint32_t         h = (uint32_t)(family - __start_linli_family) * 2654435761u;
    struct composed *oldest = NULL;
    h = (h ^ mask) * 2654435761u;
    h = (h ^ (uint32_t)tail) * 2654435761u;
    h >>= 25;   /* 7 bits: COMPOSED_SLOTS */
    for (uint32_t i = 0; i < COMPOSED_SLOTS; i++) {
        struct composed *slot = &c->composed[(h + i) % COMPOSED_SLOTS];
        if (!slot->statement || is_text(slot, family, mask, tail))
            return slot;
        if (!slot->statement->open && (!oldest || slot->used < oldest->used))
            oldest = slot;
    }
    return oldest;
}

struct str db_family_text(struct arena *a, const struct db_family *family, uint32_t mask, int tail)
{
    struct buf text = buf_new(a, 0);
    buf_z(&text, family->head);
    for (int i = 0; family->fragments && family->fragments[i]; i++)
        if (mask >> i & 1)
            buf_z(&text, family->fragments[i]);
    for (int i = 0; family->tails && family->tails[i]; i++)
        if (i == tail)
            buf_z(&text, family->tails[i]);
    return buf_view(&text);
}

static err compose(struct db_conn *c, struct composed *slot, const struct db_family *family, uint32_t mask, int tail)
{
    struct arena *a = arena_new(4096);
    err           e = c->engine->prepare(c, family->name, db_family_text(a, family, mask, tail), &slot->statement);
    arena_free(a);
    if (failed(e))
        return e;
    slot->family = family;
    slot->mask = mask;
    slot->tail = tail;
    return OK;
}

err db_query_family(struct db_conn *c, const struct db_family *family, uint32_t mask, int tail,
                    const struct db_arg *args, struct db_rows *rows)
{
    *rows = (struct db_rows){ .conn = c };
    struct composed *slot = composed_slot(c, family, mask, tail), passing = { 0 };

    if (!slot || (slot->statement && slot->statement->open)) {
        TRY(compose(c, &passing, family, mask, tail));
        passing.statement->passing = true;
        slot = &passing;
    } else if (!is_text(slot, family, mask, tail)) {
        statement_free(c, slot->statement);
        *slot = (struct composed){ 0 };
        TRY(compose(c, slot, family, mask, tail));
    }
    slot->used = ++c->composed_used;
    return conn_start(c, slot->statement, args, rows);
}

bool db_next(struct db_rows *rows)
{
    if (!rows->open || failed(rows->state))
        return false;
    bool row = false;
    rows->state = rows->conn->engine->next(rows->conn, rows->stmt, &row);
    if (row)
        return true;
    /* The step after the last would start anew. */
    statement_end(rows->conn, rows->stmt);
    rows->open = false;
    return false;
}

err db_done(struct db_rows *rows)
{
    if (rows->open)
        statement_end(rows->conn, rows->stmt);
    rows->open = false;
    return rows->state;
}

err db_exec(struct db_conn *c, const struct db_sql *sql, const struct db_arg *args, int64_t *changed)
{
    struct db_rows rows;
    int64_t        before = c->engine->changes(c);
    TRY(db_query(c, sql, args, &rows));
    while (db_next(&rows))
        ;
    TRY(db_done(&rows));
    if (changed)
        *changed = c->engine->changes(c) - before;
    return OK;
}

err db_send(struct db_conn *c, const struct db_sql *sql, const struct db_arg *args)
{
    struct statement *s;
    if (!c->engine->send || !c->writes)
        return db_exec(c, sql, args, NULL);
    TRY(cached(c, sql, &s));
    check_arguments(c, s, args);
    return c->engine->send(c, s, args);
}

struct db_asked {
    const struct db_sql *sql;
    struct db_arg       *args;   /* where it is asked later */
    void                *sent;   /* the engine's */
};

static struct db_arg *kept(struct arena *a, const struct db_arg *args)
{
    size_t n = 0;
    while (args[n].kind != DB_END)
        n++;
    struct db_arg *out = ARENA_ARRAY(a, n + 1, struct db_arg);
    for (size_t i = 0; i <= n; i++) {
        out[i] = args[i];
        if (args[i].kind == DB_TEXT || args[i].kind == DB_BLOB)
            out[i].bytes = str_copy(a, args[i].bytes);
    }
    return out;
}

err db_ask(struct db_conn *c, const struct db_sql *sql, const struct db_arg *args, struct db_asked **out)
{
    struct statement *s;
    if (!c->writes)
        misuse("a question ahead outside a write", sql->name);
    *out = ARENA_NEW(c->arena, struct db_asked);
    **out = (struct db_asked){ .sql = sql };
    if (!c->engine->ask) {
        (*out)->args = kept(c->arena, args);
        return OK;
    }
    TRY(cached(c, sql, &s));
    check_arguments(c, s, args);
    return c->engine->ask(c, s, args, &(*out)->sent);
}

err db_answer(struct db_conn *c, const struct db_asked *asked, struct db_rows *rows)
{
    struct statement *s;
    if (!c->engine->ask)
        return db_query(c, asked->sql, asked->args, rows);
    *rows = (struct db_rows){ .conn = c };
    TRY(idle(c, asked->sql, &s));
    statement_begin(c, s);
    return begun(c, s, c->engine->answer(c, s, asked->sent), rows);
}

err conn_script(struct db_conn *c, const char *name, const char *text)
{
    return c->engine->script(c, name, text);
}

/* ---- results ---- */

static const struct statement *row(const struct db_rows *rows)
{
    if (!rows->open)
        misuse("a column was read outside a row", "");
    return rows->stmt;
}

int64_t db_i64(struct db_rows *rows, int column)
{
    return rows->conn->engine->i64(row(rows), column);
}

double db_real(struct db_rows *rows, int column)
{
    return rows->conn->engine->real(row(rows), column);
}

bool db_bool(struct db_rows *rows, int column)
{
    return db_i64(rows, column) != 0;
}

struct str db_text(struct db_rows *rows, int column)
{
    return rows->conn->engine->text(row(rows), column);
}

struct str db_blob(struct db_rows *rows, int column)
{
    return rows->conn->engine->blob(row(rows), column);
}

bool db_is_null(struct db_rows *rows, int column)
{
    return rows->conn->engine->is_null(row(rows), column);
}

/* ---- connections ---- */

err conn_open(struct db *db, struct db_conn *c, bool writes)
{
    size_t count;
    db_sql_all(&count);
    c->db = db;
    c->engine = db->engine;
    c->writes = c->whole = writes;
    c->cached = memory(calloc(count + 1, sizeof *c->cached));
    c->composed = memory(calloc(COMPOSED_SLOTS, sizeof *c->composed));
    return c->engine->connect(c);
}

void conn_forget_statements(struct db_conn *c)
{
    size_t count;
    db_sql_all(&count);
    conn_end_statements(c);
    for (size_t i = 0; c->cached && i < count; i++) {
        statement_free(c, c->cached[i]);
        c->cached[i] = NULL;
    }
    for (size_t i = 0; c->composed && i < COMPOSED_SLOTS; i++) {
        statement_free(c, c->composed[i].statement);
        c->composed[i] = (struct composed){ 0 };
    }
}

void conn_close(struct db_conn *c)
{
    if (c->engine)
        c->engine->leave(c);
    free(c->cached);
    free(c->composed);
    *c = (struct db_conn){ 0 };
}

bool db_is_postgres(const struct db_conn *c)
{
    return c->engine->postgres;
}

bool db_is_write(const struct db_conn *c)
{
    return c->writes;
}

uint64_t db_snapshot(const struct db_conn *c)
{
    return c->writes ? atomic_load(&c->db->fresh) : c->seen;
}
