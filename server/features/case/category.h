/* Categories, packs and routing rules inside the case feature. Private to this folder. */
#ifndef LINLI_CASE_CATEGORY_H
#define LINLI_CASE_CATEGORY_H

#include "case_parts.h"

struct category_pack_shipped { const char *code, *version, *source, *file; };
extern const struct category_pack_shipped category_packs_shipped[];   /* ended by a NULL code */

/* Installs a pack's text (tab-separated) as this version, unless it is there already: categories keep their ids by (kind, code), what the
 * new version lacks is closed. */
MUST err category_pack_install(struct db_conn *c, struct arena *a, int64_t tenant, struct str code, struct str version, struct str source,
                               struct str text, ms now, int64_t *id);
MUST err category_pack_install_shipped(struct db_conn *c, struct arena *a, int64_t tenant, const struct category_pack_shipped *p, ms now);

/* The pack of this code that is filled by hand or by an import. */
MUST err category_pack_own(struct db_conn *c, int64_t tenant, struct str code, ms now, int64_t *id);

struct category_new { struct str pack, kind, code, name_zh, name_en; int64_t parent, common, severity; bool leaf; };
MUST err category_add(struct db_conn *c, int64_t tenant, const struct category_new *n, ms now, int64_t *id);

MUST err rule_add(struct db_conn *c, int64_t tenant, const struct case_rule_new *n, ms now, int64_t *id, int64_t *number);




#endif
