/* sums.c: shares become rows of counters: of a unit and all above it, by day, by month and by hour. In memory, without SQL. */
#include <stdlib.h>
#include <string.h>

#include "count.h"

struct sums {
    struct arena      *arena;
    struct count_row **slots;      /* by key; NULL: free */
    size_t             mask, used;
    int64_t            from_hour;
};

struct sums *sums_new(struct arena *a, int64_t from_hour)
{
    struct sums *s = ARENA_NEW(a, struct sums);
    *s = (struct sums){ .arena = a, .mask = 1023, .from_hour = from_hour };
    s->slots = ARENA_ARRAY(a, s->mask + 1, struct count_row *);
    return s;
}

int counters_in(enum count_of of)
{
    return of == OF_UNIT ? COUNTERS : of == OF_HOUR ? 1 : CATEGORY_COUNTERS;
}

static size_t hash(int64_t unit, int64_t category, int64_t grain, int64_t day)
{
    uint64_t h = (uint64_t)unit * 0x9E3779B97F4A7C15u;
    h = (h ^ (uint64_t)category) * 0xBF58476D1CE4E5B9u;
    h = (h ^ (uint64_t)(day * 4 + grain)) * 0x94D049BB133111EBu;
    return (size_t)(h ^ (h >> 29));
}

static bool is(const struct count_row *r, int64_t unit, int64_t category, int64_t grain, int64_t day)
{
    return r->unit == unit && r->day == day && r->grain == grain && r->category == category;
}

static void grow(struct sums *s)
{
    struct count_row **old = s->slots;
    size_t             n = s->mask + 1;
    s->mask = n * 2 - 1;
    s->slots = ARENA_ARRAY(s->arena, s->mask + 1, struct count_row *);
    for (size_t i = 0; i < n; i++) {
        if (!old[i])
            continue;
        size_t at = hash(old[i]->unit, old[i]->category, old[i]->grain, old[i]->day) & s->mask;
        while (s->slots[at])
            at = (at + 1) & s->mask;
        s->slots[at] = old[i];
    }
}

/* A row has room for its own counters alone. */
static struct count_row *row_of(struct sums *s, int64_t unit, int64_t category, int64_t grain, int64_t day)
{
    size_t at = hash(unit, category, grain, day) & s->mask;
    for (; s->slots[at]; at = (at + 1) & s->mask)
        if (is(s->slots[at], unit, category, grain, day))
            return s->slots[at];
    enum count_of     of = category ? OF_CATEGORY : grain == GRAIN_HOUR ? OF_HOUR : OF_UNIT;
    size_t            size = offsetof(struct count_row, n) + (size_t)counters_in(of) * sizeof(int64_t);
    struct count_row *r = arena_alloc(s->arena, size);
    memset(r, 0, size);
    r->of = of;
    r->unit = unit;
    r->category = category;
    r->grain = grain;
    r->day = day;
    s->slots[at] = r;
    if (++s->used * 2 > s->mask)
        grow(s);
    return r;
}

static void add(struct sums *s, int64_t unit, int64_t category, int64_t day, int counter, int n)
{
    row_of(s, unit, category, GRAIN_DAY, day)->n[counter] += n;
    row_of(s, unit, category, GRAIN_MONTH, day_month(day))->n[counter] += n;
}

static void add_share(struct sums *s, int64_t unit, const struct share *x)
{
    add(s, unit, 0, x->day, x->counter, x->n);
    if (x->hour >= s->from_hour)
        row_of(s, unit, 0, GRAIN_HOUR, x->hour)->n[COUNT_HOUR] += x->n;
}

static int category_counter(int counter)
{
    static const struct { enum counter of; enum category_counter is; } all[] = {
        { COUNT_reported, CATEGORY_reported }, { COUNT_due, CATEGORY_due }, { COUNT_closed_on_time, CATEGORY_closed_on_time },
        { COUNT_closed, CATEGORY_closed },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if ((int)all[i].of == counter)
            return all[i].is;
    return -1;
}

void sums_add(struct sums *s, const struct unit_snapshot *u, const struct share *x)
{
    int by_category = x->category ? category_counter(x->counter) : -1;
    if (x->org)
        add_share(s, x->org, x);
    for (int64_t area = x->area; area; area = unit_parent(u, (struct unit_ref){ UNIT_AREA, area })) {
        add_share(s, area, x);
        if (by_category >= 0 && unit_depth(u, (struct unit_ref){ UNIT_AREA, area }) <= CATEGORY_DEPTH)
            add(s, area, x->category, x->day, by_category, x->n);
    }
}

void sums_subtract(struct sums *s, const struct count_row *row)
{
    if (row->grain == GRAIN_HOUR && row->day < s->from_hour)
        return;
    struct count_row *r = row_of(s, row->unit, row->category, row->grain, row->day);
    for (int i = 0; i < counters_in(r->of); i++)
        r->n[i] -= row->n[i];
}

static bool empty(const struct count_row *r)
{
    for (int i = 0; i < counters_in(r->of); i++)
        if (r->n[i])
            return false;
    return true;
}

static int by_key(const void *x, const void *y)
{
    const struct count_row *a = *(struct count_row *const *)x, *b = *(struct count_row *const *)y;
    const int64_t           ka[] = { a->of, a->unit, a->grain, a->day, a->category };
    const int64_t           kb[] = { b->of, b->unit, b->grain, b->day, b->category };
    for (size_t i = 0; i < sizeof ka / sizeof *ka; i++)
        if (ka[i] != kb[i])
            return ka[i] > kb[i] ? 1 : -1;
    return 0;
}

size_t sums_rows(struct sums *s, struct count_row ***out)
{
    struct count_row **rows = ARENA_ARRAY(s->arena, s->used + 1, struct count_row *);
    size_t             n = 0;
    for (size_t i = 0; i <= s->mask; i++)
        if (s->slots[i] && !empty(s->slots[i]))
            rows[n++] = s->slots[i];
    qsort(rows, n, sizeof *rows, by_key);
    *out = rows;
    return n;
}
