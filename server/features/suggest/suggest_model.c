/* suggest_model.c: learning and guessing. Pure but for the file: no SQL, no clock.
 *
 * A support vector machine for each label (squared hinge, dual coordinate descent: Hsieh and others 2008) over the letters and pairs of letters
 * that stand in at least two texts, weighed by their rarity and by the logarithm of how often they stand in the text, the whole of a text made one
 * long. Its margins, divided by a temperature, go through a softmax. A part of the samples is kept out first: on it the temperature is found that
 * makes the confidences mean what they say; then all are learnt from. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "suggest_parts.h"

#define BUCKETS     (1u << 18)
#define PARTS_MOST  6000     /* features looked at in one text */
#define LETTERS_MOST 2000    /* of a text: what matters is said at its beginning */
#define ROWS_MOST   60000

/* ---- features ---- */

struct part { uint32_t bucket; uint16_t from, to, times; };   /* to, from: bytes of the folded text; times it stands there */

static uint32_t bucket_of(const unsigned char *p, size_t n)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ p[i]) * 16777619u;
    return (h ^ h >> 15) & (BUCKETS - 1);
}

static size_t letter_size(unsigned char c)
{
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

static bool is_letter(const unsigned char *p, size_t n)
{
    if (n == 1)
        return (p[0] >= 'a' && p[0] <= 'z') || (p[0] >= '0' && p[0] <= '9') || (p[0] >= 'A' && p[0] <= 'Z');
    /* U+3000 to U+303F and U+FF00 to U+FFEF are signs, as is U+2000 to U+2BFF. */
    return n != 3 || !((p[0] == 0xE3 && p[1] == 0x80) || p[0] == 0xE2 || (p[0] == 0xEF && p[1] >= 0xBC));
}

/* Blanks between Chinese letters do not part them: some sources cut their texts into words. */
static size_t letters_of(struct str text, uint16_t *at, uint16_t *size)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    size_t               n = 0;
    for (size_t i = 0; i < text.len && i < 60000 && n < LETTERS_MOST;) {
        size_t s = letter_size(p[i]);
        if (i + s > text.len)
            break;
        if (is_letter(p + i, s) || (n && size[n - 1] && p[i] != ' ')) {
            at[n] = (uint16_t)i;
            size[n++] = is_letter(p + i, s) ? (uint16_t)s : 0;   /* 0: a sign, which parts */
        }
        i += s;
    }
    return n;
}

static size_t parts_of(struct str text, struct part *out)
{
    uint16_t at[LETTERS_MOST], size[LETTERS_MOST];
    size_t   n = letters_of(text, at, size), count = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char gram[16];
        size_t        len = 0;
        for (size_t k = i; k < n && k < i + 2 && size[k]; k++) {
            memcpy(gram + len, text.ptr + at[k], size[k]);
            len += size[k];
            if (count < PARTS_MOST)
                out[count++] = (struct part){ bucket_of(gram, len), at[i], (uint16_t)(at[k] + size[k]), 1 };
        }
    }
    return count;
}

static int by_bucket(const void *x, const void *y)
{
    const struct part *a = x, *b = y;
    return a->bucket != b->bucket ? (a->bucket > b->bucket ? 1 : -1) : (a->from > b->from) - (a->from < b->from);
}

/* Each bucket once, at its first place, with how often it stands in the text. */
static size_t distinct(struct part *parts, size_t n)
{
    size_t kept = 0;
    qsort(parts, n, sizeof *parts, by_bucket);
    for (size_t i = 0; i < n; i++)
        if (kept && parts[kept - 1].bucket == parts[i].bucket)
            parts[kept - 1].times++;
        else
            parts[kept++] = parts[i];
    return kept;
}

static struct str fold(struct arena *a, struct str text)
{
    char *out = arena_copy(a, text.ptr ? text.ptr : "", text.len);
    for (size_t i = 0; i < text.len; i++)
        if (out[i] >= 'A' && out[i] <= 'Z')
            out[i] = (char)(out[i] | 0x20);
    return (struct str){ out, text.len };   /* lengths stay, so that places are those of the text */
}

/* ---- what is learnt from ---- */

struct term { uint32_t row; float value; };
struct sample { const struct term *terms; size_t n; int label; };

struct learning {
    struct arena  *arena;
    int64_t       *labels;
    size_t         label_count, row_count;
    uint32_t      *rows;      /* bucket → row + 1; 0: unknown */
    float         *idf;       /* by row */
    struct sample *samples;
    size_t         n;
    float         *w;         /* rows × labels */
    float         *bias;
};

struct tally { int64_t label; size_t count; };

static int by_count(const void *x, const void *y)
{
    const struct tally *a = x, *b = y;
    return a->count != b->count ? (a->count < b->count ? 1 : -1) : (a->label > b->label) - (a->label < b->label);
}

static void choose_labels(struct learning *l, const struct suggest_sample *in, size_t n, const struct suggest_limits *limits)
{
    struct tally *t = ARENA_ARRAY(l->arena, n + 1, struct tally);
    size_t        count = 0, most = limits->labels ? limits->labels : 200, each = limits->each ? limits->each : 10;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < count && t[k].label != in[i].label)
            k++;
        t[k].label = in[i].label;
        t[k].count++;
        count += k == count;
    }
    qsort(t, count, sizeof *t, by_count);
    l->labels = ARENA_ARRAY(l->arena, most, int64_t);
    for (size_t k = 0; k < count && k < most && t[k].count >= each; k++)
        l->labels[l->label_count++] = t[k].label;
}

static int label_number(const struct learning *l, int64_t label)
{
    for (size_t k = 0; k < l->label_count; k++)
        if (l->labels[k] == label)
            return (int)k;
    return -1;
}

/* Rows for the buckets of at least two texts; when there are too many, of more. */
static void choose_rows(struct learning *l, const uint16_t *texts)
{
    size_t least = 2, found = ROWS_MOST + 1;
    for (; found > ROWS_MOST; least++) {
        found = 0;
        for (size_t b = 0; b < BUCKETS; b++)
            found += texts[b] >= least;
    }
    least--;
    l->idf = ARENA_ARRAY(l->arena, found + 1, float);
    for (size_t b = 0; b < BUCKETS; b++)
        if (texts[b] >= least) {
            l->idf[l->row_count] = logf((float)(l->n + 1) / (float)(texts[b] + 1)) + 1;
            l->rows[b] = (uint32_t)++l->row_count;
        }
}

static size_t terms_of(const uint32_t *rows, const float *idf, const struct part *parts, size_t n, struct term *out)
{
    float  norm = 0;
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t row = rows[parts[i].bucket];
        if (!row)
            continue;
        out[count] = (struct term){ row - 1, idf[row - 1] * (1 + logf(parts[i].times)) };
        norm += out[count].value * out[count].value;
        count++;
    }
    for (size_t i = 0; i < count; i++)
        out[i].value /= sqrtf(norm);
    return count;
}

static void read_samples(struct learning *l, const struct suggest_sample *in, size_t n)
{
    struct part *parts = ARENA_ARRAY(l->arena, PARTS_MOST, struct part);
    struct term *terms = ARENA_ARRAY(l->arena, PARTS_MOST, struct term);
    uint16_t    *texts = ARENA_ARRAY(l->arena, BUCKETS, uint16_t);
    l->rows = ARENA_ARRAY(l->arena, BUCKETS, uint32_t);
    l->samples = ARENA_ARRAY(l->arena, n + 1, struct sample);
    for (int pass = 0; pass < 2; pass++) {
        size_t kept = 0;
        for (size_t i = 0; i < n; i++) {
            int label = label_number(l, in[i].label);
            if (label < 0)
                continue;
            struct arena_mark mark = arena_mark(l->arena);
            size_t            count = distinct(parts, parts_of(fold(l->arena, in[i].text), parts));
            arena_rewind(l->arena, mark);
            if (pass == 0) {
                for (size_t k = 0; k < count; k++)
                    texts[parts[k].bucket] = (uint16_t)(texts[parts[k].bucket] + (texts[parts[k].bucket] < UINT16_MAX));
            } else {
                size_t m = terms_of(l->rows, l->idf, parts, count, terms);
                l->samples[kept] = (struct sample){ (const struct term *)(const void *)arena_copy(l->arena, terms, m * sizeof *terms), m, label };
            }
            kept++;
        }
        l->n = kept;
        if (pass == 0)
            choose_rows(l, texts);
    }
}

/* ---- learning ---- */

#define SLACK     0.5f   /* 1 / 2C */
#define ENOUGH    0.01f  /* no sample is further from its place: the label is learnt */
#define REST      3      /* passes that a sample sits out which lies well on its side */
#define HELD_OUT  8      /* every eighth sample */

static void scores(const float *w, const float *bias, size_t labels, const struct term *terms, size_t n, double *out)
{
    for (size_t k = 0; k < labels; k++)
        out[k] = bias[k];
    for (size_t i = 0; i < n; i++) {
        const float *row = w + terms[i].row * labels;
        for (size_t k = 0; k < labels; k++)
            out[k] += (double)(row[k] * terms[i].value);
    }
}

static void softmax(double *z, size_t n, double temperature)
{
    double most = z[0], sum = 0;
    for (size_t k = 1; k < n; k++)
        most = z[k] > most ? z[k] : most;
    for (size_t k = 0; k < n; k++)
        sum += z[k] = exp((z[k] - most) / temperature);
    for (size_t k = 0; k < n; k++)
        z[k] /= sum;
}

/* One label against all others. */
struct one { float *w, *alpha, bias; uint8_t *rest; };

/* Moves one sample's multiplier to where the dual is least, and the weights with it; how far it was from there. */
static float step(struct one *o, const struct sample *s, float *alpha, float side)
{
    float at = o->bias;
    for (size_t i = 0; i < s->n; i++)
        at += o->w[s->terms[i].row] * s->terms[i].value;
    float slope = side * at - 1 + SLACK * *alpha;
    if (*alpha <= 0 && slope >= 0)
        return 0;
    float next = *alpha - slope / ((s->n ? 2 : 1) + SLACK), move;   /* a sample is one long, and so is the bias */
    next = next > 0 ? next : 0;
    move = (next - *alpha) * side;
    *alpha = next;
    o->bias += move;
    for (size_t i = 0; i < s->n; i++)
        o->w[s->terms[i].row] += move * s->terms[i].value;
    return fabsf(slope);
}

/* In another order for each pass, the same every time. */
static void shuffle(uint32_t *order, size_t n, uint32_t *seed)
{
    for (size_t i = n; i-- > 1;) {
        *seed = *seed * 1664525u + 1013904223u;
        size_t   k = (size_t)(((uint64_t)*seed * (i + 1)) >> 32);
        uint32_t was = order[i];
        order[i] = order[k];
        order[k] = was;
    }
}

static void learn_one(const struct learning *l, struct one *o, int label, int passes, uint32_t *order, size_t n)
{
    uint32_t seed = 12345;
    float    furthest = 1;
    for (int pass = 0; pass < passes && furthest > ENOUGH; pass++) {
        furthest = 0;
        shuffle(order, n, &seed);
        for (size_t i = 0; i < n; i++) {
            uint32_t k = order[i];
            if (o->rest[k] && o->rest[k]--)
                continue;
            float off = step(o, &l->samples[k], &o->alpha[k], l->samples[k].label == label ? 1 : -1);
            furthest = off > furthest ? off : furthest;
            o->rest[k] = off > 0 || o->alpha[k] > 0 ? 0 : REST;
        }
    }
}

/* keep_out: not from every eighth sample. */
static void learn(struct learning *l, int passes, bool keep_out)
{
    struct arena_mark mark = arena_mark(l->arena);
    uint32_t         *order = ARENA_ARRAY(l->arena, l->n + 1, uint32_t);
    struct one        o = { .w = ARENA_ARRAY(l->arena, l->row_count + 1, float), .alpha = ARENA_ARRAY(l->arena, l->n + 1, float),
                            .rest = ARENA_ARRAY(l->arena, l->n + 1, uint8_t) };
    for (size_t k = 0; k < l->label_count; k++) {
        size_t n = 0;
        for (uint32_t i = 0; i < l->n; i++)
            if (!keep_out || i % HELD_OUT)
                order[n++] = i;
        memset(o.w, 0, l->row_count * sizeof *o.w);
        memset(o.alpha, 0, l->n * sizeof *o.alpha);
        memset(o.rest, 0, l->n);
        o.bias = 0;
        learn_one(l, &o, (int)k, passes, order, n);
        for (size_t row = 0; row < l->row_count; row++)
            l->w[row * l->label_count + k] = o.w[row];
        l->bias[k] = o.bias;
    }
    arena_rewind(l->arena, mark);
}

/* How surprised the model is by what was kept out, at a temperature. */
static double surprise(const struct learning *l, double temperature, double *p)
{
    double sum = 0;
    for (size_t i = 0; i < l->n; i += HELD_OUT) {
        scores(l->w, l->bias, l->label_count, l->samples[i].terms, l->samples[i].n, p);
        softmax(p, l->label_count, temperature);
        sum -= log(p[l->samples[i].label] + 1e-12);
    }
    return sum;
}

static double find_temperature(const struct learning *l)
{
    double *p = ARENA_ARRAY(l->arena, l->label_count, double), best = 1, least = surprise(l, 1, p);
    for (double t = 0.02; t < 5; t *= 1.05) {
        double s = surprise(l, t, p);
        if (s < least) {
            least = s;
            best = t;
        }
    }
    return best;
}

/* ---- the model ---- */

struct suggest_model {
    struct model_head head;
    struct arena     *arena;
    int64_t          *labels;
    uint32_t         *rows;
    float            *idf, *bias;
    int16_t          *w;
};

static struct suggest_model *model_new(const struct model_head *head)
{
    struct arena         *a = arena_new(1 << 20);
    struct suggest_model *m = ARENA_NEW(a, struct suggest_model);
    m->head = *head;
    m->arena = a;
    m->labels = ARENA_ARRAY(a, head->labels, int64_t);
    m->rows = ARENA_ARRAY(a, BUCKETS, uint32_t);
    m->idf = ARENA_ARRAY(a, head->rows, float);
    m->bias = ARENA_ARRAY(a, head->labels, float);
    m->w = ARENA_ARRAY(a, (size_t)head->rows * head->labels, int16_t);
    return m;
}

/* Weights as sixteenth parts of a bit: half the memory, and no difference in what is guessed. */
static struct suggest_model *pack(const struct learning *l, double temperature)
{
    size_t            all = l->row_count * l->label_count;
    float             most = 1e-6f;
    for (size_t i = 0; i < all; i++)
        most = fabsf(l->w[i]) > most ? fabsf(l->w[i]) : most;
    struct model_head head = { .magic = MODEL_MAGIC, .buckets = BUCKETS, .labels = (uint32_t)l->label_count, .rows = (uint32_t)l->row_count,
                               .samples = (uint32_t)l->n, .scale = most / 32767, .temperature = temperature };
    struct suggest_model *m = model_new(&head);
    memcpy(m->labels, l->labels, l->label_count * sizeof *m->labels);
    memcpy(m->rows, l->rows, BUCKETS * sizeof *m->rows);
    memcpy(m->idf, l->idf, l->row_count * sizeof *m->idf);
    memcpy(m->bias, l->bias, l->label_count * sizeof *m->bias);
    for (size_t i = 0; i < all; i++)
        m->w[i] = (int16_t)lrintf(l->w[i] / m->head.scale);
    return m;
}

struct suggest_model *suggest_learn(struct arena *scratch, const struct suggest_sample *samples, size_t n, const struct suggest_limits *limits)
{
    struct learning l = { .arena = scratch };
    int             passes = limits->passes ? limits->passes : 20;
    choose_labels(&l, samples, n, limits);
    if (l.label_count < 2)
        return NULL;
    read_samples(&l, samples, n);
    l.w = ARENA_ARRAY(scratch, l.row_count * l.label_count + 1, float);
    l.bias = ARENA_ARRAY(scratch, l.label_count, float);
    learn(&l, passes, true);
    double temperature = find_temperature(&l);
    learn(&l, passes, false);
    return pack(&l, temperature);
}

void suggest_forget(struct suggest_model *m)
{
    if (m)
        arena_free(m->arena);
}

size_t suggest_learnt(const struct suggest_model *m)
{
    return m->head.samples;
}

double suggest_temperature(const struct suggest_model *m)
{
    return m->head.temperature;
}

size_t suggest_labels(const struct suggest_model *m)
{
    return m->head.labels;
}

/* ---- guessing ---- */

static void all_scores(const struct suggest_model *m, const struct term *terms, size_t n, double *z)
{
    for (size_t k = 0; k < m->head.labels; k++)
        z[k] = (double)m->bias[k];
    for (size_t i = 0; i < n; i++) {
        const int16_t *row = m->w + (size_t)terms[i].row * m->head.labels;
        double         x = (double)(terms[i].value * m->head.scale);
        for (size_t k = 0; k < m->head.labels; k++)
            z[k] += row[k] * x;
    }
}

struct span { uint16_t from, to; float weight; };

static int by_weight(const void *x, const void *y)
{
    const struct span *a = x, *b = y;
    return a->weight != b->weight ? (a->weight < b->weight ? 1 : -1) : (a->from > b->from) - (a->from < b->from);
}

/* How much more a part speaks for this label than for labels on average. */
static float speaks(const struct suggest_model *m, const struct part *p, size_t label)
{
    uint32_t row = m->rows[p->bucket];
    if (!row)
        return 0;
    const int16_t *w = m->w + (size_t)(row - 1) * m->head.labels;
    float          mean = 0;
    for (size_t k = 0; k < m->head.labels; k++)
        mean += w[k];
    return (w[label] - mean / (float)m->head.labels) * m->idf[row - 1];
}

/* The strongest parts of at least two letters, none inside or beside another. */
static void reasons(const struct suggest_model *m, struct arena *a, const struct part *parts, size_t n, size_t label, struct str text,
                    struct suggest_guess *g)
{
    struct span *spans = ARENA_ARRAY(a, n + 1, struct span);
    size_t       count = 0;
    for (size_t i = 0; i < n; i++) {
        float weight = speaks(m, &parts[i], label);
        if (weight > 0 && parts[i].to - parts[i].from > 3)
            spans[count++] = (struct span){ parts[i].from, parts[i].to, weight };
    }
    qsort(spans, count, sizeof *spans, by_weight);
    for (size_t i = 0; i < count && g->word_count < SUGGEST_WORDS; i++) {
        bool apart = true;
        for (size_t k = 0; k < g->word_count; k++) {
            const char *from = g->words[k].ptr, *to = from + g->words[k].len;
            apart = apart && (text.ptr + spans[i].to < from || text.ptr + spans[i].from > to);
        }
        if (apart)
            g->words[g->word_count++] = (struct str){ text.ptr + spans[i].from, (size_t)(spans[i].to - spans[i].from) };
    }
}

size_t suggest_guess(const struct suggest_model *m, struct arena *a, struct str text, struct suggest_guess out[SUGGEST_GUESSES])
{
    struct part *parts = ARENA_ARRAY(a, PARTS_MOST, struct part);
    struct term *terms = ARENA_ARRAY(a, PARTS_MOST, struct term);
    double      *p = ARENA_ARRAY(a, m->head.labels, double);
    size_t       n = distinct(parts, parts_of(fold(a, text), parts)), known = terms_of(m->rows, m->idf, parts, n, terms), guesses = 0;
    if (!known)
        return 0;
    all_scores(m, terms, known, p);
    softmax(p, m->head.labels, m->head.temperature);
    for (; guesses < SUGGEST_GUESSES && guesses < m->head.labels; guesses++) {
        size_t best = 0;
        for (size_t k = 1; k < m->head.labels; k++)
            best = p[k] > p[best] ? k : best;
        out[guesses] = (struct suggest_guess){ .label = m->labels[best], .confidence = p[best] };
        reasons(m, a, parts, n, best, text, &out[guesses]);
        p[best] = -1;
    }
    return guesses;
}

/* ---- the file ---- */

static bool put(FILE *f, const void *bytes, size_t size, size_t n)
{
    return fwrite(bytes, size, n, f) == n;
}

static bool put_all(const struct suggest_model *m, FILE *f)
{
    return put(f, &m->head, sizeof m->head, 1) && put(f, m->labels, sizeof *m->labels, m->head.labels) && put(f, m->rows, sizeof *m->rows, BUCKETS) &&
           put(f, m->idf, sizeof *m->idf, m->head.rows) && put(f, m->bias, sizeof *m->bias, m->head.labels) &&
           put(f, m->w, sizeof *m->w, (size_t)m->head.rows * m->head.labels) && put(f, &m->head.magic, sizeof m->head.magic, 1);
}

err suggest_save(const struct suggest_model *m, const char *path)
{
    char  beside[600];
    snprintf(beside, sizeof beside, "%s.new", path);
    FILE *f = fopen(beside, "wb");
    if (!f)
        return FAIL(ERR_INTERNAL);
    bool good = put_all(m, f) && fflush(f) == 0 && fsync(fileno(f)) == 0;
    good = fclose(f) == 0 && good && rename(beside, path) == 0;
    if (!good)
        unlink(beside);
    return good ? OK : FAIL(ERR_STORAGE_FULL);
}

static bool get(FILE *f, void *bytes, size_t size, size_t n)
{
    return fread(bytes, size, n, f) == n;
}

static bool get_all(struct suggest_model *m, FILE *f)
{
    uint64_t end = 0;
    bool     good = get(f, m->labels, sizeof *m->labels, m->head.labels) && get(f, m->rows, sizeof *m->rows, BUCKETS) &&
                    get(f, m->idf, sizeof *m->idf, m->head.rows) && get(f, m->bias, sizeof *m->bias, m->head.labels) &&
                    get(f, m->w, sizeof *m->w, (size_t)m->head.rows * m->head.labels) && get(f, &end, sizeof end, 1) && end == MODEL_MAGIC;
    for (size_t b = 0; good && b < BUCKETS; b++)
        good = m->rows[b] <= m->head.rows;
    return good;
}

struct suggest_model *suggest_load(const char *path)
{
    struct model_head     head;
    struct suggest_model *m = NULL;
    FILE                 *f = fopen(path, "rb");
    if (!f)
        return NULL;
    if (get(f, &head, sizeof head, 1) && head.magic == MODEL_MAGIC && head.buckets == BUCKETS && head.labels >= 2 && head.labels <= 10000 &&
        head.rows <= ROWS_MOST && head.temperature > 0) {
        m = model_new(&head);
        if (!get_all(m, f)) {
            suggest_forget(m);
            m = NULL;
        }
    }
    fclose(f);
    return m;
}
