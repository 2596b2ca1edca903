/* agreement_ties.c: who is tied to whom by agreements. All of a period are read at once, and what each giver gave once, however many agreements it has. */
#include <stdlib.h>

#include "agreement_inside.h"

#include "../alliance/alliance.h"
#include "../service/service.h"

/* What hangs on each agreement: parties and pledges come in order of agreements. */
static void put_together(const struct list *agreements, const struct list *parties, const struct list *pledges, struct whole *out)
{
    struct agreement *g = agreements->at;
    struct party     *p = parties->at;
    struct pledge    *l = pledges->at;
    size_t            np = 0, nl = 0;
    for (size_t i = 0; i < agreements->len; i++) {
        size_t from_p = np, from_l = nl;
        while (np < parties->len && p[np].agreement_id == g[i].id)
            np++;
        while (nl < pledges->len && l[nl].agreement_id == g[i].id)
            nl++;
        out[i] = (struct whole){ .g = g[i], .parties = { p + from_p, np - from_p }, .pledges = { l + from_l, nl - from_l }, .alliance_name = STR_NONE };
    }
}

static int by_id(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}

/* Sorted, each once; without 0. */
static size_t unique(int64_t *at, size_t n)
{
    size_t kept = 0;
    qsort(at, n, sizeof *at, by_id);
    for (size_t i = 0; i < n; i++)
        if (at[i] && (!kept || at[kept - 1] != at[i]))
            at[kept++] = at[i];
    return kept;
}

/* Everybody who pledged anything, with all they gave from the first beginning on. */
static err read_gave(struct req *r, const struct list *agreements, const struct list *pledges, struct gave **out, size_t *n)
{
    const struct pledge    *p = pledges->at;
    const struct agreement *g = agreements->at;
    int64_t                *orgs = ARENA_ARRAY(r->arena, 2 * pledges->len + 1, int64_t);
    ms                      from = r->now;
    for (size_t i = 0; i < pledges->len; i++) {
        orgs[2 * i] = p[i].org_id;
        orgs[2 * i + 1] = p[i].former_id;
    }
    for (size_t i = 0; i < agreements->len; i++)
        from = g[i].begins_at < from ? g[i].begins_at : from;
    *n = unique(orgs, 2 * pledges->len);
    *out = ARENA_ARRAY(r->arena, *n + 1, struct gave);
    for (size_t i = 0; i < *n; i++) {
        (*out)[i].org = orgs[i];
        TRY(exchange_kept_by(r->db, r->arena, r->tenant, orgs[i], from, INT64_MAX, &(*out)[i].claims));
        TRY(service_done_by(r->db, r->arena, r->tenant, orgs[i], from, INT64_MAX, &(*out)[i].orders));
    }
    return OK;
}

/* Areas of alliances, each asked for once: agreements of one alliance are many. */
struct areas { int64_t *alliance, *area; size_t len; };

static err area_for(struct req *r, struct areas *known, int64_t alliance, int64_t *area)
{
    for (size_t i = 0; i < known->len; i++)
        if (known->alliance[i] == alliance) {
            *area = known->area[i];
            return OK;
        }
    TRY(alliance_area(r, alliance, area));
    known->alliance[known->len] = alliance;
    known->area[known->len++] = *area;
    return OK;
}

static void tie_two(const struct whole *w, int64_t a, int64_t b, ms at, struct alliance_tie *out)
{
    const struct pledge *p = w->pledges.at;
    *out = (struct alliance_tie){ .agreement = w->g.id, .a = a, .b = b, .at = at };
    for (size_t i = 0; i < w->pledges.len; i++) {
        if (p[i].org_id != a && p[i].org_id != b)
            continue;
        out->pledges++;
        out->kept += w->standings[i].state == PLEDGE_KEPT;
        out->late += w->standings[i].state == PLEDGE_LATE;
    }
}

static void tie_all(const struct whole *w, ms to, struct alliance_tie *at, size_t *n)
{
    const struct party *p = w->parties.at;
    ms                  until = w->g.ended_at ? w->g.ended_at : w->g.ends_at, last = (until < to ? until : to) - 1;
    for (size_t i = 0; i < w->parties.len; i++)
        for (size_t k = i + 1; k < w->parties.len; k++)
            tie_two(w, p[i].org_id, p[k].org_id, last, &at[(*n)++]);
}

err agreement_ties(struct req *r, ms from, ms to, struct list *out)
{
    struct list  agreements, parties, pledges, categories = exchange_category_list(r);
    struct gave *gave;
    size_t       givers, pairs = 0, n = 0;
    TRY(agreements_between(r->db, r->arena, r->tenant, from, to, &agreements, &parties, &pledges));
    TRY(read_gave(r, &agreements, &pledges, &gave, &givers));
    struct whole *w = ARENA_ARRAY(r->arena, agreements.len + 1, struct whole);
    struct areas  known = { ARENA_ARRAY(r->arena, agreements.len + 1, int64_t), ARENA_ARRAY(r->arena, agreements.len + 1, int64_t), 0 };
    put_together(&agreements, &parties, &pledges, w);
    for (size_t i = 0; i < agreements.len; i++) {
        int64_t area;
        TRY(area_for(r, &known, w[i].g.alliance_id, &area));
        TRY(whole_stand(r, &w[i], gave, givers, area, &categories));
        pairs += w[i].parties.len * w[i].parties.len / 2;
    }
    struct alliance_tie *at = ARENA_ARRAY(r->arena, pairs + 1, struct alliance_tie);
    for (size_t i = 0; i < agreements.len; i++)
        tie_all(&w[i], to, at, &n);
    *out = (struct list){ at, n };
    return OK;
}
