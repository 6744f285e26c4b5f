/* SPDX-License-Identifier: MIT */
/*
 * A chain of chunks that only grows. Chunks double up to a bound, so a request that needs
 * 3 KB takes one allocation and an import of many megabytes takes few.
 */
#include "util/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_FIRST ((size_t)8 << 10)
#define CHUNK_MOST  ((size_t)1 << 20)

#define PRINTF_FIRST 256

struct chunk {
    struct chunk *next;
    size_t size, used;
    max_align_t data[];
};

struct arena {
    struct chunk *chunks, *spare; /* in use, the present one first; kept by a reset */
    size_t limit, handed_out, next_size;
    bool failed;
};

struct arena *arena_new(size_t limit)
{
    struct arena *a = calloc(1, sizeof *a);
    if (!a)
        return NULL;
    a->limit = limit ? limit : SIZE_MAX;
    a->next_size = CHUNK_FIRST;
    return a;
}

static void free_chunks(struct chunk *c)
{
    for (struct chunk *next; c; c = next) {
        next = c->next;
        free(c);
    }
}

struct arena *arena_free(struct arena *a)
{
    if (!a)
        return NULL;
    free_chunks(a->chunks);
    free_chunks(a->spare);
    free(a);
    return NULL;
}

void arena_reset_to(struct arena *a, size_t keep)
{
    for (struct chunk *c = a->spare; c; c = c->next)
        keep -= c->size < keep ? c->size : keep;
    for (struct chunk *c = a->chunks, *next; c; c = next) {
        next = c->next;
        if (c->size > keep) {
            free(c);
            continue;
        }
        keep -= c->size;
        c->used = 0;
        c->next = a->spare;
        a->spare = c;
    }
    a->chunks = NULL;
    a->handed_out = 0;
    a->next_size = a->spare ? a->next_size : CHUNK_FIRST;
    a->failed = false;
}

/* A chunk kept by a reset that is large enough, or NULL. */
static struct chunk *take_spare(struct arena *a, size_t at_least)
{
    for (struct chunk **at = &a->spare; *at; at = &(*at)->next) {
        struct chunk *c = *at;
        if (c->size < at_least)
            continue;
        *at = c->next;
        c->next = a->chunks;
        return a->chunks = c;
    }
    return NULL;
}

void arena_reset(struct arena *a)
{
    arena_reset_to(a, CHUNK_FIRST);
}

static struct chunk *add_chunk(struct arena *a, size_t at_least)
{
    struct chunk *spare = take_spare(a, at_least);
    if (spare)
        return spare;
    size_t size = at_least > a->next_size ? at_least : a->next_size;
    struct chunk *c = malloc(sizeof *c + size);
    if (!c)
        return NULL;
    *c = (struct chunk){.next = a->chunks, .size = size};
    a->chunks = c;
    if (a->next_size < CHUNK_MOST)
        a->next_size *= 2;
    return c;
}

/* Room for NEED bytes, a multiple of the alignment, in the present chunk or a new one. */
static void *take(struct arena *a, size_t need)
{
    struct chunk *c = a->chunks;
    if (!c || c->size - c->used < need)
        c = add_chunk(a, need);
    if (!c)
        return NULL;
    void *p = (char *)c->data + c->used;
    c->used += need;
    return p;
}

void *arena_alloc_raw(struct arena *a, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    void *p = NULL;
    if (size <= SIZE_MAX / 2 && size <= a->limit - a->handed_out)
        p = take(a, size ? (size + align - 1) / align * align : align);
    if (p)
        a->handed_out += size;
    else
        a->failed = true;
    return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
    void *p = arena_alloc_raw(a, size);
    return p ? memset(p, 0, size) : NULL;
}

size_t arena_size(const struct arena *a)
{
    return a->handed_out;
}

bool arena_failed(const struct arena *a)
{
    return a->failed;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(n, size, &total))
        total = SIZE_MAX;
    return arena_alloc(a, total);
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
    char *p = arena_alloc_raw(a, n < SIZE_MAX ? n + 1 : SIZE_MAX);
    if (!p)
        return NULL;
    if (n)
        memcpy(p, s, n);
    p[n] = '\0';
    return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *arena_join_pieces(struct arena *a, const char *const *pieces, size_t n)
{
    size_t size = 0;
    for (size_t i = 0; i < n; i++)
        size += strlen(pieces[i]);
    char *p = arena_alloc_raw(a, size + 1);
    if (!p)
        return NULL;
    char *at = p;
    for (size_t i = 0; i < n; i++)
        at = stpcpy(at, pieces[i]);
    *at = '\0';
    return p;
}

/* Most texts are short: they are formatted once, beside, and those that are not a second time. */
char *arena_printf(struct arena *a, const char *format, ...)
{
    char text[PRINTF_FIRST];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    char *p = NULL;
    if (n >= 0 && (size_t)n < sizeof text)
        p = arena_strndup(a, text, (size_t)n);
    else if (n >= 0 && (p = arena_alloc_raw(a, (size_t)n + 1)))
        (void)vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p;
}
