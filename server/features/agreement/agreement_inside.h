/* Shared by the files of this folder only. */
#ifndef LINLI_AGREEMENT_INSIDE_H
#define LINLI_AGREEMENT_INSIDE_H

#include "../../base/paper.h"
#include "../exchange/exchange.h"
#include "../letter/letter.h"
#include "../unit/unit.h"
#include "agreement.h"

/* Numbers are stored: append only. */
enum agreement_state { AGREEMENT_NONE, AGREEMENT_DRAFT, AGREEMENT_OFFERED, AGREEMENT_IN_FORCE, AGREEMENT_ENDED, AGREEMENT_WITHDRAWN };
enum rhythm { RHYTHM_NONE, ONCE, MONTHLY, QUARTERLY, HALF_YEARLY, YEARLY };
enum pledge_state { PLEDGE_NONE, PLEDGE_OPEN, PLEDGE_KEPT, PLEDGE_LATE };
extern const char *const agreement_state_words[], *const rhythm_words[], *const pledge_state_words[];

struct agreement {
    int64_t    id, keeper_id, alliance_id, review_months, state, renews_id, created_by, version;
    struct str kind, title, text, words, no, end_reason;
    ms         begins_at, ends_at, offered_at, signed_at, ended_at, next_at, created_at, updated_at;
};
struct party { int64_t agreement_id, seq, org_id, signed_by, scan_id; struct str signer; ms signed_at; };
struct pledge {
    int64_t    id, agreement_id, seq, org_id, resource_id, quantity, rhythm, hold_id, former_id;   /* former_id: became part of org_id */
    struct str title, category, unit;
    ms         due_at;
};
struct comment { int64_t id, org_id, created_by; struct str text; ms created_at; };
struct review  { int64_t id, created_by; struct str figures, text; ms begins_at, ends_at, created_at; };

/* ---- rules (agreement.c): no SQL, no clock ---- */

/* What a pledge's number counts, by its unit: hours and money in the small (minutes, fen), so that parts of one add up; sessions: all orders of one
 * slot are one; each: every order. scale: of the small in one of the unit. */
enum measure_way { BY_EACH, BY_SESSION, BY_HOURS, BY_MONEY };
struct measure { enum measure_way way; int64_t scale; };
struct measure pledge_measure(struct str unit);

/* What was done for others within a term: a claim that was confirmed, an order of a service that was done, or money that came in. */
enum work_kind { WORK_NONE, WORK_CLAIM, WORK_ORDER, WORK_PAYMENT };
extern const char *const work_kind_words[];
struct work {
    struct exchange_kept of;          /* of an order and a payment what they have of it: title, category, for whom, when */
    int64_t              org_id;
    int                  pledge;      /* which it counts for (position among those read off; -1: none) */
    int                  kind;        /* enum work_kind */
    int64_t              order_id, slot_id, minutes, project_id, entry_id, pledge_id, fen;
    int64_t              amount;      /* what it counts there, in the small of the pledge's measure */
};
/* Is the order part of a claim that is kept by its service: done while that claim was under way. */
bool work_is_part(const struct work *order, const struct exchange_kept *claim);
/* May it be part of a claim that names neither a service nor a resource: the kind of thing that was asked for, done while that claim was under way. Whether
 * it was done for the place that asked, and how many the claim takes up (as many as were taken on), agreement_work.c knows. */
bool work_may_be_part(const struct work *order, const struct exchange_kept *claim, const struct list *categories);

/* How a pledge stands: what was given, in how many of its times it was enough. One that is made once has one time. */
struct standing {
    int64_t given;                    /* in all, in whole ones of its unit */
    int64_t times, over, kept;        /* its times in the term; of them over; of these kept */
    int64_t now_given;                /* in the time that runs now */
    ms      now_from, now_to;         /* that time; 0: none runs */
    int     state;                    /* enum pledge_state */
};

/* A term as far as it ran: an agreement that ended early owes nothing after. */
struct term { ms begins, ends, ended; int zone_minutes; };
/* The i-th time of a pledge, whole ones only; a term shorter than one rhythm is one time. False: there is none. */
bool pledge_time(const struct pledge *p, const struct term *t, int64_t i, ms *from, ms *to);
/* Does work of this kind count for the pledge: by what is held back for it, by its resource, or by its category. */
bool pledge_counts(const struct pledge *p, const struct work *w, const struct list *categories);   /* struct exchange_category */
/* Can money keep it: one of funds, counted in money. */
bool pledge_of_money(struct str category, struct str unit, const struct list *categories);
/* Divides the works (struct work, in order of time) among the pledges (struct pledge): each counts once, for the first pledge it fits in whose time
 * then still lacks something, else for the last it fits. Sets work.pledge; out: one standing for each pledge. */
void pledges_read_off(struct arena *a, const struct list *pledges, struct list *works, const struct list *categories, const struct term *t, ms now,
                      struct standing *out);

/* The end of the time in which it has to be kept next: of one made once also when that is over; false: nothing is due any more. */
bool pledge_due(const struct pledge *p, const struct standing *s, const struct term *t, ms now, ms *at);

/* When somebody has to be told next: the beginning of the last `notice` before a due day, a review, the end. 0: never again. */
ms agreement_next(const struct agreement *g, const struct list *pledges, ms after, ms notice, int zone_minutes);
/* The last review day (every review_months from the beginning) at or before now; 0: none. */
ms review_due(const struct agreement *g, ms now, int zone_minutes);

/* ---- rows (agreement_db.c) ---- */

#define AGREEMENT_COLUMNS                                                                                                               \
    "g.id, g.keeper_id, COALESCE(g.alliance_id, 0), g.review_months, g.state, COALESCE(g.renews_id, 0), COALESCE(g.created_by, 0), g.version, g.kind, "  \
    "g.title, g.text, g.words, g.no, g.end_reason, g.begins_at, g.ends_at, g.offered_at, g.signed_at, g.ended_at, g.next_at, g.created_at, g.updated_at"
extern const struct field agreement_map[];
MUST err agreement_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct agreement *out);          /* ERR_NOT_FOUND */
MUST err agreement_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct agreement *g);
MUST err agreement_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct agreement *g, ms now);       /* version + 1 */
MUST err agreement_number_set(struct db_conn *c, int64_t tenant, int64_t id, struct str no, struct str code_hash);
MUST err agreement_by_code(struct db_conn *c, struct arena *a, int64_t tenant, struct str hash, struct agreement *out); /* ERR_NOT_FOUND */
MUST err parties_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t agreement, struct list *out);           /* struct party */
MUST err parties_put(struct db_conn *c, int64_t tenant, int64_t agreement, struct ids orgs);                            /* in place of those before */
MUST err party_sign(struct db_conn *c, int64_t tenant, const struct party *p);
MUST err parties_unsign(struct db_conn *c, int64_t tenant, int64_t agreement);
MUST err pledges_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t agreement, struct list *out);           /* struct pledge */
MUST err pledges_put(struct db_conn *c, int64_t tenant, int64_t agreement, const struct list *pledges);                 /* in place of those before */
MUST err pledge_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct pledge *out);                /* ERR_NOT_FOUND */
MUST err pledge_hold(struct db_conn *c, int64_t tenant, int64_t id, int64_t hold);
MUST err comments_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t agreement, struct list *out);          /* struct comment */
MUST err comment_add(struct db_conn *c, int64_t tenant, int64_t agreement, const struct comment *k);
MUST err reviews_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t agreement, struct list *out);           /* struct review, newest first */
MUST err review_add(struct db_conn *c, int64_t tenant, int64_t agreement, const struct review *v);
/* Signed ones that were in force at some time in [from, to), without their words, at most 5,000; their parties and pledges, in the same order. */
MUST err agreements_between(struct db_conn *c, struct arena *a, int64_t tenant, ms from, ms to, struct list *agreements, struct list *parties, struct list *pledges);
/* Agreements made within an alliance that are in force or have ended, newest first. struct agreement */
MUST err agreements_of_alliance(struct db_conn *c, struct arena *a, int64_t tenant, int64_t alliance, struct list *out);

/* ---- its words (agreement_text.c) ---- */

struct agreement_template { struct str code, kind, zh, en, text; };
extern const struct field agreement_template_fields[];
/* The setting agreement.templates. */
struct list agreement_templates(struct app *app, struct arena *a, ms at);   /* struct agreement_template */
/* Text with the names of the parties, the term and the alliance in place of its braces. ERR_LETTER_TEXT. */
MUST err    agreement_words(struct app *app, struct arena *a, const struct agreement *g, const struct list *parties, struct str alliance, struct str *out);

/* ---- what of it was kept (agreement_work.c) ---- */

/* An agreement with everything that hangs on it. */
struct whole { struct agreement g; struct list parties, pledges, works; struct standing *standings; struct str alliance_name; };
/* Reads it; works and standings only when it was signed. */
MUST err whole_read(struct req *r, int64_t id, struct whole *out);
MUST err whole_read_off(struct req *r, struct whole *w);
struct term term_of(const struct agreement *g, int zone_minutes);

/* What one organisation gave: struct exchange_kept and struct service_done, in order of time. */
struct gave { int64_t org; struct list claims, orders; };
/* Works and standings of a signed one, from what its givers gave, which is at hand in order of organisations (of others too); area: its alliance's, 0: none. */
MUST err whole_stand(struct req *r, struct whole *w, const struct gave *gave, size_t givers, int64_t area, const struct list *categories);
MUST err alliance_area(struct req *r, int64_t alliance, int64_t *area);                                         /* 0: none, or it has ended */
/* Pairs of parties of agreements in force within the period (agreement_ties.c): struct alliance_tie */
MUST err agreement_ties(struct req *r, ms from, ms to, struct list *out);

/* ---- on paper (agreement_draw.c) ---- */

struct agreement_sheet {
    const struct whole *of;
    struct str          words, url, code;    /* url empty: not signed yet, and it says so */
    const struct str   *party_names;         /* in the order of parties */
    struct list         categories;
    int                 zone_minutes;
    int                 page, pages;         /* of what is drawn; pages 0: not counted yet */
};
/* Draws the document and tells how many pages it has. ERR_LETTER_FONT. */
MUST err agreement_pdf(struct arena *a, const struct agreement_sheet *sheet, struct str title, struct str author, struct str *out);

/* ---- HTTP ---- */

#define PARTY(org) ((struct unit_ref){ UNIT_ORG, (org) })
const struct party *party_of(const struct list *parties, int64_t org);     /* NULL: none */
bool     agreement_may_manage(struct req *r, const struct whole *w);       /* agreement.manage at a party */
/* May the caller sign for the organisation: agreement.sign granted at it, or at an organisation above it. A grant at an area does not do. */
bool     agreement_may_sign(struct req *r, int64_t org);
MUST err agreement_answer(struct req *r, int64_t id, bool created);
/* The agreement of the path, which the caller may see. */
MUST err agreement_seen(struct req *r, struct whole *w);
struct str agreement_json(struct arena *a, const struct agreement *g);
/* Tells every party but the one who did it. */
MUST err agreement_tell(struct req *r, const struct whole *w, enum perm perm, const char *kind);

extern const struct field agreement_view_fields[];
extern const struct route agreement_routes[], agreement_sign_routes[], agreement_work_routes[];
void agreement_remind_start(struct app *app);
extern const struct alliance_source agreement_source;   /* agreement_plan.c */
/* Given when the last party signs: number, code, what is held back, when next to tell. */
MUST err agreement_conclude(struct req *r, struct whole *w);
/* Ends it: what is held back is let go. */
MUST err agreement_close(struct req *r, struct whole *w, enum agreement_state state, struct str reason);

#endif
