/* err: what a function that can fail returns. A small value: a code of errors.def and, for input, the field it is about.
 * TRY passes a failure up. Details for the operator go to the log, never into an err. */
#ifndef LINLI_BASE_ERR_H
#define LINLI_BASE_ERR_H

#include <stdbool.h>

#include "str.h"

enum err_code {
#define X(code, status, slug, en, zh) code,
#include "errors.def"
#undef X
    ERR_COUNT
};

typedef struct err {
    enum err_code code;
    const char   *field;   /* static text: the input field at fault, or NULL */
} err;

#define MUST __attribute__((warn_unused_result))

#define OK                     ((err){ ERR_NONE, NULL })
#define FAIL(code_)            ((err){ (code_), NULL })
#define FAIL_AT(code_, field_) ((err){ (code_), (field_) })

#define TRY(call)                         \
    do {                                  \
        err try_ = (call);                \
        if (try_.code != ERR_NONE)        \
            return try_;                  \
    } while (0)

static inline bool failed(err e)
{
    return e.code != ERR_NONE;
}

int         err_status(enum err_code code);                 /* HTTP status */
const char *err_slug(enum err_code code);                   /* stable machine name: the problem's "code" */
const char *err_text(enum err_code code, bool chinese);     /* a sentence for people */

#endif
