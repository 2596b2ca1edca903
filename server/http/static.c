/* The web application's files, and which page answers for which address. */
#include "static.h"

#include "exchange.h"

static const struct web_file *find(struct str path)
{
    size_t low = 0, high = web_file_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int    c = str_cmp(path, str_of(web_files[mid].path));
        if (c == 0)
            return &web_files[mid];
        if (c < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

bool static_present(void)
{
    return web_file_count > 0;
}

static struct str view(struct web_bytes b)
{
    return b.from ? (struct str){ b.from, (size_t)(b.to - b.from) } : STR_NONE;
}

static bool is_asset(struct str path)
{
    return str_starts(path, "/assets/");
}

static void answer_file(struct exchange *x, const struct web_file *f)
{
    enum coding coding = accept_encoding(x->headers.value[H_ACCEPT_ENCODING]);
    struct str  coded = coding == CODING_BR ? view(f->br) : coding == CODING_GZIP ? view(f->gzip) : STR_NONE;
    x->reply = (struct reply){
        .status = 200,
        .type = f->type,
        .body = coded.ptr ? coded : view(f->plain),
        .coding = coded.ptr ? coding : CODING_NONE,
        .whole = true,
        .page = true,
        .cache = is_asset(str_of(f->path)) ? "public, max-age=31536000, immutable" : "no-cache",
        .etag = str_fmt(x->r.arena, "\"%.16s%s\"", f->hash, !coded.ptr ? "" : coding == CODING_BR ? "-br" : "-gz"),
    };
}

/* A reader of pages says so; a program that fetches a script that is gone must not get a page instead. */
bool static_wants_page(const struct exchange *x)
{
    struct str accept = x->headers.value[H_ACCEPT], path = x->path.whole;
    struct str last = x->path.segment[x->path.len - 1];
    if (is_asset(path))
        return false;
    return accept_type(accept, "text/html") > 0 && (accept_type(accept, "text/plain") <= 0 || str_find(last, '.') < 0);
}

static const char *page_for(struct str path)
{
    if (str_is(path, "/"))
        return "/home.html";   /* the portal with its home page drawn already */
    return str_is(path, "/desk") || str_starts(path, "/desk/") ? "/desk.html" : "/portal.html";
}

static bool answer_absent(struct exchange *x)
{
    x->reply = (struct reply){
        .status = 404,
        .type = "text/plain; charset=utf-8",
        .body = STR("This program was built without the web application; only its API is served, under /api/v1.\n"
                    "本程序构建时未包含网页界面，仅提供 /api/v1 接口。\n"),
        .cache = "no-store",
    };
    return true;
}

/* In both languages: whoever comes here may read either. */
void closed_reply(struct exchange *x)
{
    struct buf b = buf_new(x->r.arena, 0);
    buf_z(&b, "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
              "<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\"><title>已停用 · Closed</title></head><body><main>"
              "<h1>这个城区已不在这里办理</h1><p>这里的网页、登录和办理都已停止。</p>");
    if (x->place.moved_to.ptr)
        buf_fmt(&b, "<p>现在的网址：<a href=\"%.*s\">%.*s</a></p>", STR_ARG(x->place.moved_to), STR_ARG(x->place.moved_to));
    buf_z(&b, "<hr><div lang=\"en\"><h1>This district is served here no more</h1><p>Its pages, accounts and work have ended here.</p>");
    if (x->place.moved_to.ptr)
        buf_fmt(&b, "<p>It is served now at <a href=\"%.*s\">%.*s</a></p>", STR_ARG(x->place.moved_to), STR_ARG(x->place.moved_to));
    buf_z(&b, "</div></main></body></html>\n");
    x->reply = (struct reply){ .status = 410, .type = "text/html; charset=utf-8", .body = buf_view(&b), .cache = "no-store" };
}

bool static_reply(struct exchange *x)
{
    const struct web_file *f = find(x->path.whole);
    if (!f && static_wants_page(x)) {
        if (!static_present())
            return answer_absent(x);
        f = find(str_of(page_for(x->path.whole)));
    }
    if (f)
        answer_file(x, f);
    return f != NULL;
}
