/* agreement_sign.c: from the draft to the end: offering, signing, ending, withdrawing, renewing, reviewing. */
#include "agreement_inside.h"

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../alliance/alliance.h"
#include "../audit/audit.h"
#include "../file/file.h"
#include "../setting/setting.h"

static err store(struct req *r, struct whole *w, const char *action)
{
    ms notice = setting_i64(r->app, "agreement.notice_days", r->now) * MS_DAY;
    w->g.next_at = agreement_next(&w->g, &w->pledges, r->now, notice, r->app->zone_minutes);
    TRY(agreement_update(r->db, r->arena, r->tenant, &w->g, r->now));
    return audit_record(r, action, "agreement", w->g.id, agreement_json(r->arena, &w->g));
}

/* The agreement of the path in this state, with the keeper's right, at the version the caller read. */
static err kept(struct req *r, enum agreement_state state, struct whole *w)
{
    TRY(agreement_seen(r, w));
    TRY(req_allow(r, PERM_AGREEMENT_MANAGE, PARTY(w->g.keeper_id)));
    TRY(req_version(r, w->g.version));
    return w->g.state == (int64_t)state ? OK : FAIL(ERR_WRONG_STATE);
}

/* ---- offering, and taking back ---- */

/* Members may have left since it was drafted; organisations may have closed. */
static err still_fits(struct req *r, const struct whole *w, const char *field)
{
    const struct party *p = w->parties.at;
    struct ids          members = { 0 };
    struct str          name;
    int64_t             area;
    if (!w->g.alliance_id)
        return OK;
    err e = alliance_now(r->db, r->arena, r->tenant, w->g.alliance_id, &name, &area, &members);
    if (e.code == ERR_NOT_FOUND)
        return FAIL_AT(ERR_ALLIANCE_ENDED, "alliance_id");
    TRY(e);
    for (size_t i = 0; i < w->parties.len; i++) {
        bool in = false;
        for (size_t k = 0; k < members.len; k++)
            in |= members.at[k] == p[i].org_id;
        if (!in)
            faults_add(&r->faults, str_fmt(r->arena, "%s[%zu]", field, i), ERR_NOT_MEMBER, 0);
    }
    return req_faults(r);
}

static err offer(struct req *r)
{
    struct whole w;
    TRY(kept(r, AGREEMENT_DRAFT, &w));
    if (w.g.ends_at <= r->now)
        return FAIL_AT(ERR_TIME_IN_PAST, "ends_at");
    if (!w.pledges.len)
        return FAIL_AT(ERR_REQUIRED, "pledges");
    TRY(still_fits(r, &w, "parties"));
    TRY(agreement_words(r->app, r->arena, &w.g, &w.parties, w.alliance_name, &w.g.words));
    w.g.state = AGREEMENT_OFFERED;
    w.g.offered_at = r->now;
    TRY(store(r, &w, "agreement.offer"));
    TRY(agreement_tell(r, &w, PERM_AGREEMENT_SIGN, "agreement.offered"));
    return agreement_answer(r, w.g.id, false);
}

/* Any party's side may ask for changes: signatures given so far are void, since they were given for other words. */
static err take_back(struct req *r)
{
    struct whole w;
    TRY(agreement_seen(r, &w));
    if (!agreement_may_manage(r, &w))
        return FAIL(ERR_NOT_ALLOWED);
    TRY(req_version(r, w.g.version));
    if (w.g.state != AGREEMENT_OFFERED)
        return FAIL(ERR_WRONG_STATE);
    w.g.state = AGREEMENT_DRAFT;
    w.g.words = STR_NONE;
    w.g.offered_at = 0;
    TRY(parties_unsign(r->db, r->tenant, w.g.id));
    TRY(store(r, &w, "agreement.take_back"));
    TRY(agreement_tell(r, &w, PERM_AGREEMENT_MANAGE, "agreement.draft"));
    return agreement_answer(r, w.g.id, false);
}

/* ---- signing ---- */

static err hold_all(struct req *r, struct whole *w)
{
    struct pledge *p = w->pledges.at;
    for (size_t i = 0; i < w->pledges.len; i++) {
        if (!p[i].resource_id)
            continue;
        err e = exchange_hold(r, p[i].resource_id, p[i].quantity, w->g.title, &p[i].hold_id);
        if (e.code == ERR_NOT_FREE || e.code == ERR_NOT_FOUND)
            faults_add(&r->faults, str_fmt(r->arena, "pledges[%zu].quantity", i), ERR_NOT_FREE, 0);
        else
            TRY(e);
        if (p[i].hold_id)
            TRY(pledge_hold(r->db, r->tenant, p[i].id, p[i].hold_id));
    }
    return req_faults(r);
}

err agreement_conclude(struct req *r, struct whole *w)
{
    struct str scheme = setting_text(r->app, r->arena, "agreement.number", r->now);
    int        year = clock_civil_at(r->now, r->app->zone_minutes).year;
    int64_t    n;
    TRY(hold_all(r, w));
    TRY(db_counter(r->db, r->tenant, str_fmt(r->arena, "agreement.%d", year), &n));
    TRY(letter_number(r->arena, scheme, year, n, &w->g.no));
    struct str code = letter_code(r->arena, &r->app->keys, r->tenant, w->g.id);
    TRY(agreement_number_set(r->db, r->tenant, w->g.id, w->g.no, letter_code_hash(r->arena, &r->app->keys, code)));
    w->g.state = AGREEMENT_IN_FORCE;
    w->g.signed_at = r->now;
    return OK;
}

/* All places of that organisation: after a merger it may hold two. */
static err put_signature(struct req *r, struct whole *w, int64_t org, struct str signer, int64_t scan, bool *all)
{
    struct party *p = w->parties.at;
    bool          put = false;
    *all = true;
    for (size_t i = 0; i < w->parties.len; i++) {
        if (p[i].org_id == org && !p[i].signed_at) {
            p[i].signer = signer;
            p[i].signed_by = r->caller.account;
            p[i].signed_at = r->now;
            p[i].scan_id = scan;
            put = true;
            TRY(party_sign(r->db, r->tenant, &p[i]));
        }
        *all &= p[i].signed_at != 0;
    }
    return put ? OK : FAIL(ERR_WRONG_STATE);
}

static err signed_now(struct req *r, struct whole *w, bool all)
{
    if (all)
        TRY(agreement_conclude(r, w));
    TRY(store(r, w, all ? "agreement.conclude" : "agreement.sign"));
    TRY(agreement_tell(r, w, PERM_AGREEMENT_MANAGE, all ? "agreement.in_force" : "agreement.signed"));
    return agreement_answer(r, w->g.id, false);
}

struct sign_body { int64_t org_id; };
static const struct field sign_fields[] = { FIELD_ID(struct sign_body, org_id, REQUIRED, "For which party"), FIELD_END };

/* The words signed are those the caller read: If-Match is needed. Nobody signs for two sides. */
static err sign(struct req *r)
{
    const struct sign_body *in = r->body;
    struct whole            w;
    bool                    all;
    TRY(agreement_seen(r, &w));
    const struct party *p = w.parties.at;
    if (!party_of(&w.parties, in->org_id))
        return FAIL_AT(ERR_NOT_PARTY, "org_id");
    if (!agreement_may_sign(r, in->org_id))
        return FAIL(ERR_NOT_ALLOWED);
    TRY(req_version_needed(r, w.g.version));
    if (w.g.state != AGREEMENT_OFFERED)
        return FAIL(ERR_WRONG_STATE);
    for (size_t i = 0; i < w.parties.len; i++)
        if (p[i].signed_by == r->caller.account && p[i].org_id != in->org_id && !p[i].scan_id)
            return FAIL(ERR_SIGN_ELSEWHERE);
    TRY(still_fits(r, &w, "parties"));
    TRY(put_signature(r, &w, in->org_id, r->caller.name, 0, &all));
    return signed_now(r, &w, all);
}

struct scan_body { int64_t org_id; struct str signer; struct ids photo; };
static const struct field scan_fields[] = {
    FIELD_ID(struct scan_body, org_id, REQUIRED, "Which party signed on paper"),
    FIELD_STR(struct scan_body, signer, 1, 60, REQUIRED, "Who signed"),
    FIELD_IDS(struct scan_body, photo, 1, 1, REQUIRED, "Photograph of the signed paper, uploaded before by POST /files"), FIELD_END
};

static err scan(struct req *r)
{
    const struct scan_body *in = r->body;
    struct whole            w;
    bool                    all;
    TRY(agreement_seen(r, &w));
    TRY(req_allow(r, PERM_AGREEMENT_MANAGE, PARTY(w.g.keeper_id)));
    TRY(req_version_needed(r, w.g.version));
    if (!party_of(&w.parties, in->org_id))
        return FAIL_AT(ERR_NOT_PARTY, "org_id");
    if (w.g.state != AGREEMENT_OFFERED)
        return FAIL(ERR_WRONG_STATE);
    TRY(still_fits(r, &w, "parties"));
    TRY(file_claim(r, "photo", in->photo, (struct strs){ NULL, 0 }, "agreement", w.g.id));
    TRY(put_signature(r, &w, in->org_id, in->signer, in->photo.at[0], &all));
    return signed_now(r, &w, all);
}

/* ---- ending ---- */

err agreement_close(struct req *r, struct whole *w, enum agreement_state state, struct str reason)
{
    const struct pledge *p = w->pledges.at;
    for (size_t i = 0; i < w->pledges.len; i++)
        if (p[i].hold_id)
            TRY(exchange_let_go(r, p[i].hold_id));
    w->g.state = state;
    w->g.ended_at = r->now;
    w->g.end_reason = reason;
    return OK;
}

struct why_body { struct str reason; };
static const struct field why_fields[] = { FIELD_STR(struct why_body, reason, 1, 500, REQUIRED, "Why"), FIELD_END };

static err end_early(struct req *r)
{
    struct whole w;
    bool         may = false;
    TRY(agreement_seen(r, &w));
    const struct party *p = w.parties.at;
    for (size_t i = 0; i < w.parties.len; i++)
        may |= agreement_may_sign(r, p[i].org_id);
    if (!may)
        return FAIL(ERR_NOT_ALLOWED);
    TRY(req_version(r, w.g.version));
    if (w.g.state != AGREEMENT_IN_FORCE)
        return FAIL(ERR_WRONG_STATE);
    TRY(agreement_close(r, &w, AGREEMENT_ENDED, ((const struct why_body *)r->body)->reason));
    TRY(store(r, &w, "agreement.end"));
    TRY(agreement_tell(r, &w, PERM_AGREEMENT_MANAGE, "agreement.ended"));
    return agreement_answer(r, w.g.id, false);
}

static err withdraw(struct req *r)
{
    struct whole w;
    TRY(agreement_seen(r, &w));
    TRY(kept(r, w.g.state == AGREEMENT_DRAFT ? AGREEMENT_DRAFT : AGREEMENT_OFFERED, &w));
    TRY(agreement_close(r, &w, AGREEMENT_WITHDRAWN, ((const struct why_body *)r->body)->reason));
    TRY(store(r, &w, "agreement.withdraw"));
    TRY(agreement_tell(r, &w, PERM_AGREEMENT_MANAGE, "agreement.ended"));
    return agreement_answer(r, w.g.id, false);
}

/* ---- renewing: a new draft from where the old one ends ---- */

static struct list copies(struct arena *a, const struct list *pledges, ms shift)
{
    struct pledge *at = ARENA_ARRAY(a, pledges->len + 1, struct pledge);
    for (size_t i = 0; i < pledges->len; i++) {
        at[i] = ((const struct pledge *)pledges->at)[i];
        at[i].id = id_new();
        at[i].due_at += at[i].due_at ? shift : 0;
    }
    return (struct list){ at, pledges->len };
}

static err renew(struct req *r)
{
    struct whole w;
    TRY(agreement_seen(r, &w));
    TRY(req_allow(r, PERM_AGREEMENT_MANAGE, PARTY(w.g.keeper_id)));
    if (!w.g.signed_at)
        return FAIL(ERR_WRONG_STATE);
    struct agreement next = w.g;
    struct list      pledges = copies(r->arena, &w.pledges, w.g.ends_at - w.g.begins_at);
    int64_t         *orgs = ARENA_ARRAY(r->arena, w.parties.len + 1, int64_t);
    for (size_t i = 0; i < w.parties.len; i++)
        orgs[i] = ((const struct party *)w.parties.at)[i].org_id;
    next.id = id_new();
    next.renews_id = w.g.id;
    next.state = AGREEMENT_DRAFT;
    next.no = next.end_reason = STR_NONE;
    next.begins_at = w.g.ends_at > r->now ? w.g.ends_at : r->now;
    next.ends_at = next.begins_at + (w.g.ends_at - w.g.begins_at);
    next.created_at = r->now;
    next.created_by = r->caller.account;
    TRY(agreement_insert(r->db, r->arena, r->tenant, &next));
    TRY(parties_put(r->db, r->tenant, next.id, (struct ids){ orgs, w.parties.len }));
    TRY(pledges_put(r->db, r->tenant, next.id, &pledges));
    TRY(audit_record(r, "agreement.renew", "agreement", next.id, str_fmt(r->arena, "{\"renews\":\"%lld\"}", (long long)w.g.id)));
    return agreement_answer(r, next.id, true);
}

/* ---- reviewing: the figures are the work record's own ---- */

struct review_body { struct str text; ms begins_at, ends_at; };
static const struct field review_fields[] = {
    FIELD_STR(struct review_body, text, 1, 4000, REQUIRED | MULTILINE, "What the parties say of it"),
    FIELD_TIME(struct review_body, begins_at, 0, "What it looks at, from; the beginning of the term when not given"),
    FIELD_TIME(struct review_body, ends_at, 0, "Until; now when not given"), FIELD_END
};

static int64_t given_within(const struct whole *w, int pledge, ms from, ms to)
{
    const struct work *k = w->works.at;
    int64_t            sum = 0;
    for (size_t i = 0; i < w->works.len; i++)
        sum += k[i].pledge == pledge && k[i].of.at >= from && k[i].of.at < to ? k[i].amount : 0;
    return sum / pledge_measure(((const struct pledge *)w->pledges.at)[pledge].unit).scale;
}

static struct str figures_json(struct req *r, const struct whole *w, ms from, ms to)
{
    const struct pledge *p = w->pledges.at;
    struct buf           b = buf_new(r->arena, 0);
    struct jsonw         j = jsonw_on(&b);
    jsonw_list(&j);
    for (size_t i = 0; i < w->pledges.len; i++) {
        const struct standing *s = &w->standings[i];
        jsonw_open(&j);
        jsonw_kv_id(&j, "pledge_id", p[i].id);
        jsonw_kv_str(&j, "title", p[i].title);
        jsonw_kv_str(&j, "org_name", unit_name_of(r, UNIT_ORG, p[i].org_id));
        jsonw_kv_i64(&j, "quantity", p[i].quantity);
        jsonw_kv_str(&j, "unit", p[i].unit);
        jsonw_kv_i64(&j, "given", given_within(w, (int)i, from, to));
        jsonw_kv_i64(&j, "over", s->over);
        jsonw_kv_i64(&j, "kept", s->kept);
        jsonw_kv_z(&j, "state", pledge_state_words[s->state]);
        jsonw_close(&j);
    }
    jsonw_list_end(&j);
    return buf_view(&b);
}

static err review(struct req *r)
{
    const struct review_body *in = r->body;
    struct whole              w;
    TRY(agreement_seen(r, &w));
    if (!agreement_may_manage(r, &w))
        return FAIL(ERR_NOT_ALLOWED);
    if (!w.g.signed_at)
        return FAIL(ERR_WRONG_STATE);
    struct review v = { .id = id_new(), .text = in->text, .begins_at = in->begins_at ? in->begins_at : w.g.begins_at,
                        .ends_at = in->ends_at ? in->ends_at : r->now, .created_by = r->caller.account, .created_at = r->now };
    if (v.ends_at > r->now)
        req_fault(r, "ends_at", ERR_TIME_IN_FUTURE);
    if (v.ends_at <= v.begins_at)
        req_fault(r, in->ends_at ? "ends_at" : "begins_at", ERR_PERIOD);
    TRY(req_faults(r));
    TRY(whole_read_off(r, &w));
    v.figures = figures_json(r, &w, v.begins_at, v.ends_at);
    TRY(review_add(r->db, r->tenant, w.g.id, &v));
    TRY(audit_record(r, "agreement.review", "agreement", w.g.id, agreement_json(r->arena, &w.g)));
    return agreement_answer(r, w.g.id, true);
}

#define KEEP .perm = PERM_AGREEMENT_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "agreement"
#define SIGN .perm = PERM_AGREEMENT_SIGN, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "agreement"
#define SIDE .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "agreement"
#define VIEW .reply_kind = REPLY_VIEW, .reply = agreement_view_fields
#define MADE .flags = ROUTE_IDEMPOTENT, .reply_kind = REPLY_CREATED, .reply = agreement_view_fields

const struct route agreement_sign_routes[] = {
    { POST, "/api/v1/agreements/:id/offer", offer, KEEP, VIEW, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_NOT_MEMBER, ERR_ALLIANCE_ENDED, ERR_TIME_IN_PAST),
      .summary = "Offer the draft for signing: its words are fixed" },
    { POST, "/api/v1/agreements/:id/take-back", take_back, SIDE, VIEW, ROUTE_ERRORS(ERR_WRONG_STATE),
      .summary = "Back to a draft for changes; signatures given so far are void" },
    { POST, "/api/v1/agreements/:id/sign", sign, SIGN, ROUTE_BODY(struct sign_body, sign_fields), VIEW,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_NOT_PARTY, ERR_SIGN_ELSEWHERE, ERR_NOT_MEMBER, ERR_NOT_FREE),
      .summary = "Sign for a party (If-Match: the words that were read); the last signature brings it into force" },
    { POST, "/api/v1/agreements/:id/scan", scan, KEEP, ROUTE_BODY(struct scan_body, scan_fields), VIEW,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_NOT_PARTY, ERR_FILE_UNKNOWN, ERR_NOT_MEMBER, ERR_NOT_FREE), .summary = "Enter that a party signed on paper (If-Match)" },
    { POST, "/api/v1/agreements/:id/end", end_early, SIGN, ROUTE_BODY(struct why_body, why_fields), VIEW, ROUTE_ERRORS(ERR_WRONG_STATE),
      .summary = "End it before its term; what is held back is free again" },
    { POST, "/api/v1/agreements/:id/withdraw", withdraw, KEEP, ROUTE_BODY(struct why_body, why_fields), VIEW, ROUTE_ERRORS(ERR_WRONG_STATE),
      .summary = "Give it up before it is in force" },
    { POST, "/api/v1/agreements/:id/renew", renew, KEEP, MADE, ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "Draft the next one from where this one ends" },
    { POST, "/api/v1/agreements/:id/reviews", review, SIDE, ROUTE_BODY(struct review_body, review_fields), MADE,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_TIME_IN_FUTURE, ERR_PERIOD), .summary = "Review it: the figures are read off the work and kept as they are" },
    ROUTE_END
};
