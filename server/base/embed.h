/* Files embedded in the program by tools/embed-files. */
#ifndef LINLI_BASE_EMBED_H
#define LINLI_BASE_EMBED_H

#include "str.h"

struct embedded {
    const char *name;   /* file name without folder; NULL ends the list */
    const char *start, *end;
};

/* The file's bytes by its name; STR_NONE when there is none. */
static inline struct str embedded_find(const struct embedded *list, const char *name)
{
    for (; list->name; list++)
        if (strcmp(list->name, name) == 0)
            return (struct str){ list->start, (size_t)(list->end - list->start) };
    return STR_NONE;
}

#endif
