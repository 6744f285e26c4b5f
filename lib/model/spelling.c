/* SPDX-License-Identifier: MIT */
/* Edit distance; see spelling.h. */
#include "model/spelling.h"

#include "util/ascii.h"

#include <limits.h>
#include <string.h>

#define LONGEST 64 /* bytes; the work is the product of the lengths, and no word of ours is half as long */

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: insertion, deletion, substitution, and neighbours swapped, each at 1. Three rows
 * of the table suffice, as a swap looks two rows back. */
unsigned spelling_distance(const char *a, const char *b)
{
    unsigned rows[3][LONGEST + 1];
    unsigned *before = rows[0], *above = rows[1], *row = rows[2];
    size_t n_a = strlen(a), n_b = strlen(b);
    if (n_a > LONGEST || n_b > LONGEST)
        return UINT_MAX;

    for (size_t j = 0; j <= n_b; j++)
        above[j] = (unsigned)j;
    for (size_t i = 1; i <= n_a; i++) {
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= n_b; j++) {
            char x = ascii_lower(a[i - 1]), y = ascii_lower(b[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == ascii_lower(b[j - 2]) && ascii_lower(a[i - 2]) == y)
                row[j] = least(row[j], before[j - 2] + 1);
        }
        unsigned *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[n_b];
}

/* Up to a third of the longer one may be wrong: "contry" is country, "a" is not b. */
bool spelling_is_near(const char *a, const char *b)
{
    size_t n_a = strlen(a), n_b = strlen(b);
    return spelling_distance(a, b) <= (n_a > n_b ? n_a : n_b) / 3;
}
