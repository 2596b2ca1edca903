/* The engine SQLite: one file, connections with this program's settings, errors by their extended result code. */
#include "load.h"
#include "sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../base/log.h"

/* IS NOT DISTINCT FROM came with it, the youngest of what statements say: STRICT is of 3.37, RETURNING of 3.35. As in meson.build. */
#define VERSION_LEAST 3039000
#define GROUP_MOST    256
#define READERS_LEAST 4

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

/* ---- connections ---- */

/* A connection: its handle and what a transaction consists of, prepared. */
struct own {
    sqlite3      *handle;
    sqlite3_stmt *steps[STEPS];
    int64_t       before;   /* rows changed before this request */
    bool          adrift;   /* one that had changed something has failed, and there was no savepoint */
};

static const char *const step_text[STEPS] = {
    [STEP_BEGIN] = "BEGIN", [STEP_COMMIT] = "COMMIT", [STEP_ROLLBACK] = "ROLLBACK",
    [STEP_SAVEPOINT] = "SAVEPOINT request", [STEP_RELEASE] = "RELEASE request", [STEP_UNDO] = "ROLLBACK TO request",
};

sqlite3 *sqlite_of(const struct db_conn *c)
{
    return ((struct own *)c->own)->handle;
}

static void leave(struct db_conn *c)
{
    struct own *own = c->own;
    if (!own)
        return;
    conn_forget_statements(c);
    for (int i = 0; i < STEPS; i++)
        sqlite3_finalize(own->steps[i]);
    sqlite3_close(own->handle);
    free(own);
    c->own = NULL;
}

static err prepare_steps(struct db_conn *c, struct own *own)
{
    for (int i = 0; i < STEPS; i++) {
        const char *text = i == STEP_BEGIN && c->writes ? "BEGIN IMMEDIATE" : step_text[i];
        int         code = sqlite3_prepare_v3(own->handle, text, -1, SQLITE_PREPARE_PERSISTENT, &own->steps[i], NULL);
        if (code != SQLITE_OK)
            return sqlite_err(own->handle, code, text);
    }
    return OK;
}

static err connect(struct db_conn *c)
{
    struct own *own = memory(calloc(1, sizeof *own));
    c->own = own;
    err e = handle_open(c->db->path, c->writes, &own->handle);
    if (!failed(e))
        e = prepare_steps(c, own);
    if (failed(e))
        leave(c);
    return e;
}

/* Where requests run ahead no savepoints are made: keeping the pages of each costs more than a second run of a group now and then. */
static err step_ahead(struct db_conn *c, enum tx_step which)
{
    struct own *own = c->own;
    if (which == STEP_SAVEPOINT)
        own->before = sqlite3_total_changes64(own->handle);
    if (which == STEP_UNDO)
        own->adrift = own->adrift || own->before != sqlite3_total_changes64(own->handle);
    return own->adrift ? FAIL(ERR_CONFLICT) : OK;
}

static bool adrift(const struct db_conn *c)
{
    return c->own && ((const struct own *)c->own)->adrift;
}

static err step(struct db_conn *c, enum tx_step which)
{
    struct own *own = c->own;
    if (c->ahead && (which == STEP_SAVEPOINT || which == STEP_RELEASE || which == STEP_UNDO))
        return step_ahead(c, which);
    if (which == STEP_BEGIN || which == STEP_ROLLBACK)
        own->adrift = false;
    int code = sqlite3_step(own->steps[which]);
    sqlite3_reset(own->steps[which]);
    return code == SQLITE_DONE ? OK : sqlite_err(own->handle, code, step_text[which]);
}

static enum tx_state state(const struct db_conn *c)
{
    return sqlite3_get_autocommit(sqlite_of(c)) ? STATE_GONE : STATE_SOUND;
}

static bool conflict(const struct db_conn *c)
{
    (void)c;
    return false;
}

static int64_t changes(const struct db_conn *c)
{
    return sqlite3_total_changes64(sqlite_of(c));
}

static err script(struct db_conn *c, const char *name, const char *text)
{
    int code = sqlite3_exec(sqlite_of(c), text, NULL, NULL, NULL);
    return code == SQLITE_OK ? OK : sqlite_err(sqlite_of(c), code, name);
}

static void rest(struct db_conn *c)
{
    sqlite3_int64 none = 0, most = DB_MAP_MOST;
    sqlite3_file_control(sqlite_of(c), "main", SQLITE_FCNTL_MMAP_SIZE, &none);   /* unmaps */
    sqlite3_file_control(sqlite_of(c), "main", SQLITE_FCNTL_MMAP_SIZE, &most);   /* mapped again when next read */
    sqlite3_db_release_memory(sqlite_of(c));
}

/* ---- statements ---- */

static err prepare(struct db_conn *c, const char *name, struct str text, struct statement **out)
{
    sqlite3_stmt *handle;
    int code = sqlite3_prepare_v3(sqlite_of(c), text.ptr, (int)text.len, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
    if (code != SQLITE_OK)
        return sqlite_err(sqlite_of(c), code, name);
    struct statement *s = statement_new(name, handle, sqlite3_bind_parameter_count(handle));
    for (int i = 0; i < s->count; i++)
        s->argument[i] = argument_of(str_of(sqlite3_bind_parameter_name(handle, i + 1)), name);
    *out = s;
    return OK;
}

static err twin(struct db_conn *c, const struct statement *of, struct statement **out)
{
    return prepare(c, of->name, str_of(sqlite3_sql(of->handle)), out);
}

static void unprepare(struct statement *s)
{
    sqlite3_finalize(s->handle);
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
    for (int i = 0; i < s->count; i++) {
        int code = bind_one(s->handle, i + 1, &args[s->argument[i]]);
        if (code != SQLITE_OK)
            return sqlite_err(sqlite_of(c), code, s->name);
    }
    return OK;
}

static err next(struct db_conn *c, struct statement *s, bool *row)
{
    int code = sqlite3_step(s->handle);
    *row = code == SQLITE_ROW;
    return *row || code == SQLITE_DONE ? OK : sqlite_err(sqlite_of(c), code, s->name);
}

static void reset(struct statement *s)
{
    sqlite3_reset(s->handle);
}

static int64_t column_i64(const struct statement *s, int column)
{
    return sqlite3_column_int64(s->handle, column);
}

static double column_real(const struct statement *s, int column)
{
    return sqlite3_column_double(s->handle, column);
}

static bool column_is_null(const struct statement *s, int column)
{
    return sqlite3_column_type(s->handle, column) == SQLITE_NULL;
}

static struct str column_text(const struct statement *s, int column)
{
    const char *text = (const char *)sqlite3_column_text(s->handle, column);
    return text ? (struct str){ text, (size_t)sqlite3_column_bytes(s->handle, column) } : STR_NONE;
}

static struct str column_blob(const struct statement *s, int column)
{
    if (column_is_null(s, column))
        return STR_NONE;
    const char *bytes = sqlite3_column_blob(s->handle, column);   /* NULL also for an empty one */
    return (struct str){ bytes ? bytes : "", (size_t)sqlite3_column_bytes(s->handle, column) };
}

/* ---- the whole ---- */

/* SQLite makes its log and index files with the rights of the database file: only the owner reads personal data. */
static err make_private(struct db *db)
{
    int fd = open(db->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        log_event(LOG_ERROR, "database_open", "path", db->path, "text", strerror(errno), NULL);
        return FAIL(errno == ENOSPC || errno == EDQUOT ? ERR_STORAGE_FULL : ERR_UNAVAILABLE);
    }
    close(fd);
    return OK;
}

/* The library is the system's: it may be older than the one this program was built with. */
static err open_engine(struct db *db)
{
    if (sqlite3_libversion_number() < VERSION_LEAST)
        return engine_refused("version", sqlite3_libversion(), "SQLite 3.39 or newer");
    return make_private(db);
}

/* One process serves from a file. */
static err take_node(struct db *db, int node)
{
    (void)db, (void)node;
    return OK;
}

static bool turn(struct db *db, const char *name)
{
    (void)db, (void)name;
    return true;
}

static void nothing(struct db *db)
{
    (void)db;   /* the last connection to close checkpoints and removes the log */
}

const struct engine sqlite_engine = {
    .lanes = 1,
    .group_most = GROUP_MOST, .readers_least = READERS_LEAST,
    .open = open_engine, .close = nothing, .start = checkpoint_start, .stop = checkpoint_stop, .flush = log_flush,
    .connect = connect, .leave = leave, .step = step, .state = state, .conflict = conflict, .adrift = adrift,
    .changes = changes, .script = script, .rest = rest,
    .prepare = prepare, .twin = twin, .unprepare = unprepare, .bind = bind, .next = next, .reset = reset,
    .i64 = column_i64, .real = column_real, .text = column_text, .blob = column_blob, .is_null = column_is_null,
    .load_begin = sqlite_load_begin, .load_table = sqlite_load_table, .load_row = sqlite_load_row, .load_end = sqlite_load_end,
    .turn = turn, .take_node = take_node, .statistics = sqlite_statistics, .examine = sqlite_examine,
};
