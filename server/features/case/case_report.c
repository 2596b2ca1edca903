/* case_report.c: a report comes in: anonymous, signed in, on behalf, by a grid worker, on the spot. */
#include "case_clock.h"
#include "case_flood.h"
#include "../file/file.h"
#include "../phone/phone.h"
#include "../../base/id.h"

static const struct field spot_fields[] = {
    FIELD_STR(struct case_spot, result, 1, 4000, REQUIRED | MULTILINE, "What was done"),
    FIELD_IDS(struct case_spot, after_photos, 1, 9, REQUIRED, "Photos of how it is now"),
    FIELD_STRS(struct case_spot, after_claims, 0, 9, 0, "Their claims"),
    FIELD_END
};

const struct field case_report_fields[] = {
    FIELD_STR(struct case_report_in, text, 1, 4000, REQUIRED | MULTILINE, "What happened, in the reporter's words"),
    FIELD_ID(struct case_report_in, category, 0, "Leaf of the category tree; may be left open"),
    FIELD_I64(struct case_report_in, severity, 1, 3, 0, "1 urgent, 2 ordinary, 3 minor; staff only, else the category's"),
    FIELD_GEO(struct case_report_in, at, 0, "Where, WGS 84; or an address"),
    FIELD_STR(struct case_report_in, address, 1, 200, 0, "Where, in words"),
    FIELD_ID(struct case_report_in, area, 0, "Area, when close to a border or without a point"),
    FIELD_IDS(struct case_report_in, photos, 0, 9, 0, "Uploaded before, by POST /files"),
    FIELD_STRS(struct case_report_in, photo_claims, 0, 9, 0, "Claims handed out at upload to callers without an account"),
    FIELD_STR(struct case_report_in, reporter_name, 1, 60, 0, "How to address the reporter"),
    FIELD_STR(struct case_report_in, contact, 5, 60, SECRET, "Telephone or mail; stored encrypted"),
    FIELD_STR(struct case_report_in, contact_proof, 1, 100, SECRET, "That the telephone is the reporter's: from POST /phone-codes/{id}/check"),
    FIELD_BOOL(struct case_report_in, on_behalf, 0, "Entered by staff for a caller"),
    FIELD_OBJECT(struct case_report_in, on_the_spot, spot_fields, struct case_spot, 0, "Handled on the spot: needs photos before and after"),
    FIELD_TIME(struct case_report_in, reported_at, 0, "When it was reported, if earlier than now"),
    FIELD_END
};

/* ---- who reports, and may they ---- */

static enum case_source source_of(struct req *r, const struct case_report_in *in, struct unit_ref area)
{
    if (in->source)
        return in->source;
    if (!r->caller.account)
        return SOURCE_RESIDENT;
    if (in->on_behalf)
        return SOURCE_ON_BEHALF;
    if (in->on_the_spot)
        return SOURCE_ON_THE_SPOT;
    return req_may(r, PERM_CASE_ON_THE_SPOT, area) ? SOURCE_GRID_WORKER : SOURCE_ACCOUNT;
}

static err may_report(struct req *r, const struct case_report_in *in, struct unit_ref area)
{
    if (in->on_behalf)
        TRY(req_allow(r, PERM_CASE_ON_BEHALF, area));
    if (in->on_the_spot)
        TRY(req_allow(r, PERM_CASE_ON_THE_SPOT, area));
    if (r->caller.account || in->source)
        return OK;
    TRY(case_rate(r, RATE_REPORT));
    return case_flood_check(r);
}

static bool is_staff(const struct req *r)
{
    return r->caller.anywhere & (PERM_BIT(PERM_CASE_ON_BEHALF) | PERM_BIT(PERM_CASE_ON_THE_SPOT) | PERM_BIT(PERM_CASE_ACCEPT));
}

#define CLOCKS_DIFFER (5 * MS_MINUTE)

static void check_input(struct req *r, const struct case_report_in *in)
{
    if (!in->at.set && !in->address.ptr && !in->area)
        req_fault(r, "at", ERR_REQUIRED);
    if (in->reported_at > r->now + CLOCKS_DIFFER)
        req_fault(r, "reported_at", ERR_TIME_IN_FUTURE);
    if (in->severity && !is_staff(r) && !in->source)
        req_fault(r, "severity", ERR_NOT_ALLOWED);
    if (in->on_the_spot && !in->photos.len)
        req_fault(r, "photos", ERR_REQUIRED);
    if (in->on_the_spot && in->on_behalf)
        req_fault(r, "on_behalf", ERR_NOT_A_CHOICE);
}

/* ---- category ---- */

/* Severity of a category that can be chosen; ERR_CATEGORY_UNKNOWN. */
static err category_severity(struct req *r, int64_t id, int64_t *severity)
{
    const struct case_snapshot *s = case_hold(r->app);
    const struct case_category *c = case_category_by_id(s, id);
    bool                        fits = !id || (c && c->leaf && !c->valid_to);
    *severity = c ? c->severity : SEVERITY_ORDINARY;
    case_release(r->app, s);
    return fits ? OK : FAIL_AT(ERR_CATEGORY_UNKNOWN, "category");
}

/* A failure of one field joins the others instead of hiding them. */
static err or_fault(struct req *r, err e)
{
    if (!failed(e) || !e.field)
        return e;
    req_fault(r, e.field, e.code);
    return OK;
}

/* ---- making ---- */

static err make_row(struct req *r, const struct case_report_in *in, const struct case_way *way, int64_t severity, struct case_made *m)
{
    struct case_row *c = &m->row;
    c->id = id_new();
    TRY(case_new_code(r->db, r->arena, r->app, r->now, &c->code));
    c->source = source_of(r, in, (struct unit_ref){ UNIT_AREA, way->area });
    c->category_id = in->category;
    c->severity = in->severity ? in->severity : severity;
    c->text = in->text;
    c->address = in->address;
    c->lon_e7 = in->at.set ? (int64_t)(in->at.lon * 1e7 + (in->at.lon < 0 ? -0.5 : 0.5)) : 0;
    c->lat_e7 = in->at.set ? (int64_t)(in->at.lat * 1e7 + (in->at.lat < 0 ? -0.5 : 0.5)) : 0;
    c->area_id = way->area;
    c->shape_id = way->shape;
    c->near_border = way->near;
    c->rule_id = way->rule;
    c->reported_at = in->reported_at ? in->reported_at : r->now;
    return OK;
}

static void make_reporter(struct req *r, const struct case_report_in *in, struct case_made *m, struct str *secret)
{
    struct case_row *c = &m->row;
    bool             own = r->caller.account && !in->on_behalf;
    c->reporter_id = own ? r->caller.person : 0;
    c->reporter_name = in->reporter_name.ptr ? in->reporter_name : own ? r->caller.name : STR_NONE;
    c->entered_by = r->caller.account;
    if (!own) {
        *secret = crypto_token(r->arena, 16);
        m->sealed.secret_hash = crypto_digest(r->arena, *secret);
        c->has_secret = 1;
    }
    case_seal_contact(r->arena, r->app, in->contact, m);
    m->sealed.source_key = in->source_key;
}

static err make_moves(struct req *r, const struct case_report_in *in, const struct case_way *way, struct case_made *m)
{
    m->events = ARENA_ARRAY(r->arena, CASE_FIRST_EVENTS, struct case_event);
    TRY(case_step(r->app, r->arena, &m->row,
                  &(struct case_move){ .action = ACT_REPORT, .at = r->now, .account = r->caller.account, .data = in->data },
                  &m->events[m->event_count++]));
    if (in->on_the_spot)
        return case_step(r->app, r->arena, &m->row,
                         &(struct case_move){ .action = ACT_ON_THE_SPOT, .at = r->now, .account = r->caller.account,
                                              .text = in->on_the_spot->result, .outcome = OUTCOME_RESOLVED },
                         &m->events[m->event_count++]);
    return case_moves_by_rule(r->app, r->arena, &m->row, way, r->now, m->events, &m->event_count);
}

static err attach(struct req *r, int64_t id, const char *field, struct ids photos, struct strs claims, int64_t seq,
                  enum case_photo_stage stage)
{
    if (!photos.len)
        return OK;
    TRY(file_claim(r, field, photos, claims, "case", id));
    for (size_t i = 0; i < photos.len; i++)
        TRY(case_put_photo(r->db, r->tenant, id, photos.at[i], seq, stage));
    return OK;
}

static err store(struct req *r, const struct case_report_in *in, const struct case_made *m)
{
    TRY(case_insert_made(r->db, r->app, m));
    TRY(attach(r, m->row.id, "photos", in->photos, in->photo_claims, 1, in->on_the_spot ? PHOTO_BEFORE : PHOTO_REPORT));
    if (in->on_the_spot)
        TRY(attach(r, m->row.id, "on_the_spot.after_photos", in->on_the_spot->after_photos, in->on_the_spot->after_claims, 2, PHOTO_AFTER));
    for (size_t i = 0; i < m->event_count; i++)
        TRY(case_audit(r, &m->row, &m->events[i]));
    return case_tell(r, &m->row, &m->events[m->event_count - 1]);
}

err case_report_store(struct req *r, const struct case_report_in *in, struct case_made *m, struct str *secret)
{
    struct case_asked_place place = { in->at, in->area, in->category, r->caller.anywhere & PERM_BIT(PERM_CASE_DISPATCH) };
    struct case_way         way = { 0 };
    int64_t                 severity = 0;
    bool                    verified = false;
    *m = (struct case_made){ 0 };
    *secret = STR_NONE;
    check_input(r, in);
    TRY(or_fault(r, category_severity(r, in->category, &severity)));
    TRY(or_fault(r, case_way_find(r->app, r->arena, &place, r->now, &way)));
    TRY(phone_check(r, in->contact, in->contact_proof, !r->caller.account && !in->source, &verified));
    TRY(req_faults(r));
    TRY(may_report(r, in, (struct unit_ref){ UNIT_AREA, way.area }));
    TRY(make_row(r, in, &way, severity, m));
    make_reporter(r, in, m, secret);
    m->row.contact_verified_at = verified ? r->now : 0;
    TRY(make_moves(r, in, &way, m));
    return store(r, in, m);
}

err case_report(struct req *r)
{
    const struct case_report_in *in = r->body;
    struct case_made             made;
    struct str                   secret;
    TRY(case_report_store(r, in, &made, &secret));
    return case_reply_made(r, &made, in->photos.len || in->photo_claims.len || in->on_the_spot, secret);
}
