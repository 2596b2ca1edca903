/* What falls due for many things on one day is one message to a person, with how many: of the kinds that have a sentence for it, KIND_many in notify.def. Pure. */
#include <jansson.h>
#include <stdlib.h>

#include "notify_parts.h"

enum { GATHER_FROM = 4 };   /* three are still read one by one */

const struct notify_kind *notify_kind_many(struct arena *a, struct str kind)
{
    return notify_kind_named(str_fmt(a, "%.*s_many", STR_ARG(kind)));
}

struct one { const struct notify_kind *many; struct told *told; size_t order; };

static int by_kind_and_person(const void *x, const void *y)
{
    const struct one *a = x, *b = y;
    if (a->many != b->many)
        return a->many < b->many ? -1 : 1;
    if (a->told->person != b->told->person)
        return a->told->person < b->told->person ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

/* All that may be gathered, in the order of the rows. */
static struct list candidates(struct arena *a, const struct list *rows, const struct plan *plans)
{
    const struct outbox_row *row = rows->at;
    size_t                   most = 0, n = 0;
    for (size_t i = 0; i < rows->len; i++)
        most += failed(plans[i].e) ? 0 : plans[i].to.len;
    struct one *at = ARENA_ARRAY(a, most + 1, struct one);
    for (size_t i = 0; i < rows->len; i++) {
        const struct notify_kind *many = failed(plans[i].e) ? NULL : notify_kind_many(a, row[i].kind);
        for (size_t k = 0; many && k < plans[i].to.len; k++, n++)
            at[n] = (struct one){ many, (struct told *)plans[i].to.at + k, n };
    }
    return (struct list){ at, n };
}

void notify_gather(struct arena *a, const struct list *rows, struct plan *plans)
{
    struct list all = candidates(a, rows, plans);
    struct one *at = all.at;
    if (all.len < GATHER_FROM)
        return;
    qsort(at, all.len, sizeof *at, by_kind_and_person);
    for (size_t i = 0, n; i < all.len; i += n) {
        for (n = 1; i + n < all.len && at[i + n].many == at[i].many && at[i + n].told->person == at[i].told->person; n++)
            ;
        for (size_t k = 0; n >= GATHER_FROM && k < n; k++)
            at[i + k].told->stands_for = k ? 0 : (int64_t)n;
    }
}

void notify_scatter(const struct list *rows, struct plan *plans)
{
    for (size_t i = 0; i < rows->len; i++)
        for (size_t k = 0; !failed(plans[i].e) && k < plans[i].to.len; k++)
            ((struct told *)plans[i].to.at)[k].stands_for = 1;
}

struct str notify_words_many(struct arena *a, struct str words, int64_t n)
{
    json_t *all = words.ptr ? json_loadb(words.ptr, words.len, 0, NULL) : NULL;
    char    number[24];
    snprintf(number, sizeof number, "%lld", (long long)n);
    if (!json_is_object(all)) {
        json_decref(all);
        all = json_object();
    }
    json_object_set_new(all, "n", json_string(number));
    size_t len = json_dumpb(all, NULL, 0, JSON_COMPACT);
    char  *text = arena_alloc(a, len + 1);
    json_dumpb(all, text, len, JSON_COMPACT);
    json_decref(all);
    return (struct str){ text, len };
}
