/* Logins lately read, by the hash of their cookie or token: a table of fixed size, four places to each set, the longest unused gives way.
 * What is found here saves three statements on every request. */
#include "inside.h"

#define SETS       1024
#define WAYS       4
#define HELD_MOST  12
#define NAME_MOST  120

struct place {
    unsigned char hash[HASH_SIZE];
    uint64_t      moment;
    ms            read_at, noted;
    struct login  login;             /* account 0: empty. Texts and rights point at what follows */
    char          name[NAME_MOST], locale[8];
    struct held   held[HELD_MOST];
};

struct set {
    pthread_mutex_t mutex;
    struct place    place[WAYS];
};

struct cache { struct set set[SETS]; };

struct cache *cache_new(struct arena *a)
{
    struct cache *c = ARENA_NEW(a, struct cache);
    for (int i = 0; i < SETS; i++)
        pthread_mutex_init(&c->set[i].mutex, NULL);
    return c;
}

void cache_free(struct cache *c)
{
    for (int i = 0; i < SETS; i++)
        pthread_mutex_destroy(&c->set[i].mutex);
}

static struct set *set_of(struct cache *c, const unsigned char hash[HASH_SIZE])
{
    return &c->set[(hash[0] | hash[1] << 8) % SETS];
}

static struct place *find(struct set *s, const unsigned char hash[HASH_SIZE])
{
    for (int i = 0; i < WAYS; i++)
        if (s->place[i].login.account && memcmp(s->place[i].hash, hash, HASH_SIZE) == 0)
            return &s->place[i];
    return NULL;
}

static void copy_out(struct arena *a, const struct place *p, struct login *out)
{
    *out = p->login;
    out->name = str_copy(a, p->login.name);
    out->locale = str_copy(a, p->login.locale);
    out->held = (const struct held *)(const void *)arena_copy(a, p->held, p->login.held_count * sizeof *p->held);
}

bool cache_get(struct cache *c, const unsigned char hash[HASH_SIZE], uint64_t epoch, ms now, struct arena *a, struct login *out, bool *touch)
{
    struct set *s = set_of(c, hash);
    pthread_mutex_lock(&s->mutex);
    struct place *p = find(s, hash);
    bool          good = p && p->moment >= epoch && now - p->read_at <= CACHE_MS;
    if (good) {
        copy_out(a, p, out);       /* with the use before this one: the idle limit is judged by it */
        *touch = now - p->noted >= TOUCH_EVERY;
        p->login.used = now;
        if (*touch)
            p->noted = now;
    }
    pthread_mutex_unlock(&s->mutex);
    return good;
}

static struct place *place_for(struct set *s, const unsigned char hash[HASH_SIZE])
{
    struct place *p = find(s, hash);
    for (int i = 0; !p && i < WAYS; i++)
        if (!s->place[i].login.account)
            p = &s->place[i];
    if (p)
        return p;
    p = &s->place[0];
    for (int i = 1; i < WAYS; i++)
        if (s->place[i].login.used < p->login.used)
            p = &s->place[i];
    return p;
}

void cache_put(struct cache *c, const unsigned char hash[HASH_SIZE], uint64_t moment, ms now, const struct login *l)
{
    if (l->held_count > HELD_MOST || l->name.len > NAME_MOST || l->locale.len > sizeof((struct place *)0)->locale)
        return;
    struct set *s = set_of(c, hash);
    pthread_mutex_lock(&s->mutex);
    struct place *p = place_for(s, hash);
    if (memcmp(p->hash, hash, HASH_SIZE) != 0 || !p->login.account || moment >= p->moment) {
        memcpy(p->hash, hash, HASH_SIZE);
        memcpy(p->name, l->name.ptr, l->name.len);
        if (l->locale.ptr)
            memcpy(p->locale, l->locale.ptr, l->locale.len);
        if (l->held_count)
            memcpy(p->held, l->held, l->held_count * sizeof *l->held);
        p->login = *l;
        p->login.name.ptr = p->name;
        p->login.locale.ptr = l->locale.ptr ? p->locale : NULL;
        p->login.held = p->held;
        p->moment = moment;
        p->read_at = now;
        p->noted = now;
    }
    pthread_mutex_unlock(&s->mutex);
}
