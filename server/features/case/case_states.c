/* case_states.c: docs/case-states.md, drawn from the state table. */
#include "case_rules.h"

/* Who may, where they hold the permission of the action. */
static const struct { unsigned who; const char *text; } places[] = {
    { BY_AREA, "for the area 按区域" },
    { BY_HOLDER, "at the level that holds it 持有层级" },
    { BY_ABOVE, "at the level above the one that answers for it 承办层级的上一级" },
    { BY_UPWARDS, "at the level that holds it or above 持有层级或以上" },
    { BY_SUPERIOR, "above whoever has it 承办者的上级" },
    { BY_SUPERVISOR, "at the level that supervises it or above 督办层级或以上" },
    { BY_ORG, "at the organisation 承办单位" },
    { BY_CALLED, "at an organisation called 被吹哨单位" },
    { BY_TASK, "at the organisation called, on its own task 被吹哨单位办自己的任务" },
};

static void who_text(struct buf *out, const struct case_act *a)
{
    const char *sep = "";
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if ((a->who & places[i].who) && a->perm != PERM_UNSET && !(places[i].who == BY_TASK && (a->who & BY_UPWARDS))) {
            if (*sep)
                buf_fmt(out, ", or %s", places[i].text);
            else
                buf_fmt(out, "`%s` %s", perm_name(a->perm), places[i].text);
            sep = "; ";
        }
    if (a->who & BY_WAITED)
        buf_fmt(out, "%swhoever the state waits for 当前环节的承办者", sep);
    if (a->who & BY_REPORTER) {
        buf_fmt(out, "%sthe reporter 上报人", sep);
        sep = "; ";
    }
    if (a->who & BY_APPROVER) {
        buf_fmt(out, "%s`%s` at the level that holds it or above 持有层级或以上", sep, perm_name(PERM_CASE_EXTEND));
        sep = "; ";
    }
    if (a->who & BY_ANYBODY)
        buf_fmt(out, "%sanybody 任何人", sep);
    if (a->who & BY_PROGRAM)
        buf_fmt(out, "%s`%s`, as part of another action 随其他操作", sep, perm_name(a->perm));
}

static void needs_text(struct buf *out, const struct case_act *a)
{
    const char *sep = "";
    for (unsigned i = 0; i < NEED_COUNT; i++)
        if (a->needs & (1u << i)) {
            buf_fmt(out, "%s%s", sep, case_need_words[i]);
            sep = ", ";
        }
}

static void from_text(struct buf *out, const struct case_act *a)
{
    const char *sep = "";
    for (int s = CASE_REPORTED; s < CASE_STATE_COUNT; s++)
        if (a->from & (1u << s)) {
            buf_fmt(out, "%s%s", sep, case_state_info((enum case_state)s)->word);
            sep = ", ";
        }
}

static void rule_text(struct buf *out, unsigned effects)
{
    static const struct {
        unsigned    bit;
        const char *text;
    } texts[] = {
        { OTHER_PERSON, "not whoever handled it 处置人不能核查" }, { IN_TIME, "within `case.reopen_days` 限期内" },
        { ONCE, "once 只一次" }, { COUNTS_REWORK, "counts a rework 返工加一" }, { COUNTS_RETURN, "counts a return 退单加一" },
        { SETTLED, "not before every organisation called has answered or was overruled 被吹哨单位均已答复或免予答复" },
        { ASKS, "one request at a time; waits for approval 待批准，一次一项" },
        { GRANTS, "only what was asked, not one's own request 仅批准他人的申请" },
        { CALLS, "while a call-back waits; not whoever handled, verified or reported it 待回访期间，经办人与上报人不能回访" },
        { COUNTS_APPEAL, "once, within `case.appeal_days` 限期内一次；再次不予受理须由另一人决定" },
        { APPEALS, "once for each closing, within `case.appeal_days` of closing or rating 结案或评价后限期内一次" },
        { DECIDES, "while an appeal waits; not whoever made it or handled the case 待裁定期间，申诉人与处置人不能裁定" },
        { HOLDS, "from then on that level holds it 由该层级持有" },
        { SUPERVISES, "one supervision at a time 一次一项" },
        { ANSWERS, "only under supervision 仅限督办中" }, { LIFTS, "only under supervision 仅限督办中" },
        { HANDS, "only while an organisation has it 仅限有承办单位时" },
        { SILENT, "no step in the story, an audit row 不入经过，入审计" },
    };
    const char *sep = "";
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (effects & texts[i].bit) {
            buf_fmt(out, "%s%s", sep, texts[i].text);
            sep = "; ";
        }
}

void case_states_document(struct buf *out)
{
    buf_z(out, "# States and actions of a case 事项的状态与操作\n\n"
               "Drawn from the table in server/features/case/case.c; a test compares. How long a step may take is said by category and\n"
               "severity on the page 时限: see server/features/clock. While a case is waiting or suspended its clock is stopped, and goes on\n"
               "with what was left; the time limit shown for these two states is the answer's and the review's. The level that holds a case is every\n"
               "one from its place up until it is passed up or down, and from then on the one it was passed to; passed to a level where nobody\n"
               "dispatches it is handled there. A supervision ends when it is lifted or the case ends.\n\n"
               "| state | zh | en | time limit |\n| --- | --- | --- | --- |\n");
    for (int s = CASE_REPORTED; s < CASE_STATE_COUNT; s++) {
        const struct case_state_info *i = case_state_info((enum case_state)s);
        buf_fmt(out, "| %s | %s | %s | %s |\n", i->word, i->zh, i->en, i->limit_en ? i->limit_en : "");
    }
    buf_z(out, "\n| action | zh | en | from | to | who | needs | rules |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for (int a = ACT_REPORT; a < ACT_COUNT; a++) {
        const struct case_act *act = case_act((enum case_action)a);
        buf_fmt(out, "| %s | %s | %s | ", act->word, act->zh, act->en);
        from_text(out, act);
        buf_fmt(out, " | %s | ", act->to ? case_state_info(act->to)->word : "");
        who_text(out, act);
        buf_z(out, " | ");
        needs_text(out, act);
        buf_z(out, " | ");
        rule_text(out, act->effects);
        buf_z(out, " |\n");
    }
    buf_z(out, "\nA closed case has an outcome, which is never just “closed”:");
    for (int o = OUTCOME_RESOLVED; o < OUTCOME_COUNT; o++)
        buf_fmt(out, "%s %s %s", o > OUTCOME_RESOLVED ? "," : "", case_outcome_words[o], case_outcome_name((enum case_outcome)o, true));
    buf_z(out, ".\n");
}
