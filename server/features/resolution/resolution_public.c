/* What everybody may know of what a public alliance decided: resolutions marked public, organisations that are public themselves. */
#include "resolution_inside.h"

enum { SHOWN = 50 };

struct public_item { int64_t id; int way, state; struct str title, text, meeting; bool overdue; ms decided_at, due_at, ended_at; struct list orgs; };
static const struct field item_fields[] = {
    FIELD_ID(struct public_item, id, REQUIRED, "Id"), FIELD_STR(struct public_item, title, 0, 0, REQUIRED, "What was decided, in a line"),
    FIELD_STR(struct public_item, text, 0, 0, 0, "Its words"), FIELD_TIME(struct public_item, decided_at, REQUIRED, "Day on which it was decided"),
    FIELD_WORD(struct public_item, way, resolution_way_words, REQUIRED, "How"), FIELD_STR(struct public_item, meeting, 0, 0, 0, "At which meeting"),
    FIELD_TIME(struct public_item, due_at, 0, "To be carried out by"), FIELD_WORD(struct public_item, state, resolution_state_words, REQUIRED, "Where it stands"),
    FIELD_BOOL(struct public_item, overdue, REQUIRED, "Its day is over and it is open"), FIELD_TIME(struct public_item, ended_at, 0, "When it was done or dropped"),
    FIELD_LIST(struct public_item, orgs, resolution_org_fields, struct resolution_org, 0, 0, REQUIRED, "Public organisations that take it on"), FIELD_END
};

static err list_public(struct req *r)
{
    struct resolution_page  p = { .alliance = r->path[0], .decided = INT64_MAX, .id = INT64_MAX, .is_public = true, .most = SHOWN };
    struct alliance_present of;
    struct list             rows;
    TRY(alliance_present(r->db, r->arena, r->tenant, p.alliance, &of));
    if (!of.is_public)
        return FAIL(ERR_NOT_FOUND);
    TRY(resolution_list(r->db, r->arena, r->tenant, &p, &rows));
    const struct resolution *n = rows.at;
    struct public_item      *at = ARENA_ARRAY(r->arena, rows.len + 1, struct public_item);
    for (size_t i = 0; i < rows.len; i++)
        at[i] = (struct public_item){ .id = n[i].id, .way = n[i].v.way, .state = (int)n[i].state, .title = n[i].v.title, .text = n[i].v.text, .meeting = n[i].v.meeting,
                                      .overdue = resolution_overdue(&n[i], r->now), .decided_at = n[i].v.decided_at, .due_at = n[i].v.due_at,
                                      .ended_at = n[i].ended_at, .orgs = resolution_orgs(r, n[i].v.org_ids, true) };
    return reply_list(r, item_fields, sizeof *at, (struct list){ at, rows.len }, STR_NONE);
}

const struct route resolution_public_routes[] = {
    { GET, "/api/v1/public/alliances/:id/resolutions", list_public, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_LIST, .reply = item_fields,
      .summary = "What a public alliance decided, as far as it is public", .tag = "resolution" },
    ROUTE_END
};
