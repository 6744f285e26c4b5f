/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_BITS_H
#define BREACHD_UTIL_BITS_H

/* Bits in words of 64: what two have in common and how many are set, which is most of what a total costs. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What becomes of a bit of A and the same of B. */
enum bits_op { BITS_AND, BITS_OR, BITS_AND_NOT };

static inline bool bits_have(const uint64_t *bits, unsigned n)
{
    return bits[n / 64] >> (n % 64) & 1;
}

/* How many of the first WORDS words' bits are set. */
size_t bits_count(const uint64_t *bits, size_t words);

/* The same of what A and B make together, which goes to RET unless that is NULL; it may be A. */
size_t bits_meet(enum bits_op op, const uint64_t *a, const uint64_t *b, uint64_t *ret, size_t words);

/* Writes the places of those that are set; how many that is. At most 65,536 bits. */
size_t bits_to_list(const uint64_t *bits, size_t words, uint16_t *ret);

/* The two functions above as they can be on this machine; bits_count and bits_meet are the fast ones where there are any. */
struct bits_way {
    size_t (*count)(const uint64_t *bits, size_t words);
    size_t (*meet)(enum bits_op op, const uint64_t *a, const uint64_t *b, uint64_t *ret, size_t words);
};
extern const struct bits_way bits_portable;
const struct bits_way *bits_fast(void); /* NULL: this processor has none */

#endif
