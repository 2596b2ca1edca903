/* str: a view of text (pointer and length) that never owns its bytes. UTF-8 is checked once, at the door. */
#ifndef LINLI_BASE_STR_H
#define LINLI_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"

/* ptr NULL means "no text" (SQL NULL, JSON null); ptr set and len 0 is the empty text. */
struct str {
    const char *ptr;
    size_t      len;
};

#define STR(literal)  ((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_NONE      ((struct str){ NULL, 0 })
#define STR_ARG(s)    (int)(s).len, (s).ptr ? (s).ptr : ""   /* for "%.*s" */

/* A view of a zero-terminated text; NULL gives STR_NONE. */
struct str str_of(const char *z);

bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *z);
bool str_starts(struct str s, const char *prefix);
bool str_ends(struct str s, const char *suffix);
/* Byte order; shorter first when one is the other's beginning. */
int  str_cmp(struct str a, struct str b);

/* Index of the byte c, or -1. */
ptrdiff_t str_find(struct str s, char c);

/* Cuts *rest at the first sep and returns what was before it; at the end returns the rest and empties it (ptr NULL). */
struct str str_cut(struct str *rest, char sep);

/* Without ASCII white space and U+3000 at both ends. */
struct str str_trim(struct str s);

struct str str_copy(struct arena *a, struct str s);           /* STR_NONE stays STR_NONE */
char      *str_z(struct arena *a, struct str s);              /* zero-terminated copy; STR_NONE gives "" */
struct str str_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The whole text as a decimal integer; false on anything else (empty, sign alone, overflow, other bytes). */
bool str_to_i64(struct str s, int64_t *out);
/* The whole text as a decimal floating-point number, independent of locale; false on anything else, NaN and infinity. */
bool str_to_real(struct str s, double *out);

bool   utf8_valid(struct str s);     /* strict: no surrogates, no overlong forms */
size_t utf8_len(struct str s);       /* code points of a valid text */
/* The first n code points of a valid text. */
struct str utf8_head(struct str s, size_t n);
/* True when the text holds a control character other than tab, line feed and carriage return. */
bool utf8_has_control(struct str s);

/* FNV-1a, 64 bits, of all that was given one after the other: h is STR_HASH at first. The same on every machine and for ever: what is made of it is
 * stored. Not for what somebody might want to forge. */
#define STR_HASH 14695981039346656037U
uint64_t str_hash(uint64_t h, struct str s);

/* Lower-case hex. */
struct str str_hex(struct arena *a, const void *bytes, size_t n);
/* Bytes of a hex text into out[n]; false unless exactly 2n hex digits. */
bool str_unhex(struct str s, void *out, size_t n);

#endif
