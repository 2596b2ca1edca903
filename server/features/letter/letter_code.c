/* The code behind a letter's QR: made of its id and the district's key, looked up by a keyed hash. */
#include "letter_inside.h"

#include <ctype.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";   /* without I L O U: Crockford's base 32 */

/* 10 bytes as 16 signs of 5 bits. */
static struct str spell(struct arena *a, const unsigned char *bytes)
{
    char    *out = arena_alloc(a, LETTER_CODE_SIZE + 1);
    unsigned bits = 0, held = 0;
    for (size_t i = 0, n = 0; n < LETTER_CODE_SIZE; n++) {
        if (held < 5) {
            bits = bits << 8 | bytes[i++];
            held += 8;
        }
        held -= 5;
        out[n] = alphabet[bits >> held & 31];
    }
    return (struct str){ out, LETTER_CODE_SIZE };
}

struct str letter_code(struct arena *a, const struct keys *k, int64_t tenant, int64_t id)
{
    struct str named = str_fmt(a, "letter.code:%lld:%lld", (long long)tenant, (long long)id);
    return spell(a, (const unsigned char *)crypto_keyed(a, k->search, named).ptr);
}

struct str letter_code_read(struct arena *a, struct str text)
{
    char  *out = arena_alloc(a, LETTER_CODE_SIZE + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        int c = toupper((unsigned char)text.ptr[i]);
        if (c == '-' || c == ' ')
            continue;
        c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
        if (n == LETTER_CODE_SIZE || !c || !strchr(alphabet, c))
            return STR_NONE;
        out[n++] = (char)c;
    }
    return n == LETTER_CODE_SIZE ? (struct str){ out, n } : STR_NONE;
}

struct str letter_code_spaced(struct arena *a, struct str code)
{
    return str_fmt(a, "%.4s-%.4s-%.4s-%.4s", code.ptr, code.ptr + 4, code.ptr + 8, code.ptr + 12);
}

struct str letter_code_hash(struct arena *a, const struct keys *k, struct str code)
{
    return crypto_keyed(a, k->search, str_fmt(a, "letter.look:%.*s", STR_ARG(code)));
}
