/* Rules of the saved feature: pure functions. Private to this folder. */
#ifndef LINLI_SAVED_RULES_H
#define LINLI_SAVED_RULES_H

#include "../unit/unit.h"

/* Stored as numbers: append only. */
enum saved_kind { SAVED_NONE, SAVED_CASE_VIEW, SAVED_REPLY };
extern const char *const saved_kind_words[];   /* NULL "case_view" "reply" NULL */

#define SAVED_MOST      50     /* of one kind with one holder: more is not a menu but a haystack */
#define SAVED_NAME_MOST 40     /* characters of a name */
#define SAVED_TEXT_MOST 2000   /* characters of a reply: what the shortest text of an action holds */

/* Is this JSON the query of a page's address: an object of at most 20 members, names of small letters and _, each value a text of at most
 * 200 bytes or a list of at most 20 such texts, 2,000 bytes in all? The page of a list ("after") is no part of a view. ERR_NONE,
 * ERR_WRONG_TYPE, ERR_TOO_LONG, or ERR_INVALID for a name that is none. */
enum err_code saved_query_fault(struct str json);

/* Does every brace of a reply's text stand for something a case has: {code} {title} {address} {area} {category} {org}? ERR_NONE, else
 * ERR_PLACEHOLDER. */
enum err_code saved_text_fault(struct str text);

/* The units whose shared things somebody with these grants sees: each unit of a grant and all above it; for an organisation also its area
 * and all above that. Arena array, none twice. */
struct ids saved_units(const struct unit_snapshot *s, struct arena *a, const struct grant *grants, size_t n);

#endif
