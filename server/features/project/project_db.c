/* project_db.c: the rows. */
#include "project_inside.h"

#include "../search/search.h"
#include "../../base/id.h"

#define P(kind, m, ...) FIELD_##kind(struct project, m, ##__VA_ARGS__, "")
const struct field project_map[] = {
    P(ID, id, 0), P(STR, kind, 0, 0, 0), P(STR, title, 0, 0, 0), P(STR, text, 0, 0, 0), P(I64, unit_kind, 0, 0, 0), P(ID, unit_id, 0), P(ID, area_id, 0),
    P(BOOL, is_public, 0), P(I64, state, 0, 0, 0), P(TIME, begins_at, 0), P(TIME, due_at, 0), P(STR, reason, 0, 0, 0), P(I64, promised, 0, 0, 0),
    P(I64, paid, 0, 0, 0), P(I64, spent, 0, 0, 0), P(I64, steps, 0, 0, 0), P(I64, steps_done, 0, 0, 0), P(TIME, next_due, 0), P(I64, cases, 0, 0, 0),
    P(I64, round, 0, 0, 0), P(TIME, asked_at, 0), P(TIME, ended_at, 0), P(TIME, created_at, 0), P(ID, created_by, 0), P(TIME, updated_at, 0),
    P(I64, version, 0, 0, 0), FIELD_END
};
#define M(kind, m, ...) FIELD_##kind(struct member, m, ##__VA_ARGS__, "")
static const struct field member_map[] = { M(I64, role, 0, 0, 0), M(ID, person_id, 0), M(ID, org_id, 0), M(STR, duty, 0, 0, 0), M(STR, name, 0, 0, 0), FIELD_END };
#define S(kind, m, ...) FIELD_##kind(struct step, m, ##__VA_ARGS__, "")
static const struct field step_map[] = { S(ID, id, 0), S(ID, project_id, 0), S(STR, title, 0, 0, 0), S(TIME, due_at, 0), S(ID, person_id, 0), S(ID, org_id, 0),
                                         S(TIME, done_at, 0), FIELD_END };
#define O(kind, m, ...) FIELD_##kind(struct source, m, ##__VA_ARGS__, "")
static const struct field source_map[] = { O(ID, id, 0), O(ID, project_id, 0), O(ID, org_id, 0), O(ID, pledge_id, 0), O(STR, who, 0, 0, 0), O(STR, note, 0, 0, 0),
                                           O(I64, promised, 0, 0, 0), O(I64, paid, 0, 0, 0), O(TIME, created_at, 0), FIELD_END };
#define E(kind, m, ...) FIELD_##kind(struct entry, m, ##__VA_ARGS__, "")
static const struct field entry_map[] = {
    E(ID, id, 0), E(ID, project_id, 0), E(I64, kind, 0, 0, 0), E(TIME, at, 0), E(ID, account_id, 0), E(STR, text, 0, 0, 0), E(I64, amount, 0, 0, 0),
    E(ID, step_id, 0), E(ID, source_id, 0), E(I64, state, 0, 0, 0), E(BOOL, is_public, 0), E(TIME, void_at, 0), E(STR, void_reason, 0, 0, 0),
    E(STR, author, 0, 0, 0), FIELD_END
};
#define V(kind, m, ...) FIELD_##kind(struct voice, m, ##__VA_ARGS__, "")
static const struct field voice_map[] = { V(ID, case_id, 0), V(I64, answer, 0, 0, 0), V(I64, way, 0, 0, 0), V(STR, said, 0, 0, 0), V(TIME, asked_at, 0),
                                          V(TIME, answered_at, 0), V(ID, account_id, 0), FIELD_END };
#define L(kind, m, ...) FIELD_##kind(struct link, m, ##__VA_ARGS__, "")
static const struct field link_map[] = { L(I64, kind, 0, 0, 0), L(ID, object_id, 0), L(I64, open, 0, 0, 0), L(TIME, added_at, 0), FIELD_END };

/* ---- projects ---- */

DB_SQL(project_one, "SELECT " PROJECT_COLUMNS " FROM project n WHERE n.tenant_id = $1 AND n.id = $2")
DB_SQL(project_new,
       "INSERT INTO project (tenant_id, id, kind, title, title_fold, text, unit_kind, unit_id, area_id, public, state, begins_at, due_at, promised, paid, "
       "spent, steps, steps_done, cases, round, created_at, created_by, updated_at, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0, 0, 0, 0, 0, 0, $14, $15, $14, 1)")
DB_SQL(project_set,
       "UPDATE project SET kind = $3, title = $4, title_fold = $5, text = $6, area_id = $7, public = $8, state = $9, begins_at = $10, due_at = $11, "
       "reason = $12, promised = $13, paid = $14, spent = $15, steps = $16, steps_done = $17, next_due = $18, cases = $19, round = $20, asked_at = $21, "
       "ended_at = $22, updated_at = $23, version = version + 1, told = CASE WHEN due_at IS NOT DISTINCT FROM $11 THEN told ELSE 0 END "
       "WHERE tenant_id = $1 AND id = $2")
/* Taken before anything is counted: on PostgreSQL, two who count at once would else not see each other's rows. */
DB_SQL(project_touch, "UPDATE project SET updated_at = $3 WHERE tenant_id = $1 AND id = $2")

err project_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct project *out)
{
    return db_one(c, a, &project_one, DB_ARGS(I64(tenant), I64(id)), project_map, out);
}

err project_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct project *p)
{
    return db_exec(c, &project_new,
                   DB_ARGS(I64(tenant), I64(p->id), TEXT(p->kind), TEXT(p->title), TEXT(search_fold(a, p->title)), TEXT(p->text), I64(p->unit_kind),
                           I64(p->unit_id), I64(p->area_id), BOOL(p->is_public), I64(p->state), TIME(p->begins_at), TIME(p->due_at), TIME(p->created_at),
                           REF(p->created_by)),
                   NULL);
}

err project_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct project *p, ms now)
{
    return db_exec(c, &project_set,
                   DB_ARGS(I64(tenant), I64(p->id), TEXT(p->kind), TEXT(p->title), TEXT(search_fold(a, p->title)), TEXT(p->text), I64(p->area_id),
                           BOOL(p->is_public), I64(p->state), TIME(p->begins_at), TIME(p->due_at), TEXT(p->reason), I64(p->promised), I64(p->paid),
                           I64(p->spent), I64(p->steps), I64(p->steps_done), TIME(p->next_due), I64(p->cases), I64(p->round), TIME(p->asked_at),
                           TIME(p->ended_at), TIME(now)),
                   NULL);
}

DB_SQL(project_sums, "SELECT CAST(COALESCE(SUM(promised), 0) AS BIGINT), CAST(COALESCE(SUM(paid), 0) AS BIGINT) FROM project_source "
                     "WHERE tenant_id = $1 AND project_id = $2")
DB_SQL(project_spent, "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM project_entry WHERE tenant_id = $1 AND project_id = $2 AND kind = 4 "
                      "AND void_at IS NULL")
DB_SQL(project_steps, "SELECT COUNT(*), COUNT(done_at), MIN(CASE WHEN done_at IS NULL THEN due_at END) FROM project_step WHERE tenant_id = $1 AND project_id = $2")
DB_SQL(project_cases, "SELECT COUNT(*) FROM project_link WHERE tenant_id = $1 AND project_id = $2 AND kind = 1")

err project_meet(struct db_conn *c, int64_t tenant, int64_t id, ms now)
{
    return db_exec(c, &project_touch, DB_ARGS(I64(tenant), I64(id), TIME(now)), NULL);
}

err project_settle(struct db_conn *c, struct arena *a, int64_t tenant, struct project *p, ms now)
{
    static const struct field sums[] = { P(I64, promised, 0, 0, 0), P(I64, paid, 0, 0, 0), FIELD_END };
    static const struct field steps[] = { P(I64, steps, 0, 0, 0), P(I64, steps_done, 0, 0, 0), P(TIME, next_due, 0), FIELD_END };
    TRY(project_meet(c, tenant, p->id, now));
    TRY(db_one(c, a, &project_sums, DB_ARGS(I64(tenant), I64(p->id)), sums, p));
    TRY(db_number(c, &project_spent, DB_ARGS(I64(tenant), I64(p->id)), &p->spent));
    TRY(db_one(c, a, &project_steps, DB_ARGS(I64(tenant), I64(p->id)), steps, p));
    TRY(db_number(c, &project_cases, DB_ARGS(I64(tenant), I64(p->id)), &p->cases));
    if (p->spent > p->paid)
        return FAIL_AT(ERR_BEYOND_PAID, "amount");
    return project_update(c, a, tenant, p, now);
}

/* ---- team ---- */

DB_SQL(project_team_all,
       "SELECT m.role, m.person_id, m.org_id, m.duty, p.name FROM project_team m LEFT JOIN person p ON p.tenant_id = m.tenant_id AND p.id = m.person_id "
       "WHERE m.tenant_id = $1 AND m.project_id = $2 ORDER BY m.role, m.seq")
DB_SQL(project_team_clear, "DELETE FROM project_team WHERE tenant_id = $1 AND project_id = $2")
DB_SQL(project_team_add, "INSERT INTO project_team (tenant_id, project_id, seq, role, person_id, org_id, duty) VALUES ($1, $2, $3, $4, $5, $6, $7)")

err team_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t project, struct list *out)
{
    return db_all(c, a, &project_team_all, DB_ARGS(I64(tenant), I64(project)), member_map, sizeof(struct member), 1000, out);
}

err team_put(struct db_conn *c, int64_t tenant, int64_t project, const struct list *members)
{
    const struct member *m = members->at;
    TRY(db_exec(c, &project_team_clear, DB_ARGS(I64(tenant), I64(project)), NULL));
    for (size_t i = 0; i < members->len; i++)
        TRY(db_exec(c, &project_team_add,
                    DB_ARGS(I64(tenant), I64(project), I64((int64_t)i), I64(m[i].role), REF(m[i].person_id), REF(m[i].org_id), TEXT(m[i].duty)), NULL));
    return OK;
}

/* ---- milestones ---- */

#define STEP_COLUMNS "id, project_id, title, due_at, person_id, org_id, done_at"
DB_SQL(project_step_all, "SELECT " STEP_COLUMNS " FROM project_step WHERE tenant_id = $1 AND project_id = $2 ORDER BY due_at, id")
DB_SQL(project_step_one, "SELECT " STEP_COLUMNS " FROM project_step WHERE tenant_id = $1 AND id = $2")
DB_SQL(project_step_add, "INSERT INTO project_step (tenant_id, id, project_id, title, due_at, person_id, org_id, done_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
/* A new day, and one that is open again, is told of anew. */
DB_SQL(project_step_set, "UPDATE project_step SET title = $3, due_at = $4, person_id = $5, org_id = $6, done_at = $7, "
                         "told = CASE WHEN due_at = $4 AND done_at IS NOT DISTINCT FROM $7 THEN told ELSE 0 END WHERE tenant_id = $1 AND id = $2")
DB_SQL(project_step_gone, "DELETE FROM project_step WHERE tenant_id = $1 AND id = $2")

err steps_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t project, struct list *out)
{
    return db_all(c, a, &project_step_all, DB_ARGS(I64(tenant), I64(project)), step_map, sizeof(struct step), 1000, out);
}

err step_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct step *out)
{
    return db_one(c, a, &project_step_one, DB_ARGS(I64(tenant), I64(id)), step_map, out);
}

err step_insert(struct db_conn *c, int64_t tenant, const struct step *s)
{
    return db_exec(c, &project_step_add,
                   DB_ARGS(I64(tenant), I64(s->id), I64(s->project_id), TEXT(s->title), TIME(s->due_at), REF(s->person_id), REF(s->org_id), TIME(s->done_at)),
                   NULL);
}

err step_update(struct db_conn *c, int64_t tenant, const struct step *s)
{
    return db_exec(c, &project_step_set,
                   DB_ARGS(I64(tenant), I64(s->id), TEXT(s->title), TIME(s->due_at), REF(s->person_id), REF(s->org_id), TIME(s->done_at)), NULL);
}

err step_delete(struct db_conn *c, int64_t tenant, int64_t id)
{
    return db_exec(c, &project_step_gone, DB_ARGS(I64(tenant), I64(id)), NULL);
}

/* ---- sources of money ---- */

#define SOURCE_COLUMNS "id, project_id, org_id, pledge_id, who, note, promised, paid, created_at"
DB_SQL(project_source_all, "SELECT " SOURCE_COLUMNS " FROM project_source WHERE tenant_id = $1 AND project_id = $2 ORDER BY id")
DB_SQL(project_source_one, "SELECT " SOURCE_COLUMNS " FROM project_source WHERE tenant_id = $1 AND id = $2")
DB_SQL(project_source_add, "INSERT INTO project_source (tenant_id, id, project_id, org_id, pledge_id, who, note, promised, paid, created_at) "
                           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
DB_SQL(project_source_set, "UPDATE project_source SET org_id = $3, pledge_id = $4, who = $5, note = $6, promised = $7, paid = $8 WHERE tenant_id = $1 AND id = $2")
DB_SQL(project_source_gone, "DELETE FROM project_source WHERE tenant_id = $1 AND id = $2")

err sources_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t project, struct list *out)
{
    return db_all(c, a, &project_source_all, DB_ARGS(I64(tenant), I64(project)), source_map, sizeof(struct source), 1000, out);
}

err source_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct source *out)
{
    return db_one(c, a, &project_source_one, DB_ARGS(I64(tenant), I64(id)), source_map, out);
}

err source_insert(struct db_conn *c, int64_t tenant, const struct source *s)
{
    return db_exec(c, &project_source_add,
                   DB_ARGS(I64(tenant), I64(s->id), I64(s->project_id), REF(s->org_id), REF(s->pledge_id), TEXT(s->who), TEXT(s->note), I64(s->promised),
                           I64(s->paid), TIME(s->created_at)),
                   NULL);
}

err source_update(struct db_conn *c, int64_t tenant, const struct source *s)
{
    return db_exec(c, &project_source_set,
                   DB_ARGS(I64(tenant), I64(s->id), REF(s->org_id), REF(s->pledge_id), TEXT(s->who), TEXT(s->note), I64(s->promised), I64(s->paid)), NULL);
}

err source_delete(struct db_conn *c, int64_t tenant, int64_t id)
{
    return db_exec(c, &project_source_gone, DB_ARGS(I64(tenant), I64(id)), NULL);
}

/* ---- the story ---- */

#define ENTRY_SELECT                                                                                                                      \
    "SELECT e.id, e.project_id, e.kind, e.at, e.account_id, e.text, e.amount, e.step_id, e.source_id, e.state, e.public, e.void_at, e.void_reason, "  \
    "p.name FROM project_entry e LEFT JOIN account a ON a.tenant_id = e.tenant_id AND a.id = e.account_id "                                  \
    "LEFT JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id WHERE e.tenant_id = $1 AND "
DB_SQL(project_entry_all, ENTRY_SELECT "e.project_id = $2 ORDER BY e.id")
DB_SQL(project_entry_one, ENTRY_SELECT "e.id = $2")
DB_SQL(project_entry_add, "INSERT INTO project_entry (tenant_id, id, project_id, kind, at, account_id, text, amount, step_id, source_id, state, public) "
                          "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
DB_SQL(project_entry_strike, "UPDATE project_entry SET void_at = $3, void_by = $4, void_reason = $5 WHERE tenant_id = $1 AND id = $2")
DB_SQL(project_entry_by, "SELECT COUNT(*) FROM project_entry WHERE tenant_id = $1 AND project_id = $2 AND account_id = $3")
DB_SQL(project_photo_add, "INSERT INTO project_photo (tenant_id, entry_id, seq, file_id) VALUES ($1, $2, $3, $4)")
DB_SQL(project_photo_all, "SELECT f.entry_id, f.file_id FROM project_entry e JOIN project_photo f ON f.tenant_id = e.tenant_id AND f.entry_id = e.id "
                          "WHERE e.tenant_id = $1 AND e.project_id = $2 ORDER BY f.entry_id, f.seq")

err entries_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t project, struct list *out)
{
    return db_all(c, a, &project_entry_all, DB_ARGS(I64(tenant), I64(project)), entry_map, sizeof(struct entry), 5000, out);
}

err entry_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct entry *out)
{
    return db_one(c, a, &project_entry_one, DB_ARGS(I64(tenant), I64(id)), entry_map, out);
}

err entry_insert(struct db_conn *c, int64_t tenant, const struct entry *e)
{
    return db_exec(c, &project_entry_add,
                   DB_ARGS(I64(tenant), I64(e->id), I64(e->project_id), I64(e->kind), TIME(e->at), REF(e->account_id), TEXT(e->text), I64(e->amount),
                           REF(e->step_id), REF(e->source_id), REF(e->state), BOOL(e->is_public)),
                   NULL);
}

err entry_strike(struct db_conn *c, int64_t tenant, int64_t id, ms at, int64_t by, struct str reason)
{
    return db_exec(c, &project_entry_strike, DB_ARGS(I64(tenant), I64(id), TIME(at), REF(by), TEXT(reason)), NULL);
}

err entry_photos_add(struct db_conn *c, int64_t tenant, int64_t entry, struct ids files)
{
    for (size_t i = 0; i < files.len; i++)
        TRY(db_exec(c, &project_photo_add, DB_ARGS(I64(tenant), I64(entry), I64((int64_t)i), I64(files.at[i])), NULL));
    return OK;
}

err photos_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t project, struct list *out)
{
    static const struct field map[] = { FIELD_ID(struct entry_photo, entry_id, 0, ""), FIELD_ID(struct entry_photo, file_id, 0, ""), FIELD_END };
    return db_all(c, a, &project_photo_all, DB_ARGS(I64(tenant), I64(project)), map, sizeof(struct entry_photo), 0, out);
}

err wrote_in(struct db_conn *c, int64_t tenant, int64_t project, int64_t account, bool *out)
{
    int64_t n;
    TRY(db_number(c, &project_entry_by, DB_ARGS(I64(tenant), I64(project), I64(account)), &n));
    *out = n > 0;
    return OK;
}

/* ---- links ---- */

DB_SQL(project_link_all, "SELECT kind, object_id, open, added_at FROM project_link WHERE tenant_id = $1 AND project_id = $2 ORDER BY added_at, object_id")
DB_SQL(project_link_add, "INSERT INTO project_link (tenant_id, project_id, kind, object_id, open, added_at, added_by) VALUES ($1, $2, $3, $4, 1, $5, $6)")
DB_SQL(project_link_gone, "DELETE FROM project_link WHERE tenant_id = $1 AND project_id = $2 AND kind = $3 AND object_id = $4")
DB_SQL(project_link_end, "UPDATE project_link SET open = 0 WHERE tenant_id = $1 AND project_id = $2")
DB_SQL(project_of_object, "SELECT " PROJECT_COLUMNS " FROM project_link k JOIN project n ON n.tenant_id = k.tenant_id AND n.id = k.project_id "
                          "WHERE k.tenant_id = $1 AND k.object_id = $2 AND k.kind = $3 ORDER BY n.id DESC")

err links_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t project, struct list *out)
{
    return db_all(c, a, &project_link_all, DB_ARGS(I64(tenant), I64(project)), link_map, sizeof(struct link), 1000, out);
}

struct ids project_linked(struct arena *a, const struct list *links, enum link_kind kind)
{
    const struct link *l = links->at;
    int64_t           *at = ARENA_ARRAY(a, links->len + 1, int64_t);
    size_t             n = 0;
    for (size_t i = 0; i < links->len; i++)
        if (l[i].kind == kind)
            at[n++] = l[i].object_id;
    return (struct ids){ at, n };
}

err link_add(struct db_conn *c, int64_t tenant, int64_t project, enum link_kind kind, int64_t object, ms now, int64_t by)
{
    return db_exec(c, &project_link_add, DB_ARGS(I64(tenant), I64(project), I64(kind), I64(object), TIME(now), REF(by)), NULL);
}

err link_gone(struct db_conn *c, int64_t tenant, int64_t project, enum link_kind kind, int64_t object, int64_t *gone)
{
    return db_exec(c, &project_link_gone, DB_ARGS(I64(tenant), I64(project), I64(kind), I64(object)), gone);
}

err links_end(struct db_conn *c, int64_t tenant, int64_t project)
{
    return db_exec(c, &project_link_end, DB_ARGS(I64(tenant), I64(project)), NULL);
}

err projects_of_object(struct db_conn *c, struct arena *a, int64_t tenant, enum link_kind kind, int64_t object, struct list *out)
{
    return db_all(c, a, &project_of_object, DB_ARGS(I64(tenant), I64(object), I64(kind)), project_map, sizeof(struct project), 100, out);
}

/* ---- voices ---- */

DB_SQL(project_voice_all, "SELECT case_id, answer, way, said, asked_at, answered_at, account_id FROM project_voice "
                          "WHERE tenant_id = $1 AND project_id = $2 AND round = $3 ORDER BY case_id")
DB_SQL(project_voice_ask, "INSERT INTO project_voice (tenant_id, project_id, round, case_id, asked_at, answer, way) VALUES ($1, $2, $3, $4, $5, 0, 0)")
DB_SQL(project_voice_set, "UPDATE project_voice SET answer = $5, way = $6, said = $7, answered_at = $8, account_id = $9 "
                          "WHERE tenant_id = $1 AND project_id = $2 AND round = $3 AND case_id = $4")

err voices_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t project, int64_t round, struct list *out)
{
    return db_all(c, a, &project_voice_all, DB_ARGS(I64(tenant), I64(project), I64(round)), voice_map, sizeof(struct voice), 1000, out);
}

err voice_ask(struct db_conn *c, int64_t tenant, int64_t project, int64_t round, int64_t case_id, ms now)
{
    return db_exec(c, &project_voice_ask, DB_ARGS(I64(tenant), I64(project), I64(round), I64(case_id), TIME(now)), NULL);
}

err voice_answer(struct db_conn *c, int64_t tenant, int64_t project, int64_t round, const struct voice *v)
{
    return db_exec(c, &project_voice_set,
                   DB_ARGS(I64(tenant), I64(project), I64(round), I64(v->case_id), I64(v->answer), I64(v->way), TEXT(v->said), TIME(v->answered_at),
                           REF(v->account_id)),
                   NULL);
}

/* ---- for the demonstration ---- */

static err add_story(struct db_conn *c, int64_t tenant, const struct project_made *in, int64_t id, ms now)
{
    struct entry e = { .project_id = id, .account_id = in->account, .is_public = true };
    for (size_t i = 0; i < in->step_count; i++) {
        struct step s = { .id = id_new(), .project_id = id, .title = in->steps[i].title, .due_at = in->steps[i].due, .done_at = in->steps[i].done };
        TRY(step_insert(c, tenant, &s));
        if (!s.done_at)
            continue;
        e.id = id_new();
        e.kind = ENTRY_MILESTONE;
        e.step_id = s.id;
        e.at = s.done_at;
        e.text = in->steps[i].evidence;
        TRY(entry_insert(c, tenant, &e));
    }
    struct entry last[] = { { .kind = ENTRY_SPENT, .amount = in->spent, .text = in->spent_on }, { .kind = ENTRY_PROGRESS, .text = in->progress, .is_public = true } };
    for (size_t i = 0; i < 2; i++) {
        last[i].id = id_new();
        last[i].project_id = id;
        last[i].account_id = in->account;
        last[i].at = now - MS_DAY;
        if (last[i].text.ptr)
            TRY(entry_insert(c, tenant, &last[i]));
    }
    return OK;
}

static err add_team(struct db_conn *c, struct arena *a, int64_t tenant, const struct project_made *in, int64_t id)
{
    struct member *m = ARENA_ARRAY(a, in->members + 1, struct member);
    for (size_t i = 0; i < in->members; i++)
        m[i] = (struct member){ .role = in->team[i].role, .person_id = in->team[i].person, .org_id = in->team[i].org, .duty = in->team[i].duty };
    return team_put(c, tenant, id, &(struct list){ m, in->members });
}

err project_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct project_made *in, ms now, int64_t *id)
{
    struct project p = { .id = *id = id_new(), .kind = in->kind, .title = in->title, .text = in->text, .unit_kind = in->unit.kind, .unit_id = in->unit.id,
                         .area_id = in->area, .is_public = true, .state = in->under_way ? PROJECT_UNDER_WAY : PROJECT_PLANNED, .begins_at = in->begins_at,
                         .due_at = in->due_at, .created_at = in->begins_at ? in->begins_at : now, .created_by = in->account, .reason = STR_NONE };
    TRY(project_insert(c, a, tenant, &p));
    TRY(add_team(c, a, tenant, in, p.id));
    for (size_t i = 0; i < in->source_count; i++) {
        const struct project_made_source *from = &in->sources[i];
        struct source s = { .id = id_new(), .project_id = p.id, .org_id = from->org, .pledge_id = from->pledge, .who = from->who, .note = from->note, .promised = from->promised,
                            .paid = from->paid, .created_at = now };
        TRY(source_insert(c, tenant, &s));
        if (s.paid)
            TRY(entry_insert(c, tenant, &(struct entry){ .id = id_new(), .project_id = p.id, .source_id = s.id, .kind = ENTRY_PAID, .amount = s.paid,
                                                         .at = p.created_at + 2 * MS_DAY < now ? p.created_at + 2 * MS_DAY : now, .account_id = in->account, .text = s.note }));
    }
    for (size_t i = 0; i < in->cases.len; i++)
        TRY(link_add(c, tenant, p.id, LINK_CASE, in->cases.at[i], now, in->account));
    TRY(add_story(c, tenant, in, p.id, now));
    return project_settle(c, a, tenant, &p, now);
}
