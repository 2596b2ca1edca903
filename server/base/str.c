#include "str.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct str str_of(const char *z)
{
    return z ? (struct str){ z, strlen(z) } : STR_NONE;
}

bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_is(struct str a, const char *z)
{
    return str_eq(a, str_of(z));
}

bool str_starts(struct str s, const char *prefix)
{
    size_t n = strlen(prefix);
    return s.len >= n && memcmp(s.ptr, prefix, n) == 0;
}

bool str_ends(struct str s, const char *suffix)
{
    size_t n = strlen(suffix);
    return s.len >= n && memcmp(s.ptr + s.len - n, suffix, n) == 0;
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int    c = n ? memcmp(a.ptr, b.ptr, n) : 0;
    return c ? c : (a.len > b.len) - (a.len < b.len);
}

ptrdiff_t str_find(struct str s, char c)
{
    const char *p = s.len ? memchr(s.ptr, c, s.len) : NULL;
    return p ? p - s.ptr : -1;
}

struct str str_cut(struct str *rest, char sep)
{
    ptrdiff_t  at = str_find(*rest, sep);
    struct str head = *rest;
    if (at < 0) {
        *rest = STR_NONE;
        return head;
    }
    head.len = (size_t)at;
    rest->ptr += at + 1;
    rest->len -= (size_t)at + 1;
    return head;
}

static size_t blank_at_start(struct str s)
{
    if (s.len && strchr(" \t\r\n\v\f", s.ptr[0]) && s.ptr[0])
        return 1;
    return str_starts(s, "\xE3\x80\x80") ? 3 : 0;
}

static size_t blank_at_end(struct str s)
{
    if (s.len && strchr(" \t\r\n\v\f", s.ptr[s.len - 1]) && s.ptr[s.len - 1])
        return 1;
    return str_ends(s, "\xE3\x80\x80") ? 3 : 0;
}

struct str str_trim(struct str s)
{
    size_t n;
    while ((n = blank_at_start(s)) > 0) {
        s.ptr += n;
        s.len -= n;
    }
    while ((n = blank_at_end(s)) > 0)
        s.len -= n;
    return s;
}

struct str str_copy(struct arena *a, struct str s)
{
    return s.ptr ? (struct str){ arena_copy(a, s.ptr, s.len), s.len } : STR_NONE;
}

char *str_z(struct arena *a, struct str s)
{
    return arena_copy(a, s.ptr, s.len);
}

struct str str_fmt(struct arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *p = arena_alloc(a, (size_t)(n > 0 ? n : 0) + 1);
    vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (struct str){ p, (size_t)n };
}

bool str_to_i64(struct str s, int64_t *out)
{
    bool     neg = s.len && s.ptr[0] == '-';
    size_t   i = neg ? 1 : 0;
    uint64_t v = 0, limit = (uint64_t)INT64_MAX + (neg ? 1 : 0);
    if (i == s.len)
        return false;
    for (; i < s.len; i++) {
        unsigned d = (unsigned char)s.ptr[i] - '0';
        if (d > 9 || v > (limit - d) / 10)
            return false;
        v = v * 10 + d;
    }
    *out = neg ? (int64_t)(0 - v) : (int64_t)v;
    return true;
}

bool str_to_real(struct str s, double *out)
{
    char z[64];
    if (s.len == 0 || s.len >= sizeof z || !strchr("+-.0123456789", s.ptr[0]))
        return false;
    memcpy(z, s.ptr, s.len);
    z[s.len] = 0;
    if (strpbrk(z, "xXnN"))   /* strtod would take hex, inf and nan */
        return false;
    char *end;
    /* The process never leaves the "C" numeric locale, so strtod reads a point. */
    *out = strtod(z, &end);
    return end == z + s.len && isfinite(*out);
}

/* Well-formed UTF-8 by lead byte: length, and the range of the second byte (Unicode 15, table 3-7). */
static const struct utf8_lead {
    unsigned char first, last, len, low, high;
} utf8_leads[] = {
    { 0x00, 0x7F, 1, 0x00, 0x00 }, { 0xC2, 0xDF, 2, 0x80, 0xBF }, { 0xE0, 0xE0, 3, 0xA0, 0xBF },
    { 0xE1, 0xEC, 3, 0x80, 0xBF }, { 0xED, 0xED, 3, 0x80, 0x9F }, { 0xEE, 0xEF, 3, 0x80, 0xBF },
    { 0xF0, 0xF0, 4, 0x90, 0xBF }, { 0xF1, 0xF3, 4, 0x80, 0xBF }, { 0xF4, 0xF4, 4, 0x80, 0x8F },
};

static const struct utf8_lead *utf8_lead_of(unsigned char c)
{
    for (size_t i = 0; i < sizeof utf8_leads / sizeof *utf8_leads; i++)
        if (c >= utf8_leads[i].first && c <= utf8_leads[i].last)
            return &utf8_leads[i];
    return NULL;
}

/* Length of the valid sequence at p (n bytes left), or 0. */
static size_t utf8_seq(const unsigned char *p, size_t n)
{
    const struct utf8_lead *lead = utf8_lead_of(p[0]);
    if (!lead || n < lead->len)
        return 0;
    if (lead->len > 1 && (p[1] < lead->low || p[1] > lead->high))
        return 0;
    for (size_t i = 2; i < lead->len; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return lead->len;
}

bool utf8_valid(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    for (size_t i = 0; i < s.len;) {
        size_t n = p[i] < 0x80 ? 1 : utf8_seq(p + i, s.len - i);
        if (n == 0)
            return false;
        i += n;
    }
    return true;
}

size_t utf8_len(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

struct str utf8_head(struct str s, size_t n)
{
    size_t i = 0;
    while (i < s.len && (n > 0 || ((unsigned char)s.ptr[i] & 0xC0) == 0x80)) {
        if (((unsigned char)s.ptr[i] & 0xC0) != 0x80)
            n--;
        i++;
    }
    return (struct str){ s.ptr, i };
}

bool utf8_has_control(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
            return true;
        if (c == 0xC2 && i + 1 < s.len && (unsigned char)s.ptr[i + 1] < 0xA0)   /* U+0080 to U+009F */
            return true;
    }
    return false;
}

uint64_t str_hash(uint64_t h, struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.ptr[i]) * 1099511628211U;
    return h;
}

struct str str_hex(struct arena *a, const void *bytes, size_t n)
{
    static const char    digit[] = "0123456789abcdef";
    const unsigned char *b = bytes;
    char                *p = arena_alloc(a, 2 * n + 1);
    for (size_t i = 0; i < n; i++) {
        p[2 * i] = digit[b[i] >> 4];
        p[2 * i + 1] = digit[b[i] & 15];
    }
    return (struct str){ p, 2 * n };
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool str_unhex(struct str s, void *out, size_t n)
{
    unsigned char *b = out;
    if (s.len != 2 * n)
        return false;
    for (size_t i = 0; i < n; i++) {
        int hi = hex_value(s.ptr[2 * i]), lo = hex_value(s.ptr[2 * i + 1]);
        if (hi < 0 || lo < 0)
            return false;
        b[i] = (unsigned char)(hi << 4 | lo);
    }
    return true;
}
