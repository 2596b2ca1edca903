/* The routes of the server itself: is it alive, is it ready, how is it doing. */
#include <stdio.h>
#include <unistd.h>

#include "../base/crypto.h"
#include "../base/jsonw.h"
#include "exchange.h"

struct health { struct str status; };

static const struct field health_view[] = {
    FIELD_STR(struct health, status, 0, 0, REQUIRED, "ok, or why not"),
    FIELD_END
};

static err healthz(struct req *r)
{
    struct health h = { STR("ok") };
    return reply_view(r, health_view, &h, 0);
}

/* Runs in a read: when there is a snapshot to read from, the database answers. Where writes alone wait, it takes requests all the same: a balancer that
 * sent nobody here would keep readers away too, from every process there is. */
static err readyz(struct req *r)
{
    struct health h = { STR("ok") };
    if (atomic_load(&exchange_of(r)->http->stopping))
        return FAIL(ERR_UNAVAILABLE);
    return reply_view(r, health_view, &h, 0);
}

/* ---- figures in the text format of Prometheus ---- */

static void metric(struct buf *b, const char *name, const char *type, const char *help)
{
    buf_fmt(b, "# HELP linli_%s %s\n# TYPE linli_%s %s\n", name, help, name, type);
}

static void number(struct buf *b, const char *name, const char *type, const char *help, unsigned long long v)
{
    metric(b, name, type, help);
    buf_fmt(b, "linli_%s %llu\n", name, v);
}

typedef void (*route_printer)(struct buf *b, const struct route_entry *e, const char *method);

static void each_route(struct buf *b, const struct http *h, route_printer print)
{
    size_t                    n;
    const struct route_entry *e = router_entries(h->router, &n);
    for (size_t i = 0; i < n; i++)
        if (atomic_load(&e[i].stats.count))
            print(b, &e[i], method_name(e[i].route->method));
    if (atomic_load(&h->files.stats.count))
        print(b, &h->files, "GET");
    if (atomic_load(&h->unknown.stats.count))
        print(b, &h->unknown, "any");
}

static void print_classes(struct buf *b, const struct route_entry *e, const char *method)
{
    for (int class = 1; class < 6; class++) {
        unsigned long long n = atomic_load(&e->stats.by_class[class]);
        if (n)
            buf_fmt(b, "linli_requests_total{method=\"%s\",route=\"%s\",status=\"%dxx\"} %llu\n", method, e->route->path, class, n);
    }
}

static void print_latency(struct buf *b, const struct route_entry *e, const char *method)
{
    unsigned long long sum = 0;
    for (int i = 0; i < LATENCY_BUCKETS; i++) {
        sum += atomic_load(&e->stats.bucket[i]);
        buf_fmt(b, "linli_request_seconds_bucket{method=\"%s\",route=\"%s\",le=\"", method, e->route->path);
        if (i == LATENCY_BUCKETS - 1)
            buf_z(b, "+Inf");
        else
            buf_fmt(b, "%g", latency_bounds[i]);
        buf_fmt(b, "\"} %llu\n", sum);
    }
    buf_fmt(b, "linli_request_seconds_sum{method=\"%s\",route=\"%s\"} %.6f\n", method, e->route->path,
            (double)atomic_load(&e->stats.micros) / 1e6);
    buf_fmt(b, "linli_request_seconds_count{method=\"%s\",route=\"%s\"} %llu\n", method, e->route->path, sum);
}

static unsigned long long resident_bytes(void)
{
    unsigned long long whole, resident = 0;
    FILE              *f = fopen("/proc/self/statm", "re");
    if (f && fscanf(f, "%llu %llu", &whole, &resident) != 2)
        resident = 0;
    if (f)
        fclose(f);
    return resident * (unsigned long long)sysconf(_SC_PAGESIZE);
}

static void database_figures(struct buf *b, const struct db *db)
{
    struct db_stats s = { 0 };
    db_stats(db, &s);
    metric(b, "db_held_up_seconds", "gauge", "How long the writes under way have taken, the longest.");
    buf_fmt(b, "linli_db_held_up_seconds %.3f\n", (double)db_held_up(db) / MS_SECOND);
    number(b, "db_left", "gauge", "Writes under way whose callers were answered 503.", s.left);
    number(b, "db_commits_total", "counter", "Commits, each of a group of writes.", s.commits);
    number(b, "db_writes_total", "counter", "Writes that were committed.", s.writes);
    number(b, "db_write_failures_total", "counter", "Writes that were rolled back.", s.write_failures);
    number(b, "db_reads_total", "counter", "Reads.", s.reads);
    number(b, "db_queue", "gauge", "Writes that wait.", s.queue_now);
    number(b, "db_queue_peak", "gauge", "Most writes that ever waited.", s.queue_peak);
}

/* From this machine, or with the token: addresses and amounts of use are nobody else's business. */
static bool may_see_figures(struct req *r)
{
    const char *token = exchange_of(r)->http->o.metrics_token;
    return r->loopback || (token && r->bearer.ptr && crypto_same(r->bearer, str_of(token)));
}

static err metrics(struct req *r)
{
    const struct http *h = exchange_of(r)->http;
    struct buf         b = buf_new(r->arena, 0);
    if (!may_see_figures(r))
        return FAIL(ERR_NOT_FOUND);
    metric(&b, "requests_total", "counter", "Requests answered, by route and class of status.");
    each_route(&b, h, print_classes);
    metric(&b, "request_seconds", "histogram", "Time from the request line to the answer, by route.");
    each_route(&b, h, print_latency);
    number(&b, "connections", "gauge", "Connections open.", (unsigned long long)atomic_load(&h->open));
    number(&b, "requests_under_way", "gauge", "Requests being answered.", (unsigned long long)atomic_load(&h->busy));
    number(&b, "memory_bytes", "gauge", "Resident memory of the process.", resident_bytes());
    if (h->db)
        database_figures(&b, h->db);
    return reply_bytes(r, "text/plain; version=0.0.4; charset=utf-8", buf_view(&b), STR_NONE);
}

const struct route builtin_routes[] = {
    { GET, "/healthz", healthz, .perm = PERM_PUBLIC, .reply_kind = REPLY_VIEW, .reply = health_view, .flags = ROUTE_ANY_HOST,
      .summary = "The process is alive", .tag = "server" },
    { GET, "/readyz", readyz, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_VIEW, .reply = health_view, .flags = ROUTE_ANY_HOST,
      .summary = "The server takes requests and its database answers", .tag = "server" },
    { GET, "/metrics", metrics, .perm = PERM_PUBLIC, .reply_kind = REPLY_BYTES, .reply_type = "text/plain",
      .flags = ROUTE_NO_STORE | ROUTE_ANY_HOST, .summary = "Figures in the text format of Prometheus, for this machine or with the token", .tag = "server" },
    ROUTE_END
};
