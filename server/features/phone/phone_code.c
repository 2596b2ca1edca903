/* phone_code.c: a code is sent to a number, and who types it gets a proof. Nothing is kept but keyed hashes, and those for a day. */
#include "phone_parts.h"
#include "../setting/setting.h"
#include "../../base/id.h"

DB_SQL(phone_code_put, "INSERT INTO phone_code (tenant_id, id, phone_hash, code_hash, until) VALUES ($1, $2, $3, $4, $5)")
/* Taking a try and looking are one: whoever asks many times at once has no more tries for it. */
DB_SQL(phone_code_try,
       "UPDATE phone_code SET tries = tries + 1 WHERE tenant_id = $1 AND id = $2 AND phone_hash = $3 AND until > $4 AND tries < $5 RETURNING code_hash")
DB_SQL(phone_code_used, "DELETE FROM phone_code WHERE tenant_id = $1 AND id = $2")
DB_SQL(phone_code_old, "DELETE FROM phone_code WHERE tenant_id = $1 AND until < $2")
DB_SQL(phone_sent_old, "DELETE FROM phone_sent WHERE tenant_id = $1 AND day < $2")
DB_SQL(phone_sent_one,
       "INSERT INTO phone_sent (tenant_id, day, who, n, last_at) VALUES ($1, $2, $3, 1, $4) ON CONFLICT (tenant_id, day, who) "
       "DO UPDATE SET n = phone_sent.n + 1, last_at = excluded.last_at WHERE phone_sent.n < $5 AND phone_sent.last_at <= $6")
DB_SQL(phone_sent_n, "SELECT n FROM phone_sent WHERE tenant_id = $1 AND day = $2 AND who = $3")

int64_t phone_day(const struct app *app, ms at)
{
    return (at + app->zone_minutes * MS_MINUTE) / MS_DAY;
}

err phone_sweep(struct db_conn *c, int64_t tenant, ms now, int64_t today, int64_t *gone)
{
    TRY(db_exec(c, &phone_code_old, DB_ARGS(I64(tenant), TIME(now)), gone));
    return db_exec(c, &phone_sent_old, DB_ARGS(I64(tenant), I64(today - 1)), NULL);
}

/* ---- is it offered ---- */

struct offer_view { bool offered, demanded; int64_t again_after; };
static const struct field offer_fields[] = {
    FIELD_BOOL(struct offer_view, offered, REQUIRED, "A gateway is set: a code can be sent"),
    FIELD_BOOL(struct offer_view, demanded, REQUIRED, "A telephone that is left without an account must be verified"),
    FIELD_I64(struct offer_view, again_after, 0, 0, REQUIRED, "Seconds between two codes to a number"),
    FIELD_END
};

static err offer(struct req *r)
{
    struct phone_gateway g;
    err                  e = phone_gateway_load(r->db, r->arena, r->tenant, &g);
    bool                 set = !failed(e);
    if (!set && e.code != ERR_NOT_FOUND)
        return e;
    struct offer_view v = { set, set && setting_bool(r->app, "phone.demanded", r->now), PHONE_AGAIN_AFTER / MS_SECOND };
    return reply_view(r, offer_fields, &v, 0);
}

/* ---- sending ---- */

struct ask_body { struct str phone; };
static const struct field ask_fields[] = {
    FIELD_STR(struct ask_body, phone, 5, 30, REQUIRED | SECRET, "A mobile telephone; a code is sent there"),
    FIELD_END
};
struct sent_view { int64_t id; ms until; int64_t again_after; };
static const struct field sent_fields[] = {
    FIELD_ID(struct sent_view, id, REQUIRED, "Of this code"),
    FIELD_TIME(struct sent_view, until, REQUIRED, "When it ends"),
    FIELD_I64(struct sent_view, again_after, 0, 0, REQUIRED, "Seconds until another may be sent"),
    FIELD_END
};

struct asked { struct str number, code; int64_t id; struct phone_gateway gateway; };

/* One more on this day, unless there were enough, or one a moment ago. */
static err count(struct req *r, struct str who, int64_t most, ms pause)
{
    int64_t day = phone_day(r->app, r->now), taken, n = 0;
    TRY(db_exec(r->db, &phone_sent_one,
                DB_ARGS(I64(r->tenant), I64(day), BLOB(who), TIME(r->now), I64(most), I64(r->now - pause)), &taken));
    if (taken)
        return OK;
    TRY(db_number(r->db, &phone_sent_n, DB_ARGS(I64(r->tenant), I64(day), BLOB(who)), &n));
    return FAIL(n >= most ? ERR_PHONE_ENOUGH : ERR_TOO_MANY);
}

static err make_code(struct req *r, void *arg)
{
    struct asked      *ask = arg;
    const struct keys *keys = &r->app->keys;
    struct str         who = phone_hash(r->arena, keys, ask->number);
    err                e = phone_gateway_load(r->db, r->arena, r->tenant, &ask->gateway);
    if (failed(e))
        return e.code == ERR_NOT_FOUND ? FAIL(ERR_PHONE_OFF) : e;
    TRY(count(r, who, setting_i64(r->app, "phone.codes_per_number_a_day", r->now), PHONE_AGAIN_AFTER));
    TRY(count(r, phone_hash(r->arena, keys, STR("")), setting_i64(r->app, "phone.codes_a_day", r->now), 0));
    ask->id = id_new();
    return db_exec(r->db, &phone_code_put,
                   DB_ARGS(I64(r->tenant), I64(ask->id), BLOB(who), BLOB(phone_code_hash(r->arena, keys, ask->id, ask->code)),
                           TIME(r->now + PHONE_CODE_LIVES)),
                   NULL);
}

static err read_number(struct req *r, struct str phone, struct str *out)
{
    err e = phone_number(r->arena, phone, setting_bool(r->app, "phone.abroad", r->now), out);
    if (failed(e))
        req_fault(r, "phone", e.code);
    return req_faults(r);
}

static err send_code(struct req *r)
{
    const struct ask_body *in = r->body;
    struct asked           ask = { .code = phone_new_code(r->arena) };
    int64_t                answer;
    TRY(read_number(r, in->phone, &ask.number));
    if (!rate_take(r->app->phone->senders, r->remote, setting_i64(r->app, "phone.codes_per_address_an_hour", r->now), clock_monotonic()))
        return FAIL(ERR_TOO_MANY);
    TRY(req_in_write(r, make_code, &ask));
    if (phone_send(r, &ask.gateway, ask.number, ask.code, &answer))
        return FAIL(ERR_PHONE_GATEWAY);
    struct sent_view v = { ask.id, r->now + PHONE_CODE_LIVES, PHONE_AGAIN_AFTER / MS_SECOND };
    return reply_view(r, sent_fields, &v, 0);
}

/* ---- what was typed ---- */

struct check_body { struct str phone, code; };
static const struct field check_fields[] = {
    FIELD_STR(struct check_body, phone, 5, 30, REQUIRED | SECRET, "The telephone it was sent to"),
    FIELD_STR(struct check_body, code, 1, 20, REQUIRED | SECRET, "The six digits"),
    FIELD_END
};
struct proof_view { struct str proof; ms until; };
static const struct field proof_fields[] = {
    FIELD_STR(struct proof_view, proof, 0, 0, REQUIRED | SECRET, "For contact_proof of a report that leaves this telephone"),
    FIELD_TIME(struct proof_view, until, REQUIRED, "When it ends"),
    FIELD_END
};

struct typed { struct str number, code; bool right; };

/* Commits whatever comes of it, since a wrong try counts. */
static err take_try(struct req *r, void *arg)
{
    struct typed  *t = arg;
    struct db_rows rows;
    struct str     hash = STR_NONE;
    TRY(db_query(r->db, &phone_code_try,
                 DB_ARGS(I64(r->tenant), I64(r->path[0]), BLOB(phone_hash(r->arena, &r->app->keys, t->number)), TIME(r->now), I64(PHONE_CODE_TRIES)),
                 &rows));
    if (db_next(&rows))
        hash = str_copy(r->arena, db_blob(&rows, 0));
    TRY(db_done(&rows));
    t->right = hash.ptr && crypto_same(hash, phone_code_hash(r->arena, &r->app->keys, r->path[0], t->code));
    return t->right ? db_exec(r->db, &phone_code_used, DB_ARGS(I64(r->tenant), I64(r->path[0])), NULL) : OK;
}

/* As people copy it: with blanks. */
static struct str digits_of(struct arena *a, struct str text)
{
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != ' ' && text.ptr[i] != '-')
            buf_add(&b, text.ptr + i, 1);
    return buf_view(&b);
}

static err check_code(struct req *r)
{
    const struct check_body *in = r->body;
    struct typed             t = { .code = digits_of(r->arena, in->code) };
    TRY(read_number(r, in->phone, &t.number));
    TRY(req_in_write(r, take_try, &t));
    if (!t.right)
        req_fault(r, "code", ERR_PHONE_CODE);
    TRY(req_faults(r));
    ms                until = r->now + PHONE_PROOF_LIVES;
    struct proof_view v = { phone_proof(r->arena, &r->app->keys, t.number, until), until };
    return reply_view(r, proof_fields, &v, 0);
}

#define PUBLIC(method_, path_, handler_, tx_) \
    .method = method_, .path = path_, .handler = handler_, .perm = PERM_PUBLIC, .tx = tx_, .reply_kind = REPLY_VIEW, .tag = "phone"

const struct route phone_code_routes[] = {
    { PUBLIC(GET, "/api/v1/phone-codes", offer, TX_READ), .reply = offer_fields, .summary = "Whether a telephone can be verified here by a code" },
    { PUBLIC(POST, "/api/v1/phone-codes", send_code, TX_NONE), ROUTE_BODY(struct ask_body, ask_fields), .reply = sent_fields,
      .flags = ROUTE_SLOW | ROUTE_NO_STORE, ROUTE_ERRORS(ERR_PHONE_OFF, ERR_PHONE_NUMBER, ERR_PHONE_ENOUGH, ERR_PHONE_GATEWAY, ERR_TOO_MANY),
      .summary = "Send a code to a telephone; good for five minutes" },
    { PUBLIC(POST, "/api/v1/phone-codes/:id/check", check_code, TX_NONE), ROUTE_BODY(struct check_body, check_fields), .reply = proof_fields,
      .flags = ROUTE_NO_STORE, ROUTE_ERRORS(ERR_PHONE_CODE, ERR_PHONE_NUMBER),
      .summary = "Type the code: the answer is the proof that a report carries" },
    ROUTE_END
};
