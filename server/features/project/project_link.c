/* project_link.c: what a project grows out of: cases and needs are linked, never retyped; and the projects of a case. */
#include "project_inside.h"

#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../case/case.h"
#include "../exchange/exchange.h"

DB_SQL(project_link_elsewhere, "SELECT COUNT(*) FROM project_link WHERE tenant_id = $1 AND object_id = $2 AND open = 1")

static err fault_at(struct req *r, const char *list, size_t i, enum err_code code)
{
    req_fault(r, str_z(r->arena, str_fmt(r->arena, "%s[%zu]", list, i)), code);
    return OK;
}

static bool twice(struct ids ids, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (ids.at[k] == ids.at[i])
            return true;
    return false;
}

/* One that the caller sees (there) and that is part of no project that has not ended. */
static err link_one(struct req *r, const struct project *p, enum link_kind kind, struct ids ids, size_t i, bool there)
{
    const char *list = kind == LINK_CASE ? "cases" : "needs";
    int64_t     elsewhere;
    if (!there || twice(ids, i))
        return fault_at(r, list, i, there ? ERR_TAKEN : ERR_UNKNOWN_REFERENCE);
    TRY(db_number(r->db, &project_link_elsewhere, DB_ARGS(I64(r->tenant), I64(ids.at[i])), &elsewhere));
    if (elsewhere)
        return fault_at(r, list, i, ERR_IN_PROJECT);
    err e = link_add(r->db, r->tenant, p->id, kind, ids.at[i], r->now, r->caller.account);
    return e.code == ERR_TAKEN ? FAIL(ERR_IN_PROJECT) : e;
}

static err link_case(struct req *r, const struct project *p, struct ids ids, size_t i)
{
    struct case_part_of c = { 0 };
    err                 e = case_part_find(r, ids.at[i], &c);
    if (failed(e) && e.code != ERR_NOT_FOUND)
        return e;
    return link_one(r, p, LINK_CASE, ids, i, !failed(e) && c.staff);
}

static err link_need(struct req *r, const struct project *p, struct ids ids, size_t i)
{
    struct list lines;
    TRY(exchange_lines(r, (struct ids){ &ids.at[i], 1 }, &lines));
    return link_one(r, p, LINK_NEED, ids, i, lines.len == 1);
}

err project_link(struct req *r, const struct project *p, struct ids cases, struct ids needs)
{
    for (size_t i = 0; i < cases.len; i++)
        TRY(link_case(r, p, cases, i));
    for (size_t i = 0; i < needs.len; i++)
        TRY(link_need(r, p, needs, i));
    return req_faults(r);
}

/* The community of a case, or the area where it lies when there is none. */
static int64_t community_of(const struct unit_snapshot *u, int64_t area)
{
    int64_t community = unit_above_of_kind(u, area, "community");
    return community ? community : area;
}

err project_area_of(struct req *r, struct ids cases, int64_t otherwise, int64_t *out)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    int64_t                     common = 0;
    err                         e = OK;
    for (size_t i = 0; i < cases.len && !failed(e); i++) {
        struct case_part_of c = { 0 };
        e = case_part_find(r, cases.at[i], &c);
        int64_t area = failed(e) || !c.staff ? 0 : community_of(u, c.area_id);
        common = common ? common : area;
        while (area && common && !unit_within(u, (struct unit_ref){ UNIT_AREA, area }, (struct unit_ref){ UNIT_AREA, common }))
            common = unit_parent(u, (struct unit_ref){ UNIT_AREA, common });
        e = e.code == ERR_NOT_FOUND ? OK : e;
    }
    unit_release(u);
    *out = common ? common : otherwise;
    return e;
}

static struct str link_json(struct arena *a, struct ids cases, struct ids needs)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_key(&j, "cases");
    jsonw_list(&j);
    for (size_t i = 0; i < cases.len; i++)
        jsonw_id(&j, cases.at[i]);
    jsonw_list_end(&j);
    jsonw_key(&j, "needs");
    jsonw_list(&j);
    for (size_t i = 0; i < needs.len; i++)
        jsonw_id(&j, needs.at[i]);
    jsonw_list_end(&j);
    jsonw_close(&j);
    return buf_view(&b);
}

struct link_body { struct ids cases, needs; };
static const struct field link_fields[] = {
    FIELD_IDS(struct link_body, cases, 0, 200, 0, "Cases that the caller sees"), FIELD_IDS(struct link_body, needs, 0, 200, 0, "Needs"), FIELD_END
};

static err add_links(struct req *r)
{
    const struct link_body *in = r->body;
    struct project          p;
    TRY(project_own(r, r->path[0], &p));
    TRY(project_link(r, &p, in->cases, in->needs));
    TRY(project_settle(r->db, r->arena, r->tenant, &p, r->now));
    TRY(audit_record(r, "project.link", "project", p.id, link_json(r->arena, in->cases, in->needs)));
    return project_answer(r, p.id, false);
}

struct unlink_body { int kind; int64_t id; };
static const struct field unlink_fields[] = { FIELD_WORD(struct unlink_body, kind, link_kind_words, REQUIRED, "case or need"),
                                              FIELD_ID(struct unlink_body, id, REQUIRED, "Which"), FIELD_END };

static err remove_link(struct req *r)
{
    const struct unlink_body *in = r->body;
    struct project            p;
    int64_t                   gone;
    struct ids                one = { &in->id, 1 }, none = { NULL, 0 };
    TRY(project_own(r, r->path[0], &p));
    TRY(link_gone(r->db, r->tenant, p.id, (enum link_kind)in->kind, in->id, &gone));
    if (!gone)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "id");
    TRY(project_settle(r->db, r->arena, r->tenant, &p, r->now));
    TRY(audit_record(r, "project.unlink", "project", p.id, in->kind == LINK_CASE ? link_json(r->arena, one, none) : link_json(r->arena, none, one)));
    return project_answer(r, p.id, false);
}

/* ---- the projects of a case, for whoever sees the case ---- */

struct of_case { int64_t id; struct str title, unit_name; int state, answer; bool may_read, is_public, asks; ms due_at; };
static const struct field of_case_fields[] = {
    FIELD_ID(struct of_case, id, REQUIRED, "Project"),
    FIELD_STR(struct of_case, title, 0, 0, REQUIRED, "In a line"),
    FIELD_STR(struct of_case, unit_name, 0, 0, REQUIRED, "Who runs it"),
    FIELD_WORD(struct of_case, state, project_state_words, REQUIRED, "Where it stands"),
    FIELD_TIME(struct of_case, due_at, 0, "Planned end"),
    FIELD_BOOL(struct of_case, may_read, REQUIRED, "The caller may open it"),
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct of_case, is_public), .flags = REQUIRED, .doc = "It has a public page" },
    FIELD_BOOL(struct of_case, asks, REQUIRED, "The caller reported the case and is asked whether it is as it should be"),
    FIELD_WORD(struct of_case, answer, voice_answer_words, 0, "What they said"),
    FIELD_END
};

/* A reporter hears of a project once it is under way to the public, or asks them; staff of any that is no longer a draft. */
static bool shown(struct req *r, const struct project *p, const struct case_part_of *c)
{
    if (p->state == PROJECT_DRAFT)
        return c->staff && req_may(r, PERM_PROJECT_MANAGE, PROJECT_UNIT(p));
    return c->staff || p->is_public || p->state == PROJECT_FOR_ACCEPTANCE;
}

static err voice_in(struct req *r, const struct project *p, int64_t id, struct voice *out, bool *asked)
{
    struct list rows;
    TRY(voices_of(r->db, r->arena, r->tenant, p->id, p->round, &rows));
    const struct voice *v = rows.at;
    *asked = false;
    for (size_t i = 0; i < rows.len; i++)
        if (v[i].case_id == id) {
            *out = v[i];
            *asked = true;
        }
    return OK;
}

static err of_case(struct req *r, const struct case_part_of *c, bool reporter, struct list *out)
{
    struct list rows;
    TRY(projects_of_object(r->db, r->arena, r->tenant, LINK_CASE, c->id, &rows));
    const struct project *p = rows.at;
    struct of_case       *at = ARENA_ARRAY(r->arena, rows.len + 1, struct of_case);
    size_t                n = 0;
    for (size_t i = 0; i < rows.len; i++) {
        struct voice v = { 0 };
        bool         asked;
        if (!shown(r, &p[i], c))
            continue;
        TRY(voice_in(r, &p[i], c->id, &v, &asked));
        at[n++] = (struct of_case){ .id = p[i].id, .title = p[i].title, .unit_name = unit_name_of(r, (enum unit_kind)p[i].unit_kind, p[i].unit_id),
                                    .state = (int)p[i].state, .due_at = p[i].due_at, .may_read = r->caller.anywhere & PERM_BIT(PERM_UNIT_READ),
                                    .is_public = project_is_shown(&p[i]),
                                    .asks = reporter && asked && p[i].state == PROJECT_FOR_ACCEPTANCE, .answer = (int)(reporter ? v.answer : 0) };
    }
    *out = (struct list){ at, n };
    return OK;
}

static err list_of_case(struct req *r)
{
    struct case_part_of c;
    struct list         list;
    TRY(case_part_find(r, r->path[0], &c));
    if (!c.staff && !c.own)
        return FAIL(ERR_NOT_FOUND);
    TRY(of_case(r, &c, c.own, &list));
    return reply_list(r, of_case_fields, sizeof(struct of_case), list, STR_NONE);
}

static err list_of_track(struct req *r)
{
    struct case_part_of c;
    struct list         list;
    TRY(case_part_by_secret(r, r->path_text[0], &c));
    c.staff = false;
    TRY(of_case(r, &c, true, &list));
    return reply_list(r, of_case_fields, sizeof(struct of_case), list, STR_NONE);
}

/* ---- what reporters say ---- */

struct said_body { int answer; int64_t case_id; struct str said; };
#define SAYS FIELD_WORD(struct said_body, answer, voice_answer_words, REQUIRED, "Is it as it should be?"), \
             FIELD_STR(struct said_body, said, 1, 500, MULTILINE, "In words")
static const struct field said_fields[] = { SAYS, FIELD_END };
static const struct field call_fields[] = { FIELD_ID(struct said_body, case_id, REQUIRED, "Whose reporter was called"), SAYS, FIELD_END };

/* While it waits for acceptance, as often as they like: the last word counts; the reporter's own goes before one told in a call. */
static err say(struct req *r, const struct project *p, int64_t case_id, enum voice_way way)
{
    const struct said_body *in = r->body;
    struct voice            v;
    bool                    asked;
    if (p->state != PROJECT_FOR_ACCEPTANCE)
        return FAIL(ERR_NOT_ASKED);
    TRY(voice_in(r, p, case_id, &v, &asked));
    if (!asked)
        return FAIL(ERR_NOT_ASKED);
    if (way == WAY_CALL && (v.way == WAY_ACCOUNT || v.way == WAY_LINK))
        return FAIL(ERR_CONFLICT);
    v = (struct voice){ .case_id = case_id, .answer = in->answer, .way = way, .said = in->said, .answered_at = r->now,
                        .account_id = way == WAY_CALL ? r->caller.account : 0 };
    TRY(voice_answer(r->db, r->tenant, p->id, p->round, &v));
    /* Two that are said at once, and an acceptance beside, meet at the project. */
    TRY(project_meet(r->db, r->tenant, p->id, r->now));
    return audit_record(r, "project.said", "project", p->id,
                        str_fmt(r->arena, "{\"case\":\"%lld\",\"answer\":\"%s\",\"way\":\"%s\"}", (long long)case_id, voice_answer_words[in->answer],
                                voice_way_words[way]));
}

/* The one that asks about this case now. */
static err asking(struct req *r, int64_t case_id, struct project *out)
{
    struct list rows;
    TRY(projects_of_object(r->db, r->arena, r->tenant, LINK_CASE, case_id, &rows));
    const struct project *p = rows.at;
    for (size_t i = 0; i < rows.len; i++)
        if (p[i].state == PROJECT_FOR_ACCEPTANCE) {
            *out = p[i];
            return OK;
        }
    return FAIL(ERR_NOT_ASKED);
}

static err say_as_reporter(struct req *r)
{
    struct case_part_of c;
    struct project      p;
    struct list         list;
    TRY(case_part_find(r, r->path[0], &c));
    if (!c.own)
        return FAIL(c.staff ? ERR_ONLY_REPORTER : ERR_NOT_FOUND);
    TRY(asking(r, c.id, &p));
    TRY(say(r, &p, c.id, WAY_ACCOUNT));
    TRY(of_case(r, &c, true, &list));
    return reply_list(r, of_case_fields, sizeof(struct of_case), list, STR_NONE);
}

static err say_by_link(struct req *r)
{
    struct case_part_of c;
    struct project      p;
    struct list         list;
    TRY(case_part_by_secret(r, r->path_text[0], &c));
    TRY(asking(r, c.id, &p));
    TRY(say(r, &p, c.id, WAY_LINK));
    c.staff = false;
    TRY(of_case(r, &c, true, &list));
    return reply_list(r, of_case_fields, sizeof(struct of_case), list, STR_NONE);
}

/* Told in a call to whoever may accept it: nobody who had a part in the project. */
static err say_in_call(struct req *r)
{
    struct project p;
    struct list    team;
    enum err_code  why;
    TRY(project_open(r, r->path[0], &p));
    TRY(req_allow(r, PERM_NEED_MANAGE, PROJECT_AREA(&p)));
    TRY(team_of(r->db, r->arena, r->tenant, p.id, &team));
    TRY(judge_check(r, &p, &team, &why));
    if (why == ERR_OWN_PROJECT)
        return FAIL(why);
    TRY(say(r, &p, ((const struct said_body *)r->body)->case_id, WAY_CALL));
    return project_answer(r, p.id, false);
}

/* ---- routes ---- */

#define MANAGE .perm = PERM_PROJECT_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "project", .reply_kind = REPLY_VIEW, .reply = project_view_fields
#define LIST   .tag = "project", .reply_kind = REPLY_LIST, .reply = of_case_fields

const struct route project_link_routes[] = {
    { POST, "/api/v1/projects/:id/links", add_links, MANAGE, ROUTE_BODY(struct link_body, link_fields), .flags = ROUTE_IDEMPOTENT,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_UNKNOWN_REFERENCE, ERR_IN_PROJECT), .summary = "Cases and needs become part of a project" },
    { POST, "/api/v1/projects/:id/unlink", remove_link, MANAGE, ROUTE_BODY(struct unlink_body, unlink_fields),
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_UNKNOWN_REFERENCE), .summary = "A case or need is no longer part of it" },
    { GET, "/api/v1/cases/:id/projects", list_of_case, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ, LIST,
      .summary = "Projects that a case is part of, for whoever sees the case" },
    { POST, "/api/v1/cases/:id/project-answer", say_as_reporter, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_WRITE, LIST,
      ROUTE_BODY(struct said_body, said_fields), ROUTE_ERRORS(ERR_NOT_ASKED, ERR_ONLY_REPORTER),
      .summary = "The reporter says whether what the project did is as it should be" },
    { GET, "/api/v1/track/*code/projects", list_of_track, .perm = PERM_PUBLIC, .tx = TX_READ, LIST, ROUTE_ERRORS(ERR_SECRET, ERR_TOO_MANY),
      .summary = "The same by the report's link" },
    { POST, "/api/v1/track/*code/project-answer", say_by_link, .perm = PERM_PUBLIC, .tx = TX_WRITE, LIST, ROUTE_BODY(struct said_body, said_fields),
      ROUTE_ERRORS(ERR_NOT_ASKED, ERR_SECRET, ERR_TOO_MANY), .summary = "The reporter says it by the report's link" },
    { POST, "/api/v1/projects/:id/answers", say_in_call, .perm = PERM_NEED_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "project",
      .reply_kind = REPLY_VIEW, .reply = project_view_fields, ROUTE_BODY(struct said_body, call_fields),
      ROUTE_ERRORS(ERR_NOT_ASKED, ERR_CONFLICT, ERR_OWN_PROJECT), .summary = "Write down what a reporter said in a call" },
    ROUTE_END
};
