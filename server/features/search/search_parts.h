/* What the files of this folder share. Private. */
#ifndef LINLI_SEARCH_PARTS_H
#define LINLI_SEARCH_PARTS_H

#include "search.h"

#define SEARCH_WORD_MOST 40   /* bytes of a word in the index */
#define GROUPS_MOST      8

/* Before each word of a district other than the first: SQLite's index cannot be asked for one district's rows, so words are the district's own,
 * also where two districts' cases have the same id. */
#define SEARCH_DISTRICT_SIGN "\xEE\x80\x83"

/* search_words.c: bytes of the shortest beginning of a word of the index that a question may have; 0: it is asked for as a whole alone. */
size_t search_beginning_least(struct str word);

/* search_numbers.c: words as PostgreSQL holds them, behind a district's sign; texts of an INTEGER[].
 * words: parted by blanks. Each with its beginnings, every number once, in ascending order: of the same words always the same text.
 * match: what stands between its quotes; with a star behind it a beginning. */
int32_t    search_number(struct str sign, struct str word, bool beginning);
struct str search_numbers(struct arena *a, struct str sign, struct str words);
struct str search_numbers_asked(struct arena *a, struct str sign, struct str match);

struct search_state {
    struct arena               *arena;
    const struct search_source *source;
    const struct search_group  *groups[GROUPS_MOST];
    size_t                      group_count;
};
struct search_state *search_state_of(struct app *app);

/* How far the filling has come. below 0: there is nothing to fill. */
struct search_progress { int64_t below, done, total; };
MUST err search_progress_read(struct db_conn *c, int64_t tenant, struct search_progress *out);
MUST err search_progress_write(struct db_conn *c, int64_t tenant, const struct search_progress *p);
/* One case at once, without waiting for the end of the group: for writes of their own that go through cases in order. */
MUST err search_put_now(struct db_conn *c, struct arena *a, int64_t tenant, const struct search_case *in);

extern const struct job_kind search_fill_kind;   /* search_fill.c */
extern const struct route    search_routes[];    /* search_http.c */

#endif
