/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_TALLY_H
#define BREACHD_SERVER_TALLY_H

/* Counts the requests in flight, so that the daemon can end without cutting one off, and the memory of their replies. For httpd.c. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* One thread's, on a cache line of its own. */
struct tally_count {
    _Alignas(64) atomic_ulong begun; /* so far */
    atomic_ulong ended;
    atomic_size_t held;
};

/* Threads only count; the lock is for who waits at the end and for those who then have news. */
struct tally {
    struct tally_count *counts;
    size_t n;
    atomic_bool awaited;
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

/* For N threads. 0 or -ENOMEM, and then there is nothing to end. */
int tally_init(struct tally *t, size_t n);
void tally_done(struct tally *t);

/* A request of thread WHO, 0 to N - 1, has begun; one is over. By that thread. */
void tally_begin(struct tally *t, size_t who);
void tally_end(struct tally *t, size_t who);

/* The replies of thread WHO hold so many bytes more; and less. By that thread. */
void tally_hold(struct tally *t, size_t who, size_t bytes);
void tally_drop(struct tally *t, size_t who, size_t bytes);

/* How much they hold. */
size_t tally_held(const struct tally *t, size_t who);
size_t tally_held_in_all(const struct tally *t);

/* How many are in flight: too many for a moment, never too few. */
unsigned long tally_in_flight(const struct tally *t);

/* Something changed that makes IS_OVER below worth asking again. */
void tally_nudge(struct tally *t);

/* Waits until no request is in flight and either IS_OVER says that none can come any more, or none has begun
 * for QUIET_MILLIS: what clients had sent before is read by then. At most SECONDS; whether no request is in
 * flight. IS_OVER is called with the lock held. */
bool tally_wait(struct tally *t, unsigned seconds, unsigned quiet_millis, bool (*is_over)(void *ctx),
                void *ctx);

#endif
