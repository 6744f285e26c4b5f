/* SPDX-License-Identifier: MIT */
/* Requests in flight; see tally.h. */
#include "tally.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int tally_init(struct tally *t, size_t n)
{
    pthread_condattr_t monotonic;

    t->counts = aligned_alloc(_Alignof(struct tally_count), n * sizeof *t->counts);
    if (!t->counts)
        return -ENOMEM;
    memset(t->counts, 0, n * sizeof *t->counts);
    t->n = n;
    atomic_init(&t->awaited, false);
    (void)pthread_mutex_init(&t->lock, NULL);
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&t->changed, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    return 0;
}

void tally_done(struct tally *t)
{
    (void)pthread_cond_destroy(&t->changed);
    (void)pthread_mutex_destroy(&t->lock);
    free(t->counts);
}

/* No other thread writes to either count, so none needs to be added to in one step. */
void tally_begin(struct tally *t, size_t who)
{
    atomic_ulong *begun = &t->counts[who].begun;

    atomic_store_explicit(begun, atomic_load_explicit(begun, memory_order_relaxed) + 1, memory_order_release);
}

/* Who waits says so before it looks at the counts, and these are changed before it is looked whether somebody waits: one
 * of the two sees the other. */
void tally_end(struct tally *t, size_t who)
{
    atomic_ulong *ended = &t->counts[who].ended;

    atomic_store(ended, atomic_load_explicit(ended, memory_order_relaxed) + 1);
    tally_nudge(t);
}

void tally_hold(struct tally *t, size_t who, size_t bytes)
{
    atomic_size_t *held = &t->counts[who].held;

    atomic_store_explicit(held, atomic_load_explicit(held, memory_order_relaxed) + bytes,
                          memory_order_relaxed);
}

void tally_drop(struct tally *t, size_t who, size_t bytes)
{
    tally_hold(t, who, 0 - bytes); /* unsigned, so it comes out right */
}

size_t tally_held(const struct tally *t, size_t who)
{
    return atomic_load_explicit(&t->counts[who].held, memory_order_relaxed);
}

size_t tally_held_in_all(const struct tally *t)
{
    size_t held = 0;

    for (size_t i = 0; i < t->n; i++)
        held += tally_held(t, i);
    return held;
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

/* In this order, so that they may be too many and never too few. */
unsigned long tally_in_flight(const struct tally *t)
{
    unsigned long n = 0;

    for (size_t i = 0; i < t->n; i++) {
        unsigned long ended = atomic_load(&t->counts[i].ended);
        n += atomic_load(&t->counts[i].begun) - ended;
    }
    return n;
}

static unsigned long begun_so_far(const struct tally *t)
{
    unsigned long n = 0;

    for (size_t i = 0; i < t->n; i++)
        n += atomic_load(&t->counts[i].begun);
    return n;
}

bool tally_wait(struct tally *t, unsigned seconds, unsigned quiet_millis, bool (*is_over)(void *ctx),
                void *ctx)
{
    struct timespec end = in_millis(seconds * 1000ul), quiet = in_millis(quiet_millis);
    unsigned long begun;
    bool none;

    (void)pthread_mutex_lock(&t->lock);
    atomic_store(&t->awaited, true);
    begun = begun_so_far(t);
    while (tally_in_flight(t) || !is_over(ctx)) {
        struct timespec until = tally_in_flight(t) || is_before(end, quiet) ? end : quiet;

        if (pthread_cond_timedwait(&t->changed, &t->lock, &until) && begun_so_far(t) == begun)
            break;
        if (tally_in_flight(t) || begun_so_far(t) != begun) {
            begun = begun_so_far(t);
            quiet = in_millis(quiet_millis);
        }
        if (!is_before(in_millis(0), end))
            break;
    }
    atomic_store(&t->awaited, false);
    none = !tally_in_flight(t);
    (void)pthread_mutex_unlock(&t->lock);
    return none;
}
