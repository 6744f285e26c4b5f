/* SPDX-License-Identifier: MIT */
/* The front door of libzstd. */
#include "http/coders.h"

#include <zstd.h>

#define LEVEL 8 /* half the time of brotli, and a little larger */

void coder_zstd(const void *bytes, size_t n, struct strbuf *ret)
{
    size_t before = ret->size, size = ZSTD_compressBound(n);
    char *to = strbuf_extend(ret, size);
    size = to ? ZSTD_compress(to, size, bytes, n, LEVEL) : 0;
    if (!to || ZSTD_isError(size))
        ret->failed = true;
    else
        strbuf_cut(ret, before + size);
}
