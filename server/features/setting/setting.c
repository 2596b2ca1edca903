/* Rules of settings: what is known, and what a value must be. No I/O. */
#include <jansson.h>

#include "setting_rules.h"

const char *const setting_kind_words[] = { NULL, "number", "switch", "text", "list", "table", NULL };

const struct setting_row setting_rows[] = {
#define S(key, kind, standard, least, most, en, zh) { key, kind, standard, least, most, en, zh },
#include "settings.def"
#undef S
};

const size_t setting_rows_count = sizeof setting_rows / sizeof setting_rows[0];

int setting_index(struct str key)
{
    for (size_t i = 0; i < setting_rows_count; i++)
        if (str_is(key, setting_rows[i].key))
            return (int)i;
    return -1;
}

static err within(const struct setting_row *row, int64_t v, enum err_code small, enum err_code big, int64_t *bound)
{
    if (v < row->least) {
        *bound = row->least;
        return FAIL(small);
    }
    if (v > row->most) {
        *bound = row->most;
        return FAIL(big);
    }
    return OK;
}

static err read_number(struct arena *a, const struct setting_row *row, const json_t *v, struct setting_value *out, int64_t *bound)
{
    (void)a;
    if (!json_is_integer(v))
        return FAIL(ERR_WRONG_TYPE);
    out->number = json_integer_value(v);
    return within(row, out->number, ERR_TOO_SMALL, ERR_TOO_BIG, bound);
}

static err read_switch(struct arena *a, const struct setting_row *row, const json_t *v, struct setting_value *out, int64_t *bound)
{
    (void)a, (void)row, (void)bound;
    out->number = json_is_true(v);
    return json_is_boolean(v) ? OK : FAIL(ERR_WRONG_TYPE);
}

static err read_text(struct arena *a, const struct setting_row *row, const json_t *v, struct setting_value *out, int64_t *bound)
{
    if (!json_is_string(v))
        return FAIL(ERR_WRONG_TYPE);
    out->text = str_trim((struct str){ arena_copy(a, json_string_value(v), json_string_length(v)), json_string_length(v) });
    if (utf8_has_control(out->text))
        return FAIL(ERR_CONTROL_CHARACTER);
    return within(row, (int64_t)utf8_len(out->text), ERR_TOO_SHORT, ERR_TOO_LONG, bound);
}

static err read_list(struct arena *a, const struct setting_row *row, const json_t *v, struct setting_value *out, int64_t *bound)
{
    (void)a, (void)out;
    if (!json_is_array(v))
        return FAIL(ERR_WRONG_TYPE);
    return within(row, (int64_t)json_array_size(v), ERR_TOO_SHORT, ERR_TOO_LONG, bound);
}

static err read_table(struct arena *a, const struct setting_row *row, const json_t *v, struct setting_value *out, int64_t *bound)
{
    (void)a, (void)out;
    if (!json_is_object(v))
        return FAIL(ERR_WRONG_TYPE);
    return within(row, (int64_t)json_object_size(v), ERR_TOO_SHORT, ERR_TOO_LONG, bound);
}

/* The value in one spelling, in the arena. */
static struct str spelled(struct arena *a, const json_t *v)
{
    size_t n = json_dumpb(v, NULL, 0, JSON_COMPACT | JSON_ENCODE_ANY);
    char  *out = arena_alloc(a, n + 1);
    json_dumpb(v, out, n, JSON_COMPACT | JSON_ENCODE_ANY);
    return (struct str){ out, n };
}

err setting_read(struct arena *a, const struct setting_row *row, struct str json, struct setting_value *out, int64_t *bound)
{
    static err (*const readers[])(struct arena *, const struct setting_row *, const json_t *, struct setting_value *, int64_t *) = {
        [NUMBER] = read_number, [SWITCH] = read_switch, [LINE] = read_text, [LIST] = read_list, [TABLE] = read_table,
    };
    json_t *v = json.ptr ? json_loadb(json.ptr, json.len, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (!v)
        return FAIL(ERR_WRONG_TYPE);
    err e = readers[row->kind](a, row, v, out, bound);
    out->json = spelled(a, v);
    if (row->kind == LIST || row->kind == TABLE)
        out->text = out->json;
    json_decref(v);
    return e;
}

const struct setting_value *setting_in_force(const struct setting_value *values, size_t n, ms at)
{
    const struct setting_value *found = NULL;
    for (size_t i = 0; i < n && values[i].from <= at; i++)
        found = &values[i];
    return found;
}

struct str setting_site(struct req *r)
{
    struct str set = setting_text(r->app, r->arena, "site.url", r->now);
    while (set.len && set.ptr[set.len - 1] == '/')
        set.len--;
    return set.len ? set : str_fmt(r->arena, "%s://%.*s", r->https ? "https" : "http", STR_ARG(r->host));
}
