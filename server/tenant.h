/* tenant: the districts of an installation: their rows, host names, folders and keys. The first one's folder is the data folder itself; each
 * other has its own below it, tenants/ID, with its own photos, files of jobs and keys. */
#ifndef LINLI_TENANT_H
#define LINLI_TENANT_H

#include "config.h"
#include "http/app.h"

#define TENANT_FIRST 1

struct tenant {
    int64_t    id;
    struct str code, name, time_zone;
    bool       demo;
    ms         closed_at;      /* 0: it is open */
    struct str moved_to;       /* address where it is served now, or STR_NONE */
    ms         removing_at;    /* 0: its rows are not being erased */
};

struct tenant_host {
    struct str host;
    int64_t    district;
};

/* All of them, by number; hosts by name. Lists of the two structs. */
MUST err tenant_all(struct db_conn *c, struct arena *a, struct list *tenants, struct list *hosts);

/* The one named by its code, a host or its number; NULL: the only one there is. ERR_NOT_FOUND, ERR_DISTRICT_NEEDED when several are there
 * and none is named. */
MUST err tenant_find(struct db *db, struct arena *a, const char *named, struct tenant *out);

struct tenant_new {
    const char *code, *name, *time_zone;
    const char *host;        /* or NULL */
    bool        demo;
    bool        first;       /* takes the number 1; else one of its own */
    int64_t     id;          /* out */
};
/* Inside a write: the row, its host, folder, keys, shipped roles, posts, categories and calendar. ERR_TAKEN: code or host. */
struct tenant_making { const struct config *config; struct tenant_new *t; };
MUST err tenant_insert_new(struct db_conn *c, void *making);
/* Inside a write, also for a district that comes from elsewhere: the row and its hosts alone. */
MUST err tenant_host_add(struct db_conn *c, int64_t tenant, struct str host);
MUST err tenant_host_remove(struct db_conn *c, int64_t tenant, struct str host);
/* Whether this process may make a district, take one in, or give one a name. One at a time does, until it ends: a district that is taken in is under way
 * for minutes, and whoever waited inside a write for its number, code or host would let all districts wait. Tries for five seconds. */
bool tenant_turn(struct db *db);
#define TENANT_NO_TURN "a district is just being made or taken in; try again when that is done"
/* The number for one more: 1 in an empty installation. */
MUST err tenant_next(struct db_conn *c, int64_t *id);

/* ---- closing and erasing; tenant_close.c ---- */

/* Inside a write: nothing is served of it any more, nothing works for it, nobody is signed in. ERR_CONFLICT: it is closed already. */
struct tenant_closing { int64_t tenant; const char *moved_to; };
MUST err tenant_close(struct db_conn *c, void *tenant_closing);
/* Inside a write. ERR_CONFLICT: it is not closed; ERR_NOT_FOUND: it is being erased. arg: int64_t, the district. */
MUST err tenant_reopen(struct db_conn *c, void *arg);
/* An address of the web without signs that mean something in a page. */
bool tenant_address_fits(struct str address);

/* Erases a closed district: its rows of every table, its files, its keys, in many small writes; what was cut off goes on where it was. *rows: how
 * many there were; where: what is being done now, for a failure. ERR_CONFLICT: it is open. */
struct tenant_erasing { const struct config *config; struct db *db; int64_t tenant; int64_t rows; char where[80]; };
MUST err tenant_erase(struct tenant_erasing *e);

/* ---- cities: a space whose people see the counters of the districts that belong to it; tenant_city.c ---- */

struct city_member { int64_t district, city; ms joined_at; };
MUST err tenant_city_all(struct db_conn *c, struct arena *a, struct list *out);

/* Inside a write: a district joins or leaves, which both sides find in their audit record. ERR_TAKEN: it belongs to a city already (field: here,
 * elsewhere). ERR_CONFLICT: field itself, time_zone, or city: one of the two is on the wrong side already. ERR_NOT_FOUND: it did not belong to it. */
struct city_change { struct tenant city, district; bool join; };
MUST err tenant_city_change(struct db_conn *c, void *city_change);

/* ---- folders and keys ---- */

/* data, or data/tenants/ID; zero-terminated, in the arena. */
struct str tenant_folder(struct arena *a, const char *data, int64_t tenant);
/* Makes the folder with what is in it. */
MUST err tenant_folder_make(const char *data, int64_t tenant);
/* Its keys; create: makes them when there are none. */
MUST err tenant_keys(const char *data, int64_t tenant, bool create, struct keys *out);

/* A host as it is compared and stored: lower case, without port and the final dot. False when it is no host name, IPv4 or [IPv6] address. */
#define HOST_ROOM 256
bool host_fold(struct str written, char out[HOST_ROOM]);

/* Minutes east of UTC at a moment, in an IANA zone. */
int  tenant_zone_minutes(struct str zone, ms at);
bool tenant_zone_known(struct str zone);

#endif
