/* city_http.c: the city view over HTTP: its districts' counters side by side and together. There is no way from here to a case of a district. */
#include "city.h"
#include "view.h"
#include "../../base/buf.h"

struct ask { struct str from, to; int step; };
static const struct field ask_fields[] = { PERIOD_FIELDS(struct ask), FIELD_END };
static const struct field ask_series_fields[] = {
    PERIOD_FIELDS(struct ask), FIELD_WORD(struct ask, step, insight_step_words, 0, "day when nothing is said; weeks begin on Monday"), FIELD_END
};

/* ---- figures ---- */

struct line_view { struct str code, name; ms joined_at; int64_t reported, closed, open, overdue, counted, cases; struct list figures, counts; };
#define LINE_FIELDS                                                                                                                           \
    FIELD_I64(struct line_view, reported, 0, 0, REQUIRED, "Reported in the period"),                                                         \
    FIELD_I64(struct line_view, closed, 0, 0, REQUIRED, "Closed in the period"),                                                             \
    FIELD_I64(struct line_view, open, 0, 0, REQUIRED, "Open now"),                                                                           \
    FIELD_I64(struct line_view, overdue, 0, 0, REQUIRED, "Of these, past the limit of the present step since before overdue_at"),            \
    FIELD_LIST(struct line_view, figures, insight_figure_fields, struct figure_view, 0, 0, REQUIRED, "Rates, from sums of what is counted"), \
    FIELD_LIST(struct line_view, counts, insight_count_fields, struct count_view, 0, 0, REQUIRED, "Measures"),                               \
    FIELD_I64(struct line_view, counted, 0, 0, REQUIRED, "Cases from before the counters that are counted"),                                 \
    FIELD_I64(struct line_view, cases, 0, 0, REQUIRED, "Of how many; 0: all of them are")
static const struct field district_fields[] = {
    FIELD_STR(struct line_view, code, 0, 0, REQUIRED, "Code of the district"),
    FIELD_STR(struct line_view, name, 0, 0, REQUIRED, "Name"),
    FIELD_TIME(struct line_view, joined_at, REQUIRED, "Since when it belongs to the city; its figures go back further"),
    LINE_FIELDS, FIELD_END
};
static const struct field total_fields[] = { LINE_FIELDS, FIELD_END };

struct city_view {
    struct str        name, from, to, before_from, before_to, today;
    ms                at, overdue_at;
    struct list       districts;
    struct line_view *total;
};
static const struct field city_fields[] = {
    FIELD_STR(struct city_view, name, 0, 0, REQUIRED, "Name of the city"),
    FIELD_STR(struct city_view, from, 0, 0, REQUIRED, "First day"),
    FIELD_STR(struct city_view, to, 0, 0, REQUIRED, "Last day"),
    FIELD_STR(struct city_view, before_from, 0, 0, REQUIRED, "First day of the period before"),
    FIELD_STR(struct city_view, before_to, 0, 0, REQUIRED, "Its last day"),
    FIELD_STR(struct city_view, today, 0, 0, REQUIRED, "Today in the city's time zone, which is its districts'"),
    FIELD_TIME(struct city_view, at, REQUIRED, "When the counters were read; districts may be moments apart"),
    FIELD_TIME(struct city_view, overdue_at, REQUIRED, "Overdue is what was past its limit at this moment, the beginning of the hour"),
    FIELD_LIST(struct city_view, districts, district_fields, struct line_view, 0, 0, REQUIRED, "Districts in the order in which they were made"),
    FIELD_OBJECT(struct city_view, total, total_fields, struct line_view, REQUIRED, "All together: rates of the sums, not means of rates"),
    FIELD_END
};

static struct line_view line_view(struct arena *a, const struct city_line *line)
{
    struct line_view v = { .code = line->code, .name = line->name, .joined_at = line->joined_at, .reported = line->now.n[COUNT_reported],
                           .closed = line->now.n[COUNT_closed], .open = line->open, .overdue = line->overdue, .counted = line->counted,
                           .cases = line->cases };
    insight_put(a, &line->now, &line->before, &v.figures, &v.counts);
    return v;
}

/* Of the space that was asked, and no other: the city is whose door the caller stands at. */
static err read_city(struct req *r, struct str from, struct str to, struct city_view *v)
{
    struct period p;
    struct list   lines;
    TRY(insight_period(r, from, to, &p));
    TRY(city_read(r->db, r->arena, r->tenant, p.from, p.to, p.hour, &lines));
    struct city_line  sum = city_sum(lines);
    struct line_view *at = ARENA_ARRAY(r->arena, lines.len + 1, struct line_view);
    for (size_t i = 0; i < lines.len; i++)
        at[i] = line_view(r->arena, &((const struct city_line *)lines.at)[i]);
    at[lines.len] = line_view(r->arena, &sum);
    *v = (struct city_view){ .name = str_of(r->app->tenant_name), .from = day_text(r->arena, p.from), .to = day_text(r->arena, p.to),
                             .before_from = day_text(r->arena, p.from - (p.to - p.from + 1)), .before_to = day_text(r->arena, p.from - 1),
                             .today = day_text(r->arena, p.today), .at = r->now, .overdue_at = hour_begin(p.hour, r->app->zone_minutes),
                             .districts = { at, lines.len }, .total = &at[lines.len] };
    return OK;
}

static err get_figures(struct req *r)
{
    const struct ask *in = r->query;
    struct city_view  v;
    TRY(read_city(r, in->from, in->to, &v));
    return reply_view(r, city_fields, &v, 0);
}

static err get_series(struct req *r)
{
    const struct ask *in = r->query;
    struct period     p;
    struct totals    *days;
    TRY(insight_period(r, in->from, in->to, &p));
    TRY(city_series(r->db, r->arena, r->tenant, p.from, p.to, &days));
    return reply_list(r, insight_step_fields, sizeof(struct step_view), insight_steps(r->arena, days, &p, in->step), STR_NONE);
}

/* ---- as a sheet ---- */

static void cell(struct buf *b, struct str text)
{
    buf_byte(b, ',');
    buf_cell(b, text);
}

static void sheet_head(struct req *r, struct buf *b)
{
    static const char *const heads[][2] = { { "代码", "Code" }, { "从", "From" }, { "至", "To" }, { "读取时刻", "Read at" }, { "上报", "Reported" }, { "上期上报", "Reported before" },
                                            { "结案", "Closed" }, { "在办", "Open" }, { "逾期在办", "Overdue" }, { "逾期截至", "Overdue as of" } };
    bool zh = r->lang == LANG_ZH;
    buf_z(b, "\xEF\xBB\xBF");
    buf_cell(b, str_of(req_text(r, "城区", "District")));
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        cell(b, str_of(heads[i][zh ? 0 : 1]));
    for (int i = 0; i < FIGURES; i++) {
        const struct figure *f = &insight_figures[i];
        cell(b, str_fmt(r->arena, zh ? "%s（%%）" : "%s (%%)", zh ? f->zh : f->en));
        cell(b, str_fmt(r->arena, zh ? "%s：分子" : "%s: numerator", zh ? f->zh : f->en));
        cell(b, str_fmt(r->arena, zh ? "%s：分母" : "%s: denominator", zh ? f->zh : f->en));
        cell(b, str_fmt(r->arena, zh ? "上期%s（%%）" : "%s before (%%)", zh ? f->zh : f->en));
    }
    buf_z(b, "\r\n");
}

static struct str rate_text(struct arena *a, int64_t rate)
{
    return rate < 0 ? STR("") : str_fmt(a, "%lld.%02lld", (long long)(rate / 100), (long long)(rate % 100));
}

static struct str minute_text(struct arena *a, ms at, int zone_minutes)
{
    struct clock_civil c = clock_civil_at(at, zone_minutes);
    return str_fmt(a, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
}

static void sheet_line(struct req *r, struct buf *b, const struct city_view *v, const struct line_view *line)
{
    const struct figure_view *f = line->figures.at;
    const struct count_view  *c = line->counts.at;
    struct arena             *a = r->arena;
    buf_cell(b, line->name.ptr ? line->name : str_of(req_text(r, "合计", "Together")));
    cell(b, line->code);
    cell(b, v->from);
    cell(b, v->to);
    cell(b, minute_text(a, v->at, r->app->zone_minutes));
    buf_fmt(b, ",%lld,%lld,%lld,%lld,%lld", (long long)line->reported, (long long)c[COUNT_reported].before, (long long)line->closed, (long long)line->open,
            (long long)line->overdue);
    cell(b, minute_text(a, v->overdue_at, r->app->zone_minutes));
    for (int i = 0; i < FIGURES; i++) {
        cell(b, rate_text(a, f[i].rate));
        buf_fmt(b, ",%lld,%lld", (long long)f[i].part, (long long)f[i].whole);
        cell(b, rate_text(a, f[i].rate_before));
    }
    buf_z(b, "\r\n");
}

static err get_sheet(struct req *r)
{
    const struct ask *in = r->query;
    struct city_view  v;
    struct buf        b = buf_new(r->arena, 0);
    TRY(read_city(r, in->from, in->to, &v));
    const struct line_view *line = v.districts.at;
    sheet_head(r, &b);
    for (size_t i = 0; i <= v.districts.len; i++)   /* the last one is all of them */
        sheet_line(r, &b, &v, &line[i]);
    if (b.full)
        return FAIL(ERR_TOO_LARGE);
    reply_header(r, "Content-Disposition", STR("attachment; filename=\"city.csv\""));
    return reply_bytes(r, "text/csv; charset=utf-8", buf_view(&b), STR_NONE);
}

/* ---- what a district is told ---- */

struct membership_view { struct str city; ms since; };
static const struct field membership_fields[] = {
    FIELD_STR(struct membership_view, city, 0, 0, 0, "Name of the city that sees this district's counters; null: none"),
    FIELD_TIME(struct membership_view, since, 0, "Since when"),
    FIELD_END
};

static err get_membership(struct req *r)
{
    struct membership_view v = { 0 };
    TRY(city_of(r->db, r->arena, r->tenant, &v.city, &v.since));
    return reply_view(r, membership_fields, &v, 0);
}

/* ---- routes ---- */

#define CITY .perm = PERM_CITY_READ, .scope = SCOPE_TENANT, .tx = TX_READ, .tag = "city", ROUTE_ERRORS(ERR_PERIOD)

const struct route city_routes[] = {
    { GET, "/api/v1/city/figures", get_figures, CITY, ROUTE_QUERY(struct ask, ask_fields), .reply_kind = REPLY_VIEW, .reply = city_fields,
      .summary = "Counters of the city's districts for a period, each and together, beside the period before, and what is open now" },
    { GET, "/api/v1/city/series", get_series, CITY, ROUTE_QUERY(struct ask, ask_series_fields), .reply_kind = REPLY_LIST, .reply = insight_step_fields,
      .summary = "Measures of the whole city by day, week or month" },
    { GET, "/api/v1/city/figures.csv", get_sheet, CITY, ROUTE_QUERY(struct ask, ask_fields), .reply_kind = REPLY_BYTES,
      .reply_type = "text/csv; charset=utf-8", .flags = ROUTE_NO_STORE, .summary = "The same as a sheet: numerators and denominators beside the rates" },
    { GET, "/api/v1/city/membership", get_membership, .perm = PERM_SETTING_MANAGE, .scope = SCOPE_TENANT, .tx = TX_READ, .reply_kind = REPLY_VIEW,
      .reply = membership_fields, .tag = "city", .summary = "Which city sees the counters of this district" },
    ROUTE_END
};
