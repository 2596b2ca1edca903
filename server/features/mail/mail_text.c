/* mail_text.c: what a mail says, and how its headers are written. Pure. */
#include <jansson.h>

#include "mail_parts.h"
#include "../../base/buf.h"
#include "../../base/jsonw.h"

const char *const mail_mode_words[] = { NULL, "off", "at_once", "daily", NULL };

#define SUBJECT_MOST 120   /* code points */
#define WORD_BYTES   45    /* of text in an encoded word: 60 of base64, 72 with what stands around it */

/* ---- addresses ---- */

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool local_fits(struct str s)
{
    if (!s.len || s.len > 64 || s.ptr[0] == '.' || s.ptr[0] == '-' || s.ptr[s.len - 1] == '.')
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!is_alnum(c) && (c == '\0' || !strchr(".!#$%&'*+/=?^_`{|}~-", c)))
            return false;
        if (c == '.' && s.ptr[i - 1] == '.')
            return false;
    }
    return true;
}

static bool label_fits(struct str s)
{
    if (!s.len || s.len > 63 || s.ptr[0] == '-' || s.ptr[s.len - 1] == '-')
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!is_alnum(s.ptr[i]) && s.ptr[i] != '-')
            return false;
    return true;
}

bool mail_address_fits(struct str address)
{
    struct str rest = address, local = str_cut(&rest, '@');
    size_t     labels = 0;
    if (address.len > 254 || !rest.ptr || !local_fits(local))
        return false;
    for (; rest.ptr; labels++)
        if (!label_fits(str_cut(&rest, '.')))
            return false;
    return labels >= 2;
}

/* ---- headers ---- */

static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < ' ' || s.ptr[i] > '~')
            return false;
    return str_find(s, '=') < 0 && s.len <= 60;
}

static struct str without_controls(struct arena *a, struct str s)
{
    struct buf b = buf_new(a, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        buf_byte(&b, (unsigned char)s.ptr[i] < ' ' || s.ptr[i] == 0x7F ? ' ' : s.ptr[i]);
    return b.len ? str_trim(buf_view(&b)) : STR("");
}

/* As many whole characters as fit into a word. */
static size_t word_end(struct str s)
{
    size_t n = s.len < WORD_BYTES ? s.len : WORD_BYTES;
    while (n < s.len && n > 0 && ((unsigned char)s.ptr[n] & 0xC0) == 0x80)
        n--;
    return n;
}

struct str mail_header_text(struct arena *a, struct str text)
{
    struct str s = without_controls(a, text);
    struct buf b = buf_new(a, 0);
    if (is_plain(s))
        return s;
    while (s.len) {
        size_t n = word_end(s);
        buf_fmt(&b, "%s=?UTF-8?B?%s?=", b.len ? "\r\n " : "", crypto_base64(a, s.ptr, n).ptr);
        s = (struct str){ s.ptr + n, s.len - n };
    }
    return buf_view(&b);
}

struct str mail_mailbox(struct arena *a, struct str name, struct str address)
{
    struct buf b = buf_new(a, 0);
    struct str s = without_controls(a, name);
    if (s.len && is_plain(s)) {
        buf_byte(&b, '"');
        for (size_t i = 0; i < s.len; i++) {
            if (s.ptr[i] == '"' || s.ptr[i] == '\\')
                buf_byte(&b, '\\');
            buf_byte(&b, s.ptr[i]);
        }
        buf_z(&b, "\" ");
    } else if (s.len)
        buf_fmt(&b, "%s ", mail_header_text(a, s).ptr);
    buf_fmt(&b, "<%.*s>", STR_ARG(address));
    return buf_view(&b);
}

struct str mail_date(struct arena *a, ms at, int zone)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    static const char *const days[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };   /* 1970 began on a Thursday */
    struct clock_civil       c = clock_civil_at(at, zone);
    ms                       day = (at + zone * MS_MINUTE) / MS_DAY;
    int                      ahead = zone < 0 ? -zone : zone;
    return str_fmt(a, "%s, %d %s %04d %02d:%02d:%02d %c%02d%02d", days[day % 7], c.day, months[c.month - 1], c.year, c.hour, c.minute, c.second,
                   zone < 0 ? '-' : '+', ahead / 60, ahead % 60);
}

/* ---- when ---- */

static ms at_hour(ms at, int hour, int zone)
{
    struct clock_civil c = clock_civil_at(at, zone);
    c.hour = hour;
    c.minute = c.second = c.milli = 0;
    return clock_from_civil(c, zone);
}

ms mail_next_hour(ms at, int hour, int zone)
{
    ms then = at_hour(at, hour, zone);
    return then > at ? then : then + MS_DAY;
}

ms mail_after_quiet(ms at, int from, int to, int zone)
{
    int  hour = clock_civil_at(at, zone).hour;
    bool quiet = from < to ? hour >= from && hour < to : from > to && (hour >= from || hour < to);
    return quiet ? mail_next_hour(at, to, zone) : at;
}

/* ---- what is said ---- */

struct str mail_lines_write(struct arena *a, const struct mail_line *at, size_t n)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_i64(&j, "count", (int64_t)n);
    jsonw_key(&j, "lines");
    jsonw_list(&j);
    for (size_t i = 0; i < n && i < MAIL_LINES_MOST; i++) {
        jsonw_open(&j);
        jsonw_kv_str(&j, "kind", at[i].kind);
        jsonw_kv_str(&j, "object_kind", at[i].object_kind);
        jsonw_kv_id(&j, "object", at[i].object_id);
        jsonw_kv_i64(&j, "at", at[i].at);
        jsonw_kv_str(&j, "params", at[i].params);
        jsonw_close(&j);
    }
    jsonw_list_end(&j);
    jsonw_close(&j);
    return buf_view(&b);
}

static struct str member(const json_t *of, const char *key)
{
    return str_of(json_string_value(json_object_get(of, key)));
}

/* What a resident may open is the page everybody may know; staff get their own. */
static struct str link_of(struct arena *a, const struct mail_words *w, const json_t *line)
{
    enum notify_topic topic = notify_topic_of(member(line, "kind"));
    struct str        params = member(line, "params"), link = STR_NONE;
    if (!str_is(member(line, "object_kind"), "case"))
        return STR_NONE;
    if (topic != TOPIC_OWN && topic != TOPIC_FOLLOWED)
        return str_fmt(a, "%.*s/desk/cases/%.*s", STR_ARG(w->site), STR_ARG(member(line, "object")));
    json_t    *words = params.ptr ? json_loadb(params.ptr, params.len, 0, NULL) : NULL;
    struct str code = member(words, "code");
    if (code.len)
        link = str_fmt(a, "%.*s/c/%.*s", STR_ARG(w->site), STR_ARG(code));
    json_decref(words);
    return link;
}

static struct str sentence(struct arena *a, const struct mail_words *w, const json_t *line)
{
    return notify_text(a, member(line, "kind"), member(line, "params"), w->lang);
}

static void put_end(struct buf *b, const struct mail_words *w)
{
    bool zh = w->lang == LANG_ZH;
    buf_fmt(b, "\r\n-- \r\n%.*s\r\n", STR_ARG(w->district));
    if (w->stop.ptr)
        buf_fmt(b, zh ? "您选择了用邮件接收这类消息。不想再收，请打开：%.*s\r\n" : "You chose to get such messages by mail. To get no more, open %.*s\r\n",
                STR_ARG(w->stop));
}

static void put_line(struct buf *b, struct arena *a, const struct mail_words *w, const json_t *line, bool with_time)
{
    struct clock_civil t = clock_civil_at((ms)json_integer_value(json_object_get(line, "at")), w->zone_minutes);
    struct str         link = link_of(a, w, line);
    if (with_time)
        buf_fmt(b, "%02d-%02d %02d:%02d  ", t.month, t.day, t.hour, t.minute);
    buf_fmt(b, "%.*s\r\n", STR_ARG(sentence(a, w, line)));
    if (link.ptr)
        buf_fmt(b, "%s%.*s\r\n", with_time ? "             " : "\r\n", STR_ARG(link));
}

static struct str daily_subject(struct arena *a, const struct mail_words *w, int64_t count)
{
    if (w->lang == LANG_ZH)
        return str_fmt(a, "%.*s：%lld 条消息", STR_ARG(w->district), (long long)count);
    return str_fmt(a, "%.*s: %lld %s", STR_ARG(w->district), (long long)count, count == 1 ? "message" : "messages");
}

struct letter mail_letter(struct arena *a, const struct mail_words *w, struct str lines, bool daily)
{
    json_t       *all = json_loadb(lines.ptr ? lines.ptr : "", lines.len, 0, NULL), *list = json_object_get(all, "lines");
    int64_t       count = json_integer_value(json_object_get(all, "count"));
    struct buf    b = buf_new(a, 0);
    struct letter out = { .subject = daily ? daily_subject(a, w, count) : utf8_head(sentence(a, w, json_array_get(list, 0)), SUBJECT_MOST) };
    for (size_t i = 0; i < json_array_size(list); i++)
        put_line(&b, a, w, json_array_get(list, i), daily);
    if (count > (int64_t)json_array_size(list))
        buf_fmt(&b, w->lang == LANG_ZH ? "……还有 %lld 条，见站内消息\r\n" : "… and %lld more, among your messages\r\n",
                (long long)(count - (int64_t)json_array_size(list)));
    put_end(&b, w);
    out.text = buf_view(&b);
    json_decref(all);
    return out;
}

struct letter mail_confirm_letter(struct arena *a, const struct mail_words *w, struct str code)
{
    bool       zh = w->lang == LANG_ZH;
    struct buf b = buf_new(a, 0);
    buf_fmt(&b, zh ? "有人要把%.*s的消息发到这个邮箱。确认码：\r\n\r\n    %.*s\r\n\r\n请在 24 小时内填到“我的账户”里：%.*s/desk/account\r\n"
                     "如果不是您本人，请忽略这封邮件，不会再有邮件发来。\r\n"
                   : "Somebody wants messages of %.*s sent to this address. The code:\r\n\r\n    %.*s\r\n\r\nEnter it within 24 hours under "
                     "“My account”: %.*s/desk/account\r\nIf that was not you, ignore this mail: no other will come.\r\n",
            STR_ARG(w->district), STR_ARG(code), STR_ARG(w->site));
    put_end(&b, w);
    return (struct letter){ zh ? STR("确认您的邮箱") : STR("Confirm your address"), buf_view(&b) };
}

struct letter mail_test_letter(struct arena *a, const struct mail_words *w)
{
    bool       zh = w->lang == LANG_ZH;
    struct buf b = buf_new(a, 0);
    buf_fmt(&b, zh ? "收到这封邮件，说明%.*s的邮件服务器设置好了。\r\n" : "That you read this shows that %.*s can send mail.\r\n", STR_ARG(w->district));
    put_end(&b, w);
    return (struct letter){ zh ? STR("试发邮件") : STR("A test mail"), buf_view(&b) };
}
