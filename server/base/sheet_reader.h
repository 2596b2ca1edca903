/* sheet_reader: a sheet that somebody filled in, as a workbook (XLSX, its first sheet) or as CSV in UTF-8 or GB 18030, whole in memory. For files
 * of any size there is csv_reader. */
#ifndef LINLI_BASE_SHEET_READER_H
#define LINLI_BASE_SHEET_READER_H

#include "csv_reader.h"

#define SHEET_FILE_MOST ((size_t)64 * 1024 * 1024)   /* bytes of the file */

struct sheet_file {
    struct csv_row        header;   /* names trimmed */
    const struct csv_row *rows;     /* fields trimmed; those with nothing in them are left out, number counts them all the same */
    size_t                count;
};

/* ERR_CSV: neither, empty, damaged, or beyond the limits of csv_reader.h; ERR_NOT_UTF8: CSV in neither encoding; ERR_TOO_LARGE: more bytes than
 * SHEET_FILE_MOST or more rows than rows_most. A date of a workbook becomes 2026-05-14. */
MUST err sheet_read(struct arena *a, const char *path, size_t rows_most, struct sheet_file *out);
/* Only rows that `keep` wants: some of a long list. Those left out do not count. */
typedef bool (*sheet_keep)(void *arg, struct csv_row header, const struct csv_row *row);
MUST err sheet_read_some(struct arena *a, const char *path, size_t rows_most, sheet_keep keep, void *arg, struct sheet_file *out);

/* The field of a row, "" where the row ends before it or column is -1. */
struct str sheet_field(const struct csv_row *row, ptrdiff_t column);

/* ---- inside: xlsx.c ---- */

#define XLSX_ROWS_MOST 100000

/* Is it a ZIP file by its first bytes? */
bool     xlsx_is(const char *path);
/* All rows of the first sheet that are not empty, the header among them; number is that of the sheet, the first being 0. */
MUST err xlsx_read(struct arena *a, const char *path, size_t rows_most, const struct csv_row **rows, size_t *count);

#endif
