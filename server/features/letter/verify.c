/* The page behind the QR of a letter, and of other documents (letter_verifies): valid, ended or unknown, and no more than the letter itself shows. Plain HTML without a script. It keeps
 * nothing about who looked: no row, no address, no code in the log. */
#include "letter_inside.h"

#include "../../base/rate.h"
#include "../setting/setting.h"

struct verify_query { struct str code; int lang; };
static const struct field query_fields[] = {
    FIELD_STR(struct verify_query, code, 0, 60, 0, "The code below the QR, as somebody types it"),
    FIELD_WORD(struct verify_query, lang, letter_lang_words, 0, "zh or en"),
    FIELD_END
};

/* ---- HTML ---- */

static void put(struct buf *b, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '<' || c == '>' || c == '&' || c == '"' || c == '\'')
            buf_fmt(b, "&#%d;", c);
        else
            buf_byte(b, c);
    }
}

static void row(struct buf *b, const char *name, struct str value)
{
    buf_fmt(b, "<div><dt>%s</dt><dd>", name);
    put(b, value);
    buf_z(b, "</dd></div>");
}

struct page { struct buf b; struct req *r; bool zh; struct str code; int status; };

static const char *say(const struct page *p, const char *zh, const char *en)
{
    return p->zh ? zh : en;
}

static void open_page(struct page *p, const char *title)
{
    buf_fmt(&p->b, "<!doctype html><html lang=\"%s\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
            "<meta name=\"robots\" content=\"noindex\"><meta name=\"color-scheme\" content=\"light dark\"><title>%s</title>"
            "<link rel=\"stylesheet\" href=\"/letter.css\"></head><body><header><p class=\"place\">", p->zh ? "zh-CN" : "en", title);
    put(&p->b, str_of(p->r->app->tenant_name));
    buf_fmt(&p->b, "</p><a href=\"/v%s%.*s?lang=%s\" hreflang=\"%s\" lang=\"%s\">%s</a></header><main>", p->code.len ? "/" : "", STR_ARG(p->code),
            p->zh ? "en" : "zh", p->zh ? "en" : "zh-CN", p->zh ? "en" : "zh-CN", p->zh ? "English" : "中文");
}

static void close_page(struct page *p)
{
    buf_fmt(&p->b, "<form action=\"/v\"><label for=\"code\">%s</label><input id=\"code\" name=\"code\" autocomplete=\"off\" autocapitalize=\"characters\" "
            "spellcheck=\"false\" maxlength=\"60\" placeholder=\"XXXX-XXXX-XXXX-XXXX\"><input type=\"hidden\" name=\"lang\" value=\"%s\"><button>%s</button></form>"
            "<p class=\"note\">%s</p></main></body></html>",
            say(p, "查验另一份：输入二维码旁的查验码", "Verify another: type the code beside the QR"), p->zh ? "zh" : "en", say(p, "查验", "Verify"),
            say(p, "查验不留记录。如有疑问，请联系签发单位。", "Nothing is kept about who verifies. In doubt, ask who issued it."));
}

static void head(struct page *p, const char *state, const char *title, const char *text)
{
    static const char *const signs[][2] = {
        { "valid", "<path d=\"M6 12.5l4 4 8-9\"/>" }, { "ended", "<path d=\"M7 12h10\"/>" }, { "unknown", "<path d=\"M8 8l8 8M16 8l-8 8\"/>" }
    };
    open_page(p, title);
    buf_fmt(&p->b, "<section class=\"state %s\">", state);
    for (size_t i = 0; i < 3; i++)
        if (strcmp(signs[i][0], state) == 0)
            buf_fmt(&p->b, "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"11\"/>%s</svg>", signs[i][1]);
    buf_fmt(&p->b, "<div><h1>%s</h1><p>%s</p></div></section>", title, text);
}

static err finish(struct page *p)
{
    close_page(p);
    return reply_page(p->r, p->status, buf_view(&p->b));
}

/* ---- the three answers ---- */

static struct str term(struct page *p, const struct letter_row *l)
{
    enum letter_lang lang = p->zh ? LETTER_ZH : LETTER_EN;
    int              zone = p->r->app->zone_minutes;
    struct str       from = letter_date(p->r->arena, l->valid_from, zone, lang), to = letter_last_day(p->r->arena, l->valid_to, zone, lang);
    if (!to.len)
        return str_fmt(p->r->arena, say(p, "%.*s起", "from %.*s"), STR_ARG(from));
    return str_fmt(p->r->arena, say(p, "%.*s至%.*s", "%.*s to %.*s"), STR_ARG(from), STR_ARG(to));
}

static struct letter_shown shown_of(struct page *p, const struct letter_row *l)
{
    enum letter_lang          lang = p->zh ? LETTER_ZH : LETTER_EN;
    const struct letter_line  lines[] = {
        { "名称", "Title", l->title },         { "编号", "Number", l->no },           { "姓名", "Name", l->person_name },
        { "岗位", "Post", l->post_name },      { "服务单位", "Unit", l->unit_name },  { "聘期", "Term", term(p, l) },
        { "签发单位", "Issued by", l->issuer_name }, { "签发日期", "Date", letter_date(p->r->arena, l->issued_at, p->r->app->zone_minutes, lang) },
    };
    struct letter_line *at = ARENA_ARRAY(p->r->arena, sizeof lines / sizeof *lines, struct letter_line);
    bool                valid = letter_standing(l, p->r->now) == LETTER_VALID;
    memcpy(at, lines, sizeof lines);
    return (struct letter_shown){ l->id, valid, valid && l->valid_from > p->r->now, "聘书", "letter", { at, sizeof lines / sizeof *lines } };
}

static err answer_known(struct page *p, const struct letter_shown *d)
{
    const struct letter_line *lines = d->lines.at;
    const char *what = say(p, d->zh, d->en), *title = d->valid ? say(p, "有效", "Valid") : say(p, "已结束", "Ended");
    const char *text = d->ahead ? say(p, "这份%s由本系统签发，期限尚未开始。", "This %s was issued here; its term has not begun yet.")
                       : d->valid ? say(p, "这份%s由本系统签发，现在有效。", "This %s was issued here and holds now.")
                                  : say(p, "这份%s由本系统签发，现在已不再有效。", "This %s was issued here; it no longer holds.");
    head(p, d->valid ? "valid" : "ended", title, str_fmt(p->r->arena, text, what).ptr);
    buf_z(&p->b, "<dl>");
    for (size_t i = 0; i < d->lines.len; i++)
        row(&p->b, say(p, lines[i].zh, lines[i].en), lines[i].value);
    buf_fmt(&p->b, "</dl><p class=\"compare\">");
    buf_fmt(&p->b, say(p, "请与纸质%s逐项核对，不一致的不要采信。", "Compare each line with the %s in hand; trust neither if they differ."), what);
    buf_z(&p->b, "</p>");
    return finish(p);
}

static err answer_unknown(struct page *p)
{
    const char *title = say(p, "查无此件", "Unknown");
    p->code = STR_NONE;
    p->status = 404;
    head(p, "unknown", title, say(p, "本系统没有签发过带这个查验码的文件，请核对查验码，谨防伪造。",
                                  "Nothing with this code was issued here. Check the code; beware of forgeries."));
    return finish(p);
}

static err ask(struct page *p)
{
    const char *title = say(p, "聘书与协议查验", "Verify a letter or an agreement");
    open_page(p, title);
    buf_fmt(&p->b, "<h1 class=\"ask\">%s</h1><p>%s</p>", title,
            say(p, "用手机扫上面的二维码，或在这里输入二维码旁的查验码。", "Scan its QR, or type the code beside it here."));
    return finish(p);
}

/* ---- asking ---- */

/* The same work for every code: one keyed hash, one look into each index of such hashes, one code made anew and compared in constant time.
 * A row that somebody wrote into the database without the key does not pass the comparison. */
static err find(struct page *p, struct letter_shown *out, bool *found)
{
    struct req               *r = p->r;
    const struct letter_state *s = r->app->letter;
    struct letter_row         l = { 0 };
    struct letter_shown       other = { 0 };
    enum letter_lang          lang = p->zh ? LETTER_ZH : LETTER_EN;
    struct str                code = p->code.ptr ? p->code : STR("----------------");
    struct str                hash = letter_code_hash(r->arena, &r->app->keys, code);
    err                       e = letter_find_code(r->db, r->arena, r->tenant, hash, &l);
    if (failed(e) && e.code != ERR_NOT_FOUND)
        return e;
    *out = shown_of(p, &l);
    for (size_t i = 0; i < s->other_count; i++) {
        err also = s->others[i](r, hash, lang, &other);
        if (failed(also) && also.code != ERR_NOT_FOUND)
            return also;
        *out = failed(also) ? *out : other;
    }
    *found = crypto_same(letter_code(r->arena, &r->app->keys, r->tenant, out->id), code) && out->id;
    return OK;
}

static err verify(struct req *r, struct str typed)
{
    const struct verify_query *q = r->query;
    struct letter_shown        shown;
    bool                       found = false;
    struct page p = { .b = buf_new(r->arena, 0), .r = r, .zh = q->lang ? q->lang == LETTER_ZH : r->lang == LANG_ZH, .status = 200 };
    if (!typed.len)
        return ask(&p);
    if (!rate_take(r->app->letter->verifies, r->remote, setting_i64(r->app, "letter.verify_per_hour", r->now), clock_monotonic()))
        return FAIL(ERR_TOO_MANY);
    p.code = letter_code_read(r->arena, typed);
    TRY(find(&p, &shown, &found));
    return found ? answer_known(&p, &shown) : answer_unknown(&p);
}

static err verify_code(struct req *r)
{
    return verify(r, r->path_text[0]);
}

static err verify_form(struct req *r)
{
    return verify(r, ((const struct verify_query *)r->query)->code);
}

/* What went wrong, on the same page. */
static void problem(struct req *r, int status, struct str text)
{
    struct page p = { .b = buf_new(r->arena, 0), .r = r, .zh = r->lang == LANG_ZH, .status = status };
    const char *title = say(&p, "暂时不能查验", "Not possible just now");
    open_page(&p, title);
    buf_fmt(&p.b, "<h1 class=\"ask\">%s</h1><p>", title);
    put(&p.b, text);
    buf_z(&p.b, "</p>");
    err e = finish(&p);
    (void)e;   /* a page always answers */
}

#define PAGE_OF(path_, handler_, summary_)                                                                                                 \
    { .method = GET, .path = path_, .handler = handler_, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_BYTES, .reply_type = "text/html", \
      ROUTE_QUERY(struct verify_query, query_fields), .flags = ROUTE_NO_STORE, .problem = problem, ROUTE_ERRORS(ERR_TOO_MANY), .tag = "letter",   \
      .summary = summary_ }

const struct route verify_routes[] = {
    PAGE_OF("/v", verify_form, "Verify a letter or an agreement by the code beside its QR: a page for people"),
    PAGE_OF("/v/*code", verify_code, "Where such a QR leads: valid, ended or unknown; a page for people"),
    ROUTE_END
};
