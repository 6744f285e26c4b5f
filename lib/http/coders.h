/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_HTTP_CODERS_H
#define BREACHD_HTTP_CODERS_H

/* One coder a file, each the front door of its library; for coding.c. Each appends the N bytes, encoded whole, to *RET. A coder
 * that cannot lets *RET fail. */
#include "util/strbuf.h"

typedef void (*coder_fn)(const void *bytes, size_t n, struct strbuf *ret);

void coder_br(const void *bytes, size_t n, struct strbuf *ret);
void coder_gzip(const void *bytes, size_t n, struct strbuf *ret);
void coder_zstd(const void *bytes, size_t n, struct strbuf *ret);

#endif
