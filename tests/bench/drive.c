/* SPDX-License-Identifier: MIT */
/*
 * Asks for what is answered with a head alone, as fast as answers come: wrk waits for the body whose length a 304 tells (RFC 9110 section
 * 8.6 lets it, section 15.4.5 says that there is none), and so measures nothing there.
 *
 * usage: drive PORT CONNECTIONS SECONDS < REQUEST      REQUEST: the bytes of one request; prints answers a second
 *
 * Two threads, each with its half of the connections; one request at a time on each. Anything but a 304 ends it with a fault.
 */
#include "util/num.h"

#include <err.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define THREADS 2
#define EVENTS  64

static char request[8192];
static size_t request_size;

struct half {
    pthread_t thread;
    uint16_t port;
    unsigned connections;
    double end;
    uint64_t answers;
};

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A new connection, watched, with its first request sent. */
static void begin(uint16_t port, int poll)
{
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct epoll_event e = {.events = EPOLLIN, .data.fd = fd};
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0 ||
        epoll_ctl(poll, EPOLL_CTL_ADD, fd, &e) != 0)
        err(1, "port %u", port);
    (void)send(fd, request, request_size, MSG_NOSIGNAL);
}

/* Whether there was an answer; a connection that the server closes after one is made again. A head fits into one
 * read: it is sent by one write. */
static bool take(int fd, uint16_t port, int poll)
{
    char head[8192];
    ssize_t n = recv(fd, head, sizeof head, 0);
    if (n <= 0) {
        (void)close(fd);
        begin(port, poll);
        return false;
    }
    if (n < 16 || memcmp(head, "HTTP/1.1 304 ", 13) != 0 || memcmp(head + n - 4, "\r\n\r\n", 4) != 0)
        errx(1, "the answer is no 304: %.*s", (int)n, head);
    (void)send(fd, request, request_size, MSG_NOSIGNAL);
    return true;
}

static void *run(void *ctx)
{
    struct half *h = ctx;
    int poll = epoll_create1(EPOLL_CLOEXEC);
    for (unsigned i = 0; i < h->connections; i++)
        begin(h->port, poll);
    while (now() < h->end) {
        struct epoll_event ready[EVENTS];
        int n = epoll_wait(poll, ready, EVENTS, 100);
        for (int i = 0; i < n; i++)
            h->answers += take(ready[i].data.fd, h->port, poll);
    }
    return NULL;
}

static unsigned number(const char *text)
{
    uint64_t n;
    if (num_parse_u64(text, strlen(text), NUM_PLAIN, 1, 65535, &n) != 0)
        errx(2, "%s: is no number from 1 to 65535", text);
    return (unsigned)n;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        errx(2, "usage: drive PORT CONNECTIONS SECONDS < REQUEST");
    request_size = fread(request, 1, sizeof request, stdin);
    struct half halves[THREADS];
    double start = now();
    for (int i = 0; i < THREADS; i++) {
        halves[i] = (struct half){.port = (uint16_t)number(argv[1]),
                                  .connections = number(argv[2]) / THREADS,
                                  .end = start + number(argv[3])};
        if (pthread_create(&halves[i].thread, NULL, run, &halves[i]) != 0)
            errx(1, "no thread");
    }
    uint64_t answers = 0;
    for (int i = 0; i < THREADS; i++) {
        (void)pthread_join(halves[i].thread, NULL);
        answers += halves[i].answers;
    }
    (void)printf("%.0f\n", (double)answers / (now() - start));
    return 0;
}
