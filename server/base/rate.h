/* rate: how often somebody may do something, in fixed memory. A bucket per name (an address, an account) fills evenly and is emptied by
 * taking. When many names come at once the least recently seen give way, so that memory never grows. Safe from several threads. */
#ifndef LINLI_BASE_RATE_H
#define LINLI_BASE_RATE_H

#include "clock.h"

struct rate;

/* slots: names remembered at most, rounded up to a power of two (32 bytes each). Lives in the arena; rate_end before the arena goes. */
struct rate *rate_new(struct arena *a, size_t slots);
void         rate_end(struct rate *r);

/* Takes one from who's bucket, which holds at most per_hour and fills as fast. False when it is empty. now: clock_monotonic(). */
bool rate_take(struct rate *r, struct str who, int64_t per_hour, ms now);

#endif
