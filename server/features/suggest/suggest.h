/* suggest: which category a text most likely belongs to, learnt from texts that people filed. What it is and what it is not: README.md. */
#ifndef LINLI_SUGGEST_H
#define LINLI_SUGGEST_H

#include "../../http/app.h"

extern const struct feature suggest_feature;

/* ---- the model: pure ---- */

struct suggest_sample { struct str text; int64_t label; };

/* A linear model over letters and pairs of letters, each label with a weight for each: support vector machines, one label against the others.
 * Immutable once made. */
struct suggest_model;

struct suggest_limits {
    size_t labels;    /* at most so many labels, the most frequent ones (0: 200) */
    size_t each;      /* a label needs so many samples (0: 10) */
    int    passes;    /* over the samples, at most (0: 20) */
};
/* Learns from samples in the order given; the same samples give the same model. NULL when fewer than two labels have enough samples. The texts
 * need not outlive the call. scratch holds what training needs: some 4 bytes for each kind of pair and label. */
struct suggest_model *suggest_learn(struct arena *scratch, const struct suggest_sample *samples, size_t n, const struct suggest_limits *limits);
void                  suggest_forget(struct suggest_model *m);

#define SUGGEST_GUESSES 3
#define SUGGEST_WORDS   3
struct suggest_guess {
    int64_t    label;
    double     confidence;              /* 0 to 1: of guesses made with 0.8, about eight in ten are right */
    struct str words[SUGGEST_WORDS];    /* parts of the text that speak for it most, in its own letters; views of the text */
    size_t     word_count;
};
/* The likeliest labels, best first; 0 when nothing of the text is known to the model. */
size_t suggest_guess(const struct suggest_model *m, struct arena *a, struct str text, struct suggest_guess out[SUGGEST_GUESSES]);

/* How many samples it was made from, and the measure of its calibration (temperature). */
size_t suggest_learnt(const struct suggest_model *m);
double suggest_temperature(const struct suggest_model *m);
size_t suggest_labels(const struct suggest_model *m);

/* To a file and back; ERR_INTERNAL when it cannot be written, NULL when it is not a whole model of this version. */
MUST err              suggest_save(const struct suggest_model *m, const char *path);
struct suggest_model *suggest_load(const char *path);

/* ---- the model in use ---- */

/* What the training job asks the owner of the cases for: texts that people filed and closed, newest first, next below `below` (0: the newest);
 * *below is set for the next call. Fewer than most: there are no more. */
struct suggest_source {
    err (*next)(struct db_conn *c, struct arena *a, int64_t tenant, int64_t *below, size_t most, struct list *out /* struct suggest_sample */);
};
void suggest_source_set(struct app *app, const struct suggest_source *source);

/* The present model, held until suggest_release; NULL: none has been learnt yet. */
const struct suggest_model *suggest_hold(struct app *app);
void                        suggest_release(struct app *app, const struct suggest_model *m);

#endif
