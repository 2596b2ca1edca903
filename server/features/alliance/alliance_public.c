/* What everybody may know of a public alliance: who is in (of organisations that are public themselves), its charter, how much was done together.
 * No person, no case. */
#include "alliance_inside.h"

struct public_item { int64_t id, members; struct str kind_zh, kind_en, name, brand, area_name, lead_name; int level; ms valid_from; };
#define PUBLIC(base, m) (base) + offsetof(struct public_item, m)
#define PUBLIC_FIELDS(base)                                                                                                               \
    { .name = "id", .kind = KIND_ID, .offset = PUBLIC(base, id), .flags = REQUIRED, .doc = "Id" },                                              \
    { .name = "kind_zh", .kind = KIND_STR, .offset = PUBLIC(base, kind_zh), .flags = REQUIRED, .doc = "Kind, Chinese" },                        \
    { .name = "kind_en", .kind = KIND_STR, .offset = PUBLIC(base, kind_en), .flags = REQUIRED, .doc = "Kind, English" },                        \
    { .name = "name", .kind = KIND_STR, .offset = PUBLIC(base, name), .flags = REQUIRED, .doc = "Name" },                                       \
    { .name = "brand", .kind = KIND_STR, .offset = PUBLIC(base, brand), .doc = "Brand it works under" },                                        \
    { .name = "level", .kind = KIND_WORD, .offset = PUBLIC(base, level), .words = alliance_level_words, .flags = REQUIRED, .doc = "Level" },    \
    { .name = "area_name", .kind = KIND_STR, .offset = PUBLIC(base, area_name), .doc = "Area it is for" },                                      \
    { .name = "lead_name", .kind = KIND_STR, .offset = PUBLIC(base, lead_name), .doc = "Who leads; null: an organisation that is not public" }, \
    { .name = "members", .kind = KIND_I64, .offset = PUBLIC(base, members), .flags = REQUIRED, .doc = "Organisations that are in" },            \
    { .name = "valid_from", .kind = KIND_TIME, .offset = PUBLIC(base, valid_from), .flags = REQUIRED, .doc = "Founded" }
static const struct field item_fields[] = { PUBLIC_FIELDS(0), FIELD_END };

struct public_member { struct str name, kind, role_zh, role_en; };
static const struct field member_fields[] = {
    FIELD_STR(struct public_member, name, 0, 0, REQUIRED, "Organisation"), FIELD_STR(struct public_member, kind, 0, 0, REQUIRED, "Its kind"),
    FIELD_STR(struct public_member, role_zh, 0, 0, REQUIRED, "Role, Chinese"), FIELD_STR(struct public_member, role_en, 0, 0, REQUIRED, "Role, English"),
    FIELD_END
};

struct public_view { struct public_item i; struct list members; struct str charter; int64_t cases, calls, answered; };
static const struct field view_fields[] = {
    PUBLIC_FIELDS(offsetof(struct public_view, i)),
    { .name = "organisations", .kind = KIND_LIST, .offset = offsetof(struct public_view, members), .sub = member_fields,
      .size = sizeof(struct public_member), .flags = REQUIRED, .doc = "Members that are public, the lead first" },
    FIELD_STR(struct public_view, charter, 0, 0, 0, "The charter in force"),
    FIELD_I64(struct public_view, cases, 0, 0, REQUIRED, "Cases of the last 365 days on which at least two of them worked"),
    FIELD_I64(struct public_view, calls, 0, 0, REQUIRED, "Calls of one to another's case in that time"),
    FIELD_I64(struct public_view, answered, 0, 0, REQUIRED, "Of these, answered"),
    FIELD_END
};

/* ---- reading ---- */

DB_SQL(alliance_public_orgs, "SELECT m.alliance_id, m.org_id, m.role FROM alliance_member m JOIN org o ON o.tenant_id = m.tenant_id AND o.id = m.org_id "
                             "WHERE m.tenant_id = $1 AND m.left_at IS NULL AND o.public = 1 AND (o.valid_to IS NULL OR o.valid_to > $2) "
                             "ORDER BY m.alliance_id, m.joined_at, m.id")
static const struct field org_map[] = { FIELD_ID(struct member_row, alliance_id, 0, ""), FIELD_ID(struct member_row, org_id, 0, ""),
                                        FIELD_STR(struct member_row, role, 0, 0, 0, ""), FIELD_END };

/* Public organisations that are in some alliance now. */
static err read_orgs(struct req *r, struct list *out)
{
    return db_all(r->db, r->arena, &alliance_public_orgs, DB_ARGS(I64(r->tenant), I64(r->now)), org_map, sizeof(struct member_row), 0, out);
}

static bool among(const struct list *orgs, int64_t alliance, int64_t org)
{
    const struct member_row *m = orgs->at;
    for (size_t i = 0; i < orgs->len; i++)
        if (m[i].alliance_id == alliance && m[i].org_id == org)
            return true;
    return false;
}

static struct public_item item_of(struct req *r, const struct unit_snapshot *u, const struct list *kinds, const struct list *orgs,
                                  const struct alliance_row *row)
{
    const struct choice *kind = choice_find(kinds, row->kind);
    bool                 lead = among(orgs, row->id, row->lead_id);
    return (struct public_item){ .id = row->id, .kind_zh = kind ? kind->zh : row->kind, .kind_en = kind ? kind->en : row->kind, .name = row->name,
                                 .brand = row->brand, .area_name = unit_name_copy(r->arena, u, UNIT_AREA, row->area_id),
                                 .lead_name = lead ? unit_name_copy(r->arena, u, UNIT_ORG, row->lead_id) : STR_NONE,
                                 .level = (int)alliance_level_of(unit_depth(u, (struct unit_ref){ UNIT_AREA, row->area_id })),
                                 .members = row->members, .valid_from = row->valid_from };
}

static err list_public(struct req *r)
{
    struct list all, orgs, kinds = alliance_choices(r, "alliance.kinds");
    size_t      n = 0;
    TRY(alliance_all(r->db, r->arena, r->tenant, &all));
    TRY(read_orgs(r, &orgs));
    const struct alliance_row  *row = all.at;
    struct public_item         *items = ARENA_ARRAY(r->arena, all.len + 1, struct public_item);
    const struct unit_snapshot *u = unit_hold(r->app);
    for (size_t i = 0; i < all.len; i++)
        if (row[i].is_public && !row[i].valid_to)
            items[n++] = item_of(r, u, &kinds, &orgs, &row[i]);
    unit_release(u);
    return reply_list(r, item_fields, sizeof *items, (struct list){ items, n }, STR_NONE);
}

/* The lead first; the others as they joined. */
static struct list members_view(struct req *r, const struct unit_snapshot *u, const struct list *orgs, int64_t alliance)
{
    struct list              roles = alliance_choices(r, "alliance.roles");
    const struct member_row *m = orgs->at;
    struct public_member    *v = ARENA_ARRAY(r->arena, orgs->len + 1, struct public_member);
    size_t                   n = 0;
    for (int turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < orgs->len; i++) {
            const struct choice *role = choice_find(&roles, m[i].role);
            if (m[i].alliance_id != alliance || (turn == 0) != str_is(m[i].role, ALLIANCE_LEAD))
                continue;
            v[n++] = (struct public_member){ unit_name_copy(r->arena, u, UNIT_ORG, m[i].org_id),
                                             str_copy(r->arena, unit_kind_of(u, (struct unit_ref){ UNIT_ORG, m[i].org_id })),
                                             role ? role->zh : m[i].role, role ? role->en : m[i].role };
        }
    return (struct list){ v, n };
}

static err read_charter(struct req *r, int64_t id, struct str *out)
{
    struct list rows;
    TRY(charters_of(r->db, r->arena, r->tenant, id, &rows));
    const struct charter_row *row = rows.at;
    for (size_t i = 0; i < rows.len && !out->ptr; i++)
        if (row[i].from <= r->now)
            *out = row[i].text;
    return OK;
}

/* The same figures as on the desk. */
static err read_work(struct req *r, int64_t id, struct public_view *v)
{
    struct list           calls, members, none = { 0 };
    struct network        n;
    struct network_filter f = { .members = &members };
    TRY(members_of(r->db, r->arena, r->tenant, id, &members));
    TRY(case_whistles(r->db, r->arena, r->tenant, r->now - 365 * MS_DAY, r->now, &calls));
    network_build(r->arena, &calls, &none, &none, &f, &n);
    v->cases = n.cases;
    v->calls = n.calls;
    v->answered = n.answered;
    return OK;
}

static err get_public(struct req *r)
{
    struct alliance_row row;
    struct list         orgs, kinds = alliance_choices(r, "alliance.kinds");
    struct public_view  v = { .charter = STR_NONE };
    TRY(alliance_get(r->db, r->arena, r->tenant, r->path[0], &row));
    if (!row.is_public || row.valid_to)
        return FAIL(ERR_NOT_FOUND);
    TRY(read_orgs(r, &orgs));
    TRY(read_charter(r, row.id, &v.charter));
    TRY(read_work(r, row.id, &v));
    const struct unit_snapshot *u = unit_hold(r->app);
    v.i = item_of(r, u, &kinds, &orgs, &row);
    v.members = members_view(r, u, &orgs, row.id);
    unit_release(u);
    return reply_view(r, view_fields, &v, 0);
}

const struct route alliance_public_routes[] = {
    { GET, "/api/v1/public/alliances", list_public, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_LIST, .reply = item_fields,
      .summary = "Alliances that are shown to residents", .tag = "alliance" },
    { GET, "/api/v1/public/alliances/:id", get_public, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_VIEW, .reply = view_fields,
      .summary = "A public alliance: its public members, its charter, how much was done together", .tag = "alliance" },
    ROUTE_END
};
