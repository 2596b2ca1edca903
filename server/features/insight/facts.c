/* facts.c: what is counted of a case, from its story. Pure. */
#include <string.h>

#include "facts.h"

#define IN(s)  (1u << (s))
/* With an organisation, or with whoever took it on: the limit of handling runs. */
#define WITH   (IN(CASE_DISPATCHED) | IN(CASE_HANDLING))
#define OPEN   (WITH | IN(CASE_REPORTED) | IN(CASE_WAITING) | IN(CASE_ACCEPTED) | IN(CASE_HANDLED) | IN(CASE_SUSPENDED))
#define FILES  (WITH | IN(CASE_ACCEPTED) | IN(CASE_HANDLED) | IN(CASE_SUSPENDED))
#define ENDS   (IN(CASE_CLOSED) | IN(CASE_REJECTED))

static bool in(unsigned states, enum case_state s)
{
    return (states & IN(s)) != 0;
}

bool facts_known(const struct facts *f)
{
    return f->state != CASE_NONE;
}

static void set(struct facts *f, int64_t bit, bool on)
{
    f->bits = on ? f->bits | bit : f->bits & ~bit;
}

/* ---- dispatches ---- */

static struct turn *turn_of(struct facts *f, int64_t org)
{
    for (size_t i = 0; i < f->turn_count; i++)
        if (f->turns[i].org == org)
            return &f->turns[i];
    return NULL;
}

/* The present holder turned out not to be the right one. */
static void wrong(struct facts *f, bool returned)
{
    struct turn *t = turn_of(f, f->holder);
    if (returned)
        f->bits |= FACT_RETURNED;
    if (f->dispatches == 1)
        f->bits &= ~(int64_t)FACT_RIGHT;
    if (!t)
        return;
    if (returned)
        t->bits |= FACT_RETURNED;
    if (f->dispatches == 1)
        t->bits &= ~(int64_t)FACT_RIGHT;
}

static void dispatched(struct facts *f, int64_t org, int64_t day)
{
    bool first = f->dispatches++ == 0;
    f->holder = org;
    if (first) {
        f->dispatched = day;
        f->bits |= FACT_FIRST | FACT_RIGHT;
    }
    if (!turn_of(f, org) && f->turn_count < TURNS_MOST)
        f->turns[f->turn_count++] = (struct turn){ org, day, first ? FACT_FIRST | FACT_RIGHT : 0 };
}

static void go_ways(struct facts *f, const struct case_kept_step *s, int64_t day)
{
    bool back = in(WITH, s->from) && s->to == CASE_ACCEPTED;
    if (s->action == ACT_REDISPATCH || s->action == ACT_RETURN || (s->action == ACT_ROUTE && back))
        wrong(f, s->action == ACT_RETURN);
    if (s->to == CASE_ACCEPTED || s->action == ACT_HANDLE_SELF)
        f->holder = 0;
    if (s->to == CASE_DISPATCHED && s->org_id && (s->from != CASE_DISPATCHED || s->action == ACT_REDISPATCH))
        dispatched(f, s->org_id, day);
}

/* ---- limits ---- */

/* What was late stays late through rework, and is forgotten when another gets it. */
static void leave(struct facts *f, const struct case_kept_step *s, int zone)
{
    if (!in(WITH, s->from) || in(WITH, s->to))
        return;
    f->due = s->to == CASE_HANDLED && s->due_at ? day_at(s->due_at, zone) : 0;
    if (s->to == CASE_HANDLED && s->due_at && s->at > s->due_at)
        f->bits |= FACT_LATE;
    if (s->to == CASE_ACCEPTED)
        f->bits &= ~(int64_t)(FACT_LATE | FACT_EXTENDED);
}

/* ---- ends ---- */

/* What is open again was neither closed in time nor called back. */
static void open_again(struct facts *f)
{
    f->ended = f->due = f->called = f->appealed = 0;
    f->bits &= ~(int64_t)(FACT_LATE | FACT_EXTENDED);
}

static void ends(struct facts *f, const struct case_kept_step *s, int64_t day)
{
    if (s->from == s->to)
        return;
    if (in(ENDS, s->from))
        open_again(f);
    if (in(ENDS, s->to))
        f->ended = day;
}

/* ---- a step ---- */

static void say(struct facts *f, const struct case_kept_step *s, int64_t day)
{
    switch (s->action) {
    case ACT_PASS:
    case ACT_PROJECT:
    case ACT_FAIL:
        f->checked = f->checked ? f->checked : day;
        set(f, FACT_REWORKED, s->action == ACT_FAIL || (f->bits & FACT_REWORKED));
        break;
    case ACT_GRANT_EXTENSION:
        f->bits |= FACT_EXTENDED;
        break;
    case ACT_CALL_BACK:
        f->called = day;
        break;
    case ACT_UPHOLD_APPEAL:
    case ACT_REFUSE_APPEAL:
        f->appealed = day;
        break;
    case ACT_WHISTLE:
        f->whistled = f->whistled ? f->whistled : day;
        break;
    case ACT_TASK_ANSWER:
        f->answers += !s->due_at || s->at <= s->due_at;
        break;
    default:
        break;
    }
}

void facts_step(struct facts *f, const struct case_kept_step *s, int zone)
{
    int64_t day = day_at(s->at, zone);
    if (in(FILES, s->to) || s->action == ACT_ON_THE_SPOT || s->action == ACT_IMPORT_CLOSED)
        f->bits |= FACT_FILED;
    leave(f, s, zone);
    ends(f, s, day);
    go_ways(f, s, day);
    say(f, s, day);
}

void facts_now(struct facts *f, const struct case_kept *now, int zone)
{
    f->case_id = now->id;
    f->area = now->area_id;
    f->category = now->category_id;
    f->state = now->state;
    f->reported = day_at(now->reported_at, zone);
    f->limit = in(OPEN, now->state) && now->due_at ? hour_at(now->due_at, zone) : 0;
    if (in(WITH, now->state))
        f->due = f->limit / DAY_HOURS;
    set(f, FACT_CLOSED, now->state == CASE_CLOSED);
    set(f, FACT_REJECTED, now->state == CASE_REJECTED);
    set(f, FACT_BEYOND, now->state == CASE_CLOSED && now->outcome == OUTCOME_BEYOND_POWERS);
    set(f, FACT_UPHELD, now->appeal == APPEAL_UPHELD);
    set(f, FACT_LEFT, f->bits & (FACT_BEYOND | FACT_UPHELD));
    set(f, FACT_UNREACHED, now->call_back == CALL_UNREACHABLE);
    f->rated = now->rated_at ? day_at(now->rated_at, zone) : 0;
    set(f, FACT_ASKED, now->contacted != CONTACTED_UNKNOWN);
    set(f, FACT_CONTACTED, now->contacted == CONTACTED_YES);
    set(f, FACT_VALID, now->solved != 0);
    set(f, FACT_RESOLVED, now->solved == 1);
    set(f, FACT_STARRED, now->stars != 0);
    set(f, FACT_SATISFIED, now->stars >= 4);
    set(f, FACT_IN_TIME, now->tasks && f->answers >= now->tasks);
}

static bool same_turns(const struct facts *x, const struct facts *y)
{
    bool same = x->turn_count == y->turn_count;
    for (size_t i = 0; same && i < x->turn_count; i++) {
        const struct turn *t = NULL;
        for (size_t k = 0; k < y->turn_count; k++)
            t = y->turns[k].org == x->turns[i].org ? &y->turns[k] : t;
        same = t && t->day == x->turns[i].day && t->bits == x->turns[i].bits;
    }
    return same;
}

bool facts_same(const struct facts *x, const struct facts *y)
{
    return memcmp(x, y, offsetof(struct facts, turns)) == 0 && same_turns(x, y);
}

/* ---- marks ---- */

bool facts_of_holder(enum mark_kind kind)
{
    return kind != MARK_REPORTED && kind != MARK_DISPATCHED;
}

/* Who was out of reach is left out of what reporters said. */
struct mark facts_mark(enum mark_kind kind, int64_t day, int64_t area, int64_t category, int64_t holder, int64_t bits)
{
    return (struct mark){ kind, day, facts_of_holder(kind) ? holder : 0, area, category,
                          bits | (kind == MARK_RATED && (bits & FACT_UNREACHED) ? FACT_LEFT : 0) };
}

size_t facts_marks(const struct facts *f, struct mark out[MARKS_MOST])
{
    const int64_t days[MARK_COUNT] = { 0, f->reported, f->dispatched, f->due, f->checked, f->ended, f->rated, f->called, f->whistled,
                                       f->appealed };
    size_t        n = 0;
    for (int k = MARK_REPORTED; k < MARK_COUNT; k++)
        if (days[k])
            out[n++] = facts_mark((enum mark_kind)k, days[k], f->area, f->category, f->holder, f->bits);
    for (size_t i = 0; i < f->turn_count; i++)
        out[n++] = (struct mark){ MARK_DISPATCHED, f->turns[i].day, f->turns[i].org, 0, 0, f->turns[i].bits };
    return n;
}

/* ---- shares ---- */

static size_t both(const struct facts *f, int64_t day, int counter, int sign, struct share *out, size_t n)
{
    if (f->area)
        out[n++] = (struct share){ f->area, f->category, 0, day, 0, counter, sign };
    if (f->holder)
        out[n++] = (struct share){ 0, 0, f->holder, day, 0, counter, sign };
    return n;
}

static size_t share_mark(const struct mark *m, int sign, struct share *out, size_t n)
{
    for (int i = 0; i < MEASURES; i++) {
        const struct measure *c = &insight_measures[i];
        if ((int64_t)c->kind != m->kind || (m->bits & c->mask) != c->want)
            continue;
        if (m->area)
            out[n++] = (struct share){ m->area, m->category, 0, m->day, 0, i, sign };
        if (m->org)
            out[n++] = (struct share){ 0, 0, m->org, m->day, 0, i, sign };
    }
    return n;
}

static size_t share_limit(const struct facts *f, int sign, struct share *out, size_t n)
{
    size_t end = both(f, f->limit / DAY_HOURS, COUNT_open_due, sign, out, n);
    for (; n < end; n++)
        out[n].hour = f->limit;
    return n;
}

size_t facts_shares(const struct facts *f, int sign, struct share *out, size_t n)
{
    static const signed char states[CASE_STATE_COUNT] = {
        [CASE_REPORTED] = COUNT_in_reported,     [CASE_WAITING] = COUNT_in_waiting,   [CASE_ACCEPTED] = COUNT_in_accepted,
        [CASE_DISPATCHED] = COUNT_in_dispatched, [CASE_HANDLING] = COUNT_in_handling, [CASE_HANDLED] = COUNT_in_handled,
        [CASE_SUSPENDED] = COUNT_in_suspended,
    };
    struct mark marks[MARKS_MOST];
    size_t      count = facts_marks(f, marks);
    for (size_t i = 0; i < count; i++)
        n = share_mark(&marks[i], sign, out, n);
    if (!facts_known(f) || !in(OPEN, (enum case_state)f->state))
        return n;
    n = both(f, f->reported, states[f->state], sign, out, n);
    n = both(f, f->reported, COUNT_open_reported, sign, out, n);
    return f->limit ? share_limit(f, sign, out, n) : n;
}
