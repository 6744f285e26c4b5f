/* SPDX-License-Identifier: MIT */
/* Listening sockets; see listen.h. */
#include "listen.h"

#include "util/limits.h"
#include "util/num.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define UNIX_PREFIX "unix:"

static int parse_unix(const char *path, struct listen_address *ret)
{
    struct sockaddr_un *un = (struct sockaddr_un *)&ret->address;
    size_t n = strlen(path);

    if (n == 0 || n >= sizeof un->sun_path)
        return LISTEN_E_SYNTAX;
    un->sun_family = AF_UNIX;
    memcpy(un->sun_path, path, n + 1);
    ret->size = sizeof *un;
    return 0;
}

static int parse_host(const char *host, size_t n, in_port_t port, struct listen_address *ret)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)&ret->address;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&ret->address;
    char text[INET6_ADDRSTRLEN];

    ret->any = n == 1 && host[0] == '*';
    if (ret->any || (n > 2 && host[0] == '[' && host[n - 1] == ']')) {
        *v6 = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = port, .sin6_addr = in6addr_any};
        ret->size = sizeof *v6;
        if (ret->any)
            return 0;
        host++;
        n -= 2;
    } else {
        *v4 = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = port};
        ret->size = sizeof *v4;
    }
    if (n >= sizeof text)
        return LISTEN_E_SYNTAX;
    memcpy(text, host, n);
    text[n] = '\0';
    if (ret->address.ss_family == AF_INET6)
        return inet_pton(AF_INET6, text, &v6->sin6_addr) == 1 ? 0 : LISTEN_E_SYNTAX;
    return inet_pton(AF_INET, text, &v4->sin_addr) == 1 ? 0 : LISTEN_E_SYNTAX;
}

int listen_parse(const char *text, struct listen_address *ret)
{
    struct listen_address a = {.text = text};
    const char *colon = strrchr(text, ':');
    uint64_t port;
    int r;

    if (strncmp(text, UNIX_PREFIX, strlen(UNIX_PREFIX)) == 0)
        r = parse_unix(text + strlen(UNIX_PREFIX), &a);
    else if (!colon || num_parse_u64(colon + 1, strlen(colon + 1), NUM_PLAIN, 0, UINT16_MAX, &port))
        r = LISTEN_E_SYNTAX;
    else
        r = parse_host(text, (size_t)(colon - text), htons((uint16_t)port), &a);
    if (!r)
        *ret = a;
    return r;
}

static int fault(const struct listen_address *a, const char *what, int error, char **reterr)
{
    if (asprintf(reterr, "cannot listen on %s: %s%s%s", a->text, what ? what : "", what && error ? ": " : "",
                 error ? strerror(error) : "") < 0)
        return -ENOMEM;
    return LISTEN_E_SYSTEM;
}

/* Only a socket that refuses connections is left over from a process that is gone. */
static int remove_stale(const struct listen_address *a, char **reterr)
{
    const struct sockaddr_un *un = (const struct sockaddr_un *)&a->address;
    struct stat st;
    int fd, r;

    if (lstat(un->sun_path, &st) < 0)
        return errno == ENOENT ? 0 : fault(a, NULL, errno, reterr);
    if (!S_ISSOCK(st.st_mode))
        return fault(a, "there is a file of that name and it is no socket", 0, reterr);

    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return fault(a, NULL, errno, reterr);
    r = connect(fd, (const struct sockaddr *)un, a->size) < 0 ? errno : 0;
    close(fd);
    if (r != ECONNREFUSED)
        return fault(a, "another process serves there", 0, reterr);
    return unlink(un->sun_path) < 0 && errno != ENOENT ? fault(a, NULL, errno, reterr) : 0;
}

/* Reuse of the address: connections of the process before may still be closing. V6ONLY: "[::]:80" and
 * "0.0.0.0:80" may stand side by side. */
static int configure(int fd, const struct listen_address *a)
{
    int on = 1, only = !a->any;

    if (a->address.ss_family == AF_UNIX)
        return 0;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        return -errno;
    if (a->address.ss_family == AF_INET6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only) < 0)
        return -errno;
    return 0;
}

/* Connections have it from their listener. The kernel would take megabytes of what a client does not read, for each of them. */
static void bound_unsent(int fd)
{
    int bytes = LIMIT_UNSENT_BYTES;

    (void)setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &bytes,
                     sizeof bytes); /* of a socket file there is none */
}

/* The descriptor or a negative errno. */
static int bound_socket(const struct listen_address *a)
{
    int fd = socket(a->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int r;

    if (fd < 0)
        return -errno;
    bound_unsent(fd);
    r = configure(fd, a);
    if (!r && bind(fd, (const struct sockaddr *)&a->address, a->size) < 0)
        r = -errno;
    if (!r && listen(fd, LIMIT_BACKLOG) < 0)
        r = -errno;
    if (r) {
        close(fd);
        return r;
    }
    return fd;
}

/* A kernel without IPv6 has every address of IPv4 still. */
static int bound_any(const struct listen_address *a)
{
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&a->address;
    struct listen_address v4 = {.size = sizeof(struct sockaddr_in)};
    int fd = bound_socket(a);

    if (fd != -EAFNOSUPPORT && fd != -EADDRNOTAVAIL)
        return fd;
    *(struct sockaddr_in *)&v4.address =
        (struct sockaddr_in){.sin_family = AF_INET, .sin_port = v6->sin6_port};
    return bound_socket(&v4);
}

/* Of a socket file of somebody else. */
static void tell_name(struct listener *l, const struct sockaddr_un *un, socklen_t size)
{
    size_t n =
        size > offsetof(struct sockaddr_un, sun_path) ? size - offsetof(struct sockaddr_un, sun_path) : 0;
    bool is_abstract = n && !un->sun_path[0];

    (void)snprintf(l->url, sizeof l->url, "unix:%s%.*s", is_abstract ? "@" : "", (int)n - is_abstract,
                   un->sun_path + is_abstract);
}

static void tell_url(struct listener *l)
{
    struct sockaddr_storage address = {0};
    socklen_t size = sizeof address;
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)&address;
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&address;
    char text[INET6_ADDRSTRLEN] = "";

    if (getsockname(l->fd, (struct sockaddr *)&address, &size) < 0)
        return;
    if (address.ss_family == AF_UNIX) {
        tell_name(l, (const struct sockaddr_un *)&address, size);
    } else if (address.ss_family == AF_INET6) {
        (void)inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof text);
        (void)snprintf(l->url, sizeof l->url, "http://[%s]:%u", text, ntohs(v6->sin6_port));
    } else {
        (void)inet_ntop(AF_INET, &v4->sin_addr, text, sizeof text);
        (void)snprintf(l->url, sizeof l->url, "http://%s:%u", text, ntohs(v4->sin_port));
    }
}

static void tell_path(const struct listen_address *a, struct listener *l)
{
    struct stat st;

    l->path = *(const struct sockaddr_un *)&a->address;
    (void)snprintf(l->url, sizeof l->url, "%s", a->text);
    (void)chmod(l->path.sun_path, 0666);
    if (lstat(l->path.sun_path, &st) == 0) {
        l->device = st.st_dev;
        l->inode = st.st_ino;
    }
}

int listen_open(const struct listen_address *a, struct listener *ret, char **reterr)
{
    bool is_unix = a->address.ss_family == AF_UNIX;
    struct listener l = LISTENER_INIT;
    int r = is_unix ? remove_stale(a, reterr) : 0;

    if (r)
        return r;
    l.fd = a->any ? bound_any(a) : bound_socket(a);
    if (l.fd < 0)
        return fault(a, NULL, -l.fd, reterr);
    if (is_unix)
        tell_path(a, &l);
    else
        tell_url(&l);
    *ret = l;
    return 0;
}

/* The value of an option of the socket FD that is a number, or a negative errno. */
static int option_of(int fd, int option)
{
    int value = 0;
    socklen_t size = sizeof value;

    return getsockopt(fd, SOL_SOCKET, option, &value, &size) < 0 ? -errno : value;
}

int listen_adopt(int fd, struct listener *ret)
{
    struct listener l = {.fd = fd, .shared = true};
    int type = option_of(fd, SO_TYPE), family = option_of(fd, SO_DOMAIN);

    if (type < 0)
        return type;
    if (type != SOCK_STREAM || option_of(fd, SO_ACCEPTCONN) != 1 ||
        (family != AF_INET && family != AF_INET6 && family != AF_UNIX))
        return -EINVAL;
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0)
        return -errno;
    bound_unsent(fd);
    tell_url(&l);
    *ret = l;
    return 0;
}

void listen_done(struct listener *l)
{
    const char *path = l->path.sun_path;
    struct stat st;

    if (l->fd >= 0)
        close(l->fd);
    if (*path && lstat(path, &st) == 0 && st.st_dev == l->device && st.st_ino == l->inode)
        (void)unlinkat(AT_FDCWD, path, 0); /* what the sandbox lets through */
    *l = LISTENER_INIT;
}
