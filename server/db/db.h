/* Database: one interface over SQLite and PostgreSQL. The rules of the SQL texts are in the design's sql.md.
 *
 * Statements are declared once, at file scope, next to their use:
 *
 *     DB_SQL(case_by_id, "SELECT state, version FROM cases WHERE tenant_id = $1 AND id = $2")
 *
 * DB_SQL puts each into a linker section, so that every connection caches it by index and `linli dev sql` can list them all
 * (CI prepares each of them on both engines). DB_SQL2 gives two texts where the engines truly differ.
 *
 * Reading:   struct db_rows rows;
 *            TRY(db_query(c, &case_by_id, DB_ARGS(I64(tenant), I64(id)), &rows));
 *            while (db_next(&rows)) … db_i64(&rows, 0) …
 *            TRY(db_done(&rows));
 * Writing:   TRY(db_exec(c, &case_close, DB_ARGS(I64(tenant), I64(id), TIME(now)), &changed));
 *
 * Handlers never begin or commit; db_read and db_write (called by the dispatcher, the jobs and the command line) do. */
#ifndef LINLI_DB_DB_H
#define LINLI_DB_DB_H

#include <stdio.h>

#include "../base/clock.h"
#include "../base/err.h"
#include "../base/field.h"

struct db;        /* the database: readers, writers, the commit counter */
struct db_conn;   /* one connection inside a transaction; valid only during the callback it was given to */

struct db_sql {
    const char *name;       /* for messages and for the list of statements */
    const char *sqlite;     /* $n parameters */
    const char *postgres;   /* NULL: the same text */
    const char *file;
};

#define DB_SQL_(name_, sqlite_, postgres_)                                                                  \
    static const struct db_sql name_ __attribute__((used, section("linli_sql"), aligned(32))) = {           \
        #name_, sqlite_, postgres_, __FILE__                                                                \
    };
#define DB_SQL(name_, text_)                  DB_SQL_(name_, text_, NULL)
#define DB_SQL2(name_, sqlite_, postgres_)    DB_SQL_(name_, sqlite_, postgres_)

/* Begins the text of a statement that reads across districts: counters of those that belong to the city which is $1, nothing else. tools/sql-check
 * holds it to that. Its nodes are not one snapshot, so nothing is ever balanced by what it reads. */
#define DB_ACROSS "/*across districts*/ "

/* All statements of the program. */
const struct db_sql *db_sql_all(size_t *count);

/* ---- arguments ---- */

enum db_kind { DB_END, DB_NULL, DB_I64, DB_REAL, DB_TEXT, DB_BLOB };

struct db_arg {
    enum db_kind kind;
    int64_t      i64;
    double       real;
    struct str   bytes;
};

#define I64(v)    { .kind = DB_I64, .i64 = (v) }
#define REF(v)    { .kind = (v) ? DB_I64 : DB_NULL, .i64 = (v) }     /* an id that may be none: 0 is NULL */
#define TIME(v)   { .kind = (v) ? DB_I64 : DB_NULL, .i64 = (v) }     /* 0 is NULL */
#define BOOL(v)   { .kind = DB_I64, .i64 = (v) ? 1 : 0 }
#define REAL(v)   { .kind = DB_REAL, .real = (v) }
#define TEXT(s)   { .kind = (s).ptr ? DB_TEXT : DB_NULL, .bytes = (s) }   /* STR_NONE is NULL */
#define BLOB(s)   { .kind = (s).ptr ? DB_BLOB : DB_NULL, .bytes = (s) }
#define NUL       { .kind = DB_NULL }

/* $1, $2, … in order. */
#define DB_ARGS(...) ((const struct db_arg[]){ __VA_ARGS__, { .kind = DB_END } })
#define DB_NO_ARGS   ((const struct db_arg[]){ { .kind = DB_END } })

/* ---- statements ---- */

struct db_rows {
    struct db_conn *conn;
    void           *stmt;
    err             state;
    bool            open;
};

/* Starts a query. Errors of constraints: ERR_TAKEN (unique), ERR_UNKNOWN_REFERENCE (foreign key), ERR_STORAGE_FULL (disk, quota);
 * else ERR_INTERNAL, with the driver's text in the log. */
MUST err db_query(struct db_conn *c, const struct db_sql *sql, const struct db_arg *args, struct db_rows *rows);
bool     db_next(struct db_rows *rows);      /* false at the end and on error */
MUST err db_done(struct db_rows *rows);      /* ends the query, from anywhere in it; tells what stopped db_next */

/* Columns of the current row, 0-based. Text and blobs are valid until the next db_next or db_done: str_copy what must live. */
int64_t    db_i64(struct db_rows *rows, int column);      /* NULL gives 0 */
double     db_real(struct db_rows *rows, int column);
bool       db_bool(struct db_rows *rows, int column);
struct str db_text(struct db_rows *rows, int column);     /* NULL gives STR_NONE */
struct str db_blob(struct db_rows *rows, int column);
bool       db_is_null(struct db_rows *rows, int column);

/* Row mapping: column i of the row goes to the member of the i-th table row (KIND_STR, I64, REAL, BOOL, TIME, ID, JSON; KIND_WORD takes
 * the word's text). Text is copied into the arena. The table may be shorter than the row. */
void db_map(struct db_rows *rows, struct arena *a, const struct field *table, void *out);

/* Ids as SQL takes a set of them, the keys of a JSON object: IN (SELECT CAST(key AS BIGINT) FROM json_each($2)). */
struct str db_keys(struct arena *a, struct ids ids);

/* Runs a statement to its end; *changed (may be NULL) is the number of rows changed. */
MUST err db_exec(struct db_conn *c, const struct db_sql *sql, const struct db_arg *args, int64_t *changed);

/* Inside a write: runs a statement to its end without waiting for it. A failure is told by one of the next statements, or ends the write:
 * so only where no constraint is expected to refuse the row, and nobody would answer its refusal otherwise than by failing. */
MUST err db_send(struct db_conn *c, const struct db_sql *sql, const struct db_arg *args);

/* Inside a write: a question whose answer is not needed at once. Where the engine is elsewhere, those asked before the first answer is taken cost one
 * waiting together; else it is asked when its answer is taken. So nobody changes in between what it is about. An answer is taken once or never,
 * before the commit, and read like that of db_query. */
struct db_asked;
MUST err db_ask(struct db_conn *c, const struct db_sql *sql, const struct db_arg *args, struct db_asked **out);
MUST err db_answer(struct db_conn *c, const struct db_asked *asked, struct db_rows *rows);

/* The first row, mapped; ERR_NOT_FOUND when there is none. */
MUST err db_one(struct db_conn *c, struct arena *a, const struct db_sql *sql, const struct db_arg *args,
                const struct field *table, void *out);

/* All rows, mapped, as an arena array of size-byte structs, at most `most` (0: 100,000). */
MUST err db_all(struct db_conn *c, struct arena *a, const struct db_sql *sql, const struct db_arg *args,
                const struct field *table, size_t size, size_t most, struct list *out);

/* The same for a query already begun, such as one of a family; ends it. */
MUST err db_take(struct db_rows *rows, struct arena *a, const struct field *table, size_t size, size_t most, struct list *out);

/* A single integer (count, id, counter); ERR_NOT_FOUND when there is no row. */
MUST err db_number(struct db_conn *c, const struct db_sql *sql, const struct db_arg *args, int64_t *out);

/* The next value of a per-tenant counter, 1 at first: a row of table counter, so that it works on every engine. Inside a write only. The row
 * is written once for all requests that are committed together, just before their commit; those of the last groups are asked for when the next
 * one begins, all together. */
MUST err db_counter(struct db_conn *c, int64_t tenant, struct str name, int64_t *out);

/* Lists whose WHERE depends on the filters given: a text composed of static pieces, never of user data.
 * pieces: indexes into the family's static fragments; the composed text is cached under (family, mask).
 * A family is declared with DB_FAMILY and listed like DB_SQL: CI prepares it with every fragment alone and all together. */
struct db_family {
    const char        *name;
    const char        *head;        /* SELECT … FROM … WHERE tenant_id = $1 */
    const char *const *fragments;   /* " AND x = $2", …, NULL: at most 32; each keeps its own $n whatever else is given */
    const char *const *tails;       /* " ORDER BY … LIMIT $9", …, NULL: one per sort order */
    const char        *file;
} __attribute__((aligned(64)));     /* its size too, so that the section is an array */
#define DB_FAMILY(name_, head_, fragments_, tails_)                                                         \
    static const struct db_family name_ __attribute__((used, section("linli_family"), aligned(64))) = {     \
        #name_, head_, fragments_, tails_, __FILE__                                                         \
    };
const struct db_family *db_family_all(size_t *count);
/* The composed text. */
struct str db_family_text(struct arena *a, const struct db_family *family, uint32_t mask, int tail);

/* Like db_query, with the fragments whose bit is set in mask and the tail of that index. Arguments not used by the composed text are ignored. */
MUST err db_query_family(struct db_conn *c, const struct db_family *family, uint32_t mask, int tail,
                         const struct db_arg *args, struct db_rows *rows);

/* ---- transactions ---- */

/* Work inside a transaction; may run again after a conflict, so it touches only the database and its own arena. */
typedef err (*db_work)(struct db_conn *c, void *arg);

/* Runs work on a reader: it sees one snapshot, not older than the last commit this process acknowledged before the call. Inside another
 * db_read of the same thread it runs on that one's reader and sees its snapshot. ERR_UNAVAILABLE: all readers were busy for too long, or the
 * server cannot be reached. */
MUST err db_read(struct db *db, db_work work, void *arg);

/* The same where nothing has to be waited for: the database is a file here, and a reader is free. Else ERR_UNAVAILABLE, and work has not run. */
MUST err db_read_at_once(struct db *db, db_work work, void *arg);

/* Runs work on a writer, in a savepoint of its own within a group, and returns after the group's commit is durable.
 * tenant: the district that all it reads and changes belongs to; what it has read is still so when it writes, as nobody else writes to this
 * district until the group is committed. 0: it is not of one district alone; then nobody else writes at all.
 * On failure of work its savepoint alone is rolled back and its error returned. ERR_UNAVAILABLE: the commit's fate is unknown or the
 * queue is full. Not inside a db_read or another db_write: that aborts. */
MUST err db_write(struct db *db, int64_t tenant, db_work work, void *arg);

/* The same for work that may be run again not only after a conflict, which hardly happens, but whenever another one of its group has failed: all
 * it leaves outside the database it sets anew each time. A group of nothing else needs no savepoints and waits for no answers. */
MUST err db_write_freely(struct db *db, int64_t tenant, db_work work, void *arg);

/* The same for whoever has somebody waiting, such as a request of HTTP; freely: as above. After write_wait_most it leaves with ERR_UNAVAILABLE unless
 * its work is just running, and work is not run any more then; what has run may still be committed. While a lane has been held up for
 * as long the answer comes at once. */
MUST err db_write_in_time(struct db *db, int64_t tenant, bool freely, db_work work, void *arg);

/* Waits until nothing is under way whose caller has left: before what db_after_commit and db_before_commit were given is freed. */
void db_wait_for_left(const struct db *db);

/* Waits until all that can be read now is on the disk. Who reads sees a commit some milliseconds before its caller is answered, and a power cut in between
 * takes it back: whatever leaves the house must wait for this after its db_read. Nobody calls it inside a read or a write. */
void db_wait_for_disk(const struct db *db);

/* How long the writes under way have taken, the longest; from write_wait_most on db_write_in_time is refused in that lane. */
ms db_held_up(const struct db *db);

/* Runs fn(arg) after the surrounding write's group has committed, on the writer's thread, where one district's calls follow one another, never when
 * it rolled back, and before the caller is answered: to swap an in-memory snapshot, to wake the outbox. As whoever reads (db_wait_for_disk) it may be
 * ahead of the disk by a flush. Must be quick. No-op guarantee: outside a write this aborts.
 * arg outlives the caller, who may have left: it lives in db_group_arena, or as long as the district is served. */
void db_after_commit(struct db_conn *c, void (*fn)(void *arg), void *arg);

/* Likewise, but not when the caller has left: arg may be what is his. */
void db_before_answer(struct db_conn *c, void (*fn)(void *arg), void *arg);

/* What several processes keep in memory, read from the database that they share: db_tell runs fn(arg) after the commit like db_after_commit, and
 * counts up how often was told of `name`, a text that lives for ever. Another process looks at that number (db_told) and reads anew. */
void     db_tell(struct db_conn *c, int64_t tenant, const char *name, void (*fn)(void *arg), void *arg);
MUST err db_told(struct db_conn *c, int64_t tenant, const char *name, int64_t *times);

/* Of several processes on one database only one works at a time on what `name` stands for in a district, until it ends: true when that is this
 * one. Where processes do not share a database, always. Asked for again before each round of work. */
bool     db_turn(struct db *db, int64_t tenant, const char *name);

/* Of several processes on one database each makes its ids under a number of its own (id_set_node): from now until db_close, or the end of the process,
 * this one has that number. ERR_TAKEN: another process has it. A lost connection to the server loses it: it is taken anew as soon as there is
 * another, and when it is somebody else's then, the log says so. Where processes do not share a database, always. */
MUST err db_take_node(struct db *db, int node);

/* Inside a write: memory that lives until its group has been committed and what was asked for after that is done. */
struct arena *db_group_arena(struct db_conn *c);

/* Runs fn(c, arg) in the surrounding write's transaction, once all requests of its group have run and just before they are committed together;
 * never when this write failed. For what is far cheaper in one piece, such as feeding a full-text index. Calls of a whole group run in
 * ascending `order`, those of equal order as they were asked for. When one fails the whole group fails: so only storage may be its reason.
 * arg lives in db_group_arena. Outside a write this aborts. */
void db_before_commit(struct db_conn *c, int64_t order, db_work fn, void *arg);

/* Inside what db_before_commit runs: zeroed memory by a key, the same for all calls before one commit. */
void *db_group_value(struct db_conn *c, const void *key, size_t size);

/* Number of commits so far; grows with every committed group. In-memory caches compare it. */
uint64_t db_commits(const struct db *db);

/* A moment in the order of commits. db_snapshot: of what this connection sees. db_moment: of now; when a function given to db_after_commit
 * calls it, then everything read at a snapshot >= that moment holds the commit, and what was read at an earlier one may not. That is
 * what a cache needs to know whether something read before or while a change was made may be kept. */
uint64_t db_snapshot(const struct db_conn *c);
uint64_t db_moment(const struct db *db);

/* True inside db_write's callback. */
bool db_is_write(const struct db_conn *c);

/* True where the second text of DB_SQL2 is run: for statements whose arguments differ as their texts do. */
bool db_is_postgres(const struct db_conn *c);

/* ---- opening ---- */

struct db_options {
    const char *path;            /* SQLite file, or postgresql://… as libpq takes it, several hosts too */
    int         readers;         /* connections for reading (0: 2 × cores, at least 4 on SQLite, 8 on PostgreSQL) */
    int         group_most;      /* most requests in one commit (0: 256 on SQLite, 60 on PostgreSQL) */
    ms          read_wait_most;  /* how long a read waits for a connection, then it answers ERR_UNAVAILABLE (0: 10 s) */
    ms          write_wait_most; /* how long db_write_in_time waits (0: 10 s) */
    int         queue_most;      /* waiting writes beyond which db_write answers ERR_UNAVAILABLE (0: 4096) */
};

MUST err db_open(const struct db_options *o, struct db **out);
/* Waits for the queue to drain, checkpoints, closes. */
void     db_close(struct db *db);

/* Forward-only, checksummed migrations (the .sql files of server/migrations, embedded). Applies what is missing; ERR_CONFLICT when an applied
 * one has changed or an unknown one is present. *applied: how many were run. */
MUST err db_migrate(struct db *db, int *applied);
/* ERR_CONFLICT when the schema is not exactly this program's. */
MUST err db_schema_check(struct db *db);

/* What is wrong with the database: its pages and indexes (thorough: also that each index holds what its table does, which reads
 * everything), references to rows that are not there, migrations, a schema changed by hand. *findings: struct db_finding, empty when all is
 * well. */
struct db_finding {
    const char *check;   /* integrity, references, migrations, schema */
    struct str  text;
};
MUST err db_doctor(struct db *db, struct arena *a, bool thorough, struct list *findings);

/* The migrations' texts for an engine, in order, types substituted (BIGINT/INTEGER, BYTEA/BLOB, STRICT). */
struct db_migration {
    int         number;
    const char *name;
    struct str  text;     /* the template as written; zero-terminated */
};
const struct db_migration *db_migrations(size_t *count);
/* Includes the descriptions: rows of catalogue on both engines, comments on PostgreSQL. Zero-terminated. */
struct str                 db_migration_for(struct arena *a, const struct db_migration *m, bool postgres);

/* Prints every migration, statement and family, one JSON object a line; for the tool that holds them to the rules. */
void db_dump_sql(FILE *out);

/* For /metrics. */
struct db_stats {
    uint64_t commits, writes, write_failures, reads;
    uint64_t queue_now, queue_peak;
    uint64_t left;   /* writes under way whose callers have left */
};
void db_stats(const struct db *db, struct db_stats *out);

#endif
