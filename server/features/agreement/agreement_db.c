/* agreement_db.c: the rows. */
#include "agreement_inside.h"

#include "../search/search.h"

#define G(kind, m, ...) FIELD_##kind(struct agreement, m, ##__VA_ARGS__, "")
const struct field agreement_map[] = {
    G(ID, id, 0), G(ID, keeper_id, 0), G(ID, alliance_id, 0), G(I64, review_months, 0, 0, 0), G(I64, state, 0, 0, 0), G(ID, renews_id, 0),
    G(ID, created_by, 0), G(I64, version, 0, 0, 0), G(STR, kind, 0, 0, 0), G(STR, title, 0, 0, 0), G(STR, text, 0, 0, 0), G(STR, words, 0, 0, 0),
    G(STR, no, 0, 0, 0), G(STR, end_reason, 0, 0, 0), G(TIME, begins_at, 0), G(TIME, ends_at, 0), G(TIME, offered_at, 0), G(TIME, signed_at, 0),
    G(TIME, ended_at, 0), G(TIME, next_at, 0), G(TIME, created_at, 0), G(TIME, updated_at, 0), FIELD_END
};

DB_SQL(agreement_one, "SELECT " AGREEMENT_COLUMNS " FROM agreement g WHERE g.tenant_id = $1 AND g.id = $2")
DB_SQL(agreement_coded, "SELECT " AGREEMENT_COLUMNS " FROM agreement g WHERE g.tenant_id = $1 AND g.code_hash = $2")
DB_SQL(agreement_in_alliance, "SELECT " AGREEMENT_COLUMNS " FROM agreement g WHERE g.tenant_id = $1 AND g.alliance_id = $2 AND g.state IN (3, 4) "
                              "ORDER BY g.id DESC LIMIT 500")
DB_SQL(agreement_row_add,
       "INSERT INTO agreement (tenant_id, id, kind, title, title_fold, text, keeper_id, alliance_id, begins_at, ends_at, review_months, state, renews_id, "
       "created_at, created_by, updated_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $14, 1)")
DB_SQL(agreement_set,
       "UPDATE agreement SET kind = $3, title = $4, title_fold = $5, text = $6, words = $7, alliance_id = $8, begins_at = $9, ends_at = $10, "
       "review_months = $11, state = $12, offered_at = $13, signed_at = $14, ended_at = $15, end_reason = $16, next_at = $17, updated_at = $18, "
       "version = version + 1 WHERE tenant_id = $1 AND id = $2")
DB_SQL(agreement_set_number, "UPDATE agreement SET no = $3, code_hash = $4 WHERE tenant_id = $1 AND id = $2")

err agreement_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct agreement *out)
{
    return db_one(c, a, &agreement_one, DB_ARGS(I64(tenant), I64(id)), agreement_map, out);
}

err agreement_by_code(struct db_conn *c, struct arena *a, int64_t tenant, struct str hash, struct agreement *out)
{
    return db_one(c, a, &agreement_coded, DB_ARGS(I64(tenant), BLOB(hash)), agreement_map, out);
}

err agreements_of_alliance(struct db_conn *c, struct arena *a, int64_t tenant, int64_t alliance, struct list *out)
{
    return db_all(c, a, &agreement_in_alliance, DB_ARGS(I64(tenant), I64(alliance)), agreement_map, sizeof(struct agreement), 500, out);
}

err agreement_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct agreement *g)
{
    return db_exec(c, &agreement_row_add,
                   DB_ARGS(I64(tenant), I64(g->id), TEXT(g->kind), TEXT(g->title), TEXT(search_fold(a, g->title)), TEXT(g->text), I64(g->keeper_id),
                           REF(g->alliance_id), TIME(g->begins_at), TIME(g->ends_at), I64(g->review_months), I64(g->state), REF(g->renews_id),
                           TIME(g->created_at), REF(g->created_by)),
                   NULL);
}

err agreement_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct agreement *g, ms now)
{
    return db_exec(c, &agreement_set,
                   DB_ARGS(I64(tenant), I64(g->id), TEXT(g->kind), TEXT(g->title), TEXT(search_fold(a, g->title)), TEXT(g->text), TEXT(g->words),
                           REF(g->alliance_id), TIME(g->begins_at), TIME(g->ends_at), I64(g->review_months), I64(g->state), TIME(g->offered_at),
                           TIME(g->signed_at), TIME(g->ended_at), TEXT(g->end_reason), TIME(g->next_at), TIME(now)),
                   NULL);
}

err agreement_number_set(struct db_conn *c, int64_t tenant, int64_t id, struct str no, struct str code_hash)
{
    return db_exec(c, &agreement_set_number, DB_ARGS(I64(tenant), I64(id), TEXT(no), BLOB(code_hash)), NULL);
}

/* ---- parties ---- */

#define P(kind, m, ...) FIELD_##kind(struct party, m, ##__VA_ARGS__, "")
static const struct field party_map[] = { P(ID, agreement_id, 0), P(I64, seq, 0, 0, 0), P(ID, org_id, 0), P(ID, signed_by, 0), P(ID, scan_id, 0),
                                          P(STR, signer, 0, 0, 0), P(TIME, signed_at, 0), FIELD_END };
DB_SQL(party_all, "SELECT agreement_id, seq, org_id, COALESCE(signed_by, 0), COALESCE(scan_id, 0), signer, signed_at FROM agreement_party "
                  "WHERE tenant_id = $1 AND agreement_id = $2 ORDER BY seq")
DB_SQL(party_clear, "DELETE FROM agreement_party WHERE tenant_id = $1 AND agreement_id = $2")
DB_SQL(party_add, "INSERT INTO agreement_party (tenant_id, agreement_id, seq, org_id) VALUES ($1, $2, $3, $4)")
DB_SQL(party_set, "UPDATE agreement_party SET signer = $4, signed_by = $5, signed_at = $6, scan_id = $7 WHERE tenant_id = $1 AND agreement_id = $2 AND seq = $3")
DB_SQL(party_unset, "UPDATE agreement_party SET signer = NULL, signed_by = NULL, signed_at = NULL, scan_id = NULL WHERE tenant_id = $1 AND agreement_id = $2")

err parties_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t agreement, struct list *out)
{
    return db_all(c, a, &party_all, DB_ARGS(I64(tenant), I64(agreement)), party_map, sizeof(struct party), 0, out);
}

err parties_put(struct db_conn *c, int64_t tenant, int64_t agreement, struct ids orgs)
{
    TRY(db_exec(c, &party_clear, DB_ARGS(I64(tenant), I64(agreement)), NULL));
    for (size_t i = 0; i < orgs.len; i++)
        TRY(db_exec(c, &party_add, DB_ARGS(I64(tenant), I64(agreement), I64((int64_t)i + 1), I64(orgs.at[i])), NULL));
    return OK;
}

err party_sign(struct db_conn *c, int64_t tenant, const struct party *p)
{
    return db_exec(c, &party_set,
                   DB_ARGS(I64(tenant), I64(p->agreement_id), I64(p->seq), TEXT(p->signer), REF(p->signed_by), TIME(p->signed_at), REF(p->scan_id)), NULL);
}

err parties_unsign(struct db_conn *c, int64_t tenant, int64_t agreement)
{
    return db_exec(c, &party_unset, DB_ARGS(I64(tenant), I64(agreement)), NULL);
}

/* ---- pledges ---- */

#define L(kind, m, ...) FIELD_##kind(struct pledge, m, ##__VA_ARGS__, "")
static const struct field pledge_map[] = { L(ID, id, 0), L(ID, agreement_id, 0), L(I64, seq, 0, 0, 0), L(ID, org_id, 0), L(ID, resource_id, 0),
                                           L(I64, quantity, 0, 0, 0), L(I64, rhythm, 0, 0, 0), L(ID, hold_id, 0), L(ID, former_id, 0), L(STR, title, 0, 0, 0),
                                           L(STR, category, 0, 0, 0), L(STR, unit, 0, 0, 0), L(TIME, due_at, 0), FIELD_END };
#define PLEDGE_COLUMNS \
    "p.id, p.agreement_id, p.seq, p.org_id, COALESCE(p.resource_id, 0), p.quantity, p.rhythm, COALESCE(p.hold_id, 0), COALESCE(p.former_id, 0), p.title, p.category, p.unit, p.due_at"
DB_SQL(pledge_all, "SELECT " PLEDGE_COLUMNS " FROM agreement_pledge p WHERE p.tenant_id = $1 AND p.agreement_id = $2 ORDER BY p.seq")
DB_SQL(pledge_one, "SELECT " PLEDGE_COLUMNS " FROM agreement_pledge p WHERE p.tenant_id = $1 AND p.id = $2")
DB_SQL(pledge_clear, "DELETE FROM agreement_pledge WHERE tenant_id = $1 AND agreement_id = $2")
DB_SQL(pledge_add, "INSERT INTO agreement_pledge (tenant_id, id, agreement_id, seq, org_id, title, category, resource_id, quantity, unit, rhythm, due_at) "
                   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
DB_SQL(pledge_set_hold, "UPDATE agreement_pledge SET hold_id = $3 WHERE tenant_id = $1 AND id = $2")

err pledges_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t agreement, struct list *out)
{
    return db_all(c, a, &pledge_all, DB_ARGS(I64(tenant), I64(agreement)), pledge_map, sizeof(struct pledge), 0, out);
}

err pledge_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct pledge *out)
{
    return db_one(c, a, &pledge_one, DB_ARGS(I64(tenant), I64(id)), pledge_map, out);
}

err pledges_put(struct db_conn *c, int64_t tenant, int64_t agreement, const struct list *pledges)
{
    const struct pledge *p = pledges->at;
    TRY(db_exec(c, &pledge_clear, DB_ARGS(I64(tenant), I64(agreement)), NULL));
    for (size_t i = 0; i < pledges->len; i++)
        TRY(db_exec(c, &pledge_add,
                    DB_ARGS(I64(tenant), I64(p[i].id), I64(agreement), I64((int64_t)i + 1), I64(p[i].org_id), TEXT(p[i].title), TEXT(p[i].category),
                            REF(p[i].resource_id), I64(p[i].quantity), TEXT(p[i].unit), I64(p[i].rhythm), TIME(p[i].due_at)),
                    NULL));
    return OK;
}

err pledge_hold(struct db_conn *c, int64_t tenant, int64_t id, int64_t hold)
{
    return db_exec(c, &pledge_set_hold, DB_ARGS(I64(tenant), I64(id), REF(hold)), NULL);
}

DB_SQL(pledge_promised, "SELECT p.id, p.agreement_id, p.org_id, p.quantity, p.title, p.category, p.unit FROM agreement_pledge p "
                        "JOIN agreement g ON g.tenant_id = p.tenant_id AND g.id = p.agreement_id WHERE p.tenant_id = $1 AND p.id = $2 AND g.state = 3")
#define M(kind, m, ...) FIELD_##kind(struct agreement_promise, m, ##__VA_ARGS__, "")
err agreement_promise(struct db_conn *c, struct arena *a, int64_t tenant, int64_t pledge, struct agreement_promise *out)
{
    static const struct field map[] = { M(ID, id, 0), M(ID, agreement_id, 0), M(ID, org_id, 0), M(I64, quantity, 0, 0, 0), M(STR, title, 0, 0, 0),
                                        M(STR, category, 0, 0, 0), M(STR, unit, 0, 0, 0), FIELD_END };
    return db_one(c, a, &pledge_promised, DB_ARGS(I64(tenant), I64(pledge)), map, out);
}

/* ---- all of a period ---- */

#define IN_FORCE "g.tenant_id = $1 AND g.state IN (3, 4) AND g.signed_at IS NOT NULL AND g.begins_at < $3 AND COALESCE(g.ended_at, g.ends_at) > $2"
#define NEWEST   "g.id IN (SELECT g.id FROM agreement g WHERE " IN_FORCE " ORDER BY g.id DESC LIMIT 5000) "
DB_SQL(agreement_between, "SELECT g.id, g.keeper_id, COALESCE(g.alliance_id, 0), g.review_months, g.state, 0, 0, g.version, g.kind, g.title, '', '', '', '', g.begins_at, "
                          "g.ends_at, g.offered_at, g.signed_at, g.ended_at, g.next_at, g.created_at, g.updated_at FROM agreement g WHERE g.tenant_id = $1 AND " NEWEST "ORDER BY g.id")
DB_SQL(party_between, "SELECT p.agreement_id, p.seq, p.org_id, 0, 0, '', p.signed_at FROM agreement_party p JOIN agreement g ON g.tenant_id = p.tenant_id AND "
                      "g.id = p.agreement_id WHERE p.tenant_id = $1 AND " NEWEST "ORDER BY p.agreement_id, p.seq")
DB_SQL(pledge_between, "SELECT " PLEDGE_COLUMNS " FROM agreement_pledge p JOIN agreement g ON g.tenant_id = p.tenant_id AND g.id = p.agreement_id "
                       "WHERE p.tenant_id = $1 AND " NEWEST "ORDER BY p.agreement_id, p.seq")

err agreements_between(struct db_conn *c, struct arena *a, int64_t tenant, ms from, ms to, struct list *agreements, struct list *parties, struct list *pledges)
{
    TRY(db_all(c, a, &agreement_between, DB_ARGS(I64(tenant), I64(from), I64(to)), agreement_map, sizeof(struct agreement), 0, agreements));
    TRY(db_all(c, a, &party_between, DB_ARGS(I64(tenant), I64(from), I64(to)), party_map, sizeof(struct party), 0, parties));
    return db_all(c, a, &pledge_between, DB_ARGS(I64(tenant), I64(from), I64(to)), pledge_map, sizeof(struct pledge), 0, pledges);
}

/* ---- comments and reviews ---- */

#define C(kind, m, ...) FIELD_##kind(struct comment, m, ##__VA_ARGS__, "")
static const struct field comment_map[] = { C(ID, id, 0), C(ID, org_id, 0), C(ID, created_by, 0), C(STR, text, 0, 0, 0), C(TIME, created_at, 0), FIELD_END };
DB_SQL(comment_all, "SELECT id, org_id, COALESCE(created_by, 0), text, created_at FROM agreement_comment WHERE tenant_id = $1 AND agreement_id = $2 ORDER BY id LIMIT 500")
DB_SQL(comment_new, "INSERT INTO agreement_comment (tenant_id, id, agreement_id, org_id, text, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")

err comments_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t agreement, struct list *out)
{
    return db_all(c, a, &comment_all, DB_ARGS(I64(tenant), I64(agreement)), comment_map, sizeof(struct comment), 500, out);
}

err comment_add(struct db_conn *c, int64_t tenant, int64_t agreement, const struct comment *k)
{
    return db_exec(c, &comment_new,
                   DB_ARGS(I64(tenant), I64(k->id), I64(agreement), I64(k->org_id), TEXT(k->text), REF(k->created_by), TIME(k->created_at)), NULL);
}

#define V(kind, m, ...) FIELD_##kind(struct review, m, ##__VA_ARGS__, "")
static const struct field review_map[] = { V(ID, id, 0), V(ID, created_by, 0), V(JSON, figures, 0), V(STR, text, 0, 0, 0), V(TIME, begins_at, 0),
                                           V(TIME, ends_at, 0), V(TIME, created_at, 0), FIELD_END };
DB_SQL(review_all, "SELECT id, COALESCE(created_by, 0), figures, text, begins_at, ends_at, created_at FROM agreement_review "
                   "WHERE tenant_id = $1 AND agreement_id = $2 ORDER BY id DESC LIMIT 100")
DB_SQL(review_new, "INSERT INTO agreement_review (tenant_id, id, agreement_id, begins_at, ends_at, figures, text, created_by, created_at) "
                   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")

err reviews_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t agreement, struct list *out)
{
    return db_all(c, a, &review_all, DB_ARGS(I64(tenant), I64(agreement)), review_map, sizeof(struct review), 100, out);
}

err review_add(struct db_conn *c, int64_t tenant, int64_t agreement, const struct review *v)
{
    return db_exec(c, &review_new,
                   DB_ARGS(I64(tenant), I64(v->id), I64(agreement), TIME(v->begins_at), TIME(v->ends_at), TEXT(v->figures), TEXT(v->text),
                           REF(v->created_by), TIME(v->created_at)),
                   NULL);
}

/* ---- an organisation goes ---- */

DB_SQL(agreement_open_of, "SELECT COUNT(*) FROM agreement_party p JOIN agreement g ON g.tenant_id = p.tenant_id AND g.id = p.agreement_id "
                          "WHERE p.tenant_id = $1 AND p.org_id = $2 AND g.state < 4")
DB_SQL(agreement_party_to, "UPDATE agreement_party SET org_id = $3 WHERE tenant_id = $1 AND org_id = $2 AND agreement_id IN "
                           "(SELECT id FROM agreement WHERE tenant_id = $1 AND state < 4)")
DB_SQL(agreement_keeper_to, "UPDATE agreement SET keeper_id = $3, updated_at = $4, version = version + 1 WHERE tenant_id = $1 AND keeper_id = $2 AND state < 4")
DB_SQL(agreement_pledge_to, "UPDATE agreement_pledge SET org_id = $3, former_id = COALESCE(former_id, $2) WHERE tenant_id = $1 AND org_id = $2 AND agreement_id IN "
                            "(SELECT id FROM agreement WHERE tenant_id = $1 AND state < 4)")

err agreement_held_by(struct db_conn *c, int64_t tenant, int64_t org, int64_t *count)
{
    return db_number(c, &agreement_open_of, DB_ARGS(I64(tenant), I64(org)), count);
}

err agreement_take_over(struct req *r, int64_t from, int64_t to)
{
    TRY(db_exec(r->db, &agreement_party_to, DB_ARGS(I64(r->tenant), I64(from), I64(to)), NULL));
    TRY(db_exec(r->db, &agreement_keeper_to, DB_ARGS(I64(r->tenant), I64(from), I64(to), TIME(r->now)), NULL));
    return db_exec(r->db, &agreement_pledge_to, DB_ARGS(I64(r->tenant), I64(from), I64(to)), NULL);
}
