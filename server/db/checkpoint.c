/* Checkpoints: a thread of its own moves pages from the write-ahead log into the database file, so that the writer never does, and soon,
 * because a page in the log is read by a system call while a page in the file is mapped. */
#include "sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../base/log.h"

#define TICK          (250 * (ms)1)
#define FRESH_LATEST  MS_SECOND       /* no idle reader keeps a snapshot longer: another process may have written */
#define RESTART_PAGES 4096            /* from here on the log is started afresh, with the writer held up for a moment */
#define TRUNCATE_PAGES 32768          /* a log that long (a slow reader held it) is given back to the disk */
#define REST_AFTER    (5 * MS_SECOND)  /* without a read, the readers' memory is given back */
#define RESTART_WAIT  50              /* ms a reader may delay that moment */

static void fresh_snapshots(struct db *db)
{
    atomic_fetch_add(&db->fresh, 1);
    readers_let_go(db);
}

static struct checkpointer *checkpointer_of(const struct db *db)
{
    return db->own;
}

static bool checkpoint(struct checkpointer *k, int mode, int *in_log, int *moved)
{
    int code = sqlite3_wal_checkpoint_v2(k->handle, "main", mode, in_log, moved);
    if (code == SQLITE_OK)
        return true;
    if ((code & 0xFF) != SQLITE_BUSY && failed(sqlite_err(k->handle, code, "checkpoint")))
        return false;
    return false;
}

/* The log starts afresh only when nobody reads from it and nobody writes to it: under constant load that moment must be made. The bulk
 * is in the file already, so it is short. */
static void restart_log(struct db *db, int pages)
{
    int in_log, moved;
    pthread_mutex_lock(&db->writers[0].gate);
    fresh_snapshots(db);
    if (checkpoint(checkpointer_of(db), SQLITE_CHECKPOINT_PASSIVE, &in_log, &moved) && in_log == moved) {
        fresh_snapshots(db);
        if (checkpoint(checkpointer_of(db), pages >= TRUNCATE_PAGES ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_RESTART,
                       &in_log, &moved))
            atomic_store(&checkpointer_of(db)->log_pages, 0);
    }
    pthread_mutex_unlock(&db->writers[0].gate);
}

static void run(struct db *db)
{
    int in_log = 0, moved = 0;
    fresh_snapshots(db);
    if (!checkpoint(checkpointer_of(db), SQLITE_CHECKPOINT_PASSIVE, &in_log, &moved))
        return;
    if (in_log == moved)
        fresh_snapshots(db);   /* now they read from the file, not from the log */
    if (in_log >= RESTART_PAGES)
        restart_log(db, in_log);
}

/* Once per quiet time. */
static void rest_when_quiet(struct db *db, ms now)
{
    struct checkpointer *k = checkpointer_of(db);
    uint64_t reads = atomic_load(&db->reads);
    if (reads != k->reads) {
        k->reads = reads;
        k->quiet_since = now;
    } else if (k->quiet_since && now - k->quiet_since >= REST_AFTER) {
        readers_rest(db);
        k->quiet_since = 0;
    }
}

static bool wait_for_turn(struct checkpointer *k)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += TICK * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;

    pthread_mutex_lock(&k->mutex);
    if (!k->asked && !k->stopping)
        pthread_cond_timedwait(&k->wake, &k->mutex, &until);
    k->asked = false;
    bool go_on = !k->stopping;
    pthread_mutex_unlock(&k->mutex);
    return go_on;
}

static void *checkpoint_main(void *arg)
{
    struct db *db = arg;
    uint64_t   commits = 0;
    ms         last = 0;
    while (wait_for_turn(checkpointer_of(db))) {
        uint64_t now_commits = atomic_load(&db->commits);
        ms       now = clock_monotonic();
        rest_when_quiet(db, now);
        if (now_commits == commits && now - last < FRESH_LATEST)
            continue;
        commits = now_commits;
        last = now;
        run(db);
    }
    return NULL;
}

static void ask(struct checkpointer *k)
{
    pthread_mutex_lock(&k->mutex);
    k->asked = true;
    pthread_mutex_unlock(&k->mutex);
    pthread_cond_signal(&k->wake);
}

/* Called by SQLite after each commit with the number of pages in the log. */
static int committed(void *arg, sqlite3 *handle, const char *name, int pages)
{
    struct checkpointer *k = arg;
    (void)handle, (void)name;
    int before = atomic_exchange(&k->log_pages, pages);
    atomic_store(&k->unflushed, true);
    /* Asks once per stretch of the log, not after every commit. */
    if (before / CHECKPOINT_PAGES != pages / CHECKPOINT_PAGES)
        ask(k);
    return SQLITE_OK;
}

/* ---- the flush ---- */

static int problem(const struct db *db, const char *what)
{
    log_event(LOG_ERROR, what, "path", db->path, "text", strerror(errno), NULL);
    return -1;
}

/* The library keeps no locks on it that closing this would let go, and the log stays the same file while anybody is connected. */
static int log_open(const struct db *db)
{
    char name[4096];
    if (snprintf(name, sizeof name, "%s-wal", db->path) >= (int)sizeof name) {
        errno = ENAMETOOLONG;
        return problem(db, "log_open");
    }
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    return fd < 0 ? problem(db, "log_open") : fd;
}

err log_flush(struct db *db)
{
    struct checkpointer *k = checkpointer_of(db);
    if (!atomic_exchange(&k->unflushed, false))
        return OK;
    if (k->log < 0 && (k->log = log_open(db)) < 0)
        return FAIL(ERR_UNAVAILABLE);
    int code;
    do
        code = fdatasync(k->log);
    while (code && errno == EINTR);
    return code ? (problem(db, "log_flush"), FAIL(ERR_UNAVAILABLE)) : OK;
}

/* The writer's own commits leave the flush to log_flush; all other connections flush theirs. What a log holds that was left behind goes into the file
 * first, flushed: its last pages may never have reached the disk, and what comes behind them would be lost with them. Who else reads or
 * writes now has the file open, so that it was not left behind. */
static err begin(struct db *db, struct checkpointer *k)
{
    int code = sqlite3_wal_checkpoint_v2(k->handle, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY)
        return sqlite_err(k->handle, code, "checkpoint at start");
    sqlite3 *writer = sqlite_of(&db->writers[0].conn);
    code = sqlite3_exec(writer, "PRAGMA synchronous = NORMAL", NULL, NULL, NULL);
    return code == SQLITE_OK ? OK : sqlite_err(writer, code, "synchronous");
}

/* ---- start, stop ---- */

static void drop(struct db *db)
{
    struct checkpointer *k = checkpointer_of(db);
    sqlite3_wal_hook(sqlite_of(&db->writers[0].conn), NULL, NULL);
    if (k->log >= 0)
        close(k->log);
    sqlite3_close(k->handle);
    pthread_mutex_destroy(&k->mutex);
    pthread_cond_destroy(&k->wake);
    free(k);
    db->own = NULL;
}

err checkpoint_start(struct db *db)
{
    struct checkpointer *k = db->own = memory(calloc(1, sizeof *k));
    k->log = -1;
    pthread_condattr_t   monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&k->mutex, NULL);
    pthread_cond_init(&k->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    sqlite3_wal_hook(sqlite_of(&db->writers[0].conn), committed, k);
    err e = handle_open(db->path, true, &k->handle);
    if (!failed(e)) {
        sqlite3_busy_timeout(k->handle, RESTART_WAIT);
        e = begin(db, k);
    }
    if (!failed(e))
        e = pthread_create(&k->thread, NULL, checkpoint_main, db) == 0 ? OK : FAIL(ERR_INTERNAL);
    if (failed(e))
        drop(db);
    return e;
}

void checkpoint_stop(struct db *db)
{
    struct checkpointer *k = checkpointer_of(db);
    pthread_mutex_lock(&k->mutex);
    k->stopping = true;
    pthread_mutex_unlock(&k->mutex);
    pthread_cond_signal(&k->wake);
    pthread_join(k->thread, NULL);
    drop(db);
}
