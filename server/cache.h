/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_CACHE_H
#define BREACHD_SERVER_CACHE_H

/*
 * Answers by key, of one catalogue, in bounded memory and for many threads.
 *
 * What goes when room is needed is decided as in S3-FIFO (Yang and others, "FIFO queues are all you need for cache
 * eviction", 2023): what is new stands in a queue of a tenth of the room, and only what was asked for again before its
 * end comes into the large one. A flood of addresses that nobody asks for twice so passes through the tenth and leaves
 * what is in demand alone. What left the small queue and comes back soon goes to the large one at once.
 *
 * Nobody waits for another's answer: two threads that miss the same key at the same time both make it, and the first
 * to come is kept. Each thread makes one answer at a time, so there are never more of them than threads, and one that
 * waited would leave its other connections waiting too.
 */
#include "answer.h"

struct cache;

/* A cache that takes at most BYTES of memory, keys, headers and its own tables included. With 0, *RET is NULL, which
 * every function here takes for a cache that keeps nothing. 0 or -ENOMEM. */
int cache_new(size_t bytes, struct cache **ret);

/* Accepts NULL; returns NULL. */
struct cache *cache_free(struct cache *c);

/* Lets go of all it keeps, and keeps nothing from now on: its catalogue is no longer in service. From any thread. */
void cache_close(struct cache *c);

/* A reference to what was put for exactly these N bytes, or for the key that they were linked to; NULL: nothing. */
struct answer *cache_get(struct cache *c, const void *key, size_t n);

/* Keeps A, of which it takes a reference of its own, unless it is too large (a quarter of a shard), there is one for the key, or
 * memory runs out. */
void cache_put(struct cache *c, const void *key, size_t n, struct answer *a);

/* From now on FROM leads to what is kept for the key TO, as long as both stay. TO that is longer than CACHE_LINK_BYTES
 * is not linked to. */
#define CACHE_LINK_BYTES 1024
void cache_link(struct cache *c, const void *from, size_t n, const void *to, size_t n_to);

struct cache_figures {
    size_t bytes, answers, links; /* at present */
    unsigned long long evicted;   /* answers so far */
};

/* All shards' together; each is right by itself. */
struct cache_figures cache_figures(struct cache *c);

#endif
