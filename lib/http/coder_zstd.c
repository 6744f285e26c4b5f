/* SPDX-License-Identifier: MIT */
/* The front door of libzstd. */
#include "http/coders.h"

#include <zstd.h>

#define LEVEL 8 /* half the time of brotli, and a little larger */

/* Of a stream, whose state is there as long as its reader likes. */
#define FLOW_LEVEL  3
#define FLOW_WINDOW 19    /* 512 KiB, with which the state takes 2 MiB in all, and makes less than gzip */
#define FLOW_PIECE  16384 /* of what comes out, made at once */

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

static void *begin(void)
{
    ZSTD_CCtx *z = ZSTD_createCCtx();
    if (!z || (!ZSTD_isError(ZSTD_CCtx_setParameter(z, ZSTD_c_compressionLevel, FLOW_LEVEL)) &&
               !ZSTD_isError(ZSTD_CCtx_setParameter(z, ZSTD_c_windowLog, FLOW_WINDOW))))
        return z;
    (void)ZSTD_freeCCtx(z);
    return NULL;
}

static bool feed(void *state, const void *bytes, size_t n, bool last, struct strbuf *ret)
{
    ZSTD_inBuffer in = {bytes, n, 0};
    size_t left;
    do {
        char *to = strbuf_extend(ret, FLOW_PIECE);
        ZSTD_outBuffer out = {to, FLOW_PIECE, 0};
        if (!to)
            return false;
        left = ZSTD_compressStream2(state, &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
        if (ZSTD_isError(left))
            return false;
        strbuf_cut(ret, ret->size - (FLOW_PIECE - out.pos));
    } while (last ? left > 0 : in.pos < in.size);
    return true;
}

static void end(void *state)
{
    (void)ZSTD_freeCCtx(state);
}

const struct coder_flow coder_flow_zstd = {begin, feed, end};
