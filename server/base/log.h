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

/* From now on lines of LOG_INFO and below gather for LOG_GATHER milliseconds and are written together, by a thread: a request says one, and a write each is
 * 7 % of a quick one (docs/decisions/sqlite-writer-and-readers.md). Graver lines are written at once, with all that was said before them. A process that crashes writes what has gathered;
 * one that is killed outright (SIGKILL, power) loses as much as was said in those milliseconds. Called once, by a server; elsewhere each line is written as it is said. */
#define LOG_GATHER 5
void log_gather(void);
/* Writes what has gathered and goes back to a write for each line. To be called before the process ends. */
void log_gather_end(void);

#endif
