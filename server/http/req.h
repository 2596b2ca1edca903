/* One request as a handler sees it: what came in (validated), who asks, the transaction, and how to answer. */
#ifndef LINLI_HTTP_REQ_H
#define LINLI_HTTP_REQ_H

#include "../base/permission.h"
#include "../db/db.h"

struct app;     /* app.h: the database, the snapshots, the settings; what lives as long as the process */
struct route;

enum lang { LANG_ZH, LANG_EN };

/* A unit is an area or an organisation; both take ids from the same source, so the id alone names it. */
enum unit_kind { UNIT_NONE, UNIT_AREA, UNIT_ORG };
struct unit_ref { enum unit_kind kind; int64_t id; };
extern const char *const unit_kind_words[];   /* NULL "area" "org" NULL */

/* A role held at a unit now. */
struct grant {
    perm_set        perms;
    struct unit_ref unit;
};

/* Who asks. account 0: nobody is signed in. Loaded by the account feature from the session cookie or the API token. */
struct caller {
    int64_t             account;
    int64_t             person;
    struct str          name;
    int64_t             session;      /* 0 for an API token */
    int64_t             token;        /* API token; 0 for a session */
    struct str          locale;       /* zh-CN or en when chosen by the account; STR_NONE else: by Accept-Language */
    bool                must_change;  /* signed in with a one-time password: no rights before a new one is set */
    const struct grant *grants;
    size_t              grant_count;
    perm_set            anywhere;     /* union of the grants; PERM_SIGNED_IN and PERM_CASE_REPORT for everybody signed in */
};

/* Made by the dispatcher; by account_become for a job that does somebody's work. */
struct req {
    struct app         *app;
    struct arena       *arena;
    const struct route *route;
    struct db_conn     *db;            /* NULL on TX_NONE */
    struct db          *database;      /* req_in_read and req_in_write */
    bool              (*may)(struct req *r, enum perm perm, struct unit_ref where);   /* the one decision: req_may */
    int64_t             tenant;
    struct caller       caller;
    enum lang           lang;          /* caller.locale where the account has chosen, else Accept-Language */
    ms                  now;           /* one time for the whole request */
    struct str          id;            /* request id, in the log, the problem and the X-Request-Id header */
    struct str          remote;        /* address the request came from (a trusted proxy's X-Forwarded-For is honoured when configured) */
    bool                loopback;      /* the connection's peer is this machine, and no proxy forwarded for another */
    bool                https;         /* the client speaks https to the proxy in front (X-Forwarded-Proto, when trusted) */
    struct str          user_agent;

    const void   *body;                /* struct of route.body, or NULL */
    struct given  given;
    const void   *query;               /* struct of route.query, or NULL */
    struct given  query_given;
    int64_t       path[4];             /* ":id" segments in order */
    struct str    path_text[4];        /* "*name" segments (text) in order */
    struct str    upload_path;         /* BODY_UPLOAD: file in the spool that holds the body */
    struct str    upload_type;         /* its declared Content-Type */
    struct str    raw_body;            /* BODY_RAW */
    int64_t       if_match;            /* version stated by If-Match, 0 when not given */
    struct str    idempotency_key;     /* STR_NONE when not given */
    struct str    cookie;              /* session cookie's value */
    struct str    bearer;              /* API token */
    struct str    case_secret;         /* X-Case-Secret header: a reporter's secret, never in a URL */
    struct str    work;                /* X-Work header: a challenge and its answer (case_flood.h) */
    struct str    host;                /* Host header, as the client wrote it */
    struct str    query_text;          /* ROUTE_FOREIGN: what stands behind '?', as sent */
    struct str    webhook[3];          /* webhook-id, webhook-timestamp, webhook-signature; STR_NONE when not given */

    struct faults faults;
    struct reply *reply;
};

/* ---- may they? One function decides, for the API, the pages and the jobs alike. ---- */

/* OK when the caller holds perm at `where` or above it: an area's ancestors, an organisation's ancestors; {UNIT_NONE} asks for a
 * grant at the root area (the whole tenant). Else ERR_NOT_ALLOWED (ERR_NOT_SIGNED_IN when nobody is signed in). */
MUST err req_allow(struct req *r, enum perm perm, struct unit_ref where);
/* The same as a question. */
bool req_may(struct req *r, enum perm perm, struct unit_ref where);
/* The units at which perm is held directly (their subtrees are meant); arena array. For list filters. */
struct unit_refs { const struct unit_ref *at; size_t len; };
struct unit_refs req_where(struct req *r, enum perm perm);

/* ---- answers ---- */

/* 200 with a view. version > 0 sets the ETag to that version, so that If-Match and If-None-Match work on it. */
MUST err reply_view(struct req *r, const struct field *view, const void *data, int64_t version);
/* 201 with Location: path (built by the caller, e.g. "/api/v1/cases/123"). */
MUST err reply_created(struct req *r, struct str location, const struct field *view, const void *data, int64_t version);
/* The same; the body is written when the write is committed, on the caller's own thread, so that nobody who writes next waits for it.
 * data and what it points to live in r->arena. For the few routes whose rate counts. */
MUST err reply_created_later(struct req *r, struct str location, const struct field *view, const void *data, int64_t version);
/* 204. */
MUST err reply_none(struct req *r);
/* 200 {"items":[…],"next":cursor|null}; list of struct described by view; next STR_NONE: the last page. */
MUST err reply_list(struct req *r, const struct field *view, size_t size, struct list items, struct str next);
/* 200 with bytes of a stated type (static files, images, GeoJSON, CSV). etag STR_NONE: computed from the bytes. */
MUST err reply_bytes(struct req *r, const char *type, struct str bytes, struct str etag);
/* 200 with a file from disk, sent by sendfile. */
MUST err reply_file(struct req *r, const char *type, struct str path, struct str etag);
/* 202 {"job":"id"} with Location /api/v1/jobs/id. */
MUST err reply_accepted(struct req *r, int64_t job);
/* Adds a header (Set-Cookie and its like). Text is copied. */
void     reply_header(struct req *r, const char *name, struct str value);
/* Status and bytes of a stated type by hand, where nothing else serves. */
void     reply_typed(struct req *r, int status, const char *type, struct str body);
/* A page for people (HTML), with the headers of the web application's pages: no script but our own, no frame, nothing kept. */
MUST err reply_page(struct req *r, int status, struct str html);
/* Status and JSON body by hand, where a view does not serve. */
MUST err reply_json(struct req *r, int status, struct str json);

/* Collects a fault and goes on; end with `return req_faults(r)` or TRY(req_faults(r)). */
void     req_fault(struct req *r, const char *field, enum err_code code);
/* OK without faults, else ERR_INVALID. */
MUST err req_faults(struct req *r);
/* A sentence of detail for the problem's "detail" member, in the caller's language; for wrong_state, stale_version and their like. */
MUST err req_fail(struct req *r, enum err_code code, struct str detail);

/* OK when If-Match was not given or equals version; ERR_STALE_VERSION otherwise. */
MUST err req_version(struct req *r, int64_t version);
/* ERR_VERSION_NEEDED when the client sent no If-Match. */
MUST err req_version_needed(struct req *r, int64_t version);

/* Runs work in its own transaction from a TX_NONE handler (slow work outside, then a short write). r->db is set during it. */
MUST err req_in_read(struct req *r, err (*work)(struct req *r, void *arg), void *arg);
MUST err req_in_write(struct req *r, err (*work)(struct req *r, void *arg), void *arg);

/* zh or en by the request's language. */
const char *req_text(const struct req *r, const char *zh, const char *en);

/* Opaque keyset cursors: two integers signed with the process key; false when it was not made by us. */
struct str req_cursor(struct req *r, int64_t a, int64_t b);
bool       req_cursor_read(struct req *r, struct str cursor, int64_t *a, int64_t *b);

#endif
