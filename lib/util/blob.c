/* SPDX-License-Identifier: MIT */
/* Reference-counted immutable bytes. */
#include "util/blob.h"

#include <stdatomic.h>
#include <stdlib.h>

struct blob {
    atomic_size_t refs;
    const void *bytes;
    void *owned; /* == bytes when they are freed with the blob */
    size_t size;
};

static struct blob *blob_new(const void *bytes, void *owned, size_t n)
{
    struct blob *b = malloc(sizeof *b);
    if (!b)
        return NULL;
    atomic_init(&b->refs, 1);
    b->bytes = bytes;
    b->owned = owned;
    b->size = n;
    return b;
}

struct blob *blob_from(struct strbuf *buf)
{
    size_t n = 0;
    char *bytes = strbuf_take(buf, &n);
    char *fitted = bytes ? realloc(bytes, n + 1) : NULL; /* it may be kept for long */
    if (fitted)
        bytes = fitted;
    struct blob *b = bytes ? blob_new(bytes, bytes, n) : NULL;
    if (!b)
        free(bytes);
    return b;
}

struct blob *blob_static(const void *bytes, size_t n)
{
    return blob_new(bytes, NULL, n);
}

struct blob *blob_acquire(struct blob *b)
{
    atomic_fetch_add_explicit(&b->refs, 1, memory_order_relaxed);
    return b;
}

struct blob *blob_release(struct blob *b)
{
    if (b && atomic_fetch_sub_explicit(&b->refs, 1, memory_order_acq_rel) == 1) {
        free(b->owned);
        free(b);
    }
    return NULL;
}

const void *blob_bytes(const struct blob *b)
{
    return b->bytes;
}

size_t blob_size(const struct blob *b)
{
    return b->size;
}
