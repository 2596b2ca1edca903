/* service_lists.c: what exchange asks of services: entered from the sheet of lists. */
#include "service_inside.h"

#include "../search/search.h"

DB_SQL(service_same, "SELECT COUNT(*) FROM service WHERE tenant_id = $1 AND org_id = $2 AND title_fold = $3 AND category = $4 AND state < 3")

static err listed(struct req *r, int64_t org, struct str title, struct str category, bool *out)
{
    int64_t n = 0;
    TRY(db_number(r->db, &service_same, DB_ARGS(I64(r->tenant), I64(org), TEXT(search_fold(r->arena, title)), TEXT(category)), &n));
    *out = n > 0;
    return OK;
}

const struct exchange_services service_lists = { .add = service_add, .listed = listed };
