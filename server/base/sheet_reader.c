/* CSV goes through csv_reader; what is no UTF-8 is taken for GB 18030, which is what Excel in China writes unless told otherwise. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unicode/ucnv.h>
#include <unistd.h>

#include "sheet_reader.h"

struct wanted { sheet_keep keep; void *arg; size_t most; };

static bool is_wanted(const struct wanted *w, struct csv_row header, const struct csv_row *row)
{
    return !w->keep || w->keep(w->arg, header, row);
}

static err file_size(const char *path, size_t *out)
{
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return FAIL(ERR_NOT_FOUND);
    *out = (size_t)st.st_size;
    return st.st_size == 0 ? FAIL(ERR_CSV) : *out > SHEET_FILE_MOST ? FAIL(ERR_TOO_LARGE) : OK;
}

static err rewrite(struct arena *a, int fd, struct str bytes)
{
    UErrorCode state = U_ZERO_ERROR;
    int32_t    most = (int32_t)bytes.len * 2 + 16;
    char      *out = arena_alloc(a, (size_t)most);
    int32_t    made = ucnv_convert("UTF-8", "GB18030", out, most, bytes.ptr, (int32_t)bytes.len, &state);
    bool       good = U_SUCCESS(state) && ftruncate(fd, 0) == 0 && pwrite(fd, out, (size_t)made, 0) == made;
    return good ? OK : FAIL(ERR_NOT_UTF8);
}

/* In place: the file is an upload of ours. */
static err to_utf8(struct arena *a, const char *path, size_t size)
{
    char   *bytes = arena_alloc(a, size);
    int     fd = open(path, O_RDWR | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, bytes, size) : -1;
    err     e = n >= 0 ? OK : FAIL(ERR_INTERNAL);
    struct str all = { bytes, n > 0 ? (size_t)n : 0 };
    if (!failed(e) && !str_starts(all, "\x1F\x8B") && !str_starts(all, "\xFF\xFE") && !str_starts(all, "\xFE\xFF") && !utf8_valid(all))
        e = rewrite(a, fd, all);
    if (fd >= 0)
        close(fd);
    return e;
}

static struct csv_row trimmed(struct arena *a, const struct csv_row *row)
{
    struct str *fields = ARENA_ARRAY(a, row->count + 1, struct str);
    for (size_t i = 0; i < row->count; i++)
        fields[i] = str_trim(str_copy(a, row->fields[i]));
    return (struct csv_row){ row->number, fields, row->count };
}

static bool is_blank(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->fields[i].len)
            return false;
    return true;
}

static err csv_rows_into(struct arena *a, struct csv_reader *r, const struct wanted *w, struct sheet_file *out)
{
    struct csv_row *rows = ARENA_ARRAY(a, w->most, struct csv_row);
    struct csv_row  header = csv_header(r);
    out->header = trimmed(a, &header);
    out->rows = rows;
    for (;;) {
        const struct csv_row *row;
        TRY(csv_next(r, &row));
        if (!row)
            return OK;
        if (!is_wanted(w, out->header, row))
            continue;
        struct csv_row one = trimmed(a, row);
        for (size_t i = 0; i < one.count; i++)
            if (!utf8_valid(one.fields[i]))
                return FAIL(ERR_NOT_UTF8);
        if (is_blank(&one))
            continue;
        if (out->count == w->most)
            return FAIL(ERR_TOO_LARGE);
        rows[out->count++] = one;
    }
}

static err read_csv(struct arena *a, const char *path, size_t size, const struct wanted *w, struct sheet_file *out)
{
    struct csv_reader *r;
    TRY(to_utf8(a, path, size));
    TRY(csv_open(a, path, &r));
    err e = csv_rows_into(a, r, w, out);
    csv_close(r);
    return e;
}

/* A workbook is never long: all its rows are read, then chosen from. */
static err read_workbook(struct arena *a, const char *path, const struct wanted *w, struct sheet_file *out)
{
    const struct csv_row *rows;
    size_t                count;
    TRY(xlsx_read(a, path, w->keep ? XLSX_ROWS_MOST : w->most + 1, &rows, &count));
    if (!count)
        return FAIL(ERR_CSV);
    struct csv_row *below = ARENA_ARRAY(a, count, struct csv_row);
    out->header = rows[0];
    out->rows = below;
    for (size_t i = 1; i < count; i++) {
        if (!is_wanted(w, out->header, &rows[i]))
            continue;
        if (out->count == w->most)
            return FAIL(ERR_TOO_LARGE);
        below[out->count] = rows[i];
        below[out->count++].number -= rows[0].number;
    }
    return OK;
}

err sheet_read_some(struct arena *a, const char *path, size_t rows_most, sheet_keep keep, void *arg, struct sheet_file *out)
{
    struct wanted w = { keep, arg, rows_most };
    size_t        size;
    *out = (struct sheet_file){ 0 };
    TRY(file_size(path, &size));
    return xlsx_is(path) ? read_workbook(a, path, &w, out) : read_csv(a, path, size, &w, out);
}

err sheet_read(struct arena *a, const char *path, size_t rows_most, struct sheet_file *out)
{
    return sheet_read_some(a, path, rows_most, NULL, NULL, out);
}

struct str sheet_field(const struct csv_row *row, ptrdiff_t column)
{
    return column >= 0 && (size_t)column < row->count ? row->fields[column] : STR("");
}
