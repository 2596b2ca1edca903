/* Posts and letters of the demonstration: advisers, second secretaries, building leads; some new, some about to end, some over. */
#include <stdio.h>

#include "../account/account.h"
#include "../file/file.h"
#include "../letter/letter.h"
#include "../setting/setting.h"
#include "../../base/embed.h"
#include "../../base/id.h"
#include "demo_inside.h"

extern const struct embedded demo_photos[];

struct term {
    const char *post;
    int         began;       /* days ago */
    int         days;        /* how long, 0: the post's usual term */
    int         ended;       /* days ago it was ended before its time, 0: it was not */
    const char *why;
    bool        letter;
};

static ms midnight(const struct demo *d, int days_ago)
{
    ms zone = (ms)d->app->zone_minutes * MS_MINUTE, t = d->now - days_ago * MS_DAY + zone;
    return t - t % MS_DAY - zone;
}

static err issue(struct demo *d, int64_t appointment, int64_t issuer, int64_t seal, ms at)
{
    struct letter_order o = { .appointment = appointment, .issuer = issuer, .kind = "letter", .lang = "zh", .seal = seal, .issued_at = at + 9 * MS_HOUR };
    int64_t             ignored;
    return letter_issue(d->app, d->db, d->arena, &o, o.issued_at, &ignored);
}

/* One appointment with all that became of it. */
static err appoint(struct demo *d, int64_t person, struct unit_ref unit, int street, const struct term *t, int64_t *id)
{
    struct unit_post    post = { 0 };
    ms                  from = midnight(d, t->began);
    struct unit_appoint n = { .person = person, .post = str_of(t->post), .unit = unit, .from = from };
    TRY(unit_post_find(d->db, d->arena, d->app->tenant, n.post, &post));
    n.to = t->days ? midnight(d, t->began - t->days) : unit_post_until(&post, from, d->app->zone_minutes);
    TRY(unit_appoint(d->db, d->arena, d->app->tenant, &n, from, id));
    if (t->letter)
        TRY(issue(d, *id, d->office[street], d->seal[street], from));
    return t->ended ? unit_appointment_end(d->db, d->app->tenant, *id, midnight(d, t->ended), str_of(t->why), 0, midnight(d, t->ended)) : OK;
}

static err somebody(struct demo *d, int64_t *person)
{
    return account_person_add(d->db, d->arena, d->app, demo_name(d), STR_NONE, d->since, person);
}

static err appoint_somebody(struct demo *d, int community, int street, const struct term *t)
{
    int64_t person, id;
    TRY(somebody(d, &person));
    return appoint(d, person, (struct unit_ref){ UNIT_AREA, d->community[community] }, street, t, &id);
}

static err add_community(struct demo *d, int c)
{
    static const struct term usual[] = {
        { "second_secretary", 120, 0, 0, NULL, true },
        { "adviser", 196, 0, 0, NULL, true },
        { "legal_adviser", 340, 365, 0, NULL, true },          /* ends in 25 days */
        { "mobile_grid_volunteer", 47, 0, 0, NULL, false },
        { "mobile_grid_volunteer", 33, 0, 0, NULL, false },
    };
    static const struct term health = { "health_adviser", 395, 365, 0, NULL, true };
    static const struct term left = { "adviser", 380, 0, 150, "工作调动，不再担任", true };
    int                      street = c / (DEMO_COMMUNITIES / DEMO_STREETS);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        TRY(appoint_somebody(d, c, street, &usual[i]));
    return c % 3 == 0 ? appoint_somebody(d, c, street, &health) : c % 3 == 1 ? appoint_somebody(d, c, street, &left) : OK;
}

/* A building lead lives in the compound; some have moved away, one in three was renewed. */
static err add_compound(struct demo *d, int n, int cell)
{
    static const struct term lead = { "building_lead", 64, 0, 0, NULL, true }, moved = { "building_lead", 210, 0, 12, "搬离本小区", true },
                             first = { "building_lead", 390, 420, 0, NULL, true }, next = { "building_lead", -30, 0, 0, NULL, true };
    int                      street = cell / (DEMO_CELLS / DEMO_STREETS);
    struct unit_ref          unit = { UNIT_AREA, d->cell[cell] };
    int64_t                  person = d->resident_person[n % DEMO_RESIDENTS], id;
    if (n % 3 != 0)
        return appoint(d, person, unit, street, n % 7 == 1 ? &moved : &lead, &id);
    TRY(appoint(d, person, unit, street, &first, &id));
    struct unit_appoint again = { .person = person, .post = str_of(next.post), .unit = unit, .from = midnight(d, next.began),
                                  .to = midnight(d, next.began - 3 * 365), .renews = id };
    TRY(unit_appoint(d->db, d->arena, d->app->tenant, &again, d->now, &id));
    return issue(d, id, d->office[street], d->seal[street], midnight(d, 2));
}

err demo_letters(struct demo *d)
{
    struct demo_random kept = d->random;     /* the cases come out as they would without this */
    d->random.state ^= 0x6C65747465720000u;
    for (int c = 0; c < DEMO_COMMUNITIES; c++)
        TRY(add_community(d, c));
    for (int k = 0, n = 0; k < DEMO_CELLS; k++)
        if (k % DEMO_CELLS_EACH >= 3)
            TRY(add_compound(d, n++, k));
    d->random = kept;
    return OK;
}

/* ---- seals, and how the district numbers ---- */

err demo_seals_store(struct demo *d)
{
    d->seals = ARENA_ARRAY(d->arena, DEMO_STREETS, struct file_stored);
    for (int s = 0; s < DEMO_STREETS; s++) {
        char name[32];
        snprintf(name, sizeof name, "seal-%d.png", s);
        TRY(file_store_image(d->app, d->arena, embedded_find(demo_photos, name), &d->seals[s]));
    }
    return OK;
}

err demo_seals(struct demo *d)
{
    int64_t tenant = d->app->tenant;
    TRY(setting_put(d->db, d->arena, tenant, STR("letter.number"), STR("\"示聘〔{year}〕{nnn} 号\""), d->since - MS_DAY, d->since, 0));
    for (int s = 0; s < DEMO_STREETS; s++) {
        int64_t file = id_new();
        TRY(letter_seal_add(d->db, tenant, d->office[s], file, d->since, &d->seal[s]));
        TRY(file_insert(d->db, tenant, file, &d->seals[s], 0, "seal", d->seal[s], d->since));
    }
    return OK;
}
