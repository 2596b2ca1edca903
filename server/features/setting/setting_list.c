/* Settings that are lists of things with names: their elements, read by a field table. No I/O. */
#include "setting.h"

#include <jansson.h>

const struct field choice_fields[] = {
    FIELD_STR(struct choice, code, 0, 0, REQUIRED, "Stable name"), FIELD_STR(struct choice, zh, 0, 0, REQUIRED, "Chinese name"),
    FIELD_STR(struct choice, en, 0, 0, REQUIRED, "English name"), FIELD_END
};

static void read_member(struct arena *a, const json_t *of, const struct field *f, void *row)
{
    const json_t *v = json_object_get(of, f->name);
    void         *to = (char *)row + f->offset;
    if (f->kind == KIND_BOOL)
        *(bool *)to = json_is_true(v);
    else if (f->kind == KIND_STR && json_is_string(v))
        *(struct str *)to = str_copy(a, (struct str){ json_string_value(v), json_string_length(v) });
}

struct list setting_list_read(struct arena *a, struct str json, const struct field *table, size_t size)
{
    json_t *list = json.len ? json_loadb(json.ptr, json.len, 0, NULL) : NULL;
    size_t  n = json_array_size(list);
    char   *at = arena_array(a, n + 1, size);
    for (size_t i = 0; i < n; i++)
        for (const struct field *f = table; f->kind != KIND_END; f++)
            read_member(a, json_array_get(list, i), f, at + i * size);
    json_decref(list);
    return (struct list){ at, n };
}

struct list setting_choices(const struct app *app, struct arena *a, const char *key, ms at)
{
    return setting_list_read(a, setting_text(app, a, key, at), choice_fields, sizeof(struct choice));
}

const struct choice *choice_find(const struct list *choices, struct str code)
{
    const struct choice *at = choices->at;
    for (size_t i = 0; i < choices->len; i++)
        if (code.len && str_eq(at[i].code, code))
            return &at[i];
    return NULL;
}
