/* SPDX-License-Identifier: MIT */
/* The table of content codings; see coding.h. */
#include "http/coding.h"

#include "http/coders.h"
#include "http/negotiate.h"
#include "util/limits.h"

#include <string.h>

static const char *const names[] = {
    [CODING_BR] = "br", [CODING_ZSTD] = "zstd", [CODING_GZIP] = "gzip", [CODING_IDENTITY] = "identity"};

static const coder_fn coders[] = {
    [CODING_BR] = coder_br, [CODING_ZSTD] = coder_zstd, [CODING_GZIP] = coder_gzip};

const char *coding_name(enum coding c)
{
    return names[c];
}

enum coding coding_choose(const char *accept_encoding)
{
    return accept_encoding ? (enum coding)negotiate_coding(accept_encoding, names, _CODING_N)
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
