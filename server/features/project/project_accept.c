/* project_accept.c: a project is handed in, those it was for are asked, and somebody of theirs accepts or refuses it. Accepting closes its cases.
 *
 * Asked are the reporters of its cases: by their account, by their report's link, or, told in a call, by the community. Whoever had a part in the
 * project does not accept it. It is accepted once all have answered or the time to answer is over; against a "no" only with a word why. Its needs are
 * met with it; those that stay open are named in the acceptance. */
#include "project_inside.h"

#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../case/case.h"
#include "../exchange/exchange.h"
#include "../notify/notify.h"

const struct field voice_view_fields[] = {
    FIELD_ID(struct voice_view, case_id, REQUIRED, "Case whose reporter is asked"),
    FIELD_STR(struct voice_view, code, 0, 0, REQUIRED, "Its number"),
    FIELD_BOOL(struct voice_view, by_account, REQUIRED, "They are reached by a message to their account"),
    FIELD_BOOL(struct voice_view, by_link, REQUIRED, "… when they look at their report by its link"),
    FIELD_BOOL(struct voice_view, by_phone, REQUIRED, "They left a contact"),
    FIELD_TIME(struct voice_view, asked_at, REQUIRED, "Asked"),
    FIELD_WORD(struct voice_view, answer, voice_answer_words, 0, "What they said"),
    FIELD_STR(struct voice_view, said, 0, 0, 0, "In words"),
    FIELD_WORD(struct voice_view, way, voice_way_words, 0, "How they said it"),
    FIELD_TIME(struct voice_view, answered_at, 0, "When"),
    FIELD_END
};

err voice_views(struct req *r, const struct project *p, struct list *out)
{
    struct list rows;
    TRY(voices_of(r->db, r->arena, r->tenant, p->id, p->round, &rows));
    const struct voice *v = rows.at;
    struct voice_view  *at = ARENA_ARRAY(r->arena, rows.len + 1, struct voice_view);
    for (size_t i = 0; i < rows.len; i++) {
        struct case_part_of c;
        TRY(case_part_find(r, v[i].case_id, &c));
        at[i] = (struct voice_view){ .case_id = c.id, .code = c.code, .by_account = c.reporter != 0, .by_link = c.linked, .by_phone = c.told,
                                     .asked_at = v[i].asked_at, .answer = (int)v[i].answer, .said = v[i].said, .way = (int)v[i].way,
                                     .answered_at = v[i].answered_at };
    }
    *out = (struct list){ at, rows.len };
    return OK;
}

/* ---- handing in ---- */

DB_SQL(project_submit_open, "SELECT COUNT(*) FROM project_step WHERE tenant_id = $1 AND project_id = $2 AND done_at IS NULL")

static err ask(struct req *r, const struct project *p, int64_t case_id)
{
    struct case_part_of c;
    TRY(case_part_find(r, case_id, &c));
    if (!c.reporter && !c.linked && !c.told)
        return OK;
    TRY(voice_ask(r->db, r->tenant, p->id, p->round, c.id, r->now));
    return c.reporter ? notify_person(r, c.reporter, "project.asked", "case", c.id, project_words(r, p, c.code)) : OK;
}

static err submit(struct req *r)
{
    struct project p;
    struct list    links;
    int64_t        open;
    TRY(project_own(r, r->path[0], &p));
    if (!project_next(p.state, ACT_SUBMIT))
        return FAIL(ERR_WRONG_STATE);
    TRY(project_meet(r->db, r->tenant, p.id, r->now));
    TRY(db_number(r->db, &project_submit_open, DB_ARGS(I64(r->tenant), I64(p.id)), &open));
    if (open)
        return FAIL(ERR_MILESTONES_OPEN);
    TRY(links_of(r->db, r->arena, r->tenant, p.id, &links));
    const struct link *l = links.at;
    p.round++;
    p.asked_at = r->now;
    for (size_t i = 0; i < links.len; i++)
        if (l[i].kind == LINK_CASE)
            TRY(ask(r, &p, l[i].object_id));
    TRY(notify_unit(r, PROJECT_AREA(&p), PERM_NEED_MANAGE, "project.submitted", "project", p.id, project_words(r, &p, STR_NONE)));
    return project_decide(r, &p, ACT_SUBMIT, "project.submit", STR_NONE);
}

/* ---- judging ---- */

err judge_check(struct req *r, const struct project *p, const struct list *team, enum err_code *why)
{
    struct list voices;
    bool        wrote;
    TRY(wrote_in(r->db, r->tenant, p->id, r->caller.account, &wrote));
    TRY(voices_of(r->db, r->arena, r->tenant, p->id, p->round, &voices));
    int64_t days = setting_i64(r->app, "project.answer_days", r->now);
    *why = wrote || p->created_by == r->caller.account || in_team(team, r->caller.person) ? ERR_OWN_PROJECT
           : voices_heard(&voices, p->asked_at, days, r->now)                              ? ERR_NONE
                                                                                            : ERR_ANSWERS_WAIT;
    return OK;
}

/* One that waits for acceptance by somebody like the caller. */
static err judged(struct req *r, struct project *p, enum err_code *why)
{
    struct list team;
    TRY(project_open(r, r->path[0], p));
    TRY(req_allow(r, PERM_NEED_MANAGE, PROJECT_AREA(p)));
    TRY(req_version(r, p->version));
    if (p->state != PROJECT_FOR_ACCEPTANCE)
        return FAIL(ERR_WRONG_STATE);
    TRY(project_meet(r->db, r->tenant, p->id, r->now));
    TRY(team_of(r->db, r->arena, r->tenant, p->id, &team));
    return judge_check(r, p, &team, why);
}

static void count_voices(const struct list *voices, int64_t *yes, int64_t *no)
{
    const struct voice *v = voices->at;
    *yes = *no = 0;
    for (size_t i = 0; i < voices->len; i++) {
        *yes += v[i].answer == VOICE_YES;
        *no += v[i].answer == VOICE_NO;
    }
}

/* All of its cases can be closed, or none is: those that cannot are named. */
static err name_stuck(struct req *r, struct ids cases)
{
    struct buf b = buf_new(r->arena, 0);
    for (size_t i = 0; i < cases.len; i++) {
        struct case_part_of c;
        TRY(case_part_find(r, cases.at[i], &c));
        if (c.stuck == ERR_NONE)
            continue;
        buf_fmt(&b, "%s%.*s %.*s (%.*s)", b.len ? req_text(r, "；", "; ") : "", STR_ARG(c.code), STR_ARG(c.staff ? c.title : STR_NONE),
                STR_ARG(case_stuck_text(r, &c)));
    }
    return b.len ? req_fail(r, ERR_CASES_STUCK, buf_view(&b)) : OK;
}

static struct str closing_data(struct req *r, const struct project *p)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_z(&j, "outcome", case_outcome_words[OUTCOME_RESOLVED]);
    jsonw_kv_id(&j, "project", p->id);
    jsonw_kv_str(&j, "title", p->title);
    jsonw_close(&j);
    return buf_view(&b);
}

/* Its needs are met; *left: those that stay open, and why. */
static err meet_needs(struct req *r, const struct project *p, struct ids needs, struct str text, struct str *left)
{
    struct buf b = buf_new(r->arena, 0);
    for (size_t i = 0; i < needs.len; i++) {
        struct exchange_part_of n;
        TRY(exchange_part_find(r, needs.at[i], &n));
        if (n.stays != ERR_NONE)
            buf_fmt(&b, "%s%.*s (%.*s)", b.len ? req_text(r, "；", "; ") : "", STR_ARG(n.title), STR_ARG(exchange_stays_text(r, n.stays)));
        TRY(exchange_end_with_project(r, n.id, p->title, text));
    }
    *left = b.len ? str_fmt(r->arena, "\n%s%.*s", req_text(r, "仍开放的需求：", "Needs that stay open: "), STR_ARG(buf_view(&b))) : STR("");
    return OK;
}

/* What it grew out of ends with it; *left: what does not. */
static err close_links(struct req *r, const struct project *p, struct str said, struct str *left)
{
    struct list links;
    TRY(links_of(r->db, r->arena, r->tenant, p->id, &links));
    struct ids cases = project_linked(r->arena, &links, LINK_CASE), needs = project_linked(r->arena, &links, LINK_NEED);
    struct str text = str_fmt(r->arena, req_text(r, "项目“%.*s”已验收：%.*s", "The project “%.*s” was accepted: %.*s"), STR_ARG(p->title), STR_ARG(said));
    TRY(name_stuck(r, cases));
    for (size_t i = 0; i < cases.len; i++)
        TRY(case_end_with_project(r, cases.at[i], text, closing_data(r, p)));
    TRY(meet_needs(r, p, needs, text, left));
    return links_end(r->db, r->tenant, p->id);
}

struct accept_body { struct str text, why; };
static const struct field accept_fields[] = {
    FIELD_STR(struct accept_body, text, 1, 500, REQUIRED | MULTILINE, "What was found; the reporters of its cases read it"),
    FIELD_STR(struct accept_body, why, 1, 500, MULTILINE, "Needed when somebody said no: why it is accepted all the same; for staff"),
    FIELD_END
};

static err accept(struct req *r)
{
    const struct accept_body *in = r->body;
    struct project            p;
    struct list               voices;
    struct str                left;
    enum err_code             why;
    int64_t                   yes, no;
    TRY(judged(r, &p, &why));
    if (why != ERR_NONE)
        return FAIL(why);
    TRY(voices_of(r->db, r->arena, r->tenant, p.id, p.round, &voices));
    count_voices(&voices, &yes, &no);
    if (no && !in->why.ptr)
        req_fault(r, "why", ERR_REQUIRED);
    TRY(req_faults(r));
    TRY(close_links(r, &p, in->text, &left));
    TRY(notify_unit(r, PROJECT_UNIT(&p), PERM_PROJECT_MANAGE, "project.accepted", "project", p.id, project_words(r, &p, STR_NONE)));
    TRY(audit_record(r, "project.heard", "project", p.id,
                     str_fmt(r->arena, "{\"asked\":%zu,\"yes\":%lld,\"no\":%lld}", voices.len, (long long)yes, (long long)no)));
    struct str words = str_fmt(r->arena, "%.*s%s%.*s%.*s", STR_ARG(in->text), in->why.ptr ? "\n" : "", STR_ARG(in->why), STR_ARG(left));
    return project_decide(r, &p, ACT_ACCEPT_PROJECT, "project.accept", words);
}

struct reason_body { struct str reason; };
static const struct field reason_fields[] = { FIELD_STR(struct reason_body, reason, 1, 500, REQUIRED | MULTILINE, "What is not as it should be"), FIELD_END };

static err refuse(struct req *r)
{
    struct project p;
    enum err_code  why;
    TRY(judged(r, &p, &why));
    if (why == ERR_OWN_PROJECT)
        return FAIL(why);
    TRY(notify_unit(r, PROJECT_UNIT(&p), PERM_PROJECT_MANAGE, "project.refused", "project", p.id, project_words(r, &p, STR_NONE)));
    return project_decide(r, &p, ACT_REFUSE_PROJECT, "project.refuse", ((const struct reason_body *)r->body)->reason);
}

#define VIEW   .reply_kind = REPLY_VIEW, .reply = project_view_fields, .tag = "project", .tx = TX_WRITE, .scope = SCOPE_ANY
#define JUDGES .perm = PERM_NEED_MANAGE, VIEW

const struct route project_accept_routes[] = {
    { POST, "/api/v1/projects/:id/submit", submit, .perm = PERM_PROJECT_MANAGE, VIEW, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_MILESTONES_OPEN),
      .summary = "Hand it in for acceptance: the reporters of its cases are asked, and the community it is for" },
    { POST, "/api/v1/projects/:id/accept", accept, JUDGES, ROUTE_BODY(struct accept_body, accept_fields),
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_OWN_PROJECT, ERR_ANSWERS_WAIT, ERR_CASES_STUCK),
      .summary = "Accept it for those it is for, by somebody who had no part in it: its cases close with it, all or none, and its needs are met, but for those that it names" },
    { POST, "/api/v1/projects/:id/refuse", refuse, JUDGES, ROUTE_BODY(struct reason_body, reason_fields), ROUTE_ERRORS(ERR_WRONG_STATE, ERR_OWN_PROJECT),
      .summary = "It is not as it should be: back under way, with the reason" },
    ROUTE_END
};
