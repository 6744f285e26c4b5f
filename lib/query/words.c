/* SPDX-License-Identifier: MIT */
/* Words and runs of folded text. */
#include "query/words.h"

#include "query/fold.h"
#include "util/ascii.h"
#include "util/limits.h"
#include "util/utf8.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

/* Letters of the scripts that are written without spaces (Unicode Standard, Blocks.txt), and of kana the voicing and
 * length marks. */
static const struct {
    uint32_t first, last;
} runs[] = {
    {0x1100, 0x11ff},   /* hangul jamo */
    {0x3005, 0x3007},   /* ideographic iteration, closing, zero */
    {0x3021, 0x3029},   /* Hangzhou numerals */
    {0x3031, 0x3035},   /* kana repeat marks */
    {0x3038, 0x303c},   /* Hangzhou numerals, iteration and ligature marks */
    {0x3041, 0x30fa},   /* hiragana, katakana */
    {0x30fc, 0x312f},   /* the length mark and iterations, bopomofo */
    {0x31a0, 0x31bf},   /* bopomofo extended */
    {0x31f0, 0x31ff},   /* katakana phonetic extensions */
    {0x3400, 0x4dbf},   /* Han extension A */
    {0x4e00, 0x9fff},   /* Han */
    {0xa960, 0xa97f},   /* hangul jamo extended A */
    {0xac00, 0xd7ff},   /* hangul, jamo extended B */
    {0xf900, 0xfaff},   /* Han compatibility */
    {0x1aff0, 0x1b16f}, /* kana supplements and extensions */
    {0x20000, 0x3ffff}, /* Han extension B and on */
};

enum sort_of { NOTHING, WORD, RUN };

static enum sort_of sort_of(uint32_t c)
{
    if (c < 0x80)
        return ascii_is_alnum((char)c) ? WORD : NOTHING;
    if (!fold_is_word(c))
        return NOTHING;
    for (size_t i = 0; i < sizeof runs / sizeof *runs && c >= runs[i].first; i++)
        if (c <= runs[i].last)
            return RUN;
    return WORD;
}

/* The character at TEXT and what it is; 0 at the end. */
static size_t look(const char *text, enum sort_of *ret)
{
    uint32_t c = (unsigned char)*text;
    size_t n = c == 0 ? 0 : c < 0x80 ? 1 : utf8_decode(text, strnlen(text, 4), &c);
    *ret = n ? sort_of(c) : NOTHING;
    return n;
}

bool words_next(const char **at, struct piece *ret)
{
    const char *p = *at;
    enum sort_of first, next;
    size_t n;
    while ((n = look(p, &first)) && first == NOTHING)
        p += n;
    const char *start = p;
    for (p += n; n && (n = look(p, &next)) && next == first; p += n)
        ;
    *at = p;
    if (p == start)
        return false;
    size_t size = (size_t)(p - start);
    if (first == WORD && size > LIMIT_TOKEN_BYTES)
        size = utf8_truncate(start, size, LIMIT_TOKEN_BYTES);
    *ret = (struct piece){start, size, first == RUN};
    return true;
}

size_t words_token(const struct piece *run, size_t at, size_t *ret_next)
{
    uint32_t c;
    size_t one = utf8_decode(run->text + at, run->size - at, &c);
    *ret_next = at + one;
    return one + utf8_decode(run->text + at + one, run->size - at - one, &c);
}

static void put(const char *text, size_t size, struct strbuf *out)
{
    if (out->size)
        strbuf_addc(out, ' ');
    strbuf_add(out, text, size);
}

int words_index(const char *text, struct arena *mem, struct strbuf *out)
{
    const char *folded = text ? fold_search(text, mem) : "";
    struct piece x;
    if (!folded)
        return -ENOMEM;
    while (words_next(&folded, &x)) {
        if (!x.run)
            put(x.text, x.size, out);
        for (size_t at = 0, next; x.run && at < x.size; at = next) {
            size_t size = words_token(&x, at, &next);
            put(x.text + at, size, out);
        }
    }
    return 0;
}
