/* subscription.c: who is told of steps: rows, the same in memory, and what a delivery becomes when it is sent. */
#include <jansson.h>
#include <pthread.h>

#include "hook_parts.h"
#include "../audit/audit.h"
#include "../setting/setting.h"
#include "../unit/unit.h"
#include "../../base/form.h"
#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../../base/log.h"

#define SUBSCRIPTIONS_MOST 200

#define COLUMNS "id, name, format, target_shown, events, area_id, org_id, category_id, titles, english, created_at, closed_at, version"
DB_SQL(subscription_all, "SELECT " COLUMNS " FROM hook_subscription WHERE tenant_id = $1 ORDER BY id DESC")
DB_SQL(subscription_by_id, "SELECT " COLUMNS " FROM hook_subscription WHERE tenant_id = $1 AND id = $2")
DB_SQL(subscription_sealed, "SELECT format, target_enc, secret_enc FROM hook_subscription WHERE tenant_id = $1 AND id = $2 AND closed_at IS NULL")
DB_SQL(subscription_insert,
       "INSERT INTO hook_subscription (tenant_id, id, name, format, target_enc, target_shown, secret_enc, events, area_id, org_id, "
       "category_id, titles, english, created_at, created_by, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)")
DB_SQL(subscription_change,
       "UPDATE hook_subscription SET name = $4, target_enc = COALESCE($5, target_enc), target_shown = $6, secret_enc = COALESCE($7, secret_enc), "
       "events = $8, area_id = $9, org_id = $10, category_id = $11, titles = $12, english = $13, version = version + 1 "
       "WHERE tenant_id = $1 AND id = $2 AND version = $3 AND closed_at IS NULL")
DB_SQL(subscription_close,
       "UPDATE hook_subscription SET closed_at = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND closed_at IS NULL")

struct subscription {
    int64_t     id;
    struct str  name;
    int         format;
    struct str  target_shown;
    struct strs events;
    int64_t     area, org, category;
    bool        titles, english;
    ms          created_at, closed_at;
    int64_t     version;
    struct str  secret;
};
#define SUBSCRIPTION_FIELDS                                                                                          \
    FIELD_ID(struct subscription, id, REQUIRED, "Id"),                                                               \
    FIELD_STR(struct subscription, name, 0, 0, REQUIRED, "What it is for"),                                          \
    FIELD_WORD(struct subscription, format, hook_format_words, REQUIRED, "json: signed; or a robot's"),              \
    FIELD_STR(struct subscription, target_shown, 0, 0, REQUIRED, "Where it goes, without what is secret of it"),     \
    FIELD_STRS(struct subscription, events, 0, 0, REQUIRED, "Actions that are told; empty: all"),                    \
    FIELD_ID(struct subscription, area, 0, "In this area and below it"),                                             \
    FIELD_ID(struct subscription, org, 0, "With this organisation or one below it"),                                 \
    FIELD_ID(struct subscription, category, 0, "Of this category or one below it"),                                  \
    FIELD_BOOL(struct subscription, titles, REQUIRED, "First words of the case are told too"),                       \
    FIELD_BOOL(struct subscription, english, REQUIRED, "Robots speak English"),                                      \
    FIELD_TIME(struct subscription, created_at, REQUIRED, "When made"),                                              \
    FIELD_TIME(struct subscription, closed_at, 0, "When ended"),                                                     \
    FIELD_I64(struct subscription, version, 0, 0, REQUIRED, "Version, for If-Match")
static const struct field subscription_fields[] = { SUBSCRIPTION_FIELDS, FIELD_END };
static const struct field subscription_made_fields[] = {
    SUBSCRIPTION_FIELDS,
    FIELD_STR(struct subscription, secret, 0, 0, SECRET, "Of signed JSON: what it is signed with, shown this once"),
    FIELD_END
};

static struct strs names_of(struct arena *a, struct str text)
{
    struct str *at = ARENA_ARRAY(a, ACT_COUNT, struct str);
    size_t      n = 0;
    while (text.ptr && n < ACT_COUNT) {
        struct str one = str_cut(&text, ',');
        if (one.len)
            at[n++] = str_copy(a, one);
    }
    return (struct strs){ at, n };
}

static struct subscription read_row(struct arena *a, struct db_rows *rows)
{
    return (struct subscription){ .id = db_i64(rows, 0), .name = str_copy(a, db_text(rows, 1)), .format = (int)db_i64(rows, 2),
                                  .target_shown = str_copy(a, db_text(rows, 3)), .events = names_of(a, db_text(rows, 4)), .area = db_i64(rows, 5),
                                  .org = db_i64(rows, 6), .category = db_i64(rows, 7), .titles = db_bool(rows, 8), .english = db_bool(rows, 9),
                                  .created_at = db_i64(rows, 10), .closed_at = db_i64(rows, 11), .version = db_i64(rows, 12) };
}

static err read_all(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out)
{
    struct subscription *at = ARENA_ARRAY(a, SUBSCRIPTIONS_MOST, struct subscription);
    struct db_rows       rows;
    *out = (struct list){ at, 0 };
    TRY(db_query(c, &subscription_all, DB_ARGS(I64(tenant)), &rows));
    while (out->len < SUBSCRIPTIONS_MOST && db_next(&rows))
        at[out->len++] = read_row(a, &rows);
    return db_done(&rows);
}

static err load(struct req *r, int64_t id, struct subscription *out)
{
    struct db_rows rows;
    TRY(db_query(r->db, &subscription_by_id, DB_ARGS(I64(r->tenant), I64(id)), &rows));
    bool found = db_next(&rows);
    if (found)
        *out = read_row(r->arena, &rows);
    TRY(db_done(&rows));
    return found ? OK : FAIL(ERR_NOT_FOUND);
}

/* ---- in memory: most steps concern no subscription, and that must cost nothing ---- */

struct subscriptions { struct arena *arena; struct list all; int users; };

struct reading { struct app *app; struct subscriptions *out; };

static err read_memory(struct db_conn *c, void *arg)
{
    struct reading *in = arg;
    struct arena   *a = arena_new(0);
    in->out = ARENA_NEW(a, struct subscriptions);
    in->out->arena = a;
    in->out->users = 1;
    return read_all(c, a, in->app->tenant, &in->out->all);
}

static struct subscriptions *hold(struct app *app)
{
    pthread_mutex_lock(&app->hook->lock);
    struct subscriptions *s = app->hook->now;
    s->users++;
    pthread_mutex_unlock(&app->hook->lock);
    return s;
}

static void release(struct app *app, struct subscriptions *s)
{
    pthread_mutex_lock(&app->hook->lock);
    bool last = --s->users == 0;
    pthread_mutex_unlock(&app->hook->lock);
    if (last)
        arena_free(s->arena);
}

err hook_load(struct app *app)
{
    struct reading in = { app, NULL };
    TRY(db_read(app->db, read_memory, &in));
    pthread_mutex_lock(&app->hook->lock);
    struct subscriptions *before = app->hook->now;
    app->hook->now = in.out;
    pthread_mutex_unlock(&app->hook->lock);
    if (before)
        release(app, before);
    return OK;
}

void hook_unload(struct app *app)
{
    if (app->hook->now)
        release(app, app->hook->now);
    app->hook->now = NULL;
}

void hook_reload(void *arg)
{
    err e = hook_load(arg);
    if (failed(e))
        log_event(LOG_ERROR, "hook_reload", "problem", err_slug(e.code), NULL);
}

/* ---- a step happens ---- */

static bool wants_event(const struct subscription *s, enum case_action action)
{
    for (size_t i = 0; i < s->events.len; i++)
        if (str_is(s->events.at[i], case_action_words[action]))
            return true;
    return s->events.len == 0;
}

static bool suits(struct req *r, const struct unit_snapshot *u, const struct subscription *s, const struct case_told *t)
{
    struct unit_ref area = { UNIT_AREA, t->area_id }, org = { UNIT_ORG, t->org_id };
    if (s->closed_at || !wants_event(s, t->action))
        return false;
    if (s->area && !unit_within(u, area, (struct unit_ref){ UNIT_AREA, s->area }))
        return false;
    if (s->org && !(t->org_id && unit_within(u, org, (struct unit_ref){ UNIT_ORG, s->org })))
        return false;
    return !s->category || case_category_within(r->app, t->category_id, s->category);
}

/* Never closer than the grid, for others as for the public. */
static void blur(const struct unit_snapshot *u, struct case_told *t)
{
    int64_t grid = unit_above_of_kind(u, t->area_id, "grid");
    t->area_id = grid ? grid : t->area_id;
}

static struct hook_step step_of(struct req *r, const struct unit_snapshot *u, const struct case_told *t, bool title)
{
    struct hook_step s = { .told = *t, .title = title, .at = r->now, .zone_minutes = r->app->zone_minutes };
    struct list      kinds = { NULL, 0 };
    blur(u, &s.told);
    s.area = unit_name_copy(r->arena, u, UNIT_AREA, s.told.area_id);
    s.org = unit_name_copy(r->arena, u, UNIT_ORG, t->org_id);
    s.site = setting_text(r->app, r->arena, "site.url", r->now);
    if (t->category_id)
        case_kinds(r->app, r->arena, t->category_id, &kinds);
    if (kinds.len) {
        s.category_zh = ((const struct case_kind *)kinds.at)->name_zh;
        s.category_en = ((const struct case_kind *)kinds.at)->name_en;
    }
    return s;
}

static err tell(struct req *r, const struct unit_snapshot *u, const struct subscription *s, const struct case_told *t)
{
    struct hook_step step = step_of(r, u, t, s->titles);
    struct str       body = hook_body(r->arena, (enum hook_format)s->format, s->english, &step);
    return deliver_put(r->db, r->app, "webhook", s->id, str_fmt(r->arena, "case.%s", case_action_words[t->action]), t->id, body, r->now, NULL);
}

/* Comments for staff alone are no step of the case for others. */
err hook_on_step(struct req *r, const struct case_told *t)
{
    if (t->internal)
        return OK;
    struct subscriptions       *all = hold(r->app);
    const struct subscription  *at = all->all.at;
    const struct unit_snapshot *u = unit_hold(r->app);
    err                         e = OK;
    for (size_t i = 0; i < all->all.len && !failed(e); i++)
        if (suits(r, u, &at[i], t))
            e = tell(r, u, &at[i], t);
    unit_release(u);
    release(r->app, all);
    return e;
}

/* ---- a delivery is sent ---- */

static const char **json_headers(struct arena *a, const struct delivery *d, struct str secret, ms now)
{
    const char **h = ARENA_ARRAY(a, 6, const char *);
    struct str   id = str_fmt(a, "msg_%lld", (long long)d->id), at = str_fmt(a, "%lld", (long long)(now / MS_SECOND));
    h[0] = "Content-Type: application/json";
    if (!secret.len)
        return h;
    h[1] = str_fmt(a, "webhook-id: %s", id.ptr).ptr;
    h[2] = str_fmt(a, "webhook-timestamp: %s", at.ptr).ptr;
    h[3] = str_fmt(a, "webhook-signature: %s", sign_v1(a, secret, id, at, d->body).ptr).ptr;
    return h;
}

static struct str dingtalk_url(struct arena *a, struct str url, struct str secret, ms now)
{
    if (!secret.len)
        return url;
    return str_fmt(a, "%.*s%ctimestamp=%lld&sign=%s", STR_ARG(url), str_find(url, '?') < 0 ? '?' : '&', (long long)now,
                   form_encode(a, sign_dingtalk(a, secret, now)).ptr);
}

static err unseal(struct db_conn *c, struct arena *a, struct app *app, int64_t id, int *format, struct str *url, struct str *secret)
{
    struct db_rows rows;
    bool           good = false;
    *secret = STR_NONE;
    TRY(db_query(c, &subscription_sealed, DB_ARGS(I64(app->tenant), I64(id)), &rows));
    if (db_next(&rows)) {
        struct str target = str_copy(a, db_blob(&rows, 1)), sealed = str_copy(a, db_blob(&rows, 2));
        *format = (int)db_i64(&rows, 0);
        good = crypto_open(a, app->keys.seal, SEAL_TARGET, target, url);
        good = good && (!sealed.ptr || crypto_open(a, app->keys.seal, SEAL_SECRET, sealed, secret));
    }
    TRY(db_done(&rows));
    return good ? OK : FAIL(ERR_NOT_FOUND);
}

static err prepare(struct db_conn *c, struct arena *a, struct app *app, const struct delivery *d, ms now, struct parcel *out)
{
    int        format;
    struct str url, secret;
    TRY(unseal(c, a, app, d->target_id, &format, &url, &secret));
    *out = (struct parcel){ .body = d->body, .inside = setting_bool(app, "deliver.private_targets", now) };
    if (format == FORMAT_DINGTALK)
        url = dingtalk_url(a, url, secret, now);
    if (format == FORMAT_FEISHU && secret.len)
        out->body = hook_feishu_signed(a, d->body, secret, now);
    out->headers = json_headers(a, d, format == FORMAT_JSON ? secret : STR_NONE, now);
    out->url = str_z(a, url);
    return OK;
}

/* A robot's refusal: {"errcode":310000,…} of WeCom and DingTalk, {"code":19021,…} of Feishu. */
static void judge(struct arena *a, const struct delivery *d, struct parcel *p)
{
    json_t *all = json_loadb(p->reply.ptr, p->reply.len, 0, NULL);
    json_t *code = json_object_get(all, "errcode");
    (void)a;
    if (str_starts(d->body, "{\"msg")) {   /* ours are robots' messages exactly then */
        code = code ? code : json_object_get(all, "code");
        if (!json_is_integer(code) || json_integer_value(code) != 0)
            p->problem = "the robot refused it";
        if (json_is_integer(code) && json_integer_value(code) != 0)
            p->answer = (long)json_integer_value(code);
    }
    json_decref(all);
}

const struct deliver_channel hook_channel = { "webhook", prepare, judge };

/* ---- an area becomes part of another ---- */

DB_SQL(subscription_at_area, "SELECT id, id, 0, name, name, name, created_at, closed_at FROM hook_subscription WHERE tenant_id = $1 AND area_id = $2 "
                             "AND (closed_at IS NULL OR closed_at > $3) ORDER BY id")
DB_SQL(subscription_to_area, "UPDATE hook_subscription SET area_id = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2")

static err at_area(struct db_conn *c, struct arena *a, int64_t tenant, int64_t area, ms at, struct list *out)
{
    return db_all(c, a, &subscription_at_area, DB_ARGS(I64(tenant), I64(area), TIME(at)), unit_held_map, sizeof(struct unit_held), 0, out);
}

static err to_area(struct db_conn *c, struct arena *a, struct app *app, int64_t id, int64_t to, int64_t by, ms now)
{
    TRY(db_exec(c, &subscription_to_area, DB_ARGS(I64(app->tenant), I64(id), I64(to)), NULL));
    db_tell(c, app->tenant, "hook", hook_reload, app);
    return audit_write(c, a, app->tenant, now, by, "webhook.area", "webhook", id, str_fmt(a, "{\"area\":\"%lld\"}", (long long)to));
}

const struct unit_held_kind subscriptions_held = { .word = "webhook", .list = at_area, .move = to_area, .moves = "webhooks_move" };

/* ---- managing ---- */

struct subscription_body { struct str name, url, secret; int format; struct strs events; int64_t area, org, category; bool titles, english; };
#define BODY_FIELDS(needed)                                                                                                                \
    FIELD_STR(struct subscription_body, name, 1, 80, REQUIRED, "What it is for"),                                                          \
    { .name = "url", .kind = KIND_STR, .offset = offsetof(struct subscription_body, url), .min = 1, .max = 500, .flags = SECRET | needed,   \
      .doc = "Where it goes; https, of a public address" },                                                                                \
    { .name = "secret", .kind = KIND_STR, .offset = offsetof(struct subscription_body, secret), .min = 1, .max = 200, .flags = SECRET,      \
      .doc = "Of robots that sign: DingTalk's SEC…, Feishu's; signed JSON gets one of ours" },                                            \
    FIELD_STRS(struct subscription_body, events, 0, 40, 0, "Actions that are told; empty: all"),                                           \
    FIELD_ID(struct subscription_body, area, 0, "In this area and below it"),                                                              \
    FIELD_ID(struct subscription_body, org, 0, "With this organisation or one below it"),                                                  \
    FIELD_ID(struct subscription_body, category, 0, "Of this category or one below it"),                                                   \
    FIELD_BOOL(struct subscription_body, titles, 0, "Tell the first words of the case too; they may hold what is personal"),               \
    FIELD_BOOL(struct subscription_body, english, 0, "Robots speak English")
static const struct field new_fields[] = {
    BODY_FIELDS(REQUIRED), FIELD_WORD(struct subscription_body, format, hook_format_words, REQUIRED, "json: signed; or a robot's"), FIELD_END
};
static const struct field change_fields[] = { BODY_FIELDS(0), FIELD_END };

/* Scheme, host and the path's beginning: what follows may be a key. */
static struct str shown(struct arena *a, struct str url)
{
    size_t slash = 8;
    while (slash < url.len && url.ptr[slash] != '/')
        slash++;
    size_t keep = slash + 12 < url.len ? slash + 12 : url.len;
    for (size_t i = slash; i < keep; i++)
        if (url.ptr[i] == '?')
            keep = i;
    return str_fmt(a, "%.*s%s", (int)keep, url.ptr, keep < url.len ? "…" : "");
}

static void check_events(struct req *r, struct strs events)
{
    for (size_t i = 0; i < events.len; i++) {
        bool known = false;
        for (int action = ACT_REPORT; action < ACT_COUNT; action++)
            known = known || str_is(events.at[i], case_action_words[action]);
        if (!known)
            faults_add(&r->faults, str_fmt(r->arena, "events[%zu]", i), ERR_NOT_A_CHOICE, 0);
    }
}

static void check_unit(struct req *r, const char *field, enum unit_kind kind, int64_t id)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    if (id && !unit_in_use(u, (struct unit_ref){ kind, id }))
        req_fault(r, field, ERR_UNKNOWN_REFERENCE);
    unit_release(u);
}

static err check_body(struct req *r, const struct subscription_body *in)
{
    check_events(r, in->events);
    check_unit(r, "area", UNIT_AREA, in->area);
    check_unit(r, "org", UNIT_ORG, in->org);
    if (in->category && !case_category_within(r->app, in->category, in->category))
        req_fault(r, "category", ERR_CATEGORY_UNKNOWN);
    if (in->url.ptr && !deliver_target_fits(in->url, setting_bool(r->app, "deliver.private_targets", r->now)))
        req_fault(r, "url", ERR_INVALID);
    return req_faults(r);
}

static struct str joined(struct arena *a, struct strs names)
{
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < names.len; i++) {
        buf_z(&b, i ? "," : "");
        buf_str(&b, names.at[i]);
    }
    return b.len ? buf_view(&b) : STR("");
}

static struct str detail(struct req *r, const struct subscription *s)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "name", s->name);
    jsonw_kv_z(&j, "format", hook_format_words[s->format]);
    jsonw_kv_str(&j, "target", s->target_shown);
    jsonw_kv_str(&j, "events", joined(r->arena, s->events));
    jsonw_kv_bool(&j, "titles", s->titles);
    jsonw_close(&j);
    return buf_view(&b);
}

static void take_body(struct req *r, const struct subscription_body *in, struct subscription *s)
{
    s->name = in->name;
    s->events = in->events;
    s->area = in->area;
    s->org = in->org;
    s->category = in->category;
    s->titles = in->titles;
    s->english = in->english;
    if (in->url.ptr)
        s->target_shown = shown(r->arena, in->url);
}

static struct str sealed(struct req *r, const char *context, struct str plain)
{
    return crypto_seal(r->arena, r->app->keys.seal, context, plain);
}

static err list_subscriptions(struct req *r)
{
    struct list all;
    TRY(read_all(r->db, r->arena, r->tenant, &all));
    return reply_list(r, subscription_fields, sizeof(struct subscription), all, STR_NONE);
}

static err make_subscription(struct req *r)
{
    const struct subscription_body *in = r->body;
    struct subscription             s = { .id = id_new(), .format = in->format, .created_at = r->now, .version = 1 };
    TRY(check_body(r, in));
    take_body(r, in, &s);
    s.secret = in->format == FORMAT_JSON ? sign_secret(r->arena) : STR_NONE;
    struct str secret = s.secret.ptr ? s.secret : in->secret;
    TRY(db_exec(r->db, &subscription_insert,
                DB_ARGS(I64(r->tenant), I64(s.id), TEXT(s.name), I64(s.format), BLOB(sealed(r, SEAL_TARGET, in->url)), TEXT(s.target_shown),
                        BLOB(sealed(r, SEAL_SECRET, secret)), TEXT(joined(r->arena, s.events)), REF(s.area), REF(s.org), REF(s.category),
                        BOOL(s.titles), BOOL(s.english), TIME(r->now), REF(r->caller.account)),
                NULL));
    db_tell(r->db, r->tenant, "hook", hook_reload, r->app);
    TRY(audit_record(r, "webhook.add", "webhook", s.id, detail(r, &s)));
    return reply_created(r, str_fmt(r->arena, "/api/v1/webhooks/%lld", (long long)s.id), subscription_made_fields, &s, s.version);
}

static err change_subscription(struct req *r)
{
    const struct subscription_body *in = r->body;
    struct subscription             s;
    int64_t                         changed;
    TRY(load(r, r->path[0], &s));
    TRY(req_version_needed(r, s.version));
    TRY(check_body(r, in));
    if (s.closed_at)
        return FAIL(ERR_WRONG_STATE);
    take_body(r, in, &s);
    struct str secret = s.format == FORMAT_JSON ? STR_NONE : in->secret;
    TRY(db_exec(r->db, &subscription_change,
                DB_ARGS(I64(r->tenant), I64(s.id), I64(s.version), TEXT(s.name), BLOB(sealed(r, SEAL_TARGET, in->url)), TEXT(s.target_shown),
                        BLOB(sealed(r, SEAL_SECRET, secret)), TEXT(joined(r->arena, s.events)), REF(s.area), REF(s.org), REF(s.category),
                        BOOL(s.titles), BOOL(s.english)),
                &changed));
    if (!changed)
        return FAIL(ERR_STALE_VERSION);
    s.version++;
    db_tell(r->db, r->tenant, "hook", hook_reload, r->app);
    TRY(audit_record(r, "webhook.change", "webhook", s.id, detail(r, &s)));
    return reply_view(r, subscription_fields, &s, s.version);
}

static err close_subscription(struct req *r)
{
    struct subscription s;
    TRY(load(r, r->path[0], &s));
    db_tell(r->db, r->tenant, "hook", hook_reload, r->app);
    return hook_close(r, &subscription_close, "webhook", detail(r, &s));
}

static err test_subscription(struct req *r)
{
    struct subscription s;
    TRY(load(r, r->path[0], &s));
    if (s.closed_at)
        return FAIL(ERR_WRONG_STATE);
    TRY(deliver_put(r->db, r->app, "webhook", s.id, STR("test"), 0, hook_test_body(r->arena, (enum hook_format)s.format, s.english, r->now),
                    r->now, NULL));
    TRY(audit_record(r, "webhook.test", "webhook", s.id, STR_NONE));
    return reply_none(r);
}

#define HOOKS(method_, path_, handler_, tx_) \
    .method = method_, .path = path_, .handler = handler_, .perm = PERM_SYSTEM_CONNECT, .scope = SCOPE_TENANT, .tx = tx_, .tag = "hook"

const struct route hook_subscription_routes[] = {
    { HOOKS(GET, "/api/v1/webhooks", list_subscriptions, TX_READ), .reply_kind = REPLY_LIST, .reply = subscription_fields,
      .summary = "Who is told of steps of cases" },
    { HOOKS(POST, "/api/v1/webhooks", make_subscription, TX_WRITE), ROUTE_BODY(struct subscription_body, new_fields),
      .reply_kind = REPLY_CREATED, .reply = subscription_made_fields, .flags = ROUTE_NO_STORE, ROUTE_ERRORS(ERR_CATEGORY_UNKNOWN),
      .summary = "Tell another system; the secret is shown once" },
    { HOOKS(PUT, "/api/v1/webhooks/:id", change_subscription, TX_WRITE), ROUTE_BODY(struct subscription_body, change_fields),
      .reply_kind = REPLY_VIEW, .reply = subscription_fields, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_VERSION_NEEDED),
      .summary = "Change what is told, or where; without url and secret those stay" },
    { HOOKS(POST, "/api/v1/webhooks/:id/close", close_subscription, TX_WRITE), .reply_kind = REPLY_NONE, ROUTE_ERRORS(ERR_WRONG_STATE),
      .summary = "Tell it no more" },
    { HOOKS(POST, "/api/v1/webhooks/:id/test", test_subscription, TX_WRITE), .reply_kind = REPLY_NONE, ROUTE_ERRORS(ERR_WRONG_STATE),
      .summary = "Send a message that says only that the way is open" },
    ROUTE_END
};
