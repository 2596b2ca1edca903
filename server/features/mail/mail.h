/* mail: messages by mail, beside the notices, for who asked for it: an address that was confirmed, which messages, at once or once a day. */
#ifndef LINLI_MAIL_H
#define LINLI_MAIL_H

#include "../../http/app.h"

extern const struct feature mail_feature;

#endif
