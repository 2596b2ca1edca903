/* The embedded web application: a table that tools/embed-web makes from web/dist/manifest.txt, sorted by path. */
#ifndef LINLI_HTTP_STATIC_H
#define LINLI_HTTP_STATIC_H

#include <stddef.h>

struct web_bytes { const char *from, *to; };   /* NULL, NULL: there is no such variant */

struct web_file {
    const char      *path;      /* "/assets/x.js" */
    const char      *type;
    const char      *hash;      /* SHA-256 of the plain bytes, hex */
    struct web_bytes plain, br, gzip;
};

extern const struct web_file web_files[];
extern const size_t          web_file_count;

#endif
