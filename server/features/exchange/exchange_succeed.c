/* exchange_succeed.c: an organisation became part of another, or closes: what it asks for, what it offers, what it took on. */
#include "exchange_inside.h"

DB_SQL(exchange_held_needs, "SELECT COUNT(*) FROM need WHERE tenant_id = $1 AND unit_id = $2 AND state < 6")
DB_SQL(exchange_held_offers, "SELECT COUNT(*) FROM resource WHERE tenant_id = $1 AND org_id = $2 AND state < 4")
DB_SQL(exchange_held_claims, "SELECT COUNT(*) FROM need_claim WHERE tenant_id = $1 AND org_id = $2 AND state IN (1, 2)")
DB_SQL(exchange_needs_to, "UPDATE need SET unit_id = $3, updated_at = $4, version = version + 1 WHERE tenant_id = $1 AND unit_id = $2 AND state < 6")
DB_SQL(exchange_offers_to, "UPDATE resource SET org_id = $3, updated_at = $4, version = version + 1 WHERE tenant_id = $1 AND org_id = $2 AND state < 4")
DB_SQL(exchange_claims_to, "UPDATE need_claim SET org_id = $3 WHERE tenant_id = $1 AND org_id = $2 AND state IN (1, 2)")
DB_SQL(exchange_record_gone, "DELETE FROM exchange_record WHERE tenant_id = $1 AND org_id = $2")
DB_SQL(exchange_offers_end, "UPDATE resource SET state = 4, updated_at = $3, version = version + 1 WHERE tenant_id = $1 AND org_id = $2 AND state < 4")

err exchange_held_by(struct db_conn *c, int64_t tenant, int64_t org, struct exchange_held *out)
{
    TRY(db_number(c, &exchange_held_needs, DB_ARGS(I64(tenant), I64(org)), &out->needs));
    TRY(db_number(c, &exchange_held_offers, DB_ARGS(I64(tenant), I64(org)), &out->offers));
    return db_number(c, &exchange_held_claims, DB_ARGS(I64(tenant), I64(org)), &out->claims);
}

err exchange_take_over(struct req *r, int64_t from, int64_t to)
{
    struct record record;
    TRY(db_exec(r->db, &exchange_needs_to, DB_ARGS(I64(r->tenant), I64(from), I64(to), TIME(r->now)), NULL));
    TRY(db_exec(r->db, &exchange_offers_to, DB_ARGS(I64(r->tenant), I64(from), I64(to), TIME(r->now)), NULL));
    TRY(db_exec(r->db, &exchange_claims_to, DB_ARGS(I64(r->tenant), I64(from), I64(to)), NULL));
    TRY(record_of(r->db, r->arena, r->tenant, from, &record));
    if (!record.kept && !record.failed)
        return OK;
    TRY(record_add(r->db, r->tenant, to, record.kept, record.failed));
    return db_exec(r->db, &exchange_record_gone, DB_ARGS(I64(r->tenant), I64(from)), NULL);
}

err exchange_end(struct req *r, int64_t org)
{
    return db_exec(r->db, &exchange_offers_end, DB_ARGS(I64(r->tenant), I64(org), TIME(r->now)), NULL);
}
