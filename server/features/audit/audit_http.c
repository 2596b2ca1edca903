/* The feature. */
#include "audit.h"

const struct feature audit_feature = {
    .name = "audit",
};
