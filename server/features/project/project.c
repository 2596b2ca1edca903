/* project.c: states, lateness, money, team: pure. No I/O, no clock, no SQL. */

#include "project_inside.h"

const char *const project_state_words[] = { NULL, "draft", "planned", "under_way", "for_acceptance", "accepted", "abandoned", NULL };
const char *const team_role_words[] = { NULL, "lead", "captain", "liaison", "member", NULL };
const char *const link_kind_words[] = { NULL, "case", "need", NULL };
const char *const entry_kind_words[] = { NULL, "progress", "milestone", "paid", "spent", "decided", NULL };
const char *const voice_answer_words[] = { NULL, "yes", "no", NULL };
const char *const voice_way_words[] = { NULL, "account", "link", "call", NULL };

/* ---- states ---- */

enum project_state project_next(int64_t state, enum project_act act)
{
    static const unsigned char to[PROJECT_STATES][PROJECT_ACTS] = {
        [PROJECT_DRAFT] = { [ACT_PLAN] = PROJECT_PLANNED, [ACT_ABANDON] = PROJECT_ABANDONED },
        [PROJECT_PLANNED] = { [ACT_START] = PROJECT_UNDER_WAY, [ACT_ABANDON] = PROJECT_ABANDONED },
        [PROJECT_UNDER_WAY] = { [ACT_SUBMIT] = PROJECT_FOR_ACCEPTANCE, [ACT_ABANDON] = PROJECT_ABANDONED },
        [PROJECT_FOR_ACCEPTANCE] = { [ACT_ACCEPT_PROJECT] = PROJECT_ACCEPTED, [ACT_REFUSE_PROJECT] = PROJECT_UNDER_WAY, [ACT_ABANDON] = PROJECT_ABANDONED },
    };
    return (enum project_state)to[state > PROJECT_NONE && state < PROJECT_STATES ? state : PROJECT_NONE][act];
}

bool project_ended(int64_t state)
{
    return state == PROJECT_ACCEPTED || state == PROJECT_ABANDONED;
}

bool project_at_work(int64_t state)
{
    return state >= PROJECT_DRAFT && state <= PROJECT_UNDER_WAY;
}

bool project_late(const struct project *p, ms now)
{
    if (p->state != PROJECT_PLANNED && p->state != PROJECT_UNDER_WAY)
        return false;
    return (p->next_due && p->next_due < now) || (p->due_at && p->due_at < now);
}

bool project_is_shown(const struct project *p)
{
    return p->is_public && p->state != PROJECT_DRAFT && p->state != PROJECT_ABANDONED;
}

int64_t project_left(const struct project *p)
{
    return p->paid > p->spent ? p->paid - p->spent : 0;
}

/* ---- team ---- */

static bool same(const struct member *x, const struct member *y)
{
    return (x->person_id && x->person_id == y->person_id) || (x->org_id && x->org_id == y->org_id);
}

enum err_code team_check(const struct list *members, size_t *at)
{
    const struct member *m = members->at;
    for (size_t i = 0; i < members->len; i++) {
        *at = i;
        if (!m[i].person_id == !m[i].org_id)
            return ERR_REQUIRED;
        if (m[i].role != TEAM_MEMBER && m[i].org_id)
            return ERR_TEAM_ROLE;
        for (size_t k = 0; k < i; k++) {
            if (same(&m[k], &m[i]))
                return ERR_TAKEN;
            if (m[i].role != TEAM_MEMBER && m[k].role == m[i].role)
                return ERR_TEAM_ROLE;
        }
    }
    return ERR_NONE;
}

/* ---- voices ---- */

bool voices_heard(const struct list *voices, ms asked_at, int64_t days, ms now)
{
    const struct voice *v = voices->at;
    bool                all = true;
    for (size_t i = 0; i < voices->len; i++)
        all = all && v[i].answer != VOICE_NOT_YET;
    return all || now >= asked_at + days * MS_DAY;
}

