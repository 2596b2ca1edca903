/* Permissions: the words of permissions.def as an enum and as sets. */
#ifndef LINLI_BASE_PERMISSION_H
#define LINLI_BASE_PERMISSION_H

#include "str.h"

enum perm {
    PERM_UNSET,    /* a route with this refuses to boot */
    PERM_PUBLIC,   /* anybody, signed in or not */
#define X(code, name, en, zh) code,
#include "permissions.def"
#undef X
    PERM_COUNT
};

/* A set of permissions, bit per enum value. */
typedef uint64_t perm_set;
#define PERM_BIT(p) ((perm_set)1 << (p))

const char *perm_name(enum perm p);                       /* "case.report"; "public" for PERM_PUBLIC */
const char *perm_text(enum perm p, bool chinese);
enum perm   perm_find(struct str name);                   /* PERM_UNSET when unknown */
perm_set    perm_set_parse(struct str comma_separated);   /* unknown names are left out */

/* The roles of roles.def, in its order. */
struct role_shipped { const char *code, *en, *zh, *permissions; };
extern const struct role_shipped roles_shipped[];
extern const size_t              roles_shipped_count;

#endif
