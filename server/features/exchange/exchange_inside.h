/* Shared by the files of this folder only. */
#ifndef LINLI_EXCHANGE_INSIDE_H
#define LINLI_EXCHANGE_INSIDE_H

#include "exchange.h"
#include "../unit/unit.h"

/* Numbers are stored: append only. */
enum need_state { NEED_NONE, NEED_DRAFT, NEED_PUBLISHED, NEED_PARTLY, NEED_MATCHED, NEED_UNDER_WAY, NEED_MET, NEED_UNMET, NEED_WITHDRAWN, NEED_STATES };
enum resource_state { RESOURCE_NONE, RESOURCE_OFFERED, RESOURCE_PAUSED, RESOURCE_USED_UP, RESOURCE_WITHDRAWN };
enum claim_state { CLAIM_NONE, CLAIM_TAKEN, CLAIM_DONE, CLAIM_CONFIRMED, CLAIM_FAILED, CLAIM_GIVEN_BACK };
extern const char *const need_state_words[], *const resource_state_words[], *const claim_state_words[], *const urgency_words[];

struct need {
    int64_t    id, unit_kind, unit_id, quantity, area_id, urgency, helps, case_id, state, claimed, created_by, version, series_id, series_no;
    struct str title, text, category, unit, met_when, reason;
    double     lon, lat;                    /* both 0: no place */
    bool       is_public;
    ms         begins_at, ends_at, published_at, matched_at, ended_at, created_at, updated_at;
};
struct resource {
    int64_t    id, org_id, quantity, opens, closes, area_id, state, reserved, used, version;
    struct str title, text, conditions, category, unit, days;
    double     lon, lat;
    bool       again, is_public;
    ms         begins_at, ends_at, created_at, updated_at;
};
struct claim {
    int64_t    id, need_id, org_id, resource_id, quantity, state, rating, taken_by, done_by, ended_by, hold_id, service_id;
    struct str who, evidence, said, reason;
    ms         begins_at, ends_at, due_at, created_at, done_at, ended_at;
};
struct record { int64_t org_id, kept, failed; };
/* A part of a resource held back for a promise: counted in reserved; drawn: taken up by claims. */
struct hold { int64_t id, resource_id, quantity, drawn; struct str title; ms created_at, released_at; };

/* ---- rules (exchange.c): no SQL, no clock ---- */

/* Where a need stands, by what is taken on (claimed) and whether some of it is done. Only for open ones. */
enum need_state need_stands(int64_t quantity, int64_t claimed, bool some_done);
bool            need_open(int64_t state);        /* published and not ended */
bool            need_seeks(int64_t state);       /* something of it is still to be taken on */

/* The most that is held at one time within [from, to) by claims (struct claim with begins_at, ends_at, quantity). */
int64_t held_most(const struct list *claims, ms from, ms to);
/* How much of a resource is free: of one that is free again, in [from, to), where claims are those that hold it then. */
int64_t resource_free(const struct resource *r, const struct list *claims, ms from, ms to);
/* May it be held in [from, to): while it is offered, on its days and in its hours. */
bool resource_admits(const struct resource *r, ms from, ms to, int zone_minutes);

/* Square of a place, some 2.2 km wide, and the squares around it by ring; 0: no place. Neighbours differ by one in either half. */
int64_t exchange_cell(double lon, double lat);
int64_t exchange_cell_beside(int64_t cell, int dx, int dy);

/* How well a resource answers a need, 0 to 100, and why. */
struct fit {
    bool    same_category, in_time, placed;
    int64_t wanted, free;          /* of what is still to be taken on */
    double  metres;                /* placed: between both places */
    int64_t kept, failed;          /* of the giver */
    int     urgency;
};
int fit_score(const struct fit *f);

/* ---- rows (exchange_db.c) ---- */

extern const struct field need_map[], resource_map[], claim_map[];   /* in the order of the columns below */
#define NEED_COLUMNS                                                                                                                    \
    "n.id, n.unit_kind, n.unit_id, n.title, n.text, n.category, n.quantity, n.unit, n.begins_at, n.ends_at, n.area_id, n.lon, n.lat, "     \
    "n.urgency, n.helps, n.met_when, n.case_id, n.public, n.state, n.claimed, n.reason, n.published_at, n.matched_at, n.ended_at, "        \
    "n.created_at, n.created_by, n.updated_at, n.version, n.series_id, n.series_no"
#define RESOURCE_COLUMNS                                                                                                                \
    "n.id, n.org_id, n.title, n.text, n.conditions, n.category, n.quantity, n.unit, n.again, n.days, n.opens, n.closes, n.begins_at, "     \
    "n.ends_at, n.area_id, n.lon, n.lat, n.public, n.state, n.reserved, n.used, n.created_at, n.updated_at, n.version"

#define CLAIM_COLUMNS                                                                                                                   \
    "id, need_id, org_id, resource_id, quantity, begins_at, ends_at, due_at, who, state, evidence, rating, said, reason, taken_by, done_by, "  \
    "ended_by, created_at, done_at, ended_at, COALESCE(hold_id, 0), COALESCE(service_id, 0)"

MUST err need_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct need *out);             /* ERR_NOT_FOUND */
#define SERIES_MOST 52
/* Needs that recur: each is a need of its own, with a window of its own; in their order. */
MUST err needs_of_series(struct db_conn *c, struct arena *a, int64_t tenant, int64_t series, struct list *out);
MUST err need_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct need *n);
MUST err need_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct need *n, ms now);          /* version + 1 */
MUST err resource_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct resource *out);     /* ERR_NOT_FOUND */
MUST err resource_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct resource *r, int64_t by);
MUST err resource_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct resource *r, ms now);  /* version + 1 */
MUST err claim_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct claim *out);           /* ERR_NOT_FOUND */
MUST err claim_insert(struct db_conn *c, int64_t tenant, const struct claim *k);
MUST err claim_update(struct db_conn *c, int64_t tenant, const struct claim *k);
/* Something is still on its way: taken on or said to be done. */
bool     claims_open(const struct list *claims);     /* struct claim; exchange_need.c */
MUST err claims_of_need(struct db_conn *c, struct arena *a, int64_t tenant, int64_t need, struct list *out);     /* as they were taken */
/* Taken or done claims that hold the resource at some time in [from, to); to 0: at any time. */
MUST err claims_holding(struct db_conn *c, struct arena *a, int64_t tenant, int64_t resource, ms from, ms to, struct list *out);
MUST err claim_photos_add(struct db_conn *c, int64_t tenant, int64_t claim, struct ids files);
MUST err claim_photos(struct db_conn *c, struct arena *a, int64_t tenant, int64_t claim, struct ids *out);
MUST err hold_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct hold *out);               /* ERR_NOT_FOUND */
MUST err hold_drawn(struct db_conn *c, int64_t tenant, const struct hold *h);                                    /* stores drawn */
MUST err holds_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t resource, struct list *out);       /* not released, by id */
MUST err record_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, struct record *out);         /* zeros: nothing yet */
MUST err record_add(struct db_conn *c, int64_t tenant, int64_t org, int64_t kept, int64_t failed);

/* ---- HTTP ---- */

extern const struct alliance_source exchange_source;   /* exchange_plan.c */

/* Collects faults of what needs and resources share: category, area, period, place. */
void        exchange_check(struct req *r, struct str category, int64_t area, ms begins, ms ends, bool category_needed);
#define NEED_UNIT(n) ((struct unit_ref){ (enum unit_kind)(n)->unit_kind, (n)->unit_id })
#define ORG_UNIT(org) ((struct unit_ref){ UNIT_ORG, (org) })

/* A need as seen in lists; with its claims for one. */
struct claim_view {
    int64_t     id, need_id, org_id, resource_id, service_id, quantity, rating;
    int         state;
    struct str  org_name, resource_title, service_title, need_title, who, evidence, said, reason;
    ms          begins_at, ends_at, due_at, created_at, done_at, ended_at;
    bool        may_do, may_judge, late;
    struct ids  photos;
};
extern const struct field claim_view_fields[];
MUST err claim_view_of(struct req *r, const struct claim *k, const struct need *n, struct claim_view *v);

struct need_item {
    int64_t    id, unit_id, quantity, claimed, area_id, helps, version, series_no;
    int        unit_kind, state, urgency;
    struct str title, category, unit, unit_name, area_name;
    struct geo at;
    bool       is_public, may_manage, from_a_case;
    ms         begins_at, ends_at, published_at, created_at;
};
extern const struct field need_item_fields[], need_view_fields[];   /* need_view_fields: what need_answer answers */
struct need_item need_item_of(struct req *r, const struct need *n);
MUST err         need_answer(struct req *r, int64_t id, bool created);
/* After its claims changed: counts again what is taken on, and with it where the need stands. */
MUST err need_settle(struct req *r, struct need *n);

struct resource_item {
    int64_t    id, org_id, quantity, free, area_id, opens, closes, version;
    int        state;
    struct str title, category, unit, days, org_name, area_name;
    struct geo at;
    bool       again, is_public, may_manage;
    ms         begins_at, ends_at, created_at;
};
extern const struct field resource_item_fields[];
struct resource_item resource_item_of(struct req *r, const struct resource *s);
/* Collects the faults of one; before NULL: it is new. */
void    resource_check(struct req *r, const struct resource *s, const struct resource *before);
/* The area that an organisation's things serve when nobody says otherwise, and whether the organisation is there. */
int64_t resource_home(struct req *r, int64_t org, bool *there);
/* Enters a checked one, with its audit row. */
MUST err resource_enter(struct req *r, const struct resource *s);

/* ---- a sheet (exchange_sheet.c): what its cells say (exchange_cells.c) ---- */

/* Days of the week as people write them: 12345, 1-5, 周一至周五, 一三五, Mon-Fri, 工作日, 每天. *days: digits in order, STR_NONE: any day. False: neither. */
bool sheet_days(struct arena *a, struct str text, struct str *days);
/* A time of day: 9:00, 09：30, 18, 24:00, or a workbook's part of a day such as 0.375. -1: none. */
int64_t sheet_minute(struct str text);
/* A whole number, with or without commas between thousands. */
bool sheet_count(struct arena *a, struct str text, int64_t *out);
/* 免费, 成本价, 15, 15.50元: nothing written is free. *fen 0 at cost: by arrangement. */
bool sheet_price(struct arena *a, struct str text, int *price, int64_t *fen);

/* ---- the few that matter of a long list (exchange_dispatch.c): of an area and all below it ---- */

#define SIFTED_MOST 60
#define NEED_URGENT " ORDER BY n.urgency DESC, COALESCE(n.ends_at, 9000000000000000), n.id LIMIT "
struct exchange_place { int64_t area, root; struct ids below, around; };   /* around: below, and those above, whose resources serve it too */
struct exchange_place exchange_place_of(struct req *r, int64_t area);      /* 0: the district; below is empty when there is no such area */
struct sift {
    const struct db_sql *all, *area;       /* both in the same order: of $1, the first $2 rows; of $1, those of the area (or unit) $2; $3 is now */
    const struct field  *map;
    size_t               size, area_at;    /* of a row; where its area stands in it */
    int                (*order)(const void *, const void *);
};
int need_by_urgency(const void *x, const void *y);    /* struct need, as NEED_URGENT has them */
int resource_by_age(const void *x, const void *y);    /* struct resource */
MUST err exchange_sift(struct req *r, const struct sift *f, const struct exchange_place *p, const struct ids *areas, struct list *out);
/* The first of what each of these areas or units has, put together. */
MUST err exchange_sift_each(struct req *r, const struct sift *f, const struct ids *of, struct list *out);

/* ---- figures (exchange_figures.c): what they are stands in exchange_figures.def ---- */

enum exchange_measure_id {
#define MEASURE(word, zh, en, what_zh, what_en, day_zh, day_en) MEASURE_##word,
#define RATE(word, part, other, zh, en)
#include "exchange_figures.def"
#undef MEASURE
#undef RATE
    EXCHANGE_MEASURES
};
enum exchange_rate_id {
#define MEASURE(word, zh, en, what_zh, what_en, day_zh, day_en)
#define RATE(word, part, other, zh, en) RATE_##word,
#include "exchange_figures.def"
#undef MEASURE
#undef RATE
    EXCHANGE_RATES
};
struct exchange_measure { const char *word, *zh, *en, *what_zh, *what_en, *day_zh, *day_en; };
struct exchange_rate { const char *word; enum exchange_measure_id part, other; const char *zh, *en; };
extern const struct exchange_measure exchange_measures[];
extern const struct exchange_rate    exchange_rates[];
/* part ÷ (part + other) in hundredths of a per cent, rounded half up; -1: nothing to divide by. */
int64_t exchange_rate_of(int64_t part, int64_t other);
/* The middle of them, or halfway between the two in the middle; -1: none. Sorts them. */
int64_t exchange_median(int64_t *at, size_t n);
struct buf;
/* docs/exchange-figures.md. */
void    exchange_figures_document(struct buf *b);

/* ---- what is offered, in memory, for the nightly pass (exchange_pool.c) ---- */

struct giver { struct resource s; int64_t kept, failed; };
const struct field  *giver_map(struct arena *a);
struct exchange_pool;
/* Reads all of it; lives as long as the arena. */
MUST err    exchange_pool_read(struct req *r, struct arena *a, struct exchange_pool **out);
/* Another need's turn: every resource may be found once again. Answers the categories (struct category). */
struct list exchange_pool_begin(struct exchange_pool *p);
/* Of the newest `each` of a category in a square (or an area) those not found in this turn, at most `most`. */
size_t      exchange_pool_at(struct exchange_pool *p, bool cell, struct str category, int64_t key, size_t each, const struct giver **out, size_t most);
/* What holds it in [from, to), as claims_holding has it. */
void        exchange_pool_holding(const struct exchange_pool *p, struct arena *a, int64_t resource, ms from, ms to, struct list *out);

/* An organisation that could serve a need, with the best of its resources. */
struct match_pair { int64_t need, org, resource, score; struct str title; };
/* The best organisations for a need that seeks something, of this score or more; s is held by the caller. Nobody's rights are asked. */
MUST err match_best(struct req *r, const struct unit_snapshot *s, struct exchange_pool *pool, const struct need *n, int least, struct match_pair *out, size_t most,
                    size_t *count);
void     exchange_pass_start(struct app *app);

extern const struct route need_routes[], resource_routes[], claim_routes[], match_routes[], sheet_routes[], dispatch_routes[], pass_routes[], figure_routes[], exchange_public_routes[];

#endif
