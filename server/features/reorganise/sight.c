/* Rights before and after a change of the tree. No I/O. */
#include "sight.h"

#define DEPTH_MOST 64   /* a tree deeper than this is a cycle */

struct unit_org_spot *tree_find(const struct tree *t, int64_t org)
{
    struct unit_org_spot *at = t->orgs.at;
    size_t                low = 0, high = t->orgs.len;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (at[middle].id < org)
            low = middle + 1;
        else
            high = middle;
    }
    return low < t->orgs.len && at[low].id == org ? &at[low] : NULL;
}

struct tree tree_copy(struct arena *a, const struct tree *t)
{
    return (struct tree){ t->areas, { arena_copy(a, t->orgs.at, t->orgs.len * sizeof(struct unit_org_spot)), t->orgs.len } };
}

static bool is_within(const struct tree *t, int64_t org, int64_t above)
{
    for (int i = 0; org && i < DEPTH_MOST; i++) {
        const struct unit_org_spot *spot = tree_find(t, org);
        if (org == above)
            return true;
        org = spot ? spot->parent : 0;
    }
    return false;
}

struct ids tree_below(struct arena *a, const struct tree *t, int64_t org)
{
    const struct unit_org_spot *at = t->orgs.at;
    int64_t                    *ids = ARENA_ARRAY(a, t->orgs.len + 1, int64_t);
    size_t                      n = 0;
    for (size_t i = 0; i < t->orgs.len; i++)
        if (is_within(t, at[i].id, org))
            ids[n++] = at[i].id;
    return (struct ids){ ids, n };
}

bool tree_covers(const struct tree *t, struct unit_ref grant, int64_t org)
{
    const struct unit_org_spot *spot = tree_find(t, org);
    int64_t                     root = unit_root(t->areas);
    if (grant.kind == UNIT_AREA && root && grant.id == root)
        return true;
    if (grant.kind == UNIT_ORG)
        return is_within(t, org, grant.id);
    return spot && spot->area && grant.kind == UNIT_AREA && unit_within(t->areas, (struct unit_ref){ UNIT_AREA, spot->area }, grant);
}

/* ---- one person ---- */

struct run { const struct account_grant *at; size_t len; };

/* The grant's rights that none of the person's grants gives on that tree for at least as long. */
static perm_set missing(const struct tree *t, const struct run *own, const struct account_grant *g, int64_t org, ms now)
{
    perm_set left = g->perms;
    ms       from = g->from > now ? g->from : now;
    for (size_t i = 0; i < own->len && left; i++) {
        const struct account_grant *h = &own->at[i];
        bool                        lasts = h->from <= from && (!h->to || (g->to && h->to >= g->to));
        if (lasts && (h->perms & left) && tree_covers(t, h->unit, org))
            left &= ~h->perms;
    }
    return left;
}

/* What the person holds on one tree and not on the other. */
static perm_set extra(const struct tree *there, const struct tree *here, const struct run *own, int64_t org, ms now)
{
    perm_set more = 0;
    for (size_t i = 0; i < own->len; i++)
        if ((own->at[i].perms & ~more) && tree_covers(there, own->at[i].unit, org))
            more |= missing(here, own, &own->at[i], org, now);
    return more;
}

static bool look(const struct tree *before, const struct tree *after, const struct run *own, struct ids orgs, ms now, struct sight *s)
{
    *s = (struct sight){ .person = own->at->person, .name = own->at->name };
    for (size_t i = 0; i < orgs.len; i++) {
        perm_set more = extra(after, before, own, orgs.at[i], now), less = extra(before, after, own, orgs.at[i], now);
        s->gains |= more;
        s->loses |= less;
        s->gain_org = s->gain_org || !more ? s->gain_org : orgs.at[i];
        s->lose_org = s->lose_org || !less ? s->lose_org : orgs.at[i];
        s->gain_count += more != 0;
        s->lose_count += less != 0;
    }
    return s->gains || s->loses;
}

static struct run next_run(const struct list *grants, size_t *i)
{
    const struct account_grant *at = grants->at;
    struct run                  own = { at + *i, 0 };
    for (; *i < grants->len && at[*i].person == own.at->person; ++*i)
        own.len++;
    return own;
}

struct list sight_changes(struct arena *a, const struct tree *before, const struct tree *after, const struct list *grants, struct ids orgs, ms now)
{
    struct sight *out = ARENA_ARRAY(a, grants->len + 1, struct sight);
    size_t        n = 0;
    for (size_t i = 0; i < grants->len;) {
        struct run own = next_run(grants, &i);
        n += look(before, after, &own, orgs, now, &out[n]);
    }
    return (struct list){ out, n };
}

static bool holds(const struct tree *t, const struct run *own, int64_t org, enum perm perm)
{
    bool held = false;
    for (size_t i = 0; i < own->len && !held; i++)
        held = (own->at[i].perms & PERM_BIT(perm)) && tree_covers(t, own->at[i].unit, org);
    return held;
}

struct list sight_between(struct arena *a, const struct tree *t, const struct list *grants, int64_t from, int64_t to, enum perm perm)
{
    struct sight *out = ARENA_ARRAY(a, grants->len + 1, struct sight);
    size_t        n = 0;
    for (size_t i = 0; i < grants->len;) {
        struct run own = next_run(grants, &i);
        bool       old = holds(t, &own, from, perm), new = holds(t, &own, to, perm);
        if (old != new)
            out[n++] = (struct sight){ .person = own.at->person, .name = own.at->name, .gains = new ? PERM_BIT(perm) : 0,
                                       .loses = old ? PERM_BIT(perm) : 0, .gain_count = new, .lose_count = old, .gain_org = new ? to : 0,
                                       .lose_org = old ? from : 0 };
    }
    return (struct list){ out, n };
}

bool sight_widens(const struct list *changes)
{
    const struct sight *s = changes->at;
    for (size_t i = 0; i < changes->len; i++)
        if (s[i].gains)
            return true;
    return false;
}
