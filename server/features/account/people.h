/* Inside of the account feature: people as the handlers of people and of roles see them. */
#ifndef LINLI_ACCOUNT_PEOPLE_H
#define LINLI_ACCOUNT_PEOPLE_H

#include "inside.h"
#include "../search/search.h"

struct person_account { int64_t id; struct str sign_in_name; bool locked, closed, one_time; };
struct person_post    { int64_t id; struct str post, name_zh, name_en; int unit_kind; int64_t unit_id; struct str unit_name; ms from, to; };
struct person_role    { int64_t id; struct str role, name_zh, name_en; int unit_kind; int64_t unit_id; struct str unit_name; ms from, to; };

/* A person with what they have and where; ended posts and roles are left out. */
struct person {
    int64_t     id;
    struct str  name, sealed, contact_masked;
    bool        is_public;
    int64_t     version;
    struct list accounts, posts, roles;
};

/* The bare row: ERR_NOT_FOUND. */
MUST err person_row(struct req *r, int64_t id, struct person *out);
/* A bare row from columns id, name, contact_enc, public, version. */
MUST err person_take_row(struct req *r, struct db_rows *rows, struct person *p);
/* Posts, roles and accounts of a bare row. */
MUST err person_fill(struct req *r, struct person *p);
/* Does the caller hold perm at the root, or at a unit where this (filled) person has a post or role? */
bool     person_reach(struct req *r, enum perm perm, const struct person *p);
/* Row, filling and reach of PERM_PERSON_READ: ERR_NOT_FOUND for who may not see them; then perm: ERR_NOT_ALLOWED. */
MUST err person_find(struct req *r, int64_t id, enum perm perm, struct person *out);
/* The contact in full; STR_NONE when there is none. */
MUST err person_contact(struct req *r, const struct person *p, struct str *out);

/* May the caller take an account of this person into their hands (set its password, close it)? Not one's own, not that of another kind of
 * administrator, and below the root not of somebody with rights one does not hold: ERR_SELF, ERR_ADMINS_APART, ERR_WIDER_THAN_OWN. */
MUST err person_take_over(struct req *r, int64_t person);

extern const struct search_group people_search_group;   /* people_http.c */

/* The caller's permissions at a unit. */
perm_set own_perms_at(struct req *r, struct unit_ref unit);

#endif
