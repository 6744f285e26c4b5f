/* SPDX-License-Identifier: MIT */
/* Spans of bytes; see range.h. */
#include "http/range.h"

#include "http/field.h"
#include "util/num.h"

#include <stdbool.h>
#include <string.h>

/* A position as a number. One that is greater than any number is as far away as the greatest. */
static bool read_position(struct field_span s, uint64_t *ret)
{
    int r = num_parse_u64(s.at, s.length, NUM_LEADING_ZEROS, 0, UINT64_MAX, ret);

    if (r == NUM_E_RANGE)
        *ret = UINT64_MAX;
    return r != NUM_E_SYNTAX;
}

/* "-500": the last 500. */
static int read_suffix(struct field_span digits, uint64_t size, uint64_t *ret_first, uint64_t *ret_length)
{
    uint64_t n;

    if (!read_position(digits, &n))
        return RANGE_E_WHOLE;
    if (n == 0 || size == 0)
        return RANGE_E_UNSATISFIABLE;
    *ret_length = n < size ? n : size;
    *ret_first = size - *ret_length;
    return 0;
}

/* "500-999", or "500-" to the end. */
static int read_span(struct field_span from, struct field_span to, uint64_t size, uint64_t *ret_first,
                     uint64_t *ret_length)
{
    uint64_t first, last = UINT64_MAX;

    if (!read_position(from, &first) || (to.length && !read_position(to, &last)) || last < first)
        return RANGE_E_WHOLE;
    if (first >= size)
        return RANGE_E_UNSATISFIABLE;
    *ret_first = first;
    *ret_length = (last < size - 1 ? last : size - 1) - first + 1;
    return 0;
}

int range_parse(const char *field, uint64_t size, uint64_t *ret_first, uint64_t *ret_length)
{
    struct field_span rest = field_span(field), unit, from, to;

    if (!field || !field_next(&rest, '=', &unit) || !field_is(unit, "bytes") || !rest.at ||
        memchr(rest.at, ',', rest.length))
        return RANGE_E_WHOLE;
    if (!field_next(&rest, '-', &from) || !rest.at)
        return RANGE_E_WHOLE;
    to = field_trim(rest);
    if (!from.length)
        return read_suffix(to, size, ret_first, ret_length);
    return read_span(from, to, size, ret_first, ret_length);
}
