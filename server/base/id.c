#include "id.h"

#include <stdatomic.h>

#define ID_EPOCH ((ms)1704067200000)   /* 2024-01-01T00:00:00Z */

static unsigned          node;
static _Atomic(uint64_t) last;   /* milliseconds << 16 | serial */

void id_set_node(unsigned n)
{
    node = n & 63;
}

int64_t id_new(void)
{
    uint64_t now = (uint64_t)(clock_now() - ID_EPOCH) << 16, seen = atomic_load(&last), next;
    /* When the clock stands still or steps back, count on from the last one. */
    do
        next = now > seen ? now : seen + 1;
    while (!atomic_compare_exchange_weak(&last, &seen, next));
    return (int64_t)((next >> 16) << 22 | (uint64_t)node << 16 | (next & 0xFFFF));
}

int64_t id_at(ms t)
{
    return t <= ID_EPOCH ? 0 : (int64_t)((uint64_t)(t - ID_EPOCH) << 22);
}
