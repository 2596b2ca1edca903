/* unit_find.c: areas and organisations in the search over everything: by name or code, from memory. */
#include "unit_http.h"
#include "unit_find.h"

static bool fits(const struct unode *n, const struct search_query *q)
{
    return search_fits(q, n->fold) || (n->code.len >= q->text.len && q->text.len > 2 && memcmp(n->code.ptr, q->text.ptr, q->text.len) == 0);
}

/* What lies above an area, or the area an organisation belongs to. */
static struct str note_of(const struct unit_snapshot *s, const struct unode *n)
{
    int64_t above = n->unit == UNIT_AREA ? n->parent_id : n->area_id;
    return above ? unit_name(s, (struct unit_ref){ UNIT_AREA, above }) : STR_NONE;
}

/* The shorter name first, so that what was typed whole comes before what only holds it. */
static void gather(struct req *r, const struct unit_snapshot *s, const struct search_query *q, bool areas, size_t most, struct list *out, bool *more)
{
    int32_t            from = areas ? 0 : s->areas, to = areas ? s->areas : s->count;
    struct search_hit *at = ARENA_ARRAY(r->arena, most + 1, struct search_hit);
    size_t             n = 0;
    for (int32_t i = from; i < to; i++) {
        const struct unode *u = &s->nodes[i];
        if ((u->valid_to && u->valid_to <= r->now) || !fits(u, q))
            continue;
        size_t place = n;
        while (place > 0 && at[place - 1].title.len > u->name.len)
            place--;
        *more = *more || n == most;
        if (place == most)
            continue;
        memmove(at + place + 1, at + place, ((n < most ? n : most - 1) - place) * sizeof *at);
        at[place] = (struct search_hit){ .id = u->id, .title = u->name, .note = note_of(s, u), .code = u->code };
        n += n < most;
    }
    for (size_t i = 0; i < n; i++) {
        at[i].title = str_copy(r->arena, at[i].title);
        at[i].note = str_copy(r->arena, at[i].note);
        at[i].code = str_copy(r->arena, at[i].code);
    }
    *out = (struct list){ at, n };
}

static err find_units(struct req *r, const struct search_query *q, bool areas, size_t most, struct list *out, bool *more)
{
    *out = (struct list){ NULL, 0 };
    if (!(r->caller.anywhere & PERM_BIT(PERM_UNIT_READ)))
        return OK;
    const struct unit_snapshot *s = unit_hold(r->app);
    gather(r, s, q, areas, most, out, more);
    unit_release(s);
    return OK;
}

static err find_areas(struct req *r, const struct search_query *q, size_t most, struct list *out, bool *more)
{
    return find_units(r, q, true, most, out, more);
}

static err find_orgs(struct req *r, const struct search_query *q, size_t most, struct list *out, bool *more)
{
    return find_units(r, q, false, most, out, more);
}

const struct search_group area_search_group = { "area", 2, find_areas }, org_search_group = { "org", 3, find_orgs };
