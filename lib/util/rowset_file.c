/* SPDX-License-Identifier: MIT */
/*
 * Sets as bytes, little-endian: the checksum (8 bytes), the number of blocks (4), of each block its key (2) and its count
 * less one (2); then, of each block, its list (2 a member) or, where these are smaller, its bits (8,192), nothing where it is
 * full.
 */
#include "util/keep.h"
#include "util/rowset_block.h"

#include <endian.h>
#include <errno.h>
#include <string.h>

#define HEAD        12 /* checksum and number of blocks */
#define BLOCK_HEAD  4
#define BLOCKS_MOST 65536
#define LIST_STORED 4096 /* most members of a list in a file */

static uint64_t mix(uint64_t sum, uint64_t word)
{
    sum = (sum ^ word) *
          UINT64_C(0x9e3779b97f4a7c15); /* 2^64 divided by the golden ratio: odd, bits well spread */
    return sum ^ sum >> 29;
}

/* A sum of four lanes, so that a processor can work on them at once; damage is what it finds, not intent. */
static uint64_t checksum(const char *label, const unsigned char *bytes, size_t size)
{
    uint64_t lanes[4] = {1, 2, 3, 4}, sum = size;
    for (const char *c = label; *c; c++)
        sum = mix(sum, (unsigned char)*c);
    size_t i = 0;
    for (; i + 32 <= size; i += 32) {
        uint64_t words[4];
        memcpy(words, bytes + i, 32);
        for (size_t k = 0; k < 4; k++)
            lanes[k] = mix(lanes[k], le64toh(words[k]));
    }
    for (; i < size; i++)
        sum = mix(sum, bytes[i]);
    for (size_t k = 0; k < 4; k++)
        sum = mix(sum, lanes[k]);
    return sum;
}

static void put_16(struct strbuf *out, uint32_t n)
{
    uint16_t x = htole16((uint16_t)n);
    strbuf_add(out, &x, sizeof x);
}

static void put_list(const uint16_t *list, size_t n, struct strbuf *out)
{
    for (size_t i = 0; i < n; i++)
        put_16(out, list[i]);
}

static void put_data(const struct block *b, struct strbuf *out)
{
    uint16_t list[LIST_STORED];
    if (block_is_full(b))
        return;
    if (b->is_list) {
        put_list(b->list, b->count, out);
        return;
    }
    if (b->count <= LIST_STORED) {
        put_list(list, bits_to_list(b->bits, BLOCK_WORDS, list), out);
        return;
    }
    for (size_t i = 0; i < BLOCK_WORDS; i++) {
        uint64_t x = htole64(b->bits[i]);
        strbuf_add(out, &x, sizeof x);
    }
}

void rowset_save(const struct rowset *s, const char *label, struct strbuf *out)
{
    size_t start = out->size;
    uint64_t sum = 0;
    uint32_t n = htole32((uint32_t)s->n);
    strbuf_add(out, &sum, sizeof sum);
    strbuf_add(out, &n, sizeof n);
    for (size_t i = 0; i < s->n; i++) {
        put_16(out, s->blocks[i].key);
        put_16(out, s->blocks[i].count - 1);
    }
    for (size_t i = 0; i < s->n; i++)
        put_data(&s->blocks[i], out);
    if (out->failed)
        return;
    const unsigned char *body = (const unsigned char *)out->data + start + sizeof sum;
    sum = htole64(checksum(label, body, out->size - start - sizeof sum));
    memcpy(out->data + start, &sum, sizeof sum);
}

static uint32_t get_16(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

/* Bytes of the data of a block of COUNT members, of which lists have LIST at the most. */
static size_t data_size(uint32_t count, uint32_t list)
{
    return count == BLOCK_ROWS ? 0
           : count <= list     ? count * sizeof(uint16_t)
                               : BLOCK_WORDS * sizeof(uint64_t);
}

static size_t stored_size(uint32_t count)
{
    return data_size(count, LIST_STORED);
}

/* In memory, where what follows is to be aligned. */
static size_t memory_size(uint32_t count)
{
    return (data_size(count, BLOCK_LIST) + 7) / 8 * 8;
}

/* How much memory N blocks take whose heads stand at HEADS, where they are in order and just fill SIZE bytes after the
 * heads; 0: they do not. */
static size_t weigh(const unsigned char *heads, size_t n, size_t size)
{
    size_t data = 0, need = sizeof(struct rowset) + n * sizeof(struct block);
    for (size_t i = 0; i < n; i++) {
        const unsigned char *head = heads + i * BLOCK_HEAD;
        if (i && get_16(head) <= get_16(head - BLOCK_HEAD))
            return 0;
        data += stored_size(get_16(head + 2) + 1);
        need += memory_size(get_16(head + 2) + 1);
    }
    return data == size ? need : 0;
}

/* A list, into BITS. */
static bool read_list_as_bits(const unsigned char *p, size_t n, uint64_t *bits)
{
    bool rises = true;
    memset(bits, 0, BLOCK_WORDS * sizeof *bits);
    for (size_t i = 0; i < n; i++) {
        uint32_t low = get_16(p + 2 * i);
        bits[low / 64] |= UINT64_C(1) << (low % 64);
        rises = rises && (i == 0 || get_16(p + 2 * i - 2) < low);
    }
    return rises;
}

static bool read_list(const unsigned char *p, size_t n, uint16_t *list)
{
    bool rises = true;
    for (size_t i = 0; i < n; i++) {
        list[i] = (uint16_t)get_16(p + 2 * i);
        rises = rises && (i == 0 || list[i - 1] < list[i]);
    }
    return rises;
}

static bool read_bits(const unsigned char *p, size_t n, uint64_t *bits)
{
    memcpy(bits, p, BLOCK_WORDS * sizeof *bits);
    for (size_t i = 0; i < BLOCK_WORDS; i++)
        bits[i] = le64toh(bits[i]);
    return bits_count(bits, BLOCK_WORDS) == n;
}

/* Reads the data of *B, COUNT members, from P into MEMORY. False: it is not what its count says. */
static bool read_data(struct block *b, size_t count, const unsigned char *p, void *memory)
{
    if (count == BLOCK_ROWS) {
        block_set_bits(b, block_all_bits, count);
        return true;
    }
    if (count <= BLOCK_LIST) {
        block_set_list(b, memory, count);
        return read_list(p, count, memory);
    }
    block_set_bits(b, memory, count);
    return count <= LIST_STORED ? read_list_as_bits(p, count, memory) : read_bits(p, count, memory);
}

static bool read_blocks(struct rowset *s, const unsigned char *heads, const unsigned char *data, char *memory)
{
    for (size_t i = 0; i < s->n; i++) {
        struct block *b = &s->blocks[i];
        uint32_t count = get_16(heads + i * BLOCK_HEAD + 2) + 1;
        b->key = (uint16_t)get_16(heads + i * BLOCK_HEAD);
        if (!read_data(b, count, data, memory))
            return false;
        s->count += b->count;
        data += stored_size(count);
        memory += memory_size(count);
    }
    return true;
}

int rowset_load(const void *bytes, size_t size, const char *label, struct rowset **ret)
{
    const unsigned char *p = bytes;
    uint64_t sum;
    uint32_t n;
    if (!p || size < HEAD)
        return ROWSET_E_DAMAGED;
    memcpy(&sum, p, sizeof sum);
    memcpy(&n, p + sizeof sum, sizeof n);
    n = le32toh(n);
    if (n > BLOCKS_MOST || size - HEAD < (size_t)n * BLOCK_HEAD ||
        le64toh(sum) != checksum(label, p + sizeof sum, size - sizeof sum))
        return ROWSET_E_DAMAGED;
    const unsigned char *heads = p + HEAD, *data = heads + (size_t)n * BLOCK_HEAD;
    size_t need = weigh(heads, n, size - HEAD - (size_t)n * BLOCK_HEAD);
    if (!need)
        return ROWSET_E_DAMAGED;
    struct rowset *s = keep_alloc(need);
    if (!s)
        return -ENOMEM;
    *s = (struct rowset){.n = n};
    if (!read_blocks(s, heads, data, (char *)&s->blocks[n])) {
        keep_free(s, need);
        return ROWSET_E_DAMAGED;
    }
    *ret = s;
    return 0;
}

/* As weigh() found it. */
static size_t loaded_size(const struct rowset *s)
{
    size_t size = sizeof *s + s->n * sizeof *s->blocks;
    for (size_t i = 0; i < s->n; i++)
        size += memory_size(s->blocks[i].count);
    return size;
}

struct rowset *rowset_free(struct rowset *s)
{
    if (s)
        keep_free(s, loaded_size(s));
    return NULL;
}

size_t rowset_size(const struct rowset *s)
{
    return keep_weight(loaded_size(s));
}
