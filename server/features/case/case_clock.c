/* case_clock.c: the clock of a case. Pure, but for the end, which fetches what is in force. */
#include "case_clock.h"

#define EARLY_PERCENT 75   /* of the time allowed: then whoever holds it is reminded */

/* ---- which hours, which limit ---- */

struct unit_ref case_responsible(const struct case_row *c)
{
    enum case_who who = case_state_info((enum case_state)c->state)->who;
    if (who == BY_ORG && c->org_id)
        return (struct unit_ref){ UNIT_ORG, c->org_id };
    return (struct unit_ref){ UNIT_AREA, who == BY_AREA ? c->area_id : case_level(c) };
}

static const struct clock_plan *plan_of(const struct case_row *c, const struct case_times *t, ms at)
{
    return clock_plan_of(t->book, t->units, case_responsible(c), at);
}

static struct clock_limit limit_of(const struct case_row *c, const struct case_times *t, ms at)
{
    static const unsigned char steps[CASE_STATE_COUNT] = {
        [CASE_REPORTED] = CLOCK_ACCEPT, [CASE_WAITING] = CLOCK_ANSWER,    [CASE_ACCEPTED] = CLOCK_DISPATCH,
        [CASE_DISPATCHED] = CLOCK_SIGN, [CASE_HANDLING] = CLOCK_HANDLE, [CASE_HANDLED] = CLOCK_VERIFY,
    };
    enum clock_step step = (enum clock_step)steps[c->state];
    return step ? clock_limit_of(t->book, step, t->categories.at, t->categories.len, c->severity, at) : (struct clock_limit){ 0, CLOCK_NONE };
}

/* ---- setting it ---- */

/* The first reminder of a due time: when most of the time is over, or when all of it is. */
static void set_reminder(struct case_row *c, const struct case_times *t)
{
    c->reminded = 0;
    c->remind_at = c->due_at;
    if (c->due_at && c->clock_unit)
        c->remind_at = clock_part(plan_of(c, t, c->clock_from), c->clock_from, c->due_at, (enum clock_unit)c->clock_unit, EARLY_PERCENT);
}

static void set_limit(struct case_row *c, const struct case_times *t, ms from, struct clock_limit limit)
{
    struct clock_due due = clock_due_at(plan_of(c, t, from), from, limit);
    c->due_at = due.at;
    c->calendar = due.calendar;
    c->provisional = due.provisional;
    c->clock_from = due.at ? from : 0;
    c->clock_amount = due.at ? limit.amount : 0;
    c->clock_unit = limit.unit;
    set_reminder(c, t);
}

static void set_date(struct case_row *c, const struct case_times *t, ms from, ms date)
{
    set_limit(c, t, from, (struct clock_limit){ 0, CLOCK_NONE });
    c->due_at = c->remind_at = date;
}

static void forget_request(struct case_row *c)
{
    c->asked = c->asked_at = c->asked_by = c->asked_value = 0;
}

/* ---- stopping and going on ---- */

static bool stops(int64_t state)
{
    return state == CASE_WAITING || state == CASE_SUSPENDED || state == CASE_MERGED;
}

static void stop(struct case_row *c, enum case_state from, ms at, const struct case_times *t)
{
    struct case_row    before = *c;
    before.state = from;
    struct clock_limit left = clock_left(plan_of(&before, t, at), at, c->due_at, (enum clock_unit)c->clock_unit);
    c->left_amount = left.amount;
    c->left_unit = left.unit;
}

static struct clock_limit take_left(struct case_row *c)
{
    struct clock_limit left = { c->left_amount, (enum clock_unit)c->left_unit };
    c->left_amount = c->left_unit = 0;
    return left;
}

static void turn_state(struct case_row *c, enum case_state from, const struct case_move *m, const struct case_times *t)
{
    bool was_stopped = stops(from);
    if (stops(c->state) && !was_stopped)
        stop(c, from, m->at, t);
    struct clock_limit left = { 0, CLOCK_NONE };
    if (!stops(c->state))
        left = take_left(c);
    if (c->state == CASE_SUSPENDED)
        set_date(c, t, m->at, c->asked_value);
    else
        set_limit(c, t, m->at, was_stopped && !stops(c->state) && case_state_info((enum case_state)c->state)->open ? left : limit_of(c, t, m->at));
    forget_request(c);
}

/* ---- requests ---- */

static void ask(struct case_row *c, const struct case_move *m, enum case_asked what)
{
    c->asked = what;
    c->asked_at = m->at;
    c->asked_by = m->person;
    c->asked_value = m->value;
}

/* Working days after the day on which it was due: what was late stays late when they do not reach the present. */
static void extend(struct case_row *c, const struct case_times *t)
{
    set_limit(c, t, c->due_at, (struct clock_limit){ c->asked_value, CLOCK_WORKING_DAYS });
    c->extensions++;
    forget_request(c);
}

/* A supervision is asked after when most of its time is over and nobody has answered, and when all of it is. */
static void remind_supervision(struct case_row *c, const struct case_move *m, const struct case_times *t)
{
    if (!c->supervised_at)
        c->supervised_remind_at = 0;
    else if (m->action == ACT_SUPERVISE && t->book)
        c->supervised_remind_at = clock_part(plan_of(c, t, m->at), m->at, c->supervised_due, CLOCK_WORKING_MINUTES, EARLY_PERCENT);
    else if (m->action == ACT_SUPERVISE || (m->action == ACT_SUPERVISE_ANSWER && c->supervised_remind_at < c->supervised_due))
        c->supervised_remind_at = c->supervised_due;
}

void case_clock_turn(struct case_row *c, enum case_state from, const struct case_move *m, const struct case_times *t)
{
    enum case_state to = m->to ? m->to : case_act(m->action)->to;
    remind_supervision(c, m, t);
    if (!t->book) {
        c->due_at = to ? 0 : c->due_at;
        return;
    }
    if (to != CASE_NONE)
        turn_state(c, from, m, t);
    else if (m->action == ACT_EXTEND)
        ask(c, m, ASKED_EXTENSION);
    else if (m->action == ACT_SUSPEND)
        ask(c, m, ASKED_SUSPENSION);
    else if (m->action == ACT_GRANT_EXTENSION)
        extend(c, t);
    else if (m->action == ACT_REFUSE)
        forget_request(c);
    else if (m->action == ACT_REVIEW)
        set_date(c, t, m->at, m->value);
}

/* ---- again, and reminders ---- */

bool case_clock_again(struct case_row *c, const struct case_times *t)
{
    struct case_row before = *c;
    if (!c->due_at || c->clock_unit == CLOCK_NONE || c->clock_unit == CLOCK_URGENT_MINUTES)
        return false;
    set_limit(c, t, c->clock_from, (struct clock_limit){ c->clock_amount, (enum clock_unit)c->clock_unit });
    if (c->due_at == before.due_at) {
        c->reminded = before.reminded;
        c->remind_at = before.remind_at;
    }
    return c->due_at != before.due_at || c->provisional != before.provisional || c->calendar != before.calendar;
}

ms case_clock_next(ms due, ms now)
{
    return now < due ? due : due + ((now - due) / MS_DAY + 1) * MS_DAY;
}

void case_clock_reminded(struct case_row *c, ms now)
{
    c->reminded = now < c->due_at ? 1 : c->reminded < 2 ? 2 : c->reminded + 1;
    c->remind_at = case_clock_next(c->due_at, now);
}

/* ---- with what is in force ---- */

struct case_times case_times_hold(struct app *app, struct arena *a, const struct case_row *c)
{
    const struct case_snapshot *s = case_hold(app);
    struct case_times           t = { clock_hold(app), unit_hold(app), case_category_chain(s, a, c->category_id) };
    case_release(app, s);
    return t;
}

void case_times_release(struct app *app, const struct case_times *t)
{
    unit_release(t->units);
    clock_release(app, t->book);
}

ms case_day_end(struct app *app, const struct case_row *c, ms t)
{
    const struct clock_book    *b = clock_hold(app);
    const struct unit_snapshot *u = unit_hold(app);
    ms                          end = clock_day_end(clock_plan_of(b, u, case_responsible(c), t), t);
    unit_release(u);
    clock_release(app, b);
    return end;
}

ms case_clock_early(struct app *app, struct unit_ref unit, ms from, ms due)
{
    const struct clock_book    *b = clock_hold(app);
    const struct unit_snapshot *u = unit_hold(app);
    ms                          early = due ? clock_part(clock_plan_of(b, u, unit, from), from, due, CLOCK_WORKING_MINUTES, EARLY_PERCENT) : 0;
    unit_release(u);
    clock_release(app, b);
    return early;
}

err case_step(struct app *app, struct arena *a, struct case_row *c, const struct case_move *m, struct case_event *e)
{
    enum case_state   from = (enum case_state)c->state;
    struct case_times t;
    TRY(case_move(c, m, e));
    t = case_times_hold(app, a, c);
    case_clock_turn(c, from, m, &t);
    case_times_release(app, &t);
    return OK;
}
