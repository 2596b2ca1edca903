/* Alliances of the demonstration: conferences on three levels, and a complex of seventeen around the shopping street. */
#include "../account/account.h"
#include "../alliance/alliance.h"
#include "../resolution/resolution.h"
#include "demo_inside.h"

enum { SILVER = 0 };   /* the street with the shopping street */

static const struct {
    const char *name, *kind;
    int         community;
} more_orgs[DEMO_PARTNERS] = {
    [PARTNER_COMMITTEE] = { "银杏街道党工委", "working_committee", 0 },   [PARTNER_MALL] = { "和光百货", "enterprise", 2 },
    [PARTNER_MANAGER] = { "银街商业管理公司", "enterprise", 2 },          [PARTNER_FOOD] = { "满庭餐饮", "shop", 2 },
    [PARTNER_RIDERS] = { "速达骑手站", "new_economy_org", 2 },            [PARTNER_SOFTWARE] = { "云杉软件园", "new_economy_org", 1 },
    [PARTNER_COLLEGE] = { "职业技术学院", "school", 1 },                  [PARTNER_BANK] = { "示范银行银街支行", "bank", 2 },
    [PARTNER_POLICE] = { "银街派出所", "department", 2 },                 [PARTNER_SOCIAL] = { "暖邻社工中心", "association", 0 },
};

err demo_partners(struct demo *d)
{
    for (int i = 0; i < DEMO_PARTNERS; i++) {
        struct unit_org_new n = { .area = i == PARTNER_COMMITTEE ? d->street[SILVER] : d->community[more_orgs[i].community],
                                  .kind = more_orgs[i].kind, .name = str_of(more_orgs[i].name), .is_public = true };
        TRY(unit_org_add(d->db, d->arena, d->app->tenant, &n, d->since, &d->partner[i]));
    }
    return OK;
}

/* Somebody at each partner answers when it is called. Their names are drawn with dice of their own, so that the cases stay as they are. */
err demo_partner_people(struct demo *d)
{
    struct demo_random kept = d->random;
    d->random = (struct demo_random){ 71 };
    for (int i = 0; i < DEMO_PARTNERS; i++) {
        int64_t    person, ignored;
        struct str sign_in = str_fmt(d->arena, "demo-partner-%d", i + 1);
        TRY(account_person_add(d->db, d->arena, d->app, d->partner_name[i] = demo_name(d), STR_NONE, d->since, &person));
        TRY(account_add(d->db, d->app->tenant, person, sign_in, STR_NONE, d->since, &d->partner_handler[i]));
        TRY(account_assign(d->db, d->app->tenant, person, STR("department_handler"), (struct unit_ref){ UNIT_ORG, d->partner[i] }, d->since, 0, 0,
                           &ignored));
        if (i != PARTNER_COMMITTEE)   /* signs for it */
            TRY(account_assign(d->db, d->app->tenant, person, STR("org_head"), (struct unit_ref){ UNIT_ORG, d->partner[i] }, d->since, 0, 0, &ignored));
    }
    d->random = kept;
    return OK;
}

/* ---- who calls whom ---- */

static struct demo_called partner(const struct demo *d, int which)
{
    return (struct demo_called){ d->partner[which], d->partner_handler[which] };
}

static struct demo_called body(const struct demo *d, enum demo_body which)
{
    return (struct demo_called){ d->body[which], d->handler[which] };
}

void demo_called_at(const struct demo *d, int community, int turn, int64_t holder, struct demo_called out[2])
{
    int         street = community / (DEMO_COMMUNITIES / DEMO_STREETS);
    const struct demo_called power = body(d, BODY_POWER), telecom = body(d, BODY_TELECOM);
    out[0] = power;
    out[1] = telecom;
    if (street != SILVER || turn % 4 == 0)
        return;
    const struct demo_called pairs[][2] = {
        { partner(d, PARTNER_MANAGER), body(d, BODY_MARKET) },     { partner(d, PARTNER_MALL), body(d, BODY_FIRE) },
        { partner(d, PARTNER_RIDERS), partner(d, PARTNER_FOOD) },  { partner(d, PARTNER_MANAGER), partner(d, PARTNER_POLICE) },
        { partner(d, PARTNER_SOCIAL), partner(d, PARTNER_COLLEGE) }, { partner(d, PARTNER_RIDERS), partner(d, PARTNER_POLICE) },
        { partner(d, PARTNER_MANAGER), partner(d, PARTNER_RIDERS) }, { partner(d, PARTNER_SOFTWARE), partner(d, PARTNER_MALL) },
    };
    const struct demo_called *chosen = pairs[(size_t)turn % (sizeof pairs / sizeof *pairs)];
    for (int i = 0; i < 2; i++)
        if (chosen[i].org != holder)   /* nobody calls whoever has it already */
            out[i] = chosen[i];
}

/* ---- the alliances ---- */

#define MONTHS (30 * MS_DAY)

struct joining { int64_t org; const char *role; int months; };   /* months ago */

static err join_all(struct demo *d, int64_t alliance, const struct joining *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        TRY(alliance_join(d->db, d->app->tenant, alliance, all[i].org, all[i].role, d->now - all[i].months * MONTHS, 0, STR_NONE, d->now));
    return OK;
}

struct conferences { int64_t district, street, community; };

static err conferences(struct demo *d, struct conferences *out)
{
    struct alliance_new district = { "joint_conference", STR("示范区区域化党建联席会"), STR("同心示范"),
                                     STR("第一条 全区各级机关、企业、学校和社会组织，自愿参加。\n第二条 每半年商量一次，急事随时。\n第三条 能在社区解决的不上交，跨街道的由本会协调。"),
                                     d->district, 0, d->other[OTHER_SOCIAL_WORK], true, d->now - 13 * MONTHS };
    struct alliance_new second = { "joint_conference", STR("银杏街道党建联席会"), STR_NONE, STR("一、街道牵头，驻区单位参加。\n二、一季一交流，一月一主题，一周一活动。\n三、每家每年至少认领一件实事。"),
                                   d->street[SILVER], 0, d->partner[PARTNER_COMMITTEE], true, d->now - 12 * MONTHS };
    struct alliance_new third = { "joint_conference", STR("梧桐里社区党建联席会"), STR("梧桐夜话"), STR("社区、物业、学校和社工中心每月坐下来一次，商量居民提的事。"),
                                  d->community[0], 0, d->committee[0], false, d->now - 10 * MONTHS };
    TRY(alliance_add(d->db, d->arena, d->app->tenant, &district, d->now, &out->district));
    second.parent = out->district;
    TRY(alliance_add(d->db, d->arena, d->app->tenant, &second, d->now, &out->street));
    third.parent = out->street;
    TRY(alliance_add(d->db, d->arena, d->app->tenant, &third, d->now, &out->community));
    const struct joining in_district[] = { { d->body[BODY_URBAN], "member", 13 }, { d->body[BODY_HOUSING], "member", 13 }, { d->body[BODY_MARKET], "member", 13 },
                                           { d->body[BODY_POWER], "member", 11 }, { d->body[BODY_TELECOM], "member", 11 }, { d->body[BODY_WATER], "member", 9 },
                                           { d->office[0], "deputy", 13 }, { d->office[1], "member", 13 }, { d->office[2], "member", 13 },
                                           { d->partner[PARTNER_COLLEGE], "adviser", 8 } };
    const struct joining in_street[] = { { d->office[0], "deputy", 12 }, { d->committee[0], "member", 12 }, { d->committee[1], "member", 12 },
                                         { d->committee[2], "member", 12 }, { d->committee[3], "member", 12 }, { d->property[0], "member", 9 },
                                         { d->partner[PARTNER_POLICE], "member", 12 }, { d->partner[PARTNER_SOFTWARE], "member", 6 } };
    const struct joining in_community[] = { { d->property[0], "member", 10 }, { d->other[OTHER_SCHOOL], "member", 10 }, { d->partner[PARTNER_SOCIAL], "member", 7 } };
    TRY(join_all(d, out->district, in_district, sizeof in_district / sizeof *in_district));
    TRY(join_all(d, out->street, in_street, sizeof in_street / sizeof *in_street));
    TRY(join_all(d, out->community, in_community, sizeof in_community / sizeof *in_community));
    return alliance_join(d->db, d->app->tenant, out->community, d->other[OTHER_OWNERS], "member", d->now - 10 * MONTHS, d->now - 3 * MONTHS,
                         STR("业主委员会换届，新一届另行商定"), d->now);
}

static err complex_of_seventeen(struct demo *d, int64_t parent)
{
    struct alliance_new n = { "complex", STR("银街商圈党建综合体"), STR("银街红盟"),
                              STR("第一条 银街一带的机关、企业、新业态、学校、社区和社会组织，以党建为纽带结成综合体。\n第二条 街道党工委牵头，成员单位平等协商。\n"
                                  "第三条 骑手友好、夜间停车、暑期托管等事，谁有条件谁出力，吹哨就到。\n第四条 退出须提前一个月说明原因，已认领的事办完为止。"),
                              d->street[SILVER], parent, d->partner[PARTNER_COMMITTEE], true, d->now - 12 * MONTHS };
    int64_t             id;
    TRY(alliance_add(d->db, d->arena, d->app->tenant, &n, d->now, &id));
    d->complex = id;
    const struct joining in[] = {
        { d->office[SILVER], "deputy", 12 },             { d->partner[PARTNER_MANAGER], "deputy", 12 },  { d->partner[PARTNER_MALL], "member", 12 },
        { d->partner[PARTNER_FOOD], "member", 11 },      { d->partner[PARTNER_RIDERS], "member", 8 },    { d->partner[PARTNER_SOFTWARE], "member", 12 },
        { d->partner[PARTNER_COLLEGE], "adviser", 10 },  { d->partner[PARTNER_BANK], "member", 12 },     { d->partner[PARTNER_POLICE], "member", 12 },
        { d->partner[PARTNER_SOCIAL], "member", 12 },    { d->committee[0], "member", 12 },              { d->committee[2], "member", 12 },
        { d->property[SILVER], "member", 12 },           { d->body[BODY_MARKET], "member", 12 },         { d->other[OTHER_SCHOOL], "member", 7 },
        { d->other[OTHER_MERCHANTS], "member", 12 },
    };
    TRY(join_all(d, id, in, sizeof in / sizeof *in));   /* and the lead: seventeen */
    return alliance_join(d->db, d->app->tenant, id, d->other[OTHER_BANK], "member", d->now - 12 * MONTHS, d->now - 5 * MONTHS,
                         STR("支行搬到清河街道，转入那边的联席会"), d->now);
}

/* What was decided: done, under way, overdue; at meetings and by circulation. */
static err decided(struct demo *d, const struct resolution_made *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        TRY(resolution_add(d->app, d->db, d->arena, &all[i], d->now));
    return OK;
}

static err decided_by_complex(struct demo *d)
{
    const int64_t riders[] = { d->partner[PARTNER_FOOD], d->partner[PARTNER_RIDERS] }, care[] = { d->other[OTHER_SCHOOL], d->partner[PARTNER_SOCIAL] },
                  parking[] = { d->partner[PARTNER_MALL], d->partner[PARTNER_MANAGER] };
    const struct resolution_made all[] = {
        { d->complex, STR("沿街餐饮店设骑手友好点，名单每季更新"), STR("一、满庭餐饮牵头，愿意加入的店门口贴标识。\n二、提供饮水、充电、休息座位。\n三、骑手站每季回访一次，更新名单。"),
          STR("银街商圈第二次联席会"), d->now - 150 * MS_DAY, d->now - 60 * MS_DAY, { riders, 2 }, true, STR("11 家店挂牌，名单已在公众号公布"), d->now - 64 * MS_DAY },
        { d->complex, STR("商场地下车库夜间错时开放 60 个车位"), STR("每晚 7 点到次日 8 点，凭社区登记停放。收费和安全由商业管理公司负责。"), STR("银街商圈第三次联席会"),
          d->now - 45 * MS_DAY, d->now - 3 * MS_DAY, { parking, 2 }, true, STR_NONE, 0 },
        { d->complex, STR("寒假托管班由学校出场地，社工中心办班"), STR("每期四周，优先双职工家庭。报名由社区公布。"), STR("银街商圈第三次联席会"), d->now - 45 * MS_DAY, d->now + 26 * MS_DAY,
          { care, 2 }, true, STR_NONE, 0 },
        { d->complex, STR("成员单位联络员名单每半年核对一次"), STR_NONE, STR_NONE, d->now - 20 * MS_DAY, d->now + 70 * MS_DAY, { NULL, 0 }, false, STR_NONE, 0 },
    };
    return decided(d, all, sizeof all / sizeof *all);
}

/* Across the district: what no street can do alone. */
static err decided_by_district(struct demo *d, int64_t alliance)
{
    const int64_t lines[] = { d->body[BODY_POWER], d->body[BODY_TELECOM], d->body[BODY_URBAN] }, water[] = { d->body[BODY_WATER], d->body[BODY_HOUSING] },
                  offices[] = { d->office[0], d->office[1], d->office[2] }, pupils[] = { d->partner[PARTNER_COLLEGE], d->office[0] };
    const struct resolution_made all[] = {
        { alliance, STR("各街道公布吹哨事项清单，部门当日回应"), STR("一、三个街道各列一张清单，写明什么事找谁。\n二、部门接到后当日回应，三日内到场。\n三、清单每半年修订一次。"),
          STR("全区第一次联席会"), d->now - 200 * MS_DAY, d->now - 140 * MS_DAY, { offices, 3 }, true, STR("三个街道的清单都已公布，共 47 项"), d->now - 146 * MS_DAY },
        { alliance, STR("老旧小区楼道飞线统一整治，先做银杏街道"), STR("供电和电信部门各出一支队伍，城管部门协调占道。先做银杏街道四个小区，做完再排其他街道。"),
          STR("全区第二次联席会"), d->now - 62 * MS_DAY, d->now + 40 * MS_DAY, { lines, 3 }, true, STR_NONE, 0 },
        { alliance, STR("二次供水水箱清洗结果在小区门口公示"), STR("每次清洗后七日内公示检测结果，住建部门抽查。"), STR("全区第二次联席会"), d->now - 62 * MS_DAY, d->now - 5 * MS_DAY,
          { water, 2 }, true, STR_NONE, 0 },
        { alliance, STR("职业技术学院学生到街道实习，每学期一批"), STR_NONE, STR_NONE, d->now - 30 * MS_DAY, d->now + 95 * MS_DAY, { pupils, 2 }, true, STR_NONE, 0 },
    };
    return decided(d, all, sizeof all / sizeof *all);
}

/* In the street, and in the community of the evening talks. */
static err decided_below(struct demo *d, const struct conferences *of)
{
    const int64_t park[] = { d->partner[PARTNER_SOFTWARE], d->partner[PARTNER_POLICE] }, lamp[] = { d->property[0], d->committee[0] }, yard[] = { d->other[OTHER_SCHOOL] };
    const struct resolution_made all[] = {
        { of->street, STR("软件园下班时段增设夜间巡逻点"), STR("每晚 9 点到 11 点，派出所出人，软件园出岗亭。"), STR("银杏街道第三次联席会"), d->now - 80 * MS_DAY, d->now - 20 * MS_DAY, { park, 2 }, true,
          STR("岗亭已启用，每晚两人值守"), d->now - 24 * MS_DAY },
        { of->street, STR("各社区电动自行车充电棚补装烟感"), STR_NONE, STR("银杏街道第四次联席会"), d->now - 12 * MS_DAY, d->now + 33 * MS_DAY, { d->committee, 4 }, true, STR_NONE, 0 },
        { of->community, STR("3 号楼前路灯由物业加装，社区补助一半"), STR("梧桐夜话第七期居民提出，当晚议定。"), STR("梧桐夜话第七期"), d->now - 26 * MS_DAY, d->now + 9 * MS_DAY, { lamp, 2 }, true, STR_NONE, 0 },
        { of->community, STR("学校操场周末向社区孩子开放"), STR_NONE, STR("梧桐夜话第五期"), d->now - 88 * MS_DAY, d->now - 58 * MS_DAY, { yard, 1 }, true, STR("周六日上午开放，保安登记"), d->now - 60 * MS_DAY },
    };
    return decided(d, all, sizeof all / sizeof *all);
}

err demo_alliances(struct demo *d)
{
    struct conferences of;
    TRY(conferences(d, &of));
    TRY(complex_of_seventeen(d, of.street));
    TRY(decided_by_complex(d));
    TRY(decided_by_district(d, of.district));
    return decided_below(d, &of);
}
