/* saved.c: what may be kept, and who sees what is shared. Pure: no I/O, no clock, no SQL. */
#include "saved_rules.h"

#include <jansson.h>
#include <string.h>

const char *const saved_kind_words[] = { NULL, "case_view", "reply", NULL };

/* ---- views ---- */

#define MEMBERS_MOST 20
#define VALUES_MOST  20
#define VALUE_MOST   200
#define NAME_MOST    40
#define QUERY_MOST   2000

static enum err_code value_fault(const json_t *v)
{
    if (!json_is_string(v))
        return ERR_WRONG_TYPE;
    return json_string_length(v) > VALUE_MOST ? ERR_TOO_LONG : ERR_NONE;
}

static enum err_code values_fault(const json_t *v)
{
    enum err_code fault = ERR_NONE;
    if (!json_is_array(v))
        return value_fault(v);
    if (json_array_size(v) > VALUES_MOST)
        return ERR_TOO_LONG;
    for (size_t i = 0; i < json_array_size(v) && fault == ERR_NONE; i++)
        fault = value_fault(json_array_get(v, i));
    return fault;
}

static bool is_name(const char *name)
{
    size_t len = strlen(name);
    return len > 0 && len <= NAME_MOST && strspn(name, "abcdefghijklmnopqrstuvwxyz_") == len && strcmp(name, "after") != 0;
}

static enum err_code object_fault(json_t *all)
{
    const char   *name;
    json_t       *value;
    enum err_code fault = ERR_NONE;
    if (!json_is_object(all))
        return ERR_WRONG_TYPE;
    if (json_object_size(all) > MEMBERS_MOST)
        return ERR_TOO_LONG;
    json_object_foreach(all, name, value) {
        fault = is_name(name) ? values_fault(value) : ERR_INVALID;
        if (fault != ERR_NONE)
            return fault;
    }
    return fault;
}

enum err_code saved_query_fault(struct str json)
{
    if (json.len > QUERY_MOST)
        return ERR_TOO_LONG;
    json_t       *all = json_loadb(json.ptr, json.len, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
    enum err_code fault = all ? object_fault(all) : ERR_WRONG_TYPE;
    json_decref(all);
    return fault;
}

/* ---- replies ---- */

static bool is_placeholder(struct str word)
{
    static const char *const words[] = { "code", "title", "address", "area", "category", "org" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(word, words[i]))
            return true;
    return false;
}

enum err_code saved_text_fault(struct str text)
{
    struct str rest = text;
    while (rest.ptr) {
        struct str plain = str_cut(&rest, '{');
        if (str_find(plain, '}') >= 0)
            return ERR_PLACEHOLDER;
        if (!rest.ptr)
            break;
        ptrdiff_t end = str_find(rest, '}');
        if (end < 0 || !is_placeholder((struct str){ rest.ptr, (size_t)end }))
            return ERR_PLACEHOLDER;
        rest = (struct str){ rest.ptr + end + 1, rest.len - (size_t)end - 1 };
    }
    return ERR_NONE;
}

/* ---- who sees it ---- */

static void add_chain(const struct unit_snapshot *s, struct unit_ref u, int64_t *at, size_t *n)
{
    for (; u.id; u.id = unit_parent(s, u)) {
        for (size_t i = 0; i < *n; i++)
            if (at[i] == u.id)
                return;   /* and with it all above */
        at[(*n)++] = u.id;
    }
}

/* Levels of both trees together, with room to spare: a deeper chain would be a cycle. */
static size_t chain_most(const struct unit_snapshot *s, struct unit_ref u)
{
    struct unit_ref area = { UNIT_AREA, unit_area_of(s, u) };
    return (size_t)(unit_depth(s, u) + 1) + (size_t)(unit_depth(s, area) + 1);
}

struct ids saved_units(const struct unit_snapshot *s, struct arena *a, const struct grant *grants, size_t n)
{
    size_t most = 0, len = 0;
    for (size_t i = 0; i < n; i++)
        most += chain_most(s, grants[i].unit);
    int64_t *at = ARENA_ARRAY(a, most + 1, int64_t);
    for (size_t i = 0; i < n; i++) {
        if (unit_depth(s, grants[i].unit) < 0)
            continue;
        add_chain(s, grants[i].unit, at, &len);
        if (grants[i].unit.kind == UNIT_ORG)
            add_chain(s, (struct unit_ref){ UNIT_AREA, unit_area_of(s, grants[i].unit) }, at, &len);
    }
    return (struct ids){ at, len };
}
