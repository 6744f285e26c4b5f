/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_RELAY_H
#define BREACHD_IMPORT_RELAY_H

/*
 * Bytes that one thread writes and another one takes, in the same order and in blocks cut where the writer says: what is
 * made of them goes on behind what makes them. Where no thread can be had, the writer does the taking too.
 */
#include "util/strbuf.h"

struct relay;

/* TAKE gets every block; never two at once. NULL when out of memory. */
struct relay *relay_new(void (*take)(void *ctx, const char *bytes, size_t n), void *ctx);

/* Drops what was not taken. Accepts NULL; returns NULL. */
struct relay *relay_free(struct relay *r);

/* Where to append to; the writer's until the next call of relay_cut() or relay_drain(). */
struct strbuf *relay_out(struct relay *r);

/* A place where blocks may be parted. */
void relay_cut(struct relay *r);

/* When it returns all was taken, and what TAKE did is to be seen. 0, or -ENOMEM: something could not be appended. */
int relay_drain(struct relay *r);

static inline void relay_cleanup(struct relay **r)
{
    *r = relay_free(*r);
}
#define _cleanup_relay_ __attribute__((cleanup(relay_cleanup)))

#endif
