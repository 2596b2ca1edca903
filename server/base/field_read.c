/* field_read: JSON objects and query strings into structs, every fault collected. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "field.h"
#include "form.h"

#define DEPTH_MOST 16

struct reader {
    struct arena  *arena;
    struct faults *faults;
};

static void fault(struct reader *r, struct str path, enum err_code code, int64_t bound)
{
    faults_add(r->faults, path, code, bound);
}

static struct str child(struct reader *r, struct str path, const char *name)
{
    return path.len ? str_fmt(r->arena, "%.*s.%s", STR_ARG(path), name) : str_copy(r->arena, str_of(name));
}

static struct str element(struct reader *r, struct str path, size_t i)
{
    return str_fmt(r->arena, "%.*s[%zu]", STR_ARG(path), i);
}

/* ---- single values, shared by JSON and query strings ---- */

static bool within(struct reader *r, const struct field *f, struct str path, int64_t v, enum err_code low, enum err_code high)
{
    if (f->min == 0 && f->max == 0)
        return true;
    if (v < f->min)
        fault(r, path, low, f->min);
    else if (v > f->max)
        fault(r, path, high, f->max);
    else
        return true;
    return false;
}

static bool has_line_control(struct str s)
{
    return str_find(s, '\n') >= 0 || str_find(s, '\r') >= 0 || str_find(s, '\t') >= 0;
}

static void read_text(struct reader *r, const struct field *f, struct str path, struct str s, struct str *out)
{
    struct str t = f->flags & RAW_TEXT ? s : str_trim(s);
    if (!utf8_valid(t))
        fault(r, path, ERR_NOT_UTF8, 0);
    else if (utf8_has_control(t) || (!(f->flags & MULTILINE) && has_line_control(t)))
        fault(r, path, ERR_CONTROL_CHARACTER, 0);
    else if (t.len == 0 && s.len > 0 && f->min > 0)
        fault(r, path, ERR_BLANK, 0);
    else if (within(r, f, path, (int64_t)utf8_len(t), ERR_TOO_SHORT, ERR_TOO_LONG))
        *out = t;
}

static void read_number(struct reader *r, const struct field *f, struct str path, int64_t v, int64_t *out)
{
    if (within(r, f, path, v, ERR_TOO_SMALL, ERR_TOO_BIG))
        *out = v;
}

static bool id_from(struct str s, int64_t *out)
{
    return s.len && s.len <= 19 && str_to_i64(s, out) && *out > 0;
}

static void read_id(struct reader *r, struct str path, struct str s, int64_t *out)
{
    if (!id_from(s, out))
        fault(r, path, ERR_WRONG_TYPE, 0);
}

static void read_word(struct reader *r, const struct field *f, struct str path, struct str s, int *out)
{
    for (int i = 1; f->words[i]; i++)
        if (str_is(s, f->words[i])) {
            *out = i;
            return;
        }
    fault(r, path, ERR_NOT_A_CHOICE, 0);
}

static void read_place(struct reader *r, struct str path, double lon, double lat, struct geo *out)
{
    if (!isfinite(lon) || !isfinite(lat) || fabs(lon) > 180 || fabs(lat) > 90)
        fault(r, path, ERR_PLACE, 0);
    else
        *out = (struct geo){ true, lon, lat };
}

static void read_time_text(struct reader *r, struct str path, struct str s, ms *out)
{
    int64_t v;
    if (clock_parse_iso(s, out))
        return;
    if (str_to_i64(s, &v) && v > 0)
        *out = v;
    else
        fault(r, path, ERR_WRONG_TYPE, 0);
}

/* ---- JSON ---- */

static struct str text_of(const json_t *v)
{
    return (struct str){ json_string_value(v), json_string_length(v) };
}

static void read_object(struct reader *r, const struct field *table, struct str path, json_t *v, void *out, struct given *given);

static void json_text(struct reader *r, const struct field *f, struct str path, json_t *v, void *out)
{
    if (json_is_string(v))
        read_text(r, f, path, str_copy(r->arena, text_of(v)), out);
    else
        fault(r, path, ERR_WRONG_TYPE, 0);
}

static void json_integer_value_of(struct reader *r, const struct field *f, struct str path, json_t *v, void *out)
{
    if (json_is_integer(v))
        read_number(r, f, path, json_integer_value(v), out);
    else
        fault(r, path, ERR_WRONG_TYPE, 0);
}

static void json_real_value_of(struct reader *r, struct str path, json_t *v, double *out)
{
    if (json_is_number(v))
        *out = json_number_value(v);
    else
        fault(r, path, ERR_WRONG_TYPE, 0);
}

static void json_bool_value_of(struct reader *r, struct str path, json_t *v, bool *out)
{
    if (json_is_boolean(v))
        *out = json_is_true(v);
    else
        fault(r, path, ERR_WRONG_TYPE, 0);
}

static void json_time(struct reader *r, struct str path, json_t *v, ms *out)
{
    if (json_is_integer(v) && json_integer_value(v) > 0)
        *out = json_integer_value(v);
    else if (json_is_string(v))
        read_time_text(r, path, text_of(v), out);
    else
        fault(r, path, ERR_WRONG_TYPE, 0);
}

static void json_id_of(struct reader *r, struct str path, json_t *v, int64_t *out)
{
    read_id(r, path, json_is_string(v) ? text_of(v) : STR_NONE, out);
}

static void json_geo(struct reader *r, struct str path, json_t *v, struct geo *out)
{
    json_t *lon = json_object_get(v, "lon"), *lat = json_object_get(v, "lat");
    if (!json_is_object(v) || json_object_size(v) != 2 || !json_is_number(lon) || !json_is_number(lat))
        fault(r, path, ERR_PLACE, 0);
    else
        read_place(r, path, json_number_value(lon), json_number_value(lat), out);
}

static void json_word(struct reader *r, const struct field *f, struct str path, json_t *v, int *out)
{
    if (json_is_string(v))
        read_word(r, f, path, text_of(v), out);
    else
        fault(r, path, ERR_WRONG_TYPE, 0);
}

/* The elements of a list of the size allowed, or NULL after a fault. */
static bool list_ok(struct reader *r, const struct field *f, struct str path, json_t *v)
{
    if (!json_is_array(v)) {
        fault(r, path, ERR_WRONG_TYPE, 0);
        return false;
    }
    return within(r, f, path, (int64_t)json_array_size(v), ERR_TOO_SHORT, ERR_TOO_LONG);
}

static void json_ids(struct reader *r, const struct field *f, struct str path, json_t *v, struct ids *out)
{
    if (!list_ok(r, f, path, v))
        return;
    size_t   n = json_array_size(v);
    int64_t *ids = ARENA_ARRAY(r->arena, n, int64_t);
    for (size_t i = 0; i < n; i++)
        json_id_of(r, element(r, path, i), json_array_get(v, i), &ids[i]);
    *out = (struct ids){ ids, n };
}

static void json_strs(struct reader *r, const struct field *f, struct str path, json_t *v, struct strs *out)
{
    static const struct field one = { .kind = KIND_STR, .min = 1, .max = 1000 };
    if (!list_ok(r, f, path, v))
        return;
    size_t      n = json_array_size(v);
    struct str *texts = ARENA_ARRAY(r->arena, n, struct str);
    for (size_t i = 0; i < n; i++)
        json_text(r, &one, element(r, path, i), json_array_get(v, i), &texts[i]);
    *out = (struct strs){ texts, n };
}

static void json_any(struct reader *r, json_t *v, struct str *out)
{
    char *text = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);
    *out = str_copy(r->arena, str_of(text));
    free(text);   /* jansson's allocation */
}

static void json_sub(struct reader *r, const struct field *f, struct str path, json_t *v, void **out)
{
    if (!json_is_object(v)) {
        fault(r, path, ERR_WRONG_TYPE, 0);
        return;
    }
    *out = arena_alloc(r->arena, f->size);
    read_object(r, f->sub, path, v, *out, NULL);
}

static void json_sub_list(struct reader *r, const struct field *f, struct str path, json_t *v, struct list *out)
{
    if (!list_ok(r, f, path, v))
        return;
    size_t n = json_array_size(v);
    char  *at = arena_array(r->arena, n, f->size);
    for (size_t i = 0; i < n; i++) {
        json_t    *e = json_array_get(v, i);
        struct str here = element(r, path, i);
        if (json_is_object(e))
            read_object(r, f->sub, here, e, at + i * f->size, NULL);
        else
            fault(r, here, ERR_WRONG_TYPE, 0);
    }
    *out = (struct list){ at, n };
}

static void read_member(struct reader *r, const struct field *f, struct str path, json_t *v, char *out)
{
    switch (f->kind) {
    case KIND_STR:    json_text(r, f, path, v, out); break;
    case KIND_I64:    json_integer_value_of(r, f, path, v, out); break;
    case KIND_REAL:   json_real_value_of(r, path, v, (double *)out); break;
    case KIND_BOOL:   json_bool_value_of(r, path, v, (bool *)out); break;
    case KIND_TIME:   json_time(r, path, v, (ms *)out); break;
    case KIND_ID:     json_id_of(r, path, v, (int64_t *)out); break;
    case KIND_GEO:    json_geo(r, path, v, (struct geo *)out); break;
    case KIND_WORD:   json_word(r, f, path, v, (int *)out); break;
    case KIND_STRS:   json_strs(r, f, path, v, (struct strs *)out); break;
    case KIND_IDS:    json_ids(r, f, path, v, (struct ids *)out); break;
    case KIND_JSON:   json_any(r, v, (struct str *)out); break;
    case KIND_OBJECT: json_sub(r, f, path, v, (void **)out); break;
    case KIND_LIST:   json_sub_list(r, f, path, v, (struct list *)out); break;
    case KIND_END:    break;
    }
}

static ptrdiff_t find_row(const struct field *table, const char *name)
{
    for (ptrdiff_t i = 0; table[i].kind != KIND_END; i++)
        if (strcmp(table[i].name, name) == 0)
            return i;
    return -1;
}

/* Paths come from the client's own member names here: keep them short and printable. */
static void unknown_field(struct reader *r, struct str path, const char *name)
{
    struct str shown = utf8_head(str_of(name), 60);
    if (utf8_has_control(shown) || str_find(shown, '\n') >= 0)
        shown = STR("?");
    fault(r, child(r, path, str_z(r->arena, shown)), ERR_UNKNOWN_FIELD, 0);
}

static void missing_fields(struct reader *r, const struct field *table, struct str path, uint64_t seen)
{
    for (size_t i = 0; table[i].kind != KIND_END; i++)
        if (table[i].flags & REQUIRED && !(seen >> i & 1))
            fault(r, child(r, path, table[i].name), ERR_REQUIRED, 0);
}

static void read_object(struct reader *r, const struct field *table, struct str path, json_t *object, void *out, struct given *given)
{
    const char *name;
    json_t     *v;
    uint64_t    seen = 0, named = 0;
    json_object_foreach(object, name, v)
    {
        ptrdiff_t i = find_row(table, name);
        if (i < 0) {
            unknown_field(r, path, name);
            continue;
        }
        named |= (uint64_t)1 << i;
        if (json_is_null(v))
            continue;
        seen |= (uint64_t)1 << i;
        read_member(r, &table[i], child(r, path, name), v, (char *)out + table[i].offset);
    }
    missing_fields(r, table, path, seen);
    if (given)
        given->bits = named;
}

/* jansson limits recursion at 2,048 levels; ours is tighter. Brackets inside strings do not count. */
static bool too_deep(struct str s)
{
    int  depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '['))
            depth++;
        else if (!quoted && (c == '}' || c == ']'))
            depth--;
        if (depth > DEPTH_MOST)
            return true;
    }
    return false;
}

err field_read_json(struct arena *a, const struct field *table, struct str text, void *out, struct given *given,
                    struct faults *faults)
{
    struct reader r = { a, faults };
    json_error_t  why;
    if (too_deep(text))
        return FAIL(ERR_BAD_JSON);
    json_t *v = json_loadb(text.ptr ? text.ptr : "", text.len, JSON_REJECT_DUPLICATES, &why);
    if (!v || !json_is_object(v)) {
        json_decref(v);
        return FAIL(ERR_BAD_JSON);
    }
    read_object(&r, table, STR(""), v, out, given);
    json_decref(v);
    return faults->len ? FAIL(ERR_INVALID) : OK;
}

/* ---- query strings ---- */

static void query_ids(struct reader *r, const struct field *f, struct str path, struct str s, struct ids *out)
{
    size_t n = 1;
    for (size_t i = 0; i < s.len; i++)
        n += s.ptr[i] == ',';
    int64_t *ids = ARENA_ARRAY(r->arena, n, int64_t);
    for (size_t i = 0; i < n; i++)
        read_id(r, path, str_cut(&s, ','), &ids[i]);
    if (within(r, f, path, (int64_t)n, ERR_TOO_SHORT, ERR_TOO_LONG))
        *out = (struct ids){ ids, n };
}

static void query_strs(struct reader *r, const struct field *f, struct str path, struct str s, struct strs *out)
{
    static const struct field one = { .kind = KIND_STR, .min = 1, .max = 1000 };
    size_t                    n = 1;
    for (size_t i = 0; i < s.len; i++)
        n += s.ptr[i] == ',';
    struct str *texts = ARENA_ARRAY(r->arena, n, struct str);
    for (size_t i = 0; i < n; i++)
        read_text(r, &one, path, str_cut(&s, ','), &texts[i]);
    if (within(r, f, path, (int64_t)n, ERR_TOO_SHORT, ERR_TOO_LONG))
        *out = (struct strs){ texts, n };
}

static void query_geo(struct reader *r, struct str path, struct str s, struct geo *out)
{
    struct str lon = str_cut(&s, ',');
    double     x, y;
    if (str_to_real(lon, &x) && str_to_real(s, &y))
        read_place(r, path, x, y, out);
    else
        fault(r, path, ERR_PLACE, 0);
}

static void query_number(struct reader *r, const struct field *f, struct str path, struct str s, int64_t *out)
{
    int64_t v;
    if (str_to_i64(s, &v))
        read_number(r, f, path, v, out);
    else
        fault(r, path, ERR_WRONG_TYPE, 0);
}

static void query_bool(struct reader *r, struct str path, struct str s, bool *out)
{
    bool yes = str_is(s, "true") || str_is(s, "1");
    if (!yes && !str_is(s, "false") && !str_is(s, "0"))
        fault(r, path, ERR_WRONG_TYPE, 0);
    *out = yes;
}

static void query_real(struct reader *r, struct str path, struct str s, double *out)
{
    if (!str_to_real(s, out))
        fault(r, path, ERR_WRONG_TYPE, 0);
}

static void query_member(struct reader *r, const struct field *f, struct str path, struct str s, char *out)
{
    switch (f->kind) {
    case KIND_STR:  read_text(r, f, path, s, (struct str *)out); break;
    case KIND_I64:  query_number(r, f, path, s, (int64_t *)out); break;
    case KIND_REAL: query_real(r, path, s, (double *)out); break;
    case KIND_BOOL: query_bool(r, path, s, (bool *)out); break;
    case KIND_TIME: read_time_text(r, path, s, (ms *)out); break;
    case KIND_ID:   read_id(r, path, s, (int64_t *)out); break;
    case KIND_GEO:  query_geo(r, path, s, (struct geo *)out); break;
    case KIND_WORD: read_word(r, f, path, s, (int *)out); break;
    case KIND_STRS: query_strs(r, f, path, s, (struct strs *)out); break;
    case KIND_IDS:  query_ids(r, f, path, s, (struct ids *)out); break;
    default:        fault(r, path, ERR_WRONG_TYPE, 0); break;   /* objects have no place in a query string */
    }
}

/* One name=value pair. */
static void query_pair(struct reader *r, const struct field *table, struct str pair, char *out, uint64_t *seen)
{
    struct str name = form_decode(r->arena, str_cut(&pair, '=')), value = form_decode(r->arena, pair);
    if (!name.ptr || !value.ptr || !utf8_valid(name)) {
        fault(r, STR("?"), ERR_BAD_REQUEST, 0);
        return;
    }
    ptrdiff_t i = find_row(table, str_z(r->arena, name));
    if (i < 0) {
        unknown_field(r, STR(""), str_z(r->arena, name));
    } else if (*seen >> i & 1) {
        fault(r, name, ERR_INVALID, 0);
    } else if (value.len) {   /* an empty optional parameter counts as absent */
        *seen |= (uint64_t)1 << i;
        query_member(r, &table[i], name, value, out + table[i].offset);
    }
}

err field_read_query(struct arena *a, const struct field *table, struct str query, void *out, struct given *given,
                     struct faults *faults)
{
    struct reader r = { a, faults };
    uint64_t      seen = 0;
    struct str pair;
    while (form_pair(&query, &pair))
        query_pair(&r, table, pair, out, &seen);
    missing_fields(&r, table, STR(""), seen);
    if (given)
        given->bits = seen;
    return faults->len ? FAIL(ERR_INVALID) : OK;
}
