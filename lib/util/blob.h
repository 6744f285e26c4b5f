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

/* One more reference; returns B. */
struct blob *blob_acquire(struct blob *b);

/* One reference less. Accepts NULL; returns NULL. */
struct blob *blob_release(struct blob *b);

const void *blob_bytes(const struct blob *b);
size_t blob_size(const struct blob *b);

#endif
