/* exchange_project.c: a need that is part of a project, which is met when the project is accepted. */
#include "exchange_inside.h"

#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../notify/notify.h"

static err stays(struct req *r, const struct need *n, enum err_code *out)
{
    struct list claims;
    *out = ERR_NONE;
    if (n->state != NEED_DRAFT && !need_open(n->state))
        return OK;
    TRY(claims_of_need(r->db, r->arena, r->tenant, n->id, &claims));
    *out = n->state == NEED_DRAFT                            ? ERR_WRONG_STATE
           : claims_open(&claims)                            ? ERR_CLAIMS_OPEN
           : !req_may(r, PERM_NEED_MANAGE, NEED_UNIT(n)) ? ERR_NOT_ALLOWED
                                                             : ERR_NONE;
    return OK;
}

err exchange_part_find(struct req *r, int64_t need, struct exchange_part_of *out)
{
    struct need n;
    TRY(need_get(r->db, r->arena, r->tenant, need, &n));
    bool hidden = n.state == NEED_DRAFT && !req_may(r, PERM_NEED_MANAGE, NEED_UNIT(&n));
    *out = (struct exchange_part_of){ .id = n.id, .title = hidden ? str_of(req_text(r, "一项草稿", "a draft")) : n.title,
                                      .ended = n.state != NEED_DRAFT && !need_open(n.state) };
    return stays(r, &n, &out->stays);
}

struct str exchange_stays_text(struct req *r, enum err_code why)
{
    static const struct { enum err_code code; const char *zh, *en; } texts[] = {
        { ERR_WRONG_STATE, "还是草稿", "still a draft" },
        { ERR_CLAIMS_OPEN, "还有认领没有了结", "somebody has taken it on and it is not settled" },
        { ERR_NOT_ALLOWED, "由提出的一方说是否满足", "whoever asks says whether it is met" },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].code == why)
            return str_of(req_text(r, texts[i].zh, texts[i].en));
    return STR_NONE;
}

static struct str words(struct req *r, const struct need *n, struct str project)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "title", n->title);
    jsonw_kv_str(&j, "project", project);
    jsonw_close(&j);
    return buf_view(&b);
}

err exchange_end_with_project(struct req *r, int64_t need, struct str project, struct str text)
{
    struct need   n;
    enum err_code why;
    TRY(need_get(r->db, r->arena, r->tenant, need, &n));
    if (n.state == NEED_DRAFT || !need_open(n.state))
        return OK;
    TRY(stays(r, &n, &why));
    if (why == ERR_NONE) {
        n.state = NEED_MET;
        n.reason = text;
        n.ended_at = r->now;
        TRY(need_update(r->db, r->arena, r->tenant, &n, r->now));
        TRY(audit_record(r, "need.met", "need", n.id, words(r, &n, project)));
    }
    return notify_unit(r, NEED_UNIT(&n), PERM_NEED_MANAGE, why == ERR_NONE ? "need.met" : "need.left", "need", n.id, words(r, &n, project));
}
