/* Inside of the engine SQLite: what its own files share. */
#ifndef LINLI_DB_SQLITE_H
#define LINLI_DB_SQLITE_H

#include <sqlite3.h>

#include "inside.h"

struct checkpointer {
    pthread_t       thread;
    pthread_mutex_t mutex;
    pthread_cond_t  wake;
    bool            stopping;
    bool            asked;
    uint64_t        reads;         /* db.reads when last looked */
    ms              quiet_since;   /* 0: the readers rest */
    sqlite3        *handle;
    _Atomic(int)    log_pages;     /* pages in the write-ahead log after the last commit */
    _Atomic(bool)   unflushed;     /* something was committed after the last flush began */
    int             log;           /* the write-ahead log, opened by the first flush; -1 before */
};

/* How much of the file a reader maps: SQLite's most. Mapped pages are the disk cache's own, shared by all readers, though each reader's mapping
 * is counted in the process's resident size; so idle readers let go of theirs. */
#define DB_MAP_MOST 2147418112

/* sqlite.c */
/* A bare handle with this program's settings. */
MUST err handle_open(const char *path, bool writes, sqlite3 **out);
/* What an extended result code means to a caller; logs what is not his doing. */
err      sqlite_err(sqlite3 *handle, int code, const char *what);
sqlite3 *sqlite_of(const struct db_conn *c);

/* checkpoint.c: puts the log on the disk and keeps it short; its thread is the engine's own of the database. */
#define CHECKPOINT_PAGES 2048   /* a checkpoint is asked for each time the log has grown by so many */
MUST err checkpoint_start(struct db *db);
void     checkpoint_stop(struct db *db);
/* What is in the log is on the disk then, whoever wrote it. One at a time. */
MUST err log_flush(struct db *db);

/* statistics.c */
MUST err sqlite_statistics(struct db_conn *c, void *arg);

/* sqlite_doctor.c */
MUST err sqlite_examine(struct db_conn *c, struct examination *x);

#endif
