/* case_task.c: the tasks of organisations called by whistle: their rules and their SQL. Over HTTP: case_task_http.c. */
#include "case_clock.h"
#include "case_task.h"
#include "../setting/setting.h"
#include "../../base/id.h"

const char *const case_task_words[] = { NULL, "called", "received", "answered", "returned", "overruled", "stopped", NULL };

/* ---- rules ---- */

#define IN(s) (1u << (s))

/* From which states to which; a returned task waits for a decision: to go on without it. */
static const struct { enum case_action action; unsigned from; enum task_state to; } steps[] = {
    { ACT_TASK_RECEIVE, IN(TASK_CALLED), TASK_RECEIVED },
    { ACT_TASK_ANSWER, IN(TASK_RECEIVED), TASK_ANSWERED },
    { ACT_TASK_RETURN, IN(TASK_CALLED) | IN(TASK_RECEIVED), TASK_RETURNED },
    { ACT_TASK_OVERRULE, IN(TASK_CALLED) | IN(TASK_RECEIVED) | IN(TASK_RETURNED), TASK_OVERRULED },
};

bool case_task_from(enum case_action a, enum task_state s)
{
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i].action == a)
            return steps[i].from & IN(s);
    return false;
}

enum task_state case_task_to(enum case_action a)
{
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i].action == a)
            return steps[i].to;
    return TASK_NONE;
}

bool case_task_unsettled(enum task_state s)
{
    return s == TASK_CALLED || s == TASK_RECEIVED || s == TASK_RETURNED;
}

ms case_task_due(struct app *app, int64_t severity, int64_t org, ms now)
{
    static const char *const keys[] = { "case.task_hours.ordinary", "case.task_hours.urgent", "case.task_hours.ordinary",
                                        "case.task_hours.minor" };
    int64_t hours = setting_i64(app, keys[severity & 3], now);
    struct clock_limit limit = { hours * 60, severity == SEVERITY_URGENT ? CLOCK_URGENT_MINUTES : CLOCK_WORKING_MINUTES };
    return hours ? clock_deadline(app, (struct unit_ref){ UNIT_ORG, org }, now, limit).at : 0;
}

/* ---- SQL ---- */

DB_SQL(case_task_insert,
       "INSERT INTO case_task (tenant_id, case_id, id, org_id, state, ask, called_at, called_by, due_at, received_at, spoke_to, done, "
       "done_by, ended_at, ended_by, reason, remind_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)")
DB_SQL(case_task_update,
       "UPDATE case_task SET state = $4, received_at = $5, spoke_to = $6, done = $7, done_by = $8, ended_at = $9, ended_by = $10, "
       "reason = $11, remind_at = $12 WHERE tenant_id = $1 AND case_id = $2 AND id = $3")
DB_SQL(case_task_all,
       "SELECT id, org_id, state, ask, called_at, due_at, received_at, spoke_to, done, done_by, ended_at, ended_by, reason, "
       "remind_at, reminded FROM case_task WHERE tenant_id = $1 AND case_id = $2 ORDER BY id")
DB_SQL(case_task_stop,
       "UPDATE case_task SET state = 6, ended_at = $3, ended_by = $4, remind_at = NULL WHERE tenant_id = $1 AND case_id = $2 AND ended_at IS NULL")
DB_SQL(case_task_case, "UPDATE case_task SET case_ended = $3 WHERE tenant_id = $1 AND case_id = $2")
DB_SQL(case_task_remind, "UPDATE case_task SET remind_at = $4, reminded = $5 WHERE tenant_id = $1 AND case_id = $2 AND id = $3")
DB_SQL(case_task_readers, "SELECT org_id FROM case_task WHERE tenant_id = $1 AND case_id = $2 AND state <> 4")

#define ROW(kind, m, ...) FIELD_##kind(struct case_task, m, ##__VA_ARGS__, "")
static const struct field task_row[] = {
    ROW(ID, id, 0),            ROW(ID, org_id, 0),          ROW(I64, state, 0, 0, 0),  ROW(STR, ask, 0, 0, 0),
    ROW(TIME, called_at, 0),   ROW(TIME, due_at, 0),        ROW(TIME, received_at, 0), ROW(STR, spoke_to, 0, 0, 0),
    ROW(STR, done, 0, 0, 0),   ROW(TIME, done_by, 0),       ROW(TIME, ended_at, 0),    ROW(ID, ended_by, 0),
    ROW(STR, reason, 0, 0, 0), ROW(TIME, remind_at, 0),     ROW(I64, reminded, 0, 0, 0), FIELD_END
};

err case_task_put(struct db_conn *c, int64_t tenant, int64_t case_id, const struct case_task *t, int64_t called_by)
{
    return db_exec(c, &case_task_insert,
                   DB_ARGS(I64(tenant), I64(case_id), I64(t->id), I64(t->org_id), I64(t->state), TEXT(t->ask), I64(t->called_at),
                           REF(called_by), TIME(t->due_at), TIME(t->received_at), TEXT(t->spoke_to), TEXT(t->done), TIME(t->done_by),
                           TIME(t->ended_at), REF(t->ended_by), TEXT(t->reason), TIME(t->remind_at)),
                   NULL);
}

err case_task_save(struct db_conn *c, int64_t tenant, int64_t case_id, const struct case_task *t)
{
    return db_exec(c, &case_task_update,
                   DB_ARGS(I64(tenant), I64(case_id), I64(t->id), I64(t->state), TIME(t->received_at), TEXT(t->spoke_to), TEXT(t->done),
                           TIME(t->done_by), TIME(t->ended_at), REF(t->ended_by), TEXT(t->reason), TIME(t->ended_at ? 0 : t->remind_at)),
                   NULL);
}

err case_task_reminded(struct db_conn *c, int64_t tenant, int64_t case_id, const struct case_task *t)
{
    return db_exec(c, &case_task_remind, DB_ARGS(I64(tenant), I64(case_id), I64(t->id), TIME(t->remind_at), I64(t->reminded)), NULL);
}

err case_tasks(struct db_conn *c, struct arena *a, int64_t tenant, int64_t case_id, struct list *out)
{
    return db_all(c, a, &case_task_all, DB_ARGS(I64(tenant), I64(case_id)), task_row, sizeof(struct case_task), 0, out);
}

err case_task_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t case_id, int64_t id, struct case_task *out)
{
    struct list tasks;
    TRY(case_tasks(c, a, tenant, case_id, &tasks));
    const struct case_task *all = tasks.at;
    for (size_t i = 0; i < tasks.len; i++)
        if (all[i].id == id) {
            *out = all[i];
            return OK;
        }
    return FAIL(ERR_NOT_FOUND);
}

err case_tasks_follow(struct db_conn *c, int64_t tenant, const struct case_row *of, ms now, int64_t account)
{
    if (of->closed_at)
        TRY(db_exec(c, &case_task_stop, DB_ARGS(I64(tenant), I64(of->id), I64(now), REF(account)), NULL));
    return db_exec(c, &case_task_case, DB_ARGS(I64(tenant), I64(of->id), I64(of->closed_at != 0)), NULL);
}

bool case_called(struct req *r, enum perm perm, const struct case_row *c)
{
    struct db_rows rows;
    bool           may = false;
    if (!c->tasks || !(r->caller.anywhere & PERM_BIT(perm)) ||
        failed(db_query(r->db, &case_task_readers, DB_ARGS(I64(r->tenant), I64(c->id)), &rows)))
        return false;
    while (!may && db_next(&rows))
        may = req_may(r, perm, (struct unit_ref){ UNIT_ORG, db_i64(&rows, 0) });
    return !failed(db_done(&rows)) && may;
}

/* ---- the demonstration ---- */

static err tell_call(struct arena *a, struct app *app, struct task_story *t, const struct case_demo_step *s, int64_t severity,
                     struct case_move *m)
{
    if (t->n == TASK_STORY_MOST)
        return FAIL(ERR_TOO_LONG);
    const struct unit_snapshot *u = unit_hold(app);
    struct str                  name = unit_name(u, (struct unit_ref){ UNIT_ORG, s->org });
    m->data = str_fmt(a, "{\"orgs\":[\"%.*s\"]}", STR_ARG(name));   /* names of the demonstration need no escaping */
    unit_release(u);
    m->tasks = m->tasks_open = 1;
    t->called_by[t->n] = s->account;
    t->tasks[t->n++] = (struct case_task){ .id = id_new(), .org_id = s->org, .state = TASK_CALLED, .ask = s->text, .called_at = s->at,
                                           .due_at = case_task_due(app, severity, s->org, s->at) };
    t->tasks[t->n - 1].remind_at = t->tasks[t->n - 1].due_at;
    return OK;
}

static err tell_step(struct case_task *t, const struct case_demo_step *s, struct case_move *m)
{
    if (!case_task_from(s->action, (enum task_state)t->state))
        return FAIL(ERR_WRONG_STATE);
    m->tasks_open = case_task_unsettled(case_task_to(s->action)) - case_task_unsettled((enum task_state)t->state);
    t->state = case_task_to(s->action);
    if (s->action == ACT_TASK_RECEIVE) {
        t->received_at = s->at;
        return OK;
    }
    t->remind_at = 0;
    t->ended_at = t->done_by = s->at;
    t->ended_by = s->account;
    m->due = t->due_at;
    if (s->action == ACT_TASK_ANSWER) {
        t->done = s->text;
        t->spoke_to = s->spoke_to;
    } else {
        t->reason = s->text;
    }
    return OK;
}

err case_task_tell(struct arena *a, struct app *app, struct task_story *t, const struct case_demo_step *s, int64_t severity,
                   struct case_move *m)
{
    if (s->action == ACT_WHISTLE)
        return tell_call(a, app, t, s, severity, m);
    if (case_task_to(s->action) == TASK_NONE)
        return OK;
    for (size_t i = 0; i < t->n; i++)
        if (t->tasks[i].org_id == s->org)
            return tell_step(&t->tasks[i], s, m);
    return FAIL(ERR_WRONG_STATE);
}

err case_task_put_story(struct db_conn *c, int64_t tenant, int64_t case_id, const struct task_story *t)
{
    for (size_t i = 0; i < t->n; i++)
        TRY(case_task_put(c, tenant, case_id, &t->tasks[i], t->called_by[i]));
    return OK;
}
