/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_DIGEST_H
#define BREACHD_UTIL_DIGEST_H

/* SHA-256 (FIPS 180-4), by nettle. */
#include <stddef.h>

#define DIGEST_HEX_SIZE    65 /* 64 lower-case hex digits and a NUL */
#define DIGEST_BASE64_SIZE 45 /* RFC 4648 section 4, padded, and a NUL */

struct digest;

/* NULL when out of memory. */
struct digest *digest_new(void);

/* Accepts NULL; returns NULL. */
struct digest *digest_free(struct digest *d);

void digest_add(struct digest *d, const void *bytes, size_t n);

/* Adds S with its length before it, so that ("ab","c") and ("a","bc") differ; NULL differs from "". */
void digest_add_string(struct digest *d, const char *s);

/* Writes the digest of all that was added, and starts over. */
void digest_hex(struct digest *d, char ret[static DIGEST_HEX_SIZE]);
void digest_base64(struct digest *d, char ret[static DIGEST_BASE64_SIZE]);

static inline void digest_cleanup(struct digest **d)
{
    *d = digest_free(*d);
}
#define _cleanup_digest_ __attribute__((cleanup(digest_cleanup)))

#endif
