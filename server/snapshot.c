/* SPDX-License-Identifier: MIT */
/* The slot that holds the catalogue in service. */
#include "snapshot.h"

#include "util/clock.h"
#include "util/digest.h"
#include "util/limits.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/*
 * Every request takes a reference, so taking one is a single addition: the slot is one word, below it the address of the
 * handle, above it how many have taken that and are not yet counted in its `refs`. That the handle is in the slot counts
 * there as IN_SLOT, more than all references together, so `refs` cannot come to 0 before another handle has taken
 * its place and the word's count was settled.
 */
#define ADDRESS_BITS 48
#define ADDRESS_MASK (((uint64_t)1 << ADDRESS_BITS) - 1)
#define TAKEN_ONE    ((uint64_t)1 << ADDRESS_BITS)
#define TAKEN_MANY                                                                                           \
    ((uint64_t)1 << 15) /* half of what the word can count: from here on it is settled at once */
#define IN_SLOT ((uint64_t)1 << 62)

struct snapshot {
    _Atomic uint64_t refs;
    _Atomic int64_t replaced; /* when another took its place, as now_millis(); 0: it is in service */
    struct storage *storage;
    unsigned query_millis, replaced_millis;
    struct cache *cache;
    struct checksum *checksum;
    char report[DIGEST_HEX_SIZE];
    char loaded[CLOCK_TEXT_SIZE];
};

struct snapshot_slot {
    _Atomic uint64_t word;
    size_t cache_bytes;
    unsigned query_millis, replaced_millis;
};

/* On a clock that is never set. */
static int64_t now_millis(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 + 1;
}

size_t snapshot_answer_bytes(size_t cache_bytes)
{
    const size_t others = LIMIT_SETS_BYTES + ((size_t)LIMIT_READERS * LIMIT_READER_KIB << 10),
                 half = cache_bytes / 2;
    return cache_bytes > others && cache_bytes - others > half ? cache_bytes - others : half;
}

struct snapshot_slot *snapshot_slot_new(size_t cache_bytes, unsigned query_millis, unsigned replaced_millis)
{
    struct snapshot_slot *slot = calloc(1, sizeof *slot);
    if (!slot)
        return NULL;
    slot->cache_bytes = cache_bytes;
    slot->query_millis = query_millis ? query_millis : LIMIT_QUERY_MILLIS;
    slot->replaced_millis = replaced_millis ? replaced_millis : LIMIT_REPLACED_SECONDS * 1000;
    return slot;
}

static void snapshot_free(struct snapshot *snap)
{
    cache_free(snap->cache);
    checksum_free(snap->checksum);
    storage_free(snap->storage);
    free(snap);
}

static struct snapshot *snapshot_in(uint64_t word)
{
    return (struct snapshot *)(uintptr_t)(word & ADDRESS_MASK);
}

/* Puts SNAP, or NULL, into SLOT, and lets go of what was there. */
static void exchange(struct snapshot_slot *slot, struct snapshot *snap)
{
    uint64_t word = atomic_exchange(&slot->word, (uint64_t)(uintptr_t)snap);
    struct snapshot *old = snapshot_in(word);
    if (!old)
        return;
    cache_close(old->cache); /* a stream may hold the catalogue for long */
    atomic_store(&old->replaced, now_millis());
    uint64_t change = (word >> ADDRESS_BITS) - IN_SLOT;
    if (atomic_fetch_add(&old->refs, change) + change == 0)
        snapshot_free(old);
}

struct snapshot_slot *snapshot_slot_free(struct snapshot_slot *slot)
{
    if (!slot)
        return NULL;
    exchange(slot, NULL);
    free(slot);
    return NULL;
}

static void add_number(struct digest *d, size_t n)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%zu", n);
    digest_add_string(d, text);
}

static void add_dataset(struct digest *d, const struct dataset *x)
{
    const size_t numbers[] = {x->counts.read,      x->counts.imported,   x->counts.rejected,
                              x->counts.withdrawn, x->counts.duplicates, x->n_rejects_total,
                              x->n_warnings,       x->n_rejects};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        add_number(d, numbers[i]);
    for (size_t i = 0; i < x->n_warnings; i++) {
        digest_add_string(d, x->warnings[i].kind);
        add_number(d, x->warnings[i].n);
    }
    for (size_t i = 0; i < x->n_rejects; i++) {
        const struct reject *r = &x->rejects[i];
        digest_add_string(d, r->file);
        digest_add_string(d, r->position);
        digest_add_string(d, r->field);
        digest_add_string(d, r->reason);
    }
}

/* As storage's questions. */
static int digest_report(struct snapshot *snap)
{
    _cleanup_arena_ struct arena *mem = arena_new(LIMIT_REQUEST_MEMORY);
    _cleanup_digest_ struct digest *d = digest_new();
    _cleanup_reader_ struct storage_reader *rd = NULL;
    struct dataset *rows;
    size_t n;
    int r = mem && d ? storage_lease(snap->storage, LIMIT_QUERY_MILLIS, &rd) : -ENOMEM;
    if (r == 0)
        r = storage_list_datasets(rd, mem, &rows, &n);
    if (r != 0)
        return r;
    for (size_t i = 0; i < n; i++)
        add_dataset(d, &rows[i]);
    digest_hex(d, snap->report);
    return 0;
}

static int open_snapshot(struct snapshot *snap, const char *path, size_t cache_bytes, char **reterr)
{
    int r = cache_new(snapshot_answer_bytes(cache_bytes), &snap->cache);
    if (r == 0)
        r = storage_open(path, &snap->storage, reterr);
    if (r != 0)
        return r;
    uint64_t size;
    int fd = storage_file(snap->storage, &size);
    if (!(snap->checksum = checksum_new(fd, size)))
        return -ENOMEM;
    r = digest_report(snap);
    if (r <= 0)
        return r;
    return asprintf(reterr, "%s: what it says of its datasets cannot be read", path) < 0 ? -ENOMEM
                                                                                         : STORAGE_E_REFUSED;
}

int snapshot_load(struct snapshot_slot *slot, const char *path, char **reterr)
{
    struct snapshot *snap = calloc(1, sizeof *snap);
    if (!snap)
        return -ENOMEM;
    snap->query_millis = slot->query_millis;
    snap->replaced_millis = slot->replaced_millis;
    int r = open_snapshot(snap, path, slot->cache_bytes, reterr);
    if (r != 0) {
        snapshot_free(snap);
        return r;
    }
    atomic_init(&snap->refs, IN_SLOT);
    clock_format((int64_t)time(NULL), snap->loaded);
    exchange(slot, snap);
    return 0;
}

/* Moves the word's count to SNAP, which the caller has taken from it. It is added there first, and taken back where
 * somebody else was quicker: another who settles, or another handle. */
static void settle(struct snapshot_slot *slot, struct snapshot *snap)
{
    uint64_t word = atomic_load(&slot->word), taken = word >> ADDRESS_BITS;
    if (snapshot_in(word) != snap || taken < TAKEN_MANY)
        return;
    atomic_fetch_add(&snap->refs, taken);
    while (snapshot_in(word) == snap && word >> ADDRESS_BITS >= taken)
        if (atomic_compare_exchange_weak(&slot->word, &word, word - taken * TAKEN_ONE))
            return;
    atomic_fetch_sub(&snap->refs, taken);
}

struct snapshot *snapshot_acquire(struct snapshot_slot *slot)
{
    uint64_t word = atomic_fetch_add(&slot->word, TAKEN_ONE);
    struct snapshot *snap = snapshot_in(word);
    if (snap && word >> ADDRESS_BITS >= TAKEN_MANY)
        settle(slot, snap);
    return snap;
}

struct snapshot *snapshot_again(struct snapshot *snap)
{
    atomic_fetch_add_explicit(&snap->refs, 1, memory_order_relaxed);
    return snap;
}

struct snapshot *snapshot_release(struct snapshot *snap)
{
    if (snap && atomic_fetch_sub_explicit(&snap->refs, 1, memory_order_acq_rel) == 1)
        snapshot_free(snap);
    return NULL;
}

bool snapshot_is_over(const struct snapshot *snap)
{
    int64_t replaced = atomic_load_explicit(&snap->replaced, memory_order_relaxed);
    return replaced && now_millis() - replaced >= snap->replaced_millis;
}

struct storage *snapshot_storage(struct snapshot *snap)
{
    return snap->storage;
}

int snapshot_lease(struct snapshot *snap, struct storage_reader **ret)
{
    return snapshot_is_over(snap) ? STORAGE_E_BUSY : storage_lease(snap->storage, snap->query_millis, ret);
}

struct checksum *snapshot_checksum(const struct snapshot *snap)
{
    return snap->checksum;
}

struct cache *snapshot_cache(struct snapshot *snap)
{
    return snap->cache;
}

const struct catalogue_info *snapshot_info(const struct snapshot *snap)
{
    return storage_info(snap->storage);
}

const char *snapshot_report(const struct snapshot *snap)
{
    return snap->report;
}

const char *snapshot_loaded(const struct snapshot *snap)
{
    return snap->loaded;
}
