/* csv_reader: rows of a CSV file of any size, plain or gzip, in little memory. Quoted line feeds, CRLF, a byte order mark: as people's
 * programs write them. Every limit is stated, because the file comes from anywhere. */
#ifndef LINLI_BASE_CSV_READER_H
#define LINLI_BASE_CSV_READER_H

#include "err.h"

#define CSV_COLUMNS_MOST 1000
#define CSV_ROW_MOST     ((size_t)1024 * 1024)   /* bytes of one row */

struct csv_row {
    int64_t           number;    /* of the line of data: 1 is the first below the header */
    const struct str *fields;
    size_t            count;
};

struct csv_reader;

/* Opens a file and reads its header (its first row). ERR_NOT_FOUND; ERR_NOT_UTF8 for UTF-16 and headers that are not UTF-8;
 * ERR_CSV for a file without a row, a header beyond the limits, or damaged gzip. */
MUST err csv_open(struct arena *a, const char *path, struct csv_reader **out);
void     csv_close(struct csv_reader *r);

/* The header, for as long as the reader is open; names trimmed. */
struct csv_row csv_header(const struct csv_reader *r);

/* The next row, valid until the next call; *row NULL at the end of the file. ERR_CSV ends the reading: a quote is never closed, a row is
 * beyond the limits, the gzip is damaged or cut short; csv_rows() tells behind which row. */
MUST err csv_next(struct csv_reader *r, const struct csv_row **row);

int64_t csv_rows(const struct csv_reader *r);    /* rows handed out */
int64_t csv_bytes(const struct csv_reader *r);   /* bytes of the file read so far, as they lie on disk */
int64_t csv_size(const struct csv_reader *r);    /* bytes of the file */

/* ---- writing ---- */

struct buf;
/* A field with quotes where they are needed. A text that a spreadsheet would take for a formula gets an apostrophe in front. */
void csv_put(struct buf *b, struct str field);

#endif
