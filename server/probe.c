/* SPDX-License-Identifier: MIT */
/* The health check's one request; see probe.h. */
#include "probe.h"

#include "listen.h"
#include "util/limits.h"
#include "util/num.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PROBE_MILLIS 3000
#define PROBE_SCHEME "http://"

struct place {
    char host[128]; /* as in the URL, for the Host field */
    struct listen_address at;
    const char *path; /* "" or "/…" */
};

/* listen.h's addresses are those that can be connected to as well, given a port and a number. */
static int parse_url(const char *url, struct place *ret)
{
    size_t scheme = strlen(PROBE_SCHEME), n;
    char address[160];
    const char *host = url + scheme, *colon;

    if (strncmp(url, PROBE_SCHEME, scheme) != 0 || strlen(url) > LIMIT_TARGET_BYTES)
        return PROBE_E_URL;
    n = strcspn(host, "/?#");
    if (n == 0 || n >= sizeof ret->host || host[n] == '?' || strpbrk(host, "#* \r\n"))
        return PROBE_E_URL;
    memcpy(ret->host, host, n);
    ret->host[n] = '\0';
    ret->path = host + n;

    colon = strrchr(ret->host, ':');
    if (colon && strchr(colon, ']'))
        colon = NULL;
    n = colon ? (size_t)(colon - ret->host) : n;
    if (n == strlen("localhost") && strncmp(ret->host, "localhost", n) == 0)
        (void)snprintf(address, sizeof address, "127.0.0.1%s", colon ? colon : ":80");
    else
        (void)snprintf(address, sizeof address, "%.*s%s", (int)n, ret->host, colon ? colon : ":80");
    return listen_parse(address, &ret->at) ? PROBE_E_URL : 0;
}

static long millis_now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int await(int fd, short events, long deadline)
{
    struct pollfd p = {.fd = fd, .events = events};
    long left = deadline - millis_now();
    int r = left > 0 ? poll(&p, 1, (int)left) : 0;

    if (r < 0)
        return -errno;
    return r ? 0 : -ETIMEDOUT;
}

static int reach(int fd, const struct place *to, long deadline)
{
    int error = 0, r;
    socklen_t size = sizeof error;

    if (connect(fd, (const struct sockaddr *)&to->at.address, to->at.size) == 0)
        return 0;
    if (errno != EINPROGRESS)
        return -errno;
    r = await(fd, POLLOUT, deadline);
    if (!r && getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
        r = -errno;
    return r ? r : -error;
}

/* The request fits the socket's buffer, so it goes out whole or not at all. */
static int ask(int fd, const char *host, const char *path)
{
    char request[LIMIT_TARGET_BYTES + 512];
    int n = snprintf(request, sizeof request,
                     "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\nConnection: close\r\n\r\n",
                     *path ? path : "/", host);

    if (n < 0 || (size_t)n >= sizeof request)
        return -EMSGSIZE;
    if (send(fd, request, (size_t)n, MSG_NOSIGNAL) != n)
        return errno ? -errno : -EIO;
    return 0;
}

/* "HTTP/1.1 200" is all that is read. */
static int hear(int fd, long deadline)
{
    char line[sizeof "HTTP/1.1 200" - 1];
    size_t have = 0;
    uint64_t status;

    while (have < sizeof line) {
        int r = await(fd, POLLIN, deadline);
        ssize_t n = r ? 0 : recv(fd, line + have, sizeof line - have, 0);
        if (r)
            return r;
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return -errno;
        if (n == 0)
            return -EPROTO;
        have += n > 0 ? (size_t)n : 0;
    }
    if (memcmp(line, "HTTP/1.", 7) != 0 || line[8] != ' ' ||
        num_parse_u64(line + 9, 3, NUM_PLAIN, 100, 999, &status))
        return -EPROTO;
    return (int)status;
}

int probe_url(const char *url)
{
    long deadline = millis_now() + PROBE_MILLIS;
    struct place to = {0};
    int r = parse_url(url, &to), fd;

    if (r)
        return r;
    fd = socket(to.at.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -errno;
    r = reach(fd, &to, deadline);
    if (!r)
        r = ask(fd, to.host, to.path);
    if (!r)
        r = hear(fd, deadline);
    close(fd);
    return r;
}

int probe_socket(int fd, unsigned millis)
{
    long deadline = millis_now() + (long)millis;
    int r = ask(fd, "localhost", "/healthz");

    return r ? r : hear(fd, deadline);
}
