/* setting: everything local is data with the date from which it holds. Known keys, their kind and default stand in settings.def. */
#ifndef LINLI_SETTING_H
#define LINLI_SETTING_H

#include "../../http/app.h"

extern const struct feature setting_feature;

/* The value in force at `at`; from memory, without SQL. Keys are those of settings.def (an unknown key, or one of another kind, aborts: a
 * mistake of ours). Before the feature was started (app->setting NULL) the default. */
int64_t    setting_i64(const struct app *app, const char *key, ms at);
bool       setting_bool(const struct app *app, const char *key, ms at);
struct str setting_text(const struct app *app, struct arena *a, const char *key, ms at);   /* JSON text for lists and tables; plain text for texts */

/* The elements of a list setting, or of text kept in its form, by a table of texts and switches: what is missing, or of another kind, is STR_NONE or
 * false. Not a list: none. */
struct list setting_list_read(struct arena *a, struct str json, const struct field *table, size_t size);
/* A list of things to choose from. */
struct choice { struct str code, zh, en; };
extern const struct field choice_fields[];
struct list               setting_choices(const struct app *app, struct arena *a, const char *key, ms at);   /* struct choice */
const struct choice      *choice_find(const struct list *choices, struct str code);                          /* NULL: none */

/* Where people reach this system, without a slash at the end: the setting site.url, else as the request had it. */
struct str setting_site(struct req *r);

/* Reads all values into memory again; after a commit that changed some, and now and then for what another process changed. */
MUST err setting_reload(struct app *app);

/* A feature's own look at a value beyond its kind and bounds, registered at start: what is wrong is added to faults, each at its place below
 * `at`, such as value[2].code. At most 16. */
typedef void (*setting_check)(struct arena *a, struct str json, struct str at, struct faults *faults);
void setting_check_add(struct app *app, const char *key, setting_check check);

/* Sets a value (JSON text) from `from` on, inside a write; the caller reloads after the commit. ERR_NOT_FOUND for an unknown key;
 * ERR_WRONG_TYPE, ERR_TOO_SMALL and their like when the value does not suit. */
MUST err setting_put(struct db_conn *c, struct arena *a, int64_t tenant, struct str key, struct str value, ms from, ms now, int64_t by);

/* `linli settings`: what follows the command's name. Exit code. */
int         setting_command(struct app *app, int argc, char **argv, bool json);
const char *setting_command_help(void);

#endif
