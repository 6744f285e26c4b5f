/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_HTTP_CODERS_H
#define BREACHD_HTTP_CODERS_H

/* Each library has one file that is its front door; for coding.c. Each coder appends the N bytes, encoded whole, to *RET. A coder
 * that cannot lets *RET fail. */
#include "util/strbuf.h"

#include <stdbool.h>

typedef void (*coder_fn)(const void *bytes, size_t n, struct strbuf *ret);

void coder_br(const void *bytes, size_t n, struct strbuf *ret);
void coder_gzip(const void *bytes, size_t n, struct strbuf *ret);
void coder_zstd(const void *bytes, size_t n, struct strbuf *ret);

/* The same piece by piece, in less memory: what is begun is ended. After a failure nothing else is fed to it. */
struct coder_flow {
    void *(*begin)(void); /* NULL: out of memory */
    bool (*feed)(void *state, const void *bytes, size_t n, bool last, struct strbuf *ret);
    void (*end)(void *state);
};

extern const struct coder_flow coder_flow_gzip, coder_flow_zstd;

#endif
