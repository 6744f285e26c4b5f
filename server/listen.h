/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_LISTEN_H
#define BREACHD_SERVER_LISTEN_H

/*
 * Listening sockets from text: "127.0.0.1:8080", "[::1]:8080", "*:8080" (every IPv4 and IPv6 address),
 * "unix:/run/breachd.sock". Addresses are numeric: no name is looked up, so a start never waits for a
 * resolver. Port 0 lets the kernel choose.
 */
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

enum {
    LISTEN_E_SYNTAX = 1, /* the text is no such address */
    LISTEN_E_SYSTEM,     /* the system refuses: *reterr has one line */
};

struct listen_address {
    const char *text; /* as given */
    struct sockaddr_storage address;
    socklen_t size;
    bool any; /* "*": both families by one socket */
};

struct listener {
    int fd;                  /* -1: none */
    bool shared;             /* with who handed it over: listen_adopt() */
    char url[128];           /* "http://127.0.0.1:43121", or "unix:/run/breachd.sock" */
    struct sockaddr_un path; /* of a unix socket; sun_path "": none */
    dev_t device;            /* what was bound there */
    ino_t inode;
};

#define LISTENER_INIT ((struct listener){.fd = -1})

/* Parses TEXT, which must outlive *ret. Touches no socket. 0 or LISTEN_E_SYNTAX. */
int listen_parse(const char *text, struct listen_address *ret);

/* Binds and listens: close-on-exec, with LIMIT_BACKLOG. A socket file that nobody answers on is replaced,
 * anything else at its path is not; a new one is open to every user, as a TCP port is. 0, -ENOMEM, or
 * LISTEN_E_SYSTEM with *reterr (free() it). */
int listen_open(const struct listen_address *a, struct listener *ret, char **reterr);

/* Takes over the listening socket FD, close-on-exec from now on. It is not closed when that fails: -ENOTSOCK or another negative
 * errno; -EINVAL where it is no listening stream socket of IPv4, IPv6 or a file. */
int listen_adopt(int fd, struct listener *ret);

/* Closes the socket, unless somebody took it over (fd -1), and removes its file if it is still ours. */
void listen_done(struct listener *l);

#endif
