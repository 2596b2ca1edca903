/* Log: one line per event on standard error, key=value or JSON. No secret and no personal data is ever logged. */
#ifndef LINLI_BASE_LOG_H
#define LINLI_BASE_LOG_H

#include "str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Least level shown, and whether lines are JSON. */
void log_setup(enum log_level least, bool json);

/* One event: a name such as "request", then pairs of key and value text, ended by NULL:
 *   log_event(LOG_INFO, "listening", "address", "127.0.0.1:8080", NULL);
 * Values may hold any bytes; they are escaped. */
void log_event(enum log_level level, const char *event, ...) __attribute__((sentinel));

#endif
