/* app: boot and end of the process, and the one list of features. */
#ifndef LINLI_APP_H
#define LINLI_APP_H

#include "tenant.h"

/* Every feature's route table, NULL-ended. */
const struct route *const *app_routes(void);

/* The one list of features. */
const struct feature *const *app_features(size_t *count);

/* How far app_open goes. */
enum app_depth {
    APP_DATABASE,   /* the database only: migrate, tenant, backup */
    APP_FEATURES    /* also one district, and each feature's start(): demo, import, user, audit */
};

/* Opens the data folder for a command. named: which district, by code, host or number; NULL: the only one (ERR_DISTRICT_NEEDED when there are
 * more). Failures are logged. */
MUST err app_open(const struct config *c, const char *named, enum app_depth depth, struct app **out);
void     app_close(struct app *app);

/* The database alone; db_close it. */
MUST err app_open_db(const struct config *c, struct db **out);
/* One district on a database that stays the caller's; work: its workers begin too. */
MUST err app_open_tenant(const struct config *c, struct db *db, const struct tenant *t, bool work, struct app **out);

/* Makes the data folder, its keys, the database and the first district. */
MUST err app_init(const struct config *c, struct tenant_new *t);

/* Serves every district until a signal asks to stop. */
MUST err app_serve(const struct config *c);

#endif
