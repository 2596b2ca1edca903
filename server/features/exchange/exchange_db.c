/* exchange_db.c: the rows. */
#include "exchange_inside.h"

#include "../search/search.h"
#include "../../base/id.h"

#define N(kind, m, ...) FIELD_##kind(struct need, m, ##__VA_ARGS__, "")
const struct field need_map[] = {
    N(ID, id, 0), N(I64, unit_kind, 0, 0, 0), N(ID, unit_id, 0), N(STR, title, 0, 0, 0), N(STR, text, 0, 0, 0), N(STR, category, 0, 0, 0),
    N(I64, quantity, 0, 0, 0), N(STR, unit, 0, 0, 0), N(TIME, begins_at, 0), N(TIME, ends_at, 0), N(ID, area_id, 0), N(REAL, lon, 0), N(REAL, lat, 0),
    N(I64, urgency, 0, 0, 0), N(I64, helps, 0, 0, 0), N(STR, met_when, 0, 0, 0), N(ID, case_id, 0), N(BOOL, is_public, 0), N(I64, state, 0, 0, 0),
    N(I64, claimed, 0, 0, 0), N(STR, reason, 0, 0, 0), N(TIME, published_at, 0), N(TIME, matched_at, 0), N(TIME, ended_at, 0), N(TIME, created_at, 0),
    N(ID, created_by, 0), N(TIME, updated_at, 0), N(I64, version, 0, 0, 0), N(ID, series_id, 0), N(I64, series_no, 0, 0, 0), FIELD_END
};
#define R(kind, m, ...) FIELD_##kind(struct resource, m, ##__VA_ARGS__, "")
const struct field resource_map[] = {
    R(ID, id, 0), R(ID, org_id, 0), R(STR, title, 0, 0, 0), R(STR, text, 0, 0, 0), R(STR, conditions, 0, 0, 0), R(STR, category, 0, 0, 0),
    R(I64, quantity, 0, 0, 0), R(STR, unit, 0, 0, 0), R(BOOL, again, 0), R(STR, days, 0, 0, 0), R(I64, opens, 0, 0, 0), R(I64, closes, 0, 0, 0),
    R(TIME, begins_at, 0), R(TIME, ends_at, 0), R(ID, area_id, 0), R(REAL, lon, 0), R(REAL, lat, 0), R(BOOL, is_public, 0), R(I64, state, 0, 0, 0),
    R(I64, reserved, 0, 0, 0), R(I64, used, 0, 0, 0), R(TIME, created_at, 0), R(TIME, updated_at, 0), R(I64, version, 0, 0, 0), FIELD_END
};
#define K(kind, m, ...) FIELD_##kind(struct claim, m, ##__VA_ARGS__, "")
const struct field claim_map[] = {
    K(ID, id, 0), K(ID, need_id, 0), K(ID, org_id, 0), K(ID, resource_id, 0), K(I64, quantity, 0, 0, 0), K(TIME, begins_at, 0), K(TIME, ends_at, 0),
    K(TIME, due_at, 0), K(STR, who, 0, 0, 0), K(I64, state, 0, 0, 0), K(STR, evidence, 0, 0, 0), K(I64, rating, 0, 0, 0), K(STR, said, 0, 0, 0),
    K(STR, reason, 0, 0, 0), K(ID, taken_by, 0), K(ID, done_by, 0), K(ID, ended_by, 0), K(TIME, created_at, 0), K(TIME, done_at, 0),
    K(TIME, ended_at, 0), K(ID, hold_id, 0), K(ID, service_id, 0), FIELD_END
};

/* A place that may be none. */
static struct db_arg degrees(double value, double lon, double lat)
{
    struct db_arg real = REAL(value), none = NUL;
    return lon == 0 && lat == 0 ? none : real;
}

/* ---- needs ---- */

DB_SQL(need_one, "SELECT " NEED_COLUMNS " FROM need n WHERE n.tenant_id = $1 AND n.id = $2")
DB_SQL(need_add,
       "INSERT INTO need (tenant_id, id, unit_kind, unit_id, title, title_fold, text, category, quantity, unit, begins_at, ends_at, area_id, lon, lat, "
       "cell, urgency, helps, met_when, case_id, public, state, claimed, created_at, created_by, updated_at, version, series_id, series_no) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 0, $23, $24, $23, 1, $25, $26)")
DB_SQL(need_set,
       "UPDATE need SET title = $3, title_fold = $4, text = $5, category = $6, quantity = $7, unit = $8, begins_at = $9, ends_at = $10, area_id = $11, "
       "lon = $12, lat = $13, cell = $14, urgency = $15, helps = $16, met_when = $17, public = $18, state = $19, claimed = $20, reason = $21, "
       "published_at = $22, matched_at = $23, ended_at = $24, updated_at = $25, version = version + 1 WHERE tenant_id = $1 AND id = $2")

err need_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct need *out)
{
    return db_one(c, a, &need_one, DB_ARGS(I64(tenant), I64(id)), need_map, out);
}

err need_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct need *n)
{
    return db_exec(c, &need_add,
                   DB_ARGS(I64(tenant), I64(n->id), I64(n->unit_kind), I64(n->unit_id), TEXT(n->title), TEXT(search_fold(a, n->title)), TEXT(n->text),
                           TEXT(n->category), I64(n->quantity), TEXT(n->unit), TIME(n->begins_at), TIME(n->ends_at), I64(n->area_id),
                           degrees(n->lon, n->lon, n->lat), degrees(n->lat, n->lon, n->lat), I64(exchange_cell(n->lon, n->lat)), I64(n->urgency),
                           REF(n->helps), TEXT(n->met_when), REF(n->case_id), BOOL(n->is_public), I64(n->state), TIME(n->created_at),
                           REF(n->created_by), REF(n->series_id), REF(n->series_no)),
                   NULL);
}

DB_SQL(need_of_series, "SELECT " NEED_COLUMNS " FROM need n WHERE n.tenant_id = $1 AND n.series_id = $2 ORDER BY n.series_no")

err needs_of_series(struct db_conn *c, struct arena *a, int64_t tenant, int64_t series, struct list *out)
{
    return db_all(c, a, &need_of_series, DB_ARGS(I64(tenant), I64(series)), need_map, sizeof(struct need), SERIES_MOST, out);
}

err need_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct need *n, ms now)
{
    return db_exec(c, &need_set,
                   DB_ARGS(I64(tenant), I64(n->id), TEXT(n->title), TEXT(search_fold(a, n->title)), TEXT(n->text), TEXT(n->category), I64(n->quantity),
                           TEXT(n->unit), TIME(n->begins_at), TIME(n->ends_at), I64(n->area_id), degrees(n->lon, n->lon, n->lat),
                           degrees(n->lat, n->lon, n->lat), I64(exchange_cell(n->lon, n->lat)), I64(n->urgency), REF(n->helps), TEXT(n->met_when),
                           BOOL(n->is_public), I64(n->state), I64(n->claimed), TEXT(n->reason), TIME(n->published_at), TIME(n->matched_at),
                           TIME(n->ended_at), TIME(now)),
                   NULL);
}

/* ---- resources ---- */

DB_SQL(resource_one, "SELECT " RESOURCE_COLUMNS " FROM resource n WHERE n.tenant_id = $1 AND n.id = $2")
DB_SQL(resource_add,
       "INSERT INTO resource (tenant_id, id, org_id, title, title_fold, text, conditions, category, quantity, unit, again, days, opens, closes, begins_at, "
       "ends_at, area_id, lon, lat, cell, public, state, reserved, used, created_at, created_by, updated_at, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 0, 0, $23, $24, $23, 1)")
DB_SQL(resource_set,
       "UPDATE resource SET title = $3, title_fold = $4, text = $5, conditions = $6, category = $7, quantity = $8, unit = $9, again = $10, days = $11, "
       "opens = $12, closes = $13, begins_at = $14, ends_at = $15, area_id = $16, lon = $17, lat = $18, cell = $19, public = $20, state = $21, "
       "reserved = $22, used = $23, updated_at = $24, version = version + 1 WHERE tenant_id = $1 AND id = $2")

err resource_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct resource *out)
{
    return db_one(c, a, &resource_one, DB_ARGS(I64(tenant), I64(id)), resource_map, out);
}

err resource_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct resource *r, int64_t by)
{
    return db_exec(c, &resource_add,
                   DB_ARGS(I64(tenant), I64(r->id), I64(r->org_id), TEXT(r->title), TEXT(search_fold(a, r->title)), TEXT(r->text), TEXT(r->conditions),
                           TEXT(r->category), I64(r->quantity), TEXT(r->unit), BOOL(r->again), TEXT(r->days), REF(r->opens), REF(r->closes),
                           TIME(r->begins_at), TIME(r->ends_at), I64(r->area_id), degrees(r->lon, r->lon, r->lat), degrees(r->lat, r->lon, r->lat),
                           I64(exchange_cell(r->lon, r->lat)), BOOL(r->is_public), I64(r->state), TIME(r->created_at), REF(by)),
                   NULL);
}

err resource_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct resource *r, ms now)
{
    return db_exec(c, &resource_set,
                   DB_ARGS(I64(tenant), I64(r->id), TEXT(r->title), TEXT(search_fold(a, r->title)), TEXT(r->text), TEXT(r->conditions), TEXT(r->category),
                           I64(r->quantity), TEXT(r->unit), BOOL(r->again), TEXT(r->days), REF(r->opens), REF(r->closes), TIME(r->begins_at),
                           TIME(r->ends_at), I64(r->area_id), degrees(r->lon, r->lon, r->lat), degrees(r->lat, r->lon, r->lat),
                           I64(exchange_cell(r->lon, r->lat)), BOOL(r->is_public), I64(r->state), I64(r->reserved), I64(r->used), TIME(now)),
                   NULL);
}

/* ---- claims ---- */

DB_SQL(claim_one, "SELECT " CLAIM_COLUMNS " FROM need_claim WHERE tenant_id = $1 AND id = $2")
DB_SQL(claim_of_need, "SELECT " CLAIM_COLUMNS " FROM need_claim WHERE tenant_id = $1 AND need_id = $2 ORDER BY id")
DB_SQL(claim_holding, "SELECT " CLAIM_COLUMNS " FROM need_claim WHERE tenant_id = $1 AND resource_id = $2 AND state IN (1, 2) AND ends_at > $3 "
                      "AND (CAST($4 AS BIGINT) = 0 OR begins_at < $4) ORDER BY begins_at, id")
DB_SQL(claim_add,
       "INSERT INTO need_claim (tenant_id, id, need_id, org_id, resource_id, quantity, begins_at, ends_at, due_at, who, state, taken_by, created_at, "
       "hold_id, service_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)")
DB_SQL(claim_set,
       "UPDATE need_claim SET state = $3, evidence = $4, rating = $5, said = $6, reason = $7, done_by = $8, ended_by = $9, done_at = $10, ended_at = $11 "
       "WHERE tenant_id = $1 AND id = $2")

err claim_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct claim *out)
{
    return db_one(c, a, &claim_one, DB_ARGS(I64(tenant), I64(id)), claim_map, out);
}

err claim_insert(struct db_conn *c, int64_t tenant, const struct claim *k)
{
    return db_exec(c, &claim_add,
                   DB_ARGS(I64(tenant), I64(k->id), I64(k->need_id), I64(k->org_id), REF(k->resource_id), I64(k->quantity), TIME(k->begins_at),
                           TIME(k->ends_at), TIME(k->due_at), TEXT(k->who), I64(k->state), REF(k->taken_by), TIME(k->created_at), REF(k->hold_id),
                           REF(k->service_id)),
                   NULL);
}

err claim_update(struct db_conn *c, int64_t tenant, const struct claim *k)
{
    return db_exec(c, &claim_set,
                   DB_ARGS(I64(tenant), I64(k->id), I64(k->state), TEXT(k->evidence), REF(k->rating), TEXT(k->said), TEXT(k->reason), REF(k->done_by),
                           REF(k->ended_by), TIME(k->done_at), TIME(k->ended_at)),
                   NULL);
}

err claims_of_need(struct db_conn *c, struct arena *a, int64_t tenant, int64_t need, struct list *out)
{
    return db_all(c, a, &claim_of_need, DB_ARGS(I64(tenant), I64(need)), claim_map, sizeof(struct claim), 1000, out);
}

err claims_holding(struct db_conn *c, struct arena *a, int64_t tenant, int64_t resource, ms from, ms to, struct list *out)
{
    return db_all(c, a, &claim_holding, DB_ARGS(I64(tenant), I64(resource), I64(from), I64(to)), claim_map, sizeof(struct claim), 10000, out);
}

DB_SQL(claim_photo_add, "INSERT INTO need_claim_photo (tenant_id, claim_id, seq, file_id) VALUES ($1, $2, $3, $4)")
DB_SQL(claim_photo_all, "SELECT file_id FROM need_claim_photo WHERE tenant_id = $1 AND claim_id = $2 ORDER BY seq")

err claim_photos_add(struct db_conn *c, int64_t tenant, int64_t claim, struct ids files)
{
    for (size_t i = 0; i < files.len; i++)
        TRY(db_exec(c, &claim_photo_add, DB_ARGS(I64(tenant), I64(claim), I64((int64_t)i), I64(files.at[i])), NULL));
    return OK;
}

err claim_photos(struct db_conn *c, struct arena *a, int64_t tenant, int64_t claim, struct ids *out)
{
    static const struct field id_map[] = { { .name = "id", .kind = KIND_ID, .offset = 0 }, FIELD_END };
    struct list               rows;
    TRY(db_all(c, a, &claim_photo_all, DB_ARGS(I64(tenant), I64(claim)), id_map, sizeof(int64_t), 9, &rows));
    *out = (struct ids){ rows.at, rows.len };
    return OK;
}

/* ---- the record ---- */

DB_SQL(record_one, "SELECT org_id, kept, failed FROM exchange_record WHERE tenant_id = $1 AND org_id = $2")
DB_SQL(record_put, "INSERT INTO exchange_record (tenant_id, org_id, kept, failed) VALUES ($1, $2, $3, $4) "
                   "ON CONFLICT (tenant_id, org_id) DO UPDATE SET kept = exchange_record.kept + $3, failed = exchange_record.failed + $4")

err record_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, struct record *out)
{
    static const struct field map[] = { FIELD_ID(struct record, org_id, 0, ""), FIELD_I64(struct record, kept, 0, 0, 0, ""),
                                        FIELD_I64(struct record, failed, 0, 0, 0, ""), FIELD_END };
    *out = (struct record){ org, 0, 0 };
    err e = db_one(c, a, &record_one, DB_ARGS(I64(tenant), I64(org)), map, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err record_add(struct db_conn *c, int64_t tenant, int64_t org, int64_t kept, int64_t failed)
{
    return db_exec(c, &record_put, DB_ARGS(I64(tenant), I64(org), I64(kept), I64(failed)), NULL);
}

/* ---- for the demonstration ---- */

err exchange_need_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct exchange_asked *in, ms now, int64_t *id)
{
    struct need n = { .id = *id = id_new(), .unit_kind = in->unit.kind, .unit_id = in->unit.id, .title = in->title, .category = in->category,
                      .quantity = in->quantity, .unit = in->unit_word, .ends_at = in->ends_at, .area_id = in->area, .lon = in->at.lon, .lat = in->at.lat,
                      .urgency = in->urgency, .helps = in->helps, .met_when = in->met_when, .is_public = true, .state = NEED_DRAFT, .created_at = now };
    TRY(need_insert(c, a, tenant, &n));
    n.state = NEED_PUBLISHED;
    n.published_at = now;
    return need_update(c, a, tenant, &n, now);
}

err exchange_gave_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct exchange_asked *in, int64_t org, ms at)
{
    struct need n;
    int64_t     id;
    TRY(exchange_need_add(c, a, tenant, in, at - 7 * MS_DAY, &id));
    struct claim k = { .id = id_new(), .need_id = id, .org_id = org, .quantity = in->quantity, .due_at = at + MS_DAY, .state = CLAIM_TAKEN, .created_at = at - 5 * MS_DAY,
                       .reason = STR_NONE };
    TRY(claim_insert(c, tenant, &k));
    k.state = CLAIM_CONFIRMED;
    k.evidence = STR("按约定办好了");
    k.rating = 5;
    k.done_at = at;
    k.ended_at = at + MS_HOUR;
    TRY(claim_update(c, tenant, &k));
    TRY(record_add(c, tenant, org, 1, 0));
    TRY(need_get(c, a, tenant, id, &n));
    n.claimed = n.quantity;
    n.state = NEED_MET;
    n.ended_at = at + MS_HOUR;
    return need_update(c, a, tenant, &n, at + MS_HOUR);
}

err exchange_offer_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct exchange_offer *in, ms now, int64_t *id)
{
    struct resource s = { .id = *id = id_new(), .org_id = in->org, .title = in->title, .conditions = in->conditions, .category = in->category,
                          .quantity = in->quantity, .unit = in->unit, .again = in->again, .days = in->days, .opens = in->opens, .closes = in->closes,
                          .area_id = in->area, .lon = in->at.lon, .lat = in->at.lat, .is_public = true, .state = RESOURCE_OFFERED, .created_at = now };
    return resource_insert(c, a, tenant, &s, 0);
}
