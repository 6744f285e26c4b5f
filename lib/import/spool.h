/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_SPOOL_H
#define BREACHD_IMPORT_SPOOL_H

/*
 * Bytes put aside for later, in any number and of any size: the last few mebibytes in memory, what was before them in a
 * file without a name, of which nothing is left however the program ends.
 */
#include <stddef.h>
#include <stdint.h>

struct spool;

/* The file, once there is need for one, is in FOLDER (kept by pointer). NULL when out of memory. */
struct spool *spool_new(const char *folder);

/* Accepts NULL; returns NULL. */
struct spool *spool_free(struct spool *s);

/* Appends N bytes; *ret_at is their place. 0, -ENOMEM or another negative errno: the file cannot be made or written. */
int spool_add(struct spool *s, const void *bytes, size_t n, uint64_t *ret_at);

/* Copies the N bytes at the place AT to RET. 0 or a negative errno; -EIO where there are no such bytes. */
int spool_get(const struct spool *s, uint64_t at, size_t n, void *ret);

static inline void spool_cleanup(struct spool **s)
{
    *s = spool_free(*s);
}
#define _cleanup_spool_ __attribute__((cleanup(spool_cleanup)))

#endif
