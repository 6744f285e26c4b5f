/* SPDX-License-Identifier: MIT */
/*
 * A cursor's text is base64url (RFC 4648 section 5, unpadded) over: one byte of version, 8 hex digits of a digest of the
 * query, 8 of the catalogue's id, then each key with a NUL after it. Nothing in it is secret or trusted: keys are
 * only ever bound as values.
 */
#include "query/cursor.h"

#include "util/digest.h"
#include "util/limits.h"
#include "util/utf8.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#define VERSION '1'
#define MARK    8 /* hex digits of each mark */
#define HEAD    (1 + 2 * MARK)

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static void put_base64(struct strbuf *out, const unsigned char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i += 3) {
        size_t left = n - i;
        uint32_t group = (uint32_t)bytes[i] << 16;
        if (left > 1)
            group |= (uint32_t)bytes[i + 1] << 8;
        if (left > 2)
            group |= bytes[i + 2];
        for (size_t k = 0; k < (left > 2 ? 4 : left + 1); k++)
            strbuf_addc(out, alphabet[group >> (18 - 6 * k) & 63]);
    }
}

/* Only the one text that put_base64 writes for some bytes is read back. */
static bool get_base64(const char *text, struct strbuf *out)
{
    uint32_t group = 0;
    size_t n = strlen(text);
    for (size_t i = 0; i < n; i++) {
        const char *at = strchr(alphabet, text[i]);
        if (!at)
            return false;
        group = group << 6 | (uint32_t)(at - alphabet);
        if (i % 4)
            strbuf_addc(out, (char)(group >> (6 - 2 * (i % 4))));
        if (i % 4 == 3)
            group = 0;
    }
    uint32_t unused = n % 4 == 2 ? group & 15 : n % 4 == 3 ? group & 3 : 0;
    return n % 4 != 1 && unused == 0;
}

static int put_mark(struct strbuf *out, const char *text)
{
    char hex[DIGEST_HEX_SIZE];
    _cleanup_digest_ struct digest *d = digest_new();
    if (!d)
        return -ENOMEM;
    digest_add_string(d, text);
    digest_hex(d, hex);
    strbuf_add(out, hex, MARK);
    return 0;
}

/* Version and marks: what a cursor of QUERY made by CATALOGUE begins with. */
static int put_head(struct strbuf *out, const char *query, const char *catalogue)
{
    strbuf_addc(out, VERSION);
    int r = put_mark(out, query);
    return r < 0 ? r : put_mark(out, catalogue);
}

void cursor_encode(const struct cursor *c, const char *query, const char *catalogue, struct strbuf *out)
{
    _cleanup_strbuf_ struct strbuf raw = STRBUF_INIT;
    if (put_head(&raw, query, catalogue) < 0)
        raw.failed = true;
    for (size_t i = 0; i < c->n; i++)
        strbuf_add(&raw, c->keys[i], strlen(c->keys[i]) + 1);
    if (raw.failed)
        out->failed = true;
    else
        put_base64(out, (const unsigned char *)raw.data, raw.size);
}

static int read_keys(const char *p, const char *end, struct arena *mem, struct cursor *ret)
{
    struct cursor c = {0};
    while (p < end) {
        size_t n = strnlen(p, (size_t)(end - p));
        if (n == (size_t)(end - p) || c.n == CURSOR_KEYS || !utf8_is_valid(p, n))
            return CURSOR_E_BAD;
        if (!(c.keys[c.n++] = arena_strndup(mem, p, n)))
            return -ENOMEM;
        p += n + 1;
    }
    if (c.n == 0)
        return CURSOR_E_BAD;
    *ret = c;
    return 0;
}

int cursor_decode(const char *text, const char *query, const char *catalogue, struct arena *mem,
                  struct cursor *ret, bool *ret_changed)
{
    _cleanup_strbuf_ struct strbuf raw = STRBUF_INIT, head = STRBUF_INIT;
    if (strlen(text) > LIMIT_CURSOR_BYTES || !get_base64(text, &raw))
        return CURSOR_E_BAD;
    int r = put_head(&head, query, catalogue);
    if (r < 0 || raw.failed || head.failed)
        return -ENOMEM;
    if (raw.size <= HEAD || raw.data[0] != VERSION)
        return CURSOR_E_BAD;
    if (memcmp(raw.data + 1, head.data + 1, MARK) != 0)
        return CURSOR_E_QUERY;
    bool changed = memcmp(raw.data + 1 + MARK, head.data + 1 + MARK, MARK) != 0;
    r = read_keys(raw.data + HEAD, raw.data + raw.size, mem, ret);
    if (r == 0)
        *ret_changed = changed;
    return r;
}
