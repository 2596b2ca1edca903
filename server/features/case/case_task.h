/* Whistle 吹哨: organisations called to a case, each with its own task. A task has a deadline and, in the end, an answer of four parts: when
 * it was received, whom they spoke to, what was done, by when. Private to this folder. */
#ifndef LINLI_CASE_TASK_H
#define LINLI_CASE_TASK_H

#include "case_parts.h"

/* Numbers are stored: append only. */
enum task_state { TASK_NONE, TASK_CALLED, TASK_RECEIVED, TASK_ANSWERED, TASK_RETURNED, TASK_OVERRULED, TASK_STOPPED, TASK_STATE_COUNT };
extern const char *const case_task_words[];   /* index = the enum, [0] is NULL */

struct case_task {
    int64_t    id, org_id, state;
    struct str ask;
    ms         called_at, due_at, received_at;
    struct str spoke_to, done;
    ms         done_by, ended_at;
    int64_t    ended_by;
    struct str reason;
    ms         remind_at;
    int64_t    reminded;
};

/* ---- rules: pure ---- */

/* Whether an action (ACT_TASK_…) is possible on a task in this state. */
bool case_task_from(enum case_action a, enum task_state s);
/* The state it leads to. */
enum task_state case_task_to(enum case_action a);
/* Stands between the case and being reported as handled: called, received, or returned and not yet decided on. */
bool case_task_unsettled(enum task_state s);

/* ---- SQL ---- */

MUST err case_task_put(struct db_conn *c, int64_t tenant, int64_t case_id, const struct case_task *t, int64_t called_by);
/* Saves what its organisation and those above may change. */
MUST err case_task_save(struct db_conn *c, int64_t tenant, int64_t case_id, const struct case_task *t);
/* All of a case, in the order in which they were called; list of struct case_task. */
MUST err case_tasks(struct db_conn *c, struct arena *a, int64_t tenant, int64_t case_id, struct list *out);
/* After the case has ended or was opened again: what is open stops with it, and its calls are looked for among those of open cases or not. */
MUST err case_tasks_follow(struct db_conn *c, int64_t tenant, const struct case_row *of, ms now, int64_t account);
/* Holds perm at an organisation that is or was called and did not return the call. */
bool     case_called(struct req *r, enum perm perm, const struct case_row *c);
/* When the answer to a call made now is due: by the severity, urgent around the clock, else in the working time of the organisation called; 0: no
 * limit. */
ms       case_task_due(struct app *app, int64_t severity, int64_t org, ms now);
/* One of a case; ERR_NOT_FOUND. */
MUST err case_task_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t case_id, int64_t id, struct case_task *out);
/* A reminder was sent: when the next is due. */
MUST err case_task_reminded(struct db_conn *c, int64_t tenant, int64_t case_id, const struct case_task *t);

/* ---- the demonstration ---- */

/* The tasks of a case that is told step by step. */
#define TASK_STORY_MOST 8
struct task_story { struct case_task tasks[TASK_STORY_MOST]; int64_t called_by[TASK_STORY_MOST]; size_t n; };
/* A step of the story on its tasks: fills what the move needs. ERR_WRONG_STATE as over HTTP; nothing for other actions. */
MUST err case_task_tell(struct arena *a, struct app *app, struct task_story *t, const struct case_demo_step *s, int64_t severity,
                        struct case_move *m);
MUST err case_task_put_story(struct db_conn *c, int64_t tenant, int64_t case_id, const struct task_story *t);

/* ---- views ---- */

extern const struct field case_task_fields[];        /* struct task_view */
struct task_view {
    int64_t     id, org_id;
    struct str  org_name;
    int         state;
    struct str  ask;
    ms          called_at, due_at, received_at;
    struct str  spoke_to, done;
    ms          done_by, ended_at;
    struct str  reason;
    struct strs actions;
};
/* For staff, with what the caller may do with each; list of struct task_view. */
MUST err case_task_views(struct req *r, const struct case_row *c, struct list *out);

/* What waits for the caller's organisations. */
extern const struct field case_task_work_fields[];   /* struct task_work */
struct task_work {
    int64_t    id, case_id, org_id;
    struct str org_name;
    int        state;
    struct str ask;
    ms         due_at;
    int        due;          /* its group of My work, for case_due_group_words; filled in by My work */
    struct str code, title;
};
extern const char *const case_due_group_words[];
/* At most 200, first due first; list of struct task_work. */
MUST err case_task_work(struct req *r, struct list *out);

extern const struct route case_task_routes[];

#endif
