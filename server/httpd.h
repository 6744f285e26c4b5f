/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_HTTPD_H
#define BREACHD_SERVER_HTTPD_H

/*
 * The front door of libmicrohttpd: listens, turns each request into a struct request, hands it over, sends
 * the reply. Refuses what RFC 9112 calls malformed or ambiguous before anybody sees it.
 */
#include "http.h"
#include "http/forwarded.h"

#include <stdint.h>

/* A request that is over, and what became of it; all of it is gone after the call. */
struct httpd_outcome {
    const struct request *req;
    const struct reply *reply; /* its route and cache; its body may be gone */
    const char *id;            /* for logs */
    const char *trace;         /* traceparent (W3C Trace Context), or NULL */
    size_t worker;             /* whose request it was: 0 to threads - 1; each makes one call at a time */
    unsigned status;           /* 0: the client was gone before there was an answer */
    uint64_t bytes;            /* of the body */
    unsigned long micros;      /* from its first line to the end of the reply */
};

struct httpd_config {
    const int *sockets;         /* listening sockets; httpd takes them over */
    size_t n_sockets, n_shared; /* as in acceptor.h */
    unsigned threads;           /* in all, at least one a socket */
    unsigned connections;       /* in all */
    unsigned per_address; /* of those, or requests in flight of a proxy's client (visit.h); 0: any number */
    unsigned idle_seconds;
    unsigned
        request_seconds; /* for a request's head and body; a reply has as long, and longer while it is taken */
    const struct proxies *proxies; /* whose word counts about clients; lives as long as this */

    /* Answers one well-formed request; called by many threads at once. Fills *ret always. */
    void (*handle)(void *ctx, const struct request *req, struct reply *ret);
    /* Answers a request refused here (status 400, 411, 413, 414, 429, 431, 501, 505) with REASON; but for
     * 429 the connection is closed after. */
    void (*refuse)(void *ctx, const struct request *req, unsigned status, const char *reason,
                   struct reply *ret);
    /* Told of each request once it is over; may be NULL. */
    void (*done)(void *ctx, const struct httpd_outcome *o);
    void *ctx;
};

struct httpd;

/* Starts serving. 0, -ENOMEM or another negative errno. The config is copied. */
int httpd_start(const struct httpd_config *cfg, struct httpd **ret);

struct httpd_figures {
    uint64_t connections, connections_most; /* at present; the limit */
    uint64_t in_flight;                     /* requests */
    uint64_t full;                          /* how often the limit was reached and newcomers had to wait */
    uint64_t late, crowded;                 /* as in visit.h */
    uint64_t untaken;                       /* bytes of replies that are on their way */
};

/* From any thread. */
void httpd_figures(const struct httpd *h, struct httpd_figures *ret);

/* Gives the connected socket FD to WORKER (0 to threads - 1), as if it had been accepted, beside all limits. False: that cannot be,
 * and FD is closed. From any thread. */
bool httpd_give(struct httpd *h, size_t worker, int fd);

/* Stops accepting; what runs goes on, and every reply from now on closes its connection. */
void httpd_quiesce(struct httpd *h);

/* Waits until no request is in flight, at most SECONDS; whether none is. */
bool httpd_drain(struct httpd *h, unsigned seconds);

/* Stops and frees. Accepts NULL; returns NULL. */
struct httpd *httpd_free(struct httpd *h);

/* Version of the library in use, for /version. */
const char *httpd_library_version(void);

#endif
