/* Inside of the database layer: what its own files share. Everybody else includes db.h. */
#ifndef LINLI_DB_INSIDE_H
#define LINLI_DB_INSIDE_H

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "db.h"

#define ARGUMENT_MOST 255   /* a byte says which */

/* A prepared statement and which argument each of its parameters takes: SQLite numbers "$n" by first appearance, not by n, and PostgreSQL
 * wants no gaps. */
struct statement {
    void             *handle;      /* the engine's */
    const char       *name;
    struct statement *next_open;
    bool              open;        /* between db_query and db_done */
    bool              passing;     /* not cached: gone with db_done (its cached twin was open already) */
    uint8_t           count;
    uint8_t           argument[];  /* argument[i]: index into the arguments of parameter i + 1 */
};

/* A composed text of a family, kept by (family, mask, tail). used: which of the connection's texts it was, counted. */
struct composed {
    const struct db_family *family;
    uint32_t                mask;
    int                     tail;
    struct statement       *statement;
    uint64_t                used;
};

#define COMPOSED_SLOTS 128

/* What a write asked for after its commit. */
struct after {
    void       (*fn)(void *arg);
    void        *arg;
    bool         callers;   /* for the caller alone, on what is his: not when he has left */
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

#define WAKES 4   /* by each who is woken */

/* Whose a request is. Its caller may leave while it waits, and it is the writer's alone from then on. While its work runs, on what is the caller's,
 * and once the answer is on its way the caller stays. */
enum stage { STAGE_WAITS, STAGE_RUNS, STAGE_LEFT, STAGE_ANSWERED, STAGE_WOKEN };

/* A write waiting for its turn; lives on the caller's stack, unless the caller may leave. */
struct write_request {
    db_work               work;
    void                 *arg;
    err                   result;
    bool                  freely;   /* may be run again at any time */
    bool                  may_leave;
    _Atomic(int)          stage;
    int64_t               tenant;   /* the only district it is about; 0: more than one, or none */
    struct after         *after;
    struct before        *before, *before_last;
    struct write_request *next;
    struct write_request *wakes[WAKES];   /* whose callers this one's wakes, NULL: none */
    sem_t                 done;
};

/* What a transaction consists of. */
enum tx_step { STEP_BEGIN, STEP_COMMIT, STEP_ROLLBACK, STEP_SAVEPOINT, STEP_RELEASE, STEP_UNDO, STEPS };

/* How a transaction stands: gone, also when the engine gave it up by itself; failed, it can only be undone; sound. */
enum tx_state { STATE_GONE, STATE_FAILED, STATE_SOUND };

struct examination;
struct db_load;

/* A per-tenant counter as this transaction has it: counter.c. */
struct group_counter {
    int64_t               tenant;
    struct str            name;
    int64_t               stored, kept, value;   /* in its row; after the last request that went well; now */
    struct db_asked      *asked;                 /* what is in its row is not known yet */
    struct group_counter *next;
};

#define COUNTERS_USED 64

/* One that lately was advanced, and so probably will be. */
struct used_counter {
    int64_t  tenant;
    char     name[40];
    uint64_t group;   /* the last that did */
};

#define LANES_MOST 4

/* What tells one engine from another; everything else is the same for both. */
struct engine {
    bool    postgres;      /* takes PostgreSQL's texts */
    int     lanes;         /* writers beside each other, each for some of the districts: at most LANES_MOST, and the same in all processes */
    int     group_most;    /* requests committed together */
    int     readers_least;
    bool    shared;        /* other processes answer for the same database: each read must see what any of them has acknowledged */
    /* Before the first connection and after the last; after all connections are open and before they are closed. */
    MUST err (*open)(struct db *db);
    void     (*close)(struct db *db);
    MUST err (*start)(struct db *db);
    void     (*stop)(struct db *db);
    /* On failure nothing is left to leave. */
    MUST err (*connect)(struct db_conn *c);
    void     (*leave)(struct db_conn *c);                  /* forgets the statements too; also of what is not connected */
    /* NULL: what is committed is on the disk. Puts there all that is committed; one at a time, beside the writer. */
    MUST err (*flush)(struct db *db);
    /* STEP_BEGIN connects anew where the connection was lost, and where the database is shared ends a snapshot before it begins one. */
    MUST err (*step)(struct db_conn *c, enum tx_step which);
    enum tx_state (*state)(const struct db_conn *c);
    bool     (*conflict)(const struct db_conn *c);         /* the last failure may be gone when tried again */
    int64_t  (*changes)(const struct db_conn *c);          /* rows changed so far on this connection */
    MUST err (*script)(struct db_conn *c, const char *name, const char *text);
    /* Outside a snapshot: gives back a reader's memory. */
    void     (*rest)(struct db_conn *c);
    /* $n need not be without gaps. */
    MUST err (*prepare)(struct db_conn *c, const char *name, struct str text, struct statement **out);
    /* Another statement of the same text. */
    MUST err (*twin)(struct db_conn *c, const struct statement *of, struct statement **out);
    void     (*unprepare)(struct statement *s);
    MUST err (*bind)(struct db_conn *c, struct statement *s, const struct db_arg *args);
    MUST err (*next)(struct db_conn *c, struct statement *s, bool *row);
    void     (*reset)(struct statement *s);
    /* NULL: there is nothing to gain. Runs a statement without waiting; settle waits for all that were sent so, and tells the first failure since
     * the last begin or undo, as everything that has to wait does too. */
    MUST err (*send)(struct db_conn *c, struct statement *s, const struct db_arg *args);
    MUST err (*settle)(struct db_conn *c);
    /* With send: a question sent likewise; and instead of bind: its answer. What is answered with nothing is forgotten at the next begin. */
    MUST err (*ask)(struct db_conn *c, struct statement *s, const struct db_arg *args, void **asked);
    MUST err (*answer)(struct db_conn *c, struct statement *s, void *asked);
    /* A request run ahead has left behind what only the whole transaction can undo, or one of those statements is known to have failed. */
    bool     (*adrift)(const struct db_conn *c);
    int64_t    (*i64)(const struct statement *s, int column);
    double     (*real)(const struct statement *s, int column);
    struct str (*text)(const struct statement *s, int column);
    struct str (*blob)(const struct statement *s, int column);
    bool       (*is_null)(const struct statement *s, int column);
    bool     (*turn)(struct db *db, const char *name);
    MUST err (*take_node)(struct db *db, int node);
    /* Whole tables: see load.h. */
    MUST err (*load_begin)(struct db_load *l);
    MUST err (*load_table)(struct db_load *l);
    MUST err (*load_row)(struct db_load *l, const struct db_arg *values);
    MUST err (*load_end)(struct db_load *l);
    /* After migrations: what the planner is told. */
    MUST err (*statistics)(struct db_conn *c, void *arg);
    /* What db_doctor finds beside the migrations. */
    MUST err (*examine)(struct db_conn *c, struct examination *x);
};
extern const struct engine sqlite_engine, postgres_engine;

struct db_conn {
    struct db            *db;
    const struct engine  *engine;
    void                 *own;         /* the engine's; NULL: not connected */
    struct statement    **cached;      /* by the statement's index in its linker section */
    struct composed      *composed;    /* COMPOSED_SLOTS, each text in the first that was free from its hash on */
    uint64_t              composed_used;
    struct statement     *open;
    struct writer        *writer;      /* whose connection it is */
    struct arena         *arena;       /* the writer's: what lives as long as a group */
    struct write_request *request;     /* the writer's: whose work is running */
    struct group_counter *counters;    /* the writer's: of this transaction */
    struct group_value   *values;      /* likewise */
    bool                  ahead;       /* requests run without savepoints, and before it is known how what the last one sent has gone */
    int                   careful;     /* so many groups do not run ahead */
    bool                  writes;
    bool                  whole;       /* nobody else writes beside this transaction, not even to other districts */
    bool                  patient;     /* its transaction may stand idle and last as long as it wants; said before conn_open */
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
    ms              wait_most;
};

/* flush.c */
struct flusher {
    pthread_t             thread;
    pthread_mutex_t       mutex;
    pthread_cond_t        changed;
    struct write_request *next;          /* the group that waits behind the one under way */
    bool                  busy, stopping;
    uint64_t              begun, done;   /* groups: their transaction; their flush */
    _Atomic(ms)           since;         /* when the flush under way began, monotonic; 0: none is */
};

/* One lane. What is of one district goes through the same lane always, in all processes that share a database. */
struct writer {
    struct db            *db;
    int                   lane;
    pthread_t             thread;
    pthread_mutex_t       mutex;
    pthread_cond_t        work;
    struct write_request *first, **end;
    size_t                waiting, peak;
    bool                  idle, stopping;
    pthread_mutex_t       gate;        /* held during a group; a checkpointer takes it to start the log afresh */
    _Atomic(ms)           since;       /* when the group under way was taken, monotonic; 0: none is */
    _Atomic(const char *) doing;       /* begin, work, commit; what the flusher does is not in it */
    struct flusher        flusher;     /* where the engine has a flush */
    ms                    told;        /* of the group that the log calls held up: since; the watch alone looks at it */
    struct db_conn        conn;
    struct used_counter   used[COUNTERS_USED];   /* the writer's thread alone looks at these */
    uint64_t              groups;
};

struct db {
    const struct engine *engine;
    char                *path;
    void                *own;           /* the engine's */
    int                  group_most;
    size_t               queue_most;
    _Atomic(uint64_t)    commits;
    _Atomic(uint64_t)    fresh;         /* grows whenever readers should take a new snapshot */
    _Atomic(bool)        committing;    /* a commit may be seen already while fresh has not grown yet */
    _Atomic(uint64_t)    writes, write_failures, reads;
    _Atomic(int64_t)     left;          /* requests whose callers have left */
    ms                   write_wait_most;
    struct arena        *watch_arena;
    struct worker       *watch;
    struct reader_pool   readers;
    struct writer        writers[LANES_MOST];   /* engine->lanes of them */
};

/* db.c */
/* Says why this engine is not worked with; gives what db_open answers then. */
MUST err engine_refused(const char *what, const char *found, const char *needed);

/* statement.c */
MUST err conn_open(struct db *db, struct db_conn *c, bool writes);
void     conn_close(struct db_conn *c);
/* Frees every prepared statement, open ones too. */
void     conn_forget_statements(struct db_conn *c);
/* Ends what the work left open: a TRY inside a loop over rows does. */
void     conn_end_statements(struct db_conn *c);
/* Binds and begins a prepared statement. */
MUST err conn_start(struct db_conn *c, struct statement *s, const struct db_arg *args, struct db_rows *rows);
/* Runs a text of several statements. */
MUST err conn_script(struct db_conn *c, const char *name, const char *text);
/* A statement with room for count arguments. */
struct statement *statement_new(const char *name, void *handle, int count);
/* Which argument a "$n" takes; ends the program when it is not $1 to $255. */
uint8_t  argument_of(struct str parameter, const char *statement);
/* p, or the end of the program when memory has run out. */
void    *memory(void *p);
_Noreturn void misuse(const char *what, const char *name);

/* counter.c */
/* Begins a group: asks for those it will probably want, at most so many. */
MUST err counters_ask(struct db_conn *c, size_t most);
void     counters_keep(struct db_conn *c);    /* a request went well */
void     counters_undo(struct db_conn *c);    /* or did not */
MUST err counters_store(struct db_conn *c);

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
MUST err writers_open(struct db *db);
void     writers_close(struct db *db);
MUST err writers_start(struct db *db);
/* When their queues are empty. */
void     writers_stop(struct db *db);
/* True on a writer's thread. */
bool     writer_is_here(void);

/* Wakes the callers of a group, or frees what those who left had; a: for as long as this takes. */
void     writer_answer(struct writer *w, struct arena *a, struct write_request *group);

/* flush.c: where the engine has a flush. */
MUST err flusher_start(struct writer *w);
void     flusher_stop(struct writer *w);   /* when all groups are through */
/* Before a group's transaction. */
void     flusher_begins(struct writer *w);
/* After it. True: the flusher answers its requests when it is on the disk. Else it is on the disk, as the flusher was at rest and nobody waits behind it. */
bool     flusher_takes(struct writer *w, struct write_request *group, bool others_wait);

/* submit.c */
/* Through whose lane a district's writes go. */
struct writer *writer_of(struct db *db, int64_t tenant);
/* Since when the lane is at the oldest group under way, at work on it or at its flush; 0: there is none. */
ms       writer_since(const struct writer *w);
/* How long that has taken so far. */
ms       writer_busy(const struct writer *w);
void     request_wake(struct write_request *r);
void     request_free(struct write_request *r);

/* watch.c */
MUST err watch_start(struct db *db);
void     watch_stop(struct db *db);

/* migrate.c */
struct migration_set {
    const struct db_migration *at;
    size_t                     count;
};
struct migration_set migrations_embedded(void);
MUST err migrate_with(struct db *db, const struct migration_set *known, int *applied);
MUST err schema_check_with(struct db *db, const struct migration_set *known);

/* doctor.c */
struct examination {
    struct arena *arena;
    bool          thorough;
    struct list  *findings;
    size_t        cap;
};
void finding(struct examination *x, const char *check, struct str text);
/* A piece of the schema: its name, and a text that says all about it. */
struct object {
    struct str name, text;
};
/* Both sorted by name. */
void compare_schema(struct examination *x, struct list want, struct list have);

#endif
