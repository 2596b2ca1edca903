#include "app.h"
#include "app_watch.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "base/id.h"
#include "base/log.h"
#include "features/account/account.h"
#include "features/agreement/agreement.h"
#include "features/alliance/alliance.h"
#include "features/audit/audit.h"
#include "features/case/case.h"
#include "features/case/export/export.h"
#include "features/case/import/import.h"
#include "features/clock/clock.h"
#include "features/deliver/deliver.h"
#include "features/directory/directory.h"
#include "features/exchange/exchange.h"
#include "features/feed/feed.h"
#include "features/file/file.h"
#include "features/hook/hook.h"
#include "features/insight/insight.h"
#include "features/job/job.h"
#include "features/mail/mail.h"
#include "features/letter/letter.h"
#include "features/notify/notify.h"
#include "features/phone/phone.h"
#include "features/project/project.h"
#include "features/reorganise/reorganise.h"
#include "features/saved/saved.h"
#include "features/open311/open311.h"
#include "features/search/search.h"
#include "features/suggest/suggest.h"
#include "features/setting/setting.h"
#include "features/unit/unit.h"

/* The one list of features, in the order in which they start. */
static const struct feature *const features[] = {
    &setting_feature, &audit_feature, &search_feature, &suggest_feature, &unit_feature, &account_feature, &file_feature, &notify_feature, &saved_feature, &clock_feature, &case_feature, &case_matter_feature, &category_feature, &rule_feature,
    &case_import_feature,
    &case_export_feature,
    &alliance_feature, &reorganise_feature, &letter_feature, &directory_feature, &exchange_feature, &agreement_feature, &project_feature,
    &open311_feature, &deliver_feature, &hook_feature,
    &mail_feature, &phone_feature, &feed_feature,
    &insight_feature,
    &job_feature,   /* last: its workers use all the others, so they begin after them and end before them */
};
#define FEATURES (sizeof features / sizeof *features)

#define STOP_GRACE (10 * MS_SECOND)

const struct route *const *app_routes(void)
{
    static const struct route *tables[FEATURES * 9 + 1];
    size_t                     n = 0;
    for (size_t i = 0; i < FEATURES; i++) {
        if (features[i]->routes)
            tables[n++] = features[i]->routes;
        for (size_t more = 0; more < 8 && features[i]->more_routes[more]; more++)
            tables[n++] = features[i]->more_routes[more];
    }
    return tables;
}

DB_SQL(tenant_find, "SELECT tenant_id, name, time_zone, demo FROM tenant ORDER BY tenant_id LIMIT 1")
DB_SQL(tenant_insert, "INSERT INTO tenant (tenant_id, code, name, time_zone, demo, created_at) VALUES ($1, $2, $3, $4, $5, $6)")

static char *path_in(const struct config *c, const char *name)
{
    char *p = NULL;
    if (asprintf(&p, "%s/%s", c->data, name) < 0)
        abort();
    return p;
}

/* Minutes east of UTC now, in an IANA zone. */
static int zone_minutes(const char *zone)
{
    time_t    now = time(NULL);
    struct tm local;
    setenv("TZ", zone, 1);
    tzset();
    localtime_r(&now, &local);
    return (int)(local.tm_gmtoff / 60);
}

static err read_tenant(struct db_conn *c, void *arg)
{
    struct app    *app = arg;
    struct db_rows rows;
    TRY(db_query(c, &tenant_find, DB_ARGS(NUL), &rows));
    if (db_next(&rows)) {
        app->tenant = db_i64(&rows, 0);
        snprintf(app->tenant_name, sizeof app->tenant_name, "%.*s", STR_ARG(db_text(&rows, 1)));
        snprintf(app->time_zone, sizeof app->time_zone, "%.*s", STR_ARG(db_text(&rows, 2)));
        app->demo = db_bool(&rows, 3);
    }
    return db_done(&rows);
}

static err load_tenant(struct app *app)
{
    TRY(db_read(app->db, read_tenant, app));
    if (!app->tenant) {
        log_event(LOG_ERROR, "no_tenant", "data", app->data_dir, "remedy", "linli init", NULL);
        return FAIL(ERR_NOT_FOUND);
    }
    app->zone_minutes = zone_minutes(app->time_zone);
    return OK;
}

static err make_folders(const struct config *c)
{
    static const char *const names[] = { ".", "files", "spool", "jobs" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *p = path_in(c, names[i]);
        int   bad = mkdir(i ? p : c->data, 0700) != 0 && errno != EEXIST;
        if (bad)
            log_event(LOG_ERROR, "folder", "path", p, "problem", strerror(errno), NULL);
        free(p);
        if (bad)
            return FAIL(ERR_INTERNAL);
    }
    return OK;
}

static err open_store(struct app *app, const struct config *c, bool create)
{
    char *keys = path_in(c, "keys"), *file = path_in(c, "linli.db");
    err   e = crypto_keys(keys, create, &app->keys);
    if (!failed(e))
        e = db_open(&(struct db_options){ .path = *c->db ? c->db : file }, &app->db);
    free(keys);
    free(file);
    return e;
}

static err feature_fault(const struct feature *f, err e)
{
    if (failed(e))
        log_event(LOG_ERROR, "feature", "name", f->name, "problem", err_slug(e.code), NULL);
    return e;
}

static err start_features(struct app *app)
{
    for (size_t i = 0; i < FEATURES; i++)
        if (features[i]->start)
            TRY(feature_fault(features[i], features[i]->start(app)));
    return OK;
}

static err begin_work(struct app *app)
{
    for (size_t i = 0; i < FEATURES; i++)
        if (features[i]->work)
            TRY(feature_fault(features[i], features[i]->work(app)));
    return OK;
}

static err open_all(struct app *app, const struct config *c, enum app_depth depth, bool create)
{
    if (create)
        TRY(make_folders(c));
    TRY(open_store(app, c, create));
    if (depth == APP_DATABASE)
        return OK;
    TRY(db_schema_check(app->db));
    TRY(load_tenant(app));
    return start_features(app);
}

err app_open(const struct config *c, enum app_depth depth, bool create, struct app **out)
{
    TRY(crypto_start());
    struct app *app = calloc(1, sizeof *app);
    if (!app)
        abort();
    app->data_dir = c->data;
    app->loopback_only = strcmp(c->address, "127.0.0.1") == 0 || strcmp(c->address, "::1") == 0;
    id_set_node((unsigned)c->node);
    err e = open_all(app, c, depth, create);
    if (failed(e)) {
        app_close(app);
        return e;
    }
    *out = app;
    return OK;
}

void app_close(struct app *app)
{
    for (size_t i = FEATURES; i-- > 0;)
        if (features[i]->stop)
            features[i]->stop(app);
    if (app->db)
        db_close(app->db);
    free(app);
}

/* The root of the areas: a grant there holds in the whole district. A demonstration draws its own. */
static err insert_root(struct db_conn *c, struct arena *a, const struct tenant_new *t)
{
    struct unit_area_new root = { .kind = "district", .name = str_of(t->name) };
    int64_t              id;
    return t->demo ? OK : unit_area_add(c, a, 1, &root, clock_now(), &id);
}

static err insert_tenant(struct db_conn *c, void *arg)
{
    const struct tenant_new *t = arg;
    TRY(db_exec(c, &tenant_insert,
                DB_ARGS(I64(1), TEXT(str_of(t->code)), TEXT(str_of(t->name)), TEXT(str_of(t->time_zone)), BOOL(t->demo),
                        I64(clock_now())),
                NULL));
    TRY(account_roles_install(c, 1));
    TRY(unit_posts_install(c, 1));
    struct arena *a = arena_new(0);
    err           e = case_packs_install(c, a, 1, clock_now());
    if (!failed(e))
        e = clock_install(c, a, 1, clock_now());
    if (!failed(e))
        e = insert_root(c, a, t);
    arena_free(a);
    return e;
}

err app_init(const struct config *c, const struct tenant_new *t)
{
    struct app *app = NULL;
    int         applied;
    TRY(app_open(c, APP_DATABASE, true, &app));
    err e = db_migrate(app->db, &applied);
    if (!failed(e))
        e = db_write(app->db, insert_tenant, (void *)(uintptr_t)t);
    app_close(app);
    return e;
}

static const struct http_hooks hooks = {
    .identify = account_identify,
    .may = account_may,
    .idempotency_find = account_idempotency_find,
    .idempotency_store = account_idempotency_store,
};

static void wait_for_stop(void)
{
    sigset_t set;
    int      got;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigwait(&set, &got);
    log_event(LOG_INFO, "stopping", "signal", got == SIGINT ? "INT" : "TERM", NULL);
}

err app_serve(struct app *app, const struct config *c)
{
    struct app_watch *watch;
    TRY(begin_work(app));
    TRY(app_watch_begin(app, features, FEATURES, &watch));
    char               *spool = path_in(c, "spool");
    char                where[96];
    struct http        *http;
    struct http_options o = { .address = c->address, .port = c->port, .spool = spool, .trust_proxy = c->trust_proxy,
                              .threads_most = c->connections, .metrics_token = *c->metrics_token ? c->metrics_token : NULL };
    memcpy(o.key, app->keys.cursor, sizeof o.key);
    err e = http_start(&o, &hooks, app, app->db, app->tenant, app_routes(), &http);
    if (!failed(e)) {
        snprintf(where, sizeof where, "http://%s:%d", c->address, http_port(http));
        log_event(LOG_INFO, "listening", "address", where, NULL);
        wait_for_stop();
        http_stop(http, STOP_GRACE);
    }
    app_watch_end(watch);
    free(spool);
    return e;
}
