/* What the files of this folder share. Private. */
#ifndef LINLI_OPEN311_PARTS_H
#define LINLI_OPEN311_PARTS_H

#include "document.h"
#include "open311.h"
#include "../case/case.h"

struct open311_state {
    struct arena *arena;
    struct rate  *reads, *reports;
};

/* ---- the door: door.c ---- */

/* The format the address asks for, and what stands before it in its last segment ("260512-0387" of requests/260512-0387.json).
 * ERR_NOT_ACCEPTABLE for another ending. */
struct door { enum doc_format format; struct str name; };
MUST err open311_door(struct req *r, struct door *out);
/* The same for reading: takes from the address' hourly allowance, checks jurisdiction_id. */
MUST err open311_read(struct req *r, struct door *out, struct str jurisdiction);
MUST err open311_jurisdiction(struct req *r, struct str asked);
/* Reads what the table knows of pairs in form encoding and leaves the rest: another standard's extensions are no faults here. */
MUST err open311_fields(struct req *r, const struct field *table, struct str text, void *out, struct given *given);
MUST err open311_reply(struct req *r, int status, enum doc_format format, struct doc *d);
void     open311_problem(struct req *r, int status, struct str text);
/* W3C date and time with the tenant's zone; 0 gives STR_NONE. */
struct str open311_time(struct req *r, ms t);

/* ---- keys: key.c ---- */

enum key_updates { UPDATES_NONE, UPDATES_REMARKS, UPDATES_HANDLED };   /* stored */
struct api_key { int64_t id; struct str name; int64_t per_hour; enum key_updates updates; };
/* ERR_NOT_ALLOWED for a key that is unknown, taken back or over. */
MUST err open311_key_check(struct req *r, struct str key, struct api_key *out);
/* Marks a use. */
MUST err open311_key_used(struct req *r, const struct api_key *key);
extern const struct route open311_key_routes[];

/* ---- attributes: attribute.c ---- */

enum attribute_type { ATTRIBUTE_NONE, ATTRIBUTE_STRING, ATTRIBUTE_NUMBER, ATTRIBUTE_DATETIME, ATTRIBUTE_TEXT, ATTRIBUTE_ONE_OF, ATTRIBUTE_SOME_OF };
struct attribute_choice { struct str key, zh, en; };
struct attribute {
    struct str  code;
    int64_t     position;
    int         datatype;
    bool        required, only_says;
    struct str  label_zh, label_en, hint_zh, hint_en;
    struct list choices;    /* struct attribute_choice */
};
/* Of a category, in order. list of struct attribute. */
MUST err open311_attributes(struct db_conn *c, struct arena *a, int64_t tenant, int64_t category, struct list *out);
/* Ids of the categories that have some. */
MUST err open311_attributed(struct db_conn *c, struct arena *a, int64_t tenant, struct ids *out);
/* How often they were changed. */
MUST err open311_attribute_changes(struct db_conn *c, int64_t tenant, int64_t *out);
extern const char *const open311_datatypes[];
extern const struct route open311_attribute_routes[];

/* ---- handlers ---- */

MUST err open311_discovery(struct req *r);
MUST err open311_services(struct req *r);
MUST err open311_definition(struct req *r);
MUST err open311_requests(struct req *r);
MUST err open311_request(struct req *r);
MUST err open311_token(struct req *r);
MUST err open311_updates(struct req *r);
MUST err open311_post(struct req *r);
MUST err open311_atom(struct req *r);
MUST err open311_post_update(struct req *r);

#endif
