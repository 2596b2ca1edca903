/* Inside of the account feature: what its own files share. */
#ifndef LINLI_ACCOUNT_INSIDE_H
#define LINLI_ACCOUNT_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>

#include "../../base/contact.h"
#include "../unit/unit.h"
#include "account.h"

/* ---- rules (account.c): no I/O, no clock ---- */

/* A role held at a unit for a time. */
struct held {
    perm_set        perms;
    struct unit_ref unit;
    ms              from, to;    /* to 0: open; exclusive */
};

bool held_now(const struct held *h, ms now);

/* The three administrators: which of them a set of permissions makes somebody. More than one bit: nobody may hold that. */
enum admin { ADMIN_SYSTEM = 1, ADMIN_SECURITY = 2, ADMIN_AUDIT = 4 };
unsigned    account_admin_kinds(perm_set perms);
const char *account_admin_word(unsigned kinds);    /* "system", "security", "audit"; NULL for none or several */

/* True when holding both, for the time they overlap, would unite two administrators in one person. */
bool account_unites_admins(const struct held *have, size_t n, const struct held *more);

/* How long must pass before the next attempt is judged, after this many failures in a row. */
struct backoff { int64_t free, first_ms, most_ms; };
ms account_wait(const struct backoff *b, int64_t failures);

/* A sign-in name as stored and compared: trimmed, ASCII letters small. ERR_TOO_SHORT, ERR_TOO_LONG (2–64), ERR_INVALID for blanks inside. */
MUST err account_name_fold(struct arena *a, struct str name, struct str *out);

/* Folded for search: ASCII letters small. */
struct str account_fold(struct arena *a, struct str text);

/* ---- who a cookie or token stands for (login.c, cache.c) ---- */

#define CACHE_MS     ((ms)1500)   /* so long a change made by another process may be missed: within two seconds it is seen, and answered for */
#define TOUCH_EVERY  MS_MINUTE    /* use of a session or token is noted no more often */

struct login {
    int64_t            account, person, session, token;
    struct str         name, locale;
    perm_set           scope;            /* what a token may use; all for a session */
    bool               must_change;
    ms                 expires, used;
    const struct held *held;
    size_t             held_count;
};

enum credential { CREDENTIAL_SESSION = 's', CREDENTIAL_TOKEN = 't' };

/* At rest: SHA-256 over the kind and the value, so that one never passes for the other. */
struct str credential_hash(struct arena *a, enum credential kind, struct str value);

struct cache;
struct cache *cache_new(struct arena *a);
void          cache_free(struct cache *c);
/* True when the hash is known and was read at `epoch` or later and not too long ago: *out is copied into the arena, its use noted.
 * *touch: this use is to be written down. */
bool cache_get(struct cache *c, const unsigned char hash[HASH_SIZE], uint64_t epoch, ms now, struct arena *a, struct login *out, bool *touch);
/* Keeps a login read at `moment`; too large ones are not kept. */
void cache_put(struct cache *c, const unsigned char hash[HASH_SIZE], uint64_t moment, ms now, const struct login *l);

MUST err login_load(struct db_conn *c, struct arena *a, int64_t tenant, enum credential kind, struct str hash, ms now, struct login *out);
MUST err held_load(struct db_conn *c, struct arena *a, int64_t tenant, int64_t person, ms now, const struct held **out, size_t *count);

/* Makes the login the request's caller. */
void caller_become(struct req *r, const struct login *l);

/* ---- rows (store.c), inside a write ---- */

#define CONTACT_CONTEXT "person.contact"

/* until: end of a one-time password; 0: an ordinary one. */
MUST err account_insert_row(struct db_conn *c, int64_t tenant, int64_t person, struct str sign_in_name, struct str password_hash, ms until,
                            ms now, int64_t *account);
MUST err role_find(struct db_conn *c, int64_t tenant, struct str code, int64_t *role);
MUST err role_perms(struct db_conn *c, int64_t tenant, int64_t role, perm_set *out);

struct assignment_new {
    int64_t         person, role;
    struct unit_ref unit;
    ms              from, to;
};
/* ERR_PERIOD, ERR_ADMINS_APART. Who may grant is asked by the caller of this. */
/* Ends one at `at`, or before it began. */
MUST err assignment_end(struct db_conn *c, struct app *app, int64_t id, ms at);
extern const struct unit_held_kind assignments_held;
MUST err assignment_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct assignment_new *n, ms now, int64_t by, int64_t *id);

/* ---- state ---- */

#define TOUCHES 2048

struct touch { int64_t id; ms at; bool token; };

struct account_state {
    struct app      *app;
    struct arena    *arena;
    struct cache    *cache;
    _Atomic(uint64_t) epoch;        /* moment of the last change of accounts, sessions, roles or assignments */
    struct str       nobody_hash;   /* judged when a name is unknown, so that the answer takes as long */

    pthread_mutex_t  mutex;         /* what follows */
    pthread_cond_t   wake;
    bool             stopping;
    struct touch     touches[TOUCHES];
    size_t           touch_count;
    int              hashing, hash_waiting;
    pthread_cond_t   hash_free;
    pthread_t        keeper;
    bool             keeping;       /* the thread was begun */
};

/* After the commit, what is cached is read again. Call in every write that changes who may do what. */
void account_changed(struct req *r);
void account_changed_in(struct db_conn *c, struct app *app);

/* keeper.c: a thread that writes down when sessions were last used, and removes what is past its time. */
MUST err keeper_start(struct account_state *s);
void     keeper_stop(struct account_state *s);
/* Removes what is past its time, a few hundred rows a write. */
void     keeper_sweep(struct account_state *s);
void     keeper_touch(struct account_state *s, int64_t id, bool token, ms at);

/* password.c: Argon2id, a few at a time. ERR_TOO_MANY when too many wait. */
MUST err password_hash(struct req *r, struct str password, struct str *out);
MUST err password_check(struct req *r, struct str hash, struct str password, bool *right);

/* throttle.c */
struct throttle_mark {
    struct str key;
    int64_t    failures;
    ms         until;
};
struct throttle {
    struct throttle_mark name, address;
    ms                   wait;      /* > 0: this attempt is not judged */
};
/* Counts an attempt, inside a write; or sets .wait and counts nothing. */
MUST err throttle_begin(struct req *r, struct str folded_name, struct throttle *t);
/* ERR_TOO_MANY with Retry-After. */
MUST err throttle_refuse(struct req *r, const struct throttle *t);
/* The attempt was right, inside a write. */
MUST err throttle_right(struct req *r, const struct throttle *t);

/* session_http.c, people_http.c, role_http.c: parts of the route table. */
extern const struct route session_routes[], own_routes[], people_routes[], role_routes[];

/* Ends the account's sessions but this one (0: all); inside a write. */
MUST err sessions_end(struct req *r, int64_t account, int64_t but);

/* Lists of permission names: comma-separated text and back; read into a set, with a fault for each unknown one. */
struct strs account_names(struct arena *a, struct str comma_separated);
struct str  account_joined(struct arena *a, struct strs names);
perm_set    account_read_perms(struct req *r, const char *field, struct strs names);

/* A JSON object for audit rows: pairs of key and text, ended by NULL. */
struct str account_detail(struct arena *a, ...);

#endif
