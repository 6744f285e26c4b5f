/* SPDX-License-Identifier: MIT */
/* The traceparent field; see traceparent.h. */
#include "http/traceparent.h"

#include <string.h>

#define HEX "0123456789abcdef"

/* Whether the next N bytes of *AT are hexadecimal, not all zero unless that MAY be, and END follows; goes past it. */
static bool take(const char **at, size_t n, bool may_be_zero, char end)
{
    const char *from = *at;

    if (strspn(from, HEX) != n || from[n] != end || (!may_be_zero && strspn(from, "0") >= n))
        return false;
    *at = from + n + (end != '\0');
    return true;
}

bool traceparent_is_valid(const char *value)
{
    const char *at = value;

    if (strncmp(value, "ff", 2) == 0 || !take(&at, 2, true, '-') || !take(&at, 32, false, '-') ||
        !take(&at, 16, false, '-'))
        return false;
    return take(&at, 2, true, '\0') || (strncmp(value, "00", 2) != 0 && take(&at, 2, true, '-'));
}
