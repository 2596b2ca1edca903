/* What the files of this folder share. Private. */
#ifndef LINLI_PHONE_PARTS_H
#define LINLI_PHONE_PARTS_H

#include <stdatomic.h>

#include "phone.h"
#include "../deliver/deliver.h"
#include "../../base/rate.h"

#define PHONE_CODE_LIVES  (5 * MS_MINUTE)
#define PHONE_CODE_TRIES  5
#define PHONE_CODE_DIGITS 6
#define PHONE_PROOF_LIVES MS_DAY          /* a report may wait on the resident's device for a network */
#define PHONE_AGAIN_AFTER MS_MINUTE
#define PHONE_AT_ONCE     4               /* sent at once: a gateway that hangs holds so many threads and no more */

struct phone_state {
    struct arena *arena;
    struct rate  *senders, *tests;
    atomic_int    sending;
};

/* ---- rules: phone.c (pure) ---- */

/* The number as the gateway gets it: eleven digits of a mobile telephone of the mainland, with or without +86; with `abroad` another country's
 * too, "+" and its digits. ERR_PHONE_NUMBER. */
MUST err   phone_number(struct arena *a, struct str text, bool abroad, struct str *out);
/* Six digits. */
struct str phone_new_code(struct arena *a);
struct str phone_hash(struct arena *a, const struct keys *keys, struct str number);
struct str phone_code_hash(struct arena *a, const struct keys *keys, int64_t id, struct str code);

/* "until.mac": who holds it has had a code that was sent to this number. */
struct str phone_proof(struct arena *a, const struct keys *keys, struct str number, ms until);
/* PROOF_OTHER: not ours, or another number's. */
enum proof { PROOF_OTHER, PROOF_OLD, PROOF_GOOD };
enum proof phone_proof_read(struct arena *a, const struct keys *keys, struct str number, struct str proof, ms now);

/* ---- the gateway: phone_gateway.c ---- */

enum phone_format { PHONE_FORMAT_NONE, PHONE_JSON, PHONE_FORM };

struct phone_gateway {
    struct str url_enc, url_shown, secret_enc, header, body, good;
    int64_t    format, version;
};
/* What stands in braces. */
struct phone_words { struct str phone, code, secret; };

/* The template with its words, each escaped as the format wants it; STR_NONE when that is no JSON object, or no form. */
struct str phone_body(struct arena *a, int64_t format, struct str body, const struct phone_words *w);
/* A header's line with {secret}. */
struct str phone_header(struct arena *a, struct str header, struct str secret);

/* ERR_NOT_FOUND: none is set. */
MUST err phone_gateway_load(struct db_conn *c, struct arena *a, int64_t tenant, struct phone_gateway *out);
/* Sends a code now, outside any transaction: static text of what went wrong, NULL when the gateway took it; *answer: its status. */
const char *phone_send(struct req *r, const struct phone_gateway *g, struct str phone, struct str code, int64_t *answer);
extern const struct route phone_gateway_routes[];

/* ---- codes: phone_code.c ---- */

MUST err phone_sweep(struct db_conn *c, int64_t tenant, ms now, int64_t today, int64_t *gone);
int64_t  phone_day(const struct app *app, ms at);
extern const struct route phone_code_routes[];

#endif
