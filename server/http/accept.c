/* Content negotiation: Accept, Accept-Language, Accept-Encoding with their qualities (RFC 9110, 12.4). */
#include <strings.h>

#include "exchange.h"

/* "0", "0.5", "1.000" as thousandths; -1 on anything else. */
static int quality(struct str s)
{
    if (s.len == 0 || s.len > 5 || (s.ptr[0] != '0' && s.ptr[0] != '1') || (s.len > 1 && s.ptr[1] != '.'))
        return -1;
    int q = (s.ptr[0] - '0') * 1000, scale = 100;
    for (size_t i = 2; i < s.len; i++, scale /= 10) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return -1;
        q += (s.ptr[i] - '0') * scale;
    }
    return q <= 1000 ? q : -1;
}

/* The next element of a list: its name and quality. An element whose quality makes no sense is given 0, so that it is not chosen. */
static bool next_element(struct str *rest, struct str *name, int *q)
{
    if (!rest->ptr)
        return false;
    struct str params = str_cut(rest, ',');
    *name = str_trim(str_cut(&params, ';'));
    *q = 1000;
    while (params.ptr) {
        struct str param = str_trim(str_cut(&params, ';'));
        if (param.len >= 2 && (param.ptr[0] | 0x20) == 'q' && param.ptr[1] == '=') {
            int given = quality((struct str){ param.ptr + 2, param.len - 2 });
            *q = given < 0 ? 0 : given;
        }
    }
    return true;
}

static bool same(struct str s, const char *z)
{
    return s.len == strlen(z) && strncasecmp(s.ptr, z, s.len) == 0;
}

static bool language_is(struct str range, const char *primary)
{
    struct str rest = range;
    return same(str_cut(&rest, '-'), primary);
}

enum lang accept_language(struct str value)
{
    enum lang  best = LANG_ZH;
    int        best_q = 0, q;
    struct str name;
    while (next_element(&value, &name, &q)) {
        bool en = language_is(name, "en"), zh = language_is(name, "zh") || same(name, "*");
        if ((en || zh) && q > best_q) {
            best = en ? LANG_EN : LANG_ZH;
            best_q = q;
        }
    }
    return best;
}

enum coding accept_encoding(struct str value)
{
    int        br = -1, gzip = -1, any = -1, identity = -1, q;
    struct str name;
    while (next_element(&value, &name, &q)) {
        if (same(name, "br"))
            br = q;
        else if (same(name, "gzip") || same(name, "x-gzip"))
            gzip = q;
        else if (same(name, "identity"))
            identity = q;
        else if (same(name, "*"))
            any = q;
    }
    br = br < 0 ? any : br;
    gzip = gzip < 0 ? any : gzip;
    if (br > 0 && br >= gzip && br >= identity)
        return CODING_BR;
    return gzip > 0 && gzip >= identity ? CODING_GZIP : CODING_NONE;
}

int accept_type(struct str value, const char *type)
{
    int        best = -1, best_fit = 0, q;
    size_t     major = strcspn(type, "/");
    struct str name;
    while (next_element(&value, &name, &q)) {
        bool range = name.len == major + 2 && strncasecmp(name.ptr, type, major + 1) == 0 && name.ptr[major + 1] == '*';
        int  fit = same(name, type) ? 3 : range ? 2 : same(name, "*/*") ? 1 : 0;
        if (fit > best_fit) {
            best_fit = fit;
            best = q;
        }
    }
    return best;
}
