/* A migration's template made into one engine's text: types, table options, and the descriptions as rows and comments. */
#include "db.h"

#include <ctype.h>

#include "../base/buf.h"

/* ---- types and options ---- */

static const struct { const char *template, *sqlite; } types[] = {
    { "BIGINT", "INTEGER" },
    { "SMALLINT", "INTEGER" },
    { "BYTEA", "BLOB" },
    { "DOUBLE PRECISION", "REAL" },
};

static bool word_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Length of the piece that begins text and is copied as it is: a comment, a quoted text, a word or one byte. */
static size_t piece(struct str text)
{
    const char *end = text.ptr + text.len, *p = text.ptr + 1, *found;
    if (str_starts(text, "--"))
        return (found = memchr(p, '\n', (size_t)(end - p))) ? (size_t)(found - text.ptr) : text.len;
    if (str_starts(text, "/*"))
        return (found = memmem(p, (size_t)(end - p), "*/", 2)) ? (size_t)(found - text.ptr) + 2 : text.len;
    if (*text.ptr == '\'')
        return (found = memchr(p, '\'', (size_t)(end - p))) ? (size_t)(found - text.ptr) + 1 : text.len;
    if (word_byte(*text.ptr))
        while (p < end && word_byte(*p))
            p++;
    return (size_t)(p - text.ptr);
}

/* Copies one piece. What stands in a comment that begins with the engine's own word comes alive, what is for the other one goes. */
static size_t copy_piece(struct buf *out, struct str text, const char *own)
{
    size_t n = piece(text), from = strlen(own);
    if (str_starts(text, own) && n >= from + 2)
        buf_add(out, text.ptr + from, n - from - 2);
    else if (!str_starts(text, "/*SQLITE") && !str_starts(text, "/*POSTGRES"))
        buf_add(out, text.ptr, n);
    return n;
}

static size_t sqlite_piece(struct buf *out, struct str text)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t n = strlen(types[i].template);
        if (str_starts(text, types[i].template) && (text.len == n || !word_byte(text.ptr[n]))) {
            buf_z(out, types[i].sqlite);
            return n;
        }
    }
    if (str_starts(text, "/*STRICT")) {
        size_t n = piece(text);
        buf_add(out, text.ptr + 2, n - 4);
        return n;
    }
    return copy_piece(out, text, "/*SQLITE");
}

static void add_text(struct buf *out, struct str text, bool postgres)
{
    size_t n;
    for (; text.len; text.ptr += n, text.len -= n)
        n = postgres ? copy_piece(out, text, "/*POSTGRES") : sqlite_piece(out, text);
}

/* ---- descriptions ---- */

struct described {
    struct str about;    /* description of the next table */
    struct str table;    /* table whose columns follow */
};

static void quoted(struct buf *out, struct str s)
{
    buf_byte(out, '\'');
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '\'')
            buf_byte(out, '\'');
        buf_byte(out, s.ptr[i]);
    }
    buf_byte(out, '\'');
}

/* Cuts "[personal: purpose; retention]" off the end of a description. */
static struct str cut_personal(struct str *description)
{
    const char *at = memmem(description->ptr, description->len, "[personal:", 10);
    if (!at || !str_ends(*description, "]"))
        return STR_NONE;
    struct str personal = { at + 10, description->len - (size_t)(at - description->ptr) - 11 };
    description->len = (size_t)(at - description->ptr);
    *description = str_trim(*description);
    return str_trim(personal);
}

static void describe(struct buf *out, struct str table, struct str column, struct str description, bool postgres)
{
    if (postgres) {
        buf_fmt(out, column.len ? "COMMENT ON COLUMN %.*s.%.*s IS " : "COMMENT ON TABLE %.*s%.*s IS ", STR_ARG(table),
                STR_ARG(column));
        quoted(out, description);
        buf_z(out, ";\n");
    }
    struct str personal = cut_personal(&description);
    buf_z(out, "INSERT INTO catalogue (table_name, column_name, description, personal) VALUES (");
    quoted(out, table);
    buf_z(out, ", ");
    quoted(out, column);
    buf_z(out, ", ");
    quoted(out, description);
    buf_z(out, ", ");
    if (personal.ptr)
        quoted(out, personal);
    else
        buf_z(out, "NULL");
    buf_z(out, ") ON CONFLICT (table_name, column_name) DO UPDATE SET description = excluded.description, "
               "personal = excluded.personal;\n");
}

static struct str first_word(struct str s)
{
    size_t n = 0;
    while (n < s.len && word_byte(s.ptr[n]))
        n++;
    return (struct str){ s.ptr, n };
}

static struct str after(struct str s, const char *beginning)
{
    size_t n = strlen(beginning);
    return str_trim((struct str){ s.ptr + n, s.len - n });
}

static struct str behind_dashes(struct str line)
{
    const char *at = memmem(line.ptr, line.len, " -- ", 4);
    return at ? str_trim((struct str){ at + 4, line.len - (size_t)(at - line.ptr) - 4 }) : STR_NONE;
}

/* ALTER TABLE t ADD COLUMN c … -- description */
static void describe_added(struct buf *out, struct str line, bool postgres)
{
    struct str rest = after(line, "ALTER TABLE "), table = first_word(rest), description = behind_dashes(line);
    rest = str_trim((struct str){ rest.ptr + table.len, rest.len - table.len });
    if (description.ptr && str_starts(rest, "ADD COLUMN "))
        describe(out, table, first_word(after(rest, "ADD COLUMN ")), description, postgres);
}

static void describe_line(struct buf *out, struct described *d, struct str line, bool postgres)
{
    struct str bare = str_trim(line), column;
    if (str_starts(bare, "-- table: ")) {
        d->about = after(bare, "-- table: ");
    } else if (str_starts(bare, "CREATE TABLE ")) {
        d->table = first_word(after(bare, "CREATE TABLE "));
        if (d->about.ptr)
            describe(out, d->table, STR(""), d->about, postgres);
        d->about = STR_NONE;
    } else if (str_starts(bare, "ALTER TABLE ")) {
        describe_added(out, bare, postgres);
    } else if (str_starts(bare, ")")) {
        d->table = STR_NONE;
    } else if (d->table.ptr && (column = first_word(bare)).len && islower((unsigned char)*column.ptr)) {
        struct str description = behind_dashes(bare);
        if (description.ptr)
            describe(out, d->table, column, description, postgres);
    }
}

struct str db_migration_for(struct arena *a, const struct db_migration *m, bool postgres)
{
    struct buf       out = buf_new(a, 0);
    struct str       rest = m->text;
    struct described d = { 0 };
    add_text(&out, m->text, postgres);
    buf_byte(&out, '\n');
    while (rest.len)
        describe_line(&out, &d, str_cut(&rest, '\n'), postgres);
    buf_byte(&out, '\0');
    return (struct str){ out.ptr, out.len - 1 };
}
