/* reorganise: organisations are moved, merged and closed, with a look beforehand at what changes for whom. It never widens anybody's rights. */
#ifndef LINLI_REORGANISE_H
#define LINLI_REORGANISE_H

#include "../../http/app.h"

extern const struct feature reorganise_feature;

#endif
