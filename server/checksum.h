/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_CHECKSUM_H
#define BREACHD_SERVER_CHECKSUM_H

/*
 * What is known of a catalogue file's bytes. Both are worked out when first asked for and then kept: most daemons are never
 * asked, and reading gigabytes at every start would serve nobody.
 */
#include <stdint.h>

struct checksum;

/* Of the SIZE bytes behind FD, which outlives it. NULL: out of memory. */
struct checksum *checksum_new(int fd, uint64_t size);

/* Stops what runs, which takes milliseconds. Accepts NULL; returns NULL. */
struct checksum *checksum_free(struct checksum *c);

/* Tells files apart that say the same of themselves, as two programs may build one from equal records: a digest of blocks from
 * all over the file, in hex. A replica of the file has the same. NULL: they cannot be read. */
const char *checksum_sample(struct checksum *c);

/* SHA-256 of all bytes in base64, or NULL while it is not known: of a large file it is worked out in the background from the
 * first call on. */
const char *checksum_whole(struct checksum *c);

#endif
