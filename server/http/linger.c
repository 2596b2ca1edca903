/* A lingering close. Answering before the body was read ends the connection; closing it with unread bytes would reset it, and the client,
 * still writing, might lose the very answer that tells it why. So what comes is read and thrown away until the client is done, goes away,
 * or has had its time. */
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "exchange.h"

#define LINGER_MOST (3 * MS_SECOND)

static bool peer_is_done(int fd)
{
    struct tcp_info info;
    socklen_t       n = sizeof info;
    return getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &n) != 0 || info.tcpi_state != TCP_FIN_WAIT2;
}

/* Everything that lies there now. */
static int64_t discard(int fd)
{
    char    bytes[16 * 1024];
    int64_t sum = 0;
    for (ssize_t n; (n = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT)) > 0;)
        sum += n;
    return sum;
}

static void throw_away(int fd, int64_t expected)
{
    ms until = clock_monotonic() + LINGER_MOST;
    while (expected > 0 && clock_monotonic() < until) {
        expected -= discard(fd);
        /* The library has shut the reading side, so that a wait for bytes would return at once: look again a little later. */
        nanosleep(&(struct timespec){ 0, 5 * 1000000 }, NULL);
        if (expected > 0 && peer_is_done(fd) && discard(fd) == 0)
            return;
    }
}

struct lingering {
    int     fd;
    int64_t expected;
};

static void work(void *arg)
{
    struct lingering *l = arg;
    throw_away(l->fd, l->expected);
    close(l->fd);
    free(l);
}

/* The socket stays open by a descriptor of our own when the library has closed its. */
void linger(struct crew *crew, int fd, int64_t expected)
{
    struct lingering *l = malloc(sizeof *l);
    int               own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    shutdown(fd, SHUT_WR);
    if (l && own >= 0) {
        *l = (struct lingering){ own, expected };
        if (crew_give(crew, work, l))
            return;
    }
    if (own >= 0)
        close(own);
    free(l);
}
