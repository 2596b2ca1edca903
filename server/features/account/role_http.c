/* Roles and who holds them where. Granting never exceeds what the granter holds at that unit; only who manages roles (the security
 * administrator) grants others; nobody grants anything to themselves; nobody becomes two of the three administrators. */
#include "../../base/id.h"
#include "../audit/audit.h"
#include "people.h"

/* ---- views ---- */

struct role_view { int64_t id; struct str code, name_zh, name_en; struct strs permissions; bool built_in; struct str apart; int64_t version; };
static const struct field role_fields[] = {
    FIELD_ID(struct role_view, id, REQUIRED, "Role"),
    FIELD_STR(struct role_view, code, 0, 0, REQUIRED, "Stable name"),
    FIELD_STR(struct role_view, name_zh, 0, 0, REQUIRED, "Chinese name"),
    FIELD_STR(struct role_view, name_en, 0, 0, REQUIRED, "English name"),
    FIELD_STRS(struct role_view, permissions, 0, 0, REQUIRED, "What it permits"),
    FIELD_BOOL(struct role_view, built_in, REQUIRED, "Shipped with the program; cannot be changed"),
    FIELD_STR(struct role_view, apart, 0, 0, 0, "system, security or audit: which administrator it makes; nobody holds two of them"),
    FIELD_I64(struct role_view, version, 0, 0, REQUIRED, "Grows with each change; send it as If-Match"),
    FIELD_END
};

static const char *const role_fragments[] = { " AND id = $2", NULL };
static const char *const role_tails[] = { " ORDER BY built_in DESC, id LIMIT 500", NULL };
DB_FAMILY(role_rows, "SELECT id, code, name_zh, name_en, permissions, built_in, version FROM role WHERE tenant_id = $1", role_fragments,
          role_tails)

#define ROLES_MOST 500

/* id 0: all. */
static err read_roles(struct req *r, int64_t id, struct list *out)
{
    struct db_rows    rows;
    struct role_view *at = ARENA_ARRAY(r->arena, id ? 1 : ROLES_MOST, struct role_view);
    size_t            n = 0;
    TRY(db_query_family(r->db, &role_rows, id ? 1 : 0, 0, DB_ARGS(I64(r->tenant), I64(id)), &rows));
    while (n < (id ? 1 : ROLES_MOST) && db_next(&rows)) {
        struct str permissions = str_copy(r->arena, db_text(&rows, 4));
        at[n++] = (struct role_view){
            .id = db_i64(&rows, 0), .code = str_copy(r->arena, db_text(&rows, 1)), .name_zh = str_copy(r->arena, db_text(&rows, 2)),
            .name_en = str_copy(r->arena, db_text(&rows, 3)), .permissions = account_names(r->arena, permissions),
            .built_in = db_bool(&rows, 5), .version = db_i64(&rows, 6),
            .apart = str_of(account_admin_word(account_admin_kinds(perm_set_parse(permissions)))),
        };
    }
    *out = (struct list){ at, n };
    return db_done(&rows);
}

static err read_role(struct req *r, int64_t id, struct role_view *out)
{
    struct list one;
    TRY(read_roles(r, id, &one));
    if (one.len)
        *out = *(struct role_view *)one.at;
    return one.len ? OK : FAIL(ERR_NOT_FOUND);
}

static err list_roles(struct req *r)
{
    struct list all;
    TRY(read_roles(r, 0, &all));
    return reply_list(r, role_fields, sizeof(struct role_view), all, STR_NONE);
}

/* ---- make, change ---- */

struct role_body { struct str code, name_zh, name_en; struct strs permissions; };
#define ROLE_BODY_FIELDS(required)                                                                   \
    FIELD_STR(struct role_body, name_zh, 1, 40, required, "Chinese name"),                           \
    FIELD_STR(struct role_body, name_en, 1, 80, required, "English name"),                           \
    FIELD_STRS(struct role_body, permissions, 1, 60, required, "What it permits")
static const struct field role_new_fields[] = {
    FIELD_STR(struct role_body, code, 2, 40, REQUIRED, "Stable name: small letters, digits and _"), ROLE_BODY_FIELDS(REQUIRED), FIELD_END
};
static const struct field role_change_fields[] = { ROLE_BODY_FIELDS(0), FIELD_END };

static bool is_code(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!(s.ptr[i] >= 'a' && s.ptr[i] <= 'z') && !(s.ptr[i] >= '0' && s.ptr[i] <= '9') && s.ptr[i] != '_')
            return false;
    return true;
}

static err check_permissions(struct req *r, struct strs names)
{
    unsigned kinds = account_admin_kinds(account_read_perms(r, "permissions", names));
    TRY(req_faults(r));
    return kinds & (kinds - 1) ? FAIL_AT(ERR_ADMINS_APART, "permissions") : OK;
}

DB_SQL(role_insert,
       "INSERT INTO role (tenant_id, id, code, name_zh, name_en, permissions, built_in, version) VALUES ($1, $2, $3, $4, $5, $6, 0, 1)")
DB_SQL(role_update,
       "UPDATE role SET name_zh = $3, name_en = $4, permissions = $5, version = version + 1 WHERE tenant_id = $1 AND id = $2")
DB_SQL(role_holders,
       "SELECT DISTINCT person_id FROM assignment WHERE tenant_id = $1 AND role_id = $2 AND (valid_to IS NULL OR valid_to > $3)")

static err make_role(struct req *r)
{
    const struct role_body *in = r->body;
    struct role_view        v;
    int64_t                 id = id_new();
    if (!is_code(in->code))
        req_fault(r, "code", ERR_INVALID);
    TRY(check_permissions(r, in->permissions));
    struct str permissions = account_joined(r->arena, in->permissions);
    err e = db_exec(r->db, &role_insert,
                    DB_ARGS(I64(r->tenant), I64(id), TEXT(in->code), TEXT(in->name_zh), TEXT(in->name_en), TEXT(permissions)), NULL);
    if (e.code == ERR_TAKEN)
        return FAIL_AT(ERR_TAKEN, "code");
    TRY(e);
    TRY(audit_record(r, "role.add", "role", id, account_detail(r->arena, "code", in->code, "permissions", permissions, NULL)));
    TRY(read_role(r, id, &v));
    return reply_created(r, STR("/api/v1/roles"), role_fields, &v, v.version);
}

struct holder { int64_t person; };
static const struct field holder_columns[] = { FIELD_ID(struct holder, person, 0, ""), FIELD_END };

/* With the role as it now is, is anybody who holds it two administrators at once? */
static err check_holders(struct req *r, const struct list *holders)
{
    const struct holder *at = holders->at;
    for (size_t i = 0; i < holders->len; i++) {
        const struct held *held;
        size_t             n;
        TRY(held_load(r->db, r->arena, r->tenant, at[i].person, r->now, &held, &n));
        for (size_t k = 0; k < n; k++)
            if (account_unites_admins(held, n, &held[k]))
                return FAIL_AT(ERR_ADMINS_APART, "permissions");
    }
    return OK;
}

static bool among(const struct list *holders, int64_t person)
{
    const struct holder *at = holders->at;
    for (size_t i = 0; i < holders->len; i++)
        if (at[i].person == person)
            return true;
    return false;
}

static err write_role(struct req *r, const struct role_view *before, struct strs permissions)
{
    const struct role_body *in = r->body;
    struct str              joined = account_joined(r->arena, permissions), old = account_joined(r->arena, before->permissions);
    TRY(db_exec(r->db, &role_update,
                DB_ARGS(I64(r->tenant), I64(before->id), TEXT(in->name_zh.ptr ? in->name_zh : before->name_zh),
                        TEXT(in->name_en.ptr ? in->name_en : before->name_en), TEXT(joined)),
                NULL));
    account_changed(r);
    return audit_record(r, "role.change", "role", before->id, account_detail(r->arena, "before", old, "after", joined, NULL));
}

static err change_role(struct req *r)
{
    const struct role_body *in = r->body;
    struct role_view        v;
    struct list             holders;
    TRY(read_role(r, r->path[0], &v));
    TRY(req_version_needed(r, v.version));
    if (v.built_in)
        return FAIL(ERR_BUILT_IN);
    struct strs permissions = in->permissions.len ? in->permissions : v.permissions;
    TRY(check_permissions(r, permissions));
    TRY(db_all(r->db, r->arena, &role_holders, DB_ARGS(I64(r->tenant), I64(v.id), I64(r->now)), holder_columns, sizeof(struct holder), 0,
               &holders));
    if (among(&holders, r->caller.person))
        return FAIL(ERR_SELF);
    TRY(write_role(r, &v, permissions));
    TRY(check_holders(r, &holders));
    TRY(read_role(r, v.id, &v));
    return reply_view(r, role_fields, &v, v.version);
}

/* ---- assign, end ---- */

struct assign_body { struct str role; int unit_kind; int64_t unit_id; ms from, to; };
static const struct field assign_fields[] = {
    FIELD_STR(struct assign_body, role, 1, 60, REQUIRED, "Code of the role"),
    FIELD_WORD(struct assign_body, unit_kind, unit_kind_words, REQUIRED, "area or org"),
    FIELD_ID(struct assign_body, unit_id, REQUIRED, "Where: its subtree is meant"),
    FIELD_TIME(struct assign_body, from, 0, "From; empty: now"),
    FIELD_TIME(struct assign_body, to, 0, "Until, exclusive; empty: open"),
    FIELD_END
};
struct assigned { int64_t id; };
static const struct field assigned_fields[] = { FIELD_ID(struct assigned, id, REQUIRED, "Assignment"), FIELD_END };

/* May the caller grant (or end) this role at this unit? */
static err may_grant(struct req *r, int64_t role, struct unit_ref unit)
{
    perm_set perms, own = own_perms_at(r, unit);
    TRY(req_allow(r, PERM_ROLE_ASSIGN, unit));
    TRY(role_perms(r->db, r->tenant, role, &perms));
    return (own & PERM_BIT(PERM_ROLE_MANAGE)) || !(perms & ~own) ? OK : FAIL_AT(ERR_WIDER_THAN_OWN, "role");
}

static err check_assign(struct req *r, const struct assign_body *in, int64_t *role)
{
    struct unit_ref             unit = { (enum unit_kind)in->unit_kind, in->unit_id };
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        there = unit_in_use(s, unit);
    unit_release(s);
    err e = role_find(r->db, r->tenant, in->role, role);
    if (failed(e) && e.code != ERR_NOT_FOUND)
        return e;
    if (failed(e))
        req_fault(r, "role", ERR_NOT_A_CHOICE);
    if (!there)
        req_fault(r, "unit_id", ERR_UNKNOWN_REFERENCE);
    if (in->to && in->to <= (in->from ? in->from : r->now))
        req_fault(r, "to", ERR_PERIOD);
    return req_faults(r);
}

static err assign(struct req *r)
{
    const struct assign_body *in = r->body;
    struct assignment_new     n = { .person = r->path[0], .unit = { (enum unit_kind)in->unit_kind, in->unit_id },
                                    .from = in->from ? in->from : r->now, .to = in->to };
    struct person             p;
    struct assigned           v;
    TRY(person_find(r, r->path[0], PERM_PERSON_READ, &p));
    TRY(check_assign(r, in, &n.role));
    if (n.person == r->caller.person)
        return FAIL(ERR_SELF);
    TRY(may_grant(r, n.role, n.unit));
    TRY(assignment_add(r->db, r->arena, r->tenant, &n, r->now, r->caller.account, &v.id));
    account_changed(r);
    TRY(audit_record(r, "role.assign", "person", n.person,
                     account_detail(r->arena, "role", in->role, "unit_id", str_fmt(r->arena, "%lld", (long long)in->unit_id), NULL)));
    return reply_created(r, str_fmt(r->arena, "/api/v1/people/%lld", (long long)n.person), assigned_fields, &v, 0);
}

DB_SQL(assignment_by_id,
       "SELECT person_id, role_id, unit_kind, unit_id FROM assignment WHERE tenant_id = $1 AND id = $2"
       " AND (valid_to IS NULL OR valid_to > $3)")

static err read_assignment(struct req *r, int64_t id, struct assignment_new *out)
{
    struct db_rows rows;
    bool           found;
    TRY(db_query(r->db, &assignment_by_id, DB_ARGS(I64(r->tenant), I64(id), I64(r->now)), &rows));
    found = db_next(&rows);
    if (found)
        *out = (struct assignment_new){ .person = db_i64(&rows, 0), .role = db_i64(&rows, 1),
                                        .unit = { (enum unit_kind)db_i64(&rows, 2), db_i64(&rows, 3) } };
    TRY(db_done(&rows));
    return found ? OK : FAIL(ERR_NOT_FOUND);
}

static err end_assignment(struct req *r)
{
    struct assignment_new n;
    struct person         p;
    TRY(read_assignment(r, r->path[0], &n));
    TRY(person_find(r, n.person, PERM_PERSON_READ, &p));
    if (n.person == r->caller.person)
        return FAIL(ERR_SELF);
    TRY(may_grant(r, n.role, n.unit));
    TRY(assignment_end(r->db, r->app, r->path[0], r->now));
    TRY(audit_record(r, "role.end", "person", n.person, str_fmt(r->arena, "{\"assignment\":\"%lld\"}", (long long)r->path[0])));
    return reply_none(r);
}

const struct route role_routes[] = {
    { GET, "/api/v1/roles", list_roles, .perm = PERM_PERSON_READ, .scope = SCOPE_ANY, .tx = TX_READ, .reply_kind = REPLY_LIST,
      .reply = role_fields, .summary = "Roles and what they permit", .tag = "account" },
    { POST, "/api/v1/roles", make_role, .perm = PERM_ROLE_MANAGE, .scope = SCOPE_TENANT, .tx = TX_WRITE,
      ROUTE_BODY(struct role_body, role_new_fields), .reply_kind = REPLY_CREATED, .reply = role_fields,
      ROUTE_ERRORS(ERR_TAKEN, ERR_ADMINS_APART), .summary = "Make a role", .tag = "account" },
    { PATCH, "/api/v1/roles/:id", change_role, .perm = PERM_ROLE_MANAGE, .scope = SCOPE_TENANT, .tx = TX_WRITE,
      ROUTE_BODY(struct role_body, role_change_fields), .reply_kind = REPLY_VIEW, .reply = role_fields,
      ROUTE_ERRORS(ERR_BUILT_IN, ERR_SELF, ERR_ADMINS_APART, ERR_STALE_VERSION, ERR_VERSION_NEEDED),
      .summary = "Change a role of one's own making that one does not hold", .tag = "account" },
    { POST, "/api/v1/people/:id/assignments", assign, .perm = PERM_ROLE_ASSIGN, .scope = SCOPE_ANY, .tx = TX_WRITE,
      ROUTE_BODY(struct assign_body, assign_fields), .reply_kind = REPLY_CREATED, .reply = assigned_fields,
      ROUTE_ERRORS(ERR_SELF, ERR_ADMINS_APART, ERR_WIDER_THAN_OWN, ERR_UNKNOWN_REFERENCE),
      .summary = "Give a person a role at a unit for a time", .tag = "account" },
    { DELETE, "/api/v1/assignments/:id", end_assignment, .perm = PERM_ROLE_ASSIGN, .scope = SCOPE_ANY, .tx = TX_WRITE,
      .reply_kind = REPLY_NONE, ROUTE_ERRORS(ERR_SELF, ERR_WIDER_THAN_OWN), .summary = "End an assignment now", .tag = "account" },
    ROUTE_END
};
