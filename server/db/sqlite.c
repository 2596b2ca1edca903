/* SQLite connections: settings, statements cached by their index in the linker section, binding, results, errors. */
#include "inside.h"

#include <stdio.h>
#include <stdlib.h>

#include "../base/buf.h"
#include "../base/log.h"

/* Made by the linker when at least one DB_SQL or DB_FAMILY is linked in. */
extern const struct db_sql    __start_linli_sql[] __attribute__((weak)), __stop_linli_sql[] __attribute__((weak));
extern const struct db_family __start_linli_family[] __attribute__((weak)), __stop_linli_family[] __attribute__((weak));

#define ARGUMENT_MOST 64

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

/* ---- errors ---- */

static const struct {
    int           code;     /* extended, or primary when the lower byte alone decides */
    enum err_code err;
} meanings[] = {
    { SQLITE_CONSTRAINT_UNIQUE, ERR_TAKEN },
    { SQLITE_CONSTRAINT_PRIMARYKEY, ERR_TAKEN },
    { SQLITE_CONSTRAINT_ROWID, ERR_TAKEN },
    { SQLITE_CONSTRAINT_FOREIGNKEY, ERR_UNKNOWN_REFERENCE },
    { SQLITE_FULL, ERR_STORAGE_FULL },
    { SQLITE_BUSY, ERR_UNAVAILABLE },
    { SQLITE_LOCKED, ERR_UNAVAILABLE },
    { SQLITE_INTERRUPT, ERR_UNAVAILABLE },
};

static enum err_code meaning(int code)
{
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (meanings[i].code == code || meanings[i].code == (code & 0xFF))
            return meanings[i].err;
    return ERR_INTERNAL;
}

err sqlite_err(sqlite3 *handle, int code, const char *what)
{
    enum err_code e = meaning(code);
    if (e != ERR_TAKEN && e != ERR_UNKNOWN_REFERENCE) {
        char number[16];
        snprintf(number, sizeof number, "%d", code);
        log_event(LOG_ERROR, "database", "statement", what, "code", number, "text",
                  handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code), NULL);
    }
    return FAIL(e);
}

/* ---- opening ---- */

#define TEXT_OF_(x) #x
#define TEXT_OF(x)  TEXT_OF_(x)

#define SETTINGS_ALL                                                                                        \
    "PRAGMA busy_timeout = 10000;"                                                                          \
    "PRAGMA temp_store = MEMORY;"                                                                           \
    "PRAGMA case_sensitive_like = ON;"                                                                      \
    "PRAGMA trusted_schema = OFF;"                                                                          \
    "PRAGMA wal_autocheckpoint = 0;"                                                                        \
    "PRAGMA synchronous = FULL;"
#define SETTINGS_WRITER                                                                                     \
    "PRAGMA page_size = 4096;"                                                                              \
    "PRAGMA journal_mode = WAL;"                                                                            \
    "PRAGMA foreign_keys = ON;"                                                                             \
    "PRAGMA cache_size = -16384;"
#define SETTINGS_READER                                                                                     \
    "PRAGMA mmap_size = " TEXT_OF(DB_MAP_MOST) ";"                                                          \
    "PRAGMA query_only = ON;"                                                                               \
    "PRAGMA cache_size = -1024;"

/* Before the library's first use: no counting of memory (a lock around every allocation), no lock around connections (each is used by one
 * thread at a time). What a savepoint keeps to undo stays in memory, always: 3.40 says SQLITE_FULL for no reason when such a journal
 * grows over its limit into a file. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);
    sqlite3_initialize();
}

err handle_open(const char *path, bool writes, sqlite3 **out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure);

    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (writes ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(path, out, flags, NULL);
    if (code == SQLITE_OK)
        sqlite3_extended_result_codes(*out, 1);
    if (code == SQLITE_OK)
        code = sqlite3_exec(*out, SETTINGS_ALL, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(*out, writes ? SETTINGS_WRITER : SETTINGS_READER, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        return OK;
    err e = sqlite_err(*out, code, path);
    sqlite3_close(*out);
    *out = NULL;
    return e;
}

/* ---- statements ---- */

static void *must(void *p)
{
    if (!p) {
        log_event(LOG_ERROR, "out_of_memory", NULL);
        abort();
    }
    return p;
}

static _Noreturn void misuse(const char *what, const char *name)
{
    log_event(LOG_ERROR, "database_misuse", "what", what, "statement", name, NULL);
    abort();
}

static err prepare(struct db_conn *c, const char *name, const char *text, size_t length, struct statement **out)
{
    sqlite3_stmt *handle;
    int code = sqlite3_prepare_v3(c->handle, text, (int)length, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
    if (code != SQLITE_OK)
        return sqlite_err(c->handle, code, name);
    int count = sqlite3_bind_parameter_count(handle);
    if (count > ARGUMENT_MOST)
        misuse("too many parameters", name);
    struct statement *s = must(calloc(1, sizeof *s + (size_t)count));
    s->handle = handle;
    s->name = name;
    s->count = (uint8_t)count;
    for (int i = 1; i <= count; i++) {
        const char *parameter = sqlite3_bind_parameter_name(handle, i);
        int         number = parameter && parameter[0] == '$' ? atoi(parameter + 1) : 0;
        if (number < 1 || number > ARGUMENT_MOST)
            misuse("parameters are $1 to $64", name);
        s->argument[i - 1] = (uint8_t)(number - 1);
    }
    *out = s;
    return OK;
}

static void statement_free(struct statement *s)
{
    if (!s)
        return;
    sqlite3_finalize(s->handle);
    free(s);
}

static int bind_one(sqlite3_stmt *h, int i, const struct db_arg *a)
{
    switch (a->kind) {
    case DB_I64: return sqlite3_bind_int64(h, i, a->i64);
    case DB_REAL: return sqlite3_bind_double(h, i, a->real);
    case DB_TEXT: return sqlite3_bind_text64(h, i, a->bytes.ptr, a->bytes.len, SQLITE_STATIC, SQLITE_UTF8);
    case DB_BLOB: return sqlite3_bind_blob64(h, i, a->bytes.ptr, a->bytes.len, SQLITE_STATIC);
    default: return sqlite3_bind_null(h, i);
    }
}

static err bind(struct db_conn *c, struct statement *s, const struct db_arg *args)
{
    int given = 0;
    while (args && args[given].kind != DB_END)
        given++;
    for (int i = 0; i < s->count; i++) {
        if (s->argument[i] >= given)
            misuse("too few arguments", s->name);
        int code = bind_one(s->handle, i + 1, &args[s->argument[i]]);
        if (code != SQLITE_OK)
            return sqlite_err(c->handle, code, s->name);
    }
    return OK;
}

/* ---- queries ---- */

static void statement_end(struct db_conn *c, struct statement *s)
{
    struct statement **at = &c->open;
    while (*at != s)
        at = &(*at)->next_open;
    *at = s->next_open;
    sqlite3_reset(s->handle);
    s->open = false;
    if (s->passing)
        statement_free(s);
}

void conn_end_statements(struct db_conn *c)
{
    while (c->open)
        statement_end(c, c->open);
}

static err start(struct db_conn *c, struct statement *s, const struct db_arg *args, struct db_rows *rows)
{
    s->open = true;
    s->next_open = c->open;
    c->open = s;
    err e = bind(c, s, args);
    if (failed(e)) {
        statement_end(c, s);
        return e;
    }
    *rows = (struct db_rows){ .conn = c, .stmt = s, .open = true };
    return OK;
}

/* A statement that is being read already (recursion, a loop inside a loop) gets a passing twin. */
static err twin(struct db_conn *c, const struct statement *of, struct statement **out)
{
    TRY(prepare(c, of->name, sqlite3_sql(of->handle), strlen(sqlite3_sql(of->handle)), out));
    (*out)->passing = true;
    return OK;
}

err db_query(struct db_conn *c, const struct db_sql *sql, const struct db_arg *args, struct db_rows *rows)
{
    *rows = (struct db_rows){ .conn = c };
    struct statement **cached = &c->cached[sql - __start_linli_sql], *s;
    if (!*cached)
        TRY(prepare(c, sql->name, sql->sqlite, strlen(sql->sqlite), cached));
    s = *cached;
    if (s->open)
        TRY(twin(c, s, &s));
    return start(c, s, args, rows);
}

static size_t composed_slot(const struct db_family *family, uint32_t mask, int tail)
{
    uint32_t h = (uint32_t)(family - __start_linli_family) * 2654435761u;
    h = (h ^ mask) * 2654435761u;
    h = (h ^ (uint32_t)tail) * 2654435761u;
    return h >> 25;   /* 7 bits: COMPOSED_SLOTS */
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
    struct str    text = db_family_text(a, family, mask, tail);
    err           e = prepare(c, family->name, text.ptr, text.len, &slot->statement);
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
    struct composed *slot = &c->composed[composed_slot(family, mask, tail)], passing = { 0 };
    bool same = slot->family == family && slot->mask == mask && slot->tail == tail;

    if (slot->statement && slot->statement->open) {
        TRY(compose(c, &passing, family, mask, tail));
        passing.statement->passing = true;
        slot = &passing;
    } else if (!same || !slot->statement) {
        statement_free(slot->statement);
        *slot = (struct composed){ 0 };
        TRY(compose(c, slot, family, mask, tail));
    }
    return start(c, slot->statement, args, rows);
}

bool db_next(struct db_rows *rows)
{
    if (!rows->open || failed(rows->state))
        return false;
    struct statement *s = rows->stmt;
    int code = sqlite3_step(s->handle);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        rows->state = sqlite_err(rows->conn->handle, code, s->name);
    else
        rows->state = OK;
    /* The step after the last would start anew. */
    statement_end(rows->conn, s);
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
    sqlite3_int64  before = sqlite3_total_changes64(c->handle);
    TRY(db_query(c, sql, args, &rows));
    while (db_next(&rows))
        ;
    TRY(db_done(&rows));
    if (changed)
        *changed = sqlite3_total_changes64(c->handle) - before;
    return OK;
}

err conn_run(struct db_conn *c, struct statement *s)
{
    int code = sqlite3_step(s->handle);
    sqlite3_reset(s->handle);
    return code == SQLITE_DONE ? OK : sqlite_err(c->handle, code, s->name);
}

err conn_script(struct db_conn *c, const char *name, const char *text)
{
    int code = sqlite3_exec(c->handle, text, NULL, NULL, NULL);
    return code == SQLITE_OK ? OK : sqlite_err(c->handle, code, name);
}

/* ---- results ---- */

static sqlite3_stmt *row(const struct db_rows *rows)
{
    if (!rows->open)
        misuse("a column was read outside a row", "");
    return ((struct statement *)rows->stmt)->handle;
}

int64_t db_i64(struct db_rows *rows, int column)
{
    return sqlite3_column_int64(row(rows), column);
}

double db_real(struct db_rows *rows, int column)
{
    return sqlite3_column_double(row(rows), column);
}

bool db_bool(struct db_rows *rows, int column)
{
    return db_i64(rows, column) != 0;
}

struct str db_text(struct db_rows *rows, int column)
{
    const char *text = (const char *)sqlite3_column_text(row(rows), column);
    return text ? (struct str){ text, (size_t)sqlite3_column_bytes(row(rows), column) } : STR_NONE;
}

struct str db_blob(struct db_rows *rows, int column)
{
    if (db_is_null(rows, column))
        return STR_NONE;
    const char *bytes = sqlite3_column_blob(row(rows), column);   /* NULL also for an empty one */
    return (struct str){ bytes ? bytes : "", (size_t)sqlite3_column_bytes(row(rows), column) };
}

bool db_is_null(struct db_rows *rows, int column)
{
    return sqlite3_column_type(row(rows), column) == SQLITE_NULL;
}

/* ---- connections ---- */

void conn_release_memory(struct db_conn *c)
{
    sqlite3_int64 none = 0, most = DB_MAP_MOST;
    sqlite3_file_control(c->handle, "main", SQLITE_FCNTL_MMAP_SIZE, &none);   /* unmaps */
    sqlite3_file_control(c->handle, "main", SQLITE_FCNTL_MMAP_SIZE, &most);   /* mapped again when next read */
    sqlite3_db_release_memory(c->handle);
}

static err prepare_own(struct db_conn *c)
{
    const struct { struct statement **at; const char *text; } own[] = {
        { &c->begin, c->writes ? "BEGIN IMMEDIATE" : "BEGIN" },
        { &c->commit, "COMMIT" },
        { &c->rollback, "ROLLBACK" },
        { &c->savepoint, "SAVEPOINT request" },
        { &c->release, "RELEASE request" },
        { &c->undo, "ROLLBACK TO request" },
    };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        TRY(prepare(c, own[i].text, own[i].text, strlen(own[i].text), own[i].at));
    return OK;
}

err conn_open(struct db *db, struct db_conn *c, bool writes)
{
    size_t count;
    db_sql_all(&count);
    c->db = db;
    c->writes = writes;
    c->cached = must(calloc(count + 1, sizeof *c->cached));
    c->composed = must(calloc(COMPOSED_SLOTS, sizeof *c->composed));
    TRY(handle_open(db->path, writes, &c->handle));
    return prepare_own(c);
}

void conn_close(struct db_conn *c)
{
    size_t count;
    db_sql_all(&count);
    conn_end_statements(c);
    for (size_t i = 0; c->cached && i < count; i++)
        statement_free(c->cached[i]);
    for (size_t i = 0; c->composed && i < COMPOSED_SLOTS; i++)
        statement_free(c->composed[i].statement);
    struct statement *const own[] = { c->begin, c->commit, c->rollback, c->savepoint, c->release, c->undo };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        statement_free(own[i]);
    free(c->cached);
    free(c->composed);
    sqlite3_close(c->handle);
    *c = (struct db_conn){ 0 };
}

bool db_is_write(const struct db_conn *c)
{
    return c->writes;
}

uint64_t db_snapshot(const struct db_conn *c)
{
    return c->writes ? atomic_load(&c->db->fresh) : c->seen;
}
