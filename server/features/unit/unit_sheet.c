/* What the rows of a sheet mean: kinds, what they lie under, what is there already, and what is wrong. No SQL. */
#include "unit_sheet.h"

#include "unit_geo.h"

#define NAME_MOST 200
#define CODE_MOST 32

/* ---- columns ---- */

static const struct { const char *heads[6]; } columns[SHEET_COLUMNS] = {
    [SHEET_KIND] = { { "类型", "kind", "类别", "type" } },
    [SHEET_NAME] = { { "名称", "name", "单位名称", "区划名称" } },
    [SHEET_CODE] = { { "编码", "code", "代码", "区划代码", "统计用区划代码", "统一社会信用代码" } },
    [SHEET_PARENT] = { { "上级", "parent", "上级名称", "上级编码", "under" } },
    [SHEET_CLASS] = { { "分类", "class" } },
    [SHEET_AREA] = { { "所在区域", "area", "区域" } },
    [SHEET_LON] = { { "经度", "lon", "longitude", "lng" } },
    [SHEET_LAT] = { { "纬度", "lat", "latitude" } },
    [SHEET_SHAPE] = { { "边界", "shape", "geometry", "wkt", "geojson" } },
    [SHEET_PUBLIC] = { { "公开", "public" } },
};

const char *sheet_column_name(enum sheet_column c, bool zh)
{
    return columns[c].heads[zh ? 0 : 1];
}

void sheet_columns_find(struct arena *a, struct csv_row header, ptrdiff_t at[SHEET_COLUMNS])
{
    for (int c = 0; c < SHEET_COLUMNS; c++) {
        at[c] = -1;
        for (size_t i = 0; i < header.count && at[c] < 0; i++)
            for (int k = 0; k < 6; k++)
                if (columns[c].heads[k] && str_is(unit_fold(a, header.fields[i]), columns[c].heads[k]))
                    at[c] = (ptrdiff_t)i;
    }
}

void sheet_row_fault(struct unit_row *row, enum sheet_column c, enum err_code code)
{
    if (row->fault_count < ROW_FAULTS_MOST)
        row->faults[row->fault_count++] = (struct row_fault){ c, code };
}

/* ---- words ---- */

static bool says(struct str text, struct str code, struct str zh, struct str en)
{
    return text.len && (str_eq(text, code) || str_eq(text, zh) || str_eq(text, en));
}

static struct str kind_named(const struct area_kinds *k, struct str text)
{
    for (size_t i = 0; i < k->len; i++)
        if (says(text, k->at[i].code, k->at[i].zh, k->at[i].en))
            return k->at[i].code;
    return STR_NONE;
}

static struct str org_kind_named(const struct list *kinds, struct str text)
{
    const struct org_kind *k = kinds->at;
    for (size_t i = 0; i < kinds->len; i++)
        if (says(text, k[i].code, k[i].zh, k[i].en))
            return k[i].code;
    return STR_NONE;
}

/* Lists of codes have no column for the kind: the code's own form tells it. */
static struct str kind_of_code(const struct code_forms *f, struct str code)
{
    for (size_t i = 0; i < f->len; i++)
        if (code.len && code_number(&f->at[i], code) >= 0)
            return f->at[i].kind;
    return STR_NONE;
}

static void read_kind(struct sheet_plan *p, struct unit_row *row)
{
    struct str text = row->cell[SHEET_KIND];
    row->kind = text.len ? kind_named(&p->words.kinds, text) : kind_of_code(&p->words.forms, row->cell[SHEET_CODE]);
    row->unit = row->kind.ptr ? UNIT_AREA : UNIT_NONE;
    if (row->unit == UNIT_NONE && text.len && (row->kind = org_kind_named(&p->words.org_kinds, text)).ptr)
        row->unit = UNIT_ORG;
    if (row->unit == UNIT_NONE)
        sheet_row_fault(row, SHEET_KIND, text.len ? ERR_NOT_A_CHOICE : ERR_REQUIRED);
}

static enum err_code text_problem(struct str text, size_t most)
{
    return !utf8_valid(text) ? ERR_NOT_UTF8 : utf8_len(text) > most ? ERR_TOO_LONG : utf8_has_control(text) ? ERR_CONTROL_CHARACTER : ERR_NONE;
}

/* Codes of areas in the first of their lengths: lists give streets with nine digits or with twelve. */
static struct str whole_code(struct sheet_plan *p, struct str kind, struct str code)
{
    const struct code_form *form = code_form_find(&p->words.forms, kind);
    if (!form || !code.ptr || code_number(form, code) < 0)
        return code;
    return code_make(p->arena, form, code, code_number(form, code));
}

static void read_names(struct sheet_plan *p, struct unit_row *row)
{
    enum err_code wrong;
    row->name = row->cell[SHEET_NAME];
    row->code = row->cell[SHEET_CODE].len ? row->cell[SHEET_CODE] : STR_NONE;
    if (!row->name.len)
        sheet_row_fault(row, SHEET_NAME, ERR_REQUIRED);
    else if ((wrong = text_problem(row->name, NAME_MOST)) != ERR_NONE)
        sheet_row_fault(row, SHEET_NAME, wrong);
    if (row->code.ptr && (wrong = text_problem(row->code, CODE_MOST)) != ERR_NONE)
        sheet_row_fault(row, SHEET_CODE, wrong);
    else if (row->code.ptr)
        row->code = row->unit == UNIT_AREA ? whole_code(p, row->kind, row->code) : credit_tidy(p->arena, row->code);
}

static bool reads_yes(struct unit_row *row, struct str text)
{
    bool yes = str_is(text, "是") || str_is(text, "yes") || str_is(text, "1") || str_is(text, "公开");
    if (!yes && text.len && !str_is(text, "否") && !str_is(text, "no") && !str_is(text, "0") && !str_is(text, "不公开"))
        sheet_row_fault(row, SHEET_PUBLIC, ERR_NOT_A_CHOICE);
    return yes;
}

static void read_rest(struct sheet_plan *p, struct unit_row *row)
{
    struct str text = row->cell[SHEET_CLASS];
    row->class_ = text.len ? kind_named(&p->words.classes, text) : STR_NONE;
    if (text.len && (!row->class_.ptr || row->unit == UNIT_ORG))
        sheet_row_fault(row, SHEET_CLASS, ERR_NOT_A_CHOICE);
    row->is_public = reads_yes(row, row->cell[SHEET_PUBLIC]);
}

/* ---- polygons ---- */

static struct str wkt_as_json(struct geos *g, struct str text)
{
    GEOSWKTReader     *reader = GEOSWKTReader_create_r(g->h);
    GEOSGeometry      *shape = GEOSWKTReader_read_r(g->h, reader, str_z(g->arena, text));
    GEOSGeoJSONWriter *writer = GEOSGeoJSONWriter_create_r(g->h);
    char              *json = shape ? GEOSGeoJSONWriter_writeGeometry_r(g->h, writer, shape, -1) : NULL;
    struct str         out = json ? str_copy(g->arena, str_of(json)) : STR_NONE;
    if (json)
        GEOSFree_r(g->h, json);
    geo_drop(g, shape);
    GEOSGeoJSONWriter_destroy_r(g->h, writer);
    GEOSWKTReader_destroy_r(g->h, reader);
    return out;
}

static void read_shape(struct sheet_plan *p, struct geos *g, struct unit_row *row)
{
    struct geo_stored stored;
    struct str        text = row->cell[SHEET_SHAPE];
    row->wkb = STR_NONE;
    if (!text.len)
        return;
    if (text.ptr[0] != '{')
        text = wkt_as_json(g, text);
    if (row->unit == UNIT_ORG || !text.ptr || failed(geo_store(g, text, p->crs, true, &stored))) {
        sheet_row_fault(row, SHEET_SHAPE, ERR_SHAPE);
        return;
    }
    row->wkb = stored.wkb;
    row->repaired = stored.repaired;
}

/* The point of a row, in WGS 84. False: it has none. */
static bool read_point(const struct sheet_plan *p, struct unit_row *row, double *lon, double *lat)
{
    struct str x = row->cell[SHEET_LON], y = row->cell[SHEET_LAT];
    if (!x.len && !y.len)
        return false;
    bool good_x = str_to_real(x, lon) && *lon >= -180 && *lon <= 180, good_y = str_to_real(y, lat) && *lat >= -90 && *lat <= 90;
    if (!good_x)
        sheet_row_fault(row, SHEET_LON, x.len ? ERR_PLACE : ERR_REQUIRED);
    if (!good_y)
        sheet_row_fault(row, SHEET_LAT, y.len ? ERR_PLACE : ERR_REQUIRED);
    if (good_x && good_y)
        crs_to_wgs84(p->crs, lon, lat);
    return good_x && good_y;
}

/* ---- what it lies under ---- */

static bool stands(const struct sheet_plan *p, const struct unode *n)
{
    return !n->valid_to || n->valid_to > p->s->now;
}

static bool may_lie_under(const struct sheet_plan *p, const struct unit_row *row, enum unit_kind unit, struct str kind)
{
    if (row->unit == UNIT_AREA)
        return unit == UNIT_AREA && !failed(area_kind_fits(&p->words.kinds, row->kind, kind));
    return unit == UNIT_AREA || org_kind_fits(org_kind_find(&p->words.org_kinds, row->kind), kind);
}

/* Something that a text may mean, in the sheet or there already; found: how many there are. */
struct meant { struct unit_row *row; const struct unode *node; size_t found; };

struct sought { const struct unit_row *row; enum unit_kind unit; struct str text; bool by_name; int64_t within; };

static bool is_sought(const struct sheet_plan *p, const struct sought *w, const struct unode *n)
{
    struct unit_ref in = { UNIT_AREA, unit_area_of(p->s, (struct unit_ref){ n->unit, n->id }) };
    return n->unit == w->unit && str_eq(w->by_name ? n->name : n->code, w->text) && stands(p, n) && may_lie_under(p, w->row, w->unit, n->kind) &&
           (!w->within || unit_within(p->s, in, (struct unit_ref){ UNIT_AREA, w->within }));
}

/* Rows come before what is there: they may be the same. */
static struct meant seek_one(const struct sheet_plan *p, const struct sought *w)
{
    struct meant m = { 0 };
    for (size_t i = 0; i < p->count; i++) {
        struct unit_row *k = &p->rows[i];
        if (k == w->row || k->unit != w->unit || !str_eq(w->by_name ? k->name : k->code, w->text) || !may_lie_under(p, w->row, w->unit, k->kind))
            continue;
        m.row = k;
        m.found++;
    }
    for (int32_t i = 0; !m.row && i < p->s->count; i++)
        if (is_sought(p, w, &p->s->nodes[i])) {
            m.node = &p->s->nodes[i];
            m.found++;
        }
    return m;
}

/* By code, then by name; of several namesakes the one within the area that was named for the whole sheet. */
static struct meant seek(const struct sheet_plan *p, const struct unit_row *row, enum unit_kind unit, struct str text)
{
    struct sought w = { row, unit, text, false, 0 };
    struct meant  m = seek_one(p, &w);
    w.by_name = true;
    if (!m.found)
        m = seek_one(p, &w);
    w.within = p->parent;
    return m.found > 1 && m.node && p->parent ? seek_one(p, &w) : m;
}

static void put_under(struct unit_row *row, const struct meant *m, enum unit_kind unit)
{
    if (unit == UNIT_AREA && row->unit == UNIT_ORG) {
        row->area_row = m->row;
        row->area = m->node ? m->node->id : 0;
    } else {
        row->parent_row = m->row;
        row->parent = m->node ? m->node->id : 0;
    }
}

static void told_parent(struct sheet_plan *p, struct unit_row *row, enum sheet_column column, enum unit_kind unit)
{
    struct meant m = seek(p, row, unit, row->cell[column]);
    if (!m.found && unit == UNIT_ORG) {
        told_parent(p, row, column, UNIT_AREA);
        return;
    }
    if (m.found == 1)
        put_under(row, &m, unit);
    else
        sheet_row_fault(row, column, m.found ? ERR_NAME_AMBIGUOUS : ERR_UNKNOWN_REFERENCE);
}

/* The area whose code is what this one's code begins with. */
static struct meant parent_by_code(const struct sheet_plan *p, const struct unit_row *row)
{
    const struct code_form *form = code_form_find(&p->words.forms, row->kind);
    struct meant            m = { 0 };
    if (!form || !row->code.ptr || code_number(form, row->code) < 0)
        return m;
    for (size_t i = 0; i < p->words.forms.len; i++) {
        const struct code_form *up = &p->words.forms.at[i];
        if (up->above + up->serial != form->above || failed(area_kind_fits(&p->words.kinds, row->kind, up->kind)))
            continue;
        for (size_t k = 0; k < up->lengths.len && !m.found; k++) {
            struct buf code = buf_new(p->arena, 64);
            buf_add(&code, row->code.ptr, (size_t)form->above);
            while (code.len < (size_t)up->lengths.at[k])
                buf_byte(&code, '0');
            m = seek_one(p, &(struct sought){ row, UNIT_AREA, buf_view(&code), false, 0 });
        }
    }
    return m;
}

/* The deepest area at its point under which it may lie. */
static const struct unode *parent_by_point(const struct sheet_plan *p, struct unit_row *row)
{
    struct unit_place place;
    double            lon, lat;
    if (!read_point(p, row, &lon, &lat))
        return NULL;
    unit_find(p->s, lon, lat, 0, &place);
    const struct unode *n = snapshot_node(p->s, (struct unit_ref){ UNIT_AREA, place.area });
    while (n && !may_lie_under(p, row, UNIT_AREA, n->kind))
        n = n->parent >= 0 ? &p->s->nodes[n->parent] : NULL;
    return n;
}

static const struct unode *usual_parent(const struct sheet_plan *p, const struct unit_row *row)
{
    const struct unode *n = snapshot_node(p->s, (struct unit_ref){ UNIT_AREA, p->parent ? p->parent : unit_root(p->s) });
    return n && may_lie_under(p, row, UNIT_AREA, n->kind) ? n : NULL;
}

static bool is_root_kind(const struct sheet_plan *p, const struct unit_row *row)
{
    return row->unit == UNIT_AREA && !failed(area_kind_fits(&p->words.kinds, row->kind, STR_NONE));
}

/* Where a row lies that does not say it: by its code, by its point, else where such rows usually lie. */
static void guess_above(struct sheet_plan *p, struct unit_row *row)
{
    struct meant m = row->unit == UNIT_AREA ? parent_by_code(p, row) : (struct meant){ 0 };
    if (!m.found && (m.node = parent_by_point(p, row)))
        m.found = 1;
    if (!m.found && (m.node = usual_parent(p, row)))
        m.found = 1;
    if (m.found == 1)
        put_under(row, &m, UNIT_AREA);
    else if (!row->fault_count && row->unit == UNIT_AREA)
        sheet_row_fault(row, SHEET_PARENT, m.found ? ERR_NAME_AMBIGUOUS : ERR_REQUIRED);
}

static void find_above(struct sheet_plan *p, struct unit_row *row)
{
    bool told = row->cell[SHEET_PARENT].len || (row->unit == UNIT_ORG && row->cell[SHEET_AREA].len);
    if (is_root_kind(p, row))
        return;
    if (row->cell[SHEET_PARENT].len)
        told_parent(p, row, SHEET_PARENT, row->unit);
    if (row->unit == UNIT_ORG && row->cell[SHEET_AREA].len)
        told_parent(p, row, SHEET_AREA, UNIT_AREA);
    if (!told)
        guess_above(p, row);
}

/* ---- what is there already ---- */

/* The id of what is there already and lies above; 0: nothing, or only the sheet has it. */
static int64_t known(const struct unit_row *above, int64_t id)
{
    return above ? (above->was ? above->was->id : 0) : id;
}

static bool lies_beside(const struct unit_row *row, const struct unode *n)
{
    int64_t parent = known(row->parent_row, row->parent);
    return n->parent_id == parent && (row->unit == UNIT_AREA || n->area_id == known(row->area_row, row->area) || (parent && !row->area_row && !row->area));
}

static const struct unode *find_was(struct sheet_plan *p, const struct unit_row *row)
{
    const struct unode *found = NULL;
    if (is_root_kind(p, row))
        return p->s->root >= 0 ? &p->s->nodes[p->s->root] : NULL;
    for (int32_t i = 0; i < p->s->count; i++) {
        const struct unode *n = &p->s->nodes[i];
        if (n->unit != row->unit || !stands(p, n) || !str_eq(n->kind, row->kind))
            continue;
        if (row->code.ptr && n->code.ptr && str_eq(row->unit == UNIT_AREA ? whole_code(p, n->kind, n->code) : n->code, row->code))
            return n;
        if (!found && str_eq(n->name, row->name) && lies_beside(row, n))
            found = n;
    }
    return found;
}

static struct str code_above(const struct sheet_plan *p, const struct unit_row *row)
{
    const struct unode *n = snapshot_node(p->s, (struct unit_ref){ UNIT_AREA, row->parent });
    return row->parent_row ? row->parent_row->code : n ? n->code : STR_NONE;
}

static bool code_used(const struct sheet_plan *p, const struct unit_row *row)
{
    for (const struct unit_row *k = p->rows; k < row; k++)
        if (k->unit == UNIT_AREA && str_eq(k->code, row->code))
            return true;
    for (int32_t i = 0; i < p->s->areas; i++) {
        const struct unode *n = &p->s->nodes[i];
        if (n != row->was && n->code.ptr && str_eq(n->code, row->code) && stands(p, n))
            return true;
    }
    return false;
}

static void check_code(struct sheet_plan *p, struct unit_row *row)
{
    if (!row->code.ptr || row->unit != UNIT_AREA)
        return;
    err e = row->was && str_eq(row->was->code, row->code) ? OK : code_check(code_form_find(&p->words.forms, row->kind), row->code, code_above(p, row));
    if (failed(e))
        sheet_row_fault(row, SHEET_CODE, e.code);
    else if (code_used(p, row))
        sheet_row_fault(row, SHEET_CODE, ERR_CODE_TAKEN);
}

static bool differs(const struct unit_row *row)
{
    const struct unode *n = row->was;
    int64_t             parent = known(row->parent_row, row->parent), area = known(row->area_row, row->area);
    return !str_eq(n->name, row->name) || (row->code.ptr && !str_eq(n->code, row->code)) || (row->class_.ptr && !str_eq(n->class_, row->class_)) ||
           (n->parent_id != parent && (row->unit == UNIT_AREA || parent)) || (row->unit == UNIT_ORG && area && n->area_id != area) ||
           (row->unit == UNIT_ORG && row->cell[SHEET_PUBLIC].len && n->is_public != row->is_public);
}

/* Twice in the sheet, the second time under another name for the same thing or by the same one. */
static bool came_before(const struct sheet_plan *p, const struct unit_row *row)
{
    for (const struct unit_row *k = p->rows; k < row; k++)
        if (k->unit == row->unit && str_eq(k->kind, row->kind) && str_eq(k->name, row->name) && !(k->code.ptr && row->code.ptr && !str_eq(k->code, row->code)) &&
            k->parent_row == row->parent_row && k->parent == row->parent && k->area_row == row->area_row && k->area == row->area)
            return true;
    return false;
}

static void settle(struct sheet_plan *p, struct unit_row *row)
{
    row->was = find_was(p, row);
    if (is_root_kind(p, row) && !row->was)
        sheet_row_fault(row, SHEET_KIND, ERR_PARENT_KIND);
    bool twice = row->was ? p->taken[row->was - p->s->nodes] : came_before(p, row);
    if (twice)
        sheet_row_fault(row, SHEET_NAME, ERR_TAKEN);
    if (row->was)
        p->taken[row->was - p->s->nodes] = true;
    check_code(p, row);
    row->reshaped = row->wkb.ptr && !(row->was && row->was->shape && str_eq(shape_wkb(row->was->shape), row->wkb));
    row->fate = !row->was ? ROW_NEW : row->reshaped || differs(row) ? ROW_CHANGED : ROW_SAME;
}

/* After those it lies under, so that it is known whether they are there. */
static void look(struct sheet_plan *p, struct unit_row *row)
{
    if (row->looked == ROW_LOOKED || row->unit == UNIT_NONE)
        return;
    row->looked = ROW_UNDER_WAY;
    find_above(p, row);
    struct unit_row *above[] = { row->parent_row, row->area_row };
    for (int i = 0; i < 2; i++) {
        if (above[i] && above[i]->looked == ROW_UNDER_WAY) {
            sheet_row_fault(row, SHEET_PARENT, ERR_CYCLE);
            row->parent_row = row->area_row = NULL;
        } else if (above[i])
            look(p, above[i]);
    }
    settle(p, row);
    row->looked = ROW_LOOKED;
}

/* ---- what the sheet does not speak of ---- */

static bool is_missed(const struct sheet_plan *p, const struct unode *n)
{
    for (size_t i = 0; i < p->count; i++) {
        const struct unit_row *row = &p->rows[i];
        if (row->unit == UNIT_AREA && n->parent_id && known(row->parent_row, row->parent) == n->parent_id && str_eq(row->kind, n->kind))
            return true;
    }
    return false;
}

static void find_missing(struct sheet_plan *p)
{
    struct unode *missing = ARENA_ARRAY(p->arena, (size_t)p->s->areas + 1, struct unode);
    size_t        n = 0;
    for (int32_t i = 0; i < p->s->areas; i++)
        if (!p->taken[i] && stands(p, &p->s->nodes[i]) && is_missed(p, &p->s->nodes[i]))
            missing[n++] = p->s->nodes[i];
    p->missing = (struct list){ missing, n };
}

/* ---- all of it ---- */

void sheet_plan(struct sheet_plan *p, bool compare)
{
    struct geos g;
    p->mark = p->s->mark;
    p->taken = ARENA_ARRAY(p->arena, (size_t)p->s->count + 1, bool);
    geo_open(&g, p->arena);
    for (size_t i = 0; i < p->count; i++) {
        read_kind(p, &p->rows[i]);
        read_names(p, &p->rows[i]);
        read_rest(p, &p->rows[i]);
        read_shape(p, &g, &p->rows[i]);
    }
    geo_close(&g);
    for (size_t i = 0; i < p->count; i++)
        look(p, &p->rows[i]);
    if (compare)
        find_missing(p);
}

struct unit_ref sheet_row_place(const struct unit_row *row)
{
    while ((row->parent_row && !row->parent_row->was) || (!row->parent && !row->parent_row && row->area_row && !row->area_row->was))
        row = row->parent_row ? row->parent_row : row->area_row;
    int64_t parent = known(row->parent_row, row->parent), area = known(row->area_row, row->area);
    if (parent)
        return (struct unit_ref){ row->unit, parent };
    return (struct unit_ref){ area ? UNIT_AREA : UNIT_NONE, area };
}
