/* disk: what everybody who writes files needs to get right. */
#ifndef LINLI_BASE_DISK_H
#define LINLI_BASE_DISK_H

#include <stdbool.h>

#include "str.h"

/* All of the bytes, in as many pieces as it takes. False: errno says why, ENOSPC also where the system says nothing but takes no more. */
bool disk_write(int fd, struct str bytes);
/* Whether an errno says that there is no room: on the disk, in somebody's share of it, or in a file that may not grow. */
bool disk_is_full(int number);

#endif
