/* SPDX-License-Identifier: MIT */
/* Cursors: a text that is accepted is the one that is written for what it says, and any keys come back. */
#include "fuzz.h"

#include "query/cursor.h"
#include "util/limits.h"
#include "util/utf8.h"

#include <string.h>

#define QUERY     "incidents?year=2019"
#define CATALOGUE "cafe"

static const char *encode(const struct cursor *c, struct arena *mem)
{
    _cleanup_strbuf_ struct strbuf text = STRBUF_INIT;
    cursor_encode(c, QUERY, CATALOGUE, &text);
    fuzz_must(!text.failed, "there is memory");
    return arena_strdup(mem, text.data);
}

static void read_text(const char *text, struct arena *mem)
{
    struct cursor c;
    bool changed = true;
    int r = cursor_decode(text, QUERY, CATALOGUE, mem, &c, &changed);
    fuzz_must(r >= 0, "there is memory");
    if (r == 0 && !changed)
        fuzz_must(strcmp(encode(&c, mem), text) == 0, "%s is written as %s", text, encode(&c, mem));
}

/* The lines of IN as keys. */
static void go_round(struct fuzz_input in, struct arena *mem)
{
    struct cursor c = {0}, again;
    bool changed, right = true;
    for (; c.n < CURSOR_KEYS && (in.left || c.n == 0); c.n++) {
        c.keys[c.n] = fuzz_line(&in, mem, NULL);
        right = right && utf8_is_valid(c.keys[c.n], strlen(c.keys[c.n]));
    }
    const char *text = encode(&c, mem);
    int r = cursor_decode(text, QUERY, CATALOGUE, mem, &again, &changed);
    bool fits = strlen(text) <= LIMIT_CURSOR_BYTES;
    fuzz_must((r == 0) == (right && fits), "%s is read: %d", text, r);
    if (r != 0)
        return;
    fuzz_must(again.n == c.n && !changed, "%s has its %zu keys", text, c.n);
    for (size_t i = 0; i < c.n; i++)
        fuzz_must(strcmp(again.keys[i], c.keys[i]) == 0, "%s has its key %s", text, c.keys[i]);
    read_text(text, mem);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct fuzz_input in = fuzz_input(data, size), whole = in;
    go_round(in, mem);
    read_text(fuzz_rest(&whole, mem, NULL), mem);
    return 0;
}
