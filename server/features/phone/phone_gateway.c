/* phone_gateway.c: the gateway that takes messages for telephones: what it is sent, and the administrator's side. */
#include <ctype.h>
#include <jansson.h>

#include "phone_parts.h"
#include "../audit/audit.h"
#include "../setting/setting.h"
#include "../../base/form.h"
#include "../../base/jsonw.h"
#include "../../base/log.h"

#define SEAL_URL      "phone.url"
#define SEAL_SECRET   "phone.secret"
#define TESTS_AN_HOUR 20

DB_SQL(phone_gateway_get, "SELECT url_enc, url_shown, secret_enc, format, header, body, good, version FROM phone_gateway WHERE tenant_id = $1")
DB_SQL(phone_gateway_put,
       "INSERT INTO phone_gateway (tenant_id, url_enc, url_shown, secret_enc, format, header, body, good, changed_at, changed_by, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (tenant_id) DO UPDATE SET url_enc = excluded.url_enc, "
       "url_shown = excluded.url_shown, secret_enc = excluded.secret_enc, format = excluded.format, header = excluded.header, body = excluded.body, "
       "good = excluded.good, changed_at = excluded.changed_at, changed_by = excluded.changed_by, version = excluded.version")
DB_SQL(phone_gateway_delete, "DELETE FROM phone_gateway WHERE tenant_id = $1")

static const char *const format_words[] = { NULL, "json", "form", NULL };

err phone_gateway_load(struct db_conn *c, struct arena *a, int64_t tenant, struct phone_gateway *out)
{
    struct db_rows rows;
    *out = (struct phone_gateway){ .version = 0 };
    TRY(db_query(c, &phone_gateway_get, DB_ARGS(I64(tenant)), &rows));
    bool found = db_next(&rows);
    if (found)
        *out = (struct phone_gateway){ .url_enc = str_copy(a, db_blob(&rows, 0)), .url_shown = str_copy(a, db_text(&rows, 1)),
                                       .secret_enc = str_copy(a, db_blob(&rows, 2)), .format = db_i64(&rows, 3),
                                       .header = str_copy(a, db_text(&rows, 4)), .body = str_copy(a, db_text(&rows, 5)),
                                       .good = str_copy(a, db_text(&rows, 6)), .version = db_i64(&rows, 7) };
    TRY(db_done(&rows));
    return found ? OK : FAIL(ERR_NOT_FOUND);
}

/* ---- what is sent ---- */

static struct str json_escaped(struct arena *a, struct str s)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_str(&j, s);
    struct str quoted = buf_view(&b);
    return (struct str){ quoted.ptr + 1, quoted.len - 2 };
}

static struct str as_is(struct arena *a, struct str s)
{
    (void)a;
    return s;
}

static bool starts_with(struct str text, size_t at, struct str word)
{
    return text.len - at >= word.len && memcmp(text.ptr + at, word.ptr, word.len) == 0;
}

/* The template with its words; a brace that begins none of them stays. */
static struct str filled(struct arena *a, struct str text, const struct phone_words *w, struct str (*escape)(struct arena *, struct str))
{
    const struct { struct str name, value; } words[] = { { STR("{phone}"), w->phone }, { STR("{code}"), w->code }, { STR("{secret}"), w->secret },
                                                         { STR("{minutes}"), str_fmt(a, "%d", (int)(PHONE_CODE_LIVES / MS_MINUTE)) } };
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < text.len;) {
        size_t k = 0;
        while (k < sizeof words / sizeof *words && !starts_with(text, i, words[k].name))
            k++;
        if (k == sizeof words / sizeof *words) {
            buf_add(&b, text.ptr + i++, 1);
            continue;
        }
        buf_str(&b, words[k].value.ptr ? escape(a, words[k].value) : STR(""));
        i += words[k].name.len;
    }
    return buf_view(&b);
}

static struct str form_of(struct arena *a, struct str text, const struct phone_words *w)
{
    struct buf b = buf_new(a, 0);
    struct str pair;
    while (form_pair(&text, &pair)) {
        struct str value = pair, name = str_trim(str_cut(&value, '='));
        if (!name.len || !value.ptr)
            return STR_NONE;
        buf_fmt(&b, "%s%.*s=%.*s", b.len ? "&" : "", STR_ARG(form_encode(a, name)), STR_ARG(form_encode(a, filled(a, str_trim(value), w, as_is))));
    }
    return b.len ? buf_view(&b) : STR_NONE;
}

struct str phone_body(struct arena *a, int64_t format, struct str body, const struct phone_words *w)
{
    if (format == PHONE_FORM)
        return form_of(a, body, w);
    struct str text = filled(a, body, w, json_escaped);
    json_t    *read = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, NULL);
    bool       good = json_is_object(read);
    json_decref(read);
    return good ? text : STR_NONE;
}

struct str phone_header(struct arena *a, struct str header, struct str secret)
{
    return filled(a, header, &(struct phone_words){ .secret = secret }, as_is);
}

static bool holds(struct str text, struct str word)
{
    for (size_t i = 0; i + word.len <= text.len; i++)
        if (starts_with(text, i, word))
            return true;
    return false;
}

static const char *send_opened(struct req *r, const struct phone_gateway *g, struct str url, const struct phone_words *w, int64_t *answer)
{
    struct arena      *a = r->arena;
    const char *const headers[] = { g->format == PHONE_FORM ? "Content-Type: application/x-www-form-urlencoded" : "Content-Type: application/json",
                                     g->header.len ? str_z(a, phone_header(a, g->header, w->secret)) : NULL, NULL };
    struct parcel      p = { .url = str_z(a, url), .headers = headers, .body = phone_body(a, g->format, g->body, w),
                             .inside = setting_bool(r->app, "deliver.private_targets", r->now) };
    if (!p.body.ptr)
        return "could not be sent";
    deliver_now(a, &p);
    *answer = p.answer;
    return p.problem ? p.problem : g->good.len && !holds(p.reply, g->good) ? "the gateway refused it" : NULL;
}

const char *phone_send(struct req *r, const struct phone_gateway *g, struct str phone, struct str code, int64_t *answer)
{
    struct str         url, secret = STR_NONE;
    struct phone_state *s = r->app->phone;
    const char         *problem = "too many at once";
    *answer = 0;
    if (!crypto_open(r->arena, r->app->keys.seal, SEAL_URL, g->url_enc, &url) ||
        (g->secret_enc.ptr && !crypto_open(r->arena, r->app->keys.seal, SEAL_SECRET, g->secret_enc, &secret)))
        return "could not be sent";
    if (atomic_fetch_add(&s->sending, 1) < PHONE_AT_ONCE)
        problem = send_opened(r, g, url, &(struct phone_words){ phone, code, secret }, answer);
    atomic_fetch_sub(&s->sending, 1);
    if (problem)
        log_event(LOG_WARN, "phone_gateway", "problem", problem, NULL);
    return problem;
}

/* ---- what the administrator sees and sets ---- */

struct gateway_view { bool configured; struct str url_shown; bool has_secret; int format; struct str header, body, good; int64_t version; };
static const struct field gateway_fields[] = {
    FIELD_BOOL(struct gateway_view, configured, REQUIRED, "A gateway is set"),
    FIELD_STR(struct gateway_view, url_shown, 0, 0, 0, "Where it is, without what is secret of it"),
    FIELD_BOOL(struct gateway_view, has_secret, REQUIRED, "A key is kept; it is never shown"),
    FIELD_WORD(struct gateway_view, format, format_words, 0, "Of the body"),
    FIELD_STR(struct gateway_view, header, 0, 0, 0, "A header of its own"),
    FIELD_STR(struct gateway_view, body, 0, 0, MULTILINE, "What is sent"),
    FIELD_STR(struct gateway_view, good, 0, 0, 0, "A good answer holds this"),
    FIELD_I64(struct gateway_view, version, 0, 0, REQUIRED, "Version, for If-Match; 0: none is set"),
    FIELD_END
};

struct gateway_body { struct str url, secret; int format; struct str header, body, good; };
static const struct field gateway_body_fields[] = {
    FIELD_STR(struct gateway_body, url, 1, 500, SECRET, "Where it is asked, by POST; https, of a public address. Left out it stays"),
    FIELD_STR(struct gateway_body, secret, 1, 500, SECRET, "Its key, for {secret}. Left out it stays, as long as url is left out too"),
    FIELD_WORD(struct gateway_body, format, format_words, REQUIRED, "json, or form: name=value&name=value, encoded when it is sent"),
    FIELD_STR(struct gateway_body, header, 4, 300, 0, "A header of its own, such as Authorization: Bearer {secret}"),
    FIELD_STR(struct gateway_body, body, 1, 2000, REQUIRED | MULTILINE, "What is sent: {phone} and {code} must stand in it; {minutes} and {secret} may"),
    FIELD_STR(struct gateway_body, good, 1, 100, 0, "A good answer holds this text; null: any 2xx is good"),
    FIELD_END
};

struct test_body { struct str phone; };
static const struct field test_body_fields[] = {
    FIELD_STR(struct test_body, phone, 5, 30, REQUIRED | SECRET, "Telephone the test goes to"),
    FIELD_END
};
struct test_view { bool sent; struct str problem; int64_t answer; };
static const struct field test_fields[] = {
    FIELD_BOOL(struct test_view, sent, REQUIRED, "The gateway took it"),
    FIELD_STR(struct test_view, problem, 0, 0, 0, "Why not"),
    FIELD_I64(struct test_view, answer, 0, 0, 0, "Status of its answer; 0: none"),
    FIELD_END
};

static err load(struct req *r, struct phone_gateway *out)
{
    err e = phone_gateway_load(r->db, r->arena, r->tenant, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static err reply_gateway(struct req *r, const struct phone_gateway *g)
{
    struct gateway_view v = { g->version != 0, g->url_shown, g->secret_enc.ptr != NULL, (int)g->format, g->header, g->body, g->good, g->version };
    return reply_view(r, gateway_fields, &v, g->version);
}

static err get_gateway(struct req *r)
{
    struct phone_gateway g;
    TRY(load(r, &g));
    return reply_gateway(r, &g);
}

/* A token of RFC 9110, a colon and something; none that the sending sets by itself. */
static bool header_fits(struct str header)
{
    static const char *const ours[] = { "host", "content-length", "content-type", "transfer-encoding", "connection", "user-agent", "expect" };
    struct str value = header, name = str_cut(&value, ':');
    bool       good = name.len && value.ptr && str_trim(value).len;
    for (size_t i = 0; i < name.len; i++)
        good = good && (isalnum((unsigned char)name.ptr[i]) || name.ptr[i] == '-' || name.ptr[i] == '_');
    for (size_t i = 0; i < header.len; i++)
        good = good && (unsigned char)header.ptr[i] < 0x7F;
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        good = good && !(name.len == strlen(ours[i]) && strncasecmp(name.ptr, ours[i], name.len) == 0);
    return good;
}

static bool body_fits(struct arena *a, const struct gateway_body *in)
{
    const struct phone_words w = { STR("13800000000"), STR("123456"), STR("s\"&=") };
    return holds(in->body, STR("{phone}")) && holds(in->body, STR("{code}")) && phone_body(a, in->format, in->body, &w).ptr;
}

static err check_body(struct req *r, const struct phone_gateway *was, const struct gateway_body *in)
{
    bool keeps = !in->url.ptr && (in->secret.ptr || was->secret_enc.ptr);
    bool uses = holds(in->body, STR("{secret}")) || (in->header.ptr && holds(in->header, STR("{secret}")));
    if (!in->url.ptr && !was->version)
        req_fault(r, "url", ERR_REQUIRED);
    if (in->url.ptr && !deliver_target_fits(in->url, setting_bool(r->app, "deliver.private_targets", r->now)))
        req_fault(r, "url", ERR_INVALID);
    if (in->header.ptr && !header_fits(in->header))
        req_fault(r, "header", ERR_INVALID);
    if (!body_fits(r->arena, in))
        req_fault(r, "body", ERR_PHONE_TEMPLATE);
    if (uses && !in->secret.ptr && !keeps)
        req_fault(r, "secret", ERR_REQUIRED);
    return req_faults(r);
}

/* Scheme and host: what follows may be a key. */
static struct str shown(struct arena *a, struct str url)
{
    size_t n = 8;
    while (n < url.len && url.ptr[n] != '/' && url.ptr[n] != '?')
        n++;
    return str_fmt(a, "%.*s%s", (int)n, url.ptr, n < url.len ? "/…" : "");
}

static struct phone_gateway with_body(struct req *r, const struct phone_gateway *was, const struct gateway_body *in)
{
    const unsigned char *key = r->app->keys.seal;
    struct phone_gateway g = { was->url_enc, was->url_shown, was->secret_enc, in->header, in->body, in->good, in->format, was->version + 1 };
    if (in->url.ptr) {
        g.url_enc = crypto_seal(r->arena, key, SEAL_URL, in->url);
        g.url_shown = shown(r->arena, in->url);
    }
    if (in->url.ptr || in->secret.ptr)   /* a kept key goes to no other place than it was given for */
        g.secret_enc = crypto_seal(r->arena, key, SEAL_SECRET, in->secret);
    return g;
}

static struct str detail(struct req *r, const struct phone_gateway *g)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "target", g->url_shown);
    jsonw_kv_z(&j, "format", format_words[g->format]);
    jsonw_close(&j);
    return buf_view(&b);
}

static err set_gateway(struct req *r)
{
    const struct gateway_body *in = r->body;
    struct phone_gateway       was;
    TRY(load(r, &was));
    if (was.version)
        TRY(req_version_needed(r, was.version));
    TRY(check_body(r, &was, in));
    struct phone_gateway g = with_body(r, &was, in);
    TRY(db_exec(r->db, &phone_gateway_put,
                DB_ARGS(I64(r->tenant), BLOB(g.url_enc), TEXT(g.url_shown), BLOB(g.secret_enc), I64(g.format), TEXT(g.header), TEXT(g.body),
                        TEXT(g.good), TIME(r->now), REF(r->caller.account), I64(g.version)),
                NULL));
    TRY(audit_record(r, "phone_gateway.change", "phone_gateway", 0, detail(r, &g)));
    return reply_gateway(r, &g);
}

static err remove_gateway(struct req *r)
{
    int64_t gone;
    TRY(db_exec(r->db, &phone_gateway_delete, DB_ARGS(I64(r->tenant)), &gone));
    if (!gone)
        return FAIL(ERR_NOT_FOUND);
    TRY(audit_record(r, "phone_gateway.remove", "phone_gateway", 0, STR_NONE));
    return reply_none(r);
}

/* ---- a test, sent while the administrator waits ---- */

static err begin_test(struct req *r, void *arg)
{
    TRY(audit_record(r, "phone_gateway.test", "phone_gateway", 0, STR_NONE));
    return load(r, arg);
}

static err test_gateway(struct req *r)
{
    const struct test_body *in = r->body;
    struct phone_gateway    g;
    struct str              number = STR_NONE, who = str_fmt(r->arena, "test %lld", (long long)r->caller.account);
    struct test_view        v = { 0 };
    err                     e = phone_number(r->arena, in->phone, setting_bool(r->app, "phone.abroad", r->now), &number);
    if (failed(e))
        req_fault(r, "phone", e.code);
    TRY(req_faults(r));
    if (!rate_take(r->app->phone->tests, who, TESTS_AN_HOUR, clock_monotonic()))
        return FAIL(ERR_TOO_MANY);
    TRY(req_in_write(r, begin_test, &g));
    const char *problem = g.version ? phone_send(r, &g, number, phone_new_code(r->arena), &v.answer) : "no gateway is set";
    v.sent = !problem;
    v.problem = str_of(problem);
    return reply_view(r, test_fields, &v, 0);
}

#define GATEWAY(method_, path_, handler_, tx_) \
    .method = method_, .path = path_, .handler = handler_, .perm = PERM_SYSTEM_CONNECT, .scope = SCOPE_TENANT, .tx = tx_, .tag = "phone"

const struct route phone_gateway_routes[] = {
    { GATEWAY(GET, "/api/v1/phone/gateway", get_gateway, TX_READ), .reply_kind = REPLY_VIEW, .reply = gateway_fields, .flags = ROUTE_NO_STORE,
      .summary = "The gateway by which codes go to telephones" },
    { GATEWAY(PUT, "/api/v1/phone/gateway", set_gateway, TX_WRITE), ROUTE_BODY(struct gateway_body, gateway_body_fields), .reply_kind = REPLY_VIEW,
      .reply = gateway_fields, .flags = ROUTE_NO_STORE, ROUTE_ERRORS(ERR_STALE_VERSION, ERR_VERSION_NEEDED, ERR_PHONE_TEMPLATE),
      .summary = "Set the gateway by which codes go to telephones" },
    { GATEWAY(DELETE, "/api/v1/phone/gateway", remove_gateway, TX_WRITE), .reply_kind = REPLY_NONE, ROUTE_ERRORS(ERR_NOT_FOUND),
      .summary = "Send no more codes" },
    { GATEWAY(POST, "/api/v1/phone/gateway/test", test_gateway, TX_NONE), ROUTE_BODY(struct test_body, test_body_fields), .reply_kind = REPLY_VIEW,
      .reply = test_fields, .flags = ROUTE_SLOW | ROUTE_NO_STORE, ROUTE_ERRORS(ERR_TOO_MANY, ERR_PHONE_NUMBER),
      .summary = "Send a test code now and say what the gateway answered" },
    ROUTE_END
};
