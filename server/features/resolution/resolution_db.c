/* resolution_db.c: the rows. */
#include "resolution_inside.h"

#include "../../base/id.h"

#define COLUMNS                                                                                                                            \
    "n.id, n.of_kind, n.of_id, n.source_kind, COALESCE(n.source_id, 0), n.way, n.state, COALESCE(n.created_by, 0), n.version, n.title, n.text, " \
    "n.meeting, COALESCE(n.link_kind, ''), n.public, COALESCE(n.link_id, 0), n.decided_at, n.due_at, n.remark, n.ended_at, n.next_at, n.created_at, " \
    "n.updated_at"
DB_SQL(resolution_one, "SELECT " COLUMNS " FROM resolution n WHERE n.tenant_id = $1 AND n.id = $2")
DB_SQL(resolution_page_of, "SELECT " COLUMNS " FROM resolution n WHERE n.tenant_id = $1 AND n.of_kind = 3 AND n.of_id = $2 AND (n.decided_at, n.id) < ($3, $4) "
                           "AND (CAST($5 AS BIGINT) = 0 OR n.state = $5) AND (CAST($6 AS BIGINT) = 0 OR n.public = 1) "
                           "ORDER BY n.decided_at DESC, n.id DESC LIMIT $7")
DB_SQL(resolution_plan, "SELECT " COLUMNS " FROM resolution n WHERE n.tenant_id = $1 AND n.of_kind = 3 AND n.of_id = $2 AND n.state = 1 AND n.due_at < $3 "
                        "AND (CAST($4 AS BIGINT) = 0 OR n.public = 1) ORDER BY n.due_at, n.id LIMIT $5")
DB_SQL(resolution_new,
       "INSERT INTO resolution (tenant_id, id, of_kind, of_id, source_kind, source_id, title, text, decided_at, way, meeting, due_at, public, link_kind, "
       "link_id, state, remark, ended_at, next_at, created_at, created_by, updated_at, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $20, 1)")
DB_SQL(resolution_set,
       "UPDATE resolution SET title = $3, text = $4, decided_at = $5, way = $6, meeting = $7, due_at = $8, public = $9, link_kind = $10, link_id = $11, "
       "state = $12, remark = $13, ended_at = $14, next_at = $15, updated_at = $16, version = version + 1 WHERE tenant_id = $1 AND id = $2")
DB_SQL(resolution_orgs_of, "SELECT org_id FROM resolution_org WHERE tenant_id = $1 AND resolution_id = $2 ORDER BY seq")
DB_SQL(resolution_org_add, "INSERT INTO resolution_org (tenant_id, resolution_id, seq, org_id) VALUES ($1, $2, $3, $4)")
DB_SQL(resolution_orgs_gone, "DELETE FROM resolution_org WHERE tenant_id = $1 AND resolution_id = $2")
DB_SQL(resolution_entry_new, "INSERT INTO resolution_entry (tenant_id, id, resolution_id, kind, at, account_id, org_id, text, before) "
                             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
DB_SQL(resolution_entry_all, "SELECT e.id, e.kind, COALESCE(e.org_id, 0), e.text, e.before, p.name, e.at FROM resolution_entry e "
                             "LEFT JOIN account a ON a.tenant_id = e.tenant_id AND a.id = e.account_id "
                             "LEFT JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id "
                             "WHERE e.tenant_id = $1 AND e.resolution_id = $2 ORDER BY e.id DESC")

#define N(kind, m, ...) FIELD_##kind(struct resolution, m, ##__VA_ARGS__, "")
static const struct field resolution_map[] = {
    N(ID, id, 0), N(I64, of_kind, 0, 0, 0), N(ID, of_id, 0), N(I64, source_kind, 0, 0, 0), N(ID, source_id, 0), N(I64, way, 0, 0, 0), N(I64, state, 0, 0, 0),
    N(ID, created_by, 0), N(I64, version, 0, 0, 0), N(STR, v.title, 0, 0, 0), N(STR, v.text, 0, 0, 0), N(STR, v.meeting, 0, 0, 0), N(STR, v.link_kind, 0, 0, 0),
    N(BOOL, v.is_public, 0), N(ID, v.link_id, 0), N(TIME, v.decided_at, 0), N(TIME, v.due_at, 0), N(STR, remark, 0, 0, 0), N(TIME, ended_at, 0),
    N(TIME, next_at, 0), N(TIME, created_at, 0), N(TIME, updated_at, 0), FIELD_END
};
#define E(kind, m, ...) FIELD_##kind(struct resolution_entry, m, ##__VA_ARGS__, "")
static const struct field entry_map[] = { E(ID, id, 0), E(I64, kind, 0, 0, 0), E(ID, org_id, 0), E(STR, text, 0, 0, 0), E(STR, before, 0, 0, 0), E(STR, who, 0, 0, 0),
                                          E(TIME, at, 0), FIELD_END };

/* What the columns do not say: who takes it on, and words in place of numbers. */
static err complete(struct db_conn *c, struct arena *a, int64_t tenant, struct resolution *n)
{
    static const struct field id_map[] = { { .name = "id", .kind = KIND_ID, .offset = 0 }, FIELD_END };
    struct list               rows;
    n->v.way = (int)n->way;
    if (!n->v.link_kind.len)
        n->v.link_kind = STR_NONE;
    TRY(db_all(c, a, &resolution_orgs_of, DB_ARGS(I64(tenant), I64(n->id)), id_map, sizeof(int64_t), 0, &rows));
    n->v.org_ids = (struct ids){ rows.at, rows.len };
    return OK;
}

static err complete_all(struct db_conn *c, struct arena *a, int64_t tenant, struct list *rows)
{
    for (size_t i = 0; i < rows->len; i++)
        TRY(complete(c, a, tenant, (struct resolution *)rows->at + i));
    return OK;
}

err resolution_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct resolution *out)
{
    TRY(db_one(c, a, &resolution_one, DB_ARGS(I64(tenant), I64(id)), resolution_map, out));
    return complete(c, a, tenant, out);
}

err resolution_list(struct db_conn *c, struct arena *a, int64_t tenant, const struct resolution_page *p, struct list *out)
{
    TRY(db_all(c, a, &resolution_page_of,
               DB_ARGS(I64(tenant), I64(p->alliance), I64(p->decided), I64(p->id), I64(p->state), BOOL(p->is_public), I64((int64_t)p->most)), resolution_map,
               sizeof(struct resolution), p->most, out));
    return complete_all(c, a, tenant, out);
}

err resolution_planned(struct db_conn *c, struct arena *a, int64_t tenant, int64_t alliance, ms until, bool is_public, size_t most, struct list *out)
{
    TRY(db_all(c, a, &resolution_plan, DB_ARGS(I64(tenant), I64(alliance), I64(until), BOOL(is_public), I64((int64_t)most)), resolution_map,
               sizeof(struct resolution), most, out));
    return complete_all(c, a, tenant, out);
}

static err put_orgs(struct db_conn *c, int64_t tenant, const struct resolution *n)
{
    for (size_t i = 0; i < n->v.org_ids.len; i++)
        TRY(db_exec(c, &resolution_org_add, DB_ARGS(I64(tenant), I64(n->id), I64((int64_t)i), I64(n->v.org_ids.at[i])), NULL));
    return OK;
}

err resolution_insert(struct db_conn *c, int64_t tenant, const struct resolution *n)
{
    const struct resolved *v = &n->v;
    TRY(db_exec(c, &resolution_new,
                DB_ARGS(I64(tenant), I64(n->id), I64(n->of_kind), I64(n->of_id), I64(n->source_kind), REF(n->source_id), TEXT(v->title), TEXT(v->text),
                        TIME(v->decided_at), I64(v->way), TEXT(v->meeting), TIME(v->due_at), BOOL(v->is_public), TEXT(v->link_kind), REF(v->link_id),
                        I64(n->state), TEXT(n->remark), TIME(n->ended_at), TIME(n->next_at), TIME(n->created_at), REF(n->created_by)),
                NULL));
    return put_orgs(c, tenant, n);
}

err resolution_update(struct db_conn *c, int64_t tenant, const struct resolution *n, ms now)
{
    const struct resolved *v = &n->v;
    TRY(db_exec(c, &resolution_set,
                DB_ARGS(I64(tenant), I64(n->id), TEXT(v->title), TEXT(v->text), TIME(v->decided_at), I64(v->way), TEXT(v->meeting), TIME(v->due_at),
                        BOOL(v->is_public), TEXT(v->link_kind), REF(v->link_id), I64(n->state), TEXT(n->remark), TIME(n->ended_at), TIME(n->next_at), TIME(now)),
                NULL));
    TRY(db_exec(c, &resolution_orgs_gone, DB_ARGS(I64(tenant), I64(n->id)), NULL));
    return put_orgs(c, tenant, n);
}

err resolution_entry_add(struct db_conn *c, int64_t tenant, int64_t resolution, const struct resolution_entry *e, int64_t by)
{
    return db_exec(c, &resolution_entry_new,
                   DB_ARGS(I64(tenant), I64(id_new()), I64(resolution), I64(e->kind), TIME(e->at), REF(by), REF(e->org_id), TEXT(e->text), TEXT(e->before)), NULL);
}

err resolution_entries(struct db_conn *c, struct arena *a, int64_t tenant, int64_t resolution, struct list *out)
{
    return db_all(c, a, &resolution_entry_all, DB_ARGS(I64(tenant), I64(resolution)), entry_map, sizeof(struct resolution_entry), 1000, out);
}

/* ---- an organisation closes, or becomes part of another ---- */

DB_SQL(resolution_held, "SELECT COUNT(*) FROM resolution_org o JOIN resolution n ON n.tenant_id = o.tenant_id AND n.id = o.resolution_id "
                        "WHERE o.tenant_id = $1 AND o.org_id = $2 AND n.state = 1")
/* Where the other takes it on already, once is enough. */
DB_SQL(resolution_twice, "DELETE FROM resolution_org WHERE tenant_id = $1 AND org_id = $2 AND resolution_id IN "
                         "(SELECT o.resolution_id FROM resolution_org o JOIN resolution n ON n.tenant_id = o.tenant_id AND n.id = o.resolution_id "
                         "WHERE o.tenant_id = $1 AND o.org_id = $3 AND n.state = 1)")
DB_SQL(resolution_to, "UPDATE resolution_org SET org_id = $3 WHERE tenant_id = $1 AND org_id = $2 AND resolution_id IN "
                      "(SELECT n.id FROM resolution n WHERE n.tenant_id = $1 AND n.state = 1)")

err resolution_held_by(struct db_conn *c, int64_t tenant, int64_t org, int64_t *count)
{
    return db_number(c, &resolution_held, DB_ARGS(I64(tenant), I64(org)), count);
}

err resolution_take_over(struct req *r, int64_t from, int64_t to)
{
    TRY(db_exec(r->db, &resolution_twice, DB_ARGS(I64(r->tenant), I64(from), I64(to)), NULL));
    return db_exec(r->db, &resolution_to, DB_ARGS(I64(r->tenant), I64(from), I64(to)), NULL);
}
