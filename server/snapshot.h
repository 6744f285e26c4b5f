/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_SNAPSHOT_H
#define BREACHD_SERVER_SNAPSHOT_H

/*
 * The catalogue in service: an immutable, counted handle in a slot. A request takes a reference and keeps one catalogue
 * to its end, whatever is put into the slot meanwhile; the last reference closes the file.
 */
#include "cache.h"
#include "checksum.h"
#include "storage/storage.h"

struct snapshot;
struct snapshot_slot;

/* Of the bytes that a catalogue may keep in memory, those for answers: what stored sets and readers' pages leave, but not less
 * than half. */
size_t snapshot_answer_bytes(size_t cache_bytes);

/* An empty slot, for catalogues that each may keep CACHE_BYTES, whose questions may take QUERY_MILLIS (0: LIMIT_QUERY_MILLIS), and which
 * are good for REPLACED_MILLIS (0: LIMIT_REPLACED_SECONDS) more when another has taken their place; NULL when out of memory. */
struct snapshot_slot *snapshot_slot_new(size_t cache_bytes, unsigned query_millis, unsigned replaced_millis);
struct snapshot_slot *snapshot_slot_free(struct snapshot_slot *slot);

/* Opens the catalogue at PATH aside and puts it into SLOT. As storage_open(); on failure the old one stays. */
int snapshot_load(struct snapshot_slot *slot, const char *path, char **reterr);

/* A reference to the present one, or NULL when none was ever loaded. */
struct snapshot *snapshot_acquire(struct snapshot_slot *slot);

/* Another reference to SNAP; returns it. */
struct snapshot *snapshot_again(struct snapshot *snap);

/* Accepts NULL; returns NULL. */
struct snapshot *snapshot_release(struct snapshot *snap);

/* Whether another took its place so long ago that nothing goes on with it: its file stays on the disk as long as it is held. */
bool snapshot_is_over(const struct snapshot *snap);

struct storage *snapshot_storage(struct snapshot *snap);

/* As storage_lease(), with the time that questions have here; STORAGE_E_BUSY where it is over, too. */
int snapshot_lease(struct snapshot *snap, struct storage_reader **ret);

/* What is known of its file's bytes. */
struct checksum *snapshot_checksum(const struct snapshot *snap);

/* What was answered from it; NULL: nothing is kept. Emptied once another one is in service. */
struct cache *snapshot_cache(struct snapshot *snap);
const struct catalogue_info *snapshot_info(const struct snapshot *snap);

/* Digest of what its datasets say of their import. The catalogue's id leaves that out, though pages show it: entity tags
 * are made of both. */
const char *snapshot_report(const struct snapshot *snap);

/* When it was put into service, RFC 3339. */
const char *snapshot_loaded(const struct snapshot *snap);

static inline void snapshot_cleanup(struct snapshot **snap)
{
    *snap = snapshot_release(*snap);
}
#define _cleanup_snapshot_ __attribute__((cleanup(snapshot_cleanup)))

#endif
