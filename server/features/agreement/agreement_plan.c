/* agreement_plan.c: what alliances are told of agreements: pledges that fall due, and what an agreement is called. */
#include "agreement_inside.h"

#include "../alliance/alliance.h"

static void add_due(struct req *r, const struct whole *w, ms until, struct alliance_planned *at, size_t *n)
{
    const struct pledge *p = w->pledges.at;
    struct term          t = term_of(&w->g, r->app->zone_minutes);
    ms                   due;
    for (size_t i = 0; i < w->pledges.len; i++)
        if (pledge_due(&p[i], &w->standings[i], &t, r->now, &due) && due < until)
            at[(*n)++] = (struct alliance_planned){ PLANNED_PLEDGE, p[i].id, w->g.id, p[i].title, w->g.title, alliance_one_org(r->arena, p[i].org_id), due - MS_MINUTE };
}

/* Agreements made within it that are in force. They are no public matter. */
static err planned(struct req *r, const struct alliance_asks *q, struct list *out)
{
    struct list rows = { 0 };
    size_t      n = 0, most = 0;
    if (!q->is_public)
        TRY(agreements_of_alliance(r->db, r->arena, r->tenant, q->alliance, &rows));
    const struct agreement *g = rows.at;
    struct whole           *w = ARENA_ARRAY(r->arena, rows.len + 1, struct whole);
    for (size_t i = 0; i < rows.len; i++) {
        if (g[i].state != AGREEMENT_IN_FORCE)
            continue;
        TRY(whole_read(r, g[i].id, &w[i]));
        TRY(whole_read_off(r, &w[i]));
        most += w[i].pledges.len;
    }
    struct alliance_planned *at = ARENA_ARRAY(r->arena, most + 1, struct alliance_planned);
    for (size_t i = 0; i < rows.len; i++)
        add_due(r, &w[i], q->until, at, &n);
    *out = (struct list){ at, n };
    return OK;
}

static err named(struct req *r, int64_t id, struct str *title)
{
    struct whole w;
    TRY(whole_read(r, id, &w));
    *title = w.g.title;
    return w.g.signed_at || agreement_may_manage(r, &w) ? OK : FAIL(ERR_NOT_FOUND);
}

const struct alliance_source agreement_source = { "agreement", planned, named, agreement_ties };
