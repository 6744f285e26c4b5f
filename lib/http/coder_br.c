/* SPDX-License-Identifier: MIT */
/* The front door of libbrotlienc. */
#include "http/coders.h"

#include <brotli/encode.h>

/* What is above it takes many times as long for some percent; below it gzip is as small. */
#define QUALITY 5

void coder_br(const void *bytes, size_t n, struct strbuf *ret)
{
    size_t before = ret->size, size = BrotliEncoderMaxCompressedSize(n);
    char *to = size ? strbuf_extend(ret, size) : NULL;
    if (!to || BrotliEncoderCompress(QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, n, bytes, &size,
                                     (uint8_t *)to) != BROTLI_TRUE)
        ret->failed = true;
    else
        strbuf_cut(ret, before + size);
}
