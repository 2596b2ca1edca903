/* Areas and organisations for the search over everything. Private to this folder. */
#ifndef LINLI_UNIT_FIND_H
#define LINLI_UNIT_FIND_H

#include "../search/search.h"

extern const struct search_group area_search_group, org_search_group;

#endif
