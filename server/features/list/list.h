/* list: lists of which the program decides row by row what a caller sees: a page of one, and the whole of one as a file. */
#ifndef LINLI_LIST_H
#define LINLI_LIST_H

#include "../../base/sheet_writer.h"
#include "../../http/app.h"

enum { LIST_BATCH = 200 };   /* rows that a query of a list reads at once */

/* Where a walk stands: behind the row of these two, in the list's order. A list by id has no `at`. */
struct list_place { int64_t at, id; };
#define LIST_NEWEST ((struct list_place){ 0, INT64_MAX })

/* How one list is walked. A row's id stands first in it. */
struct list_walk {
    MUST err (*next)(struct req *r, struct list_place from, struct db_rows *rows);      /* the rows behind it, LIST_BATCH at most */
    MUST err (*look)(struct req *r, const void *row, void *arg, void *item, bool *wanted);   /* may the caller see it, and do they want it: then as an item */
    void                *arg;
    struct list_place    from;        /* where it begins */
    const struct field  *map;         /* of a row */
    size_t               size;
    ptrdiff_t            at;          /* of the member that orders rows before their id; -1: the id alone */
    const struct field  *fields;      /* of an item */
    size_t               item_size;
};

/* Answers the page behind `after` (a cursor; STR_NONE: the first), of at most `limit` (0: 50). A page may be short although there are more: of a list of
 * which the caller sees little some thousands of rows are looked at for each. ERR_INVALID at after. */
MUST err list_page(struct req *r, const struct list_walk *w, struct str after, int64_t limit);

/* ---- as a file ---- */

/* A column: a member of the item by its name in the field table, or what `say` makes of it, or what `name` makes of the member. A word is put into both languages by `words` (in its order,
 * { zh, en } each); a number of 0 stays empty with `or_empty`. */
struct list_column {
    const char *zh, *en;
    int         width;
    const char *member;
    const char *const (*words)[2];
    struct str  (*say)(struct req *r, const void *item, void *arg);
    struct str  (*name)(struct req *r, struct str code, void *arg);   /* of a code that the member holds */
    bool        or_empty;
};
struct list_file {
    const char               *name, *object;   /* of the file; of the audit record, whose action is object.export */
    const struct list_column *columns;
    size_t                    count;
    bool                    (*personal)(const void *item);   /* it tells who somebody is: how many such rows left is recorded; NULL: none does */
};
extern const char *const list_format_words[];   /* enum sheet_format: NULL, csv, xlsx */
#define LIST_FORMAT_FIELD(type) FIELD_WORD(type, format, list_format_words, REQUIRED, "csv: UTF-8 with byte order mark; xlsx: Excel workbook")

/* Answers all of it as a file and records who took how much; from a TX_NONE handler. ERR_TOO_LARGE: more than 10,000 rows. */
MUST err list_export(struct req *r, const struct list_walk *w, const struct list_file *f, int format);
/* Answers with a file that was written, named NAME-YYYYMMDD-HHMM.FORMAT. */
MUST err list_file_answer(struct req *r, const char *name, int format, struct str path);

/* The cell of a column, for whoever writes a sheet of items otherwise. */
void list_cell(struct req *r, struct sheet *s, const struct field *fields, const struct list_column *c, const void *item, void *arg);

#endif
