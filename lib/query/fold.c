/* SPDX-License-Identifier: MIT */
/* The front door of utf8proc. */
#include "query/fold.h"

#include "util/ascii.h"
#include "util/strbuf.h"
#include "util/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* The blocks of combining marks that belong to no single script. */
static const struct {
    uint32_t first, last;
} accents[] = {{0x300, 0x36f}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x20d0, 0x20ff}, {0xfe20, 0xfe2f}};

static const char *keep(utf8proc_uint8_t *text, struct arena *mem)
{
    if (!text)
        return NULL;
    const char *kept = arena_strdup(mem, (const char *)text);
    free(text);
    return kept;
}

/* Most text is ASCII, where all of folding is the case. */
static const char *fold_ascii(const char *text, struct arena *mem)
{
    char *folded = arena_strdup(mem, text);
    for (char *c = folded; c && *c; c++)
        *c = ascii_lower(*c);
    return folded;
}

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if (*text & 0x80)
            return false;
    return true;
}

const char *fold_text(const char *text, struct arena *mem)
{
    return is_ascii(text) ? fold_ascii(text, mem)
                          : keep(utf8proc_NFKC_Casefold((const utf8proc_uint8_t *)text), mem);
}

static bool is_accent(uint32_t c)
{
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
        if (c >= accents[i].first && c <= accents[i].last)
            return true;
    return false;
}

/* TEXT without its accents, in place. */
static void strip(char *text)
{
    char *to = text;
    size_t left = strlen(text), n;
    uint32_t c;
    for (; (n = utf8_decode(text, left, &c)); text += n, left -= n) {
        if (is_accent(c))
            continue;
        memmove(to, text, n);
        to += n;
    }
    *to = '\0';
}

/* A text for searching, of characters beyond ASCII only. NULL when out of memory; free() it. */
static utf8proc_uint8_t *fold_beyond(const char *text)
{
    utf8proc_uint8_t *folded = utf8proc_NFKC_Casefold((const utf8proc_uint8_t *)text);
    utf8proc_uint8_t *apart = folded ? utf8proc_NFD(folded) : NULL, *whole = NULL;
    if (apart) {
        strip((char *)apart);
        whole = utf8proc_NFC(apart);
    }
    free(folded);
    free(apart);
    return whole;
}

/* Appends the first N bytes of TEXT, all beyond ASCII. */
static void add_beyond(struct strbuf *out, const char *text, size_t n)
{
    char *run = strndup(text, n);
    utf8proc_uint8_t *folded = run ? fold_beyond(run) : NULL;
    if (folded)
        strbuf_adds(out, (const char *)folded);
    else
        out->failed = true;
    free(folded);
    free(run);
}

/* Whatever joins an ASCII letter to what follows it is an accent, and goes: so runs can be folded one by one, and only those
 * beyond ASCII are work. */
const char *fold_search(const char *text, struct arena *mem)
{
    if (is_ascii(text))
        return fold_ascii(text, mem);
    _cleanup_strbuf_ struct strbuf out = STRBUF_INIT;
    while (*text) {
        for (; *text && !(*text & 0x80); text++)
            strbuf_addc(&out, ascii_lower(*text));
        size_t n = 0;
        while (text[n] & 0x80)
            n++;
        if (n)
            add_beyond(&out, text, n);
        text += n;
    }
    return out.failed ? NULL : arena_strndup(mem, out.data, out.size);
}

const char *fold_marks(const char *text, struct arena *mem)
{
    utf8proc_uint8_t *plain = NULL;
    if (is_ascii(text))
        return arena_strdup(mem, text);
    (void)utf8proc_map((const utf8proc_uint8_t *)text, 0, &plain,
                       UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK);
    return keep(plain, mem);
}

bool fold_is_word(uint32_t c)
{
    if (c < 0x80)
        return ascii_is_alnum((char)c);
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}
