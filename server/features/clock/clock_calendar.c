/* clock_calendar.c: reading a calendar's text. Pure. */
#include <jansson.h>
#include <stdio.h>

#include "clock_rules.h"
#include "../../base/jsonw.h"

#define YEAR_LEAST 1970
#define YEAR_MOST  2200
#define YEARS_MOST 100

struct reading {
    struct arena  *arena;
    struct faults *faults;
    int            year;
    int32_t        first, count;    /* days of the year that is read */
    uint8_t       *kind;            /* of each */
};

static struct str text_of(const json_t *v)
{
    return (struct str){ json_string_value(v), json_string_length(v) };
}

static void fault(struct reading *r, const char *part, struct str name, enum err_code code)
{
    faults_add(r->faults, name.ptr ? str_fmt(r->arena, "%d.%s.%.*s", r->year, part, STR_ARG(name)) : str_fmt(r->arena, "%d.%s", r->year, part),
               code, 0);
}

static void read_day(struct reading *r, const char *part, struct str name, bool holiday)
{
    int32_t day;
    if (!clock_day_read(name, &day)) {
        fault(r, part, utf8_head(name, 20), ERR_NOT_A_CHOICE);
        return;
    }
    int32_t i = day - r->first;
    if (i < 0 || i >= r->count) {
        fault(r, part, name, ERR_PERIOD);
        return;
    }
    /* A make-up day is a Saturday or Sunday that is worked; another day would be one already. */
    if (r->kind[i] >= DAY_MAKE_UP || (!holiday && clock_weekday(day) < 5)) {
        fault(r, part, name, ERR_CONFLICT);
        return;
    }
    r->kind[i] = holiday ? DAY_HOLIDAY : DAY_MAKE_UP;
}

/* {"2026-01-01": "name"} or ["2026-01-01"]. */
static void read_days(struct reading *r, const json_t *year, const char *part, bool holiday)
{
    json_t     *days = json_object_get(year, part), *v;
    const char *name;
    size_t      i;
    if (json_is_object(days)) {
        json_object_foreach(days, name, v)
            read_day(r, part, str_of(name), holiday);
    } else if (json_is_array(days)) {
        json_array_foreach(days, i, v)
            read_day(r, part, json_is_string(v) ? text_of(v) : STR("?"), holiday);
    } else {
        fault(r, part, STR_NONE, days ? ERR_WRONG_TYPE : ERR_REQUIRED);
    }
}

static void ordinary_days(struct reading *r)
{
    for (int32_t i = 0; i < r->count; i++)
        r->kind[i] = (uint8_t)clock_weekday(r->first + i);
}

static bool year_of(const char *name, int *out)
{
    int64_t y;
    *out = str_to_i64(str_of(name), &y) && y >= YEAR_LEAST && y <= YEAR_MOST ? (int)y : 0;
    return *out != 0;
}

static err range_of(const json_t *all, struct faults *faults, struct arena *a, struct clock_calendar *out)
{
    const char *name;
    json_t     *v;
    size_t      n = 0;
    json_object_foreach((json_t *)all, name, v) {
        int y;
        if (!year_of(name, &y) || !json_is_object(v)) {
            faults_add(faults, str_copy(a, utf8_head(str_of(name), 20)), year_of(name, &y) ? ERR_WRONG_TYPE : ERR_NOT_A_CHOICE, 0);
            return FAIL(ERR_INVALID);
        }
        out->first_year = !out->first_year || y < out->first_year ? y : out->first_year;
        out->last_year = y > out->last_year ? y : out->last_year;
        n++;
    }
    if (!n)
        faults_add(faults, STR("years"), ERR_REQUIRED, 0);
    else if ((size_t)(out->last_year - out->first_year + 1) != n)
        faults_add(faults, STR("years"), ERR_PERIOD, 0);   /* a gap: what would hold in between? */
    else if (n > YEARS_MOST)
        faults_add(faults, STR("years"), ERR_TOO_BIG, YEARS_MOST);
    else
        return OK;
    return FAIL(ERR_INVALID);
}

static void count_kinds(struct clock_calendar *c)
{
    for (int32_t i = 0; i < c->count; i++) {
        c->holidays += c->kind[i] == DAY_HOLIDAY;
        c->workdays += c->kind[i] == DAY_MAKE_UP;
    }
}

static err read_years(struct arena *a, const json_t *all, struct faults *faults, struct clock_calendar *out)
{
    struct reading r = { .arena = a, .faults = faults };
    size_t         before = faults->len;
    TRY(range_of(all, faults, a, out));
    out->first = clock_day_of(out->first_year, 1, 1);
    out->count = clock_day_of(out->last_year + 1, 1, 1) - out->first;
    uint8_t *kind = ARENA_ARRAY(a, (size_t)out->count, uint8_t);
    for (int y = out->first_year; y <= out->last_year; y++) {
        char name[8];
        snprintf(name, sizeof name, "%d", y);
        const json_t *year = json_object_get(all, name);
        r.year = y;
        r.first = clock_day_of(y, 1, 1);
        r.count = clock_day_of(y + 1, 1, 1) - r.first;
        r.kind = kind + (r.first - out->first);
        ordinary_days(&r);
        read_days(&r, year, "holidays", true);
        read_days(&r, year, "workdays", false);
    }
    out->kind = kind;
    count_kinds(out);
    return faults->len > before ? FAIL(ERR_INVALID) : OK;
}

/* Without what is passed over, with the names kept for the page. */
static json_t *only_days(const json_t *year)
{
    static const char *const parts[] = { "holidays", "workdays" };
    json_t                  *out = json_object();
    for (int i = 0; i < 2; i++)
        json_object_set(out, parts[i], json_object_get(year, parts[i]));
    return out;
}

static json_t *load(struct str text)
{
    json_t *all = text.ptr ? json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (all && !json_is_object(all)) {
        json_decref(all);
        return NULL;
    }
    return all;
}

static struct str dump(struct arena *a, const json_t *v)
{
    size_t n = json_dumpb(v, NULL, 0, JSON_COMPACT | JSON_SORT_KEYS);
    char  *text = arena_alloc(a, n + 1);
    json_dumpb(v, text, n, JSON_COMPACT | JSON_SORT_KEYS);
    return (struct str){ text, n };
}

err calendar_read(struct arena *a, struct str text, struct str over, struct faults *faults, struct clock_calendar *out, struct str *merged)
{
    json_t     *given = load(text), *all = over.ptr ? load(over) : json_object(), *year;
    const char *name;
    err         e = given && all ? OK : FAIL(ERR_BAD_JSON);
    int         y;
    *out = (struct clock_calendar){ 0 };
    if (!failed(e))
        json_object_foreach(given, name, year)
            json_object_set_new(all, name, json_is_object(year) && year_of(name, &y) ? only_days(year) : json_null());
    if (!failed(e))
        e = json_object_size(given) ? read_years(a, all, faults, out) : FAIL(ERR_INVALID);
    if (!failed(e) && merged)
        *merged = dump(a, all);
    else if (e.code == ERR_INVALID && given && !json_object_size(given))
        faults_add(faults, STR("years"), ERR_REQUIRED, 0);
    json_decref(given);
    json_decref(all);
    return e;
}

struct clock_calendar calendar_none(void)
{
    static const uint8_t nothing;
    return (struct clock_calendar){ .kind = &nothing };
}
