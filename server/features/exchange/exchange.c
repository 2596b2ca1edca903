/* exchange.c: states, what is free when, how well things fit: pure. No I/O, no clock, no SQL. */
#include <math.h>
#include <stdlib.h>

#include "exchange_inside.h"
#include "../setting/setting.h"

const char *const need_state_words[] = { NULL, "draft", "published", "partly", "matched", "under_way", "met", "unmet", "withdrawn", NULL };
const char *const resource_state_words[] = { NULL, "offered", "paused", "used_up", "withdrawn", NULL };
const char *const claim_state_words[] = { NULL, "taken", "done", "confirmed", "failed", "given_back", NULL };
const char *const urgency_words[] = { NULL, "ordinary", "soon", "urgent", NULL };

/* ---- categories ---- */

const struct field exchange_category_fields[] = {
    FIELD_STR(struct category, code, 0, 0, REQUIRED, "Stable name"), FIELD_STR(struct category, zh, 0, 0, REQUIRED, "Chinese name"),
    FIELD_STR(struct category, en, 0, 0, REQUIRED, "English name"), FIELD_STR(struct category, of, 0, 0, 0, "The one above"),
    FIELD_BOOL(struct category, again, REQUIRED, "Free again after each use, as a room is"), FIELD_END
};

struct list categories_read(struct arena *a, struct str setting)
{
    return setting_list_read(a, setting, exchange_category_fields, sizeof(struct category));
}

const struct category *category_of(const struct list *categories, struct str code)
{
    const struct category *at = categories->at;
    for (size_t i = 0; i < categories->len; i++)
        if (code.len && str_eq(at[i].code, code))
            return &at[i];
    return NULL;
}

size_t categories_near(const struct list *categories, struct str code, struct str *out, size_t most)
{
    const struct category *at = categories->at, *own = category_of(categories, code);
    size_t                 n = 0;
    out[n++] = code;
    if (own && own->of.len && n < most)
        out[n++] = own->of;
    for (size_t i = 0; own && !own->of.len && i < categories->len && n < most; i++)
        if (str_eq(at[i].of, code))
            out[n++] = at[i].code;
    return n;
}

/* ---- states ---- */

enum need_state need_stands(int64_t quantity, int64_t claimed, bool some_done)
{
    if (claimed < quantity)
        return claimed > 0 ? NEED_PARTLY : NEED_PUBLISHED;
    return some_done ? NEED_UNDER_WAY : NEED_MATCHED;
}

bool need_open(int64_t state)
{
    return state >= NEED_PUBLISHED && state <= NEED_UNDER_WAY;
}

bool need_seeks(int64_t state)
{
    return state == NEED_PUBLISHED || state == NEED_PARTLY;
}

/* ---- what is free ---- */

int64_t held_most(const struct list *claims, ms from, ms to)
{
    const struct claim *k = claims->at;
    int64_t             most = 0;
    /* What is held is highest at a beginning: at `from`, or where a claim begins within. */
    for (size_t i = 0; i <= claims->len; i++) {
        ms      at = i == claims->len ? from : k[i].begins_at;
        int64_t held = 0;
        if (at < from || at >= to)
            continue;
        for (size_t j = 0; j < claims->len; j++)
            held += k[j].begins_at <= at && k[j].ends_at > at ? k[j].quantity : 0;
        most = held > most ? held : most;
    }
    return most;
}

int64_t resource_free(const struct resource *r, const struct list *claims, ms from, ms to)
{
    int64_t gone = r->again ? held_most(claims, from, to) : r->reserved + r->used;
    return r->quantity > gone ? r->quantity - gone : 0;
}

static bool on_a_day(struct str days, int weekday)
{
    return !days.len || memchr(days.ptr, '0' + weekday, days.len) != NULL;
}

bool resource_admits(const struct resource *r, ms from, ms to, int zone_minutes)
{
    if (to <= from || (r->begins_at && from < r->begins_at) || (r->ends_at && to > r->ends_at))
        return false;
    ms  zone = (ms)zone_minutes * MS_MINUTE, day = (from + zone) / MS_DAY, midnight = day * MS_DAY - zone;
    int weekday = (int)((day + 3) % 7) + 1;    /* 1970-01-01 was a Thursday, ISO 4 */
    if (!r->days.len && !r->closes)
        return true;
    return on_a_day(r->days, weekday) && from >= midnight + r->opens * MS_MINUTE && to <= midnight + (r->closes ? r->closes * MS_MINUTE : MS_DAY);
}

/* ---- where ---- */

enum { CELLS_PER_DEGREE = 50 };
#define CELL_ROW ((int64_t)1 << 20)

int64_t exchange_cell(double lon, double lat)
{
    if (lon == 0 && lat == 0)
        return 0;
    return ((int64_t)floor((lat + 90) * CELLS_PER_DEGREE) + 1) * CELL_ROW + (int64_t)floor((lon + 180) * CELLS_PER_DEGREE) + 1;
}

int64_t exchange_cell_beside(int64_t cell, int dx, int dy)
{
    return cell + (int64_t)dy * CELL_ROW + dx;
}

/* ---- how well it fits ---- */

int fit_score(const struct fit *f)
{
    double enough = f->wanted > 0 ? fmin(1, (double)f->free / (double)f->wanted) : 0;
    double near = f->placed ? 1 / (1 + f->metres / 2000) : 0.4;            /* half at two kilometres; not known: a little less than that */
    double kept = (double)(f->kept + 1) / (double)(f->kept + f->failed + 2);   /* Laplace: who has no record yet stands in the middle */
    double score = (f->same_category ? 30 : 15) + 25 * enough + 20 * near + 15 * kept + (f->in_time ? 10 : 0);
    return (int)lround(score);
}

struct str exchange_category_name(const struct req *r, const struct list *categories, struct str code)
{
    const struct category *c = category_of(categories, code);
    return !c ? code : r->lang == LANG_ZH ? c->zh : c->en;
}

struct str exchange_category_said(struct req *r, struct str code, void *categories)
{
    return exchange_category_name(r, categories, code);
}

bool exchange_category_wanted(const struct list *categories, struct str wanted, struct str own)
{
    const struct category *c = category_of(categories, own);
    return !wanted.ptr || str_eq(wanted, own) || (c && str_eq(c->of, wanted));
}

bool exchange_serves(struct req *r, int64_t served, int64_t area)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    struct unit_ref             a = { UNIT_AREA, served }, b = { UNIT_AREA, area };
    bool                        in = unit_within(u, a, b) || unit_within(u, b, a);
    unit_release(u);
    return in;
}
