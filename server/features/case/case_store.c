/* case_store.c: what the case feature keeps in memory: one immutable snapshot of categories and rules, and the rates. */
#include <pthread.h>

#include "case_clock.h"
#include "case_find.h"
#include "case_suggest.h"
#include "case_matter.h"
#include "../file/file.h"
#include "../setting/setting.h"
#include "../../base/log.h"
#include "../../base/rate.h"

#define RATE_SLOTS 4096

struct case_store {
    pthread_mutex_t       lock;
    struct case_snapshot *now;
    struct arena         *arena;
    struct rate          *rates[RATE_COUNT];
    case_listener         listeners[4];
    case_keeper           keeper;
};

DB_SQL(case_categories,
       "SELECT c.id, c.pack_id, p.code, c.parent_id, c.kind, c.code, c.name_zh, c.name_en, c.leaf, c.common, c.severity, c.valid_from, "
       "c.valid_to, c.version FROM category c JOIN category_pack p ON p.tenant_id = c.tenant_id AND p.id = c.pack_id "
       "WHERE c.tenant_id = $1 ORDER BY c.id")
DB_SQL(case_rules,
       "SELECT id, number, area_id, category_id, org_id, automatic, note, valid_from, valid_to, version FROM routing_rule "
       "WHERE tenant_id = $1 ORDER BY id")

static const struct field category_row[] = {
    FIELD_ID(struct case_category, id, 0, ""),         FIELD_ID(struct case_category, pack_id, 0, ""),
    FIELD_STR(struct case_category, pack, 0, 0, 0, ""), FIELD_ID(struct case_category, parent_id, 0, ""),
    FIELD_STR(struct case_category, kind, 0, 0, 0, ""), FIELD_STR(struct case_category, code, 0, 0, 0, ""),
    FIELD_STR(struct case_category, name_zh, 0, 0, 0, ""), FIELD_STR(struct case_category, name_en, 0, 0, 0, ""),
    FIELD_I64(struct case_category, leaf, 0, 0, 0, ""), FIELD_I64(struct case_category, common, 0, 0, 0, ""),
    FIELD_I64(struct case_category, severity, 0, 0, 0, ""), FIELD_TIME(struct case_category, valid_from, 0, ""),
    FIELD_TIME(struct case_category, valid_to, 0, ""), FIELD_I64(struct case_category, version, 0, 0, 0, ""),
    FIELD_END
};

static const struct field rule_row[] = {
    FIELD_ID(struct case_rule, id, 0, ""),               FIELD_I64(struct case_rule, number, 0, 0, 0, ""),
    FIELD_ID(struct case_rule, area_id, 0, ""),          FIELD_ID(struct case_rule, category_id, 0, ""),
    FIELD_ID(struct case_rule, org_id, 0, ""),           FIELD_I64(struct case_rule, automatic, 0, 0, 0, ""),
    FIELD_STR(struct case_rule, note, 0, 0, 0, ""),      FIELD_TIME(struct case_rule, valid_from, 0, ""),
    FIELD_TIME(struct case_rule, valid_to, 0, ""),       FIELD_I64(struct case_rule, version, 0, 0, 0, ""),
    FIELD_END
};

/* ---- snapshot ---- */

struct reading {
    struct app           *app;
    struct case_snapshot *out;
};

static void routing_of(struct case_snapshot *s)
{
    struct routing_rule *r = ARENA_ARRAY(s->arena, s->rule_count, struct routing_rule);
    for (size_t i = 0; i < s->rule_count; i++)
        if (!s->rules[i].valid_to)
            r[s->routing_count++] = (struct routing_rule){ s->rules[i].id, s->rules[i].number, s->rules[i].area_id,
                                                           s->rules[i].category_id, s->rules[i].org_id, s->rules[i].automatic };
    routing_sort(r, s->routing_count);
    s->routing = r;
}

static err read_snapshot(struct db_conn *c, void *arg)
{
    struct reading       *in = arg;
    struct arena         *a = arena_new(64 * 1024);
    struct case_snapshot *s = ARENA_NEW(a, struct case_snapshot);
    struct list           categories = { 0 }, rules = { 0 };
    s->arena = a;
    err e = db_all(c, a, &case_categories, DB_ARGS(I64(in->app->tenant)), category_row, sizeof(struct case_category), 0, &categories);
    if (!failed(e))
        e = db_all(c, a, &case_rules, DB_ARGS(I64(in->app->tenant)), rule_row, sizeof(struct case_rule), 0, &rules);
    if (failed(e)) {
        arena_free(a);
        return e;
    }
    s->categories = categories.at;
    s->category_count = categories.len;
    s->rules = rules.at;
    s->rule_count = rules.len;
    routing_of(s);
    in->out = s;
    return OK;
}

const struct case_snapshot *case_hold(struct app *app)
{
    pthread_mutex_lock(&app->cases->lock);
    struct case_snapshot *s = app->cases->now;
    s->users++;
    pthread_mutex_unlock(&app->cases->lock);
    return s;
}

void case_release(struct app *app, const struct case_snapshot *s)
{
    struct case_snapshot *mine = (struct case_snapshot *)s;
    pthread_mutex_lock(&app->cases->lock);
    bool last = --mine->users == 0;
    pthread_mutex_unlock(&app->cases->lock);
    if (last)
        arena_free(mine->arena);
}

err case_reload(struct app *app)
{
    struct reading in = { app, NULL };
    TRY(db_read(app->db, read_snapshot, &in));
    in.out->users = 1;
    pthread_mutex_lock(&app->cases->lock);
    struct case_snapshot *before = app->cases->now;
    app->cases->now = in.out;
    pthread_mutex_unlock(&app->cases->lock);
    if (before)
        case_release(app, before);
    return OK;
}

void case_reload_now(void *arg)
{
    err e = case_reload(arg);
    if (failed(e))
        log_event(LOG_ERROR, "case_reload", "problem", err_slug(e.code), NULL);
}

void case_reload_after(struct req *r)
{
    db_tell(r->db, r->tenant, "case", case_reload_now, r->app);
}

/* ---- questions ---- */

const struct case_category *case_category_by_id(const struct case_snapshot *s, int64_t id)
{
    for (size_t from = 0, n = s->category_count; id && n;) {
        size_t                      half = n / 2;
        const struct case_category *m = &s->categories[from + half];
        if (m->id == id)
            return m;
        from = m->id < id ? from + half + 1 : from;
        n = m->id < id ? n - half - 1 : half;
    }
    return NULL;
}

const struct case_rule *case_rule_by_id(const struct case_snapshot *s, int64_t id)
{
    for (size_t i = 0; id && i < s->rule_count; i++)
        if (s->rules[i].id == id)
            return &s->rules[i];
    return NULL;
}

#define CHAIN_MOST 16   /* trees are not deeper; a damaged one must not loop */

struct chain case_category_chain(const struct case_snapshot *s, struct arena *a, int64_t id)
{
    int64_t     *at = ARENA_ARRAY(a, CHAIN_MOST, int64_t);
    struct chain out = { at, 0 };
    for (const struct case_category *c = case_category_by_id(s, id); c && out.len < CHAIN_MOST;
         c = case_category_by_id(s, c->parent_id))
        at[out.len++] = c->id;
    return out;
}

struct chain case_area_chain(const struct unit_snapshot *u, struct arena *a, int64_t area)
{
    int64_t     *at = ARENA_ARRAY(a, CHAIN_MOST, int64_t);
    struct chain out = { at, 0 };
    for (; area && out.len < CHAIN_MOST; area = unit_parent(u, (struct unit_ref){ UNIT_AREA, area }))
        at[out.len++] = area;
    return out;
}

struct ids case_category_subtree(const struct case_snapshot *s, struct arena *a, int64_t id)
{
    int64_t   *at = ARENA_ARRAY(a, s->category_count + 1, int64_t);
    struct ids out = { at, 0 };
    for (size_t i = 0; id && i < s->category_count; i++) {
        const struct case_category *c = &s->categories[i];
        for (int depth = 0; c && depth < CHAIN_MOST; c = case_category_by_id(s, c->parent_id), depth++)
            if (c->id == id) {
                at[out.len++] = s->categories[i].id;
                break;
            }
    }
    return out;
}

int64_t case_category_find(struct app *app, const char *pack, struct str kind, struct str code)
{
    const struct case_snapshot *s = case_hold(app);
    int64_t                     id = 0;
    for (size_t i = 0; i < s->category_count && !id; i++) {
        const struct case_category *c = &s->categories[i];
        if (!c->valid_to && str_is(c->pack, pack) && str_eq(c->kind, kind) && str_eq(c->code, code))
            id = c->id;
    }
    case_release(app, s);
    return id;
}

int64_t case_category_named(struct app *app, struct str name)
{
    const struct case_snapshot *s = case_hold(app);
    int64_t                     id = 0;
    bool                        several = false;
    for (size_t i = 0; i < s->category_count; i++) {
        const struct case_category *c = &s->categories[i];
        if (!c->leaf || c->valid_to || !(str_eq(c->name_zh, name) || str_eq(c->name_en, name)))
            continue;
        several = several || id;
        id = c->id;
    }
    case_release(app, s);
    return several ? 0 : id;
}

/* ---- rates and settings ---- */

err case_rate(struct req *r, enum case_rate what)
{
    static const char *const keys[RATE_COUNT] = { "case.anonymous_reports_per_hour", "case.track_per_hour", "case.track_per_hour",
                                                  "case.reports_before_work" };
    struct str who = what == RATE_FLOOD ? STR("all") : r->remote;
    if (rate_take(r->app->cases->rates[what], who, setting_i64(r->app, keys[what], r->now), clock_monotonic()))
        return OK;
    return FAIL(ERR_TOO_MANY);
}

bool case_calm(struct req *r)
{
    return !failed(case_rate(r, RATE_FLOOD));
}

/* ---- listeners ---- */

void case_listen(struct app *app, case_listener fn)
{
    for (size_t i = 0; i < sizeof app->cases->listeners / sizeof *app->cases->listeners; i++)
        if (!app->cases->listeners[i]) {
            app->cases->listeners[i] = fn;
            return;
        }
    log_event(LOG_ERROR, "case_listeners", "problem", "there is no room for another", NULL);
}

err case_tell_listeners(struct req *r, const struct case_row *row, const struct case_event *e)
{
    struct case_told t = {
        .id = row->id, .code = row->code, .title = case_title(r->arena, row->text), .action = (enum case_action)e->action, .from = (enum case_state)e->from_state,
        .state = (enum case_state)e->to_state, .outcome = (enum case_outcome)row->outcome, .category_id = row->category_id,
        .area_id = row->area_id, .org_id = row->org_id, .severity = row->severity, .reported_at = row->reported_at, .due_at = row->due_at,
        .internal = e->internal, .at = e->at, .account = e->account_id, .source = (enum case_source)row->source,
        .closed_at = row->closed_at, .reworks = row->reworks, .returns = row->returns, .reopens = row->reopens,
        .extensions = row->extensions, .tasks = row->tasks, .solved = row->solved, .stars = row->stars,
        .rated_by = (enum case_rated)row->rated_by, .contacted = (enum case_contacted)row->contacted,
        .call_back = (enum case_call)row->call_back, .appeal = (enum case_appeal)row->appeal, .appeals = row->appeals,
    };
    for (size_t i = 0; i < sizeof r->app->cases->listeners / sizeof *r->app->cases->listeners && r->app->cases->listeners[i]; i++)
        TRY(r->app->cases->listeners[i](r, &t));
    return OK;
}

void case_keep(struct app *app, case_keeper fn)
{
    app->cases->keeper = fn;
}

case_keeper case_keeper_of(const struct app *app)
{
    return app->cases ? app->cases->keeper : NULL;
}

/* ---- start and stop ---- */

err case_start(struct app *app)
{
    struct arena      *a = arena_new(256 * 1024);
    struct case_store *s = ARENA_NEW(a, struct case_store);
    s->arena = a;
    pthread_mutex_init(&s->lock, NULL);
    for (int i = 0; i < RATE_COUNT; i++)
        s->rates[i] = rate_new(a, RATE_SLOTS);
    app->cases = s;
    case_remind_start(app);
    search_source_set(app, &case_search_source);
    suggest_source_set(app, &case_suggest_source);
    search_group_add(app, &case_search_group);
    search_group_add(app, &category_search_group);
    file_guard_for(app, "case", case_file_guard);
    file_guard_for(app, "case_internal", case_file_guard_internal);
    unit_open_cases_set(app, case_open_at);
    unit_held_add(app, &case_rules_held);
    case_follow_start(app);
    case_public_start(app);
    return case_reload(app);
}

void case_stop(struct app *app)
{
    struct case_store *s = app->cases;
    if (!s)
        return;
    case_public_stop(app);
    if (s->now)
        case_release(app, s->now);
    for (int i = 0; i < RATE_COUNT; i++)
        rate_end(s->rates[i]);
    pthread_mutex_destroy(&s->lock);
    app->cases = NULL;
    arena_free(s->arena);
}
