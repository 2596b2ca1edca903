/* The keeper: one thread of this feature. It writes down, a few times a minute and all at once, when sessions and tokens were last used, so
 * that reading never becomes writing; and once an hour it removes what is past its time. */
#include "inside.h"

#include <errno.h>
#include <time.h>

#include "../../base/id.h"
#include "../../base/log.h"
#include "../setting/setting.h"

#define FLUSH_EVERY   (15 * MS_SECOND)
#define RELOAD_EVERY  MS_MINUTE
#define SWEEP_EVERY   MS_HOUR
#define SWEEP_ROWS    500            /* removed in one write, so that others need not wait */
#define THROTTLE_KEPT MS_DAY

void keeper_touch(struct account_state *s, int64_t id, bool token, ms at)
{
    bool known = false;
    pthread_mutex_lock(&s->mutex);
    for (size_t i = s->touch_count; i-- > 0 && !known;)
        known = s->touches[i].id == id;
    if (!known && s->touch_count < TOUCHES)
        s->touches[s->touch_count++] = (struct touch){ id, at, token };
    if (s->touch_count == TOUCHES)
        pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->mutex);
}

/* ---- writing uses down ---- */

DB_SQL(session_touch, "UPDATE session SET used_at = $3 WHERE tenant_id = $1 AND id = $2 AND used_at < $3")
DB_SQL(token_touch, "UPDATE api_token SET used_at = $3 WHERE tenant_id = $1 AND id = $2 AND (used_at IS NULL OR used_at < $3)")

struct flush { int64_t tenant; const struct touch *at; size_t len; };

static err write_touches(struct db_conn *c, void *arg)
{
    const struct flush *f = arg;
    for (size_t i = 0; i < f->len; i++)
        TRY(db_exec(c, f->at[i].token ? &token_touch : &session_touch, DB_ARGS(I64(f->tenant), I64(f->at[i].id), I64(f->at[i].at)), NULL));
    return OK;
}

static void flush(struct account_state *s, struct arena *a)
{
    struct flush f = { .tenant = s->app->tenant };
    pthread_mutex_lock(&s->mutex);
    f.len = s->touch_count;
    f.at = (const struct touch *)(const void *)arena_copy(a, s->touches, f.len * sizeof *f.at);
    s->touch_count = 0;
    pthread_mutex_unlock(&s->mutex);
    if (f.len && failed(db_write_freely(s->app->db, s->app->tenant, write_touches, &f)))
        log_event(LOG_WARN, "session_touch", "problem", "uses were not noted", NULL);
}

/* ---- removing what is past its time ---- */

/* The id before which at most SWEEP_ROWS old rows lie; then those go. Ids are ordered by time. */
DB_SQL(idempotency_edge, "SELECT id FROM idempotency WHERE tenant_id = $1 AND id < $2 ORDER BY id LIMIT 1 OFFSET $3")
DB_SQL(idempotency_remove, "DELETE FROM idempotency WHERE tenant_id = $1 AND id < $2")
DB_SQL(session_edge, "SELECT id FROM session WHERE tenant_id = $1 AND id < $2 ORDER BY id LIMIT 1 OFFSET $3")
DB_SQL(session_remove, "DELETE FROM session WHERE tenant_id = $1 AND id < $2")
DB_SQL(throttle_remove, "DELETE FROM throttle WHERE tenant_id = $1 AND last_at < $2")

struct sweep {
    struct app *app;
    ms          now;
    bool        more;
};

/* *until: where this round ends; true when more is left behind it. */
static err edge(struct db_conn *c, const struct db_sql *sql, int64_t tenant, int64_t before, int64_t *until, bool *more)
{
    err e = db_number(c, sql, DB_ARGS(I64(tenant), I64(before), I64(SWEEP_ROWS)), until);
    if (e.code == ERR_NOT_FOUND) {
        *until = before;
        return OK;
    }
    *more = true;
    return e;
}

static err sweep_idempotency(struct db_conn *c, void *arg)
{
    struct sweep *w = arg;
    int64_t       until, before = id_at(w->now - setting_i64(w->app, "retention.idempotency_days", w->now) * MS_DAY);
    TRY(edge(c, &idempotency_edge, w->app->tenant, before, &until, &w->more));
    return db_exec(c, &idempotency_remove, DB_ARGS(I64(w->app->tenant), I64(until)), NULL);
}

static err sweep_sessions(struct db_conn *c, void *arg)
{
    struct sweep *w = arg;
    ms            kept = setting_i64(w->app, "retention.session_days", w->now) * MS_DAY;
    ms            longest = setting_i64(w->app, "account.session_hours", w->now) * MS_HOUR;
    int64_t       until, before = id_at(w->now - kept - longest);
    TRY(edge(c, &session_edge, w->app->tenant, before, &until, &w->more));
    return db_exec(c, &session_remove, DB_ARGS(I64(w->app->tenant), I64(until)), NULL);
}

static err sweep_throttle(struct db_conn *c, void *arg)
{
    struct sweep *w = arg;
    return db_exec(c, &throttle_remove, DB_ARGS(I64(w->app->tenant), I64(w->now - THROTTLE_KEPT)), NULL);
}

static bool stopping(struct account_state *s)
{
    pthread_mutex_lock(&s->mutex);
    bool yes = s->stopping;
    pthread_mutex_unlock(&s->mutex);
    return yes;
}

void keeper_sweep(struct account_state *s)
{
    static const db_work works[] = { sweep_idempotency, sweep_sessions, sweep_throttle };
    for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
        struct sweep w = { .app = s->app, .now = clock_now(), .more = true };
        while (w.more && !stopping(s)) {
            w.more = false;
            if (failed(db_write(s->app->db, s->app->tenant, works[i], &w)))
                return;
        }
    }
}

/* ---- the thread ---- */

/* Sleeps until the next flush, or until woken; false: stop. */
static bool rest(struct account_state *s)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += FLUSH_EVERY / MS_SECOND;
    pthread_mutex_lock(&s->mutex);
    int  waited = 0;
    while (!s->stopping && s->touch_count < TOUCHES && waited != ETIMEDOUT)
        waited = pthread_cond_timedwait(&s->wake, &s->mutex, &until);
    bool go_on = !s->stopping;
    pthread_mutex_unlock(&s->mutex);
    return go_on;
}

static void *keeper_main(void *arg)
{
    struct account_state *s = arg;
    struct arena         *a = arena_new(0);
    ms                    reloaded = clock_monotonic(), swept = reloaded - SWEEP_EVERY + MS_MINUTE;
    while (rest(s)) {
        flush(s, a);
        arena_reset(a);
        if (clock_monotonic() - reloaded >= RELOAD_EVERY) {
            reloaded = clock_monotonic();
            if (failed(setting_reload(s->app)))
                log_event(LOG_WARN, "setting_reload", "problem", "settings of another process were not read", NULL);
        }
        if (clock_monotonic() - swept >= SWEEP_EVERY) {
            swept = clock_monotonic();
            keeper_sweep(s);
        }
    }
    flush(s, a);
    arena_free(a);
    return NULL;
}

err keeper_start(struct account_state *s)
{
    s->keeping = pthread_create(&s->keeper, NULL, keeper_main, s) == 0;
    return s->keeping ? OK : FAIL(ERR_INTERNAL);
}

void keeper_stop(struct account_state *s)
{
    if (!s->keeping)
        return;
    pthread_mutex_lock(&s->mutex);
    s->stopping = true;
    pthread_cond_broadcast(&s->wake);
    pthread_mutex_unlock(&s->mutex);
    pthread_join(s->keeper, NULL);
}
