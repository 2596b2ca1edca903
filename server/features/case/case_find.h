/* Cases by words: the text filter of the lists, and the cases' part of the search over everything. Private to this folder. */
#ifndef LINLI_CASE_FIND_H
#define LINLI_CASE_FIND_H

#include "case_pick.h"
#include "../search/search.h"

/* Like case_pick, of the rows in which all words of the text stand, at most p->most. *last: the last row looked at, *more: there are rows
 * behind it, or may be: a search that finds little stops after the setting case.search_rows and says how far it came. */
MUST err case_find(struct req *r, struct pick *p, struct str text, struct picked *out, size_t *n, struct picked *last, bool *more);

/* POST /cases/by-contact: the cases somebody reported with exactly this telephone; leaves an audit row. */
extern const struct field case_by_contact_fields[], case_by_contact_view_fields[];
struct case_by_contact_in { struct str contact, why; };
MUST err case_by_contact(struct req *r);

/* What search asks the cases for. */
extern const struct search_source case_search_source;
extern const struct search_group  case_search_group, category_search_group;

#endif
