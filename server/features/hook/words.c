/* words.c: a step of a case in the words of each format. Pure. */
#include "hook_parts.h"
#include "../../base/jsonw.h"

const char *const hook_format_words[] = { NULL, "json", "wecom", "dingtalk", "feishu", NULL };

#define ROBOT_TEXT_MOST 400   /* code points of a case's words */

/* ---- signed JSON ---- */

static void put_named(struct jsonw *j, const char *key, int64_t id, struct str name)
{
    jsonw_key(j, key);
    if (!id) {
        jsonw_null(j);
        return;
    }
    jsonw_open(j);
    jsonw_kv_id(j, "id", id);
    jsonw_kv_str(j, "name", name);
    jsonw_close(j);
}

static void put_time(struct jsonw *j, struct arena *a, const char *key, ms t)
{
    jsonw_kv_str(j, key, t ? clock_iso(a, t) : STR_NONE);
}

static struct str link_of(struct arena *a, const struct hook_step *s)
{
    return s->site.len ? str_fmt(a, "%.*s/desk/cases/%lld", STR_ARG(s->site), (long long)s->told.id) : STR_NONE;
}

static void put_data(struct jsonw *j, struct arena *a, const struct hook_step *s)
{
    const struct case_told *t = &s->told;
    jsonw_open(j);
    jsonw_kv_id(j, "id", t->id);
    jsonw_kv_str(j, "code", t->code);
    if (s->title)
        jsonw_kv_str(j, "title", t->title);
    jsonw_kv_z(j, "action", case_action_words[t->action]);
    jsonw_kv_z(j, "from", case_state_words[t->from]);
    jsonw_kv_z(j, "state", case_state_words[t->state]);
    jsonw_kv_z(j, "outcome", case_outcome_words[t->outcome]);
    jsonw_kv_i64(j, "severity", t->severity);
    put_named(j, "category", t->category_id, s->category_zh);
    put_named(j, "area", t->area_id, s->area);
    put_named(j, "org", t->org_id, s->org);
    put_time(j, a, "reported_at", t->reported_at);
    put_time(j, a, "due_at", t->due_at);
    jsonw_kv_str(j, "url", link_of(a, s));
    jsonw_close(j);
}

static struct str json_body(struct arena *a, const struct hook_step *s)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "type", str_fmt(a, "case.%s", case_action_words[s->told.action]));
    put_time(&j, a, "timestamp", s->at);
    jsonw_key(&j, "data");
    put_data(&j, a, s);
    jsonw_close(&j);
    return buf_view(&b);
}

/* ---- robots ---- */

struct str hook_plain(struct arena *a, struct str s)
{
    static const struct { char sign; const char *twin; } twins[] = {
        { '<', "＜" }, { '>', "＞" }, { '@', "＠" }, { '[', "［" }, { ']', "］" }, { '(', "（" }, { ')', "）" }, { '*', "＊" },
        { '_', "＿" }, { '`', "｀" }, { '#', "＃" }, { '~', "～" }, { '|', "｜" }, { '\n', " " }, { '\\', "＼" },
    };
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < s.len; i++) {
        const char *twin = NULL;
        for (size_t k = 0; k < sizeof twins / sizeof *twins && !twin; k++)
            twin = twins[k].sign == s.ptr[i] ? twins[k].twin : NULL;
        if (twin)
            buf_z(&b, twin);
        else
            buf_byte(&b, s.ptr[i]);
    }
    return b.len ? buf_view(&b) : STR("");
}

struct lines { struct arena *a; struct buf text; bool markdown; };

static void line(struct lines *l, const char *label, struct str value)
{
    if (value.len)
        buf_fmt(&l->text, l->markdown ? "\n> %s%.*s\n" : "\n%s%.*s", label, STR_ARG(value));
}

static struct str local_time(struct arena *a, ms t, int zone_minutes)
{
    struct clock_civil c = clock_civil_at(t, zone_minutes);
    return t ? str_fmt(a, "%d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour, c.minute) : STR_NONE;
}

static struct str headline(struct arena *a, bool english, const struct hook_step *s)
{
    const struct case_told *t = &s->told;
    return str_fmt(a, english ? "%s: case %.*s" : "%s：事项 %.*s", case_action_name(t->action, !english), STR_ARG(t->code));
}

static struct str robot_text(struct arena *a, bool english, bool markdown, const struct hook_step *s)
{
    const struct case_told *t = &s->told;
    struct lines            l = { a, buf_new(a, 0), markdown };
    struct str              head = headline(a, english, s), link = link_of(a, s);
    buf_fmt(&l.text, markdown ? "**%.*s**\n" : "%.*s", STR_ARG(head));
    if (s->title)
        line(&l, english ? "Words: " : "内容：", utf8_head(hook_plain(a, t->title), ROBOT_TEXT_MOST));
    line(&l, english ? "State: " : "状态：", str_of(case_state_name(t->state, !english)));
    line(&l, english ? "Outcome: " : "结果：", str_of(t->outcome ? case_outcome_name(t->outcome, !english) : NULL));
    line(&l, english ? "Category: " : "类别：", hook_plain(a, english ? s->category_en : s->category_zh));
    line(&l, english ? "Area: " : "区域：", hook_plain(a, s->area));
    line(&l, english ? "With: " : "承办：", hook_plain(a, s->org));
    line(&l, english ? "Due: " : "时限：", local_time(a, t->due_at, s->zone_minutes));
    if (link.len && markdown)
        buf_fmt(&l.text, "\n[%s](%.*s)", english ? "Open" : "打开", STR_ARG(link));
    else
        line(&l, "", link);
    return buf_view(&l.text);
}

/* {"msgtype":"markdown","markdown":{…}} of WeCom and DingTalk; {"msg_type":"text","content":{"text":…}} of Feishu. */
static struct str wrap(struct arena *a, enum hook_format format, struct str title, struct str text)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_z(&j, format == FORMAT_FEISHU ? "msg_type" : "msgtype", format == FORMAT_FEISHU ? "text" : "markdown");
    jsonw_key(&j, format == FORMAT_FEISHU ? "content" : "markdown");
    jsonw_open(&j);
    if (format == FORMAT_DINGTALK)
        jsonw_kv_str(&j, "title", title);
    jsonw_kv_str(&j, format == FORMAT_WECOM ? "content" : "text", text);
    jsonw_close(&j);
    jsonw_close(&j);
    return buf_view(&b);
}

struct str hook_body(struct arena *a, enum hook_format format, bool english, const struct hook_step *s)
{
    if (format == FORMAT_JSON)
        return json_body(a, s);
    return wrap(a, format, headline(a, english, s), robot_text(a, english, format != FORMAT_FEISHU, s));
}

struct str hook_test_body(struct arena *a, enum hook_format format, bool english, ms now)
{
    struct str said = english ? STR("Linli: the way is open.") : STR("邻里：已接通。");
    if (format == FORMAT_JSON)
        return str_fmt(a, "{\"type\":\"test\",\"timestamp\":\"%s\",\"data\":{}}", clock_iso(a, now).ptr);
    return wrap(a, format, said, said);
}

struct str hook_feishu_signed(struct arena *a, struct str body, struct str secret, ms now)
{
    return str_fmt(a, "{\"timestamp\":\"%lld\",\"sign\":\"%s\",%.*s", (long long)(now / MS_SECOND), sign_feishu(a, secret, now).ptr,
                   (int)body.len - 1, body.ptr + 1);
}
