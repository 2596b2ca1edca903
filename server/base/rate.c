#include "rate.h"

#include <pthread.h>

#define TRIES 8   /* slots looked at for a name */

struct bucket {
    uint64_t who;      /* hash of the name; 0: free */
    ms       seen;
    double   left;
};

struct rate {
    pthread_mutex_t lock;
    size_t          mask;
    struct bucket  *buckets;
};

struct rate *rate_new(struct arena *a, size_t slots)
{
    size_t       n = TRIES;
    struct rate *r = ARENA_NEW(a, struct rate);
    while (n < slots)
        n *= 2;
    r->mask = n - 1;
    r->buckets = ARENA_ARRAY(a, n, struct bucket);
    pthread_mutex_init(&r->lock, NULL);
    return r;
}

void rate_end(struct rate *r)
{
    pthread_mutex_destroy(&r->lock);
}

/* Two names in one bucket share their allowance: rare, and harmless. */
static uint64_t hash(struct str s)
{
    uint64_t h = str_hash(STR_HASH, s);
    return h ? h : 1;
}

static struct bucket *bucket_of(struct rate *r, uint64_t who, int64_t full, ms now)
{
    struct bucket *oldest = &r->buckets[who & r->mask];
    for (size_t i = 0; i < TRIES; i++) {
        struct bucket *b = &r->buckets[(who + i) & r->mask];
        if (b->who == who)
            return b;
        if (b->who == 0 || (oldest->who && b->seen < oldest->seen))
            oldest = b;
    }
    *oldest = (struct bucket){ who, now, (double)full };
    return oldest;
}

bool rate_take(struct rate *r, struct str who, int64_t per_hour, ms now)
{
    pthread_mutex_lock(&r->lock);
    struct bucket *b = bucket_of(r, hash(who), per_hour, now);
    b->left += (double)(now - b->seen) * (double)per_hour / (double)MS_HOUR;
    if (b->left > (double)per_hour)
        b->left = (double)per_hour;
    b->seen = now;
    bool may = b->left >= 1;
    if (may)
        b->left -= 1;
    pthread_mutex_unlock(&r->lock);
    return may;
}
