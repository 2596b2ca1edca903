/* Codes of areas over HTTP: the next one below an area, and those of a whole level; and the words from which kinds and classes are chosen. */
#include "unit_http.h"

#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../setting/setting.h"

/* ---- choices ---- */

static const struct field kind_fields[] = {
    FIELD_STR(struct area_kind, code, 0, 0, REQUIRED, "Stable name"),
    FIELD_STR(struct area_kind, zh, 0, 0, 0, "In Chinese"),
    FIELD_STR(struct area_kind, en, 0, 0, 0, "In English"),
    FIELD_STRS(struct area_kind, under, 0, 0, REQUIRED, "Kinds it may lie under"),
    FIELD_END,
};

static const struct field class_fields[] = {
    FIELD_STR(struct area_kind, code, 0, 0, REQUIRED, "Stable name"),
    FIELD_STR(struct area_kind, zh, 0, 0, 0, "In Chinese"),
    FIELD_STR(struct area_kind, en, 0, 0, 0, "In English"),
    FIELD_END,
};

struct choices_view { struct list kinds, classes; };

const struct field area_choices_fields[] = {
    FIELD_LIST(struct choices_view, kinds, kind_fields, struct area_kind, 0, 0, REQUIRED, "Kinds of areas"),
    FIELD_LIST(struct choices_view, classes, class_fields, struct area_kind, 0, 0, REQUIRED, "Classes of areas"),
    FIELD_END,
};

static struct list choices_of(struct req *r, const char *setting)
{
    struct area_kinds k = area_kinds_read(r->arena, setting_text(r->app, r->arena, setting, r->now));
    return (struct list){ (void *)(uintptr_t)k.at, k.len };
}

err area_choices(struct req *r)
{
    struct choices_view v = { choices_of(r, "unit.area_kinds"), choices_of(r, "unit.area_classes") };
    return reply_view(r, area_choices_fields, &v, 0);
}

/* ---- what is taken ---- */

static struct code_forms forms_now(struct req *r)
{
    return code_forms_read(r->arena, setting_text(r->app, r->arena, "unit.code_forms", r->now));
}

static bool stands(struct req *r, const struct unode *n)
{
    return !n->valid_to || n->valid_to > r->now;
}

/* Those of areas no longer in use as well: a code means one place for ever, as far as there are others. but: whose codes do not count; may be NULL. */
static bool *taken_below(struct req *r, const struct unit_snapshot *s, const struct code_form *form, const struct unode *above, const bool *but)
{
    bool *taken = ARENA_ARRAY(r->arena, (size_t)form->last + 1, bool);
    for (int32_t i = 0; i < s->areas; i++) {
        int64_t n = but && but[i] ? -1 : code_serial(form, s->nodes[i].code, above->code);
        if (n >= 0)
            taken[n] = true;
    }
    return taken;
}

/* ---- the next one ---- */

const struct field code_query_fields[] = {
    FIELD_ID(struct code_query, parent, REQUIRED, "Area above"),
    FIELD_STR(struct code_query, kind, 1, 40, REQUIRED, "Kind of the area that needs a code"),
    FIELD_END,
};

struct code_view { struct str code; };
const struct field code_view_fields[] = { FIELD_STR(struct code_view, code, 0, 0, REQUIRED, "The next code"), FIELD_END };

static err find_form(struct req *r, struct str kind, const struct unode *above, const struct code_form **out)
{
    struct area_kinds  kinds = area_kinds_read(r->arena, setting_text(r->app, r->arena, "unit.area_kinds", r->now));
    struct code_forms *forms = ARENA_NEW(r->arena, struct code_forms);
    *forms = forms_now(r);
    TRY(area_kind_fits(&kinds, kind, above->kind));
    *out = code_form_find(forms, kind);
    return *out && code_has_room(*out, above->code) ? OK : FAIL_AT(ERR_CODE_NONE, "code");
}

static err next_work(struct req *r, const struct unit_snapshot *s)
{
    const struct code_query *q = r->query;
    const struct unode      *above = snapshot_node(s, (struct unit_ref){ UNIT_AREA, q->parent });
    const struct code_form  *form;
    if (!above || !stands(r, above))
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "parent");
    TRY(find_form(r, q->kind, above, &form));
    int64_t n = code_next(form, taken_below(r, s, form, above, NULL));
    if (!n)
        return FAIL_AT(ERR_CODE_NONE, "code");
    struct code_view v = { code_make(r->arena, form, above->code, n) };
    return reply_view(r, code_view_fields, &v, 0);
}

err area_code_next(struct req *r)
{
    return on_snapshot(r, next_work);
}

/* ---- a whole level ---- */

const struct field level_query_fields[] = { FIELD_BOOL(struct level_query, dry_run, 0, "Say what would happen; change nothing"), FIELD_END };

const struct field level_body_fields[] = {
    FIELD_STR(struct level_body, kind, 1, 40, REQUIRED, "Kind of the areas to be numbered"),
    FIELD_BOOL(struct level_body, renew, 0, "Number all of them anew; else only those without a code of that form"),
    FIELD_END,
};

struct level_item { int64_t id, version; struct str name, before, code; bool placed; };
static const struct field level_item_fields[] = {
    FIELD_ID(struct level_item, id, REQUIRED, "Area"),
    FIELD_STR(struct level_item, name, 0, 0, REQUIRED, "Its name"),
    FIELD_STR(struct level_item, before, 0, 0, 0, "Code it has"),
    FIELD_STR(struct level_item, code, 0, 0, REQUIRED, "Code it gets, or keeps"),
    FIELD_BOOL(struct level_item, placed, REQUIRED, "It has a polygon, by which its place in the order is known; else it comes last, by name"),
    FIELD_END,
};

struct level_view { bool applied; int64_t changed; struct list items; uint64_t mark; };
const struct field level_view_fields[] = {
    FIELD_BOOL(struct level_view, applied, REQUIRED, "It was done"),
    FIELD_I64(struct level_view, changed, 0, 0, REQUIRED, "Areas whose code changes"),
    FIELD_LIST(struct level_view, items, level_item_fields, struct level_item, 0, 0, REQUIRED, "From west to east, row by row from the north"),
    FIELD_END,
};

/* The areas of that kind directly below, in their order: node numbers. */
static struct ids in_order(struct req *r, const struct unit_snapshot *s, const struct unode *above, struct str kind)
{
    size_t             most = (size_t)above->children, placed = 0, bare = 0;
    struct code_place *places = ARENA_ARRAY(r->arena, most + 1, struct code_place);
    int64_t           *order = ARENA_ARRAY(r->arena, most + 1, int64_t), *without = ARENA_ARRAY(r->arena, most + 1, int64_t);
    for (const struct unode *n = above + 1; n <= &s->nodes[above->last]; n++) {
        if (n->parent_id != above->id || !stands(r, n) || !str_eq(n->kind, kind))
            continue;
        if (!n->shape) {
            without[bare++] = n - s->nodes;
            continue;
        }
        struct box b = shape_box(n->shape);
        places[placed] = (struct code_place){ .height = b.north - b.south, .item = (size_t)(n - s->nodes) };
        shape_inner(n->shape, &places[placed].lon, &places[placed].lat);
        placed++;
    }
    code_order(places, placed);
    for (size_t i = 0; i < placed; i++)
        order[i] = (int64_t)places[i].item;
    memcpy(order + placed, without, bare * sizeof *order);   /* the snapshot has them by code and name */
    return (struct ids){ order, placed + bare };
}

static int64_t lowest(const struct code_form *form, const bool *taken)
{
    for (int64_t n = form->first; n <= form->last; n++)
        if (!taken[n])
            return n;
    return 0;
}

static err number_level(struct req *r, const struct unit_snapshot *s, const struct unode *above, const struct code_form *form, struct level_view *v)
{
    const struct level_body *in = r->body;
    struct ids               order = in_order(r, s, above, in->kind);
    struct level_item       *items = ARENA_ARRAY(r->arena, order.len + 1, struct level_item);
    bool                    *mine = ARENA_ARRAY(r->arena, (size_t)s->areas + 1, bool);
    for (size_t i = 0; i < order.len; i++)
        mine[order.at[i]] = in->renew;
    bool *taken = taken_below(r, s, form, above, mine);
    for (size_t i = 0; i < order.len; i++) {
        const struct unode *n = &s->nodes[order.at[i]];
        bool                keeps = !in->renew && code_serial(form, n->code, above->code) >= 0;
        int64_t             serial = keeps ? 0 : in->renew ? lowest(form, taken) : code_next(form, taken);
        if (!keeps && !serial)
            return FAIL_AT(ERR_CODE_NONE, "code");
        items[i] = (struct level_item){ n->id, n->version, str_copy(r->arena, n->name), str_copy(r->arena, n->code),
                                        keeps ? str_copy(r->arena, n->code) : code_make(r->arena, form, above->code, serial), n->shape != NULL };
        if (!keeps)
            taken[serial] = true;
        v->changed += !str_eq(items[i].before, items[i].code);
    }
    v->items = (struct list){ items, order.len };
    v->mark = s->mark;
    return OK;
}

static err plan_work(struct req *r, struct level_view *v, const struct unit_snapshot *s)
{
    const struct level_body *in = r->body;
    const struct unode      *above = snapshot_node(s, (struct unit_ref){ UNIT_AREA, r->path[0] });
    const struct code_form  *form;
    if (!above)
        return FAIL(ERR_NOT_FOUND);
    TRY(req_allow(r, PERM_UNIT_MANAGE, (struct unit_ref){ UNIT_AREA, above->id }));
    if (!stands(r, above))
        return FAIL(ERR_AREA_CLOSED);
    TRY(find_form(r, in->kind, above, &form));
    return number_level(r, s, above, form, v);
}

DB_SQL(area_code_set, "UPDATE area SET code = $3, updated_at = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = $5")

static struct str code_change(struct arena *a, const struct level_item *i)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "before", i->before);
    jsonw_kv_str(&j, "after", i->code);
    jsonw_close(&j);
    return buf_view(&b);
}

/* On what was planned, or not at all: another area may have got one of the codes meanwhile. */
static err apply_level(struct req *r, void *arg)
{
    struct level_view          *v = arg;
    const struct level_item    *items = v->items.at;
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        same = s && s->mark == v->mark;
    unit_release(s);
    if (!same)
        return FAIL(ERR_CONFLICT);
    for (size_t i = 0; i < v->items.len; i++) {
        int64_t changed;
        if (str_eq(items[i].before, items[i].code))
            continue;
        TRY(db_exec(r->db, &area_code_set, DB_ARGS(I64(r->tenant), I64(items[i].id), TEXT(items[i].code), TIME(r->now), I64(items[i].version)),
                    &changed));
        if (!changed)
            return FAIL(ERR_CONFLICT);
        TRY(audit_record(r, "area.code", "area", items[i].id, code_change(r->arena, &items[i])));
    }
    v->applied = true;
    unit_changed(r->db, r->app);
    return OK;
}

err area_codes(struct req *r)
{
    const struct level_query   *q = r->query;
    struct level_view           v = { 0 };
    const struct unit_snapshot *s = unit_hold(r->app);
    err                         e = s ? plan_work(r, &v, s) : FAIL(ERR_UNAVAILABLE);
    unit_release(s);
    TRY(e);
    if (!q->dry_run && v.changed)
        TRY(req_in_write(r, apply_level, &v));
    return reply_view(r, level_view_fields, &v, 0);
}
