/* setting: everything local is data with the date from which it holds. Known keys, their kind and default stand in settings.def. */
#ifndef LINLI_SETTING_H
#define LINLI_SETTING_H

#include "../../http/app.h"

extern const struct feature setting_feature;

/* The value in force at `at`; from memory, without SQL. Keys are those of settings.def (an unknown key aborts: a mistake of ours). */
int64_t    setting_i64(const struct app *app, const char *key, ms at);
bool       setting_bool(const struct app *app, const char *key, ms at);
struct str setting_text(const struct app *app, struct arena *a, const char *key, ms at);   /* JSON text for lists and objects; plain text for texts */

#endif
