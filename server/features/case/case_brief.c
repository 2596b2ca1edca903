/* case_brief.c: a case in a line, as everybody may know it; and the grid of places that the public map and the index of near cases share. */
#include "case_matter.h"

const struct field case_brief_fields[] = {
    FIELD_ID(struct case_brief, id, 0, "Case; null for whoever may not read it"),
    FIELD_STR(struct case_brief, code, 0, 0, REQUIRED, "Number people say"),
    FIELD_STR(struct case_brief, title, 0, 0, 0, "First words: when released, or for staff"),
    FIELD_WORD(struct case_brief, state, case_state_words, REQUIRED, "State"),
    FIELD_WORD(struct case_brief, outcome, case_outcome_words, 0, "Outcome of a closed case"),
    FIELD_OBJECT(struct case_brief, category, case_category_ref_fields, struct case_category_ref, 0, "Category"),
    FIELD_STR(struct case_brief, area_name, 0, 0, 0, "Approximate place: the grid or community"),
    FIELD_BOOL(struct case_brief, released, 0, "Text and photos are public"),
    FIELD_TIME(struct case_brief, reported_at, REQUIRED, "When it was reported"),
    FIELD_TIME(struct case_brief, closed_at, 0, "When it was closed, rejected or merged"),
    FIELD_END
};

int64_t case_approximate(const struct unit_snapshot *u, int64_t area)
{
    int64_t grid = unit_above_of_kind(u, area, "grid");
    int64_t community = grid ? grid : unit_above_of_kind(u, area, "community");
    return community ? community : area;
}

void case_brief(struct req *r, const struct unit_snapshot *u, const struct case_snapshot *s, const struct case_row *c, bool staff,
                struct case_brief *out)
{
    const struct case_category *category = case_category_by_id(s, c->category_id);
    int64_t                     area = staff ? c->area_id : case_approximate(u, c->area_id);
    *out = (struct case_brief){ .id = staff ? c->id : 0, .code = c->code, .title = staff || c->released ? case_title(r->arena, c->text) : STR_NONE,
                                .state = (int)c->state, .outcome = (int)c->outcome, .released = c->released,
                                .reported_at = c->reported_at, .closed_at = c->closed_at };
    if (area)
        out->area_name = str_copy(r->arena, unit_name(u, (struct unit_ref){ UNIT_AREA, area }));
    if (!category)
        return;
    out->category = ARENA_NEW(r->arena, struct case_category_ref);
    *out->category = (struct case_category_ref){ category->id, str_copy(r->arena, category->name_zh), str_copy(r->arena, category->name_en) };
}

void case_brief_now(struct req *r, const struct case_row *c, bool staff, struct case_brief *out)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    const struct case_snapshot *s = case_hold(r->app);
    case_brief(r, u, s, c, staff, out);
    case_release(r->app, s);
    unit_release(u);
}

/* ---- cells ---- */

struct case_cell case_cell_at(int64_t lon_e7, int64_t lat_e7)
{
    return (struct case_cell){ (lon_e7 + CASE_WEST) / CASE_CELL_E7, (lat_e7 + CASE_SOUTH) / CASE_CELL_E7 };
}

int64_t case_cell_number(struct case_cell c)
{
    return c.y * CASE_CELLS_WIDE + c.x;
}

void case_cell_middle(struct case_cell c, int64_t *lon_e7, int64_t *lat_e7)
{
    *lon_e7 = c.x * CASE_CELL_E7 - CASE_WEST + CASE_CELL_E7 / 2;
    *lat_e7 = c.y * CASE_CELL_E7 - CASE_SOUTH + CASE_CELL_E7 / 2;
}
