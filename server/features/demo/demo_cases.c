/* Rules and cases of the demonstration: each case is a plan (where it shall stand), told step by step through the case feature. */
#include <stdio.h>

#include "../../base/embed.h"
#include "../../base/id.h"
#include "../file/file.h"
#include "demo_inside.h"

extern const struct embedded demo_photos[];

enum { STEPS_MOST = 36, PHOTO_PAIRS = 6 };

/* The body that handles a matter in a cell, and the account that acts for it. */
static int64_t body_at(const struct demo *d, enum demo_body body, int cell)
{
    int community = cell / DEMO_CELLS_EACH;
    if (body == BODY_PROPERTY)
        return d->property[community / (DEMO_COMMUNITIES / DEMO_STREETS)];
    return body == BODY_COMMUNITY ? d->committee[community] : d->body[body];
}

static int64_t handler_at(const struct demo *d, enum demo_body body, int cell)
{
    int community = cell / DEMO_CELLS_EACH;
    if (body == BODY_PROPERTY)
        return d->property_handler[community / (DEMO_COMMUNITIES / DEMO_STREETS)];
    return body == BODY_COMMUNITY ? d->committee_handler[community] : d->handler[body];
}

static err add_rule(struct demo *d, int64_t area, int64_t category, int64_t org, const char *note)
{
    int64_t              id;
    struct case_rule_new n = { .area = area, .category = category, .org = org, .note = str_of(note) };
    return case_rule_add(d->db, d->arena, d->app->tenant, &n, d->since, &id);
}

err demo_rules(struct demo *d)
{
    for (size_t i = 0; i < demo_matter_count; i++) {
        const struct demo_matter *m = &demo_matters[i];
        int64_t                   category = case_category_named(d->app, str_of(m->category));
        if (!category)
            return FAIL_AT(ERR_CATEGORY_UNKNOWN, m->category);
        if (m->body < BODY_PROPERTY)
            TRY(add_rule(d, 0, category, d->body[m->body], "按职责分工"));
        for (int s = 0; m->body == BODY_PROPERTY && s < DEMO_STREETS; s++)
            TRY(add_rule(d, d->street[s], category, d->property[s], "小区内由物业处置"));
        for (int c = 0; m->body == BODY_COMMUNITY && c < DEMO_COMMUNITIES; c++)
            TRY(add_rule(d, d->community[c], category, d->committee[c], "由社区清理"));
    }
    /* The least specific rule: a rule for a community would win over those for a category everywhere. */
    TRY(add_rule(d, 0, 0, d->body[BODY_CENTRE], "没有专门规则的，先到网格中心"));
    return OK;
}

/* ---- photographs: stored once, shown with many cases ---- */

static const char *const pairs[PHOTO_PAIRS] = { "bikes", "lamp", "leak", "manhole", "rubbish", "tree" };
struct photo_store { struct file_stored before[PHOTO_PAIRS], after[PHOTO_PAIRS]; };

static err store(struct demo *d, const char *stem, const char *when, struct file_stored *out)
{
    char name[64];
    snprintf(name, sizeof name, "%s-%s.jpg", stem, when);
    return file_store_image(d->app, d->arena, embedded_find(demo_photos, name), out);
}

err demo_photos_store(struct demo *d)
{
    d->photos = ARENA_NEW(d->arena, struct photo_store);
    for (int i = 0; i < PHOTO_PAIRS; i++) {
        TRY(store(d, pairs[i], "before", &d->photos->before[i]));
        TRY(store(d, pairs[i], "after", &d->photos->after[i]));
    }
    return OK;
}

static err add_photo(struct demo *d, int64_t id, const char *stem, bool after, int64_t seq, ms at, int64_t account)
{
    for (int i = 0; i < PHOTO_PAIRS; i++) {
        if (strcmp(pairs[i], stem) != 0)
            continue;
        int64_t file = id_new();
        TRY(file_insert(d->db, d->app->tenant, file, after ? &d->photos->after[i] : &d->photos->before[i], account, "case", id, at));
        return case_demo_photo(d->db, d->app->tenant, id, file, seq, after ? PHOTO_AFTER : PHOTO_REPORT);
    }
    return OK;
}

/* ---- a case's plan ---- */

/* How many in a thousand shall stand where, and how old such a case is. */
static const struct plan {
    enum case_state state;
    int             share;
    ms              youngest, oldest;   /* before now */
    bool            withdrawn;
} plans[] = {
    { CASE_CLOSED, 830, 2 * MS_DAY, 90 * MS_DAY, false },    { CASE_CLOSED, 10, 1 * MS_DAY, 80 * MS_DAY, true },
    { CASE_REJECTED, 20, 1 * MS_DAY, 85 * MS_DAY, false },   { CASE_REPORTED, 25, 5 * MS_MINUTE, 16 * MS_HOUR, false },
    { CASE_WAITING, 15, 8 * MS_HOUR, 4 * MS_DAY, false },    { CASE_ACCEPTED, 25, 1 * MS_HOUR, 24 * MS_HOUR, false },
    { CASE_DISPATCHED, 22, 4 * MS_HOUR, 44 * MS_HOUR, false }, { CASE_HANDLING, 35, 8 * MS_HOUR, 7 * MS_DAY, false },
    { CASE_HANDLED, 18, 1 * MS_DAY, 7 * MS_DAY, false },
};

static const struct plan *choose_plan(struct demo *d)
{
    int n = demo_below(&d->random, 1000);
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
        if ((n -= plans[i].share) < 0)
            return &plans[i];
    return &plans[0];
}

/* The last three cases are told where the people are whom one comes in as, so that each of these is there to be seen. */
enum example { EXAMPLE_NONE, EXAMPLE_ESCALATED, EXAMPLE_DELEGATED, EXAMPLE_SUPERVISED, EXAMPLE_COUNT };

static const struct plan *plan_of_example(enum example e)
{
    static const struct plan all[EXAMPLE_COUNT] = {
        [EXAMPLE_ESCALATED] = { CASE_ACCEPTED, 0, 6 * MS_HOUR, 20 * MS_HOUR, false },
        [EXAMPLE_DELEGATED] = { CASE_ACCEPTED, 0, 6 * MS_HOUR, 20 * MS_HOUR, false },
        [EXAMPLE_SUPERVISED] = { CASE_HANDLING, 0, 3 * MS_DAY, 5 * MS_DAY, false },
    };
    return &all[e];
}

/* The story as it is being written. */
struct story {
    struct demo              *d;
    const struct demo_matter *matter;
    struct case_demo          facts;
    struct case_demo_step     steps[STEPS_MOST];
    size_t                    count;
    ms                        at;
    int                       cell, community, street;
    enum example              example;
    size_t                    last_done;   /* index of the last "handled" step, + 1 */
};

static struct case_demo_step *tell(struct story *s, enum case_action action, int64_t account, ms least, ms most)
{
    s->at += demo_span(&s->d->random, least, most);
    if (s->at > s->d->now - MS_MINUTE)   /* nothing lies in the future */
        s->at = s->d->now - MS_MINUTE;
    struct case_demo_step *step = &s->steps[s->count++];
    *step = (struct case_demo_step){ .action = action, .at = s->at, .account = account };
    return step;
}

static struct str one_of(struct demo *d, const char *const *words, int n)
{
    return str_of(words[demo_below(&d->random, n)]);
}

static void say(struct story *s, struct case_demo_step *step, const char *const *words, int n)
{
    step->text = one_of(s->d, words, n);
}

static void tell_dispatch(struct story *s, enum case_action action, enum demo_body body)
{
    struct case_demo_step *step = tell(s, action, s->d->dispatcher[s->street], 10 * MS_MINUTE, 3 * MS_HOUR);
    step->org = body_at(s->d, body, s->cell);
}

/* From accepted to dispatched, sometimes by way of a wrong body that returns it. */
static void tell_way_out(struct story *s)
{
    enum demo_body right = s->matter->body;
    if (s->matter->returned && demo_chance(&s->d->random, 12)) {
        tell_dispatch(s, ACT_DISPATCH, BODY_COMMUNITY);
        struct case_demo_step *back = tell(s, ACT_RETURN, handler_at(s->d, BODY_COMMUNITY, s->cell), 20 * MS_MINUTE, 4 * MS_HOUR);
        back->text = str_of(s->matter->returned);
    }
    tell_dispatch(s, ACT_DISPATCH, right);
}

static void tell_comment(struct story *s, int64_t account)
{
    struct case_demo_step *c = tell(s, ACT_COMMENT, account, 30 * MS_MINUTE, 6 * MS_HOUR);
    say(s, c, demo_comment_words, 6);
    c->internal = demo_chance(&s->d->random, 50);
}

/* What one is called for, and what it answers: the two companies with words of their own, partners with a turn of theirs. */
static struct str call_words(const struct story *s, int64_t org, int i, int turn)
{
    const enum demo_body own[] = { BODY_POWER, BODY_TELECOM };
    return str_of(org == s->d->body[own[i]] ? demo_call_words[i] : demo_partner_call_words[(turn + i) % 4]);
}

static struct str answer_words(const struct story *s, int64_t org, int i, int turn)
{
    const enum demo_body own[] = { BODY_POWER, BODY_TELECOM };
    return str_of(org == s->d->body[own[i]] ? demo_answer_words[i] : demo_partner_answer_words[(turn + i) % 4]);
}

/* The community calls two bodies beside the one that leads. Where the case is still under way, the second has not answered yet. */
static void tell_whistle(struct story *s, bool settled)
{
    struct demo_called called[2];
    int                turn = (int)(s->facts.reported_at / MS_MINUTE % 997);
    demo_called_at(s->d, s->community, turn, body_at(s->d, s->matter->body, s->cell), called);
    for (int i = 0; i < 2; i++) {
        struct case_demo_step *w = tell(s, ACT_WHISTLE, s->d->secretary[s->community], 5 * MS_MINUTE, 40 * MS_MINUTE);
        w->org = called[i].org;
        w->text = call_words(s, w->org, i, turn);
    }
    for (int i = 0; i < 2; i++) {
        tell(s, ACT_TASK_RECEIVE, called[i].account, 20 * MS_MINUTE, 3 * MS_HOUR)->org = called[i].org;
        if (i && !settled)
            continue;
        struct case_demo_step *answer = tell(s, ACT_TASK_ANSWER, called[i].account, 1 * MS_HOUR, 8 * MS_HOUR);
        answer->org = called[i].org;
        answer->spoke_to = STR("社区书记和现场住户");
        answer->text = answer_words(s, called[i].org, i, turn);
    }
}

/* Beyond the community: the street holds it from now on. Some come down again, to the community or straight to the grid worker. */
static void tell_levels(struct story *s, bool stays)
{
    struct case_demo_step *up = tell(s, ACT_ESCALATE, s->d->secretary[s->community], 20 * MS_MINUTE, 3 * MS_HOUR);
    up->area = s->d->street[s->street];
    say(s, up, demo_escalate_words, 3);
    bool comes_down = demo_chance(&s->d->random, 45);
    if (!stays || s->example == EXAMPLE_ESCALATED || !(comes_down || s->example == EXAMPLE_DELEGATED))
        return;
    struct case_demo_step *down = tell(s, ACT_DELEGATE, s->d->dispatcher[s->street], 20 * MS_MINUTE, 3 * MS_HOUR);
    bool                   grid = s->cell % DEMO_CELLS_EACH < 3 && demo_chance(&s->d->random, 50);
    down->area = grid ? s->d->cell[s->cell] : s->d->community[s->community];
    down->text = str_of(demo_delegate_words[grid]);
}

/* A level above wants it by a day, which may be over. Half have been answered. */
static void tell_supervision(struct story *s)
{
    bool                   district = demo_chance(&s->d->random, 40);
    struct case_demo_step *on = tell(s, ACT_SUPERVISE, district ? s->d->leader : s->d->dispatcher[s->street], 2 * MS_HOUR, 20 * MS_HOUR);
    on->area = district ? s->d->district : s->d->street[s->street];
    struct clock_civil day = clock_civil_at(on->at + (ms)(1 + demo_below(&s->d->random, 6)) * MS_DAY, s->d->app->zone_minutes);
    on->due = clock_from_civil((struct clock_civil){ .year = day.year, .month = day.month, .day = day.day, .hour = 17, .minute = 30 },
                               s->d->app->zone_minutes);   /* until business ends */
    say(s, on, demo_supervise_words, 3);
    if (!demo_chance(&s->d->random, 50))
        return;
    struct case_demo_step *answer = tell(s, ACT_SUPERVISE_ANSWER, handler_at(s->d, s->matter->body, s->cell), 1 * MS_HOUR, 10 * MS_HOUR);
    say(s, answer, demo_supervise_answer_words, 2);
    answer->why_late = one_of(s->d, demo_late_words, 2);
    answer->due = on->due;
}

static void tell_handled(struct story *s)
{
    struct case_demo_step *h = tell(s, ACT_HANDLED, handler_at(s->d, s->matter->body, s->cell), 2 * MS_HOUR, 40 * MS_HOUR);
    say(s, h, s->matter->results, 3);
    s->last_done = s->count;
}

static void tell_check(struct story *s)
{
    int64_t checker = s->d->grid_worker[s->cell];
    if (demo_chance(&s->d->random, 10)) {
        say(s, tell(s, ACT_FAIL, checker, 2 * MS_HOUR, 20 * MS_HOUR), demo_fail_words, 4);
        tell_handled(s);
    }
    struct case_demo_step *p = tell(s, ACT_PASS, checker, 1 * MS_HOUR, 20 * MS_HOUR);
    int                    n = demo_below(&s->d->random, 100);
    p->outcome = n < 84 ? OUTCOME_RESOLVED : n < 91 ? OUTCOME_PARTLY : n < 97 ? OUTCOME_EXPLAINED : OUTCOME_BEYOND_POWERS;
    p->text = STR("到现场看过，与处置结果一致。");
}

/* Whoever handled it finds the rating or the scoring wrong; the level above has decided, or will. */
static void tell_score_appeal(struct story *s, bool contacted)
{
    static const enum case_ground grounds[] = { GROUND_RATING, GROUND_BEYOND_POWERS, GROUND_UNREACHABLE };
    int                           n = contacted ? demo_below(&s->d->random, 2) : 2;
    struct case_demo_step        *a = tell(s, ACT_APPEAL_SCORE, handler_at(s->d, s->matter->body, s->cell), 2 * MS_HOUR, 4 * MS_DAY);
    a->ground = grounds[n];
    a->text = str_of(demo_score_words[n]);
    if (demo_chance(&s->d->random, 30))
        return;
    bool upheld = demo_chance(&s->d->random, 55);
    tell(s, upheld ? ACT_UPHOLD_APPEAL : ACT_REFUSE_APPEAL, s->d->leader, 4 * MS_HOUR, 3 * MS_DAY)->text = str_of(demo_decide_words[upheld ? 0 : 1]);
}

/* What a reporter says of it, by themselves or when called back. */
static void tell_said(struct story *s, struct case_demo_step *r, enum case_outcome outcome)
{
    bool good = outcome == OUTCOME_RESOLVED && demo_chance(&s->d->random, 92);
    r->solved = good ? 1 : 2 + demo_below(&s->d->random, 2);
    r->stars = good ? 4 + demo_below(&s->d->random, 2) : 1 + demo_below(&s->d->random, 3);
    r->contacted = demo_chance(&s->d->random, 88) ? CONTACTED_YES : CONTACTED_NO;
    r->text = str_of(demo_rate_words[good ? demo_below(&s->d->random, 3) : 3 + demo_below(&s->d->random, 2)]);
    if (!good && demo_chance(&s->d->random, 20))
        tell_score_appeal(s, r->contacted == CONTACTED_YES);
}

/* Who left a telephone is called back a day later: most answer, some cannot be reached, a few still wait. */
static void tell_call_back(struct story *s, struct case_demo_step *pass)
{
    int64_t caller = demo_chance(&s->d->random, 50) ? s->d->secretary[s->community] : s->d->dispatcher[s->street];
    int     n = demo_below(&s->d->random, 100), missed = n < 56 ? 0 : n < 80 ? 1 : n < 87 ? 3 : n % 2;   /* from 87 on it still waits */
    pass->call_back_at = pass->at + MS_DAY;
    s->at = pass->call_back_at > s->d->now ? s->at : pass->call_back_at;
    if (pass->call_back_at > s->d->now - MS_DAY)
        return;
    for (int i = 1; i <= missed; i++) {
        struct case_demo_step *m = tell(s, ACT_CALL_BACK, caller, 1 * MS_HOUR, 6 * MS_HOUR);
        m->reached = REACHED_NOT;
        m->call_back_at = i < 3 ? s->at + 4 * MS_HOUR : 0;
        s->at += 4 * MS_HOUR;
    }
    if (n >= 80)
        return;
    struct case_demo_step *c = tell(s, ACT_CALL_BACK, caller, 1 * MS_HOUR, 8 * MS_HOUR);
    c->reached = n >= 76 ? REACHED_REFUSED : REACHED_ANSWERED;
    if (c->reached == REACHED_ANSWERED)
        tell_said(s, c, pass->outcome);
}

/* The last step is the closing. */
static void tell_after(struct story *s)
{
    struct case_demo_step *pass = &s->steps[s->count - 1];
    enum case_source       source = s->facts.source;
    if (source != SOURCE_GRID_WORKER && source != SOURCE_ON_BEHALF && demo_chance(&s->d->random, 45))
        tell_said(s, tell(s, ACT_RATE, s->facts.account, 1 * MS_HOUR, 3 * MS_DAY), pass->outcome);
    else if (s->facts.contact.ptr)
        tell_call_back(s, pass);
}

/* How far along the way a state lies; the story stops there. */
static int distance(enum case_state state)
{
    static const int far[CASE_STATE_COUNT] = { [CASE_ACCEPTED] = 1, [CASE_DISPATCHED] = 2, [CASE_HANDLING] = 3, [CASE_HANDLED] = 4, [CASE_CLOSED] = 5 };
    return far[state];
}

/* Signed for and under way, or beyond that. */
static void tell_handling(struct story *s, int far)
{
    tell(s, ACT_SIGN, handler_at(s->d, s->matter->body, s->cell), 10 * MS_MINUTE, 5 * MS_HOUR);
    if (demo_chance(&s->d->random, 35))
        tell_comment(s, handler_at(s->d, s->matter->body, s->cell));
    if (far == 3 && (demo_chance(&s->d->random, 25) || s->example))
        tell_supervision(s);
    if (s->matter->body < BODY_POWER && demo_chance(&s->d->random, far == 3 ? 25 : 5))
        tell_whistle(s, far >= 4);
}

static void tell_loop(struct story *s, enum case_state goal)
{
    int far = distance(goal);
    if (demo_chance(&s->d->random, 8)) {
        say(s, tell(s, ACT_ASK, s->d->secretary[s->community], 10 * MS_MINUTE, 2 * MS_HOUR), demo_ask_words, 4);
        say(s, tell(s, ACT_REPLY, s->facts.account, 20 * MS_MINUTE, 5 * MS_HOUR), demo_reply_words, 4);
    }
    if (far >= 1)
        tell(s, ACT_ACCEPT, s->d->secretary[s->community], 5 * MS_MINUTE, 90 * MS_MINUTE);
    if (far >= 1 && s->example != EXAMPLE_SUPERVISED && (demo_chance(&s->d->random, far == 1 ? 50 : 3) || s->example))
        tell_levels(s, far == 1);
    if (far >= 2)
        tell_way_out(s);
    if (far >= 3)
        tell_handling(s, far);
    if (far >= 4)
        tell_handled(s);
    if (far >= 5) {
        tell_check(s);
        tell_after(s);
    }
}

/* Not accepted; some reporters appeal, and then somebody else looks at it. */
static void tell_rejection(struct story *s)
{
    say(s, tell(s, ACT_REJECT, s->d->secretary[s->community], 20 * MS_MINUTE, 5 * MS_HOUR), demo_reject_words, 4);
    if (!demo_chance(&s->d->random, 25))
        return;
    say(s, tell(s, ACT_APPEAL, s->facts.account, 2 * MS_HOUR, 3 * MS_DAY), demo_appeal_words, 3);
    if (demo_chance(&s->d->random, 50))
        tell_loop(s, CASE_CLOSED);
    else if (demo_chance(&s->d->random, 70))
        say(s, tell(s, ACT_REJECT, s->d->dispatcher[s->street], 2 * MS_HOUR, 20 * MS_HOUR), demo_reject_words, 4);
}

static void tell_story(struct story *s, const struct plan *p)
{
    if (p->withdrawn)
        say(s, tell(s, ACT_WITHDRAW, s->facts.account, 10 * MS_MINUTE, 6 * MS_HOUR), demo_withdraw_words, 3);
    else if (p->state == CASE_REJECTED)
        tell_rejection(s);
    else if (p->state == CASE_WAITING)
        say(s, tell(s, ACT_ASK, s->d->secretary[s->community], 20 * MS_MINUTE, 5 * MS_HOUR), demo_ask_words, 4);
    else if (p->state != CASE_REPORTED)
        tell_loop(s, p->state);
}

/* ---- the report ---- */

static void who_reports(struct story *s)
{
    struct demo *d = s->d;
    int          n = demo_below(&d->random, 100), r = demo_below(&d->random, DEMO_RESIDENTS);
    if (n < 45) {
        s->facts.source = SOURCE_RESIDENT;
        s->facts.contact = str_fmt(d->arena, "1380000%04d", demo_below(&d->random, 10000));
        s->facts.reporter_name = demo_name(d);
    } else if (n < 65) {
        s->facts.source = SOURCE_ACCOUNT;
        s->facts.account = d->resident_account[r];
        s->facts.reporter = d->resident_person[r];
    } else if (n < 75) {
        s->facts.source = SOURCE_ON_BEHALF;
        s->facts.account = d->secretary[s->community];
        s->facts.contact = str_fmt(d->arena, "1380000%04d", demo_below(&d->random, 10000));
        s->facts.reporter_name = demo_name(d);
    } else {
        s->facts.source = SOURCE_GRID_WORKER;
        s->facts.account = d->grid_worker[s->cell];
    }
}

static void what_happened(struct story *s)
{
    struct demo              *d = s->d;
    const struct demo_matter *m = s->matter;
    bool                      compound = s->cell % DEMO_CELLS_EACH >= 3;
    int                       which = demo_below(&d->random, 4);   /* place and words belong together */
    const char               *where = m->places[which];
    const char               *gap = where[0] >= '0' && where[0] <= '9' ? " " : "";
    if (compound)
        s->facts.address = str_fmt(d->arena, "%s%s%s", demo_compound_names[s->community * 2 + s->cell % DEMO_CELLS_EACH - 3], gap, where);
    else
        s->facts.address = str_fmt(d->arena, "%s %d 号旁%s%s", demo_road_names[(s->community * 5 + s->cell) % 12],
                                   2 + 2 * demo_below(&d->random, 90), gap, where);
    const char *text = m->texts[which] + 2;   /* each begins with the place */
    s->facts.text = str_fmt(d->arena, "%.*s%s", STR_ARG(s->facts.address), text);
    s->facts.category = case_category_named(d->app, str_of(m->category));
    s->facts.severity = m->severity;
    s->facts.at = demo_point(d, s->cell);
}

/* Reports come by day; a time in the night is moved to the morning or evening of that day. */
static ms in_daylight(struct demo *d, ms t)
{
    struct clock_civil c = clock_civil_at(t, d->app->zone_minutes);
    if (c.hour >= 7 && c.hour < 22)
        return t;
    c.hour = 7 + demo_below(&d->random, 14);
    ms moved = clock_from_civil(c, d->app->zone_minutes);
    return moved < d->now - 5 * MS_MINUTE ? moved : t;
}

static err add_photos(struct story *s, int64_t id)
{
    struct demo *d = s->d;
    if (!s->matter->photo || !demo_chance(&d->random, 60))
        return OK;
    TRY(add_photo(d, id, s->matter->photo, false, 1, s->facts.reported_at, s->facts.account));
    if (!s->last_done)
        return OK;
    const struct case_demo_step *done = &s->steps[s->last_done - 1];
    return add_photo(d, id, s->matter->photo, true, (int64_t)s->last_done + 1, done->at, done->account);
}

err demo_case(struct demo *d)
{
    const struct plan *p = choose_plan(d);
    struct story       s = { .d = d, .cell = demo_below(&d->random, DEMO_CELLS) };
    if (d->cases < EXAMPLE_COUNT) {
        s.example = (enum example)d->cases;
        s.cell = 0;
        p = plan_of_example(s.example);
    }
    int64_t            id;
    struct str         secret;
    s.matter = &demo_matters[demo_below(&d->random, (int)demo_matter_count)];
    s.community = s.cell / DEMO_CELLS_EACH;
    s.street = s.community / (DEMO_COMMUNITIES / DEMO_STREETS);
    who_reports(&s);
    what_happened(&s);
    s.at = s.facts.reported_at = in_daylight(d, d->now - demo_span(&d->random, p->youngest, p->oldest));
    tell_story(&s, p);
    s.facts.steps = s.steps;
    s.facts.step_count = s.count;
    TRY(case_demo_insert(d->db, d->arena, d->app, &s.facts, &id, &secret));
    return add_photos(&s, id);
}
