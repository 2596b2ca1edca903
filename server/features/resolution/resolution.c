/* resolution.c: when it is late, whom to tell when, what a correction changed: pure. No I/O, no clock, no SQL. */
#include "resolution_inside.h"

const char *const resolution_way_words[] = { NULL, "meeting", "circulation", NULL };
const char *const resolution_state_words[] = { NULL, "open", "done", "dropped", NULL };
const char *const resolution_kind_words[] = { NULL, "entered", "corrected", "remark", "done", "dropped", "reopened", NULL };

bool resolution_overdue(const struct resolution *n, ms now)
{
    return n->state == RESOLUTION_OPEN && n->v.due_at && n->v.due_at <= now;
}

ms resolution_next(const struct resolution *n, ms after, ms notice, ms again)
{
    ms due = n->v.due_at;
    if (n->state != RESOLUTION_OPEN || !due)
        return 0;
    if (due - notice > after)
        return due - notice;
    if (due > after)
        return due;
    return again ? due + ((after - due) / again + 1) * again : 0;
}

static struct str written(struct arena *a, const struct field *table, const struct resolved *v)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    field_write(&j, table, v);
    return buf_view(&b);
}

struct str resolution_changed(struct arena *a, const struct field *table, const struct resolved *before, const struct resolved *after)
{
    struct field changed[16] = { 0 };
    size_t       n = 0;
    for (const struct field *f = table; f->kind != KIND_END && n < 15; f++) {
        const struct field one[] = { *f, FIELD_END };
        if (!str_eq(written(a, one, before), written(a, one, after)))
            changed[n++] = *f;
    }
    changed[n] = (struct field)FIELD_END;
    return n ? written(a, changed, before) : STR_NONE;
}
