#include "permission.h"

static const struct {
    const char *name, *en, *zh;
} table[PERM_COUNT] = {
    [PERM_UNSET] = { "unset", "", "" },
    [PERM_PUBLIC] = { "public", "Anybody", "任何人" },
#define X(code, name, en, zh) [code] = { name, en, zh },
#include "permissions.def"
#undef X
};

_Static_assert(PERM_COUNT <= 64, "perm_set holds 64 permissions");

const char *perm_name(enum perm p)
{
    return table[p].name;
}

const char *perm_text(enum perm p, bool chinese)
{
    return chinese ? table[p].zh : table[p].en;
}

enum perm perm_find(struct str name)
{
    for (int p = PERM_PUBLIC + 1; p < PERM_COUNT; p++)
        if (str_is(name, table[p].name))
            return (enum perm)p;
    return PERM_UNSET;
}

perm_set perm_set_parse(struct str comma_separated)
{
    perm_set set = 0;
    while (comma_separated.ptr) {
        enum perm p = perm_find(str_trim(str_cut(&comma_separated, ',')));
        if (p != PERM_UNSET)
            set |= PERM_BIT(p);
    }
    return set;
}

const struct role_shipped roles_shipped[] = {
#define X(code, en, zh, permissions) { code, en, zh, permissions },
#include "roles.def"
#undef X
};

const size_t roles_shipped_count = sizeof roles_shipped / sizeof roles_shipped[0];
