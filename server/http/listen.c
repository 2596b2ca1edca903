/* Listening: sockets, connections, the few threads that listen to them, patience with the slow, and a stop that lets work finish. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netdb.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "../base/log.h"
#include "exchange.h"

#define CONNECTIONS_MOST 1024
#define PATIENCE         (30 * MS_SECOND)
#define CONNECTION_POOL  ((size_t)16 * 1024)     /* twice the headers taken, so that the refusal is ours; no more: it is cleared for each request */
#define DRAIN_MOST       ((size_t)1024 * 1024)   /* of a refused body, read on so that the client sees the answer */

/* ---- connections ---- */

static void read_peer(struct conn *c, const struct sockaddr *peer)
{
    if (peer && peer->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const void *)peer;
        inet_ntop(AF_INET, &in->sin_addr, c->address, sizeof c->address);
        c->loopback = ntohl(in->sin_addr.s_addr) >> 24 == 127;
    } else if (peer && peer->sa_family == AF_INET6) {
        const struct sockaddr_in6 *in = (const void *)peer;
        inet_ntop(AF_INET6, &in->sin6_addr, c->address, sizeof c->address);
        c->loopback = IN6_IS_ADDR_LOOPBACK(&in->sin6_addr);
    }
}

static struct conn *conn_open(struct http *h, struct MHD_Connection *m)
{
    struct conn                    *c = calloc(1, sizeof *c);
    const union MHD_ConnectionInfo *peer = MHD_get_connection_info(m, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const union MHD_ConnectionInfo *fd = MHD_get_connection_info(m, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (!c)
        abort();
    c->http = h;
    c->fd = fd->connect_fd;
    read_peer(c, peer ? peer->client_addr : NULL);
    phase_set(c, PHASE_IDLE, 0);
    patience_watch(h->patience, c);
    return c;
}

static void exchange_close(struct conn *c);

static void conn_close(struct conn *c)
{
    patience_forget(c->http->patience, c);
    exchange_close(c);
    atomic_fetch_sub(&c->http->open, 1);
    free(c);
}

static void on_connection(void *cls, struct MHD_Connection *m, void **slot, enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *slot = conn_open(cls, m);
    } else if (*slot) {
        conn_close(*slot);
        *slot = NULL;
    }
}

static struct conn *conn_of(struct MHD_Connection *m)
{
    const union MHD_ConnectionInfo *i = MHD_get_connection_info(m, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return i ? i->socket_context : NULL;
}

/* ---- one exchange ---- */

int64_t exchange_micros(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* The request line is there: begins an exchange. The target is copied, since the library goes on to cut it up in place. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *m)
{
    struct http *h = cls;
    struct conn *c = conn_of(m);
    if (!c)
        return NULL;
    exchange_close(c);
    struct arena    *a = arena_new(0);
    struct exchange *x = ARENA_NEW(a, struct exchange);
    x->r.arena = a;
    x->conn = c;
    x->http = h;
    x->spool = -1;
    x->began = exchange_micros();
    x->target = str_copy(a, str_of(target));
    c->x = x;
    atomic_fetch_add(&h->busy, 1);
    return x;
}

static void exchange_close(struct conn *c)
{
    struct exchange *x = c->x;
    if (!x)
        return;
    if (x->answered)
        exchange_count(x);
    else if (x->stage != STAGE_HEADERS)
        log_event(LOG_INFO, "broken_off", "method", method_name(x->method), "route", x->r.route->path, "request", x->r.id.ptr, NULL);
    body_end(x);
    if (x->place.held)
        c->http->hooks.leave(&x->place);
    c->x = NULL;
    arena_free(x->r.arena);
    phase_set(c, PHASE_IDLE, 0);
    atomic_fetch_sub(&c->http->busy, 1);
}

/* The library hands out texts that end at the first zero byte, also when the client sent one in the middle, and it takes a lone CR or LF
 * for the end of a line: both read the request otherwise than a proxy in front might. Up to 0.9.75 it cuts the request up in place,
 * so that between one piece and the next lie its line end, two bytes, and blanks, and nothing else; unless the client sent something of
 * the kind. Later versions refuse such requests themselves. */
#if MHD_VERSION <= 0x00097500
static void check_gap(struct headers *h, const char *from, const char *to, ptrdiff_t least)
{
    bool clean = to - from >= least;
    for (; clean && from < to; from++)
        clean = *from == 0 || strchr("\r\n\t ", *from);
    if (!clean)
        h->malformed = true;
}
#else
static void check_gap(struct headers *h, const char *from, const char *to, ptrdiff_t least)
{
    (void)h, (void)from, (void)to, (void)least;
}
#endif

static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_len, const char *value, size_t value_len)
{
    (void)kind;
    struct headers *h = cls;
    check_gap(h, h->end, key, 2);
    headers_add(h, (struct str){ key, key_len }, (struct str){ value ? value : "", value_len });
    h->end = value ? value + value_len : key + key_len;
    return MHD_YES;
}

static void collect_headers(struct exchange *x, struct MHD_Connection *m, const char *method, const char *version)
{
    const union MHD_ConnectionInfo *size = MHD_get_connection_info(m, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    check_gap(&x->headers, method + strlen(method) + 1 + x->target.len, version, 1);
    x->headers.end = version + strlen(version);
    MHD_get_connection_values_n(m, MHD_HEADER_KIND, on_header, &x->headers);
    if (size)
        check_gap(&x->headers, x->headers.end, method + size->header_size, 4);
}

static enum MHD_Result send_answer(struct exchange *x, struct MHD_Connection *m)
{
    enum MHD_Result queued = exchange_send(x, m) ? MHD_YES : MHD_NO;
    phase_set(x->conn, PHASE_SEND, x->sent);
    return queued;
}

/* On one of the crew, as long as the library does not listen to the connection. From when it does again, all of it is the listening thread's. */
static void work(void *arg)
{
    struct exchange *x = arg;
    if (x->stage == STAGE_ADMIT) {
        x->early = exchange_admit(x);
    } else {
        exchange_work(x);
        x->stage = STAGE_ANSWER;
    }
    MHD_resume_connection(x->waiting);
}

/* The library calls again when it is done. */
static enum MHD_Result hand_over(struct exchange *x, struct MHD_Connection *m)
{
    phase_set(x->conn, PHASE_WORK, 0);
    x->waiting = m;
    MHD_suspend_connection(m);
    if (!crew_give(x->http->crew, work, x))
        work(x);
    return MHD_YES;
}

static enum MHD_Result respond(struct exchange *x, struct MHD_Connection *m)
{
    phase_set(x->conn, PHASE_WORK, 0);
    return exchange_work_at_once(x) ? send_answer(x, m) : hand_over(x, m);
}

/* A refused body that is small enough is read to its end, so that the client, which first writes and then reads, sees why. Whoever asked
 * before sending (Expect) is told at once. */
static bool drain(struct exchange *x)
{
    int64_t length = headers_length(&x->headers);
    bool    chunked = x->headers.value[H_TRANSFER_ENCODING].ptr != NULL;
    x->intake = INTAKE_DROP;
    return !x->close && !x->headers.value[H_EXPECT].ptr && (chunked || length <= (int64_t)DRAIN_MOST);
}

/* Is the body taken, thrown away, or refused before it comes? */
static enum MHD_Result begin_body(struct exchange *x, struct MHD_Connection *m)
{
    x->stage = STAGE_BODY;
    bool body = x->headers.value[H_TRANSFER_ENCODING].ptr || headers_length(&x->headers) > 0;
    if (!body && !x->close)
        return MHD_YES;   /* the library calls again for the answer; one given now would end the connection */
    if (!failed(x->early) || (body && drain(x))) {
        phase_set(x->conn, PHASE_BODY, 0);
        return MHD_YES;
    }
    x->close = true;
    x->unread = body;
    return respond(x, m);
}

static enum MHD_Result begin(struct exchange *x, struct MHD_Connection *m, const char *method, const char *version)
{
    x->stage = STAGE_ADMIT;
    x->method = method_find(method);
    x->head = strcmp(method, "HEAD") == 0;
    collect_headers(x, m, method, version);
    exchange_begin(x);
    return exchange_is_early(x) ? hand_over(x, m) : begin_body(x, m);
}

static enum MHD_Result take(struct exchange *x, const char *bytes, size_t *n)
{
    err e = body_take(x, bytes, *n);
    phase_extend(x->conn, *n);
    *n = 0;
    if (failed(e)) {
        x->fault = e;
        x->limit = x->taken + DRAIN_MOST;
        x->intake = INTAKE_DROP;
    }
    return x->intake == INTAKE_DROP && x->taken > x->limit + DRAIN_MOST ? MHD_NO : MHD_YES;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *m, const char *url, const char *method, const char *version,
                                  const char *bytes, size_t *n, void **slot)
{
    struct exchange *x = *slot;
    (void)cls, (void)url;
    if (!x)
        return MHD_NO;
    switch (x->stage) {
    case STAGE_HEADERS: return begin(x, m, method, version);
    case STAGE_ADMIT: return begin_body(x, m);
    case STAGE_BODY: return *n ? take(x, bytes, n) : respond(x, m);
    default: return send_answer(x, m);
    }
}

static void on_completed(void *cls, struct MHD_Connection *m, void **slot, enum MHD_RequestTerminationCode how)
{
    struct exchange *x = *slot;
    (void)cls, (void)m;
    if (x && x->unread && how == MHD_REQUEST_TERMINATED_COMPLETED_OK)
        linger(x->http->crew, x->conn->fd, headers_length(&x->headers));
    if (x && x->conn->x == x)
        exchange_close(x->conn);
    *slot = NULL;
}

/* The target is decoded once, by path_read and the query reader; not by the library. */
static size_t no_unescape(void *cls, struct MHD_Connection *m, char *text)
{
    (void)cls, (void)m;
    return strlen(text);
}

static void on_log(void *cls, const char *fmt, va_list ap)
{
    char text[256];
    (void)cls;
    vsnprintf(text, sizeof text, fmt, ap);
    log_event(LOG_DEBUG, "listener", "text", text, NULL);
}

/* ---- start and stop ---- */

static int bind_socket(const struct addrinfo *a)
{
    int on = 1, fd = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC, a->ai_protocol);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, 1024) == 0)
        return fd;
    close(fd);
    return -1;
}

static int port_of(int fd)
{
    struct sockaddr_storage s = { 0 };
    socklen_t               n = sizeof s;
    if (getsockname(fd, (struct sockaddr *)&s, &n))
        return 0;
    return ntohs(s.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&s)->sin6_port : ((struct sockaddr_in *)&s)->sin_port);
}

static err listen_on(struct http *h, int *fd)
{
    struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICHOST }, *found;
    char            port[8];
    snprintf(port, sizeof port, "%d", h->o.port);
    int bad = getaddrinfo(h->o.address, port, &hints, &found);
    *fd = bad ? -1 : bind_socket(found);
    const char *why = bad ? gai_strerror(bad) : strerror(errno);
    if (!bad)
        freeaddrinfo(found);
    if (*fd < 0) {
        log_event(LOG_ERROR, "listen", "address", h->o.address, "port", port, "problem", why, NULL);
        return FAIL(ERR_UNAVAILABLE);
    }
    h->port = port_of(*fd);
    return OK;
}

static void schedule(int policy)
{
    sched_setscheduler(0, policy, &(struct sched_param){ 0 });
}

/* Threads of connections, which inherit this, wait their turn: one that wakes up takes a core that is free, but does not push away who is running.
 * A request is shorter than what being pushed away costs; with many connections, or a proxy on the same machine, each would do it to
 * the next. Says what was before. */
static int in_turn(void)
{
    int before = sched_getscheduler(0);
    if (before == SCHED_OTHER)
        schedule(SCHED_BATCH);
    return before;
}

/* Two a core: what is worked on at once holds one of them up. */
static unsigned listening_threads(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 0 ? 2 * (unsigned)cores : 2;
}

static err daemon_start(struct http *h)
{
    int fd;
    TRY(listen_on(h, &fd));
    unsigned most = h->o.connections_most > 0 ? (unsigned)h->o.connections_most : CONNECTIONS_MOST;
    unsigned threads = listening_threads();
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    int      policy = in_turn();
    h->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, h,
        MHD_OPTION_EXTERNAL_LOGGER, on_log, h,
        MHD_OPTION_CONNECTION_LIMIT, 2 * most + threads,   /* the gate counts; this is never reached */
        MHD_OPTION_THREAD_POOL_SIZE, threads,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)((h->o.patience + 999) / 1000),
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_POOL,
        MHD_OPTION_THREAD_STACK_SIZE, THREAD_STACK,
        MHD_OPTION_STRICT_FOR_CLIENT, 0,   /* what more it would refuse (no Host, blanks in the target), we refuse in our own words */
        MHD_OPTION_UNESCAPE_CALLBACK, no_unescape, h,
        MHD_OPTION_URI_LOG_CALLBACK, on_target, h,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, h,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, h,
        MHD_OPTION_END);
    schedule(policy);
    if (h->daemon && !failed(gate_open(h, fd, (int)most)))
        return OK;
    if (h->daemon)
        MHD_stop_daemon(h->daemon);
    close(fd);
    log_event(LOG_ERROR, "listen", "problem", "the listener did not start", NULL);
    return FAIL(ERR_UNAVAILABLE);
}

/* A descriptor a connection, and those of the database and the files being sent. */
static void allow_descriptors(void)
{
    struct rlimit most;
    if (getrlimit(RLIMIT_NOFILE, &most) == 0 && most.rlim_cur < most.rlim_max) {
        most.rlim_cur = most.rlim_max;
        setrlimit(RLIMIT_NOFILE, &most);
    }
}

static err start(struct http *h)
{
    TRY(route_check(h->routes));
    h->router = router_new(h->arena, h->routes);
    h->files.route = &files_route;
    h->unknown.route = &unknown_route;
    /* A client that goes away while a file is sent to it must not end the process. */
    signal(SIGPIPE, SIG_IGN);
    allow_descriptors();
    if (h->o.spool)
        spool_clean(h->o.spool);
    TRY(patience_start(h));
    h->crew = crew_new(h->arena);
    err e = daemon_start(h);
    if (failed(e)) {
        crew_end(h->crew);
        patience_stop(h->patience);
    }
    return e;
}

err http_start(const struct http_options *o, const struct http_hooks *hooks, struct app *app, struct db *db, int64_t tenant,
               const struct route *const *routes, struct http **out)
{
    struct arena *a = arena_new(0);
    struct http  *h = ARENA_NEW(a, struct http);
    h->arena = a;
    h->o = *o;
    h->o.patience = o->patience > 0 ? o->patience : PATIENCE;
    h->hooks = *hooks;
    h->app = app;
    h->db = db;
    h->tenant = tenant;
    h->routes = routes_with_builtin(a, routes);
    err e = start(h);
    if (failed(e))
        arena_free(a);
    else
        *out = h;
    return e;
}

static void rest(ms t)
{
    nanosleep(&(struct timespec){ t / 1000, t % 1000 * 1000000 }, NULL);
}

/* Two quiet looks in a row: what was on the wire when we stopped accepting still has its turn. */
static void wait_idle(struct http *h, ms grace)
{
    ms until = clock_monotonic() + grace;
    for (int quiet = 0; quiet < 2 && clock_monotonic() < until; rest(20))
        quiet = atomic_load(&h->busy) == 0 ? quiet + 1 : 0;
}

void http_stop(struct http *h, ms grace)
{
    atomic_store(&h->stopping, true);
    gate_close(h->gate);
    wait_idle(h, grace);
    crew_end(h->crew);
    MHD_stop_daemon(h->daemon);
    patience_stop(h->patience);
    arena_free(h->arena);
}

int http_port(const struct http *h)
{
    return h->port;
}
