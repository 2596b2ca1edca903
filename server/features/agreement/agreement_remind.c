/* agreement_remind.c: what the program does by itself: tells before pledges fall due and terms end, asks for reviews, ends what is over. */
#include "agreement_inside.h"

#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../job/job.h"
#include "../notify/notify.h"
#include "../setting/setting.h"

#define LOOK_EVERY (15 * MS_MINUTE)

DB_SQL(agreement_due, "SELECT id FROM agreement WHERE tenant_id = $1 AND next_at <= $2 AND next_at IS NOT NULL ORDER BY next_at, id LIMIT $3")

/* Everybody once, also who speaks for two of the parties. */
static err tell_all(struct req *r, const struct whole *w, const char *kind, struct str title)
{
    const struct party *p = w->parties.at;
    struct buf          b = buf_new(r->arena, 0);
    struct jsonw        j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "title", title);
    jsonw_close(&j);
    struct notify_place *at = ARENA_ARRAY(r->arena, w->parties.len + 1, struct notify_place);
    for (size_t i = 0; i < w->parties.len; i++)
        at[i] = (struct notify_place){ PARTY(p[i].org_id), PERM_AGREEMENT_MANAGE };
    return notify_units(r, at, w->parties.len, kind, "agreement", w->g.id, buf_view(&b));
}

/* Pledges whose time ends within the notice and which are not kept yet. */
static err tell_pledges(struct req *r, const struct whole *w, ms from, ms notice)
{
    const struct pledge *p = w->pledges.at;
    struct term          t = term_of(&w->g, r->app->zone_minutes);
    for (size_t i = 0; i < w->pledges.len; i++) {
        const struct standing *s = &w->standings[i];
        ms                     begins, ends;
        bool                   kept = p[i].rhythm == ONCE ? s->given >= p[i].quantity : s->now_given >= p[i].quantity;
        for (int64_t k = 0; !kept && pledge_time(&p[i], &t, k, &begins, &ends); k++) {
            ms at = ends - notice;
            if (at <= from || at > r->now || ends <= r->now)
                continue;
            struct buf   b = buf_new(r->arena, 0);
            struct jsonw j = jsonw_on(&b);
            jsonw_open(&j);
            jsonw_kv_str(&j, "title", p[i].title);
            jsonw_close(&j);
            TRY(notify_unit(r, PARTY(p[i].org_id), PERM_AGREEMENT_MANAGE, "agreement.due", "agreement", w->g.id, buf_view(&b)));
        }
    }
    return OK;
}

/* Everything that fell due since it was last looked at: since its last next_at, less a millisecond. */
static err due_one(struct req *r, int64_t id)
{
    struct whole w;
    ms           notice = setting_i64(r->app, "agreement.notice_days", r->now) * MS_DAY, review;
    TRY(whole_read(r, id, &w));
    TRY(whole_read_off(r, &w));
    ms from = w.g.next_at - 1;
    if (r->now >= w.g.ends_at) {
        TRY(agreement_close(r, &w, AGREEMENT_ENDED, STR_NONE));
        w.g.ended_at = w.g.ends_at;
        TRY(tell_all(r, &w, "agreement.ended", w.g.title));
        TRY(audit_record(r, "agreement.over", "agreement", w.g.id, agreement_json(r->arena, &w.g)));
    } else {
        review = review_due(&w.g, r->now, r->app->zone_minutes);
        if (w.g.ends_at - notice > from && w.g.ends_at - notice <= r->now)
            TRY(tell_all(r, &w, "agreement.ending", w.g.title));
        if (review > from)
            TRY(tell_all(r, &w, "agreement.review", w.g.title));
        TRY(tell_pledges(r, &w, from, notice));
    }
    w.g.next_at = agreement_next(&w.g, &w.pledges, r->now, notice, r->app->zone_minutes);
    return agreement_update(r->db, r->arena, r->tenant, &w.g, r->now);
}

static err remind_all(struct job *j, struct str *result)
{
    static const struct job_due due = { &agreement_due, due_one, "agreements" };
    return job_due(j, &due, result);
}

void agreement_remind_start(struct app *app)
{
    static const struct job_kind kind = { "agreement.remind", remind_all };
    job_every(app, &kind, LOOK_EVERY);
}
