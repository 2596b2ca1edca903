/* sheet_writer.c: CSV by our own writer, workbooks by libxlsxwriter. */
#include <errno.h>
#include <stdio.h>
#include <xlsxwriter.h>

#include "buf.h"
#include "csv_reader.h"
#include "log.h"
#include "sheet_writer.h"

struct sheet {
    struct arena  *arena;
    int            offset;
    uint32_t       row;
    uint16_t       column;
    /* CSV */
    FILE          *file;
    /* workbook */
    lxw_workbook  *book;
    lxw_worksheet *page;
    lxw_format    *times;
    int            problem;   /* errno of the first failure; libxlsxwriter's own are EIO */
};

#define NUMBER_ROOM 40

/* ---- cells ---- */

static void put_csv(struct sheet *s, struct str text)
{
    struct arena_mark mark = arena_mark(s->arena);
    struct buf        b = buf_new(s->arena, 0);
    if (s->column)
        buf_byte(&b, ',');
    csv_put(&b, text);
    struct str line = buf_view(&b);
    if (fwrite(line.ptr, 1, line.len, s->file) != line.len && !s->problem)
        s->problem = errno;
    arena_rewind(s->arena, mark);
}

static void judge(struct sheet *s, lxw_error e)
{
    if (e != LXW_NO_ERROR && !s->problem)
        s->problem = errno == ENOSPC ? ENOSPC : EIO;
}

void sheet_text(struct sheet *s, struct str text)
{
    struct arena_mark mark = arena_mark(s->arena);
    if (s->file)
        put_csv(s, text);
    else if (text.len)
        judge(s, worksheet_write_string(s->page, s->row, s->column, str_z(s->arena, text), NULL));
    s->column++;
    arena_rewind(s->arena, mark);
}

void sheet_number(struct sheet *s, double value, bool set)
{
    char text[NUMBER_ROOM];
    int  n = set ? snprintf(text, sizeof text, "%.10g", value) : 0;
    if (s->file)
        put_csv(s, (struct str){ text, (size_t)n });
    else if (set)
        judge(s, worksheet_write_number(s->page, s->row, s->column, value, NULL));
    s->column++;
}

void sheet_time(struct sheet *s, ms at)
{
    struct clock_civil c = clock_civil_at(at, s->offset);
    char               text[NUMBER_ROOM];
    int n = at ? snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour, c.minute) : 0;
    if (s->file)
        put_csv(s, (struct str){ text, (size_t)n });
    else if (at)
        judge(s, worksheet_write_datetime(s->page, s->row, s->column, &(lxw_datetime){ c.year, c.month, c.day, c.hour, c.minute, 0 }, s->times));
    s->column++;
}

void sheet_row_end(struct sheet *s)
{
    if (s->file && fputs("\r\n", s->file) == EOF && !s->problem)
        s->problem = errno;
    s->row++;
    s->column = 0;
}

/* ---- the file ---- */

static void open_book(struct sheet *s, const char *path, const struct sheet_column *columns, size_t count)
{
    lxw_workbook_options o = { .constant_memory = LXW_TRUE };
    s->book = workbook_new_opt(path, &o);
    if (!s->book)
        return;
    s->page = workbook_add_worksheet(s->book, NULL);
    s->times = workbook_add_format(s->book);
    format_set_num_format(s->times, "yyyy-mm-dd hh:mm");
    for (size_t i = 0; i < count; i++)
        worksheet_set_column(s->page, (lxw_col_t)i, (lxw_col_t)i, columns[i].width, NULL);
    worksheet_freeze_panes(s->page, 1, 0);
}

err sheet_open(struct arena *a, enum sheet_format format, struct str path, const struct sheet_column *columns, size_t count, bool chinese,
               int offset, struct sheet **out)
{
    struct sheet *s = ARENA_NEW(a, struct sheet);
    *s = (struct sheet){ .arena = a, .offset = offset };
    *out = s;
    if (format == SHEET_CSV)
        s->file = fopen(str_z(a, path), "we");
    else
        open_book(s, str_z(a, path), columns, count);
    if (!s->file && !s->book) {
        log_event(LOG_ERROR, "sheet", "problem", strerror(errno), NULL);
        return FAIL(ERR_INTERNAL);
    }
    if (s->file)
        fputs("\xEF\xBB\xBF", s->file);
    for (size_t i = 0; i < count; i++)
        sheet_text(s, str_of(chinese ? columns[i].zh : columns[i].en));
    sheet_row_end(s);
    return OK;
}

err sheet_close(struct sheet *s)
{
    if (!s)
        return OK;
    if (s->file && fclose(s->file) != 0 && !s->problem)
        s->problem = errno;
    if (s->book)
        judge(s, workbook_close(s->book));
    s->file = NULL;
    s->book = NULL;
    if (!s->problem)
        return OK;
    log_event(LOG_ERROR, "sheet", "problem", strerror(s->problem), NULL);
    return s->problem == ENOSPC ? FAIL(ERR_STORAGE_FULL) : FAIL(ERR_INTERNAL);
}
