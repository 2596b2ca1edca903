/* Whose worker is dead. Clocks of two machines may be apart by more than a worker may be silent, so times that others wrote are never compared with
 * one's own: a job is dead when its last sign of life has stood unchanged for JOB_STALE while this process watched. Where the database was away, or
 * looks came late, nobody could have given a sign: watching begins anew, and the owner has its time to come back first. */
#include "job_parts.h"

DB_SQL(job_signs, "SELECT id, beat_at FROM job WHERE tenant_id = $1 AND state = 2 ORDER BY id LIMIT 64")

struct sign {
    int64_t id;
    ms      beat;
};

static const struct field sign_fields[] = { FIELD_ID(struct sign, id, 0, ""), FIELD_TIME(struct sign, beat, 0, ""), FIELD_END };

struct looking { int64_t tenant; struct arena *arena; struct list signs; };

static err look(struct db_conn *c, void *arg)
{
    struct looking *l = arg;
    return db_all(c, l->arena, &job_signs, DB_ARGS(I64(l->tenant)), sign_fields, sizeof(struct sign), JOB_WATCHED, &l->signs);
}

static const struct job_watched *watched(const struct job_state *s, int64_t id, ms beat)
{
    for (size_t i = 0; i < s->watched_count; i++)
        if (s->watched[i].id == id && s->watched[i].beat == beat)
            return &s->watched[i];
    return NULL;
}

/* How it stands after this look, which found nothing new of it when it was there `before`. */
static struct job_watched seen(const struct sign *sign, const struct job_watched *before, ms now)
{
    ms since = before ? before->since : now;
    return (struct job_watched){ sign->id, sign->beat, since, now - since >= JOB_STALE };
}

static int note(struct job_state *s, const struct list *signs, ms now)
{
    const struct sign *sign = signs->at;
    struct job_watched all[JOB_WATCHED];
    int                dead = 0;
    if (now - s->watched_at > JOB_LOOKS_APART)
        s->watched_count = 0;
    for (size_t i = 0; i < signs->len; i++) {
        const struct job_watched *before = watched(s, sign[i].id, sign[i].beat);
        all[i] = seen(&sign[i], before, now);
        dead += all[i].dead && !before->dead;
    }
    if (signs->len)
        memcpy(s->watched, all, signs->len * sizeof *all);
    s->watched_count = signs->len;
    s->watched_at = now;
    return dead;
}

err job_watch(struct app *app, ms now, int *dead)
{
    struct job_state *s = app->job;
    struct looking    l = { .tenant = app->tenant, .arena = arena_new(0) };
    err               e = db_read(app->db, look, &l);
    pthread_mutex_lock(&s->lock);
    *dead = 0;
    if (failed(e))
        s->watched_count = 0;
    else
        *dead = note(s, &l.signs, now);
    pthread_mutex_unlock(&s->lock);
    arena_free(l.arena);
    return e;
}

bool job_is_dead(struct job_state *s, const struct job_row *row)
{
    pthread_mutex_lock(&s->lock);
    const struct job_watched *w = watched(s, row->id, row->beat_at);
    bool                      dead = w && w->dead;
    for (int i = 0; i < JOB_WORKERS; i++)
        dead = dead && s->running[i].id != row->id;
    pthread_mutex_unlock(&s->lock);
    return dead;
}
