/* Appointing the people of a sheet. Everything is tried in one write; a dry run, and a sheet with a fault anywhere, end it with an error
 * that nobody sees, so that nothing of it stays. */
#include "sheet.h"

#include "../../base/sheet_reader.h"
#include "../../base/log.h"
#include "../account/account.h"
#include "../audit/audit.h"

/* ---- what is answered ---- */

struct sheet_fault { int64_t row; struct str column, code, message; };
struct sheet_row {
    int64_t     row, person_id, appointment_id;
    struct str  name, post_zh, post_en, unit_name;
    ms          from, to;
    struct list faults;
};
struct sheet_view { bool applied; int64_t rows, bad; struct list items; };

static const struct field fault_fields[] = {
    FIELD_I64(struct sheet_fault, row, 0, 0, REQUIRED, "Line of the sheet, 1 below the header"),
    FIELD_STR(struct sheet_fault, column, 0, 0, REQUIRED, "Column, as the sheet heads it"),
    FIELD_STR(struct sheet_fault, code, 0, 0, REQUIRED, "Stable name of the fault"),
    FIELD_STR(struct sheet_fault, message, 0, 0, REQUIRED, "In the caller's language"),
    FIELD_END
};
static const struct field row_fields[] = {
    FIELD_I64(struct sheet_row, row, 0, 0, REQUIRED, "Line of the sheet, 1 below the header"),
    FIELD_STR(struct sheet_row, name, 0, 0, 0, "Name"),
    FIELD_ID(struct sheet_row, person_id, 0, "Who that is"),
    FIELD_STR(struct sheet_row, post_zh, 0, 0, 0, "Post"),
    FIELD_STR(struct sheet_row, post_en, 0, 0, 0, "Post, in English"),
    FIELD_STR(struct sheet_row, unit_name, 0, 0, 0, "Where"),
    FIELD_TIME(struct sheet_row, from, 0, "From"),
    FIELD_TIME(struct sheet_row, to, 0, "Until, exclusive; null: open"),
    FIELD_ID(struct sheet_row, appointment_id, 0, "The appointment that was made"),
    FIELD_LIST(struct sheet_row, faults, fault_fields, struct sheet_fault, 0, 0, REQUIRED, "Why it cannot be taken; empty: it can"),
    FIELD_END
};
const struct field appointed_sheet_fields[] = {
    FIELD_BOOL(struct sheet_view, applied, REQUIRED, "All were appointed; else nobody was"),
    FIELD_I64(struct sheet_view, rows, 0, 0, REQUIRED, "Rows"),
    FIELD_I64(struct sheet_view, bad, 0, 0, REQUIRED, "Rows with a fault"),
    FIELD_LIST(struct sheet_view, items, row_fields, struct sheet_row, 0, 0, REQUIRED, "Each row as it was understood"),
    FIELD_END
};
const struct field appoint_sheet_fields[] = { FIELD_BOOL(struct sheet_query, dry_run, 0, "Say what would happen; change nothing"), FIELD_END };

/* ---- columns ---- */

enum column { COL_NAME, COL_PHONE, COL_POST, COL_UNIT, COL_FROM, COL_TO, COLUMNS };
static const struct { const char *zh, *en; bool needed; } columns[COLUMNS] = {
    [COL_NAME] = { "姓名", "name", true }, [COL_PHONE] = { "电话", "telephone", false }, [COL_POST] = { "岗位", "post", true },
    [COL_UNIT] = { "单位", "unit", true }, [COL_FROM] = { "起", "from", false },         [COL_TO] = { "止", "to", false },
};

struct sheet {
    struct req        *req;
    struct sheet_file  file;
    ptrdiff_t          at[COLUMNS];      /* place in a row; -1: not there */
    struct sheet_view  view;
    struct sheet_row  *row;              /* the one being read */
    struct str         fields[COLUMNS];
    bool               dry, settled;     /* settled: the view says why nothing is kept */
};

static struct str column_name(const struct sheet *s, enum column c)
{
    return s->at[c] < 0 ? str_of(req_text(s->req, columns[c].zh, columns[c].en)) : s->file.header.fields[s->at[c]];
}

static void fault(struct sheet *s, enum column c, enum err_code code)
{
    struct sheet_fault *at = s->row->faults.at;
    if (s->row->faults.len == COLUMNS)
        return;
    at[s->row->faults.len++] = (struct sheet_fault){ s->row->row, column_name(s, c), str_of(err_slug(code)),
                                                     str_of(err_text(code, s->req->lang == LANG_ZH)) };
}

static err bind(struct sheet *s)
{
    struct csv_row header = s->file.header;
    struct buf     missing = buf_new(s->req->arena, 0);
    for (int c = 0; c < COLUMNS; c++) {
        s->at[c] = -1;
        for (size_t i = 0; i < header.count; i++)
            if (str_is(header.fields[i], columns[c].zh) || str_is(header.fields[i], columns[c].en))
                s->at[c] = (ptrdiff_t)i;
        if (s->at[c] < 0 && columns[c].needed)
            buf_fmt(&missing, "%s%s", missing.len ? "、" : "", req_text(s->req, columns[c].zh, columns[c].en));
    }
    if (!missing.len)
        return OK;
    return req_fail(s->req, ERR_CSV, str_fmt(s->req->arena, req_text(s->req, "缺少这些列：%.*s", "These columns are missing: %.*s"),
                                             STR_ARG(buf_view(&missing))));
}

/* ---- a row ---- */

static err find_person(struct sheet *s, int64_t *out)
{
    struct ids found;
    *out = 0;
    if (!s->fields[COL_NAME].len) {
        fault(s, COL_NAME, ERR_REQUIRED);
        return OK;
    }
    TRY(account_people_named(s->req, s->fields[COL_NAME], s->fields[COL_PHONE], &found));
    if (found.len == 1)
        *out = found.at[0];
    else
        fault(s, COL_NAME, found.len ? ERR_NAME_AMBIGUOUS : ERR_UNKNOWN_REFERENCE);
    return OK;
}

static err find_post(struct sheet *s, struct unit_post *out)
{
    err e = unit_post_find(s->req->db, s->req->arena, s->req->tenant, s->fields[COL_POST], out);
    if (e.code == ERR_UNKNOWN_REFERENCE) {
        fault(s, COL_POST, s->fields[COL_POST].len ? ERR_UNKNOWN_REFERENCE : ERR_REQUIRED);
        *out = (struct unit_post){ 0 };
        return OK;
    }
    return e;
}

static void find_unit(struct sheet *s, const struct unit_post *post, struct unit_ref *out)
{
    struct req                 *r = s->req;
    const struct unit_snapshot *u = unit_hold(r->app);
    bool                        several = false;
    *out = s->fields[COL_UNIT].len ? unit_by_name(u, r->arena, UNIT_NONE, s->fields[COL_UNIT], &several) : (struct unit_ref){ UNIT_NONE, 0 };
    if (!out->id)
        fault(s, COL_UNIT, !s->fields[COL_UNIT].len ? ERR_REQUIRED : several ? ERR_NAME_AMBIGUOUS : ERR_UNKNOWN_REFERENCE);
    else if (!req_may(r, PERM_PERSON_MANAGE, *out)) {
        fault(s, COL_UNIT, ERR_NOT_ALLOWED);
        *out = (struct unit_ref){ UNIT_NONE, 0 };
    } else if (post->id && !unit_post_fits(post, unit_kind_of(u, *out)))
        fault(s, COL_UNIT, ERR_POST_KIND);
    s->row->unit_name = str_copy(r->arena, unit_name(u, *out));
    unit_release(u);
}

static void find_term(struct sheet *s, const struct unit_post *post, struct unit_appoint *n)
{
    int zone = s->req->app->zone_minutes;
    ms  from = clock_day(s->fields[COL_FROM], zone), last = clock_day(s->fields[COL_TO], zone);
    n->from = from ? from : s->req->now;
    if (s->fields[COL_FROM].len && !from)
        fault(s, COL_FROM, ERR_INVALID);
    n->to = post->id ? unit_post_until(post, n->from, zone) : 0;
    if (!s->fields[COL_TO].len)
        return;
    if (!last)
        fault(s, COL_TO, ERR_INVALID);
    else
        n->to = last + MS_DAY;   /* people write the last day */
    if (n->to <= n->from)
        fault(s, COL_TO, ERR_PERIOD);
}

/* What unit_appoint refuses, told at the column it is about. */
static err appoint(struct sheet *s, const struct unit_appoint *n)
{
    err e = unit_appoint(s->req->db, s->req->arena, s->req->tenant, n, s->req->now, &s->row->appointment_id);
    if (e.code != ERR_POST_KIND && e.code != ERR_APPOINTED && e.code != ERR_UNKNOWN_REFERENCE)
        return e;
    s->row->appointment_id = 0;
    fault(s, e.code == ERR_POST_KIND ? COL_UNIT : COL_POST, e.code);
    return OK;
}

static err take_row(struct sheet *s, const struct csv_row *row)
{
    struct req         *r = s->req;
    struct unit_post    post = { 0 };
    struct unit_appoint n = { .by = r->caller.account };
    *s->row = (struct sheet_row){ .row = row->number, .faults = { ARENA_ARRAY(r->arena, COLUMNS, struct sheet_fault), 0 } };
    for (int c = 0; c < COLUMNS; c++)
        s->fields[c] = sheet_field(row, s->at[c]);
    s->row->name = s->fields[COL_NAME];
    TRY(find_person(s, &n.person));
    TRY(find_post(s, &post));
    find_unit(s, &post, &n.unit);
    find_term(s, &post, &n);
    s->row->person_id = n.person;
    s->row->post_zh = post.name_zh;
    s->row->post_en = post.name_en;
    s->row->from = n.from;
    s->row->to = n.to;
    n.post = post.code;
    return s->row->faults.len ? OK : appoint(s, &n);
}

/* ---- all rows ---- */

static err take_rows(struct sheet *s)
{
    struct sheet_row *rows = ARENA_ARRAY(s->req->arena, s->file.count + 1, struct sheet_row);
    s->view.items.at = rows;
    for (size_t i = 0; i < s->file.count; i++) {
        s->row = &rows[s->view.items.len++];
        TRY(take_row(s, &s->file.rows[i]));
        s->view.bad += s->row->faults.len > 0;
        s->view.rows++;
    }
    return OK;
}

static err record(struct sheet *s)
{
    return audit_record(s->req, "appointment.sheet", "tenant", s->req->tenant, str_fmt(s->req->arena, "{\"rows\":%lld}", (long long)s->view.rows));
}

static err run(struct req *r, void *arg)
{
    struct sheet *s = arg;
    s->req = r;
    s->view = (struct sheet_view){ 0 };
    TRY(bind(s));
    TRY(take_rows(s));
    s->settled = s->dry || s->view.bad || !s->view.rows;
    if (s->settled)
        return FAIL(ERR_INVALID);   /* the write is taken back; the view stays in the arena */
    TRY(record(s));
    s->view.applied = true;
    return OK;
}

static void forget(struct sheet *s)
{
    struct sheet_row *rows = s->view.items.at;
    for (size_t i = 0; i < s->view.items.len; i++)
        rows[i].appointment_id = 0;
}

err sheet_appoint(struct req *r)
{
    const struct sheet_query *q = r->query;
    struct sheet              s = { .req = r, .dry = q->dry_run };
    if (!r->upload_path.len)
        return FAIL(ERR_CSV);
    err read = sheet_read(r->arena, str_z(r->arena, r->upload_path), SHEET_ROWS_MOST, &s.file);
    if (read.code == ERR_TOO_LARGE)
        return req_fail(r, ERR_TOO_LARGE, str_fmt(r->arena, req_text(r, "一张表最多 %d 行", "A sheet has at most %d rows"), SHEET_ROWS_MOST));
    TRY(read);
    err e = req_in_write(r, run, &s);
    if (s.settled)
        forget(&s);
    else
        TRY(e);
    return reply_view(r, appointed_sheet_fields, &s.view, 0);
}
