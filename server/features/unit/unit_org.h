/* unit: what an organisation of a kind holds, beside its name: the setting unit.org_kinds, read. Pure, but for what the last part says. */
#ifndef LINLI_UNIT_ORG_H
#define LINLI_UNIT_ORG_H

#include "unit_inside.h"
#include "../setting/setting.h"

enum org_type { ORG_NOTHING, ORG_TEXT, ORG_LONG_TEXT, ORG_NUMBER, ORG_DATE, ORG_CHOICE, ORG_YES_NO };
extern const char *const org_type_words[];   /* NULL "text" "long_text" "number" "date" "choice" "yes_no" NULL */


/* A field: what it is called, what it takes, whether an organisation may go without it, and whether residents see it. */
struct org_field {
    struct str  code, zh, en;
    int         type;
    bool        required, is_public;
    struct list choices;   /* struct choice; of ORG_CHOICE */
};

/* A kind: what it may lie under (anything, when the setting does not say) and its fields. */
struct org_kind {
    struct str  code, zh, en;
    bool        anywhere;
    struct strs under;
    struct list fields;    /* struct org_field */
};

/* list of struct org_kind; what cannot be read is left out: org_kinds_check tells of it when the setting is made. */
struct list             org_kinds_read(struct arena *a, struct str setting);
const struct org_kind  *org_kind_find(const struct list *kinds, struct str code);          /* NULL: none */
const struct org_field *org_field_find(const struct org_kind *k, struct str code);         /* NULL: none */
/* A field of this code of any kind; NULL: none. */
const struct org_field *org_field_anywhere(const struct list *kinds, struct str code);
/* May an organisation of this kind lie under one of that kind? Under none it always may. */
bool org_kind_fits(const struct org_kind *k, struct str above);

/* ERR_NONE, and the value in one spelling (*out, in the arena); ERR_WRONG_TYPE, ERR_TOO_LONG, ERR_NOT_A_CHOICE, ERR_CONTROL_CHARACTER.
 * Numbers have at most 12 digits before and 4 behind the point; dates are 2026-03-01; yes or no. */
enum err_code org_value_check(struct arena *a, const struct org_field *f, struct str value, struct str *out);
/* Does a stored value answer what a list was asked for? Words anywhere in a text, all else exactly. */
bool org_value_matches(struct arena *a, const struct org_field *f, struct str value, struct str asked);

/* What is wrong with the setting, each at its place such as value[3].fields[0].type. A setting_check. */
void org_kinds_check(struct arena *a, struct str json, struct str at, struct faults *faults);

/* The same for unit.chains (unit_org_chain.c). */
void org_chains_check(struct arena *a, struct str json, struct str at, struct faults *faults);

/* A credit code as it is kept: without blanks, letters large, full-width forms made half-width. */
struct str credit_tidy(struct arena *a, struct str code);

/* ---- values (unit_org_value.c) ---- */

struct org_value { int64_t org_id; struct str code, value; };
/* Of one organisation, or (org 0) all, in order of organisations. */
MUST err org_values(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, struct list *out);
/* Those of one field, in order of organisations. */
MUST err org_values_of_field(struct db_conn *c, struct arena *a, int64_t tenant, struct str code, struct list *out);
/* Those of one organisation out of all of them. */
struct list org_values_at(const struct list *all, int64_t org);
struct str  org_value_at(const struct list *values, struct str code);   /* STR_NONE: none */
/* Kept; an empty one is removed. */
MUST err org_value_put(struct db_conn *c, int64_t tenant, int64_t org, struct str code, struct str value, ms now, int64_t by);

/* What somebody sent for an organisation of this kind, beside what it holds already: faults at values.CODE, and *out what is to be kept (a
 * list of struct org_value; an empty value removes). needed: fields that are required must be there in the end. */
void org_values_take(struct req *r, const struct org_kind *k, const struct list *held, const struct list *sent, bool needed, struct list *out);

#endif
