/* case_task_http.c: calling organisations to a case by whistle, and what each does with its task, over HTTP. */
#include "case_clock.h"
#include "case_task.h"
#include "../notify/notify.h"
#include "../../base/id.h"
#include "../../base/jsonw.h"

#define CALLED_MOST 20   /* organisations in one whistle */
#define WORK_MOST   200

/* ---- what is asked ---- */

struct whistle_in { struct ids orgs; struct str ask; ms due_at; };
static const struct field whistle_fields[] = {
    FIELD_IDS(struct whistle_in, orgs, 1, CALLED_MOST, REQUIRED, "Organisations called"),
    FIELD_STR(struct whistle_in, ask, 1, 2000, REQUIRED | MULTILINE, "What they are called for"),
    FIELD_TIME(struct whistle_in, due_at, 0, "When the answers are due; else by the severity's setting"),
    FIELD_END
};

struct answer_in { ms received_at; struct str spoke_to, done; ms done_by; };
static const struct field answer_fields[] = {
    FIELD_TIME(struct answer_in, received_at, 0, "When it was received, if before it was signed for here"),
    FIELD_STR(struct answer_in, spoke_to, 1, 500, REQUIRED | MULTILINE, "Whom they spoke to"),
    FIELD_STR(struct answer_in, done, 1, 2000, REQUIRED | MULTILINE, "What was done"),
    FIELD_TIME(struct answer_in, done_by, REQUIRED, "By when it is or will be done"),
    FIELD_END
};

struct reason_in { struct str reason; };
static const struct field reason_fields[] = { FIELD_STR(struct reason_in, reason, 1, 2000, REQUIRED | MULTILINE, "Why"), FIELD_END };

/* ---- calling ---- */

static bool open_at(const struct list *tasks, int64_t org)
{
    const struct case_task *t = tasks->at;
    for (size_t i = 0; i < tasks->len; i++)
        if (t[i].org_id == org && !t[i].ended_at)
            return true;
    return false;
}

static bool named_before(struct ids orgs, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (orgs.at[k] == orgs.at[i])
            return true;
    return false;
}

/* Each is in use, is not the one that has the case, and has no open call to it. */
static err check_whistle(struct req *r, const struct case_row *c, const struct whistle_in *in, const struct list *tasks)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    for (size_t i = 0; i < in->orgs.len; i++) {
        const char *field = str_z(r->arena, str_fmt(r->arena, "orgs[%zu]", i));
        int64_t     org = in->orgs.at[i];
        if (!unit_in_use(u, (struct unit_ref){ UNIT_ORG, org }))
            req_fault(r, field, ERR_UNKNOWN_REFERENCE);
        else if (org == c->org_id)
            req_fault(r, field, ERR_NOT_A_CHOICE);
        else if (named_before(in->orgs, i) || open_at(tasks, org))
            req_fault(r, field, ERR_TAKEN);
    }
    unit_release(u);
    if (in->due_at && in->due_at <= r->now)
        req_fault(r, "due_at", ERR_TIME_IN_PAST);
    return req_faults(r);
}

static struct str org_named(struct req *r, int64_t org)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    struct str                  name = str_copy(r->arena, unit_name(u, (struct unit_ref){ UNIT_ORG, org }));
    unit_release(u);
    return name;
}

static struct str whistle_data(struct req *r, const struct whistle_in *in, ms due)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_key(&j, "orgs");
    jsonw_list(&j);
    for (size_t i = 0; i < in->orgs.len; i++)
        jsonw_str(&j, org_named(r, in->orgs.at[i]));
    jsonw_list_end(&j);
    if (due)
        jsonw_kv_i64(&j, "due_at", due);
    jsonw_close(&j);
    return buf_view(&b);
}

static err call(struct req *r, const struct case_row *c, int64_t org, struct str ask, ms due)
{
    struct case_task t = { .id = id_new(), .org_id = org, .state = TASK_CALLED, .ask = ask, .called_at = r->now, .due_at = due,
                           .remind_at = case_clock_early(r->app, (struct unit_ref){ UNIT_ORG, org }, r->now, due) };
    TRY(case_task_put(r->db, r->tenant, c->id, &t, r->caller.account));
    return notify_unit(r, (struct unit_ref){ UNIT_ORG, org }, PERM_CASE_HANDLE, "case.called", "case", c->id, case_note_words(r, c, org));
}

static err do_whistle(struct req *r)
{
    const struct whistle_in *in = r->body;
    struct case_row          c;
    struct list              tasks;
    TRY(case_open(r, r->path[0], &c));
    if (!case_permitted(r, &c, ACT_WHISTLE, false))
        return FAIL(ERR_NOT_ALLOWED);
    TRY(case_ready(r, &c, ACT_WHISTLE, false));
    TRY(case_tasks(r->db, r->arena, r->tenant, c.id, &tasks));
    TRY(check_whistle(r, &c, in, &tasks));
    ms               due = in->due_at;   /* the last of them, for the story */
    for (size_t i = 0; i < in->orgs.len && !in->due_at; i++) {
        ms one = case_task_due(r->app, c.severity, in->orgs.at[i], r->now);
        due = one > due ? one : due;
    }
    int              n = (int)in->orgs.len;
    struct case_move m = { .action = ACT_WHISTLE, .text = in->ask, .data = whistle_data(r, in, due), .tasks = n, .tasks_open = n };
    TRY(case_do(r, &c, &m));
    for (size_t i = 0; i < in->orgs.len; i++)
        TRY(call(r, &c, in->orgs.at[i], in->ask, in->due_at ? in->due_at : case_task_due(r->app, c.severity, in->orgs.at[i], r->now)));
    return case_reply(r, &c);
}

/* ---- one task ---- */

/* The organisation called; for going on without its answer, whoever may overrule, and of a returned call also whoever may whistle. */
static bool may_step(struct req *r, const struct case_row *c, const struct case_task *t, enum case_action a)
{
    if (a != ACT_TASK_OVERRULE)
        return req_may(r, PERM_CASE_HANDLE, (struct unit_ref){ UNIT_ORG, t->org_id });
    return case_permitted(r, c, a, false) || (t->state == TASK_RETURNED && case_permitted(r, c, ACT_WHISTLE, false));
}

static const char *task_state_name(enum task_state s, bool chinese)
{
    static const char *const names[TASK_STATE_COUNT][2] = {
        [TASK_NONE] = { "", "" },
        [TASK_CALLED] = { "待报到", "called" },
        [TASK_RECEIVED] = { "已报到", "received" },
        [TASK_ANSWERED] = { "已答复", "answered" },
        [TASK_RETURNED] = { "已退回", "returned" },
        [TASK_OVERRULED] = { "免予答复", "overruled" },
        [TASK_STOPPED] = { "随事项终止", "stopped with the case" },
    };
    return names[s][chinese ? 0 : 1];
}

static err task_ready(struct req *r, const struct case_row *c, const struct case_task *t, enum case_action a)
{
    enum task_state s = (enum task_state)t->state;
    TRY(case_ready(r, c, a, false));
    if (case_task_from(a, s))
        return OK;
    return req_fail(r, ERR_WRONG_STATE,
                    str_fmt(r->arena, r->lang == LANG_ZH ? "该单位的任务现在是“%s”" : "This organisation's task is now “%s”",
                            task_state_name(s, r->lang == LANG_ZH)));
}

/* Loads case and task for one of the steps; ERR_NOT_FOUND when the case has no such task. */
static err step_open(struct req *r, enum case_action a, struct case_row *c, struct case_task *t)
{
    TRY(case_open(r, r->path[0], c));
    TRY(case_task_get(r->db, r->arena, r->tenant, c->id, r->path[1], t));
    return may_step(r, c, t, a) ? task_ready(r, c, t, a) : FAIL(ERR_NOT_ALLOWED);
}

/* Those who called hear of answers and returns; the organisation that it is no longer waited for. */
static err step_tell(struct req *r, const struct case_row *c, const struct case_task *t, enum case_action a)
{
    struct str words = case_note_words(r, c, t->org_id);
    if (a == ACT_TASK_OVERRULE)
        return notify_unit(r, (struct unit_ref){ UNIT_ORG, t->org_id }, PERM_CASE_HANDLE, "case.task_overruled", "case", c->id, words);
    if (a == ACT_TASK_RECEIVE)
        return OK;
    return notify_unit(r, (struct unit_ref){ UNIT_AREA, case_level(c) }, PERM_CASE_WHISTLE,
                       a == ACT_TASK_ANSWER ? "case.task_answered" : "case.task_returned", "case", c->id, words);
}

/* Stores the step: the task, the case with its counters, the story. */
static err step_do(struct req *r, enum case_action a, struct case_row *c, struct case_task *t, struct str text)
{
    bool             before = case_task_unsettled((enum task_state)t->state), after = case_task_unsettled(case_task_to(a));
    struct case_move m = { .action = a, .org = t->org_id, .text = text, .tasks_open = after - before, .due = t->due_at };
    t->state = case_task_to(a);
    if (a != ACT_TASK_RECEIVE) {
        t->ended_at = r->now;
        t->ended_by = r->caller.account;
    }
    TRY(case_task_save(r->db, r->tenant, c->id, t));
    TRY(case_do(r, c, &m));
    TRY(step_tell(r, c, t, a));
    return case_reply(r, c);
}

static err do_receive(struct req *r)
{
    struct case_row  c;
    struct case_task t;
    TRY(step_open(r, ACT_TASK_RECEIVE, &c, &t));
    t.received_at = r->now;
    return step_do(r, ACT_TASK_RECEIVE, &c, &t, STR_NONE);
}

static err do_answer(struct req *r)
{
    const struct answer_in *in = r->body;
    struct case_row         c;
    struct case_task        t;
    TRY(step_open(r, ACT_TASK_ANSWER, &c, &t));
    ms received = in->received_at ? in->received_at : t.received_at;
    if (received > r->now)
        req_fault(r, "received_at", ERR_TIME_IN_FUTURE);
    else if (received < t.called_at)
        req_fault(r, "received_at", ERR_PERIOD);
    if (in->done_by < t.called_at)
        req_fault(r, "done_by", ERR_PERIOD);
    TRY(req_faults(r));
    t.received_at = received;
    t.spoke_to = in->spoke_to;
    t.done = in->done;
    t.done_by = in->done_by;
    return step_do(r, ACT_TASK_ANSWER, &c, &t, in->done);
}

static err with_reason(struct req *r, enum case_action a)
{
    const struct reason_in *in = r->body;
    struct case_row         c;
    struct case_task        t;
    TRY(step_open(r, a, &c, &t));
    t.reason = in->reason;
    return step_do(r, a, &c, &t, in->reason);
}

static err do_return(struct req *r)
{
    return with_reason(r, ACT_TASK_RETURN);
}

static err do_overrule(struct req *r)
{
    return with_reason(r, ACT_TASK_OVERRULE);
}

/* ---- views ---- */

const struct field case_task_fields[] = {
    FIELD_ID(struct task_view, id, REQUIRED, "Task"),
    FIELD_ID(struct task_view, org_id, REQUIRED, "Organisation called"),
    FIELD_STR(struct task_view, org_name, 0, 0, 0, "Its name"),
    FIELD_WORD(struct task_view, state, case_task_words, REQUIRED, "Where it stands"),
    FIELD_STR(struct task_view, ask, 0, 0, MULTILINE, "What it is called for"),
    FIELD_TIME(struct task_view, called_at, REQUIRED, "When it was called"),
    FIELD_TIME(struct task_view, due_at, 0, "When its answer is due"),
    FIELD_TIME(struct task_view, received_at, 0, "Answer: when received"),
    FIELD_STR(struct task_view, spoke_to, 0, 0, MULTILINE, "Answer: whom they spoke to"),
    FIELD_STR(struct task_view, done, 0, 0, MULTILINE, "Answer: what was done"),
    FIELD_TIME(struct task_view, done_by, 0, "Answer: by when"),
    FIELD_TIME(struct task_view, ended_at, 0, "When it was answered, returned, overruled or stopped"),
    FIELD_STR(struct task_view, reason, 0, 0, MULTILINE, "Why it was returned or overruled"),
    FIELD_STRS(struct task_view, actions, 0, 0, 0, "What the caller may do with it now"),
    FIELD_END
};

static struct strs step_words(struct req *r, const struct case_row *c, const struct case_task *t)
{
    struct str *at = ARENA_ARRAY(r->arena, ACT_COUNT, struct str);
    size_t      n = 0;
    for (int a = ACT_TASK_RECEIVE; a <= ACT_TASK_OVERRULE; a++)
        if (case_task_from((enum case_action)a, (enum task_state)t->state) && case_act_from((enum case_action)a, (enum case_state)c->state) &&
            may_step(r, c, t, (enum case_action)a))
            at[n++] = str_of(case_act((enum case_action)a)->word);
    return (struct strs){ at, n };
}

err case_task_views(struct req *r, const struct case_row *c, struct list *out)
{
    struct list tasks = { 0 };
    if (c->tasks)
        TRY(case_tasks(r->db, r->arena, r->tenant, c->id, &tasks));
    const struct case_task *t = tasks.at;
    struct task_view       *at = ARENA_ARRAY(r->arena, tasks.len + 1, struct task_view);
    for (size_t i = 0; i < tasks.len; i++)
        at[i] = (struct task_view){ t[i].id, t[i].org_id, org_named(r, t[i].org_id), (int)t[i].state, t[i].ask, t[i].called_at, t[i].due_at,
                                    t[i].received_at, t[i].spoke_to, t[i].done, t[i].done_by, t[i].ended_at, t[i].reason,
                                    step_words(r, c, &t[i]) };
    *out = (struct list){ at, tasks.len };
    return OK;
}

/* ---- my work ---- */

const struct field case_task_work_fields[] = {
    FIELD_ID(struct task_work, id, REQUIRED, "Task"),
    FIELD_ID(struct task_work, case_id, REQUIRED, "Case"),
    FIELD_ID(struct task_work, org_id, REQUIRED, "Organisation called"),
    FIELD_STR(struct task_work, org_name, 0, 0, 0, "Its name"),
    FIELD_WORD(struct task_work, state, case_task_words, REQUIRED, "Called or received"),
    FIELD_STR(struct task_work, ask, 0, 0, MULTILINE, "What it is called for"),
    FIELD_TIME(struct task_work, due_at, 0, "When the answer is due"),
    FIELD_WORD(struct task_work, due, case_due_group_words, 0, "When that is"),
    FIELD_STR(struct task_work, code, 0, 0, REQUIRED, "Number of the case"),
    FIELD_STR(struct task_work, title, 0, 0, 0, "Its first words"),
    FIELD_END
};

/* CROSS keeps SQLite, which may know nothing yet of how few tasks there are, from going through all cases. */
DB_SQL(case_task_waiting,
       "SELECT t.id, t.case_id, t.org_id, t.state, t.ask, t.due_at, c.code, " CASE_OPENING("c.text") " FROM case_task t "
       "CROSS JOIN cases c WHERE t.tenant_id = $1 AND c.tenant_id = t.tenant_id AND c.id = t.case_id "
       "AND t.org_id IN (SELECT CAST(key AS BIGINT) FROM json_each($2)) AND t.state IN (1, 2) ORDER BY t.due_at NULLS LAST, t.id LIMIT $3")

/* The keys of a JSON object: every organisation at which the caller handles. */
static struct str own_orgs(struct req *r)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    struct unit_refs            where = req_where(r, PERM_CASE_HANDLE);
    struct buf                  b = buf_new(r->arena, 0);
    size_t                      n = 0;
    buf_byte(&b, '{');
    for (size_t i = 0; i < where.len; i++) {
        struct ids orgs = where.at[i].kind == UNIT_ORG ? unit_subtree(u, r->arena, where.at[i]) : unit_orgs_in(u, r->arena, where.at[i].id);
        for (size_t k = 0; k < orgs.len; k++)
            buf_fmt(&b, "%s\"%lld\":0", n++ ? "," : "", (long long)orgs.at[k]);
    }
    buf_byte(&b, '}');
    unit_release(u);
    return n ? buf_view(&b) : STR_NONE;
}

err case_task_work(struct req *r, struct list *out)
{
    struct db_rows    rows;
    struct task_work *at = ARENA_ARRAY(r->arena, WORK_MOST, struct task_work);
    struct str        orgs = own_orgs(r);
    *out = (struct list){ at, 0 };
    if (!orgs.ptr)
        return OK;
    TRY(db_query(r->db, &case_task_waiting, DB_ARGS(I64(r->tenant), TEXT(orgs), I64(WORK_MOST)), &rows));
    while (db_next(&rows))
        at[out->len++] = (struct task_work){ db_i64(&rows, 0), db_i64(&rows, 1), db_i64(&rows, 2), org_named(r, db_i64(&rows, 2)),
                                             (int)db_i64(&rows, 3), str_copy(r->arena, db_text(&rows, 4)), db_i64(&rows, 5), 0,
                                             str_copy(r->arena, db_text(&rows, 6)), case_title(r->arena, db_text(&rows, 7)) };
    return db_done(&rows);
}

/* ---- routes ---- */

#define TASK(path_, handler_, perm_, ...)                                                                                             \
    { .method = POST, .path = "/api/v1/cases/:id/" path_, .handler = (handler_), .perm = (perm_), .scope = SCOPE_ANY, .tx = TX_WRITE, \
      .reply_kind = REPLY_VIEW, .reply = case_view_fields, .flags = ROUTE_IDEMPOTENT, .tag = "case", __VA_ARGS__ }
#define STEP_ERRORS ROUTE_ERRORS(ERR_WRONG_STATE, ERR_STALE_VERSION)

const struct route case_task_routes[] = {
    TASK("whistle", do_whistle, PERM_CASE_WHISTLE, ROUTE_BODY(struct whistle_in, whistle_fields),
         ROUTE_ERRORS(ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_VERSION_NEEDED, ERR_TAKEN, ERR_TIME_IN_PAST),
         .summary = "Call organisations to a case by whistle: each gets a task with a deadline"),
    TASK("tasks/:task/receive", do_receive, PERM_CASE_HANDLE, STEP_ERRORS, .summary = "Receive a call, as the organisation called"),
    TASK("tasks/:task/answer", do_answer, PERM_CASE_HANDLE, ROUTE_BODY(struct answer_in, answer_fields), STEP_ERRORS,
         .summary = "Answer a call: when received, whom they spoke to, what was done, by when"),
    TASK("tasks/:task/return", do_return, PERM_CASE_HANDLE, ROUTE_BODY(struct reason_in, reason_fields), STEP_ERRORS,
         .summary = "Return a call that is not ours, with the reason"),
    TASK("tasks/:task/overrule", do_overrule, PERM_CASE_READ, ROUTE_BODY(struct reason_in, reason_fields), STEP_ERRORS,
         .summary = "Go on without an organisation's answer: needs case.overrule; for a returned call case.whistle will do"),
    ROUTE_END
};
