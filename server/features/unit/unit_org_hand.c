/* Organisations change hands: another place in the tree, an end, an heir. For the feature that moves, merges and closes them: whether somebody
 * may, and what it does to the rights of others, is decided there. */
#include "unit_http.h"
#include "unit_org.h"

#include "../setting/setting.h"

/* ---- one, as others see it ---- */

static struct unit_org as_seen(const struct org_row *row)
{
    return (struct unit_org){ row->id, row->parent_id, row->area_id, row->version, row->kind, row->name, row->valid_to };
}

err unit_org_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct unit_org *out)
{
    struct org_row row;
    TRY(org_get(c, a, tenant, id, &row));
    *out = as_seen(&row);
    return OK;
}

DB_SQL(org_open_below, "SELECT id FROM org WHERE tenant_id = $1 AND parent_id = $2 AND (valid_to IS NULL OR valid_to > $3) ORDER BY id")
DB_SQL(org_held_posts, "SELECT COUNT(*) FROM appointment WHERE tenant_id = $1 AND unit_kind = 2 AND unit_id = $2 "
                       "AND (valid_to IS NULL OR valid_to > $3)")
DB_SQL(org_held_services, "SELECT COUNT(*) FROM org_area WHERE tenant_id = $1 AND org_id = $2 AND (valid_to IS NULL OR (valid_to > $3 AND valid_to > valid_from))")
DB_SQL(org_held_contacts, "SELECT COUNT(*) FROM org_contact WHERE tenant_id = $1 AND org_id = $2")
DB_SQL(org_open_posts, "SELECT id FROM appointment WHERE tenant_id = $1 AND unit_kind = 2 AND unit_id = $2 AND (valid_to IS NULL OR valid_to > $3) ORDER BY id")

DB_SQL(org_spots, "SELECT id, parent_id, area_id FROM org WHERE tenant_id = $1 ORDER BY id")
static const struct field spot_map[] = { FIELD_ID(struct unit_org_spot, id, 0, ""), FIELD_ID(struct unit_org_spot, parent, 0, ""),
                                         FIELD_ID(struct unit_org_spot, area, 0, ""), FIELD_END };

err unit_org_spots(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out)
{
    return db_all(c, a, &org_spots, DB_ARGS(I64(tenant)), spot_map, sizeof(struct unit_org_spot), 1000000, out);
}

struct one { int64_t id; };
static const struct field one_map[] = { FIELD_ID(struct one, id, 0, ""), FIELD_END };

static err ids_of(struct db_conn *c, struct arena *a, const struct db_sql *sql, int64_t tenant, int64_t org, ms now, struct ids *out)
{
    struct list rows;
    TRY(db_all(c, a, sql, DB_ARGS(I64(tenant), I64(org), I64(now)), one_map, sizeof(struct one), 0, &rows));
    *out = (struct ids){ rows.at, rows.len };   /* a struct one is its id */
    return OK;
}

err unit_org_below(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, ms now, struct ids *out)
{
    return ids_of(c, a, &org_open_below, tenant, org, now, out);
}

err unit_org_holds(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, ms now, struct unit_org_held *out)
{
    struct ids children;
    TRY(unit_org_below(c, a, tenant, org, now, &children));
    out->children = (int64_t)children.len;
    TRY(db_number(c, &org_held_posts, DB_ARGS(I64(tenant), I64(org), I64(now)), &out->posts));
    TRY(db_number(c, &org_held_services, DB_ARGS(I64(tenant), I64(org), I64(now)), &out->services));
    return db_number(c, &org_held_contacts, DB_ARGS(I64(tenant), I64(org)), &out->contacts);
}

/* ---- another place ---- */

err unit_org_fits(struct req *r, const struct unit_org *o, int64_t parent, int64_t area)
{
    struct org_row         above = { .kind = STR_NONE };
    struct list            kinds = org_kinds_read(r->arena, setting_text(r->app, r->arena, "unit.org_kinds", r->now));
    const struct org_kind *k = org_kind_find(&kinds, o->kind);
    TRY(org_no_cycle(r->db, r->tenant, o->id, parent));
    if (parent)
        TRY(org_get(r->db, r->arena, r->tenant, parent, &above));
    if (above.valid_to)
        return FAIL_AT(ERR_ORG_CLOSED, "parent_id");
    TRY(org_check_area(r, area, "area_id"));
    return parent != o->parent && k && !org_kind_fits(k, above.kind) ? FAIL_AT(ERR_PARENT_KIND, "parent_id") : OK;
}

err unit_org_place(struct req *r, int64_t org, int64_t parent, int64_t area)
{
    struct org_row row;
    TRY(org_get(r->db, r->arena, r->tenant, org, &row));
    row.parent_id = parent;
    row.area_id = area;
    row.updated_at = r->now;
    unit_changed(r->db, r->app);
    return org_update(r->db, r->arena, r->tenant, &row);
}

/* ---- an end ---- */

DB_SQL(org_end, "UPDATE org SET valid_to = $3, merged_into = $4, updated_at = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2")
DB_SQL(org_services_end, "UPDATE org_area SET valid_to = CASE WHEN valid_from > $3 THEN valid_from ELSE $3 END "
                         "WHERE tenant_id = $1 AND org_id = $2 AND (valid_to IS NULL OR valid_to > $3)")

err unit_org_end(struct req *r, int64_t org, int64_t into)
{
    TRY(db_exec(r->db, &org_end, DB_ARGS(I64(r->tenant), I64(org), TIME(r->now), REF(into)), NULL));
    unit_changed(r->db, r->app);
    return db_exec(r->db, &org_services_end, DB_ARGS(I64(r->tenant), I64(org), I64(r->now)), NULL);
}

/* ---- an heir ---- */

/* From now on, or from when they would have begun; not where the heir is there in that time already. */
DB_SQL(org_services_to,
       "INSERT INTO org_area (tenant_id, org_id, area_id, valid_from, valid_to) "
       "SELECT x.tenant_id, CAST($3 AS BIGINT), x.area_id, CASE WHEN x.valid_from > $4 THEN x.valid_from ELSE $4 END, x.valid_to FROM org_area x "
       "WHERE x.tenant_id = $1 AND x.org_id = $2 AND (x.valid_to IS NULL OR (x.valid_to > $4 AND x.valid_to > x.valid_from)) AND NOT EXISTS "
       "(SELECT 1 FROM org_area y WHERE y.tenant_id = $1 AND y.org_id = $3 AND y.area_id = x.area_id AND (y.valid_to IS NULL OR y.valid_to > $4)) "
       "ON CONFLICT (tenant_id, org_id, area_id, valid_from) DO NOTHING")
DB_SQL(org_contacts_to, "UPDATE org_contact SET org_id = $3 WHERE tenant_id = $1 AND org_id = $2")
DB_SQL(org_values_to,
       "INSERT INTO org_value (tenant_id, org_id, field, value, set_at, set_by) "
       "SELECT v.tenant_id, CAST($3 AS BIGINT), v.field, v.value, v.set_at, v.set_by FROM org_value v WHERE v.tenant_id = $1 AND v.org_id = $2 "
       "ON CONFLICT (tenant_id, org_id, field) DO NOTHING")

/* The same post at the heir, where it may be held and is not held by them already; the old appointment ends either way. */
static err hand_post(struct req *r, int64_t id, int64_t to, struct str reason)
{
    struct unit_appointment x;
    int64_t                 next;
    TRY(unit_appointment_find(r->db, r->arena, r->tenant, id, &x));
    struct unit_appoint n = { .person = x.person_id, .post = x.post, .unit = { UNIT_ORG, to }, .from = x.from > r->now ? x.from : r->now, .to = x.to,
                              .renews = x.id, .by = r->caller.account };
    TRY(unit_appointment_end(r->db, r->tenant, id, n.from, reason, r->caller.account, r->now));
    err e = unit_appoint(r->db, r->arena, r->tenant, &n, r->now, &next);
    return e.code == ERR_POST_KIND || e.code == ERR_APPOINTED || e.code == ERR_UNKNOWN_REFERENCE ? OK : e;
}

err unit_org_hand_over(struct req *r, int64_t from, int64_t to, struct str reason)
{
    struct ids posts;
    TRY(ids_of(r->db, r->arena, &org_open_posts, r->tenant, from, r->now, &posts));
    for (size_t i = 0; i < posts.len; i++)
        TRY(hand_post(r, posts.at[i], to, reason));
    TRY(db_exec(r->db, &org_services_to, DB_ARGS(I64(r->tenant), I64(from), I64(to), I64(r->now)), NULL));
    TRY(db_exec(r->db, &org_contacts_to, DB_ARGS(I64(r->tenant), I64(from), I64(to)), NULL));
    TRY(db_exec(r->db, &org_values_to, DB_ARGS(I64(r->tenant), I64(from), I64(to)), NULL));
    return org_touch(r, to);
}
