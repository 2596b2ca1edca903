/* Rules of areas and organisations: pure functions. */
#include "unit_inside.h"

#include <jansson.h>

/* ---- kinds ---- */

static struct str text_of(struct arena *a, const json_t *v)
{
    return json_is_string(v) ? str_copy(a, (struct str){ json_string_value(v), json_string_length(v) }) : STR_NONE;
}

static struct strs texts_of(struct arena *a, const json_t *list)
{
    size_t      n = json_array_size(list);
    struct str *at = ARENA_ARRAY(a, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        at[i] = text_of(a, json_array_get(list, i));
    return (struct strs){ at, n };
}

struct area_kinds area_kinds_read(struct arena *a, struct str setting)
{
    json_t           *list = json_loadb(setting.ptr, setting.len, 0, NULL);
    size_t            n = json_array_size(list);
    struct area_kind *at = ARENA_ARRAY(a, n + 1, struct area_kind);
    for (size_t i = 0; i < n; i++) {
        const json_t *k = json_array_get(list, i);
        at[i] = (struct area_kind){ text_of(a, json_object_get(k, "code")), text_of(a, json_object_get(k, "zh")), text_of(a, json_object_get(k, "en")),
                                    texts_of(a, json_object_get(k, "under")) };
    }
    json_decref(list);
    return (struct area_kinds){ at, n };
}

int area_kind_find(const struct area_kinds *k, struct str code)
{
    for (size_t i = 0; i < k->len; i++)
        if (str_eq(k->at[i].code, code))
            return (int)i;
    return -1;
}

err area_kind_fits(const struct area_kinds *k, struct str kind, struct str parent_kind)
{
    int i = area_kind_find(k, kind);
    if (i < 0)
        return FAIL_AT(ERR_NOT_A_CHOICE, "kind");
    const struct strs *under = &k->at[i].under;
    if (!parent_kind.ptr)
        return under->len == 0 ? OK : FAIL_AT(ERR_REQUIRED, "parent_id");
    for (size_t n = 0; n < under->len; n++)
        if (str_eq(under->at[n], parent_kind))
            return OK;
    return FAIL_AT(ERR_PARENT_KIND, "parent_id");
}

bool kind_listed(struct arena *a, struct str setting, struct str code)
{
    struct area_kinds k = area_kinds_read(a, setting);
    return area_kind_find(&k, code) >= 0;
}

/* ---- the unified social credit code ---- */

static int credit_digit(char c)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const char       *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

enum credit credit_check(struct str code)
{
    static const int weight[17] = { 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28 };
    int              sum = 0;
    if (!code.ptr || !code.len)
        return CREDIT_NONE;
    if (code.len != 18)
        return CREDIT_FORM;
    for (int i = 0; i < 18; i++)
        if (credit_digit(code.ptr[i]) < 0)
            return CREDIT_FORM;
    for (int i = 0; i < 17; i++)
        sum += weight[i] * credit_digit(code.ptr[i]);
    return credit_digit(code.ptr[17]) == (31 - sum % 31) % 31 ? CREDIT_OK : CREDIT_CHECK;
}

/* ---- names ---- */

/* The code point at *i of a valid text, and past it. */
static unsigned code_point(struct str s, size_t *i)
{
    unsigned char c = (unsigned char)s.ptr[(*i)++];
    unsigned      code = c < 0x80 ? c : c < 0xE0 ? c & 0x1Fu : c < 0xF0 ? c & 0x0Fu : c & 0x07u;
    while (c >= 0x80 && *i < s.len && ((unsigned char)s.ptr[*i] & 0xC0) == 0x80)
        code = code << 6 | ((unsigned char)s.ptr[(*i)++] & 0x3Fu);
    return code;
}

struct str unit_fold(struct arena *a, struct str name)
{
    struct buf b = buf_new(a, name.len + 1);
    for (size_t i = 0; i < name.len;) {
        size_t   from = i;
        unsigned code = code_point(name, &i);
        if (code == ' ' || code == '\t' || code == 0x3000)
            continue;
        if (code >= 0xFF01 && code <= 0xFF5E)
            code -= 0xFEE0;
        if (code < 0x80)
            buf_byte(&b, (char)(code >= 'A' && code <= 'Z' ? code + 32 : code));
        else
            buf_add(&b, name.ptr + from, i - from);
    }
    return name.ptr ? buf_view(&b) : STR_NONE;
}
