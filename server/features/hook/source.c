/* source.c: systems whose signed reports become cases: the administrator's side. */
#include "hook_parts.h"
#include "../audit/audit.h"
#include "../../base/id.h"
#include "../../base/jsonw.h"

#define SOURCES_MOST 200
#define PER_HOUR     600     /* when nothing is said */
#define MAPPING_MOST 20000

#define COLUMNS "id, name, mapping, category_id, per_hour, created_at, used_at, uses, closed_at, version"
DB_SQL(source_all, "SELECT " COLUMNS " FROM hook_source WHERE tenant_id = $1 ORDER BY id DESC")
DB_SQL(source_by_id, "SELECT " COLUMNS " FROM hook_source WHERE tenant_id = $1 AND id = $2")
DB_SQL(source_sealed, "SELECT id, category_id, per_hour, name, secret_enc, mapping FROM hook_source WHERE tenant_id = $1 AND id = $2 AND closed_at IS NULL")
DB_SQL(source_use, "UPDATE hook_source SET used_at = $3, uses = uses + 1 WHERE tenant_id = $1 AND id = $2")
DB_SQL(source_insert,
       "INSERT INTO hook_source (tenant_id, id, name, secret_enc, mapping, category_id, per_hour, created_at, created_by, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)")
DB_SQL(source_change,
       "UPDATE hook_source SET name = $4, mapping = $5, category_id = $6, per_hour = $7, version = version + 1 "
       "WHERE tenant_id = $1 AND id = $2 AND version = $3 AND closed_at IS NULL")
DB_SQL(source_close, "UPDATE hook_source SET closed_at = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND closed_at IS NULL")

struct source_view {
    int64_t    id;
    struct str name, mapping;
    int64_t    category, per_hour;
    ms         created_at, used_at;
    int64_t    uses;
    ms         closed_at;
    int64_t    version;
    struct str secret;
};
#define SOURCE_FIELDS                                                                                                  \
    FIELD_ID(struct source_view, id, REQUIRED, "Id; it posts to /api/v1/hooks/ID"),                                    \
    FIELD_STR(struct source_view, name, 0, 0, REQUIRED, "Which system"),                                               \
    FIELD_JSON(struct source_view, mapping, REQUIRED, "Which member is what, as in an import"),                        \
    FIELD_ID(struct source_view, category, 0, "Of reports that the mapping gives none"),                               \
    FIELD_I64(struct source_view, per_hour, 0, 0, REQUIRED, "Reports it may make in an hour"),                         \
    FIELD_TIME(struct source_view, created_at, REQUIRED, "When made"),                                                 \
    FIELD_TIME(struct source_view, used_at, 0, "Last report"),                                                         \
    FIELD_I64(struct source_view, uses, 0, 0, REQUIRED, "Reports taken"),                                              \
    FIELD_TIME(struct source_view, closed_at, 0, "When ended"),                                                        \
    FIELD_I64(struct source_view, version, 0, 0, REQUIRED, "Version, for If-Match")
static const struct field source_fields[] = { SOURCE_FIELDS, FIELD_END };
static const struct field source_made_fields[] = {
    SOURCE_FIELDS, FIELD_STR(struct source_view, secret, 0, 0, REQUIRED | SECRET, "What it signs with: shown this once"), FIELD_END
};

struct source_body { struct str name, mapping; int64_t category, per_hour; };
static const struct field source_body_fields[] = {
    FIELD_STR(struct source_body, name, 1, 80, REQUIRED, "Which system"),
    FIELD_JSON(struct source_body, mapping, REQUIRED, "Which member of its JSON is what: a mapping as of an import, with paths such as device.id for columns"),
    FIELD_ID(struct source_body, category, 0, "Of reports that the mapping gives none"),
    FIELD_I64(struct source_body, per_hour, 1, 100000, 0, "Reports it may make in an hour; 600 when not said"),
    FIELD_END
};

err hook_source_open(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct hook_source *out)
{
    struct db_rows rows;
    TRY(db_query(c, &source_sealed, DB_ARGS(I64(tenant), I64(id)), &rows));
    bool found = db_next(&rows);
    if (found)
        *out = (struct hook_source){ db_i64(&rows, 0), db_i64(&rows, 1), db_i64(&rows, 2), str_copy(a, db_text(&rows, 3)),
                                     str_copy(a, db_blob(&rows, 4)), str_copy(a, db_text(&rows, 5)) };
    TRY(db_done(&rows));
    return found ? OK : FAIL(ERR_NOT_FOUND);
}

err hook_source_used(struct req *r, int64_t id)
{
    return db_exec(r->db, &source_use, DB_ARGS(I64(r->tenant), I64(id), TIME(r->now)), NULL);
}

static err load(struct req *r, int64_t id, struct source_view *out)
{
    return db_one(r->db, r->arena, &source_by_id, DB_ARGS(I64(r->tenant), I64(id)), source_fields, out);
}

static struct str detail(struct req *r, const struct source_view *s)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "name", s->name);
    jsonw_kv_i64(&j, "per_hour", s->per_hour);
    jsonw_kv_str(&j, "mapping", str_hex(r->arena, crypto_digest(r->arena, s->mapping).ptr, 8));
    jsonw_close(&j);
    return buf_view(&b);
}

/* The mapping's faults are told at their place below "mapping". */
static err check_body(struct req *r, const struct source_body *in)
{
    struct faults inner = { .arena = r->arena };
    err           e = in->mapping.len > MAPPING_MOST ? FAIL(ERR_TOO_LONG) : case_mapping_check(r->arena, in->mapping, &inner);
    for (size_t i = 0; i < inner.len; i++)
        faults_add(&r->faults, str_fmt(r->arena, "mapping.%.*s", STR_ARG(inner.at[i].path)), inner.at[i].code, inner.at[i].bound);
    if (failed(e) && !inner.len)
        req_fault(r, "mapping", e.code == ERR_BAD_JSON ? ERR_WRONG_TYPE : e.code);
    if (in->category && !case_category_within(r->app, in->category, in->category))
        req_fault(r, "category", ERR_CATEGORY_UNKNOWN);
    return req_faults(r);
}

static err list_sources(struct req *r)
{
    struct list all;
    TRY(db_all(r->db, r->arena, &source_all, DB_ARGS(I64(r->tenant)), source_fields, sizeof(struct source_view), SOURCES_MOST, &all));
    return reply_list(r, source_fields, sizeof(struct source_view), all, STR_NONE);
}

static err make_source(struct req *r)
{
    const struct source_body *in = r->body;
    struct source_view        s = { .id = id_new(), .name = in->name, .mapping = in->mapping, .category = in->category,
                                    .per_hour = in->per_hour ? in->per_hour : PER_HOUR, .created_at = r->now, .version = 1 };
    TRY(check_body(r, in));
    s.secret = sign_secret(r->arena);
    TRY(db_exec(r->db, &source_insert,
                DB_ARGS(I64(r->tenant), I64(s.id), TEXT(s.name), BLOB(crypto_seal(r->arena, r->app->keys.seal, SEAL_SECRET, s.secret)),
                        TEXT(s.mapping), REF(s.category), I64(s.per_hour), TIME(r->now), REF(r->caller.account)),
                NULL));
    TRY(audit_record(r, "hook_source.add", "hook_source", s.id, detail(r, &s)));
    return reply_created(r, str_fmt(r->arena, "/api/v1/hook-sources/%lld", (long long)s.id), source_made_fields, &s, s.version);
}

static err change_source(struct req *r)
{
    const struct source_body *in = r->body;
    struct source_view        s;
    int64_t                   changed;
    TRY(load(r, r->path[0], &s));
    TRY(req_version_needed(r, s.version));
    TRY(check_body(r, in));
    if (s.closed_at)
        return FAIL(ERR_WRONG_STATE);
    s.name = in->name;
    s.mapping = in->mapping;
    s.category = in->category;
    s.per_hour = in->per_hour ? in->per_hour : s.per_hour;
    TRY(db_exec(r->db, &source_change,
                DB_ARGS(I64(r->tenant), I64(s.id), I64(s.version), TEXT(s.name), TEXT(s.mapping), REF(s.category), I64(s.per_hour)), &changed));
    if (!changed)
        return FAIL(ERR_STALE_VERSION);
    s.version++;
    TRY(audit_record(r, "hook_source.change", "hook_source", s.id, detail(r, &s)));
    return reply_view(r, source_fields, &s, s.version);
}

static err close_source(struct req *r)
{
    struct source_view s;
    TRY(load(r, r->path[0], &s));
    return hook_close(r, &source_close, "hook_source", detail(r, &s));
}

#define SOURCES(method_, path_, handler_, tx_) \
    .method = method_, .path = path_, .handler = handler_, .perm = PERM_SYSTEM_CONNECT, .scope = SCOPE_TENANT, .tx = tx_, .tag = "hook"

const struct route hook_source_routes[] = {
    { SOURCES(GET, "/api/v1/hook-sources", list_sources, TX_READ), .reply_kind = REPLY_LIST, .reply = source_fields,
      .summary = "Systems whose signed reports become cases" },
    { SOURCES(POST, "/api/v1/hook-sources", make_source, TX_WRITE), ROUTE_BODY(struct source_body, source_body_fields),
      .reply_kind = REPLY_CREATED, .reply = source_made_fields, .flags = ROUTE_NO_STORE, ROUTE_ERRORS(ERR_CATEGORY_UNKNOWN),
      .summary = "Let a system report; its secret is shown once" },
    { SOURCES(PUT, "/api/v1/hook-sources/:id", change_source, TX_WRITE), ROUTE_BODY(struct source_body, source_body_fields),
      .reply_kind = REPLY_VIEW, .reply = source_fields, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_VERSION_NEEDED),
      .summary = "Change how its reports are read" },
    { SOURCES(POST, "/api/v1/hook-sources/:id/close", close_source, TX_WRITE), .reply_kind = REPLY_NONE, ROUTE_ERRORS(ERR_WRONG_STATE),
      .summary = "Take its reports no more" },
    ROUTE_END
};
