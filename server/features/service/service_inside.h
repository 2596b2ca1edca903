/* Shared by the files of this folder only. */
#ifndef LINLI_SERVICE_INSIDE_H
#define LINLI_SERVICE_INSIDE_H

#include "service.h"
#include "../unit/unit.h"
#include "../../base/rate.h"

enum service_state { SERVICE_NONE, SERVICE_OFFERED, SERVICE_PAUSED, SERVICE_WITHDRAWN };
enum slot_state { SLOT_NONE, SLOT_OPEN, SLOT_CLOSED };
extern const char *const service_state_words[], *const slot_state_words[], *const rated_way_words[];

struct service {
    int64_t    id, org_id, price, price_fen, lead_hours, area_id, place, minutes, waits, state, version;
    struct str title, text, category, audience, price_per, bring, address;
    double     lon, lat;                 /* both 0: no place */
    bool       slotted, reviewed, is_public;
    ms         created_at, updated_at;
};
struct slot {
    int64_t    id, service_id, rhythm_id, capacity, taken, waiting, arrivals, state, version;
    struct str reason;
    ms         begins_at, ends_at;
};
struct rhythm { int64_t id, service_id, opens, closes, capacity, made_until; struct str days; ms ends_at; bool rests; };
struct package { int64_t id, org_id, state, version; struct str title, text; bool is_public; ms created_at; };
struct package_item { int64_t service_id, inner_id; };
struct order {
    int64_t    id, service_id, org_id, slot_id, area_id, bundle_id, way, person_id, entered_by, arrival, state, helper_id, minutes, rating,
               rated_way, rated_by, done_by, version;
    struct str code, category, name, contact_enc, contact_hash, address_enc, note, secret_hash, team, reason, result, said;
    bool       placed, to_tell;
    ms         begins_at, ends_at, created_at, done_at, rated_at, ended_at;
};
struct hour { int64_t id, order_id, org_id, person_id, minutes; struct str name; ms at; };

struct service_keep { struct arena *arena; struct rate *orders, *looks; };

/* ---- rules (service.c): no SQL, no clock ---- */

/* Does one more get a place, a turn on the waiting list, or neither. waits: how long that may be. */
enum room { ROOM_FULL, ROOM_PLACE, ROOM_WAIT };
enum room slot_room(const struct slot *s, int64_t waits);

enum order_act { ACT_APPROVE, ACT_REFUSE, ACT_ASSIGN, ACT_GRAB, ACT_GIVE_BACK, ACT_START, ACT_DONE, ACT_NO_SHOW, ACT_CANCEL, ACT_RATE, ACT_REVEAL, ORDER_ACTS };
bool order_can(int64_t state, enum order_act act);
bool order_live(int64_t state);              /* it has not ended */

/* Midnight of the day of t, on a clock that is zone_minutes east of UTC; and whether now lies on a day that the period touches. */
ms   service_day(ms t, int zone_minutes);
bool on_the_day(ms begins_at, ms ends_at, ms now, int zone_minutes);
/* Its first day has come. */
bool day_has_come(ms begins_at, ms now, int zone_minutes);

/* A rhythm's slot on a day counted from 1970: false when it is not one of its days. */
bool rhythm_on(const struct rhythm *y, int64_t day, int zone_minutes, ms *begins_at, ms *ends_at);
bool days_fit(struct str days);              /* digits from 1 to 7, each once, in order, at least one */

/* Who may be shown where somebody lives: only whoever goes there, while the order is theirs, on its day. */
enum reveal { REVEAL_OK, REVEAL_NOT_THEIRS, REVEAL_NOT_NOW, REVEAL_NOT_THAT_DAY };
enum reveal reveal_home(const struct order *o, int64_t person, ms now, int zone_minutes);
/* May this account say how it was: whoever ordered it for themselves. secret: they showed theirs. */
bool rated_by_served(const struct order *o, int64_t person, bool secret);

/* ---- rows (service_db.c) ---- */

extern const struct field service_map[], slot_map[], order_map[], hour_map[], package_map[];   /* in the order of the columns below */
#define SERVICE_COLUMNS                                                                                                                   \
    "s.id, s.org_id, s.title, s.text, s.category, s.audience, s.price, s.price_fen, s.price_per, s.lead_hours, s.bring, s.area_id, s.place, "  \
    "s.address, s.lon, s.lat, s.slotted, s.minutes, s.reviewed, s.waits, s.public, s.state, s.created_at, s.updated_at, s.version"
#define SLOT_COLUMNS                                                                                                                      \
    "t.id, t.service_id, t.rhythm_id, t.begins_at, t.ends_at, t.capacity, t.taken, t.waiting, t.arrivals, t.state, t.reason, t.version"
#define ORDER_COLUMNS                                                                                                                     \
    "o.id, o.code, o.service_id, o.org_id, o.category, o.slot_id, o.begins_at, o.ends_at, o.area_id, o.bundle_id, o.way, o.person_id, "        \
    "o.entered_by, o.name, o.note, o.arrival, o.placed, o.state, o.helper_id, o.team, o.to_tell, o.reason, o.result, "        \
    "o.minutes, o.rating, o.said, o.rated_way, o.done_by, o.created_at, o.done_at, o.rated_at, o.ended_at, o.version"
#define PACKAGE_COLUMNS "p.id, p.org_id, p.title, p.text, p.public, p.state, p.created_at, p.version"

MUST err service_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct service *out);     /* ERR_NOT_FOUND */
MUST err service_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct service *s, int64_t by);
MUST err service_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct service *s, ms now);  /* version + 1 */
MUST err slot_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct slot *out);           /* ERR_NOT_FOUND */
MUST err slot_insert(struct db_conn *c, int64_t tenant, const struct slot *s, ms now);
MUST err slot_update(struct db_conn *c, int64_t tenant, const struct slot *s);                                 /* version + 1 */
/* Those that end after `from`, in order; struct slot. open: without closed ones. */
MUST err slots_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t service, ms from, bool open, struct list *out);
/* An open slot of the service that overlaps [from, to) beside `but`. */
MUST err slot_overlaps(struct db_conn *c, int64_t tenant, int64_t service, ms from, ms to, int64_t but, bool *out);
/* The open slot that begins then: id 0 when there is none. */
MUST err slot_at(struct db_conn *c, struct arena *a, int64_t tenant, int64_t service, ms begins_at, struct slot *out);
MUST err order_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct order *out);         /* ERR_NOT_FOUND; sealed members are not read */
MUST err order_by_code(struct db_conn *c, struct arena *a, int64_t tenant, struct str code, struct order *out);
MUST err order_sealed(struct db_conn *c, struct arena *a, int64_t tenant, struct order *o);                    /* reads those */
MUST err order_insert(struct db_conn *c, int64_t tenant, const struct order *o, bool has_secret);
MUST err order_update(struct db_conn *c, int64_t tenant, struct order *o, ms now);                             /* version + 1, here too */
MUST err orders_of_bundle(struct db_conn *c, struct arena *a, int64_t tenant, int64_t bundle, struct list *out);
MUST err orders_of_slot(struct db_conn *c, struct arena *a, int64_t tenant, int64_t slot, struct list *out);   /* that have not ended, by arrival */
MUST err hour_insert(struct db_conn *c, int64_t tenant, const struct hour *h);
MUST err hours_of_order(struct db_conn *c, struct arena *a, int64_t tenant, int64_t order, struct list *out);
MUST err package_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct package *out);     /* ERR_NOT_FOUND */
MUST err package_items(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct list *out);      /* struct package_item */
MUST err package_items_put(struct db_conn *c, int64_t tenant, int64_t id, const struct list *items);
/* A new number of the day. */
MUST err order_code(struct db_conn *c, struct arena *a, const struct app *app, ms now, struct str *code);

/* ---- services and slots: service_menu.c ---- */

#define ORG_UNIT(org)   ((struct unit_ref){ UNIT_ORG, (org) })
#define AREA_UNIT(area) ((struct unit_ref){ UNIT_AREA, (area) })
struct service_item {
    int64_t    id, org_id, price_fen, lead_hours, minutes, area_id, waits, free, version;
    int        price, place, state;
    struct str title, category, category_zh, category_en, audience, price_per, address, org_name, area_name;
    struct geo at;
    bool       slotted, reviewed, is_public, may_manage;
    ms         next_at;
};
extern const struct field service_item_fields[];
/* free: places of open slots ahead; next_at: the first with one. */
MUST err service_item_of(struct req *r, const struct list *categories, const struct service *s, struct service_item *out);
/* Makes the slots of a service's rhythms up to the setting's days ahead. */
MUST err rhythms_go_on(struct db_conn *c, struct app *app, struct arena *a, int64_t service, ms now);
extern const struct route service_menu_routes[], service_package_routes[], service_public_routes[], service_hours_routes[];

/* All services of a package, those of packages in it too, each once; struct service. */
MUST err package_services(struct req *r, int64_t package, struct list *out);

/* ---- orders: service_order.c, service_place.c ---- */

MUST err order_rate(struct req *r, bool looks);
/* One order in its slot or at its time: a place, a turn, or ERR_FULL; then stored. */
MUST err order_place(struct req *r, const struct service *s, struct slot *t, struct order *o, bool has_secret);
/* It gives its place or turn back; who waits first moves up and is told. The order itself is left to the caller. */
MUST err order_leave(struct req *r, const struct service *s, const struct order *o);
/* Places that are free go to those who wait, in their turn. */
MUST err slot_fill(struct req *r, const struct service *s, struct slot *t);
/* Tells whoever ordered: their account, else a note that they have to be telephoned. */
MUST err order_tell(struct req *r, const struct service *s, struct order *o, const char *kind);
struct str order_words(struct req *r, const struct service *s, const struct order *o);
/* Residents read the name of an organisation that is public; of another the community answers. */
void service_name_publicly(struct req *r, struct service_item *of, size_t n);
/* Why the program ended an order by itself that stood so: a code, which is kept as its reason. A reason as its reader's language has it. */
struct str order_ended_because(int state);
struct str order_reason_said(const struct req *r, struct str reason);
/* How many wait before this one; 0 when it does not wait. */
MUST err order_turn(struct req *r, const struct order *o, int64_t *turn);
/* Ends an order as cancelled and all that hangs on it. */
MUST err order_cancel(struct req *r, struct order *o, struct str reason, bool by_served);
MUST err order_audit(struct req *r, const char *action, const struct order *o);
extern const struct route service_order_routes[], service_desk_routes[], service_own_routes[];

/* ---- what exchange asks of the third list: service_lists.c ---- */

extern const struct exchange_services service_lists;

/* ---- what it does by itself each day: service_sweep.c ---- */

/* Slots of all rhythms, up to the setting's days ahead; how many services have some. */
MUST err service_ahead_round(struct app *app, struct arena *arena, ms now, int64_t *services);
/* Orders whose time is over: asked for their result, ended without one; and those whose personal data went. */
struct service_swept { int64_t asked, ended, forgotten; };
MUST err service_sweep_round(struct app *app, ms now, struct service_swept *out);
void     service_sweep_start(struct app *app);

#endif
