/* A lane's commits on their way to the disk, where the engine leaves that to be done beside it: while the disk flushes one group, the writer works at
 * the next, and nobody is answered before his own group is there. Groups go one after the other; one may wait behind the one under way, and then
 * the writer waits too. */
#include "inside.h"

#include <unistd.h>

#include "../base/log.h"

/* What a disk has not taken is not asked for again: the system may have forgotten what it could not write, and a later flush would go well over a
 * hole. What is in the log is looked through at the next start, and whoever waits repeats with his key. */
static void flush_or_end(struct db *db)
{
    if (!failed(db->engine->flush(db)))
        return;
    log_event(LOG_ERROR, "flush_failed", "text", "ends here, so that nothing is acknowledged that is not on the disk", NULL);
    _exit(1);
}

/* The oldest group that is not on the disk. */
static void flush(struct writer *w)
{
    struct flusher *f = &w->flusher;
    atomic_store(&f->since, clock_monotonic());
    flush_or_end(w->db);
    atomic_store(&f->since, 0);
    pthread_mutex_lock(&f->mutex);
    f->done++;
    pthread_cond_broadcast(&f->changed);
    pthread_mutex_unlock(&f->mutex);
}

void flusher_begins(struct writer *w)
{
    struct flusher *f = &w->flusher;
    pthread_mutex_lock(&f->mutex);
    f->begun++;
    pthread_mutex_unlock(&f->mutex);
}

/* True: the flusher has it. */
static bool hand_over(struct writer *w, struct write_request *group, bool others_wait)
{
    struct flusher *f = &w->flusher;
    pthread_mutex_lock(&f->mutex);
    bool taken = others_wait || f->busy || f->next;
    while (taken && f->next)
        pthread_cond_wait(&f->changed, &f->mutex);
    if (taken) {
        atomic_store(&w->since, 0);   /* whoever is answered finds the lane not held up by his own group */
        f->next = group;
        pthread_cond_broadcast(&f->changed);
    }
    pthread_mutex_unlock(&f->mutex);
    return taken;
}

bool flusher_takes(struct writer *w, struct write_request *group, bool others_wait)
{
    bool taken = hand_over(w, group, others_wait);
    if (!taken)
        flush(w);
    return taken;
}

static struct write_request *next_group(struct flusher *f)
{
    pthread_mutex_lock(&f->mutex);
    f->busy = false;
    while (!f->next && !f->stopping)
        pthread_cond_wait(&f->changed, &f->mutex);
    struct write_request *group = f->next;
    f->next = NULL;
    f->busy = group;
    pthread_cond_broadcast(&f->changed);
    pthread_mutex_unlock(&f->mutex);
    return group;
}

static void *flusher_main(void *arg)
{
    struct writer        *w = arg;
    struct arena         *a = arena_new(0);
    struct write_request *group;
    while ((group = next_group(&w->flusher))) {
        flush(w);
        writer_answer(w, a, group);
        arena_reset(a);
    }
    arena_free(a);
    return NULL;
}

void db_wait_for_disk(const struct db *db_)
{
    struct db *db = (struct db *)db_;
    for (struct writer *w = db->writers; db->engine->flush && w < db->writers + db->engine->lanes; w++) {
        struct flusher *f = &w->flusher;
        pthread_mutex_lock(&f->mutex);
        for (uint64_t begun = f->begun; f->done < begun;)
            pthread_cond_wait(&f->changed, &f->mutex);
        pthread_mutex_unlock(&f->mutex);
    }
}

err flusher_start(struct writer *w)
{
    struct flusher *f = &w->flusher;
    if (!w->db->engine->flush)
        return OK;
    *f = (struct flusher){ 0 };
    pthread_mutex_init(&f->mutex, NULL);
    pthread_cond_init(&f->changed, NULL);
    if (pthread_create(&f->thread, NULL, flusher_main, w) == 0)
        return OK;
    pthread_mutex_destroy(&f->mutex);
    pthread_cond_destroy(&f->changed);
    return FAIL(ERR_INTERNAL);
}

void flusher_stop(struct writer *w)
{
    struct flusher *f = &w->flusher;
    if (!w->db->engine->flush)
        return;
    pthread_mutex_lock(&f->mutex);
    f->stopping = true;
    pthread_cond_broadcast(&f->changed);
    pthread_mutex_unlock(&f->mutex);
    pthread_join(f->thread, NULL);
    pthread_mutex_destroy(&f->mutex);
    pthread_cond_destroy(&f->changed);
}
