/* recount.c: cases from before the counters are counted; counters are rolled up anew when areas have moved; all is counted again when asked. */
#include <stdio.h>

#include "count.h"
#include "../audit/audit.h"
#include "../../base/id.h"

#define BATCH 280   /* cases of one write: others wait for some milliseconds at most, and a day's sums are written less often */

DB_SQL(insight_fill_read, "SELECT above, done, total FROM insight_fill WHERE tenant_id = $1")
DB_SQL(insight_fill_write, "UPDATE insight_fill SET above = $2, done = $3 WHERE tenant_id = $1")
DB_SQL(insight_fill_end, "DELETE FROM insight_fill WHERE tenant_id = $1")
DB_SQL(insight_tree_all, "SELECT area_id, parent_id FROM insight_tree WHERE tenant_id = $1")
DB_SQL(insight_tree_put, "INSERT INTO insight_tree (tenant_id, area_id, parent_id) VALUES ($1, $2, $3) "
                         "ON CONFLICT (tenant_id, area_id) DO UPDATE SET parent_id = excluded.parent_id")

/* ---- counting stories ---- */

/* What should be counted of a case, from its whole story. */
static void facts_of_story(struct facts *f, const struct case_story_kept *s, int zone)
{
    *f = (struct facts){ .case_id = s->now.id };
    for (size_t i = 0; i < s->n; i++)
        facts_step(f, &s->steps[i], zone);
    facts_now(f, &s->now, zone);
}

struct walk {
    struct job   *job;
    struct arena *arena;
    int64_t       above, done, total, differ;
    bool          filling, ended;
};

static err count_stories(struct db_conn *c, struct walk *w, struct list stories)
{
    const struct case_story_kept *s = stories.at;
    struct list                   stored;
    size_t                        k = 0;
    if (!stories.len)
        return OK;
    TRY(facts_between(c, w->arena, w->job->app->tenant, s[0].now.id, s[stories.len - 1].now.id, &stored));
    const struct facts *all = stored.at;
    for (size_t i = 0; i < stories.len; i++) {   /* both in order of their ids */
        struct facts is, none = { .case_id = s[i].now.id };
        while (k < stored.len && all[k].case_id < s[i].now.id)   /* of a case that somebody took out of the database by hand */
            k++;
        bool known = k < stored.len && all[k].case_id == s[i].now.id;
        facts_of_story(&is, &s[i], w->job->app->zone_minutes);
        w->differ += !facts_same(known ? &all[k] : &none, &is);
        TRY(facts_store(c, w->job->app, known ? &all[k] : &none, &is, true));
        k += known;
    }
    return OK;
}

static err read_fill(struct db_conn *c, int64_t tenant, struct walk *w, bool *found)
{
    struct db_rows rows;
    TRY(db_query(c, &insight_fill_read, DB_ARGS(I64(tenant)), &rows));
    *found = db_next(&rows);
    if (*found) {
        w->above = db_i64(&rows, 0);
        w->done = db_i64(&rows, 1);
        w->total = db_i64(&rows, 2);
    }
    return db_done(&rows);
}

/* Where a filling is stands in its row, written with the work: begun anew after a crash it goes on there. */
static err keep_place(struct db_conn *c, struct walk *w)
{
    int64_t tenant = w->job->app->tenant;
    if (!w->filling)
        return OK;
    return w->ended ? db_exec(c, &insight_fill_end, DB_ARGS(I64(tenant)), NULL)
                    : db_exec(c, &insight_fill_write, DB_ARGS(I64(tenant), I64(w->above), I64(w->done)), NULL);
}

static err walk_on(struct db_conn *c, void *arg)
{
    struct walk *w = arg;
    struct list  stories;
    bool         found = true;
    if (w->filling)
        TRY(read_fill(c, w->job->app->tenant, w, &found));
    w->ended = !found;
    if (w->ended)
        return OK;
    TRY(case_stories(c, w->arena, w->job->app->tenant, w->above, BATCH, &stories));
    TRY(count_stories(c, w, stories));
    w->ended = stories.len < BATCH;
    w->above = stories.len ? ((const struct case_story_kept *)stories.at)[stories.len - 1].now.id : w->above;
    w->done += (int64_t)stories.len;
    return keep_place(c, w);
}

static err walk_all(struct walk *w)
{
    err e = OK;
    w->arena = arena_new(0);
    while (!w->ended && !failed(e)) {
        arena_reset(w->arena);
        e = db_write(w->job->app->db, w->job->app->tenant, walk_on, w);
        if (!failed(e))
            e = job_progress(w->job, w->done, w->total > w->done ? w->total : w->done);
    }
    arena_free(w->arena);
    return e;
}

err insight_progress(struct db_conn *c, int64_t tenant, int64_t *done, int64_t *total)
{
    struct walk w = { 0 };
    bool        found;
    TRY(read_fill(c, tenant, &w, &found));
    *done = w.done;
    *total = w.total;
    if (found && w.done >= w.total)   /* the last batch is still to come */
        *done = w.total - 1;
    return OK;
}

/* ---- rolling up ---- */

struct rolling { struct app *app; struct arena *arena; struct sums *sums; const struct unit_snapshot *units; };

static err roll_case(void *arg, const struct facts *f)
{
    struct rolling *r = arg;
    struct share    shares[SHARES_MOST];
    size_t          n = facts_shares(f, 1, shares, 0);
    for (size_t i = 0; i < n; i++)
        sums_add(r->sums, r->units, &shares[i]);
    return OK;
}

static err roll_up(struct db_conn *c, struct rolling *r)
{
    r->sums = sums_new(r->arena, insight_hours_from(r->app));
    r->units = unit_hold(r->app);
    err e = facts_each(c, r->app->tenant, roll_case, r);
    unit_release(r->units);
    return e;
}

static err put_tree(struct db_conn *c, struct app *app, struct arena *a)
{
    const struct unit_snapshot *u = unit_hold(app);
    struct ids                  areas = unit_subtree(u, a, (struct unit_ref){ UNIT_AREA, unit_root(u) });
    err                         e = OK;
    for (size_t i = 0; i < areas.len && !failed(e); i++)
        e = db_exec(c, &insight_tree_put,
                    DB_ARGS(I64(app->tenant), I64(areas.at[i]), I64(unit_parent(u, (struct unit_ref){ UNIT_AREA, areas.at[i] }))), NULL);
    unit_release(u);
    return e;
}

static err replace_all(struct db_conn *c, struct rolling *r)
{
    struct count_row **rows;
    TRY(roll_up(c, r));
    TRY(counters_clear(c, r->app->tenant));
    size_t n = sums_rows(r->sums, &rows);
    TRY(counters_add(c, r->app->tenant, 0, rows, n));
    return put_tree(c, r->app, r->arena);
}

static err replace(struct db_conn *c, void *arg)
{
    struct rolling r = { .app = arg, .arena = arena_new(0) };
    err            e = replace_all(c, &r);
    arena_free(r.arena);
    return e;
}

static err ask_replace(struct db_conn *c, void *arg)
{
    db_before_commit(c, ORDER_REBUILD, replace, arg);
    return OK;
}

/* Whether an area that has been counted lies elsewhere now; new ones are only noted. */
struct tree { struct app *app; bool moved, fresh; };

static err look_at_tree(struct db_conn *c, void *arg)
{
    struct tree                *t = arg;
    const struct unit_snapshot *u = unit_hold(t->app);
    struct db_rows              rows;
    int64_t                     known = 0;
    struct arena               *a = arena_new(0);
    size_t                      areas = unit_subtree(u, a, (struct unit_ref){ UNIT_AREA, unit_root(u) }).len;
    arena_free(a);
    err e = db_query(c, &insight_tree_all, DB_ARGS(I64(t->app->tenant)), &rows);
    if (!failed(e)) {
        for (; db_next(&rows); known++)
            t->moved = t->moved || unit_parent(u, (struct unit_ref){ UNIT_AREA, db_i64(&rows, 0) }) != db_i64(&rows, 1);
        e = db_done(&rows);
    }
    unit_release(u);
    t->fresh = (int64_t)areas != known;
    return e;
}

static err note_tree(struct db_conn *c, void *arg)
{
    struct tree  *t = arg;
    struct arena *a = arena_new(0);
    err           e = put_tree(c, t->app, a);
    arena_free(a);
    return e;
}

err insight_mind_tree(struct app *app)
{
    struct tree t = { .app = app };
    TRY(db_read(app->db, look_at_tree, &t));
    if (t.moved)
        return db_write(app->db, app->tenant, ask_replace, app);
    return t.fresh ? db_write(app->db, app->tenant, note_tree, &t) : OK;
}

/* ---- tidying ---- */

int64_t insight_hours_from(const struct app *app)
{
    return day_at(clock_now(), app->zone_minutes) * DAY_HOURS;
}

static err tidy(struct db_conn *c, void *arg)
{
    struct app *app = arg;
    TRY(counters_join(c, app->tenant));
    return counters_forget(c, app->tenant, insight_hours_from(app));
}

/* ---- jobs ---- */

static err keep(struct job *j, struct str *result)
{
    struct walk w = { .job = j, .filling = true };
    TRY(walk_all(&w));
    TRY(insight_mind_tree(j->app));
    TRY(db_write(j->app->db, j->app->tenant, tidy, j->app));
    *result = str_fmt(j->arena, "{\"cases\":%lld}", (long long)w.done);
    return OK;
}

struct closing { struct walk *walk; struct job *job; };

static err tell_audit(struct db_conn *c, void *arg)
{
    const struct closing *k = arg;
    TRY(audit_write(c, k->job->arena, k->job->app->tenant, clock_now(), k->job->owner, "insight.recounted", "tenant", k->job->app->tenant,
                    str_fmt(k->job->arena, "{\"cases\":%lld,\"differed\":%lld}", (long long)k->walk->done, (long long)k->walk->differ)));
    return ask_replace(c, k->job->app);
}

static err recount(struct job *j, struct str *result)
{
    struct walk    w = { .job = j };
    struct closing k = { &w, j };
    TRY(walk_all(&w));
    TRY(db_write(j->app->db, j->app->tenant, tell_audit, &k));
    *result = str_fmt(j->arena, "{\"cases\":%lld,\"differed\":%lld}", (long long)w.done, (long long)w.differ);
    return OK;
}

const struct job_kind insight_keep_kind = { "insight.keep", keep };
const struct job_kind insight_recount_kind = { "insight.recount", recount };

/* ---- for the doctor ---- */

#define CHECK_EACH 50
#define CHECK_MOST (8192 * MS_DAY)   /* back to here, at twice the distance each time */

static err take_off(void *arg, const struct count_row *row)
{
    struct rolling *r = arg;
    sums_subtract(r->sums, row);
    return OK;
}

static err check_counters(struct app *app, struct db_conn *c, int64_t *differ)
{
    struct rolling     r = { .app = app, .arena = arena_new(0) };
    struct count_row **rows;
    err                e = roll_up(c, &r);
    if (!failed(e))
        e = counters_each(c, app->tenant, take_off, &r);
    *differ = failed(e) ? 0 : (int64_t)sums_rows(r.sums, &rows);
    arena_free(r.arena);
    return e;
}

struct checking { struct app *app; struct db_conn *conn; struct arena *arena; int64_t above; struct insight_checked *out; };

static err check_stories(struct checking *k, size_t most, size_t *n)
{
    struct list stories;
    TRY(case_stories(k->conn, k->arena, k->app->tenant, k->above, most, &stories));
    const struct case_story_kept *s = stories.at;
    for (size_t i = 0; i < stories.len; i++) {
        struct facts is, stored;
        facts_of_story(&is, &s[i], k->app->zone_minutes);
        TRY(facts_load(k->conn, k->app->tenant, s[i].now.id, &stored));
        if (!facts_known(&stored) && !k->out->complete)
            continue;
        k->out->looked++;
        k->out->cases += !facts_same(&is, &stored);
        k->out->torn += !s[i].whole;
        k->above = s[i].now.id;
    }
    *n = stories.len;
    return OK;
}

static err check_sample(struct checking *k)
{
    const ms now = clock_now();
    size_t   n;
    for (ms back = MS_DAY; back < CHECK_MOST; back *= 2) {
        arena_reset(k->arena);
        k->above = id_at(now - back);
        TRY(check_stories(k, CHECK_EACH, &n));
    }
    return OK;
}

static err check_all(struct checking *k)
{
    for (size_t n = BATCH; n == BATCH;) {
        arena_reset(k->arena);
        TRY(check_stories(k, BATCH, &n));
    }
    return OK;
}

err insight_check(struct app *app, struct db_conn *c, bool thorough, struct insight_checked *out)
{
    int64_t done, total;
    TRY(insight_progress(c, app->tenant, &done, &total));
    *out = (struct insight_checked){ .complete = done == total };
    TRY(check_counters(app, c, &out->counters));
    struct checking k = { .app = app, .conn = c, .arena = arena_new(0), .out = out };
    err             e = thorough ? check_all(&k) : check_sample(&k);
    arena_free(k.arena);
    return e;
}
