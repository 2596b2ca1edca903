/* What somebody signed in may do for themselves: sessions, API tokens, password, preferences. A token can do none of it: who steals one
 * must not be able to make another, nor to lock its owner out. */
#include "../../base/id.h"
#include "../audit/audit.h"
#include "../setting/setting.h"
#include "inside.h"

static err in_person(const struct req *r)
{
    return r->caller.session ? OK : FAIL(ERR_NOT_ALLOWED);
}

/* ---- sessions ---- */

struct own_session { int64_t id; ms created_at, used_at, expires_at; struct str remote, user_agent; bool current; };
static const struct field own_session_fields[] = {
    FIELD_ID(struct own_session, id, REQUIRED, "Session"),
    FIELD_TIME(struct own_session, created_at, REQUIRED, "When signed in"),
    FIELD_TIME(struct own_session, used_at, REQUIRED, "Last seen, to a minute or two"),
    FIELD_TIME(struct own_session, expires_at, REQUIRED, "When it ends at the latest"),
    FIELD_STR(struct own_session, remote, 0, 0, 0, "Address at sign-in"),
    FIELD_STR(struct own_session, user_agent, 0, 0, 0, "Browser at sign-in"),
    FIELD_BOOL(struct own_session, current, REQUIRED, "The one this request was made with"),
    FIELD_END
};

DB_SQL(session_own_list,
       "SELECT id, created_at, used_at, expires_at, remote, user_agent, 0 FROM session WHERE tenant_id = $1 AND account_id = $2"
       " AND ended_at IS NULL AND expires_at > $3 AND used_at > $4 ORDER BY id DESC")
DB_SQL(session_own_end, "UPDATE session SET ended_at = $4 WHERE tenant_id = $1 AND account_id = $2 AND id = $3 AND ended_at IS NULL")

static err list_sessions(struct req *r)
{
    struct list all;
    ms          idle = setting_i64(r->app, "account.idle_minutes", r->now) * MS_MINUTE;
    TRY(in_person(r));
    TRY(db_all(r->db, r->arena, &session_own_list, DB_ARGS(I64(r->tenant), I64(r->caller.account), I64(r->now), I64(r->now - idle)),
               own_session_fields, sizeof(struct own_session), 500, &all));
    struct own_session *at = all.at;
    for (size_t i = 0; i < all.len; i++)
        at[i].current = at[i].id == r->caller.session;
    return reply_list(r, own_session_fields, sizeof *at, all, STR_NONE);
}

static err end_session(struct req *r)
{
    int64_t changed;
    TRY(in_person(r));
    TRY(db_exec(r->db, &session_own_end, DB_ARGS(I64(r->tenant), I64(r->caller.account), I64(r->path[0]), I64(r->now)), &changed));
    if (!changed)
        return FAIL(ERR_NOT_FOUND);
    account_changed(r);
    TRY(audit_record(r, "session.revoke", "session", r->path[0], STR_NONE));
    return reply_none(r);
}

/* ---- tokens ---- */

#define TOKEN_DAYS 90

struct token_view { int64_t id; struct str name, token; struct strs permissions; ms created_at, expires_at, used_at; };
#define TOKEN_FIELDS                                                                                                            \
    FIELD_ID(struct token_view, id, REQUIRED, "Token"),                                                                         \
    FIELD_STR(struct token_view, name, 0, 0, REQUIRED, "What it is for"),                                                       \
    FIELD_STRS(struct token_view, permissions, 0, 0, REQUIRED, "What it may use of its owner's rights"),                        \
    FIELD_TIME(struct token_view, created_at, REQUIRED, "When made"),                                                           \
    FIELD_TIME(struct token_view, expires_at, REQUIRED, "When it ends"),                                                        \
    FIELD_TIME(struct token_view, used_at, 0, "Last use, to a minute or two")
static const struct field token_fields[] = { TOKEN_FIELDS, FIELD_END };
static const struct field token_made_fields[] = {
    TOKEN_FIELDS,
    FIELD_STR(struct token_view, token, 0, 0, REQUIRED | SECRET, "The token itself: shown this once. Send it as Authorization: Bearer"),
    FIELD_END
};

struct token_body { struct str name; struct strs permissions; ms expires_at; };
static const struct field token_body_fields[] = {
    FIELD_STR(struct token_body, name, 1, 80, REQUIRED, "What it is for"),
    FIELD_STRS(struct token_body, permissions, 1, 60, REQUIRED, "What it may use of your rights"),
    FIELD_TIME(struct token_body, expires_at, 0, "When it ends; empty: in 90 days"),
    FIELD_END
};

DB_SQL(token_list,
       "SELECT id, name, permissions, created_at, expires_at, used_at FROM api_token WHERE tenant_id = $1 AND account_id = $2"
       " AND revoked_at IS NULL AND expires_at > $3 ORDER BY id DESC")
DB_SQL(token_insert,
       "INSERT INTO api_token (tenant_id, id, account_id, name, token_hash, permissions, created_at, expires_at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
DB_SQL(token_revoke,
       "UPDATE api_token SET revoked_at = $4 WHERE tenant_id = $1 AND account_id = $2 AND id = $3 AND revoked_at IS NULL")

struct strs account_names(struct arena *a, struct str comma_separated)
{
    struct str *at = ARENA_ARRAY(a, PERM_COUNT, struct str);
    size_t      n = 0;
    while (comma_separated.ptr && n < PERM_COUNT) {
        struct str one = str_cut(&comma_separated, ',');
        if (one.len)
            at[n++] = one;
    }
    return (struct strs){ at, n };
}

struct str account_joined(struct arena *a, struct strs names)
{
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < names.len; i++) {
        if (i)
            buf_byte(&b, ',');
        buf_str(&b, names.at[i]);
    }
    return b.len ? buf_view(&b) : STR("");
}

perm_set account_read_perms(struct req *r, const char *field, struct strs names)
{
    perm_set set = 0;
    for (size_t i = 0; i < names.len; i++) {
        enum perm p = perm_find(names.at[i]);
        if (p == PERM_UNSET)
            faults_add(&r->faults, str_fmt(r->arena, "%s[%zu]", field, i), ERR_NOT_A_CHOICE, 0);
        else
            set |= PERM_BIT(p);
    }
    return set;
}

static err list_tokens(struct req *r)
{
    struct db_rows     rows;
    struct token_view *at = ARENA_ARRAY(r->arena, 200, struct token_view);
    struct list        all = { at, 0 };
    TRY(in_person(r));
    TRY(db_query(r->db, &token_list, DB_ARGS(I64(r->tenant), I64(r->caller.account), I64(r->now)), &rows));
    while (all.len < 200 && db_next(&rows))
        at[all.len++] = (struct token_view){
            .id = db_i64(&rows, 0), .name = str_copy(r->arena, db_text(&rows, 1)),
            .permissions = account_names(r->arena, str_copy(r->arena, db_text(&rows, 2))),
            .created_at = db_i64(&rows, 3), .expires_at = db_i64(&rows, 4), .used_at = db_i64(&rows, 5),
        };
    TRY(db_done(&rows));
    return reply_list(r, token_fields, sizeof *at, all, STR_NONE);
}

static err check_token(struct req *r, const struct token_body *in, ms expires)
{
    perm_set wanted = account_read_perms(r, "permissions", in->permissions);
    ms       longest = r->now + setting_i64(r->app, "account.token_days_most", r->now) * MS_DAY;
    if (expires <= r->now)
        faults_add(&r->faults, STR("expires_at"), ERR_TOO_SMALL, r->now);
    if (expires > longest)
        faults_add(&r->faults, STR("expires_at"), ERR_TOO_BIG, longest);
    TRY(req_faults(r));
    return wanted & ~r->caller.anywhere ? FAIL_AT(ERR_WIDER_THAN_OWN, "permissions") : OK;
}

static err make_token(struct req *r)
{
    const struct token_body *in = r->body;
    struct token_view        v = { .id = id_new(), .name = in->name, .permissions = in->permissions, .created_at = r->now };
    struct str               secret = crypto_token(r->arena, 32);
    TRY(in_person(r));
    v.expires_at = in->expires_at ? in->expires_at : r->now + TOKEN_DAYS * MS_DAY;
    TRY(check_token(r, in, v.expires_at));
    v.token = str_fmt(r->arena, "linli_%.*s", STR_ARG(secret));
    struct str permissions = account_joined(r->arena, in->permissions);
    TRY(db_exec(r->db, &token_insert,
                DB_ARGS(I64(r->tenant), I64(v.id), I64(r->caller.account), TEXT(v.name),
                        BLOB(credential_hash(r->arena, CREDENTIAL_TOKEN, v.token)), TEXT(permissions), I64(r->now), I64(v.expires_at)),
                NULL));
    TRY(audit_record(r, "token.add", "token", v.id, account_detail(r->arena, "name", v.name, "permissions", permissions, NULL)));
    return reply_created(r, str_fmt(r->arena, "/api/v1/tokens/%lld", (long long)v.id), token_made_fields, &v, 0);
}

static err revoke_token(struct req *r)
{
    int64_t changed;
    TRY(in_person(r));
    TRY(db_exec(r->db, &token_revoke, DB_ARGS(I64(r->tenant), I64(r->caller.account), I64(r->path[0]), I64(r->now)), &changed));
    if (!changed)
        return FAIL(ERR_NOT_FOUND);
    account_changed(r);
    TRY(audit_record(r, "token.revoke", "token", r->path[0], STR_NONE));
    return reply_none(r);
}

/* ---- preferences ---- */

static const char *const locale_words[] = { NULL, "zh-CN", "en", NULL };

struct own_body { int locale; struct str preferences; };
static const struct field own_body_fields[] = {
    FIELD_WORD(struct own_body, locale, locale_words, 0, "Language of answers; null: as the browser says"),
    FIELD_JSON(struct own_body, preferences, 0, "A JSON object the pages keep: theme, elder mode; at most 4,000 bytes"),
    FIELD_END
};

DB_SQL(own_update,
       "UPDATE account SET locale = CASE WHEN CAST($3 AS BIGINT) = 1 THEN $4 ELSE locale END, preferences = CASE WHEN CAST($5 AS BIGINT) = 1 THEN $6 ELSE preferences END,"
       " updated_at = $7, version = version + 1 WHERE tenant_id = $1 AND id = $2")

static err change_own(struct req *r)
{
    const struct own_body *in = r->body;
    bool locale = field_given(own_body_fields, &r->given, offsetof(struct own_body, locale));
    bool preferences = field_given(own_body_fields, &r->given, offsetof(struct own_body, preferences));
    if (in->preferences.ptr && in->preferences.ptr[0] != '{')
        req_fault(r, "preferences", ERR_WRONG_TYPE);
    if (in->preferences.len > 4000)
        req_fault(r, "preferences", ERR_TOO_LONG);
    TRY(req_faults(r));
    TRY(in_person(r));
    TRY(db_exec(r->db, &own_update,
                DB_ARGS(I64(r->tenant), I64(r->caller.account), BOOL(locale), TEXT(str_of(locale_words[in->locale])), BOOL(preferences),
                        TEXT(in->preferences), I64(r->now)),
                NULL));
    account_changed(r);
    TRY(audit_record(r, "account.preferences", "account", r->caller.account, STR_NONE));
    return reply_none(r);
}

/* ---- password ---- */

struct password_body { struct str old, new; };
static const struct field password_fields[] = {
    { .name = "old", .kind = KIND_STR, .offset = offsetof(struct password_body, old), .min = 1, .max = 200,
      .flags = REQUIRED | SECRET | RAW_TEXT, .doc = "Present password" },
    { .name = "new", .kind = KIND_STR, .offset = offsetof(struct password_body, new), .min = 1, .max = 200,
      .flags = REQUIRED | SECRET | RAW_TEXT, .doc = "New one: at least 10 characters, none of the common ones" },
    FIELD_END
};

struct change {
    struct throttle throttle;
    struct str      sign_in_name, old_hash, new_hash;
};

DB_SQL(own_password, "SELECT sign_in_name, password_hash FROM account WHERE tenant_id = $1 AND id = $2")
DB_SQL(own_password_set,
       "UPDATE account SET password_hash = $3, password_until = NULL, updated_at = $4, version = version + 1"
       " WHERE tenant_id = $1 AND id = $2 AND password_hash = $5")

static err password_begin(struct req *r, void *arg)
{
    struct change *ch = arg;
    struct db_rows rows;
    TRY(db_query(r->db, &own_password, DB_ARGS(I64(r->tenant), I64(r->caller.account)), &rows));
    if (db_next(&rows)) {
        ch->sign_in_name = str_copy(r->arena, db_text(&rows, 0));
        ch->old_hash = str_copy(r->arena, db_text(&rows, 1));
    }
    TRY(db_done(&rows));
    return throttle_begin(r, ch->sign_in_name, &ch->throttle);
}

static err password_finish(struct req *r, void *arg)
{
    struct change *ch = arg;
    int64_t        changed;
    TRY(throttle_right(r, &ch->throttle));
    TRY(db_exec(r->db, &own_password_set,
                DB_ARGS(I64(r->tenant), I64(r->caller.account), TEXT(ch->new_hash), I64(r->now), TEXT(ch->old_hash)), &changed));
    if (!changed)
        return FAIL(ERR_CONFLICT);
    TRY(sessions_end(r, r->caller.account, r->caller.session));
    TRY(audit_record(r, "account.password", "account", r->caller.account, STR_NONE));
    return reply_none(r);
}

static err change_password(struct req *r)
{
    const struct password_body *in = r->body;
    struct change               ch = { 0 };
    bool                        right;
    TRY(in_person(r));
    TRY(req_in_write(r, password_begin, &ch));
    if (ch.throttle.wait > 0)
        return throttle_refuse(r, &ch.throttle);
    if (failed(account_password_ok(in->new, ch.sign_in_name)) || str_eq(in->old, in->new))
        req_fault(r, "new", ERR_PASSWORD_WEAK);
    TRY(password_check(r, ch.old_hash.ptr ? ch.old_hash : r->app->account->nobody_hash, in->old, &right));
    if (!right || !ch.old_hash.ptr)
        req_fault(r, "old", ERR_PASSWORD_WRONG);
    TRY(req_faults(r));
    TRY(password_hash(r, in->new, &ch.new_hash));
    return req_in_write(r, password_finish, &ch);
}

const struct route own_routes[] = {
    { GET, "/api/v1/sessions", list_sessions, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ, .reply_kind = REPLY_LIST,
      .reply = own_session_fields, .flags = ROUTE_NO_STORE, .summary = "One's own sessions", .tag = "account" },
    { DELETE, "/api/v1/sessions/:id", end_session, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_WRITE, .reply_kind = REPLY_NONE,
      .summary = "End one of one's own sessions", .tag = "account" },
    { GET, "/api/v1/tokens", list_tokens, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ, .reply_kind = REPLY_LIST,
      .reply = token_fields, .flags = ROUTE_NO_STORE, .summary = "One's own API tokens", .tag = "account" },
    { POST, "/api/v1/tokens", make_token, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_WRITE,
      ROUTE_BODY(struct token_body, token_body_fields), .reply_kind = REPLY_CREATED, .reply = token_made_fields, .flags = ROUTE_NO_STORE,
      ROUTE_ERRORS(ERR_WIDER_THAN_OWN), .summary = "Make an API token; it is shown once", .tag = "account" },
    { DELETE, "/api/v1/tokens/:id", revoke_token, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_WRITE, .reply_kind = REPLY_NONE,
      .summary = "Take an API token back", .tag = "account" },
    { PATCH, "/api/v1/account", change_own, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_WRITE,
      ROUTE_BODY(struct own_body, own_body_fields), .reply_kind = REPLY_NONE, .summary = "Change language and preferences",
      .tag = "account" },
    { POST, "/api/v1/account/password", change_password, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_NONE,
      ROUTE_BODY(struct password_body, password_fields), .reply_kind = REPLY_NONE, .flags = ROUTE_SLOW | ROUTE_NO_STORE,
      ROUTE_ERRORS(ERR_TOO_MANY, ERR_CONFLICT), .summary = "Change one's own password; all other sessions end", .tag = "account" },
    ROUTE_END
};
