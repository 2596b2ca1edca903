/* A table written to a file row by row, as CSV or as an Excel workbook; memory does not grow with its rows. */
#ifndef LINLI_BASE_SHEET_WRITER_H
#define LINLI_BASE_SHEET_WRITER_H

#include "arena.h"
#include "clock.h"
#include "err.h"

enum sheet_format { SHEET_NONE, SHEET_CSV, SHEET_XLSX };

/* Rows a workbook can hold below its header (Office Open XML: 1,048,576 lines). */
#define SHEET_XLSX_ROWS 1048575

struct sheet_column {
    const char *zh, *en;
    int         width;   /* characters, for a workbook */
};

struct sheet;

/* Begins a file at path (made anew) with its header line. offset: minutes east of UTC in which times are written. The CSV is UTF-8 with a
 * byte order mark, so that Excel and WPS read it rightly. Call sheet_close whatever follows. ERR_INTERNAL, logged. */
MUST err sheet_open(struct arena *a, enum sheet_format format, struct str path, const struct sheet_column *columns, size_t count, bool chinese,
                    int offset, struct sheet **out);

/* The next cell of the present row. A text never becomes a formula; a time of 0 and an unset number leave the cell empty. */
void sheet_text(struct sheet *s, struct str text);
void sheet_number(struct sheet *s, double value, bool set);
void sheet_time(struct sheet *s, ms at);
void sheet_row_end(struct sheet *s);

/* Writes what is left and closes. ERR_STORAGE_FULL, or ERR_INTERNAL for any other failure since the beginning. */
MUST err sheet_close(struct sheet *s);

#endif
