/* export.c: the rows of a list become a file. */
#include "export.h"
#include "sheet.h"

/* The columns, in the order of the page's own table and then what it has no room for. */
static const struct sheet_column columns[] = {
    { "编号", "Number", 13 },      { "事项", "Matter", 40 },       { "类别", "Category", 18 },   { "地址", "Address", 30 },
    { "区域", "Area", 16 },        { "承办", "Handled by", 22 },   { "状态", "State", 10 },      { "结案方式", "Outcome", 12 },
    { "紧急程度", "Severity", 9 }, { "来源", "Source", 12 },       { "上报时间", "Reported", 17 }, { "时限", "Due", 17 },
    { "最近一步", "Last step", 17 }, { "返工次数", "Reworks", 9 }, { "经度", "Longitude", 12 },  { "纬度", "Latitude", 12 },
};

static struct str severity_name(int64_t severity, bool chinese)
{
    static const char *const zh[] = { "", "紧急", "一般", "较轻" }, *const en[] = { "", "Urgent", "Ordinary", "Minor" };
    return str_of((chinese ? zh : en)[severity >= 1 && severity <= 3 ? severity : 0]);
}

static void write_row(struct sheet *s, const struct row_view *v, bool chinese)
{
    sheet_text(s, v->code);
    sheet_text(s, v->title);
    sheet_text(s, !v->category ? STR_NONE : chinese ? v->category->name_zh : v->category->name_en);
    sheet_text(s, v->address);
    sheet_text(s, v->area_name);
    sheet_text(s, v->org_name);
    sheet_text(s, str_of(case_state_name((enum case_state)v->state, chinese)));
    sheet_text(s, v->outcome ? str_of(case_outcome_name((enum case_outcome)v->outcome, chinese)) : STR_NONE);
    sheet_text(s, severity_name(v->severity, chinese));
    sheet_text(s, str_of(case_source_name((enum case_source)v->source, chinese)));
    sheet_time(s, v->reported_at);
    sheet_time(s, v->due_at);
    sheet_time(s, v->updated_at);
    sheet_number(s, (double)v->reworks, true);
    sheet_number(s, v->at.lon, v->at.set);
    sheet_number(s, v->at.lat, v->at.set);
    sheet_row_end(s);
}

#define PAGE_ROWS 500

struct paging {
    const struct case_query *query;
    struct case_list_at      at;
    struct list              rows;
};

static err next_page(struct req *r, void *arg)
{
    struct paging *p = arg;
    return case_list_next(r, p->query, PAGE_ROWS, &p->at, &p->rows);
}

/* One page of rows; they are gone from memory when it is written. */
static err write_page(struct req *r, struct paging *p, struct sheet *s, int64_t most, int64_t *rows)
{
    struct arena_mark mark = arena_mark(r->arena);
    err               e = req_in_read(r, next_page, p);
    const struct row_view *v = p->rows.at;
    if (!failed(e) && *rows + (int64_t)p->rows.len > most)
        e = FAIL(ERR_TOO_LARGE);
    for (size_t i = 0; !failed(e) && i < p->rows.len; i++)
        write_row(s, &v[i], r->lang == LANG_ZH);
    *rows += (int64_t)p->rows.len;
    if (!failed(e))   /* a refusal's faults lie there */
        arena_rewind(r->arena, mark);
    return e;
}

err export_run(struct req *r, const struct case_query *q, struct str path, int64_t most, err (*tell)(void *arg, int64_t rows), void *arg,
               int64_t *rows)
{
    struct paging p = { .query = q };
    struct sheet *s;
    *rows = 0;
    err e = sheet_open(r->arena, (enum sheet_format)q->format, path, columns, sizeof columns / sizeof *columns, r->lang == LANG_ZH,
                       r->app->zone_minutes, &s);
    while (!failed(e) && !p.at.end) {
        e = write_page(r, &p, s, most, rows);
        if (!failed(e) && tell)
            e = tell(arg, *rows);
    }
    err closed = sheet_close(s);
    return failed(e) ? e : closed;
}
