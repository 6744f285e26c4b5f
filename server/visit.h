/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_VISIT_H
#define BREACHD_SERVER_VISIT_H

/*
 * Connections from their first to their last moment: who is there, whether one more of that address is let in, and that
 * none takes too long. For httpd.c; without the library, which only tells when connections come and go.
 *
 * Who connects by itself counts with its connections. Of a trusted proxy's clients the requests in flight count: the
 * connections are the proxy's, which shares them among all. Neither the proxies themselves nor socket files do.
 */
#include "crowd.h"
#include "http.h"
#include "peer.h"
#include "watch.h"

struct visits_config {
    size_t threads;                    /* that serve */
    unsigned connections, per_address; /* in all; 0: any number */
    unsigned idle_seconds, request_seconds;
    const struct proxies *proxies; /* may be NULL; lives as long as this */
};

struct visits;

/* One connection. */
struct visit {
    struct peer peer;
    struct watched watched; /* watch_turn() tells what goes on */
    struct crowd_place *place;
};

struct visits_figures {
    uint64_t late;    /* connections that took too long and were cut off */
    uint64_t crowded; /* connections and requests refused, as their address had as many as it may have */
};

/* Starts the thread that watches. 0, -ENOMEM or another negative errno. */
int visits_new(const struct visits_config *cfg, struct visits **ret);

/* All visits must have ended. Accepts NULL; returns NULL. */
struct visits *visits_free(struct visits *v);

/* FD, from ADDRESS (NULL: a socket file), begins in thread WHO. NULL: not let in; FD has been told (429) as far as that can
 * be and is shut down, and what comes from it is not to be answered. */
struct visit *visit_begin(struct visits *v, size_t who, int fd, const struct sockaddr *address);

/* Before its descriptor is closed, by the thread where it began. Accepts NULL; returns NULL. */
struct visit *visit_end(struct visits *v, size_t who, struct visit *visit);

/* A request that a trusted proxy made for CLIENT. False: CLIENT has as many in flight as it may have. *ret_place, NULL where
 * nothing is counted, is given back by visits_dismiss(). */
bool visits_admit(struct visits *v, const char *client, struct crowd_place **ret_place);
struct crowd_place *visits_dismiss(struct visits *v, struct crowd_place *place);

void visits_figures(const struct visits *v, struct visits_figures *ret);

#endif
