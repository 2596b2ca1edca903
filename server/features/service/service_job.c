/* service_job.c: the life of the feature: rates and what it does each day; and orders for the demonstration. */
#include "service_inside.h"

#include "../account/account.h"
#include "../../base/id.h"

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

static err start(struct app *app)
{
    struct arena        *a = arena_new((size_t)256 * 1024);
    struct service_keep *k = ARENA_NEW(a, struct service_keep);
    k->arena = a;
    k->orders = rate_new(a, 4096);
    k->looks = rate_new(a, 4096);
    app->service = k;
    app->services = &service_lists;
    service_sweep_start(app);
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
