/* document: one writer for the standard's two formats. The JSON is the XML by the Spark convention: lists lose the names of their elements.
 *
 *   doc_list(d, "services");              <services>                [
 *   doc_item(d, "service");                 <service>                 {
 *   doc_str(d, "service_code", code);         <service_code>1</…>       "service_code":"1"
 *   doc_end(d); doc_end(d);                 </service></services>     } ]
 */
#ifndef LINLI_OPEN311_DOCUMENT_H
#define LINLI_OPEN311_DOCUMENT_H

#include "../../base/jsonw.h"

enum doc_format { DOC_XML, DOC_JSON };

struct doc;

struct doc *doc_begin(struct arena *a, enum doc_format format);
void        doc_list(struct doc *d, const char *name);
void        doc_item(struct doc *d, const char *name);
void        doc_end(struct doc *d);                                   /* of the innermost list or item */
void        doc_str(struct doc *d, const char *name, struct str s);   /* STR_NONE: an empty element, null */
void        doc_i64(struct doc *d, const char *name, int64_t v);
void        doc_bool(struct doc *d, const char *name, bool v);
void        doc_real(struct doc *d, const char *name, bool known, double v);   /* seven decimals; not known: an empty element, null */
void        doc_entry(struct doc *d, const char *name, struct str s);          /* a text in a list of texts */
/* The whole, in the arena; STR_NONE when it could not be made. */
struct str  doc_finish(struct doc *d);
const char *doc_type(enum doc_format format);

/* What XML 1.0 cannot hold (control characters, U+FFFE, U+FFFF) becomes U+FFFD. */
struct str  doc_clean(struct arena *a, struct str s);

#endif
