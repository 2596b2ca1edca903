/* case_project.c: a case that is part of a project, which closes with it. */
#include "case_call.h"

/* The right to verify it, as for passing: the move itself is no action that anybody asks for. */
static bool may_verify(struct req *r, const struct case_row *c)
{
    return c->area_id && req_may(r, PERM_CASE_VERIFY, (struct unit_ref){ UNIT_AREA, c->area_id });
}

static err stuck(struct req *r, const struct case_row *c, enum err_code *out)
{
    struct case_asker who;
    *out = ERR_NONE;
    if (c->closed_at)
        return OK;
    TRY(case_asker(r, c, case_is_reporter(r, c), &who));
    *out = case_check(c, &who, ACT_PROJECT);
    if (*out == ERR_NONE && !may_verify(r, c))
        *out = ERR_NOT_ALLOWED;
    return OK;
}

static err part_of(struct req *r, const struct case_row *c, struct case_part_of *out)
{
    *out = (struct case_part_of){ .id = c->id, .area_id = c->area_id, .reporter = c->reporter_id, .code = c->code, .title = case_title(r->arena, c->text),
                                  .state = (enum case_state)c->state, .ended = c->closed_at != 0, .linked = c->has_secret, .told = c->has_contact,
                                  .staff = r->caller.account && case_staff_reads(r, c), .own = case_is_reporter(r, c) };
    return r->caller.account ? stuck(r, c, &out->stuck) : OK;
}

err case_part_find(struct req *r, int64_t id, struct case_part_of *out)
{
    struct case_row c;
    TRY(case_get(r->db, r->arena, r->tenant, id, &c));
    return part_of(r, &c, out);
}

err case_part_by_secret(struct req *r, struct str code, struct case_part_of *out)
{
    struct case_row c;
    TRY(case_open_secret(r, code, &c));
    return part_of(r, &c, out);
}

struct str case_stuck_text(struct req *r, const struct case_part_of *p)
{
    bool zh = r->lang == LANG_ZH;
    return str_of(p->stuck == ERR_WRONG_STATE ? case_state_name(p->state, zh) : case_block_text(p->stuck, zh));
}

err case_end_with_project(struct req *r, int64_t id, struct str text, struct str data)
{
    struct case_row  c;
    enum err_code    why;
    struct case_move m = { .action = ACT_PROJECT, .outcome = OUTCOME_RESOLVED, .text = text, .data = data };
    TRY(case_get(r->db, r->arena, r->tenant, id, &c));
    if (c.closed_at)
        return OK;
    TRY(stuck(r, &c, &why));
    if (why != ERR_NONE)
        return FAIL(why);
    TRY(case_call_plan(r, &c, m.outcome, &m.call_back_at));
    return case_do(r, &c, &m);
}
