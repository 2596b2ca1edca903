/* notify: messages through the outbox. A row is written with the change; after the commit a worker spreads it to the people it concerns. */
#ifndef LINLI_NOTIFY_H
#define LINLI_NOTIFY_H

#include "../../http/app.h"

extern const struct feature notify_feature;

/* To everybody who holds perm at this unit; when nobody does, at the nearest unit above where somebody does. Whoever caused it is left
 * out. kind: one of notify.def (ERR_INTERNAL otherwise). params: JSON object of words for the text, or STR_NONE. Costs one outbox row. */
MUST err notify_unit(struct req *r, struct unit_ref unit, enum perm perm, const char *kind, const char *object_kind, int64_t object_id,
                     struct str params);
/* The same at several units, each with a permission of its own: whoever is found at two of them is told once. Costs one outbox row. */
struct notify_place { struct unit_ref unit; enum perm perm; };
MUST err notify_units(struct req *r, const struct notify_place *places, size_t n, const char *kind, const char *object_kind, int64_t object_id,
                      struct str params);
/* To one person. */
MUST err notify_person(struct req *r, int64_t person, const char *kind, const char *object_kind, int64_t object_id, struct str params);

/* An audience: people whom only another feature knows, such as those who follow a case. It is asked by the worker, before its write: one
 * row of the outbox however many they are. Fills persons with an arena array of persons, each once. Registered at start, under a static name. */
typedef err (*notify_audience)(struct db_conn *c, struct arena *a, struct app *app, int64_t object_id, struct ids *persons);
void     notify_audience_for(struct app *app, const char *name, notify_audience persons);
/* To all of an audience, without whoever caused it and without `except` (0: nobody). */
MUST err notify_all(struct req *r, const char *audience, int64_t except, const char *kind, const char *object_kind, int64_t object_id,
                    struct str params);

/* ---- another channel ---- */

/* What kinds have in common for who chooses what they want to be told of. Numbers are not stored. */
enum notify_topic { TOPIC_NONE, TOPIC_WORK, TOPIC_DEADLINES, TOPIC_OWN, TOPIC_FOLLOWED, TOPIC_OTHER, TOPIC_COUNT };
enum notify_topic notify_topic_of(struct str kind);
/* The kind's sentence with the words of params in it; unknown words are left out. */
struct str notify_text(struct arena *a, struct str kind, struct str params, enum lang lang);

/* A message to one person, beside their notice. wishes: read before the write, what each of these wants there, out[i] of persons.at[i], in a; all are
 * NULL before, and stay so for who wants nothing. persons are sorted, each once. put: inside the write, for each message to somebody with a wish. One
 * channel; registered at start, under a static pointer. */
struct notify_told { int64_t person; struct str kind, object_kind; int64_t object_id; struct str words; ms at; };
struct notify_channel {
    err (*wishes)(struct db_conn *c, struct arena *a, struct app *app, struct ids persons, void **out);
    err (*put)(struct db_conn *c, struct app *app, const struct notify_told *n, const void *wish);
};
void notify_beside_for(struct app *app, const struct notify_channel *channel);
/* For the stop of that channel, which ends before this feature: ends the worker; what is left is spread at the next start. */
void notify_halt(struct app *app);

#endif
