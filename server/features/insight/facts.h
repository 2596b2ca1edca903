/* What is counted of a case, as a pure function of its story. No I/O, no clock, no SQL. Private to this folder. */
#ifndef LINLI_INSIGHT_FACTS_H
#define LINLI_INSIGHT_FACTS_H

#include "insight.h"
#include "../case/case.h"

/* Bits are stored: append only. */
enum fact {
    FACT_FILED = 1,             /* accepted, or handled on the spot */
    FACT_RIGHT = 1 << 1,        /* the first organisation neither returned it nor was it sent elsewhere */
    FACT_RETURNED = 1 << 2,
    FACT_FIRST = 1 << 3,        /* of a dispatch: the first one */
    FACT_LATE = 1 << 4,         /* reported as handled after its limit, once or more */
    FACT_EXTENDED = 1 << 5,
    FACT_REWORKED = 1 << 6,
    FACT_CLOSED = 1 << 7,
    FACT_REJECTED = 1 << 8,
    FACT_BEYOND = 1 << 9,       /* closed as beyond powers */
    FACT_LEFT = 1 << 10,        /* counted, and left out of scores; of what the reporter said also when out of reach */
    FACT_UNREACHED = 1 << 11,
    FACT_VALID = 1 << 12,
    FACT_RESOLVED = 1 << 13,
    FACT_STARRED = 1 << 14,
    FACT_SATISFIED = 1 << 15,
    FACT_ASKED = 1 << 16,
    FACT_CONTACTED = 1 << 17,
    FACT_UPHELD = 1 << 18,
    FACT_IN_TIME = 1 << 19      /* all calls by whistle answered in time */
};

/* A mark: a case is counted on a day. */
enum mark_kind {
    MARK_NONE, MARK_REPORTED, MARK_DISPATCHED, MARK_DUE, MARK_CHECKED, MARK_ENDED, MARK_RATED, MARK_CALLED, MARK_WHISTLED, MARK_APPEALED,
    MARK_COUNT
};

/* An organisation it was dispatched to. The first stands at the beginning, and its day is the case's own; further ones in no order. */
struct turn { int64_t org, day, bits; };
#define TURN_BITS (FACT_RIGHT | FACT_RETURNED | FACT_FIRST)   /* what may hold of one; the first alone has FACT_FIRST, like its case */
#define TURNS_MOST 16   /* further organisations of one case are not counted for themselves */

/* Days since 1970-01-01 in the district's zone; 0: it has not happened. */
struct facts {
    int64_t     case_id, area, category, holder, state, bits, dispatches, answers;
    int64_t     reported, dispatched, due, checked, ended, rated, called, whistled, appealed;
    int64_t     limit;   /* hour in which that of the present step ends, counted as the days are */
    struct turn turns[TURNS_MOST];
    size_t      turn_count;
};

/* Whether the story so far is known: only then is what follows counted. */
bool facts_known(const struct facts *f);
/* One step further; then, after the last, the case as it stands. */
void facts_step(struct facts *f, const struct case_kept_step *s, int zone_minutes);
void facts_now(struct facts *f, const struct case_kept *now, int zone_minutes);
bool facts_same(const struct facts *x, const struct facts *y);

struct mark { int64_t kind, day, org, area, category, bits; };
#define MARKS_MOST (MARK_COUNT + TURNS_MOST)
/* Whether a case's own mark counts for the organisation that has it. Reports and dispatches are its area's alone: each organisation it was dispatched to
 * has a mark of its own. */
bool facts_of_holder(enum mark_kind kind);
/* A mark of the case itself. */
struct mark facts_mark(enum mark_kind kind, int64_t day, int64_t area, int64_t category, int64_t holder, int64_t bits);
/* The days on which the case is counted, in order of kind, day and organisation. */
size_t facts_marks(const struct facts *f, struct mark out[MARKS_MOST]);

/* What one case adds to the counters of its area (org 0) and of the organisations. What is open is counted on the day of its report, so that a
 * sum over all time says how things stand. */
struct share { int64_t area, category, org, day, hour; int counter, n; };   /* hour 0: not counted by the hour */
#define SHARES_MOST 320   /* of two facts of one case */
/* Appends with the sign; returns the new length. */
size_t facts_shares(const struct facts *f, int sign, struct share *out, size_t n);

/* ---- the table: figures.c ---- */

/* Columns of insight_sum. */
enum counter {
#define MEASURE(word, ...) COUNT_##word,
#define FIGURE(...)
#include "insight.def"
#undef MEASURE
#undef FIGURE
    MEASURES,
    COUNT_open_reported = MEASURES, COUNT_open_due,
    COUNT_in_reported, COUNT_in_waiting, COUNT_in_accepted, COUNT_in_dispatched, COUNT_in_handling, COUNT_in_handled, COUNT_in_suspended,
    COUNTERS
};

struct measure { const char *word; enum mark_kind kind; int64_t mask, want; const char *zh, *en; };
extern const struct measure insight_measures[MEASURES];

enum figure_source { SOURCE_STANDARD, SOURCE_FIELD };
struct figure {
    const char        *word;
    enum counter       part, whole;
    int                better;
    const char        *zh, *en, *part_zh, *whole_zh, *part_en, *whole_en, *left_zh, *left_en;
    enum figure_source source;
};
enum figure_word {
#define MEASURE(...)
#define FIGURE(word, ...) FIGURE_##word,
#include "insight.def"
#undef MEASURE
#undef FIGURE
    FIGURES
};
extern const struct figure insight_figures[FIGURES];
const char *figure_source_name(enum figure_source s, bool chinese);

/* part / whole in hundredths of a percent, rounded half up; -1: whole is 0. */
int64_t figure_rate(int64_t part, int64_t whole);
/* A combined score from rates (-1: none) and weights, hundredths of a point; figures without a rate are left out; -1: nothing is left. */
int64_t figure_score(const int64_t rates[FIGURES], const int64_t weights[FIGURES]);
/* Prints docs/figures.md. */
void    figures_document(struct buf *out);

/* ---- days ---- */

#define DAY_HOURS 24
int64_t day_at(ms t, int zone_minutes);
int64_t hour_at(ms t, int zone_minutes);   /* since 1970-01-01; DAY_HOURS of them make a day */
ms      day_begin(int64_t day, int zone_minutes);
ms      hour_begin(int64_t hour, int zone_minutes);
int64_t day_month(int64_t day);            /* first day of its month */
int64_t day_next_month(int64_t month);     /* first day of the month after */
bool    day_parse(struct str text, int64_t *day);   /* YYYY-MM-DD */
struct str day_text(struct arena *a, int64_t day);

#endif
