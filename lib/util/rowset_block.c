/* SPDX-License-Identifier: MIT */
/* Two blocks at a time: the four ways in which lists and bits meet, for each operation. */
#include "util/rowset_block.h"

#include <string.h>

#define ONES_8(x)  x, x, x, x, x, x, x, x
#define ONES_64(x) ONES_8(x), ONES_8(x), ONES_8(x), ONES_8(x), ONES_8(x), ONES_8(x), ONES_8(x), ONES_8(x)
#define ONES_512(x)                                                                                          \
    ONES_64(x), ONES_64(x), ONES_64(x), ONES_64(x), ONES_64(x), ONES_64(x), ONES_64(x), ONES_64(x)

const uint64_t block_all_bits[BLOCK_WORDS] = {ONES_512(UINT64_MAX), ONES_512(UINT64_MAX)};

#define INLINE static inline __attribute__((always_inline))

/* Where in LIST of N the first member is that is not below LOW; looked for in steps that double, from AT on. */
static size_t seek(const uint16_t *list, size_t n, size_t at, unsigned low)
{
    size_t step = 1, from = at;
    while (at < n && list[at] < low) {
        from = at + 1;
        at += step;
        step *= 2;
    }
    size_t to = at < n ? at : n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (list[middle] < low)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

bool block_has(const struct block *b, unsigned low)
{
    if (!b->is_list)
        return bits_have(b->bits, low);
    size_t at = seek(b->list, b->count, 0, low);
    return at < b->count && b->list[at] == low;
}

/* A list is looked into by steps that double when it is so many times longer than the other; else both are walked. */
#define SEEK_FROM 32

/*
 * Each of these counts the members of list A that B has (WANTED) or has not, and, where RET is not NULL, writes them. They are
 * inlined, so that neither is asked within a loop; a member is written before it is weighed, which needs no jump.
 */
INLINE size_t pick_bits(const struct block *a, const uint64_t *bits, bool wanted, uint16_t *ret)
{
    size_t n = 0;
    for (size_t i = 0; i < a->count; i++) {
        if (ret)
            ret[n] = a->list[i];
        n += bits_have(bits, a->list[i]) == wanted;
    }
    return n;
}

INLINE size_t pick_walking(const struct block *a, const struct block *b, bool wanted, uint16_t *ret)
{
    size_t n = 0, i = 0, k = 0;
    while (i < a->count && k < b->count) {
        uint16_t x = a->list[i], y = b->list[k];
        if (ret)
            ret[n] = x;
        n += wanted ? x == y : x < y;
        i += x <= y;
        k += y <= x;
    }
    for (; !wanted && i < a->count; i++, n++)
        if (ret)
            ret[n] = a->list[i];
    return n;
}

INLINE size_t pick_seeking(const struct block *a, const struct block *b, bool wanted, uint16_t *ret)
{
    size_t n = 0, at = 0;
    for (size_t i = 0; i < a->count; i++) {
        unsigned low = a->list[i];
        at = seek(b->list, b->count, at, low);
        if (ret)
            ret[n] = (uint16_t)low;
        n += (at < b->count && b->list[at] == low) == wanted;
    }
    return n;
}

INLINE size_t pick(const struct block *a, const struct block *b, bool wanted, uint16_t *ret)
{
    if (!b->is_list)
        return pick_bits(a, b->bits, wanted, ret);
    return b->count / SEEK_FROM > a->count ? pick_seeking(a, b, wanted, ret)
                                           : pick_walking(a, b, wanted, ret);
}

static bool pick_list(const struct block *a, const struct block *b, bool wanted, struct arena *mem,
                      struct block *ret)
{
    /* One more than can be picked: each member is written before it is weighed. */
    uint16_t *list = arena_alloc_raw(mem, (a->count + 1) * sizeof *list);
    if (!list)
        return false;
    block_set_list(ret, list, pick(a, b, wanted, list));
    return true;
}

static uint64_t *new_bits(struct arena *mem)
{
    return arena_alloc_raw(mem, BLOCK_WORDS * sizeof(uint64_t));
}

/* Makes of BITS, which are the block's own, a block of COUNT members. */
static bool settle(const uint64_t *bits, size_t count, struct arena *mem, struct block *ret)
{
    block_set_bits(ret, bits, count);
    if (count > BLOCK_FEW)
        return true;
    uint16_t *list = arena_alloc_raw(mem, (count + 1) * sizeof *list);
    if (!list)
        return false;
    block_set_list(ret, list, bits_to_list(bits, BLOCK_WORDS, list));
    return true;
}

size_t block_intersect_count(const struct block *a, const struct block *b)
{
    if (block_is_full(a) || block_is_full(b))
        return block_is_full(a) ? b->count : a->count;
    if (!a->is_list && !b->is_list)
        return bits_meet(BITS_AND, a->bits, b->bits, NULL, BLOCK_WORDS);
    bool a_first = a->is_list && (!b->is_list || a->count <= b->count);
    return a_first ? pick(a, b, true, NULL) : pick(b, a, true, NULL);
}

bool block_intersect(const struct block *a, const struct block *b, struct arena *mem, struct block *ret)
{
    if (block_is_full(a) || block_is_full(b)) {
        *ret = block_is_full(a) ? *b : *a;
        return true;
    }
    ret->key = a->key;
    if (a->is_list && (!b->is_list || a->count <= b->count))
        return pick_list(a, b, true, mem, ret);
    if (b->is_list)
        return pick_list(b, a, true, mem, ret);
    uint64_t *bits = new_bits(mem);
    if (!bits)
        return false;
    return settle(bits, bits_meet(BITS_AND, a->bits, b->bits, bits, BLOCK_WORDS), mem, ret);
}

/* Two lists that fit into one. */
static bool merge(const struct block *a, const struct block *b, struct arena *mem, struct block *ret)
{
    uint16_t *list = arena_alloc_raw(mem, (a->count + b->count) * sizeof *list);
    size_t n = 0, i = 0, k = 0;
    if (!list)
        return false;
    while (i < a->count && k < b->count) {
        uint16_t x = a->list[i], y = b->list[k];
        list[n++] = x < y ? x : y;
        i += x <= y;
        k += y <= x;
    }
    for (; i < a->count; i++)
        list[n++] = a->list[i];
    for (; k < b->count; k++)
        list[n++] = b->list[k];
    block_set_list(ret, list, n);
    return true;
}

void block_put_bits(const struct block *b, uint64_t bits[static BLOCK_WORDS])
{
    if (!b->is_list) {
        memcpy(bits, b->bits, BLOCK_WORDS * sizeof *bits);
        return;
    }
    memset(bits, 0, BLOCK_WORDS * sizeof *bits);
    for (size_t i = 0; i < b->count; i++)
        bits[b->list[i] / 64] |= UINT64_C(1) << (b->list[i] % 64);
}

bool block_unite(const struct block *a, const struct block *b, struct arena *mem, struct block *ret)
{
    if (block_is_full(a) || block_is_full(b)) {
        *ret = block_is_full(a) ? *a : *b;
        return true;
    }
    ret->key = a->key;
    if (a->is_list && b->is_list && a->count + b->count <= BLOCK_LIST)
        return merge(a, b, mem, ret);
    const struct block *large = a->is_list ? b : a, *small = a->is_list ? a : b;
    uint64_t *bits = new_bits(mem);
    if (!bits)
        return false;
    if (!small->is_list)
        return settle(bits, bits_meet(BITS_OR, large->bits, small->bits, bits, BLOCK_WORDS), mem, ret);
    block_put_bits(large, bits);
    for (size_t i = 0; i < small->count; i++)
        bits[small->list[i] / 64] |= UINT64_C(1) << (small->list[i] % 64);
    return settle(bits, bits_count(bits, BLOCK_WORDS), mem, ret);
}

bool block_subtract(const struct block *a, const struct block *b, struct arena *mem, struct block *ret)
{
    ret->key = a->key;
    if (a->is_list)
        return pick_list(a, b, false, mem, ret);
    uint64_t *bits = new_bits(mem);
    if (!bits)
        return false;
    if (!b->is_list)
        return settle(bits, bits_meet(BITS_AND_NOT, a->bits, b->bits, bits, BLOCK_WORDS), mem, ret);
    memcpy(bits, a->bits, BLOCK_WORDS * sizeof *bits);
    for (size_t i = 0; i < b->count; i++)
        bits[b->list[i] / 64] &= ~(UINT64_C(1) << (b->list[i] % 64));
    return settle(bits, bits_count(bits, BLOCK_WORDS), mem, ret);
}

bool block_of_bits(uint16_t key, const uint64_t bits[static BLOCK_WORDS], struct arena *mem,
                   struct block *ret)
{
    size_t count = bits_count(bits, BLOCK_WORDS);
    ret->key = key;
    if (count <= BLOCK_FEW)
        return settle(bits, count, mem, ret);
    uint64_t *copy = new_bits(mem);
    if (copy)
        memcpy(copy, bits, BLOCK_WORDS * sizeof *copy);
    block_set_bits(ret, copy, count);
    return copy != NULL;
}
