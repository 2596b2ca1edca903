/* sign.c: who sent it, and when. Standard Webhooks for our own, and what each robot wants. */
#include <stdlib.h>

#include "hook_parts.h"
#include "../../base/crypto.h"

#define SECRET_START "whsec_"
#define SECRET_BYTES 24

struct str sign_secret(struct arena *a)
{
    unsigned char bytes[SECRET_BYTES];
    crypto_random(bytes, sizeof bytes);
    return str_fmt(a, SECRET_START "%s", crypto_base64(a, bytes, sizeof bytes).ptr);
}

static struct str hmac64(struct arena *a, struct str key, struct str text)
{
    unsigned char mac[HASH_SIZE];
    crypto_hmac(key, text, mac);
    return crypto_base64(a, mac, sizeof mac);
}

struct str sign_v1(struct arena *a, struct str secret, struct str id, struct str timestamp, struct str body)
{
    struct str key, coded = { secret.ptr + sizeof SECRET_START - 1, secret.len - (sizeof SECRET_START - 1) };
    if (!str_starts(secret, SECRET_START) || !crypto_unbase64(a, coded, &key) || !key.len)
        return STR_NONE;
    struct buf b = buf_new(a, 0);
    buf_str(&b, id);
    buf_byte(&b, '.');
    buf_str(&b, timestamp);
    buf_byte(&b, '.');
    buf_str(&b, body);
    return str_fmt(a, "v1,%s", hmac64(a, key, buf_view(&b)).ptr);
}

bool sign_fits(struct arena *a, struct str secret, const struct str header[3], struct str body, ms now)
{
    int64_t    seconds;
    bool       good = false;
    struct str rest = header[2];
    if (!header[0].len || !rest.len || !str_to_i64(header[1], &seconds) || llabs(seconds * MS_SECOND - now) > SIGN_WINDOW)
        return false;
    struct str want = sign_v1(a, secret, header[0], header[1], body);
    while (rest.ptr && want.ptr) {
        struct str one = str_cut(&rest, ' ');
        good = (one.len == want.len && crypto_same(one, want)) || good;
    }
    return good;
}

struct str sign_dingtalk(struct arena *a, struct str secret, ms now)
{
    return hmac64(a, secret, str_fmt(a, "%lld\n%.*s", (long long)now, STR_ARG(secret)));
}

struct str sign_feishu(struct arena *a, struct str secret, ms now)
{
    return hmac64(a, str_fmt(a, "%lld\n%.*s", (long long)(now / MS_SECOND), STR_ARG(secret)), STR(""));
}
