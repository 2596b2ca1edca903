/* app_watch: has features read anew what another process on the same database changed; see db_tell and struct feature's reload. */
#ifndef LINLI_APP_WATCH_H
#define LINLI_APP_WATCH_H

#include "http/app.h"

struct app_watch;

/* On failure nothing is left to end. */
MUST err app_watch_begin(struct app *app, const struct feature *const *features, size_t count, struct app_watch **out);
/* Before the features stop. */
void     app_watch_end(struct app_watch *w);

#endif
