/* requests.c: reading service requests, tokens and updates: what everybody may know of a case, and no more. */
#include "open311_parts.h"
#include "../setting/setting.h"

#define PAGE_MOST   1000
#define ROWS_MOST   100000             /* how far pages go: further back is asked for by date */
#define SPAN_MOST   (90 * MS_DAY)
#define UPDATED_BACK (400 * MS_DAY)    /* with updated_after: how old a request may be */
#define IDS_MOST    200
#define STEPS_MOST  1000

struct requests_query {
    struct str  jurisdiction_id;
    struct strs service_request_id, service_code, status;
    ms          start_date, end_date, updated_after, updated_before;
    int64_t     page, page_size;
    bool        extensions;
};
static const struct field requests_query_fields[] = {
    FIELD_STR(struct requests_query, jurisdiction_id, 0, 100, 0, "Whose"),
    FIELD_STRS(struct requests_query, service_request_id, 1, IDS_MOST, 0, "These, whatever else is said"),
    FIELD_STRS(struct requests_query, service_code, 1, IDS_MOST, 0, "Of these services"),
    FIELD_STRS(struct requests_query, status, 1, 2, 0, "open, closed"),
    FIELD_TIME(struct requests_query, start_date, 0, "Reported from"),
    FIELD_TIME(struct requests_query, end_date, 0, "Reported before"),
    FIELD_TIME(struct requests_query, updated_after, 0, "Changed from"),
    FIELD_TIME(struct requests_query, updated_before, 0, "Changed before"),
    FIELD_I64(struct requests_query, page, 1, ROWS_MOST, 0, "Page, from 1"),
    FIELD_I64(struct requests_query, page_size, 1, PAGE_MOST, 0, "Requests of a page"),
    FIELD_BOOL(struct requests_query, extensions, 0, "More than the standard has"),
    FIELD_END
};

/* ---- one request ---- */

static struct str service_name(struct req *r, int64_t category)
{
    struct list             kinds = { NULL, 0 };
    const struct case_kind *k;
    if (category)
        case_kinds(r->app, r->arena, category, &kinds);
    k = kinds.at;
    return kinds.len ? r->lang == LANG_ZH ? k->name_zh : k->name_en : STR_NONE;
}

static struct str status_notes(struct req *r, const struct case_known *k)
{
    bool zh = r->lang == LANG_ZH;
    return str_of(k->outcome ? case_outcome_name((enum case_outcome)k->outcome, zh) : case_state_name((enum case_state)k->state, zh));
}

static void extended(struct doc *d, const struct case_known *k)
{
    doc_item(d, "extended_attributes");
    doc_str(d, "state", str_of(case_state_words[k->state]));
    doc_str(d, "outcome", str_of(case_outcome_words[k->outcome]));
    doc_bool(d, "released", k->released);
    doc_end(d);
}

static void request(struct req *r, struct doc *d, const struct case_known *k, bool extensions)
{
    struct str site = setting_site(r);
    doc_item(d, "request");
    doc_str(d, "service_request_id", k->code);
    doc_str(d, "status", k->closed_at ? STR("closed") : STR("open"));
    doc_str(d, "status_notes", status_notes(r, k));
    doc_str(d, "service_name", service_name(r, k->category_id));
    doc_str(d, "service_code", str_fmt(r->arena, "%lld", (long long)k->category_id));
    doc_str(d, "description", k->text);
    doc_str(d, "agency_responsible", STR_NONE);
    doc_str(d, "service_notice", STR_NONE);
    doc_str(d, "requested_datetime", open311_time(r, k->reported_at));
    doc_str(d, "updated_datetime", open311_time(r, k->closed_at ? k->closed_at : k->updated_at));
    doc_str(d, "expected_datetime", k->state == CASE_HANDLING ? open311_time(r, k->due_at) : STR_NONE);
    doc_str(d, "address", k->area_name);
    doc_str(d, "address_id", STR_NONE);
    doc_str(d, "zipcode", STR_NONE);
    doc_real(d, "lat", k->at.set, k->at.lat);
    doc_real(d, "long", k->at.set, k->at.lon);
    doc_str(d, "media_url", k->photo ? str_fmt(r->arena, "%.*s/api/v1/files/%lld", STR_ARG(site), (long long)k->photo) : STR_NONE);
    if (extensions)
        extended(d, k);
    doc_end(d);
}

static err reply_requests(struct req *r, enum doc_format format, struct list found, bool extensions)
{
    const struct case_known *at = found.at;
    struct doc              *d = doc_begin(r->arena, format);
    doc_list(d, "service_requests");
    for (size_t i = 0; i < found.len; i++)
        request(r, d, &at[i], extensions);
    return open311_reply(r, 200, format, d);
}

/* ---- what is asked ---- */

/* Reported within 90 days; one end of them may be left open. */
static err read_span(struct req *r, const struct requests_query *q, struct case_known_query *out)
{
    out->from = q->start_date;
    out->to = q->end_date;
    out->updated_from = q->updated_after;
    out->updated_to = q->updated_before;
    if (!q->start_date && !q->end_date) {
        bool by_change = q->updated_after || q->updated_before;
        ms   last = q->updated_after ? q->updated_after : r->now;
        out->from = by_change ? last - UPDATED_BACK : r->now - SPAN_MOST;
        return OK;
    }
    if (!q->end_date)
        out->to = q->start_date + SPAN_MOST;
    if (!q->start_date)
        out->from = q->end_date - SPAN_MOST;
    if (out->to < out->from)
        req_fault(r, "end_date", ERR_PERIOD);
    if (out->to - out->from > SPAN_MOST)
        faults_add(&r->faults, STR("end_date"), ERR_TOO_BIG, out->from + SPAN_MOST);
    return req_faults(r);
}

static err read_status(struct req *r, const struct requests_query *q, struct case_known_query *out)
{
    bool open = false, closed = false;
    for (size_t i = 0; i < q->status.len; i++) {
        bool is_open = str_is(q->status.at[i], "open"), is_closed = str_is(q->status.at[i], "closed");
        if (!is_open && !is_closed)
            req_fault(r, "status", ERR_NOT_A_CHOICE);
        open = open || is_open;
        closed = closed || is_closed;
    }
    out->status = open == closed ? KNOWN_ANY : open ? KNOWN_OPEN : KNOWN_CLOSED;
    return req_faults(r);
}

/* An unknown service has no requests: that is no fault. */
static struct ids read_services(struct req *r, struct strs codes)
{
    int64_t *at = ARENA_ARRAY(r->arena, codes.len + 1, int64_t);
    size_t   n = 0;
    for (size_t i = 0; i < codes.len; i++)
        if (str_to_i64(codes.at[i], &at[n]))
            n++;
    return codes.len ? (struct ids){ at, n } : (struct ids){ NULL, 0 };
}

static err read_query(struct req *r, const struct requests_query *q, struct case_known_query *out)
{
    size_t size = q->page_size ? (size_t)q->page_size : PAGE_MOST, page = q->page ? (size_t)q->page : 1;
    *out = (struct case_known_query){ .released = setting_bool(r->app, "open311.released_only", r->now) };
    if (q->service_request_id.len) {
        out->codes = q->service_request_id;
        out->most = IDS_MOST;
        return OK;
    }
    if (page * size > ROWS_MOST)
        faults_add(&r->faults, STR("page"), ERR_TOO_BIG, (int64_t)(ROWS_MOST / size));
    out->most = size;
    out->skip = (page - 1) * size;
    out->categories = read_services(r, q->service_code);
    TRY(read_status(r, q, out));
    return read_span(r, q, out);
}

/* What every call here begins with: the filters, then the door. */
static err begin(struct req *r, struct requests_query *q, struct door *door)
{
    struct given given;
    *q = (struct requests_query){ 0 };
    TRY(open311_fields(r, requests_query_fields, r->query_text, q, &given));
    return open311_read(r, door, q->jurisdiction_id);
}

err open311_requests(struct req *r)
{
    struct requests_query   q;
    struct case_known_query query;
    struct door             door;
    struct list             found;
    TRY(begin(r, &q, &door));
    TRY(read_query(r, &q, &query));
    TRY(case_known_find(r->db, r->arena, r->app, &query, &found));
    return reply_requests(r, door.format, found, q.extensions);
}

static err find_one(struct req *r, struct str code, struct list *found)
{
    struct case_known_query query = { .codes = { &code, 1 }, .most = 1, .released = setting_bool(r->app, "open311.released_only", r->now) };
    TRY(case_known_find(r->db, r->arena, r->app, &query, found));
    return found->len ? OK : req_fail(r, ERR_NOT_FOUND, STR("service_request_id"));
}

err open311_request(struct req *r)
{
    struct requests_query q;
    struct door           door;
    struct list           found;
    TRY(begin(r, &q, &door));
    TRY(find_one(r, door.name, &found));
    return reply_requests(r, door.format, found, q.extensions);
}

/* Every report gets its number at once; whoever takes that for a token is answered all the same. */
err open311_token(struct req *r)
{
    struct requests_query q;
    struct door           door;
    struct list           found;
    TRY(begin(r, &q, &door));
    TRY(find_one(r, door.name, &found));
    struct doc *d = doc_begin(r->arena, door.format);
    doc_list(d, "service_requests");
    doc_item(d, "request");
    doc_str(d, "service_request_id", door.name);
    doc_str(d, "token", door.name);
    return open311_reply(r, 200, door.format, d);
}

/* ---- updates, an extension in use ---- */

static const char *update_status(const struct case_known_step *s)
{
    static const char *const words[CASE_STATE_COUNT] = {
        [CASE_REPORTED] = "OPEN",       [CASE_WAITING] = "INVESTIGATING",    [CASE_ACCEPTED] = "INVESTIGATING",
        [CASE_DISPATCHED] = "ACTION_SCHEDULED", [CASE_HANDLING] = "IN_PROGRESS", [CASE_HANDLED] = "IN_PROGRESS",
        [CASE_REJECTED] = "NO_FURTHER_ACTION",
    };
    static const char *const ends[OUTCOME_COUNT] = {
        [OUTCOME_NONE] = "CLOSED",      [OUTCOME_RESOLVED] = "FIXED",        [OUTCOME_PARTLY] = "CLOSED",
        [OUTCOME_EXPLAINED] = "NO_FURTHER_ACTION", [OUTCOME_BEYOND_POWERS] = "NOT_COUNCILS_RESPONSIBILITY",
        [OUTCOME_WITHDRAWN] = "CANCELLED", [OUTCOME_DUPLICATE] = "DUPLICATE",
    };
    if (s->state == CASE_CLOSED)
        return s->outcome < OUTCOME_COUNT ? ends[s->outcome] : "CLOSED";
    if (s->from_state == CASE_CLOSED || s->from_state == CASE_REJECTED)
        return "REOPEN";
    const char *word = s->state < CASE_STATE_COUNT ? words[s->state] : NULL;
    return word ? word : "OPEN";
}

static void update(struct req *r, struct doc *d, const struct case_known_step *s)
{
    doc_item(d, "request_update");
    doc_str(d, "update_id", str_fmt(r->arena, "%.*s.%lld", STR_ARG(s->code), (long long)s->seq));
    doc_str(d, "service_request_id", s->code);
    doc_str(d, "status", str_of(update_status(s)));
    doc_str(d, "updated_datetime", open311_time(r, s->at));
    doc_str(d, "description", str_of(case_state_name((enum case_state)s->state, r->lang == LANG_ZH)));
    doc_str(d, "media_url", STR_NONE);
    doc_str(d, "external_status_code", str_of(case_state_words[s->state]));
    doc_end(d);
}

err open311_updates(struct req *r)
{
    struct requests_query   q;
    struct case_known_query span;
    struct door             door;
    struct list             steps;
    TRY(begin(r, &q, &door));
    TRY(read_span(r, &q, &span));
    if (!span.to)
        span.to = r->now + MS_MINUTE;
    TRY(case_known_steps(r->db, r->arena, r->app, span.from, span.to, STEPS_MOST, &steps));
    const struct case_known_step *at = steps.at;
    struct doc                   *d = doc_begin(r->arena, door.format);
    doc_list(d, "service_request_updates");
    for (size_t i = 0; i < steps.len; i++)
        update(r, d, &at[i]);
    return open311_reply(r, 200, door.format, d);
}
