/* Shared by the files of this folder only. */
#ifndef LINLI_RESOLUTION_INSIDE_H
#define LINLI_RESOLUTION_INSIDE_H

#include "../alliance/alliance.h"
#include "../unit/unit.h"
#include "resolution.h"

/* Numbers are stored: append only. */
enum resolution_of { OF_NONE, OF_AREA, OF_ORG, OF_ALLIANCE };
enum resolution_source { SOURCE_NONE, SOURCE_ENTERED };
enum resolution_way { WAY_NONE, WAY_MEETING, WAY_CIRCULATION };
enum resolution_state { RESOLUTION_NONE, RESOLUTION_OPEN, RESOLUTION_DONE, RESOLUTION_DROPPED };
enum resolution_kind { ENTRY_NONE, ENTRY_ENTERED, ENTRY_CORRECTED, ENTRY_REMARK, ENTRY_DONE, ENTRY_DROPPED, ENTRY_REOPENED };
extern const char *const resolution_way_words[], *const resolution_state_words[], *const resolution_kind_words[];

/* What it says: what a body brings, and what a correction changes. */
struct resolved {
    struct str title, text, meeting, link_kind;
    int        way;
    bool       is_public;
    int64_t    link_id;
    ms         decided_at, due_at;
    struct ids org_ids;
};
struct resolution {
    int64_t         id, of_kind, of_id, source_kind, source_id, way, state, created_by, version;   /* way: as the row has it; v.way is the same */
    struct resolved v;
    struct str      remark;
    ms              ended_at, next_at, created_at, updated_at;
};
struct resolution_entry { int64_t id, kind, org_id; struct str text, before, who; ms at; };

/* ---- rules (resolution.c): no SQL, no clock ---- */

bool resolution_overdue(const struct resolution *n, ms now);
/* When those who take it on have to be told next, after `after`: so long before its day, on it, and from then on again and again; 0: never. */
ms   resolution_next(const struct resolution *n, ms after, ms notice, ms again);
/* Which of the fields of the table the two do not have alike, as an object of what the first says; STR_NONE: all are alike. */
struct str resolution_changed(struct arena *a, const struct field *table, const struct resolved *before, const struct resolved *after);

/* ---- rows (resolution_db.c) ---- */

MUST err resolution_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct resolution *out);      /* ERR_NOT_FOUND */
MUST err resolution_insert(struct db_conn *c, int64_t tenant, const struct resolution *n);
MUST err resolution_update(struct db_conn *c, int64_t tenant, const struct resolution *n, ms now);                    /* version + 1 */
MUST err resolution_entry_add(struct db_conn *c, int64_t tenant, int64_t resolution, const struct resolution_entry *e, int64_t by);
MUST err resolution_entries(struct db_conn *c, struct arena *a, int64_t tenant, int64_t resolution, struct list *out);   /* struct resolution_entry, newest first */
/* Those of an alliance, the newest decided first: behind (decided, id), of that state (0: any). struct resolution */
struct resolution_page { int64_t alliance, state, id; ms decided; bool is_public; size_t most; };
MUST err resolution_list(struct db_conn *c, struct arena *a, int64_t tenant, const struct resolution_page *p, struct list *out);
/* Open ones with a day before until, the earliest first. */
MUST err resolution_planned(struct db_conn *c, struct arena *a, int64_t tenant, int64_t alliance, ms until, bool is_public, size_t most, struct list *out);

/* ---- HTTP ---- */

struct resolution_org { int64_t org_id; struct str name; };
extern const struct field resolution_org_fields[];
/* The organisations by name; public: only those that are public. */
struct list resolution_orgs(struct req *r, struct ids orgs, bool is_public);
/* Tells those who take it on. Everybody once, also who speaks for two of them. */
MUST err resolution_tell(struct req *r, const struct resolution *n, const char *kind);
/* Tells them and whoever leads: still everybody once. */
MUST err resolution_tell_all(struct req *r, const struct resolution *n, const struct alliance_present *of, const char *kind);
/* Tells those who manage the alliance, and whoever speaks for the organisation that leads. org: of whom it speaks; 0: nobody. */
MUST err resolution_tell_lead(struct req *r, const struct resolution *n, const struct alliance_present *of, int64_t org, const char *kind);
void     resolution_remind_start(struct app *app);

extern const struct route resolution_routes[], resolution_public_routes[];

#endif
