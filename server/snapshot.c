/* SPDX-License-Identifier: MIT */
/* The slot that holds the catalogue in service. */
#include "snapshot.h"

#include "util/clock.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

struct snapshot {
    atomic_size_t refs;
    struct storage *storage;
    char loaded[CLOCK_TEXT_SIZE];
};

struct snapshot_slot {
    pthread_mutex_t lock; /* guards the pointer, held only to read or swap it */
    struct snapshot *present;
};

struct snapshot_slot *snapshot_slot_new(void)
{
    struct snapshot_slot *slot = calloc(1, sizeof *slot);
    if (slot && pthread_mutex_init(&slot->lock, NULL) != 0) {
        free(slot);
        return NULL;
    }
    return slot;
}

struct snapshot_slot *snapshot_slot_free(struct snapshot_slot *slot)
{
    if (!slot)
        return NULL;
    snapshot_release(slot->present);
    pthread_mutex_destroy(&slot->lock);
    free(slot);
    return NULL;
}

int snapshot_load(struct snapshot_slot *slot, const char *path, char **reterr)
{
    struct snapshot *snap = calloc(1, sizeof *snap);
    if (!snap)
        return -ENOMEM;
    int r = storage_open(path, &snap->storage, reterr);
    if (r != 0) {
        free(snap);
        return r;
    }
    atomic_init(&snap->refs, 1);
    clock_format((int64_t)time(NULL), snap->loaded);
    pthread_mutex_lock(&slot->lock);
    struct snapshot *old = slot->present;
    slot->present = snap;
    pthread_mutex_unlock(&slot->lock);
    snapshot_release(old);
    return 0;
}

struct snapshot *snapshot_acquire(struct snapshot_slot *slot)
{
    pthread_mutex_lock(&slot->lock);
    struct snapshot *snap = slot->present ? snapshot_again(slot->present) : NULL;
    pthread_mutex_unlock(&slot->lock);
    return snap;
}

struct snapshot *snapshot_again(struct snapshot *snap)
{
    atomic_fetch_add_explicit(&snap->refs, 1, memory_order_relaxed);
    return snap;
}

struct snapshot *snapshot_release(struct snapshot *snap)
{
    if (snap && atomic_fetch_sub_explicit(&snap->refs, 1, memory_order_acq_rel) == 1) {
        storage_free(snap->storage);
        free(snap);
    }
    return NULL;
}

struct storage *snapshot_storage(struct snapshot *snap)
{
    return snap->storage;
}

const struct catalogue_info *snapshot_info(const struct snapshot *snap)
{
    return storage_info(snap->storage);
}

const char *snapshot_loaded(const struct snapshot *snap)
{
    return snap->loaded;
}
