/* letter: appointments over HTTP, and their letters: numbered, printed, verified by anybody who holds one. */
#ifndef LINLI_LETTER_H
#define LINLI_LETTER_H

#include "../../http/app.h"

extern const struct feature letter_feature;

/* What to issue. */
struct letter_order {
    int64_t     appointment, issuer;   /* issuer: an organisation */
    const char *kind, *lang;           /* letter or certificate; zh or en */
    int64_t     seal;                  /* 0: none */
    ms          issued_at;
    int64_t     by;                    /* account */
    bool        replace;               /* a letter in force ends; without it ERR_HAS_LETTER */
};
/* Issues one, inside a write: its number, its words as they are frozen, its code. ERR_NOT_FOUND (appointment), ERR_WRONG_STATE: the appointment
 * has ended; ERR_HAS_LETTER; ERR_LETTER_TEXT and ERR_LETTER_NUMBER when a setting is not right. */
MUST err letter_issue(struct app *app, struct db_conn *c, struct arena *a, const struct letter_order *o, ms now, int64_t *id);

/* An organisation's seal from `now` on; the file is to be owned by it ("seal", *id). For the demonstration. */
MUST err letter_seal_add(struct db_conn *c, int64_t tenant, int64_t org, int64_t file, ms now, int64_t *id);

/* ---- for other documents with a number, a text of their own and a code that anybody can verify ---- */

enum letter_lang { LETTER_LANG_NONE, LETTER_ZH, LETTER_EN };
/* 二〇二六年五月十四日, or 14 May 2026. */
struct str letter_date(struct arena *a, ms t, int zone_minutes, enum letter_lang lang);
/* The last day of a term whose end is exclusive; empty when it is open. */
struct str letter_last_day(struct arena *a, ms to, int zone_minutes, enum letter_lang lang);

/* The number by its scheme: {year} and one of {n} {nn} {nnn} {nnnn}. ERR_LETTER_NUMBER. */
MUST err letter_number(struct arena *a, struct str scheme, int year, int64_t n, struct str *out);
/* The text with words in place of its {names}; a part in square brackets is left out when a word in it is empty. ERR_LETTER_TEXT: a brace that
 * does not close, or a name that word does not know. */
typedef bool (*letter_word_fn)(const void *words, struct str name, struct str *out);
MUST err letter_fill(struct arena *a, struct str text, letter_word_fn word, const void *words, struct str *out);

#define LETTER_CODE_SIZE 16
/* 16 signs (80 bits) of a keyed hash of the document's id: only who holds the key can make one, also with the database in hand. */
struct str letter_code(struct arena *a, const struct keys *k, int64_t tenant, int64_t id);
/* L7Q2-9FKD-… for reading aloud. */
struct str letter_code_spaced(struct arena *a, struct str code);
/* Under which the document is looked for: a keyed hash, so that the place in the index says nothing about the code asked for. */
struct str letter_code_hash(struct arena *a, const struct keys *k, struct str code);

/* What the page behind a code shows of a document: no more than the document itself. */
struct letter_line  { const char *zh, *en; struct str value; };
struct letter_shown { int64_t id; bool valid, ahead; const char *zh, *en; struct list lines; };   /* zh, en: what it is called; struct letter_line */
/* The document with this hash of a code: ERR_NOT_FOUND. Registered at start; at most four kinds. */
typedef err (*letter_find_fn)(struct req *r, struct str hash, enum letter_lang lang, struct letter_shown *out);
void letter_verifies(struct app *app, letter_find_fn find);

#endif
