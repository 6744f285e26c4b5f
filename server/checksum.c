/* SPDX-License-Identifier: MIT */
/* Digests of a file; see checksum.h. */
#include "checksum.h"

#include "util/digest.h"
#include "util/limits.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#define BLOCK        (64u << 10)
#define SAMPLES      64
#define SAMPLE_BYTES 4096

struct checksum {
    int fd;
    uint64_t size;
    pthread_mutex_t lock; /* guards what is not atomic */
    bool sampled, started, threaded;
    pthread_t thread;
    atomic_bool stop, known;
    char sample[DIGEST_HEX_SIZE];
    char whole[DIGEST_BASE64_SIZE]; /* set before `known` */
};

struct checksum *checksum_new(int fd, uint64_t size)
{
    struct checksum *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->fd = fd;
    c->size = size;
    (void)pthread_mutex_init(&c->lock, NULL); /* cannot fail on Linux */
    return c;
}

struct checksum *checksum_free(struct checksum *c)
{
    if (!c)
        return NULL;
    atomic_store(&c->stop, true);
    if (c->threaded)
        (void)pthread_join(c->thread, NULL);
    (void)pthread_mutex_destroy(&c->lock);
    free(c);
    return NULL;
}

/* Adds the N bytes at AT to D by way of BUFFER. False: they are not there, or somebody says stop. */
static bool add_bytes(struct checksum *c, uint64_t at, uint64_t n, char buffer[static BLOCK],
                      struct digest *d)
{
    while (n && !atomic_load(&c->stop)) {
        ssize_t got = pread(c->fd, buffer, n < BLOCK ? (size_t)n : BLOCK, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        digest_add(d, buffer, (size_t)got);
        at += (uint64_t)got;
        n -= (uint64_t)got;
    }
    return !n;
}

static bool add_samples(struct checksum *c, char buffer[static BLOCK], struct digest *d)
{
    uint64_t step = c->size / SAMPLES;
    if (step <= SAMPLE_BYTES)
        return add_bytes(c, 0, c->size, buffer, d);
    bool all = true;
    for (uint64_t i = 0; i < SAMPLES && all; i++)
        all = add_bytes(c, i * step, SAMPLE_BYTES, buffer, d);
    return all && add_bytes(c, c->size - SAMPLE_BYTES, SAMPLE_BYTES, buffer, d);
}

const char *checksum_sample(struct checksum *c)
{
    _cleanup_digest_ struct digest *d = digest_new();
    char *buffer = malloc(BLOCK);
    pthread_mutex_lock(&c->lock);
    if (!c->sampled && d && buffer && add_samples(c, buffer, d)) {
        digest_hex(d, c->sample);
        c->sampled = true;
    }
    bool sampled = c->sampled;
    pthread_mutex_unlock(&c->lock);
    free(buffer);
    return sampled ? c->sample : NULL;
}

static void *digest_whole(void *ctx)
{
    struct checksum *c = ctx;
    _cleanup_digest_ struct digest *d = digest_new();
    char *buffer = malloc(BLOCK);
    if (d && buffer && add_bytes(c, 0, c->size, buffer, d)) {
        digest_base64(d, c->whole);
        atomic_store(&c->known, true);
    }
    free(buffer);
    return NULL;
}

const char *checksum_whole(struct checksum *c)
{
    pthread_mutex_lock(&c->lock);
    bool first = !c->started;
    c->started = true;
    if (first && c->size <= LIMIT_DIGEST_AT_ONCE)
        (void)digest_whole(c);
    else if (first)
        c->threaded = pthread_create(&c->thread, NULL, digest_whole, c) == 0;
    pthread_mutex_unlock(&c->lock);
    return atomic_load(&c->known) ? c->whole : NULL;
}
