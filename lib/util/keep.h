/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_KEEP_H
#define BREACHD_UTIL_KEEP_H

/*
 * Memory for what is kept long after what was made beside it is gone. What is large has pages of its own, which go back to the
 * system when it goes; in the allocator's heap it would hold on to the room of everything that came and went around it.
 */
#include <stddef.h>

/* SIZE bytes, not cleared; NULL: out of memory. */
void *keep_alloc(size_t size);

/* Frees what keep_alloc() gave for SIZE. Accepts NULL. */
void keep_free(void *memory, size_t size);

/* What SIZE bytes really take. */
size_t keep_weight(size_t size);

#endif
