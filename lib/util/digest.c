/* SPDX-License-Identifier: MIT */
/* The front door of nettle: catalogue ids, entity tags and content ids are digests made here. */
#include "util/digest.h"

#include <nettle/base64.h>
#include <nettle/sha2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct digest {
    struct sha256_ctx ctx;
};

struct digest *digest_new(void)
{
    struct digest *d = malloc(sizeof *d);
    if (d)
        sha256_init(&d->ctx);
    return d;
}

struct digest *digest_free(struct digest *d)
{
    free(d);
    return NULL;
}

void digest_add(struct digest *d, const void *bytes, size_t n)
{
    sha256_update(&d->ctx, n, bytes);
}

void digest_add_string(struct digest *d, const char *s)
{
    uint64_t n = s ? strlen(s) : UINT64_MAX;
    uint8_t length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (uint8_t)(n >> (8 * i));
    digest_add(d, length, sizeof length);
    if (s)
        digest_add(d, s, strlen(s));
}

void digest_hex(struct digest *d, char ret[static DIGEST_HEX_SIZE])
{
    uint8_t raw[SHA256_DIGEST_SIZE];
    sha256_digest(&d->ctx, sizeof raw, raw);
    for (size_t i = 0; i < sizeof raw; i++) {
        ret[2 * i] = "0123456789abcdef"[raw[i] >> 4];
        ret[2 * i + 1] = "0123456789abcdef"[raw[i] & 0xf];
    }
    ret[2 * sizeof raw] = '\0';
}

void digest_base64(struct digest *d, char ret[static DIGEST_BASE64_SIZE])
{
    uint8_t raw[SHA256_DIGEST_SIZE];
    sha256_digest(&d->ctx, sizeof raw, raw);
    base64_encode_raw(ret, sizeof raw, raw);
    ret[DIGEST_BASE64_SIZE - 1] = '\0';
}
