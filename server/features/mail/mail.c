/* mail.c: the life of the feature. */
#include "mail_parts.h"
#include "../job/job.h"

#define ADDRESSES 4096

DB_SQL(mail_address_old,
       "DELETE FROM mail_address WHERE tenant_id = $1 AND ((confirmed_at IS NULL AND code_until < $2) OR NOT EXISTS (SELECT 1 FROM account a "
       "WHERE a.tenant_id = mail_address.tenant_id AND a.person_id = mail_address.person_id AND a.closed_at IS NULL))")
DB_SQL(mail_item_old,
       "DELETE FROM mail_item WHERE tenant_id = $1 AND NOT EXISTS (SELECT 1 FROM mail_address m WHERE m.tenant_id = mail_item.tenant_id "
       "AND m.person_id = mail_item.person_id)")

static err round_of(void *arg, struct arena *a, int *done)
{
    struct app *app = arg;
    *done = 0;
    return db_turn(app->db, app->tenant, "mail") ? mail_round(app, a, done) : OK;
}

/* ---- addresses that were never confirmed, or whose owner has no account any more ---- */

struct sweep { struct app *app; int64_t addresses, items; };

static err delete_old(struct db_conn *c, void *arg)
{
    struct sweep *s = arg;
    TRY(db_exec(c, &mail_address_old, DB_ARGS(I64(s->app->tenant), TIME(clock_now())), &s->addresses));
    return db_exec(c, &mail_item_old, DB_ARGS(I64(s->app->tenant)), &s->items);
}

static err sweep(struct job *j, struct str *result)
{
    struct sweep s = { .app = j->app };
    TRY(db_write(j->app->db, j->app->tenant, delete_old, &s));
    *result = str_fmt(j->arena, "{\"addresses\":%lld,\"items\":%lld}", (long long)s.addresses, (long long)s.items);
    return OK;
}

static const struct job_kind sweep_kind = { "mail.sweep", sweep };

/* ---- life ---- */

static err start(struct app *app)
{
    struct arena      *a = arena_new(256 * 1024);
    struct mail_state *s = ARENA_NEW(a, struct mail_state);
    s->arena = a;
    s->codes = rate_new(a, ADDRESSES);
    s->stops = rate_new(a, ADDRESSES);
    s->worker = worker_new(a, &(struct worker_plan){ .round = round_of, .arg = app, .batch = MAIL_BATCH, .look_every = MAIL_LOOK_EVERY,
                                                     .gather = MAIL_GATHER });
    app->mail = s;
    notify_beside_for(app, &mail_beside);
    deliver_channel_add(app, &mail_channel);
    job_every(app, &sweep_kind, MS_DAY);
    return OK;
}

static err begin_work(struct app *app)
{
    return worker_begin(app->mail->worker);
}

static void stop(struct app *app)
{
    struct mail_state *s = app->mail;
    if (!s)
        return;
    notify_halt(app);   /* it wakes this worker */
    worker_end(s->worker);
    rate_end(s->codes);
    rate_end(s->stops);
    app->mail = NULL;
    arena_free(s->arena);
}

const struct feature mail_feature = {
    .name = "mail", .routes = mail_server_routes, .more_routes = { mail_own_routes }, .start = start, .work = begin_work, .stop = stop
};
