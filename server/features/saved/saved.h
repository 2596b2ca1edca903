/* saved: what people keep under a name. A view of the cases (filters, order and way of showing, as the page's address has them) or the text
 * of a reply with placeholders; one's own, or shared with a unit and everything below it. */
#ifndef LINLI_SAVED_H
#define LINLI_SAVED_H

#include "../../http/app.h"

extern const struct feature saved_feature;

#endif
