/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_ARENA_H
#define BREACHD_UTIL_ARENA_H

/*
 * One request's (or one import's) memory: many small allocations, one release.
 * Everything a model struct points to lives in an arena; nothing is freed singly.
 */
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A new arena that hands out at most LIMIT bytes in all (0: no bound of its own). NULL when out of memory. */
struct arena *arena_new(size_t limit);

/* Frees the arena and all it handed out. Accepts NULL; returns NULL. */
struct arena *arena_free(struct arena *a);

/* Takes back all it handed out, keeps a little of its memory, and is as new: for what is needed again and again. */
void arena_reset(struct arena *a);

/* The same, and keeps at most KEEP bytes of its memory. */
void arena_reset_to(struct arena *a, size_t keep);

/* SIZE zeroed bytes, aligned for any type; NULL when out of memory or over the arena's limit. */
void *arena_alloc(struct arena *a, size_t size);

/* N zeroed items of SIZE bytes; NULL as above, and when the product overflows. N may be 0. */
void *arena_array(struct arena *a, size_t n, size_t size);

/* As arena_alloc, but with whatever stands in that memory: for what is written whole at once. */
void *arena_alloc_raw(struct arena *a, size_t size);

/* Copies; NULL as above. arena_strdup(a, NULL) is NULL. The copy of arena_strndup ends in a NUL. */
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);

/* PIECES, literally one after the other; none is NULL. NULL as above. */
char *arena_join_pieces(struct arena *a, const char *const *pieces, size_t n);
#define arena_join(a, ...)                                                                                   \
    arena_join_pieces(a, (const char *const[]){__VA_ARGS__},                                                 \
                      sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* Formatted text in the arena; NULL as above. */
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Whether anything that was asked of it could not be had: what was made with it may then lack something. */
bool arena_failed(const struct arena *a);

/* Bytes handed out since it was made or reset. */
size_t arena_size(const struct arena *a);

static inline void arena_cleanup(struct arena **a)
{
    *a = arena_free(*a);
}
#define _cleanup_arena_ __attribute__((cleanup(arena_cleanup)))

#endif
