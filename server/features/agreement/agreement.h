/* agreement: what organisations promise each other, signed in the product, and what of it was kept, read off the work they did. */
#ifndef LINLI_AGREEMENT_H
#define LINLI_AGREEMENT_H

#include "../../http/app.h"

extern const struct feature agreement_feature;

/* ---- an organisation closes, or becomes part of another ---- */

/* Agreements it is a party of that have not ended. */
MUST err agreement_held_by(struct db_conn *c, int64_t tenant, int64_t org, int64_t *count);
/* Another takes its place as a party, and its pledges. An agreement that both are parties of keeps both places: who was merged signs no more. */
MUST err agreement_take_over(struct req *r, int64_t from, int64_t to);

/* ---- pledges, for who builds upon them (projects) ---- */

/* A pledge of an agreement in force: who promised what. ERR_NOT_FOUND: none, or its agreement is not in force. */
struct agreement_promise { int64_t id, agreement_id, org_id, quantity; struct str title, category, unit; };
MUST err agreement_promise(struct db_conn *c, struct arena *a, int64_t tenant, int64_t pledge, struct agreement_promise *out);
/* Can money keep it: one of funds, counted in money. */
bool agreement_promise_of_money(struct req *r, const struct agreement_promise *p);

/* Money that came in for a pledge. Who keeps that book (projects) puts a reader into app->pledge_money when it starts; NULL: nobody does. */
struct agreement_paid { int64_t id, project_id, fen; struct str title; ms at; };   /* id: of the entry; title: the project, in a line */
struct agreement_money {
    /* What came in within [from, to) and was not struck out, in order of time; at most 1,000. struct agreement_paid */
    MUST err (*paid)(struct req *r, int64_t pledge, ms from, ms to, struct list *out);
};

/* ---- for the demonstration; inside a write ---- */

struct agreement_pledge_new { int64_t org, quantity, rhythm; struct str title, category, unit; };   /* rhythm: 1 once, 2 monthly, 3 quarterly … */
struct agreement_new {
    const char                        *kind;        /* of the setting agreement.kinds */
    struct str                         title;
    int64_t                            alliance;    /* 0: none */
    struct ids                         parties;     /* the first keeps it */
    const struct agreement_pledge_new *pledges;
    size_t                             pledge_count;
    ms                                 begins_at, ends_at, signed_at;   /* signed_at 0: offered, not signed */
    const struct str                  *signers;     /* of each party; NULL: nobody is named */
};
MUST err agreement_add(struct app *app, struct db_conn *c, struct arena *a, const struct agreement_new *n, ms now, int64_t *id);

#endif
