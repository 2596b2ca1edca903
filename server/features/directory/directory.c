/* directory.c: which names answer what was typed, and the table of readings. */
#include "directory_inside.h"
#include "../search/search.h"

#define ADDRESSES 4096

enum { RANK_SAME, RANK_BEGINS, RANK_HOLDS, RANK_SAID, RANK_SAID_WITHIN };

int directory_rank(struct arena *a, const struct directory_sought *sought, struct str name)
{
    struct str  fold = search_fold(a, name);
    const char *at = sought->fold.len && fold.len >= sought->fold.len ? memmem(fold.ptr, fold.len, sought->fold.ptr, sought->fold.len) : NULL;
    if (at)
        return fold.len == sought->fold.len ? RANK_SAME : at == fold.ptr ? RANK_BEGINS : RANK_HOLDS;
    int said = sought->pinyin ? pinyin_find(sought->pinyin, sought->text, name) : -1;
    return said < 0 ? -1 : said == 0 ? RANK_SAID : RANK_SAID_WITHIN;
}

/* ---- a unit as it is shown ---- */

void directory_fill(const struct unit_snapshot *s, struct arena *a, struct unit_ref u, const struct directory_card *card, struct directory_unit *out)
{
    int64_t up = u.kind == UNIT_AREA ? unit_parent(s, u) : unit_area_of(s, u);
    *out = (struct directory_unit){ .id = u.id, .unit_kind = (int)u.kind, .name = str_copy(a, unit_name(s, u)), .kind = str_copy(a, unit_kind_of(s, u)),
                                    .above = up ? unit_full_name(s, a, (struct unit_ref){ UNIT_AREA, up }, " ") : STR_NONE };
    if (!card)
        return;
    out->phone = card->phone;
    out->address = card->address;
    out->hours = card->hours;
    out->at = (struct geo){ card->lon != 0 || card->lat != 0, card->lon, card->lat };
}

/* ---- the table of readings ---- */

const struct pinyin *directory_pinyin(struct app *app)
{
    struct directory_state *s = app->directory;
    pthread_mutex_lock(&s->lock);
    if (!s->looked)
        s->pinyin = pinyin_new(s->arena);
    s->looked = true;
    pthread_mutex_unlock(&s->lock);
    return s->pinyin;
}

static err start(struct app *app)
{
    struct arena           *a = arena_new(0);
    struct directory_state *s = ARENA_NEW(a, struct directory_state);
    s->arena = a;
    s->asks = rate_new(a, ADDRESSES);
    pthread_mutex_init(&s->lock, NULL);
    app->directory = s;
    return OK;
}

static void stop(struct app *app)
{
    struct directory_state *s = app->directory;
    if (!s)
        return;
    app->directory = NULL;
    rate_end(s->asks);
    pthread_mutex_destroy(&s->lock);
    arena_free(s->arena);
}

const struct feature directory_feature = { .name = "directory", .routes = directory_public_routes, .more_routes = { directory_desk_routes },
                                           .start = start, .stop = stop };
