/* Appointments over HTTP. An appointment says who holds a post where and until when. It grants no rights: roles do that. */
#include "letter_inside.h"

#include "../../base/jsonw.h"
#include "../account/account.h"
#include "../audit/audit.h"
#include "../setting/setting.h"
#include "sheet.h"

#define PAGE      50
#define SCAN_MOST 4000   /* rows looked at for one page of somebody who sees few of them; the page then is short, with a next */

static const char *const state_words[] = { NULL, "current", "ahead", "ended", "ending", NULL };   /* as enum unit_appointments_state */

const struct field appointment_fields[] = {
    FIELD_ID(struct appointment_view, id, REQUIRED, "Id"),
    FIELD_ID(struct appointment_view, person_id, REQUIRED, "Who"),
    FIELD_STR(struct appointment_view, person, 0, 0, REQUIRED, "Name"),
    FIELD_STR(struct appointment_view, post, 0, 0, REQUIRED, "Code of the post"),
    FIELD_STR(struct appointment_view, post_name_zh, 0, 0, REQUIRED, "Chinese name of the post"),
    FIELD_STR(struct appointment_view, post_name_en, 0, 0, REQUIRED, "English name of the post"),
    FIELD_WORD(struct appointment_view, unit_kind, unit_kind_words, REQUIRED, "area or org"),
    FIELD_ID(struct appointment_view, unit_id, REQUIRED, "Where"),
    FIELD_STR(struct appointment_view, unit_name, 0, 0, 0, "Its name"),
    FIELD_STR(struct appointment_view, letter_no, 0, 0, 0, "Number of the letter of appointment"),
    FIELD_ID(struct appointment_view, letter_id, 0, "The letter in force that was issued here; null: none"),
    FIELD_WORD(struct appointment_view, state, state_words, REQUIRED, "current, ahead or ended"),
    FIELD_BOOL(struct appointment_view, ending, REQUIRED, "Current, and ends soon (letter.ending_days)"),
    FIELD_TIME(struct appointment_view, from, REQUIRED, "From"),
    FIELD_TIME(struct appointment_view, to, 0, "Until, exclusive; null: open"),
    FIELD_TIME(struct appointment_view, ended_at, 0, "When it was ended before its term; null: it was not"),
    FIELD_STR(struct appointment_view, end_reason, 0, 0, 0, "Why"),
    FIELD_ID(struct appointment_view, renews_id, 0, "The appointment it continues"),
    FIELD_I64(struct appointment_view, version, 0, 0, REQUIRED, "Grows with each change; send it as If-Match"),
    FIELD_END
};

/* Ends that lie before this are soon. */
static ms soon(const struct req *r)
{
    return r->now + setting_i64(r->app, "letter.ending_days", r->now) * MS_DAY;
}

struct appointment_view appointment_view_of(struct req *r, const struct unit_snapshot *s, const struct unit_appointment *x)
{
    enum unit_appointments_state state = x->to && x->to <= r->now ? APPOINTMENT_ENDED : x->from > r->now ? APPOINTMENT_AHEAD : APPOINTMENT_CURRENT;
    return (struct appointment_view){
        .id = x->id, .person_id = x->person_id, .unit_id = x->unit.id, .renews_id = x->renews_id, .letter_id = x->letter_id, .version = x->version,
        .person = x->person, .post = x->post, .post_name_zh = x->post_name_zh, .post_name_en = x->post_name_en,
        .unit_name = str_copy(r->arena, unit_name(s, x->unit)), .letter_no = x->letter_no, .end_reason = x->end_reason,
        .unit_kind = (int)x->unit.kind, .state = (int)state, .ending = state == APPOINTMENT_CURRENT && x->to && x->to <= soon(r),
        .from = x->from, .to = x->to, .ended_at = x->ended_at
    };
}

struct str appointment_json(struct arena *a, const struct appointment_view *v)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    field_write(&j, appointment_fields, v);
    return buf_view(&b);
}

err letter_may_see(struct req *r, struct unit_ref unit)
{
    return req_may(r, PERM_PERSON_READ, unit) ? OK : FAIL(ERR_NOT_FOUND);
}

/* ---- lists ---- */

struct appointments_query { int64_t person, unit, limit; struct str post, after; int state; };
static const struct field query_fields[] = {
    FIELD_ID(struct appointments_query, person, 0, "Of this person"),
    FIELD_ID(struct appointments_query, unit, 0, "At this unit or below it"),
    FIELD_STR(struct appointments_query, post, 1, 40, 0, "Code of the post"),
    FIELD_WORD(struct appointments_query, state, state_words, 0, "current, ahead, ended; ending: current ones that end soon, soonest first"),
    FIELD_STR(struct appointments_query, after, 1, 100, 0, "The page before's next"),
    FIELD_I64(struct appointments_query, limit, 1, 200, 0, "At most so many (50)"),
    FIELD_END
};

struct scan {
    const struct unit_snapshot     *units;
    struct unit_appointments_query  q;
    int64_t                         unit;
    struct appointment_view        *at;
    size_t                          len, most, looked;
    bool                            ended;
};

static bool wanted(struct req *r, const struct scan *s, struct unit_ref at)
{
    bool within = !s->unit || account_covers(s->units, (struct unit_ref){ UNIT_AREA, s->unit }, at) ||
                  account_covers(s->units, (struct unit_ref){ UNIT_ORG, s->unit }, at);
    return within && req_may(r, PERM_PERSON_READ, at);
}

static err scan_page(struct req *r, struct scan *s)
{
    struct list rows;
    TRY(unit_appointments(r->db, r->arena, r->tenant, &s->q, &rows));
    const struct unit_appointment *at = rows.at;
    for (size_t i = 0; i < rows.len; i++) {
        if (s->len == s->most)
            return OK;
        if (wanted(r, s, at[i].unit))
            s->at[s->len++] = appointment_view_of(r, s->units, &at[i]);
        s->q.after_id = at[i].id;
        s->q.after_to = at[i].to;
    }
    s->looked += rows.len;
    s->ended = rows.len < UNIT_APPOINTMENTS_MOST;
    return OK;
}

static err scan_all(struct req *r, struct scan *s)
{
    s->at = ARENA_ARRAY(r->arena, s->most, struct appointment_view);
    s->units = unit_hold(r->app);
    err e = OK;
    while (!failed(e) && !s->ended && s->len < s->most && s->looked < SCAN_MOST)
        e = scan_page(r, s);
    unit_release(s->units);
    return e;
}

/* A post nobody knows is a fault; one that is closed may still be looked for. */
static err post_id(struct req *r, struct str code, int64_t *out)
{
    struct list posts;
    TRY(unit_posts(r->db, r->arena, r->tenant, &posts));
    const struct unit_post *at = posts.at;
    for (size_t i = 0; i < posts.len; i++)
        if (str_eq(at[i].code, code)) {
            *out = at[i].id;
            return OK;
        }
    return FAIL_AT(ERR_UNKNOWN_REFERENCE, "post");
}

static err list_appointments(struct req *r)
{
    const struct appointments_query *q = r->query;
    struct scan s = { .q = { .person = q->person, .state = (enum unit_appointments_state)q->state, .now = r->now, .until = soon(r) }, .unit = q->unit,
                      .most = q->limit ? (size_t)q->limit : PAGE };
    if (q->post.ptr)
        TRY(post_id(r, q->post, &s.q.post));
    if (q->after.ptr && !req_cursor_read(r, q->after, &s.q.after_id, &s.q.after_to))
        return FAIL_AT(ERR_INVALID, "after");
    TRY(scan_all(r, &s));
    return reply_list(r, appointment_fields, sizeof *s.at, (struct list){ s.at, s.len },
                      s.ended ? STR_NONE : req_cursor(r, s.q.after_id, s.q.after_to));
}

static err list_of_person(struct req *r)
{
    struct scan s = { .q = { .person = r->path[0], .now = r->now }, .most = UNIT_APPOINTMENTS_MOST };
    struct str  name;
    TRY(account_person_seen(r, r->path[0], &name));
    TRY(scan_all(r, &s));
    return reply_list(r, appointment_fields, sizeof *s.at, (struct list){ s.at, s.len }, STR_NONE);
}

/* ---- one ---- */

static err read_one(struct req *r, int64_t id, struct unit_appointment *x, struct appointment_view *v)
{
    TRY(unit_appointment_find(r->db, r->arena, r->tenant, id, x));
    const struct unit_snapshot *s = unit_hold(r->app);
    *v = appointment_view_of(r, s, x);
    unit_release(s);
    return OK;
}

/* One the caller may change: not seen is not found. */
static err managed(struct req *r, struct unit_appointment *x, struct appointment_view *v)
{
    TRY(read_one(r, r->path[0], x, v));
    TRY(letter_may_see(r, x->unit));
    TRY(req_allow(r, PERM_PERSON_MANAGE, x->unit));
    return req_version_needed(r, x->version);
}

static err get_appointment(struct req *r)
{
    struct unit_appointment x = { 0 };
    struct appointment_view v;
    TRY(read_one(r, r->path[0], &x, &v));
    TRY(letter_may_see(r, x.unit));
    return reply_view(r, appointment_fields, &v, v.version);
}

static err reply_made(struct req *r, int64_t id, const char *action)
{
    struct unit_appointment x = { 0 };
    struct appointment_view v;
    TRY(read_one(r, id, &x, &v));
    TRY(audit_record(r, action, "person", x.person_id, appointment_json(r->arena, &v)));
    return reply_created(r, str_fmt(r->arena, "/api/v1/appointments/%lld", (long long)id), appointment_fields, &v, v.version);
}

/* ---- appointing ---- */

struct appointment_body { struct str post, letter_no; int unit_kind; int64_t unit_id; ms from, to; };
static const struct field body_fields[] = {
    FIELD_STR(struct appointment_body, post, 1, 40, REQUIRED, "Code of the post"),
    FIELD_WORD(struct appointment_body, unit_kind, unit_kind_words, REQUIRED, "At an area or an organisation"),
    FIELD_ID(struct appointment_body, unit_id, REQUIRED, "Which"),
    FIELD_TIME(struct appointment_body, from, 0, "From; empty: now"),
    FIELD_TIME(struct appointment_body, to, 0, "Until, exclusive; not given: by the post's usual term; null: open"),
    FIELD_STR(struct appointment_body, letter_no, 1, 60, 0, "Number of a letter that is on paper already"),
    FIELD_END
};

/* The unit exists, is in use, and the caller manages people there. */
static err check_unit(struct req *r, struct unit_ref u)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        known = unit_depth(s, u) >= 0, used = unit_in_use(s, u);
    unit_release(s);
    if (!known)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "unit_id");
    if (!used)
        return FAIL_AT(ERR_AREA_CLOSED, "unit_id");
    return req_allow(r, PERM_PERSON_MANAGE, u);
}

static err create_appointment(struct req *r)
{
    const struct appointment_body *in = r->body;
    struct unit_ref                u = { (enum unit_kind)in->unit_kind, in->unit_id };
    struct unit_post               post = { 0 };
    struct str                     name;
    int64_t                        id;
    TRY(check_unit(r, u));
    TRY(account_person_seen(r, r->path[0], &name));
    TRY(unit_post_find(r->db, r->arena, r->tenant, in->post, &post));
    struct unit_appoint n = { .person = r->path[0], .post = in->post, .unit = u, .letter_no = in->letter_no, .from = in->from ? in->from : r->now,
                              .to = in->to, .by = r->caller.account };
    if (!field_given(body_fields, &r->given, offsetof(struct appointment_body, to)))
        n.to = unit_post_until(&post, n.from, r->app->zone_minutes);
    TRY(unit_appoint(r->db, r->arena, r->tenant, &n, r->now, &id));
    return reply_made(r, id, "appointment.create");
}

/* ---- ending ---- */

struct end_body { struct str reason; ms on; };
static const struct field end_fields[] = {
    FIELD_STR(struct end_body, reason, 1, 200, REQUIRED, "Why"),
    FIELD_TIME(struct end_body, on, 0, "From when it no longer holds, within its term; empty: now"),
    FIELD_END
};

static err end_appointment(struct req *r)
{
    const struct end_body  *in = r->body;
    struct unit_appointment x = { 0 };
    struct appointment_view v;
    TRY(managed(r, &x, &v));
    ms at = in->on ? in->on : r->now < x.from ? x.from : r->now;
    if (x.to && x.to <= r->now)
        return FAIL(ERR_WRONG_STATE);
    if (at < x.from || (x.to && at > x.to))
        return FAIL_AT(ERR_PERIOD, "on");
    TRY(unit_appointment_end(r->db, r->tenant, x.id, at, in->reason, r->caller.account, r->now));
    TRY(read_one(r, x.id, &x, &v));
    TRY(audit_record(r, "appointment.end", "person", x.person_id, appointment_json(r->arena, &v)));
    return reply_view(r, appointment_fields, &v, v.version);
}

/* ---- renewing ---- */

struct renew_body { ms to; };
static const struct field renew_fields[] = {
    FIELD_TIME(struct renew_body, to, 0, "Until, exclusive; empty: by the post's usual term, else as long as before"), FIELD_END
};

/* A new appointment from the moment the old one ends: the old one and its letter stay what they are. */
static err renew_appointment(struct req *r)
{
    const struct renew_body *in = r->body;
    struct unit_appointment  x = { 0 };
    struct appointment_view  v;
    struct unit_post         post = { 0 };
    int64_t                  id;
    TRY(managed(r, &x, &v));
    if (!x.to || x.ended_at)
        return FAIL(ERR_WRONG_STATE);
    TRY(unit_post_find(r->db, r->arena, r->tenant, x.post, &post));
    struct unit_appoint n = { .person = x.person_id, .post = x.post, .unit = x.unit, .from = x.to, .renews = x.id, .by = r->caller.account };
    TRY(check_unit(r, n.unit));
    n.to = in->to ? in->to : post.term_months ? unit_post_until(&post, n.from, r->app->zone_minutes) : n.from + (x.to - x.from);
    TRY(unit_appoint(r->db, r->arena, r->tenant, &n, r->now, &id));
    return reply_made(r, id, "appointment.renew");
}

#define SEES    .perm = PERM_PERSON_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "letter"
#define MANAGES .perm = PERM_PERSON_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "letter", .reply = appointment_fields

const struct route appointment_routes[] = {
    { GET, "/api/v1/appointments", list_appointments, SEES, ROUTE_QUERY(struct appointments_query, query_fields), .reply_kind = REPLY_LIST,
      .reply = appointment_fields, ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE), .summary = "Who holds which post where: by unit, post, state, ending soon" },
    { GET, "/api/v1/appointments/:id", get_appointment, SEES, .reply_kind = REPLY_VIEW, .reply = appointment_fields, .summary = "One appointment" },
    { GET, "/api/v1/people/:id/appointments", list_of_person, SEES, .reply_kind = REPLY_LIST, .reply = appointment_fields,
      .summary = "Posts a person holds or held" },
    { POST, "/api/v1/people/:id/appointments", create_appointment, MANAGES, ROUTE_BODY(struct appointment_body, body_fields),
      .flags = ROUTE_IDEMPOTENT, .reply_kind = REPLY_CREATED, ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE, ERR_PERIOD, ERR_POST_KIND, ERR_APPOINTED, ERR_TAKEN),
      .summary = "Appoint a person to a post at a unit; it grants no rights" },
    { POST, "/api/v1/appointments/:id/end", end_appointment, MANAGES, ROUTE_BODY(struct end_body, end_fields), .reply_kind = REPLY_VIEW,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_PERIOD), .summary = "End an appointment; it stays in the history (If-Match)" },
    { POST, "/api/v1/appointments/:id/renew", renew_appointment, MANAGES, ROUTE_BODY(struct renew_body, renew_fields), .flags = ROUTE_IDEMPOTENT,
      .reply_kind = REPLY_CREATED, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_PERIOD, ERR_APPOINTED),
      .summary = "Renew an appointment: a new one from where it ends (If-Match)" },
    { POST, "/api/v1/appointments/sheet", sheet_appoint, .perm = PERM_PERSON_MANAGE, .scope = SCOPE_ANY, .tx = TX_NONE, .tag = "letter",
      .body_kind = BODY_UPLOAD, .body_max = SHEET_BYTES_MOST, ROUTE_QUERY(struct sheet_query, appoint_sheet_fields), .reply_kind = REPLY_VIEW,
      .reply = appointed_sheet_fields, .flags = ROUTE_SLOW, ROUTE_ERRORS(ERR_CSV, ERR_NOT_UTF8, ERR_TOO_LARGE),
      .summary = "Appoint the people of a sheet (CSV or XLSX): all of them or, when a row is not right, nobody; each fault by row and column" },
    ROUTE_END
};
