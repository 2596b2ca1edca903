/* The gate: one thread takes connections and gives each to the next of those that listen. Left to themselves they would take what they find,
 * and one of them may find most of it. Where as many are in as there may be, the others wait in the kernel's queue. */
#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "exchange.h"

#define FULL_WAIT (5 * 1000 * 1000)   /* nanoseconds until it is looked again whether there is room */

struct gate {
    struct http *http;
    pthread_t    thread;
    int          fd, most;
    atomic_bool  stop;
};

static void rest(void)
{
    nanosleep(&(struct timespec){ .tv_nsec = FULL_WAIT }, NULL);
}

static void let_in(struct gate *g)
{
    struct sockaddr_storage peer;
    socklen_t               n = sizeof peer;
    int                     fd = accept4(g->fd, (struct sockaddr *)&peer, &n, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0 && errno != EINTR && errno != ECONNABORTED)
        rest();   /* no descriptors, no memory */
    if (fd < 0)
        return;
    atomic_fetch_add(&g->http->open, 1);   /* conn_close takes it off */
    if (MHD_add_connection(g->http->daemon, fd, (struct sockaddr *)&peer, n) != MHD_YES)
        atomic_fetch_sub(&g->http->open, 1);   /* it has closed it */
}

static void *gate_run(void *arg)
{
    struct gate *g = arg;
    while (!atomic_load(&g->stop))
        if (atomic_load(&g->http->open) < g->most)
            let_in(g);
        else
            rest();
    return NULL;
}

err gate_open(struct http *h, int fd, int most)
{
    struct gate *g = ARENA_NEW(h->arena, struct gate);
    g->http = h;
    g->fd = fd;
    g->most = most;
    h->gate = g;
    return pthread_create(&g->thread, NULL, gate_run, g) == 0 ? OK : FAIL(ERR_INTERNAL);
}

void gate_close(struct gate *g)
{
    atomic_store(&g->stop, true);
    shutdown(g->fd, SHUT_RDWR);   /* ends the wait for the next one */
    pthread_join(g->thread, NULL);
    close(g->fd);
}
