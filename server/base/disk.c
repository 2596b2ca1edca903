#include "disk.h"

#include <errno.h>
#include <unistd.h>

/* A disk that is nearly full takes a part, and says so with the next piece alone. */
bool disk_write(int fd, struct str bytes)
{
    while (bytes.len) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n == 0)
            errno = ENOSPC;
        if (n <= 0)
            return false;
        bytes.ptr += n;
        bytes.len -= (size_t)n;
    }
    return true;
}

bool disk_is_full(int number)
{
    return number == ENOSPC || number == EDQUOT || number == EFBIG;
}
