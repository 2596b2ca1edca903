/* On libcsv, which calls back for each field, and zlib, which reads plain files as they are. */
#include <csv.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "buf.h"
#include "csv_reader.h"

#define CHUNK ((size_t)64 * 1024)

struct queued {
    struct csv_row  row;
    struct queued  *next;
};

/* Finished rows of the last chunk lie in `chunk`; the fields of the row that is still open go with it to the other arena when the next
 * chunk is read. */
struct csv_reader {
    gzFile            file;
    int               fd;
    int64_t           size;
    struct csv_parser parser;
    struct arena     *chunk, *other;
    struct queued    *first, **end;
    struct queued    *given;
    struct str       *open;          /* fields of the open row: CSV_COLUMNS_MOST */
    size_t            open_count, open_bytes;
    bool              beyond;        /* the open row passed a limit */
    bool              started, ended;
    err               broken;        /* what ended the reading; reported behind the last good row */
    int64_t           parsed, handed;
    struct csv_row    header;
    char             *bytes;
};

/* ---- what libcsv calls ---- */

static void on_field(void *bytes, size_t n, void *arg)
{
    struct csv_reader *r = arg;
    r->open_bytes += n;
    if (r->open_count == CSV_COLUMNS_MOST || r->open_bytes > CSV_ROW_MOST) {
        r->beyond = true;
        return;
    }
    r->open[r->open_count++] = (struct str){ arena_copy(r->chunk, bytes, n), n };
}

static void on_row(int end_character, void *arg)
{
    struct csv_reader *r = arg;
    struct queued     *q = ARENA_NEW(r->chunk, struct queued);
    struct str        *fields = ARENA_ARRAY(r->chunk, r->open_count, struct str);
    (void)end_character;
    if (r->beyond || failed(r->broken)) {
        r->broken = FAIL(ERR_CSV);
        return;
    }
    memcpy(fields, r->open, r->open_count * sizeof *fields);
    q->row = (struct csv_row){ r->parsed++, fields, r->open_count };
    *r->end = q;
    r->end = &q->next;
    r->open_count = 0;
    r->open_bytes = 0;
}

/* ---- reading ---- */

/* The rows handed out are forgotten; the open row moves. */
static void turn_over(struct csv_reader *r)
{
    for (size_t i = 0; i < r->open_count; i++)
        r->open[i] = str_copy(r->other, r->open[i]);
    struct arena *empty = r->chunk;
    arena_reset(empty);
    r->chunk = r->other;
    r->other = empty;
    r->first = NULL;
    r->end = &r->first;
}

static struct str without_mark(struct csv_reader *r, struct str s)
{
    if (r->started)
        return s;
    r->started = true;
    if (str_starts(s, "\xFF\xFE") || str_starts(s, "\xFE\xFF"))
        r->broken = FAIL(ERR_NOT_UTF8);
    if (str_starts(s, "\xEF\xBB\xBF"))
        return (struct str){ s.ptr + 3, s.len - 3 };
    return s;
}

static void finish(struct csv_reader *r)
{
    int why = Z_OK;
    gzerror(r->file, &why);
    r->ended = true;
    csv_set_opts(&r->parser, CSV_STRICT | CSV_STRICT_FINI);   /* strict only here: a quote still open is a fault */
    if (why != Z_OK || csv_fini(&r->parser, on_field, on_row, r) != 0)
        r->broken = FAIL(ERR_CSV);
}

static void read_chunk(struct csv_reader *r)
{
    turn_over(r);
    int n = gzread(r->file, r->bytes, (unsigned)CHUNK);
    if (n < 0)
        r->broken = FAIL(ERR_CSV);
    else if (n == 0)
        finish(r);
    if (n <= 0)
        return;
    struct str s = without_mark(r, (struct str){ r->bytes, (size_t)n });
    if (failed(r->broken))
        return;
    bool whole = csv_parse(&r->parser, s.ptr, s.len, on_field, on_row, r) == s.len;
    /* An open quote would swallow the rest of the file into one field. */
    if (!whole || csv_get_buffer_size(&r->parser) > 2 * CSV_ROW_MOST)
        r->broken = FAIL(ERR_CSV);
}

static struct queued *take(struct csv_reader *r)
{
    while (!r->first && !r->ended && !failed(r->broken))
        read_chunk(r);
    struct queued *q = r->first;
    if (q) {
        r->first = q->next;
        if (!r->first)
            r->end = &r->first;
    }
    return q;
}

err csv_next(struct csv_reader *r, const struct csv_row **row)
{
    r->given = take(r);
    *row = r->given ? &r->given->row : NULL;
    r->handed += r->given != NULL;
    return r->given ? OK : r->broken;
}

/* ---- opening ---- */

static err read_header(struct csv_reader *r, struct arena *a)
{
    struct queued *q = take(r);
    if (!q)
        return failed(r->broken) ? r->broken : FAIL(ERR_CSV);
    struct str *names = ARENA_ARRAY(a, q->row.count, struct str);
    for (size_t i = 0; i < q->row.count; i++) {
        if (!utf8_valid(q->row.fields[i]))
            return FAIL(ERR_NOT_UTF8);
        names[i] = str_trim(str_copy(a, q->row.fields[i]));
    }
    r->header = (struct csv_row){ 0, names, q->row.count };
    return OK;
}

static err open_file(struct csv_reader *r, const char *path)
{
    struct stat st;
    r->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (r->fd < 0)
        return FAIL(ERR_NOT_FOUND);
    if (fstat(r->fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(r->fd);
        return FAIL(ERR_NOT_FOUND);
    }
    r->size = st.st_size;
    r->file = gzdopen(r->fd, "rb");
    if (!r->file) {
        close(r->fd);
        return FAIL(ERR_INTERNAL);
    }
    gzbuffer(r->file, (unsigned)CHUNK * 2);
    return OK;
}

err csv_open(struct arena *a, const char *path, struct csv_reader **out)
{
    struct csv_reader *r = ARENA_NEW(a, struct csv_reader);
    TRY(open_file(r, path));
    r->chunk = arena_new(CHUNK * 4);
    r->other = arena_new(CHUNK * 4);
    r->open = ARENA_ARRAY(a, CSV_COLUMNS_MOST, struct str);
    r->bytes = arena_alloc(a, CHUNK);
    r->end = &r->first;
    csv_init(&r->parser, 0);
    csv_set_blk_size(&r->parser, 8192);
    err e = read_header(r, a);
    if (failed(e))
        csv_close(r);
    else
        *out = r;
    return e;
}

void csv_close(struct csv_reader *r)
{
    gzclose_r(r->file);
    csv_free(&r->parser);
    arena_free(r->chunk);
    arena_free(r->other);
}

struct csv_row csv_header(const struct csv_reader *r)
{
    return r->header;
}

int64_t csv_rows(const struct csv_reader *r)
{
    return r->handed;
}

int64_t csv_bytes(const struct csv_reader *r)
{
    int64_t at = gzoffset(r->file);
    return at < 0 ? 0 : at;
}

int64_t csv_size(const struct csv_reader *r)
{
    return r->size;
}

/* ---- writing ---- */

static bool looks_like_formula(struct str s)
{
    double n;
    return s.len && (strchr("=@\t\r", s.ptr[0]) || (strchr("+-", s.ptr[0]) && !str_to_real(s, &n)));
}

void csv_put(struct buf *b, struct str s)
{
    bool guard = looks_like_formula(s), quote = guard;
    for (size_t i = 0; i < s.len && !quote; i++)
        quote = strchr("\",\r\n", s.ptr[i]) && s.ptr[i];
    if (!quote) {
        buf_str(b, s);
        return;
    }
    buf_z(b, guard ? "\"'" : "\"");
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"')
            buf_byte(b, '"');
        buf_byte(b, s.ptr[i]);
    }
    buf_byte(b, '"');
}
