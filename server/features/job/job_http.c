/* Routes of the job feature: see one's own jobs, or all of them with job.read; cancel; errors as a file. */
#include <stdio.h>
#include <unistd.h>

#include "../audit/audit.h"
#include "job_parts.h"

#define PAGE 50

struct job_view {
    int64_t    id;
    struct str kind;
    int        state;
    int64_t    progress, total;
    struct str result, problem;
    bool       cancelling, errors, file;
    ms         created_at, started_at, finished_at;
};

static const struct field view_fields[] = {
    FIELD_ID(struct job_view, id, REQUIRED, "Job"),
    FIELD_STR(struct job_view, kind, 0, 0, REQUIRED, "What it does, such as import.cases"),
    FIELD_WORD(struct job_view, state, job_state_words, REQUIRED, "Where it stands"),
    FIELD_I64(struct job_view, progress, 0, 0, REQUIRED, "Steps done"),
    FIELD_I64(struct job_view, total, 0, 0, REQUIRED, "Steps in all; 0: not known"),
    FIELD_JSON(struct job_view, result, 0, "Counts, by kind; while it runs, those so far"),
    FIELD_STR(struct job_view, problem, 0, 0, 0, "Code of what went wrong"),
    FIELD_BOOL(struct job_view, cancelling, REQUIRED, "It was asked to stop"),
    FIELD_BOOL(struct job_view, errors, REQUIRED, "There is a file of rows and reasons"),
    FIELD_BOOL(struct job_view, file, REQUIRED, "It has made a file: GET /jobs/:id/result"),
    FIELD_TIME(struct job_view, created_at, REQUIRED, "When it was asked for"),
    FIELD_TIME(struct job_view, started_at, 0, "When it was begun, or begun again"),
    FIELD_TIME(struct job_view, finished_at, 0, "When it ended"),
    FIELD_END
};

struct job_query { int64_t limit; struct str after; };
static const struct field query_fields[] = {
    FIELD_I64(struct job_query, limit, 1, 200, 0, "At most so many (50)"),
    FIELD_STR(struct job_query, after, 1, 200, 0, "Cursor of the page before"),
    FIELD_END
};

/* What a job may leave for its owner to fetch. */
static const struct { const char *suffix, *type; } results[] = {
    { "csv", "text/csv; charset=utf-8" },
    { "pdf", "application/pdf" },
    { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
};
#define RESULT_COUNT (sizeof results / sizeof *results)

/* Index in results, RESULT_COUNT when there is none (yet). */
static size_t result_find(struct req *r, const struct job_row *j, struct str *path)
{
    size_t i = j->state == JOB_DONE ? 0 : RESULT_COUNT;
    for (; i < RESULT_COUNT; i++) {
        *path = str_fmt(r->arena, "%s/jobs/%lld/result.%s", r->app->data_dir, (long long)j->id, results[i].suffix);
        if (access(path->ptr, R_OK) == 0)
            break;
    }
    return i;
}

static struct str errors_path(struct req *r, int64_t id)
{
    return str_fmt(r->arena, "%s/jobs/%lld/errors.csv", r->app->data_dir, (long long)id);
}

static struct job_view view_of(struct req *r, const struct job_row *j)
{
    struct str path;
    return (struct job_view){
        .id = j->id, .kind = j->kind, .state = (int)j->state, .progress = j->progress, .total = j->total, .result = j->result,
        .problem = j->problem, .cancelling = j->cancel && j->state == JOB_RUNNING, .errors = access(errors_path(r, j->id).ptr, R_OK) == 0, .file = result_find(r, j, &path) < RESULT_COUNT,
        .created_at = j->created_at, .started_at = j->started_at, .finished_at = j->finished_at
    };
}

static bool sees_all(struct req *r)
{
    return req_may(r, PERM_JOB_READ, (struct unit_ref){ UNIT_NONE, 0 });
}

/* One's own, or any with job.read; anything else does not exist for the caller. */
static err find(struct req *r, struct job_row *out)
{
    *out = (struct job_row){ 0 };
    TRY(job_find(r->db, r->arena, r->tenant, r->path[0], out));
    return (out->owner_id && out->owner_id == r->caller.account) || sees_all(r) ? OK : FAIL(ERR_NOT_FOUND);
}

static err list_jobs(struct req *r)
{
    const struct job_query *q = r->query;
    size_t                  limit = q->limit ? (size_t)q->limit : PAGE;
    int64_t                 before = 0, unused;
    struct list             rows;
    if (q->after.ptr && !req_cursor_read(r, q->after, &before, &unused)) {
        req_fault(r, "after", ERR_INVALID);
        return req_faults(r);
    }
    TRY(job_list(r->db, r->arena, r->tenant, sees_all(r) ? 0 : r->caller.account, before, limit + 1, &rows));
    const struct job_row *row = rows.at;
    bool                  more = rows.len > limit;
    size_t                n = more ? limit : rows.len;
    struct job_view      *views = ARENA_ARRAY(r->arena, n, struct job_view);
    for (size_t i = 0; i < n; i++)
        views[i] = view_of(r, &row[i]);
    return reply_list(r, view_fields, sizeof *views, (struct list){ views, n },
                      more ? req_cursor(r, row[n - 1].id, 0) : STR_NONE);
}

static err get_job(struct req *r)
{
    struct job_row j;
    TRY(find(r, &j));
    struct job_view v = view_of(r, &j);
    return reply_view(r, view_fields, &v, 0);
}

static err cancel_job(struct req *r)
{
    struct job_row j;
    TRY(find(r, &j));
    err asked = job_ask_cancel(r->db, r->tenant, j.id, r->now);
    if (asked.code == ERR_JOB_STATE)
        return req_fail(r, ERR_JOB_STATE, str_of(req_text(r, "任务已经结束", "The job has ended already")));
    TRY(asked);
    TRY(audit_record(r, "job.cancel", "job", j.id, STR_NONE));
    return get_job(r);
}

static err get_errors(struct req *r)
{
    struct job_row j;
    TRY(find(r, &j));
    struct str path = errors_path(r, j.id);
    if (access(path.ptr, R_OK) != 0)
        return FAIL(ERR_NOT_FOUND);
    reply_header(r, "Content-Disposition", str_fmt(r->arena, "attachment; filename=\"errors-%lld.csv\"", (long long)j.id));
    return reply_file(r, "text/csv; charset=utf-8", path, STR_NONE);
}

/* The owner's alone: it may hold what others must not see. */
static err get_result(struct req *r)
{
    struct job_row j;
    struct str     path;
    TRY(find(r, &j));
    size_t i = result_find(r, &j, &path);
    if (j.owner_id != r->caller.account || i == RESULT_COUNT)
        return FAIL(ERR_NOT_FOUND);
    reply_header(r, "Content-Disposition", str_fmt(r->arena, "attachment; filename=\"%.*s-%lld.%s\"", STR_ARG(j.kind), (long long)j.id, results[i].suffix));
    return reply_file(r, results[i].type, path, STR_NONE);
}

const struct route job_routes[] = {
    { GET, "/api/v1/jobs", list_jobs, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ,
      ROUTE_QUERY(struct job_query, query_fields), .reply_kind = REPLY_LIST, .reply = view_fields,
      .summary = "One's own jobs, newest first; everybody's with job.read", .tag = "job" },
    { GET, "/api/v1/jobs/:id", get_job, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ, .reply_kind = REPLY_VIEW,
      .reply = view_fields, ROUTE_ERRORS(ERR_NOT_FOUND), .summary = "A job and its progress", .tag = "job" },
    { POST, "/api/v1/jobs/:id/cancel", cancel_job, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_WRITE,
      .reply_kind = REPLY_VIEW, .reply = view_fields, ROUTE_ERRORS(ERR_NOT_FOUND, ERR_JOB_STATE),
      .summary = "Ask a job to stop; what it has done stays", .tag = "job" },
    { GET, "/api/v1/jobs/:id/errors", get_errors, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ,
      .reply_kind = REPLY_BYTES, .reply_type = "text/csv", ROUTE_ERRORS(ERR_NOT_FOUND),
      .summary = "The rows a job could not take, each with its reason (CSV)", .tag = "job" },
    { GET, "/api/v1/jobs/:id/result", get_result, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ,
      .reply_kind = REPLY_BYTES, .reply_type = "text/csv", .flags = ROUTE_NO_STORE, ROUTE_ERRORS(ERR_NOT_FOUND),
      .summary = "The file a job has made: CSV, Excel workbook or PDF; for its owner", .tag = "job" },
    ROUTE_END
};
