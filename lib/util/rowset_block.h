/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_ROWSET_BLOCK_H
#define BREACHD_UTIL_ROWSET_BLOCK_H

/* Inside of sets and slices: one block of 65,536 numbers, and what can be done with two. */
#include "util/bits.h"
#include "util/rowset.h"

#define BLOCK_ROWS  65536
#define BLOCK_WORDS (BLOCK_ROWS / 64)
#define BLOCK_LIST  1024 /* most members of a list: longer ones are small, but slow to go through */
#define BLOCK_FEW                                                                                            \
    128 /* bits that have become so few are made a list; of more, that costs more than it saves */

/* The members with the same upper 16 bits, never none, as a sorted list or as bits. A set that is kept for long has lists of up to
 * BLOCK_LIST members, as they take less memory; what is made of two may have bits that are fewer. */
struct block {
    uint16_t key;
    bool is_list;
    uint32_t count;
    union {
        const uint16_t *list;
        const uint64_t *bits;
    };
};

struct rowset {
    size_t count, n;
    struct block blocks[]; /* keys rise */
};

/* Room for a set of up to N blocks in MEM, and the next one put into it, where it has members. */
struct rowset *rowset_room(size_t n, struct arena *mem);
void rowset_put(struct rowset *s, const struct block *b);

/* The block of KEY, or NULL. */
const struct block *rowset_find(const struct rowset *s, uint32_t key);

static inline void block_set_list(struct block *b, const uint16_t *list, size_t n)
{
    b->is_list = true;
    b->count = (uint32_t)n;
    b->list = list;
}

static inline void block_set_bits(struct block *b, const uint64_t *bits, size_t n)
{
    b->is_list = false;
    b->count = (uint32_t)n;
    b->bits = bits;
}

static inline bool block_is_full(const struct block *b)
{
    return b->count == BLOCK_ROWS;
}

/* Of a full block. */
extern const uint64_t block_all_bits[BLOCK_WORDS];

bool block_has(const struct block *b, unsigned low);

/* Writes the members of B as bits. */
void block_put_bits(const struct block *b, uint64_t bits[static BLOCK_WORDS]);

/* The block of KEY whose members BITS are, copied into MEM. False: out of memory. */
bool block_of_bits(uint16_t key, const uint64_t bits[static BLOCK_WORDS], struct arena *mem,
                   struct block *ret);

/* Each of A and B of one key; *ret has it too, and count 0 where nothing is left. It may share with A and B. False: out
 * of memory. */
bool block_intersect(const struct block *a, const struct block *b, struct arena *mem, struct block *ret);
bool block_unite(const struct block *a, const struct block *b, struct arena *mem, struct block *ret);
bool block_subtract(const struct block *a, const struct block *b, struct arena *mem, struct block *ret);

size_t block_intersect_count(const struct block *a, const struct block *b);

#endif
