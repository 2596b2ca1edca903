#include "jsonw.h"

#include <math.h>

struct jsonw jsonw_on(struct buf *out)
{
    return (struct jsonw){ .out = out };
}

/* Where n bytes of a value, at least one, are to be put, behind a comma when one is due; NULL when there is no room. Answers are made of thousands of small values: all of one is put
 * in one go. */
static inline char *value(struct jsonw *j, size_t n)
{
    size_t comma = j->comma;
    char  *p = buf_room(j->out, comma + n);
    j->comma = true;
    if (!p)
        return NULL;
    *p = ',';
    j->out->len += comma + n;
    return p + comma;
}

static inline void put_value(struct jsonw *j, const char *bytes, size_t n)
{
    char *p = value(j, n);
    if (p)
        memcpy(p, bytes, n);
}

static void open_with(struct jsonw *j, char c)
{
    put_value(j, &c, 1);
    j->comma = false;
}

static void close_with(struct jsonw *j, char c)
{
    buf_byte(j->out, c);
    j->comma = true;
}

void jsonw_open(struct jsonw *j)
{
    open_with(j, '{');
}

void jsonw_close(struct jsonw *j)
{
    close_with(j, '}');
}

void jsonw_list(struct jsonw *j)
{
    open_with(j, '[');
}

void jsonw_list_end(struct jsonw *j)
{
    close_with(j, ']');
}

void jsonw_key(struct jsonw *j, const char *key)
{
    size_t n = strlen(key);
    char  *p = value(j, n + 3);
    if (p) {
        p[0] = '"';
        memcpy(p + 1, key, n);
        p[n + 1] = '"';
        p[n + 2] = ':';
    }
    j->comma = false;
}

void jsonw_key_ready(struct jsonw *j, const char key[JSONW_KEY_ROOM], size_t len)
{
    struct buf *out = j->out;
    if (out->cap - out->len > JSONW_KEY_ROOM && !out->full) {
        char *p = out->ptr + out->len;
        *p = ',';
        memcpy(p + j->comma, key, JSONW_KEY_ROOM);
        out->len += j->comma + len;
    } else {
        put_value(j, key, len);
    }
    j->comma = false;
}

/* Whether a byte of w needs escaping: x - n & ~x has a highest bit set when a byte of x is below n, and only then. */
static bool word_escapes(uint64_t w)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t       quote = w ^ ones * '"', slash = w ^ ones * '\\';
    return (((w - ones * 0x20) & ~w) | ((quote - ones) & ~quote) | ((slash - ones) & ~slash)) & tops;
}

/* Length of the run at the start of s that needs no escaping. Eight bytes at a time as long as none of them does; the last eight may have been looked at. */
static size_t plain_run(struct str s)
{
    size_t   i = 0;
    uint64_t w;
    if (s.len >= sizeof w) {
        for (; i + sizeof w <= s.len; i += sizeof w) {
            memcpy(&w, s.ptr + i, sizeof w);
            if (word_escapes(w))
                break;
        }
        memcpy(&w, s.ptr + s.len - sizeof w, sizeof w);
        if (i + sizeof w > s.len && !word_escapes(w))
            return s.len;
    }
    while (i < s.len && (unsigned char)s.ptr[i] >= 0x20 && s.ptr[i] != '"' && s.ptr[i] != '\\')
        i++;
    return i;
}

static void put_escape(struct buf *out, unsigned char c)
{
    static const char from[] = "\"\\\n\r\t\b\f", to[] = "\"\\nrtbf";
    const char       *at = c ? strchr(from, c) : NULL;
    if (at)
        buf_add(out, (char[]){ '\\', to[at - from] }, 2);
    else
        buf_fmt(out, "\\u%04x", c);
}

static void put_escaped(struct jsonw *j, struct str s, size_t plain)
{
    put_value(j, "\"", 1);
    while (s.len) {
        buf_add(j->out, s.ptr, plain);
        if (plain < s.len)
            put_escape(j->out, (unsigned char)s.ptr[plain++]);
        s.ptr += plain;
        s.len -= plain;
        plain = plain_run(s);
    }
    buf_byte(j->out, '"');
}

void jsonw_str(struct jsonw *j, struct str s)
{
    if (!s.ptr) {
        jsonw_null(j);
        return;
    }
    size_t plain = plain_run(s);
    if (plain < s.len) {
        put_escaped(j, s, plain);
        return;
    }
    char *p = value(j, s.len + 2);
    if (!p)
        return;
    p[0] = '"';
    memcpy(p + 1, s.ptr, s.len);
    p[s.len + 1] = '"';
}

void jsonw_z(struct jsonw *j, const char *z)
{
    jsonw_str(j, str_of(z));
}

void jsonw_i64(struct jsonw *j, int64_t v)
{
    char       room[BUF_DIGITS];
    struct str digits = buf_digits(room, v);
    put_value(j, digits.ptr, digits.len);
}

void jsonw_id(struct jsonw *j, int64_t id)
{
    char       room[BUF_DIGITS], *p;
    struct str digits = buf_digits(room, id);
    if (id == 0) {
        jsonw_null(j);
    } else if ((p = value(j, digits.len + 2))) {
        p[0] = '"';
        memcpy(p + 1, digits.ptr, digits.len);
        p[digits.len + 1] = '"';
    }
}

void jsonw_real(struct jsonw *j, double v, int decimals)
{
    static const int64_t scale[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000 };
    if (!isfinite(v) || fabs(v) >= 1e9) {
        jsonw_null(j);
        return;
    }
    /* Integer arithmetic: printing floating point shows in profiles before SQL does. */
    int64_t    s = scale[decimals], n = llround(fabs(v) * (double)s), frac = n % s;
    char       room[BUF_DIGITS], text[2 * BUF_DIGITS];
    struct str whole = buf_digits(room, n / s);
    size_t     len = 0;
    if (v < 0 && n)
        text[len++] = '-';
    memcpy(text + len, whole.ptr, whole.len);
    len += whole.len;
    if (frac) {
        text[len++] = '.';
        for (int i = decimals - 1; i >= 0; i--, frac /= 10)
            text[len + (size_t)i] = (char)('0' + frac % 10);
        len += (size_t)decimals;
        while (text[len - 1] == '0')
            len--;
    }
    put_value(j, text, len);
}

void jsonw_bool(struct jsonw *j, bool v)
{
    if (v)
        put_value(j, "true", 4);
    else
        put_value(j, "false", 5);
}

void jsonw_null(struct jsonw *j)
{
    put_value(j, "null", 4);
}

void jsonw_raw(struct jsonw *j, struct str text)
{
    struct str s = text.len ? text : STR("null");
    put_value(j, s.ptr, s.len);
}

void jsonw_kv_str(struct jsonw *j, const char *key, struct str s)
{
    jsonw_key(j, key);
    jsonw_str(j, s);
}

void jsonw_kv_z(struct jsonw *j, const char *key, const char *z)
{
    jsonw_key(j, key);
    jsonw_z(j, z);
}

void jsonw_kv_i64(struct jsonw *j, const char *key, int64_t v)
{
    jsonw_key(j, key);
    jsonw_i64(j, v);
}

void jsonw_kv_id(struct jsonw *j, const char *key, int64_t id)
{
    jsonw_key(j, key);
    jsonw_id(j, id);
}

void jsonw_kv_bool(struct jsonw *j, const char *key, bool v)
{
    jsonw_key(j, key);
    jsonw_bool(j, v);
}
