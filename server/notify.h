/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_NOTIFY_H
#define BREACHD_SERVER_NOTIFY_H

/*
 * What a service manager is told, by the plain protocol of sd_notify(3): datagrams of NAME=value lines to the socket that
 * NOTIFY_SOCKET names. Without it nothing is told, and nothing else is different.
 */
#include <stdint.h>

struct notify {
    int fd;            /* connected; -1: nobody wants to know */
    uint64_t watchdog; /* microseconds within which a sign of life is due; 0: none is */
};

#define NOTIFY_INIT ((struct notify){.fd = -1})

/* Connects to the socket of NOTIFY_SOCKET, a path or "@name" in the abstract, and reads WATCHDOG_USEC and WATCHDOG_PID; all by GET.
 * 0 or a negative errno: there is such a variable and it cannot be served. */
int notify_open(char *(*get)(const char *name), struct notify *ret);

void notify_done(struct notify *n);

/* Tells LINES: "READY=1\nSTATUS=…". Never waits. */
void notify_tell(const struct notify *n, const char *lines, ...) __attribute__((format(printf, 2, 3)));

/* That a reload begins; READY=1 ends it. */
void notify_reloading(const struct notify *n);

#endif
