/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_HTTP_RANGE_H
#define BREACHD_HTTP_RANGE_H

/* Range (RFC 9110 section 14): one span of bytes. */
#include <stdint.h>

enum {
    RANGE_E_WHOLE = 1,     /* to be ignored: none, another unit, malformed, or several spans */
    RANGE_E_UNSATISFIABLE, /* none of it is there: 416 */
};

/* Which part of SIZE bytes FIELD, the value of Range, asks for: *RET_LENGTH bytes, at least 1, from *RET_FIRST on. FIELD NULL:
 * it was not given. 0 or RANGE_E_*. */
int range_parse(const char *field, uint64_t size, uint64_t *ret_first, uint64_t *ret_length);

#endif
