/* project_succeed.c: an organisation became part of another, or closes: the projects that it runs, teams it is in, money it promised. */
#include "project_inside.h"

DB_SQL(project_held_run, "SELECT COUNT(*) FROM project WHERE tenant_id = $1 AND unit_id = $2 AND state < 5")
DB_SQL(project_held_owed, "SELECT COUNT(DISTINCT s.project_id) FROM project_source s JOIN project p ON p.tenant_id = s.tenant_id AND p.id = s.project_id "
                          "WHERE s.tenant_id = $1 AND s.org_id = $2 AND s.paid < s.promised AND p.state < 5 AND p.unit_id <> $2")
DB_SQL(project_run_to, "UPDATE project SET unit_id = $3, updated_at = $4, version = version + 1 WHERE tenant_id = $1 AND unit_id = $2 AND state < 5")
DB_SQL(project_owed_to, "UPDATE project_source SET org_id = $3 WHERE tenant_id = $1 AND org_id = $2 AND paid < promised AND project_id IN "
                        "(SELECT p.id FROM project p WHERE p.tenant_id = $1 AND p.state < 5)")
DB_SQL(project_step_to, "UPDATE project_step SET org_id = $3 WHERE tenant_id = $1 AND org_id = $2 AND done_at IS NULL AND project_id IN "
                        "(SELECT m.project_id FROM project_team m WHERE m.tenant_id = $1 AND m.org_id = $2)")
/* Where the other is in the team already, one seat is enough. */
DB_SQL(project_team_twice, "DELETE FROM project_team WHERE tenant_id = $1 AND org_id = $2 AND project_id IN "
                           "(SELECT m.project_id FROM project_team m JOIN project p ON p.tenant_id = m.tenant_id AND p.id = m.project_id "
                           "WHERE m.tenant_id = $1 AND m.org_id = $3 AND p.state < 5)")
DB_SQL(project_team_to, "UPDATE project_team SET org_id = $3 WHERE tenant_id = $1 AND org_id = $2 AND project_id IN "
                        "(SELECT p.id FROM project p WHERE p.tenant_id = $1 AND p.state < 5)")

err project_held_by(struct db_conn *c, int64_t tenant, int64_t org, int64_t *out)
{
    int64_t owed;
    TRY(db_number(c, &project_held_run, DB_ARGS(I64(tenant), I64(org)), out));
    TRY(db_number(c, &project_held_owed, DB_ARGS(I64(tenant), I64(org)), &owed));
    *out += owed;
    return OK;
}

err project_take_over(struct req *r, int64_t from, int64_t to)
{
    TRY(db_exec(r->db, &project_run_to, DB_ARGS(I64(r->tenant), I64(from), I64(to), TIME(r->now)), NULL));
    TRY(db_exec(r->db, &project_owed_to, DB_ARGS(I64(r->tenant), I64(from), I64(to)), NULL));
    TRY(db_exec(r->db, &project_step_to, DB_ARGS(I64(r->tenant), I64(from), I64(to)), NULL));
    TRY(db_exec(r->db, &project_team_twice, DB_ARGS(I64(r->tenant), I64(from), I64(to)), NULL));
    return db_exec(r->db, &project_team_to, DB_ARGS(I64(r->tenant), I64(from), I64(to)), NULL);
}
