/* How a handler answers, and how a failure reads. */
#include "../base/jsonw.h"
#include "../base/log.h"
#include "exchange.h"

#define PROBLEM_TYPE "application/problem+json"
#define JSON_TYPE    "application/json"

static err answer(struct req *r, int status, const char *type, struct str body)
{
    r->reply->status = status;
    r->reply->type = type;
    r->reply->body = body;
    return OK;
}

/* A view past the cap of buf is a fault of the program: lists are paged. */
static err answer_json(struct req *r, int status, const struct buf *b)
{
    if (b->full) {
        log_event(LOG_ERROR, "reply_too_large", "route", r->route->path, NULL);
        return FAIL(ERR_INTERNAL);
    }
    return answer(r, status, JSON_TYPE, buf_view(b));
}

static err answer_view(struct req *r, int status, const struct field *view, const void *data, int64_t version)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    field_write(&j, view, data);
    r->reply->version = version;
    return answer_json(r, status, &b);
}

err reply_view(struct req *r, const struct field *view, const void *data, int64_t version)
{
    return answer_view(r, 200, view, data, version);
}

err reply_created(struct req *r, struct str location, const struct field *view, const void *data, int64_t version)
{
    r->reply->location = str_copy(r->arena, location);
    return answer_view(r, 201, view, data, version);
}

err reply_created_later(struct req *r, struct str location, const struct field *view, const void *data, int64_t version)
{
    *r->reply = (struct reply){ .status = 201, .location = str_copy(r->arena, location), .version = version, .view = view, .viewed = data,
                                .lines = r->reply->lines };
    return OK;
}

err reply_finish(struct req *r)
{
    const struct field *view = r->reply->view;
    r->reply->view = NULL;
    return view ? answer_view(r, r->reply->status, view, r->reply->viewed, r->reply->version) : OK;
}

err reply_none(struct req *r)
{
    return answer(r, 204, NULL, STR_NONE);
}

err reply_list(struct req *r, const struct field *view, size_t size, struct list items, struct str next)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_key(&j, "items");
    jsonw_list(&j);
    for (size_t i = 0; i < items.len; i++)
        field_write(&j, view, (const char *)items.at + i * size);
    jsonw_list_end(&j);
    jsonw_kv_str(&j, "next", next);
    jsonw_close(&j);
    return answer_json(r, 200, &b);
}

err reply_bytes(struct req *r, const char *type, struct str bytes, struct str etag)
{
    r->reply->etag = str_copy(r->arena, etag);
    return answer(r, 200, type, bytes.ptr ? bytes : STR(""));
}

err reply_file(struct req *r, const char *type, struct str path, struct str etag)
{
    r->reply->etag = str_copy(r->arena, etag);
    r->reply->path = (struct str){ str_z(r->arena, path), path.len };
    return answer(r, 200, type, STR_NONE);
}

err reply_accepted(struct req *r, int64_t job)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_id(&j, "job", job);
    jsonw_close(&j);
    r->reply->location = str_fmt(r->arena, "/api/v1/jobs/%lld", (long long)job);
    return answer_json(r, 202, &b);
}

err reply_json(struct req *r, int status, struct str json)
{
    return answer(r, status, JSON_TYPE, json);
}

err reply_page(struct req *r, int status, struct str html)
{
    r->reply->page = true;
    r->reply->cache = "no-store";
    return answer(r, status, "text/html; charset=utf-8", html);
}

void reply_typed(struct req *r, int status, const char *type, struct str body)
{
    r->reply->status = status;
    r->reply->type = type;
    r->reply->body = body;
}

void reply_header(struct req *r, const char *name, struct str value)
{
    struct reply_line *line = ARENA_NEW(r->arena, struct reply_line);
    *line = (struct reply_line){ name, str_z(r->arena, value), r->reply->lines };
    r->reply->lines = line;
}

/* ---- failures ---- */

static const struct { enum err_code code; const char *en, *zh; } bound_words[] = {
    { ERR_TOO_SHORT, "%s (at least %lld)", "%s（至少 %lld）" },
    { ERR_TOO_SMALL, "%s (at least %lld)", "%s（至少 %lld）" },
    { ERR_TOO_LONG,  "%s (at most %lld)",  "%s（最多 %lld）" },
    { ERR_TOO_BIG,   "%s (at most %lld)",  "%s（最多 %lld）" },
};

struct str fault_text(struct arena *a, enum err_code code, int64_t bound, enum lang lang)
{
    const char *text = err_text(code, lang == LANG_ZH);
    for (size_t i = 0; i < sizeof bound_words / sizeof bound_words[0]; i++) {
        if (bound_words[i].code != code || bound == 0)
            continue;
        struct buf b = buf_new(a, 0);
        buf_fmt(&b, lang == LANG_ZH ? bound_words[i].zh : bound_words[i].en, text, (long long)bound);
        return buf_view(&b);
    }
    return str_of(text);
}

static void write_fault(struct jsonw *j, struct req *r, const struct fault *f)
{
    jsonw_open(j);
    jsonw_kv_str(j, "field", f->path);
    jsonw_kv_z(j, "code", err_slug(f->code));
    jsonw_kv_str(j, "message", fault_text(r->arena, f->code, f->bound, r->lang));
    jsonw_close(j);
}

void reply_problem(struct req *r, err e)
{
    struct buf         b = buf_new(r->arena, 0);
    struct jsonw       j = jsonw_on(&b);
    int                status = err_status(e.code);
    struct reply_line *kept = NULL;
    if (e.field)
        faults_add(&r->faults, str_of(e.field), e.code, 0);
    jsonw_open(&j);
    jsonw_kv_z(&j, "type", "about:blank");
    jsonw_kv_str(&j, "title", fault_text(r->arena, e.code, 0, r->lang));
    jsonw_kv_i64(&j, "status", status);
    if (r->reply->detail.ptr)
        jsonw_kv_str(&j, "detail", r->reply->detail);
    jsonw_kv_z(&j, "code", err_slug(e.code));
    jsonw_kv_str(&j, "instance", r->id);
    jsonw_key(&j, "errors");
    jsonw_list(&j);
    for (size_t i = 0; i < r->faults.len; i++)
        write_fault(&j, r, &r->faults.at[i]);
    jsonw_list_end(&j);
    jsonw_close(&j);
    /* Of what the handler wanted to send only the advice how and when to come back still holds. */
    for (struct reply_line *l = r->reply->lines; l; l = l->next)
        if (strcmp(l->name, "Retry-After") == 0 || strcmp(l->name, "X-Work-Challenge") == 0)
            kept = l;
    if (kept)
        kept->next = NULL;
    *r->reply = (struct reply){ .status = status, .type = PROBLEM_TYPE, .body = buf_view(&b), .cache = "no-store", .lines = kept };
    if (e.code == ERR_UNAVAILABLE && !kept)
        reply_header(r, "Retry-After", STR("1"));
    if (status == 401)
        reply_header(r, "WWW-Authenticate", STR("Bearer"));   /* a 401 names a scheme; this one opens no window in browsers */
}

struct str problem_text(struct req *r, err e)
{
    struct buf b = buf_new(r->arena, 0);
    if (e.field)
        buf_fmt(&b, r->lang == LANG_ZH ? "%s：" : "%s: ", e.field);
    buf_str(&b, fault_text(r->arena, e.code, 0, r->lang));
    if (r->reply->detail.ptr)
        buf_fmt(&b, r->lang == LANG_ZH ? "：%.*s" : ": %.*s", STR_ARG(r->reply->detail));
    for (size_t i = 0; i < r->faults.len; i++) {
        const struct fault *f = &r->faults.at[i];
        struct str          text = fault_text(r->arena, f->code, f->bound, r->lang);
        buf_fmt(&b, r->lang == LANG_ZH ? "；%.*s：%.*s" : "; %.*s: %.*s", STR_ARG(f->path), STR_ARG(text));
    }
    return buf_view(&b);
}

/* ---- faults, versions ---- */

void req_fault(struct req *r, const char *field, enum err_code code)
{
    faults_add(&r->faults, str_of(field), code, 0);
}

err req_faults(struct req *r)
{
    return r->faults.len ? FAIL(ERR_INVALID) : OK;
}

err req_fail(struct req *r, enum err_code code, struct str detail)
{
    r->reply->detail = str_copy(r->arena, detail);
    return FAIL(code);
}

err req_version(struct req *r, int64_t version)
{
    return r->if_match == 0 || r->if_match == version ? OK : FAIL(ERR_STALE_VERSION);
}

err req_version_needed(struct req *r, int64_t version)
{
    return r->if_match == 0 ? FAIL(ERR_VERSION_NEEDED) : req_version(r, version);
}

const char *req_text(const struct req *r, const char *zh, const char *en)
{
    return r->lang == LANG_ZH ? zh : en;
}
