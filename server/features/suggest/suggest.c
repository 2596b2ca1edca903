/* suggest.c: the model in use: loaded at the start, swapped when a new one has been learnt. */
#include <pthread.h>

#include "suggest_state.h"
#include "../job/job.h"

struct suggest_state *suggest_state_of(struct app *app)
{
    if (!app->suggest) {
        struct arena         *a = arena_new(0);
        struct suggest_state *s = ARENA_NEW(a, struct suggest_state);
        s->arena = a;
        pthread_mutex_init(&s->lock, NULL);
        app->suggest = s;
    }
    return app->suggest;
}

void suggest_source_set(struct app *app, const struct suggest_source *source)
{
    suggest_state_of(app)->source = source;
}

const struct suggest_model *suggest_hold(struct app *app)
{
    struct suggest_state *s = app->suggest;
    pthread_mutex_lock(&s->lock);
    struct suggest_model *m = s->now;
    s->users += m != NULL;
    pthread_mutex_unlock(&s->lock);
    return m;
}

/* With both hands full (a new model, and an old one still in use) the newest waits in `next` until the old one is let go. */
static void swap(struct suggest_state *s)
{
    if (s->next && s->users == 0) {
        suggest_forget(s->now);
        s->now = s->next;
        s->next = NULL;
    }
}

void suggest_release(struct app *app, const struct suggest_model *m)
{
    struct suggest_state *s = app->suggest;
    if (!m)
        return;
    pthread_mutex_lock(&s->lock);
    s->users--;
    swap(s);
    pthread_mutex_unlock(&s->lock);
}

void suggest_publish(struct app *app, struct suggest_model *m)
{
    struct suggest_state *s = app->suggest;
    pthread_mutex_lock(&s->lock);
    suggest_forget(s->next);
    s->next = m;
    swap(s);
    pthread_mutex_unlock(&s->lock);
}

struct str suggest_path(struct app *app, struct arena *a)
{
    return str_fmt(a, "%s/suggest.model", app->data_dir);
}

static err start(struct app *app)
{
    struct suggest_state *s = suggest_state_of(app);
    s->now = suggest_load(suggest_path(app, s->arena).ptr);
    job_every(app, &suggest_train_kind, MS_DAY);
    return OK;
}

static void stop(struct app *app)
{
    struct suggest_state *s = app->suggest;
    if (!s)
        return;
    suggest_forget(s->now);
    suggest_forget(s->next);
    pthread_mutex_destroy(&s->lock);
    app->suggest = NULL;
    arena_free(s->arena);
}

const struct feature suggest_feature = { .name = "suggest", .start = start, .stop = stop };
