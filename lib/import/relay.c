/* SPDX-License-Identifier: MIT */
/* A ring of blocks between two threads; see relay.h. Called by build.c. */
#include "import/relay.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

/* So much is handed over at once, and so much may wait. */
#define BLOCK  ((size_t)128 << 10)
#define BLOCKS 4u
#define STACK  ((size_t)1 << 20)

struct relay {
    void (*take)(void *ctx, const char *bytes, size_t n);
    void *ctx;
    struct strbuf blocks[BLOCKS];
    unsigned given, taken; /* blocks, ever; the one after the last given is being written */
    bool failed;
    bool alone;   /* there is no thread */
    bool started; /* there is one */
    bool ending, dropped;
    pthread_t thread;
    pthread_mutex_t lock; /* of given, taken, ending, dropped */
    pthread_cond_t changed;
};

struct relay *relay_new(void (*take)(void *ctx, const char *bytes, size_t n), void *ctx)
{
    struct relay *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->take = take;
    r->ctx = ctx;
    (void)pthread_mutex_init(&r->lock, NULL); /* neither fails (glibc) with default attributes */
    (void)pthread_cond_init(&r->changed, NULL);
    return r;
}

/* The next block to take, or NULL: there will be none. */
static struct strbuf *wait_for_block(struct relay *r)
{
    struct strbuf *block = NULL;
    (void)pthread_mutex_lock(&r->lock);
    while (r->taken == r->given && !r->ending)
        (void)pthread_cond_wait(&r->changed, &r->lock);
    if (r->taken != r->given && !r->dropped)
        block = &r->blocks[r->taken % BLOCKS];
    (void)pthread_mutex_unlock(&r->lock);
    return block;
}

static void *run(void *ctx)
{
    struct relay *r = ctx;
    for (struct strbuf *b; (b = wait_for_block(r));) {
        r->take(r->ctx, b->data, b->size);
        (void)pthread_mutex_lock(&r->lock);
        r->taken++;
        (void)pthread_cond_broadcast(&r->changed);
        (void)pthread_mutex_unlock(&r->lock);
    }
    return NULL;
}

static void start(struct relay *r)
{
    pthread_attr_t attr;
    r->alone = true;
    if (pthread_attr_init(&attr) != 0)
        return;
    (void)pthread_attr_setstacksize(&attr, STACK);
    r->started = pthread_create(&r->thread, &attr, run, r) == 0;
    r->alone = !r->started;
    (void)pthread_attr_destroy(&attr);
}

struct strbuf *relay_out(struct relay *r)
{
    return &r->blocks[r->given % BLOCKS];
}

/* Hands the present block over, and waits until the next one is free. */
static void give(struct relay *r)
{
    struct strbuf *b = relay_out(r);
    if (!r->started && !r->alone)
        start(r);
    if (b->failed) { /* its end is not where it should be */
        r->failed = true;
        strbuf_cut(b, 0);
    }
    if (r->alone) {
        r->take(r->ctx, b->data, b->size);
    } else {
        (void)pthread_mutex_lock(&r->lock);
        r->given++;
        (void)pthread_cond_broadcast(&r->changed);
        while (r->given - r->taken == BLOCKS)
            (void)pthread_cond_wait(&r->changed, &r->lock);
        (void)pthread_mutex_unlock(&r->lock);
    }
    strbuf_reset(relay_out(r));
}

void relay_cut(struct relay *r)
{
    if (relay_out(r)->size >= BLOCK || relay_out(r)->failed)
        give(r);
}

int relay_drain(struct relay *r)
{
    if (!r->started) /* so little that no thread was worth it */
        r->alone = true;
    if (relay_out(r)->size || relay_out(r)->failed)
        give(r);
    (void)pthread_mutex_lock(&r->lock);
    while (r->taken != r->given)
        (void)pthread_cond_wait(&r->changed, &r->lock);
    (void)pthread_mutex_unlock(&r->lock);
    return r->failed ? -ENOMEM : 0;
}

struct relay *relay_free(struct relay *r)
{
    if (!r)
        return NULL;
    (void)pthread_mutex_lock(&r->lock);
    r->ending = r->dropped = true;
    (void)pthread_cond_broadcast(&r->changed);
    (void)pthread_mutex_unlock(&r->lock);
    if (r->started)
        (void)pthread_join(r->thread, NULL);
    for (unsigned i = 0; i < BLOCKS; i++)
        strbuf_done(&r->blocks[i]);
    (void)pthread_cond_destroy(&r->changed);
    (void)pthread_mutex_destroy(&r->lock);
    free(r);
    return NULL;
}
