/* Imports over HTTP: upload, preview, the known mappings; the import itself is a job. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "../../../base/id.h"
#include "../../../base/log.h"
#include "../../audit/audit.h"
#include "../../unit/unit.h"
#include "import.h"

#define UPLOAD_MOST  ((size_t)512 * 1024 * 1024)
#define PREVIEW_ROWS 50

/* ---- the job ---- */

struct params { struct str mapping; bool dry_run, update; };
static const struct field params_fields[] = {
    FIELD_STR(struct params, mapping, 1, 60, REQUIRED, "Name of a mapping: GET /case-mappings"),
    FIELD_BOOL(struct params, dry_run, 0, "Do it all, keep nothing"),
    FIELD_BOOL(struct params, update, 0, "Bring cases up to date whose row has changed in the source"),
    FIELD_END
};

static err run_import(struct job *j, struct str *result)
{
    struct params        in = { 0 };
    struct given         given;
    struct faults        faults = { .arena = j->arena };
    struct strs          missing;
    struct import_counts counts = { 0 };
    struct import_order  o = { .path = str_fmt(j->arena, "%.*s/input", STR_ARG(j->folder)).ptr,
                               .errors = str_fmt(j->arena, "%.*s/errors.csv", STR_ARG(j->folder)).ptr, .account = j->owner, .job = j };
    TRY(field_read_json(j->arena, params_fields, j->params, &in, &given, &faults));
    TRY(mapping_shipped(j->arena, in.mapping, &o.mapping));
    o.dry_run = in.dry_run;
    o.update = in.update;
    err e = import_run(j->app, j->arena, &o, &counts, &faults, &missing);
    if (e.code != ERR_JOB_STATE)
        *result = import_report(j->arena, &o, &counts, 0);
    return e;
}

static const struct job_kind import_kind = { "import.cases", run_import };

static err start(struct app *app)
{
    job_register(app, &import_kind);
    return OK;
}

const struct feature case_import_feature = { .name = "case_import", .routes = import_routes, .start = start };

/* ---- beginning one ---- */

static err no_fit(struct req *r, struct strs missing)
{
    struct buf b = buf_new(r->arena, 0);
    buf_z(&b, req_text(r, "文件缺少这些列：", "The file lacks these columns: "));
    for (size_t i = 0; i < missing.len; i++) {
        if (i)
            buf_z(&b, ", ");
        buf_str(&b, missing.at[i]);
    }
    return req_fail(r, ERR_MAPPING, buf_view(&b));
}

static err find_mapping(struct req *r, struct str name, const struct mapping **out)
{
    err e = mapping_shipped(r->arena, name, out);
    if (e.code != ERR_NOT_FOUND)
        return e;
    req_fault(r, "mapping", ERR_NOT_A_CHOICE);
    return req_faults(r);
}

static err open_upload(struct req *r, struct csv_reader **out)
{
    return r->upload_path.len ? csv_open(r->arena, str_z(r->arena, r->upload_path), out) : FAIL(ERR_CSV);
}

/* Whether the header fits is said at once, not by a job that fails later. */
static err check_header(struct req *r, const struct mapping *m)
{
    struct csv_reader *reader;
    struct faults      places = { .arena = r->arena };
    struct strs        missing = { 0 };
    struct binding     b;
    TRY(open_upload(r, &reader));
    err e = mapping_bind(r->arena, r->app, m, csv_header(reader), &places, &missing, &b);
    mapping_unbind(&b);
    csv_close(reader);
    return missing.len ? no_fit(r, missing) : e;
}

struct beginning { int64_t id; struct str params; };

static err begin(struct req *r, void *arg)
{
    struct beginning *b = arg;
    TRY(job_add(r, import_kind.name, b->id, b->params));
    return audit_record(r, "case.import", "job", b->id, b->params);
}

static err post_import(struct req *r)
{
    const struct params  *q = r->query;
    const struct mapping *m;
    struct beginning      b = { .id = id_new() };
    TRY(find_mapping(r, q->mapping, &m));
    TRY(check_header(r, m));
    struct str folder = job_folder(r->app, r->arena, b.id);
    if (rename(str_z(r->arena, r->upload_path), str_fmt(r->arena, "%.*s/input", STR_ARG(folder)).ptr) != 0) {
        log_event(LOG_ERROR, "import_upload", "problem", strerror(errno), NULL);
        return FAIL(ERR_INTERNAL);
    }
    struct buf   params = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&params);
    field_write(&j, params_fields, q);
    b.params = buf_view(&params);
    TRY(req_in_write(r, begin, &b));
    return reply_accepted(r, b.id);
}

/* ---- mappings ---- */

struct mapping_view { struct str name, title_zh, title_en, zone; struct strs columns; struct str sample; };
static const struct field mapping_view_fields[] = {
    FIELD_STR(struct mapping_view, name, 0, 0, REQUIRED, "Name"),
    FIELD_STR(struct mapping_view, title_zh, 0, 0, REQUIRED, "Chinese title"),
    FIELD_STR(struct mapping_view, title_en, 0, 0, REQUIRED, "English title"),
    FIELD_STR(struct mapping_view, zone, 0, 0, REQUIRED, "Zone in which its times are meant"),
    FIELD_STRS(struct mapping_view, columns, 0, 0, REQUIRED, "Columns a file must have; others are passed over"),
    FIELD_STR(struct mapping_view, sample, 0, 0, REQUIRED, "A header line that fits"),
    FIELD_END
};

static struct str sample_of(struct arena *a, struct strs columns)
{
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < columns.len; i++) {
        if (i)
            buf_byte(&b, ',');
        csv_put(&b, columns.at[i]);
    }
    return buf_view(&b);
}

static struct str name_at(struct arena *a, size_t i)
{
    struct str file = str_of(mapping_name(i));
    return str_copy(a, (struct str){ file.ptr, file.len - (sizeof ".json" - 1) });
}

static err list_mappings(struct req *r)
{
    size_t               n = mapping_count();
    struct mapping_view *v = ARENA_ARRAY(r->arena, n, struct mapping_view);
    for (size_t i = 0; i < n; i++) {
        const struct mapping *m;
        TRY(mapping_shipped(r->arena, name_at(r->arena, i), &m));
        struct strs columns = mapping_columns(r->arena, m);
        v[i] = (struct mapping_view){ m->name, m->title_zh, m->title_en, m->zone, columns, sample_of(r->arena, columns) };
    }
    return reply_list(r, mapping_view_fields, sizeof *v, (struct list){ v, n }, STR_NONE);
}

/* ---- preview ---- */

struct preview_query { struct str mapping; };
static const struct field preview_query_fields[] = {
    FIELD_STR(struct preview_query, mapping, 1, 60, 0, "Name of a mapping; without it the one that fits the header"),
    FIELD_END
};

struct error_view { struct str field, code, message; };
static const struct field error_fields[] = {
    FIELD_STR(struct error_view, field, 0, 0, REQUIRED, "What it is about"),
    FIELD_STR(struct error_view, code, 0, 0, REQUIRED, "Stable name of the fault"),
    FIELD_STR(struct error_view, message, 0, 0, REQUIRED, "In the caller's language"),
    FIELD_END
};

struct row_view {
    int64_t     row;
    struct str  source_id, text, words;
    int64_t     category;
    int         state, outcome;
    ms          reported_at, closed_at;
    struct geo  at;
    struct str  address, area_name;
    struct list errors;
};
static const struct field row_fields[] = {
    FIELD_I64(struct row_view, row, 0, 0, REQUIRED, "Number of the row, 1 below the header"),
    FIELD_STR(struct row_view, source_id, 0, 0, 0, "The source's own number"),
    FIELD_STR(struct row_view, text, 0, 0, 0, "Text of the case"),
    FIELD_STR(struct row_view, words, 0, 0, 0, "The source's words for the kind of matter"),
    FIELD_ID(struct row_view, category, 0, "Category they mean; null: none is known"),
    FIELD_WORD(struct row_view, state, case_state_words, 0, "State"),
    FIELD_WORD(struct row_view, outcome, case_outcome_words, 0, "Outcome"),
    FIELD_TIME(struct row_view, reported_at, 0, "When it was reported"),
    FIELD_TIME(struct row_view, closed_at, 0, "When it was closed"),
    FIELD_GEO(struct row_view, at, 0, "Where"),
    FIELD_STR(struct row_view, address, 0, 0, 0, "Where, in words"),
    FIELD_STR(struct row_view, area_name, 0, 0, 0, "Area the map finds"),
    FIELD_LIST(struct row_view, errors, error_fields, struct error_view, 0, 0, REQUIRED, "Why it would be refused; empty: it would be taken"),
    FIELD_END
};

struct preview_view { struct str mapping; struct strs columns; struct list rows; bool more; };
static const struct field preview_fields[] = {
    FIELD_STR(struct preview_view, mapping, 0, 0, 0, "Mapping used; null: none fits"),
    FIELD_STRS(struct preview_view, columns, 0, 0, REQUIRED, "The file's columns"),
    FIELD_LIST(struct preview_view, rows, row_fields, struct row_view, 0, 0, REQUIRED, "The first rows as they would be imported"),
    FIELD_BOOL(struct preview_view, more, REQUIRED, "There are more rows"),
    FIELD_END
};

static struct list errors_of(struct req *r, const struct mapped *m)
{
    struct error_view *v = ARENA_ARRAY(r->arena, m->fault_count, struct error_view);
    for (size_t i = 0; i < m->fault_count; i++)
        v[i] = (struct error_view){ str_of(m->faults[i].field), str_of(err_slug(m->faults[i].code)),
                                    str_of(err_text(m->faults[i].code, r->lang == LANG_ZH)) };
    return (struct list){ v, m->fault_count };
}

/* What the map says, so that the preview names the rows that would be refused for their place. */
static struct str area_of(struct req *r, const struct unit_snapshot *s, const struct binding *b, struct mapped *m)
{
    struct unit_place place = { 0 };
    if (!m->in.at.set)
        return str_copy(r->arena, unit_name(s, (struct unit_ref){ UNIT_AREA, m->in.area }));
    unit_find(s, m->in.at.lon, m->in.at.lat, 0, &place);
    if (!place.area && b->mapping->outside == ELSEWHERE_ROOT)
        place.area = b->root;
    if (!place.area && m->fault_count < MAPPED_FAULTS_MOST)
        m->faults[m->fault_count++] = (struct row_fault){ "at", ERR_OUTSIDE_AREA };
    return place.area ? str_copy(r->arena, unit_name(s, (struct unit_ref){ UNIT_AREA, place.area })) : STR_NONE;
}

static struct row_view row_view_of(struct req *r, const struct unit_snapshot *s, const struct binding *b, const struct csv_row *row)
{
    struct mapped m;
    mapping_row(b, r->arena, row, &m);
    struct str area = m.in.state ? area_of(r, s, b, &m) : STR_NONE;
    return (struct row_view){ row->number, m.id, m.in.text, m.words, m.in.category, (int)m.in.state, (int)m.in.outcome, m.in.reported_at,
                              m.in.closed_at, m.in.at, m.in.address, area, errors_of(r, &m) };
}

/* The client may send only the beginning of a large file: what ends in the middle of a row or of the gzip stream is no fault here. */
static void preview_rows(struct req *r, struct csv_reader *reader, const struct binding *b, struct preview_view *out)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    struct row_view            *rows = ARENA_ARRAY(r->arena, PREVIEW_ROWS, struct row_view);
    const struct csv_row       *row = NULL;
    size_t                      n = 0;
    while (!failed(csv_next(reader, &row)) && row && n < PREVIEW_ROWS) {
        struct str *fields = ARENA_ARRAY(r->arena, row->count, struct str);
        for (size_t i = 0; i < row->count; i++)
            fields[i] = str_copy(r->arena, row->fields[i]);
        rows[n++] = row_view_of(r, s, b, &(struct csv_row){ row->number, fields, row->count });
    }
    unit_release(s);
    out->rows = (struct list){ rows, n };
    out->more = row != NULL;
}

/* The first mapping whose columns are all there. */
static err suggest(struct req *r, struct csv_row header, const struct mapping **out)
{
    *out = NULL;
    for (size_t i = 0; i < mapping_count() && !*out; i++) {
        const struct mapping *m;
        struct faults         places = { .arena = r->arena };
        struct strs           missing = { 0 };
        struct binding        b;
        TRY(mapping_shipped(r->arena, name_at(r->arena, i), &m));
        if (!failed(mapping_bind(r->arena, NULL, m, header, &places, &missing, &b)))
            *out = m;
        mapping_unbind(&b);
    }
    return OK;
}

static err preview_open(struct req *r, struct csv_reader *reader, struct preview_view *out)
{
    const struct preview_query *q = r->query;
    const struct mapping       *m = NULL;
    struct csv_row              header = csv_header(reader);
    struct faults               places = { .arena = r->arena };
    struct strs                 missing = { 0 };
    struct binding              b;
    out->columns = (struct strs){ header.fields, header.count };
    if (q->mapping.ptr)
        TRY(find_mapping(r, q->mapping, &m));
    else
        TRY(suggest(r, header, &m));
    if (!m)
        return OK;
    err e = mapping_bind(r->arena, r->app, m, header, &places, &missing, &b);
    if (missing.len)
        return no_fit(r, missing);
    TRY(e);
    out->mapping = m->name;
    preview_rows(r, reader, &b, out);
    mapping_unbind(&b);
    return OK;
}

static err post_preview(struct req *r)
{
    struct csv_reader  *reader;
    struct preview_view v = { 0 };
    TRY(open_upload(r, &reader));
    err e = preview_open(r, reader, &v);
    csv_close(reader);
    TRY(e);
    return reply_view(r, preview_fields, &v, 0);
}

const struct route import_routes[] = {
    { GET, "/api/v1/case-mappings", list_mappings, .perm = PERM_CASE_IMPORT, .scope = SCOPE_TENANT, .tx = TX_NONE,
      .reply_kind = REPLY_LIST, .reply = mapping_view_fields, .summary = "Layouts of CSV files that can be imported", .tag = "case" },
    { POST, "/api/v1/cases/import/preview", post_preview, .perm = PERM_CASE_IMPORT, .scope = SCOPE_TENANT, .tx = TX_NONE,
      .body_kind = BODY_UPLOAD, .body_max = UPLOAD_MOST, ROUTE_QUERY(struct preview_query, preview_query_fields),
      .reply_kind = REPLY_VIEW, .reply = preview_fields, .flags = ROUTE_SLOW,
      ROUTE_ERRORS(ERR_MAPPING, ERR_CSV, ERR_NOT_UTF8),
      .summary = "The first 50 rows of a CSV file as they would be imported; its beginning is enough", .tag = "case" },
    { POST, "/api/v1/cases/import", post_import, .perm = PERM_CASE_IMPORT, .scope = SCOPE_TENANT, .tx = TX_NONE,
      .body_kind = BODY_UPLOAD, .body_max = UPLOAD_MOST, ROUTE_QUERY(struct params, params_fields), .reply_kind = REPLY_JOB,
      .flags = ROUTE_SLOW, ROUTE_ERRORS(ERR_MAPPING, ERR_CSV, ERR_NOT_UTF8),
      .summary = "Import cases from a CSV file, plain or gzip; a job tells how far it is and which rows were refused", .tag = "case" },
    ROUTE_END
};
