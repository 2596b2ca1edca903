/* What the files of this folder share. Private. */
#ifndef LINLI_MAIL_PARTS_H
#define LINLI_MAIL_PARTS_H

#include "mail.h"
#include "../deliver/deliver.h"
#include "../notify/notify.h"
#include "../../base/rate.h"
#include "../../base/worker.h"

#define MAIL_BATCH      512
#define MAIL_LOOK_EVERY (10 * MS_SECOND)
#define MAIL_GATHER     200
#define MAIL_LINES_MOST 50          /* messages told in one mail; the rest are counted */
#define MAIL_CODE_LIVES MS_DAY
#define MAIL_CODE_TRIES 5

#define SEAL_ADDRESS  "mail.address"
#define SEAL_CODE     "mail.code"
#define SEAL_STOP     "mail.stop"
#define SEAL_PASSWORD "mail.password"

#define KIND_CONFIRM STR("mail.confirm")
#define KIND_DAILY   STR("mail.daily")

struct mail_state {
    struct arena  *arena;
    struct worker *worker;
    struct rate   *codes, *stops;
};

/* ---- rules and words: mail_text.c (pure) ---- */

enum mail_mode { MAIL_MODE_NONE, MAIL_OFF, MAIL_AT_ONCE, MAIL_DAILY };
extern const char *const mail_mode_words[];

/* An address a mail may go to: one @, ASCII, a domain with a dot, no more than 254 bytes, nothing that means something to a server. */
bool mail_address_fits(struct str address);
/* A header's text as RFC 2047 has it: as it is when it is plain ASCII, else encoded words of at most 75 bytes, folded. Line breaks and other
 * control characters become blanks. */
struct str mail_header_text(struct arena *a, struct str text);
/* "name" <address> with the name encoded. */
struct str mail_mailbox(struct arena *a, struct str name, struct str address);
/* RFC 5322, in the tenant's zone. */
struct str mail_date(struct arena *a, ms at, int zone_minutes);

/* `at`, or the end of the quiet hours it falls into. from and to are hours of the day; from equal to: none. */
ms mail_after_quiet(ms at, int from, int to, int zone_minutes);
/* The next time the clock shows this hour, after `at`. */
ms mail_next_hour(ms at, int hour, int zone_minutes);

/* What a delivery holds: JSON, a list of messages. */
struct mail_line { struct str kind, object_kind; int64_t object_id; struct str params; ms at; };
struct str mail_lines_write(struct arena *a, const struct mail_line *at, size_t n);
/* Where and to whom it is written. */
struct mail_words { struct str district, site, stop; enum lang lang; int zone_minutes; };
struct letter { struct str subject, text; };
/* One message, or those of a day. lines: as mail_lines_write made it. */
struct letter mail_letter(struct arena *a, const struct mail_words *w, struct str lines, bool daily);
struct letter mail_confirm_letter(struct arena *a, const struct mail_words *w, struct str code);
struct letter mail_test_letter(struct arena *a, const struct mail_words *w);

/* ---- the server: mail_server.c ---- */

struct mail_server {
    struct str host;
    int64_t    port, security;
    struct str user, password_enc, sender, sender_name, authority;
    int64_t    version;
};
/* ERR_NOT_FOUND: none is set. */
MUST err mail_server_load(struct db_conn *c, struct arena *a, int64_t tenant, struct mail_server *out);
/* A parcel with this letter; stop STR_NONE: one that cannot be unsubscribed from. id: stays the same when it is sent again. */
struct mail_send { struct str to; struct letter letter; struct str stop; struct str site; int64_t id; ms at; };
MUST err mail_parcel(struct arena *a, struct app *app, const struct mail_server *s, const struct mail_send *m, struct parcel *out);
/* Static text of why nothing can be sent; NULL: it can. */
const char *mail_why_not(const struct mail_server *s, struct str site);
extern const struct route mail_server_routes[];

/* ---- from notices to deliveries: mail_queue.c ---- */

/* Beside a notice: queues it for a mail when the person wants one. */
extern const struct notify_channel mail_beside;
/* One look: what is due becomes deliveries, one for each message or each person's day. */
MUST err mail_round(struct app *app, struct arena *a, int *done);
MUST err mail_queue_clear(struct db_conn *c, int64_t tenant, int64_t person);
extern const struct deliver_channel mail_channel;

/* ---- one's own: mail_own.c ---- */

extern const struct route mail_own_routes[];

#endif
