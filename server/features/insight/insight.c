/* insight.c: the life of the feature. */
#include "city.h"

#define KEEP_EVERY (5 * MS_MINUTE)   /* areas that have moved are looked for so often */

static err start(struct app *app)
{
    struct arena         *a = arena_new(0);
    struct insight_state *s = ARENA_NEW(a, struct insight_state);
    *s = (struct insight_state){ .own = a, .arena = arena_new(0) };
    app->insight = s;
    case_keep(app, insight_on_case);
    job_every(app, &insight_keep_kind, KEEP_EVERY);
    job_register(app, &insight_recount_kind);
    return OK;
}

static void stop(struct app *app)
{
    struct insight_state *s = app->insight;
    if (!s)
        return;
    app->insight = NULL;
    arena_free(s->arena);
    arena_free(s->own);
}

const struct feature insight_feature = { .name = "insight", .routes = insight_routes, .more_routes = { city_routes }, .start = start, .stop = stop };
