/* JSON out: a streaming writer over buf. JSON in goes through jansson and the field tables (field.h).
 * The writer puts commas itself; opening and closing must pair up. */
#ifndef LINLI_BASE_JSONW_H
#define LINLI_BASE_JSONW_H

#include "buf.h"

struct jsonw {
    struct buf *out;
    bool        comma;   /* a comma is due before the next value or key */
};

struct jsonw jsonw_on(struct buf *out);

void jsonw_open(struct jsonw *j);              /* {  */
void jsonw_close(struct jsonw *j);             /* }  */
void jsonw_list(struct jsonw *j);              /* [  */
void jsonw_list_end(struct jsonw *j);          /* ]  */
void jsonw_key(struct jsonw *j, const char *key);   /* key needs no escaping */
/* The same for a key that is written already, quoted and with its colon, in as much room: copied whole, which is quicker than as long as it is. */
#define JSONW_KEY_ROOM ((size_t)32)
void jsonw_key_ready(struct jsonw *j, const char key[JSONW_KEY_ROOM], size_t len);

void jsonw_str(struct jsonw *j, struct str s); /* ptr NULL writes null; s must be valid UTF-8 */
void jsonw_z(struct jsonw *j, const char *z);  /* NULL writes null */
void jsonw_i64(struct jsonw *j, int64_t v);
void jsonw_id(struct jsonw *j, int64_t id);    /* decimal text; 0 writes null */
void jsonw_real(struct jsonw *j, double v, int decimals);   /* fixed decimals, at most 9, trailing zeros cut; |v| < 1e9 */
void jsonw_bool(struct jsonw *j, bool v);
void jsonw_null(struct jsonw *j);
void jsonw_raw(struct jsonw *j, struct str text);   /* text is JSON already */

/* Key and value in one. */
void jsonw_kv_str(struct jsonw *j, const char *key, struct str s);
void jsonw_kv_z(struct jsonw *j, const char *key, const char *z);
void jsonw_kv_i64(struct jsonw *j, const char *key, int64_t v);
void jsonw_kv_id(struct jsonw *j, const char *key, int64_t id);
void jsonw_kv_bool(struct jsonw *j, const char *key, bool v);

#endif
