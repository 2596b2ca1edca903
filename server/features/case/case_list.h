/* Lists over HTTP: what the route table needs of case_list.c. Private to this folder. */
#ifndef LINLI_CASE_LIST_H
#define LINLI_CASE_LIST_H

#include "case_parts.h"
#include "case_pick.h"

struct case_query {
    struct strs state;
    int64_t     area, category, org, held, limit, columns;   /* columns: of a map */
    bool        supervised;
    int         source, due, mine, sort, format;   /* format: of an export */
    int         call_back, appeal;
    struct str  text, bbox, after;
};
struct case_work_query { int state, due; bool supervised; };
extern const struct field case_query_fields[];     /* list */
extern const struct field case_export_fields[];    /* an export: the list's, without its paging */
extern const struct field case_filter_fields[];    /* count: the filters alone */
extern const struct field case_map_query_fields[];
extern const struct field case_work_query_fields[];
extern const struct field case_row_fields[], case_list_fields[], case_count_fields[], case_map_fields[], case_work_fields[];

/* A row of a list as the caller sees it. */
struct row_view {
    int64_t                   id;
    struct str                code, title;
    int                       state, outcome;
    struct case_category_ref *category;
    int64_t                   severity;
    int64_t                   area_id, org_id;
    struct str                area_name, org_name, address;
    struct geo                at;
    int                       source;
    ms                        reported_at, due_at, updated_at;
    int64_t                   reworks, tasks_open, photo, held_area_id;
    struct str                held_area_name, assignee;
    ms                        supervised_due;
    bool                      supervision_answered;
    bool                      provisional, stopped;
    int                       asked;
    int                       call_back, appeal, solved, rated_by, contacted;
    int64_t                   stars;
    struct strs               actions;
    int64_t                   version;
};

/* The views of picked rows, in the order in which they were picked; list of struct row_view. */
MUST err case_list_views(struct req *r, const struct picked *rows, size_t n, struct list *out);

/* How far a walk through a list has come; all zero: at its beginning. */
struct case_list_at { int64_t id; ms due_at; bool end; };
/* The next rows of what the query fits, in its order and as the caller sees them; at most `most`, fewer (even none) before the end when
 * words are looked for. rows: struct row_view. For whoever goes through all of a list. ERR_INVALID with faults of the query. */
MUST err case_list_next(struct req *r, const struct case_query *q, size_t most, struct case_list_at *at, struct list *rows);

MUST err case_list(struct req *r);
MUST err case_count(struct req *r);
MUST err case_map(struct req *r);
MUST err case_work(struct req *r);

#endif
