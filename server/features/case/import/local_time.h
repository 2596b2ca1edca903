/* local_time: dates as a city's own system writes them, in its own zone with its summer times, to UTC. */
#ifndef LINLI_CASE_IMPORT_LOCAL_TIME_H
#define LINLI_CASE_IMPORT_LOCAL_TIME_H

#include "../../../base/clock.h"

struct zone;

/* false: no IANA zone of that name. zone_close ends it. One thread at a time. */
bool zone_open(struct arena *a, struct str name, struct zone **out);
void zone_close(struct zone *z);

/* The moment of a local date and time. When clocks go back and the time comes twice, its first; when it was skipped, the moment that
 * many minutes after the change. */
ms zone_moment(struct zone *z, struct clock_civil local);

/* Reads the whole text by a format of strptime; false when it does not fit or is no date (30 February). */
bool local_time_read(struct str text, const char *format, struct clock_civil *out);

#endif
