/* alliance_db.c: the rows. */
#include "alliance_inside.h"

#include "../search/search.h"
#include "../../base/id.h"

/* ---- alliances ---- */

#define COLUMNS                                                                                                                         \
    "a.id, a.kind, a.name, a.brand, a.area_id, a.parent_id, a.public, a.valid_from, a.valid_to, a.end_reason, a.version, "              \
    "(SELECT count(*) FROM alliance_member m WHERE m.tenant_id = a.tenant_id AND m.alliance_id = a.id AND m.left_at IS NULL), "         \
    "(SELECT min(l.org_id) FROM alliance_member l WHERE l.tenant_id = a.tenant_id AND l.alliance_id = a.id AND l.left_at IS NULL "      \
    "AND l.role = 'lead'), a.name_fold "
DB_SQL(alliance_one, "SELECT " COLUMNS "FROM alliance a WHERE a.tenant_id = $1 AND a.id = $2")
DB_SQL(alliance_every, "SELECT " COLUMNS "FROM alliance a WHERE a.tenant_id = $1 ORDER BY a.id")
DB_SQL(alliance_add_row,
       "INSERT INTO alliance (tenant_id, id, kind, name, name_fold, brand, area_id, parent_id, public, valid_from, created_at, updated_at, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, 1)")
DB_SQL(alliance_set,
       "UPDATE alliance SET kind = $3, name = $4, name_fold = $5, brand = $6, area_id = $7, parent_id = $8, public = $9, valid_from = $10, "
       "valid_to = $11, end_reason = $12, updated_at = $13, version = version + 1 WHERE tenant_id = $1 AND id = $2")
DB_SQL(alliance_bump, "UPDATE alliance SET updated_at = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2")

#define ROW(kind, m, ...) FIELD_##kind(struct alliance_row, m, ##__VA_ARGS__, "")
static const struct field alliance_map[] = {
    ROW(ID, id, 0),          ROW(STR, kind, 0, 0, 0),     ROW(STR, name, 0, 0, 0),        ROW(STR, brand, 0, 0, 0),    ROW(ID, area_id, 0),
    ROW(ID, parent_id, 0),   ROW(BOOL, is_public, 0),     ROW(TIME, valid_from, 0),       ROW(TIME, valid_to, 0),      ROW(STR, end_reason, 0, 0, 0),
    ROW(I64, version, 0, 0, 0), ROW(I64, members, 0, 0, 0), ROW(ID, lead_id, 0),          ROW(STR, fold, 0, 0, 0),     FIELD_END
};

err alliance_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct alliance_row *out)
{
    return db_one(c, a, &alliance_one, DB_ARGS(I64(tenant), I64(id)), alliance_map, out);
}

err alliance_all(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out)
{
    return db_all(c, a, &alliance_every, DB_ARGS(I64(tenant)), alliance_map, sizeof(struct alliance_row), 0, out);
}

static struct str fold_of(struct arena *a, const struct alliance_row *row)
{
    return search_fold(a, str_fmt(a, "%.*s %.*s", STR_ARG(row->name), STR_ARG(row->brand)));
}

err alliance_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct alliance_row *row, ms now)
{
    return db_exec(c, &alliance_add_row,
                   DB_ARGS(I64(tenant), I64(row->id), TEXT(row->kind), TEXT(row->name), TEXT(fold_of(a, row)), TEXT(row->brand),
                           I64(row->area_id), REF(row->parent_id), BOOL(row->is_public), TIME(row->valid_from), TIME(now)),
                   NULL);
}

err alliance_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct alliance_row *row, ms now)
{
    return db_exec(c, &alliance_set,
                   DB_ARGS(I64(tenant), I64(row->id), TEXT(row->kind), TEXT(row->name), TEXT(fold_of(a, row)), TEXT(row->brand),
                           I64(row->area_id), REF(row->parent_id), BOOL(row->is_public), TIME(row->valid_from), TIME(row->valid_to),
                           TEXT(row->end_reason), TIME(now)),
                   NULL);
}

err alliance_touch(struct db_conn *c, int64_t tenant, int64_t id, ms now)
{
    return db_exec(c, &alliance_bump, DB_ARGS(I64(tenant), I64(id), TIME(now)), NULL);
}

/* ---- members ---- */

#define MEMBER "SELECT m.alliance_id, m.id, m.org_id, m.role, m.joined_at, m.left_at, m.ended, m.reason FROM alliance_member m "
DB_SQL(alliance_members, MEMBER "WHERE m.tenant_id = $1 AND m.alliance_id = $2 ORDER BY m.joined_at, m.id")
DB_SQL(alliance_members_between, MEMBER "WHERE m.tenant_id = $1 AND m.joined_at < $3 AND (m.left_at IS NULL OR m.left_at > $2) "
                                        "ORDER BY m.alliance_id, m.id")
DB_SQL(alliance_memberships, MEMBER "WHERE m.tenant_id = $1 AND m.org_id = $2 AND m.left_at IS NULL ORDER BY m.alliance_id")
DB_SQL(alliance_member_add,
       "INSERT INTO alliance_member (tenant_id, alliance_id, id, org_id, role, joined_at, left_at, ended, reason, created_at, created_by) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
DB_SQL(alliance_member_end, "UPDATE alliance_member SET left_at = $4, ended = $5, reason = $6 WHERE tenant_id = $1 AND alliance_id = $2 AND id = $3")
DB_SQL(alliance_members_end,
       "UPDATE alliance_member SET left_at = $3, ended = $4 WHERE tenant_id = $1 AND alliance_id = $2 AND left_at IS NULL")

#define M(kind, m, ...) FIELD_##kind(struct member_row, m, ##__VA_ARGS__, "")
static const struct field member_map[] = { M(ID, alliance_id, 0), M(ID, id, 0),         M(ID, org_id, 0),       M(STR, role, 0, 0, 0),  M(TIME, joined_at, 0),
                                           M(TIME, left_at, 0),   M(I64, ended, 0, 0, 0), M(STR, reason, 0, 0, 0), FIELD_END };

err members_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t alliance, struct list *out)
{
    return db_all(c, a, &alliance_members, DB_ARGS(I64(tenant), I64(alliance)), member_map, sizeof(struct member_row), 0, out);
}

err members_between(struct db_conn *c, struct arena *a, int64_t tenant, ms from, ms to, struct list *out)
{
    return db_all(c, a, &alliance_members_between, DB_ARGS(I64(tenant), I64(from), I64(to)), member_map, sizeof(struct member_row), 0, out);
}

err alliances_with(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, struct list *out)
{
    return db_all(c, a, &alliance_memberships, DB_ARGS(I64(tenant), I64(org)), member_map, sizeof(struct member_row), 0, out);
}

err member_insert(struct db_conn *c, int64_t tenant, const struct member_row *m, ms now, int64_t by)
{
    return db_exec(c, &alliance_member_add,
                   DB_ARGS(I64(tenant), I64(m->alliance_id), I64(m->id), I64(m->org_id), TEXT(m->role), TIME(m->joined_at), TIME(m->left_at),
                           I64(m->ended), TEXT(m->reason), TIME(now), REF(by)),
                   NULL);
}

err member_end(struct db_conn *c, int64_t tenant, const struct member_row *m, ms at, enum member_end how, struct str reason)
{
    return db_exec(c, &alliance_member_end, DB_ARGS(I64(tenant), I64(m->alliance_id), I64(m->id), TIME(at), I64(how), TEXT(reason)), NULL);
}

err members_end(struct db_conn *c, int64_t tenant, int64_t alliance, ms at)
{
    return db_exec(c, &alliance_members_end, DB_ARGS(I64(tenant), I64(alliance), TIME(at), I64(ENDED_ALLIANCE)), NULL);
}

/* ---- charters ---- */

DB_SQL(alliance_charters, "SELECT valid_from, text, created_at FROM alliance_charter WHERE tenant_id = $1 AND alliance_id = $2 ORDER BY valid_from DESC")
DB_SQL(alliance_charter_add, "INSERT INTO alliance_charter (tenant_id, alliance_id, valid_from, text, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6)")

static const struct field charter_map[] = { FIELD_TIME(struct charter_row, from, 0, ""), FIELD_STR(struct charter_row, text, 0, 0, 0, ""),
                                            FIELD_TIME(struct charter_row, created_at, 0, ""), FIELD_END };

err charters_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t alliance, struct list *out)
{
    return db_all(c, a, &alliance_charters, DB_ARGS(I64(tenant), I64(alliance)), charter_map, sizeof(struct charter_row), 0, out);
}

err charter_insert(struct db_conn *c, int64_t tenant, int64_t alliance, ms from, struct str text, ms now, int64_t by)
{
    return db_exec(c, &alliance_charter_add, DB_ARGS(I64(tenant), I64(alliance), TIME(from), TEXT(text), TIME(now), REF(by)), NULL);
}

/* ---- for the demonstration ---- */

err alliance_join(struct db_conn *c, int64_t tenant, int64_t alliance, int64_t org, const char *role, ms joined, ms left, struct str reason, ms now)
{
    struct member_row m = { .alliance_id = alliance, .id = id_new(), .org_id = org, .role = str_of(role), .joined_at = joined, .left_at = left,
                            .ended = left ? ENDED_LEFT : ENDED_NOT, .reason = reason };
    return member_insert(c, tenant, &m, now, 0);
}

err alliance_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct alliance_new *n, ms now, int64_t *id)
{
    struct alliance_row row = { .id = *id = id_new(), .kind = str_of(n->kind), .name = n->name, .brand = n->brand, .area_id = n->area,
                                .parent_id = n->parent, .is_public = n->is_public, .valid_from = n->from };
    TRY(alliance_insert(c, a, tenant, &row, now));
    if (n->charter.ptr)
        TRY(charter_insert(c, tenant, row.id, n->from, n->charter, now, 0));
    return alliance_join(c, tenant, row.id, n->lead, ALLIANCE_LEAD, n->from, 0, STR_NONE, now);
}

err alliance_now(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct str *name, int64_t *area, struct ids *orgs)
{
    struct alliance_row row;
    struct list         members;
    TRY(alliance_get(c, a, tenant, id, &row));
    *name = row.name;
    *area = row.area_id;
    TRY(members_of(c, a, tenant, id, &members));
    const struct member_row *m = members.at;
    int64_t                 *at = ARENA_ARRAY(a, members.len + 1, int64_t);
    size_t                   n = 0;
    for (size_t i = 0; i < members.len; i++)
        if (!m[i].left_at)
            at[n++] = m[i].org_id;
    *orgs = (struct ids){ at, n };
    return row.valid_to ? FAIL(ERR_NOT_FOUND) : OK;
}

/* ---- for other features ---- */

DB_SQL(alliance_orgs_in, "SELECT org_id FROM alliance_member WHERE tenant_id = $1 AND alliance_id = $2 AND left_at IS NULL ORDER BY org_id")

err alliance_present(struct db_conn *c, struct arena *a, int64_t tenant, int64_t alliance, struct alliance_present *out)
{
    static const struct field id_map[] = { { .name = "id", .kind = KIND_ID, .offset = 0 }, FIELD_END };
    struct alliance_row       row;
    struct list               rows;
    TRY(alliance_get(c, a, tenant, alliance, &row));
    TRY(db_all(c, a, &alliance_orgs_in, DB_ARGS(I64(tenant), I64(alliance)), id_map, sizeof(int64_t), 0, &rows));
    *out = (struct alliance_present){ row.name, row.is_public && !row.valid_to, row.valid_to != 0, row.area_id, row.lead_id, row.valid_from,
                                      { rows.at, rows.len } };
    return OK;
}
