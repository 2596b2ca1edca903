/* alliance_plan.c: what others tell: what is planned in an alliance, each source of what has a day and is not done; and what ties two organisations. */
#include <stdlib.h>

#include "alliance_inside.h"

enum { MOST = 200, AHEAD_DAYS = 365 };

static const char *const planned_words[] = { NULL, "resolution", "milestone", "pledge", "claim", "need", NULL };

struct org_view { int64_t org_id; struct str name; };
static const struct field org_fields[] = { FIELD_ID(struct org_view, org_id, REQUIRED, "Organisation"), FIELD_STR(struct org_view, name, 0, 0, REQUIRED, "Its name"),
                                           FIELD_END };
struct line_view { int kind; int64_t id, of_id; struct str title, of_title; struct list orgs; ms at; bool overdue; };
static const struct field line_fields[] = {
    FIELD_WORD(struct line_view, kind, planned_words, REQUIRED, "What it is"), FIELD_ID(struct line_view, id, REQUIRED, "Its id"),
    FIELD_ID(struct line_view, of_id, REQUIRED, "Whose page shows it: a milestone's project, a pledge's agreement, a claim's need, else itself"),
    FIELD_STR(struct line_view, title, 0, 0, REQUIRED, "In a line"), FIELD_STR(struct line_view, of_title, 0, 0, 0, "What it belongs to, in a line"),
    FIELD_LIST(struct line_view, orgs, org_fields, struct org_view, 0, 0, REQUIRED, "Who does it"), FIELD_TIME(struct line_view, at, REQUIRED, "By when"),
    FIELD_BOOL(struct line_view, overdue, REQUIRED, "That day is over"), FIELD_END
};
struct plan_view { struct list items; int64_t overdue; bool more; ms until; };
static const struct field plan_fields[] = {
    FIELD_LIST(struct plan_view, items, line_fields, struct line_view, 0, 0, REQUIRED, "The earliest first, at most 200"),
    FIELD_I64(struct plan_view, overdue, 0, 0, REQUIRED, "How many of them are overdue"), FIELD_BOOL(struct plan_view, more, REQUIRED, "There are more"),
    FIELD_TIME(struct plan_view, until, REQUIRED, "Looked ahead until then"), FIELD_END
};
struct plan_query { ms until; };
static const struct field plan_query_fields[] = { FIELD_TIME(struct plan_query, until, 0, "Due before then; empty: within 365 days"), FIELD_END };

struct ids alliance_one_org(struct arena *a, int64_t org)
{
    int64_t *at = ARENA_NEW(a, int64_t);
    *at = org;
    return (struct ids){ at, org != 0 };
}

err alliance_named(struct req *r, struct str word, int64_t id, struct str *title)
{
    const struct alliance_state *s = r->app->alliance;
    for (size_t i = 0; i < s->source_count; i++)
        if (s->sources[i]->named && str_is(word, s->sources[i]->word))
            return s->sources[i]->named(r, id, title);
    return FAIL(ERR_NOT_A_CHOICE);
}

err alliance_ties(struct req *r, ms from, ms to, struct list *out)
{
    const struct alliance_state *s = r->app->alliance;
    struct list                  told[SOURCES_MOST] = { 0 };
    size_t                       n = 0;
    for (size_t i = 0; i < s->source_count; i++) {
        if (s->sources[i]->ties)
            TRY(s->sources[i]->ties(r, from, to, &told[i]));
        n += told[i].len;
    }
    struct alliance_tie *at = ARENA_ARRAY(r->arena, n + 1, struct alliance_tie);
    *out = (struct list){ at, 0 };
    for (size_t i = 0; i < s->source_count; i++)
        for (size_t k = 0; k < told[i].len; k++)
            at[out->len++] = ((const struct alliance_tie *)told[i].at)[k];
    return OK;
}

static int by_day(const void *x, const void *y)
{
    const struct alliance_planned *a = x, *b = y;
    return a->at != b->at ? (a->at < b->at ? -1 : 1) : a->kind != b->kind ? (a->kind < b->kind ? -1 : 1) : a->id < b->id ? -1 : a->id > b->id;
}

/* What all sources tell, by day. */
static err ask_all(struct req *r, const struct alliance_asks *q, struct list *out)
{
    const struct alliance_state *s = r->app->alliance;
    struct list                  told[SOURCES_MOST];
    size_t                       n = 0;
    for (size_t i = 0; i < s->source_count; i++) {
        TRY(s->sources[i]->planned(r, q, &told[i]));
        n += told[i].len;
    }
    struct alliance_planned *at = ARENA_ARRAY(r->arena, n + 1, struct alliance_planned);
    *out = (struct list){ at, 0 };
    for (size_t i = 0; i < s->source_count; i++)
        for (size_t k = 0; k < told[i].len; k++)
            at[out->len++] = ((const struct alliance_planned *)told[i].at)[k];
    qsort(at, n, sizeof *at, by_day);
    return OK;
}

static struct list orgs_view(struct req *r, const struct unit_snapshot *u, struct ids orgs, bool is_public)
{
    struct org_view *v = ARENA_ARRAY(r->arena, orgs.len + 1, struct org_view);
    size_t           n = 0;
    for (size_t i = 0; i < orgs.len; i++)
        if (!is_public || unit_is_public(u, (struct unit_ref){ UNIT_ORG, orgs.at[i] }))
            v[n++] = (struct org_view){ orgs.at[i], unit_name_copy(r->arena, u, UNIT_ORG, orgs.at[i]) };
    return (struct list){ v, n };
}

static err answer(struct req *r, struct alliance_asks q)
{
    struct plan_view v = { .until = q.until };
    struct list      all;
    q.most = MOST + 1;
    TRY(ask_all(r, &q, &all));
    const struct alliance_planned *p = all.at;
    struct line_view              *at = ARENA_ARRAY(r->arena, MOST, struct line_view);
    const struct unit_snapshot    *u = unit_hold(r->app);
    size_t                         n = 0;
    for (; n < all.len && n < MOST; n++) {
        at[n] = (struct line_view){ (int)p[n].kind, p[n].id, p[n].of_id, p[n].title, p[n].of_title, orgs_view(r, u, p[n].orgs, q.is_public), p[n].at, p[n].at <= r->now };
        v.overdue += at[n].overdue;
    }
    unit_release(u);
    v.items = (struct list){ at, n };
    v.more = all.len > MOST;
    return reply_view(r, plan_fields, &v, 0);
}

static err get_plan(struct req *r)
{
    const struct plan_query *q = r->query;
    struct alliance_row      row;
    TRY(alliance_get(r->db, r->arena, r->tenant, r->path[0], &row));
    return answer(r, (struct alliance_asks){ .alliance = row.id, .until = q->until ? q->until : r->now + AHEAD_DAYS * MS_DAY });
}

static err get_public_plan(struct req *r)
{
    struct alliance_present of;
    TRY(alliance_present(r->db, r->arena, r->tenant, r->path[0], &of));
    if (!of.is_public)
        return FAIL(ERR_NOT_FOUND);
    return answer(r, (struct alliance_asks){ .alliance = r->path[0], .is_public = true, .until = r->now + AHEAD_DAYS * MS_DAY });
}

const struct route alliance_plan_routes[] = {
    { GET, "/api/v1/alliances/:id/plan", get_plan, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "alliance",
      ROUTE_QUERY(struct plan_query, plan_query_fields), .reply_kind = REPLY_VIEW, .reply = plan_fields,
      .summary = "What is planned, read off the work: resolutions, milestones, pledges, claims and needs of its members, by day" },
    { GET, "/api/v1/public/alliances/:id/plan", get_public_plan, .perm = PERM_PUBLIC, .tx = TX_READ, .tag = "alliance", .reply_kind = REPLY_VIEW, .reply = plan_fields,
      .summary = "What a public alliance plans, as far as it is public" },
    ROUTE_END
};
