/* Issuing: the words of a letter are put together once and kept as they are. */
#include "letter_inside.h"

#include "../../base/id.h"
#include "../setting/setting.h"

static struct str template_of(struct app *app, struct arena *a, const struct letter_order *o, const char *what)
{
    const char *middle = strcmp(o->kind, "certificate") == 0 ? "certificate_" : "";
    struct str  key = str_fmt(a, "letter.%s%s_%s", middle, what, o->lang);
    return setting_text(app, a, key.ptr, o->issued_at);
}

/* The name of the unit as it stands before the post: an area within the district by its own name, in full in the table below the text. */
err letter_compose(struct app *app, struct arena *a, const struct unit_snapshot *s, const struct unit_appointment *of,
                   const struct unit_post *post, const struct letter_order *o, struct letter_row *out)
{
    bool                zh = strcmp(o->lang, "zh") == 0;
    enum letter_lang    lang = zh ? LETTER_ZH : LETTER_EN;
    const char         *between = zh ? "" : " ";
    struct unit_ref     issuer = { UNIT_ORG, o->issuer };
    struct letter_words w = { .person = of->person, .post = zh ? of->post_name_zh : of->post_name_en, .unit = str_copy(a, unit_name(s, of->unit)),
                              .duty = zh ? post->duty_zh : post->duty_en, .issuer = str_copy(a, unit_name(s, issuer)) };
    w.from = letter_date(a, of->from, app->zone_minutes, lang);
    w.to = letter_last_day(a, of->to, app->zone_minutes, lang);
    *out = (struct letter_row){
        .appointment_id = of->id, .issuer_id = o->issuer, .seal_id = o->seal, .kind = str_of(o->kind), .lang = str_of(o->lang),
        .title = template_of(app, a, o, "title"), .person_name = of->person, .post_name = w.post,
        .unit_name = unit_full_name(s, a, of->unit, between), .issuer_name = w.issuer,
        .issuer_area = unit_full_name(s, a, (struct unit_ref){ UNIT_AREA, unit_area_of(s, issuer) }, between),
        .valid_from = of->from, .valid_to = of->to, .issued_at = o->issued_at, .until = of->to
    };
    return letter_expand(a, template_of(app, a, o, "text"), &w, &out->body);
}

/* The next number of its year that no letter has. */
static err next_number(struct app *app, struct db_conn *c, struct arena *a, ms issued_at, ms now, struct str *out)
{
    struct str scheme = setting_text(app, a, "letter.number", issued_at);
    int        year = clock_civil_at(issued_at, app->zone_minutes).year;
    err        e;
    do {
        int64_t n;
        TRY(db_counter(c, app->tenant, str_fmt(a, "letter.%d", year), &n));
        TRY(letter_number(a, scheme, year, n, out));
        e = unit_letter_number(c, app->tenant, *out, now);
    } while (e.code == ERR_TAKEN);
    return e;
}

static err compose(struct app *app, struct db_conn *c, struct arena *a, const struct unit_appointment *of, const struct letter_order *o,
                   struct letter_row *row)
{
    struct unit_post post = { 0 };
    TRY(unit_post_get(c, a, app->tenant, of->post_id, &post));
    const struct unit_snapshot *s = unit_hold(app);
    err                         e = letter_compose(app, a, s, of, &post, o, row);
    unit_release(s);
    return e;
}

/* A number given by hand before is the first letter's own. */
static err number_for(struct app *app, struct db_conn *c, struct arena *a, const struct unit_appointment *of, const struct letter_order *o,
                      ms now, struct str *out)
{
    bool own = of->letter_no.ptr && !of->letter_id && strcmp(o->kind, "certificate") != 0;
    *out = of->letter_no;
    return own ? OK : next_number(app, c, a, o->issued_at, now, out);
}

err letter_issue(struct app *app, struct db_conn *c, struct arena *a, const struct letter_order *o, ms now, int64_t *id)
{
    struct unit_appointment of = { 0 };
    struct letter_row       row = { 0 };
    TRY(unit_appointment_find(c, a, app->tenant, o->appointment, &of));
    if (of.to && of.to <= now)
        return FAIL(ERR_WRONG_STATE);
    bool certificate = strcmp(o->kind, "certificate") == 0;   /* stands beside the letter */
    if (of.letter_id && !o->replace && !certificate)
        return FAIL(ERR_HAS_LETTER);
    TRY(compose(app, c, a, &of, o, &row));
    TRY(number_for(app, c, a, &of, o, now, &row.no));
    row.id = *id = id_new();
    struct str code = letter_code(a, &app->keys, app->tenant, row.id);
    if (of.letter_id && !certificate)
        TRY(letter_replace(c, app->tenant, of.letter_id, now));
    TRY(letter_insert(c, app->tenant, &row, letter_code_hash(a, &app->keys, code), o->by));
    return certificate ? OK : unit_appointment_letter(c, app->tenant, of.id, row.id, row.no);
}

err letter_seal_add(struct db_conn *c, int64_t tenant, int64_t org, int64_t file, ms now, int64_t *id)
{
    struct seal_row row = { .id = id_new(), .org_id = org, .file_id = file, .created_at = now };
    *id = row.id;
    return seal_insert(c, tenant, &row, 0);
}
