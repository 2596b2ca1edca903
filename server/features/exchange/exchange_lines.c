/* exchange_lines.c: needs in a line, for lists of other features. */
#include "exchange_inside.h"

const struct field exchange_line_fields[] = {
    FIELD_ID(struct exchange_line, id, REQUIRED, "Need"),
    FIELD_STR(struct exchange_line, title, 0, 0, REQUIRED, "In a line"),
    FIELD_STR(struct exchange_line, unit_name, 0, 0, 0, "Who asks"),
    FIELD_I64(struct exchange_line, quantity, 0, 0, REQUIRED, "How much"),
    FIELD_I64(struct exchange_line, claimed, 0, 0, REQUIRED, "How much of it is taken on, done or confirmed"),
    FIELD_STR(struct exchange_line, unit, 0, 0, 0, "Of what, in words"),
    FIELD_WORD(struct exchange_line, state, need_state_words, REQUIRED, "Where it stands"),
    FIELD_END
};

err exchange_lines(struct req *r, struct ids ids, struct list *out)
{
    struct exchange_line *at = ARENA_ARRAY(r->arena, ids.len + 1, struct exchange_line);
    *out = (struct list){ at, 0 };
    for (size_t i = 0; i < ids.len; i++) {
        struct need n;
        err         e = need_get(r->db, r->arena, r->tenant, ids.at[i], &n);
        if (e.code == ERR_NOT_FOUND || (!failed(e) && n.state == NEED_DRAFT && !req_may(r, PERM_NEED_MANAGE, NEED_UNIT(&n))))
            continue;
        TRY(e);
        at[out->len++] = (struct exchange_line){ n.id, n.quantity, n.claimed, (int)n.state, n.title, n.unit,
                                                 unit_name_of(r, (enum unit_kind)n.unit_kind, n.unit_id) };
    }
    return OK;
}
