/* SPDX-License-Identifier: MIT */
/* Sets: blocks met by their keys. */
#include "util/rowset_block.h"

static const struct rowset empty = {0};

const struct rowset *rowset_empty(void)
{
    return &empty;
}

struct rowset *rowset_room(size_t n, struct arena *mem)
{
    struct rowset *s = arena_alloc_raw(mem, sizeof *s + n * sizeof *s->blocks);
    if (s)
        *s = (struct rowset){0};
    return s;
}

void rowset_put(struct rowset *s, const struct block *b)
{
    if (!b->count)
        return;
    s->blocks[s->n++] = *b;
    s->count += b->count;
}

/* The members from..to of block KEY. */
static bool range_block(uint16_t key, unsigned from, unsigned to, struct arena *mem, struct block *ret)
{
    size_t count = to - from + 1;
    ret->key = key;
    if (count == BLOCK_ROWS) {
        block_set_bits(ret, block_all_bits, count);
        return true;
    }
    if (count <= BLOCK_LIST) {
        uint16_t *list = arena_alloc_raw(mem, count * sizeof *list);
        for (unsigned i = 0; list && i < count; i++)
            list[i] = (uint16_t)(from + i);
        block_set_list(ret, list, count);
        return list != NULL;
    }
    uint64_t *bits = arena_alloc(mem, BLOCK_WORDS * sizeof *bits);
    for (unsigned i = from / 64; bits && i <= to / 64; i++)
        bits[i] = UINT64_MAX;
    if (bits) {
        bits[from / 64] &= UINT64_MAX << from % 64;
        bits[to / 64] &= UINT64_MAX >> (63 - to % 64);
    }
    block_set_bits(ret, bits, count);
    return bits != NULL;
}

const struct rowset *rowset_range(uint32_t first, uint32_t last, struct arena *mem)
{
    if (last < first)
        return &empty;
    uint32_t low = first / BLOCK_ROWS, high = last / BLOCK_ROWS;
    struct rowset *s = rowset_room(high - low + 1, mem);
    for (uint32_t key = low; s && key <= high; key++) {
        struct block b;
        unsigned from = key == low ? first % BLOCK_ROWS : 0,
                 to = key == high ? last % BLOCK_ROWS : BLOCK_ROWS - 1;
        if (!range_block((uint16_t)key, from, to, mem, &b))
            return NULL;
        rowset_put(s, &b);
    }
    return s;
}

const struct rowset *rowset_intersect_head(const struct rowset *a, const struct rowset *b, size_t k,
                                           struct arena *mem)
{
    if (!a || !b)
        return NULL;
    struct rowset *s = rowset_room(a->n < b->n ? a->n : b->n, mem);
    for (size_t i = 0, j = 0; s && i < a->n && j < b->n;) {
        const struct block *x = &a->blocks[i], *y = &b->blocks[j];
        struct block both;
        bool same = x->key == y->key;
        i += x->key <= y->key;
        j += y->key <= x->key;
        if (same && s->count >= k)
            s->count += block_intersect_count(x, y);
        else if (same && !block_intersect(x, y, mem, &both))
            return NULL;
        else if (same)
            rowset_put(s, &both);
    }
    return s;
}

const struct rowset *rowset_intersect(const struct rowset *a, const struct rowset *b, struct arena *mem)
{
    return rowset_intersect_head(a, b, SIZE_MAX, mem);
}

const struct rowset *rowset_unite(const struct rowset *a, const struct rowset *b, struct arena *mem)
{
    if (!a || !b)
        return NULL;
    if (!a->n || !b->n)
        return a->n ? a : b;
    struct rowset *s = rowset_room(a->n + b->n, mem);
    size_t i = 0, k = 0;
    while (s && i < a->n && k < b->n) {
        const struct block *x = &a->blocks[i], *y = &b->blocks[k];
        struct block both = x->key < y->key ? *x : *y;
        if (x->key == y->key && !block_unite(x, y, mem, &both))
            return NULL;
        rowset_put(s, &both);
        i += x->key <= y->key;
        k += y->key <= x->key;
    }
    for (; s && i < a->n; i++)
        rowset_put(s, &a->blocks[i]);
    for (; s && k < b->n; k++)
        rowset_put(s, &b->blocks[k]);
    return s;
}

const struct rowset *rowset_subtract(const struct rowset *a, const struct rowset *b, struct arena *mem)
{
    if (!a || !b)
        return NULL;
    if (!a->n || !b->n)
        return a;
    struct rowset *s = rowset_room(a->n, mem);
    for (size_t i = 0, k = 0; s && i < a->n; i++) {
        const struct block *x = &a->blocks[i];
        struct block rest;
        while (k < b->n && b->blocks[k].key < x->key)
            k++;
        if (k == b->n || b->blocks[k].key != x->key) {
            rowset_put(s, x);
        } else {
            if (!block_subtract(x, &b->blocks[k], mem, &rest))
                return NULL;
            rowset_put(s, &rest);
        }
    }
    return s;
}

size_t rowset_count(const struct rowset *s)
{
    return s ? s->count : 0;
}

size_t rowset_intersect_count(const struct rowset *a, const struct rowset *b)
{
    size_t count = 0;
    for (size_t i = 0, k = 0; a && b && i < a->n && k < b->n;) {
        const struct block *x = &a->blocks[i], *y = &b->blocks[k];
        if (x->key == y->key)
            count += block_intersect_count(x, y);
        i += x->key <= y->key;
        k += y->key <= x->key;
    }
    return count;
}

const struct block *rowset_find(const struct rowset *s, uint32_t key)
{
    size_t low = 0, high = s ? s->n : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->blocks[middle].key == key)
            return &s->blocks[middle];
        if (s->blocks[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool rowset_has(const struct rowset *s, uint32_t n)
{
    const struct block *b = rowset_find(s, n / BLOCK_ROWS);
    return b && block_has(b, n % BLOCK_ROWS);
}

/* How many members of B are smaller than LOW. */
static size_t block_rank(const struct block *b, unsigned low)
{
    size_t rank = 0;
    if (b->is_list) {
        while (rank < b->count && b->list[rank] < low)
            rank++;
        return rank;
    }
    return bits_count(b->bits, low / 64) +
           (size_t)__builtin_popcountll(b->bits[low / 64] & ((UINT64_C(1) << (low % 64)) - 1));
}

size_t rowset_rank(const struct rowset *s, uint32_t n)
{
    size_t rank = 0;
    for (size_t i = 0; s && i < s->n; i++) {
        const struct block *b = &s->blocks[i];
        if (b->key == n / BLOCK_ROWS)
            return rank + block_rank(b, n % BLOCK_ROWS);
        if (b->key > n / BLOCK_ROWS)
            return rank;
        rank += b->count;
    }
    return rank;
}

/* Writes up to LIMIT members of B, without the first SKIP. */
static size_t block_select(const struct block *b, size_t skip, size_t limit, uint32_t *ret)
{
    uint32_t base = b->key * BLOCK_ROWS;
    size_t n = 0;
    if (b->is_list) {
        for (; n < limit && skip + n < b->count; n++)
            ret[n] = base + b->list[skip + n];
        return n;
    }
    for (size_t i = 0; i < BLOCK_WORDS && n < limit; i++) {
        uint64_t word = b->bits[i];
        if (skip) {
            size_t here = (size_t)__builtin_popcountll(word);
            if (skip >= here) {
                skip -= here;
                continue;
            }
        }
        for (; word && n < limit; word &= word - 1) {
            if (skip)
                skip--;
            else
                ret[n++] = base + (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(word);
        }
    }
    return n;
}

size_t rowset_select(const struct rowset *s, size_t skip, size_t limit, uint32_t *ret)
{
    size_t n = 0;
    for (size_t i = 0; s && i < s->n && n < limit; i++) {
        const struct block *b = &s->blocks[i];
        if (skip >= b->count) {
            skip -= b->count;
            continue;
        }
        n += block_select(b, skip, limit - n, ret + n);
        skip = 0;
    }
    return n;
}

size_t rowset_next(struct rowset_walk *w, uint32_t ret[static ROWSET_BATCH])
{
    size_t n = 0;
    for (; w->s && w->block < w->s->n && n == 0; w->block += n == 0) {
        const struct block *b = &w->s->blocks[w->block];
        if (b->is_list) {
            n = block_select(b, w->at, ROWSET_BATCH, ret);
            w->at += n;
        } else {
            /* Of bits, the place is a word. */
            for (; w->at < BLOCK_WORDS && n + 64 <= ROWSET_BATCH; w->at++)
                for (uint64_t word = b->bits[w->at]; word; word &= word - 1)
                    ret[n++] = b->key * BLOCK_ROWS + (uint32_t)(w->at * 64) + (uint32_t)__builtin_ctzll(word);
        }
        if (n == 0)
            w->at = 0;
    }
    return n;
}
