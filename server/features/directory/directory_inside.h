/* Shared by the files of this folder only. */
#ifndef LINLI_DIRECTORY_INSIDE_H
#define LINLI_DIRECTORY_INSIDE_H

#include <pthread.h>

#include "directory.h"
#include "../unit/unit.h"
#include "../../base/pinyin.h"
#include "../../base/rate.h"

struct directory_state {
    struct arena  *arena;
    struct rate   *asks;          /* public questions, by address */
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

/* What residents and staff see alike of a unit. */
#define DIRECTORY_UNIT            \
    int64_t    id;                \
    int        unit_kind;         \
    struct str name, kind, above, phone, address, hours; \
    struct geo at;
struct directory_unit { DIRECTORY_UNIT };
#define AS_DIRECTORY_UNIT union { struct directory_unit unit; struct { DIRECTORY_UNIT }; }
/* card NULL: none. */
void directory_fill(const struct unit_snapshot *s, struct arena *a, struct unit_ref u, const struct directory_card *card, struct directory_unit *out);

/* ---- rows (directory_db.c) ---- */

MUST err directory_card_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t unit, struct directory_card *out);   /* version 0: none */
/* Cards in order of their units, struct directory_card: all, those of these units, those of organisations between two corners. */
MUST err directory_cards(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out);
MUST err directory_cards_of(struct db_conn *c, struct arena *a, int64_t tenant, struct ids units, struct list *out);
MUST err directory_cards_between(struct db_conn *c, struct arena *a, int64_t tenant, struct geo low, struct geo high, struct list *out);
const struct directory_card *directory_card_in(const struct list *cards, int64_t unit);                                      /* NULL: none */

/* Somebody in a public post who agreed to be shown. */
struct directory_person { int64_t unit_kind, unit_id; struct str name, post_name_zh, post_name_en; };
/* In order of their units and then of the posts, struct directory_person: all of them now, those at one unit, those among these persons. */
MUST err directory_people(struct db_conn *c, struct arena *a, int64_t tenant, ms now, struct list *out);
MUST err directory_people_at(struct db_conn *c, struct arena *a, int64_t tenant, ms now, int64_t unit, struct list *out);
MUST err directory_people_among(struct db_conn *c, struct arena *a, int64_t tenant, ms now, struct ids persons, struct list *out);
/* Those at a unit, of a list in order of units. */
struct list directory_people_in(const struct list *people, int64_t unit);
/* Everybody who agreed to be shown, in a public post or not: names alone, struct directory_named. */
struct directory_named { int64_t id; struct str name; };
MUST err directory_named(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out);
/* Organisations that serve exactly this area now. */
MUST err directory_serving(struct db_conn *c, struct arena *a, int64_t tenant, int64_t area, ms now, struct ids *out);

extern const struct route directory_public_routes[], directory_desk_routes[];

#endif
