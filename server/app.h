/* app: boot and end of the process, and the one list of features. */
#ifndef LINLI_APP_H
#define LINLI_APP_H

#include "config.h"
#include "http/app.h"

/* Every feature's route table, NULL-ended. */
const struct route *const *app_routes(void);

/* How far app_open goes. */
enum app_depth {
    APP_DATABASE,   /* keys and database only: migrate, doctor */
    APP_FEATURES    /* also the tenant, and each feature's start(): serve, demo, import, user, audit */
};

/* Opens the data folder. create: make the folder, its keys and the database, and the tenant row (init). Failures are logged. */
MUST err app_open(const struct config *c, enum app_depth depth, bool create, struct app **out);
void     app_close(struct app *app);

/* Makes the tenant row; inside app_open(…, create). */
struct tenant_new { const char *code, *name, *time_zone; bool demo; };
MUST err app_init(const struct config *c, const struct tenant_new *t);

/* Serves until a signal asks to stop. */
MUST err app_serve(struct app *app, const struct config *c);

#endif
