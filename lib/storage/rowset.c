/* SPDX-License-Identifier: MIT */
/* Plain bitmaps: bit n of the array is row n; bit 0 and the bits after the bound stay clear. */
#include "storage/rowset.h"

#include <errno.h>

static size_t words_of(const struct rowset *s)
{
    return s->most / 64 + 1;
}

int rowset_new(struct rowset *ret, size_t most, struct arena *mem)
{
    struct rowset s = {.most = most};
    s.words = arena_array(mem, words_of(&s), sizeof *s.words);
    if (!s.words)
        return -ENOMEM;
    *ret = s;
    return 0;
}

void rowset_add(struct rowset *s, uint64_t n)
{
    if (n >= 1 && n <= s->most)
        s->words[n / 64] |= UINT64_C(1) << (n % 64);
}

void rowset_unite(struct rowset *s, const struct rowset *with)
{
    for (size_t i = 0; i < words_of(s); i++)
        s->words[i] |= with->words[i];
}

void rowset_intersect(struct rowset *s, const struct rowset *with)
{
    for (size_t i = 0; i < words_of(s); i++)
        s->words[i] &= with->words[i];
}

void rowset_invert(struct rowset *s)
{
    for (size_t i = 0; i < words_of(s); i++)
        s->words[i] = ~s->words[i];
    s->words[0] &= ~UINT64_C(1);
    unsigned used = (unsigned)(s->most % 64) + 1;
    if (used < 64)
        s->words[words_of(s) - 1] &= (UINT64_C(1) << used) - 1;
}

static size_t ones(uint64_t word)
{
    return (size_t)__builtin_popcountll(word);
}

size_t rowset_count(const struct rowset *s)
{
    size_t count = 0;
    for (size_t i = 0; i < words_of(s); i++)
        count += ones(s->words[i]);
    return count;
}

size_t rowset_rank(const struct rowset *s, uint64_t n)
{
    if (n > s->most)
        return rowset_count(s);
    size_t count = 0;
    for (size_t i = 0; i < n / 64; i++)
        count += ones(s->words[i]);
    return count + ones(s->words[n / 64] & ((UINT64_C(1) << (n % 64)) - 1));
}

size_t rowset_select(const struct rowset *s, size_t skip, size_t limit, uint64_t *ret)
{
    size_t written = 0;
    for (size_t i = 0; i < words_of(s) && written < limit; i++) {
        uint64_t word = s->words[i];
        size_t here = ones(word);
        if (skip >= here) {
            skip -= here;
            continue;
        }
        for (; word && written < limit; word &= word - 1) {
            if (skip)
                skip--;
            else
                ret[written++] = i * 64 + (unsigned)__builtin_ctzll(word);
        }
    }
    return written;
}

int rowset_first(const struct rowset *s, size_t limit, struct arena *mem, uint64_t **ret, size_t *ret_n)
{
    uint64_t *numbers = arena_array(mem, limit, sizeof *numbers);
    if (!numbers)
        return -ENOMEM;
    *ret = numbers;
    *ret_n = rowset_select(s, 0, limit, numbers);
    return 0;
}
