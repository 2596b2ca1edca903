/* The feature. */
#include "setting_rules.h"

const struct feature setting_feature = {
    .name = "setting",
    .start = setting_start,
    .stop = setting_stop,
};
