/* case_view.c: what people see of a case: the full view (staff, signed-in reporters), the reporter's by secret, the public's. */
#include "case_call.h"
#include "case_clock.h"
#include "case_level.h"
#include "case_matter.h"
#include "case_task.h"
#include "../../base/contact.h"

const struct field case_named_fields[] = {
    FIELD_ID(struct case_named, id, REQUIRED, "Id"),
    FIELD_STR(struct case_named, name, 0, 0, 0, "Name"),
    FIELD_END
};

const struct field case_category_ref_fields[] = {
    FIELD_ID(struct case_category_ref, id, REQUIRED, "Id"),
    FIELD_STR(struct case_category_ref, name_zh, 0, 0, 0, "Chinese name"),
    FIELD_STR(struct case_category_ref, name_en, 0, 0, 0, "English name"),
    FIELD_END
};

struct routing_view { struct case_named *org; struct str why, why_zh, why_en; int64_t rule, number; bool border; struct list near; };
static const struct field routing_fields[] = {
    FIELD_OBJECT(struct routing_view, org, case_named_fields, struct case_named, 0, "Organisation proposed or chosen by a rule"),
    FIELD_STR(struct routing_view, why, 0, 0, 0, "The reason in the reader's language: category, area, number of the rule"),
    FIELD_STR(struct routing_view, why_zh, 0, 0, 0, "The reason in Chinese"),
    FIELD_STR(struct routing_view, why_en, 0, 0, 0, "The reason in English"),
    FIELD_ID(struct routing_view, rule, 0, "Routing rule"),
    FIELD_I64(struct routing_view, number, 0, 0, 0, "Its short number"),
    FIELD_BOOL(struct routing_view, border, 0, "Close to a border: a dispatcher chooses the area"),
    FIELD_LIST(struct routing_view, near, case_named_fields, struct case_named, 0, 0, 0, "Areas across the border"),
    FIELD_END
};

struct rating_view { int solved; int64_t stars; int contacted, by; struct str word; };
static const struct field rating_fields[] = {
    FIELD_WORD(struct rating_view, solved, case_solved_words, 0, "Whether the problem is solved, says the reporter"),
    FIELD_I64(struct rating_view, stars, 0, 0, 0, "How it was handled, 1 to 5; 0: not said"),
    FIELD_WORD(struct rating_view, contacted, case_contacted_words, 0, "Contacted within the limit; null: not said"),
    FIELD_WORD(struct rating_view, by, case_rated_words, 0, "The reporter's own rating, which goes before what was told in a call-back"),
    FIELD_STR(struct rating_view, word, 0, 0, 0, "In words"),
    FIELD_END
};

struct photo_view { int64_t id; int stage; int64_t seq; };
static const char *const    stage_words[] = { NULL, "report", "before", "after", "other", NULL };
static const struct field photo_view_fields[] = {
    FIELD_ID(struct photo_view, id, REQUIRED, "File"),
    FIELD_WORD(struct photo_view, stage, stage_words, 0, "What it shows"),
    FIELD_I64(struct photo_view, seq, 0, 0, 0, "Step it belongs to"),
    FIELD_END
};

struct event_view {
    int64_t     seq;
    ms          at;
    int         action, from_state, to_state;
    struct str  actor;
    bool        by_reporter, by_rule, internal;
    int64_t     org_id;
    struct str  org_name, text, data;
    struct ids  photos;
};
static const struct field event_view_fields[] = {
    FIELD_I64(struct event_view, seq, 0, 0, 0, "1, 2, 3 …"),
    FIELD_TIME(struct event_view, at, 0, "When"),
    FIELD_WORD(struct event_view, action, case_action_words, 0, "What was done"),
    FIELD_WORD(struct event_view, from_state, case_state_words, 0, "State before"),
    FIELD_WORD(struct event_view, to_state, case_state_words, 0, "State after"),
    FIELD_STR(struct event_view, actor, 0, 0, 0, "Who; null for the reporter and for the program"),
    FIELD_BOOL(struct event_view, by_reporter, 0, "The reporter did it"),
    FIELD_BOOL(struct event_view, by_rule, 0, "A routing rule did it"),
    FIELD_BOOL(struct event_view, internal, 0, "For staff only"),
    FIELD_ID(struct event_view, org_id, 0, "Organisation it went to, or that had it"),
    FIELD_STR(struct event_view, org_name, 0, 0, 0, "Its name"),
    FIELD_STR(struct event_view, text, 0, 0, 0, "What was said"),
    FIELD_JSON(struct event_view, data, 0, "More: outcome, rule, before and after"),
    FIELD_IDS(struct event_view, photos, 0, 0, 0, "Photos of this step"),
    FIELD_END
};

struct action_view { int action; bool primary; struct strs needs; };
static const struct field action_fields[] = {
    FIELD_WORD(struct action_view, action, case_action_words, 0, "Action"),
    FIELD_BOOL(struct action_view, primary, 0, "The main one now"),
    FIELD_STRS(struct action_view, needs, 0, 0, 0, "Fields it cannot do without"),
    FIELD_END
};

struct block_view { int action; struct str why_zh, why_en; };
static const struct field block_fields[] = {
    FIELD_WORD(struct block_view, action, case_action_words, 0, "Action"),
    FIELD_STR(struct block_view, why_zh, 0, 0, 0, "Why not, in Chinese"),
    FIELD_STR(struct block_view, why_en, 0, 0, 0, "Why not, in English"),
    FIELD_END
};

struct step_view { int step; ms at; struct str by; int state; ms due_at; };
static const struct field step_fields[] = {
    FIELD_WORD(struct step_view, step, case_step_words, 0, "Step of the loop"),
    FIELD_TIME(struct step_view, at, 0, "When it was done"),
    FIELD_STR(struct step_view, by, 0, 0, 0, "By whom"),
    FIELD_WORD(struct step_view, state, case_step_state_words, 0, "Done, under way, or to do"),
    FIELD_TIME(struct step_view, due_at, 0, "When it is due"),
    FIELD_END
};

struct clock_view {
    ms      from;
    int64_t amount, left_amount, calendar, days, extensions;
    int     unit, left_unit, asked;
    bool    provisional, stopped;
    ms      asked_at, review_at;
};
static const struct field clock_fields[] = {
    FIELD_TIME(struct clock_view, from, 0, "When the present limit began"),
    FIELD_I64(struct clock_view, amount, 0, 0, 0, "How long it is"),
    FIELD_WORD(struct clock_view, unit, clock_unit_words, 0, "Of what; null: a date, or no limit"),
    FIELD_I64(struct clock_view, calendar, 0, 0, 0, "Version of the calendar it was computed with"),
    FIELD_BOOL(struct clock_view, provisional, 0, "Reaches beyond the years that calendar covers; computed again when they are known"),
    FIELD_BOOL(struct clock_view, stopped, 0, "The clock is stopped: waiting for the reporter, or suspended; due_at is then the answer's or the review's"),
    FIELD_I64(struct clock_view, left_amount, 0, 0, 0, "What was left when it stopped; -1: it was late"),
    FIELD_WORD(struct clock_view, left_unit, clock_unit_words, 0, "Of what"),
    FIELD_WORD(struct clock_view, asked, case_asked_words, 0, "Request that waits for approval"),
    FIELD_TIME(struct clock_view, asked_at, 0, "When it was asked"),
    FIELD_I64(struct clock_view, days, 0, 0, 0, "Working days asked for"),
    FIELD_TIME(struct clock_view, review_at, 0, "Date of review, asked for or approved"),
    FIELD_I64(struct clock_view, extensions, 0, 0, 0, "Times the limit was extended"),
    FIELD_END
};

/* The case into which this one was merged, as everybody may know it. */
struct into_view { struct case_brief brief, *about; struct list steps; };
static const struct field into_fields[] = {
    { .name = "about", .kind = KIND_OBJECT, .offset = offsetof(struct into_view, about), .sub = case_brief_fields,
      .size = sizeof(struct case_brief), .flags = REQUIRED, .doc = "The case" },
    FIELD_LIST(struct into_view, steps, step_fields, struct step_view, 0, 0, 0, "Its seven steps with their dates"),
    FIELD_END
};

struct case_view {
    int64_t                   id;
    struct str                code, secret;
    int                       state, outcome, source;
    int64_t                   severity;
    struct str                title, text, address;
    struct geo                at;
    struct case_category_ref *category;
    int64_t                   area_id;
    struct str                area_name;
    struct list               path;
    int64_t                   org_id;
    struct str                org_name;
    struct case_named        *held, *assignee;
    struct supervision_view  *supervision;
    struct level_choices     *levels;
    struct routing_view      *routing;
    struct str                contact_masked, reporter_name;
    ms                        contact_verified_at;
    bool                      mine;
    struct rating_view       *rating;
    struct case_call_view    *call_back;
    struct case_appeal_view  *appeal;
    struct list               photos, events, actions, blocked, steps, called, merged;
    struct clock_view        *clock;
    struct into_view         *merged_into;
    int64_t                   followers;
    bool                      following;
    ms                        reported_at, due_at, closed_at, updated_at;
    int64_t                   reworks, returns, reopens;
    bool                      released;
    int64_t                   version;
};
const struct field case_view_fields[] = {
    FIELD_ID(struct case_view, id, REQUIRED, "Id"),
    FIELD_STR(struct case_view, code, 0, 0, REQUIRED, "Number people say"),
    FIELD_STR(struct case_view, secret, 0, 0, SECRET, "Reporter's secret for X-Case-Secret; only in the answer to the report, and only without an account"),
    FIELD_WORD(struct case_view, state, case_state_words, REQUIRED, "State"),
    FIELD_WORD(struct case_view, outcome, case_outcome_words, 0, "Outcome of a closed case"),
    FIELD_WORD(struct case_view, source, case_source_words, REQUIRED, "How it came in"),
    FIELD_I64(struct case_view, severity, 1, 3, 0, "1 urgent, 2 ordinary, 3 minor"),
    FIELD_STR(struct case_view, title, 0, 0, 0, "First words"),
    FIELD_STR(struct case_view, text, 0, 0, MULTILINE, "Reporter's words"),
    FIELD_STR(struct case_view, address, 0, 0, 0, "Place in words"),
    FIELD_GEO(struct case_view, at, 0, "Place, WGS 84"),
    FIELD_OBJECT(struct case_view, category, case_category_ref_fields, struct case_category_ref, 0, "Category"),
    FIELD_ID(struct case_view, area_id, 0, "Deepest area"),
    FIELD_STR(struct case_view, area_name, 0, 0, 0, "Its name"),
    FIELD_LIST(struct case_view, path, case_named_fields, struct case_named, 0, 0, 0, "Areas from the root to the deepest"),
    FIELD_ID(struct case_view, org_id, 0, "Organisation that has it"),
    FIELD_STR(struct case_view, org_name, 0, 0, 0, "Its name"),
    FIELD_OBJECT(struct case_view, held, case_named_fields, struct case_named, 0, "Area whose level holds it since it was passed up or down; for staff"),
    FIELD_OBJECT(struct case_view, assignee, case_named_fields, struct case_named, 0, "Person of the organisation it was handed to; for staff"),
    FIELD_OBJECT(struct case_view, supervision, case_supervision_fields, struct supervision_view, 0, "Supervision by a level above; for staff"),
    FIELD_OBJECT(struct case_view, levels, case_levels_fields, struct level_choices, 0, "Where the caller may pass it"),
    FIELD_OBJECT(struct case_view, routing, routing_fields, struct routing_view, 0, "Whose it is and why; for staff"),
    FIELD_STR(struct case_view, contact_masked, 0, 0, 0, "Contact with its middle hidden; for staff"),
    FIELD_TIME(struct case_view, contact_verified_at, 0, "When the reporter proved by a code that the telephone is theirs; for staff"),
    FIELD_STR(struct case_view, reporter_name, 0, 0, 0, "Name as given; for staff"),
    FIELD_BOOL(struct case_view, mine, 0, "The caller reported it"),
    FIELD_OBJECT(struct case_view, rating, rating_fields, struct rating_view, 0, "What the reporter said of it: the words that count"),
    FIELD_OBJECT(struct case_view, call_back, case_call_view_fields, struct case_call_view, 0, "Calling the reporter back after closing; for staff"),
    FIELD_OBJECT(struct case_view, appeal, case_appeal_view_fields, struct case_appeal_view, 0, "Appeal against being scored; for staff"),
    FIELD_LIST(struct case_view, photos, photo_view_fields, struct photo_view, 0, 0, 0, "Photos"),
    FIELD_LIST(struct case_view, events, event_view_fields, struct event_view, 0, 0, 0, "The story, oldest first"),
    FIELD_LIST(struct case_view, actions, action_fields, struct action_view, 0, 0, 0, "What the caller may do now"),
    FIELD_LIST(struct case_view, blocked, block_fields, struct block_view, 0, 0, 0, "What a rule keeps the caller from doing now"),
    FIELD_LIST(struct case_view, steps, step_fields, struct step_view, 0, 0, 0, "The seven steps"),
    FIELD_LIST(struct case_view, called, case_task_fields, struct task_view, 0, 0, 0, "Organisations called by whistle, each with its task and answer; for staff"),
    FIELD_OBJECT(struct case_view, merged_into, into_fields, struct into_view, 0, "The case into which this one was merged"),
    FIELD_LIST(struct case_view, merged, case_brief_fields, struct case_brief, 0, 0, 0, "Cases merged into this one; for staff"),
    FIELD_I64(struct case_view, followers, 0, 0, 0, "How many follow it, reporters of merged cases among them; for staff"),
    FIELD_BOOL(struct case_view, following, 0, "The caller follows it"),
    FIELD_TIME(struct case_view, reported_at, REQUIRED, "When it was reported"),
    FIELD_TIME(struct case_view, due_at, 0, "When the present step is due"),
    FIELD_OBJECT(struct case_view, clock, clock_fields, struct clock_view, 0, "The clock behind it; for staff"),
    FIELD_TIME(struct case_view, closed_at, 0, "When it was closed or rejected"),
    FIELD_TIME(struct case_view, updated_at, 0, "Last step"),
    FIELD_I64(struct case_view, reworks, 0, 0, 0, "Times it failed verification"),
    FIELD_I64(struct case_view, returns, 0, 0, 0, "Times an organisation returned it"),
    FIELD_I64(struct case_view, reopens, 0, 0, 0, "Times it was reopened"),
    FIELD_BOOL(struct case_view, released, 0, "Text and photos are public"),
    FIELD_I64(struct case_view, version, 0, 0, REQUIRED, "Version, for If-Match"),
    FIELD_END
};

struct can_view { bool reply, rate, reopen, withdraw, appeal; };
static const struct field can_fields[] = {
    FIELD_BOOL(struct can_view, reply, 0, "A question waits for an answer"),
    FIELD_BOOL(struct can_view, rate, 0, "It can be rated"),
    FIELD_BOOL(struct can_view, reopen, 0, "It can be reopened"),
    FIELD_BOOL(struct can_view, withdraw, 0, "It can be withdrawn"),
    FIELD_BOOL(struct can_view, appeal, 0, "The rejection can be appealed against"),
    FIELD_END
};

struct case_track {
    struct str                code, title, text, address, area_name;
    int                       state, outcome;
    struct case_category_ref *category;
    struct list               steps, events, photos;
    struct rating_view       *rating;
    struct can_view          *can;
    struct into_view         *merged_into;
    ms                        reported_at, due_at, closed_at, reopen_until, appeal_until;
    int64_t                   version;
};
const struct field case_track_fields[] = {
    FIELD_STR(struct case_track, code, 0, 0, REQUIRED, "Number people say"),
    FIELD_WORD(struct case_track, state, case_state_words, REQUIRED, "State"),
    FIELD_WORD(struct case_track, outcome, case_outcome_words, 0, "Outcome of a closed case"),
    FIELD_STR(struct case_track, title, 0, 0, 0, "First words"),
    FIELD_STR(struct case_track, text, 0, 0, MULTILINE, "The reporter's own words"),
    FIELD_STR(struct case_track, address, 0, 0, 0, "Place in words"),
    FIELD_STR(struct case_track, area_name, 0, 0, 0, "Area"),
    FIELD_OBJECT(struct case_track, category, case_category_ref_fields, struct case_category_ref, 0, "Category"),
    FIELD_LIST(struct case_track, steps, step_fields, struct step_view, 0, 0, 0, "The seven steps"),
    FIELD_LIST(struct case_track, events, event_view_fields, struct event_view, 0, 0, 0, "The story as far as it concerns the reporter; no names of staff"),
    FIELD_LIST(struct case_track, photos, photo_view_fields, struct photo_view, 0, 0, 0, "Photos"),
    FIELD_OBJECT(struct case_track, rating, rating_fields, struct rating_view, 0, "The rating"),
    FIELD_OBJECT(struct case_track, can, can_fields, struct can_view, 0, "What the reporter may do now"),
    FIELD_OBJECT(struct case_track, merged_into, into_fields, struct into_view, 0, "The case into which this one was merged: where it goes on"),
    FIELD_TIME(struct case_track, reported_at, REQUIRED, "When it was reported"),
    FIELD_TIME(struct case_track, due_at, 0, "When the present step is due"),
    FIELD_TIME(struct case_track, closed_at, 0, "When it was closed or rejected"),
    FIELD_TIME(struct case_track, reopen_until, 0, "Until when it can be reopened"),
    FIELD_TIME(struct case_track, appeal_until, 0, "Until when a rejection can be appealed against"),
    FIELD_I64(struct case_track, version, 0, 0, REQUIRED, "Version, for If-Match"),
    FIELD_END
};

struct case_public {
    struct str                code, area_name, title, text;
    int                       state, outcome;
    struct case_category_ref *category;
    struct list               steps, photos;
    struct into_view         *merged_into;
    ms                        reported_at, closed_at;
};
const struct field case_public_fields[] = {
    FIELD_STR(struct case_public, code, 0, 0, REQUIRED, "Number people say"),
    FIELD_WORD(struct case_public, state, case_state_words, REQUIRED, "State"),
    FIELD_WORD(struct case_public, outcome, case_outcome_words, 0, "Outcome of a closed case"),
    FIELD_OBJECT(struct case_public, category, case_category_ref_fields, struct case_category_ref, 0, "Category"),
    FIELD_STR(struct case_public, area_name, 0, 0, 0, "Approximate place: the grid or community"),
    FIELD_STR(struct case_public, title, 0, 0, 0, "First words, when released"),
    FIELD_STR(struct case_public, text, 0, 0, MULTILINE, "Text, when released"),
    FIELD_LIST(struct case_public, steps, step_fields, struct step_view, 0, 0, 0, "The seven steps with their dates"),
    FIELD_LIST(struct case_public, photos, photo_view_fields, struct photo_view, 0, 0, 0, "Photos, when released"),
    FIELD_OBJECT(struct case_public, merged_into, into_fields, struct into_view, 0, "The case into which this one was merged"),
    FIELD_TIME(struct case_public, reported_at, REQUIRED, "When it was reported"),
    FIELD_TIME(struct case_public, closed_at, 0, "When it was closed or rejected"),
    FIELD_END
};

/* ---- filling ---- */

enum eyes { EYES_STAFF, EYES_REPORTER, EYES_PUBLIC };

/* What a view is made from. */
struct seen {
    struct req                 *r;
    const struct case_row      *c;
    enum eyes                   eyes;
    bool                        reporter, fresh;   /* fresh: reported in this very transaction */
    const struct unit_snapshot *units;
    const struct case_snapshot *store;
    const struct case_event    *events;
    size_t                      event_count;
    const struct case_photo    *photos;
    size_t                      photo_count;
    struct str                  contact;           /* sealed; of one reported just now it is read when it is needed */
    int64_t                     followers;
    bool                        following, merged; /* merged: there are cases merged into it */
};

static struct str area_name(const struct seen *s, int64_t id)
{
    return id ? str_copy(s->r->arena, unit_name(s->units, (struct unit_ref){ UNIT_AREA, id })) : STR_NONE;
}

static struct str org_name(const struct seen *s, int64_t id)
{
    return id ? str_copy(s->r->arena, unit_name(s->units, (struct unit_ref){ UNIT_ORG, id })) : STR_NONE;
}

static struct case_named *named_org(const struct seen *s, int64_t id)
{
    if (!id)
        return NULL;
    struct case_named *n = ARENA_NEW(s->r->arena, struct case_named);
    *n = (struct case_named){ id, org_name(s, id) };
    return n;
}

static struct case_category_ref *category_ref(const struct seen *s)
{
    const struct case_category *c = case_category_by_id(s->store, s->c->category_id);
    if (!c)
        return NULL;
    struct case_category_ref *out = ARENA_NEW(s->r->arena, struct case_category_ref);
    *out = (struct case_category_ref){ c->id, str_copy(s->r->arena, c->name_zh), str_copy(s->r->arena, c->name_en) };
    return out;
}

static struct list area_path(const struct seen *s)
{
    struct chain       up = case_area_chain(s->units, s->r->arena, s->c->area_id);
    struct case_named *at = ARENA_ARRAY(s->r->arena, up.len + 1, struct case_named);
    for (size_t i = 0; i < up.len; i++)
        at[up.len - 1 - i] = (struct case_named){ up.at[i], area_name(s, up.at[i]) };
    return (struct list){ at, up.len };
}

/* Internal steps are for staff; the text of a step is for the reporter only where the table says so. */
static bool event_shown(const struct seen *s, const struct case_event *e)
{
    return s->eyes == EYES_STAFF || !(e->internal || e->action == ACT_RELEASE);
}

static bool seq_shown(const struct seen *s, int64_t seq)
{
    for (size_t i = 0; i < s->event_count; i++)
        if (s->events[i].seq == seq)
            return event_shown(s, &s->events[i]);
    return false;
}

static struct list photo_views(const struct seen *s)
{
    struct photo_view *at = ARENA_ARRAY(s->r->arena, s->photo_count + 1, struct photo_view);
    size_t             n = 0;
    for (size_t i = 0; i < s->photo_count; i++)
        if (seq_shown(s, s->photos[i].seq))
            at[n++] = (struct photo_view){ s->photos[i].id, (int)s->photos[i].stage, s->photos[i].seq };
    return (struct list){ at, n };
}

static struct ids photos_of(const struct seen *s, int64_t seq)
{
    int64_t *at = ARENA_ARRAY(s->r->arena, s->photo_count + 1, int64_t);
    size_t   n = 0;
    for (size_t i = 0; i < s->photo_count; i++)
        if (s->photos[i].seq == seq)
            at[n++] = s->photos[i].id;
    return (struct ids){ at, n };
}

static struct event_view event_view(const struct seen *s, const struct case_event *e)
{
    const struct case_act *act = case_act((enum case_action)e->action);
    bool                   staff = s->eyes == EYES_STAFF;
    bool                   program = !e->account_id && !(act->who & (BY_REPORTER | BY_ANYBODY));
    struct event_view      v = { .seq = e->seq, .at = e->at, .action = (int)e->action, .from_state = (int)e->from_state,
                                 .to_state = (int)e->to_state, .by_rule = program, .internal = e->internal, .org_id = e->org_id,
                                 .org_name = org_name(s, e->org_id), .photos = photos_of(s, e->seq) };
    v.by_reporter = !program && (!e->account_id || (s->c->reporter_id && e->actor_person == s->c->reporter_id));
    v.actor = staff ? e->actor : STR_NONE;
    v.text = e->action == ACT_REPORT ? s->c->text : staff || (act->effects & TELLS) ? e->text : STR_NONE;
    if (staff)   /* the steps that a rule may stand behind */
        v.data = e->action == ACT_ACCEPT || act->effects & SETS_ORG ? case_rule_told(s->store, s->units, s->r->arena, e->data) : e->data;
    return v;
}

static struct list event_views(const struct seen *s)
{
    struct event_view *at = ARENA_ARRAY(s->r->arena, s->event_count + 1, struct event_view);
    size_t             n = 0;
    for (size_t i = 0; i < s->event_count; i++)
        if (event_shown(s, &s->events[i]))
            at[n++] = event_view(s, &s->events[i]);
    return (struct list){ at, n };
}

static struct list step_views(const struct seen *s)
{
    struct case_step  path[STEP_COUNT];
    struct step_view *at = ARENA_ARRAY(s->r->arena, STEP_COUNT, struct step_view);
    case_path(s->c, s->events, s->event_count, path);
    for (int i = 0; i < STEP_COUNT; i++) {
        struct str org = i >= STEP_DISPATCH && i <= STEP_HANDLE ? org_name(s, path[i].org_id) : STR_NONE;
        struct str person = s->eyes == EYES_STAFF ? path[i].by : STR_NONE;
        at[i] = (struct step_view){ (int)path[i].step, path[i].at, s->eyes == EYES_PUBLIC ? STR_NONE : org.ptr ? org : person,
                                    (int)path[i].state, path[i].due_at };
    }
    return (struct list){ at, STEP_COUNT };
}

static struct rating_view *rating_view(const struct seen *s)
{
    if (!s->c->solved)
        return NULL;
    struct rating_view *v = ARENA_NEW(s->r->arena, struct rating_view);
    *v = (struct rating_view){ (int)s->c->solved, s->c->stars, (int)s->c->contacted, (int)s->c->rated_by, STR_NONE };
    for (size_t i = 0; i < s->event_count; i++)
        if (s->events[i].action == (s->c->rated_by == RATED_IN_CALL ? ACT_CALL_BACK : ACT_RATE) && !s->events[i].internal)
            v->word = s->events[i].text;
    return v;
}

/* ---- what the caller may do ---- */

static struct strs need_names(struct arena *a, unsigned needs)
{
    struct str *at = ARENA_ARRAY(a, NEED_COUNT, struct str);
    size_t      n = 0;
    for (unsigned i = 0; i < NEED_COUNT; i++)
        if (needs & (1u << i))
            at[n++] = str_of(case_need_words[i]);
    return (struct strs){ at, n };
}

/* Where nothing is, nothing is in the way. */
static bool nothing_there(enum err_code why)
{
    static const enum err_code codes[] = { ERR_NOT_FOUND, ERR_NO_REQUEST, ERR_NO_LIMIT, ERR_SUPERVISED, ERR_NOT_SUPERVISED, ERR_NO_ORG,
                                           ERR_NO_CALL_BACK, ERR_NO_APPEAL };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i] == why)
            return true;
    return false;
}

/* What a case can be passed to: where there is nobody, the action is not offered. */
static bool passable(const struct level_choices *to, enum case_action a)
{
    return a == ACT_ESCALATE ? to->up != NULL : a != ACT_DELEGATE || to->down.len > 0;
}

static err actions_of(const struct seen *s, const struct level_choices *to, struct list *actions, struct list *blocked)
{
    struct case_asker   who;
    struct action_view *yes = ARENA_ARRAY(s->r->arena, ACT_COUNT, struct action_view);
    struct block_view  *no = ARENA_ARRAY(s->r->arena, ACT_COUNT, struct block_view);
    *actions = (struct list){ yes, 0 };
    *blocked = (struct list){ no, 0 };
    TRY(case_asker(s->r, s->c, s->reporter, &who));
    for (int a = ACT_REPORT; a < ACT_COUNT; a++) {
        const struct case_act *act = case_act((enum case_action)a);
        if ((act->who & (BY_ANYBODY | BY_PROGRAM | BY_TASK)) || !case_act_from((enum case_action)a, (enum case_state)s->c->state) ||
            !case_permitted(s->r, s->c, (enum case_action)a, s->reporter) || !passable(to, (enum case_action)a))
            continue;
        enum err_code why = case_check(s->c, &who, (enum case_action)a);
        if (why == ERR_NONE)
            yes[actions->len++] = (struct action_view){ a, act->primary, need_names(s->r->arena, act->needs) };
        else if (!nothing_there(why))
            no[blocked->len++] = (struct block_view){ a, str_of(case_block_text(why, true)), str_of(case_block_text(why, false)) };
    }
    return OK;
}

/* ---- routing, contact ---- */

static struct list border_areas(const struct seen *s)
{
    struct unit_place p = { 0 };
    if (!s->c->near_border || !s->c->lon_e7)
        return (struct list){ NULL, 0 };
    unit_find(s->units, (double)s->c->lon_e7 / 1e7, (double)s->c->lat_e7 / 1e7, 1000, &p);
    struct case_named *at = ARENA_ARRAY(s->r->arena, p.near_count + 1, struct case_named);
    for (size_t i = 0; i < p.near_count; i++)
        at[i] = (struct case_named){ p.near[i].area, area_name(s, p.near[i].area) };
    return (struct list){ at, p.near_count };
}

static struct routing_view *routing_view(const struct seen *s)
{
    struct routing_view *v = ARENA_NEW(s->r->arena, struct routing_view);
    struct case_way      way = { 0 };
    bool                 before = case_act_from(ACT_ROUTE, (enum case_state)s->c->state) && s->c->state != CASE_DISPATCHED;
    v->border = s->c->near_border;
    if (before) {
        case_way_again(s->r->app, s->r->arena, s->c, &way);
        v->near = border_areas(s);
        *v = (struct routing_view){ .org = named_org(s, way.org), .why_zh = way.why_zh, .why_en = way.why_en, .rule = way.rule,
                                    .number = way.number, .border = v->border, .near = v->near };
    } else {
        const struct case_rule *rule = case_rule_by_id(s->store, s->c->rule_id);
        v->org = named_org(s, s->c->org_id);
        if (rule && rule->org_id == s->c->org_id) {
            case_rule_why(s->store, s->units, s->r->arena, rule, &v->why_zh, &v->why_en);
            v->rule = rule->id;
            v->number = rule->number;
        }
    }
    v->why = s->r->lang == LANG_ZH ? v->why_zh : v->why_en;
    return v;
}

static struct clock_view *clock_view(const struct seen *s)
{
    const struct case_row *c = s->c;
    struct clock_view     *v = ARENA_NEW(s->r->arena, struct clock_view);
    *v = (struct clock_view){ .from = c->clock_from, .amount = c->clock_amount, .unit = (int)c->clock_unit, .calendar = c->calendar,
                              .provisional = c->provisional, .left_amount = c->left_amount, .left_unit = (int)c->left_unit,
                              .stopped = c->state == CASE_WAITING || c->state == CASE_SUSPENDED, .asked = (int)c->asked,
                              .asked_at = c->asked_at, .extensions = c->extensions };
    v->days = c->asked == ASKED_EXTENSION ? c->asked_value : 0;
    v->review_at = c->asked == ASKED_SUSPENSION ? c->asked_value : c->state == CASE_SUSPENDED ? c->due_at : 0;
    return v;
}

static struct str contact_masked(const struct seen *s)
{
    struct case_sealed sealed = { .contact_enc = s->contact };
    struct str         plain;
    if (!s->c->has_contact || (s->fresh && failed(case_get_sealed(s->r->db, s->r->arena, s->r->tenant, s->c->id, &sealed))) ||
        !crypto_open(s->r->arena, s->r->app->keys.seal, "case.contact", sealed.contact_enc, &plain))
        return STR_NONE;
    return contact_mask(s->r->arena, plain);
}

/* ---- the three views ---- */

static err look_story(struct seen *s)
{
    struct list events;
    TRY(case_story(s->r->db, s->r->arena, s->r->tenant, s->c->id, 0, &events));
    s->events = events.at;
    s->event_count = events.len;
    return OK;
}

static err look_photos(struct seen *s)
{
    struct list photos;
    TRY(case_photos(s->r->db, s->r->arena, s->r->tenant, s->c->id, &photos));
    s->photos = photos.at;
    s->photo_count = photos.len;
    return OK;
}

static err look(struct seen *s)
{
    TRY(look_story(s));
    return look_photos(s);
}

/* What stands beside a case, in one statement: most have no photos and none merged into them, and are not asked for them. */
DB_SQL(case_beside,
       "SELECT c.contact_enc, (SELECT count(*) FROM case_follow f WHERE f.tenant_id = $1 AND f.case_id = $2), "
       "EXISTS (SELECT 1 FROM case_follow f WHERE f.tenant_id = $1 AND f.person_id = $3 AND f.case_id = $2), "
       "EXISTS (SELECT 1 FROM cases m WHERE m.tenant_id = $1 AND m.merged_into = $2), "
       "EXISTS (SELECT 1 FROM case_photo p WHERE p.tenant_id = $1 AND p.case_id = $2) "
       "FROM cases c WHERE c.tenant_id = $1 AND c.id = $2")

static err look_beside(struct seen *s)
{
    struct db_rows rows;
    bool           photos = false;
    TRY(db_query(s->r->db, &case_beside, DB_ARGS(I64(s->r->tenant), I64(s->c->id), REF(s->r->caller.person)), &rows));
    if (db_next(&rows)) {
        s->contact = str_copy(s->r->arena, db_blob(&rows, 0));
        s->followers = db_i64(&rows, 1);
        s->following = db_bool(&rows, 2);
        s->merged = db_bool(&rows, 3);
        photos = db_bool(&rows, 4);
    }
    TRY(db_done(&rows));
    return photos ? look_photos(s) : OK;
}

/* ---- merged ---- */

static err into_view(const struct seen *s, struct into_view **out)
{
    struct case_row row;
    struct seen     o = { .r = s->r, .c = &row, .eyes = EYES_PUBLIC, .units = s->units, .store = s->store };
    *out = NULL;
    if (!s->c->merged_into)
        return OK;
    TRY(case_get(s->r->db, s->r->arena, s->r->tenant, s->c->merged_into, &row));
    TRY(look(&o));
    *out = ARENA_NEW(s->r->arena, struct into_view);
    (*out)->about = &(*out)->brief;
    (*out)->steps = step_views(&o);
    case_brief(s->r, s->units, s->store, &row, s->eyes == EYES_STAFF && case_staff_reads(s->r, &row), (*out)->about);
    return OK;
}

/* For staff: what was merged into it, and how many follow it. */
static err others_of(const struct seen *s, struct case_view *v)
{
    struct list rows = { 0 };
    v->followers = s->followers;
    if (s->merged)
        TRY(case_merged_rows(s->r, s->c->id, &rows));
    const struct case_row *all = rows.at;
    struct case_brief     *at = ARENA_ARRAY(s->r->arena, rows.len + 1, struct case_brief);
    for (size_t i = 0; i < rows.len; i++)
        case_brief(s->r, s->units, s->store, &all[i], case_staff_reads(s->r, &all[i]), &at[i]);
    v->merged = (struct list){ at, rows.len };
    return OK;
}

/* ---- levels ---- */

static struct case_named *named_area(const struct seen *s, int64_t area)
{
    struct case_named *v = ARENA_NEW(s->r->arena, struct case_named);
    *v = (struct case_named){ area, area_name(s, area) };
    return v;
}

DB_SQL(case_assignee, "SELECT name FROM person WHERE tenant_id = $1 AND id = $2")

static struct case_named *assignee_of(const struct seen *s)
{
    struct db_rows     rows;
    struct case_named *v = ARENA_NEW(s->r->arena, struct case_named);
    if (!s->c->assignee_id || failed(db_query(s->r->db, &case_assignee, DB_ARGS(I64(s->r->tenant), I64(s->c->assignee_id)), &rows)))
        return NULL;
    *v = (struct case_named){ s->c->assignee_id, db_next(&rows) ? str_copy(s->r->arena, db_text(&rows, 0)) : STR_NONE };
    return failed(db_done(&rows)) ? NULL : v;
}

static struct supervision_view *supervision_of(const struct seen *s)
{
    const struct case_row *c = s->c;
    if (!c->supervised_at)
        return NULL;
    struct supervision_view *v = ARENA_NEW(s->r->arena, struct supervision_view);
    *v = (struct supervision_view){ c->supervised_at, c->supervised_due, c->supervised_answered, c->supervised_area_id,
                                    area_name(s, c->supervised_area_id) };
    return v;
}

static void fill_facts(const struct seen *s, struct case_view *v)
{
    const struct case_row *c = s->c;
    *v = (struct case_view){ .id = c->id, .code = c->code, .state = (int)c->state, .outcome = (int)c->outcome, .source = (int)c->source,
                             .severity = c->severity, .title = case_title(s->r->arena, c->text), .text = c->text, .address = c->address,
                             .area_id = c->area_id, .org_id = c->org_id, .reported_at = c->reported_at, .due_at = c->due_at,
                             .closed_at = c->closed_at, .updated_at = c->updated_at, .reworks = c->reworks, .returns = c->returns,
                             .reopens = c->reopens, .released = c->released, .version = c->version, .mine = s->reporter };
    if (c->lon_e7 || c->lat_e7)
        v->at = (struct geo){ true, (double)c->lon_e7 / 1e7, (double)c->lat_e7 / 1e7 };
}

static err fill_view(const struct seen *s, struct case_view *v, struct str secret)
{
    fill_facts(s, v);
    v->secret = secret;
    v->category = category_ref(s);
    v->area_name = area_name(s, s->c->area_id);
    v->path = area_path(s);
    v->org_name = org_name(s, s->c->org_id);
    v->rating = rating_view(s);
    v->photos = photo_views(s);
    v->events = event_views(s);
    v->steps = step_views(s);
    if (s->eyes == EYES_STAFF) {
        v->routing = routing_view(s);
        v->clock = clock_view(s);
        v->reporter_name = s->c->reporter_name;
        v->contact_masked = contact_masked(s);
        v->contact_verified_at = v->contact_masked.ptr ? s->c->contact_verified_at : 0;
        v->held = s->c->held_area_id ? named_area(s, s->c->held_area_id) : NULL;
        v->assignee = assignee_of(s);
        v->supervision = supervision_of(s);
        TRY(case_task_views(s->r, s->c, &v->called));
        TRY(case_call_view_of(s->r, s->c, &v->call_back));
        v->appeal = case_appeal_view_of(s->r->arena, s->c, s->events, s->event_count);
        TRY(others_of(s, v));
    }
    v->following = s->following;
    TRY(into_view(s, &v->merged_into));
    struct level_choices *to = ARENA_NEW(s->r->arena, struct level_choices);
    TRY(case_levels(s->r, s->c, to));
    v->levels = to->up || to->down.len ? to : NULL;
    return actions_of(s, to, &v->actions, &v->blocked);
}

static void hold(struct seen *s)
{
    s->units = unit_hold(s->r->app);
    s->store = case_hold(s->r->app);
}

static void release(struct seen *s)
{
    case_release(s->r->app, s->store);
    unit_release(s->units);
}

static err view_of(struct seen *s, struct str secret, struct case_view *v)
{
    s->reporter = case_is_reporter(s->r, s->c);
    s->eyes = case_staff_reads(s->r, s->c) ? EYES_STAFF : EYES_REPORTER;
    hold(s);
    err e = fill_view(s, v, secret);
    release(s);
    return e;
}

err case_reply(struct req *r, const struct case_row *c)
{
    struct seen      s = { .r = r, .c = c };
    struct case_view v;
    TRY(look_story(&s));
    TRY(look_beside(&s));
    TRY(view_of(&s, STR_NONE, &v));
    return reply_view(r, case_view_fields, &v, c->version);
}

err case_reply_made(struct req *r, const struct case_made *m, bool photos, struct str secret)
{
    const struct case_row *c = &m->row;
    struct seen            s = { .r = r, .c = c, .fresh = true, .events = m->events, .event_count = m->event_count };
    struct case_view      *v = ARENA_NEW(r->arena, struct case_view);
    for (size_t i = 0; i < m->event_count; i++)
        if (m->events[i].account_id) {
            m->events[i].actor = r->caller.name;
            m->events[i].actor_person = r->caller.person;
        }
    if (photos)
        TRY(look_photos(&s));
    TRY(view_of(&s, secret, v));
    struct str place = r->caller.account ? str_fmt(r->arena, "/api/v1/cases/%lld", (long long)c->id)
                                         : str_fmt(r->arena, "/api/v1/track/%.*s", STR_ARG(c->code));
    return reply_created_later(r, place, case_view_fields, v, c->version);
}

static bool can(const struct seen *s, const struct case_asker *who, enum case_action a)
{
    return case_check(s->c, who, a) == ERR_NONE;
}

err case_reply_track(struct req *r, const struct case_row *c)
{
    struct seen       s = { .r = r, .c = c, .reporter = true, .eyes = EYES_REPORTER };
    struct case_asker who;
    TRY(look(&s));
    TRY(case_asker(r, c, true, &who));
    hold(&s);
    struct can_view   may = { can(&s, &who, ACT_REPLY), can(&s, &who, ACT_RATE), can(&s, &who, ACT_REOPEN), can(&s, &who, ACT_WITHDRAW),
                              can(&s, &who, ACT_APPEAL) };
    struct case_track v = { .code = c->code, .title = case_title(r->arena, c->text), .text = c->text, .address = c->address,
                            .area_name = area_name(&s, c->area_id), .state = (int)c->state, .outcome = (int)c->outcome,
                            .category = category_ref(&s), .steps = step_views(&s), .events = event_views(&s), .photos = photo_views(&s),
                            .rating = rating_view(&s), .can = &may, .reported_at = c->reported_at, .due_at = c->due_at,
                            .closed_at = c->closed_at, .version = c->version };
    if (c->state == CASE_CLOSED)
        v.reopen_until = c->closed_at + who.reopen_days * MS_DAY;
    if (may.appeal)
        v.appeal_until = c->closed_at + who.appeal_days * MS_DAY;
    err e = into_view(&s, &v.merged_into);
    release(&s);
    TRY(e);
    return reply_view(r, case_track_fields, &v, c->version);
}

err case_reply_public(struct req *r, const struct case_row *c)
{
    struct seen s = { .r = r, .c = c, .eyes = EYES_PUBLIC };
    TRY(look(&s));
    hold(&s);
    struct case_public v = { .code = c->code, .area_name = area_name(&s, case_approximate(s.units, c->area_id)), .state = (int)c->state,
                             .outcome = (int)c->outcome, .category = category_ref(&s), .steps = step_views(&s),
                             .reported_at = c->reported_at, .closed_at = c->closed_at };
    if (c->released) {
        v.title = case_title(r->arena, c->text);
        v.text = c->text;
        v.photos = photo_views(&s);
    }
    err e = into_view(&s, &v.merged_into);
    release(&s);
    TRY(e);
    return reply_view(r, case_public_fields, &v, c->version);
}
