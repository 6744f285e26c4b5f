/* SPDX-License-Identifier: MIT */
/* Reference-counted immutable bytes. */
#include "util/blob.h"

#include "util/keep.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_WEIGHT 24 /* what the allocator adds to a blob */

struct blob {
    atomic_size_t refs;
    const void *bytes;
    void *owned; /* == bytes when they are freed with the blob */
    bool kept;   /* they are of keep_alloc() */
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
    b->kept = false;
    b->size = n;
    return b;
}

struct blob *blob_from(struct strbuf *buf)
{
    size_t n = 0;
    char *bytes = strbuf_take(buf, &n);
    struct blob *b = bytes ? blob_new(bytes, bytes, n) : NULL;
    if (!b)
        free(bytes);
    return b;
}

struct blob *blob_static(const void *bytes, size_t n)
{
    return blob_new(bytes, NULL, n);
}

struct blob *blob_keep(struct blob *b)
{
    if (!b->owned)
        return blob_acquire(b);
    void *bytes = keep_alloc(b->size);
    struct blob *kept = bytes ? blob_new(memcpy(bytes, b->bytes, b->size), bytes, b->size) : NULL;
    if (kept)
        kept->kept = true;
    else
        keep_free(bytes, b->size);
    return kept;
}

struct blob *blob_acquire(struct blob *b)
{
    atomic_fetch_add_explicit(&b->refs, 1, memory_order_relaxed);
    return b;
}

struct blob *blob_release(struct blob *b)
{
    if (b && atomic_fetch_sub_explicit(&b->refs, 1, memory_order_acq_rel) == 1) {
        if (b->kept)
            keep_free(b->owned, b->size);
        else
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

size_t blob_weight(const struct blob *b)
{
    return sizeof *b + BLOCK_WEIGHT + (b->owned ? keep_weight(b->size) : 0);
}
