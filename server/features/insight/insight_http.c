/* insight_http.c: figures over HTTP. Who may read the cases of a unit may read its figures; nobody else. */
#include <jansson.h>
#include <stdlib.h>

#include "view.h"
#include "../audit/audit.h"
#include "../setting/setting.h"
#include "../../base/id.h"

#define PERIOD_MOST   1830   /* days */
#define PERIOD_USUAL  30
#define PAGE          50
#define ORGS_MOST     300

/* ---- what is asked ---- */

struct ask { int64_t unit; struct str from, to; int by, step; };
static const char *const by_words[] = { NULL, "area", "org", NULL };
const char *const insight_step_words[] = { NULL, "day", "week", "month", NULL };
enum { BY_NONE, BY_AREA_BELOW, BY_ORG_THERE };

#define UNIT_FIELD(type)   FIELD_ID(type, unit, 0, "Area or organisation; not given: the first at which the caller reads cases")

static const struct field ask_fields[] = { UNIT_FIELD(struct ask), PERIOD_FIELDS(struct ask), FIELD_END };
static const struct field ask_units_fields[] = {
    UNIT_FIELD(struct ask), PERIOD_FIELDS(struct ask),
    FIELD_WORD(struct ask, by, by_words, REQUIRED, "area: the areas below it; org: the organisations that belong to it or lie below it"), FIELD_END
};
static const struct field ask_series_fields[] = {
    UNIT_FIELD(struct ask), PERIOD_FIELDS(struct ask),
    FIELD_WORD(struct ask, step, insight_step_words, 0, "day when nothing is said; weeks begin on Monday"), FIELD_END
};

/* What was asked, understood: a unit the caller may read, days. */
struct seen {
    struct unit_ref             unit;
    struct period               p;
    const struct unit_snapshot *units;   /* released by the caller of seen_open */
    struct ids                  parts;
};

static struct unit_ref unit_named(const struct unit_snapshot *u, int64_t id)
{
    const struct unit_ref area = { UNIT_AREA, id }, org = { UNIT_ORG, id };
    return unit_depth(u, area) >= 0 ? area : unit_depth(u, org) >= 0 ? org : (struct unit_ref){ UNIT_NONE, 0 };
}

/* Deny by default: one's own first place, or the one asked for when cases are read there. */
static err find_unit(struct req *r, int64_t asked, struct seen *s)
{
    struct unit_refs own = req_where(r, PERM_CASE_READ);
    if (!asked && own.len)
        s->unit = own.at[0];
    else
        s->unit = unit_named(s->units, asked);
    if (s->unit.kind == UNIT_NONE)
        return FAIL(ERR_NOT_FOUND);
    return req_allow(r, PERM_CASE_READ, s->unit);
}

err insight_period(struct req *r, struct str from, struct str to, struct period *s)
{
    s->hour = hour_at(r->now, r->app->zone_minutes);
    s->today = s->hour / DAY_HOURS;
    s->to = s->today;
    if (to.ptr && !day_parse(to, &s->to))
        req_fault(r, "to", ERR_WRONG_TYPE);
    s->from = s->to - PERIOD_USUAL + 1;
    if (from.ptr && !day_parse(from, &s->from))
        req_fault(r, "from", ERR_WRONG_TYPE);
    TRY(req_faults(r));
    if (s->from > s->to || s->to - s->from >= PERIOD_MOST)
        req_fault(r, "from", ERR_PERIOD);
    return req_faults(r);
}

static err seen_open(struct req *r, int64_t unit, struct str from, struct str to, struct seen *s)
{
    err e = insight_period(r, from, to, &s->p);
    if (!failed(e))
        e = find_unit(r, unit, s);
    if (!failed(e))
        s->parts = unit_parts(s->units, r->arena, s->unit);
    return e;
}

/* Runs work with the scope open. */
static err with_seen(struct req *r, int64_t unit, struct str from, struct str to, err (*work)(struct req *r, struct seen *s))
{
    struct seen s = { .units = unit_hold(r->app) };
    err          e = seen_open(r, unit, from, to, &s);
    if (!failed(e))
        e = work(r, &s);
    unit_release(s.units);
    return e;
}

static err with_ask(struct req *r, err (*work)(struct req *r, struct seen *s))
{
    const struct ask *in = r->query;
    return with_seen(r, in->unit, in->from, in->to, work);
}

/* ---- views: a figure, a count, a unit ---- */

const struct field insight_figure_fields[] = {
    FIELD_STR(struct figure_view, word, 0, 0, REQUIRED, "Figure; its formula: GET /insight/definitions"),
    FIELD_I64(struct figure_view, part, 0, 0, REQUIRED, "Numerator"),
    FIELD_I64(struct figure_view, whole, 0, 0, REQUIRED, "Denominator"),
    FIELD_I64(struct figure_view, rate, 0, 0, REQUIRED, "Hundredths of a percent; -1: the denominator is 0"),
    FIELD_I64(struct figure_view, part_before, 0, 0, REQUIRED, "Numerator of the period before, as long as this one"),
    FIELD_I64(struct figure_view, whole_before, 0, 0, REQUIRED, "Its denominator"),
    FIELD_I64(struct figure_view, rate_before, 0, 0, REQUIRED, "Its rate; -1: none"),
    FIELD_END
};
struct share_view { struct str word; int64_t part, whole, rate; };
static const struct field share_fields[] = {
    FIELD_STR(struct share_view, word, 0, 0, REQUIRED, "Figure"),
    FIELD_I64(struct share_view, part, 0, 0, REQUIRED, "Numerator"),
    FIELD_I64(struct share_view, whole, 0, 0, REQUIRED, "Denominator"),
    FIELD_I64(struct share_view, rate, 0, 0, REQUIRED, "Hundredths of a percent; -1: none"),
    FIELD_END
};
const struct field insight_count_fields[] = {
    FIELD_STR(struct count_view, word, 0, 0, REQUIRED, "Measure, state or age"),
    FIELD_I64(struct count_view, count, 0, 0, REQUIRED, "How many"),
    FIELD_I64(struct count_view, before, 0, 0, 0, "In the period before; of what is open always 0"),
    FIELD_END
};
struct unit_view { int64_t id; int kind; struct str name, area_kind; };
static const struct field unit_fields[] = {
    FIELD_ID(struct unit_view, id, REQUIRED, "Area or organisation"),
    FIELD_WORD(struct unit_view, kind, unit_kind_words, REQUIRED, "area or org"),
    FIELD_STR(struct unit_view, name, 0, 0, REQUIRED, "Name"),
    FIELD_STR(struct unit_view, area_kind, 0, 0, 0, "Kind of area or organisation"),
    FIELD_END
};
struct weight_view { struct str word; int64_t weight; };
static const struct field weight_fields[] = {
    FIELD_STR(struct weight_view, word, 0, 0, REQUIRED, "Figure"),
    FIELD_I64(struct weight_view, weight, 0, 0, REQUIRED, "Its weight in the combined score"),
    FIELD_END
};

static struct unit_view unit_view(struct req *r, const struct unit_snapshot *u, struct unit_ref unit)
{
    return (struct unit_view){ unit.id, (int)unit.kind, str_copy(r->arena, unit_name(u, unit)), str_copy(r->arena, unit_kind_of(u, unit)) };
}

/* ---- the combined score ---- */

/* Those in force on the first day of the period: a later change leaves the past as it was. */
static void weights_at(struct req *r, int64_t day, int64_t out[FIGURES])
{
    struct str text = setting_text(r->app, r->arena, "insight.weights", day_begin(day, r->app->zone_minutes));
    json_t    *all = json_loadb(text.ptr, text.len, 0, NULL);
    for (int i = 0; i < FIGURES; i++) {
        json_int_t w = json_integer_value(json_object_get(all, insight_figures[i].word));
        out[i] = w > 0 && w <= 1000 ? w : 0;
    }
    json_decref(all);
}

static int64_t score_of(const struct totals *t, const int64_t weights[FIGURES])
{
    int64_t rates[FIGURES];
    for (int i = 0; i < FIGURES; i++)
        rates[i] = figure_rate(t->n[insight_figures[i].part], t->n[insight_figures[i].whole]);
    return figure_score(rates, weights);
}

/* ---- figures of a unit ---- */

struct figures_view {
    struct unit_view *unit;
    struct list       path, own;
    struct str        from, to, before_from, before_to, today;
    struct list       figures, counts, by_state, by_age, weights;
    int64_t           open, overdue, score, score_before, counted, cases;
};
static const struct field figures_fields[] = {
    FIELD_OBJECT(struct figures_view, unit, unit_fields, struct unit_view, REQUIRED, "Unit"),
    FIELD_LIST(struct figures_view, path, unit_fields, struct unit_view, 0, 0, REQUIRED, "Units above it that the caller may look at, the highest first"),
    FIELD_LIST(struct figures_view, own, unit_fields, struct unit_view, 0, 0, REQUIRED, "Where the caller reads cases; what lies below is theirs too"),
    FIELD_STR(struct figures_view, from, 0, 0, REQUIRED, "First day"),
    FIELD_STR(struct figures_view, to, 0, 0, REQUIRED, "Last day"),
    FIELD_STR(struct figures_view, before_from, 0, 0, REQUIRED, "First day of the period before"),
    FIELD_STR(struct figures_view, before_to, 0, 0, REQUIRED, "Its last day"),
    FIELD_STR(struct figures_view, today, 0, 0, REQUIRED, "Today in the district's time zone"),
    FIELD_LIST(struct figures_view, figures, insight_figure_fields, struct figure_view, 0, 0, REQUIRED, "Rates"),
    FIELD_LIST(struct figures_view, counts, insight_count_fields, struct count_view, 0, 0, REQUIRED, "Measures, those in no score too"),
    FIELD_I64(struct figures_view, open, 0, 0, REQUIRED, "Open now"),
    FIELD_I64(struct figures_view, overdue, 0, 0, REQUIRED, "Of these, past the limit of the present step"),
    FIELD_LIST(struct figures_view, by_state, insight_count_fields, struct count_view, 0, 0, REQUIRED, "Open by state"),
    FIELD_LIST(struct figures_view, by_age, insight_count_fields, struct count_view, 0, 0, REQUIRED,
               "Open by age: day (reported today), three, week, month, older"),
    FIELD_LIST(struct figures_view, weights, weight_fields, struct weight_view, 0, 0, REQUIRED, "Weights in force on the first day"),
    FIELD_I64(struct figures_view, score, 0, 0, REQUIRED, "Combined score, hundredths of a point; -1: none"),
    FIELD_I64(struct figures_view, score_before, 0, 0, REQUIRED, "Of the period before, with the weights of then; -1: none"),
    FIELD_I64(struct figures_view, counted, 0, 0, REQUIRED, "Cases from before the counters that have been counted; the figures are whole when it equals cases"),
    FIELD_I64(struct figures_view, cases, 0, 0, REQUIRED, "Cases from before the counters; 0: there were none, or all are counted"),
    FIELD_END
};

void insight_put(struct arena *a, const struct totals *now, const struct totals *before, struct list *figures, struct list *counts)
{
    struct figure_view *f = ARENA_ARRAY(a, FIGURES, struct figure_view);
    struct count_view  *c = ARENA_ARRAY(a, MEASURES, struct count_view);
    for (int i = 0; i < FIGURES; i++) {
        const struct figure *is = &insight_figures[i];
        f[i] = (struct figure_view){ str_of(is->word), now->n[is->part], now->n[is->whole], figure_rate(now->n[is->part], now->n[is->whole]),
                                     before->n[is->part], before->n[is->whole], figure_rate(before->n[is->part], before->n[is->whole]) };
    }
    for (int i = 0; i < MEASURES; i++)
        c[i] = (struct count_view){ str_of(insight_measures[i].word), now->n[i], before->n[i] };
    *figures = (struct list){ f, FIGURES };
    *counts = (struct list){ c, MEASURES };
}

static void put_standing(struct req *r, const struct standing *s, struct figures_view *v)
{
    static const enum case_state states[OPEN_STATES] = { CASE_REPORTED, CASE_WAITING, CASE_ACCEPTED, CASE_DISPATCHED, CASE_HANDLING, CASE_HANDLED,
                                                         CASE_SUSPENDED };
    static const char *const     ages[AGES] = { "day", "three", "week", "month", "older" };
    struct count_view           *c = ARENA_ARRAY(r->arena, OPEN_STATES + AGES, struct count_view);
    for (int i = 0; i < OPEN_STATES; i++)
        c[i] = (struct count_view){ str_of(case_state_words[states[i]]), s->states[i], 0 };
    for (int i = 0; i < AGES; i++)
        c[OPEN_STATES + i] = (struct count_view){ str_of(ages[i]), s->ages[i], 0 };
    v->by_state = (struct list){ c, OPEN_STATES };
    v->by_age = (struct list){ c + OPEN_STATES, AGES };
    v->open = s->open;
    v->overdue = s->overdue;
}

static void put_units(struct req *r, const struct seen *s, struct figures_view *v)
{
    struct unit_refs  own = req_where(r, PERM_CASE_READ);
    struct unit_view *at = ARENA_ARRAY(r->arena, own.len + 1, struct unit_view), *path;
    size_t            n = 0;
    v->own = (struct list){ at, own.len };
    for (size_t i = 0; i < own.len; i++)
        at[i] = unit_view(r, s->units, own.at[i]);
    struct unit_ref up = s->unit;
    while ((up.id = unit_parent(s->units, up)) != 0 && req_may(r, PERM_CASE_READ, up))
        n++;
    path = ARENA_ARRAY(r->arena, n + 1, struct unit_view);
    up = s->unit;
    for (size_t i = n; i-- > 0;) {
        up.id = unit_parent(s->units, up);
        path[i] = unit_view(r, s->units, up);
    }
    v->path = (struct list){ path, n };
    v->unit = ARENA_NEW(r->arena, struct unit_view);
    *v->unit = unit_view(r, s->units, s->unit);
}

static void put_scores(struct req *r, const struct seen *s, const struct totals *now, const struct totals *before, struct figures_view *v)
{
    int64_t             weights[FIGURES];
    struct weight_view *at = ARENA_ARRAY(r->arena, FIGURES, struct weight_view);
    weights_at(r, s->p.from - (s->p.to - s->p.from + 1), weights);
    v->score_before = score_of(before, weights);
    weights_at(r, s->p.from, weights);
    v->score = score_of(now, weights);
    v->weights = (struct list){ at, 0 };
    for (int i = 0; i < FIGURES; i++)
        if (weights[i])
            at[v->weights.len++] = (struct weight_view){ str_of(insight_figures[i].word), weights[i] };
}

/* Fell due in this hour: only the minute tells. */
struct due_now { const struct unit_snapshot *units; struct unit_ref unit; int64_t n; };
static void add_due_now(void *arg, int64_t unit)
{
    struct due_now *d = arg;
    d->n += unit_within(d->units, (struct unit_ref){ d->unit.kind, unit }, d->unit);
}

static err figures(struct req *r, struct seen *s)
{
    struct figures_view v = { 0 };
    struct totals       now, before;
    struct standing     open;
    struct due_now      due = { s->units, s->unit, 0 };
    int64_t             days = s->p.to - s->p.from + 1;
    TRY(insight_total(r->db, r->tenant, s->parts, s->p.from, s->p.to, &now));
    TRY(insight_total(r->db, r->tenant, s->parts, s->p.from - days, s->p.from - 1, &before));
    TRY(insight_standing_of(r->db, r->tenant, s->parts, s->p.hour, true, &open));
    TRY(case_due_between(r->db, r->tenant, hour_begin(s->p.hour, r->app->zone_minutes), r->now, s->unit.kind == UNIT_ORG, add_due_now, &due));
    TRY(insight_progress(r->db, r->tenant, &v.counted, &v.cases));
    open.overdue += due.n;
    insight_put(r->arena, &now, &before, &v.figures, &v.counts);
    put_standing(r, &open, &v);
    put_units(r, s, &v);
    put_scores(r, s, &now, &before, &v);
    v.from = day_text(r->arena, s->p.from);
    v.to = day_text(r->arena, s->p.to);
    v.before_from = day_text(r->arena, s->p.from - days);
    v.before_to = day_text(r->arena, s->p.from - 1);
    v.today = day_text(r->arena, s->p.today);
    return reply_view(r, figures_fields, &v, 0);
}

static err get_figures(struct req *r)
{
    return with_ask(r, figures);
}

/* ---- the same by unit ---- */

struct row_view { struct unit_ref ref; int64_t id; struct str name, kind; int64_t reported, closed, open, overdue, score; struct list figures; };
static const struct field row_fields[] = {
    FIELD_ID(struct row_view, id, REQUIRED, "Area or organisation"),
    FIELD_STR(struct row_view, name, 0, 0, REQUIRED, "Name"),
    FIELD_STR(struct row_view, kind, 0, 0, 0, "Kind of area or organisation"),
    FIELD_I64(struct row_view, reported, 0, 0, REQUIRED, "Reported in the period; of an organisation dispatched to it"),
    FIELD_I64(struct row_view, closed, 0, 0, REQUIRED, "Closed in the period"),
    FIELD_I64(struct row_view, open, 0, 0, REQUIRED, "Open now"),
    FIELD_I64(struct row_view, overdue, 0, 0, REQUIRED, "Of these, past the limit of the present step"),
    FIELD_LIST(struct row_view, figures, share_fields, struct share_view, 0, 0, REQUIRED, "Rates"),
    FIELD_I64(struct row_view, score, 0, 0, REQUIRED, "Combined score, hundredths of a point; -1: none"),
    FIELD_END
};

/* Areas directly below; organisations that belong there, or lie below, and have had cases. In the order of the tree: nothing is ranked. */
static err units_below(struct req *r, const struct seen *s, int by, struct ids *out)
{
    if (by == BY_ORG_THERE) {
        struct ids all = s->unit.kind == UNIT_ORG ? s->parts : unit_orgs_in(s->units, r->arena, s->unit.id);
        return insight_counted(r->db, r->arena, r->tenant, all, out);
    }
    struct ids tree = s->unit.kind == UNIT_AREA ? unit_subtree(s->units, r->arena, s->unit) : (struct ids){ NULL, 0 };
    int64_t   *at = ARENA_ARRAY(r->arena, tree.len + 1, int64_t);
    *out = (struct ids){ at, 0 };
    for (size_t i = 0; i < tree.len; i++)
        if (unit_parent(s->units, (struct unit_ref){ UNIT_AREA, tree.at[i] }) == s->unit.id)
            at[out->len++] = tree.at[i];
    return OK;
}

static err fill_row(struct req *r, const struct seen *s, const int64_t weights[FIGURES], struct row_view *row)
{
    struct totals      t;
    struct standing    open;
    struct share_view *f = ARENA_ARRAY(r->arena, FIGURES, struct share_view);
    struct ids         one = { &row->id, 1 };
    TRY(insight_total(r->db, r->tenant, one, s->p.from, s->p.to, &t));
    TRY(insight_standing_of(r->db, r->tenant, one, s->p.hour, false, &open));
    for (int i = 0; i < FIGURES; i++) {
        int64_t part = t.n[insight_figures[i].part], whole = t.n[insight_figures[i].whole];
        f[i] = (struct share_view){ str_of(insight_figures[i].word), part, whole, figure_rate(part, whole) };
    }
    row->name = str_copy(r->arena, unit_name(s->units, row->ref));
    row->kind = str_copy(r->arena, unit_kind_of(s->units, row->ref));
    row->reported = row->ref.kind == UNIT_ORG ? t.n[COUNT_dispatched] : t.n[COUNT_reported];
    row->closed = t.n[COUNT_closed];
    row->open = open.open;
    row->overdue += open.overdue;
    row->figures = (struct list){ f, FIGURES };
    row->score = score_of(&t, weights);
    return OK;
}

struct rows_due { const struct unit_snapshot *units; struct row_view *rows; size_t n; };
static void add_row_due(void *arg, int64_t unit)
{
    struct rows_due *d = arg;
    for (size_t i = 0; i < d->n; i++)
        if (d->rows[i].ref.kind == UNIT_ORG ? d->rows[i].id == unit : unit_within(d->units, (struct unit_ref){ UNIT_AREA, unit }, d->rows[i].ref))
            d->rows[i].overdue++;
}

static err units(struct req *r, struct seen *s)
{
    const struct ask *in = r->query;
    int64_t           weights[FIGURES];
    struct ids        ids;
    TRY(units_below(r, s, in->by, &ids));
    size_t            n = ids.len < ORGS_MOST ? ids.len : ORGS_MOST;
    struct row_view  *rows = ARENA_ARRAY(r->arena, n + 1, struct row_view);
    struct rows_due   due = { s->units, rows, n };
    bool              orgs = in->by == BY_ORG_THERE;
    weights_at(r, s->p.from, weights);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct row_view){ .ref = { orgs ? UNIT_ORG : UNIT_AREA, ids.at[i] }, .id = ids.at[i] };
    TRY(case_due_between(r->db, r->tenant, hour_begin(s->p.hour, r->app->zone_minutes), r->now, orgs, add_row_due, &due));
    for (size_t i = 0; i < n; i++)
        TRY(fill_row(r, s, weights, &rows[i]));
    return reply_list(r, row_fields, sizeof(struct row_view), (struct list){ rows, n }, STR_NONE);
}

static err get_units(struct req *r)
{
    return with_ask(r, units);
}

/* ---- by category ---- */

struct category_view { int64_t id; struct str name_zh, name_en; int64_t reported, reported_before, due, closed_on_time, closed; };
static const struct field category_fields[] = {
    FIELD_ID(struct category_view, id, 0, "Category; null: not known"),
    FIELD_STR(struct category_view, name_zh, 0, 0, 0, "Chinese name"),
    FIELD_STR(struct category_view, name_en, 0, 0, 0, "English name"),
    FIELD_I64(struct category_view, reported, 0, 0, REQUIRED, "Reported in the period"),
    FIELD_I64(struct category_view, reported_before, 0, 0, REQUIRED, "In the period before"),
    FIELD_I64(struct category_view, due, 0, 0, REQUIRED, "Due"),
    FIELD_I64(struct category_view, closed_on_time, 0, 0, REQUIRED, "Of these, closed on time"),
    FIELD_I64(struct category_view, closed, 0, 0, REQUIRED, "Closed"),
    FIELD_END
};
struct categories_view { struct list items; struct str counted_from; bool before_whole; };
static const struct field categories_fields[] = {
    FIELD_LIST(struct categories_view, items, category_fields, struct category_view, 0, 0, REQUIRED, "Categories with any, most reported first"),
    FIELD_STR(struct categories_view, counted_from, 0, 0, REQUIRED, "First day that was counted: later than asked for when there are very many cases"),
    FIELD_BOOL(struct categories_view, before_whole, REQUIRED, "The period before was counted whole"),
    FIELD_END
};

static const struct category_total *total_of(const struct category_totals *t, int64_t id)
{
    static const struct category_total none;
    for (size_t i = 0; i < t->len; i++)
        if (t->at[i].category == id)
            return &t->at[i];
    return &none;
}

static int most_reported(const void *x, const void *y)
{
    const struct category_view *a = x, *b = y;
    return a->reported != b->reported ? (a->reported < b->reported ? 1 : -1) : (a->id > b->id) - (a->id < b->id);
}

static struct category_view category_view(struct req *r, const struct category_total *t, const struct category_total *before)
{
    struct category_view v = { .id = t->category, .reported = t->n[CATEGORY_reported], .reported_before = before->n[CATEGORY_reported],
                               .due = t->n[CATEGORY_due], .closed_on_time = t->n[CATEGORY_closed_on_time], .closed = t->n[CATEGORY_closed] };
    case_category_names(r->app, r->arena, t->category, &v.name_zh, &v.name_en);
    return v;
}

static err categories(struct req *r, struct seen *s)
{
    struct category_totals now, before;
    struct categories_view v = { 0 };
    int64_t                days = s->p.to - s->p.from + 1;
    TRY(insight_categories_of(r->db, r->arena, r->tenant, s->units, s->unit, s->p.from, s->p.to, &now));
    TRY(insight_categories_of(r->db, r->arena, r->tenant, s->units, s->unit, s->p.from - days, s->p.from - 1, &before));
    struct category_view *at = ARENA_ARRAY(r->arena, now.len + 1, struct category_view);
    for (size_t i = 0; i < now.len; i++)
        at[i] = category_view(r, &now.at[i], total_of(&before, now.at[i].category));
    qsort(at, now.len, sizeof *at, most_reported);
    v.items = (struct list){ at, now.len };
    v.counted_from = day_text(r->arena, now.from);
    v.before_whole = before.from == s->p.from - days;
    return reply_view(r, categories_fields, &v, 0);
}

static err get_categories(struct req *r)
{
    return with_ask(r, categories);
}

/* ---- series ---- */

const struct field insight_step_fields[] = {
    FIELD_STR(struct step_view, from, 0, 0, REQUIRED, "First day of the step"),
#define MEASURE(word_, kind_, mask_, want_, zh_, en_)                                                                              \
    { .name = #word_, .kind = KIND_I64, .offset = offsetof(struct step_view, t.n) + COUNT_##word_ * sizeof(int64_t), .flags = REQUIRED, \
      .doc = "Cases: " en_ },
#define FIGURE(...)
#include "insight.def"
#undef MEASURE
#undef FIGURE
    FIELD_END
};

static int64_t step_begin(int64_t day, int step)
{
    return step == BY_MONTH ? day_month(day) : step == BY_WEEK ? day - (day + 3) % 7 : day;   /* 1970-01-01 was a Thursday */
}

struct list insight_steps(struct arena *a, const struct totals *days, const struct period *p, int step)
{
    struct step_view *at = ARENA_ARRAY(a, (size_t)(p->to - p->from + 1), struct step_view);
    size_t            n = 0;
    for (int64_t day = p->from, last = INT64_MIN; day <= p->to; day++) {
        int64_t begin = step_begin(day, step);
        if (begin != last)
            at[n++].from = day_text(a, begin > p->from ? begin : p->from);
        last = begin;
        for (int k = 0; k < MEASURES; k++)
            at[n - 1].t.n[k] += days[day - p->from].n[k];
    }
    return (struct list){ at, n };
}

static err series(struct req *r, struct seen *s)
{
    const struct ask *in = r->query;
    struct totals    *days;
    TRY(insight_series(r->db, r->arena, r->tenant, s->parts, s->p.from, s->p.to, &days));
    return reply_list(r, insight_step_fields, sizeof(struct step_view), insight_steps(r->arena, days, &s->p, in->step), STR_NONE);
}

static err get_series(struct req *r)
{
    return with_ask(r, series);
}

/* ---- the cases behind a number ---- */

struct ask_cases { int64_t unit; struct str from, to, measure, without, after; int64_t limit; };
static const struct field ask_cases_fields[] = {
    UNIT_FIELD(struct ask_cases), PERIOD_FIELDS(struct ask_cases),
    FIELD_STR(struct ask_cases, measure, 1, 40, REQUIRED, "Measure: the numerator or denominator of a figure, or a count"),
    FIELD_STR(struct ask_cases, without, 1, 40, 0, "Another measure, counted on the same day: only cases that are not in it"),
    FIELD_STR(struct ask_cases, after, 1, 200, 0, "Cursor of the next page"),
    FIELD_I64(struct ask_cases, limit, 1, 200, 0, "Rows of a page, 50 when not said"),
    FIELD_END
};

static int measure_named(struct str word)
{
    for (int i = 0; i < MEASURES; i++)
        if (str_is(word, insight_measures[i].word))
            return i;
    return -1;
}

static err read_behind(struct req *r, const struct ask_cases *in, const struct seen *s, struct behind *q)
{
    int measure = measure_named(in->measure), without = in->without.ptr ? measure_named(in->without) : -1;
    if (measure < 0)
        req_fault(r, "measure", ERR_NOT_A_CHOICE);
    if (in->without.ptr && (without < 0 || (measure >= 0 && insight_measures[without].kind != insight_measures[measure].kind)))
        req_fault(r, "without", ERR_NOT_A_CHOICE);
    *q = (struct behind){ .unit = s->unit, .from = s->p.from, .to = s->p.to, .measure = (enum counter)(measure < 0 ? 0 : measure),
                          .without = without, .most = (size_t)(in->limit ? in->limit : PAGE) + 1 };
    if (in->after.ptr && !req_cursor_read(r, in->after, &q->after_day, &q->after))
        req_fault(r, "after", ERR_INVALID);
    return req_faults(r);
}

static err cases(struct req *r, struct seen *s)
{
    struct behind q;
    size_t        n;
    struct list   lines;
    TRY(read_behind(r, r->query, s, &q));
    struct found_case *found = ARENA_ARRAY(r->arena, q.most, struct found_case);
    int64_t           *ids = ARENA_ARRAY(r->arena, q.most, int64_t);
    TRY(insight_behind(r->db, r->arena, r->tenant, s->units, &q, found, &n));
    bool more = n == q.most;
    n -= more;
    for (size_t i = 0; i < n; i++)
        ids[i] = found[i].id;
    TRY(case_lines(r, (struct ids){ ids, n }, &lines));
    return reply_list(r, case_line_fields, sizeof(struct case_line), lines, more ? req_cursor(r, found[n - 1].day, found[n - 1].id) : STR_NONE);
}

static err get_cases(struct req *r)
{
    const struct ask_cases *in = r->query;
    return with_seen(r, in->unit, in->from, in->to, cases);
}

/* ---- definitions ---- */

struct definition { struct str word, zh, en, part, whole, part_zh, whole_zh, left_zh, source_zh, part_en, whole_en, left_en, source_en; int64_t better; };
static const struct field definition_fields[] = {
    FIELD_STR(struct definition, word, 0, 0, REQUIRED, "Figure"),
    FIELD_STR(struct definition, zh, 0, 0, REQUIRED, "Chinese name"),
    FIELD_STR(struct definition, en, 0, 0, REQUIRED, "English name"),
    FIELD_I64(struct definition, better, 0, 0, REQUIRED, "1: more is better, -1: less is, 0: neither"),
    FIELD_STR(struct definition, part, 0, 0, REQUIRED, "Measure that is the numerator"),
    FIELD_STR(struct definition, whole, 0, 0, REQUIRED, "Measure that is the denominator"),
    FIELD_STR(struct definition, part_zh, 0, 0, REQUIRED, "Numerator in Chinese"),
    FIELD_STR(struct definition, whole_zh, 0, 0, REQUIRED, "Denominator in Chinese"),
    FIELD_STR(struct definition, left_zh, 0, 0, REQUIRED, "What is left out, in Chinese"),
    FIELD_STR(struct definition, source_zh, 0, 0, REQUIRED, "Where the formula comes from, in Chinese"),
    FIELD_STR(struct definition, part_en, 0, 0, REQUIRED, "Numerator in English"),
    FIELD_STR(struct definition, whole_en, 0, 0, REQUIRED, "Denominator in English"),
    FIELD_STR(struct definition, left_en, 0, 0, REQUIRED, "What is left out, in English"),
    FIELD_STR(struct definition, source_en, 0, 0, REQUIRED, "Where the formula comes from, in English"),
    FIELD_END
};
struct measure_view { struct str word, zh, en; };
static const struct field measure_fields[] = {
    FIELD_STR(struct measure_view, word, 0, 0, REQUIRED, "Measure"),
    FIELD_STR(struct measure_view, zh, 0, 0, REQUIRED, "Chinese name"),
    FIELD_STR(struct measure_view, en, 0, 0, REQUIRED, "English name"),
    FIELD_END
};
struct definitions_view { struct list figures, measures; };
static const struct field definitions_fields[] = {
    FIELD_LIST(struct definitions_view, figures, definition_fields, struct definition, 0, 0, REQUIRED, "Rates"),
    FIELD_LIST(struct definitions_view, measures, measure_fields, struct measure_view, 0, 0, REQUIRED, "Measures"),
    FIELD_END
};

static struct definition definition_of(const struct figure *f)
{
    return (struct definition){ str_of(f->word), str_of(f->zh), str_of(f->en), str_of(insight_measures[f->part].word),
                                str_of(insight_measures[f->whole].word), str_of(f->part_zh), str_of(f->whole_zh), str_of(f->left_zh),
                                str_of(figure_source_name(f->source, true)), str_of(f->part_en), str_of(f->whole_en), str_of(f->left_en),
                                str_of(figure_source_name(f->source, false)), f->better };
}

static err get_definitions(struct req *r)
{
    struct definition   *f = ARENA_ARRAY(r->arena, FIGURES, struct definition);
    struct measure_view *m = ARENA_ARRAY(r->arena, MEASURES, struct measure_view);
    for (int i = 0; i < FIGURES; i++)
        f[i] = definition_of(&insight_figures[i]);
    for (int i = 0; i < MEASURES; i++)
        m[i] = (struct measure_view){ str_of(insight_measures[i].word), str_of(insight_measures[i].zh), str_of(insight_measures[i].en) };
    return reply_view(r, definitions_fields, &(struct definitions_view){ { f, FIGURES }, { m, MEASURES } }, 0);
}

/* ---- counting again ---- */

static err recount(struct req *r)
{
    int64_t job = id_new();
    TRY(job_add(r, insight_recount_kind.name, job, STR("{}")));
    TRY(audit_record(r, "insight.recount", "job", job, STR_NONE));
    return reply_accepted(r, job);
}

/* ---- routes ---- */

#define READ_ROUTE(path_, handler_, struct_, query_, ...)                                                                                 \
    { GET, "/api/v1/insight/" path_, handler_, .perm = PERM_CASE_READ, .scope = SCOPE_ANY, .tx = TX_READ, ROUTE_QUERY(struct_, query_), \
      .tag = "insight", __VA_ARGS__ }

const struct route insight_routes[] = {
    READ_ROUTE("figures", get_figures, struct ask, ask_fields, .reply_kind = REPLY_VIEW, .reply = figures_fields, ROUTE_ERRORS(ERR_PERIOD),
               .summary = "Figures of a unit for a period, beside the period before, and what is open now"),
    READ_ROUTE("units", get_units, struct ask, ask_units_fields, .reply_kind = REPLY_LIST, .reply = row_fields, ROUTE_ERRORS(ERR_PERIOD),
               .summary = "The same for each area below a unit, or for its organisations; in no order of merit"),
    READ_ROUTE("categories", get_categories, struct ask, ask_fields, .reply_kind = REPLY_VIEW, .reply = categories_fields, ROUTE_ERRORS(ERR_PERIOD),
               .summary = "Counts of a unit by category"),
    READ_ROUTE("series", get_series, struct ask, ask_series_fields, .reply_kind = REPLY_LIST, .reply = insight_step_fields, ROUTE_ERRORS(ERR_PERIOD),
               .summary = "Measures of a unit by day, week or month"),
    READ_ROUTE("cases", get_cases, struct ask_cases, ask_cases_fields, .reply_kind = REPLY_LIST, .reply = case_line_fields, ROUTE_ERRORS(ERR_PERIOD),
               .summary = "The very cases behind a number, newest day first"),
    { GET, "/api/v1/insight/definitions", get_definitions, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_NONE, .reply_kind = REPLY_VIEW,
      .reply = definitions_fields, .tag = "insight", .summary = "What each figure is: formula, what is left out, source" },
    { POST, "/api/v1/insight/recount", recount, .perm = PERM_SETTING_MANAGE, .scope = SCOPE_TENANT, .tx = TX_WRITE, .reply_kind = REPLY_JOB,
      .tag = "insight", .summary = "Count every case again from its story; a job that puts right what differs" },
    ROUTE_END
};
