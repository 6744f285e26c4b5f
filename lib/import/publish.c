/* SPDX-License-Identifier: MIT */
/*
 * Write beside, sync, rename: whoever has the old file open keeps it whole, whoever opens the path finds the old
 * or the new one and never a half (rename(2)). The file beside always has the same name, ".NAME.import", and is locked
 * (flock(2)): it is also what keeps a second import away, and what one that was killed left is found and
 * removed by the next. Used by import.c, and by breachctl for its report.
 */
#include "import/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Others that come and go in between before one gives up. */
#define TRIES 10

struct publish {
    char *output, *folder, *path;
    int fd; /* of the file at `path`, locked; -1: none is ours */
    bool published;
};

static int failed(const char *path, const char *what, int error, char **reterr)
{
    char *line = NULL;
    if (asprintf(&line, "%s: %s%s%s", path, what, error ? ": " : "", error ? strerror(error) : "") < 0)
        return -ENOMEM;
    *reterr = line;
    return PUBLISH_E_FAILED;
}

struct publish *publish_free(struct publish *p)
{
    if (!p)
        return NULL;
    if (p->fd >= 0 && !p->published)
        (void)unlink(p->path);
    if (p->fd >= 0)
        (void)close(p->fd); /* and the lock with it */
    free(p->output);
    free(p->folder);
    free(p->path);
    free(p);
    return NULL;
}

/* Where OUTPUT really is, and the folder of that. */
static int find_place(struct publish *p, const char *output)
{
    p->output = realpath(output, NULL);
    if (!p->output)
        p->output = strdup(output);
    if (!p->output)
        return -ENOMEM;
    const char *slash = strrchr(p->output, '/');
    p->folder = !slash               ? strdup(".")
                : slash == p->output ? strdup("/")
                                     : strndup(p->output, (size_t)(slash - p->output));
    if (!p->folder || asprintf(&p->path, "%s/.%s.import", p->folder, slash ? slash + 1 : p->output) < 0) {
        p->path = NULL;
        return -ENOMEM;
    }
    return 0;
}

/* Whether the file at P's path is the one that FD is open on. */
static bool is_ours(const struct publish *p, int fd)
{
    struct stat at, open;
    return lstat(p->path, &at) == 0 && fstat(fd, &open) == 0 && at.st_dev == open.st_dev &&
           at.st_ino == open.st_ino;
}

/*
 * Makes the file, and locks it: 0. AGAIN: somebody else was there in between. Only who holds the lock of the file that is at
 * the path removes or renames it, so nobody else's is ever touched.
 */
enum { AGAIN = 1 };
static int make_file(struct publish *p)
{
    int fd = open(p->path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (fd < 0)
        return errno == EEXIST ? AGAIN : -errno;
    int result = flock(fd, LOCK_EX | LOCK_NB) == 0 ? 0 : errno == EWOULDBLOCK ? AGAIN : -errno;
    if (result == 0 && !is_ours(p, fd))
        result = AGAIN;
    if (result == 0)
        p->fd = fd;
    else {
        if (result < 0)
            (void)unlink(p->path); /* where files cannot be locked */
        (void)close(fd);
    }
    return result;
}

/* Removes what a killed import left at the path. -EBUSY: it is not left over, somebody is at work. */
static int clear_path(const struct publish *p)
{
    int fd = open(p->path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT ? 0 : -errno;
    int result = flock(fd, LOCK_EX | LOCK_NB) == 0 ? 0 : errno == EWOULDBLOCK ? -EBUSY : -errno;
    if (result == 0 && is_ours(p, fd) && unlink(p->path) != 0)
        result = -errno;
    (void)close(fd);
    return result;
}

/* 0, -EBUSY or another negative errno. */
static int take_place(struct publish *p)
{
    int result = make_file(p);
    for (unsigned i = 0; i < TRIES && result == AGAIN; i++) {
        result = clear_path(p);
        if (result == 0)
            result = make_file(p);
    }
    return result == AGAIN ? -EBUSY : result;
}

int publish_begin(const char *output, struct publish **ret, char **reterr)
{
    _cleanup_publish_ struct publish *p = calloc(1, sizeof *p);
    if (!p)
        return -ENOMEM;
    p->fd = -1;
    int result = find_place(p, output);
    if (result != 0)
        return result;
    struct stat st;
    if (stat(p->output, &st) == 0 && !S_ISREG(st.st_mode))
        return failed(output, "cannot be replaced", S_ISDIR(st.st_mode) ? EISDIR : EINVAL, reterr);
    result = take_place(p);
    if (result == -EBUSY)
        return failed(output, "another import or pull is at work on it", 0, reterr);
    if (result == -ENOMEM)
        return result;
    if (result != 0)
        return failed(p->folder, "cannot write a new catalogue here", -result, reterr);
    *ret = p;
    p = NULL;
    return 0;
}

const char *publish_path(const struct publish *p)
{
    return p->path;
}

const char *publish_folder(const struct publish *p)
{
    return p->folder;
}

int publish_take(struct publish *p, const char *from, char **reterr)
{
    int fd = open(from, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    /* locked before it is at the path, so that there is never one that nobody holds */
    if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0 || rename(from, p->path) != 0) {
        int error = errno;
        if (fd >= 0)
            (void)close(fd);
        return failed(from, "cannot be taken", error, reterr);
    }
    (void)close(p->fd);
    p->fd = fd;
    return 0;
}

/* Who may not give files away keeps them: the mode is what readers need. */
static int adopt(const struct publish *p)
{
    struct stat st;
    if (stat(p->output, &st) != 0)
        return errno == ENOENT ? 0 : -errno;
    if (fchown(p->fd, st.st_uid, st.st_gid) != 0 && fchown(p->fd, (uid_t)-1, st.st_gid) != 0 &&
        errno != EPERM)
        return -errno;
    return fchmod(p->fd, st.st_mode & 0777) == 0 ? 0 : -errno;
}

static int sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    int result = fsync(fd) == 0 ? 0 : -errno;
    (void)close(fd);
    return result;
}

int publish_commit(struct publish *p, char **reterr)
{
    int result = adopt(p);
    if (result == 0 && fsync(p->fd) != 0)
        result = -errno;
    if (result == 0 && rename(p->path, p->output) != 0)
        result = -errno;
    if (result != 0)
        return failed(p->output, "cannot be replaced", -result, reterr);
    p->published = true;
    /* the new file is in place; only a power cut now could still bring the old one back */
    result = sync_folder(p->folder);
    return result == 0 || result == -EACCES ? 0
                                            : failed(p->folder, "cannot be synchronised", -result, reterr);
}
