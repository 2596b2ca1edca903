/* agreement_text.c: templates, and the words of an agreement with its braces filled. */
#include <jansson.h>

#include "agreement_inside.h"

#include "../setting/setting.h"

static struct str member_text(struct arena *a, const json_t *of, const char *name)
{
    const json_t *v = json_object_get(of, name);
    return json_is_string(v) ? str_copy(a, (struct str){ json_string_value(v), json_string_length(v) }) : STR_NONE;
}

struct list agreement_kinds(struct app *app, struct arena *a, ms at)
{
    struct str             setting = setting_text(app, a, "agreement.kinds", at);
    json_t                *list = json_loadb(setting.ptr, setting.len, 0, NULL);
    size_t                 n = json_array_size(list);
    struct agreement_kind *out = ARENA_ARRAY(a, n + 1, struct agreement_kind);
    for (size_t i = 0; i < n; i++) {
        const json_t *one = json_array_get(list, i);
        out[i] = (struct agreement_kind){ member_text(a, one, "code"), member_text(a, one, "zh"), member_text(a, one, "en") };
    }
    json_decref(list);
    return (struct list){ out, n };
}

struct list agreement_templates(struct app *app, struct arena *a, ms at)
{
    struct str                 setting = setting_text(app, a, "agreement.templates", at);
    json_t                    *list = json_loadb(setting.ptr, setting.len, 0, NULL);
    size_t                     n = json_array_size(list);
    struct agreement_template *out = ARENA_ARRAY(a, n + 1, struct agreement_template);
    for (size_t i = 0; i < n; i++) {
        const json_t *one = json_array_get(list, i);
        out[i] = (struct agreement_template){ member_text(a, one, "code"), member_text(a, one, "kind"), member_text(a, one, "zh"),
                                              member_text(a, one, "en"), member_text(a, one, "text") };
    }
    json_decref(list);
    return (struct list){ out, n };
}

struct filling { struct str parties, first, from, to, alliance; };

static bool word_for(const void *words, struct str name, struct str *out)
{
    const struct filling *f = words;
    const struct { const char *name; struct str text; } known[] = {
        { "parties", f->parties }, { "first", f->first }, { "from", f->from }, { "to", f->to }, { "alliance", f->alliance }
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        *out = known[i].text;
        if (str_is(name, known[i].name))
            return true;
    }
    return false;
}

static struct str names(struct app *app, struct arena *a, const struct list *parties)
{
    const struct party         *p = parties->at;
    struct buf                  b = buf_new(a, 0);
    const struct unit_snapshot *s = unit_hold(app);
    for (size_t i = 0; i < parties->len; i++) {
        buf_z(&b, !i ? "" : i + 1 == parties->len ? "和" : "、");
        buf_str(&b, unit_name(s, PARTY(p[i].org_id)));
    }
    unit_release(s);
    return buf_view(&b);
}

err agreement_words(struct app *app, struct arena *a, const struct agreement *g, const struct list *parties, struct str alliance, struct str *out)
{
    struct list    first = { parties->at, parties->len ? 1 : 0 };
    struct filling f = { names(app, a, parties), names(app, a, &first), letter_date(a, g->begins_at, app->zone_minutes, LETTER_ZH),
                         letter_last_day(a, g->ends_at, app->zone_minutes, LETTER_ZH), alliance.ptr ? alliance : STR("") };
    return letter_fill(a, g->text, word_for, &f, out);
}
