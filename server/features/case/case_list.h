/* Lists over HTTP: what the route table needs of case_list.c. Private to this folder. */
#ifndef LINLI_CASE_LIST_H
#define LINLI_CASE_LIST_H

#include "case_parts.h"

struct case_query {
    struct strs state;
    int64_t     area, category, org, limit;
    int         source, due, mine, sort;
    struct str  text, bbox, after;
};
struct case_work_query { int state; };
extern const struct field case_query_fields[];     /* list */
extern const struct field case_filter_fields[];    /* count, map: the filters alone */
extern const struct field case_work_query_fields[];
extern const struct field case_row_fields[], case_list_fields[], case_count_fields[], case_map_fields[], case_work_fields[];

MUST err case_list(struct req *r);
MUST err case_count(struct req *r);
MUST err case_map(struct req *r);
MUST err case_work(struct req *r);

#endif
