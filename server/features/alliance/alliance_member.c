/* Members over HTTP: joining, another role, leaving. What was stays as it was: every role is a stretch of its own. */
#include "alliance_inside.h"

#include "../../base/id.h"
#include "../audit/audit.h"

const struct field join_fields[] = {
    FIELD_ID(struct join_body, org_id, REQUIRED, "Organisation"),
    FIELD_STR(struct join_body, role, 1, 40, 0, "Role; see setting alliance.roles. Empty: member. lead: whoever led becomes a member"),
    FIELD_TIME(struct join_body, joined_at, 0, "Since; not in the future. Empty: now"),
    FIELD_END
};
const struct field role_fields[] = {
    FIELD_STR(struct role_body, role, 1, 40, REQUIRED, "Role from then on"),
    FIELD_TIME(struct role_body, at, 0, "From; not in the future. Empty: now"),
    FIELD_STR(struct role_body, former, 1, 40, 0, "With lead: the role of whoever led. Empty: member"),
    FIELD_END
};

static bool is_lead(struct str role)
{
    return str_is(role, ALLIANCE_LEAD);
}

static enum err_code role_fault(struct req *r, struct str role)
{
    struct list roles = alliance_choices(r, "alliance.roles");
    return is_lead(role) || str_is(role, ALLIANCE_MEMBER) || choice_find(&roles, role) ? ERR_NONE : ERR_NOT_A_CHOICE;
}

static bool is_in(const struct list *members, const struct member_row *m)
{
    const struct member_row *other = members->at;
    for (size_t i = 0; i < members->len; i++)
        if (other[i].org_id == m->org_id && periods_overlap(m->joined_at, m->left_at, other[i].joined_at, other[i].left_at))
            return true;
    return false;
}

void member_check(struct req *r, const struct alliance_row *of, const struct list *members, const struct member_row *m)
{
    fault_unless_none(r, "org_id", org_fault(r, m->org_id));
    fault_unless_none(r, "role", role_fault(r, m->role));
    fault_unless_none(r, "joined_at", m->joined_at > r->now ? ERR_TIME_IN_FUTURE : m->joined_at < of->valid_from ? ERR_PERIOD : ERR_NONE);
    if (is_in(members, m))
        req_fault(r, "org_id", ERR_MEMBER_TWICE);
}

static struct str member_json(struct req *r, const struct member_row *m, ms at)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_id(&j, "org_id", m->org_id);
    jsonw_kv_str(&j, "role", m->role);
    jsonw_kv_i64(&j, "at", at);
    jsonw_kv_str(&j, "reason", m->reason);
    jsonw_close(&j);
    return buf_view(&b);
}

static err done(struct req *r, const char *action, const struct member_row *m, ms at)
{
    TRY(alliance_touch(r->db, r->tenant, m->alliance_id, r->now));
    TRY(audit_record(r, action, "alliance", m->alliance_id, member_json(r, m, at)));
    return alliance_answer(r, m->alliance_id, false);
}

/* A member's present stretch ends, and another in that role begins. */
static err take_role(struct req *r, const struct member_row *m, struct str role, ms at)
{
    struct member_row next = *m;
    next.id = id_new();
    next.role = role;
    next.joined_at = at;
    TRY(member_end(r->db, r->tenant, m, at, ENDED_ROLE, STR_NONE));
    return member_insert(r->db, r->tenant, &next, r->now, r->caller.account);
}

/* Whoever leads steps down at that time. */
static err step_down(struct req *r, const struct list *members, struct str former, ms at, const char *field)
{
    const struct member_row *lead = member_lead(members);
    if (!lead)
        return OK;
    if (at <= lead->joined_at)
        return FAIL_AT(ERR_PERIOD, field);
    return take_role(r, lead, former, at);
}

err alliance_join_one(struct req *r)
{
    const struct join_body *in = r->body;
    struct alliance_row     row;
    struct list             members;
    struct member_row       m = { .id = id_new(), .org_id = in->org_id, .role = in->role.ptr ? in->role : STR(ALLIANCE_MEMBER),
                                  .joined_at = in->joined_at ? in->joined_at : r->now };
    TRY(alliance_own(r, &row, &members));
    m.alliance_id = row.id;
    if (is_in(&members, &m))
        return FAIL_AT(ERR_MEMBER_TWICE, "org_id");
    member_check(r, &row, &members, &m);
    TRY(req_faults(r));
    if (is_lead(m.role))
        TRY(step_down(r, &members, STR(ALLIANCE_MEMBER), m.joined_at, "joined_at"));
    TRY(member_insert(r->db, r->tenant, &m, r->now, r->caller.account));
    return done(r, "alliance.join", &m, m.joined_at);
}

/* The member of the path, who is in, at a time behind its beginning. */
static err present(struct req *r, const struct list *members, ms at, struct member_row *out)
{
    const struct member_row *m = member_by_id(members, r->path[1]);
    if (!m)
        return FAIL(ERR_NOT_FOUND);
    if (m->left_at)
        return FAIL(ERR_WRONG_STATE);
    fault_unless_none(r, "at", at > r->now ? ERR_TIME_IN_FUTURE : at <= m->joined_at ? ERR_PERIOD : ERR_NONE);
    *out = *m;
    return OK;
}

err alliance_change_role(struct req *r)
{
    const struct role_body *in = r->body;
    struct alliance_row     row;
    struct list             members;
    struct member_row       m;
    struct str              former = in->former.ptr ? in->former : STR(ALLIANCE_MEMBER);
    ms                      at = in->at ? in->at : r->now;
    TRY(alliance_own(r, &row, &members));
    TRY(present(r, &members, at, &m));
    fault_unless_none(r, "role", role_fault(r, in->role));
    fault_unless_none(r, "former", is_lead(former) ? ERR_NOT_A_CHOICE : role_fault(r, former));
    TRY(req_faults(r));
    if (str_eq(m.role, in->role))
        return FAIL_AT(ERR_WRONG_STATE, "role");
    if (is_lead(m.role))
        return FAIL_AT(ERR_LEAD_NEEDED, "role");
    if (is_lead(in->role))
        TRY(step_down(r, &members, former, at, "at"));
    TRY(take_role(r, &m, in->role, at));
    m.role = in->role;
    return done(r, "alliance.role", &m, at);
}

err alliance_leave(struct req *r)
{
    const struct leave_body *in = r->body;
    struct alliance_row      row;
    struct list              members;
    struct member_row        m;
    ms                       at = in->at ? in->at : r->now;
    TRY(alliance_own(r, &row, &members));
    TRY(present(r, &members, at, &m));
    TRY(req_faults(r));
    if (is_lead(m.role))
        return FAIL(ERR_LEAD_NEEDED);
    m.reason = in->reason;
    TRY(member_end(r->db, r->tenant, &m, at, ENDED_LEFT, in->reason));
    return done(r, "alliance.leave", &m, at);
}
