#include "house.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include <stdatomic.h>
#include <time.h>

#include "base/log.h"
#include "base/worker.h"

#define LOOK_EVERY    MS_SECOND
#define AGAIN_AFTER   MS_MINUTE
#define LEAVE_WITHIN  500
#define FEATURES_MOST 64
#define TOLD          "told."

/* A district that is served. Its app stays until the process ends or the district is closed. */
struct seat {
    struct app *app;                   /* NULL: it is not served */
    atomic_int  inside;                /* requests that are with it */
    int64_t     tenant;
    int64_t     seen[FEATURES_MOST], found[FEATURES_MOST];   /* how often was told of each feature: when it was read anew, and now */
    ms          refused_until;         /* it could not begin: not tried before this */
};

/* What stands behind a name. */
struct door {
    struct seat *seat;       /* NULL: nobody, or closed */
    bool         closed;
    struct str   moved_to;
};

struct name {
    char        host[HOST_ROOM];
    struct door door;
};

struct names {
    struct arena *arena;
    struct name  *at;      /* by host */
    size_t        len;
    struct door   bare;    /* who is asked for under every other name, if anybody */
};

struct house {
    const struct config *config;
    struct db           *db;
    struct arena        *arena;
    struct seat         *seats[HOUSE_MOST];
    size_t               count, known;   /* seats; districts there are, closed ones too */
    pthread_rwlock_t     lock;         /* of names alone: seats are added by one thread, and read through names */
    struct names         names;
    struct worker       *worker;
};

struct db *house_db(const struct house *h)
{
    return h->db;
}

void house_secret(const struct house *h, unsigned char out[32])
{
    crypto_random(out, 32);
    for (size_t i = 0; i < h->count; i++)
        if (h->seats[i]->app) {
            memcpy(out, h->seats[i]->app->keys.cursor, 32);
            return;
        }
}

/* ---- who is meant ---- */

static int by_host(const void *a, const void *b)
{
    return strcmp(((const struct name *)a)->host, ((const struct name *)b)->host);
}

void house_enter(void *house, struct str host, struct arena *a, struct http_place *out)
{
    struct house *h = house;
    struct name   key = { .host = "" };
    bool          named = host_fold(host, key.host);
    pthread_rwlock_rdlock(&h->lock);
    const struct name *found = named && h->names.len ? bsearch(&key, h->names.at, h->names.len, sizeof key, by_host) : NULL;
    const struct door *door = found ? &found->door : &h->names.bare;
    *out = (struct http_place){ .closed = door->closed, .moved_to = door->moved_to.ptr ? str_copy(a, door->moved_to) : STR_NONE };
    if (door->seat && door->seat->app) {
        atomic_fetch_add(&door->seat->inside, 1);
        out->app = door->seat->app;
        out->held = door->seat;
    }
    pthread_rwlock_unlock(&h->lock);
}

void house_leave(struct http_place *place)
{
    atomic_fetch_sub(&((struct seat *)place->held)->inside, 1);
}

/* ---- the districts there are ---- */

struct look {
    struct house *house;
    struct arena *arena;
    struct list   tenants, hosts;
};

static err read_all(struct db_conn *c, void *arg)
{
    struct look *l = arg;
    return tenant_all(c, l->arena, &l->tenants, &l->hosts);
}

static struct seat *seat_of(struct house *h, int64_t tenant)
{
    for (size_t i = 0; i < h->count; i++)
        if (h->seats[i]->tenant == tenant)
            return h->seats[i];
    return NULL;
}

static struct seat *seat_new(struct house *h, int64_t tenant)
{
    if (h->count == HOUSE_MOST)
        return NULL;
    struct seat *s = ARENA_NEW(h->arena, struct seat);
    s->tenant = tenant;
    return h->seats[h->count++] = s;
}

static void begin(struct house *h, const struct tenant *t)
{
    struct seat *s = seat_of(h, t->id);
    if (!s)
        s = seat_new(h, t->id);
    if (!s || s->app || clock_monotonic() < s->refused_until)
        return;
    char        number[24];
    struct app *app = NULL;
    snprintf(number, sizeof number, "%lld", (long long)t->id);
    if (failed(app_open_tenant(h->config, h->db, t, true, &app))) {
        s->refused_until = clock_monotonic() + AGAIN_AFTER;
        log_event(LOG_ERROR, "district", "number", number, "problem", "it cannot be served", NULL);
        return;
    }
    pthread_rwlock_wrlock(&h->lock);   /* of one that could not begin before, its name may be there already */
    s->app = app;
    pthread_rwlock_unlock(&h->lock);
    log_event(LOG_INFO, "district", "number", number, "state", "served", NULL);
}

static const struct tenant *tenant_of(const struct look *l, int64_t id)
{
    const struct tenant *t = l->tenants.at;
    for (size_t i = 0; i < l->tenants.len; i++)
        if (t[i].id == id)
            return &t[i];
    return NULL;
}

static struct door door_of(struct house *h, const struct tenant *t, struct arena *a)
{
    if (!t)
        return (struct door){ 0 };
    return t->closed_at ? (struct door){ .closed = true, .moved_to = t->moved_to.ptr ? str_copy(a, t->moved_to) : STR_NONE }
                        : (struct door){ .seat = seat_of(h, t->id) };
}

/* The one district that has no host. */
static struct door bare_of(struct house *h, const struct look *l, struct arena *a)
{
    const struct tenant      *t = l->tenants.at;
    const struct tenant_host *host = l->hosts.at;
    const struct tenant      *bare = NULL;
    size_t                    n = 0;
    for (size_t i = 0; i < l->tenants.len; i++) {
        bool named = false;
        for (size_t k = 0; k < l->hosts.len && !named; k++)
            named = host[k].district == t[i].id;
        if (!named)
            bare = &t[i];
        n += !named;
    }
    return door_of(h, n == 1 ? bare : NULL, a);
}

static bool same_door(const struct door *a, const struct door *b)
{
    return a->seat == b->seat && a->closed == b->closed && str_eq(a->moved_to, b->moved_to);
}

static bool same_names(const struct names *a, const struct names *b)
{
    if (a->len != b->len || !same_door(&a->bare, &b->bare))
        return false;
    for (size_t i = 0; i < a->len; i++)
        if (strcmp(a->at[i].host, b->at[i].host) != 0 || !same_door(&a->at[i].door, &b->at[i].door))
            return false;
    return true;
}

static struct names names_of(struct house *h, const struct look *l, struct arena *a)
{
    const struct tenant_host *host = l->hosts.at;
    struct names              n = { .arena = a, .at = ARENA_ARRAY(a, l->hosts.len + 1, struct name), .bare = bare_of(h, l, a) };
    for (size_t i = 0; i < l->hosts.len; i++) {
        struct door door = door_of(h, tenant_of(l, host[i].district), a);
        if ((door.seat || door.closed) && host[i].host.len < HOST_ROOM) {
            memcpy(n.at[n.len].host, host[i].host.ptr, host[i].host.len);
            n.at[n.len].host[host[i].host.len] = 0;
            n.at[n.len++].door = door;
        }
    }
    qsort(n.at, n.len, sizeof *n.at, by_host);
    return n;
}

static void take_names(struct house *h, const struct look *l)
{
    struct arena *a = arena_new(4096);
    struct names  now = names_of(h, l, a), before = h->names;
    bool          same = before.arena && same_names(&before, &now);
    if (!same) {
        pthread_rwlock_wrlock(&h->lock);
        h->names = now;
        pthread_rwlock_unlock(&h->lock);
    }
    struct arena *old = same ? a : before.arena;
    if (old)
        arena_free(old);
}

/* No request comes to it any more; those that are with it have this long, then until the next look. */
static bool left_alone(struct seat *s)
{
    for (ms until = clock_monotonic() + LEAVE_WITHIN; atomic_load(&s->inside) && clock_monotonic() < until;)
        nanosleep(&(struct timespec){ .tv_nsec = 5 * 1000 * 1000 }, NULL);
    return atomic_load(&s->inside) == 0;
}

/* Ends what was closed or erased, its workers too. After take_names, so that nobody is let in. */
static void end_closed(struct house *h, const struct look *l)
{
    for (size_t i = 0; i < h->count; i++) {
        struct seat         *s = h->seats[i];
        const struct tenant *t = tenant_of(l, s->tenant);
        if (!s->app || (t && !t->closed_at) || !left_alone(s))
            continue;
        char number[24];
        snprintf(number, sizeof number, "%lld", (long long)s->tenant);
        app_close(s->app);
        s->app = NULL;
        s->refused_until = 0;
        memset(s->seen, 0, sizeof s->seen);
        log_event(LOG_INFO, "district", "number", number, "state", "closed", NULL);
    }
}

static err look_for_districts(struct house *h, struct arena *a)
{
    struct look l = { .house = h, .arena = a };
    TRY(db_read(h->db, read_all, &l));
    for (size_t i = 0; i < l.tenants.len; i++)
        if (!((const struct tenant *)l.tenants.at)[i].closed_at)
            begin(h, &((const struct tenant *)l.tenants.at)[i]);
    take_names(h, &l);
    end_closed(h, &l);
    h->known = l.tenants.len;
    return OK;
}

/* ---- what was told ---- */

DB_SQL(house_told, "SELECT name, value FROM counter WHERE tenant_id = $1 AND name >= 'told.' AND name < 'told/'")

static void told_of(struct seat *s, struct str name, int64_t times)
{
    size_t                       count;
    const struct feature *const *features = app_features(&count);
    for (size_t i = 0; i < count && i < FEATURES_MOST; i++)
        if (features[i]->reload && str_is(name, features[i]->name))
            s->found[i] = times;
}

static err read_told(struct db_conn *c, void *arg)
{
    struct seat   *s = arg;
    struct db_rows rows;
    TRY(db_query(c, &house_told, DB_ARGS(I64(s->tenant)), &rows));
    while (db_next(&rows)) {
        struct str name = db_text(&rows, 0);
        told_of(s, (struct str){ name.ptr + sizeof TOLD - 1, name.len - (sizeof TOLD - 1) }, db_i64(&rows, 1));
    }
    return db_done(&rows);
}

static void reload(void *arg)
{
    struct seat                 *s = arg;
    size_t                       count;
    const struct feature *const *features = app_features(&count);
    for (size_t i = 0; i < count && i < FEATURES_MOST; i++) {
        if (s->found[i] != s->seen[i])
            features[i]->reload(s->app);
        s->seen[i] = s->found[i];
    }
}

/* After a commit, where what this process changes itself is read anew too: so nobody puts what he has read before a change in the place of what
 * was read after it. */
static err reload_in_turn(struct db_conn *c, void *arg)
{
    db_after_commit(c, reload, arg);
    return OK;
}

static err look_at(struct house *h, struct seat *s)
{
    TRY(db_read(h->db, read_told, s));
    bool told = memcmp(s->found, s->seen, sizeof s->seen) != 0;
    return told ? db_write_freely(h->db, s->tenant, reload_in_turn, s) : OK;
}

static err look_around(void *arg, struct arena *a, int *done)
{
    struct house *h = arg;
    *done = 0;
    TRY(look_for_districts(h, a));
    for (size_t i = 0; i < h->count; i++)
        if (h->seats[i]->app)
            TRY(look_at(h, h->seats[i]));
    return OK;
}

/* ---- the whole ---- */

static err take_node(const struct house *h)
{
    char number[16];
    err  e = db_take_node(h->db, h->config->node);
    snprintf(number, sizeof number, "%d", h->config->node);
    if (e.code == ERR_TAKEN) {
        log_event(LOG_ERROR, "node_taken", "node", number, "text", "another linli serves this database with this number", "remedy",
                  "give each process a number of its own: linli serve --node 0 to 63", NULL);
        return FAIL(ERR_CONFLICT);
    }
    return e;
}

static err begin_all(struct house *h)
{
    size_t served = 0;
    TRY(db_schema_check(h->db));
    TRY(take_node(h));
    struct arena *a = arena_new(0);
    err           e = look_for_districts(h, a);
    arena_free(a);
    TRY(e);
    for (size_t i = 0; i < h->count; i++)
        served += h->seats[i]->app != NULL;
    if (!h->known)
        log_event(LOG_ERROR, "no_tenant", "data", h->config->data, "remedy", "linli init", NULL);
    if (!served && (h->count || !h->known))   /* all may be closed: then that is what is said */
        return FAIL(h->known ? ERR_INTERNAL : ERR_NOT_FOUND);
    h->worker = worker_new(h->arena, &(struct worker_plan){ .round = look_around, .arg = h, .batch = 1, .look_every = LOOK_EVERY });
    return worker_begin(h->worker);
}

err house_open(const struct config *c, struct house **out)
{
    struct db *db;
    TRY(app_open_db(c, &db));
    struct arena *a = arena_new(0);
    struct house *h = ARENA_NEW(a, struct house);
    *h = (struct house){ .config = c, .db = db, .arena = a };
    pthread_rwlock_init(&h->lock, NULL);
    err e = begin_all(h);
    if (failed(e))
        house_close(h);
    else
        *out = h;
    return e;
}

void house_close(struct house *h)
{
    if (h->worker)
        worker_end(h->worker);
    for (size_t i = h->count; i-- > 0;)
        if (h->seats[i]->app)
            app_close(h->seats[i]->app);
    if (h->names.arena)
        arena_free(h->names.arena);
    pthread_rwlock_destroy(&h->lock);
    db_close(h->db);
    arena_free(h->arena);
}
