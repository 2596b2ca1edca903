/* Shared by the files of this folder only. */
#ifndef LINLI_DIRECTORY_INSIDE_H
#define LINLI_DIRECTORY_INSIDE_H

#include <pthread.h>

#include "directory.h"
#include "../unit/unit.h"
#include "../../base/pinyin.h"

struct directory_state {
    struct arena  *arena;
    pthread_mutex_t lock;
    struct pinyin *pinyin;        /* made when somebody first types letters */
    bool           looked;
};
const struct pinyin *directory_pinyin(struct app *app);

/* ---- finding (directory.c): pure ---- */

/* What somebody typed, made ready once. */
struct directory_sought { struct str text, fold; const struct pinyin *pinyin; };
/* How well a name answers, the smaller the better; -1: not at all. The same name, then one that begins so, then one that holds it; what is
 * only said so comes behind what is written so. */
int directory_rank(struct arena *a, const struct directory_sought *sought, struct str name);

/* ---- rows (directory_db.c) ---- */

MUST err directory_card_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t unit, struct directory_card *out);   /* version 0: none */
/* All cards, in order of their units: struct directory_card. */
MUST err directory_cards(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out);
const struct directory_card *directory_card_in(const struct list *cards, int64_t unit);                                      /* NULL: none */

/* Somebody in a public post who agreed to be shown. */
struct directory_person { int64_t unit_kind, unit_id; struct str name, post_name_zh, post_name_en; };
/* All of them now, in order of their units and then of the posts: struct directory_person. */
MUST err directory_people(struct db_conn *c, struct arena *a, int64_t tenant, ms now, struct list *out);
/* Organisations that serve exactly this area now. */
MUST err directory_serving(struct db_conn *c, struct arena *a, int64_t tenant, int64_t area, ms now, struct ids *out);

extern const struct route directory_public_routes[], directory_desk_routes[];

#endif
