/* case_alike.c: how alike two reports are. The weights were chosen on the real reports of docs/decisions/duplicates.md. */
#include "case_alike.h"

#include <math.h>
#include <stdlib.h>

/* ---- words ---- */

/* Characters that carry grammar or courtesy and no matter: a pair with one of them tells nothing. In the order of their bytes. */
static const char stop_characters[] =
    "一上不与且个为之也了于人从他以们会但你其再则到即去又及可向吗吧呀呢和啊因在她好如它对导将尊就己已希并很您感我或所把敬是更最有望本果此没的看着等给而能自被要让该说请谢贵还这那都领";

static const char *const stop_words[] = { "the", "a", "an", "is", "are", "was", "of", "to", "in", "on", "at", "and", "or", "it", "for", "with",
                                          "has", "have", "been", "this", "that", "there", "please", "from", "by", "my", "we", "no", "not" };

static uint32_t hash(const char *bytes, size_t n)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)bytes[i]) * 16777619u;
    return h;
}

static size_t point_bytes(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/* Han characters are the three- and four-byte forms from U+3400 on; punctuation and kana lie below or elsewhere. */
static bool han(const char *p, size_t n)
{
    const unsigned char *u = (const unsigned char *)p;
    return (n == 3 && u[0] >= 0xE3 && u[0] <= 0xE9 && (u[0] > 0xE3 || u[1] >= 0x90)) || n == 4;
}

static int by_bytes(const void *x, const void *y)
{
    return memcmp(x, y, 3);
}

static bool stop_character(const char *p, size_t n)
{
    return n == 3 && bsearch(p, stop_characters, (sizeof stop_characters - 1) / 3, 3, by_bytes) != NULL;
}

static bool word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool stop_word(const char *p, size_t n)
{
    for (size_t i = 0; i < sizeof stop_words / sizeof *stop_words; i++)
        if (strlen(stop_words[i]) == n && memcmp(stop_words[i], p, n) == 0)
            return true;
    return false;
}

static int by_value(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

struct alike_words alike_words(struct arena *a, struct str s)
{
    uint32_t   *at = ARENA_ARRAY(a, ALIKE_WORDS_MOST, uint32_t);
    size_t      n = 0, kept = 0;
    const char *before = NULL;   /* the Han character just before, when it counts */
    for (size_t i = 0; i < s.len && n < ALIKE_WORDS_MOST;) {
        size_t bytes = point_bytes((unsigned char)s.ptr[i]), from = i;
        if (word_byte(s.ptr[i])) {
            while (i < s.len && word_byte(s.ptr[i]))
                i++;
            if (!stop_word(s.ptr + from, i - from))
                at[n++] = hash(s.ptr + from, i - from);
            before = NULL;
            continue;
        }
        bool counts = i + bytes <= s.len && han(s.ptr + i, bytes) && !stop_character(s.ptr + i, bytes);
        if (counts && before)
            at[n++] = hash(before, (size_t)(s.ptr + i + bytes - before));
        before = counts ? s.ptr + i : NULL;
        i += bytes;
    }
    qsort(at, n, sizeof *at, by_value);
    for (size_t i = 0; i < n; i++)
        if (!kept || at[kept - 1] != at[i])
            at[kept++] = at[i];
    return (struct alike_words){ at, kept };
}

double alike_words_score(struct alike_words x, struct alike_words y)
{
    size_t common = 0;
    if (!x.n || !y.n)
        return 0;
    for (size_t i = 0, k = 0; i < x.n && k < y.n;) {
        common += x.at[i] == y.at[k];
        size_t next_i = i + (x.at[i] <= y.at[k]), next_k = k + (y.at[k] <= x.at[i]);
        i = next_i;
        k = next_k;
    }
    return (double)common / sqrt((double)x.n * (double)y.n);
}

/* ---- categories ---- */

enum alike_family alike_family(int64_t category, int64_t parent, int64_t other, int64_t other_parent)
{
    if (!category || !other)
        return ALIKE_UNKNOWN;
    if (category == other)
        return ALIKE_SAME;
    return parent && parent == other_parent ? ALIKE_SIBLING : ALIKE_OTHER;
}

/* ---- the score ---- */

#define PLACE_WEIGHT 40
#define WORDS_WEIGHT 40   /* reached at half the words in common: two people never write the same sentence */
#define TIME_WEIGHT  5
static const double family_weight[] = { [ALIKE_OTHER] = 0, [ALIKE_UNKNOWN] = 10, [ALIKE_SIBLING] = 12, [ALIKE_SAME] = 30 };

int alike_score(const struct alike_near *n)
{
    if (n->metres > n->metres_most || n->apart > n->apart_most)
        return 0;
    double place = 1 - n->metres / (n->metres_most > 0 ? n->metres_most : 1);
    double time = 1 - (double)n->apart / (double)(n->apart_most > 0 ? n->apart_most : 1);
    double words = n->words >= 0.5 ? 1 : n->words * 2;
    double all = PLACE_WEIGHT * place + WORDS_WEIGHT * words + TIME_WEIGHT * time + family_weight[n->family];
    return all > 100 ? 100 : (int)(all + 0.5);
}

double alike_metres(int64_t lon_e7, int64_t lat_e7, int64_t lon2_e7, int64_t lat2_e7)
{
    const double degree = 111195, radian = 0.017453292519943295;
    double       y = (double)(lat2_e7 - lat_e7) / 1e7 * degree;
    double       x = (double)(lon2_e7 - lon_e7) / 1e7 * degree * cos((double)lat_e7 / 1e7 * radian);
    return sqrt(x * x + y * y);
}
