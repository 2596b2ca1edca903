/* search_fill.c: puts the cases that were there before the index into it, newest first, beside the running program; and looks whether what
 * should be in it is. */
#include "search_parts.h"
#include "../job/job.h"
#include "../../base/id.h"
#include "../../base/jsonw.h"

/* Cases of one write: others wait for some milliseconds at most. Each step goes in below all others and keeps a page of PostgreSQL's key to itself, which has room for
 * 290: with 200 the key was filled to 69 %. */
#define FILL_STEP 280

struct filling {
    struct job            *job;
    struct search_progress now;
    struct arena          *arena;
    bool                   ended;
};

/* FTS5 wants ascending ids within one transaction; the source gives them newest first. */
static err put_backwards(struct db_conn *c, const struct filling *f, struct list cases)
{
    const struct search_case *at = cases.at;
    for (size_t i = cases.len; i-- > 0;)
        TRY(search_put_now(c, f->arena, f->job->app->tenant, &at[i]));
    return OK;
}

static err fill_step(struct db_conn *c, void *arg)
{
    struct filling            *f = arg;
    const struct search_source *source = f->job->app->search->source;
    struct list                cases = { 0 };
    TRY(search_progress_read(c, f->job->app->tenant, &f->now));
    f->ended = f->now.below <= 0;
    if (f->ended)
        return OK;
    TRY(source->next(c, f->arena, f->job->app->tenant, f->now.below, FILL_STEP, &cases));
    TRY(put_backwards(c, f, cases));
    f->ended = cases.len < FILL_STEP;
    f->now.below = f->ended ? 0 : ((const struct search_case *)cases.at)[cases.len - 1].id;
    f->now.done += (int64_t)cases.len;
    return search_progress_write(c, f->job->app->tenant, &f->now);
}

/* Where it was stands in search_fill, written with the work: begun anew after a crash it goes on there. */
static err fill(struct job *j, struct str *result)
{
    struct filling f = { .job = j, .arena = arena_new(0), .ended = !j->app->search->source };
    err            e = OK;
    while (!f.ended && !failed(e)) {
        arena_reset(f.arena);
        e = db_write(j->app->db, j->app->tenant, fill_step, &f);
        if (!failed(e))
            e = job_progress(j, f.now.done, f.now.total > f.now.done ? f.now.total : f.now.done);
    }
    arena_free(f.arena);
    TRY(e);
    *result = str_fmt(j->arena, "{\"cases\":%lld}", (long long)f.now.done);
    return OK;
}

const struct job_kind search_fill_kind = { SEARCH_FILL_JOB, fill };

/* ---- for the doctor ---- */

#define CHECK_EACH 50
#define CHECK_MOST (8192 * MS_DAY)   /* back to here, at twice the distance each time */

/* Every case is found by its number, whose two halves are words of it alone, or nearly, where it is and with whoever has it. */
static err is_found(struct db_conn *c, struct arena *a, int64_t tenant, const struct search_case *in, bool *found)
{
    struct str          rest = in->folded, number = str_cut(&rest, ' ');
    struct search_query q = search_read(a, str_fmt(a, "%.*s ", STR_ARG(number)));
    struct search_range range = { .match = q.match, .areas = { &in->area, in->area != 0 }, .orgs = { &in->org, in->org != 0 },
                                  .below = in->id + 1, .above = in->id - 1, .most = 1 };
    int64_t             id;
    size_t              n;
    TRY(search_find(c, a, tenant, &range, &id, &n));
    *found = n == 1;
    return OK;
}

static err check_place(struct app *app, struct db_conn *c, struct arena *a, int64_t below, int64_t *looked, int64_t *missing)
{
    struct search_progress p;
    struct list            cases;
    TRY(search_progress_read(c, app->tenant, &p));
    TRY(app->search->source->next(c, a, app->tenant, below, CHECK_EACH, &cases));
    const struct search_case *at = cases.at;
    for (size_t i = 0; i < cases.len && at[i].id >= p.below; i++) {
        bool found;
        TRY(is_found(c, a, app->tenant, &at[i], &found));
        (*looked)++;
        *missing += !found;
    }
    return OK;
}

err search_check(struct app *app, struct db_conn *c, struct arena *a, int64_t *looked, int64_t *missing)
{
    const ms now = clock_now();
    *looked = *missing = 0;
    for (ms back = 0; app->search && app->search->source && back < CHECK_MOST; back = back ? back * 2 : MS_DAY) {
        struct arena_mark mark = arena_mark(a);
        TRY(check_place(app, c, a, back ? id_at(now - back) : INT64_MAX, looked, missing));
        arena_rewind(a, mark);
    }
    return OK;
}
