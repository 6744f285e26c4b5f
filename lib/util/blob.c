/* SPDX-License-Identifier: MIT */
/* Reference-counted immutable bytes. */
#include "util/blob.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE         ((size_t)4096)
#define MAPPED_LEAST (4 * PAGE) /* what is kept and larger has pages of its own; half a page is lost by that */
#define BLOCK_WEIGHT 48         /* what the allocator adds to a blob and to its bytes */

struct blob {
    atomic_size_t refs;
    const void *bytes;
    void *owned;   /* == bytes when they are freed with the blob */
    size_t mapped; /* bytes of it that are pages of its own; 0: it is the allocator's */
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
    b->mapped = 0;
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

static struct blob *keep_pages(const struct blob *b)
{
    size_t room = (b->size + PAGE - 1) / PAGE * PAGE;
    void *pages = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (pages == MAP_FAILED)
        return NULL;
    struct blob *kept = blob_new(memcpy(pages, b->bytes, b->size), pages, b->size);
    if (kept)
        kept->mapped = room;
    else
        (void)munmap(pages, room);
    return kept;
}

struct blob *blob_keep(struct blob *b)
{
    if (!b->owned)
        return blob_acquire(b);
    struct blob *kept = b->size >= MAPPED_LEAST ? keep_pages(b) : NULL;
    if (kept)
        return kept;
    void *bytes = malloc(b->size ? b->size : 1);
    kept = bytes ? blob_new(memcpy(bytes, b->bytes, b->size), bytes, b->size) : NULL;
    if (!kept)
        free(bytes);
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
        if (b->mapped)
            (void)munmap(b->owned, b->mapped);
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
    return sizeof *b + BLOCK_WEIGHT + (b->mapped ? b->mapped : b->owned ? b->size : 0);
}
