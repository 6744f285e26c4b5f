/* SPDX-License-Identifier: MIT */
/*
 * The front door of libarchive. Only formats that datasets are shipped in are let in, members are never written anywhere, and
 * what comes out is bounded before it is kept: an archive is foreign, and can be made to hold a million times its
 * size. Called by source.c.
 */
#include "import/unpack.h"

#include "util/limits.h"
#include "util/strbuf.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* One reading of one archive. */
struct unpack {
    struct archive *a;
    const struct origin *from;
    const struct source_sink *sink;
    bool named;
    uint64_t left;  /* bytes that may still come out */
    size_t members; /* seen so far */
};

enum { STOP = 1 }; /* the archive was rejected; read no further */

static void archive_cleanup(struct archive **a)
{
    (void)archive_read_free(*a);
}
#define _cleanup_archive_ __attribute__((cleanup(archive_cleanup)))

/* --- what is an archive --- */

static const char *const endings[] = {".zip", ".tar", ".gz",   ".tgz", ".xz",  ".txz",
                                      ".bz2", ".tbz", ".tbz2", ".zst", ".tzst"};

bool unpack_is_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (dot && strcasecmp(dot, endings[i]) == 0)
            return true;
    return false;
}

/* The first bytes of each format, at their place. */
static const struct magic {
    size_t at, n;
    const char *bytes;
} magics[] = {
    {0, 4, "PK\003\004"},
    {0, 4, "PK\005\006"}, /* a zip file without members */
    {0, 3, "\x1f\x8b\x08"},
    {0, 6,
     "\xfd"
     "7zXZ\0"},
    {0, 3, "BZh"},
    {0, 4, "\x28\xb5\x2f\xfd"},
    {257, 5, "ustar"},
};

bool unpack_is_content(const char *head, size_t n)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        const struct magic *m = &magics[i];
        if (n >= m->at + m->n && memcmp(head + m->at, m->bytes, m->n) == 0)
            return true;
    }
    return false;
}

/* --- what becomes of it --- */

static int reject_archive(struct unpack *u, const char *reason)
{
    int result = source_reject(u->sink, u->from, reason);
    return result != 0 ? result : STOP;
}

/* The library could not go on. */
static int reject_damaged(struct unpack *u)
{
    char reason[200];
    if (archive_errno(u->a) == ENOMEM)
        return -ENOMEM;
    const char *said = archive_error_string(u->a);
    (void)snprintf(reason, sizeof reason, "cannot be unpacked: %s", said ? said : "it is damaged");
    return reject_archive(u, reason);
}

static int take(struct unpack *u, uint64_t n)
{
    if (n > u->left)
        return reject_archive(u,
                              "holds far more than its own size; unpack it first if that is as it should be");
    u->left -= n;
    return 0;
}

/* The bytes of the present member. */
static int read_content(struct unpack *u, struct strbuf *text)
{
    char block[16384];
    for (;;) {
        la_ssize_t n = archive_read_data(u->a, block, sizeof block);
        if (n == 0)
            return 0;
        if (n < 0)
            return reject_damaged(u);
        int result = take(u, (uint64_t)n);
        if (result != 0)
            return result;
        strbuf_add(text, block, (size_t)n);
        if (text->failed)
            return text->size + (size_t)n > text->limit ? reject_archive(u, "holds a file that is too large")
                                                        : -ENOMEM;
    }
}

static int read_text(struct unpack *u, const struct origin *at)
{
    _cleanup_strbuf_ struct strbuf text = STRBUF_INIT;
    text.limit = LIMIT_FILE_BYTES;
    int result = read_content(u, &text);
    struct source_text whole = {.bytes = text.size ? text.data : "", .n = text.size};
    return result != 0 ? result : u->sink->emit(u->sink->ctx, &whole, at);
}

/* The name of what a compressed file holds: its own, without the last ending. */
static const char *name_within(struct unpack *u)
{
    const char *dot = strrchr(u->from->file, '.');
    size_t n = unpack_is_name(u->from->file) && dot != u->from->file ? (size_t)(dot - u->from->file)
                                                                     : strlen(u->from->file);
    return arena_strndup(u->sink->report->mem, u->from->file, n);
}

static bool is_lone(const struct unpack *u)
{
    return archive_format(u->a) == ARCHIVE_FORMAT_RAW;
}

/* Whether any part of a path is hidden, as source.c passes over hidden names; "." is none. */
static bool is_hidden(const char *path)
{
    for (const char *part = path; *part; part += strcspn(part, "/"), part += *part == '/')
        if (part[0] == '.' && part[1] != '/' && part[1] != '\0')
            return true;
    return false;
}

/* Where the member NAME is; *ret_wanted whether its text is to be read. */
static int place(struct unpack *u, const char *name, struct origin *ret, bool *ret_wanted)
{
    const char *path = arena_printf(u->sink->report->mem, "%s/%s", u->from->path, name);
    int result = path ? source_origin(u->sink, path, ret) : -ENOMEM;
    if (result != 0)
        return result;
    ret->dataset = u->from->dataset;
    *ret_wanted = source_is_wanted(ret->file) || (is_lone(u) && u->named);
    if (!*ret_wanted && unpack_is_name(ret->file) && !is_lone(u))
        return source_reject(u->sink, ret, "is an archive within an archive; unpack it first");
    return 0;
}

/* Its declared size counts where it is skipped: that is work too. */
static int pass_over(struct unpack *u, struct archive_entry *e)
{
    int64_t size = archive_entry_size_is_set(e) ? archive_entry_size(e) : 0;
    return take(u, size > 0 ? (uint64_t)size : 0);
}

static const char *name_of(struct unpack *u, struct archive_entry *e)
{
    if (is_lone(u))
        return name_within(u);
    const char *name = archive_entry_pathname_utf8(e); /* the other depends on the locale */
    if (!name)
        name = archive_entry_pathname(e);
    return name ? name : "(a name that cannot be read)";
}

static int read_member(struct unpack *u, struct archive_entry *e)
{
    const char *name = name_of(u, e);
    if (!name)
        return -ENOMEM;
    if (++u->members > LIMIT_ARCHIVE_MEMBERS)
        return reject_archive(u, "holds too many files");
    if (is_lone(u) && archive_filter_count(u->a) == 1)
        return reject_archive(u, "is no archive that is known here");
    if (archive_entry_is_encrypted(e))
        return reject_archive(u, "is encrypted");
    if (archive_entry_filetype(e) != AE_IFREG || archive_entry_hardlink(e) || is_hidden(name))
        return pass_over(u, e);
    if (strlen(name) > LIMIT_PATH_BYTES)
        return reject_archive(u, "holds a file whose name is too long");
    struct origin at;
    bool wanted = false;
    int result = place(u, name, &at, &wanted);
    if (result != 0)
        return result;
    return wanted ? read_text(u, &at) : pass_over(u, e);
}

static int read_members(struct unpack *u)
{
    for (;;) {
        struct archive_entry *e;
        int got = archive_read_next_header(u->a, &e);
        if (got == ARCHIVE_EOF)
            return 0;
        if (got != ARCHIVE_OK && got != ARCHIVE_WARN) /* a warning is about attributes that nobody looks at */
            return reject_damaged(u);
        int result = read_member(u, e);
        if (result != 0)
            return result;
    }
}

/* A filter that was built out would run a program instead, and says ARCHIVE_WARN: then it stays off. */
static bool set_up(struct archive *a)
{
    return archive_read_support_format_zip(a) == ARCHIVE_OK &&
           archive_read_support_format_tar(a) == ARCHIVE_OK &&
           archive_read_support_format_raw(a) == ARCHIVE_OK &&
           archive_read_support_filter_gzip(a) == ARCHIVE_OK &&
           archive_read_support_filter_xz(a) == ARCHIVE_OK &&
           archive_read_support_filter_bzip2(a) == ARCHIVE_OK &&
           archive_read_support_filter_zstd(a) == ARCHIVE_OK;
}

static uint64_t most_within(uint64_t size)
{
    uint64_t most =
        size > LIMIT_ARCHIVE_BYTES / LIMIT_ARCHIVE_RATIO ? LIMIT_ARCHIVE_BYTES : size * LIMIT_ARCHIVE_RATIO;
    return most > LIMIT_ARCHIVE_SMALL ? most : LIMIT_ARCHIVE_SMALL;
}

int unpack_read(int fd, uint64_t size, const struct origin *from, bool named, const struct source_sink *sink)
{
    _cleanup_archive_ struct archive *a = archive_read_new();
    struct unpack u = {.a = a, .from = from, .sink = sink, .named = named, .left = most_within(size)};
    if (!a)
        return -ENOMEM;
    int result =
        set_up(a) && archive_read_open_fd(a, fd, 65536) == ARCHIVE_OK ? read_members(&u) : reject_damaged(&u);
    return result == STOP ? 0 : result;
}
