/* load: sends HTTP requests over many kept-alive connections for some seconds and counts the answers that have the expected status.
 *
 *     load PORT CONNECTIONS SECONDS STATUS REQUESTS
 *
 * REQUESTS is a file of whole requests, each preceded by a line with its length in bytes; they are sent in turn. One thread, no pipelining:
 * a connection sends its next request when the answer before has come. Prints one line of JSON. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define ANSWER_MOST  (16 * 1024 * 1024)
#define SAMPLES_MOST (8 * 1024 * 1024)
#define STATUSES     600

struct request {
    const char *bytes;
    size_t      length;
};

struct connection {
    int      fd;
    size_t   request;       /* which is under way */
    size_t   sent, got;
    uint64_t began;
    char    *answer;
};

struct load {
    int                port, connections, status, poll;
    double             seconds;
    struct request    *requests;
    size_t             request_count, next;
    struct connection *list;
    uint32_t          *micros;          /* of each expected answer */
    size_t             samples;
    uint64_t           by_status[STATUSES];
    bool               ending;
    int                open;
};

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static uint64_t now_micros(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static void *make(size_t n, size_t size)
{
    void *p = calloc(n, size);
    if (!p)
        die("memory");
    return p;
}

static void read_requests(struct load *l, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        die(path);
    size_t room = 0, length;
    while (fscanf(f, "%zu", &length) == 1 && fgetc(f) == '\n') {
        if (l->request_count == room) {
            room = room ? room * 2 : 64;
            l->requests = realloc(l->requests, room * sizeof *l->requests);
            if (!l->requests)
                die("memory");
        }
        char *bytes = make(length + 1, 1);
        if (fread(bytes, 1, length, f) != length)
            die("a request is shorter than stated");
        l->requests[l->request_count++] = (struct request){ bytes, length };
    }
    fclose(f);
    if (l->request_count == 0)
        die("no request in the file");
}

static void watch(struct load *l, struct connection *c, int operation, uint32_t events)
{
    struct epoll_event e = { .events = events, .data.ptr = c };
    if (epoll_ctl(l->poll, operation, c->fd, &e) != 0)
        die("epoll_ctl");
}

static void begin(struct load *l, struct connection *c)
{
    c->request = l->next++ % l->request_count;
    c->sent = c->got = 0;
    c->began = now_micros();
}

static void open_connection(struct load *l, struct connection *c)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)l->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int                on = 1;
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof to) != 0)
        die("connect");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(c->fd, F_SETFL, O_NONBLOCK);
    if (!c->answer)
        c->answer = make(ANSWER_MOST + 1, 1);
    l->open++;
    begin(l, c);
    watch(l, c, EPOLL_CTL_ADD, EPOLLOUT);
}

static void close_connection(struct load *l, struct connection *c)
{
    close(c->fd);
    c->fd = -1;
    l->open--;
}

/* Length of the answer when its head is there: head and stated body. 0: not yet. */
static size_t answer_length(const struct connection *c)
{
    const char *end = strstr(c->answer, "\r\n\r\n");
    if (!end)
        return 0;
    const char *stated = strcasestr(c->answer, "\r\ncontent-length:");
    size_t      head = (size_t)(end - c->answer) + 4;
    return head + (stated && stated < end ? strtoul(stated + 17, NULL, 10) : 0);
}

static void take_answer(struct load *l, struct connection *c)
{
    int status = c->got > 12 ? atoi(c->answer + 9) : 0;
    l->by_status[status >= 0 && status < STATUSES ? status : 0]++;
    if (status == l->status && l->samples < SAMPLES_MOST)
        l->micros[l->samples++] = (uint32_t)(now_micros() - c->began);
    bool closing = strcasestr(c->answer, "\r\nconnection: close") != NULL;
    if (closing || l->ending)
        close_connection(l, c);
    if (l->ending)
        return;
    if (closing) {
        open_connection(l, c);
    } else {
        begin(l, c);
        watch(l, c, EPOLL_CTL_MOD, EPOLLOUT);
    }
}

static void lost(struct load *l, struct connection *c)
{
    l->by_status[0]++;
    close_connection(l, c);
    if (!l->ending)
        open_connection(l, c);
}

static void receive(struct load *l, struct connection *c)
{
    ssize_t n = read(c->fd, c->answer + c->got, ANSWER_MOST - c->got);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0) {
        lost(l, c);
        return;
    }
    c->got += (size_t)n;
    c->answer[c->got] = 0;
    size_t whole = answer_length(c);
    if (whole && c->got >= whole)
        take_answer(l, c);
}

static void transmit(struct load *l, struct connection *c)
{
    const struct request *r = &l->requests[c->request];
    ssize_t               n = write(c->fd, r->bytes + c->sent, r->length - c->sent);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n < 0) {
        lost(l, c);
        return;
    }
    c->sent += (size_t)n;
    if (c->sent == r->length)
        watch(l, c, EPOLL_CTL_MOD, EPOLLIN);
}

/* Until the time is over; then the answers under way are awaited and not counted as part of the time. */
static double run(struct load *l)
{
    struct epoll_event events[128];
    uint64_t           start = now_micros(), end = start + (uint64_t)(l->seconds * 1e6), last = start;
    for (int i = 0; i < l->connections; i++)
        open_connection(l, &l->list[i]);
    while (l->open > 0) {
        int n = epoll_wait(l->poll, events, 128, 5000);
        if (n == 0 || (n < 0 && errno != EINTR))
            break;
        last = now_micros();
        l->ending = last >= end;
        for (int i = 0; i < n; i++) {
            struct connection *c = events[i].data.ptr;
            if (events[i].events & EPOLLOUT)
                transmit(l, c);
            else
                receive(l, c);
        }
    }
    return (double)(last - start) / 1e6;
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void report(struct load *l, double took)
{
    qsort(l->micros, l->samples, sizeof *l->micros, ascending);
    size_t n = l->samples;
    printf("{\"good\":%zu,\"seconds\":%.3f,\"per_second\":%.1f,\"p50_us\":%u,\"p95_us\":%u,\"p99_us\":%u,\"statuses\":{", n, took, (double)n / took,
           n ? l->micros[n / 2] : 0, n ? l->micros[n * 95 / 100] : 0, n ? l->micros[n * 99 / 100] : 0);
    const char *between = "";
    for (int i = 0; i < STATUSES; i++)
        if (l->by_status[i]) {
            printf("%s\"%d\":%llu", between, i, (unsigned long long)l->by_status[i]);
            between = ",";
        }
    puts("}}");
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fputs("usage: load PORT CONNECTIONS SECONDS STATUS REQUESTS\n", stderr);
        return 2;
    }
    struct load l = { .port = atoi(argv[1]), .connections = atoi(argv[2]), .seconds = atof(argv[3]), .status = atoi(argv[4]) };
    read_requests(&l, argv[5]);
    l.list = make((size_t)l.connections, sizeof *l.list);
    l.micros = make(SAMPLES_MOST, sizeof *l.micros);
    l.poll = epoll_create1(EPOLL_CLOEXEC);
    if (l.poll < 0)
        die("epoll_create1");
    report(&l, run(&l));
    return 0;
}
