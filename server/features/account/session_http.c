/* Signing in and out. The password is judged outside of any transaction: it takes long on purpose. */
#include <stdarg.h>

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../setting/setting.h"
#include "inside.h"

struct str account_detail(struct arena *a, ...)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    va_list      pairs;
    jsonw_open(&j);
    va_start(pairs, a);
    for (const char *key; (key = va_arg(pairs, const char *));)
        jsonw_kv_str(&j, key, va_arg(pairs, struct str));
    va_end(pairs);
    jsonw_close(&j);
    return buf_view(&b);
}

/* ---- the session as its owner sees it ---- */

struct session_user { int64_t id, person_id; struct str name, sign_in_name, locale, preferences; };
struct session_tenant { struct str name, time_zone; bool demo; };
struct session_unit { int kind; int64_t id; struct str name; struct strs roles; };
struct session_view {
    struct session_user   *user;
    struct session_tenant *tenant;
    struct list            units;
    struct strs            permissions;
    bool                   must_change_password;
};

static const struct field user_fields[] = {
    FIELD_ID(struct session_user, id, REQUIRED, "Account"),
    FIELD_ID(struct session_user, person_id, REQUIRED, "Person whose account it is"),
    FIELD_STR(struct session_user, name, 0, 0, REQUIRED, "Name of the person"),
    FIELD_STR(struct session_user, sign_in_name, 0, 0, REQUIRED, "Name typed at sign-in"),
    FIELD_STR(struct session_user, locale, 0, 0, 0, "zh-CN or en when chosen"),
    FIELD_JSON(struct session_user, preferences, 0, "What the pages remember: theme, elder mode"),
    FIELD_END
};
static const struct field tenant_fields[] = {
    FIELD_STR(struct session_tenant, name, 0, 0, REQUIRED, "Name of the district"),
    FIELD_STR(struct session_tenant, time_zone, 0, 0, REQUIRED, "IANA zone in which dates are read and written"),
    FIELD_BOOL(struct session_tenant, demo, REQUIRED, "True when everything in it is invented"),
    FIELD_END
};
static const struct field unit_fields[] = {
    FIELD_WORD(struct session_unit, kind, unit_kind_words, REQUIRED, "area or org"),
    FIELD_ID(struct session_unit, id, REQUIRED, "Unit"),
    FIELD_STR(struct session_unit, name, 0, 0, 0, "Its name"),
    FIELD_STRS(struct session_unit, roles, 0, 0, REQUIRED, "Codes of the roles held there now"),
    FIELD_END
};
static const struct field session_fields[] = {
    FIELD_OBJECT(struct session_view, user, user_fields, struct session_user, REQUIRED, "Who is signed in"),
    FIELD_OBJECT(struct session_view, tenant, tenant_fields, struct session_tenant, REQUIRED, "The district"),
    FIELD_LIST(struct session_view, units, unit_fields, struct session_unit, 0, 0, REQUIRED, "Where which roles are held now"),
    FIELD_STRS(struct session_view, permissions, 0, 0, REQUIRED, "What may be done somewhere; the server decides for each place"),
    FIELD_BOOL(struct session_view, must_change_password, REQUIRED, "Signed in with a one-time password: set a new one before anything else"),
    FIELD_END
};

DB_SQL(account_own, "SELECT sign_in_name, locale, preferences FROM account WHERE tenant_id = $1 AND id = $2")
DB_SQL(roles_held,
       "SELECT g.unit_kind, g.unit_id, r.code FROM assignment g JOIN role r ON r.tenant_id = g.tenant_id AND r.id = g.role_id"
       " WHERE g.tenant_id = $1 AND g.person_id = $2 AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to > $3)"
       " ORDER BY g.unit_kind, g.unit_id, r.code")

static const struct field own_columns[] = {
    FIELD_STR(struct session_user, sign_in_name, 0, 0, 0, ""), FIELD_STR(struct session_user, locale, 0, 0, 0, ""),
    FIELD_JSON(struct session_user, preferences, 0, ""), FIELD_END
};

struct role_at { int64_t kind, unit; struct str code; };
static const struct field role_at_columns[] = {
    FIELD_I64(struct role_at, kind, 0, 0, 0, ""), FIELD_I64(struct role_at, unit, 0, 0, 0, ""),
    FIELD_STR(struct role_at, code, 0, 0, 0, ""), FIELD_END
};

/* Rows in order of units become one element per unit. */
static struct list group_by_unit(struct req *r, const struct role_at *rows, size_t n)
{
    struct session_unit *units = ARENA_ARRAY(r->arena, n, struct session_unit);
    struct str          *codes = ARENA_ARRAY(r->arena, n, struct str);
    size_t               len = 0;
    const struct unit_snapshot *s = unit_hold(r->app);
    for (size_t i = 0; i < n; i++) {
        codes[i] = rows[i].code;
        if (len == 0 || units[len - 1].id != rows[i].unit) {
            struct unit_ref ref = { (enum unit_kind)rows[i].kind, rows[i].unit };
            units[len++] = (struct session_unit){ .kind = (int)ref.kind, .id = ref.id, .name = str_copy(r->arena, unit_name(s, ref)),
                                                  .roles = { &codes[i], 0 } };
        }
        units[len - 1].roles.len++;
    }
    unit_release(s);
    return (struct list){ units, len };
}

static struct strs permission_names(struct arena *a, perm_set set)
{
    struct str *names = ARENA_ARRAY(a, PERM_COUNT, struct str);
    size_t      n = 0;
    for (int p = PERM_PUBLIC + 1; p < PERM_COUNT; p++)
        if (set & PERM_BIT(p))
            names[n++] = str_of(perm_name((enum perm)p));
    return (struct strs){ names, n };
}

static err reply_session(struct req *r)
{
    const struct caller  *c = &r->caller;
    struct session_user   user = { .id = c->account, .person_id = c->person };
    struct session_tenant tenant = { str_of(r->app->tenant_name), str_of(r->app->time_zone), r->app->demo };
    struct session_view   v = { .user = &user, .tenant = &tenant, .must_change_password = c->must_change };
    struct list           held = { 0 };
    TRY(db_one(r->db, r->arena, &account_own, DB_ARGS(I64(r->tenant), I64(c->account)), own_columns, &user));
    user.name = c->name;
    if (!c->must_change)
        TRY(db_all(r->db, r->arena, &roles_held, DB_ARGS(I64(r->tenant), I64(c->person), I64(r->now)), role_at_columns,
                   sizeof(struct role_at), 0, &held));
    v.units = group_by_unit(r, held.at, held.len);
    v.permissions = permission_names(r->arena, c->anywhere);
    return reply_view(r, session_fields, &v, 0);
}

/* ---- making and ending sessions ---- */

DB_SQL(session_insert,
       "INSERT INTO session (tenant_id, id, token_hash, account_id, created_at, used_at, expires_at, remote, user_agent)"
       " VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)")
DB_SQL(session_end, "UPDATE session SET ended_at = $3 WHERE tenant_id = $1 AND id = $2 AND ended_at IS NULL")
DB_SQL(session_end_all,
       "UPDATE session SET ended_at = $3 WHERE tenant_id = $1 AND account_id = $2 AND id <> $4 AND ended_at IS NULL AND expires_at > $3")

err sessions_end(struct req *r, int64_t account, int64_t but)
{
    TRY(db_exec(r->db, &session_end_all, DB_ARGS(I64(r->tenant), I64(account), I64(r->now), I64(but)), NULL));
    account_changed(r);
    return OK;
}

static void set_cookie(struct req *r, struct str value, ms lives)
{
    reply_header(r, "Set-Cookie",
                 str_fmt(r->arena, "linli=%.*s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%lld%s", STR_ARG(value),
                         (long long)(lives / MS_SECOND), r->https ? "; Secure" : ""));
}

/* A new session, always with a new secret; what the browser brought along ends. The caller is then the account. */
static err session_begin(struct req *r, int64_t account, const char *action)
{
    struct str   token = crypto_token(r->arena, 32);
    struct str   hash = credential_hash(r->arena, CREDENTIAL_SESSION, token);
    ms           lives = setting_i64(r->app, "account.session_hours", r->now) * MS_HOUR;
    int64_t      id = id_new();
    struct login l;
    if (r->caller.session) {
        TRY(db_exec(r->db, &session_end, DB_ARGS(I64(r->tenant), I64(r->caller.session), I64(r->now)), NULL));
        account_changed(r);
    }
    TRY(db_exec(r->db, &session_insert,
                DB_ARGS(I64(r->tenant), I64(id), BLOB(hash), I64(account), I64(r->now), I64(r->now + lives), TEXT(r->remote),
                        TEXT(r->user_agent)),
                NULL));
    TRY(login_load(r->db, r->arena, r->tenant, CREDENTIAL_SESSION, hash, r->now, &l));
    if (!l.account)
        return FAIL(ERR_SIGN_IN_FAILED);   /* closed or locked meanwhile */
    caller_become(r, &l);
    set_cookie(r, token, lives);
    return audit_record(r, action, "account", account, STR_NONE);
}

/* ---- POST /session ---- */

struct sign_in_body { struct str name, password; };
static const struct field sign_in_fields[] = {
    FIELD_STR(struct sign_in_body, name, 1, 100, REQUIRED, "Sign-in name"),
    FIELD_STR(struct sign_in_body, password, 1, 200, REQUIRED | SECRET | RAW_TEXT, "Password"),
    FIELD_END
};

struct sign_in {
    struct str      name;
    struct throttle throttle;
    int64_t         account;      /* 0: no such name, or it cannot sign in: nobody learns which */
    struct str      hash;
};

DB_SQL(account_to_judge,
       "SELECT id, password_hash FROM account WHERE tenant_id = $1 AND sign_in_name = $2 AND password_hash IS NOT NULL"
       " AND closed_at IS NULL AND locked_at IS NULL AND (password_until IS NULL OR password_until > $3)")

static err sign_in_begin(struct req *r, void *arg)
{
    struct sign_in *s = arg;
    struct db_rows  rows;
    TRY(throttle_begin(r, s->name, &s->throttle));
    s->hash = r->app->account->nobody_hash;
    TRY(db_query(r->db, &account_to_judge, DB_ARGS(I64(r->tenant), TEXT(s->name), I64(r->now)), &rows));
    if (db_next(&rows)) {
        s->account = db_i64(&rows, 0);
        s->hash = str_copy(r->arena, db_text(&rows, 1));
    }
    return db_done(&rows);
}

static err sign_in_right(struct req *r, void *arg)
{
    struct sign_in *s = arg;
    TRY(throttle_right(r, &s->throttle));
    TRY(session_begin(r, s->account, "session.start"));
    return reply_session(r);
}

static err sign_in_wrong(struct req *r, void *arg)
{
    struct sign_in *s = arg;
    r->caller = (struct caller){ 0 };
    return audit_record(r, "session.refused", "account", s->account, STR_NONE);
}

static err sign_in(struct req *r)
{
    const struct sign_in_body *in = r->body;
    struct sign_in             s = { 0 };
    bool                       right = false;
    /* A name nobody can have is treated like one nobody has. */
    if (failed(account_name_fold(r->arena, in->name, &s.name)))
        s.name = STR("?");
    TRY(req_in_write(r, sign_in_begin, &s));
    if (s.throttle.wait > 0)
        return throttle_refuse(r, &s.throttle);
    TRY(password_check(r, s.hash, in->password, &right));
    if (right && s.account)
        return req_in_write(r, sign_in_right, &s);
    TRY(req_in_write(r, sign_in_wrong, &s));
    return FAIL(ERR_SIGN_IN_FAILED);
}

static err session_get(struct req *r)
{
    return reply_session(r);
}

static err sign_out(struct req *r)
{
    if (r->caller.session) {
        TRY(db_exec(r->db, &session_end, DB_ARGS(I64(r->tenant), I64(r->caller.session), I64(r->now)), NULL));
        account_changed(r);
        TRY(audit_record(r, "session.end", "account", r->caller.account, STR_NONE));
    }
    set_cookie(r, STR(""), 0);
    return reply_none(r);
}

/* ---- the demonstration ---- */

#define RESIDENT "resident"

struct demo_role { struct str code, name, person; };
struct demo_view { bool demo; struct list roles; };
static const struct field demo_role_fields[] = {
    FIELD_STR(struct demo_role, code, 0, 0, REQUIRED, "Role, for POST /session/demo"),
    FIELD_STR(struct demo_role, name, 0, 0, REQUIRED, "Its name in the caller's language"),
    FIELD_STR(struct demo_role, person, 0, 0, 0, "Whom one comes in as"),
    FIELD_END
};
static const struct field demo_fields[] = {
    FIELD_BOOL(struct demo_view, demo, REQUIRED, "True when one may come in without a password"),
    FIELD_LIST(struct demo_view, roles, demo_role_fields, struct demo_role, 0, 0, REQUIRED, "As whom"),
    FIELD_END
};

DB_SQL(demo_holder,
       "SELECT a.id, p.name FROM account a JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id"
       " WHERE a.tenant_id = $1 AND a.closed_at IS NULL AND a.locked_at IS NULL AND EXISTS (SELECT 1 FROM assignment g"
       " JOIN role o ON o.tenant_id = g.tenant_id AND o.id = g.role_id WHERE g.tenant_id = a.tenant_id AND g.person_id = a.person_id"
       " AND o.code = $2 AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to > $3)) ORDER BY a.id LIMIT 1")
DB_SQL(demo_resident,
       "SELECT a.id, p.name FROM account a JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id"
       " WHERE a.tenant_id = $1 AND a.closed_at IS NULL AND a.locked_at IS NULL AND NOT EXISTS (SELECT 1 FROM assignment g"
       " WHERE g.tenant_id = a.tenant_id AND g.person_id = a.person_id) ORDER BY a.id LIMIT 1")

/* The first account in the role; *account 0: nobody has it. */
static err demo_find(struct req *r, struct str role, int64_t *account, struct str *person)
{
    struct db_rows rows;
    *account = 0;
    if (str_is(role, RESIDENT))
        TRY(db_query(r->db, &demo_resident, DB_ARGS(I64(r->tenant)), &rows));
    else
        TRY(db_query(r->db, &demo_holder, DB_ARGS(I64(r->tenant), TEXT(role), I64(r->now)), &rows));
    if (db_next(&rows)) {
        *account = db_i64(&rows, 0);
        *person = str_copy(r->arena, db_text(&rows, 1));
    }
    return db_done(&rows);
}

/* Only where nobody from elsewhere can reach it. */
static bool demo_open(const struct req *r)
{
    return r->app->demo && r->app->loopback_only && r->loopback;
}

static err demo_add(struct req *r, struct demo_view *v, const char *code, const char *name)
{
    struct demo_role *role = &((struct demo_role *)v->roles.at)[v->roles.len];
    int64_t           account;
    *role = (struct demo_role){ .code = str_of(code), .name = str_of(name) };
    TRY(demo_find(r, role->code, &account, &role->person));
    v->roles.len += account != 0;
    return OK;
}

static err demo_get(struct req *r)
{
    struct demo_view v = { .demo = demo_open(r), .roles = { ARENA_ARRAY(r->arena, roles_shipped_count + 1, struct demo_role), 0 } };
    if (v.demo)
        TRY(demo_add(r, &v, RESIDENT, req_text(r, "居民", "Resident")));
    for (size_t i = 0; v.demo && i < roles_shipped_count; i++)
        TRY(demo_add(r, &v, roles_shipped[i].code, req_text(r, roles_shipped[i].zh, roles_shipped[i].en)));
    return reply_view(r, demo_fields, &v, 0);
}

struct demo_body { struct str role; };
static const struct field demo_body_fields[] = {
    FIELD_STR(struct demo_body, role, 1, 60, REQUIRED, "A code of GET /demo"),
    FIELD_END
};

static err demo_sign_in(struct req *r)
{
    const struct demo_body *in = r->body;
    struct str              person;
    int64_t                 account;
    if (!demo_open(r))
        return FAIL(ERR_NOT_FOUND);
    TRY(demo_find(r, in->role, &account, &person));
    if (!account)
        return FAIL_AT(ERR_NOT_A_CHOICE, "role");
    TRY(session_begin(r, account, "session.demo"));
    return reply_session(r);
}

const struct route session_routes[] = {
    { GET, "/api/v1/session", session_get, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ,
      .reply_kind = REPLY_VIEW, .reply = session_fields, .flags = ROUTE_NO_STORE,
      .summary = "Who is signed in, where and with which rights", .tag = "account" },
    { POST, "/api/v1/session", sign_in, .perm = PERM_PUBLIC, .tx = TX_NONE,
      ROUTE_BODY(struct sign_in_body, sign_in_fields), .reply_kind = REPLY_VIEW, .reply = session_fields,
      .flags = ROUTE_SLOW | ROUTE_NO_STORE, ROUTE_ERRORS(ERR_SIGN_IN_FAILED, ERR_TOO_MANY),
      .summary = "Sign in", .tag = "account" },
    { DELETE, "/api/v1/session", sign_out, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_WRITE,
      .reply_kind = REPLY_NONE, .summary = "Sign out", .tag = "account" },
    { GET, "/api/v1/demo", demo_get, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_VIEW, .reply = demo_fields,
      .flags = ROUTE_NO_STORE, .summary = "Whether this is a demonstration, and as whom one may come in", .tag = "account" },
    { POST, "/api/v1/session/demo", demo_sign_in, .perm = PERM_PUBLIC, .tx = TX_WRITE,
      ROUTE_BODY(struct demo_body, demo_body_fields), .reply_kind = REPLY_VIEW, .reply = session_fields, .flags = ROUTE_NO_STORE,
      ROUTE_ERRORS(ERR_NOT_A_CHOICE), .summary = "Come in as a role of the demonstration; on this machine only", .tag = "account" },
    ROUTE_END
};
