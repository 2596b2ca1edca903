#include "jsonw.h"

#include <math.h>

struct jsonw jsonw_on(struct buf *out)
{
    return (struct jsonw){ .out = out };
}

static void before_value(struct jsonw *j)
{
    if (j->comma)
        buf_byte(j->out, ',');
    j->comma = true;
}

static void open_with(struct jsonw *j, char c)
{
    before_value(j);
    buf_byte(j->out, c);
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
    before_value(j);
    size_t n = strlen(key);
    char  *p = buf_room(j->out, n + 3);
    if (p) {
        p[0] = '"';
        memcpy(p + 1, key, n);
        p[n + 1] = '"';
        p[n + 2] = ':';
        j->out->len += n + 3;
    }
    j->comma = false;
}

void jsonw_key_ready(struct jsonw *j, const char key[JSONW_KEY_ROOM], size_t len)
{
    struct buf *out = j->out;
    before_value(j);
    if (out->cap - out->len >= JSONW_KEY_ROOM && !out->full) {
        memcpy(out->ptr + out->len, key, JSONW_KEY_ROOM);
        out->len += len;
    } else {
        buf_add(out, key, len);
    }
    j->comma = false;
}

/* Length of the run at the start of s that needs no escaping. Eight bytes at a time as long as none of them does: x - n & ~x has a highest bit set
 * when a byte of x is below n, and only then. */
static size_t plain_run(struct str s)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    size_t         i = 0;
    for (uint64_t w; i + 8 <= s.len; i += 8) {
        memcpy(&w, s.ptr + i, 8);
        uint64_t quote = w ^ ones * '"', slash = w ^ ones * '\\';
        if (((w - ones * 0x20) & ~w & tops) | ((quote - ones) & ~quote & tops) | ((slash - ones) & ~slash & tops))
            break;
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

static void put_quoted(struct buf *out, struct str s)
{
    buf_byte(out, '"');
    while (s.len) {
        size_t n = plain_run(s);
        buf_add(out, s.ptr, n);
        if (n < s.len)
            put_escape(out, (unsigned char)s.ptr[n++]);
        s.ptr += n;
        s.len -= n;
    }
    buf_byte(out, '"');
}

void jsonw_str(struct jsonw *j, struct str s)
{
    before_value(j);
    if (s.ptr)
        put_quoted(j->out, s);
    else
        buf_add(j->out, "null", 4);
}

void jsonw_z(struct jsonw *j, const char *z)
{
    jsonw_str(j, str_of(z));
}

void jsonw_i64(struct jsonw *j, int64_t v)
{
    before_value(j);
    buf_i64(j->out, v);
}

void jsonw_id(struct jsonw *j, int64_t id)
{
    if (id == 0) {
        jsonw_null(j);
        return;
    }
    before_value(j);
    buf_byte(j->out, '"');
    buf_i64(j->out, id);
    buf_byte(j->out, '"');
}

void jsonw_real(struct jsonw *j, double v, int decimals)
{
    static const int64_t scale[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000 };
    if (!isfinite(v) || fabs(v) >= 1e9) {
        jsonw_null(j);
        return;
    }
    /* Integer arithmetic: printing floating point shows in profiles before SQL does. */
    int64_t s = scale[decimals], n = llround(fabs(v) * (double)s), frac = n % s;
    before_value(j);
    if (v < 0 && n)
        buf_byte(j->out, '-');
    buf_i64(j->out, n / s);
    if (!frac)
        return;
    char digits[10];
    int  len = decimals;
    for (int i = decimals - 1; i >= 0; i--, frac /= 10)
        digits[i] = (char)('0' + frac % 10);
    while (digits[len - 1] == '0')
        len--;
    buf_byte(j->out, '.');
    buf_add(j->out, digits, (size_t)len);
}

void jsonw_bool(struct jsonw *j, bool v)
{
    before_value(j);
    if (v)
        buf_add(j->out, "true", 4);
    else
        buf_add(j->out, "false", 5);
}

void jsonw_null(struct jsonw *j)
{
    before_value(j);
    buf_add(j->out, "null", 4);
}

void jsonw_raw(struct jsonw *j, struct str text)
{
    before_value(j);
    buf_str(j->out, text.len ? text : STR("null"));
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
