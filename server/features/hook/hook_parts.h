/* What the files of this folder share. Private. */
#ifndef LINLI_HOOK_PARTS_H
#define LINLI_HOOK_PARTS_H

#include <pthread.h>

#include "hook.h"
#include "../case/case.h"
#include "../deliver/deliver.h"
#include "../unit/unit.h"

#define SEAL_TARGET "hook.target"
#define SEAL_SECRET "hook.secret"

/* ---- signatures: sign.c (pure) ---- */

#define SIGN_WINDOW (5 * MS_MINUTE)   /* how far a sender's clock may be off */

/* A new secret, "whsec_" and base64. */
struct str sign_secret(struct arena *a);
/* Standard Webhooks: "v1,base64" of HMAC-SHA256 over "id.timestamp.body". secret: whsec_… ; STR_NONE when it is none. */
struct str sign_v1(struct arena *a, struct str secret, struct str id, struct str timestamp, struct str body);
/* Whether one of the signatures in the header is right and its time within the window. */
bool       sign_fits(struct arena *a, struct str secret, const struct str header[3], struct str body, ms now);
/* DingTalk: base64 of HMAC-SHA256 keyed by the secret over "milliseconds\nsecret". */
struct str sign_dingtalk(struct arena *a, struct str secret, ms now);
/* Feishu: base64 of HMAC-SHA256 keyed by "seconds\nsecret" over nothing. */
struct str sign_feishu(struct arena *a, struct str secret, ms now);

/* ---- what is said: words.c (pure) ---- */

enum hook_format { FORMAT_NONE, FORMAT_JSON, FORMAT_WECOM, FORMAT_DINGTALK, FORMAT_FEISHU };
extern const char *const hook_format_words[];

/* A step as it is told to others: no names, no contacts; title only where the subscription wants it. */
struct hook_step {
    struct case_told told;
    struct str       category_zh, category_en, area, org, site;
    bool             title;
    ms               at;
    int              zone_minutes;
};
/* The body in a format; for Feishu without the signature, which is put in when it is sent. */
struct str hook_body(struct arena *a, enum hook_format format, bool english, const struct hook_step *s);
/* A body that says only that the way is open. */
struct str hook_test_body(struct arena *a, enum hook_format format, bool english, ms now);
/* What a robot would take for markup, a mention or a link becomes its full-width twin. */
struct str hook_plain(struct arena *a, struct str s);
/* Feishu's body with time and signature put in. */
struct str hook_feishu_signed(struct arena *a, struct str body, struct str secret, ms now);

/* Ends the row of the path's id, with its audit row: ERR_WRONG_STATE when it was ended before. hook.c */
MUST err hook_close(struct req *r, const struct db_sql *sql, const char *kind, struct str detail);

/* ---- subscriptions: subscription.c ---- */

MUST err hook_load(struct app *app);
/* The same for struct feature. */
void     hook_reload(void *app);
void     hook_unload(struct app *app);
/* The listener: writes a delivery for each subscription a step suits. */
MUST err hook_on_step(struct req *r, const struct case_told *t);
extern const struct deliver_channel hook_channel;
extern const struct unit_held_kind subscriptions_held;
extern const struct route hook_subscription_routes[];

/* ---- sources: source.c, receive.c ---- */

struct hook_source { int64_t id, category_id, per_hour; struct str name, secret_enc, mapping; };
MUST err hook_source_open(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct hook_source *out);
MUST err hook_source_used(struct req *r, int64_t id);
MUST err hook_receive(struct req *r);
extern const struct route hook_source_routes[], hook_receive_routes[];

struct hook_state {
    struct arena        *arena;
    struct rate         *rate;
    struct subscriptions *now;   /* immutable, swapped after a change */
    pthread_mutex_t      lock;
};

#endif
