/* Routes of areas, organisations, posts and appointments. */
#include "unit_inside.h"

const struct route unit_routes[] = { ROUTE_END };
