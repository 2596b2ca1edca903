/* deliver: what leaves the program. A row is written in the transaction of the change it tells of; after the commit a worker sends it, tries
 * again with growing waits, and gives up at last: then an administrator sees it and may send it again. At least once, never before the commit. */
#ifndef LINLI_DELIVER_H
#define LINLI_DELIVER_H

#include "../../http/app.h"

extern const struct feature deliver_feature;

struct delivery {
    int64_t    id;
    struct str channel;
    int64_t    target_id;
    struct str kind;
    int64_t    object_id;
    struct str body;
    int64_t    state, tries;
    ms         created_at, next_at, ended_at;
    int64_t    answer;
    struct str problem;
};

/* A mail: envelope and text; its headers are the parcel's. */
struct deliver_mail {
    const char *from, *to;
    struct str  text;                /* UTF-8, lines ended by CR LF */
    const char *user, *password;     /* "": without signing in */
    bool        starttls;            /* encrypted by STARTTLS or not sent; with smtps:// it is anyway */
    struct str  authority;           /* certificates (PEM) trusted instead of the system's; STR_NONE: those */
};

/* One thing to send. Mail: the url is the server's. Everything lives in the arena. */
struct parcel {
    const char        *url;
    const char *const *headers;      /* NULL-ended "Name: value" */
    struct str         body;
    bool               inside;       /* private addresses and this machine are allowed */
    const struct deliver_mail *mail;
    /* what came of it */
    long               answer;       /* status, 0: none */
    struct str         reply;        /* at most 4 KiB of what was answered */
    const char        *problem;      /* static text; NULL: delivered */
    bool               final;        /* refused for good: not tried again */
};

/* How a channel speaks. Each is called by the worker. */
struct deliver_channel {
    const char *name;
    /* Makes the parcel, inside a read. ERR_NOT_FOUND: there is nobody to send it to any more, it is given up. A problem set here: it is not
     * sent this time, and tried again like any that failed. */
    err (*prepare)(struct db_conn *c, struct arena *a, struct app *app, const struct delivery *d, ms now, struct parcel *out);
    /* May turn an answer into a problem: robots answer 200 and say in the body that they refused. NULL: 2xx is good. */
    void (*judge)(struct arena *a, const struct delivery *d, struct parcel *p);
};
/* Registered at start. */
void deliver_channel_add(struct app *app, const struct deliver_channel *channel);

/* Writes a row, inside a write; *id may be NULL. */
MUST err deliver_put(struct db_conn *c, struct app *app, const char *channel, int64_t target, struct str kind, int64_t object, struct str body,
                     ms now, int64_t *id);

/* Sends one parcel now, while the caller waits; p->problem tells. Outside any transaction. */
void deliver_now(struct arena *a, struct parcel *p);

/* True when a webhook may go to this address at all: http or https, no user name in it; https alone unless `inside`. */
bool deliver_target_fits(struct str url, bool inside);

#endif
