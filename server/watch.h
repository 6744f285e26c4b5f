/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_WATCH_H
#define BREACHD_SERVER_WATCH_H

/*
 * Cuts off clients that take too long, whatever they send or read meanwhile: the library's own timeout is of idle time,
 * so a byte every few seconds holds a connection for ever. One thread looks at all connections once a second; the threads
 * that serve only note what a connection is about, without a clock. A connection is cut off by shutdown(2), which the
 * library takes for the client's leaving, and only while it is listed here, so that its descriptor is no other's. Those whose
 * client has left without the library's noticing go the same way.
 */
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a connection is about. */
enum watch_phase {
    WATCH_WAITING, /* until a request line is there whole */
    WATCH_REQUEST, /* until the rest of the request is */
    WATCH_WORK,    /* on the answer, which is not the client's affair: no limit */
    WATCH_REPLY,   /* until the client has taken the answer */
    _WATCH_PHASE_N,
};

struct watch_config {
    size_t lists; /* one a serving thread */
    /* Of each phase; 0: no limit. After so long the reply's goes on as long as the client takes LEAST_RATE bytes a second
     * in the mean of as many seconds; over a socket file nobody can tell, and it goes on. */
    unsigned seconds[_WATCH_PHASE_N];
    unsigned least_rate;
};

/* One connection; part of what its owner keeps of it. */
struct watched {
    atomic_uint turn; /* goes up with each phase; the lowest bits are which */
    int fd;

    /* The watching thread's: */
    unsigned seen;  /* the turn that it saw last, */
    uint64_t since; /* in which second, or when it last measured; */
    uint64_t taken; /* bytes that the client had taken then, */
    bool measured;  /* if it did */
    bool cut;
    struct watched *next, **link;
};

struct watch;

/* Starts watching. 0, -ENOMEM or another negative errno. */
int watch_new(const struct watch_config *cfg, struct watch **ret);

/* Ends the thread and frees; nothing may be listed. Accepts NULL; returns NULL. */
struct watch *watch_free(struct watch *w);

/* The connection FD begins, WATCH_WAITING. It must be removed before FD is closed. */
void watch_add(struct watch *w, size_t list, struct watched *e, int fd);
void watch_remove(struct watch *w, size_t list, struct watched *e);

/* What it is about from now on, also when that is the same as before. By one thread at a time. */
static inline void watch_turn(struct watched *e, enum watch_phase phase)
{
    unsigned turn = atomic_load_explicit(&e->turn, memory_order_relaxed);

    atomic_store_explicit(&e->turn, (turn | 3u) + 1 + (unsigned)phase, memory_order_relaxed);
}

/* How many were cut off so far. */
uint64_t watch_cut(const struct watch *w);

#endif
