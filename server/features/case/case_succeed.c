/* case_succeed.c: an organisation became part of another, which takes over its open cases, its open calls and the rules that send to it. */
#include "case_task.h"
#include "case_parts.h"
#include "../audit/audit.h"
#include "../../base/jsonw.h"

DB_SQL(case_held_cases, "SELECT COUNT(*) FROM cases WHERE tenant_id = $1 AND org_id = $2 AND closed_at IS NULL")
DB_SQL(case_held_tasks, "SELECT COUNT(*) FROM case_task WHERE tenant_id = $1 AND org_id = $2 AND ended_at IS NULL")
DB_SQL(case_held_rules, "SELECT COUNT(*) FROM routing_rule WHERE tenant_id = $1 AND org_id = $2 AND (valid_to IS NULL OR valid_to > $3)")
DB_SQL(case_open_of_org, "SELECT id FROM cases WHERE tenant_id = $1 AND org_id = $2 AND closed_at IS NULL ORDER BY id")
DB_SQL(case_calls_of_org, "SELECT case_id, id FROM case_task WHERE tenant_id = $1 AND org_id = $2 AND ended_at IS NULL ORDER BY case_id, id")
/* Is the organisation at work on that case already, as whoever has it or by a call of its own? */
DB_SQL(case_works_on, "SELECT (SELECT COUNT(*) FROM cases WHERE tenant_id = $1 AND id = $2 AND org_id = $3) + "
                      "(SELECT COUNT(*) FROM case_task WHERE tenant_id = $1 AND case_id = $2 AND org_id = $3 AND ended_at IS NULL)")
DB_SQL(case_call_to, "UPDATE case_task SET org_id = $4 WHERE tenant_id = $1 AND case_id = $2 AND id = $3")
DB_SQL(case_call_stop, "UPDATE case_task SET state = 6, ended_at = $4, ended_by = $5, remind_at = NULL WHERE tenant_id = $1 AND case_id = $2 AND id = $3")
DB_SQL(case_rules_to, "UPDATE routing_rule SET org_id = $3, version = version + 1 WHERE tenant_id = $1 AND org_id = $2 "
                      "AND (valid_to IS NULL OR valid_to > $4)")

err case_held_by(struct db_conn *c, int64_t tenant, int64_t org, ms now, struct case_held *out)
{
    TRY(db_number(c, &case_held_cases, DB_ARGS(I64(tenant), I64(org)), &out->cases));
    TRY(db_number(c, &case_held_tasks, DB_ARGS(I64(tenant), I64(org)), &out->calls));
    return db_number(c, &case_held_rules, DB_ARGS(I64(tenant), I64(org), I64(now)), &out->rules);
}

struct called { int64_t case_id, id; };
static const struct field called_map[] = { FIELD_ID(struct called, case_id, 0, ""), FIELD_ID(struct called, id, 0, ""), FIELD_END };

static struct str from_data(struct req *r, int64_t from)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_id(&j, "from", from);
    jsonw_close(&j);
    return buf_view(&b);
}

static err take_case(struct req *r, int64_t id, int64_t from, int64_t to, struct str reason)
{
    struct case_row  c;
    struct case_move m = { .action = ACT_SUCCEED, .org = to, .text = reason, .data = from_data(r, from) };
    TRY(case_get(r->db, r->arena, r->tenant, id, &c));
    return case_do(r, &c, &m);
}

/* One call is enough: where the other is at work already, this one ends. */
static err take_call(struct req *r, const struct called *t, int64_t from, int64_t to, struct str reason)
{
    struct case_row  c;
    struct case_move m = { .action = ACT_TASK_SUCCEED, .org = to, .text = reason, .data = from_data(r, from) };
    int64_t          already;
    TRY(db_number(r->db, &case_works_on, DB_ARGS(I64(r->tenant), I64(t->case_id), I64(to)), &already));
    if (already)
        TRY(db_exec(r->db, &case_call_stop, DB_ARGS(I64(r->tenant), I64(t->case_id), I64(t->id), I64(r->now), REF(r->caller.account)), NULL));
    else
        TRY(db_exec(r->db, &case_call_to, DB_ARGS(I64(r->tenant), I64(t->case_id), I64(t->id), I64(to)), NULL));
    m.tasks_open = already ? -1 : 0;
    TRY(case_get(r->db, r->arena, r->tenant, t->case_id, &c));
    return case_do(r, &c, &m);
}

err case_take_over(struct req *r, int64_t from, int64_t to, struct str reason)
{
    struct list cases, calls;
    TRY(db_all(r->db, r->arena, &case_open_of_org, DB_ARGS(I64(r->tenant), I64(from)), called_map, sizeof(struct called), CASE_TAKE_OVER_MOST + 1, &cases));
    TRY(db_all(r->db, r->arena, &case_calls_of_org, DB_ARGS(I64(r->tenant), I64(from)), called_map, sizeof(struct called), CASE_TAKE_OVER_MOST + 1, &calls));
    if (cases.len > CASE_TAKE_OVER_MOST || calls.len > CASE_TAKE_OVER_MOST)
        return FAIL(ERR_TOO_LARGE);
    for (size_t i = 0; i < cases.len; i++)
        TRY(take_case(r, ((const struct called *)cases.at)[i].case_id, from, to, reason));
    for (size_t i = 0; i < calls.len; i++)
        TRY(take_call(r, &((const struct called *)calls.at)[i], from, to, reason));
    TRY(db_exec(r->db, &case_rules_to, DB_ARGS(I64(r->tenant), I64(from), I64(to), I64(r->now)), NULL));
    case_reload_after(r);
    return OK;
}
