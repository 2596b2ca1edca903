/* What is needed and what there is in the demonstration. */
#include "demo_inside.h"
#include "../exchange/exchange.h"

static const struct { const char *title, *category, *unit; int other, quantity, again; const char *days; int opens, closes; const char *conditions; } offers[] = {
    { "多功能教室（60 座）", "meeting_room", "间", OTHER_SCHOOL, 1, 1, "67", 8 * 60, 18 * 60, "提前三天联系教务处，用后复原桌椅" },
    { "操场", "sports_ground", "片", OTHER_SCHOOL, 1, 1, "67", 7 * 60, 19 * 60, NULL },
    { "全科医生义诊", "medical", "人次", OTHER_HOSPITAL, 40, 1, "3", 14 * 60, 17 * 60, "自带既往病历" },
    { "应急药箱", "daily_goods", "个", OTHER_HOSPITAL, 24, 0, NULL, 0, 0, NULL },
    { "商户爱心餐券", "food", "份", OTHER_MERCHANTS, 300, 0, NULL, 0, 0, "凭社区开具的名单" },
    { "业委会活动室", "activity_room", "间", OTHER_OWNERS, 1, 1, NULL, 9 * 60, 21 * 60, "晚八点后请降低音量" },
    { "志愿人手", "helpers", "人", OTHER_VOLUNTEERS, 12, 1, NULL, 0, 0, NULL },
    { "小家电维修", "repair", "人", OTHER_VOLUNTEERS, 2, 1, "6", 9 * 60, 16 * 60, NULL },
    { "营业厅会客室", "meeting_room", "间", OTHER_BANK, 1, 1, "12345", 9 * 60, 17 * 60, "八人以内" },
    { "反诈宣讲", "teaching", "人", OTHER_BANK, 2, 1, "12345", 9 * 60, 17 * 60, NULL },
};
static const struct { const char *title, *category, *unit; int community, quantity, urgency, helps, days; const char *met_when; } needs[] = {
    { "独居老人用电检查与小修", "repair", "户", 0, 18, 2, 18, 30, "每户查过一遍并留有记录" },
    { "周末四点半课堂的教室", "meeting_room", "间", 1, 1, 1, 25, 60, NULL },
    { "冬至给高龄老人送餐", "food", "份", 2, 120, 2, 120, 26, "当天送到" },
    { "反诈宣讲一场", "teaching", "场", 3, 1, 1, 80, 45, NULL },
    { "楼道堆物清理需要人手", "helpers", "人", 4, 15, 3, 0, 10, "三个单元清完" },
    { "高血压随访义诊", "medical", "人次", 5, 30, 1, 30, 40, NULL },
    { "老年合唱队排练场地", "activity_room", "间", 6, 1, 1, 22, 90, NULL },
    { "应急药箱进楼栋", "daily_goods", "个", 8, 12, 1, 0, 60, NULL },
};

err demo_exchange(struct demo *d)
{
    struct demo_random kept = d->random;     /* the cases come out as they would without this */
    int64_t            ignored, tenant = d->app->tenant;
    for (size_t i = 0; i < sizeof offers / sizeof *offers; i++) {
        struct exchange_offer o = { .org = d->other[offers[i].other], .area = d->district, .title = str_of(offers[i].title),
                                    .category = str_of(offers[i].category), .unit = str_of(offers[i].unit), .quantity = offers[i].quantity,
                                    .again = offers[i].again, .days = str_of(offers[i].days), .opens = offers[i].opens, .closes = offers[i].closes,
                                    .conditions = str_of(offers[i].conditions), .at = demo_point(d, offers[i].other * DEMO_CELLS_EACH) };
        TRY(exchange_offer_add(d->db, d->arena, tenant, &o, d->now - (ms)(i + 1) * MS_DAY, &ignored));
    }
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
        struct exchange_asked n = { .unit = { UNIT_AREA, d->community[needs[i].community] }, .area = d->community[needs[i].community],
                                    .title = str_of(needs[i].title), .category = str_of(needs[i].category), .unit_word = str_of(needs[i].unit),
                                    .quantity = needs[i].quantity, .urgency = needs[i].urgency, .helps = needs[i].helps,
                                    .ends_at = d->now + needs[i].days * MS_DAY, .met_when = str_of(needs[i].met_when),
                                    .at = demo_point(d, needs[i].community * DEMO_CELLS_EACH) };
        TRY(exchange_need_add(d->db, d->arena, tenant, &n, d->now - (ms)(i + 1) * MS_HOUR, &ignored));
    }
    d->random = kept;
    return OK;
}
