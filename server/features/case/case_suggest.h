/* Categories suggested from a text. Private to this folder. */
#ifndef LINLI_CASE_SUGGEST_H
#define LINLI_CASE_SUGGEST_H

#include "case_parts.h"
#include "../suggest/suggest.h"

extern const struct suggest_source case_suggest_source;

/* POST /categories/suggest */
struct case_suggest_in { struct str text; };
extern const struct field case_suggest_fields[], case_suggest_view_fields[];
MUST err case_suggest(struct req *r);

#endif
