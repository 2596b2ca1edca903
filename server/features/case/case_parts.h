/* What the files of this folder share beside the rules: the snapshot of categories and rules, the SQL, the views. Private. */
#ifndef LINLI_CASE_PARTS_H
#define LINLI_CASE_PARTS_H

#include "case_rules.h"
#include "../unit/unit.h"

/* ---- categories and rules in memory: case_store.c ---- */

struct case_category {
    int64_t    id, pack_id;
    struct str pack;            /* code of the pack */
    int64_t    parent_id;
    struct str kind, code, name_zh, name_en;
    int64_t    leaf, common, severity;
    ms         valid_from, valid_to;
    int64_t    version;
};

struct case_rule {
    int64_t    id, number, area_id, category_id, org_id, automatic;
    struct str note;
    ms         valid_from, valid_to;
    int64_t    version;
};

struct case_snapshot {
    const struct case_category *categories;   /* by id */
    size_t                      category_count;
    const struct case_rule     *rules;        /* by id; closed ones too */
    size_t                      rule_count;
    const struct routing_rule  *routing;      /* those in force, sorted */
    size_t                      routing_count;
    struct arena               *arena;
    int                         users;        /* guarded by the store's lock */
};

MUST err case_start(struct app *app);
void case_stop(struct app *app);
const struct case_snapshot *case_hold(struct app *app);
void                        case_release(struct app *app, const struct case_snapshot *s);
/* Swaps in what the surrounding write made, once it has committed. */
void case_reload_after(struct req *r);
/* case_reload for struct feature. */
void case_reload_now(void *app);

const struct case_category *case_category_by_id(const struct case_snapshot *s, int64_t id);        /* NULL: unknown */
const struct case_rule     *case_rule_by_id(const struct case_snapshot *s, int64_t id);
/* The category and its ancestors, deepest first; in the arena. id 0: empty. */
struct chain case_category_chain(const struct case_snapshot *s, struct arena *a, int64_t id);
struct chain case_area_chain(const struct unit_snapshot *u, struct arena *a, int64_t area);
/* Ids of the category and everything below it; 0: NULL and empty. */
struct ids   case_category_subtree(const struct case_snapshot *s, struct arena *a, int64_t id);

/* Takes one from the caller's hourly allowance (anonymous reports, tracking); ERR_TOO_MANY when it is used up. */
enum case_rate { RATE_REPORT, RATE_TRACK, RATE_FOLLOW, RATE_FLOOD, RATE_COUNT };
MUST err case_rate(struct req *r, enum case_rate what);
/* False when more anonymous reports come in, from all addresses together, than the setting allows without work. Takes one. */
bool     case_calm(struct req *r);

/* ---- where a case goes: case_place.c ---- */

struct case_way {
    int64_t          area, shape;
    bool             near;             /* close to a border: a dispatcher chooses */
    bool             outside;          /* outside every area: goes to the catch-all */
    struct unit_near borders[8];
    size_t           border_count;
    int64_t          org, rule, number;
    int64_t          rule_area, rule_category;   /* what the rule is about; 0: everywhere, everything */
    bool             automatic;        /* the rule dispatches by itself, here and now */
    struct str       why_zh, why_en;   /* STR_NONE: no rule fits */
};

struct case_asked_place { struct geo at; int64_t area; int64_t category; bool chooses; /* may settle a border case */ };
/* Errors carry the field: at (ERR_PLACE, ERR_OUTSIDE_AREA, ERR_REQUIRED), area (ERR_UNKNOWN_REFERENCE, ERR_AREA_CLOSED, ERR_OUTSIDE_AREA). */
MUST err case_way_find(struct app *app, struct arena *a, const struct case_asked_place *in, ms now, struct case_way *out);
/* Proposal for a case as it stands (its area and category). */
void case_way_again(struct app *app, struct arena *a, const struct case_row *c, struct case_way *out);
/* Why text of a rule. */
MUST err case_open_at(struct db_conn *c, struct arena *a, int64_t tenant, int64_t area, struct unit_window w, struct list *out);   /* unit_open_cases */
extern const struct unit_held_kind case_rules_held;
void case_rule_why(const struct case_snapshot *s, const struct unit_snapshot *u, struct arena *a, const struct case_rule *rule,
                   struct str *zh, struct str *en);
/* JSON for the story: the rule that chose, as a step keeps it. */
struct str case_rule_data(struct arena *a, const struct case_way *way);
/* … and as it is told: with the reason in words, by today's names of the area and the category. Other data comes back as it is. */
struct str case_rule_told(const struct case_snapshot *s, const struct unit_snapshot *u, struct arena *a, struct str data);

/* ---- SQL: case_db.c ---- */

/* As much of a text as its title is made of (case_title): what a list reads of it, and no more. */
#define CASE_OPENING(column) "substr(" column ", 1, 200)"
_Static_assert(CASE_OPENING_MOST == 200, "what is read of a text is what its title is made of");

/* What the row keeps but the rules do not need. */
struct case_sealed { struct str source_key, contact_enc, contact_hash, secret_hash; };

MUST err case_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct case_row *out);
MUST err case_get_code(struct db_conn *c, struct arena *a, int64_t tenant, struct str code, struct case_row *out);
MUST err case_get_sealed(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct case_sealed *out);
MUST err case_put(struct db_conn *c, int64_t tenant, const struct case_row *row, const struct case_sealed *sealed);
/* Saves what a move may change; ERR_STALE_VERSION when the row was not at version `was`. */
MUST err case_save(struct db_conn *c, int64_t tenant, const struct case_row *row, int64_t was);
/* The same for a step that leaves state, due time and organisation alone. */
MUST err case_save_quiet(struct db_conn *c, int64_t tenant, const struct case_row *row, int64_t was);
/* What was said after closing, the call-back that waits, appeals. Beside one of the two above, which see to the version. */
MUST err case_save_after(struct db_conn *c, int64_t tenant, const struct case_row *row);
/* The clock alone, without a step of the story: reminders, a new calendar. */
MUST err case_save_clock(struct db_conn *c, struct app *app, const struct case_row *row);
MUST err case_save_place(struct db_conn *c, int64_t tenant, const struct case_row *row);
/* Stores steps of the story, the last of which left the row as it is: the one place where steps are stored, and where they are counted. */
MUST err case_put_events(struct db_conn *c, struct app *app, const struct case_row *row, const struct case_event *e, size_t n);
MUST err case_put_photo(struct db_conn *c, int64_t tenant, int64_t id, int64_t file, int64_t seq, enum case_photo_stage stage);
/* seq > after, in order, with the actors' names. list of struct case_event. */
MUST err case_story(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, int64_t after, struct list *out);
struct case_photo { int64_t id, stage, seq; };
MUST err case_photos(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct list *out);
/* Whether the person, under whatever account, reported this case as handled; verified it or answered a call to it; rejected it. */
struct case_part { bool handled, verified, rejected; };
MUST err case_part_by(struct db_conn *c, int64_t tenant, int64_t id, int64_t person, struct case_part *out);
/* Whether a rejected case was rejected by the program, as a question had not been answered in time. */
MUST err case_timed_out(struct db_conn *c, int64_t tenant, int64_t id, bool *out);
/* A new code of the day, and an id. */
MUST err case_new_code(struct db_conn *c, struct arena *a, const struct app *app, ms t, struct str *code);

/* ---- who may: case_access.c ---- */

bool case_is_reporter(const struct req *r, const struct case_row *c);
/* Reads it as staff: story, internal comments, names. */
bool case_staff_reads(struct req *r, const struct case_row *c);
bool case_may_read(struct req *r, const struct case_row *c);
/* The area whose level holds the case: the one it was passed to, else its place. */
int64_t case_level(const struct case_row *c);
/* Holds perm at the level that holds the case: until it was passed up or down that is every level from its place up; from then on the one it was
 * passed to, and no other. */
bool case_holds(struct req *r, enum perm perm, const struct case_row *c);
/* Whether the caller's rights cover the action (leaving the state aside). reporter: proved to be it. */
bool case_permitted(struct req *r, const struct case_row *c, enum case_action a, bool reporter);
/* The area one level above the one that answers for the case: above its community, or above the area of the organisation that has it. */
int64_t  case_level_above(const struct unit_snapshot *u, const struct case_row *c);
MUST err case_asker(struct req *r, const struct case_row *c, bool reporter, struct case_asker *out);
/* Loads a case the caller may see; ERR_NOT_FOUND otherwise. */
MUST err case_open(struct req *r, int64_t id, struct case_row *out);
/* Loads a case by code for whoever shows its secret; ERR_SECRET otherwise. */
MUST err case_open_secret(struct req *r, struct str code, struct case_row *out);
/* Version, state and the rules beside it; answers with a sentence that says what is in the way. */
MUST err case_ready(struct req *r, const struct case_row *c, enum case_action a, bool reporter);
/* May the caller see the files of the case? Registered with the file feature. */
MUST err case_file_guard(struct req *r, int64_t id);
MUST err case_file_guard_internal(struct req *r, int64_t id);

/* ---- views: case_view.c ---- */

extern const struct field case_view_fields[];       /* struct case_view: full view for staff and signed-in reporters */
extern const struct field case_track_fields[];      /* struct case_track */
extern const struct field case_public_fields[];     /* struct case_public */
/* Answers with the full view. */
MUST err case_reply(struct req *r, const struct case_row *c);
/* The same, 201, for a report that the caller has just stored, with the secret when there is one. photos: it may have some. */
struct case_made;
MUST err case_reply_made(struct req *r, const struct case_made *m, bool photos, struct str secret);
MUST err case_reply_track(struct req *r, const struct case_row *c);
MUST err case_reply_public(struct req *r, const struct case_row *c);

struct case_named { int64_t id; struct str name; };
extern const struct field case_named_fields[];
struct case_category_ref { int64_t id; struct str name_zh, name_en; };
extern const struct field case_category_ref_fields[];

/* ---- doing: case_do.c ---- */

/* A case being made: the row as its first moves left it, and those moves' events. */
#define CASE_FIRST_EVENTS 4
struct case_made {
    struct case_row    row;
    struct case_sealed sealed;
    struct case_event *events;
    size_t             event_count;
};
/* Inserts row and events. */
MUST err case_insert_made(struct db_conn *c, struct app *app, const struct case_made *m);
/* Whoever registered with case_keep; NULL: nobody. */
case_keeper case_keeper_of(const struct app *app);
/* … is told. */
MUST err case_tell_keeper(struct db_conn *c, struct app *app, const struct case_row *row, const struct case_event *e, size_t n);
/* Seals a contact into made->sealed. */
void case_seal_contact(struct arena *a, const struct app *app, struct str contact, struct case_made *made);

/* Makes a move on a loaded case and stores it: row, event, audit row, notices. extra (STR_NONE: none): JSON members for the audit's detail. */
MUST err case_do(struct req *r, struct case_row *row, struct case_move *m);
/* The two moves by which an automatic rule dispatches. Adds to events (at least two free). Nothing when the way is not automatic or the
 * case is past accepting. */
MUST err case_moves_by_rule(struct app *app, struct arena *a, struct case_row *row, const struct case_way *way, ms now,
                            struct case_event *events, size_t *n);
/* The same for a stored case. */
MUST err case_do_by_rule(struct req *r, struct case_row *row, const struct case_way *way);
/* Tells whoever is waited for now, and the reporter where a step concerns them. */
MUST err case_tell(struct req *r, const struct case_row *row, const struct case_event *e);
MUST err case_audit(struct req *r, const struct case_row *row, const struct case_event *e);
/* JSON words for a notice: number, title and the organisation's name (0: none). */
struct str case_note_words(struct req *r, const struct case_row *row, int64_t org);
/* Those who registered with case_listen. */
MUST err case_tell_listeners(struct req *r, const struct case_row *row, const struct case_event *e);

/* ---- handlers ---- */

/* Body of a report: case_report.c. */
struct case_spot { struct str result; struct ids after_photos; struct strs after_claims; };
struct case_report_in {
    struct str   text, address, reporter_name, contact, contact_proof;
    int64_t      category, severity, area;
    struct geo   at;
    struct ids   photos;
    struct strs  photo_claims;
    bool         on_behalf;
    struct case_spot *on_the_spot;
    ms           reported_at;
    /* Of reports from other systems (case_take); not in the table of fields. */
    enum case_source source;
    struct str   source_key, data;
};
MUST err case_report(struct req *r);
/* Checks and stores a report; the answer is left to the caller. Faults are in r->faults. */
MUST err case_report_store(struct req *r, const struct case_report_in *in, struct case_made *made, struct str *secret);
extern const struct field case_report_fields[];

#endif
