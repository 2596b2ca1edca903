/* What residents find in the directory of the demonstration: offices, committees and service stations, with telephones that nobody has. */
#include "demo_inside.h"
#include "../directory/directory.h"

static err put(struct demo *d, enum unit_kind kind, int64_t unit, int serial, struct str address, const char *hours, const char *note, int cell)
{
    struct geo            at = cell >= 0 ? demo_point(d, cell) : (struct geo){ 0 };
    struct directory_card card = { .unit_kind = kind, .unit_id = unit, .phone = str_fmt(d->arena, "0000-2600%03d", serial), .address = address,
                                   .hours = str_of(hours), .note = str_of(note), .lon = at.lon, .lat = at.lat };
    return directory_put(d->db, d->app->tenant, &card, d->since, 0);
}

static err add_station(struct demo *d, int c)
{
    struct unit_org_new n = { .area = d->community[c], .kind = "service_station", .name = str_fmt(d->arena, "%s党群服务站", demo_community_names[c]),
                              .is_public = true };
    int64_t             id;
    TRY(unit_org_add(d->db, d->arena, d->app->tenant, &n, d->since, &id));
    TRY(unit_serve(d->db, d->app->tenant, id, d->community[c], d->since));
    return put(d, UNIT_ORG, id, 200 + c, str_fmt(d->arena, "%s%d号", demo_community_names[c], 8 + c), "每天 8:30—20:30", "办事、借伞、充电、歇脚，快递小哥和环卫工人请进。",
               c * DEMO_CELLS_EACH);
}

err demo_directory(struct demo *d)
{
    struct demo_random kept = d->random;     /* the cases come out as they would without this */
    d->random.state ^= 0x6469726563740000u;
    for (int s = 0; s < DEMO_STREETS; s++)
        TRY(put(d, UNIT_ORG, d->office[s], 10 + s, str_fmt(d->arena, "%s1号", demo_street_names[s]), "周一至周五 8:00—12:00，14:30—17:30",
                "社会事务、民政、计生、住房保障窗口。", s * DEMO_CELLS / DEMO_STREETS + 1));
    for (int c = 0; c < DEMO_COMMUNITIES; c++) {
        TRY(put(d, UNIT_ORG, d->committee[c], 100 + c, str_fmt(d->arena, "%s%d号", demo_community_names[c], 2 + c), "周一至周六 8:30—12:00，14:30—17:30", NULL,
                c * DEMO_CELLS_EACH + 1));
        TRY(add_station(d, c));
    }
    d->random = kept;
    return OK;
}
