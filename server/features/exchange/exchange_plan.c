/* exchange_plan.c: what alliances are told of needs: those of members with a day, and what members took on from one another. */
#include "exchange_inside.h"

#include "../alliance/alliance.h"

/* A need is planned while something of it is still sought; then what was taken on is. */
#define IN_ALLIANCE(org) "EXISTS (SELECT 1 FROM alliance_member m WHERE m.tenant_id = n.tenant_id AND m.alliance_id = $2 AND m.left_at IS NULL AND m.org_id = " org ")"
DB_SQL(need_planned, "SELECT n.id, n.id, n.title, '', n.unit_id, n.ends_at FROM need n WHERE n.tenant_id = $1 AND n.state IN (2, 3) AND n.ends_at < $3 "
                     "AND (CAST($4 AS BIGINT) = 0 OR n.public = 1) AND n.unit_kind = 2 AND " IN_ALLIANCE("n.unit_id") " ORDER BY n.ends_at, n.id LIMIT $5")
/* What a member took on that another member asks for, or helps with too. */
DB_SQL(claim_planned,
       "SELECT k.id, n.id, n.title, '', k.org_id, k.due_at FROM need_claim k JOIN need n ON n.tenant_id = k.tenant_id AND n.id = k.need_id "
       "WHERE k.tenant_id = $1 AND k.state = 1 AND k.due_at < $3 AND CAST($4 AS BIGINT) = 0 AND " IN_ALLIANCE("k.org_id")
       " AND ((n.unit_kind = 2 AND " IN_ALLIANCE("n.unit_id") ") OR EXISTS (SELECT 1 FROM need_claim o WHERE o.tenant_id = k.tenant_id AND o.need_id = k.need_id "
       "AND o.org_id <> k.org_id AND o.state IN (1, 2, 3) AND " IN_ALLIANCE("o.org_id") ")) ORDER BY k.due_at, k.id LIMIT $5")

struct row { int64_t id, need_id, org_id; struct str title, of; ms at; };
static const struct field row_map[] = { FIELD_ID(struct row, id, 0, ""),          FIELD_ID(struct row, need_id, 0, ""), FIELD_STR(struct row, title, 0, 0, 0, ""),
                                        FIELD_STR(struct row, of, 0, 0, 0, ""), FIELD_ID(struct row, org_id, 0, ""),  FIELD_TIME(struct row, at, 0, ""), FIELD_END };

static err ask(struct req *r, const struct db_sql *sql, const struct alliance_asks *q, enum alliance_planned_kind kind, struct alliance_planned *at, size_t *n)
{
    struct list rows;
    TRY(db_all(r->db, r->arena, sql, DB_ARGS(I64(r->tenant), I64(q->alliance), I64(q->until), BOOL(q->is_public), I64((int64_t)q->most)), row_map, sizeof(struct row),
               q->most, &rows));
    const struct row *k = rows.at;
    for (size_t i = 0; i < rows.len; i++)
        at[(*n)++] = (struct alliance_planned){ kind, k[i].id, k[i].need_id, k[i].title, STR_NONE, alliance_one_org(r->arena, k[i].org_id), k[i].at };
    return OK;
}

/* Who took what on is no public matter; a need may be. */
static err planned(struct req *r, const struct alliance_asks *q, struct list *out)
{
    struct alliance_planned *at = ARENA_ARRAY(r->arena, 2 * q->most, struct alliance_planned);
    size_t                   n = 0;
    TRY(ask(r, &need_planned, q, PLANNED_NEED, at, &n));
    TRY(ask(r, &claim_planned, q, PLANNED_CLAIM, at, &n));
    *out = (struct list){ at, n };
    return OK;
}

static err named(struct req *r, int64_t id, struct str *title)
{
    struct list found;
    TRY(exchange_lines(r, (struct ids){ &id, 1 }, &found));
    *title = found.len ? ((const struct exchange_line *)found.at)->title : STR_NONE;
    return found.len ? OK : FAIL(ERR_NOT_FOUND);
}

const struct alliance_source exchange_source = { "need", planned, named, NULL };
