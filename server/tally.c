/* SPDX-License-Identifier: MIT */
/* Requests in flight; see tally.h. */
#include "tally.h"

#include <time.h>

void tally_init(struct tally *t)
{
    pthread_condattr_t monotonic;

    *t = (struct tally){0};
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
    (void)pthread_mutex_lock(&t->lock);
    t->in_flight++;
    t->begun++;
    (void)pthread_mutex_unlock(&t->lock);
}

void tally_end(struct tally *t)
{
    (void)pthread_mutex_lock(&t->lock);
    t->in_flight--;
    (void)pthread_cond_broadcast(&t->changed);
    (void)pthread_mutex_unlock(&t->lock);
}

void tally_nudge(struct tally *t)
{
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

bool tally_wait(struct tally *t, unsigned seconds, unsigned quiet_millis, bool (*is_over)(void *ctx),
                void *ctx)
{
    struct timespec end = in_millis(seconds * 1000ul), quiet = in_millis(quiet_millis);
    unsigned long begun;
    bool none;

    (void)pthread_mutex_lock(&t->lock);
    begun = t->begun;
    while (t->in_flight || !is_over(ctx)) {
        struct timespec until = t->in_flight || is_before(end, quiet) ? end : quiet;

        if (pthread_cond_timedwait(&t->changed, &t->lock, &until) && t->begun == begun)
            break;
        if (t->in_flight || t->begun != begun) {
            begun = t->begun;
            quiet = in_millis(quiet_millis);
        }
        if (!is_before(in_millis(0), end))
            break;
    }
    none = !t->in_flight;
    (void)pthread_mutex_unlock(&t->lock);
    return none;
}
