/* directory: who is there for residents: areas, public organisations, and people in public posts who agreed to be shown. */
#ifndef LINLI_DIRECTORY_H
#define LINLI_DIRECTORY_H

#include "../../http/app.h"

extern const struct feature directory_feature;

/* What the directory says of a unit beyond its name. Texts STR_NONE where nothing is known. */
struct directory_card {
    int64_t    unit_kind, unit_id;
    struct str phone, address, hours, note;
    double     lon, lat;          /* WGS 84; both 0: no place is known */
    ms         updated_at;
    int64_t    version;           /* 0: there is none yet */
};
/* Writes the whole card; by 0: the terminal. Inside a write. */
MUST err directory_put(struct db_conn *c, int64_t tenant, const struct directory_card *card, ms now, int64_t by);

#endif
