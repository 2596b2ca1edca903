/* Inside of the database layer: what its own files share. Everybody else includes db.h. */
#ifndef LINLI_DB_INSIDE_H
#define LINLI_DB_INSIDE_H

#include <pthread.h>
#include <semaphore.h>
#include <sqlite3.h>
#include <stdatomic.h>

#include "db.h"

/* A prepared statement and which argument each of its parameters takes: SQLite numbers "$n" by first appearance, not by n. */
struct statement {
    sqlite3_stmt     *handle;
    const char       *name;
    struct statement *next_open;
    bool              open;        /* between db_query and db_done */
    bool              passing;     /* not cached: finalised by db_done (its cached twin was open already) */
    uint8_t           count;
    uint8_t           argument[];  /* argument[i]: index into the arguments of parameter i + 1 */
};

/* A composed text of a family, kept by (family, mask, tail). */
struct composed {
    const struct db_family *family;
    uint32_t                mask;
    int                     tail;
    struct statement       *statement;
};

#define COMPOSED_SLOTS 128

/* What a write asked for after its commit. */
struct after {
    void       (*fn)(void *arg);
    void        *arg;
    struct after *next;
};

/* What a write asked for before its commit. */
struct before {
    int64_t        order;
    size_t         place;   /* among those of the group, as they were asked for */
    db_work        fn;
    void          *arg;
    struct before *next;
};

/* A write waiting for its turn; lives on the caller's stack. */
struct write_request {
    db_work               work;
    void                 *arg;
    err                   result;
    struct after         *after;
    struct before        *before, *before_last;
    struct write_request *next;
    sem_t                 done;
};

struct db_conn {
    struct db            *db;
    sqlite3              *handle;
    struct statement    **cached;      /* by the statement's index in its linker section */
    struct composed      *composed;    /* COMPOSED_SLOTS, by hash; a collision replaces */
    struct statement     *open;
    struct statement     *begin, *commit, *rollback, *savepoint, *release, *undo;
    struct arena         *arena;       /* the writer's: what lives as long as a group */
    struct write_request *request;     /* the writer's: whose work is running */
    bool                  writes;
    bool                  in_snapshot; /* a reader's transaction is open */
    uint64_t              seen;        /* db.fresh when the snapshot was taken */
    struct db_conn       *next_free;
};

struct reader_pool {
    pthread_mutex_t mutex;
    pthread_cond_t  freed;
    struct db_conn *free;              /* last used first: its cache is warm */
    struct db_conn *all;
    int             count, waiting;
};

struct writer {
    pthread_t             thread;
    pthread_mutex_t       mutex;
    pthread_cond_t        work;
    struct write_request *first, **end;
    size_t                waiting, peak;
    bool                  idle, stopping;
    pthread_mutex_t       gate;        /* held during a group; the checkpointer takes it to start the log afresh */
    struct db_conn        conn;
};

struct checkpointer {
    pthread_t       thread;
    pthread_mutex_t mutex;
    pthread_cond_t  wake;
    bool            stopping;
    bool            asked;
    uint64_t        reads;         /* db.reads when last looked */
    ms              quiet_since;   /* 0: the readers rest */
    sqlite3        *handle;
};

struct db {
    char               *path;
    int                 group_most;
    size_t              queue_most;
    _Atomic(uint64_t)   commits;
    _Atomic(uint64_t)   fresh;         /* grows whenever readers should take a new snapshot */
    _Atomic(bool)       committing;    /* a commit may be seen already while fresh has not grown yet */
    _Atomic(int)        log_pages;     /* pages in the write-ahead log after the last commit */
    _Atomic(uint64_t)   writes, write_failures, reads;
    struct reader_pool  readers;
    struct writer       writer;
    struct checkpointer checkpointer;
};

/* How much of the file a reader maps: SQLite's most. Mapped pages are the disk cache's own, shared by all readers, though each reader's mapping
 * is counted in the process's resident size; so idle readers let go of theirs. */
#define DB_MAP_MOST 2147418112

/* sqlite.c */
MUST err conn_open(struct db *db, struct db_conn *c, bool writes);
void     conn_close(struct db_conn *c);
/* A bare handle with this program's settings. */
MUST err handle_open(const char *path, bool writes, sqlite3 **out);
/* Ends what the work left open: a TRY inside a loop over rows does. */
void     conn_end_statements(struct db_conn *c);
/* Gives back a reader's page cache and its mapping of the file. Outside a snapshot only. */
void     conn_release_memory(struct db_conn *c);
/* Runs one of the connection's own statements (begin, commit …). */
MUST err conn_run(struct db_conn *c, struct statement *s);
/* Runs a text of several statements. */
MUST err conn_script(struct db_conn *c, const char *name, const char *text);

/* statistics.c: what the planner is told; a db_work, after migrations. */
MUST err statistics_set(struct db_conn *c, void *arg);
/* What an extended result code means to a caller; logs what is not his doing. */
err      sqlite_err(sqlite3 *handle, int code, const char *what);

/* reader.c */
MUST err readers_open(struct db *db, int count);
void     readers_close(struct db *db);
/* True while this thread is inside a db_read. */
bool     reader_is_busy_here(void);
/* Ends the snapshots of readers nobody uses, so that a checkpoint can finish. */
void     readers_let_go(struct db *db);
/* Gives back the memory of readers nobody uses. */
void     readers_rest(struct db *db);

/* writer.c */
MUST err writer_start(struct db *db);
void     writer_stop(struct db *db);

/* migrate.c */
struct migration_set {
    const struct db_migration *at;
    size_t                     count;
};
struct migration_set migrations_embedded(void);
MUST err migrate_with(struct db *db, const struct migration_set *known, int *applied);
MUST err schema_check_with(struct db *db, const struct migration_set *known);

/* checkpoint.c */
#define CHECKPOINT_PAGES 2048   /* a checkpoint is asked for each time the log has grown by so many */
MUST err checkpoint_start(struct db *db);
void     checkpoint_stop(struct db *db);
/* Asks for one soon. */
void     checkpoint_ask(struct db *db);

#endif
