/* exchange_sheet.c: what organisations can lend or give, from one sheet. First a plan, which says of every row what it means and what is wrong with
 * it, by column; then a short write of all of it, or of the sound rows. */
#include "exchange_inside.h"

#include "../../base/id.h"
#include "../../base/sheet_reader.h"
#include "../search/search.h"

enum { ROWS_MOST = 1000, FAULTS_MOST = 8, FILE_MOST = 8 << 20 };

/* ---- columns ---- */

enum column {
    COLUMN_ORG, COLUMN_CODE, COLUMN_TITLE, COLUMN_CATEGORY, COLUMN_QUANTITY, COLUMN_UNIT, COLUMN_AGAIN, COLUMN_DAYS, COLUMN_OPENS, COLUMN_CLOSES,
    COLUMN_BEGINS, COLUMN_ENDS, COLUMN_AREA, COLUMN_LON, COLUMN_LAT, COLUMN_CONDITIONS, COLUMN_TEXT, COLUMN_PUBLIC, COLUMNS
};
/* How each is headed, Chinese and English first; what its fault is called by whoever checks it. */
static const struct { const char *heads[5], *field; bool needed; } columns[COLUMNS] = {
    [COLUMN_ORG] = { { "单位", "organisation", "单位名称", "提供单位", "organization" }, "org_id", false },
    [COLUMN_CODE] = { { "统一社会信用代码", "code", "信用代码", "credit code" }, NULL, false },
    [COLUMN_TITLE] = { { "资源", "resource", "名称", "内容", "title" }, "title", true },
    [COLUMN_CATEGORY] = { { "类别", "category", "资源类别" }, "category", true },
    [COLUMN_QUANTITY] = { { "数量", "quantity", "how much" }, "quantity", true },
    [COLUMN_UNIT] = { { "计量单位", "unit", "量词" }, "unit", false },
    [COLUMN_AGAIN] = { { "用完还在", "again", "可重复使用", "free again" }, "again", false },
    [COLUMN_DAYS] = { { "星期", "days", "开放日" }, "days", false },
    [COLUMN_OPENS] = { { "开始时间", "opens", "从几点" }, "opens", false },
    [COLUMN_CLOSES] = { { "结束时间", "closes", "到几点" }, "closes", false },
    [COLUMN_BEGINS] = { { "开始日期", "from", "起" }, "begins_at", false },
    [COLUMN_ENDS] = { { "结束日期", "until", "止" }, "ends_at", false },
    [COLUMN_AREA] = { { "服务区域", "serves", "area", "区域" }, "area_id", false },
    [COLUMN_LON] = { { "经度", "lon", "longitude", "lng" }, NULL, false },
    [COLUMN_LAT] = { { "纬度", "lat", "latitude" }, NULL, false },
    [COLUMN_CONDITIONS] = { { "使用条件", "conditions", "条件" }, "conditions", false },
    [COLUMN_TEXT] = { { "说明", "more", "备注", "notes" }, "text", false },
    [COLUMN_PUBLIC] = { { "向居民公开", "public", "公开" }, "public", false },
};

/* ---- what cells say ---- */

static const struct { const char *word; char day; } day_words[] = {
    { "monday", '1' }, { "tuesday", '2' }, { "wednesday", '3' }, { "thursday", '4' }, { "friday", '5' }, { "saturday", '6' }, { "sunday", '7' },
    { "mon", '1' }, { "tue", '2' }, { "wed", '3' }, { "thu", '4' }, { "fri", '5' }, { "sat", '6' }, { "sun", '7' },
    { "mo", '1' }, { "tu", '2' }, { "we", '3' }, { "th", '4' }, { "fr", '5' }, { "sa", '6' }, { "su", '7' },
    { "一", '1' }, { "二", '2' }, { "三", '3' }, { "四", '4' }, { "五", '5' }, { "六", '6' }, { "日", '7' }, { "天", '7' },
    { "1", '1' }, { "2", '2' }, { "3", '3' }, { "4", '4' }, { "5", '5' }, { "6", '6' }, { "7", '7' },
    { "至", '-' }, { "到", '-' }, { "-", '-' }, { "~", '-' }, { "to", '-' }, { "—", '-' }, { "–", '-' },
    { "星期", ' ' }, { "礼拜", ' ' }, { "周", ' ' }, { "、", ' ' }, { ",", ' ' }, { "，", ' ' }, { " ", ' ' }, { "/", ' ' }, { "and", ' ' }, { "和", ' ' },
};
static const struct { const char *word, *days; } day_sets[] = {
    { "每天", "" }, { "每日", "" }, { "不限", "" }, { "every day", "" }, { "daily", "" }, { "any", "" }, { "工作日", "12345" }, { "weekdays", "12345" },
    { "周末", "67" }, { "weekend", "67" }, { "weekends", "67" },
};

/* What stands at *i, and past it: a day, '-' between two, ' ' for what says nothing; 0: nothing known. */
static char day_at(struct str text, size_t *i)
{
    for (size_t w = 0; w < sizeof day_words / sizeof *day_words; w++) {
        size_t len = strlen(day_words[w].word);
        if (text.len - *i >= len && memcmp(text.ptr + *i, day_words[w].word, len) == 0) {
            *i += len;
            return day_words[w].day;
        }
    }
    return 0;
}

static const char *day_set(struct str fold)
{
    for (size_t s = 0; s < sizeof day_sets / sizeof *day_sets; s++)
        if (str_is(fold, day_sets[s].word))
            return day_sets[s].days;
    return NULL;
}

/* One by one, or from one to another. */
static bool read_days(struct str fold, bool on[8])
{
    bool range = false, some = false;
    char last = 0;    /* a day that a range may begin with */
    for (size_t i = 0; i < fold.len;) {
        char day = day_at(fold, &i);
        if (!day || (day == '-' && (!last || range)))
            return false;
        range = range || day == '-';
        if (day < '1')
            continue;
        if (range && day < last)
            return false;
        for (char d = range ? last : day; d <= day; d++)
            on[d - '0'] = true;
        last = range ? 0 : day;
        range = false;
        some = true;
    }
    return some && !range;
}

bool sheet_days(struct arena *a, struct str text, struct str *days)
{
    struct str  fold = search_fold(a, text);
    const char *set = day_set(fold);
    struct buf  b = buf_new(a, 8);
    bool        on[8] = { false };
    *days = set && *set ? str_of(set) : STR_NONE;
    if (set)
        return true;
    if (!read_days(fold, on))
        return false;
    for (int d = 1; d <= 7; d++)
        if (on[d])
            buf_fmt(&b, "%d", d);
    *days = buf_view(&b);
    return true;
}

/* Of "9:30" or "9：30" the part before the colon, and the rest; of anything else the whole, and none. */
static struct str before_colon(struct str text, struct str *rest)
{
    static const char *const colons[] = { ":", "：" };
    *rest = STR_NONE;
    for (int k = 0; text.len && k < 2; k++) {
        const char *at = memmem(text.ptr, text.len, colons[k], strlen(colons[k]));
        if (at) {
            const char *behind = at + strlen(colons[k]);
            *rest = (struct str){ behind, text.len - (size_t)(behind - text.ptr) };
            return (struct str){ text.ptr, (size_t)(at - text.ptr) };
        }
    }
    return text;
}

int64_t sheet_minute(struct str text)
{
    int64_t    hour, minute = 0;
    double     part;
    struct str rest, first = before_colon(text, &rest);
    if (!rest.ptr && str_find(text, '.') >= 0)
        return str_to_real(text, &part) && part >= 0 && part <= 1 ? (int64_t)(part * 1440 + 0.5) : -1;
    if (!str_to_i64(first, &hour) || (rest.ptr && !str_to_i64(rest, &minute)))
        return -1;
    return hour >= 0 && minute >= 0 && minute <= 59 && hour * 60 + minute <= 1440 ? hour * 60 + minute : -1;
}

bool sheet_count(struct arena *a, struct str text, int64_t *out)
{
    struct buf b = buf_new(a, text.len + 1);
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != ',')
            buf_byte(&b, text.ptr[i]);
    return str_to_i64(buf_view(&b), out);
}

/* ---- rows ---- */

enum fate { FATE_NONE, FATE_NEW, FATE_SAME, FATE_BAD };
static const char *const fate_words[] = { NULL, "new", "same", "bad", NULL };

struct fault_view { enum column at; struct str column, code, message; };
static const struct field fault_fields[] = {
    FIELD_STR(struct fault_view, column, 0, 0, REQUIRED, "Column it is about"),
    FIELD_STR(struct fault_view, code, 0, 0, REQUIRED, "Stable name of the fault"),
    FIELD_STR(struct fault_view, message, 0, 0, REQUIRED, "In the caller's language"), FIELD_END
};

struct sheet_row {
    int64_t           number;
    struct str        cell[COLUMNS];
    struct resource   s;
    enum fate         fate;
    struct fault_view fault[FAULTS_MOST];
    size_t            faults;
};
struct sheet { struct sheet_row *at; size_t len; struct list categories; };

/* One fault a column, the first that was found; in the order of the columns. */
static void fault(struct req *r, struct sheet_row *row, enum column c, enum err_code code)
{
    size_t at = row->faults;
    while (at > 0 && row->fault[at - 1].at > c)
        at--;
    if (row->faults == FAULTS_MOST || (at > 0 && row->fault[at - 1].at == c))
        return;
    memmove(row->fault + at + 1, row->fault + at, (row->faults - at) * sizeof *row->fault);
    row->fault[at] = (struct fault_view){ c, str_of(columns[c].heads[r->lang == LANG_ZH ? 0 : 1]), str_of(err_slug(code)), str_of(err_text(code, r->lang == LANG_ZH)) };
    row->faults++;
}

/* What a check found by field becomes faults by column. */
static void take_faults(struct req *r, struct sheet_row *row)
{
    for (size_t i = 0; i < r->faults.len; i++)
        for (int c = 0; c < COLUMNS; c++)
            if (columns[c].field && str_is(r->faults.at[i].path, columns[c].field))
                fault(r, row, (enum column)c, r->faults.at[i].code);
    r->faults.len = 0;
}

static struct str text_of(struct req *r, struct sheet_row *row, enum column c, size_t most, bool lines)
{
    struct str text = row->cell[c];
    if (!text.len)
        return STR_NONE;
    if (!utf8_valid(text) || utf8_has_control(text) || (!lines && (str_find(text, '\n') >= 0 || str_find(text, '\t') >= 0)))
        fault(r, row, c, utf8_valid(text) ? ERR_CONTROL_CHARACTER : ERR_NOT_UTF8);
    else if (utf8_len(text) > most)
        fault(r, row, c, ERR_TOO_LONG);
    return text;
}

/* yes or no; `other` where nothing is written. */
static bool yes(struct req *r, struct sheet_row *row, enum column c, bool other)
{
    static const char *const words[2][5] = { { "是", "yes", "1", "y", "true" }, { "否", "no", "0", "n", "false" } };
    struct str               text = search_fold(r->arena, row->cell[c]);
    if (!text.len)
        return other;
    for (int w = 0; w < 5; w++)
        for (int no = 0; no < 2; no++)
            if (str_is(text, words[no][w]))
                return !no;
    fault(r, row, c, ERR_NOT_A_CHOICE);
    return other;
}

static const struct category *category_named(struct req *r, const struct list *all, struct str text)
{
    const struct category *at = all->at;
    struct str             fold = search_fold(r->arena, text);
    for (size_t i = 0; fold.len && i < all->len; i++)
        if (str_eq(fold, at[i].code) || str_eq(fold, at[i].zh) || str_eq(fold, search_fold(r->arena, at[i].en)))
            return &at[i];
    return NULL;
}

/* By its code where there is one, else by its name. */
static int64_t unit_named(struct req *r, const struct unit_snapshot *u, struct sheet_row *row, enum unit_kind kind, enum column c)
{
    bool            several;
    struct unit_ref found = unit_by_name(u, r->arena, kind, row->cell[c], &several);
    if (!found.id)
        fault(r, row, c, several ? ERR_SEVERAL : ERR_UNKNOWN_REFERENCE);
    return found.id;
}

static void read_org(struct req *r, const struct unit_snapshot *u, struct sheet_row *row)
{
    bool there;
    row->s.area_id = unit_root(u);
    if (!row->cell[COLUMN_CODE].len && !row->cell[COLUMN_ORG].len) {
        fault(r, row, COLUMN_ORG, ERR_REQUIRED);
        return;
    }
    row->s.org_id = unit_named(r, u, row, UNIT_ORG, row->cell[COLUMN_CODE].len ? COLUMN_CODE : COLUMN_ORG);
    if (row->s.org_id)
        row->s.area_id = resource_home(r, row->s.org_id, &there);
    if (row->s.org_id && !req_may(r, PERM_OFFER_MANAGE, ORG_UNIT(row->s.org_id)))
        fault(r, row, COLUMN_ORG, ERR_NOT_ALLOWED);
    if (row->cell[COLUMN_AREA].len)
        row->s.area_id = unit_named(r, u, row, UNIT_AREA, COLUMN_AREA);
}

static void read_what(struct req *r, const struct sheet *sheet, struct sheet_row *row)
{
    struct resource       *s = &row->s;
    const struct category *category = category_named(r, &sheet->categories, row->cell[COLUMN_CATEGORY]);
    s->title = text_of(r, row, COLUMN_TITLE, 100, false);
    s->unit = text_of(r, row, COLUMN_UNIT, 20, false);
    s->conditions = text_of(r, row, COLUMN_CONDITIONS, 1000, true);
    s->text = text_of(r, row, COLUMN_TEXT, 4000, true);
    s->category = category ? category->code : STR_NONE;
    if (!row->cell[COLUMN_CATEGORY].len)
        fault(r, row, COLUMN_CATEGORY, ERR_REQUIRED);
    s->again = yes(r, row, COLUMN_AGAIN, category && category->again);
    s->is_public = yes(r, row, COLUMN_PUBLIC, false);
    if (row->cell[COLUMN_QUANTITY].len && !sheet_count(r->arena, row->cell[COLUMN_QUANTITY], &s->quantity))
        fault(r, row, COLUMN_QUANTITY, ERR_WRONG_TYPE);
    else if (row->cell[COLUMN_QUANTITY].len && (s->quantity < 1 || s->quantity > 1000000000))
        fault(r, row, COLUMN_QUANTITY, s->quantity < 1 ? ERR_TOO_SMALL : ERR_TOO_BIG);
}

static int64_t minute_of(struct req *r, struct sheet_row *row, enum column c, int64_t most)
{
    int64_t minute = row->cell[c].len ? sheet_minute(row->cell[c]) : 0;
    if (minute < 0 || minute > most)
        fault(r, row, c, ERR_WRONG_TYPE);
    return minute < 0 ? 0 : minute;
}

static ms day_of(struct req *r, struct sheet_row *row, enum column c)
{
    ms day = row->cell[c].len ? clock_day(row->cell[c], r->app->zone_minutes) : 0;
    if (row->cell[c].len && !day)
        fault(r, row, c, ERR_WRONG_TYPE);
    return day;
}

static void read_when(struct req *r, struct sheet_row *row)
{
    struct resource *s = &row->s;
    if (row->cell[COLUMN_DAYS].len && !sheet_days(r->arena, row->cell[COLUMN_DAYS], &s->days))
        fault(r, row, COLUMN_DAYS, ERR_NOT_A_CHOICE);
    s->opens = minute_of(r, row, COLUMN_OPENS, 1439);
    s->closes = minute_of(r, row, COLUMN_CLOSES, 1440);
    s->begins_at = day_of(r, row, COLUMN_BEGINS);
    ms last = day_of(r, row, COLUMN_ENDS);
    s->ends_at = last ? last + MS_DAY : 0;   /* the last day counts */
}

static void read_place(struct req *r, struct sheet_row *row)
{
    struct str x = row->cell[COLUMN_LON], y = row->cell[COLUMN_LAT];
    double     lon = 0, lat = 0;
    if (!x.len && !y.len)
        return;
    if (!str_to_real(x, &lon) || lon < -180 || lon > 180)
        fault(r, row, COLUMN_LON, x.len ? ERR_PLACE : ERR_REQUIRED);
    if (!str_to_real(y, &lat) || lat < -90 || lat > 90)
        fault(r, row, COLUMN_LAT, y.len ? ERR_PLACE : ERR_REQUIRED);
    row->s.lon = lon;
    row->s.lat = lat;
}

DB_SQL(sheet_same, "SELECT COUNT(*) FROM resource WHERE tenant_id = $1 AND org_id = $2 AND title_fold = $3 AND category = $4 AND state < 4")

/* On the list already, under the same words. */
static err is_there(struct req *r, const struct resource *s, bool *out)
{
    int64_t n = 0;
    if (s->org_id && s->title.ptr && s->category.ptr)
        TRY(db_number(r->db, &sheet_same, DB_ARGS(I64(r->tenant), I64(s->org_id), TEXT(search_fold(r->arena, s->title)), TEXT(s->category)), &n));
    *out = n > 0;
    return OK;
}

/* In a row above that is right itself. */
static bool came_before(struct req *r, const struct sheet *sheet, const struct sheet_row *row)
{
    for (const struct sheet_row *k = sheet->at; row->s.title.ptr && k < row; k++)
        if (!k->faults && k->s.org_id == row->s.org_id && str_eq(k->s.category, row->s.category) &&
            str_eq(search_fold(r->arena, k->s.title), search_fold(r->arena, row->s.title)))
            return true;
    return false;
}

static err plan_row(struct req *r, const struct unit_snapshot *u, const struct sheet *sheet, struct sheet_row *row)
{
    bool same;
    row->s = (struct resource){ .id = id_new(), .state = RESOURCE_OFFERED, .created_at = r->now, .days = STR_NONE };
    read_org(r, u, row);
    read_what(r, sheet, row);
    read_when(r, row);
    read_place(r, row);
    if (row->s.org_id && came_before(r, sheet, row))
        fault(r, row, COLUMN_TITLE, ERR_TAKEN);
    resource_check(r, &row->s, NULL);
    take_faults(r, row);
    TRY(is_there(r, &row->s, &same));
    row->fate = row->faults ? FATE_BAD : same ? FATE_SAME : FATE_NEW;
    return OK;
}

static err plan(struct req *r, void *arg)
{
    struct sheet               *sheet = arg;
    const struct unit_snapshot *u = unit_hold(r->app);
    err                         e = OK;
    for (size_t i = 0; i < sheet->len && !e.code; i++)
        e = plan_row(r, u, sheet, &sheet->at[i]);
    unit_release(u);
    return e;
}

/* ---- the file ---- */

static err find_columns(struct req *r, struct csv_row header, ptrdiff_t at[COLUMNS])
{
    struct buf missing = buf_new(r->arena, 0);
    for (int c = 0; c < COLUMNS; c++) {
        at[c] = -1;
        for (size_t i = 0; i < header.count; i++)
            for (int k = 0; k < 5; k++)
                if (at[c] < 0 && columns[c].heads[k] && str_is(search_fold(r->arena, header.fields[i]), columns[c].heads[k]))
                    at[c] = (ptrdiff_t)i;
        if (at[c] < 0 && (columns[c].needed || (c == COLUMN_CODE && at[COLUMN_ORG] < 0)))
            buf_fmt(&missing, "%s%s", missing.len ? "、" : "", req_text(r, columns[c].heads[0], columns[c].heads[1]));
    }
    if (!missing.len)
        return OK;
    return req_fail(r, ERR_CSV, str_fmt(r->arena, req_text(r, "缺少这些列：%.*s", "These columns are missing: %.*s"), STR_ARG(buf_view(&missing))));
}

static err read_file(struct req *r, struct sheet *sheet)
{
    struct sheet_file file;
    ptrdiff_t         at[COLUMNS];
    TRY(sheet_read(r->arena, str_z(r->arena, r->upload_path), ROWS_MOST, &file));
    TRY(find_columns(r, file.header, at));
    *sheet = (struct sheet){ ARENA_ARRAY(r->arena, file.count + 1, struct sheet_row), file.count, exchange_categories(r) };
    for (size_t i = 0; i < file.count; i++) {
        sheet->at[i].number = file.rows[i].number;
        for (int c = 0; c < COLUMNS; c++)
            sheet->at[i].cell[c] = sheet_field(&file.rows[i], at[c]);
    }
    return OK;
}

/* ---- the answer ---- */

struct sheet_query { bool dry_run, sound; };
static const struct field query_fields[] = {
    FIELD_BOOL(struct sheet_query, dry_run, 0, "Say what would happen; change nothing"),
    FIELD_BOOL(struct sheet_query, sound, 0, "Enter the rows that are right and leave the others; else a row with a fault holds back all"), FIELD_END
};

struct row_view { int64_t row, id, org_id, quantity, opens, closes; struct str org_name, title, category, unit, days, area_name; bool again, is_public; int fate; struct list faults; };
static const struct field row_fields[] = {
    FIELD_I64(struct row_view, row, 0, 0, REQUIRED, "Line of the sheet, 1 below the header"),
    FIELD_ID(struct row_view, id, 0, "The resource it became"),
    FIELD_ID(struct row_view, org_id, 0, "Organisation found"),
    FIELD_STR(struct row_view, org_name, 0, 0, 0, "Its name, or what was written"),
    FIELD_STR(struct row_view, title, 0, 0, 0, "In a line"),
    FIELD_STR(struct row_view, category, 0, 0, 0, "Code of its category, or what was written"),
    FIELD_I64(struct row_view, quantity, 0, 0, REQUIRED, "How much; 0: not understood"),
    FIELD_STR(struct row_view, unit, 0, 0, 0, "Of what, in words"),
    FIELD_BOOL(struct row_view, again, REQUIRED, "Free again after each use"),
    FIELD_STR(struct row_view, days, 0, 0, 0, "Days of the week, such as 12345; null: any"),
    FIELD_I64(struct row_view, opens, 0, 0, REQUIRED, "Minute of the day from which it is free"),
    FIELD_I64(struct row_view, closes, 0, 0, REQUIRED, "Minute of the day until which it is free; 0: midnight"),
    FIELD_STR(struct row_view, area_name, 0, 0, 0, "Area it serves"),
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct row_view, is_public), .flags = REQUIRED, .doc = "Shown to residents" },
    { .name = "fate", .kind = KIND_WORD, .offset = offsetof(struct row_view, fate), .words = fate_words, .flags = REQUIRED,
      .doc = "new, same (on the list already) or bad" },
    FIELD_LIST(struct row_view, faults, fault_fields, struct fault_view, 0, 0, REQUIRED, "Why it cannot be taken; empty: it can"),
    FIELD_END
};

struct sheet_view { bool applied; int64_t rows, created, same, bad; struct list items; };
static const struct field view_fields[] = {
    FIELD_BOOL(struct sheet_view, applied, REQUIRED, "It was written; else nothing was"),
    FIELD_I64(struct sheet_view, rows, 0, 0, REQUIRED, "Rows"),
    FIELD_I64(struct sheet_view, created, 0, 0, REQUIRED, "New ones"),
    FIELD_I64(struct sheet_view, same, 0, 0, REQUIRED, "Those that are on the list already"),
    FIELD_I64(struct sheet_view, bad, 0, 0, REQUIRED, "Rows with a fault"),
    FIELD_LIST(struct sheet_view, items, row_fields, struct row_view, 0, 0, REQUIRED, "Each row as it was understood"),
    FIELD_END
};

static struct row_view view_of(struct req *r, struct sheet_row *row, bool applied)
{
    const struct resource *s = &row->s;
    struct str             org = s->org_id ? unit_name_of(r, UNIT_ORG, s->org_id) : row->cell[COLUMN_ORG];
    return (struct row_view){ .row = row->number, .id = applied && row->fate == FATE_NEW ? s->id : 0, .org_id = s->org_id, .org_name = org, .title = s->title,
                              .category = s->category.ptr ? s->category : row->cell[COLUMN_CATEGORY], .quantity = s->quantity > 0 ? s->quantity : 0,
                              .unit = s->unit, .days = s->days, .opens = s->opens, .closes = s->closes,
                              .area_name = unit_name_of(r, UNIT_AREA, s->area_id), .again = s->again, .is_public = s->is_public,
                              .fate = (int)row->fate, .faults = { row->fault, row->faults } };
}

static err answer(struct req *r, const struct sheet *sheet, bool applied)
{
    struct row_view  *items = ARENA_ARRAY(r->arena, sheet->len + 1, struct row_view);
    struct sheet_view v = { .applied = applied, .rows = (int64_t)sheet->len, .items = { items, sheet->len } };
    int64_t          *counts[] = { [FATE_NEW] = &v.created, [FATE_SAME] = &v.same, [FATE_BAD] = &v.bad };
    for (size_t i = 0; i < sheet->len; i++) {
        items[i] = view_of(r, &sheet->at[i], applied);
        *counts[sheet->at[i].fate] += 1;
    }
    return reply_view(r, view_fields, &v, 0);
}

/* What the plan says is looked at again, row by row: somebody may have been quicker. */
static err enter_rows(struct req *r, void *arg)
{
    const struct sheet *sheet = arg;
    for (size_t i = 0; i < sheet->len; i++) {
        const struct resource *s = &sheet->at[i].s;
        bool                   there, same;
        if (sheet->at[i].fate != FATE_NEW)
            continue;
        (void)resource_home(r, s->org_id, &there);
        TRY(is_there(r, s, &same));
        if (!there || same || !req_may(r, PERM_OFFER_MANAGE, ORG_UNIT(s->org_id)))
            return FAIL(ERR_CONFLICT);
        TRY(resource_enter(r, s));
    }
    return OK;
}

static bool some(const struct sheet *sheet, enum fate fate)
{
    for (size_t i = 0; i < sheet->len; i++)
        if (sheet->at[i].fate == fate)
            return true;
    return false;
}

static err take_sheet(struct req *r)
{
    const struct sheet_query *q = r->query;
    struct sheet              sheet;
    if (!r->upload_path.len)
        return FAIL(ERR_CSV);
    TRY(read_file(r, &sheet));
    TRY(req_in_read(r, plan, &sheet));
    bool now = !q->dry_run && some(&sheet, FATE_NEW) && (q->sound || !some(&sheet, FATE_BAD));
    if (now)
        TRY(req_in_write(r, enter_rows, &sheet));
    return answer(r, &sheet, now);
}

const struct route sheet_routes[] = {
    { POST, "/api/v1/resources/sheet", take_sheet, .perm = PERM_OFFER_MANAGE, .scope = SCOPE_ANY, .tx = TX_NONE, .tag = "exchange",
      .body_kind = BODY_UPLOAD, .body_max = FILE_MOST, ROUTE_QUERY(struct sheet_query, query_fields), .flags = ROUTE_SLOW, .reply_kind = REPLY_VIEW,
      .reply = view_fields, ROUTE_ERRORS(ERR_CSV, ERR_NOT_UTF8, ERR_TOO_LARGE, ERR_CONFLICT),
      .summary = "Resources from a sheet (CSV or XLSX), organisations by name or code: all rows, or with `sound` those that are right" },
    ROUTE_END
};
