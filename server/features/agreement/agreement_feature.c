/* The life of the feature, its page behind a QR, and the demonstration's way in. */
#include "agreement_inside.h"

#include "../../base/id.h"
#include "../alliance/alliance.h"
#include "../file/file.h"

/* The photograph of a signed paper: for who drafts and signs it. */
static err guard(struct req *r, int64_t id)
{
    struct whole w;
    TRY(whole_read(r, id, &w));
    return agreement_may_manage(r, &w) ? OK : FAIL(ERR_NOT_FOUND);
}

static struct str party_names(struct req *r, const struct list *parties)
{
    const struct party *p = parties->at;
    struct buf          b = buf_new(r->arena, 0);
    for (size_t i = 0; i < parties->len; i++) {
        buf_z(&b, i ? "、" : "");
        buf_str(&b, unit_name_of(r, UNIT_ORG, p[i].org_id));
    }
    return buf_view(&b);
}

static err verify(struct req *r, struct str hash, enum letter_lang lang, struct letter_shown *out)
{
    struct agreement g;
    struct list      parties;
    TRY(agreement_by_code(r->db, r->arena, r->tenant, hash, &g));
    TRY(parties_of(r->db, r->arena, r->tenant, g.id, &parties));
    int                 zone = r->app->zone_minutes;
    struct letter_line *at = ARENA_ARRAY(r->arena, 6, struct letter_line);
    struct str from = letter_date(r->arena, g.begins_at, zone, lang), to = letter_last_day(r->arena, g.ends_at, zone, lang);
    at[0] = (struct letter_line){ "名称", "Title", g.title };
    at[1] = (struct letter_line){ "编号", "Number", g.no };
    at[2] = (struct letter_line){ "各方", "Parties", party_names(r, &parties) };
    at[3] = (struct letter_line){ "期限自", "Term from", from };
    at[4] = (struct letter_line){ "至", "To", to };
    at[5] = (struct letter_line){ "签署日期", "Signed", letter_date(r->arena, g.signed_at, zone, lang) };
    bool valid = g.state == AGREEMENT_IN_FORCE && g.ends_at > r->now;
    *out = (struct letter_shown){ g.id, valid, valid && g.begins_at > r->now, "协议", "agreement", { at, 6 } };
    return OK;
}

static err start(struct app *app)
{
    file_guard_for(app, "agreement", guard);
    letter_verifies(app, verify);
    agreement_remind_start(app);
    alliance_source_add(app, &agreement_source);
    return OK;
}

const struct feature agreement_feature = {
    .name = "agreement", .routes = agreement_routes, .more_routes = { agreement_sign_routes, agreement_work_routes }, .start = start
};

/* ---- the demonstration ---- */

static struct str template_text(struct app *app, struct arena *a, struct str kind, ms at)
{
    struct list                      all = agreement_templates(app, a, at);
    const struct agreement_template *t = all.at;
    for (size_t i = 0; i < all.len; i++)
        if (str_eq(t[i].kind, kind))
            return t[i].text;
    return STR("{parties}");
}

static err put_all(struct db_conn *c, struct app *app, const struct agreement_new *n, int64_t id, struct arena *a)
{
    struct pledge *at = ARENA_ARRAY(a, n->pledge_count + 1, struct pledge);
    for (size_t i = 0; i < n->pledge_count; i++) {
        const struct agreement_pledge_new *p = &n->pledges[i];
        at[i] = (struct pledge){ .id = id_new(), .org_id = p->org, .title = p->title, .category = p->category, .quantity = p->quantity, .unit = p->unit,
                                 .rhythm = p->rhythm };
    }
    TRY(parties_put(c, app->tenant, id, n->parties));
    return pledges_put(c, app->tenant, id, &(struct list){ at, n->pledge_count });
}

static err sign_all(struct req *r, struct whole *w, ms at, const struct str *signers)
{
    struct party *p = w->parties.at;
    for (size_t i = 0; i < w->parties.len; i++) {
        p[i].signed_at = at;
        p[i].signer = signers ? signers[i] : STR_NONE;
        TRY(party_sign(r->db, r->tenant, &p[i]));
    }
    return agreement_conclude(r, w);
}

err agreement_add(struct app *app, struct db_conn *c, struct arena *a, const struct agreement_new *n, ms now, int64_t *id)
{
    struct agreement g = { .id = *id = id_new(), .kind = str_of(n->kind), .title = n->title, .text = template_text(app, a, str_of(n->kind), now),
                           .keeper_id = n->parties.at[0], .alliance_id = n->alliance, .begins_at = n->begins_at, .ends_at = n->ends_at,
                           .review_months = 6, .state = AGREEMENT_DRAFT, .created_at = now };
    struct req   r = { .app = app, .arena = a, .db = c, .tenant = app->tenant, .now = n->signed_at ? n->signed_at : now };
    struct whole w;
    TRY(agreement_insert(c, a, app->tenant, &g));
    TRY(put_all(c, app, n, g.id, a));
    TRY(whole_read(&r, g.id, &w));
    w.g.state = AGREEMENT_OFFERED;   /* its words are filled when they are read: the names of organisations are not known yet */
    w.g.offered_at = r.now;
    if (n->signed_at)
        TRY(sign_all(&r, &w, n->signed_at, n->signers));
    w.g.next_at = agreement_next(&w.g, &w.pledges, now, 14 * MS_DAY, app->zone_minutes);
    return agreement_update(c, a, app->tenant, &w.g, now);
}
