/* exchange: needs and resources of a place, who could help whom, and what became of it. */
#ifndef LINLI_EXCHANGE_H
#define LINLI_EXCHANGE_H

#include "../../http/app.h"

extern const struct feature exchange_feature;

#endif
