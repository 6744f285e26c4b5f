/* SPDX-License-Identifier: MIT */
/*
 * A file system for SQLite that has one file, which never changes; see sqlite_file.h. What SQLite asks of a file to write, to lock and to
 * share does not occur with one that is immutable, and is refused.
 */
#include "storage/sqlite_file.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct catalogue_file {
    sqlite3_vfs vfs;
    char name[32];
    int fd;
    uint64_t size;
    const unsigned char *bytes; /* NULL: not mapped */
};

/* As SQLite holds it. */
struct handle {
    sqlite3_file base;
    const struct catalogue_file *f;
};

static const struct catalogue_file *file_of(sqlite3_file *h)
{
    return ((struct handle *)(void *)h)->f;
}

/* ---- the file ---- */

static int close_handle(sqlite3_file *h)
{
    (void)h;
    return SQLITE_OK;
}

/* What lies behind the end reads as zeros, and that is said. */
static int read_bytes(sqlite3_file *h, void *ret, int n, sqlite3_int64 at)
{
    const struct catalogue_file *f = file_of(h);
    size_t done = 0;
    while (done < (size_t)n) {
        ssize_t some = pread(f->fd, (char *)ret + done, (size_t)n - done, at + (sqlite3_int64)done);
        if (some < 0 && errno == EINTR)
            continue;
        if (some < 0)
            return SQLITE_IOERR_READ;
        if (some == 0)
            break;
        done += (size_t)some;
    }
    memset((char *)ret + done, 0, (size_t)n - done);
    return done == (size_t)n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int tell_size(sqlite3_file *h, sqlite3_int64 *ret)
{
    *ret = (sqlite3_int64)file_of(h)->size;
    return SQLITE_OK;
}

/* Where a page is damaged SQLite reads some bytes beyond it before it knows, so that many have to follow what it is shown; its own
 * file systems see to as many. */
#define BEYOND 256

/* NULL: that part is to be read. */
static int fetch(sqlite3_file *h, sqlite3_int64 at, int n, void **ret)
{
    const struct catalogue_file *f = file_of(h);
    bool within = f->bytes && at >= 0 && n >= 0 && (uint64_t)at <= f->size &&
                  (uint64_t)n + BEYOND <= f->size - (uint64_t)at;
    *ret = within ? (void *)(f->bytes + at) : NULL;
    return SQLITE_OK;
}

static int unfetch(sqlite3_file *h, sqlite3_int64 at, void *page)
{
    (void)h;
    (void)at;
    (void)page;
    return SQLITE_OK;
}

static int refuse_write(sqlite3_file *h, const void *bytes, int n, sqlite3_int64 at)
{
    (void)h;
    (void)bytes;
    (void)n;
    (void)at;
    return SQLITE_READONLY;
}

static int refuse_truncate(sqlite3_file *h, sqlite3_int64 size)
{
    (void)h;
    (void)size;
    return SQLITE_READONLY;
}

/* Also of locks, which nobody contends for. */
static int need_nothing(sqlite3_file *h, int what)
{
    (void)h;
    (void)what;
    return SQLITE_OK;
}

static int tell_locked(sqlite3_file *h, int *ret)
{
    (void)h;
    *ret = 0;
    return SQLITE_OK;
}

static int know_no_more(sqlite3_file *h, int what, void *argument)
{
    (void)h;
    (void)what;
    (void)argument;
    return SQLITE_NOTFOUND;
}

static int tell_sector(sqlite3_file *h)
{
    (void)h;
    return 4096;
}

static int tell_character(sqlite3_file *h)
{
    (void)h;
    return SQLITE_IOCAP_IMMUTABLE;
}

/* ---- the file system ---- */

static int open_handle(sqlite3_vfs *vfs, const char *name, sqlite3_file *h, int flags, int *ret_flags)
{
    static const sqlite3_io_methods methods = {
        .iVersion = 3,
        .xClose = close_handle,
        .xRead = read_bytes,
        .xWrite = refuse_write,
        .xTruncate = refuse_truncate,
        .xSync = need_nothing,
        .xFileSize = tell_size,
        .xLock = need_nothing,
        .xUnlock = need_nothing,
        .xCheckReservedLock = tell_locked,
        .xFileControl = know_no_more,
        .xSectorSize = tell_sector,
        .xDeviceCharacteristics = tell_character,
        .xFetch = fetch,
        .xUnfetch = unfetch,
    };
    (void)name;
    h->pMethods = NULL;
    if (!(flags & SQLITE_OPEN_MAIN_DB))
        return SQLITE_CANTOPEN; /* what is temporary stays in memory */
    ((struct handle *)(void *)h)->f = vfs->pAppData;
    h->pMethods = &methods;
    if (ret_flags)
        *ret_flags = flags;
    return SQLITE_OK;
}

static int refuse_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    (void)name;
    (void)sync;
    return SQLITE_READONLY;
}

/* No journal, no log. */
static int tell_absent(sqlite3_vfs *vfs, const char *name, int what, int *ret)
{
    (void)vfs;
    (void)name;
    (void)what;
    *ret = 0;
    return SQLITE_OK;
}

static int keep_name(sqlite3_vfs *vfs, const char *name, int n, char *ret)
{
    (void)vfs;
    return snprintf(ret, (size_t)n, "%s", name) < n ? SQLITE_OK : SQLITE_CANTOPEN;
}

/* What has to do with no file is as the system has it. */
static void borrow(sqlite3_vfs *own, const sqlite3_vfs *system)
{
    own->xRandomness = system->xRandomness;
    own->xSleep = system->xSleep;
    own->xCurrentTime = system->xCurrentTime;
    own->xCurrentTimeInt64 = system->xCurrentTimeInt64;
    own->xGetLastError = system->xGetLastError;
}

static void make_vfs(struct catalogue_file *f, const sqlite3_vfs *system)
{
    (void)snprintf(f->name, sizeof f->name, "catalogue-%p", (void *)f);
    f->vfs = (sqlite3_vfs){
        .iVersion = 2,
        .szOsFile = sizeof(struct handle),
        .mxPathname = 255,
        .zName = f->name,
        .pAppData = f,
        .xOpen = open_handle,
        .xDelete = refuse_delete,
        .xAccess = tell_absent,
        .xFullPathname = keep_name,
    };
    borrow(&f->vfs, system);
}

/* ---- life ---- */

static const unsigned char *map(int fd, uint64_t size)
{
    void *bytes = size <= SIZE_MAX ? mmap(NULL, (size_t)size, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
    return bytes == MAP_FAILED ? NULL : bytes;
}

int catalogue_file_new(int fd, uint64_t size, struct catalogue_file **ret)
{
    const sqlite3_vfs *system = sqlite3_vfs_find(NULL);
    struct catalogue_file *f = system ? calloc(1, sizeof *f) : NULL;
    if (!f)
        return -ENOMEM;
    f->fd = fd;
    f->size = size;
    f->bytes = map(fd, size);
    make_vfs(f, system);
    if (sqlite3_vfs_register(&f->vfs, 0) != SQLITE_OK) {
        f->name[0] = '\0';
        (void)catalogue_file_free(f);
        return -ENOMEM;
    }
    *ret = f;
    return 0;
}

const char *catalogue_file_vfs(const struct catalogue_file *f)
{
    return f->name;
}

struct catalogue_file *catalogue_file_free(struct catalogue_file *f)
{
    if (!f)
        return NULL;
    if (*f->name)
        (void)sqlite3_vfs_unregister(&f->vfs);
    if (f->bytes)
        (void)munmap((void *)f->bytes, (size_t)f->size);
    free(f);
    return NULL;
}
