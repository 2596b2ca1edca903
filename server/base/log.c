#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "clock.h"

#define LOG_LINE 4096

static enum log_level least = LOG_INFO;
static bool           as_json;

void log_setup(enum log_level level, bool json)
{
    least = level;
    as_json = json;
}

struct line {
    char   bytes[LOG_LINE];
    size_t len;
};

/* Two bytes stay free for the closing brace and the line feed. */
static void put(struct line *l, const char *z, size_t n)
{
    size_t room = sizeof l->bytes - 2 - l->len;
    if (n > room)
        n = room;
    memcpy(l->bytes + l->len, z, n);
    l->len += n;
}

static void put_escaped(struct line *l, const char *z)
{
    put(l, "\"", 1);
    for (; *z && l->len < sizeof l->bytes - 16; z++) {
        char          esc[8];
        unsigned char c = (unsigned char)*z;
        if (c == '"' || c == '\\')
            put(l, esc, (size_t)snprintf(esc, sizeof esc, "\\%c", c));
        else if (c < 0x20 || c == 0x7F)
            put(l, esc, (size_t)snprintf(esc, sizeof esc, "\\u%04x", c));
        else
            put(l, z, 1);
    }
    put(l, "\"", 1);
}

static void put_pair(struct line *l, const char *key, const char *value)
{
    if (as_json)
        put(l, l->len > 1 ? ",\"" : "\"", l->len > 1 ? 2 : 1);
    else if (l->len)
        put(l, " ", 1);
    put(l, key, strlen(key));
    put(l, as_json ? "\":" : "=", as_json ? 2 : 1);
    if (!as_json && *value && strcspn(value, " \"\\\n\r\t=\x7f") == strlen(value))
        put(l, value, strlen(value));
    else
        put_escaped(l, value);
}

static void put_digits(char *to, size_t n, int v)
{
    for (; n > 0; v /= 10)
        to[--n] = (char)('0' + v % 10);
}

static void put_time(char *when, struct clock_civil c)
{
    put_digits(when, 4, c.year);
    put_digits(when + 5, 2, c.month);
    put_digits(when + 8, 2, c.day);
    put_digits(when + 11, 2, c.hour);
    put_digits(when + 14, 2, c.minute);
    put_digits(when + 17, 2, c.second);
    put_digits(when + 20, 3, c.milli);
}

void log_event(enum log_level level, const char *event, ...)
{
    static const char *const names[] = { "debug", "info", "warn", "error" };
    if (level < least)
        return;
    struct line l;   /* not set to zero: it is large, and every request writes one */
    char        when[] = "0000-00-00T00:00:00.000Z";
    l.len = 0;
    put_time(when, clock_civil_at(clock_now(), 0));
    if (as_json)
        put(&l, "{", 1);
    put_pair(&l, "at", when);
    put_pair(&l, "level", names[level]);
    put_pair(&l, "event", event);
    va_list ap;
    va_start(ap, event);
    for (const char *key; (key = va_arg(ap, const char *)) != NULL;) {
        const char *value = va_arg(ap, const char *);
        put_pair(&l, key, value ? value : "");
    }
    va_end(ap);
    if (as_json)
        l.bytes[l.len++] = '}';
    l.bytes[l.len++] = '\n';
    /* One write, so that lines of several threads do not mix. */
    ssize_t ignored = write(STDERR_FILENO, l.bytes, l.len);
    (void)ignored;
}
