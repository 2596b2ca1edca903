/* The first sheet of a workbook: parts of a ZIP file (minizip), each XML (libxml2's reader). Nothing is fetched and no entity is expanded; every
 * part has a limit, because a small ZIP file may hold anything. */
#include <libxml/xmlreader.h>
#include <math.h>
#include <minizip/unzip.h>
#include <stdio.h>
#include <stdlib.h>

#include "buf.h"
#include "clock.h"
#include "sheet_reader.h"

#define PART_MOST    ((int64_t)128 * 1024 * 1024)   /* bytes of a part, unpacked */
#define STRINGS_MOST 1000000
#define STYLES_MOST  65536
#define CELL_MOST    ((size_t)32768)                /* bytes; Excel itself takes 32,767 characters */
#define DAYS_TO_1970 25569                          /* of Excel's calendar, from March 1900 on */
#define DAYS_1904    1462

struct book {
    struct arena   *arena;
    unzFile         zip;
    int64_t         left;           /* bytes that the open part may still give */
    struct str     *strings;
    size_t          string_count;
    bool           *is_date;        /* by style */
    bool           *custom;         /* by number of a format of the workbook's own: a date? */
    size_t          style_count;
    bool            in_styles, from_1904, bad;
    struct str      sheet;          /* path of the first sheet */
    struct csv_row *rows;
    size_t          row_count, rows_most;
    struct str     *fields;         /* of the open row: CSV_COLUMNS_MOST */
    size_t          field_count;
    int64_t         row;            /* its number, from 0 */
};

bool xlsx_is(const char *path)
{
    char  head[4] = { 0 };
    FILE *f = fopen(path, "rbe");
    bool  zip = f && fread(head, 1, sizeof head, f) == sizeof head && memcmp(head, "PK\x03\x04", sizeof head) == 0;
    if (f)
        fclose(f);
    return zip;
}

/* ---- parts ---- */

static int part_read(void *arg, char *bytes, int most)
{
    struct book *b = arg;
    int          n = unzReadCurrentFile(b->zip, bytes, (unsigned)most);
    b->left -= n > 0 ? n : 0;
    if (n < 0 || b->left < 0)
        b->bad = true;
    return b->bad ? -1 : n;
}

static int part_close(void *arg)
{
    const struct book *b = arg;
    return unzCloseCurrentFile(b->zip) == UNZ_OK ? 0 : -1;
}

static void no_complaint(void *arg, const char *text, xmlParserSeverities severity, xmlTextReaderLocatorPtr at)
{
    (void)arg, (void)text, (void)severity, (void)at;   /* the caller says that the file is damaged */
}

/* Hands every node of a part to `node`. A part that is not there is an empty one. */
static err each_node(struct book *b, const char *name, void (*node)(struct book *b, xmlTextReaderPtr x))
{
    int more;
    if (unzLocateFile(b->zip, name, 1) != UNZ_OK)
        return OK;
    if (unzOpenCurrentFile(b->zip) != UNZ_OK)
        return FAIL(ERR_CSV);
    b->left = PART_MOST;
    xmlTextReaderPtr x = xmlReaderForIO(part_read, part_close, b, name, NULL, XML_PARSE_NONET | XML_PARSE_COMPACT);
    if (!x)
        return FAIL(ERR_CSV);
    xmlTextReaderSetErrorHandler(x, no_complaint, NULL);
    while ((more = xmlTextReaderRead(x)) == 1 && !b->bad)
        node(b, x);
    xmlFreeTextReader(x);
    return more == 0 && !b->bad ? OK : FAIL(ERR_CSV);
}

static bool is_named(xmlTextReaderPtr x, const char *name)
{
    return xmlStrEqual(xmlTextReaderConstLocalName(x), (const xmlChar *)name);
}

static bool begins(xmlTextReaderPtr x, const char *name)
{
    return xmlTextReaderNodeType(x) == XML_READER_TYPE_ELEMENT && is_named(x, name);
}

static struct str attribute(struct book *b, xmlTextReaderPtr x, const char *name)
{
    xmlChar   *v = xmlTextReaderGetAttribute(x, (const xmlChar *)name);
    struct str s = v ? str_copy(b->arena, str_of((const char *)v)) : STR_NONE;
    xmlFree(v);
    return s;
}

static int64_t number(struct str s, int64_t otherwise)
{
    int64_t n;
    return s.ptr && str_to_i64(s, &n) ? n : otherwise;
}

/* The text of the <t> elements below the present one, those of readings (rPh) left out; the reader stands on its end afterwards. */
static struct str texts_below(struct book *b, xmlTextReaderPtr x)
{
    struct buf out = buf_new(b->arena, CELL_MOST);
    int        depth = xmlTextReaderDepth(x), reading = -1;
    if (xmlTextReaderIsEmptyElement(x))
        return STR("");
    while (xmlTextReaderRead(x) == 1 && xmlTextReaderDepth(x) > depth) {
        if (begins(x, "rPh") && !xmlTextReaderIsEmptyElement(x))
            reading = xmlTextReaderDepth(x);
        if (reading >= 0 && xmlTextReaderDepth(x) <= reading && xmlTextReaderNodeType(x) == XML_READER_TYPE_END_ELEMENT)
            reading = -1;
        const xmlChar *text = xmlTextReaderHasValue(x) && reading < 0 ? xmlTextReaderConstValue(x) : NULL;
        if (text)
            buf_z(&out, (const char *)text);
    }
    return out.full ? STR("") : str_trim(buf_view(&out));
}

/* ---- what the sheet is read with ---- */

static void on_workbook(struct book *b, xmlTextReaderPtr x)
{
    if (begins(x, "workbookPr")) {
        struct str v = attribute(b, x, "date1904");
        b->from_1904 = str_is(v, "1") || str_is(v, "true");
    } else if (begins(x, "sheet") && !b->sheet.ptr) {
        xmlChar *id = xmlTextReaderGetAttributeNs(x, (const xmlChar *)"id", (const xmlChar *)"http://schemas.openxmlformats.org/officeDocument/2006/relationships");
        b->sheet = id ? str_copy(b->arena, str_of((const char *)id)) : STR("");
        xmlFree(id);
    }
}

/* b->sheet, the name of a relation until now, becomes the path of the part. */
static void on_relation(struct book *b, xmlTextReaderPtr x)
{
    if (!begins(x, "Relationship") || !str_eq(attribute(b, x, "Id"), b->sheet))
        return;
    struct str to = attribute(b, x, "Target");
    if (!to.len)
        return;
    b->sheet = to.ptr[0] == '/' ? (struct str){ to.ptr + 1, to.len - 1 } : str_fmt(b->arena, "xl/%.*s", STR_ARG(to));
}

static void on_string(struct book *b, xmlTextReaderPtr x)
{
    if (!begins(x, "si"))
        return;
    if (b->string_count == STRINGS_MOST) {
        b->bad = true;
        return;
    }
    if ((b->string_count & (b->string_count - 1)) == 0) {   /* doubled at each power of two */
        struct str *more = ARENA_ARRAY(b->arena, b->string_count ? b->string_count * 2 : 1, struct str);
        if (b->string_count)
            memcpy(more, b->strings, b->string_count * sizeof *more);
        b->strings = more;
    }
    b->strings[b->string_count++] = texts_below(b, x);
}

/* A format with years or days, what stands in quotes and brackets left out. */
static bool means_a_date(struct str format)
{
    char until = 0;
    for (size_t i = 0; i < format.len; i++) {
        char c = format.ptr[i];
        if (until)
            until = c == until ? 0 : until;
        else if (c == '"' || c == '[')
            until = c == '[' ? ']' : c;
        else if (strchr("yYdD", c))
            return true;
    }
    return false;
}

/* The formats that every workbook has: 14 to 17 and 22 and, in Chinese and Japanese, 27 to 36 and 50 to 58. */
static bool known_date(int64_t format)
{
    return (format >= 14 && format <= 17) || format == 22 || (format >= 27 && format <= 31) || format == 36 || (format >= 50 && format <= 58);
}

static void on_style(struct book *b, xmlTextReaderPtr x)
{
    if (begins(x, "numFmt")) {
        int64_t id = number(attribute(b, x, "numFmtId"), -1);
        if (id >= 0 && id < STYLES_MOST)
            b->custom[id] = means_a_date(attribute(b, x, "formatCode"));
    } else if (is_named(x, "cellXfs")) {
        b->in_styles = xmlTextReaderNodeType(x) == XML_READER_TYPE_ELEMENT;
    } else if (begins(x, "xf") && b->in_styles && b->style_count < STYLES_MOST) {
        int64_t id = number(attribute(b, x, "numFmtId"), 0);
        b->is_date[b->style_count++] = known_date(id) || (id >= 0 && id < STYLES_MOST && b->custom[id]);
    }
}

/* ---- cells ---- */

/* Column of a reference such as AB12, from 0; -1: it has none. */
static ptrdiff_t column_of(struct str reference)
{
    ptrdiff_t n = 0;
    for (size_t i = 0; i < reference.len && reference.ptr[i] >= 'A' && reference.ptr[i] <= 'Z' && n <= CSV_COLUMNS_MOST; i++)
        n = n * 26 + (reference.ptr[i] - 'A' + 1);
    return n - 1;
}

static struct str date_text(struct book *b, double days)
{
    int64_t            day = (int64_t)floor(days) - DAYS_TO_1970 + (b->from_1904 ? DAYS_1904 : 0);
    struct clock_civil c = clock_civil_at(day * MS_DAY, 0);
    return str_fmt(b->arena, "%04d-%02d-%02d", c.year, c.month, c.day);
}

/* Numbers are written as Excel shows them: a code of twelve digits without a power of ten. */
static struct str number_text(struct book *b, struct str v, int64_t style)
{
    double n;
    if (!str_to_real(v, &n))
        return v;
    if (style >= 0 && (size_t)style < b->style_count && b->is_date[style] && n >= 61 && n < 2958466)
        return date_text(b, n);
    return n == floor(n) && fabs(n) < 1e15 ? str_fmt(b->arena, "%.0f", n) : v;
}

static struct str cell_text(struct book *b, struct str type, struct str v, int64_t style)
{
    if (str_is(type, "s")) {
        int64_t i = number(v, -1);
        return i >= 0 && (size_t)i < b->string_count ? b->strings[i] : STR("");
    }
    if (str_is(type, "inlineStr") || str_is(type, "str"))
        return v;
    if (str_is(type, "e"))
        return STR("");   /* a formula that failed */
    return str_is(type, "b") ? v : number_text(b, v, style);
}

static void read_cell(struct book *b, xmlTextReaderPtr x)
{
    struct str type = attribute(b, x, "t");
    int64_t    style = number(attribute(b, x, "s"), 0);
    ptrdiff_t  at = column_of(attribute(b, x, "r"));
    struct str v = STR("");
    int        depth = xmlTextReaderDepth(x);
    if (at < 0)
        at = (ptrdiff_t)b->field_count;
    if (at >= CSV_COLUMNS_MOST) {
        b->bad = true;
        return;
    }
    if (!xmlTextReaderIsEmptyElement(x))
        while (xmlTextReaderRead(x) == 1 && xmlTextReaderDepth(x) > depth)
            if (begins(x, "v") || begins(x, "is"))
                v = texts_below(b, x);
    while (b->field_count <= (size_t)at)
        b->fields[b->field_count++] = STR("");
    b->fields[at] = cell_text(b, type, v, style);
}

static void end_row(struct book *b)
{
    bool blank = true;
    for (size_t i = 0; i < b->field_count && blank; i++)
        blank = b->fields[i].len == 0;
    if (blank)
        return;
    if (b->row_count > b->rows_most)
        return;   /* too many: enough is known */
    struct str *fields = ARENA_ARRAY(b->arena, b->field_count, struct str);
    memcpy(fields, b->fields, b->field_count * sizeof *fields);
    if (b->row_count < b->rows_most)
        b->rows[b->row_count] = (struct csv_row){ b->row, fields, b->field_count };
    b->row_count++;
}

static void on_sheet(struct book *b, xmlTextReaderPtr x)
{
    if (begins(x, "c"))
        read_cell(b, x);
    else if (begins(x, "row")) {
        b->row = number(attribute(b, x, "r"), b->row + 2) - 1;
        b->field_count = 0;
    } else if (is_named(x, "row") && xmlTextReaderNodeType(x) == XML_READER_TYPE_END_ELEMENT)
        end_row(b);
}

/* ---- all of it ---- */

static err read_book(struct book *b)
{
    TRY(each_node(b, "xl/workbook.xml", on_workbook));
    if (!b->sheet.len)
        return FAIL(ERR_CSV);
    TRY(each_node(b, "xl/_rels/workbook.xml.rels", on_relation));
    TRY(each_node(b, "xl/styles.xml", on_style));
    TRY(each_node(b, "xl/sharedStrings.xml", on_string));
    TRY(each_node(b, str_z(b->arena, b->sheet), on_sheet));
    return b->row_count > b->rows_most ? FAIL(ERR_TOO_LARGE) : OK;
}

err xlsx_read(struct arena *a, const char *path, size_t rows_most, const struct csv_row **rows, size_t *count)
{
    struct book b = { .arena = a, .rows_most = rows_most, .rows = ARENA_ARRAY(a, rows_most, struct csv_row),
                      .fields = ARENA_ARRAY(a, CSV_COLUMNS_MOST + 1, struct str), .is_date = ARENA_ARRAY(a, STYLES_MOST, bool), .custom = ARENA_ARRAY(a, STYLES_MOST, bool),
                      .sheet = STR_NONE, .row = -1 };
    b.zip = unzOpen64(path);
    if (!b.zip)
        return FAIL(ERR_CSV);
    err e = read_book(&b);
    unzClose(b.zip);
    *rows = b.rows;
    *count = b.row_count;
    return e;
}
