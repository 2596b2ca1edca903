/* directory.c: which names answer what was typed, and the table of readings. */
#include "directory_inside.h"
#include "../search/search.h"

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
    pthread_mutex_destroy(&s->lock);
    arena_free(s->arena);
}

const struct feature directory_feature = { .name = "directory", .routes = directory_public_routes, .more_routes = { directory_desk_routes },
                                           .start = start, .stop = stop };
