/* Fuzzes the CSV reader and what makes cases of its rows. An input that begins with T stands below the header of a known layout. */
#include "fuzz.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../server/base/buf.h"
#include "../../server/features/case/import/mapping.h"

#define HEADER "service_request_id,requested_datetime,area,service_name,subproject,description,address_string,lat,long\n"

/* A file in memory, and a path by which it can be opened. */
static int put_file(struct str head, const uint8_t *bytes, size_t n, char path[32])
{
    int fd = memfd_create("csv", MFD_CLOEXEC);
    fuzz_must(fd >= 0 && write(fd, head.ptr, head.len) == (ssize_t)head.len && write(fd, bytes, n) == (ssize_t)n);
    snprintf(path, 32, "/proc/self/fd/%d", fd);
    return fd;
}

static void check_mapped(const struct binding *b, struct arena *a, const struct csv_row *row)
{
    struct mapped m;
    mapping_row(b, a, row, &m);
    fuzz_must(m.fault_count <= MAPPED_FAULTS_MOST);
    if (m.fault_count)
        return;
    fuzz_must(m.in.text.len && utf8_valid(m.in.text) && utf8_len(m.in.text) <= 4000 && !utf8_has_control(m.in.text));
    fuzz_must(utf8_valid(m.in.source_key) && utf8_valid(m.in.data) && m.in.data.ptr[0] == '{');
    fuzz_must(m.in.at.set && m.in.at.lon >= -180 && m.in.at.lon <= 180 && m.in.at.lat >= -90 && m.in.at.lat <= 90);
    fuzz_must(m.in.state == CASE_REPORTED && m.in.reported_at);
}

static void check_rows(struct arena *a, struct csv_reader *r, const struct binding *b)
{
    const struct csv_row *row;
    int64_t               last = 0;
    while (!failed(csv_next(r, &row)) && row) {
        struct arena_mark m = arena_mark(a);
        fuzz_must(row->number == ++last && row->count <= CSV_COLUMNS_MOST);
        if (b)
            check_mapped(b, a, row);
        arena_rewind(a, m);
    }
    fuzz_must(csv_rows(r) == last);
}

static void read_file(struct arena *a, const char *path, bool known)
{
    const struct mapping *m = NULL;
    struct csv_reader    *r = NULL;
    struct faults         faults = { .arena = a };
    struct strs           missing = { 0 };
    struct binding        b;
    if (failed(csv_open(a, path, &r)))
        return;
    fuzz_must(!failed(mapping_shipped(a, STR("tainan-1999"), &m)));
    bool bound = !failed(mapping_bind(a, NULL, m, csv_header(r), &faults, &missing, &b));
    fuzz_must(bound || !known);
    check_rows(a, r, bound ? &b : NULL);
    mapping_unbind(&b);
    csv_close(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *a = arena_new(0);
    char          path[32];
    bool          known = n && bytes[0] == 'T';
    int           fd = put_file(known ? STR(HEADER) : STR(""), bytes + known, n - known, path);
    read_file(a, path, known);
    close(fd);
    arena_free(a);
    return 0;
}
