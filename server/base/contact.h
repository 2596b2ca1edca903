/* Telephones and mail addresses: how they are compared, and how they look to who may not see them. */
#ifndef LINLI_BASE_CONTACT_H
#define LINLI_BASE_CONTACT_H

#include "err.h"

/* The digits of a telephone (5 to 15; blanks, +, - and brackets are left out), or a mail address in small letters. ERR_INVALID when it is
 * neither, ERR_TOO_SHORT, ERR_TOO_LONG. */
MUST err contact_tidy(struct arena *a, struct str contact, struct str *out);

/* A contact as shown without the right to see it: 138 **** **46, z***@example.org. STR_NONE stays STR_NONE. */
struct str contact_mask(struct arena *a, struct str contact);

#endif
