/* alliance.c: levels, choices, memberships: pure. No I/O, no clock, no SQL. */
#include "alliance_inside.h"

#include "../search/search.h"

const char *const alliance_level_words[] = { NULL, "district", "street", "community", NULL };
const char *const alliance_end_words[] = { NULL, "role", "left", "alliance", NULL };

enum alliance_level alliance_level_of(int depth)
{
    return depth < 0 ? LEVEL_NONE : depth == 0 ? LEVEL_DISTRICT : depth == 1 ? LEVEL_STREET : LEVEL_COMMUNITY;
}

/* ---- choices ---- */

const struct choice *choice_named(struct arena *a, const struct list *choices, struct str word)
{
    const struct choice *at = choices->at;
    struct str           wanted = search_fold(a, word);
    for (size_t i = 0; i < choices->len; i++)
        if (str_eq(at[i].code, wanted) || str_eq(at[i].zh, word) || str_eq(search_fold(a, at[i].en), wanted))
            return &at[i];
    return NULL;
}

/* ---- memberships ---- */

bool periods_overlap(ms from, ms until, ms other_from, ms other_until)
{
    return (!until || other_from < until) && (!other_until || from < other_until);
}

bool member_at(const struct list *rows, int64_t org, ms at)
{
    const struct member_row *row = rows->at;
    for (size_t i = 0; i < rows->len; i++)
        if (row[i].org_id == org && row[i].joined_at <= at && (!row[i].left_at || at < row[i].left_at))
            return true;
    return false;
}

const struct member_row *member_lead(const struct list *rows)
{
    const struct member_row *row = rows->at;
    for (size_t i = 0; i < rows->len; i++)
        if (!row[i].left_at && str_is(row[i].role, ALLIANCE_LEAD))
            return &row[i];
    return NULL;
}

const struct member_row *member_by_id(const struct list *rows, int64_t id)
{
    const struct member_row *row = rows->at;
    for (size_t i = 0; i < rows->len; i++)
        if (row[i].id == id)
            return &row[i];
    return NULL;
}

