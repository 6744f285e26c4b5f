/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_STORAGE_ROWSET_H
#define BREACHD_STORAGE_ROWSET_H

/*
 * Sets of row numbers from 1 to a bound, one bit each. Since row numbers are a list's default order, a query
 * is an intersection of such sets, its total their size, a place in the list a rank, and a page a selection.
 */
#include "util/arena.h"

#include <stddef.h>
#include <stdint.h>

struct rowset {
    size_t most; /* members are 1..most */
    uint64_t *words;
};

/* The empty set within 1..MOST, in MEM. 0 or -ENOMEM. */
int rowset_new(struct rowset *ret, size_t most, struct arena *mem);

/* A number outside the bound is no member and adds nothing. */
void rowset_add(struct rowset *s, uint64_t n);

/* Each changes S; the other has the same bound. */
void rowset_unite(struct rowset *s, const struct rowset *with);
void rowset_intersect(struct rowset *s, const struct rowset *with);
void rowset_invert(struct rowset *s);

size_t rowset_count(const struct rowset *s);

/* How many members are smaller than N. */
size_t rowset_rank(const struct rowset *s, uint64_t n);

/* Writes up to LIMIT members in order, skipping the first SKIP; how many were written. */
size_t rowset_select(const struct rowset *s, size_t skip, size_t limit, uint64_t *ret);

/* The first LIMIT members, or as many as there are, in MEM. 0 or -ENOMEM. */
int rowset_first(const struct rowset *s, size_t limit, struct arena *mem, uint64_t **ret, size_t *ret_n);

#endif
