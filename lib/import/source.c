/* SPDX-License-Identifier: MIT */
/* Walks files and folders in an order that depends on names alone, so that the same inputs give the same
 * catalogue on every file system. Called by import.c once for each input. */
#include "import/source.h"

#include "import/unpack.h"
#include "util/limits.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files below this are read, larger ones mapped; and how much of a mapped one is given back at once. */
#define SMALL ((size_t)1 << 20)
#define STEP  ((size_t)4 << 20)

struct place {
    dev_t device;
    ino_t inode;
};

struct walk {
    const struct source_sink *sink;
    void *seen; /* tree of struct place: no folder is walked twice, however many links lead to it and back */
    size_t depth;
    char *held; /* room for SMALL bytes */
};

static void close_cleanup(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
}
#define _cleanup_close_ __attribute__((cleanup(close_cleanup)))

static void free_cleanup(char **p)
{
    free(*p);
}
#define _cleanup_free_ __attribute__((cleanup(free_cleanup)))

/* Exactly what is there of N bytes, into TO; *ret_n is how many. 0 or a negative errno. */
static int read_bytes(int fd, char *to, size_t n, size_t *ret_n)
{
    size_t got = 0;
    while (got < n) {
        ssize_t k = read(fd, to + got, n - got);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return -errno;
        if (k == 0)
            break;
        got += (size_t)k;
    }
    *ret_n = got;
    return 0;
}

void source_passed(struct source_text *text, const char *at)
{
    size_t done = (size_t)(at - text->bytes) / STEP * STEP;
    if (!text->mapped || done <= text->passed)
        return;
    (void)madvise((char *)text->bytes + text->passed, done - text->passed, MADV_DONTNEED);
    text->passed = done;
}

int source_reject(const struct source_sink *sink, const struct origin *from, const char *reason)
{
    int result = report_add(sink->report, from, NULL, NULL, reason);
    return result != 0 ? result : report_count(sink->report, from->dataset, true, false);
}

static int reject(struct walk *w, const struct origin *from, int error)
{
    char reason[128];
    (void)snprintf(reason, sizeof reason, "cannot be read: %s", strerror(-error));
    return source_reject(w->sink, from, reason);
}

int source_origin(const struct source_sink *sink, const char *path, struct origin *ret)
{
    const char *kept = report_text(sink->report, path), *slash = kept ? strrchr(kept, '/') : NULL;
    if (!kept)
        return -ENOMEM;
    *ret = (struct origin){.path = kept, .file = slash ? slash + 1 : kept};
    return 0;
}

static int emit_mapped(struct walk *w, int fd, size_t n, const struct origin *from)
{
    void *bytes = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return errno == ENOMEM ? -ENOMEM : reject(w, from, -errno);
    (void)madvise(bytes, n, MADV_SEQUENTIAL);
    struct source_text text = {.bytes = bytes, .n = n, .mapped = true};
    int result = w->sink->emit(w->sink->ctx, &text, from);
    (void)munmap(bytes, n);
    return result;
}

/* Small files are many: one buffer does for all. */
static int emit_held(struct walk *w, int fd, const struct origin *from)
{
    struct source_text text = {0};
    if (!w->held)
        w->held = malloc(SMALL);
    if (!w->held)
        return -ENOMEM;
    int result = read_bytes(fd, w->held, SMALL, &text.n);
    if (result != 0)
        return reject(w, from, result);
    text.bytes = w->held;
    return w->sink->emit(w->sink->ctx, &text, from);
}

/* NAMED: the file is an input itself. */
static int read_file(struct walk *w, int fd, const struct stat *st, const struct origin *from, bool named)
{
    char head[UNPACK_HEAD];
    ssize_t n = pread(fd, head, sizeof head, 0);
    if (n < 0)
        return reject(w, from, -errno);
    if (unpack_is_name(from->file) || unpack_is_content(head, (size_t)n))
        return unpack_read(fd, (uint64_t)st->st_size, from, named, w->sink);
    return st->st_size < (off_t)SMALL ? emit_held(w, fd, from)
                                      : emit_mapped(w, fd, (size_t)st->st_size, from);
}

bool source_is_wanted(const char *name)
{
    static const char *const endings[] = {".json", ".ndjson", ".jsonl", ".csv"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (dot && strcasecmp(dot, endings[i]) == 0)
            return true;
    return false;
}

static int not_hidden(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

/* By bytes: alphasort follows the locale. */
static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int walk_folder(struct walk *w, int fd, const struct stat *st, const char *path);

/* One name of a folder. What cannot be opened is a reject, unless nobody asked for such a name. */
static int walk_entry(struct walk *w, int folder, const char *path, const char *name)
{
    _cleanup_free_ char *full = NULL;
    if (asprintf(&full, "%s/%s", path, name) < 0)
        return -ENOMEM;
    struct origin from;
    struct stat st = {0};
    int result = source_origin(w->sink, full, &from);
    if (result != 0)
        return result;
    bool there = fstatat(folder, name, &st, 0) == 0;
    if (there && !S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
        return 0;
    if ((!there || !S_ISDIR(st.st_mode)) && !source_is_wanted(name) && !unpack_is_name(name))
        return 0;
    _cleanup_close_ int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &st) != 0)
        return reject(w, &from, -errno);
    if (S_ISDIR(st.st_mode))
        return walk_folder(w, fd, &st, full);
    return read_file(w, fd, &st, &from, false);
}

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->device != y->device)
        return x->device < y->device ? -1 : 1;
    return (x->inode > y->inode) - (x->inode < y->inode);
}

static bool is_seen(const struct walk *w, const struct stat *st)
{
    struct place key = {st->st_dev, st->st_ino};
    return tfind(&key, &w->seen, by_place) != NULL;
}

static int set_seen(struct walk *w, const struct stat *st)
{
    struct place *place = arena_alloc(w->sink->report->mem, sizeof *place);
    if (!place)
        return -ENOMEM;
    *place = (struct place){st->st_dev, st->st_ino};
    return tsearch(place, &w->seen, by_place) ? 0 : -ENOMEM;
}

static void leave(void *place)
{
    (void)place; /* the arena's */
}

static void walk_done(struct walk *w)
{
    tdestroy(w->seen, leave);
    free(w->held);
}
#define _cleanup_walk_ __attribute__((cleanup(walk_done)))

static int walk_folder(struct walk *w, int fd, const struct stat *st, const char *path)
{
    if (is_seen(w, st))
        return 0;
    struct origin from;
    int result = source_origin(w->sink, path, &from);
    if (result != 0)
        return result;
    if (w->depth == LIMIT_FOLDER_DEPTH)
        return reject(w, &from, -ELOOP);
    result = set_seen(w, st);
    if (result != 0)
        return result;
    w->depth++;
    struct dirent **names = NULL;
    int n = scandirat(fd, ".", &names, not_hidden, by_bytes);
    if (n < 0)
        result = errno == ENOMEM ? -ENOMEM : reject(w, &from, -errno);
    for (int i = 0; i < n; i++) {
        if (result == 0)
            result = walk_entry(w, fd, path, names[i]->d_name);
        free(names[i]);
    }
    free(names);
    w->depth--;
    return result;
}

static int unreadable(const char *path, const char *why, char **reterr)
{
    char *line = NULL;
    if (asprintf(&line, "%s: %s", path, why) < 0)
        return -ENOMEM;
    *reterr = line;
    return SOURCE_E_UNREADABLE;
}

int source_read(const char *path, const struct source_sink *sink, char **reterr)
{
    _cleanup_walk_ struct walk w = {.sink = sink};
    struct stat st;
    _cleanup_close_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &st) != 0)
        return unreadable(path, strerror(errno), reterr);
    if (S_ISDIR(st.st_mode)) {
        size_t n = strlen(path);
        while (n > 1 && path[n - 1] == '/')
            n--;
        char *trimmed = arena_strndup(sink->report->mem, path, n);
        return trimmed ? walk_folder(&w, fd, &st, trimmed) : -ENOMEM;
    }
    if (!S_ISREG(st.st_mode))
        return unreadable(path, "is neither a file nor a folder", reterr);
    struct origin from;
    int result = source_origin(sink, path, &from);
    return result != 0 ? result : read_file(&w, fd, &st, &from, true);
}
