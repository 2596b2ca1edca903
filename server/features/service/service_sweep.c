/* service_sweep.c: what the program does by itself each day: slots are made ahead; orders whose time is over are settled; what was personal goes in time.
 *
 * A day after its end, an order that nobody looked at or that still waits ends; of one that nobody reported, its provider is asked once what came of
 * it, and after service.result_days it ends without a result. Each order is its own work in a batch: running again finds nothing to do. */
#include "service_inside.h"

#include "../job/job.h"
#include "../notify/notify.h"
#include "../setting/setting.h"

enum { BATCH = 100 };

/* ---- slots ahead ---- */

DB_SQL(rhythm_services, "SELECT DISTINCT y.service_id FROM service_rhythm y JOIN service s ON s.tenant_id = y.tenant_id AND s.id = y.service_id "
                        "WHERE y.tenant_id = $1 AND s.state < 3 AND y.service_id > $2 ORDER BY y.service_id LIMIT 200")

struct ahead { struct app *app; struct arena *arena; ms now; int64_t after, last; size_t done; };

static err make_ahead(struct db_conn *c, void *arg)
{
    static const struct field id_map[] = { { .name = "id", .kind = KIND_ID, .offset = 0 }, FIELD_END };
    struct ahead             *a = arg;
    struct list               rows;
    TRY(db_all(c, a->arena, &rhythm_services, DB_ARGS(I64(a->app->tenant), I64(a->after)), id_map, sizeof(int64_t), 200, &rows));
    const int64_t *id = rows.at;
    for (size_t i = 0; i < rows.len; i++)
        TRY(rhythms_go_on(c, a->app, a->arena, id[i], a->now));
    a->done = rows.len;
    a->last = rows.len ? id[rows.len - 1] : a->after;
    return OK;
}

err service_ahead_round(struct app *app, struct arena *arena, ms now, int64_t *services)
{
    struct ahead a = { .app = app, .arena = arena, .now = now };
    *services = 0;
    do {
        TRY(db_write(app->db, app->tenant, make_ahead, &a));
        *services += (int64_t)a.done;
        a.after = a.last;
    } while (a.done);
    return OK;
}

static err ahead(struct job *j, struct str *result)
{
    int64_t services;
    TRY(service_ahead_round(j->app, j->arena, clock_now(), &services));
    *result = str_fmt(j->arena, "{\"services\":%lld}", (long long)services);
    return OK;
}

/* ---- orders whose time is over ---- */

DB_SQL(order_over, "SELECT " ORDER_COLUMNS " FROM service_order o WHERE o.tenant_id = $1 AND o.state IN (1, 3, 4, 5, 6) AND o.begins_at < $2 AND o.ends_at < $2 "
                   "AND (o.state IN (1, 4) OR o.asked_result_at IS NULL OR o.ends_at < $3) ORDER BY o.begins_at, o.id LIMIT 100")
DB_SQL(order_asked, "UPDATE service_order SET asked_result_at = $3 WHERE tenant_id = $1 AND id = $2")

struct sweep { struct app *app; struct arena *arena; ms now; struct service_swept *out; struct service_swept batch; size_t found; };

static err ask_result(struct req *r, const struct order *o, const struct service *s)
{
    struct str words = order_words(r, s, o);
    TRY(notify_unit(r, ORG_UNIT(o->org_id), PERM_OFFER_MANAGE, "order.result", "order", o->id, words));
    if (o->helper_id)
        TRY(notify_person(r, o->helper_id, "order.result", "order", o->id, words));
    return db_exec(r->db, &order_asked, DB_ARGS(I64(r->tenant), I64(o->id), TIME(r->now)), NULL);
}

/* It ends without having been served. Only whoever was never answered has to be told by telephone. */
static err end_unserved(struct req *r, struct order *o, const struct service *s)
{
    struct order left = *o;
    o->reason = order_ended_because((int)left.state);
    o->state = ORDER_CANCELLED;
    o->placed = false;
    o->ended_at = r->now;
    if (left.state == ORDER_REVIEW)
        TRY(order_tell(r, s, o, "order.yours_refused"));
    if (left.state == ORDER_WAITING && o->person_id)
        TRY(order_tell(r, s, o, "order.yours_off"));
    TRY(order_update(r->db, r->tenant, o, r->now));
    TRY(order_audit(r, "order.over", o));
    return order_leave(r, s, &left);
}

static err settle(struct req *r, struct order *o, ms unreported, struct service_swept *done)
{
    struct service s;
    bool           answered = o->state != ORDER_REVIEW && o->state != ORDER_WAITING;
    TRY(service_get(r->db, r->arena, r->tenant, o->service_id, &s));
    if (answered && o->ends_at >= unreported) {
        done->asked++;
        return ask_result(r, o, &s);
    }
    done->ended++;
    return end_unserved(r, o, &s);
}

static err settle_batch(struct db_conn *c, void *arg)
{
    struct sweep *s = arg;
    struct req    r = { .app = s->app, .arena = s->arena, .db = c, .tenant = s->app->tenant, .now = s->now };
    ms            unreported = s->now - setting_i64(s->app, "service.result_days", s->now) * MS_DAY;
    struct list   rows;
    s->batch = (struct service_swept){ 0 };
    TRY(db_all(c, s->arena, &order_over, DB_ARGS(I64(r.tenant), TIME(s->now - MS_DAY), TIME(unreported)), order_map, sizeof(struct order), BATCH, &rows));
    struct order *o = rows.at;
    for (size_t i = 0; i < rows.len; i++)
        TRY(settle(&r, &o[i], unreported, &s->batch));
    s->found = rows.len;
    return OK;
}

/* ---- what was personal goes in time ---- */

#define FORGET                                                                                                                            \
    "UPDATE service_order SET name = NULL, contact_enc = NULL, contact_hash = NULL, address_enc = NULL, note = NULL, secret_hash = NULL, "     \
    "person_id = NULL, to_tell = 0 WHERE tenant_id = $1 AND ended_at < $2 AND "
DB_SQL(order_forget, FORGET "name IS NOT NULL")
DB_SQL(order_forget_nameless, FORGET "contact_hash IS NOT NULL")

static err forget(struct db_conn *c, void *arg)
{
    struct sweep *s = arg;
    ms            before = s->now - setting_i64(s->app, "retention.order_days", s->now) * MS_DAY;
    int64_t       named, nameless;
    TRY(db_exec(c, &order_forget, DB_ARGS(I64(s->app->tenant), I64(before)), &named));
    TRY(db_exec(c, &order_forget_nameless, DB_ARGS(I64(s->app->tenant), I64(before)), &nameless));
    s->batch = (struct service_swept){ .forgotten = named + nameless };
    return OK;
}

static void add(struct service_swept *sum, const struct service_swept *more)
{
    sum->asked += more->asked;
    sum->ended += more->ended;
    sum->forgotten += more->forgotten;
}

err service_sweep_round(struct app *app, ms now, struct service_swept *out)
{
    struct sweep s = { .app = app, .arena = arena_new(0), .now = now, .found = BATCH };
    err          e = OK;
    *out = (struct service_swept){ 0 };
    while (!failed(e) && s.found == BATCH) {
        e = db_write(app->db, app->tenant, settle_batch, &s);
        add(out, &s.batch);
        arena_reset(s.arena);
    }
    if (!failed(e))
        e = db_write(app->db, app->tenant, forget, &s);
    add(out, &s.batch);
    arena_free(s.arena);
    return e;
}

static err sweep(struct job *j, struct str *result)
{
    struct service_swept all;
    TRY(service_sweep_round(j->app, clock_now(), &all));
    *result = str_fmt(j->arena, "{\"asked\":%lld,\"ended\":%lld,\"forgotten\":%lld}", (long long)all.asked, (long long)all.ended, (long long)all.forgotten);
    return OK;
}

void service_sweep_start(struct app *app)
{
    static const struct job_kind ahead_kind = { "service.ahead", ahead }, sweep_kind = { "service.sweep", sweep };
    job_every(app, &ahead_kind, MS_DAY);
    job_every(app, &sweep_kind, MS_DAY);
}
