/* Parts of the demonstration, shared by its files only. */
#ifndef LINLI_DEMO_INSIDE_H
#define LINLI_DEMO_INSIDE_H

#include "../case/case.h"
#include "../unit/unit.h"
#include "demo.h"

enum {
    DEMO_STREETS = 3,
    DEMO_COMMUNITIES = 12,
    DEMO_CELLS = 60,        /* 36 grids and 24 compounds */
    DEMO_CELLS_EACH = 5,    /* of a community: three grids, two compounds */
    DEMO_RESIDENTS = 40
};

/* The organisations that handle things, by what they handle. */
enum demo_body {
    BODY_CENTRE, BODY_URBAN, BODY_MUNICIPAL, BODY_DRAINAGE, BODY_LIGHTING, BODY_SANITATION, BODY_GREENERY, BODY_TRAFFIC, BODY_HOUSING,
    BODY_MARKET, BODY_ENVIRONMENT, BODY_FIRE, BODY_WATER, BODY_POWER, BODY_TELECOM,
    BODY_PROPERTY,          /* one of three, by street */
    BODY_COMMUNITY,         /* the residents' committee of the place */
    BODY_COUNT
};

/* Organisations that others only work with: some of them handle nothing of their own. */
enum demo_other { OTHER_SCHOOL, OTHER_HOSPITAL, OTHER_MERCHANTS, OTHER_OWNERS, OTHER_VOLUNTEERS, OTHER_BANK, OTHER_SOCIAL_WORK, DEMO_OTHERS };
enum demo_partner {
    PARTNER_COMMITTEE, PARTNER_MALL, PARTNER_MANAGER, PARTNER_FOOD, PARTNER_RIDERS, PARTNER_SOFTWARE, PARTNER_COLLEGE, PARTNER_BANK, PARTNER_POLICE,
    PARTNER_SOCIAL, DEMO_PARTNERS
};

struct demo_random { uint64_t state; };
uint64_t demo_random(struct demo_random *r);
int      demo_below(struct demo_random *r, int n);              /* 0 … n − 1 */
bool     demo_chance(struct demo_random *r, int percent);
ms       demo_span(struct demo_random *r, ms least, ms most);

struct demo {
    struct app        *app;
    struct arena      *arena;
    struct db_conn    *db;
    struct demo_random random;
    ms                 now, since;        /* since: when the district's units began */
    int64_t            district, street[DEMO_STREETS], community[DEMO_COMMUNITIES], cell[DEMO_CELLS];
    int64_t            body[BODY_COUNT], property[DEMO_STREETS], committee[DEMO_COMMUNITIES], office[DEMO_STREETS];
    int64_t            other[DEMO_OTHERS], partner[DEMO_PARTNERS], partner_handler[DEMO_PARTNERS];
    struct str         partner_name[DEMO_PARTNERS];   /* who heads it */
    int64_t            centre_account, leader, dispatcher[DEMO_STREETS], secretary[DEMO_COMMUNITIES], grid_worker[DEMO_CELLS];
    int64_t            handler[BODY_COUNT], property_handler[DEMO_STREETS], committee_handler[DEMO_COMMUNITIES];
    int64_t            resident_account[DEMO_RESIDENTS], resident_person[DEMO_RESIDENTS];
    int64_t            complex;           /* the alliance of the shopping street */
    int64_t            lamp_pledge;       /* of a bank: money that a project has got */
    int64_t            seal[DEMO_STREETS];
    struct file_stored *seals;           /* demo_letters.c */
    struct photo_store *photos;          /* demo_cases.c */
    int                cases;
};

/* demo_map.c: areas with polygons that tile without gaps. A point in a cell, away from its border. */
MUST err   demo_map(struct demo *d);
struct geo demo_point(struct demo *d, int cell);
struct str demo_cell_shape(struct arena *a, int cell);      /* GeoJSON geometry */
struct str demo_district_shape(struct arena *a);

/* demo_people.c: organisations, people, posts, roles. */
MUST err demo_orgs(struct demo *d);
MUST err demo_people(struct demo *d);

/* demo_alliances.c: partners of the shopping street, and the alliances they are in. */
MUST err demo_partners(struct demo *d);
MUST err demo_partner_people(struct demo *d);
MUST err demo_alliances(struct demo *d);
/* Two organisations that a community calls by whistle to a case of `holder`, each with the account that answers; turn: another number, another two. */
struct demo_called { int64_t org, account; };
void     demo_called_at(const struct demo *d, int community, int turn, int64_t holder, struct demo_called out[2]);
/* demo_directory.c: what residents find in the directory. */
MUST err demo_directory(struct demo *d);
/* demo_exchange.c: what is needed and what there is. */
MUST err demo_exchange(struct demo *d);
/* demo_projects.c: two projects, one of which grew out of cases that are there by then. */
MUST err demo_projects(struct demo *d);
/* demo_agreements.c: what partners of the shopping street promised, and kept. */
MUST err demo_agreements(struct demo *d);
/* demo_service.c: services with slots, and orders of them. */
MUST err demo_service(struct demo *d);
/* demo_letters.c: pictures of seals, their rows, and who holds which post with which letter. */
MUST err demo_seals_store(struct demo *d);
MUST err demo_seals(struct demo *d);
MUST err demo_letters(struct demo *d);

/* demo_cases.c: rules and cases. */
MUST err demo_rules(struct demo *d);
MUST err demo_photos_store(struct demo *d);
MUST err demo_case(struct demo *d);

/* demo_words.c: what people say. */
struct demo_matter {
    const char    *category;      /* name of a leaf */
    enum demo_body body;
    int            severity;      /* 0: the category's */
    const char    *photo;         /* stem of a pair of photographs, or NULL */
    const char    *places[4];     /* behind the cell's or the street's name */
    const char    *texts[4];      /* %s: the place */
    const char    *results[3];    /* what the handler reports */
    const char    *returned;      /* why it may be sent back */
};
extern const struct demo_matter demo_matters[];
extern const size_t             demo_matter_count;
extern const char *const        demo_street_names[DEMO_STREETS], *const demo_community_names[DEMO_COMMUNITIES];
extern const char *const        demo_compound_names[DEMO_COMMUNITIES * 2], *const demo_road_names[12];
extern const char *const        demo_reject_words[4], *const demo_ask_words[4], *const demo_reply_words[4], *const demo_fail_words[4];
extern const char *const        demo_rate_words[6], *const demo_comment_words[6], *const demo_withdraw_words[3];
extern const char *const        demo_appeal_words[3], *const demo_score_words[3], *const demo_decide_words[2];
extern const char *const        demo_escalate_words[3], *const demo_delegate_words[2], *const demo_supervise_words[3];
extern const char *const        demo_supervise_answer_words[2], *const demo_late_words[2];
extern const char *const        demo_call_words[2], *const demo_answer_words[2];   /* the power and the telephone company, called by whistle */
extern const char *const        demo_partner_call_words[4], *const demo_partner_answer_words[4];   /* and partners */
/* An invented name, two or three characters. */
struct str demo_name(struct demo *d);

#endif
