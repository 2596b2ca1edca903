/* Who serves which area, from–to, seen from both sides. */
#include "unit_http.h"
#include "unit_org.h"

#include "../../base/jsonw.h"
#include "../audit/audit.h"

/* ---- views ---- */

const struct field org_service_fields[] = {
    FIELD_ID(struct service_view, id, REQUIRED, "The other side: the area of an organisation, the organisation of an area"),
    FIELD_STR(struct service_view, name, 0, 0, REQUIRED, "Its name"),
    FIELD_STR(struct service_view, kind, 0, 0, REQUIRED, "Its kind"),
    FIELD_TIME(struct service_view, from, REQUIRED, "From"),
    FIELD_TIME(struct service_view, to, 0, "Until, exclusive; null: open"),
    FIELD_END
};
const struct field org_areas_fields[] = {
    FIELD_IDS(struct org_areas, areas, 0, 1000, REQUIRED, "All areas it serves from now on"),
    FIELD_END,
};
const struct field org_serve_fields[] = {
    FIELD_ID(struct serve_body, area_id, REQUIRED, "Area"),
    FIELD_TIME(struct serve_body, from, 0, "From; empty: now"),
    FIELD_TIME(struct serve_body, to, 0, "Until, exclusive, such as the end of a contract; empty: open"),
    FIELD_END
};
const struct field org_serve_end_fields[] = {
    FIELD_ID(struct serve_body, area_id, REQUIRED, "Area"),
    FIELD_TIME(struct serve_body, to, 0, "Until, exclusive; empty: now"),
    FIELD_END
};

#define SERVES "SELECT a.id, a.name, a.kind, x.valid_from, x.valid_to FROM org_area x JOIN area a ON a.tenant_id = x.tenant_id AND a.id = x.area_id " \
               "WHERE x.tenant_id = $1 AND x.org_id = $2 "
DB_SQL(org_services_of, SERVES "AND x.valid_from <= $3 AND (x.valid_to IS NULL OR x.valid_to > $3) ORDER BY a.name, a.id")
DB_SQL(org_services_ever, SERVES "AND (x.valid_to IS NULL OR x.valid_to > x.valid_from) ORDER BY x.valid_from DESC, a.name, a.id")
DB_SQL(area_services_ever, "SELECT o.id, o.name, o.kind, x.valid_from, x.valid_to FROM org_area x JOIN org o ON o.tenant_id = x.tenant_id AND o.id = x.org_id "
                           "WHERE x.tenant_id = $1 AND x.area_id = $2 AND (x.valid_to IS NULL OR x.valid_to > x.valid_from) "
                           "ORDER BY x.valid_from DESC, o.name, o.id")
DB_SQL(org_service_over, "SELECT COUNT(*) FROM org_area WHERE tenant_id = $1 AND org_id = $2 AND area_id = $3 AND (valid_to IS NULL OR valid_to > $4) "
                         "AND (valid_to IS NULL OR valid_to > valid_from) AND (CAST($5 AS BIGINT) IS NULL OR valid_from < $5)")
DB_SQL(org_service_add, "INSERT INTO org_area (tenant_id, org_id, area_id, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5) "
                        "ON CONFLICT (tenant_id, org_id, area_id, valid_from) DO UPDATE SET valid_to = excluded.valid_to")
DB_SQL(org_service_end, "UPDATE org_area SET valid_to = CASE WHEN valid_from > $4 THEN valid_from ELSE $4 END "
                        "WHERE tenant_id = $1 AND org_id = $2 AND area_id = $3 AND (valid_to IS NULL OR (valid_to > $4 AND valid_to > valid_from))")
DB_SQL(org_touch_row, "UPDATE org SET updated_at = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2")


err org_services_now(struct req *r, int64_t org, struct list *out)
{
    return db_all(r->db, r->arena, &org_services_of, DB_ARGS(I64(r->tenant), I64(org), I64(r->now)), place_fields, sizeof(struct place_view), 1000, out);
}

err org_services_all(struct req *r, int64_t org, struct list *out)
{
    return db_all(r->db, r->arena, &org_services_ever, DB_ARGS(I64(r->tenant), I64(org)), org_service_fields, sizeof(struct service_view), 1000, out);
}

err area_services(struct req *r)
{
    struct area_row area;
    struct list     rows;
    TRY(area_get(r->db, r->arena, r->tenant, r->path[0], &area));
    TRY(db_all(r->db, r->arena, &area_services_ever, DB_ARGS(I64(r->tenant), I64(area.id)), org_service_fields, sizeof(struct service_view), 1000, &rows));
    return reply_list(r, org_service_fields, sizeof(struct service_view), rows, STR_NONE);
}

/* ---- one area, from–to ---- */

err org_touch(struct req *r, int64_t org)
{
    return db_exec(r->db, &org_touch_row, DB_ARGS(I64(r->tenant), I64(org), TIME(r->now)), NULL);
}

/* What has not begun by then never will. */
static err service_end(struct req *r, int64_t org, int64_t area, ms at, int64_t *ended)
{
    return db_exec(r->db, &org_service_end, DB_ARGS(I64(r->tenant), I64(org), I64(area), I64(at)), ended);
}

static err changed(struct req *r, const struct org_row *row, const char *action, const struct serve_body *in)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_id(&j, "area_id", in->area_id);
    jsonw_kv_i64(&j, "from", in->from);
    jsonw_kv_i64(&j, "to", in->to);
    jsonw_close(&j);
    TRY(org_touch(r, row->id));
    TRY(audit_record(r, action, "org", row->id, buf_view(&b)));
    unit_changed(r->db, r->app);
    return org_answer(r, row->id);
}

static err open_org(struct req *r, struct org_row *row)
{
    TRY(org_own(r, row));
    TRY(req_version(r, row->version));
    return row->valid_to ? FAIL(ERR_WRONG_STATE) : OK;
}

err org_serve_one(struct req *r)
{
    struct serve_body in = *(const struct serve_body *)r->body;
    struct org_row    row;
    int64_t           over;
    in.from = in.from ? in.from : r->now;
    TRY(open_org(r, &row));
    TRY(org_check_area(r, in.area_id, "area_id"));
    if (in.to && in.to <= in.from)
        return FAIL_AT(ERR_PERIOD, "to");
    TRY(db_number(r->db, &org_service_over, DB_ARGS(I64(r->tenant), I64(row.id), I64(in.area_id), I64(in.from), TIME(in.to)), &over));
    if (over)
        return FAIL_AT(ERR_SERVES_ALREADY, "area_id");
    TRY(db_exec(r->db, &org_service_add, DB_ARGS(I64(r->tenant), I64(row.id), I64(in.area_id), I64(in.from), TIME(in.to)), NULL));
    return changed(r, &row, "org.serve", &in);
}

err org_serve_end(struct req *r)
{
    struct serve_body in = *(const struct serve_body *)r->body;
    struct org_row    row;
    int64_t           ended;
    in.to = in.to ? in.to : r->now;
    TRY(open_org(r, &row));
    TRY(service_end(r, row.id, in.area_id, in.to, &ended));
    return ended ? changed(r, &row, "org.serve_end", &in) : FAIL_AT(ERR_UNKNOWN_REFERENCE, "area_id");
}

/* ---- all at once ---- */

static err end_others(struct req *r, int64_t org, const struct ids *kept)
{
    struct list now;
    TRY(org_services_now(r, org, &now));
    for (size_t i = 0; i < now.len; i++) {
        int64_t area = ((const struct place_view *)now.at)[i].id, ended;
        if (!ids_has(*kept, area))
            TRY(service_end(r, org, area, r->now, &ended));
    }
    return OK;
}

static struct str ids_json(struct arena *a, const struct ids *ids)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_key(&j, "areas");
    jsonw_list(&j);
    for (size_t i = 0; i < ids->len; i++)
        jsonw_id(&j, ids->at[i]);
    jsonw_list_end(&j);
    jsonw_close(&j);
    return buf_view(&b);
}

err org_serve_areas(struct req *r)
{
    const struct org_areas *in = r->body;
    struct org_row          row;
    TRY(open_org(r, &row));
    for (size_t i = 0; i < in->areas.len; i++)
        TRY(org_check_area(r, in->areas.at[i], "areas"));
    TRY(end_others(r, row.id, &in->areas));
    for (size_t i = 0; i < in->areas.len; i++)
        TRY(unit_serve(r->db, r->tenant, row.id, in->areas.at[i], r->now));
    TRY(org_touch(r, row.id));
    TRY(audit_record(r, "org.serve", "org", row.id, ids_json(r->arena, &in->areas)));
    unit_changed(r->db, r->app);
    return org_answer(r, row.id);
}
