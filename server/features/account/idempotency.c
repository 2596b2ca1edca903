/* Answers kept for requests repeated with the same Idempotency-Key. Written in the transaction of what was done, so that an answer is kept
 * exactly when the change was; sealed, since it may show what only the caller may see. */
#include "inside.h"

#include "../../base/id.h"

#define REPLY_CONTEXT "idempotency.reply"

DB_SQL(idempotency_find, "SELECT body_hash, status, location, reply FROM idempotency WHERE tenant_id = $1 AND lookup = $2")
DB_SQL(idempotency_insert,
       "INSERT INTO idempotency (tenant_id, id, lookup, body_hash, status, location, reply) VALUES ($1, $2, $3, $4, $5, $6, $7)")

/* A key of 128 random bits, as text, is nobody else's; a shorter one might be. */
#define KEY_OWN ((size_t)32)

/* The caller is the account. Who has none is known by the key when that is long enough, since a phone changes its address between two
 * tries of one report; else by the address too. */
static struct str lookup_of(struct req *r)
{
    struct str remote = r->idempotency_key.len < KEY_OWN ? r->remote : STR("");
    struct str text = r->caller.account ? str_fmt(r->arena, "a%lld:%.*s", (long long)r->caller.account, STR_ARG(r->idempotency_key))
                                        : str_fmt(r->arena, "r%.*s:%.*s", STR_ARG(remote), STR_ARG(r->idempotency_key));
    return crypto_keyed(r->arena, r->app->keys.search, text);
}

err account_idempotency_find(struct req *r, struct str body_hash, bool *hit, int *status, struct str *location, struct str *body)
{
    struct db_rows rows;
    bool           same = true, whole = true;
    *hit = false;
    TRY(db_query(r->db, &idempotency_find, DB_ARGS(I64(r->tenant), BLOB(lookup_of(r))), &rows));
    if (db_next(&rows)) {
        *hit = true;
        same = str_eq(db_blob(&rows, 0), body_hash);
        *status = (int)db_i64(&rows, 1);
        *location = str_copy(r->arena, db_text(&rows, 2));
        *body = STR_NONE;
        if (!db_is_null(&rows, 3))
            whole = crypto_open(r->arena, r->app->keys.seal, REPLY_CONTEXT, db_blob(&rows, 3), body);
    }
    TRY(db_done(&rows));
    return !same ? FAIL(ERR_KEY_REUSED) : !whole ? FAIL(ERR_INTERNAL) : OK;
}

err account_idempotency_store(struct req *r, struct str body_hash, int status, struct str location, struct str body)
{
    return db_send(r->db, &idempotency_insert,
                   DB_ARGS(I64(r->tenant), I64(id_new()), BLOB(lookup_of(r)), BLOB(body_hash), I64(status), TEXT(location),
                           BLOB(crypto_seal(r->arena, r->app->keys.seal, REPLY_CONTEXT, body))));
}
