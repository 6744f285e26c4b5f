/* SPDX-License-Identifier: MIT */
/* The table of content codings; see coding.h. */
#include "http/coding.h"

#include "http/coders.h"
#include "http/negotiate.h"
#include "util/limits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
    [CODING_BR] = "br", [CODING_ZSTD] = "zstd", [CODING_GZIP] = "gzip", [CODING_IDENTITY] = "identity"};

static const coder_fn coders[] = {
    [CODING_BR] = coder_br, [CODING_ZSTD] = coder_zstd, [CODING_GZIP] = coder_gzip};

const char *coding_name(enum coding c)
{
    return names[c];
}

static const struct coder_flow *const flows[] = {
    [CODING_ZSTD] = &coder_flow_zstd, [CODING_GZIP] = &coder_flow_gzip};

enum coding coding_choose(const char *accept_encoding, bool streamed)
{
    size_t first = streamed ? CODING_BR + 1 : 0;
    return accept_encoding
               ? (enum coding)(first + negotiate_coding(accept_encoding, names + first, _CODING_N - first))
               : CODING_IDENTITY;
}

/* Text, which is all that is made here; whatever else is served is compressed by its own format, or may be. */
static bool is_text(const char *type)
{
    static const char *const marks[] = {"text/", "json", "xml"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strstr(type, marks[i]))
            return true;
    return false;
}

bool coding_gains(const char *type, size_t n)
{
    return n >= LIMIT_CODED_LEAST && is_text(type);
}

struct blob *coding_encode(enum coding c, const struct blob *body)
{
    struct strbuf b = STRBUF_INIT;
    coders[c](blob_bytes(body), blob_size(body), &b);
    return blob_from(&b);
}

struct encoder {
    const struct coder_flow *flow;
    void *state;
};

struct encoder *encoder_new(enum coding c)
{
    struct encoder *e = malloc(sizeof *e);
    if (!e)
        return NULL;
    *e = (struct encoder){flows[c], flows[c]->begin()};
    return e->state ? e : encoder_free(e);
}

int encoder_feed(struct encoder *e, const void *bytes, size_t n, bool last, struct strbuf *out)
{
    return e->flow->feed(e->state, bytes, n, last, out) && !out->failed ? 0 : -ENOMEM;
}

struct encoder *encoder_free(struct encoder *e)
{
    if (e && e->state)
        e->flow->end(e->state);
    free(e);
    return NULL;
}
