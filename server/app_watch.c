/* What another process on the same database changed: the features that keep it in memory read it anew within a second. */
#include <stdlib.h>
#include <string.h>

#include "app_watch.h"
#include "base/worker.h"

#define LOOK_EVERY    MS_SECOND
#define FEATURES_MOST 64

struct app_watch {
    struct app                  *app;
    const struct feature *const *features;
    size_t                       count;
    int64_t                      seen[FEATURES_MOST], found[FEATURES_MOST];
    struct arena                *arena;
    struct worker               *worker;
};

static err look(struct db_conn *c, void *arg)
{
    struct app_watch *w = arg;
    for (size_t i = 0; i < w->count; i++)
        if (w->features[i]->reload)
            TRY(db_told(c, w->app->tenant, w->features[i]->name, &w->found[i]));
    return OK;
}

static void reload(void *arg)
{
    struct app_watch *w = arg;
    for (size_t i = 0; i < w->count; i++) {
        if (w->found[i] != w->seen[i])
            w->features[i]->reload(w->app);
        w->seen[i] = w->found[i];
    }
}

/* After a commit, where what this process changes itself is read anew too: so nobody puts what he has read before a change in the place of what
 * was read after it. */
static err reload_in_turn(struct db_conn *c, void *arg)
{
    db_after_commit(c, reload, arg);
    return OK;
}

static err round_of(void *arg, struct arena *a, int *done)
{
    struct app_watch *w = arg;
    (void)a;
    *done = 0;
    TRY(db_read(w->app->db, look, w));
    bool told = memcmp(w->found, w->seen, sizeof w->seen) != 0;
    return told ? db_write_freely(w->app->db, reload_in_turn, w) : OK;
}

err app_watch_begin(struct app *app, const struct feature *const *features, size_t count, struct app_watch **out)
{
    struct arena     *a = arena_new(0);
    struct app_watch *w = *out = ARENA_NEW(a, struct app_watch);
    if (count > FEATURES_MOST)
        abort();
    *w = (struct app_watch){ .app = app, .features = features, .count = count, .arena = a };
    w->worker = worker_new(a, &(struct worker_plan){ .round = round_of, .arg = w, .batch = 1, .look_every = LOOK_EVERY });
    err e = worker_begin(w->worker);
    if (failed(e))
        app_watch_end(w);
    return e;
}

void app_watch_end(struct app_watch *w)
{
    worker_end(w->worker);
    arena_free(w->arena);
}
