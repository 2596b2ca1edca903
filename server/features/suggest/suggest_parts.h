/* What the files of this folder share. Private. */
#ifndef LINLI_SUGGEST_PARTS_H
#define LINLI_SUGGEST_PARTS_H

#include "suggest.h"

#define MODEL_MAGIC UINT64_C(0x4C4C53474D303032)   /* changes with the layout, the features or the folding */

/* The beginning of a model's file; all numbers as this machine has them: a model is learnt anew in a minute. */
struct model_head {
    uint64_t magic;
    uint32_t buckets, labels, rows, samples;
    float    scale;
    double   temperature;
};

extern const struct job_kind suggest_train_kind;   /* suggest_train.c */

#endif
