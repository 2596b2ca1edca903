/* form: text as browsers and query strings encode it: name=value pairs, percent escapes, '+' for a blank. */
#ifndef LINLI_BASE_FORM_H
#define LINLI_BASE_FORM_H

#include "str.h"

/* Percent-decoded copy; STR_NONE when the encoding is broken. Whether it is UTF-8 is for the caller to check. */
struct str form_decode(struct arena *a, struct str s);
/* Percent-encodes everything but RFC 3986's unreserved characters. */
struct str form_encode(struct arena *a, struct str s);

/* Cuts the next pair off *rest, still encoded; false at the end. Empty pairs are passed over. */
bool form_pair(struct str *rest, struct str *pair);

#endif
