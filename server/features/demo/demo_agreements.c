/* Agreements of the demonstration: what partners of the shopping street promised, and what of it they kept. */
#include "../agreement/agreement.h"
#include "../exchange/exchange.h"
#include "demo_inside.h"

enum { ONCE = 1, MONTHLY = 2, QUARTERLY = 3 };
#define MONTH (30 * MS_DAY)

/* Who signs for a party: whoever heads the partner; for a committee somebody whose name is drawn with dice of its own. */
static struct str signer_of(struct demo *d, int64_t org)
{
    for (int i = 0; i < DEMO_PARTNERS; i++)
        if (d->partner[i] == org)
            return d->partner_name[i];
    d->random = (struct demo_random){ 83 };
    return demo_name(d);
}

static err agree(struct demo *d, int64_t alliance, const char *title, int months, struct ids parties, const struct agreement_pledge_new *pledges, size_t n,
                 bool is_signed, int64_t *id)
{
    ms                   begins = d->now - months * MONTH;
    struct str          *signers = ARENA_ARRAY(d->arena, parties.len, struct str);
    for (size_t i = 0; i < parties.len; i++)
        signers[i] = signer_of(d, parties.at[i]);
    struct agreement_new a = { .kind = "co_construction", .title = str_of(title), .alliance = alliance, .parties = parties, .pledges = pledges,
                               .pledge_count = n, .begins_at = begins, .ends_at = begins + 365 * MS_DAY, .signed_at = is_signed ? begins : 0, .signers = signers };
    return agreement_add(d->app, d->db, d->arena, &a, d->now, id);
}

DB_SQL(demo_pledge_of, "SELECT id FROM agreement_pledge WHERE tenant_id = $1 AND agreement_id = $2")

/* Promises that no claim keeps: orders of a service do (demo_service.c), and money that came in for a project (demo_projects.c). */
static err promised_otherwise(struct demo *d)
{
    int64_t                           team[] = { d->committee[0], d->other[OTHER_VOLUNTEERS] }, bank[] = { d->committee[0], d->other[OTHER_BANK] }, of;
    const struct agreement_pledge_new haircuts[] = { { d->other[OTHER_VOLUNTEERS], 3, QUARTERLY, STR("每季度上门为高龄老人理发"), STR("haircut"), STR("人次") } };
    const struct agreement_pledge_new money[] = { { d->other[OTHER_BANK], 30000, ONCE, STR("路灯改造共建资金"), STR("funds"), STR("元") } };
    TRY(agree(d, 0, "志愿服务进家门协议", 2, (struct ids){ team, 2 }, haircuts, 1, true, &of));
    TRY(agree(d, 0, "点亮老旧小区共建协议", 2, (struct ids){ bank, 2 }, money, 1, true, &of));
    return db_number(d->db, &demo_pledge_of, DB_ARGS(I64(d->app->tenant), I64(of)), &d->lamp_pledge);
}

/* What was given, so many days ago. */
static const struct { int partner; const char *title, *category, *unit; int quantity, days; } given[] = {
    { PARTNER_BANK, "反诈宣讲一场（一季度）", "teaching", "场", 1, 260 }, { PARTNER_BANK, "反诈宣讲一场（二季度）", "teaching", "场", 1, 170 },
    { PARTNER_BANK, "反诈宣讲一场（三季度）", "teaching", "场", 1, 80 },  { PARTNER_MALL, "暑期托管教室", "activity_room", "间", 2, 130 },
    { PARTNER_FOOD, "重阳敬老餐", "food", "份", 80, 35 },                 { PARTNER_FOOD, "高温天给环卫工人送餐", "food", "份", 60, 110 },
    { PARTNER_RIDERS, "骑手顺路看望独居老人", "helpers", "人次", 12, 40 },
};

err demo_agreements(struct demo *d)
{
    struct demo_random kept = d->random;
    int64_t bank[] = { d->committee[2], d->partner[PARTNER_BANK] }, mall[] = { d->committee[2], d->partner[PARTNER_MALL], d->partner[PARTNER_FOOD] },
            riders[] = { d->committee[2], d->partner[PARTNER_RIDERS] };
    const struct agreement_pledge_new bank_pledges[] = { { d->partner[PARTNER_BANK], 1, QUARTERLY, STR("每季度一场反诈宣讲"), STR("teaching"), STR("场") },
                                                         { d->partner[PARTNER_BANK], 2, ONCE, STR("开放会客室"), STR("meeting_room"), STR("次") } };
    const struct agreement_pledge_new mall_pledges[] = { { d->partner[PARTNER_MALL], 2, ONCE, STR("暑期托管用的活动室"), STR("activity_room"), STR("间") },
                                                         { d->partner[PARTNER_FOOD], 200, ONCE, STR("爱心餐"), STR("food"), STR("份") } };
    const struct agreement_pledge_new rider_pledges[] = { { d->partner[PARTNER_RIDERS], 10, MONTHLY, STR("骑手顺路看望独居老人"), STR("helpers"), STR("人次") } };
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        struct exchange_asked n = { .unit = { UNIT_AREA, d->community[2] }, .area = d->community[2], .title = str_of(given[i].title),
                                    .category = str_of(given[i].category), .unit_word = str_of(given[i].unit), .quantity = given[i].quantity, .urgency = 1,
                                    .at = demo_point(d, 2 * DEMO_CELLS_EACH) };
        TRY(exchange_gave_add(d->db, d->arena, d->app->tenant, &n, d->partner[given[i].partner], d->now - given[i].days * MS_DAY));
    }
    int64_t ignored;
    TRY(agree(d, d->complex, "银行与社区共建协议", 10, (struct ids){ bank, 2 }, bank_pledges, 2, true, &ignored));
    TRY(agree(d, d->complex, "商圈爱心资源共建协议", 6, (struct ids){ mall, 3 }, mall_pledges, 2, true, &ignored));
    TRY(agree(d, d->complex, "骑手关爱共建协议", 0, (struct ids){ riders, 2 }, rider_pledges, 1, false, &ignored));
    TRY(promised_otherwise(d));
    d->random = kept;
    return OK;
}
