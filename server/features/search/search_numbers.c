/* search_numbers.c: the words of cases as numbers of 32 bits, as PostgreSQL's index holds them. Pure: no I/O, no SQL.
 *
 * The number of a word is FNV-1a over the district's sign (nothing for the first), the word, and a star when it stands for all words that begin so; both halves
 * of its 64 bits in one. Stored for ever: who changes it fills the index anew. Two words may share a number: what the index names is looked at again by
 * whoever asked for it (README.md, *Numbers*). */
#include <stdlib.h>

#include "search_parts.h"

/* Letters of a beginning; of a longer one these are looked for, and the folded text settles the rest. */
#define BEGINNING_MOST 6

static int32_t number_of(struct str sign, struct str word, bool beginning)
{
    uint64_t h = str_hash(str_hash(STR_HASH, sign), word);
    if (beginning)
        h = str_hash(h, STR("*"));   /* stands in no word */
    return (int32_t)(uint32_t)(h ^ h >> 32);
}

int32_t search_number(struct str sign, struct str word, bool beginning)
{
    return number_of(sign, beginning ? utf8_head(word, BEGINNING_MOST) : word, beginning);
}

static bool ends_letter(struct str s, size_t at)
{
    return at == s.len || ((unsigned char)s.ptr[at] & 0xC0) != 0x80;
}

/* All beginnings of a word that may be asked for, the whole of it among them. */
static size_t put_beginnings(struct str sign, struct str word, int32_t *out)
{
    size_t least = search_beginning_least(word), most = utf8_head(word, BEGINNING_MOST).len, n = 0;
    for (size_t len = least; least && len <= most; len++)
        if (ends_letter(word, len))
            out[n++] = number_of(sign, (struct str){ word.ptr, len }, true);
    return n;
}

static int in_order(const void *x, const void *y)
{
    int32_t a = *(const int32_t *)x, b = *(const int32_t *)y;
    return (a > b) - (a < b);
}

static void add_number(struct buf *b, int32_t number)
{
    buf_byte(b, b->len ? ',' : '{');
    buf_i64(b, number);
}

static struct str ended(struct buf *b)
{
    buf_z(b, b->len ? "}" : "{}");
    return buf_view(b);
}

struct str search_numbers(struct arena *a, struct str sign, struct str words)
{
    int32_t   *at = ARENA_ARRAY(a, words.len + 1, int32_t);   /* a run has at most as many as it has bytes */
    struct buf b = buf_new(a, 0);
    size_t     n = 0;
    for (struct str word; words.ptr;)
        if ((word = str_cut(&words, ' ')).len) {
            at[n++] = number_of(sign, word, false);
            n += put_beginnings(sign, word, at + n);
        }
    qsort(at, n, sizeof *at, in_order);
    for (size_t i = 0; i < n; i++)
        if (!i || at[i] != at[i - 1])
            add_number(&b, at[i]);
    return ended(&b);
}

struct str search_numbers_asked(struct arena *a, struct str sign, struct str match)
{
    struct buf b = buf_new(a, 0);
    str_cut(&match, '"');
    while (match.ptr) {
        struct str word = str_cut(&match, '"');
        add_number(&b, search_number(sign, word, match.len && match.ptr[0] == '*'));
        str_cut(&match, '"');
    }
    return ended(&b);
}
