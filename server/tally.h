/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_TALLY_H
#define BREACHD_SERVER_TALLY_H

/* Counts the requests in flight, so that the daemon can end without cutting one off. For httpd.c. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

/* Requests only count; the lock is for who waits at the end and for those who then have news. */
struct tally {
    atomic_ulong begun, ended; /* so far */
    atomic_bool awaited;
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

void tally_init(struct tally *t);
void tally_done(struct tally *t);

/* A request has begun; one is over. */
void tally_begin(struct tally *t);
void tally_end(struct tally *t);

/* Something changed that makes IS_OVER below worth asking again. */
void tally_nudge(struct tally *t);

/* Waits until no request is in flight and either IS_OVER says that none can come any more, or none has begun
 * for QUIET_MILLIS: what clients had sent before is read by then. At most SECONDS; whether no request is in
 * flight. IS_OVER is called with the lock held. */
bool tally_wait(struct tally *t, unsigned seconds, unsigned quiet_millis, bool (*is_over)(void *ctx),
                void *ctx);

#endif
