/* The answer on its way out: entity tag and 304, compression, headers; then the log line and the figures. */
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/log.h"
#include "exchange.h"

#define COMPRESS_FROM ((size_t)1024)

struct line { const char *name, *value; };

static const struct line every_answer[] = {
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "same-origin" },
    { "Vary", "Accept-Encoding, Accept-Language, Cookie, X-Case-Secret" },
};

/* What is no page needs no rights at all, should somebody open it as one. */
static const struct line data_answer[] = {
    { "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'" },
};

static const struct line page_answer[] = {
    { "Content-Security-Policy",
      "default-src 'self'; script-src 'self'; worker-src 'self'; manifest-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
      "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'" },
    { "Permissions-Policy", "geolocation=(self), camera=(self)" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
};

static bool compressible(const char *type)
{
    static const char *const types[] = { "application/json", "application/problem+json", "application/geo+json", "application/atom+xml", "text/",
                                         "image/svg+xml" };
    for (size_t i = 0; type && i < sizeof types / sizeof types[0]; i++)
        if (strncmp(type, types[i], strlen(types[i])) == 0)
            return true;
    return false;
}

/* Tags what can be read again, and what was just changed, so that its reader can go on from that version. */
static void tag(struct exchange *x)
{
    struct reply *p = &x->reply;
    bool          read = x->method == GET && p->status == 200, changed = p->version > 0 && p->status < 300;
    if (!p->etag.ptr && !p->path.ptr && p->body.ptr && (read || changed))
        p->etag = etag_make(x->r.arena, p->version, p->body);
    if (read && etag_among(x->headers.value[H_IF_NONE_MATCH], p->etag)) {
        p->status = 304;
        p->body = p->path = STR_NONE;
    }
}

/* The tag of a coded body is weak: the bytes differ from those of the plain one. */
static void code_body(struct exchange *x)
{
    struct reply *p = &x->reply;
    if (p->whole || p->body.len < COMPRESS_FROM || !compressible(p->type))
        return;
    enum coding coding = accept_encoding(x->headers.value[H_ACCEPT_ENCODING]);
    struct str  coded = coding == CODING_NONE ? STR_NONE : body_compress(x->r.arena, coding, p->body);
    if (!coded.ptr)
        return;
    p->body = coded;
    p->coding = coding;
    if (p->etag.ptr && !str_starts(p->etag, "W/"))
        p->etag = str_fmt(x->r.arena, "W/%.*s", STR_ARG(p->etag));
}

static struct MHD_Response *from_file(struct exchange *x)
{
    struct stat st;
    int         fd = open(x->reply.path.ptr, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
        x->sent = (uint64_t)st.st_size;
        return MHD_create_response_from_fd64((uint64_t)st.st_size, fd);
    }
    log_event(LOG_ERROR, "file", "request", x->r.id.ptr, "problem", strerror(errno), NULL);
    if (fd >= 0)
        close(fd);
    reply_problem(&x->r, FAIL(ERR_INTERNAL));
    return NULL;
}

static struct MHD_Response *make_response(struct exchange *x)
{
    struct MHD_Response *m = x->reply.path.ptr ? from_file(x) : NULL;
    if (m)
        return m;
    x->sent = x->reply.body.len;
    /* The arena outlives the answer. */
    return MHD_create_response_from_buffer(x->reply.body.len, (void *)(uintptr_t)x->reply.body.ptr, MHD_RESPMEM_PERSISTENT);
}

static void put(struct MHD_Response *m, const struct line *lines, size_t n)
{
    for (size_t i = 0; i < n; i++)
        MHD_add_response_header(m, lines[i].name, lines[i].value);
}

static void put_str(struct exchange *x, struct MHD_Response *m, const char *name, struct str value)
{
    if (value.ptr)
        MHD_add_response_header(m, name, str_z(x->r.arena, value));
}

static const char *cache_control(const struct exchange *x)
{
    unsigned flags = x->r.route->flags;
    if (x->reply.cache)
        return x->reply.cache;
    if (flags & ROUTE_NO_STORE || x->method != GET)
        return "no-store";
    return flags & ROUTE_CACHE ? "private, max-age=31536000, immutable" : "private, no-cache";
}

static void put_headers(struct exchange *x, struct MHD_Response *m)
{
    const struct reply *p = &x->reply;
    if (p->type && p->status != 304)
        MHD_add_response_header(m, "Content-Type", p->type);
    MHD_add_response_header(m, "Cache-Control", cache_control(x));
    put(m, every_answer, sizeof every_answer / sizeof every_answer[0]);
    if (p->page)
        put(m, page_answer, sizeof page_answer / sizeof page_answer[0]);
    else
        put(m, data_answer, sizeof data_answer / sizeof data_answer[0]);
    put_str(x, m, "X-Request-Id", x->r.id);
    put_str(x, m, "ETag", p->etag);
    put_str(x, m, "Location", p->location);
    if (p->coding != CODING_NONE && p->status != 304)
        MHD_add_response_header(m, "Content-Encoding", p->coding == CODING_BR ? "br" : "gzip");
    for (const struct reply_line *l = p->lines; l; l = l->next)
        MHD_add_response_header(m, l->name, l->value);
    if (x->close || atomic_load_explicit(&x->http->stopping, memory_order_relaxed))
        MHD_add_response_header(m, "Connection", "close");
}

void exchange_finish(struct exchange *x)
{
    tag(x);
    code_body(x);
}

bool exchange_send(struct exchange *x, struct MHD_Connection *c)
{
    struct MHD_Response *m = make_response(x);
    if (!m)
        return false;
    put_headers(x, m);
    bool queued = MHD_queue_response(c, (unsigned)x->reply.status, m) == MHD_YES;
    MHD_destroy_response(m);
    if (x->head || x->reply.status == 304)
        x->sent = 0;
    return queued;
}

/* ---- figures ---- */

static void count(struct route_stats *s, int status, int64_t micros)
{
    size_t bucket = 0;
    while (bucket < LATENCY_BUCKETS - 1 && (double)micros > latency_bounds[bucket] * 1e6)
        bucket++;
    atomic_fetch_add_explicit(&s->by_class[status / 100 % 6], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&s->bucket[bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&s->micros, (unsigned long long)micros, memory_order_relaxed);
    atomic_fetch_add_explicit(&s->count, 1, memory_order_relaxed);
}

static bool is_sane(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool good = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '_' || c == '.';
        if (!good)
            return false;
    }
    return s.len > 0 && s.len <= 64;
}

/* A number's digits, written backwards from the end of a small buffer that ends with zero. */
struct digits { char text[24]; };

static const char *number(struct digits *d, uint64_t v, int least)
{
    char *p = d->text + sizeof d->text - 1;
    *p = 0;
    for (; v || least > 0; v /= 10, least--)
        *--p = (char)('0' + v % 10);
    return p;
}

/* 1234 microseconds as "1.234" milliseconds. */
static const char *milliseconds(struct digits *d, int64_t micros)
{
    const char *p = number(d, (uint64_t)micros, 4);
    size_t      whole = strlen(p) - 3;
    memmove((char *)(uintptr_t)p - 1, p, whole);
    d->text[sizeof d->text - 5] = '.';
    return p - 1;
}

/* No path, no query, no address, no name: the pattern tells what was asked, the request id joins the lines of one request. */
void exchange_count(struct exchange *x)
{
    struct digits status, took, bytes;
    struct str    theirs = x->headers.value[H_REQUEST_ID];
    bool          sane = is_sane(theirs);
    count(&x->entry->stats, x->reply.status, x->took);
    log_event(LOG_INFO, "request", "method", x->head ? "HEAD" : method_name(x->method), "route", x->r.route->path, "status",
              number(&status, (uint64_t)x->reply.status, 1), "ms", milliseconds(&took, x->took), "bytes", number(&bytes, x->sent, 1),
              "request", x->r.id.ptr, sane ? "client" : NULL, sane ? str_z(x->r.arena, theirs) : NULL, NULL);
}
