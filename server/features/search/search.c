/* search.c: what the feature keeps in memory: who answers for which group, and where the cases come from. */
#include "search_parts.h"
#include "../job/job.h"
#include "../../base/log.h"

struct search_state *search_state_of(struct app *app)
{
    if (!app->search) {
        struct arena        *a = arena_new(0);
        struct search_state *s = ARENA_NEW(a, struct search_state);
        s->arena = a;
        app->search = s;
    }
    return app->search;
}

void search_source_set(struct app *app, const struct search_source *source)
{
    search_state_of(app)->source = source;
}

void search_group_add(struct app *app, const struct search_group *group)
{
    struct search_state *s = search_state_of(app);
    if (s->group_count == GROUPS_MOST) {
        log_event(LOG_ERROR, "search_groups_full", "kind", group->kind, NULL);
        return;
    }
    size_t at = s->group_count++;
    for (; at > 0 && s->groups[at - 1]->rank > group->rank; at--)
        s->groups[at] = s->groups[at - 1];
    s->groups[at] = group;
}

static err start(struct app *app)
{
    search_state_of(app);
    job_every(app, &search_fill_kind, MS_DAY);
    return OK;
}

static void stop(struct app *app)
{
    if (app->search)
        arena_free(app->search->arena);
    app->search = NULL;
}

const struct feature search_feature = { .name = "search", .routes = search_routes, .start = start, .stop = stop };
