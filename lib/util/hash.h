/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_HASH_H
#define BREACHD_UTIL_HASH_H

/*
 * A keyed hash for tables that strangers fill: without the key nobody can choose texts that meet in one place
 * (SipHash-1-3; Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012).
 */
#include <stddef.h>
#include <stdint.h>

struct hash_key {
    uint64_t k0, k1;
};

/* A key that nobody knows: from the kernel, or where it has none to give, from what differs from run to run. */
struct hash_key hash_key_new(void);

uint64_t hash_bytes(struct hash_key key, const void *bytes, size_t n);

#endif
