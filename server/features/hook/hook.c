/* hook.c: the life of the feature. */
#include <pthread.h>

#include "hook_parts.h"
#include "../audit/audit.h"
#include "../../base/rate.h"

#define SOURCES 256

err hook_close(struct req *r, const struct db_sql *sql, const char *kind, struct str detail)
{
    int64_t changed;
    TRY(db_exec(r->db, sql, DB_ARGS(I64(r->tenant), I64(r->path[0]), TIME(r->now)), &changed));
    if (!changed)
        return FAIL(ERR_WRONG_STATE);
    TRY(audit_record(r, str_fmt(r->arena, "%s.close", kind).ptr, kind, r->path[0], detail));
    return reply_none(r);
}

static err start(struct app *app)
{
    struct arena      *a = arena_new(0);
    struct hook_state *s = ARENA_NEW(a, struct hook_state);
    s->arena = a;
    s->rate = rate_new(a, SOURCES);
    pthread_mutex_init(&s->lock, NULL);
    app->hook = s;
    case_listen(app, hook_on_step);
    deliver_channel_add(app, &hook_channel);
    unit_held_add(app, &subscriptions_held);
    return hook_load(app);
}

static void stop(struct app *app)
{
    struct hook_state *s = app->hook;
    if (!s)
        return;
    hook_unload(app);
    rate_end(s->rate);
    pthread_mutex_destroy(&s->lock);
    app->hook = NULL;
    arena_free(s->arena);
}

const struct feature hook_feature = {
    .name = "hook", .routes = hook_subscription_routes, .more_routes = { hook_source_routes, hook_receive_routes }, .start = start, .stop = stop, .reload = hook_reload
};
