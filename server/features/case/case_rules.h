/* Rules of the case feature: pure functions over the one state table in case.c. No I/O, no clock, no SQL. Private to this folder. */
#ifndef LINLI_CASE_RULES_H
#define LINLI_CASE_RULES_H

#include "case.h"

/* ---- the row as the rules see it: the columns of table cases, in its order ---- */

struct case_row {
    int64_t    id;
    struct str code;
    int64_t    source, state, outcome, category_id, severity;
    struct str text, address;                           /* text: of a row of a list no more than its opening (CASE_OPENING) */
    int64_t    lon_e7, lat_e7;
    int64_t    area_id, shape_id, near_border, rule_id, org_id, reporter_id;
    struct str reporter_name;
    int64_t    has_contact, has_secret, entered_by, handler_id;
    ms         reported_at, due_at, closed_at, updated_at;
    int64_t    reworks, returns, reopens, solved, stars, released, version;
    int64_t    tasks, tasks_open;    /* organisations called by whistle; those neither answered nor overruled */
    int64_t    held_area_id;         /* area whose level holds it since it was passed up or down; 0: the levels of its place */
    int64_t    assignee_id;          /* person of the organisation it was handed to */
    ms         supervised_at, supervised_due, supervised_answered;   /* 0: not under supervision; no answer yet */
    int64_t    supervised_area_id;   /* area whose level supervises it */
    ms         supervised_remind_at;
    ms         contact_verified_at;
    /* the clock: case_clock.c */
    ms         clock_from;                          /* when the limit that due_at ends began to run */
    int64_t    clock_amount, clock_unit, calendar;  /* that limit, and the calendar it was computed with */
    int64_t    provisional;
    int64_t    left_amount, left_unit;              /* while it is stopped */
    int64_t    asked;                               /* enum case_asked */
    ms         asked_at;
    int64_t    asked_by, asked_value;               /* person; working days, or date of review */
    int64_t    extensions;
    ms         remind_at;
    int64_t    reminded;
    int64_t    merged_into;
    /* after closing: case_call.c, case_appeal.c */
    int64_t    call_back;                           /* enum case_call */
    ms         call_back_at;
    int64_t    call_tries, caller_id;
    ms         caller_until;
    int64_t    contacted, rated_by;
    ms         rated_at;
    int64_t    appeal, appeal_ground;
    ms         appeal_at;
    int64_t    appeal_by, appeals;
};

/* What was asked of whoever approves. Stored. */
enum case_asked { ASKED_NOTHING, ASKED_EXTENSION, ASKED_SUSPENSION, ASKED_COUNT };
extern const char *const case_asked_words[];   /* NULL "extension" "suspension" NULL */

struct case_event {
    int64_t    seq;
    ms         at;
    int64_t    action, from_state, to_state, account_id, org_id, internal;
    struct str text, data;
    ms         due_at;       /* when what it ended was due; 0: no limit. Written, not read with the story */
    struct str actor;        /* name of the account's person; read only */
    int64_t    actor_person; /* read only */
};

/* ---- states ---- */

enum case_who {
    BY_AREA = 1,        /* the permission held at the case's area or above it */
    BY_ORG = 2,         /* … at the organisation that has the case, or above it; at the area when none has it */
    BY_REPORTER = 4,    /* whoever reported it: by account or by secret */
    BY_ANYBODY = 8,
    BY_PROGRAM = 16,    /* part of another action, never asked for by itself */
    BY_TASK = 1 << 8,   /* … at the organisation called by whistle, on its own task */
    BY_CALLED = 1 << 9, /* … at an organisation called by whistle */
    BY_APPROVER = 1 << 10, /* case.extend held at the level that holds it or above, whatever the permission */
    BY_HOLDER = 1 << 11,   /* … by the level that holds it: see case_holds */
    BY_UPWARDS = 1 << 12,  /* … at the level that holds it or above */
    BY_SUPERIOR = 1 << 13, /* … above whoever has it: above the level that holds it, or at it when an organisation has it */
    BY_SUPERVISOR = 1 << 17, /* … at the level that supervises it or above */
    BY_ABOVE = 1 << 14,    /* … at the level above the one that answers for it */
    BY_WAITED = 1 << 15    /* whoever the state waits for; while it waits for the reporter, whoever asked */
};

/* The seven steps of the national loop. */
enum case_step_kind { STEP_REPORT, STEP_ACCEPT, STEP_DISPATCH, STEP_HANDLE, STEP_VERIFY, STEP_CLOSE, STEP_RATE, STEP_COUNT };
extern const char *const case_step_words[];          /* index = step + 1 */

struct case_state_info {
    const char         *word, *zh, *en;
    const char         *limit_zh, *limit_en;   /* what its time limit is for; NULL: none */
    enum case_step_kind step;                  /* the step that is under way */
    bool                open;
    enum perm           perm;                  /* whoever holds it there is waited for: their work, and they are told */
    enum case_who       who;
};
const struct case_state_info *case_state_info(enum case_state s);
/* The permission of whoever is waited for; while it waits for the reporter, of whoever asked. PERM_UNSET: it has ended. */
enum perm case_waits_for(enum case_state s);

/* ---- actions ---- */

/* Input that the action cannot do without. */
enum case_need {
    NEED_REASON = 1, NEED_QUESTION = 2, NEED_TEXT = 4, NEED_ORG = 8, NEED_RESULT = 16, NEED_OUTCOME = 32,
    NEED_SOLVED = 64, NEED_PHOTOS = 128, NEED_RELEASED = 256, NEED_WHY = 512, NEED_ORGS = 1024, NEED_ASK = 2048, NEED_ANSWER = 4096,
    NEED_DAYS = 1 << 13, NEED_REVIEW_AT = 1 << 14, NEED_INTO = 1 << 15,
    NEED_REACHED = 1 << 16, NEED_GROUND = 1 << 17,
    NEED_AREA = 1 << 18, NEED_DUE_AT = 1 << 19, NEED_DONE = 1 << 20, NEED_WHY_LATE = 1 << 21, NEED_DONE_BY = 1 << 22, NEED_PERSON = 1 << 23
};
enum { NEED_COUNT = 24 };
extern const char *const case_need_words[NEED_COUNT];   /* by bit */

enum case_effect {
    SETS_ORG = 1, CLEARS_ORG = 2, SETS_HANDLER = 4, CLOSES = 8, REOPENS = 16, COUNTS_REWORK = 32, COUNTS_RETURN = 64, RATES = 128,
    RELEASES = 256,
    OTHER_PERSON = 512,    /* not by whoever handled it */
    IN_TIME = 1024,        /* only within the days for reopening */
    ONCE = 2048,           /* a rating is given once */
    TELLS = 4096,          /* the reporter may read the text said with it */
    SILENT = 8192,         /* leaves no step in the story */
    STAFF_ONLY = 1 << 16,  /* its step is for staff */
    NAMES_ORG = 1 << 17,   /* the step names the organisation that acts, which need not be the one that has the case */
    SETTLED = 1 << 18      /* not while an organisation called by whistle has neither answered nor been overruled */,
    ASKS = 1 << 19,        /* waits for approval; one at a time */
    GRANTS = 1 << 20,      /* only what was asked, and not by whoever asked */
    CLOCKS = 1 << 21,      /* changes the clock, though the state stays */
    OPENS = 1 << 14,       /* open again as it was, which counts as no reopening */
    CALLS = 1 << 24,       /* only while a call-back waits, and not by whoever had a part in the case */
    COUNTS_APPEAL = 1 << 25, /* against a rejection: once, and in time */
    APPEALS = 1 << 26,     /* against being scored: once for each closing, and in time */
    DECIDES = 1 << 27,     /* only while an appeal waits, and not by whoever made it or handled the case */
    HOLDS = 1 << 22,       /* another level holds it from now on */
    SUPERVISES = 1 << 23,  /* one supervision at a time */
    ANSWERS = 1 << 28,     /* only what is under supervision */
    LIFTS = 1 << 29,       /* … and ends it */
    HANDS = 1 << 30        /* only while an organisation has it */
};

struct case_act {
    const char     *word, *zh, *en;
    unsigned        from;      /* bit per state */
    enum case_state to;        /* CASE_NONE: the state stays, and its clock runs on */
    enum perm       perm;      /* PERM_UNSET: no member of staff may */
    unsigned        who;       /* enum case_who */
    unsigned        needs;     /* enum case_need */
    unsigned        effects;   /* enum case_effect */
    bool            primary;   /* the main button */
};
const struct case_act *case_act(enum case_action a);
bool case_act_from(enum case_action a, enum case_state s);

/* What a rule has to know beside the row. */
struct case_asker {
    int64_t account, person;
    bool    reporter;           /* is the reporter */
    bool    handled_before;     /* reported this case as handled, under whatever account */
    bool    verified_before;    /* … or verified it, or answered a call to it */
    bool    rejected_before;    /* … or rejected it, and the reporter appealed */
    bool    timed_out;          /* the program rejected it because a question was not answered in time */
    ms      now;
    int64_t reopen_days, appeal_days;
};

/* ERR_NONE when the action is right for the row and the asker, leaving permissions aside: ERR_WRONG_STATE, ERR_SAME_PERSON,
 * ERR_REOPEN_LATE, ERR_CONFLICT (rated already), ERR_NOT_FOUND (no contact was left), ERR_TASKS_OPEN, ERR_REQUEST_WAITS, ERR_NO_REQUEST,
 * ERR_NO_LIMIT, ERR_SELF (one's own request), ERR_NO_CALL_BACK, ERR_OWN_PART, ERR_APPEALED, ERR_APPEAL_LATE, ERR_NO_APPEAL,
 * ERR_SUPERVISED, ERR_NOT_SUPERVISED, ERR_NO_ORG. */
enum err_code case_check(const struct case_row *c, const struct case_asker *who, enum case_action a);
/* Why it is blocked, for the view. */
const char *case_block_text(enum err_code why, bool chinese);

/* One move: input of an action. */
struct case_move {
    enum case_action  action;
    ms                at;
    int64_t           account, person;
    int64_t           org;          /* SETS_ORG */
    int64_t           rule;         /* routing rule that chose it; 0: a person did */
    struct str        text, data;
    enum case_outcome outcome;
    int               solved, stars;
    enum case_contacted contacted;
    enum case_reached reached;
    enum case_ground  ground;
    ms                call_back_at;        /* closing: from when the reporter is called back, 0: not at all. Not reached: the next try, 0: given up */
    bool              internal, released;
    int               tasks, tasks_open;   /* by how many the organisations called, and those not settled, change */
    int64_t           value;        /* working days, or a date, by need */
    ms                due;          /* when the call that it settles was due; 0: the step's own limit */
    int64_t           area;         /* HOLDS: the level that holds it from now on; SUPERVISES: the one that supervises it */
    int64_t           to_person;    /* HANDS; 0: to nobody in particular */
    bool              over;         /* HOLDS: by the level that supervises it, or one above; so the supervision is over */
    enum case_state   to;           /* overrides the table's next state (a new route sends a dispatched case back) */
};

/* Applies a move: changes the row (state, counters, times, version) and fills its event. The clock is case_clock.c's: case_step does both.
 * ERR_WRONG_STATE changes nothing. */
MUST err case_move(struct case_row *c, const struct case_move *m, struct case_event *e);

/* The seven-step path from the story. */
enum step_state { STEP_NONE, STEP_DONE, STEP_NOW, STEP_AHEAD };
extern const char *const case_step_state_words[];
struct case_step {
    int64_t    step;         /* enum case_step_kind + 1, for case_step_words */
    int64_t    state;        /* enum step_state */
    ms         at, due_at;
    int64_t    org_id;
    struct str by;           /* who did it; the organisation's name is filled in by the view */
};
void case_path(const struct case_row *c, const struct case_event *events, size_t n, struct case_step out[STEP_COUNT]);

/* ---- text ---- */

/* First words of the text for lists: at most 40 code points of its first line. Kept nowhere: made of the text, or of its opening, of which it is
 * the same. STR_NONE of STR_NONE. */
struct str case_title(struct arena *a, struct str text);
#define CASE_OPENING_MOST 200   /* code points of a text that its title is made of; a text begins with no blank */
/* What the text search looks at: code, text and address, folded. */
struct str case_find_text(struct arena *a, struct str code, struct str text, struct str address);
/* Folds for matching: ASCII to lower case, full-width forms to ASCII, runs of white space to one blank. */
struct str case_fold(struct arena *a, struct str s);
/* "260512-0387" from the day and the number within it. */
struct str case_code(struct arena *a, ms t, int zone_minutes, int64_t serial);
bool       case_is_code(struct str s);

/* ---- routing: routing.c ---- */

struct routing_rule {
    int64_t id, number, area, category, org;   /* area, category 0: any */
    bool    automatic;
};

/* A chain from the deepest to the root: the area and its ancestors, the category and its ancestors. */
struct chain { const int64_t *at; size_t len; };

/* Sorts for routing_find: by (area, category). */
void routing_sort(struct routing_rule *rules, size_t n);
/* The most specific rule: deeper area first, then deeper category; NULL when none fits. usable (may be NULL) tells whether an
 * organisation may still get cases; a rule whose organisation may not is passed over. rules: sorted. */
const struct routing_rule *routing_find(const struct routing_rule *rules, size_t n, struct chain areas, struct chain categories,
                                        bool (*usable)(const void *arg, int64_t org), const void *arg);
/* The rule that is exactly as specific as this one would be (same area and category), other than itself; NULL: none. */
const struct routing_rule *routing_tie(const struct routing_rule *rules, size_t n, const struct routing_rule *candidate);

#endif
