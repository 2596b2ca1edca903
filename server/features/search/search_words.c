/* search_words.c: how texts and questions become words. Pure: no I/O, no SQL. */
#include <strings.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unicode/utext.h>

#include "search_parts.h"

/* ---- folding ---- */

/* U+FF01 to U+FF5E are the full-width forms of ! to ~: EF BC 81 … EF BD 9E. */
static char full_width(const unsigned char *p, size_t left)
{
    if (left < 3 || p[0] != 0xEF || (p[1] != 0xBC && p[1] != 0xBD))
        return 0;
    int c = 0x21 + ((p[1] - 0xBC) << 6) + p[2] - 0x81;
    return (char)(c >= 0x21 && c <= 0x7E ? c : 0);
}

static size_t white(const unsigned char *p, size_t left)
{
    if (p[0] == ' ' || (p[0] >= '\t' && p[0] <= '\r'))
        return 1;
    return left >= 3 && p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80 ? 3 : 0;
}

static char small(unsigned char c)
{
    return (char)(c | (unsigned)(c >= 'A' && c <= 'Z') << 5);
}

/* Neither white nor of full width, whatever comes behind it: nearly all bytes of a text. */
static bool is_plain(unsigned char c)
{
    return c > ' ' && c != 0xE3 && c != 0xEF;
}

struct str search_fold(struct arena *a, struct str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    char                *out = arena_alloc(a, s.len + 1);
    size_t               n = 0;
    for (size_t i = 0; i < s.len;) {
        while (i < s.len && is_plain(p[i]))
            out[n++] = small(p[i++]);
        if (i == s.len)
            break;
        size_t w = white(p + i, s.len - i);
        char   c = full_width(p + i, s.len - i);
        if (w && (n == 0 || out[n - 1] == ' ')) {
            i += w;
            continue;
        }
        i += w ? w : c ? 3 : 1;
        c = w ? ' ' : c ? c : (char)p[i - 1];
        out[n++] = small((unsigned char)c);
    }
    return (struct str){ out, n && out[n - 1] == ' ' ? n - 1 : n };
}

/* ---- letters ---- */

enum letter { LETTER_NONE, LETTER_RUN, LETTER_CJK };

static enum letter ascii_letter(UChar32 c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ? LETTER_RUN : LETTER_NONE;
}

/* Scripts written without blanks between words, kana and hangul among them. */
static bool is_cjk(UChar32 c)
{
    static const struct { UChar32 from, to; } ranges[] = { { 0x4E00, 0x9FFF }, { 0x3040, 0x30FF }, { 0xAC00, 0xD7A3 } };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].from && c <= ranges[i].to)
            return true;
    return u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);
}

/* What a code point is for the index. Private-use ones are nobody's letters: the index keeps its own words behind them. */
static enum letter letter_of(UChar32 c)
{
    return c < 0x80 ? ascii_letter(c) : is_cjk(c) ? LETTER_CJK : u_isalnum(c) ? LETTER_RUN : LETTER_NONE;
}

static UChar32 next_letter(struct str s, size_t *at)
{
    UChar32 c;
    U8_NEXT_UNSAFE(s.ptr, *at, c);   /* texts were checked at the door */
    return c;
}

/* The next word of the index from *at on: a run, or a pair of neighbours, or the last of a run of Chinese alone; empty at the end. A pair moves
 * *at by its first letter only. */
static struct str next_word(struct str s, size_t *at)
{
    size_t      from = *at, after;
    enum letter kind = LETTER_NONE;
    while (from < s.len && kind == LETTER_NONE) {
        *at = from;
        kind = letter_of(next_letter(s, &from));
    }
    if (kind == LETTER_NONE) {
        *at = s.len;
        return (struct str){ s.ptr + s.len, 0 };
    }
    struct str word = { s.ptr + *at, 0 };
    after = from;
    *at = from;
    if (kind == LETTER_CJK) {
        if (after < s.len && letter_of(next_letter(s, &after)) != LETTER_CJK)
            after = from;
        word.len = (size_t)(s.ptr + after - word.ptr);
        return word;
    }
    while (after < s.len && letter_of(next_letter(s, &after)) == LETTER_RUN)
        *at = after;
    word.len = (size_t)(s.ptr + *at - word.ptr);
    if (word.len > SEARCH_WORD_MOST)
        for (word.len = SEARCH_WORD_MOST; (word.ptr[word.len] & 0xC0) == 0x80; word.len--)
            ;
    return word;
}

struct str search_words(struct arena *a, struct str folded)
{
    /* At most 7 bytes for each letter of 3, and 2 for each of 1. */
    char  *out = arena_alloc(a, folded.len * 5 / 2 + 8);
    size_t n = 0, at = 0;
    for (struct str w; (w = next_word(folded, &at)).len;) {
        if (n)
            out[n++] = ' ';
        memcpy(out + n, w.ptr, w.len);
        n += w.len;
    }
    return (struct str){ out, n };
}

/* ---- questions ---- */

#define WORDS_MOST      12
/* A shorter beginning stands for too many words: it is taken as a whole one. Three digits are those of all numbers of ten months. */
#define BEGINNING_LEAST 3
#define DIGITS_LEAST    4

/* Words that say nothing beside others. */
static bool is_filler(struct str w)
{
    static const char fillers[] = "的了吗呢吧啊呀和与及在是有就都也很被把请我你他它这那";
    return w.len == 3 && memmem(fillers, sizeof fillers - 1, w.ptr, 3) && (unsigned char)w.ptr[0] >= 0xE0;
}

static bool is_chinese(struct str w)
{
    size_t at = 0;
    return w.len && letter_of(next_letter(w, &at)) == LETTER_CJK;
}

size_t search_beginning_least(struct str word)
{
    size_t at = 0;
    if (letter_of(next_letter(word, &at)) != LETTER_RUN)
        return 0;
    return word.ptr[0] >= '0' && word.ptr[0] <= '9' ? DIGITS_LEAST : BEGINNING_LEAST;
}

static bool is_beginning(struct str term)
{
    size_t least = search_beginning_least(term);
    return least && term.len >= least;
}

static size_t letters(struct str w)
{
    return utf8_len(w);
}

static UBreakIterator *breaker(struct str text, UText *over)
{
    UErrorCode      e = U_ZERO_ERROR;
    UBreakIterator *it = ubrk_open(UBRK_WORD, "zh", NULL, 0, &e);
    utext_openUTF8(over, text.ptr, (int64_t)text.len, &e);
    if (U_SUCCESS(e))
        ubrk_setUText(it, over, &e);
    if (U_SUCCESS(e))
        return it;
    utext_close(over);
    ubrk_close(it);
    return NULL;
}

/* A piece of ICU's that holds letters, trimmed to them: 3号 comes in one piece from some versions, in two from others. */
static bool has_letters(struct str piece)
{
    for (size_t at = 0; at < piece.len;)
        if (letter_of(next_letter(piece, &at)) != LETTER_NONE)
            return true;
    return false;
}

static size_t cut(struct str folded, struct str *out, size_t most)
{
    UText           over = UTEXT_INITIALIZER;
    UBreakIterator *it = folded.len ? breaker(folded, &over) : NULL;
    size_t          n = 0;
    if (!it)
        return 0;
    int32_t from = ubrk_first(it);
    for (int32_t to = ubrk_next(it); to != UBRK_DONE && n < most; from = to, to = ubrk_next(it)) {
        struct str piece = { folded.ptr + from, (size_t)(to - from) };
        if (has_letters(piece))
            out[n++] = piece;
    }
    ubrk_close(it);
    utext_close(&over);
    return n;
}

/* Single Chinese letters that stand side by side are a word the dictionary does not know: 积水. */
static size_t join_singles(struct str *words, size_t n)
{
    size_t kept = 0;
    bool   single = false;
    for (size_t i = 0; i < n; i++) {
        bool one = is_chinese(words[i]) && letters(words[i]) == 1 && !is_filler(words[i]);
        if (one && single && words[kept - 1].ptr + words[kept - 1].len == words[i].ptr)
            words[kept - 1].len += words[i].len;
        else
            words[kept++] = words[i];
        single = one;
    }
    return kept;
}

/* With nothing else left the fillers are what was meant. */
static size_t without_fillers(struct str *words, size_t n)
{
    size_t kept = 0, strong = 0;
    for (size_t i = 0; i < n; i++)
        strong += !is_filler(words[i]);
    for (size_t i = 0; i < n; i++)
        if (!strong || !is_filler(words[i]))
            words[kept++] = words[i];
    return kept;
}

static void add_term(struct buf *out, struct str term, bool beginning)
{
    buf_z(out, out->len ? " AND \"" : "\"");
    buf_str(out, term);
    buf_z(out, beginning ? "\"*" : "\"");
}

/* The index's words of one word of the question: its pairs. The last letter alone, which stands in the index at a run's end only, is not one. */
static void add_terms(struct buf *out, struct str word, bool open)
{
    size_t at = 0;
    for (struct str t; (t = next_word(word, &at)).len;) {
        bool chinese = is_chinese(t);
        if (!chinese || letters(t) > 1)
            add_term(out, t, open && at >= word.len && is_beginning(t));
    }
}

struct search_query search_read(struct arena *a, struct str text)
{
    struct str         *words = ARENA_ARRAY(a, WORDS_MOST, struct str);
    struct str          folded = search_fold(a, text);
    struct buf          match = buf_new(a, 4096);
    struct search_query q = { .text = folded, .open = text.len && !white((const unsigned char *)text.ptr + text.len - 1, 1) };
    size_t              n = without_fillers(words, join_singles(words, cut(folded, words, WORDS_MOST)));
    for (size_t i = 0; i < n; i++)
        if (!is_chinese(words[i]) || letters(words[i]) > 1)   /* a single letter is in every other text: only search_fits looks at it */
            add_terms(&match, words[i], q.open && i + 1 == n);
    q.words = (struct strs){ words, n };
    q.match = match.len && !match.full ? buf_view(&match) : STR_NONE;
    return q;
}

bool search_fits(const struct search_query *q, struct str folded)
{
    for (size_t i = 0; i < q->words.len; i++)
        if (!folded.len || !memmem(folded.ptr, folded.len, q->words.at[i].ptr, q->words.at[i].len))
            return false;
    return true;
}

/* Nothing of it is changed by folding, nor made by it: as words of Chinese alone. */
static bool stays(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if ((unsigned char)word.ptr[i] < 0x80 || (unsigned char)word.ptr[i] == 0xEF)
            return false;
    return true;
}

static bool stands_in(struct str word, const struct str *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (texts[i].len && memmem(texts[i].ptr, texts[i].len, word.ptr, word.len))
            return true;
    return false;
}

bool search_may_fit(const struct search_query *q, const struct str *texts, size_t n)
{
    for (size_t i = 0; i < q->words.len; i++)
        if (stays(q->words.at[i]) && !stands_in(q->words.at[i], texts, n))
            return false;
    return true;
}

/* ---- excerpt ---- */

#define EXCERPT_BEFORE 16
#define EXCERPT_MOST   60

/* Where `n` letters before `at` begin. */
static size_t back(struct str s, size_t at, size_t n)
{
    while (at > 0 && n-- > 0)
        do
            at--;
        while (at > 0 && ((unsigned char)s.ptr[at] & 0xC0) == 0x80);
    return at;
}

/* Folding may change lengths, so the text itself is searched: ASCII case apart. */
static size_t first_hit(const struct search_query *q, struct str text)
{
    for (size_t i = 0; i < q->words.len; i++)
        for (size_t at = 0; at + q->words.at[i].len <= text.len; at++)
            if (strncasecmp(text.ptr + at, q->words.at[i].ptr, q->words.at[i].len) == 0)
                return at;
    return 0;
}

struct str search_excerpt(struct arena *a, const struct search_query *q, struct str text)
{
    if (!text.len)
        return STR_NONE;
    size_t     hit = first_hit(q, text), from = back(text, hit, EXCERPT_BEFORE);
    struct str rest = { text.ptr + from, text.len - from }, part = utf8_head(rest, EXCERPT_MOST);
    char      *flat = arena_copy(a, part.ptr, part.len);
    for (size_t i = 0; i < part.len; i++)
        if (flat[i] == '\n' || flat[i] == '\t' || flat[i] == '\r')
            flat[i] = ' ';
    return str_fmt(a, "%s%.*s%s", from ? "…" : "", (int)part.len, flat, part.len < rest.len ? "…" : "");
}

struct str search_like(struct arena *a, struct str folded)
{
    struct buf b = buf_new(a, 0);
    buf_byte(&b, '%');
    for (size_t i = 0; i < folded.len; i++) {
        if (strchr("%_\\", folded.ptr[i]))
            buf_byte(&b, '\\');
        buf_byte(&b, folded.ptr[i]);
    }
    buf_byte(&b, '%');
    return buf_view(&b);
}
