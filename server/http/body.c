/* The body: how it is taken, under which limit, and what it becomes. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "../base/disk.h"
#include "../base/log.h"
#include "exchange.h"

#define JSON_LIMIT   ((size_t)64 * 1024)
#define SPOOL_PREFIX "upload-"

/* An object without members: what a route that takes no body accepts beside no body at all. */
static const struct field no_fields[] = { FIELD_END };

static bool body_announced(const struct exchange *x)
{
    return x->headers.value[H_TRANSFER_ENCODING].ptr || headers_length(&x->headers) > 0;
}

static bool is_form(struct str type)
{
    return media_is(type, "application/x-www-form-urlencoded") || media_is(type, "multipart/form-data") ||
           media_is(type, "text/plain");
}

/* JSON routes take JSON. Elsewhere only what an HTML form of another page could send is refused. */
static err type_check(const struct exchange *x)
{
    struct str type = x->headers.value[H_CONTENT_TYPE];
    if (x->entry->route->body_kind == BODY_JSON)
        return media_is(type, "application/json") ? OK : FAIL(ERR_MEDIA_TYPE);
    if (x->entry->route->body_type)
        return media_is(type, x->entry->route->body_type) ? OK : FAIL(ERR_MEDIA_TYPE);
    return type.ptr && is_form(type) && x->r.cookie.ptr ? FAIL(ERR_MEDIA_TYPE) : OK;
}

err body_plan(struct exchange *x)
{
    const struct route *t = x->entry->route;
    int64_t             length = headers_length(&x->headers);
    if (x->method == GET || (x->method == DELETE && t->body_kind == BODY_NONE))
        return body_announced(x) ? FAIL(ERR_BAD_REQUEST) : OK;
    TRY(type_check(x));
    if (t->body_kind != BODY_NONE && length < 0 && !body_announced(x))
        return FAIL(ERR_LENGTH_REQUIRED);
    x->limit = t->body_max ? t->body_max : JSON_LIMIT;
    if (length > 0 && (size_t)length > x->limit)
        return FAIL(ERR_TOO_LARGE);
    x->intake = t->body_kind == BODY_UPLOAD ? INTAKE_SPOOL : INTAKE_MEMORY;
    x->body = buf_new(x->r.arena, x->limit);
    if (x->intake == INTAKE_MEMORY && length > 0 && buf_room(&x->body, (size_t)length) == NULL)
        return FAIL(ERR_TOO_LARGE);
    return OK;
}

static err spool_open(struct exchange *x)
{
    struct req *r = &x->r;
    r->upload_path = str_fmt(r->arena, "%s/" SPOOL_PREFIX "%.*s", x->http->o.spool, STR_ARG(r->id));
    x->spool = open(r->upload_path.ptr, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (x->spool >= 0)
        return OK;
    log_event(LOG_ERROR, "spool", "request", r->id.ptr, "problem", strerror(errno), NULL);
    r->upload_path = STR_NONE;
    return FAIL(errno == ENOSPC || errno == EDQUOT ? ERR_STORAGE_FULL : ERR_INTERNAL);
}

static err spool_write(struct exchange *x, const char *bytes, size_t n)
{
    if (x->spool < 0)
        TRY(spool_open(x));
    if (disk_write(x->spool, (struct str){ bytes, n }))
        return OK;
    bool full = disk_is_full(errno);
    log_event(LOG_ERROR, "spool", "request", x->r.id.ptr, "problem", strerror(errno), NULL);
    return FAIL(full ? ERR_STORAGE_FULL : ERR_INTERNAL);
}

err body_take(struct exchange *x, const char *bytes, size_t n)
{
    x->taken += n;
    if (x->intake == INTAKE_DROP)
        return OK;
    if (x->intake == INTAKE_NONE || x->taken > x->limit)
        return FAIL(x->intake == INTAKE_NONE ? ERR_BAD_REQUEST : ERR_TOO_LARGE);
    if (x->intake == INTAKE_SPOOL)
        return spool_write(x, bytes, n);
    buf_add(&x->body, bytes, n);
    return x->body.full ? FAIL(ERR_TOO_LARGE) : OK;
}

static err read_json(struct exchange *x, const struct field *table, size_t size)
{
    struct req *r = &x->r;
    void       *out = arena_alloc(r->arena, size);
    if (table != no_fields)
        r->body = out;   /* a handler of a route without a body finds none, whatever was sent */
    return field_read_json(r->arena, table, buf_view(&x->body), out, &r->given, &r->faults);
}

/* A body where none is due: an empty object is let pass, and the handler sees no body at all. */
static err refuse_fields(struct exchange *x)
{
    err e = read_json(x, no_fields, 1);
    x->r.body = NULL;
    return e;
}

err body_read(struct exchange *x)
{
    const struct route *t = x->entry->route;
    switch (t->body_kind) {
    case BODY_JSON:
        return read_json(x, t->body, t->body_size);
    case BODY_NONE:
        return x->body.len ? refuse_fields(x) : OK;
    case BODY_RAW:
        x->r.raw_body = buf_view(&x->body);
        break;
    case BODY_UPLOAD:
        if (x->spool < 0)   /* an empty body still is a file */
            TRY(spool_open(x));
        close(x->spool);
        x->spool = -1;
        break;
    }
    x->r.upload_type = x->headers.value[H_CONTENT_TYPE];
    return OK;
}

void body_end(struct exchange *x)
{
    if (x->spool >= 0)
        close(x->spool);
    x->spool = -1;
    if (x->r.upload_path.ptr)
        unlink(x->r.upload_path.ptr);   /* gone already when the handler moved it */
    x->r.upload_path = STR_NONE;
}

void spool_clean(const char *spool)
{
    DIR           *d = opendir(spool);
    struct dirent *e;
    while (d && (e = readdir(d)) != NULL)
        if (strncmp(e->d_name, SPOOL_PREFIX, strlen(SPOOL_PREFIX)) == 0)
            unlinkat(dirfd(d), e->d_name, 0);
    if (d)
        closedir(d);
}
