/* SPDX-License-Identifier: MIT */
/*
 * /catalogue.db: the file that is in service, byte for byte, or the part of it that Range asks for. A download goes on
 * from the file it began with when another catalogue takes its place, and whoever resumes one says by entity tag which
 * catalogue was meant.
 */
#include "http/conditional.h"
#include "http/range.h"
#include "load.h"
#include "util/digest.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct reading {
    struct snapshot *snap;
    int fd;
    uint64_t at, end;
};

static ssize_t read_file(void *ctx, char *buffer, size_t room)
{
    struct reading *x = ctx;
    uint64_t left = x->end - x->at;
    ssize_t n;
    if (snapshot_is_over(x->snap))
        return -EIO;
    do
        n = pread(x->fd, buffer, left < room ? (size_t)left : room, (off_t)x->at);
    while (n < 0 && errno == EINTR);
    if (n > 0)
        x->at += (uint64_t)n;
    return n > 0 || !left ? n : -EIO; /* a file that has become shorter is no file to go on with */
}

static void free_file(void *ctx)
{
    struct reading *x = ctx;
    snapshot_release(x->snap);
    free(x);
}

/* What the catalogue says of itself, and a sample of how that is laid out: the same for every replica of one file. */
static const char *tag_of(const struct load *l)
{
    char hex[DIGEST_HEX_SIZE];
    const char *sample = checksum_sample(snapshot_checksum(l->snap));
    _cleanup_digest_ struct digest *d = digest_new();
    if (!sample || !d)
        return NULL;
    digest_add_string(d, snapshot_info(l->snap)->id);
    digest_add_string(d, snapshot_report(l->snap));
    digest_add_string(d, sample);
    digest_hex(d, hex);
    return arena_printf(l->mem, "\"%.32s\"", hex);
}

/* Which part is asked for. If-None-Match goes before Range, and Range means something with GET alone (RFC 9110 sections
 * 13.2.2 and 14.2). */
static int find_part(const struct load *l, const char *tag, uint64_t size, uint64_t *ret_first,
                     uint64_t *ret_length)
{
    const struct request *req = l->req;
    *ret_first = 0;
    *ret_length = size;
    if (strcmp(req->method, "GET") != 0 ||
        conditional_not_modified(request_joined(req, "If-None-Match"), tag) ||
        !conditional_in_range(request_joined(req, "If-Range"), tag))
        return RANGE_E_WHOLE;
    return range_parse(request_joined(req, "Range"), size, ret_first, ret_length);
}

static int start(const struct load *l, uint64_t first, uint64_t length, struct reply *ret)
{
    uint64_t size;
    struct reading *x = malloc(sizeof *x);
    if (!x)
        return -ENOMEM;
    *x = (struct reading){.snap = snapshot_again(l->snap), .at = first, .end = first + length};
    x->fd = storage_file(snapshot_storage(l->snap), &size);
    ret->stream = (struct stream){read_file, free_file, x, 0};
    ret->length = length;
    return 0;
}

/* What goes with the whole and with a part of it. */
static void add_headers(struct load *l, const char *tag, struct reply *ret)
{
    const char *digest = checksum_whole(snapshot_checksum(l->snap));
    reply_header(ret, "Content-Type", "application/vnd.sqlite3");
    reply_header(ret, "ETag", tag);
    headers_built(l, ret);
    reply_header(ret, "Cache-Control", l->app->cfg.cache_control);
    reply_header(ret, "Accept-Ranges", "bytes");
    reply_header(ret, "Content-Disposition", "attachment; filename=\"catalogue.db\"");
    if (digest)
        reply_header(ret, "Repr-Digest", arena_printf(l->mem, "sha-256=:%s:", digest));
}

int download_reply(struct load *l, struct reply *ret)
{
    const char *tag = tag_of(l);
    uint64_t size, first, length;
    if (!tag)
        return -ENOMEM;
    (void)storage_file(snapshot_storage(l->snap), &size);
    if (!conditional_passes(request_joined(l->req, "If-Match"), tag))
        return LOAD_E_PRECONDITION;
    int part = find_part(l, tag, size, &first, &length);
    if (part == RANGE_E_UNSATISFIABLE) {
        reply_header(ret, "Content-Range", arena_printf(l->mem, "bytes */%" PRIu64, size));
        return LOAD_E_RANGE;
    }
    int r = start(l, first, length, ret);
    if (r != 0)
        return r;
    ret->status = part == 0 ? 206 : 200;
    if (part == 0)
        reply_header(
            ret, "Content-Range",
            arena_printf(l->mem, "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, first, first + length - 1, size));
    add_headers(l, tag, ret);
    return 0;
}
