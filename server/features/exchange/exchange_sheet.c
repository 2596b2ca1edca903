/* exchange_sheet.c: what organisations can lend or give and what they do for residents, from one sheet. First a plan, which says of every row what it
 * means and what is wrong with it, by column; then a short write of all of it, or of the sound rows. */
#include "exchange_inside.h"

#include "../../base/id.h"
#include "../../base/sheet_reader.h"
#include "../search/search.h"

enum { ROWS_MOST = 1000, FAULTS_MOST = 12, FILE_MOST = 8 << 20, HEADS = 6 };

/* ---- columns ---- */

/* On which of the lists a row goes, and which of them a column speaks of. */
enum on_list { ON_NONE, ON_RESOURCES, ON_SERVICES, ON_BOTH };
static const char *const list_words[] = { NULL, "resource", "service", NULL };

enum column {
    COLUMN_LIST, COLUMN_ORG, COLUMN_CODE, COLUMN_TITLE, COLUMN_CATEGORY, COLUMN_QUANTITY, COLUMN_UNIT, COLUMN_AGAIN, COLUMN_DAYS, COLUMN_OPENS, COLUMN_CLOSES,
    COLUMN_BEGINS, COLUMN_ENDS, COLUMN_AREA, COLUMN_LON, COLUMN_LAT, COLUMN_CONDITIONS, COLUMN_PRICE, COLUMN_AUDIENCE, COLUMN_PLACE, COLUMN_ADDRESS,
    COLUMN_MINUTES, COLUMN_LEAD, COLUMN_WAITS, COLUMN_REVIEWED, COLUMN_BRING, COLUMN_TEXT, COLUMN_PUBLIC, COLUMNS
};
/* How each is headed, Chinese and English first; what its fault is called by whoever checks it, of a resource and of a service. */
static const struct { const char *heads[HEADS], *field, *service; enum on_list of; } columns[COLUMNS] = {
    [COLUMN_LIST] = { { "清单", "list", "类型", "种类", "kind" }, NULL, NULL, ON_BOTH },
    [COLUMN_ORG] = { { "单位", "organisation", "单位名称", "提供单位", "organization" }, "org_id", "org_id", ON_BOTH },
    [COLUMN_CODE] = { { "统一社会信用代码", "code", "信用代码", "credit code" }, NULL, NULL, ON_BOTH },
    [COLUMN_TITLE] = { { "名称", "title", "资源", "resource", "内容", "服务" }, "title", "title", ON_BOTH },
    [COLUMN_CATEGORY] = { { "类别", "category", "资源类别", "服务类别" }, "category", "category", ON_BOTH },
    [COLUMN_QUANTITY] = { { "数量", "quantity", "how much", "名额", "places" }, "quantity", "capacity", ON_BOTH },
    [COLUMN_UNIT] = { { "计量单位", "unit", "量词" }, "unit", "price_per", ON_BOTH },
    [COLUMN_AGAIN] = { { "用完还在", "again", "可重复使用", "free again" }, "again", NULL, ON_RESOURCES },
    [COLUMN_DAYS] = { { "星期", "days", "开放日" }, "days", "days", ON_BOTH },
    [COLUMN_OPENS] = { { "开始时间", "opens", "从几点" }, "opens", "opens", ON_BOTH },
    [COLUMN_CLOSES] = { { "结束时间", "closes", "到几点" }, "closes", "closes", ON_BOTH },
    [COLUMN_BEGINS] = { { "开始日期", "from", "起" }, "begins_at", "begins_at", ON_BOTH },
    [COLUMN_ENDS] = { { "结束日期", "until", "止" }, "ends_at", "ends_at", ON_BOTH },
    [COLUMN_AREA] = { { "服务区域", "serves", "area", "区域" }, "area_id", "area_id", ON_BOTH },
    [COLUMN_LON] = { { "经度", "lon", "longitude", "lng" }, NULL, NULL, ON_BOTH },
    [COLUMN_LAT] = { { "纬度", "lat", "latitude" }, NULL, NULL, ON_BOTH },
    [COLUMN_CONDITIONS] = { { "使用条件", "conditions", "条件" }, "conditions", NULL, ON_RESOURCES },
    [COLUMN_PRICE] = { { "价格", "price", "收费", "price in yuan" }, NULL, "price_fen", ON_SERVICES },
    [COLUMN_AUDIENCE] = { { "服务对象", "for whom", "对象", "audience" }, NULL, "audience", ON_SERVICES },
    [COLUMN_PLACE] = { { "服务方式", "place", "上门" }, NULL, "place", ON_SERVICES },
    [COLUMN_ADDRESS] = { { "地址", "address", "服务地点" }, NULL, "address", ON_SERVICES },
    [COLUMN_MINUTES] = { { "时长", "minutes", "时长（分钟）", "时长(分钟)" }, NULL, "minutes", ON_SERVICES },
    [COLUMN_LEAD] = { { "提前小时", "hours ahead", "提前几小时" }, NULL, "lead_hours", ON_SERVICES },
    [COLUMN_WAITS] = { { "候补", "waiting list", "候补人数" }, NULL, "waits", ON_SERVICES },
    [COLUMN_REVIEWED] = { { "先审核", "reviewed", "需审核" }, NULL, "reviewed", ON_SERVICES },
    [COLUMN_BRING] = { { "需自带", "bring", "自带" }, NULL, "bring", ON_SERVICES },
    [COLUMN_TEXT] = { { "说明", "more", "备注", "notes" }, "text", "text", ON_BOTH },
    [COLUMN_PUBLIC] = { { "向居民公开", "public", "公开" }, "public", "public", ON_BOTH },
};

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
    int64_t            number;
    struct str         cell[COLUMNS], title_fold;
    enum on_list       on;
    struct resource    s;         /* what it says that both lists know, or all of a resource */
    struct service_new service;
    enum fate          fate;
    struct fault_view  fault[FAULTS_MOST];
    size_t             faults;
    const struct sheet *of;
};
struct sheet { struct sheet_row *at; size_t len; struct list categories; struct str head[COLUMNS]; };   /* head: as it stands in the file */

/* One fault a column, the first that was found; in the order of the columns. */
static void fault(struct req *r, struct sheet_row *row, enum column c, enum err_code code)
{
    size_t at = row->faults;
    while (at > 0 && row->fault[at - 1].at > c)
        at--;
    if (row->faults == FAULTS_MOST || (at > 0 && row->fault[at - 1].at == c))
        return;
    memmove(row->fault + at + 1, row->fault + at, (row->faults - at) * sizeof *row->fault);
    struct str head = row->of->head[c];
    row->fault[at] = (struct fault_view){ c, head.len ? head : str_of(req_text(r, columns[c].heads[0], columns[c].heads[1])), str_of(err_slug(code)),
                                          str_of(err_text(code, r->lang == LANG_ZH)) };
    row->faults++;
}

/* What a check found by field becomes faults by column. */
static void take_faults(struct req *r, struct sheet_row *row, struct faults *found)
{
    for (size_t i = 0; i < found->len; i++)
        for (int c = 0; c < COLUMNS; c++) {
            const char *field = row->on == ON_SERVICES ? columns[c].service : columns[c].field;
            if (field && str_is(found->at[i].path, field))
                fault(r, row, (enum column)c, found->at[i].code);
        }
    found->len = 0;
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

/* Of two choices the first or the second (0 or 1); `other` where nothing is written. */
enum { WORDS = 6 };
static int choice(struct req *r, struct sheet_row *row, enum column c, const char *const words[2][WORDS], int other)
{
    struct str text = search_fold(r->arena, row->cell[c]);
    if (!text.len)
        return other;
    for (int of = 0; of < 2; of++)
        for (int w = 0; w < WORDS; w++)
            if (words[of][w] && str_is(text, words[of][w]))
                return of;
    fault(r, row, c, ERR_NOT_A_CHOICE);
    return other;
}

static bool yes(struct req *r, struct sheet_row *row, enum column c, bool other)
{
    static const char *const words[2][WORDS] = { { "否", "no", "0", "n", "false" }, { "是", "yes", "1", "y", "true" } };
    return choice(r, row, c, words, other) == 1;
}

static int64_t number_of(struct req *r, struct sheet_row *row, enum column c, int64_t least, int64_t most)
{
    int64_t n = 0;
    if (!row->cell[c].len)
        return 0;
    if (!sheet_count(r->arena, row->cell[c], &n))
        fault(r, row, c, ERR_WRONG_TYPE);
    else if (n < least || n > most)
        fault(r, row, c, n < least ? ERR_TOO_SMALL : ERR_TOO_BIG);
    return n;
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
    if (!category)
        fault(r, row, COLUMN_CATEGORY, row->cell[COLUMN_CATEGORY].len ? ERR_NOT_A_CHOICE : ERR_REQUIRED);
    s->again = yes(r, row, COLUMN_AGAIN, category && category->again);
    s->is_public = yes(r, row, COLUMN_PUBLIC, false);
    s->quantity = number_of(r, row, COLUMN_QUANTITY, 1, row->on == ON_SERVICES ? 10000 : 1000000000);
    row->title_fold = search_fold(r->arena, s->title);
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

/* What a service says beside what both lists know. */
static void read_service(struct req *r, struct sheet_row *row)
{
    static const char *const places[2][WORDS] = { { "到店", "there", "到点", "到现场", "到站", "现场" }, { "上门", "home", "at home", "入户", "是", "yes" } };
    const struct resource   *s = &row->s;
    struct service_new      *v = &row->service;
    *v = (struct service_new){ .org_id = s->org_id, .area_id = s->area_id, .title = s->title, .text = s->text, .category = s->category, .price_per = s->unit,
                               .at = { s->lon != 0 || s->lat != 0, s->lon, s->lat }, .is_public = s->is_public, .days = s->days, .opens = s->opens,
                               .closes = s->closes, .capacity = s->quantity, .begins_at = s->begins_at, .ends_at = s->ends_at };
    if (!sheet_price(r->arena, row->cell[COLUMN_PRICE], &v->price, &v->price_fen))
        fault(r, row, COLUMN_PRICE, ERR_WRONG_TYPE);
    v->audience = text_of(r, row, COLUMN_AUDIENCE, 200, false);
    v->place = choice(r, row, COLUMN_PLACE, places, 0) ? PLACE_HOME : PLACE_THERE;
    v->address = text_of(r, row, COLUMN_ADDRESS, 200, false);
    v->minutes = number_of(r, row, COLUMN_MINUTES, 1, 1440);
    v->lead_hours = number_of(r, row, COLUMN_LEAD, 0, 2160);
    v->waits = number_of(r, row, COLUMN_WAITS, 0, 10000);
    v->reviewed = yes(r, row, COLUMN_REVIEWED, false);
    v->bring = text_of(r, row, COLUMN_BRING, 500, true);
}

DB_SQL(sheet_same, "SELECT COUNT(*) FROM resource WHERE tenant_id = $1 AND org_id = $2 AND title_fold = $3 AND category = $4 AND state < 4")

/* On its list already, under the same words. */
static err is_there(struct req *r, const struct sheet_row *row, bool *out)
{
    const struct resource *s = &row->s;
    int64_t                n = 0;
    *out = false;
    if (!s->org_id || !s->title.ptr || !s->category.ptr)
        return OK;
    if (row->on == ON_SERVICES)
        return r->app->services->listed(r, s->org_id, s->title, s->category, out);
    TRY(db_number(r->db, &sheet_same, DB_ARGS(I64(r->tenant), I64(s->org_id), TEXT(row->title_fold), TEXT(s->category)), &n));
    *out = n > 0;
    return OK;
}

/* In a row above that is right itself. */
static bool came_before(const struct sheet_row *row)
{
    for (const struct sheet_row *k = row->of->at; row->title_fold.len && k < row; k++)
        if (!k->faults && k->on == row->on && k->s.org_id == row->s.org_id && str_eq(k->s.category, row->s.category) && str_eq(k->title_fold, row->title_fold))
            return true;
    return false;
}

/* On which list; what stands in a column of the other one is a mistake, never left out silently. */
static void read_list(struct req *r, struct sheet_row *row)
{
    static const char *const lists[2][WORDS] = { { "资源", "resource", "资源清单", "resources" }, { "服务", "service", "服务清单", "services" } };
    row->on = choice(r, row, COLUMN_LIST, lists, 0) && r->app->services ? ON_SERVICES : ON_RESOURCES;
    for (int c = 0; c < COLUMNS; c++)
        if (row->cell[c].len && !(columns[c].of & row->on))
            fault(r, row, (enum column)c, ERR_OTHER_LIST);
}

static err check_row(struct req *r, struct sheet_row *row)
{
    struct faults found = { .arena = r->arena };
    if (row->on == ON_RESOURCES) {
        resource_check(r, &row->s, NULL);
        take_faults(r, row, &r->faults);
        return OK;
    }
    read_service(r, row);
    err e = row->s.org_id ? r->app->services->add(r, &row->service, true, &found, &row->s.id) : OK;
    take_faults(r, row, &found);
    return e.code == ERR_INVALID ? OK : e;
}

static err plan_row(struct req *r, const struct unit_snapshot *u, const struct sheet *sheet, struct sheet_row *row)
{
    bool same;
    row->s = (struct resource){ .id = id_new(), .state = RESOURCE_OFFERED, .created_at = r->now, .days = STR_NONE };
    row->faults = 0;
    read_list(r, row);
    read_org(r, u, row);
    read_what(r, sheet, row);
    read_when(r, row);
    read_place(r, row);
    if (row->s.org_id && came_before(row))
        fault(r, row, COLUMN_TITLE, ERR_TAKEN);
    TRY(check_row(r, row));
    TRY(is_there(r, row, &same));
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

static bool headed(struct req *r, enum column c, struct str head)
{
    struct str fold = search_fold(r->arena, head);
    for (int k = 0; k < HEADS; k++)
        if (columns[c].heads[k] && str_is(fold, columns[c].heads[k]))
            return true;
    return false;
}

/* How much is needed as a column where there are resources alone: of services it is each row's own matter. */
static bool needed(enum column c, const ptrdiff_t at[COLUMNS])
{
    return c == COLUMN_TITLE || c == COLUMN_CATEGORY || (c == COLUMN_QUANTITY && at[COLUMN_LIST] < 0) || (c == COLUMN_CODE && at[COLUMN_ORG] < 0);
}

static err find_columns(struct req *r, struct csv_row header, ptrdiff_t at[COLUMNS], struct str head[COLUMNS])
{
    struct buf missing = buf_new(r->arena, 0);
    for (int c = 0; c < COLUMNS; c++) {
        at[c] = -1;
        head[c] = STR_NONE;
        for (size_t i = 0; i < header.count && at[c] < 0; i++)
            if (headed(r, (enum column)c, header.fields[i])) {
                at[c] = (ptrdiff_t)i;
                head[c] = header.fields[i];
            }
        if (at[c] < 0 && needed((enum column)c, at))
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
    TRY(find_columns(r, file.header, at, sheet->head));
    sheet->at = ARENA_ARRAY(r->arena, file.count + 1, struct sheet_row);
    sheet->len = file.count;
    sheet->categories = exchange_categories(r);
    for (size_t i = 0; i < file.count; i++) {
        sheet->at[i] = (struct sheet_row){ .number = file.rows[i].number, .of = sheet };
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

struct row_view { int64_t row, id, org_id, quantity, opens, closes, price_fen; int list; struct str org_name, title, category, unit, days, area_name; bool again, is_public, at_cost; int fate; struct list faults; };
static const struct field row_fields[] = {
    FIELD_I64(struct row_view, row, 0, 0, REQUIRED, "Line of the sheet, 1 below the header"),
    FIELD_WORD(struct row_view, list, list_words, REQUIRED, "On which list it goes"),
    FIELD_ID(struct row_view, id, 0, "The resource or service it became"),
    FIELD_ID(struct row_view, org_id, 0, "Organisation found"),
    FIELD_STR(struct row_view, org_name, 0, 0, 0, "Its name, or what was written"),
    FIELD_STR(struct row_view, title, 0, 0, 0, "In a line"),
    FIELD_STR(struct row_view, category, 0, 0, 0, "Code of its category, or what was written"),
    FIELD_I64(struct row_view, quantity, 0, 0, REQUIRED, "How much, or how many places a time has; 0: none, or not understood"),
    FIELD_STR(struct row_view, unit, 0, 0, 0, "Of what, in words; of a service what its price is for"),
    FIELD_BOOL(struct row_view, at_cost, REQUIRED, "A service that is not free"),
    FIELD_I64(struct row_view, price_fen, 0, 0, REQUIRED, "What a service costs, in fen; 0: free or by arrangement"),
    FIELD_BOOL(struct row_view, again, REQUIRED, "Free again after each use"),
    FIELD_STR(struct row_view, days, 0, 0, 0, "Days of the week, such as 12345; null: any"),
    FIELD_I64(struct row_view, opens, 0, 0, REQUIRED, "Minute of the day from which it is free"),
    FIELD_I64(struct row_view, closes, 0, 0, REQUIRED, "Minute of the day until which it is free; 0: midnight"),
    FIELD_STR(struct row_view, area_name, 0, 0, 0, "Area it serves"),
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct row_view, is_public), .flags = REQUIRED, .doc = "Shown to residents" },
    { .name = "fate", .kind = KIND_WORD, .offset = offsetof(struct row_view, fate), .words = fate_words, .flags = REQUIRED,
      .doc = "new, same (on its list already) or bad" },
    FIELD_LIST(struct row_view, faults, fault_fields, struct fault_view, 0, 0, REQUIRED, "Why it cannot be taken; empty: it can"),
    FIELD_END
};

struct sheet_view { bool applied; int64_t rows, created, services, same, bad; struct list items; };
static const struct field view_fields[] = {
    FIELD_BOOL(struct sheet_view, applied, REQUIRED, "It was written; else nothing was"),
    FIELD_I64(struct sheet_view, rows, 0, 0, REQUIRED, "Rows"),
    FIELD_I64(struct sheet_view, created, 0, 0, REQUIRED, "New ones"),
    FIELD_I64(struct sheet_view, services, 0, 0, REQUIRED, "Of these services"),
    FIELD_I64(struct sheet_view, same, 0, 0, REQUIRED, "Those that are on their list already"),
    FIELD_I64(struct sheet_view, bad, 0, 0, REQUIRED, "Rows with a fault"),
    FIELD_LIST(struct sheet_view, items, row_fields, struct row_view, 0, 0, REQUIRED, "Each row as it was understood"),
    FIELD_END
};

static struct row_view view_of(struct req *r, struct sheet_row *row, bool applied)
{
    const struct resource *s = &row->s;
    struct str             org = s->org_id ? unit_name_of(r, UNIT_ORG, s->org_id) : row->cell[COLUMN_ORG];
    return (struct row_view){ .row = row->number, .list = (int)row->on, .at_cost = row->service.price == PRICE_AT_COST, .price_fen = row->service.price_fen,
                              .id = applied && row->fate == FATE_NEW ? s->id : 0, .org_id = s->org_id, .org_name = org, .title = s->title,
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
        v.services += sheet->at[i].fate == FATE_NEW && sheet->at[i].on == ON_SERVICES;
    }
    return reply_view(r, view_fields, &v, 0);
}

/* What the plan says is looked at again: somebody may have been quicker. */
static err enter_row(struct req *r, struct sheet_row *row)
{
    struct faults found = { .arena = r->arena };
    bool          there, same;
    (void)resource_home(r, row->s.org_id, &there);
    TRY(is_there(r, row, &same));
    if (!there || same || !req_may(r, PERM_OFFER_MANAGE, ORG_UNIT(row->s.org_id)))
        return FAIL(ERR_CONFLICT);
    if (row->on == ON_RESOURCES)
        return resource_enter(r, &row->s);
    err e = r->app->services->add(r, &row->service, false, &found, &row->s.id);
    return e.code == ERR_INVALID ? FAIL(ERR_CONFLICT) : e;
}

static err enter_rows(struct req *r, void *arg)
{
    struct sheet *sheet = arg;
    for (size_t i = 0; i < sheet->len; i++)
        if (sheet->at[i].fate == FATE_NEW)
            TRY(enter_row(r, &sheet->at[i]));
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
      .summary = "Resources and services from a sheet (CSV or XLSX), organisations by name or code: all rows, or with `sound` those that are right" },
    ROUTE_END
};
