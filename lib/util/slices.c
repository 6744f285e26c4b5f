/* SPDX-License-Identifier: MIT */
/* Numbers by their digits: from the most significant one down, what is left of a set gets smaller with each. */
#include "util/slices.h"
#include "util/rowset_block.h"

#include <stdlib.h>

/* BOUND, counted from the least number, where it lies within what the digits can say; else whether it lies beyond them. */
enum place { PLACE_BELOW, PLACE_WITHIN, PLACE_ABOVE };

static enum place place_of(const struct slices *s, int64_t value, uint64_t *ret)
{
    if (value < s->least)
        return PLACE_BELOW;
    uint64_t digits = (uint64_t)value - (uint64_t)s->least;
    if (digits >> s->n)
        return PLACE_ABOVE;
    *ret = digits;
    return PLACE_WITHIN;
}

bool slices_value(const struct slices *s, uint32_t n, int64_t *ret)
{
    uint64_t value = 0;
    if (!rowset_has(s->known, n))
        return false;
    for (unsigned i = 0; i < s->n; i++)
        value |= (uint64_t)rowset_has(s->digits[i], n) << i;
    *ret = (int64_t)((uint64_t)s->least + value);
    return true;
}

/* Splitting a set by a bound, a block at a time, so that what is worked on stays in the processor's nearest memory. */
struct splitting {
    const struct block *digits[SLICES_MOST]; /* of the block's rows; NULL: none has it */
    unsigned n;
    uint64_t bound;
    struct arena *mem;
    struct rowset *below, *at; /* at NULL: not wanted */
};

enum side { SIDE_BELOW, SIDE_AT, SIDE_ABOVE };

/* Where row LOW of the block stands, by the last N digits. */
static enum side side_of(const struct splitting *x, unsigned n, unsigned low)
{
    bool has = false, wanted = false;
    while (n-- > 0 && has == wanted) {
        has = x->digits[n] && block_has(x->digits[n], low);
        wanted = x->bound >> n & 1;
    }
    return has == wanted ? SIDE_AT : wanted ? SIDE_BELOW : SIDE_ABOVE;
}

/* Of few rows each is looked at by itself: two or three digits mostly tell. */
static bool split_list(struct splitting *x, const struct block *b)
{
    uint16_t *below = arena_alloc_raw(x->mem, b->count * sizeof *below);
    uint16_t *at = arena_alloc_raw(x->mem, b->count * sizeof *at);
    struct block one = {.key = b->key}, two = {.key = b->key};
    if (!below || !at)
        return false;
    block_set_list(&one, below, 0);
    block_set_list(&two, at, 0);
    for (size_t i = 0; i < b->count; i++) {
        enum side side = side_of(x, x->n, b->list[i]);
        if (side == SIDE_AT)
            at[two.count++] = b->list[i];
        else if (side == SIDE_BELOW)
            below[one.count++] = b->list[i];
    }
    rowset_put(x->below, &one);
    if (x->at)
        rowset_put(x->at, &two);
    return true;
}

/* Rows that one digit more would cost as much as looking at each of them does. */
#define SPLIT_FEW 64

/* Moves from AT, the rows that are as the bound in all digits above DIGIT, those to BELOW that this one puts there, and away those that it
 * puts above; how many are left. */
static size_t split_by_digit(const struct splitting *x, unsigned digit, uint64_t below[static BLOCK_WORDS],
                             uint64_t at[static BLOCK_WORDS])
{
    static const uint64_t none[BLOCK_WORDS];
    uint64_t own[BLOCK_WORDS], less[BLOCK_WORDS];
    const struct block *d = x->digits[digit];
    const uint64_t *has = !d ? none : d->is_list ? own : d->bits;
    if (has == own)
        block_put_bits(d, own);
    if (!(x->bound >> digit & 1))
        return bits_meet(BITS_AND_NOT, at, has, at, BLOCK_WORDS);
    (void)bits_meet(BITS_AND_NOT, at, has, less, BLOCK_WORDS);
    (void)bits_meet(BITS_OR, below, less, below, BLOCK_WORDS);
    return bits_meet(BITS_AND, at, has, at, BLOCK_WORDS);
}

/* The same of all digits below DIGIT, row by row. */
static void split_rest(const struct splitting *x, unsigned digit, uint64_t below[static BLOCK_WORDS],
                       uint64_t at[static BLOCK_WORDS])
{
    for (unsigned i = 0; i < BLOCK_WORDS; i++)
        for (uint64_t left = at[i]; left; left &= left - 1) {
            uint64_t bit = left & -left;
            enum side side = side_of(x, digit, i * 64 + (unsigned)__builtin_ctzll(left));
            if (side != SIDE_AT)
                at[i] &= ~bit;
            if (side == SIDE_BELOW)
                below[i] |= bit;
        }
}

/* Digit by digit until few are left: rows that lie near each other have their first digits in common mostly, where numbers go with the
 * order of rows as dates do. */
static bool split_bits(struct splitting *x, const struct block *b)
{
    uint64_t below[BLOCK_WORDS] = {0}, at[BLOCK_WORDS];
    struct block one, two;
    unsigned digit = x->n;
    size_t left = b->count;
    block_put_bits(b, at);
    while (digit > 0 && left > SPLIT_FEW)
        left = split_by_digit(x, --digit, below, at);
    if (digit > 0 && left)
        split_rest(x, digit, below, at);
    if (!block_of_bits(b->key, below, x->mem, &one))
        return false;
    rowset_put(x->below, &one);
    if (!x->at)
        return true;
    if (!block_of_bits(b->key, at, x->mem, &two))
        return false;
    rowset_put(x->at, &two);
    return true;
}

/* Splits WITHIN, of rows with a number, into those below and, unless RET_AT is NULL, those at BOUND. False: out of
 * memory. */
static bool split(const struct slices *s, const struct rowset *within, int64_t bound, struct arena *mem,
                  const struct rowset **ret_below, const struct rowset **ret_at)
{
    struct splitting x = {.n = s->n, .mem = mem};
    enum place place = place_of(s, bound, &x.bound);
    if (place != PLACE_WITHIN || !within) {
        *ret_below = place == PLACE_ABOVE ? within : rowset_empty();
        if (ret_at)
            *ret_at = rowset_empty();
        return within != NULL;
    }
    x.below = rowset_room(within->n, mem);
    x.at = ret_at ? rowset_room(within->n, mem) : NULL;
    if (!x.below || (ret_at && !x.at))
        return false;
    for (size_t i = 0; i < within->n; i++) {
        const struct block *b = &within->blocks[i];
        for (unsigned digit = 0; digit < s->n; digit++)
            x.digits[digit] = rowset_find(s->digits[digit], b->key);
        if (!(b->is_list ? split_list(&x, b) : split_bits(&x, b)))
            return false;
    }
    *ret_below = x.below;
    if (ret_at)
        *ret_at = x.at;
    return true;
}

const struct rowset *slices_below(const struct slices *s, const struct rowset *within, int64_t bound,
                                  struct arena *mem)
{
    const struct rowset *below;
    return split(s, rowset_intersect(within, s->known, mem), bound, mem, &below, NULL) ? below : NULL;
}

const struct rowset *slices_from(const struct slices *s, const struct rowset *within, int64_t bound,
                                 struct arena *mem)
{
    const struct rowset *known = rowset_intersect(within, s->known, mem), *below;
    return split(s, known, bound, mem, &below, NULL) ? rowset_subtract(known, below, mem) : NULL;
}

int64_t slices_sum(const struct slices *s, const struct rowset *within)
{
    int64_t sum, part;
    bool over = __builtin_mul_overflow(s->least, (int64_t)rowset_intersect_count(s->known, within), &sum);
    for (unsigned i = 0; i < s->n && !over; i++)
        over = __builtin_mul_overflow(INT64_C(1) << i, (int64_t)rowset_intersect_count(s->digits[i], within),
                                      &part) ||
               __builtin_add_overflow(sum, part, &sum);
    return over ? INT64_MAX : sum;
}

/* Looking for numbers by their places. */
struct search_at {
    const struct slices *s;
    struct arena *mem;
};

/* LEFT holds the rows whose number begins with the digits of VALUE above the last N_DIGITS, and BEFORE others have smaller
 * numbers. */
static bool find_at(const struct search_at *f, const struct rowset *left, unsigned n_digits, uint64_t value,
                    size_t before, const size_t *k, size_t n, int64_t *ret)
{
    if (!left || n_digits == 0) {
        for (size_t i = 0; i < n; i++)
            ret[i] = (int64_t)((uint64_t)f->s->least + value);
        return left != NULL;
    }
    const struct rowset *digit = f->s->digits[--n_digits];
    size_t ones = rowset_intersect_count(left, digit), zeros = rowset_count(left) - ones, low = 0;
    while (low < n && k[low] - before < zeros)
        low++;
    if (low &&
        !find_at(f, ones ? rowset_subtract(left, digit, f->mem) : left, n_digits, value, before, k, low, ret))
        return false;
    return low == n || find_at(f, zeros ? rowset_intersect(left, digit, f->mem) : left, n_digits,
                               value | UINT64_C(1) << n_digits, before + zeros, k + low, n - low, ret + low);
}

bool slices_at(const struct slices *s, const struct rowset *within, const size_t *k, size_t n,
               struct arena *mem, int64_t *ret)
{
    const struct search_at f = {s, mem};
    return find_at(&f, rowset_intersect(within, s->known, mem), s->n, 0, 0, k, n, ret);
}

/*
 * Looking for the first K: what is sure to be among them is taken; LEFT may hold the rest of them, and only as long as it
 * holds more than are still wanted is there anything to decide.
 */
struct search_first {
    const struct rowset *taken, *left;
    size_t wanted;
    struct arena *mem;
};

static bool undecided(const struct search_first *f)
{
    return f->left && f->taken && rowset_count(f->left) > f->wanted;
}

/* The members of LEFT in S, or, if WITHOUT, those not in it, stand before its others. The first of all are among these if
 * they are enough; else these are taken whole, and the rest is among the others. Whether what is left is in S. */
static bool prefer(struct search_first *f, const struct rowset *s, bool without)
{
    size_t in = rowset_intersect_count(f->left, s);
    if (in == 0 || in == rowset_count(f->left)) /* all alike: nothing is decided */
        return in != 0;
    size_t front = without ? rowset_count(f->left) - in : in;
    bool take = front < f->wanted;
    const struct rowset *inside = NULL, *outside = NULL;
    if (take || !without)
        inside = rowset_intersect(f->left, s, f->mem);
    if (take || without)
        outside = rowset_subtract(f->left, s, f->mem);
    if (take) {
        f->taken = rowset_unite(f->taken, without ? outside : inside, f->mem);
        f->wanted -= front;
    }
    f->left = take == without ? inside : outside;
    return take == without;
}

static void decide_by(struct search_first *f, const struct slices *s, bool large_first, bool unknown_first)
{
    if (!prefer(f, s->known, unknown_first))
        return;
    for (unsigned i = s->n; i-- > 0 && undecided(f);)
        prefer(f, s->digits[i], !large_first);
}

const struct rowset *ordering_first(const struct ordering *o, size_t n, const struct rowset *within, size_t k,
                                    bool from_end, struct arena *mem)
{
    if (!k)
        return rowset_empty();
    struct search_first f = {.taken = rowset_empty(), .left = within, .wanted = k, .mem = mem};
    for (size_t i = 0; i < n && undecided(&f); i++)
        decide_by(&f, o[i].by, o[i].descending != from_end, from_end);
    return rowset_unite(f.taken, f.left, mem);
}

const struct rowset *ordering_before(const struct ordering *o, size_t n, const struct rowset *within,
                                     const struct standing *at, struct arena *mem)
{
    const struct rowset *before = rowset_empty(), *tied = within;
    for (size_t i = 0; i < n && rowset_count(tied); i++) {
        const struct slices *s = o[i].by;
        const struct rowset *known = rowset_intersect(tied, s->known, mem), *below, *same;
        if (!at[i].known) {
            before = rowset_unite(before, known, mem);
            tied = rowset_subtract(tied, s->known, mem);
            continue;
        }
        if (!split(s, known, at[i].value, mem, &below, &same))
            return NULL;
        if (o[i].descending)
            below = rowset_subtract(rowset_subtract(known, below, mem), same, mem);
        before = rowset_unite(before, below, mem);
        tied = same;
    }
    return tied ? before : NULL;
}

void ordering_standing(const struct ordering *o, size_t n, uint32_t row, struct standing *ret)
{
    for (size_t i = 0; i < n; i++) {
        ret[i] = (struct standing){0};
        ret[i].known = slices_value(o[i].by, row, &ret[i].value);
    }
}

int ordering_compare(const struct ordering *o, size_t n, const struct standing *a, const struct standing *b)
{
    for (size_t i = 0; i < n; i++) {
        if (a[i].known != b[i].known)
            return a[i].known ? -1 : 1;
        if (a[i].known && a[i].value != b[i].value)
            return (a[i].value < b[i].value) != o[i].descending ? -1 : 1;
    }
    return 0;
}

struct slices_builder {
    int64_t least;
    unsigned n;
    bool failed;
    struct rowset_builder *known, *digits[SLICES_MOST];
};

struct slices_builder *slices_builder_new(int64_t least)
{
    struct slices_builder *b = calloc(1, sizeof *b);
    if (!b)
        return NULL;
    b->least = least;
    b->known = rowset_builder_new();
    return b->known ? b : slices_builder_free(b);
}

struct slices_builder *slices_builder_free(struct slices_builder *b)
{
    if (!b)
        return NULL;
    rowset_builder_free(b->known);
    for (unsigned i = 0; i < b->n; i++)
        rowset_builder_free(b->digits[i]);
    free(b);
    return NULL;
}

void slices_add(struct slices_builder *b, uint32_t row, int64_t value)
{
    uint64_t digits = (uint64_t)value - (uint64_t)b->least;
    b->failed = b->failed || value < b->least || digits >> SLICES_MOST;
    while (!b->failed && digits >> b->n) {
        b->digits[b->n] = rowset_builder_new();
        b->failed = !b->digits[b->n];
        b->n += !b->failed;
    }
    if (b->failed)
        return;
    rowset_add(b->known, row);
    for (; digits; digits &= digits - 1)
        rowset_add(b->digits[__builtin_ctzll(digits)], row);
}

/* Digits before all others that are the same for every row say nothing: what they stand for goes to the least number. */
static void trim(struct slices *s)
{
    for (; s->n; s->n--) {
        size_t ones = rowset_count(s->digits[s->n - 1]);
        if (ones != 0 && ones != rowset_count(s->known))
            return;
        if (ones)
            s->least = (int64_t)((uint64_t)s->least + (UINT64_C(1) << (s->n - 1)));
    }
}

bool slices_gathered(const struct slices_builder *b, struct arena *mem, struct slices *ret)
{
    struct slices s = {.least = b->least, .n = b->n, .known = rowset_gathered(b->known, mem)};
    bool whole = !b->failed && s.known;
    for (unsigned i = 0; i < b->n && whole; i++)
        whole = (s.digits[i] = rowset_gathered(b->digits[i], mem)) != NULL;
    if (whole) {
        trim(&s);
        *ret = s;
    }
    return whole;
}
