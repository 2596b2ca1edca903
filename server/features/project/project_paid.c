/* project_paid.c: money that came in for pledges, which agreements read their fulfilment off. */
#include "project_inside.h"

#include "../agreement/agreement.h"

DB_SQL(project_paid, "SELECT e.id, e.project_id, e.amount, p.title, e.at FROM project_source s JOIN project_entry e ON e.tenant_id = s.tenant_id "
                     "AND e.project_id = s.project_id AND e.source_id = s.id JOIN project p ON p.tenant_id = s.tenant_id AND p.id = s.project_id "
                     "WHERE s.tenant_id = $1 AND s.pledge_id = $2 AND e.kind = 3 AND e.void_at IS NULL AND e.at >= $3 AND e.at < $4 ORDER BY e.at, e.id LIMIT 1000")
#define M(kind, m, ...) FIELD_##kind(struct agreement_paid, m, ##__VA_ARGS__, "")
static const struct field paid_map[] = { M(ID, id, 0), M(ID, project_id, 0), M(I64, fen, 0, 0, 0), M(STR, title, 0, 0, 0), M(TIME, at, 0), FIELD_END };

static err paid(struct req *r, int64_t pledge, ms from, ms to, struct list *out)
{
    return db_all(r->db, r->arena, &project_paid, DB_ARGS(I64(r->tenant), I64(pledge), I64(from), I64(to)), paid_map, sizeof(struct agreement_paid), 1000, out);
}

const struct agreement_money project_money = { .paid = paid };
