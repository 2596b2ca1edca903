/* What the files of this folder share. Private. */
#ifndef LINLI_FEED_PARTS_H
#define LINLI_FEED_PARTS_H

#include "feed.h"
#include "../case/case.h"

struct feed_state { struct arena *arena; struct rate *makes, *reads; };

/* One calendar: where, in which language, under which key the events' names are made. */
struct feed_words { struct str district, site, zone; enum lang lang; const unsigned char *key; };
/* The calendar's text. deadlines: struct case_deadline. STR_NONE when it could not be made. Pure: the same deadlines give the same bytes. */
struct str feed_calendar(struct arena *a, const struct feed_words *w, const struct list *deadlines);

#endif
