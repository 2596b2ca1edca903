/* exchange: needs and resources of a place, who could help whom, and what became of it. */
#ifndef LINLI_EXCHANGE_H
#define LINLI_EXCHANGE_H

#include "../../http/app.h"

extern const struct feature exchange_feature;

/* ---- categories: exchange.c, exchange_need.c ---- */

/* What there is of a kind of thing: the setting exchange.categories. of: the one above; STR_NONE at the top. */
struct category { struct str code, zh, en, of; bool again; };
extern const struct field exchange_category_fields[];
struct list            categories_read(struct arena *a, struct str setting);      /* struct category */
const struct category *category_of(const struct list *categories, struct str code);   /* NULL: none */
/* Categories that answer one asked for: itself first, then the one above or, of one at the top, those below. At most most. */
size_t categories_near(const struct list *categories, struct str code, struct str *out, size_t most);
struct list exchange_categories(struct req *r);
/* The name of a category in the caller's language; its code when the setting does not know it. */
struct str  exchange_category_name(const struct req *r, const struct list *categories, struct str code);
/* The same for a column of a file (features/list). */
struct str  exchange_category_said(struct req *r, struct str code, void *categories);
/* Does what serves one area serve the other, or a part of it. */
bool        exchange_serves(struct req *r, int64_t served, int64_t area);
/* Is it the category wanted, or one below it; STR_NONE wants all. */
bool        exchange_category_wanted(const struct list *categories, struct str wanted, struct str own);

/* ---- a need, for what else could answer it: exchange_need.c ---- */

struct exchange_wanted {
    int64_t         id, area, quantity;   /* quantity: still to be taken on; 0: it seeks nothing any more */
    struct unit_ref unit;                 /* who asks */
    struct str      title, category;
    struct geo      at;
    ms              begins_at, ends_at;   /* 0: any time */
};
/* Of one that the caller may see; ERR_NOT_FOUND, ERR_NOT_ALLOWED. */
MUST err exchange_wanted_of(struct req *r, int64_t need, struct exchange_wanted *out);

/* ---- services, the third list ---- */

enum service_price { PRICE_NONE, PRICE_FREE, PRICE_AT_COST };
enum service_place { PLACE_NONE, PLACE_THERE, PLACE_HOME };

/* What a service is entered with. Texts may be STR_NONE, numbers 0, where nothing is said; what then holds stands beside. */
struct service_new {
    int64_t    org_id, area_id;          /* area_id: whom it serves; the organisation's own area */
    struct str title, text, category, audience, price_per, bring, address;
    int64_t    price_fen, lead_hours, minutes, waits;   /* minutes: usual length (60); waits: of a slot's waiting list (none) */
    int        price, place;             /* free; there */
    struct geo at;
    bool       slotted, reviewed, is_public;
    struct str days;                     /* its rhythm, when one of these is there: days (every one), minutes of the day, places; */
    int64_t    opens, closes, capacity;  /* then it is slotted */
    ms         begins_at, ends_at;       /* days on which that begins and no longer holds (today; never) */
};

/* A service, for who refers to it. */
struct exchange_named { int64_t org_id; struct str title; bool offered; };

/* Something that happened, for figures: where, of which unit, when. value: of an order its stars, 0: not reviewed. */
struct exchange_fact { int64_t id, area, unit, value; ms at; };
extern const struct field exchange_fact_map[];
struct exchange_order_line { int64_t service_id, minutes, rating; struct str code, title; };

/* Services are kept by the feature above this one, which puts this into app->services when it starts. */
struct exchange_services {
    /* Enters one as service_add of service.h has it. */
    MUST err (*add)(struct req *r, const struct service_new *in, bool dry_run, struct faults *faults, int64_t *id);
    /* Is it on the menu, or paused, under these words. */
    MUST err (*listed)(struct req *r, int64_t org, struct str title, struct str category, bool *out);
    MUST err (*named)(struct req *r, int64_t service, struct exchange_named *out);   /* ERR_NOT_FOUND */
    /* Orders that were done, or reviewed, within [from, to); struct exchange_fact, its unit the organisation. */
    MUST err (*orders)(struct req *r, bool reviewed, ms from, ms to, struct list *out);
    MUST err (*order)(struct req *r, int64_t order, struct exchange_order_line *out);   /* nothing of who was served */
};

/* ---- whose lists everybody may see: exchange_public.c ---- */

/* A public organisation, the members of a public alliance (by_org), or an area: the district when nothing is given. */
struct exchange_whose { bool by_org; int64_t area; struct ids orgs; struct str name; };
#define EXCHANGE_WHOSE_FIELDS(type)                                                                                                     \
    FIELD_ID(type, area, 0, "Of this area and all below it; the district when nothing is given"),                                         \
    FIELD_ID(type, org, 0, "Of this public organisation"), FIELD_ID(type, alliance, 0, "Of the members of this public alliance")
/* ERR_NOT_FOUND: none of these, or not public. */
MUST err exchange_whose(struct req *r, int64_t area, int64_t org, int64_t alliance, struct exchange_whose *out);

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

/* ---- projects: a need that is part of one: exchange_project.c ---- */

/* stays: why it stays open when the caller accepts the project; ERR_NONE: it is met then, or has ended. */
struct exchange_part_of { int64_t id; struct str title; bool ended; enum err_code stays; };
MUST err   exchange_part_find(struct req *r, int64_t need, struct exchange_part_of *out);   /* ERR_NOT_FOUND */
struct str exchange_stays_text(struct req *r, enum err_code why);
/* It is met, with this text as its reason, unless it stays open; whoever asks is told of either. Nothing when it has ended. project: its title. */
MUST err   exchange_end_with_project(struct req *r, int64_t need, struct str project, struct str text);

/* ---- agreements: what is held back for a promise, and the work by which it is kept ---- */

/* A resource that the organisation may promise: its category, and whether it is free again after use. ERR_UNKNOWN_REFERENCE. */
MUST err exchange_resource_of(struct req *r, int64_t resource, int64_t org, struct str *category, bool *again);
/* Holds back so much of one that is used up; *id 0, and nothing held back, for one that is free again. ERR_NOT_FREE. title: for what. */
MUST err exchange_hold(struct req *r, int64_t resource, int64_t quantity, struct str title, int64_t *id);
/* Lets go what of it no claim has taken up. */
MUST err exchange_let_go(struct req *r, int64_t hold);

/* A claim that was confirmed: what an organisation gave, to whom. category: of the need; given_category: of the resource, empty without one. */
struct exchange_kept {
    int64_t    claim_id, need_id, resource_id, hold_id, quantity, unit_kind, unit_id, service_id;
    struct str title, category, given_category, unit;   /* unit: in which the need counts */
    ms         taken_at, at;                        /* when it was taken on, and done */
};
/* What it gave within [from, to), in order of time; at most 20,000. struct exchange_kept */
MUST err exchange_kept_by(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, ms from, ms to, struct list *out);

/* The setting exchange.categories. of: the one above; STR_NONE at the top. */
struct exchange_category { struct str code, of, zh, en; };
struct list exchange_category_list(struct req *r);   /* struct exchange_category */

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

/* Something an organisation gave: the need in->unit asked for, taken on, done and confirmed at `at`. */
MUST err exchange_gave_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct exchange_asked *in, int64_t org, ms at);

struct exchange_offer {
    int64_t    org, area, quantity, opens, closes;   /* area: whom it serves; opens, closes: minutes of the day, 0: any */
    struct str title, category, unit, days, conditions;
    struct geo at;
    bool       again;
};
MUST err exchange_offer_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct exchange_offer *in, ms now, int64_t *id);

#endif
