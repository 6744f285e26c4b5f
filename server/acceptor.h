/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_ACCEPTOR_H
#define BREACHD_SERVER_ACCEPTOR_H

/*
 * Takes new connections off the listening sockets, in one thread of its own, and hands each to the HTTP
 * library. It stands here and not in the library for three reasons: at the connection limit newcomers wait
 * in the kernel's queue and nobody spins; at the end the queue is emptied before the sockets are closed, so
 * that no client which had connected is cut off; and the library's own way of no longer listening can abort
 * the process when a worker wakes at the same moment (0.9.75 and 1.0.1: a failed EPOLL_CTL_DEL is a panic).
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

struct acceptor_config {
    const int *sockets; /* listening; taken over, also by an acceptor_new() that fails */
    size_t n_sockets;   /* up to LIMIT_LISTENERS */
    size_t
        n_shared; /* so many of them, the first, another process holds too: who waits there at the end is left to it */
    unsigned limit; /* connections at a time */

    /* Takes over FD, a connection from ADDRESS. False: could not, and FD is closed. */
    bool (*take)(void *ctx, int fd, const struct sockaddr *address, socklen_t size);
    /* How many connections there are. Asked about once a second while the limit is reached, and believed. */
    unsigned (*count)(void *ctx);
    void *ctx;
};

struct acceptor;

/* Takes over the sockets; accepts nothing yet. 0, -E2BIG for too many sockets, or another negative errno. */
int acceptor_new(const struct acceptor_config *cfg, struct acceptor **ret);

/* Starts accepting. 0 or a negative errno. */
int acceptor_start(struct acceptor *a);

/* A connection came that was not accepted here, and counts. From any thread. */
void acceptor_came(struct acceptor *a);

/* A connection that was taken is over. From any thread. */
void acceptor_left(struct acceptor *a);

/* How many connections are there now. From any thread. */
unsigned acceptor_open(const struct acceptor *a);

/* How often the limit was reached and newcomers were left to wait. From any thread. */
uint64_t acceptor_full(const struct acceptor *a);

/* Accepts what has connected until now, then closes the sockets and ends the thread. Does nothing when it
 * does not run. */
void acceptor_stop(struct acceptor *a);

/* Stops and frees; nobody may call acceptor_left() any more. Accepts NULL; returns NULL. */
struct acceptor *acceptor_free(struct acceptor *a);

#endif
