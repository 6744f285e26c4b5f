/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_ROWSET_H
#define BREACHD_UTIL_ROWSET_H

/*
 * Sets of row numbers. A catalogue keeps one for every value of every filter, so that a query is made of
 * intersections, its total is a size, a place in its list a rank, and a page a selection.
 *
 * A set never changes. What is made of sets lies in the caller's arena and may share parts with them, so they must
 * outlive it. Every function that makes one returns NULL when out of memory, and takes NULL for such a failure: only
 * the last of a chain of calls needs to be looked at.
 *
 * Numbers are cut in blocks of 65,536 as Roaring bitmaps are (Lemire and others, "Roaring Bitmaps: Implementation of
 * an Optimized Software Library", 2018): few members of a block are a sorted list, more are bits.
 */
#include "util/arena.h"
#include "util/strbuf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rowset;

/* The set without members: for ever there. */
const struct rowset *rowset_empty(void);

/* first..last; empty when last < first. */
const struct rowset *rowset_range(uint32_t first, uint32_t last, struct arena *mem);

const struct rowset *rowset_intersect(const struct rowset *a, const struct rowset *b, struct arena *mem);

/* The same as far as its first K members reach; behind them it is only counted. Of the whole there is no more than rowset_count(), and
 * rowset_select() of places before K. */
const struct rowset *rowset_intersect_head(const struct rowset *a, const struct rowset *b, size_t k,
                                           struct arena *mem);
const struct rowset *rowset_unite(const struct rowset *a, const struct rowset *b, struct arena *mem);
const struct rowset *rowset_subtract(const struct rowset *a, const struct rowset *b, struct arena *mem);

/* Of these NULL has no members. */
size_t rowset_count(const struct rowset *s);
size_t rowset_intersect_count(const struct rowset *a, const struct rowset *b);
bool rowset_has(const struct rowset *s, uint32_t n);

/* How many members are smaller than N. */
size_t rowset_rank(const struct rowset *s, uint32_t n);

/* Writes up to LIMIT members in order, skipping the first SKIP; how many were written. */
size_t rowset_select(const struct rowset *s, size_t skip, size_t limit, uint32_t *ret);

/* Walks all members in order, a batch at a time: the first N of RET are set; 0 at the end. A batch is of one block. */
#define ROWSET_BATCH 512
struct rowset_walk {
    const struct rowset *s;
    size_t block, at;
};
#define ROWSET_WALK(set) ((struct rowset_walk){.s = (set)})
size_t rowset_next(struct rowset_walk *w, uint32_t ret[static ROWSET_BATCH]);

/*
 * Gathers numbers, in any order (rising is fastest), each any number of times, and whole sets. A failure sticks, and
 * rowset_gathered tells. Memory: that of the set.
 */
struct rowset_builder;
struct rowset_builder *rowset_builder_new(void);
struct rowset_builder *rowset_builder_free(struct rowset_builder *b);
void rowset_add(struct rowset_builder *b, uint32_t n);
void rowset_add_set(struct rowset_builder *b, const struct rowset *s);

/* The set of what was gathered, in MEM, independent of the builder and of the sets added. */
const struct rowset *rowset_gathered(const struct rowset_builder *b, struct arena *mem);

static inline void rowset_builder_cleanup(struct rowset_builder **b)
{
    *b = rowset_builder_free(*b);
}
#define _cleanup_rowset_builder_ __attribute__((cleanup(rowset_builder_cleanup)))

/*
 * As bytes, the same on every machine: 8 of a checksum over LABEL and all that follows, then the blocks. LABEL says
 * which set it is, so that one in another's place is found out.
 */
void rowset_save(const struct rowset *s, const char *label, struct strbuf *out);

enum { ROWSET_E_DAMAGED = 1 };

/* Reads it back, in one piece of its own memory: rowset_free it. Every byte is weighed: what does not fit is
 * ROWSET_E_DAMAGED, never a set that is not sound. 0, -ENOMEM or ROWSET_E_DAMAGED. */
int rowset_load(const void *bytes, size_t size, const char *label, struct rowset **ret);
struct rowset *rowset_free(struct rowset *s);

/* Memory of a loaded set. */
size_t rowset_size(const struct rowset *s);

#endif
