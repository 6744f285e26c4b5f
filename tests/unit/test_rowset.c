/* SPDX-License-Identifier: MIT */
/* Sets of row numbers and slices of numbers, against plain arrays; sets as bytes, damaged in every way. */
#include "suite.h"
#include "util/bits.h"
#include "util/slices.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MOST 200000 /* four blocks, the last not whole */

static uint32_t chance(uint32_t *state)
{
    *state ^= *state << 13; /* xorshift, of Marsaglia */
    *state ^= *state >> 17;
    return *state ^= *state << 5;
}

/* How full each block of a set is, in 65,536ths; the four ways in which blocks are kept are all among them. */
static const uint32_t shapes[][4] = {
    {0, 0, 0, 0},           {65536, 65536, 65536, 65536}, {40, 3000, 20000, 65000},
    {20000, 1024, 0, 4096}, {65536, 0, 65536, 40},        {1, 65535, 4000, 4200},
};
#define SHAPES (sizeof shapes / sizeof *shapes)

/* A set and the same as an array. */
static const struct rowset *make(unsigned shape, uint32_t seed, bool *has, struct arena *mem)
{
    _cleanup_rowset_builder_ struct rowset_builder *b = rowset_builder_new();
    uint32_t state = seed * 2654435761u + 1;
    for (uint32_t n = 0; n <= MOST; n++) {
        has[n] = chance(&state) % 65536 < shapes[shape][n / 65536];
        if (has[n])
            rowset_add(b, n);
    }
    const struct rowset *s = rowset_gathered(b, mem);
    ck_assert_ptr_nonnull(s);
    return s;
}

static void assert_is(const struct rowset *s, const bool *has)
{
    struct rowset_walk walk = ROWSET_WALK(s);
    uint32_t batch[ROWSET_BATCH], next = 0;
    size_t n, count = 0;
    while ((n = rowset_next(&walk, batch)) != 0)
        for (size_t i = 0; i < n; i++) {
            for (; next < batch[i]; next++)
                assert_each(!has[next], "%u is missing", next);
            assert_each(batch[i] <= MOST && has[batch[i]], "%u is no member", batch[i]);
            next = batch[i] + 1;
            count++;
        }
    for (; next <= MOST; next++)
        assert_each(!has[next], "%u is missing at the end", next);
    ck_assert_uint_eq(rowset_count(s), count);
}

/* S: the members of HAS, of which there are N, as far as the first K reach. */
static void assert_head(const struct rowset *s, const bool *has, size_t n, size_t k)
{
    static uint32_t found[MOST + 1];
    size_t n_found = rowset_select(s, 0, k, found), at = 0;
    ck_assert_uint_eq(rowset_count(s), n);
    ck_assert_uint_eq(n_found, k < n ? k : n);
    for (uint32_t i = 0; at < n_found; i++) {
        if (!has[i])
            continue;
        assert_each(found[at] == i, "%u in place of %u", found[at], i);
        at++;
    }
}

START_TEST(sets_agree_with_arrays)
{
    unsigned x = (unsigned)_i / SHAPES, y = (unsigned)_i % SHAPES;
    _cleanup_arena_ struct arena *mem = arena_new(0);
    static bool a[MOST + 1], b[MOST + 1], both[MOST + 1], either[MOST + 1], only[MOST + 1];
    const struct rowset *s = make(x, 1, a, mem), *t = make(y, 2, b, mem);
    size_t n = 0;
    for (uint32_t i = 0; i <= MOST; i++) {
        both[i] = a[i] && b[i];
        either[i] = a[i] || b[i];
        only[i] = a[i] && !b[i];
        n += both[i];
    }
    assert_is(s, a);
    assert_is(rowset_intersect(s, t, mem), both);
    assert_is(rowset_unite(s, t, mem), either);
    assert_is(rowset_subtract(s, t, mem), only);
    ck_assert_uint_eq(rowset_intersect_count(s, t), n);
    for (size_t k = 0; k <= MOST; k = 3 * k + 1)
        assert_head(rowset_intersect_head(s, t, k, mem), both, n, k);
    assert_is(s, a); /* sets do not change */
    assert_is(t, b);
    _cleanup_rowset_builder_ struct rowset_builder *gathered = rowset_builder_new();
    rowset_add_set(gathered, s);
    rowset_add_set(gathered, t);
    rowset_add_set(gathered, s);
    assert_is(rowset_gathered(gathered, mem), either);
}
END_TEST

START_TEST(places_in_sets)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    static bool a[MOST + 1];
    static uint32_t page[MOST + 1];
    const struct rowset *s = make((unsigned)_i, 3, a, mem);
    uint32_t state = 5;
    size_t rank = 0;
    for (uint32_t i = 0; i <= MOST; i++) {
        if (chance(&state) % 64 == 0) {
            assert_each(rowset_rank(s, i) == rank, "%u has another rank than %zu", i, rank);
            assert_each(rowset_has(s, i) == a[i], "%u is mistaken for what it is not", i);
            if (a[i])
                assert_each(rowset_select(s, rank, 3, page) >= 1 && page[0] == i, "%u is not the %zuth", i,
                            rank);
        }
        rank += a[i];
    }
    ck_assert_uint_eq(rowset_rank(s, UINT32_MAX), rank);
    ck_assert_uint_eq(rowset_select(s, 0, SIZE_MAX, page), rank);
    ck_assert_uint_eq(rowset_select(s, rank, 1, page), 0);
    ck_assert_uint_eq(rowset_select(s, 0, 0, page), 0);
    for (size_t i = 1; i < rank; i++)
        assert_each(page[i - 1] < page[i], "%u stands before %u", page[i - 1], page[i]);
}
END_TEST

START_TEST(numbers_in_any_order)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    static bool a[MOST + 1];
    _cleanup_rowset_builder_ struct rowset_builder *b = rowset_builder_new();
    uint32_t state = 7;
    for (unsigned i = 0; i < 30000; i++) {
        uint32_t n = chance(&state) % (MOST + 1);
        rowset_add(b, n);
        rowset_add(b, n);
        a[n] = true;
    }
    assert_is(rowset_gathered(b, mem), a);
}
END_TEST

static const struct {
    uint32_t first, last;
} ranges[] = {{1, 0},     {0, 0},    {1, 10},     {65535, 65536},  {1, 65535},
              {0, 65535}, {5, 5000}, {100, MOST}, {131072, 196607}};

START_TEST(ranges_are_sets)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    static bool a[MOST + 1];
    for (uint32_t i = 0; i <= MOST; i++)
        a[i] = i >= ranges[_i].first && i <= ranges[_i].last;
    assert_is(rowset_range(ranges[_i].first, ranges[_i].last, mem), a);
}
END_TEST

START_TEST(bytes_come_back)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    _cleanup_strbuf_ struct strbuf bytes = STRBUF_INIT, again = STRBUF_INIT;
    static bool a[MOST + 1];
    struct rowset *back = NULL;
    const struct rowset *s = make((unsigned)_i, 4, a, mem);
    rowset_save(s, "country=JP", &bytes);
    ck_assert_int_eq(rowset_load(bytes.data, bytes.size, "country=JP", &back), 0);
    assert_is(back, a);
    rowset_save(back, "country=JP", &again);
    ck_assert_uint_eq(bytes.size, again.size);
    ck_assert_mem_eq(bytes.data, again.data, bytes.size);
    ck_assert_uint_ge(rowset_size(back), rowset_count(back) ? sizeof(uint16_t) : 0);
    rowset_free(back);
    ck_assert_int_eq(rowset_load(bytes.data, bytes.size, "country=US", &back), ROWSET_E_DAMAGED);
}
END_TEST

/* One byte changed, bytes cut off, bytes added: the checksum finds all of them. */
START_TEST(damaged_bytes_are_refused)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    _cleanup_strbuf_ struct strbuf bytes = STRBUF_INIT;
    static bool a[MOST + 1];
    struct rowset *back = NULL;
    uint32_t state = 11;
    rowset_save(make((unsigned)_i, 6, a, mem), "x", &bytes);
    for (unsigned i = 0; i < 400; i++) {
        size_t at = i < 64 ? i : chance(&state);
        char flip = (char)(1u << chance(&state) % 8);
        bytes.data[at % bytes.size] ^= flip;
        ck_assert_int_eq(rowset_load(bytes.data, bytes.size, "x", &back), ROWSET_E_DAMAGED);
        bytes.data[at % bytes.size] ^= flip;
        ck_assert_int_eq(rowset_load(bytes.data, chance(&state) % bytes.size, "x", &back), ROWSET_E_DAMAGED);
    }
    ck_assert_int_eq(rowset_load(NULL, 0, "x", &back), ROWSET_E_DAMAGED);
    strbuf_addc(&bytes, 'x');
    ck_assert_int_eq(rowset_load(bytes.data, bytes.size, "x", &back), ROWSET_E_DAMAGED);
}
END_TEST

/* What was lost on the way. */
START_TEST(a_failure_stays_one)
{
    _cleanup_arena_ struct arena *mem = arena_new(0), *small = arena_new(64);
    static bool a[MOST + 1];
    const struct rowset *s = make(2, 8, a, mem);
    ck_assert_ptr_null(rowset_intersect(s, s, small));
    ck_assert_ptr_null(rowset_unite(NULL, s, mem));
    ck_assert_ptr_null(rowset_intersect(s, NULL, mem));
    ck_assert_ptr_null(rowset_subtract(NULL, s, mem));
    ck_assert_ptr_null(rowset_range(1, 100000, small));
    _cleanup_rowset_builder_ struct rowset_builder *b = rowset_builder_new();
    rowset_add_set(b, NULL);
    rowset_add(b, 1);
    ck_assert_ptr_null(rowset_gathered(b, mem));
}
END_TEST

/* ---- slices ---- */

#define ROWS 3000

struct numbers {
    bool known[ROWS + 1];
    int64_t values[ROWS + 1];
    struct slices s;
};

/* Numbers from LEAST on, of SPAN different ones; every seventh row has none. */
static void make_numbers(struct numbers *x, int64_t least, uint32_t span, uint32_t seed, struct arena *mem)
{
    _cleanup_slices_builder_ struct slices_builder *b = slices_builder_new(least - 1000);
    uint32_t state = seed;
    for (uint32_t n = 1; n <= ROWS; n++) {
        x->known[n] = chance(&state) % 7 != 0;
        x->values[n] = least + chance(&state) % span;
        if (x->known[n])
            slices_add(b, n, x->values[n]);
    }
    ck_assert(slices_gathered(b, mem, &x->s));
}

static const struct {
    int64_t least;
    uint32_t span;
} spans[] = {{0, 1},        {-5, 11},           {0, 40},
             {18000, 3000}, {-700000, 1000000}, {INT64_C(9000000000000000), 7000000}};

static void assert_members(const struct rowset *s, const struct numbers *x, const bool *within, int64_t from,
                           int64_t below)
{
    ck_assert_ptr_nonnull(s);
    for (uint32_t n = 1; n <= ROWS; n++)
        assert_each(rowset_has(s, n) ==
                        (within[n] && x->known[n] && x->values[n] >= from && x->values[n] < below),
                    "%u is on the wrong side", n);
}

START_TEST(bounds_split_rows)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    static bool within[MOST + 1];
    static struct numbers x;
    const struct rowset *w = make(2 + (unsigned)_i % 3, 9, within, mem);
    make_numbers(&x, spans[_i].least, spans[_i].span, 21, mem);
    const int64_t bounds[] = {INT64_MIN,
                              spans[_i].least - 1,
                              spans[_i].least,
                              spans[_i].least + 1,
                              spans[_i].least + spans[_i].span / 2,
                              spans[_i].least + spans[_i].span,
                              INT64_MAX};
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        assert_members(slices_below(&x.s, w, bounds[i], mem), &x, within, INT64_MIN, bounds[i]);
        assert_members(slices_from(&x.s, w, bounds[i], mem), &x, within, bounds[i], INT64_MAX);
    }
    for (uint32_t n = 1; n <= ROWS; n++) {
        int64_t value = 0;
        assert_each(slices_value(&x.s, n, &value) == x.known[n], "%u has a number, or has not", n);
        assert_each(!x.known[n] || value == x.values[n], "%u has another number", n);
    }
}
END_TEST

static int rising(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

START_TEST(sums_and_quantiles)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    static bool within[MOST + 1];
    static struct numbers x;
    static int64_t sorted[ROWS];
    const struct rowset *w = make(2 + (unsigned)_i % 3, 10, within, mem);
    make_numbers(&x, spans[_i].least, spans[_i].span, 22, mem);
    size_t n = 0;
    bool over = false;
    int64_t sum = 0;
    for (uint32_t i = 1; i <= ROWS; i++)
        if (within[i] && x.known[i]) {
            sorted[n++] = x.values[i];
            over = __builtin_add_overflow(sum, x.values[i], &sum) || over;
        }
    qsort(sorted, n, sizeof *sorted, rising);
    ck_assert_int_eq(slices_sum(&x.s, w), over ? INT64_MAX : sum);
    for (size_t k = 0; k < n; k += n / 9 + 1) {
        int64_t value;
        ck_assert(slices_at(&x.s, w, &k, 1, mem, &value));
        ck_assert_int_eq(value, sorted[k]);
    }
}
END_TEST

/* Rows by a number, either way, then by a place that no two share. */
static struct numbers first, second;
static bool descends;

static int by_order(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    if (first.known[x] != first.known[y])
        return first.known[x] ? -1 : 1;
    if (first.known[x] && first.values[x] != first.values[y])
        return (first.values[x] < first.values[y]) != descends ? -1 : 1;
    return second.values[x] < second.values[y] ? -1 : 1;
}

START_TEST(orders_are_exact)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    static bool within[MOST + 1];
    static uint32_t rows[ROWS];
    const struct rowset *w = make(2 + (unsigned)_i % 3, 12, within, mem);
    _cleanup_slices_builder_ struct slices_builder *places = slices_builder_new(0);
    size_t n = 0;
    descends = _i % 2;
    make_numbers(&first, spans[_i / 2].least, spans[_i / 2].span, 23, mem);
    for (uint32_t i = 1; i <= ROWS; i++) {
        second.values[i] = (i * 1999) % 3001;
        slices_add(places, i, second.values[i]);
        if (within[i])
            rows[n++] = i;
    }
    ck_assert(slices_gathered(places, mem, &second.s));
    qsort(rows, n, sizeof *rows, by_order);
    const struct ordering o[] = {{&first.s, descends}, {&second.s, false}};
    const struct rowset *inside = rowset_intersect(w, rowset_range(1, ROWS, mem), mem);
    static const size_t counts[] = {0, 1, 2, 25, 200, 100000};
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        size_t k = counts[c] < n ? counts[c] : n;
        const struct rowset *begin = ordering_first(o, 2, inside, counts[c], false, mem);
        const struct rowset *end = ordering_first(o, 2, inside, counts[c], true, mem);
        ck_assert_uint_eq(rowset_count(begin), k);
        ck_assert_uint_eq(rowset_count(end), k);
        for (size_t i = 0; i < k; i++)
            assert_each(rowset_has(begin, rows[i]) && rowset_has(end, rows[n - 1 - i]),
                        "the %zuth of %zu is not among them", i, k);
    }
    for (size_t i = 0; i < n; i += 97) {
        struct standing at[2], other[2];
        ordering_standing(o, 2, rows[i], at);
        const struct rowset *before = ordering_before(o, 2, inside, at, mem);
        ck_assert_uint_eq(rowset_count(before), i);
        if (i == 0)
            continue;
        ck_assert(rowset_has(before, rows[i - 1]));
        ordering_standing(o, 2, rows[i - 1], other);
        ck_assert_int_lt(ordering_compare(o, 2, other, at), 0);
        ck_assert_int_gt(ordering_compare(o, 2, at, other), 0);
        ck_assert_int_eq(ordering_compare(o, 2, at, at), 0);
    }
}
END_TEST

/* Memory given back by a reset is zeroed where that is promised. */
#define WORDS 1100 /* more than a block, and no whole number of what is counted at once */

static uint64_t met(enum bits_op op, uint64_t a, uint64_t b)
{
    return op == BITS_AND ? a & b : op == BITS_OR ? a | b : a & ~b;
}

/* The first N words, into RET where KEPT. */
static void check_meet(const struct bits_way *way, enum bits_op op, const uint64_t *a, const uint64_t *b,
                       size_t n, bool kept)
{
    uint64_t ret[WORDS + 1];
    size_t count = 0;
    memset(ret, 0x5a, sizeof ret);
    for (size_t i = 0; i < n; i++)
        for (uint64_t word = met(op, a[i], b[i]); word; word &= word - 1)
            count++;
    ck_assert_uint_eq(way->meet(op, a, b, kept ? ret : NULL, n), count);
    for (size_t i = 0; kept && i < n; i++)
        assert_each(ret[i] == met(op, a[i], b[i]), "word %zu of %zu", i, n);
    ck_assert_uint_eq(ret[kept ? n : 0], 0x5a5a5a5a5a5a5a5a);
}

static void check_way(const struct bits_way *way, const uint64_t *a, const uint64_t *b)
{
    for (size_t n = 0; n <= WORDS; n += n < 70 ? 1 : 257) {
        for (enum bits_op op = BITS_AND; op <= BITS_AND_NOT; op++) {
            check_meet(way, op, a, b, n, true);
            check_meet(way, op, a, b, n, false);
        }
        ck_assert_uint_eq(way->count(a, n), way->meet(BITS_OR, a, a, NULL, n));
    }
}

/* Also where every bit is set, which is when a count overflows what it is kept in. */
START_TEST(bits_are_counted_alike_everywhere)
{
    uint64_t a[WORDS + 1], b[WORDS + 1];
    uint32_t state = 1;
    for (size_t i = 0; i <= WORDS; i++) {
        a[i] = i % 5 ? (uint64_t)chance(&state) << 32 | chance(&state) : UINT64_MAX;
        b[i] = i % 3 ? (uint64_t)chance(&state) << 32 | chance(&state) : 0;
    }
    check_way(&bits_portable, a, b);
    if (bits_fast())
        check_way(bits_fast(), a + 1, b); /* neither need begin where a register would */
    memset(a, 0xff, sizeof a);
    ck_assert_uint_eq(bits_count(a, WORDS), (size_t)64 * WORDS);
    ck_assert_uint_eq(bits_meet(BITS_AND, a, a, NULL, WORDS), (size_t)64 * WORDS);
}
END_TEST

START_TEST(an_arena_starts_over)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    for (unsigned round = 0; round < 3; round++) {
        for (size_t size = 1; size < 100000; size *= 7) {
            unsigned char *bytes = arena_alloc(mem, size);
            for (size_t i = 0; i < size; i++)
                assert_each(bytes[i] == 0, "byte %zu of %zu is not zero", i, size);
            memset(bytes, 0xff, size);
            memset(arena_alloc_raw(mem, size), 0xff, size);
        }
        arena_reset_to(mem, round ? 100000 : 10000);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("rowset");
    TCase *tc = tcase_create("sets");
    tcase_add_loop_test(tc, sets_agree_with_arrays, 0, SHAPES * SHAPES);
    SUITE_LOOP(tc, places_in_sets, shapes);
    SUITE_LOOP(tc, ranges_are_sets, ranges);
    SUITE_LOOP(tc, bytes_come_back, shapes);
    SUITE_LOOP(tc, damaged_bytes_are_refused, shapes);
    tcase_add_test(tc, numbers_in_any_order);
    tcase_add_test(tc, a_failure_stays_one);
    tcase_add_test(tc, an_arena_starts_over);
    tcase_add_test(tc, bits_are_counted_alike_everywhere);
    suite_add_tcase(s, tc);
    tc = tcase_create("slices");
    SUITE_LOOP(tc, bounds_split_rows, spans);
    SUITE_LOOP(tc, sums_and_quantiles, spans);
    tcase_add_loop_test(tc, orders_are_exact, 0, 2 * (int)(sizeof spans / sizeof *spans));
    suite_add_tcase(s, tc);
    return suite_run(s);
}
