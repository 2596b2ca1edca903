/* Organisations and people of the demonstration. Nobody gets a password: one comes in through the sign-in page's roles. */
#include "../account/account.h"
#include "demo_inside.h"

static const struct {
    const char *name, *kind;
} bodies[BODY_PROPERTY] = {
    [BODY_CENTRE] = { "示范区网格化管理中心", "department" },
    [BODY_URBAN] = { "示范区城市管理局", "department" },
    [BODY_MUNICIPAL] = { "示范区市政养护所", "department" },
    [BODY_DRAINAGE] = { "示范区排水管理所", "department" },
    [BODY_LIGHTING] = { "示范区路灯管理所", "department" },
    [BODY_SANITATION] = { "示范区环境卫生服务中心", "department" },
    [BODY_GREENERY] = { "示范区园林绿化所", "department" },
    [BODY_TRAFFIC] = { "示范区交警大队", "department" },
    [BODY_HOUSING] = { "示范区住房和建设局", "department" },
    [BODY_MARKET] = { "示范区市场监督管理局", "department" },
    [BODY_ENVIRONMENT] = { "示范区生态环境局", "department" },
    [BODY_FIRE] = { "示范区消防救援大队", "department" },
    [BODY_WATER] = { "示范自来水公司", "enterprise" },
    [BODY_POWER] = { "示范供电公司", "enterprise" },
    [BODY_TELECOM] = { "示范通信公司", "enterprise" },
};

static const struct {
    const char *name, *kind;
    int         community;
} others[DEMO_OTHERS] = {
    [OTHER_SCHOOL] = { "梧桐里小学", "school", 0 },        [OTHER_HOSPITAL] = { "文华社区卫生服务中心", "hospital", 1 },
    [OTHER_MERCHANTS] = { "银街商户联合会", "association", 2 }, [OTHER_OWNERS] = { "和悦家园业主委员会", "owners_committee", 3 },
    [OTHER_VOLUNTEERS] = { "清河志愿服务队", "volunteer_team", 4 }, [OTHER_BANK] = { "桂香支行", "bank", 5 },
    [OTHER_SOCIAL_WORK] = { "示范区社会工作部", "working_committee", 8 },
};

static err add_org(struct demo *d, int64_t parent, int64_t area, const char *kind, const char *name, int64_t *id)
{
    struct unit_org_new n = { .parent = parent, .area = area, .kind = kind, .name = str_of(name), .is_public = true };
    return unit_org_add(d->db, d->arena, d->app->tenant, &n, d->since, id);
}

static err add_streets(struct demo *d)
{
    static const char *const property[DEMO_STREETS] = { "众邻物业", "清源物业", "湖畔物业" };
    for (int s = 0; s < DEMO_STREETS; s++) {
        const char *office = str_z(d->arena, str_fmt(d->arena, "%s办事处", demo_street_names[s]));
        TRY(add_org(d, 0, d->street[s], "street_office", office, &d->office[s]));
        TRY(unit_serve(d->db, d->app->tenant, d->office[s], d->street[s], d->since));
        TRY(add_org(d, 0, d->street[s], "property_company", property[s], &d->property[s]));
    }
    return OK;
}

static err add_committees(struct demo *d)
{
    for (int c = 0; c < DEMO_COMMUNITIES; c++) {
        int         s = c / (DEMO_COMMUNITIES / DEMO_STREETS);
        const char *name = str_z(d->arena, str_fmt(d->arena, "%s居委会", demo_community_names[c]));
        TRY(add_org(d, d->office[s], d->community[c], "residents_committee", name, &d->committee[c]));
        TRY(unit_serve(d->db, d->app->tenant, d->committee[c], d->community[c], d->since));
        for (int k = 3; k < DEMO_CELLS_EACH; k++)   /* the compounds' property company */
            TRY(unit_serve(d->db, d->app->tenant, d->property[s], d->cell[c * DEMO_CELLS_EACH + k], d->since));
    }
    return OK;
}

err demo_orgs(struct demo *d)
{
    for (int b = 0; b < BODY_PROPERTY; b++)
        TRY(add_org(d, 0, d->district, bodies[b].kind, bodies[b].name, &d->body[b]));
    TRY(add_streets(d));
    TRY(add_committees(d));
    for (int i = 0; i < DEMO_OTHERS; i++)
        TRY(add_org(d, 0, d->community[others[i].community], others[i].kind, others[i].name, &d->other[i]));
    return demo_partners(d);
}

/* A telephone in a range that is not handed out for calls. */
static struct str telephone(struct demo *d)
{
    return str_fmt(d->arena, "1380000%04d", demo_below(&d->random, 10000));
}

struct job_of {
    const char     *role, *post;      /* post may be NULL */
    struct unit_ref unit;
    const char     *sign_in;          /* stem of the sign-in name */
    int             number;
};

static err add_person(struct demo *d, const struct job_of *j, int64_t *account, int64_t *person)
{
    struct app *app = d->app;
    int64_t     ignored;
    struct str  name = str_fmt(d->arena, "demo-%s-%d", j->sign_in, j->number);
    TRY(account_person_add(d->db, d->arena, app, demo_name(d), telephone(d), d->since, person));
    TRY(account_add(d->db, app->tenant, *person, name, STR_NONE, d->since, account));
    if (j->role)
        TRY(account_assign(d->db, app->tenant, *person, str_of(j->role), j->unit, d->since, 0, 0, &ignored));
    if (!j->post)
        return OK;
    TRY(account_person_show(d->db, app->tenant, *person));
    return unit_appoint(d->db, d->arena, app->tenant,
                         &(struct unit_appoint){ .person = *person, .post = str_of(j->post), .unit = j->unit, .from = d->since }, d->since, &ignored);
}

static err add_one(struct demo *d, const char *role, const char *post, enum unit_kind kind, int64_t unit, int number, int64_t *account)
{
    int64_t       person;
    struct job_of j = { role, post, { kind, unit }, role, number };
    return add_person(d, &j, account, &person);
}

static err add_area_staff(struct demo *d)
{
    TRY(add_one(d, "district_leader", NULL, UNIT_AREA, d->district, 1, &d->leader));
    for (int s = 0; s < DEMO_STREETS; s++)
        TRY(add_one(d, "street_dispatcher", NULL, UNIT_AREA, d->street[s], s + 1, &d->dispatcher[s]));
    /* After those of the streets: who comes in as a dispatcher is the first of them. */
    TRY(add_one(d, "street_dispatcher", NULL, UNIT_AREA, d->district, 0, &d->centre_account));
    for (int c = 0; c < DEMO_COMMUNITIES; c++)
        TRY(add_one(d, "community_secretary", "secretary", UNIT_AREA, d->community[c], c + 1, &d->secretary[c]));
    for (int k = 0; k < DEMO_CELLS; k++)
        TRY(add_one(d, "grid_worker", "grid_worker", UNIT_AREA, d->cell[k], k + 1, &d->grid_worker[k]));
    return OK;
}

static err add_handlers(struct demo *d)
{
    int n = 1;
    /* The first is whom one comes in as: not of the centre, which handles nothing itself. */
    for (int i = 0; i < BODY_PROPERTY; i++) {
        int b = (i + BODY_URBAN) % BODY_PROPERTY;
        TRY(add_one(d, "department_handler", NULL, UNIT_ORG, d->body[b], n++, &d->handler[b]));
    }
    for (int s = 0; s < DEMO_STREETS; s++)
        TRY(add_one(d, "department_handler", NULL, UNIT_ORG, d->property[s], n++, &d->property_handler[s]));
    for (int c = 0; c < DEMO_COMMUNITIES; c++)
        TRY(add_one(d, "department_handler", NULL, UNIT_ORG, d->committee[c], n++, &d->committee_handler[c]));
    return OK;
}

err demo_people(struct demo *d)
{
    static const char *const admins[] = { "system_admin", "security_admin", "audit_admin" };
    int64_t                  ignored;
    TRY(add_area_staff(d));
    TRY(add_handlers(d));
    for (int i = 0; i < 3; i++)
        TRY(add_one(d, admins[i], NULL, UNIT_AREA, d->district, 1, &ignored));
    for (int i = 0; i < DEMO_RESIDENTS; i++) {
        struct job_of j = { .sign_in = "resident", .number = i + 1 };
        TRY(add_person(d, &j, &d->resident_account[i], &d->resident_person[i]));
    }
    return demo_partner_people(d);
}
