/* Projects in the demonstration: one under way that grew out of reports of lamps, one that waits for its start. */
#include "demo_inside.h"
#include "../project/project.h"

DB_SQL(demo_person_of, "SELECT person_id FROM account WHERE tenant_id = $1 AND id = $2")

static err person_of(struct demo *d, int64_t account, int64_t *person)
{
    return db_number(d->db, &demo_person_of, DB_ARGS(I64(d->app->tenant), I64(account)), person);
}

/* The newest open cases of a kind in a community, at most `most`. */
static err open_cases(struct demo *d, const char *category, int64_t area, size_t most, struct ids *out)
{
    int64_t                 kind = case_category_named(d->app, str_of(category)), *at = ARENA_ARRAY(d->arena, most + 1, int64_t);
    struct case_known_query q = { .status = KNOWN_OPEN, .categories = { &kind, 1 }, .most = 200 };
    struct list             found;
    *out = (struct ids){ at, 0 };
    if (!kind)
        return OK;
    TRY(case_known_find(d->db, d->arena, d->app, &q, &found));
    const struct case_known    *known = found.at;
    const struct unit_snapshot *u = unit_hold(d->app);
    for (size_t i = 0; i < found.len && out->len < most; i++)
        if (unit_within(u, (struct unit_ref){ UNIT_AREA, known[i].area_id }, (struct unit_ref){ UNIT_AREA, area }))
            at[out->len++] = known[i].id;
    unit_release(u);
    return OK;
}

/* The street's dispatcher leads, the community's secretary is the captain, a bank and the owners pay. */
static err lamps(struct demo *d)
{
    struct project_made_member team[] = { { 1, 0, 0, STR_NONE }, { 2, 0, 0, STR("现场协调") }, { 4, 0, d->other[OTHER_OWNERS], STR_NONE }, { 4, 0, d->body[BODY_LIGHTING], STR("施工") } };
    struct project_made_step steps[] = {
        { STR("逐个小区看过、列出清单"), d->now - 20 * MS_DAY, d->now - 22 * MS_DAY, STR("六个小区走了一遍，坏灯 41 盏，暗处 9 处") },
        { STR("与业委会、物业商定点位"), d->now - 6 * MS_DAY, d->now - 7 * MS_DAY, STR("点位图在六个小区公示七天，改了两处") },
        { STR("换灯、加灯"), d->now + 12 * MS_DAY, 0, STR_NONE },
        { STR("夜里再走一遍"), d->now + 25 * MS_DAY, 0, STR_NONE },
    };
    struct project_made_source from[] = { { d->other[OTHER_BANK], d->lamp_pledge, 3000000, 3000000, STR_NONE, STR("共建资金") }, { 0, 0, 1800000, 800000, STR("街道为民服务经费"), STR_NONE } };
    struct project_made p = {
        .unit = { UNIT_AREA, d->street[0] }, .area = d->street[0], .account = d->dispatcher[0], .kind = STR("secretary"), .title = STR("六个小区的路灯亮起来"),
        .text = STR("天黑得早，几个小区都有人反映楼前路暗、路灯不亮。一盏一盏修不完，合在一起办：先走一遍列清单，换灯之外，在暗处加灯。"),
        .begins_at = d->now - 30 * MS_DAY, .due_at = d->now + 30 * MS_DAY, .under_way = true, .team = team, .members = 4, .steps = steps, .step_count = 4,
        .sources = from, .source_count = 2, .spent = 2150000, .spent_on = STR("灯具 41 套、线缆，发票齐"), .progress = STR("第一个小区今晚亮灯，其余按点位图施工"),
    };
    int64_t ignored;
    TRY(person_of(d, d->dispatcher[0], &team[0].person));
    TRY(person_of(d, d->secretary[0], &team[1].person));
    TRY(open_cases(d, "路灯异常", d->street[0], 6, &p.cases));
    return project_add(d->db, d->arena, d->app->tenant, &p, d->now, &ignored);
}

static err canteen(struct demo *d)
{
    struct project_made_member team[] = { { 1, 0, 0, STR_NONE }, { 4, 0, d->other[OTHER_SOCIAL_WORK], STR("老人需求摸底") } };
    struct project_made_step steps[] = { { STR("选址、装修"), d->now + 30 * MS_DAY, 0, STR_NONE }, { STR("办证、试运营"), d->now + 60 * MS_DAY, 0, STR_NONE } };
    struct project_made_source from[] = { { d->other[OTHER_MERCHANTS], 0, 1200000, 0, STR_NONE, STR("三年餐费补贴") }, { 0, 0, 2500000, 2500000, STR("区民政为老服务资金"), STR_NONE } };
    struct project_made p = {
        .unit = { UNIT_AREA, d->community[1] }, .area = d->community[1], .account = d->secretary[1], .kind = STR("livelihood"), .title = STR("社区老年食堂"),
        .text = STR("八十岁以上独居老人做饭难。利用小区配套用房开一个能坐四十人的食堂，走不动的送餐上门。"),
        .begins_at = d->now - 3 * MS_DAY, .due_at = d->now + 75 * MS_DAY, .team = team, .members = 2, .steps = steps, .step_count = 2, .sources = from, .source_count = 2,
        .progress = STR("场地已与物业谈妥"),
    };
    int64_t ignored;
    TRY(person_of(d, d->secretary[1], &team[0].person));
    return project_add(d->db, d->arena, d->app->tenant, &p, d->now, &ignored);
}

err demo_projects(struct demo *d)
{
    TRY(lamps(d));
    return canteen(d);
}
