/* The threads of the listener: those that listen, the crew, the gate, the end. Meant for -Db_sanitize=thread too. What goes over the wire in
 * detail: tests/api/http.test.mjs, stall.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>

#include "../db/test_db.h"
#include "exchange.h"

#define TENANT  1
#define CALLERS 8
#define TURNS   40

static struct test_db t;
static struct http   *http;
static int            port;
static atomic_int     done;

static void rest(long millis)
{
    nanosleep(&(struct timespec){ millis / 1000, millis % 1000 * 1000000 }, NULL);
}

/* ---- a server: a read, a write, one that waits, each says back the number in its path ---- */

struct number { int64_t value; };
static const struct field number_view[] = { FIELD_I64(struct number, value, 0, 0, REQUIRED, "As in the path"), FIELD_END };

static err say(struct req *r)
{
    struct number n = { r->path[0] };
    return reply_view(r, number_view, &n, 0);
}

static err count_and_say(struct req *r)
{
    int64_t n;
    TRY(db_counter(r->db, r->tenant, STR("turns"), &n));
    return say(r);
}

static err wait_and_say(struct req *r)
{
    rest(r->path[0]);
    atomic_fetch_add(&done, 1);
    return say(r);
}

static const struct route table[] = {
    { GET, "/read/:n", say, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_VIEW, .reply = number_view, .summary = "Read", .tag = "test" },
    { POST, "/write/:n", count_and_say, .perm = PERM_PUBLIC, .tx = TX_WRITE, .reply_kind = REPLY_VIEW, .reply = number_view, .summary = "Write", .tag = "test" },
    { GET, "/wait/:n", wait_and_say, .perm = PERM_PUBLIC, .reply_kind = REPLY_VIEW, .reply = number_view, .summary = "Wait", .tag = "test" },
    ROUTE_END
};

static err nobody(struct req *r)
{
    (void)r;
    return OK;
}

static void serve(int connections)
{
    static const struct route *const tables[] = { table, NULL };
    static const struct http_hooks   hooks = { .identify = nobody };
    struct http_options              o = { .address = "127.0.0.1", .connections_most = connections };
    test_db_open(&t);
    atomic_store(&done, 0);
    assert_false(failed(http_start(&o, &hooks, NULL, t.db, TENANT, tables, &http)));
    port = http_port(http);
}

static void end(void)
{
    http_stop(http, 5 * MS_SECOND);
    test_db_close(&t);
}

/* ---- a caller ---- */

static int call(void)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct timeval     patience = { .tv_sec = 60 };
    int                fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0 ? fd : -1;
}

static bool ask(int fd, const char *method, const char *path, int n)
{
    char text[128];
    int  len = snprintf(text, sizeof text, "%s /%s/%d HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", method, path, n);
    return send(fd, text, (size_t)len, MSG_NOSIGNAL) == len;
}

/* True when what came back is 200 with that number. */
static bool hear(int fd, int n)
{
    char   text[4096], want[32];
    size_t len = 0;
    snprintf(want, sizeof want, "{\"value\":%d}", n);
    while (len < sizeof text - 1) {
        ssize_t got = recv(fd, text + len, sizeof text - 1 - len, 0);
        if (got <= 0)
            return false;
        len += (size_t)got;
        text[len] = 0;
        if (strstr(text, want))
            return strncmp(text, "HTTP/1.1 200 ", 13) == 0;
    }
    return false;
}

static void *call_and_ask(void *arg)
{
    int  who = (int)(intptr_t)arg, fd = call();
    bool good = fd >= 0;
    for (int i = 0; good && i < TURNS; i++) {
        int n = who * 1000 + i + 1;
        good = i % 4 == 1   ? ask(fd, "POST", "write", n) && hear(fd, n)
               : i % 8 == 2 ? ask(fd, "GET", "wait", who + 1) && hear(fd, who + 1)
                            : ask(fd, "GET", "read", n) && hear(fd, n);
    }
    close(fd);
    return good ? NULL : arg;
}

/* ---- */

static void each_caller_hears_what_is_his(void **state)
{
    (void)state;
    pthread_t callers[CALLERS];
    serve(0);
    for (intptr_t i = 0; i < CALLERS; i++)
        assert_int_equal(pthread_create(&callers[i], NULL, call_and_ask, (void *)i), 0);
    for (int i = 0; i < CALLERS; i++) {
        void *bad = http;
        pthread_join(callers[i], &bad);
        assert_null(bad);
    }
    assert_int_equal(atomic_load(&done), CALLERS * TURNS / 8);
    end();
}

static void at_the_limit_the_next_one_waits(void **state)
{
    (void)state;
    serve(2);
    int first = call(), second = call();
    assert_true(ask(first, "GET", "read", 1) && hear(first, 1));
    assert_true(ask(second, "GET", "read", 2) && hear(second, 2));
    int     third = call();
    char    byte;
    assert_true(ask(third, "GET", "read", 3));
    rest(200);
    assert_true(recv(third, &byte, 1, MSG_DONTWAIT) < 0 && errno == EAGAIN);
    close(first);
    assert_true(hear(third, 3));
    close(second);
    close(third);
    end();
}

static void *stop(void *arg)
{
    http_stop(http, 5 * MS_SECOND);
    return arg;
}

static void work_under_way_is_finished_before_the_end(void **state)
{
    (void)state;
    pthread_t stopper;
    serve(0);
    int one = call(), two = call();
    assert_true(ask(one, "GET", "wait", 400) && ask(two, "GET", "wait", 401));
    rest(100);
    assert_int_equal(pthread_create(&stopper, NULL, stop, NULL), 0);
    assert_true(hear(one, 400));
    assert_true(hear(two, 401));
    pthread_join(stopper, NULL);
    assert_int_equal(call(), -1);
    close(one);
    close(two);
    test_db_close(&t);
}

/* Grace is over before the work is: its answer is lost, but it is not cut short. */
static void nor_is_it_cut_short_when_grace_is_over(void **state)
{
    (void)state;
    serve(0);
    int one = call();
    assert_true(ask(one, "GET", "wait", 500));
    rest(100);
    http_stop(http, 50);
    assert_int_equal(atomic_load(&done), 1);
    close(one);
    test_db_close(&t);
}

/* ---- the crew by itself ---- */

static pthread_barrier_t all_here;

static void meet(void *arg)
{
    pthread_barrier_wait(&all_here);
    atomic_fetch_add((atomic_int *)arg, 1);
}

static void the_crew_is_as_large_as_what_it_is_given(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct crew  *c = crew_new(a);
    atomic_int    met = 0;
    pthread_barrier_init(&all_here, NULL, 20);
    for (int round = 0; round < 3; round++) {   /* each waits for all others: nobody may stand behind anybody */
        for (int i = 0; i < 20; i++)
            assert_true(crew_give(c, meet, &met));
        while (atomic_load(&met) < 20 * (round + 1))
            rest(1);
    }
    for (int i = 0; i < 20; i++)
        assert_true(crew_give(c, meet, &met));
    crew_end(c);
    assert_int_equal(met, 80);
    pthread_barrier_destroy(&all_here);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_caller_hears_what_is_his),
        cmocka_unit_test(at_the_limit_the_next_one_waits),
        cmocka_unit_test(work_under_way_is_finished_before_the_end),
        cmocka_unit_test(nor_is_it_cut_short_when_grace_is_over),
        cmocka_unit_test(the_crew_is_as_large_as_what_it_is_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
