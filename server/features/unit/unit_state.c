/* Holding and swapping snapshots. A reader counts a slot and then looks again whether it is still the present one; a count on a slot
 * that is not is given back at once and did no harm, since nobody touches a slot's snapshot before that second look. */
#include "unit_inside.h"

struct unit_state *state_new(struct app *app)
{
    struct arena      *a = arena_new(sizeof(struct unit_state) + 64);
    struct unit_state *st = ARENA_NEW(a, struct unit_state);
    st->arena = a;
    st->app = app;
    atomic_init(&st->present, -1);
    for (int i = 0; i < SLOTS; i++)
        atomic_init(&st->slots[i].held, 0);
    pthread_mutex_init(&st->mutex, NULL);
    pthread_mutex_init(&st->loading, NULL);
    pthread_mutex_init(&st->outline_mutex, NULL);
    pthread_mutex_init(&st->watch_mutex, NULL);
    pthread_cond_init(&st->freed, NULL);
    pthread_cond_init(&st->stop, NULL);
    return st;
}

void state_free(struct unit_state *st)
{
    for (int i = 0; i < SLOTS; i++)
        if (st->slots[i].snapshot)
            snapshot_free(st->slots[i].snapshot);
    if (st->outlines)
        arena_free(st->outlines);
    pthread_mutex_destroy(&st->loading);
    pthread_mutex_destroy(&st->mutex);
    pthread_mutex_destroy(&st->outline_mutex);
    pthread_mutex_destroy(&st->watch_mutex);
    pthread_cond_destroy(&st->freed);
    pthread_cond_destroy(&st->stop);
    arena_free(st->arena);
}

/* With the mutex: frees the slot's snapshot when it is neither present nor held. */
static void sweep(struct unit_state *st, int i)
{
    struct slot *slot = &st->slots[i];
    if (slot->snapshot && atomic_load(&st->present) != i && atomic_load(&slot->held) == 0) {
        snapshot_free(slot->snapshot);
        slot->snapshot = NULL;
        pthread_cond_broadcast(&st->freed);
    }
}

/* The last one out of a slot that is no longer present clears it. */
static void let_go(struct unit_state *st, int i)
{
    if (atomic_fetch_sub(&st->slots[i].held, 1) != 1 || atomic_load(&st->present) == i)
        return;
    pthread_mutex_lock(&st->mutex);
    sweep(st, i);
    pthread_mutex_unlock(&st->mutex);
}

const struct unit_snapshot *state_hold(struct unit_state *st)
{
    for (;;) {
        int i = atomic_load(&st->present);
        if (i < 0)
            return NULL;
        atomic_fetch_add(&st->slots[i].held, 1);
        if (atomic_load(&st->present) == i)
            return st->slots[i].snapshot;
        let_go(st, i);
    }
}

void unit_release(const struct unit_snapshot *s)
{
    if (s)
        let_go(s->state, s->slot);
}

static int free_slot(struct unit_state *st)
{
    for (;;) {
        for (int i = 0; i < SLOTS; i++)
            if (!st->slots[i].snapshot)
                return i;
        pthread_cond_wait(&st->freed, &st->mutex);
    }
}

void state_publish(struct unit_state *st, struct unit_snapshot *s)
{
    pthread_mutex_lock(&st->mutex);
    int before = atomic_load(&st->present), i = free_slot(st);
    s->state = st;
    s->slot = i;
    st->slots[i].snapshot = s;
    atomic_store(&st->present, i);
    if (before >= 0)
        sweep(st, before);
    pthread_mutex_unlock(&st->mutex);
}
