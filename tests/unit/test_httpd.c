/* SPDX-License-Identifier: MIT */
/* The front door of the HTTP library, with a handler of our own behind it and plain sockets before it. */
#include "httpd.h"
#include "listen.h"
#include "router.h"
#include "suite.h"
#include "util/limits.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"

/* The daemon under test; the handler answers by the target. */
struct fixture {
    struct httpd *httpd;
    struct listen_address at;
    int socket;
    pthread_mutex_t gate; /* "/gate" waits for it */
    atomic_uint handled, done, freed, statuses, bytes;
};

static struct fixture f;

static ssize_t count_down(void *ctx, char *buffer, size_t room)
{
    int *left = ctx;

    if (*left == 0)
        return 0;
    if (*left < 0)
        return -1;
    (*left)--;
    memset(buffer, 'x', room < 1000 ? room : 1000);
    return room < 1000 ? (ssize_t)room : 1000;
}

static void count_free(void *ctx)
{
    (void)ctx;
    atomic_fetch_add(&f.freed, 1);
}

static void stream_of(const struct request *req, int blocks, struct reply *ret)
{
    int *left = arena_alloc(req->mem, sizeof *left);

    *left = blocks;
    ret->stream = (struct stream){.read = count_down, .free = count_free, .ctx = left};
}

static const struct route stub = {.path = "/stub"};

static void handle(void *ctx, const struct request *req, struct reply *ret)
{
    (void)ctx;
    atomic_fetch_add(&f.handled, 1);
    ret->status = 200;
    ret->route = &stub;
    reply_header(ret, "X-Target", arena_strndup(req->mem, req->target, 40));
    if (strcmp(req->target, "/gate") == 0) {
        pthread_mutex_lock(&f.gate);
        pthread_mutex_unlock(&f.gate);
    }
    if (strcmp(req->target, "/stream") == 0)
        stream_of(req, 100, ret);
    else if (strcmp(req->target, "/broken-stream") == 0)
        stream_of(req, -1, ret);
    else if (strcmp(req->target, "/304-empty") != 0)
        ret->body = blob_static("0123456789", 10);
    if (strncmp(req->target, "/304", 4) == 0)
        ret->status = 304;
    if (strcmp(req->target, "/bad-header") == 0)
        reply_header(ret, "X-Bad", "a\r\nSet-Cookie: b");
    ret->close = strcmp(req->target, "/close") == 0;
}

static void refuse(void *ctx, const struct request *req, unsigned status, const char *reason,
                   struct reply *ret)
{
    (void)ctx;
    ck_assert_ptr_nonnull(req->method);
    ret->status = status;
    reply_header(ret, "X-Reason", reason);
}

static void done(void *ctx, const struct httpd_outcome *o)
{
    (void)ctx;
    atomic_fetch_add(&f.done, 1);
    atomic_fetch_add(&f.statuses, o->status);
    atomic_fetch_add(&f.bytes, (unsigned)o->bytes);
}

static void set_up(unsigned connections)
{
    struct listener l = LISTENER_INIT;
    struct httpd_config cfg = {
        .n_sockets = 1,
        .threads = 2,
        .connections = connections,
        .idle_seconds = 20,
        .request_seconds = 20,
        .handle = handle,
        .refuse = refuse,
        .done = done,
    };
    socklen_t size = sizeof f.at.address;
    char *text = NULL;

    f = (struct fixture){.gate = PTHREAD_MUTEX_INITIALIZER};
    ck_assert_int_eq(listen_parse("127.0.0.1:0", &f.at), 0);
    ck_assert_int_eq(listen_open(&f.at, &l, &text), 0);
    ck_assert_int_eq(getsockname(l.fd, (struct sockaddr *)&f.at.address, &size), 0);
    ck_assert_int_eq(listen(l.fd, 1), 0);
    cfg.sockets = &l.fd;
    f.socket = l.fd;
    ck_assert_int_eq(httpd_start(&cfg, &f.httpd), 0);
}

static void tear_down(void)
{
    f.httpd = httpd_free(f.httpd);
}

static int dial(void)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    ck_assert_int_eq(connect(fd, (struct sockaddr *)&f.at.address, f.at.size), 0);
    return fd;
}

static void say(int fd, const char *text)
{
    ck_assert_int_eq(send(fd, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
}

/* Reads until the peer closes or UNTIL has been seen (NULL: never). free() it. */
static char *hear(int fd, const char *until)
{
    size_t room = 1 << 20, n = 0;
    char *text = calloc(1, room);
    ssize_t got;

    while ((!until || !strstr(text, until)) && (got = recv(fd, text + n, room - n - 1, 0)) > 0) {
        n += (size_t)got;
        text[n] = '\0';
    }
    return text;
}

/* One request on a connection of its own, that is read to its end. */
static char *ask(const char *request)
{
    int fd = dial();
    char *text;

    say(fd, request);
    text = hear(fd, NULL);
    close(fd);
    return text;
}

static unsigned count(const char *text, const char *what)
{
    unsigned n = 0;

    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

#define CLOSING(path) "GET " path " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

START_TEST(pipelined_requests_are_answered_in_order)
{
    set_up(100);
    char *text = ask(GET("/1") GET("/2") GET("/3") CLOSING("/4"));

    ck_assert_uint_eq(count(text, "HTTP/1.1 200"), 4);
    ck_assert_uint_eq(count(text, "0123456789"), 4);
    ck_assert(strstr(text, "X-Target: /1") < strstr(text, "X-Target: /2"));
    ck_assert(strstr(text, "X-Target: /2") < strstr(text, "X-Target: /3"));
    ck_assert(strstr(text, "X-Target: /3") < strstr(text, "X-Target: /4"));
    free(text);
    tear_down();
    ck_assert_uint_eq(atomic_load(&f.done), 4);
    ck_assert_uint_eq(atomic_load(&f.statuses), 800);
    ck_assert_uint_eq(atomic_load(&f.bytes), 40);
}
END_TEST

START_TEST(the_target_arrives_as_it_was_sent)
{
    set_up(100);
    char *text = ask(CLOSING("/a%2Fb%00c/../d+e?x=%zz&y=1&y=2"));

    ck_assert_ptr_nonnull(strstr(text, "X-Target: /a%2Fb%00c/../d+e?x=%zz&y=1&y=2\r\n"));
    free(text);
    tear_down();
}
END_TEST

START_TEST(head_and_304_have_the_length_of_the_body_and_no_body)
{
    static const char *const requests[] = {
        "HEAD /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        CLOSING("/304"),
    };

    set_up(100);
    for (size_t i = 0; i < 2; i++) {
        char *text = ask(requests[i]);
        ck_assert_ptr_nonnull(strstr(text, i ? "HTTP/1.1 304" : "HTTP/1.1 200"));
        ck_assert_ptr_nonnull(strstr(text, "Content-Length: 10\r\n"));
        assert_text(strstr(text, "\r\n\r\n"), "\r\n\r\n");
        free(text);
    }
    tear_down();
}
END_TEST

START_TEST(a_304_without_its_body_claims_no_length)
{
    set_up(100);
    char *text = ask(CLOSING("/304-empty"));

    ck_assert_ptr_nonnull(strstr(text, "HTTP/1.1 304"));
    ck_assert_ptr_null(strstr(text, "Content-Length"));
    ck_assert_ptr_null(strstr(text, "Transfer-Encoding"));
    assert_text(strstr(text, "\r\n\r\n"), "\r\n\r\n");
    free(text);
    tear_down();
}
END_TEST

START_TEST(streams_are_sent_whole_and_freed)
{
    set_up(100);
    char *text = ask(CLOSING("/stream"));

    ck_assert_uint_eq(count(text, "xxxxxxxxxx"), 10000);
    ck_assert_ptr_nonnull(strstr(text, "\r\n0\r\n\r\n"));
    free(text);
    tear_down();
    ck_assert_uint_eq(atomic_load(&f.freed), 1);
    ck_assert_uint_eq(atomic_load(&f.bytes), 100000);
}
END_TEST

START_TEST(a_stream_that_fails_is_not_ended)
{
    set_up(100);
    char *text = ask(GET("/broken-stream"));

    ck_assert_ptr_null(strstr(text, "\r\n0\r\n\r\n"));
    free(text);
    tear_down();
    ck_assert_uint_eq(atomic_load(&f.freed), 1);
}
END_TEST

START_TEST(a_header_that_cannot_be_sent_is_a_bare_500)
{
    set_up(100);
    char *text = ask(GET("/bad-header"));

    ck_assert_int_eq(strncmp(text, "HTTP/1.1 500", 12), 0);
    ck_assert_ptr_null(strstr(text, "Set-Cookie"));
    ck_assert_ptr_null(strstr(text, "0123456789"));
    free(text);
    tear_down();
}
END_TEST

START_TEST(refusals_close_and_are_not_handled)
{
    static const struct {
        const char *request, *status;
    } cases[] = {
        {"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "HTTP/1.1 400"},
        {"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "HTTP/1.1 400"},
        {"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         "HTTP/1.1 400"},
        {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "HTTP/1.1 400"},
        {"get / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 501"},
        {"GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400"},
        {"GET x HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400"},
        {"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n", "HTTP/1.1 413"},
        {"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 411"},
    };

    set_up(100);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = ask(cases[i].request);
        ck_assert_msg(strncmp(text, cases[i].status, 12) == 0, "%zu: %.60s", i, text);
        ck_assert_ptr_nonnull(strstr(text, "Connection: close"));
        free(text);
    }
    ck_assert_uint_eq(atomic_load(&f.handled), 0);
    tear_down();
}
END_TEST

START_TEST(bodies_are_passed_over)
{
    set_up(100);
    char *text = ask("GET /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nGET /"
                     "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nGET /2" CLOSING("/3"));

    ck_assert_uint_eq(count(text, "HTTP/1.1 200"), 3);
    ck_assert_uint_eq(atomic_load(&f.handled), 3);
    free(text);
    tear_down();
}
END_TEST

START_TEST(many_arguments_are_answered)
{
    char request[LIMIT_TARGET_BYTES + 100] = "GET /?";

    for (size_t n = strlen(request); n < LIMIT_TARGET_BYTES;)
        n += (size_t)sprintf(request + n, "a&");
    strcat(request, " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    set_up(100);
    char *text = ask(request);
    ck_assert_int_eq(strncmp(text, "HTTP/1.1 200", 12), 0);
    free(text);
    tear_down();
}
END_TEST

static const int limits[] = {8, 9, 11};

START_TEST(above_four_fifths_of_any_limit_connections_are_closed)
{
    int fds[11], n = limits[_i] * 4 / 5;

    set_up((unsigned)limits[_i]);
    for (int i = 0; i <= n; i++) {
        fds[i] = dial();
        say(fds[i], GET("/"));
        char *text = hear(fds[i], i < n ? "0123456789" : NULL);
        ck_assert_int_eq(strstr(text, "Connection: close") != NULL, i == n);
        free(text);
    }
    for (int i = 0; i <= n; i++)
        close(fds[i]);
    tear_down();
}
END_TEST

/* Linux shows the length of a listening socket's queue where others have unacknowledged segments. */
START_TEST(four_times_the_limit_can_wait)
{
    unsigned connections = 5000, most = 0;
    struct tcp_info info = {0};
    socklen_t size = sizeof info;
    FILE *file = fopen("/proc/sys/net/core/somaxconn", "r");

    if (file) {
        ck_assert_int_eq(fscanf(file, "%u", &most), 1);
        fclose(file);
    }
    set_up(connections);
    ck_assert_int_eq(getsockopt(f.socket, IPPROTO_TCP, TCP_INFO, &info, &size), 0);
    ck_assert_uint_eq(info.tcpi_sacked, most && most < 4 * connections ? most : 4 * connections);
    tear_down();
}
END_TEST

START_TEST(near_the_limit_connections_are_closed_and_over_it_they_wait)
{
    int fds[10];

    set_up(10);
    for (int i = 0; i < 10; i++) {
        fds[i] = dial();
        say(fds[i], GET("/"));
        char *text = hear(fds[i], "0123456789");
        ck_assert_int_eq(strstr(text, "Connection: close") != NULL, i >= 8);
        if (i >= 8)
            free(hear(fds[i], NULL));
        free(text);
    }
    for (int i = 8; i < 10; i++) {
        close(fds[i]);
        fds[i] = dial();
    }
    /* Ten are open, so the next waits until one goes. */
    int waiting = dial();
    say(waiting, GET("/waited"));
    close(fds[0]);
    char *text = hear(waiting, "0123456789");
    ck_assert_ptr_nonnull(strstr(text, "X-Target: /waited"));
    free(text);
    close(waiting);
    for (int i = 1; i < 10; i++)
        close(fds[i]);
    tear_down();
}
END_TEST

START_TEST(draining_waits_for_what_runs_and_for_what_has_connected)
{
    set_up(100);
    pthread_mutex_lock(&f.gate);
    int running = dial(), idle = dial(), queued;

    say(idle, GET("/idle"));
    free(hear(idle, "0123456789"));
    say(running, GET("/gate"));
    while (atomic_load(&f.handled) < 2)
        usleep(1000);
    ck_assert(!httpd_drain(f.httpd, 0));
    queued = dial();
    say(queued, GET("/queued"));

    httpd_quiesce(f.httpd);
    pthread_mutex_unlock(&f.gate);
    ck_assert(httpd_drain(f.httpd, 10));
    f.httpd = httpd_free(f.httpd);
    char *first = hear(running, NULL), *second = hear(queued, NULL);
    ck_assert_ptr_nonnull(strstr(first, "0123456789"));
    ck_assert_ptr_nonnull(strstr(second, "X-Target: /queued"));
    ck_assert_ptr_nonnull(strstr(second, "Connection: close"));
    free(first);
    free(second);
    close(running);
    close(queued);
    close(idle);
    ck_assert_uint_eq(atomic_load(&f.done), 3);
}
END_TEST

START_TEST(who_waits_over_the_limit_is_answered_at_the_end)
{
    int fds[9];

    set_up(8);
    for (int i = 0; i < 8; i++) {
        fds[i] = dial();
        say(fds[i], "GET /half HTTP/1.1\r\n");
    }
    fds[8] = dial();
    say(fds[8], GET("/queued"));
    httpd_quiesce(f.httpd);
    ck_assert(httpd_drain(f.httpd, 10));
    f.httpd = httpd_free(f.httpd);
    char *text = hear(fds[8], NULL);
    ck_assert_ptr_nonnull(strstr(text, "X-Target: /queued"));
    free(text);
    for (int i = 0; i < 9; i++)
        close(fds[i]);
}
END_TEST

START_TEST(a_client_that_goes_away_leaves_nothing_behind)
{
    set_up(100);
    for (int i = 0; i < 20; i++) {
        int fd = dial();
        say(fd, i % 2 ? "GET / HTTP/1.1\r\nHost:" : GET("/stream"));
        close(fd);
    }
    httpd_quiesce(f.httpd);
    ck_assert(httpd_drain(f.httpd, 10));
    f.httpd = httpd_free(f.httpd);
    ck_assert_uint_eq(atomic_load(&f.done), atomic_load(&f.handled));
    ck_assert_uint_eq(atomic_load(&f.freed), atomic_load(&f.handled));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("httpd");

    SUITE_ADD(s, "replies", pipelined_requests_are_answered_in_order, the_target_arrives_as_it_was_sent,
              head_and_304_have_the_length_of_the_body_and_no_body, a_304_without_its_body_claims_no_length,
              streams_are_sent_whole_and_freed, a_stream_that_fails_is_not_ended,
              a_header_that_cannot_be_sent_is_a_bare_500);
    SUITE_ADD(s, "requests", refusals_close_and_are_not_handled, bodies_are_passed_over,
              many_arguments_are_answered);
    SUITE_ADD(s, "connections", four_times_the_limit_can_wait,
              near_the_limit_connections_are_closed_and_over_it_they_wait,
              draining_waits_for_what_runs_and_for_what_has_connected,
              who_waits_over_the_limit_is_answered_at_the_end, a_client_that_goes_away_leaves_nothing_behind);
    TCase *tc = tcase_create("limits");
    SUITE_LOOP(tc, above_four_fifths_of_any_limit_connections_are_closed, limits);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
