/* One exchange, request and answer, inside the HTTP layer. Not for features: they see req.h and route.h.
 *
 * A request has an arena, from its request line until its answer is sent or the connection has ended, and one thread at a time: the one that listens to the
 * connection, or, while the request may have to wait, one of the crew. So everything here may point into the arena and into the server library's own
 * request memory, which lives as long. */
#ifndef LINLI_HTTP_EXCHANGE_H
#define LINLI_HTTP_EXCHANGE_H

#include <netinet/in.h>
#include <stdatomic.h>

#include "route.h"

struct MHD_Connection;
struct MHD_Response;

/* ---- headers ---- */

enum header {
    H_OTHER, H_ACCEPT, H_ACCEPT_ENCODING, H_ACCEPT_LANGUAGE, H_AUTHORIZATION, H_CONTENT_LENGTH, H_CONTENT_TYPE, H_COOKIE, H_EXPECT, H_EXPECT_ACCOUNT,
    H_FORWARDED_FOR, H_FORWARDED_PROTO, H_HOST, H_IDEMPOTENCY_KEY, H_IF_MATCH, H_IF_NONE_MATCH, H_ORIGIN, H_REQUEST_ID, H_SECRET, H_WORK,
    H_SEC_FETCH_SITE, H_TRANSFER_ENCODING, H_USER_AGENT, H_WEBHOOK_ID, H_WEBHOOK_TIMESTAMP, H_WEBHOOK_SIGNATURE, H_COUNT
};

struct headers {
    struct str    value[H_COUNT];   /* the first of each name */
    unsigned char times[H_COUNT];   /* how often it came, at most 255 */
    size_t        bytes, number;
    const char   *end;              /* of the last value, in the request as received */
    bool          malformed;        /* a name that is no token, or a control character in a value */
};

void headers_add(struct headers *h, struct str name, struct str value);

/* What the server library lets through but two readers of one stream could read differently: two Content-Length, Content-Length beside
 * Transfer-Encoding, a coding other than chunked, no or two Host, malformed lines; and more header than is taken. */
MUST err headers_guard(const struct headers *h);

/* Announced length of the body; -1 when none was announced (none, or chunked). */
int64_t headers_length(const struct headers *h);

/* True when a page of another origin made this request. trust_proxy: Origin is compared with the host alone. */
bool headers_cross_origin(const struct headers *h);

/* A media type without its parameters, compared without regard to case. */
bool media_is(struct str content_type, const char *type);

/* If-Match: "v12", "v12-…", "12", 12 or W/ before them give 12; absent or "*" gives 0; anything else -1, which no version equals. */
int64_t if_match_version(struct str value);
/* True when If-None-Match holds this entity tag (weak comparison). */
bool etag_among(struct str if_none_match, struct str etag);
/* "v12-0123456789abcdef", or the hash alone when version is 0. */
struct str etag_make(struct arena *a, int64_t version, struct str body);

/* ---- negotiation ---- */

enum coding { CODING_NONE, CODING_GZIP, CODING_BR };

enum lang   accept_language(struct str value);
enum coding accept_encoding(struct str value);
/* Quality in thousandths that an Accept header gives a media type such as "text/html"; -1 when it names neither it nor a range around it. */
int         accept_type(struct str value, const char *type);

/* ---- target ---- */

#define PATH_SEGMENTS 16

struct path {
    struct str segment[PATH_SEGMENTS];   /* percent-decoded once, UTF-8, never "." or ".." */
    size_t     len;
    struct str whole;                    /* the decoded path, for files */
    struct str query;                    /* after '?', as sent; STR_NONE without one */
};

MUST err path_read(struct arena *a, struct str target, struct path *out);

/* ---- router ---- */

#define LATENCY_BUCKETS 14
extern const double latency_bounds[LATENCY_BUCKETS];   /* seconds */

struct route_stats {
    atomic_ullong by_class[6];              /* 1xx … 5xx at their digit */
    atomic_ullong bucket[LATENCY_BUCKETS];  /* not cumulative */
    atomic_ullong micros, count;
};

/* Microseconds: a request that takes less is worked on by the thread that listens, as handing it over and back would cost a good part of that; one that
 * takes more would hold up the others of that thread. A route begins here: it has yet to show that it is quick. */
#define PACE_FIRST 250

struct route_entry {
    const struct route *route;
    struct route_stats  stats;
    atomic_int          pace;     /* microseconds that requests have taken at work of late */
    size_t              params, texts;
};

struct router;
struct router *router_new(struct arena *a, const struct route *const *routes);
struct route_entry *router_entries(const struct router *r, size_t *count);

struct match {
    struct route_entry *entry;        /* NULL: nothing fits */
    const struct route *other;        /* a route of the same path by another method, when nothing fits */
    unsigned            allow;        /* bits 1 << method that the path takes */
    int64_t             param[4];
    struct str          text[4];
};
/* Static segments win over ":id" and "*text", which win in that order; no going back. */
void router_match(const struct router *r, const struct path *p, enum method m, struct match *out);

enum method method_find(const char *name);    /* HEAD counts as GET; METHOD_NONE when unknown */
const char *method_name(enum method m);

/* ---- answers ---- */

struct reply_line { const char *name; const char *value; struct reply_line *next; };

struct reply {
    int                status;     /* 0: not answered yet */
    const char        *type;
    struct str         body;
    struct str         path;       /* a file's, instead of body */
    struct str         etag;       /* quoted; STR_NONE: made from version and body */
    struct str         location;
    int64_t            version;
    enum coding        coding;     /* the body is coded already */
    const char        *cache;      /* Cache-Control; NULL: by the route */
    bool               page;       /* part of the web application: may run as one */
    bool               whole;      /* sent as it is, never compressed here */
    struct str         detail;     /* of a problem */
    struct reply_line *lines;
    const struct field *view;      /* reply_created_later: the body is still to be written, by reply_finish */
    const void        *viewed;
};

/* Writes the body of a reply_created_later. */
MUST err reply_finish(struct req *r);
/* The answer to a failure: problem+json in the caller's language. */
void reply_problem(struct req *r, err e);
/* The same in one sentence: title, detail, and each field with what is wrong about it. */
struct str problem_text(struct req *r, err e);
/* The sentence for one fault, its bound included. */
struct str fault_text(struct arena *a, enum err_code code, int64_t bound, enum lang lang);

/* ---- the exchange ---- */

enum phase { PHASE_IDLE, PHASE_BODY, PHASE_WORK, PHASE_SEND };

struct http;

/* A connection, from accept to close. */
struct conn {
    struct http          *http;
    struct conn          *before, *after;   /* list of those that are watched */
    struct exchange      *x;                /* request under way, or NULL */
    int                   fd;
    _Atomic(int)          phase;
    _Atomic(ms)           since;            /* when the phase began, monotonic */
    char                  address[INET6_ADDRSTRLEN];
    bool                  loopback;
};

/* What is to be done next. */
enum stage {
    STAGE_HEADERS,   /* they come */
    STAGE_ADMIT,     /* they are there, and it has been looked whether the body may come */
    STAGE_BODY,      /* it comes, or there is none, and then the work is to be done */
    STAGE_ANSWER     /* it is ready to be sent */
};

enum intake { INTAKE_NONE, INTAKE_MEMORY, INTAKE_SPOOL, INTAKE_DROP };

struct exchange {
    struct conn         *conn;
    struct http         *http;
    struct req           r;
    struct reply         reply;
    struct headers       headers;
    struct path          path;
    struct route_entry  *entry;
    void               (*problem)(struct req *, int, struct str);   /* of the route, or of another on the same path */
    struct str           target;
    enum method          method;
    bool                 head;
    enum stage           stage;
    struct MHD_Connection *waiting;    /* to be resumed when the crew is done with it */
    bool                 answered;     /* a response is queued */
    bool                 close;        /* no further request on this connection */
    bool                 unread;       /* answered before the body was read */
    bool                 identified;
    struct http_place         place;
    bool                 nowhere;      /* no district is served under this host */
    err                  early;        /* what was wrong before the body was read */
    int64_t              began, took;  /* microseconds, monotonic */
    uint64_t             sent;         /* bytes of the body answered */
    unsigned             allow;

    enum intake          intake;
    struct buf           body;
    int                  spool;        /* descriptor, -1 when none */
    size_t               taken, limit;
    err                  fault;        /* met while taking the body */
};

struct http {
    struct http_options     o;
    struct http_hooks       hooks;
    struct app             *app;
    struct db              *db;
    int64_t                 tenant;
    struct arena           *arena;     /* router and what else lives as long as the server */
    struct router          *router;
    const struct route     *const *routes;
    struct route_entry      files;     /* counts of the web application's files */
    struct route_entry      unknown;   /* counts of addresses that do not exist */
    struct MHD_Daemon      *daemon;
    int                     port;
    atomic_int              open, busy;
    atomic_bool             stopping;
    struct patience        *patience;
    struct crew            *crew;
    struct gate            *gate;
};

/* The http of a request. */
struct exchange *exchange_of(struct req *r);

/* body.c: decides how the body is taken (or refuses it), takes a piece, ends it. */
MUST err body_plan(struct exchange *x);
MUST err body_take(struct exchange *x, const char *bytes, size_t n);
MUST err body_read(struct exchange *x);
void     body_end(struct exchange *x);
void     spool_clean(const char *spool);

/* dispatch.c */
void exchange_begin(struct exchange *x);      /* headers are there: guard, route, plan */
bool exchange_is_early(const struct exchange *x);   /* whether it is to be admitted before its body is taken */
MUST err exchange_admit(struct exchange *x);  /* identify and permit in a read of their own */
void exchange_work(struct exchange *x);       /* the body is there: leaves x->reply ready to send; may wait */
/* The same where it takes no longer than handing it to another thread would; false: it may, and nothing was done. */
bool exchange_work_at_once(struct exchange *x);

extern const struct route files_route, unknown_route;   /* what the log calls addresses outside the tables */

/* Microseconds of a clock that only goes forward. */
int64_t exchange_micros(void);

/* send.c: entity tag and coding; then hands x->reply to the server library. */
void exchange_finish(struct exchange *x);
bool exchange_send(struct exchange *x, struct MHD_Connection *c);
void exchange_count(struct exchange *x);      /* log line and figures */

/* patience.c: ends connections that take too long for a phase; a request at work has all the time it needs. bytes: what may be taken or
 * sent in it gives more time. */
MUST err patience_start(struct http *h);
void     patience_stop(struct patience *p);
void     patience_watch(struct patience *p, struct conn *c);
void     patience_forget(struct patience *p, struct conn *c);
void     phase_set(struct conn *c, enum phase phase, size_t bytes);
void     phase_extend(struct conn *c, size_t bytes);

#define THREAD_STACK ((size_t)2 * 1024 * 1024)   /* of those that listen, too: they work at once where it is quick */

/* crew.c: threads for what may have to wait. The crew lives in the arena. */
struct crew *crew_new(struct arena *a);
/* Runs work(arg) on one of its threads, soon. False: it takes nothing any more, or no thread can be made. */
bool crew_give(struct crew *c, void (*work)(void *), void *arg);
/* Waits until all it was given is done. */
void crew_end(struct crew *c);

/* gate.c: lets in who connects to fd, at most so many at once. The gate lives in the server's arena. */
MUST err gate_open(struct http *h, int fd, int most);
/* Lets nobody in any more; closes fd. */
void     gate_close(struct gate *g);

/* linger.c: while the connection closes, what the client still sends of an announced body is read and thrown away by one of the crew. */
void linger(struct crew *crew, int fd, int64_t expected);

/* compress.c: coded copy in the arena, or STR_NONE when it did not get smaller. */
struct str body_compress(struct arena *a, enum coding coding, struct str body);

/* static.c: fills x->reply from the embedded web application; false when it has no such file and no page is wanted. */
bool static_reply(struct exchange *x);
bool static_present(void);
/* Whether the caller is a reader of pages. */
bool static_wants_page(const struct exchange *x);
/* The page of a district that is closed. */
void closed_reply(struct exchange *x);

/* builtin.c: /healthz, /readyz, /metrics. */
extern const struct route builtin_routes[];
/* The features' tables and that one, NULL-ended. */
const struct route *const *routes_with_builtin(struct arena *a, const struct route *const *routes);

#endif
