/* Request headers: which we know, and what about them is refused. */
#include <strings.h>

#include "exchange.h"

#define HEADERS_BYTES  ((size_t)8 * 1024)
#define HEADERS_NUMBER ((size_t)100)

static const struct {
    const char *name;
    size_t      len;
    enum header header;
} known[] = {
#define KNOWN(name, header) { name, sizeof(name) - 1, header }
    KNOWN("Accept", H_ACCEPT),
    KNOWN("Accept-Encoding", H_ACCEPT_ENCODING),
    KNOWN("Accept-Language", H_ACCEPT_LANGUAGE),
    KNOWN("Authorization", H_AUTHORIZATION),
    KNOWN("Content-Length", H_CONTENT_LENGTH),
    KNOWN("Content-Type", H_CONTENT_TYPE),
    KNOWN("Cookie", H_COOKIE),
    KNOWN("Expect", H_EXPECT),
    KNOWN("X-Expect-Account", H_EXPECT_ACCOUNT),
    KNOWN("X-Forwarded-For", H_FORWARDED_FOR),
    KNOWN("X-Forwarded-Proto", H_FORWARDED_PROTO),
    KNOWN("Host", H_HOST),
    KNOWN("Idempotency-Key", H_IDEMPOTENCY_KEY),
    KNOWN("If-Match", H_IF_MATCH),
    KNOWN("If-None-Match", H_IF_NONE_MATCH),
    KNOWN("Origin", H_ORIGIN),
    KNOWN("X-Request-Id", H_REQUEST_ID),
    KNOWN("X-Case-Secret", H_SECRET),
    KNOWN("X-Work", H_WORK),
    KNOWN("Sec-Fetch-Site", H_SEC_FETCH_SITE),
    KNOWN("Transfer-Encoding", H_TRANSFER_ENCODING),
    KNOWN("User-Agent", H_USER_AGENT),
    KNOWN("Webhook-Id", H_WEBHOOK_ID),
    KNOWN("Webhook-Timestamp", H_WEBHOOK_TIMESTAMP),
    KNOWN("Webhook-Signature", H_WEBHOOK_SIGNATURE),
#undef KNOWN
};

static enum header header_find(struct str name)
{
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i].len == name.len && strncasecmp(known[i].name, name.ptr, name.len) == 0)
            return known[i].header;
    return H_OTHER;
}

/* RFC 9110 token: what a header's name may consist of. A name with a blank before its colon is none. */
static bool is_token(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c <= ' ' || c >= 0x7F || strchr("\"(),/:;<=>?@[\\]{}", c))
            return false;
    }
    return s.len > 0;
}

static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if ((c < ' ' && c != '\t') || c == 0x7F)
            return true;
    }
    return false;
}

void headers_add(struct headers *h, struct str name, struct str value)
{
    enum header at = header_find(name);
    h->number++;
    h->bytes += name.len + value.len + 4;
    if (!is_token(name) || has_control(value))
        h->malformed = true;
    if (h->times[at] == 0)
        h->value[at] = value;
    if (h->times[at] < 255)
        h->times[at]++;
}

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0 && s.len < 19;
}

err headers_guard(const struct headers *h)
{
    if (h->bytes > HEADERS_BYTES || h->number > HEADERS_NUMBER)
        return FAIL(ERR_HEADERS_TOO_LARGE);
    struct str coding = h->value[H_TRANSFER_ENCODING], length = h->value[H_CONTENT_LENGTH];
    bool two_lengths = h->times[H_CONTENT_LENGTH] > 1 || h->times[H_TRANSFER_ENCODING] > 1 || (coding.ptr && length.ptr);
    bool bad_length = length.ptr && !all_digits(length);
    bool bad_coding = coding.ptr && !(coding.len == 7 && strncasecmp(coding.ptr, "chunked", 7) == 0);
    bool bad_host = h->times[H_HOST] != 1 || h->value[H_HOST].len == 0;
    if (h->malformed || two_lengths || bad_length || bad_coding || bad_host)
        return FAIL(ERR_BAD_REQUEST);
    return OK;
}

int64_t headers_length(const struct headers *h)
{
    int64_t n;
    return h->value[H_CONTENT_LENGTH].ptr && str_to_i64(h->value[H_CONTENT_LENGTH], &n) ? n : -1;
}

static struct str without_port(struct str host, const char *port)
{
    if (str_ends(host, port))
        host.len -= strlen(port);
    return host;
}

/* Origin is scheme://host[:port]; a default port may stand in Host and never stands in Origin. */
static bool same_host(struct str origin, struct str host)
{
    if (str_starts(origin, "https://")) {
        origin = (struct str){ origin.ptr + 8, origin.len - 8 };
        host = without_port(host, ":443");
    } else if (str_starts(origin, "http://")) {
        origin = (struct str){ origin.ptr + 7, origin.len - 7 };
        host = without_port(host, ":80");
    } else {
        return false;
    }
    return origin.len == host.len && strncasecmp(origin.ptr, host.ptr, host.len) == 0;
}

bool headers_cross_origin(const struct headers *h)
{
    if (str_is(h->value[H_SEC_FETCH_SITE], "cross-site"))
        return true;
    return h->value[H_ORIGIN].ptr && !same_host(h->value[H_ORIGIN], h->value[H_HOST]);
}

bool media_is(struct str content_type, const char *type)
{
    struct str rest = content_type, media = str_trim(str_cut(&rest, ';'));
    return media.len == strlen(type) && strncasecmp(media.ptr, type, media.len) == 0;
}

/* Cuts W/ and the quotes off an entity tag. */
static struct str tag_core(struct str tag)
{
    tag = str_trim(tag);
    if (str_starts(tag, "W/"))
        tag = (struct str){ tag.ptr + 2, tag.len - 2 };
    if (tag.len >= 2 && tag.ptr[0] == '"' && tag.ptr[tag.len - 1] == '"')
        tag = (struct str){ tag.ptr + 1, tag.len - 2 };
    return tag;
}

int64_t if_match_version(struct str value)
{
    int64_t version;
    if (!value.ptr || str_is(str_trim(value), "*"))
        return 0;
    struct str core = tag_core(value), digits = str_cut(&core, '-');
    if (digits.len && digits.ptr[0] == 'v')
        digits = (struct str){ digits.ptr + 1, digits.len - 1 };
    return str_to_i64(digits, &version) && version > 0 ? version : -1;
}

bool etag_among(struct str if_none_match, struct str etag)
{
    struct str rest = if_none_match, want = tag_core(etag);
    if (!etag.ptr)
        return false;
    while (rest.ptr) {
        struct str one = str_trim(str_cut(&rest, ','));
        if (str_is(one, "*") || str_eq(tag_core(one), want))
            return true;
    }
    return false;
}

/* A 64-bit mixing hash: entity tags need spread, not secrecy. Multiply, rotate and a final avalanche over 8 bytes at a time. */
static uint64_t mix(uint64_t h, uint64_t word)
{
    h ^= word * 0x9E3779B97F4A7C15u;
    h = h << 27 | h >> 37;
    return h * 0xD6E8FEB86659FD93u + 0x52DCE729u;
}

/* Four streams side by side, since each step waits for the one before. */
static uint64_t hash64(struct str s)
{
    uint64_t h[4] = { 0xA0761D6478BD642Fu ^ s.len, 0xE7037ED1A0B428DBu, 0x8EBC6AF09C88C6E3u, 0x589965CC75374CC3u }, word[4] = { 0 };
    size_t   i = 0;
    for (; i + sizeof word <= s.len; i += sizeof word) {
        memcpy(word, s.ptr + i, sizeof word);
        for (int k = 0; k < 4; k++)
            h[k] = mix(h[k], word[k]);
    }
    memset(word, 0, sizeof word);
    if (i < s.len)
        memcpy(word, s.ptr + i, s.len - i);
    for (int k = 0; k < 4; k++)
        h[k] = mix(h[k], word[k]);
    uint64_t one = mix(mix(mix(h[0], h[1]), h[2]), h[3]);
    one = (one ^ one >> 32) * 0xD6E8FEB86659FD93u;
    return one ^ one >> 29;
}

struct str etag_make(struct arena *a, int64_t version, struct str body)
{
    char     text[48], *p = text + sizeof text;
    uint64_t h = hash64(body);
    *--p = '"';
    for (int i = 0; i < 16; i++, h >>= 4)
        *--p = "0123456789abcdef"[h & 15];
    if (version > 0) {
        *--p = '-';
        for (uint64_t v = (uint64_t)version; v; v /= 10)
            *--p = (char)('0' + v % 10);
        *--p = 'v';
    }
    *--p = '"';
    size_t len = (size_t)(text + sizeof text - p);
    return (struct str){ arena_copy(a, p, len), len };
}
