/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_BLOB_H
#define BREACHD_UTIL_BLOB_H

/* Immutable bytes with a reference count: a body is rendered once and may be in many replies at a time. */
#include "util/strbuf.h"

#include <stddef.h>

struct blob;

/* Takes over B's bytes (B is STRBUF_INIT after, failure or not). NULL when B failed or out of memory. */
struct blob *blob_from(struct strbuf *b);

/* A blob of bytes that live as long as the program; nothing is copied. NULL when out of memory. */
struct blob *blob_static(const void *bytes, size_t n);

/* What B says, in memory of its own and no more than it needs, for what is kept for long: where it is large, whole pages of the
 * system's, which leave no hole among what comes and goes. NULL when out of memory. */
struct blob *blob_keep(struct blob *b);

/* One more reference; returns B. */
struct blob *blob_acquire(struct blob *b);

/* One reference less. Accepts NULL; returns NULL. */
struct blob *blob_release(struct blob *b);

const void *blob_bytes(const struct blob *b);
size_t blob_size(const struct blob *b);

/* Bytes of memory that it takes, allocator included; an estimate from above. */
size_t blob_weight(const struct blob *b);

#endif
