/* The deliver feature's own parts. Private. */
#ifndef LINLI_DELIVER_PARTS_H
#define LINLI_DELIVER_PARTS_H

#include <netinet/in.h>

#include "deliver.h"
#include "../../base/worker.h"

#define DELIVER_BATCH      16
#define DELIVER_LOOK_EVERY (2 * MS_SECOND)
#define DELIVER_PATIENCE   (10 * MS_SECOND)   /* for one parcel */
#define MAIL_PATIENCE      (60 * MS_SECOND)   /* mail servers let strangers wait before they greet them */
#define MAIL_CONNECTIONS   4L                 /* at once to a mail server: more and many of them refuse */
#define DELIVER_WAIT_MOST  MS_HOUR
#define DELIVER_CHANNELS   4

enum delivery_state { DELIVERY_NONE, DELIVERY_WAITING, DELIVERY_DONE, DELIVERY_DEAD };

/* A channel and its own worker, so that a slow mail server does not keep the others waiting. */
struct deliver_line {
    struct app                   *app;
    const struct deliver_channel *channel;   /* NULL: free */
    struct worker                *worker;
};

struct deliver_state {
    struct arena        *arena;
    struct deliver_line  lines[DELIVER_CHANNELS];
};

extern const struct field delivery_fields[];

/* Sends them all at once and waits for the last; parcels[i].problem tells. stopping ends it early. */
void parcels_send(struct parcel *const *parcels, size_t n, struct arena *a, const atomic_bool *stopping);

/* False for this machine, private, link-local, shared, multicast and other addresses that are nobody's on the public net. */
bool address_is_public(const struct sockaddr *a);

/* One look: sends what is due of a channel. *done: how many. */
MUST err deliver_round(const struct deliver_line *line, struct arena *a, int *done);

/* When a delivery that failed so often is tried again; 0: never. */
ms deliver_next(const struct app *app, int64_t tries, ms now);

extern const struct route deliver_routes[];

#endif
