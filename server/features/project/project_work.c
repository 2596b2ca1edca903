/* project_work.c: the work of a project: milestones, progress, money. What is told stays in the story; a mistake is struck out, not taken away. */
#include "project_inside.h"

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../agreement/agreement.h"
#include "../audit/audit.h"
#include "../case/case.h"

#define FEN_MOST 1000000000000

/* ---- words of the audit record ---- */

static struct str number_json(struct req *r, const char *what, int64_t id, struct str title, int64_t amount)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_id(&j, what, id);
    jsonw_kv_str(&j, "title", title);
    jsonw_kv_i64(&j, "amount", amount);
    jsonw_close(&j);
    return buf_view(&b);
}

/* Counts again, and answers. */
static err settle(struct req *r, struct project *p, const char *action, struct str detail)
{
    TRY(project_settle(r->db, r->arena, r->tenant, p, r->now));
    TRY(audit_record(r, action, "project", p->id, detail));
    return project_answer(r, p->id, false);
}

/* ---- milestones ---- */

struct step_body { struct str title; ms due_at; int64_t person_id, org_id; };
#define STEP(needed)                                                                                                                    \
    FIELD_STR(struct step_body, title, 1, 200, (needed), "What will be done"),                                                          \
    FIELD_TIME(struct step_body, due_at, (needed), "By when"),                                                                          \
    FIELD_ID(struct step_body, person_id, 0, "Person of the team who answers for it"),                                                  \
    FIELD_ID(struct step_body, org_id, 0, "Organisation of the team that answers for it")
static const struct field step_fields[] = { STEP(REQUIRED), FIELD_END };
static const struct field step_change_fields[] = { STEP(0), FIELD_END };
#define GIVEN(m) field_given(step_change_fields, &r->given, offsetof(struct step_body, m))

static bool seat(const struct list *team, int64_t person, int64_t org)
{
    const struct member *m = team->at;
    for (size_t i = 0; i < team->len; i++)
        if ((person && m[i].person_id == person) || (org && m[i].org_id == org))
            return true;
    return false;
}

static err check_step(struct req *r, const struct project *p, const struct step *s)
{
    struct list team;
    TRY(team_of(r->db, r->arena, r->tenant, p->id, &team));
    if (s->person_id && !seat(&team, s->person_id, 0))
        req_fault(r, "person_id", ERR_UNKNOWN_REFERENCE);
    if (s->org_id && !seat(&team, 0, s->org_id))
        req_fault(r, "org_id", ERR_UNKNOWN_REFERENCE);
    return req_faults(r);
}

static err add_step(struct req *r)
{
    const struct step_body *in = r->body;
    struct project          p;
    struct step s = { .id = id_new(), .project_id = r->path[0], .title = in->title, .due_at = in->due_at, .person_id = in->person_id, .org_id = in->org_id };
    TRY(project_own(r, r->path[0], &p));
    TRY(check_step(r, &p, &s));
    TRY(step_insert(r->db, r->tenant, &s));
    return settle(r, &p, "project.milestone", number_json(r, "milestone", s.id, s.title, 0));
}

/* A milestone that is not done, of a project that the caller runs. */
static err own_step(struct req *r, struct step *s, struct project *p)
{
    TRY(step_get(r->db, r->arena, r->tenant, r->path[0], s));
    TRY(project_own(r, s->project_id, p));
    return s->done_at ? FAIL(ERR_WRONG_STATE) : OK;
}

static err change_step(struct req *r)
{
    const struct step_body *in = r->body;
    struct step             s;
    struct project          p;
    TRY(own_step(r, &s, &p));
    if (GIVEN(title) && in->title.ptr)
        s.title = in->title;
    if (GIVEN(due_at) && in->due_at)
        s.due_at = in->due_at;
    if (GIVEN(person_id))
        s.person_id = in->person_id;
    if (GIVEN(org_id))
        s.org_id = in->org_id;
    TRY(check_step(r, &p, &s));
    TRY(step_update(r->db, r->tenant, &s));
    return settle(r, &p, "project.milestone", number_json(r, "milestone", s.id, s.title, 0));
}

static err remove_step(struct req *r)
{
    struct step    s;
    struct project p;
    TRY(own_step(r, &s, &p));
    TRY(step_delete(r->db, r->tenant, s.id));
    return settle(r, &p, "project.milestone_removed", number_json(r, "milestone", s.id, s.title, 0));
}

/* ---- what was done ---- */

struct tell_body { struct str text; int64_t amount; struct ids photos; bool is_public; };
#define TELL                                                                                                                            \
    FIELD_STR(struct tell_body, text, 1, 4000, REQUIRED | MULTILINE, "In words; no names of reporters"),                                \
    FIELD_IDS(struct tell_body, photos, 0, 9, 0, "Photographs, uploaded before by POST /files"),                                        \
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct tell_body, is_public), .doc = "Residents may read it and see the photographs" }
static const struct field tell_fields[] = { TELL, FIELD_END };
static const struct field money_fields[] = { FIELD_I64(struct tell_body, amount, 1, FEN_MOST, REQUIRED, "Fen"), TELL, FIELD_END };

static err tell(struct req *r, struct project *p, struct entry *e, const char *action)
{
    const struct tell_body *in = r->body;
    e->project_id = p->id;
    e->text = in->text;
    e->is_public = in->is_public;
    TRY(project_tell(r, e, in->photos));
    TRY(req_faults(r));
    return settle(r, p, action, number_json(r, "entry", e->id, STR_NONE, e->amount));
}

static err past_draft(const struct project *p)
{
    return p->state == PROJECT_DRAFT ? FAIL(ERR_WRONG_STATE) : OK;
}

static err tell_progress(struct req *r)
{
    struct project p;
    struct entry   e = { .kind = ENTRY_PROGRESS };
    TRY(project_work(r, r->path[0], &p));
    TRY(past_draft(&p));
    return tell(r, &p, &e, "project.progress");
}

static err do_step(struct req *r)
{
    struct step    s;
    struct project p;
    TRY(step_get(r->db, r->arena, r->tenant, r->path[0], &s));
    TRY(project_work(r, s.project_id, &p));
    if (s.done_at || p.state != PROJECT_UNDER_WAY)
        return FAIL(ERR_WRONG_STATE);
    struct entry e = { .kind = ENTRY_MILESTONE, .step_id = s.id };
    s.done_at = r->now;
    TRY(step_update(r->db, r->tenant, &s));
    return tell(r, &p, &e, "project.milestone_done");
}

/* Nothing is spent that did not come in: an advance is entered as a source of its own. */
static err spend(struct req *r)
{
    const struct tell_body *in = r->body;
    struct project          p;
    struct entry            e = { .kind = ENTRY_SPENT, .amount = in->amount };
    TRY(project_own(r, r->path[0], &p));
    TRY(past_draft(&p));
    return tell(r, &p, &e, "project.spend");
}

/* ---- where money comes from ---- */

struct source_body { int64_t org_id, pledge_id, promised; struct str who, note; };
#define SOURCE(needed)                                                                                                                  \
    FIELD_I64(struct source_body, promised, 1, FEN_MOST, (needed), "How much it promises, fen"),                                        \
    FIELD_ID(struct source_body, org_id, 0, "Organisation that gives it; or"),                                                          \
    FIELD_STR(struct source_body, who, 1, 100, 0, "who gives it, in words"),                                                            \
    FIELD_STR(struct source_body, note, 1, 200, 0, "For what, on which conditions")
static const struct field source_fields[] = {
    SOURCE(REQUIRED), FIELD_ID(struct source_body, pledge_id, 0, "Pledge of an agreement in force that it keeps; whoever promised it gives it"), FIELD_END
};
static const struct field source_change_fields[] = { SOURCE(0), FIELD_END };

static err check_source(struct req *r, const struct source *s, int64_t before)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    bool                        there = !s->org_id || s->org_id == before || unit_in_use(u, (struct unit_ref){ UNIT_ORG, s->org_id });
    unit_release(u);
    if (!there)
        req_fault(r, "org_id", ERR_UNKNOWN_REFERENCE);
    if (!s->org_id && !s->who.ptr)
        req_fault(r, "who", ERR_REQUIRED);
    if (s->promised < s->paid)
        req_fault(r, "promised", ERR_MONEY_MOVED);
    return req_faults(r);
}

/* What a pledge promised comes from whoever promised it, and is one source of a project. */
static err keep_pledge(struct req *r, struct source *s)
{
    struct agreement_promise promise;
    struct list              rows;
    if (!s->pledge_id)
        return OK;
    err e = agreement_promise(r->db, r->arena, r->tenant, s->pledge_id, &promise);
    if (failed(e) && e.code != ERR_NOT_FOUND)
        return e;
    if (failed(e) || (s->org_id && s->org_id != promise.org_id)) {
        req_fault(r, "pledge_id", ERR_UNKNOWN_REFERENCE);
        return OK;
    }
    if (!agreement_promise_of_money(r, &promise))
        req_fault(r, "pledge_id", ERR_PLEDGE_NOT_MONEY);
    s->org_id = promise.org_id;
    s->note = s->note.ptr ? s->note : promise.title;
    TRY(sources_of(r->db, r->arena, r->tenant, s->project_id, &rows));
    for (size_t i = 0; i < rows.len; i++)
        if (((const struct source *)rows.at)[i].pledge_id == s->pledge_id)
            req_fault(r, "pledge_id", ERR_TAKEN);
    return OK;
}

static err add_source(struct req *r)
{
    const struct source_body *in = r->body;
    struct project            p;
    struct source s = { .id = id_new(), .project_id = r->path[0], .org_id = in->org_id, .pledge_id = in->pledge_id, .who = in->who, .note = in->note,
                        .promised = in->promised, .created_at = r->now };
    TRY(project_own(r, r->path[0], &p));
    TRY(keep_pledge(r, &s));
    TRY(check_source(r, &s, 0));
    TRY(source_insert(r->db, r->tenant, &s));
    return settle(r, &p, "project.source", number_json(r, "source", s.id, s.who, s.promised));
}

static err own_source(struct req *r, struct source *s, struct project *p)
{
    TRY(source_get(r->db, r->arena, r->tenant, r->path[0], s));
    return project_own(r, s->project_id, p);
}

#define SOURCE_GIVEN(m) field_given(source_change_fields, &r->given, offsetof(struct source_body, m))
static err change_source(struct req *r)
{
    const struct source_body *in = r->body;
    struct source             s;
    struct project            p;
    TRY(own_source(r, &s, &p));
    int64_t before = s.org_id;
    if (SOURCE_GIVEN(promised) && in->promised)
        s.promised = in->promised;
    if (SOURCE_GIVEN(org_id) && !s.pledge_id)
        s.org_id = in->org_id;
    if (SOURCE_GIVEN(who))
        s.who = in->who;
    if (SOURCE_GIVEN(note))
        s.note = in->note;
    TRY(check_source(r, &s, before));
    TRY(source_update(r->db, r->tenant, &s));
    return settle(r, &p, "project.source", number_json(r, "source", s.id, s.who, s.promised));
}

static err remove_source(struct req *r)
{
    struct source  s;
    struct project p;
    TRY(own_source(r, &s, &p));
    if (s.paid)
        return FAIL(ERR_MONEY_MOVED);
    TRY(source_delete(r->db, r->tenant, s.id));
    return settle(r, &p, "project.source_removed", number_json(r, "source", s.id, s.who, s.promised));
}

static err pay_in(struct req *r)
{
    const struct tell_body *in = r->body;
    struct source           s;
    struct project          p;
    TRY(own_source(r, &s, &p));
    if (in->amount > s.promised - s.paid)
        return FAIL_AT(ERR_BEYOND_PROMISE, "amount");
    struct entry e = { .kind = ENTRY_PAID, .source_id = s.id, .amount = in->amount };
    s.paid += in->amount;
    TRY(source_update(r->db, r->tenant, &s));
    return tell(r, &p, &e, "project.paid");
}

/* ---- mistakes ---- */

struct strike_body { struct str reason; };
static const struct field strike_fields[] = { FIELD_STR(struct strike_body, reason, 1, 500, REQUIRED, "Why"), FIELD_END };

/* What it changed is as before. */
static err undo(struct req *r, const struct entry *e)
{
    struct source s;
    struct step   step;
    if (e->kind == ENTRY_PAID) {
        TRY(source_get(r->db, r->arena, r->tenant, e->source_id, &s));
        s.paid -= e->amount;
        return source_update(r->db, r->tenant, &s);
    }
    if (e->kind != ENTRY_MILESTONE)
        return OK;
    TRY(step_get(r->db, r->arena, r->tenant, e->step_id, &step));
    step.done_at = 0;
    return step_update(r->db, r->tenant, &step);
}

static err strike(struct req *r)
{
    struct entry   e;
    struct project p;
    TRY(entry_get(r->db, r->arena, r->tenant, r->path[0], &e));
    TRY(project_own(r, e.project_id, &p));
    if (e.void_at || e.kind == ENTRY_DECIDED)
        return FAIL(ERR_WRONG_STATE);
    TRY(entry_strike(r->db, r->tenant, e.id, r->now, r->caller.account, ((const struct strike_body *)r->body)->reason));
    TRY(undo(r, &e));
    return settle(r, &p, "project.strike", number_json(r, "entry", e.id, ((const struct strike_body *)r->body)->reason, e.amount));
}

/* ---- photographs ---- */

err project_file_guard(struct req *r, int64_t id)
{
    struct entry   e;
    struct project p;
    TRY(entry_get(r->db, r->arena, r->tenant, id, &e));
    TRY(project_get(r->db, r->arena, r->tenant, e.project_id, &p));
    if (project_is_shown(&p) && e.is_public && !e.void_at)
        return OK;
    bool staff = r->caller.anywhere & PERM_BIT(PERM_UNIT_READ) && (p.state != PROJECT_DRAFT || req_may(r, PERM_PROJECT_MANAGE, PROJECT_UNIT(&p)));
    return staff ? OK : FAIL(ERR_NOT_FOUND);
}

/* ---- routes ---- */

#define MANAGE .perm = PERM_PROJECT_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "project", .reply_kind = REPLY_VIEW, .reply = project_view_fields
#define TEAM   .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "project", .reply_kind = REPLY_VIEW, .reply = project_view_fields

const struct route project_work_routes[] = {
    { POST, "/api/v1/projects/:id/milestones", add_step, MANAGE, ROUTE_BODY(struct step_body, step_fields), .flags = ROUTE_IDEMPOTENT,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_UNKNOWN_REFERENCE), .summary = "Add a milestone" },
    { PATCH, "/api/v1/project-milestones/:id", change_step, MANAGE, ROUTE_BODY(struct step_body, step_change_fields),
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_UNKNOWN_REFERENCE), .summary = "Change a milestone that is not done" },
    { DELETE, "/api/v1/project-milestones/:id", remove_step, MANAGE, ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "Take out a milestone that is not done" },
    { POST, "/api/v1/project-milestones/:id/done", do_step, TEAM, ROUTE_BODY(struct tell_body, tell_fields), .flags = ROUTE_IDEMPOTENT,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_FILE_UNKNOWN), .summary = "A milestone is done, with what shows it; by whoever runs it or is in the team" },
    { POST, "/api/v1/projects/:id/progress", tell_progress, TEAM, ROUTE_BODY(struct tell_body, tell_fields), .flags = ROUTE_IDEMPOTENT,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_FILE_UNKNOWN), .summary = "Tell of progress; by whoever runs it or is in the team" },
    { POST, "/api/v1/projects/:id/spending", spend, MANAGE, ROUTE_BODY(struct tell_body, money_fields), .flags = ROUTE_IDEMPOTENT,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_BEYOND_PAID, ERR_FILE_UNKNOWN), .summary = "Money was spent, with what shows it; never more than came in" },
    { POST, "/api/v1/projects/:id/sources", add_source, MANAGE, ROUTE_BODY(struct source_body, source_fields), .flags = ROUTE_IDEMPOTENT,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_UNKNOWN_REFERENCE), .summary = "Add a source of money" },
    { PATCH, "/api/v1/project-sources/:id", change_source, MANAGE, ROUTE_BODY(struct source_body, source_change_fields),
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_UNKNOWN_REFERENCE, ERR_MONEY_MOVED), .summary = "Change a source of money" },
    { DELETE, "/api/v1/project-sources/:id", remove_source, MANAGE, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_MONEY_MOVED),
      .summary = "Take out a source from which nothing came in" },
    { POST, "/api/v1/project-sources/:id/payments", pay_in, MANAGE, ROUTE_BODY(struct tell_body, money_fields), .flags = ROUTE_IDEMPOTENT,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_BEYOND_PROMISE, ERR_FILE_UNKNOWN), .summary = "Money came in from a source" },
    { POST, "/api/v1/project-entries/:id/strike", strike, MANAGE, ROUTE_BODY(struct strike_body, strike_fields),
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_BEYOND_PAID), .summary = "Strike out an entry that is wrong: it stays legible and no longer counts" },
    ROUTE_END
};
