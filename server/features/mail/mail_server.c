/* mail_server.c: by which server mail leaves: the administrator's side, and what a letter becomes for libcurl. */
#include "mail_parts.h"
#include "../audit/audit.h"
#include "../setting/setting.h"
#include "../../base/id.h"
#include "../../base/jsonw.h"

#define AUTHORITY_MOST 20000
#define TESTS_AN_HOUR  20

DB_SQL(mail_server_get,
       "SELECT host, port, security, user_name, password_enc, sender, sender_name, authority, version FROM mail_server WHERE tenant_id = $1")
DB_SQL(mail_server_put,
       "INSERT INTO mail_server (tenant_id, host, port, security, user_name, password_enc, sender, sender_name, authority, changed_at, changed_by, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (tenant_id) DO UPDATE SET host = excluded.host, port = excluded.port, "
       "security = excluded.security, user_name = excluded.user_name, password_enc = excluded.password_enc, sender = excluded.sender, "
       "sender_name = excluded.sender_name, authority = excluded.authority, changed_at = excluded.changed_at, changed_by = excluded.changed_by, "
       "version = excluded.version")
DB_SQL(mail_server_delete, "DELETE FROM mail_server WHERE tenant_id = $1")

enum security { SECURITY_UNSET, SECURITY_NONE, SECURITY_STARTTLS, SECURITY_TLS };
static const char *const security_words[] = { NULL, "none", "starttls", "tls", NULL };

err mail_server_load(struct db_conn *c, struct arena *a, int64_t tenant, struct mail_server *out)
{
    struct db_rows rows;
    TRY(db_query(c, &mail_server_get, DB_ARGS(I64(tenant)), &rows));
    bool found = db_next(&rows);
    if (found)
        *out = (struct mail_server){ .host = str_copy(a, db_text(&rows, 0)), .port = db_i64(&rows, 1), .security = db_i64(&rows, 2),
                                     .user = str_copy(a, db_text(&rows, 3)), .password_enc = str_copy(a, db_blob(&rows, 4)),
                                     .sender = str_copy(a, db_text(&rows, 5)), .sender_name = str_copy(a, db_text(&rows, 6)),
                                     .authority = str_copy(a, db_text(&rows, 7)), .version = db_i64(&rows, 8) };
    TRY(db_done(&rows));
    return found ? OK : FAIL(ERR_NOT_FOUND);
}

const char *mail_why_not(const struct mail_server *s, struct str site)
{
    return !s ? "no mail server is set" : !site.len ? "the address of this system is not set" : NULL;
}

/* ---- a parcel ---- */

static struct str domain_of(struct str address)
{
    (void)str_cut(&address, '@');
    return address;
}

static const char **headers_of(struct arena *a, const struct app *app, const struct mail_server *s, const struct mail_send *m)
{
    const char **h = ARENA_ARRAY(a, 10, const char *);
    size_t       n = 0;
    struct str   name = s->sender_name.len ? s->sender_name : str_of(app->tenant_name);
    h[n++] = str_fmt(a, "From: %s", mail_mailbox(a, name, s->sender).ptr).ptr;
    h[n++] = str_fmt(a, "To: <%.*s>", STR_ARG(m->to)).ptr;
    h[n++] = str_fmt(a, "Subject: %.*s", STR_ARG(mail_header_text(a, m->letter.subject))).ptr;
    h[n++] = str_fmt(a, "Date: %s", mail_date(a, m->at, app->zone_minutes).ptr).ptr;
    h[n++] = str_fmt(a, "Message-ID: <%lld.%lld@%.*s>", (long long)m->id, (long long)app->tenant, STR_ARG(domain_of(s->sender))).ptr;
    h[n++] = "Auto-Submitted: auto-generated";
    if (m->stop.ptr)
        h[n++] = str_fmt(a, "List-Unsubscribe: <%.*s>", STR_ARG(m->stop)).ptr;
    if (m->stop.ptr && str_starts(m->stop, "https://"))   /* RFC 8058 asks for https */
        h[n++] = "List-Unsubscribe-Post: List-Unsubscribe=One-Click";
    return h;
}

err mail_parcel(struct arena *a, struct app *app, const struct mail_server *s, const struct mail_send *m, struct parcel *out)
{
    struct deliver_mail *mail = ARENA_NEW(a, struct deliver_mail);
    struct str           password = STR_NONE;
    bool                 v6 = str_find(s->host, ':') >= 0;
    if (s->password_enc.ptr && !crypto_open(a, app->keys.seal, SEAL_PASSWORD, s->password_enc, &password))
        return FAIL(ERR_INTERNAL);
    *mail = (struct deliver_mail){ .from = str_z(a, s->sender), .to = str_z(a, m->to), .text = m->letter.text, .user = str_z(a, s->user),
                                   .password = str_z(a, password), .starttls = s->security == SECURITY_STARTTLS, .authority = s->authority };
    /* The name a server is greeted with is the sender's domain, not this machine's. */
    *out = (struct parcel){ .mail = mail, .headers = headers_of(a, app, s, m), .inside = true };
    out->url = str_fmt(a, "%s://%s%.*s%s:%lld/%.*s", s->security == SECURITY_TLS ? "smtps" : "smtp", v6 ? "[" : "", STR_ARG(s->host), v6 ? "]" : "",
                       (long long)s->port, STR_ARG(domain_of(s->sender))).ptr;
    return OK;
}

/* ---- what the administrator sees and sets ---- */

struct server_view { bool configured; struct str host; int64_t port; int security; struct str user; bool has_password; struct str sender, sender_name, authority, site; int64_t version; };
static const struct field server_fields[] = {
    FIELD_BOOL(struct server_view, configured, REQUIRED, "A server is set"),
    FIELD_STR(struct server_view, host, 0, 0, 0, "Name or address"),
    FIELD_I64(struct server_view, port, 0, 0, 0, "Port"),
    FIELD_WORD(struct server_view, security, security_words, 0, "none: a server on this machine alone; starttls; tls: from the first byte"),
    FIELD_STR(struct server_view, user, 0, 0, 0, "Signs in as"),
    FIELD_BOOL(struct server_view, has_password, REQUIRED, "A password is kept; it is never shown"),
    FIELD_STR(struct server_view, sender, 0, 0, 0, "Address it is sent from"),
    FIELD_STR(struct server_view, sender_name, 0, 0, 0, "Name beside it; null: the district's"),
    FIELD_STR(struct server_view, authority, 0, 0, 0, "Certificates trusted instead of the system's, PEM"),
    FIELD_STR(struct server_view, site, 0, 0, 0, "The setting site.url: without it no mail is sent, because its links would lead nowhere"),
    FIELD_I64(struct server_view, version, 0, 0, REQUIRED, "Version, for If-Match; 0: none is set"),
    FIELD_END
};

struct server_body { struct str host; int64_t port; int security; struct str user, password, sender, sender_name, authority; };
static const struct field server_body_fields[] = {
    FIELD_STR(struct server_body, host, 1, 253, REQUIRED, "Name or address"),
    FIELD_I64(struct server_body, port, 1, 65535, REQUIRED, "Port: usually 587 with starttls, 465 with tls"),
    FIELD_WORD(struct server_body, security, security_words, REQUIRED, "none (a server on this machine alone), starttls, tls"),
    FIELD_STR(struct server_body, user, 1, 200, 0, "Signs in as; null: without signing in"),
    { .name = "password", .kind = KIND_STR, .offset = offsetof(struct server_body, password), .min = 1, .max = 500, .flags = SECRET | RAW_TEXT,
      .doc = "Left out it stays, as long as server, port, encryption and user do" },
    FIELD_STR(struct server_body, sender, 3, 254, REQUIRED, "Address it is sent from"),
    FIELD_STR(struct server_body, sender_name, 1, 80, 0, "Name beside it; null: the district's"),
    FIELD_STR(struct server_body, authority, 1, AUTHORITY_MOST, MULTILINE, "Certificates trusted instead of the system's, PEM"),
    FIELD_END
};

struct test_body { struct str to; };
static const struct field test_body_fields[] = {
    { .name = "to", .kind = KIND_STR, .offset = offsetof(struct test_body, to), .min = 3, .max = 254, .flags = REQUIRED | SECRET, .doc = "Address the test goes to" },
    FIELD_END
};
struct test_view { bool sent; struct str problem; int64_t answer; };
static const struct field test_fields[] = {
    FIELD_BOOL(struct test_view, sent, REQUIRED, "The server took it"),
    FIELD_STR(struct test_view, problem, 0, 0, 0, "Why not"),
    FIELD_I64(struct test_view, answer, 0, 0, 0, "What the server answered last; 0: nothing"),
    FIELD_END
};

static err load(struct req *r, struct mail_server *out)
{
    err e = mail_server_load(r->db, r->arena, r->tenant, out);
    if (e.code != ERR_NOT_FOUND)
        return e;
    *out = (struct mail_server){ .version = 0 };
    return OK;
}

static err reply_server(struct req *r, const struct mail_server *s)
{
    struct server_view v = { s->version != 0, s->host, s->port, (int)s->security, s->user, s->password_enc.ptr != NULL, s->sender, s->sender_name,
                             s->authority, setting_text(r->app, r->arena, "site.url", r->now), s->version };
    return reply_view(r, server_fields, &v, s->version);
}

static err get_server(struct req *r)
{
    struct mail_server s;
    TRY(load(r, &s));
    return reply_server(r, &s);
}

static bool host_fits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:", s.ptr[i]))
            return false;
    return s.ptr[0] != '-';
}

static bool is_loopback(struct str host)
{
    return str_is(host, "localhost") || str_is(host, "127.0.0.1") || str_is(host, "::1");
}

/* A password that stays must not be sent to another server than it was given for. */
static bool same_place(const struct mail_server *s, const struct server_body *in)
{
    return str_eq(s->host, in->host) && s->port == in->port && s->security == in->security && str_eq(s->user, in->user) &&
           str_eq(s->authority, in->authority);
}

static err check_body(struct req *r, const struct mail_server *s, const struct server_body *in)
{
    if (!host_fits(in->host))
        req_fault(r, "host", ERR_INVALID);
    if (in->security == SECURITY_NONE && !is_loopback(in->host))
        req_fault(r, "security", ERR_MAIL_PLAIN);
    if (!mail_address_fits(in->sender))
        req_fault(r, "sender", ERR_MAIL_ADDRESS);
    if (in->authority.ptr && !str_starts(in->authority, "-----BEGIN CERTIFICATE-----"))
        req_fault(r, "authority", ERR_INVALID);
    if (in->user.ptr && !in->password.ptr && !(s->password_enc.ptr && same_place(s, in)))
        req_fault(r, "password", ERR_REQUIRED);
    if (in->password.ptr && !in->user.ptr)
        req_fault(r, "user", ERR_REQUIRED);
    return req_faults(r);
}

static struct str detail(struct req *r, const struct mail_server *s)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "host", s->host);
    jsonw_kv_i64(&j, "port", s->port);
    jsonw_kv_z(&j, "security", security_words[s->security]);
    jsonw_kv_str(&j, "sender", s->sender);
    jsonw_kv_bool(&j, "signs_in", s->user.ptr != NULL);
    jsonw_close(&j);
    return buf_view(&b);
}

static struct mail_server with_body(struct req *r, const struct mail_server *was, const struct server_body *in)
{
    struct mail_server s = { .host = in->host, .port = in->port, .security = in->security, .user = in->user, .password_enc = was->password_enc,
                             .sender = in->sender, .sender_name = in->sender_name, .authority = in->authority, .version = was->version + 1 };
    if (!in->user.ptr)
        s.password_enc = STR_NONE;
    else if (in->password.ptr)
        s.password_enc = crypto_seal(r->arena, r->app->keys.seal, SEAL_PASSWORD, in->password);
    return s;
}

static err set_server(struct req *r)
{
    const struct server_body *in = r->body;
    struct mail_server        was, s;
    TRY(load(r, &was));
    if (was.version)
        TRY(req_version_needed(r, was.version));
    TRY(check_body(r, &was, in));
    s = with_body(r, &was, in);
    TRY(db_exec(r->db, &mail_server_put,
                DB_ARGS(I64(r->tenant), TEXT(s.host), I64(s.port), I64(s.security), TEXT(s.user), BLOB(s.password_enc), TEXT(s.sender),
                        TEXT(s.sender_name), TEXT(s.authority), TIME(r->now), REF(r->caller.account), I64(s.version)),
                NULL));
    TRY(audit_record(r, "mail_server.change", "mail_server", 0, detail(r, &s)));
    return reply_server(r, &s);
}

static err remove_server(struct req *r)
{
    int64_t gone;
    TRY(db_exec(r->db, &mail_server_delete, DB_ARGS(I64(r->tenant)), &gone));
    if (!gone)
        return FAIL(ERR_NOT_FOUND);
    TRY(audit_record(r, "mail_server.remove", "mail_server", 0, STR_NONE));
    return reply_none(r);
}

/* ---- a test, sent while the administrator waits ---- */

static err begin_test(struct req *r, void *arg)
{
    TRY(audit_record(r, "mail_server.test", "mail_server", 0, STR_NONE));
    return load(r, arg);
}

static err test_server(struct req *r)
{
    const struct test_body *in = r->body;
    struct mail_server      s;
    struct parcel           p = { 0 };
    struct str              who = str_fmt(r->arena, "test %lld", (long long)r->caller.account);
    struct mail_words       w = { .district = str_of(r->app->tenant_name), .site = setting_text(r->app, r->arena, "site.url", r->now), .lang = r->lang,
                                  .zone_minutes = r->app->zone_minutes };
    if (!mail_address_fits(in->to))
        req_fault(r, "to", ERR_MAIL_ADDRESS);
    TRY(req_faults(r));
    if (!rate_take(r->app->mail->codes, who, TESTS_AN_HOUR, clock_monotonic()))
        return FAIL(ERR_TOO_MANY);
    TRY(req_in_write(r, begin_test, &s));
    p.problem = mail_why_not(s.version ? &s : NULL, w.site);
    if (!p.problem) {
        struct mail_send m = { .to = in->to, .letter = mail_test_letter(r->arena, &w), .stop = STR_NONE, .site = w.site, .id = id_new(), .at = r->now };
        TRY(mail_parcel(r->arena, r->app, &s, &m, &p));
        deliver_now(r->arena, &p);
    }
    struct test_view v = { !p.problem, str_of(p.problem), p.answer };
    return reply_view(r, test_fields, &v, 0);
}

#define SERVER(method_, path_, handler_, tx_) \
    .method = method_, .path = path_, .handler = handler_, .perm = PERM_SYSTEM_CONNECT, .scope = SCOPE_TENANT, .tx = tx_, .tag = "mail"

const struct route mail_server_routes[] = {
    { SERVER(GET, "/api/v1/mail/server", get_server, TX_READ), .reply_kind = REPLY_VIEW, .reply = server_fields, .flags = ROUTE_NO_STORE,
      .summary = "The server by which mail leaves" },
    { SERVER(PUT, "/api/v1/mail/server", set_server, TX_WRITE), ROUTE_BODY(struct server_body, server_body_fields), .reply_kind = REPLY_VIEW,
      .reply = server_fields, .flags = ROUTE_NO_STORE, ROUTE_ERRORS(ERR_STALE_VERSION, ERR_VERSION_NEEDED, ERR_MAIL_PLAIN, ERR_MAIL_ADDRESS),
      .summary = "Set the server by which mail leaves" },
    { SERVER(DELETE, "/api/v1/mail/server", remove_server, TX_WRITE), .reply_kind = REPLY_NONE, ROUTE_ERRORS(ERR_NOT_FOUND),
      .summary = "Send no more mail" },
    { SERVER(POST, "/api/v1/mail/server/test", test_server, TX_NONE), ROUTE_BODY(struct test_body, test_body_fields), .reply_kind = REPLY_VIEW,
      .reply = test_fields, .flags = ROUTE_SLOW | ROUTE_NO_STORE, ROUTE_ERRORS(ERR_TOO_MANY, ERR_MAIL_ADDRESS),
      .summary = "Send a test mail now and say what the server answered" },
    ROUTE_END
};
