/* JSON out: a streaming writer over buf. JSON in goes through jansson and the field tables (field.h).
 * The writer puts commas itself; opening and closing must pair up. */
#ifndef LINLI_BASE_JSON_H
#define LINLI_BASE_JSON_H

#include "buf.h"

struct json {
    struct buf *out;
    bool        comma;   /* a comma is due before the next value or key */
};

struct json json_on(struct buf *out);

void json_open(struct json *j);              /* {  */
void json_close(struct json *j);             /* }  */
void json_list(struct json *j);              /* [  */
void json_list_end(struct json *j);          /* ]  */
void json_key(struct json *j, const char *key);   /* key needs no escaping */

void json_str(struct json *j, struct str s); /* ptr NULL writes null; s must be valid UTF-8 */
void json_z(struct json *j, const char *z);  /* NULL writes null */
void json_i64(struct json *j, int64_t v);
void json_id(struct json *j, int64_t id);    /* decimal text; 0 writes null */
void json_real(struct json *j, double v, int decimals);   /* fixed decimals, at most 9, trailing zeros cut; |v| < 1e9 */
void json_bool(struct json *j, bool v);
void json_null(struct json *j);
void json_raw(struct json *j, struct str text);   /* text is JSON already */

/* Key and value in one. */
void json_kv_str(struct json *j, const char *key, struct str s);
void json_kv_z(struct json *j, const char *key, const char *z);
void json_kv_i64(struct json *j, const char *key, int64_t v);
void json_kv_id(struct json *j, const char *key, int64_t id);
void json_kv_bool(struct json *j, const char *key, bool v);

#endif
