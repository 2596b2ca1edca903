/* A list of cases as a file: CSV or an Excel workbook of exactly the rows the list shows to the caller. Private to the case feature. */
#ifndef LINLI_CASE_EXPORT_H
#define LINLI_CASE_EXPORT_H

#include "../case_list.h"

extern const struct route   export_routes[];
extern const struct feature case_export_feature;

/* Writes all rows of the query to path, in the caller's language, page after page, each in a read of its own. rows: how many. tell (may be
 * NULL) is called after each page; its error ends the run. Ordered by due time, a case that moves on meanwhile may be missed or come
 * twice; ordered by report it cannot. ERR_TOO_LARGE: more than `most` rows. */
MUST err export_run(struct req *r, const struct case_query *q, struct str path, int64_t most, err (*tell)(void *arg, int64_t rows), void *arg,
                    int64_t *rows);

#endif
