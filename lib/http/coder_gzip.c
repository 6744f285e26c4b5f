/* SPDX-License-Identifier: MIT */
/* The front door of zlib. */
#include "http/coders.h"

#include <zlib.h>

#define LEVEL       6
#define WINDOW_GZIP (15 + 16) /* the largest window, in gzip's frame */
#define MEMORY      8

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
