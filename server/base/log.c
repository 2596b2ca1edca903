#include "log.h"

#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "disk.h"

#define LOG_LINE 4096
#define GATHERED ((size_t)64 * 1024)

static enum log_level least = LOG_INFO;
static bool           as_json;

void log_setup(enum log_level level, bool json)
{
    least = level;
    as_json = json;
}

/* ---- lines that gather ---- */

static struct {
    atomic_bool     on;
    pthread_mutex_t writing;   /* held by who writes, so that lines come out in the order in which they were said; taken before lock */
    pthread_mutex_t lock;      /* of what follows */
    pthread_cond_t  some;
    bool            ending;
    int             at;        /* which of the two is being filled; the other one is empty or being written */
    size_t          len;
    char            bytes[2][GATHERED];
    pthread_t       thread;
} gathered = { .writing = PTHREAD_MUTEX_INITIALIZER, .lock = PTHREAD_MUTEX_INITIALIZER, .some = PTHREAD_COND_INITIALIZER };

/* There is nobody to tell that the log cannot be written. */
static void put_out(const char *bytes, size_t n)
{
    bool ignored = disk_write(STDERR_FILENO, (struct str){ bytes, n });
    (void)ignored;
}

/* What has gathered, and then a line. */
static void write_out(const char *line, size_t n)
{
    pthread_mutex_lock(&gathered.writing);
    pthread_mutex_lock(&gathered.lock);
    const char *before = gathered.bytes[gathered.at];
    size_t      len = gathered.len;
    gathered.at ^= 1;
    gathered.len = 0;
    pthread_mutex_unlock(&gathered.lock);
    put_out(before, len);
    put_out(line, n);
    pthread_mutex_unlock(&gathered.writing);
}

/* False when there is no room. */
static bool gather(const char *line, size_t n)
{
    pthread_mutex_lock(&gathered.lock);
    size_t had = gathered.len;
    bool   room = GATHERED - had >= n;
    if (room) {
        memcpy(gathered.bytes[gathered.at] + had, line, n);
        gathered.len += n;
    }
    pthread_mutex_unlock(&gathered.lock);
    if (room && !had)
        pthread_cond_signal(&gathered.some);
    return room;
}

static void *write_gathered(void *unused)
{
    (void)unused;
    for (bool ending = false; !ending;) {
        pthread_mutex_lock(&gathered.lock);
        while (!gathered.len && !gathered.ending)
            pthread_cond_wait(&gathered.some, &gathered.lock);
        ending = gathered.ending;
        pthread_mutex_unlock(&gathered.lock);
        if (!ending)
            nanosleep(&(struct timespec){ .tv_nsec = LOG_GATHER * 1000000 }, NULL);
        write_out("", 0);
    }
    return NULL;
}

/* The process is ending. Whoever holds the lock may be the one who failed, so it is not waited for. The signal comes again as it would have. */
static void last_words(int signal)
{
    (void)signal;
    put_out(gathered.bytes[gathered.at], gathered.len);
}

static void hear_of_the_end(int signal)
{
    struct sigaction before, ours = { .sa_handler = last_words, .sa_flags = (int)SA_RESETHAND };
    if (sigaction(signal, NULL, &before) == 0 && before.sa_handler == SIG_DFL)
        sigaction(signal, &ours, NULL);
}

void log_gather(void)
{
    static const int ends[] = { SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS };
    if (pthread_create(&gathered.thread, NULL, write_gathered, NULL) != 0)
        return;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        hear_of_the_end(ends[i]);
    gathered.on = true;
}

void log_gather_end(void)
{
    if (!atomic_exchange(&gathered.on, false))
        return;
    pthread_mutex_lock(&gathered.lock);
    gathered.ending = true;
    pthread_mutex_unlock(&gathered.lock);
    pthread_cond_signal(&gathered.some);
    pthread_join(gathered.thread, NULL);
    gathered.ending = false;
}

/* ---- a line ---- */

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
    /* Always in one piece, so that lines of several threads do not mix. */
    if (!gathered.on)
        put_out(l.bytes, l.len);
    else if (level > LOG_INFO || !gather(l.bytes, l.len))
        write_out(l.bytes, l.len);
}
