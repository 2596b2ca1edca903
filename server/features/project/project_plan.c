/* project_plan.c: what alliances are told of projects: milestones that wait, and what a project is called. */
#include "project_inside.h"

#include "../alliance/alliance.h"

#define IN_ALLIANCE(org) "EXISTS (SELECT 1 FROM alliance_member m WHERE m.tenant_id = n.tenant_id AND m.alliance_id = $2 AND m.left_at IS NULL AND m.org_id = " org ")"
/* Of projects at work that a member runs, is in the team of, or gives money to. */
DB_SQL(project_planned,
       "SELECT s.id, s.project_id, s.title, n.title, COALESCE(s.org_id, CASE WHEN n.unit_kind = 2 THEN n.unit_id ELSE 0 END), s.due_at FROM project_step s "
       "JOIN project n ON n.tenant_id = s.tenant_id AND n.id = s.project_id WHERE s.tenant_id = $1 AND s.done_at IS NULL AND s.due_at < $3 "
       "AND n.state BETWEEN 2 AND 4 AND (CAST($4 AS BIGINT) = 0 OR n.public = 1) AND (" IN_ALLIANCE("n.unit_id")
       " OR EXISTS (SELECT 1 FROM project_team t WHERE t.tenant_id = n.tenant_id AND t.project_id = n.id AND " IN_ALLIANCE("t.org_id") ") "
       "OR EXISTS (SELECT 1 FROM project_source f WHERE f.tenant_id = n.tenant_id AND f.project_id = n.id AND " IN_ALLIANCE("f.org_id") ")) "
       "ORDER BY s.due_at, s.id LIMIT $5")

struct row { int64_t id, project_id, org_id; struct str title, project; ms due_at; };
static const struct field row_map[] = { FIELD_ID(struct row, id, 0, ""),           FIELD_ID(struct row, project_id, 0, ""), FIELD_STR(struct row, title, 0, 0, 0, ""),
                                        FIELD_STR(struct row, project, 0, 0, 0, ""), FIELD_ID(struct row, org_id, 0, ""),     FIELD_TIME(struct row, due_at, 0, ""), FIELD_END };

static err planned(struct req *r, const struct alliance_asks *q, struct list *out)
{
    struct list rows;
    TRY(db_all(r->db, r->arena, &project_planned, DB_ARGS(I64(r->tenant), I64(q->alliance), I64(q->until), BOOL(q->is_public), I64((int64_t)q->most)), row_map,
               sizeof(struct row), q->most, &rows));
    const struct row        *s = rows.at;
    struct alliance_planned *at = ARENA_ARRAY(r->arena, rows.len + 1, struct alliance_planned);
    for (size_t i = 0; i < rows.len; i++)
        at[i] = (struct alliance_planned){ PLANNED_MILESTONE, s[i].id, s[i].project_id, s[i].title, s[i].project, alliance_one_org(r->arena, s[i].org_id), s[i].due_at };
    *out = (struct list){ at, rows.len };
    return OK;
}

static err named(struct req *r, int64_t id, struct str *title)
{
    struct project p;
    TRY(project_open(r, id, &p));
    *title = p.title;
    return OK;
}

const struct alliance_source project_source_of_plans = { "project", planned, named, NULL };
