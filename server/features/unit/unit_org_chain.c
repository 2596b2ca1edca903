/* Chains of organisations from a template (setting unit.chains): for a community its general branch, for each compound in it a branch, for each
 * building a group. What is there stays; doing it again adds only what is missing. */
#include "unit_http.h"
#include "unit_org.h"

#include <jansson.h>

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../setting/setting.h"

#define LEVELS_MOST 6
#define ROWS_MOST   5000

struct chain_level { struct str kind, area, name; };
struct chain { struct str code, zh, en; struct list levels; };

static const struct field level_fields[] = {
    FIELD_STR(struct chain_level, kind, 1, 40, REQUIRED, "Kind of the organisations on this level"),
    FIELD_STR(struct chain_level, area, 1, 40, REQUIRED, "Kind of the areas that get one each"),
    FIELD_STR(struct chain_level, name, 1, 100, REQUIRED, "Their name: {area}, {above} the area of the level above, {community}"),
    FIELD_END
};
const struct field org_chain_fields[] = {
    FIELD_STR(struct chain, code, 1, 40, REQUIRED, "Stable name"),
    FIELD_STR(struct chain, zh, 1, 60, REQUIRED, "Chinese name"),
    FIELD_STR(struct chain, en, 1, 60, REQUIRED, "English name"),
    FIELD_LIST(struct chain, levels, level_fields, struct chain_level, 1, LEVELS_MOST, REQUIRED, "From above"),
    FIELD_END
};

/* ---- the setting ---- */

static struct str printed(struct arena *a, const json_t *v)
{
    size_t n = json_dumpb(v, NULL, 0, JSON_COMPACT);
    char  *out = arena_alloc(a, n + 1);
    json_dumpb(v, out, n, JSON_COMPACT);
    return (struct str){ out, n };
}

static struct list chains_read(struct arena *a, struct str json, struct str at, struct faults *faults)
{
    json_t       *list = json_loadb(json.ptr, json.len, 0, NULL);
    struct chain *chains = ARENA_ARRAY(a, json_array_size(list) + 1, struct chain);
    struct given  given;
    size_t        n = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct faults own = { .arena = a };
        err           e = field_read_json(a, org_chain_fields, printed(a, json_array_get(list, i)), &chains[n], &given, &own);
        if (failed(e) && !own.len)
            faults_add(faults, str_fmt(a, "%.*s[%zu]", STR_ARG(at), i), ERR_WRONG_TYPE, 0);
        for (size_t k = 0; k < own.len; k++)
            faults_add(faults, str_fmt(a, "%.*s[%zu].%.*s", STR_ARG(at), i, STR_ARG(own.at[k].path)), own.at[k].code, own.at[k].bound);
        n += !failed(e);
    }
    json_decref(list);
    return (struct list){ chains, n };
}

void org_chains_check(struct arena *a, struct str json, struct str at, struct faults *faults)
{
    (void)chains_read(a, json, at, faults);
}

static struct list chains_now(struct req *r)
{
    struct faults none = { .arena = r->arena };
    return chains_read(r->arena, setting_text(r->app, r->arena, "unit.chains", r->now), STR("value"), &none);
}

err org_chain_list(struct req *r)
{
    return reply_list(r, org_chain_fields, sizeof(struct chain), chains_now(r), STR_NONE);
}

/* ---- the plan ---- */

const struct field org_chain_body_fields[] = {
    FIELD_STR(struct chain_body, template, 1, 40, REQUIRED, "Code of the template (GET /orgs/chains)"),
    FIELD_ID(struct chain_body, under, 0, "Organisation under which the uppermost one is put; empty: under none"),
    FIELD_BOOL(struct chain_body, dry_run, 0, "Only tell what would be made"),
    FIELD_END
};

struct chain_row {
    int64_t    area_id, org_id, level;
    struct str area_name, kind, name, parent_name;
    bool       there;
    int32_t    node, parent;   /* of the snapshot; of the rows, -1: the uppermost */
};
static const struct field row_fields[] = {
    FIELD_I64(struct chain_row, level, 0, 0, REQUIRED, "Level, 0 the uppermost"),
    FIELD_ID(struct chain_row, area_id, REQUIRED, "Area it is for"),
    FIELD_STR(struct chain_row, area_name, 0, 0, REQUIRED, "Its name"),
    FIELD_STR(struct chain_row, kind, 0, 0, REQUIRED, "Kind of organisation"),
    FIELD_STR(struct chain_row, name, 0, 0, REQUIRED, "Its name"),
    FIELD_STR(struct chain_row, parent_name, 0, 0, 0, "What it lies under"),
    FIELD_BOOL(struct chain_row, there, REQUIRED, "It is there already"),
    FIELD_ID(struct chain_row, org_id, 0, "The organisation; null: not made yet"),
    FIELD_END
};
struct chain_view { struct list rows; int64_t added; bool done; };
const struct field org_chain_view_fields[] = {
    FIELD_LIST(struct chain_view, rows, row_fields, struct chain_row, 0, 0, REQUIRED, "All organisations of the chain, each behind what it lies under"),
    FIELD_I64(struct chain_view, added, 0, 0, REQUIRED, "How many are, or would be, new"),
    FIELD_BOOL(struct chain_view, done, REQUIRED, "They were made; else this is what would be"),
    FIELD_END
};

DB_SQL(org_chain_there, "SELECT id, kind, area_id, name FROM org WHERE tenant_id = $1 AND area_id IS NOT NULL AND valid_to IS NULL ORDER BY area_id, id")
struct there { int64_t id; struct str kind; int64_t area; struct str name; };
static const struct field there_map[] = { FIELD_ID(struct there, id, 0, ""), FIELD_STR(struct there, kind, 0, 0, 0, ""), FIELD_ID(struct there, area, 0, ""),
                                          FIELD_STR(struct there, name, 0, 0, 0, ""), FIELD_END };

static const struct there *find_there(const struct list *all, int64_t area, struct str kind)
{
    const struct there *t = all->at;
    size_t              low = 0, high = all->len;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (t[middle].area < area)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < all->len && t[low].area == area; low++)
        if (str_eq(t[low].kind, kind))
            return &t[low];
    return NULL;
}

static void put_named(struct buf *b, struct str name, const struct str values[3])
{
    static const char *const words[] = { "{area}", "{above}", "{community}" };
    for (size_t i = 0; i < name.len;) {
        size_t w = 0;
        while (w < 3 && (name.len - i < strlen(words[w]) || memcmp(name.ptr + i, words[w], strlen(words[w])) != 0))
            w++;
        if (w < 3)
            buf_str(b, values[w]);
        else
            buf_byte(b, name.ptr[i]);
        i += w < 3 ? strlen(words[w]) : 1;
    }
}

/* The nearest one above: of the lowest level that there is for an area around this one. */
static int32_t row_above(const struct unit_snapshot *s, const struct chain_row *rows, size_t n, int32_t node, int64_t level)
{
    int32_t found = -1;
    for (size_t i = 0; i < n; i++)
        if (rows[i].level < level && rows[i].node <= node && node <= s->nodes[rows[i].node].last && (found < 0 || rows[i].level >= rows[found].level))
            found = (int32_t)i;
    return found;
}

static void add_row(struct req *r, const struct unit_snapshot *s, const struct chain_level *l, int64_t level, int32_t node, const struct list *there,
                    struct list *out)
{
    struct chain_row   *rows = out->at;
    const struct unode *n = &s->nodes[node];
    const struct there *old = find_there(there, n->id, l->kind);
    int32_t             above = row_above(s, rows, out->len, node, level);
    struct buf          b = buf_new(r->arena, 0);
    const struct str    values[] = { n->name, above >= 0 ? rows[above].area_name : STR(""), out->len ? rows[0].area_name : n->name };
    put_named(&b, l->name, values);
    rows[out->len++] = (struct chain_row){ .area_id = n->id, .org_id = old ? old->id : 0, .level = level, .area_name = str_copy(r->arena, n->name), .kind = l->kind,
                                           .name = old ? old->name : buf_view(&b), .parent_name = above >= 0 ? rows[above].name : STR_NONE,
                                           .there = old != NULL, .node = node, .parent = above };
}

static err plan(struct req *r, const struct unit_snapshot *s, const struct chain *c, const struct unode *top, struct list *out)
{
    const struct chain_level *l = c->levels.at;
    struct list               there;
    *out = (struct list){ ARENA_ARRAY(r->arena, ROWS_MOST + LEVELS_MOST, struct chain_row), 0 };
    TRY(db_all(r->db, r->arena, &org_chain_there, DB_ARGS(I64(r->tenant)), there_map, sizeof(struct there), 1000000, &there));
    for (int32_t i = (int32_t)(top - s->nodes); i <= top->last; i++)
        for (size_t k = 0; k < c->levels.len && (!s->nodes[i].valid_to || s->nodes[i].valid_to > r->now); k++) {
            if (str_eq(l[k].area, s->nodes[i].kind))
                add_row(r, s, &l[k], (int64_t)k, i, &there, out);
            if (out->len > ROWS_MOST)
                return FAIL(ERR_TOO_LARGE);
        }
    return OK;
}

/* ---- the deed ---- */

static err make(struct req *r, struct chain_row *row, int64_t parent)
{
    struct org_row org = { .id = id_new(), .parent_id = parent, .area_id = row->area_id, .kind = row->kind, .name = row->name, .valid_from = r->now,
                           .created_at = r->now, .updated_at = r->now };
    struct buf     b = buf_new(r->arena, 0);
    struct jsonw   j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "name", org.name);
    jsonw_kv_str(&j, "kind", org.kind);
    jsonw_kv_id(&j, "parent_id", parent);
    jsonw_kv_id(&j, "area_id", org.area_id);
    jsonw_kv_bool(&j, "template", true);
    jsonw_close(&j);
    TRY(org_insert(r->db, r->arena, r->tenant, &org));
    TRY(unit_serve(r->db, r->tenant, org.id, org.area_id, r->now));
    row->org_id = org.id;
    return audit_record(r, "org.create", "org", org.id, buf_view(&b));
}

/* Each level's kind exists, and may lie under the one above it. */
static err check_kinds(struct req *r, const struct chain *c, struct str under)
{
    struct list               kinds = org_kinds_read(r->arena, setting_text(r->app, r->arena, "unit.org_kinds", r->now));
    const struct chain_level *l = c->levels.at;
    for (size_t i = 0; i < c->levels.len; i++) {
        const struct org_kind *k = org_kind_find(&kinds, l[i].kind);
        if (!k)
            return FAIL_AT(ERR_NOT_A_CHOICE, "template");
        if (!org_kind_fits(k, i ? l[i - 1].kind : under))
            return FAIL_AT(ERR_PARENT_KIND, i ? "template" : "under");
    }
    return OK;
}

static const struct chain *find_chain(const struct list *chains, struct str code)
{
    const struct chain *c = chains->at;
    for (size_t i = 0; i < chains->len; i++)
        if (str_eq(c[i].code, code))
            return &c[i];
    return NULL;
}

/* The template, the area it begins at, and what the uppermost one is put under. */
static err check(struct req *r, const struct unit_snapshot *s, const struct chain *c, const struct unode *top)
{
    const struct chain_body *in = r->body;
    struct org_row           under = { .kind = STR_NONE };
    if (!c)
        return FAIL_AT(ERR_NOT_A_CHOICE, "template");
    if (!str_eq(((const struct chain_level *)c->levels.at)->area, top->kind))
        return FAIL_AT(ERR_CHAIN_AREA, "template");
    if (in->under) {
        err e = org_get(r->db, r->arena, r->tenant, in->under, &under);
        TRY(e.code == ERR_NOT_FOUND ? FAIL_AT(ERR_UNKNOWN_REFERENCE, "under") : e);
        if (under.valid_to)
            return FAIL_AT(ERR_ORG_CLOSED, "under");
    }
    (void)s;
    return check_kinds(r, c, under.kind);
}

static err work(struct req *r, const struct unit_snapshot *s)
{
    const struct chain_body *in = r->body;
    struct list              chains = chains_now(r);
    const struct chain      *c = find_chain(&chains, in->template);
    const struct unode      *top = snapshot_node(s, (struct unit_ref){ UNIT_AREA, r->path[0] });
    struct chain_view        v = { .done = !in->dry_run };
    if (!top)
        return FAIL(ERR_NOT_FOUND);
    TRY(req_allow(r, PERM_UNIT_MANAGE, (struct unit_ref){ UNIT_AREA, top->id }));
    if (top->valid_to)
        return FAIL(ERR_AREA_CLOSED);
    TRY(check(r, s, c, top));
    if (in->under)
        TRY(req_allow(r, PERM_UNIT_MANAGE, (struct unit_ref){ UNIT_ORG, in->under }));
    TRY(plan(r, s, c, top, &v.rows));
    struct chain_row *rows = v.rows.at;
    for (size_t i = 0; i < v.rows.len; i++) {
        v.added += !rows[i].there;
        if (!rows[i].there && !in->dry_run)
            TRY(make(r, &rows[i], rows[i].parent >= 0 ? rows[rows[i].parent].org_id : in->under));
    }
    if (v.added && !in->dry_run)
        unit_changed(r->db, r->app);
    return reply_view(r, org_chain_view_fields, &v, 0);
}

err org_chain(struct req *r)
{
    return on_snapshot(r, work);
}
