/* service_succeed.c: an organisation became part of another, or closes: its services, packages and open orders. */
#include "service_inside.h"

DB_SQL(service_held_services, "SELECT COUNT(*) FROM service WHERE tenant_id = $1 AND org_id = $2 AND state < 3")
DB_SQL(service_held_packages, "SELECT COUNT(*) FROM service_package WHERE tenant_id = $1 AND org_id = $2 AND state < 3")
DB_SQL(service_held_orders, "SELECT COUNT(*) FROM service_order WHERE tenant_id = $1 AND org_id = $2 AND state IN (1, 3, 4, 5, 6)")
DB_SQL(services_to, "UPDATE service SET org_id = $3, updated_at = $4, version = version + 1 WHERE tenant_id = $1 AND org_id = $2 AND state < 3")
DB_SQL(packages_to, "UPDATE service_package SET org_id = $3, updated_at = $4, version = version + 1 WHERE tenant_id = $1 AND org_id = $2 AND state < 3")
DB_SQL(orders_to, "UPDATE service_order SET org_id = $3, updated_at = $4, version = version + 1 WHERE tenant_id = $1 AND org_id = $2 AND state IN (1, 3, 4, 5, 6)")
DB_SQL(services_end, "UPDATE service SET state = 3, updated_at = $3, version = version + 1 WHERE tenant_id = $1 AND org_id = $2 AND state < 3")
DB_SQL(packages_end, "UPDATE service_package SET state = 3, updated_at = $3, version = version + 1 WHERE tenant_id = $1 AND org_id = $2 AND state < 3")

err service_held_by(struct db_conn *c, int64_t tenant, int64_t org, struct service_held *out)
{
    int64_t packages = 0;
    TRY(db_number(c, &service_held_services, DB_ARGS(I64(tenant), I64(org)), &out->services));
    TRY(db_number(c, &service_held_packages, DB_ARGS(I64(tenant), I64(org)), &packages));
    out->services += packages;
    return db_number(c, &service_held_orders, DB_ARGS(I64(tenant), I64(org)), &out->orders);
}

err service_take_over(struct req *r, int64_t from, int64_t to)
{
    TRY(db_exec(r->db, &services_to, DB_ARGS(I64(r->tenant), I64(from), I64(to), TIME(r->now)), NULL));
    TRY(db_exec(r->db, &packages_to, DB_ARGS(I64(r->tenant), I64(from), I64(to), TIME(r->now)), NULL));
    return db_exec(r->db, &orders_to, DB_ARGS(I64(r->tenant), I64(from), I64(to), TIME(r->now)), NULL);
}

err service_end(struct req *r, int64_t org)
{
    TRY(db_exec(r->db, &services_end, DB_ARGS(I64(r->tenant), I64(org), TIME(r->now)), NULL));
    return db_exec(r->db, &packages_end, DB_ARGS(I64(r->tenant), I64(org), TIME(r->now)), NULL);
}
