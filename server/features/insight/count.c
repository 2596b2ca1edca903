/* count.c: each step of a case changes what is counted of it: its facts at once, the counters once for all steps of a group, just before their
 * commit. */
#include "count.h"

#define FACT_COLUMNS                                                                                                                         \
    "case_id, area_id, category_id, holder_id, state, bits, turns, answers, reported_day, limit_hour, dispatched_day, due_day, checked_day, " \
    "ended_day, rated_day, called_day, whistled_day, appealed_day, first_org_id, first_bits"
/* A row for each organisation it was dispatched to after the first; one without when there was none. */
#define FACTS                                                                                                                                \
    "SELECT f.case_id, f.area_id, f.category_id, f.holder_id, f.state, f.bits, f.turns, f.answers, f.reported_day, f.limit_hour, "           \
    "f.dispatched_day, f.due_day, f.checked_day, f.ended_day, f.rated_day, f.called_day, f.whistled_day, f.appealed_day, f.first_org_id, "    \
    "f.first_bits, t.org_id, t.day, t.bits FROM insight_fact f "                                                                             \
    "LEFT JOIN insight_turn t ON t.tenant_id = f.tenant_id AND t.case_id = f.case_id "

DB_SQL(insight_facts_of, FACTS "WHERE f.tenant_id = $1 AND f.case_id = $2 ORDER BY t.org_id")
/* The range is said of both: a planner that does not know how short it is would else look each turn up. */
DB_SQL(insight_facts_from, FACTS "AND t.case_id >= $2 AND t.case_id <= $3 WHERE f.tenant_id = $1 AND f.case_id >= $2 AND f.case_id <= $3 "
                                 "ORDER BY f.case_id, t.org_id")
DB_SQL(insight_facts_all, FACTS "WHERE f.tenant_id = $1 ORDER BY f.case_id, t.org_id")
DB_SQL(insight_facts_new,
       "INSERT INTO insight_fact (tenant_id, " FACT_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
       "$16, $17, $18, $19, $20, $21)")
DB_SQL(insight_facts_change,
       "UPDATE insight_fact SET area_id = $3, category_id = $4, holder_id = $5, state = $6, bits = $7, turns = $8, answers = $9, "
       "reported_day = $10, limit_hour = $11, dispatched_day = $12, due_day = $13, checked_day = $14, ended_day = $15, rated_day = $16, "
       "called_day = $17, whistled_day = $18, appealed_day = $19, first_org_id = $20, first_bits = $21 WHERE tenant_id = $1 AND case_id = $2")
DB_SQL(insight_turn_put,
       "INSERT INTO insight_turn (tenant_id, case_id, org_id, day, bits) VALUES ($1, $2, $3, $4, $5) "
       "ON CONFLICT (tenant_id, case_id, org_id) DO UPDATE SET day = excluded.day, bits = excluded.bits")
DB_SQL(insight_turn_cut, "DELETE FROM insight_turn WHERE tenant_id = $1 AND case_id = $2 AND org_id = $3")

/* ---- facts ---- */

enum { AT_FIRST = 18, AT_TURN = 20 };   /* where the columns of the first turn begin, and those of a further one */

/* The first turn is told by what is known of its case anyway, and by two columns only where it differs from that: nearly every case has this one alone. */
static struct turn first_turn(struct db_rows *r, const struct facts *f)
{
    int64_t org = db_i64(r, AT_FIRST), bits = db_i64(r, AT_FIRST + 1);
    return (struct turn){ org ? org : f->holder, f->dispatched, bits ? bits : f->bits & TURN_BITS };
}

static void read_case(struct db_rows *r, struct facts *f)
{
    *f = (struct facts){ .case_id = db_i64(r, 0), .area = db_i64(r, 1), .category = db_i64(r, 2), .holder = db_i64(r, 3), .state = db_i64(r, 4),
                         .bits = db_i64(r, 5), .dispatches = db_i64(r, 6), .answers = db_i64(r, 7), .reported = db_i64(r, 8),
                         .limit = db_i64(r, 9), .dispatched = db_i64(r, 10), .due = db_i64(r, 11), .checked = db_i64(r, 12),
                         .ended = db_i64(r, 13), .rated = db_i64(r, 14), .called = db_i64(r, 15), .whistled = db_i64(r, 16),
                         .appealed = db_i64(r, 17) };
    if (f->bits & FACT_FIRST)
        f->turns[f->turn_count++] = first_turn(r, f);
}

/* The first row of a case has all that is the case's own. */
static void read_fact(struct db_rows *r, struct facts *f)
{
    if (db_i64(r, 0) != f->case_id || !facts_known(f))
        read_case(r, f);
    if (db_i64(r, AT_TURN) && f->turn_count < TURNS_MOST)
        f->turns[f->turn_count++] = (struct turn){ db_i64(r, AT_TURN), db_i64(r, AT_TURN + 1), db_i64(r, AT_TURN + 2) };
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

static err each(struct db_rows *rows, err (*fn)(void *arg, const struct facts *f), void *arg)
{
    struct facts f = { 0 };
    while (db_next(rows)) {
        err e = f.case_id && db_i64(rows, 0) != f.case_id ? fn(arg, &f) : OK;
        if (failed(e))
            return stop_at(rows, e);
        read_fact(rows, &f);
    }
    TRY(db_done(rows));
    return f.case_id ? fn(arg, &f) : OK;
}

err facts_each(struct db_conn *c, int64_t tenant, err (*fn)(void *arg, const struct facts *f), void *arg)
{
    struct db_rows rows;
    TRY(db_query(c, &insight_facts_all, DB_ARGS(I64(tenant)), &rows));
    return each(&rows, fn, arg);
}

struct kept { struct arena *arena; struct list *out; size_t room; };

static err keep(void *arg, const struct facts *f)
{
    struct kept *k = arg;
    if (k->out->len == k->room) {
        struct facts *more = ARENA_ARRAY(k->arena, k->room * 2, struct facts);
        memcpy(more, k->out->at, k->room * sizeof *more);
        *k = (struct kept){ k->arena, k->out, k->room * 2 };
        k->out->at = more;
    }
    ((struct facts *)k->out->at)[k->out->len++] = *f;
    return OK;
}

err facts_between(struct db_conn *c, struct arena *a, int64_t tenant, int64_t first, int64_t last, struct list *out)
{
    struct kept    k = { a, out, 256 };
    struct db_rows rows;
    *out = (struct list){ ARENA_ARRAY(a, k.room, struct facts), 0 };
    TRY(db_query(c, &insight_facts_from, DB_ARGS(I64(tenant), I64(first), I64(last)), &rows));
    return each(&rows, keep, &k);
}

static err put_fact(struct db_conn *c, int64_t tenant, const struct facts *f, bool known)
{
    const struct turn *first = &f->turns[0];   /* all nought where there is none */
    return db_send(c, known ? &insight_facts_change : &insight_facts_new,
                   DB_ARGS(I64(tenant), I64(f->case_id), REF(f->area), REF(f->category), REF(f->holder), I64(f->state), I64(f->bits),
                           I64(f->dispatches), I64(f->answers), I64(f->reported), REF(f->limit), REF(f->dispatched), REF(f->due),
                           REF(f->checked), REF(f->ended), REF(f->rated), REF(f->called), REF(f->whistled), REF(f->appealed),
                           REF(first->org == f->holder ? 0 : first->org), REF(first->bits == (f->bits & TURN_BITS) ? 0 : first->bits)));
}

static const struct turn *further_turn(const struct facts *f, int64_t org)
{
    for (size_t i = 1; i < f->turn_count; i++)
        if (f->turns[i].org == org)
            return &f->turns[i];
    return NULL;
}

static err put_facts(struct db_conn *c, int64_t tenant, const struct facts *was, const struct facts *is)
{
    TRY(put_fact(c, tenant, is, facts_known(was)));
    for (size_t i = 1; i < is->turn_count; i++) {
        const struct turn *t = &is->turns[i], *old = further_turn(was, t->org);
        if (!old || old->day != t->day || old->bits != t->bits)
            TRY(db_send(c, &insight_turn_put, DB_ARGS(I64(tenant), I64(is->case_id), I64(t->org), I64(t->day), I64(t->bits))));
    }
    for (size_t i = 1; i < was->turn_count; i++)   /* only a recount finds one that never was */
        if (!further_turn(is, was->turns[i].org))
            TRY(db_send(c, &insight_turn_cut, DB_ARGS(I64(tenant), I64(is->case_id), I64(was->turns[i].org))));
    return OK;
}

/* ---- counters: gathered, and written once for the group ---- */

/* Lives in the group's arena, as long as the group. */
struct gathered {
    struct insight_state *state;
    struct app           *app;
    struct gathered      *next;
    bool                  late;   /* of a recount or a filling */
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

/* PostgreSQL leaves the old row beside the new one, and while anybody still looks at an old moment (a backup takes minutes) whoever looks for a row passes all
 * that lie there since. So a new row is begun every so often: a part of the same sum. insight.keep joins them. What is counted late begins none: its rows are
 * nearly all of days gone by, which no report waits for, and so many that their parts would leave a table of twice the size. */
#define GROUPS_A_PART 256

static int64_t next_part(const struct db_conn *c, struct insight_state *s)
{
    if (!s->groups_a_part)
        s->groups_a_part = db_is_postgres(c) ? GROUPS_A_PART : INT64_MAX;
    return s->groups++ / s->groups_a_part;
}

static err write_rows(struct db_conn *c, struct app *app, const struct gathered *first)
{
    struct insight_state       *s = first->state;
    struct count_row          **rows;
    const struct unit_snapshot *u = unit_hold(app);
    struct sums                *sums = sums_new(s->arena, insight_hours_from(app));
    bool                        late = false;
    for (const struct gathered *g = first; g; g = g->next) {
        late = late || g->late;
        for (size_t i = 0; i < g->n; i++)
            sums_add(sums, u, &g->shares[i]);
    }
    unit_release(u);
    size_t n = sums_rows(sums, &rows);
    return counters_add(c, app->tenant, late ? 0 : next_part(c, s), rows, n);
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

static void count_difference(struct db_conn *c, struct app *app, const struct facts *was, const struct facts *is, bool late)
{
    struct share shares[SHARES_MOST];
    size_t       n = facts_shares(was, -1, shares, 0);
    n = net(shares, facts_shares(is, 1, shares, n));
    if (!n)
        return;
    struct gathered *g = arena_alloc(db_group_arena(c), sizeof *g + n * sizeof *shares);
    *g = (struct gathered){ .state = app->insight, .app = app, .late = late, .n = n };
    for (size_t i = 0; i < n; i++)
        g->shares[i] = shares[i];
    db_before_commit(c, ORDER_GATHER, gather, g);
    db_before_commit(c, ORDER_FLUSH, flush, g);
}

err facts_store(struct db_conn *c, struct app *app, const struct facts *was, const struct facts *is, bool late)
{
    if (facts_same(was, is))
        return OK;
    TRY(put_facts(c, app->tenant, was, is));
    count_difference(c, app, was, is, late);
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
    return facts_store(c, app, &was, &is, false);
}
