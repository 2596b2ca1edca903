/* exchange_hold.c: parts of resources held back for promises, and the work by which promises are kept. */
#include "exchange_inside.h"

#include "../../base/id.h"

DB_SQL(hold_one, "SELECT id, resource_id, quantity, drawn, title, created_at, released_at FROM resource_hold WHERE tenant_id = $1 AND id = $2")
DB_SQL(hold_all, "SELECT id, resource_id, quantity, drawn, title, created_at, released_at FROM resource_hold WHERE tenant_id = $1 AND resource_id = $2 "
                 "AND released_at IS NULL ORDER BY id")
DB_SQL(hold_add, "INSERT INTO resource_hold (tenant_id, id, resource_id, quantity, drawn, title, created_at) VALUES ($1, $2, $3, $4, 0, $5, $6)")
DB_SQL(hold_set, "UPDATE resource_hold SET drawn = $3 WHERE tenant_id = $1 AND id = $2")
DB_SQL(hold_release, "UPDATE resource_hold SET released_at = $3 WHERE tenant_id = $1 AND id = $2")

#define H(kind, m, ...) FIELD_##kind(struct hold, m, ##__VA_ARGS__, "")
static const struct field hold_map[] = { H(ID, id, 0), H(ID, resource_id, 0), H(I64, quantity, 0, 0, 0), H(I64, drawn, 0, 0, 0), H(STR, title, 0, 0, 0),
                                         H(TIME, created_at, 0), H(TIME, released_at, 0), FIELD_END };

err hold_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct hold *out)
{
    return db_one(c, a, &hold_one, DB_ARGS(I64(tenant), I64(id)), hold_map, out);
}

err hold_drawn(struct db_conn *c, int64_t tenant, const struct hold *h)
{
    return db_exec(c, &hold_set, DB_ARGS(I64(tenant), I64(h->id), I64(h->drawn)), NULL);
}

err holds_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t resource, struct list *out)
{
    return db_all(c, a, &hold_all, DB_ARGS(I64(tenant), I64(resource)), hold_map, sizeof(struct hold), 1000, out);
}

/* ---- for agreements ---- */

err exchange_resource_of(struct req *r, int64_t resource, int64_t org, struct str *category, bool *again)
{
    struct resource s;
    err             e = resource_get(r->db, r->arena, r->tenant, resource, &s);
    if (e.code == ERR_NOT_FOUND || (!failed(e) && (s.org_id != org || s.state == RESOURCE_WITHDRAWN)))
        return FAIL(ERR_UNKNOWN_REFERENCE);
    TRY(e);
    *category = s.category;
    *again = s.again;
    return OK;
}

err exchange_hold(struct req *r, int64_t resource, int64_t quantity, struct str title, int64_t *id)
{
    static const struct list nothing = { NULL, 0 };
    struct resource          s;
    *id = 0;
    TRY(resource_get(r->db, r->arena, r->tenant, resource, &s));
    if (s.again)
        return OK;
    if (s.state != RESOURCE_OFFERED || quantity > resource_free(&s, &nothing, r->now, r->now + 1))
        return FAIL(ERR_NOT_FREE);
    s.reserved += quantity;
    *id = id_new();
    TRY(resource_update(r->db, r->arena, r->tenant, &s, r->now));
    return db_exec(r->db, &hold_add, DB_ARGS(I64(r->tenant), I64(*id), I64(resource), I64(quantity), TEXT(title), TIME(r->now)), NULL);
}

err exchange_let_go(struct req *r, int64_t id)
{
    struct hold     h;
    struct resource s;
    TRY(hold_get(r->db, r->arena, r->tenant, id, &h));
    if (h.released_at)
        return OK;
    TRY(resource_get(r->db, r->arena, r->tenant, h.resource_id, &s));
    s.reserved -= h.quantity - h.drawn;
    TRY(resource_update(r->db, r->arena, r->tenant, &s, r->now));
    return db_exec(r->db, &hold_release, DB_ARGS(I64(r->tenant), I64(id), TIME(r->now)), NULL);
}

DB_SQL(claim_kept, "SELECT k.id, k.need_id, n.title, COALESCE(k.resource_id, 0), COALESCE(k.hold_id, 0), n.category, COALESCE(s.category, ''), k.quantity, "
                   "n.unit_kind, n.unit_id, COALESCE(k.service_id, 0), k.created_at, k.done_at, COALESCE(n.unit, '') FROM need_claim k JOIN need n ON n.tenant_id = k.tenant_id AND n.id = k.need_id "
                   "LEFT JOIN resource s ON s.tenant_id = k.tenant_id AND s.id = k.resource_id "
                   "WHERE k.tenant_id = $1 AND k.org_id = $2 AND k.state = 3 AND k.done_at >= $3 AND k.done_at < $4 ORDER BY k.done_at, k.id LIMIT 20000")
#define W(kind, m, ...) FIELD_##kind(struct exchange_kept, m, ##__VA_ARGS__, "")
static const struct field kept_map[] = { W(ID, claim_id, 0), W(ID, need_id, 0), W(STR, title, 0, 0, 0), W(ID, resource_id, 0), W(ID, hold_id, 0),
                                         W(STR, category, 0, 0, 0), W(STR, given_category, 0, 0, 0), W(I64, quantity, 0, 0, 0),
                                         W(I64, unit_kind, 0, 0, 0), W(ID, unit_id, 0), W(ID, service_id, 0), W(TIME, taken_at, 0), W(TIME, at, 0),
                                         W(STR, unit, 0, 0, 0), FIELD_END };

err exchange_kept_by(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, ms from, ms to, struct list *out)
{
    return db_all(c, a, &claim_kept, DB_ARGS(I64(tenant), I64(org), I64(from), I64(to)), kept_map, sizeof(struct exchange_kept), 20000, out);
}

struct list exchange_category_list(struct req *r)
{
    struct list            from = exchange_categories(r);
    const struct category *at = from.at;
    struct exchange_category *to = ARENA_ARRAY(r->arena, from.len + 1, struct exchange_category);
    for (size_t i = 0; i < from.len; i++)
        to[i] = (struct exchange_category){ at[i].code, at[i].of, at[i].zh, at[i].en };
    return (struct list){ to, from.len };
}
