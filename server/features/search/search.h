/* search: words, the index of the cases' words, and one question over everything a person may see. How it is cut and why: README.md.
 *
 * This feature knows no other's tables. Whoever owns things that can be found puts their words in (search_put) and answers for one group of the
 * result (search_group); what the caller may see is decided there, by the owner. */
#ifndef LINLI_SEARCH_H
#define LINLI_SEARCH_H

#include "../../http/app.h"

extern const struct feature search_feature;

/* ---- words ---- */

/* Folds for matching: ASCII to lower case, full-width forms to ASCII, runs of white space to one blank. */
struct str search_fold(struct arena *a, struct str s);

/* Part of a folded text, for LIKE … ESCAPE '\\': signs with a meaning there lose it. */
struct str search_like(struct arena *a, struct str folded);

/* The words of a folded text as they go into the index, separated by blanks: of Chinese (and kana, hangul) every pair of neighbours and the last
 * of a run alone; of everything else runs of letters and digits, at most 40 bytes of each. */
struct str search_words(struct arena *a, struct str folded);

/* What somebody typed. */
struct search_query {
    struct strs words;      /* as people read them: ICU's cut of the folded text; each must stand in the folded text of what is found */
    struct str  match;      /* for search_find; STR_NONE: single letters only, which the index does not help to find */
    struct str  text;       /* the whole text, folded; for names */
    bool        open;       /* the last word may go on: it is still being typed */
};
/* text: as typed. Words such as 的 are left out when there are others. At most 12 words count. */
struct search_query search_read(struct arena *a, struct str text);
/* All words stand in the folded text; of Latin words at least their beginning. */
bool search_fits(const struct search_query *q, struct str folded);
/* false: these texts, folded one behind the other, do not fit; that shows without folding them. */
bool search_may_fit(const struct search_query *q, const struct str *texts, size_t n);

/* ---- the index of cases ---- */

struct search_case {
    int64_t    id;
    struct str folded;         /* number, text and address, folded */
    int64_t    area;           /* deepest area; 0: none */
    int64_t    org;            /* organisation that has it now; 0: none */
    struct str contact_hash;   /* keyed hash of the reporter's telephone; STR_NONE: none */
};
/* Puts a case in, or takes it out with exactly what was put. Inside a write: it happens with the commit of the group. */
void search_put(struct db_conn *c, int64_t tenant, const struct search_case *in);
void search_remove(struct db_conn *c, int64_t tenant, const struct search_case *was);

/* Ids of cases in the index, in order. Where words are numbers (PostgreSQL) two may share one, so hardly ever, but possibly, one of them does not hold what
 * was asked for: the caller looks at the row, at its text, where it is and who has it. */
struct search_range {
    struct str match;          /* of search_read or search_contact */
    struct ids areas;          /* only cases whose deepest area is one of these; len 0: anywhere. At most SEARCH_UNITS_MOST */
    struct ids orgs;           /* only cases that one of these organisations has; len 0: whoever has them. At most SEARCH_UNITS_MOST */
    int64_t    below, above;   /* exclusive bounds of the id */
    bool       oldest_first;
    size_t     most;
};
#define SEARCH_UNITS_MOST 500   /* each costs some 20 µs of every question, whether it has cases or not */
MUST err search_find(struct db_conn *c, struct arena *a, int64_t tenant, const struct search_range *in, int64_t *ids, size_t *n);
/* A match for this telephone; the caller compares the hash of what is found. */
struct str search_contact(struct arena *a, struct str contact_hash);

/* Cases with a smaller id are not in the index yet, because they were there before it; 0: all are. */
MUST err search_filled(struct db_conn *c, int64_t tenant, int64_t *below);

/* What the filling job asks the owner of the cases for: the `most` cases next below `below`, newest first. */
struct search_source {
    err (*next)(struct db_conn *c, struct arena *a, int64_t tenant, int64_t below, size_t most, struct list *out /* struct search_case */);
};
void search_source_set(struct app *app, const struct search_source *source);

/* For `linli doctor`: looks at cases across all time; *missing of *looked are not found by their words. */
MUST err search_check(struct app *app, struct db_conn *c, struct arena *a, int64_t *looked, int64_t *missing);

/* ---- one question over everything ---- */

struct search_hit {
    int64_t    id;
    struct str title, excerpt, note, code, state;   /* those that do not apply: STR_NONE */
    ms         at;
};
struct search_group {
    const char *kind;          /* case, area, org, person, category */
    int         rank;          /* groups are answered in ascending order of it */
    /* The caller's best hits, at most `most`; *more: there are further ones. Leaves both empty when the caller may see none of the kind. */
    err       (*find)(struct req *r, const struct search_query *q, size_t most, struct list *out /* struct search_hit */, bool *more);
};
void search_group_add(struct app *app, const struct search_group *group);

/* About 60 letters around the first of the words in a text. */
struct str search_excerpt(struct arena *a, const struct search_query *q, struct str text);

/* For a district that is erased, inside a write: its newest `most` cases leave the index. *from: the lowest of them; 0: there are none. Whoever
 * calls erases these cases in the same write, so that none leaves twice. */
MUST err search_withdraw(struct db_conn *c, struct arena *a, int64_t tenant, const struct search_source *source, size_t most, int64_t *from);

/* For a district that has come from elsewhere, inside a write: all its cases are put into the index by the job. The name of that job, and the table
 * that says how far it is: neither travels. */
#define SEARCH_FILL_JOB   "search.fill"
#define SEARCH_FILL_TABLE "search_fill"
MUST err search_refill(struct db_conn *c, int64_t tenant);

#endif
