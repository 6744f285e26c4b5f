/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_METRICS_H
#define BREACHD_SERVER_METRICS_H

/*
 * Counts requests by route, method and status, and how long they took. Each serving thread counts into memory of its own,
 * without locks and without a line of the processor's cache that another thread writes to; who asks gets the sums. Names and
 * text are metrics_text.h's.
 */
#include "httpd.h"

struct metrics;

/* For THREADS threads. 0 or -ENOMEM. */
int metrics_new(size_t threads, struct metrics **ret);

/* Accepts NULL; returns NULL. */
struct metrics *metrics_free(struct metrics *m);

/* Counts O; by thread O->worker, one call at a time of each. M may be NULL. */
void metrics_count(struct metrics *m, const struct httpd_outcome *o);

/* Methods that there are numbers for; the last stands for all others. */
enum { METRICS_METHODS = 4 };
const char *metrics_method(size_t i);

/* Statuses; the first, 0, is of clients that were gone before there was an answer, and the last stands for all others. */
enum { METRICS_STATUSES = 32 };

/* Upper bounds of classes of time; what took longer is in one more. */
enum { METRICS_TIMES = 14 };
extern const unsigned long metrics_time_micros[METRICS_TIMES];

/* "200"; "none" of the first and "other" of the last; NULL: there are fewer. */
const char *metrics_status(size_t i);

/* All threads' counts of one route, each right by itself. */
struct metrics_route {
    const char *route; /* template; "none": no route was found, or the request was refused before */
    uint64_t requests[METRICS_METHODS][METRICS_STATUSES];
    uint64_t times[METRICS_TIMES + 1]; /* how many were in each class */
    uint64_t micros, bytes;            /* in all; bytes of bodies */
    uint64_t cache[3];                 /* by enum reply_cache */
};

/* How many there are: the table's and "none". */
size_t metrics_routes(void);

/* Sums up route WHICH. From any thread. */
void metrics_read(const struct metrics *m, size_t which, struct metrics_route *ret);

#endif
