/* key.c: API keys: made by an administrator, shown once, kept as a hash, limited, taken back. */
#include "open311_parts.h"
#include "../audit/audit.h"
#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../../base/rate.h"

#define KEY_START   10      /* characters by which a key is told apart */
#define KEY_LONGEST 100
#define PER_HOUR    100     /* when nothing is said */

#define COLUMNS "id, name, contact, key_start, per_hour, created_at, expires_at, used_at, uses, revoked_at, version, " \
    "CASE updates WHEN 1 THEN 'remarks' WHEN 2 THEN 'handled' END AS may_update"
DB_SQL(api_key_all, "SELECT " COLUMNS " FROM api_key WHERE tenant_id = $1 ORDER BY id DESC")
DB_SQL(api_key_by_id, "SELECT " COLUMNS " FROM api_key WHERE tenant_id = $1 AND id = $2")
DB_SQL(api_key_find,
       "SELECT id, name, per_hour, updates FROM api_key WHERE tenant_id = $1 AND key_hash = $2 AND revoked_at IS NULL "
       "AND (expires_at IS NULL OR expires_at > $3)")
DB_SQL(api_key_use, "UPDATE api_key SET used_at = $3, uses = uses + 1 WHERE tenant_id = $1 AND id = $2")
DB_SQL(api_key_insert,
       "INSERT INTO api_key (tenant_id, id, name, contact, key_hash, key_start, per_hour, created_at, created_by, expires_at, updates, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)")
DB_SQL(api_key_change,
       "UPDATE api_key SET name = $4, contact = $5, per_hour = $6, expires_at = $7, updates = $8, version = version + 1 "
       "WHERE tenant_id = $1 AND id = $2 AND version = $3 AND revoked_at IS NULL")
DB_SQL(api_key_revoke,
       "UPDATE api_key SET revoked_at = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL")

/* ---- at the door ---- */

err open311_key_check(struct req *r, struct str key, struct api_key *out)
{
    struct db_rows rows;
    bool           found = false;
    if (key.len && key.len <= KEY_LONGEST) {
        TRY(db_query(r->db, &api_key_find, DB_ARGS(I64(r->tenant), BLOB(crypto_digest(r->arena, key)), TIME(r->now)), &rows));
        found = db_next(&rows);
        if (found)
            *out = (struct api_key){ db_i64(&rows, 0), str_copy(r->arena, db_text(&rows, 1)), db_i64(&rows, 2), (enum key_updates)db_i64(&rows, 3) };
        TRY(db_done(&rows));
    }
    if (!found)
        return req_fail(r, ERR_NOT_ALLOWED, STR("api_key"));
    struct str who = str_fmt(r->arena, "%lld", (long long)out->id);
    return rate_take(r->app->open311->reports, who, out->per_hour, clock_monotonic()) ? OK : FAIL(ERR_TOO_MANY);
}

err open311_key_used(struct req *r, const struct api_key *key)
{
    return db_exec(r->db, &api_key_use, DB_ARGS(I64(r->tenant), I64(key->id), TIME(r->now)), NULL);
}

/* ---- managing ---- */

struct key_view {
    int64_t    id;
    struct str name, contact, key_start;
    int64_t    per_hour;
    ms         created_at, expires_at, used_at;
    int64_t    uses;
    ms         revoked_at;
    int64_t    version;
    int        updates;
    struct str key;
};
static const char *const update_words[] = { NULL, "remarks", "handled", NULL };
#define KEY_FIELDS                                                                                                         \
    FIELD_ID(struct key_view, id, REQUIRED, "Id"),                                                                         \
    FIELD_STR(struct key_view, name, 0, 0, REQUIRED, "System that holds it"),                                              \
    FIELD_STR(struct key_view, contact, 0, 0, 0, "Whom to ask about it"),                                                  \
    FIELD_STR(struct key_view, key_start, 0, 0, REQUIRED, "First characters of the key"),                                  \
    FIELD_I64(struct key_view, per_hour, 0, 0, REQUIRED, "Reports it may make in an hour"),                                \
    FIELD_TIME(struct key_view, created_at, REQUIRED, "When made"),                                                        \
    FIELD_TIME(struct key_view, expires_at, 0, "When it ends; null: never"),                                               \
    FIELD_TIME(struct key_view, used_at, 0, "Last report with it"),                                                        \
    FIELD_I64(struct key_view, uses, 0, 0, REQUIRED, "Reports made with it"),                                              \
    FIELD_TIME(struct key_view, revoked_at, 0, "When taken back"),                                                         \
    FIELD_I64(struct key_view, version, 0, 0, REQUIRED, "Version, for If-Match"),                                                 \
    FIELD_WORD(struct key_view, updates, update_words, 0, "What it may say of cases: null nothing, remarks, or also that they were handled")
static const struct field key_fields[] = { KEY_FIELDS, FIELD_END };
static const struct field key_made_fields[] = {
    KEY_FIELDS, FIELD_STR(struct key_view, key, 0, 0, REQUIRED | SECRET, "The key itself: shown this once"), FIELD_END
};

struct key_body { struct str name, contact; int64_t per_hour; ms expires_at; int updates; };
static const struct field key_body_fields[] = {
    FIELD_STR(struct key_body, name, 1, 80, REQUIRED, "System that will hold it"),
    FIELD_STR(struct key_body, contact, 1, 120, 0, "Whom to ask about it"),
    FIELD_I64(struct key_body, per_hour, 1, 100000, 0, "Reports it may make in an hour; 100 when not said"),
    FIELD_TIME(struct key_body, expires_at, 0, "When it ends; null: never"),
    FIELD_WORD(struct key_body, updates, update_words, 0, "What it may say of cases: null nothing, remarks, or also that they were handled"),
    FIELD_END
};

static err load(struct req *r, int64_t id, struct key_view *out)
{
    return db_one(r->db, r->arena, &api_key_by_id, DB_ARGS(I64(r->tenant), I64(id)), key_fields, out);
}

static struct str detail(struct req *r, const struct key_view *v)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "name", v->name);
    jsonw_kv_str(&j, "key_start", v->key_start);
    jsonw_kv_i64(&j, "per_hour", v->per_hour);
    jsonw_kv_z(&j, "updates", update_words[v->updates]);
    if (v->expires_at)
        jsonw_kv_i64(&j, "expires_at", v->expires_at);
    jsonw_close(&j);
    return buf_view(&b);
}

static err list_keys(struct req *r)
{
    struct list all;
    TRY(db_all(r->db, r->arena, &api_key_all, DB_ARGS(I64(r->tenant)), key_fields, sizeof(struct key_view), 1000, &all));
    return reply_list(r, key_fields, sizeof(struct key_view), all, STR_NONE);
}

static err check_expiry(struct req *r, ms expires)
{
    if (expires && expires <= r->now)
        req_fault(r, "expires_at", ERR_TOO_SMALL);
    return req_faults(r);
}

static err make_key(struct req *r)
{
    const struct key_body *in = r->body;
    struct key_view        v = { .id = id_new(), .name = in->name, .contact = in->contact, .per_hour = in->per_hour ? in->per_hour : PER_HOUR,
                                 .created_at = r->now, .expires_at = in->expires_at, .updates = in->updates, .version = 1 };
    TRY(check_expiry(r, in->expires_at));
    v.key = str_fmt(r->arena, "o311_%s", crypto_token(r->arena, 24).ptr);
    v.key_start = (struct str){ v.key.ptr, KEY_START };
    TRY(db_exec(r->db, &api_key_insert,
                DB_ARGS(I64(r->tenant), I64(v.id), TEXT(v.name), TEXT(v.contact), BLOB(crypto_digest(r->arena, v.key)), TEXT(v.key_start),
                        I64(v.per_hour), TIME(r->now), REF(r->caller.account), TIME(v.expires_at), I64(v.updates)),
                NULL));
    TRY(audit_record(r, "api_key.add", "api_key", v.id, detail(r, &v)));
    return reply_created(r, str_fmt(r->arena, "/api/v1/api-keys/%lld", (long long)v.id), key_made_fields, &v, v.version);
}

static err change_key(struct req *r)
{
    const struct key_body *in = r->body;
    struct key_view        v;
    int64_t                changed;
    TRY(load(r, r->path[0], &v));
    TRY(req_version_needed(r, v.version));
    TRY(check_expiry(r, in->expires_at));
    if (v.revoked_at)
        return FAIL(ERR_WRONG_STATE);
    v.name = in->name;
    v.contact = in->contact;
    v.per_hour = in->per_hour ? in->per_hour : v.per_hour;
    v.expires_at = in->expires_at;
    v.updates = in->updates;
    TRY(db_exec(r->db, &api_key_change,
                DB_ARGS(I64(r->tenant), I64(v.id), I64(v.version), TEXT(v.name), TEXT(v.contact), I64(v.per_hour), TIME(v.expires_at),
                        I64(v.updates)),
                &changed));
    if (!changed)
        return FAIL(ERR_STALE_VERSION);
    v.version++;
    TRY(audit_record(r, "api_key.change", "api_key", v.id, detail(r, &v)));
    return reply_view(r, key_fields, &v, v.version);
}

static err revoke_key(struct req *r)
{
    struct key_view v;
    int64_t         changed;
    TRY(load(r, r->path[0], &v));
    TRY(db_exec(r->db, &api_key_revoke, DB_ARGS(I64(r->tenant), I64(v.id), TIME(r->now)), &changed));
    if (!changed)
        return FAIL(ERR_WRONG_STATE);
    TRY(audit_record(r, "api_key.revoke", "api_key", v.id, detail(r, &v)));
    TRY(load(r, r->path[0], &v));
    return reply_view(r, key_fields, &v, v.version);
}

#define KEYS(method_, path_, handler_, tx_) \
    .method = method_, .path = path_, .handler = handler_, .perm = PERM_SYSTEM_CONNECT, .scope = SCOPE_TENANT, .tx = tx_, .tag = "open311"

const struct route open311_key_routes[] = {
    { KEYS(GET, "/api/v1/api-keys", list_keys, TX_READ), .reply_kind = REPLY_LIST, .reply = key_fields, .flags = ROUTE_NO_STORE,
      .summary = "Keys with which other systems report through Open311" },
    { KEYS(POST, "/api/v1/api-keys", make_key, TX_WRITE), ROUTE_BODY(struct key_body, key_body_fields), .reply_kind = REPLY_CREATED,
      .reply = key_made_fields, .flags = ROUTE_NO_STORE, .summary = "Make a key; it is shown once" },
    { KEYS(PUT, "/api/v1/api-keys/:id", change_key, TX_WRITE), ROUTE_BODY(struct key_body, key_body_fields), .reply_kind = REPLY_VIEW,
      .reply = key_fields, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_VERSION_NEEDED),
      .summary = "Change a key's name, contact, limit and end" },
    { KEYS(POST, "/api/v1/api-keys/:id/revoke", revoke_key, TX_WRITE), .reply_kind = REPLY_VIEW, .reply = key_fields,
      ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "Take a key back" },
    ROUTE_END
};
