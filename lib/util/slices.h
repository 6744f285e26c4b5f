/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_SLICES_H
#define BREACHD_UTIL_SLICES_H

/*
 * A number for each row, cut in slices: one set for each binary digit, of the rows whose number has it (O'Neil and Quass,
 * "Improved Query Performance with Variant Indexes", 1997). What is asked of the numbers of many rows at once, which of
 * them lie below a bound, their sum, their median, which of them come first, then takes a few operations on sets for each
 * digit, whatever the rows are.
 */
#include "util/rowset.h"

#define SLICES_MOST 63

struct slices {
    int64_t least;                            /* what the digits count from */
    unsigned n;                               /* digits */
    const struct rowset *known;               /* rows that have a number */
    const struct rowset *digits[SLICES_MOST]; /* least significant first */
};

/* The number of row N; false: it has none. */
bool slices_value(const struct slices *s, uint32_t n, int64_t *ret);

/* The members of WITHIN whose number is smaller than BOUND, or at least BOUND. NULL: out of memory. */
const struct rowset *slices_below(const struct slices *s, const struct rowset *within, int64_t bound,
                                  struct arena *mem);
const struct rowset *slices_from(const struct slices *s, const struct rowset *within, int64_t bound,
                                 struct arena *mem);

/* The sum of the numbers of WITHIN's members; INT64_MAX where it is greater. */
int64_t slices_sum(const struct slices *s, const struct rowset *within);

/* The numbers at the N places K, from 0, rising, among those of WITHIN in rising order; each K less than how many there
 * are. False: out of memory. */
bool slices_at(const struct slices *s, const struct rowset *within, const size_t *k, size_t n,
               struct arena *mem, int64_t *ret);

/*
 * An order of rows: by one number, then another. What has no number stands last whichever way. The last must tell all rows
 * apart for the order to be one.
 */
struct ordering {
    const struct slices *by;
    bool descending;
};

/* Where a row stands, or would: its number in each part of an ordering. */
struct standing {
    bool known;
    int64_t value;
};

/* The first K members of WITHIN in the order of the N parts of O; FROM_END: the last K. NULL: out of memory. */
const struct rowset *ordering_first(const struct ordering *o, size_t n, const struct rowset *within, size_t k,
                                    bool from_end, struct arena *mem);

/* The members of WITHIN that stand before AT (an array of N). NULL: out of memory. */
const struct rowset *ordering_before(const struct ordering *o, size_t n, const struct rowset *within,
                                     const struct standing *at, struct arena *mem);

/* Where row ROW stands, into RET (an array of N). */
void ordering_standing(const struct ordering *o, size_t n, uint32_t row, struct standing *ret);

/* Puts rows in the order. */
int ordering_compare(const struct ordering *o, size_t n, const struct standing *a, const struct standing *b);

/* Gathers the numbers of rows, each row at most once, then makes slices of them: LEAST is not above any. */
struct slices_builder;
struct slices_builder *slices_builder_new(int64_t least);
struct slices_builder *slices_builder_free(struct slices_builder *b);
void slices_add(struct slices_builder *b, uint32_t row, int64_t value);

/* In MEM. False: out of memory, then or before, or a number below the least. */
bool slices_gathered(const struct slices_builder *b, struct arena *mem, struct slices *ret);

static inline void slices_builder_cleanup(struct slices_builder **b)
{
    *b = slices_builder_free(*b);
}
#define _cleanup_slices_builder_ __attribute__((cleanup(slices_builder_cleanup)))

#endif
