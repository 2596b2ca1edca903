/* The request target: split, decoded once, checked. */
#include "exchange.h"

#define TARGET_BYTES ((size_t)4 * 1024)

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes into out, which has room for raw.len bytes; false on a broken escape. */
static bool decode(struct str raw, char *out, size_t *len)
{
    *len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i];
        if (c == '%') {
            int hi = i + 2 < raw.len ? hex(raw.ptr[i + 1]) : -1, lo = i + 2 < raw.len ? hex(raw.ptr[i + 2]) : -1;
            if (hi < 0 || lo < 0)
                return false;
            c = (char)(hi << 4 | lo);
            i += 2;
        }
        out[(*len)++] = c;
    }
    return true;
}

/* Letters, digits, '-' and '_' alone, as nearly all segments are. */
static bool is_word(struct str s)
{
    size_t i = 0;
    while (i < s.len && ((s.ptr[i] >= '0' && s.ptr[i] <= '9') || ((s.ptr[i] | 0x20) >= 'a' && (s.ptr[i] | 0x20) <= 'z') || s.ptr[i] == '-' || s.ptr[i] == '_'))
        i++;
    return i == s.len;
}

/* A segment that would mean something else to a file system or to a second decoder is refused. */
static bool segment_ok(struct str s)
{
    if (is_word(s))
        return true;
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < ' ' || s.ptr[i] == 0x7F || s.ptr[i] == '/' || s.ptr[i] == '\\')
            return false;
    return !str_is(s, ".") && !str_is(s, "..") && utf8_valid(s) && !utf8_has_control(s);
}

static bool raw_ok(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] <= ' ' || s.ptr[i] == 0x7F || s.ptr[i] == '#')
            return false;
    return true;
}

err path_read(struct arena *a, struct str target, struct path *out)
{
    *out = (struct path){ 0 };
    if (target.len > TARGET_BYTES)
        return FAIL(ERR_HEADERS_TOO_LARGE);
    if (target.len == 0 || target.ptr[0] != '/' || !raw_ok(target))
        return FAIL(ERR_BAD_REQUEST);
    struct str rest = { target.ptr + 1, target.len - 1 }, path = str_cut(&rest, '?');
    char      *to = arena_alloc(a, path.len + 2);
    out->query = rest;
    out->whole.ptr = to;
    while (path.ptr) {
        struct str raw = str_cut(&path, '/');
        *to++ = '/';
        struct str s = { .ptr = to };
        if (!decode(raw, to, &s.len) || !segment_ok(s))
            return FAIL(ERR_BAD_REQUEST);
        if (out->len == PATH_SEGMENTS)
            return FAIL(ERR_NOT_FOUND);
        out->segment[out->len++] = s;
        to += s.len;
    }
    out->whole.len = (size_t)(to - out->whole.ptr);
    return OK;
}
