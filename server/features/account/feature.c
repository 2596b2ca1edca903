/* The feature's start and stop. */
#include "people.h"

#include "../../base/log.h"

/* ---- shipped roles: brought up to date when the program brings others ---- */

DB_SQL(roles_current, "SELECT COUNT(*) FROM role WHERE tenant_id = $1 AND code = $2 AND name_zh = $3 AND name_en = $4 AND permissions = $5"
                      " AND built_in = 1")

struct roles_work { int64_t tenant; bool current; };

static err roles_compare(struct db_conn *c, void *arg)
{
    struct roles_work *w = arg;
    w->current = true;
    for (size_t i = 0; i < roles_shipped_count && w->current; i++) {
        const struct role_shipped *s = &roles_shipped[i];
        int64_t                    n;
        TRY(db_number(c, &roles_current,
                      DB_ARGS(I64(w->tenant), TEXT(str_of(s->code)), TEXT(str_of(s->zh)), TEXT(str_of(s->en)),
                              TEXT(str_of(s->permissions))),
                      &n));
        w->current = n == 1;
    }
    return OK;
}

static err roles_write(struct db_conn *c, void *arg)
{
    return account_roles_install(c, ((struct roles_work *)arg)->tenant);
}

static err roles_update(struct app *app)
{
    struct roles_work w = { .tenant = app->tenant };
    TRY(db_read(app->db, roles_compare, &w));
    return w.current ? OK : db_write(app->db, app->tenant, roles_write, &w);
}

/* ---- start, stop ---- */

static err account_start(struct app *app)
{
    struct arena         *arena = arena_new(0);
    struct account_state *s = ARENA_NEW(arena, struct account_state);
    s->app = app;
    s->arena = arena;
    s->cache = cache_new(arena);
    pthread_mutex_init(&s->mutex, NULL);
    pthread_cond_init(&s->wake, NULL);
    pthread_cond_init(&s->hash_free, NULL);
    app->account = s;
    search_group_add(app, &people_search_group);
    unit_held_add(app, &assignments_held);
    s->nobody_hash = crypto_password_nobody(arena);
    return roles_update(app);
}

static err account_work(struct app *app)
{
    return keeper_start(app->account);
}

static void account_stop(struct app *app)
{
    struct account_state *s = app->account;
    if (!s)
        return;
    keeper_stop(s);
    cache_free(s->cache);
    pthread_cond_destroy(&s->hash_free);
    pthread_cond_destroy(&s->wake);
    pthread_mutex_destroy(&s->mutex);
    app->account = NULL;
    arena_free(s->arena);
}

const struct feature account_feature = {
    .name = "account",
    .routes = session_routes,
    .more_routes = { own_routes, people_routes, role_routes },
    .start = account_start,
    .work = account_work,
    .stop = account_stop,
};
