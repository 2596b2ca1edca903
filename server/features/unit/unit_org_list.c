/* Organisations in lists: a page, the whole tree, a sheet. */
#include "unit_http.h"
#include "unit_org.h"

#include <stdlib.h>

#include "../setting/setting.h"

#define PAGE      200
#define PAGE_MOST 1000

const struct field org_query_fields[] = {
    FIELD_ID(struct org_query, parent, 0, "Only what lies directly under this organisation"),
    FIELD_STR(struct org_query, text, 1, 100, 0, "Part of the name, or beginning of the code"),
    FIELD_STR(struct org_query, kind, 1, 40, 0, "Only of this kind"),
    FIELD_ID(struct org_query, serves, 0, "Only those that serve this area"),
    FIELD_ID(struct org_query, area, 0, "Only those that belong to this area or one below it"),
    FIELD_STR(struct org_query, field, 1, 40, 0, "Only those that hold something in this field of their kind"),
    FIELD_STR(struct org_query, value, 1, 200, 0, "… and this there: words anywhere in a text, all else exactly"),
    FIELD_BOOL(struct org_query, closed, 0, "Those no longer in use as well"),
    FIELD_STR(struct org_query, after, 1, 200, 0, "Cursor of the page before"),
    FIELD_I64(struct org_query, limit, 1, PAGE_MOST, 0, "At most so many; 200 when not given"),
    FIELD_END,
};

struct str org_credit_word(struct str code)
{
    static const char *const words[] = { [CREDIT_NONE] = NULL, [CREDIT_OK] = "ok", [CREDIT_FORM] = "form", [CREDIT_CHECK] = "check" };
    return str_of(words[credit_check(code)]);
}


/* Names are the snapshot's: a large network has ten thousand of these, and each page of a list asks for all. */
DB_SQL(org_services, "SELECT org_id, area_id FROM org_area WHERE tenant_id = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2) "
                     "ORDER BY org_id, area_id")

struct service { int64_t org, area; };
static const struct field service_map[] = { FIELD_ID(struct service, org, 0, ""), FIELD_ID(struct service, area, 0, ""), FIELD_END };

static int by_name(const void *x, const void *y)
{
    const struct place_view *a = x, *b = y;
    int                      order = str_cmp(a->name, b->name);
    return order ? order : (a->id > b->id) - (a->id < b->id);
}

/* The services of one organisation out of all, which are in order of organisations. */
static struct list services_of(struct arena *a, const struct unit_snapshot *s, const struct list *all, int64_t org)
{
    const struct service *at = all->at;
    size_t                low = 0, high = all->len, n = 0, end;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (at[middle].org < org)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < all->len && at[end].org == org; end++)
        ;
    struct place_view *out = ARENA_ARRAY(a, end - low + 1, struct place_view);
    for (size_t i = low; i < end; i++) {
        const struct unode *area = snapshot_node(s, (struct unit_ref){ UNIT_AREA, at[i].area });
        if (area)
            out[n++] = (struct place_view){ area->id, area->name, area->kind };
    }
    qsort(out, n, sizeof *out, by_name);
    return (struct list){ out, n };
}

static bool serves(const struct list *list, int64_t area)
{
    const struct place_view *at = list->at;
    for (size_t i = 0; i < list->len; i++)
        if (at[i].id == area)
            return true;
    return false;
}

static struct org_item item_of(const struct unit_snapshot *s, const struct unode *n)
{
    return (struct org_item){ .id = n->id, .parent_id = n->parent_id, .area_id = n->area_id, .kind = n->kind, .name = n->name, .code = n->code,
                              .area_name = unit_name(s, (struct unit_ref){ UNIT_AREA, n->area_id }), .code_ok = org_credit_word(n->code),
                              .is_public = n->is_public, .child_count = n->children, .valid_from = n->valid_from, .valid_to = n->valid_to,
                              .version = n->version };
}

static bool wanted(struct req *r, const struct unit_snapshot *s, const struct unode *n, const struct org_query *q)
{
    struct unit_ref mine = { UNIT_AREA, n->area_id }, asked = { UNIT_AREA, q->area };
    return (q->closed || !n->valid_to || n->valid_to > r->now) && (!q->parent || n->parent_id == q->parent) &&
           (!q->levels || n->depth < q->levels) && (!q->kind.ptr || str_eq(n->kind, q->kind)) && (!q->area || unit_within(s, mine, asked)) && node_matches(r->arena, n, q->text);
}

/* Those that hold what was asked for in a field, in order of ids. */
static err holders_of(struct req *r, const struct org_query *q, struct ids *out)
{
    struct list kinds = org_kinds_read(r->arena, setting_text(r->app, r->arena, "unit.org_kinds", r->now)), values;
    TRY(org_values_of_field(r->db, r->arena, r->tenant, q->field, &values));
    const struct org_field *f = org_field_anywhere(&kinds, q->field);
    const struct org_value *v = values.at;
    int64_t                *at = ARENA_ARRAY(r->arena, values.len + 1, int64_t);
    size_t                  n = 0;
    for (size_t i = 0; i < values.len; i++)
        if (!q->value.ptr || org_value_matches(r->arena, f, v[i].value, q->value))
            at[n++] = v[i].org_id;
    *out = (struct ids){ at, n };
    return OK;
}

static bool among_sorted(const struct ids *ids, int64_t id)
{
    size_t low = 0, high = ids->len;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ids->at[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < ids->len && ids->at[low] == id;
}

/* Items from place *i on that are wanted; *i ends at the first one beyond the page. */
static size_t gather(struct req *r, const struct unit_snapshot *s, const struct org_query *q, const struct ids *holders, const struct list *services,
                     struct org_item *items, size_t most, int32_t *i)
{
    size_t n = 0;
    for (; *i < s->count; ++*i) {
        if (!wanted(r, s, &s->nodes[*i], q) || (q->field.ptr && !among_sorted(holders, s->nodes[*i].id)))
            continue;
        struct list areas = services_of(r->arena, s, services, s->nodes[*i].id);
        if (q->serves && !serves(&areas, q->serves))
            continue;
        if (n == most)
            break;
        items[n] = item_of(s, &s->nodes[*i]);
        items[n++].serves = areas;
    }
    return n;
}

/* What is wanted, from *i on, with what it serves now. */
static err pick(struct req *r, const struct unit_snapshot *s, const struct org_query *q, size_t most, int32_t *i, struct list *out)
{
    struct org_item *items = ARENA_ARRAY(r->arena, most + 1, struct org_item);
    struct list      services;
    struct ids       holders = { 0 };
    if (q->value.ptr && !q->field.ptr)
        return FAIL_AT(ERR_REQUIRED, "field");
    TRY(db_all(r->db, r->arena, &org_services, DB_ARGS(I64(r->tenant), I64(r->now)), service_map, sizeof(struct service), 0, &services));
    if (q->field.ptr)
        TRY(holders_of(r, q, &holders));
    *out = (struct list){ items, gather(r, s, q, &holders, &services, items, most, i) };
    return OK;
}

static err list_from(struct req *r, const struct unit_snapshot *s, const struct org_query *q, size_t most)
{
    int32_t     i = s->areas;
    int64_t     id, none;
    struct list items;
    if (q->after.ptr) {
        const struct unode *n = req_cursor_read(r, q->after, &id, &none) ? snapshot_node(s, (struct unit_ref){ UNIT_ORG, id }) : NULL;
        if (!n)
            return FAIL_AT(ERR_INVALID, "after");
        i = (int32_t)(n - s->nodes) + 1;
    }
    TRY(pick(r, s, q, most, &i, &items));
    bool more = i < s->count && items.len;
    return reply_list(r, org_item_fields, sizeof(struct org_item), items,
                      more ? req_cursor(r, ((struct org_item *)items.at)[items.len - 1].id, 0) : STR_NONE);
}

static err list_work(struct req *r, const struct unit_snapshot *s)
{
    const struct org_query *q = r->query;
    return list_from(r, s, q, q->limit ? (size_t)q->limit : PAGE);
}

err org_list(struct req *r)
{
    return on_snapshot(r, list_work);
}

static err tree_work(struct req *r, const struct unit_snapshot *s)
{
    const struct tree_query *q = r->query;
    return list_from(r, s, &(struct org_query){ .levels = q->levels }, (size_t)s->count);
}

err org_tree(struct req *r)
{
    return on_snapshot(r, tree_work);
}

/* ---- as a sheet ---- */

static void head_cell(struct req *r, struct buf *b, const char *zh, const char *en)
{
    buf_byte(b, ',');
    buf_cell(b, str_of(req_text(r, zh, en)));
}

/* The fields of these kinds, each code once. */
static struct list columns_of(struct arena *a, const struct list *kinds, struct str kind)
{
    const struct org_kind *k = kinds->at;
    struct list            out = { NULL, 0 };
    size_t                 most = 0;
    for (size_t i = 0; i < kinds->len; i++)
        most += k[i].fields.len;
    struct org_field *at = out.at = ARENA_ARRAY(a, most + 1, struct org_field);
    for (size_t i = 0; i < kinds->len; i++)
        for (size_t n = 0; n < k[i].fields.len && (!kind.ptr || str_eq(kind, k[i].code)); n++) {
            const struct org_field *f = &((const struct org_field *)k[i].fields.at)[n];
            size_t                  seen = 0;
            while (seen < out.len && !str_eq(at[seen].code, f->code))
                seen++;
            if (seen == out.len)
                at[out.len++] = *f;
        }
    return out;
}

/* As people read it: the name of a choice, yes or no in words. */
static struct str shown(struct req *r, const struct org_kind *k, struct str code, struct str value)
{
    const struct org_field  *f = k ? org_field_find(k, code) : NULL;
    const struct choice *c = f ? f->choices.at : NULL;
    if (f && f->type == ORG_YES_NO && value.ptr)
        return str_of(str_is(value, "yes") ? req_text(r, "是", "yes") : req_text(r, "否", "no"));
    for (size_t i = 0; f && i < f->choices.len; i++)
        if (str_eq(c[i].code, value))
            return r->lang == LANG_ZH ? c[i].zh : c[i].en;
    return value;
}

static struct str day_of(struct req *r, ms at)
{
    struct clock_civil t = clock_civil_at(at, r->app->zone_minutes);
    return at ? str_fmt(r->arena, "%04d-%02d-%02d", t.year, t.month, t.day) : STR_NONE;
}

static struct str names_of(struct arena *a, const struct list *places)
{
    const struct place_view *p = places->at;
    struct buf               b = buf_new(a, 0);
    for (size_t i = 0; i < places->len; i++) {
        buf_z(&b, i ? "、" : "");
        buf_str(&b, p[i].name);
    }
    return buf_view(&b);
}

static void sheet_head(struct req *r, struct buf *b, const struct list *columns)
{
    static const char *const heads[][2] = { { "类型", "Kind" },      { "统一社会信用代码", "Credit code" }, { "上级", "Above" },
                                            { "所在区域", "Area" }, { "服务区域", "Serves" },              { "公开", "Public" },
                                            { "启用", "Since" },     { "停用", "Until" } };
    const struct org_field *f = columns->at;
    buf_z(b, "\xEF\xBB\xBF");
    buf_cell(b, str_of(req_text(r, "名称", "Name")));
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        head_cell(r, b, heads[i][0], heads[i][1]);
    for (size_t i = 0; i < columns->len; i++) {
        buf_byte(b, ',');
        buf_cell(b, r->lang == LANG_ZH ? f[i].zh : f[i].en);
    }
    buf_z(b, "\r\n");
}

static void sheet_row(struct req *r, struct buf *b, const struct unit_snapshot *s, const struct org_item *o, const struct org_kind *k,
                      const struct list *columns, const struct list *values)
{
    const struct org_field *f = columns->at;
    struct str cells[] = { k ? (r->lang == LANG_ZH ? k->zh : k->en) : o->kind, o->code, unit_name(s, (struct unit_ref){ UNIT_ORG, o->parent_id }),
                           o->area_name, names_of(r->arena, &o->serves), str_of(o->is_public ? req_text(r, "是", "yes") : req_text(r, "否", "no")),
                           day_of(r, o->valid_from), day_of(r, o->valid_to) };
    buf_cell(b, o->name);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        buf_byte(b, ',');
        buf_cell(b, cells[i]);
    }
    for (size_t i = 0; i < columns->len; i++) {
        buf_byte(b, ',');
        buf_cell(b, shown(r, k, f[i].code, k && org_field_find(k, f[i].code) ? org_value_at(values, f[i].code) : STR_NONE));
    }
    buf_z(b, "\r\n");
}

static err sheet_work(struct req *r, const struct unit_snapshot *s)
{
    const struct org_query *q = r->query;
    struct list             kinds = org_kinds_read(r->arena, setting_text(r->app, r->arena, "unit.org_kinds", r->now)), items, values;
    struct list             columns = columns_of(r->arena, &kinds, q->kind);
    struct buf              b = buf_new(r->arena, 0);
    int32_t                 i = s->areas;
    TRY(pick(r, s, q, (size_t)s->count, &i, &items));
    TRY(org_values(r->db, r->arena, r->tenant, 0, &values));
    sheet_head(r, &b, &columns);
    for (size_t n = 0; n < items.len; n++) {
        const struct org_item *o = &((const struct org_item *)items.at)[n];
        struct list            own = org_values_at(&values, o->id);
        sheet_row(r, &b, s, o, org_kind_find(&kinds, o->kind), &columns, &own);
    }
    if (b.full)
        return FAIL(ERR_TOO_LARGE);
    reply_header(r, "Content-Disposition", STR("attachment; filename=\"organisations.csv\""));
    return reply_bytes(r, "text/csv; charset=utf-8", buf_view(&b), STR_NONE);
}

err org_sheet(struct req *r)
{
    return on_snapshot(r, sheet_work);
}

/* ---- kinds ---- */

static const struct field field_fields[] = {
    FIELD_STR(struct org_field, code, 0, 0, REQUIRED, "Stable name"),
    FIELD_STR(struct org_field, zh, 0, 0, REQUIRED, "Chinese label"),
    FIELD_STR(struct org_field, en, 0, 0, REQUIRED, "English label"),
    FIELD_WORD(struct org_field, type, org_type_words, REQUIRED, "What it takes"),
    FIELD_BOOL(struct org_field, required, REQUIRED, "An organisation of this kind has to have it"),
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct org_field, is_public), .flags = REQUIRED,
      .doc = "Residents see it of a public organisation; else only staff" },
    FIELD_LIST(struct org_field, choices, choice_fields, struct choice, 0, 0, REQUIRED, "Of type choice"),
    FIELD_END
};
const struct field org_kind_fields[] = {
    FIELD_STR(struct org_kind, code, 0, 0, REQUIRED, "Stable name"),
    FIELD_STR(struct org_kind, zh, 0, 0, REQUIRED, "Chinese name"),
    FIELD_STR(struct org_kind, en, 0, 0, REQUIRED, "English name"),
    FIELD_BOOL(struct org_kind, anywhere, REQUIRED, "It may lie under any kind"),
    FIELD_STRS(struct org_kind, under, 0, 0, REQUIRED, "Else: kinds it may lie under"),
    FIELD_LIST(struct org_kind, fields, field_fields, struct org_field, 0, 0, REQUIRED, "What it holds beside its name"),
    FIELD_END
};

err org_kind_list(struct req *r)
{
    return reply_list(r, org_kind_fields, sizeof(struct org_kind), org_kinds_read(r->arena, setting_text(r->app, r->arena, "unit.org_kinds", r->now)),
                      STR_NONE);
}
