/* SPDX-License-Identifier: MIT */
/* Counters of requests; see metrics.h. */
#include "metrics.h"

#include "router.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define LINE 64 /* bytes of the processor's cache that go from one thread to another together */

static const char *const methods[METRICS_METHODS] = {"GET", "HEAD", "OPTIONS", "other"};

/* In the order in which they are usual, as they are searched one by one. */
static const struct {
    unsigned status;
    const char *text;
} statuses[] = {
    {0, "none"},  {200, "200"}, {304, "304"}, {404, "404"}, {400, "400"}, {204, "204"},
    {206, "206"}, {307, "307"}, {308, "308"}, {405, "405"}, {406, "406"}, {410, "410"},
    {411, "411"}, {412, "412"}, {413, "413"}, {414, "414"}, {416, "416"}, {429, "429"},
    {431, "431"}, {500, "500"}, {501, "501"}, {503, "503"}, {505, "505"}, {0, "other"},
};
#define STATUSES (sizeof statuses / sizeof *statuses)
_Static_assert(STATUSES <= METRICS_STATUSES, "room for each status");

const unsigned long metrics_time_micros[METRICS_TIMES] = {
    100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000,
};

/* As struct metrics_route, while it is counted. */
struct counts {
    _Atomic uint64_t requests[METRICS_METHODS][METRICS_STATUSES];
    _Atomic uint64_t times[METRICS_TIMES + 1];
    _Atomic uint64_t micros, bytes, cache[3];
};

struct metrics {
    size_t threads, stride; /* stride: bytes of one thread's counts, whole lines */
    char *counts;           /* of each thread one struct counts a route */
};

size_t metrics_routes(void)
{
    return routes_n + 1;
}

const char *metrics_method(size_t i)
{
    return methods[i];
}

const char *metrics_status(size_t i)
{
    return i < STATUSES ? statuses[i].text : NULL;
}

int metrics_new(size_t threads, struct metrics **ret)
{
    struct metrics *m = malloc(sizeof *m);

    if (!m)
        return -ENOMEM;
    m->threads = threads;
    m->stride = (metrics_routes() * sizeof(struct counts) + LINE - 1) / LINE * LINE;
    m->counts = aligned_alloc(LINE, threads * m->stride);
    if (!m->counts) {
        free(m);
        return -ENOMEM;
    }
    memset(m->counts, 0, threads * m->stride);
    *ret = m;
    return 0;
}

struct metrics *metrics_free(struct metrics *m)
{
    if (!m)
        return NULL;
    free(m->counts);
    free(m);
    return NULL;
}

static struct counts *counts_of(const struct metrics *m, size_t thread, size_t route)
{
    return (struct counts *)(void *)(m->counts + thread * m->stride) + route;
}

/* --- counting --- */

/* Replies point into the table; what has no row there is counted after the last. */
static size_t route_index(const struct route *r)
{
    return r ? (size_t)(r - routes) : routes_n;
}

static size_t method_index(const char *method)
{
    size_t i = 0;

    while (i < METRICS_METHODS - 1 && strcmp(methods[i], method) != 0)
        i++;
    return i;
}

static size_t status_index(unsigned status)
{
    size_t i = 0;

    while (i < STATUSES - 1 && statuses[i].status != status)
        i++;
    return i;
}

static size_t time_index(unsigned long micros)
{
    size_t i = 0;

    while (i < METRICS_TIMES && micros > metrics_time_micros[i])
        i++;
    return i;
}

/* Nobody else writes there, so it need not be added to in one step. */
static void add(_Atomic uint64_t *to, uint64_t n)
{
    atomic_store_explicit(to, atomic_load_explicit(to, memory_order_relaxed) + n, memory_order_relaxed);
}

void metrics_count(struct metrics *m, const struct httpd_outcome *o)
{
    struct counts *c;

    if (!m)
        return;
    c = counts_of(m, o->worker, route_index(o->reply->route));
    add(&c->requests[method_index(o->req->method)][status_index(o->status)], 1);
    add(&c->times[time_index(o->micros)], 1);
    add(&c->micros, o->micros);
    add(&c->bytes, o->bytes);
    add(&c->cache[o->reply->cache], 1);
}

/* --- reading --- */

static void sum(uint64_t *to, const _Atomic uint64_t *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] += atomic_load_explicit(&from[i], memory_order_relaxed);
}

void metrics_read(const struct metrics *m, size_t which, struct metrics_route *ret)
{
    *ret = (struct metrics_route){.route = which < routes_n ? routes[which].path : "none"};
    for (size_t t = 0; t < m->threads; t++) {
        const struct counts *c = counts_of(m, t, which);
        for (size_t i = 0; i < METRICS_METHODS; i++)
            sum(ret->requests[i], c->requests[i], METRICS_STATUSES);
        sum(ret->times, c->times, METRICS_TIMES + 1);
        sum(ret->cache, c->cache, 3);
        sum(&ret->micros, &c->micros, 1);
        sum(&ret->bytes, &c->bytes, 1);
    }
}
