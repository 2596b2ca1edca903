/* mail_own.c: what somebody signed in says of their own mail, and the way out of it for who is not signed in. */
#include "mail_parts.h"
#include "../audit/audit.h"
#include "../setting/setting.h"
#include "../../base/contact.h"
#include "../../base/jsonw.h"

#define CODE_LETTERS   8
#define CODES_AN_HOUR  5
#define STOPS_AN_HOUR  120
#define DAILY_HOUR     8

DB_SQL(mail_own,
       "SELECT address_enc, confirmed_at, code_until, stopped_at, work, deadlines, own, followed, other, daily_hour, quiet_from, quiet_to, version "
       "FROM mail_address WHERE tenant_id = $1 AND person_id = $2")
DB_SQL(mail_address_put,
       "INSERT INTO mail_address (tenant_id, person_id, address_enc, code_enc, code_until, stop_hash, stop_enc, work, deadlines, own, followed, "
       "other, daily_hour, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 3, 2, 2, 3, 1, $8, $9, 1) "
       "ON CONFLICT (tenant_id, person_id) DO UPDATE SET address_enc = excluded.address_enc, code_enc = excluded.code_enc, code_until = excluded.code_until, "
       "code_tries = 0, confirmed_at = NULL, version = mail_address.version + 1")
DB_SQL(mail_code, "SELECT code_enc, code_until, code_tries FROM mail_address WHERE tenant_id = $1 AND person_id = $2 AND code_enc IS NOT NULL")
DB_SQL(mail_code_wrong, "UPDATE mail_address SET code_tries = code_tries + 1 WHERE tenant_id = $1 AND person_id = $2")
DB_SQL(mail_confirm,
       "UPDATE mail_address SET confirmed_at = $3, code_enc = NULL, code_until = NULL, stopped_at = NULL, version = version + 1 "
       "WHERE tenant_id = $1 AND person_id = $2")
DB_SQL(mail_change,
       "UPDATE mail_address SET work = $4, deadlines = $5, own = $6, followed = $7, other = $8, daily_hour = $9, quiet_from = $10, quiet_to = $11, "
       "stopped_at = NULL, version = version + 1 WHERE tenant_id = $1 AND person_id = $2 AND version = $3")
DB_SQL(mail_remove, "DELETE FROM mail_address WHERE tenant_id = $1 AND person_id = $2")
DB_SQL(mail_stop_find, "SELECT person_id FROM mail_address WHERE tenant_id = $1 AND stop_hash = $2")
DB_SQL(mail_stop,
       "UPDATE mail_address SET work = 1, deadlines = 1, own = 1, followed = 1, other = 1, stopped_at = $3, version = version + 1 "
       "WHERE tenant_id = $1 AND person_id = $2")

struct own_view {
    bool       available;
    struct str address;
    bool       confirmed;
    ms         code_until, stopped_at;
    int        work, deadlines, own, followed, other;
    int64_t    daily_hour;
    bool       quiet;
    int64_t    quiet_from, quiet_to, version;
};
#define MODE(type, member, flags_, doc_) FIELD_WORD(type, member, mail_mode_words, flags_, doc_)
static const struct field own_fields[] = {
    FIELD_BOOL(struct own_view, available, REQUIRED, "This system can send mail"),
    { .name = "address", .kind = KIND_STR, .offset = offsetof(struct own_view, address), .flags = SECRET, .doc = "Address; null: none" },
    FIELD_BOOL(struct own_view, confirmed, REQUIRED, "It was confirmed; nothing is sent before"),
    FIELD_TIME(struct own_view, code_until, 0, "A code was sent and is good until"),
    FIELD_TIME(struct own_view, stopped_at, 0, "Stopped by the link in a mail"),
    MODE(struct own_view, work, 0, "What waits for you"), MODE(struct own_view, deadlines, 0, "Time limits"),
    MODE(struct own_view, own, 0, "What you reported"), MODE(struct own_view, followed, 0, "What you follow"),
    MODE(struct own_view, other, 0, "Anything else"),
    FIELD_I64(struct own_view, daily_hour, 0, 0, REQUIRED, "Hour of the day of what comes once a day"),
    FIELD_BOOL(struct own_view, quiet, REQUIRED, "There are quiet hours"),
    FIELD_I64(struct own_view, quiet_from, 0, 0, REQUIRED, "From this hour"),
    FIELD_I64(struct own_view, quiet_to, 0, 0, REQUIRED, "To this hour"),
    FIELD_I64(struct own_view, version, 0, 0, REQUIRED, "Version, for If-Match; 0: no address"),
    FIELD_END
};

struct own_body { int work, deadlines, own, followed, other; int64_t daily_hour; bool quiet; int64_t quiet_from, quiet_to; };
static const struct field own_body_fields[] = {
    MODE(struct own_body, work, REQUIRED, "What waits for you"), MODE(struct own_body, deadlines, REQUIRED, "Time limits"),
    MODE(struct own_body, own, REQUIRED, "What you reported"), MODE(struct own_body, followed, REQUIRED, "What you follow"),
    MODE(struct own_body, other, REQUIRED, "Anything else"),
    FIELD_I64(struct own_body, daily_hour, 0, 23, REQUIRED, "Hour of the day of what comes once a day"),
    FIELD_BOOL(struct own_body, quiet, REQUIRED, "No mail in the quiet hours"),
    FIELD_I64(struct own_body, quiet_from, 0, 23, 0, "From this hour"),
    FIELD_I64(struct own_body, quiet_to, 0, 23, 0, "To this hour"),
    FIELD_END
};
struct address_body { struct str address; };
static const struct field address_fields[] = {
    { .name = "address", .kind = KIND_STR, .offset = offsetof(struct address_body, address), .min = 3, .max = 254, .flags = REQUIRED | SECRET,
      .doc = "Address; a code is sent there" },
    FIELD_END
};
struct code_body { struct str code; };
static const struct field code_fields[] = {
    { .name = "code", .kind = KIND_STR, .offset = offsetof(struct code_body, code), .min = 1, .max = 20, .flags = REQUIRED | SECRET, .doc = "The code" },
    FIELD_END
};

/* A token may not change where somebody's messages go. */
static err in_person(const struct req *r)
{
    return r->caller.session ? OK : FAIL(ERR_NOT_ALLOWED);
}

static err available(struct req *r, bool *out)
{
    struct mail_server s;
    err                e = mail_server_load(r->db, r->arena, r->tenant, &s);
    *out = !mail_why_not(failed(e) ? NULL : &s, setting_text(r->app, r->arena, "site.url", r->now));
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static err load(struct req *r, struct own_view *v)
{
    struct db_rows rows;
    struct str     sealed = STR_NONE;
    *v = (struct own_view){ .daily_hour = DAILY_HOUR };
    TRY(available(r, &v->available));
    TRY(db_query(r->db, &mail_own, DB_ARGS(I64(r->tenant), I64(r->caller.person)), &rows));
    if (db_next(&rows)) {
        int *modes[] = { &v->work, &v->deadlines, &v->own, &v->followed, &v->other };
        sealed = str_copy(r->arena, db_blob(&rows, 0));
        v->confirmed = !db_is_null(&rows, 1);
        v->code_until = db_i64(&rows, 2);
        v->stopped_at = db_i64(&rows, 3);
        for (int i = 0; i < 5; i++)
            *modes[i] = (int)db_i64(&rows, 4 + i);
        v->daily_hour = db_i64(&rows, 9);
        v->quiet = !db_is_null(&rows, 10);
        v->quiet_from = db_i64(&rows, 10);
        v->quiet_to = db_i64(&rows, 11);
        v->version = db_i64(&rows, 12);
    }
    TRY(db_done(&rows));
    return !sealed.ptr || crypto_open(r->arena, r->app->keys.seal, SEAL_ADDRESS, sealed, &v->address) ? OK : FAIL(ERR_INTERNAL);
}

static err reply_own(struct req *r)
{
    struct own_view v;
    TRY(load(r, &v));
    return reply_view(r, own_fields, &v, v.version);
}

static err get_own(struct req *r)
{
    TRY(in_person(r));
    return reply_own(r);
}

/* ---- the address ---- */

/* Neither one account nor many may fill somebody's box with codes. */
static bool may_send_code(struct req *r, struct str address)
{
    struct rate *rate = r->app->mail->codes;
    struct str   person = str_fmt(r->arena, "code %lld", (long long)r->caller.person);
    struct str   to = crypto_keyed(r->arena, r->app->keys.search, address);
    return rate_take(rate, person, CODES_AN_HOUR, clock_monotonic()) && rate_take(rate, to, CODES_AN_HOUR, clock_monotonic());
}

static err put_address(struct req *r, struct str address)
{
    const unsigned char *key = r->app->keys.seal;
    struct str           stop = crypto_token(r->arena, 24), code = crypto_code(r->arena, CODE_LETTERS);
    return db_exec(r->db, &mail_address_put,
                   DB_ARGS(I64(r->tenant), I64(r->caller.person), BLOB(crypto_seal(r->arena, key, SEAL_ADDRESS, address)),
                           BLOB(crypto_seal(r->arena, key, SEAL_CODE, code)), TIME(r->now + MAIL_CODE_LIVES), BLOB(crypto_digest(r->arena, stop)),
                           BLOB(crypto_seal(r->arena, key, SEAL_STOP, stop)), I64(DAILY_HOUR), TIME(r->now)),
                   NULL);
}

static err set_address(struct req *r)
{
    const struct address_body *in = r->body;
    struct str                 address;
    bool                       can;
    TRY(in_person(r));
    TRY(available(r, &can));
    if (!can)
        return FAIL(ERR_MAIL_OFF);
    if (!mail_address_fits(in->address) || failed(contact_tidy(r->arena, in->address, &address)))
        req_fault(r, "address", ERR_MAIL_ADDRESS);
    TRY(req_faults(r));
    if (!may_send_code(r, address))
        return FAIL(ERR_TOO_MANY);
    TRY(put_address(r, in->address));
    TRY(mail_queue_clear(r->db, r->tenant, r->caller.person));
    TRY(deliver_put(r->db, r->app, mail_channel.name, r->caller.person, KIND_CONFIRM, 0, STR("{}"), r->now, NULL));
    TRY(audit_record(r, "mail.address", "person", r->caller.person, STR_NONE));
    return reply_own(r);
}

struct entered { struct str code; ms until; int64_t tries; };

static err read_code(struct req *r, struct entered *out)
{
    struct db_rows rows;
    struct str     sealed = STR_NONE;
    *out = (struct entered){ .code = STR_NONE };
    TRY(db_query(r->db, &mail_code, DB_ARGS(I64(r->tenant), I64(r->caller.person)), &rows));
    if (db_next(&rows)) {
        sealed = str_copy(r->arena, db_blob(&rows, 0));
        out->until = db_i64(&rows, 1);
        out->tries = db_i64(&rows, 2);
    }
    TRY(db_done(&rows));
    return !sealed.ptr || crypto_open(r->arena, r->app->keys.seal, SEAL_CODE, sealed, &out->code) ? OK : FAIL(ERR_INTERNAL);
}

static struct str capitals(struct arena *a, struct str s)
{
    char *at = str_z(a, s);
    for (size_t i = 0; i < s.len; i++)
        at[i] = at[i] >= 'a' && at[i] <= 'z' ? (char)(at[i] - 'a' + 'A') : at[i];
    return (struct str){ at, s.len };
}

/* A wrong code is counted in its own transaction: the answer is a failure, which would take the count back. */
static err count_wrong(struct req *r, void *arg)
{
    (void)arg;
    return db_exec(r->db, &mail_code_wrong, DB_ARGS(I64(r->tenant), I64(r->caller.person)), NULL);
}

static err confirm_with(struct req *r, void *arg)
{
    bool          *right = arg;
    struct entered e;
    TRY(read_code(r, &e));
    *right = e.code.ptr && e.until > r->now && e.tries < MAIL_CODE_TRIES &&
             crypto_same(e.code, capitals(r->arena, ((const struct code_body *)r->body)->code));
    if (!*right)
        return OK;
    TRY(db_exec(r->db, &mail_confirm, DB_ARGS(I64(r->tenant), I64(r->caller.person), TIME(r->now)), NULL));
    TRY(audit_record(r, "mail.confirm", "person", r->caller.person, STR_NONE));
    return reply_own(r);
}

static err confirm(struct req *r)
{
    bool right = false;
    TRY(in_person(r));
    TRY(req_in_write(r, confirm_with, &right));
    if (right)
        return OK;
    TRY(req_in_write(r, count_wrong, NULL));
    req_fault(r, "code", ERR_MAIL_CODE);
    return req_faults(r);
}

static err remove_own(struct req *r)
{
    int64_t gone;
    TRY(in_person(r));
    TRY(db_exec(r->db, &mail_remove, DB_ARGS(I64(r->tenant), I64(r->caller.person)), &gone));
    if (!gone)
        return FAIL(ERR_NOT_FOUND);
    TRY(mail_queue_clear(r->db, r->tenant, r->caller.person));
    TRY(audit_record(r, "mail.remove", "person", r->caller.person, STR_NONE));
    return reply_none(r);
}

/* ---- what comes ---- */

static struct str choices(struct req *r, const struct own_body *in)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_z(&j, "work", mail_mode_words[in->work]);
    jsonw_kv_z(&j, "deadlines", mail_mode_words[in->deadlines]);
    jsonw_kv_z(&j, "own", mail_mode_words[in->own]);
    jsonw_kv_z(&j, "followed", mail_mode_words[in->followed]);
    jsonw_kv_z(&j, "other", mail_mode_words[in->other]);
    jsonw_close(&j);
    return buf_view(&b);
}

static err change_own(struct req *r)
{
    const struct own_body *in = r->body;
    struct own_view        v;
    int64_t                changed;
    TRY(in_person(r));
    TRY(load(r, &v));
    if (!v.version)
        return FAIL(ERR_NOT_FOUND);
    TRY(req_version_needed(r, v.version));
    if (in->quiet && in->quiet_from == in->quiet_to)
        req_fault(r, "quiet_to", ERR_PERIOD);
    TRY(req_faults(r));
    const struct db_arg none = NUL, from = I64(in->quiet_from), to = I64(in->quiet_to);
    TRY(db_exec(r->db, &mail_change,
                DB_ARGS(I64(r->tenant), I64(r->caller.person), I64(v.version), I64(in->work), I64(in->deadlines), I64(in->own), I64(in->followed),
                        I64(in->other), I64(in->daily_hour), in->quiet ? from : none, in->quiet ? to : none),
                &changed));
    if (!changed)
        return FAIL(ERR_STALE_VERSION);
    TRY(audit_record(r, "mail.change", "person", r->caller.person, choices(r, in)));
    return reply_own(r);
}

/* ---- the way out: the token of the link is all it needs ---- */

static err stop(struct req *r)
{
    int64_t person;
    if (!rate_take(r->app->mail->stops, r->remote, STOPS_AN_HOUR, clock_monotonic()))
        return FAIL(ERR_TOO_MANY);
    TRY(db_number(r->db, &mail_stop_find, DB_ARGS(I64(r->tenant), BLOB(crypto_digest(r->arena, r->path_text[0]))), &person));
    TRY(db_exec(r->db, &mail_stop, DB_ARGS(I64(r->tenant), I64(person), TIME(r->now)), NULL));
    TRY(mail_queue_clear(r->db, r->tenant, person));
    TRY(audit_record(r, "mail.stop", "person", person, STR_NONE));
    return reply_none(r);
}

#define OWN(method_, path_, handler_, tx_) \
    .method = method_, .path = path_, .handler = handler_, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = tx_, .flags = ROUTE_NO_STORE, .tag = "mail"

const struct route mail_own_routes[] = {
    { OWN(GET, "/api/v1/mail", get_own, TX_READ), .reply_kind = REPLY_VIEW, .reply = own_fields, .summary = "One's own messages by mail" },
    { OWN(PUT, "/api/v1/mail", change_own, TX_WRITE), ROUTE_BODY(struct own_body, own_body_fields), .reply_kind = REPLY_VIEW, .reply = own_fields,
      ROUTE_ERRORS(ERR_NOT_FOUND, ERR_STALE_VERSION, ERR_VERSION_NEEDED), .summary = "Which messages come by mail, and when" },
    { OWN(DELETE, "/api/v1/mail", remove_own, TX_WRITE), .reply_kind = REPLY_NONE, ROUTE_ERRORS(ERR_NOT_FOUND),
      .summary = "Take one's address away" },
    { OWN(PUT, "/api/v1/mail/address", set_address, TX_WRITE), ROUTE_BODY(struct address_body, address_fields), .reply_kind = REPLY_VIEW,
      .reply = own_fields, ROUTE_ERRORS(ERR_TOO_MANY, ERR_MAIL_OFF, ERR_MAIL_ADDRESS), .summary = "Give an address; a code is sent there" },
    { OWN(POST, "/api/v1/mail/confirm", confirm, TX_NONE), ROUTE_BODY(struct code_body, code_fields), .reply_kind = REPLY_VIEW, .reply = own_fields,
      ROUTE_ERRORS(ERR_MAIL_CODE), .summary = "Confirm one's address by the code" },
    { .method = POST, .path = "/stop/*token", .handler = stop, .perm = PERM_PUBLIC, .tx = TX_WRITE, .body_kind = BODY_RAW, .body_max = 4096,
      .reply_kind = REPLY_NONE, .flags = ROUTE_FOREIGN | ROUTE_NO_STORE, ROUTE_ERRORS(ERR_NOT_FOUND, ERR_TOO_MANY),
      .summary = "Unsubscribe from mail by the link in it; one click, RFC 8058", .tag = "mail" },
    ROUTE_END
};
