/* Who asks: from cookie or token to a caller with rights; and the one decision whether they may. Each request passes here. */
#include "inside.h"

#include "../../base/log.h"
#include "../setting/setting.h"

#define FOR_ALL (PERM_BIT(PERM_SIGNED_IN) | PERM_BIT(PERM_CASE_REPORT))   /* what everybody signed in may do: the resident's role */

struct str credential_hash(struct arena *a, enum credential kind, struct str value)
{
    char *text = arena_alloc(a, value.len + 1);
    text[0] = (char)kind;
    memcpy(text + 1, value.ptr, value.len);
    return crypto_digest(a, (struct str){ text, value.len + 1 });
}

/* ---- reading from the database ---- */

DB_SQL(login_by_session,
       "SELECT s.account_id, a.person_id, s.id, 0, p.name, a.locale, NULL, a.password_until, s.expires_at, s.used_at"
       " FROM session s"
       " JOIN account a ON a.tenant_id = s.tenant_id AND a.id = s.account_id"
       " JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id"
       " WHERE s.tenant_id = $1 AND s.token_hash = $2 AND s.ended_at IS NULL AND a.closed_at IS NULL AND a.locked_at IS NULL")
DB_SQL(login_by_token,
       "SELECT t.account_id, a.person_id, 0, t.id, p.name, a.locale, t.permissions, a.password_until, t.expires_at, t.used_at"
       " FROM api_token t"
       " JOIN account a ON a.tenant_id = t.tenant_id AND a.id = t.account_id"
       " JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id"
       " WHERE t.tenant_id = $1 AND t.token_hash = $2 AND t.revoked_at IS NULL AND a.closed_at IS NULL AND a.locked_at IS NULL")
DB_SQL(held_by_person,
       "SELECT r.permissions, g.unit_kind, g.unit_id, g.valid_from, g.valid_to"
       " FROM assignment g JOIN role r ON r.tenant_id = g.tenant_id AND r.id = g.role_id"
       " WHERE g.tenant_id = $1 AND g.person_id = $2 AND (g.valid_to IS NULL OR g.valid_to > $3) ORDER BY g.id")

err held_load(struct db_conn *c, struct arena *a, int64_t tenant, int64_t person, ms now, const struct held **out, size_t *count)
{
    struct db_rows rows;
    size_t         n = 0, room = 8;
    struct held   *all = ARENA_ARRAY(a, room, struct held);
    TRY(db_query(c, &held_by_person, DB_ARGS(I64(tenant), I64(person), I64(now)), &rows));
    while (db_next(&rows)) {
        if (n == room) {
            struct held *more = ARENA_ARRAY(a, room * 2, struct held);
            memcpy(more, all, n * sizeof *all);
            all = more;
            room *= 2;
        }
        all[n++] = (struct held){ .perms = perm_set_parse(db_text(&rows, 0)),
                                  .unit = { (enum unit_kind)db_i64(&rows, 1), db_i64(&rows, 2) },
                                  .from = db_i64(&rows, 3), .to = db_i64(&rows, 4) };
    }
    *out = all;
    *count = n;
    return db_done(&rows);
}

static err login_read(struct db_conn *c, struct arena *a, int64_t tenant, const struct db_sql *which, const struct db_arg *args, ms now,
                      struct login *out)
{
    struct db_rows rows;
    *out = (struct login){ 0 };
    TRY(db_query(c, which, args, &rows));
    if (db_next(&rows))
        *out = (struct login){
            .account = db_i64(&rows, 0), .person = db_i64(&rows, 1), .session = db_i64(&rows, 2), .token = db_i64(&rows, 3),
            .name = str_copy(a, db_text(&rows, 4)), .locale = str_copy(a, db_text(&rows, 5)),
            .scope = db_is_null(&rows, 6) ? ~(perm_set)0 : perm_set_parse(db_text(&rows, 6)),
            .must_change = !db_is_null(&rows, 7), .expires = db_i64(&rows, 8), .used = db_i64(&rows, 9),
        };
    TRY(db_done(&rows));
    return out->account ? held_load(c, a, tenant, out->person, now, &out->held, &out->held_count) : OK;
}

err login_load(struct db_conn *c, struct arena *a, int64_t tenant, enum credential kind, struct str hash, ms now, struct login *out)
{
    return login_read(c, a, tenant, kind == CREDENTIAL_TOKEN ? &login_by_token : &login_by_session, DB_ARGS(I64(tenant), BLOB(hash)), now, out);
}

/* ---- keeping what was read ---- */

struct keeping {
    struct cache       *cache;
    const unsigned char *hash;
    uint64_t            moment;
    ms                  now;
    struct login        login;
};

static void keep(void *arg)
{
    const struct keeping *k = arg;
    cache_put(k->cache, k->hash, k->moment, k->now, &k->login);
}

/* What a write has read may rest on changes of its own group that are not committed yet: it is kept after the commit only. */
static void keep_later(struct req *r, struct str hash, const struct login *l)
{
    struct keeping *k = ARENA_NEW(r->arena, struct keeping);
    *k = (struct keeping){ r->app->account->cache, (const unsigned char *)hash.ptr, db_snapshot(r->db), r->now, *l };
    if (db_is_write(r->db))
        db_before_answer(r->db, keep, k);
    else
        keep(k);
}

/* ---- the caller ---- */

static bool alive(const struct req *r, const struct login *l)
{
    if (!l->account || r->now >= l->expires)
        return false;
    return l->token || r->now - l->used <= setting_i64(r->app, "account.idle_minutes", r->now) * MS_MINUTE;
}

void caller_become(struct req *r, const struct login *l)
{
    struct grant  *grants = ARENA_ARRAY(r->arena, l->held_count, struct grant);
    struct caller *c = &r->caller;
    *c = (struct caller){ .account = l->account, .person = l->person, .name = l->name, .session = l->session, .token = l->token,
                          .locale = l->locale, .must_change = l->must_change, .grants = grants };
    if (l->must_change) {
        c->anywhere = PERM_BIT(PERM_SIGNED_IN) & l->scope;
        return;
    }
    c->anywhere = FOR_ALL & l->scope;
    for (size_t i = 0; i < l->held_count; i++)
        if (held_now(&l->held[i], r->now)) {
            grants[c->grant_count] = (struct grant){ l->held[i].perms & l->scope, l->held[i].unit };
            c->anywhere |= grants[c->grant_count++].perms;
        }
}

static bool credential_of(const struct req *r, enum credential *kind, struct str *value)
{
    *kind = r->bearer.ptr ? CREDENTIAL_TOKEN : CREDENTIAL_SESSION;
    *value = r->bearer.ptr ? r->bearer : r->cookie;
    return value->ptr && value->len >= 40 && value->len <= 64;
}

err account_identify(struct req *r)
{
    struct account_state *s = r->app->account;
    enum credential       kind;
    struct str            value;
    struct login          l;
    bool                  touch;
    r->caller = (struct caller){ 0 };
    if (!credential_of(r, &kind, &value))
        return OK;
    struct str hash = credential_hash(r->arena, kind, value);
    if (!cache_get(s->cache, (const unsigned char *)hash.ptr, atomic_load(&s->epoch), r->now, r->arena, &l, &touch)) {
        TRY(login_load(r->db, r->arena, r->tenant, kind, hash, r->now, &l));
        touch = r->now - l.used >= TOUCH_EVERY;
        if (!alive(r, &l))
            return OK;
        l.used = r->now;
        keep_later(r, hash, &l);
    }
    if (!alive(r, &l))
        return OK;
    if (touch)
        keeper_touch(s, l.token ? l.token : l.session, l.token != 0, r->now);
    caller_become(r, &l);
    return OK;
}

/* ---- a job's caller ---- */

DB_SQL(login_of_account,
       "SELECT a.id, a.person_id, 0, 0, p.name, a.locale, NULL, a.password_until, 0, 0"
       " FROM account a JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id"
       " WHERE a.tenant_id = $1 AND a.id = $2 AND a.closed_at IS NULL AND a.locked_at IS NULL")

struct becoming { struct arena *arena; int64_t tenant, account; ms now; struct login login; };

static err become(struct db_conn *c, void *arg)
{
    struct becoming *b = arg;
    return login_read(c, b->arena, b->tenant, &login_of_account, DB_ARGS(I64(b->tenant), I64(b->account)), b->now, &b->login);
}

err account_become(struct app *app, struct arena *a, int64_t account, perm_set scope, ms now, struct req *r)
{
    struct becoming b = { a, app->tenant, account, now, { 0 } };
    *r = (struct req){ .app = app, .arena = a, .tenant = app->tenant, .now = now, .database = app->db, .may = account_may,
                       .faults = { .arena = a } };
    TRY(db_read(app->db, become, &b));
    if (!b.login.account)
        return FAIL(ERR_NOT_ALLOWED);
    b.login.scope &= scope;
    caller_become(r, &b.login);
    return OK;
}

static void bump(void *arg)
{
    struct app *app = arg;
    atomic_store(&app->account->epoch, db_moment(app->db));
}

void account_changed_in(struct db_conn *c, struct app *app)
{
    db_after_commit(c, bump, app);
}

void account_changed(struct req *r)
{
    account_changed_in(r->db, r->app);
}

/* ---- the decision ---- */

bool account_may(struct req *r, enum perm perm, struct unit_ref where)
{
    const struct caller *c = &r->caller;
    if (perm == PERM_PUBLIC)
        return true;
    if (!c->account || !(c->anywhere & PERM_BIT(perm)))
        return false;
    if (FOR_ALL & PERM_BIT(perm))
        return true;
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        may = false;
    for (size_t i = 0; i < c->grant_count && !may; i++)
        may = (c->grants[i].perms & PERM_BIT(perm)) && account_covers(s, c->grants[i].unit, where);
    unit_release(s);
    return may;
}
