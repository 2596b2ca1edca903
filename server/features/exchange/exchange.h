/* exchange: needs and resources of a place, who could help whom, and what became of it. */
#ifndef LINLI_EXCHANGE_H
#define LINLI_EXCHANGE_H

#include "../../http/app.h"

extern const struct feature exchange_feature;

/* ---- an organisation closes, or becomes part of another: exchange_succeed.c ---- */

/* Open needs it asks for, resources it has on the list (paused and used-up ones too), claims that are not settled. */
struct exchange_held { int64_t needs, offers, claims; };
MUST err exchange_held_by(struct db_conn *c, int64_t tenant, int64_t org, struct exchange_held *out);
/* Another takes over all three, and how claims were kept before. */
MUST err exchange_take_over(struct req *r, int64_t from, int64_t to);
/* It takes its resources off the list. Only when it holds no needs and no claims. */
MUST err exchange_end(struct req *r, int64_t org);

/* ---- for other features: exchange_lines.c ---- */

/* A need in a line. */
struct exchange_line { int64_t id, quantity, claimed; int state; struct str title, unit, unit_name; };
extern const struct field exchange_line_fields[];
/* Those of the ids that there are, in their order; drafts only where the caller manages needs. list of struct exchange_line. */
MUST err exchange_lines(struct req *r, struct ids ids, struct list *out);

/* ---- for the demonstration; inside a write. Texts may be STR_NONE where a form may leave them out. ---- */

struct exchange_asked {
    struct unit_ref unit;                /* who asks */
    int64_t         area, quantity, urgency, helps;
    struct str      title, category, unit_word, met_when;
    struct geo      at;
    ms              ends_at;
};
/* Enters a need, published at `now`. */
MUST err exchange_need_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct exchange_asked *in, ms now, int64_t *id);

struct exchange_offer {
    int64_t    org, area, quantity, opens, closes;   /* area: whom it serves; opens, closes: minutes of the day, 0: any */
    struct str title, category, unit, days, conditions;
    struct geo at;
    bool       again;
};
MUST err exchange_offer_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct exchange_offer *in, ms now, int64_t *id);

#endif
