/* SPDX-License-Identifier: MIT */
/* The catalogue's path, followed. */
#include "reload.h"

#include "util/clock.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* What tells one file from another; all zero when there is none. */
struct identity {
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec changed;
};

struct reload {
    const char *path;
    struct snapshot_slot *slot;
    struct identity last; /* of the file tried last */
    pthread_mutex_t lock; /* guards refusal */
    char *refusal;        /* NULL: what was tried last is in service */
    _Atomic uint64_t taken, refused;
};

static struct identity look(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return (struct identity){0};
    return (struct identity){st.st_dev, st.st_ino, st.st_size, st.st_mtim};
}

static bool is_same(const struct identity *a, const struct identity *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec;
}

int reload_new(const char *path, struct snapshot_slot *slot, struct reload **ret, char **reterr)
{
    struct reload *r = calloc(1, sizeof *r);
    if (!r || pthread_mutex_init(&r->lock, NULL) != 0) {
        free(r);
        return -ENOMEM;
    }
    r->path = path;
    r->slot = slot;
    /* Before it is opened: a file put there meanwhile is then seen at the next look. */
    r->last = look(path);
    int result = snapshot_load(slot, path, reterr);
    if (result != 0) {
        reload_free(r);
        return result;
    }
    *ret = r;
    return 0;
}

struct reload *reload_free(struct reload *r)
{
    if (!r)
        return NULL;
    pthread_mutex_destroy(&r->lock);
    free(r->refusal);
    free(r);
    return NULL;
}

static void set_refusal(struct reload *r, char *text)
{
    pthread_mutex_lock(&r->lock);
    char *old = r->refusal;
    r->refusal = text;
    pthread_mutex_unlock(&r->lock);
    free(old);
}

/* "refused catalogue.db at 2026-01-31T12:00:00Z: WHY; serving 5f2c0a1b": the base name, since readers see it. */
static char *describe(struct reload *r, const char *why)
{
    _cleanup_snapshot_ struct snapshot *snap = snapshot_acquire(r->slot);
    const char *slash = strrchr(r->path, '/'), *name = slash ? slash + 1 : r->path;
    size_t n = strlen(r->path);
    char now[CLOCK_TEXT_SIZE], *text = NULL;
    clock_format((int64_t)time(NULL), now);
    if (strncmp(why, r->path, n) == 0 && strncmp(why + n, ": ", 2) == 0)
        why += n + 2;
    if (asprintf(&text, "refused %s at %s: %s; serving %.8s", name, now, why, snapshot_info(snap)->id) < 0)
        return NULL;
    return text;
}

int reload_look(struct reload *r, bool force, char **ret_line)
{
    struct identity now = look(r->path);
    if (!force && is_same(&now, &r->last))
        return RELOAD_SAME;
    char *why = NULL;
    int result = snapshot_load(r->slot, r->path, &why);
    if (result < 0)
        return result; /* and the file is tried again at the next look */
    r->last = now;
    atomic_fetch_add(result == 0 ? &r->taken : &r->refused, 1);
    if (result == 0) {
        set_refusal(r, NULL);
        return RELOAD_TAKEN;
    }
    char *text = describe(r, why);
    free(why);
    char *line = text ? strdup(text) : NULL;
    if (!line) {
        free(text);
        return -ENOMEM;
    }
    set_refusal(r, text);
    *ret_line = line;
    return RELOAD_REFUSED;
}

struct reload_figures reload_figures(struct reload *r)
{
    struct reload_figures f = {.taken = atomic_load(&r->taken), .refused = atomic_load(&r->refused)};
    pthread_mutex_lock(&r->lock);
    f.refusing = r->refusal;
    pthread_mutex_unlock(&r->lock);
    return f;
}

const char *reload_refusal(struct reload *r, struct arena *mem)
{
    pthread_mutex_lock(&r->lock);
    const char *text = r->refusal ? arena_strdup(mem, r->refusal) : "";
    pthread_mutex_unlock(&r->lock);
    return text;
}
