/* The feature's state, for suggest.c and the training job. Private. */
#ifndef LINLI_SUGGEST_STATE_H
#define LINLI_SUGGEST_STATE_H

#include <pthread.h>

#include "suggest_parts.h"

struct suggest_state {
    struct arena                *arena;
    const struct suggest_source *source;
    pthread_mutex_t              lock;
    struct suggest_model        *now, *next;
    int                          users;   /* of now; guarded by the lock */
};
struct suggest_state *suggest_state_of(struct app *app);
void                  suggest_publish(struct app *app, struct suggest_model *m);
struct str            suggest_path(struct app *app, struct arena *a);

#endif
