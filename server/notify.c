/* SPDX-License-Identifier: MIT */
/* Word to the service manager; see notify.h. */
#include "notify.h"

#include "util/limits.h"
#include "util/num.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define MICROS 1000000

/* A name in the abstract has no end but the address's own. */
static int parse_address(const char *text, struct sockaddr_un *ret, socklen_t *ret_size)
{
    size_t n = strlen(text);

    if ((*text != '/' && *text != '@') || n < 2 || n >= sizeof ret->sun_path)
        return -EINVAL;
    *ret = (struct sockaddr_un){.sun_family = AF_UNIX};
    memcpy(ret->sun_path, text, n);
    if (*text == '@')
        ret->sun_path[0] = '\0';
    *ret_size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n + (*text == '/'));
    return 0;
}

static int reach(const char *address)
{
    struct sockaddr_un to;
    socklen_t size;
    int fd = parse_address(address, &to, &size), r;

    if (fd < 0)
        return fd;
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -errno;
    if (connect(fd, (const struct sockaddr *)&to, size) == 0)
        return fd;
    r = -errno;
    close(fd);
    return r;
}

/* The number of variable NAME, or 0. */
static uint64_t number_of(char *(*get)(const char *name), const char *name)
{
    const char *text = get(name);
    uint64_t number = 0;

    if (text && num_parse_u64(text, strlen(text), NUM_PLAIN, 0, UINT64_MAX, &number))
        return 0;
    return number;
}

int notify_open(char *(*get)(const char *name), struct notify *ret)
{
    const char *address = get("NOTIFY_SOCKET"), *whose = get("WATCHDOG_PID");
    struct notify n = NOTIFY_INIT;

    if (!address || !*address)
        return 0;
    n.fd = reach(address);
    if (n.fd < 0)
        return n.fd;
    if (!whose || number_of(get, "WATCHDOG_PID") == (uint64_t)getpid())
        n.watchdog = number_of(get, "WATCHDOG_USEC");
    *ret = n;
    return 0;
}

void notify_done(struct notify *n)
{
    if (n->fd >= 0)
        close(n->fd);
    *n = NOTIFY_INIT;
}

void notify_tell(const struct notify *n, const char *lines, ...)
{
    char text[LIMIT_NOTIFY_BYTES];
    va_list args;
    int size;

    if (n->fd < 0)
        return;
    va_start(args, lines);
    size = vsnprintf(text, sizeof text, lines, args);
    va_end(args);
    if (size > 0)
        (void)send(n->fd, text, (size_t)size < sizeof text ? (size_t)size : sizeof text - 1, MSG_NOSIGNAL);
}

void notify_reloading(const struct notify *n)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    notify_tell(n, "RELOADING=1\nMONOTONIC_USEC=%llu",
                (unsigned long long)now.tv_sec * MICROS + (unsigned long long)now.tv_nsec / 1000);
}
