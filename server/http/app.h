/* What a process keeps for one district, one pointer per feature. app.c (the only owner) makes it when the district begins to be served; nothing
 * in it is shared between districts but the database. A feature reaches its own state through its own header and treats the others as opaque. */
#ifndef LINLI_HTTP_APP_H
#define LINLI_HTTP_APP_H

#include "route.h"
#include "../base/crypto.h"

struct app {
    struct db      *db;                 /* of all districts */
    bool            shares_db;          /* it is not closed with this one */
    int64_t         tenant;
    char            tenant_name[128];
    int             zone_minutes;       /* tenant's offset east of UTC, for codes and dates (China has one offset, no summer time) */
    char            time_zone[64];      /* IANA name, for the pages */
    bool            demo;               /* the tenant is a demonstration */
    bool            loopback_only;      /* listening on loopback */
    const char     *data_dir;           /* the district's folder: files/, jobs/, keys */
    char           *folder, *spool;     /* owned: the same; the installation's folder for what is under way */
    struct keys     keys;               /* from data_dir/keys */

    struct setting_state *setting;
    struct account_state *account;
    struct file_state    *file;
    struct notify_state  *notify;
    struct job_state     *job;
    struct unit_state    *unit;
    struct clock_state   *clock;
    struct case_store    *cases;
    struct open311_state *open311;
    struct search_state  *search;
    struct suggest_state *suggest;
    struct case_public   *public_map;
    struct deliver_state *deliver;
    struct hook_state    *hook;
    struct mail_state    *mail;
    struct phone_state   *phone;
    struct feed_state    *feed;
    struct insight_state *insight;
    struct letter_state  *letter;
    struct directory_state *directory;
    struct alliance_state *alliance;
    struct service_keep *service;
    const struct exchange_services *services;   /* what exchange asks of the third list; exchange.h */
    const struct agreement_money *pledge_money;   /* where money paid for pledges is booked; agreement.h */
};

/* A feature as app.c lists it. In list order: start loads in-memory state (every command that opens the features); work begins threads
 * (serve alone, so that a command beside a running server never takes its jobs). stop ends both, in reverse. Each may be NULL. */
struct feature {
    const char         *name;
    const struct route *routes;
    const struct route *more_routes[8]; /* further tables of a large feature; NULL at the end */
    err               (*start)(struct app *app);
    err               (*work)(struct app *app);
    void              (*stop)(struct app *app);
    void              (*reload)(void *app);         /* what it keeps in memory, after a db_tell with the feature's name, here or in another process */
};

#endif
