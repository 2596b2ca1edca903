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

#endif
