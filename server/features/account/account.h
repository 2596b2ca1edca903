/* account: people, accounts, sessions, tokens, roles and assignments; the one function that decides who may do what. */
#ifndef LINLI_ACCOUNT_H
#define LINLI_ACCOUNT_H

#include "../../http/app.h"

extern const struct feature account_feature;

/* The dispatcher's hooks. */
MUST err account_identify(struct req *r);
bool     account_may(struct req *r, enum perm perm, struct unit_ref where);
MUST err account_idempotency_find(struct req *r, struct str body_hash, bool *hit, int *status, struct str *location, struct str *body);
MUST err account_idempotency_store(struct req *r, struct str body_hash, int status, struct str location, struct str body);

/* Does a grant at `grant` reach `where`? An area covers its subtree and the organisations that belong to areas in it; an organisation
 * covers the organisations below it; the root area covers the whole tenant, {UNIT_NONE} included. Anything else: no. */
struct unit_snapshot;
bool account_covers(const struct unit_snapshot *s, struct unit_ref grant, struct unit_ref where);

/* For a job that goes on with what somebody asked for: makes *r a request of theirs, outside any transaction, with the rights they hold now and
 * at most `scope` (the rights of the request that began it). The arena is the job's. ERR_NOT_ALLOWED when the account is closed or locked. */
MUST err account_become(struct app *app, struct arena *a, int64_t account, perm_set scope, ms now, struct req *r);

/* For the command line, the demonstration and imports; inside a write. */
MUST err account_person_add(struct db_conn *c, struct arena *a, const struct app *app, struct str name, struct str contact, ms now,
                            int64_t *person);
/* They agreed that their public posts are shown to residents. */
MUST err account_person_show(struct db_conn *c, int64_t tenant, int64_t person);
MUST err account_add(struct db_conn *c, int64_t tenant, int64_t person, struct str sign_in_name, struct str password_hash, ms now,
                     int64_t *account);
MUST err account_assign(struct db_conn *c, int64_t tenant, int64_t person, struct str role_code, struct unit_ref unit, ms from, ms to,
                        int64_t by, int64_t *assignment);
/* Persons who hold perm by a grant at exactly this unit at `now`, each once, in order of their names. list of struct account_holder. */
struct account_holder { int64_t id; struct str name; };
MUST err account_holders(struct db_conn *c, struct arena *a, int64_t tenant, struct unit_ref unit, enum perm perm, ms now, struct list *out);
/* Every role held at a unit now or later, by persons in order of their ids: for asking what a change of the trees does to rights. */
struct account_grant { int64_t person; struct str name; perm_set perms; struct unit_ref unit; ms from, to; };
MUST err account_grants(struct db_conn *c, struct arena *a, int64_t tenant, ms now, struct list *out);
/* The built-in roles of roles.def, inserted or brought up to date. */
MUST err account_roles_install(struct db_conn *c, int64_t tenant);
/* The name of a person whom the caller may see (person.read where they have a post or role); else ERR_NOT_FOUND. */
MUST err account_person_seen(struct req *r, int64_t person, struct str *name);
/* Those with exactly this name, whom the caller may see; with a telephone those who have that too, whoever may see them: who knows both
 * knows the person. At most 10. */
MUST err account_people_named(struct req *r, struct str name, struct str contact, struct ids *out);
/* Password rules: at least 10 characters, not on the list of common ones, not the sign-in name. ERR_PASSWORD_WEAK. */
MUST err account_password_ok(struct str password, struct str sign_in_name);

/* Telephone for exact search: keyed hash of its digits. */
struct str account_contact_hash(struct arena *a, const struct app *app, struct str contact);

/* `linli user`: what follows the command's name. Exit code. */
int         user_command(struct app *app, int argc, char **argv, bool json);
const char *user_command_help(void);

#endif
