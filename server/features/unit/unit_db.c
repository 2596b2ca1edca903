/* SQL of areas and organisations, beside the row mapping. */
#include "unit_inside.h"

#include "../../base/id.h"
#include "../../base/log.h"

#define DEPTH_MOST 32   /* a tree deeper than this is a cycle */

/* ---- the snapshot ---- */

DB_SQL(unit_areas_all, "SELECT id, parent_id, kind, code, name, class, valid_from, valid_to, version, shape_id, 0, name_fold FROM area "
                       "WHERE tenant_id = $1 ORDER BY COALESCE(code, ''), name, id")
DB_SQL(unit_orgs_all, "SELECT id, parent_id, kind, code, name, NULL, valid_from, valid_to, version, area_id, public, name_fold FROM org "
                      "WHERE tenant_id = $1 ORDER BY name, id")
DB_SQL(unit_counts, "SELECT (SELECT COUNT(*) FROM area WHERE tenant_id = $1) + (SELECT COUNT(*) FROM org WHERE tenant_id = $1)")
DB_SQL(unit_shape_wkb, "SELECT wkb FROM area_shape WHERE tenant_id = $1 AND id = $2")

static void read_node(struct db_rows *rows, struct arena *a, enum unit_kind unit, const struct area_kinds *kinds, struct unode *n)
{
    *n = (struct unode){
        .unit = unit,
        .id = db_i64(rows, 0),
        .parent_id = db_i64(rows, 1),
        .kind = str_copy(a, db_text(rows, 2)),
        .code = str_copy(a, db_text(rows, 3)),
        .name = str_copy(a, db_text(rows, 4)),
        .class_ = str_copy(a, db_text(rows, 5)),
        .valid_from = db_i64(rows, 6),
        .valid_to = db_i64(rows, 7),
        .version = db_i64(rows, 8),
        .shape_id = unit == UNIT_AREA ? db_i64(rows, 9) : 0,
        .area_id = unit == UNIT_ORG ? db_i64(rows, 9) : 0,
        .is_public = db_bool(rows, 10),
        .fold = str_copy(a, db_text(rows, 11)),
    };
    int order = unit == UNIT_AREA ? area_kind_find(kinds, n->kind) : 0;
    n->kind_order = (int8_t)(order < 0 ? 127 : order);
}

static err read_nodes(struct db_conn *c, int64_t tenant, struct arena *a, const struct area_kinds *kinds, struct unode *rows, int32_t most,
                      int32_t *count)
{
    static const struct { const struct db_sql *sql; enum unit_kind unit; } parts[] = {
        { &unit_areas_all, UNIT_AREA }, { &unit_orgs_all, UNIT_ORG },
    };
    *count = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct db_rows r;
        TRY(db_query(c, parts[i].sql, DB_ARGS(I64(tenant)), &r));
        while (*count < most && db_next(&r))
            read_node(&r, a, parts[i].unit, kinds, &rows[(*count)++]);
        TRY(db_done(&r));
    }
    return OK;
}

static struct shape *shape_known(const struct unit_snapshot *before, const struct unode *n)
{
    const struct unode *old = before ? snapshot_node(before, (struct unit_ref){ UNIT_AREA, n->id }) : NULL;
    if (!old || !old->shape || shape_id(old->shape) != n->shape_id)
        return NULL;
    shape_keep(old->shape);
    return old->shape;
}

static err shape_read(struct db_conn *c, int64_t tenant, struct unode *n)
{
    struct db_rows r;
    err            e = OK;
    TRY(db_query(c, &unit_shape_wkb, DB_ARGS(I64(tenant), I64(n->shape_id)), &r));
    if (db_next(&r))
        e = shape_make(n->shape_id, db_blob(&r, 0), &n->shape);
    if (failed(e) || !n->shape)
        log_event(LOG_ERROR, "unit_shape", "problem", "a stored polygon cannot be read; its area has none", NULL);
    return db_done(&r);
}

static void mark_add(uint64_t *mark, int64_t v)
{
    *mark = (*mark ^ (uint64_t)v) * UINT64_C(0x100000001B3);
    *mark ^= *mark >> 29;
}

static err read_rows(struct db_conn *c, int64_t tenant, const struct area_kinds *kinds, const struct unit_snapshot *before,
                     struct unit_snapshot *s)
{
    int64_t total;
    int32_t count;
    TRY(db_number(c, &unit_counts, DB_ARGS(I64(tenant)), &total));
    struct unode *rows = ARENA_ARRAY(s->arena, (size_t)total + 1, struct unode);
    TRY(read_nodes(c, tenant, s->arena, kinds, rows, (int32_t)total, &count));
    s->mark = UINT64_C(0xCBF29CE484222325);
    err e = OK;
    for (int32_t i = 0; i < count && !failed(e); i++) {
        s->stamp += rows[i].version + 1;
        mark_add(&s->mark, rows[i].id);
        mark_add(&s->mark, rows[i].version);
        mark_add(&s->mark, rows[i].shape_id);
        if (rows[i].shape_id && !(rows[i].shape = shape_known(before, &rows[i])))
            e = shape_read(c, tenant, &rows[i]);
    }
    if (failed(e))
        for (int32_t i = 0; i < count; i++)
            shape_drop(rows[i].shape);
    else
        snapshot_arrange(s, rows, count);
    return e;
}

err snapshot_read(struct db_conn *c, int64_t tenant, const struct area_kinds *kinds, const struct unit_snapshot *before,
                  struct unit_snapshot **out)
{
    struct arena         *a = arena_new(1 << 16);
    struct unit_snapshot *s = ARENA_NEW(a, struct unit_snapshot);
    s->arena = a;
    s->now = clock_now();
    s->moment = db_snapshot(c);
    err e = read_rows(c, tenant, kinds, before, s);
    if (failed(e)) {
        arena_free(a);
        return e;
    }
    *out = s;
    return OK;
}

/* ---- areas ---- */

#define AREA_COLUMNS "id, parent_id, kind, code, name, class, shape_id, valid_from, valid_to, created_at, updated_at, version"

DB_SQL(area_by_id, "SELECT " AREA_COLUMNS " FROM area WHERE tenant_id = $1 AND id = $2")
DB_SQL(area_add, "INSERT INTO area (tenant_id, id, parent_id, kind, code, name, name_fold, class, shape_id, valid_from, valid_to, created_at, "
                 "updated_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)")
DB_SQL(area_change, "UPDATE area SET parent_id = $3, kind = $4, code = $5, name = $6, name_fold = $7, class = $8, shape_id = $9, valid_from = $10, "
                    "valid_to = $11, updated_at = $12, version = version + 1 WHERE tenant_id = $1 AND id = $2")
DB_SQL(area_code_used, "SELECT COUNT(*) FROM area WHERE tenant_id = $1 AND code = $2 AND id <> $3 AND (CAST($5 AS BIGINT) IS NULL OR valid_from < $5) "
                       "AND (valid_to IS NULL OR valid_to > $4)")
DB_SQL(area_parent, "SELECT COALESCE(parent_id, 0) FROM area WHERE tenant_id = $1 AND id = $2")
DB_SQL(shape_end, "UPDATE area_shape SET valid_to = $3 WHERE tenant_id = $1 AND area_id = $2 AND valid_to IS NULL")
DB_SQL(shape_add, "INSERT INTO area_shape (tenant_id, id, area_id, wkb, source_crs, repaired, valid_from, created_by) "
                  "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
DB_SQL(shape_use, "UPDATE area SET shape_id = $3, updated_at = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2")

static const struct field area_map[] = {
    FIELD_ID(struct area_row, id, 0, ""),           FIELD_ID(struct area_row, parent_id, 0, ""),
    FIELD_STR(struct area_row, kind, 0, 0, 0, ""),  FIELD_STR(struct area_row, code, 0, 0, 0, ""),
    FIELD_STR(struct area_row, name, 0, 0, 0, ""),  FIELD_STR(struct area_row, class_, 0, 0, 0, ""),
    FIELD_ID(struct area_row, shape_id, 0, ""),     FIELD_TIME(struct area_row, valid_from, 0, ""),
    FIELD_TIME(struct area_row, valid_to, 0, ""),   FIELD_TIME(struct area_row, created_at, 0, ""),
    FIELD_TIME(struct area_row, updated_at, 0, ""), FIELD_I64(struct area_row, version, 0, 0, 0, ""),
    FIELD_END,
};

err area_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct area_row *out)
{
    return db_one(c, a, &area_by_id, DB_ARGS(I64(tenant), I64(id)), area_map, out);
}

err area_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct area_row *r)
{
    return db_exec(c, &area_add,
                   DB_ARGS(I64(tenant), I64(r->id), REF(r->parent_id), TEXT(r->kind), TEXT(r->code), TEXT(r->name),
                           TEXT(unit_fold(a, r->name)), TEXT(r->class_), REF(r->shape_id), TIME(r->valid_from), TIME(r->valid_to),
                           TIME(r->created_at), TIME(r->updated_at)),
                   NULL);
}

err area_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct area_row *r)
{
    return db_exec(c, &area_change,
                   DB_ARGS(I64(tenant), I64(r->id), REF(r->parent_id), TEXT(r->kind), TEXT(r->code), TEXT(r->name),
                           TEXT(unit_fold(a, r->name)), TEXT(r->class_), REF(r->shape_id), TIME(r->valid_from), TIME(r->valid_to),
                           TIME(r->updated_at)),
                   NULL);
}

err area_shape_put(struct db_conn *c, int64_t tenant, int64_t area, struct str wkb, const char *crs, bool repaired, ms now, int64_t by,
                   int64_t *shape)
{
    *shape = id_new();
    TRY(db_exec(c, &shape_end, DB_ARGS(I64(tenant), I64(area), TIME(now)), NULL));
    TRY(db_exec(c, &shape_add,
                DB_ARGS(I64(tenant), I64(*shape), I64(area), BLOB(wkb), TEXT(str_of(crs)), BOOL(repaired), TIME(now), REF(by)), NULL));
    return db_exec(c, &shape_use, DB_ARGS(I64(tenant), I64(area), I64(*shape), TIME(now)), NULL);
}

err area_code_free(struct db_conn *c, int64_t tenant, struct str code, int64_t except, ms from, ms to)
{
    int64_t used;
    if (!code.ptr)
        return OK;
    TRY(db_number(c, &area_code_used, DB_ARGS(I64(tenant), TEXT(code), I64(except), I64(from), TIME(to)), &used));
    return used ? FAIL_AT(ERR_CODE_TAKEN, "code") : OK;
}

static err no_cycle(struct db_conn *c, const struct db_sql *parent_of, int64_t tenant, int64_t id, int64_t parent)
{
    for (int i = 0; parent && i < DEPTH_MOST; i++) {
        if (parent == id)
            return FAIL_AT(ERR_CYCLE, "parent_id");
        err e = db_number(c, parent_of, DB_ARGS(I64(tenant), I64(parent)), &parent);
        if (e.code == ERR_NOT_FOUND)
            return FAIL_AT(ERR_UNKNOWN_REFERENCE, "parent_id");
        TRY(e);
    }
    return parent ? FAIL_AT(ERR_CYCLE, "parent_id") : OK;
}

err area_no_cycle(struct db_conn *c, int64_t tenant, int64_t id, int64_t parent)
{
    return no_cycle(c, &area_parent, tenant, id, parent);
}

/* ---- organisations ---- */

DB_SQL(org_by_id, "SELECT id, parent_id, area_id, kind, code, name, contact_enc, public, valid_from, valid_to, created_at, updated_at, version, "
                  "merged_into FROM org WHERE tenant_id = $1 AND id = $2")
DB_SQL(org_add, "INSERT INTO org (tenant_id, id, parent_id, kind, name, name_fold, code, contact_enc, area_id, public, valid_from, valid_to, "
                "created_at, updated_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)")
DB_SQL(org_change, "UPDATE org SET parent_id = $3, kind = $4, name = $5, name_fold = $6, code = $7, contact_enc = $8, area_id = $9, public = $10, "
                   "valid_from = $11, valid_to = $12, updated_at = $13, version = version + 1 WHERE tenant_id = $1 AND id = $2")
DB_SQL(org_parent, "SELECT COALESCE(parent_id, 0) FROM org WHERE tenant_id = $1 AND id = $2")

err org_no_cycle(struct db_conn *c, int64_t tenant, int64_t id, int64_t parent)
{
    return no_cycle(c, &org_parent, tenant, id, parent);
}

err org_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct org_row *o)
{
    struct db_rows r;
    TRY(db_query(c, &org_by_id, DB_ARGS(I64(tenant), I64(id)), &r));
    if (!db_next(&r)) {
        TRY(db_done(&r));
        return FAIL(ERR_NOT_FOUND);
    }
    *o = (struct org_row){
        .id = db_i64(&r, 0),
        .parent_id = db_i64(&r, 1),
        .area_id = db_i64(&r, 2),
        .kind = str_copy(a, db_text(&r, 3)),
        .code = str_copy(a, db_text(&r, 4)),
        .name = str_copy(a, db_text(&r, 5)),
        .contact_enc = str_copy(a, db_blob(&r, 6)),
        .is_public = db_bool(&r, 7),
        .valid_from = db_i64(&r, 8),
        .valid_to = db_i64(&r, 9),
        .created_at = db_i64(&r, 10),
        .updated_at = db_i64(&r, 11),
        .version = db_i64(&r, 12),
        .merged_into = db_i64(&r, 13),
    };
    return db_done(&r);
}

err org_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct org_row *r)
{
    return db_exec(c, &org_add,
                   DB_ARGS(I64(tenant), I64(r->id), REF(r->parent_id), TEXT(r->kind), TEXT(r->name), TEXT(unit_fold(a, r->name)),
                           TEXT(r->code), BLOB(r->contact_enc), REF(r->area_id), BOOL(r->is_public), TIME(r->valid_from), TIME(r->valid_to),
                           TIME(r->created_at), TIME(r->updated_at)),
                   NULL);
}

err org_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct org_row *r)
{
    return db_exec(c, &org_change,
                   DB_ARGS(I64(tenant), I64(r->id), REF(r->parent_id), TEXT(r->kind), TEXT(r->name), TEXT(unit_fold(a, r->name)),
                           TEXT(r->code), BLOB(r->contact_enc), REF(r->area_id), BOOL(r->is_public), TIME(r->valid_from), TIME(r->valid_to),
                           TIME(r->updated_at)),
                   NULL);
}
