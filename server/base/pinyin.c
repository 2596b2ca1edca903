#include "pinyin.h"

#include <unicode/utf8.h>
#include <unicode/utrans.h>

enum { FIRST = 0x4E00, LAST = 0x9FFF, LETTERS = 7, SYLLABLES = 200, TYPED = 64 };

struct pinyin { char reading[LAST - FIRST + 1][LETTERS]; };   /* longest: zhuang; filled up with zeros */

static void read_one(UTransliterator *t, UChar32 code, char out[LETTERS])
{
    UChar      text[40] = { (UChar)code };
    int32_t    len = 1, limit = 1;
    UErrorCode e = U_ZERO_ERROR;
    utrans_transUChars(t, text, &len, 40, 0, &limit, &e);
    for (int32_t i = 0; U_SUCCESS(e) && i < len && i < LETTERS - 1 && text[i] >= 'a' && text[i] <= 'z'; i++)
        out[i] = (char)text[i];
}

struct pinyin *pinyin_new(struct arena *a)
{
    static const char way[] = "Han-Latin; Latin-ASCII; Lower";
    UChar             id[sizeof way];
    UErrorCode        e = U_ZERO_ERROR;
    for (size_t i = 0; i < sizeof way; i++)
        id[i] = (UChar)way[i];
    UTransliterator *t = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &e);
    if (U_FAILURE(e))
        return NULL;
    struct pinyin *p = ARENA_NEW(a, struct pinyin);
    for (UChar32 code = FIRST; code <= LAST; code++)
        read_one(t, code, p->reading[code - FIRST]);
    utrans_close(t);
    return p;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_sign(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Letters and digits, small; the number of letters. -1: something else stands among them, or too much. */
static int clean(struct str typed, char out[TYPED])
{
    int n = 0, letters = 0;
    for (size_t i = 0; i < typed.len; i++) {
        char c = lower(typed.ptr[i]);
        if (c == ' ')
            continue;
        if (!is_sign(c) || n == TYPED - 1)
            return -1;
        out[n++] = c;
        letters += c >= 'a';
    }
    out[n] = 0;
    return letters;
}

bool pinyin_typed(struct str typed)
{
    char text[TYPED];
    return clean(typed, text) >= 2;
}

/* The readings of a name, one after another; a letter or digit reads as itself. */
static int syllables_of(const struct pinyin *p, struct str name, char out[SYLLABLES][LETTERS])
{
    int n = 0;
    for (int32_t i = 0, len = (int32_t)name.len; i < len && n < SYLLABLES;) {
        UChar32 code;
        U8_NEXT(name.ptr, i, len, code);
        memset(out[n], 0, LETTERS);
        if (code >= FIRST && code <= LAST)
            memcpy(out[n], p->reading[code - FIRST], LETTERS);
        else if (code > 0 && code < 0x80 && is_sign(lower((char)code)))
            out[n][0] = lower((char)code);
        n += out[n][0] != 0;
    }
    return n;
}

/* How a typed text may go through syllables: reached[k] says that k signs are spelt when this syllable begins. Each takes one sign or more. */
static bool spelt_from(const char *typed, char syllable[][LETTERS], int count)
{
    int  len = (int)strlen(typed);
    bool reached[TYPED] = { true };
    for (int s = 0; s < count; s++) {
        bool next[TYPED] = { false }, any = false;
        for (int k = 0; k < len; k++)
            for (int m = 0; reached[k] && m < LETTERS && typed[k + m] && syllable[s][m] == typed[k + m]; m++)
                any = next[k + m + 1] = true;
        if (next[len])
            return true;
        if (!any)
            return false;
        memcpy(reached, next, sizeof reached);
    }
    return false;
}

int pinyin_find(const struct pinyin *p, struct str typed, struct str name)
{
    char text[TYPED], syllable[SYLLABLES][LETTERS];
    if (!p || clean(typed, text) < 1)
        return -1;
    int count = syllables_of(p, name, syllable);
    for (int s = 0; s < count; s++)
        if (syllable[s][0] == text[0] && spelt_from(text, syllable + s, count - s))
            return s;
    return -1;
}
