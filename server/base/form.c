#include "form.h"

#include "buf.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct str form_decode(struct arena *a, struct str s)
{
    char  *p = arena_alloc(a, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '+') {
            p[n++] = ' ';
        } else if (s.ptr[i] != '%') {
            p[n++] = s.ptr[i];
        } else {
            int hi = i + 2 < s.len ? hex_digit(s.ptr[i + 1]) : -1, lo = hi >= 0 ? hex_digit(s.ptr[i + 2]) : -1;
            if (lo < 0)
                return STR_NONE;
            p[n++] = (char)(hi << 4 | lo);
            i += 2;
        }
    }
    return (struct str){ p, n };
}

static bool unreserved(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c && strchr("-._~", c));
}

struct str form_encode(struct arena *a, struct str s)
{
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (unreserved(s.ptr[i])) {
            buf_byte(&b, s.ptr[i]);
            continue;
        }
        buf_byte(&b, '%');
        buf_byte(&b, "0123456789ABCDEF"[c >> 4]);
        buf_byte(&b, "0123456789ABCDEF"[c & 15]);
    }
    return b.len ? buf_view(&b) : STR("");
}

bool form_pair(struct str *rest, struct str *pair)
{
    while (rest->ptr) {
        *pair = str_cut(rest, '&');
        if (pair->len)
            return true;
    }
    return false;
}
