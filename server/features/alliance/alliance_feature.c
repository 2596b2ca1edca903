/* The life of the feature, and what others register with it. */
#include "alliance_inside.h"

static err start(struct app *app)
{
    struct arena          *a = arena_new(0);
    struct alliance_state *s = ARENA_NEW(a, struct alliance_state);
    s->arena = a;
    app->alliance = s;
    unit_held_add(app, &alliances_held);
    return OK;
}

static void stop(struct app *app)
{
    struct alliance_state *s = app->alliance;
    app->alliance = NULL;
    if (s)
        arena_free(s->arena);
}

void alliance_source_add(struct app *app, const struct alliance_source *source)
{
    struct alliance_state *s = app->alliance;
    if (s->source_count < SOURCES_MOST)
        s->sources[s->source_count++] = source;
}

const struct feature alliance_feature = { .name = "alliance", .routes = alliance_routes,
                                          .more_routes = { alliance_work_routes, alliance_plan_routes, alliance_public_routes }, .start = start, .stop = stop };
