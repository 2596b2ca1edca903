/* open311: GeoReport v2, so that other cities' apps and programs report and read here. Facts of the standard: docs/systems.md. */
#ifndef LINLI_OPEN311_H
#define LINLI_OPEN311_H

#include "../../http/app.h"

extern const struct feature open311_feature;

#endif
