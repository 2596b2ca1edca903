/* agreement_text.c: templates, and the words of an agreement with its braces filled. */
#include "agreement_inside.h"

#include "../setting/setting.h"

const struct field agreement_template_fields[] = {
    FIELD_STR(struct agreement_template, code, 0, 0, REQUIRED, "Code"), FIELD_STR(struct agreement_template, kind, 0, 0, REQUIRED, "For this kind"),
    FIELD_STR(struct agreement_template, zh, 0, 0, REQUIRED, "Chinese name"), FIELD_STR(struct agreement_template, en, 0, 0, REQUIRED, "English name"),
    FIELD_STR(struct agreement_template, text, 0, 0, REQUIRED, "Words with {names} in braces"), FIELD_END
};

struct list agreement_templates(struct app *app, struct arena *a, ms at)
{
    return setting_list_read(a, setting_text(app, a, "agreement.templates", at), agreement_template_fields, sizeof(struct agreement_template));
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
