/* Routes: a feature's table declares everything the dispatcher needs. The same table prints docs/openapi.json, docs/permissions.md and,
 * through them, the TypeScript types. Boot refuses a route without a permission. */
#ifndef LINLI_HTTP_ROUTE_H
#define LINLI_HTTP_ROUTE_H

#include "req.h"

enum method { METHOD_NONE, GET, POST, PUT, PATCH, DELETE };

/* Where the permission must be held. The dispatcher checks SCOPE_TENANT and SCOPE_ANY; with SCOPE_ANY the handler narrows it to
 * the object by req_allow(). */
enum scope {
    SCOPE_UNSET,    /* only with PERM_PUBLIC */
    SCOPE_SELF,     /* concerns the caller alone; perm is PERM_SIGNED_IN */
    SCOPE_ANY,      /* held at some unit; the handler checks the object, lists filter by req_where() */
    SCOPE_TENANT    /* held at the root */
};

enum tx { TX_NONE, TX_READ, TX_WRITE };

enum body_kind {
    BODY_NONE,
    BODY_JSON,      /* one object, read by the field table */
    BODY_UPLOAD,    /* any bytes, streamed to the spool, limited by .body_max */
    BODY_RAW        /* any bytes in memory, limited by .body_max */
};

enum reply_kind {
    REPLY_NONE,     /* 204 */
    REPLY_VIEW,     /* 200 */
    REPLY_CREATED,  /* 201 */
    REPLY_LIST,     /* 200 {items,next} */
    REPLY_JOB,      /* 202 */
    REPLY_BYTES     /* 200, .reply_type */
};

enum route_flag {
    ROUTE_SLOW = 1,        /* does slow work (hashing, images); not counted in the latency histogram of small requests */
    ROUTE_IDEMPOTENT = 2,  /* POST that stores Idempotency-Key with its answer in the same transaction */
    ROUTE_CACHE = 4,       /* answer may be kept by the browser for a long time (content-addressed) */
    ROUTE_NO_STORE = 8,    /* Cache-Control: no-store (contact data, tokens) */
    ROUTE_FOREIGN = 16,    /* another standard's door: the handler reads r->query_text itself; cookies and tokens are not looked at, so pages
                              of any origin may ask */
    ROUTE_ANY_HOST = 32    /* of the server itself: answers under any host, where no district is too; touches no district */
};

struct route {
    enum method          method;
    const char          *path;          /* "/api/v1/cases/:id/accept"; ":x" an id, "*x" a text segment */
    err                (*handler)(struct req *r);
    enum perm            perm;
    enum scope           scope;
    enum tx              tx;
    enum body_kind       body_kind;
    const struct field  *body;
    size_t               body_size;     /* sizeof its struct */
    size_t               body_max;      /* bytes; 0: 64 KiB for JSON */
    const char          *body_type;     /* BODY_RAW, BODY_UPLOAD: the one media type taken; NULL: any */
    const struct field  *query;
    size_t               query_size;
    enum reply_kind      reply_kind;
    const struct field  *reply;
    const char          *reply_type;    /* REPLY_BYTES */
    /* Answers a failure in the form of another standard: replaces r->reply by reply_typed. status and text are what problem+json would
     * have said. NULL: problem+json. */
    void               (*problem)(struct req *r, int status, struct str text);
    unsigned             flags;
    const enum err_code *errors;        /* the feature's own, ended by ERR_NONE; the common ones are implied */
    const char          *summary;       /* English, one line */
    const char          *tag;           /* feature */
};

#define ROUTE_BODY(type, fields)   .body_kind = BODY_JSON, .body = (fields), .body_size = sizeof(type)
#define ROUTE_QUERY(type, fields)  .query = (fields), .query_size = sizeof(type)
#define ROUTE_ERRORS(...)          .errors = (const enum err_code[]){ __VA_ARGS__, ERR_NONE }
#define ROUTE_END                  { .method = METHOD_NONE }

/* Where a request has come to: a district, one that is closed, or (neither) nowhere. */
struct http_place {
    struct app *app;
    bool        closed;
    struct str  moved_to;   /* of a closed one: where it is served now; STR_NONE: it is not said */
    void       *held;
};

/* What the features plug into the dispatcher; filled by app.c. */
struct http_hooks {
    /* Loads r->caller from r->cookie or r->bearer, inside the request's transaction (or one of its own on TX_NONE). An unknown or expired
     * session leaves the caller empty. */
    err  (*identify)(struct req *r);
    /* The one decision: see req_allow. */
    bool (*may)(struct req *r, enum perm perm, struct unit_ref where);
    /* Stored answers by (caller, key). find: *hit with status and body when the same body was sent; ERR_KEY_REUSED for another body. */
    err  (*idempotency_find)(struct req *r, struct str body_hash, bool *hit, int *status, struct str *location, struct str *body);
    err  (*idempotency_store)(struct req *r, struct str body_hash, int status, struct str location, struct str body);
    /* Who is asked for under a host, as the Host header has it; what is said is copied to the arena. Between the two calls the district stays. NULL:
     * every host is `app`'s. */
    void (*enter)(void *house, struct str host, struct arena *a, struct http_place *out);
    void (*leave)(struct http_place *place);
    void        *house;
};

struct http_options {
    const char  *address;               /* "127.0.0.1" */
    int          port;
    int          connections_most;         /* connections open at once (0: 1024) */
    const char  *spool;                 /* folder for uploads under way */
    bool         trust_proxy;           /* honour X-Forwarded-For / -Proto from a loopback peer */
    ms           patience;              /* for a request's headers, and between two requests (0: 30 s); bodies and answers get that, and a
                                           second per 8 KiB */
    const char  *metrics_token;         /* bearer token for /metrics from elsewhere than this machine; NULL: only from this machine */
    unsigned char key[32];              /* process key: cursors */
};

struct http;

/* routes: NULL-ended list of ROUTE_END-ended tables. Checks them all (permission, scope, handler, duplicate paths, tables) and refuses with
 * a log line per fault. Starts to listen. */
MUST err http_start(const struct http_options *o, const struct http_hooks *hooks, struct app *app, struct db *db, int64_t tenant,
                    const struct route *const *routes, struct http **out);
/* Stops accepting, finishes what is under way (at most grace), closes. */
void http_stop(struct http *h, ms grace);
/* The port listened on (useful with port 0). */
int  http_port(const struct http *h);

/* Checks route tables without listening. */
MUST err route_check(const struct route *const *routes);
/* OpenAPI 3.1 document of the routes. */
void openapi_write(struct jsonw *j, const struct route *const *routes, const char *version);
/* docs/permissions.md: route × permission × scope × roles. roles: what the account feature ships, ended by a NULL code. */
struct role_column { const char *code; perm_set perms; };
void permissions_write(struct buf *out, const struct route *const *routes, const struct role_column *roles);

#endif
