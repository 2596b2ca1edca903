/* feed: my deadlines in a calendar program: a secret address for each account, and iCalendar (RFC 5545) behind it. */
#ifndef LINLI_FEED_H
#define LINLI_FEED_H

#include "../../http/app.h"

extern const struct feature feed_feature;

#endif
