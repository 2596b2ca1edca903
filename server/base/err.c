#include "err.h"

static const struct {
    int         status;
    const char *slug, *en, *zh;
} table[ERR_COUNT] = {
#define X(code, status, slug, en, zh) [code] = { status, slug, en, zh },
#include "errors.def"
#undef X
};

int err_status(enum err_code code)
{
    return table[code].status;
}

const char *err_slug(enum err_code code)
{
    return table[code].slug;
}

const char *err_text(enum err_code code, bool chinese)
{
    return chinese ? table[code].zh : table[code].en;
}
