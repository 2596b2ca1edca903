/* service_place.c: places of a slot and turns on its waiting list, what moves when somebody leaves, and who is told. A slot's row is written with
 * every change of its orders: there all who order at once meet, one after the other, in the order of their arrival. */
#include "service_inside.h"

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../notify/notify.h"
#include "../setting/setting.h"

err order_rate(struct req *r, bool looks)
{
    const struct service_keep *k = r->app->service;
    const char                *key = looks ? "service.looks_per_hour" : "service.anonymous_orders_per_hour";
    return rate_take(looks ? k->looks : k->orders, r->remote, setting_i64(r->app, key, r->now), clock_monotonic()) ? OK : FAIL(ERR_TOO_MANY);
}

/* ---- words ---- */

/* Why the program ended an order: kept as a code. The Chinese words too: those were kept before there were codes. */
static const struct because { int state; const char *code, *zh, *en; } because[] = {
    { ORDER_REVIEW, "@not_looked_at", "没有来得及审核", "Not looked at in time" }, { ORDER_WAITING, "@no_place", "没有空出名额", "No place became free" },
    { 0, "@no_result", "没有登记结果", "No result was entered" },
};

static const struct because *because_of(struct str reason)
{
    for (size_t i = 0; i < sizeof because / sizeof *because; i++)
        if (str_is(reason, because[i].code) || str_is(reason, because[i].zh))
            return &because[i];
    return NULL;
}

struct str order_ended_because(int state)
{
    const struct because *b = because;
    while (b->state && b->state != state)
        b++;
    return str_of(b->code);
}

struct str order_reason_said(const struct req *r, struct str reason)
{
    const struct because *b = because_of(reason);
    return b ? str_of(req_text(r, b->zh, b->en)) : reason;
}

/* In a message: in both languages, where it is the program's. */
static void put_reason(struct jsonw *j, const char *key, struct str reason)
{
    const struct because *b = because_of(reason);
    if (!b) {
        jsonw_kv_str(j, key, reason);
        return;
    }
    jsonw_key(j, key);
    jsonw_open(j);
    jsonw_kv_z(j, "zh", b->zh);
    jsonw_kv_z(j, "en", b->en);
    jsonw_close(j);
}

struct str order_words(struct req *r, const struct service *s, const struct order *o)
{
    struct buf         b = buf_new(r->arena, 0);
    struct jsonw       j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "title", s->title);
    jsonw_key(&j, "when");
    jsonw_open(&j);
    jsonw_kv_str(&j, "zh", clock_time_said(r->arena, o->begins_at, r->app->zone_minutes, true));
    jsonw_kv_str(&j, "en", clock_time_said(r->arena, o->begins_at, r->app->zone_minutes, false));
    jsonw_close(&j);
    jsonw_kv_str(&j, "code", o->code);
    put_reason(&j, "reason", o->reason);
    put_reason(&j, "what", o->reason);
    jsonw_close(&j);
    return buf_view(&b);
}

err order_audit(struct req *r, const char *action, const struct order *o)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "code", o->code);
    jsonw_kv_z(&j, "state", service_order_words[o->state]);
    jsonw_kv_id(&j, "service", o->service_id);
    jsonw_kv_id(&j, "helper", o->helper_id);
    jsonw_kv_str(&j, "reason", o->reason);
    jsonw_kv_i64(&j, "minutes", o->minutes);
    jsonw_kv_i64(&j, "rating", o->rating);
    jsonw_close(&j);
    return audit_record(r, action, "order", o->id, buf_view(&b));
}

/* Without an account a telephone is what reaches them: the order says that somebody has to call. Of a whole slot one note tells of all. */
err order_tell(struct req *r, const struct service *s, struct order *o, const char *kind)
{
    if (o->person_id)
        return notify_person(r, o->person_id, kind, "own_order", o->id, order_words(r, s, o));
    o->to_tell = true;
    if (str_is(str_of(kind), "order.yours_off"))
        return OK;
    return notify_unit(r, AREA_UNIT(o->area_id), PERM_ORDER_ENTER, "order.tell", "order", o->id, order_words(r, s, o));
}

/* Somebody has to be found who goes there. */
static bool to_be_assigned(const struct service *s)
{
    return s->place == PLACE_HOME || !s->slotted;
}

static err tell_provider(struct req *r, const struct service *s, const struct order *o)
{
    if (o->state == ORDER_REVIEW)
        return notify_unit(r, ORG_UNIT(s->org_id), PERM_OFFER_MANAGE, "order.to_review", "order", o->id, order_words(r, s, o));
    if (o->state == ORDER_PLACED && to_be_assigned(s))
        return notify_unit(r, ORG_UNIT(s->org_id), PERM_ORDER_SERVE, "order.new", "order", o->id, order_words(r, s, o));
    return OK;
}

/* ---- places ---- */

err order_place(struct req *r, const struct service *s, struct slot *t, struct order *o, bool has_secret)
{
    o->placed = true;
    if (t) {
        enum room room = slot_room(t, s->waits);
        if (room == ROOM_FULL)
            return FAIL(ERR_FULL);
        o->placed = room == ROOM_PLACE;
        o->arrival = ++t->arrivals;
        t->taken += o->placed;
        t->waiting += !o->placed;
        TRY(slot_update(r->db, r->tenant, t));
    }
    o->state = s->reviewed ? ORDER_REVIEW : o->placed ? ORDER_PLACED : ORDER_WAITING;
    TRY(order_code(r->db, r->arena, r->app, r->now, &o->code));
    TRY(order_insert(r->db, r->tenant, o, has_secret));
    TRY(order_audit(r, "order.enter", o));
    return tell_provider(r, s, o);
}

DB_SQL(order_first, "SELECT " ORDER_COLUMNS " FROM service_order o WHERE o.tenant_id = $1 AND o.slot_id = $2 AND o.placed = 0 AND o.state IN (1, 4) "
                    "ORDER BY o.arrival LIMIT 1")

/* Whoever waits longest has a place; one that is still looked at has it once it is approved. */
static err move_up(struct req *r, const struct service *s, struct slot *t, bool *moved)
{
    struct order o = { 0 };
    err          e = db_one(r->db, r->arena, &order_first, DB_ARGS(I64(r->tenant), I64(t->id)), order_map, &o);
    *moved = e.code != ERR_NOT_FOUND;
    if (!*moved)
        return OK;
    TRY(e);
    o.placed = true;
    t->taken++;
    t->waiting--;
    if (o.state == ORDER_WAITING) {
        o.state = ORDER_PLACED;
        TRY(order_tell(r, s, &o, "order.yours_placed"));
        TRY(tell_provider(r, s, &o));
    }
    TRY(order_update(r->db, r->tenant, &o, r->now));
    return order_audit(r, "order.move_up", &o);
}

err slot_fill(struct req *r, const struct service *s, struct slot *t)
{
    bool moved = t->state == SLOT_OPEN && t->ends_at > r->now;
    while (moved && t->taken < t->capacity && t->waiting > 0)
        TRY(move_up(r, s, t, &moved));
    return slot_update(r->db, r->tenant, t);
}

err order_leave(struct req *r, const struct service *s, const struct order *o)
{
    struct slot t;
    if (!o->slot_id)
        return OK;
    TRY(slot_get(r->db, r->arena, r->tenant, o->slot_id, &t));
    t.taken -= o->placed;
    t.waiting -= !o->placed;
    return slot_fill(r, s, &t);
}

DB_SQL(order_turns, "SELECT COUNT(*) FROM service_order o WHERE o.tenant_id = $1 AND o.slot_id = $2 AND o.placed = 0 AND o.state IN (1, 4) AND o.arrival <= $3")

err order_turn(struct req *r, const struct order *o, int64_t *turn)
{
    *turn = 0;
    if (!o->slot_id || o->placed || (o->state != ORDER_WAITING && o->state != ORDER_REVIEW))
        return OK;
    return db_number(r->db, &order_turns, DB_ARGS(I64(r->tenant), I64(o->slot_id), I64(o->arrival)), turn);
}

err order_cancel(struct req *r, struct order *o, struct str reason, bool by_served)
{
    struct service s;
    struct order   left = *o;
    TRY(service_get(r->db, r->arena, r->tenant, o->service_id, &s));
    o->state = ORDER_CANCELLED;
    o->placed = false;
    o->reason = reason;
    o->ended_at = r->now;
    if (left.helper_id)
        TRY(notify_person(r, left.helper_id, "order.dropped", "order", o->id, order_words(r, &s, o)));
    else if (by_served && left.placed && to_be_assigned(&s))
        TRY(notify_unit(r, ORG_UNIT(o->org_id), PERM_OFFER_MANAGE, "order.cancelled", "order", o->id, order_words(r, &s, o)));
    if (!by_served)
        TRY(order_tell(r, &s, o, "order.yours_off"));
    TRY(order_update(r->db, r->tenant, o, r->now));
    TRY(order_audit(r, "order.cancel", o));
    return order_leave(r, &s, &left);     /* when its row says so already: the one who moves up is another */
}
