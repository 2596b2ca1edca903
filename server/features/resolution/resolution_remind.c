/* resolution_remind.c: what the program does by itself: tells those who take a resolution on before its day, on it, and while it is overdue. */
#include "resolution_inside.h"

#include "../job/job.h"
#include "../setting/setting.h"

#define LOOK_EVERY (15 * MS_MINUTE)

DB_SQL(resolution_due, "SELECT id FROM resolution WHERE tenant_id = $1 AND next_at <= $2 AND next_at IS NOT NULL ORDER BY next_at, id LIMIT $3")

/* Of an alliance that has ended nobody is told any more. */
static err due_one(struct req *r, int64_t id)
{
    struct resolution       n;
    struct alliance_present of;
    TRY(resolution_get(r->db, r->arena, r->tenant, id, &n));
    TRY(alliance_present(r->db, r->arena, r->tenant, n.of_id, &of));
    bool        late = resolution_overdue(&n, r->now);
    const char *kind = late ? "resolution.overdue" : "resolution.due";
    if (!of.ended)
        TRY(late || !n.v.org_ids.len ? resolution_tell_all(r, &n, &of, kind) : resolution_tell(r, &n, kind));
    n.next_at = of.ended ? 0
                         : resolution_next(&n, r->now, setting_i64(r->app, "resolution.notice_days", r->now) * MS_DAY,
                                           setting_i64(r->app, "resolution.again_days", r->now) * MS_DAY);
    return resolution_update(r->db, r->tenant, &n, r->now);
}

static err remind_all(struct job *j, struct str *result)
{
    static const struct job_due due = { &resolution_due, due_one, "resolutions" };
    return job_due(j, &due, result);
}

void resolution_remind_start(struct app *app)
{
    static const struct job_kind kind = { "resolution.remind", remind_all };
    job_every(app, &kind, LOOK_EVERY);
}
