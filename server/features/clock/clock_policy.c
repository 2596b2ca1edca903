/* clock_policy.c: limits by category and severity, hours as text. Pure. */
#include <jansson.h>
#include <stdlib.h>

#include "clock_rules.h"
#include "../../base/jsonw.h"

#define MINUTES_MOST ((int64_t)5 * 366 * 1440)
#define DAYS_MOST    1000

const struct field limit_fields[] = {
    FIELD_WORD(struct limit_row, step, clock_step_words, REQUIRED, "Step: accept, answer (the reporter), dispatch, sign, handle, verify"),
    FIELD_I64(struct limit_row, amount, 0, MINUTES_MOST, REQUIRED, "How much; 0: no limit"),
    FIELD_WORD(struct limit_row, unit, clock_unit_words, REQUIRED, "urgent_minutes run around the clock; working_minutes; working_days"),
    FIELD_END
};

bool limit_fits(const struct clock_limit *l)
{
    return l->amount >= 0 && l->amount <= (l->unit == CLOCK_WORKING_DAYS ? DAYS_MOST : MINUTES_MOST);
}

static int word_of(const char *const *words, const json_t *v)
{
    const char *w = json_string_value(v);
    for (int i = 1; w && words[i]; i++)
        if (strcmp(words[i], w) == 0)
            return i;
    return 0;
}

err limits_read(struct arena *a, struct str json, struct clock_policy *out)
{
    json_t *all = json_loadb(json.ptr ? json.ptr : "", json.len, 0, NULL), *row;
    size_t  i;
    (void)a;
    json_array_foreach(all, i, row) {
        int                step = word_of(clock_step_words, json_object_get(row, "step"));
        struct clock_limit l = { json_integer_value(json_object_get(row, "amount")),
                                 (enum clock_unit)word_of(clock_unit_words, json_object_get(row, "unit")) };
        if (!step || !l.unit || !limit_fits(&l))
            continue;
        out->says[step] = true;
        out->limit[step] = l.amount ? l : (struct clock_limit){ 0, CLOCK_NONE };
    }
    bool list = json_is_array(all);
    json_decref(all);
    return list ? OK : FAIL(ERR_BAD_JSON);
}

struct str limits_write(struct arena *a, const struct limit_row *rows, size_t n)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_list(&j);
    for (size_t i = 0; i < n; i++)
        field_write(&j, limit_fields, &rows[i]);
    jsonw_list_end(&j);
    return buf_view(&b);
}

struct list limits_list(struct arena *a, const struct clock_policy *p)
{
    struct limit_row *at = ARENA_ARRAY(a, CLOCK_STEP_COUNT, struct limit_row);
    size_t            n = 0;
    for (int s = CLOCK_STEP_NONE + 1; s < CLOCK_STEP_COUNT; s++)
        if (p->says[s])
            at[n++] = (struct limit_row){ s, p->limit[s].unit ? (int)p->limit[s].unit : CLOCK_WORKING_DAYS, p->limit[s].amount };
    return (struct list){ at, n };
}

/* ---- which holds ---- */

static int compare(const void *x, const void *y)
{
    const struct clock_policy *a = x, *b = y;
    if (a->category != b->category)
        return a->category < b->category ? -1 : 1;
    if (a->severity != b->severity)
        return a->severity < b->severity ? -1 : 1;
    return (a->valid_from > b->valid_from) - (a->valid_from < b->valid_from);
}

void book_sort(struct clock_policy *p, size_t n)
{
    if (n)
        qsort(p, n, sizeof *p, compare);
}

/* The policy for exactly this category and severity in force at `at`; NULL: none. */
static const struct clock_policy *policy_at(const struct clock_book *b, int64_t category, int64_t severity, ms at)
{
    size_t low = 0, high = b->policy_count;
    while (low < high) {
        size_t                     mid = (low + high) / 2;
        const struct clock_policy *p = &b->policies[mid];
        if (p->category < category || (p->category == category && p->severity < severity))
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < b->policy_count; low++) {
        const struct clock_policy *p = &b->policies[low];
        if (p->category != category || p->severity != severity)
            return NULL;
        if (p->valid_from <= at && (!p->valid_to || p->valid_to > at))
            return p;
    }
    return NULL;
}

struct clock_limit clock_limit_of(const struct clock_book *b, enum clock_step step, const int64_t *categories, size_t n, int64_t severity,
                                  ms at)
{
    for (size_t i = 0; i <= n; i++)
        for (int exact = 1; exact >= 0; exact--) {
            const struct clock_policy *p = policy_at(b, i < n ? categories[i] : 0, exact ? severity : 0, at);
            if (p && p->says[step])
                return p->limit[step];
        }
    return (struct clock_limit){ 0, CLOCK_NONE };
}

/* ---- a week as JSON ---- */

err week_read(struct arena *a, struct str json, struct clock_week *out)
{
    json_t *all = json_loadb(json.ptr ? json.ptr : "", json.len, 0, NULL), *v;
    bool    fits = json_array_size(all) == 8;
    size_t  i;
    (void)a;
    *out = (struct clock_week){ 0 };
    json_array_foreach(all, i, v)
        fits = fits && json_is_string(v) && spans_read((struct str){ json_string_value(v), json_string_length(v) }, &out->day[i]);
    json_decref(all);
    return fits && !week_empty(out) ? OK : FAIL(ERR_INVALID);
}

struct str week_write(struct arena *a, const struct clock_week *w)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_list(&j);
    for (int i = 0; i < 8; i++)
        jsonw_str(&j, spans_write(a, &w->day[i]));
    jsonw_list_end(&j);
    return buf_view(&b);
}
