/* Back-off: failed attempts by name (unknown names too) and by address. An attempt is counted before it is judged, so that many at once do
 * not all pass as the first; a right one is taken off again. */
#include "inside.h"

#include "../setting/setting.h"

DB_SQL(throttle_find, "SELECT failures, last_at, until_at FROM throttle WHERE tenant_id = $1 AND key = $2")
DB_SQL(throttle_set,
       "INSERT INTO throttle (tenant_id, key, failures, last_at, until_at) VALUES ($1, $2, $3, $4, $5)"
       " ON CONFLICT (tenant_id, key) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at, until_at = excluded.until_at")
DB_SQL(throttle_forget, "DELETE FROM throttle WHERE tenant_id = $1 AND key = $2")
DB_SQL(throttle_take_off,
       "UPDATE throttle SET failures = failures - 1, until_at = $3 WHERE tenant_id = $1 AND key = $2 AND failures > 0")

static struct str key_of(struct req *r, char kind, struct str what)
{
    return crypto_keyed(r->arena, r->app->keys.search, str_fmt(r->arena, "throttle:%c:%.*s", kind, STR_ARG(what)));
}

static struct backoff rule(const struct req *r, const char *after)
{
    return (struct backoff){
        .free = setting_i64(r->app, after, r->now),
        .first_ms = setting_i64(r->app, "account.backoff_first_seconds", r->now) * MS_SECOND,
        .most_ms = setting_i64(r->app, "account.backoff_most_seconds", r->now) * MS_SECOND,
    };
}

static err look(struct req *r, struct str key, struct throttle_mark *out)
{
    struct db_rows rows;
    ms             forget = setting_i64(r->app, "account.backoff_forget_minutes", r->now) * MS_MINUTE;
    *out = (struct throttle_mark){ .key = key };
    TRY(db_query(r->db, &throttle_find, DB_ARGS(I64(r->tenant), BLOB(key)), &rows));
    if (db_next(&rows)) {
        out->failures = r->now - db_i64(&rows, 1) > forget ? 0 : db_i64(&rows, 0);
        out->until = db_i64(&rows, 2);
    }
    return db_done(&rows);
}

static err count(struct req *r, const struct throttle_mark *m, const struct backoff *b)
{
    return db_exec(r->db, &throttle_set,
                   DB_ARGS(I64(r->tenant), BLOB(m->key), I64(m->failures + 1), I64(r->now), I64(r->now + account_wait(b, m->failures + 1))),
                   NULL);
}

err throttle_begin(struct req *r, struct str folded_name, struct throttle *t)
{
    struct backoff name = rule(r, "account.backoff_name_after"), address = rule(r, "account.backoff_address_after");
    TRY(look(r, key_of(r, 'n', folded_name), &t->name));
    TRY(look(r, key_of(r, 'a', r->remote), &t->address));
    t->wait = (t->name.until > t->address.until ? t->name.until : t->address.until) - r->now;
    if (t->wait > 0)
        return OK;
    TRY(count(r, &t->name, &name));
    return count(r, &t->address, &address);
}

err throttle_refuse(struct req *r, const struct throttle *t)
{
    reply_header(r, "Retry-After", str_fmt(r->arena, "%lld", (long long)((t->wait + MS_SECOND - 1) / MS_SECOND)));
    return FAIL(ERR_TOO_MANY);
}

err throttle_right(struct req *r, const struct throttle *t)
{
    TRY(db_exec(r->db, &throttle_forget, DB_ARGS(I64(r->tenant), BLOB(t->name.key)), NULL));
    return db_exec(r->db, &throttle_take_off, DB_ARGS(I64(r->tenant), BLOB(t->address.key), I64(t->address.until)), NULL);
}
