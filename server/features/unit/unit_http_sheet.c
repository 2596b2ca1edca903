/* A structure from a sheet over HTTP: the file, what is answered of each row, and whether it may be done. */
#include "unit_http.h"
#include "unit_sheet.h"

#include "../setting/setting.h"

const struct field structure_query_fields[] = {
    FIELD_BOOL(struct structure_query, dry_run, 0, "Say what would happen; change nothing"),
    FIELD_ID(struct structure_query, parent, 0, "Area under which rows lie that do not say where; else the root"),
    FIELD_STR(struct structure_query, crs, 1, 20, 0, "Of points and borders: wgs84 (default), cgcs2000, gcj02 or bd09"),
    FIELD_STR(struct structure_query, within, 2, 12, 0, "Only rows whose code begins so: a district out of a list of the whole country"),
    FIELD_STR(struct structure_query, division, 6, 6, 0, "No file: the streets and communities of this district, by its six digits, out of the list of divisions"),
    FIELD_BOOL(struct structure_query, compare, 0, "Tell of areas beside those of the sheet that it does not have"),
    FIELD_END,
};

/* ---- what is answered ---- */

struct fault_view { struct str column, code, message; };
static const struct field fault_fields[] = {
    FIELD_STR(struct fault_view, column, 0, 0, REQUIRED, "Column it is about"),
    FIELD_STR(struct fault_view, code, 0, 0, REQUIRED, "Stable name of the fault"),
    FIELD_STR(struct fault_view, message, 0, 0, REQUIRED, "In the caller's language"),
    FIELD_END,
};

struct row_view {
    int64_t     row, id;
    struct str  unit, kind, name, code, parent, fate, name_before, code_before;
    bool        repaired;
    struct list faults;
};
static const struct field row_fields[] = {
    FIELD_I64(struct row_view, row, 0, 0, REQUIRED, "Line of the sheet, 1 below the header"),
    FIELD_STR(struct row_view, unit, 0, 0, 0, "area or org; null: its kind is not known"),
    FIELD_ID(struct row_view, id, 0, "What it is, changes or became"),
    FIELD_STR(struct row_view, kind, 0, 0, 0, "Kind"),
    FIELD_STR(struct row_view, name, 0, 0, REQUIRED, "Name"),
    FIELD_STR(struct row_view, code, 0, 0, 0, "Code"),
    FIELD_STR(struct row_view, parent, 0, 0, 0, "Name of what it lies under"),
    FIELD_STR(struct row_view, fate, 0, 0, REQUIRED, "new, changed, same or bad"),
    FIELD_STR(struct row_view, name_before, 0, 0, 0, "Its name until now, when that changes"),
    FIELD_STR(struct row_view, code_before, 0, 0, 0, "Its code until now, when that changes"),
    FIELD_BOOL(struct row_view, repaired, REQUIRED, "Its border had to be made valid"),
    FIELD_LIST(struct row_view, faults, fault_fields, struct fault_view, 0, 0, REQUIRED, "Why it cannot be taken; empty: it can"),
    FIELD_END,
};

struct missing_view { int64_t id; struct str kind, name, code; };
static const struct field missing_fields[] = {
    FIELD_ID(struct missing_view, id, REQUIRED, "Area"), FIELD_STR(struct missing_view, kind, 0, 0, REQUIRED, "Kind"),
    FIELD_STR(struct missing_view, name, 0, 0, REQUIRED, "Name"), FIELD_STR(struct missing_view, code, 0, 0, 0, "Code"), FIELD_END,
};

struct structure_view { bool applied; int64_t rows, created, changed, same, bad; struct list items, missing; };
const struct field structure_view_fields[] = {
    FIELD_BOOL(struct structure_view, applied, REQUIRED, "It was written; else nothing was"),
    FIELD_I64(struct structure_view, rows, 0, 0, REQUIRED, "Rows"),
    FIELD_I64(struct structure_view, created, 0, 0, REQUIRED, "New ones"),
    FIELD_I64(struct structure_view, changed, 0, 0, REQUIRED, "Changed ones"),
    FIELD_I64(struct structure_view, same, 0, 0, REQUIRED, "Those that stay as they are"),
    FIELD_I64(struct structure_view, bad, 0, 0, REQUIRED, "Rows with a fault"),
    FIELD_LIST(struct structure_view, items, row_fields, struct row_view, 0, 0, REQUIRED, "Each row as it was understood"),
    FIELD_LIST(struct structure_view, missing, missing_fields, struct missing_view, 0, 0, REQUIRED,
               "There already, of the same kind below the same area, and not in the sheet: perhaps withdrawn or renamed"),
    FIELD_END,
};

static struct list faults_of(struct req *r, const struct unit_row *row)
{
    struct fault_view *v = ARENA_ARRAY(r->arena, ROW_FAULTS_MOST, struct fault_view);
    for (size_t i = 0; i < row->fault_count; i++)
        v[i] = (struct fault_view){ str_of(sheet_column_name(row->faults[i].column, r->lang == LANG_ZH)), str_of(err_slug(row->faults[i].code)),
                                    str_of(err_text(row->faults[i].code, r->lang == LANG_ZH)) };
    return (struct list){ v, row->fault_count };
}

static struct str parent_name(struct req *r, const struct sheet_plan *p, const struct unit_row *row)
{
    const struct unit_row *above = row->parent_row ? row->parent_row : row->parent ? NULL : row->area_row;
    if (above)
        return above->name;
    return str_copy(r->arena, unit_name(p->s, row->parent ? (struct unit_ref){ row->unit, row->parent } : (struct unit_ref){ UNIT_AREA, row->area }));
}

static struct row_view view_of(struct req *r, const struct sheet_plan *p, const struct unit_row *row)
{
    static const char *const fates[] = { "new", "changed", "same", "bad" }, *const units[] = { [UNIT_NONE] = NULL, [UNIT_AREA] = "area", [UNIT_ORG] = "org" };
    const struct unode      *was = row->was;
    bool                     changed = row->fate == ROW_CHANGED && was;
    return (struct row_view){ .row = row->number, .unit = str_of(units[row->unit]), .id = was ? was->id : 0, .kind = row->kind, .name = row->name,
                              .code = row->code, .parent = parent_name(r, p, row), .fate = str_of(fates[row->fault_count ? ROW_BAD : row->fate]),
                              .name_before = changed && !str_eq(was->name, row->name) ? str_copy(r->arena, was->name) : STR_NONE,
                              .code_before = changed && row->code.ptr && was->code.ptr && !str_eq(was->code, row->code) ? str_copy(r->arena, was->code) : STR_NONE,
                              .repaired = row->repaired, .faults = faults_of(r, row) };
}

static struct list missing_of(struct req *r, const struct sheet_plan *p)
{
    const struct unode  *n = p->missing.at;
    struct missing_view *v = ARENA_ARRAY(r->arena, p->missing.len + 1, struct missing_view);
    for (size_t i = 0; i < p->missing.len; i++)
        v[i] = (struct missing_view){ n[i].id, str_copy(r->arena, n[i].kind), str_copy(r->arena, n[i].name), str_copy(r->arena, n[i].code) };
    return (struct list){ v, p->missing.len };
}

static void describe(struct req *r, const struct sheet_plan *p, struct structure_view *v)
{
    struct row_view *rows = ARENA_ARRAY(r->arena, p->count + 1, struct row_view);
    for (size_t i = 0; i < p->count; i++)
        rows[i] = view_of(r, p, &p->rows[i]);
    *v = (struct structure_view){ .rows = (int64_t)p->count, .created = (int64_t)p->fates[ROW_NEW], .changed = (int64_t)p->fates[ROW_CHANGED],
                                  .same = (int64_t)p->fates[ROW_SAME], .bad = (int64_t)p->fates[ROW_BAD], .items = { rows, p->count },
                                  .missing = missing_of(r, p) };
}

/* ---- the file ---- */

/* Rows whose code begins so; the place of the code's column is found with the first row. */
struct within { struct arena *arena; struct str begin; ptrdiff_t at[SHEET_COLUMNS]; bool found; };

static bool lies_within(void *arg, struct csv_row header, const struct csv_row *row)
{
    struct within *w = arg;
    if (!w->found)
        sheet_columns_find(w->arena, header, w->at);
    w->found = true;
    struct str code = sheet_field(row, w->at[SHEET_CODE]);
    return code.len >= w->begin.len && memcmp(code.ptr, w->begin.ptr, w->begin.len) == 0;
}

static err read_rows(struct req *r, struct sheet_file *file)
{
    const struct structure_query *q = r->query;
    const char                   *path = str_z(r->arena, r->upload_path);
    struct within                 w = { .arena = r->arena, .begin = q->within };
    if (!q->within.len)
        return sheet_read(r->arena, path, STRUCTURE_ROWS_MOST, file);
    return sheet_read_some(r->arena, path, STRUCTURE_ROWS_MOST, lies_within, &w, file);
}

static err read_file(struct req *r, struct sheet_plan *p)
{
    struct sheet_file file;
    ptrdiff_t         at[SHEET_COLUMNS];
    TRY(read_rows(r, &file));
    sheet_columns_find(r->arena, file.header, at);
    if (at[SHEET_NAME] < 0 || (at[SHEET_KIND] < 0 && at[SHEET_CODE] < 0))
        return req_fail(r, ERR_CSV, str_of(req_text(r, "缺少“名称”列，或“类型”“编码”两列都没有", "The column “name” is missing, or both “kind” and “code”")));
    p->count = file.count;
    p->rows = ARENA_ARRAY(r->arena, file.count + 1, struct unit_row);
    for (size_t i = 0; i < file.count; i++) {
        p->rows[i].number = file.rows[i].number;
        for (int c = 0; c < SHEET_COLUMNS; c++)
            p->rows[i].cell[c] = sheet_field(&file.rows[i], at[c]);
    }
    return OK;
}

/* ---- may it be done ---- */

static void check_rights(struct req *r, struct sheet_plan *p)
{
    for (size_t i = 0; i < p->count; i++) {
        struct unit_row *row = &p->rows[i];
        if (row->unit == UNIT_NONE || row->fault_count)
            continue;
        struct unit_ref place = sheet_row_place(row), self = { row->unit, row->was ? row->was->id : 0 };
        if ((row->fate == ROW_NEW && !req_may(r, PERM_UNIT_MANAGE, place)) || (row->fate == ROW_CHANGED && !req_may(r, PERM_UNIT_MANAGE, self)) ||
            (row->fate == ROW_CHANGED && row->was->parent_id != row->parent && place.id && !req_may(r, PERM_UNIT_MANAGE, place)))
            sheet_row_fault(row, SHEET_PARENT, ERR_NOT_ALLOWED);
    }
}

static void count_fates(struct sheet_plan *p)
{
    for (size_t i = 0; i < p->count; i++)
        p->fates[p->rows[i].fault_count ? ROW_BAD : p->rows[i].fate]++;
}

static err prepare(struct req *r, struct sheet_plan *p, const struct unit_snapshot *s, struct structure_view *v)
{
    const struct structure_query *q = r->query;
    const struct unode           *parent = snapshot_node(s, (struct unit_ref){ UNIT_AREA, q->parent });
    p->arena = r->arena;
    p->s = s;
    p->parent = q->parent;
    p->crs = crs_find(q->crs);
    if (p->crs == CRS_UNKNOWN)
        return FAIL_AT(ERR_CRS_UNKNOWN, "crs");
    if (q->parent && (!parent || (parent->valid_to && parent->valid_to <= r->now)))
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "parent");
    p->words = (struct sheet_words){ .kinds = area_kinds_read(r->arena, setting_text(r->app, r->arena, "unit.area_kinds", r->now)),
                                     .classes = area_kinds_read(r->arena, setting_text(r->app, r->arena, "unit.area_classes", r->now)),
                                     .org_kinds = org_kinds_read(r->arena, setting_text(r->app, r->arena, "unit.org_kinds", r->now)),
                                     .forms = code_forms_read(r->arena, setting_text(r->app, r->arena, "unit.code_forms", r->now)) };
    struct str root = unit_name(s, (struct unit_ref){ UNIT_AREA, unit_root(s) });
    TRY(q->division.len ? division_rows(r->arena, q->division, root, p) : read_file(r, p));
    sheet_plan(p, q->compare);
    check_rights(r, p);
    count_fates(p);
    describe(r, p, v);
    return OK;
}

struct structure_work { struct sheet_plan plan; struct structure_view view; };

static err apply_work(struct req *r, void *arg)
{
    struct structure_work *w = arg;
    TRY(sheet_apply(r, &w->plan));
    w->view.applied = true;
    return OK;
}

static void tell_ids(struct structure_work *w)
{
    struct row_view *rows = w->view.items.at;
    for (size_t i = 0; i < w->plan.count; i++)
        if (w->plan.rows[i].id)
            rows[i].id = w->plan.rows[i].id;
}

/* The snapshot is held until the end: what is there already is part of the plan. */
static err structure_work(struct req *r, const struct unit_snapshot *s)
{
    const struct structure_query *q = r->query;
    struct structure_work         w = { 0 };
    TRY(prepare(r, &w.plan, s, &w.view));
    if (!q->dry_run && !w.view.bad && w.view.created + w.view.changed) {
        TRY(req_in_write(r, apply_work, &w));
        tell_ids(&w);
    }
    return reply_view(r, structure_view_fields, &w.view, 0);
}

err area_sheet(struct req *r)
{
    const struct structure_query *q = r->query;
    return r->upload_path.len || q->division.len ? on_snapshot(r, structure_work) : FAIL(ERR_CSV);
}
