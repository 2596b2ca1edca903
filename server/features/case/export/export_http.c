/* Exports over HTTP: a short list at once, a long one by a job whose file is fetched when it is done. */
#include <stdio.h>
#include <unistd.h>

#include "../../../base/id.h"
#include "../../account/account.h"
#include "../../audit/audit.h"
#include "../../job/job.h"
#include "export.h"
#include "sheet.h"

#define AT_ONCE 10000   /* rows answered within a request */

static const char *const suffixes[] = { NULL, "csv", "xlsx" };
static const char *const types[] = { NULL, "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" };

/* What leaves the program in bulk is on the record: which form and how much, by whom and when; not the words looked for. */
struct leaving { int format; int64_t rows, job; };

static err record(struct req *r, const struct leaving *l)
{
    struct str detail = str_fmt(r->arena, "{\"format\":\"%s\",\"rows\":%lld}", suffixes[l->format], (long long)l->rows);
    return audit_record(r, "case.export", l->job ? "job" : "case", l->job, detail);
}

static err record_in_write(struct req *r, void *arg)
{
    return record(r, arg);
}

static struct str file_name(struct req *r, int format)
{
    struct clock_civil c = clock_civil_at(r->now, r->app->zone_minutes);
    return str_fmt(r->arena, "attachment; filename=\"cases-%04d%02d%02d-%02d%02d.%s\"", c.year, c.month, c.day, c.hour, c.minute, suffixes[format]);
}

/* ---- at once ---- */

static err read_back(struct req *r, struct str path, struct str *out)
{
    FILE *f = fopen(path.ptr, "re");
    long  size = f && fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
    char *bytes = size >= 0 ? arena_alloc(r->arena, (size_t)size + 1) : NULL;
    bool  whole = bytes && fseek(f, 0, SEEK_SET) == 0 && fread(bytes, 1, (size_t)size, f) == (size_t)size;
    if (f)
        fclose(f);
    *out = (struct str){ bytes, whole ? (size_t)size : 0 };
    return whole ? OK : FAIL(ERR_INTERNAL);
}

static err get_export(struct req *r)
{
    const struct case_query *q = r->query;
    struct leaving           l = { .format = q->format };
    struct str               bytes, path = str_fmt(r->arena, "%s/export-%lld", r->app->spool, (long long)id_new());
    err                      e = export_run(r, q, path, AT_ONCE, NULL, NULL, &l.rows);
    if (!failed(e))
        e = read_back(r, path, &bytes);
    unlink(path.ptr);
    if (e.code == ERR_TOO_LARGE)
        return req_fail(r, ERR_TOO_LARGE, str_of(req_text(r, "超过一万件，请用后台任务导出", "More than 10,000 cases: export them by a job")));
    TRY(e);
    TRY(req_in_write(r, record_in_write, &l));
    reply_header(r, "Content-Disposition", file_name(r, q->format));
    return reply_bytes(r, types[q->format], bytes, STR_NONE);
}

/* ---- by a job ---- */

struct order {
    struct case_query *query;
    int64_t            scope;     /* rights of the request that began it, a bit each */
    bool               chinese;
};
static const struct field order_fields[] = {
    FIELD_OBJECT(struct order, query, case_export_fields, struct case_query, REQUIRED, "What to export"),
    FIELD_I64(struct order, scope, 0, 0, REQUIRED, "Rights"),
    FIELD_BOOL(struct order, chinese, REQUIRED, "Language of the file"),
    FIELD_END
};

static err tell(void *arg, int64_t rows)
{
    return job_progress(arg, rows, 0);
}

static err run_export(struct job *j, struct str *result)
{
    struct order  o = { 0 };
    struct given  given;
    struct faults faults = { .arena = j->arena };
    struct req    r;
    struct leaving l = { .job = j->id };
    TRY(field_read_json(j->arena, order_fields, j->params, &o, &given, &faults));
    TRY(account_become(j->app, j->arena, j->owner, (perm_set)o.scope, clock_now(), &r));
    r.lang = o.chinese ? LANG_ZH : LANG_EN;
    l.format = o.query->format;
    struct str path = str_fmt(j->arena, "%.*s/result.%s", STR_ARG(j->folder), suffixes[l.format]);
    err        e = export_run(&r, o.query, path, l.format == SHEET_XLSX ? SHEET_XLSX_ROWS : INT64_MAX, tell, j, &l.rows);
    if (failed(e)) {
        unlink(path.ptr);
        return e;
    }
    TRY(req_in_write(&r, record_in_write, &l));
    *result = str_fmt(j->arena, "{\"rows\":%lld}", (long long)l.rows);
    return OK;
}

static const struct job_kind export_kind = { "export.cases", run_export };

static err post_export(struct req *r)
{
    struct case_query q = *(const struct case_query *)r->query;
    struct order      o = { &q, (int64_t)r->caller.anywhere, r->lang == LANG_ZH };
    struct buf        params = buf_new(r->arena, 0);
    struct jsonw      j = jsonw_on(&params);
    int64_t           id = id_new();
    field_write(&j, order_fields, &o);
    TRY(job_add(r, export_kind.name, id, buf_view(&params)));
    return reply_accepted(r, id);
}

static err start(struct app *app)
{
    job_register(app, &export_kind);
    return OK;
}

const struct feature case_export_feature = { .name = "case_export", .routes = export_routes, .start = start };

const struct route export_routes[] = {
    { GET, "/api/v1/cases/export", get_export, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_NONE,
      ROUTE_QUERY(struct case_query, case_export_fields), .reply_kind = REPLY_BYTES, .reply_type = "text/csv",
      .flags = ROUTE_SLOW | ROUTE_NO_STORE, ROUTE_ERRORS(ERR_TOO_LARGE),
      .summary = "The rows of a list as a CSV file or an Excel workbook; up to 10,000", .tag = "case" },
    { POST, "/api/v1/cases/export", post_export, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_WRITE,
      ROUTE_QUERY(struct case_query, case_export_fields), .reply_kind = REPLY_JOB,
      .summary = "The same by a job, however many; its file is at /jobs/:id/result", .tag = "case" },
    ROUTE_END
};
