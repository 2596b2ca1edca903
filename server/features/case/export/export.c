/* export.c: the rows of a list become a file. */
#include "export.h"
#include "../../../base/sheet_writer.h"

/* The columns, in the order of the page's own table and then what it has no room for. */
static const struct sheet_column columns[] = {
    { "编号", "Number", 13 },      { "事项", "Matter", 40 },       { "类别", "Category", 18 },   { "地址", "Address", 30 },
    { "区域", "Area", 16 },        { "承办", "Handled by", 22 },   { "状态", "State", 10 },      { "结案方式", "Outcome", 12 },
    { "紧急程度", "Severity", 9 }, { "来源", "Source", 12 },       { "上报时间", "Reported", 17 }, { "时限", "Due", 17 },
    { "最近一步", "Last step", 17 }, { "返工次数", "Reworks", 9 }, { "回访", "Call-back", 12 },
    { "是否解决", "Solved", 10 },  { "满意度", "Stars", 8 },       { "时限内联系", "Contacted in time", 12 }, { "依据", "According to", 12 },
    { "评价申诉", "Appeal", 12 },  { "经度", "Longitude", 12 },  { "纬度", "Latitude", 12 },
};

static struct str severity_name(int64_t severity, bool chinese)
{
    static const char *const zh[] = { "", "紧急", "一般", "较轻" }, *const en[] = { "", "Urgent", "Ordinary", "Minor" };
    return str_of((chinese ? zh : en)[severity >= 1 && severity <= 3 ? severity : 0]);
}

/* In the order of the words of case.h; [0] nothing was said. */
static struct str word_of(const char *const words[][2], int at, bool chinese)
{
    return str_of(words[at][chinese ? 0 : 1]);
}

static void write_after(struct sheet *s, const struct row_view *v, bool chinese)
{
    static const char *const calls[CALL_COUNT][2] = { { "", "" }, { "待回访", "waiting" }, { "已答复", "answered" }, { "无法联系", "unreachable" }, { "不愿回答", "refused" } };
    static const char *const solved[][2] = { { "", "" }, { "已解决", "yes" }, { "部分解决", "partly" }, { "未解决", "no" } };
    static const char *const contacted[][2] = { { "", "" }, { "是", "yes" }, { "否", "no" } };
    static const char *const by[][2] = { { "", "" }, { "本人评价", "rating" }, { "回访", "call-back" } };
    static const char *const appeals[APPEAL_COUNT][2] = { { "", "" }, { "待裁定", "waiting" }, { "成立", "upheld" }, { "不成立", "refused" } };
    sheet_text(s, word_of(calls, v->call_back, chinese));
    sheet_text(s, word_of(solved, v->solved, chinese));
    sheet_number(s, (double)v->stars, v->stars > 0);
    sheet_text(s, word_of(contacted, v->contacted, chinese));
    sheet_text(s, word_of(by, v->rated_by, chinese));
    sheet_text(s, word_of(appeals, v->appeal, chinese));
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
    write_after(s, v, chinese);
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
