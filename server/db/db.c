/* Opening and closing the whole: a writer, a few readers, and what the engine does besides. */
#include "inside.h"

#include <stdlib.h>

#include "../base/log.h"

#define QUEUE_MOST     4096
#define READ_WAIT_MOST (10 * MS_SECOND)
#define WRITE_WAIT_MOST (10 * MS_SECOND)

err engine_refused(const char *what, const char *found, const char *needed)
{
    log_event(LOG_ERROR, "database_refused", "what", what, "found", found, "needed", needed, NULL);
    return FAIL(ERR_CONFLICT);
}

static void start_locks(struct db *db)
{
    pthread_mutex_init(&db->readers.mutex, NULL);
    pthread_condattr_t steady;   /* a clock that nobody sets */
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&db->readers.freed, &steady);
    pthread_condattr_destroy(&steady);
}

static void drop(struct db *db)
{
    readers_close(db);
    writers_close(db);
    db->engine->close(db);
    pthread_mutex_destroy(&db->readers.mutex);
    pthread_cond_destroy(&db->readers.freed);
    free(db->path);
    free(db);
}

static err open_all(struct db *db, const struct db_options *o)
{
    TRY(db->engine->open(db));
    TRY(writers_open(db));
    TRY(readers_open(db, o->readers));
    TRY(db->engine->start(db));
    err e = writers_start(db);
    if (!failed(e) && failed(e = watch_start(db)))
        writers_stop(db);
    if (failed(e))
        db->engine->stop(db);
    return e;
}

err db_open(const struct db_options *o, struct db **out)
{
    struct db *db = calloc(1, sizeof *db);
    *out = NULL;
    if (!db)
        return FAIL(ERR_INTERNAL);
    db->engine = str_starts(str_of(o->path), "postgresql://") || str_starts(str_of(o->path), "postgres://") ? &postgres_engine : &sqlite_engine;
    db->path = strdup(o->path);
    db->group_most = o->group_most > 0 ? o->group_most : db->engine->group_most;
    db->readers.wait_most = o->read_wait_most > 0 ? o->read_wait_most : READ_WAIT_MOST;
    db->write_wait_most = o->write_wait_most > 0 ? o->write_wait_most : WRITE_WAIT_MOST;
    db->queue_most = o->queue_most > 0 ? (size_t)o->queue_most : QUEUE_MOST;
    start_locks(db);
    err e = open_all(db, o);
    if (failed(e)) {
        drop(db);
        return e;
    }
    *out = db;
    return OK;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    writers_stop(db);
    watch_stop(db);
    db->engine->stop(db);
    drop(db);
}

uint64_t db_commits(const struct db *db)
{
    return atomic_load(&((struct db *)db)->commits);
}

uint64_t db_moment(const struct db *db)
{
    return atomic_load(&((struct db *)db)->fresh);
}

void db_stats(const struct db *db_, struct db_stats *out)
{
    struct db *db = (struct db *)db_;
    *out = (struct db_stats){
        .commits = atomic_load(&db->commits),
        .writes = atomic_load(&db->writes),
        .write_failures = atomic_load(&db->write_failures),
        .reads = atomic_load(&db->reads),
        .left = (uint64_t)atomic_load(&db->left),
    };
    for (struct writer *w = db->writers; w < db->writers + db->engine->lanes; w++) {
        pthread_mutex_lock(&w->mutex);
        out->queue_now += w->waiting;
        out->queue_peak += w->peak;
        pthread_mutex_unlock(&w->mutex);
    }
}
