#include "app.h"
#include "house.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

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
#include "features/resolution/resolution.h"
#include "features/saved/saved.h"
#include "features/open311/open311.h"
#include "features/search/search.h"
#include "features/service/service.h"
#include "features/suggest/suggest.h"
#include "features/setting/setting.h"
#include "features/unit/unit.h"

/* The one list of features, in the order in which they start. */
static const struct feature *const features[] = {
    &setting_feature, &audit_feature, &search_feature, &suggest_feature, &unit_feature, &account_feature, &file_feature, &notify_feature, &saved_feature, &clock_feature, &case_feature, &case_matter_feature, &category_feature, &rule_feature,
    &case_import_feature,
    &case_export_feature,
    &alliance_feature, &reorganise_feature, &letter_feature, &directory_feature, &exchange_feature, &service_feature, &service_order_feature, &agreement_feature, &project_feature, &resolution_feature,
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

static char *path_in(const struct config *c, const char *name)
{
    char *p = NULL;
    if (asprintf(&p, "%s/%s", c->data, name) < 0)
        abort();
    return p;
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

/* ---- one district ---- */

static struct app *app_new(const struct config *c, struct db *db)
{
    struct app *app = calloc(1, sizeof *app);
    if (!app)
        abort();
    app->db = db;
    app->data_dir = app->folder = path_in(c, "");
    app->folder[strlen(app->folder) - 1] = 0;
    app->spool = path_in(c, "spool");
    app->loopback_only = strcmp(c->address, "127.0.0.1") == 0 || strcmp(c->address, "::1") == 0;
    return app;
}

static err set_tenant(struct app *app, const struct config *c, const struct tenant *t)
{
    app->tenant = t->id;
    snprintf(app->tenant_name, sizeof app->tenant_name, "%.*s", STR_ARG(t->name));
    snprintf(app->time_zone, sizeof app->time_zone, "%.*s", STR_ARG(t->time_zone));
    app->demo = t->demo;
    app->zone_minutes = tenant_zone_minutes(t->time_zone, clock_now());
    if (t->id != TENANT_FIRST) {
        struct arena *a = arena_new(4096);
        free(app->folder);
        app->data_dir = app->folder = strdup(tenant_folder(a, c->data, t->id).ptr);
        arena_free(a);
    }
    return tenant_keys(c->data, t->id, false, &app->keys);
}

err app_open_tenant(const struct config *c, struct db *db, const struct tenant *t, bool work, struct app **out)
{
    struct app *app = app_new(c, db);
    app->shares_db = true;
    err e = set_tenant(app, c, t);
    if (!failed(e))
        e = start_features(app);
    if (!failed(e) && work)
        e = begin_work(app);
    if (failed(e))
        app_close(app);
    else
        *out = app;
    return e;
}

err app_open_db(const struct config *c, struct db **out)
{
    char *file = path_in(c, "linli.db");
    TRY(crypto_start());
    id_set_node((unsigned)c->node);
    err e = db_open(&(struct db_options){ .path = *c->db ? c->db : file }, out);
    free(file);
    return e;
}

static err find_tenant(struct app *app, const struct config *c, const char *named)
{
    struct arena *a = arena_new(4096);
    struct tenant t;
    err           e = tenant_find(app->db, a, named, &t);
    if (e.code == ERR_NOT_FOUND)
        log_event(LOG_ERROR, "no_tenant", "data", c->data, "named", named, "remedy", named ? "linli tenant list" : "linli init", NULL);
    if (!failed(e))
        e = set_tenant(app, c, &t);
    arena_free(a);
    return e;
}

static err open_all(struct app *app, const struct config *c, const char *named, enum app_depth depth)
{
    TRY(app_open_db(c, &app->db));
    if (depth == APP_DATABASE)
        return OK;
    TRY(db_schema_check(app->db));
    TRY(find_tenant(app, c, named));
    return start_features(app);
}

err app_open(const struct config *c, const char *named, enum app_depth depth, struct app **out)
{
    struct app *app = app_new(c, NULL);
    err         e = open_all(app, c, named, depth);
    if (failed(e)) {
        app_close(app);
        return e;
    }
    *out = app;
    return OK;
}

void app_close(struct app *app)
{
    if (app->db)
        db_wait_for_left(app->db);   /* it may still tell the features that it is done */
    for (size_t i = FEATURES; i-- > 0;)
        if (features[i]->stop)
            features[i]->stop(app);
    if (app->db && !app->shares_db)
        db_close(app->db);
    free(app->folder);
    free(app->spool);
    free(app);
}

const struct feature *const *app_features(size_t *count)
{
    *count = FEATURES;
    return features;
}

err app_init(const struct config *c, struct tenant_new *t)
{
    struct app *app = NULL;
    struct keys keys;
    int         applied;
    t->first = true;
    TRY(crypto_start());
    TRY(tenant_folder_make(c->data, TENANT_FIRST));
    TRY(tenant_keys(c->data, TENANT_FIRST, true, &keys));
    TRY(app_open(c, NULL, APP_DATABASE, &app));
    err e = db_migrate(app->db, &applied);
    if (!failed(e))
        e = db_write(app->db, app->tenant, tenant_insert_new, &(struct tenant_making){ c, t });
    app_close(app);
    return e;
}

/* ---- serving ---- */

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

static err serve(struct house *house, const struct config *c)
{
    char                *spool = path_in(c, "spool");
    char                 where[96];
    struct http         *http;
    struct http_hooks    hooks = { .identify = account_identify, .may = account_may, .idempotency_find = account_idempotency_find,
                                   .idempotency_store = account_idempotency_store, .enter = house_enter, .leave = house_leave, .house = house };
    struct http_options  o = { .address = c->address, .port = c->port, .spool = spool, .trust_proxy = c->trust_proxy,
                               .connections_most = c->connections, .metrics_token = *c->metrics_token ? c->metrics_token : NULL };
    house_secret(house, o.key);
    err e = http_start(&o, &hooks, NULL, house_db(house), 0, app_routes(), &http);
    if (!failed(e)) {
        snprintf(where, sizeof where, "http://%s:%d", c->address, http_port(http));
        log_event(LOG_INFO, "listening", "address", where, NULL);
        wait_for_stop();
        http_stop(http, STOP_GRACE);
    }
    free(spool);
    return e;
}

err app_serve(const struct config *c)
{
    struct house *house;
    arena_keep_memory();
    log_gather();
    err e = house_open(c, &house);
    if (!failed(e)) {
        e = serve(house, c);
        house_close(house);
    }
    log_gather_end();
    return e;
}
