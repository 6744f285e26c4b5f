/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_EMBEDDED_H
#define BREACHD_UTIL_EMBEDDED_H

/* A file that is compiled in. embed.py writes one constant of this kind for each; whoever has them made declares them. */
#include <stddef.h>

struct embedded {
    const char *bytes; /* with a NUL after the last */
    size_t size;
    const char *digest; /* the first 16 hex digits of its SHA-256 */
};

#endif
