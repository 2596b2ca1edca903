/* A structure from a sheet, written: what lies above comes first, whatever the order of the rows. */
#include "unit_sheet.h"

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../audit/audit.h"

static struct str detail_of(struct arena *a, const struct unit_row *row)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_z(&j, "from", "sheet");
    jsonw_kv_str(&j, "kind", row->kind);
    jsonw_kv_str(&j, "name", row->name);
    jsonw_kv_str(&j, "code", row->code);
    if (row->was) {
        jsonw_kv_str(&j, "name_before", row->was->name);
        jsonw_kv_str(&j, "code_before", row->was->code);
        jsonw_kv_id(&j, "parent_before", row->was->parent_id);
    }
    jsonw_close(&j);
    return buf_view(&b);
}

static int64_t above(const struct unit_row *row, int64_t id)
{
    return row ? row->id : id;
}

static err write_area(struct req *r, const struct sheet_plan *p, struct unit_row *row)
{
    struct area_row a = { .id = row->was ? row->was->id : id_new(), .kind = row->kind, .code = STR_NONE, .class_ = STR_NONE, .valid_from = r->now,
                          .created_at = r->now };
    int64_t         shape;
    if (row->was)
        TRY(area_get(r->db, r->arena, r->tenant, row->was->id, &a));
    a.parent_id = above(row->parent_row, row->parent);
    a.name = row->name;
    a.code = row->code.ptr ? row->code : a.code;
    a.class_ = row->class_.ptr ? row->class_ : a.class_;
    a.updated_at = r->now;
    TRY(area_code_free(r->db, r->tenant, a.code, a.id, a.valid_from, a.valid_to));
    TRY(area_no_cycle(r->db, r->tenant, a.id, a.parent_id));
    TRY(row->was ? area_update(r->db, r->arena, r->tenant, &a) : area_insert(r->db, r->arena, r->tenant, &a));
    row->id = a.id;
    if (row->reshaped)
        TRY(area_shape_put(r->db, r->tenant, a.id, row->wkb, crs_name(p->crs), row->repaired, r->now, r->caller.account, &shape));
    return audit_record(r, row->was ? "area.change" : "area.create", "area", a.id, detail_of(r->arena, row));
}

static err add_org(struct req *r, struct unit_row *row)
{
    struct unit_org_new n = { .parent = above(row->parent_row, row->parent), .area = above(row->area_row, row->area),
                              .kind = str_z(r->arena, row->kind), .name = row->name, .code = row->code, .is_public = row->is_public };
    return unit_org_add(r->db, r->arena, r->tenant, &n, r->now, &row->id);
}

static err change_org(struct req *r, struct unit_row *row)
{
    struct org_row o;
    int64_t        parent = above(row->parent_row, row->parent), area = above(row->area_row, row->area);
    row->id = row->was->id;
    TRY(org_get(r->db, r->arena, r->tenant, row->id, &o));
    o.name = row->name;
    o.code = row->code.ptr ? row->code : o.code;
    o.parent_id = parent ? parent : o.parent_id;
    o.area_id = area ? area : o.area_id;
    o.is_public = row->cell[SHEET_PUBLIC].len ? row->is_public : o.is_public;
    o.updated_at = r->now;
    TRY(org_no_cycle(r->db, r->tenant, o.id, o.parent_id));
    return org_update(r->db, r->arena, r->tenant, &o);
}

static err write_org(struct req *r, struct unit_row *row)
{
    TRY(row->was ? change_org(r, row) : add_org(r, row));
    return audit_record(r, row->was ? "org.change" : "org.create", "org", row->id, detail_of(r->arena, row));
}

static err write_row(struct req *r, const struct sheet_plan *p, struct unit_row *row)
{
    if (!row || row->written)
        return OK;
    row->written = true;
    row->id = row->was ? row->was->id : 0;
    TRY(write_row(r, p, row->parent_row));
    TRY(write_row(r, p, row->area_row));
    if (row->fate == ROW_SAME)
        return OK;
    return row->unit == UNIT_AREA ? write_area(r, p, row) : write_org(r, row);
}

err sheet_apply(struct req *r, struct sheet_plan *p)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        same = s && s->mark == p->mark;
    unit_release(s);
    if (!same)
        return FAIL(ERR_CONFLICT);
    for (size_t i = 0; i < p->count; i++)
        TRY(write_row(r, p, &p->rows[i]));
    unit_changed(r->db, r->app);
    return OK;
}
