/* mail_queue.c: from a notice to a mail. The worker that spreads a message puts an item beside the notice of who wants mail; what is due becomes
 * a delivery, one for each message or one for each person's day, in the order of the items: one pass, however many people there are. */
#include "mail_parts.h"
#include "../setting/setting.h"
#include "../../base/id.h"

DB_SQL(mail_wishes,
       "SELECT person_id, work, deadlines, own, followed, other, daily_hour, quiet_from, quiet_to FROM mail_address "
       "WHERE tenant_id = $1 AND person_id IN (SELECT CAST(key AS BIGINT) FROM json_each($2)) AND confirmed_at IS NOT NULL ORDER BY person_id")
DB_SQL(mail_item_insert,
       "INSERT INTO mail_item (tenant_id, due_at, person_id, id, daily, kind, object_kind, object_id, params, at) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
DB_SQL(mail_item_due,
       "SELECT due_at, person_id, id, daily, kind, object_kind, object_id, params, at FROM mail_item "
       "WHERE tenant_id = $1 AND due_at <= $2 ORDER BY due_at, person_id, id LIMIT $3")
DB_SQL(mail_item_delete, "DELETE FROM mail_item WHERE tenant_id = $1 AND due_at = $2 AND person_id = $3 AND id = $4")
DB_SQL(mail_item_clear, "DELETE FROM mail_item WHERE tenant_id = $1 AND person_id = $2")
DB_SQL(mail_to,
       "SELECT m.address_enc, m.code_enc, m.confirmed_at, m.stop_enc, c.locale FROM mail_address m JOIN account c ON c.tenant_id = m.tenant_id "
       "AND c.person_id = m.person_id AND c.closed_at IS NULL AND c.locked_at IS NULL WHERE m.tenant_id = $1 AND m.person_id = $2 "
       "ORDER BY c.id DESC LIMIT 1")

/* ---- beside a notice ---- */

struct wish { int64_t modes[TOPIC_COUNT]; bool quiet; int64_t daily_hour, quiet_from, quiet_to; };

static struct wish *wish_of(struct arena *a, struct db_rows *rows)
{
    struct wish *w = ARENA_NEW(a, struct wish);
    for (int i = 0; i < 5; i++)
        w->modes[TOPIC_WORK + i] = db_i64(rows, 1 + i);
    w->daily_hour = db_i64(rows, 6);
    w->quiet = !db_is_null(rows, 7);
    w->quiet_from = db_i64(rows, 7);
    w->quiet_to = db_i64(rows, 8);
    return w;
}

static err wishes(struct db_conn *c, struct arena *a, struct app *app, struct ids persons, void **out)
{
    struct db_rows rows;
    size_t         i = 0;
    TRY(db_query(c, &mail_wishes, DB_ARGS(I64(app->tenant), TEXT(db_keys(a, persons))), &rows));
    while (db_next(&rows)) {
        while (persons.at[i] != db_i64(&rows, 0))   /* both are in order */
            i++;
        out[i] = wish_of(a, &rows);
    }
    return db_done(&rows);
}

static ms due_of(const struct app *app, const struct wish *w, bool daily, ms now)
{
    ms at = daily ? mail_next_hour(now, (int)w->daily_hour, app->zone_minutes) : now;
    return w->quiet ? mail_after_quiet(at, (int)w->quiet_from, (int)w->quiet_to, app->zone_minutes) : at;
}

static err put(struct db_conn *c, struct app *app, const struct notify_told *n, const void *of)
{
    const struct wish *w = of;
    int64_t            mode = w->modes[notify_topic_of(n->kind)];
    bool               daily = mode == MAIL_DAILY;
    if (mode != MAIL_AT_ONCE && !daily)
        return OK;
    db_after_commit(c, worker_wake, app->mail->worker);
    return db_send(c, &mail_item_insert,
                   DB_ARGS(I64(app->tenant), TIME(due_of(app, w, daily, clock_now())), I64(n->person), I64(id_new()), BOOL(daily), TEXT(n->kind),
                           TEXT(n->object_kind), I64(n->object_id), TEXT(n->words), TIME(n->at)));
}

const struct notify_channel mail_beside = { wishes, put };

err mail_queue_clear(struct db_conn *c, int64_t tenant, int64_t person)
{
    return db_exec(c, &mail_item_clear, DB_ARGS(I64(tenant), I64(person)), NULL);
}

/* ---- what is due ---- */

struct item { ms due_at; int64_t person_id, id, daily; struct mail_line line; };
static const struct field item_fields[] = {
    FIELD_TIME(struct item, due_at, 0, ""), FIELD_ID(struct item, person_id, 0, ""), FIELD_ID(struct item, id, 0, ""),
    FIELD_I64(struct item, daily, 0, 0, 0, ""),
    { .name = "kind", .kind = KIND_STR, .offset = offsetof(struct item, line.kind), .doc = "" },
    { .name = "object_kind", .kind = KIND_STR, .offset = offsetof(struct item, line.object_kind), .doc = "" },
    { .name = "object_id", .kind = KIND_ID, .offset = offsetof(struct item, line.object_id), .doc = "" },
    { .name = "params", .kind = KIND_STR, .offset = offsetof(struct item, line.params), .doc = "" },
    { .name = "at", .kind = KIND_TIME, .offset = offsetof(struct item, line.at), .doc = "" },
    FIELD_END
};

struct round { struct app *app; struct arena *arena; ms now; struct list rows; };

static err read_due(struct db_conn *c, void *arg)
{
    struct round *r = arg;
    return db_all(c, r->arena, &mail_item_due, DB_ARGS(I64(r->app->tenant), TIME(r->now), I64(MAIL_BATCH)), item_fields, sizeof(struct item),
                  MAIL_BATCH, &r->rows);
}

/* How many items from `first` on go into one mail. */
static size_t together(const struct item *at, size_t first, size_t n)
{
    size_t end = first + 1;
    while (at[first].daily && end < n && at[end].daily && at[end].person_id == at[first].person_id && at[end].due_at == at[first].due_at)
        end++;
    return end - first;
}

static err make_delivery(struct db_conn *c, const struct round *r, const struct item *at, size_t n)
{
    struct mail_line *lines = ARENA_ARRAY(r->arena, n, struct mail_line);
    for (size_t i = 0; i < n; i++) {
        lines[i] = at[i].line;
        TRY(db_exec(c, &mail_item_delete, DB_ARGS(I64(r->app->tenant), TIME(at[i].due_at), I64(at[i].person_id), I64(at[i].id)), NULL));
    }
    return deliver_put(c, r->app, mail_channel.name, at->person_id, at->daily ? KIND_DAILY : at->line.kind, at->daily ? 0 : at->line.object_id,
                       mail_lines_write(r->arena, lines, n), r->now, NULL);
}

/* A person's day that the end of a full batch may have cut is left for the next round, unless it fills the batch alone. */
static err make_deliveries(struct db_conn *c, void *arg)
{
    const struct round *r = arg;
    const struct item  *all = r->rows.at;
    bool                full = r->rows.len == MAIL_BATCH;
    for (size_t i = 0, n; i < r->rows.len; i += n) {
        n = together(all, i, r->rows.len);
        if (full && i && i + n == r->rows.len)
            break;
        TRY(make_delivery(c, r, &all[i], n));
    }
    return OK;
}

err mail_round(struct app *app, struct arena *a, int *done)
{
    struct round r = { .app = app, .arena = a, .now = clock_now() };
    *done = 0;
    TRY(db_read(app->db, read_due, &r));
    *done = (int)r.rows.len;
    return r.rows.len ? db_write(app->db, app->tenant, make_deliveries, &r) : OK;
}

/* ---- a delivery is sent ---- */

struct recipient { struct str address, code, stop; bool confirmed; enum lang lang; };

/* ERR_NOT_FOUND: they have no address, or no account that is open. */
static err read_recipient(struct db_conn *c, struct arena *a, struct app *app, int64_t person, struct recipient *out)
{
    struct db_rows rows;
    bool           good = false;
    *out = (struct recipient){ .code = STR_NONE };
    TRY(db_query(c, &mail_to, DB_ARGS(I64(app->tenant), I64(person)), &rows));
    if (db_next(&rows)) {
        struct str address = str_copy(a, db_blob(&rows, 0)), code = str_copy(a, db_blob(&rows, 1)), stop = str_copy(a, db_blob(&rows, 3));
        out->confirmed = !db_is_null(&rows, 2);
        out->lang = str_is(db_text(&rows, 4), "en") ? LANG_EN : LANG_ZH;
        good = crypto_open(a, app->keys.seal, SEAL_ADDRESS, address, &out->address) && crypto_open(a, app->keys.seal, SEAL_STOP, stop, &out->stop);
        good = good && (!code.ptr || crypto_open(a, app->keys.seal, SEAL_CODE, code, &out->code));
    }
    TRY(db_done(&rows));
    return good ? OK : FAIL(ERR_NOT_FOUND);
}

static err prepare(struct db_conn *c, struct arena *a, struct app *app, const struct delivery *d, ms now, struct parcel *out)
{
    struct recipient   to;
    struct mail_server server;
    bool               confirms = str_eq(d->kind, KIND_CONFIRM);
    TRY(read_recipient(c, a, app, d->target_id, &to));
    if (confirms ? !to.code.ptr : !to.confirmed)
        return FAIL(ERR_NOT_FOUND);
    err        e = mail_server_load(c, a, app->tenant, &server);
    struct str site = setting_text(app, a, "site.url", now);
    if (failed(e) && e.code != ERR_NOT_FOUND)
        return e;
    out->problem = mail_why_not(failed(e) ? NULL : &server, site);
    if (out->problem)
        return OK;
    struct str        stop = confirms ? STR_NONE : str_fmt(a, "%.*s/stop/%.*s", STR_ARG(site), STR_ARG(to.stop));
    struct mail_words w = { str_of(app->tenant_name), site, stop, to.lang, app->zone_minutes };
    struct mail_send  m = { .to = to.address, .stop = stop, .site = site, .id = d->id, .at = d->created_at };
    m.letter = confirms ? mail_confirm_letter(a, &w, to.code) : mail_letter(a, &w, d->body, str_eq(d->kind, KIND_DAILY));
    return mail_parcel(a, app, &server, &m, out);
}

const struct deliver_channel mail_channel = { "mail", prepare, NULL };
