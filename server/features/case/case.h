/* case: the closed loop from a report to a rated, closed case. The one header for other features.
 * Words in Chinese and English, and how the parts fit: README.md in this folder; the state table: docs/case-states.md. */
#ifndef LINLI_CASE_H
#define LINLI_CASE_H

#include "../../http/app.h"

/* Cases; categories and packs; routing rules. Only the first has anything to start. */
extern const struct feature case_feature, case_matter_feature, category_feature, rule_feature;

/* Numbers are stored: append only. */
enum case_state {
    CASE_NONE,
    CASE_REPORTED,
    CASE_WAITING,
    CASE_ACCEPTED,
    CASE_DISPATCHED,
    CASE_HANDLING,
    CASE_HANDLED,
    CASE_CLOSED,
    CASE_REJECTED,
    CASE_SUSPENDED,
    CASE_MERGED,
    CASE_STATE_COUNT
};

enum case_outcome {
    OUTCOME_NONE,
    OUTCOME_RESOLVED,
    OUTCOME_PARTLY,
    OUTCOME_EXPLAINED,
    OUTCOME_BEYOND_POWERS,
    OUTCOME_WITHDRAWN,
    OUTCOME_DUPLICATE,
    OUTCOME_COUNT
};

enum case_source {
    SOURCE_NONE,
    SOURCE_RESIDENT,
    SOURCE_ACCOUNT,
    SOURCE_ON_BEHALF,
    SOURCE_GRID_WORKER,
    SOURCE_ON_THE_SPOT,
    SOURCE_IMPORT,
    SOURCE_OPEN311,
    SOURCE_DEVICE,
    SOURCE_COUNT
};

/* What can be done with a case; the number is stored in case_event.action: append only. */
enum case_action {
    ACT_NONE,
    ACT_REPORT,
    ACT_ASK,
    ACT_REPLY,
    ACT_ACCEPT,
    ACT_REJECT,
    ACT_DISPATCH,
    ACT_REDISPATCH,
    ACT_HANDLE_SELF,
    ACT_SIGN,
    ACT_RETURN,
    ACT_HANDLED,
    ACT_PASS,
    ACT_FAIL,
    ACT_RATE,
    ACT_REOPEN,
    ACT_WITHDRAW,
    ACT_COMMENT,
    ACT_ROUTE,
    ACT_RELEASE,
    ACT_ON_THE_SPOT,
    ACT_IMPORT_CLOSED,
    ACT_CONTACT,
    ACT_WHISTLE,
    ACT_TASK_RECEIVE,
    ACT_TASK_ANSWER,
    ACT_TASK_RETURN,
    ACT_TASK_OVERRULE,
    ACT_EXTEND,
    ACT_GRANT_EXTENSION,
    ACT_SUSPEND,
    ACT_GRANT_SUSPENSION,
    ACT_REFUSE,
    ACT_RESUME,
    ACT_REVIEW,
    ACT_MERGE,
    ACT_UNMERGE,
    ACT_ABSORB,
    ACT_PART,
    ACT_CALL_BACK,
    ACT_APPEAL,
    ACT_APPEAL_SCORE,
    ACT_UPHOLD_APPEAL,
    ACT_REFUSE_APPEAL,
    ACT_ESCALATE,
    ACT_DELEGATE,
    ACT_SUPERVISE,
    ACT_SUPERVISE_ANSWER,
    ACT_LIFT,
    ACT_HAND,
    ACT_TIMEOUT,
    ACT_SUCCEED,
    ACT_TASK_SUCCEED,
    ACT_PROJECT,
    ACT_COUNT
};

/* Whether the reporter is to be called back after closing, and how it ended. Stored. A rating by the reporter counts as answered. */
enum case_call { CALL_NONE, CALL_WAITING, CALL_ANSWERED, CALL_UNREACHABLE, CALL_REFUSED, CALL_COUNT };
/* How one try ended. Stored. */
enum case_reached { REACHED_NONE, REACHED_ANSWERED, REACHED_NOT, REACHED_REFUSED, REACHED_COUNT };
/* Contacted within the limit, says the reporter. Stored. */
enum case_contacted { CONTACTED_UNKNOWN, CONTACTED_YES, CONTACTED_NO };
/* Whose words solved, stars and contacted are; the reporter's own go before what was told in a call-back. Stored. */
enum case_rated { RATED_NOT, RATED_BY_REPORTER, RATED_IN_CALL };
/* Appeal against being scored. Upheld: the case is left out of scores and still counted. Stored. */
enum case_appeal { APPEAL_NONE, APPEAL_WAITING, APPEAL_UPHELD, APPEAL_REFUSED, APPEAL_COUNT };
enum case_ground { GROUND_NONE, GROUND_BEYOND_POWERS, GROUND_UNREACHABLE, GROUND_NOT_THEIRS, GROUND_RATING, GROUND_OTHER, GROUND_COUNT };

/* 1 urgent, 2 ordinary, 3 minor. */
enum { SEVERITY_URGENT = 1, SEVERITY_ORDINARY = 2, SEVERITY_MINOR = 3 };

enum case_photo_stage { PHOTO_NONE, PHOTO_REPORT, PHOTO_BEFORE, PHOTO_AFTER, PHOTO_OTHER };

/* For KIND_WORD; index = the enums above, [0] is NULL. */
extern const char *const case_state_words[];
extern const char *const case_outcome_words[];
extern const char *const case_source_words[];
extern const char *const case_action_words[];
extern const char *const case_call_words[];        /* none waiting … as the enum; [0] is NULL */
extern const char *const case_reached_words[];
extern const char *const case_contacted_words[];   /* NULL yes no */
extern const char *const case_solved_words[];      /* NULL yes partly no */
extern const char *const case_rated_words[];
extern const char *const case_appeal_words[];
extern const char *const case_ground_words[];

/* Names for people; static text. */
const char *case_state_name(enum case_state s, bool chinese);
const char *case_outcome_name(enum case_outcome o, bool chinese);
const char *case_action_name(enum case_action a, bool chinese);
const char *case_source_name(enum case_source s, bool chinese);

/* Prints docs/case-states.md: states, actions, who, needs, clocks, all drawn from the one table. */
void case_states_document(struct buf *out);

/* ---- categories and rules, from memory ---- */

/* Id of a category in use by its pack's code ("cn-city-objects", "linli-service"), kind (object, matter, service) and code; 0: none. */
int64_t case_category_find(struct app *app, const char *pack, struct str kind, struct str code);
/* Id of a leaf in use by its Chinese or English name; 0: none or several. */
int64_t case_category_named(struct app *app, struct str name);

/* Installs the packs shipped in the program, or brings an older version up to date: ids stay, what disappeared is closed.
 * Inside a write; the caller calls case_reload after the commit when the server runs. */
MUST err case_packs_install(struct db_conn *c, struct arena *a, int64_t tenant, ms now);

/* A category of one's own under `parent` (0: top level); for imports that keep a city's own words. Makes or finds it by
 * (pack code, kind, code). Inside a write. */
MUST err case_category_ensure(struct db_conn *c, struct arena *a, int64_t tenant, const char *pack, struct str code, struct str name,
                              int64_t parent, bool leaf, ms now, int64_t *id);

struct case_rule_new {
    int64_t    area, category;   /* 0: everywhere; everything */
    int64_t    org;
    bool       automatic;
    struct str note;
};
/* Adds a routing rule without the checks of the API; for the demonstration. Inside a write. */
MUST err case_rule_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct case_rule_new *n, ms now, int64_t *id);

/* Reads categories and rules into a new snapshot and swaps it in. */
MUST err case_reload(struct app *app);

/* ---- import ---- */

struct case_import {
    struct str        source_key;      /* "mapping:id in the source": a second import of the same key changes nothing */
    struct str        text;            /* at most 4,000 code points are kept */
    struct str        address;
    struct str        reporter_name, contact;
    int64_t           category;        /* 0: not known */
    int               severity;        /* 0: the category's */
    struct geo        at;
    int64_t           area;            /* used when there is no point; 0: the point decides */
    ms                reported_at;
    ms                closed_at;       /* only with CASE_CLOSED or CASE_REJECTED; 0: reported_at */
    enum case_state   state;           /* CASE_REPORTED, CASE_CLOSED or CASE_REJECTED */
    enum case_outcome outcome;         /* of CASE_CLOSED; OUTCOME_NONE is taken as explained: never as solved */
    struct str        result;          /* what the source says was done */
    struct str        data;            /* JSON kept as the data of the report's step: the source's own words, its labels, a digest */
};

/* Inserts one row of an import with its story (report, and the closing when it is closed). Never dispatched by an automatic rule, no
 * notices. *created false: the key was there already and *id names the case of then. Errors carry the field: text (ERR_REQUIRED),
 * at (ERR_OUTSIDE_AREA, ERR_PLACE), category (ERR_CATEGORY_UNKNOWN), reported_at (ERR_TIME_IN_FUTURE), closed_at (ERR_PERIOD), state. */
MUST err case_import_row(struct db_conn *c, struct arena *a, struct app *app, const struct case_import *in, int64_t account, ms now,
                         int64_t *id, bool *created);

/* ---- other systems: case_known.c ---- */

/* What everybody may know of a case: words and photo only when staff released them, and never a place closer than the grid. */
struct case_known {
    int64_t    id;
    struct str code;
    int64_t    state, outcome, category_id, area_id;   /* area_id: the grid, else the community */
    struct str title, text;                            /* STR_NONE unless released */
    int64_t    photo;                                  /* first public photo; 0 unless released */
    int64_t    released;
    ms         reported_at, due_at, closed_at, updated_at;
    struct str area_name;
    struct geo at;                                     /* a point inside that area, the same for every case in it */
};

enum case_known_status { KNOWN_ANY, KNOWN_OPEN, KNOWN_CLOSED };

struct case_known_query {
    ms                     from, to;           /* of the report, to exclusive; 0: unbounded */
    ms                     updated_from, updated_to;
    enum case_known_status status;
    struct ids             categories;         /* at NULL: any */
    struct strs            codes;              /* at NULL: any */
    bool                   released;           /* released ones alone */
    size_t                 most, skip;
};
/* Newest report first. out: list of struct case_known. A case entered more than 32 days after the day it is reported of is found by its
 * code, not by from and to. */
MUST err case_known_find(struct db_conn *c, struct arena *a, struct app *app, const struct case_known_query *q, struct list *out);

/* A step everybody may know of: that a case of `code` came into `state`, and when. */
struct case_known_step { int64_t case_id, seq; ms at; int64_t from_state, state, outcome; struct str code; };
/* Steps in [from, to) that changed the state, oldest first, of cases reported at most 400 days before `from`. */
MUST err case_known_steps(struct db_conn *c, struct arena *a, struct app *app, ms from, ms to, size_t most, struct list *out);

/* A category in use that a case may name. Texts live in the arena. */
struct case_kind { int64_t id; struct str name_zh, name_en, kind, code, pack, group_zh, group_en; };
/* All of them (list of struct case_kind), or the one of this id (len 0 or 1). */
void case_kinds(struct app *app, struct arena *a, int64_t id, struct list *out);
/* The category is `above` or lies below it; false for one that is unknown. */
bool case_category_within(struct app *app, int64_t category, int64_t above);
/* Names of a category, closed ones too, in the arena; STR_NONE: unknown. */
void case_category_names(struct app *app, struct arena *a, int64_t id, struct str *zh, struct str *en);
/* Grows with each change of a category. */
int64_t case_kinds_version(struct app *app);

/* A report from another system, inside the request's write; the caller is nobody. Routed as any report. Faults, by the fields' names here, in
 * r->faults (ERR_INVALID). */
struct case_taken {
    struct str       text, address, reporter_name, contact;
    int64_t          category, severity;   /* 0: not known; the category's */
    struct geo       at;
    ms               reported_at;          /* 0: now */
    enum case_source source;
    struct str       source_key;           /* a second one of the same key changes nothing; STR_NONE: none */
    struct str       data;                 /* JSON kept with the first step, for staff */
};
struct case_receipt { int64_t id; struct str code, secret; bool created; };   /* secret STR_NONE when it was there already */
MUST err case_take(struct req *r, const struct case_taken *in, struct case_receipt *out);

/* What another system says of a case, inside the request's write; the caller is nobody. It becomes a comment that the reporter reads too; with
 * `handled`, while the case is being handled and no call is open, the report that it was handled: somebody here verifies and closes it. An
 * outside system closes nothing. *handled and *seq: what became of it. ERR_NOT_FOUND: no case has this code. */
struct case_said { struct str code, text, data; bool handled; };
struct case_heard { int64_t id, seq; bool handled; };
MUST err case_say(struct req *r, const struct case_said *in, struct case_heard *out);

/* ---- deadlines: case_list.c ---- */

/* When what waits for the caller (My work) is due: cases, and calls to their organisations. Calls have no state, category and area. */
struct case_deadline {
    int64_t    id, case_id;      /* id: of the case, or of the call */
    bool       called;
    struct str code;
    int        state;
    struct str category_zh, category_en, area_name;
    ms         due_at, updated_at;
    int64_t    version;
};
/* First due first, cases before calls; at most `most` of each. list of struct case_deadline. */
MUST err case_deadlines(struct req *r, size_t most, struct list *out);

/* ---- records of other systems, by a mapping as of an import: import/record.c ---- */

/* The text of a mapping is one: ERR_BAD_JSON, ERR_INVALID with faults. */
MUST err    case_mapping_check(struct arena *a, struct str mapping, struct faults *faults);
/* The columns it names, each once; empty when it is no mapping. */
struct strs case_mapping_columns(struct arena *a, struct str mapping);
/* A record by the values of those columns ("" where it has none). source_key becomes the record's own id. A time may be RFC 3339, seconds or
 * milliseconds since 1970, or as the mapping's formats have it; without one it is of now. What is wrong is added to faults. */
MUST err    case_mapping_apply(struct app *app, struct arena *a, struct str mapping, struct strs columns, struct strs values,
                               struct case_taken *out, struct faults *faults);

/* ---- joint work: case_together.c ---- */

/* An organisation was called to a case by whistle. */
struct case_whistle {
    int64_t case_id, org_id;
    int64_t holder;      /* organisation that has the case; 0: its area handles it itself */
    ms      at;
    bool    answered;
    bool    open;        /* neither answered nor returned, and nobody went on without it */
    bool    handled;     /* the case was reported as handled, or closed after somebody's work */
};
/* The calls made in [from, to), in order of cases and organisations; list of struct case_whistle. */
MUST err case_whistles(struct db_conn *c, struct arena *a, int64_t tenant, ms from, ms to, struct list *out);

/* Answers with those of the cases that the caller may see, newest first, and how many there are beside. */
extern const struct field case_among_fields[];
MUST err case_reply_among(struct req *r, struct ids cases);

/* ---- listeners ---- */

/* A step that has just been stored, in its transaction. */
struct case_told {
    int64_t          id;
    struct str       code, title;
    enum case_action action;
    enum case_state  from, state;
    enum case_outcome outcome;
    int64_t          category_id, area_id, org_id, severity;
    ms               reported_at, due_at;
    bool             internal;
    /* The case after the step. */
    ms               at;                             /* of the step */
    int64_t          account;                        /* who made it; 0: the reporter by secret, or the program */
    enum case_source source;
    ms               closed_at;                      /* 0: open */
    int64_t          reworks, returns, reopens, extensions, tasks;
    int64_t          solved, stars;                  /* the words that count: 1 yes, 2 partly, 3 no; 1 to 5; 0: not said */
    enum case_rated  rated_by;
    enum case_contacted contacted;
    enum case_call   call_back;
    enum case_appeal appeal;
    int64_t          appeals;                        /* by the reporter, against a rejection */
};
/* Calls fn for each step that is made by a request. At most four listeners; registered at start. What fn fails with fails the step. */
typedef err (*case_listener)(struct req *r, const struct case_told *t);
void case_listen(struct app *app, case_listener fn);

/* ---- what is kept beside the case, step by step ---- */

/* A step as the story holds it. */
struct case_kept_step {
    ms               at;
    enum case_action action;
    enum case_state  from, to;
    int64_t          org_id;      /* organisation it went to, or that acted */
    ms               due_at;      /* when what it ended was due: the limit that ran until then, or the call's; 0: none */
};
/* The case as it stands after its last step. */
struct case_kept {
    int64_t           id;
    enum case_state   state;
    enum case_outcome outcome;
    int64_t           category_id, area_id, org_id;
    ms                reported_at, due_at;
    int64_t           solved, stars, tasks;
    ms                rated_at;                        /* when the reporter last said how it was handled; 0: not */
    int64_t           contacted, call_back, appeal;    /* enum case_contacted, case_call, case_appeal */
};
/* Called in the transaction of every change: for each step that is stored, whoever makes it, by request, import, demonstration or job, several when
 * they are stored at once; without a step (n 0) when the due time alone has changed. Storage is the only reason it may fail for. */
typedef err (*case_keeper)(struct db_conn *c, struct app *app, const struct case_kept *now, const struct case_kept_step *steps, size_t n);
/* One keeper; registered at start. */
void case_keep(struct app *app, case_keeper fn);

/* The stories of the `most` cases next above `above`, in order of their ids, up to now. whole: its steps are numbered from 1 to the case's version. */
struct case_story_kept { struct case_kept now; struct case_kept_step *steps; size_t n; bool whole; };
MUST err case_stories(struct db_conn *c, struct arena *a, int64_t tenant, int64_t above, size_t most, struct list *out);

/* A case in a line for lists of other features, as far as the caller may see it. */
struct case_line {
    int64_t    id;
    struct str code, title;          /* title STR_NONE: the caller may not read it any more */
    int        state, outcome;
    struct str area_name, org_name;
    ms         reported_at, due_at, closed_at;
};
extern const struct field case_line_fields[];
/* In the order of the ids. list of struct case_line. */
MUST err case_lines(struct req *r, struct ids ids, struct list *out);
/* Open cases that fell due in [from, to), by their deepest area (areas) or the organisation that has them. Calls fn for each. */
MUST err case_due_between(struct db_conn *c, int64_t tenant, ms from, ms to, bool by_org, void (*fn)(void *arg, int64_t unit), void *arg);

/* ---- an organisation becomes part of another: case_succeed.c ---- */

/* What waits at an organisation: open cases, open calls by whistle, and rules that send cases to it. */
struct case_held { int64_t cases, calls, rules; };
MUST err case_held_by(struct db_conn *c, int64_t tenant, int64_t org, ms now, struct case_held *out);
/* All of that goes to another one, each case and call with a step in its story; what is closed stays with whoever had it. ERR_TOO_LARGE when there
 * are more open cases or calls than one write should carry. */
#define CASE_TAKE_OVER_MOST 5000
MUST err case_take_over(struct req *r, int64_t from, int64_t to, struct str reason);

/* ---- projects: case_project.c ---- */

/* A case as a project that it is part of sees it, whoever asks. */
struct case_part_of {
    int64_t         id, area_id, reporter;     /* reporter: person of the account that reported it; 0: none */
    struct str      code, title;
    enum case_state state;
    bool            ended, linked, told;       /* linked: its reporter has a link with a secret; told: they left a contact */
    bool            staff, own;                /* the caller reads it as staff; the caller reported it */
    enum err_code   stuck;                     /* why the caller cannot close it with its project; ERR_NONE: nothing is in the way, or it has ended */
};
MUST err case_part_find(struct req *r, int64_t id, struct case_part_of *out);                          /* ERR_NOT_FOUND */
/* The same for whoever shows the secret of its link. ERR_SECRET, ERR_TOO_MANY. */
MUST err case_part_by_secret(struct req *r, struct str code, struct case_part_of *out);
/* Why it is stuck, in the caller's language: where it stands when that is the reason. */
struct str case_stuck_text(struct req *r, const struct case_part_of *p);
/* Closes it with its project, as a verification would: by the table of states, with the clock, the story, notices and call-back. The reporter reads
 * `text`; data (JSON members) is kept with the step. Nothing when it has ended already; ERR_WRONG_STATE and its like when it is stuck. */
MUST err case_end_with_project(struct req *r, int64_t id, struct str text, struct str data);

/* ---- demonstration ---- */

struct case_demo_step {
    enum case_action  action;
    ms                at;
    int64_t           account;        /* 0: the reporter */
    int64_t           org;            /* dispatch, redispatch; whistle: the one called; steps of its task: whose it is */
    struct str        text;           /* reason, question, result, comment, word: by action */
    enum case_outcome outcome;        /* pass */
    int               solved, stars;  /* rate, call_back */
    enum case_contacted contacted;
    enum case_reached reached;        /* call_back */
    enum case_ground  ground;         /* appeal_score */
    ms                call_back_at;   /* pass: from when the reporter is called back; call_back, not reached: the next try. 0: not */
    bool              internal;       /* comment */
    int64_t           area;           /* escalate, delegate: to which level; supervise: by which */
    ms                due;            /* supervise: expected by; supervise_answer: done by */
    struct str        why_late;       /* supervise_answer; text is what was done */
    struct str        spoke_to;       /* task_answer: whom they spoke to; text is what was done, by the time of the step */
};

struct case_demo {
    struct str                   text, address;
    struct str                   reporter_name, contact;
    int64_t                      category;
    int                          severity;       /* 0: the category's */
    struct geo                   at;
    enum case_source             source;
    int64_t                      reporter;       /* person, when signed in */
    int64_t                      account;        /* who entered it; 0: without account */
    ms                           reported_at;
    const struct case_demo_step *steps;          /* after the report, in order of time */
    size_t                       step_count;
};

/* Inserts a case with a given story. Every step passes the same table as in the API (state, order of time); ERR_WRONG_STATE names none.
 * The code counts within the day of reported_at. *secret: the reporter's secret, when there is no account. Inside a write. */
MUST err case_demo_insert(struct db_conn *c, struct arena *a, struct app *app, const struct case_demo *in, int64_t *id,
                          struct str *secret);
/* Attaches a stored file (owner_kind "case") to step seq of a case. */
MUST err case_demo_photo(struct db_conn *c, int64_t tenant, int64_t id, int64_t file, int64_t seq, enum case_photo_stage stage);

#endif
