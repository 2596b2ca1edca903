/* exchange_pass.c: the nightly pass. For every need that seeks something it keeps the organisations that could serve it best, and tells each of what is
 * new since the night before. Pages do not read what it keeps: they ask anew (exchange_match.c), which is quick enough. */
#include "exchange_inside.h"

#include <stdlib.h>
#include <time.h>

#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../job/job.h"
#include "../notify/notify.h"
#include "../../base/id.h"

enum { BATCH = 200, ORGS_MOST = 3, GOOD = 60, BEGINS_AT_HOUR = 2 };

DB_SQL(pass_needs, "SELECT " NEED_COLUMNS " FROM need n WHERE n.tenant_id = $1 AND n.id > $2 AND n.state IN (2, 3) ORDER BY n.id LIMIT 200")
DB_SQL(pass_kept, "SELECT need_id, org_id, resource_id, score FROM exchange_match WHERE tenant_id = $1 AND need_id > $2 AND need_id <= $3 ORDER BY need_id, org_id")
DB_SQL(pass_put, "INSERT INTO exchange_match (tenant_id, need_id, org_id, resource_id, score, found_at) VALUES ($1, $2, $3, $4, $5, $6) "
                 "ON CONFLICT (tenant_id, need_id, org_id) DO UPDATE SET resource_id = $4, score = $5")
DB_SQL(pass_drop, "DELETE FROM exchange_match WHERE tenant_id = $1 AND need_id = $2 AND org_id = $3")
DB_SQL(pass_last, "SELECT day FROM exchange_pass WHERE tenant_id = $1")
DB_SQL(pass_done, "INSERT INTO exchange_pass (tenant_id, day, done_at, needs, found) VALUES ($1, $2, $3, $4, $5) "
                  "ON CONFLICT (tenant_id) DO UPDATE SET day = $2, done_at = $3, needs = $4, found = $5")

/* ---- what is new for whom ---- */

/* Of one organisation: how many needs are new, and the first of them in words. */
struct news { int64_t org, need, count; struct str title; };

struct pass {
    struct job   *job;
    struct arena *arena, *whole; /* of a batch; of the pass */
    struct exchange_pool *pool;
    int64_t       last;         /* need behind which the next batch begins */
    bool          more;
    struct list   wanted, kept; /* struct match_pair, in order of needs and organisations: of the batch, and of the pass before */
    struct news  *news;
    size_t        news_count, news_room;
    int64_t       needs, found;
};

static void add_news(struct pass *p, const struct match_pair *m)
{
    size_t at = 0;
    while (at < p->news_count && p->news[at].org != m->org)
        at++;
    if (at == p->news_room) {
        struct news *more = ARENA_ARRAY(p->job->arena, 2 * p->news_room + 64, struct news);
        if (p->news_count)
            memcpy(more, p->news, p->news_count * sizeof *more);
        p->news = more;
        p->news_room = 2 * p->news_room + 64;
    }
    if (at == p->news_count)
        p->news[p->news_count++] = (struct news){ m->org, m->need, 0, str_copy(p->job->arena, m->title) };
    p->news[at].count++;
}

/* ---- a batch ---- */

static struct req req_of(const struct pass *p, struct db_conn *c)
{
    return (struct req){ .app = p->job->app, .arena = p->arena, .db = c, .tenant = p->job->app->tenant, .now = clock_now() };
}

static int by_need_and_org(const void *x, const void *y)
{
    const struct match_pair *a = x, *b = y;
    if (a->need != b->need)
        return a->need < b->need ? -1 : 1;
    return (a->org > b->org) - (a->org < b->org);
}

static err look_at_needs(struct pass *p, struct req *r, const struct list *needs)
{
    const struct need          *n = needs->at;
    struct match_pair          *at = ARENA_ARRAY(p->arena, needs->len * ORGS_MOST + 1, struct match_pair);
    const struct unit_snapshot *s = unit_hold(r->app);
    size_t                      count = 0;
    err                         e = OK;
    for (size_t i = 0; i < needs->len && !failed(e); i++) {
        size_t got = 0;
        e = match_best(r, s, p->pool, &n[i], GOOD, at + count, ORGS_MOST, &got);
        count += got;
    }
    unit_release(s);
    TRY(e);
    qsort(at, count, sizeof *at, by_need_and_org);
    p->wanted = (struct list){ at, count };
    return OK;
}

static err read_batch(struct db_conn *c, void *arg)
{
    static const struct field kept_map[] = { FIELD_ID(struct match_pair, need, 0, ""), FIELD_ID(struct match_pair, org, 0, ""),
                                             FIELD_ID(struct match_pair, resource, 0, ""), FIELD_I64(struct match_pair, score, 0, 0, 0, ""), FIELD_END };
    struct pass *p = arg;
    struct req   r = req_of(p, c);
    struct list  needs;
    int64_t      from = p->last;
    if (!p->pool)
        TRY(exchange_pool_read(&r, p->whole, &p->pool));
    TRY(db_all(c, p->arena, &pass_needs, DB_ARGS(I64(r.tenant), I64(from)), need_map, sizeof(struct need), BATCH, &needs));
    p->more = needs.len == BATCH;
    p->last = p->more ? ((const struct need *)needs.at)[needs.len - 1].id : INT64_MAX;
    p->needs += (int64_t)needs.len;
    TRY(look_at_needs(p, &r, &needs));
    return db_all(c, p->arena, &pass_kept, DB_ARGS(I64(r.tenant), I64(from), I64(p->last)), kept_map, sizeof(struct match_pair), 0, &p->kept);
}

/* Walks what is wanted and what is kept side by side. */
static err write_batch(struct db_conn *c, void *arg)
{
    struct pass             *p = arg;
    int64_t                  tenant = p->job->app->tenant;
    const struct match_pair *w = p->wanted.at, *k = p->kept.at;
    ms                       now = clock_now();
    for (size_t i = 0, j = 0; i < p->wanted.len || j < p->kept.len;) {
        int order = i == p->wanted.len ? 1 : j == p->kept.len ? -1 : by_need_and_org(&w[i], &k[j]);
        if (order > 0)
            TRY(db_exec(c, &pass_drop, DB_ARGS(I64(tenant), I64(k[j].need), I64(k[j].org)), NULL));
        else if (order < 0 || w[i].resource != k[j].resource || w[i].score != k[j].score)
            TRY(db_exec(c, &pass_put, DB_ARGS(I64(tenant), I64(w[i].need), I64(w[i].org), I64(w[i].resource), I64(w[i].score), TIME(now)), NULL));
        i += order <= 0;
        j += order >= 0;
    }
    return OK;
}

static bool differs(const struct pass *p)
{
    const struct match_pair *w = p->wanted.at, *k = p->kept.at;
    if (p->wanted.len != p->kept.len)
        return true;
    for (size_t i = 0; i < p->wanted.len; i++)
        if (by_need_and_org(&w[i], &k[i]) != 0 || w[i].resource != k[i].resource || w[i].score != k[i].score)
            return true;
    return false;
}

static void note_news(struct pass *p)
{
    const struct match_pair *w = p->wanted.at;
    for (size_t i = 0; i < p->wanted.len; i++)
        if (!p->kept.len || !bsearch(&w[i], p->kept.at, p->kept.len, sizeof *w, by_need_and_org))
            add_news(p, &w[i]);
    p->found += (int64_t)p->wanted.len;
}

/* ---- the whole ---- */

static err read_last(struct db_conn *c, void *arg)
{
    int64_t *day = arg;
    err      e = db_number(c, &pass_last, DB_ARGS(I64(day[1])), &day[0]);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

struct ending { struct pass *p; int64_t day; bool tell; };

static struct str words(struct arena *a, const struct news *n)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "title", n->title);
    jsonw_kv_i64(&j, "n", n->count);
    jsonw_close(&j);
    return buf_view(&b);
}

static err end_pass(struct db_conn *c, void *arg)
{
    struct ending *in = arg;
    struct pass   *p = in->p;
    struct req     r = req_of(p, c);
    for (size_t i = 0; in->tell && i < p->news_count; i++)
        TRY(notify_unit(&r, ORG_UNIT(p->news[i].org), PERM_OFFER_MANAGE, "need.could_serve", "need", p->news[i].need, words(p->arena, &p->news[i])));
    return db_exec(c, &pass_done, DB_ARGS(I64(r.tenant), I64(in->day), TIME(r.now), I64(p->needs), I64(p->found)), NULL);
}

static err walk(struct pass *p)
{
    while (p->more) {
        arena_reset(p->arena);
        TRY(db_read(p->job->app->db, read_batch, p));
        note_news(p);
        if (differs(p))
            TRY(db_write(p->job->app->db, p->job->app->tenant, write_batch, p));
        TRY(job_progress(p->job, p->needs, p->needs));
    }
    return OK;
}

/* What this thread has computed, without what others kept it waiting. */
static ms own_time(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (ms)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The first pass of a district tells nobody: everything would be new. */
static err run_pass(struct job *j, int64_t day, bool first, struct str *result)
{
    struct pass   p = { .job = j, .arena = arena_new(0), .whole = arena_new(0), .more = true };
    struct ending end = { &p, day, !first };
    ms            begun = clock_monotonic(), worked = own_time();
    err           e = walk(&p);
    if (!failed(e))
        e = db_write(j->app->db, j->app->tenant, end_pass, &end);
    arena_free(p.arena);
    arena_free(p.whole);
    TRY(e);
    *result = str_fmt(j->arena, "{\"needs\":%lld,\"found\":%lld,\"organisations\":%zu,\"ms\":%lld,\"own_ms\":%lld}", (long long)p.needs,
                      (long long)p.found, p.news_count, (long long)(clock_monotonic() - begun), (long long)(own_time() - worked));
    return OK;
}

static int64_t today(const struct app *app)
{
    return (clock_now() + (ms)app->zone_minutes * MS_MINUTE - BEGINS_AT_HOUR * MS_HOUR) / MS_DAY;
}

static err nightly(struct job *j, struct str *result)
{
    int64_t day[2] = { 0, j->app->tenant };
    TRY(db_read(j->app->db, read_last, day));
    if (day[0] != today(j->app))
        return run_pass(j, today(j->app), !day[0], result);
    *result = STR("{}");
    return OK;
}

static err at_once(struct job *j, struct str *result)
{
    int64_t day[2] = { 0, j->app->tenant };
    TRY(db_read(j->app->db, read_last, day));
    return run_pass(j, today(j->app), !day[0], result);
}

static const struct job_kind nightly_kind = { "exchange.nightly", nightly }, at_once_kind = { "exchange.pass", at_once };

void exchange_pass_start(struct app *app)
{
    job_every(app, &nightly_kind, MS_HOUR);
    job_register(app, &at_once_kind);
}

static err ask_for_pass(struct req *r)
{
    int64_t job = id_new();
    TRY(job_add(r, at_once_kind.name, job, STR("{}")));
    TRY(audit_record(r, "exchange.pass", "job", job, STR_NONE));
    return reply_accepted(r, job);
}

const struct route pass_routes[] = {
    { POST, "/api/v1/exchange/pass", ask_for_pass, .perm = PERM_SETTING_MANAGE, .scope = SCOPE_TENANT, .tx = TX_WRITE, .reply_kind = REPLY_JOB,
      .tag = "exchange", .summary = "Look for good matches of all needs now, as every night, and tell organisations of new ones (job)" },
    ROUTE_END
};
