/* Rules of letters: numbers, words, dates. */
#include "letter_inside.h"

const char *const letter_kind_words[] = { NULL, "letter", "certificate", NULL };
const char *const letter_lang_words[] = { NULL, "zh", "en", NULL };

enum letter_standing letter_standing(const struct letter_row *l, ms now)
{
    bool over = l->replaced_at || (l->until && l->until <= now) || (l->valid_to && l->valid_to <= now);
    return over ? LETTER_ENDED : LETTER_VALID;
}

/* ---- braces ---- */

/* Cuts "{name}" off *rest, which begins with its brace. */
static bool cut_name(struct str *rest, struct str *name)
{
    struct str inner = { rest->ptr + 1, rest->len - 1 };
    ptrdiff_t  end = str_find(inner, '}');
    if (end < 0)
        return false;
    *name = (struct str){ inner.ptr, (size_t)end };
    *rest = (struct str){ inner.ptr + end + 1, inner.len - (size_t)end - 1 };
    return true;
}

static bool put_number(struct buf *b, struct str name, int year, int64_t n, bool *counted)
{
    bool serial = name.len >= 1 && name.len <= 4;
    for (size_t i = 0; i < name.len; i++)
        serial = serial && name.ptr[i] == 'n';
    if (serial)
        buf_fmt(b, "%0*lld", (int)name.len, (long long)n);
    else if (str_is(name, "year"))
        buf_i64(b, year);
    *counted |= serial;
    return serial || str_is(name, "year");
}

err letter_number(struct arena *a, struct str scheme, int year, int64_t n, struct str *out)
{
    struct buf b = buf_new(a, 0);
    struct str name;
    bool       counted = false;
    while (scheme.len) {
        if (*scheme.ptr != '{') {
            buf_byte(&b, *scheme.ptr);
            scheme = (struct str){ scheme.ptr + 1, scheme.len - 1 };
        } else if (!cut_name(&scheme, &name) || !put_number(&b, name, year, n, &counted)) {
            return FAIL(ERR_LETTER_NUMBER);
        }
    }
    *out = buf_view(&b);
    return counted ? OK : FAIL(ERR_LETTER_NUMBER);
}

static bool word_for(const void *words, struct str name, struct str *out)
{
    const struct letter_words *w = words;
    const struct { const char *name; struct str text; } known[] = {
        { "person", w->person }, { "post", w->post }, { "unit", w->unit }, { "duty", w->duty },
        { "from", w->from },     { "to", w->to },     { "issuer", w->issuer },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        *out = known[i].text;
        if (str_is(name, known[i].name))
            return true;
    }
    return false;
}

/* Words go in as they are but for what would be taken for markup. */
static void put_word(struct buf *b, struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        buf_byte(b, word.ptr[i] == '*' || word.ptr[i] == '\n' || word.ptr[i] == '\r' ? ' ' : word.ptr[i]);
}

/* A piece without square brackets; *empty: something in braces in it is. */
static err expand_plain(struct buf *b, struct str text, letter_word_fn word_of, const void *words, bool *empty)
{
    struct str name, word;
    *empty = false;
    while (text.len) {
        if (*text.ptr != '{') {
            buf_byte(b, *text.ptr);
            text = (struct str){ text.ptr + 1, text.len - 1 };
            continue;
        }
        if (!cut_name(&text, &name) || !word_of(words, name, &word))
            return FAIL(ERR_LETTER_TEXT);
        put_word(b, word);
        *empty |= !word.len;
    }
    return OK;
}

err letter_fill(struct arena *a, struct str text, letter_word_fn word, const void *words, struct str *out)
{
    struct buf b = buf_new(a, 0);
    bool       empty;
    while (text.len) {
        ptrdiff_t  open = str_find(text, '[');
        struct str plain = { text.ptr, open < 0 ? text.len : (size_t)open };
        TRY(expand_plain(&b, plain, word, words, &empty));
        if (open < 0)
            break;
        text = (struct str){ text.ptr + open + 1, text.len - (size_t)open - 1 };
        ptrdiff_t close = str_find(text, ']');
        if (close < 0)
            return FAIL(ERR_LETTER_TEXT);
        size_t before = b.len;
        TRY(expand_plain(&b, (struct str){ text.ptr, (size_t)close }, word, words, &empty));
        b.len = empty ? before : b.len;
        text = (struct str){ text.ptr + close + 1, text.len - (size_t)close - 1 };
    }
    *out = buf_view(&b);
    return OK;
}

err letter_expand(struct arena *a, struct str text, const struct letter_words *w, struct str *out)
{
    return letter_fill(a, text, word_for, w, out);
}

/* ---- dates ---- */

static const char *const digits[] = { "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

/* 1 to 31 as it is read: 十四, 二十, 三十一. */
static void put_day(struct buf *b, int n)
{
    if (n >= 20)
        buf_z(b, digits[n / 10]);
    if (n >= 10)
        buf_z(b, "十");
    if (n % 10)
        buf_z(b, digits[n % 10]);
}

struct str letter_date(struct arena *a, ms t, int zone_minutes, enum letter_lang lang)
{
    static const char *const months[] = { "January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December" };
    struct clock_civil c = clock_civil_at(t, zone_minutes);
    struct buf         b = buf_new(a, 0);
    if (lang == LETTER_EN)
        return str_fmt(a, "%d\u00A0%s\u00A0%d", c.day, months[c.month - 1], c.year);
    for (int place = 1000, year = c.year; place; place /= 10)
        buf_z(&b, digits[year / place % 10]);
    buf_z(&b, "年");
    put_day(&b, c.month);
    buf_z(&b, "月");
    put_day(&b, c.day);
    buf_z(&b, "日");
    return buf_view(&b);
}

struct str letter_last_day(struct arena *a, ms to, int zone_minutes, enum letter_lang lang)
{
    return to ? letter_date(a, to - 1, zone_minutes, lang) : STR("");
}
