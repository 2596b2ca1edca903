/* Tests of sheets that people fill in: CSV in two encodings, workbooks, and files that are neither. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <minizip/zip.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "sheet_reader.h"

static struct arena *arena;
static char          path[64];

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    snprintf(path, sizeof path, "/tmp/linli-sheet-XXXXXX");
    int fd = mkstemp(path);
    return fd < 0 ? -1 : close(fd);
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return unlink(path);
}

static void put(const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static enum err_code read_code(size_t most, struct sheet_file *f)
{
    return sheet_read(arena, path, most, f).code;
}

#define FIELD(f, row, column, text) assert_true(str_is(sheet_field(&(f).rows[row], column), text))

static void csv_is_read_in_both_encodings(void **state)
{
    static const char utf8[] = "\xEF\xBB\xBF名称, 编码 \r\n 甲社区 ,1\r\n\r\n,,\r\n\"乙,社区\",2,更多\r\n";
    static const char gb18030[] = "\xC3\xFB\xB3\xC6,\xB1\xE0\xC2\xEB\r\n\xBC\xD7\xC9\xE7\xC7\xF8,1\r\n";
    struct sheet_file f;
    (void)state;
    put(utf8, sizeof utf8 - 1);
    assert_int_equal(read_code(10, &f), ERR_NONE);
    assert_true(str_is(f.header.fields[0], "名称") && str_is(f.header.fields[1], "编码"));
    assert_int_equal(f.count, 2);
    FIELD(f, 0, 0, "甲社区");
    FIELD(f, 1, 0, "乙,社区");
    FIELD(f, 1, 2, "更多");
    FIELD(f, 0, 2, "");
    FIELD(f, 0, -1, "");
    assert_int_equal(f.rows[0].number, 1);
    assert_true(f.rows[1].number > 1);
    assert_int_equal(read_code(1, &f), ERR_TOO_LARGE);
    put(gb18030, sizeof gb18030 - 1);
    assert_int_equal(read_code(10, &f), ERR_NONE);
    assert_true(str_is(f.header.fields[0], "名称"));
    FIELD(f, 0, 0, "甲社区");
}

static bool is_second(void *arg, struct csv_row header, const struct csv_row *row)
{
    return header.count == 2 && str_is(row->fields[1], arg);
}

static void some_rows_of_many_are_taken(void **state)
{
    static const char text[] = "name,code\na,1\nb,2\nc,1\nd,1\n";
    struct sheet_file f;
    (void)state;
    put(text, sizeof text - 1);
    assert_int_equal(sheet_read_some(arena, path, 1, is_second, "2", &f).code, ERR_NONE);
    assert_int_equal(f.count, 1);
    FIELD(f, 0, 0, "b");
    assert_int_equal(f.rows[0].number, 2);
    assert_int_equal(sheet_read_some(arena, path, 1, is_second, "1", &f).code, ERR_TOO_LARGE);
}

static void write_book(void)
{
    lxw_workbook  *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "街道"), *other = workbook_add_worksheet(book, NULL);
    lxw_format    *day = workbook_add_format(book), *own = workbook_add_format(book), *money = workbook_add_format(book), *bold = workbook_add_format(book);
    lxw_datetime   when = { 2026, 5, 14, 0, 0, 0 };
    format_set_num_format_index(day, 14);
    format_set_num_format(own, "yyyy\"年\"mm\"月\"dd\"日\"");
    format_set_num_format(money, "#,##0.00");
    format_set_bold(bold);
    const char *heads[] = { "名称", "编码", "日期", "数", "式" };
    for (lxw_col_t i = 0; i < 5; i++)
        worksheet_write_string(sheet, 0, i, heads[i], NULL);
    worksheet_write_string(sheet, 1, 0, " 甲社区 ", NULL);
    worksheet_write_number(sheet, 1, 1, 310101002001, NULL);
    worksheet_write_datetime(sheet, 1, 2, &when, day);
    worksheet_write_number(sheet, 1, 3, 12.5, money);
    worksheet_write_formula_str(sheet, 1, 4, "=A2", NULL, "算出来");
    lxw_rich_string_tuple one = { bold, "乙" }, two = { NULL, "社区" }, *rich[] = { &one, &two, NULL };
    worksheet_write_rich_string(sheet, 4, 0, rich, NULL);
    worksheet_write_number(sheet, 4, 1, 310101002001001, NULL);
    worksheet_write_datetime(sheet, 4, 2, &when, own);
    worksheet_write_boolean(sheet, 4, 3, 1, NULL);
    worksheet_write_blank(sheet, 6, 0, bold);
    worksheet_write_string(other, 0, 0, "别的", NULL);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
}

static void a_workbook_gives_its_first_sheet(void **state)
{
    struct sheet_file f;
    (void)state;
    write_book();
    assert_int_equal(read_code(10, &f), ERR_NONE);
    assert_int_equal(f.header.count, 5);
    assert_true(str_is(f.header.fields[4], "式"));
    assert_int_equal(f.count, 2);
    FIELD(f, 0, 0, "甲社区");
    FIELD(f, 0, 1, "310101002001");
    FIELD(f, 0, 2, "2026-05-14");
    FIELD(f, 0, 3, "12.5");
    FIELD(f, 0, 4, "算出来");
    FIELD(f, 1, 0, "乙社区");
    FIELD(f, 1, 1, "310101002001001");
    FIELD(f, 1, 2, "2026-05-14");
    FIELD(f, 1, 3, "1");
    FIELD(f, 1, 4, "");
    assert_int_equal(f.rows[0].number, 1);
    assert_int_equal(f.rows[1].number, 4);
    assert_int_equal(read_code(1, &f), ERR_TOO_LARGE);
    assert_int_equal(sheet_read_some(arena, path, 1, is_second, "310101002001", &f).code, ERR_NONE);   /* the header has five */
    assert_int_equal(f.count, 0);
}

/* A workbook of these parts, by hand. */
static void zip_of(const char *const parts[][2], size_t n)
{
    zipFile z = zipOpen64(path, APPEND_STATUS_CREATE);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(zipOpenNewFileInZip64(z, parts[i][0], NULL, NULL, 0, NULL, 0, NULL, Z_DEFLATED, 6, 0), ZIP_OK);
        assert_int_equal(zipWriteInFileInZip(z, parts[i][1], (unsigned)strlen(parts[i][1])), ZIP_OK);
        zipCloseFileInZip(z);
    }
    zipClose(z, NULL);
}

#define BOOK "<workbook xmlns='x' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><workbookPr date1904='1'/><sheets><sheet name='a' r:id='r7'/></sheets></workbook>"
#define RELS "<Relationships><Relationship Id='r1' Target='styles.xml'/><Relationship Id='r7' Target='/xl/worksheets/odd.xml'/></Relationships>"
#define ROWS(body) "<worksheet><sheetData><row><c t='inlineStr'><is><t>name</t></is></c><c t='inlineStr'><is><r><t>co</t></r><rPh><t>x</t></rPh><r><t>de</t></r></is></c></row>" body "</sheetData></worksheet>"

static void other_programs_workbooks_are_read(void **state)
{
    static const char *const parts[][2] = {
        { "xl/workbook.xml", BOOK }, { "xl/_rels/workbook.xml.rels", RELS },
        { "xl/styles.xml", "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='[Red]yyyy'/></numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf/><xf numFmtId='170'/></cellXfs></styleSheet>" },
        { "xl/worksheets/odd.xml", ROWS("<row/><row><c><v>3.10101002001E11</v></c><c s='1'><v>44694</v></c><c t='e'><v>#REF!</v></c><c t='s'><v>99</v></c></row>") },
    };
    struct sheet_file f;
    (void)state;
    zip_of(parts, 4);
    assert_int_equal(read_code(10, &f), ERR_NONE);
    assert_true(str_is(f.header.fields[1], "code"));
    assert_int_equal(f.count, 1);
    FIELD(f, 0, 0, "310101002001");
    FIELD(f, 0, 1, "2026-05-14");
    FIELD(f, 0, 2, "");
    FIELD(f, 0, 3, "");
}

static void what_is_no_sheet_is_refused(void **state)
{
    static const char *const empty[][2] = { { "readme.txt", "x" } }, *const torn[][2] = { { "xl/workbook.xml", BOOK }, { "xl/_rels/workbook.xml.rels", RELS }, { "xl/worksheets/odd.xml", "<worksheet><row>" } },
                      *const bomb[][2] = { { "xl/workbook.xml", BOOK }, { "xl/_rels/workbook.xml.rels", RELS },
                                           { "xl/worksheets/odd.xml", "<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><worksheet><row><c t='inlineStr'><is><t>&b;</t></is></c></row></worksheet>" } },
                      *const wide[][2] = { { "xl/workbook.xml", BOOK }, { "xl/_rels/workbook.xml.rels", RELS }, { "xl/worksheets/odd.xml", "<worksheet><row><c r='ZZZZ1'><v>1</v></c></row></worksheet>" } };
    struct sheet_file f;
    (void)state;
    put("", 0);
    assert_int_equal(read_code(10, &f), ERR_CSV);
    put("PK\x03\x04 not a zip file at all", 25);
    assert_int_equal(read_code(10, &f), ERR_CSV);
    put("name\n\"never closed", 18);
    assert_int_equal(read_code(10, &f), ERR_CSV);
    put("\xFF\xFE\x6E\x00", 4);
    assert_int_equal(read_code(10, &f), ERR_NOT_UTF8);
    zip_of(empty, 1);
    assert_int_equal(read_code(10, &f), ERR_CSV);
    zip_of(torn, 3);
    assert_int_equal(read_code(10, &f), ERR_CSV);
    zip_of(wide, 3);
    assert_int_equal(read_code(10, &f), ERR_CSV);
    zip_of(bomb, 3);
    if (read_code(10, &f) == ERR_NONE)
        assert_true(f.header.fields[0].len < 100);   /* not expanded */
    unlink(path);
    assert_int_equal(read_code(10, &f), ERR_NOT_FOUND);
    put("x", 1);
}

/* However it is cut, a workbook is read or refused, and nothing else happens. */
static void a_cut_workbook_is_refused(void **state)
{
    static char       bytes[65536];
    struct sheet_file f;
    (void)state;
    write_book();
    FILE  *in = fopen(path, "rb");
    size_t n = fread(bytes, 1, sizeof bytes, in);
    fclose(in);
    for (size_t cut = 4; cut < n; cut += 97) {
        put(bytes, cut);
        assert_int_not_equal(read_code(10, &f), ERR_NONE);
    }
    for (size_t at = 40; at < n; at += 61) {
        bytes[at] ^= 0x55;
        put(bytes, n);
        (void)read_code(10, &f);
        bytes[at] ^= 0x55;
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(csv_is_read_in_both_encodings), TEST(some_rows_of_many_are_taken), TEST(a_workbook_gives_its_first_sheet),
        TEST(other_programs_workbooks_are_read), TEST(what_is_no_sheet_is_refused), TEST(a_cut_workbook_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
