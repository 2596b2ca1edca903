/* Reading CSV, local times and mappings, without a database. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "../../../base/buf.h"
#include "../../../base/crypto.h"
#include "import.h"

static struct arena *arena;
static char          path[64];

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    snprintf(path, sizeof path, "/tmp/linli-csv-XXXXXX");
    int fd = mkstemp(path);
    return fd < 0 || close(fd) != 0 || failed(crypto_start());
}

static int teardown(void **state)
{
    (void)state;
    unlink(path);
    arena_free(arena);
    return 0;
}

static void put_file(struct str bytes)
{
    FILE *f = fopen(path, "wb");
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, f), bytes.len);
    fclose(f);
}

static void put_gzip(struct str bytes, size_t keep)
{
    gzFile f = gzopen(path, "wb");
    assert_int_equal(gzwrite(f, bytes.ptr, (unsigned)bytes.len), (int)bytes.len);
    gzclose(f);
    if (keep)
        assert_int_equal(truncate(path, (off_t)keep), 0);
}

static struct csv_reader *opened(void)
{
    struct csv_reader *r = NULL;
    assert_int_equal(csv_open(arena, path, &r).code, ERR_NONE);
    return r;
}

/* All rows as "a|b;c|d;". */
static struct str all_rows(struct csv_reader *r, err *end)
{
    struct buf            b = buf_new(arena, 0);
    const struct csv_row *row;
    while (!failed(*end = csv_next(r, &row)) && row) {
        for (size_t i = 0; i < row->count; i++) {
            if (i)
                buf_byte(&b, '|');
            buf_str(&b, row->fields[i]);
        }
        buf_byte(&b, ';');
    }
    return buf_view(&b);
}

static void assert_rows(struct str file, const char *want)
{
    err end;
    put_file(file);
    struct csv_reader *r = opened();
    struct str         got = all_rows(r, &end);
    if (!str_is(got, want))
        fail_msg("got %.*s, want %s", STR_ARG(got), want);
    assert_int_equal(end.code, ERR_NONE);
    csv_close(r);
}

/* ---- CSV ---- */

static void rows_as_people_write_them(void **state)
{
    (void)state;
    assert_rows(STR("a,b\n1,2\n3,4\n"), "1|2;3|4;");
    assert_rows(STR("a,b\r\n1,2\r\n3,4"), "1|2;3|4;");
    assert_rows(STR("\xEF\xBB\xBF\"a\",b\n\"x, \"\"y\"\"\",\"line\nfeed\"\n"), "x, \"y\"|line\nfeed;");
    assert_rows(STR("a,b\n\n\n1,2\n\n"), "1|2;");
    assert_rows(STR("a,b\n,\n1\n1,2,3\n"), "|;1;1|2|3;");
    assert_rows(STR("a\n"), "");
    assert_rows(STR("標題,乙\n路燈,不亮\n"), "路燈|不亮;");
}

static void header_is_trimmed_and_without_mark(void **state)
{
    (void)state;
    put_file(STR("\xEF\xBB\xBF Unique Key ,\"Created Date\"\n1,2\n"));
    struct csv_reader *r = opened();
    assert_true(str_is(csv_header(r).fields[0], "Unique Key"));
    assert_true(str_is(csv_header(r).fields[1], "Created Date"));
    csv_close(r);
}

static void gzip_reads_the_same(void **state)
{
    err end;
    (void)state;
    put_gzip(STR("a,b\n1,\"x\ny\"\n"), 0);
    struct csv_reader *r = opened();
    assert_true(str_is(all_rows(r, &end), "1|x\ny;"));
    assert_false(failed(end));
    csv_close(r);
}

/* Many rows, so that rows lie across chunks; every one arrives whole and once. */
static struct str large(size_t n)
{
    struct buf b = buf_new(arena, 0);
    buf_z(&b, "n,text,twice\n");
    for (size_t i = 1; i <= n; i++)
        buf_fmt(&b, "%zu,\"row %zu, with a \"\"quote\"\" and a\nline feed\",%zu\n", i, i, 2 * i);
    return buf_view(&b);
}

static void rows_across_chunks(void **state)
{
    const struct csv_row *row;
    int64_t               n = 0;
    (void)state;
    put_file(large(20000));
    struct csv_reader *r = opened();
    while (!failed(csv_next(r, &row)) && row) {
        int64_t first = 0, last = 0;
        assert_int_equal(row->number, ++n);
        assert_int_equal(row->count, 3);
        assert_true(str_to_i64(row->fields[0], &first) && str_to_i64(row->fields[2], &last));
        assert_true(first == n && last == 2 * n);
        assert_true(str_ends(row->fields[1], "line feed"));
    }
    assert_int_equal(n, 20000);
    assert_int_equal(csv_rows(r), 20000);
    assert_int_equal(csv_bytes(r), csv_size(r));
    csv_close(r);
}

static void cut_gzip_gives_its_whole_rows_and_says_so(void **state)
{
    err end;
    (void)state;
    put_gzip(large(20000), 40000);
    struct csv_reader    *r = opened();
    const struct csv_row *row;
    while (!failed(end = csv_next(r, &row)) && row)
        assert_int_equal(row->count, 3);
    assert_int_equal(end.code, ERR_CSV);
    assert_true(csv_rows(r) > 100 && csv_rows(r) < 20000);
    csv_close(r);
}

static void open_quotes_end_the_reading(void **state)
{
    err end;
    (void)state;
    put_file(STR("a,b\n1,2\n3,\"never closed\n5,6\n"));
    struct csv_reader *r = opened();
    assert_true(str_is(all_rows(r, &end), "1|2;"));
    assert_int_equal(end.code, ERR_CSV);
    csv_close(r);
    struct buf b = buf_new(arena, 0);
    buf_z(&b, "a,b\n1,2\n3,\"");
    for (int i = 0; i < 500000; i++)
        buf_z(&b, "5,6 7\n");
    put_file(buf_view(&b));
    r = opened();
    assert_true(str_is(all_rows(r, &end), "1|2;"));
    assert_int_equal(end.code, ERR_CSV);
    csv_close(r);
}

static void limits_are_kept(void **state)
{
    err        end;
    struct buf b = buf_new(arena, 0);
    (void)state;
    buf_z(&b, "a,b\n1,2\n");
    for (int i = 0; i < 2000; i++)
        buf_z(&b, "x,");
    buf_z(&b, "x\n3,4\n");
    put_file(buf_view(&b));
    struct csv_reader *r = opened();
    assert_true(str_is(all_rows(r, &end), "1|2;"));
    assert_int_equal(end.code, ERR_CSV);
    csv_close(r);
}

static void what_is_no_csv_is_refused_at_once(void **state)
{
    static const struct { struct str bytes; enum err_code why; } files[] = {
        { STR(""), ERR_CSV }, { STR("\n\n\n"), ERR_CSV }, { STR("\xFF\xFE" "a\0,\0b\0"), ERR_NOT_UTF8 }, { STR("\xB1\xEA\xCC\xE2,b\n1,2\n"), ERR_NOT_UTF8 },
        { STR("\"a"), ERR_CSV }, { STR("\x1F\x8B\x08\x00garbage"), ERR_CSV }
    };
    struct csv_reader *r;
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        put_file(files[i].bytes);
        assert_int_equal(csv_open(arena, path, &r).code, files[i].why);
    }
    assert_int_equal(csv_open(arena, "/nonexistent/file.csv", &r).code, ERR_NOT_FOUND);
    assert_int_equal(csv_open(arena, "/tmp", &r).code, ERR_NOT_FOUND);
}

static void written_fields_read_back(void **state)
{
    static const struct str fields[] = { STR("plain"), STR("a,b"), STR("say \"x\""), STR("two\nlines"), STR(""), STR("-118.27"), STR("路燈") };
    struct buf              b = buf_new(arena, 0);
    err                     end;
    (void)state;
    buf_z(&b, "1,2,3,4,5,6,7\n");
    for (size_t i = 0; i < 7; i++) {
        if (i)
            buf_byte(&b, ',');
        csv_put(&b, fields[i]);
    }
    buf_z(&b, "\r\n");
    put_file(buf_view(&b));
    struct csv_reader *r = opened();
    assert_true(str_is(all_rows(r, &end), "plain|a,b|say \"x\"|two\nlines||-118.27|路燈;"));
    csv_close(r);
    b = buf_new(arena, 0);
    csv_put(&b, STR("=HYPERLINK(1)"));
    assert_true(str_is(buf_view(&b), "\"'=HYPERLINK(1)\""));
}

/* ---- times ---- */

static ms moment(struct zone *z, const char *text, const char *format)
{
    struct clock_civil c;
    assert_true(local_time_read(str_of(text), format, &c));
    return zone_moment(z, c);
}

static ms utc(const char *iso)
{
    ms t = 0;
    assert_true(clock_parse_iso(str_of(iso), &t));
    return t;
}

static void local_times_with_summer_time(void **state)
{
    struct zone *ny, *la, *taipei;
    const char  *us = "%m/%d/%Y %I:%M:%S %p";
    (void)state;
    assert_true(zone_open(arena, STR("America/New_York"), &ny));
    assert_true(zone_open(arena, STR("America/Los_Angeles"), &la));
    assert_true(zone_open(arena, STR("Asia/Taipei"), &taipei));
    assert_int_equal(moment(ny, "12/31/2015 11:59:45 PM", us), utc("2016-01-01T04:59:45Z"));
    assert_int_equal(moment(ny, "07/04/2018 12:00:00 AM", us), utc("2018-07-04T04:00:00Z"));
    assert_int_equal(moment(ny, "07/04/2018 12:00:00 PM", us), utc("2018-07-04T16:00:00Z"));
    assert_int_equal(moment(la, "2020-01-01 00:05:00", "%Y-%m-%d %H:%M:%S"), utc("2020-01-01T08:05:00Z"));
    assert_int_equal(moment(taipei, "2017-01-02 00:03:00", "%Y-%m-%d %H:%M:%S"), utc("2017-01-01T16:03:00Z"));
    assert_int_equal(moment(ny, "10/21/18 0:00", "%m/%d/%y %H:%M"), utc("2018-10-21T04:00:00Z"));
    /* The clocks of New York in 2018: forward on 11 March at 2:00, back on 4 November at 2:00. */
    assert_int_equal(moment(ny, "03/11/2018 01:59:59 AM", us), utc("2018-03-11T06:59:59Z"));
    assert_int_equal(moment(ny, "03/11/2018 03:00:00 AM", us), utc("2018-03-11T07:00:00Z"));
    assert_int_equal(moment(ny, "03/11/2018 02:30:00 AM", us), utc("2018-03-11T07:30:00Z"));   /* there was no such time */
    assert_int_equal(moment(ny, "11/04/2018 12:59:59 AM", us), utc("2018-11-04T04:59:59Z"));
    assert_int_equal(moment(ny, "11/04/2018 01:30:00 AM", us), utc("2018-11-04T05:30:00Z"));   /* twice: the first */
    assert_int_equal(moment(ny, "11/04/2018 02:00:00 AM", us), utc("2018-11-04T07:00:00Z"));
    zone_close(ny);
    zone_close(la);
    zone_close(taipei);
}

static void no_times(void **state)
{
    static const char *const bad[] = { "", "2018-02-30 00:00:00", "2018-13-01 00:00:00", "2018-01-01 24:00:00", "2018-01-01 00:60:00",
                                       "2018-01-01", "2018-01-01 00:00:00 x", "yesterday", "2018-01-01 00:00:60" };
    struct clock_civil       c;
    struct zone             *z;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(local_time_read(str_of(bad[i]), "%Y-%m-%d %H:%M:%S", &c));
    assert_true(local_time_read(STR("2020-02-29 23:59:59"), "%Y-%m-%d %H:%M:%S", &c));
    assert_false(zone_open(arena, STR("Mars/Olympus"), &z));
    assert_false(zone_open(arena, STR(""), &z));
}

/* ---- mappings ---- */

static void every_shipped_mapping_reads(void **state)
{
    (void)state;
    assert_int_equal(mapping_count(), 5);
    for (size_t i = 0; i < mapping_count(); i++) {
        const struct mapping *m;
        struct str            file = str_of(mapping_name(i));
        struct str            name = { file.ptr, file.len - 5 };
        assert_int_equal(mapping_shipped(arena, name, &m).code, ERR_NONE);
        assert_true(str_eq(m->name, name));
        assert_true(mapping_columns(arena, m).len >= 7);
        struct zone *z;
        assert_true(zone_open(arena, m->zone, &z));
        zone_close(z);
    }
    const struct mapping *m;
    assert_int_equal(mapping_shipped(arena, STR("../secret"), &m).code, ERR_NOT_FOUND);
}

static void a_faulty_mapping_names_every_fault(void **state)
{
    struct faults         f = { .arena = arena };
    const struct mapping *m;
    (void)state;
    assert_int_equal(mapping_read(arena, STR("{\"name\":\"x\",\"text\":[],\"colour\":1,\"no_point\":\"maybe\"}"), &f, &m).code, ERR_INVALID);
    assert_true(f.len >= 5);
    assert_int_equal(mapping_read(arena, STR("not json"), &f, &m).code, ERR_BAD_JSON);
}

#define OWN \
    "{\"name\":\"own\",\"source\":\"own\",\"title_zh\":\"自\",\"title_en\":\"own\",\"id\":\"id\",\"text\":[\"what\",\"more\"],\"text_join\":\": \"," \
    "\"category\":[\"what\"],\"status\":\"state\",\"states\":[{\"word\":\"done\",\"state\":\"closed\",\"outcome\":\"resolved\"}," \
    "{\"word\":\"new\",\"state\":\"reported\"}],\"result\":\"result\",\"created\":[\"from\"],\"closed\":[\"to\"]," \
    "\"time_formats\":[\"%Y-%m-%d %H:%M\"],\"zone\":\"Asia/Shanghai\",\"lon\":\"x\",\"lat\":\"y\",\"address\":[\"where\"],\"labels\":[\"label\"]}"

static struct binding bound(void)
{
    static const struct str header[] = { STR("id"), STR("what"), STR("more"), STR("state"), STR("from"), STR("to"), STR("x"), STR("y"),
                                         STR("where"), STR("result"), STR("label") };
    const struct mapping *m;
    struct faults         f = { .arena = arena };
    struct strs           missing;
    struct binding        b;
    assert_int_equal(mapping_read(arena, STR(OWN), NULL, &m).code, ERR_NONE);
    assert_int_equal(mapping_bind(arena, NULL, m, (struct csv_row){ 0, header, 11 }, &f, &missing, &b).code, ERR_NONE);
    return b;
}

static struct mapped mapped_row(const struct str fields[], size_t n)
{
    struct mapped  m;
    struct binding b = bound();
    mapping_row(&b, arena, &(struct csv_row){ 1, fields, n }, &m);
    mapping_unbind(&b);
    return m;
}

static void a_row_becomes_a_case(void **state)
{
    static const struct str row[] = { STR("A1"), STR(" 路灯 "), STR("不亮\r\n两天\x0b了"), STR("done"), STR("2024-05-01 08:00"), STR("2024-05-02 09:30"),
                                      STR("121.5"), STR("31.2"), STR("一路"), STR("换了灯"), STR("甲") };
    struct mapped m = mapped_row(row, 11);
    (void)state;
    assert_int_equal(m.fault_count, 0);
    assert_true(str_is(m.in.source_key, "own:A1"));
    assert_true(str_is(m.in.text, "路灯: 不亮\n两天 了"));
    assert_int_equal(m.in.state, CASE_CLOSED);
    assert_int_equal(m.in.outcome, OUTCOME_RESOLVED);
    assert_int_equal(m.in.reported_at, utc("2024-05-01T00:00:00Z"));
    assert_int_equal(m.in.closed_at, utc("2024-05-02T01:30:00Z"));
    assert_true(m.in.at.set && m.in.at.lon == 121.5 && m.in.at.lat == 31.2);
    assert_true(str_is(m.in.address, "一路"));
    assert_true(str_is(m.in.result, "换了灯"));
    assert_true(str_starts(m.in.data, "{\"source\":\"own\",\"source_id\":\"A1\",\"words\":\"路灯\",\"status\":\"done\",\"labels\":{\"label\":\"甲\"},\"digest\":\""));
}

static void every_fault_of_a_row_is_named(void **state)
{
    static const struct str row[] = { STR(""), STR(" "), STR(""), STR("odd"), STR("01.05.2024"), STR(""), STR("east"), STR("31.2"), STR(""),
                                      STR(""), STR("") };
    static const struct row_fault want[] = { { "id", ERR_REQUIRED }, { "text", ERR_REQUIRED }, { "state", ERR_NOT_A_CHOICE },
                                             { "reported_at", ERR_WRONG_TYPE }, { "at", ERR_PLACE } };
    struct mapped m = mapped_row(row, 11);
    (void)state;
    assert_int_equal(m.fault_count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(m.faults[i].field, want[i].field);
        assert_int_equal(m.faults[i].code, want[i].code);
    }
    m = mapped_row(row, 10);
    assert_int_equal(m.fault_count, 1);
    assert_int_equal(m.faults[0].code, ERR_CSV);
}

static void places_that_are_none(void **state)
{
    struct str row[] = { STR("A1"), STR("灯"), STR(""), STR("new"), STR("2024-05-01 08:00"), STR(""), STR(""), STR(""), STR(""), STR(""), STR("") };
    (void)state;
    assert_int_equal(mapped_row(row, 11).faults[0].code, ERR_REQUIRED);
    row[6] = row[7] = STR("0.0");
    assert_int_equal(mapped_row(row, 11).faults[0].code, ERR_REQUIRED);
    row[6] = STR("181");
    assert_int_equal(mapped_row(row, 11).faults[0].code, ERR_PLACE);
    row[6] = STR("nan");
    assert_int_equal(mapped_row(row, 11).faults[0].code, ERR_PLACE);
    row[6] = STR("121.5");
    row[7] = STR("31.2");
    assert_int_equal(mapped_row(row, 11).fault_count, 0);
}

static void the_digest_tells_a_changed_row(void **state)
{
    struct str row[] = { STR("A1"), STR("灯"), STR(""), STR("new"), STR("2024-05-01 08:00"), STR(""), STR("121.5"), STR("31.2"), STR("w"),
                         STR(""), STR("甲") };
    struct str first = mapped_row(row, 11).digest;
    (void)state;
    assert_true(str_eq(first, mapped_row(row, 11).digest));
    for (int i = 1; i < 10; i++) {
        struct str was = row[i];
        row[i] = i == 3 ? STR("done") : i == 4 ? STR("2024-05-01 08:01") : i >= 6 && i <= 7 ? STR("30.5") : STR("else");
        if (i != 5)   /* an open case's closing time is not read */
            assert_false(str_eq(first, mapped_row(row, 11).digest));
        row[i] = was;
    }
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    struct str row[] = { STR("A1"), STR("\xB5\xC6"), STR(""), STR("new"), STR("2024-05-01 08:00"), STR(""), STR("121.5"), STR("31.2"), STR("w"),
                         STR(""), STR("甲") };
    (void)state;
    assert_int_equal(mapped_row(row, 11).faults[0].code, ERR_NOT_UTF8);
}

static void missing_columns_are_named(void **state)
{
    static const struct str header[] = { STR("id"), STR("what"), STR("from") };
    const struct mapping   *m;
    struct faults           f = { .arena = arena };
    struct strs             missing;
    struct binding          b;
    (void)state;
    assert_int_equal(mapping_read(arena, STR(OWN), NULL, &m).code, ERR_NONE);
    assert_int_equal(mapping_bind(arena, NULL, m, (struct csv_row){ 0, header, 3 }, &f, &missing, &b).code, ERR_MAPPING);
    assert_int_equal(missing.len, 8);
    assert_true(str_is(missing.at[0], "more"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_as_people_write_them), cmocka_unit_test(header_is_trimmed_and_without_mark),
        cmocka_unit_test(gzip_reads_the_same), cmocka_unit_test(rows_across_chunks),
        cmocka_unit_test(cut_gzip_gives_its_whole_rows_and_says_so), cmocka_unit_test(open_quotes_end_the_reading),
        cmocka_unit_test(limits_are_kept), cmocka_unit_test(what_is_no_csv_is_refused_at_once),
        cmocka_unit_test(written_fields_read_back), cmocka_unit_test(local_times_with_summer_time), cmocka_unit_test(no_times),
        cmocka_unit_test(every_shipped_mapping_reads), cmocka_unit_test(a_faulty_mapping_names_every_fault),
        cmocka_unit_test(a_row_becomes_a_case), cmocka_unit_test(every_fault_of_a_row_is_named), cmocka_unit_test(places_that_are_none),
        cmocka_unit_test(the_digest_tells_a_changed_row), cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(missing_columns_are_named),
    };
    return cmocka_run_group_tests_name("import", tests, setup, teardown);
}
