/* Rows of uploaded files, and who may make them their own. */
#include "../../base/log.h"
#include "file_parts.h"

DB_SQL(file_find,
       "SELECT id, media_type, bytes, width, height, created_by, owner_kind, owner_id, hash, claim_hash "
       "FROM file WHERE tenant_id = $1 AND id = $2")
DB_SQL(file_add,
       "INSERT INTO file (tenant_id, id, hash, media_type, bytes, width, height, claim_hash, created_by, owner_kind, owner_id, created_at) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
DB_SQL(file_own,
       "UPDATE file SET owner_kind = $3, owner_id = $4, claim_hash = NULL WHERE tenant_id = $1 AND id = $2 AND owner_kind IS NULL")
DB_SQL(file_of_hash, "SELECT 1 FROM file WHERE tenant_id = $1 AND hash = $2 LIMIT 1")
DB_SQL(file_unclaimed_delete,
       "DELETE FROM file WHERE tenant_id = $1 AND owner_id IS NULL AND created_at < $2")

static const struct field row_fields[] = {
    FIELD_ID(struct file_row, id, 0, ""),
    FIELD_STR(struct file_row, media_type, 0, 0, 0, ""),
    FIELD_I64(struct file_row, bytes, 0, 0, 0, ""),
    FIELD_I64(struct file_row, width, 0, 0, 0, ""),
    FIELD_I64(struct file_row, height, 0, 0, 0, ""),
    FIELD_ID(struct file_row, created_by, 0, ""),
    FIELD_STR(struct file_row, owner_kind, 0, 0, 0, ""),
    FIELD_ID(struct file_row, owner_id, 0, ""),
    FIELD_END
};
#define HASH_COLUMN  8
#define CLAIM_COLUMN 9

err file_row_find(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct file_row *out)
{
    struct db_rows rows;
    bool           found = false;
    TRY(db_query(c, &file_find, DB_ARGS(I64(tenant), I64(id)), &rows));
    if (db_next(&rows)) {
        found = true;
        db_map(&rows, a, row_fields, out);
        out->hash = str_copy(a, db_blob(&rows, HASH_COLUMN));
        out->claim_hash = str_copy(a, db_blob(&rows, CLAIM_COLUMN));
    }
    TRY(db_done(&rows));
    return found ? OK : FAIL(ERR_NOT_FOUND);
}

err file_row_insert(struct db_conn *c, int64_t tenant, const struct file_row *f, ms now)
{
    return db_exec(c, &file_add,
                   DB_ARGS(I64(tenant), I64(f->id), BLOB(f->hash), TEXT(f->media_type), I64(f->bytes), I64(f->width), I64(f->height),
                           BLOB(f->claim_hash), REF(f->created_by), TEXT(f->owner_kind), REF(f->owner_id), TIME(now)),
                   NULL);
}

err file_insert(struct db_conn *c, int64_t tenant, int64_t id, const struct file_stored *f, int64_t account, const char *owner_kind,
                int64_t owner_id, ms now)
{
    struct file_row row = {
        .id = id, .hash = { (const char *)f->hash, HASH_SIZE }, .media_type = str_of(f->media_type), .bytes = f->bytes,
        .width = f->width, .height = f->height, .created_by = account, .owner_kind = str_of(owner_kind), .owner_id = owner_id
    };
    return file_row_insert(c, tenant, &row, now);
}

err file_hash_used(struct db_conn *c, int64_t tenant, struct str hash, bool *out)
{
    struct db_rows rows;
    TRY(db_query(c, &file_of_hash, DB_ARGS(I64(tenant), BLOB(hash)), &rows));
    *out = db_next(&rows);
    return db_done(&rows);
}

/* ---- claims ---- */

bool file_claim_fits(struct arena *a, const struct file_row *f, struct str claim)
{
    return f->claim_hash.ptr && claim.len && crypto_same(crypto_digest(a, claim), f->claim_hash);
}

static bool may_claim(struct req *r, const struct file_row *f, struct strs claims)
{
    if (f->owner_kind.ptr)
        return false;
    if (f->created_by)
        return f->created_by == r->caller.account;
    for (size_t i = 0; i < claims.len; i++)
        if (file_claim_fits(r->arena, f, claims.at[i]))
            return true;
    return false;
}

/* One photo; a fault under its path when it is not the caller's to use. */
static err claim_one(struct req *r, const char *field, size_t i, int64_t id, struct strs claims, const char *owner_kind, int64_t owner_id)
{
    struct file_row f = { 0 };
    int64_t         changed = 0;
    err             e = file_row_find(r->db, r->arena, r->tenant, id, &f);
    if (failed(e) && e.code != ERR_NOT_FOUND)
        return e;
    if (!failed(e) && may_claim(r, &f, claims))
        TRY(db_exec(r->db, &file_own, DB_ARGS(I64(r->tenant), I64(id), TEXT(str_of(owner_kind)), I64(owner_id)), &changed));
    if (changed != 1)
        faults_add(&r->faults, str_fmt(r->arena, "%s[%zu]", field, i), ERR_FILE_UNKNOWN, 0);
    return OK;
}

err file_claim(struct req *r, const char *field, struct ids photos, struct strs claims, const char *owner_kind, int64_t owner_id)
{
    int64_t most = file_photos_most(r->app, r->now);
    if ((int64_t)photos.len > most) {
        faults_add(&r->faults, str_of(field), ERR_TOO_LONG, most);
        return req_faults(r);
    }
    for (size_t i = 0; i < photos.len; i++)
        TRY(claim_one(r, field, i, photos.at[i], claims, owner_kind, owner_id));
    return req_faults(r);
}

/* ---- sweep ---- */

struct sweep { int64_t tenant; ms before; int64_t removed; };

static err delete_unclaimed(struct db_conn *c, void *arg)
{
    struct sweep *s = arg;
    return db_exec(c, &file_unclaimed_delete, DB_ARGS(I64(s->tenant), TIME(s->before)), &s->removed);
}

err file_rows_sweep(struct app *app, ms before, int64_t *removed)
{
    struct sweep s = { .tenant = app->tenant, .before = before };
    err          e = db_write(app->db, app->tenant, delete_unclaimed, &s);
    *removed = s.removed;
    return e;
}
