/* resolution_http.c: resolutions over HTTP: of an alliance, one with its history; entered, corrected, done, dropped and opened again by whoever manages the
 * alliance; whoever takes one on says how it gets on. */
#include "resolution_inside.h"

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../notify/notify.h"
#include "../setting/setting.h"

enum { PAGE = 50, ORGS_MOST = 60 };

/* ---- views ---- */

const struct field resolution_org_fields[] = { FIELD_ID(struct resolution_org, org_id, REQUIRED, "Organisation"),
                                               FIELD_STR(struct resolution_org, name, 0, 0, REQUIRED, "Its name"), FIELD_END };
struct link_view { struct str kind, title; int64_t id; };
static const struct field link_fields[] = { FIELD_STR(struct link_view, kind, 0, 0, REQUIRED, "project, agreement or need"), FIELD_ID(struct link_view, id, REQUIRED, "Id"),
                                            FIELD_STR(struct link_view, title, 0, 0, 0, "In a line; null: not the reader's to see"), FIELD_END };
struct item_view {
    int64_t    id, alliance_id, version;
    int        way, state;
    struct str title, meeting, remark;
    bool       overdue, is_public;
    ms         decided_at, due_at, ended_at, created_at;
    struct list orgs;
};
#define ITEM(base, m) (base) + offsetof(struct item_view, m)
#define ITEM_FIELDS(base)                                                                                                                        \
    { .name = "id", .kind = KIND_ID, .offset = ITEM(base, id), .flags = REQUIRED, .doc = "Id" },                                                       \
    { .name = "alliance_id", .kind = KIND_ID, .offset = ITEM(base, alliance_id), .flags = REQUIRED, .doc = "Alliance" },                               \
    { .name = "title", .kind = KIND_STR, .offset = ITEM(base, title), .flags = REQUIRED, .doc = "What was decided, in a line" },                       \
    { .name = "decided_at", .kind = KIND_TIME, .offset = ITEM(base, decided_at), .flags = REQUIRED, .doc = "Day on which it was decided" },            \
    { .name = "way", .kind = KIND_WORD, .offset = ITEM(base, way), .words = resolution_way_words, .flags = REQUIRED, .doc = "How" },                   \
    { .name = "meeting", .kind = KIND_STR, .offset = ITEM(base, meeting), .doc = "At which meeting" },                                                 \
    { .name = "due_at", .kind = KIND_TIME, .offset = ITEM(base, due_at), .doc = "To be carried out by" },                                              \
    { .name = "state", .kind = KIND_WORD, .offset = ITEM(base, state), .words = resolution_state_words, .flags = REQUIRED, .doc = "Where it stands" }, \
    { .name = "overdue", .kind = KIND_BOOL, .offset = ITEM(base, overdue), .flags = REQUIRED, .doc = "Its day is over and it is open" },               \
    { .name = "remark", .kind = KIND_STR, .offset = ITEM(base, remark), .doc = "What was said of it when it was done or dropped" },                    \
    { .name = "ended_at", .kind = KIND_TIME, .offset = ITEM(base, ended_at), .doc = "When it was done or dropped" },                                   \
    { .name = "public", .kind = KIND_BOOL, .offset = ITEM(base, is_public), .flags = REQUIRED, .doc = "Shown to residents, when the alliance is" },    \
    { .name = "orgs", .kind = KIND_LIST, .offset = ITEM(base, orgs), .sub = resolution_org_fields, .size = sizeof(struct resolution_org),              \
      .flags = REQUIRED, .doc = "Who takes it on" },                                                                                             \
    { .name = "created_at", .kind = KIND_TIME, .offset = ITEM(base, created_at), .flags = REQUIRED, .doc = "When it was entered" },                    \
    { .name = "version", .kind = KIND_I64, .offset = ITEM(base, version), .flags = REQUIRED, .doc = "For If-Match" }
static const struct field item_fields[] = { ITEM_FIELDS(0), FIELD_END };

struct entry_view { int kind; struct str text, before, who, org_name; ms at; };
static const struct field entry_fields[] = {
    FIELD_WORD(struct entry_view, kind, resolution_kind_words, REQUIRED, "What happened"), FIELD_TIME(struct entry_view, at, REQUIRED, "When"),
    FIELD_STR(struct entry_view, who, 0, 0, 0, "Who wrote it"), FIELD_STR(struct entry_view, org_name, 0, 0, 0, "For which organisation, of a remark"),
    FIELD_STR(struct entry_view, text, 0, 0, 0, "In words"), FIELD_JSON(struct entry_view, before, 0, "What was corrected, as it was; null: no correction"), FIELD_END
};
struct one_view { struct item_view i; struct str text, alliance_name; struct link_view *link; struct list entries; bool may_manage, may_remark; };
static const struct field one_fields[] = {
    ITEM_FIELDS(offsetof(struct one_view, i)),
    FIELD_STR(struct one_view, alliance_name, 0, 0, REQUIRED, "The alliance's name"), FIELD_STR(struct one_view, text, 0, 0, 0, "Its words"),
    FIELD_OBJECT(struct one_view, link, link_fields, struct link_view, 0, "What it opened"),
    FIELD_LIST(struct one_view, entries, entry_fields, struct entry_view, 0, 0, REQUIRED, "Its history, the newest first"),
    FIELD_BOOL(struct one_view, may_manage, REQUIRED, "The caller corrects and ends it"),
    FIELD_BOOL(struct one_view, may_remark, REQUIRED, "The caller may say how it gets on"), FIELD_END
};

struct list resolution_orgs(struct req *r, struct ids orgs, bool is_public)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    struct resolution_org      *at = ARENA_ARRAY(r->arena, orgs.len + 1, struct resolution_org);
    size_t                      n = 0;
    for (size_t i = 0; i < orgs.len; i++)
        if (!is_public || unit_is_public(u, (struct unit_ref){ UNIT_ORG, orgs.at[i] }))
            at[n++] = (struct resolution_org){ orgs.at[i], unit_name_copy(r->arena, u, UNIT_ORG, orgs.at[i]) };
    unit_release(u);
    return (struct list){ at, n };
}

static struct item_view item_of(struct req *r, const struct resolution *n)
{
    return (struct item_view){ .id = n->id, .alliance_id = n->of_id, .version = n->version, .way = n->v.way, .state = (int)n->state, .title = n->v.title,
                               .meeting = n->v.meeting, .remark = n->remark, .overdue = resolution_overdue(n, r->now), .is_public = n->v.is_public,
                               .decided_at = n->v.decided_at, .due_at = n->v.due_at, .ended_at = n->ended_at, .created_at = n->created_at,
                               .orgs = resolution_orgs(r, n->v.org_ids, false) };
}

/* ---- who may ---- */

static bool manages(struct req *r, const struct alliance_present *of)
{
    return !of->ended && alliance_may(r, of->area, of->lead);
}

/* The organisation among those who take it on for which the caller speaks; 0: none. */
static int64_t speaks_for(struct req *r, const struct resolution *n)
{
    for (size_t i = 0; i < n->v.org_ids.len; i++)
        if (req_may(r, PERM_AGREEMENT_MANAGE, (struct unit_ref){ UNIT_ORG, n->v.org_ids.at[i] }))
            return n->v.org_ids.at[i];
    return 0;
}

/* The one of the path, which the caller manages. */
static err own(struct req *r, struct resolution *n, struct alliance_present *of)
{
    TRY(resolution_get(r->db, r->arena, r->tenant, r->path[0], n));
    TRY(alliance_present(r->db, r->arena, r->tenant, n->of_id, of));
    if (!alliance_may(r, of->area, of->lead))
        return FAIL(ERR_NOT_ALLOWED);
    return of->ended ? FAIL(ERR_ALLIANCE_ENDED) : OK;
}

/* ---- one ---- */

static err link_of(struct req *r, const struct resolution *n, struct link_view **out)
{
    if (!n->v.link_id)
        return OK;
    struct link_view *v = ARENA_NEW(r->arena, struct link_view);
    *v = (struct link_view){ n->v.link_kind, STR_NONE, n->v.link_id };
    *out = v;
    err e = alliance_named(r, v->kind, v->id, &v->title);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static err entries_view(struct req *r, int64_t id, struct list *out)
{
    struct list rows;
    TRY(resolution_entries(r->db, r->arena, r->tenant, id, &rows));
    const struct resolution_entry *e = rows.at;
    struct entry_view             *at = ARENA_ARRAY(r->arena, rows.len + 1, struct entry_view);
    for (size_t i = 0; i < rows.len; i++)
        at[i] = (struct entry_view){ (int)e[i].kind, e[i].text, e[i].before, e[i].who, unit_name_of(r, UNIT_ORG, e[i].org_id), e[i].at };
    *out = (struct list){ at, rows.len };
    return OK;
}

static err answer(struct req *r, int64_t id, bool created)
{
    struct resolution       n;
    struct alliance_present of;
    struct one_view         v = { 0 };
    TRY(resolution_get(r->db, r->arena, r->tenant, id, &n));
    TRY(alliance_present(r->db, r->arena, r->tenant, n.of_id, &of));
    TRY(link_of(r, &n, &v.link));
    TRY(entries_view(r, id, &v.entries));
    v.i = item_of(r, &n);
    v.text = n.v.text;
    v.alliance_name = of.name;
    v.may_manage = manages(r, &of);
    v.may_remark = !of.ended && (v.may_manage || speaks_for(r, &n));
    return created ? reply_created(r, str_fmt(r->arena, "/api/v1/resolutions/%lld", (long long)id), one_fields, &v, n.version) : reply_view(r, one_fields, &v, n.version);
}

static err get_one(struct req *r)
{
    return answer(r, r->path[0], false);
}

/* ---- those of an alliance ---- */

struct list_query { int state; struct str after; int64_t limit; };
static const struct field list_query_fields[] = {
    FIELD_WORD(struct list_query, state, resolution_state_words, 0, "Only those"), FIELD_STR(struct list_query, after, 1, 200, 0, "Cursor of the page before"),
    FIELD_I64(struct list_query, limit, 1, 200, 0, "How many at most; 50"), FIELD_END
};

static err list_of(struct req *r)
{
    const struct list_query *q = r->query;
    struct resolution_page   p = { .alliance = r->path[0], .state = q->state, .decided = INT64_MAX, .id = INT64_MAX, .most = q->limit ? (size_t)q->limit : PAGE };
    struct alliance_present  of;
    struct list              rows;
    if (q->after.ptr && !req_cursor_read(r, q->after, &p.decided, &p.id))
        return FAIL_AT(ERR_INVALID, "after");
    TRY(alliance_present(r->db, r->arena, r->tenant, p.alliance, &of));
    TRY(resolution_list(r->db, r->arena, r->tenant, &p, &rows));
    const struct resolution *n = rows.at;
    struct item_view        *at = ARENA_ARRAY(r->arena, rows.len + 1, struct item_view);
    for (size_t i = 0; i < rows.len; i++)
        at[i] = item_of(r, &n[i]);
    bool more = rows.len == p.most;
    return reply_list(r, item_fields, sizeof *at, (struct list){ at, rows.len }, more ? req_cursor(r, n[rows.len - 1].v.decided_at, n[rows.len - 1].id) : STR_NONE);
}

/* ---- what it may be ---- */

#define VALUE_FIELDS(base, needed)                                                                                                                \
    { .name = "title", .kind = KIND_STR, .offset = (base) + offsetof(struct resolved, title), .min = 1, .max = 200, .flags = (needed), .doc = "What was decided, in a line" }, \
    { .name = "text", .kind = KIND_STR, .offset = (base) + offsetof(struct resolved, text), .max = 20000, .flags = MULTILINE, .doc = "Its words" },            \
    { .name = "decided_at", .kind = KIND_TIME, .offset = (base) + offsetof(struct resolved, decided_at), .flags = (needed), .doc = "Day on which it was decided" }, \
    { .name = "way", .kind = KIND_WORD, .offset = (base) + offsetof(struct resolved, way), .words = resolution_way_words, .flags = (needed), .doc = "At a meeting, or by circulation" }, \
    { .name = "meeting", .kind = KIND_STR, .offset = (base) + offsetof(struct resolved, meeting), .max = 200, .doc = "At which meeting; needed at a meeting" },  \
    { .name = "org_ids", .kind = KIND_IDS, .offset = (base) + offsetof(struct resolved, org_ids), .max = ORGS_MOST, .doc = "Members that take it on" },          \
    { .name = "due_at", .kind = KIND_TIME, .offset = (base) + offsetof(struct resolved, due_at), .doc = "To be carried out by" },                               \
    { .name = "public", .kind = KIND_BOOL, .offset = (base) + offsetof(struct resolved, is_public), .doc = "Shown to residents, when the alliance is" },         \
    { .name = "link_kind", .kind = KIND_STR, .offset = (base) + offsetof(struct resolved, link_kind), .max = 20, .doc = "What it opened: project, agreement or need" }, \
    { .name = "link_id", .kind = KIND_ID, .offset = (base) + offsetof(struct resolved, link_id), .doc = "Which" }
static const struct field create_fields[] = { VALUE_FIELDS(0, REQUIRED), FIELD_END };
static const struct field value_fields[] = { VALUE_FIELDS(0, 0), FIELD_END };   /* of a body that changes, for the record of changes too */

/* before: who took it on until now: they stay, also when they have left the alliance. */
static void check_orgs(struct req *r, const struct alliance_present *of, struct ids orgs, struct ids before)
{
    for (size_t i = 0; i < orgs.len; i++) {
        const char *at = str_z(r->arena, str_fmt(r->arena, "org_ids[%zu]", i));
        if (!ids_has(of->orgs, orgs.at[i]) && !ids_has(before, orgs.at[i]))
            req_fault(r, at, ERR_NOT_MEMBER);
        if (ids_has((struct ids){ orgs.at, i }, orgs.at[i]))
            req_fault(r, at, ERR_TWICE);
    }
}

static err check_link(struct req *r, const struct resolved *v)
{
    struct str title;
    if (!v->link_kind.len != !v->link_id)
        req_fault(r, v->link_id ? "link_kind" : "link_id", ERR_REQUIRED);
    if (!v->link_kind.len || !v->link_id)
        return OK;
    err e = alliance_named(r, v->link_kind, v->link_id, &title);
    if (e.code == ERR_NOT_A_CHOICE)
        req_fault(r, "link_kind", e.code);
    else if (e.code == ERR_NOT_FOUND)
        req_fault(r, "link_id", ERR_UNKNOWN_REFERENCE);
    else
        return e;
    return OK;
}

static err check(struct req *r, const struct alliance_present *of, struct resolved *v, struct ids before)
{
    if (!v->title.len)
        req_fault(r, "title", ERR_REQUIRED);
    if (v->decided_at > r->now)
        req_fault(r, "decided_at", ERR_TIME_IN_FUTURE);
    if (v->decided_at + MS_DAY <= of->from)   /* on the very day of its foundation is in time */
        req_fault(r, "decided_at", ERR_PERIOD);
    if (v->due_at && v->due_at <= v->decided_at)
        req_fault(r, "due_at", ERR_PERIOD);
    if (v->way == WAY_MEETING && !v->meeting.len)
        req_fault(r, "meeting", ERR_REQUIRED);
    if (v->way == WAY_CIRCULATION)
        v->meeting = STR_NONE;
    check_orgs(r, of, v->org_ids, before);
    TRY(check_link(r, v));
    return req_faults(r);
}

/* ---- telling ---- */

static struct str words(struct req *r, const struct resolution *n, int64_t org)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "title", n->v.title);
    jsonw_kv_str(&j, "org", unit_name_of(r, UNIT_ORG, org));
    jsonw_close(&j);
    return buf_view(&b);
}

/* Room for all who take it on, and for whoever leads. */
static struct notify_place *places_for(struct req *r, const struct resolution *n)
{
    return ARENA_ARRAY(r->arena, n->v.org_ids.len + 2, struct notify_place);
}

static size_t who_takes_it_on(const struct resolution *n, struct notify_place *at)
{
    for (size_t i = 0; i < n->v.org_ids.len; i++)
        at[i] = (struct notify_place){ { UNIT_ORG, n->v.org_ids.at[i] }, PERM_AGREEMENT_MANAGE };
    return n->v.org_ids.len;
}

static size_t who_leads(const struct alliance_present *of, struct notify_place *at)
{
    at[0] = (struct notify_place){ { UNIT_AREA, of->area }, PERM_ALLIANCE_MANAGE };
    at[1] = (struct notify_place){ { UNIT_ORG, of->lead }, PERM_AGREEMENT_MANAGE };
    return of->lead ? 2 : 1;
}

err resolution_tell(struct req *r, const struct resolution *n, const char *kind)
{
    struct notify_place *at = places_for(r, n);
    return notify_units(r, at, who_takes_it_on(n, at), kind, "resolution", n->id, words(r, n, 0));
}

err resolution_tell_all(struct req *r, const struct resolution *n, const struct alliance_present *of, const char *kind)
{
    struct notify_place *at = places_for(r, n);
    size_t               count = who_takes_it_on(n, at);
    count += who_leads(of, at + count);
    return notify_units(r, at, count, kind, "resolution", n->id, words(r, n, 0));
}

err resolution_tell_lead(struct req *r, const struct resolution *n, const struct alliance_present *of, int64_t org, const char *kind)
{
    struct notify_place at[2];
    return notify_units(r, at, who_leads(of, at), kind, "resolution", n->id, words(r, n, org));
}

static ms next_of(struct req *r, const struct resolution *n)
{
    return resolution_next(n, r->now, setting_i64(r->app, "resolution.notice_days", r->now) * MS_DAY, setting_i64(r->app, "resolution.again_days", r->now) * MS_DAY);
}

static struct str value_json(struct req *r, const struct resolved *v)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    field_write(&j, value_fields, v);
    return buf_view(&b);
}

/* ---- entering and correcting ---- */

static err enter(struct req *r)
{
    struct resolved         v = *(const struct resolved *)r->body;
    struct alliance_present of;
    TRY(alliance_present(r->db, r->arena, r->tenant, r->path[0], &of));
    if (!alliance_may(r, of.area, of.lead))
        return FAIL(ERR_NOT_ALLOWED);
    if (of.ended)
        return FAIL(ERR_ALLIANCE_ENDED);
    TRY(check(r, &of, &v, (struct ids){ 0 }));
    struct resolution n = { .id = id_new(), .of_kind = OF_ALLIANCE, .of_id = r->path[0], .source_kind = SOURCE_ENTERED, .state = RESOLUTION_OPEN, .v = v,
                            .remark = STR_NONE, .created_at = r->now, .created_by = r->caller.account };
    n.next_at = next_of(r, &n);
    TRY(resolution_insert(r->db, r->tenant, &n));
    TRY(resolution_entry_add(r->db, r->tenant, n.id, &(struct resolution_entry){ .kind = ENTRY_ENTERED, .at = r->now }, r->caller.account));
    TRY(audit_record(r, "resolution.enter", "resolution", n.id, value_json(r, &v)));
    TRY(resolution_tell(r, &n, "resolution.taken"));
    return answer(r, n.id, true);
}

struct correct_body { struct resolved v; struct str reason; };
static const struct field correct_fields[] = { VALUE_FIELDS(0, 0), FIELD_STR(struct correct_body, reason, 1, 500, REQUIRED, "Why it is corrected"), FIELD_END };
#define GIVEN(member) field_given(correct_fields, &r->given, offsetof(struct resolved, member))

static void merge(struct req *r, const struct resolved *in, struct resolved *v)
{
    if (GIVEN(title))
        v->title = in->title;
    if (GIVEN(text))
        v->text = in->text;
    if (GIVEN(decided_at) && in->decided_at)
        v->decided_at = in->decided_at;
    if (GIVEN(way) && in->way)
        v->way = in->way;
    if (GIVEN(meeting))
        v->meeting = in->meeting;
    if (GIVEN(org_ids))
        v->org_ids = in->org_ids;
    if (GIVEN(due_at))
        v->due_at = in->due_at;
    if (GIVEN(is_public))
        v->is_public = in->is_public;
    if (GIVEN(link_kind))
        v->link_kind = in->link_kind;
    if (GIVEN(link_id))
        v->link_id = in->link_id;
}

static err correct(struct req *r)
{
    const struct correct_body *in = r->body;
    struct resolution          n;
    struct alliance_present    of;
    TRY(own(r, &n, &of));
    TRY(req_version_needed(r, n.version));
    struct resolved before = n.v;
    merge(r, &in->v, &n.v);
    TRY(check(r, &of, &n.v, before.org_ids));
    struct str changed = resolution_changed(r->arena, value_fields, &before, &n.v);
    if (!changed.ptr)
        return answer(r, n.id, false);
    n.next_at = next_of(r, &n);
    TRY(resolution_update(r->db, r->tenant, &n, r->now));
    TRY(resolution_entry_add(r->db, r->tenant, n.id, &(struct resolution_entry){ .kind = ENTRY_CORRECTED, .at = r->now, .text = in->reason, .before = changed },
                             r->caller.account));
    TRY(audit_record(r, "resolution.correct", "resolution", n.id,
                     str_fmt(r->arena, "{\"before\":%.*s,\"after\":%.*s}", STR_ARG(value_json(r, &before)), STR_ARG(value_json(r, &n.v)))));
    TRY(resolution_tell(r, &n, "resolution.corrected"));
    return answer(r, n.id, false);
}

/* ---- what becomes of it ---- */

struct said_body { struct str text; };
static const struct field said_fields[] = { FIELD_STR(struct said_body, text, 1, 2000, REQUIRED | MULTILINE, "In words"), FIELD_END };
static const struct field done_fields[] = { FIELD_STR(struct said_body, text, 1, 2000, MULTILINE, "What came of it"), FIELD_END };

/* It comes to that state: from open to an end, or from an end to open. */
static err move(struct req *r, enum resolution_state to, enum resolution_kind kind, const char *action, const char *told)
{
    const struct said_body *in = r->body;
    struct resolution       n;
    struct alliance_present of;
    TRY(own(r, &n, &of));
    TRY(req_version(r, n.version));
    if ((n.state == RESOLUTION_OPEN) == (to == RESOLUTION_OPEN))
        return FAIL(ERR_WRONG_STATE);
    n.state = to;
    n.remark = to == RESOLUTION_OPEN ? STR_NONE : in->text;
    n.ended_at = to == RESOLUTION_OPEN ? 0 : r->now;
    n.next_at = next_of(r, &n);
    TRY(resolution_update(r->db, r->tenant, &n, r->now));
    TRY(resolution_entry_add(r->db, r->tenant, n.id, &(struct resolution_entry){ .kind = kind, .at = r->now, .text = in->text }, r->caller.account));
    TRY(audit_record(r, action, "resolution", n.id, str_fmt(r->arena, "{\"state\":\"%s\"}", resolution_state_words[to])));
    TRY(resolution_tell(r, &n, told));
    return answer(r, n.id, false);
}

static err do_done(struct req *r)
{
    return move(r, RESOLUTION_DONE, ENTRY_DONE, "resolution.done", "resolution.done");
}

static err do_drop(struct req *r)
{
    return move(r, RESOLUTION_DROPPED, ENTRY_DROPPED, "resolution.drop", "resolution.dropped");
}

static err do_reopen(struct req *r)
{
    return move(r, RESOLUTION_OPEN, ENTRY_REOPENED, "resolution.reopen", "resolution.reopened");
}

/* Whoever takes it on tells whoever leads; whoever manages the alliance tells those who take it on. */
static err remark(struct req *r)
{
    const struct said_body *in = r->body;
    struct resolution       n;
    struct alliance_present of;
    TRY(resolution_get(r->db, r->arena, r->tenant, r->path[0], &n));
    TRY(alliance_present(r->db, r->arena, r->tenant, n.of_id, &of));
    bool    leads = alliance_may(r, of.area, of.lead);
    int64_t org = leads ? 0 : speaks_for(r, &n);
    if (!org && !leads)
        return FAIL(ERR_NOT_ALLOWED);
    if (of.ended)
        return FAIL(ERR_ALLIANCE_ENDED);
    TRY(resolution_entry_add(r->db, r->tenant, n.id, &(struct resolution_entry){ .kind = ENTRY_REMARK, .at = r->now, .org_id = org, .text = in->text }, r->caller.account));
    TRY(audit_record(r, "resolution.remark", "resolution", n.id, STR_NONE));
    TRY(org ? resolution_tell_lead(r, &n, &of, org, "resolution.told") : resolution_tell(r, &n, "resolution.remark"));
    return answer(r, n.id, false);
}

/* ---- routes ---- */

#define READ   .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "resolution"
#define MANAGE .perm = PERM_ALLIANCE_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "resolution"
#define VIEW   .reply_kind = REPLY_VIEW, .reply = one_fields

const struct route resolution_routes[] = {
    { GET, "/api/v1/alliances/:id/resolutions", list_of, READ, ROUTE_QUERY(struct list_query, list_query_fields), .reply_kind = REPLY_LIST, .reply = item_fields,
      .summary = "What an alliance decided, the newest first" },
    { POST, "/api/v1/alliances/:id/resolutions", enter, MANAGE, ROUTE_BODY(struct resolved, create_fields), .body_max = 128 << 10, .flags = ROUTE_IDEMPOTENT,
      .reply_kind = REPLY_CREATED, .reply = one_fields, ROUTE_ERRORS(ERR_NOT_MEMBER, ERR_TWICE, ERR_PERIOD, ERR_UNKNOWN_REFERENCE, ERR_ALLIANCE_ENDED),
      .summary = "Enter a resolution; those who take it on are told" },
    { GET, "/api/v1/resolutions/:id", get_one, READ, VIEW, .summary = "One resolution with its history" },
    { PATCH, "/api/v1/resolutions/:id", correct, MANAGE, ROUTE_BODY(struct correct_body, correct_fields), .body_max = 128 << 10, VIEW,
      ROUTE_ERRORS(ERR_NOT_MEMBER, ERR_TWICE, ERR_PERIOD, ERR_UNKNOWN_REFERENCE, ERR_ALLIANCE_ENDED),
      .summary = "Correct a resolution, and why (If-Match); what it was stays in its history" },
    { POST, "/api/v1/resolutions/:id/done", do_done, MANAGE, ROUTE_BODY(struct said_body, done_fields), VIEW, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_ALLIANCE_ENDED),
      .summary = "It was carried out" },
    { POST, "/api/v1/resolutions/:id/drop", do_drop, MANAGE, ROUTE_BODY(struct said_body, said_fields), VIEW, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_ALLIANCE_ENDED),
      .summary = "It is not carried out any more, and why" },
    { POST, "/api/v1/resolutions/:id/reopen", do_reopen, MANAGE, ROUTE_BODY(struct said_body, said_fields), VIEW, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_ALLIANCE_ENDED),
      .summary = "It is open again, and why" },
    { POST, "/api/v1/resolutions/:id/remarks", remark, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "resolution",
      ROUTE_BODY(struct said_body, said_fields), VIEW, ROUTE_ERRORS(ERR_ALLIANCE_ENDED),
      .summary = "How it gets on: by agreement.manage at an organisation that takes it on, or by whoever manages the alliance" },
    ROUTE_END
};

/* ---- what is planned ---- */

static err planned(struct req *r, const struct alliance_asks *q, struct list *out)
{
    struct list rows;
    TRY(resolution_planned(r->db, r->arena, r->tenant, q->alliance, q->until, q->is_public, q->most, &rows));
    const struct resolution *n = rows.at;
    struct alliance_planned *at = ARENA_ARRAY(r->arena, rows.len + 1, struct alliance_planned);
    for (size_t i = 0; i < rows.len; i++)
        at[i] = (struct alliance_planned){ PLANNED_RESOLUTION, n[i].id, n[i].id, n[i].v.title, n[i].v.meeting, n[i].v.org_ids, n[i].v.due_at };
    *out = (struct list){ at, rows.len };
    return OK;
}

static err start(struct app *app)
{
    static const struct alliance_source source = { "resolution", planned, NULL, NULL };
    alliance_source_add(app, &source);
    resolution_remind_start(app);
    return OK;
}

const struct feature resolution_feature = { .name = "resolution", .routes = resolution_routes, .more_routes = { resolution_public_routes }, .start = start };

/* ---- the demonstration ---- */

err resolution_add(struct app *app, struct db_conn *c, struct arena *a, const struct resolution_made *in, ms now)
{
    struct req        r = { .app = app, .arena = a, .db = c, .tenant = app->tenant, .now = now };
    struct resolution n = { .id = id_new(), .of_kind = OF_ALLIANCE, .of_id = in->alliance, .source_kind = SOURCE_ENTERED,
                            .state = in->done.ptr ? RESOLUTION_DONE : RESOLUTION_OPEN, .remark = in->done, .ended_at = in->ended_at, .created_at = in->decided_at,
                            .v = { .title = in->title, .text = in->text, .meeting = in->meeting, .link_kind = STR_NONE, .way = in->meeting.ptr ? WAY_MEETING : WAY_CIRCULATION,
                                   .is_public = in->is_public, .decided_at = in->decided_at, .due_at = in->due_at, .org_ids = in->orgs } };
    n.next_at = next_of(&r, &n);
    TRY(resolution_insert(c, app->tenant, &n));
    TRY(resolution_entry_add(c, app->tenant, n.id, &(struct resolution_entry){ .kind = ENTRY_ENTERED, .at = in->decided_at }, 0));
    return in->done.ptr ? resolution_entry_add(c, app->tenant, n.id, &(struct resolution_entry){ .kind = ENTRY_DONE, .at = in->ended_at, .text = in->done }, 0) : OK;
}
