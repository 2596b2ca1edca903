/* case_access.c: one place that decides what a caller may see of a case and do with it, for views, lists and actions alike. */
#include "case_level.h"
#include "case_task.h"
#include "../setting/setting.h"

bool case_is_reporter(const struct req *r, const struct case_row *c)
{
    return c->reporter_id && c->reporter_id == r->caller.person;
}

static bool at_area(struct req *r, enum perm perm, const struct case_row *c)
{
    return c->area_id && req_may(r, perm, (struct unit_ref){ UNIT_AREA, c->area_id });
}

int64_t case_level(const struct case_row *c)
{
    return c->held_area_id ? c->held_area_id : c->area_id;
}

bool case_holds(struct req *r, enum perm perm, const struct case_row *c)
{
    return c->held_area_id ? case_granted_at(r, perm, c->held_area_id) : at_area(r, perm, c);
}

static bool above(struct req *r, enum perm perm, const struct case_row *c)
{
    return case_level(c) && req_may(r, perm, (struct unit_ref){ UNIT_AREA, case_level(c) });
}

static bool at_org(struct req *r, enum perm perm, const struct case_row *c)
{
    if (c->org_id)
        return req_may(r, perm, (struct unit_ref){ UNIT_ORG, c->org_id });
    /* Nobody has it: the level handles it itself, by its handlers or by whoever took it on instead of dispatching. */
    return case_holds(r, perm, c) || (perm == PERM_CASE_HANDLE && case_holds(r, PERM_CASE_DISPATCH, c));
}

static bool superior(struct req *r, enum perm perm, const struct case_row *c)
{
    int64_t area = case_superior_area(r, c);
    return area && req_may(r, perm, (struct unit_ref){ UNIT_AREA, area });
}

static bool supervisor(struct req *r, enum perm perm, const struct case_row *c)
{
    return c->supervised_area_id && req_may(r, perm, (struct unit_ref){ UNIT_AREA, c->supervised_area_id });
}

static bool called(struct req *r, enum perm perm, const struct case_row *c)
{
    return case_called(r, perm, c);
}

static bool approver(struct req *r, enum perm perm, const struct case_row *c)
{
    (void)perm;
    return above(r, PERM_CASE_EXTEND, c);
}

static bool waited(struct req *r, enum perm perm, const struct case_row *c)
{
    const struct case_state_info *info = case_state_info((enum case_state)c->state);
    perm = case_waits_for((enum case_state)c->state);
    return info->who == BY_ORG       ? at_org(r, perm, c)
           : info->who == BY_AREA    ? at_area(r, perm, c)
           : info->who == BY_UPWARDS ? above(r, perm, c)
                                     : case_holds(r, perm, c);
}

bool case_staff_reads(struct req *r, const struct case_row *c)
{
    return at_area(r, PERM_CASE_READ, c) || (c->org_id && req_may(r, PERM_CASE_READ, (struct unit_ref){ UNIT_ORG, c->org_id })) ||
           case_called(r, PERM_CASE_READ, c);
}

bool case_may_read(struct req *r, const struct case_row *c)
{
    return case_is_reporter(r, c) || case_staff_reads(r, c);
}

int64_t case_level_above(const struct unit_snapshot *u, const struct case_row *c)
{
    struct unit_ref org = { UNIT_ORG, c->org_id };
    int64_t         home = c->org_id ? unit_area_of(u, org) : 0, level = c->held_area_id ? c->held_area_id : unit_above_of_kind(u, c->area_id, "community");
    /* An organisation of a street or of the district answers at that level. */
    if (home && unit_within(u, (struct unit_ref){ UNIT_AREA, level ? level : c->area_id }, (struct unit_ref){ UNIT_AREA, home }))
        level = home;
    int64_t above = unit_parent(u, (struct unit_ref){ UNIT_AREA, level ? level : c->area_id });
    return above ? above : unit_root(u);
}

static bool at_above(struct req *r, enum perm perm, const struct case_row *c)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    struct unit_ref             above = { UNIT_AREA, case_level_above(u, c) };
    unit_release(u);
    return above.id && req_may(r, perm, above);
}

static const struct {
    enum case_who who;
    bool        (*may)(struct req *r, enum perm perm, const struct case_row *c);
} ways[] = {
    { BY_AREA, at_area },   { BY_ORG, at_org },           { BY_CALLED, called },         { BY_APPROVER, approver }, { BY_HOLDER, case_holds },
    { BY_UPWARDS, above },  { BY_SUPERIOR, superior },    { BY_SUPERVISOR, supervisor }, { BY_WAITED, waited },
    { BY_ABOVE, at_above },
};

bool case_permitted(struct req *r, const struct case_row *c, enum case_action a, bool reporter)
{
    const struct case_act *act = case_act(a);
    if (reporter && (act->who & BY_REPORTER))
        return true;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if ((act->who & ways[i].who) && ways[i].may(r, act->perm, c))
            return true;
    return false;
}

/* What somebody did before keeps them from verifying, calling back, deciding an appeal and rejecting again. */
static bool part_matters(const struct case_row *c)
{
    return c->state == CASE_HANDLED || c->call_back == CALL_WAITING || c->appeal == APPEAL_WAITING || (c->appeals && !c->closed_at);
}

err case_asker(struct req *r, const struct case_row *c, bool reporter, struct case_asker *out)
{
    *out = (struct case_asker){ .account = r->caller.account, .person = r->caller.person, .reporter = reporter, .now = r->now,
                                .reopen_days = setting_i64(r->app, "case.reopen_days", r->now),
                                .appeal_days = setting_i64(r->app, "case.appeal_days", r->now) };
    struct case_part part = { 0 };
    if (r->caller.person && part_matters(c))
        TRY(case_part_by(r->db, r->tenant, c->id, r->caller.person, &part));
    out->handled_before = part.handled;
    out->verified_before = part.verified;
    out->rejected_before = part.rejected && c->appeals;
    return c->state == CASE_REJECTED ? case_timed_out(r->db, r->tenant, c->id, &out->timed_out) : OK;
}

err case_open(struct req *r, int64_t id, struct case_row *out)
{
    if (!r->caller.account)
        return FAIL(ERR_NOT_SIGNED_IN);
    TRY(case_get(r->db, r->arena, r->tenant, id, out));
    return case_may_read(r, out) ? OK : FAIL(ERR_NOT_FOUND);
}

static bool secret_fits(struct req *r, const struct case_row *c, bool *fits)
{
    struct case_sealed s;
    if (!c->has_secret || !r->case_secret.len || failed(case_get_sealed(r->db, r->arena, r->tenant, c->id, &s)))
        return false;
    *fits = crypto_same(s.secret_hash, crypto_digest(r->arena, r->case_secret));
    return true;
}

/* The link ends some time after the case did; that of a merged case with the one it was merged into. */
static bool secret_lives(struct req *r, const struct case_row *c)
{
    struct case_row into;
    if (c->merged_into && !failed(case_get(r->db, r->arena, r->tenant, c->merged_into, &into)))
        return secret_lives(r, &into);
    return !c->closed_at || r->now <= c->closed_at + setting_i64(r->app, "case.secret_days", r->now) * MS_DAY;
}

err case_open_secret(struct req *r, struct str code, struct case_row *out)
{
    bool fits = false;
    TRY(case_rate(r, RATE_TRACK));
    err e = case_get_code(r->db, r->arena, r->tenant, code, out);
    if (e.code == ERR_NOT_FOUND)
        return FAIL(ERR_SECRET);   /* an unknown code and a wrong secret look the same */
    TRY(e);
    return secret_fits(r, out, &fits) && fits && secret_lives(r, out) ? OK : FAIL(ERR_SECRET);
}

/* ---- what is in the way, said in words ---- */

static struct str when(struct req *r, ms t)
{
    struct clock_civil c = clock_civil_at(t, r->app->zone_minutes);
    return str_fmt(r->arena, "%d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
}

/* "沈知夏 2026-05-12 16:20 签收"; whoever is not staff is not shown names of staff. */
static struct str step_text(struct req *r, const struct case_event *e, bool reporter)
{
    bool       zh = r->lang == LANG_ZH;
    struct str who = e->actor.ptr && !reporter ? e->actor : str_of(e->account_id ? (zh ? "工作人员" : "staff")
                                                                   : e->action == ACT_ACCEPT || e->action == ACT_DISPATCH
                                                                       ? (zh ? "系统按规则" : "a rule")
                                                                       : (zh ? "上报人" : "the reporter"));
    struct str at = when(r, e->at);
    return str_fmt(r->arena, "%.*s %.*s %s", STR_ARG(who), STR_ARG(at), case_action_name((enum case_action)e->action, zh));
}

static err say_state(struct req *r, const struct case_row *c, bool reporter)
{
    struct list story;
    TRY(case_story(r->db, r->arena, r->tenant, c->id, 0, &story));
    const struct case_event *events = story.at, *last = NULL;
    for (size_t i = 0; i < story.len; i++)
        if (events[i].to_state == c->state && events[i].from_state != events[i].to_state)
            last = &events[i];
    bool       zh = r->lang == LANG_ZH;
    struct str step = last ? step_text(r, last, reporter) : STR("");
    return req_fail(r, ERR_WRONG_STATE,
                    str_fmt(r->arena, zh ? "现在是“%s”（%.*s）" : "It is now “%s” (%.*s)",
                            case_state_name((enum case_state)c->state, zh), STR_ARG(step)));
}

static err say_stale(struct req *r, const struct case_row *c, bool reporter)
{
    struct list story;
    struct buf  b = buf_new(r->arena, 4096);
    TRY(case_story(r->db, r->arena, r->tenant, c->id, r->if_match, &story));
    const struct case_event *events = story.at;
    for (size_t i = 0; i < story.len; i++) {
        if (events[i].internal && reporter)
            continue;
        struct str step = step_text(r, &events[i], reporter);
        buf_z(&b, b.len ? req_text(r, "；", "; ") : req_text(r, "您打开之后：", "After you opened it: "));
        buf_str(&b, step);
    }
    return req_fail(r, ERR_STALE_VERSION, buf_view(&b));
}

err case_ready(struct req *r, const struct case_row *c, enum case_action a, bool reporter)
{
    struct case_asker who;
    /* Whoever acts by secret is alone with the case, an organisation called with its task: they may leave the version out. */
    err e = r->route->perm == PERM_PUBLIC || (case_act(a)->who & BY_TASK) ? req_version(r, c->version) : req_version_needed(r, c->version);
    if (e.code == ERR_STALE_VERSION)
        return say_stale(r, c, !case_staff_reads(r, c));
    TRY(e);
    TRY(case_asker(r, c, reporter, &who));
    enum err_code why = case_check(c, &who, a);
    if (why == ERR_WRONG_STATE)
        return say_state(r, c, !case_staff_reads(r, c));
    if (why != ERR_NONE)
        return req_fail(r, why, str_of(case_block_text(why, r->lang == LANG_ZH)));
    return OK;
}

/* ---- files ---- */

err case_file_guard(struct req *r, int64_t id)
{
    struct case_row c;
    bool            fits = false;
    TRY(case_get(r->db, r->arena, r->tenant, id, &c));
    if ((r->caller.account && case_may_read(r, &c)) || c.released)
        return OK;
    return secret_fits(r, &c, &fits) && fits && secret_lives(r, &c) ? OK : FAIL(ERR_NOT_FOUND);
}

err case_file_guard_internal(struct req *r, int64_t id)
{
    struct case_row c;
    TRY(case_get(r->db, r->arena, r->tenant, id, &c));
    return r->caller.account && case_staff_reads(r, &c) ? OK : FAIL(ERR_NOT_FOUND);
}
