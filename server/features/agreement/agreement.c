/* agreement.c: times of pledges, and which work keeps which: pure. No I/O, no clock, no SQL. */
#include "agreement_inside.h"

const char *const agreement_state_words[] = { NULL, "draft", "offered", "in_force", "ended", "withdrawn", NULL };
const char *const rhythm_words[] = { NULL, "once", "monthly", "quarterly", "half_yearly", "yearly", NULL };
const char *const work_kind_words[] = { NULL, "claim", "order", "payment", NULL };
const char *const pledge_state_words[] = { NULL, "open", "kept", "late", NULL };

static const int64_t months_of[] = { [ONCE] = 0, [MONTHLY] = 1, [QUARTERLY] = 3, [HALF_YEARLY] = 6, [YEARLY] = 12 };

/* ---- times ---- */

bool pledge_time(const struct pledge *p, const struct term *t, int64_t i, ms *from, ms *to)
{
    int64_t months = months_of[p->rhythm];
    if (!months) {
        *from = t->begins;
        *to = p->due_at && p->due_at < t->ends ? p->due_at : t->ends;
        return i == 0;
    }
    *from = clock_months_later(t->begins, i * months, t->zone_minutes);
    *to = clock_months_later(t->begins, (i + 1) * months, t->zone_minutes);
    if (*to > t->ends && i == 0)
        *to = t->ends;
    return *to <= t->ends;
}

/* ---- what a unit counts ---- */

struct measure pledge_measure(struct str unit)
{
    static const struct { struct measure is; const char *words[14]; } known[] = {
        { { BY_HOURS, 60 }, { "小时", "个小时", "钟头", "工时", "hour", "hours", "h", "hrs" } },
        { { BY_MONEY, 100 }, { "元", "块", "块钱", "元人民币", "人民币", "yuan", "cny", "rmb", "¥" } },
        { { BY_MONEY, 1000000 }, { "万元", "万", "万块" } },
        { { BY_SESSION, 1 }, { "场", "场次", "次", "期", "节", "堂", "课", "session", "sessions", "time", "times", "class", "classes" } },
    };
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        for (size_t w = 0; w < sizeof known[k].words / sizeof *known[k].words && known[k].words[w]; w++)
            if (str_is(unit, known[k].words[w]))
                return known[k].is;
    return (struct measure){ BY_EACH, 1 };
}

/* ---- which work counts ---- */

static bool under(const struct list *categories, struct str code, struct str above)
{
    const struct exchange_category *at = categories->at;
    if (!code.len || str_eq(code, above))
        return code.len > 0;
    for (size_t i = 0; i < categories->len; i++)
        if (str_eq(at[i].code, code))
            return at[i].of.len && str_eq(at[i].of, above);
    return false;
}

bool pledge_of_money(struct str category, struct str unit, const struct list *categories)
{
    return category.len && under(categories, category, STR("funds")) && (!unit.len || pledge_measure(unit).way == BY_MONEY);
}

bool pledge_counts(const struct pledge *p, const struct work *w, const struct list *categories)
{
    bool money = pledge_measure(p->unit).way == BY_MONEY;
    if (w->kind == WORK_PAYMENT)
        return p->id == w->pledge_id && (money || !p->unit.len);
    if ((p->org_id != w->org_id && p->former_id != w->org_id) || (w->kind == WORK_ORDER && money))
        return false;
    if (w->of.hold_id)
        return p->hold_id == w->of.hold_id;
    if (p->resource_id)
        return p->resource_id == w->of.resource_id;
    return under(categories, w->of.category, p->category) || under(categories, w->of.given_category, p->category);
}

/* ---- reading off ---- */

bool work_is_part(const struct work *order, const struct exchange_kept *claim)
{
    ms at = order->of.at;
    return claim->service_id && claim->service_id == order->of.service_id && at >= claim->taken_at && at <= claim->at;
}

bool work_may_be_part(const struct work *order, const struct exchange_kept *claim, const struct list *categories)
{
    ms at = order->of.at;
    return !claim->service_id && !claim->resource_id && pledge_measure(claim->unit).way != BY_MONEY && at >= claim->taken_at && at <= claim->at &&
           order->of.category.len && under(categories, order->of.category, claim->category);
}

/* The times of one pledge, while works are counted into them, in the small of its measure. */
struct times { int64_t n, *given, enough; struct measure by; };

static struct times times_of(struct arena *a, const struct pledge *p, const struct term *t)
{
    struct times out = { .by = pledge_measure(p->unit) };
    ms           from, to;
    out.enough = p->quantity * out.by.scale;
    while (pledge_time(p, t, out.n, &from, &to))
        out.n++;
    out.given = ARENA_ARRAY(a, out.n + 1, int64_t);
    memset(out.given, 0, (size_t)(out.n + 1) * sizeof *out.given);
    return out;
}

/* The time in which this falls; of one made once the only one, also when it comes late. -1: none. */
static int64_t time_at(const struct pledge *p, const struct term *t, int64_t n, ms at)
{
    ms from, to;
    if (p->rhythm == ONCE)
        return 0;
    for (int64_t i = 0; i < n && pledge_time(p, t, i, &from, &to); i++)
        if (at >= from && at < to)
            return i;
    return -1;
}

/* What it counts for a pledge. Money without a unit is yuan. */
static int64_t amount_of(const struct work *w, struct measure by)
{
    if (w->kind == WORK_PAYMENT)
        return by.way == BY_MONEY ? w->fen : w->fen / 100;
    if (w->kind == WORK_ORDER)
        return by.way == BY_HOURS ? w->minutes : 1;
    return w->of.quantity * by.scale;
}

/* Another order of a slot that counts as a session already: it belongs to that one. Orders of a slot lie side by side, having one beginning. */
static bool belongs_to_one_before(const struct work *first, struct work *w, const struct times *times)
{
    for (const struct work *k = w; w->slot_id && k-- > first && k->of.at == w->of.at;)
        if (k->slot_id == w->slot_id && k->pledge >= 0 && times[k->pledge].by.way == BY_SESSION) {
            w->pledge = k->pledge;
            return true;
        }
    return false;
}

static void count(const struct list *pledges, const struct work *first, struct work *w, struct times *times, const struct list *categories, const struct term *t)
{
    const struct pledge *p = pledges->at;
    int64_t              in = -1;
    w->pledge = -1;
    w->amount = 0;
    if (belongs_to_one_before(first, w, times))
        return;
    for (size_t i = 0; i < pledges->len; i++) {
        if (!pledge_counts(&p[i], w, categories))
            continue;
        w->pledge = (int)i;
        in = time_at(&p[i], t, times[i].n, w->of.at);
        if (in >= 0 && times[i].given[in] < times[i].enough)
            break;
    }
    if (w->pledge < 0)
        return;
    w->amount = amount_of(w, times[w->pledge].by);
    if (in >= 0)
        times[w->pledge].given[in] += w->amount;
}

static enum pledge_state state_of(const struct pledge *p, const struct standing *s, bool ended)
{
    if (p->rhythm == ONCE)
        return s->kept ? PLEDGE_KEPT : s->over ? PLEDGE_LATE : PLEDGE_OPEN;
    if (s->kept < s->over)
        return PLEDGE_LATE;
    return s->over && (s->over == s->times || ended) ? PLEDGE_KEPT : PLEDGE_OPEN;
}

static struct standing stand(const struct pledge *p, const struct times *times, const struct term *t, ms now)
{
    struct standing s = { .times = times->n, .state = PLEDGE_OPEN };
    ms              until = t->ended && t->ended < now ? t->ended : now, from, to;
    for (int64_t i = 0; i < times->n && pledge_time(p, t, i, &from, &to); i++) {
        bool over = to <= until, enough = times->given[i] >= times->enough;
        s.over += over;
        s.kept += enough && (over || p->rhythm == ONCE);
        if (from <= now && to > now && !t->ended) {
            s.now_from = from;
            s.now_to = to;
            s.now_given = times->given[i] / times->by.scale;
        }
    }
    s.state = (int)state_of(p, &s, t->ended != 0);
    return s;
}

void pledges_read_off(struct arena *a, const struct list *pledges, struct list *works, const struct list *categories, const struct term *t, ms now,
                      struct standing *out)
{
    const struct pledge *p = pledges->at;
    struct work         *w = works->at;
    struct times        *times = ARENA_ARRAY(a, pledges->len + 1, struct times);
    for (size_t i = 0; i < pledges->len; i++)
        times[i] = times_of(a, &p[i], t);
    for (size_t i = 0; i < works->len; i++)
        count(pledges, w, &w[i], times, categories, t);
    for (size_t i = 0; i < pledges->len; i++)
        out[i] = stand(&p[i], &times[i], t, now);
    for (size_t i = 0; i < works->len; i++)
        if (w[i].pledge >= 0)
            out[w[i].pledge].given += w[i].amount;
    for (size_t i = 0; i < pledges->len; i++)
        out[i].given /= times[i].by.scale;
}

bool pledge_due(const struct pledge *p, const struct standing *s, const struct term *t, ms now, ms *at)
{
    ms from;
    if (p->rhythm == ONCE)
        return !s->kept && pledge_time(p, t, 0, &from, at);
    for (int64_t i = 0; pledge_time(p, t, i, &from, at); i++)
        if (*at > now && !(from <= now && s->now_given >= p->quantity))
            return true;
    return false;
}

/* ---- when to tell ---- */

static void sooner(ms *next, ms at, ms after)
{
    if (at > after && (!*next || at < *next))
        *next = at;
}

ms agreement_next(const struct agreement *g, const struct list *pledges, ms after, ms notice, int zone_minutes)
{
    const struct pledge *p = pledges->at;
    struct term          t = term_of(g, zone_minutes);
    ms                   next = 0, from, to;
    if (g->state != AGREEMENT_IN_FORCE)
        return 0;
    sooner(&next, g->ends_at - notice, after);
    sooner(&next, g->ends_at, after);
    for (int64_t i = 1; g->review_months && i < 1200; i++) {
        ms at = clock_months_later(g->begins_at, i * g->review_months, zone_minutes);
        sooner(&next, at, after);
        if (at > after || at >= g->ends_at)
            break;
    }
    for (size_t i = 0; i < pledges->len; i++)
        for (int64_t k = 0; pledge_time(&p[i], &t, k, &from, &to); k++)
            sooner(&next, to - notice, after);
    return next;
}

ms review_due(const struct agreement *g, ms now, int zone_minutes)
{
    ms due = 0;
    for (int64_t i = 1; g->review_months && i < 1200; i++) {
        ms at = clock_months_later(g->begins_at, i * g->review_months, zone_minutes);
        if (at > now || at > g->ends_at)
            break;
        due = at;
    }
    return due;
}

struct term term_of(const struct agreement *g, int zone_minutes)
{
    return (struct term){ g->begins_at, g->ends_at, g->state == AGREEMENT_ENDED && g->ended_at < g->ends_at ? g->ended_at : 0, zone_minutes };
}

const struct party *party_of(const struct list *parties, int64_t org)
{
    const struct party *p = parties->at;
    for (size_t i = 0; i < parties->len; i++)
        if (p[i].org_id == org)
            return &p[i];
    return NULL;
}
