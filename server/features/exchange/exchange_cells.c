/* exchange_cells.c: what people write into the cells of a sheet: days, times, numbers, prices. Pure. */
#include "exchange_inside.h"

#include "../search/search.h"

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

bool sheet_price(struct arena *a, struct str text, int *price, int64_t *fen)
{
    static const char *const free_words[] = { "", "免费", "free", "无偿", "0" }, *const cost_words[] = { "成本价", "按成本", "at cost", "at_cost" };
    struct str               fold = search_fold(a, text);
    double                   yuan;
    *fen = 0;
    *price = PRICE_FREE;
    for (size_t i = 0; i < sizeof free_words / sizeof *free_words; i++)
        if (str_is(fold, free_words[i]))
            return true;
    *price = PRICE_AT_COST;
    for (size_t i = 0; i < sizeof cost_words / sizeof *cost_words; i++)
        if (str_is(fold, cost_words[i]))
            return true;
    if (fold.len > strlen("元") && memcmp(fold.ptr + fold.len - strlen("元"), "元", strlen("元")) == 0)
        fold.len -= strlen("元");
    if (!str_to_real(fold, &yuan) || yuan < 0 || yuan > 1e6)
        return false;
    *fen = (int64_t)(yuan * 100 + 0.5);
    *price = *fen ? PRICE_AT_COST : PRICE_FREE;
    return true;
}
