/* What becomes of an organisation's seats in alliances when it closes, or becomes part of another. */
#include "alliance_inside.h"

#include "../../base/id.h"
#include "../audit/audit.h"

DB_SQL(alliance_seats_of, "SELECT a.id, a.name, m.role FROM alliance_member m JOIN alliance a ON a.tenant_id = m.tenant_id AND a.id = m.alliance_id "
                          "WHERE m.tenant_id = $1 AND m.org_id = $2 AND m.left_at IS NULL ORDER BY a.name, a.id")

const struct field alliance_seat_fields[] = {
    FIELD_ID(struct alliance_seat, id, REQUIRED, "Alliance"), FIELD_STR(struct alliance_seat, name, 0, 0, REQUIRED, "Its name"),
    FIELD_STR(struct alliance_seat, role, 0, 0, REQUIRED, "Role; see setting alliance.roles"), FIELD_END
};

err alliance_seats(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, struct list *out)
{
    return db_all(c, a, &alliance_seats_of, DB_ARGS(I64(tenant), I64(org)), alliance_seat_fields, sizeof(struct alliance_seat), 1000, out);
}

bool alliance_leads(const struct alliance_seat *seat)
{
    return str_is(seat->role, ALLIANCE_LEAD);
}

static err left(struct req *r, const struct member_row *m, const char *action, int64_t to, struct str reason)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_id(&j, "org_id", m->org_id);
    jsonw_kv_str(&j, "role", m->role);
    if (to)
        jsonw_kv_id(&j, "to", to);
    jsonw_kv_str(&j, "reason", reason);
    jsonw_close(&j);
    TRY(alliance_touch(r->db, r->tenant, m->alliance_id, r->now));
    return audit_record(r, action, "alliance", m->alliance_id, buf_view(&b));
}

err alliance_leave_all(struct req *r, int64_t org, struct str reason)
{
    struct list seats;
    TRY(alliances_with(r->db, r->arena, r->tenant, org, &seats));
    const struct member_row *m = seats.at;
    for (size_t i = 0; i < seats.len; i++)
        if (str_is(m[i].role, ALLIANCE_LEAD))
            return FAIL(ERR_LEAD_NEEDED);
    for (size_t i = 0; i < seats.len; i++) {
        TRY(member_end(r->db, r->tenant, &m[i], r->now, ENDED_LEFT, reason));
        TRY(left(r, &m[i], "alliance.leave", 0, reason));
    }
    return OK;
}

/* The stretch of an organisation that is in; NULL: it is not. */
static const struct member_row *present(const struct list *members, int64_t org)
{
    const struct member_row *m = members->at;
    for (size_t i = 0; i < members->len; i++)
        if (m[i].org_id == org && !m[i].left_at)
            return &m[i];
    return NULL;
}

/* It takes the seat; when it has one already, only the lead is worth taking. */
static err take_seat(struct req *r, const struct member_row *m, int64_t to, struct str reason)
{
    struct list members;
    TRY(members_of(r->db, r->arena, r->tenant, m->alliance_id, &members));
    const struct member_row *own = present(&members, to);
    bool                     leads = str_is(m->role, ALLIANCE_LEAD);
    TRY(member_end(r->db, r->tenant, m, r->now, ENDED_LEFT, reason));
    if (own && leads)
        TRY(member_end(r->db, r->tenant, own, r->now, ENDED_ROLE, STR_NONE));
    if (!own || leads) {
        struct member_row next = { .alliance_id = m->alliance_id, .id = id_new(), .org_id = to, .role = m->role, .joined_at = r->now };
        TRY(member_insert(r->db, r->tenant, &next, r->now, r->caller.account));
    }
    return left(r, m, "alliance.succeed", to, reason);
}

err alliance_take_over(struct req *r, int64_t from, int64_t to, struct str reason)
{
    struct list seats;
    TRY(alliances_with(r->db, r->arena, r->tenant, from, &seats));
    for (size_t i = 0; i < seats.len; i++)
        TRY(take_seat(r, &((const struct member_row *)seats.at)[i], to, reason));
    return OK;
}

/* ---- an area becomes part of another ---- */

DB_SQL(alliance_at_area, "SELECT id, id, 0, name, name, name, valid_from, valid_to FROM alliance WHERE tenant_id = $1 AND area_id = $2 "
                         "AND (valid_to IS NULL OR valid_to > $3) ORDER BY id")
DB_SQL(alliance_to_area, "UPDATE alliance SET area_id = $3, updated_at = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2")

static err at_area(struct db_conn *c, struct arena *a, int64_t tenant, int64_t area, ms at, struct list *out)
{
    return db_all(c, a, &alliance_at_area, DB_ARGS(I64(tenant), I64(area), TIME(at)), unit_held_map, sizeof(struct unit_held), 0, out);
}

static err to_area(struct db_conn *c, struct arena *a, struct app *app, int64_t id, int64_t to, int64_t by, ms now)
{
    TRY(db_exec(c, &alliance_to_area, DB_ARGS(I64(app->tenant), I64(id), I64(to), TIME(now)), NULL));
    return audit_write(c, a, app->tenant, now, by, "alliance.area", "alliance", id, str_fmt(a, "{\"area\":\"%lld\"}", (long long)to));
}

const struct unit_held_kind alliances_held = { .word = "alliance", .list = at_area, .move = to_area, .moves = "alliances_move" };
