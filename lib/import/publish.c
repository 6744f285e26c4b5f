/* SPDX-License-Identifier: MIT */
/*
 * Write beside, sync, rename: whoever has the old file open keeps it whole, whoever opens the path finds the old
 * or the new one and never a half (rename(2)). Used by import.c.
 */
#include "import/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Names tried before giving up: others can only be left over from imports that were killed. */
#define NAMES_TRIED 1000

struct publish {
    char *output, *folder, *path; /* path NULL: nothing to remove */
    int fd;
};

static int failed(const char *path, const char *what, int error, char **reterr)
{
    char *line = NULL;
    if (asprintf(&line, "%s: %s: %s", path, what, strerror(error)) < 0)
        return -ENOMEM;
    *reterr = line;
    return PUBLISH_E_FAILED;
}

struct publish *publish_free(struct publish *p)
{
    if (!p)
        return NULL;
    if (p->path)
        (void)unlink(p->path);
    if (p->fd >= 0)
        (void)close(p->fd);
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
    return p->folder ? 0 : -ENOMEM;
}

/* A name that nobody has: the file is made by this open or not at all. 0, -ENOMEM or another negative errno. */
static int make_file(struct publish *p)
{
    const char *slash = strrchr(p->output, '/');
    for (unsigned i = 0; i < NAMES_TRIED; i++) {
        if (asprintf(&p->path, "%s/.%s.%ld-%u", p->folder, slash ? slash + 1 : p->output, (long)getpid(), i) <
            0) {
            p->path = NULL;
            return -ENOMEM;
        }
        p->fd = open(p->path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
        if (p->fd >= 0)
            return 0;
        int error = errno;
        free(p->path);
        p->path = NULL;
        if (error != EEXIST)
            return -error;
    }
    return -EEXIST;
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
    result = make_file(p);
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

/* Who may not give files away keeps them: the mode is what readers need. */
static int adopt(const struct publish *p)
{
    struct stat st;
    if (stat(p->output, &st) != 0)
        return errno == ENOENT ? 0 : -errno;
    if (fchown(p->fd, st.st_uid, st.st_gid) != 0 && errno != EPERM)
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
    free(p->path);
    p->path = NULL;
    /* the new file is in place; only a power cut now could still bring the old one back */
    result = sync_folder(p->folder);
    return result == 0 || result == -EACCES ? 0
                                            : failed(p->folder, "cannot be synchronised", -result, reterr);
}
