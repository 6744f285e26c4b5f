/* SPDX-License-Identifier: MIT */
/* Sets as they grow: while numbers rise, each block is a list that doubles; then it is bits. */
#include "util/rowset_block.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 4 /* of a list */

/* A block while it grows: a list that doubles, then bits. */
struct growing {
    uint32_t key, count; /* of bits not kept */
    uint32_t room;       /* of the list; 0: bits */
    union {
        uint16_t *list;
        uint64_t *bits;
    };
};

struct rowset_builder {
    struct growing *blocks; /* keys rise */
    size_t n, room, last;   /* the block that was added to last */
    bool failed;
};

struct rowset_builder *rowset_builder_new(void)
{
    return calloc(1, sizeof(struct rowset_builder));
}

struct rowset_builder *rowset_builder_free(struct rowset_builder *b)
{
    if (!b)
        return NULL;
    for (size_t i = 0; i < b->n; i++)
        free(b->blocks[i].list);
    free(b->blocks);
    free(b);
    return NULL;
}

/* Where block KEY is or belongs. */
static size_t find_block(const struct rowset_builder *b, uint32_t key)
{
    size_t low = 0, high = b->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (b->blocks[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The block of KEY, made if need be; NULL when out of memory. */
static struct growing *need_block(struct rowset_builder *b, uint32_t key)
{
    if (b->last < b->n && b->blocks[b->last].key == key)
        return &b->blocks[b->last];
    size_t at = find_block(b, key);
    b->last = at;
    if (at < b->n && b->blocks[at].key == key)
        return &b->blocks[at];
    if (b->n == b->room) {
        size_t room = b->room ? 2 * b->room : 2;
        struct growing *more = realloc(b->blocks, room * sizeof *more);
        if (!more)
            return NULL;
        b->blocks = more;
        b->room = room;
    }
    uint16_t *list = malloc(FIRST_ROOM * sizeof *list);
    if (!list)
        return NULL;
    memmove(&b->blocks[at + 1], &b->blocks[at], (b->n - at) * sizeof *b->blocks);
    b->n++;
    b->blocks[at] = (struct growing){.key = key, .list = list, .room = FIRST_ROOM};
    return &b->blocks[at];
}

static bool to_bits(struct growing *g)
{
    uint64_t *bits = calloc(BLOCK_WORDS, sizeof *bits);
    if (!bits)
        return false;
    for (uint32_t i = 0; i < g->count; i++)
        bits[g->list[i] / 64] |= UINT64_C(1) << (g->list[i] % 64);
    free(g->list);
    g->bits = bits;
    g->room = 0;
    return true;
}

static bool grow_list(struct growing *g)
{
    uint32_t room = 2 * g->room;
    uint16_t *more = realloc(g->list, room * sizeof *more);
    if (!more)
        return false;
    g->list = more;
    g->room = room;
    return true;
}

static bool add_low(struct growing *g, uint16_t low)
{
    if (g->room) {
        if (g->count && g->list[g->count - 1] == low)
            return true;
        bool rises = !g->count || g->list[g->count - 1] < low;
        if (rises && (g->count < g->room || (g->room < BLOCK_LIST && grow_list(g)))) {
            g->list[g->count++] = low;
            return true;
        }
        if (!to_bits(g))
            return false;
    }
    g->bits[low / 64] |= UINT64_C(1) << (low % 64);
    return true;
}

void rowset_add(struct rowset_builder *b, uint32_t n)
{
    struct growing *g = b->failed ? NULL : need_block(b, n / BLOCK_ROWS);
    if (!g || !add_low(g, (uint16_t)(n % BLOCK_ROWS)))
        b->failed = true;
}

static bool add_block(struct rowset_builder *b, const struct block *x)
{
    struct growing *g = need_block(b, x->key);
    if (!g)
        return false;
    if (x->is_list) {
        for (size_t i = 0; i < x->count; i++)
            if (!add_low(g, x->list[i]))
                return false;
        return true;
    }
    if (g->room && !to_bits(g))
        return false;
    for (size_t i = 0; i < BLOCK_WORDS; i++)
        g->bits[i] |= x->bits[i];
    return true;
}

void rowset_add_set(struct rowset_builder *b, const struct rowset *s)
{
    b->failed = b->failed || !s;
    for (size_t i = 0; !b->failed && i < s->n; i++)
        b->failed = !add_block(b, &s->blocks[i]);
}

/* The block that G has become, in MEM. */
static bool finish_block(const struct growing *g, struct arena *mem, struct block *ret)
{
    size_t count = g->room ? g->count : bits_count(g->bits, BLOCK_WORDS);
    ret->key = (uint16_t)g->key;
    if (count <= BLOCK_LIST) {
        uint16_t *list = arena_alloc_raw(mem, count * sizeof *list);
        if (list && g->room)
            memcpy(list, g->list, count * sizeof *list);
        else if (list)
            bits_to_list(g->bits, BLOCK_WORDS, list);
        block_set_list(ret, list, count);
        return list != NULL;
    }
    uint64_t *bits = arena_alloc_raw(mem, BLOCK_WORDS * sizeof *bits);
    if (bits)
        memcpy(bits, g->bits, BLOCK_WORDS * sizeof *bits);
    block_set_bits(ret, bits, count);
    return bits != NULL;
}

const struct rowset *rowset_gathered(const struct rowset_builder *b, struct arena *mem)
{
    struct rowset *s = b->failed ? NULL : rowset_room(b->n, mem);
    for (size_t i = 0; s && i < b->n; i++) {
        struct block x;
        if (!finish_block(&b->blocks[i], mem, &x))
            return NULL;
        rowset_put(s, &x);
    }
    return s;
}
