/* Services of the demonstration, with slots ahead, and orders of them in every state. */
#include "demo_inside.h"
#include "../account/account.h"
#include "../service/service.h"

enum { HELPERS = 4 };

static const struct item {
    const char *title, *category, *audience, *text, *bring;
    int         other, place, slotted, reviewed, waits, fen, minutes, lead;
    const char *per;
} items[] = {
    { "社区理发日", "haircut", "六十岁以上", "每周二、四上午，活动中心一楼。", "老年证", OTHER_VOLUNTEERS, PLACE_THERE, 1, 0, 20, 0, 30, 0, NULL },
    { "上门理发", "haircut", "行动不便的老人", "带齐工具上门，大约半小时。", NULL, OTHER_VOLUNTEERS, PLACE_HOME, 0, 0, 0, 0, 60, 0, NULL },
    { "小家电维修", "repair", NULL, "电风扇、电饭煲、台灯，能修的都修，换零件按进价。", "要修的东西", OTHER_VOLUNTEERS, PLACE_THERE, 1, 0, 10, 0, 60, 0, NULL },
    { "全科医生义诊", "medical", NULL, "量血压、测血糖、看报告。", "既往病历", OTHER_HOSPITAL, PLACE_THERE, 1, 0, 10, 0, 20, 0, NULL },
    { "助餐送饭上门", "meals", "七十岁以上独居老人", "一荤两素一汤，中午十一点半前送到。", NULL, OTHER_MERCHANTS, PLACE_HOME, 0, 1, 0, 1200, 30, 12, "份" },
    { "防骗咨询", "legal", NULL, "接到可疑电话、要转大额钱，先来问一问。", NULL, OTHER_BANK, PLACE_THERE, 0, 0, 0, 0, 30, 0, NULL },
    { "四点半课堂", "childcare", "小学一至四年级", "放学后写作业、读书，六点前接走。", "水杯和作业", OTHER_SCHOOL, PLACE_THERE, 1, 1, 5, 0, 90, 0, NULL },
};
enum { ITEMS = sizeof items / sizeof *items };

struct made { int64_t service[ITEMS], slot[ITEMS][8], helper[HELPERS]; };

static ms midnight_of(const struct demo *d)
{
    ms zone = (ms)d->app->zone_minutes * MS_MINUTE, local = d->now + zone;
    return local - local % MS_DAY - zone;
}

/* Volunteers, and a social worker who orders for others. */
static err add_people(struct demo *d, struct made *m)
{
    int64_t account, ignored;
    for (int i = 0; i < HELPERS; i++) {
        struct str sign_in = str_fmt(d->arena, "demo-volunteer-%d", i + 1);
        TRY(account_person_add(d->db, d->arena, d->app, demo_name(d), str_fmt(d->arena, "1380000%04d", demo_below(&d->random, 10000)), d->since, &m->helper[i]));
        TRY(account_add(d->db, d->app->tenant, m->helper[i], sign_in, STR_NONE, d->since, &account));
        TRY(account_assign(d->db, d->app->tenant, m->helper[i], STR("volunteer"), (struct unit_ref){ UNIT_ORG, d->other[OTHER_VOLUNTEERS] }, d->since, 0, 0, &ignored));
    }
    int64_t worker;
    TRY(account_person_add(d->db, d->arena, d->app, demo_name(d), str_fmt(d->arena, "1380000%04d", demo_below(&d->random, 10000)), d->since, &worker));
    TRY(account_add(d->db, d->app->tenant, worker, STR("demo-social_worker-1"), STR_NONE, d->since, &account));
    return account_assign(d->db, d->app->tenant, worker, STR("social_worker"), (struct unit_ref){ UNIT_AREA, d->community[0] }, d->since, 0, 0, &ignored);
}

static err add_services(struct demo *d, struct made *m)
{
    ms day = midnight_of(d);
    for (int i = 0; i < ITEMS; i++) {
        const struct item *t = &items[i];
        struct service_new s = { .org_id = d->other[t->other], .area_id = d->district, .title = str_of(t->title), .category = str_of(t->category),
                                 .audience = str_of(t->audience), .text = str_of(t->text), .bring = str_of(t->bring), .place = t->place,
                                 .address = t->place == PLACE_THERE ? STR("社区活动中心一楼") : STR_NONE, .slotted = t->slotted, .reviewed = t->reviewed,
                                 .waits = t->waits, .price = t->fen ? PRICE_AT_COST : PRICE_FREE, .price_fen = t->fen, .price_per = str_of(t->per),
                                 .minutes = t->minutes, .lead_hours = t->lead, .at = demo_point(d, t->other * DEMO_CELLS_EACH), .is_public = true };
        TRY(service_put(d->db, d->arena, d->app->tenant, &s, d->now - (ms)(ITEMS - i) * MS_DAY, &m->service[i]));
        for (int k = 0; t->slotted && k < 8; k++) {
            ms from = day + (ms)(1 + i + k * 3) * MS_DAY + 9 * MS_HOUR;
            TRY(service_slot_put(d->db, d->app->tenant, m->service[i], from, from + 2 * MS_HOUR, k ? 8 : 3, d->now, &m->slot[i][k]));
        }
    }
    return OK;
}

static err add_package(struct demo *d, const struct made *m)
{
    int64_t                    ids[] = { m->service[1], m->service[4] }, ignored;
    struct service_package_new p = { d->other[OTHER_VOLUNTEERS], STR("居家关爱"), STR("上门理发和中午一顿热饭，一次约齐。"), { ids, 2 } };
    return service_package_put(d->db, d->app->tenant, &p, d->now, &ignored);
}

static const struct { const char *name, *address, *note, *said; int item, state, way, helper, days, hour, rating; } orders[] = {
    { "赵奶奶", "3 号楼 501", "耳背，请大声敲门", NULL, 1, ORDER_ASSIGNED, WAY_SOCIAL_WORKER, 0, 0, 23, 0 },
    { "钱大爷", "7 号楼 202", NULL, NULL, 1, ORDER_PLACED, WAY_PHONE, -1, 1, 10, 0 },
    { "孙阿姨", "1 号楼 1603", "有电梯", NULL, 1, ORDER_PLACED, WAY_NEIGHBOUR, -1, 2, 15, 0 },
    { "李奶奶", "12 号楼 101", NULL, "师傅很耐心", 1, ORDER_DONE, WAY_SOCIAL_WORKER, 0, -3, 10, 5 },
    { "周大爷", "5 号楼 403", NULL, "剪得精神", 1, ORDER_DONE, WAY_PHONE, 1, -6, 9, 4 },
    { "吴阿婆", "2 号楼 305", NULL, NULL, 1, ORDER_DONE, WAY_PHONE, 2, -1, 14, 0 },
    { "郑爷爷", "9 号楼 102", "糖尿病，少油少盐", NULL, 4, ORDER_REVIEW, WAY_SELF, -1, 2, 11, 0 },
    { "王奶奶", "4 号楼 604", NULL, NULL, 4, ORDER_REVIEW, WAY_SOCIAL_WORKER, -1, 3, 11, 0 },
    { "冯叔", NULL, NULL, NULL, 0, ORDER_PLACED, WAY_SELF, -1, 0, 0, 0 },
    { "陈阿姨", NULL, NULL, NULL, 0, ORDER_PLACED, WAY_SELF, -1, 0, 0, 0 },
    { "褚大妈", NULL, NULL, NULL, 0, ORDER_PLACED, WAY_PHONE, -1, 0, 0, 0 },
    { "卫伯伯", NULL, NULL, NULL, 0, ORDER_WAITING, WAY_SELF, -1, 0, 0, 0 },
    { "蒋婶", NULL, NULL, NULL, 0, ORDER_WAITING, WAY_SELF, -1, 0, 0, 0 },
};

static err add_orders(struct demo *d, const struct made *m)
{
    ms day = midnight_of(d);
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        int64_t                  ignored;
        bool                     slotted = items[orders[i].item].slotted, home = orders[i].address != NULL;
        struct service_order_new o = {
            .service = m->service[orders[i].item], .slot = slotted ? m->slot[orders[i].item][0] : 0, .area = d->community[0],
            .helper = orders[i].helper >= 0 ? m->helper[orders[i].helper] : 0, .minutes = 40 + 5 * (int64_t)i, .rating = orders[i].rating,
            .name = str_of(orders[i].name), .contact = str_fmt(d->arena, "1380000%04d", 2000 + (int)i), .note = str_of(orders[i].note), .said = str_of(orders[i].said),
            .address = home ? str_fmt(d->arena, "%s %s", demo_compound_names[0], orders[i].address) : STR_NONE, .way = orders[i].way, .state = orders[i].state,
            .begins_at = day + (ms)orders[i].days * MS_DAY + (ms)orders[i].hour * MS_HOUR,
        };
        TRY(service_order_put(d->db, d->arena, d->app, &o, d->now - MS_HOUR, &ignored));
    }
    return OK;
}

err demo_service(struct demo *d)
{
    struct demo_random kept = d->random;     /* the cases come out as they would without this */
    struct made        m = { 0 };
    TRY(add_people(d, &m));
    TRY(add_services(d, &m));
    TRY(add_package(d, &m));
    TRY(add_orders(d, &m));
    d->random = kept;
    return OK;
}
