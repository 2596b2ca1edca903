/* Kinds of organisations and the fields each holds: the setting, and what a value must be. No I/O. */
#include "unit_org.h"

#include <jansson.h>

#define TEXT_MOST 200
#define LONG_MOST 2000

const char *const org_type_words[] = { NULL, "text", "long_text", "number", "date", "choice", "yes_no", NULL };

/* ---- reading the setting ---- */

static struct str text_of(struct arena *a, const json_t *of, const char *key)
{
    const json_t *v = json_object_get(of, key);
    return json_is_string(v) ? str_copy(a, (struct str){ json_string_value(v), json_string_length(v) }) : STR_NONE;
}

static int type_of(struct str word)
{
    for (int i = 1; org_type_words[i]; i++)
        if (str_is(word, org_type_words[i]))
            return i;
    return ORG_NOTHING;
}

static struct list choices_of(struct arena *a, const json_t *list)
{
    size_t             n = json_array_size(list);
    struct choice *at = ARENA_ARRAY(a, n + 1, struct choice);
    for (size_t i = 0; i < n; i++) {
        const json_t *c = json_array_get(list, i);
        at[i] = (struct choice){ text_of(a, c, "code"), text_of(a, c, "zh"), text_of(a, c, "en") };
    }
    return (struct list){ at, n };
}

static struct list fields_of(struct arena *a, const json_t *list)
{
    struct org_field *at = ARENA_ARRAY(a, json_array_size(list) + 1, struct org_field);
    size_t            n = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *f = json_array_get(list, i);
        at[n] = (struct org_field){ .code = text_of(a, f, "code"), .zh = text_of(a, f, "zh"), .en = text_of(a, f, "en"),
                                    .type = type_of(text_of(a, f, "type")), .required = json_is_true(json_object_get(f, "required")),
                                    .is_public = json_is_true(json_object_get(f, "public")),
                                    .choices = choices_of(a, json_object_get(f, "choices")) };
        n += at[n].code.len && at[n].type;
    }
    return (struct list){ at, n };
}

static struct strs under_of(struct arena *a, const json_t *list)
{
    size_t      n = json_array_size(list);
    struct str *at = ARENA_ARRAY(a, n + 1, struct str);
    for (size_t i = 0; i < n; i++) {
        const json_t *v = json_array_get(list, i);
        at[i] = json_is_string(v) ? str_copy(a, (struct str){ json_string_value(v), json_string_length(v) }) : STR("");
    }
    return (struct strs){ at, n };
}

struct list org_kinds_read(struct arena *a, struct str setting)
{
    json_t          *list = json_loadb(setting.ptr, setting.len, 0, NULL);
    struct org_kind *at = ARENA_ARRAY(a, json_array_size(list) + 1, struct org_kind);
    size_t           n = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *k = json_array_get(list, i), *under = json_object_get(k, "under");
        at[n] = (struct org_kind){ .code = text_of(a, k, "code"), .zh = text_of(a, k, "zh"), .en = text_of(a, k, "en"),
                                   .anywhere = !json_is_array(under), .under = under_of(a, under),
                                   .fields = fields_of(a, json_object_get(k, "fields")) };
        n += at[n].code.len != 0;
    }
    json_decref(list);
    return (struct list){ at, n };
}

const struct org_kind *org_kind_find(const struct list *kinds, struct str code)
{
    const struct org_kind *k = kinds->at;
    for (size_t i = 0; i < kinds->len; i++)
        if (str_eq(k[i].code, code))
            return &k[i];
    return NULL;
}

const struct org_field *org_field_find(const struct org_kind *k, struct str code)
{
    const struct org_field *f = k->fields.at;
    for (size_t i = 0; i < k->fields.len; i++)
        if (str_eq(f[i].code, code))
            return &f[i];
    return NULL;
}

const struct org_field *org_field_anywhere(const struct list *kinds, struct str code)
{
    const struct org_field *found = NULL;
    for (size_t i = 0; i < kinds->len && !found; i++)
        found = org_field_find(&((const struct org_kind *)kinds->at)[i], code);
    return found;
}

bool org_kind_fits(const struct org_kind *k, struct str above)
{
    bool fits = k->anywhere || !above.ptr;
    for (size_t i = 0; i < k->under.len && !fits; i++)
        fits = str_eq(k->under.at[i], above);
    return fits;
}

/* ---- what a value must be ---- */

static enum err_code text_value(struct str v, size_t most, bool lines)
{
    for (size_t i = 0; i < v.len; i++)
        if ((unsigned char)v.ptr[i] < ' ' && !(lines && (v.ptr[i] == '\n' || v.ptr[i] == '\t')))
            return ERR_CONTROL_CHARACTER;
    return utf8_len(v) > most ? ERR_TOO_LONG : ERR_NONE;
}

static size_t digits(struct str v, size_t from)
{
    size_t i = from;
    while (i < v.len && v.ptr[i] >= '0' && v.ptr[i] <= '9')
        i++;
    return i - from;
}

static enum err_code number_value(struct str v)
{
    size_t sign = v.len && v.ptr[0] == '-', whole = digits(v, sign), at = sign + whole, parts = 0;
    if (at < v.len && v.ptr[at] == '.')
        parts = digits(v, ++at);
    bool shaped = whole && at + parts == v.len && (at == sign + whole || parts) && parts <= 4 && !(whole > 1 && v.ptr[sign] == '0');
    return !shaped ? ERR_WRONG_TYPE : whole > 12 ? ERR_TOO_LONG : ERR_NONE;
}

static enum err_code date_value(struct str v)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int64_t          year, month, day;
    if (v.len != 10 || v.ptr[4] != '-' || v.ptr[7] != '-' || digits(v, 0) != 4 || digits(v, 5) != 2 || digits(v, 8) != 2)
        return ERR_WRONG_TYPE;
    (void)!str_to_i64((struct str){ v.ptr, 4 }, &year);
    (void)!str_to_i64((struct str){ v.ptr + 5, 2 }, &month);
    (void)!str_to_i64((struct str){ v.ptr + 8, 2 }, &day);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (year < 1000 || month < 1 || month > 12 || day < 1)
        return ERR_WRONG_TYPE;
    return day <= lengths[month - 1] + (leap && month == 2) ? ERR_NONE : ERR_WRONG_TYPE;
}

static enum err_code choice_value(const struct org_field *f, struct str v)
{
    const struct choice *c = f->choices.at;
    for (size_t i = 0; i < f->choices.len; i++)
        if (str_eq(c[i].code, v))
            return ERR_NONE;
    return ERR_NOT_A_CHOICE;
}

enum err_code org_value_check(struct arena *a, const struct org_field *f, struct str value, struct str *out)
{
    struct str v = *out = str_copy(a, str_trim(value));
    switch (f->type) {
    case ORG_TEXT: return text_value(v, TEXT_MOST, false);
    case ORG_LONG_TEXT: return text_value(v, LONG_MOST, true);
    case ORG_NUMBER: return number_value(v);
    case ORG_DATE: return date_value(v);
    case ORG_CHOICE: return choice_value(f, v);
    case ORG_YES_NO: return str_is(v, "yes") || str_is(v, "no") ? ERR_NONE : ERR_NOT_A_CHOICE;
    default: return ERR_WRONG_TYPE;
    }
}

bool org_value_matches(struct arena *a, const struct org_field *f, struct str value, struct str asked)
{
    if (f && f->type != ORG_TEXT && f->type != ORG_LONG_TEXT)
        return str_eq(value, asked);
    struct str in = unit_fold(a, value), part = unit_fold(a, asked);
    return part.len && in.len && memmem(in.ptr, in.len, part.ptr, part.len);
}

/* ---- is the setting one? ---- */

struct check { struct arena *arena; struct faults *faults; };

static void fault(struct check *c, struct str at, const char *member, enum err_code code)
{
    faults_add(c->faults, str_fmt(c->arena, "%.*s.%s", STR_ARG(at), member), code, 0);
}

/* Small letters, digits and _, beginning with a letter: it stands in addresses and heads of sheets. */
static bool is_code(struct str s)
{
    bool good = s.len && s.len <= 40 && s.ptr[0] >= 'a' && s.ptr[0] <= 'z';
    for (size_t i = 0; i < s.len && good; i++)
        good = (s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || (s.ptr[i] >= '0' && s.ptr[i] <= '9') || s.ptr[i] == '_';
    return good;
}

static bool repeated(const json_t *list, size_t i)
{
    const char *code = json_string_value(json_object_get(json_array_get(list, i), "code"));
    for (size_t k = 0; k < i && code; k++) {
        const char *other = json_string_value(json_object_get(json_array_get(list, k), "code"));
        if (other && strcmp(other, code) == 0)
            return true;
    }
    return false;
}

/* Code and both names, for a kind, a field or a choice. */
static void check_named(struct check *c, const json_t *list, size_t i, struct str at)
{
    static const char *const names[] = { "zh", "en" };
    const json_t            *v = json_array_get(list, i);
    struct str               code = text_of(c->arena, v, "code");
    if (!code.ptr || !is_code(code))
        fault(c, at, "code", code.ptr ? ERR_INVALID : ERR_REQUIRED);
    else if (repeated(list, i))
        fault(c, at, "code", ERR_TAKEN);
    for (size_t n = 0; n < 2; n++) {
        struct str name = str_trim(text_of(c->arena, v, names[n]));
        if (!name.len || utf8_len(name) > 60)
            fault(c, at, names[n], name.len ? ERR_TOO_LONG : ERR_REQUIRED);
    }
}

static void check_flag(struct check *c, const json_t *of, const char *key, struct str at)
{
    const json_t *v = json_object_get(of, key);
    if (v && !json_is_boolean(v))
        fault(c, at, key, ERR_WRONG_TYPE);
}

static void check_field(struct check *c, const json_t *list, size_t i, struct str at)
{
    const json_t *f = json_array_get(list, i), *choices = json_object_get(f, "choices");
    int           type = type_of(text_of(c->arena, f, "type"));
    check_named(c, list, i, at);
    check_flag(c, f, "required", at);
    check_flag(c, f, "public", at);
    if (!type)
        fault(c, at, "type", ERR_NOT_A_CHOICE);
    if ((type == ORG_CHOICE) != (json_array_size(choices) != 0))
        fault(c, at, "choices", type == ORG_CHOICE ? ERR_REQUIRED : ERR_INVALID);
    for (size_t n = 0; n < json_array_size(choices); n++)
        check_named(c, choices, n, str_fmt(c->arena, "%.*s.choices[%zu]", STR_ARG(at), n));
}

/* The same code means the same thing wherever it stands, so that a list can be filtered by it. */
static void check_alike(struct check *c, const struct list *kinds, const struct org_kind *k, struct str at)
{
    const struct org_field *f = k->fields.at;
    for (size_t i = 0; i < k->fields.len; i++)
        if (org_field_anywhere(kinds, f[i].code)->type != f[i].type)
            fault(c, str_fmt(c->arena, "%.*s.fields[%zu]", STR_ARG(at), i), "type", ERR_CONFLICT);
}

void org_kinds_check(struct arena *a, struct str json, struct str at, struct faults *faults)
{
    struct check c = { a, faults };
    json_t      *list = json_loadb(json.ptr, json.len, 0, NULL);
    struct list  kinds = org_kinds_read(a, json);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t          *k = json_array_get(list, i), *under = json_object_get(k, "under"), *fields = json_object_get(k, "fields");
        struct str             place = str_fmt(a, "%.*s[%zu]", STR_ARG(at), i);
        const struct org_kind *read = org_kind_find(&kinds, text_of(a, k, "code"));
        check_named(&c, list, i, place);
        if ((under && !json_is_null(under) && !json_is_array(under)) || (fields && !json_is_array(fields)))
            fault(&c, place, json_is_array(fields) || !fields ? "under" : "fields", ERR_WRONG_TYPE);
        for (size_t n = 0; read && n < read->under.len; n++)
            if (!org_kind_find(&kinds, read->under.at[n]))
                fault(&c, place, "under", ERR_NOT_A_CHOICE);
        for (size_t n = 0; n < json_array_size(fields); n++)
            check_field(&c, fields, n, str_fmt(a, "%.*s.fields[%zu]", STR_ARG(place), n));
        if (read)
            check_alike(&c, &kinds, read, place);
    }
    json_decref(list);
}

struct str credit_tidy(struct arena *a, struct str code)
{
    struct str folded = unit_fold(a, code);
    char      *out = code.ptr ? arena_copy(a, folded.ptr, folded.len) : NULL;
    for (size_t i = 0; i < folded.len; i++)
        if (out[i] >= 'a' && out[i] <= 'z')
            out[i] = (char)(out[i] - 32);
    return code.ptr ? (struct str){ out, folded.len } : STR_NONE;
}
