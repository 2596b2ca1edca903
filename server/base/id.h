/* Ids: 63 bits, made by the application, ordered by time, so that new rows land at the end of every index.
 * 41 bits of milliseconds since 2000-01-01 UTC (until 2069), 6 bits of node, 16 bits of serial within the millisecond.
 * In JSON an id is a decimal text: it does not fit a JavaScript number. */
#ifndef LINLI_BASE_ID_H
#define LINLI_BASE_ID_H

#include "clock.h"

/* Sets this process's node, 0–63; processes that share a database need different ones. Call before the first id_new. */
void id_set_node(unsigned node);

/* A new id, greater than every id this process made before; safe from several threads. */
int64_t id_new(void);

/* The smallest id that could be made at time t; to turn a time range into an id range. */
int64_t id_at(ms t);

/* When an id was made. */
ms id_time(int64_t id);

/* A new id as if made at t, for history brought in from elsewhere, so that it stands among its contemporaries. Within a second of t.
 * Hardly ever, but possibly, one that is in use already: the caller looks. t before 2000 counts as 2000. */
int64_t id_back(ms t);

#endif
