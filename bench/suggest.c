/* Category suggestion, learnt and tried on real messages to an authority: the labelled texts of ../shared/data/zh-gov-messages (local use; see its
 * README), seven labels. Prints accuracy, macro F1, calibration and time, beside a naive Bayes over pairs of letters on the same split.
 *
 *   bench/suggest [FOLDER]
 *
 * The same message often stands in the data more than once: cut into words in one file, whole in the other, sent again by the same people. Texts
 * whose pairs of letters are to four fifths those of another are one message here: one of them is tried, and none of the others is learnt from
 * while it is. Five folds by message; each message is tried once, by a model that has seen nothing of it. */
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

struct figures { int right, tried, hit[LABELS], guessed[LABELS], there[LABELS]; double bin_sum[10], bin_right[10]; int bin[10], first3; };

static void note(struct figures *f, int truth, int guess)
{
    f->tried++;
    f->right += truth == guess;
    f->there[truth]++;
    f->guessed[guess]++;
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

/* ---- a fold ---- */

static bool is_first(size_t i)
{
    return root_of((int)i) == (int)i;
}

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

static double one_fold(int fold, struct figures *ours, struct figures *bayes, double *learning)
{
    struct suggest_sample *in = ARENA_ARRAY(arena, count, struct suggest_sample);
    size_t                 n = 0;
    memset(nb, 0, sizeof nb);
    memset(nb_total, 0, sizeof nb_total);
    memset(nb_texts, 0, sizeof nb_texts);
    for (size_t i = 0; i < count; i++)
        if (is_first(i) && fold_of(i) != fold) {
            int k = (int)texts[i].label - 1;
            in[n++] = texts[i];
            each_pair(texts[i].text, nb_count, &k);
            nb_texts[k]++;
        }
    struct arena         *scratch = arena_new(1 << 20);
    double                began = micros();
    struct suggest_model *m = suggest_learn(scratch, in, n, &(struct suggest_limits){ 0 });
    *learning += micros() - began;
    arena_free(scratch);
    began = micros();
    for (size_t i = 0; i < count; i++)
        if (is_first(i) && fold_of(i) == fold)
            try_one(m, i, ours);
    double took = micros() - began;
    for (size_t i = 0; i < count; i++)
        if (is_first(i) && fold_of(i) == fold)
            note(bayes, (int)texts[i].label - 1, nb_guess(texts[i].text));
    printf("fold %d: learnt from %zu texts, temperature %.2f\n", fold + 1, n, suggest_temperature(m));
    suggest_forget(m);
    return took;
}

int main(int argc, char **argv)
{
    char           path[600];
    const char    *folder = argc > 1 ? argv[1] : "../shared/data/zh-gov-messages";
    struct figures ours = { 0 }, bayes = { 0 };
    double         took = 0, learning = 0;
    size_t         messages = 0;
    arena = arena_new(1 << 24);
    snprintf(path, sizeof path, "%s/labelled-segmented.csv.gz", folder);
    read_file(whole(path), 0, 0);
    size_t cut = count;
    snprintf(path, sizeof path, "%s/labelled.csv", folder);
    struct str plain = whole(path);
    if (!cut || !plain.len) {
        fprintf(stderr, "suggest: no labelled texts in %s\n", folder);
        return 77;
    }
    read_file(plain, 2, 4);
    find_messages();
    for (size_t i = 0; i < count; i++)
        messages += is_first(i);
    printf("%zu texts cut into words, %zu whole: %zu different messages\n", cut, count - cut, messages);
    for (int fold = 0; fold < FOLDS; fold++)
        took += one_fold(fold, &ours, &bayes, &learning);
    printf("\n| | accuracy | macro F1 | in the first three | calibration error (ECE) | per question | learning |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    printf("| suggestion | %.1f %% | %.3f | %.1f %% | %.3f | %.0f µs | %.1f s |\n", 100.0 * ours.right / ours.tried, macro_f1(&ours),
           100.0 * ours.first3 / ours.tried, ece(&ours), took / ours.tried, learning / FOLDS / 1e6);
    printf("| naive Bayes over pairs of letters | %.1f %% | %.3f | | | | |\n\nsaid, and true:", 100.0 * bayes.right / bayes.tried, macro_f1(&bayes));
    for (int b = 0; b < 10; b++)
        if (ours.bin[b])
            printf(" %.2f→%.2f (%d)", ours.bin_sum[b] / ours.bin[b], ours.bin_right[b] / ours.bin[b], ours.bin[b]);
    printf("\n");
    arena_free(arena);
    return 0;
}
