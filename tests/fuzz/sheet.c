/* Fuzzes sheets that people fill in: workbooks and CSV. What is read is text within its limits, whatever the file. */
#include "fuzz.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../server/base/sheet_reader.h"

#define ROWS_MOST 50

static void check_row(const struct csv_row *row)
{
    fuzz_must(row->count <= CSV_COLUMNS_MOST);
    for (size_t i = 0; i < row->count; i++)
        fuzz_must(utf8_valid(row->fields[i]) && str_trim(row->fields[i]).len == row->fields[i].len);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena     *a = arena_new(0);
    struct sheet_file f;
    char              path[32];
    int               fd = memfd_create("sheet", MFD_CLOEXEC);
    fuzz_must(fd >= 0 && write(fd, bytes, n) == (ssize_t)n);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (!failed(sheet_read(a, path, ROWS_MOST, &f))) {
        fuzz_must(f.count <= ROWS_MOST);
        check_row(&f.header);
        for (size_t i = 0; i < f.count; i++)
            check_row(&f.rows[i]);
    }
    close(fd);
    arena_free(a);
    return 0;
}
