/* house: every district of an installation, served by one process. Each has an app of its own; the database, the listener and a thread that
 * looks around once a second are shared. What the terminal or another process makes (a district, a host name, a change of what is kept in
 * memory) is served within that second. */
#ifndef LINLI_HOUSE_H
#define LINLI_HOUSE_H

#include "app.h"

struct house;

#define HOUSE_MOST 256   /* districts of one process */

/* Opens the database, begins every district, workers too. A district that cannot begin is logged and tried again; ERR when none can. */
MUST err house_open(const struct config *c, struct house **out);
void     house_close(struct house *h);

struct db *house_db(const struct house *h);
/* Which district a Host header means: the one it was given to, else the one that has no host at all, when there is exactly one such. Until
 * house_leave it stays, also when it is closed meanwhile. */
void house_enter(void *house, struct str host, struct arena *a, struct http_place *out);
void house_leave(struct http_place *place);
/* The process's key for cursors. */
void house_secret(const struct house *h, unsigned char out[32]);

#endif
