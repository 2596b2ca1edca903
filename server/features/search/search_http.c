/* search_http.c: one question over everything. It is asked by POST: what is looked for may be a person's name, and an address ends up in
 * histories and logs. */
#include "search_parts.h"

#define HITS_STANDARD 6

struct ask { struct str text; int64_t limit; struct strs kinds; };
static const struct field ask_fields[] = {
    FIELD_STR(struct ask, text, 1, 100, REQUIRED | RAW_TEXT, "What to look for; a blank at the end says that the last word is whole"),
    FIELD_I64(struct ask, limit, 1, 50, 0, "At most so many of each kind; 6 when not given"),
    FIELD_STRS(struct ask, kinds, 0, GROUPS_MOST, 0, "Only these kinds: case, area, org, person, category"),
    FIELD_END
};

static const struct field hit_fields[] = {
    FIELD_ID(struct search_hit, id, REQUIRED, "Id"),
    FIELD_STR(struct search_hit, title, 0, 0, REQUIRED, "Name, or first words"),
    FIELD_STR(struct search_hit, excerpt, 0, 0, 0, "Where the words stand, of a case"),
    FIELD_STR(struct search_hit, note, 0, 0, 0, "Where it is, or what it is"),
    FIELD_STR(struct search_hit, code, 0, 0, 0, "Number or code"),
    FIELD_STR(struct search_hit, state, 0, 0, 0, "State of a case"),
    FIELD_TIME(struct search_hit, at, 0, "When a case was reported"),
    FIELD_END
};
struct group_view { struct str kind; struct list items; bool more; };
static const struct field group_fields[] = {
    FIELD_STR(struct group_view, kind, 0, 0, REQUIRED, "case, area, org, person or category"),
    FIELD_LIST(struct group_view, items, hit_fields, struct search_hit, 0, 0, REQUIRED, "Best first"),
    FIELD_BOOL(struct group_view, more, REQUIRED, "There are further ones"),
    FIELD_END
};
struct answer { struct list groups; struct strs words; bool complete; };
static const struct field answer_fields[] = {
    FIELD_LIST(struct answer, groups, group_fields, struct group_view, 0, 0, REQUIRED, "Kinds with at least one hit"),
    FIELD_STRS(struct answer, words, 0, 0, REQUIRED, "The words looked for, to be marked"),
    FIELD_BOOL(struct answer, complete, REQUIRED, "false: older cases are still being put into the index"),
    FIELD_END
};

static bool asked_for(const struct ask *in, const char *kind)
{
    bool any = in->kinds.len == 0;
    for (size_t i = 0; i < in->kinds.len; i++)
        any = any || str_is(in->kinds.at[i], kind);
    return any;
}

static err find_all(struct req *r, const struct ask *in, const struct search_query *q, struct answer *v)
{
    const struct search_state *s = r->app->search;
    struct group_view         *groups = ARENA_ARRAY(r->arena, s->group_count + 1, struct group_view);
    v->groups = (struct list){ groups, 0 };
    for (size_t i = 0; q->words.len && i < s->group_count; i++) {
        struct group_view g = { .kind = str_of(s->groups[i]->kind) };
        if (!asked_for(in, s->groups[i]->kind))
            continue;
        TRY(s->groups[i]->find(r, q, in->limit ? (size_t)in->limit : HITS_STANDARD, &g.items, &g.more));
        if (g.items.len)
            groups[v->groups.len++] = g;
    }
    return OK;
}

static err search_all(struct req *r)
{
    const struct ask   *in = r->body;
    struct search_query q = search_read(r->arena, in->text);
    struct answer       v = { .words = q.words };
    int64_t             below;
    if (!str_trim(in->text).len)
        req_fault(r, "text", ERR_BLANK);
    TRY(req_faults(r));
    TRY(search_filled(r->db, r->tenant, &below));
    v.complete = below == 0;
    TRY(find_all(r, in, &q, &v));
    return reply_view(r, answer_fields, &v, 0);
}

const struct route search_routes[] = {
    { POST, "/api/v1/search", search_all, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ, ROUTE_BODY(struct ask, ask_fields),
      .reply_kind = REPLY_VIEW, .reply = answer_fields, .flags = ROUTE_NO_STORE, .tag = "search",
      .summary = "Cases, areas, organisations, people and categories the caller may see, by words, as they type" },
    ROUTE_END
};
