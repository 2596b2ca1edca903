/* Alliances over HTTP: lists, one on its page, founding, changing, ending, the charter. */
#include <stdlib.h>

#include "alliance_inside.h"

#include "../../base/id.h"
#include "../audit/audit.h"
#include "../search/search.h"

/* ---- views ---- */

struct item_view {
    int64_t    id, area_id, parent_id, lead_id, members, version;
    struct str kind, name, brand, area_name, lead_name;
    int        level;
    bool       is_public;
    ms         valid_from, valid_to;
};
#define ITEM(base, m) (base) + offsetof(struct item_view, m)
#define ITEM_FIELDS(base)                                                                                                                   \
    { .name = "id", .kind = KIND_ID, .offset = ITEM(base, id), .flags = REQUIRED, .doc = "Id" },                                                  \
    { .name = "kind", .kind = KIND_STR, .offset = ITEM(base, kind), .flags = REQUIRED, .doc = "Kind; see setting alliance.kinds" },               \
    { .name = "name", .kind = KIND_STR, .offset = ITEM(base, name), .flags = REQUIRED, .doc = "Name" },                                           \
    { .name = "brand", .kind = KIND_STR, .offset = ITEM(base, brand), .doc = "Brand it works under" },                                            \
    { .name = "level", .kind = KIND_WORD, .offset = ITEM(base, level), .words = alliance_level_words, .flags = REQUIRED,                          \
      .doc = "Level, by the depth of its area" },                                                                                           \
    { .name = "area_id", .kind = KIND_ID, .offset = ITEM(base, area_id), .flags = REQUIRED, .doc = "Area it is for" },                            \
    { .name = "area_name", .kind = KIND_STR, .offset = ITEM(base, area_name), .doc = "Its name" },                                                \
    { .name = "parent_id", .kind = KIND_ID, .offset = ITEM(base, parent_id), .doc = "Alliance of a higher level it is linked to" },               \
    { .name = "lead_id", .kind = KIND_ID, .offset = ITEM(base, lead_id), .doc = "Organisation that leads" },                                      \
    { .name = "lead_name", .kind = KIND_STR, .offset = ITEM(base, lead_name), .doc = "Its name" },                                                \
    { .name = "members", .kind = KIND_I64, .offset = ITEM(base, members), .flags = REQUIRED, .doc = "Organisations that are in now" },            \
    { .name = "public", .kind = KIND_BOOL, .offset = ITEM(base, is_public), .flags = REQUIRED, .doc = "Shown to residents" },                     \
    { .name = "valid_from", .kind = KIND_TIME, .offset = ITEM(base, valid_from), .flags = REQUIRED, .doc = "Founded" },                           \
    { .name = "valid_to", .kind = KIND_TIME, .offset = ITEM(base, valid_to), .doc = "Ended; null: at work" },                                     \
    { .name = "version", .kind = KIND_I64, .offset = ITEM(base, version), .flags = REQUIRED, .doc = "Grows with each change" }
static const struct field item_fields[] = { ITEM_FIELDS(0), FIELD_END };

struct member_view {
    int64_t    id, org_id;
    struct str org_name, org_kind, role, reason;
    bool       in_use;
    ms         joined_at, left_at;
    int        ended;
};
static const struct field member_fields[] = {
    FIELD_ID(struct member_view, id, REQUIRED, "Id of this stretch of membership"),
    FIELD_ID(struct member_view, org_id, REQUIRED, "Organisation"),
    FIELD_STR(struct member_view, org_name, 0, 0, REQUIRED, "Its name"),
    FIELD_STR(struct member_view, org_kind, 0, 0, REQUIRED, "Its kind"),
    FIELD_BOOL(struct member_view, in_use, REQUIRED, "The organisation is still in use"),
    FIELD_STR(struct member_view, role, 0, 0, REQUIRED, "Role; see setting alliance.roles"),
    FIELD_TIME(struct member_view, joined_at, REQUIRED, "In this role since"),
    FIELD_TIME(struct member_view, left_at, 0, "Until; null: now"),
    FIELD_WORD(struct member_view, ended, alliance_end_words, 0, "How it ended: role: it took another, left, alliance: with the alliance"),
    FIELD_STR(struct member_view, reason, 0, 0, 0, "Why it left"),
    FIELD_END
};

struct charter_view { ms from; struct str text; bool in_force; };
static const struct field charter_fields[] = {
    FIELD_TIME(struct charter_view, from, REQUIRED, "In force from"),
    FIELD_STR(struct charter_view, text, 0, 0, REQUIRED, "Its words"),
    FIELD_BOOL(struct charter_view, in_force, REQUIRED, "This version holds now"),
    FIELD_END
};

struct alliance_view {
    struct item_view  i;
    struct item_view *parent;
    struct list       children, members, charters;
    struct str        end_reason;
    bool              may_manage;
};
const struct field alliance_view_fields[] = {
    ITEM_FIELDS(offsetof(struct alliance_view, i)),
    FIELD_OBJECT(struct alliance_view, parent, item_fields, struct item_view, 0, "The alliance above"),
    FIELD_LIST(struct alliance_view, children, item_fields, struct item_view, 0, 0, REQUIRED, "Alliances linked to it from below"),
    FIELD_LIST(struct alliance_view, members, member_fields, struct member_view, 0, 0, REQUIRED, "Who is in, the lead first; then who was"),
    FIELD_LIST(struct alliance_view, charters, charter_fields, struct charter_view, 0, 0, REQUIRED, "Versions of the charter, newest first"),
    FIELD_STR(struct alliance_view, end_reason, 0, 0, 0, "Why it ended"),
    FIELD_BOOL(struct alliance_view, may_manage, REQUIRED, "The caller manages it"),
    FIELD_END
};

static struct item_view item_of(struct req *r, const struct unit_snapshot *u, const struct alliance_row *row)
{
    return (struct item_view){ .id = row->id, .kind = row->kind, .name = row->name, .brand = row->brand, .area_id = row->area_id,
                               .area_name = unit_name_copy(r->arena, u, UNIT_AREA, row->area_id), .parent_id = row->parent_id, .lead_id = row->lead_id,
                               .lead_name = unit_name_copy(r->arena, u, UNIT_ORG, row->lead_id), .members = row->members, .is_public = row->is_public,
                               .level = (int)alliance_level_of(unit_depth(u, (struct unit_ref){ UNIT_AREA, row->area_id })),
                               .valid_from = row->valid_from, .valid_to = row->valid_to, .version = row->version };
}

/* ---- lists ---- */

struct alliance_query { struct str text, kind; int level; int64_t area, org; bool ended; };
static const struct field query_fields[] = {
    FIELD_STR(struct alliance_query, text, 1, 100, 0, "Part of the name or the brand"),
    FIELD_STR(struct alliance_query, kind, 1, 40, 0, "Only of this kind"),
    FIELD_WORD(struct alliance_query, level, alliance_level_words, 0, "Only of this level"),
    FIELD_ID(struct alliance_query, area, 0, "Only those for this area or one below it"),
    FIELD_ID(struct alliance_query, org, 0, "Only those this organisation is in now"),
    FIELD_BOOL(struct alliance_query, ended, 0, "Those that have ended as well"),
    FIELD_END
};

static bool has_member(const struct list *rows, int64_t alliance)
{
    const struct member_row *m = rows->at;
    for (size_t i = 0; i < rows->len; i++)
        if (m[i].alliance_id == alliance)
            return true;
    return false;
}

static bool wanted(const struct unit_snapshot *u, const struct alliance_query *q, struct str fold, const struct list *with,
                   const struct alliance_row *row, int level)
{
    struct unit_ref area = { UNIT_AREA, row->area_id }, asked = { UNIT_AREA, q->area };
    return (q->ended || !row->valid_to) && (!q->kind.ptr || str_eq(q->kind, row->kind)) && (!q->level || q->level == level) &&
           (!q->area || unit_within(u, area, asked)) && (!q->org || has_member(with, row->id)) &&
           (!fold.len || memmem(row->fold.ptr, row->fold.len, fold.ptr, fold.len));
}

struct placed { int32_t at; struct item_view view; };

static int by_place(const void *x, const void *y)
{
    const struct placed *a = x, *b = y;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return str_cmp(a->view.name, b->view.name);
}

/* In the order of the tree of areas, so that each level follows the one above it. */
static struct list in_order(struct req *r, struct placed *at, size_t n)
{
    struct item_view *items = ARENA_ARRAY(r->arena, n + 1, struct item_view);
    qsort(at, n, sizeof *at, by_place);
    for (size_t i = 0; i < n; i++)
        items[i] = at[i].view;
    return (struct list){ items, n };
}

static err list_alliances(struct req *r)
{
    const struct alliance_query *q = r->query;
    struct list                  rows, with = { 0 };
    struct str                   fold = q->text.ptr ? search_fold(r->arena, q->text) : STR_NONE;
    TRY(alliance_all(r->db, r->arena, r->tenant, &rows));
    if (q->org)
        TRY(alliances_with(r->db, r->arena, r->tenant, q->org, &with));
    const struct alliance_row  *row = rows.at;
    struct placed              *at = ARENA_ARRAY(r->arena, rows.len + 1, struct placed);
    const struct unit_snapshot *u = unit_hold(r->app);
    size_t                      n = 0;
    for (size_t i = 0; i < rows.len; i++) {
        struct item_view v = item_of(r, u, &row[i]);
        int32_t          first, last;
        if (!wanted(u, q, fold, &with, &row[i], v.level))
            continue;
        unit_range(u, (struct unit_ref){ UNIT_AREA, v.area_id }, &first, &last);
        at[n++] = (struct placed){ first, v };
    }
    unit_release(u);
    return reply_list(r, item_fields, sizeof(struct item_view), in_order(r, at, n), STR_NONE);
}

/* ---- one ---- */

static struct member_view member_of(struct req *r, const struct unit_snapshot *u, const struct member_row *m)
{
    struct unit_ref org = { UNIT_ORG, m->org_id };
    return (struct member_view){ .id = m->id, .org_id = m->org_id, .org_name = unit_name_copy(r->arena, u, UNIT_ORG, m->org_id),
                                 .org_kind = str_copy(r->arena, unit_kind_of(u, org)), .in_use = unit_in_use(u, org), .role = m->role,
                                 .joined_at = m->joined_at, .left_at = m->left_at, .ended = (int)m->ended, .reason = m->reason };
}

/* Who leads; who is in; who was: each in the order in which they joined. */
static struct list members_view(struct req *r, const struct unit_snapshot *u, const struct list *rows)
{
    const struct member_row *m = rows->at;
    struct member_view      *v = ARENA_ARRAY(r->arena, rows->len + 1, struct member_view);
    size_t                   n = 0;
    for (int turn = 0; turn < 3; turn++)
        for (size_t i = 0; i < rows->len; i++) {
            int when = m[i].left_at ? 2 : str_is(m[i].role, ALLIANCE_LEAD) ? 0 : 1;
            if (when == turn)
                v[n++] = member_of(r, u, &m[i]);
        }
    return (struct list){ v, n };
}

static err read_charters(struct req *r, int64_t id, struct list *out)
{
    struct list rows;
    TRY(charters_of(r->db, r->arena, r->tenant, id, &rows));
    const struct charter_row *row = rows.at;
    struct charter_view      *v = ARENA_ARRAY(r->arena, rows.len + 1, struct charter_view);
    bool                      found = false;
    for (size_t i = 0; i < rows.len; i++) {
        v[i] = (struct charter_view){ row[i].from, row[i].text, !found && row[i].from <= r->now };
        found = found || v[i].in_force;
    }
    *out = (struct list){ v, rows.len };
    return OK;
}

/* Its neighbours in the tree of levels. */
static void read_links(struct req *r, const struct unit_snapshot *u, const struct list *all, struct alliance_view *v)
{
    const struct alliance_row *row = all->at;
    struct item_view          *children = ARENA_ARRAY(r->arena, all->len + 1, struct item_view);
    v->children.at = children;
    for (size_t i = 0; i < all->len; i++) {
        if (row[i].parent_id == v->i.id && !row[i].valid_to)
            children[v->children.len++] = item_of(r, u, &row[i]);
        if (row[i].id != v->i.parent_id)
            continue;
        v->parent = ARENA_NEW(r->arena, struct item_view);
        *v->parent = item_of(r, u, &row[i]);
    }
}

static err read_view(struct req *r, int64_t id, struct alliance_view *v)
{
    struct alliance_row row;
    struct list         members, all;
    *v = (struct alliance_view){ 0 };
    TRY(alliance_get(r->db, r->arena, r->tenant, id, &row));
    TRY(alliance_all(r->db, r->arena, r->tenant, &all));
    TRY(members_of(r->db, r->arena, r->tenant, id, &members));
    TRY(read_charters(r, id, &v->charters));
    const struct unit_snapshot *u = unit_hold(r->app);
    v->i = item_of(r, u, &row);
    v->members = members_view(r, u, &members);
    read_links(r, u, &all, v);
    unit_release(u);
    v->end_reason = row.end_reason;
    v->may_manage = !row.valid_to && alliance_may(r, row.area_id, row.lead_id);
    return OK;
}

err alliance_answer(struct req *r, int64_t id, bool created)
{
    struct alliance_view v;
    TRY(read_view(r, id, &v));
    return created ? reply_created(r, str_fmt(r->arena, "/api/v1/alliances/%lld", (long long)id), alliance_view_fields, &v, v.i.version)
                   : reply_view(r, alliance_view_fields, &v, v.i.version);
}

static err get_alliance(struct req *r)
{
    return alliance_answer(r, r->path[0], false);
}

/* ---- choices ---- */

struct choices_view { struct list kinds, roles; };
static const struct field choices_fields[] = {
    FIELD_LIST(struct choices_view, kinds, choice_fields, struct choice, 0, 0, REQUIRED, "Kinds of alliances"),
    FIELD_LIST(struct choices_view, roles, choice_fields, struct choice, 0, 0, REQUIRED, "Roles of members"), FIELD_END
};

struct list alliance_choices(struct req *r, const char *setting)
{
    return setting_choices(r->app, r->arena, setting, r->now);
}

static err get_choices(struct req *r)
{
    struct choices_view v = { alliance_choices(r, "alliance.kinds"), alliance_choices(r, "alliance.roles") };
    return reply_view(r, choices_fields, &v, 0);
}

/* ---- rules of a change ---- */

bool alliance_may(struct req *r, int64_t area, int64_t lead)
{
    return req_may(r, PERM_ALLIANCE_MANAGE, (struct unit_ref){ UNIT_AREA, area }) ||
           (lead && req_may(r, PERM_ALLIANCE_MANAGE, (struct unit_ref){ UNIT_ORG, lead }));
}

err alliance_own(struct req *r, struct alliance_row *row, struct list *members)
{
    TRY(alliance_get(r->db, r->arena, r->tenant, r->path[0], row));
    if (!alliance_may(r, row->area_id, row->lead_id))
        return FAIL(ERR_NOT_ALLOWED);
    TRY(req_version(r, row->version));
    if (row->valid_to)
        return FAIL(ERR_ALLIANCE_ENDED);
    return members_of(r->db, r->arena, r->tenant, row->id, members);
}

enum err_code org_fault(struct req *r, int64_t org)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    struct unit_ref             ref = { UNIT_ORG, org };
    enum err_code               fault = !org ? ERR_REQUIRED : unit_depth(u, ref) < 0 ? ERR_UNKNOWN_REFERENCE : unit_in_use(u, ref) ? ERR_NONE : ERR_ORG_CLOSED;
    unit_release(u);
    return fault;
}

static bool larger(const struct unit_snapshot *u, int64_t outer, int64_t inner)
{
    return outer != inner && unit_within(u, (struct unit_ref){ UNIT_AREA, inner }, (struct unit_ref){ UNIT_AREA, outer });
}

static const struct alliance_row *find(const struct list *all, int64_t id)
{
    const struct alliance_row *row = all->at;
    for (size_t i = 0; i < all->len; i++)
        if (row[i].id == id)
            return &row[i];
    return NULL;
}

/* Going up from the alliance above, does one come back? The links in the database have no cycle. */
static bool comes_back(const struct list *all, int64_t id, int64_t parent)
{
    for (const struct alliance_row *up = find(all, parent); up; up = find(all, up->parent_id))
        if (up->id == id)
            return true;
    return false;
}

static enum err_code parent_fault(const struct unit_snapshot *u, const struct list *all, const struct alliance_row *row)
{
    const struct alliance_row *parent = find(all, row->parent_id);
    if (!row->parent_id)
        return ERR_NONE;
    if (!parent)
        return ERR_UNKNOWN_REFERENCE;
    if (parent->valid_to)
        return ERR_ALLIANCE_ENDED;
    if (comes_back(all, row->id, row->parent_id))
        return ERR_CYCLE;
    return larger(u, parent->area_id, row->area_id) ? ERR_NONE : ERR_LEVEL;
}

static enum err_code area_fault(const struct unit_snapshot *u, const struct list *all, const struct alliance_row *row)
{
    struct unit_ref            area = { UNIT_AREA, row->area_id };
    const struct alliance_row *other = all->at;
    if (!row->area_id || unit_depth(u, area) < 0)
        return row->area_id ? ERR_UNKNOWN_REFERENCE : ERR_REQUIRED;
    if (!unit_in_use(u, area))
        return ERR_AREA_CLOSED;
    for (size_t i = 0; i < all->len; i++)
        if (other[i].parent_id == row->id && !other[i].valid_to && !larger(u, row->area_id, other[i].area_id))
            return ERR_LEVEL;
    return ERR_NONE;
}

void fault_unless_none(struct req *r, const char *field, enum err_code code)
{
    if (code != ERR_NONE)
        req_fault(r, field, code);
}

static err check_row(struct req *r, const struct alliance_row *row, const struct list *members)
{
    struct list              all, kinds = alliance_choices(r, "alliance.kinds");
    const struct member_row *m = members ? members->at : NULL;
    TRY(alliance_all(r->db, r->arena, r->tenant, &all));
    const struct unit_snapshot *u = unit_hold(r->app);
    enum err_code               area = area_fault(u, &all, row);
    fault_unless_none(r, "area_id", area);
    if (area == ERR_NONE)
        fault_unless_none(r, "parent_id", parent_fault(u, &all, row));
    unit_release(u);
    fault_unless_none(r, "kind", choice_find(&kinds, row->kind) ? ERR_NONE : ERR_NOT_A_CHOICE);
    fault_unless_none(r, "from", row->valid_from > r->now ? ERR_TIME_IN_FUTURE : ERR_NONE);
    for (size_t i = 0; members && i < members->len; i++)
        if (m[i].joined_at < row->valid_from) {
            req_fault(r, "from", ERR_PERIOD);
            break;
        }
    return req_faults(r);
}

/* ---- founding ---- */

struct alliance_body { struct str kind, name, brand, charter; int64_t area_id, parent_id, lead_id; bool is_public; ms from; };
#define BODY_FIELDS(needed)                                                                                                                 \
    FIELD_STR(struct alliance_body, kind, 1, 40, (needed), "Kind; see setting alliance.kinds"),                                             \
    FIELD_STR(struct alliance_body, name, 1, 200, (needed), "Name"),                                                                        \
    FIELD_STR(struct alliance_body, brand, 1, 100, 0, "Brand it works under"),                                                              \
    FIELD_ID(struct alliance_body, area_id, (needed), "Area it is for; its depth is the level"),                                            \
    FIELD_ID(struct alliance_body, parent_id, 0, "Alliance of a larger area it is linked to"),                                              \
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct alliance_body, is_public), .doc = "Shown to residents" },              \
    FIELD_TIME(struct alliance_body, from, 0, "Founded; not after its first member joined. Empty: now")
static const struct field create_fields[] = {
    BODY_FIELDS(REQUIRED),
    FIELD_ID(struct alliance_body, lead_id, REQUIRED, "Organisation that leads; it becomes a member"),
    FIELD_STR(struct alliance_body, charter, 1, 20000, MULTILINE, "Charter, in force from the foundation on"),
    FIELD_END
};
static const struct field change_fields[] = { BODY_FIELDS(0), FIELD_END };
#define GIVEN(member) field_given(change_fields, &r->given, offsetof(struct alliance_body, member))

static struct str row_json(struct arena *a, const struct alliance_row *row)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "kind", row->kind);
    jsonw_kv_str(&j, "name", row->name);
    jsonw_kv_str(&j, "brand", row->brand);
    jsonw_kv_id(&j, "area_id", row->area_id);
    jsonw_kv_id(&j, "parent_id", row->parent_id);
    jsonw_kv_bool(&j, "public", row->is_public);
    jsonw_kv_i64(&j, "from", row->valid_from);
    jsonw_close(&j);
    return buf_view(&b);
}

static err create_alliance(struct req *r)
{
    const struct alliance_body *in = r->body;
    struct alliance_row         row = { .id = id_new(), .kind = in->kind, .name = in->name, .brand = in->brand, .area_id = in->area_id,
                                        .parent_id = in->parent_id, .is_public = in->is_public, .valid_from = in->from ? in->from : r->now };
    if (!alliance_may(r, in->area_id, in->lead_id))
        return FAIL(ERR_NOT_ALLOWED);
    fault_unless_none(r, "lead_id", org_fault(r, in->lead_id));
    TRY(check_row(r, &row, NULL));
    TRY(alliance_insert(r->db, r->arena, r->tenant, &row, r->now));
    if (in->charter.ptr)
        TRY(charter_insert(r->db, r->tenant, row.id, row.valid_from, in->charter, r->now, r->caller.account));
    struct member_row lead = { .alliance_id = row.id, .id = id_new(), .org_id = in->lead_id, .role = STR(ALLIANCE_LEAD), .joined_at = row.valid_from };
    TRY(member_insert(r->db, r->tenant, &lead, r->now, r->caller.account));
    TRY(audit_record(r, "alliance.create", "alliance", row.id, row_json(r->arena, &row)));
    return alliance_answer(r, row.id, true);
}

/* ---- changing ---- */

static void merge(struct req *r, const struct alliance_body *in, struct alliance_row *row)
{
    if (GIVEN(kind))
        row->kind = in->kind;
    if (GIVEN(name))
        row->name = in->name;
    if (GIVEN(brand))
        row->brand = in->brand;
    if (GIVEN(area_id))
        row->area_id = in->area_id;
    if (GIVEN(parent_id))
        row->parent_id = in->parent_id;
    if (GIVEN(is_public))
        row->is_public = in->is_public;
    if (GIVEN(from) && in->from)
        row->valid_from = in->from;
}

static err change_alliance(struct req *r)
{
    const struct alliance_body *in = r->body;
    struct alliance_row         before, row;
    struct list                 members;
    TRY(alliance_own(r, &before, &members));
    TRY(req_version_needed(r, before.version));
    row = before;
    merge(r, in, &row);
    fault_unless_none(r, "name", GIVEN(name) && !in->name.ptr ? ERR_REQUIRED : ERR_NONE);
    TRY(check_row(r, &row, &members));
    if (!alliance_may(r, row.area_id, row.lead_id))
        return FAIL(ERR_NOT_ALLOWED);
    TRY(alliance_update(r->db, r->arena, r->tenant, &row, r->now));
    TRY(audit_record(r, "alliance.change", "alliance", row.id,
                     str_fmt(r->arena, "{\"before\":%.*s,\"after\":%.*s}", STR_ARG(row_json(r->arena, &before)),
                             STR_ARG(row_json(r->arena, &row)))));
    return alliance_answer(r, row.id, false);
}

DB_SQL(alliance_open_children, "SELECT count(*) FROM alliance WHERE tenant_id = $1 AND parent_id = $2 AND valid_to IS NULL")

const struct field leave_fields[] = {
    FIELD_STR(struct leave_body, reason, 1, 200, REQUIRED, "Why"),
    FIELD_TIME(struct leave_body, at, 0, "When; empty: now"),
    FIELD_END
};

static err close_alliance(struct req *r)
{
    const struct leave_body *in = r->body;
    struct alliance_row      row;
    struct list              members;
    int64_t                  children;
    TRY(alliance_own(r, &row, &members));
    row.valid_to = in->at ? in->at : r->now;
    row.end_reason = in->reason;
    TRY(db_number(r->db, &alliance_open_children, DB_ARGS(I64(r->tenant), I64(row.id)), &children));
    if (children)
        return req_fail(r, ERR_STILL_IN_USE, str_of(req_text(r, "还有下级联盟与它相连", "Alliances of lower levels are linked to it")));
    fault_unless_none(r, "at", row.valid_to > r->now ? ERR_TIME_IN_FUTURE : ERR_NONE);
    const struct member_row *m = members.at;
    for (size_t i = 0; i < members.len; i++)
        if (m[i].left_at ? row.valid_to < m[i].left_at : row.valid_to <= m[i].joined_at) {
            req_fault(r, "at", ERR_PERIOD);
            break;
        }
    TRY(req_faults(r));
    TRY(members_end(r->db, r->tenant, row.id, row.valid_to));
    TRY(alliance_update(r->db, r->arena, r->tenant, &row, r->now));
    TRY(audit_record(r, "alliance.close", "alliance", row.id, row_json(r->arena, &row)));
    return alliance_answer(r, row.id, false);
}

/* ---- charter ---- */

struct charter_body { struct str text; ms from; };
static const struct field charter_body_fields[] = {
    FIELD_STR(struct charter_body, text, 1, 20000, REQUIRED | MULTILINE, "The whole text of the new version"),
    FIELD_TIME(struct charter_body, from, 0, "In force from, later than every version before; empty: now"),
    FIELD_END
};

static err add_charter(struct req *r)
{
    const struct charter_body *in = r->body;
    struct alliance_row        row;
    struct list                members, versions;
    ms                         from = in->from ? in->from : r->now;
    TRY(alliance_own(r, &row, &members));
    TRY(charters_of(r->db, r->arena, r->tenant, row.id, &versions));
    const struct charter_row *last = versions.at;
    if (from < row.valid_from)
        return FAIL_AT(ERR_PERIOD, "from");
    if (versions.len && from <= last->from)
        return FAIL_AT(ERR_CHARTER_ORDER, "from");
    TRY(charter_insert(r->db, r->tenant, row.id, from, in->text, r->now, r->caller.account));
    TRY(alliance_touch(r->db, r->tenant, row.id, r->now));
    TRY(audit_record(r, "alliance.charter", "alliance", row.id, str_fmt(r->arena, "{\"from\":%lld}", (long long)from)));
    return alliance_answer(r, row.id, false);
}

/* ---- routes ---- */

#define READ   .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "alliance"
#define MANAGE .perm = PERM_ALLIANCE_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "alliance"
#define VIEW   .reply_kind = REPLY_VIEW, .reply = alliance_view_fields

const struct route alliance_routes[] = {
    { GET, "/api/v1/alliances", list_alliances, READ, ROUTE_QUERY(struct alliance_query, query_fields), .reply_kind = REPLY_LIST, .reply = item_fields,
      .summary = "Alliances, in the order of the tree of areas" },
    { GET, "/api/v1/alliances/choices", get_choices, READ, .reply_kind = REPLY_VIEW, .reply = choices_fields,
      .summary = "Kinds of alliances and roles of members, as the settings have them" },
    { GET, "/api/v1/alliances/:id", get_alliance, READ, VIEW, .summary = "One alliance: members and their history, charter, linked levels" },
    { POST, "/api/v1/alliances", create_alliance, MANAGE, ROUTE_BODY(struct alliance_body, create_fields), .body_max = 128 << 10, .flags = ROUTE_IDEMPOTENT,
      .reply_kind = REPLY_CREATED, .reply = alliance_view_fields, ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE, ERR_ORG_CLOSED, ERR_AREA_CLOSED, ERR_LEVEL),
      .summary = "Found an alliance, at its area or with the organisation that leads" },
    { PATCH, "/api/v1/alliances/:id", change_alliance, MANAGE, ROUTE_BODY(struct alliance_body, change_fields), VIEW,
      ROUTE_ERRORS(ERR_CYCLE, ERR_LEVEL, ERR_PERIOD, ERR_ALLIANCE_ENDED), .summary = "Change an alliance (If-Match)" },
    { POST, "/api/v1/alliances/:id/close", close_alliance, MANAGE, ROUTE_BODY(struct leave_body, leave_fields), VIEW,
      ROUTE_ERRORS(ERR_STILL_IN_USE, ERR_PERIOD, ERR_ALLIANCE_ENDED), .summary = "End an alliance, and all its memberships; its history stays" },
    { POST, "/api/v1/alliances/:id/charters", add_charter, MANAGE, ROUTE_BODY(struct charter_body, charter_body_fields), .body_max = 128 << 10, VIEW,
      ROUTE_ERRORS(ERR_PERIOD, ERR_CHARTER_ORDER, ERR_ALLIANCE_ENDED), .summary = "A new version of the charter; those before are kept" },
    { POST, "/api/v1/alliances/:id/members", alliance_join_one, MANAGE, ROUTE_BODY(struct join_body, join_fields), VIEW,
      ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE, ERR_ORG_CLOSED, ERR_MEMBER_TWICE, ERR_PERIOD, ERR_ALLIANCE_ENDED), .summary = "An organisation joins" },
    { POST, "/api/v1/alliances/:id/members/:id/role", alliance_change_role, MANAGE, ROUTE_BODY(struct role_body, role_fields), VIEW,
      ROUTE_ERRORS(ERR_LEAD_NEEDED, ERR_PERIOD, ERR_WRONG_STATE, ERR_ALLIANCE_ENDED), .summary = "Another role for a member; with lead, whoever led steps down" },
    { POST, "/api/v1/alliances/:id/members/:id/leave", alliance_leave, MANAGE, ROUTE_BODY(struct leave_body, leave_fields), VIEW,
      ROUTE_ERRORS(ERR_LEAD_NEEDED, ERR_PERIOD, ERR_WRONG_STATE, ERR_ALLIANCE_ENDED), .summary = "A member leaves; its history stays" },
    { POST, "/api/v1/alliances/:id/members/import", alliance_import, .perm = PERM_ALLIANCE_MANAGE, .scope = SCOPE_ANY, .tx = TX_NONE,
      .tag = "alliance", ROUTE_QUERY(struct sheet_query, sheet_query_fields),
      .body_kind = BODY_UPLOAD, .body_max = 1 << 20, .reply_kind = REPLY_VIEW, .reply = sheet_view_fields,
      ROUTE_ERRORS(ERR_CSV, ERR_NOT_UTF8, ERR_MAPPING, ERR_ALLIANCE_ENDED),
      .summary = "Members from a CSV sheet: all rows or none; with dry_run a preview that changes nothing" },
    ROUTE_END
};
