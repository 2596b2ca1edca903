/* service: what organisations do for residents, when, for how many; and orders of it from request to review. */
#ifndef LINLI_SERVICE_H
#define LINLI_SERVICE_H

#include "../exchange/exchange.h"

extern const struct feature service_feature, service_order_feature;

/* ---- entering a service, by hand or from a sheet: service_menu.c ---- */

extern const char *const service_price_words[], *const service_place_words[];   /* NULL free at_cost; NULL there home */

/* Looks at all of it, rights of the caller at the organisation too, and enters it (with its rhythm) unless dry_run or something is wrong. Every fault is added
 * to *faults, which needs its arena, each at the member's name; then ERR_INVALID. Inside a write, or with dry_run a read. */
MUST err service_add(struct req *r, const struct service_new *in, bool dry_run, struct faults *faults, int64_t *id);

/* ---- what was done, read off the orders: service_hours.c ---- */

/* An order that was done, for somebody who lives in the area. slot_id 0: by appointment; minutes: of all helpers together. */
struct service_done { int64_t id, service_id, slot_id, area_id, minutes; struct str title, category; ms at; };   /* at: when it began */
/* What an organisation did that began within [from, to), in order of time; at most 20,000. It counts for who did it, whatever became of that later. */
MUST err service_done_by(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, ms from, ms to, struct list *out);

/* ---- an organisation closes, or becomes part of another: service_succeed.c ---- */

/* Services on the menu or paused, packages among them; orders that have not ended. */
struct service_held { int64_t services, orders; };
MUST err service_held_by(struct db_conn *c, int64_t tenant, int64_t org, struct service_held *out);
/* Another takes over services, packages and open orders. */
MUST err service_take_over(struct req *r, int64_t from, int64_t to);
/* Its services leave the menu. Only when it has no open orders. */
MUST err service_end(struct req *r, int64_t org);

/* ---- for the demonstration; inside a write, unchecked ---- */

MUST err service_put(struct db_conn *c, struct arena *a, int64_t tenant, const struct service_new *in, ms now, int64_t *id);
MUST err service_slot_put(struct db_conn *c, int64_t tenant, int64_t service, ms from, ms to, int64_t capacity, ms now, int64_t *id);
struct service_package_new { int64_t org; struct str title, text; struct ids services; };
MUST err service_package_put(struct db_conn *c, int64_t tenant, const struct service_package_new *in, ms now, int64_t *id);
struct service_order_new {
    int64_t    service, slot, area, person, helper, minutes, rating;
    struct str name, contact, address, note, said;
    ms         begins_at;                /* by appointment */
    int        way, state;               /* service_way_words, service_order_words */
};
MUST err service_order_put(struct db_conn *c, struct arena *a, const struct app *app, const struct service_order_new *in, ms now, int64_t *id);
enum service_way { WAY_NONE, WAY_SELF, WAY_NEIGHBOUR, WAY_SOCIAL_WORKER, WAY_PHONE };
/* Numbers are stored: append only. */
enum service_order_state { ORDER_NONE, ORDER_REVIEW, ORDER_REFUSED, ORDER_PLACED, ORDER_WAITING, ORDER_ASSIGNED, ORDER_UNDER_WAY, ORDER_DONE, ORDER_CANCELLED,
                           ORDER_NO_SHOW, ORDER_STATES };
extern const char *const service_way_words[], *const service_order_words[];

#endif
