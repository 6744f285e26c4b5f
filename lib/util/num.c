/* SPDX-License-Identifier: MIT */
/* Strict decimal integers; see num.h. Used wherever a number arrives as text: headers, parameters. */
#include "util/num.h"

#include <stdbool.h>
#include <string.h>

/* The value of digits alone. *ret_over tells that it does not fit; the rest is still looked at, so that
 * syntax errors come before range errors. */
static int parse_digits(const char *text, size_t length, unsigned flags, uint64_t *ret, bool *ret_over)
{
    uint64_t value = 0;
    bool over = false;

    if (length == 0 || (length > 1 && text[0] == '0' && !(flags & NUM_LEADING_ZEROS)))
        return NUM_E_SYNTAX;

    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return NUM_E_SYNTAX;
        over = over || __builtin_mul_overflow(value, (uint64_t)10, &value) ||
               __builtin_add_overflow(value, (uint64_t)(text[i] - '0'), &value);
    }
    *ret = value;
    *ret_over = over;
    return 0;
}

int num_parse_u64(const char *text, size_t length, unsigned flags, uint64_t min, uint64_t max, uint64_t *ret)
{
    uint64_t value;
    bool over;
    int r;

    r = parse_digits(text, length, flags, &value, &over);
    if (r)
        return r;
    if (over || value < min || value > max)
        return NUM_E_RANGE;

    *ret = value;
    return 0;
}

int num_parse_i64(const char *text, size_t length, unsigned flags, int64_t min, int64_t max, int64_t *ret)
{
    bool over, minus = length > 0 && text[0] == '-' && (flags & NUM_MINUS);
    size_t skip = minus ? 1 : 0;
    uint64_t magnitude;
    int64_t value;
    int r;

    r = parse_digits(text + skip, length - skip, flags, &magnitude, &over);
    if (r)
        return r;
    /* 0 - magnitude rather than -value: INT64_MIN has no positive twin */
    if (over ||
        (minus ? __builtin_sub_overflow(0, magnitude, &value) : __builtin_add_overflow(0, magnitude, &value)))
        return NUM_E_RANGE;
    if (value < min || value > max)
        return NUM_E_RANGE;

    *ret = value;
    return 0;
}

int num_parse_size(const char *text, uint64_t max, uint64_t *ret)
{
    static const char units[] = "KMG";
    size_t n = strlen(text);
    const char *unit = n ? strchr(units, text[n - 1]) : NULL;
    unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;
    uint64_t number;
    int r = num_parse_u64(text, n - (shift != 0), NUM_PLAIN, 0, max >> shift, &number);

    if (r)
        return r;
    *ret = number << shift;
    return 0;
}
