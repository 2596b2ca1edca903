/* exchange_figures.c: figures of an area, an organisation or an alliance, each with what lies behind it. Read off the rows when they are asked for, by
 * the days on which things happened, so that nothing has to be counted up and no figure can differ from its list. What they are: exchange_figures.def. */
#include "exchange_inside.h"

#include <stdlib.h>

#include "../alliance/alliance.h"

enum { PAGE = 50, DAYS = 30 };

const struct exchange_measure exchange_measures[] = {
#define MEASURE(word, zh, en, what_zh, what_en, day_zh, day_en) { #word, zh, en, what_zh, what_en, day_zh, day_en },
#define RATE(word, part, other, zh, en)
#include "exchange_figures.def"
#undef MEASURE
#undef RATE
};
const struct exchange_rate exchange_rates[] = {
#define MEASURE(word, zh, en, what_zh, what_en, day_zh, day_en)
#define RATE(word, part, other, zh, en) { #word, MEASURE_##part, MEASURE_##other, zh, en },
#include "exchange_figures.def"
#undef MEASURE
#undef RATE
};
static const char *const measure_words[] = { NULL,
#define MEASURE(word, zh, en, what_zh, what_en, day_zh, day_en) #word,
#define RATE(word, part, other, zh, en)
#include "exchange_figures.def"
#undef MEASURE
#undef RATE
    NULL };

/* ---- rules ---- */

int64_t exchange_rate_of(int64_t part, int64_t other)
{
    return part + other > 0 ? (part * 20000 + part + other) / (2 * (part + other)) : -1;
}

static int by_size(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

int64_t exchange_median(int64_t *at, size_t n)
{
    if (!n)
        return -1;
    qsort(at, n, sizeof *at, by_size);
    return n % 2 ? at[n / 2] : (at[n / 2 - 1] + at[n / 2]) / 2;
}

void exchange_figures_document(struct buf *b)
{
    buf_z(b, "# 需求、资源、服务的指标 Figures of needs, resources and services\n\n"
             "由 `server/features/exchange/exchange_figures.def` 生成；接口、页面上的说明与本页出自同一张表。\n\n"
             "Drawn from `server/features/exchange/exchange_figures.def`, as are the API and the explanations on the page.\n\n"
             "区域的数包括其下各级：需求和认领按需求所在的区域，资源按服务的区域，点单按被服务的人所在的区域。单位的数是它提出的需求、它的认领、它的资源、它完成的点单；联盟的数是现有成员单位的合计。"
             "天按本区时区。只评单位，不评人。\n\n"
             "The numbers of an area hold all below it: needs and claims by the area of the need, resources by the area they serve, orders by where whoever is "
             "served lives. Those of an organisation are the needs it asked for, its claims, its resources and the orders it carried out; those of an alliance are of its present members together. Days are those of the district's "
             "time zone. Organisations are evaluated, never people.\n\n| 数 · counts | 是什么 · what | 计在哪一天 · counted on |\n| --- | --- | --- |\n");
    for (int i = 0; i < EXCHANGE_MEASURES; i++) {
        const struct exchange_measure *m = &exchange_measures[i];
        buf_fmt(b, "| %s %s (`%s`) | %s<br>%s | %s<br>%s |\n", m->zh, m->en, m->word, m->what_zh, m->what_en, m->day_zh, m->day_en);
    }
    buf_z(b, "\n");
    for (int i = 0; i < EXCHANGE_RATES; i++) {
        const struct exchange_rate *q = &exchange_rates[i];
        const struct exchange_measure *part = &exchange_measures[q->part], *other = &exchange_measures[q->other];
        buf_fmt(b, "- **%s %s** (`%s`) = %s ÷ (%s + %s); %s ÷ (%s + %s)\n", q->zh, q->en, q->word, part->zh, part->zh, other->zh, part->word, part->word,
                other->word);
    }
    buf_z(b, "- **认领满用了几天 Days until taken on** (`days`): 期内认领满的需求，从发布到第一次认领满的中位数，以天计；of the needs taken on in full in the period the median "
             "from publishing to that moment, in days\n");
}

/* ---- of whom, and when ---- */

struct scope_query { int64_t area, org, alliance; struct str from, to, after; int measure; };
#define SCOPE_FIELDS                                                                                                                    \
    FIELD_ID(struct scope_query, area, 0, "Of this area and all below it; the district when nothing is given"),                           \
    FIELD_ID(struct scope_query, org, 0, "Of this organisation"), FIELD_ID(struct scope_query, alliance, 0, "Of the members of this alliance"),  \
    FIELD_STR(struct scope_query, from, 1, 10, 0, "First day, such as 2026-03-01; 30 days ago when not given"),                           \
    FIELD_STR(struct scope_query, to, 1, 10, 0, "Last day; today when not given")
static const struct field query_fields[] = { SCOPE_FIELDS, FIELD_END };
static const struct field behind_query_fields[] = {
    SCOPE_FIELDS, FIELD_WORD(struct scope_query, measure, measure_words, REQUIRED, "Which number's list"),
    FIELD_STR(struct scope_query, after, 1, 200, 0, "The page before's next"), FIELD_END
};

struct figure_scope { bool all; struct ids areas, orgs; bool by_org; ms from, to; };

static err read_days(struct req *r, struct figure_scope *s)
{
    const struct scope_query *q = r->query;
    int                       zone = r->app->zone_minutes;
    ms                        today = (r->now + (ms)zone * MS_MINUTE) / MS_DAY * MS_DAY - (ms)zone * MS_MINUTE;
    s->from = q->from.ptr ? clock_day(q->from, zone) : today - (DAYS - 1) * MS_DAY;
    ms last = q->to.ptr ? clock_day(q->to, zone) : today;
    s->to = last + MS_DAY;
    if (!s->from)
        req_fault(r, "from", ERR_INVALID);
    if (!last)
        req_fault(r, "to", ERR_INVALID);
    else if (s->from && s->to <= s->from)
        req_fault(r, "to", ERR_PERIOD);
    return req_faults(r);
}

static int by_id(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static err read_scope(struct req *r, struct figure_scope *s)
{
    const struct scope_query *q = r->query;
    TRY(read_days(r, s));
    s->by_org = q->org || q->alliance;
    if (q->alliance) {
        struct alliance_present m;
        TRY(alliance_present(r->db, r->arena, r->tenant, q->alliance, &m));
        s->orgs = m.orgs;
    } else if (q->org)
        s->orgs = (struct ids){ &q->org, 1 };
    const struct unit_snapshot *u = unit_hold(r->app);
    struct unit_ref             area = { UNIT_AREA, q->area ? q->area : unit_root(u) };
    bool                        there = q->org ? unit_name(u, ORG_UNIT(q->org)).ptr != NULL : unit_name(u, area).ptr != NULL;
    s->all = !s->by_org && area.id == unit_root(u);
    if (!s->all && !s->by_org) {
        struct ids found = unit_subtree(u, r->arena, area);
        int64_t   *own = ARENA_ARRAY(r->arena, found.len + 1, int64_t);
        if (found.len)
            memcpy(own, found.at, found.len * sizeof *own);
        qsort(own, found.len, sizeof *own, by_id);
        s->areas = (struct ids){ own, found.len };
    }
    unit_release(u);
    return there ? OK : FAIL_AT(ERR_UNKNOWN_REFERENCE, q->org ? "org" : "area");
}

static bool within(const struct ids *ids, int64_t id)
{
    return ids->len && bsearch(&id, ids->at, ids->len, sizeof id, by_id);
}

/* ---- what happened ---- */

#define F(kind, m, ...) FIELD_##kind(struct exchange_fact, m, ##__VA_ARGS__, "")
const struct field exchange_fact_map[] = { F(ID, id, 0), F(ID, area, 0), F(ID, unit, 0), F(I64, value, 0, 0, 0), F(TIME, at, 0), FIELD_END };
DB_SQL(figure_asked, "SELECT id, area_id, unit_id, CAST(0 AS BIGINT), published_at FROM need WHERE tenant_id = $1 AND published_at >= $2 AND published_at < $3")
DB_SQL(figure_ended, "SELECT id, area_id, unit_id, state, ended_at FROM need WHERE tenant_id = $1 AND ended_at >= $2 AND ended_at < $3 AND state = $4")
DB_SQL(figure_matched, "SELECT id, area_id, unit_id, matched_at - published_at, matched_at FROM need WHERE tenant_id = $1 AND matched_at >= $2 AND matched_at < $3")
DB_SQL(figure_claims, "SELECT k.id, n.area_id, k.org_id, k.need_id, k.ended_at FROM need_claim k JOIN need n ON n.tenant_id = k.tenant_id AND n.id = k.need_id "
                      "WHERE k.tenant_id = $1 AND k.ended_at >= $2 AND k.ended_at < $3 AND k.state = $4 AND k.state IN (3, 4)")
DB_SQL(figure_idle, "SELECT n.id, n.area_id, n.org_id, CAST(0 AS BIGINT), n.created_at FROM resource n WHERE n.tenant_id = $1 AND n.state = 1 AND (n.again = 1 OR n.used + n.reserved < n.quantity) "
                    "AND (n.ends_at IS NULL OR n.ends_at > $2) AND NOT EXISTS (SELECT 1 FROM need_claim k WHERE k.tenant_id = n.tenant_id "
                    "AND k.resource_id = n.id AND k.state IN (1, 2) AND k.ends_at > $2)")

/* Where a measure is read: from rows here, or (no sql) from orders, those done or those reviewed with so many stars. */
static const struct { const struct db_sql *sql; int64_t state; bool reviewed; int64_t least, most; } sources[EXCHANGE_MEASURES] = {
    [MEASURE_asked] = { .sql = &figure_asked }, [MEASURE_met] = { .sql = &figure_ended, .state = NEED_MET },
    [MEASURE_unmet] = { .sql = &figure_ended, .state = NEED_UNMET }, [MEASURE_matched] = { .sql = &figure_matched },
    [MEASURE_kept] = { .sql = &figure_claims, .state = CLAIM_CONFIRMED }, [MEASURE_failed] = { .sql = &figure_claims, .state = CLAIM_FAILED },
    [MEASURE_idle] = { .sql = &figure_idle }, [MEASURE_orders] = { .least = 0, .most = 5 }, [MEASURE_praised] = { .reviewed = true, .least = 4, .most = 5 },
    [MEASURE_blamed] = { .reviewed = true, .least = 1, .most = 3 },
};

static err read_all(struct req *r, const struct figure_scope *s, enum exchange_measure_id measure, struct list *out)
{
    ms from = measure == MEASURE_idle ? r->now : s->from;
    *out = (struct list){ NULL, 0 };
    if (!sources[measure].sql)
        return r->app->services ? r->app->services->orders(r, sources[measure].reviewed, s->from, s->to, out) : OK;
    return db_all(r->db, r->arena, sources[measure].sql, DB_ARGS(I64(r->tenant), I64(from), I64(s->to), I64(sources[measure].state)), exchange_fact_map,
                  sizeof(struct exchange_fact), 0, out);
}

/* What lies behind a number: the facts of one measure in the scope. */
static err read_facts(struct req *r, const struct figure_scope *s, enum exchange_measure_id measure, struct list *out)
{
    size_t n = 0;
    TRY(read_all(r, s, measure, out));
    struct exchange_fact *at = out->at;
    for (size_t i = 0; i < out->len; i++) {
        bool here = s->all || (s->by_org ? within(&s->orgs, at[i].unit) : within(&s->areas, at[i].area));
        if (here && (sources[measure].sql || (at[i].value >= sources[measure].least && at[i].value <= sources[measure].most)))
            at[n++] = at[i];
    }
    out->len = n;
    return OK;
}

/* ---- figures ---- */

struct measure_view { struct str word, zh, en, what_zh, what_en, day_zh, day_en; int64_t n; };
static const struct field measure_fields[] = {
    FIELD_STR(struct measure_view, word, 0, 0, REQUIRED, "Stable name"), FIELD_STR(struct measure_view, zh, 0, 0, REQUIRED, "Name, Chinese"),
    FIELD_STR(struct measure_view, en, 0, 0, REQUIRED, "Name, English"), FIELD_STR(struct measure_view, what_zh, 0, 0, REQUIRED, "What it counts, Chinese"),
    FIELD_STR(struct measure_view, what_en, 0, 0, REQUIRED, "What it counts, English"), FIELD_STR(struct measure_view, day_zh, 0, 0, REQUIRED, "Counted on, Chinese"),
    FIELD_STR(struct measure_view, day_en, 0, 0, REQUIRED, "Counted on, English"), FIELD_I64(struct measure_view, n, 0, 0, REQUIRED, "How many"), FIELD_END
};
struct rate_view { struct str word, zh, en, part, other; int64_t rate; };
static const struct field rate_fields[] = {
    FIELD_STR(struct rate_view, word, 0, 0, REQUIRED, "Stable name"), FIELD_STR(struct rate_view, zh, 0, 0, REQUIRED, "Name, Chinese"),
    FIELD_STR(struct rate_view, en, 0, 0, REQUIRED, "Name, English"), FIELD_STR(struct rate_view, part, 0, 0, REQUIRED, "part ÷ (part + other)"),
    FIELD_STR(struct rate_view, other, 0, 0, REQUIRED, "The other part"), FIELD_I64(struct rate_view, rate, 0, 0, REQUIRED, "Hundredths of a per cent; -1: nothing to divide by"),
    FIELD_END
};
struct figures_view { ms from, to; int64_t days; struct list measures, rates; };
static const struct field figures_fields[] = {
    FIELD_TIME(struct figures_view, from, REQUIRED, "Beginning of the period"), FIELD_TIME(struct figures_view, to, REQUIRED, "Its end, exclusive"),
    FIELD_LIST(struct figures_view, measures, measure_fields, struct measure_view, 0, 0, REQUIRED, "Numbers, each with its list at /exchange/figures/behind"),
    FIELD_LIST(struct figures_view, rates, rate_fields, struct rate_view, 0, 0, REQUIRED, "One number over two"),
    FIELD_I64(struct figures_view, days, 0, 0, REQUIRED, "Median from publishing until taken on in full, in tenths of a day; -1: none was"), FIELD_END
};

static int64_t median_days(struct req *r, const struct list *facts)
{
    const struct exchange_fact *f = facts->at;
    int64_t           *took = ARENA_ARRAY(r->arena, facts->len + 1, int64_t), median;
    for (size_t i = 0; i < facts->len; i++)
        took[i] = f[i].value;
    median = exchange_median(took, facts->len);
    return median < 0 ? -1 : (median * 10 + MS_DAY / 2) / MS_DAY;
}

static err read_figures(struct req *r)
{
    struct figure_scope s = { .all = false };
    struct measure_view *m = ARENA_ARRAY(r->arena, EXCHANGE_MEASURES, struct measure_view);
    struct rate_view    *q = ARENA_ARRAY(r->arena, EXCHANGE_RATES, struct rate_view);
    TRY(read_scope(r, &s));
    struct figures_view v = { .from = s.from, .to = s.to, .measures = { m, EXCHANGE_MEASURES }, .rates = { q, EXCHANGE_RATES } };
    for (int i = 0; i < EXCHANGE_MEASURES; i++) {
        const struct exchange_measure *is = &exchange_measures[i];
        struct list                    facts;
        TRY(read_facts(r, &s, (enum exchange_measure_id)i, &facts));
        m[i] = (struct measure_view){ str_of(is->word), str_of(is->zh), str_of(is->en), str_of(is->what_zh), str_of(is->what_en), str_of(is->day_zh),
                                      str_of(is->day_en), (int64_t)facts.len };
        if (i == MEASURE_matched)
            v.days = median_days(r, &facts);
    }
    for (int i = 0; i < EXCHANGE_RATES; i++) {
        const struct exchange_rate *is = &exchange_rates[i];
        q[i] = (struct rate_view){ str_of(is->word), str_of(is->zh), str_of(is->en), str_of(exchange_measures[is->part].word),
                                   str_of(exchange_measures[is->other].word), exchange_rate_of(m[is->part].n, m[is->other].n) };
    }
    return reply_view(r, figures_fields, &v, 0);
}

/* ---- what lies behind a number ---- */

struct behind { int64_t need_id, resource_id, service_id, order_id, quantity, days, rating; struct str title, who, unit; ms at; };
static const struct field behind_fields[] = {
    FIELD_ID(struct behind, need_id, 0, "The need, of needs and claims"), FIELD_ID(struct behind, resource_id, 0, "The resource, of resources"),
    FIELD_ID(struct behind, service_id, 0, "The service, of orders"), FIELD_ID(struct behind, order_id, 0, "The order; to be opened by whoever holds order.read"),
    FIELD_I64(struct behind, rating, 0, 0, REQUIRED, "Stars, 1 to 5, of an order that was reviewed; else 0"),
    FIELD_STR(struct behind, title, 0, 0, REQUIRED, "In a line"), FIELD_STR(struct behind, who, 0, 0, REQUIRED, "Who asked, took it on, offers it or did it"),
    FIELD_I64(struct behind, quantity, 0, 0, REQUIRED, "How much"), FIELD_STR(struct behind, unit, 0, 0, 0, "Of what, in words"),
    FIELD_I64(struct behind, days, 0, 0, REQUIRED, "Of those taken on in full: tenths of a day from publishing until then"),
    FIELD_TIME(struct behind, at, REQUIRED, "When it counted; of an idle resource, when it was entered"), FIELD_END
};

static int newest(const void *x, const void *y)
{
    const struct exchange_fact *a = x, *b = y;
    if (a->at != b->at)
        return a->at < b->at ? 1 : -1;
    return (a->id < b->id) - (a->id > b->id);
}

static err behind_need(struct req *r, const struct exchange_fact *f, struct behind *v)
{
    struct need n;
    TRY(need_get(r->db, r->arena, r->tenant, f->id, &n));
    *v = (struct behind){ .need_id = n.id, .title = n.title, .who = unit_name_of(r, (enum unit_kind)n.unit_kind, n.unit_id), .quantity = n.quantity,
                          .unit = n.unit, .at = f->at };
    return OK;
}

static err behind_claim(struct req *r, const struct exchange_fact *f, struct behind *v)
{
    struct need  n;
    struct claim k;
    TRY(claim_get(r->db, r->arena, r->tenant, f->id, &k));
    TRY(need_get(r->db, r->arena, r->tenant, k.need_id, &n));
    *v = (struct behind){ .need_id = n.id, .title = n.title, .who = unit_name_of(r, UNIT_ORG, k.org_id), .quantity = k.quantity, .unit = n.unit, .at = f->at };
    return OK;
}

static err behind_resource(struct req *r, const struct exchange_fact *f, struct behind *v)
{
    struct resource s;
    TRY(resource_get(r->db, r->arena, r->tenant, f->id, &s));
    *v = (struct behind){ .resource_id = s.id, .title = s.title, .who = unit_name_of(r, UNIT_ORG, s.org_id), .quantity = s.quantity, .unit = s.unit, .at = f->at };
    return OK;
}

static err behind_order(struct req *r, const struct exchange_fact *f, struct behind *v)
{
    struct exchange_order_line o;
    TRY(r->app->services->order(r, f->id, &o));
    *v = (struct behind){ .service_id = o.service_id, .order_id = f->id, .title = str_fmt(r->arena, "%.*s %.*s", STR_ARG(o.code), STR_ARG(o.title)),
                          .who = unit_name_of(r, UNIT_ORG, f->unit), .quantity = 1, .rating = o.rating, .at = f->at };
    return OK;
}

static err read_one(struct req *r, enum exchange_measure_id measure, const struct exchange_fact *f, struct behind *v)
{
    if (measure == MEASURE_idle)
        return behind_resource(r, f, v);
    if (measure == MEASURE_kept || measure == MEASURE_failed)
        return behind_claim(r, f, v);
    if (!sources[measure].sql)
        return behind_order(r, f, v);
    TRY(behind_need(r, f, v));
    v->days = measure == MEASURE_matched ? (f->value * 10 + MS_DAY / 2) / MS_DAY : 0;
    return OK;
}

static err list_behind(struct req *r)
{
    const struct scope_query *q = r->query;
    enum exchange_measure_id  measure = (enum exchange_measure_id)(q->measure - 1);
    struct figure_scope       s = { .all = false };
    struct exchange_fact      last = { .id = 0 };
    struct list               facts;
    size_t                    from = 0, n = 0;
    if (q->after.ptr && !req_cursor_read(r, q->after, &last.at, &last.id))
        return FAIL_AT(ERR_INVALID, "after");
    TRY(read_scope(r, &s));
    TRY(read_facts(r, &s, measure, &facts));
    const struct exchange_fact *at = facts.at;
    if (facts.len)
        qsort(facts.at, facts.len, sizeof *at, newest);
    while (q->after.ptr && from < facts.len && newest(&at[from], &last) <= 0)
        from++;
    struct behind *v = ARENA_ARRAY(r->arena, PAGE, struct behind);
    for (; n < PAGE && from + n < facts.len; n++)
        TRY(read_one(r, measure, &at[from + n], &v[n]));
    bool more = from + n < facts.len;
    return reply_list(r, behind_fields, sizeof *v, (struct list){ v, n }, more ? req_cursor(r, at[from + n - 1].at, at[from + n - 1].id) : STR_NONE);
}

#define READ .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "exchange"

const struct route figure_routes[] = {
    { GET, "/api/v1/exchange/figures", read_figures, READ, ROUTE_QUERY(struct scope_query, query_fields), .reply_kind = REPLY_VIEW, .reply = figures_fields,
      ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE, ERR_PERIOD), .summary = "Needs met, days until taken on, claims kept, idle resources, orders done and reviewed: of an area, an organisation or an alliance in a period" },
    { GET, "/api/v1/exchange/figures/behind", list_behind, READ, ROUTE_QUERY(struct scope_query, behind_query_fields), .reply_kind = REPLY_LIST,
      .reply = behind_fields, ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE, ERR_PERIOD), .summary = "What lies behind a number of the figures, the newest first" },
    ROUTE_END
};
