/* count.c: each step of a case changes what is counted of it: its facts and marks at once, the counters once for all steps of a group, just
 * before their commit. */
#include "count.h"

#define FACT_COLUMNS                                                                                                                         \
    "case_id, org_id, area_id, category_id, holder_id, state, bits, turns, answers, reported_day, limit_day, dispatched_day, due_day, "      \
    "checked_day, ended_day, rated_day, called_day, whistled_day, appealed_day, limit_hour"

DB_SQL(insight_facts_of, "SELECT " FACT_COLUMNS " FROM insight_case WHERE tenant_id = $1 AND case_id = $2 ORDER BY org_id")
DB_SQL(insight_facts_all, "SELECT " FACT_COLUMNS " FROM insight_case WHERE tenant_id = $1 ORDER BY case_id, org_id")
DB_SQL(insight_facts_put,
       "INSERT INTO insight_case (tenant_id, " FACT_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
       "$16, $17, $18, $19, $20, $21) ON CONFLICT (tenant_id, case_id, org_id) DO UPDATE SET area_id = excluded.area_id, "
       "category_id = excluded.category_id, holder_id = excluded.holder_id, state = excluded.state, bits = excluded.bits, "
       "turns = excluded.turns, answers = excluded.answers, reported_day = excluded.reported_day, limit_day = excluded.limit_day, "
       "dispatched_day = excluded.dispatched_day, due_day = excluded.due_day, checked_day = excluded.checked_day, "
       "ended_day = excluded.ended_day, rated_day = excluded.rated_day, called_day = excluded.called_day, "
       "whistled_day = excluded.whistled_day, appealed_day = excluded.appealed_day, limit_hour = excluded.limit_hour")
DB_SQL(insight_facts_cut, "DELETE FROM insight_case WHERE tenant_id = $1 AND case_id = $2 AND org_id = $3")
DB_SQL(insight_mark_put,
       "INSERT INTO insight_mark (tenant_id, kind, day, case_id, org_id, area_id, category_id, bits) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
       "ON CONFLICT (tenant_id, kind, day, case_id, org_id) DO UPDATE SET area_id = excluded.area_id, category_id = excluded.category_id, "
       "bits = excluded.bits")
DB_SQL(insight_mark_cut, "DELETE FROM insight_mark WHERE tenant_id = $1 AND kind = $2 AND day = $3 AND case_id = $4 AND org_id = $5")

/* ---- facts ---- */

static void read_case(struct db_rows *r, struct facts *f)
{
    *f = (struct facts){ .case_id = db_i64(r, 0), .area = db_i64(r, 2), .category = db_i64(r, 3), .holder = db_i64(r, 4), .state = db_i64(r, 5),
                         .bits = db_i64(r, 6), .dispatches = db_i64(r, 7), .answers = db_i64(r, 8), .reported = db_i64(r, 9),
                         .limit = db_i64(r, 10) * DAY_HOURS + db_i64(r, 19), .dispatched = db_i64(r, 11), .due = db_i64(r, 12), .checked = db_i64(r, 13),
                         .ended = db_i64(r, 14), .rated = db_i64(r, 15), .called = db_i64(r, 16), .whistled = db_i64(r, 17),
                         .appealed = db_i64(r, 18) };
}

static void read_fact(struct db_rows *r, struct facts *f)
{
    if (db_i64(r, 1) == 0)
        read_case(r, f);
    else if (f->turn_count < TURNS_MOST)
        f->turns[f->turn_count++] = (struct turn){ db_i64(r, 1), db_i64(r, 11), db_i64(r, 6) };
}

err facts_load(struct db_conn *c, int64_t tenant, int64_t case_id, struct facts *out)
{
    struct db_rows rows;
    *out = (struct facts){ .case_id = case_id };
    TRY(db_query(c, &insight_facts_of, DB_ARGS(I64(tenant), I64(case_id)), &rows));
    while (db_next(&rows))
        read_fact(&rows, out);
    return db_done(&rows);
}

static err stop_at(struct db_rows *rows, err e)
{
    err ended = db_done(rows);
    return failed(ended) ? ended : e;
}

err facts_each(struct db_conn *c, int64_t tenant, err (*fn)(void *arg, const struct facts *f), void *arg)
{
    struct db_rows rows;
    struct facts   f = { 0 };
    TRY(db_query(c, &insight_facts_all, DB_ARGS(I64(tenant)), &rows));
    while (db_next(&rows)) {
        err e = f.case_id && db_i64(&rows, 0) != f.case_id ? fn(arg, &f) : OK;
        if (failed(e))
            return stop_at(&rows, e);
        read_fact(&rows, &f);
    }
    TRY(db_done(&rows));
    return f.case_id ? fn(arg, &f) : OK;
}

static err put_fact(struct db_conn *c, int64_t tenant, const struct facts *f)
{
    return db_send(c, &insight_facts_put,
                   DB_ARGS(I64(tenant), I64(f->case_id), I64(0), I64(f->area), I64(f->category), I64(f->holder), I64(f->state), I64(f->bits),
                           I64(f->dispatches), I64(f->answers), I64(f->reported), I64(f->limit / DAY_HOURS), I64(f->dispatched),
                           I64(f->due), I64(f->checked), I64(f->ended), I64(f->rated), I64(f->called), I64(f->whistled), I64(f->appealed),
                           I64(f->limit % DAY_HOURS)));
}

static err put_turn(struct db_conn *c, int64_t tenant, int64_t case_id, const struct turn *t)
{
    return db_send(c, &insight_facts_put,
                   DB_ARGS(I64(tenant), I64(case_id), I64(t->org), I64(0), I64(0), I64(0), I64(0), I64(t->bits), I64(0), I64(0), I64(0), I64(0),
                           I64(t->day), I64(0), I64(0), I64(0), I64(0), I64(0), I64(0), I64(0), I64(0)));
}

static const struct turn *turn_in(const struct facts *f, int64_t org)
{
    for (size_t i = 0; i < f->turn_count; i++)
        if (f->turns[i].org == org)
            return &f->turns[i];
    return NULL;
}

static err put_facts(struct db_conn *c, int64_t tenant, const struct facts *was, const struct facts *is)
{
    TRY(put_fact(c, tenant, is));
    for (size_t i = 0; i < is->turn_count; i++) {
        const struct turn *t = &is->turns[i], *old = turn_in(was, t->org);
        if (!old || old->day != t->day || old->bits != t->bits)
            TRY(put_turn(c, tenant, is->case_id, t));
    }
    for (size_t i = 0; i < was->turn_count; i++)   /* only a recount finds one that never was */
        if (!turn_in(is, was->turns[i].org))
            TRY(db_send(c, &insight_facts_cut, DB_ARGS(I64(tenant), I64(is->case_id), I64(was->turns[i].org))));
    return OK;
}

/* ---- marks ---- */

static bool same_place(const struct mark *x, const struct mark *y)
{
    return x->kind == y->kind && x->day == y->day && x->org == y->org;
}

static const struct mark *mark_in(const struct mark *all, size_t n, const struct mark *like)
{
    for (size_t i = 0; i < n; i++)
        if (same_place(&all[i], like))
            return &all[i];
    return NULL;
}

static err put_marks(struct db_conn *c, int64_t tenant, const struct facts *was, const struct facts *is)
{
    struct mark old[MARKS_MOST], new[MARKS_MOST];
    size_t      before = facts_marks(was, old), after = facts_marks(is, new);
    for (size_t i = 0; i < before; i++)
        if (!mark_in(new, after, &old[i]))
            TRY(db_send(c, &insight_mark_cut, DB_ARGS(I64(tenant), I64(old[i].kind), I64(old[i].day), I64(is->case_id), I64(old[i].org))));
    for (size_t i = 0; i < after; i++) {
        const struct mark *m = &new[i], *o = mark_in(old, before, m);
        if (!o || o->area != m->area || o->category != m->category || o->bits != m->bits)
            TRY(db_send(c, &insight_mark_put,
                        DB_ARGS(I64(tenant), I64(m->kind), I64(m->day), I64(is->case_id), I64(m->org), I64(m->area), I64(m->category), I64(m->bits))));
    }
    return OK;
}

/* ---- counters: gathered, and written once for the group ---- */

/* Lives in the group's arena, as long as the group. */
struct gathered {
    struct insight_state *state;
    struct app           *app;
    struct gathered      *next;
    size_t                n;
    struct share          shares[];
};

/* Those of a district in the transaction that is about to be committed, gone with it however it ends. */
struct all_gathered { struct gathered *first, *last; };

static struct all_gathered *all_of(struct db_conn *c, struct insight_state *s)
{
    return db_group_value(c, s, sizeof(struct all_gathered));
}

static err gather(struct db_conn *c, void *arg)
{
    struct gathered     *g = arg;
    struct all_gathered *all = all_of(c, g->state);
    g->next = NULL;
    if (all->first)
        all->last->next = g;
    else
        all->first = g;
    all->last = g;
    return OK;
}

static err write_rows(struct db_conn *c, struct app *app, const struct gathered *first)
{
    struct insight_state       *s = first->state;
    struct count_row          **rows;
    const struct unit_snapshot *u = unit_hold(app);
    struct sums                *sums = sums_new(s->arena, insight_hours_from(app));
    for (const struct gathered *g = first; g; g = g->next)
        for (size_t i = 0; i < g->n; i++)
            sums_add(sums, u, &g->shares[i]);
    unit_release(u);
    size_t n = sums_rows(sums, &rows);
    return counters_add(c, app->tenant, rows, n);
}

/* The first one called writes what all have gathered; the others find nothing left. */
static err flush(struct db_conn *c, void *arg)
{
    const struct gathered *g = arg;
    struct all_gathered   *all = all_of(c, g->state);
    const struct gathered *first = all->first;
    if (!first)
        return OK;
    all->first = NULL;
    arena_reset(g->state->arena);
    return write_rows(c, g->app, first);
}

static bool same_share(const struct share *x, const struct share *y)
{
    return x->area == y->area && x->category == y->category && x->org == y->org && x->day == y->day && x->hour == y->hour && x->counter == y->counter;
}

/* What was taken back and added again falls out. */
static size_t net(struct share *all, size_t n)
{
    size_t out = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < out && !same_share(&all[k], &all[i]))
            k++;
        if (k < out)
            all[k].n += all[i].n;
        else
            all[out++] = all[i];
    }
    n = 0;
    for (size_t i = 0; i < out; i++)
        if (all[i].n)
            all[n++] = all[i];
    return n;
}

static void count_difference(struct db_conn *c, struct app *app, const struct facts *was, const struct facts *is)
{
    struct share shares[SHARES_MOST];
    size_t       n = facts_shares(was, -1, shares, 0);
    n = net(shares, facts_shares(is, 1, shares, n));
    if (!n)
        return;
    struct gathered *g = arena_alloc(db_group_arena(c), sizeof *g + n * sizeof *shares);
    *g = (struct gathered){ .state = app->insight, .app = app, .n = n };
    for (size_t i = 0; i < n; i++)
        g->shares[i] = shares[i];
    db_before_commit(c, ORDER_GATHER, gather, g);
    db_before_commit(c, ORDER_FLUSH, flush, g);
}

err facts_store(struct db_conn *c, struct app *app, const struct facts *was, const struct facts *is)
{
    if (facts_same(was, is))
        return OK;
    TRY(put_facts(c, app->tenant, was, is));
    TRY(put_marks(c, app->tenant, was, is));
    count_difference(c, app, was, is);
    return OK;
}

/* ---- a step ---- */

static bool begins(const struct case_kept_step *steps, size_t n)
{
    return n && steps[0].action == ACT_REPORT;
}

/* A case from before the counters is left to the job that counts it whole. */
err insight_on_case(struct db_conn *c, struct app *app, const struct case_kept *now, const struct case_kept_step *steps, size_t n)
{
    struct facts was = { .case_id = now->id }, is;
    if (!begins(steps, n)) {
        TRY(facts_load(c, app->tenant, now->id, &was));
        if (!facts_known(&was))
            return OK;
    }
    is = was;
    for (size_t i = 0; i < n; i++)
        facts_step(&is, &steps[i], app->zone_minutes);
    facts_now(&is, now, app->zone_minutes);
    return facts_store(c, app, &was, &is);
}
