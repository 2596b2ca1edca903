/* hook: webhooks. In: devices and hotlines report by signed JSON, mapped to a case. Out: subscriptions are told of steps of cases, as signed
 * JSON or by the robots of WeCom, DingTalk and Feishu. */
#ifndef LINLI_HOOK_H
#define LINLI_HOOK_H

#include "../../http/app.h"

extern const struct feature hook_feature;

#endif
