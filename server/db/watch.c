/* Says when a lane is held up: a COMMIT that waits for a standby which is gone, a lock that somebody else keeps, a disk that hangs. The writer itself
 * cannot, as it waits. Once when it begins and once when it is over. */
#include "inside.h"

#include <stdio.h>

#include "../base/log.h"
#include "../base/worker.h"

#define LOOK_EVERY   MS_SECOND
#define HELD_UP_FROM (5 * MS_SECOND)

static const char *doing(const struct writer *w_)
{
    struct writer *w = (struct writer *)w_;
    ms             flushes = atomic_load(&w->flusher.since);
    const char    *at = flushes && flushes == writer_since(w) ? "flush" : atomic_load(&w->doing);
    return at ? at : "begin";
}

static void say(enum log_level level, const char *event, const struct writer *w, ms lasted)
{
    char lane[12], seconds[24];
    snprintf(lane, sizeof lane, "%d", w->lane);
    snprintf(seconds, sizeof seconds, "%lld", (long long)(lasted / MS_SECOND));
    log_event(level, event, "lane", lane, "at", doing(w), "seconds", seconds, NULL);
}

static void look_at(struct writer *w)
{
    ms since = writer_since(w), now = clock_monotonic();
    if (w->told && w->told != since) {
        say(LOG_INFO, "writes_go_on", w, now - w->told);
        w->told = 0;
    }
    if (since && !w->told && now - since >= HELD_UP_FROM) {
        say(LOG_WARN, "writes_held_up", w, now - since);
        w->told = since;
    }
}

static err look(void *arg, struct arena *a, int *done)
{
    struct db *db = arg;
    (void)a;
    *done = 0;
    for (int i = 0; i < db->engine->lanes; i++)
        look_at(&db->writers[i]);
    return OK;
}

err watch_start(struct db *db)
{
    db->watch_arena = arena_new(1024);
    db->watch = worker_new(db->watch_arena, &(struct worker_plan){ .round = look, .arg = db, .batch = 1, .look_every = LOOK_EVERY });
    err e = worker_begin(db->watch);
    if (failed(e))
        arena_free(db->watch_arena);
    return e;
}

void watch_stop(struct db *db)
{
    worker_end(db->watch);
    arena_free(db->watch_arena);
}

ms db_held_up(const struct db *db)
{
    ms longest = 0;
    for (int i = 0; i < db->engine->lanes; i++) {
        ms busy = writer_busy(&db->writers[i]);
        longest = busy > longest ? busy : longest;
    }
    return longest;
}
