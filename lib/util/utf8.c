/* SPDX-License-Identifier: MIT */
/* UTF-8 checking and cutting; see utf8.h. Used on everything that comes from requests and import inputs. */
#include "util/utf8.h"

#include <string.h>

/* The well-formed lead bytes but ASCII, from table 3-7 of the Unicode Standard. The second byte's range is what keeps
 * out longer-than-needed forms (E0, F0), surrogates (ED) and what lies above U+10FFFF (F4). */
static const struct lead {
    uint8_t first, last; /* lead bytes of the row */
    uint8_t length;      /* of the whole sequence */
    uint8_t low, high;   /* allowed second bytes */
} leads[] = {
    {0xc2, 0xdf, 2, 0x80, 0xbf}, {0xe0, 0xe0, 3, 0xa0, 0xbf}, {0xe1, 0xec, 3, 0x80, 0xbf},
    {0xed, 0xed, 3, 0x80, 0x9f}, {0xee, 0xef, 3, 0x80, 0xbf}, {0xf0, 0xf0, 4, 0x90, 0xbf},
    {0xf1, 0xf3, 4, 0x80, 0xbf}, {0xf4, 0xf4, 4, 0x80, 0x8f},
};

static const struct lead *find_lead(uint8_t byte)
{
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
        if (byte >= leads[i].first && byte <= leads[i].last)
            return &leads[i];
    return NULL;
}

static bool is_continuation(char c)
{
    return ((uint8_t)c & 0xc0) == 0x80;
}

size_t utf8_decode(const char *text, size_t length, uint32_t *ret_character)
{
    const struct lead *lead;
    uint32_t character;

    if (length == 0)
        return 0;
    if ((uint8_t)text[0] < 0x80) { /* as most are */
        if (ret_character)
            *ret_character = (uint8_t)text[0];
        return 1;
    }
    lead = find_lead((uint8_t)text[0]);
    if (!lead || lead->length > length)
        return 0;
    if ((uint8_t)text[1] < lead->low || (uint8_t)text[1] > lead->high)
        return 0;

    /* a lead byte of n carries 7 - n bits */
    character = (uint8_t)text[0] & 0x7fu >> lead->length;
    for (size_t i = 1; i < lead->length; i++) {
        if (!is_continuation(text[i]))
            return 0;
        character = character << 6 | ((uint8_t)text[i] & 0x3fu);
    }
    if (ret_character)
        *ret_character = character;
    return lead->length;
}

/* How many bytes at TEXT are ASCII, eight at a time. */
static size_t ascii_run(const char *text, size_t length)
{
    size_t n = 0;
    for (uint64_t word; n + sizeof word <= length; n += sizeof word) {
        memcpy(&word, text + n, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    return n;
}

bool utf8_is_valid(const char *text, size_t length)
{
    while (length > 0) {
        /* every text of every answer comes by */
        size_t n = ascii_run(text, length);

        if (n == 0)
            n = (uint8_t)*text < 0x80 ? 1 : utf8_decode(text, length, NULL);
        if (n == 0)
            return false;
        text += n;
        length -= n;
    }
    return true;
}

size_t utf8_count(const char *text, size_t length)
{
    size_t count = 0;

    while (length > 0) {
        size_t n = utf8_decode(text, length, NULL);

        n = n ? n : 1;
        text += n;
        length -= n;
        count++;
    }
    return count;
}

size_t utf8_truncate(const char *text, size_t length, size_t most)
{
    size_t n = most;

    if (length <= most)
        return length;
    while (n > 0 && most - n < 3 && is_continuation(text[n]))
        n--;
    return is_continuation(text[n]) ? most : n;
}

void utf8_tame(char *text)
{
    for (size_t left = strlen(text), n; left > 0; text += n, left -= n) {
        uint32_t c = 0;

        n = utf8_decode(text, left, &c);
        if (n == 0 || c < 0x20 || (c >= 0x7f && c < 0xa0))
            memset(text, '?', n = n ? n : 1);
    }
}

size_t utf8_prefix(const char *text, size_t length, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < most && n < length; i++) {
        size_t k = utf8_decode(text + n, length - n, NULL);
        n += k ? k : 1;
    }
    return n;
}
