/* routing.c: which organisation a case goes to. Pure: rules and chains in, rule out. */
#include "case_rules.h"

#include <stdlib.h>

static int by_key(const void *x, const void *y)
{
    const struct routing_rule *a = x, *b = y;
    if (a->area != b->area)
        return a->area < b->area ? -1 : 1;
    if (a->category != b->category)
        return a->category < b->category ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

void routing_sort(struct routing_rule *rules, size_t n)
{
    if (n)
        qsort(rules, n, sizeof *rules, by_key);
}

/* First rule whose key is not below (area, category). */
static size_t lower(const struct routing_rule *rules, size_t n, int64_t area, int64_t category)
{
    size_t from = 0;
    while (n) {
        size_t                     half = n / 2;
        const struct routing_rule *m = &rules[from + half];
        if (m->area < area || (m->area == area && m->category < category)) {
            from += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return from;
}

static const struct routing_rule *exact(const struct routing_rule *rules, size_t n, int64_t area, int64_t category,
                                        bool (*usable)(const void *arg, int64_t org), const void *arg)
{
    for (size_t i = lower(rules, n, area, category); i < n && rules[i].area == area && rules[i].category == category; i++)
        if (!usable || usable(arg, rules[i].org))
            return &rules[i];
    return NULL;
}

const struct routing_rule *routing_find(const struct routing_rule *rules, size_t n, struct chain areas, struct chain categories,
                                        bool (*usable)(const void *arg, int64_t org), const void *arg)
{
    /* One step past each chain's root stands for "any". */
    for (size_t i = 0; i <= areas.len; i++)
        for (size_t j = 0; j <= categories.len; j++) {
            const struct routing_rule *r = exact(rules, n, i < areas.len ? areas.at[i] : 0,
                                                 j < categories.len ? categories.at[j] : 0, usable, arg);
            if (r)
                return r;
        }
    return NULL;
}

const struct routing_rule *routing_tie(const struct routing_rule *rules, size_t n, const struct routing_rule *candidate)
{
    for (size_t i = lower(rules, n, candidate->area, candidate->category);
         i < n && rules[i].area == candidate->area && rules[i].category == candidate->category; i++)
        if (rules[i].id != candidate->id)
            return &rules[i];
    return NULL;
}
