/* case_http.c: what can be done with a case over HTTP, and the route table. Rules: case.c. Reporting: case_report.c. Lists: case_list.c. */
#include "case_call.h"
#include "case_clock.h"
#include "case_find.h"
#include "case_level.h"
#include "case_list.h"
#include "case_task.h"
#include "../audit/audit.h"
#include "../file/file.h"
#include "../setting/setting.h"
#include "../../base/jsonw.h"

/* One input struct for all actions; each has its own table with the fields it takes. */
struct input {
    struct str  reason, question, text, result, word, why, address;
    int64_t     org, category, severity, area, stars, days;
    ms          review_at;
    int         outcome, solved, contacted;
    bool        internal, released;
    struct geo  at;
    struct ids  photos;
    struct strs photo_claims;
};

#define SAYS(member, doc)  FIELD_STR(struct input, member, 1, 2000, REQUIRED | MULTILINE, doc)
#define ADDS(member, doc)  FIELD_STR(struct input, member, 1, 2000, MULTILINE, doc)
#define PHOTOS                                                                     \
    FIELD_IDS(struct input, photos, 0, 9, 0, "Uploaded before, by POST /files"),   \
    FIELD_STRS(struct input, photo_claims, 0, 9, 0, "Claims of uploads made without an account")


static const struct field accept_fields[] = { FIELD_ID(struct input, category, 0, "Corrects or sets the category"),
                                              FIELD_I64(struct input, severity, 1, 3, 0, "1 urgent, 2 ordinary, 3 minor"), FIELD_END };
static const struct field reason_fields[] = { SAYS(reason, "Why"), FIELD_END };
static const struct field ask_fields[] = { SAYS(question, "What the reporter is asked"), FIELD_END };
static const struct field reply_fields[] = { SAYS(text, "Answer"), PHOTOS, FIELD_END };
static const struct field dispatch_fields[] = { FIELD_ID(struct input, org, REQUIRED, "Organisation"), ADDS(reason, "Why this one"),
                                                FIELD_END };
static const struct field redispatch_fields[] = { FIELD_ID(struct input, org, REQUIRED, "Organisation"), SAYS(reason, "Why"), FIELD_END };
static const struct field handled_fields[] = { FIELD_STR(struct input, result, 1, 4000, REQUIRED | MULTILINE, "What was done"), PHOTOS,
                                               FIELD_END };
static const struct field pass_fields[] = { FIELD_WORD(struct input, outcome, case_outcome_words, REQUIRED, "How it ended; not withdrawn"),
                                            ADDS(text, "What was found"), FIELD_END };
static const struct field rate_fields[] = { FIELD_WORD(struct input, solved, case_solved_words, REQUIRED, "Is the problem solved?"),
                                            FIELD_I64(struct input, stars, 1, 5, 0, "How was it handled, 1 to 5"),
                                            FIELD_WORD(struct input, contacted, case_contacted_words, 0, "Did whoever handled it contact you in time?"),
                                            ADDS(word, "In words"), FIELD_END };
static const struct field comment_fields[] = { SAYS(text, "Comment"), FIELD_BOOL(struct input, internal, 0, "For staff only"), PHOTOS,
                                               FIELD_END };
static const struct field route_fields[] = {
    FIELD_ID(struct input, category, 0, "Right category"), FIELD_GEO(struct input, at, 0, "Right place"),
    FIELD_STR(struct input, address, 1, 200, 0, "Right place in words"),
    FIELD_ID(struct input, area, 0, "Area chosen close to a border"), FIELD_END
};
static const struct field release_fields[] = { FIELD_BOOL(struct input, released, REQUIRED, "Public or not"), FIELD_END };
static const struct field extend_fields[] = { SAYS(reason, "Why"),
                                              FIELD_I64(struct input, days, 1, 365, REQUIRED, "Working days more; at most setting case.extension_days_most"),
                                              FIELD_END };
#define REVIEW FIELD_TIME(struct input, review_at, REQUIRED, "Day on which it is looked at again, any time of it; within setting case.suspend_days_most")
static const struct field suspend_fields[] = { SAYS(reason, "What it waits for"), REVIEW, FIELD_END };
static const struct field review_fields[] = { SAYS(reason, "What was found, and why it goes on waiting"), REVIEW, FIELD_END };
static const struct field grant_fields[] = { ADDS(text, "A word with the approval; the reporter may read it"), FIELD_END };
static const struct field contact_fields[] = { SAYS(why, "Why the contact is needed; kept in the audit record"), FIELD_END };

/* ---- one way for every action ---- */

static struct str said(const struct input *in)
{
    const struct str all[] = { in->reason, in->question, in->text, in->result, in->word };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].ptr)
            return all[i];
    return STR_NONE;
}

static struct str data_of(struct req *r, enum case_action a, const struct input *in)
{
    if (a == ACT_PASS)
        return str_fmt(r->arena, "{\"outcome\":\"%s\"}", case_outcome_words[in->outcome]);
    if (a == ACT_RATE)
        return str_fmt(r->arena, in->contacted ? "{\"solved\":\"%s\",\"stars\":%lld,\"contacted\":\"%s\"}" : "{\"solved\":\"%s\",\"stars\":%lld}",
                       case_solved_words[in->solved], (long long)in->stars, in->contacted ? case_contacted_words[in->contacted] : "");
    if (a == ACT_EXTEND)
        return str_fmt(r->arena, "{\"days\":%lld}", (long long)in->days);
    return a == ACT_RELEASE ? (in->released ? STR("{\"released\":true}") : STR("{\"released\":false}")) : STR_NONE;
}

static err add_photos(struct req *r, const struct case_row *c, enum case_action a, const struct input *in)
{
    static const unsigned char stage[ACT_COUNT] = { [ACT_REPLY] = PHOTO_REPORT, [ACT_HANDLED] = PHOTO_AFTER, [ACT_COMMENT] = PHOTO_OTHER };
    if (!in->photos.len)
        return OK;
    TRY(file_claim(r, "photos", in->photos, in->photo_claims, in->internal ? "case_internal" : "case", c->id));
    for (size_t i = 0; i < in->photos.len; i++)
        TRY(case_put_photo(r->db, r->tenant, c->id, in->photos.at[i], c->version, stage[a]));
    return OK;
}

static err may_do(struct req *r, const struct case_row *c, enum case_action a, bool reporter)
{
    if (case_permitted(r, c, a, reporter))
        return OK;
    return FAIL(case_act(a)->who == BY_REPORTER ? ERR_ONLY_REPORTER : ERR_NOT_ALLOWED);
}

/* Whom it may go to: an organisation in use; with the rule that proposes it, when one does. */
static err choose_org(struct req *r, const struct case_row *c, const struct input *in, struct case_move *m)
{
    struct case_way             way;
    const struct unit_snapshot *u = unit_hold(r->app);
    bool                        fits = unit_in_use(u, (struct unit_ref){ UNIT_ORG, in->org });
    unit_release(u);
    if (!fits) {
        req_fault(r, "org", ERR_UNKNOWN_REFERENCE);
        return req_faults(r);
    }
    case_way_again(r->app, r->arena, c, &way);
    m->org = in->org;
    if (way.rule && way.org == in->org) {
        m->rule = way.rule;
        way.automatic = false;
        m->data = case_rule_data(r->arena, &way);
    }
    return OK;
}

static err category_in_use(struct req *r, int64_t id)
{
    const struct case_snapshot *s = case_hold(r->app);
    const struct case_category *c = case_category_by_id(s, id);
    bool                        fits = c && c->leaf && !c->valid_to;
    case_release(r->app, s);
    if (!fits)
        req_fault(r, "category", ERR_CATEGORY_UNKNOWN);
    return req_faults(r);
}

/* The end of business on the day of review, in the case's own hours; days and date within the settings. */
static err clock_input(struct req *r, const struct case_row *c, enum case_action a, const struct input *in, struct case_move *m)
{
    int64_t days = setting_i64(r->app, "case.extension_days_most", r->now), most = setting_i64(r->app, "case.suspend_days_most", r->now);
    if ((case_act(a)->needs & NEED_DAYS) && in->days > days)
        faults_add(&r->faults, STR("days"), ERR_TOO_BIG, days);
    m->value = in->days;
    if (case_act(a)->needs & NEED_REVIEW_AT) {
        if (in->review_at <= r->now)
            faults_add(&r->faults, STR("review_at"), ERR_TOO_SMALL, r->now);
        if (in->review_at > r->now + most * MS_DAY)
            faults_add(&r->faults, STR("review_at"), ERR_TOO_BIG, r->now + most * MS_DAY);
        m->value = case_day_end(r->app, c, in->review_at);
        m->data = str_fmt(r->arena, "{\"review_at\":%lld}", (long long)m->value);
    }
    return req_faults(r);
}

/* What was granted stays in the story with the approval. */
static struct str granted(struct req *r, const struct case_row *c, enum case_action a)
{
    return str_fmt(r->arena, a == ACT_GRANT_EXTENSION ? "{\"days\":%lld}" : "{\"review_at\":%lld}", (long long)c->asked_value);
}

static err act(struct req *r, struct case_row *c, enum case_action a, bool reporter)
{
    static const struct input none;
    const struct input       *in = r->route->body ? r->body : &none;
    struct case_move          m = { .action = a, .text = said(in), .data = data_of(r, a, in), .solved = in->solved,
                                    .stars = (int)in->stars, .contacted = (enum case_contacted)in->contacted, .internal = in->internal, .released = in->released };
    m.outcome = a == ACT_WITHDRAW ? OUTCOME_WITHDRAWN : (enum case_outcome)in->outcome;
    TRY(may_do(r, c, a, reporter));
    TRY(case_ready(r, c, a, reporter));
    if (a == ACT_PASS && in->outcome == OUTCOME_WITHDRAWN)
        req_fault(r, "outcome", ERR_NOT_A_CHOICE);   /* that is the reporter's to say */
    TRY(clock_input(r, c, a, in, &m));
    if (case_act(a)->effects & GRANTS)
        m.data = granted(r, c, a);
    if (a == ACT_PASS)
        TRY(case_call_plan(r, c, m.outcome, &m.call_back_at));
    if (in->category && a == ACT_ACCEPT)
        TRY(category_in_use(r, in->category));
    if (case_act(a)->effects & SETS_ORG)
        TRY(choose_org(r, c, in, &m));
    if (a == ACT_ACCEPT && in->category)
        c->category_id = in->category;
    if (a == ACT_ACCEPT && in->severity)
        c->severity = in->severity;
    TRY(case_do(r, c, &m));
    return add_photos(r, c, a, in);
}

/* An action of staff or of a signed-in reporter on /cases/:id. */
static err by_id(struct req *r, enum case_action a)
{
    struct case_row c;
    TRY(case_open(r, r->path[0], &c));
    TRY(act(r, &c, a, case_is_reporter(r, &c)));
    return case_reply(r, &c);
}

/* An action of whoever shows the secret, on /track/CODE. */
static err by_secret(struct req *r, enum case_action a)
{
    struct case_row c;
    TRY(case_open_secret(r, r->path_text[0], &c));
    TRY(act(r, &c, a, true));
    return case_reply_track(r, &c);
}

#define BY_ID(name, action)     static err name(struct req *r) { return by_id(r, action); }
#define BY_SECRET(name, action) static err name(struct req *r) { return by_secret(r, action); }
BY_ID(do_ask, ACT_ASK)
BY_ID(do_reply, ACT_REPLY)
BY_ID(do_reject, ACT_REJECT)
BY_ID(do_dispatch, ACT_DISPATCH)
BY_ID(do_redispatch, ACT_REDISPATCH)
BY_ID(do_handle_self, ACT_HANDLE_SELF)
BY_ID(do_sign, ACT_SIGN)
BY_ID(do_return, ACT_RETURN)
BY_ID(do_handled, ACT_HANDLED)
BY_ID(do_pass, ACT_PASS)
BY_ID(do_fail, ACT_FAIL)
BY_ID(do_rate, ACT_RATE)
BY_ID(do_reopen, ACT_REOPEN)
BY_ID(do_withdraw, ACT_WITHDRAW)
BY_ID(do_comment, ACT_COMMENT)
BY_ID(do_release, ACT_RELEASE)
BY_ID(do_extend, ACT_EXTEND)
BY_ID(do_grant_extension, ACT_GRANT_EXTENSION)
BY_ID(do_suspend, ACT_SUSPEND)
BY_ID(do_grant_suspension, ACT_GRANT_SUSPENSION)
BY_ID(do_refuse, ACT_REFUSE)
BY_ID(do_resume, ACT_RESUME)
BY_ID(do_review, ACT_REVIEW)
BY_SECRET(track_reply, ACT_REPLY)
BY_SECRET(track_rate, ACT_RATE)
BY_SECRET(track_reopen, ACT_REOPEN)
BY_SECRET(track_withdraw, ACT_WITHDRAW)

/* Accepting may settle the category, and with it a rule that dispatches by itself. */
static err do_accept(struct req *r)
{
    struct case_row c;
    struct case_way way;
    TRY(case_open(r, r->path[0], &c));
    TRY(act(r, &c, ACT_ACCEPT, case_is_reporter(r, &c)));
    case_way_again(r->app, r->arena, &c, &way);
    TRY(case_do_by_rule(r, &c, &way));
    return case_reply(r, &c);
}

/* ---- change category or place: routed anew before it is signed for ---- */

static err new_place(struct req *r, const struct input *in, struct case_row *c, struct case_way *way)
{
    struct case_asked_place place = { in->at, in->area, c->category_id, true };
    if (!in->at.set && (c->lon_e7 || c->lat_e7))
        place.at = (struct geo){ true, (double)c->lon_e7 / 1e7, (double)c->lat_e7 / 1e7 };
    err e = case_way_find(r->app, r->arena, &place, r->now, way);
    if (failed(e) && e.field) {
        req_fault(r, e.field, e.code);
        return req_faults(r);
    }
    TRY(e);
    if (in->at.set) {
        c->lon_e7 = (int64_t)(in->at.lon * 1e7 + (in->at.lon < 0 ? -0.5 : 0.5));
        c->lat_e7 = (int64_t)(in->at.lat * 1e7 + (in->at.lat < 0 ? -0.5 : 0.5));
    }
    c->area_id = way->area;
    c->shape_id = way->shape;
    c->near_border = way->near;
    return OK;
}

static struct str route_data(struct req *r, const struct case_row *before, const struct case_row *after)
{
    return str_fmt(r->arena,
                   "{\"category\":[\"%lld\",\"%lld\"],\"area\":[\"%lld\",\"%lld\"],\"org\":[\"%lld\",\"%lld\"]}",
                   (long long)before->category_id, (long long)after->category_id, (long long)before->area_id,
                   (long long)after->area_id, (long long)before->org_id, (long long)after->org_id);
}

/* A level holds only what lies in its area. */
static void leave_level(struct req *r, struct case_row *c)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    if (c->held_area_id && !unit_within(u, (struct unit_ref){ UNIT_AREA, c->area_id }, (struct unit_ref){ UNIT_AREA, c->held_area_id }))
        c->held_area_id = 0;
    unit_release(u);
}

static err save_route(struct req *r, const struct case_row *before, struct case_row *c, const struct case_way *way)
{
    struct case_move m = { .action = ACT_ROUTE };
    if (c->state == CASE_DISPATCHED && way->org != c->org_id) {
        m.to = CASE_ACCEPTED;   /* it is somebody else's now: dispatched anew, by the rule or by a person */
        c->org_id = 0;
    }
    c->rule_id = way->rule;
    leave_level(r, c);
    m.data = route_data(r, before, c);
    TRY(case_save_place(r->db, r->tenant, c));
    TRY(case_do(r, c, &m));
    return case_do_by_rule(r, c, way);
}

static err do_route(struct req *r)
{
    const struct input *in = r->body;
    struct case_row     c, before;
    struct case_way     way;
    TRY(case_open(r, r->path[0], &c));
    TRY(may_do(r, &c, ACT_ROUTE, false));
    TRY(case_ready(r, &c, ACT_ROUTE, false));
    if (!in->category && !in->at.set && !in->address.ptr && !in->area)
        req_fault(r, "category", ERR_REQUIRED);
    TRY(req_faults(r));
    before = c;
    if (in->category) {
        TRY(category_in_use(r, in->category));
        c.category_id = in->category;
    }
    if (in->address.ptr)
        c.address = in->address;
    if (in->at.set || in->area)
        TRY(new_place(r, in, &c, &way));
    else
        case_way_again(r->app, r->arena, &c, &way);
    TRY(save_route(r, &before, &c, &way));
    return case_reply(r, &c);
}

/* ---- contact ---- */

struct contact_view { struct str contact, name; };
static const struct field contact_view_fields[] = {
    FIELD_STR(struct contact_view, contact, 0, 0, SECRET, "Telephone or mail in full"),
    FIELD_STR(struct contact_view, name, 0, 0, 0, "Name as given"),
    FIELD_END
};

static err do_contact(struct req *r)
{
    const struct input *in = r->body;
    struct case_row     c;
    struct case_sealed  sealed;
    struct contact_view v = { 0 };
    TRY(case_open(r, r->path[0], &c));
    TRY(may_do(r, &c, ACT_CONTACT, false));
    if (!c.has_contact)
        return req_fail(r, ERR_NOT_FOUND, str_of(case_block_text(ERR_NOT_FOUND, r->lang == LANG_ZH)));
    TRY(case_get_sealed(r->db, r->arena, r->tenant, c.id, &sealed));
    if (!crypto_open(r->arena, r->app->keys.seal, "case.contact", sealed.contact_enc, &v.contact))
        return FAIL(ERR_INTERNAL);
    v.name = c.reporter_name;
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "code", c.code);
    jsonw_kv_str(&j, "why", in->why);
    jsonw_close(&j);
    TRY(audit_record(r, "case.contact", "case", c.id, buf_view(&b)));
    return reply_view(r, contact_view_fields, &v, 0);
}

/* ---- looking ---- */

static err get_case(struct req *r)
{
    struct case_row c;
    TRY(case_open(r, r->path[0], &c));
    return case_reply(r, &c);
}

static err get_track(struct req *r)
{
    struct case_row c;
    TRY(case_open_secret(r, r->path_text[0], &c));
    return case_reply_track(r, &c);
}

static err get_public(struct req *r)
{
    struct case_row c;
    TRY(case_rate(r, RATE_TRACK));
    TRY(case_get_code(r->db, r->arena, r->tenant, r->path_text[0], &c));
    return case_reply_public(r, &c);
}

/* ---- routes ---- */

#define CASE_ERRORS ROUTE_ERRORS(ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_VERSION_NEEDED)
#define REQUEST_ERRORS ROUTE_ERRORS(ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_VERSION_NEEDED, ERR_REQUEST_WAITS, ERR_NO_REQUEST, ERR_NO_LIMIT, ERR_SELF)
#define ACTION_BY(path_, handler_, perm_, scope_, fields_, summary_)                                                              \
    { .method = POST, .path = "/api/v1/cases/:id/" path_, .handler = (handler_), .perm = (perm_), .scope = (scope_), .tx = TX_WRITE, \
      ROUTE_BODY(struct input, fields_), .reply_kind = REPLY_VIEW, .reply = case_view_fields, .flags = ROUTE_IDEMPOTENT,          \
      CASE_ERRORS, .summary = summary_, .tag = "case" }
#define PLAIN(path_, handler_, perm_, summary_)                                                                                   \
    { .method = POST, .path = "/api/v1/cases/:id/" path_, .handler = (handler_), .perm = (perm_), .scope = SCOPE_ANY, .tx = TX_WRITE, \
      .reply_kind = REPLY_VIEW, .reply = case_view_fields, .flags = ROUTE_IDEMPOTENT, CASE_ERRORS, .summary = summary_, .tag = "case" }
#define STAFF(path_, handler_, perm_, fields_, summary_) ACTION_BY(path_, handler_, perm_, SCOPE_ANY, fields_, summary_)
#define REQUEST(path_, handler_, perm_, fields_, summary_)                                                                        \
    { .method = POST, .path = "/api/v1/cases/:id/" path_, .handler = (handler_), .perm = (perm_), .scope = SCOPE_ANY, .tx = TX_WRITE, \
      ROUTE_BODY(struct input, fields_), .reply_kind = REPLY_VIEW, .reply = case_view_fields, .flags = ROUTE_IDEMPOTENT,          \
      REQUEST_ERRORS, .summary = summary_, .tag = "case" }
#define OWN(path_, handler_, fields_, summary_)          ACTION_BY(path_, handler_, PERM_SIGNED_IN, SCOPE_SELF, fields_, summary_)
#define TRACK(path_, handler_, fields_, summary_)                                                                                 \
    { .method = POST, .path = "/api/v1/track/*code/" path_, .handler = (handler_), .perm = PERM_PUBLIC, .tx = TX_WRITE,            \
      ROUTE_BODY(struct input, fields_), .reply_kind = REPLY_VIEW, .reply = case_track_fields, .flags = ROUTE_IDEMPOTENT,         \
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_SECRET, ERR_TOO_MANY), .summary = summary_, .tag = "case" }

static const struct route case_routes[] = {
    { .method = POST, .path = "/api/v1/cases", .handler = case_report, .perm = PERM_PUBLIC, .tx = TX_WRITE, .body_kind = BODY_JSON,
      .body = case_report_fields, .body_size = sizeof(struct case_report_in), .reply_kind = REPLY_CREATED, .reply = case_view_fields,
      .flags = ROUTE_IDEMPOTENT, ROUTE_ERRORS(ERR_OUTSIDE_AREA, ERR_AREA_CLOSED, ERR_CATEGORY_UNKNOWN, ERR_FILE_UNKNOWN, ERR_TOO_MANY),
      .summary = "Report a case", .tag = "case" },
    { .method = GET, .path = "/api/v1/cases", .handler = case_list, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ,
      ROUTE_QUERY(struct case_query, case_query_fields), .reply_kind = REPLY_VIEW, .reply = case_list_fields,
      .summary = "Cases the caller may see, filtered", .tag = "case" },
    { .method = GET, .path = "/api/v1/cases.geojson", .handler = case_list, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ,
      ROUTE_QUERY(struct case_query, case_query_fields), .reply_kind = REPLY_BYTES, .reply_type = "application/geo+json",
      .summary = "The same list as GeoJSON, with the cursor as \"next\"", .tag = "case" },
    { .method = GET, .path = "/api/v1/cases/count", .handler = case_count, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ,
      ROUTE_QUERY(struct case_query, case_filter_fields), .reply_kind = REPLY_VIEW, .reply = case_count_fields,
      .summary = "How many cases a filter fits, counted to a bound", .tag = "case" },
    { .method = GET, .path = "/api/v1/cases/map", .handler = case_map, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ,
      ROUTE_QUERY(struct case_query, case_map_query_fields), .reply_kind = REPLY_VIEW, .reply = case_map_fields,
      .summary = "Cases on the map: pins, or clusters when there are many", .tag = "case" },
    { .method = GET, .path = "/api/v1/cases/work", .handler = case_work, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ,
      ROUTE_QUERY(struct case_work_query, case_work_query_fields), .reply_kind = REPLY_VIEW, .reply = case_work_fields, .summary = "My work: what waits for the caller", .tag = "case" },
    { .method = GET, .path = "/api/v1/cases/:id", .handler = get_case, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ,
      .reply_kind = REPLY_VIEW, .reply = case_view_fields, .summary = "A case with its story, and what the caller may do with it",
      .tag = "case" },
    STAFF("accept", do_accept, PERM_CASE_ACCEPT, accept_fields, "Accept a case"),
    STAFF("reject", do_reject, PERM_CASE_ACCEPT, reason_fields, "Reject a case with the reason"),
    STAFF("ask", do_ask, PERM_CASE_ACCEPT, ask_fields, "Ask the reporter for more"),
    STAFF("dispatch", do_dispatch, PERM_CASE_DISPATCH, dispatch_fields, "Dispatch to an organisation"),
    STAFF("redispatch", do_redispatch, PERM_CASE_DISPATCH, redispatch_fields, "Dispatch to another organisation before it is signed for"),
    PLAIN("handle_self", do_handle_self, PERM_CASE_DISPATCH, "Handle it in the area itself"),
    PLAIN("sign", do_sign, PERM_CASE_HANDLE, "Sign for a case"),
    STAFF("return", do_return, PERM_CASE_HANDLE, reason_fields, "Return a case that belongs elsewhere"),
    STAFF("handled", do_handled, PERM_CASE_HANDLE, handled_fields, "Report a case as handled"),
    STAFF("pass", do_pass, PERM_CASE_VERIFY, pass_fields, "Verify and close"),
    STAFF("fail", do_fail, PERM_CASE_VERIFY, reason_fields, "Verify and send back for rework"),
    STAFF("comment", do_comment, PERM_CASE_COMMENT, comment_fields, "Comment, for all or for staff only"),
    STAFF("route", do_route, PERM_CASE_DISPATCH, route_fields, "Correct category or place; routed anew"),
    STAFF("release", do_release, PERM_CASE_RELEASE, release_fields, "Make text and photos public, or take them back"),
    REQUEST("extend", do_extend, PERM_CASE_HANDLE, extend_fields, "Ask for more time; runs on until it is approved"),
    REQUEST("grant_extension", do_grant_extension, PERM_CASE_EXTEND, grant_fields, "Approve the extension that was asked for"),
    REQUEST("suspend", do_suspend, PERM_CASE_HANDLE, suspend_fields, "Ask for suspension with a date of review"),
    REQUEST("grant_suspension", do_grant_suspension, PERM_CASE_EXTEND, grant_fields, "Approve the suspension: the clock stops"),
    REQUEST("refuse", do_refuse, PERM_CASE_EXTEND, reason_fields, "Refuse the request that waits"),
    REQUEST("review", do_review, PERM_CASE_EXTEND, review_fields, "Review a suspension: a new date"),
    OWN("resume", do_resume, reason_fields, "Resume a suspended case: with the time that was left"),
    OWN("reopen", do_reopen, reason_fields, "Reopen a closed case, as its reporter or as staff who may"),
    OWN("reply", do_reply, reply_fields, "Answer a question, as the reporter"),
    OWN("rate", do_rate, rate_fields, "Rate a closed case, as the reporter"),
    OWN("withdraw", do_withdraw, reason_fields, "Withdraw a case, as the reporter"),
    { .method = POST, .path = "/api/v1/cases/:id/contact", .handler = do_contact, .perm = PERM_CASE_CONTACT, .scope = SCOPE_ANY,
      .tx = TX_WRITE, ROUTE_BODY(struct input, contact_fields), .reply_kind = REPLY_VIEW, .reply = contact_view_fields,
      .flags = ROUTE_NO_STORE, .summary = "See a reporter's contact in full; leaves an audit row", .tag = "case" },
    { .method = POST, .path = "/api/v1/cases/by-contact", .handler = case_by_contact, .perm = PERM_CASE_CONTACT, .scope = SCOPE_ANY,
      .tx = TX_WRITE, ROUTE_BODY(struct case_by_contact_in, case_by_contact_fields), .reply_kind = REPLY_VIEW,
      .reply = case_by_contact_view_fields, .flags = ROUTE_NO_STORE,
      .summary = "Cases reported with exactly this telephone; leaves an audit row", .tag = "case" },
    { .method = GET, .path = "/api/v1/track/*code", .handler = get_track, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_VIEW,
      .reply = case_track_fields, .flags = ROUTE_NO_STORE, ROUTE_ERRORS(ERR_SECRET, ERR_TOO_MANY),
      .summary = "Follow a case by its code and the reporter's secret (X-Case-Secret)", .tag = "case" },
    TRACK("reply", track_reply, reply_fields, "Answer a question by secret"),
    TRACK("rate", track_rate, rate_fields, "Rate by secret"),
    TRACK("reopen", track_reopen, reason_fields, "Reopen by secret"),
    TRACK("withdraw", track_withdraw, reason_fields, "Withdraw by secret"),
    { .method = GET, .path = "/api/v1/public/cases/*code", .handler = get_public, .perm = PERM_PUBLIC, .tx = TX_READ,
      .reply_kind = REPLY_VIEW, .reply = case_public_fields, ROUTE_ERRORS(ERR_TOO_MANY),
      .summary = "What everybody may know of a case", .tag = "case" },
    ROUTE_END
};

const struct feature case_feature = { .name = "case", .routes = case_routes, .more_routes = { case_task_routes, case_call_routes, case_appeal_routes, case_level_routes }, .start = case_start, .stop = case_stop, .reload = case_reload_now };
