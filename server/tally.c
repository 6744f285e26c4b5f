/* SPDX-License-Identifier: MIT */
/* Requests in flight; see tally.h. */
#include "tally.h"

#include <time.h>

void tally_init(struct tally *t)
{
    pthread_condattr_t monotonic;

    atomic_init(&t->begun, 0);
    atomic_init(&t->ended, 0);
    atomic_init(&t->awaited, false);
    (void)pthread_mutex_init(&t->lock, NULL);
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&t->changed, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
}

void tally_done(struct tally *t)
{
    (void)pthread_cond_destroy(&t->changed);
    (void)pthread_mutex_destroy(&t->lock);
}

void tally_begin(struct tally *t)
{
    atomic_fetch_add(&t->begun, 1);
}

/* Who waits says so before it looks at the counts, and these are changed before it is looked whether somebody waits: one
 * of the two sees the other. */
void tally_end(struct tally *t)
{
    atomic_fetch_add(&t->ended, 1);
    tally_nudge(t);
}

void tally_nudge(struct tally *t)
{
    if (!atomic_load(&t->awaited))
        return;
    (void)pthread_mutex_lock(&t->lock);
    (void)pthread_cond_broadcast(&t->changed);
    (void)pthread_mutex_unlock(&t->lock);
}

static struct timespec in_millis(unsigned long millis)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += (time_t)(millis / 1000);
    t.tv_nsec += (long)(millis % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
}

static bool is_before(struct timespec a, struct timespec b)
{
    return a.tv_sec < b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec < b.tv_nsec);
}

/* In this order, so that it may be one too many and never one too few. */
static unsigned long in_flight(struct tally *t)
{
    unsigned long ended = atomic_load(&t->ended);

    return atomic_load(&t->begun) - ended;
}

bool tally_wait(struct tally *t, unsigned seconds, unsigned quiet_millis, bool (*is_over)(void *ctx),
                void *ctx)
{
    struct timespec end = in_millis(seconds * 1000ul), quiet = in_millis(quiet_millis);
    unsigned long begun;
    bool none;

    (void)pthread_mutex_lock(&t->lock);
    atomic_store(&t->awaited, true);
    begun = atomic_load(&t->begun);
    while (in_flight(t) || !is_over(ctx)) {
        struct timespec until = in_flight(t) || is_before(end, quiet) ? end : quiet;

        if (pthread_cond_timedwait(&t->changed, &t->lock, &until) && atomic_load(&t->begun) == begun)
            break;
        if (in_flight(t) || atomic_load(&t->begun) != begun) {
            begun = atomic_load(&t->begun);
            quiet = in_millis(quiet_millis);
        }
        if (!is_before(in_millis(0), end))
            break;
    }
    atomic_store(&t->awaited, false);
    none = !in_flight(t);
    (void)pthread_mutex_unlock(&t->lock);
    return none;
}
