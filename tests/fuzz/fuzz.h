/* For fuzz targets: each defines LLVMFuzzerTestOneInput; replay.c calls it on every file of a corpus in the ordinary test run. */
#ifndef LINLI_FUZZ_H
#define LINLI_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* What must hold for every input; the fuzzer and the replay stop where it does not. */
#define fuzz_must(condition) \
    do {                     \
        if (!(condition))    \
            abort();         \
    } while (0)

#endif
