/* What falls due, in rounds: looked for by a reader first, so that an idle district writes nothing. */
#include "job_parts.h"

#define BATCH 50

struct round { struct app *app; struct arena *arena; const struct job_due *due; ms now; size_t seen; };

static err due_batch(struct db_conn *db, void *arg)
{
    static const struct field id_map[] = { { .name = "id", .kind = KIND_ID, .offset = 0 }, FIELD_END };
    struct round             *in = arg;
    struct req                r = { .app = in->app, .arena = in->arena, .db = db, .tenant = in->app->tenant, .now = in->now };
    struct list               ids;
    in->seen = 0;
    TRY(db_all(db, in->arena, in->due->sql, DB_ARGS(I64(r.tenant), I64(r.now), I64(BATCH)), id_map, sizeof(int64_t), BATCH, &ids));
    for (size_t i = 0; i < ids.len; i++)
        TRY(in->due->one(&r, ((const int64_t *)ids.at)[i]));
    in->seen = ids.len;
    return OK;
}

static err any_due(struct db_conn *db, void *arg)
{
    struct round *in = arg;
    int64_t       id;
    err           e = db_number(db, in->due->sql, DB_ARGS(I64(in->app->tenant), I64(in->now), I64(1)), &id);
    in->seen = !failed(e);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err job_due_round(struct app *app, const struct job_due *due, ms now, size_t *seen)
{
    struct round in = { app, arena_new(0), due, now, 0 };
    err          e = db_read(app->db, any_due, &in);
    if (!failed(e) && in.seen)
        e = db_write(app->db, app->tenant, due_batch, &in);
    *seen = in.seen;
    arena_free(in.arena);
    return e;
}

err job_due(struct job *j, const struct job_due *due, struct str *result)
{
    size_t  seen = BATCH;
    int64_t all = 0;
    while (seen == BATCH) {
        TRY(job_due_round(j->app, due, clock_now(), &seen));
        all += (int64_t)seen;
        TRY(job_progress(j, all, all));
    }
    *result = str_fmt(j->arena, "{\"%s\":%lld}", due->word, (long long)all);
    return OK;
}
