/* case.c: the state table and the rules drawn from it. Pure: no I/O, no clock, no SQL. */
#include "case_rules.h"
#include "../search/search.h"

#define IN(s)   (1u << (s))
#define OPEN_STATES                                                                                                  \
    (IN(CASE_REPORTED) | IN(CASE_WAITING) | IN(CASE_ACCEPTED) | IN(CASE_DISPATCHED) | IN(CASE_HANDLING) | IN(CASE_HANDLED) |        \
     IN(CASE_SUSPENDED))
#define ANY_STATE    (OPEN_STATES | IN(CASE_CLOSED) | IN(CASE_REJECTED) | IN(CASE_MERGED))
/* Organisations are called, and answer, while the case is being placed or handled. */
#define CALLED_STATES (IN(CASE_ACCEPTED) | IN(CASE_DISPATCHED) | IN(CASE_HANDLING))
/* … and answer also while it is suspended: they were called before. */
#define ANSWER_STATES (CALLED_STATES | IN(CASE_SUSPENDED))
#define BEFORE_SIGNED (IN(CASE_REPORTED) | IN(CASE_WAITING) | IN(CASE_ACCEPTED) | IN(CASE_DISPATCHED))

static const struct case_state_info states[CASE_STATE_COUNT] = {
    [CASE_NONE] = { NULL, "无", "none", NULL, NULL, STEP_REPORT, false, PERM_UNSET, 0 },
    [CASE_REPORTED] = { "reported", "待受理", "To be accepted", "受理", "to accept", STEP_ACCEPT, true, PERM_CASE_ACCEPT, BY_HOLDER },
    [CASE_WAITING] = { "waiting", "待补充", "Waiting for the reporter", "补充", "to answer a question", STEP_ACCEPT, true, PERM_UNSET,
                       BY_REPORTER },
    [CASE_ACCEPTED] = { "accepted", "待派遣", "To be dispatched", "派遣", "to dispatch", STEP_DISPATCH, true, PERM_CASE_DISPATCH,
                        BY_HOLDER },
    [CASE_DISPATCHED] = { "dispatched", "待签收", "To be signed for", "签收", "to sign", STEP_HANDLE, true, PERM_CASE_HANDLE, BY_ORG },
    [CASE_HANDLING] = { "handling", "处置中", "Being handled", "处置", "to handle", STEP_HANDLE, true, PERM_CASE_HANDLE, BY_ORG },
    [CASE_HANDLED] = { "handled", "待核查", "To be verified", "核查", "to verify", STEP_VERIFY, true, PERM_CASE_VERIFY, BY_AREA },
    [CASE_CLOSED] = { "closed", "已结案", "Closed", NULL, NULL, STEP_RATE, false, PERM_UNSET, BY_REPORTER },
    [CASE_REJECTED] = { "rejected", "不予受理", "Not accepted", NULL, NULL, STEP_ACCEPT, false, PERM_UNSET, BY_REPORTER },
    [CASE_SUSPENDED] = { "suspended", "挂账", "Suspended", "复核", "to review", STEP_HANDLE, true, PERM_CASE_EXTEND, BY_UPWARDS },
    [CASE_MERGED] = { "merged", "并案", "Merged", NULL, NULL, STEP_ACCEPT, false, PERM_UNSET, BY_REPORTER },
};

/* The one table: what can be done, from where to where, by whom, with what. The checks, the buttons of the view, the routes' answers and
 * docs/case-states.md are all drawn from it. */
static const struct case_act acts[ACT_COUNT] = {
    [ACT_NONE] = { "none", "无", "None", 0, CASE_NONE, PERM_UNSET, 0, 0, 0, false },
    [ACT_REPORT] = { "report", "上报", "Report", IN(CASE_NONE), CASE_REPORTED, PERM_UNSET, BY_ANYBODY, NEED_TEXT, TELLS, false },
    [ACT_ASK] = { "ask", "请补充", "Ask the reporter", IN(CASE_REPORTED), CASE_WAITING, PERM_CASE_ACCEPT, BY_HOLDER, NEED_QUESTION,
                  TELLS, false },
    /* From rejected too, where nothing but the missing answer was the reason: see case_check. */
    [ACT_REPLY] = { "reply", "补充", "Answer", IN(CASE_WAITING) | IN(CASE_REJECTED), CASE_REPORTED, PERM_UNSET, BY_REPORTER, NEED_TEXT,
                    OPENS | TELLS, true },
    [ACT_ACCEPT] = { "accept", "受理", "Accept", IN(CASE_REPORTED), CASE_ACCEPTED, PERM_CASE_ACCEPT, BY_HOLDER, 0, 0, true },
    [ACT_REJECT] = { "reject", "不予受理", "Reject", IN(CASE_REPORTED) | IN(CASE_WAITING), CASE_REJECTED, PERM_CASE_ACCEPT, BY_HOLDER,
                     NEED_REASON, CLOSES | TELLS, false },
    [ACT_DISPATCH] = { "dispatch", "派遣", "Dispatch", IN(CASE_ACCEPTED), CASE_DISPATCHED, PERM_CASE_DISPATCH, BY_HOLDER, NEED_ORG,
                       SETS_ORG, true },
    [ACT_REDISPATCH] = { "redispatch", "改派", "Redispatch", IN(CASE_DISPATCHED), CASE_DISPATCHED, PERM_CASE_DISPATCH, BY_HOLDER,
                         NEED_ORG | NEED_REASON, SETS_ORG, false },
    [ACT_HANDLE_SELF] = { "handle_self", "自行处置", "Handle it ourselves", IN(CASE_ACCEPTED), CASE_HANDLING, PERM_CASE_DISPATCH,
                          BY_HOLDER, 0, CLEARS_ORG, false },
    [ACT_SIGN] = { "sign", "签收", "Sign for it", IN(CASE_DISPATCHED), CASE_HANDLING, PERM_CASE_HANDLE, BY_ORG, 0, 0, true },
    [ACT_RETURN] = { "return", "退单", "Return", IN(CASE_DISPATCHED) | IN(CASE_HANDLING), CASE_ACCEPTED, PERM_CASE_HANDLE, BY_ORG,
                     NEED_REASON, CLEARS_ORG | COUNTS_RETURN, false },
    [ACT_HANDLED] = { "handled", "报告处置结果", "Report as handled", IN(CASE_HANDLING), CASE_HANDLED, PERM_CASE_HANDLE, BY_ORG,
                      NEED_RESULT, SETS_HANDLER | TELLS | SETTLED, true },
    [ACT_PASS] = { "pass", "核查通过", "Pass", IN(CASE_HANDLED), CASE_CLOSED, PERM_CASE_VERIFY, BY_AREA, NEED_OUTCOME,
                   CLOSES | OTHER_PERSON | TELLS, true },
    [ACT_FAIL] = { "fail", "核查不通过", "Fail", IN(CASE_HANDLED), CASE_HANDLING, PERM_CASE_VERIFY, BY_AREA, NEED_REASON,
                   COUNTS_REWORK | OTHER_PERSON, false },
    [ACT_RATE] = { "rate", "评价", "Rate", IN(CASE_CLOSED), CASE_NONE, PERM_UNSET, BY_REPORTER, NEED_SOLVED, RATES | ONCE | TELLS,
                   true },
    [ACT_REOPEN] = { "reopen", "重新办理", "Reopen", IN(CASE_CLOSED), CASE_ACCEPTED, PERM_CASE_REOPEN, BY_AREA | BY_REPORTER,
                     NEED_REASON, REOPENS | CLEARS_ORG | IN_TIME | TELLS, false },
    [ACT_WITHDRAW] = { "withdraw", "撤回", "Withdraw", IN(CASE_REPORTED) | IN(CASE_WAITING) | IN(CASE_ACCEPTED), CASE_CLOSED,
                       PERM_UNSET, BY_REPORTER, NEED_REASON, CLOSES | TELLS, false },
    [ACT_COMMENT] = { "comment", "补充说明", "Comment", ANY_STATE, CASE_NONE, PERM_CASE_COMMENT, BY_AREA | BY_ORG | BY_CALLED,
                      NEED_TEXT, TELLS, false },
    [ACT_ROUTE] = { "route", "更正类别或位置", "Correct category or place", BEFORE_SIGNED, CASE_NONE, PERM_CASE_DISPATCH, BY_HOLDER, 0,
                    0, false },
    [ACT_RELEASE] = { "release", "公开文字与照片", "Release text and photos", ANY_STATE, CASE_NONE, PERM_CASE_RELEASE, BY_AREA,
                      NEED_RELEASED, RELEASES, false },
    [ACT_ON_THE_SPOT] = { "on_the_spot", "即采即办", "Handled on the spot", IN(CASE_REPORTED), CASE_CLOSED, PERM_CASE_ON_THE_SPOT,
                          BY_PROGRAM, NEED_RESULT | NEED_PHOTOS, CLOSES | SETS_HANDLER | TELLS, false },
    [ACT_IMPORT_CLOSED] = { "import_closed", "原系统已办结", "Closed in the source", IN(CASE_REPORTED), CASE_CLOSED, PERM_CASE_IMPORT,
                            BY_PROGRAM, 0, CLOSES | TELLS, false },
    [ACT_CONTACT] = { "contact", "查看联系方式", "See the contact", ANY_STATE, CASE_NONE, PERM_CASE_CONTACT, BY_AREA | BY_ORG | BY_CALLED,
                      NEED_WHY, SILENT, false },
    [ACT_WHISTLE] = { "whistle", "吹哨", "Call organisations", IN(CASE_ACCEPTED) | IN(CASE_HANDLING), CASE_NONE, PERM_CASE_WHISTLE,
                      BY_HOLDER, NEED_ORGS | NEED_ASK, 0, false },
    [ACT_TASK_RECEIVE] = { "task_receive", "报到", "Receive the call", ANSWER_STATES, CASE_NONE, PERM_CASE_HANDLE, BY_TASK, 0,
                           STAFF_ONLY | NAMES_ORG, false },
    [ACT_TASK_ANSWER] = { "task_answer", "答复", "Answer the call", ANSWER_STATES, CASE_NONE, PERM_CASE_HANDLE, BY_TASK, NEED_ANSWER,
                          STAFF_ONLY | NAMES_ORG, false },
    [ACT_TASK_RETURN] = { "task_return", "退回吹哨", "Return the call", ANSWER_STATES, CASE_NONE, PERM_CASE_HANDLE, BY_TASK,
                          NEED_REASON, STAFF_ONLY | NAMES_ORG, false },
    [ACT_TASK_OVERRULE] = { "task_overrule", "免予答复", "Go on without its answer", ANSWER_STATES, CASE_NONE, PERM_CASE_OVERRULE,
                            BY_UPWARDS | BY_TASK, NEED_REASON, STAFF_ONLY | NAMES_ORG, false },
    [ACT_EXTEND] = { "extend", "申请延期", "Ask for more time", IN(CASE_HANDLING), CASE_NONE, PERM_CASE_HANDLE, BY_ORG,
                     NEED_REASON | NEED_DAYS, ASKS | CLOCKS | STAFF_ONLY, false },
    [ACT_GRANT_EXTENSION] = { "grant_extension", "批准延期", "Approve the extension", IN(CASE_HANDLING), CASE_NONE, PERM_CASE_EXTEND,
                              BY_UPWARDS, 0, GRANTS | CLOCKS | TELLS, true },
    [ACT_SUSPEND] = { "suspend", "申请挂账", "Ask for suspension", IN(CASE_HANDLING), CASE_NONE, PERM_CASE_HANDLE, BY_ORG,
                      NEED_REASON | NEED_REVIEW_AT, ASKS | CLOCKS | STAFF_ONLY, false },
    [ACT_GRANT_SUSPENSION] = { "grant_suspension", "批准挂账", "Approve the suspension", IN(CASE_HANDLING), CASE_SUSPENDED,
                               PERM_CASE_EXTEND, BY_UPWARDS, 0, GRANTS | CLOCKS | TELLS, true },
    [ACT_REFUSE] = { "refuse", "不予批准", "Refuse the request", IN(CASE_HANDLING), CASE_NONE, PERM_CASE_EXTEND, BY_UPWARDS, NEED_REASON,
                     CLOCKS | STAFF_ONLY, false },
    [ACT_RESUME] = { "resume", "恢复办理", "Resume", IN(CASE_SUSPENDED), CASE_HANDLING, PERM_CASE_HANDLE, BY_ORG | BY_APPROVER,
                     NEED_REASON, TELLS, false },
    [ACT_REVIEW] = { "review", "复核挂账", "Review the suspension", IN(CASE_SUSPENDED), CASE_NONE, PERM_CASE_EXTEND, BY_UPWARDS,
                     NEED_REASON | NEED_REVIEW_AT, CLOCKS | STAFF_ONLY, true },
    /* Until it is signed for: from then on somebody is at work on it. */
    [ACT_MERGE] = { "merge", "并案", "Merge", BEFORE_SIGNED, CASE_MERGED, PERM_CASE_ACCEPT, BY_HOLDER, NEED_INTO,
                    CLOSES | SETTLED, false },
    [ACT_UNMERGE] = { "unmerge", "撤销并案", "Undo the merging", IN(CASE_MERGED), CASE_REPORTED, PERM_CASE_ACCEPT, BY_HOLDER, NEED_REASON,
                      OPENS, false },
    [ACT_ABSORB] = { "absorb", "并入另一件", "Another was merged in", OPEN_STATES, CASE_NONE, PERM_CASE_ACCEPT, BY_PROGRAM, 0, 0, false },
    /* What follows closing: the reporter is asked, and who was scored may object. */
    [ACT_CALL_BACK] = { "call_back", "回访", "Call back", IN(CASE_CLOSED), CASE_NONE, PERM_CASE_CALL_BACK, BY_AREA, NEED_REACHED,
                        CALLS | TELLS, false },
    [ACT_APPEAL] = { "appeal", "申诉", "Appeal", IN(CASE_REJECTED), CASE_REPORTED, PERM_UNSET, BY_REPORTER, NEED_REASON,
                     OPENS | COUNTS_APPEAL | TELLS, false },
    [ACT_APPEAL_SCORE] = { "appeal_score", "申诉评价", "Appeal against the score", IN(CASE_CLOSED), CASE_NONE, PERM_CASE_HANDLE, BY_ORG,
                           NEED_GROUND | NEED_REASON, APPEALS | STAFF_ONLY, false },
    [ACT_UPHOLD_APPEAL] = { "uphold_appeal", "申诉成立", "Uphold the appeal", IN(CASE_CLOSED), CASE_NONE, PERM_CASE_APPEAL, BY_ABOVE, 0,
                            DECIDES | STAFF_ONLY, true },
    [ACT_REFUSE_APPEAL] = { "refuse_appeal", "申诉不成立", "Refuse the appeal", IN(CASE_CLOSED), CASE_NONE, PERM_CASE_APPEAL, BY_ABOVE,
                            NEED_REASON, DECIDES | STAFF_ONLY, false },
    [ACT_PART] = { "part", "另一件撤出并案", "Another was taken out", ANY_STATE, CASE_NONE, PERM_CASE_ACCEPT, BY_PROGRAM, 0, 0, false },
    /* Levels. Whoever is above may take back what lies below; a level passes on only what it holds. */
    [ACT_ESCALATE] = { "escalate", "升级", "Escalate", CALLED_STATES, CASE_ACCEPTED, PERM_CASE_ESCALATE, BY_UPWARDS, NEED_REASON,
                       HOLDS | CLEARS_ORG, false },
    [ACT_DELEGATE] = { "delegate", "下沉", "Delegate", IN(CASE_ACCEPTED), CASE_ACCEPTED, PERM_CASE_DISPATCH, BY_HOLDER,
                       NEED_AREA | NEED_REASON, HOLDS | CLEARS_ORG, false },
    [ACT_SUPERVISE] = { "supervise", "督办", "Supervise", OPEN_STATES, CASE_NONE, PERM_CASE_SUPERVISE, BY_SUPERIOR,
                        NEED_REASON | NEED_DUE_AT, SUPERVISES | STAFF_ONLY, false },
    [ACT_SUPERVISE_ANSWER] = { "supervise_answer", "答复督办", "Answer the supervision", OPEN_STATES, CASE_NONE, PERM_UNSET, BY_WAITED,
                               NEED_DONE | NEED_WHY_LATE | NEED_DONE_BY, ANSWERS | STAFF_ONLY, false },
    [ACT_LIFT] = { "lift", "解除督办", "Lift the supervision", OPEN_STATES, CASE_NONE, PERM_CASE_SUPERVISE, BY_SUPERVISOR, NEED_REASON,
                   LIFTS | STAFF_ONLY, false },
    [ACT_HAND] = { "hand", "交办", "Hand to a person", IN(CASE_DISPATCHED) | IN(CASE_HANDLING), CASE_NONE, PERM_CASE_HANDLE, BY_ORG,
                   NEED_PERSON, HANDS | STAFF_ONLY, false },
    [ACT_TIMEOUT] = { "timeout", "逾期未补充", "No answer in time", IN(CASE_WAITING), CASE_REJECTED, PERM_CASE_ACCEPT, BY_PROGRAM, 0,
                      CLOSES | TELLS, false },
    /* Its organisation became part of another, which has it from now on; the clock runs on. */
    [ACT_SUCCEED] = { "succeed", "随单位合并转接", "Taken over with its organisation", OPEN_STATES, CASE_NONE, PERM_UNIT_MANAGE, BY_PROGRAM, 0,
                      SETS_ORG, false },
    [ACT_TASK_SUCCEED] = { "task_succeed", "吹哨随单位合并转接", "Call taken over with its organisation", OPEN_STATES, CASE_NONE, PERM_UNIT_MANAGE,
                           BY_PROGRAM, 0, STAFF_ONLY | NAMES_ORG, false },
    /* The project that it is part of was accepted: what case_project.c asks for beside is the right to verify it. */
    [ACT_PROJECT] = { "project", "随项目验收办结", "Closed with its project", CALLED_STATES | IN(CASE_HANDLED) | IN(CASE_SUSPENDED), CASE_CLOSED,
                      PERM_CASE_VERIFY, BY_PROGRAM, NEED_OUTCOME, CLOSES | OTHER_PERSON | TELLS | SETTLED, false },
};

static const char *const outcomes[OUTCOME_COUNT][2] = {
    { "无", "none" },
    { "已解决", "Resolved" },
    { "部分解决", "Partly resolved" },
    { "已解释", "Explained" },
    { "超出职权", "Beyond our powers" },
    { "已撤回", "Withdrawn" },
    { "重复", "Duplicate" },
};

const char *const case_state_words[] = { NULL, "reported", "waiting", "accepted", "dispatched", "handling", "handled", "closed",
                                         "rejected", "suspended", "merged", NULL };
const char *const case_outcome_words[] = { NULL, "resolved", "partly", "explained", "beyond_powers", "withdrawn", "duplicate", NULL };
const char *const case_source_words[] = { NULL, "resident", "account", "on_behalf", "grid_worker", "on_the_spot", "import", "open311",
                                          "device", NULL };
const char *const case_action_words[] = { NULL, "report", "ask", "reply", "accept", "reject", "dispatch", "redispatch", "handle_self",
                                          "sign", "return", "handled", "pass", "fail", "rate", "reopen", "withdraw", "comment",
                                          "route", "release", "on_the_spot", "import_closed", "contact", "whistle", "task_receive",
                                          "task_answer", "task_return", "task_overrule", "extend", "grant_extension", "suspend",
                                          "grant_suspension", "refuse", "resume", "review", "merge", "unmerge", "absorb",
                                          "part", "call_back", "appeal", "appeal_score", "uphold_appeal", "refuse_appeal",
                                          "escalate", "delegate", "supervise", "supervise_answer", "lift", "hand", "timeout",
                                          "succeed", "task_succeed", "project", NULL };
const char *const case_call_words[] = { NULL, "waiting", "answered", "unreachable", "refused", NULL };
const char *const case_reached_words[] = { NULL, "answered", "not_reached", "refused", NULL };
const char *const case_solved_words[] = { NULL, "yes", "partly", "no", NULL };
const char *const case_contacted_words[] = { NULL, "yes", "no", NULL };
const char *const case_rated_words[] = { NULL, "reporter", "call_back", NULL };
const char *const case_appeal_words[] = { NULL, "waiting", "upheld", "refused", NULL };
const char *const case_ground_words[] = { NULL, "beyond_powers", "unreachable", "not_theirs", "rating", "other", NULL };
const char *const case_asked_words[] = { NULL, "extension", "suspension", NULL };
const char *const case_step_words[] = { NULL, "report", "accept", "dispatch", "handle", "verify", "close", "rate", NULL };
const char *const case_step_state_words[] = { NULL, "done", "now", "ahead", NULL };
const char *const case_need_words[NEED_COUNT] = { "reason", "question", "text", "org", "result", "outcome", "solved", "after_photos",
                                                  "released", "why", "orgs", "ask", "answer", "days", "review_at", "into", "reached",
                                                  "ground", "area", "due_at", "done", "why_late", "done_by", "person" };

const struct case_state_info *case_state_info(enum case_state s)
{
    return &states[s > CASE_NONE && s < CASE_STATE_COUNT ? s : CASE_NONE];
}

enum perm case_waits_for(enum case_state s)
{
    return s == CASE_WAITING ? PERM_CASE_ACCEPT : case_state_info(s)->perm;
}

const struct case_act *case_act(enum case_action a)
{
    return &acts[a > ACT_NONE && a < ACT_COUNT ? a : ACT_NONE];
}

bool case_act_from(enum case_action a, enum case_state s)
{
    return case_act(a)->from & IN(s);
}

const char *case_state_name(enum case_state s, bool chinese)
{
    return chinese ? case_state_info(s)->zh : case_state_info(s)->en;
}

const char *case_source_name(enum case_source s, bool chinese)
{
    static const char *const names[SOURCE_COUNT][2] = {
        { "", "" }, { "居民上报", "Resident" }, { "居民登录上报", "Signed-in resident" }, { "代为上报", "On behalf" }, { "网格员", "Grid worker" },
        { "即采即办", "On the spot" }, { "导入", "Import" },
    };
    return names[s > SOURCE_NONE && s < SOURCE_COUNT ? s : SOURCE_NONE][chinese ? 0 : 1];
}

const char *case_outcome_name(enum case_outcome o, bool chinese)
{
    return outcomes[o > OUTCOME_NONE && o < OUTCOME_COUNT ? o : OUTCOME_NONE][chinese ? 0 : 1];
}

const char *case_action_name(enum case_action a, bool chinese)
{
    return chinese ? case_act(a)->zh : case_act(a)->en;
}

/* ---- checks ---- */

/* Requests and their approval: one waits at a time, and nobody approves their own. */
static enum err_code check_request(const struct case_row *c, const struct case_asker *who, enum case_action a)
{
    const struct case_act *act = case_act(a);
    enum case_asked        wants = a == ACT_GRANT_EXTENSION ? ASKED_EXTENSION : ASKED_SUSPENSION;
    if ((act->effects & ASKS) && c->asked)
        return ERR_REQUEST_WAITS;
    if (a == ACT_EXTEND && !c->due_at)
        return ERR_NO_LIMIT;
    if (((act->effects & GRANTS) && c->asked != wants) || (a == ACT_REFUSE && !c->asked))
        return ERR_NO_REQUEST;
    return (act->effects & GRANTS) && c->asked_by && c->asked_by == who->person ? ERR_SELF : ERR_NONE;
}

/* Whoever had a part in a case does not ask how it was handled. */
static enum err_code check_call(const struct case_row *c, const struct case_asker *who)
{
    if (c->call_back != CALL_WAITING)
        return ERR_NO_CALL_BACK;
    return who->handled_before || who->verified_before || who->reporter ? ERR_OWN_PART : ERR_NONE;
}

/* … nor decides whether it counts. */
static enum err_code check_decision(const struct case_row *c, const struct case_asker *who)
{
    if (c->appeal != APPEAL_WAITING)
        return ERR_NO_APPEAL;
    return who->handled_before || who->reporter || c->appeal_by == who->person ? ERR_OWN_PART : ERR_NONE;
}

static enum err_code check_appeal(const struct case_row *c, const struct case_asker *who, bool of_score)
{
    ms said = c->rated_at > c->closed_at ? c->rated_at : c->closed_at;
    if (of_score && !c->org_id && !c->handler_id)
        return ERR_NO_APPEAL;   /* nobody was scored */
    if (of_score ? c->appeal : c->appeals)
        return ERR_APPEALED;
    return who->now > said + who->appeal_days * MS_DAY ? ERR_APPEAL_LATE : ERR_NONE;
}

static enum err_code check_late_reply(const struct case_row *c, const struct case_asker *who)
{
    if (!who->timed_out)
        return ERR_WRONG_STATE;
    return who->now > c->closed_at + who->reopen_days * MS_DAY ? ERR_REOPEN_LATE : ERR_NONE;
}

static enum err_code check_after(const struct case_row *c, const struct case_asker *who, enum case_action a)
{
    unsigned effects = case_act(a)->effects;
    if (a == ACT_REPLY && c->state == CASE_REJECTED)
        return check_late_reply(c, who);
    if (effects & CALLS)
        return check_call(c, who);
    if (effects & DECIDES)
        return check_decision(c, who);
    if (effects & (APPEALS | COUNTS_APPEAL))
        return check_appeal(c, who, effects & APPEALS);
    return a == ACT_REJECT && who->rejected_before ? ERR_OWN_PART : ERR_NONE;
}

/* Supervision: one at a time, and answered and lifted while there is one. Handed to a person: one of the organisation that has it. */
static enum err_code check_levels(const struct case_row *c, unsigned effects)
{
    if ((effects & SUPERVISES) && c->supervised_at)
        return ERR_SUPERVISED;
    if ((effects & (ANSWERS | LIFTS)) && !c->supervised_at)
        return ERR_NOT_SUPERVISED;
    return (effects & HANDS) && !c->org_id ? ERR_NO_ORG : ERR_NONE;
}

enum err_code case_check(const struct case_row *c, const struct case_asker *who, enum case_action a)
{
    const struct case_act *act = case_act(a);
    if (!case_act_from(a, (enum case_state)c->state))
        return ERR_WRONG_STATE;
    if ((act->effects & OTHER_PERSON) && who->handled_before)
        return ERR_SAME_PERSON;
    if ((act->effects & IN_TIME) && who->now > c->closed_at + who->reopen_days * MS_DAY)
        return ERR_REOPEN_LATE;
    if ((act->effects & ONCE) && c->solved && c->rated_by != RATED_IN_CALL)
        return ERR_CONFLICT;
    if ((act->effects & SETTLED) && c->tasks_open)
        return ERR_TASKS_OPEN;
    if (a == ACT_CONTACT && !c->has_contact)
        return ERR_NOT_FOUND;
    enum err_code why = check_after(c, who, a);
    if (why == ERR_NONE)
        why = check_levels(c, act->effects);
    return why == ERR_NONE ? check_request(c, who, a) : why;
}

const char *case_block_text(enum err_code why, bool chinese)
{
    static const struct {
        enum err_code code;
        const char   *zh, *en;
    } texts[] = {
        { ERR_SAME_PERSON, "您处置过这件事，须由另一人核查", "You handled this case: somebody else verifies it" },
        { ERR_REOPEN_LATE, "已超过可以重新办理的期限，可以另行上报", "The time for reopening is over; report it anew" },
        { ERR_CONFLICT, "已经评价过", "It has been rated already" },
        { ERR_NOT_FOUND, "上报人没有留下联系方式", "The reporter left no contact" },
        { ERR_OWN_PART, "您经办过这件事，须由另一人来办", "You had a part in this case: somebody else does this" },
        { ERR_SELF, "这是您自己的申请，须由他人批准", "This is your own request: somebody else approves it" },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].code == why)
            return chinese ? texts[i].zh : texts[i].en;
    return err_text(why, chinese);
}

/* ---- moves ---- */

static void apply_people(struct case_row *c, const struct case_move *m, unsigned effects)
{
    if (effects & SETS_ORG)
        c->org_id = m->org;
    if (effects & CLEARS_ORG)
        c->org_id = 0;
    if (effects & (SETS_ORG | CLEARS_ORG))
        c->rule_id = m->rule ? m->rule : c->rule_id;
    if (effects & (SETS_ORG | CLEARS_ORG))
        c->assignee_id = 0;
    if (effects & HANDS)
        c->assignee_id = m->to_person;
    if (effects & SETS_HANDLER)
        c->handler_id = m->account;
}

/* What was said of how it was handled. The reporter's own word replaces what was told in a call-back, never the other way round: a case
 * they rated is not called back. */
static void apply_said(struct case_row *c, const struct case_move *m, enum case_rated by)
{
    c->solved = m->solved;
    c->stars = m->stars;
    if (m->contacted || by == RATED_IN_CALL)
        c->contacted = m->contacted;
    c->rated_by = by;
    c->rated_at = m->at;
}

static void end_call(struct case_row *c, enum case_call how)
{
    c->call_back = how;
    c->call_back_at = c->caller_id = c->caller_until = 0;
}

static void apply_call(struct case_row *c, const struct case_move *m)
{
    c->call_tries++;
    if (m->reached == REACHED_ANSWERED)
        apply_said(c, m, RATED_IN_CALL);
    end_call(c, m->reached == REACHED_ANSWERED  ? CALL_ANSWERED
                : m->reached == REACHED_REFUSED ? CALL_REFUSED
                : m->call_back_at               ? CALL_WAITING
                                                : CALL_UNREACHABLE);
    c->call_back_at = m->reached == REACHED_NOT ? m->call_back_at : 0;
}

/* Nothing has been said yet of what is closed now, or open again. */
static void apply_anew(struct case_row *c, ms call_back_at)
{
    c->solved = c->stars = c->contacted = c->rated_by = c->rated_at = c->call_tries = 0;
    c->appeal = c->appeal_ground = c->appeal_at = c->appeal_by = 0;
    end_call(c, call_back_at ? CALL_WAITING : CALL_NONE);
    c->call_back_at = call_back_at;
}

static void apply_after(struct case_row *c, const struct case_move *m, unsigned effects)
{
    if (effects & (CLOSES | REOPENS))
        apply_anew(c, effects & CLOSES ? m->call_back_at : 0);
    if (effects & RATES) {
        apply_said(c, m, RATED_BY_REPORTER);
        end_call(c, CALL_ANSWERED);
    }
    if (effects & CALLS)
        apply_call(c, m);
    if (effects & APPEALS) {
        c->appeal = APPEAL_WAITING;
        c->appeal_ground = m->ground;
        c->appeal_at = m->at;
        c->appeal_by = m->person;
    }
    if (effects & DECIDES)
        c->appeal = m->action == ACT_UPHOLD_APPEAL ? APPEAL_UPHELD : APPEAL_REFUSED;
    c->appeals += (effects & COUNTS_APPEAL) != 0;
}

/* Which level holds it, and which supervises it. What has ended is supervised by nobody. */
static void apply_levels(struct case_row *c, const struct case_move *m, unsigned effects)
{
    if (effects & HOLDS)
        c->held_area_id = m->area;
    if ((effects & (SUPERVISES | LIFTS | CLOSES)) || m->over) {
        bool on = effects & SUPERVISES;
        c->supervised_at = on ? m->at : 0;
        c->supervised_due = on ? m->value : 0;
        c->supervised_area_id = on ? m->area : 0;
        c->supervised_answered = 0;
    }
    if (effects & ANSWERS)
        c->supervised_answered = m->at;
}

static void apply_end(struct case_row *c, const struct case_move *m, unsigned effects)
{
    if (effects & CLOSES) {
        c->closed_at = m->at;
        c->outcome = m->action == ACT_REJECT ? OUTCOME_NONE : m->outcome;
    }
    if (effects & REOPENS) {
        c->closed_at = 0;
        c->outcome = OUTCOME_NONE;
        c->reopens++;
    }
    if (effects & OPENS)
        c->closed_at = 0;
    if (effects & RELEASES)
        c->released = m->released;
    c->tasks += m->tasks;
    c->tasks_open = effects & CLOSES ? 0 : c->tasks_open + m->tasks_open;
    c->reworks += (effects & COUNTS_REWORK) != 0;
    c->returns += (effects & COUNTS_RETURN) != 0;
}

err case_move(struct case_row *c, const struct case_move *m, struct case_event *e)
{
    const struct case_act *act = case_act(m->action);
    if (!case_act_from(m->action, (enum case_state)c->state))
        return FAIL(ERR_WRONG_STATE);
    enum case_state from = (enum case_state)c->state, to = m->to ? m->to : act->to;
    apply_people(c, m, act->effects);
    apply_levels(c, m, act->effects);
    apply_end(c, m, act->effects);
    apply_after(c, m, act->effects);
    if (to != CASE_NONE)
        c->state = to;
    c->updated_at = m->at;
    c->version++;
    *e = (struct case_event){ .seq = c->version, .at = m->at, .action = m->action, .from_state = from, .to_state = c->state,
                              .account_id = m->account, .org_id = act->effects & (SETS_ORG | NAMES_ORG) ? m->org : c->org_id,
                              .internal = m->internal || (act->effects & STAFF_ONLY) || m->reached > REACHED_ANSWERED, .text = m->text, .data = m->data,
                              .due_at = m->due ? m->due : c->due_at };   /* the clock has not turned yet */
    return OK;
}

/* ---- the seven-step path ---- */

/* Which step an action completes; 0: none. */
static const unsigned char completes[ACT_COUNT] = {
    [ACT_REPORT] = STEP_REPORT + 1,     [ACT_ACCEPT] = STEP_ACCEPT + 1,       [ACT_REJECT] = STEP_ACCEPT + 1,
    [ACT_DISPATCH] = STEP_DISPATCH + 1, [ACT_REDISPATCH] = STEP_DISPATCH + 1, [ACT_HANDLE_SELF] = STEP_DISPATCH + 1,
    [ACT_HANDLED] = STEP_HANDLE + 1,    [ACT_PASS] = STEP_VERIFY + 1,         [ACT_RATE] = STEP_RATE + 1,
    [ACT_CALL_BACK] = STEP_RATE + 1,    [ACT_TIMEOUT] = STEP_ACCEPT + 1,
    [ACT_ON_THE_SPOT] = STEP_HANDLE + 1, [ACT_IMPORT_CLOSED] = STEP_HANDLE + 1,
    [ACT_PROJECT] = STEP_VERIFY + 1,
};

/* -1: none. A reporter who was not reached has said nothing. */
static int completed_by(const struct case_event *e)
{
    return e->action == ACT_CALL_BACK && e->internal ? -1 : completes[e->action] - 1;
}

/* What its project did stands for the steps that the case itself did not come to. */
static void complete(struct case_step out[STEP_COUNT], const struct case_event *e)
{
    int step = completed_by(e);
    if (step >= 0)
        out[step] = (struct case_step){ .step = step + 1, .state = STEP_DONE, .at = e->at, .by = e->actor, .org_id = e->org_id };
    for (int s = STEP_DISPATCH; e->action == ACT_PROJECT && s < STEP_VERIFY; s++)
        if (out[s].state != STEP_DONE)
            out[s] = (struct case_step){ .step = s + 1, .state = STEP_DONE, .at = e->at };
}

void case_path(const struct case_row *c, const struct case_event *events, size_t n, struct case_step out[STEP_COUNT])
{
    const struct case_state_info *now = case_state_info((enum case_state)c->state);
    for (int i = 0; i < STEP_COUNT; i++)
        out[i] = (struct case_step){ .step = i + 1, .state = STEP_AHEAD };
    /* Events come in order, so the last one that completed a step stands; one that leads back undoes what it leads back to. */
    for (size_t i = 0; i < n; i++) {
        const struct case_event *e = &events[i];
        complete(out, e);
        if (e->to_state == CASE_CLOSED && e->from_state != CASE_CLOSED)
            out[STEP_CLOSE] = (struct case_step){ .step = STEP_CLOSE + 1, .state = STEP_DONE, .at = e->at, .by = e->actor };
        if (e->from_state != e->to_state && e->to_state != CASE_CLOSED && e->to_state != CASE_REJECTED && e->to_state != CASE_MERGED)
            for (int s = case_state_info((enum case_state)e->to_state)->step; s < STEP_COUNT; s++)
                out[s] = (struct case_step){ .step = s + 1, .state = STEP_AHEAD };
    }
    if (now->open || (c->state == CASE_CLOSED && !c->solved && c->outcome != OUTCOME_WITHDRAWN)) {
        out[now->step].state = STEP_NOW;
        out[now->step].due_at = c->due_at;
    }
}

/* ---- text ---- */

/* A title ends without a full stop. */
static struct str without_stop(struct str line)
{
    static const char *const stops[] = { "。", "．", "." };
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        if (line.len > strlen(stops[i]) && str_ends(line, stops[i]))
            return str_trim((struct str){ line.ptr, line.len - strlen(stops[i]) });
    return line;
}

struct str case_title(struct arena *a, struct str text)
{
    struct str rest = utf8_head(text, CASE_OPENING_MOST), line = str_trim(str_cut(&rest, '\n'));
    while (!line.len && rest.ptr)
        line = str_trim(str_cut(&rest, '\n'));
    line = without_stop(line);
    struct str head = utf8_head(line, 40);
    return head.len < line.len ? str_fmt(a, "%.*s…", STR_ARG(head)) : str_copy(a, head);
}

struct str case_fold(struct arena *a, struct str s)
{
    return search_fold(a, s);
}

struct str case_find_text(struct arena *a, struct str code, struct str text, struct str address)
{
    struct buf b = buf_new(a, code.len + text.len + address.len + 2);
    buf_str(&b, code);
    buf_byte(&b, ' ');
    buf_str(&b, text);
    buf_byte(&b, ' ');
    buf_str(&b, address);
    return search_fold(a, buf_view(&b));
}

struct str case_code(struct arena *a, ms t, int zone_minutes, int64_t serial)
{
    struct clock_civil c = clock_civil_at(t, zone_minutes);
    return str_fmt(a, "%02d%02d%02d-%04lld", c.year % 100, c.month, c.day, (long long)serial);
}

bool case_is_code(struct str s)
{
    if (s.len < 11 || s.len > 16 || s.ptr[6] != '-')
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (i != 6 && (s.ptr[i] < '0' || s.ptr[i] > '9'))
            return false;
    return true;
}
