/* Import, third part: what becomes of each feature, the report, and writing it down. */
#include "unit_import.h"

#include <stdlib.h>

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../setting/setting.h"

#define SAMPLES   9      /* along each side of a feature's box, to see in which parent most of it lies */
#define TOLD_MOST 1000

/* ---- what is there already ---- */

static bool stands(const struct import_plan *p, const struct unode *n)
{
    return !n->valid_to || n->valid_to > p->s->now;
}

static bool same_area(const struct import_plan *p, const struct unode *n, const struct item *i)
{
    if (!stands(p, n) || !str_eq(n->kind, p->kind))
        return false;
    if (i->code.ptr && n->code.ptr)
        return str_eq(i->code, n->code);
    return str_eq(i->name, n->name) && n->parent_id == i->parent;
}

/* The node a feature means, not taken by an earlier feature; of several namesakes the one it lies on. */
static const struct unode *find_present(const struct import_plan *p, const struct item *i, const bool *taken)
{
    const struct unode *found = NULL;
    double              lon, lat;
    shape_inner(i->shape, &lon, &lat);
    for (int32_t k = 0; k < p->s->areas; k++) {
        const struct unode *n = &p->s->nodes[k];
        if (taken[k] || !same_area(p, n, i))
            continue;
        if (!found || (n->shape && shape_holds(n->shape, lon, lat)))
            found = n;
    }
    return found;
}

/* A code that another feature or an area of another kind has. */
static bool code_clashes(const struct import_plan *p, const struct item *i)
{
    for (const struct item *k = p->items; k < i; k++)
        if (k->fate != ITEM_REFUSED && str_eq(k->code, i->code))
            return true;
    for (int32_t k = 0; k < p->s->areas; k++) {
        const struct unode *n = &p->s->nodes[k];
        if (stands(p, n) && n->code.ptr && str_eq(n->code, i->code) && !str_eq(n->kind, p->kind))
            return true;
    }
    return false;
}

/* ---- parents ---- */

/* How many of the feature's sample points the area holds; *all: how many there are. */
static int samples_in(const struct item *i, const struct shape *above, int *all)
{
    struct box b = shape_box(i->shape);
    int        in = 0;
    *all = 0;
    for (int y = 0; y < SAMPLES; y++)
        for (int x = 0; x < SAMPLES; x++) {
            double lon = b.west + (b.east - b.west) * (x + 0.5) / SAMPLES, lat = b.south + (b.north - b.south) * (y + 0.5) / SAMPLES;
            if (!shape_holds(i->shape, lon, lat))
                continue;
            ++*all;
            in += shape_holds(above, lon, lat);
        }
    if (*all == 0) {   /* too thin for the samples */
        double lon, lat;
        shape_inner(i->shape, &lon, &lat);
        *all = 1;
        in = shape_holds(above, lon, lat);
    }
    return in;
}

static bool boxes_meet(struct box a, struct box b)
{
    return a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
}

static bool may_be_parent(const struct import_plan *p, const struct unode *n)
{
    return stands(p, n) && !failed(area_kind_fits(&p->kinds, p->kind, n->kind));
}

/* The deepest area of a fitting kind that holds most of the feature, else the root when it fits. 0: none. */
static int64_t parent_by_polygon(const struct import_plan *p, const struct item *i)
{
    const struct unode *best = NULL;
    for (int32_t k = 0; k < p->s->areas; k++) {
        const struct unode *n = &p->s->nodes[k];
        int                 all;
        if (!n->shape || (best && best->depth >= n->depth) || !boxes_meet(shape_box(n->shape), shape_box(i->shape)) || !may_be_parent(p, n))
            continue;
        if (samples_in(i, n->shape, &all) * 2 > all)
            best = n;
    }
    if (best)
        return best->id;
    return p->s->root >= 0 && may_be_parent(p, &p->s->nodes[p->s->root]) ? p->s->nodes[p->s->root].id : 0;
}

static bool kind_is_root(const struct import_plan *p)
{
    return !failed(area_kind_fits(&p->kinds, p->kind, STR_NONE));
}

static void refuse(struct item *i, enum err_code code, struct str why)
{
    i->fate = ITEM_REFUSED;
    i->problem = code;
    i->why = why;
}

static void find_parent(struct import_plan *p, struct item *i)
{
    if (kind_is_root(p)) {
        if (p->s->root >= 0 ? p->features > 1 : i->number > 1)
            refuse(i, ERR_PARENT_KIND, STR("there is one root area; choose the kind of what lies under it"));
        return;
    }
    if (p->o.parent)
        i->parent = p->o.parent;
    else if (!p->makes_root && !(i->parent = parent_by_polygon(p, i)))
        refuse(i, ERR_PARENT_KIND, STR("no area of a kind above this one holds it"));
}

/* ---- fates ---- */

static void settle(struct import_plan *p, struct item *i, bool *taken)
{
    find_parent(p, i);
    if (i->fate == ITEM_REFUSED)
        return;
    if (i->code.ptr && code_clashes(p, i)) {
        refuse(i, ERR_CODE_TAKEN, STR_NONE);
        return;
    }
    const struct unode *n = kind_is_root(p) && p->s->root >= 0 ? &p->s->nodes[p->s->root] : find_present(p, i, taken);
    if (!n) {
        i->fate = ITEM_NEW;
        i->id = id_new();
        return;
    }
    taken[n - p->s->nodes] = true;
    i->id = n->id;
    i->parent = n->parent_id;
    i->reshaped = !n->shape || !str_eq(shape_wkb(n->shape), i->wkb);
    bool renamed = !str_eq(n->name, i->name) || (i->code.ptr && !str_eq(n->code, i->code));
    i->fate = i->reshaped || renamed ? ITEM_CHANGED : ITEM_SAME;
}

/* Areas of that kind which the file does not speak of take part in the comparison. */
static void add_present(struct import_plan *p, const bool *taken)
{
    for (int32_t k = 0; k < p->s->areas; k++) {
        const struct unode *n = &p->s->nodes[k];
        if (taken[k] || !n->shape || !stands(p, n) || !str_eq(n->kind, p->kind))
            continue;
        struct item *i = &p->items[p->count++];
        *i = (struct item){ .name = n->name, .fate = ITEM_SAME, .id = n->id, .parent = n->parent_id, .shape = n->shape };
        shape_keep(i->shape);
    }
}

static void settle_all(struct import_plan *p)
{
    bool *taken = ARENA_ARRAY(p->arena, (size_t)p->s->areas + 1, bool);
    for (size_t i = 0; i < p->features; i++) {
        if (p->items[i].fate != ITEM_REFUSED)
            settle(p, &p->items[i], taken);
        p->fates[p->items[i].fate]++;
    }
    add_present(p, taken);
}

/* ---- the report ---- */

static void tell_repairs(const struct import_plan *p, struct jsonw *j)
{
    size_t told = 0;
    jsonw_key(j, "repaired");
    jsonw_list(j);
    for (size_t i = 0; i < p->features && told < TOLD_MOST; i++)
        if (p->items[i].repaired.ptr && p->items[i].fate != ITEM_REFUSED) {
            jsonw_open(j);
            jsonw_kv_i64(j, "feature", (int64_t)p->items[i].number);
            jsonw_kv_str(j, "name", p->items[i].name);
            jsonw_kv_str(j, "reason", p->items[i].repaired);
            jsonw_close(j);
            told++;
        }
    jsonw_list_end(j);
}

/* Codes that are not of the form that the setting unit.code_forms gives to this kind: other places have others, so they are told, not refused. */
static void tell_odd_codes(const struct import_plan *p, struct jsonw *j)
{
    size_t odd = 0;
    jsonw_key(j, "odd_codes");
    jsonw_list(j);
    for (size_t i = 0; i < p->features; i++) {
        const struct item  *it = &p->items[i];
        const struct unode *above = snapshot_node(p->s, (struct unit_ref){ UNIT_AREA, it->parent });
        err                 e = code_check(p->form, it->code, above ? above->code : STR_NONE);
        if (it->fate == ITEM_REFUSED || !failed(e) || odd++ >= TOLD_MOST)
            continue;
        jsonw_open(j);
        jsonw_kv_i64(j, "feature", (int64_t)it->number);
        jsonw_kv_str(j, "name", it->name);
        jsonw_kv_str(j, "code", it->code);
        jsonw_kv_z(j, "problem", err_slug(e.code));
        jsonw_close(j);
    }
    jsonw_list_end(j);
    jsonw_kv_i64(j, "odd_code_count", (int64_t)odd);
}

static void tell_changes(const struct import_plan *p, struct jsonw *j)
{
    size_t told = 0;
    jsonw_key(j, "changes");
    jsonw_list(j);
    for (size_t i = 0; i < p->features && told < TOLD_MOST; i++) {
        const struct item *it = &p->items[i];
        if (it->fate != ITEM_CHANGED)
            continue;
        struct str before = unit_name(p->s, (struct unit_ref){ UNIT_AREA, it->id });
        jsonw_open(j);
        jsonw_kv_i64(j, "feature", (int64_t)it->number);
        jsonw_kv_str(j, "name", it->name);
        jsonw_kv_str(j, "name_before", str_eq(before, it->name) ? STR_NONE : before);
        jsonw_kv_bool(j, "reshaped", it->reshaped);
        jsonw_close(j);
        told++;
    }
    jsonw_list_end(j);
}

static void tell_refusals(const struct import_plan *p, struct jsonw *j)
{
    size_t told = 0;
    jsonw_kv_i64(j, "refused_count", (int64_t)p->fates[ITEM_REFUSED]);
    jsonw_key(j, "refused");
    jsonw_list(j);
    for (size_t i = 0; i < p->features && told < TOLD_MOST; i++) {
        const struct item *it = &p->items[i];
        if (it->fate != ITEM_REFUSED)
            continue;
        jsonw_open(j);
        jsonw_kv_i64(j, "feature", (int64_t)it->number);
        jsonw_kv_str(j, "name", it->name.len ? it->name : STR_NONE);
        jsonw_kv_z(j, "code", err_slug(it->problem));
        jsonw_kv_str(j, "message", it->why.ptr ? it->why : str_of(err_text(it->problem, false)));
        jsonw_kv_z(j, "message_zh", err_text(it->problem, true));
        jsonw_close(j);
        told++;
    }
    jsonw_list_end(j);
}

static void write_report(struct import_plan *p)
{
    struct buf   b = buf_new(p->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_bool(&j, "dry_run", p->o.dry_run);
    jsonw_kv_bool(&j, "applied", !p->o.dry_run && !p->fates[ITEM_REFUSED]);
    jsonw_kv_str(&j, "kind", p->kind);
    jsonw_kv_z(&j, "crs", crs_name(p->crs));
    jsonw_kv_i64(&j, "areas", (int64_t)p->features);
    jsonw_kv_i64(&j, "created", (int64_t)p->fates[ITEM_NEW]);
    jsonw_kv_i64(&j, "updated", (int64_t)p->fates[ITEM_CHANGED]);
    jsonw_kv_i64(&j, "same", (int64_t)p->fates[ITEM_SAME]);
    jsonw_kv_str(&j, "root_made", p->makes_root ? p->root_name : STR_NONE);
    tell_repairs(p, &j);
    tell_odd_codes(p, &j);
    tell_changes(p, &j);
    import_compare(p, &j);
    tell_refusals(p, &j);
    jsonw_close(&j);
    p->report = buf_view(&b);
}

/* ---- the plan ---- */

/* The kind that lies under nothing. */
static struct str root_kind(const struct area_kinds *k)
{
    for (size_t i = 0; i < k->len; i++)
        if (!k->at[i].under.len)
            return k->at[i].code;
    return STR_NONE;
}

static err check_options(struct import_plan *p)
{
    const struct unode *above = snapshot_node(p->s, (struct unit_ref){ UNIT_AREA, p->o.parent });
    p->crs = crs_find(p->o.crs ? str_of(p->o.crs) : STR_NONE);
    if (p->crs == CRS_UNKNOWN)
        return FAIL_AT(ERR_CRS_UNKNOWN, "crs");
    p->kind = str_of(p->o.kind && p->o.kind[0] ? p->o.kind : "community");
    if (area_kind_find(&p->kinds, p->kind) < 0)
        return FAIL_AT(ERR_NOT_A_CHOICE, "kind");
    if (p->o.parent && (!above || !stands(p, above)))
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "parent");
    if (above && !may_be_parent(p, above))
        return FAIL_AT(ERR_PARENT_KIND, "parent");
    p->root_kind = root_kind(&p->kinds);
    p->makes_root = p->s->root < 0 && !kind_is_root(p);
    if (p->makes_root && failed(area_kind_fits(&p->kinds, p->kind, p->root_kind)))
        return FAIL_AT(ERR_PARENT_KIND, "kind");
    p->root_name = str_copy(p->arena, str_of(p->app->tenant_name));
    return OK;
}

/* All under a root that has no polygon. */
static bool root_lacks_shape(const struct import_plan *p)
{
    const struct unode *root = p->s->root >= 0 ? &p->s->nodes[p->s->root] : NULL;
    if (!root || root->shape || kind_is_root(p))
        return false;
    for (size_t i = 0; i < p->count; i++)
        if (p->items[i].fate != ITEM_REFUSED && p->items[i].parent != root->id)
            return false;
    return true;
}

err import_plan(struct app *app, const struct unit_snapshot *s, struct arena *a, struct str geojson, const struct unit_import_options *o,
                struct import_plan **out)
{
    struct import_plan *p = ARENA_NEW(a, struct import_plan);
    *p = (struct import_plan){ .app = app, .arena = a, .s = s, .mark = s->mark, .o = *o };
    p->kinds = area_kinds_read(a, setting_text(app, a, "unit.area_kinds", clock_now()));
    TRY(check_options(p));
    struct code_forms forms = code_forms_read(a, setting_text(app, a, "unit.code_forms", clock_now()));
    p->form = code_form_find(&forms, p->kind);
    geo_open(&p->geo, a);
    err e = import_read(p, geojson);
    if (failed(e)) {
        import_close(p);
        return e;
    }
    settle_all(p);
    p->draws_root = root_lacks_shape(p);
    write_report(p);
    *out = p;
    return OK;
}

void import_close(struct import_plan *p)
{
    for (size_t i = 0; i < p->count; i++)
        shape_drop(p->items[i].shape);
    geo_close(&p->geo);
    p->count = 0;
}

/* ---- writing ---- */

static err write_root(struct db_conn *c, struct import_plan *p, ms now, int64_t by)
{
    int64_t         shape;
    struct area_row row = { .id = id_new(), .kind = p->root_kind, .name = p->root_name, .code = STR_NONE, .class_ = STR_NONE,
                            .valid_from = now, .created_at = now, .updated_at = now };
    p->root_id = row.id;
    TRY(area_insert(c, p->arena, p->app->tenant, &row));
    return p->root_wkb.ptr ? area_shape_put(c, p->app->tenant, row.id, p->root_wkb, crs_name(p->crs), false, now, by, &shape) : OK;
}

static err draw_root(struct db_conn *c, struct import_plan *p, ms now, int64_t by)
{
    int64_t shape;
    return p->root_wkb.ptr ? area_shape_put(c, p->app->tenant, unit_root(p->s), p->root_wkb, crs_name(p->crs), false, now, by, &shape) : OK;
}

static err write_item(struct db_conn *c, struct import_plan *p, const struct item *i, ms now, int64_t by)
{
    struct area_row row = { .id = i->id, .parent_id = i->parent ? i->parent : p->root_id, .kind = p->kind, .code = i->code, .name = i->name,
                            .class_ = STR_NONE, .valid_from = now, .created_at = now, .updated_at = now };
    int64_t         shape;
    if (i->fate == ITEM_NEW) {
        TRY(area_insert(c, p->arena, p->app->tenant, &row));
    } else {
        TRY(area_get(c, p->arena, p->app->tenant, i->id, &row));
        row.name = i->name;
        row.code = i->code.ptr ? i->code : row.code;
        row.updated_at = now;
        TRY(area_update(c, p->arena, p->app->tenant, &row));
    }
    if (i->fate == ITEM_CHANGED && !i->reshaped)
        return OK;
    return area_shape_put(c, p->app->tenant, i->id, i->wkb, crs_name(p->crs), i->repaired.ptr != NULL, now, by, &shape);
}

static err audit_import(struct db_conn *c, struct import_plan *p, ms now, int64_t by)
{
    struct str detail = str_fmt(p->arena, "{\"kind\":\"%.*s\",\"created\":%zu,\"updated\":%zu,\"same\":%zu}", STR_ARG(p->kind),
                                p->fates[ITEM_NEW], p->fates[ITEM_CHANGED], p->fates[ITEM_SAME]);
    return audit_write(c, p->arena, p->app->tenant, now, by, "area.import", "area", p->root_id ? p->root_id : unit_root(p->s), detail);
}

static bool still_present(struct import_plan *p)
{
    const struct unit_snapshot *s = unit_hold(p->app);
    bool                        same = s && s->mark == p->mark;
    unit_release(s);
    return same;
}

err import_apply(struct db_conn *c, struct import_plan *p, ms now, int64_t by)
{
    if (p->o.dry_run || p->fates[ITEM_REFUSED])
        return OK;
    if (!still_present(p))
        return FAIL(ERR_CONFLICT);
    if (p->makes_root)
        TRY(write_root(c, p, now, by));
    if (p->draws_root)
        TRY(draw_root(c, p, now, by));
    for (size_t i = 0; i < p->features; i++) {
        if (p->items[i].fate == ITEM_SAME)
            continue;
        struct arena_mark mark = arena_mark(p->arena);
        TRY(write_item(c, p, &p->items[i], now, by));
        arena_rewind(p->arena, mark);
    }
    TRY(audit_import(c, p, now, by));
    unit_changed(c, p->app);
    return OK;
}

err unit_import(struct db_conn *c, struct arena *a, struct app *app, struct str geojson, const struct unit_import_options *o, ms now, int64_t by,
                struct str *report)
{
    const struct unit_snapshot *s = unit_hold(app);
    struct import_plan         *p;
    err                         e = import_plan(app, s, a, geojson, o, &p);
    if (!failed(e)) {
        e = import_apply(c, p, now, by);
        *report = p->report;
        import_close(p);
    }
    unit_release(s);
    return e;
}
