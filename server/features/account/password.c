/* Argon2id takes a core and 64 MiB for a moment: a few at a time, some may wait, the rest are sent away. */
#include "inside.h"

#define AT_ONCE       2
#define WAITING_MOST  64

static err enter(struct account_state *s)
{
    err e = OK;
    pthread_mutex_lock(&s->mutex);
    if (s->hash_waiting >= WAITING_MOST)
        e = FAIL(ERR_TOO_MANY);
    s->hash_waiting++;
    while (!failed(e) && s->hashing >= AT_ONCE)
        pthread_cond_wait(&s->hash_free, &s->mutex);
    s->hash_waiting--;
    if (!failed(e))
        s->hashing++;
    pthread_mutex_unlock(&s->mutex);
    return e;
}

static void leave(struct account_state *s)
{
    pthread_mutex_lock(&s->mutex);
    s->hashing--;
    pthread_cond_signal(&s->hash_free);
    pthread_mutex_unlock(&s->mutex);
}

err password_hash(struct req *r, struct str password, struct str *out)
{
    TRY(enter(r->app->account));
    err e = crypto_password_hash(r->arena, password, out);
    leave(r->app->account);
    return e;
}

err password_check(struct req *r, struct str hash, struct str password, bool *right)
{
    TRY(enter(r->app->account));
    *right = crypto_password_check(r->arena, hash, password);
    leave(r->app->account);
    return OK;
}
