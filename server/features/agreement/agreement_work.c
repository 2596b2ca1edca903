/* agreement_work.c: what of the pledges was kept, read off claims that were confirmed, orders that were done, and money that came in. */
#include <stdlib.h>

#include "agreement_inside.h"

#include "../alliance/alliance.h"
#include "../service/service.h"

/* ---- reading an agreement whole ---- */

err whole_read(struct req *r, int64_t id, struct whole *out)
{
    struct ids orgs;
    int64_t    area;
    *out = (struct whole){ .alliance_name = STR_NONE };
    TRY(agreement_get(r->db, r->arena, r->tenant, id, &out->g));
    TRY(parties_of(r->db, r->arena, r->tenant, id, &out->parties));
    TRY(pledges_of(r->db, r->arena, r->tenant, id, &out->pledges));
    if (!out->g.alliance_id)
        return OK;
    err e = alliance_now(r->db, r->arena, r->tenant, out->g.alliance_id, &out->alliance_name, &area, &orgs);
    return e.code == ERR_NOT_FOUND ? OK : e;   /* an alliance that has ended keeps its name */
}

/* Was it done for the others: asked by another party, or within the area of one, or within the alliance's. */
static bool for_others(const struct unit_snapshot *s, const struct whole *w, int64_t alliance_area, int64_t giver, const struct exchange_kept *k)
{
    const struct party *p = w->parties.at;
    struct unit_ref     asker = { (enum unit_kind)k->unit_kind, k->unit_id }, place = { UNIT_AREA, unit_area_of(s, asker) };
    if (k->hold_id || (alliance_area && unit_within(s, place, (struct unit_ref){ UNIT_AREA, alliance_area })))
        return true;
    for (size_t i = 0; i < w->parties.len; i++) {
        struct unit_ref theirs = { UNIT_AREA, unit_area_of(s, PARTY(p[i].org_id)) };
        if (p[i].org_id == giver)
            continue;
        if ((asker.kind == UNIT_ORG && asker.id == p[i].org_id) || (theirs.id && unit_within(s, place, theirs)))
            return true;
    }
    return w->parties.len == 1;   /* a letter of commitment is for everybody */
}

static bool asked_already(const struct gave *g, size_t n, int64_t org)
{
    for (size_t i = 0; i < n; i++)
        if (g[i].org == org)
            return true;
    return !org;
}

static ms until_of(const struct whole *w)
{
    return w->g.state == AGREEMENT_ENDED ? w->g.ended_at : w->g.ends_at;
}

static int by_org(const void *x, const void *y)
{
    const struct gave *a = x, *b = y;
    return a->org < b->org ? -1 : a->org > b->org;
}

static err gave_all(struct req *r, const struct whole *w, struct gave *out, size_t *n)
{
    const struct pledge *p = w->pledges.at;
    *n = 0;
    for (size_t i = 0; i < 2 * w->pledges.len && w->g.signed_at; i++) {
        struct gave g = { .org = i % 2 ? p[i / 2].former_id : p[i / 2].org_id };
        if (asked_already(out, *n, g.org))
            continue;
        TRY(exchange_kept_by(r->db, r->arena, r->tenant, g.org, w->g.begins_at, until_of(w), &g.claims));
        TRY(service_done_by(r->db, r->arena, r->tenant, g.org, w->g.begins_at, until_of(w), &g.orders));
        out[(*n)++] = g;
    }
    qsort(out, *n, sizeof *out, by_org);
    return OK;
}

static struct work work_of_order(const struct service_done *o, int64_t org)
{
    struct exchange_kept of = { .service_id = o->service_id, .quantity = 1, .unit = STR_NONE, .unit_kind = UNIT_AREA, .unit_id = o->area_id, .title = o->title,
                                .category = o->category, .given_category = STR_NONE, .at = o->at };
    return (struct work){ of, org, .pledge = -1, .kind = WORK_ORDER, .order_id = o->id, .slot_id = o->slot_id, .minutes = o->minutes };
}

static bool in_term(const struct whole *w, ms at)
{
    return at >= w->g.begins_at && at < until_of(w);
}

/* Orders of one giver beside its claims: which claim each is part of (its position, -1: of none), and what of each claim orders may still take up,
 * in the small of its need's unit; a claim that does not count here takes up none. */
struct parts { const struct gave *g; int *of; bool *counts; int64_t *left; const struct list *categories; };

static struct parts parts_new(struct arena *a, const struct unit_snapshot *s, const struct whole *w, int64_t area, const struct gave *g, const struct list *categories)
{
    const struct exchange_kept *k = g->claims.at;
    struct parts                p = { g, ARENA_ARRAY(a, g->orders.len + 1, int), ARENA_ARRAY(a, g->claims.len + 1, bool), ARENA_ARRAY(a, g->claims.len + 1, int64_t), categories };
    for (size_t i = 0; i < g->claims.len; i++) {
        p.counts[i] = in_term(w, k[i].at) && for_others(s, w, area, g->org, &k[i]);
        p.left[i] = k[i].quantity * pledge_measure(k[i].unit).scale;
    }
    return p;
}

/* An order before it, of the same session, is part of that claim. */
static bool session_is_part(const struct parts *p, size_t order, size_t claim)
{
    const struct service_done *o = p->g->orders.at;
    for (size_t i = order; o[order].slot_id && i-- > 0 && o[i].at == o[order].at;)
        if (o[i].slot_id == o[order].slot_id && p->of[i] == (int)claim)
            return true;
    return false;
}

/* Takes up its share of a claim that may be done by orders. False: the others were enough. */
static bool take_up(struct parts *p, const struct work *order, size_t at, size_t claim)
{
    const struct exchange_kept *k = p->g->claims.at;
    enum measure_way            way = pledge_measure(k[claim].unit).way;
    if (way == BY_SESSION && session_is_part(p, at, claim))
        return true;
    if (p->left[claim] <= 0)
        return false;
    p->left[claim] -= way == BY_HOURS ? order->minutes : 1;
    return true;
}

static int part_of(struct parts *p, const struct unit_snapshot *s, const struct work *order, size_t at)
{
    const struct exchange_kept *k = p->g->claims.at;
    struct unit_ref             place = { UNIT_AREA, order->of.unit_id };
    for (size_t i = 0; i < p->g->claims.len; i++)
        if (p->counts[i] && work_is_part(order, &k[i]))
            return (int)i;
    for (size_t i = 0; i < p->g->claims.len; i++) {
        struct unit_ref asker = { UNIT_AREA, unit_area_of(s, (struct unit_ref){ (enum unit_kind)k[i].unit_kind, k[i].unit_id }) };
        if (p->counts[i] && work_may_be_part(order, &k[i], p->categories) && unit_within(s, place, asker) && take_up(p, order, at, i))
            return (int)i;
    }
    return -1;
}

/* What it did for the others within the term; an order that is part of a claim is that claim. */
static void add_works(struct arena *a, const struct unit_snapshot *s, struct whole *w, int64_t area, const struct gave *g, const struct list *categories,
                      struct work *at, size_t *n)
{
    const struct exchange_kept *k = g->claims.at;
    const struct service_done  *o = g->orders.at;
    struct parts                p = parts_new(a, s, w, area, g, categories);
    for (size_t i = 0; i < g->claims.len; i++)
        if (p.counts[i])
            at[(*n)++] = (struct work){ k[i], g->org, .pledge = -1, .kind = WORK_CLAIM };
    for (size_t i = 0; i < g->orders.len; i++) {
        struct work order = work_of_order(&o[i], g->org);
        p.of[i] = -1;
        if (!in_term(w, o[i].at) || !for_others(s, w, area, g->org, &order.of))
            continue;
        p.of[i] = part_of(&p, s, &order, i);
        if (p.of[i] < 0)
            at[(*n)++] = order;
    }
}

/* Money that came in for one of the pledges: of each a list of struct agreement_paid. */
static err read_paid(struct req *r, const struct whole *w, struct list *of, size_t *rows)
{
    const struct pledge *p = w->pledges.at;
    for (size_t i = 0; i < w->pledges.len; i++) {
        of[i] = (struct list){ NULL, 0 };
        if (w->g.signed_at && r->app->pledge_money)
            TRY(r->app->pledge_money->paid(r, p[i].id, w->g.begins_at, until_of(w), &of[i]));
        *rows += of[i].len;
    }
    return OK;
}

static void add_paid(const struct pledge *p, const struct list *paid, struct work *at, size_t *n)
{
    const struct agreement_paid *m = paid->at;
    for (size_t i = 0; i < paid->len; i++) {
        struct exchange_kept of = { .title = m[i].title, .category = p->category, .given_category = STR_NONE, .at = m[i].at };
        at[(*n)++] = (struct work){ of, p->org_id, .pledge = -1, .kind = WORK_PAYMENT, .project_id = m[i].project_id, .entry_id = m[i].id, .pledge_id = p->id,
                                    .fen = m[i].fen };
    }
}

static int by_time(const void *x, const void *y)
{
    const struct work *a = x, *b = y;
    int64_t            x_id = a->of.claim_id + a->order_id + a->entry_id, y_id = b->of.claim_id + b->order_id + b->entry_id;   /* it has one of them */
    int64_t            d = a->of.at != b->of.at ? a->of.at - b->of.at : x_id - y_id;
    return d < 0 ? -1 : d > 0;
}

/* Those of its givers who gave anything, each once: positions in gave. */
static size_t givers_of(const struct whole *w, const struct gave *gave, size_t givers, const struct gave **out)
{
    const struct pledge *p = w->pledges.at;
    size_t               n = 0;
    for (size_t i = 0; i < 2 * w->pledges.len; i++) {
        struct gave        wanted = { .org = i % 2 ? p[i / 2].former_id : p[i / 2].org_id };
        const struct gave *found = wanted.org ? bsearch(&wanted, gave, givers, sizeof *gave, by_org) : NULL;
        bool               again = !found;
        for (size_t k = 0; k < n; k++)
            again = again || out[k] == found;
        if (!again)
            out[n++] = found;
    }
    return n;
}

err whole_stand(struct req *r, struct whole *w, const struct gave *gave, size_t givers, int64_t area, const struct list *categories)
{
    struct term         t = term_of(&w->g, r->app->zone_minutes);
    const struct gave **own = ARENA_ARRAY(r->arena, 2 * w->pledges.len + 1, const struct gave *);
    struct list        *paid = ARENA_ARRAY(r->arena, w->pledges.len + 1, struct list);
    size_t              rows = 0, n = 0, count = givers_of(w, gave, givers, own);
    TRY(read_paid(r, w, paid, &rows));
    for (size_t i = 0; i < count; i++)
        rows += own[i]->claims.len + own[i]->orders.len;
    struct work                *at = ARENA_ARRAY(r->arena, rows + 1, struct work);
    const struct unit_snapshot *s = unit_hold(r->app);
    for (size_t i = 0; i < count; i++)
        add_works(r->arena, s, w, area, own[i], categories, at, &n);
    unit_release(s);
    for (size_t i = 0; i < w->pledges.len; i++)
        add_paid((const struct pledge *)w->pledges.at + i, &paid[i], at, &n);
    qsort(at, n, sizeof *at, by_time);
    w->works = (struct list){ at, n };
    w->standings = ARENA_ARRAY(r->arena, w->pledges.len + 1, struct standing);
    pledges_read_off(r->arena, &w->pledges, &w->works, categories, &t, r->now, w->standings);
    return OK;
}

err alliance_area(struct req *r, int64_t alliance, int64_t *area)
{
    struct ids orgs;
    struct str name;
    *area = 0;
    err e = alliance ? alliance_now(r->db, r->arena, r->tenant, alliance, &name, area, &orgs) : OK;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err whole_read_off(struct req *r, struct whole *w)
{
    struct list  categories = exchange_category_list(r);
    struct gave *gave = ARENA_ARRAY(r->arena, 2 * w->pledges.len + 1, struct gave);
    size_t       givers;
    int64_t      area;
    TRY(alliance_area(r, w->g.alliance_id, &area));
    TRY(gave_all(r, w, gave, &givers));
    return whole_stand(r, w, gave, givers, area, &categories);
}

bool agreement_promise_of_money(struct req *r, const struct agreement_promise *p)
{
    struct list categories = exchange_category_list(r);
    return pledge_of_money(p->category, p->unit, &categories);
}

/* ---- the work behind a pledge ---- */

struct work_view { int64_t claim_id, need_id, order_id, project_id, org_id, quantity, minutes, fen; int kind; struct str title, org_name, unit_name; ms at; };
static const struct field work_fields[] = {
    FIELD_WORD(struct work_view, kind, work_kind_words, REQUIRED, "claim: confirmed; order: of a service, done; payment: came in for a project"),
    FIELD_ID(struct work_view, claim_id, 0, "The claim"), FIELD_ID(struct work_view, need_id, 0, "Its need"), FIELD_ID(struct work_view, order_id, 0, "The order"),
    FIELD_ID(struct work_view, project_id, 0, "The project"),
    FIELD_STR(struct work_view, title, 0, 0, REQUIRED, "The need, the service or the project, in a line"), FIELD_ID(struct work_view, org_id, REQUIRED, "Who gave"),
    FIELD_STR(struct work_view, org_name, 0, 0, REQUIRED, "Its name"), FIELD_STR(struct work_view, unit_name, 0, 0, 0, "For whom; of an order, where"),
    FIELD_I64(struct work_view, quantity, 0, 0, REQUIRED, "How much of the pledge, in whole ones; 0: part of one, or of a session that counts once"),
    FIELD_I64(struct work_view, minutes, 0, 0, REQUIRED, "Of an order: of all helpers together"), FIELD_I64(struct work_view, fen, 0, 0, REQUIRED, "Of a payment"),
    FIELD_TIME(struct work_view, at, REQUIRED, "When it was done"), FIELD_END
};


static struct work_view work_view_of(struct req *r, const struct work *k, int64_t scale)
{
    return (struct work_view){ .kind = k->kind, .claim_id = k->of.claim_id, .need_id = k->of.need_id, .order_id = k->order_id, .project_id = k->project_id,
                               .org_id = k->org_id, .quantity = k->amount / scale, .minutes = k->minutes, .fen = k->fen, .title = k->of.title,
                               .org_name = unit_name_of(r, UNIT_ORG, k->org_id), .unit_name = unit_name_of(r, (enum unit_kind)k->of.unit_kind, k->of.unit_id),
                               .at = k->of.at };
}

static err pledge_works(struct req *r)
{
    struct pledge p;
    struct whole  w;
    TRY(pledge_get(r->db, r->arena, r->tenant, r->path[0], &p));
    TRY(whole_read(r, p.agreement_id, &w));
    if (!w.g.signed_at && !agreement_may_manage(r, &w))
        return FAIL(ERR_NOT_FOUND);
    TRY(whole_read_off(r, &w));
    const struct work *k = w.works.at;
    struct work_view  *at = ARENA_ARRAY(r->arena, w.works.len + 1, struct work_view);
    int64_t            scale = pledge_measure(p.unit).scale;
    size_t             n = 0;
    for (size_t i = w.works.len; i-- > 0 && n < 500;)
        if (k[i].pledge >= 0 && ((const struct pledge *)w.pledges.at)[k[i].pledge].id == p.id)
            at[n++] = work_view_of(r, &k[i], scale);
    return reply_list(r, work_fields, sizeof *at, (struct list){ at, n }, STR_NONE);
}

/* ---- an alliance: pledged against kept ---- */

struct line_view { int64_t pledge_id, agreement_id, org_id, quantity, given, times, over, kept; int rhythm, state; struct str org_name, title, unit, agreement_title; };
static const struct field line_fields[] = {
    FIELD_ID(struct line_view, pledge_id, REQUIRED, "Pledge"), FIELD_ID(struct line_view, agreement_id, REQUIRED, "Its agreement"),
    FIELD_STR(struct line_view, agreement_title, 0, 0, REQUIRED, "In a line"), FIELD_ID(struct line_view, org_id, REQUIRED, "Who promised"),
    FIELD_STR(struct line_view, org_name, 0, 0, REQUIRED, "Its name"), FIELD_STR(struct line_view, title, 0, 0, REQUIRED, "What"),
    FIELD_I64(struct line_view, quantity, 0, 0, REQUIRED, "How much, once or each time"), FIELD_STR(struct line_view, unit, 0, 0, 0, "Of what"),
    FIELD_WORD(struct line_view, rhythm, rhythm_words, REQUIRED, "How often"), FIELD_I64(struct line_view, given, 0, 0, REQUIRED, "Given so far"),
    FIELD_I64(struct line_view, times, 0, 0, REQUIRED, "Times in the term"), FIELD_I64(struct line_view, over, 0, 0, REQUIRED, "Of these over"),
    FIELD_I64(struct line_view, kept, 0, 0, REQUIRED, "Times kept"), FIELD_WORD(struct line_view, state, pledge_state_words, REQUIRED, "Where it stands"),
    FIELD_END
};
struct pledged_view { int64_t agreements, pledges, kept, late, open; struct list items; };
static const struct field pledged_fields[] = {
    FIELD_I64(struct pledged_view, agreements, 0, 0, REQUIRED, "Agreements made within it that are in force or have ended"),
    FIELD_I64(struct pledged_view, pledges, 0, 0, REQUIRED, "Pledges in them"), FIELD_I64(struct pledged_view, kept, 0, 0, REQUIRED, "Of these kept"),
    FIELD_I64(struct pledged_view, late, 0, 0, REQUIRED, "Late: a day or a time is over and it was not enough"),
    FIELD_I64(struct pledged_view, open, 0, 0, REQUIRED, "The rest"),
    FIELD_LIST(struct pledged_view, items, line_fields, struct line_view, 0, 0, REQUIRED, "Each pledge, late ones first"), FIELD_END
};

static int late_first(const void *x, const void *y)
{
    const struct line_view *a = x, *b = y;
    static const int        order[] = { 0, 1, 2, 0 };   /* late, open, kept */
    int                     d = order[a->state] - order[b->state];
    return d ? d : a->pledge_id < b->pledge_id ? -1 : 1;
}

static void add_lines(struct req *r, const struct whole *w, struct line_view *at, struct pledged_view *v)
{
    const struct pledge *p = w->pledges.at;
    for (size_t i = 0; i < w->pledges.len; i++) {
        const struct standing *s = &w->standings[i];
        v->kept += s->state == PLEDGE_KEPT;
        v->late += s->state == PLEDGE_LATE;
        v->open += s->state == PLEDGE_OPEN;
        at[v->items.len++] = (struct line_view){ p[i].id, w->g.id, p[i].org_id, p[i].quantity, s->given, s->times, s->over, s->kept, (int)p[i].rhythm,
                                                 s->state, unit_name_of(r, UNIT_ORG, p[i].org_id), p[i].title, p[i].unit, w->g.title };
    }
}

static err alliance_pledges(struct req *r)
{
    struct list         rows;
    struct pledged_view v = { 0 };
    struct whole       *wholes;
    size_t              n = 0;
    TRY(agreements_of_alliance(r->db, r->arena, r->tenant, r->path[0], &rows));
    wholes = ARENA_ARRAY(r->arena, rows.len + 1, struct whole);
    for (size_t i = 0; i < rows.len; i++) {
        TRY(whole_read(r, ((const struct agreement *)rows.at)[i].id, &wholes[i]));
        TRY(whole_read_off(r, &wholes[i]));
        n += wholes[i].pledges.len;
    }
    struct line_view *at = ARENA_ARRAY(r->arena, n + 1, struct line_view);
    for (size_t i = 0; i < rows.len; i++)
        add_lines(r, &wholes[i], at, &v);
    qsort(at, n, sizeof *at, late_first);
    v.agreements = (int64_t)rows.len;
    v.pledges = (int64_t)n;
    v.items.at = at;
    return reply_view(r, pledged_fields, &v, 0);
}

#define READ .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "agreement"

const struct route agreement_work_routes[] = {
    { GET, "/api/v1/pledges/:id/works", pledge_works, READ, .reply_kind = REPLY_LIST, .reply = work_fields,
      .summary = "The work that counts for a pledge, the newest first" },
    { GET, "/api/v1/alliances/:id/pledges", alliance_pledges, READ, .reply_kind = REPLY_VIEW, .reply = pledged_fields,
      .summary = "What was promised within an alliance, and what of it was kept" },
    ROUTE_END
};
