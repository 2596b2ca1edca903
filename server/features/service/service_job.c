/* service_job.c: the life of the feature: rates, slots made ahead each day, personal data removed in time; and orders for the demonstration. */
#include "service_inside.h"

#include "../account/account.h"
#include "../job/job.h"
#include "../setting/setting.h"
#include "../../base/id.h"

/* ---- slots ahead ---- */

DB_SQL(rhythm_services, "SELECT DISTINCT y.service_id FROM service_rhythm y JOIN service s ON s.tenant_id = y.tenant_id AND s.id = y.service_id "
                        "WHERE y.tenant_id = $1 AND s.state < 3 AND y.service_id > $2 ORDER BY y.service_id LIMIT 200")

struct ahead { struct job *job; int64_t after; size_t done; };

static err make_ahead(struct db_conn *c, void *arg)
{
    static const struct field id_map[] = { { .name = "id", .kind = KIND_ID, .offset = 0 }, FIELD_END };
    struct ahead             *a = arg;
    struct list               rows;
    TRY(db_all(c, a->job->arena, &rhythm_services, DB_ARGS(I64(a->job->app->tenant), I64(a->after)), id_map, sizeof(int64_t), 200, &rows));
    const int64_t *id = rows.at;
    for (size_t i = 0; i < rows.len; i++)
        TRY(rhythms_go_on(c, a->job->app, a->job->arena, a->after = id[i], clock_now()));
    a->done = rows.len;
    return OK;
}

static err ahead(struct job *j, struct str *result)
{
    struct ahead a = { .job = j };
    int64_t      all = 0;
    do {
        TRY(db_write(j->app->db, make_ahead, &a));
        all += (int64_t)a.done;
    } while (a.done);
    *result = str_fmt(j->arena, "{\"services\":%lld}", (long long)all);
    return OK;
}

/* ---- what was personal goes in time ---- */

DB_SQL(order_forget, "UPDATE service_order SET name = NULL, contact_enc = NULL, contact_hash = NULL, address_enc = NULL, note = NULL, secret_hash = NULL, "
                     "person_id = NULL WHERE tenant_id = $1 AND ended_at < $2 AND name IS NOT NULL")
DB_SQL(order_forget_late, "UPDATE service_order SET state = 8, ended_at = $3, updated_at = $3, version = version + 1 "
                          "WHERE tenant_id = $1 AND state IN (1, 4) AND ends_at < $2")

DB_SQL(slot_over, "UPDATE service_slot SET waiting = 0 WHERE tenant_id = $1 AND waiting > 0 AND ends_at < $2")

struct sweep { struct app *app; ms now; int64_t forgotten, ended; };

/* Who still waits when the time is over will not be served. */
static err forget(struct db_conn *c, void *arg)
{
    struct sweep *s = arg;
    ms            before = s->now - setting_i64(s->app, "retention.order_days", s->now) * MS_DAY;
    TRY(db_exec(c, &order_forget_late, DB_ARGS(I64(s->app->tenant), I64(s->now - MS_DAY), I64(s->now)), &s->ended));
    TRY(db_exec(c, &slot_over, DB_ARGS(I64(s->app->tenant), I64(s->now - MS_DAY)), NULL));
    return db_exec(c, &order_forget, DB_ARGS(I64(s->app->tenant), I64(before)), &s->forgotten);
}

static err sweep(struct job *j, struct str *result)
{
    struct sweep s = { .app = j->app, .now = clock_now() };
    TRY(db_write(j->app->db, forget, &s));
    *result = str_fmt(j->arena, "{\"orders\":%lld,\"ended\":%lld}", (long long)s.forgotten, (long long)s.ended);
    return OK;
}

/* ---- for the demonstration ---- */

err service_order_put(struct db_conn *c, struct arena *a, const struct app *app, const struct service_order_new *in, ms now, int64_t *id)
{
    struct service s;
    struct slot    t = { 0 };
    struct order   o = { .id = *id = id_new(), .service_id = in->service, .slot_id = in->slot, .area_id = in->area, .way = in->way, .person_id = in->person,
                         .name = in->name, .note = in->note, .placed = in->state != ORDER_WAITING, .state = in->state, .created_at = now, .begins_at = in->begins_at };
    TRY(service_get(c, a, app->tenant, in->service, &s));
    if (in->slot) {
        TRY(slot_get(c, a, app->tenant, in->slot, &t));
        t.taken += o.placed;
        t.waiting += !o.placed;
        o.arrival = ++t.arrivals;
        o.begins_at = t.begins_at;
        TRY(slot_update(c, app->tenant, &t));
    }
    o.org_id = s.org_id;
    o.category = s.category;
    o.ends_at = in->slot ? t.ends_at : o.begins_at + s.minutes * MS_MINUTE;
    o.contact_enc = crypto_seal(a, app->keys.seal, "order.contact", in->contact);
    o.contact_hash = in->contact.ptr ? account_contact_hash(a, app, in->contact) : in->contact;
    o.address_enc = crypto_seal(a, app->keys.seal, "order.address", in->address);
    TRY(order_code(c, a, app, now, &o.code));
    TRY(order_insert(c, app->tenant, &o, false));
    o.helper_id = in->helper;
    if (in->state == ORDER_DONE) {
        struct hour h = { .id = id_new(), .order_id = o.id, .org_id = o.org_id, .person_id = in->helper, .minutes = in->minutes, .at = o.begins_at };
        TRY(hour_insert(c, app->tenant, &h));
        o.minutes = in->minutes;
        o.rating = in->rating;
        o.said = in->said;
        o.rated_way = in->rating ? 2 : 0;
        o.done_at = o.ended_at = o.ends_at;
        o.rated_at = in->rating ? o.ends_at + MS_DAY : 0;
    }
    return order_update(c, app->tenant, &o, now);
}

/* ---- life ---- */

static const struct job_kind ahead_kind = { "service.ahead", ahead }, sweep_kind = { "service.sweep", sweep };

static err start(struct app *app)
{
    struct arena        *a = arena_new((size_t)256 * 1024);
    struct service_keep *k = ARENA_NEW(a, struct service_keep);
    k->arena = a;
    k->orders = rate_new(a, 4096);
    k->looks = rate_new(a, 4096);
    app->service = k;
    app->services = &service_lists;
    job_every(app, &ahead_kind, MS_DAY);
    job_every(app, &sweep_kind, MS_DAY);
    return OK;
}

static void stop(struct app *app)
{
    struct service_keep *k = app->service;
    if (!k)
        return;
    rate_end(k->orders);
    rate_end(k->looks);
    app->service = NULL;
    arena_free(k->arena);
}

const struct feature service_feature = { .name = "service", .routes = service_menu_routes,
                                         .more_routes = { service_package_routes, service_public_routes, service_hours_routes }, .start = start, .stop = stop };
const struct feature service_order_feature = { .name = "orders", .routes = service_order_routes, .more_routes = { service_own_routes, service_desk_routes } };
