/* Shared by the files of this folder only. */
#ifndef LINLI_PROJECT_INSIDE_H
#define LINLI_PROJECT_INSIDE_H

#include "project.h"
#include "../setting/setting.h"
#include "../unit/unit.h"

/* Numbers are stored: append only. */
enum project_state { PROJECT_NONE, PROJECT_DRAFT, PROJECT_PLANNED, PROJECT_UNDER_WAY, PROJECT_FOR_ACCEPTANCE, PROJECT_ACCEPTED, PROJECT_ABANDONED,
                     PROJECT_STATES };
enum team_role { TEAM_NONE, TEAM_LEAD, TEAM_CAPTAIN, TEAM_LIAISON, TEAM_MEMBER };
enum link_kind { LINK_NONE, LINK_CASE, LINK_NEED };
enum entry_kind { ENTRY_NONE, ENTRY_PROGRESS, ENTRY_MILESTONE, ENTRY_PAID, ENTRY_SPENT, ENTRY_DECIDED };
enum voice_answer { VOICE_NOT_YET, VOICE_YES, VOICE_NO };
enum voice_way { WAY_NOT_YET, WAY_ACCOUNT, WAY_LINK, WAY_CALL };
extern const char *const project_state_words[], *const team_role_words[], *const link_kind_words[], *const entry_kind_words[],
    *const voice_answer_words[], *const voice_way_words[];

struct project {
    int64_t    id, unit_kind, unit_id, area_id, state, promised, paid, spent, steps, steps_done, cases, round, created_by, version;
    struct str kind, title, text, reason;
    bool       is_public;
    ms         begins_at, due_at, next_due, asked_at, ended_at, created_at, updated_at;
};
struct member { int64_t role, person_id, org_id; struct str duty, name; };      /* name: of the person; read only */
struct step   { int64_t id, project_id, person_id, org_id; struct str title; ms due_at, done_at; };
struct source { int64_t id, project_id, org_id, pledge_id, promised, paid; struct str who, note; ms created_at; };
struct entry {
    int64_t    id, project_id, kind, account_id, amount, step_id, source_id, state;
    struct str text, void_reason, author;                                      /* author: read only */
    bool       is_public;
    ms         at, void_at;
};
struct voice { int64_t case_id, answer, way, account_id; struct str said; ms asked_at, answered_at; };
struct link  { int64_t kind, object_id, open; ms added_at; };

/* ---- rules (project.c): no SQL, no clock ---- */

enum project_act { ACT_PLAN, ACT_START, ACT_SUBMIT, ACT_ACCEPT_PROJECT, ACT_REFUSE_PROJECT, ACT_ABANDON, PROJECT_ACTS };
/* Where it leads; PROJECT_NONE: not from there. */
enum project_state project_next(int64_t state, enum project_act act);
bool               project_ended(int64_t state);
/* Team, money, milestones and evidence may change. */
bool               project_at_work(int64_t state);
/* A milestone is late, or the planned end is over. */
bool               project_late(const struct project *p, ms now);
/* It has a page for everybody. */
bool               project_is_shown(const struct project *p);
/* What may be spent still. */
int64_t            project_left(const struct project *p);
/* What keeps a team from being one; ERR_NONE: nothing. *at: which member. */
enum err_code      team_check(const struct list *members, size_t *at);     /* struct member */
/* When those who were asked may be overruled by silence. */
bool               voices_heard(const struct list *voices, ms asked_at, int64_t days, ms now);     /* struct voice */

/* ---- rows (project_db.c) ---- */

#define PROJECT_COLUMNS                                                                                                                   \
    "n.id, n.kind, n.title, n.text, n.unit_kind, n.unit_id, n.area_id, n.public, n.state, n.begins_at, n.due_at, n.reason, n.promised, n.paid, " \
    "n.spent, n.steps, n.steps_done, n.next_due, n.cases, n.round, n.asked_at, n.ended_at, n.created_at, n.created_by, n.updated_at, n.version"
extern const struct field project_map[];

MUST err project_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct project *out);        /* ERR_NOT_FOUND */
MUST err project_insert(struct db_conn *c, struct arena *a, int64_t tenant, const struct project *p);
MUST err project_update(struct db_conn *c, struct arena *a, int64_t tenant, const struct project *p, ms now);     /* version + 1 */
/* Writes its row and changes nothing: where those meet who do something about it at once. */
MUST err project_meet(struct db_conn *c, int64_t tenant, int64_t id, ms now);
/* Counts again from its rows what it has of milestones, money and cases, and writes it: where two who change it at once meet. */
MUST err project_settle(struct db_conn *c, struct arena *a, int64_t tenant, struct project *p, ms now);

MUST err team_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t project, struct list *out);
MUST err team_put(struct db_conn *c, int64_t tenant, int64_t project, const struct list *members);
MUST err steps_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t project, struct list *out);
MUST err step_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct step *out);
MUST err step_insert(struct db_conn *c, int64_t tenant, const struct step *s);
MUST err step_update(struct db_conn *c, int64_t tenant, const struct step *s);
MUST err step_delete(struct db_conn *c, int64_t tenant, int64_t id);
MUST err sources_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t project, struct list *out);
MUST err source_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct source *out);
MUST err source_insert(struct db_conn *c, int64_t tenant, const struct source *s);
MUST err source_update(struct db_conn *c, int64_t tenant, const struct source *s);
MUST err source_delete(struct db_conn *c, int64_t tenant, int64_t id);
MUST err entries_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t project, struct list *out);       /* as they were written */
MUST err entry_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct entry *out);
MUST err entry_insert(struct db_conn *c, int64_t tenant, const struct entry *e);
MUST err entry_strike(struct db_conn *c, int64_t tenant, int64_t id, ms at, int64_t by, struct str reason);
MUST err entry_photos_add(struct db_conn *c, int64_t tenant, int64_t entry, struct ids files);
/* Of all its entries: struct entry_photo, in order of entries. */
struct entry_photo { int64_t entry_id, file_id; };
MUST err photos_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t project, struct list *out);
/* Whether the account wrote anything in its story. */
MUST err wrote_in(struct db_conn *c, int64_t tenant, int64_t project, int64_t account, bool *out);
MUST err links_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t project, struct list *out);         /* as they were made */
struct ids project_linked(struct arena *a, const struct list *links, enum link_kind kind);   /* their objects, of one kind */
MUST err link_add(struct db_conn *c, int64_t tenant, int64_t project, enum link_kind kind, int64_t object, ms now, int64_t by);   /* ERR_TAKEN */
MUST err link_gone(struct db_conn *c, int64_t tenant, int64_t project, enum link_kind kind, int64_t object, int64_t *gone);
MUST err links_end(struct db_conn *c, int64_t tenant, int64_t project);
/* Projects that it is or was part of, newest first: struct project. */
MUST err projects_of_object(struct db_conn *c, struct arena *a, int64_t tenant, enum link_kind kind, int64_t object, struct list *out);
MUST err voices_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t project, int64_t round, struct list *out);
MUST err voice_ask(struct db_conn *c, int64_t tenant, int64_t project, int64_t round, int64_t case_id, ms now);
MUST err voice_answer(struct db_conn *c, int64_t tenant, int64_t project, int64_t round, const struct voice *v);

/* ---- HTTP ---- */

#define PROJECT_UNIT(p) ((struct unit_ref){ (enum unit_kind)(p)->unit_kind, (p)->unit_id })
#define PROJECT_AREA(p) ((struct unit_ref){ UNIT_AREA, (p)->area_id })

struct list project_kinds(struct req *r);
bool        in_team(const struct list *team, int64_t person);
/* Loads one that the caller may read. */
MUST err project_open(struct req *r, int64_t id, struct project *out);
/* … and manages; for them it must be at the version of If-Match, when one is given, and in work. */
MUST err project_own(struct req *r, int64_t id, struct project *out);
/* … or is in the team of. */
MUST err project_work(struct req *r, int64_t id, struct project *out);
/* Writes an entry and its photographs; fills its id. */
MUST err project_tell(struct req *r, struct entry *e, struct ids photos);
MUST err project_answer(struct req *r, int64_t id, bool created);
/* It comes to where the act leads, with a line in its story, an audit row, and the answer. */
MUST err project_decide(struct req *r, struct project *p, enum project_act act, const char *action, struct str reason);
struct str project_json(struct req *r, const struct project *p);
/* Words of its notices. */
struct str project_words(struct req *r, const struct project *p, struct str code);
/* Links cases and needs that the caller sees, checking each; faults are collected. */
MUST err project_link(struct req *r, const struct project *p, struct ids cases, struct ids needs);

/* The smallest area, from a community up, that holds all of these cases that the caller sees. */
MUST err project_area_of(struct req *r, struct ids cases, int64_t otherwise, int64_t *out);

struct project_item {
    int64_t    id, unit_id, area_id, promised, paid, spent, steps, steps_done, steps_late, cases, version;
    int        unit_kind, state;
    struct str kind, title, unit_name, area_name;
    bool       is_public, late, may_manage;
    ms         begins_at, due_at, next_due, created_at, updated_at;
};
extern const struct field project_item_fields[], project_view_fields[];
struct project_item project_item_of(struct req *r, const struct project *p, int64_t steps_late);

/* Whether the caller may say yes or no to it for those it was for; *why tells what keeps them, ERR_NONE: nothing. */
MUST err judge_check(struct req *r, const struct project *p, const struct list *team, enum err_code *why);
struct voice_view { int64_t case_id; struct str code, said; int answer, way; bool by_account, by_link, by_phone; ms asked_at, answered_at; };
extern const struct field voice_view_fields[];
MUST err voice_views(struct req *r, const struct project *p, struct list *out);

/* ---- what the program does by itself: project_remind.c ---- */

/* Tells lead, captain, liaison and whoever answers for it, once when a milestone or a planned end falls due within the notice, once when it is late.
 * told: of how many. */
MUST err project_remind_round(struct app *app, ms now, int64_t *told);
void     project_remind_start(struct app *app);

extern const struct route project_routes[], project_work_routes[], project_link_routes[], project_accept_routes[], project_public_routes[];
extern const struct alliance_source project_source_of_plans;   /* project_plan.c */
MUST err project_file_guard(struct req *r, int64_t entry);

/* What agreements ask of money for pledges: project_paid.c. */
extern const struct agreement_money project_money;

#endif
