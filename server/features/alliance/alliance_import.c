/* alliance_import.c: members from a sheet. Every row is checked as one that joins by hand; all join, or none. */
#include "alliance_inside.h"

#include "../../base/id.h"
#include "../../base/sheet_reader.h"
#include "../audit/audit.h"
#include "../search/search.h"

#define ROWS_MOST 500

const struct field sheet_query_fields[] = { FIELD_BOOL(struct sheet_query, dry_run, 0, "Only show what would happen"), FIELD_END };

/* ---- columns ---- */

enum column { COLUMN_NAME, COLUMN_CODE, COLUMN_ROLE, COLUMN_JOINED, COLUMN_COUNT };
static const struct { const char *heads[4], *field; } columns[COLUMN_COUNT] = {
    [COLUMN_NAME] = { { "单位", "单位名称", "成员单位", "organisation" }, "name" },
    [COLUMN_CODE] = { { "统一社会信用代码", "信用代码", "code", "credit code" }, "code" },
    [COLUMN_ROLE] = { { "角色", "职务", "身份", "role" }, "role" },
    [COLUMN_JOINED] = { { "加入日期", "加入时间", "joined", "since" }, "joined_at" },
};

/* Where each column stands; -1: it is not there. */
static void find_columns(struct arena *a, struct csv_row header, int at[COLUMN_COUNT])
{
    for (int c = 0; c < COLUMN_COUNT; c++) {
        at[c] = -1;
        for (size_t i = 0; i < header.count; i++) {
            struct str head = search_fold(a, str_trim(header.fields[i]));
            for (int k = 0; k < 4; k++)
                if (str_is(head, columns[c].heads[k]))
                    at[c] = (int)i;
        }
    }
}

/* ---- rows ---- */

struct error_view { struct str field, code, message; };
static const struct field error_fields[] = {
    FIELD_STR(struct error_view, field, 0, 0, REQUIRED, "What it is about"), FIELD_STR(struct error_view, code, 0, 0, REQUIRED, "Stable name of the fault"),
    FIELD_STR(struct error_view, message, 0, 0, REQUIRED, "In the caller's language"), FIELD_END
};

struct sheet_row {
    int64_t    row;
    struct str cell[COLUMN_COUNT];
    int64_t    org_id;
    struct str org_name, role;
    ms         joined_at;
    struct list errors;
};
static const struct field row_fields[] = {
    FIELD_I64(struct sheet_row, row, 0, 0, REQUIRED, "Number of the row, 1 below the header"),
    { .name = "name", .kind = KIND_STR, .offset = offsetof(struct sheet_row, cell[COLUMN_NAME]), .doc = "Organisation as written" },
    FIELD_ID(struct sheet_row, org_id, 0, "Organisation found"),
    FIELD_STR(struct sheet_row, org_name, 0, 0, 0, "Its name"),
    FIELD_STR(struct sheet_row, role, 0, 0, 0, "Role"),
    FIELD_TIME(struct sheet_row, joined_at, 0, "Since"),
    FIELD_LIST(struct sheet_row, errors, error_fields, struct error_view, 0, 0, REQUIRED, "Why it would be refused; empty: it would be taken"),
    FIELD_END
};

struct sheet_view { struct list rows; int64_t good, bad; bool done; };
const struct field sheet_view_fields[] = {
    FIELD_LIST(struct sheet_view, rows, row_fields, struct sheet_row, 0, 0, REQUIRED, "The rows as they are understood"),
    FIELD_I64(struct sheet_view, good, 0, 0, REQUIRED, "Rows that join"),
    FIELD_I64(struct sheet_view, bad, 0, 0, REQUIRED, "Rows with a fault; with one, nobody joins"),
    FIELD_BOOL(struct sheet_view, done, REQUIRED, "They have joined"),
    FIELD_END
};

struct sheet { struct sheet_row *at; size_t len; };

static err read_rows(struct req *r, struct sheet *out)
{
    struct sheet_file file;
    int               at[COLUMN_COUNT];
    TRY(sheet_read(r->arena, str_z(r->arena, r->upload_path), ROWS_MOST, &file));
    find_columns(r->arena, file.header, at);
    if (at[COLUMN_NAME] < 0 && at[COLUMN_CODE] < 0)
        return req_fail(r, ERR_MAPPING, str_of(req_text(r, "需要“单位”或“统一社会信用代码”一列；可以再有“角色”“加入日期”",
                                                        "A column “organisation” or “code” is needed; “role” and “joined” are welcome")));
    *out = (struct sheet){ ARENA_ARRAY(r->arena, file.count + 1, struct sheet_row), file.count };
    for (size_t i = 0; i < file.count; i++) {
        out->at[i].row = file.rows[i].number;
        for (int c = 0; c < COLUMN_COUNT; c++)
            out->at[i].cell[c] = sheet_field(&file.rows[i], at[c]);
    }
    return OK;
}

/* ---- organisations ---- */

DB_SQL(alliance_orgs, "SELECT id, name, code FROM org WHERE tenant_id = $1 AND (valid_to IS NULL OR valid_to > $2) ORDER BY id")

struct known_org { int64_t id; struct str name, code; };
static const struct field known_fields[] = { FIELD_ID(struct known_org, id, 0, ""), FIELD_STR(struct known_org, name, 0, 0, 0, ""),
                                             FIELD_STR(struct known_org, code, 0, 0, 0, ""), FIELD_END };

/* All organisations in use, their names folded. */
static err read_orgs(struct req *r, struct list *out)
{
    TRY(db_all(r->db, r->arena, &alliance_orgs, DB_ARGS(I64(r->tenant), I64(r->now)), known_fields, sizeof(struct known_org), 0, out));
    struct known_org *org = out->at;
    for (size_t i = 0; i < out->len; i++)
        org[i].name = search_fold(r->arena, org[i].name);
    return OK;
}

/* By its code when there is one, else by its whole name. */
static enum err_code find_org(struct req *r, const struct list *orgs, struct sheet_row *row)
{
    const struct known_org *org = orgs->at;
    struct str              name = search_fold(r->arena, row->cell[COLUMN_NAME]), code = row->cell[COLUMN_CODE];
    size_t                  found = 0;
    for (size_t i = 0; i < orgs->len; i++) {
        if (code.len ? !str_eq(org[i].code, code) : !name.len || !str_eq(org[i].name, name))
            continue;
        row->org_id = org[i].id;
        found++;
    }
    if (found > 1)
        row->org_id = 0;
    return found == 1 ? ERR_NONE : found ? ERR_SEVERAL : code.len || name.len ? ERR_UNKNOWN_REFERENCE : ERR_REQUIRED;
}

/* ---- checking ---- */

/* What the checks of one row found in r->faults becomes the row's errors. */
static void take_faults(struct req *r, struct sheet_row *row)
{
    struct error_view *v = ARENA_ARRAY(r->arena, r->faults.len + 1, struct error_view);
    for (size_t i = 0; i < r->faults.len; i++)
        v[i] = (struct error_view){ r->faults.at[i].path, str_of(err_slug(r->faults.at[i].code)),
                                    str_of(err_text(r->faults.at[i].code, r->lang == LANG_ZH)) };
    row->errors = (struct list){ v, r->faults.len };
    r->faults.len = 0;
}

static struct member_row member_of(const struct alliance_row *of, const struct sheet_row *row)
{
    return (struct member_row){ .alliance_id = of->id, .id = id_new(), .org_id = row->org_id, .role = row->role, .joined_at = row->joined_at };
}

static void check_row(struct req *r, const struct alliance_row *of, const struct list *members, const struct list *orgs, const struct list *roles,
                      struct sheet_row *row)
{
    struct str           word = row->cell[COLUMN_ROLE], day = row->cell[COLUMN_JOINED];
    const struct choice *role = choice_named(r->arena, roles, word);
    enum err_code        fault = find_org(r, orgs, row);
    row->role = role ? role->code : STR(ALLIANCE_MEMBER);
    row->joined_at = day.len ? clock_day(day, r->app->zone_minutes) : r->now;
    if (fault != ERR_NONE)
        req_fault(r, "org_id", fault);
    if (word.len && !role)
        req_fault(r, "role", ERR_NOT_A_CHOICE);
    if (role && str_is(role->code, ALLIANCE_LEAD))
        req_fault(r, "role", ERR_LEAD_BY_HAND);
    if (!row->joined_at)
        req_fault(r, "joined_at", ERR_INVALID);
    struct member_row m = member_of(of, row);
    if (r->faults.len == 0)
        member_check(r, of, members, &m);
    const struct unit_snapshot *u = unit_hold(r->app);
    row->org_name = unit_name_copy(r->arena, u, UNIT_ORG, row->org_id);
    unit_release(u);
    take_faults(r, row);
}

/* The same organisation in an earlier row. */
static bool came_before(const struct sheet *s, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (s->at[k].org_id && s->at[k].org_id == s->at[i].org_id)
            return true;
    return false;
}

static void check_sheet(struct req *r, const struct alliance_row *of, const struct list *members, const struct list *orgs, struct sheet *s,
                        struct sheet_view *v)
{
    struct list roles = alliance_choices(r, "alliance.roles");
    for (size_t i = 0; i < s->len; i++) {
        check_row(r, of, members, orgs, &roles, &s->at[i]);
        if (!s->at[i].errors.len && came_before(s, i)) {
            req_fault(r, "org_id", ERR_MEMBER_TWICE);
            take_faults(r, &s->at[i]);
        }
        *(s->at[i].errors.len ? &v->bad : &v->good) += 1;
    }
    v->rows = (struct list){ s->at, s->len };
}

static err take_members(struct req *r, const struct alliance_row *of, const struct sheet *s)
{
    for (size_t i = 0; i < s->len; i++) {
        struct member_row m = member_of(of, &s->at[i]);
        TRY(member_insert(r->db, r->tenant, &m, r->now, r->caller.account));
    }
    TRY(alliance_touch(r->db, r->tenant, of->id, r->now));
    return audit_record(r, "alliance.import", "alliance", of->id, str_fmt(r->arena, "{\"rows\":%zu}", s->len));
}

static err import_sheet(struct req *r, void *arg)
{
    struct sheet             *s = arg;
    const struct sheet_query *q = r->query;
    struct sheet_view         v = { 0 };
    struct alliance_row       row;
    struct list               members, orgs;
    TRY(alliance_own(r, &row, &members));
    TRY(read_orgs(r, &orgs));
    check_sheet(r, &row, &members, &orgs, s, &v);
    if (!q->dry_run && !v.bad && s->len) {
        TRY(take_members(r, &row, s));
        v.done = true;
    }
    return reply_view(r, sheet_view_fields, &v, 0);
}

err alliance_import(struct req *r)
{
    const struct sheet_query *q = r->query;
    struct sheet              s;
    if (!r->upload_path.len)
        return FAIL(ERR_CSV);
    TRY(read_rows(r, &s));
    return q->dry_run ? req_in_read(r, import_sheet, &s) : req_in_write(r, import_sheet, &s);
}
