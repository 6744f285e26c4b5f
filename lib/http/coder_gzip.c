/* SPDX-License-Identifier: MIT */
/* The front door of zlib. */
#include "http/coders.h"

#include <stdlib.h>
#include <zlib.h>

#define LEVEL       6
#define WINDOW_GZIP (15 + 16) /* the largest window, in gzip's frame */
#define MEMORY      8
#define PIECE       16384 /* of what comes out, made at once */

/* All at once, into room that is large enough for it. No body is as large as an unsigned int can count. */
static void deflate_whole(z_stream *z, const void *bytes, size_t n, struct strbuf *ret)
{
    size_t before = ret->size, room = deflateBound(z, n);
    char *to = strbuf_extend(ret, room);
    if (!to)
        return;
    z->next_in = (z_const Bytef *)bytes;
    z->avail_in = (uInt)n;
    z->next_out = (Bytef *)to;
    z->avail_out = (uInt)room;
    if (deflate(z, Z_FINISH) != Z_STREAM_END)
        ret->failed = true;
    else
        strbuf_cut(ret, before + z->total_out);
}

void coder_gzip(const void *bytes, size_t n, struct strbuf *ret)
{
    z_stream z = {0};
    if (deflateInit2(&z, LEVEL, Z_DEFLATED, WINDOW_GZIP, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
        ret->failed = true;
        return;
    }
    deflate_whole(&z, bytes, n, ret);
    (void)deflateEnd(&z);
}

static void *begin(void)
{
    z_stream *z = calloc(1, sizeof *z);
    if (!z || deflateInit2(z, LEVEL, Z_DEFLATED, WINDOW_GZIP, MEMORY, Z_DEFAULT_STRATEGY) == Z_OK)
        return z;
    free(z);
    return NULL;
}

static bool feed(void *state, const void *bytes, size_t n, bool last, struct strbuf *ret)
{
    z_stream *z = state;
    z->next_in = (z_const Bytef *)bytes;
    z->avail_in = (uInt)n;
    do {
        char *to = strbuf_extend(ret, PIECE);
        if (!to)
            return false;
        z->next_out = (Bytef *)to;
        z->avail_out = PIECE;
        if (deflate(z, last ? Z_FINISH : Z_NO_FLUSH) == Z_STREAM_ERROR)
            return false;
        strbuf_cut(ret, ret->size - z->avail_out);
    } while (z->avail_out == 0);
    return true;
}

static void end(void *state)
{
    (void)deflateEnd(state);
    free(state);
}

const struct coder_flow coder_flow_gzip = {begin, feed, end};
