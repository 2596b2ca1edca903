/* case_flood.c: a little computing asked of whoever reports without an account while reports flood in. */
#include "case_flood.h"
#include "case_parts.h"
#include "../setting/setting.h"

#define KEY_LEAST 32   /* a key as long as this is the sender's alone: see account/idempotency.c */

static struct str mac_of(struct arena *a, const unsigned char key[32], ms until, int64_t bits)
{
    struct str mac = crypto_keyed(a, key, str_fmt(a, "flood:%lld:%lld", (long long)until, (long long)bits));
    struct buf hex = buf_new(a, 0);
    for (size_t i = 0; i < 16; i++)
        buf_fmt(&hex, "%02x", (unsigned char)mac.ptr[i]);
    return buf_view(&hex);
}

struct str flood_challenge(struct arena *a, const unsigned char key[32], ms until, int64_t bits)
{
    return str_fmt(a, "%lld.%lld.%.*s", (long long)until, (long long)bits, STR_ARG(mac_of(a, key, until, bits)));
}

static bool zero_bits(const unsigned char hash[HASH_SIZE], int64_t bits)
{
    for (int64_t i = 0; i < bits; i++)
        if (hash[i / 8] & (0x80 >> (i % 8)))
            return false;
    return true;
}

static bool answers(struct arena *a, struct str challenge, struct str idempotency_key, struct str number, int64_t bits)
{
    unsigned char hash[HASH_SIZE];
    struct str    whole = str_fmt(a, "%.*s:%.*s:%.*s", STR_ARG(challenge), STR_ARG(idempotency_key), STR_ARG(number));
    crypto_sha256(whole.ptr, whole.len, hash);
    return zero_bits(hash, bits);
}

/* "until.bits.mac" → until and bits; false when it was not made by us. */
static bool ours(struct arena *a, const unsigned char key[32], struct str challenge, ms *until, int64_t *bits)
{
    struct str rest = challenge, t = str_cut(&rest, '.'), b = str_cut(&rest, '.');
    return str_to_i64(t, until) && str_to_i64(b, bits) && *bits >= 0 && *bits <= 8 * HASH_SIZE && rest.ptr &&
           crypto_same(rest, mac_of(a, key, *until, *bits));
}

bool flood_solved(struct arena *a, const unsigned char key[32], struct str work, struct str idempotency_key, ms now)
{
    struct str number = work, challenge = str_cut(&number, ':');
    ms         until = 0;
    int64_t    bits = 0;
    return number.ptr && idempotency_key.len >= KEY_LEAST && ours(a, key, challenge, &until, &bits) && now < until &&
           answers(a, challenge, idempotency_key, number, bits);
}

int64_t flood_solve(struct arena *a, struct str challenge, struct str idempotency_key)
{
    struct str rest = challenge;
    int64_t    bits = 0;
    (void)str_cut(&rest, '.');
    if (!str_to_i64(str_cut(&rest, '.'), &bits))
        return -1;
    for (int64_t n = 0;; n++) {
        struct arena_mark mark = arena_mark(a);
        bool              found = answers(a, challenge, idempotency_key, str_fmt(a, "%lld", (long long)n), bits);
        arena_rewind(a, mark);
        if (found)
            return n;
    }
}

err case_flood_check(struct req *r)
{
    if (r->work.ptr && flood_solved(r->arena, r->app->keys.cursor, r->work, r->idempotency_key, r->now))
        return OK;
    if (case_calm(r))
        return OK;
    int64_t bits = setting_i64(r->app, "case.work_bits", r->now);
    reply_header(r, "X-Work-Challenge", flood_challenge(r->arena, r->app->keys.cursor, r->now + FLOOD_VALID, bits));
    return FAIL(ERR_WORK_NEEDED);
}
