/* clock_http.c: calendars, hours and limits over HTTP. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "clock_rules.h"
#include "../audit/audit.h"
#include "../job/job.h"
#include "../setting/setting.h"
#include "../../base/id.h"
#include "../../base/jsonw.h"

/* ---- calendars ---- */

struct calendar_view {
    int64_t    id, version;
    struct str name, by;
    int64_t    first_year, last_year, holidays, workdays;
    ms         imported_at;
    bool       in_force;
    int64_t    job;
};
static const struct field calendar_view_fields[] = {
    FIELD_ID(struct calendar_view, id, REQUIRED, "Id"),
    FIELD_I64(struct calendar_view, version, 0, 0, REQUIRED, "Version; a due time names the one it was computed with"),
    FIELD_STR(struct calendar_view, name, 0, 0, REQUIRED, "Where it comes from"),
    FIELD_I64(struct calendar_view, first_year, 0, 0, REQUIRED, "First year covered"),
    FIELD_I64(struct calendar_view, last_year, 0, 0, REQUIRED, "Last year covered; due times beyond it are provisional"),
    FIELD_I64(struct calendar_view, holidays, 0, 0, REQUIRED, "Days freed"),
    FIELD_I64(struct calendar_view, workdays, 0, 0, REQUIRED, "Make-up days worked"),
    FIELD_TIME(struct calendar_view, imported_at, REQUIRED, "When it was taken in"),
    FIELD_STR(struct calendar_view, by, 0, 0, 0, "By whom; null: the program or the terminal"),
    FIELD_BOOL(struct calendar_view, in_force, REQUIRED, "The newest one is"),
    FIELD_ID(struct calendar_view, job, 0, "Job that computes the open due times again; after an import"),
    FIELD_END
};

static err list_calendars(struct req *r)
{
    struct list list;
    TRY(calendar_list(r->db, r->arena, r->tenant, &list));
    const struct calendar_row *rows = list.at;
    struct calendar_view      *at = ARENA_ARRAY(r->arena, list.len + 1, struct calendar_view);
    for (size_t i = 0; i < list.len; i++)
        at[i] = (struct calendar_view){ rows[i].id, rows[i].version, rows[i].name, rows[i].by, rows[i].first_year, rows[i].last_year,
                                        rows[i].holidays, rows[i].workdays, rows[i].imported_at, i == 0, 0 };
    return reply_list(r, calendar_view_fields, sizeof *at, (struct list){ at, list.len }, STR_NONE);
}

static const char *const day_words[] = { NULL, "holiday", "workday", NULL };
struct day_view { struct str date, name; int kind; };
static const struct field day_fields[] = {
    FIELD_STR(struct day_view, date, 0, 0, REQUIRED, "Such as 2026-02-14"),
    FIELD_WORD(struct day_view, kind, day_words, REQUIRED, "holiday: free; workday: a Saturday or Sunday that is worked"),
    FIELD_STR(struct day_view, name, 0, 0, 0, "What for, as the source says it"),
    FIELD_END
};
struct day_query { int64_t year; };
static const struct field day_query_fields[] = { FIELD_I64(struct day_query, year, 1970, 2200, REQUIRED, "Year"), FIELD_END };

static void add_days(struct arena *a, const json_t *days, int kind, struct day_view *at, size_t *n)
{
    const char *name;
    json_t     *v;
    size_t      i;
    json_object_foreach((json_t *)days, name, v)
        at[(*n)++] = (struct day_view){ str_copy(a, str_of(name)), str_copy(a, str_of(json_string_value(v))), kind };
    json_array_foreach(days, i, v)
        at[(*n)++] = (struct day_view){ str_copy(a, str_of(json_string_value(v))), STR_NONE, kind };
}

static int by_date(const void *x, const void *y)
{
    return str_cmp(((const struct day_view *)x)->date, ((const struct day_view *)y)->date);
}

static err calendar_days(struct req *r)
{
    const struct day_query *q = r->query;
    struct calendar_row     row;
    char                    year[16];
    TRY(calendar_get(r->db, r->arena, r->tenant, r->path[0], &row));
    json_t           *all = json_loadb(row.days.ptr, row.days.len, 0, NULL);
    struct day_view  *at = ARENA_ARRAY(r->arena, 800, struct day_view);
    size_t            n = 0;
    snprintf(year, sizeof year, "%d", (int)q->year);
    const json_t *days = json_object_get(all, year);
    add_days(r->arena, json_object_get(days, "holidays"), 1, at, &n);
    add_days(r->arena, json_object_get(days, "workdays"), 2, at, &n);
    json_decref(all);
    if (n)
        qsort(at, n, sizeof *at, by_date);
    return reply_list(r, day_fields, sizeof *at, (struct list){ at, n }, STR_NONE);
}

static struct str import_detail(struct arena *a, const struct clock_imported *m, struct str name)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_i64(&j, "version", m->version);
    jsonw_kv_str(&j, "name", name);
    jsonw_kv_i64(&j, "first_year", m->first_year);
    jsonw_kv_i64(&j, "last_year", m->last_year);
    jsonw_kv_id(&j, "job", m->job);
    jsonw_close(&j);
    return buf_view(&b);
}

err clock_import(struct req *r, struct str name, struct str text, struct clock_imported *out)
{
    TRY(clock_calendar_import(r->db, r->arena, r->tenant, name, text, r->now, r->caller.account, &r->faults, out));
    out->job = id_new();
    TRY(job_add(r, CLOCK_RECOMPUTE_JOB, out->job, str_fmt(r->arena, "{\"calendar\":%lld}", (long long)out->version)));
    TRY(audit_record(r, "clock.calendar_import", "calendar", out->id, import_detail(r->arena, out, name)));
    clock_reload_after(r);
    return OK;
}

struct import_query { struct str name; };
static const struct field import_query_fields[] = { FIELD_STR(struct import_query, name, 1, 100, 0, "Where it comes from"), FIELD_END };

static err import_calendar(struct req *r)
{
    const struct import_query *q = r->query;
    struct clock_imported      m;
    struct str                 name = q->name.ptr ? q->name : STR("imported");
    TRY(clock_import(r, name, r->raw_body, &m));
    struct calendar_view v = { .id = m.id, .version = m.version, .name = name, .by = r->caller.name, .first_year = m.first_year,
                               .last_year = m.last_year, .holidays = m.holidays, .workdays = m.workdays, .imported_at = r->now,
                               .in_force = true, .job = m.job };
    return reply_created(r, STR("/api/v1/clock/calendars"), calendar_view_fields, &v, m.version);
}

/* ---- what hours and limits have in common: rows with dates ---- */

/* From when a change holds: now, or later. */
static ms from_of(struct req *r, ms asked)
{
    if (asked && asked < r->now)
        faults_add(&r->faults, STR("valid_from"), ERR_TOO_SMALL, r->now);
    return asked ? asked : r->now;
}

static err still_open(struct req *r, ms valid_to, int64_t version)
{
    TRY(req_version_needed(r, version));
    return valid_to && valid_to <= r->now ? FAIL(ERR_WRONG_STATE) : OK;
}

struct past_query { bool past; };
static const struct field past_query_fields[] = { FIELD_BOOL(struct past_query, past, 0, "Ended ones too"), FIELD_END };

/* ---- hours ---- */

struct hours_view { int64_t id; struct str kind; struct strs week; ms valid_from, valid_to; int64_t version; };
static const struct field hours_view_fields[] = {
    FIELD_ID(struct hours_view, id, REQUIRED, "Id"),
    FIELD_STR(struct hours_view, kind, 0, 0, REQUIRED, "Kind of area whose level keeps these hours; empty: wherever no level has its own"),
    FIELD_STRS(struct hours_view, week, 8, 8, REQUIRED, "Monday to Sunday and the make-up day, such as 09:00-12:00 13:30-17:30; empty: none"),
    FIELD_TIME(struct hours_view, valid_from, REQUIRED, "From"),
    FIELD_TIME(struct hours_view, valid_to, 0, "Until"),
    FIELD_I64(struct hours_view, version, 0, 0, REQUIRED, "Version, for If-Match"),
    FIELD_END
};

struct hours_in { struct str kind, week; ms valid_from; };
#define WEEK FIELD_JSON(struct hours_in, week, REQUIRED, "List of eight texts: Monday to Sunday and the make-up day, such as 09:00-12:00 13:30-17:30; empty: none")
#define FROM(type) FIELD_TIME(type, valid_from, 0, "From when it holds: now or later; empty: now")
static const struct field hours_in_fields[] = { FIELD_STR(struct hours_in, kind, 0, 40, REQUIRED, "Kind of area; see setting unit.area_kinds"),
                                                WEEK, FROM(struct hours_in), FIELD_END };
static const struct field hours_change_fields[] = { WEEK, FROM(struct hours_in), FIELD_END };

static struct hours_view hours_view(struct req *r, const struct hours_row *row)
{
    struct clock_week week = { 0 };
    struct str       *at = ARENA_ARRAY(r->arena, 8, struct str);
    if (failed(week_read(r->arena, row->week, &week)))
        week = (struct clock_week){ 0 };
    for (int i = 0; i < 8; i++)
        at[i] = spans_write(r->arena, &week.day[i]);
    return (struct hours_view){ row->id, row->kind, { at, 8 }, row->valid_from, row->valid_to, row->version };
}

static err list_hours(struct req *r)
{
    struct list list;
    TRY(hours_list(r->db, r->arena, r->tenant, ((const struct past_query *)r->query)->past ? 0 : r->now, &list));
    struct hours_view *at = ARENA_ARRAY(r->arena, list.len + 1, struct hours_view);
    for (size_t i = 0; i < list.len; i++)
        at[i] = hours_view(r, &((const struct hours_row *)list.at)[i]);
    return reply_list(r, hours_view_fields, sizeof *at, (struct list){ at, list.len }, STR_NONE);
}

static bool kind_known(struct req *r, struct str kind)
{
    struct str text = setting_text(r->app, r->arena, "unit.area_kinds", r->now);
    json_t    *all = json_loadb(text.ptr, text.len, 0, NULL), *v;
    size_t     i;
    bool       found = kind.len == 0;
    json_array_foreach(all, i, v)
        found = found || str_is(kind, json_string_value(json_object_get(v, "code")));
    json_decref(all);
    return found;
}

static err week_of(struct req *r, const struct hours_in *in, struct str *json)
{
    struct clock_week week = { 0 };
    json_t           *all = json_loadb(in->week.ptr, in->week.len, JSON_DECODE_ANY, NULL), *v;
    size_t            i;
    if (json_array_size(all) != 8)
        req_fault(r, "week", ERR_WRONG_TYPE);
    else
        json_array_foreach(all, i, v)
            if (!json_is_string(v) || !spans_read((struct str){ json_string_value(v), json_string_length(v) }, &week.day[i]))
                faults_add(&r->faults, str_fmt(r->arena, "week[%zu]", i), ERR_WRONG_TYPE, 0);
    json_decref(all);
    if (!r->faults.len && week_empty(&week))
        req_fault(r, "week", ERR_REQUIRED);
    *json = week_write(r->arena, &week);
    return req_faults(r);
}

static struct str hours_detail(struct arena *a, struct str kind, struct str week, ms from)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "kind", kind);
    if (week.ptr) {
        jsonw_key(&j, "week");
        jsonw_raw(&j, week);
    }
    jsonw_kv_i64(&j, "from", from);
    jsonw_close(&j);
    return buf_view(&b);
}

static err put_hours(struct req *r, struct str kind, struct str week, ms from, const char *action)
{
    int64_t          id;
    struct hours_row row;
    TRY(hours_insert(r->db, r->tenant, kind, week, from, r->caller.account, &id));
    TRY(audit_record(r, action, "clock_hours", id, hours_detail(r->arena, kind, week, from)));
    TRY(hours_get(r->db, r->arena, r->tenant, id, &row));
    clock_reload_after(r);
    struct hours_view v = hours_view(r, &row);
    return reply_created(r, STR("/api/v1/clock/hours"), hours_view_fields, &v, v.version);
}

static err add_hours(struct req *r)
{
    const struct hours_in *in = r->body;
    ms                     from = from_of(r, in->valid_from);
    struct str             week;
    int64_t                rivals;
    if (!kind_known(r, in->kind))
        req_fault(r, "kind", ERR_NOT_A_CHOICE);
    TRY(week_of(r, in, &week));
    TRY(hours_rivals(r->db, r->tenant, in->kind, from, 0, &rivals));
    return rivals ? FAIL_AT(ERR_TAKEN, "kind") : put_hours(r, in->kind, week, from, "clock.hours_add");
}

static err change_hours(struct req *r)
{
    const struct hours_in *in = r->body;
    ms                     from = from_of(r, in->valid_from);
    struct hours_row       row;
    struct str             week;
    int64_t                rivals;
    TRY(hours_get(r->db, r->arena, r->tenant, r->path[0], &row));
    TRY(still_open(r, row.valid_to, row.version));
    TRY(week_of(r, in, &week));
    TRY(hours_rivals(r->db, r->tenant, row.kind, from, row.id, &rivals));
    if (rivals)
        return FAIL(ERR_TAKEN);
    TRY(hours_end(r->db, r->tenant, row.id, row.version, from));
    return put_hours(r, row.kind, week, from, "clock.hours_change");
}

static err close_hours(struct req *r)
{
    struct hours_row row;
    TRY(hours_get(r->db, r->arena, r->tenant, r->path[0], &row));
    TRY(still_open(r, row.valid_to, row.version));
    if (!row.kind.len)
        return FAIL(ERR_STILL_IN_USE);   /* every other level falls back on it */
    TRY(hours_end(r->db, r->tenant, row.id, row.version, r->now));
    TRY(audit_record(r, "clock.hours_close", "clock_hours", row.id, hours_detail(r->arena, row.kind, STR_NONE, r->now)));
    clock_reload_after(r);
    return reply_none(r);
}

/* ---- limits ---- */

struct policy_category { int64_t id; struct str name_zh, name_en; };
static const struct field policy_category_fields[] = {
    FIELD_ID(struct policy_category, id, REQUIRED, "Category"),
    FIELD_STR(struct policy_category, name_zh, 0, 0, 0, "Chinese name"),
    FIELD_STR(struct policy_category, name_en, 0, 0, 0, "English name"),
    FIELD_END
};
struct policy_view {
    int64_t                 id, severity;
    struct policy_category *category;
    struct list             limits;
    ms                      valid_from, valid_to;
    int64_t                 version;
};
static const struct field policy_view_fields[] = {
    FIELD_ID(struct policy_view, id, REQUIRED, "Id"),
    FIELD_OBJECT(struct policy_view, category, policy_category_fields, struct policy_category, 0, "Subtree of categories; null: everything"),
    FIELD_I64(struct policy_view, severity, 0, 3, REQUIRED, "1 urgent, 2 ordinary, 3 minor; 0: every one"),
    FIELD_LIST(struct policy_view, limits, limit_fields, struct limit_row, 0, 0, REQUIRED, "Limits; what is missing follows what is less specific"),
    FIELD_TIME(struct policy_view, valid_from, REQUIRED, "From"),
    FIELD_TIME(struct policy_view, valid_to, 0, "Until"),
    FIELD_I64(struct policy_view, version, 0, 0, REQUIRED, "Version, for If-Match"),
    FIELD_END
};

struct policy_in { int64_t category, severity; struct list limits; ms valid_from; };
#define LIMITS FIELD_LIST(struct policy_in, limits, limit_fields, struct limit_row, 1, 6, REQUIRED, "Limits; what is missing follows what is less specific")
static const struct field policy_in_fields[] = { FIELD_ID(struct policy_in, category, 0, "Subtree of categories; empty: everything"),
                                                 FIELD_I64(struct policy_in, severity, 0, 3, 0, "1 urgent, 2 ordinary, 3 minor; 0: every one"),
                                                 LIMITS, FROM(struct policy_in), FIELD_END };
static const struct field policy_change_fields[] = { LIMITS, FROM(struct policy_in), FIELD_END };

static struct policy_view policy_view(struct req *r, const struct policy_row *row)
{
    struct clock_policy p = { 0 };
    struct policy_view  v = { .id = row->id, .severity = row->severity, .valid_from = row->valid_from, .valid_to = row->valid_to,
                              .version = row->version };
    if (failed(limits_read(r->arena, row->limits, &p)))
        p = (struct clock_policy){ 0 };
    v.limits = limits_list(r->arena, &p);
    if (row->category) {
        v.category = ARENA_NEW(r->arena, struct policy_category);
        *v.category = (struct policy_category){ row->category, row->name_zh, row->name_en };
    }
    return v;
}

static err list_policies(struct req *r)
{
    struct list list;
    TRY(policy_list(r->db, r->arena, r->tenant, ((const struct past_query *)r->query)->past ? 0 : r->now, &list));
    struct policy_view *at = ARENA_ARRAY(r->arena, list.len + 1, struct policy_view);
    for (size_t i = 0; i < list.len; i++)
        at[i] = policy_view(r, &((const struct policy_row *)list.at)[i]);
    return reply_list(r, policy_view_fields, sizeof *at, (struct list){ at, list.len }, STR_NONE);
}

static err limits_of(struct req *r, const struct policy_in *in, struct str *json)
{
    const struct limit_row *rows = in->limits.at;
    unsigned                seen = 0;
    for (size_t i = 0; i < in->limits.len; i++) {
        struct clock_limit l = { rows[i].amount, (enum clock_unit)rows[i].unit };
        if (seen & (1u << rows[i].step))
            faults_add(&r->faults, str_fmt(r->arena, "limits[%zu].step", i), ERR_TAKEN, 0);
        if (!limit_fits(&l))
            faults_add(&r->faults, str_fmt(r->arena, "limits[%zu].amount", i), ERR_TOO_BIG, 1000);
        seen |= 1u << rows[i].step;
    }
    *json = limits_write(r->arena, rows, in->limits.len);
    return req_faults(r);
}

static struct str policy_detail(struct arena *a, int64_t category, int64_t severity, struct str limits, ms from)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_id(&j, "category", category);
    jsonw_kv_i64(&j, "severity", severity);
    if (limits.ptr) {
        jsonw_key(&j, "limits");
        jsonw_raw(&j, limits);
    }
    jsonw_kv_i64(&j, "from", from);
    jsonw_close(&j);
    return buf_view(&b);
}

static err put_policy(struct req *r, int64_t category, int64_t severity, struct str limits, ms from, const char *action)
{
    int64_t           id;
    struct policy_row row;
    TRY(policy_insert(r->db, r->tenant, category, severity, limits, from, r->caller.account, &id));
    TRY(audit_record(r, action, "clock_policy", id, policy_detail(r->arena, category, severity, limits, from)));
    TRY(policy_get(r->db, r->arena, r->tenant, id, &row));
    clock_reload_after(r);
    struct policy_view v = policy_view(r, &row);
    return reply_created(r, STR("/api/v1/clock/policies"), policy_view_fields, &v, v.version);
}

static err add_policy(struct req *r)
{
    const struct policy_in *in = r->body;
    ms                      from = from_of(r, in->valid_from);
    struct str              limits;
    int64_t                 rivals;
    bool                    there = true;
    if (in->category)
        TRY(policy_category_there(r->db, r->tenant, in->category, &there));
    if (!there)
        req_fault(r, "category", ERR_CATEGORY_UNKNOWN);
    TRY(limits_of(r, in, &limits));
    TRY(policy_rivals(r->db, r->tenant, in->category, in->severity, from, 0, &rivals));
    return rivals ? FAIL_AT(ERR_TAKEN, "category") : put_policy(r, in->category, in->severity, limits, from, "clock.policy_add");
}

static err change_policy(struct req *r)
{
    const struct policy_in *in = r->body;
    ms                      from = from_of(r, in->valid_from);
    struct policy_row       row;
    struct str              limits;
    int64_t                 rivals;
    TRY(policy_get(r->db, r->arena, r->tenant, r->path[0], &row));
    TRY(still_open(r, row.valid_to, row.version));
    TRY(limits_of(r, in, &limits));
    TRY(policy_rivals(r->db, r->tenant, row.category, row.severity, from, row.id, &rivals));
    if (rivals)
        return FAIL(ERR_TAKEN);
    TRY(policy_end(r->db, r->tenant, row.id, row.version, from));
    return put_policy(r, row.category, row.severity, limits, from, "clock.policy_change");
}

static err close_policy(struct req *r)
{
    struct policy_row row;
    TRY(policy_get(r->db, r->arena, r->tenant, r->path[0], &row));
    TRY(still_open(r, row.valid_to, row.version));
    TRY(policy_end(r->db, r->tenant, row.id, row.version, r->now));
    TRY(audit_record(r, "clock.policy_close", "clock_policy", row.id, policy_detail(r->arena, row.category, row.severity, STR_NONE, r->now)));
    clock_reload_after(r);
    return reply_none(r);
}

/* ---- trying it out ---- */

struct preview_query { int64_t area, amount; int unit; ms from; };
static const struct field preview_query_fields[] = {
    FIELD_ID(struct preview_query, area, 0, "Area whose level keeps the hours; empty: the district"),
    FIELD_TIME(struct preview_query, from, REQUIRED, "When the limit begins"),
    FIELD_I64(struct preview_query, amount, 0, 2635200, REQUIRED, "How much"),
    FIELD_WORD(struct preview_query, unit, clock_unit_words, REQUIRED, "Of what"),
    FIELD_END
};
struct preview_view { ms due_at; int64_t calendar; bool provisional; };
static const struct field preview_fields[] = {
    FIELD_TIME(struct preview_view, due_at, REQUIRED, "When it would be due"),
    FIELD_I64(struct preview_view, calendar, 0, 0, REQUIRED, "Version of the calendar"),
    FIELD_BOOL(struct preview_view, provisional, REQUIRED, "Reaches beyond the years the calendar covers"),
    FIELD_END
};

static err preview(struct req *r)
{
    const struct preview_query *q = r->query;
    struct clock_limit          limit = { q->amount, (enum clock_unit)q->unit };
    if (!limit_fits(&limit))
        req_fault(r, "amount", ERR_TOO_BIG);
    TRY(req_faults(r));
    struct clock_due    due = clock_deadline(r->app, (struct unit_ref){ UNIT_AREA, q->area }, q->from, limit);
    struct preview_view v = { due.at, due.calendar, due.provisional };
    return reply_view(r, preview_fields, &v, 0);
}

/* ---- routes ---- */

#define READS  .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "clock"
#define WRITES .perm = PERM_CLOCK_MANAGE, .scope = SCOPE_TENANT, .tx = TX_WRITE, .tag = "clock"
#define CLOSE_ERRORS ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_VERSION_NEEDED

const struct route clock_routes[] = {
    { GET, "/api/v1/clock/calendars", list_calendars, READS, .reply_kind = REPLY_LIST, .reply = calendar_view_fields,
      .summary = "Calendars, newest first" },
    { GET, "/api/v1/clock/calendars/:id/days", calendar_days, READS, ROUTE_QUERY(struct day_query, day_query_fields),
      .reply_kind = REPLY_LIST, .reply = day_fields, .summary = "Holidays and make-up days of a year" },
    { POST, "/api/v1/clock/calendars", import_calendar, WRITES, .body_kind = BODY_RAW, .body_max = 1 << 20,
      ROUTE_QUERY(struct import_query, import_query_fields), .reply_kind = REPLY_CREATED, .reply = calendar_view_fields,
      ROUTE_ERRORS(ERR_BAD_JSON, ERR_INVALID, ERR_TAKEN),
      .summary = "Take in a calendar as the next version; the due times of open cases are computed again" },
    { GET, "/api/v1/clock/hours", list_hours, READS, ROUTE_QUERY(struct past_query, past_query_fields), .reply_kind = REPLY_LIST,
      .reply = hours_view_fields, .summary = "Weekly working hours by level" },
    { POST, "/api/v1/clock/hours", add_hours, WRITES, ROUTE_BODY(struct hours_in, hours_in_fields), .reply_kind = REPLY_CREATED,
      .reply = hours_view_fields, .flags = ROUTE_IDEMPOTENT, ROUTE_ERRORS(ERR_TAKEN), .summary = "Give a level hours of its own" },
    { PATCH, "/api/v1/clock/hours/:id", change_hours, WRITES, ROUTE_BODY(struct hours_in, hours_change_fields), .reply_kind = REPLY_CREATED,
      .reply = hours_view_fields, ROUTE_ERRORS(ERR_TAKEN, CLOSE_ERRORS), .summary = "Change hours from a date on: a new row takes over" },
    { POST, "/api/v1/clock/hours/:id/close", close_hours, WRITES, .reply_kind = REPLY_NONE, .flags = ROUTE_IDEMPOTENT,
      ROUTE_ERRORS(ERR_STILL_IN_USE, CLOSE_ERRORS), .summary = "End a level's own hours" },
    { GET, "/api/v1/clock/policies", list_policies, READS, ROUTE_QUERY(struct past_query, past_query_fields), .reply_kind = REPLY_LIST,
      .reply = policy_view_fields, .summary = "Time limits by category and severity" },
    { POST, "/api/v1/clock/policies", add_policy, WRITES, ROUTE_BODY(struct policy_in, policy_in_fields), .reply_kind = REPLY_CREATED,
      .reply = policy_view_fields, .flags = ROUTE_IDEMPOTENT, ROUTE_ERRORS(ERR_TAKEN, ERR_CATEGORY_UNKNOWN), .summary = "Add time limits" },
    { PATCH, "/api/v1/clock/policies/:id", change_policy, WRITES, ROUTE_BODY(struct policy_in, policy_change_fields),
      .reply_kind = REPLY_CREATED, .reply = policy_view_fields, ROUTE_ERRORS(ERR_TAKEN, CLOSE_ERRORS),
      .summary = "Change time limits from a date on: a new row takes over" },
    { POST, "/api/v1/clock/policies/:id/close", close_policy, WRITES, .reply_kind = REPLY_NONE, .flags = ROUTE_IDEMPOTENT,
      ROUTE_ERRORS(CLOSE_ERRORS), .summary = "End time limits: what is less specific holds again" },
    { GET, "/api/v1/clock/preview", preview, READS, ROUTE_QUERY(struct preview_query, preview_query_fields), .reply_kind = REPLY_VIEW,
      .reply = preview_fields, .summary = "When something would be due" },
    ROUTE_END
};
