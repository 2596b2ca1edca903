/* suggest_train.c: the job that learns from the tenant's own closed cases. */
#include <sys/stat.h>

#include "suggest_state.h"
#include "../job/job.h"
#include "../setting/setting.h"

#define READ_STEP 500

struct reading {
    struct job            *job;
    struct arena          *arena;
    struct suggest_sample *samples;
    size_t                 n, most;
    int64_t                below;
    bool                   ended;
};

static err read_step(struct db_conn *c, void *arg)
{
    struct reading *g = arg;
    struct list     some;
    TRY(g->job->app->suggest->source->next(c, g->arena, g->job->app->tenant, &g->below, READ_STEP, &some));
    const struct suggest_sample *at = some.at;
    for (size_t i = 0; i < some.len && g->n < g->most; i++)
        g->samples[g->n++] = at[i];
    g->ended = some.len < READ_STEP || g->n == g->most;
    return OK;
}

static err read_cases(struct reading *g)
{
    g->samples = ARENA_ARRAY(g->arena, g->most + 1, struct suggest_sample);
    while (!g->ended) {
        TRY(db_read(g->job->app->db, read_step, g));
        TRY(job_progress(g->job, (int64_t)g->n, (int64_t)g->most));
    }
    return OK;
}

/* The model's file tells when it was last learnt; one of an older layout is there, but no model. */
static bool is_young(struct job *j, ms now)
{
    struct stat                 st;
    ms                          days = setting_i64(j->app, "suggest.days", now);
    const struct suggest_model *m = suggest_hold(j->app);
    suggest_release(j->app, m);
    return m && stat(suggest_path(j->app, j->arena).ptr, &st) == 0 && now < (ms)st.st_mtim.tv_sec * 1000 + days * MS_DAY - MS_HOUR;
}

static err learn(struct job *j, struct reading *g, struct str *result)
{
    struct suggest_model *m = suggest_learn(g->arena, g->samples, g->n, &(struct suggest_limits){ 0 });
    if (!m) {
        *result = str_fmt(j->arena, "{\"cases\":%zu,\"learnt\":0}", g->n);
        return OK;
    }
    err e = suggest_save(m, suggest_path(j->app, j->arena).ptr);
    *result = str_fmt(j->arena, "{\"cases\":%zu,\"learnt\":%zu,\"categories\":%zu}", g->n, suggest_learnt(m), suggest_labels(m));
    suggest_publish(j->app, m);
    return e;
}

static err train(struct job *j, struct str *result)
{
    ms             now = clock_now();
    struct reading g = { .job = j, .most = (size_t)setting_i64(j->app, "suggest.cases", now) };
    if (!j->app->suggest->source || is_young(j, now))
        return OK;
    g.arena = arena_new(1 << 20);
    err e = read_cases(&g);
    if (!failed(e) && (int64_t)g.n >= setting_i64(j->app, "suggest.least", now))
        e = learn(j, &g, result);
    arena_free(g.arena);
    return e;
}

const struct job_kind suggest_train_kind = { "suggest.train", train };
