/* list.c: one walk for a page and for a file. */
#include "list.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../base/id.h"
#include "../audit/audit.h"

enum { PAGE = 50, SCAN_MOST = 4000, AT_ONCE = 10000 };

const char *const list_format_words[] = { NULL, "csv", "xlsx", NULL };

/* ---- a page ---- */

static err next_rows(struct req *r, const struct list_walk *w, struct list_place from, struct list *rows)
{
    struct db_rows found;
    TRY(w->next(r, from, &found));
    return db_take(&found, r->arena, w->map, w->size, LIST_BATCH, rows);
}

static struct list_place place_of(const struct list_walk *w, const char *row)
{
    struct list_place p = { 0, *(const int64_t *)(const void *)row };
    if (w->at >= 0)
        p.at = *(const int64_t *)(const void *)(row + w->at);
    return p;
}

err list_page(struct req *r, const struct list_walk *w, struct str after, int64_t limit)
{
    size_t            most = limit ? (size_t)limit : PAGE, n = 0;
    char             *items = arena_alloc(r->arena, most * w->item_size);
    struct list_place p = w->from;
    bool              more = true;
    if (after.ptr && !req_cursor_read(r, after, &p.at, &p.id))
        return FAIL_AT(ERR_INVALID, "after");
    for (size_t seen = 0; more && n < most && seen < SCAN_MOST; seen += LIST_BATCH) {
        struct list rows;
        size_t      i = 0;
        TRY(next_rows(r, w, p, &rows));
        for (; i < rows.len && n < most; i++) {
            const char *row = (const char *)rows.at + i * w->size;
            bool        wanted = false;
            p = place_of(w, row);
            TRY(w->look(r, row, w->arg, items + n * w->item_size, &wanted));
            n += wanted;
        }
        more = rows.len == LIST_BATCH || i < rows.len;
    }
    return reply_list(r, w->fields, w->item_size, (struct list){ items, n }, more ? req_cursor(r, p.at, p.id) : STR_NONE);
}

/* ---- cells ---- */

static const struct field *member(const struct field *fields, const char *name)
{
    while (fields->kind != KIND_END && strcmp(fields->name, name) != 0)
        fields++;
    return fields;
}

static struct str joined(struct req *r, const struct strs *texts)
{
    struct buf b = buf_new(r->arena, 0);
    for (size_t i = 0; i < texts->len; i++)
        buf_fmt(&b, "%s%.*s", i ? req_text(r, "、", ", ") : "", STR_ARG(texts->at[i]));
    return buf_view(&b);
}

static struct str word(struct req *r, const struct field *f, const struct list_column *c, int at)
{
    if (!at)
        return STR_NONE;
    return str_of(c->words ? req_text(r, c->words[at][0], c->words[at][1]) : f->words[at]);
}

void list_cell(struct req *r, struct sheet *s, const struct field *fields, const struct list_column *c, const void *item, void *arg)
{
    const struct field *f = c->say ? NULL : member(fields, c->member);
    const void         *at = f ? (const char *)item + f->offset : NULL;
    if (c->say)
        sheet_text(s, c->say(r, item, arg));
    else if (c->name)
        sheet_text(s, c->name(r, *(const struct str *)at, arg));
    else if (f->kind == KIND_I64)
        sheet_number(s, (double)*(const int64_t *)at, *(const int64_t *)at || !c->or_empty);
    else if (f->kind == KIND_TIME)
        sheet_time(s, *(const ms *)at);
    else if (f->kind == KIND_BOOL)
        sheet_text(s, str_of(*(const bool *)at ? req_text(r, "是", "yes") : req_text(r, "否", "no")));
    else if (f->kind == KIND_WORD)
        sheet_text(s, word(r, f, c, *(const int *)at));
    else if (f->kind == KIND_STRS)
        sheet_text(s, joined(r, at));
    else
        sheet_text(s, f->kind == KIND_STR ? *(const struct str *)at : STR_NONE);
}

/* ---- a file ---- */

struct leaving { const struct list_walk *walk; const struct list_file *file; int format; struct str path; int64_t rows, personal; };

static err write_row(struct req *r, struct leaving *l, struct sheet *s, const void *row, void *item)
{
    const struct list_walk *w = l->walk;
    bool                    wanted = false;
    TRY(w->look(r, row, w->arg, item, &wanted));
    if (!wanted)
        return OK;
    if (++l->rows > AT_ONCE)
        return FAIL(ERR_TOO_LARGE);
    l->personal += l->file->personal && l->file->personal(item);
    for (size_t c = 0; c < l->file->count; c++)
        list_cell(r, s, w->fields, &l->file->columns[c], item, w->arg);
    sheet_row_end(s);
    return OK;
}

/* What a batch took of memory is free again behind it. */
static err write_rows(struct req *r, struct leaving *l, struct sheet *s)
{
    const struct list_walk *w = l->walk;
    struct list_place       p = w->from;
    void                   *item = arena_alloc(r->arena, w->item_size);
    for (size_t n = LIST_BATCH; n == LIST_BATCH;) {
        struct arena_mark mark = arena_mark(r->arena);
        struct list       rows;
        TRY(next_rows(r, w, p, &rows));
        n = rows.len;
        for (size_t i = 0; i < n; i++) {
            const char *row = (const char *)rows.at + i * w->size;
            p = place_of(w, row);
            TRY(write_row(r, l, s, row, item));
        }
        arena_rewind(r->arena, mark);
    }
    return OK;
}

static err write_file(struct req *r, void *arg)
{
    struct leaving      *l = arg;
    struct sheet        *s = NULL;
    struct sheet_column *heads = ARENA_ARRAY(r->arena, l->file->count, struct sheet_column);
    for (size_t c = 0; c < l->file->count; c++)
        heads[c] = (struct sheet_column){ l->file->columns[c].zh, l->file->columns[c].en, l->file->columns[c].width };
    l->rows = l->personal = 0;
    err e = sheet_open(r->arena, (enum sheet_format)l->format, l->path, heads, l->file->count, r->lang == LANG_ZH, r->app->zone_minutes, &s);
    if (!failed(e))
        e = write_rows(r, l, s);
    err closed = sheet_close(s);
    return failed(e) ? e : closed;
}

static err read_back(struct req *r, struct str path, struct str *out)
{
    FILE *f = fopen(path.ptr, "re");
    long  size = f && fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
    char *bytes = size >= 0 ? arena_alloc(r->arena, (size_t)size + 1) : NULL;
    bool  whole = bytes && fseek(f, 0, SEEK_SET) == 0 && fread(bytes, 1, (size_t)size, f) == (size_t)size;
    if (f)
        fclose(f);
    *out = (struct str){ bytes, whole ? (size_t)size : 0 };
    return whole ? OK : FAIL(ERR_INTERNAL);
}

err list_file_answer(struct req *r, const char *name, int format, struct str path)
{
    static const char *const types[] = { NULL, "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" };
    struct clock_civil       c = clock_civil_at(r->now, r->app->zone_minutes);
    struct str               bytes;
    TRY(read_back(r, path, &bytes));
    reply_header(r, "Content-Disposition", str_fmt(r->arena, "attachment; filename=\"%s-%04d%02d%02d-%02d%02d.%s\"", name, c.year, c.month, c.day, c.hour,
                                                   c.minute, list_format_words[format]));
    return reply_bytes(r, types[format], bytes, STR_NONE);
}

/* What leaves the program in bulk is on the record: which form and how much, by whom and when; not the words looked for. */
static err record(struct req *r, void *arg)
{
    const struct leaving *l = arg;
    return audit_record(r, str_fmt(r->arena, "%s.export", l->file->object).ptr, l->file->object, 0,
                        str_fmt(r->arena, "{\"format\":\"%s\",\"rows\":%lld,\"personal\":%lld}", list_format_words[l->format], (long long)l->rows,
                                (long long)l->personal));
}

err list_export(struct req *r, const struct list_walk *w, const struct list_file *f, int format)
{
    struct leaving l = { w, f, format, str_fmt(r->arena, "%s/list-%lld", r->app->spool, (long long)id_new()), 0, 0 };
    err            e = req_in_read(r, write_file, &l);
    if (!failed(e))
        e = req_in_write(r, record, &l);
    if (!failed(e))
        e = list_file_answer(r, f->name, format, l.path);
    unlink(l.path.ptr);
    if (e.code == ERR_TOO_LARGE)
        return req_fail(r, ERR_TOO_LARGE, str_of(req_text(r, "超过一万行，请先缩小范围", "More than 10,000 rows: ask for less first")));
    return e;
}
