/* service_db.c: the rows. */
#include "service_inside.h"

#include "../search/search.h"
#include "../../base/id.h"

#define S(kind, m, ...) FIELD_##kind(struct service, m, ##__VA_ARGS__, "")
const struct field service_map[] = {
    S(ID, id, 0), S(ID, org_id, 0), S(STR, title, 0, 0, 0), S(STR, text, 0, 0, 0), S(STR, category, 0, 0, 0), S(STR, audience, 0, 0, 0),
    S(I64, price, 0, 0, 0), S(I64, price_fen, 0, 0, 0), S(STR, price_per, 0, 0, 0), S(I64, lead_hours, 0, 0, 0), S(STR, bring, 0, 0, 0), S(ID, area_id, 0),
    S(I64, place, 0, 0, 0), S(STR, address, 0, 0, 0), S(REAL, lon, 0), S(REAL, lat, 0), S(BOOL, slotted, 0), S(I64, minutes, 0, 0, 0),
    S(BOOL, reviewed, 0), S(I64, waits, 0, 0, 0), S(BOOL, is_public, 0), S(I64, state, 0, 0, 0), S(TIME, created_at, 0), S(TIME, updated_at, 0),
    S(I64, version, 0, 0, 0), FIELD_END
};
#define T(kind, m, ...) FIELD_##kind(struct slot, m, ##__VA_ARGS__, "")
const struct field slot_map[] = {
    T(ID, id, 0), T(ID, service_id, 0), T(ID, rhythm_id, 0), T(TIME, begins_at, 0), T(TIME, ends_at, 0), T(I64, capacity, 0, 0, 0), T(I64, taken, 0, 0, 0),
    T(I64, waiting, 0, 0, 0), T(I64, arrivals, 0, 0, 0), T(I64, state, 0, 0, 0), T(STR, reason, 0, 0, 0), T(I64, version, 0, 0, 0), FIELD_END
};
#define O(kind, m, ...) FIELD_##kind(struct order, m, ##__VA_ARGS__, "")
const struct field order_map[] = {
    O(ID, id, 0), O(STR, code, 0, 0, 0), O(ID, service_id, 0), O(ID, org_id, 0), O(STR, category, 0, 0, 0), O(ID, slot_id, 0), O(TIME, begins_at, 0),
    O(TIME, ends_at, 0), O(ID, area_id, 0), O(ID, bundle_id, 0), O(I64, way, 0, 0, 0), O(ID, person_id, 0), O(ID, entered_by, 0), O(STR, name, 0, 0, 0),
    O(STR, note, 0, 0, 0), O(I64, arrival, 0, 0, 0), O(BOOL, placed, 0), O(I64, state, 0, 0, 0), O(ID, helper_id, 0), O(STR, team, 0, 0, 0),
    O(BOOL, to_tell, 0), O(STR, reason, 0, 0, 0), O(STR, result, 0, 0, 0), O(I64, minutes, 0, 0, 0), O(I64, rating, 0, 0, 0), O(STR, said, 0, 0, 0),
    O(I64, rated_way, 0, 0, 0), O(ID, done_by, 0), O(TIME, created_at, 0), O(TIME, done_at, 0), O(TIME, rated_at, 0), O(TIME, ended_at, 0),
    O(I64, version, 0, 0, 0), FIELD_END
};
#define H(kind, m, ...) FIELD_##kind(struct hour, m, ##__VA_ARGS__, "")
const struct field hour_map[] = {
    H(ID, id, 0), H(ID, order_id, 0), H(ID, org_id, 0), H(ID, person_id, 0), H(STR, name, 0, 0, 0), H(I64, minutes, 0, 0, 0), H(TIME, at, 0), FIELD_END
};
#define P(kind, m, ...) FIELD_##kind(struct package, m, ##__VA_ARGS__, "")
const struct field package_map[] = {
    P(ID, id, 0), P(ID, org_id, 0), P(STR, title, 0, 0, 0), P(STR, text, 0, 0, 0), P(BOOL, is_public, 0), P(I64, state, 0, 0, 0), P(TIME, created_at, 0),
    P(I64, version, 0, 0, 0), FIELD_END
};

/* A place that may be none. */
static struct db_arg degrees(double value, double lon, double lat)
{
    struct db_arg real = REAL(value), none = NUL;
    return lon == 0 && lat == 0 ? none : real;
}

/* ---- services ---- */

DB_SQL(service_one, "SELECT " SERVICE_COLUMNS " FROM service s WHERE s.tenant_id = $1 AND s.id = $2")
DB_SQL(service_insert_one,
       "INSERT INTO service (tenant_id, id, org_id, title, title_fold, text, category, audience, price, price_fen, price_per, lead_hours, bring, area_id, "
       "place, address, lon, lat, slotted, minutes, reviewed, waits, public, state, created_at, created_by, updated_at, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $25, 1)")
DB_SQL(service_set,
       "UPDATE service SET title = $3, title_fold = $4, text = $5, category = $6, audience = $7, price = $8, price_fen = $9, price_per = $10, "
       "lead_hours = $11, bring = $12, area_id = $13, place = $14, address = $15, lon = $16, lat = $17, slotted = $18, minutes = $19, reviewed = $20, "
       "waits = $21, public = $22, state = $23, updated_at = $24, version = version + 1 WHERE tenant_id = $1 AND id = $2")

err service_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct service *out)
{
    return db_one(c, a, &service_one, DB_ARGS(I64(tenant), I64(id)), service_map, out);
}

err service_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct service *s, int64_t by)
{
    return db_exec(c, &service_insert_one,
                   DB_ARGS(I64(tenant), I64(s->id), I64(s->org_id), TEXT(s->title), TEXT(search_fold(a, s->title)), TEXT(s->text), TEXT(s->category),
                           TEXT(s->audience), I64(s->price), REF(s->price_fen), TEXT(s->price_per), I64(s->lead_hours), TEXT(s->bring), I64(s->area_id),
                           I64(s->place), TEXT(s->address), degrees(s->lon, s->lon, s->lat), degrees(s->lat, s->lon, s->lat), BOOL(s->slotted),
                           I64(s->minutes), BOOL(s->reviewed), I64(s->waits), BOOL(s->is_public), I64(s->state), TIME(s->created_at), REF(by)),
                   NULL);
}

err service_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct service *s, ms now)
{
    return db_exec(c, &service_set,
                   DB_ARGS(I64(tenant), I64(s->id), TEXT(s->title), TEXT(search_fold(a, s->title)), TEXT(s->text), TEXT(s->category), TEXT(s->audience),
                           I64(s->price), REF(s->price_fen), TEXT(s->price_per), I64(s->lead_hours), TEXT(s->bring), I64(s->area_id), I64(s->place),
                           TEXT(s->address), degrees(s->lon, s->lon, s->lat), degrees(s->lat, s->lon, s->lat), BOOL(s->slotted), I64(s->minutes),
                           BOOL(s->reviewed), I64(s->waits), BOOL(s->is_public), I64(s->state), TIME(now)),
                   NULL);
}

/* ---- slots ---- */

DB_SQL(slot_one, "SELECT " SLOT_COLUMNS " FROM service_slot t WHERE t.tenant_id = $1 AND t.id = $2")
DB_SQL(slot_list, "SELECT " SLOT_COLUMNS " FROM service_slot t WHERE t.tenant_id = $1 AND t.service_id = $2 AND t.ends_at > $3 "
                  "AND (CAST($4 AS BIGINT) = 0 OR t.state = 1) ORDER BY t.begins_at, t.id LIMIT 400")
DB_SQL(slot_overlap, "SELECT COUNT(*) FROM service_slot t WHERE t.tenant_id = $1 AND t.service_id = $2 AND t.state = 1 AND t.begins_at < $4 AND t.ends_at > $3 "
                     "AND t.id <> $5")
DB_SQL(slot_begins, "SELECT " SLOT_COLUMNS " FROM service_slot t WHERE t.tenant_id = $1 AND t.service_id = $2 AND t.begins_at = $3 AND t.state = 1")
DB_SQL(slot_add, "INSERT INTO service_slot (tenant_id, id, service_id, rhythm_id, begins_at, ends_at, capacity, taken, waiting, arrivals, state, created_at, "
                 "version) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, 1, $8, 1)")
DB_SQL(slot_set, "UPDATE service_slot SET capacity = $3, taken = $4, waiting = $5, arrivals = $6, state = $7, reason = $8, version = version + 1 "
                 "WHERE tenant_id = $1 AND id = $2")

err slot_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct slot *out)
{
    return db_one(c, a, &slot_one, DB_ARGS(I64(tenant), I64(id)), slot_map, out);
}

err slot_insert(struct db_conn *c, int64_t tenant, const struct slot *s, ms now)
{
    return db_exec(c, &slot_add, DB_ARGS(I64(tenant), I64(s->id), I64(s->service_id), REF(s->rhythm_id), TIME(s->begins_at), TIME(s->ends_at),
                                         I64(s->capacity), TIME(now)), NULL);
}

err slot_update(struct db_conn *c, int64_t tenant, const struct slot *s)
{
    return db_exec(c, &slot_set, DB_ARGS(I64(tenant), I64(s->id), I64(s->capacity), I64(s->taken), I64(s->waiting), I64(s->arrivals), I64(s->state),
                                         TEXT(s->reason)), NULL);
}

err slots_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t service, ms from, bool open, struct list *out)
{
    return db_all(c, a, &slot_list, DB_ARGS(I64(tenant), I64(service), I64(from), BOOL(open)), slot_map, sizeof(struct slot), 400, out);
}

err slot_overlaps(struct db_conn *c, int64_t tenant, int64_t service, ms from, ms to, int64_t but, bool *out)
{
    int64_t n = 0;
    TRY(db_number(c, &slot_overlap, DB_ARGS(I64(tenant), I64(service), I64(from), I64(to), I64(but)), &n));
    *out = n > 0;
    return OK;
}

err slot_at(struct db_conn *c, struct arena *a, int64_t tenant, int64_t service, ms begins_at, struct slot *out)
{
    *out = (struct slot){ 0 };
    err e = db_one(c, a, &slot_begins, DB_ARGS(I64(tenant), I64(service), I64(begins_at)), slot_map, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

/* ---- orders ---- */

DB_SQL(order_one, "SELECT " ORDER_COLUMNS " FROM service_order o WHERE o.tenant_id = $1 AND o.id = $2")
DB_SQL(order_coded, "SELECT " ORDER_COLUMNS " FROM service_order o WHERE o.tenant_id = $1 AND o.code = $2")
DB_SQL(order_bundle, "SELECT " ORDER_COLUMNS " FROM service_order o WHERE o.tenant_id = $1 AND o.bundle_id = $2 ORDER BY o.id LIMIT 100")
DB_SQL(order_slot, "SELECT " ORDER_COLUMNS " FROM service_order o WHERE o.tenant_id = $1 AND o.slot_id = $2 AND o.state IN (1, 3, 4, 5, 6) ORDER BY o.arrival")
DB_SQL(order_secrets, "SELECT contact_enc, contact_hash, address_enc, secret_hash FROM service_order WHERE tenant_id = $1 AND id = $2")
DB_SQL(order_add,
       "INSERT INTO service_order (tenant_id, id, code, service_id, org_id, category, slot_id, begins_at, ends_at, area_id, bundle_id, way, person_id, "
       "entered_by, name, contact_enc, contact_hash, address_enc, note, secret_hash, arrival, placed, state, to_tell, minutes, created_at, updated_at, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, 0, 0, $24, $24, 1)")
DB_SQL(order_set,
       "UPDATE service_order SET placed = $3, state = $4, helper_id = $5, team = $6, to_tell = $7, reason = $8, result = $9, minutes = $10, rating = $11, "
       "said = $12, rated_way = $13, rated_by = COALESCE($14, rated_by), done_by = $15, done_at = $16, rated_at = $17, ended_at = $18, updated_at = $19, begins_at = $20, "
       "ends_at = $21, version = version + 1 WHERE tenant_id = $1 AND id = $2")

err order_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct order *out)
{
    *out = (struct order){ 0 };
    return db_one(c, a, &order_one, DB_ARGS(I64(tenant), I64(id)), order_map, out);
}

err order_by_code(struct db_conn *c, struct arena *a, int64_t tenant, struct str code, struct order *out)
{
    *out = (struct order){ 0 };
    return db_one(c, a, &order_coded, DB_ARGS(I64(tenant), TEXT(code)), order_map, out);
}

err order_sealed(struct db_conn *c, struct arena *a, int64_t tenant, struct order *o)
{
    struct db_rows rows;
    TRY(db_query(c, &order_secrets, DB_ARGS(I64(tenant), I64(o->id)), &rows));
    if (db_next(&rows)) {
        o->contact_enc = str_copy(a, db_blob(&rows, 0));
        o->contact_hash = str_copy(a, db_blob(&rows, 1));
        o->address_enc = str_copy(a, db_blob(&rows, 2));
        o->secret_hash = str_copy(a, db_blob(&rows, 3));
    }
    return db_done(&rows);
}

err order_insert(struct db_conn *c, int64_t tenant, const struct order *o, bool has_secret)
{
    struct str secret = has_secret ? o->secret_hash : STR_NONE;
    return db_exec(c, &order_add,
                   DB_ARGS(I64(tenant), I64(o->id), TEXT(o->code), I64(o->service_id), I64(o->org_id), TEXT(o->category), REF(o->slot_id), TIME(o->begins_at),
                           TIME(o->ends_at), I64(o->area_id), REF(o->bundle_id), I64(o->way), REF(o->person_id), REF(o->entered_by), TEXT(o->name),
                           BLOB(o->contact_enc), BLOB(o->contact_hash), BLOB(o->address_enc), TEXT(o->note), BLOB(secret), I64(o->arrival),
                           BOOL(o->placed), I64(o->state), TIME(o->created_at)),
                   NULL);
}

err order_update(struct db_conn *c, int64_t tenant, struct order *o, ms now)
{
    o->version++;
    return db_exec(c, &order_set,
                   DB_ARGS(I64(tenant), I64(o->id), BOOL(o->placed), I64(o->state), REF(o->helper_id), TEXT(o->team), BOOL(o->to_tell), TEXT(o->reason),
                           TEXT(o->result), I64(o->minutes), REF(o->rating), TEXT(o->said), REF(o->rated_way), REF(o->rated_by), REF(o->done_by), TIME(o->done_at),
                           TIME(o->rated_at), TIME(o->ended_at), TIME(now), TIME(o->begins_at), TIME(o->ends_at)),
                   NULL);
}

err orders_of_bundle(struct db_conn *c, struct arena *a, int64_t tenant, int64_t bundle, struct list *out)
{
    return db_all(c, a, &order_bundle, DB_ARGS(I64(tenant), I64(bundle)), order_map, sizeof(struct order), 100, out);
}

err orders_of_slot(struct db_conn *c, struct arena *a, int64_t tenant, int64_t slot, struct list *out)
{
    return db_all(c, a, &order_slot, DB_ARGS(I64(tenant), I64(slot)), order_map, sizeof(struct order), 20000, out);
}

err order_code(struct db_conn *c, struct arena *a, const struct app *app, ms now, struct str *code)
{
    int64_t            serial;
    struct clock_civil day = clock_civil_at(now, app->zone_minutes);
    struct str         of = str_fmt(a, "%02d%02d%02d", day.year % 100, day.month, day.day);
    TRY(db_counter(c, app->tenant, str_fmt(a, "order.%.*s", STR_ARG(of)), &serial));
    *code = str_fmt(a, "%.*s-%04lld", STR_ARG(of), (long long)serial);
    return OK;
}

/* ---- hours ---- */

DB_SQL(hour_add, "INSERT INTO service_hour (tenant_id, id, order_id, org_id, person_id, name, minutes, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
DB_SQL(hour_order, "SELECT id, order_id, org_id, person_id, name, minutes, at FROM service_hour WHERE tenant_id = $1 AND order_id = $2 ORDER BY id")

err hour_insert(struct db_conn *c, int64_t tenant, const struct hour *h)
{
    return db_exec(c, &hour_add, DB_ARGS(I64(tenant), I64(h->id), I64(h->order_id), I64(h->org_id), REF(h->person_id), TEXT(h->name), I64(h->minutes),
                                         TIME(h->at)), NULL);
}

err hours_of_order(struct db_conn *c, struct arena *a, int64_t tenant, int64_t order, struct list *out)
{
    return db_all(c, a, &hour_order, DB_ARGS(I64(tenant), I64(order)), hour_map, sizeof(struct hour), 100, out);
}

/* ---- packages ---- */

DB_SQL(package_one, "SELECT " PACKAGE_COLUMNS " FROM service_package p WHERE p.tenant_id = $1 AND p.id = $2")
DB_SQL(package_item_list, "SELECT service_id, inner_id FROM service_package_item WHERE tenant_id = $1 AND package_id = $2 ORDER BY seq")
DB_SQL(package_item_none, "DELETE FROM service_package_item WHERE tenant_id = $1 AND package_id = $2")
DB_SQL(package_item_add, "INSERT INTO service_package_item (tenant_id, package_id, seq, service_id, inner_id) VALUES ($1, $2, $3, $4, $5)")

err package_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct package *out)
{
    return db_one(c, a, &package_one, DB_ARGS(I64(tenant), I64(id)), package_map, out);
}

err package_items(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct list *out)
{
    static const struct field map[] = { FIELD_ID(struct package_item, service_id, 0, ""), FIELD_ID(struct package_item, inner_id, 0, ""), FIELD_END };
    return db_all(c, a, &package_item_list, DB_ARGS(I64(tenant), I64(id)), map, sizeof(struct package_item), 100, out);
}

err package_items_put(struct db_conn *c, int64_t tenant, int64_t id, const struct list *items)
{
    const struct package_item *at = items->at;
    TRY(db_exec(c, &package_item_none, DB_ARGS(I64(tenant), I64(id)), NULL));
    for (size_t i = 0; i < items->len; i++)
        TRY(db_exec(c, &package_item_add, DB_ARGS(I64(tenant), I64(id), I64((int64_t)i), REF(at[i].service_id), REF(at[i].inner_id)), NULL));
    return OK;
}

/* ---- for the demonstration ---- */

err service_put(struct db_conn *c, struct arena *a, int64_t tenant, const struct service_new *in, ms now, int64_t *id)
{
    struct service s = { .id = *id = id_new(), .org_id = in->org_id, .price = in->price ? in->price : PRICE_FREE, .price_fen = in->price_fen,
                         .lead_hours = in->lead_hours, .area_id = in->area_id, .place = in->place ? in->place : PLACE_THERE,
                         .minutes = in->minutes ? in->minutes : 60, .waits = in->waits, .state = SERVICE_OFFERED, .title = in->title, .text = in->text,
                         .category = in->category, .audience = in->audience, .price_per = in->price_per, .bring = in->bring, .address = in->address,
                         .lon = in->at.set ? in->at.lon : 0, .lat = in->at.set ? in->at.lat : 0, .slotted = in->slotted, .reviewed = in->reviewed,
                         .is_public = in->is_public, .created_at = now };
    return service_insert(c, a, tenant, &s, 0);
}

err service_slot_put(struct db_conn *c, int64_t tenant, int64_t service, ms from, ms to, int64_t capacity, ms now, int64_t *id)
{
    struct slot s = { .id = *id = id_new(), .service_id = service, .begins_at = from, .ends_at = to, .capacity = capacity };
    return slot_insert(c, tenant, &s, now);
}

DB_SQL(package_put, "INSERT INTO service_package (tenant_id, id, org_id, title, text, public, state, created_at, updated_at, version) "
                    "VALUES ($1, $2, $3, $4, $5, 1, 1, $6, $6, 1)")

err service_package_put(struct db_conn *c, int64_t tenant, const struct service_package_new *in, ms now, int64_t *id)
{
    *id = id_new();
    TRY(db_exec(c, &package_put, DB_ARGS(I64(tenant), I64(*id), I64(in->org), TEXT(in->title), TEXT(in->text), TIME(now)), NULL));
    for (size_t i = 0; i < in->services.len; i++)
        TRY(db_exec(c, &package_item_add, DB_ARGS(I64(tenant), I64(*id), I64((int64_t)i), I64(in->services.at[i]), NUL), NULL));
    return OK;
}
