/* Field tables: one table parses, validates, documents and prints a struct. Used for bodies, query strings and reply views.
 *
 *   struct report { struct str text; int64_t category; struct geo at; struct ids photos; };
 *   static const struct field report_fields[] = {
 *       FIELD_STR(struct report, text, 1, 4000, REQUIRED, "What happened, in the reporter's words"),
 *       FIELD_ID (struct report, category,       0,       "Leaf of the category tree"),
 *       FIELD_END };
 *
 * Reading (field_read_json, field_read_query): every fault of the input is collected, each with its field's path; an unknown
 * field is a fault; text is trimmed, must be UTF-8 without control characters, and lengths count code points.
 * A field that was not given, or given as null, leaves its member zero (STR_NONE, 0, false, {set false}); struct given tells which were given.
 * Writing (field_write): members in table order. STR with ptr NULL, ID 0, TIME 0, GEO not set, OBJECT NULL and WORD 0 are written as null.
 */
#ifndef LINLI_BASE_FIELD_H
#define LINLI_BASE_FIELD_H

#include "clock.h"
#include "err.h"
#include "jsonw.h"

enum field_kind {
    KIND_END,
    KIND_STR,      /* struct str */
    KIND_I64,      /* int64_t */
    KIND_REAL,     /* double, printed with six decimals */
    KIND_BOOL,     /* bool */
    KIND_TIME,     /* ms; in JSON an integer, UTC milliseconds. On input also RFC 3339 text */
    KIND_ID,       /* int64_t; in JSON a decimal text */
    KIND_GEO,      /* struct geo; in JSON {"lon":…, "lat":…}; in a query "lon,lat" */
    KIND_WORD,     /* enum (int) whose values index the words; words[0] is NULL and means none */
    KIND_STRS,     /* struct strs */
    KIND_IDS,      /* struct ids; in a query comma-separated */
    KIND_JSON,     /* struct str holding any JSON value as text (input: re-serialised; output: printed raw) */
    KIND_OBJECT,   /* pointer to a struct described by .sub; NULL is null */
    KIND_LIST      /* struct list of structs described by .sub */
};

struct geo  { bool set; double lon, lat; };            /* WGS 84 degrees */
struct ids  { const int64_t *at; size_t len; };
bool ids_has(struct ids ids, int64_t id);              /* for a few; of many, in order, there is pick_has() */
struct strs { const struct str *at; size_t len; };
struct list { void *at; size_t len; };                 /* len elements of .size bytes */

enum field_flag {
    REQUIRED = 1,    /* input: must be given and not null. Output: documented as never null */
    MULTILINE = 2,   /* input: line feeds and tabs are welcome (else they are control characters) */
    SECRET = 4,      /* never logged, never put into audit rows: passwords, tokens, contact data */
    RAW_TEXT = 8     /* input: not trimmed */
};

struct field {
    const char          *name;
    char                 key[JSONW_KEY_ROOM];   /* the name as an answer has it; empty where the table was not made by the macros below */
    size_t               key_len;
    enum field_kind      kind;
    size_t               offset;
    int64_t              min, max;   /* STR: code points; I64: value; lists: number of elements; 0,0 = no bound */
    unsigned             flags;
    const char *const   *words;      /* KIND_WORD: NULL, "a", "b", …, NULL */
    const struct field  *sub;        /* OBJECT, LIST */
    size_t               size;       /* OBJECT, LIST: size of the sub struct */
    const char          *doc;        /* one line for the API document */
};

#define FIELD_KEY(name_) .name = name_, .key = "\"" name_ "\":", .key_len = sizeof(name_) + 2
#define FIELD_(type, member, ...) { FIELD_KEY(#member), .offset = offsetof(type, member), __VA_ARGS__ }
#define FIELD_STR(type, member, min_, max_, flags_, doc_) \
    FIELD_(type, member, .kind = KIND_STR, .min = (min_), .max = (max_), .flags = (flags_), .doc = (doc_))
#define FIELD_I64(type, member, min_, max_, flags_, doc_) \
    FIELD_(type, member, .kind = KIND_I64, .min = (min_), .max = (max_), .flags = (flags_), .doc = (doc_))
#define FIELD_REAL(type, member, flags_, doc_) FIELD_(type, member, .kind = KIND_REAL, .flags = (flags_), .doc = (doc_))
#define FIELD_BOOL(type, member, flags_, doc_) FIELD_(type, member, .kind = KIND_BOOL, .flags = (flags_), .doc = (doc_))
#define FIELD_TIME(type, member, flags_, doc_) FIELD_(type, member, .kind = KIND_TIME, .flags = (flags_), .doc = (doc_))
#define FIELD_ID(type, member, flags_, doc_)   FIELD_(type, member, .kind = KIND_ID, .flags = (flags_), .doc = (doc_))
#define FIELD_GEO(type, member, flags_, doc_)  FIELD_(type, member, .kind = KIND_GEO, .flags = (flags_), .doc = (doc_))
#define FIELD_JSON(type, member, flags_, doc_) FIELD_(type, member, .kind = KIND_JSON, .flags = (flags_), .doc = (doc_))
#define FIELD_WORD(type, member, words_, flags_, doc_) \
    FIELD_(type, member, .kind = KIND_WORD, .words = (words_), .flags = (flags_), .doc = (doc_))
#define FIELD_IDS(type, member, min_, max_, flags_, doc_) \
    FIELD_(type, member, .kind = KIND_IDS, .min = (min_), .max = (max_), .flags = (flags_), .doc = (doc_))
#define FIELD_STRS(type, member, min_, max_, flags_, doc_) \
    FIELD_(type, member, .kind = KIND_STRS, .min = (min_), .max = (max_), .flags = (flags_), .doc = (doc_))
#define FIELD_OBJECT(type, member, sub_, subtype, flags_, doc_) \
    FIELD_(type, member, .kind = KIND_OBJECT, .sub = (sub_), .size = sizeof(subtype), .flags = (flags_), .doc = (doc_))
#define FIELD_LIST(type, member, sub_, subtype, min_, max_, flags_, doc_)                                             \
    FIELD_(type, member, .kind = KIND_LIST, .sub = (sub_), .size = sizeof(subtype), .min = (min_), .max = (max_),     \
           .flags = (flags_), .doc = (doc_))
#define FIELD_END { .kind = KIND_END }

/* One fault of an input. path such as "text" or "photos[2]" or "parts[0].name"; lives in the arena. */
struct fault {
    struct str    path;
    enum err_code code;
    int64_t       bound;   /* the bound that was passed, for TOO_LONG and its like; else 0 */
};

struct faults {
    struct fault *at;
    size_t        len, cap;
    struct arena *arena;
};

/* Adds a fault (at most 100 are kept). */
void faults_add(struct faults *f, struct str path, enum err_code code, int64_t bound);

/* Which fields of the top-level table were given: bit i is the table's i-th row (at most 64 rows). */
struct given { uint64_t bits; };

/* Reads a JSON object. Limits: depth 16, no duplicate keys, UTF-8. ERR_BAD_JSON when it is not JSON or not an object;
 * ERR_INVALID when faults were collected. Everything read lives in the arena. */
MUST err field_read_json(struct arena *a, const struct field *table, struct str text, void *out, struct given *given,
                         struct faults *faults);

/* Reads a query string (after '?', percent-encoded; '+' is a blank). Same rules; a parameter given twice is a fault (ERR_INVALID). */
MUST err field_read_query(struct arena *a, const struct field *table, struct str query, void *out, struct given *given,
                          struct faults *faults);

/* True when the member at this offset was given. */
bool field_given(const struct field *table, const struct given *given, size_t offset);

/* Prints a struct as a JSON object. */
void field_write(struct jsonw *j, const struct field *table, const void *in);

/* Prints the JSON Schema (2020-12) of a table; input tables list required fields, output tables mark nullability. */
void field_schema(struct jsonw *j, const struct field *table, bool input);

#endif
