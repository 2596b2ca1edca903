/* How alike two reports are: near in place, time and words, of one family of categories. Pure: no I/O, no clock, no SQL. Private to this
 * folder and to bench/alike, which measures it on real reports (docs/decisions/duplicates.md). */
#ifndef LINLI_CASE_ALIKE_H
#define LINLI_CASE_ALIKE_H

#include "../../base/clock.h"
#include "../../base/str.h"

/* The words of a text as a set of hashes, sorted: pairs of neighbouring Chinese characters, and words and numbers of other scripts.
 * Pairs with a character that says nothing by itself (的, 了, 请 …) and English words of that kind are left out. */
struct alike_words { const uint32_t *at; size_t n; };
#define ALIKE_WORDS_MOST 512
/* Of the first code points of a folded text (case_fold), as many as make ALIKE_WORDS_MOST words. In the arena. */
struct alike_words alike_words(struct arena *a, struct str folded);
/* 0 to 1: words in common over the geometric mean of both numbers of words; 0 when either has none. */
double alike_words_score(struct alike_words x, struct alike_words y);

/* How the categories are related. */
enum alike_family { ALIKE_OTHER, ALIKE_UNKNOWN, ALIKE_SIBLING, ALIKE_SAME };
/* parent 0: a category without one above is of no family but its own; category 0: not known. */
enum alike_family alike_family(int64_t category, int64_t parent, int64_t other, int64_t other_parent);

struct alike_near {
    double            metres;         /* between them */
    double            metres_most;    /* beyond: not alike */
    ms                apart;          /* between the reports, either way */
    ms                apart_most;     /* beyond: not alike */
    enum alike_family family;
    double            words;          /* alike_words_score */
};
/* 0 to 100; ALIKE_LIKELY and above is shown to people. */
int alike_score(const struct alike_near *n);
#define ALIKE_LIKELY 60

/* Metres between two places, degrees × 10,000,000. Good for the distances of a district. */
double alike_metres(int64_t lon_e7, int64_t lat_e7, int64_t lon2_e7, int64_t lat2_e7);

#endif
