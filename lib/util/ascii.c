/* SPDX-License-Identifier: MIT */
/* Text that is looked through to its end by every request. */
#include "util/ascii.h"

#include <stdint.h>
#include <string.h>

#define DEL     0x7f
#define EACH(b) (UINT64_C(0x0101010101010101) * (b)) /* eight bytes B */

/* Whether one of WORD's bytes is less than LEAST. */
static inline bool has_less(uint64_t word, unsigned char least)
{
    return ((word - EACH(least)) & ~word & EACH(0x80)) != 0;
}

/* By words as long as nothing is found in them, then by bytes. */
size_t ascii_clean(const char *s, size_t n, unsigned char least)
{
    size_t i = 0;
    for (uint64_t word; n - i >= sizeof word; i += sizeof word) {
        memcpy(&word, s + i, sizeof word);
        if (has_less(word, least) || has_less(word ^ EACH(DEL), 1))
            break;
    }
    while (i < n && (unsigned char)s[i] >= least && s[i] != DEL)
        i++;
    return i;
}
