/* SPDX-License-Identifier: MIT */
/*
 * An anonymous file (O_TMPFILE, open(2)) behind a buffer; where the file system has none, a file that is unlinked as
 * soon as it is there. A small import never comes to need it. Called by records.c and rows_event.c.
 */
#include "import/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is held in memory before it goes to the file. */
#define HELD ((size_t)4 << 20)

struct spool {
    const char *folder;
    int fd;           /* -1: no file yet */
    uint64_t written; /* bytes in the file; those in `held` follow them */
    char *held;
    size_t n_held, room;
};

struct spool *spool_new(const char *folder)
{
    struct spool *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->folder = folder;
    s->fd = -1;
    return s;
}

struct spool *spool_free(struct spool *s)
{
    if (!s)
        return NULL;
    if (s->fd >= 0)
        (void)close(s->fd);
    free(s->held);
    free(s);
    return NULL;
}

/* A file that is unlinked at once. 0 or a negative errno. */
static int open_hidden(struct spool *s)
{
    char *path = NULL;
    if (asprintf(&path, "%s/.breachd-spool-XXXXXX", s->folder) < 0)
        return -ENOMEM;
    s->fd = mkostemp(path, O_CLOEXEC);
    int result = s->fd < 0 ? -errno : unlink(path) != 0 ? -errno : 0;
    free(path);
    return result;
}

static int open_file(struct spool *s)
{
    s->fd = open(s->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (s->fd >= 0)
        return 0;
    /* what kernels and file systems that have no such files say */
    return errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT ? open_hidden(s) : -errno;
}

static int write_all(struct spool *s, const char *bytes, size_t n)
{
    while (n) {
        ssize_t done = pwrite(s->fd, bytes, n, (off_t)s->written);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return -errno;
        bytes += done;
        n -= (size_t)done;
        s->written += (uint64_t)done;
    }
    return 0;
}

static int flush(struct spool *s)
{
    int result = s->fd < 0 ? open_file(s) : 0;
    size_t n = s->n_held;
    uint64_t before = s->written;
    if (result == 0)
        result = write_all(s, s->held, n);
    if (result == 0)
        s->n_held = 0;
    else
        s->written = before;
    return result;
}

/* Room for N more bytes in memory; what is there goes to the file where that is too much. */
static int make_room(struct spool *s, size_t n)
{
    if (s->n_held && (n > HELD || s->n_held > HELD - n)) {
        int result = flush(s);
        if (result != 0)
            return result;
    }
    if (n <= s->room - s->n_held)
        return 0;
    size_t room = s->room ? s->room : 4096;
    while (room - s->n_held < n)
        room *= 2;
    char *held = realloc(s->held, room);
    if (!held)
        return -ENOMEM;
    s->held = held;
    s->room = room;
    return 0;
}

int spool_add(struct spool *s, const void *bytes, size_t n, uint64_t *ret_at)
{
    int result = make_room(s, n);
    if (result != 0)
        return result;
    *ret_at = s->written + s->n_held;
    if (n)
        memcpy(s->held + s->n_held, bytes, n);
    s->n_held += n;
    return 0;
}

static int read_file(const struct spool *s, uint64_t at, size_t n, char *ret)
{
    while (n) {
        ssize_t got = pread(s->fd, ret, n, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 ? -errno : -EIO;
        ret += got;
        at += (uint64_t)got;
        n -= (size_t)got;
    }
    return 0;
}

/* What was added at once is in one place. */
int spool_get(const struct spool *s, uint64_t at, size_t n, void *ret)
{
    uint64_t end = s->written + s->n_held;
    if (at > end || n > end - at || (at < s->written && n > s->written - at))
        return -EIO;
    if (at < s->written)
        return read_file(s, at, n, ret);
    if (n)
        memcpy(ret, s->held + (at - s->written), n);
    return 0;
}
