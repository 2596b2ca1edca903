/* Moving, merging and closing organisations over HTTP. */
#include "reorganise.h"
#include "sight.h"

#include "../../base/jsonw.h"
#include "../agreement/agreement.h"
#include "../alliance/alliance.h"
#include "../audit/audit.h"
#include "../case/case.h"
#include "../exchange/exchange.h"
#include "../notify/notify.h"
#include "../project/project.h"
#include "../resolution/resolution.h"
#include "../service/service.h"
#include "../setting/setting.h"

/* ---- what hangs on an organisation ---- */

enum hung { HUNG_NONE, HUNG_CHILDREN, HUNG_POSTS, HUNG_CASES, HUNG_CALLS, HUNG_RULES, HUNG_LEADS, HUNG_CATCH_ALL, HUNG_SEATS, HUNG_SERVICES, HUNG_CONTACTS,
            HUNG_NEEDS, HUNG_CLAIMS, HUNG_OFFERS, HUNG_PROJECTS, HUNG_AGREEMENTS, HUNG_ORDERS, HUNG_MENU, HUNG_RESOLUTIONS, HUNG_COUNT };
static const char *const hung_words[] = { NULL, "children", "posts", "cases", "calls", "rules", "leads", "catch_all", "seats", "services", "contacts",
                                          "needs", "claims", "offers", "projects", "agreements", "orders", "menu", "resolutions", NULL };

struct hung_view { int what; int64_t count; bool holds; };
static const struct field hung_fields[] = {
    FIELD_WORD(struct hung_view, what, hung_words, REQUIRED,
               "children: organisations below; posts: appointments; cases, calls: open ones; rules that send to it; leads: alliances it leads; catch_all: "
               "what lies outside every area goes to it; seats in alliances; services: areas it serves or will; contacts; needs, claims: "
               "open ones; offers: resources on the list; projects: open ones that it runs or owes money to; agreements it is a party of that have not ended; "
               "orders: open ones of its services; menu: services and packages on the menu; resolutions: open ones of alliances that it takes on"),
    FIELD_I64(struct hung_view, count, 0, 0, REQUIRED, "How many"),
    FIELD_BOOL(struct hung_view, holds, REQUIRED, "It cannot be closed while there are any"),
    FIELD_END
};

/* While there are any of these it is not closed. */
static const struct { enum hung what; const char *zh, *en; } keeps[] = {
    { HUNG_CHILDREN, "还有下级组织在用", "Organisations below it are in use" },
    { HUNG_POSTS, "还有人在该组织任职", "Appointments at it hold" },
    { HUNG_CASES, "还有未办结的事项在它手上", "Open cases are with it" },
    { HUNG_CALLS, "还有对它的吹哨没有答复", "Calls to it wait for an answer" },
    { HUNG_RULES, "还有派单规则派到它", "Rules send cases to it" },
    { HUNG_LEADS, "它还在牵头联盟，请先让另一家成员接手", "It leads an alliance: let another member take over first" },
    { HUNG_CATCH_ALL, "区外位置的事项归它，请先改设置", "Cases outside every area go to it: change the setting first" },
    { HUNG_NEEDS, "它提出的需求还没有了结", "Needs it asks for are open" },
    { HUNG_CLAIMS, "它认领的需求还没有了结", "Needs it took on are not settled" },
    { HUNG_ORDERS, "还有对它的点单没有了结", "Orders of its services are open" },
    { HUNG_PROJECTS, "它牵头的项目没有结束，或承诺的项目资金没有到账", "Projects that it runs have not ended, or money it promised to some has not come in" },
    { HUNG_AGREEMENTS, "它还是未终止协议的一方", "Agreements it is a party of have not ended" },
    { HUNG_RESOLUTIONS, "它承担的联盟决议还没有办结", "Resolutions of alliances that it takes on are open" },
};

static bool keeps_open(enum hung what)
{
    for (size_t i = 0; i < sizeof keeps / sizeof *keeps; i++)
        if (keeps[i].what == what)
            return true;
    return false;
}

static int64_t leads_in(const struct list *seats)
{
    int64_t n = 0;
    for (size_t i = 0; i < seats->len; i++)
        n += alliance_leads(&((const struct alliance_seat *)seats->at)[i]);
    return n;
}

static err hung_on(struct req *r, int64_t org, struct list *out)
{
    struct unit_org_held unit;
    struct case_held     work;
    struct exchange_held lists;
    struct service_held  menu;
    struct list          seats;
    int64_t              catch_all, projects, agreements, resolutions;
    TRY(unit_org_holds(r->db, r->arena, r->tenant, org, r->now, &unit));
    TRY(case_held_by(r->db, r->tenant, org, r->now, &work));
    TRY(alliance_seats(r->db, r->arena, r->tenant, org, &seats));
    TRY(exchange_held_by(r->db, r->tenant, org, &lists));
    TRY(service_held_by(r->db, r->tenant, org, &menu));
    TRY(project_held_by(r->db, r->tenant, org, &projects));
    TRY(agreement_held_by(r->db, r->tenant, org, &agreements));
    TRY(resolution_held_by(r->db, r->tenant, org, &resolutions));
    bool    last = str_to_i64(setting_text(r->app, r->arena, "case.catch_all_org", r->now), &catch_all) && catch_all == org;
    int64_t counts[] = { [HUNG_CHILDREN] = unit.children, [HUNG_POSTS] = unit.posts, [HUNG_CASES] = work.cases, [HUNG_CALLS] = work.calls,
                         [HUNG_RULES] = work.rules, [HUNG_LEADS] = leads_in(&seats), [HUNG_CATCH_ALL] = last, [HUNG_SEATS] = (int64_t)seats.len,
                         [HUNG_SERVICES] = unit.services, [HUNG_CONTACTS] = unit.contacts, [HUNG_NEEDS] = lists.needs, [HUNG_CLAIMS] = lists.claims,
                         [HUNG_OFFERS] = lists.offers, [HUNG_PROJECTS] = projects,
                         [HUNG_AGREEMENTS] = agreements, [HUNG_ORDERS] = menu.orders, [HUNG_MENU] = menu.services,
                         [HUNG_RESOLUTIONS] = resolutions };
    struct hung_view *v = ARENA_ARRAY(r->arena, HUNG_COUNT, struct hung_view);
    for (int i = HUNG_CHILDREN; i < HUNG_COUNT; i++)
        v[i - 1] = (struct hung_view){ i, counts[i], keeps_open((enum hung)i) };
    *out = (struct list){ v, HUNG_COUNT - 1 };
    return OK;
}

static int64_t count_of(const struct list *hung, enum hung what)
{
    return ((const struct hung_view *)hung->at)[what - 1].count;
}

/* ---- what changes for whom ---- */

enum change { CHANGE_NONE, CHANGE_GAINS, CHANGE_LOSES, CHANGE_SEES, CHANGE_SEES_NO_LONGER };
static const char *const change_words[] = { NULL, "gains", "loses", "sees", "sees_no_longer", NULL };

struct person_change { int64_t person_id; struct str name, org_name; int change; struct strs permissions; int64_t orgs; };
static const struct field person_change_fields[] = {
    FIELD_ID(struct person_change, person_id, REQUIRED, "Who"),
    FIELD_STR(struct person_change, name, 0, 0, 0, "Their name; null without person.read there"),
    FIELD_WORD(struct person_change, change, change_words, REQUIRED,
               "gains a right they do not hold there now (then it is refused), loses one; sees or sees_no_longer the work that goes over"),
    FIELD_STRS(struct person_change, permissions, 0, 0, REQUIRED, "Which rights"),
    FIELD_I64(struct person_change, orgs, 0, 0, REQUIRED, "At how many organisations"),
    FIELD_STR(struct person_change, org_name, 0, 0, 0, "The first of these"),
    FIELD_END
};

struct plan_view { struct list carried, people; int64_t orgs; bool widens, done; int64_t version; };
static const struct field plan_fields[] = {
    FIELD_LIST(struct plan_view, carried, hung_fields, struct hung_view, 0, 0, REQUIRED, "What goes over (merging), or comes along (moving)"),
    FIELD_LIST(struct plan_view, people, person_change_fields, struct person_change, 0, 0, REQUIRED, "What changes for whom; at most 500"),
    FIELD_I64(struct plan_view, orgs, 0, 0, REQUIRED, "Organisations that get another place, those below it counted too"),
    FIELD_BOOL(struct plan_view, widens, REQUIRED, "Somebody would gain a right: then it cannot be done"),
    FIELD_BOOL(struct plan_view, done, REQUIRED, "It was done; else this is what would be"),
    FIELD_I64(struct plan_view, version, 0, 0, REQUIRED, "Version of the organisation, for If-Match"),
    FIELD_END
};

#define PEOPLE_MOST 500

/* A plan under work. */
struct plan {
    struct unit_org org;
    struct tree     before, after;
    struct list     grants, changes, handed;   /* struct account_grant; struct sight: rights at organisations; sight of what goes over */
    struct ids      moved;
};

static err plan_begin(struct req *r, const struct unit_snapshot *u, struct plan *p)
{
    p->before.areas = u;
    TRY(unit_org_spots(r->db, r->arena, r->tenant, &p->before.orgs));
    p->after = tree_copy(r->arena, &p->before);
    return account_grants(r->db, r->arena, r->tenant, r->now, &p->grants);
}

static void plan_look(struct req *r, struct plan *p)
{
    p->changes = sight_changes(r->arena, &p->before, &p->after, &p->grants, p->moved, r->now);
}

static struct strs perm_names(struct arena *a, perm_set set)
{
    struct str *at = ARENA_ARRAY(a, PERM_COUNT, struct str);
    size_t      n = 0;
    for (int p = PERM_PUBLIC + 1; p < PERM_COUNT; p++)
        if (set & PERM_BIT(p))
            at[n++] = str_of(perm_name((enum perm)p));
    return (struct strs){ at, n };
}

static void add_person(struct req *r, const struct unit_snapshot *u, struct list *out, const struct sight *s, enum change change, bool named)
{
    bool    more = change == CHANGE_GAINS || change == CHANGE_SEES;
    int64_t org = more ? s->gain_org : s->lose_org;
    if (!(more ? s->gains : s->loses) || out->len == PEOPLE_MOST)
        return;
    ((struct person_change *)out->at)[out->len++] =
        (struct person_change){ .person_id = s->person, .name = named ? s->name : STR_NONE, .change = change,
                                .permissions = perm_names(r->arena, more ? s->gains : s->loses), .orgs = more ? s->gain_count : s->lose_count,
                                .org_name = str_copy(r->arena, unit_name(u, (struct unit_ref){ UNIT_ORG, org })) };
}

/* Who gains first: that is what has to be settled. */
static struct list people_of(struct req *r, const struct plan *p)
{
    static const struct { enum change change; bool handed; } order[] = { { CHANGE_GAINS, false }, { CHANGE_LOSES, false }, { CHANGE_SEES, true },
                                                                         { CHANGE_SEES_NO_LONGER, true } };
    struct list out = { ARENA_ARRAY(r->arena, PEOPLE_MOST, struct person_change), 0 };
    bool        named = req_may(r, PERM_PERSON_READ, (struct unit_ref){ UNIT_ORG, p->org.id });
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        const struct list *from = order[k].handed ? &p->handed : &p->changes;
        for (size_t i = 0; i < from->len; i++)
            add_person(r, p->before.areas, &out, &((const struct sight *)from->at)[i], order[k].change, named);
    }
    return out;
}

static err would_widen(struct req *r, const struct plan *p)
{
    struct list                 people = people_of(r, p);
    const struct person_change *v = people.at;
    struct buf                  b = buf_new(r->arena, 0);
    for (size_t i = 0; i < people.len && i < 5 && v[i].change == CHANGE_GAINS; i++) {
        buf_z(&b, i ? req_text(r, "、", ", ") : "");
        buf_str(&b, v[i].name.ptr ? v[i].name : str_of(req_text(r, "某人", "somebody")));
    }
    return req_fail(r, ERR_WOULD_WIDEN, buf_view(&b));
}

static err plan_reply(struct req *r, const struct plan *p, struct list carried, bool done)
{
    struct unit_org  now;
    struct plan_view v = { .carried = carried, .people = people_of(r, p), .orgs = (int64_t)p->moved.len, .widens = sight_widens(&p->changes), .done = done };
    TRY(unit_org_get(r->db, r->arena, r->tenant, p->org.id, &now));
    v.version = now.version;
    return reply_view(r, plan_fields, &v, now.version);
}

static err on_snapshot(struct req *r, err (*work)(struct req *r, const struct unit_snapshot *u))
{
    const struct unit_snapshot *u = unit_hold(r->app);
    err                         e = u ? work(r, u) : FAIL(ERR_UNAVAILABLE);
    unit_release(u);
    return e;
}

/* The organisation of the path, in use, with the right to change it; for more than a look its version must be named. */
static err own(struct req *r, bool look, struct unit_org *out)
{
    TRY(unit_org_get(r->db, r->arena, r->tenant, r->path[0], out));
    TRY(req_allow(r, PERM_UNIT_MANAGE, (struct unit_ref){ UNIT_ORG, out->id }));
    TRY(look ? req_version(r, out->version) : req_version_needed(r, out->version));
    return out->valid_to ? FAIL(ERR_WRONG_STATE) : OK;
}

/* ---- moving ---- */

struct move_body { int64_t parent_id, area_id; bool dry_run; };
static const struct field move_fields[] = {
    FIELD_ID(struct move_body, parent_id, 0, "Organisation above from now on; null: none; not given: as before"),
    FIELD_ID(struct move_body, area_id, 0, "Area it belongs to from now on; null: none; not given: as before"),
    FIELD_BOOL(struct move_body, dry_run, 0, "Only tell what would change for whom"),
    FIELD_END
};
#define GIVEN(member) field_given(move_fields, &r->given, offsetof(struct move_body, member))

static err allow_there(struct req *r, int64_t parent, int64_t area)
{
    if (parent && req_may(r, PERM_UNIT_MANAGE, (struct unit_ref){ UNIT_ORG, parent }))
        return OK;
    return req_allow(r, PERM_UNIT_MANAGE, (struct unit_ref){ area ? UNIT_AREA : UNIT_NONE, area });
}

static struct str spot_json(struct arena *a, const struct unit_org *o, int64_t parent, int64_t area)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_id(&j, "from_parent", o->parent);
    jsonw_kv_id(&j, "parent_id", parent);
    jsonw_kv_id(&j, "from_area", o->area);
    jsonw_kv_id(&j, "area_id", area);
    jsonw_close(&j);
    return buf_view(&b);
}

static err move_work(struct req *r, const struct unit_snapshot *u)
{
    const struct move_body *in = r->body;
    struct plan             p = { 0 };
    struct list             none = { 0 };
    TRY(own(r, in->dry_run, &p.org));
    int64_t parent = GIVEN(parent_id) ? in->parent_id : p.org.parent, area = GIVEN(area_id) ? in->area_id : p.org.area;
    TRY(unit_org_fits(r, &p.org, parent, area));
    TRY(allow_there(r, parent, area));
    TRY(plan_begin(r, u, &p));
    struct unit_org_spot *spot = tree_find(&p.after, p.org.id);
    spot->parent = parent;
    spot->area = area;
    p.moved = tree_below(r->arena, &p.before, p.org.id);
    plan_look(r, &p);
    if (in->dry_run)
        return plan_reply(r, &p, none, false);
    if (sight_widens(&p.changes))
        return would_widen(r, &p);
    TRY(unit_org_place(r, p.org.id, parent, area));
    TRY(audit_record(r, "org.move", "org", p.org.id, spot_json(r->arena, &p.org, parent, area)));
    return plan_reply(r, &p, none, true);
}

static err org_move(struct req *r)
{
    return on_snapshot(r, move_work);
}

/* ---- merging ---- */

struct merge_body { int64_t into; struct str reason; bool dry_run; };
static const struct field merge_fields[] = {
    FIELD_ID(struct merge_body, into, REQUIRED, "Organisation it becomes part of"),
    FIELD_STR(struct merge_body, reason, 1, 400, 0, "Why; in the story of each case that goes over"),
    FIELD_BOOL(struct merge_body, dry_run, 0, "Only tell what goes over and what changes for whom"),
    FIELD_END
};

static err open_into(struct req *r, const struct plan *p, int64_t id, struct unit_org *into)
{
    err e = unit_org_get(r->db, r->arena, r->tenant, id, into);
    if (e.code == ERR_NOT_FOUND)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "into");
    TRY(e);
    if (into->valid_to)
        return FAIL_AT(ERR_ORG_CLOSED, "into");
    struct ids below = tree_below(r->arena, &p->before, p->org.id);
    for (size_t i = 0; i < below.len; i++)
        if (below.at[i] == id)
            return FAIL_AT(ERR_CYCLE, "into");
    return req_allow(r, PERM_UNIT_MANAGE, (struct unit_ref){ UNIT_ORG, id });
}

/* Organisations below it lie below the other from then on, if their kind may. */
static err bring_children(struct req *r, struct plan *p, const struct unit_org *into, struct ids *children)
{
    struct ids  below = tree_below(r->arena, &p->before, p->org.id);
    int64_t    *moved = ARENA_ARRAY(r->arena, below.len + 1, int64_t);
    TRY(unit_org_below(r->db, r->arena, r->tenant, p->org.id, r->now, children));
    for (size_t i = 0; i < children->len; i++) {
        struct unit_org child;
        TRY(unit_org_get(r->db, r->arena, r->tenant, children->at[i], &child));
        err e = unit_org_fits(r, &child, into->id, child.area);
        TRY(e.code == ERR_PARENT_KIND ? FAIL_AT(ERR_PARENT_KIND, "into") : e);
        tree_find(&p->after, child.id)->parent = into->id;
    }
    for (size_t i = 0; i < below.len; i++)
        if (below.at[i] != p->org.id)
            moved[p->moved.len++] = below.at[i];
    p->moved.at = moved;
    return OK;
}

static struct str merge_json(struct arena *a, const struct unit_org *from, const struct unit_org *into, const struct list *hung, struct str reason)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_id(&j, "from", from->id);
    jsonw_kv_str(&j, "from_name", from->name);
    jsonw_kv_id(&j, "into", into->id);
    jsonw_kv_str(&j, "into_name", into->name);
    for (size_t i = 0; i < hung->len; i++)
        jsonw_kv_i64(&j, hung_words[i + 1], ((const struct hung_view *)hung->at)[i].count);
    jsonw_kv_str(&j, "reason", reason);
    jsonw_close(&j);
    return buf_view(&b);
}

static err merge_do(struct req *r, struct plan *p, const struct unit_org *into, struct ids children, const struct list *hung, struct str reason)
{
    for (size_t i = 0; i < children.len; i++)
        TRY(unit_org_place(r, children.at[i], into->id, tree_find(&p->after, children.at[i])->area));
    TRY(case_take_over(r, p->org.id, into->id, reason));
    TRY(alliance_take_over(r, p->org.id, into->id, reason));
    TRY(exchange_take_over(r, p->org.id, into->id));
    TRY(service_take_over(r, p->org.id, into->id));
    TRY(project_take_over(r, p->org.id, into->id));
    TRY(agreement_take_over(r, p->org.id, into->id));
    TRY(resolution_take_over(r, p->org.id, into->id));
    TRY(unit_org_hand_over(r, p->org.id, into->id, reason));
    TRY(unit_org_end(r, p->org.id, into->id));
    struct str detail = merge_json(r->arena, &p->org, into, hung, reason);
    TRY(audit_record(r, "org.merge", "org", p->org.id, detail));
    return audit_record(r, "org.absorb", "org", into->id, detail);
}

static err merge_work(struct req *r, const struct unit_snapshot *u)
{
    const struct merge_body *in = r->body;
    struct plan              p = { 0 };
    struct unit_org          into;
    struct ids               children;
    struct list              hung;
    struct str               reason = in->reason;
    TRY(own(r, in->dry_run, &p.org));
    TRY(plan_begin(r, u, &p));
    TRY(open_into(r, &p, in->into, &into));
    TRY(bring_children(r, &p, &into, &children));
    TRY(hung_on(r, p.org.id, &hung));
    if (count_of(&hung, HUNG_CATCH_ALL))
        return req_fail(r, ERR_STILL_IN_USE, str_of(req_text(r, keeps[HUNG_CATCH_ALL - 1].zh, keeps[HUNG_CATCH_ALL - 1].en)));
    plan_look(r, &p);
    p.handed = sight_between(r->arena, &p.before, &p.grants, p.org.id, into.id, PERM_CASE_READ);
    if (in->dry_run)
        return plan_reply(r, &p, hung, false);
    if (sight_widens(&p.changes))
        return would_widen(r, &p);
    if (!reason.ptr)
        reason = str_fmt(r->arena, req_text(r, "%.*s 并入 %.*s", "%.*s became part of %.*s"), STR_ARG(p.org.name), STR_ARG(into.name));
    TRY(merge_do(r, &p, &into, children, &hung, reason));
    return plan_reply(r, &p, hung, true);
}

static err org_merge(struct req *r)
{
    return on_snapshot(r, merge_work);
}

/* ---- closing ---- */

static err org_holds(struct req *r)
{
    struct unit_org org;
    struct list     hung;
    TRY(unit_org_get(r->db, r->arena, r->tenant, r->path[0], &org));
    TRY(hung_on(r, org.id, &hung));
    return reply_list(r, hung_fields, sizeof(struct hung_view), hung, STR_NONE);
}

static err org_seats(struct req *r)
{
    struct unit_org org;
    struct list     seats;
    TRY(unit_org_get(r->db, r->arena, r->tenant, r->path[0], &org));
    TRY(alliance_seats(r->db, r->arena, r->tenant, org.id, &seats));
    return reply_list(r, alliance_seat_fields, sizeof(struct alliance_seat), seats, STR_NONE);
}

static err org_close(struct req *r)
{
    struct unit_org org;
    struct list     hung, none = { 0 };
    struct plan     p = { 0 };
    TRY(own(r, true, &org));
    TRY(hung_on(r, org.id, &hung));
    for (size_t i = 0; i < sizeof keeps / sizeof *keeps; i++)
        if (count_of(&hung, keeps[i].what))
            return req_fail(r, ERR_STILL_IN_USE, str_of(req_text(r, keeps[i].zh, keeps[i].en)));
    p.org = org;
    TRY(exchange_end(r, org.id));
    TRY(service_end(r, org.id));
    TRY(alliance_leave_all(r, org.id, str_of(req_text(r, "单位停用", "The organisation closed"))));
    TRY(unit_org_end(r, org.id, 0));
    TRY(audit_record(r, "org.close", "org", org.id, merge_json(r->arena, &org, &org, &hung, STR_NONE)));
    return plan_reply(r, &p, none, true);
}

/* ---- what was done to it ---- */

#define HISTORY_MOST 100

static const struct field line_fields[] = {
    FIELD_TIME(struct audit_note, at, REQUIRED, "When"),
    FIELD_STR(struct audit_note, who, 0, 0, 0, "Who; null: the terminal"),
    FIELD_STR(struct audit_note, action, 0, 0, REQUIRED, "What, such as org.move"),
    FIELD_JSON(struct audit_note, detail, 0, "Before and after, secrets left out"),
    FIELD_END
};

static err org_history(struct req *r)
{
    struct unit_org org;
    struct list     lines;
    TRY(unit_org_get(r->db, r->arena, r->tenant, r->path[0], &org));
    TRY(req_allow(r, PERM_UNIT_MANAGE, (struct unit_ref){ UNIT_ORG, org.id }));
    TRY(audit_about(r->db, r->arena, r->tenant, "org", org.id, HISTORY_MOST, &lines));
    return reply_list(r, line_fields, sizeof(struct audit_note), lines, STR_NONE);
}

/* ---- routes ---- */

#define MANAGE .perm = PERM_UNIT_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "unit"
#define READ   .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "unit"

static const struct route reorganise_routes[] = {
    { GET, "/api/v1/orgs/:id/holds", org_holds, READ, .reply_kind = REPLY_LIST, .reply = hung_fields,
      .summary = "What hangs on an organisation: its work, people and places, and what keeps it from being closed" },
    { GET, "/api/v1/orgs/:id/alliances", org_seats, READ, .reply_kind = REPLY_LIST, .reply = alliance_seat_fields,
      .summary = "Alliances an organisation is in now" },
    { GET, "/api/v1/orgs/:id/history", org_history, .perm = PERM_UNIT_MANAGE, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "unit",
      .reply_kind = REPLY_LIST, .reply = line_fields, .summary = "What was done to an organisation, newest first, from the audit record" },
    { POST, "/api/v1/orgs/:id/move", org_move, MANAGE, ROUTE_BODY(struct move_body, move_fields), .reply_kind = REPLY_VIEW, .reply = plan_fields,
      ROUTE_ERRORS(ERR_CYCLE, ERR_UNKNOWN_REFERENCE, ERR_ORG_CLOSED, ERR_PARENT_KIND, ERR_AREA_CLOSED, ERR_WOULD_WIDEN, ERR_WRONG_STATE),
      .summary = "Move an organisation with all below it; with dry_run what would change for whom (If-Match)" },
    { POST, "/api/v1/orgs/:id/merge", org_merge, MANAGE, ROUTE_BODY(struct merge_body, merge_fields), .flags = ROUTE_SLOW, .reply_kind = REPLY_VIEW,
      .reply = plan_fields,
      ROUTE_ERRORS(ERR_CYCLE, ERR_UNKNOWN_REFERENCE, ERR_ORG_CLOSED, ERR_PARENT_KIND, ERR_WOULD_WIDEN, ERR_STILL_IN_USE, ERR_WRONG_STATE, ERR_TOO_LARGE),
      .summary = "An organisation becomes part of another; with dry_run what goes over and what changes for whom (If-Match)" },
    { POST, "/api/v1/orgs/:id/close", org_close, MANAGE, .reply_kind = REPLY_VIEW, .reply = plan_fields, ROUTE_ERRORS(ERR_STILL_IN_USE, ERR_WRONG_STATE),
      .summary = "End an organisation; it leaves its alliances, and its history stays" },
    ROUTE_END
};

/* ---- a change of borders that did not take effect on its day: whoever looks after the area hears of it ---- */

static err tell_failed(struct db_conn *c, struct arena *a, struct app *app, int64_t area, ms now)
{
    struct req                  r = { .db = c, .arena = a, .app = app, .tenant = app->tenant, .now = now };
    struct unit_ref             at = { UNIT_AREA, area };
    const struct unit_snapshot *s = unit_hold(app);
    struct buf                  b = buf_new(a, 0);
    struct jsonw                j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "name", s ? unit_name(s, at) : STR_NONE);
    jsonw_close(&j);
    unit_release(s);
    return notify_unit(&r, at, PERM_UNIT_MANAGE, "area.redraw_failed", "area", area, buf_view(&b));
}

static err start(struct app *app)
{
    unit_redraw_failed_set(app, tell_failed);
    return OK;
}

const struct feature reorganise_feature = { .name = "reorganise", .routes = reorganise_routes, .start = start };
