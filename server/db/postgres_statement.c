/* Statements on PostgreSQL: prepared on the server under a name of this session, numbers sent and everything received as text, texts and bytes
 * sent as they are. A result is held whole: lists are bounded by their LIMIT. */
#include "postgres.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "../base/buf.h"

struct pg_statement {
    struct db_conn *conn;
    char            name[16];
    bool            borrowed;   /* the name is another's */
    PGresult       *result;
    int             row;        /* -1: before the first */
    struct arena   *bytes;      /* blobs of the result, decoded */
};

static struct pg_statement *of(const struct statement *s)
{
    return s->handle;
}

/* ---- preparing ---- */

/* Length of the piece that begins text: a quoted text, a parameter, or one byte. */
static size_t piece(struct str text)
{
    size_t n = 1;
    if (*text.ptr == '\'') {
        const char *end = memchr(text.ptr + 1, '\'', text.len - 1);
        return end ? (size_t)(end - text.ptr) + 1 : text.len;
    }
    while (*text.ptr == '$' && n < text.len && isdigit((unsigned char)text.ptr[n]))
        n++;
    return n;
}

/* PostgreSQL wants parameters without gaps: those used keep their order and close ranks. place: of each argument; returns how many. */
static int ranks(struct str text, const char *name, uint8_t place[ARGUMENT_MOST])
{
    bool used[ARGUMENT_MOST] = { 0 };
    int  count = 0;
    for (size_t n; text.len; text.ptr += n, text.len -= n)
        if ((n = piece(text)) > 1 && *text.ptr == '$')
            used[argument_of((struct str){ text.ptr, n }, name)] = true;
    for (int i = 0; i < ARGUMENT_MOST; i++)
        if (used[i])
            place[i] = (uint8_t)++count;
    return count;
}

static const char *renumbered(struct arena *a, struct str text, const char *name, const uint8_t place[ARGUMENT_MOST])
{
    struct buf out = buf_new(a, 0);
    for (size_t n; text.len; text.ptr += n, text.len -= n)
        if ((n = piece(text)) > 1 && *text.ptr == '$')
            buf_fmt(&out, "$%d", place[argument_of((struct str){ text.ptr, n }, name)]);
        else
            buf_add(&out, text.ptr, n);
    buf_byte(&out, '\0');
    return out.ptr;
}

static struct statement *new_statement(struct db_conn *c, const char *name, int count)
{
    struct pg_statement *own = memory(calloc(1, sizeof *own));
    own->conn = c;
    return statement_new(name, own, count);
}

err pg_prepare(struct db_conn *c, const char *name, struct str text, struct statement **out)
{
    uint8_t place[ARGUMENT_MOST] = { 0 };
    pg_plain(c);
    TRY(pg_own(c)->trouble);
    struct statement *s = new_statement(c, name, ranks(text, name, place));
    for (int i = 0; i < ARGUMENT_MOST; i++)
        if (place[i])
            s->argument[place[i] - 1] = (uint8_t)i;
    snprintf(of(s)->name, sizeof of(s)->name, "s%u", pg_own(c)->prepared++);

    struct arena *a = arena_new(4096);
    PGresult     *result = PQprepare(pg_own(c)->session, of(s)->name, renumbered(a, text, name, place), 0, NULL);
    arena_free(a);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        free(s->handle);
        free(s);
        return postgres_err(c, result, name);
    }
    PQclear(result);
    *out = s;
    return OK;
}

err pg_twin(struct db_conn *c, const struct statement *one, struct statement **out)
{
    struct statement *s = new_statement(c, one->name, one->count);
    memcpy(s->argument, one->argument, one->count);
    memcpy(of(s)->name, of(one)->name, sizeof of(s)->name);
    of(s)->borrowed = true;
    *out = s;
    return OK;
}

void pg_unprepare(struct statement *s)
{
    struct pg_statement *own = of(s);
    struct pg_own       *session = pg_own(own->conn);
    pg_reset(s);
    if (!own->borrowed && session && !session->leaving) {
        char text[32];
        snprintf(text, sizeof text, "DEALLOCATE %s", own->name);
        pg_plain(own->conn);
        PQclear(PQexec(session->session, text));
    }
    if (own->bytes)
        arena_free(own->bytes);
    free(own);
}

/* ---- running ---- */

struct sent {
    const char *values[ARGUMENT_MOST];
    int         lengths[ARGUMENT_MOST], formats[ARGUMENT_MOST];
    char        numbers[ARGUMENT_MOST][32];
};

/* Its digits, at the end of the room: a tenth of the program's time went into snprintf for these. */
static const char *digits(char *room, size_t size, int64_t v)
{
    uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
    char    *at = room + size - 1;
    *at = '\0';
    do {
        *--at = (char)('0' + u % 10);
        u /= 10;
    } while (u);
    if (v < 0)
        *--at = '-';
    return at;
}

static void put(struct sent *to, int i, const struct db_arg *a)
{
    to->values[i] = to->numbers[i];
    to->lengths[i] = (int)a->bytes.len;
    to->formats[i] = a->kind == DB_TEXT || a->kind == DB_BLOB;   /* 1: the bytes themselves */
    switch (a->kind) {
    case DB_I64: to->values[i] = digits(to->numbers[i], sizeof to->numbers[i], a->i64); break;
    case DB_REAL: snprintf(to->numbers[i], sizeof to->numbers[i], "%.17g", a->real); break;
    case DB_TEXT:
    case DB_BLOB: to->values[i] = a->bytes.ptr; break;
    default: to->values[i] = NULL;
    }
}

static struct pg_call call_of(const struct statement *s, const struct db_arg *args, struct sent *to)
{
    for (int i = 0; i < s->count; i++)
        put(to, i, &args[s->argument[i]]);
    return (struct pg_call){ of(s)->name, s->name, s->count, to->values, to->lengths, to->formats };
}

err pg_send(struct db_conn *c, struct statement *s, const struct db_arg *args)
{
    struct sent    to;
    struct pg_call call = call_of(s, args, &to);
    return pg_send_call(c, &call);
}

err pg_bind(struct db_conn *c, struct statement *s, const struct db_arg *args)
{
    struct pg_own *own = pg_own(c);
    struct sent    to;
    struct pg_call call = call_of(s, args, &to);
    PGresult      *result;
    TRY(pg_wait_call(c, &call, &result));
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return postgres_err(c, result, s->name);
    if (strncmp(PQcmdStatus(result), "SELECT", 6) != 0) {
        int64_t rows = atoll(PQcmdTuples(result));
        own->changes += rows;
        own->touched = own->touched || rows;
    }
    of(s)->result = result;
    of(s)->row = -1;
    return OK;
}

err pg_ask(struct db_conn *c, struct statement *s, const struct db_arg *args, void **asked)
{
    struct sent      to;
    struct pg_call   call = call_of(s, args, &to);
    struct pg_asked *a = NULL;
    err              e = pg_ask_call(c, &call, &a);
    *asked = a;
    return e;
}

err pg_answer(struct db_conn *c, struct statement *s, void *asked)
{
    struct pg_asked *a = asked;
    TRY(pg_settle(c));
    if (!a->result)
        return FAIL(ERR_INTERNAL);
    of(s)->result = a->result;
    of(s)->row = -1;
    a->result = NULL;
    return OK;
}

err pg_next(struct db_conn *c, struct statement *s, bool *row)
{
    (void)c;
    *row = ++of(s)->row < PQntuples(of(s)->result);
    return OK;
}

void pg_reset(struct statement *s)
{
    PQclear(of(s)->result);
    of(s)->result = NULL;
    if (of(s)->bytes)
        arena_reset(of(s)->bytes);
}

/* ---- columns ---- */

bool pg_is_null(const struct statement *s, int column)
{
    return PQgetisnull(of(s)->result, of(s)->row, column);
}

/* Of a column the row does not have: nothing, as on SQLite. */
static const char *value(const struct statement *s, int column)
{
    const char *text = PQgetvalue(of(s)->result, of(s)->row, column);
    return text ? text : "";
}

int64_t pg_i64(const struct statement *s, int column)
{
    char       *end;
    const char *text = value(s, column);
    int64_t     n = strtoll(text, &end, 10);
    if (*text == 't')
        return 1;   /* a condition */
    return *end == '.' || *end == 'e' ? (int64_t)strtod(text, NULL) : n;
}

double pg_real(const struct statement *s, int column)
{
    return strtod(value(s, column), NULL);
}

struct str pg_text(const struct statement *s, int column)
{
    if (pg_is_null(s, column))
        return STR_NONE;
    return (struct str){ value(s, column), (size_t)PQgetlength(of(s)->result, of(s)->row, column) };
}

static int digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* \x and two digits a byte. */
struct str pg_blob(const struct statement *s, int column)
{
    struct str text = pg_text(s, column);
    if (!text.ptr || !str_starts(text, "\\x"))
        return text;
    if (!of(s)->bytes)
        of(s)->bytes = arena_new(0);
    size_t len = (text.len - 2) / 2;
    char  *bytes = arena_alloc(of(s)->bytes, len + 1);
    for (size_t i = 0; i < len; i++)
        bytes[i] = (char)(digit(text.ptr[2 + 2 * i]) << 4 | digit(text.ptr[3 + 2 * i]));
    return (struct str){ bytes, len };
}
