/* Category suggestion, learnt and tried on real messages to an authority: the labelled texts of ../shared/data/zh-gov-messages (local use; see its
 * README), seven labels. Prints accuracy, macro F1, calibration and time, beside a naive Bayes over pairs of letters on the same split.
 *
 *   bench/suggest [FOLDER]
 *
 * The same message often stands in the data more than once: cut into words in one file, whole in the other, sent again by the same people. Texts
 * whose pairs of letters are to four fifths those of another are one message here: one of them is tried, and none of the others is learnt from
 * while it is. Five folds by message; each message is tried once, by a model that has seen nothing of it. The other splits are those of the
 * collection as it is. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

#include "../server/features/suggest/suggest.h"

#define TEXTS_MOST 8000
#define LABELS     7
#define FOLDS      5
#define WORDS      128   /* of 64 bits: a set of pairs, as bits by hash */

static const char *const labels[LABELS] = { "城乡建设", "劳动和社会保障", "教育文体", "商贸旅游", "环境保护", "卫生计生", "交通运输" };

static struct suggest_sample texts[TEXTS_MOST];
static uint64_t              sets[TEXTS_MOST][WORDS];
static int                   sizes[TEXTS_MOST], message[TEXTS_MOST];
static size_t                count;
static struct arena         *arena;

/* ---- reading ---- */

static struct str whole(const char *path)
{
    gzFile f = gzopen(path, "rb");
    if (!f)
        return STR_NONE;
    struct buf b = buf_new(arena, 0);
    char       some[1 << 16];
    for (int n; (n = gzread(f, some, sizeof some)) > 0;)
        buf_add(&b, some, (size_t)n);
    gzclose(f);
    return buf_view(&b);
}

/* The letters of a field of a CSV; *at moves to what ended it. */
static struct str field_text(struct str all, size_t *at)
{
    struct buf b = buf_new(arena, 0);
    bool       quoted = *at < all.len && all.ptr[*at] == '"';
    for (*at += quoted; *at < all.len; ++*at) {
        char c = all.ptr[*at];
        bool twice = c == '"' && *at + 1 < all.len && all.ptr[*at + 1] == '"';
        if (quoted ? c == '"' && !twice : strchr(",\n\r", c) != NULL)
            break;
        *at += quoted && twice;
        buf_byte(&b, c);
    }
    *at += quoted;
    return buf_view(&b);
}

/* One field; *at moves behind it. True when it ended its row. */
static bool field(struct str all, size_t *at, struct str *out)
{
    *out = field_text(all, at);
    while (*at < all.len && all.ptr[*at] == '\r')
        ++*at;
    bool end = *at >= all.len || all.ptr[*at] == '\n';
    ++*at;
    return end;
}

/* Rows of a file: text is columns `from` to `to` together, the label its last column. */
static void read_file(struct str all, int from, int to)
{
    size_t at = 0;
    for (bool head = true; at < all.len; head = false) {
        struct buf text = buf_new(arena, 0);
        struct str cell = STR_NONE;
        bool       end = false;
        for (int column = 0; !end; column++) {
            end = field(all, &at, &cell);
            if (!end && column >= from && column <= to && column != 3) {   /* 3: the time */
                buf_str(&text, cell);
                buf_byte(&text, ' ');
            }
        }
        for (int k = 0; !head && k < LABELS && count < TEXTS_MOST; k++)
            if (str_is(str_trim(cell), labels[k]))
                texts[count++] = (struct suggest_sample){ buf_view(&text), k + 1 };
    }
}

/* ---- one message, however often ---- */

static size_t letter(unsigned char c)
{
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

static uint32_t pair(const char *p, size_t n)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * 16777619u;
    return h ^ h >> 15;
}

/* Calls fn with the hash of each pair of neighbouring Chinese letters. */
static void each_pair(struct str t, void (*fn)(uint32_t hash, void *arg), void *arg)
{
    for (size_t i = 0; i + 6 <= t.len; i += letter((unsigned char)t.ptr[i]))
        if (letter((unsigned char)t.ptr[i]) == 3 && letter((unsigned char)t.ptr[i + 3]) == 3)
            fn(pair(t.ptr + i, 6), arg);
}

static void add_bit(uint32_t hash, void *arg)
{
    uint64_t *set = arg;
    set[hash / 64 % WORDS] |= UINT64_C(1) << hash % 64;
}

static int root_of(int i)
{
    while (message[i] != i)
        i = message[i] = message[message[i]];
    return i;
}

static void find_messages(void)
{
    for (size_t i = 0; i < count; i++) {
        each_pair(texts[i].text, add_bit, sets[i]);
        for (int w = 0; w < WORDS; w++)
            sizes[i] += __builtin_popcountll(sets[i][w]);
        message[i] = (int)i;
    }
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++) {
            int common = 0, least = sizes[i] < sizes[k] ? sizes[i] : sizes[k];
            for (int w = 0; w < WORDS; w++)
                common += __builtin_popcountll(sets[i][w] & sets[k][w]);
            if (least >= 8 && common * 5 >= least * 4)
                message[root_of((int)i)] = root_of((int)k);
        }
}

static int fold_of(size_t i)
{
    return (int)(((uint32_t)root_of((int)i) * 2654435761u >> 8) % FOLDS);
}

/* ---- naive Bayes over pairs, to stand beside ---- */

#define NB_BUCKETS (1 << 18)
static float nb[NB_BUCKETS][LABELS];
static float nb_total[LABELS], nb_texts[LABELS];

static void nb_count(uint32_t hash, void *arg)
{
    int k = *(int *)arg;
    nb[hash % NB_BUCKETS][k]++;
    nb_total[k]++;
}

struct nb_sum { double z[LABELS]; };

static void nb_add(uint32_t hash, void *arg)
{
    struct nb_sum *s = arg;
    for (int k = 0; k < LABELS; k++)
        s->z[k] += log((nb[hash % NB_BUCKETS][k] + 0.5) / (nb_total[k] + 0.5 * 60000));
}

static int nb_guess(struct str t)
{
    struct nb_sum s;
    int           best = 0;
    for (int k = 0; k < LABELS; k++)
        s.z[k] = log(nb_texts[k] + 1);
    each_pair(t, nb_add, &s);
    for (int k = 1; k < LABELS; k++)
        best = s.z[k] > s.z[best] ? k : best;
    return best;
}

/* ---- figures ---- */

struct figures {
    int    right, tried, hit[LABELS], guessed[LABELS], there[LABELS], as[LABELS][LABELS], bin[10], first3;
    double bin_sum[10], bin_right[10], learning, guessing;
};

static void note(struct figures *f, int truth, int guess)
{
    f->tried++;
    f->right += truth == guess;
    f->there[truth]++;
    f->guessed[guess]++;
    f->as[truth][guess]++;
    f->hit[truth] += truth == guess;
}

static double macro_f1(const struct figures *f)
{
    double sum = 0;
    for (int k = 0; k < LABELS; k++)
        sum += 2.0 * f->hit[k] / (f->there[k] + f->guessed[k] + 1e-9);
    return sum / LABELS;
}

static double ece(const struct figures *f)
{
    double sum = 0;
    for (int b = 0; b < 10; b++)
        sum += fabs(f->bin_sum[b] - f->bin_right[b]);
    return sum / f->tried;
}

static double micros(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* ---- splits ---- */

static size_t cut;                        /* so many texts are cut into words; the others are whole */
static bool   is_whole_too[TEXTS_MOST];   /* by message: a copy of it is whole */

static bool is_first(size_t i)
{
    return root_of((int)i) == (int)i;
}

static int text_fold(size_t i)
{
    return (int)(((uint32_t)i * 2654435761u >> 8) % FOLDS);
}

/* What is tried in a fold, and what is learnt from for it. */
static bool by_message_tries(size_t i, int fold) { return is_first(i) && fold_of(i) == fold; }
static bool by_message_learns(size_t i, int fold) { return is_first(i) && fold_of(i) != fold; }
static bool by_text_tries(size_t i, int fold) { return text_fold(i) == fold; }
static bool by_text_learns(size_t i, int fold) { return text_fold(i) != fold; }
static bool whole_ones(size_t i, int fold) { return i >= cut && !fold; }
static bool cut_ones(size_t i, int fold) { return i < cut && !fold; }
/* The cut ones of which no copy is whole. */
static bool unseen_ones(size_t i, int fold) { return i < cut && !fold && !is_whole_too[root_of((int)i)]; }

struct split { const char *name; int folds; bool (*learns)(size_t i, int fold), (*tries)(size_t i, int fold); };
static const struct split splits[] = {
    { "by message, five folds", FOLDS, by_message_learns, by_message_tries },
    { "by text, five folds: copies on both sides", FOLDS, by_text_learns, by_text_tries },
    { "learnt from the cut, tried on the whole: copies on both sides", 1, cut_ones, whole_ones },
    { "learnt from the whole, tried on the cut: copies on both sides", 1, whole_ones, cut_ones },
    { "learnt from the whole, tried on the cut without a copy", 1, whole_ones, unseen_ones },
};

static void try_one(const struct suggest_model *m, size_t i, struct figures *f)
{
    struct suggest_guess g[SUGGEST_GUESSES];
    struct arena_mark    mark = arena_mark(arena);
    size_t               n = suggest_guess(m, arena, texts[i].text, g);
    int                  truth = (int)texts[i].label - 1, b = n ? (int)(g[0].confidence * 10) : 0;
    b = b > 9 ? 9 : b;
    note(f, truth, n ? (int)g[0].label - 1 : 0);
    f->bin[b]++;
    f->bin_sum[b] += n ? g[0].confidence : 0;
    f->bin_right[b] += n && g[0].label - 1 == truth;
    for (size_t k = 0; k < n; k++)
        f->first3 += g[k].label - 1 == truth;
    arena_rewind(arena, mark);
}

static size_t collect(const struct split *s, int fold, struct suggest_sample *in)
{
    size_t n = 0;
    memset(nb, 0, sizeof nb);
    memset(nb_total, 0, sizeof nb_total);
    memset(nb_texts, 0, sizeof nb_texts);
    for (size_t i = 0; i < count; i++)
        if (s->learns(i, fold)) {
            int k = (int)texts[i].label - 1;
            in[n++] = texts[i];
            each_pair(texts[i].text, nb_count, &k);
            nb_texts[k]++;
        }
    return n;
}

static void one_fold(const struct split *s, int fold, struct figures *ours, struct figures *bayes)
{
    struct suggest_sample *in = ARENA_ARRAY(arena, count, struct suggest_sample);
    size_t                 n = collect(s, fold, in);
    struct arena          *scratch = arena_new(1 << 20);
    double                 began = micros();
    struct suggest_model  *m = suggest_learn(scratch, in, n, &(struct suggest_limits){ 0 });
    ours->learning += micros() - began;
    arena_free(scratch);
    began = micros();
    for (size_t i = 0; i < count; i++)
        if (s->tries(i, fold))
            try_one(m, i, ours);
    ours->guessing += micros() - began;
    for (size_t i = 0; i < count; i++)
        if (s->tries(i, fold))
            note(bayes, (int)texts[i].label - 1, nb_guess(texts[i].text));
    suggest_forget(m);
}

static void print_split(const struct split *s, const struct figures *ours, const struct figures *bayes)
{
    printf("| %s | %d | %.1f %%, %.3f | %.1f %%, %.3f | %.1f %% | %.3f | %.0f µs | %.1f s |\n", s->name, ours->tried, 100.0 * bayes->right / bayes->tried,
           macro_f1(bayes), 100.0 * ours->right / ours->tried, macro_f1(ours), 100.0 * ours->first3 / ours->tried, ece(ours),
           ours->guessing / ours->tried, ours->learning / s->folds / 1e6);
    fflush(stdout);
}

/* ---- what is wrong, and why ---- */

static void print_tenths(const struct figures *f)
{
    printf("\nsaid, and true:");
    for (int b = 0; b < 10; b++)
        if (f->bin[b])
            printf(" %.2f→%.2f (%d)", f->bin_sum[b] / f->bin[b], f->bin_right[b] / f->bin[b], f->bin[b]);
    printf("\n\n| label, guessed as |");
    for (int k = 0; k < LABELS; k++)
        printf(" %s |", labels[k]);
    printf("\n| --- |");
    for (int k = 0; k < LABELS; k++)
        printf(" ---: |");
    for (int t = 0; t < LABELS; t++) {
        printf("\n| %s |", labels[t]);
        for (int g = 0; g < LABELS; g++)
            printf(" %d |", f->as[t][g]);
    }
    printf("\n");
}

/* Copies of one message that people filed under different labels: so far apart are they themselves. */
static void print_copies(void)
{
    int copies = 0, other = 0;
    for (size_t i = 0; i < count; i++)
        if (!is_first(i)) {
            copies++;
            other += texts[i].label != texts[root_of((int)i)].label;
        }
    printf("\nof %d further copies of a message %d bear another label than its first\n", copies, other);
}

int main(int argc, char **argv)
{
    char        path[600];
    const char *folder = argc > 1 ? argv[1] : "../shared/data/zh-gov-messages";
    size_t      messages = 0;
    arena = arena_new(1 << 24);
    snprintf(path, sizeof path, "%s/labelled-segmented.csv.gz", folder);
    read_file(whole(path), 0, 0);
    cut = count;
    snprintf(path, sizeof path, "%s/labelled.csv", folder);
    struct str plain = whole(path);
    if (!cut || !plain.len) {
        fprintf(stderr, "suggest: no labelled texts in %s\n", folder);
        return 77;
    }
    read_file(plain, 2, 4);
    find_messages();
    for (size_t i = 0; i < count; i++) {
        messages += is_first(i);
        is_whole_too[root_of((int)i)] |= i >= cut;
    }
    printf("%zu texts cut into words, %zu whole: %zu different messages\n\n", cut, count - cut, messages);
    printf("| split | tried | naive Bayes: accuracy, macro F1 | suggestion: accuracy, macro F1 | in the first three | calibration error (ECE) | per question | "
           "learning |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    static struct figures ours[sizeof splits / sizeof *splits], bayes[sizeof splits / sizeof *splits];
    for (size_t s = 0; s < sizeof splits / sizeof *splits; s++) {
        for (int fold = 0; fold < splits[s].folds; fold++)
            one_fold(&splits[s], fold, &ours[s], &bayes[s]);
        print_split(&splits[s], &ours[s], &bayes[s]);
    }
    print_tenths(&ours[0]);
    print_copies();
    arena_free(arena);
    return 0;
}
