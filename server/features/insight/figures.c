/* figures.c: the table of measures and figures, the arithmetic, and docs/figures.md. Pure. */
#include "facts.h"

const struct measure insight_measures[MEASURES] = {
#define MEASURE(word_, kind_, mask_, want_, zh_, en_) [COUNT_##word_] = { #word_, kind_, mask_, want_, zh_, en_ },
#define FIGURE(...)
#include "insight.def"
#undef MEASURE
#undef FIGURE
};

#define STANDARD SOURCE_STANDARD
#define FIELD    SOURCE_FIELD
const struct figure insight_figures[FIGURES] = {
#define MEASURE(...)
#define FIGURE(word_, part_, whole_, better_, zh_, en_, part_zh_, whole_zh_, part_en_, whole_en_, left_zh_, left_en_, source_)                  \
    [FIGURE_##word_] = { #word_, COUNT_##part_, COUNT_##whole_, better_, zh_, en_, part_zh_, whole_zh_, part_en_, whole_en_, left_zh_, left_en_, \
                         source_ },
#include "insight.def"
#undef MEASURE
#undef FIGURE
};
#undef STANDARD
#undef FIELD

const char *figure_source_name(enum figure_source s, bool chinese)
{
    static const char *const names[][2] = {
        [SOURCE_STANDARD] = { "数字化城市管理绩效评价的公式", "formula of the evaluation of digital urban management" },
        [SOURCE_FIELD] = { "各地通行做法，未见于国家标准", "practice of the field; no national standard states it" },
    };
    return names[s][chinese ? 0 : 1];
}

/* ---- arithmetic ---- */

int64_t figure_rate(int64_t part, int64_t whole)
{
    return whole > 0 ? (part * 20000 + whole) / (2 * whole) : -1;
}

int64_t figure_score(const int64_t rates[FIGURES], const int64_t weights[FIGURES])
{
    int64_t sum = 0, all = 0;
    for (int i = 0; i < FIGURES; i++) {
        if (rates[i] < 0 || weights[i] <= 0)
            continue;
        sum += weights[i] * (insight_figures[i].better < 0 ? 10000 - rates[i] : rates[i]);
        all += weights[i];
    }
    return all ? (2 * sum + all) / (2 * all) : -1;
}

/* ---- docs/figures.md ---- */

static void figure_section(struct buf *b, const struct figure *f)
{
    buf_fmt(b, "\n### %s · %s (`%s`)\n\n", f->zh, f->en, f->word);
    buf_fmt(b, "%s = %s ÷ %s\n\n", f->zh, insight_measures[f->part].zh, insight_measures[f->whole].zh);
    buf_fmt(b, "- 分母：%s\n- 分子：%s\n- 不计入：%s\n- 依据：%s\n\n", f->whole_zh, f->part_zh, f->left_zh, figure_source_name(f->source, true));
    buf_fmt(b, "%s = %s ÷ %s\n\n", f->en, insight_measures[f->part].en, insight_measures[f->whole].en);
    buf_fmt(b, "- Denominator: %s\n- Numerator: %s\n- Left out: %s\n- Source: %s\n", f->whole_en, f->part_en, f->left_en,
            figure_source_name(f->source, false));
}

static void kinds_of_marks(struct buf *b)
{
    static const struct { enum mark_kind kind; const char *zh, *en; } kinds[] = {
        { MARK_REPORTED, "上报之日", "day of the report" },
        { MARK_DISPATCHED, "首次派遣之日（对单位：首次派给它之日）", "day of the first dispatch (for an organisation: to it)" },
        { MARK_DUE, "处置时限届满之日；延期后为新时限之日；未签收的为签收时限之日",
          "day on which the limit of handling ends, as extended; before it is signed for, that of signing" },
        { MARK_CHECKED, "第一次核查之日", "day of the first verification" },
        { MARK_ENDED, "结案或不予受理之日；重新办理后不再计", "day of closing or rejection; not once it is reopened" },
        { MARK_RATED, "评价或回访之日；重新办理后不再计", "day of the rating or call-back; not once it is reopened" },
        { MARK_CALLED, "最后一次回访之日", "day of the last call-back" },
        { MARK_WHISTLED, "第一次吹哨之日", "day of the first whistle" },
        { MARK_APPEALED, "申诉认定之日", "day on which the appeal was decided" },
    };
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        buf_fmt(b, "| %s · %s |", kinds[k].zh, kinds[k].en);
        const char *gap = " ";
        for (int i = 0; i < MEASURES; i++)
            if (insight_measures[i].kind == kinds[k].kind) {
                buf_fmt(b, "%s%s %s", gap, insight_measures[i].zh, insight_measures[i].en);
                gap = "; ";
            }
        buf_z(b, " |\n");
    }
}

void figures_document(struct buf *b)
{
    buf_z(b, "# 指标 Figures\n\n"
             "由 `server/features/insight/insight.def` 生成；计数、接口、页面上的说明与本页出自同一张表。\n\n"
             "Drawn from `server/features/insight/insight.def`, as are the counters, the API and the explanations on the page.\n\n"
             "每件事项在每个指标里至多计一次，计在下表所说的那一天（本区时区）。区域的数包括其下各级；事项改到别处，它的数随之改到别处。"
             "单位的数是现在或最后由它办理的事项，派遣与退单另按派给过的每个单位计。"
             "超出职权、联系不上、申诉成立的事项照样计数，但不进各率。不给人排名，不给居民打分。\n\n"
             "A case counts at most once in each figure, on the day that the table names, in the district's time zone. The numbers of an area hold all "
             "below it; a case that is found to lie elsewhere takes its numbers along. The numbers of an organisation are of the cases it has, or had last; "
             "dispatches and returns are counted for each organisation it was dispatched to. Cases beyond powers, out of reach or with an upheld appeal are "
             "counted all the same and scored in no rate. No person is ranked, and nothing is computed about residents.\n\n"
             "例 Example: 911 ÷ 972 = 93.72 %, 737 ÷ 972 = 75.82 %（四舍五入到百分之一，rounded half up）。\n\n"
             "| 计在哪一天 · counted on | 数 · counts |\n| --- | --- |\n");
    kinds_of_marks(b);
    buf_z(b, "\n`overdue` 逾期在办 is what is open and past the limit of its present step at the moment of asking; "
             "`open` 在办 is what is neither closed, rejected nor merged.\n\n## 各率 Rates\n");
    for (int i = 0; i < FIGURES; i++)
        figure_section(b, &insight_figures[i]);
    buf_z(b, "\n## 综合得分 Combined score\n\n"
             "得分 = Σ 权重 × 率 ÷ Σ 权重，越低越好的率取 100 % 减去它；没有分母的率不参与。权重是带日期的设置 `insight.weights`，"
             "一个时期按其第一天有效的权重计，事后改权重不改过去。\n\n"
             "score = Σ weight × rate ÷ Σ weight; of a rate that is better when low, 100 % less it; a rate without a denominator takes no part. The weights are the dated "
             "setting `insight.weights`: a period is scored with those in force on its first day, so that later ones leave the past as it was.\n\n"
             "## 历史 History\n\n"
             "本版本以前的环节没有记下时限，升级后补计的旧事项因此不进按期率、办结率与延期率。\n\n"
             "Steps from before this version did not note their limits: older cases counted after an upgrade are in no rate that has due cases as its denominator, unless "
             "their handling is under way.\n");
}
