/* case_level_http.c: passing a case up and down, supervising it, handing it to a person, over HTTP. */
#include "case_clock.h"
#include "case_level.h"
#include "../account/account.h"
#include "../notify/notify.h"
#include "../../base/jsonw.h"

#define SUPERVISE_MOST (366 * MS_DAY)

struct level_in { struct str reason, done, why_late; int64_t area, person; ms due_at, done_by; };

#define REASON(doc) FIELD_STR(struct level_in, reason, 1, 2000, REQUIRED | MULTILINE, doc)
static const struct field escalate_fields[] = { REASON("Why it is beyond this level"), FIELD_END };
static const struct field delegate_fields[] = { FIELD_ID(struct level_in, area, REQUIRED, "Area below, on the case's own chain"),
                                                REASON("Why it belongs there"), FIELD_END };
static const struct field supervise_fields[] = {
    REASON("Why it is supervised"), FIELD_TIME(struct level_in, due_at, REQUIRED, "Day on which it is expected, any time of it; within a year"), FIELD_END
};
static const struct field answer_fields[] = {
    FIELD_STR(struct level_in, done, 1, 2000, REQUIRED | MULTILINE, "What was done, and what comes next"),
    FIELD_STR(struct level_in, why_late, 1, 2000, REQUIRED | MULTILINE, "Why it took so long"),
    FIELD_TIME(struct level_in, done_by, REQUIRED, "By when it will be done"), FIELD_END
};
static const struct field lift_fields[] = { REASON("A word with it"), FIELD_END };
static const struct field hand_fields[] = { FIELD_ID(struct level_in, person, REQUIRED, "Person of the organisation that has it"), FIELD_END };

/* Loads a case with which the caller may do this now. */
static err open_for(struct req *r, enum case_action a, struct case_row *c)
{
    TRY(case_open(r, r->path[0], c));
    return case_permitted(r, c, a, false) ? case_ready(r, c, a, false) : FAIL(ERR_NOT_ALLOWED);
}

static err finish(struct req *r, struct case_row *c, struct case_move *m)
{
    TRY(case_do(r, c, m));
    return case_reply(r, c);
}

/* ---- up and down ---- */

/* The level that supervises it, or one above, has it itself from now on. */
static bool supervised_below(struct req *r, const struct case_row *c, int64_t level)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    bool below = c->supervised_area_id && unit_within(u, (struct unit_ref){ UNIT_AREA, c->supervised_area_id }, (struct unit_ref){ UNIT_AREA, level });
    unit_release(u);
    return below;
}

static err do_escalate(struct req *r)
{
    const struct level_in *in = r->body;
    struct case_row        c;
    struct level_choices   to;
    TRY(open_for(r, ACT_ESCALATE, &c));
    TRY(case_levels(r, &c, &to));
    if (!to.up)
        return FAIL(ERR_NO_LEVEL);
    int64_t from = c.held_area_id ? c.held_area_id : case_granted_from(r, PERM_CASE_ESCALATE, c.area_id), org = c.org_id;
    struct case_move m = { .action = ACT_ESCALATE, .area = to.up->id, .over = supervised_below(r, &c, to.up->id), .text = in->reason,
                           .data = case_passed(r->app, r->arena, from, to.up->id) };
    TRY(case_do(r, &c, &m));
    if (org)
        TRY(notify_unit(r, (struct unit_ref){ UNIT_ORG, org }, PERM_CASE_HANDLE, "case.taken_up", "case", c.id, case_note_words(r, &c, org)));
    return case_reply(r, &c);
}

/* The choice that was asked for; ERR_INVALID names the field. */
static err chosen(struct req *r, const struct case_row *c, int64_t area, const struct level_choices *to, const struct level_choice **out)
{
    const struct level_choice  *all = to->down.at;
    const struct unit_snapshot *u = unit_hold(r->app);
    bool                        below = area != c->held_area_id && unit_within(u, (struct unit_ref){ UNIT_AREA, c->area_id }, (struct unit_ref){ UNIT_AREA, area }) &&
                 unit_within(u, (struct unit_ref){ UNIT_AREA, area }, (struct unit_ref){ UNIT_AREA, c->held_area_id ? c->held_area_id : unit_root(u) });
    unit_release(u);
    *out = NULL;
    for (size_t i = 0; i < to->down.len && !*out; i++)
        if (all[i].id == area)
            *out = &all[i];
    if (!*out)
        req_fault(r, "area", below ? ERR_NOBODY_THERE : ERR_NOT_A_CHOICE);
    return req_faults(r);
}

static err do_delegate(struct req *r)
{
    const struct level_in     *in = r->body;
    struct case_row            c;
    struct level_choices       to;
    const struct level_choice *down;
    TRY(open_for(r, ACT_DELEGATE, &c));
    TRY(case_levels(r, &c, &to));
    TRY(chosen(r, &c, in->area, &to, &down));
    int64_t          from = c.held_area_id ? c.held_area_id : case_granted_from(r, PERM_CASE_DISPATCH, c.area_id);
    struct case_move m = { .action = ACT_DELEGATE, .area = down->id, .to = (enum case_state)down->state, .text = in->reason,
                           .data = case_passed(r->app, r->arena, from, down->id) };
    return finish(r, &c, &m);
}

/* ---- supervision ---- */

static err do_supervise(struct req *r)
{
    const struct level_in *in = r->body;
    struct case_row        c;
    TRY(open_for(r, ACT_SUPERVISE, &c));
    ms due = case_day_end(r->app, &c, in->due_at);
    if (due <= r->now)
        req_fault(r, "due_at", ERR_TIME_IN_PAST);
    else if (due > r->now + SUPERVISE_MOST)
        faults_add(&r->faults, STR("due_at"), ERR_TOO_BIG, r->now + SUPERVISE_MOST);
    TRY(req_faults(r));
    int64_t          area = case_granted_from(r, PERM_CASE_SUPERVISE, case_superior_area(r, &c));
    struct case_move m = { .action = ACT_SUPERVISE, .area = area, .value = due, .text = in->reason, .data = case_supervised(r->app, r->arena, area, due) };
    return finish(r, &c, &m);
}

static err do_answer(struct req *r)
{
    const struct level_in *in = r->body;
    struct case_row        c;
    TRY(open_for(r, ACT_SUPERVISE_ANSWER, &c));
    if (in->done_by < c.supervised_at)
        req_fault(r, "done_by", ERR_PERIOD);
    TRY(req_faults(r));
    struct case_move m = { .action = ACT_SUPERVISE_ANSWER, .text = in->done, .data = case_answered(r->arena, in->why_late, in->done_by) };
    return finish(r, &c, &m);
}

/* Whoever has it hears of the end; told here, where it is still known that there was one. */
static err do_lift(struct req *r)
{
    const struct level_in *in = r->body;
    struct case_row        c;
    TRY(open_for(r, ACT_LIFT, &c));
    return finish(r, &c, &(struct case_move){ .action = ACT_LIFT, .text = in->reason });
}

/* ---- to a person ---- */

static err people_of(struct req *r, const struct case_row *c, struct list *out)
{
    return account_holders(r->db, r->arena, r->tenant, (struct unit_ref){ UNIT_ORG, c->org_id }, PERM_CASE_HANDLE, r->now, out);
}

static struct str handed_data(struct req *r, const struct account_holder *to)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_id(&j, "person", to->id);
    jsonw_kv_str(&j, "name", to->name);
    jsonw_close(&j);
    return buf_view(&b);
}

static err do_hand(struct req *r)
{
    const struct level_in *in = r->body;
    struct case_row        c;
    struct list            people;
    TRY(open_for(r, ACT_HAND, &c));
    TRY(people_of(r, &c, &people));
    const struct account_holder *all = people.at;
    for (size_t i = 0; i < people.len; i++)
        if (all[i].id == in->person) {
            struct case_move m = { .action = ACT_HAND, .to_person = in->person, .data = handed_data(r, &all[i]) };
            return finish(r, &c, &m);
        }
    req_fault(r, "person", ERR_NOT_A_CHOICE);
    return req_faults(r);
}

static const struct field person_fields[] = {
    FIELD_ID(struct account_holder, id, REQUIRED, "Person"),
    FIELD_STR(struct account_holder, name, 0, 0, 0, "Name"),
    FIELD_END
};

static err get_people(struct req *r)
{
    struct case_row c;
    struct list     people = { 0 };
    TRY(case_open(r, r->path[0], &c));
    if (!case_permitted(r, &c, ACT_HAND, false))
        return FAIL(ERR_NOT_ALLOWED);
    if (c.org_id)
        TRY(people_of(r, &c, &people));
    return reply_list(r, person_fields, sizeof(struct account_holder), people, STR_NONE);
}

/* ---- routes ---- */

#define LEVEL(path_, handler_, perm_, scope_, fields_, ...)                                                                                \
    { .method = POST, .path = "/api/v1/cases/:id/" path_, .handler = (handler_), .perm = (perm_), .scope = (scope_), .tx = TX_WRITE,        \
      ROUTE_BODY(struct level_in, fields_), .reply_kind = REPLY_VIEW, .reply = case_view_fields, .flags = ROUTE_IDEMPOTENT, .tag = "case", \
      __VA_ARGS__ }
#define STEP ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_VERSION_NEEDED

const struct route case_level_routes[] = {
    LEVEL("escalate", do_escalate, PERM_CASE_ESCALATE, SCOPE_ANY, escalate_fields, ROUTE_ERRORS(STEP, ERR_NO_LEVEL),
          .summary = "Pass a case to the level above, with the reason; to be dispatched there"),
    LEVEL("delegate", do_delegate, PERM_CASE_DISPATCH, SCOPE_ANY, delegate_fields, ROUTE_ERRORS(STEP, ERR_NOBODY_THERE),
          .summary = "Pass a case to a level below on its own chain, with the reason"),
    LEVEL("supervise", do_supervise, PERM_CASE_SUPERVISE, SCOPE_ANY, supervise_fields, ROUTE_ERRORS(STEP, ERR_SUPERVISED),
          .summary = "Put a case under supervision, with the reason and the day on which it is expected"),
    LEVEL("supervise_answer", do_answer, PERM_SIGNED_IN, SCOPE_SELF, answer_fields, ROUTE_ERRORS(STEP, ERR_NOT_SUPERVISED),
          .summary = "Answer a supervision, as whoever has the case: what was done, why late, by when"),
    LEVEL("lift", do_lift, PERM_CASE_SUPERVISE, SCOPE_ANY, lift_fields, ROUTE_ERRORS(STEP, ERR_NOT_SUPERVISED),
          .summary = "Lift a supervision, as the level that supervises or one above"),
    LEVEL("hand", do_hand, PERM_CASE_HANDLE, SCOPE_ANY, hand_fields, ROUTE_ERRORS(STEP, ERR_NO_ORG),
          .summary = "Hand a case to one person of the organisation that has it"),
    { .method = GET, .path = "/api/v1/cases/:id/people", .handler = get_people, .perm = PERM_CASE_HANDLE, .scope = SCOPE_ANY, .tx = TX_READ,
      .reply_kind = REPLY_LIST, .reply = person_fields, .summary = "People of the organisation that has the case, to whom it can be handed",
      .tag = "case" },
    ROUTE_END
};
