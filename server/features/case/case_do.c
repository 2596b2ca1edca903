/* case_do.c: a move becomes rows: the case, its event, the audit row, the notices; all in the request's transaction. */
#include <stdio.h>

#include "case_call.h"
#include "case_clock.h"
#include "case_matter.h"
#include "case_task.h"
#include "../account/account.h"
#include "../audit/audit.h"
#include "../notify/notify.h"
#include "../../base/jsonw.h"

/* ---- audit and notices ---- */

/* Numbers and words only: what was said stays in the story, under its own rights. */
static struct str detail(struct req *r, const struct case_row *row, const struct case_event *e)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "code", row->code);
    jsonw_kv_i64(&j, "step", e->seq);
    jsonw_kv_z(&j, "from", case_state_words[e->from_state]);
    jsonw_kv_z(&j, "to", case_state_words[e->to_state]);
    if (e->org_id)
        jsonw_kv_id(&j, "org", e->org_id);
    if (row->outcome)
        jsonw_kv_z(&j, "outcome", case_outcome_words[row->outcome]);
    jsonw_close(&j);
    return buf_view(&b);
}

err case_audit(struct req *r, const struct case_row *row, const struct case_event *e)
{
    char action[48];
    snprintf(action, sizeof action, "case.%s", case_act((enum case_action)e->action)->word);
    TRY(audit_record(r, action, "case", row->id, detail(r, row, e)));
    return case_tell_listeners(r, row, e);
}

struct str case_note_words(struct req *r, const struct case_row *row, int64_t org)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "code", row->code);
    jsonw_kv_str(&j, "title", case_title(r->arena, row->text));
    if (row->due_at) {
        struct clock_civil t = clock_civil_at(row->due_at, r->app->zone_minutes);
        jsonw_kv_str(&j, "due", str_fmt(r->arena, "%02d-%02d %02d:%02d", t.month, t.day, t.hour, t.minute));
    }
    if (row->supervised_due) {
        struct clock_civil t = clock_civil_at(row->supervised_due, r->app->zone_minutes);
        jsonw_kv_str(&j, "expected", str_fmt(r->arena, "%02d-%02d", t.month, t.day));
    }
    if (org) {
        const struct unit_snapshot *u = unit_hold(r->app);
        jsonw_kv_str(&j, "org", unit_name(u, (struct unit_ref){ UNIT_ORG, org }));
        unit_release(u);
    }
    jsonw_close(&j);
    return buf_view(&b);
}

/* One level up: to whoever may reopen above the community that closed it. */
static err tell_above(struct req *r, const struct case_row *row)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    int64_t                     community = unit_above_of_kind(u, row->area_id, "community");
    int64_t                     above = unit_parent(u, (struct unit_ref){ UNIT_AREA, community ? community : row->area_id });
    int64_t                     root = unit_root(u);
    unit_release(u);
    return notify_unit(r, (struct unit_ref){ UNIT_AREA, above ? above : root }, PERM_CASE_REOPEN, "case.not_solved", "case", row->id,
                       case_note_words(r, row, row->org_id));
}

/* Whoever the case waits for now hears why. */
static err tell_holder(struct req *r, const struct case_row *row, const struct case_event *e)
{
    static const char *const kinds[ACT_COUNT] = {
        [ACT_REPORT] = "case.reported",     [ACT_REPLY] = "case.replied",        [ACT_ACCEPT] = "case.accepted",
        [ACT_ROUTE] = "case.accepted",      [ACT_DISPATCH] = "case.dispatched",  [ACT_REDISPATCH] = "case.dispatched",
        [ACT_RETURN] = "case.returned",     [ACT_HANDLED] = "case.handled",      [ACT_FAIL] = "case.failed",
        [ACT_REOPEN] = "case.reopened",     [ACT_WITHDRAW] = "case.withdrawn",   [ACT_RESUME] = "case.resumed",
        [ACT_UNMERGE] = "case.unmerged",    [ACT_APPEAL] = "case.appealed",
        [ACT_ESCALATE] = "case.escalated",   [ACT_DELEGATE] = "case.delegated",    [ACT_SUPERVISE] = "case.supervised", [ACT_LIFT] = "case.supervision_lifted",
    };
    enum perm perm = e->action == ACT_WITHDRAW ? PERM_CASE_ACCEPT : case_waits_for((enum case_state)row->state);
    if (!kinds[e->action] || perm == PERM_UNSET)
        return OK;
    return notify_unit(r, case_responsible(row), perm, kinds[e->action], "case", row->id, case_note_words(r, row, row->org_id));
}

/* A request goes to whoever may approve it, the answer to whoever has the case. */
static err tell_request(struct req *r, const struct case_row *row, const struct case_event *e)
{
    static const char *const kinds[ACT_COUNT] = {
        [ACT_EXTEND] = "case.asked_extension", [ACT_SUSPEND] = "case.asked_suspension", [ACT_GRANT_EXTENSION] = "case.extended",
        [ACT_GRANT_SUSPENSION] = "case.suspended", [ACT_REFUSE] = "case.refused",
    };
    bool            asks = case_act((enum case_action)e->action)->effects & ASKS;
    struct unit_ref level = { UNIT_AREA, case_level(row) }, holder = row->org_id ? (struct unit_ref){ UNIT_ORG, row->org_id } : level;
    if (!kinds[e->action])
        return OK;
    return notify_unit(r, asks ? level : holder, asks ? PERM_CASE_EXTEND : PERM_CASE_HANDLE,
                       kinds[e->action], "case", row->id, case_note_words(r, row, row->org_id));
}

/* An appeal against being scored goes to the level above, the decision back to whoever made it and theirs. */
static err tell_appeal(struct req *r, const struct case_row *row, const struct case_event *e)
{
    struct unit_ref holder = row->org_id ? (struct unit_ref){ UNIT_ORG, row->org_id } : (struct unit_ref){ UNIT_AREA, case_level(row) };
    struct str      words = case_note_words(r, row, row->org_id);
    if (e->action == ACT_APPEAL_SCORE) {
        const struct unit_snapshot *u = unit_hold(r->app);
        struct unit_ref             above = { UNIT_AREA, case_level_above(u, row) };
        unit_release(u);
        return notify_unit(r, above, PERM_CASE_APPEAL, "case.appeal_waits", "case", row->id, words);
    }
    return notify_unit(r, holder, PERM_CASE_HANDLE, e->action == ACT_UPHOLD_APPEAL ? "case.appeal_upheld" : "case.appeal_refused", "case", row->id,
                       words);
}

/* "No, it is not solved", of the reporter's own accord or in a call-back: the level above hears, and whoever had it, who may appeal. */
static err tell_no(struct req *r, const struct case_row *row)
{
    struct unit_ref holder = row->org_id ? (struct unit_ref){ UNIT_ORG, row->org_id } : (struct unit_ref){ UNIT_AREA, case_level(row) };
    TRY(tell_above(r, row));
    return notify_unit(r, holder, PERM_CASE_HANDLE, "case.yours_not_solved", "case", row->id, case_note_words(r, row, row->org_id));
}

/* The level that supervises hears the answer, a person what was handed to them. */
static err tell_levels(struct req *r, const struct case_row *row, const struct case_event *e)
{
    struct str words = case_note_words(r, row, row->org_id);
    if (e->action == ACT_SUPERVISE_ANSWER)
        return notify_unit(r, (struct unit_ref){ UNIT_AREA, row->supervised_area_id }, PERM_CASE_SUPERVISE, "case.supervision_answered", "case", row->id,
                           words);
    if (e->action == ACT_HAND && row->assignee_id != r->caller.person)
        return notify_person(r, row->assignee_id, "case.handed", "case", row->id, words);
    return OK;
}

/* A signed-in reporter hears of what concerns them unless they did it. */
static err tell_reporter(struct req *r, const struct case_row *row, const struct case_event *e)
{
    static const char *const kinds[ACT_COUNT] = {
        [ACT_ASK] = "case.yours_asked",         [ACT_ACCEPT] = "case.yours_accepted", [ACT_REJECT] = "case.yours_rejected",
        [ACT_DISPATCH] = "case.yours_dispatched", [ACT_HANDLED] = "case.yours_handled", [ACT_PASS] = "case.yours_closed", [ACT_PROJECT] = "case.yours_closed",
        [ACT_COMMENT] = "case.comment",         [ACT_GRANT_SUSPENSION] = "case.yours_suspended", [ACT_RESUME] = "case.yours_resumed",
        [ACT_UNMERGE] = "case.yours_unmerged",  [ACT_TIMEOUT] = "case.yours_unanswered",
    };
    if (!row->reporter_id || !kinds[e->action] || e->internal || row->reporter_id == r->caller.person)
        return OK;
    return notify_person(r, row->reporter_id, kinds[e->action], "case", row->id, case_note_words(r, row, row->org_id));
}

err case_tell(struct req *r, const struct case_row *row, const struct case_event *e)
{
    unsigned effects = case_act((enum case_action)e->action)->effects;
    TRY(tell_reporter(r, row, e));
    TRY(tell_request(r, row, e));
    TRY(tell_levels(r, row, e));
    TRY(case_follow_tell(r, row, e));
    if (effects & (APPEALS | DECIDES))
        return tell_appeal(r, row, e);
    if (e->action == ACT_RATE || (e->action == ACT_CALL_BACK && !e->internal))
        return row->solved == 3 ? tell_no(r, row) : OK;
    bool moved = e->from_state != e->to_state || e->action == ACT_REDISPATCH || (effects & (HOLDS | SUPERVISES | LIFTS));
    return moved ? tell_holder(r, row, e) : OK;
}

/* ---- a stored case moves ---- */

err case_do(struct req *r, struct case_row *row, struct case_move *m)
{
    const struct case_act *act = case_act(m->action);
    struct case_event     e;
    int64_t               was = row->version;
    m->at = r->now;
    m->account = r->caller.account;
    m->person = r->caller.person;
    TRY(case_step(r->app, r->arena, row, m, &e));
    if (act->to == CASE_NONE && m->action != ACT_ROUTE && !(act->effects & (CLOCKS | SUPERVISES | ANSWERS | LIFTS | HANDS | SETS_ORG)))
        TRY(case_save_quiet(r->db, r->tenant, row, was));
    else
        TRY(case_save(r->db, r->tenant, row, was));
    if (act->effects & (CLOSES | REOPENS | OPENS | RATES | CALLS | COUNTS_APPEAL | APPEALS | DECIDES))
        TRY(case_save_after(r->db, r->tenant, row));
    TRY(case_put_events(r->db, r->app, row, &e, 1));
    if (row->tasks && (act->effects & (CLOSES | REOPENS | OPENS)))
        TRY(case_tasks_follow(r->db, r->tenant, row, r->now, r->caller.account));
    TRY(case_audit(r, row, &e));
    return case_tell(r, row, &e);
}

err case_moves_by_rule(struct app *app, struct arena *a, struct case_row *row, const struct case_way *way, ms now,
                       struct case_event *events, size_t *n)
{
    if (!way->automatic || (row->state != CASE_REPORTED && row->state != CASE_ACCEPTED))
        return OK;
    struct str data = case_rule_data(a, way);
    if (row->state == CASE_REPORTED)
        TRY(case_step(app, a, row, &(struct case_move){ .action = ACT_ACCEPT, .at = now, .data = data }, &events[(*n)++]));
    return case_step(app, a, row, &(struct case_move){ .action = ACT_DISPATCH, .at = now, .org = way->org, .rule = way->rule, .data = data },
                     &events[(*n)++]);
}

err case_do_by_rule(struct req *r, struct case_row *row, const struct case_way *way)
{
    struct case_event events[2];
    size_t            n = 0;
    int64_t           was = row->version;
    TRY(case_moves_by_rule(r->app, r->arena, row, way, r->now, events, &n));
    if (!n)
        return OK;
    TRY(case_save(r->db, r->tenant, row, was));
    TRY(case_put_events(r->db, r->app, row, events, n));
    for (size_t i = 0; i < n; i++)
        TRY(case_audit(r, row, &events[i]));
    return case_tell(r, row, &events[n - 1]);
}

/* ---- a new case ---- */

void case_seal_contact(struct arena *a, const struct app *app, struct str contact, struct case_made *made)
{
    if (!contact.len)
        return;
    made->sealed.contact_enc = crypto_seal(a, app->keys.seal, "case.contact", contact);
    made->sealed.contact_hash = account_contact_hash(a, app, contact);
    made->row.has_contact = 1;
}

err case_insert_made(struct db_conn *c, struct app *app, const struct case_made *m)
{
    TRY(case_put(c, app->tenant, &m->row, &m->sealed));
    return case_put_events(c, app, &m->row, m->events, m->event_count);
}
