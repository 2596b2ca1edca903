/* How well the likeness of reports tells duplicates, on labelled rows from standard input; bench/alike.mjs feeds it from the real data.
 *
 *   alike marked   rows: time, lon × 10^7, lat × 10^7, category, parent, marked (0 or 1), place, text. In order of time; each is compared with
 *                  the earlier ones as the server does. Prints: threshold, found right, found wrong, missed, and of the found right those of which
 *                  one of the same place was found.
 *   alike pairs    rows: 1 or 0, text, text. Prints the likeness of the words and the label, a line each.
 *   alike near     rows: key, text. Prints every pair of which the words are alike by 0.1 or more: keys and likeness. */
#include <stdio.h>
#include <stdlib.h>

#include "../server/features/case/case_alike.h"
#include "../server/features/case/case_rules.h"

struct row { ms at; int64_t lon, lat, category, parent, place; int marked; struct str key; struct alike_words words; };

#define ROWS_MOST 40000
#define METRES    150.0
#define DAYS      (30 * MS_DAY)

static int64_t number(struct str *rest)
{
    int64_t n = 0;
    return str_to_i64(str_cut(rest, '\t'), &n) ? n : 0;
}

static int best_before(const struct row *rows, size_t n, int *best_there)
{
    int best = 0;
    *best_there = 0;
    for (size_t i = 0; i < n; i++) {
        double metres = alike_metres(rows[n].lon, rows[n].lat, rows[i].lon, rows[i].lat);
        if (metres > METRES)
            continue;
        struct alike_near near = { metres, METRES, rows[n].at - rows[i].at, DAYS,
                                   alike_family(rows[n].category, rows[n].parent, rows[i].category, rows[i].parent),
                                   alike_words_score(rows[n].words, rows[i].words) };
        int               score = alike_score(&near);
        best = score > best ? score : best;
        *best_there = rows[i].place == rows[n].place && score > *best_there ? score : *best_there;
    }
    return best;
}

static void marked(const struct row *rows, size_t n)
{
    static int by[2][101], there[101];
    for (size_t i = 0; i < n; i++) {
        int best_there;
        by[rows[i].marked][best_before(rows, i, &best_there)]++;
        there[best_there] += rows[i].marked;
    }
    for (int t = 40; t <= 95; t += 5) {
        int right = 0, wrong = 0, missed = 0, same = 0;
        for (int s = 0; s <= 100; s++) {
            right += s >= t ? by[1][s] : 0;
            wrong += s >= t ? by[0][s] : 0;
            missed += s < t ? by[1][s] : 0;
            same += s >= t ? there[s] : 0;
        }
        printf("%d %d %d %d %d\n", t, right, wrong, missed, same);
    }
}

static void near(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++) {
            double s = alike_words_score(rows[i].words, rows[k].words);
            if (s >= 0.1)
                printf("%.*s\t%.*s\t%.3f\n", STR_ARG(rows[i].key), STR_ARG(rows[k].key), s);
        }
}

static struct alike_words words_of(struct arena *a, struct str text)
{
    return alike_words(a, case_fold(a, text));
}

int main(int argc, char **argv)
{
    struct str    mode = argc == 2 ? str_of(argv[1]) : STR("");
    struct arena *a = arena_new(1 << 20);
    struct row   *rows = ARENA_ARRAY(a, ROWS_MOST, struct row);
    char         *line = NULL;
    size_t        room = 0, n = 0;
    ssize_t       got;
    if (!str_is(mode, "marked") && !str_is(mode, "pairs") && !str_is(mode, "near")) {
        fprintf(stderr, "usage: alike marked|pairs|near <rows\n");
        return 2;
    }
    while (n < ROWS_MOST && (got = getline(&line, &room, stdin)) > 0) {
        struct str rest = str_copy(a, str_trim((struct str){ line, (size_t)got }));
        if (str_is(mode, "pairs")) {
            struct str label = str_cut(&rest, '\t'), x = str_cut(&rest, '\t');
            printf("%.*s %.3f\n", STR_ARG(label), alike_words_score(words_of(a, x), words_of(a, rest)));
        } else if (str_is(mode, "near")) {
            rows[n].key = str_cut(&rest, '\t');
            rows[n++].words = words_of(a, rest);
        } else {
            struct row *r = &rows[n++];
            r->at = number(&rest);
            r->lon = number(&rest);
            r->lat = number(&rest);
            r->category = number(&rest);
            r->parent = number(&rest);
            r->marked = number(&rest) != 0;
            r->place = number(&rest);
            r->words = words_of(a, rest);
        }
    }
    if (str_is(mode, "marked"))
        marked(rows, n);
    else if (str_is(mode, "near"))
        near(rows, n);
    free(line);
    arena_free(a);
    return 0;
}
