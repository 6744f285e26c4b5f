/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_STORAGE_SQLITE_SETS_H
#define BREACHD_STORAGE_SQLITE_SETS_H

/*
 * Stored sets and slices (sets.h) as readers see them. Sets are read once, weighed, and kept in memory for all readers
 * of a catalogue, at most LIMIT_SETS_BYTES of them beside those in use. What a function here gives holds until the
 * reader's next question.
 */
#include "storage/sets.h"
#include "util/slices.h"

#include <pthread.h>

struct storage_reader;

/* The sets of one catalogue that are in memory. */
struct set_cache;
struct set_cache *set_cache_new(size_t most_bytes);
struct set_cache *set_cache_free(struct set_cache *c);

static inline void set_cache_cleanup(struct set_cache **c)
{
    *c = set_cache_free(*c);
}

/* What a reader holds of the cache. */
struct kept_set;
struct set_pins {
    struct kept_set **list;
    size_t n, room;
};

/* Lets go of everything that the reader's question has used, its scratch memory too. */
void sets_release(struct storage_reader *rd);

/* The set of NAME and VALUE; without one, the empty set. 0, -ENOMEM, STORAGE_E_CORRUPT where it is damaged, or
 * STORAGE_E_TIMEOUT. */
int set_get(struct storage_reader *rd, const char *name, const char *value, const struct rowset **ret);

/* Sets that readers made and may want again. They are kept as those that are stored, as long as there is room; a value too
 * long for a label is not. What is kept of NAME and VALUE, if it is still there. */
bool set_recall(struct storage_reader *rd, const char *name, const char *value, const struct rowset **ret);

/* Keeps S, of a NAME that no stored set has. *ret: S, or what is kept in its place. 0 or -ENOMEM. */
int set_keep(struct storage_reader *rd, const char *name, const char *value, const struct rowset *s,
             const struct rowset **ret);

/* The slices of NAME; STORAGE_E_CORRUPT also when there are none. */
int slices_get(struct storage_reader *rd, const char *name, struct slices *ret);

/* One of the sets of a name. */
struct set_head {
    const char *value; /* SET_NONE: not known */
    size_t count;
};

/* All sets of NAME, by value, in the reader's scratch memory. */
int sets_list(struct storage_reader *rd, const char *name, const struct set_head **ret, size_t *ret_n);

#endif
