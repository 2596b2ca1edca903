#include "id.h"

#include <stdatomic.h>

#define ID_EPOCH ((ms)946684800000)   /* 2000-01-01T00:00:00Z */

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

ms id_time(int64_t id)
{
    return (ms)((uint64_t)id >> 22) + ID_EPOCH;
}

int64_t id_back(ms t)
{
    /* Sources often know the second or the day only, so a count is spread over the second's milliseconds and serials. It begins
     * anywhere: another run for the same second must not begin at the same place. */
    static _Atomic(uint64_t) count;
    uint64_t                 begin = 0;
    atomic_compare_exchange_strong(&count, &begin, (uint64_t)clock_now() * 7919 | 1);
    uint64_t n = atomic_fetch_add(&count, 1);
    ms       second = t <= ID_EPOCH ? 0 : (t - ID_EPOCH) / 1000 * 1000;
    return (int64_t)(((uint64_t)second + n / 65536 % 1000) << 22 | (uint64_t)node << 16 | (n & 0xFFFF));
}
