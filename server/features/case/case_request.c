/* case_request.c: requests for more time or suspension, for whoever may approve them. */
#include <stdlib.h>

#include "case_pick.h"

#define REQUESTS_MOST 500   /* looked at: oldest first; a district decides them within days */

DB_SQL(case_asked_open,
       "SELECT id, due_at, state, COALESCE(held_area_id, area_id), asked_by, supervised_area_id FROM cases WHERE tenant_id = $1 AND asked_at IS NOT NULL ORDER BY asked_at, id LIMIT $2")

static bool known(const struct picked *rows, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (rows[i].id == id)
            return true;
    return false;
}

static int by_due(const void *x, const void *y)
{
    const struct picked *a = x, *b = y;
    if (a->due_at != b->due_at)
        return a->due_at < b->due_at ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

err case_requests(struct req *r, struct picked *rows, size_t *n, size_t most)
{
    struct db_rows found;
    size_t         before = *n;
    if (!(r->caller.anywhere & PERM_BIT(PERM_CASE_EXTEND)))
        return OK;
    TRY(db_query(r->db, &case_asked_open, DB_ARGS(I64(r->tenant), I64(REQUESTS_MOST)), &found));
    while (*n < most && db_next(&found)) {
        struct picked   p = { .id = db_i64(&found, 0), .due_at = db_is_null(&found, 1) ? PICK_NO_DUE : db_i64(&found, 1), .state = db_i64(&found, 2),
                              .supervised = db_i64(&found, 5) > 0 };
        struct unit_ref area = { UNIT_AREA, db_i64(&found, 3) };
        if (db_i64(&found, 4) != r->caller.person && area.id && req_may(r, PERM_CASE_EXTEND, area) && !known(rows, *n, p.id))
            rows[(*n)++] = p;
    }
    if (*n > before)
        qsort(rows, *n, sizeof *rows, by_due);
    return db_done(&found);
}
