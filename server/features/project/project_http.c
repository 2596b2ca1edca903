/* project_http.c: projects over HTTP: lists, one, entering, its team, where it stands. Whoever holds unit.read sees what is planned; drafts are
 * their unit's own. */
#include "project_inside.h"

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../account/account.h"
#include "../agreement/agreement.h"
#include "../alliance/alliance.h"
#include "../audit/audit.h"
#include "../case/case.h"
#include "../exchange/exchange.h"
#include "../file/file.h"
#include "../notify/notify.h"
#include "../search/search.h"

enum { PAGE = 50, BATCH = 200, SCAN_MOST = 10000 };

struct list project_kinds(struct req *r)
{
    return setting_choices(r->app, r->arena, "project.kinds", r->now);
}

/* ---- who may ---- */

bool in_team(const struct list *team, int64_t person)
{
    const struct member *m = team->at;
    for (size_t i = 0; i < team->len; i++)
        if (person && m[i].person_id == person)
            return true;
    return false;
}

static bool manages(struct req *r, const struct project *p)
{
    return req_may(r, PERM_PROJECT_MANAGE, PROJECT_UNIT(p));
}

err project_open(struct req *r, int64_t id, struct project *out)
{
    TRY(project_get(r->db, r->arena, r->tenant, id, out));
    return out->state == PROJECT_DRAFT && !manages(r, out) ? FAIL(ERR_NOT_FOUND) : OK;
}

err project_own(struct req *r, int64_t id, struct project *out)
{
    TRY(project_get(r->db, r->arena, r->tenant, id, out));
    TRY(req_allow(r, PERM_PROJECT_MANAGE, PROJECT_UNIT(out)));
    TRY(req_version(r, out->version));
    return project_at_work(out->state) ? OK : FAIL(ERR_WRONG_STATE);
}

err project_work(struct req *r, int64_t id, struct project *out)
{
    struct list team;
    TRY(project_open(r, id, out));
    TRY(team_of(r->db, r->arena, r->tenant, id, &team));
    if (!manages(r, out) && !in_team(&team, r->caller.person))
        return FAIL(ERR_NOT_ALLOWED);
    return project_at_work(out->state) ? OK : FAIL(ERR_WRONG_STATE);
}

/* ---- words ---- */

struct str project_json(struct req *r, const struct project *p)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "title", p->title);
    jsonw_kv_str(&j, "kind", p->kind);
    jsonw_kv_z(&j, "state", project_state_words[p->state]);
    jsonw_kv_id(&j, "area", p->area_id);
    jsonw_kv_i64(&j, "promised", p->promised);
    jsonw_kv_i64(&j, "paid", p->paid);
    jsonw_kv_i64(&j, "spent", p->spent);
    jsonw_kv_bool(&j, "public", p->is_public);
    jsonw_kv_str(&j, "reason", p->reason);
    jsonw_close(&j);
    return buf_view(&b);
}

struct str project_words(struct req *r, const struct project *p, struct str code)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "title", p->title);
    jsonw_kv_str(&j, "code", code);
    jsonw_close(&j);
    return buf_view(&b);
}

err project_tell(struct req *r, struct entry *e, struct ids photos)
{
    e->id = id_new();
    e->at = r->now;
    e->account_id = r->caller.account;
    TRY(entry_insert(r->db, r->tenant, e));
    TRY(file_claim(r, "photos", photos, (struct strs){ NULL, 0 }, "project_entry", e->id));
    return entry_photos_add(r->db, r->tenant, e->id, photos);
}

/* ---- views ---- */

#define ITEM(base, kind_, m, ...) { .name = #m, .kind = KIND_##kind_, .offset = (base) + offsetof(struct project_item, m), __VA_ARGS__ }
#define ITEM_FIELDS(base)                                                                                                               \
    ITEM(base, ID, id, .flags = REQUIRED, .doc = "Project"),                                                                            \
    ITEM(base, STR, kind, .flags = REQUIRED, .doc = "Code of its kind; see GET /projects/kinds"),                                       \
    ITEM(base, STR, title, .flags = REQUIRED, .doc = "In a line"),                                                                      \
    ITEM(base, WORD, unit_kind, .words = unit_kind_words, .flags = REQUIRED, .doc = "area or org: who runs it"),                        \
    ITEM(base, ID, unit_id, .flags = REQUIRED, .doc = "Who runs it"),                                                                   \
    ITEM(base, STR, unit_name, .flags = REQUIRED, .doc = "Its name"),                                                                   \
    ITEM(base, ID, area_id, .flags = REQUIRED, .doc = "Whom it is for"),                                                                \
    ITEM(base, STR, area_name, .flags = REQUIRED, .doc = "Its name"),                                                                   \
    ITEM(base, WORD, state, .words = project_state_words, .flags = REQUIRED, .doc = "Where it stands"),                                 \
    ITEM(base, BOOL, late, .flags = REQUIRED, .doc = "A milestone or the planned end is over and it is not done"),                      \
    ITEM(base, TIME, begins_at, .doc = "Planned beginning"),                                                                            \
    ITEM(base, TIME, due_at, .doc = "Planned end"),                                                                                     \
    ITEM(base, TIME, next_due, .doc = "When the next milestone is due"),                                                                \
    ITEM(base, I64, steps, .flags = REQUIRED, .doc = "Milestones"),                                                                     \
    ITEM(base, I64, steps_done, .flags = REQUIRED, .doc = "Of these, done"),                                                            \
    ITEM(base, I64, steps_late, .flags = REQUIRED, .doc = "Of these, late"),                                                            \
    ITEM(base, I64, promised, .flags = REQUIRED, .doc = "Money promised, fen"),                                                         \
    ITEM(base, I64, paid, .flags = REQUIRED, .doc = "Money that came in, fen"),                                                         \
    ITEM(base, I64, spent, .flags = REQUIRED, .doc = "Money spent, fen"),                                                               \
    ITEM(base, I64, cases, .flags = REQUIRED, .doc = "Cases that are part of it"),                                                      \
    { .name = "public", .kind = KIND_BOOL, .offset = (base) + offsetof(struct project_item, is_public), .flags = REQUIRED, .doc = "Shown to residents" }, \
    ITEM(base, BOOL, may_manage, .flags = REQUIRED, .doc = "The caller runs it"),                                                       \
    ITEM(base, TIME, created_at, .flags = REQUIRED, .doc = "Entered"),                                                                  \
    ITEM(base, TIME, updated_at, .flags = REQUIRED, .doc = "Last changed"),                                                             \
    ITEM(base, I64, version, .flags = REQUIRED, .doc = "Grows with each change")
const struct field project_item_fields[] = { ITEM_FIELDS(0), FIELD_END };

struct project_item project_item_of(struct req *r, const struct project *p, int64_t steps_late)
{
    return (struct project_item){
        .id = p->id, .kind = p->kind, .title = p->title, .unit_kind = (int)p->unit_kind, .unit_id = p->unit_id,
        .unit_name = unit_name_of(r, (enum unit_kind)p->unit_kind, p->unit_id), .area_id = p->area_id,
        .area_name = unit_name_of(r, UNIT_AREA, p->area_id), .state = (int)p->state, .late = project_late(p, r->now), .begins_at = p->begins_at,
        .due_at = p->due_at, .next_due = p->next_due, .steps = p->steps, .steps_done = p->steps_done, .steps_late = steps_late, .promised = p->promised,
        .paid = p->paid, .spent = p->spent, .cases = p->cases, .is_public = p->is_public, .may_manage = manages(r, p), .created_at = p->created_at,
        .updated_at = p->updated_at, .version = p->version,
    };
}

struct member_view { int role; int64_t person_id, org_id; struct str name, duty; };
static const struct field member_fields[] = {
    FIELD_WORD(struct member_view, role, team_role_words, REQUIRED, "lead, captain, liaison or member"),
    FIELD_ID(struct member_view, person_id, 0, "Person"),
    FIELD_ID(struct member_view, org_id, 0, "Organisation"),
    FIELD_STR(struct member_view, name, 0, 0, REQUIRED, "Name"),
    FIELD_STR(struct member_view, duty, 0, 0, 0, "What they look after"),
    FIELD_END
};
struct step_view { int64_t id, person_id, org_id; struct str title, owner; ms due_at, done_at; bool late; };
static const struct field step_fields[] = {
    FIELD_ID(struct step_view, id, REQUIRED, "Milestone"),
    FIELD_STR(struct step_view, title, 0, 0, REQUIRED, "What will be done"),
    FIELD_TIME(struct step_view, due_at, REQUIRED, "By when"),
    FIELD_ID(struct step_view, person_id, 0, "Person who answers for it"),
    FIELD_ID(struct step_view, org_id, 0, "Organisation that answers for it"),
    FIELD_STR(struct step_view, owner, 0, 0, 0, "Their name"),
    FIELD_TIME(struct step_view, done_at, 0, "Reported as done"),
    FIELD_BOOL(struct step_view, late, REQUIRED, "Not done, and the day is over"),
    FIELD_END
};
struct source_view { int64_t id, org_id, pledge_id, agreement_id, promised, paid; struct str name, who, note; };
static const struct field source_fields[] = {
    FIELD_ID(struct source_view, id, REQUIRED, "Source of money"),
    FIELD_ID(struct source_view, org_id, 0, "Organisation that gives it"),
    FIELD_ID(struct source_view, pledge_id, 0, "Pledge of an agreement that it keeps"),
    FIELD_ID(struct source_view, agreement_id, 0, "That agreement, while it is in force"),
    FIELD_STR(struct source_view, name, 0, 0, 0, "Name of the organisation"),
    FIELD_STR(struct source_view, who, 0, 0, 0, "Who gives it, in words"),
    FIELD_STR(struct source_view, note, 0, 0, 0, "For what, on which conditions"),
    FIELD_I64(struct source_view, promised, 0, 0, REQUIRED, "Fen"),
    FIELD_I64(struct source_view, paid, 0, 0, REQUIRED, "Fen that came in"),
    FIELD_END
};
struct entry_view { int64_t id, amount, step_id, source_id; int kind, state; struct str text, author, void_reason; bool is_public; ms at, void_at; struct ids photos; };
static const struct field entry_fields[] = {
    FIELD_ID(struct entry_view, id, REQUIRED, "Entry"),
    FIELD_WORD(struct entry_view, kind, entry_kind_words, REQUIRED, "What it tells of"),
    FIELD_TIME(struct entry_view, at, REQUIRED, "When"),
    FIELD_STR(struct entry_view, author, 0, 0, 0, "Who wrote it"),
    FIELD_STR(struct entry_view, text, 0, 0, 0, "In words"),
    FIELD_I64(struct entry_view, amount, 0, 0, REQUIRED, "Fen, of paid and spent"),
    FIELD_ID(struct entry_view, step_id, 0, "Milestone that was done"),
    FIELD_ID(struct entry_view, source_id, 0, "Source that paid"),
    FIELD_WORD(struct entry_view, state, project_state_words, 0, "State that it came into, of decided"),
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct entry_view, is_public), .flags = REQUIRED, .doc = "Residents may read it" },
    FIELD_IDS(struct entry_view, photos, 0, 0, REQUIRED, "Photographs"),
    FIELD_TIME(struct entry_view, void_at, 0, "Struck out"),
    FIELD_STR(struct entry_view, void_reason, 0, 0, 0, "Why it was struck out"),
    FIELD_END
};
struct stuck_view { int64_t case_id; struct str why; };
static const struct field stuck_fields[] = {
    FIELD_ID(struct stuck_view, case_id, REQUIRED, "Case"),
    FIELD_STR(struct stuck_view, why, 0, 0, REQUIRED, "What keeps it from being closed by the caller with the project now"),
    FIELD_END
};

struct staying_view { int64_t need_id; struct str why; };
static const struct field staying_fields[] = {
    FIELD_ID(struct staying_view, need_id, REQUIRED, "Need"),
    FIELD_STR(struct staying_view, why, 0, 0, REQUIRED, "Why it is not met by the caller's acceptance"),
    FIELD_END
};

struct project_view {
    struct project_item i;
    struct str          text, reason, judge_why;
    struct list         team, milestones, sources, story, from_cases, from_needs, voices, stuck, staying;
    int64_t             left, round;
    bool                may_work, may_judge;
    ms                  asked_at, heard_at, ended_at;
};
const struct field project_view_fields[] = {
    ITEM_FIELDS(offsetof(struct project_view, i)),
    FIELD_STR(struct project_view, text, 0, 0, 0, "What is to be done and why"),
    FIELD_STR(struct project_view, reason, 0, 0, 0, "Why it was last refused, or abandoned; with which words accepted"),
    FIELD_LIST(struct project_view, team, member_fields, struct member_view, 0, 0, REQUIRED, "Who is at work on it"),
    FIELD_LIST(struct project_view, milestones, step_fields, struct step_view, 0, 0, REQUIRED, "What will be done by when"),
    FIELD_LIST(struct project_view, sources, source_fields, struct source_view, 0, 0, REQUIRED, "Where money comes from"),
    FIELD_I64(struct project_view, left, 0, 0, REQUIRED, "What may be spent still, fen: paid in, less what was spent"),
    FIELD_LIST(struct project_view, story, entry_fields, struct entry_view, 0, 0, REQUIRED, "What happened, the oldest first"),
    FIELD_LIST(struct project_view, from_cases, case_line_fields, struct case_line, 0, 0, REQUIRED, "Cases that are part of it"),
    FIELD_LIST(struct project_view, from_needs, exchange_line_fields, struct exchange_line, 0, 0, REQUIRED, "Needs that it is for"),
    FIELD_I64(struct project_view, round, 0, 0, REQUIRED, "How often it was handed in for acceptance"),
    FIELD_TIME(struct project_view, asked_at, 0, "Last handed in"),
    FIELD_TIME(struct project_view, heard_at, 0, "Until then those whom it was for may answer; before it is accepted only when all have"),
    FIELD_LIST(struct project_view, voices, voice_view_fields, struct voice_view, 0, 0, REQUIRED,
               "What reporters of its cases say; for whoever runs it, is in the team or accepts it"),
    FIELD_LIST(struct project_view, stuck, stuck_fields, struct stuck_view, 0, 0, REQUIRED, "While it waits for acceptance by the caller: cases that would not close"),
    FIELD_LIST(struct project_view, staying, staying_fields, struct staying_view, 0, 0, REQUIRED, "… and needs that would stay open"),
    FIELD_BOOL(struct project_view, may_work, REQUIRED, "The caller may tell of progress"),
    FIELD_BOOL(struct project_view, may_judge, REQUIRED, "The caller accepts or refuses it"),
    FIELD_STR(struct project_view, judge_why, 0, 0, 0, "Why the caller, who holds the right, may not"),
    FIELD_TIME(struct project_view, ended_at, 0, "Accepted or abandoned"),
    FIELD_END
};

static struct list team_views(struct req *r, const struct list *team)
{
    const struct member *m = team->at;
    struct member_view  *v = ARENA_ARRAY(r->arena, team->len + 1, struct member_view);
    for (size_t i = 0; i < team->len; i++)
        v[i] = (struct member_view){ (int)m[i].role, m[i].person_id, m[i].org_id, m[i].org_id ? unit_name_of(r, UNIT_ORG, m[i].org_id) : m[i].name,
                                     m[i].duty };
    return (struct list){ v, team->len };
}

static struct str owner_name(struct req *r, const struct list *team, const struct step *s)
{
    const struct member *m = team->at;
    for (size_t i = 0; s->person_id && i < team->len; i++)
        if (m[i].person_id == s->person_id)
            return m[i].name;
    return unit_name_of(r, UNIT_ORG, s->org_id);
}

static err read_steps(struct req *r, const struct project *p, const struct list *team, struct project_view *v)
{
    struct list rows;
    TRY(steps_of(r->db, r->arena, r->tenant, p->id, &rows));
    const struct step *s = rows.at;
    struct step_view  *at = ARENA_ARRAY(r->arena, rows.len + 1, struct step_view);
    for (size_t i = 0; i < rows.len; i++) {
        at[i] = (struct step_view){ s[i].id, s[i].person_id, s[i].org_id, s[i].title, owner_name(r, team, &s[i]), s[i].due_at, s[i].done_at,
                                    !s[i].done_at && s[i].due_at < r->now && !project_ended(p->state) };
        v->i.steps_late += at[i].late;
    }
    v->milestones = (struct list){ at, rows.len };
    return OK;
}

static err agreement_of(struct req *r, const struct source *s, int64_t *out)
{
    struct agreement_promise promise;
    *out = 0;
    if (!s->pledge_id)
        return OK;
    err e = agreement_promise(r->db, r->arena, r->tenant, s->pledge_id, &promise);
    *out = failed(e) ? 0 : promise.agreement_id;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static err read_sources(struct req *r, const struct project *p, struct project_view *v)
{
    struct list rows;
    TRY(sources_of(r->db, r->arena, r->tenant, p->id, &rows));
    const struct source *s = rows.at;
    struct source_view  *at = ARENA_ARRAY(r->arena, rows.len + 1, struct source_view);
    for (size_t i = 0; i < rows.len; i++) {
        int64_t agreement;
        TRY(agreement_of(r, &s[i], &agreement));
        at[i] = (struct source_view){ s[i].id, s[i].org_id, s[i].pledge_id, agreement, s[i].promised, s[i].paid, unit_name_of(r, UNIT_ORG, s[i].org_id), s[i].who,
                                      s[i].note };
    }
    v->sources = (struct list){ at, rows.len };
    return OK;
}

static struct ids photos_in(struct arena *a, const struct list *photos, int64_t entry)
{
    const struct entry_photo *f = photos->at;
    int64_t                  *at = ARENA_ARRAY(a, 10, int64_t);
    size_t                    n = 0;
    for (size_t i = 0; i < photos->len && n < 9; i++)
        if (f[i].entry_id == entry)
            at[n++] = f[i].file_id;
    return (struct ids){ at, n };
}

static err read_story(struct req *r, const struct project *p, struct project_view *v)
{
    struct list rows, photos;
    TRY(entries_of(r->db, r->arena, r->tenant, p->id, &rows));
    TRY(photos_of(r->db, r->arena, r->tenant, p->id, &photos));
    const struct entry *e = rows.at;
    struct entry_view  *at = ARENA_ARRAY(r->arena, rows.len + 1, struct entry_view);
    for (size_t i = 0; i < rows.len; i++)
        at[i] = (struct entry_view){ .id = e[i].id, .kind = (int)e[i].kind, .at = e[i].at, .author = e[i].author, .text = e[i].text, .amount = e[i].amount,
                                     .step_id = e[i].step_id, .source_id = e[i].source_id, .state = (int)e[i].state, .is_public = e[i].is_public,
                                     .photos = photos_in(r->arena, &photos, e[i].id), .void_at = e[i].void_at, .void_reason = e[i].void_reason };
    v->story = (struct list){ at, rows.len };
    return OK;
}

/* What would keep its cases from closing, for whoever is to accept it. */
static err read_stuck(struct req *r, struct ids cases, struct project_view *v)
{
    struct stuck_view *at = ARENA_ARRAY(r->arena, cases.len + 1, struct stuck_view);
    size_t             n = 0;
    for (size_t i = 0; i < cases.len; i++) {
        struct case_part_of c;
        TRY(case_part_find(r, cases.at[i], &c));
        if (c.stuck != ERR_NONE)
            at[n++] = (struct stuck_view){ c.id, case_stuck_text(r, &c) };
    }
    v->stuck = (struct list){ at, n };
    return OK;
}

static err read_staying(struct req *r, struct ids needs, struct project_view *v)
{
    struct staying_view *at = ARENA_ARRAY(r->arena, needs.len + 1, struct staying_view);
    size_t               len = 0;
    for (size_t i = 0; i < needs.len; i++) {
        struct exchange_part_of n;
        TRY(exchange_part_find(r, needs.at[i], &n));
        if (n.stays != ERR_NONE)
            at[len++] = (struct staying_view){ n.id, exchange_stays_text(r, n.stays) };
    }
    v->staying = (struct list){ at, len };
    return OK;
}

static err read_judging(struct req *r, const struct project *p, const struct list *team, const struct list *links, struct project_view *v)
{
    enum err_code why;
    bool          holds = p->state == PROJECT_FOR_ACCEPTANCE && req_may(r, PERM_NEED_MANAGE, PROJECT_AREA(p));
    if (holds) {
        TRY(judge_check(r, p, team, &why));
        v->may_judge = why == ERR_NONE || why == ERR_ANSWERS_WAIT;
        v->judge_why = why == ERR_NONE ? STR_NONE : str_of(err_text(why, r->lang == LANG_ZH));
    }
    if (v->may_judge) {
        TRY(read_stuck(r, project_linked(r->arena, links, LINK_CASE), v));
        TRY(read_staying(r, project_linked(r->arena, links, LINK_NEED), v));
    }
    return holds || v->i.may_manage || in_team(team, r->caller.person) ? voice_views(r, p, &v->voices) : OK;
}

static err read_view(struct req *r, const struct project *p, struct project_view *v)
{
    struct list team, links;
    int64_t     days = setting_i64(r->app, "project.answer_days", r->now);
    TRY(team_of(r->db, r->arena, r->tenant, p->id, &team));
    TRY(links_of(r->db, r->arena, r->tenant, p->id, &links));
    *v = (struct project_view){ .i = project_item_of(r, p, 0), .text = p->text, .reason = p->reason, .team = team_views(r, &team), .left = project_left(p),
                                .round = p->round, .asked_at = p->asked_at, .ended_at = p->ended_at,
                                .heard_at = p->state == PROJECT_FOR_ACCEPTANCE ? p->asked_at + days * MS_DAY : 0 };
    v->may_work = project_at_work(p->state) && (v->i.may_manage || in_team(&team, r->caller.person));
    TRY(read_steps(r, p, &team, v));
    TRY(read_sources(r, p, v));
    TRY(read_story(r, p, v));
    TRY(case_lines(r, project_linked(r->arena, &links, LINK_CASE), &v->from_cases));
    TRY(exchange_lines(r, project_linked(r->arena, &links, LINK_NEED), &v->from_needs));
    return read_judging(r, p, &team, &links, v);
}

err project_answer(struct req *r, int64_t id, bool created)
{
    struct project      p;
    struct project_view v;
    TRY(project_get(r->db, r->arena, r->tenant, id, &p));
    TRY(read_view(r, &p, &v));
    return created ? reply_created(r, str_fmt(r->arena, "/api/v1/projects/%lld", (long long)id), project_view_fields, &v, p.version)
                   : reply_view(r, project_view_fields, &v, p.version);
}

static err get_project(struct req *r)
{
    struct project p;
    TRY(project_open(r, r->path[0], &p));
    return project_answer(r, p.id, false);
}

/* ---- list and figures ---- */

struct project_query { struct str text, kind, after; int64_t area, unit, need, limit; int state; bool late, open; };
static const struct field query_fields[] = {
    FIELD_STR(struct project_query, text, 1, 100, 0, "Part of the line"),
    FIELD_STR(struct project_query, kind, 1, 40, 0, "Only of this kind"),
    FIELD_ID(struct project_query, area, 0, "Only for this area or one below it"),
    FIELD_ID(struct project_query, unit, 0, "Only run by this unit, or one below it"),
    FIELD_ID(struct project_query, need, 0, "Only those that this need is part of"),
    FIELD_WORD(struct project_query, state, project_state_words, 0, "Only in this state"),
    FIELD_BOOL(struct project_query, open, 0, "Only those that have not ended"),
    FIELD_BOOL(struct project_query, late, 0, "Only those that are late"),
    FIELD_STR(struct project_query, after, 1, 200, 0, "The page before's next"),
    FIELD_I64(struct project_query, limit, 1, 200, 0, "At most so many (50)"),
    FIELD_END
};

enum { BY_STATE = 1, STILL_OPEN = 2, OF_NEED = 4 };
static const char *const fragments[] = { " AND n.state = $3", " AND n.state < 5",
                                         " AND n.id IN (SELECT k.project_id FROM project_link k WHERE k.tenant_id = $1 AND k.object_id = $4 AND k.kind = 2)", NULL };
static const char *const tails[] = { " ORDER BY n.id DESC LIMIT 200", NULL };
DB_FAMILY(project_page, "SELECT " PROJECT_COLUMNS " FROM project n WHERE n.tenant_id = $1 AND n.id < $2", fragments, tails)
DB_SQL(project_late_steps, "SELECT s.project_id, COUNT(*) FROM project_step s JOIN project p ON p.tenant_id = s.tenant_id AND p.id = s.project_id "
                           "WHERE s.tenant_id = $1 AND s.done_at IS NULL AND s.due_at < $2 AND p.state < 5 GROUP BY s.project_id")

struct late { int64_t project_id, steps; };
static const struct field late_map[] = { FIELD_ID(struct late, project_id, 0, ""), FIELD_I64(struct late, steps, 0, 0, 0, ""), FIELD_END };

static int64_t late_in(const struct list *late, int64_t project)
{
    const struct late *l = late->at;
    for (size_t i = 0; i < late->len; i++)
        if (l[i].project_id == project)
            return l[i].steps;
    return 0;
}

static bool unit_wanted(const struct unit_snapshot *s, const struct project_query *q, const struct project *p)
{
    struct unit_ref own = PROJECT_UNIT(p), asked = { unit_depth(s, (struct unit_ref){ UNIT_AREA, q->unit }) >= 0 ? UNIT_AREA : UNIT_ORG, q->unit };
    if (q->area && !unit_within(s, PROJECT_AREA(p), (struct unit_ref){ UNIT_AREA, q->area }))
        return false;
    if (!q->unit || unit_within(s, own, asked))
        return true;
    return asked.kind == UNIT_AREA && own.kind == UNIT_ORG && unit_within(s, (struct unit_ref){ UNIT_AREA, unit_area_of(s, own) }, asked);
}

static bool text_wanted(struct req *r, struct str wanted, struct str title)
{
    struct str fold = wanted.ptr ? search_fold(r->arena, wanted) : STR_NONE, own = search_fold(r->arena, title);
    return !fold.len || memmem(own.ptr, own.len, fold.ptr, fold.len) != NULL;
}

static bool wanted(struct req *r, const struct unit_snapshot *s, const struct project *p)
{
    const struct project_query *q = r->query;
    return unit_wanted(s, q, p) && (!q->kind.ptr || str_eq(q->kind, p->kind)) && (!q->late || project_late(p, r->now)) &&
           text_wanted(r, q->text, p->title) && (p->state != PROJECT_DRAFT || manages(r, p));
}

/* Calls fn for those wanted, the newest first, until it says that it has enough. *last: the last one looked at; *more: there may be others. */
static err each_wanted(struct req *r, bool (*fn)(struct req *r, const struct project *p, void *arg), void *arg, int64_t *last, bool *more)
{
    const struct project_query *q = r->query;
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        enough = false;
    err                         e = OK;
    *more = true;
    for (size_t looked = 0; !enough && *more && looked < SCAN_MOST; looked += BATCH) {
        struct db_rows rows;
        struct list    found = { NULL, 0 };
        e = db_query_family(r->db, &project_page, (q->state ? BY_STATE : 0) | (q->open ? STILL_OPEN : 0) | (q->need ? OF_NEED : 0), 0,
                            DB_ARGS(I64(r->tenant), I64(*last), I64(q->state), I64(q->need)), &rows);
        if (!failed(e))
            e = db_take(&rows, r->arena, project_map, sizeof(struct project), BATCH, &found);
        if (failed(e))
            break;
        const struct project *p = found.at;
        for (size_t i = 0; i < found.len && !enough; i++) {
            *last = p[i].id;
            enough = wanted(r, s, &p[i]) && fn(r, &p[i], arg);
        }
        *more = enough || found.len == BATCH;
    }
    unit_release(s);
    return e;
}

struct page { struct project *at; size_t n, most; };

static bool take_row(struct req *r, const struct project *p, void *arg)
{
    struct page *page = arg;
    (void)r;
    page->at[page->n++] = *p;
    return page->n == page->most;
}

static err read_late(struct req *r, struct list *out)
{
    return db_all(r->db, r->arena, &project_late_steps, DB_ARGS(I64(r->tenant), I64(r->now)), late_map, sizeof(struct late), 0, out);
}

static err list_projects(struct req *r)
{
    const struct project_query *q = r->query;
    struct page                 page = { .most = q->limit ? (size_t)q->limit : PAGE };
    int64_t                     last = INT64_MAX, ignored;
    bool                        more;
    struct list                 late;
    page.at = ARENA_ARRAY(r->arena, page.most + 1, struct project);
    if (q->after.ptr && !req_cursor_read(r, q->after, &last, &ignored))
        return FAIL_AT(ERR_INVALID, "after");
    TRY(each_wanted(r, take_row, &page, &last, &more));
    TRY(read_late(r, &late));
    struct project_item *items = ARENA_ARRAY(r->arena, page.n + 1, struct project_item);
    for (size_t i = 0; i < page.n; i++)
        items[i] = project_item_of(r, &page.at[i], late_in(&late, page.at[i].id));
    return reply_list(r, project_item_fields, sizeof *items, (struct list){ items, page.n }, more ? req_cursor(r, last, 0) : STR_NONE);
}

struct figures { int64_t projects, late, steps_late, cases, promised, paid, spent; struct list lates; };
static const struct field figure_fields[] = {
    FIELD_I64(struct figures, projects, 0, 0, REQUIRED, "Projects"),
    FIELD_I64(struct figures, late, 0, 0, REQUIRED, "Of these, late"),
    FIELD_I64(struct figures, steps_late, 0, 0, REQUIRED, "Milestones that are late"),
    FIELD_I64(struct figures, cases, 0, 0, REQUIRED, "Cases that are part of them"),
    FIELD_I64(struct figures, promised, 0, 0, REQUIRED, "Money promised, fen"),
    FIELD_I64(struct figures, paid, 0, 0, REQUIRED, "Money that came in, fen"),
    FIELD_I64(struct figures, spent, 0, 0, REQUIRED, "Money spent, fen"),
    FIELD_END
};

static bool count_row(struct req *r, const struct project *p, void *arg)
{
    struct figures *f = arg;
    f->projects++;
    f->late += project_late(p, r->now);
    f->steps_late += late_in(&f->lates, p->id);
    f->cases += p->cases;
    f->promised += p->promised;
    f->paid += p->paid;
    f->spent += p->spent;
    return false;
}

static err get_figures(struct req *r)
{
    struct figures f = { 0 };
    int64_t        last = INT64_MAX;
    bool           more;
    TRY(read_late(r, &f.lates));
    TRY(each_wanted(r, count_row, &f, &last, &more));
    return reply_view(r, figure_fields, &f, 0);
}


static err list_kinds(struct req *r)
{
    return reply_list(r, choice_fields, sizeof(struct choice), project_kinds(r), STR_NONE);
}

/* ---- entering and changing ---- */

struct project_body {
    int64_t    unit_id, area_id;
    int        unit_kind;
    struct str kind, title, text;
    bool       is_public;
    ms         begins_at, due_at;
    struct ids cases, needs;
};
#define BODY(needed)                                                                                                                    \
    FIELD_STR(struct project_body, kind, 1, 40, (needed), "Code of its kind"),                                                          \
    FIELD_STR(struct project_body, title, 1, 100, (needed), "In a line"),                                                               \
    FIELD_STR(struct project_body, text, 1, 4000, MULTILINE, "What is to be done and why; no names of reporters"),                      \
    FIELD_ID(struct project_body, area_id, 0, "Whom it is for; when not given the area of its cases, else the unit's own"),                                    \
    FIELD_TIME(struct project_body, begins_at, 0, "Planned beginning"),                                                                 \
    FIELD_TIME(struct project_body, due_at, 0, "Planned end"),                                                                          \
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct project_body, is_public), .doc = "Shown to residents" }
static const struct field create_fields[] = {
    BODY(REQUIRED),
    FIELD_WORD(struct project_body, unit_kind, unit_kind_words, REQUIRED, "area or org: who runs it"),
    FIELD_ID(struct project_body, unit_id, REQUIRED, "Who runs it"),
    FIELD_IDS(struct project_body, cases, 0, 200, 0, "Cases that it grows out of, which the caller sees"),
    FIELD_IDS(struct project_body, needs, 0, 200, 0, "Needs that it is for"),
    FIELD_END
};
static const struct field change_fields[] = { BODY(0), FIELD_END };
#define GIVEN(m) field_given(change_fields, &r->given, offsetof(struct project_body, m))

/* The unit's own area, and whether it is there. */
static int64_t area_of_unit(struct req *r, struct unit_ref u, bool *there)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    int64_t                     area = unit_area_of(s, u);
    *there = u.id && unit_in_use(s, u);
    area = *there && !area ? unit_root(s) : area;
    unit_release(s);
    return area;
}

static void check(struct req *r, const struct project *p)
{
    struct list kinds = project_kinds(r);
    bool        there;
    area_of_unit(r, PROJECT_AREA(p), &there);
    if (!choice_find(&kinds, p->kind))
        req_fault(r, "kind", ERR_NOT_A_CHOICE);
    if (!there)
        req_fault(r, "area_id", ERR_UNKNOWN_REFERENCE);
    if (p->begins_at && p->due_at && p->due_at <= p->begins_at)
        req_fault(r, "due_at", ERR_PERIOD);
}

static err create(struct req *r)
{
    const struct project_body *in = r->body;
    struct unit_ref            unit = { (enum unit_kind)in->unit_kind, in->unit_id };
    bool                       there;
    int64_t                    home = area_of_unit(r, unit, &there);
    struct project p = { .id = id_new(), .kind = in->kind, .title = in->title, .text = in->text, .unit_kind = in->unit_kind, .unit_id = in->unit_id,
                         .area_id = in->area_id ? in->area_id : home, .is_public = in->is_public, .state = PROJECT_DRAFT, .begins_at = in->begins_at,
                         .due_at = in->due_at, .created_at = r->now, .created_by = r->caller.account, .reason = STR_NONE };
    struct entry e = { .project_id = p.id, .kind = ENTRY_DECIDED, .state = PROJECT_DRAFT, .text = STR_NONE };
    if (!there)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "unit_id");
    TRY(req_allow(r, PERM_PROJECT_MANAGE, unit));
    if (!in->area_id)
        TRY(project_area_of(r, in->cases, home, &p.area_id));
    check(r, &p);
    if (p.due_at && p.due_at <= r->now)
        req_fault(r, "due_at", ERR_TIME_IN_PAST);
    if (r->faults.len)
        return req_faults(r);
    TRY(project_insert(r->db, r->arena, r->tenant, &p));
    TRY(project_link(r, &p, in->cases, in->needs));
    TRY(project_tell(r, &e, (struct ids){ NULL, 0 }));
    TRY(project_settle(r->db, r->arena, r->tenant, &p, r->now));
    TRY(audit_record(r, "project.create", "project", p.id, project_json(r, &p)));
    return project_answer(r, p.id, true);
}

static void take_over(struct req *r, const struct project_body *in, struct project *p)
{
    if (GIVEN(kind))
        p->kind = in->kind;
    if (GIVEN(title))
        p->title = in->title;
    if (GIVEN(text))
        p->text = in->text;
    if (GIVEN(area_id) && in->area_id)
        p->area_id = in->area_id;
    if (GIVEN(is_public))
        p->is_public = in->is_public;
    if (GIVEN(begins_at))
        p->begins_at = in->begins_at;
    if (GIVEN(due_at))
        p->due_at = in->due_at;
}

static err change(struct req *r)
{
    struct project before, p;
    TRY(project_own(r, r->path[0], &before));
    TRY(req_version_needed(r, before.version));
    p = before;
    take_over(r, r->body, &p);
    check(r, &p);
    if (!p.title.ptr)
        req_fault(r, "title", ERR_REQUIRED);
    TRY(req_faults(r));
    TRY(project_update(r->db, r->arena, r->tenant, &p, r->now));
    TRY(audit_record(r, "project.change", "project", p.id,
                     str_fmt(r->arena, "{\"before\":%.*s,\"after\":%.*s}", STR_ARG(project_json(r, &before)), STR_ARG(project_json(r, &p)))));
    return project_answer(r, p.id, false);
}

/* ---- team ---- */

struct member_body { int role; int64_t person_id, org_id; struct str duty; };
static const struct field member_body_fields[] = {
    FIELD_WORD(struct member_body, role, team_role_words, REQUIRED, "lead, captain, liaison (a person, one of each) or member"),
    FIELD_ID(struct member_body, person_id, 0, "Person with an account; or"),
    FIELD_ID(struct member_body, org_id, 0, "an organisation"),
    FIELD_STR(struct member_body, duty, 1, 100, 0, "What they look after"),
    FIELD_END
};
struct team_body { struct list members; };
static const struct field team_fields[] = {
    FIELD_LIST(struct team_body, members, member_body_fields, struct member_body, 0, 60, REQUIRED, "The whole team; whoever is not in it leaves it"), FIELD_END
};
DB_SQL(project_person_account, "SELECT COUNT(*) FROM account WHERE tenant_id = $1 AND person_id = $2")

/* One who has been in it before stays, whoever may see them; a new one is seen by the caller and has an account. */
static err check_member(struct req *r, const struct list *before, const struct member *m, const char *field)
{
    int64_t accounts = 0;
    bool    there = true;
    if (m->org_id)
        area_of_unit(r, (struct unit_ref){ UNIT_ORG, m->org_id }, &there);
    if (m->person_id && !in_team(before, m->person_id) && m->person_id != r->caller.person) {
        struct str name;
        err        e = account_person_seen(r, m->person_id, &name);
        if (failed(e) && e.code != ERR_NOT_FOUND)
            return e;
        TRY(db_number(r->db, &project_person_account, DB_ARGS(I64(r->tenant), I64(m->person_id)), &accounts));
        there = !failed(e) && accounts > 0;
    }
    if (!there)
        req_fault(r, field, ERR_UNKNOWN_REFERENCE);
    return OK;
}

static err tell_new(struct req *r, const struct project *p, const struct list *before, const struct list *now)
{
    const struct member *m = now->at;
    for (size_t i = 0; i < now->len; i++)
        if (m[i].person_id && m[i].person_id != r->caller.person && !in_team(before, m[i].person_id))
            TRY(notify_person(r, m[i].person_id, "project.team", "project", p->id, project_words(r, p, STR_NONE)));
    return OK;
}

static struct str team_json(struct arena *a, const struct list *team)
{
    const struct member *m = team->at;
    struct buf           b = buf_new(a, 0);
    struct jsonw         j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_key(&j, "team");
    jsonw_list(&j);
    for (size_t i = 0; i < team->len; i++) {
        jsonw_open(&j);
        jsonw_kv_z(&j, "role", team_role_words[m[i].role]);
        jsonw_kv_id(&j, "person", m[i].person_id);
        jsonw_kv_id(&j, "org", m[i].org_id);
        jsonw_close(&j);
    }
    jsonw_list_end(&j);
    jsonw_close(&j);
    return buf_view(&b);
}

static err put_team(struct req *r)
{
    const struct team_body   *in = r->body;
    const struct member_body *b = in->members.at;
    struct member            *m = ARENA_ARRAY(r->arena, in->members.len + 1, struct member);
    struct list               before, now = { m, in->members.len };
    struct project            p;
    size_t                    at;
    TRY(project_own(r, r->path[0], &p));
    TRY(req_version_needed(r, p.version));
    TRY(team_of(r->db, r->arena, r->tenant, p.id, &before));
    for (size_t i = 0; i < now.len; i++) {
        m[i] = (struct member){ .role = b[i].role, .person_id = b[i].person_id, .org_id = b[i].org_id, .duty = b[i].duty };
        TRY(check_member(r, &before, &m[i], str_z(r->arena, str_fmt(r->arena, "members[%zu].%s", i, m[i].org_id ? "org_id" : "person_id"))));
    }
    enum err_code wrong = team_check(&now, &at);
    if (wrong != ERR_NONE)
        req_fault(r, str_z(r->arena, str_fmt(r->arena, "members[%zu].%s", at, wrong == ERR_TEAM_ROLE ? "role" : "person_id")), wrong);
    TRY(req_faults(r));
    TRY(team_put(r->db, r->tenant, p.id, &now));
    TRY(tell_new(r, &p, &before, &now));
    TRY(audit_record(r, "project.team", "project", p.id, team_json(r->arena, &now)));
    TRY(project_update(r->db, r->arena, r->tenant, &p, r->now));
    return project_answer(r, p.id, false);
}

/* ---- where it stands ---- */

err project_decide(struct req *r, struct project *p, enum project_act act, const char *action, struct str reason)
{
    struct entry e = { .project_id = p->id, .kind = ENTRY_DECIDED, .text = reason };
    p->state = project_next(p->state, act);
    p->reason = reason;
    p->ended_at = project_ended(p->state) ? r->now : 0;
    e.state = p->state;
    TRY(project_update(r->db, r->arena, r->tenant, p, r->now));
    TRY(project_tell(r, &e, (struct ids){ NULL, 0 }));
    TRY(audit_record(r, action, "project", p->id, project_json(r, p)));
    return project_answer(r, p->id, false);
}

static err own_in(struct req *r, enum project_act act, struct project *p)
{
    TRY(project_get(r->db, r->arena, r->tenant, r->path[0], p));
    TRY(req_allow(r, PERM_PROJECT_MANAGE, PROJECT_UNIT(p)));
    TRY(req_version(r, p->version));
    return project_next(p->state, act) ? OK : FAIL(ERR_WRONG_STATE);
}

static err do_plan(struct req *r)
{
    struct project p;
    TRY(own_in(r, ACT_PLAN, &p));
    return project_decide(r, &p, ACT_PLAN, "project.plan", STR_NONE);
}

static err do_start(struct req *r)
{
    struct project p;
    TRY(own_in(r, ACT_START, &p));
    return p.steps ? project_decide(r, &p, ACT_START, "project.start", STR_NONE) : FAIL(ERR_NO_MILESTONE);
}

struct reason_body { struct str reason; };
static const struct field reason_fields[] = { FIELD_STR(struct reason_body, reason, 1, 500, REQUIRED | MULTILINE, "Why"), FIELD_END };

static err do_abandon(struct req *r)
{
    struct project p;
    TRY(own_in(r, ACT_ABANDON, &p));
    TRY(links_end(r->db, r->tenant, p.id));
    return project_decide(r, &p, ACT_ABANDON, "project.abandon", ((const struct reason_body *)r->body)->reason);
}

/* ---- routes ---- */

#define READ   .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "project"
#define MANAGE .perm = PERM_PROJECT_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "project"
#define VIEW   .reply_kind = REPLY_VIEW, .reply = project_view_fields

const struct route project_routes[] = {
    { GET, "/api/v1/projects/kinds", list_kinds, READ, .reply_kind = REPLY_LIST, .reply = choice_fields, .summary = "Kinds of projects" },
    { GET, "/api/v1/projects/figures", get_figures, READ, ROUTE_QUERY(struct project_query, query_fields), .reply_kind = REPLY_VIEW, .reply = figure_fields,
      .summary = "How many of a list are late, and their money" },
    { GET, "/api/v1/projects", list_projects, READ, ROUTE_QUERY(struct project_query, query_fields), .reply_kind = REPLY_LIST, .reply = project_item_fields,
      .summary = "Projects, the newest first; drafts only of units whose projects the caller runs" },
    { POST, "/api/v1/projects", create, MANAGE, ROUTE_BODY(struct project_body, create_fields), .flags = ROUTE_IDEMPOTENT, .reply_kind = REPLY_CREATED,
      .reply = project_view_fields, ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE, ERR_TIME_IN_PAST, ERR_IN_PROJECT),
      .summary = "Enter a project, as a draft; from cases and needs, which are linked" },
    { GET, "/api/v1/projects/:id", get_project, READ, VIEW, .summary = "One project: team, milestones, money, story, cases, what those it is for say" },
    { PATCH, "/api/v1/projects/:id", change, MANAGE, ROUTE_BODY(struct project_body, change_fields), VIEW, ROUTE_ERRORS(ERR_WRONG_STATE),
      .summary = "Change a project that is in work (If-Match)" },
    { PUT, "/api/v1/projects/:id/team", put_team, MANAGE, ROUTE_BODY(struct team_body, team_fields), VIEW,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_UNKNOWN_REFERENCE, ERR_TEAM_ROLE), .summary = "Who is in the team (If-Match)" },
    { POST, "/api/v1/projects/:id/plan", do_plan, MANAGE, VIEW, ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "A draft becomes a plan that others see" },
    { POST, "/api/v1/projects/:id/start", do_start, MANAGE, VIEW, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_NO_MILESTONE), .summary = "It is under way from now on" },
    { POST, "/api/v1/projects/:id/abandon", do_abandon, MANAGE, ROUTE_BODY(struct reason_body, reason_fields), VIEW, ROUTE_ERRORS(ERR_WRONG_STATE),
      .summary = "It ends without being accepted, and why; its cases go on by themselves" },
    ROUTE_END
};

/* ---- the feature ---- */

static err start(struct app *app)
{
    file_guard_for(app, "project_entry", project_file_guard);
    app->pledge_money = &project_money;
    project_remind_start(app);
    alliance_source_add(app, &project_source_of_plans);
    return OK;
}

const struct feature project_feature = { .name = "project", .routes = project_routes,
                                         .more_routes = { project_work_routes, project_link_routes, project_accept_routes, project_public_routes }, .start = start };
