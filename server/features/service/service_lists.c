/* service_lists.c: what exchange asks of services: entered from the sheet of lists, named by claims, counted in figures. */
#include "service_inside.h"

#include "../search/search.h"

DB_SQL(service_same, "SELECT COUNT(*) FROM service WHERE tenant_id = $1 AND org_id = $2 AND title_fold = $3 AND category = $4 AND state < 3")

static err listed(struct req *r, int64_t org, struct str title, struct str category, bool *out)
{
    int64_t n = 0;
    TRY(db_number(r->db, &service_same, DB_ARGS(I64(r->tenant), I64(org), TEXT(search_fold(r->arena, title)), TEXT(category)), &n));
    *out = n > 0;
    return OK;
}

static err named(struct req *r, int64_t service, struct exchange_named *out)
{
    struct service s;
    TRY(service_get(r->db, r->arena, r->tenant, service, &s));
    *out = (struct exchange_named){ s.org_id, s.title, s.state == SERVICE_OFFERED };
    return OK;
}

DB_SQL(orders_done, "SELECT id, area_id, org_id, COALESCE(rating, 0), done_at FROM service_order WHERE tenant_id = $1 AND state = 7 AND done_at >= $2 AND done_at < $3")
DB_SQL(orders_rated, "SELECT id, area_id, org_id, rating, rated_at FROM service_order WHERE tenant_id = $1 AND rated_at IS NOT NULL AND rated_at >= $2 AND rated_at < $3")

static err orders(struct req *r, bool reviewed, ms from, ms to, struct list *out)
{
    return db_all(r->db, r->arena, reviewed ? &orders_rated : &orders_done, DB_ARGS(I64(r->tenant), I64(from), I64(to)), exchange_fact_map,
                  sizeof(struct exchange_fact), 0, out);
}

static err order_line(struct req *r, int64_t order, struct exchange_order_line *out)
{
    struct order   o;
    struct service s;
    TRY(order_get(r->db, r->arena, r->tenant, order, &o));
    TRY(service_get(r->db, r->arena, r->tenant, o.service_id, &s));
    *out = (struct exchange_order_line){ s.id, o.minutes, o.rating, o.code, s.title };
    return OK;
}

const struct exchange_services service_lists = { .add = service_add, .listed = listed, .named = named, .orders = orders, .order = order_line };
