/* phone: codes to telephones, so that somebody without an account can show that a number is theirs. Only with a gateway. */
#ifndef LINLI_PHONE_H
#define LINLI_PHONE_H

#include "../../http/app.h"

extern const struct feature phone_feature;

/* What a proof says of a contact, inside a transaction: *verified when it is ours, for this number and not too old. A fault on `contact` when it
 * is another number's, or when `strict` and the district insists on verified numbers (with a gateway; mail addresses are let be). */
MUST err phone_check(struct req *r, struct str contact, struct str proof, bool strict, bool *verified);

#endif
