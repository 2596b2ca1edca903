/* Exports over HTTP: a short list at once, a long one by a job whose file is fetched when it is done. */
#include <unistd.h>

#include "../../../base/id.h"
#include "../../account/account.h"
#include "../../audit/audit.h"
#include "../../job/job.h"
#include "../../list/list.h"
#include "export.h"

#define AT_ONCE 10000   /* rows answered within a request */

/* What leaves the program in bulk is on the record: which form and how much, by whom and when; not the words looked for. */
struct leaving { int format; int64_t rows, job; };

static err record(struct req *r, const struct leaving *l)
{
    struct str detail = str_fmt(r->arena, "{\"format\":\"%s\",\"rows\":%lld}", list_format_words[l->format], (long long)l->rows);
    return audit_record(r, "case.export", l->job ? "job" : "case", l->job, detail);
}

static err record_in_write(struct req *r, void *arg)
{
    return record(r, arg);
}

/* ---- at once ---- */

static err get_export(struct req *r)
{
    const struct case_query *q = r->query;
    struct leaving           l = { .format = q->format };
    struct str               path = str_fmt(r->arena, "%s/export-%lld", r->app->spool, (long long)id_new());
    err                      e = export_run(r, q, path, AT_ONCE, NULL, NULL, &l.rows);
    if (!failed(e))
        e = list_file_answer(r, "cases", q->format, path);
    unlink(path.ptr);
    if (e.code == ERR_TOO_LARGE)
        return req_fail(r, ERR_TOO_LARGE, str_of(req_text(r, "超过一万件，请用后台任务导出", "More than 10,000 cases: export them by a job")));
    TRY(e);
    return req_in_write(r, record_in_write, &l);
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
    struct str path = str_fmt(j->arena, "%.*s/result.%s", STR_ARG(j->folder), list_format_words[l.format]);
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
