/* SPDX-License-Identifier: MIT */
/* Bits by the word, and on amd64, where Debian's own code may use no more than every such processor has, by four words where this one
 * can. */
#include "util/bits.h"

#define INLINE static inline __attribute__((always_inline))

/* ---- any machine ---- */

INLINE uint64_t meet_words(enum bits_op op, uint64_t a, uint64_t b)
{
    return op == BITS_AND ? a & b : op == BITS_OR ? a | b : a & ~b;
}

static size_t count_portably(const uint64_t *bits, size_t words)
{
    size_t n = 0;
    for (size_t i = 0; i < words; i++)
        n += (size_t)__builtin_popcountll(bits[i]);
    return n;
}

static size_t meet_portably(enum bits_op op, const uint64_t *a, const uint64_t *b, uint64_t *ret,
                            size_t words)
{
    size_t n = 0;
    for (size_t i = 0; i < words; i++) {
        uint64_t word = meet_words(op, a[i], b[i]);
        n += (size_t)__builtin_popcountll(word);
        if (ret)
            ret[i] = word;
    }
    return n;
}

const struct bits_way bits_portable = {count_portably, meet_portably};

/* ---- AVX2 ---- */

#ifdef __x86_64__
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define LANE 4 /* words of a register */
#define TURN 8 /* registers whose bits are counted together: 64 at most in a byte */

/* Adds how many bits are set in each byte of X to the bytes of COUNTS: half a byte at a time, looked up
 * (Mula, Kurz and Lemire, "Faster Population Counts Using AVX2 Instructions", 2018). */
AVX2 INLINE __m256i add_counts(__m256i counts, __m256i x)
{
    const __m256i of_half = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2,
                                             2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i half = _mm256_set1_epi8(15);
    __m256i low = _mm256_and_si256(x, half), high = _mm256_and_si256(_mm256_srli_epi16(x, 4), half);
    counts = _mm256_add_epi8(counts, _mm256_shuffle_epi8(of_half, low));
    return _mm256_add_epi8(counts, _mm256_shuffle_epi8(of_half, high));
}

AVX2 INLINE __m256i load(const uint64_t *words)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)words);
}

AVX2 INLINE size_t sum(__m256i x)
{
    uint64_t each[LANE];
    _mm256_storeu_si256((__m256i *)(void *)each, x);
    return each[0] + each[1] + each[2] + each[3];
}

AVX2 INLINE __m256i meet_lanes(enum bits_op op, __m256i a, __m256i b)
{
    return op == BITS_AND  ? _mm256_and_si256(a, b)
           : op == BITS_OR ? _mm256_or_si256(a, b)
                           : _mm256_andnot_si256(b, a);
}

/* B NULL: of A alone. OP, and what is NULL, are known where it is inlined. */
AVX2 INLINE size_t meet_lane_by_lane(enum bits_op op, const uint64_t *a, const uint64_t *b, uint64_t *ret,
                                     size_t turns)
{
    __m256i all = _mm256_setzero_si256();
    for (size_t t = 0, at = 0; t < turns; t++) {
        __m256i counts = _mm256_setzero_si256();
        for (size_t k = 0; k < TURN; k++, at += LANE) {
            __m256i x = b ? meet_lanes(op, load(a + at), load(b + at)) : load(a + at);
            if (ret)
                _mm256_storeu_si256((__m256i *)(void *)(ret + at), x);
            counts = add_counts(counts, x);
        }
        all = _mm256_add_epi64(all, _mm256_sad_epu8(counts, _mm256_setzero_si256()));
    }
    return sum(all);
}

AVX2 static size_t count_by_avx2(const uint64_t *bits, size_t words)
{
    size_t turns = words / (LANE * TURN), done = turns * LANE * TURN;
    return meet_lane_by_lane(BITS_AND, bits, NULL, NULL, turns) + count_portably(bits + done, words - done);
}

AVX2 static size_t meet_turns(enum bits_op op, const uint64_t *a, const uint64_t *b, uint64_t *ret,
                              size_t turns)
{
    if (op == BITS_AND)
        return ret ? meet_lane_by_lane(BITS_AND, a, b, ret, turns)
                   : meet_lane_by_lane(BITS_AND, a, b, NULL, turns);
    return op == BITS_OR ? meet_lane_by_lane(BITS_OR, a, b, ret, turns)
                         : meet_lane_by_lane(BITS_AND_NOT, a, b, ret, turns);
}

static size_t meet_by_avx2(enum bits_op op, const uint64_t *a, const uint64_t *b, uint64_t *ret, size_t words)
{
    size_t turns = words / (LANE * TURN), done = turns * LANE * TURN;
    return meet_turns(op, a, b, ret, turns) +
           meet_portably(op, a + done, b + done, ret ? ret + done : NULL, words - done);
}

static const struct bits_way by_avx2 = {count_by_avx2, meet_by_avx2};

const struct bits_way *bits_fast(void)
{
    return __builtin_cpu_supports("avx2") ? &by_avx2 : NULL;
}
#else
const struct bits_way *bits_fast(void)
{
    return NULL;
}
#endif

/* ---- whatever there is ---- */

static const struct bits_way *best(void)
{
    const struct bits_way *fast = bits_fast();
    return fast ? fast : &bits_portable;
}

size_t bits_count(const uint64_t *bits, size_t words)
{
    return best()->count(bits, words);
}

size_t bits_meet(enum bits_op op, const uint64_t *a, const uint64_t *b, uint64_t *ret, size_t words)
{
    return best()->meet(op, a, b, ret, words);
}

size_t bits_to_list(const uint64_t *bits, size_t words, uint16_t *ret)
{
    size_t n = 0;
    for (size_t i = 0; i < words; i++)
        for (uint64_t word = bits[i]; word; word &= word - 1)
            ret[n++] = (uint16_t)(i * 64 + (unsigned)__builtin_ctzll(word));
    return n;
}
